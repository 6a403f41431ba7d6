"""Morgan and Hunt's commitment and trust put to answers: two regressions, and what goes through trust."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import UserError
from ...frames import frame_of, number
from ...results import Note, Result, Source

__all__ = ["paths"]

SOURCES = {"shared_values": 1, "communication": 1, "opportunism": -1}
LEAST = 60  # respondents below which the drawn intervals hold less than they say
_DRAWN_AT_ONCE = 100


def paths(
    scores: Any,
    *,
    sources: Mapping[str, int] | Sequence[str] = SOURCES,
    trust: str = "trust",
    commitment: str = "commitment",
    draws: int = 2000,
    seed: int = 1,
    level: float = 0.95,
    source: Source | None = None,
) -> Result:
    """Where trust comes from, and whether commitment comes from trust.

    Two regressions: trust on its sources, commitment on trust and the same sources, so that what goes past trust is
    seen and not counted as going through it.

    Parameters
    ----------
    scores : DataFrame
        One row a respondent, one column a scale: what :func:`scores` gives.
    sources : mapping or sequence
        Columns and the sign that the theory expects (1 or -1); opportunism lowers trust.
    trust, commitment : str
        Columns.
    draws, seed : int
        Of the intervals: respondents are drawn anew from themselves.
    level : float
    source : Source, optional

    Returns
    -------
    Result
        Kind ``relationships.paths``: rows ``direct`` and ``indirect`` (source to trust to commitment), each with
        ``beta``, the standardised coefficient (by how many of its own standard deviations the outcome differs where the
        source differs by one of its own), with interval, and for direct ones ``coefficient`` in points of the scales
        with Student's. ``finding``: ``as_expected``, ``against_theory``, ``not_shown`` (the interval holds 0),
        ``too_few``. ``facts``: ``r2_trust``, ``r2_commitment``, and the path from trust to commitment.

    Raises
    ------
    UserError
        ``relationships.few_rows``, ``.constant_scale``, ``.same_scales``.

    Notes
    -----
    Answers of one day: a path is an association that the theory reads as a cause; who is committed may also see shared
    values everywhere. Scales that measure badly give weaker paths.

    Examples
    --------
    >>> from crmlab import relationships
    >>> names = ("shared_values", "communication", "opportunism", "trust", "commitment")
    >>> table = relationships.make_answers(200)
    >>> values = relationships.scores(
    ...     table, {n: [f"{n}_{k}" for k in (1, 2, 3)] for n in names}, reverse=["trust_3"], scale=(1, 5)
    ... )
    >>> found = paths(values, draws=200)
    >>> 0.3 < found.facts["beta"] < 0.7
    True
    """
    import numpy as np
    import pandas as pd
    import statsmodels.api as sm

    signs = dict(sources) if isinstance(sources, Mapping) else {s: SOURCES.get(s, 1) for s in sources}
    number(draws, "draws", 100, 20_000, whole=True)
    columns = [*signs, trust, commitment]
    if not signs:
        raise UserError("relationships.no_scales")
    frame = frame_of(scores, columns, "scores")[columns].astype(float)
    full = frame.dropna()
    n, k = len(full), len(signs)
    if n < 2 * (k + 2):
        raise UserError("relationships.few_rows", found=n, wanted=2 * (k + 2))
    flat = [c for c in columns if not full[c].std() > 0]
    if flat:
        raise UserError("relationships.constant_scale", found=flat)
    values = full.to_numpy()
    unit = (values - values.mean(axis=0)) / values.std(axis=0)
    if np.linalg.matrix_rank(unit[:, : k + 1], tol=1e-8 * n) < k + 1:
        raise UserError("relationships.same_scales", found=columns[: k + 1])
    first = sm.OLS(values[:, k], sm.add_constant(values[:, :k])).fit()
    second = sm.OLS(values[:, k + 1], sm.add_constant(values[:, : k + 1])).fit()
    at, drawn = _betas(unit, np.ones((1, n)), k)[0], _drawn(unit, k, draws, np.random.default_rng(seed))
    tails = 100 * np.array([(1 - level) / 2, (1 + level) / 2])
    low, high = np.percentile(drawn, tails, axis=0)
    enough = n >= LEAST
    rows = []
    for j, name in enumerate(signs):
        rows.append(
            {"effect": "direct", "path_from": name, "path_to": trust, "expected": signs[name]} | _raw(first, j, level)
        )
    past = {"effect": "direct", "path_to": commitment}
    rows.append(past | {"path_from": trust, "expected": 1} | _raw(second, k, level))
    rows += [past | {"path_from": name, "expected": 0} | _raw(second, j, level) for j, name in enumerate(signs)]
    rows += [
        {"effect": "indirect", "path_from": name, "path_to": commitment, "expected": signs[name]} for name in signs
    ]
    for i, row in enumerate(rows):
        ends = (float(low[i]), float(high[i])) if enough else (float("nan"), float("nan"))
        row |= {"beta": float(at[i]), "beta_low": ends[0], "beta_high": ends[1], "n": n}
        row["finding"] = _finding(*ends, row["expected"])
    order = ["effect", "path_from", "path_to", "beta", "beta_low", "beta_high", "coefficient", "coefficient_low"]
    order += ["coefficient_high", "expected", "finding", "n"]
    notes = []
    if not enough:
        notes.append(Note("relationships.note.few_paths", {"n": n, "least": LEAST}))
    if n < len(frame):
        notes.append(Note("relationships.note.gaps", {"n": len(frame) - n}))
    named = rows[:k] + rows[-k:]  # the sources of trust, and what goes through it
    main = rows[k]
    facts = {"n": n, "r2_trust": float(first.rsquared), "r2_commitment": float(second.rsquared)}
    facts |= {e: main[e] for e in ("beta", "beta_low", "beta_high", "finding")}
    strongest = max(rows[-k:], key=lambda r: abs(r["beta"]))
    facts |= {"strongest": strongest["path_from"], "strongest_beta": strongest["beta"]}
    facts |= {f"strongest_beta_{e}": strongest[f"beta_{e}"] for e in ("low", "high")}
    facts |= {"as_expected": sum(r["finding"] == "as_expected" for r in [*named[:k], main]), "asked": k + 1}
    facts["past_trust"] = sum(r["finding"] == "not_expected" for r in rows[k + 1 : 2 * k + 1])
    facts["verdict"] = "too_few" if not enough else "real" if main["finding"] != "not_shown" else "noise"
    units = {
        "effect": "text",
        "path_from": "text",
        "path_to": "text",
        "expected": "number",
        "finding": "text",
        "n": "count",
    }
    units |= dict.fromkeys((c for c in order if c.startswith(("beta", "coefficient"))), "number")
    params = {"sources": signs, "trust": trust, "commitment": commitment, "draws": draws, "seed": seed, "level": level}
    table = pd.DataFrame(rows)[order]
    return Result("relationships.paths", table, params | {"units": units}, facts, tuple(notes), source)


def _raw(fit: Any, j: int, level: float) -> dict[str, float]:
    """A coefficient in points of the scales, with Student's interval; the constant stands first."""
    low, high = fit.conf_int(1 - level)[j + 1]
    return {"coefficient": float(fit.params[j + 1]), "coefficient_low": float(low), "coefficient_high": float(high)}


