"""A plan drawn thousands of times: how late it may be, and which tasks decide that."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...frames import number
from ...intervals import verdict_of, wilson, z_of
from ...results import Note, Result, Source
from .network import read_network, three_durations
from .planning import UNITS, normal_share, pert_path
from .uncertainty import quantile_ends, three_points

__all__ = ["simulate"]

BLOCK = 1_000  # runs at once: what they need stays small however many are asked for
SHAPES = ("pert", "triangular")


def simulate(
    tasks: Any,
    *,
    times: int = 10_000,
    seed: int = 1,
    shape: str = "pert",
    deadline: float | None = None,
    unit: str = "days",
    source: Source | None = None,
) -> Result:
    """The plan's duration drawn many times, with what PERT says beside it.

    Parameters
    ----------
    tasks : table
        :data:`TASKS` with ``optimistic``, ``likely``, ``pessimistic``.
    times : int
    seed : int
        The same seed draws the same again.
    shape : {"pert", "triangular"}
        Of a task's duration between its ends; the beta curve of PERT has mean (o + 4m + p)/6.
    deadline : float, optional
    unit : {"days", "weeks", "months"}
    source : Source, optional

    Returns
    -------
    Result
        Kind ``projects.simulation``: per task ``criticality_share`` (in how many runs it was on a critical path) with
        Wilson's interval, its ``expected`` duration, and whether PERT counts it. ``facts``: ``mean``, ``sd``, ``p5``,
        ``p50``, ``p95``, ``on_time_share`` with intervals of the drawing; ``pert_expected``, ``pert_p95``,
        ``pert_on_time_share``; ``merge_bias`` = mean - the longest path of the drawn tasks' own means (PERT's
        expected duration where ``shape`` is ``"pert"``); ``quantiles`` 0, 1 ... 100 %.

    Notes
    -----
    Tasks are drawn apart from each other. Where one cause makes many tasks late, durations vary more than here.

    Examples
    --------
    Two equal tasks side by side, then a milestone: on average the later one decides.

    >>> tasks = [{"task": t, "after": "", "optimistic": 2, "likely": 5, "pessimistic": 8} for t in "AB"]
    >>> tasks += [{"task": "M", "after": ["A", "B"], "optimistic": 0, "likely": 0, "pessimistic": 0}]
    >>> facts = simulate(tasks, times=4000).facts
    >>> facts["pert_expected"], facts["merge_bias"] > 0.5, facts["verdict"]
    (5.0, True, 'real')
    """
    import numpy as np
    import pandas as pd

    if unit not in UNITS:
        raise UserError("projects.bad_unit", found=unit, wanted=list(UNITS))
    if shape not in SHAPES:
        raise UserError("projects.unknown_shape", item="shape", found=shape, wanted=list(SHAPES))
    times = number(times, "times", 100, 1_000_000, whole=True)
    seed = number(seed, "seed", 0, 2**63 - 1, whole=True)
    if deadline is not None:
        number(deadline, "deadline", 0)
    network = read_network(tasks)
    o, m, p = three_durations(network)
    rng = np.random.default_rng(seed)
    total, decisive = np.empty(times), np.zeros(len(o), dtype=np.int64)
    for begin in range(0, times, BLOCK):
        runs = min(BLOCK, times - begin)
        drawn = np.empty((len(o), runs))
        for k in range(len(o)):
            drawn[k] = three_points(o[k], m[k], p[k], shape, runs, rng)
        starts, end = network.forward(drawn)
        latest = network.backward(drawn, end)
        latest -= starts
        decisive += (latest <= 1e-9 * np.maximum(end, 1.0)).sum(axis=1)
        total[begin : begin + runs] = end
    expected, variance = (o + 4 * m + p) / 6, ((p - o) / 6) ** 2
    pert_mean, pert_variance, path, _ = pert_path(network, expected, variance)
    low, high = wilson(decisive, times)
    table = pd.DataFrame({"task": network.tasks, "expected": expected, "criticality_share": decisive / times})
    table = table.assign(criticality_share_low=low, criticality_share_high=high)
    table["critical"] = ["critical" if k in path else "" for k in range(len(o))]
    table = table.sort_values("criticality_share", ascending=False, kind="stable", ignore_index=True)
    sorted_total, mean, sd = np.sort(total), float(total.mean()), float(total.std(ddof=1))
    half, pert_sd = z_of() * sd / times**0.5, pert_variance**0.5
    facts: dict[str, Any] = {"n": times, "tasks": len(o), "seed": seed, "unit": f"unit_{unit}", "deadline": deadline}
    facts |= {"mean": mean, "mean_low": mean - half, "mean_high": mean + half, "sd": sd}
    for q in (5, 50, 95):
        value, *ends = quantile_ends(sorted_total, q / 100)
        facts |= {f"p{q}": value, f"p{q}_low": ends[0], f"p{q}_high": ends[1]}
    facts |= {"pert_expected": pert_mean, "pert_sd": pert_sd, "pert_p95": pert_mean + 1.6448536269514722 * pert_sd}
    drawn_means = expected if shape == "pert" else (o + m + p) / 3
    alone = float(network.forward(drawn_means)[1])
    facts |= {"merge_bias": mean - alone, "merge_bias_low": mean - half - alone}
    facts["merge_bias_high"] = mean + half - alone
    facts["verdict"] = verdict_of(facts["merge_bias_low"], facts["merge_bias_high"], 0, times)
    facts["critical"] = tuple(network.tasks[k] for k in path)
    hidden = table[(table["criticality_share"] >= 0.1) & (table["critical"] == "")]
    facts |= {"n_hidden": len(hidden), "hidden": tuple(hidden["task"][:3])}
    facts["quantiles"] = tuple(float(v) for v in np.quantile(sorted_total, np.linspace(0, 1, 101)))
    names = ("on_time_share", "on_time_share_low", "on_time_share_high", "pert_on_time_share")
    facts |= dict.fromkeys(names)
    if deadline is not None:
        held = int((total <= deadline).sum())
        ends = wilson(held, times)
        facts |= dict(zip(names, (held / times, *ends, normal_share(deadline, pert_mean, pert_sd)), strict=True))
    notes = []
    if deadline is not None:
        notes.append(Note("projects.note.both_on_time", {k: facts[k] for k in ("deadline", "unit", *names)}))
    if len(hidden):
        notes.append(Note("projects.note.hidden_tasks", {"n": len(hidden), "tasks": list(hidden["task"][:5])}))
    if shape == "triangular":
        notes.append(Note("projects.note.triangle"))
    notes.append(Note("projects.note.tasks_apart"))
    units = {"task": "text", "critical": "mark", "expected": "number"}
    units |= {c: "share" for c in table if c not in units}
    params = {"times": times, "seed": seed, "shape": shape, "deadline": deadline, "unit": unit, "units": units}
    return Result("projects.simulation", table, params, facts, tuple(notes), source)
