"""The pages of a proposal: a document to be read, and slides to be shown; plain HTML that prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any

from .. import labels, style
from ..results import Result
from .columns import VERDICTS, Shown, parameters, shown, title_of
from .files import _CSS, _figure, _legend, _notes, _table
from .proposal import Finding, Proposal, words
from .svg import svg

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["document", "slides"]

_MONEY = ("cost", "benefit", "benefit_low", "benefit_high", "net")


def document(paper: Proposal, lang: str, masked: bool = True) -> str:
    """The proposal as one page."""
    glance = "".join(f"<li>{_sentence(one, lang)}</li>" for one in paper.findings)
    body = [
        f'<header class="cover"><h1>{_words(paper.title, lang)}</h1>{_by(paper, lang)}</header>',
        f'<section class="glance"><h2>{_say("at_a_glance", lang)}</h2><ol>{glance}</ol></section>',
    ]
    for number, (name, inside) in enumerate(_sections(paper, lang, masked), start=1):
        body.append(f"<section><h2>{number}. {_say(name, lang)}</h2>{inside}</section>")
    return _page(words(paper.title, lang), f"<main>{chr(10).join(body)}</main>", lang, _DOCUMENT)


def slides(paper: Proposal, lang: str, masked: bool = True) -> str:
    """The proposal as slides, one finding each."""
    made = [f"<h1>{_words(paper.title, lang)}</h1>{_by(paper, lang)}"]
    made.append(f"<h2>{_say('situation', lang)}</h2>{_paragraphs(paper.situation, lang)}")
    for one in paper.findings:
        part = f'<p class="part">{_words(one.part, lang)}</p>' if one.part else ""
        drawn = _drawn(one, lang)
        table = "" if drawn else _cut(one, lang, masked)
        foot = _foot(one, lang, masked, short=True)
        made.append(f"{part}<h2>{_sentence(one, lang)}</h2>{drawn or table}{foot}")
    for name in ("recommendation", "costs", "risks", "plan"):
        made.append(f"<h2>{_say(name, lang)}</h2>{_block(getattr(paper, name), paper, lang, masked)}")
    last = len(made)
    pages = [
        f'<section class="slide{" first" if k == 1 else ""}">{inside}<p class="page">{k} / {last}</p></section>'
        for k, inside in enumerate(made, start=1)
    ]
    return _page(words(paper.title, lang), f"<main>{chr(10).join(pages)}</main>", lang, _SLIDES)


# -- sections ----------------------------------------------------------------------------------------------------------


def _sections(paper: Proposal, lang: str, masked: bool) -> list[tuple[str, str]]:
    found = [("situation", _paragraphs(paper.situation, lang)), ("findings", _findings(paper, lang, masked))]
    for name in ("recommendation", "costs", "risks", "plan"):
        found.append((name, _block(getattr(paper, name), paper, lang, masked)))
    return [*found, ("methods", _methods(paper, lang))]


def _findings(paper: Proposal, lang: str, masked: bool) -> str:
    out, heading = [], None
    for one in paper.findings:
        part = _words(one.part, lang) if one.part else None
        if part and part != heading:
            out.append(f"<h3>{part}</h3>")
        heading = part
        foot = _foot(one, lang, masked)
        body = f"{_drawn(one, lang)}{_cut(one, lang, masked)}{foot}"
        out.append(f'<article><p class="finding">{_sentence(one, lang)}</p>{body}</article>')
    return "".join(out)


def _methods(paper: Proposal, lang: str) -> str:
    """How each finding was computed, once for each Result."""
    seen: dict[int, Finding] = {id(one.result): one for one in paper.findings}
    rows = "".join(
        f"<dt>{escape(title_of(one.result, lang, _figure(one.result, lang)))}</dt>"
        f"<dd>{escape(str(one.result.explain(lang, 'method')))}</dd>"
        for one in seen.values()
    )
    return f"<dl>{rows}</dl>"


def _block(given: Any, paper: Proposal, lang: str, masked: bool) -> str:
    """A list of texts, or a table."""
    if not hasattr(given, "columns"):
        return f"<ol>{''.join(f'<li>{_words(text, lang)}</li>' for text in given)}</ol>"
    table = _told(given, paper, lang, masked)
    hidden = labels.text("export.masked", lang, columns=list(table.masked)) if table.masked else ""
    return _wide(table, lang) + _small(hidden)


def _told(frame: pd.DataFrame, paper: Proposal, lang: str, masked: bool) -> Shown:
    """A table that the consultant wrote: cells in the reader's language, money as money."""
    spoken = frame.copy().astype(object)
    for column in spoken:
        spoken[column] = [words(v, lang) if isinstance(v, Mapping) else v for v in spoken[column]]
    units = {name: "money" for name in _MONEY if name in frame}
    table = shown(Result("proposal.table", spoken, {"units": units}, {"currency": paper.currency}), lang, masked)
    known = labels.catalogue("proposal")["text"]["column"]
    sign = labels.currency_sign(paper.currency)
    heads = tuple(
        f"{labels.text(f'proposal.column.{name}', lang)}{f' ({sign})' if unit == 'money' else ''}"
        if name in known
        else head
        for name, head, unit in zip(table.names, table.heads, table.units, strict=True)
    )
    return replace(table, heads=heads)


# -- a finding ---------------------------------------------------------------------------------------------------------


def _sentence(one: Finding, lang: str) -> str:
    verdict = one.result.facts.get("verdict")
    said = escape(one.said(lang))
    if verdict not in VERDICTS:
        return said
    return f'{said} <span class="verdict {verdict}">{labels.text(f"common.verdict_{verdict}", lang)}</span>'


