"""Whether the same segments would come out again: from other customers of the same kind, and from another year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import UserError
from ...results import Note, Result, Source
from .clustering import Segments, assign, check_k, clustered, fit_segments
from .spaces import features_of, learn
from .tables import MIN_N, frame_of

__all__ = ["FEWEST", "rand_of_bootstraps", "range_of", "stability", "stability_over_time"]

STABLE, WEAK = 0.75, 0.60
FEWEST = 40  # of fewer draws the least and the most do not enclose 95 %
_MOST = 5000
_RANGED = 40  # a bootstrap of a smaller segment scatters more than another sample of customers would


def rand_of_bootstraps(placed: Any, labels: Any, method: str, k: int, draws: int, seed: int) -> tuple[Any, Any]:
    """Adjusted Rand index of every bootstrap's segments with ``labels``, and by segment the best Jaccard index."""
    import numpy as np
    from sklearn.metrics import adjusted_rand_score
    from threadpoolctl import threadpool_limits

    rng = np.random.default_rng(seed)
    rand, jaccard = np.empty(draws), np.empty((draws, k))
    n = len(placed)
    with threadpool_limits(1):
        for b in range(draws):
            drawn = rng.integers(0, n, min(n, _MOST))
            again = assign(clustered(placed[drawn], method, k, seed + b + 1, starts=3)[1], placed)
            rand[b] = adjusted_rand_score(labels, again)
            shared = np.zeros((k, k))
            np.add.at(shared, (labels, again), 1)
            either = shared.sum(axis=1)[:, None] + shared.sum(axis=0)[None, :] - shared
            jaccard[b] = (shared / either).max(axis=1)
    return rand, jaccard


def range_of(values: Any) -> tuple[float, float]:
    """What encloses the next draw with 95 %, not the middle 95 % of those that were made."""
    import numpy as np

    low, high = np.quantile(values, (0.025, 0.975), method="weibull")
    return float(low), float(high)


def stability(fitted: Segments, *, draws: int = 50, seed: int = 0) -> Result:
    """Draw the customers again with replacement, fit again, and see whether the same belong together.

    Parameters
    ----------
    fitted : Segments
        From :func:`~crmlab.segmentation.fit_segments`.
    draws : int
        Bootstraps.
    seed : int

    Returns
    -------
    Result
        Kind ``segmentation.stability``: by segment the mean Jaccard index with the range that holds 95 % of the
        bootstraps (missing for a segment of fewer than 40); a segment below 0.60 dissolves, one of 0.75 and more is
        found again (Hennig 2007). ``facts`` hold the adjusted Rand index of the whole: ``rand_index``,
        ``rand_index_low``, ``rand_index_high``.

    Notes
    -----
    The range says how far these segments may be from those that all customers of this kind would give, if they could
    be asked: a bootstrap is to the sample what the sample is to them.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> rng = np.random.default_rng(1)
    >>> two = np.concatenate([rng.normal(0, 1, (100, 2)), rng.normal(6, 1, (60, 2))])
    >>> again = stability(fit_segments(pd.DataFrame(two, columns=["x", "y"]), k=2), draws=40)
    >>> again.facts["rand_index"] > 0.95
    True
    """
    import numpy as np
    import pandas as pd

    if isinstance(draws, bool) or not isinstance(draws, int) or draws < FEWEST:
        raise UserError("segmentation.bad_number", found=draws, name="draws", low=FEWEST)
    names = fitted.params["segments"]
    codes = fitted.table["segment"].cat.codes.to_numpy()
    placed = fitted.space.place(fitted.table)
    rand, jaccard = rand_of_bootstraps(placed, codes, fitted.params["method"], len(names), draws, seed)
    rows = []
    for j, name in enumerate(names):
        n, mean = int((codes == j).sum()), float(jaccard[:, j].mean())
        verdict = "too_few" if n < MIN_N else "real" if mean >= STABLE else "noise" if mean < WEAK else "weak"
        low, high = range_of(jaccard[:, j]) if n >= _RANGED else (np.nan, np.nan)
        rows.append(
            {"segment": name, "n": n, "jaccard": mean, "jaccard_low": low, "jaccard_high": high, "verdict": verdict}
        )
    low, high = range_of(rand)
    mean = float(rand.mean())
    facts = {"rand_index": mean, "rand_index_low": float(low), "rand_index_high": float(high), "n": len(codes)}
    facts |= {"draws": draws, "k": len(names), "stable": sum(r["verdict"] == "real" for r in rows)}
    facts["verdict"] = "noise" if fitted.facts["verdict"] == "noise" else "real" if mean >= STABLE else "weak"
    params = {"method": fitted.params["method"], "segments": names, "seed": seed}
    params["units"] = {"jaccard": "number", "jaccard_low": "number", "jaccard_high": "number"}
    notes = [Note("segmentation.drawn_fewer", {"n": _MOST})] if len(codes) > _MOST else []
    return Result("segmentation.stability", pd.DataFrame(rows), params, facts, tuple(notes), fitted.source)


