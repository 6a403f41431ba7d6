"""What a student reads after a check: a card with a mark, a sentence, and what to do next."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from typing import Any

from .. import style

__all__ = ["Feedback", "card", "prose"]

LOG = "application/vnd.crmlab.log+json"
_SIGNS = {"good": "✓ ", "warn": "≈ ", "bad": "✗ "}


def prose(markdown: str) -> str:
    """Markdown as HTML."""
    import mistune

    return str(mistune.create_markdown(plugins=["table", "strikethrough"])(markdown))


_TONES = {"right": "good", "nearly": "warn", "misconception": "bad", "wrong": "bad", "unreadable": "bad"}
_LOOK = """<style>
.crm-say{--t:%(text)s;--p:%(panel)s;--l:%(line)s;background:var(--p);color:var(--t);max-width:46rem;
border:1px solid var(--l);border-left:5px solid var(--e);border-radius:6px;padding:.6rem .9rem;margin:.3rem 0;
font-family:%(font)s;line-height:1.5}
.crm-say.crm-say>strong:first-child{color:var(--e);display:block}
.crm-say.crm-say p{margin:.35rem 0}.crm-say.crm-say ol,.crm-say.crm-say ul{margin:.3rem 0;padding-left:1.6rem}
.crm-say.crm-say table{border-collapse:collapse;display:block;overflow-x:auto;margin:.4rem 0;
color:inherit;font-size:inherit}
.crm-say.crm-say tr{background:none!important}.crm-say.crm-say td,.crm-say.crm-say th{border:0 solid var(--l);
border-bottom-width:1px;padding:.2rem .7rem .2rem 0;text-align:left;vertical-align:top;color:inherit}
.crm-say.crm-say code{background:color-mix(in srgb,var(--t) 9%%,transparent);color:inherit;border-radius:3px;
padding:.05rem .25rem;font-size:.92em;white-space:pre-wrap;overflow-wrap:anywhere}
.crm-say.crm-say pre{background:color-mix(in srgb,var(--t) 6%%,transparent);color:inherit;overflow-x:auto;
margin:.5rem 0;padding:.5rem .7rem;border:1px solid var(--l);border-radius:4px;line-height:1.45}
.crm-say.crm-say pre code{background:none;padding:0;white-space:pre;overflow-wrap:normal}
.crm-say.crm-say progress{display:block;width:100%%;height:.7rem;margin:.4rem 0;accent-color:var(--e)}
[data-jp-theme-light="false"] .crm-say{--t:%(dark_text)s;--p:%(dark_panel)s;--l:%(dark_line)s}
.crm-say.crm-%(tone)s{--e:%(edge)s}[data-jp-theme-light="false"] .crm-say.crm-%(tone)s{--e:%(dark_edge)s}
</style>"""


def card(tone: str, heading: str, markdown: str, *, ready: str = "") -> str:
    """A box whose left edge and sign say at a glance how it stands; the words say it too. ``ready`` is HTML already."""
    told = {f"dark_{k}": style.DARK[k] for k in ("text", "panel", "line")} | {"dark_edge": style.DARK[tone]}
    told |= {k: style.LIGHT[k] for k in ("text", "panel", "line")} | {"edge": style.LIGHT[tone], "font": style.FONT}
    told["tone"] = tone
    body = ready + (prose(markdown) if markdown else "")
    sign = _SIGNS.get(tone, "")
    head = f"<strong>{sign}{html.escape(heading)}</strong>"
    return f'{_LOOK % told}<div class="crm-say crm-{tone}" role="status">{head}{body}</div>'


@dataclass(frozen=True)
class Feedback:
    """What a check, a hint or a solution says.

    Parameters
    ----------
    code : str
        ``"right"``, ``"nearly"``, ``"misconception"``, ``"wrong"``, ``"open"``, ``"unreadable"``; ``"hint"``,
        ``"solution"``, ``"not_yet"``.
    name : str or None
        The slip or the misconception.
    heading, text : str
        In the reader's language; ``text`` is Markdown.
    log : dict
        What the notebook keeps of it for the lecturer: attempts, hints, whether the solution was opened.
    """

    code: str
    name: str | None
    heading: str
    text: str
    log: dict[str, Any] = field(default_factory=dict)

    @property
    def right(self) -> bool:
        """Whether the answer is right."""
        return self.code == "right"

    @property
    def tone(self) -> str:
        """The colour's name: good, warn, bad, or accent for what is no verdict."""
        return _TONES.get(self.code, "accent")

    def __repr__(self) -> str:
        return f"{self.heading}\n{self.text}".strip()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {"text/plain": repr(self), "text/html": card(self.tone, self.heading, self.text), LOG: self.log}
