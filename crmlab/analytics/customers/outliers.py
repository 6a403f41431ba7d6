"""Amounts that are unlike the rest."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...frames import frame_of
from ...results import Note, Result, Source

__all__ = ["unusual"]

_TO_SD = 0.6745  # the upper quartile of the standard normal: MAD / 0.6745 estimates its standard deviation
_MEAN_TO_SD = 1.253314  # sqrt(pi / 2): the same for the mean absolute deviation
_FEWEST = 5
_THOUSAND = (700.0, 1400.0)  # a slip of three noughts multiplies by a thousand an amount that varies as all do


def unusual(
    table: Any, *, column: str = "amount", by: str | None = None, cut: float = 3.5, source: Source | None = None
) -> Result:
    """Values that lie far from the median, by a measure that they can't blow up themselves.

    Parameters
    ----------
    table : DataFrame
        A row a transaction.
    column : str
        Numbers in one unit.
    by : str, optional
        Judge within its groups: a price against its own product.
    cut : float
        From which distance on; 3.5 is Iglewicz and Hoaglin's.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``customers.unusual``: the flagged rows, furthest first, with ``row`` (the label in the table),
        ``median``, ``z`` and ``finding`` (``high``, ``low``, ``thousandfold``: about a thousand times the median, as
        when rupiah were typed in thousands). ``facts``: ``n``, ``flagged``, ``median`` and ``mad`` (without ``by``),
        ``not_judged`` (rows of groups with fewer than 5 values, or of groups in which all are alike).

    Raises
    ------
    UserError
        ``customers.no_numbers``, ``customers.too_few_values``, ``customers.bad_cut``, ``frames.missing_column``.

    Notes
    -----
    z = 0.6745 (x - median) / MAD, where MAD is the median of the distances from the median. Where more than half of
    the values are equal MAD is 0, and the mean distance takes its place: z = (x - median) / (1.2533 mean distance).
    An unusual value is a question, not an error; sums with a long tail have some by nature: look at logarithms, or by
    group.

    References
    ----------
    Iglewicz and Hoaglin (1993), How to Detect and Handle Outliers, ASQC Quality Press.

    Examples
    --------
    >>> import pandas as pd
    >>> told = unusual(pd.DataFrame({"amount": [10, 11, 9, 10, 12, 95]}))
    >>> told.facts["median"], told.facts["mad"], round(float(told.table["z"].iloc[0]), 1)
    (10.5, 1.0, 57.0)
    """
    import pandas as pd

    if not isinstance(cut, int | float) or isinstance(cut, bool) or not cut > 0:
        raise UserError("customers.bad_cut", found=cut)
    frame = frame_of(table, (column,) if by is None else (column, by), "transactions")
    if not pd.api.types.is_numeric_dtype(frame[column]) or pd.api.types.is_bool_dtype(frame[column]):
        raise UserError("customers.no_numbers", table="transactions", column=column)
    known = frame[frame[column].notna()]
    if len(known) < _FEWEST:
        raise UserError("customers.too_few_values", found=len(known), wanted=_FEWEST)
    groups = [(None, known)] if by is None else list(known.groupby(by, dropna=False, observed=True, sort=True))
    rows: list[dict[str, Any]] = []
    not_judged, first = 0, None
    for group, some in groups:
        values = some[column].astype(float)
        median = float(values.median())
        away = (values - median).abs()
        mad = float(away.median())
        first = first or (median, mad)
        scale = mad / _TO_SD if mad > 0 else _MEAN_TO_SD * float(away.mean())
        if len(values) < _FEWEST or scale == 0:
            not_judged += len(values)
            continue
        z = (values - median) / scale
        for label, distance in z[z.abs() > cut].items():
            value = float(values[label])
            times = value / median if median > 0 else 0.0
            reason = "thousandfold" if _THOUSAND[0] <= times <= _THOUSAND[1] else "high" if distance > 0 else "low"
            rows.append({"row": label, **({by: group} if by else {}), column: value, "median": median,
                         "z": float(distance), "finding": reason})  # fmt: skip
    names = ["row", *([by] if by else []), column, "median", "z", "finding"]
    found = pd.DataFrame(rows, columns=names)
    found = found.sort_values("z", key=abs, ascending=False, kind="stable", ignore_index=True)
    facts = {
        "n": len(known),
        "flagged": len(found),
        "flagged_share": len(found) / len(known),
        "median": first[0] if by is None else None,
        "mad": first[1] if by is None else None,
        "groups": len(groups),
        "not_judged": not_judged,
        "missing": len(frame) - len(known),
        "cut": float(cut),
        "thousandfold": int((found["finding"] == "thousandfold").sum()),
    }
    notes = [Note("customers.note.not_judged", {"n": not_judged, "fewest": _FEWEST})] if not_judged else []
    if facts["missing"]:
        notes.append(Note("customers.note.missing", {"n": facts["missing"]}))
    if facts["flagged_share"] > 0.05:
        notes.append(Note("customers.note.long_tail", {"share": facts["flagged_share"]}))
    params = {"column": column, "by": by, "units": {"z": "number", "finding": "text", "row": "text"},
              "values": known[column].astype(float).tolist()}  # fmt: skip
    return Result("customers.unusual", found, params, facts, tuple(notes), source)
