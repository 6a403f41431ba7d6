"""Answers about protected data: small cells are left empty, and others with them, so that subtraction brings none back.

What to hide is not decided on the cells of a view alone. It is decided on a frame that holds the view: all its levels
with those above them, every total, and what the filters leave out, because a reader can ask for these too and take one
from the other. The same frame always gives the same pattern, and a choice of several members is shown where each of
them is: else two choices that differ by one member would tell that member. Answers of different frames (other levels; a
choice among so many members that they can't all be laid out) can still be laid beside each other by somebody patient;
who must rule that out publishes one table made by :func:`crmlab.privacy.suppress`.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..errors import UserError
from ..results import Note
from ..star import Level
from .answer import Answer, Key
from .measures import Part, parts_of
from .members import ALL
from .query import Condition, Query

if TYPE_CHECKING:
    from ..privacy import Policy
    from .cube import Cube
    from .view import Filter, View

__all__ = ["Protected", "default_policy", "guard", "has_small_cells", "protect", "protects"]

EXPANDED = 60
LAID_OUT = 2_000
"""A level that is filtered by is laid out in full where it has few members or the frame few cells; else in and out."""

MOST_FLAGS = 3
MOST_LEVELS = 10


@dataclass
class Protected(Answer):
    """An answer with hidden cells, per fact."""

    hidden: dict[str, frozenset[Key]] = field(default_factory=dict)

    def _plain(self, cell: dict[Part, Any] | None, name: str, key: Key) -> Any:
        if any(key in self.hidden[fact] for fact in self.facts_of(name)):
            return None
        return super()._plain(cell, name, key)

    def n(self, key: Key, fact: str | None = None) -> int | None:
        """How many fact rows stand behind a cell; ``None`` where it is hidden."""
        name = fact or self.view.main_fact
        return None if key in self.hidden.get(name, ()) else super().n(key, name)


def default_policy(cube: Cube) -> Policy:
    """What the names of columns suggest: facts and levels that sound like specific data of UU 27/2022 are protected."""
    from ..privacy import Policy

    facts = {fact: told["columns"] for fact, told in cube.star.meta["facts"].items()}
    return Policy.of(facts, {name: level.column for name, level in cube.levels.items()})


def protects(view: View, *, fact: str | None = None) -> bool:
    """Whether a view's answer, or the rows of a fact behind it, are protected."""
    cube = view.cube
    if not cube.policy:
        return False
    levels = {*view.by, *view.columns, *(f.level for f in view.filters)}
    facts = {fact} if fact else {p.fact for m in view.measures for p in parts_of(cube.measures[m], cube.measures)}
    return cube.policy.protects(facts, levels)


def guard(view: View) -> bool:
    """Refuse what would tell hidden cells by another way: extremes always, ranks and comparisons where any are small.

    Returns
    -------
    bool
        Whether cells of the answer may have to be hidden.
    """
    known = view.cube.measures
    for name in view.measures:
        if any(p.op in ("min", "max") for p in parts_of(known[name], known)):
            raise UserError("privacy.protected_measure", found=name)
    if not (view.limit or view.previous):
        return True
    if has_small_cells(view):
        raise UserError("privacy.protected_limit" if view.limit else "privacy.protected_compare")
    return False


def has_small_cells(view: View) -> bool:
    """Whether few people stand behind any cell of the frame of a view: what is filtered away, earlier years too."""
    cube = view.cube
    names = [*view.measures, *([view.limit.by] if view.limit else [])]
    for fact in {p.fact for name in names for p in parts_of(cube.measures[name], cube.measures)}:
        roles = cube.star.meta["facts"][fact]["roles"]
        if view.filter_roles <= roles.keys():
            shown = [cube.levels[n] for n in (*view.by, *view.columns) if cube.levels[n].role in roles]
            _, people = _Frame(view, shown).counted(fact)
            if any(0 < n < cube.policy.minimum for n in people.values()):
                return True
    return False


def protect(answer: Answer) -> Protected:
    """The answer of a protected view, its small cells hidden."""
    view = answer.view
    facts = {f for name in view.cube.measures for f in answer.facts_of(name)}
    shown = {f for name in view.measures for f in answer.facts_of(name)} | {view.main_fact}
    hidden = {fact: _hidden(answer, fact) if fact in shown else frozenset(answer.cells) for fact in facts}
    told = {name: getattr(answer, name) for name in ("view", "levels", "cells", "limit", "gathered", "notes")}
    made = Protected(**told, hidden=hidden)
    n = len(frozenset().union(*(hidden[fact] for fact in shown)))
    if n:
        made.notes.append(Note("privacy.protected", {"minimum": view.cube.policy.minimum, "n": n}))
    return made


def _hidden(answer: Answer, fact: str) -> frozenset[Key]:
    from ..privacy.suppression import pattern

    view, cube = answer.view, answer.view.cube
    roles = cube.star.meta["facts"][fact]["roles"]
    if not view.filter_roles <= roles.keys():
        return frozenset()  # none of its measures applies
    frame = _Frame(view, [lv for lv in answer.levels if lv.role in roles])
    counts, people = frame.counted(fact)
    minimum = cube.policy.minimum
    small = [key for key, n in people.items() if 0 < n < minimum]
    if not small:
        return frozenset()
    primary, secondary = pattern(counts, minimum, total=ALL, small=small)
    found = frame.of_view(primary | secondary, counts)
    places = [i for i, lv in enumerate(answer.levels) if lv.role in roles]
    lacking = [i for i, lv in enumerate(answer.levels) if lv.role not in roles]
    return frozenset(
        key for key in answer.cells if all(key[i] == ALL for i in lacking) and tuple(key[i] for i in places) in found
    )


