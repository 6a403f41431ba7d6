"""Dates as people write them: ``31/12/2020``, ``17 Agustus 2020``, ``31-Des-20``, ``09.30 WIB``, Excel's serials.

As with numbers, the order of day and month is decided once per column: a day of 13 or more in one place proves it,
and a column of ``03/04/2020`` only is a question. Times stay the wall-clock times of the place where they were written;
only a column that mixes zones is brought to one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from .cells import DISSENT, distinct, integers, is_missing, some, texts_of
from .clock import one_zone, zone_offset

if TYPE_CHECKING:
    import datetime as dt

    import numpy as np
    import pandas as pd
    import pyarrow as pa

__all__ = ["FIRST_YEAR", "MONTHS", "DateColumn", "DateStyle", "read_dates"]

FIRST_YEAR = 1950
"""Sales before this year are typing errors, or Excel's zero date (1900)."""

MONTHS = {
    1: "januari january jan", 2: "februari february pebruari feb peb", 3: "maret march mar mrt", 4: "april apr",
    5: "mei may",
    6: "juni june jun", 7: "juli july jul", 8: "agustus august agt agu ags agst aug agust", 9: "september sept sep",
    10: "oktober october okt oct", 11: "november nopember nov nop", 12: "desember december des dec",
}  # fmt: skip
_MONTH_OF = {word: month for month, words in MONTHS.items() for word in words.split()}
_MONTH = "(?P<name>" + "|".join(sorted(_MONTH_OF, key=len, reverse=True)) + r")\.?"
_WEEKDAY = (
    r"(?:(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|sen|sel|rab|kam|jum|sab|min|mon|tue|wed|thu|fri|sat|sun)\.?,?\s+)?"
)
_TIME = (
    r"(?:(?:t|,?\s+)(?:(?:pukul|pkl|jam|at)\.?\s*)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,](?P<part>\d{1,9}))?)?"
    r"(?:\s*(?P<half>am|pm|a\.m\.|p\.m\.))?)?(?:\s*(?P<zone>wib|wita|wit|(?:utc|gmt)(?:[-+]\d{1,2}(?::?\d{2})?)?|z|[-+]\d{2}:?\d{2}))?"
)
_YEAR = r"(?P<year>\d{4}|'?\d{2})"
_FORMS = (
    ("iso", rf"^(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_TIME}$"),
    ("compact", rf"^(?P<year>(?:19|20)\d{{2}})(?P<month>\d{{2}})(?P<day>\d{{2}}){_TIME}$"),
    ("numeric", rf"^{_WEEKDAY}(?P<a>\d{{1,2}})\s?[-/.]\s?(?P<b>\d{{1,2}})\s?[-/.]\s?{_YEAR}{_TIME}$"),
    ("named", rf"^{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-/.\s]*{_MONTH}[-/.,\s]*{_YEAR}{_TIME}$"),
    ("named", rf"^{_WEEKDAY}{_MONTH}[-/.\s]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-/.,\s]+{_YEAR}{_TIME}$"),
    ("serial", r"^(?P<serial>[2-7]\d{4}(?:[.,]\d+)?)$"),
)
_FIELDS = ("year", "month", "day", "a", "b", "hour", "minute", "second")


@dataclass(frozen=True)
class DateStyle:
    """How a column writes its dates, and what spoke for it.

    Parameters
    ----------
    order : {"day", "month", None}
        Which comes first in ``03/04/2020``; ``None`` where no value is written that way, or where it can't be told.
    forms : dict
        How many distinct values are written in which form: ``iso``, ``compact``, ``numeric``, ``named``, ``serial``,
        ``date``.
    proof : str or None
        A value that shows the order.
    ask : bool
        Every value could be read in two ways, or proven values contradict each other.
    examples : tuple of str
        Values for the question.
    zones : tuple of str
        Time zones written beside the values.
    short_years : int
        How many distinct values have a year of two digits (00 to 68 are read as 20xx).
    open : int
        How many distinct values could be read in two ways.
    half : bool
        A spreadsheet that expects the other order has made dates of what it could, day and month swapped, and left
        the rest as texts.
    """

    order: str | None
    forms: dict[str, int] = field(default_factory=dict)
    proof: str | None = None
    ask: bool = False
    examples: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    short_years: int = 0
    open: int = 0
    half: bool = False


@dataclass
class DateColumn:
    """The dates of a column: NaT where missing or unreadable, and which values were unreadable and why."""

    values: np.ndarray  # datetime64[us], wall-clock
    reasons: np.ndarray
    style: DateStyle
    zone: str | None = None


