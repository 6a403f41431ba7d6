"""What a ledger tells: its figures, what a change moves, what the outcome hangs on, the way there."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...results import Note, Result, Source
from .book import DRAWS, SEED, Ledger

__all__ = ["figures", "moved", "paths", "swings"]

_FEW = 1_000  # fewer draws leave the ends of an interval to chance


def figures(ledger: Ledger, *, times: int = DRAWS, seed: int = SEED, source: Source | None = None) -> Result:
    """Every entry with its interval, and the outcome's risk.

    Parameters
    ----------
    ledger : Ledger
    times : int
        Draws, 1,000 or more.
    seed : int
    source : Source, optional

    Returns
    -------
    Result
        Kind ``ledger.figures``: a row an entry (and segment) with ``value`` at the entries' own values, ``low`` and
        ``high`` (2.5 and 97.5 % of the draws), ``how``, ``formula``, ``says``. ``facts``: the ``outcome``, its
        ``value`` with interval, ``risk_share`` (draws below zero), the ``verdict`` ("real" where the interval leaves
        zero out), how many entries are ``measured``, ``assumed``, ``computed``, and ``unowned`` (assumptions that
        nobody answers for).

    Raises
    ------
    UserError
        ``ledger.few_draws``, and ``ledger.not_finite`` where a draw can't be worked out.

    Notes
    -----
    The interval of the outcome is about its estimate and its assumptions; what no entry speaks of is not in it.

    Examples
    --------
    >>> from crmlab.analytics.ledger import Ledger, assumed, computed
    >>> book = Ledger([assumed("a", 2, low=1, high=3), computed("b", "a - 1")], outcome="b")
    >>> told = figures(book).facts
    >>> told["value"], told["risk_share"], told["verdict"]
    (1.0, 0.0, 'real')
    """
    import numpy as np
    import pandas as pd

    if not isinstance(times, int) or times < _FEW:
        raise UserError("ledger.few_draws", found=times, wanted=_FEW)
    drawn = ledger.draws(times, seed)
    rows = []
    for name in ledger.order:
        entry, values = ledger.entries[name], ledger.values[name]
        ends = np.quantile(drawn[name], [0.025, 0.975], axis=1).T
        spoken = values if isinstance(values, dict) else {None: values}
        for (segment, value), (low, high) in zip(spoken.items(), ends, strict=True):
            fixed = bool(low == high)
            rows.append({"entry": name, "segment": segment, "value": value, "value_low": None if fixed else float(low),
                         "value_high": None if fixed else float(high), "unit": entry.unit, "how": entry.how,
                         "formula": entry.formula, "says": entry.says})  # fmt: skip
    outcome = drawn[ledger.outcome][0]
    low, high = (float(x) for x in np.quantile(outcome, [0.025, 0.975]))
    hows = [e.how for e in ledger.entries.values()]
    unowned = [e.name for e in ledger.entries.values() if e.how == "assumed" and not e.says]
    unsourced = [e.name for e in ledger.entries.values() if e.how == "measured" and not e.says]
    facts = {
        "outcome": ledger.outcome,
        "value": ledger.values[ledger.outcome],
        "value_low": low,
        "value_high": high,
        "unit": ledger.entries[ledger.outcome].unit,
        "risk_share": float((outcome < 0).mean()),
        "verdict": "real" if low > 0 or high < 0 else "noise",
        "n": times,
        **{how: hows.count(how) for how in ("measured", "assumed", "computed")},
        "unowned": len(unowned),
    }
    notes = []
    if unowned:
        notes.append(Note("ledger.note.unowned", {"n": len(unowned), "which": ", ".join(unowned)}))
    if unsourced:
        notes.append(Note("ledger.note.unsourced", {"n": len(unsourced), "which": ", ".join(unsourced)}))
    notes.append(Note("ledger.note.apart", {}))
    units = {"value": "number", "value_low": "number", "value_high": "number"}
    params = {"times": times, "seed": seed, "units": units}
    return Result("ledger.figures", pd.DataFrame(rows), params, facts, tuple(notes), source)


def moved(before: Ledger, after: Ledger, *, source: Source | None = None) -> Result:
    """Which figures a change moved, by how much, and on which path.

    Parameters
    ----------
    before, after : Ledger
        ``after`` comes from ``before.change(...)``, or has the same entries.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``ledger.moved``: a row an entry (and segment) that differs: what it ``was``, what it ``becomes``, the
        ``change``, and ``path``, the entries from what was changed to here. ``facts``: what was ``changed``, how many
        entries ``moved`` and ``stayed``, the outcome before and after.

    Raises
    ------
    UserError
        ``ledger.other_ledger``, ``ledger.nothing_changed``.

    Examples
    --------
    >>> from crmlab.analytics.ledger import Ledger, assumed, computed
    >>> book = Ledger([assumed("a", 2), assumed("c", 5), computed("b", "a * 3")], outcome="b")
    >>> told = moved(book, book.change(a=4))
    >>> told.table[["entry", "was", "becomes", "path"]].values.tolist()
    [['a', 2.0, 4.0, 'a'], ['b', 6.0, 12.0, 'a → b']]
    >>> told.facts["stayed"]
    1
    """
    import pandas as pd

    if before.outcome != after.outcome or set(before.entries) != set(after.entries):
        strange = sorted(set(before.entries) ^ set(after.entries))
        raise UserError("ledger.other_ledger", found=strange or [before.outcome, after.outcome])
    changed = [n for n in before.order if before.entries[n] != after.entries[n]]
    rows, touched = [], set()
    for name in after.order:
        was, now = before.values[name], after.values[name]
        pairs = [(s, was[s], now[s]) for s in now] if isinstance(now, dict) else [(None, was, now)]
        ways = sorted((w for c in changed if (w := after.path(c, name))), key=len)
        for segment, old, new in pairs:
            if old != new:
                touched.add(name)
                rows.append({"entry": name, "segment": segment, "was": old, "becomes": new, "change": new - old,
                             "unit": after.entries[name].unit, "path": " → ".join(ways[0])})  # fmt: skip
    if not rows:
        raise UserError("ledger.nothing_changed")
    old, new = before.values[before.outcome], after.values[after.outcome]
    facts = {
        "changed": ", ".join(changed),
        "moved": len(touched),
        "stayed": len(after.entries) - len(touched),
        "outcome": after.outcome,
        "outcome_before": old,
        "outcome_after": new,
        "outcome_change": new - old,
        "outcome_unit": after.entries[after.outcome].unit,
    }
    units = {"was": "number", "becomes": "number", "change": "number"}
    return Result("ledger.moved", pd.DataFrame(rows), {"units": units}, facts, (), source)


def swings(ledger: Ledger, *, source: Source | None = None) -> Result:
    """What the outcome hangs on: each uncertain entry at its ends, the others left alone.

    Parameters
    ----------
    ledger : Ledger
    source : Source, optional

    Returns
    -------
    Result
        Kind ``ledger.swings``, widest first: ``at_low`` and ``at_high`` are the outcome with the entry at its low and
        high end (all segments together), ``swing`` their distance, ``turns`` whether the outcome changes its sign on
        the way.

    Raises
    ------
    UserError
        ``ledger.all_fixed``: no entry has an interval.

    Examples
    --------
    >>> from crmlab.analytics.ledger import Ledger, assumed, computed
    >>> given = [assumed("a", 2, low=1, high=3), assumed("c", 2, low=2, high=2.5)]
    >>> book = Ledger([*given, computed("b", "a * c - 3")], outcome="b")
    >>> swings(book).table[["entry", "at_low", "at_high", "turns"]].values.tolist()
    [['a', -1.0, 3.0, True], ['c', 1.0, 2.0, False]]
    """
    import pandas as pd

    rows = []
    for entry in ledger.entries.values():
        if entry.low is None or ledger.outcome not in ledger.depends(entry.name):
            continue
        ends = [_outcome(ledger, entry.name, end) for end in (entry.low, entry.high)]
        rows.append({"entry": entry.name, "how": entry.how, "at_low": ends[0], "at_high": ends[1],
                     "swing": abs(ends[1] - ends[0]), "turns": ends[0] * ends[1] < 0, "says": entry.says})  # fmt: skip
    if not rows:
        raise UserError("ledger.all_fixed")
    table = pd.DataFrame(rows).sort_values("swing", ascending=False, kind="stable", ignore_index=True)
    first = table.iloc[0]
    facts = {
        "outcome": ledger.outcome,
        "value": ledger.values[ledger.outcome],
        "unit": ledger.entries[ledger.outcome].unit,
        "widest": first["entry"],
        "widest_low": float(min(first["at_low"], first["at_high"])),
        "widest_high": float(max(first["at_low"], first["at_high"])),
        "turning": int(table["turns"].sum()),
        "n": len(table),
    }
    units = dict.fromkeys(("at_low", "at_high", "swing"), facts["unit"])
    return Result("ledger.swings", table, {"units": units}, facts, (), source)


def _outcome(ledger: Ledger, name: str, end: Any) -> float:
    return float(ledger.change(**{name: (end, end, end)}).values[ledger.outcome])


def paths(ledger: Ledger, *, start: str | None = None, source: Source | None = None) -> Result:
    """The ledger as a graph in layers, from what is given to the outcome.

    Parameters
    ----------
    ledger : Ledger
    start : str, optional
        Marks what depends on this entry.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``ledger.paths``: a row an entry with its ``layer`` (0 = given; otherwise the longest way to here),
        ``value`` (none where it stands by segment), ``marked`` (on the way from ``start``) and ``unused`` (the
        outcome does not depend on it). ``params["edges"]`` are the lines.

    Raises
    ------
    UserError
        ``ledger.unknown``.

    Examples
    --------
    >>> from crmlab.analytics.ledger import Ledger, assumed, computed
    >>> book = Ledger([assumed("a", 2), assumed("c", 5), computed("b", "a * 3")], outcome="b")
    >>> paths(book, start="a").table[["entry", "layer", "marked", "unused"]].values.tolist()
    [['a', 0, True, False], ['c', 0, False, True], ['b', 1, True, False]]
    """
    import networkx as nx
    import pandas as pd

    layers = {n: i for i, layer in enumerate(nx.topological_generations(ledger.graph)) for n in layer}
    needed = nx.ancestors(ledger.graph, ledger.outcome) | {ledger.outcome}
    marked = {start, *ledger.depends(start)} if start else set()
    rows = []
    for name in ledger.order:
        entry, value = ledger.entries[name], ledger.values[name]
        apart = isinstance(value, dict)
        rows.append({"entry": name, "layer": layers[name], "how": entry.how, "unit": entry.unit,
                     "value": None if apart else value, "segments": len(value) if apart else 1,
                     "formula": entry.formula, "says": entry.says, "marked": name in marked,
                     "unused": name not in needed})  # fmt: skip
    edges = [list(e) for e in ledger.graph.edges]
    facts = {
        "outcome": ledger.outcome,
        "entries": len(rows),
        "lines": len(edges),
        "layers": max(layers.values()) + 1,
        "unused": sum(r["unused"] for r in rows),
        "start": start or "",
        "marked": sum(r["marked"] for r in rows),
    }
    notes = (Note("ledger.note.unused", {"n": facts["unused"]}),) if facts["unused"] else ()
    params = {"edges": edges, "start": start, "units": {"value": "number", "layer": "count", "segments": "count"}}
    return Result("ledger.paths", pd.DataFrame(rows), params, facts, notes, source)
