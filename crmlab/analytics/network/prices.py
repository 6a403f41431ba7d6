"""One price wherever one looks: whether channels ask the same for the same thing at the same time."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...frames import frame_of, label_of, number
from ...intervals import bunched, wilson
from ...results import Note, Result, Source

__all__ = ["consistency"]


def consistency(
    prices: Any,
    *,
    item: str = "product_id",
    channel: str = "channel",
    price: str = "unit_price",
    period: str | None = None,
    reference: str | None = None,
    tolerance: float = 0.0,
    source: Source | None = None,
) -> Result:
    """The share of things whose price is the same in every channel that sells them.

    Parameters
    ----------
    prices : DataFrame
        ``item``, ``channel``, ``price`` and, where prices move, ``period``. A promotion is compared as its price after
        the discount.
    item, channel, price, period : str
        Columns. Prices are compared within an item and a period.
    reference : str, optional
        The channel that the others are compared with, each; the first by name otherwise.
    tolerance : float
        How far prices may lie apart, as a share of the lowest, and still be the same.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``network.consistency``: per channel other than the reference ``compared``, ``same``, ``same_share`` with
        interval, and ``dearer_share`` on average. ``facts``: ``same_share`` of all comparisons in which every channel
        agrees, with interval; ``only_one`` item and period sold in one channel alone: nothing to compare.

    Raises
    ------
    UserError
        ``network.no_comparison``, ``.two_prices`` (one channel, one item, one period), ``.bad_price``.

    Notes
    -----
    Wilson's interval where items are compared once; with periods the item is what is drawn, for its months are alike.
    It is of a sample: all prices compared, nothing is uncertain but the next month.

    Examples
    --------
    >>> import pandas as pd
    >>> shop = [{"product_id": k, "channel": "store", "unit_price": 10} for k in range(50)]
    >>> site = [{"product_id": k, "channel": "website", "unit_price": 10 if k < 47 else 12} for k in range(50)]
    >>> consistency(pd.DataFrame(shop + site)).facts["same_share"]
    0.94
    """
    import pandas as pd

    number(tolerance, "tolerance", 0, 1)
    keys = [item, *([period] if period else [])]
    frame = frame_of(prices, [*keys, channel, price], "prices")
    table = frame[[*keys, channel]].assign(price=pd.to_numeric(frame[price], errors="coerce").astype(float))
    gaps = table[[*keys, channel, "price"]].isna().any(axis=1)
    notes = [Note("network.note.price_gaps", {"n": int(gaps.sum())})] if gaps.any() else []
    table = table[~gaps]
    bad = frame.index.isin(table.index[table["price"] <= 0])
    if bad.any():
        raise UserError("network.bad_price", table="prices", rows=[int(k) + 1 for k in bad.nonzero()[0]])
    table = table.drop_duplicates()
    twice = table.duplicated([*keys, channel], keep=False)
    if twice.any():
        rows = [int(frame.index.get_loc(k)) + 1 for k in table.index[twice]]
        raise UserError("network.two_prices", table="prices", rows=rows)
    wide = table.pivot(index=keys, columns=channel, values="price")
    sold = wide.notna().sum(axis=1)
    both = wide[sold >= 2]
    if both.empty:
        raise UserError("network.no_comparison", table="prices")
    names = sorted(wide.columns, key=str)
    if reference is not None and reference not in names:
        raise UserError("network.unknown_channel", found=reference, wanted=names)
    base = reference if reference is not None else names[0]
    same = both.max(axis=1) <= both.min(axis=1) * (1 + tolerance) * (1 + 1e-12)
    share, low, high = _share(same, item, period)
    rows = []
    for name in names:
        if name == base:
            continue
        pair = wide[[base, name]].dropna()
        row = {"channel": label_of(name), "compared": len(pair)}
        if pair.empty:
            gap = float("nan")
            rows.append(row | {"same": 0, "same_share": gap, "same_share_low": gap, "same_share_high": gap}
                        | {"dearer_share": gap})  # fmt: skip
            continue
        alike = pair.max(axis=1) <= pair.min(axis=1) * (1 + tolerance) * (1 + 1e-12)
        ends = dict(zip(("same_share", "same_share_low", "same_share_high"), _share(alike, item, period), strict=True))
        row |= {"same": int(alike.sum())} | ends
        rows.append(row | {"dearer_share": float((pair[name] / pair[base] - 1).mean())})
    facts = {"n": len(both), "same": int(same.sum()), "same_share": share, "same_share_low": low}
    facts |= {"same_share_high": high, "items": int(both.index.get_level_values(item).nunique())}
    facts |= {"channels": len(names), "only_one": int((sold == 1).sum()), "reference": label_of(base)}
    worst = min((r for r in rows if r["compared"]), key=lambda r: r["same_share"], default=None)
    facts |= {"worst": worst["channel"] if worst else None, "worst_share": worst["same_share"] if worst else None}
    facts["verdict"] = "too_few" if facts["items"] < 10 else "real" if same.all() or high < 1 else "noise"
    units = {"channel": "text", "compared": "count", "same": "count", "dearer_share": "share"}
    units |= dict.fromkeys(("same_share", "same_share_low", "same_share_high"), "share")
    params = {"tolerance": tolerance, "reference": label_of(base), "period": period, "units": units}
    return Result("network.consistency", pd.DataFrame(rows), params, facts, tuple(notes), source)


def _share(same: Any, item: str, period: str | None) -> tuple[float, float, float]:
    share = float(same.mean())
    if period is None:
        return share, *wilson(int(same.sum()), len(same))
    groups = same.groupby(level=item)
    return share, *bunched(groups.sum().to_numpy(), groups.size().to_numpy())
