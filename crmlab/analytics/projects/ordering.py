"""What to do first: quick wins before large projects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...errors import UserError
from ...results import Note, Result, Source
from .tables import column_of, names_of, table_of

__all__ = ["priorities"]

EFFORTS = ("cost_score", "time_score")


def priorities(
    ideas: Any,
    *,
    weights: Mapping[str, float] | None = None,
    scale: tuple[float, float] = (1, 10),
    source: Source | None = None,
) -> Result:
    """Ideas by benefit over effort, in four fields.

    Parameters
    ----------
    ideas : table
        ``item``, ``benefit``, and either ``effort`` or ``cost_score`` and ``time_score``, each a score on ``scale``.
    weights : mapping, optional
        Of ``benefit``, ``cost_score`` and ``time_score``, 1 where not given: effort is the weighted mean of the two.
    scale : (float, float)
        It begins above nothing: an idea without any effort would be worth infinitely much.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``projects.priorities``: ``effort``, ``score`` = weight × benefit / effort, ``rank`` and ``quadrant``:
        ``quick_win``, ``major_project``, ``fill_in``, ``thankless``; the middle of the scale counts as high.

    Raises
    ------
    UserError
        ``projects.no_effort``, ``projects.out_of_bounds``.

    Examples
    --------
    >>> ideas = [{"item": "reminders", "benefit": 8, "effort": 2}, {"item": "one database", "benefit": 8, "effort": 8}]
    >>> priorities(ideas).table["quadrant"].tolist()
    ['quick_win', 'major_project']
    """
    import numpy as np
    import pandas as pd

    if len(scale) != 2 or not 0 < scale[0] < scale[1]:
        raise UserError("projects.bad_scale", found=list(scale))
    weights = dict(weights or {})
    known = ("benefit", *EFFORTS)
    if any(k not in known for k in weights) or not all(
        isinstance(v, int | float) and not isinstance(v, bool) and 0 < v < float("inf") for v in weights.values()
    ):
        raise UserError("projects.bad_weights", found=[f"{k}: {v}" for k, v in weights.items()])
    frame = table_of(ideas, ("item", "benefit"), "ideas")
    names = names_of(frame, "item", "ideas")
    efforts = ("effort",) if "effort" in frame else EFFORTS
    table_of(frame, efforts, "ideas")
    low, high = scale
    values = {}
    for column in ("benefit", *efforts):
        nothing = [n for n, v in zip(names, frame[column], strict=True) if v == 0 and column != "benefit"]
        if nothing:
            raise UserError("projects.no_effort", table="ideas", rows=nothing, column=column, least=low)
        values[column] = np.array(column_of(frame, column, "ideas", names, least=low, most=high))
    w = np.array([weights.get(c, 1.0) for c in efforts])
    effort = np.column_stack([values[c] for c in efforts]) @ w / w.sum()
    benefit, middle = values["benefit"], (low + high) / 2
    score = weights.get("benefit", 1.0) * benefit / effort
    table = pd.DataFrame({"item": names, "benefit": benefit})
    for column in efforts:
        if len(efforts) > 1:
            table[column] = values[column]
    table["effort"] = effort
    table["score"] = score
    much, hard = benefit >= middle, effort >= middle
    table["quadrant"] = np.select(
        [much & ~hard, much & hard, ~much & ~hard], ["quick_win", "major_project", "fill_in"], "thankless"
    )
    table["rank"] = table["score"].round(9).rank(ascending=False, method="min").astype(int)
    table = table.sort_values(["rank", "benefit"], ascending=[True, False], kind="stable", ignore_index=True)
    counts = table["quadrant"].value_counts()
    facts: dict[str, Any] = {q: int(counts.get(q, 0)) for q in ("quick_win", "major_project", "fill_in", "thankless")}
    facts |= {"n": len(table), "first": table["item"].iloc[0], "first_score": float(table["score"].iloc[0])}
    facts |= {"first_benefit": float(table["benefit"].iloc[0]), "first_effort": float(table["effort"].iloc[0])}
    facts["middle"] = middle
    notes = [] if facts["quick_win"] else [Note("projects.note.no_quick_win")]
    units = {"item": "text", "quadrant": "text", "rank": "count"}
    units |= dict.fromkeys((c for c in table if c not in units), "number")
    params = {"weights": weights, "scale": tuple(scale), "units": units}
    return Result("projects.priorities", table, params, facts, tuple(notes), source)
