"""The Pareto/NBD model: buys at random, and may be gone for good at any moment.

Schmittlein, Morrison & Colombo (1987); the expressions follow Fader & Hardie (2005), "A Note on Deriving the
Pareto/NBD Model". Purchase rates are gamma(r, alpha) over customers, rates of leaving gamma(s, beta).

Their likelihood holds differences of hypergeometric functions, which lose their digits for long histories. Here it is
the integral that they stand for, over the moment of leaving, by Gauss-Legendre quadrature after a change of variable
that takes the steep part out; the gradient is computed under the same integral.
"""

from __future__ import annotations

from typing import Any

__all__ = ["ParetoNbd"]

NODES = 48


class ParetoNbd:
    """Likelihood and forecasts; ``v`` are the parameters (r, alpha, s, beta)."""

    names = ("r", "alpha", "s", "beta")

    @staticmethod
    def likelihood(x: Any, t_x: Any, age: Any, n: Any) -> Any:
        """The log-likelihood and its gradient as a function of the parameters."""
        import numpy as np
        from scipy.special import digamma, gammaln

        def at(v: Any) -> tuple[float, Any]:
            r, alpha, s, beta = v
            k = r + x
            here, gone, slopes = _gone(v, x, t_x, age, slopes=True)
            either = np.logaddexp(here, gone)
            lost = np.exp(gone - either)
            found = n @ (gammaln(k) - gammaln(r) + either) + n.sum() * (r * np.log(alpha) + s * np.log(beta))
            stay = 1 - lost
            slope = [
                n @ (digamma(k) - digamma(r) + np.log(alpha) - stay * np.log(alpha + age) + lost * slopes[0]),
                n @ (r / alpha - stay * k / (alpha + age) + lost * slopes[1]),
                n @ (np.log(beta) - stay * np.log(beta + age) + lost * slopes[2]),
                n @ (s / beta - stay * s / (beta + age) + lost * slopes[3]),
            ]
            return float(found), np.array(slope)

        return at

    @staticmethod
    def starts(x: Any, age: Any, n: Any) -> list[list[float]]:
        """Where the search begins."""
        pace = float(n @ x) / max(float(n @ age), 1e-9)
        long = float(n @ age) / float(n.sum())
        return [[0.6, 0.5 / pace, 0.6, 0.3 * long], [1.5, 1.5 / pace, 0.3, long]]

    @staticmethod
    def p_alive(v: Any, x: Any, t_x: Any, age: Any) -> Any:
        """The chance of being a customer still."""
        import numpy as np

        here, gone, _ = _gone(v, x, t_x, age)
        return 1 / (1 + np.exp(np.minimum(gone - here, 700)))

    @staticmethod
    def rate(v: Any, x: Any, age: Any, t: Any) -> Any:
        """Purchases per unit of time, ``t`` after the end of observation, of one who is a customer still there."""
        r, alpha, s, beta = v
        return ((r + x) / (alpha + age))[:, None] * (1 + t / (beta + age)[:, None]) ** -s

    @staticmethod
    def future(v: Any, x: Any, age: Any, t: float) -> Any:
        """Purchases within ``t`` of one who is a customer still."""
        r, alpha, s, beta = v
        return (r + x) / (alpha + age) * _worth(s, beta + age, t)

    @staticmethod
    def new(v: Any, t: Any) -> Any:
        """Expected repeat purchases of a new customer within ``t``."""
        import numpy as np

        r, alpha, s, beta = v
        return r / alpha * _worth(s, beta, np.asarray(t, dtype=float))

    @staticmethod
    def simulate(v: Any, age: Any, random: Any) -> tuple[Any, Any]:
        """Purchases of new customers of these ages: how many, and when the last one was."""
        import numpy as np

        r, alpha, s, beta = v
        rate = random.gamma(r, 1 / alpha, len(age))
        life = random.exponential(size=len(age)) / np.maximum(random.gamma(s, 1 / beta, len(age)), 1e-300)
        seen = np.minimum(life, age)
        count = random.poisson(rate * seen).astype(float)
        # the last of so many moments, each as likely as any other
        last = np.where(count > 0, seen * random.random(len(age)) ** (1 / np.maximum(count, 1)), 0.0)
        return count, last

    @classmethod
    def simulate_on(cls, v: Any, x: Any, t_x: Any, age: Any, t: float, random: Any) -> Any:
        """Purchases within the next ``t`` of customers with this past."""
        import numpy as np

        r, alpha, s, beta = v
        there = random.random(len(x)) < cls.p_alive(v, x, t_x, age)
        rate = random.gamma(r + x, 1 / (alpha + age))
        life = random.exponential(size=len(x)) / np.maximum(random.gamma(s, 1 / (beta + age)), 1e-300)
        return np.where(there, random.poisson(rate * np.minimum(life, t)), 0).astype(float)


def _worth(s: float, scale: Any, t: Any) -> Any:
    """The expected time as a customer within ``t``: scale / (s - 1) (1 - (scale / (scale + t))^(s - 1))."""
    import numpy as np

    log = np.log1p(t / scale)
    power = (s - 1) * log
    # (1 - exp(-u)) / u has no hole at s = 1
    return scale * log * np.where(np.abs(power) < 1e-8, 1 - power / 2, -np.expm1(-power) / np.where(power, power, 1))


def _gone(v: Any, x: Any, t_x: Any, age: Any, slopes: bool = False) -> tuple[Any, Any, Any]:
    """Logs of both parts of the likelihood (a customer still, gone since some moment) and the second one's slopes.

    The second is s times the integral over tau from t_x to the age of (alpha + tau)^-(r + x) (beta + tau)^-(s + 1).
    With alpha + tau = (alpha + t_x) e^z and q = 1 - e^(-(r + x) z), what is left to integrate is smooth.
    """
    import numpy as np

    r, alpha, s, beta = v
    k = r + x
    here = -k * np.log(alpha + age) - s * np.log(beta + age)
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    nodes, weights = (1 + nodes) / 2, weights / 2
    first = alpha + t_x
    end = -np.expm1(-k * np.log((alpha + age) / first))
    parts: list[Any] = [np.empty(len(x)) for _ in range(5)]
    for at in np.array_split(np.arange(len(x)), max(1, len(x) // 20_000)):
        q = end[at][:, None] * nodes
        z = -np.log1p(-q) / k[at][:, None]
        a_tau = first[at][:, None] * np.exp(z)
        b_tau = a_tau - alpha + beta
        # measured against its value at t_x, so that nothing underflows
        base = (beta + t_x[at])[:, None]
        weight = np.exp(z - (s + 1) * np.log(b_tau / base)) * weights
        whole = np.maximum(weight.sum(axis=1), 1e-300)
        parts[0][at] = np.log(whole) + np.log(np.maximum(end[at], 1e-300) * first[at] / k[at])
        parts[0][at] += -k[at] * np.log(first[at]) - (s + 1) * np.log(base[:, 0])
        if slopes:
            parts[1][at] = -(weight * np.log(a_tau)).sum(axis=1) / whole
            parts[2][at] = -k[at] * (weight / a_tau).sum(axis=1) / whole
            parts[3][at] = 1 / s - (weight * np.log(b_tau)).sum(axis=1) / whole
            parts[4][at] = -(s + 1) * (weight / b_tau).sum(axis=1) / whole
    return here, np.log(s) + parts[0], parts[1:] if slopes else None
