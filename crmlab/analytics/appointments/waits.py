"""How long people wait: means, quantiles and a standard, with those who left counted as far as they waited; and what
waiting does to their scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import UserError
from ...frames import frame_of, label_of, number, times_of
from ...intervals import newcombe, verdict_of, wilson, z_of
from ...results import Note, Result, Source
from .tables import FEWEST, flags_of

__all__ = ["wait_scores", "waiting"]

STANDARD_MINUTES = 60  # outpatients in Indonesia: Decree of the Minister of Health 129/2008


def waiting(
    visits: Any,
    *,
    by: str | None = None,
    standard: float = STANDARD_MINUTES,
    quantiles: Sequence[float] = (0.5, 0.9),
    source: Source | None = None,
) -> Result:
    """How long people waited, group by group, against a standard.

    Parameters
    ----------
    visits : DataFrame
        As :data:`VISITS`: ``wait_minutes``, or ``checked_in_at`` and ``examined_at``. With ``left_at``, or a column
        ``left_unseen`` of yes and no beside ``wait_minutes``, who left before being seen counts as having waited at
        least so long (Kaplan and Meier); without, visits with no wait were not measured, and are counted.
    by : str, optional
        A column.
    standard : float
        Minutes; 60 is the Indonesian standard for outpatients.
    quantiles : sequence of float
        Beside the median.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``appointments.waiting``: per group ``n``, ``left_unseen``, ``mean_minutes`` (missing where people left:
        nobody knows how long they would have waited), quantiles as ``median_minutes`` and ``p90_minutes`` with
        distribution-free intervals, ``within_share`` within the standard with its interval, and a verdict whether
        that share differs from all others' (Newcombe).
    """
    import pandas as pd

    given = frame_of(visits, (by,) if by else (), "visits")
    minutes, seen, notes = _minutes(given)
    number(standard, "standard", 0)
    for q in quantiles:
        number(q, "quantiles", 0.01, 0.99)
    quantiles = sorted({0.5, *quantiles})
    table = pd.DataFrame({"minutes": minutes, "seen": seen, "group": given[by] if by else ""})
    table = table[table["minutes"].notna()]
    if table.empty:
        raise UserError("appointments.no_waits", table="visits")
    rows = []
    if by:
        for name, some in table.dropna(subset=["group"]).groupby("group", sort=True, observed=True):
            rows.append(_waited("member", by, label_of(name), some, standard, quantiles))
            rest = table[table["group"] != name]
            rows[-1]["verdict"] = _apart(some, rest, standard)
        if table["group"].isna().any():
            some = table[table["group"].isna()]
            rows.append(_waited("member", by, None, some, standard, quantiles) | {"verdict": "too_few"})
        rows.sort(key=lambda r: -(r["within_share"] if r["within_share"] == r["within_share"] else -1))
    whole = _waited("total", by or "group", None, table, standard, quantiles)
    frame = pd.DataFrame([*rows, whole])
    if by:
        frame[by] = frame[by].astype(object).where(frame[by].notna(), None)
    else:
        frame = frame.drop(columns="group")
    facts = {k: v for k, v in whole.items() if k not in ("row", by or "group")}
    facts |= {"standard": standard, "groups": len(rows)}
    if rows:
        for word, row in (("best", rows[0]), ("worst", rows[-1])):
            facts |= {f"{word}_group": row[by], f"{word}_n": row["n"], f"{word}_median": row["median_minutes"]}
            facts |= {f"{word}_share{e}": row[f"within_share{e}"] for e in ("", "_low", "_high")}
        facts["verdict"] = rows[-1]["verdict"]
    else:
        for word in ("best", "worst"):
            facts |= {f"{word}_group": None, f"{word}_n": whole["n"], f"{word}_median": whole["median_minutes"]}
            facts |= {f"{word}_share{e}": whole[f"within_share{e}"] for e in ("", "_low", "_high")}
    if whole["left_unseen"]:
        notes.append(Note("appointments.note.left_unseen", {"n": whole["left_unseen"]}))
    units: dict[str, str] = {**({by: "text"} if by else {}), "n": "count", "left_unseen": "count", "verdict": "mark"}
    units |= {c: "share" if "share" in c else "number" for c in frame if c not in units and c != "row"}
    params = {"by": by, "standard": standard, "quantiles": tuple(quantiles), "units": units}
    return Result("appointments.waiting", frame, params, facts, tuple(notes), source)


def _minutes(frame: Any) -> tuple[Any, Any, list[Note]]:
    """Minutes waited, whether they ended in being seen, and what to say of the rest."""
    import numpy as np

    if "wait_minutes" in frame:
        minutes = frame["wait_minutes"].astype(float)
        seen = ~flags_of(frame, "left_unseen", "visits").fillna(0).astype(bool) if "left_unseen" in frame else None
    else:
        if missing := [c for c in ("checked_in_at", "examined_at") if c not in frame]:
            raise UserError(
                "frames.missing_column", table="visits", wanted=missing, found=[str(c) for c in frame], near=[]
            )
        begins, ends = (times_of(frame, c, "visits") for c in ("checked_in_at", "examined_at"))
        seen = ends.notna()
        if "left_at" in frame:
            ends = ends.fillna(times_of(frame, "left_at", "visits"))
        minutes = (ends - begins).dt.total_seconds() / 60
    notes = []
    negative = minutes < 0
    if negative.any():
        notes.append(Note("appointments.note.negative_waits", {"n": int(negative.sum())}))
        minutes = minutes.mask(negative)
    unknown = int(minutes.isna().sum()) - int(negative.sum())
    if unknown:
        notes.append(Note("appointments.note.no_wait", {"n": unknown}))
    return minutes, (np.ones(len(minutes), dtype=bool) if seen is None else seen.to_numpy()), notes


def _waited(kind: str, by: str, name: Any, some: Any, standard: float, quantiles: Sequence[float]) -> dict[str, Any]:
    minutes, seen = some["minutes"].to_numpy(float), some["seen"].to_numpy(bool)
    n, nan = len(minutes), float("nan")
    row: dict[str, Any] = {"row": kind, by: name, "n": n, "left_unseen": int((~seen).sum())}
    mean = low = high = nan
    if seen.all() and n >= 2:
        mean = float(minutes.mean())
        low, high = _mean_ends(minutes)
    row |= {"mean_minutes": mean, "mean_minutes_low": low, "mean_minutes_high": high}
    for q in quantiles:
        word = "median_minutes" if q == 0.5 else f"p{round(100 * q)}_minutes"
        value, low, high = _quantile(minutes, seen, q)
        row |= {word: value, f"{word}_low": low, f"{word}_high": high}
    if seen.all():
        hits = int((minutes <= standard).sum())
        row["within_share"] = hits / n
        row["within_share_low"], row["within_share_high"] = wilson(hits, n)
    else:
        times, still, error = _curve(minutes, seen)
        k = int((times <= standard).sum()) - 1
        s, e = (1.0, 0.0) if k < 0 else (float(still[k]), float(error[k]))
        row["within_share"] = 1 - s
        row["within_share_low"], row["within_share_high"] = _one_less(s, e)
    return row


def _mean_ends(minutes: Any) -> tuple[float, float]:
    """Student's interval, put right for a long right tail (Johnson 1978)."""
    from scipy.stats import t as student

    n, mean = len(minutes), float(minutes.mean())
    if n < FEWEST:
        return float("nan"), float("nan")
    spread = float(minutes.std(ddof=1))
    third = float(((minutes - mean) ** 3).mean())
    lean = third / (6 * spread**2 * n) if spread else 0.0
    half = float(student.ppf(0.975, n - 1)) * spread / n**0.5
    return mean + lean - half, mean + lean + half


