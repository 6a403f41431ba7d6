"""What a fitted model of buying says: of customers with a past, and of new ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...intervals import z_of
from ...results import Result
from .histories import UNITS, Histories, histories
from .likelihood import Estimate, band, ends_of, slopes, spread_of

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Fit", "force_of"]

FUTURES = 20_000  # simulated futures, of all histories together, that tell what chance adds to a total


@dataclass(frozen=True, eq=False, repr=False)
class Fit(Result):
    """A fitted model of buying: its parameters, and forecasts.

    Times are in ``params["unit"]``. Every interval is about the *expectation*: how well these customers' parameters
    are known. What one customer will do is left to chance as well, and varies far more.
    """

    estimate: Estimate | None = None
    model: Any = None
    histories: Histories | None = None

    def __reduce__(self):
        return _rebuild, ({**self.__dict__, "params": dict(self.params), "facts": dict(self.facts)},)

    def p_alive(self, summary: Any = None, *, level: float = 0.95) -> Result:
        """The chance that each customer is one still.

        Parameters
        ----------
        summary : table, optional
            Other customers than those of the fit.
        level : float

        Returns
        -------
        Result
            ``value.p_alive``: ``p_alive`` with ``p_alive_low`` and ``p_alive_high``; the facts tell the mean, with
            its interval, and how many are more likely lost than not.

        Examples
        --------
        >>> import crmlab as crm
        >>> lab = crm.datasets.load_retail(layer="clean").tables["lab_btyd"]
        >>> fit = crm.value.fit_bg_nbd(lab)
        >>> silent = {"frequency": [2, 20], "recency_weeks": [10, 10], "age_weeks": [40, 40]}
        >>> import pandas as pd
        >>> fit.p_alive(pd.DataFrame(silent)).table["p_alive"].round(2).tolist()  # the frequent one's silence says more
        [0.24, 0.0]
        """
        known = self._read(summary)

        def chance(v: Any) -> Any:
            return self.model.p_alive(v, known.x, known.t_x, known.age)

        shown = {"p_alive": band(self.estimate, chance, level, "logit")}
        mean = band(self.estimate, lambda v: [known.n @ chance(v) / known.n.sum()], level, "logit")
        facts = ends_of("mean_p_alive", mean)
        facts |= {
            "likely_lost": int(known.n[shown["p_alive"][0] < 0.5].sum()),
            "n": known.customers,
            "verdict": self.facts["verdict"],
            "level": level,
        }
        return self._rows("value.p_alive", known, shown, facts, {"p_alive": "share"})

    def expected(self, t: float, summary: Any = None, *, level: float = 0.95) -> Result:
        """The purchases expected of each customer in the next ``t`` units of time, and of all together.

        Parameters
        ----------
        t : float
        summary : table, optional
        level : float

        Returns
        -------
        Result
            ``value.expected``: ``p_alive`` and ``expected`` with their intervals; the facts tell the ``total`` with an
            interval for the expectation and, as ``total_seen_low`` and ``total_seen_high``, one for the number that
            will be counted.

        Examples
        --------
        >>> import crmlab as crm
        >>> lab = crm.datasets.load_retail(layer="clean").tables["lab_btyd"]
        >>> facts = crm.value.fit_bg_nbd(lab).expected(52).facts
        >>> facts["total_seen_low"] < facts["total_low"] < facts["total"] < facts["total_high"]
        True
        """
        import numpy as np

        _positive("t", t)
        known = self._read(summary)
        values = self.estimate.values

        def number(v: Any) -> Any:
            alive = self.model.p_alive(v, known.x, known.t_x, known.age)
            return alive * self.model.future(v, known.x, known.age, t)

        each, centre, slope = slopes(self.estimate, lambda v: _with_total(number(v), known.n))
        low, high = _around(self.estimate, centre, slope, level)
        facts: dict[str, Any] = {"t": t, **ends_of("total", (each[-1:], low[-1:], high[-1:]))}
        # what chance adds: simulated futures, whose squared misses add up to the variance of the total
        random = np.random.default_rng(2005)
        past = (known.x, known.t_x, known.age)
        times = max(1, round(FUTURES / len(known.x)))
        futures = self.model.simulate_on(values, *(np.tile(part, times) for part in past), t, random)
        chance = known.n @ ((futures.reshape(times, -1) - each[:-1]) ** 2).mean(axis=0)
        facts |= {"total_seen_low": None, "total_seen_high": None}
        if facts["total_high"] is not None:
            of_parameters = np.log(facts["total_high"] / facts["total"]) / z_of(level) * facts["total"]
            # a sum of many whole numbers: log-normal with this mean and spread, so that it never falls below nothing
            share = np.hypot(of_parameters, np.sqrt(chance)) / facts["total"]
            sigma = np.sqrt(np.log1p(share**2))
            middle = np.log(facts["total"]) - sigma**2 / 2
            facts |= {
                f"total_seen_{end}": float(np.exp(middle + side * z_of(level) * sigma))
                for end, side in (("low", -1), ("high", 1))
            }
        facts |= {"n": known.customers, "verdict": self.facts["verdict"], "level": level}
        alive = band(self.estimate, lambda v: self.model.p_alive(v, *past), level, "logit")
        shown = {"p_alive": alive, "expected": (each[:-1], low[:-1], high[:-1])}
        return self._rows("value.expected", known, shown, facts, {"p_alive": "share", "expected": "number"})

    def of_new(self, t: float | Sequence[float], *, level: float = 0.95) -> Result:
        """The repeat purchases expected of a new customer within ``t``.

        Parameters
        ----------
        t : float or sequence of float
        level : float

        Returns
        -------
        Result
            ``value.new_customers``: a row for each time, with ``expected``, ``expected_low``, ``expected_high``; the
            facts tell the last one.

        Examples
        --------
        >>> import crmlab as crm
        >>> lab = crm.datasets.load_retail(layer="clean").tables["lab_btyd"]
        >>> crm.value.fit_bg_nbd(lab).of_new([26, 52]).table["expected"].round(1).tolist()
        [1.3, 2.1]
        """
        import numpy as np
        import pandas as pd

        given = list(t) if isinstance(t, Sequence | np.ndarray) else [t]
        for one in given:
            _positive("t", one)
        times = np.array(given, dtype=float)
        value, low, high = band(self.estimate, lambda v: self.model.new(v, times), level)
        unit = self.params["unit"]
        column = f"after_{unit}s"
        table = pd.DataFrame({column: times, "expected": value, "expected_low": low, "expected_high": high})
        facts = {"t": float(times[-1]), **ends_of("expected", (value[-1:], low[-1:], high[-1:]))}
        facts |= {k: self.facts[k] for k in ("n", "repeaters", "verdict")} | {"level": level}
        units = dict.fromkeys(table, "number")
        params = {"unit": unit, "model": self.kind, "units": units}
        return Result("value.new_customers", table, params, facts, self.notes, self.source)

    def _read(self, summary: Any) -> Histories:
        return self.histories if summary is None else histories(summary, self.params["unit"])

    def _discounted(self, discount: float, known: Histories, horizon: float | None) -> Any:
        """Discounted expected purchases still to come (DERT): a function from the parameters to each history's."""
        import numpy as np

        force = force_of(discount, self.params["unit"])
        if horizon is not None:
            _positive("horizon", horizon)
        if force == 0 and horizon is None:
            raise UserError("value.no_end")
        end = horizon if force == 0 else min(horizon or np.inf, 40 / force)
        times, weights = _log_spaced(end)
        weights = weights * np.exp(-force * times)

        def number(v: Any) -> Any:
            alive = self.model.p_alive(v, known.x, known.t_x, known.age)
            return alive * (self.model.rate(v, known.x, known.age, times) @ weights)

        return number

    def _rows(
        self, kind: str, known: Histories, shown: dict[str, Any], facts: dict[str, Any], units: dict[str, str]
    ) -> Result:
        import pandas as pd

        unit = self.params["unit"]
        table = pd.DataFrame(known.names())
        table["frequency"] = known.x[known.place].astype(int)
        table[f"first_to_last_{unit}s"] = known.t_x[known.place]
        table[f"age_{unit}s"] = known.age[known.place]
        said = {"frequency": "count", f"first_to_last_{unit}s": "number", f"age_{unit}s": "number"}
        for name, ends in shown.items():
            for column, values in zip((name, f"{name}_low", f"{name}_high"), ends, strict=True):
                table[column] = values[known.place]
                said[column] = units[name]
        table.index = known.table.index
        return Result(kind, table, {"unit": unit, "model": self.kind, "units": said}, facts, self.notes, self.source)


