"""Customers without a contract: the models of buying, fitted by maximum likelihood."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ...errors import UserError
from ...results import Note, Result
from .bg_nbd import BgNbd
from .forecasts import Fit
from .histories import UNITS, histories
from .likelihood import band, ends_of, maximise
from .pareto_nbd import ParetoNbd

__all__ = ["fit_bg_nbd", "fit_pareto_nbd"]

FEWEST_CUSTOMERS = 30
FEWEST_REPEATERS = 10
SHOWN_FROM = 500  # customers; with fewer the intervals of four parameters do not hold what they promise
CURVE = 40


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
        and it goes into :func:`lifetime_value`.

    Raises
    ------
    UserError
        ``value.too_few_repeaters``, ``value.no_repeaters``: the data can't bear four parameters; and what no customer
        can be (``value.times_cross``, ``value.no_repeat``, ``value.no_time`` ...).

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
        ``value.too_few_repeaters``, ``value.no_repeaters``, and what no customer can be (``value.times_cross`` ...).

    Examples
    --------
    >>> import crmlab as crm
    >>> lab = crm.datasets.load_retail(layer="clean").tables["lab_btyd"]
    >>> bg, pareto = crm.value.fit_bg_nbd(lab), crm.value.fit_pareto_nbd(lab)
    >>> bg.facts["log_likelihood"] > pareto.facts["log_likelihood"]  # the table was drawn from the BG/NBD
    True
    """
    return _fit(ParetoNbd, "value.pareto_nbd", summary, unit, level)


def _fit(model: Any, kind: str, summary: Any, unit: str | None, level: float) -> Fit:
    import numpy as np

    known = histories(summary, unit)
    customers, repeaters = known.customers, known.repeaters
    if repeaters == 0:
        raise UserError("value.no_repeaters", customers=customers)
    if customers < FEWEST_CUSTOMERS or repeaters < FEWEST_REPEATERS:
        raise UserError("value.too_few_repeaters", customers=customers, repeaters=repeaters,
                        least=FEWEST_CUSTOMERS, least_repeaters=FEWEST_REPEATERS)  # fmt: skip
    parts = (known.x, known.t_x, known.age, known.n)
    found = maximise(model.names, model.likelihood(*parts), model.starts(known.x, known.age, known.n), customers)
    known_well = customers >= SHOWN_FROM
    if not known_well:
        found = replace(found, covariance=None)
    table, units, facts = found.told(level)
    year = UNITS["year"] / UNITS[known.unit]
    facts |= {
        "log_likelihood": found.log_likelihood,
        "n": customers,
        "repeaters": repeaters,
        "histories": len(known.x),
        "gradient": found.gradient,
        "condition": found.condition,
        "converged": found.converged,
        "verdict": "too_few" if found.flat else "real",
        "level": level,
    }
    notes = [*(summary.notes if isinstance(summary, Result) else ()), *known.notes]
    if not known_well:
        notes.append(Note("value.few", {"n": customers, "least": SHOWN_FROM}))
    elif found.flat:
        notes.append(Note("value.flat", {"n": customers, "repeaters": repeaters}))
    elif found.condition > 100:
        notes.append(Note("value.ridge", {"condition": found.condition}))
    times = np.linspace(year / CURVE, year, CURVE)
    value, value_low, value_high = band(found, lambda v: model.new(v, times), level)
    facts |= ends_of("year_expected", (value[-1:], value_low[-1:], value_high[-1:]))
    curve = np.column_stack([times, value, value_low, value_high]).tolist()
    params = {"unit": known.unit, "units": units, "curve": curve}
    source = summary.source if isinstance(summary, Result) else None
    return Fit(kind, table, params, facts, tuple(notes), source, found, model, known)
