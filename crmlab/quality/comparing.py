"""Two profiles side by side: what cleaning has won, and what it has lost."""

from __future__ import annotations

from typing import Any

from ..errors import UserError
from ..results import Note, Result, Source
from .profiling import Profile
from .rulebook import DIMENSIONS

__all__ = ["compare"]

_WHEN = ("before", "after")


def compare(before: Profile, after: Profile) -> Result:
    """Two profiles of one table, before and after it was cleaned.

    Only columns and dimensions that both profiles look at are compared, and the notes say what is not. Rows that are
    gone are named: a table also gets better by throwing its bad rows away.

    Parameters
    ----------
    before, after : Profile

    Returns
    -------
    Result
        Kind ``quality.compare``: ``share_before``, ``share_after``, ``change`` (as a share), ``failed_before``,
        ``failed_after``.

    Raises
    ------
    UserError
        ``quality.not_a_profile``, ``quality.nothing_in_common``.

    Examples
    --------
    >>> import pandas as pd
    >>> from crmlab.quality import profile
    >>> rules = {"columns": {"hp": {"required": True}}}
    >>> first = profile(pd.DataFrame({"hp": ["0812", None]}), rules)
    >>> second = profile(pd.DataFrame({"hp": ["0812", "0813"]}), rules)
    >>> compare(first, second).table[["column", "share_before", "share_after"]].to_dict("records")
    [{'column': 'hp', 'share_before': 0.5, 'share_after': 1.0}]
    """
    import pandas as pd

    for one in (before, after):
        if not isinstance(one, Profile):
            raise UserError("quality.not_a_profile", found=type(one).__name__)
    by = ["column", "dimension"]
    columns = [*by, "checked", "failed", "share"]
    both = before.table[columns].merge(after.table[columns], on=by, suffixes=("_before", "_after"))
    if not len(both):
        raise UserError("quality.nothing_in_common")
    both["change"] = both["share_after"] - both["share_before"]
    both = both[[*by, "share_before", "share_after", "change", *(f"{c}_{w}" for c in columns[2:4] for w in _WHEN)]]
    rows = {"rows_before": before.facts["rows"], "rows_after": after.facts["rows"]}
    facts: dict[str, Any] = dict(rows)
    for name in (*DIMENSIONS, "mean_index", "product_index"):
        facts[f"{name}_before"], facts[f"{name}_after"] = before.facts[name], after.facts[name]
    facts["improved"] = int((both["change"] > 1e-12).sum())
    facts["worsened"] = int((both["change"] < -1e-12).sum())
    facts["rows_lost"] = rows["rows_before"] - rows["rows_after"]
    notes = []
    if facts["rows_lost"] > 0:
        notes.append(Note("quality.note.rows_lost", {"n": facts["rows_lost"]}))
    mine, yours = (set(map(tuple, p.table[by].to_numpy().tolist())) for p in (before, after))
    alone = sorted({c for c, _ in mine ^ yours})
    if alone:
        notes.append(Note("quality.note.only_one", {"n": len(mine ^ yours), "columns": alone}))
    if before.params["rules"] != after.params["rules"]:
        notes.append(Note("quality.note.other_rules", {}))
    name = after.params["table_name"] or before.params["table_name"] or "—"
    params = {"table_name": name}
    return Result(
        "quality.compare", pd.DataFrame(both), params, facts, tuple(notes), Source(name, "", after.facts["rows"], 0)
    )
