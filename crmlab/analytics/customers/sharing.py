"""A table for a partner: sums by group, no person in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import UserError
from ...frames import frame_of
from ...privacy.masking import find_personal
from ...results import Note, Result, Source

__all__ = ["share_pack"]

_LEAST = 3


def share_pack(
    table: Any,
    *,
    by: Sequence[str],
    sums: Sequence[str] = (),
    person: str | None = None,
    least: int = _LEAST,
    source: Source | None = None,
) -> Result:
    """Sums by group that may leave the house: groups of fewer than ``least`` people or rows are left out and counted.

    Parameters
    ----------
    table : DataFrame
        A row a sale, or whatever is counted.
    by : sequence of str
        The groups, such as category and month. A personal column is refused.
    sums : sequence of str
        Numbers to add up.
    person : str, optional
        Whose number of different values a group needs, such as ``customer_id``; otherwise its rows are counted.
    least : int
        k: 2 or more.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``customers.share_pack``: a row a group that is large enough: ``by``, ``sums``, ``n`` (rows) and, with
        ``person``, ``people``. ``facts``: ``groups``, ``hidden_groups``, ``rows``, ``hidden_rows`` and their share.

    Raises
    ------
    UserError
        ``customers.personal_group`` (a telephone number, an e-mail address, a name ...), ``customers.bad_least``,
        ``customers.no_numbers``, ``frames.missing_column``.

    Notes
    -----
    No total is shared: with it, the one group that is left out could be found by subtraction.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"city": list("aaaabbbccd"), "amount": range(10)})
    >>> told = share_pack(table, by=["city"], sums=["amount"])
    >>> told.table["city"].tolist(), told.facts["hidden_rows"], told.facts["hidden_share"]
    (['a', 'b'], 3, 0.3)
    """
    import pandas as pd

    groups = [by] if isinstance(by, str) else list(by)
    frame = frame_of(table, [*groups, *sums, *([person] if person else [])], "shared")
    if not groups or not isinstance(least, int) or isinstance(least, bool) or least < 2:
        raise UserError("customers.bad_least", found=[groups, least])
    records = frame[groups].head(500).to_dict("records")
    if personal := find_personal(groups, records):
        raise UserError("customers.personal_group", found=sorted(personal))
    for column in sums:
        if not pd.api.types.is_numeric_dtype(frame[column]):
            raise UserError("customers.no_numbers", table="shared", column=column)
    grouped = frame.groupby(groups, dropna=False, observed=True, sort=True)
    told = grouped[list(sums)].sum() if sums else pd.DataFrame(index=grouped.size().index)
    told["n"] = grouped.size()
    size = told["n"]
    if person:
        size = told["people"] = grouped[person].nunique()
    kept = told[size >= least].reset_index()
    rows, hidden = len(frame), int(told["n"][size < least].sum())
    facts = {
        "groups": len(told),
        "hidden_groups": int((size < least).sum()),
        "rows": rows,
        "hidden_rows": hidden,
        "hidden_share": hidden / rows,
        "least": least,
        "counted": "people" if person else "rows",
    }
    notes = (Note("customers.note.hidden", {"n": hidden, "groups": facts["hidden_groups"]}),) if hidden else ()
    units = {"n": "count", "people": "count"}
    return Result("customers.share_pack", kept, {"by": groups, "least": least, "units": units}, facts, notes, source)
