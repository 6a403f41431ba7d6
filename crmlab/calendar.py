"""The Indonesian calendar of a trading year: holidays, Ramadan, Idul Fitri, payday, harbolnas, pandemic phases.

The dates are those the government announced, kept as a table. They are not computed: a conversion from the Hijri
calendar is a day off for Idul Fitri in some years (2019 and 2023 with common libraries). National holidays only;
days of joint leave (*cuti bersama*) are not in the table.

Functions answer for one `datetime.date`. Where the table does not reach, they answer ``None``, which means "not known",
not "no".
"""

import datetime as dt
from bisect import bisect_left

#: first and last day that the tables of official dates cover
FIRST_DAY = dt.date(2010, 1, 1)
LAST_DAY = dt.date(2026, 12, 31)

#: names of days, Monday first, as `weekday` gives them
WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)


def _dates(text):
    return tuple(map(dt.date.fromisoformat, text.split()))


# 2009 and 2027 only serve to find the nearest one at the edges; 2027 is computed and may yet move by a day
_IDUL_FITRI = _dates("""
    2009-09-20 2010-09-10 2011-08-31 2012-08-19 2013-08-08 2014-07-28 2015-07-17 2016-07-06
    2017-06-25 2018-06-15 2019-06-05 2020-05-24 2021-05-13 2022-05-02 2023-04-22 2024-04-10
    2025-03-31 2026-03-21 2027-03-10
""")

_RAMADAN_STARTS = {
    start.year: start
    for start in _dates("""
    2010-08-11 2011-08-01 2012-07-21 2013-07-10 2014-06-29 2015-06-18 2016-06-06 2017-05-27
    2018-05-17 2019-05-06 2020-04-24 2021-04-13 2022-04-03 2023-03-23 2024-03-12 2025-03-01
    2026-02-19
""")
}

_FIXED_HOLIDAYS = {
    (1, 1): "new_year",
    (8, 17): "independence_day",
    (12, 25): "christmas",
}
_LABOUR_DAY_SINCE = 2014
_PANCASILA_DAY_SINCE = 2017  # declared on 1 June 2016, a holiday from the year after

_MOVING_HOLIDAYS = {
    "lunar_new_year": """
        2010-02-15 2011-02-03 2012-01-23 2013-02-11 2014-01-31 2015-02-19 2016-02-08 2017-01-28
        2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29
        2026-02-17
    """,
    "prophets_birthday": """
        2010-02-26 2011-02-15 2012-02-05 2013-01-24 2014-01-14 2015-01-03 2015-12-24 2016-12-12
        2017-12-01 2018-11-20 2019-11-09 2020-10-29 2021-10-20 2022-10-08 2023-09-28 2024-09-16
        2025-09-05 2026-08-25
    """,
    "nyepi": """
        2010-03-16 2011-03-05 2012-03-23 2013-03-12 2014-03-31 2015-03-21 2016-03-09 2017-03-28
        2018-03-17 2019-03-07 2020-03-25 2021-03-14 2022-03-03 2023-03-22 2024-03-11 2025-03-29
        2026-03-19
    """,
    "good_friday": """
        2010-04-02 2011-04-22 2012-04-06 2013-03-29 2014-04-18 2015-04-03 2016-03-25 2017-04-14
        2018-03-30 2019-04-19 2020-04-10 2021-04-02 2022-04-15 2023-04-07 2024-03-29 2025-04-18
        2026-04-03
    """,
    "ascension_day": """
        2010-05-13 2011-06-02 2012-05-17 2013-05-09 2014-05-29 2015-05-14 2016-05-05 2017-05-25
        2018-05-10 2019-05-30 2020-05-21 2021-05-13 2022-05-26 2023-05-18 2024-05-09 2025-05-29
        2026-05-14
    """,
    "vesak": """
        2010-05-28 2011-05-17 2012-05-06 2013-05-25 2014-05-15 2015-06-02 2016-05-22 2017-05-11
        2018-05-29 2019-05-19 2020-05-07 2021-05-26 2022-05-16 2023-06-04 2024-05-23 2025-05-12
        2026-05-31
    """,
    "isra_miraj": """
        2010-07-10 2011-06-29 2012-06-17 2013-06-06 2014-05-27 2015-05-16 2016-05-06 2017-04-24
        2018-04-14 2019-04-03 2020-03-22 2021-03-11 2022-02-28 2023-02-18 2024-02-08 2025-01-27
        2026-01-16
    """,
    "idul_adha": """
        2010-11-17 2011-11-06 2012-10-26 2013-10-15 2014-10-05 2015-09-24 2016-09-12 2017-09-01
        2018-08-22 2019-08-11 2020-07-31 2021-07-20 2022-07-10 2023-06-29 2024-06-17 2025-06-06
        2026-05-27
    """,
    "islamic_new_year": """
        2010-12-07 2011-11-27 2012-11-15 2013-11-05 2014-10-25 2015-10-14 2016-10-02 2017-09-21
        2018-09-11 2019-09-01 2020-08-20 2021-08-11 2022-07-30 2023-07-19 2024-07-07 2025-06-27
        2026-06-16
    """,
    "election_day": """
        2014-04-09 2014-07-09 2015-12-09 2017-02-15 2018-06-27 2019-04-17 2020-12-09 2024-02-14
        2024-11-27
    """,
}

