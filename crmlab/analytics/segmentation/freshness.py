"""How well customers are known, and how much of that is still good: completeness, age, and whom to ask again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import UserError
from ...intervals import wilson
from ...quality.cells import Cells
from ...results import Note, Result, Source
from .tables import day_of, frame_of, need

__all__ = ["knowledge"]

_FORMS = {"phone": "phone", "email": "email", "national_id": "nik"}


def knowledge(
    customers: Any,
    *,
    fields: Sequence[str],
    as_of: Any,
    updated_at: str | Mapping[str, str] = "updated_at",
    fresh_days: int | Mapping[str, int] = 730,
    key: str = "customer_id",
    source: Source | None = None,
) -> Result:
    """How many of the required fields are filled, and how many of those are not out of date.

    Parameters
    ----------
    customers : DataFrame
        One row a customer.
    fields : sequence of str
        The columns that one must know to serve a customer. What only looks like a value (``-``, ``n/a``, a phone number
        of zeros, 1900-01-01) is missing.
    as_of : date
    updated_at : str or mapping
        The column with the day of the last change; or by field the column of its own.
    fresh_days : int or mapping
        How long knowledge keeps; or by field. Two years by default.
    key : str
    source : Source, optional

    Returns
    -------
    Result
        Kind ``segmentation.knowledge``, one row a customer: ``filled``, ``fresh``, ``completeness_share``,
        ``fresh_share`` and ``refresh`` (the fields to ask for again). A field without a date, or with one after
        ``as_of``, is not fresh.

    Examples
    --------
    >>> row = {f"field_{i}": ["x"] for i in range(8)} | {"field_8": [None], "field_9": ["-"]}
    >>> row |= {"customer_id": ["a"], "new": ["2020-06-01"], "old": ["2018-06-01"]}
    >>> when = {f"field_{i}": "old" if i < 2 else "new" for i in range(10)}
    >>> fields = [f"field_{i}" for i in range(10)]
    >>> found = knowledge(row, fields=fields, as_of="2020-12-31", updated_at=when)
    >>> found.facts["completeness_share"], found.facts["fresh_share"]
    (0.8, 0.6)
    """
    import numpy as np
    import pandas as pd

    fields = list(dict.fromkeys(str(f) for f in fields))
    if not fields:
        raise UserError("segmentation.no_fields")
    column_of = dict(updated_at) if isinstance(updated_at, Mapping) else dict.fromkeys(fields, updated_at)
    need(column_of, fields, "updated_at")
    frame = frame_of(customers, (key, *fields, *dict.fromkeys(column_of.values())), "customers").reset_index(drop=True)
    if frame.empty:
        raise UserError("segmentation.empty", table="customers")
    keeps = dict(fresh_days) if isinstance(fresh_days, Mapping) else dict.fromkeys(fields, fresh_days)
    for f, days in keeps.items():
        if isinstance(days, bool) or not isinstance(days, int) or days < 1:
            raise UserError("segmentation.bad_number", found=days, name=f"fresh_days[{f}]", low=1)
    day = day_of(as_of)
    seen = {c: pd.to_datetime(frame[c], errors="coerce") for c in dict.fromkeys(column_of.values())}
    filled, fresh = (np.zeros((len(frame), len(fields)), dtype=bool) for _ in range(2))
    for j, f in enumerate(fields):
        filled[:, j] = Cells(frame[f], _FORMS.get(f)).present
        age = (day - seen[column_of[f]]).dt.days if f in column_of else pd.Series(np.nan, index=frame.index)
        fresh[:, j] = filled[:, j] & age.between(0, keeps.get(f, 730)).to_numpy()
    names = np.array(fields, dtype=object)
    table = pd.DataFrame({key: frame[key], "filled": filled.sum(axis=1), "fresh": fresh.sum(axis=1)})
    table["completeness_share"] = table["filled"] / len(fields)
    table["fresh_share"] = table["fresh"] / len(fields)
    table["refresh"] = [", ".join(names[~line]) for line in fresh]
    table = table.sort_values(["fresh", "filled"], kind="stable").reset_index(drop=True)
    cells = filled.size
    whole = int((fresh.all(axis=1)).sum())
    facts = {
        "n": len(frame),
        "fields": len(fields),
        "filled": int(filled.sum()),
        "fresh": int(fresh.sum()),
        "cells": cells,
    }
    facts |= {"completeness_share": float(filled.sum() / cells), "fresh_share": float(fresh.sum() / cells)}
    facts |= {"stale": int(filled.sum() - fresh.sum()), "well_known": whole, "well_known_share": whole / len(frame)}
    facts["well_known_share_low"], facts["well_known_share_high"] = wilson(whole, len(frame))
    worst = int(np.argmin(fresh.mean(axis=0)))
    facts |= {"weakest": fields[worst], "weakest_share": float(fresh[:, worst].mean())}
    notes = []
    future = sum(int((s > day).sum()) for s in seen.values())
    if future:
        notes.append(Note("segmentation.future_research", {"n": future}))
    undated = sum(int(s.isna().sum()) for s in seen.values())
    if undated:
        notes.append(Note("segmentation.undated", {"n": undated}))
    by_field = {
        f: (float(filled[:, j].mean()), float(fresh[:, j].mean()), int(filled[:, j].sum()))
        for j, f in enumerate(fields)
    }
    params = {"as_of": day.date(), "fields": tuple(fields), "by_field": by_field, "keeps": keeps}
    params["units"] = {"filled": "count", "fresh": "count", "completeness_share": "share", "fresh_share": "share"}
    return Result("segmentation.knowledge", table, params, facts, tuple(notes), source)