def _curve(minutes: Any, seen: Any) -> tuple[Any, Any, Any]:
    """Who still waits (Kaplan and Meier) at each time somebody was seen, and the error of its log (Greenwood)."""
    import numpy as np

    times, where = np.unique(minutes[seen], return_inverse=True)
    events = np.bincount(where, minlength=len(times)).astype(float)
    risk = len(minutes) - np.searchsorted(np.sort(minutes), times, side="left").astype(float)
    still = np.cumprod(1 - events / risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(np.cumsum(events / (risk * (risk - events))))
    return times, still, error


def _one_less(s: float, error: float) -> tuple[float, float]:
    """The interval of 1 - S on the log-log scale."""
    from math import exp, isfinite, log

    if not 0 < s < 1 or not isfinite(error):
        return float("nan"), float("nan")
    half = z_of() * error / abs(log(s))
    return 1 - s ** exp(-half), 1 - s ** exp(half)


def _quantile(minutes: Any, seen: Any, q: float) -> tuple[float, float, float]:
    """A quantile and its interval without assuming a shape: ranks where all were seen, the curve's where not."""
    import numpy as np
    from scipy.stats import binom

    nan = float("nan")
    n = len(minutes)
    if seen.all():
        values = np.sort(minutes)
        middle = float(np.quantile(values, q))
        lower = int(binom.ppf(0.025, n, q))
        upper = int(binom.ppf(0.975, n, q))
        if lower < 1 or upper >= n:
            return middle, nan, nan
        return middle, float(values[lower - 1]), float(values[upper])
    times, still, error = _curve(minutes, seen)
    down = times[still <= 1 - q]
    middle = float(down[0]) if len(down) else nan
    # the quantile's interval: where the curve's own interval holds 1 - q (Brookmeyer and Crowley 1982)
    with np.errstate(divide="ignore", invalid="ignore"):
        distance = np.log(-np.log(still)) - np.log(-np.log(1 - q))
        within = np.abs(distance) <= z_of() * error / np.abs(np.log(still))
    held = times[within & (still > 0)]
    if not len(held):
        return middle, nan, nan
    beyond = times[times > held[-1]]
    return middle, float(held[0]), float(beyond[0]) if len(beyond) else nan


def _apart(some: Any, rest: Any, standard: float) -> str:
    """Whether a group's share within the standard differs from that of all others."""
    if len(some) < FEWEST or len(rest) < FEWEST or not (some["seen"].all() and rest["seen"].all()):
        return "too_few"
    hits, others = ((x["minutes"] <= standard).sum() for x in (some, rest))
    low, high = newcombe(hits, len(some), others, len(rest))
    return "noise" if low <= 0 <= high else "real"


def wait_scores(
    table: Any,
    *,
    wait: str = "wait_minutes",
    score: str = "csat",
    scale: tuple[int, int] = (1, 5),
    satisfied: int = 4,
    free_minutes: float = 30,
    per_minutes: float = 30,
    standard: float = STANDARD_MINUTES,
    source: Source | None = None,
) -> Result:
    """What waiting does to a score: shares of the satisfied by band, and a line under the rounded answers.

    Parameters
    ----------
    table : DataFrame
        One row an answer, with the minutes waited before it.
    wait, score : str
    scale : (int, int)
        The lowest and the highest answer.
    satisfied : int
        Answers from here on count as satisfied.
    free_minutes : float
        Waiting that costs nothing: the line falls from here on.
    per_minutes : float
        What the slope is told for.
    standard : float
    source : Source, optional

    Returns
    -------
    Result
        Kind ``appointments.wait_scores``: per band ``n``, ``satisfied_share`` with Wilson's interval, ``mean_score``.
        ``facts``: ``slope`` for each ``per_minutes`` more, ``base`` and ``spread`` of the satisfaction behind the
        answers, of which each answer tells only between which halves it lies (maximum likelihood); ``plain_slope`` of
        the answers as they are, which is flatter as they can't go beyond the scale; ``difference`` of the satisfied
        within and beyond the standard (Newcombe).
    """
    import numpy as np
    import pandas as pd

    frame = frame_of(table, (wait, score), "table")
    low, high = scale
    kept = frame[frame[wait].notna() & frame[score].notna()]
    minutes, answers = kept[wait].to_numpy(float), kept[score].to_numpy(float)
    odd = (answers < low) | (answers > high) | (answers != np.round(answers))
    if odd.any():
        rows = [int(i) + 1 for i in np.flatnonzero(odd)]
        raise UserError("appointments.off_scale", table="table", rows=rows, column=score, wanted=[low, high])
    if len(answers) < FEWEST:
        raise UserError("appointments.few_answers", found=len(answers), wanted=FEWEST)
    if answers.min() == answers.max():
        raise UserError("appointments.one_answer", column=score, found=int(answers[0]))
    edges = sorted({0.0, float(free_minutes), float(standard), 1.5 * standard})
    rows = []
    for k, begin in enumerate(edges):
        end = edges[k + 1] if k + 1 < len(edges) else np.inf
        # up to and with the standard, as the standard is "within 60 minutes"
        some = answers[(minutes > begin if k else minutes >= 0) & (minutes <= end)]
        n, hits = len(some), int((some >= satisfied).sum())
        share = hits / n if n else float("nan")
        ends = wilson(hits, n) if n else (float("nan"),) * 2
        name = f"{begin:g}–{end:g}" if np.isfinite(end) else f"{begin:g}+"
        row = {"wait_band": name, "n": n, "satisfied": hits, "satisfied_share": share}
        row |= {"satisfied_share_low": ends[0], "satisfied_share_high": ends[1]}
        row |= {"mean_score": float(some.mean()) if n else float("nan")}
        rows.append(row | {"verdict": "too_few" if n < FEWEST else ""})
    late = np.maximum(minutes - free_minutes, 0) / per_minutes
    if late.max() == 0 or late.min() == late.max():
        raise UserError("appointments.no_spread", column=wait)
    value, error = _latent(late, answers, low, high)
    within = minutes <= standard
    h1, n1 = int((answers[within] >= satisfied).sum()), int(within.sum())
    h0, n0 = int((answers[~within] >= satisfied).sum()), int((~within).sum())
    facts: dict[str, Any] = {"n": len(answers), "satisfied_share": float((answers >= satisfied).mean())}
    names = ("base", "slope", "log_spread")
    for name, x, e in zip(names, value, error, strict=True):
        facts |= {name: x, f"{name}_low": x - z_of() * e, f"{name}_high": x + z_of() * e}
    facts |= {f"spread{e}": float(np.exp(facts[f"log_spread{e}"])) for e in ("", "_low", "_high")}
    facts["plain_slope"] = float(np.polyfit(late, answers, 1)[0])
    for word, h, n in (("within", h1, n1), ("beyond", h0, n0)):
        ends = wilson(h, n) if n else (float("nan"),) * 2
        facts |= {f"{word}_share": h / n if n else float("nan"), f"{word}_n": n}
        facts |= {f"{word}_share_low": ends[0], f"{word}_share_high": ends[1]}
    if n1 and n0:
        ends = newcombe(h1, n1, h0, n0)
        facts |= {"difference": h1 / n1 - h0 / n0, "difference_low": ends[0], "difference_high": ends[1]}
    else:
        facts |= dict.fromkeys(("difference", "difference_low", "difference_high"), float("nan"))
    facts["verdict"] = verdict_of(facts["slope_low"], facts["slope_high"], 0.0, len(answers))
    notes = []
    if len(kept) < len(frame):
        notes.append(Note("appointments.note.unknown_rows", {"n": len(frame) - len(kept)}))
    shares = ("satisfied_share", "satisfied_share_low", "satisfied_share_high")
    units = {"wait_band": "text", "n": "count", "satisfied": "count", **dict.fromkeys(shares, "share")}
    units |= {"mean_score": "number", "verdict": "mark"}
    params = {"wait": wait, "score": score, "scale": tuple(scale), "satisfied": satisfied, "standard": standard}
    params |= {"free_minutes": free_minutes, "per_minutes": per_minutes, "units": units}
    return Result("appointments.wait_scores", pd.DataFrame(rows), params, facts, tuple(notes), source)


def _latent(late: Any, answers: Any, low: int, high: int) -> tuple[list[float], list[float]]:
    """Base, slope and log spread of a normal quantity that was rounded and clipped to the scale."""
    import numpy as np
    from scipy.optimize import minimize
    from scipy.stats import norm

    lower = np.where(answers == low, -np.inf, answers - 0.5)
    upper = np.where(answers == high, np.inf, answers + 0.5)

    def parts(theta: Any) -> tuple[Any, Any]:
        base, slope, log_spread = theta
        spread = np.exp(log_spread)
        a, b = (lower - base - slope * late) / spread, (upper - base - slope * late) / spread
        chance = np.maximum(norm.cdf(b) - norm.cdf(a), 1e-300)
        up, down = norm.pdf(b) / chance, norm.pdf(a) / chance
        step = (up - down) / spread
        bent = np.where(np.isfinite(b), b, 0) * up - np.where(np.isfinite(a), a, 0) * down
        return chance, np.column_stack([step, step * late, bent])

    def loss(theta: Any) -> tuple[float, Any]:
        chance, slopes = parts(theta)
        return -float(np.log(chance).sum()) / len(late), slopes.sum(axis=0) / len(late)

    start = (float(answers.mean()), 0.0, float(np.log(max(answers.std(), 0.2))))
    fit = minimize(loss, start, jac=True, method="BFGS", options={"gtol": 1e-7})
    # the likelihood's own curvature, by small steps of its slope: the slopes' product is too sure of few answers
    step = 1e-5
    curve = [(loss(fit.x + step * e)[1] - loss(fit.x - step * e)[1]) / (2 * step) for e in np.eye(3)]
    information = len(late) * (np.array(curve) + np.array(curve).T) / 2
    return [float(x) for x in fit.x], [float(e) for e in np.sqrt(np.diag(np.linalg.inv(information)))]