def _betas(unit: Any, weights: Any, k: int) -> Any:
    """Standardised coefficients for every row of weights: to trust, then trust and the sources to commitment, then
    what goes through trust."""
    import numpy as np

    n, p = unit.shape
    products = np.einsum("ni,nj->nij", unit, unit).reshape(n, p * p)
    total = weights.sum(axis=1, keepdims=True)
    mean = weights @ unit / total
    spread = (weights @ products / total).reshape(-1, p, p) - mean[:, :, None] * mean[:, None, :]
    size = np.sqrt(np.einsum("bii->bi", spread))
    alike = spread / (size[:, :, None] * size[:, None, :])
    to_trust = np.linalg.solve(alike[:, :k, :k], alike[:, :k, k : k + 1])[:, :, 0]
    both = np.linalg.solve(alike[:, : k + 1, : k + 1], alike[:, : k + 1, k + 1 :])[:, :, 0]
    return np.concatenate([to_trust, both[:, k:], both[:, :k], to_trust * both[:, k:]], axis=1)


def _drawn(unit: Any, k: int, draws: int, rng: Any) -> Any:
    import numpy as np

    n = len(unit)
    parts = [
        _betas(unit, rng.multinomial(n, np.full(n, 1 / n), size=min(_DRAWN_AT_ONCE, draws - start)).astype(float), k)
        for start in range(0, draws, _DRAWN_AT_ONCE)
    ]
    return np.concatenate(parts)


def _finding(low: float, high: float, expected: int) -> str:
    if low != low:
        return "too_few"
    if low <= 0 <= high:
        return "not_shown"
    if expected == 0:
        return "not_expected"
    return "as_expected" if (low > 0) == (expected > 0) else "against_theory"
