"""The Indonesian calendar of a trading year: official holidays, Ramadan, Idul Fitri, payday, harbolnas, pandemic phases.

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
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_IDUL_FITRI = tuple(
    dt.date.fromisoformat(day)
    for day in (
        # 2009 and 2027 only serve to find the nearest one at the edges; 2027 is computed and may yet move by a day
        *("2009-09-20", "2010-09-10", "2011-08-31", "2012-08-19", "2013-08-08", "2014-07-28", "2015-07-17"),
        *("2016-07-06", "2017-06-25", "2018-06-15", "2019-06-05", "2020-05-24", "2021-05-13", "2022-05-02"),
        *("2023-04-22", "2024-04-10", "2025-03-31", "2026-03-21", "2027-03-10"),
    )
)

_RAMADAN_STARTS = {
    start.year: start
    for start in map(
        dt.date.fromisoformat,
        (
            *("2010-08-11", "2011-08-01", "2012-07-21", "2013-07-10", "2014-06-29", "2015-06-18", "2016-06-06"),
            *("2017-05-27", "2018-05-17", "2019-05-06", "2020-04-24", "2021-04-13", "2022-04-03", "2023-03-23"),
            *("2024-03-12", "2025-03-01", "2026-02-19"),
        ),
    )
}

_FIXED_HOLIDAYS = {(1, 1): "new_year", (8, 17): "independence_day", (12, 25): "christmas"}
_LABOUR_DAY_SINCE = 2014
_PANCASILA_DAY_SINCE = 2017  # declared on 1 June 2016, a holiday from the year after

# one line a year, month and day as mmdd
_MOVING_HOLIDAYS = {
    "lunar_new_year": {
        **{2010: "0215", 2011: "0203", 2012: "0123", 2013: "0211", 2014: "0131", 2015: "0219", 2016: "0208"},
        **{2017: "0128", 2018: "0216", 2019: "0205", 2020: "0125", 2021: "0212", 2022: "0201", 2023: "0122"},
        **{2024: "0210", 2025: "0129", 2026: "0217"},
    },
    "prophets_birthday": {
        **{2010: "0226", 2011: "0215", 2012: "0205", 2013: "0124", 2014: "0114", 2015: "0103 1224", 2016: "1212"},
        **{2017: "1201", 2018: "1120", 2019: "1109", 2020: "1029", 2021: "1020", 2022: "1008", 2023: "0928"},
        **{2024: "0916", 2025: "0905", 2026: "0825"},
    },
    "nyepi": {
        **{2010: "0316", 2011: "0305", 2012: "0323", 2013: "0312", 2014: "0331", 2015: "0321", 2016: "0309"},
        **{2017: "0328", 2018: "0317", 2019: "0307", 2020: "0325", 2021: "0314", 2022: "0303", 2023: "0322"},
        **{2024: "0311", 2025: "0329", 2026: "0319"},
    },
    "good_friday": {
        **{2010: "0402", 2011: "0422", 2012: "0406", 2013: "0329", 2014: "0418", 2015: "0403", 2016: "0325"},
        **{2017: "0414", 2018: "0330", 2019: "0419", 2020: "0410", 2021: "0402", 2022: "0415", 2023: "0407"},
        **{2024: "0329", 2025: "0418", 2026: "0403"},
    },
    "ascension_day": {
        **{2010: "0513", 2011: "0602", 2012: "0517", 2013: "0509", 2014: "0529", 2015: "0514", 2016: "0505"},
        **{2017: "0525", 2018: "0510", 2019: "0530", 2020: "0521", 2021: "0513", 2022: "0526", 2023: "0518"},
        **{2024: "0509", 2025: "0529", 2026: "0514"},
    },
    "vesak": {
        **{2010: "0528", 2011: "0517", 2012: "0506", 2013: "0525", 2014: "0515", 2015: "0602", 2016: "0522"},
        **{2017: "0511", 2018: "0529", 2019: "0519", 2020: "0507", 2021: "0526", 2022: "0516", 2023: "0604"},
        **{2024: "0523", 2025: "0512", 2026: "0531"},
    },
    "isra_miraj": {
        **{2010: "0710", 2011: "0629", 2012: "0617", 2013: "0606", 2014: "0527", 2015: "0516", 2016: "0506"},
        **{2017: "0424", 2018: "0414", 2019: "0403", 2020: "0322", 2021: "0311", 2022: "0228", 2023: "0218"},
        **{2024: "0208", 2025: "0127", 2026: "0116"},
    },
    "idul_adha": {
        **{2010: "1117", 2011: "1106", 2012: "1026", 2013: "1015", 2014: "1005", 2015: "0924", 2016: "0912"},
        **{2017: "0901", 2018: "0822", 2019: "0811", 2020: "0731", 2021: "0720", 2022: "0710", 2023: "0629"},
        **{2024: "0617", 2025: "0606", 2026: "0527"},
    },
    "islamic_new_year": {
        **{2010: "1207", 2011: "1127", 2012: "1115", 2013: "1105", 2014: "1025", 2015: "1014", 2016: "1002"},
        **{2017: "0921", 2018: "0911", 2019: "0901", 2020: "0820", 2021: "0811", 2022: "0730", 2023: "0719"},
        **{2024: "0707", 2025: "0627", 2026: "0616"},
    },
    "election_day": {
        **{2014: "0409 0709", 2015: "1209", 2017: "0215", 2018: "0627", 2019: "0417", 2020: "1209"},
        **{2024: "0214 1127"},
    },
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
            for mmdd in dates.get(year, "").split():
                table[dt.date(year, int(mmdd[:2]), int(mmdd[2:]))] = name
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