def _drawn(one: Finding, lang: str) -> str:
    figure = _figure(one.result, lang) if one.figure else None
    drawn = svg(figure) if figure else None
    if not drawn:
        return ""
    said = " · ".join(t for t in (figure.get("title"), figure.get("caption")) if t)
    return f"<figure>{_legend(figure)}{drawn}<figcaption>{escape(said)}</figcaption></figure>"


def _cut(one: Finding, lang: str, masked: bool) -> str:
    """The columns and rows that were asked for; what is left out is counted."""
    if not one.rows or not len(one.result.table):
        return ""
    table = shown(one.result, lang, masked)
    keep = [table.names.index(c) for c in (one.columns or table.names) if c in table.names]
    some = replace(
        table,
        names=tuple(table.names[i] for i in keep),
        heads=tuple(table.heads[i] for i in keep),
        units=tuple(table.units[i] for i in keep),
        rows=tuple(tuple(row[i] for i in keep) for row in table.rows[: one.rows]),
    )
    left = len(table.rows) - len(some.rows)
    cut = labels.text("common.rows_shown", lang, shown=len(some.rows), total=len(table.rows)) if left else ""
    return _wide(some, lang) + _small(cut)


def _foot(one: Finding, lang: str, masked: bool, short: bool = False) -> str:
    """What was asked, of how many, what to mind, and where it comes from."""
    result = one.result
    lines = [": ".join(p for p in pair if p) for pair in parameters(result, lang)]
    n = result.facts.get("n")
    if n:
        lines.append(f"n = {labels.number(n, lang)}")
    if not short:
        lines += _notes(result, shown(result, lang, masked), lang)
    if result.source:
        lines.append(f"{labels.text('export.source', lang)}: {result.source.render(lang)}")
    return _small(" · ".join(lines))


# -- words and paper ---------------------------------------------------------------------------------------------------


def _wide(table: Shown, lang: str) -> str:
    return f'<div class="wide">{_table(table, lang)}</div>'


def _small(said: str) -> str:
    return f'<p class="foot">{escape(said)}</p>' if said else ""


def _words(said: Any, lang: str) -> str:
    return escape(words(said, lang))


def _say(key: str, lang: str) -> str:
    return escape(labels.text(f"proposal.{key}", lang))


def _paragraphs(said: Any, lang: str) -> str:
    return "".join(f"<p>{_words(text, lang)}</p>" for text in said)


def _by(paper: Proposal, lang: str) -> str:
    told = [words(said, lang) for said in (paper.client, paper.author) if said]
    if paper.date:
        told.append(labels.date(paper.date, lang))
    return f'<p class="by">{escape(" · ".join(told))}</p>' if told else ""


def _page(title: str, body: str, lang: str, look: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style.css()}{_CSS}{_BOTH}{look}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


_BOTH = """
.by,.foot,.part{color:var(--crm-muted)}
.foot{font-size:var(--crm-size-small);margin:var(--crm-space-2) 0 0}
.verdict{display:inline-block;font-size:var(--crm-size-small);font-weight:600;padding:0 .5em;border-radius:1em;
border:1px solid currentColor;white-space:nowrap;vertical-align:.1em;color:var(--crm-warn)}
.verdict.real{color:var(--crm-good)}
li{margin:.3em 0}
table{font-size:var(--crm-size-small)}
"""
_DOCUMENT = """
.cover{border-bottom:3px solid var(--crm-accent);padding-bottom:var(--crm-space-3)}
.glance{background:var(--crm-panel-2);padding:var(--crm-space-2) var(--crm-space-4);margin-top:var(--crm-space-4)}
article{margin:var(--crm-space-5) 0}
h3{font-size:var(--crm-size-body);text-transform:uppercase;letter-spacing:.05em;color:var(--crm-muted);
margin:var(--crm-space-5) 0 0}
.finding{font-size:var(--crm-size-lead);font-weight:600;margin:0}
figure svg{max-height:22rem}
dt{font-weight:600;margin-top:var(--crm-space-3)}
dd{margin:0}
@media print{
@page{size:A4;margin:18mm}
body{font-size:10pt}
h2,h3,.finding{break-after:avoid}
.finding+figure{break-before:avoid}
.glance{background:none;border:1px solid var(--crm-line)}
}
"""
_SLIDES = """
main{max-width:none;background:none;padding:var(--crm-space-4)}
.slide{position:relative;width:297mm;height:167mm;margin:0 auto var(--crm-space-5);padding:12mm 16mm;overflow:hidden;
background:var(--crm-panel);border:1px solid var(--crm-line);display:flex;flex-direction:column;font-size:15pt}
.slide.first{justify-content:center;border-top:4mm solid var(--crm-accent)}
.slide h1{font-size:32pt}
.slide h2{font-size:20pt;line-height:1.25;margin:0 0 5mm}
.slide .verdict{font-size:11pt}
.slide .part{font-size:11pt;text-transform:uppercase;letter-spacing:.05em;margin:0 0 1mm}
.slide figure{flex:1;min-height:0;margin:0;display:flex;flex-direction:column}
.slide figure svg{flex:1;min-height:0;width:100%}
.slide figcaption,.slide .legend{font-size:10pt}
.slide table{font-size:13pt}
.slide .foot{font-size:8.5pt;margin-top:auto;padding:2mm 20mm 0 0}
.slide .page{position:absolute;right:16mm;bottom:6mm;margin:0;font-size:9pt;color:var(--crm-muted)}
@page{size:297mm 167mm;margin:0}
@media print{
main{padding:0}
.slide{margin:0;border-left:0;border-right:0;border-bottom:0;break-after:page;break-inside:avoid}
.slide:last-child{break-after:auto}
}
"""
