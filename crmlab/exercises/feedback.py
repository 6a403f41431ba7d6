"""What a student reads after a check: a card with a mark, a sentence, and what to do next."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from typing import Any

from .. import style

__all__ = ["Feedback", "card", "prose"]

LOG = "application/vnd.crmlab.log+json"
_SIGNS = {"good": "✓", "warn": "≈", "bad": "✗", "muted": "·"}


def prose(markdown: str) -> str:
    """Markdown as HTML."""
    import mistune

    return str(mistune.create_markdown(plugins=["table", "strikethrough"])(markdown))


def card(tone: str, heading: str, markdown: str) -> str:
    """A box whose left edge and sign say at a glance how it stands; the words say it too."""
    light, dark = style.LIGHT, style.DARK
    look = (
        f"<style>.crm-card{{--t:{light['text']};--p:{light['panel']};--l:{light['line']};--e:{light[tone]};"
        "background:var(--p);color:var(--t);border:1px solid var(--l);border-left:5px solid var(--e);"
        f"border-radius:6px;padding:.6rem .9rem;margin:.3rem 0;max-width:46rem;font-family:{style.FONT};line-height:1.5}}"
        ".crm-card>strong:first-child{color:var(--e)}.crm-card p{margin:.35rem 0}.crm-card ol,.crm-card ul{margin:.3rem 0}"
        ".crm-card table{border-collapse:collapse;display:block;overflow-x:auto}"
        ".crm-card td,.crm-card th{border-bottom:1px solid var(--l);padding:.15rem .6rem;text-align:left}"
        ".crm-card pre{overflow-x:auto;padding:.5rem;border:1px solid var(--l);border-radius:4px}"
        f'[data-jp-theme-light="false"] .crm-card{{--t:{dark["text"]};--p:{dark["panel"]};--l:{dark["line"]};--e:{dark[tone]}}}'
        "</style>"
    )
    body = prose(markdown) if markdown else ""
    sign = _SIGNS.get(tone, "·")
    return f'{look}<div class="crm-card" role="status"><strong>{sign} {html.escape(heading)}</strong>{body}</div>'


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
        return {"right": "good", "nearly": "warn", "misconception": "bad", "wrong": "bad", "unreadable": "bad"}.get(
            self.code, "accent"
        )

    def __repr__(self) -> str:
        return f"{self.heading}\n{self.text}".strip()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {"text/plain": repr(self), "text/html": card(self.tone, self.heading, self.text), LOG: self.log}