def stability_over_time(
    years: Mapping[Any, Any],
    *,
    k: int,
    method: str = "kmeans",
    columns: Sequence[str] | None = None,
    transform: Any = "auto",
    scale: str = "standard",
    seed: int = 0,
    draws: int = 200,
    key: str = "customer_id",
    insist: bool = False,
    source: Source | None = None,
) -> Result:
    """Whether a year's segments still describe the next year's customers.

    Two things change from year to year: customers move, and the segments themselves shift. Here the second is looked
    at: next year's customers are put into segments by this year's model and by a model of their own, and the two
    compared.

    Parameters
    ----------
    years : mapping
        Year, or any name, to that date's features, in order.
    k, method, columns, transform, scale, seed, insist
        As for :func:`~crmlab.segmentation.fit_segments`.
    draws : int
        Bootstraps of the customers for the interval.
    key : str
    source : Source, optional

    Returns
    -------
    Result
        Kind ``segmentation.stability_over_time``: by pair of years ``rand_index`` (1: the same segments) with its
        interval, and ``stayed_share``: how many of the customers of both years are in the same segment of the earlier
        model.
    """
    import numpy as np
    import pandas as pd
    from sklearn.metrics import adjusted_rand_score

    from ...intervals import wilson

    if len(years) < 2:
        raise UserError("segmentation.bad_number", found=len(years), name="years", low=2)
    fits = {
        name: fit_segments(
            t,
            k=k,
            method=method,
            columns=columns,
            transform=transform,
            scale=scale,
            seed=seed,
            key=key,
            check="later" if insist else "now",
        )
        for name, t in years.items()
    }
    rng = np.random.default_rng(seed)
    rows = []
    names = list(years)
    for earlier, later in zip(names, names[1:], strict=False):
        old, new = fits[earlier], fits[later]
        by_old = old.predict(new.table, key=key)["segment"].cat.codes.to_numpy()
        own = new.table["segment"].cat.codes.to_numpy()
        value = adjusted_rand_score(own, by_old)
        drawn = [rng.integers(0, len(own), len(own)) for _ in range(draws)]
        low, high = np.quantile([adjusted_rand_score(own[d], by_old[d]) for d in drawn], (0.025, 0.975))
        then = frame_of(old.table).set_index(key)["segment"].astype("str")
        now = pd.Series(np.array(old.params["segments"])[by_old], index=new.table[key].to_numpy())
        both = then.index.intersection(now.index)
        same = int((then.loc[both].to_numpy() == now.loc[both].to_numpy()).sum())
        row = {"from_year": str(earlier), "to_year": str(later), "n": len(own), "rand_index": float(value)}
        row |= {"rand_index_low": float(low), "rand_index_high": float(high), "n_both": len(both)}
        row["stayed_share"] = same / len(both) if len(both) else None
        row["stayed_share_low"], row["stayed_share_high"] = wilson(same, len(both)) if len(both) else (None, None)
        row["verdict"] = "real" if low >= WEAK else "noise" if high < WEAK else "weak"
        rows.append(row)
    table = pd.DataFrame(rows)
    worst = table.loc[table["rand_index"].idxmin()]
    facts = {"pairs": len(table), "k": k, "lowest_rand_index": float(worst["rand_index"])}
    facts |= {"lowest_rand_index_low": float(worst["rand_index_low"]), "n": int(worst["n"])}
    facts |= {"lowest_rand_index_high": float(worst["rand_index_high"])}
    facts |= {"lowest_from": worst["from_year"], "lowest_to": worst["to_year"]}
    units = dict.fromkeys(("stayed_share", "stayed_share_low", "stayed_share_high"), "share") | {"n_both": "count"}
    params = {"method": method, "k": k, "years": [str(y) for y in names], "units": units}
    return Result("segmentation.stability_over_time", table, params, facts, (), source)


def placed_of(features: Any, columns: Any, transform: Any, scale: str, key: str, most: int) -> tuple[Any, Any, int]:
    """Coordinates of customers for trying several numbers of segments."""
    frame, chosen, missing = features_of(features, columns, key)
    check_k(most, len(frame))
    space = learn(frame, chosen, transform, scale)
    return space.place(frame), space, missing
