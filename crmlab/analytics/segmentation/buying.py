"""Who buys and who does not: an index by group, and odds with the other traits held equal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...intervals import wilson
from ...results import Note, Result, Source
from .rules import OTHERWISE
from .tables import MIN_N, frame_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["buyer_index", "buyer_odds"]

_FEWEST = 5  # buyers, and not-buyers, of a group that is to have odds of its own
_Z = 1.959963984540054


def buyer_index(
    customers: Any,
    buyers: Any,
    *,
    by: str,
    key: str = "customer_id",
    source: Source | None = None,
) -> Result:
    """Who buys and who does not: every group's share of the buyers as a percentage of its share of all customers.

    Parameters
    ----------
    customers : DataFrame
        Everybody: ``key`` and the column ``by``.
    buyers : DataFrame, Result, sequence or str
        Those who bought: ids, a table with ``key``, or the column of ``customers`` that says yes or no.
    by : str
        As ``"city"`` or ``"segment"``.
    key : str
    source : Source, optional

    Returns
    -------
    Result
        Kind ``segmentation.buyer_index``: ``buyer_index`` = 100 x share of buyers / share of customers, its interval,
        ``n`` and ``n_buyers``. A group of fewer than 30 customers has ``too_few`` and nothing else is told of it.

    Notes
    -----
    With p bought in the group, q among all others and w the group's share of the customers, the index is
    100 / (w + (1 - w) q / p). It moves one way with p / q, so the interval of that ratio (Donner and Zou 2012, from
    Wilson's two) is the interval of the index too.

    Examples
    --------
    >>> people = {"customer_id": range(1000), "area": ["urban"] * 400 + ["rural"] * 600}
    >>> found = buyer_index(people, [*range(60), *range(400, 440)], by="area")
    >>> found.table[["area", "buyer_index"]].round(6).values.tolist()
    [['urban', 150.0], ['rural', 66.666667]]
    """
    import pandas as pd

    frame, bought, strangers = _buyers(customers, buyers, (by,), key)
    n, n_buyers = len(frame), int(bought.sum())
    groups = frame[by].astype("object").where(frame[by].notna(), None)
    rows, hidden = [], 0
    for name in sorted(set(groups), key=lambda g: (g is None, str(g))):
        here = groups.isna() if name is None else groups == name
        size, some = int(here.sum()), int((here & bought).sum())
        row = {by: name, "n": size, "verdict": "too_few"}
        if size < MIN_N:
            hidden += 1
            rows.append(row)
            continue
        base, share = size / n, some / n_buyers
        low, high = _ends(some, size, n_buyers - some, n - size)
        row |= {"buyer_index": 100 * share / base, "buyer_index_low": low, "buyer_index_high": high}
        row |= {"share_of_buyers": share, "share_of_customers": base, "n_buyers": some}
        rows.append(row | {"verdict": "noise" if low <= 100 <= high else "real"})
    if hidden == len(rows):
        raise UserError("segmentation.too_few", n=n, least=MIN_N, k=1)
    order = ("buyer_index", "buyer_index_low", "buyer_index_high", "share_of_buyers", "share_of_customers")
    table = pd.DataFrame(rows).reindex(columns=[by, *order, "n_buyers", "n", "verdict"])
    table["n_buyers"] = table["n_buyers"].astype("Int64")
    table = table.sort_values("buyer_index", ascending=False, na_position="last", kind="stable", ignore_index=True)
    notes = [Note("segmentation.hidden_groups", {"n": hidden, "least": MIN_N})] if hidden else []
    if strangers:
        notes.append(Note("segmentation.strangers", {"n": strangers}))
    top = table.iloc[0]
    facts = {"n": n, "n_buyers": n_buyers, "groups": len(table), "hidden": hidden, "top": top[by]}
    facts |= {f"top_{c.removeprefix('buyer_')}": float(top[c]) for c in order}
    units = {"share_of_buyers": "share", "share_of_customers": "share", "n_buyers": "count", "n": "count"}
    units |= dict.fromkeys(order[:3], "score")
    return Result("segmentation.buyer_index", table, {"by": by, "units": units}, facts, tuple(notes), source)


def _buyers(customers: Any, buyers: Any, by: Sequence[str], key: str) -> tuple[pd.DataFrame, pd.Series, int]:
    """One row a customer, whether he bought, and how many buyers nobody knows."""
    import pandas as pd

    if isinstance(buyers, str):
        frame = frame_of(customers, (buyers, *by), "customers")
        frame = frame.drop_duplicates(key, keep="last") if key in frame else frame
        said = frame[buyers]
        if said.isna().any() or not set(said.unique()) <= {True, False}:
            raise UserError("segmentation.not_yes_or_no", table="customers", column=buyers)
        bought, strangers = said.astype(bool), 0
    else:
        frame = frame_of(customers, (key, *by), "customers").drop_duplicates(key, keep="last")
        given = (
            buyers if isinstance(buyers, list | tuple | set | pd.Series) else frame_of(buyers, (key,), "buyers")[key]
        )
        ids = pd.Series(list(given)).dropna().drop_duplicates()
        bought = frame[key].isin(ids)
        strangers = len(ids) - int(bought.sum())
    if not bought.any():
        raise UserError("segmentation.nothing_left", table="buyers")
    return frame, bought, strangers


def _ends(some: int, size: int, others: int, rest: int) -> tuple[float, float]:
    """The ends of an index: ``some`` of ``size`` bought, and ``others`` of the ``rest``."""
    if not rest:
        return 100.0, 100.0
    p, q, share = some / size, others / rest, size / (size + rest)
    (p_low, p_high), (q_low, q_high) = wilson(some, size), wilson(others, rest)
    middle = p * q
    down, up = q_high * (2 * q - q_high), q_low * (2 * q - q_low)
    # at 2q = q_high both parts of the fraction are nothing: a little beside, it has the same limit
    down = down or -1e-12
    low = (middle - math.sqrt(max(0.0, middle**2 - p_low * (2 * p - p_low) * down))) / down if some else 0.0
    high = (middle + math.sqrt(max(0.0, middle**2 - p_high * (2 * p - p_high) * up))) / up if up > 0 else math.inf
    return tuple(100 / (share + (1 - share) / ratio) if ratio > 0 else 0.0 for ratio in (low, high))


def buyer_odds(
    customers: Any,
    buyers: Any,
    *,
    by: Sequence[str],
    key: str = "customer_id",
    source: Source | None = None,
) -> Result:
    """Who buys, each trait with the other traits held equal: odds ratios of a logistic regression.

    Parameters
    ----------
    customers, buyers, key
        As for :func:`buyer_index`.
    by : sequence of str
        Traits. Words are compared with the most frequent one; a number by one standard deviation more of it.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``segmentation.buyer_odds``: by trait and ``value`` the ``odds_ratio`` against ``versus`` with interval,
        ``n``, ``n_buyers``, ``verdict``. Values of fewer than 30 customers, or of fewer than 5 who bought or 5 who did
        not, are put together as ``everyone_else``. A value that says the same as those before it has no odds of its own
        and is noted. Customers of whom a trait is missing are set aside and counted.

    Examples
    --------
    >>> people = {"customer_id": range(1000), "area": ["urban"] * 400 + ["rural"] * 600}
    >>> found = buyer_odds(people, [*range(60), *range(400, 440)], by=["area"])
    >>> found.table[["value", "versus", "odds_ratio"]].round(4).values.tolist()  # 60 / 340 against 40 / 560
    [['urban', 'rural', 2.4706]]
    """
    import warnings

    import numpy as np
    import pandas as pd

    by = [str(b) for b in by]
    if not by:
        raise UserError("segmentation.no_fields")
    frame, bought, strangers = _buyers(customers, buyers, by, key)
    numbers = [
        b
        for b in by
        if pd.api.types.is_numeric_dtype(frame[b].dtype) and not pd.api.types.is_bool_dtype(frame[b].dtype)
    ]
    there = np.isfinite(frame[numbers].astype("float64").to_numpy()).all(axis=1) & frame[by].notna().all(axis=1)
    frame, bought = frame[there], bought[there]
    if min(int(bought.sum()), int((~bought).sum())) < max(_FEWEST, MIN_N // 2):
        raise UserError("segmentation.too_few_buyers", n=int(bought.sum()), all=len(frame), least=MIN_N // 2)
    columns, rows, pooled = [np.ones(len(frame))], [], set()
    for b in by:
        if b in numbers:
            x = frame[b].astype("float64").to_numpy()
            if not np.ptp(x):
                raise UserError("segmentation.constant", column=b)
            columns.append((x - x.mean()) / x.std())
            rows.append({"trait": b, "value": None, "versus": None, "n": len(x), "n_buyers": int(bought.sum())})
            continue
        words, few = _words(frame[b], bought)
        pooled |= {b} if few else set()
        counts = words.value_counts()
        usual = sorted(counts.index[counts == counts.iloc[0]])[0]
        if len(counts) < 2:
            raise UserError("segmentation.constant", column=b)
        for value in sorted(set(counts.index) - {usual}):
            here = (words == value).to_numpy()
            columns.append(here.astype(float))
            row = {"trait": b, "value": value, "versus": usual, "n": int(here.sum())}
            rows.append(row | {"n_buyers": int((here & bought.to_numpy()).sum())})
    design, rows, same = _told_apart(np.column_stack(columns), rows)
    import statsmodels.api as sm
    from statsmodels.tools.sm_exceptions import ConvergenceWarning, PerfectSeparationWarning

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", ConvergenceWarning)
            warnings.simplefilter("error", PerfectSeparationWarning)
            fit = sm.Logit(bought.astype(int).to_numpy(), design).fit(disp=False, maxiter=100)
            errors = np.sqrt(np.diag(fit.cov_params()))
    except (np.linalg.LinAlgError, ConvergenceWarning, PerfectSeparationWarning) as bad:
        raise UserError("segmentation.separated", found=by) from bad
    for row, value, error in zip(rows, fit.params[1:], errors[1:], strict=True):
        if not error < 10:  # whoever has it always buys, or never
            raise UserError("segmentation.separated", found=by)
        ends = {"odds_ratio": value, "odds_ratio_low": value - _Z * error, "odds_ratio_high": value + _Z * error}
        row |= {name: math.exp(x) for name, x in ends.items()}
        row["verdict"] = "noise" if row["odds_ratio_low"] <= 1 <= row["odds_ratio_high"] else "real"
    order = ["trait", "value", "versus", "odds_ratio", "odds_ratio_low", "odds_ratio_high", "n_buyers", "n", "verdict"]
    table = pd.DataFrame(rows)[order]
    top = max(rows, key=lambda r: (r["verdict"] == "real", abs(math.log(r["odds_ratio"]))))
    facts = {"n": len(frame), "n_buyers": int(bought.sum()), "traits": len(by), "set_aside": int((~there).sum())}
    facts |= {f"top_{c}": top[c] for c in order[:6]} | {"real": int((table["verdict"] == "real").sum())}
    facts["top_value"] = facts["top_value"] or "one_standard_deviation_more"
    facts["top_versus"] = facts["top_versus"] or "mean"
    notes = [Note("segmentation.pooled_values", {"columns": sorted(pooled), "least": MIN_N})] if pooled else []
    if same:
        notes.append(Note("segmentation.same_values", {"values": same}))
    if facts["set_aside"]:
        notes.append(Note("segmentation.missing_values", {"n": facts["set_aside"]}))
    if strangers:
        notes.append(Note("segmentation.strangers", {"n": strangers}))
    units = {"n_buyers": "count", "n": "count"} | dict.fromkeys(order[3:6], "number")
    params = {"by": tuple(by), "units": units}
    return Result("segmentation.buyer_odds", table, params, facts, tuple(notes), source)


def _told_apart(design: np.ndarray, rows: list[dict[str, Any]]) -> tuple[np.ndarray, list[dict[str, Any]], list[str]]:
    """The columns that do not follow from those before them, and which do."""
    import numpy as np

    kept = [0]
    for j in range(1, design.shape[1]):
        if np.linalg.matrix_rank(design[:, [*kept, j]]) > len(kept):
            kept.append(j)
    same = [rows[j - 1] for j in range(1, design.shape[1]) if j not in kept]
    told = [f"{r['trait']}: {r['value']}" if r["value"] is not None else r["trait"] for r in same]
    return design[:, kept], [rows[j - 1] for j in kept[1:]], told


def _words(values: pd.Series, bought: pd.Series) -> tuple[pd.Series, bool]:
    """A trait's words; those of too few customers put together, and whether there were any."""
    words = values.astype("object").astype(str)
    yes, size = bought.groupby(words).sum(), bought.groupby(words).size()
    few = size.index[(size < MIN_N) | (yes < _FEWEST) | (size - yes < _FEWEST)]
    return words.where(~words.isin(few), OTHERWISE), bool(len(few))
