"""How long customers stay: Kaplan and Meier's curve, and whether two curves differ (log-rank).

Who is still there on the last day is not lost and not forgotten: he counts as at risk until then (censored). The
curves and the test are those of statsmodels; what stands beside them (restricted means, numbers at risk, verdicts)
is this room's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import UserError
from ...intervals import FEW, z_of
from ...results import Note, Result, Source
from .churn import _date, _day
from .tables import day_of, number, spells

__all__ = ["kaplan_meier", "lifetimes", "log_rank", "survival_at"]


def lifetimes(accounts: Any, *, as_of: Any, by: str | None = None, since: Any = None) -> Any:
    """From contracts to durations: ``duration_days``, ``observed`` (lost, or still there), ``entry_days``, the group.

    Parameters
    ----------
    accounts : DataFrame
        As :data:`crmlab.analytics.retention.ACCOUNTS`.
    as_of : date
    by : str, optional
    since : date, optional
        The day from which losses were recorded: older customers enter late, with the age that they had by then
        (``entry_days``); who left before was never seen, and must not make the others look faithful.

    Returns
    -------
    DataFrame
        One row a customer's spell.
    """
    found, _, last = spells(accounts, as_of, by, since)
    end = _day(last) + 1
    begins, ends = found["begins"].to_numpy(), found["ends"].to_numpy()
    out = found[["customer_id"]].copy()
    if by:
        out[by] = found["by"].to_numpy()
    out["observed"] = ends < end
    out["duration_days"] = found["ends"].clip(upper=end).to_numpy() - begins
    first = _day(day_of(since, "since")) if since is not None else None
    out["entry_days"] = (first - found["begins"]).clip(lower=0).to_numpy() if first is not None else 0
    out["began_on"] = [_date(int(d)) for d in begins]
    return out[out["duration_days"] > out["entry_days"]].reset_index(drop=True)


def kaplan_meier(
    durations: Any,
    observed: Any,
    by: Any = None,
    *,
    entry: Any = None,
    until: float | None = None,
    unit: str = "days",
    source: Source | None = None,
) -> Result:
    """The share of customers who are still there, by how long they have been customers.

    Parameters
    ----------
    durations : sequence of numbers
        How long each was there, until he was lost or last seen.
    observed : sequence of bool
        Whether the loss was seen; otherwise he was there still.
    by : sequence, optional
        A group for each: a curve for each.
    entry : sequence of numbers, optional
        Age at which each came under observation (delayed entry), see :func:`lifetimes`.
    until : float, optional
        Where restricted means end; by default the longest duration that all groups reach.
    unit : {"days", "weeks", "months", "number"}
        What durations are counted in: for words only.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``retention.survival``: per group and ``duration`` at which somebody was lost ``at_risk``, ``events``,
        ``survival_share`` with its interval (log-log). ``facts["groups"]`` says per group ``n``, ``events``, the
        ``median`` and the ``restricted_mean`` with intervals; a median that was not reached is ``None``.

    Examples
    --------
    >>> curve = kaplan_meier([2, 3, 3, 5, 8], [True, True, False, True, False])
    >>> curve.table["survival_share"].round(3).tolist()
    [1.0, 0.8, 0.6, 0.3]
    >>> curve.facts["median"]
    5.0
    """
    import pandas as pd
    from statsmodels.duration.survfunc import SurvfuncRight

    frame, notes = _given(durations, observed, by, entry)
    groups = _groups(frame, by)
    reached = min(float(one["duration"].max()) for _, one in groups)
    end = reached if until is None else number(until, "until", least=0)
    if end > reached:
        notes.append(Note("retention.note.beyond", {"until": end, "reached": reached}))
    rows, each = [], []
    for name, one in groups:
        if not one["observed"].any():
            notes.append(Note("retention.note.no_losses", {"group": name, "n": len(one)}))
            rows.append((name, 0.0, len(one), 0, 1.0, 1.0, 1.0))
            each.append(_described(name, one, None, end))
            continue
        late = one["entry"].to_numpy() if entry is not None else None
        fit = SurvfuncRight(one["duration"].to_numpy(), one["observed"].to_numpy(), entry=late)
        low, high = _log_log(fit.surv_prob, fit.surv_prob_se)
        at_zero = int((one["entry"] <= 0).sum())
        rows.append((name, 0.0, at_zero, 0, 1.0, 1.0, 1.0))
        rows += list(
            zip(
                [name] * len(low),
                fit.surv_times.astype(float),
                fit.n_risk.astype(int),
                fit.n_events.astype(int),
                fit.surv_prob,
                low,
                high,
                strict=True,
            )
        )
        each.append(_described(name, one, fit, end))
        gone = fit.surv_times[fit.surv_prob == 0]
        if len(gone) and one["duration"].max() > gone[0]:
            # delayed entry: for a moment all under observation were lost, and the curve can't rise again
            raise UserError("retention.empty_risk_set", found=float(gone[0]))
    columns = ["group", "duration", "at_risk", "events", "survival_share", "survival_share_low", "survival_share_high"]
    table = pd.DataFrame(rows, columns=columns)
    if by is None:
        table = table.drop(columns="group")
    facts = {"n": len(frame), "events": int(frame["observed"].sum()), "until": end, "unit": unit}
    facts |= {k: v for k, v in each[0].items() if k not in ("group", "n", "events")} | {"groups": tuple(each)}
    known = sorted((e for e in each if e["restricted_mean"] is not None), key=lambda e: e["restricted_mean"])
    for side, one in (("shortest", (known or each)[0]), ("longest", (known or each)[-1])):
        facts |= {f"{side}_{k}": v for k, v in one.items()}
        facts[f"{side}_group"] = "total" if by is None else one["group"]
    time_unit = "days" if unit == "days" else "number"
    units = {"duration": time_unit, "at_risk": "count", "events": "count"}
    units |= {c: "share" for c in columns if c.startswith("survival")}
    params = {"by": by is not None, "until": end, "unit": unit, "units": units}
    return Result("retention.survival", table, params, facts, tuple(notes), source)


def survival_at(result: Result, times: Sequence[float]) -> Any:
    """The curve's values at given times: a frame with the rows of :func:`kaplan_meier` that hold there.

    Parameters
    ----------
    result : Result
    times : sequence of float
    """
    import pandas as pd

    if result.kind != "retention.survival":
        raise UserError("retention.not_survival", found=result.kind)
    table = result.table
    groups = [table] if "group" not in table else [one for _, one in table.groupby("group", sort=False, dropna=False)]
    out = []
    for one in groups:
        places = one["duration"].searchsorted(list(times), side="right") - 1
        out.append(one.iloc[places].assign(duration=list(times)).drop(columns="events"))
    return pd.concat(out, ignore_index=True)


def log_rank(
    durations: Any, observed: Any, by: Any, *, entry: Any = None, strata: Any = None, source: Source | None = None
) -> Result:
    """Whether groups stay equally long: losses seen in each against those expected if all were alike.

    Parameters
    ----------
    durations, observed, by : sequence
        As for :func:`kaplan_meier`.
    entry : sequence of numbers, optional
    strata : sequence, optional
        Compare only within these.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``retention.log_rank``: per group ``n``, ``observed_losses``, ``expected_losses``; facts
        ``chi_square``, ``df``, ``p_value`` and a ``verdict`` (real where p < 0.05, too_few where
        a group has fewer than 5 losses, seen and expected).
    """
    import numpy as np
    import pandas as pd
    from statsmodels.duration.survfunc import survdiff

    frame, notes = _given(durations, observed, by, entry)
    frame["stratum"] = 0 if strata is None else pd.Series(list(strata))[frame["place"]].to_numpy()
    groups = _groups(frame, by)
    if len(groups) < 2:
        raise UserError("retention.one_group", found=[g for g, _ in groups])
    if not frame["observed"].any():
        raise UserError("retention.no_losses")
    codes = frame["group"].map({g: i for i, (g, _) in enumerate(groups)}).to_numpy()
    late = frame["entry"].to_numpy() if entry is not None else None
    within = None if strata is None else pd.factorize(frame["stratum"])[0]
    chi, p = survdiff(
        frame["duration"].to_numpy(), frame["observed"].to_numpy().astype(int), codes, strata=within, entry=late
    )
    expected = np.zeros(len(groups))
    for _, one in frame.assign(code=codes).groupby("stratum"):
        times = np.sort(one.loc[one["observed"] == 1, "duration"].unique())
        risk = np.array([_at_risk(one[one["code"] == g], times) for g in range(len(groups))])
        losses = _at(one.loc[one["observed"] == 1, "duration"], times)
        expected += (risk * (losses / np.maximum(risk.sum(axis=0), 1))).sum(axis=1)
    rows = [
        {
            "group": g,
            "n": len(one),
            "observed_losses": int(one["observed"].sum()),
            "expected_losses": float(expected[i]),
            "observed_by_expected": float(one["observed"].sum() / expected[i]) if expected[i] else float("nan"),
        }
        for i, (g, one) in enumerate(groups)
    ]
    least = min(max(r["observed_losses"], r["expected_losses"]) for r in rows)
    verdict = "too_few" if least < FEW else "real" if p < 0.05 else "noise"
    facts = {"chi_square": float(chi), "df": len(groups) - 1, "p_value": float(p), "verdict": verdict}
    facts |= {"n": len(frame), "events": int(frame["observed"].sum()), "groups": len(groups)}
    units = {"n": "count", "observed_losses": "count", "expected_losses": "number", "observed_by_expected": "number"}
    params = {"strata": strata is not None, "units": units}
    return Result("retention.log_rank", pd.DataFrame(rows), params, facts, tuple(notes), source)


def _given(durations: Any, observed: Any, by: Any, entry: Any) -> tuple[Any, list[Note]]:
    """All that was given as one frame, checked."""
    import numpy as np
    import pandas as pd

    lengths = {len(list(x)) for x in (durations, observed, by, entry) if x is not None}
    if len(lengths) != 1:
        raise UserError("retention.unequal", found=sorted(lengths))
    try:
        times = np.asarray(list(durations), float)
        late = np.zeros(len(times)) if entry is None else np.asarray(list(entry), float)
    except (ValueError, TypeError) as bad:
        raise UserError("retention.not_numbers", table="durations", column="duration", found=str(bad)[:80]) from bad
    frame = pd.DataFrame({"duration": times, "entry": late, "place": range(len(times))})
    seen = pd.Series(list(observed))
    if not seen.dropna().isin([0, 1]).all():
        raise UserError("retention.not_boolean", found=[str(v) for v in seen.dropna().unique()[:5]])
    frame["observed"] = seen.astype("float")
    frame["group"] = None if by is None else pd.Series(list(by), dtype=object)
    unknown = frame[["duration", "entry", "observed"]].isna().any(axis=1) | np.isinf(frame["duration"])
    notes = []
    if unknown.any():
        notes.append(Note("retention.note.unknown_rows", {"n": int(unknown.sum())}))
    bad = ~unknown & ((frame["duration"] < 0) | ((frame["entry"] > 0) & (frame["entry"] >= frame["duration"])))
    if bad.any():
        raise UserError("retention.bad_duration", table="durations", rows=[int(i) + 1 for i in np.flatnonzero(bad)])
    frame = frame[~unknown].reset_index(drop=True)
    if frame.empty:
        raise UserError("retention.empty", table="durations")
    frame["observed"] = frame["observed"].astype(int)
    return frame, notes


def _groups(frame: Any, by: Any) -> list[tuple[Any, Any]]:
    if by is None:
        return [(None, frame)]
    names = list(frame["group"].dropna().drop_duplicates())
    found = [(name, frame[frame["group"] == name]) for name in sorted(names, key=str)]
    missing = frame[frame["group"].isna()]
    return [*found, *([(None, missing)] if len(missing) else [])]


def _log_log(share: Any, error: Any) -> tuple[Any, Any]:
    """The interval on log(−log S), which stays between 0 and 1; blank where all are lost."""
    import numpy as np

    share, error = np.asarray(share, float), np.asarray(error, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = z_of() * error / (share * np.abs(np.log(share)))
        low, high = share ** np.exp(spread), share ** np.exp(-spread)
    inside = (share > 0) & (share < 1)
    return np.where(inside, low, np.where(share == 1, 1.0, np.nan)), np.where(
        inside, high, np.where(share == 1, 1.0, np.nan)
    )


def _described(name: Any, one: Any, fit: Any, end: float) -> dict[str, Any]:
    out = {"group": name, "n": len(one), "events": int(one["observed"].sum())}
    if fit is None:
        return (
            out
            | {"median": None, "median_low": None, "median_high": None}
            | dict.fromkeys(("restricted_mean", "restricted_mean_low", "restricted_mean_high"))
        )
    import numpy as np

    median = float(fit.quantile(0.5))
    with np.errstate(divide="ignore", invalid="ignore"):  # where all are lost, log(−log 0)
        low, high = (float(x) for x in fit.quantile_ci(0.5, method="cloglog"))
    told = [None if x != x or x == float("inf") else x for x in (median, low, high)]
    out |= dict(zip(("median", "median_low", "median_high"), told, strict=True))
    mean, error = _restricted(fit, end)
    spread = z_of() * error
    names = ("restricted_mean", "restricted_mean_low", "restricted_mean_high")
    return out | dict(zip(names, (mean, max(0.0, mean - spread), min(end, mean + spread)), strict=True))


def _restricted(fit: Any, end: float) -> tuple[float, float]:
    """The area below the curve up to ``end``, and its standard error (Greenwood)."""
    import numpy as np

    inside = fit.surv_times <= end
    times = np.concatenate([[0.0], fit.surv_times[inside], [end]])
    heights = np.concatenate([[1.0], fit.surv_prob[inside]])
    pieces = heights * np.diff(times)
    beyond = np.cumsum(pieces[::-1])[::-1][1:]  # area to the right of each loss
    risk, losses = fit.n_risk[inside], fit.n_events[inside]
    some = risk > losses
    variance = (beyond[some] ** 2 * losses[some] / (risk[some] * (risk[some] - losses[some]))).sum()
    return float(pieces.sum()), float(np.sqrt(variance))


def _at_risk(one: Any, times: Any) -> Any:
    """How many are under observation just before each of the times."""
    import numpy as np

    durations, entries = np.sort(one["duration"].to_numpy()), np.sort(one["entry"].to_numpy())
    entered = np.searchsorted(entries, times, side="left") if entries.max() > 0 else len(entries)
    return entered - np.searchsorted(durations, times, side="left")


def _at(values: Any, times: Any) -> Any:
    import numpy as np

    return np.bincount(np.searchsorted(times, values), minlength=len(times))