class _Frame:
    """The table in which a view's cells stand with all that can be subtracted from them."""

    def __init__(self, view: View, shown: Sequence[Level]) -> None:
        cube = view.cube
        self.view, self.shown = view, [lv.id for lv in shown]
        self.chosen: dict[str, frozenset[int | None]] = {}  # laid out, and which members are kept
        self.flags: list[Filter] = []
        asked = {*self.shown, *(f.level for f in view.filters)}
        fits = math.prod(cube.levels[name].count + 1 for name in asked) <= LAID_OUT
        for f in view.filters:
            if fits or cube.levels[f.level].count <= EXPANDED:
                kept = self._kept(f)
                self.chosen[f.level] = self.chosen[f.level] & kept if f.level in self.chosen else kept
            else:
                self.flags.append(f)
        if len(self.flags) > MOST_FLAGS:
            raise UserError("privacy.too_many_filters", found=len(self.flags), wanted=MOST_FLAGS)
        names = dict.fromkeys([*self.shown, *self.chosen])
        above = {name: _ancestors(cube, name) for name in names}
        for more in above.values():
            names.update(dict.fromkeys(sorted(more)))
        self.levels = tuple(cube.levels[name] for name in names)
        self.at = {lv.id: i for i, lv in enumerate(self.levels)}
        self.above = {name: _ancestors(cube, name) for name in names}

    def _closed(self, names: Iterable[str]) -> frozenset[str]:
        names = set(names)
        return frozenset(names.union(*(self.above[n] for n in names)))

    def counted(self, fact: str) -> tuple[dict[tuple, int], dict[tuple, int]]:
        """Rows and persons per cell of the frame; a key is the flags (in, out, or both), then the levels' codes."""
        cube = self.view.cube
        names = [lv.id for lv in self.levels]
        if len(names) > MOST_LEVELS:
            raise UserError("privacy.too_many_levels", found=len(names), wanted=MOST_LEVELS)
        subsets = (s for r in range(len(names) + 1) for s in itertools.combinations(names, r))
        closed = {self._closed(s) for s in subsets}
        sets = tuple(tuple(sorted(self.at[n] for n in s)) for s in sorted(closed, key=sorted))
        rows = Part(fact, "count")
        person = _person(cube, fact)
        parts = (rows, Part(fact, "distinct", ("name", person))) if person else (rows,)
        counts: dict[tuple, int] = {}
        people: dict[tuple, int] = {}
        both = [self._sides(f) for f in self.flags]
        for sides in itertools.product(("in", "out", ALL), repeat=len(self.flags)):
            conditions = [both[i][side] for i, side in enumerate(sides) if side != ALL]
            if any(c.codes is not None and not c.codes for c in conditions):
                continue  # nothing is left out
            cells = cube.engine.answer(Query(self.levels, sets, parts, tuple(conditions)))
            for key, cell in cells.items():
                n = cell.get(rows) or 0
                if n:
                    counts[(*sides, *key)] = n
                    people[(*sides, *key)] = (cell.get(parts[-1]) or 0) if person else n
        return counts, people

    def _kept(self, f: Filter) -> frozenset[int | None]:
        inside = self.view.cube.condition(f)
        return inside.codes if inside.codes is not None else frozenset(range(inside.span[0], inside.span[1] + 1))

    def _sides(self, f: Filter) -> dict[str, Condition]:
        inside = self.view.cube.condition(f)
        others = frozenset({*range(inside.level.count), None}) - self._kept(f)
        return {"in": inside, "out": Condition(inside.level, codes=others)}

    def of_view(self, hidden: Iterable[tuple], counts: Mapping[tuple, int]) -> set[tuple]:
        """The view's own keys that hold any of the frame's hidden cells."""
        width = len(self.flags)
        there_are = {name: {key[width + self.at[name]] for key in counts} - {ALL} for name in self.chosen}
        # a choice of all that there is leaves nothing out
        chosen = {name: kept for name, kept in self.chosen.items() if not there_are[name] <= kept}
        found = set()
        for key in hidden:
            sides, codes = key[:width], key[width:]
            if any(side != "in" for side in sides):
                continue
            if any(codes[self.at[name]] not in {*kept, ALL} for name, kept in chosen.items()):
                continue
            there = {lv.id for lv, code in zip(self.levels, codes, strict=True) if code != ALL}
            # a shown level that is only there because a finer one is, is summed over in the view as well
            for r in range(len(self.shown) + 1):
                for kept in itertools.combinations(self.shown, r):
                    if self._closed([*kept, *chosen]) == there:
                        found.add(tuple(codes[self.at[n]] if n in kept else ALL for n in self.shown))
        return found


def _ancestors(cube: Cube, name: str) -> set[str]:
    found: set[str] = set()
    for parent in cube.levels[name].parents:
        found |= {parent} | _ancestors(cube, parent)
    return found


def _person(cube: Cube, fact: str) -> str | None:
    """The column of a fact that names the person: as the policy says, else the key of a dimension of persons."""
    if fact in cube.policy.person:
        return cube.policy.person[fact]
    told = cube.star.facts[fact]
    keys = [column for dimension, column in told.roles.values() if cube.star.dimensions[dimension].personal]
    named = [c for c in told.personal if c in cube.star.meta["facts"][fact]["columns"]]
    # an id that outlives a move to another city is better than a key of versions
    best = [c for c in named if c in ("customer_id", "patient_id", "person_id")]
    return next(iter([*best, *keys]), None)
