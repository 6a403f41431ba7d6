"""Numbers and dates: how many digits must agree, and the slips that turn a right number into a wrong one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from ..errors import UserError
from .verdict import Draw, Match, Verdict

__all__ = ["cells", "date_kind", "number", "number_kind"]

DIGITS = 4
DUST = 1e-12
COARSE = 2
# name of the slip -> what turns the given number into the right one
_SCALES = {
    "hundred_small": 100.0,
    "hundred_large": 0.01,
    "thousand_small": 1e3,
    "thousand_large": 1e-3,
    "million_small": 1e6,
    "million_large": 1e-6,
    "twelve_small": 12.0,
    "twelve_large": 1 / 12,
}


def number(answer: Any) -> float | int:
    """A plain number out of what a student gives: numpy's and pandas' single values too.

    Raises
    ------
    UserError
        ``exercises.not_a_number``, ``exercises.several_numbers``, ``exercises.missing_number``.
    """
    while hasattr(answer, "shape") or type(answer) in (list, tuple):
        size = getattr(answer, "size", None) if hasattr(answer, "shape") else len(answer)
        if size != 1:
            raise UserError("exercises.several_numbers", found=type(answer).__name__, n=int(size or 0))
        inner = answer.item() if hasattr(answer, "item") else getattr(answer, "values", answer)
        answer = inner.item() if hasattr(inner, "item") else inner[0] if isinstance(inner, list | tuple) else inner
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        if hasattr(answer, "__float__") and not isinstance(answer, str | bool):
            answer = float(answer)  # Decimal, Fraction
        else:
            raise UserError("exercises.not_a_number", found=repr(answer)[:60])
    if isinstance(answer, float) and not math.isfinite(answer):
        raise UserError("exercises.missing_number", found=str(answer))
    if isinstance(answer, int) and abs(answer) > 1e15:
        answer = float(min(max(answer, -(10**300)), 10**300))
    return answer


def cells(x: float, digits: int) -> list[str]:
    """The canonical texts that an answer may stand for: its own, and its neighbours' within half a unit.

    Examples
    --------
    >>> cells(12.3449, 4)
    ['1.234e+01', '1.235e+01']
    """
    if abs(x) < DUST:  # what is left of sums that cancel
        return ["0"]
    half = 0.5 * 10.0 ** (1 - digits) * 10.0 ** math.floor(math.log10(abs(x)))
    near = (x, x - half, x + half)
    return list(dict.fromkeys("0" if v == 0 else f"{v:.{digits - 1}e}" for v in near))


def canon(x: float, digits: int) -> str:
    return cells(x, digits)[0]


def _exact(x: float) -> str:
    """A count as text; a number with a fraction is no count, and stands for itself."""
    return str(round(x)) if abs(x - round(x)) < 1e-9 * max(1.0, abs(x)) else repr(float(x))


def _slips(x: float, spec: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """Readings of a number under which it may be right after all."""
    unit = spec.get("unit")
    if spec.get("exact"):
        yield "one_off", x + 1
        yield "one_off", x - 1
    yield "sign", -x
    for name, factor in _SCALES.items():
        yield name, x * factor
    if unit == "share":
        yield "complement", 1 - x
        yield "complement", 1 - x / 100
    if unit == "percent":
        yield "complement", 100 - x
        yield "complement", 100 - 100 * x
    if x:
        yield "reciprocal", 1 / x
        if unit == "percent":
            yield "reciprocal", 1e4 / x


class number_kind:
    """One number; ``digits`` significant digits must agree, a unit of the last one more or less; counts exactly."""

    @staticmethod
    def plain(spec: Mapping[str, Any], draw: Draw, answer: Any) -> float | int:
        return number(answer)

    @staticmethod
    def entries(spec: Mapping[str, Any], plain: float | int) -> list[tuple[str, str]]:
        if spec.get("exact"):
            return [("whole", _exact(plain))]
        return [("whole", canon(plain, spec.get("digits", DIGITS))), ("coarse", canon(plain, COARSE))]

    @staticmethod
    def judge(spec: Mapping[str, Any], plain: float | int, match: Match) -> Verdict:
        digits = spec.get("digits", DIGITS)

        def texts(x: float) -> list[str]:
            return [_exact(x)] if spec.get("exact") else cells(x, digits)

        found = {label for text in texts(plain) if (label := match("whole", text))}
        if "right" in found:
            return Verdict("right", 1.0)
        if found:
            return Verdict("misconception", name=min(found))
        for slip, x in _slips(plain, spec):
            if math.isfinite(x) and any(match("whole", text) == "right" for text in texts(x)):
                return Verdict("nearly", 0.5, slip, {"digits": digits})
        if not spec.get("exact") and match("coarse", canon(plain, COARSE)) == "right":
            return Verdict("nearly", 0.5, "rounding", {"digits": digits})
        return Verdict("wrong")


class date_kind:
    """One day, ``date``, ``Timestamp`` or ISO text."""

    @staticmethod
    def plain(spec: Mapping[str, Any], draw: Draw, answer: Any) -> str:
        import datetime

        if hasattr(answer, "shape") and getattr(answer, "size", 0) == 1:
            answer = answer.item() if answer.dtype.kind != "M" else str(answer.ravel()[0])[:10]
        if isinstance(answer, str):
            try:
                return datetime.date.fromisoformat(answer.strip()[:10]).isoformat()
            except ValueError as gap:
                raise UserError("exercises.not_a_date", found=answer[:40]) from gap
        if hasattr(answer, "isoformat") and hasattr(answer, "year") and answer == answer:
            return answer.isoformat()[:10]
        raise UserError("exercises.not_a_date", found=repr(answer)[:40])

    @staticmethod
    def entries(spec: Mapping[str, Any], plain: str) -> list[tuple[str, str]]:
        return [("whole", plain)]

    @staticmethod
    def judge(spec: Mapping[str, Any], plain: str, match: Match) -> Verdict:
        import datetime

        label = match("whole", plain)
        if label:
            return Verdict("right", 1.0) if label == "right" else Verdict("misconception", name=label)
        day = datetime.date.fromisoformat(plain)
        for step in (-1, 1):
            if match("whole", (day + datetime.timedelta(days=step)).isoformat()) == "right":
                return Verdict("nearly", 0.5, "one_day_off")
        if day.day <= 12 and match("whole", day.replace(month=day.day, day=day.month).isoformat()) == "right":
            return Verdict("nearly", 0.5, "day_for_month")
        return Verdict("wrong")
