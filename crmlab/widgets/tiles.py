"""The tiles above the table: a measure's value, its change against the year before, its n, and how it was computed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .. import labels
from ..charts.grid import member_key
from .state import State

if TYPE_CHECKING:
    from ..cube import Cube, View

__all__ = ["SMALL", "Tiles", "fact_name"]

SMALL = 10
"""Fewer fact rows than this stand behind a value: it is shown grey, with its n."""

MAIN = ("revenue", "margin", "margin_share", "customers", "orders", "order_value")
ROOM = 4
LONGEST_PAUSE = 31
LESS_IS_BETTER = {"cost", "discount", "late_days", "late_share", "return_share", "returned", "returns"}
_PLAIN_FIRST = re.compile(r"^[A-ZÀ-Þ](?=[a-zß-ÿ ])")


def fact_name(fact: str, lang: str) -> str:
    """The rows of a fact inside a sentence: "335,123 sales lines"."""
    known = labels.catalogue("widgets")["text"]["rows_of"].get(fact)
    if known:
        return known[lang]
    return _PLAIN_FIRST.sub(lambda m: m.group().lower(), labels.name(fact, lang))


@dataclass(frozen=True)
class Period:
    """A view of now, one of a year before, and what both are called."""

    now: View
    then: View
    now_label: str
    then_label: str
    filtered: bool  # whether the tile's own value is that of the period


class Tiles:
    """The tiles of one state.

    Parameters
    ----------
    state : State
    cube : Cube
    lang : {"id", "en"}
    """

    def __init__(self, state: State, cube: Cube, lang: str) -> None:
        self.state, self.cube, self.lang = state, cube, lang

    def view(self, filters: dict[str, list[Any]], measures: tuple[str, ...] | None = None) -> View:
        """The measures over some filters, nothing on rows or columns."""
        view = self.cube.view(measures=measures or self.shown)
        return view.dice(filters) if filters else view

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """The chosen measures, and the cube's first ones beside them while there is room."""
        chosen = self.state.measures
        main = [m for m in MAIN if m in self.cube.measures] or list(self.cube.measures)
        return (*chosen, *[m for m in main if m not in chosen][: max(0, ROOM - len(chosen))])

    @cached_property
    def filters(self) -> dict[str, list[Any]]:
        """Level to members."""
        return {level: list(members) for level, members in self.state.filters}

    @cached_property
    def whole(self) -> View:
        """What the tiles show."""
        return self.view(self.filters)

    @cached_property
    def period(self) -> Period | None:
        """What the tiles are compared with, or ``None`` where the data do not reach back a whole year."""
        levels = self.cube.levels
        timed = {level: members for level, members in self.filters.items() if self.cube.is_time(level)}
        if timed:
            before = {level: self._year_before(level, members) for level, members in timed.items()}
            if None in before.values():
                return None
            finest = max(timed, key=lambda level: levels[level].count)
            then = self.view({**self.filters, **before})
            if not self.covered(before) or not self.covered(timed):
                return None
            return Period(self.whole, then, self._said(finest, timed[finest]), self._said(finest, before[finest]), True)
        years = next((name for name, level in levels.items() if level.unit == "year" and self.cube.is_time(name)), None)
        if years is None:
            return None
        # the last two years that the data hold whole: a year that is still running would always seem to fall
        values = [member_key(v) for v in self.cube.member_table(years).values]
        whole = [v for v in values if self.covered({years: [v]})]
        if len(whole) < 2 or values.index(whole[-1]) - values.index(whole[-2]) != 1:
            return None
        now, then = ({**self.filters, years: [v]} for v in (whole[-1], whole[-2]))
        labelled = (self._said(years, [v]) for v in (whole[-1], whole[-2]))
        return Period(self.view(now), self.view(then), *labelled, False)

    def _year_before(self, level: str, members: list[Any]) -> list[Any] | None:
        table, before = self.cube.member_table(level), []
        for member in members:
            said = str(member)
            if not re.match(r"\d{4}", said):
                return None
            found = table.find(f"{int(said[:4]) - 1}{said[4:]}")
            if found is False or found is None:
                return None
            before.append(member_key(table.value(found)))
        return before

    def covered(self, filters: dict[str, list[Any]]) -> bool:
        """Whether the data reach over the whole of these periods; a pause as inside the data is forgiven."""
        for level, members in filters.items():
            at, table = self.cube.levels[level], self.cube.member_table(level)
            known = self.cube.star.meta["facts"][self.whole.main_fact]["spans"].get(at.role)
            if known is None or not table.spans:
                continue
            pause = min(known["gap"], LONGEST_PAUSE)
            first, last = (dt.date.fromisoformat(known[end]) for end in ("first", "last"))
            for member in members:
                start, end = table.spans[table.find(member)]
                if (first - start).days > pause or (end - last).days > pause:
                    return False
        return True

    def _said(self, level: str, members: list[Any]) -> str:
        table = self.cube.member_table(level)
        words = [self.cube.label(self.cube.levels[level], table.find(m), self.lang) for m in members]
        return ", ".join(words[:2]) + (f" +{len(words) - 2}" if len(words) > 2 else "")

    def page(self) -> list[dict[str, Any]]:
        """The tiles as the browser shows them."""
        from ..cube.measures import parts_of

        answer = self.whole.ask()
        before = self.period.then.ask() if self.period else None
        now = self.period.now.ask() if self.period else None
        tiles = []
        for name in self.shown:
            measure = self.cube.measures[name]
            fact = parts_of(measure, self.cube.measures)[0].fact
            value, n = answer.value((), name), answer.n((), fact)
            change = self._change(name, now.value((), name), before.value((), name)) if self.period else None
            tiles.append(
                {
                    "id": name,
                    "label": labels.name(name, self.lang),
                    "value": self._brief(value, measure.unit),
                    "full": labels.value(value, measure.unit, self.lang, currency=self.cube.star.currency),
                    "raw": value,
                    "chosen": name in self.state.measures,
                    "n": labels.text("widgets.n_rows", self.lang, n=n, fact=fact_name(fact, self.lang)),
                    "few": bool(n) and n < SMALL,
                    "change": change,
                    "why_none": labels.text("widgets.no_period", self.lang),
                }
            )
        return tiles

    def _brief(self, value: Any, unit: str) -> str:
        """Money and millions short; smaller counts in full, since a reader compares them by eye."""
        short = unit == "money" or (isinstance(value, int | float) and abs(value) >= 1e6)
        return labels.value(value, unit, self.lang, short=short, currency=self.cube.star.currency)

    def _change(self, name: str, now: Any, then: Any) -> dict[str, str] | None:
        unit = self.cube.measures[name].unit
        on_a_scale = unit in ("share", "points", "score")  # a percentage of these would say nothing
        if now is None or then is None or (not on_a_scale and not then):
            return None
        difference = now - then
        if on_a_scale:
            text = labels.value(difference * (100 if unit == "share" else 1), "points", self.lang, decimals=1)
        else:
            text = labels.percent(difference / abs(then), self.lang)
        rounded = any(digit in text for digit in "123456789")
        sign = "±" if not rounded else "▲" if difference > 0 else "▼"
        better = (difference < 0) if name in LESS_IS_BETTER else (difference > 0)
        against = "widgets.change_against" if self.period.filtered else "widgets.change_of"
        return {
            "sign": sign,
            "text": f"+{text}" if difference > 0 and rounded else text,
            "mood": "flat" if not rounded else "good" if better else "bad",
            "against": labels.text(against, self.lang, period=self.period.then_label, now=self.period.now_label),
        }

    def how(self, name: str, filters: str) -> dict[str, Any]:
        """How one measure was computed, with its own numbers."""
        from ..cube.measures import additive, parts_of

        measure = self.cube.measures[name]
        fact = parts_of(measure, self.cube.measures)[0].fact
        used = self.view(self.filters, tuple(dict.fromkeys((name, *measure.uses))))
        totals, answer = used.totals(), self.whole.ask()

        def say(key: str, **values: Any) -> str:
            return labels.text(f"widgets.{key}", self.lang, **values)

        facts = [
            [say("how_n"), say("fact_rows", n=answer.n((), fact), fact=fact_name(fact, self.lang))],
            [say("how_filters"), filters],
        ]
        if self.period:
            then = self.period.then.measure(name).totals()[name]
            facts.append([say("how_compared"), f"{self.period.then_label}: {self._spelt(name, then)}"])
            if not self.period.filtered:
                facts[-1][1] += (
                    f"; {self.period.now_label}: {self._spelt(name, self.period.now.measure(name).totals()[name])}"
                )
        return {
            "kind": "how",
            "measure": name,
            "label": labels.name(name, self.lang),
            "said": self.cube.explain_measure(name, self.lang),
            "formula": self._formula(measure, lambda part: labels.name(part, self.lang)),
            "numbers": self._formula(
                measure, lambda part: self._spelt(part, totals.get(part)), self._spelt(name, totals[name])
            ),
            "facts": facts,
            "notes": [] if additive(measure, self.cube.measures) else [say("how_not_additive")],
        }

    def _spelt(self, name: str, value: Any) -> str:
        return labels.value(value, self.cube.measures[name].unit, self.lang, currency=self.cube.star.currency)

    def _formula(self, measure: Any, said: Any, result: str | None = None) -> str | None:
        if measure.kind == "ratio":
            right = f"{said(measure.numerator)} ÷ {said(measure.denominator)}"
        elif measure.kind == "calc":
            uses = set(measure.uses)
            right = re.sub(
                r"`([^`]+)`|[A-Za-z_]\w*",
                lambda m: said(m.group(1) or m.group()) if (m.group(1) or m.group()) in uses else m.group(),
                measure.column,
            )
            right = right.replace(" - ", " − ").replace("*", "×").replace("/", "÷")
        else:
            return None
        return f"{right} = {result}" if result else f"{labels.name(measure.name, self.lang)} = {right}"
