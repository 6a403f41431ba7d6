"""Dates as people write them; rule 4 of the bad-input rules."""

import datetime as dt

import pandas as pd
import pytest

from crmlab.errors import UserError
from crmlab.ingest.dates import MONTHS, read_dates

from .conftest import TODAY


def dates(*texts, **options):
    got = read_dates(pd.Series(texts, dtype="str"), today=TODAY, **options)
    return [None if pd.isna(v) else v.isoformat() for v in pd.to_datetime(got.values)], list(got.reasons), got


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("31/12/2020", "2020-12-31T00:00:00"),
        ("31-12-2020", "2020-12-31T00:00:00"),
        ("31.12.2020", "2020-12-31T00:00:00"),
        ("12/31/2020", "2020-12-31T00:00:00"),
        ("31/12/20", "2020-12-31T00:00:00"),
        ("2020-12-31", "2020-12-31T00:00:00"),
        ("2020/12/31", "2020-12-31T00:00:00"),
        ("20201231", "2020-12-31T00:00:00"),
        ("2020-12-31T09:30:15.250", "2020-12-31T09:30:15.250000"),
        ("17 Agustus 2020", "2020-08-17T00:00:00"),
        ("17 Agt 2020", "2020-08-17T00:00:00"),
        ("Senin, 17 Agustus 2020", "2020-08-17T00:00:00"),
        ("Jum'at, 31 Juli 2020", "2020-07-31T00:00:00"),
        ("31-Des-20", "2020-12-31T00:00:00"),
        ("August 17, 2020", "2020-08-17T00:00:00"),
        ("17-Aug-20 14:05", "2020-08-17T14:05:00"),
        ("31/12/2020 09.30", "2020-12-31T09:30:00"),
        ("31/12/2020 09.30.15 WIB", "2020-12-31T09:30:15"),
        ("31/12/2020 pukul 09.30", "2020-12-31T09:30:00"),
        ("31/12/2020 9:05 PM", "2020-12-31T21:05:00"),
        ("31/12/2020 12:05 am", "2020-12-31T00:05:00"),
        ("44196", "2020-12-31T00:00:00"),
        ("44196.5", "2020-12-31T12:00:00"),
        ("44196,25", "2020-12-31T06:00:00"),
        ("05/05/2020", "2020-05-05T00:00:00"),
        ("29/02/2020", "2020-02-29T00:00:00"),
        ("31-Des-'20", "2020-12-31T00:00:00"),
    ],
)
def test_each_style_is_read(text, iso):
    assert dates(text)[:2] == ([iso], [None])


@pytest.mark.parametrize("word", [w for words in MONTHS.values() for w in words.split()])
def test_every_month_name_in_both_languages(word):
    month = next(m for m, words in MONTHS.items() if word in words.split())
    assert dates(f"17 {word.title()} 2019")[0] == [f"2019-{month:02d}-17T00:00:00"]


@pytest.mark.parametrize(
    "text", ["31/04/2020", "2020-02-30", "abc", "Agustus 2020", "2020", "31/12/2020 25.00", "=NOW()"]
)
def test_what_is_no_date_is_refused(text):
    assert dates(text)[:2] == ([None], ["unreadable_date"])


def test_a_coin_toss_is_asked():
    values, reasons, got = dates("03/04/2020", "05/06/2020")
    assert got.style.ask
    assert got.style.examples == ("03/04/2020", "05/06/2020")
    assert values == [None, None]


def test_the_parameter_decides():
    assert dates("03/04/2020", order="day")[0] == ["2020-04-03T00:00:00"]
    assert dates("03/04/2020", order="month")[0] == ["2020-03-04T00:00:00"]


def test_a_day_of_13_proves_the_order_of_the_whole_column():
    assert dates("03/04/2020", "13/04/2020")[0] == ["2020-04-03T00:00:00", "2020-04-13T00:00:00"]
    assert dates("03/04/2020", "03/13/2020")[0] == ["2020-03-04T00:00:00", "2020-03-13T00:00:00"]


def test_two_proven_orders_are_asked():
    assert dates("13/02/2020", "02/13/2020")[2].style.ask


def test_a_few_against_the_column_are_refused_not_bent():
    values, reasons, _ = dates(*[f"{d:02d}/03/2020" for d in range(1, 32)], "03/15/2020")
    assert values[0] == "2020-03-01T00:00:00"
    assert (values[-1], reasons[-1]) == (None, "date_style")


def test_future_and_ancient_dates_are_refused():
    assert dates("31/12/2020", "02/01/2021", "03/01/2021", "31/12/1949")[1] == [
        None,
        None,
        "future_date",
        "date_too_early",
    ]


def test_a_year_of_four_digits_is_never_short():
    assert dates("0020-12-31", "2020-12-31")[1] == ["date_too_early", None]


def test_short_years_turn_at_69():
    values, _, got = dates("31/12/20", "31/12/69", "31/12/99")
    assert values == ["2020-12-31T00:00:00", "1969-12-31T00:00:00", "1999-12-31T00:00:00"]
    assert got.style.short_years == 3


def test_one_zone_stays_wall_clock_time():
    values, _, got = dates("31/12/2020 09.30 WITA")
    assert (values, got.zone) == (["2020-12-31T09:30:00"], "WITA")


def test_mixed_zones_are_brought_to_one():
    values, _, got = dates("30/12/2020 09.30 WIB", "30/12/2020 10.30 WITA", "30/12/2020 11.30 WIT")
    assert values == ["2020-12-30T09:30:00"] * 3
    assert got.zone == "WIB"


def test_a_given_zone_moves_the_times():
    assert dates("2020-12-30T20:00:00Z", timezone="WIB")[0] == ["2020-12-31T03:00:00"]
    assert dates("2020-12-30T20:00:00+09:00", timezone="WIB")[0] == ["2020-12-30T18:00:00"]
    aware = pd.Series(pd.to_datetime(["2020-12-30 20:00"]).tz_localize("UTC"))
    assert str(read_dates(aware, timezone="WIB", today=TODAY).values[0])[:16] == "2020-12-31T03:00"
    with pytest.raises(UserError, match="not known"):
        dates("2020-12-30T20:00:00Z", timezone="WIBB")


def test_typed_cells():
    got = read_dates(
        pd.Series([dt.datetime(2020, 5, 1, 8), "02/05/2020", "13/05/2020", 43953, None], dtype=object), today=TODAY
    )
    assert [str(v)[:13] for v in got.values] == [
        "2020-05-01T08",
        "2020-05-02T00",
        "2020-05-13T00",
        "2020-05-02T00",
        "NaT",
    ]
    assert [str(v)[:10] for v in read_dates(pd.Series([43953.0, 20200502.0]), today=TODAY).values] == ["2020-05-02"] * 2
