"""Intervals of what is made of ranked values: shares of the best, Gini, the peak of the whale, and means of money.

Money has a long tail. The textbook's interval (a standard error to either side) then holds the truth 80 to 90 times of
100, not 95: the giants that a sample happens to miss would have moved the figure and its standard error together. Here
the studentised statistic is drawn again and again (bootstrap-t), twice over: from the customers themselves, and from a
world in which the best tenth goes on as its Hill index says, so that giants can come up whom nobody has seen (Cowell
and Flachaire 2007, Journal of Econometrics 141). The interval holds both. Standard errors come from influence functions
(Davidson 2009, Journal of Econometrics 150); what can't leave 0 to 1 is drawn on the logit scale, what can't fall below
1 on the log of what is above.

Where that does not hold either, no interval is given: :class:`Spread` says why.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ...intervals import z_of

if TYPE_CHECKING:
    import numpy as np

__all__ = ["FEW", "LEAST", "LOSERS", "Spread", "hill_index"]

FEW = 30
"""Groups below so many customers have no verdict."""

LEAST = 50
"""Below so many customers nothing is said of how unequal others are."""

LOSERS = 10
"""Below so many losing customers nothing is said of what they cost elsewhere."""

TAIL = 0.1
"""The best tenth is the tail."""

GIANT = 0.2
"""Nobody may bring (or lose) more than this of all that is brought and lost."""

HEAVIEST = 0.75
"""From 0.5 on a Pareto tail has no variance, from 1 on no mean: near that, all figures are one giant's."""

DRAWS = 499
MANY = 20_000
"""From here on one standard error to either side does where the tail is not heavy; it was tried there."""

HEAVY_FOR_MANY = 0.6
"""Where nothing is drawn, a tail heavier than this has no interval."""

_CELLS = 400  # the fitted tail as so many equal parts
_CHUNK = 2_000_000  # values that are drawn at once

Statistic = Callable[["np.ndarray"], "tuple[np.ndarray, np.ndarray]"]


def hill_index(ranked: np.ndarray, share: float = TAIL) -> tuple[float | None, int]:
    """Hill's index of the upper tail (1975), and of how many; ``None`` where it does not begin above zero.

    Parameters
    ----------
    ranked : numpy.ndarray
        The smallest first.
    share : float

    Examples
    --------
    >>> import numpy as np
    >>> round(hill_index((1 - (np.arange(2000) + 0.5) / 2000) ** -0.5)[0], 2)  # a Pareto tail of 1 / 2
    0.5
    """
    import numpy as np

    k = max(8, round(share * len(ranked)))
    if k >= len(ranked) or ranked[-k - 1] <= 0:
        return None, k
    return float(np.log(ranked[-k:] / ranked[-k - 1]).mean()), k


