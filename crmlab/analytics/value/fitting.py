"""Customers without a contract: the fitted models, and what they say of each customer and of a new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...results import Note, Result
from .bg_nbd import BgNbd
from .histories import UNITS, Histories, histories
from .likelihood import Estimate, band, maximise
from .pareto_nbd import ParetoNbd

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Fit", "fit_bg_nbd", "fit_pareto_nbd", "force_of"]

FEWEST_CUSTOMERS = 30
FEWEST_REPEATERS = 10
FLAT = 1e6
CURVE = 40


@dataclass(frozen=True, eq=False)
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

    def _read(self, summary: Any) -> Histories:
        return self.histories if summary is None else histories(summary, self.params["unit"])

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
            ``value.p_alive``: ``p_alive`` with ``p_alive_low`` and ``p_alive_high``.
        """
        known = self._read(summary)

        def chance(v: Any) -> Any:
            return self.model.p_alive(v, known.x, known.t_x, known.age)

        value, low, high, _ = band(self.estimate, chance, level, "logit")
        facts = {"mean_p_alive": float(known.n @ value / known.n.sum())}
        facts |= _of_mean(self.estimate, lambda v: known.n @ chance(v) / known.n.sum(), level, "mean_p_alive", "logit")
        facts |= {"likely_lost": int(known.n[value < 0.5].sum()), "n": known.customers, "level": level}
        return self._rows("value.p_alive", known, {"p_alive": (value, low, high)}, facts, {"p_alive": "share"})

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
            ``value.expected``: ``p_alive``, ``expected`` with ``expected_low`` and ``expected_high``; the facts tell
            the ``total`` with an interval for the expectation and, as ``total_seen_low`` and ``total_seen_high``,
            one for the number that will be counted.
        """
        import numpy as np

        _positive("t", t)
        known = self._read(summary)

        def number(v: Any) -> Any:
            alive = self.model.p_alive(v, known.x, known.t_x, known.age)
            return alive * self.model.future(v, known.x, known.age, t)

        value, low, high, _ = band(self.estimate, number, level)
        facts: dict[str, Any] = {"t": t, "total": float(known.n @ value), "n": known.customers, "level": level}
        facts |= _of_mean(self.estimate, lambda v: known.n @ number(v), level, "total", "log")
        # what chance adds: one simulated future each; squared misses add up to the variance of the total
        random = np.random.default_rng(2005)
        times = max(1, round(2000 / len(known.x)))
        each = [
            known.n
            @ (self.model.simulate_on(self.estimate.values, known.x, known.t_x, known.age, t, random) - value) ** 2
            for _ in range(times)
        ]
        log_spread = np.log(facts["total_high"] / facts["total"]) if facts["total_high"] else np.nan
        from .likelihood import z_of

        half = np.hypot(facts["total"] * log_spread, z_of(level) * np.sqrt(np.mean(each)))
        facts |= {
            "total_seen_low": max(float(facts["total"] - half), 0.0),
            "total_seen_high": float(facts["total"] + half),
        }
        shown = {"p_alive": (self.model.p_alive(self.estimate.values, known.x, known.t_x, known.age), None, None)}
        shown["expected"] = (value, low, high)
        return self._rows("value.expected", known, shown, facts, {"p_alive": "share", "expected": "number"})

    def of_new(self, t: Any, *, level: float = 0.95) -> tuple[Any, Any, Any]:
        """The repeat purchases expected of a new customer within ``t`` (one time or several), with an interval."""
        import numpy as np

        times = np.atleast_1d(np.asarray(t, dtype=float))
        value, low, high, _ = band(self.estimate, lambda v: self.model.new(v, times), level)
        return (value, low, high) if np.ndim(t) else (float(value[0]), float(low[0]), float(high[0]))

    def discounted(
        self, discount: float, summary: Any = None, *, horizon: float | None = None, level: float = 0.95
    ) -> tuple[Any, Any, Any, Any, Histories]:
        """Discounted expected purchases still to come (DERT), of each distinct history.

        Parameters
        ----------
        discount : float
            A year.
        summary : table, optional
        horizon : float, optional
            In units of time; without one, for ever.
        level : float

        Returns
        -------
        value, low, high, spread, histories
            ``spread`` is the standard error of the logarithm.
        """
        import numpy as np

        force = force_of(discount, self.params["unit"])
        if horizon is not None:
            _positive("horizon", horizon)
        if force == 0 and horizon is None:
            raise UserError("value.no_end")
        known = self._read(summary)
        end = horizon if force == 0 else min(horizon or np.inf, 40 / force)
        times, weights = _log_spaced(end)
        weights = weights * np.exp(-force * times)

        def number(v: Any) -> Any:
            alive = self.model.p_alive(v, known.x, known.t_x, known.age)
            return alive * (self.model.rate(v, known.x, known.age, times) @ weights)

        return *band(self.estimate, number, level), known

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
        for name, (value, low, high) in shown.items():
            table[name] = value[known.place]
            said[name] = units[name]
            if low is not None:
                table[f"{name}_low"], table[f"{name}_high"] = low[known.place], high[known.place]
                said |= {f"{name}_low": units[name], f"{name}_high": units[name]}
        table.index = known.table.index
        return Result(kind, table, {"unit": unit, "model": self.kind, "units": said}, facts, self.notes, self.source)


def _rebuild(state: dict[str, Any]) -> Fit:
    return Fit(**state)


def force_of(discount: float, unit: str) -> float:
    """The continuous rate of a unit of time for a yearly discount.

    Examples
    --------
    >>> round(force_of(0.15, "week"), 4)  # Fader, Hardie & Lee (2005b) write 0.0027
    0.0027
    """
    import math

    if not 0 <= discount < 10:
        raise UserError("value.bad_discount", found=discount)
    return math.log1p(discount) * UNITS[unit] / UNITS["year"]


def _positive(name: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < float("inf"):
        raise UserError("value.bad_time", name=name, found=value)


def _log_spaced(end: float, nodes: int = 48) -> tuple[np.ndarray, np.ndarray]:
    """Times and weights of an integral from nothing to ``end``, dense at first and wide later on."""
    import numpy as np

    x, w = np.polynomial.legendre.leggauss(nodes)
    first = min(end / 10, 5.0)
    reach = np.log1p(end / first)
    y = reach * (1 + x) / 2
    return first * np.expm1(y), w * reach / 2 * first * np.exp(y)


def _of_mean(estimate: Estimate, what: Any, level: float, name: str, scale: str) -> dict[str, float | None]:
    _, low, high, _ = band(estimate, lambda v: [what(v)], level, scale)
    return {f"{name}_low": _number(low[0]), f"{name}_high": _number(high[0])}


def _number(value: Any) -> float | None:
    return float(value) if value == value else None


def fit_bg_nbd(summary: Any, *, unit: str | None = None, level: float = 0.95) -> Fit:
    """Fit the BG/NBD model by maximum likelihood.

    Parameters
    ----------
    summary : Result or table
        What :func:`summary` gives, or a table with frequency, recency and age (x, t_x, T); equal rows may be counted
        in a column ``customers``.
    unit : {"week", "day", "month", "year"}, optional
        Of the parameters and forecasts.
    level : float
        Of the intervals.

    Returns
    -------
    Fit
        ``value.bg_nbd`` with the parameters r, alpha, a, b; ``.p_alive()``, ``.expected(t)``, ``.of_new(t)``,
        ``.discounted(discount)``.

    Raises
    ------
    UserError
        ``value.too_few``, ``value.no_repeaters``: the data can't bear four parameters.

    Examples
    --------
    >>> import crmlab as crm
    >>> lab = crm.datasets.load_retail(layer="clean").tables["lab_btyd"]
    >>> fit = crm.value.fit_bg_nbd(lab)
    >>> fit.facts["r_low"] < 0.60 < fit.facts["r_high"]
    True
    """
    return _fit(BgNbd, "value.bg_nbd", summary, unit, level)


def fit_pareto_nbd(summary: Any, *, unit: str | None = None, level: float = 0.95) -> Fit:
    """Fit the Pareto/NBD model by maximum likelihood.

    Parameters
    ----------
    summary : Result or table
        As for :func:`fit_bg_nbd`.
    unit : {"week", "day", "month", "year"}, optional
    level : float

    Returns
    -------
    Fit
        ``value.pareto_nbd`` with the parameters r, alpha, s, beta; forecasts as for :func:`fit_bg_nbd`.

    Raises
    ------
    UserError
        ``value.too_few``, ``value.no_repeaters``.
    """
    return _fit(ParetoNbd, "value.pareto_nbd", summary, unit, level)


def _fit(model: Any, kind: str, summary: Any, unit: str | None, level: float) -> Fit:
    import numpy as np
    import pandas as pd

    known = histories(summary, unit)
    customers, repeaters = known.customers, known.repeaters
    if repeaters == 0:
        raise UserError("value.no_repeaters", customers=customers)
    if customers < FEWEST_CUSTOMERS or repeaters < FEWEST_REPEATERS:
        raise UserError("value.too_few_repeaters", customers=customers, repeaters=repeaters,
                        least=FEWEST_CUSTOMERS, least_repeaters=FEWEST_REPEATERS)  # fmt: skip
    parts = (known.x, known.t_x, known.age, known.n)
    found = maximise(model.names, model.likelihood(*parts), model.starts(known.x, known.age, known.n), customers)
    low, high = found.interval(level)
    flat = found.covariance is None or bool((high / low > FLAT).any())
    table = pd.DataFrame(
        {
            "parameter": found.names,
            "estimate": found.values,
            "estimate_low": low,
            "estimate_high": high,
            "standard_error": found.errors,
        }
    )
    facts: dict[str, Any] = {}
    for i, name in enumerate(found.names):
        facts |= {name: float(found.values[i]), f"{name}_low": _number(low[i]), f"{name}_high": _number(high[i])}
    year = UNITS["year"] / UNITS[known.unit]
    facts |= {
        "log_likelihood": found.log_likelihood,
        "n": customers,
        "repeaters": repeaters,
        "histories": len(known.x),
        "gradient": found.gradient,
        "condition": found.condition,
        "converged": found.converged,
        "verdict": "too_few" if flat else "real",
        "level": level,
    }
    notes = [*(summary.notes if isinstance(summary, Result) else ()), *known.notes]
    if flat:
        notes.append(Note("value.flat", {"n": customers, "repeaters": repeaters}))
    elif found.condition > 100:
        notes.append(Note("value.ridge", {"condition": found.condition}))
    times = np.linspace(year / CURVE, year, CURVE)
    value, value_low, value_high, _ = band(found, lambda v: model.new(v, times), level)
    facts |= {
        "year_expected": float(value[-1]),
        "year_expected_low": _number(value_low[-1]),
        "year_expected_high": _number(value_high[-1]),
    }
    curve = [
        (float(t), float(a), _number(b), _number(c))
        for t, a, b, c in zip(times, value, value_low, value_high, strict=True)
    ]
    units = {
        "parameter": "text",
        **dict.fromkeys(("estimate", "estimate_low", "estimate_high", "standard_error"), "number"),
    }
    params = {"unit": known.unit, "units": units, "curve": curve}
    source = summary.source if isinstance(summary, Result) else None
    return Fit(kind, table, params, facts, tuple(notes), source, found, model, known)
