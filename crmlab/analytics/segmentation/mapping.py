"""Customers on a map of two figures, coloured by segment: a sample to be drawn, on axes that suit the figures."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...results import Note, Result, Source
from .spaces import moved, suited
from .tables import frame_of, members_of, order_of

__all__ = ["customer_map"]


def customer_map(
    segments: Any,
    *,
    x: str,
    y: str,
    figures: Any = None,
    most: int = 1500,
    seed: int = 0,
    segment: str = "segment",
    key: str = "customer_id",
    source: Source | None = None,
) -> Result:
    """Where customers stand on two figures.

    Parameters
    ----------
    segments : Result or DataFrame
        One row a customer with ``segment``; and the two figures, unless ``figures`` holds them.
    x, y : str
        Columns of numbers.
    figures : Result or DataFrame, optional
        ``key`` and the two columns.
    most : int
        How many customers are drawn; of more, as many are chosen by lot.
    seed : int
    segment, key : str
    source : Source, optional

    Returns
    -------
    Result
        Kind ``segmentation.customer_map``: the customers to draw with ``x_place`` and ``y_place``, their places on the
        axes (days in quarters and skewed figures on a logarithm); ``params["middles"]`` holds every segment's median.

    Examples
    --------
    >>> table = {"customer_id": ["a", "b", "c"], "segment": ["x", "x", "y"], "age": [20, 40, 60], "trips": [1, 2, 3]}
    >>> found = customer_map(table, x="age", y="trips")
    >>> found.facts["shown"], found.params["middles"]["x"]
    (3, (30.0, 1.5))
    """
    import numpy as np

    frame = members_of(segments, segment, key)
    if figures is not None:
        more = frame_of(figures, (key, x, y), "figures")[list(dict.fromkeys((key, x, y)))]
        frame = frame[[key, segment]].merge(more, on=key)
    frame_of(frame, (key, x, y), "segments")
    frame = frame[[key, segment, *dict.fromkeys((x, y))]]
    there = frame[segment].notna() & np.isfinite(frame[[x, y]].astype("float64")).all(axis=1)
    whole, frame = frame, frame[there].reset_index(drop=True)
    if frame.empty:
        raise UserError("segmentation.nothing_left", table="segments")
    how = {c: suited(c, frame[c]) for c in (x, y)}
    names = order_of(segments, frame[segment].unique())
    middles = {}
    for name in names:
        some = frame[frame[segment] == name]
        middles[name] = (float(some[x].median()), float(some[y].median()))
    shown = frame
    if len(frame) > most:
        rng = np.random.default_rng(seed)
        shown = frame.iloc[np.sort(rng.choice(len(frame), most, replace=False))].reset_index(drop=True)
    table = shown[[key, segment]].assign(x=shown[x], y=shown[y])
    for axis, c in (("x", x), ("y", y)):
        table[f"{axis}_place"] = moved(shown[c], how[c])
    notes = []
    if len(shown) < len(frame):
        notes.append(Note("segmentation.drawn_some", {"n": len(shown), "all": len(frame)}))
    if len(frame) < len(whole):
        notes.append(Note("segmentation.missing_values", {"n": len(whole) - len(frame)}))
    units = {**getattr(segments, "params", {}).get("units", {}), **getattr(figures, "params", {}).get("units", {})}
    params = {"x": x, "y": y, "axes": how, "segments": names, "middles": middles}
    params["units"] = {"x": units.get(x, "number"), "y": units.get(y, "number"), "x_place": "number"}
    params["units"]["y_place"] = "number"
    facts = {"n": len(frame), "shown": len(shown), "segments": len(names)}
    ends = {c: (float(frame[c].min()), float(frame[c].max())) for c in (x, y)}
    facts |= {"x_least": ends[x][0], "x_most": ends[x][1], "y_least": ends[y][0], "y_most": ends[y][1]}
    source = source or getattr(segments, "source", None)
    return Result("segmentation.customer_map", table, params, facts, tuple(notes), source)
