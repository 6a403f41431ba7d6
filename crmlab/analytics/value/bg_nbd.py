"""The BG/NBD model: buys at random, and after any repeat purchase may be gone for good.

Fader, Hardie & Lee (2005), "Counting Your Customers" the Easy Way, Marketing Science 24(2), 275-284. Purchase rates
are gamma(r, alpha) over customers, the chance to leave after a purchase is beta(a, b).

What they write with a hypergeometric function (equation 10) is computed here as the mean over the beta distribution
that it stands for, by Gauss-Jacobi quadrature: no pole at a = 1, no overflow for a customer with hundreds of orders.
"""

from __future__ import annotations

from typing import Any

__all__ = ["BgNbd"]

NODES = 24


def _beta_nodes(a: float, b: Any) -> tuple[Any, Any]:
    """Nodes and weights of means over beta(a, b), a row for each b (Golub and Welsch: one batch of small matrices)."""
    import numpy as np

    low, high = a - 1, np.asarray(b, dtype=float)[:, None] - 1
    k = np.arange(1, NODES)
    both = low + high
    whole = 2 * k + both
    matrix = np.zeros((len(both), NODES, NODES))
    at = np.arange(NODES)
    matrix[:, at[:1], at[:1]] = (low - high) / (both + 2)
    matrix[:, k, k] = (low - high) * both / (whole * (whole + 2))
    off = 4 * k * (k + low) * (k + high) / whole**2 / (whole + 1)
    # (k + low + high) / (2 k + low + high - 1) is one where k is one, even where both are nothing
    off[:, 1:] *= ((k + both) / (whole - 1))[:, 1:]
    matrix[:, k, k - 1] = matrix[:, k - 1, k] = np.sqrt(off)
    x, vectors = np.linalg.eigh(matrix)
    return np.clip((1 + x) / 2, 0, 1), vectors[:, 0, :] ** 2


