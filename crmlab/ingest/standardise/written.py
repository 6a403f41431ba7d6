"""Rupiah and dates in the ways people write them, read by the readers of :mod:`crmlab.ingest`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ..dates import read_dates
from ..numerals import read_numbers
from ..questions import check_choice
from .standardised import Standardised, _plain, finish

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["date", "rupiah"]


def _series(values: Any) -> Any:
    import pandas as pd

    return values if isinstance(values, pd.Series) else pd.Series(_plain(values))


def rupiah(values: Any, *, decimal: str | None = None, short_units: str | None = None) -> Standardised:
    """Amounts in rupiah as numbers: ``Rp 1.234.567,-``, ``1,2 jt``, ``1.2E+07``.

    Parameters
    ----------
    values : pandas.Series, pyarrow.Array or sequence
    decimal : {",", "."}, optional
        The decimal sign; needed only where no value proves one and a value could be read in two ways.
    short_units : {"id", "en"}, optional
        What ``M`` means: miliar or million.

    Returns
    -------
    Standardised
        ``values`` are floats.

    Raises
    ------
    UserError
        ``standardise.ambiguous_number``, ``standardise.ambiguous_short_unit``, ``standardise.other_currency``.

    Examples
    --------
    >>> rupiah(["Rp 1.234.567,-", "1,2 jt", "IDR 500.000", "gratis"]).values.tolist()
    [1234567.0, 1200000.0, 500000.0, nan]
    """
    import numpy as np
    import pandas as pd

    check_choice("decimal", decimal, (",", "."))
    check_choice("short_units", short_units, ("id", "en"))
    series = _series(values)
    got = read_numbers(series.reset_index(drop=True), decimal=decimal, short_units=short_units)
    other = sorted(set(got.style.currency) - {"IDR"})
    if other:
        raise UserError("standardise.other_currency", found=other)
    if got.style.ask and decimal is None:
        raise UserError("standardise.ambiguous_number", found=got.style.examples)
    if got.facts.get("ask_short_units"):
        raise UserError("standardise.ambiguous_short_unit")
    reasons = pd.Series(np.where(np.isnan(got.values), got.reasons, None))
    return finish(
        "rupiah",
        values,
        pd.Series(got.values),
        reasons,
        params={"decimal": decimal or got.style.decimal},
        facts={"total": float(np.nansum(got.values))},
    )


def date(
    values: Any, *, date_order: str | None = None, timezone: str | None = None, today: dt.date | None = None
) -> Standardised:
    """Dates: ``31/12/2020``, ``17 Agustus 2020``, Excel's serials.

    Parameters
    ----------
    values : pandas.Series, pyarrow.Array or sequence
    date_order : {"day", "month"}, optional
        Which comes first in ``03/04/2020``; needed only where no value proves it.
    timezone : str, optional
        Bring times that name their zone to this one.
    today : datetime.date, optional
        Later dates are refused.

    Returns
    -------
    Standardised
        ``values`` are ``datetime64[us]``.

    Raises
    ------
    UserError
        ``standardise.ambiguous_date``.

    Examples
    --------
    >>> got = date(["31/12/2020", "17 Agustus 2020", "2020-02-30"])
    >>> [str(v)[:10] for v in got.values], got.reasons.tolist()[2]
    (['2020-12-31', '2020-08-17', 'NaT'], 'unreadable_date')
    """
    import numpy as np
    import pandas as pd

    check_choice("date_order", date_order, ("day", "month"))
    series = _series(values)
    got = read_dates(series.reset_index(drop=True), order=date_order, timezone=timezone, today=today)
    if (got.style.ask or got.style.half) and date_order is None:
        raise UserError("standardise.ambiguous_date", found=got.style.examples or got.style.proof)
    out = pd.Series(got.values)
    reasons = pd.Series(np.where(out.isna(), got.reasons, None))
    there = out.dropna()
    facts = {"first": there.min().date(), "last": there.max().date()} if len(there) else {"first": None, "last": None}
    return finish("date", values, out, reasons, params={"date_order": date_order or got.style.order}, facts=facts)
