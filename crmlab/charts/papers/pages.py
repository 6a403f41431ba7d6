"""The pages of a paper: a document to be read, and slides to be shown; plain HTML that prints."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from ... import labels, style
from ..columns import Shown
from ..files import CSS, legend_html, table_html
from ..svg import svg
from .parts import Chapter, Finding, words
from .told import Told, by_line, methods, own_table, tell

if TYPE_CHECKING:
    from .paper import Paper

__all__ = ["document", "slides"]


def document(paper: Paper, lang: str, masked: bool = True) -> str:
    """The paper as one page."""
    body = [f'<header class="cover"><h1>{_words(paper.title, lang)}</h1>{_by(paper, lang)}</header>']
    if len(paper.findings) > 1:
        glance = "".join(f"<li>{_sentence(tell(one, lang, masked))}</li>" for one in paper.findings)
        body.append(f'<section class="glance"><h2>{_say("at_a_glance", lang)}</h2><ol>{glance}</ol></section>')
    for number, chapter in enumerate(paper.chapters, start=1):
        inside = _chapter(chapter, paper, lang, masked)
        body.append(f"<section><h2>{number}. {_words(chapter.title, lang)}</h2>{inside}</section>")
    if paper.findings:
        rows = "".join(f"<dt>{escape(title)}</dt><dd>{escape(text)}</dd>" for title, text in methods(paper, lang))
        last = len(paper.chapters) + 1
        body.append(f"<section><h2>{last}. {_say('methods', lang)}</h2><dl>{rows}</dl></section>")
    return _page(words(paper.title, lang), f"<main>{chr(10).join(body)}</main>", lang, _DOCUMENT)


def slides(paper: Paper, lang: str, masked: bool = True) -> str:
    """The paper as slides, one finding each."""
    made = [f"<h1>{_words(paper.title, lang)}</h1>{_by(paper, lang)}"]
    for chapter in paper.chapters:
        gathered = ""
        for block in chapter.blocks:
            if not isinstance(block, Finding):
                gathered += _block(block, paper, lang, masked)
                continue
            if gathered:
                made.append(f"<h2>{_words(chapter.title, lang)}</h2>{gathered}")
                gathered = ""
            made.append(_slide(tell(block, lang, masked), lang))
        if gathered:
            made.append(f"<h2>{_words(chapter.title, lang)}</h2>{gathered}")
    last = len(made)
    pages = [
        f'<section class="slide{" first" if k == 1 else ""}">{inside}<p class="page">{k} / {last}</p></section>'
        for k, inside in enumerate(made, start=1)
    ]
    return _page(words(paper.title, lang), f"<main>{chr(10).join(pages)}</main>", lang, _SLIDES)


# -- chapters ----------------------------------------------------------------------------------------------------------


def _chapter(chapter: Chapter, paper: Paper, lang: str, masked: bool) -> str:
    out, heading = [], ""
    for block in chapter.blocks:
        if not isinstance(block, Finding):
            out.append(_block(block, paper, lang, masked))
            continue
        told = tell(block, lang, masked)
        if told.part and told.part != heading:
            out.append(f"<h3>{escape(told.part)}</h3>")
        heading = told.part
        facts = _facts(told)
        body = f"{_drawn(told)}{facts}{_table(told.table, lang)}{_small(told.cut)}{_small(told.foot(lang))}"
        out.append(f'<article><p class="finding">{_sentence(told)}</p>{body}</article>')
    return "".join(out)


def _slide(told: Told, lang: str) -> str:
    part = f'<p class="part">{escape(told.part)}</p>' if told.part else ""
    shown = _drawn(told, 900) or f"{_table(told.table, lang)}{_small(told.cut)}"
    return f"{part}<h2>{_sentence(told)}</h2>{shown}{_facts(told)}{_small(told.foot(lang, short=True))}"


def _block(block: Any, paper: Paper, lang: str, masked: bool) -> str:
    """A paragraph, a numbered list, or a table of one's own."""
    if isinstance(block, tuple):
        return f"<ol>{''.join(f'<li>{_words(text, lang)}</li>' for text in block)}</ol>"
    if not hasattr(block, "columns"):
        return f"<p>{_words(block, lang)}</p>"
    table, hidden = own_table(block, paper, lang, masked)
    return _table(table, lang) + _small(hidden)


# -- a finding ---------------------------------------------------------------------------------------------------------


def _sentence(told: Told) -> str:
    if told.verdict is None:
        return escape(told.sentence)
    key, word = told.verdict
    return f'{escape(told.sentence)} <span class="verdict {key}">{escape(word)}</span>'


def _drawn(told: Told, width: int = 640) -> str:
    drawn = svg(told.figure, width) if told.figure else None
    if not drawn:
        return ""
    return f"<figure>{legend_html(told.figure)}{drawn}<figcaption>{escape(told.caption)}</figcaption></figure>"


def _facts(told: Told) -> str:
    items = "".join(
        f"<div><dt>{escape(name)}</dt><dd><b>{escape(value)}</b> {escape(between)}</dd></div>"
        for name, value, between in told.facts
    )
    return f'<dl class="facts">{items}</dl>' if items else ""


# -- words and paper ---------------------------------------------------------------------------------------------------


def _table(table: Shown | None, lang: str) -> str:
    return f'<div class="wide">{table_html(table, lang)}</div>' if table else ""


def _small(said: str) -> str:
    return f'<p class="foot">{escape(said)}</p>' if said else ""


def _words(said: Any, lang: str) -> str:
    return escape(words(said, lang))


def _say(key: str, lang: str) -> str:
    return escape(labels.text(f"papers.{key}", lang))


def _by(paper: Paper, lang: str) -> str:
    told = by_line(paper, lang)
    return f'<p class="by">{escape(told)}</p>' if told else ""


def _page(title: str, body: str, lang: str, look: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style.css()}{CSS}{_BOTH}{look}</style>\n</head>\n"
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
.facts{display:flex;flex-wrap:wrap;gap:var(--crm-space-2) var(--crm-space-5);margin:var(--crm-space-3) 0}
.facts dt{margin:0;font-weight:400;color:var(--crm-muted);font-size:var(--crm-size-small)}
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
.slide .facts{display:flex;gap:10mm;margin:3mm 0 0;font-size:12pt}
.slide .facts dt{color:var(--crm-muted);font-size:10pt}
.slide .facts dd{margin:0}
.slide .foot{font-size:8.5pt;margin-top:auto;padding:2mm 20mm 0 0}
.slide .page{position:absolute;right:16mm;bottom:6mm;margin:0;font-size:9pt;color:var(--crm-muted)}
@page{size:297mm 167mm;margin:0}
@media print{
main{padding:0}
.slide{margin:0;border-left:0;border-right:0;border-bottom:0;break-after:page;break-inside:avoid}
.slide:last-child{break-after:auto}
}
"""
