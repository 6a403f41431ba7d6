"""Views as pandas frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .members import ALL, OTHERS_CODE

if TYPE_CHECKING:
    import pandas as pd

    from .answer import Answer
    from .view import View

__all__ = ["frame", "tidy"]


def tidy(view: View) -> pd.DataFrame:
    """One row per cell: every level as a column, then the figures. No totals."""
    import pandas as pd

    answer = _leaves(view)
    keys = [(*row, *column) for row in answer.row_keys for column in answer.column_keys]
    keys = [k for k in keys if k in answer.cells and ALL not in k]
    data: dict[str, Any] = {
        level.id: [_member(view, level.id, k[i]) for k in keys] for i, level in enumerate(answer.levels)
    }
    for name in view.figures:
        data[name] = _numbers([answer.value(k, name) for k in keys])
    return pd.DataFrame(data)


def frame(view: View, *, totals: bool) -> pd.DataFrame:
    """Rows as a person would write them on paper; a pivot has its column members as column index."""
    import pandas as pd

    if not view.columns:
        if not totals:
            return tidy(view)
        answer = view.ask()
        data = {
            level.id: [_member(view, level.id, k[i]) for k in answer.row_keys] for i, level in enumerate(answer.levels)
        }
        for name in view.figures:
            data[name] = _numbers([answer.value(k, name) for k in answer.row_keys])
        return pd.DataFrame(data)
    answer = view.ask() if totals else _leaves(view)
    rows = [k for k in answer.row_keys if totals or ALL not in k]
    columns = [k for k in answer.column_keys if totals or ALL not in k]
    heads, data = [], []
    width = len(view.by)
    across = answer.levels[width:]
    for name in view.figures:
        for column in columns:
            heads.append((name, *(_member(view, lv.id, c) for lv, c in zip(across, column, strict=True))))
            data.append(_numbers([answer.value((*row, *column), name) for row in rows]))
    table = pd.concat(data, axis=1) if data else pd.DataFrame(index=range(len(rows)))
    table.columns = pd.MultiIndex.from_tuples(heads, names=["figure", *view.columns])
    downs = [[_member(view, lv.id, row[i]) for row in rows] for i, lv in enumerate(answer.levels[:width])]
    if width == 1:
        table.index = pd.Index(downs[0], name=view.by[0])
    elif width:
        table.index = pd.MultiIndex.from_arrays(downs, names=list(view.by))
    return table


def _leaves(view: View) -> Answer:
    from .answer import ask

    return ask(view, "none")


def _member(view: View, level: str, code: int | None) -> Any:
    if code == ALL:
        return labels.text("common.total")
    at = view.cube.levels[level]
    if code == OTHERS_CODE or (at.personal and code is not None):
        return view.cube.label(at, code)
    return view.cube.member_table(level).value(code)


def _numbers(values: list[Any]) -> pd.Series:
    import pandas as pd

    if all(isinstance(v, int) and abs(v) < 2**63 for v in values):
        return pd.Series(values, dtype="int64")
    return pd.Series([float("nan") if v is None else v for v in values], dtype="float64")
