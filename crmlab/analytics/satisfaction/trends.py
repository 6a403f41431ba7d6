"""The score over time, and since when it is another one: change points that keep their false alarms to what is said."""

from __future__ import annotations

from typing import Any

from ...errors import UserError, suggest
from ...results import Note, Result, Source
from .measures import measure_of
from .scores import SHOWN_N, one_version
from .tables import Answers, number, plain, quoted

__all__ = ["change_points", "trend"]

PERIODS = ("week", "month", "quarter", "year")
_DRAWS, _SEED = 1999, 41
_EDGE = 2  # periods that a stretch must hold


def trend(
    answers: Any,
    *,
    when: str,
    period: str = "month",
    measure: str = "nps",
    score: str | None = None,
    scale: tuple[int, int] | None = None,
    easy: str | None = None,
    false_alarms: float = 0.05,
    least_n: int = SHOWN_N,
    source: Source | None = None,
) -> Result:
    """The score by period, and the periods in which it changed for good.

    Parameters
    ----------
    answers, score, scale, easy, least_n, source
        As for :func:`~crmlab.analytics.satisfaction.difference`.
    when : str
        Column with the day of the answer.
    period : {"week", "month", "quarter", "year"}
    false_alarms : float
        In how many of such series without any change one may be found.

    Returns
    -------
    Result
        Kind ``satisfaction.trend``: by period ``n``, the score, its interval, and ``level``, the score of the stretch
        between two changes. ``new_level`` marks the first period of a new stretch; ``change_low`` to ``change_high``
        are the periods in which it may have begun (periods are whole: a set that holds 95 % at least); ``p_value`` how
        rarely chance alone does as much.
    """
    import numpy as np

    kind = measure_of(measure, scale=scale, easy=easy)
    if period not in PERIODS:
        raise UserError(
            "satisfaction.bad_period", found=period, wanted=list(PERIODS), near=suggest(str(period), PERIODS)
        )
    alarms = number(false_alarms, "false_alarms", least=0.0005, most=0.5)
    opened = Answers(answers, score or measure, [when])
    one_version(opened, kind)
    if not any(t in opened.types[when] for t in ("DATE", "TIME")):
        values = quoted(when)
        bad = opened.rows(f"{values} IS NOT NULL AND TRY_CAST({values} AS TIMESTAMP) IS NULL")
        if bad or "INT" in opened.types[when] or "DOUBLE" in opened.types[when]:
            raise UserError("satisfaction.bad_dates", table="answers", rows=bad, column=when, found=opened.types[when])
    start = f"CAST(date_trunc('{period}', CAST({quoted(when)} AS TIMESTAMP)) AS DATE)"
    opened.con.execute(f"CREATE TEMP TABLE dated AS SELECT *, {start} AS period_start FROM given")
    opened.con.execute("DROP VIEW given")
    opened.con.execute("ALTER TABLE dated RENAME TO given")
    found, notes = opened.counted(kind, ["period_start"])
    undated = found[found["period_start"].isna()]
    if len(undated):
        notes.append(Note("satisfaction.note.undated", {"n": int(undated["given_rows"].sum()), "column": when}))
    found = found[found["period_start"].notna() & (found["n"] > 0)].reset_index(drop=True)
    low, high = kind.limits(found["mean"], found["square"], found["n"])
    name, factor = kind.name, kind.factor
    table = found[["period_start", "n"]].copy()
    table[name] = factor * found["mean"]
    table[f"{name}_low"], table[f"{name}_high"] = low, high
    n = found["n"].to_numpy(float)
    within = (n * (found["square"] - found["mean"] ** 2)).sum() / max(n.sum() - len(n), 1)
    splits = change_points(found["mean"].to_numpy(float), n, float(within), alarms)
    level = np.zeros(len(table), dtype=int)
    columns: dict[str, list[Any]] = {c: [None] * len(table) for c in ("change_low", "change_high", "p_value")}
    for one in splits:
        level[one["at"] :] += 1
        starts = table["period_start"]
        columns["change_low"][one["at"]] = starts.iloc[one["low"]]
        columns["change_high"][one["at"]] = starts.iloc[one["high"]]
        columns["p_value"][one["at"]] = one["p_value"]
    shares = found["n"].groupby(level).transform("sum")
    table["level"] = factor * (found["n"] * found["mean"]).groupby(level).transform("sum") / shares
    table["new_level"] = np.isin(np.arange(len(table)), [one["at"] for one in splits])
    for column, values in columns.items():
        table[column] = values
    table["p_value"] = table["p_value"].astype("float64")
    hidden = table["n"] < least_n
    if hidden.any():
        table.loc[hidden, [name, f"{name}_low", f"{name}_high"]] = float("nan")
        values = {"groups": int(hidden.sum()), "n": int(table.loc[hidden, "n"].sum()), "least_n": least_n}
        notes.append(Note("satisfaction.note.suppressed", values))
    facts: dict[str, Any] = {"n": int(n.sum()), "periods": len(table), "changes": len(splits)}
    stretches = [table["level"].iloc[i] for i in (0, *[one["at"] for one in splits])]
    facts |= {"first_level": float(stretches[0]), "last_level": float(stretches[-1])}
    facts |= dict.fromkeys(("change_at", "change_low", "change_high", "before", "after", "p_value"))
    facts["verdict"] = "noise" if len(table) >= 2 * _EDGE else "too_few"
    if splits:
        best = min(splits, key=lambda one: (one["p_value"], -one["z"]))
        at = best["at"]
        facts |= {"change_at": table["period_start"].iloc[at], "before": float(table["level"].iloc[at - 1])}
        facts |= {"after": float(table["level"].iloc[at]), "p_value": best["p_value"], "verdict": "real"}
        facts |= {"change_low": table["period_start"].iloc[best["low"]]}
        facts |= {"change_high": table["period_start"].iloc[best["high"]]}
    total, square = float((n * found["mean"]).sum() / n.sum()), float((n * found["square"]).sum() / n.sum())
    low, high = kind.limits(total, square, n.sum())
    facts |= {"score": factor * total, "score_low": float(low), "score_high": float(high)}
    if len(table) < 2 * _EDGE:
        notes.append(Note("satisfaction.note.few_periods", {"n": len(table), "least": 2 * _EDGE}))
    units = {"period_start": "date", "n": "count"} | dict.fromkeys((name, f"{name}_low", f"{name}_high"), kind.unit)
    units |= {"level": kind.unit, "new_level": "mark", "change_low": "date", "change_high": "date", "p_value": "number"}
    params = {"measure": name, "when": when, "period": period, "false_alarms": alarms, "units": units}
    return Result("satisfaction.trend", table[list(units)], params, plain(facts), tuple(notes), source)


