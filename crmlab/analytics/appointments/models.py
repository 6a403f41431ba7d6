"""Who will not come: a logistic model of no-shows, and whether its chances come true on appointments it never saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ...errors import UserError
from ...frames import frame_of, number
from ...intervals import wilson, z_of
from ...regression import PER_COLUMN, Logit, fit_logit, known_rows
from ...results import Note, Result, Source

__all__ = ["NoShowModel", "calibration", "fit_no_shows"]


@dataclass(frozen=True, eq=False, repr=False)
class NoShowModel(Result):
    """The odds ratios of a no-show, and the chance of any appointment."""

    fit: Logit | None = field(default=None, repr=False)

    def predict(self, table: Any) -> Any:
        """The chance that each appointment is missed, as a Series; missing where something is not known."""
        import numpy as np
        import pandas as pd

        if self.fit is None:
            raise UserError("appointments.model_gone")
        frame = frame_of(table, self.fit.on, "table")
        known = frame[list(self.fit.on)].notna().all(axis=1).to_numpy()
        out = np.full(len(frame), np.nan)
        if known.any():
            out[known] = self.fit.shares(frame[known])
        return pd.Series(out, index=frame.index, name="no_show_share")

    def __reduce__(self):
        return NoShowModel, (*super().__reduce__()[1], self.fit)


def fit_no_shows(
    table: Any, *, on: Sequence[str], outcome: str = "missed", source: Source | None = None
) -> NoShowModel:
    """Which marks go with a no-show, each with the others held equal.

    Parameters
    ----------
    table : DataFrame or Result
        What :func:`outcomes` gives.
    on : sequence of str
        Columns known before the hour: ``lead_days``, ``new_patient``, ``missed_before`` ...
    outcome : str
    source : Source, optional

    Returns
    -------
    NoShowModel
        Kind ``appointments.no_shows``: per column ``odds_ratio`` with Wald's interval, ``p_value``, ``verdict``.
        ``.predict(table)`` gives chances; :func:`calibration` says whether to believe them.
    """
    import pandas as pd

    frame = known_rows(frame_of(table, (outcome, *on), "table"), (outcome, *on))
    fit = fit_logit(frame, outcome, on)
    rows = fit.odds()
    notes = []
    left_out = len(getattr(table, "table", table)) - len(frame)
    if left_out:
        notes.append(Note("appointments.note.unknown_rows", {"n": left_out}))
    if fit.events < PER_COLUMN * len(fit.names):
        values = {"n": fit.events, "columns": len(fit.names), "wanted": PER_COLUMN * len(fit.names)}
        notes.append(Note("appointments.note.few_events", values))
    base, error = float(fit.params[0]), float(fit.covariance[0, 0]) ** 0.5
    ends = {"": base, "_low": base - z_of() * error, "_high": base + z_of() * error}
    strongest = max(rows, key=lambda r: abs(r["log_ratio"]) if r["verdict"] == "real" else -1)
    facts = {"n": fit.n, "events": fit.events, "columns": len(rows)}
    facts |= {f"log_odds_base{e}": v for e, v in ends.items()}
    facts |= {f"base_share{e}": _share(v) for e, v in ends.items()}
    facts |= {k: strongest[k] for k in ("column", "odds_ratio", "odds_ratio_low", "odds_ratio_high", "verdict")}
    numbers = ("odds_ratio", "odds_ratio_low", "odds_ratio_high", "log_ratio", "standard_error", "p_value")
    units = {"column": "text", **dict.fromkeys(numbers, "number"), "verdict": "mark"}
    params = {"on": tuple(on), "outcome": outcome, "units": units}
    return NoShowModel("appointments.no_shows", pd.DataFrame(rows), params, facts, tuple(notes), source, fit)


def _share(log_odds: float) -> float:
    from math import exp

    return 1 / (1 + exp(-log_odds))


def calibration(
    model: NoShowModel, table: Any, *, bands: int = 10, outcome: str = "missed", source: Source | None = None
) -> Result:
    """Whether chances come true: appointments in the order of their chance, in bands of equal number.

    Parameters
    ----------
    model : NoShowModel
    table : DataFrame or Result
        Appointments that the model was not fitted on, best later ones: on its own data every model looks good.
    bands : int
    outcome : str
    source : Source, optional

    Returns
    -------
    Result
        Kind ``appointments.calibration``: per band ``expected_share`` and ``no_show_share`` with Wilson's interval.
        ``facts``: ``auc`` (how often a missed appointment had the higher chance; DeLong's interval), ``slope`` (1 is
        right, below 1 the chances are too far apart), ``intercept`` in the large, ``brier``.
    """
    import numpy as np
    import pandas as pd

    number(bands, "bands", 2, 50, whole=True)
    frame = frame_of(table, (outcome,), "table")
    chance = model.predict(frame)
    known = chance.notna() & frame[outcome].notna()
    p, y = chance[known].to_numpy(), frame.loc[known, outcome].to_numpy(dtype=float)
    if len(y) == 0 or y.min() == y.max():
        raise UserError("appointments.one_outcome", found=len(y))
    order = np.argsort(p, kind="stable")
    rows = []
    for part in np.array_split(order, bands):
        if not len(part):
            continue
        n, hits = len(part), float(y[part].sum())
        low, high = wilson(hits, n)
        row = {"band": len(rows) + 1, "n": n, "missed": int(hits), "expected_share": float(p[part].mean())}
        row |= {"no_show_share": hits / n, "no_show_share_low": low, "no_show_share_high": high}
        within = low <= row["expected_share"] <= high
        row["verdict"] = "too_few" if n < 30 else "noise" if within else "real"
        rows.append(row)
    auc, low, high = _auc(p, y)
    line = np.log(p / (1 - p))
    slope = fit_logit(pd.DataFrame({"line": line, "y": y}), "y", ["line"])
    error = float(slope.covariance[1, 1]) ** 0.5
    level, level_error = _level(line, y)
    facts = {"n": len(y), "events": int(y.sum()), "auc": auc, "auc_low": low, "auc_high": high}
    facts |= {"slope": float(slope.params[1]), "slope_low": float(slope.params[1]) - z_of() * error}
    facts |= {"slope_high": float(slope.params[1]) + z_of() * error, "intercept": level}
    facts |= {"intercept_low": level - z_of() * level_error, "intercept_high": level + z_of() * level_error}
    facts |= {
        "brier": float(((p - y) ** 2).mean()),
        "expected_share": float(p.mean()),
        "no_show_share": float(y.mean()),
    }
    off = (
        not facts["slope_low"] <= 1 <= facts["slope_high"] or not facts["intercept_low"] <= 0 <= facts["intercept_high"]
    )
    facts |= {"off": sum(r["verdict"] == "real" for r in rows), "verdict": "real" if off else "noise"}
    shares = ("expected_share", "no_show_share", "no_show_share_low", "no_show_share_high")
    units = {"band": "count", "n": "count", "missed": "count", **dict.fromkeys(shares, "share"), "verdict": "mark"}
    params = {"bands": bands, "on": model.params["on"], "units": units}
    return Result("appointments.calibration", pd.DataFrame(rows), params, facts, (), source)


def _level(line: Any, y: Any) -> tuple[float, float]:
    """By how much all log odds are off, the slope held at 1."""
    import numpy as np

    at = 0.0
    for _ in range(50):
        p = 1 / (1 + np.exp(-(line + at)))
        information = float((p * (1 - p)).sum())
        step = float((y - p).sum()) / information
        at += step
        if abs(step) < 1e-12:
            break
    return at, information**-0.5


def _auc(p: Any, y: Any) -> tuple[float, float, float]:
    """The area under the curve, with DeLong's interval on the log odds of it (DeLong and others 1988)."""
    from math import exp, log, sqrt

    import numpy as np
    from scipy.stats import rankdata

    yes, no = p[y == 1], p[y == 0]
    m, n = len(yes), len(no)
    every = rankdata(np.concatenate([yes, no]))
    auc = float((every[:m].sum() - m * (m + 1) / 2) / (m * n))
    if m < 2 or n < 2 or not 0 < auc < 1:
        return auc, float("nan"), float("nan")
    over = (every[:m] - rankdata(yes)) / n
    under = 1 - (every[m:] - rankdata(no)) / m
    error = sqrt(float(over.var(ddof=1)) / m + float(under.var(ddof=1)) / n)
    middle, half = log(auc / (1 - auc)), z_of() * error / (auc * (1 - auc))
    return auc, 1 / (1 + exp(half - middle)), 1 / (1 + exp(-half - middle))
