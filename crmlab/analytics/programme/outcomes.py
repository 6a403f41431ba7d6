"""What came of it: reached against wanted, and against what happened without it (difference in differences)."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...frames import frame_of, label_of, number
from ...intervals import verdict_of
from ...results import Note, Result, Source
from .tables import rows_of, single, table_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["effect", "outcomes"]

LEAST = 5  # units of a group, and cases of a cell: with fewer an interval is not shown


def outcomes(table: Any) -> Result:
    """What each objective reached of what it wanted, counted from where it began.

    Parameters
    ----------
    table : table or list of dict
        ``objective``, ``baseline``, ``target``, ``actual``.

    Returns
    -------
    Result
        Kind ``programme.outcomes``: a row an objective: ``change`` (actual minus baseline), ``realised_share``
        ((actual - baseline) / (target - baseline); 1 is all of it, below 0 the wrong way), ``standing`` (``reached``,
        ``falls_short``, ``wrong_way``, ``cannot_be_evaluated``) and ``lacks``. Facts count them.

    Notes
    -----
    Without a baseline nothing can be said of a change, however good the number looks: ``cannot_be_evaluated``. And a
    change is not yet the programme's doing: that is for :func:`effect`.

    Examples
    --------
    >>> rows = [{"objective": "leads", "baseline": 400, "target": 600, "actual": 570},
    ...         {"objective": "NPS", "target": 40, "actual": 38}]
    >>> outcomes(rows).table[["realised_share", "standing"]].values.tolist()
    [[0.85, 'falls_short'], [nan, 'cannot_be_evaluated']]
    """
    rows = rows_of(table, ("objective", "baseline", "target", "actual"), "outcomes")
    single(rows, "objective", "outcomes")
    out = []
    for r in rows:
        lacks = [c for c in ("baseline", "target", "actual") if r[c] is None]
        for c in ("baseline", "target", "actual"):
            if r[c] is not None:
                number(r[c], f"{c} ({r['objective']})", -float("inf"))
        change = share = None
        if not lacks:
            change, way = float(r["actual"] - r["baseline"]), float(r["target"] - r["baseline"])
            share = change / way if way else None
            lacks = [] if way else ["target"]  # a target that is the baseline asks for nothing
        standing = "cannot_be_evaluated"
        if share is not None:
            standing = "reached" if share >= 1 else "wrong_way" if share < 0 else "falls_short"
        row = {c: r[c] for c in ("objective", "baseline", "target", "actual")}
        out.append({**row, "change": change, "realised_share": share, "standing": standing,
                    "lacks": ", ".join(lacks) or None})  # fmt: skip
    frame = table_of(out).rename(columns={"target": "target_value"})
    numbers = ["baseline", "target_value", "actual", "change", "realised_share"]
    frame[numbers] = frame[numbers].astype("float64")
    count = {
        s: sum(r["standing"] == s for r in out) for s in ("reached", "falls_short", "wrong_way", "cannot_be_evaluated")
    }
    bare = tuple(r["objective"] for r in out if r["standing"] == "cannot_be_evaluated")
    notes = [Note("programme.note.cannot_be_evaluated", {"names": bare})] if bare else []
    units = dict.fromkeys(frame.columns, "text") | dict.fromkeys(numbers[:-1], "number") | {"realised_share": "share"}
    return Result("programme.outcomes", frame, {"units": units}, {"n": len(out), **count}, tuple(notes))


def effect(
    table: Any,
    *,
    value: str,
    treated: str,
    period: str,
    since: Any,
    unit: str | None = None,
    level: float = 0.95,
    source: Source | None = None,
) -> Result:
    """What the programme did: the change where it was, less the change where it was not (difference in differences).

    ``effect = (after - before of the treated) - (after - before of the others)``. Before and after alone (``naive``)
    takes all that happened meanwhile for the programme's doing.

    Parameters
    ----------
    table : DataFrame
        A row a unit and period, or a row a case.
    value : str
        What is measured.
    treated : str
        1 where the programme was, 0 where it was not.
    period : str
        Something that can be put in order: years, months as ``"2020-04"``, days.
    since : same as period
        The first period with the programme.
    unit : str, optional
        Who is followed (a shop, a customer, a city). The means of each unit before and after are compared, so that its
        many periods, which are alike, do not count as so many cases (Bertrand, Duflo and Mullainathan 2004). A unit
        that has both treated and other values (a city with a shop and a web shop) is compared with itself. Without
        ``unit`` every row is a case of its own.
    level : float
        Of the interval.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``programme.effect``: a row a group and period: ``n``, ``mean``, ``expected`` (what the treated would have
        had, had they changed as the others did). Facts: the four means (``treated_before``...), ``naive``,
        ``control_change``, ``effect`` with ``effect_low``, ``effect_high``, ``n``, ``p_value``, ``verdict``; ``ratio``
        with its interval, the treated's after / before by that of the others; ``trend_difference`` a period before the
        programme with its interval, ``trend_p``, and ``trends``: ``apart`` (they moved differently already: the
        comparison is not fair), ``alike`` (no difference seen, which is not proof), ``unknown`` (fewer than three
        periods before).

    Raises
    ------
    UserError
        ``programme.no_baseline``: one of the groups has no value before; it cannot be evaluated.
        ``programme.no_after``, ``programme.no_control``, ``programme.bad_value``, ``programme.mixed_units``.

    Notes
    -----
    The interval is ordinary least squares with a variance for each group (HC2), and degrees of freedom by Welch and
    Satterthwaite; with fewer than five units of a group (or cases of a cell) none is shown.

    Examples
    --------
    >>> import pandas as pd
    >>> pt_xyz = pd.DataFrame({"year": [2019, 2020] * 2, "shop": [1, 1, 0, 0], "sales": [100, 55, 100, 140]})
    >>> facts = effect(pt_xyz, value="sales", treated="shop", period="year", since=2020).facts
    >>> facts["naive"], facts["effect"], round(facts["ratio"], 3), facts["verdict"]
    (-45.0, -85.0, 0.393, 'too_few')
    """
    import pandas as pd

    number(level, "level", 0.5, 0.999)
    frame = frame_of(table, (value, treated, period, *([unit] if unit else [])), "table")
    if not pd.api.types.is_numeric_dtype(frame[value]):
        raise UserError("programme.bad_value", table="table", column=value, found=str(frame[value].dtype))
    seen = pd.DataFrame({"value": frame[value].astype("float64"), "period": frame[period]})
    flags = frame[treated]
    strange = sorted({str(v) for v in flags.dropna().unique() if v not in (0, 1, True, False)})
    if strange:
        raise UserError("programme.bad_flag", table="table", column=treated, found=strange)
    seen["treated"] = flags.astype("float64")
    seen["unit"] = frame[unit] if unit else range(len(frame))
    known = seen.dropna()
    notes = [Note("programme.note.unknown_rows", {"n": len(seen) - len(known)})] if len(known) < len(seen) else []
    known = known.assign(after=_after(known["period"], since, period))
    for group in (1.0, 0.0):
        part = known[known["treated"] == group]
        name = "treated" if group else "control"
        if part.empty:
            raise UserError("programme.no_control", table="table", found=name)
        if not (~part["after"]).any():
            raise UserError("programme.no_baseline", table="table", found=name, since=since)
        if not part["after"].any():
            raise UserError("programme.no_after", table="table", found=name, since=since)
    means = {(bool(g), bool(a)): float(v) for (g, a), v in known.groupby(["treated", "after"])["value"].mean().items()}
    if unit:
        found, dropped, counts, means = _by_unit(known, level, means)
        if dropped:
            notes.append(Note("programme.note.dropped_units", {"n": dropped}))
    else:
        found, counts = _by_case(known, level)
    naive, other = means[True, True] - means[True, False], means[False, True] - means[False, False]
    facts: dict[str, Any] = {
        "treated_before": means[True, False], "treated_after": means[True, True],
        "control_before": means[False, False], "control_after": means[False, True],
        "naive": naive, "control_change": other, "effect": naive - other, **found,
        "n": len(known), "treated_n": counts[0], "control_n": counts[1], "since": _named(since),
    }  # fmt: skip
    before, quotient = (means[True, False], means[False, False]), None
    if min(means.values()) > 0:
        quotient = (means[True, True] / before[0]) / (means[False, True] / before[1])
    facts["ratio"] = quotient
    for end in ("low", "high"):
        log = facts.pop(f"log_{end}", None)
        facts[f"ratio_{end}"] = None if quotient is None or log is None else quotient * exp(log)
    low, high = (found[k] if found[k] is not None else float("nan") for k in ("effect_low", "effect_high"))
    facts["verdict"] = verdict_of(low, high, 0.0, LEAST)
    facts |= _trends(known, bool(unit), level)
    notes.append(Note(f"programme.note.trends_{facts['trends']}", {"p": facts["trend_p"]}))
    if found["effect_low"] is None:
        notes.append(Note("programme.note.no_interval", {"least": LEAST}))
    units = {"group": "text", "period": "text", "n": "count", "mean": "number", "expected": "number"}
    # text would put period 10 before period 9
    order = known.groupby("period")["after"].first().sort_index()
    params = {"value": value, "treated": treated, "period": period, "since": _named(since), "unit": unit,
              "level": level, "order": tuple(_named(p) for p in order.index), "before_n": int((~order).sum()),
              "units": units}  # fmt: skip
    return Result("programme.effect", _courses(known), params, facts, tuple(notes), source)


def _after(periods: Any, since: Any, name: str) -> Any:
    import pandas as pd

    if pd.api.types.is_datetime64_any_dtype(periods):
        since = pd.Timestamp(since)
    try:
        return periods >= since
    except TypeError as bad:
        raise UserError("programme.bad_since", column=name, found=since, wanted=str(periods.iloc[0])) from bad


def _welch(one: np.ndarray, other: np.ndarray | None, level: float) -> dict[str, Any]:
    """Mean of one less mean of the other by least squares with a variance a group (HC2); of one alone against 0."""
    import numpy as np
    from scipy.stats import t

    groups = [g for g in (one, other) if g is not None]
    nothing = {"effect_low": None, "effect_high": None, "se": None, "p_value": None, "df": None}
    if min(len(g) for g in groups) < LEAST:
        return nothing
    import statsmodels.api as sm

    y = np.concatenate(groups)
    design = np.ones((len(y), 1)) if other is None else np.column_stack([np.ones(len(y)), np.arange(len(y)) < len(one)])
    fit = sm.OLS(y, design.astype(float)).fit(cov_type="HC2")
    estimate, se = float(fit.params[-1]), float(fit.bse[-1])
    parts = [float(g.var(ddof=1)) / len(g) for g in groups]
    if not se > 0:
        return nothing
    df = sum(parts) ** 2 / sum(p**2 / (len(g) - 1) for p, g in zip(parts, groups, strict=True))
    half = float(t.ppf(0.5 + level / 2, df)) * se
    p = float(2 * t.sf(abs(estimate) / se, df))
    return {"effect_low": estimate - half, "effect_high": estimate + half, "se": se, "p_value": p, "df": df}


def _by_unit(known: pd.DataFrame, level: float, means: Any) -> tuple[dict[str, Any], int, tuple[int, int], Any]:
    """Each unit's own change; units without a before or an after can't have one."""
    cells = known.groupby(["unit", "treated", "after"])["value"].mean().unstack("after")
    whole = cells.dropna()
    dropped = len(cells) - len(whole)
    change = whole[True] - whole[False]
    one, other = (change.xs(g, level="treated") if g in change.index.get_level_values(1) else None for g in (1.0, 0.0))
    for name, group in (("treated", one), ("control", other)):
        if group is None or group.empty:
            raise UserError("programme.no_pairs", table="table", found=name)
    shared = one.index.intersection(other.index)
    if len(shared):
        alone = len(one.index.symmetric_difference(other.index))
        if alone > len(shared):
            raise UserError("programme.mixed_units", table="table", found=len(shared), wanted=alone)
        dropped += alone
        one, other = one.loc[shared], other.loc[shared]
    means, bent = {}, []
    for group, units in ((1.0, one.index), (0.0, other.index)):
        kept = whole.xs(group, level="treated").loc[units]
        means |= {(bool(group), after): float(kept[after].mean()) for after in (False, True)}
        # how far each unit moves the logarithm of after / before (the delta method)
        bent.append((kept[True] / kept[True].mean() - kept[False] / kept[False].mean()).to_numpy())
    pair = bool(len(shared))
    found = _welch(*((one - other).to_numpy(), None) if pair else (one.to_numpy(), other.to_numpy()), level)
    logs = _welch(*(bent[0] - bent[1], None) if pair else bent, level)
    found |= {"log_low": logs["effect_low"], "log_high": logs["effect_high"]}
    return found, dropped, (len(one), len(other)), means


def _by_case(known: pd.DataFrame, level: float) -> tuple[dict[str, Any], tuple[int, int]]:
    """Every row a case: four cells, each with a variance of its own."""
    from scipy.stats import t

    cells = {k: v["value"].to_numpy() for k, v in known.groupby(["treated", "after"])}
    counts = tuple(int((known["treated"] == g).sum()) for g in (1.0, 0.0))
    nothing = {"effect_low": None, "effect_high": None, "se": None, "p_value": None, "df": None}
    if min(len(c) for c in cells.values()) < LEAST:
        return nothing, counts
    import numpy as np
    import statsmodels.api as sm

    a, b = known["treated"].to_numpy(), known["after"].to_numpy(dtype=float)
    fit = sm.OLS(known["value"].to_numpy(), np.column_stack([np.ones(len(a)), a, b, a * b])).fit(cov_type="HC2")
    estimate, se = float(fit.params[3]), float(fit.bse[3])
    if not se > 0:
        return nothing, counts
    parts = [(float(c.var(ddof=1)) / len(c), len(c)) for c in cells.values()]
    df = sum(p for p, _ in parts) ** 2 / sum(p**2 / (n - 1) for p, n in parts)
    half = float(t.ppf(0.5 + level / 2, df)) * se
    p = float(2 * t.sf(abs(estimate) / se, df))
    found = {"effect_low": estimate - half, "effect_high": estimate + half, "se": se, "p_value": p, "df": df}
    if all(c.mean() > 0 for c in cells.values()):  # the delta method, for the logarithm of the ratio
        bent = [(p / c.mean() ** 2, n) for (p, n), c in zip(parts, cells.values(), strict=True)]
        wide = sum(p for p, _ in bent)
        reach = float(t.ppf(0.5 + level / 2, wide**2 / sum(p**2 / (n - 1) for p, n in bent))) * wide**0.5
        found |= {"log_low": -reach, "log_high": reach}
    return found, counts


def _trends(known: pd.DataFrame, followed: bool, level: float) -> dict[str, Any]:
    """Whether the groups already moved apart before: the difference of their slopes, a period."""
    import numpy as np

    before = known[~known["after"]]
    order = {p: k for k, p in enumerate(sorted(before["period"].unique()))}
    ends = {"effect_low": "trend_low", "effect_high": "trend_high", "p_value": "trend_p"}
    out: dict[str, Any] = {"periods_before": len(order), "trend_difference": None} | dict.fromkeys(ends.values())
    if len(order) < 3:
        return out | {"trends": "unknown"}
    before = before.assign(at=before["period"].map(order).astype(float))
    if followed:
        slopes = _slopes(before)
        shared = sorted(set(slopes[1.0]) & set(slopes[0.0]), key=str)
        if shared:
            one = np.array([slopes[1.0][u] - slopes[0.0][u] for u in shared])
            difference, found = float(one.mean()), _welch(one, None, level)
        else:
            one, other = (np.array(list(slopes[g].values())) for g in (1.0, 0.0))
            if not len(one) or not len(other):
                return out | {"trends": "unknown"}
            difference, found = float(one.mean() - other.mean()), _welch(one, other, level)
    else:
        import statsmodels.api as sm
        from scipy.stats import t

        a, x = before["treated"].to_numpy(), before["at"].to_numpy()
        if min((a == g).sum() for g in (1.0, 0.0)) < 2 * LEAST:
            return out | {"trends": "unknown"}
        fit = sm.OLS(before["value"].to_numpy(), np.column_stack([np.ones(len(a)), a, x, a * x])).fit(cov_type="HC3")
        difference, se = float(fit.params[3]), float(fit.bse[3])
        half = float(t.ppf(0.5 + level / 2, len(a) - 4)) * se
        found = {"effect_low": difference - half, "effect_high": difference + half}
        found["p_value"] = float(2 * t.sf(abs(difference) / se, len(a) - 4)) if se > 0 else None
    out |= {"trend_difference": difference} | {ends[k]: found[k] for k in ends}
    p = out["trend_p"]
    return out | {"trends": "unknown" if p is None else "apart" if p < 0.05 else "alike"}


def _slopes(before: pd.DataFrame) -> dict[float, dict[Any, float]]:
    """The least-squares slope of each unit with two periods or more, by group."""
    by = [before["unit"], before["treated"]]
    x = before["at"] - before.groupby(["unit", "treated"])["at"].transform("mean")
    sums = (x * before["value"]).groupby(by).sum(), (x * x).groupby(by).sum()
    found = (sums[0] / sums[1])[sums[1] > 0]
    out: dict[float, dict[Any, float]] = {1.0: {}, 0.0: {}}
    for (u, g), slope in found.items():
        out[g][u] = float(slope)
    return out


def _named(period: Any) -> str:
    """A period as it stands in a table."""
    name = label_of(period)
    return name.isoformat()[:10] if hasattr(name, "isoformat") else str(name)


def _courses(known: pd.DataFrame) -> pd.DataFrame:
    """The two groups period by period, and the treated as they would have been."""
    means = known.groupby(["treated", "period"]).agg(n=("value", "size"), mean=("value", "mean"))
    control = means.loc[0.0, "mean"] if 0.0 in means.index.get_level_values(0) else None
    base = {g: known[(known["treated"] == g) & ~known["after"]]["value"].mean() for g in (1.0, 0.0)}
    rows = []
    for (g, p), r in means.iterrows():
        expected = None
        if g == 1.0 and p in control.index:
            expected = float(base[1.0] + control[p] - base[0.0])
        rows.append({"group": "treated" if g else "control", "period": _named(p), "n": int(r["n"]),
                     "mean": float(r["mean"]), "expected": expected})  # fmt: skip
    frame = table_of(rows)
    frame["expected"] = frame["expected"].astype("float64")
    return frame
