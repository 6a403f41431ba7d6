"""Why a measure changed: which members it came from, and for revenue how much was volume, mix and price.

All of it is computed in exact fractions. The members' parts sum to the change, and so do the effects, which are
handed out in the smallest unit of the measure with no unit lost.

With prices p, quantities q, total quantities Q, and 0 and 1 for before and after, over the products sold in both:
volume = (Q1 - Q0) R0 / Q0, mix = sum((q1/Q1 - q0/Q0) p0) Q1, price = sum((p1 - p0) q1). For a ratio with weights w
(shares of the denominator) and rates m: mix = (w1 - w0)(m0 - M0), rate = w1 (m1 - m0), per member.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..errors import UserError
from ..results import Note, Result
from ..star import Level
from .answer import conditions_of, parts_needed
from .measures import Measure, additive, parts_of
from .query import Query

if TYPE_CHECKING:
    from .view import View

__all__ = ["why"]

EFFECTS = ("volume", "mix", "price", "new", "discontinued", "unpriced")
_MOST_PLACES = 9  # decimal places that parts are handed out in; a third has no end


def why(
    view: View,
    against: Mapping[str, Any],
    *,
    measure: str | None = None,
    over: Sequence[str] | str | None = None,
    quantity: str | None = None,
    product: str | None = None,
) -> Result:
    """Explain the difference between a view and the same view with other filters.

    Parameters
    ----------
    view : View
        What is to be explained ("after"), filtered.
    against : mapping
        The filters to compare with ("before"): ``{"year": 2019}``; lists and pairs as in :meth:`View.dice`.
    measure : str, optional
        The view's first by default.
    over : str or sequence of str, optional
        The levels whose members share the change; the view's own, or the coarsest of every other dimension.
    quantity, product : str, optional
        The measure and the level for price, volume and mix; ``quantity`` and ``product`` or ``product_id`` where the
        cube has them.

    Returns
    -------
    Result
        Kind ``cube.why``. ``table`` has per level and member ``before``, ``after``, ``change`` and
        ``share_of_change``; rows of kind ``effect`` hold the effects. For a ratio every member's change is ``mix``
        plus ``rate``.
    """
    asked = view.cube.measure(measure or view.measures[0])
    after = replace(view, limit=None, order=None, shares=(), previous=None)
    before = after
    for name, value in against.items():
        many = isinstance(value, list | tuple | set | frozenset)
        before = before.dice({name: value}) if many else before.slice({name: value})
    if before.filters == after.filters:
        raise UserError("cube.same_scope", found=dict(against))
    kind = "ratio" if asked.kind in ("ratio", "mean") else "members"
    if kind == "members" and not additive(asked, view.cube.measures) and asked.kind != "count_distinct":
        raise UserError("cube.not_explainable", found=asked.name)
    pair = _Pair(before, after, asked)
    levels = _levels(view, against, asked, over)
    if view.cube.policy:
        named = [lv.id for lv in (*levels, *(view.cube.level(n) for n in (*view.by, *view.columns, *against)))]
        named += [f.level for f in view.filters]
        if view.cube.policy.protects({p.fact for p in parts_of(asked, view.cube.measures)}, named):
            from .protect import has_small_cells

            sides = [side.measure(asked.name).rows_by(lv.id) for lv in levels for side in (before, after)]
            if any(has_small_cells(side) for side in sides):
                raise UserError("privacy.protected_why")
    rows: list[dict[str, Any]] = []
    facts: dict[str, Any] = pair.facts()
    notes: list[Note] = []
    if kind == "ratio":
        for level in levels:
            rows += _mix_and_rate(pair, level, facts)
    else:
        for level in levels:
            rows += _members(pair, level)
        if asked.unit == "money":
            effects, notes = _price_volume_mix(pair, quantity, product)
            facts |= dict.fromkeys(EFFECTS) | effects
            rows += [_effect(name, value, facts["change"]) for name, value in effects.items()]
    if asked.kind == "count_distinct" or any(row["kind"] == "overlap" for row in rows):
        notes.append(Note("cube.why_overlap", {"measure": asked.name}))
    # a filter on a month of another year leaves nothing, and the whole value would pass for a rise
    notes += [Note(f"cube.why_no_{side}") for side in ("before", "after") if pair.whole(side) is None]
    params = {"view": view.to_dict(), "against": {k: str(v) for k, v in against.items()}, "decomposition": kind}
    facts = {"measure": asked.name, "unit": asked.unit, "currency": view.cube.star.currency, **facts}
    return Result("cube.why", _table(rows, kind), params, facts, tuple(notes), view.cube.star.source)


@dataclass
class _Pair:
    """The same question before and after."""

    before: View
    after: View
    measure: Measure

    def cells(
        self, level: Level | None, names: Sequence[str], which: str
    ) -> dict[int | None, dict[str, Fraction | None]]:
        """Member code (``None`` for the unknown; one entry for the whole when there is no level) to measures."""
        view = getattr(self, which)
        levels = (level,) if level else ()
        query = Query(levels, (tuple(range(len(levels))),), parts_needed(view, names), conditions_of(view))
        found = {}
        for key, cell in view.cube.engine.answer(query, exact=True).items():
            found[key[0] if key else None] = {n: view.cube.exact_readers[n](cell) for n in names}
        return found

    def ratio(self, level: Level | None, which: str) -> dict[int | None, tuple[Fraction, Fraction]]:
        """Member code to numerator and denominator."""
        view = getattr(self, which)
        known = view.cube.measures
        levels = (level,) if level else ()
        parts = parts_needed(view, [self.measure.name])
        query = Query(levels, (tuple(range(len(levels))),), parts, conditions_of(view))
        found = {}
        for key, cell in view.cube.engine.answer(query, exact=True).items():
            if self.measure.kind == "mean":
                top, bottom = (cell.get(p) for p in parts_of(self.measure, known))
            else:
                top, bottom = (view.cube.exact_readers[n](cell) for n in self.measure.uses)
            found[key[0] if key else None] = (Fraction(top or 0), Fraction(bottom or 0))
        return found

    def whole(self, which: str) -> Fraction | None:
        cell = self.cells(None, [self.measure.name], which).get(None, {})
        return cell.get(self.measure.name)

    def facts(self) -> dict[str, Any]:
        before, after = self.whole("before"), self.whole("after")
        if self.measure.kind in ("ratio", "mean"):
            missing = [w for w, v in (("before", before), ("after", after)) if v is None]
            if missing:
                raise UserError("cube.nothing_to_compare", found=missing)
        change = (after or 0) - (before or 0)
        growth = change / abs(before) if before else None
        return {
            "before": plain(before or 0),
            "after": plain(after or 0),
            "change": plain(change),
            "growth": plain(growth) if growth is not None else None,
        }


def plain(x: Fraction | int) -> int | float:
    """A fraction as Python's own number."""
    return int(x) if x == int(x) else float(x)


