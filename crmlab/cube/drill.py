"""Drill-through: the fact rows behind a view or behind one cell of it, totals and the unknown member included."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import labels
from ..errors import UserError, suggest
from ..results import Note
from ..star import Level
from .answer import ask, conditions_of
from .members import OTHERS, OTHERS_CODE, level_name
from .query import Condition

if TYPE_CHECKING:
    import pandas as pd

    from .view import View

__all__ = ["FactRows", "facts"]


@dataclass(frozen=True)
class FactRows:
    """Fact rows, and how many there are in all.

    ``columns`` are the fact's own columns, then the levels of its dimensions that name the row.
    """

    fact: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: int
    notes: tuple[Note, ...] = ()
    levels: Mapping[str, Level] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.rows)

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a pandas frame."""
        import pandas as pd

        return pd.DataFrame(list(self.rows), columns=list(self.columns))

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as plain dictionaries."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def export(self, path: str | os.PathLike, *, lang: str | None = None) -> Path:
        """Write the rows to a CSV, XLSX or Parquet file, formulas in text escaped."""
        from .export import write

        heads = [self.head(c, lang) for c in self.columns] if lang else self.columns
        return write(path, heads, self.rows, lang=lang, notes=[("n", f"{len(self.rows)} / {self.total}")])

    def head(self, column: str, lang: str | None = None) -> str:
        """A column in words; a level that is called as a column of the facts, or as another level, with its role."""
        level = self.levels.get(column)
        if level is None:
            return labels.name(column, lang)
        if column == level.id:
            return level_name(level, lang)
        return f"{labels.name(level.role, lang)}: {labels.name(level.column, lang)}"

    def _repr_html_(self) -> str:
        shown = labels.text("common.rows_shown", shown=len(self.rows), total=self.total)
        return self.to_pandas().to_html(border=0, index=False, na_rep="—", max_rows=20) + f"<p>{shown}</p>"


def facts(
    view: View,
    *,
    limit: int | None = 1000,
    cell: Mapping[str, Any] | None = None,
    fact: str | None = None,
    masked: bool = True,
) -> FactRows:
    """The fact rows behind a view.

    Parameters
    ----------
    view : View
    limit : int or None
        At most so many rows; ``total`` says how many there are.
    cell : mapping, optional
        Level to member, as the ``keys`` of a row: the levels of a total are left out, ``None`` is the unknown member,
        ``OTHERS`` the members not shown.
    fact : str, optional
        Which fact; that of the view's first measure by default.
    masked : bool
        Mask columns about identifiable persons.

    Returns
    -------
    FactRows
    """
    cube = view.cube
    fact = fact or view.main_fact
    known = cube.star.facts
    if fact not in known:
        raise UserError("cube.unknown_fact", found=fact, wanted=list(known), near=suggest(fact, known))
    conditions = [*conditions_of(view), *_of_cell(view, cell or {})]
    roles = cube.star.meta["facts"][fact]["roles"]
    lacking = sorted({c.level.role for c in conditions} - roles.keys())
    if lacking:
        raise UserError("cube.facts_lack_dimension", found=lacking, fact=fact)
    others = _others(view, cell or {})
    if cube.policy:
        from .protect import protects

        if protects(view.slice(cell) if cell and not others else view, fact=fact):
            raise UserError("privacy.protected_rows")
    total = cube.engine.count(fact, conditions, others)
    own = cube.star.meta["facts"][fact]["columns"]
    levels = _naming(view, fact)
    wide = ["f." + c for c in own] + ["d." + lv.code for lv in levels]
    found = cube.engine.facts(fact, wide, conditions, others, limit)
    personal = set(known[fact].personal) if masked else set()
    rows = tuple(_row(view, row, list(own), personal, levels) for row in found)
    notes = ()
    if len(rows) < total:
        notes = (Note("common.rows_shown", {"shown": len(rows), "total": total}),)
    names = [lv.id if lv.id not in own else f"{lv.role}.{lv.column}" for lv in levels]
    return FactRows(fact, (*own, *names), rows, total, notes, dict(zip(names, levels, strict=True)))


def _of_cell(view: View, cell: Mapping[str, Any]) -> list[Condition]:
    found = []
    for name, member in cell.items():
        level = view.cube.level(name)
        if not (isinstance(member, str) and member == OTHERS):
            found.append(view.cube.condition(view.cube.filter(level.id, member, single=True)))
    return found


def _others(view: View, cell: Mapping[str, Any]) -> list[Any]:
    """The condition that a row belongs to the members not shown, as the view computed it."""
    if not any(isinstance(m, str) and m == OTHERS for m in cell.values()):
        return []
    from .compile import is_other

    limit = ask(view).limit
    if limit is None:
        raise UserError("cube.no_others")
    return [is_other(limit)]


def _naming(view: View, fact: str) -> list[Any]:
    """Levels shown beside a row: what the view speaks of, then the finest level of every other hierarchy."""
    cube = view.cube
    roles = cube.star.meta["facts"][fact]["roles"]
    spoken = [cube.levels[n] for n in (*view.by, *view.columns, *(f.level for f in view.filters))]
    tops = [cube.levels[hierarchy[0]] for role in roles for hierarchy in cube.dimensions[role].values()]
    chosen = {lv.id: lv for lv in (*spoken, *tops) if lv.role in roles}
    keys = {info["column"] for info in roles.values()}
    return [
        lv
        for lv in chosen.values()
        if lv.column not in keys or lv.column not in cube.star.meta["facts"][fact]["columns"]
    ]


def _row(view: View, row: tuple, own: list[str], personal: set[str], levels: list[Any]) -> tuple[Any, ...]:
    from .cube import masked

    values = [masked(c, v) if c in personal and v is not None else v for c, v in zip(own, row, strict=False)]
    for level, code in zip(levels, row[len(own) :], strict=True):
        named = code is not None and code != OTHERS_CODE
        value = view.cube.member_table(level.id).value(code)
        values.append(masked(level.column, value) if level.personal and named else value)
    return tuple(v.date() if isinstance(v, dt.datetime) and v.time() == dt.time() else v for v in values)