@dataclass
class _Parsed:
    texts: pa.Array
    missing: np.ndarray
    form: np.ndarray  # of str; "" where none fits
    numbers: dict[str, np.ndarray]  # -1 where absent
    micros: np.ndarray
    half: np.ndarray
    zone: np.ndarray  # of object
    serial: np.ndarray
    short_year: np.ndarray


def _take_apart(texts: pa.Array) -> _Parsed:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    clean = pc.replace_substring_regex(texts, "[\u00a0\u202f\u2009\\s]+", " ")
    clean = pc.utf8_trim_whitespace(pc.utf8_lower(clean))
    n = len(texts)
    missing = is_missing(clean).to_numpy(zero_copy_only=False)
    form = np.full(n, "", dtype="U7")
    numbers = {f: np.full(n, -1, dtype=np.int64) for f in _FIELDS}
    micros, serial = np.zeros(n, dtype=np.int64), np.full(n, np.nan)
    short = np.zeros(n, dtype=bool)
    half, zone = np.full(n, "", dtype=object), np.full(n, None, dtype=object)
    for name, pattern in _FORMS:
        left = np.flatnonzero((form == "") & ~missing)
        if not len(left):
            break
        fields = pc.extract_regex(clean.take(pa.array(left)), pattern)
        fits = pc.is_valid(fields).to_numpy(zero_copy_only=False)
        if not fits.any():
            continue
        at = left[fits]
        fields = fields.filter(pa.array(fits))
        form[at] = name
        there = {f.name for f in fields.type}
        for f in (f for f in _FIELDS if f in there):
            numbers[f][at] = integers(pc.struct_field(fields, f))
        if "year" in there:
            year = pc.replace_substring(pc.struct_field(fields, "year"), "'", "")
            short[at] = pc.equal(pc.utf8_length(year), 2).to_numpy(zero_copy_only=False)
        if "name" in there:
            words = pc.struct_field(fields, "name").dictionary_encode()
            months = np.array([_MONTH_OF[w] for w in words.dictionary.to_pylist()], dtype=np.int64)
            numbers["month"][at] = months[words.indices.to_numpy(zero_copy_only=False)]
        if "part" in there:
            part = pc.utf8_slice_codeunits(pc.utf8_rpad(pc.struct_field(fields, "part"), 6, "0"), 0, 6)
            micros[at] = np.maximum(integers(part), 0)
            half[at] = pc.utf8_slice_codeunits(pc.struct_field(fields, "half"), 0, 1).to_numpy(zero_copy_only=False)
            zone[at] = pc.utf8_upper(pc.struct_field(fields, "zone")).to_numpy(zero_copy_only=False)
        if name == "serial":
            serial[at] = pc.cast(
                pc.replace_substring(pc.struct_field(fields, "serial"), ",", "."), pa.float64()
            ).to_numpy()
    # the usual pivot: 68 is still to come, 69 has been
    numbers["year"] = np.where(short, numbers["year"] + np.where(numbers["year"] <= 68, 2000, 1900), numbers["year"])
    zone[zone == ""] = None
    return _Parsed(texts, missing, form, numbers, micros, half, zone, serial, short)


def _decide(p: _Parsed) -> DateStyle:
    import numpy as np

    numeric = p.form == "numeric"
    a, b = p.numbers["a"], p.numbers["b"]
    day_first = numeric & (a > 12) & (b <= 12)
    month_first = numeric & (b > 12) & (a <= 12)
    open_ = numeric & (a <= 12) & (b <= 12) & (a != b)
    n_day, n_month = int(day_first.sum()), int(month_first.sum())
    few = DISSENT * (n_day + n_month)
    order, ask, mask = None, False, None
    if n_day and n_month <= few:
        order, mask = "day", day_first
    elif n_month and n_day <= few:
        order, mask = "month", month_first
    elif n_day or n_month:
        ask, mask = True, None
    elif open_.any():
        ask, mask = True, open_
    elif numeric.any():
        order = "day"  # 05/05/2020 only: both readings are the same day
    if ask:
        examples = tuple(
            some(p.texts, mask, 3) if mask is not None else some(p.texts, day_first, 2) + some(p.texts, month_first, 2)
        )
    else:
        examples = tuple(some(p.texts, mask, 1)) if mask is not None else ()
    names, counts = np.unique(p.form[p.form != ""], return_counts=True)
    zones = tuple(sorted({str(z) for z in p.zone if z is not None}))
    return DateStyle(
        order,
        dict(zip(names.tolist(), counts.tolist(), strict=True)),
        examples[0] if examples and not ask else None,
        ask,
        examples if ask else (),
        zones,
        int(p.short_year.sum()),
        int(open_.sum()),
    )