def _levels(view: View, against: Mapping[str, Any], measure: Measure, over: Sequence[str] | str | None) -> list[Level]:
    cube = view.cube
    names = [over] if isinstance(over, str) else list(over) if over is not None else [*view.by, *view.columns]
    compared = {cube.level(n).role for n in against}
    facts = {p.fact for p in parts_of(measure, cube.measures)}
    shared = [r for r in cube.star.roles if all(r in cube.star.meta["facts"][f]["roles"] for f in facts)]
    if over is not None:
        chosen = [cube.level(n) for n in names]
        lacking = [lv.id for lv in chosen if lv.role not in shared]
        if lacking:
            raise UserError("cube.level_without_fact", found=lacking, measure=measure.name)
        return chosen
    shown = [cube.level(n) for n in names]
    shown = [lv for lv in shown if lv.role in shared and not (lv.role in compared and cube.is_time(lv.id))]
    if shown:
        return shown
    tops = [cube.levels[next(iter(cube.dimensions[r].values()))[0]] for r in shared if r not in compared]
    return [lv for lv in tops if lv.count <= 5000]


def _members(pair: _Pair, level: Level) -> list[dict[str, Any]]:
    name = pair.measure.name
    before, after = (pair.cells(level, [name], w) for w in ("before", "after"))
    change = Fraction(pair.whole("after") or 0) - Fraction(pair.whole("before") or 0)
    rows, rest = [], change
    for code in {**before, **after}:
        then, now = (Fraction(side.get(code, {}).get(name) or 0) for side in (before, after))
        rest -= now - then
        rows.append(_row(pair, level, code, then, now, now - then, change))
    rows.sort(key=lambda r: (-abs(r["change"]), str(r["label"])))
    if rest:
        # one customer may stand under several members: the sum of their changes is not the change of the whole
        rows.append({"kind": "overlap", "level": level.id, "change": plain(rest), **_share(rest, change)})
    return rows


def _row(pair: _Pair, level: Level, code: int | None, then: Any, now: Any, part: Fraction, change: Fraction) -> dict:
    cube = pair.after.cube
    return {
        "kind": "member",
        "level": level.id,
        "member": _value(cube, level, code),
        "label": cube.label(level, code),
        "before": plain(then) if then is not None else None,
        "after": plain(now) if now is not None else None,
        "change": plain(part),
        **_share(part, change),
    }


def _value(cube: Any, level: Level, code: int | None) -> Any:
    return cube.label(level, code) if level.personal and code is not None else cube.member_table(level.id).value(code)


def _share(part: Fraction, change: Fraction) -> dict[str, float | None]:
    return {"share_of_change": float(Fraction(part) / Fraction(change)) if change else None}


def _effect(name: str, value: Any, change: Any) -> dict[str, Any]:
    return {
        "kind": "effect",
        "level": None,
        "member": name,
        "label": name,
        "change": value,
        "share_of_change": value / change if change else None,
    }


