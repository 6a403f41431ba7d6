"""Whether there is data enough for analytical CRM: the fifth misconception, put to a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...errors import UserError
from ...frames import day_of
from ...results import Note, Result, Source

__all__ = ["data_sufficiency"]

FEWEST = 30
# what analytical CRM can't do without, and what such a column may be called
NEEDS: Mapping[str, tuple[str, ...]] = {
    "customer_id": ("customer_id", "customer", "id_pelanggan", "pelanggan_id", "kode_pelanggan", "patient_id"),
    "date": ("date", "ordered_at", "tanggal", "tgl", "waktu", "occurred_at", "invoice_date"),
    "amount": ("amount", "total", "jumlah", "nilai", "omzet", "sales"),
}


def data_sufficiency(
    table: Any,
    *,
    as_of: Any,
    columns: Mapping[str, str] | None = None,
    source: Source | None = None,
) -> Result:
    """Say whether analytical CRM can run on a table of sales: who, when, how much, and enough of each.

    Parameters
    ----------
    table : DataFrame or Result
        May be empty, or lack columns: that is the question.
    as_of : date
        Rows after it are not counted.
    columns : mapping, optional
        Need -> column, where a column has a name of its own: ``{"date": "tgl_nota"}``.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``frameworks.sufficient`` or ``frameworks.insufficient``: a row a need with the ``column`` that answers it,
        ``usable`` values of ``n``, their ``share``, ``enough``. Facts: ``runs``, ``missing``, ``too_few``, ``empty``,
        ``customers`` and ``repeat_customers``.

    Examples
    --------
    >>> import pandas as pd
    >>> told = data_sufficiency(pd.DataFrame({"customer_id": [1], "amount": [5]}), as_of="2024-12-31")
    >>> told.facts["runs"], told.facts["missing"]
    (False, ['date'])
    """
    import pandas as pd

    frame = getattr(table, "table", table)
    frame = frame.to_pandas() if hasattr(frame, "to_pandas") else frame
    if not hasattr(frame, "columns"):
        raise UserError("frames.no_table", found=type(table).__name__)
    frame = frame.reset_index(drop=True)
    unknown = [c for c in (columns or {}).values() if c not in frame.columns]
    if unknown:
        raise UserError("frames.missing_column", wanted=unknown, found=[*map(str, frame.columns)])
    last = day_of(as_of, "as_of") + pd.Timedelta(days=1)
    by_lower = {str(c).casefold(): c for c in frame.columns}
    found = {need: next((by_lower[w] for w in words if w in by_lower), None) for need, words in NEEDS.items()}
    found |= dict(columns or {})
    values: dict[str, Any] = {}
    for need, column in found.items():
        if column is None:
            continue
        its = frame[column]
        if need == "date":
            times = pd.to_datetime(its, errors="coerce", format=None if its.dtype.kind == "M" else "ISO8601")
            its = times.dt.tz_localize(None) if getattr(times.dtype, "tz", None) is not None else times
        elif need == "amount":
            its = pd.to_numeric(its, errors="coerce")
        values[need] = its
    here = pd.Series(True, index=frame.index)
    if "date" in values:
        here = ~(values["date"] >= last)
    n = int(here.sum())
    rows = []
    for need, column in found.items():
        usable = int(values[need][here].notna().sum()) if column is not None else 0
        row = {"need": need, "column": column, "usable": usable, "n": n, "share": usable / n if n else None}
        rows.append(row | {"enough": column is not None and usable >= FEWEST})
    both = pd.DataFrame(values)[here].dropna() if len(values) == len(NEEDS) else pd.DataFrame(columns=list(NEEDS))
    orders = both.groupby("customer_id", observed=True).size()
    missing = [r["need"] for r in rows if r["column"] is None]
    few = [r["need"] for r in rows if r["column"] is not None and not r["enough"]]
    runs = not missing and not few and len(both) >= FEWEST
    notes = []
    if missing:
        notes.append(Note("frameworks.note.cannot_run", {"missing": missing}))
    elif not n:
        notes.append(Note("frameworks.note.no_rows"))
    elif not runs:
        notes.append(Note("frameworks.note.too_few_rows", {"n": len(both), "wanted": FEWEST}))
    repeat = int((orders > 1).sum())
    if few and n:
        notes.append(Note("frameworks.note.unreadable", {"needs": few, "wanted": FEWEST}))
    if runs and not repeat:
        notes.append(Note("frameworks.note.nobody_twice"))
    facts = {"runs": runs, "missing": missing, "too_few": few, "empty": not n, "n": n, "complete_rows": len(both)}
    facts |= {
        "customers": len(orders),
        "repeat_customers": repeat,
        "wanted": FEWEST,
        "as_of": last - pd.Timedelta(days=1),
    }
    facts["repeat_share"] = repeat / len(orders) if len(orders) else None
    units = {"need": "text", "column": "text", "usable": "count", "n": "count", "share": "share", "enough": "text"}
    kind = "frameworks.sufficient" if runs else "frameworks.insufficient"
    return Result(kind, pd.DataFrame(rows), {"as_of": facts["as_of"], "units": units}, facts, tuple(notes), source)
