"""The eight factors of experience, customer delight, and a form's scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import UserError, suggest
from ...intervals import wilson
from ...results import Note, Result, Source
from .intervals import LEAST_N, mean_interval, share_interval, verdict_of
from .measures import measure_of
from .tables import frame_of, plain, several

__all__ = ["FACTORS", "delight", "factors", "form"]

FACTORS = (
    "accessibility",
    "competence",
    "recognition",
    "helpfulness",
    "personalization",
    "problem_solving",
    "promise_fulfilment",
    "value_for_time",
)
"""The eight factors of customer experience, in the order of the book."""


def factors(
    performance: Any,
    importance: Mapping[str, float] | Any,
    *,
    names: Sequence[str] = FACTORS,
    scale: tuple[int, int] = (1, 5),
    source: Source | None = None,
) -> Result:
    """Importance beside performance, factor by factor: where the gap is widest.

    Parameters
    ----------
    performance : DataFrame or mapping
        Answers with a column a factor, or one number a factor.
    importance : DataFrame or mapping
        As ``performance``: how important each is said to be, on the same scale.
    names : sequence of str
        The factors; the book's eight by default. All must be there.
    scale : (int, int)

    Returns
    -------
    Result
        Kind ``satisfaction.factors``: by factor ``performance``, ``importance``, ``gap`` (importance − performance) and
        its place in the quadrants: ``priority_act``, ``priority_keep``, ``priority_watch``, ``priority_leave``.
        Intervals where there are answers.

    Examples
    --------
    >>> found = factors(dict(zip(FACTORS, [4, 5, 3, 4, 2, 4, 5, 3])), dict(zip(FACTORS, [5, 4, 4, 4, 5, 5, 5, 3])))
    >>> found.facts["mean_performance"], found.facts["factor"], found.facts["gap"], round(found.facts["weighted"], 3)
    (3.75, 'personalization', 3.0, 3.771)
    """
    import numpy as np
    import pandas as pd

    measure_of("mean", scale=scale)
    sides = {}
    for what, given in (("performance", performance), ("importance", importance)):
        columns = list(given.columns) if hasattr(given, "columns") else list(given)
        missing = [f for f in names if f not in columns]
        if missing:
            near = [n for m in missing for n in suggest(m, [str(c) for c in columns], 1)]
            raise UserError("satisfaction.missing_factor", what=what, wanted=missing, found=columns, near=near)
        sides[what] = _side(given, list(names), scale, what)
    table = pd.DataFrame({"factor": list(names)})
    for what, (mean, low, high, n) in sides.items():
        table[what], table[f"{what}_low"], table[f"{what}_high"] = mean, low, high
        table[f"n_{what}"] = n
    table["gap"] = table["importance"] - table["performance"]
    important = table["importance"] >= table["importance"].mean()
    good = table["performance"] >= table["performance"].mean()
    table["priority"] = np.select(
        [important & ~good, important & good, ~important & ~good],
        ["priority_act", "priority_keep", "priority_watch"],
        "priority_leave",
    )
    widest = table.iloc[int(table["gap"].to_numpy().argmax())]
    weights = table["importance"] / table["importance"].sum()
    facts = {
        "factors": len(table),
        "mean_performance": float(table["performance"].mean()),
        "weighted": float((weights * table["performance"]).sum()),
        "factor": widest["factor"],
        "gap": float(widest["gap"]),
        "lowest": table.loc[table["performance"].idxmin(), "factor"],
        "n": int(table["n_performance"].max()),
    }
    notes = []
    if not table["performance_low"].notna().any():
        notes.append(Note("satisfaction.note.plain_numbers", {}))
    units = {"factor": "text", "priority": "mark", "n_performance": "count", "n_importance": "count"}
    units = {c: units.get(c, "score") for c in table.columns}
    params = {"scale_low": scale[0], "scale_high": scale[1], "units": units}
    return Result("satisfaction.factors", table, params, plain(facts), tuple(notes), source)


def _side(given: Any, names: list[str], scale: tuple[int, int], what: str) -> tuple[Any, Any, Any, Any]:
    import numpy as np

    if hasattr(given, "columns"):
        values = given[names].apply(lambda c: c.astype("float64"))
        off = (values < scale[0]) | (values > scale[1])
        if off.to_numpy().any():
            rows = [int(i) + 1 for i in np.flatnonzero(off.any(axis=1))]
            written = f"{scale[0]}–{scale[1]}"
            raise UserError("satisfaction.factor_scale", table=what, rows=rows, scale=written)
        n = values.notna().sum().to_numpy()
        mean, square = values.mean().to_numpy(), (values**2).mean().to_numpy()
        low, high = mean_interval(mean, square, n, scale)
        return mean, low, high, n
    mean = np.array([float(given[f]) for f in names])
    if ((mean < scale[0]) | (mean > scale[1])).any():
        written = f"{scale[0]}–{scale[1]}"
        rows = [names[i] for i in np.flatnonzero((mean < scale[0]) | (mean > scale[1]))]
        raise UserError("satisfaction.factor_scale", table=what, rows=rows, scale=written)
    empty = np.full(len(names), np.nan)
    return mean, empty, empty, np.zeros(len(names), dtype=int)


def delight(
    answers: Any,
    *,
    score: str,
    expected: str,
    performance: str | None = None,
    scale: tuple[int, int] = (1, 5),
    by: str | None = None,
    source: Source | None = None,
) -> Result:
    """Customer delight: the share who give the top answer **and** found it better than they expected.

    Parameters
    ----------
    answers : DataFrame
    score : str
        Satisfaction on ``scale``; only its highest answer is the top box.
    expected : str
        What was expected, on the scale of ``performance``; or true and false for "better than expected" itself.
    performance : str, optional
        What was experienced; the satisfaction itself by default.
    by : str, optional
        Groups or waves.

    Returns
    -------
    Result
        Kind ``satisfaction.delight``: ``delight_share`` with Wilson's interval, and ``top_share`` beside it. Who was
        not asked what he expected is not counted, and said.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"csat": [5] * 40 + [4] * 60, "better": [True] * 30 + [False] * 70})
    >>> delight(people, score="csat", expected="better").facts["delight_share"]
    0.3
    """
    import numpy as np
    import pandas as pd

    measure_of("mean", scale=scale)
    columns = [score, expected, *([performance] if performance else []), *several(by)]
    frame = frame_of(answers, columns, "answers")
    known = frame[[score, expected, *([performance] if performance else [])]].notna().all(axis=1)
    notes = []
    if not known.all():
        notes.append(Note("satisfaction.note.no_expectation", {"n": int((~known).sum())}))
    used = frame[known]
    if not len(used):
        raise UserError("satisfaction.all_blank", table="answers", column=expected, n=len(frame))
    values = used[score].to_numpy(float)
    off = (values < scale[0]) | (values > scale[1])
    if off.any():
        written = f"{scale[0]}–{scale[1]}"
        rows = [int(i) + 1 for i in np.flatnonzero(known)[off]]
        raise UserError("satisfaction.factor_scale", table="answers", rows=rows, scale=written)
    top = values == scale[1]
    flags = pd.unique(used[expected].astype(object))
    if set(flags) <= {True, False} and pd.api.types.is_bool_dtype(used[expected].infer_objects()):
        better = used[expected].astype(bool).to_numpy()
    else:
        better = used[performance or score].to_numpy(float) > used[expected].to_numpy(float)
        if performance is None and scale[1] <= used[expected].to_numpy(float).min():
            notes.append(Note("satisfaction.note.never_exceeded", {}))
    told = pd.DataFrame({"top": top, "delighted": top & better})
    told["group"] = used[by].to_numpy() if by else "all"
    counts = told.groupby("group", dropna=False, sort=True)[["top", "delighted"]].agg(["sum", "size"])
    table = pd.DataFrame({"row": "member", **({by: counts.index} if by else {})}, index=range(len(counts)))
    table["n"] = counts[("top", "size")].to_numpy()
    table["top_box"], table["delighted"] = counts[("top", "sum")].to_numpy(), counts[("delighted", "sum")].to_numpy()
    if by:
        whole = {"row": "total", by: None, **table[["n", "top_box", "delighted"]].sum().to_dict()}
        table = pd.concat([table, pd.DataFrame([whole])], ignore_index=True)
    else:
        table["row"] = "total"
    table["top_share"] = table["top_box"] / table["n"]
    table["delight_share"] = table["delighted"] / table["n"]
    low, high = share_interval(table["delight_share"], table["n"])
    table["delight_share_low"], table["delight_share_high"] = low, high
    whole = table.iloc[-1]
    middle = float(whole["delight_share"])
    table["verdict"] = verdict_of(low, high, middle)
    table.loc[table.index[-1], "verdict"] = "real" if whole["n"] >= LEAST_N else "too_few"
    facts = {c: table.iloc[-1][c] for c in table.columns if c not in ("row", by)}
    units = {"row": "mark", "n": "count", "top_box": "count", "delighted": "count", "verdict": "mark"}
    units |= {by: "text"} if by else {}
    units = {c: units.get(c, "share") for c in table.columns}
    params = {"score": score, "expected": expected, "top": scale[1], "by": by, "units": units}
    return Result("satisfaction.delight", table, params, plain(facts), tuple(notes), source)


def form(
    sections: Mapping[str, Sequence[float | None]], *, scale: tuple[int, int] = (1, 4), source: Source | None = None
) -> Result:
    """One filled-in evaluation form: each section's mean over the items answered, and the share of top-two answers.

    Parameters
    ----------
    sections : mapping
        Section to its items' answers; ``None`` for a blank, which is not a zero.
    scale : (int, int)

    Returns
    -------
    Result
        Kind ``satisfaction.form``: by section ``n``, ``blank_items``, ``mean_score``, ``top_two``, ``top_two_share``.

    Examples
    --------
    >>> filled = form({"product": [3, 2, 4, 3], "service": [3, 2, 2, 4, None]})
    >>> filled.table["mean_score"].tolist(), filled.facts["top_two"], filled.facts["n"], filled.facts["top_two_share"]
    ([3.0, 2.75], 5, 8, 0.625)
    """
    import pandas as pd

    measure = measure_of("mean", scale=scale)
    rows = []
    for name, items in sections.items():
        given = [x for x in items if x is not None and x == x]
        if any(not measure.low <= x <= measure.high for x in given):
            wrong = [i + 1 for i, x in enumerate(items) if x is not None and not measure.low <= x <= measure.high]
            raise UserError("satisfaction.factor_scale", table=name, rows=wrong, scale=f"{scale[0]}–{scale[1]}")
        mean = sum(given) / len(given) if given else float("nan")
        top = sum(x >= measure.high - 1 for x in given)
        rows.append((name, len(given), len(items) - len(given), mean, top))
    if not rows or not sum(r[1] for r in rows):
        raise UserError("satisfaction.empty", table="form")
    table = pd.DataFrame(rows, columns=["form_section", "n", "blank_items", "mean_score", "top_two"])
    table["top_two_share"] = table["top_two"] / table["n"].where(table["n"] > 0)
    n, top = int(table["n"].sum()), int(table["top_two"].sum())
    low, high = wilson(top, n)
    facts = {"n": n, "blank_items": int(table["blank_items"].sum()), "top_two": top, "top_two_share": top / n}
    facts |= {"top_two_share_low": low, "top_two_share_high": high}
    facts["mean_score"] = float((table["mean_score"] * table["n"]).sum() / n)
    units = {"form_section": "text", "n": "count", "blank_items": "count", "mean_score": "score", "top_two": "count"}
    units["top_two_share"] = "share"
    params = {"scale_low": scale[0], "scale_high": scale[1], "top": scale[1] - 1, "units": units}
    return Result("satisfaction.form", table, params, plain(facts), (), source)
