"""Random draws that are the same, bit for bit, on every machine and under every version of numpy.

numpy promises that the raw words of a bit generator stay as they are. It does not promise that for its distributions,
whose logarithms and exponentials also differ in the last bit between processors. So every draw here is made of raw
words, table look-ups, comparisons and single multiplications; the tables are computed once and rounded far above the
last bit.
"""

import math
import zlib
from functools import cache
from statistics import NormalDist

import numpy as np

_POINTS = 1 << 16  # quantiles in a table; a draw looks up 16 random bits


def _table(quantile):
    return np.array([round(quantile((k + 0.5) / _POINTS), 6) for k in range(_POINTS)])


@cache
def exponential_table():
    """Quantiles of the exponential distribution with mean 1."""
    return _table(lambda p: -math.log1p(-p))


@cache
def lognormal_table(sigma):
    """Quantiles of the lognormal distribution with median 1 and this standard deviation of its logarithm."""
    normal = NormalDist()
    return _table(lambda p: math.exp(sigma * normal.inv_cdf(p)))


@cache
def normal_table():
    """Quantiles of the normal distribution with mean 0 and standard deviation 1."""
    return _table(NormalDist().inv_cdf)


class Draws:
    """One stream of random numbers, for one subject of one world.

    Every subject has a stream of its own, so that a new table does not change the ones before it.

    Parameters
    ----------
    seed : int
    subject : str
    take : int, optional
        Which of the subject's streams: another take gives other numbers without touching any other subject.

    Examples
    --------
    >>> Draws(1, "demo").whole(5, 10).tolist() == Draws(1, "demo").whole(5, 10).tolist()
    True
    """

    def __init__(self, seed, subject, take=0):
        entropy = [seed, zlib.crc32(subject.encode())]
        self._bits = np.random.PCG64(np.random.SeedSequence([*entropy, take] if take else entropy))

    def uniform(self, n):
        """Draw n numbers from [0, 1)."""
        return (self._bits.random_raw(n) >> np.uint64(11)) * 2.0**-53

    def whole(self, n, bound):
        """Draw n whole numbers from 0 to below `bound`, which may be an array of n bounds."""
        return (self.uniform(n) * bound).astype(np.int64)

    def chance(self, n, p):
        """Draw n yes or no answers with probability p, which may be an array of n probabilities."""
        return self.uniform(n) < p

    def choose(self, n, weights):
        """Draw n positions in a list of weights."""
        edges = np.cumsum(np.asarray(weights, dtype=float))
        return np.searchsorted(edges, self.uniform(n) * edges[-1], side="right")

    def choose_each(self, weights):
        """Draw one position in each row of a matrix of weights."""
        edges = np.cumsum(weights, axis=1)
        return (edges <= (self.uniform(len(edges)) * edges[:, -1])[:, None]).sum(axis=1)

    def exponential(self, n):
        """Draw n exponential numbers with mean 1."""
        return exponential_table()[self._bits.random_raw(n) >> np.uint64(48)]

    def lognormal(self, n, sigma):
        """Draw n lognormal numbers with median 1."""
        return lognormal_table(sigma)[self._bits.random_raw(n) >> np.uint64(48)]

    def normal(self, n):
        """Draw n normal numbers with mean 0 and standard deviation 1."""
        return normal_table()[self._bits.random_raw(n) >> np.uint64(48)]

    def spread_lognormal(self, n, sigma):
        """Give n numbers that fill the lognormal distribution evenly, in random order.

        For few numbers with a long tail, whose sum must not hang on the luck of one.
        """
        table = lognormal_table(sigma)
        even = table[((np.arange(n) * 2 + 1) * _POINTS) // (2 * n)]
        return even[np.argsort(self.uniform(n), kind="stable")]

    def gamma(self, n, shape):
        """Draw n gamma numbers with a whole shape and mean 1, as means of exponential ones."""
        total = np.zeros(n)
        for _ in range(shape):
            total += self.exponential(n)
        return total / shape

    def beta(self, n, a, b):
        """Draw n beta numbers with whole parameters: the a-th smallest of a + b - 1 uniform ones."""
        return np.sort(self.uniform(n * (a + b - 1)).reshape(n, -1), axis=1)[:, a - 1]

    def arrivals(self, intensity):
        """Let events arrive as a Poisson process; return the cell that each event falls into, in order.

        Parameters
        ----------
        intensity : numpy.ndarray
            Expected number of events in each cell; the counts of the cells are independent and Poisson distributed.
        """
        edges = np.cumsum(intensity)
        expected = float(edges[-1])
        times = np.cumsum(self.exponential(int(expected + 10 * math.sqrt(expected) + 100)))
        return np.searchsorted(edges, times[times < expected], side="right")
