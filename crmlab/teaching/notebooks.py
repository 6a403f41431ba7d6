"""A student's notebook of a set: an introduction, and for each question the task, a place to answer, the check."""

from __future__ import annotations

import re

from .. import labels
from ..exercises.pack import PRACTICE, place_of
from ..exercises.saying import numbered
from .source import QuestionSource, SetSource

__all__ = ["answered", "notebook"]

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
    if q.start:
        return numbered(q.start, number)
    if q.spec["kind"] == "blanks":
        parts = "".join(f'    "{p}": ...,\n' for p in q.spec["parts"])
        return f"q{number}.answer = {{\n{parts}}}"
    return f"q{number}.answer = ..."


def answered(source: SetSource, name: str, number: int, place: int) -> str:
    """Code that answers a question at a place: the reference, or its answer where this names a student's options."""
    q = source.questions[name]
    code = numbered(q.solution, number)
    if not q.ids:
        return code
    # the author's names of options are nobody else's
    reference = "".join(f"# {line}\n" for line in code.splitlines())
    return f"{reference}q{number}.answer = {source.answer(name, source.draw(name, place))!r}"


def notebook(source: SetSource, lang: str, *, solved: str | None = None) -> str:
    """The notebook's text in one language, the same on every machine.

    Parameters
    ----------
    source : SetSource
    lang : {"id", "en"}
    solved : str, optional
        A student's number of the practice pack: the notebook is solved for it, with the reasons. For lecturers.
    """
    import nbformat
    from nbformat import v4

    told = cells(source, lang)
    if solved is not None:
        told = _solved(source, told, lang, solved)
    made = []
    for name, kind, text in told:
        cell = v4.new_markdown_cell(text) if kind == "markdown" else v4.new_code_cell(text)
        cell.id = name.replace("_", "-")[:64]
        made.append(cell)
    return nbformat.writes(v4.new_notebook(cells=made, metadata=METADATA)) + "\n"


def _solved(source: SetSource, told: list[tuple[str, str, str]], lang: str, student: str) -> list[tuple[str, str, str]]:
    place = place_of(student, {"rule": "digits", "n": PRACTICE})
    numbers = {f"answer-{name}": (number, name) for number, name in enumerate(source.questions, start=1)}
    out = []
    for name, kind, text in told:
        if name == "open":
            text = re.sub(r'student = "[^"]*"', f'student = "{student}"', text)
        if name in numbers:
            number, question = numbers[name]
            text = answered(source, question, number, place)
        out.append((name, kind, text))
        if name.startswith("check-"):
            out.append((f"why-{name[6:]}", "markdown", source.questions[name[6:]].why[lang]))
    return out
