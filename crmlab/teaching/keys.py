"""The lecturer's key: every task, its solution, why, and the misconceptions; and each student's own right answers."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from typing import Any

from .. import labels, style
from ..exercises.feedback import prose
from ..exercises.pack import Pack
from ..exercises.saying import words
from .source import QuestionSource, SetSource

__all__ = ["answers", "page"]


def page(source: SetSource, lang: str) -> str:
    """The key of a set as a page that prints; the tasks as the first practice place with each variant reads them."""
    body = [prose(source.title[lang])]
    for number, q in enumerate(source.questions.values(), start=1):
        body.append(_question(source, q, number, lang))
    title = f"{labels.text('teaching.key.title', lang)}: {source.name}"
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{html.escape(title)}</title><style>{style.css()}"
        f"body{{font-family:{style.FONT};line-height:1.55;max-width:52rem;margin:2rem auto;padding:0 1rem;"
        "background:var(--crm-ground);color:var(--crm-text)}"
        "section{border-top:2px solid var(--crm-line);margin-top:2rem}"
        f"pre{{font-family:{style.MONO};background:var(--crm-panel);border:1px solid var(--crm-line);padding:.7rem;"
        "overflow-x:auto}h3{font-size:1rem;margin:1rem 0 .2rem}small{color:var(--crm-muted)}</style></head><body>"
        f"<p><strong>{html.escape(title)}</strong> · {html.escape(labels.text('teaching.key.secret', lang))}</p>"
        f"{''.join(body)}</body></html>\n"
    )


def _question(source: SetSource, q: QuestionSource, number: int, lang: str) -> str:
    def said(name: str) -> str:
        return f"<h3>{html.escape(labels.text(f'teaching.key.{name}', lang))}</h3>"

    def code(text: str) -> str:
        return f"<pre><code>{html.escape(text)}</code></pre>"

    spec = q.spec
    where = {k: spec[k] for k in ("book", "notebook", "app", "function")}
    parts = [f"<section><h2>{number}. {html.escape(spec['title'][lang])}</h2>"]
    parts.append(f"<small>{html.escape(labels.text('teaching.key.place', lang, **where))}</small>" + said("tasks"))
    first: dict[str, Any] = {}
    for place in range(60):
        own = source.draw(q.id, place)
        first.setdefault(own.variant, own)
    parts += [
        f"<p><small>{html.escape(v)}</small></p>{prose(words(q.texts, 'task', own, lang))}" for v, own in first.items()
    ]
    any_draw = next(iter(first.values()))
    hints = [words(q.texts, f"hints.{i}", any_draw, lang) for i in range(len(q.texts["hints"]))]
    parts += [said("hints"), *(prose(h) for h in hints), said("solution"), code(q.solution), prose(q.why[lang])]
    if q.package:
        parts += [said("package"), code(q.package)]
    parts.append(said("wrongs"))
    for name, wrong in q.wrongs.items():
        parts += [
            f"<p><strong>{html.escape(name)}</strong></p>",
            code(wrong),
            prose(words(q.texts, f"wrong.{name}", any_draw, lang)),
        ]
    return "".join(parts) + "</section>"


def answers(source: SetSource, pack: Pack, students: Iterable[str]) -> list[dict[str, str]]:
    """One row a student, one column a question: the right answers, as JSON where they are no single number."""
    told = []
    for student in students:
        place = pack.place(student)
        row = {"student": student}
        for name in source.questions:
            right = source.answer(name, pack.draw(name, place))
            row[name] = repr(right) if isinstance(right, int | float) else json.dumps(right, ensure_ascii=False)
        told.append(row)
    return told