def read_dates(
    series: pd.Series,
    *,
    order: str | None = None,
    timezone: str | None = None,
    today: dt.date | None = None,
    first_year: int = FIRST_YEAR,
) -> DateColumn:
    """The dates of a column, as wall-clock times.

    Parameters
    ----------
    series : pandas.Series
        Texts, dates, Excel serials, or a mixture.
    order : {"day", "month"}, optional
        Which comes first in ``03/04/2020``; guessed from all values when not given.
    timezone : str, optional
        Bring times that name their zone to this one (``"WIB"``, ``"WITA"``, ``"WIT"``, or a name such as
        ``"Asia/Tokyo"``). Without
        it a column of one zone stays as it is, and a column of several zones is brought to WIB.
    today : datetime.date, optional
        Dates after the day after this one are refused; today by default.
    first_year : int
        Dates before this year are refused; birthdays need an earlier one than sales.

    Returns
    -------
    DateColumn

    Examples
    --------
    >>> import pandas as pd
    >>> column = read_dates(pd.Series(["31/12/2020 09.30 WIB", "17 Agustus 2020", "2020-02-30"]))
    >>> [str(v)[:16] for v in column.values], list(column.reasons)
    (['2020-12-31T09:30', '2020-08-17T00:00', 'NaT'], [None, None, 'unreadable_date'])
    """
    import numpy as np
    import pandas as pd

    n = len(series)
    values = np.full(n, np.datetime64("NaT"), dtype="datetime64[us]")
    reasons = np.full(n, None, dtype=object)
    zone = None
    if isinstance(series.dtype, pd.DatetimeTZDtype):
        zone = timezone or str(series.dt.tz)
        moved = series.dt.tz_convert(zone_offset(timezone)) if timezone else series
        values = moved.dt.tz_localize(None).to_numpy(dtype="datetime64[us]", copy=True)
        style = DateStyle(None, {"date": int(series.notna().sum())}, zones=(str(series.dt.tz),))
    elif series.dtype.kind == "M":
        values = series.to_numpy(dtype="datetime64[us]", copy=True)
        style = DateStyle(None, {"date": int(series.notna().sum())})
    elif series.dtype.kind in "iuf" or pd.api.types.is_numeric_dtype(series.dtype):
        values, reasons = _of_numbers(series.to_numpy(dtype="float64", na_value=np.nan))
        style = DateStyle(None, {"serial": int((~np.isnat(values)).sum())})
    else:
        if series.dtype == object:
            _objects(series, values, reasons)
        texts, codes = distinct(texts_of(series))
        column = _read_distinct(texts, order, timezone)
        style, zone = column.style, column.zone
        known = codes >= 0
        if _half_made(values, style):
            style = replace(style, half=True)
            if order == style.order:
                values = _swapped(values)
        values[known], reasons[known] = column.values[codes[known]], column.reasons[codes[known]]
    _bound(values, reasons, today, first_year)
    return DateColumn(values, reasons, style, zone)


def _half_made(made: np.ndarray, style: DateStyle) -> bool:
    """Whether a spreadsheet made dates of only those texts that fit the order it expects.

    Opened where the month comes first, ``03/04/2020`` becomes 4 March and ``13/04/2020`` stays a text. What tells: no
    text is left that could be read in two ways, and no date has a day above 12.
    """
    import numpy as np

    made = np.unique(made[~np.isnat(made)].astype("datetime64[D]"))
    days = (made - made.astype("datetime64[M]")).astype(int) + 1
    return len(made) >= 3 and bool((days <= 12).all()) and style.proof is not None and not style.open


def _swapped(made: np.ndarray) -> np.ndarray:
    """Dates with day and month changed back; only for days up to 12."""
    import numpy as np

    there = ~np.isnat(made)
    date = made[there].astype("datetime64[D]")
    month = date.astype("datetime64[M]")
    year = date.astype("datetime64[Y]").astype(int) + 1970
    right = _build(year, (date - month).astype(int) + 1, month.astype(int) % 12 + 1)
    out = made.copy()
    out[there] = right + (made[there] - date)
    return out