_PANDEMIC_PHASES = (  # first day of each phase
    (dt.date(2020, 3, 15), "restrictions"),
    (dt.date(2020, 9, 1), "transition"),
    (dt.date(2022, 12, 31), "after"),
)


def _holidays():
    table = {}
    for year in range(FIRST_DAY.year, LAST_DAY.year + 1):
        for (month, day), name in _FIXED_HOLIDAYS.items():
            table[dt.date(year, month, day)] = name
        if year >= _LABOUR_DAY_SINCE:
            table[dt.date(year, 5, 1)] = "labour_day"
        if year >= _PANCASILA_DAY_SINCE:
            table[dt.date(year, 6, 1)] = "pancasila_day"
    for name, dates in _MOVING_HOLIDAYS.items():
        table.update(dict.fromkeys(_dates(dates), name))
    for first in _IDUL_FITRI:
        if FIRST_DAY <= first <= LAST_DAY:
            table[first] = "idul_fitri"
            table[first + dt.timedelta(days=1)] = "idul_fitri"
    # in 2011 the decree had said 30 and 31 August before the day itself was fixed on the 31st
    table[dt.date(2011, 8, 30)] = "idul_fitri"
    del table[dt.date(2011, 9, 1)]
    return table


_HOLIDAYS = _holidays()


def _day(date):
    """Take the date out of a datetime, so that both may be asked about."""
    return date.date() if isinstance(date, dt.datetime) else date


def _covered(date):
    return FIRST_DAY <= date <= LAST_DAY


def payday(date):
    """Tell whether salaries have just been paid: from the 25th to the 1st.

    Parameters
    ----------
    date : datetime.date or datetime.datetime

    Returns
    -------
    bool

    Examples
    --------
    >>> import datetime as dt
    >>> payday(dt.date(2020, 2, 25)), payday(dt.date(2020, 3, 1)), payday(dt.date(2020, 3, 2))
    (True, True, False)
    """
    return date.day >= 25 or date.day == 1


def holiday(date):
    """Name the national holiday on a date.

    Parameters
    ----------
    date : datetime.date or datetime.datetime

    Returns
    -------
    str or None
        The holiday's identifier, ``""`` when the day is no national holiday, ``None`` when the table does not reach.

    Examples
    --------
    >>> import datetime as dt
    >>> holiday(dt.date(2019, 6, 5)), holiday(dt.date(2019, 6, 10)), holiday(dt.date(1999, 1, 1))
    ('idul_fitri', '', None)
    """
    date = _day(date)
    return _HOLIDAYS.get(date, "") if _covered(date) else None


def idul_fitri(year):
    """Give the official first day of Idul Fitri of a year.

    Parameters
    ----------
    year : int

    Returns
    -------
    datetime.date or None

    Examples
    --------
    >>> idul_fitri(2019)
    datetime.date(2019, 6, 5)
    """
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        return None
    return next(day for day in _IDUL_FITRI if day.year == year)


def days_to_idul_fitri(date):
    """Count the days to the nearest Idul Fitri.

    Parameters
    ----------
    date : datetime.date or datetime.datetime

    Returns
    -------
    int or None
        Positive before it (7 is what Indonesians write as H-7), 0 on its first day, negative after it.

    Examples
    --------
    >>> import datetime as dt
    >>> days_to_idul_fitri(dt.date(2019, 5, 29)), days_to_idul_fitri(dt.date(2019, 6, 8))
    (7, -3)
    """
    date = _day(date)
    if not _covered(date):
        return None
    after = bisect_left(_IDUL_FITRI, date)
    to_go = (_IDUL_FITRI[after] - date).days
    gone = (date - _IDUL_FITRI[after - 1]).days
    return to_go if to_go <= gone else -gone


