"""What a threshold costs: precision and recall at every one, against a known truth or a reviewed sample."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import UserError, suggest
from ..intervals import wilson
from ..results import Note, Result
from .finding import Found

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["THRESHOLDS", "curve", "sample"]

THRESHOLDS = (0.01, 0.02, 0.05, *(round(0.1 * k, 1) for k in range(1, 10)), 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999)
"""Where the curve is computed, beside the search's own thresholds."""
_FEW = 30


def sample(found: Found, n: int = 200, *, seed: int = 0, bands: Sequence[float] = (0.01, 0.2, 0.5, 0.8, 0.95, 0.999)):
    """Draw pairs for a person to label, so that precision and recall can be estimated where no truth is known.

    The listed pairs are cut into bands of score; every band gives the same number of pairs, and each pair carries how
    many it stands for.

    Parameters
    ----------
    found : Found
    n : int
    seed : int
    bands : sequence of float
        Lower ends of the bands.

    Returns
    -------
    pandas.DataFrame
        ``left``, ``right``, ``score``, ``stands_for``, and an empty ``verdict`` to be filled.
    """
    import numpy as np

    pairs = found.table[~found.table["decided"]]
    pairs = pairs.sort_values(["score", "left", "right"], kind="stable")
    band = np.searchsorted(np.asarray(bands), pairs["score"].to_numpy(), side="right")
    held = np.unique(band)
    draws = np.random.default_rng(seed)
    chosen, stands_for = [], []
    left = n
    # the smallest bands first: what they can't give, the others do
    for done, k in enumerate(sorted(held.tolist(), key=lambda k: (int((band == k).sum()), k))):
        rows = np.flatnonzero(band == k)
        take = min(len(rows), max(left // (len(held) - done), 1))
        left -= take
        chosen.append(np.sort(draws.permutation(rows)[:take]))
        stands_for.append(np.full(take, len(rows) / take))
    if not chosen:
        return pairs[["left", "right", "score"]].assign(stands_for=1.0, verdict=None)
    out = pairs.iloc[np.concatenate(chosen)][["left", "right", "score"]].reset_index(drop=True)
    out["stands_for"] = np.concatenate(stands_for)
    out["verdict"] = None
    return out


def curve(
    found: Found,
    truth: pd.DataFrame | Mapping[Any, Any] | None = None,
    *,
    labels: pd.DataFrame | None = None,
    thresholds: Sequence[float] = THRESHOLDS,
) -> Result:
    """Precision, recall and F1 at every threshold, with intervals and n.

    Parameters
    ----------
    found : Found
    truth : pandas.DataFrame or mapping, optional
        The pairs of keys that are one person (the first two columns), or key -> entity for every key.
    labels : pandas.DataFrame, optional
        Where no truth is known: reviewed pairs with ``left``, ``right``, ``verdict``, and ``stands_for`` from
        :func:`sample`. The figures are then estimates, and recall is of the listed pairs.
    thresholds : sequence of float

    Returns
    -------
    Result
        Of kind ``duplicates.curve``: a row a threshold; facts for the search's own threshold, and for the persons that
        were made of the pairs (``entity_precision``, ``entity_recall``).
    """
    if (truth is None) == (labels is None):
        raise UserError("duplicates.no_truth", found="—" if truth is None else "truth=, labels=")
    own = found.params["threshold"]
    at = sorted({float(t) for t in (*thresholds, own, found.params["review"])})
    return _against_truth(found, truth, at) if truth is not None else _from_labels(found, labels, at)


def _row(found: Found, table: pd.DataFrame) -> dict[str, Any]:
    """The facts of the search's own threshold and of the best one."""
    own = table[table["threshold"] == found.params["threshold"]].iloc[0].to_dict()
    named = ("precision", "precision_low", "precision_high", "recall", "recall_low", "recall_high")
    named += ("f1", "f1_low", "f1_high", "found", "right")
    best = table.iloc[int(table["f1"].fillna(-1).to_numpy().argmax())]
    facts = {"threshold": found.params["threshold"], **{k: own[k] for k in named}}
    return {**facts, "best_threshold": float(best["threshold"]), "best_f1": float(best["f1"])}


def _table(at: Sequence[float], counted: Sequence[tuple[float, float, float, float, float]]) -> pd.DataFrame:
    """Precision, recall and F1 from what was found, what of it is right, and all that is true, with their own n."""
    import numpy as np
    import pandas as pd

    found, right, true, n_found, n_true = (np.asarray(x, dtype=np.float64) for x in zip(*counted, strict=True))
    out = pd.DataFrame({"threshold": at, "found": found, "right": right, "missed": true - right})
    with np.errstate(invalid="ignore", divide="ignore"):
        precision, recall = right / found, right / true
        union = found + true - right
        jaccard, n_union = right / union, union * np.minimum(n_found / found, n_true / true)
    n_union = np.where(np.isfinite(n_union), n_union, n_true)
    for name, share, n in (("precision", precision, n_found), ("recall", recall, n_true)):
        out[name] = share
        out[f"{name}_low"], out[f"{name}_high"] = wilson(share * n, n)
    # F1 is 2j / (1 + j) of the share j that both hold of what either holds: its ends carry over
    low, high = wilson(jaccard * n_union, n_union)
    for name, share in (("f1", jaccard), ("f1_low", low), ("f1_high", high)):
        out[name] = 2 * share / (1 + share)
    out["n_found"], out["n_true"] = n_found, n_true
    return out


# a known truth ----------------------------------------------------------------------------------------------------


def _true_pairs(found: Found, truth: Any) -> set[tuple[int, int]]:
    """Pairs of rows that are one person; those whose keys were not searched can't be found, and are an error."""
    records = found.at_work().records
    if isinstance(truth, Mapping) or (hasattr(truth, "to_dict") and getattr(truth, "ndim", 0) == 1):
        groups: dict[Any, list[int]] = {}
        for key, entity in (truth if isinstance(truth, Mapping) else truth.to_dict()).items():
            groups.setdefault(entity, []).append(records.row(key))
        rows = [sorted(members) for members in groups.values()]
        return {(a, b) for members in rows for k, a in enumerate(members) for b in members[k + 1 :]}
    if getattr(truth, "ndim", 0) != 2 or truth.shape[1] < 2:
        raise UserError("duplicates.no_truth", found=type(truth).__name__)
    out = set()
    for one, other in zip(truth.iloc[:, 0].tolist(), truth.iloc[:, 1].tolist(), strict=True):
        a, b = records.row(one), records.row(other)
        if a == b:
            raise UserError("duplicates.same_key", found=one)
        out.add((min(a, b), max(a, b)))
    return out


def _against_truth(found: Found, truth: Any, at: Sequence[float]) -> Result:
    import numpy as np

    records = found.at_work().records
    true = _true_pairs(found, truth)
    pairs = found.table
    rows = list(zip(map(records.row, pairs["left"].tolist()), map(records.row, pairs["right"].tolist()), strict=True))
    is_true = np.array([pair in true for pair in rows], dtype=bool)
    score = pairs["score"].to_numpy()
    counted = []
    for t in at:
        held = score >= t
        counted.append((held.sum(), (held & is_true).sum(), len(true), held.sum(), len(true)))
    table = _table(at, counted)
    seen = int((is_true & pairs["blocks"].notna().to_numpy()).sum())
    # true pairs of hardly any score are not listed; they met all the same
    unlisted = sorted(true - set(rows))
    if unlisted:
        from .blocking import meets

        left, right = (np.array(x, dtype=np.int64) for x in zip(*unlisted, strict=True))
        work = found.at_work()
        seen += sum(b is not None for b in meets(records, work.blocks, left, right, work.largest))
    made = _pairs_of(found.entities["entity"].tolist())
    facts = {**_row(found, table), "n": len(true), "seen": seen, "seen_share": seen / len(true) if true else None}
    for name, right, n in (("precision", len(made & true), len(made)), ("recall", len(made & true), len(true))):
        low, high = wilson(right, n)
        facts[f"entity_{name}"] = right / n if n else None
        facts[f"entity_{name}_low"], facts[f"entity_{name}_high"] = float(low), float(high)
    facts["entity_n_found"] = len(made)
    notes = (Note("duplicates.few_pairs", {"n": len(true)}),) if len(true) < _FEW else ()
    return Result("duplicates.curve", table, found.params, facts, notes, found.source)


def _pairs_of(entities: Sequence[Any]) -> set[tuple[int, int]]:
    """The pairs of rows that share an entity."""
    groups: dict[Any, list[int]] = {}
    for row, entity in enumerate(entities):
        groups.setdefault(entity, []).append(row)
    several = (rows for rows in groups.values() if len(rows) > 1)
    return {(a, b) for rows in several for k, a in enumerate(rows) for b in rows[k + 1 :]}


# a reviewed sample ------------------------------------------------------------------------------------------------


def _from_labels(found: Found, told: pd.DataFrame, at: Sequence[float]) -> Result:
    import numpy as np

    wanted = ("left", "right", "verdict")
    gone = [c for c in wanted if c not in told]
    if gone:
        raise UserError("duplicates.no_column", wanted=list(wanted), found=gone[0], near=suggest(gone[0], told.columns))
    work = found.at_work()
    sure = told[told["verdict"].isin(("match", "no_match"))]
    if not len(sure):
        raise UserError("duplicates.no_truth", found=str(sorted(told["verdict"].dropna().unique())))
    rows = [(work.records.row(a), work.records.row(b)) for a, b in zip(sure["left"], sure["right"], strict=True)]
    left, right = (np.array(x, dtype=np.int64) for x in zip(*[(min(p), max(p)) for p in rows], strict=True))
    score = work.score(left, right).score
    is_true = (sure["verdict"] == "match").to_numpy()
    weighted = "stands_for" in sure
    weight = sure["stands_for"].to_numpy(dtype=np.float64) if weighted else np.ones(len(sure))

    def size(chosen: np.ndarray) -> float:
        """How many equally weighted pairs these are worth (Kish)."""
        w = weight[chosen]
        return float(w.sum() ** 2 / (w**2).sum()) if len(w) else 0.0

    counted = []
    for t in at:
        held = score >= t
        counted.append(
            (
                weight[held].sum(),
                weight[held & is_true].sum(),
                weight[is_true].sum(),
                size(held),
                size(is_true),
            )
        )
    table = _table(at, counted)
    n = int(is_true.sum())
    facts = {**_row(found, table), "n": n, "seen": n, "seen_share": None, "labelled": len(sure)}
    notes = [Note("duplicates.sample_of_pairs", {"n": len(sure)})]
    if not weighted:
        notes.append(Note("duplicates.biased_sample"))
    if n < _FEW:
        notes.append(Note("duplicates.few_pairs", {"n": n}))
    return Result("duplicates.curve", table, found.params, facts, tuple(notes), found.source)
