"""A student's notebook of a set: an introduction, and for each question the task, a place to answer, the check."""

from __future__ import annotations

from .. import labels
from .source import QuestionSource, SetSource

__all__ = ["notebook"]

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def cells(source: SetSource, lang: str) -> list[tuple[str, str, str]]:
    """Name, kind and text of every cell; an answer's cell is named ``answer-<question>``."""
    told = [
        ("title", "markdown", source.title[lang]),
        ("how", "markdown", labels.text("teaching.notebook.how", lang)),
        ("open", "code", labels.text("teaching.notebook.open", lang, name=source.name, edition=lang)),
    ]
    for number, q in enumerate(source.questions.values(), start=1):
        level = labels.text(f"teaching.level.{q.spec['level']}", lang)
        heading = labels.text("teaching.notebook.question", lang, n=number, title=q.spec["title"][lang], level=level)
        told.append((f"heading-{q.id}", "markdown", heading))
        told += [
            (f"example-{q.id}-{i}", kind, text) for i, (own, kind, text) in enumerate(q.example) if own in ("", lang)
        ]
        told.append((f"task-{q.id}", "code", f'q{number} = work["{q.id}"]\nq{number}'))
        told.append((f"answer-{q.id}", "code", _start(q, number)))
        told.append((f"check-{q.id}", "code", f"q{number}.check()"))
        told.append((f"help-{q.id}", "code", f"# q{number}.hint()\n# q{number}.solution()"))
    told.append(("end", "markdown", labels.text("teaching.notebook.end", lang)))
    told.append(("progress", "code", "work.progress()"))
    return told


def _start(q: QuestionSource, number: int) -> str:
    import re

    if q.start:
        return re.sub(r"\bq\.", f"q{number}.", q.start)
    if q.spec["kind"] == "blanks":
        parts = "".join(f'    "{p}": ...,\n' for p in q.spec["parts"])
        return f"q{number}.answer = {{\n{parts}}}"
    return f"q{number}.answer = ..."


def notebook(source: SetSource, lang: str) -> str:
    """The notebook's text in one language, the same on every machine."""
    import nbformat
    from nbformat import v4

    made = []
    for name, kind, text in cells(source, lang):
        cell = v4.new_markdown_cell(text) if kind == "markdown" else v4.new_code_cell(text)
        cell.id = name.replace("_", "-")[:64]
        made.append(cell)
    return nbformat.writes(v4.new_notebook(cells=made, metadata=METADATA)) + "\n"
