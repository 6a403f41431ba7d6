"""Numbers, money and dates against Babel (CLDR), and what Babel can't write."""

import datetime as dt
import math

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from crmlab import labels


@given(st.floats(-1e15, 1e15, allow_nan=False), st.sampled_from(["id", "en"]))
def test_numbers_are_what_babel_writes(x, lang):
    said = format_decimal(x, format="#,##0.00", locale=lang)
    if not any(c in "123456789" for c in said):
        said = said.replace("-", "")
    assert labels.number(x, lang, 2) == said


@given(st.dates(dt.date(1990, 1, 1), dt.date(2040, 1, 1)))
def test_dates_are_what_babel_writes(d):
    assert labels.date(d, "id") == format_date(d, "d MMMM y", locale="id")


@pytest.mark.parametrize(
    ("x", "said_id", "said_en"),
    [
        (0, "Rp0", "Rp0"),
        (999, "Rp999", "Rp999"),
        (1_500, "Rp1,5 rb", "Rp1.5 K"),
        (999_960, "Rp1 jt", "Rp1 M"),
        (12_000_000, "Rp12 jt", "Rp12 M"),
        (1_600_000_000, "Rp1,6 M", "Rp1.6 B"),
        (-2_500_000_000_000, "-Rp2,5 T", "-Rp2.5 T"),
        (None, "—", "—"),
        (math.nan, "—", "—"),
    ],
)
def test_short_rupiah(x, said_id, said_en):
    assert labels.money(x, "id", short=True) == said_id
    assert labels.money(x, "en", short=True) == said_en


def test_rupiah_have_no_sen_and_zero_no_sign():
    assert labels.money(1234567.6, "id") == "Rp1.234.568"
    assert labels.money(-0.2, "id") == "Rp0"
    assert labels.number(-0.001, "id", 2) == "0,00"


def test_an_axis_in_miliar_never_says_b():
    places, texts = labels.ticks(0, 1_640_000_000, "money", "id")
    assert texts == ["0", "0,5 M", "1 M", "1,5 M"]
    assert places[-1] == 1.5e9


@given(
    st.floats(-1e12, 1e12, allow_nan=False),
    st.floats(1e-3, 1e12, allow_nan=False),
    st.sampled_from(["money", "count", "share", None]),
)
def test_ticks_lie_inside_the_axis_and_rise(low, width, unit):
    high = low + width
    places, texts = labels.ticks(low, high, unit, "id")
    assert len(places) == len(texts)
    assert places == sorted(set(places))
    slack = 1e-6 * max(abs(low), abs(high), 1)
    assert all(low - slack <= p <= max(high, low + 1) + slack for p in places)


def test_quarter_and_month():
    d = dt.date(2020, 8, 17)
    assert labels.date(d, "id", "quarter") == "K3 2020"
    assert labels.date(d, "en", "quarter") == "Q3 2020"
    assert labels.date(d, "id", "month") == "Agu 2020"
