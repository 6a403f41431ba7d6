"""Accounts: how good the relationship with each is, and how much of what it spends comes here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import UserError
from ...frames import frame_of, label_of, number
from ...results import Note, Result, Source
from .measuring import mean_interval
from .survey import answers_of

__all__ = ["ITEMS", "quality", "wallet"]

ITEMS = ("trust", "commitment", "satisfaction", "shared_goals", "cooperative_norms")
MOST_MISSING = 2


def quality(
    answers: Any,
    *,
    account: str = "customer_id",
    items: Sequence[str] = ITEMS,
    scale: tuple[float, float] = (1, 5),
    weak: float = 3.0,
    most_missing: int = MOST_MISSING,
    level: float = 0.95,
    source: Source | None = None,
) -> Result:
    """The index of relationship quality of every account: the mean of its five answers.

    Parameters
    ----------
    answers : DataFrame
        One row an account, or several where several people of it answered: they are averaged item by item first.
    account : str
        Column.
    items : sequence of str
        Trust, commitment, satisfaction, shared goals and cooperative norms.
    scale : (low, high)
        What lies beyond is missing, and counted.
    weak : float
        An item below this is weak.
    most_missing : int
        With more items missing than this an account has no index.
    level : float
    source : Source, optional

    Returns
    -------
    Result
        Kind ``relationships.quality``: per account the items, ``answered``, ``quality_index`` (missing where too little
        is answered), ``weakest_item`` and ``respondents``; weakest accounts first. ``facts``: the mean index of the
        accounts with Student's interval, ``n`` accounts with an index, ``without`` one.

    Notes
    -----
    The interval is of the accounts that answered, as a sample of many alike; where all answered it is not needed, and
    those who did not answer may well be the unhappy ones.

    Examples
    --------
    >>> import pandas as pd
    >>> row = dict(zip(("customer_id", *ITEMS), ("PT Satu", 4, 3, 5, 4, 4)))
    >>> quality(pd.DataFrame([row])).table["quality_index"].tolist()
    [4.0]
    """
    import pandas as pd

    items = list(dict.fromkeys(items))
    number(most_missing, "most_missing", 0, len(items) - 1, whole=True)
    frame = frame_of(answers, [account, *items], "answers")
    values, notes = answers_of(frame, items, (), scale)
    named = frame[account].notna()
    if (~named).any():
        notes.append(Note("relationships.note.nameless", {"n": int((~named).sum())}))
    if not named.any():
        raise UserError("frames.empty", table="answers")
    groups = values[named].groupby(frame.loc[named, account], sort=False)
    means, respondents = groups.mean(), groups.size()
    rows = []
    for name, row in means.iterrows():
        answered = int(row.notna().sum())
        enough = len(items) - answered <= most_missing
        out = {account: label_of(name), **{i: float(row[i]) for i in items}, "answered": answered}
        out |= {"quality_index": float(row.mean()) if enough else float("nan")}
        out |= {"weakest_item": row.idxmin() if answered else None, "respondents": int(respondents[name])}
        rows.append(out)
    rows.sort(key=lambda r: (r["quality_index"] != r["quality_index"], r["quality_index"], str(r[account])))
    table = pd.DataFrame(rows)
    known = table["quality_index"].dropna()
    without = len(table) - len(known)
    if without:
        notes.append(Note("relationships.note.no_index", {"n": without, "most": most_missing}))
    mean, low, high = mean_interval(known, level)
    by_item = means.mean()
    facts = {"n": len(known), "accounts": len(table), "without": without, "index": mean, "index_low": low}
    facts |= {"index_high": high, "weak": int((known < weak).sum()), "weak_below": weak}
    facts |= {"weakest_item": by_item.idxmin(), "weakest_item_mean": float(by_item.min())}
    first = rows[0] if len(known) else None
    facts |= {
        "weakest_account": first[account] if first else None,
        "weakest_index": first["quality_index"] if first else None,
    }
    facts["verdict"] = "too_few" if len(known) < 5 else "estimated"
    units = {
        account: "key",
        "answered": "count",
        "quality_index": "score",
        "weakest_item": "text",
        "respondents": "count",
    }
    params = {"items_asked": items, "account": account, "scale": list(scale), "weak": weak, "level": level}
    params |= {"most_missing": most_missing, "units": units | dict.fromkeys(items, "score")}
    return Result("relationships.quality", table, params, facts, tuple(notes), source)


def wallet(
    accounts: Any,
    *,
    goal: float = 0.5,
    defend: float = 0.6,
    account: str = "customer_id",
    source: Source | None = None,
) -> Result:
    """How much of what an account spends on what we sell comes to us, and what would be won at the goal.

    Parameters
    ----------
    accounts : DataFrame
        ``account``, ``sales`` (ours, of one period) and ``total_spend`` (all its spending on such goods in the same
        period), missing where nobody knows it.
    goal : float
        Share of wallet aimed at.
    defend : float
        From which share on an account is rather defended than grown.
    account : str
        Column.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``relationships.wallet``: per account ``wallet_share``, ``elsewhere`` (what it spends with others),
        ``to_win`` (up to the goal) and ``step``: ``grow_account``, ``defend_account``, ``ask_total`` (unknown stays
        unknown: neither 0 nor 100 %), ``check_total`` (less in all than with us: one of the two is wrong). ``facts``:
        ``wallet_share`` of all accounts whose total is known, from summed parts.

    Raises
    ------
    UserError
        ``relationships.account_twice``, ``.negative_money``, ``frames.bad_number``.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"customer_id": ["a", "b"], "sales": [30, 10], "total_spend": [120, None]})
    >>> found = wallet(table)
    >>> found.facts["wallet_share"], found.table["step"].tolist()
    (0.25, ['grow_account', 'ask_total'])
    """
    import pandas as pd

    number(goal, "goal", 0, 1)
    number(defend, "defend", 0, 1)
    frame = frame_of(accounts, [account, "sales", "total_spend"], "accounts").copy()
    again = frame[account].duplicated(keep=False)
    if again.any():
        raise UserError("relationships.account_twice", table="accounts", rows=_places(again))
    for column in ("sales", "total_spend"):
        frame[column] = pd.to_numeric(frame[column], errors="coerce").astype(float)
        if (frame[column] < 0).any():
            raise UserError("relationships.negative_money", table="accounts", rows=_places(frame[column] < 0))
    rows = []
    for r in frame.to_dict("records"):
        sales, total = r["sales"], r["total_spend"]
        known = sales == sales and total == total and total > 0
        wrong = known and sales > total
        share = sales / total if known and not wrong else float("nan")
        step = "ask_total" if not known else "check_total" if wrong else None
        step = step or ("defend_account" if share >= defend else "grow_account")
        usable = known and not wrong
        row = {account: label_of(r[account]), "sales": sales, "total_spend": total, "wallet_share": share}
        row |= {"elsewhere": total - sales if usable else float("nan")}
        rows.append(row | {"to_win": max(0.0, goal * total - sales) if usable else float("nan"), "step": step})
    table = pd.DataFrame(rows)
    table = table.sort_values(["to_win", "sales"], ascending=False, na_position="last", ignore_index=True)
    usable = table[table["wallet_share"].notna()]
    spent = float(usable["total_spend"].sum())
    steps = table["step"].value_counts()
    facts = {"accounts": len(table), "n": len(usable), "sales": float(usable["sales"].sum()), "total_spend": spent}
    facts |= {"wallet_share": float(usable["sales"].sum()) / spent if spent else None}
    facts |= {"to_win": float(usable["to_win"].sum()), "unknown": int(steps.get("ask_total", 0))}
    facts |= {"wrong": int(steps.get("check_total", 0)), "goal": goal, "sales_all": float(table["sales"].sum())}
    best = usable.iloc[0] if len(usable) else None
    facts |= {"first": None if best is None else best[account]}
    facts |= {"first_to_win": None if best is None else float(best["to_win"])}
    facts["verdict"] = "incomplete" if facts["unknown"] or facts["wrong"] else "complete"
    notes = [Note("relationships.note.totals_unknown", {"n": facts["unknown"]})] if facts["unknown"] else []
    if facts["wrong"]:
        notes.append(Note("relationships.note.totals_wrong", {"n": facts["wrong"]}))
    units = dict.fromkeys(("sales", "total_spend", "elsewhere", "to_win"), "money")
    units |= {account: "key", "wallet_share": "share", "step": "text"}
    params = {"goal": goal, "defend": defend, "account": account, "units": units}
    return Result("relationships.wallet", table, params, facts, tuple(notes), source)


def _places(mask: Any) -> list[int]:
    return [int(k) + 1 for k in mask.to_numpy().nonzero()[0]]
