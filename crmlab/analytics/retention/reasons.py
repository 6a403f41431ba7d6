"""Why customers left, as far as they said: reasons by how often, with what is not known kept in sight."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...intervals import FEW, wilson
from ...results import Note, Result, Source
from .tables import frame_of

__all__ = ["reasons"]

UNKNOWN = "unknown"
_BLANK = ("", "-", "—", "?", "n/a", "na", "none", "null", "unknown", "tidak diketahui", "tidak tahu")


def reasons(lost: Any, *, reason: str = "reason", source: Source | None = None) -> Result:
    """The reasons of losses in the order of their number.

    Parameters
    ----------
    lost : DataFrame
        One row a lost customer.
    reason : str
        The column that says why. Empty and "unknown" are a row of their own, the last: their share is of all lost,
        and those who said why need not be like those who did not.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``retention.reasons``: per reason ``n``, ``share`` of all lost with Wilson's interval, ``cumulative_share``
        and ``known_share`` (of those that are known). ``verdict`` says whether the first reason is truly more frequent
        than the second.

    Examples
    --------
    >>> import pandas as pd
    >>> found = reasons(pd.DataFrame({"reason": ["price"] * 6 + ["service"] * 3 + [None]}))
    >>> found.table[["loss_reason", "n", "share"]].values.tolist()
    [['price', 6, 0.6], ['service', 3, 0.3], ['unknown', 1, 0.1]]
    """
    import pandas as pd
    from scipy.stats import binomtest

    frame = frame_of(lost, (reason,), "lost")
    said = frame[reason].astype("string").str.strip()
    blank = said.isna() | said.str.casefold().isin(_BLANK)
    counts = said[~blank].value_counts(sort=False)
    # equal counts in the order of their names: the same table every time
    ordered = sorted(counts.items(), key=lambda r: (-r[1], str(r[0])))
    unknown, n = int(blank.sum()), len(frame)
    if not ordered:
        raise UserError("retention.no_reasons", table="lost", column=reason)
    rows, so_far = [], 0
    for name, count in [*ordered, *([(UNKNOWN, unknown)] if unknown else [])]:
        so_far += int(count)
        low, high = (float(x) for x in wilson(count, n))
        rows.append(
            {
                "loss_reason": name,
                "n": int(count),
                "share": count / n,
                "share_low": low,
                "share_high": high,
                "cumulative_share": so_far / n,
                "known_share": count / (n - unknown) if name != UNKNOWN or not unknown else float("nan"),
            }
        )
    first, second = rows[0], (rows[1] if len(ordered) > 1 else None)
    verdict, p = "too_few", None
    if second:
        together = first["n"] + second["n"]
        p = float(binomtest(first["n"], together, 0.5).pvalue)
        verdict = "too_few" if together < 2 * FEW else "real" if p < 0.05 else "noise"
    facts = {"n": n, "reasons": len(ordered), "unknown": unknown, "unknown_share": unknown / n, "verdict": verdict}
    facts |= {"first": first["loss_reason"], "second": second["loss_reason"] if second else None, "p_value": p}
    facts |= {f"first_share{e}": first[f"share{e}"] for e in ("", "_low", "_high")}
    facts["first_at_most"] = (first["n"] + unknown) / n
    notes = [Note("retention.note.unknown_reasons", {"n": unknown, "share": unknown / n})] if unknown else []
    shares = ("share", "share_low", "share_high", "cumulative_share", "known_share")
    units = {"loss_reason": "text", "n": "count", **dict.fromkeys(shares, "share")}
    return Result("retention.reasons", pd.DataFrame(rows), {"reason": reason, "units": units}, facts, notes, source)
