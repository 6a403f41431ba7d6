"""How many segments: several criteria side by side, which need not agree. Their disagreement is part of the answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...results import Note, Result, Source
from .clustering import METHODS, clustered, one_cloud
from .repeating import FEWEST, STABLE, placed_of, rand_of_bootstraps, range_of

if TYPE_CHECKING:
    import numpy as np

__all__ = ["CRITERIA", "choose_k"]

CRITERIA = ("silhouette", "calinski_harabasz", "gap_statistic", "bic", "rand_index")
_SEEN, _REFERENCES = 3000, 20


def choose_k(
    features: Any,
    *,
    ks: Iterable[int] = range(2, 9),
    method: str = "kmeans",
    columns: Sequence[str] | None = None,
    transform: Any = "auto",
    scale: str = "standard",
    draws: int = FEWEST,
    seed: int = 0,
    key: str = "customer_id",
    source: Source | None = None,
) -> Result:
    """Set the arguments for every number of segments side by side.

    Parameters
    ----------
    features : Result or DataFrame
    ks : iterable of int
        Numbers of segments to try.
    method, columns, transform, scale, seed, key
        As for :func:`~crmlab.segmentation.fit_segments`.
    draws : int
        Bootstraps for the stability of each.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``segmentation.choose_k``, by ``k``: ``silhouette`` and ``calinski_harabasz`` (larger is better), ``gap``
        with ``gap_error`` (Tibshirani's rule takes the first k whose gap is within one standard error of the next),
        ``bic`` of a normal mixture (smaller is better), ``rand_index`` of bootstraps with the range of 95 % of them,
        and ``smallest_share``. ``facts`` hold each criterion's choice, how many agree with the most frequent one, and
        whether one normal cloud would do as well (``verdict``).
    """
    import numpy as np
    import pandas as pd
    from sklearn.metrics import calinski_harabasz_score, silhouette_score
    from sklearn.mixture import GaussianMixture
    from threadpoolctl import threadpool_limits

    if method not in METHODS:
        raise UserError("segmentation.unknown_choice", found=method, wanted=METHODS, near=suggest(str(method), METHODS))
    tried = sorted(set(ks))
    if not tried or tried[0] < 2:
        raise UserError("segmentation.bad_k", found=tried, most=20)
    if isinstance(draws, bool) or not isinstance(draws, int) or draws < FEWEST:
        raise UserError("segmentation.bad_number", found=draws, name="draws", low=FEWEST)
    placed, space, missing = placed_of(features, columns, transform, scale, key, tried[-1])
    rng = np.random.default_rng(seed)
    some = placed if len(placed) <= _SEEN else placed[rng.choice(len(placed), _SEEN, replace=False)]
    with threadpool_limits(1):
        gaps = _gaps(some, [*tried, tried[-1] + 1], seed)
        rows = []
        for k in tried:
            labels, _ = clustered(some, method, k, seed)
            rand, _ = rand_of_bootstraps(some, labels, method, k, draws, seed)
            low, high = range_of(rand)
            mixture = GaussianMixture(k, n_init=2, random_state=seed).fit(some)
            rows.append(
                {
                    "k": k,
                    "silhouette": float(silhouette_score(some, labels)),
                    "calinski_harabasz": float(calinski_harabasz_score(some, labels)),
                    "gap_statistic": gaps[k][0],
                    "gap_error": gaps[k][1],
                    "bic": float(mixture.bic(some)),
                    "rand_index": float(rand.mean()),
                    "rand_index_low": float(low),
                    "rand_index_high": float(high),
                    "smallest_share": float(np.bincount(labels).min() / len(labels)),
                }
            )
    table = pd.DataFrame(rows)
    best = {c: int(table.loc[table[c].idxmax(), "k"]) for c in ("silhouette", "calinski_harabasz", "rand_index")}
    best["bic"] = int(table.loc[table["bic"].idxmin(), "k"])
    best["gap_statistic"] = (
        next((k for k in tried if gaps[k][0] >= gaps[k + 1][0] - gaps[k + 1][1]), tried[-1])
        if _dense(tried)
        else int(table.loc[table["gap_statistic"].idxmax(), "k"])
    )
    votes = pd.Series(best).value_counts().sort_index()
    most = int(votes.max())
    favourites = [int(k) for k in votes[votes == most].index]
    test = one_cloud(placed, max(favourites), seed)
    facts = {f"best_{c}": best[c] for c in CRITERIA} | {
        "criteria": len(best),
        "agree": most,
        "favourites": tuple(favourites),
    }
    facts |= {"verdict": "real" if test["p_value"] <= 0.05 else "noise", "p_value": test["p_value"], "n": len(placed)}
    facts |= {"seen": len(some), "first_k": tried[0], "last_k": tried[-1]}
    notes = []
    if facts["verdict"] == "noise":
        notes.append(Note("segmentation.no_segments_here", {"p": test["p_value"]}))
    elif most < 3:
        notes.append(Note("segmentation.no_agreement", {"found": sorted(set(best.values()))}))
    if (table["rand_index"] < STABLE).all():
        notes.append(Note("segmentation.none_stable", {"best": float(table["rand_index"].max())}))
    if len(some) < len(placed):
        notes.append(Note("segmentation.seen_some", {"n": len(some), "all": len(placed)}))
    if missing:
        notes.append(Note("segmentation.missing_values", {"n": missing}))
    units = {"k": "key", "smallest_share": "share"}
    params = {"method": method, "columns": space.columns, "transforms": dict(space.transforms), "units": units}
    source = source or getattr(features, "source", None)
    return Result("segmentation.choose_k", table, params, facts, tuple(notes), source)


def _dense(tried: Sequence[int]) -> bool:
    return list(tried) == list(range(tried[0], tried[-1] + 1))


def _gaps(placed: np.ndarray, ks: Sequence[int], seed: int) -> dict[int, tuple[float, float]]:
    """Gap statistic and its standard error: log of the spread within, beside uniform data in a box."""
    import numpy as np
    from sklearn.cluster import KMeans

    rng = np.random.default_rng(seed + 1)
    centred = placed - placed.mean(axis=0)
    axes = np.linalg.svd(centred, full_matrices=False)[2]
    turned = centred @ axes.T
    low, high = turned.min(axis=0), turned.max(axis=0)

    def within(x: np.ndarray, k: int) -> float:
        return float(np.log(KMeans(k, n_init=3, random_state=seed).fit(x).inertia_))

    boxes = [rng.uniform(low, high, placed.shape) for _ in range(_REFERENCES)]
    found = {}
    for k in ks:
        references = np.array([within(box, k) for box in boxes])
        error = references.std() * np.sqrt(1 + 1 / _REFERENCES)
        found[k] = float(references.mean() - within(centred, k)), float(error)
    return found
