"""Recency, frequency, monetary: three scores from ranks, a code, and the segment that a rule table names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...results import Note, Result, Source
from .purchases import purchases
from .rules import OTHERWISE, UNKNOWN, decide, read_rules, rfm_rules
from .tables import plain

if TYPE_CHECKING:
    import numpy as np

__all__ = ["rfm", "scores"]

NONE_LEFT = "no_purchase"
SCORES = ("recency_score", "frequency_score", "monetary_score")


def scores(values: Any, bins: int, *, low_is_best: bool = False) -> np.ndarray:
    """Scores 1 to ``bins`` from ranks: equal values share the highest rank, score = ceil(rank / n x bins).

    Examples
    --------
    >>> scores([1, 1, 2, 3], 4).tolist(), scores([10, 10, 200, 300], 4, low_is_best=True).tolist()
    ([2, 2, 3, 4], [4, 4, 2, 1])
    """
    import numpy as np

    values = np.asarray(values)
    found, at, counts = np.unique(-values if low_is_best else values, return_inverse=True, return_counts=True)
    highest = np.cumsum(counts)  # whole numbers: rank / n * bins in floating point would round 3/10*10 up to 4
    n = len(values)
    return ((highest * bins + n - 1) // n)[at] if len(found) else np.zeros(0, dtype=np.int64)


def rfm(
    sales: Any,
    *,
    as_of: Any,
    bins: int | Sequence[int] = 5,
    rules: Any = None,
    returns: Any = None,
    cancelled: Sequence[str] = ("cancelled",),
    currency: str = "IDR",
    source: Source | None = None,
) -> Result:
    """Score every customer by when he last bought, how often and for how much.

    Parameters
    ----------
    sales : DataFrame, Arrow table, or path of a Parquet file
        Canonical sales; see :func:`crmlab.analytics.segmentation.purchases.purchases`. A file is never loaded whole.
    as_of : date
        The day from which recency is counted. Rows after it are left out, and said so.
    bins : int or three of them
        How many scores: for all three, or for recency, frequency and monetary.
    rules : mapping, TOML text or path, optional
        Segment to sentence on ``r``, ``f``, ``m`` (the scores in fifths), ``orders``, ``amount``, ``recency_days``; by
        default :func:`rfm_rules`.
    returns : DataFrame, Arrow table or path, optional
        What came back, by ``order_id``. Negative rows of ``sales`` count as returns too.
    cancelled : sequence of str
        Values of a column ``status`` whose rows are no sales.
    currency : str
    source : Source, optional

    Returns
    -------
    Result
        Kind ``segmentation.rfm``, one row a customer: ``recency_days``, ``orders``, ``amount`` (net of returns), the
        three scores (higher is better), ``code`` and ``segment``. A customer who gave everything back has no scores.

    Notes
    -----
    Equal values get equal scores, so bins need not be of equal size: where 70 % of the customers bought once, all of
    them have the frequency score 4 of 5, for nobody below them is left. Notes say where that happens.

    Examples
    --------
    >>> sales = {"customer_id": ["a", "a", "b", "c"], "order_id": [1, 2, 3, 4], "amount": [50, 70, 20, 90]}
    >>> sales |= {"ordered_at": ["2020-12-01", "2020-12-20", "2020-03-01", "2020-12-30"]}
    >>> rfm(sales, as_of="2020-12-31", bins=3).table[["customer_id", "code"]].values.tolist()
    [['a', '233'], ['b', '121'], ['c', '322']]
    """
    import numpy as np
    import pandas as pd

    each = _bins(bins)
    said = read_rules(rules) if rules is not None else rfm_rules()
    found = purchases(sales, as_of, returns=returns, cancelled=cancelled)
    table = found.table
    bought = table["orders"].to_numpy() > 0
    recency = (found.as_of - table["last_on"]).dt.days.to_numpy(dtype="float64", na_value=np.nan)
    measures = (recency, table["orders"].to_numpy(), table["amount"].to_numpy())
    n = int(bought.sum())
    if not n:
        raise UserError("segmentation.nothing_left", table="sales")
    all_of_them = bool(bought.all())
    out = pd.DataFrame(
        {"customer_id": table["customer_id"], "last_on": table["last_on"], "recency_days": recency}, copy=False
    )
    out["orders"], out["amount"] = table["orders"], table["amount"]
    scored = []
    for name, values, k in zip(SCORES, measures, each, strict=True):
        got = scores(values if all_of_them else values[bought], k, low_is_best=name == SCORES[0])
        scored.append(got)
        out[name] = got.astype("int16") if all_of_them else _spread(got, bought)
    if all_of_them:
        out["recency_days"] = out["recency_days"].astype("int64")
    out["code"] = _codes(scored, each, bought)
    segment, names = _named(out, scored, each, bought, said)
    out["segment"] = segment
    once = int((table["orders"] == 1).sum())
    notes = [*found.notes, *_uneven(scored, each, once, n)]
    counts = out["segment"].value_counts(sort=False)
    facts = {
        "n": n,
        "segments": sum(bool(counts[name]) for name in said),
        "orders": int(table["orders"].sum()),
        "amount": plain(table["amount"].sum()),
        "one_time": once,
        "one_time_share": once / n,
        "as_of": found.as_of.date(),
        "currency": currency,
        **found.facts,
    }
    best = max((name for name in names if counts[name]), key=lambda name: counts[name])
    facts |= {"largest": best, "largest_n": int(counts[best])}
    facts |= _example(out, scored, each, bought)
    units = {"recency_days": "days", "orders": "count", "amount": "money", "last_on": "date", "code": "mark"}
    units |= dict.fromkeys(SCORES, "count")
    params = {"as_of": found.as_of.date(), "bins": each, "rules": said, "segments": names, "units": units}
    source = source or Source(
        "sales", "", found.facts["rows"] - found.facts["rows_left_out"], found.facts["rows_left_out"]
    )
    return Result("segmentation.rfm", out, params, facts, tuple(notes), source)


def _bins(bins: Any) -> tuple[int, int, int]:
    each = tuple(bins) if isinstance(bins, Sequence) and not isinstance(bins, str) else (bins,) * 3
    if len(each) != 3 or any(isinstance(k, bool) or not isinstance(k, int) or k < 1 for k in each):
        raise UserError("segmentation.bad_bins", found=bins)
    return each


def _spread(got: np.ndarray, bought: np.ndarray) -> Any:
    import pandas as pd

    full = pd.array([pd.NA], dtype="Int16").repeat(len(bought))
    full[bought] = got
    return full


def _codes(scored: Sequence[np.ndarray], each: tuple[int, ...], bought: np.ndarray) -> Any:
    """544; with ten bins and more 5-10-4."""
    import numpy as np
    import pandas as pd

    r, f, m = scored
    if max(each) < 10:
        number, sizes = r * 100 + f * 10 + m, 1000
        words = [str(k) for k in range(sizes)]
        at = number
    else:
        size_f, size_m = each[1] + 1, each[2] + 1
        used, at = np.unique((r * size_f + f) * size_m + m, return_inverse=True)
        words = [f"{k // size_m // size_f}-{k // size_m % size_f}-{k % size_m}" for k in used.tolist()]
    full = np.full(len(bought), -1)
    full[bought] = at
    codes = pd.Categorical.from_codes(full, words)
    return codes.remove_unused_categories()


def _named(
    out: Any, scored: Sequence[np.ndarray], each: tuple[int, ...], bought: np.ndarray, rules: Mapping[str, str]
) -> tuple[Any, list[str]]:
    """The segments; judged once for every combination of what the sentences ask for."""
    import numpy as np
    import pandas as pd

    fifths = {name: -(-got * 5 // k) for name, got, k in zip("rfm", scored, each, strict=True)}
    frame = pd.DataFrame(fifths)
    for name in ("orders", "amount", "recency_days"):
        frame[name] = out[name].to_numpy()[bought]
    used = [c for c in frame.columns if any(c in _names(s) for s in rules.values())]
    strange = {n for s in rules.values() for n in _names(s)} - set(frame.columns)
    if not strange and used and set(used) <= {"r", "f", "m", "orders"}:
        number = np.zeros(len(frame), dtype=np.int64)
        for c in used:
            number = number * (int(frame[c].max()) + 1) + frame[c].to_numpy()
        _, first, at = np.unique(number, return_index=True, return_inverse=True)
        frame = frame.iloc[first].reset_index(drop=True)
    else:
        at = slice(None)
    place, _, names = decide({c: frame[c] for c in frame.columns}, rules)
    names = [name for name in names if name != UNKNOWN]  # nothing is missing here
    full = np.full(len(bought), len(names))
    full[bought] = place[at]
    names = [*names, NONE_LEFT]
    return pd.Categorical.from_codes(full, names), [n for n in names if n in rules or n in (OTHERWISE, NONE_LEFT)]


def _names(sentence: str) -> tuple[str, ...]:
    from ...quality.sentences import columns_of

    return columns_of(sentence)


def _uneven(scored: Sequence[np.ndarray], each: tuple[int, ...], once: int, n: int) -> list[Note]:
    import numpy as np

    notes = []
    if n < max(each):
        notes.append(Note("segmentation.few_customers", {"n": n, "bins": max(each)}))
    for name, got, k in zip(SCORES, scored, each, strict=True):
        empty = k - len(np.unique(got))
        if empty and n >= k:
            notes.append(Note("segmentation.empty_bins", {"score": name, "empty": empty, "bins": k}))
    if once > n / each[1] and each[1] > 1:
        score = int(scored[1].min())
        notes.append(Note("segmentation.one_time", {"n": once, "share": once / n, "score": score, "bins": each[1]}))
    return notes


def _example(out: Any, scored: Sequence[np.ndarray], each: tuple[int, ...], bought: np.ndarray) -> dict[str, Any]:
    """One customer's frequency, worked out for the explanation."""
    import numpy as np

    frequency = out["orders"].to_numpy()[bought]
    middle = np.sort(frequency)[len(frequency) // 2]
    at = int(np.flatnonzero(frequency == middle)[0])
    return {
        "example_orders": int(middle),
        "example_rank": int((frequency <= middle).sum()),
        "example_score": int(scored[1][at]),
        "frequency_bins": each[1],
    }
