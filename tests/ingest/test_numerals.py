"""Numbers as people write them; rule 3 of the bad-input rules."""

import math

import pandas as pd
import pytest

from crmlab.ingest.numerals import guess_style, read_numbers


def numbers(*texts, **options):
    return read_numbers(pd.Series(texts, dtype="str"), **options)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234.567", 1_234_567),
        ("1,234,567", 1_234_567),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("Rp 1.234.567,-", 1_234_567),
        ("Rp1.234.567", 1_234_567),
        ("Rp. 1.234.567,00", 1_234_567),
        ("IDR 1,234,567.00", 1_234_567),
        ("1,2 jt", 1_200_000),
        ("1.5juta", 1_500_000),
        ("750 rb", 750_000),
        ("1,2 miliar", 1_200_000_000),
        ("2,5 T", 2_500_000_000_000),
        ("1.2E+07", 12_000_000),
        ("1,2e7", 12_000_000),
        ("-5", -5),
        ("5-", -5),
        ("(1.234.567)", -1_234_567),
        ("\u22125,5", -5.5),
        ("1 234 567,89", 1_234_567.89),
        ("1\u00a0234\u00a0567", 1_234_567),
        ("1'234'567.5", 1_234_567.5),
        ("£1,234.50", 1234.5),
        ("0.123", 0.123),
        (",5", 0.5),
        ("10%", 0.1),
        ("0", 0),
        ("007", 7),
    ],
)
def test_each_style_is_read(text, value):
    got = numbers(text)
    assert got.values.tolist() == pytest.approx([value])
    assert list(got.reasons) == [None]


@pytest.mark.parametrize("text", ["", " ", "-", "N/A", "#N/A", "null", "NaN", "(kosong)"])
def test_missing_is_missing_not_unreadable(text):
    got = numbers(text, "5")
    assert math.isnan(got.values[0])
    assert list(got.reasons) == [None, None]


@pytest.mark.parametrize("text", ["abc", "=1+1", "#REF!", "1,23,456", "12.34.56", ".", "5 kg", "1..5", "2020-12-31"])
def test_what_is_no_number_is_refused(text):
    assert list(numbers(text, "5").reasons) == ["unreadable_number", None]


@pytest.mark.parametrize("texts", [("1.234",), ("1.234", "12.500", "500"), ("1,234",), ("1.000 jt",)])
def test_a_coin_toss_is_asked(texts):
    got = numbers(*texts)
    assert got.style.ask
    assert got.style.examples[0] == texts[0]
    assert math.isnan(got.values[0]), "nothing is read before it is decided"


def test_the_parameter_decides():
    assert numbers("1.234", decimal=",").values.tolist() == [1234]
    assert numbers("1.234", decimal=".").values.tolist() == [1.234]


def test_one_proof_decides_the_whole_column():
    assert numbers("1.234", "2.500.000").values.tolist() == [1234, 2_500_000]
    assert numbers("1.234", "2.5").values.tolist() == [1.234, 2.5]
    assert numbers("1.234", "7,5").values.tolist() == [1234, 7.5]


def test_a_currency_without_sen_decides():
    assert numbers("Rp 1.234", "Rp 500").values.tolist() == [1234, 500]
    assert numbers("Rp 1,234").values.tolist() == [1234]
    assert numbers("1.234,-").values.tolist() == [1234]


def test_two_proven_styles_are_asked():
    got = numbers("1,5", "2.5")
    assert got.style.ask
    assert got.style.examples == ("1,5", "2.5")


def test_a_few_against_the_column_are_refused_not_bent():
    got = numbers(*[f"{i},5" for i in range(100)], "2.5")
    assert not got.style.ask
    assert got.reasons[-1] == "number_style"
    assert math.isnan(got.values[-1])
    assert got.values[7] == 7.5


def test_infinite_and_huge():
    got = numbers("inf", "-Infinity", "1e400", "1e20", "5")
    assert list(got.reasons) == ["infinite_number", "infinite_number", "infinite_number", "huge_number", None]
    typed = read_numbers(pd.Series([math.inf, 1e16, 1.0]))
    assert list(typed.reasons) == ["infinite_number", "huge_number", None]


def test_m_is_miliar_or_million_by_its_company():
    assert numbers("1,2 M", "3 jt").values.tolist() == [1.2e9, 3e6]
    assert numbers("1.2M", "3K").values.tolist() == pytest.approx([1.2e6, 3e3])
    assert numbers("$1.2M").values.tolist() == pytest.approx([1.2e6])
    doubtful = numbers("1.2 M")
    assert doubtful.facts["ask_short_units"]
    assert list(doubtful.reasons) == ["short_unit"]
    assert numbers("1.2 M", short_units="id").values.tolist() == pytest.approx([1.2e9])


def test_currencies_are_seen():
    assert guess_style(pd.Series(["Rp 5", "$3"])).currency == ("IDR", "USD")


def test_mixed_cells_of_a_workbook():
    got = read_numbers(pd.Series([1500, "2.500,5", None, True, "x"], dtype=object))
    assert got.values[:2].tolist() == [1500, 2500.5]
    assert list(got.reasons) == [None, None, None, None, "unreadable_number"]


def test_the_callers_column_is_not_touched():
    column = pd.Series([1e20, 1.0])
    read_numbers(column)
    assert column.tolist() == [1e20, 1.0]


def test_a_point_before_the_dash_marks_no_decimals_where_points_group_thousands():
    assert numbers("Rp 12.500.-", "Rp 500.-").values.tolist() == [12_500, 500]
    assert numbers("12.500.-", "1.250.000.-").values.tolist() == [12_500, 1_250_000]
    assert numbers("12,500.-").values.tolist() == [12_500]
    assert numbers("12,500,-").values.tolist() == [12_500]


def test_the_dash_of_accounting_formats_is_no_value():
    got = numbers("Rp -", " Rp-   ", "Rp 1.500.000", "$ -")
    assert [math.isnan(v) for v in got.values] == [True, True, False, True]
    assert set(got.reasons) == {None}


def test_percent_and_plain_numbers_are_two_things():
    got = numbers("10%", "5%", "0", "5000")
    assert got.values[:3].tolist() == [0.1, 0.05, 0]
    assert list(got.reasons) == [None, None, None, "number_style"]
    got = numbers("10%", "2500", "5000")
    assert not got.percent
    assert list(got.reasons) == ["number_style", None, None]


def test_one_slip_does_not_decide_hundreds_of_doubtful_values():
    prices = [f"{n}.500" for n in range(10, 60)]
    got = numbers(*prices, "12.5")
    assert got.style.ask
    assert got.style.examples == ("10.500", "11.500", "12.5")
    assert numbers(*prices, "1.250.000").values[0] == 10_500, "a value that can't be a slip decides"
    assert numbers(*prices, "12.5", decimal=",").reasons[-1] == "number_style"
    assert numbers("1.250", "2.125", "0.5").values.tolist() == [1.25, 2.125, 0.5]
