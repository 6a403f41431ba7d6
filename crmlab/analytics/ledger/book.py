"""The ledger itself: entries in the order in which they follow from each other, and their draws."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from .entries import Entry, assumed, computed, measured
from .formulas import FUNCTIONS, names_in, parsed, worked_out

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np

__all__ = ["Ledger"]

DRAWS, SEED = 10_000, 20_260
_Z95 = 1.959963984540054


class Ledger:
    """Entries that follow from each other, down to one outcome.

    Parameters
    ----------
    entries : iterable of Entry
    outcome : str
        The entry that it is all about, such as the net present value; one figure, not one by segment.

    Raises
    ------
    UserError
        ``ledger.empty``, ``ledger.twice``, ``ledger.unknown``, ``ledger.cycle``, ``ledger.reserved``,
        ``ledger.other_segments``, ``ledger.outcome_by_segment``, ``ledger.not_finite``, and what a formula may raise.

    Notes
    -----
    A ledger does not change: :meth:`change` gives another.

    Examples
    --------
    >>> book = Ledger([
    ...     measured("customers", {"loyal": 100, "new": 50}, unit="count"),
    ...     assumed("gain_each", 10, low=5, high=15, unit="money", owner="Sales"),
    ...     computed("gain", "total(customers * gain_each)", unit="money"),
    ... ], outcome="gain")
    >>> book["gain"], book.change(gain_each=20)["gain"]
    (1500.0, 3000.0)
    >>> book.path("gain_each", "gain")
    ('gain_each', 'gain')
    """

    def __init__(self, entries: Iterable[Entry], *, outcome: str) -> None:
        import networkx as nx

        listed = list(entries)
        if not listed:
            raise UserError("ledger.empty")
        names = [e.name for e in listed]
        if twice := sorted({n for n in names if names.count(n) > 1}):
            raise UserError("ledger.twice", found=twice)
        if reserved := sorted(set(names) & set(FUNCTIONS)):
            raise UserError("ledger.reserved", found=reserved)
        self.entries: Mapping[str, Entry] = {e.name: e for e in listed}
        self.outcome = outcome
        self._trees = {e.name: parsed(e.name, e.formula) for e in listed if e.how == "computed"}
        graph = nx.DiGraph()
        graph.add_nodes_from(names)
        for name, tree in self._trees.items():
            for needed in names_in(tree):
                if needed not in self.entries:
                    raise UserError("ledger.unknown", entry=name, found=needed, near=suggest(needed, names))
                graph.add_edge(needed, name)
        if outcome not in self.entries:
            raise UserError("ledger.unknown", entry="outcome", found=outcome, near=suggest(outcome, names))
        if not nx.is_directed_acyclic_graph(graph):
            around = [a for a, _ in nx.find_cycle(graph)]
            raise UserError("ledger.cycle", found=" → ".join([*around, around[0]]))
        self._graph = nx.freeze(graph)
        self.segments = self._segments()
        self._work_out(self._points())  # what can't be worked out is refused now, not later

    @property
    def graph(self) -> nx.DiGraph:
        """From what is needed to what needs it."""
        return self._graph

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The entries' names, each after those that it needs; otherwise as they were given."""
        import networkx as nx

        place = {name: i for i, name in enumerate(self.entries)}
        return tuple(nx.lexicographical_topological_sort(self._graph, key=place.__getitem__))

    def _segments(self) -> tuple[str, ...]:
        """All entries by segment must name the same ones: a sum over others would leave customers out."""
        known: tuple[str, ...] = ()
        for entry in self.entries.values():
            if not entry.segments:
                continue
            if known and set(entry.segments) != set(known):
                raise UserError(
                    "ledger.other_segments", entry=entry.name, wanted=sorted(known), found=sorted(entry.segments)
                )
            known = known or entry.segments
        return known

    def _points(self) -> dict[str, np.ndarray]:
        return {e.name: self._rows(e, e.value) for e in self.entries.values() if e.how != "computed"}

    def _rows(self, entry: Entry, part: Any) -> np.ndarray:
        import numpy as np

        return np.array([[part[s]] for s in self.segments] if entry.segments else [[part]], dtype=float)

    def _work_out(self, given: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        import numpy as np

        values = dict(given)
        for name in self.order:
            if name in self._trees:
                values[name] = worked_out(self._trees[name], values)
                bad = ~np.isfinite(values[name])
                if bad.any():
                    at = int(np.argmax(bad.any(axis=1)))
                    rows = [self.segments[at]] if len(values[name]) > 1 else None
                    raise UserError("ledger.not_finite", entry=name, found=self.entries[name].formula, rows=rows)
        if len(values[self.outcome]) != 1:
            raise UserError("ledger.outcome_by_segment", found=self.outcome)
        return values

    @cached_property
    def values(self) -> Mapping[str, float | dict[str, float]]:
        """Every entry's value at the entries' own values, by segment where it stands by segment."""
        return {name: self._spoken(rows) for name, rows in self._work_out(self._points()).items()}

    def __getitem__(self, name: str) -> float | dict[str, float]:
        self._known(name)
        return self.values[name]

    def _spoken(self, rows: np.ndarray) -> float | dict[str, float]:
        flat = rows[:, 0]
        return float(flat[0]) if len(flat) == 1 else {s: float(v) for s, v in zip(self.segments, flat, strict=True)}

    def _known(self, name: str) -> None:
        if name not in self.entries:
            raise UserError("ledger.unknown", entry="", found=name, near=suggest(name, list(self.entries)))

    def draws(self, times: int = DRAWS, seed: int = SEED) -> dict[str, np.ndarray]:
        """Every entry drawn many times, as arrays of (segments, times).

        Parameters
        ----------
        times : int
        seed : int

        Notes
        -----
        A measured share between 0 and 1 is normal on the logit scale, any other measured figure normal in two halves
        (each as wide as its side of the interval); an assumed one is triangular. Segments and entries are drawn on
        their own: where errors go together, the outcome's interval is too narrow.
        """
        import numpy as np

        stream = np.random.default_rng(seed)
        given = {}
        for entry in self.entries.values():
            if entry.how == "computed":
                continue
            middle = self._rows(entry, entry.value)
            if entry.low is None:
                given[entry.name] = np.repeat(middle, times, axis=1)
                continue
            low, high = self._rows(entry, entry.low), self._rows(entry, entry.high)
            shape = (len(middle), times)
            if entry.how == "assumed":
                flat = (low == high)[:, 0]
                drawn = np.empty(shape)
                for i in range(len(middle)):
                    ends = low[i, 0], middle[i, 0], high[i, 0]
                    drawn[i] = ends[1] if flat[i] else stream.triangular(*ends, times)
                given[entry.name] = drawn
                continue
            normal = stream.standard_normal(shape)
            on_logit = entry.unit == "share" and bool(((low > 0) & (high < 1)).all())
            a, b, c = (np.log(x / (1 - x)) if on_logit else x for x in (low, middle, high))
            drawn = b + normal * np.where(normal < 0, b - a, c - b) / _Z95
            given[entry.name] = 1 / (1 + np.exp(-drawn)) if on_logit else drawn
        return self._work_out(given)

    def change(self, **values: Any) -> Ledger:
        """Another ledger in which some measured or assumed entries have other values.

        Parameters
        ----------
        **values : float, mapping of segment to float, or (low, value, high)
            A value alone leaves the width of the interval as it was, moved along; of a mapping only the segments
            that it names change.

        Raises
        ------
        UserError
            ``ledger.unknown``, ``ledger.is_computed``, and what :func:`measured` raises.
        """
        entries = dict(self.entries)
        for name, new in values.items():
            self._known(name)
            old = entries[name]
            if old.how == "computed":
                raise UserError("ledger.is_computed", found=name, wanted=list(names_in(self._trees[name])))
            entries[name] = _changed(old, new)
        return Ledger(entries.values(), outcome=self.outcome)

    def depends(self, name: str) -> tuple[str, ...]:
        """All entries that follow from one, in order."""
        import networkx as nx

        self._known(name)
        below = nx.descendants(self._graph, name)
        return tuple(n for n in self.order if n in below)

    def path(self, start: str, end: str | None = None) -> tuple[str, ...]:
        """The shortest way from an entry to another (by default the outcome); empty where there is none."""
        import networkx as nx

        end = end or self.outcome
        self._known(start)
        self._known(end)
        return tuple(nx.shortest_path(self._graph, start, end)) if nx.has_path(self._graph, start, end) else ()

    def to_json(self) -> str:
        """The ledger as text that :meth:`from_json` reads; the same ledger gives the same text."""
        told = {"outcome": self.outcome, "entries": [e.to_dict() for e in self.entries.values()]}
        return json.dumps(told, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Ledger:
        """Read a ledger, and check it as if it were typed.

        Raises
        ------
        UserError
            ``ledger.bad_file``, and whatever is wrong with an entry.
        """
        try:
            told = json.loads(text)
            outcome, entries = told["outcome"], [dict(e) for e in told["entries"]]
        except (ValueError, TypeError, KeyError):
            raise UserError("ledger.bad_file") from None
        return cls([_read(e) for e in entries], outcome=outcome)


def _read(told: Mapping[str, Any]) -> Entry:
    how, name, unit = told.get("how"), told.get("name"), told.get("unit", "number")
    ends = {"low": told.get("low"), "high": told.get("high")}
    if how == "computed":
        return computed(name, told.get("formula", ""), unit=unit)
    if how == "measured":
        return measured(name, told.get("value"), **ends, unit=unit, source=told.get("says", ""))
    if how == "assumed":
        return assumed(name, told.get("value"), **ends, unit=unit, owner=told.get("says", ""))
    raise UserError("ledger.bad_file")


def _changed(old: Entry, new: Any) -> Entry:
    """The entry with another value; the interval comes along, and a share's stays between 0 and 1."""
    make = measured if old.how == "measured" else assumed
    says = {"source" if old.how == "measured" else "owner": old.says}
    if isinstance(new, tuple):
        low, value, high = new
        return make(old.name, value, low=low, high=high, unit=old.unit, **says)
    if isinstance(new, Mapping) and old.segments:
        if strange := sorted(set(new) - set(old.segments)):
            raise UserError("ledger.other_segments", entry=old.name, wanted=sorted(old.segments), found=strange)
        new = {**old.value, **new}
    fresh = make(old.name, new, unit=old.unit, **says)  # checks the value before anything is reckoned with it
    if old.low is None:
        return fresh
    if bool(fresh.segments) != bool(old.segments):
        raise UserError(
            "ledger.other_segments", entry=old.name, wanted=sorted(old.segments), found=sorted(fresh.segments)
        )

    def along(end: Any) -> Any:
        keys = old.segments or ("",)
        moved = {}
        for key in keys:
            was, is_now, edge = (x[key] if old.segments else x for x in (old.value, fresh.value, end))
            at = is_now + (edge - was)
            moved[key] = min(max(at, min(0.0, is_now)), max(1.0, is_now)) if old.unit == "share" else at
        return moved if old.segments else moved[""]

    return replace(fresh, low=along(old.low), high=along(old.high))
