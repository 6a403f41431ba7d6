"""The same view one period earlier, aligned through the date dimension."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..errors import UserError
from ..results import Note
from ..star import Level
from ..star.store import quote
from .members import ALL
from .query import Condition, Query

if TYPE_CHECKING:
    from .view import View

__all__ = ["before", "time_role"]

Shift = Callable[[dt.date], dt.date | None]
Cells = dict[tuple[int | None, ...], dict[Any, Any]]


def time_role(view: View) -> str:
    """The date dimension that a comparison runs along: the one whose periods the view shows or filters by."""
    cube = view.cube
    for name in (*view.by, *view.columns, *(f.level for f in view.filters)):
        if cube.is_time(name):
            return cube.levels[name].role
    raise UserError("cube.no_period", wanted=[n for n in cube.levels if cube.is_time(n)][:6])


def before(view: View, query: Query, present: Cells) -> tuple[Cells, set[tuple], list[Note]]:
    """Cells of the previous periods under the keys of the present ones.

    Where no filter speaks of a period, the previous ones are among the ``present`` cells already.

    Returns
    -------
    cells, blank, notes
        ``blank`` are the keys of totals that mix periods with and without a previous one: nothing is said of these.
    """
    role = time_role(view)
    finder = _Finder(view, role)
    cells: Cells = {}
    blank: set[tuple] = set()
    notes: list[Note] = []
    at = [i for i, lv in enumerate(query.levels) if lv.role == role and view.cube.is_time(lv.id)]
    for finest in dict.fromkeys(_finest(query, at, s) for s in query.sets):
        sets = tuple(s for s in query.sets if _finest(query, at, s) == finest)
        scope = finder.scope(query.levels[finest] if finest is not None else None)
        still = tuple(c for c in query.conditions if not finder.moves(c))
        patterns = {tuple(i in s for i in range(len(query.levels))) for s in sets}
        if finest is not None and still == query.conditions:
            found = {k: c for k, c in present.items() if tuple([code != ALL for code in k]) in patterns}
        elif scope.earlier:
            earlier = Condition(scope.level, codes=frozenset(scope.earlier.values()))
            found = view.cube.engine.answer(replace(query, sets=sets, conditions=(*still, earlier)))
        else:
            found = {}
            blank |= {k for k in present if tuple([code != ALL for code in k]) in patterns}
        back = finder.back(query.levels, at, finest)
        for key, cell in found.items():
            now = back(key)
            # a period in which nothing was sold shows what was sold before it; none is made up after the last one
            if now is not None and (now in present or finest is None or scope.holds(query.levels[finest], now[finest])):
                cells[now] = cell
                if finest is None and scope.partly:
                    blank.add(now)
    notes += finder.notes
    return cells, blank, notes


def _finest(query: Query, at: list[int], positions: tuple[int, ...]) -> int | None:
    inside = [i for i in at if i in positions]
    return max(inside, key=lambda i: query.levels[i].count) if inside else None


class _Scope:
    """Members of one level that the filters keep, and the earlier member of each."""

    def __init__(self, level: Level, earlier: dict[int, int], partly: bool) -> None:
        self.level, self.earlier, self.partly = level, earlier, partly

    def holds(self, level: Level, code: int | None) -> bool:
        """Whether a member is among those that the filters keep and the data reach."""
        return level == self.level and code in self.earlier


class _Finder:
    def __init__(self, view: View, role: str) -> None:
        self.view, self.cube, self.role = view, view.cube, role
        self.notes: list[Note] = []
        self._seen: set[str] = set()

    def moves(self, condition: Condition) -> bool:
        """Whether a condition is about a period, so that it moves with it."""
        return condition.level.role == self.role and self.cube.is_time(condition.level.id)

    def scope(self, shown: Level | None) -> _Scope:
        """What the present periods become, at the finest level that the set or the filters speak of."""
        filtered = [self.cube.levels[f.level] for f in self.view.filters]
        filtered = [lv for lv in filtered if lv.role == self.role and self.cube.is_time(lv.id)]
        levels = [*filtered, *([shown] if shown else [])]
        if not levels:  # a total over all time has no earlier period
            self._say(Note("cube.no_previous"))
            some = next(self.cube.levels[n] for n in (*self.view.by, *self.view.columns) if self.cube.is_time(n))
            return _Scope(some, {}, True)
        level = max(levels, key=lambda lv: lv.count)
        unit = shown or level
        shift = self._shift(unit)
        members = self.cube.member_table(level.id)
        kept = self._kept(level)
        starts = [s[0] for s in members.spans]
        earlier = {}
        for code in kept:
            found = self._earlier(members, level, starts, code, shift)
            if found is not None:
                earlier[code] = found
        covered = self._covered([members.spans[c] for c in earlier.values()], "previous")
        self._covered([members.spans[c] for c in kept], "now")
        partly = len(earlier) < len(kept) or not covered
        if partly:
            self._say(Note("cube.no_previous"))
        return _Scope(level, earlier, partly)

    def _say(self, note: Note) -> None:
        if repr(note) not in self._seen:
            self._seen.add(repr(note))
            self.notes.append(note)

    def _kept(self, level: Level) -> list[int]:
        """Members of a level that the period filters keep and the data reach."""
        conditions = [self.cube.condition(f) for f in self.view.filters]
        conditions = [c for c in conditions if self.moves(c)]
        tests = []
        for c in conditions:
            name = quote(c.level.column)
            if c.span is not None:
                tests.append(f"{name} BETWEEN {int(c.span[0])} AND {int(c.span[1])}")
            else:
                tests.append(f"{name} IN ({', '.join(str(int(k)) for k in c.known) or 'NULL'})")
        where = f" WHERE {' AND '.join(tests)}" if tests else ""
        sql = f"SELECT DISTINCT {quote(level.column)} FROM star.{quote('codes.' + level.dimension)}{where} ORDER BY 1"
        codes = [r[0] for r in self.cube.star.store.rows(sql) if r[0] is not None]
        span = self._data()
        if span is None:
            return codes
        spans = self.cube.member_table(level.id).spans
        return [c for c in codes if spans[c][0] <= span[1] and spans[c][1] >= span[0]]

    def _data(self) -> tuple[dt.date, dt.date, int] | None:
        info = self.cube.star.meta["facts"][self.view.main_fact]["spans"].get(self.role)
        if info is None:
            return None
        return dt.date.fromisoformat(info["first"]), dt.date.fromisoformat(info["last"]), info["gap"]

    def _covered(self, spans: list[tuple[dt.date, dt.date]], which: str) -> bool:
        """Whether the data reach over periods; the longest pause inside the data is forgiven at their ends."""
        data = self._data()
        if data is None or not spans:
            return True
        first, last, gap = data
        low, high = min(s[0] for s in spans), max(s[1] for s in spans)
        late, early = (first - low).days >= gap + 1, (high - last).days >= gap + 1
        if late or early:
            torn = [s for s in spans if s[0] < first <= s[1] or s[0] <= last < s[1]]
            for start, end in torn[:2]:
                words = start.isoformat()[:4] if (end - start).days > 300 else start.isoformat()[:7]
                words = words if (end - start).days > 20 else start.isoformat()
                self._say(Note("cube.incomplete_period", {"period": words, "first": first, "last": last}))
        return not (late if which == "previous" else (late or early))

    def _shift(self, unit: Level) -> Shift | None:
        if self.view.previous == "year":
            return _year_before
        spans = self.cube.member_table(unit.id).spans
        days = max(((b - a).days + 1 for a, b in spans), default=0)
        if days == 1:
            return lambda d: d - dt.timedelta(days=1)
        if days == 7:
            return lambda d: d - dt.timedelta(days=7)
        months = 1 if days in range(28, 32) else 3 if days in range(89, 93) else 12 if days in (365, 366) else None
        return (lambda d: _months_before(d, months)) if months else None

    def _earlier(self, members: Any, level: Level, starts: list[dt.date], code: int, shift: Shift | None) -> int | None:
        if level.unit == "year" and self.view.previous == "year" and isinstance(members.value(code), int):
            found = members.find(members.value(code) - 1)  # a year of weeks need not begin on the same day
            return found if found is not False else None
        if level.unit == "week" and self.view.previous == "year":
            value = members.value(code)  # the week of the same number; week 53 may have none
            found = members.find(f"{int(value[:4]) - 1}{value[4:]}")
            return found if found is not False else None
        if shift is None:  # periods of no usual length: the one before
            return code - 1 if code else None
        day = shift(starts[code])
        if day is None:
            return None
        at = bisect_right(starts, day) - 1
        return at if at >= 0 and members.spans[at][1] >= day else None

    def back(self, levels: tuple[Level, ...], at: list[int], finest: int | None) -> Callable[[tuple], tuple | None]:
        """From the key of an earlier cell to the key of the present one."""
        if finest is None:
            return lambda key: key
        level = levels[finest]
        members = self.cube.member_table(level.id)
        starts = [s[0] for s in members.spans]
        shift = self._shift(level)
        later = {}
        for code in range(len(starts)):
            found = self._earlier(members, level, starts, code, shift)
            if found is not None:
                later.setdefault(found, code)
        tables = {i: self.cube.member_table(levels[i].id).spans for i in at}

        def key_of(key: tuple) -> tuple | None:
            if key[finest] is None or key[finest] not in later:
                return None
            now = list(key)
            now[finest] = later[key[finest]]
            start = starts[now[finest]]
            for i in at:
                if i != finest and key[i] != ALL and key[i] is not None:
                    now[i] = bisect_right([s[0] for s in tables[i]], start) - 1
            return tuple(now)

        return key_of


def _year_before(day: dt.date) -> dt.date | None:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # the 29th of February has no day a year before
        return None


def _months_before(day: dt.date, months: int) -> dt.date | None:
    month = day.year * 12 + day.month - 1 - months
    try:
        return day.replace(year=month // 12, month=month % 12 + 1)
    except ValueError:
        return None