def _mix_and_rate(pair: _Pair, level: Level, facts: dict[str, Any]) -> list[dict[str, Any]]:
    before, after = (pair.ratio(level, w) for w in ("before", "after"))
    (top0, all0), (top1, all1) = (pair.ratio(None, w)[None] for w in ("before", "after"))
    mean0, change = top0 / all0, top1 / all1 - top0 / all0
    rows, mixes, rates = [], Fraction(0), Fraction(0)
    for code in {**before, **after}:
        (t0, d0), (t1, d1) = (side.get(code, (Fraction(0), Fraction(0))) for side in (before, after))
        w0, w1 = d0 / all0, d1 / all1
        if d0 and d1:
            mix, rate = (w1 - w0) * (t0 / d0 - mean0), w1 * (t1 / d1 - t0 / d0)
        else:  # without a rate on one side all of it is a matter of being there
            mix, rate = (t1 / all1 - w1 * mean0) - (t0 / all0 - w0 * mean0), Fraction(0)
        mixes, rates = mixes + mix, rates + rate
        then, now = (t / d if d else None for t, d in ((t0, d0), (t1, d1)))
        row = _row(pair, level, code, then, now, mix + rate, change)
        rows.append(
            {**row, "mix": plain(mix), "rate": plain(rate), "weight_before": float(w0), "weight_after": float(w1)}
        )
    rows.sort(key=lambda r: (-abs(r["change"]), str(r["label"])))
    if rest := change - mixes - rates:  # one order may hold several members: the weights come to more than the whole
        rows.append({"kind": "overlap", "level": level.id, "change": plain(rest), **_share(rest, change)})
    facts.setdefault("mix", plain(mixes))
    facts.setdefault("rate", plain(rates))
    facts.setdefault("over", level.id)
    facts[f"mix_{level.id}"], facts[f"rate_{level.id}"] = plain(mixes), plain(rates)
    return rows


def _price_volume_mix(pair: _Pair, quantity: str | None, product: str | None) -> tuple[dict[str, Any], list[Note]]:
    cube = pair.after.cube
    amount = quantity or next((m for m in ("quantity", "units") if m in cube.measures), None)
    at = product or next((n for n in ("product_id", "product", "sku") if n in cube.levels), None)
    if amount is None or at is None:
        return {}, [Note("cube.no_price_volume_mix")]
    names = [pair.measure.name, cube.measure(amount).name]
    level = cube.level(at)
    lacking = any(
        level.role not in cube.star.meta["facts"][p.fact]["roles"]
        for n in names
        for p in parts_of(cube.measures[n], cube.measures)
    )
    if lacking:
        return {}, [Note("cube.no_price_volume_mix")]
    before, after = (pair.cells(level, names, w) for w in ("before", "after"))
    parts = dict.fromkeys(EFFECTS, Fraction(0))
    both = []
    for code in {**before, **after}:
        then, now = (tuple(Fraction(side.get(code, {}).get(n) or 0) for n in names) for side in (before, after))
        if code is not None and then[1] > 0 and now[1] > 0:
            both.append((*then, *now))
        elif code is not None and code not in before and now[1] > 0:
            parts["new"] += now[0]
        elif code is not None and code not in after and then[1] > 0:
            parts["discontinued"] -= then[0]
        else:  # returns outweigh sales, or the product is unknown: there is no price to speak of
            parts["unpriced"] += now[0] - then[0]
    total0, total1 = sum(q0 for _, q0, _, _ in both), sum(q1 for _, _, _, q1 in both)
    if both:
        revenue0 = sum(r0 for r0, _, _, _ in both)
        parts["volume"] = (total1 - total0) * revenue0 / total0
        parts["mix"] = sum((q1 / total1 - q0 / total0) * (r0 / q0) for r0, q0, _, q1 in both) * total1
        parts["price"] = sum((r1 / q1 - r0 / q0) * q1 for r0, q0, r1, q1 in both)
    return _in_units(parts, pair), []


def _in_units(parts: dict[str, Fraction], pair: _Pair) -> dict[str, Any]:
    """The parts in the measure's smallest unit, by largest remainder: their sum stays what it was, to the last unit."""
    places = pair.after.cube.engine.scale(parts_of(pair.measure, pair.after.cube.measures))
    whole = sum(parts.values())
    while (whole * 10**places).denominator != 1 and places < _MOST_PLACES:
        places += 1  # a formula's own number (0.5) may be finer than the columns
    unit = Fraction(1, 10**places)
    if (whole / unit).denominator != 1:
        return {name: plain(value) for name, value in parts.items()}
    floors = {name: (value / unit).__floor__() for name, value in parts.items()}
    missing = int(whole / unit) - sum(floors.values())
    for name in sorted(parts, key=lambda n: (floors[n] - parts[n] / unit, EFFECTS.index(n)))[:missing]:
        floors[name] += 1
    return {name: plain(count * unit) for name, count in floors.items()}


def _table(rows: list[dict[str, Any]], kind: str) -> Any:
    import pandas as pd

    columns = ["kind", "level", "member", "label", "before", "after", "change", "share_of_change"]
    if kind == "ratio":
        columns += ["mix", "rate", "weight_before", "weight_after"]
    table = pd.DataFrame({c: [row.get(c) for row in rows] for c in columns})
    numbers = [c for c in columns[4:] if not pd.api.types.is_integer_dtype(table[c])]
    return table.astype(dict.fromkeys(numbers, "float64"))
