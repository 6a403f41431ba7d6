"""A student's feedback as a page: what each question earned and why, in the language of the student's notebook."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from .. import labels, style
from ..exercises.feedback import prose
from ..exercises.saying import sentence
from .marking import Mark
from .source import SetSource

if TYPE_CHECKING:
    from .grading import Graded

__all__ = ["page"]

_TONES = {
    "right": "good",
    "nearly": "warn",
    "misconception": "bad",
    "wrong": "bad",
    "unreadable": "bad",
    "open": "muted",
}
_SIGNS = {"good": "✓", "warn": "≈", "bad": "✗", "muted": "·"}


def page(row: Graded, source: SetSource) -> str:
    """One page of HTML without scripts; names the misconceptions, never the answers."""
    lang = row.submission.lang if row.submission else labels.language()
    heading = labels.text("teaching.feedback.title", lang, set=row.set)
    total = labels.text("teaching.feedback.total", lang, points=row.points, most=row.most)
    status = "" if row.status == "marked" else f"<p>{labels.text(f'teaching.status.{row.status}', lang)}</p>"
    body = "".join(_question(m, n, source, lang) for n, m in enumerate(row.marks, start=1))
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{html.escape(heading)}</title><style>{style.css()}"
        f"body{{font-family:{style.FONT};line-height:1.55;max-width:46rem;margin:2rem auto;padding:0 1rem;"
        "background:var(--crm-ground);color:var(--crm-text)}section{background:var(--crm-panel);"
        "border:1px solid var(--crm-line);border-left-width:5px;border-radius:6px;padding:.5rem 1rem;margin:.7rem 0}"
        "h2{font-size:1rem;margin:.3rem 0}p{margin:.4rem 0}</style></head><body>"
        f"<h1>{html.escape(heading)}</h1><p>{html.escape(row.name)} {html.escape(row.student)}</p>"
        f"<p><strong>{html.escape(total)}</strong></p>{status}{body}</body></html>\n"
    )


def _question(mark: Mark, number: int, source: SetSource, lang: str) -> str:
    q = source.questions[mark.question]
    title, told = q.spec["title"][lang], ""
    if mark.verdict.code not in ("right", "open", "unreadable"):
        told = sentence(mark.verdict, q.texts, mark.draw, lang)
    tone = _TONES[mark.verdict.code]
    earned = labels.text("teaching.feedback.points", lang, points=mark.points, most=mark.most)
    note = f"<p>{html.escape(labels.text('teaching.feedback.solution', lang))}</p>" if mark.solution else ""
    verdict = labels.text(f"exercises.verdict.{mark.verdict.code}", lang)
    body = prose(told) if told else ""
    return (
        f'<section style="border-left-color:var(--crm-{tone})"><h2>{number}. {html.escape(title)}: '
        f"{_SIGNS[tone]} {html.escape(verdict)} ({html.escape(earned)})</h2>{body}{note}</section>"
    )
