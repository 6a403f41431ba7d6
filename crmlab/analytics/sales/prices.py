"""How much buyers mind a price."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...frames import frame_of
from ...results import Note, Result, Source

__all__ = ["price_response"]

_FEWEST = 20  # products whose price changed: of fewer the spread between products is not known well


def price_response(
    table: Any,
    *,
    by: str | None = None,
    product: str = "product_id",
    period: str = "month_starts_on",
    price: str = "unit_price",
    sold: str = "sold",
    source: Source | None = None,
) -> Result:
    """Price elasticity: by how many per cent sales change when a price rises by one per cent.

    Parameters
    ----------
    table : DataFrame
        Grain: a product in a period in which it was on offer, with its ``price`` (money) and how often it was ``sold``
        (count; 0 where nobody bought).
    by : str, optional
        Groups of products, such as departments; each has an elasticity of its own.
    product, period, price, sold : str
        Names of the columns.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``sales.price_response``: per group ``elasticity`` with its 95 % interval, ``products`` and ``n`` rows
        that say something, ``finding`` ("elastic": the interval lies below -1, a lower price brings more revenue;
        "inelastic": above -1; "unclear") and the ``verdict`` ("real": the interval leaves 0 out). Groups of fewer
        than 20 products whose price changed get no interval ("too_few"). ``facts``: the group that minds most, and
        its elasticity.

    Raises
    ------
    UserError
        ``sales.no_price_change``, ``sales.bad_price``, ``frames.missing_column``.

    Notes
    -----
    Poisson regression of what was sold on the logarithm of the price, with an effect for every product and every
    period, so that neither a popular product nor a good month is taken for a cheap one; errors are clustered by
    product, and the interval is Student's with as many degrees of freedom as there are products less one. It says what
    went with a price. Where prices were lowered because a product did not sell, it is no cause.

    References
    ----------
    Cameron and Trivedi (2013), Regression Analysis of Count Data, 2nd ed., section 9.4.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> stream = np.random.default_rng(3)
    >>> rows = pd.DataFrame([(p, m) for p in range(40) for m in range(24)], columns=["product_id", "month_starts_on"])
    >>> rows["unit_price"] = 1000 * np.exp(stream.normal(0, 0.2, len(rows)))
    >>> rows["sold"] = stream.poisson(20 * (rows["unit_price"] / 1000) ** -1.5)
    >>> row = price_response(rows).table.iloc[0]
    >>> bool(row["elasticity_low"] < -1.5 < row["elasticity_high"]), row["finding"]
    (True, 'elastic')
    """
    import pandas as pd
    from scipy import stats

    frame = frame_of(table, [product, period, price, sold, *([by] if by else [])], "prices")
    bad = ~(frame[price] > 0) | ~(frame[sold] >= 0)
    if bad.any():
        raise UserError("sales.bad_price", table="prices", rows=[str(r) for r in frame.index[bad][:5]])
    groups = [(None, frame)] if by is None else list(frame.groupby(by, sort=True, observed=True))
    rows = []
    for name, some in groups:
        # what was never sold says nothing, and its own effect would run away
        some = some[some.groupby(product)[sold].transform("sum") > 0]
        some = some[some.groupby(period)[sold].transform("sum") > 0]
        moved = int((some.groupby(product)[price].nunique() > 1).sum())
        row = {"group": name, "products": moved, "n": len(some)}
        if not moved:
            rows.append({**row, "elasticity": None, "elasticity_low": None, "elasticity_high": None,
                         "finding": "unclear", "verdict": "too_few"})  # fmt: skip
            continue
        value, spread = _fit(some, product, period, price, sold)
        reach = stats.t.ppf(0.975, moved - 1) * spread if moved >= _FEWEST else None
        low, high = (value - reach, value + reach) if reach is not None else (None, None)
        finding = "unclear" if low is None or low <= -1 <= high else "elastic" if high < -1 else "inelastic"
        verdict = "too_few" if low is None else "noise" if low <= 0 <= high else "real"
        rows.append({**row, "elasticity": value, "elasticity_low": low, "elasticity_high": high,
                     "finding": finding, "verdict": verdict})  # fmt: skip
    found = pd.DataFrame(rows)
    known = found.dropna(subset=["elasticity"])
    if known.empty:
        raise UserError("sales.no_price_change", table="prices")
    most = known.loc[known["elasticity"].astype(float).idxmin()]
    facts = {"group": most["group"], "products": int(most["products"]), "n": int(most["n"])}
    facts |= {k: most[k] for k in ("elasticity", "elasticity_low", "elasticity_high", "finding", "verdict")}
    facts |= {"groups": len(found), "few": int((found["verdict"] == "too_few").sum())}
    notes = (Note("sales.note.few_prices", {"n": facts["few"], "least": _FEWEST}),) if facts["few"] else ()
    units = dict.fromkeys(("elasticity", "elasticity_low", "elasticity_high"), "number")
    units |= {"group": "text", "products": "count", "n": "count", "finding": "mark", "verdict": "mark"}
    return Result("sales.price_response", found, {"by": by, "units": units}, facts, notes, source)


def _fit(some: Any, product: str, period: str, price: str, sold: str) -> tuple[float, float]:
    import numpy as np
    import pandas as pd
    import statsmodels.api as sm

    effects = pd.get_dummies(some[[product, period]].astype(str), drop_first=True, dtype=float).to_numpy()
    design = np.column_stack([np.log(some[price].to_numpy(dtype=float)), np.ones(len(some)), effects])
    clusters = pd.factorize(some[product])[0]
    fit = sm.GLM(some[sold].to_numpy(dtype=float), design, family=sm.families.Poisson()).fit(
        cov_type="cluster", cov_kwds={"groups": clusters}
    )
    return float(fit.params[0]), float(fit.bse[0])
