"""What is measured: NPS, CSAT and CES as means of what each answer counts for, with scale and direction explicit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ...errors import UserError, suggest
from .intervals import LEVEL, mean_interval, nps_interval, share_interval

__all__ = ["MEASURES", "Measure", "measure_of"]

MEASURES = ("nps", "csat", "ces", "mean")


@dataclass(frozen=True)
class Measure:
    """A score: which answers are possible, what each counts for, and how sure the mean of that is.

    Attributes
    ----------
    name : {"nps", "csat", "ces", "mean"}
    low, high : int
        The scale of the question.
    easy : {"low", "high"} or None
        Which end of a CES is the easy one.
    """

    name: str
    low: int
    high: int
    easy: str | None = None

    @property
    def unit(self) -> str:
        return {"nps": "points", "csat": "share"}.get(self.name, "score")

    @property
    def factor(self) -> float:
        """Moments are of ±1; NPS is shown in hundredths."""
        return 100.0 if self.name == "nps" else 1.0

    @property
    def neutral(self) -> float:
        """The value that says neither: as many promoters as detractors, half satisfied, the scale's middle."""
        return {"nps": 0.0, "csat": 0.5}.get(self.name, (self.low + self.high) / 2)

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and highest value that the score can take."""
        return {"nps": (-100.0, 100.0), "csat": (0.0, 1.0)}.get(self.name, (float(self.low), float(self.high)))

    @property
    def top(self) -> tuple[int, int]:
        """The answers that count as satisfied: the two highest of five or more points, the highest of fewer."""
        return (self.high - 1 if self.high - self.low >= 3 else self.high, self.high)

    @property
    def easy_answers(self) -> tuple[int, int]:
        """The answers on the easy side of the scale's middle."""
        middle = (self.low + self.high) / 2
        if self.easy == "low":
            return self.low, int(middle - 0.5) if middle % 1 else int(middle) - 1
        return int(middle + 0.5) if middle % 1 else int(middle) + 1, self.high

    def limits(self, mean: Any, square: Any, n: Any, level: float = LEVEL) -> tuple[Any, Any]:
        """The interval of moments, in the score's own units."""
        if self.name == "nps":
            low, high = nps_interval(mean, square, n, level)
            return 100 * low, 100 * high
        if self.name == "csat":
            return share_interval(mean, n, level)
        return mean_interval(mean, square, n, (self.low, self.high), level)

    def squares(self, answer: str) -> tuple[str, str]:
        """SQL for what an answer counts for, and for its square."""
        if self.name == "nps":
            return (
                f"(CASE WHEN {answer} >= 9 THEN 1 WHEN {answer} <= 6 THEN -1 ELSE 0 END)",
                f"(CASE WHEN {answer} >= 9 OR {answer} <= 6 THEN 1 ELSE 0 END)",
            )
        if self.name == "csat":
            one = f"(CASE WHEN {answer} >= {self.top[0]} THEN 1 ELSE 0 END)"
            return one, one
        return f"CAST({answer} AS DOUBLE)", f"CAST({answer} AS DOUBLE) * {answer}"


def measure_of(
    name: str, *, scale: tuple[int, int] | None = None, easy: str | None = None, room: str = "satisfaction"
) -> Measure:
    """The measure asked for, or an error that says what is missing.

    Examples
    --------
    >>> measure_of("csat", scale=(1, 5)).top, measure_of("ces", scale=(1, 7), easy="low").easy_answers
    ((4, 5), (1, 3))
    """
    if name not in MEASURES:
        raise UserError(f"{room}.unknown_measure", found=name, wanted=list(MEASURES), near=suggest(str(name), MEASURES))
    if name == "nps":
        if scale not in (None, (0, 10)):
            raise UserError(f"{room}.nps_scale", found=_written(scale))
        return Measure("nps", 0, 10)
    if scale is None:
        if name != "csat":
            raise UserError(f"{room}.no_scale", measure=name)
        scale = (1, 5)
    try:
        low, high = scale
        fits = low == int(low) and high == int(high) and 2 <= high - low <= 100
    except (TypeError, ValueError):
        fits = False
    if not fits:
        raise UserError(f"{room}.bad_scale", found=_written(scale))
    if name == "ces" and easy not in ("low", "high"):
        raise UserError(f"{room}.no_direction", found=easy)
    return Measure(name, int(low), int(high), easy if name == "ces" else None)


def _written(scale: Any) -> str:
    return "–".join(str(x) for x in scale) if isinstance(scale, tuple | list) else str(scale)
