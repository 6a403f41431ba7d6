"""Entries of a ledger: measured, assumed or computed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any

from ...errors import UserError

__all__ = ["UNITS", "Entry", "assumed", "computed", "measured"]

UNITS = ("money", "share", "count", "number")
Value = float | Mapping[str, float]


@dataclass(frozen=True)
class Entry:
    """One line of a ledger; made by :func:`measured`, :func:`assumed` or :func:`computed`.

    Parameters
    ----------
    name : str
        An identifier: formulas call the entry by it.
    how : {"measured", "assumed", "computed"}
    unit : {"money", "share", "count", "number"}
    value, low, high : float or mapping of segment to float, optional
        Of a computed entry none.
    formula : str
        Of a computed entry.
    says : str
        Where a measured figure comes from; who owns an assumption.
    """

    name: str
    how: str
    unit: str = "number"
    value: Value | None = None
    low: Value | None = None
    high: Value | None = None
    formula: str = ""
    says: str = ""

    @property
    def segments(self) -> tuple[str, ...]:
        """The segments for which a given entry stands apart; none for one figure of all."""
        return tuple(self.value) if isinstance(self.value, Mapping) else ()

    def to_dict(self) -> dict[str, Any]:
        """The entry as JSON takes it."""
        given = {f: getattr(self, f) for f in self.__dataclass_fields__}
        return {k: dict(v) if isinstance(v, Mapping) else v for k, v in given.items() if v not in (None, "")}


def measured(name: str, value: Value, *, low: Value | None = None, high: Value | None = None,
             unit: str = "number", source: str = "") -> Entry:  # fmt: skip
    """What the data say.

    Parameters
    ----------
    name : str
    value : float or mapping of segment to float
    low, high : as value, optional
        The 95 % interval. Without one the figure is taken as counted, without error.
    unit : {"money", "share", "count", "number"}
    source : str
        The Result, table and day that it comes from.

    Raises
    ------
    UserError
        ``ledger.bad_name``, ``ledger.bad_unit``, ``ledger.bad_value``, ``ledger.bad_interval``,
        ``ledger.percent`` (a share typed as 12 for 12 %), ``ledger.other_segments``.

    Examples
    --------
    >>> measured("kept_share", {"loyal": 0.8}, low={"loyal": 0.7}, high={"loyal": 0.9}, unit="share").segments
    ('loyal',)
    """
    return _given("measured", name, value, low, high, unit, source)


def assumed(name: str, value: Value, *, low: Value | None = None, high: Value | None = None,
            unit: str = "number", owner: str = "") -> Entry:  # fmt: skip
    """What somebody believes.

    Parameters
    ----------
    name : str
    value : float or mapping of segment to float
        The most likely.
    low, high : as value, optional
        The lowest and the highest that the owner believes: the ends of a triangle, not an interval of an estimate.
    unit : {"money", "share", "count", "number"}
    owner : str
        Who answers for it; without one the ledger says that nobody does.

    Raises
    ------
    UserError
        As :func:`measured`.

    Examples
    --------
    >>> assumed("reach_share", 0.6, low=0.4, high=0.8, unit="share", owner="Marketing").says
    'Marketing'
    """
    return _given("assumed", name, value, low, high, unit, owner)


def computed(name: str, formula: str, *, unit: str = "number") -> Entry:
    """What follows from other entries.

    Parameters
    ----------
    name : str
    formula : str
        Names of entries, numbers, ``+ - * / **``, and ``total(x)`` (the sum over segments), ``annuity(rate, years)``
        (the present value of 1 at the end of every year), ``min``, ``max``. A figure of all meets figures by segment as
        the same number in each.
    unit : {"money", "share", "count", "number"}

    Raises
    ------
    UserError
        ``ledger.bad_name``, ``ledger.bad_unit``; a formula is read when it enters a ledger.

    Examples
    --------
    >>> computed("gain", "total(kept_more * margin)", unit="money").how
    'computed'
    """
    _check(name, unit)
    return Entry(name, "computed", unit, formula=str(formula).strip())


def _check(name: str, unit: str) -> None:
    if not (isinstance(name, str) and name.isidentifier()):
        raise UserError("ledger.bad_name", found=name)
    if unit not in UNITS:
        raise UserError("ledger.bad_unit", found=unit, wanted=list(UNITS), entry=name)


def _given(how: str, name: str, value: Any, low: Any, high: Any, unit: str, says: str) -> Entry:
    _check(name, unit)
    kept = {part: _numbers(name, part, one) for part, one in (("value", value), ("low", low), ("high", high))}
    if kept["value"] is None or (kept["low"] is None) != (kept["high"] is None):
        raise UserError("ledger.bad_interval", entry=name, found=[value, low, high])
    if kept["low"] is not None:
        for segment, (a, b, c) in _together(name, kept["low"], kept["value"], kept["high"]).items():
            if not a <= b <= c:
                raise UserError("ledger.bad_interval", entry=name, found=[a, b, c], rows=[segment] if segment else None)
    if unit == "share":
        worst = max(abs(v) for part in kept.values() if part is not None for v in _values(part))
        if worst > 1:
            raise UserError("ledger.percent", entry=name, found=worst)
    return Entry(name, how, unit, kept["value"], kept["low"], kept["high"], says=str(says or ""))


def _values(part: Value) -> list[float]:
    return list(part.values()) if isinstance(part, Mapping) else [part]


def _numbers(name: str, part: str, one: Any) -> Value | None:
    if one is None:
        return None
    if hasattr(one, "to_dict") and not isinstance(one, Mapping):
        one = one.to_dict()  # a column with the segments as its labels
    given = one if isinstance(one, Mapping) else {"": one}
    for segment, value in given.items():
        if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
            raise UserError("ledger.bad_value", entry=name, part=part, found=value, rows=[segment] if segment else None)
    if not given:
        raise UserError("ledger.bad_value", entry=name, part=part, found=one)
    return {str(s): float(v) for s, v in given.items()} if isinstance(one, Mapping) else float(one)


def _together(name: str, low: Value, value: Value, high: Value) -> dict[str, tuple[float, float, float]]:
    """Low, value and high of every segment, which all three must name."""
    if not isinstance(value, Mapping):
        if isinstance(low, Mapping) or isinstance(high, Mapping):
            raise UserError("ledger.other_segments", entry=name, wanted=[], found=sorted(_names(low) | _names(high)))
        return {"": (low, value, high)}
    for part in (low, high):
        if _names(part) != set(value):
            raise UserError("ledger.other_segments", entry=name, wanted=sorted(value), found=sorted(_names(part)))
    return {s: (low[s], value[s], high[s]) for s in value}


def _names(part: Value) -> set[str]:
    return set(part) if isinstance(part, Mapping) else set()