def idul_fitri_phase(date):
    """Name the stretch around Idul Fitri in which trade behaves differently.

    Parameters
    ----------
    date : datetime.date or datetime.datetime

    Returns
    -------
    str or None
        ``"three_weeks_before"`` (21 to 8 days to go), ``"last_week"`` (7 to 2), ``"eve_and_day"`` (1 and 0) or
        ``"ordinary"``.

    Examples
    --------
    >>> import datetime as dt
    >>> [idul_fitri_phase(dt.date(2019, month, day)) for month, day in ((5, 20), (6, 1), (6, 5), (6, 6))]
    ['three_weeks_before', 'last_week', 'eve_and_day', 'ordinary']
    """
    days = days_to_idul_fitri(date)
    if days is None:
        return None
    if 8 <= days <= 21:
        return "three_weeks_before"
    if 2 <= days <= 7:
        return "last_week"
    return "eve_and_day" if days in (0, 1) else "ordinary"


def ramadan(date):
    """Tell whether a date lies in Ramadan.

    Parameters
    ----------
    date : datetime.date or datetime.datetime

    Returns
    -------
    bool or None

    Examples
    --------
    >>> import datetime as dt
    >>> ramadan(dt.date(2020, 4, 24)), ramadan(dt.date(2020, 5, 24))
    (True, False)
    """
    date = _day(date)
    if not _covered(date):
        return None
    return _RAMADAN_STARTS[date.year] <= date < idul_fitri(date.year)


def harbolnas(date):
    """Tell whether a date is a national online shopping day: 11.11 or 12.12, since 2012.

    Parameters
    ----------
    date : datetime.date or datetime.datetime

    Returns
    -------
    bool

    Examples
    --------
    >>> import datetime as dt
    >>> harbolnas(dt.date(2019, 12, 12)), harbolnas(dt.date(2019, 12, 13))
    (True, False)
    """
    return date.year >= 2012 and (date.month, date.day) in ((11, 11), (12, 12))


def pandemic_phase(date):
    """Name the phase of the COVID-19 pandemic in Indonesian trade.

    Parameters
    ----------
    date : datetime.date or datetime.datetime

    Returns
    -------
    str
        ``"before"``, ``"restrictions"`` (from 15 March 2020), ``"transition"`` (from 1 September 2020) or ``"after"``
        (the restrictions were lifted on 30 December 2022).

    Examples
    --------
    >>> import datetime as dt
    >>> pandemic_phase(dt.date(2020, 3, 14)), pandemic_phase(dt.date(2020, 3, 15))
    ('before', 'restrictions')
    """
    date = _day(date)
    name = "before"
    for start, phase in _PANDEMIC_PHASES:
        if date >= start:
            name = phase
    return name


def days(first, last):
    """Describe every day from the first to the last: the columns of a date dimension.

    Level columns name their members fully (``"2020-01"``, not ``1``), so that every month has one quarter and every
    quarter one year. ISO weeks belong to ISO years and form a hierarchy of their own.

    Parameters
    ----------
    first, last : datetime.date
        Both included.

    Returns
    -------
    dict of str to list
        Columns of equal length.

    Examples
    --------
    >>> import datetime as dt
    >>> table = days(dt.date(2020, 12, 31), dt.date(2021, 1, 1))
    >>> table["month"], table["week"], table["holiday"]
    (['2020-12', '2021-01'], ['2020-W53', '2020-W53'], ['', 'new_year'])
    """
    dates = [first + dt.timedelta(days=offset) for offset in range((last - first).days + 1)]
    iso = [date.isocalendar() for date in dates]
    holidays = [holiday(date) for date in dates]
    return {
        "date": dates,
        "year": [date.year for date in dates],
        "quarter": [f"{date.year}-Q{(date.month + 2) // 3}" for date in dates],
        "month": [f"{date.year}-{date.month:02}" for date in dates],
        "iso_year": [week.year for week in iso],
        "week": [f"{week.year}-W{week.week:02}" for week in iso],
        "month_of_year": [date.month for date in dates],
        "day_of_month": [date.day for date in dates],
        "weekday": [WEEKDAYS[date.weekday()] for date in dates],
        "weekday_number": [date.isoweekday() for date in dates],
        "weekend": [date.isoweekday() >= 6 for date in dates],
        "holiday": holidays,
        "national_holiday": [None if name is None else bool(name) for name in holidays],
        "payday": [payday(date) for date in dates],
        "ramadan": [ramadan(date) for date in dates],
        "days_to_idul_fitri": [days_to_idul_fitri(date) for date in dates],
        "idul_fitri_phase": [idul_fitri_phase(date) for date in dates],
        "harbolnas": [harbolnas(date) for date in dates],
        "pandemic_phase": [pandemic_phase(date) for date in dates],
    }
