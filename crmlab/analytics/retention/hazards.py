"""What goes with being lost sooner (Cox), and with being lost at all (logit); whether hazards stay in proportion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import UserError
from ...intervals import verdict_of, z_of
from ...results import Note, Result, Source
from .proportional import proportional
from .tables import frame_of

__all__ = ["cox", "loss_odds"]

_PER_COLUMN = 10  # losses for every column, as a rule: fewer and the estimate leans away from 1
_TIES = ("breslow", "efron")


def cox(
    table: Any,
    *,
    duration: str = "duration_days",
    observed: str = "observed",
    on: Sequence[str],
    entry: str | None = None,
    strata: str | None = None,
    ties: str = "efron",
    source: Source | None = None,
) -> Result:
    """Hazard ratios: how many times as fast customers are lost for one more of each column, the others held equal.

    Parameters
    ----------
    table : DataFrame
        One row a customer; :func:`lifetimes` makes its first columns.
    duration, observed : str
        How long, and whether the loss was seen.
    on : sequence of str
        Columns of numbers or yes and no. Text becomes one column for each value but the first.
    entry : str, optional
        Age at which each came under observation.
    strata : str, optional
        Groups with hazards of their own.
    ties : {"efron", "breslow"}
        How equal durations are dealt with; Efron's is the closer, programs differ in which they take.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``retention.cox``: per column ``hazard_ratio`` with interval, ``p_value``, ``verdict``, and the check of
        proportional hazards (a score test with Kaplan and Meier's time, see :mod:`.proportional`): ``proportional_p``
        below 0.05 says that the ratio changes with time and that one number does not tell the whole.
    """
    import numpy as np
    import pandas as pd
    from statsmodels.duration.hazard_regression import PHReg

    if ties not in _TIES:
        raise UserError("retention.bad_ties", found=ties, wanted=list(_TIES))
    frame = frame_of(
        table, (duration, observed, *on, *([entry] if entry else []), *([strata] if strata else [])), "table"
    )
    design, frame, notes = _design(frame, on, (duration, observed, *([entry] if entry else [])))
    if (frame[duration] <= 0).any():
        raise UserError(
            "retention.bad_duration", table="table", rows=[int(i) + 1 for i in np.flatnonzero(frame[duration] <= 0)]
        )
    losses = frame[observed].astype(int)
    _enough(design, losses, notes)
    model = PHReg(
        frame[duration].to_numpy(float),
        design.to_numpy(float),
        status=losses.to_numpy(),
        # at risk from the moment after entry: statsmodels counts who enters on the day of a loss as at risk of it
        entry=np.nextafter(frame[entry].to_numpy(float), np.inf) if entry else None,
        strata=pd.factorize(frame[strata])[0] if strata else None,
        ties=ties,
    )
    fit = model.fit(start_params=_climbed(model, list(design.columns)))
    names = list(design.columns)
    variance = np.asarray(fit.cov_params())
    check = proportional(
        np.asarray(fit.params),
        design.to_numpy(float),
        frame[duration].to_numpy(float),
        losses.to_numpy(),
        entry=frame[entry].to_numpy(float) if entry else None,
        strata=pd.factorize(frame[strata])[0] if strata else None,
        ties=ties,
    )
    rows = [
        _ratio("hazard_ratio", name, float(fit.params[k]), float(variance[k, k]) ** 0.5, int(losses.sum()))
        | {"proportional_chi_square": check.chi_squares[k], "proportional_p": check.p_values[k]}
        for k, name in enumerate(names)
    ]
    out = pd.DataFrame(rows)
    broken = [r["column"] for r in rows if r["proportional_p"] < 0.05]
    if broken:
        notes.append(Note("retention.note.not_proportional", {"columns": broken}))
    strongest = max(rows, key=lambda r: abs(r["log_ratio"]) if r["verdict"] == "real" else -1)
    facts = {"n": len(frame), "events": int(losses.sum()), "ties": ties, "log_likelihood": float(fit.llf)}
    facts |= {"proportional_p": check.p_value, "proportional_chi_square": check.chi_square, "columns": len(names)}
    facts |= {k: strongest[k] for k in ("column", "hazard_ratio", "hazard_ratio_low", "hazard_ratio_high", "verdict")}
    units = _units("hazard_ratio") | {"proportional_chi_square": "number", "proportional_p": "number"}
    params = {"on": tuple(on), "duration": duration, "observed": observed, "entry": entry, "strata": strata}
    return Result("retention.cox", out, {**params, "ties": ties, "units": units}, facts, tuple(notes), source)


def loss_odds(table: Any, *, lost: str, on: Sequence[str], source: Source | None = None) -> Result:
    """Odds ratios: what multiplies the odds of being lost, the other columns held equal (logit).

    Parameters
    ----------
    table : DataFrame
        One row a customer; all must have been watched for about as long, otherwise :func:`cox` is the method.
    lost : str
        Whether he was lost: yes or no.
    on : sequence of str
        As for :func:`cox`.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``retention.loss_odds``: per column ``odds_ratio`` with interval, ``p_value`` and ``verdict``; facts
        ``base_share`` (the share lost where every column is 0) with its interval. An odds ratio of 2.5 is no share
        2.5 times as large: the table says that share too (``share_with``).
    """
    import numpy as np
    import pandas as pd
    import statsmodels.api as sm

    frame = frame_of(table, (lost, *on), "table")
    design, frame, notes = _design(frame, on, (lost,))
    gone = frame[lost].astype(int)
    _enough(design, gone, notes)
    full = sm.add_constant(design.astype(float), has_constant="add")
    try:
        fit = sm.Logit(gone.to_numpy(), full.to_numpy()).fit(disp=False, maxiter=100)
    except (np.linalg.LinAlgError, sm.tools.sm_exceptions.PerfectSeparationError) as bad:
        raise UserError("retention.separated", found=list(on)) from bad
    params, variance = np.asarray(fit.params), np.asarray(fit.cov_params())
    _bounded(params[1:], list(design.columns))
    base, error = float(params[0]), float(variance[0, 0]) ** 0.5
    rows = []
    for k, name in enumerate(design.columns, 1):
        row = _ratio("odds_ratio", name, float(params[k]), float(variance[k, k]) ** 0.5, int(gone.sum()))
        rows.append(row | {"share_with": _share(base + float(params[k]))})
    strongest = max(rows, key=lambda r: abs(r["log_ratio"]) if r["verdict"] == "real" else -1)
    facts = {"n": len(frame), "events": int(gone.sum()), "columns": len(rows), "log_odds_base": base}
    facts |= {"log_odds_base_low": base - z_of() * error, "log_odds_base_high": base + z_of() * error}
    facts |= {f"base_share{e}": _share(facts[f"log_odds_base{e}"]) for e in ("", "_low", "_high")}
    facts |= {
        k: strongest[k] for k in ("column", "odds_ratio", "odds_ratio_low", "odds_ratio_high", "share_with", "verdict")
    }
    settings = {"lost": lost, "on": tuple(on), "units": _units("odds_ratio") | {"share_with": "share"}}
    return Result("retention.loss_odds", pd.DataFrame(rows), settings, facts, tuple(notes), source)


def _share(log_odds: float) -> float:
    from math import exp

    return 1 / (1 + exp(-log_odds))


def _ratio(what: str, name: str, log_ratio: float, error: float, events: int) -> dict[str, Any]:
    from math import exp
    from statistics import NormalDist

    low, high = exp(log_ratio - z_of() * error), exp(log_ratio + z_of() * error)
    p = 2 * (1 - NormalDist().cdf(abs(log_ratio) / error)) if error else float("nan")
    out = {"column": name, what: exp(log_ratio), f"{what}_low": low, f"{what}_high": high, "log_ratio": log_ratio}
    return out | {"standard_error": error, "p_value": p, "verdict": verdict_of(low, high, 1.0, events)}


def _units(what: str) -> dict[str, str]:
    numbers = (what, f"{what}_low", f"{what}_high", "log_ratio", "standard_error", "p_value")
    return {"column": "text", **dict.fromkeys(numbers, "number"), "verdict": "mark"}


def _design(frame: Any, on: Sequence[str], also: Sequence[str]) -> tuple[Any, Any, list[Note]]:
    """The columns as numbers, the rows that know them all, and what was left out."""
    import pandas as pd

    if not on:
        raise UserError("retention.no_columns")
    kept = frame.dropna(subset=[*on, *also])
    notes = []
    if len(kept) < len(frame):
        notes.append(Note("retention.note.unknown_rows", {"n": len(frame) - len(kept)}))
    if kept.empty:
        raise UserError("retention.empty", table="table")
    parts = []
    for column in on:
        values = kept[column]
        if pd.api.types.is_bool_dtype(values) or pd.api.types.is_numeric_dtype(values):
            parts.append(values.astype(float).rename(column))
            continue
        known = (
            values.cat.categories if isinstance(values.dtype, pd.CategoricalDtype) else sorted(values.unique(), key=str)
        )
        parts += [(values == v).astype(float).rename(f"{column}: {v}") for v in list(known)[1:]]
    design = pd.concat(parts, axis=1)
    if constant := [c for c in design if design[c].nunique() < 2]:
        raise UserError("retention.constant", found=constant)
    return design, kept, notes


def _enough(design: Any, losses: Any, notes: list[Note]) -> None:
    import numpy as np

    if losses.nunique() < 2 and not losses.any():
        raise UserError("retention.no_losses")
    centred = design - design.mean()
    if np.linalg.matrix_rank(centred.to_numpy()) < design.shape[1]:
        raise UserError("retention.same_columns", found=list(design.columns))
    seen = int(losses.sum())
    if seen < _PER_COLUMN * design.shape[1]:
        notes.append(
            Note(
                "retention.note.few_losses",
                {"n": seen, "columns": design.shape[1], "wanted": _PER_COLUMN * design.shape[1]},
            )
        )


def _bounded(params: Any, names: Sequence[str]) -> None:
    """A column that tells the lost from the others without fail has no finite ratio."""
    import numpy as np

    if not np.isfinite(params).all() or (np.abs(params) > 15).any():
        raise UserError(
            "retention.separated", found=[n for n, p in zip(names, params, strict=True) if not abs(p) <= 15]
        )


def _climbed(model: Any, names: Sequence[str]) -> Any:
    """The top of the partial likelihood by Newton's steps, halved while they lead down.

    statsmodels takes whole steps from 0, and leaves the hill where a ratio is large and its group small.
    """
    import numpy as np

    at = np.zeros(len(names))
    height = model.loglike(at)
    for _ in range(100):
        try:
            step = np.linalg.solve(-np.atleast_2d(model.hessian(at)), model.score(at))
        except np.linalg.LinAlgError as bad:
            raise UserError("retention.separated", found=list(names)) from bad
        size, level = 1.0, -np.inf
        while size > 1e-8:
            level = model.loglike(at + size * step)
            if np.isfinite(level) and level >= height - 1e-12:
                break
            size /= 2
        if size <= 1e-8 or np.abs(at + size * step).max() > 1e3:
            break
        at, height = at + size * step, level
        if np.abs(size * step).max() < 1e-10:
            break
    _bounded(at, names)
    return at