class BgNbd:
    """Likelihood and forecasts; ``v`` are the parameters (r, alpha, a, b)."""

    names = ("r", "alpha", "a", "b")

    @staticmethod
    def likelihood(x: Any, t_x: Any, age: Any, n: Any) -> Any:
        """The log-likelihood and its gradient as a function of the parameters.

        The gamma functions depend on the number of purchases only: they are computed once for each number.
        """
        import numpy as np
        from scipy.special import digamma, gammaln

        counts, place = np.unique(x, return_inverse=True)
        held = np.bincount(place, weights=n)
        total = float(n.sum())
        back = x > 0
        x1, t1, age1, n1 = x[back], t_x[back], age[back], n[back]
        never, age0 = n[~back], age[~back]

        def at(v: Any) -> tuple[float, Any]:
            r, alpha, a, b = v
            k, k1 = r + counts, r + x1
            log_t, log_age = np.log(alpha + t1), np.log(alpha + age1)
            alive = -k1 * log_age
            gone = np.log(a / (b + x1 - 1)) - k1 * log_t
            either = np.logaddexp(alive, gone)
            lost = np.exp(gone - either)
            log0 = np.log(alpha + age0)
            of_counts = gammaln(k) - gammaln(r) + r * np.log(alpha)
            of_counts += gammaln(a + b) + gammaln(b + counts) - gammaln(b) - gammaln(a + b + counts)
            found = held @ of_counts + n1 @ either - r * (never @ log0)
            mean_log = log_age + lost * (log_t - log_age)
            mean_inverse = 1 / (alpha + age1) + lost * (1 / (alpha + t1) - 1 / (alpha + age1))
            both = held @ (digamma(a + b) - digamma(a + b + counts))
            slope = [
                held @ (digamma(k) - digamma(r)) + total * np.log(alpha) - n1 @ mean_log - never @ log0,
                total * r / alpha - (n1 * k1) @ mean_inverse - r * (never @ (1 / (alpha + age0))),
                both + (n1 @ lost) / a,
                both + held @ (digamma(b + counts) - digamma(b)) - n1 @ (lost / (b + x1 - 1)),
            ]
            return float(found), np.array(slope)

        return at

    @staticmethod
    def starts(x: Any, age: Any, n: Any) -> list[list[float]]:
        """Where the search begins: the pace of the data, and two thoughts about leaving."""
        pace = float(n @ x) / max(float(n @ age), 1e-9)
        return [[r, r / pace, a, b] for r, a, b in ((0.5, 0.8, 2.5), (1.5, 0.3, 3.0))]

    @staticmethod
    def p_alive(v: Any, x: Any, t_x: Any, age: Any) -> Any:
        """The chance of being a customer still, equation 10's denominator."""
        import numpy as np

        r, alpha, a, b = v
        odds = np.log(a) - np.log(b + np.maximum(x, 1) - 1) + (r + x) * np.log((alpha + age) / (alpha + t_x))
        return np.where(x > 0, 1 / (1 + np.exp(np.minimum(odds, 700))), 1.0)

    @classmethod
    def rate(cls, v: Any, x: Any, age: Any, t: Any) -> Any:
        """Purchases per unit of time, ``t`` after the end of observation, of one who is a customer still there."""
        return cls._mean(v, x, age, t, _rate)

    @classmethod
    def future(cls, v: Any, x: Any, age: Any, t: float) -> Any:
        """Purchases within ``t`` of one who is a customer still."""
        import numpy as np

        return cls._mean(v, x, age, np.array([t]), _within)[:, 0]

    @staticmethod
    def _mean(v: Any, x: Any, age: Any, t: Any, what: Any) -> Any:
        import numpy as np

        r, alpha, a, b = (float(p) for p in v)
        answer = np.empty((len(x), len(t)))
        counts = np.unique(x)
        for count, p, w in zip(counts, *_beta_nodes(a, b + counts), strict=True):
            at = np.flatnonzero(x == count)
            for part in np.array_split(at, max(1, len(at) * len(t) // 20_000)):
                answer[part] = what(r + count, alpha + age[part][:, None, None], p, t[:, None]) @ w
        return answer

    @staticmethod
    def new(v: Any, t: Any) -> Any:
        """Expected repeat purchases of a new customer within ``t``, equation 9."""
        import numpy as np

        r, alpha, a, b = (float(p) for p in v)
        p, w = _beta_nodes(a, [b])
        return _within(r, alpha, p[0], np.asarray(t, dtype=float)[:, None]) @ w[0]

    @staticmethod
    def simulate(v: Any, age: Any, random: Any) -> tuple[Any, Any]:
        """Purchases of new customers of these ages: how many, and when the last one was."""
        import numpy as np

        r, alpha, a, b = v
        rate, leaves = random.gamma(r, 1 / alpha, len(age)), random.beta(a, b, len(age))
        return _stream(rate, leaves, age, np.ones(len(age), dtype=bool), random)

    @classmethod
    def simulate_on(cls, v: Any, x: Any, t_x: Any, age: Any, t: float, random: Any) -> Any:
        """Purchases within the next ``t`` of customers with this past."""
        import numpy as np

        r, alpha, a, b = v
        there = random.random(len(x)) < cls.p_alive(v, x, t_x, age)
        rate, leaves = random.gamma(r + x, 1 / (alpha + age)), random.beta(a, b + x)
        return _stream(rate, leaves, np.full(len(x), float(t)), there, random)[0]


def _within(k: Any, scale: Any, p: Any, t: Any) -> Any:
    """E[(1 - exp(-lambda p t)) / p] over a gamma(k, scale) rate; k t / scale where p is nothing."""
    import numpy as np

    return -np.expm1(-k * np.log1p(p * t / scale)) / np.maximum(p, 1e-300)


def _rate(k: Any, scale: Any, p: Any, t: Any) -> Any:
    """E[lambda exp(-lambda p t)] over a gamma(k, scale) rate."""
    import numpy as np

    return k / scale * np.exp(-(k + 1) * np.log1p(p * t / scale))


def _stream(rate: Any, leaves: Any, age: Any, there: Any, random: Any) -> tuple[Any, Any]:
    import numpy as np

    clock, last, count = np.zeros(len(age)), np.zeros(len(age)), np.zeros(len(age))
    going = np.flatnonzero(there & (rate > 0))
    while len(going):
        clock[going] += random.exponential(size=len(going)) / rate[going]
        going = going[clock[going] <= age[going]]
        count[going] += 1
        last[going] = clock[going]
        going = going[random.random(len(going)) >= leaves[going]]
    return count, last
