"""What a reader must know of a view before trusting it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..results import Note
from .members import ALL

if TYPE_CHECKING:
    from .answer import Answer
    from .view import View

__all__ = ["notes"]


def notes(view: View, answer: Answer) -> tuple[Note, ...]:
    """All notes on an answered view, the star's own notes on the facts that it uses last."""
    return (
        *_applicable(view, answer),
        *_gathered(view, answer),
        *answer.notes,
        *_unknown(answer),
        *_empty(answer),
    )


def _applicable(view: View, answer: Answer) -> Iterator[Note]:
    star = view.cube.star.meta["facts"]
    shown = {lv.role for lv in answer.levels} | view.filter_roles
    for name in view.measures:
        facts = sorted(answer.facts_of(name))
        lacking = sorted({role for f in facts for role in shown if role not in star[f]["roles"]})
        if lacking:
            yield Note("cube.not_applicable", {"measure": name, "dimensions": lacking, "facts": facts})


def _gathered(view: View, answer: Answer) -> Iterator[Note]:
    if answer.limit is not None and answer.gathered:
        code = "cube.others_gathered" if view.limit.others else "cube.others_hidden"
        yield Note(code, {"n": answer.gathered, "level": view.limit.level, "shown": view.limit.n})


def _unknown(answer: Answer) -> Iterator[Note]:
    for i, level in enumerate(answer.levels):
        unknown = sum(
            answer.n(key) or 0
            for key in answer.cells
            if key[i] is None and all(c == ALL for j, c in enumerate(key) if j != i)
        )
        if unknown:
            yield Note("cube.unknown_rows", {"level": level.id, "n": unknown})


def _empty(answer: Answer) -> Iterator[Note]:
    if not any(ALL not in key and any(cell.values()) for key, cell in answer.cells.items()):
        yield Note("cube.no_facts")
