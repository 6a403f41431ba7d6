"""How the outcome of a ledger is spread when all that is uncertain varies at once."""

from __future__ import annotations

from ...errors import UserError
from ...results import Note, Result, Source
from .book import DRAWS, SEED, Ledger

__all__ = ["distribution"]

BINS = 30
_FEW = 1_000  # fewer draws leave the tails to chance


def distribution(ledger: Ledger, *, times: int = DRAWS, seed: int = SEED, source: Source | None = None) -> Result:
    """The outcome in all draws, as a histogram.

    Parameters
    ----------
    ledger : Ledger
    times : int
        Draws, 1,000 or more.
    seed : int
    source : Source, optional

    Returns
    -------
    Result
        Kind ``ledger.distribution``: a row a bin: ``value_from``, ``value_to``, ``draws``, ``draws_share``. ``facts``:
        the ``outcome``, its ``value`` at the entries' own values, ``p5``, ``p50``, ``p95`` of the draws, ``mean``, and
        ``risk_share`` (draws below zero).

    Raises
    ------
    UserError
        ``ledger.few_draws``; ``ledger.all_fixed``: no entry has an interval.

    Notes
    -----
    Pitfall: the middle of the draws is not the outcome at the most likely values where an assumption leans to one side.

    Examples
    --------
    >>> from crmlab.analytics.ledger import Ledger, assumed, computed
    >>> book = Ledger([assumed("a", 2, low=1, high=3), computed("b", "a - 2")], outcome="b")
    >>> facts = distribution(book).facts
    >>> facts["value"], 0.48 < facts["risk_share"] < 0.52  # half of a symmetric triangle
    (0.0, True)
    """
    import numpy as np
    import pandas as pd

    if not isinstance(times, int) or times < _FEW:
        raise UserError("ledger.few_draws", found=times, wanted=_FEW)
    drawn = ledger.draws(times, seed)[ledger.outcome][0]
    if drawn.min() == drawn.max():
        raise UserError("ledger.all_fixed")
    held, edges = np.histogram(drawn, bins=BINS)
    table = pd.DataFrame({"value_from": edges[:-1], "value_to": edges[1:], "draws": held, "draws_share": held / times})
    p5, p50, p95 = (float(x) for x in np.quantile(drawn, [0.05, 0.5, 0.95]))
    unit = ledger.entries[ledger.outcome].unit
    facts = {
        "outcome": ledger.outcome,
        "value": ledger.values[ledger.outcome],
        "unit": unit,
        "p5": p5,
        "p50": p50,
        "p95": p95,
        "mean": float(drawn.mean()),
        "risk_share": float((drawn < 0).mean()),
        "n": times,
    }
    units = {"value_from": unit, "value_to": unit, "draws": "count", "draws_share": "share"}
    params = {"times": times, "seed": seed, "units": units}
    return Result("ledger.distribution", table, params, facts, (Note("ledger.note.apart", {}),), source)
