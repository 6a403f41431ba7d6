"""What a chart of a cube view draws, before anything is drawn: categories, series, and what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .. import labels
from .grid import Axis, Grid, Path

__all__ = ["Mark", "Plan", "Series", "cut", "largest", "plan_of", "stackable", "topped", "total_of"]


MUCH_LONGER = 2.5


@dataclass(frozen=True)
class Mark:
    """One value to draw."""

    value: float | None
    n: int | None
    path: Path


@dataclass(frozen=True)
class Series:
    """The marks of one colour, one per category."""

    label: str
    marks: tuple[Mark, ...]
    grey: bool = False
    gathered: bool = False


@dataclass(frozen=True)
class Plan:
    """What a chart draws: categories along one axis, series side by side."""

    categories: tuple[str, ...]
    grey: tuple[bool, ...]
    series: tuple[Series, ...]
    along: Axis
    across: Axis | None
    shown: int
    total: int
    turned: bool = False

    def values(self) -> list[float]:
        """Every value that is there."""
        return [m.value for s in self.series for m in s.marks if m.value is not None]


def plan_of(grid: Grid, measure: str) -> Plan:
    rows = grid.members(0)
    along, across = grid.row_levels[0], None
    if grid.column_levels:
        places = grid.places(measure) or grid.places(measure, totals=True)
        across = grid.column_levels[-1]
        series = [
            Series(
                " · ".join(grid.columns[i].labels),
                tuple(
                    Mark(r.values[i], r.n[i] if r.n else None, () if r.others else r.path + grid.columns[i].path)
                    for r in rows
                ),
                grid.columns[i].unknown,
            )
            for i in places
        ]
    elif len(grid.row_levels) > 1 and grid.members(1):
        across = grid.row_levels[1]
        series = _nested(grid, measure)
    else:
        i = grid.places(measure)[0]
        series = [
            Series("", tuple(Mark(r.values[i], r.n[i] if r.n else None, () if r.others else r.path) for r in rows))
        ]
    plan = Plan(
        tuple(r.label for r in rows),
        tuple(r.unknown or r.others for r in rows),
        tuple(series),
        along,
        across,
        len(rows),
        len(rows) + (max(0, grid.gathered - 1) if any(r.others for r in rows) else 0),
    )
    # time runs along the axis, whichever side of the table it stands on
    if across and across.time and not along.time and len(series) > 2:
        plan = _turned(plan)
    return plan


def _nested(grid: Grid, measure: str) -> list[Series]:
    i = grid.places(measure)[0]
    outer = grid.members(0)
    found: dict[Any, tuple[str, dict[Path, Mark], bool]] = {}
    for row in grid.members(1):
        member = row.path[1] if not row.others else None
        label, marks, _ = found.setdefault(member, (row.label, {}, row.unknown or row.others))
        marks[row.path[:1]] = Mark(row.values[i], row.n[i] if row.n else None, () if row.others else row.path)
    order = (
        found.values() if grid.row_levels[1].time else sorted(found.values(), key=lambda s: -total_of(s[1].values()))
    )
    return [
        Series(label, tuple(marks.get(o.path[:1], Mark(None, None, ())) for o in outer), grey)
        for label, marks, grey in order
    ]


def _turned(plan: Plan) -> Plan:
    return Plan(
        tuple(s.label for s in plan.series),
        tuple(s.grey for s in plan.series),
        tuple(
            Series(category, tuple(s.marks[i] for s in plan.series), plan.grey[i], not plan.series[0].marks[i].path)
            for i, category in enumerate(plan.categories)
        ),
        plan.across,
        plan.along,
        len(plan.categories),
        plan.total,
        turned=True,
    )


def total_of(marks: Any) -> float:
    return sum(m.value for m in marks if m.value is not None)


def stackable(plan: Plan, additive: bool) -> bool:
    return additive and len(plan.series) <= 12 and all(v >= 0 for v in plan.values())


def _added(marks: Sequence[Mark]) -> Mark:
    known = [m for m in marks if m.value is not None]
    n = [m.n for m in marks if m.n is not None]
    return Mark(total_of(known) if known else None, sum(n) if n else None, ())


def cut(plan: Plan, most: int, additive: bool, lang: str) -> Plan:
    """At most so many categories, the largest first; the rest become "others" where they may be added."""
    order = list(range(len(plan.categories)))
    if not (plan.along.time or plan.along.ordered):
        order.sort(key=lambda i: (plan.grey[i], -total_of(s.marks[i] for s in plan.series)))
    keep, rest = order[:most], order[most:]
    if len(rest) == 1:
        keep, rest = order, []
    categories = [plan.categories[i] for i in keep]
    grey = [plan.grey[i] for i in keep]
    series = [Series(s.label, tuple(s.marks[i] for i in keep), s.grey) for s in plan.series]
    gathered = [_added([s.marks[i] for i in rest]) for s in plan.series] if rest and additive else []
    named = max((abs(m.value) for s in series for m in s.marks if m.value is not None), default=0)
    # a bar of "others" many times as long as the longest would press the named ones flat: then it is only counted
    if gathered and total_of(gathered) <= MUCH_LONGER * max(named, 1e-12) * len(plan.series):
        within = any(all(not s.marks[i].path for s in plan.series) for i in rest)  # a row of "others" is one of them
        n = len(rest) + (plan.total - len(plan.categories) if within else 0)
        categories.append(labels.text("charts.others", lang, n=n))
        grey.append(True)
        series = [
            Series(s.label, (*kept.marks, more), s.grey)
            for s, kept, more in zip(plan.series, series, gathered, strict=True)
        ]
    total = plan.total if rest else len(order)
    return Plan(tuple(categories), tuple(grey), tuple(series), plan.along, plan.across, len(keep), total)


def topped(plan: Plan, most: int, additive: bool, lang: str) -> Plan:
    """At most so many series; the rest become one grey series where they may be added."""
    if len(plan.series) <= most + 1:
        return plan
    keep = sorted(plan.series, key=lambda s: (s.grey, -total_of(s.marks)))[:most]
    rest = [s for s in plan.series if s not in keep]
    series = [s for s in plan.series if s in keep]
    if additive:
        marks = tuple(_added([s.marks[i] for s in rest]) for i in range(len(plan.categories)))
        series.append(Series(labels.text("charts.others", lang, n=len(rest)), marks, True))
        return Plan(plan.categories, plan.grey, tuple(series), plan.along, plan.across, plan.shown, plan.total)
    return Plan(plan.categories, plan.grey, tuple(series), plan.along, plan.across, len(series), len(plan.series))


def largest(plan: Plan, most: int) -> Plan:
    """At most so many lines; what is left out is counted, as a line of "all others" would tower over each of them."""
    series = [s for s in plan.series if not s.gathered]
    total = plan.total if plan.turned else len(series)
    if len(series) > most + 1:
        keep = sorted(series, key=lambda s: (s.grey, -total_of(s.marks)))[:most]
        series = [s for s in series if s in keep]
    return Plan(plan.categories, plan.grey, tuple(series), plan.along, plan.across, len(series), total)