def _rebuild(state: dict[str, Any]) -> Fit:
    return Fit(**state)


def _with_total(each: Any, n: Any) -> Any:
    """The number of each history, and behind it that of all customers."""
    import numpy as np

    return np.append(each, n @ each)


def _around(estimate: Estimate, centre: Any, slope: Any, level: float) -> tuple[Any, Any]:
    import numpy as np

    if slope is None:
        unknown = np.full(centre.shape, np.nan)
        return unknown, unknown
    reach = z_of(level) * spread_of(slope, estimate.covariance)
    return np.exp(centre - reach), np.exp(centre + reach)


def force_of(discount: float, unit: str) -> float:
    """The continuous rate of a unit of time for a yearly discount.

    Examples
    --------
    >>> round(force_of(0.15, "week"), 4)  # Fader, Hardie & Lee (2005b) write 0.0027
    0.0027
    """
    import math

    if isinstance(discount, bool) or not isinstance(discount, int | float) or not 0 <= discount < 10:
        raise UserError("value.bad_discount", found=discount)
    return math.log1p(discount) * UNITS[unit] / UNITS["year"]


def _positive(name: str, value: Any) -> None:
    import numpy as np

    plain = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    if not plain or not 0 < value < float("inf"):
        raise UserError("value.bad_time", name=name, found=value)


def _log_spaced(end: float, nodes: int = 48) -> tuple[np.ndarray, np.ndarray]:
    """Times and weights of an integral from nothing to ``end``, dense at first and wide later on."""
    import numpy as np

    x, w = np.polynomial.legendre.leggauss(nodes)
    first = min(end / 10, 5.0)
    reach = np.log1p(end / first)
    y = reach * (1 + x) / 2
    return first * np.expm1(y), w * reach / 2 * first * np.exp(y)
