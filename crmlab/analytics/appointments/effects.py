"""What a reminder does: from a draw, where it can be read off, and from a roll-out, where it must be worked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import UserError, suggest
from ...frames import frame_of
from ...intervals import newcombe, share_ratio, verdict_of, wilson, z_of
from ...regression import PER_COLUMN, Logit, fit_logit, known_rows
from ...results import Note, Result, Source

__all__ = ["adjusted", "trial"]

_LEAN = 0.1  # standardised difference of a mark between arms that calls for attention (Austin 2009)


def trial(
    table: Any,
    *,
    arm: str = "arm",
    treated: Any,
    control: Any,
    outcome: str = "missed",
    balance: Sequence[str] = (),
    source: Source | None = None,
) -> Result:
    """The effect of a reminder from a randomised trial: its 2×2 table, and all that follows from it.

    Parameters
    ----------
    table : DataFrame or Result
        One row an appointment; rows of neither arm are not used.
    arm : str
        The column of the draw: who was to be reminded, not who read it. Whoever compares readers with non-readers has
        no trial any more.
    treated, control : value
        The two arms.
    outcome : str
        A column of 0 and 1; 1 is what the reminder is to prevent.
    balance : sequence of str
        What was known before the draw, compared between the arms: numbers, or yes and no.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``appointments.trial``, a row an arm. ``facts``: ``risk_difference`` (Newcombe's interval), ``risk_ratio``
        (log interval), ``odds_ratio``, ``number_to_remind`` (missing bounds where no effect can't be ruled out: it then
        runs through infinity), ``p_value`` (two proportions, pooled), ``verdict``; ``draw_p`` says whether the arms'
        sizes fit a fair draw, ``leaning`` which marks of ``balance`` differ by more than a tenth of their spread.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("a", 1)] * 18 + [("a", 0)] * 132 + [("b", 1)] * 30 + [("b", 0)] * 120
    >>> found = trial(pd.DataFrame(rows, columns=["arm", "missed"]), treated="a", control="b").facts
    >>> round(found["risk_ratio"], 2), round(found["number_to_remind"], 1), round(found["p_value"], 4)
    (0.6, 12.5, 0.0588)
    """
    import pandas as pd
    from scipy.stats import binomtest

    frame = frame_of(table, (arm, outcome, *balance), "table")
    names = sorted({str(v) for v in frame[arm].dropna()})
    for wanted in (treated, control):
        if not (frame[arm] == wanted).any():
            raise UserError("appointments.no_arm", found=wanted, wanted=names, near=suggest(str(wanted), names))
    used = frame[frame[arm].isin([treated, control]) & frame[outcome].notna()]
    counts = {}
    rows = []
    for name in (control, treated):
        values = used.loc[used[arm] == name, outcome].astype(float)
        counts[name] = int(values.sum()), len(values)
        low, high = wilson(*counts[name])
        share = {"no_show_share": values.mean(), "no_show_share_low": low, "no_show_share_high": high}
        rows.append({"arm": str(name), "n": len(values), "missed": counts[name][0], **share})
    (a, n), (b, m) = counts[treated], counts[control]
    facts = _two_by_two(a, n, b, m)
    facts["draw_p"] = float(binomtest(n, n + m, 0.5).pvalue)
    leaning = {}
    for column in balance:
        values = used[column].astype(float)
        one, other = values[used[arm] == treated], values[used[arm] == control]
        spread = ((one.var() + other.var()) / 2) ** 0.5
        leaning[column] = float((one.mean() - other.mean()) / spread) if spread else 0.0
    facts["leaning"] = sorted(c for c, d in leaning.items() if abs(d) > _LEAN)
    notes = []
    if facts["leaning"]:
        notes.append(Note("appointments.note.leaning", {"columns": facts["leaning"]}))
    if facts["draw_p"] < 0.01:
        notes.append(Note("appointments.note.unfair_draw", {"n": n, "other": m, "p": facts["draw_p"]}))
    if facts["number_to_remind_low"] != facts["number_to_remind_low"]:
        notes.append(Note("appointments.note.no_number", {}))
    shares = dict.fromkeys(("no_show_share", "no_show_share_low", "no_show_share_high"), "share")
    units = {"arm": "text", "n": "count", "missed": "count", **shares}
    params = {"arm": arm, "treated": str(treated), "control": str(control), "balance": leaning, "units": units}
    return Result("appointments.trial", pd.DataFrame(rows), params, facts, tuple(notes), source)


def _two_by_two(a: int, n: int, b: int, m: int) -> dict[str, Any]:
    """``a`` of ``n`` reminded missed, ``b`` of ``m`` others."""
    from math import exp, log, sqrt
    from statistics import NormalDist

    nan = float("nan")
    difference, pooled = a / n - b / m, (a + b) / (n + m)
    low, high = newcombe(a, n, b, m)
    cells = (a, n - a, b, m - b)
    odds = odds_low = odds_high = nan
    if min(cells) > 0:
        middle, half = log(a * (m - b) / ((n - a) * b)), z_of() * sqrt(sum(1 / c for c in cells))
        odds, odds_low, odds_high = exp(middle), exp(middle - half), exp(middle + half)
    ratio_low, ratio_high = share_ratio(a, n, b, m)
    error = sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    z = difference / error if error else 0.0
    prevented = low < 0 and high < 0
    return {
        "n": n + m,
        "missed": a + b,
        "control_share": b / m,
        "treated_share": a / n,
        "risk_difference": difference,
        "risk_difference_low": low,
        "risk_difference_high": high,
        "risk_ratio": a / n / (b / m) if b else nan,
        "risk_ratio_low": ratio_low,
        "risk_ratio_high": ratio_high,
        "odds_ratio": odds,
        "odds_ratio_low": odds_low,
        "odds_ratio_high": odds_high,
        "number_to_remind": -1 / difference if difference < 0 else nan,
        "number_to_remind_low": -1 / low if prevented else nan,
        "number_to_remind_high": -1 / high if prevented else nan,
        "z": z,
        "p_value": 2 * (1 - NormalDist().cdf(abs(z))),
        "verdict": verdict_of(low, high, 0.0, min(cells)),
    }


def adjusted(
    table: Any,
    *,
    treated: str = "reminded",
    outcome: str = "missed",
    on: Sequence[str],
    strata: Sequence[str] = (),
    edges: Sequence[float] = (0, 3, 7, 14),
    source: Source | None = None,
) -> Result:
    """The effect of a reminder where nobody drew lots: compared plainly, within like appointments, and by regression.

    Parameters
    ----------
    table : DataFrame or Result
        Only appointments that could have been reminded: one booked for the same day could not.
    treated, outcome : str
        Columns of 0 and 1.
    on : sequence of str
        What steered who was reminded and goes with a no-show too. Never what came after the reminder.
    strata : sequence of str
        Columns that make like appointments (exact matching); numbers of more than six values in bands. By default
        ``on``.
    edges : sequence of float
        Where the bands begin.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``appointments.adjusted``. Rows: ``naive``; ``like_with_like`` (Mantel and Haenszel over strata of like
        appointments, those without a like one left out and counted); ``regression`` (logistic: the odds ratio at equal
        marks); ``standardised`` (that regression's chances, had all been reminded and had none). Each has the measures
        that it gives, with intervals: risk difference, risk ratio, odds ratio. ``facts["e_value"]``: how strongly a
        mark that nobody recorded would have to go with both to explain all of it (VanderWeele and Ding 2017).
    """
    import pandas as pd

    columns = (treated, outcome, *on)
    frame = known_rows(frame_of(table, (*columns, *strata), "table"), (*columns, *strata))
    t, y = frame[treated].astype(float), frame[outcome].astype(float)
    counts = int(y[t == 1].sum()), int((t == 1).sum()), int(y[t == 0].sum()), int((t == 0).sum())
    if min(counts[1], counts[3]) == 0:
        raise UserError("appointments.one_group", column=treated)
    if treated in on:
        raise UserError("appointments.own_cause", column=treated)
    plain = _two_by_two(*counts)
    measures = ("risk_difference", "risk_ratio", "odds_ratio")
    rows = [{"method": "naive"} | {f"{w}{e}": plain[f"{w}{e}"] for w in measures for e in ("", "_low", "_high")}]
    matched, alone = _matched(frame, t, y, list(strata or on), edges)
    fit = fit_logit(frame, outcome, [treated, *on])
    odds = fit.odds([treated])[0]
    regression = {"method": "regression"} | {f"odds_ratio{e}": odds[f"odds_ratio{e}"] for e in ("", "_low", "_high")}
    standard = _standardised(fit, frame, treated)
    rows += [matched, regression, standard]
    out = pd.DataFrame(rows)
    for row in rows:
        first = next(w for w in measures if w in row)
        row["verdict"] = verdict_of(
            row[f"{first}_low"], row[f"{first}_high"], float(first != "risk_difference"), fit.events
        )
    out["verdict"] = [r["verdict"] for r in rows]
    facts: dict[str, Any] = {"n": len(frame), "treated": counts[1], "events": fit.events}
    for word, row in (("naive", rows[0]), ("matched", matched), ("adjusted", regression), ("standardised", standard)):
        facts |= {f"{word}_{k}": v for k, v in row.items() if k not in ("method", "verdict")}
    facts |= {"alone": alone, "alone_share": alone / len(frame), "verdict": odds["verdict"]}
    facts |= {"odds_ratio": odds["odds_ratio"], "odds_ratio_low": odds["odds_ratio_low"]}
    facts |= {"odds_ratio_high": odds["odds_ratio_high"]}
    facts |= {"e_value": _e_value(standard["risk_ratio"]), "e_value_bound": _e_bound(standard)}
    notes = [Note("appointments.note.not_a_draw", {"e_value": facts["e_value"], "bound": facts["e_value_bound"]})]
    if alone:
        notes.append(Note("appointments.note.alone", {"n": alone, "share": alone / len(frame)}))
    if fit.events < PER_COLUMN * len(fit.names):
        values = {"n": fit.events, "columns": len(fit.names), "wanted": PER_COLUMN * len(fit.names)}
        notes.append(Note("appointments.note.few_events", values))
    kinds = {"risk_difference": "share", "risk_ratio": "number", "odds_ratio": "number"}
    units = {"method": "text", **{f"{w}{e}": u for w, u in kinds.items() for e in ("", "_low", "_high")}}
    units["verdict"] = "mark"
    params = {"treated": treated, "outcome": outcome, "on": tuple(on), "strata": tuple(strata or on), "units": units}
    return Result("appointments.adjusted", out, params, facts, tuple(notes), source)


def _matched(frame: Any, t: Any, y: Any, strata: list[str], edges: Sequence[float]) -> tuple[dict[str, Any], int]:
    """Mantel and Haenszel's ratio and difference over strata that hold both, and how many are in none of those.

    Variances: Robins, Breslow and Greenland (1986) for the odds ratio, Greenland and Robins (1985) for the risk ratio,
    Sato (1989) for the difference; all hold in many small strata as in a few large ones.
    """
    from math import exp, log, sqrt

    import numpy as np
    import pandas as pd

    def cut(values: Any) -> Any:
        many = pd.api.types.is_numeric_dtype(values) and values.nunique() > 6
        return pd.cut(values, [-np.inf, *sorted(edges)[1:], np.inf], right=False) if many else values

    keys = pd.DataFrame({c: cut(frame[c]) for c in strata})
    which = keys.groupby(strata, observed=True).ngroup().to_numpy()
    k = which.max() + 1
    one, hit = (t == 1).to_numpy(), (y == 1).to_numpy()
    a, b, c, d = (
        np.bincount(which, weights=some, minlength=k).astype(float)
        for some in (one & hit, one & ~hit, ~one & hit, ~one & ~hit)
    )
    both = (a + b > 0) & (c + d > 0)
    alone = int((~both[which]).sum())
    if not both.any():
        raise UserError("appointments.no_like", wanted=strata)
    a, b, c, d = (v[both] for v in (a, b, c, d))
    n1, n0 = a + b, c + d
    n = n1 + n0
    r, s, p, q = a * d / n, b * c / n, (a + d) / n, (b + c) / n
    row: dict[str, Any] = {"method": "like_with_like"}
    weight = n1 * n0 / n
    difference = float((weight * (a / n1 - c / n0)).sum() / weight.sum())
    lean = (c * n1**2 - a * n0**2 + n1 * n0 * (n0 - n1) / 2) / n**2
    even = (a * (n0 - c) + c * (n1 - a)) / (2 * n)
    variance = float((difference * lean.sum() + even.sum()) / weight.sum() ** 2)
    row |= _ends("risk_difference", difference, sqrt(max(variance, 0.0)))
    up, down = a * n0 / n, c * n1 / n
    nan = float("nan")
    row |= dict.fromkeys([f"{w}{e}" for w in ("risk_ratio", "odds_ratio") for e in ("", "_low", "_high")], nan)
    if up.sum() > 0 and down.sum() > 0:
        spread = float(((n1 * n0 * (a + c) - a * c * n) / n**2).sum() / (up.sum() * down.sum()))
        row |= _ends("risk_ratio", log(up.sum() / down.sum()), sqrt(spread), exp)
    if r.sum() > 0 and s.sum() > 0:
        R, S = r.sum(), s.sum()
        spread = (p * r).sum() / (2 * R**2) + (p * s + q * r).sum() / (2 * R * S) + (q * s).sum() / (2 * S**2)
        row |= _ends("odds_ratio", log(R / S), sqrt(float(spread)), exp)
    return row, alone


def _ends(what: str, middle: float, error: float, scale: Any = float) -> dict[str, float]:
    half = z_of() * error
    return {what: scale(middle), f"{what}_low": scale(middle - half), f"{what}_high": scale(middle + half)}


def _standardised(fit: Logit, frame: Any, treated: str) -> dict[str, Any]:
    """Had all been reminded and had none: mean chances of the same appointments (delta method)."""
    from math import exp, log, sqrt

    import numpy as np

    design = fit.design(frame)
    k = 1 + fit.names.index(treated)
    chances, slopes = [], []
    for value in (1.0, 0.0):
        design[:, k] = value
        p = 1 / (1 + np.exp(-(design @ fit.params)))
        chances.append(p)
        slopes.append((p * (1 - p)) @ design / len(p))
    m1, m0 = float(chances[0].mean()), float(chances[1].mean())
    n = len(frame)
    row: dict[str, Any] = {"method": "standardised"}
    g = slopes[0] - slopes[1]
    # the appointments themselves are a sample as well
    variance = float(g @ fit.covariance @ g) + float((chances[0] - chances[1]).var()) / n
    row |= _ends("risk_difference", m1 - m0, sqrt(variance))
    g = slopes[0] / m1 - slopes[1] / m0
    variance = float(g @ fit.covariance @ g) + float((chances[0] / m1 - chances[1] / m0).var()) / n
    return row | _ends("risk_ratio", log(m1 / m0), sqrt(variance), exp)


def _e_value(ratio: float) -> float:
    ratio = 1 / ratio if ratio < 1 else ratio
    return float(ratio + (ratio * (ratio - 1)) ** 0.5)


def _e_bound(row: dict[str, Any]) -> float:
    """The same for the end of the interval that is nearer to no effect; 1 where the interval holds it."""
    low, high = row["risk_ratio_low"], row["risk_ratio_high"]
    return 1.0 if low <= 1 <= high else _e_value(high if high < 1 else low)
