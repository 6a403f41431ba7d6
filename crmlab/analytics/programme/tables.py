"""What a programme's forms are made of: rows as plain data, so that a project file keeps them as they were given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...frames import frame_of, label_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ANSWERED_BY", "answers_of", "known", "rows_of", "single", "table_of"]

ANSWERED_BY = ("person", "data")


def rows_of(table: Any, wanted: Sequence[str], name: str) -> list[dict[str, Any]]:
    """The rows as plain dictionaries, whether they came as a table or as JSON; what is blank is ``None``.

    Raises
    ------
    UserError
        ``frames.no_table``, ``frames.missing_column``, ``frames.empty``.

    Examples
    --------
    >>> rows_of([{"task": "a ", "role": ""}], ["task", "role"], "tasks")
    [{'task': 'a', 'role': None}]
    """
    if isinstance(table, list | tuple) and all(isinstance(r, Mapping) for r in table):
        rows = [dict(r) for r in table]
        # a form that leaves a blank out has not lost the column
        there = {c for r in rows for c in r}
        missing = [c for c in wanted if c not in there]
        if not rows:
            raise UserError("frames.empty", table=name)
        if missing:
            found = sorted(map(str, there))
            near = [n for m in missing for n in suggest(m, found, 1)]
            raise UserError("frames.missing_column", table=name, wanted=missing, found=found, near=near)
    else:
        rows = frame_of(table, wanted, name).to_dict("records")
    blank = dict.fromkeys(wanted)
    return [{**blank, **{str(k): _plain(v) for k, v in r.items()}} for r in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, list | tuple | Mapping):
        return value
    value = label_of(value)
    return value.isoformat()[:10] if hasattr(value, "isoformat") else value


def single(rows: Sequence[Mapping[str, Any]], column: str, table: str) -> None:
    """Refuse names that stand twice, or are missing.

    Raises
    ------
    UserError
        ``programme.no_name``, ``programme.twice``.
    """
    empty = [k for k, r in enumerate(rows, 1) if r[column] is None]
    if empty:
        raise UserError("programme.no_name", table=table, rows=empty, column=column)
    twice = [str(v) for v, n in Counter(r[column] for r in rows).items() if n > 1]
    if twice:
        at = [k for k, r in enumerate(rows, 1) if str(r[column]) in twice]
        raise UserError("programme.twice", table=table, rows=at, found=twice)


def known(found: Any, choices: Sequence[Any], column: str, table: str, row: int) -> Any:
    """A value that must be one of a few.

    Raises
    ------
    UserError
        ``programme.unknown_value``.
    """
    if found not in choices:
        near = suggest(str(found), [str(c) for c in choices])
        raise UserError(
            "programme.unknown_value",
            table=table,
            rows=[row],
            column=column,
            found=found,
            wanted=list(choices),
            near=near,
        )
    return found


def table_of(rows: Sequence[Mapping[str, Any]], columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Rows as a table in which what is not known is ``None`` in words and missing in numbers."""
    import pandas as pd

    frame = pd.DataFrame(list(rows), columns=columns)
    for c in frame.columns:
        if not pd.api.types.is_numeric_dtype(frame[c]):
            frame[c] = frame[c].astype("object").where(frame[c].notna(), None)
    return frame


def answers_of(
    answers: Any, items: Sequence[str], states: Sequence[str], table: str, *, evidence_for: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """The answers of a checklist, one row an item, in the order of the items; an item without an answer has none.

    Parameters
    ----------
    answers : table or list of dict
        ``item``, ``status``, and where there is one ``evidence``, ``answered_by`` (``person`` or ``data``), ``as_of``.
    items, states : sequence of str
        What is asked, and what may be answered.
    table : str
        What the form is called in an error.
    evidence_for : sequence of str
        Answers that need evidence.

    Raises
    ------
    UserError
        ``programme.unknown_value``, ``programme.twice``, ``programme.no_evidence``.
    """
    rows = rows_of(answers, ("item", "status"), table)
    single(rows, "item", table)
    out = {}
    for k, row in enumerate(rows, 1):
        item = known(row["item"], items, "item", table, k)
        status = row["status"]
        if status is not None:
            known(status, states, "status", table, k)
            if status in evidence_for and row.get("evidence") is None:
                raise UserError("programme.no_evidence", table=table, rows=[k], item=item, found=status)
        by = known(row.get("answered_by") or "person", ANSWERED_BY, "answered_by", table, k)
        out[item] = {
            "item": item,
            "status": status,
            "evidence": row.get("evidence"),
            "answered_by": by if status is not None else None,
            "as_of": row.get("as_of"),
        }
    blank = dict.fromkeys(("status", "evidence", "answered_by", "as_of"))
    return [out.get(item, {"item": item, **blank}) for item in items]