@dataclass(frozen=True, eq=False)
class Spread:
    """Values of customers, the smallest first, and how far what is made of them may lie from others' like these.

    Attributes
    ----------
    ranked : numpy.ndarray
    confidence : float
    least : int
        Fewer customers than this have no interval.
    """

    ranked: np.ndarray
    confidence: float = 0.95
    least: int = LEAST

    @cached_property
    def refused(self) -> str | None:
        """Why there is no interval: ``too_few``, ``heavy_tail``, or ``None``."""
        import numpy as np

        x = self.ranked
        if len(x) < self.least:
            return "too_few"
        size = float(np.abs(x).sum())
        if size == 0:
            return None
        if max(x[-1], -x[0]) > GIANT * size or (self.tail[0] or 0.0) >= HEAVIEST:
            return "heavy_tail"
        # one who loses as much as the best tenth begin to earn: such giants are too few to be counted on
        if x[0] < 0 and -x[0] > max(x[-self.tail[1]], 0.0):
            return "heavy_tail"
        if self.two_kinds or (len(x) > MANY and (self.tail[0] or 0.0) >= HEAVY_FOR_MANY):
            return "heavy_tail"
        return None

    @cached_property
    def tail(self) -> tuple[float | None, int]:
        """Hill's index of the best tenth, and how many those are."""
        return hill_index(self.ranked)

    @cached_property
    def two_kinds(self) -> bool:
        """Whether the tail grows heavier further out: the mark of giants among others, who are better parted first."""
        inner, (outer, k) = self.tail[0], hill_index(self.ranked, TAIL / 2)
        if not inner or outer is None:
            return False
        return outer / inner > 1 + 1.64 / math.sqrt(2 * k)

    @cached_property
    def _worlds(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """For each world to draw from: its values with their weights, as a table whose statistic is known."""
        import numpy as np

        x, (index, k) = self.ranked, self.tail
        found = [(x, np.ones(len(x)))]
        if index is not None and index > 0:
            start = float(x[-k - 1])
            places = (np.arange(_CELLS) + 0.5) / _CELLS
            tail = np.sort(start * places**-index)
            if index < 1:  # the last part holds what lies beyond it as well, so that the mean is that of the tail
                tail[-1] += max(0.0, _CELLS * start / (1 - index) - float(tail.sum()))
            weights = np.concatenate([np.ones(len(x) - k), np.full(_CELLS, k / _CELLS)])
            found.append((np.concatenate([x[:-k], tail]), weights))
        return found

    def _draws(self, world: int) -> list[np.ndarray]:
        """Samples of a world, one a row, ranked; the same for the same values in whatever order or currency."""
        import numpy as np

        x, (index, k) = self.ranked, self.tail
        n = len(x)
        luck = np.random.default_rng([world, n])
        rows = max(1, _CHUNK // n)
        found = []
        for done in range(0, DRAWS, rows):
            size = (min(rows, DRAWS - done), n)
            if world == 0:
                drawn = x[luck.integers(0, n, size)]
            else:
                start = float(x[-k - 1])
                far = start * (1 - luck.random(size)) ** -float(index or 0.0)
                drawn = np.where(luck.random(size) < k / n, far, x[luck.integers(0, n - k, size)])
            drawn.sort(axis=1)
            found.append(drawn)
        return found

    @cached_property
    def _samples(self) -> list[list[np.ndarray]]:
        return [self._draws(world) for world in range(len(self._worlds))]

    def interval(
        self, statistic: Statistic, known: Callable[[np.ndarray, np.ndarray], float], scale: str = "plain"
    ) -> tuple[float | None, float | None]:
        """The interval of a statistic, or two times nothing where it is refused.

        Parameters
        ----------
        statistic : callable
            Of ranked rows: the statistic of each with its standard error.
        known : callable
            The same of values with weights, ranked: what the statistic of a world is.
        scale : {"plain", "logit", "above_one"}
        """
        import numpy as np

        if self.refused:
            return None, None
        there, back, slope = _SCALES[scale]
        point, error = (float(found[0]) for found in statistic(self.ranked[None, :]))
        if error == 0 or not np.isfinite(there(point)):
            return point, point
        middle, reach = there(point), error * slope(point)
        if len(self.ranked) > MANY:
            ends = z_of(self.confidence) * np.array([-1.0, 1.0]) * reach + middle
            return float(back(ends[0])), float(back(ends[1]))
        low, high = math.inf, -math.inf
        for world, samples in zip(self._worlds, self._samples, strict=True):
            truth = there(known(*world))
            with np.errstate(all="ignore"):
                again, errors = (np.concatenate(part) for part in zip(*map(statistic, samples), strict=True))
                drawn = (there(again) - truth) / (errors * slope(again))
            drawn = drawn[np.isfinite(drawn)]
            if len(drawn) < 0.9 * DRAWS:
                return None, None
            rest = (1 - self.confidence) / 2
            down, up = np.quantile(drawn, [1 - rest, rest])
            low, high = min(low, middle - down * reach), max(high, middle - up * reach)
        return float(back(low)), float(back(high))


def _logit(p: np.ndarray) -> np.ndarray:
    import numpy as np

    with np.errstate(all="ignore"):
        return np.log(p / (1 - p))


def _log_above(p: np.ndarray) -> np.ndarray:
    import numpy as np

    with np.errstate(all="ignore"):
        return np.log(p - 1)


_SCALES: dict[str, tuple[Callable, Callable, Callable]] = {
    "plain": (lambda v: v, lambda v: v, lambda v: 1.0 + 0 * v),
    "logit": (_logit, lambda v: (1 + math.tanh(v / 2)) / 2, lambda v: 1 / (v * (1 - v))),
    "above_one": (_log_above, lambda v: 1 + math.exp(min(v, 700.0)), lambda v: 1 / (v - 1)),
}
