"""Numbers, money and dates as Indonesian and English readers write them.

Babel knows the separators and the months. Three things are set here: rupiah has no sen and no space after ``Rp``,
large numbers are shortened with Indonesian words (``rb``, ``jt``, ``M`` for *miliar*, ``T``), and an axis gets its
tick texts from us, since no chart library writes these.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any

__all__ = ["currency_sign", "date", "money", "number", "percent", "ticks", "value"]

MISSING = "—"
_SHORT = {
    "id": ((1e12, "T"), (1e9, "M"), (1e6, "jt"), (1e3, "rb")),
    "en": ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K")),
}
_SYMBOL = {"IDR": "Rp"}
_DATE = {
    "long": "d MMMM y",
    "short": "dd/MM/y",
    "month": "MMM y",
    "month_name": "LLLL",
    "year": "y",
    "day": "d MMM",
    "time": {"id": "d MMMM y HH.mm", "en": "d MMMM y HH:mm"},
}
_DAYS = {"id": "hari", "en": "days"}
_POINTS = {"id": "poin", "en": "points"}


def _missing(x: Any) -> bool:
    return x is None or x != x or str(x) in ("NaT", "<NA>")


def _lang(lang: str | None) -> str:
    if lang:
        return lang
    from . import language

    return language()


@cache
def _pattern(decimals: int, minimum: int):
    from babel.numbers import parse_pattern

    fraction = "." + "0" * minimum + "#" * (decimals - minimum) if decimals else ""
    return parse_pattern("#,##0" + fraction)


@cache
def _locale(lang: str):
    from babel import Locale

    return Locale.parse(lang)


def number(x: Any, lang: str | None = None, decimals: int = 0, *, trim: bool = False) -> str:
    """A number with the language's separators, rounded half to even.

    Parameters
    ----------
    x : number or None
        Missing values give a dash.
    decimals : int
    trim : bool
        Leave out zeros at the end of the fraction.

    Examples
    --------
    >>> number(1234567.891, "id", 2), number(1234567.891, "en", 2), number(None, "id")
    ('1.234.567,89', '1,234,567.89', '—')
    """
    if _missing(x):
        return MISSING
    if isinstance(x, float) and math.isinf(x):
        return "∞" if x > 0 else "-∞"
    plain = x if isinstance(x, int) else float(x)
    said = _pattern(decimals, 0 if trim else decimals).apply(plain, _locale(_lang(lang)))
    return said.replace("-0", "0", 1) if not any(c in "123456789" for c in said) else said


def _shorten(x: float, lang: str, decimals: int = 1) -> str:
    for size, word in _SHORT[lang]:
        # 999,950 would print as 1.000,0 rb: let it be 1 jt
        if abs(x) >= size * (1 - 0.5 * 10**-decimals / 1000):
            return f"{number(x / size, lang, decimals, trim=True)} {word}"
    return number(x, lang, 0 if float(x).is_integer() else decimals, trim=True)


def money(x: Any, lang: str | None = None, currency: str = "IDR", *, short: bool = False) -> str:
    """An amount of money. Rupiah are written without sen and without a space.

    Examples
    --------
    >>> money(1234567, "id"), money(1234567, "en"), money(1_600_000_000, "id", short=True)
    ('Rp1.234.567', 'Rp1,234,567', 'Rp1,6 M')
    >>> money(8911407.904, "en", "GBP")
    'GBP 8,911,407.90'
    """
    if _missing(x):
        return MISSING
    lang = _lang(lang)
    symbol = _SYMBOL.get(currency)
    decimals = 0 if currency == "IDR" else 2
    said = _shorten(abs(x), lang) if short else number(abs(x), lang, decimals)
    sign = "-" if x < 0 and any(c in "123456789" for c in said) else ""
    if not currency:
        return f"{sign}{said}"
    return f"{sign}{symbol}{said}" if symbol else f"{sign}{currency} {said}"


def currency_sign(currency: str) -> str:
    """How a currency is written beside numbers that carry none of their own.

    Examples
    --------
    >>> currency_sign("IDR"), currency_sign("GBP")
    ('Rp', 'GBP')
    """
    return _SYMBOL.get(currency, currency)


def percent(share: Any, lang: str | None = None, decimals: int = 1) -> str:
    """A share (0 to 1) as a percentage.

    Examples
    --------
    >>> percent(0.285, "id"), percent(0.285, "en")
    ('28,5%', '28.5%')
    """
    return MISSING if _missing(share) else f"{number(share * 100, lang, decimals)}%"


def date(d: Any, lang: str | None = None, style: str = "long") -> str:
    """A date: ``long`` 24 Mei 2020, ``short`` 24/05/2020, ``month`` Mei 2020, ``month_name`` Mei, ``quarter`` ...

    Examples
    --------
    >>> import datetime as dt
    >>> date(dt.date(2020, 5, 24), "id"), date(dt.date(2020, 5, 24), "en"), date(dt.date(2020, 5, 24), "id", "short")
    ('24 Mei 2020', '24 May 2020', '24/05/2020')
    """
    if _missing(d):
        return MISSING
    lang = _lang(lang)
    if style == "quarter":
        return f"{'K' if lang == 'id' else 'Q'}{(d.month + 2) // 3} {d.year}"
    from babel.dates import format_date, format_datetime

    pattern = _DATE[style]
    if isinstance(pattern, dict):
        return format_datetime(d, pattern[lang], locale=_locale(lang))
    return format_date(d, pattern, locale=_locale(lang))


def _tiny(x: float, lang: str) -> str:
    """A number near nought, to two digits that count; below a ten-thousandth only that it is smaller."""
    if 0 < x < 1e-4:
        return f"<{number(1e-4, lang, 4)}"
    return number(x, lang, 1 - math.floor(math.log10(abs(x))), trim=True)


def value(
    x: Any,
    unit: str | None,
    lang: str | None = None,
    *,
    short: bool = False,
    currency: str = "IDR",
    decimals: int | None = None,
) -> str:
    """``x`` as its unit is written.

    Parameters
    ----------
    unit : {"money", "share", "count", "number", "score", "points", "days", "date", "time", "text"} or None
        ``share`` is 0 to 1 and shown in percent; ``points`` is a difference of percentages.
    short : bool
        Shorten large numbers (``1,6 M``).

    Examples
    --------
    >>> value(0.21, "share", "id"), value(1234.5, "number", "id"), value(3, "days", "id"), value(-2.5, "points", "en")
    ('21,0%', '1.234,5', '3 hari', '-2.5 points')
    >>> value(0.0034, "number", "id"), value(0.0000001, "number", "en"), value(0.0, "number", "en")
    ('0,0034', '<0.0001', '0')
    """
    if _missing(x):
        return MISSING
    lang = _lang(lang)
    if unit == "money":
        return money(x, lang, currency, short=short)
    if unit == "share":
        return percent(x, lang, 1 if decimals is None else decimals)
    if unit in ("date", "time"):
        return date(x, lang, "long" if unit == "date" else "time")
    if unit == "text" or isinstance(x, str):
        return str(x)
    if short and abs(x) >= 1000:
        return _shorten(x, lang)
    if unit == "count":
        return number(x, lang)
    if decimals is None and 0 < abs(x) < 0.005:  # with two decimals it would be nought, which it is not
        said = _tiny(x, lang)
    else:
        said = number(x, lang, 2 if decimals is None else decimals, trim=decimals is None)
    if unit == "days":
        return f"{said} {_DAYS[lang]}"
    return f"{said} {_POINTS[lang]}" if unit == "points" else said


def ticks(
    low: float, high: float, unit: str | None = None, lang: str | None = None, n: int = 5
) -> tuple[list[float], list[str]]:
    """Round positions for an axis from ``low`` to ``high`` and their texts, all in one scale.

    Money carries no currency here: the axis title names it once.

    Examples
    --------
    >>> ticks(0, 1_640_000_000, "money", "id")
    ([0.0, 500000000.0, 1000000000.0, 1500000000.0], ['0', '0,5 M', '1 M', '1,5 M'])
    >>> ticks(0, 0.8, "share", "en")
    ([0.0, 0.2, 0.4, 0.6, 0.8], ['0%', '20%', '40%', '60%', '80%'])
    """
    lang = _lang(lang)
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low:
        low, high = (
            (0.0, 1.0) if not math.isfinite(low) or not math.isfinite(high) else (min(low, 0.0), max(high, low + 1))
        )
    rough = (high - low) / n
    power = 10.0 ** math.floor(math.log10(rough))
    step = min((m * power for m in (1, 2, 5, 10)), key=lambda s: abs(math.log(s / rough)))
    if unit == "count":
        step = max(1.0, round(step))
    places = [round(i * step, 12) for i in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]
    scale, word = 1.0, ""
    if unit != "share":
        top = max(abs(low), abs(high))
        scale, word = next(((s, w) for s, w in _SHORT[lang] if top >= s), (1.0, ""))
    texts = []
    for place in places:
        if unit == "share":
            texts.append(f"{number(place * 100, lang, 2, trim=True)}%")
        else:
            said = number(place / scale, lang, 3, trim=True)
            texts.append(f"{said} {word}".strip() if place else said)
    return places, texts