def change_points(mean: Any, n: Any, variance: float, false_alarms: float = 0.05) -> list[dict[str, Any]]:
    """Where the level of a series changes: the largest weighted CUSUM, judged against draws without a change.

    The series is split where the means before and after differ most for their numbers. Whether such a difference is
    rare is counted in draws of series of the same numbers without a change; each stretch is asked again at half of the
    level of the one before, so that all false alarms together stay within what was allowed. Where the change began is
    said by the likelihood of each place (each as likely beforehand): the fewest neighbours that hold 95 % or more.

    Parameters
    ----------
    mean, n : array
        By period the mean and the number of answers.
    variance : float
        Of an answer within its period.
    false_alarms : float

    Returns
    -------
    list of dict
        ``at`` (first period of the new level), ``low``, ``high``, ``p_value``, ``z``; in the order of time.

    Examples
    --------
    >>> import numpy as np
    >>> found = change_points(np.r_[np.zeros(8), np.ones(8)], np.full(16, 50.0), 1.0)
    >>> [(one["at"], one["low"], one["high"]) for one in found]
    [(8, 8, 8)]
    """
    import numpy as np

    mean, n = np.asarray(mean, float), np.asarray(n, float)
    rng = np.random.default_rng(_SEED)
    out: list[dict[str, Any]] = []
    if not variance > 0:
        variance = 1 / max(float(n.sum()), 1.0)  # all say the same within every period: any step is a change

    def contrasts(y: Any, w: Any) -> Any:
        left, total = np.cumsum(w)[:-1], w.sum()
        sums = np.cumsum(y * w, axis=-1)
        gap = sums[..., :-1] / left - (sums[..., -1:] - sums[..., :-1]) / (total - left)
        z = np.abs(gap) / np.sqrt(variance * (1 / left + 1 / (total - left)))
        return z[..., _EDGE - 1 : len(w) - _EDGE]

    def ask(first: int, last: int, level: float) -> None:
        if last - first < 2 * _EDGE:
            return
        y, w = mean[first:last], n[first:last]
        z = contrasts(y, w)
        best = int(np.argmax(z))
        draws = rng.normal(size=(_DRAWS, len(w))) * np.sqrt(variance / w)
        rare = (1 + int((contrasts(draws, w).max(axis=1) >= z[best]).sum())) / (_DRAWS + 1)
        if rare > level:
            return
        at = first + best + _EDGE
        chance = np.exp((z**2 - z[best] ** 2) / 2)
        chance /= chance.sum()
        along = np.r_[0.0, np.cumsum(chance)]
        ends = np.searchsorted(along, along[:-1] + 0.95 - 1e-12)
        begins = np.flatnonzero(ends <= len(chance))
        # the narrowest run, and of equally narrow ones the likeliest
        low = min(begins, key=lambda b: (ends[b] - b, along[b] - along[ends[b]]))
        places = {"low": int(low) + first + _EDGE, "high": int(ends[low]) - 1 + first + _EDGE}
        out.append({"at": at, **places, "p_value": rare, "z": float(z[best])})
        ask(first, at, level / 2)
        ask(at, last, level / 2)

    ask(0, len(mean), false_alarms)
    return sorted(out, key=lambda one: one["at"])
