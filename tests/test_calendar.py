"""The calendar against dates that anyone can look up."""

import datetime as dt

import pytest

from crmlab import calendar

# official first days of Idul Fitri, as announced by the Ministry of Religious Affairs
IDUL_FITRI = ("2016-07-06", "2017-06-25", "2018-06-15", "2019-06-05", "2020-05-24") + (
    "2021-05-13",
    "2022-05-02",
    "2023-04-22",
    "2024-04-10",
)
RAMADAN = ("2016-06-06", "2017-05-27", "2018-05-17", "2019-05-06", "2020-04-24") + (
    "2021-04-13",
    "2022-04-03",
    "2023-03-23",
    "2024-03-12",
)


def _every_day(first, last):
    return [first + dt.timedelta(days=k) for k in range((last - first).days + 1)]


FIVE_YEARS = _every_day(dt.date(2016, 1, 1), dt.date(2020, 12, 31))


@pytest.mark.parametrize("day", IDUL_FITRI)
def test_idul_fitri_is_the_official_day(day):
    day = dt.date.fromisoformat(day)
    assert calendar.idul_fitri(day.year) == day
    assert calendar.days_to_idul_fitri(day) == 0
    assert calendar.days_to_idul_fitri(day - dt.timedelta(days=21)) == 21
    assert calendar.days_to_idul_fitri(day + dt.timedelta(days=3)) == -3
    assert calendar.holiday(day) == calendar.holiday(day + dt.timedelta(days=1)) == "idul_fitri"


@pytest.mark.parametrize("day", RAMADAN)
def test_ramadan_starts_on_the_official_day(day):
    day = dt.date.fromisoformat(day)
    assert calendar.ramadan(day)
    assert not calendar.ramadan(day - dt.timedelta(days=1))


def test_ramadan_lasts_29_or_30_days():
    for year in range(calendar.FIRST_DAY.year, calendar.LAST_DAY.year + 1):
        days = _every_day(dt.date(year, 1, 1), dt.date(year, 12, 31))
        assert sum(map(calendar.ramadan, days)) in (29, 30), year


def test_payday_days():
    assert len(FIVE_YEARS) == 1827
    assert sum(map(calendar.payday, FIVE_YEARS)) == 447
    in_2019 = [day for day in FIVE_YEARS if day.year == 2019 and calendar.payday(day)]
    assert len(in_2019) == 89
    assert [sum(day.month == month for day in in_2019) for month in (1, 2, 4)] == [8, 5, 7]


def test_every_year_has_its_fixed_and_moving_holidays():
    always = {
        *("new_year", "lunar_new_year", "nyepi", "good_friday", "ascension_day", "vesak", "isra_miraj"),
        *("idul_fitri", "idul_adha", "islamic_new_year", "independence_day", "prophets_birthday", "christmas"),
    }
    for year in range(calendar.FIRST_DAY.year, calendar.LAST_DAY.year + 1):
        names = {calendar.holiday(day) for day in _every_day(dt.date(year, 1, 1), dt.date(year, 12, 31))}
        # in 2021 Ascension Day and Idul Fitri fell on one day
        assert always - names <= ({"ascension_day"} if year == 2021 else set()), year


def test_good_friday_is_a_friday():
    days = _every_day(calendar.FIRST_DAY, calendar.LAST_DAY)
    assert {day.isoweekday() for day in days if calendar.holiday(day) == "good_friday"} == {5}


def test_outside_the_table_nothing_is_claimed():
    for day in (dt.date(2009, 12, 31), dt.date(2027, 1, 1)):
        assert calendar.holiday(day) is None
        assert calendar.ramadan(day) is None
        assert calendar.days_to_idul_fitri(day) is None
        assert calendar.idul_fitri_phase(day) is None


def test_a_datetime_is_taken_for_its_date():
    moment = dt.datetime(2020, 5, 24, 23, 59)
    assert calendar.holiday(moment) == "idul_fitri"
    assert calendar.pandemic_phase(moment) == "restrictions"


def test_levels_have_one_parent_each():
    table = calendar.days(calendar.FIRST_DAY, calendar.LAST_DAY)
    for child, parent in (("quarter", "year"), ("month", "quarter"), ("week", "iso_year"), ("date", "week")):
        pairs = set(zip(table[child], table[parent], strict=True))
        assert len(pairs) == len(set(table[child])), (child, parent)
