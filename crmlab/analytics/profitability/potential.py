"""What a customer may still bring: what his likes of a year ago brought in the year that followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...results import Note, Result
from .intervals import FEW, Spread
from .ranks import mean_rows, mean_weighted
from .tables import amounts_of, frame_of, times_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["expected_profit"]

_RECENCY = (30, 90, 180, 365)
_BANDS = 4


def expected_profit(
    sales: Any, *, as_of: Any, value: str = "margin", days: int = 365, confidence: float = 0.95, currency: str = "IDR"
) -> Result:
    """What every customer may bring in the next ``days``, by what customers like him brought before.

    Customers are sorted into classes by the days since their last order and by what they brought in the last
    ``days``. The classes as they stood one period earlier tell what such customers went on to bring. Nothing is assumed
    about how people buy, but that the coming period resembles the last one.

    Parameters
    ----------
    sales : DataFrame
        ``ordered_at, customer_id`` and the column ``value``; at least two periods before ``as_of``.
    as_of : date
        What happens later is not looked at.
    value : str
        What is expected, as ``"margin"`` or ``"amount"``.
    days : int
    confidence : float
    currency : str

    Returns
    -------
    Result
        Kind ``profitability.expected_profit``: per customer ``potential`` with the interval of the class's mean, and
        ``seen_on``, how many customers it was seen on. The interval of the whole (``facts``) is that of as many
        customers drawn like these; times that change are in neither. ``check_ratio`` says how the same method would
        have done one period ago, where the table reaches back so far: expected by what came.

    Examples
    --------
    >>> import pandas as pd
    >>> days = pd.to_datetime(["2018-06-01", "2019-06-01", "2018-06-01", "2019-06-01"])
    >>> sales = pd.DataFrame({"customer_id": [1, 1, 2, 2], "ordered_at": days, "margin": [10, 20, 10, 40]})
    >>> sales = pd.concat([sales, pd.DataFrame({"customer_id": [3], "ordered_at": [days[0]], "margin": [0.0]})])
    >>> expected_profit(sales, as_of="2019-12-31").facts["n"]
    3
    """
    import pandas as pd

    frame = frame_of(sales, ("ordered_at", "customer_id", value), "sales")
    if days < 1:
        raise UserError("profitability.bad_days", found=days)
    lines = pd.DataFrame({"who": frame["customer_id"], "at": times_of(frame, "ordered_at", "sales")})
    lines["value"] = amounts_of(frame, value, "sales")
    try:
        end = pd.Timestamp(as_of).normalize() + pd.Timedelta(days=1)
    except (ValueError, TypeError) as bad:
        raise UserError("profitability.bad_period", found=str(as_of)) from bad
    lines = lines[lines["who"].notna() & (lines["at"] < end)]
    step = pd.Timedelta(days=days)
    if lines.empty or lines["at"].min() > end - step - pd.Timedelta(days=days // 2):
        raise UserError("profitability.short_history", days=days)
    unknown = lines["value"].isna()
    apart = set(lines["who"][unknown])
    lines = lines[~lines["who"].isin(apart)]
    classes, seen = _learn(lines, end - step, step)
    now = _features(lines, end, step)
    table = _foretell(now, classes, seen, confidence)
    checked = _check(lines, end, step)
    facts: dict[str, Any] = {"n": len(table), "unknown": len(apart), "potential": float(table["potential"].sum())}
    facts |= {"learned_on": len(seen), "classes": int(seen["class"].nunique()), "currency": currency, "days": days}
    facts |= {"last_period": float(now["value"].sum()), **checked, "as_of": end - pd.Timedelta(days=1)}
    facts |= _whole(table, classes(now), seen, confidence)
    notes = [Note("profitability.unknown_values", {"n": len(apart)})] if apart else []
    if checked["check_ratio"] is not None and not 0.8 <= checked["check_ratio"] <= 1.25:
        notes.append(Note("profitability.times_changed", {"ratio": checked["check_ratio"]}))
    units = {"days_since_last": "days", "last_period": "money", "seen_on": "count", "customer_id": "key"}
    units |= dict.fromkeys(("potential", "potential_low", "potential_high"), "money")
    params = {"as_of": str(facts["as_of"].date()), "value": value, "days": days, "units": units}
    return Result("profitability.expected_profit", table, params, facts, tuple(notes))


def _features(lines: pd.DataFrame, end: Any, step: Any) -> pd.DataFrame:
    """Where customers stood at a moment: days since the last order, and the value of the period before."""
    before = lines[lines["at"] < end]
    last = before.groupby("who")["at"].max()
    found = ((end - last).dt.days).rename("since").to_frame()
    recent = before[before["at"] >= end - step].groupby("who")["value"].sum()
    found["value"] = recent.reindex(found.index, fill_value=0.0)
    return found


def _learn(lines: pd.DataFrame, moment: Any, step: Any) -> tuple[Any, pd.DataFrame]:
    """The classes as they stood at a moment, and what their members brought in the period after it."""
    import numpy as np

    then = _features(lines, moment, step)
    if then.empty:
        raise UserError("profitability.short_history", days=step.days)
    came = lines[(lines["at"] >= moment) & (lines["at"] < moment + step)].groupby("who")["value"].sum()
    then["next"] = came.reindex(then.index, fill_value=0.0)
    bought = then["value"][then["since"] <= step.days].to_numpy()
    edges = np.unique(np.quantile(bought, np.arange(1, _BANDS) / _BANDS)) if len(bought) else np.array([])
    sizes = _classes(then, edges, {})
    kept = {name: name for name, n in sizes.value_counts().items() if n >= FEW}
    # a class of too few joins all of its recency, and that, where need be, all customers
    wide = sizes.where(sizes.isin(list(kept)), sizes.str[:1])
    few = {name for name, n in wide.value_counts().items() if n < FEW}

    def classes(features: pd.DataFrame) -> pd.Series:
        named = _classes(features, edges, kept)
        known = set(wide) - few
        return named.where(named.isin(known), named.str[:1]).where(lambda c: c.isin(known), "all")

    then["class"] = classes(then)
    return classes, then


def _classes(features: pd.DataFrame, edges: np.ndarray, kept: dict[str, str]) -> pd.Series:
    import numpy as np
    import pandas as pd

    recency = np.searchsorted(_RECENCY, features["since"].to_numpy(), side="left")
    band = np.searchsorted(edges, features["value"].to_numpy(), side="left")
    named = pd.Series([f"{r}{b}" for r, b in zip(recency, band, strict=True)], index=features.index)
    return named.where(named.isin(list(kept)), named.str[:1]) if kept else named


def _foretell(now: pd.DataFrame, classes: Any, seen: pd.DataFrame, confidence: float) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    told = {name: _mean_of(its.to_numpy(dtype=float), confidence) for name, its in seen.groupby("class")["next"]}
    # customers of a class that nobody stood in a period ago are expected to do as all did
    told.setdefault("all", _mean_of(seen["next"].to_numpy(dtype=float), confidence))
    means = pd.DataFrame.from_dict(told, orient="index", columns=["mean", "low", "high", "size"])
    mine = means.loc[classes(now)].set_index(now.index)
    found = now.rename(columns={"since": "days_since_last", "value": "last_period"})
    found["potential"], found["potential_low"], found["potential_high"] = mine["mean"], mine["low"], mine["high"]
    found["potential_low"] = found["potential_low"].astype(np.float64)
    found["potential_high"] = found["potential_high"].astype(np.float64)
    found["seen_on"] = mine["size"].astype(int)
    found = found.rename_axis("customer_id").reset_index()
    return found.sort_values("potential", ascending=False, kind="stable").reset_index(drop=True)


def _mean_of(values: np.ndarray, confidence: float) -> tuple[float, float | None, float | None, int]:
    import numpy as np

    low, high = Spread(np.sort(values), confidence, FEW).interval(mean_rows, mean_weighted)
    return float(values.mean()), low, high, len(values)


def _whole(table: pd.DataFrame, classes: pd.Series, seen: pd.DataFrame, confidence: float) -> dict[str, float | None]:
    """What as many customers drawn like these would be expected to bring: the sum of what each adds to the sum.

    A customer adds what is expected of him, and moves what is expected of his former class's likes by how far he fell
    from its mean (an influence function). Class means taken as if nothing else were drawn would look too sure: a
    customer's last period is in the mean that was learned and in the class where he stands now.
    """
    import numpy as np

    expected = table.set_index("customer_id")["potential"]
    mean = seen.groupby("class")["next"].transform("mean")
    standing = classes.value_counts().reindex(seen["class"], fill_value=0).to_numpy()
    size = seen.groupby("class")["next"].transform("size")
    adds = expected.add((seen["next"] - mean) * standing / size, fill_value=0.0).to_numpy(dtype=float)
    ends = Spread(np.sort(adds), confidence, FEW).interval(mean_rows, mean_weighted)
    low, high = (None if end is None else len(adds) * end for end in ends)
    return {"potential_low": low, "potential_high": high}


def _check(lines: pd.DataFrame, end: Any, step: Any) -> dict[str, Any]:
    """The same method one period ago, against what then came."""
    nothing = {"check_expected": None, "check_came": None, "check_ratio": None, "check_correlation": None}
    if lines["at"].min() > end - 3 * step + step / 2:
        return nothing
    moment = end - step
    classes, seen = _learn(lines, moment - step, step)
    then = _foretell(_features(lines, moment, step), classes, seen, 0.95).set_index("customer_id")
    came = lines[lines["at"] >= moment].groupby("who")["value"].sum().reindex(then.index, fill_value=0.0)
    expected, got = float(then["potential"].sum()), float(came.sum())
    correlation = then["potential"].rank().corr(came.rank())
    told = {"check_expected": expected, "check_came": got, "check_ratio": expected / got if got > 0 else None}
    return {**told, "check_correlation": None if correlation != correlation else float(correlation)}