def _objects(series: pd.Series, values: np.ndarray, reasons: np.ndarray) -> None:
    """Dates and serial numbers among the texts of a mixed column."""
    import datetime as dt
    import numbers

    import numpy as np
    import pandas as pd

    for i, v in enumerate(series.tolist()):
        if isinstance(v, str) or v is None or v is pd.NaT or v is pd.NA:
            continue
        if isinstance(v, dt.date | np.datetime64):
            stamp = pd.Timestamp(v)
            values[i] = np.datetime64(stamp.tz_localize(None) if stamp.tz else stamp, "us")
        elif isinstance(v, numbers.Real) and not isinstance(v, bool):
            one, why = _of_numbers(np.array([float(v)]))
            values[i], reasons[i] = one[0], why[0]
        else:
            reasons[i] = "unreadable_date"


def _of_numbers(numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Excel serials (days since 1899-12-30), and dates written as one number, 20201231."""
    import numpy as np

    values = np.full(len(numbers), np.datetime64("NaT"), dtype="datetime64[us]")
    reasons = np.full(len(numbers), None, dtype=object)
    with np.errstate(invalid="ignore"):
        serial = (numbers >= 20_000) & (numbers < 80_000)
        compact = (numbers >= 19_000_101) & (numbers <= 20_991_231) & (numbers == np.floor(numbers))
    micros = np.round(numbers[serial] * 86_400).astype("int64") * 1_000_000
    values[serial] = np.datetime64("1899-12-30", "us") + micros.astype("timedelta64[us]")
    whole = numbers[compact].astype("int64")
    values[compact] = _build(whole // 10_000, whole // 100 % 100, whole % 100)
    reasons[~np.isnan(numbers) & np.isnat(values)] = "unreadable_date"
    return values, reasons


def _build(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Calendar dates; NaT where there is no such day."""
    import numpy as np

    good = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31) & (year >= 1)
    months = (np.where(good, year, 1970) - 1970) * 12 + np.where(good, month, 1) - 1
    start = months.astype("datetime64[M]")
    dates = start.astype("datetime64[D]") + (np.where(good, day, 1) - 1).astype("timedelta64[D]")
    good &= dates.astype("datetime64[M]") == start  # 31 April would have become 1 May
    return np.where(good, dates.astype("datetime64[us]"), np.datetime64("NaT"))


def _read_distinct(texts: pa.Array, order: str | None, timezone: str | None) -> DateColumn:
    import numpy as np

    p = _take_apart(texts)
    style = _decide(p)
    first = order or style.order
    numeric = p.form == "numeric"
    a, b, year = p.numbers["a"], p.numbers["b"], p.numbers["year"]
    day = np.where(numeric, a if first != "month" else b, p.numbers["day"])
    month = np.where(numeric, b if first != "month" else a, p.numbers["month"])
    values = _build(year, month, day)
    hour, minute, second = (p.numbers[k] for k in ("hour", "minute", "second"))
    afternoon, morning = p.half == "p", p.half == "a"
    clock = (hour <= 23) & (minute <= 59) & (second <= 59) & ~((afternoon | morning) & ((hour > 12) | (hour == 0)))
    hour = np.where(afternoon & (hour < 12), hour + 12, np.where(morning & (hour == 12), 0, hour))
    seconds = np.maximum(hour, 0) * 3600 + np.maximum(minute, 0) * 60 + np.maximum(second, 0)
    values = values + (seconds * 1_000_000 + p.micros).astype("timedelta64[us]")
    values[~clock] = np.datetime64("NaT")
    serial = ~np.isnan(p.serial)
    values[serial] = _of_numbers(p.serial[serial])[0]
    reasons = np.full(len(texts), None, dtype=object)
    bad = np.isnat(values) & ~p.missing
    reasons[bad] = "unreadable_date"
    if first:
        reasons[numeric & bad & (np.where(first == "month", a, b) > 12)] = "date_style"
    else:
        reasons[numeric] = "date_style"
        values[numeric] = np.datetime64("NaT")
    values, zone = one_zone(values, p.zone, timezone)
    return DateColumn(values, reasons, style, zone)


def _bound(values: np.ndarray, reasons: np.ndarray, today: dt.date | None, first_year: int) -> None:
    """Refuse what lies in the future or before sales were kept in computers."""
    import datetime as dt

    import numpy as np

    # one day of grace: the file may come from a place where it is already tomorrow
    end = np.datetime64((today or dt.date.today()) + dt.timedelta(days=2), "us")
    early = values < np.datetime64(f"{first_year}-01-01", "us")
    late = values >= end
    reasons[early], reasons[late] = "date_too_early", "future_date"
    values[early | late] = np.datetime64("NaT")
