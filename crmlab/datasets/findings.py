"""What an analysis finds of a planted truth, with its interval of 95 %."""

import math
from dataclasses import dataclass

from crmlab.datasets import columns
from crmlab.intervals import wilson

Z = 1.959963984540054


@dataclass(frozen=True)
class Finding:
    """One number that was planted and found again.

    Attributes
    ----------
    truth, what : str
    planted, estimate, low, high : float
    """

    truth: str
    what: str
    planted: float
    estimate: float
    low: float
    high: float

    @property
    def inside(self):
        """Whether the planted value lies in the interval of 95 %."""
        return self.low <= self.planted <= self.high

    def as_dict(self):
        """Give the finding as plain data."""
        numbers = {name: round(float(getattr(self, name)), 4) for name in ("planted", "estimate", "low", "high")}
        # what an answer may be away from the planted value: three standard errors at this size
        tolerance = 3 * (self.high - self.low) / (2 * Z)
        return {"what": self.what, **numbers, "tolerance": round(float(tolerance), 4), "inside": bool(self.inside)}


class Opened:
    """The tables of one world, opened for analysis.

    Parameters
    ----------
    clean, star, truth : Mapping
        Data frames by name.
    """

    def __init__(self, clean, star, truth):
        self.clean, self.star, self.truth = clean, star, truth


def frames(tables):
    """Open the columns of tables as data frames.

    Returns
    -------
    dict of str to pandas.DataFrame
    """
    return {name: columns.as_arrow(table).to_pandas(date_as_object=False) for name, table in tables.items()}


def ratio(truth, what, value, log_ratio, variance):
    """Give a ratio whose logarithm is about normal."""
    spread = Z * math.sqrt(variance)
    return Finding(truth, what, value, math.exp(log_ratio), math.exp(log_ratio - spread), math.exp(log_ratio + spread))


def share(truth, what, value, hits, n):
    """Give Wilson's interval of a share."""
    return Finding(truth, what, value, hits / n, *wilson(hits, n))
