"""Every kind of answer: what is right, what is nearly right and why, and what can't be read."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlab.errors import UserError
from crmlab.exercises import kinds
from crmlab.exercises.verdict import Draw

NONE = Draw("*", {})


def asker(spec, right, wrongs=None, draw=NONE):
    """Judge an answer as a student gives it, against a right one and wrong ones as an author gives them."""
    told = kinds.plain(spec, draw, right)
    known = {}
    for entry in kinds.entries(spec, told):
        known.setdefault(entry, "right")
    for name, wrong in (wrongs or {}).items():
        for entry in kinds.marks(spec, kinds.plain(spec, draw, wrong), told):
            known.setdefault(entry, name)

    def ask(answer):
        verdict = kinds.judge(spec, kinds.plain(spec, draw, answer), lambda s, t: known.get((s, t)))
        return verdict.code if verdict.code in ("right", "open") else (verdict.code, verdict.name)

    return ask


SHARE = {"kind": "number", "unit": "share", "digits": 4}


@pytest.mark.parametrize(
    ("answer", "slip"),
    [
        (37.254, "hundred_large"),
        (0.0037254, "hundred_small"),
        (372.54, "thousand_large"),
        (0.00037254, "thousand_small"),
        (372540.0, "million_large"),
        (0.37254e-6, "million_small"),
        (0.37254 * 12, "twelve_large"),
        (0.37254 / 12, "twelve_small"),
        (-0.37254, "sign"),
        (1 - 0.37254, "complement"),
        (1 / 0.37254, "reciprocal"),
        (0.37, "rounding"),
    ],
)
def test_a_number_that_is_nearly_right_is_told_by_its_slip(answer, slip):
    assert asker(SHARE, 0.37254)(answer) == ("nearly", slip)


@pytest.mark.parametrize(
    "answer",
    [
        0.37254,
        np.float64(0.37254),
        np.array(0.37254),
        pd.Series([0.37254]),
        pd.DataFrame({"a": [0.37254]}),
        [0.37254],
        Decimal("0.37254"),
        0.3725,
        0.3726,
    ],
)
def test_a_number_is_right_however_it_comes_and_within_a_unit_of_its_last_digit(answer):
    assert asker(SHARE, 0.37254)(answer) == "right"


def test_a_number_outside_that_unit_is_not_right():
    ask = asker(SHARE, 0.37254)
    assert ask(0.3727) != "right"
    assert ask(0.3723) != "right"
    assert ask(0.41) == ("wrong", None)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("0,37", "exercises.not_a_number"),
        (True, "exercises.not_a_number"),
        (None.__class__, "exercises.not_a_number"),
        (float("nan"), "exercises.missing_number"),
        (np.inf, "exercises.missing_number"),
        (pd.Series([1.0, 2.0]), "exercises.several_numbers"),
        ([], "exercises.several_numbers"),
    ],
)
def test_what_is_no_number_says_what_was_found(answer, code):
    with pytest.raises(UserError) as said:
        kinds.plain(SHARE, NONE, answer)
    assert said.value.code == code


def test_a_known_mistake_comes_before_a_slip():
    # 62.75 % is the rest of 37.25 %, and the share of those who did not answer: the author's word counts
    ask = asker({"kind": "number", "unit": "percent"}, 37.254, {"others": 62.746, "mean": 40.11})
    assert ask(62.746) == ("misconception", "others")
    assert ask(40.11) == ("misconception", "mean")
    assert ask(0.37254) == ("nearly", "hundred_small")


def test_a_count_is_exact_and_one_off_is_told():
    ask = asker({"kind": "number", "exact": True}, 41, {"all": 60})
    assert ask(41) == ask(41.0) == "right"
    assert ask(40) == ask(42) == ("nearly", "one_off")
    assert ask(60) == ("misconception", "all")
    assert ask(41.3) == ("wrong", None)


@given(st.floats(min_value=-1e12, max_value=1e12, allow_nan=False).filter(lambda x: x == 0 or abs(x) > 1e-9))
def test_every_number_is_right_for_itself(x):
    assert asker({"kind": "number", "unit": "number"}, x)(x) == "right"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("2020-05-24", "right"),
        (dt.date(2020, 5, 24), "right"),
        (pd.Timestamp("2020-05-24 09:00"), "right"),
        (np.datetime64("2020-05-24"), "right"),
        (dt.date(2020, 5, 25), ("nearly", "one_day_off")),
        ("2020-06-05", ("wrong", None)),
    ],
)
def test_a_day(answer, told):
    assert asker({"kind": "date"}, "2020-05-24")(answer) == told


def test_a_day_with_its_month():
    assert asker({"kind": "date"}, "2020-05-04")("2020-04-05") == ("nearly", "day_for_month")
    with pytest.raises(UserError, match="24 Mei"):
        kinds.plain({"kind": "date"}, NONE, "24 Mei")


TABLE = {"kind": "table", "columns": ["segment", "customers", "revenue"], "decimals": 1}
FRAME = pd.DataFrame({"segment": ["A", "B"], "customers": [3, 5], "revenue": [10.04, 20.0]})


def test_a_table_in_any_order_of_rows_and_columns_with_more_columns():
    ask = asker(TABLE, FRAME, {"mean": FRAME.assign(revenue=[3.3, 4.0])})
    assert ask(FRAME.iloc[::-1][["revenue", "segment", "customers"]]) == "right"
    assert ask(FRAME.assign(note="x").set_index("segment")) == "right"
    assert ask(FRAME.to_dict("records")) == "right"
    assert ask(FRAME.assign(revenue=[10.0, 20.0])) == "right"
    assert ask(FRAME.assign(revenue=[3.3, 4.0])) == ("misconception", "mean")
    assert ask(FRAME.head(1)) == ("wrong", "row_count")
    assert ask(FRAME.assign(segment=["A", "C"])) == ("wrong", "keys")
    assert ask(FRAME.assign(customers=[3, 6])) == ("wrong", "columns")
    assert ask(FRAME.assign(customers=[1, 1], revenue=[1.0, 1.0])) == ("wrong", "values")


def test_the_order_of_rows_counts_where_it_is_asked_for():
    assert asker({**TABLE, "ordered": True}, FRAME)(FRAME.iloc[::-1]) == ("nearly", "row_order")


def test_a_value_on_the_edge_of_two_roundings_is_right_both_ways():
    spec = {"kind": "table", "columns": ["k", "v"], "decimals": 2}
    right = pd.DataFrame({"k": ["a"], "v": [0.1 + 0.2 - 0.175]})  # 0.125 and a little
    assert asker(spec, right)(pd.DataFrame({"k": ["a"], "v": [0.125 - 1e-17]})) == "right"


def test_a_table_without_its_columns_names_them():
    with pytest.raises(UserError) as said:
        kinds.plain(TABLE, NONE, FRAME.rename(columns={"revenue": "revenu"}))
    assert said.value.code == "exercises.columns"
    assert said.value.near == ("revenu",)


SQL = {"kind": "sql", "columns": ["channel", "revenue"], "decimals": 0}
ORDERS = Draw("*", {"orders": pd.DataFrame({"channel": ["web", "shop", "web"], "amount": [1.0, 2.0, 3.0]}), "n": 3})


def test_a_query_is_judged_by_what_it_returns():
    right = "SELECT channel, sum(amount) AS revenue FROM orders GROUP BY channel"
    ask = asker(SQL, right, {"counted": "SELECT channel, count(*) AS revenue FROM orders GROUP BY 1"}, ORDERS)
    assert ask("WITH a AS (SELECT * FROM orders) SELECT channel, sum(amount) revenue FROM a GROUP BY ALL") == "right"
    assert ask("SELECT channel, count(*) AS revenue FROM orders GROUP BY 1") == ("misconception", "counted")


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("SELEC 1", "exercises.sql_failed"),
        ("SELECT channel, amout AS revenue FROM orders", "exercises.sql_failed"),
        ("SELECT 1 AS channel, 2 AS revenue; SELECT 1", "exercises.sql_one_select"),
        ("DROP TABLE orders", "exercises.sql_one_select"),
        ("COPY orders TO 'x.csv'", "exercises.sql_one_select"),
        ("SELECT content AS channel, size AS revenue FROM read_text('/etc/passwd')", "exercises.sql_failed"),
        ("SELECT count(*) AS channel, 1 AS revenue FROM range(1000000) a, range(1000000) b", "exercises.sql_too_long"),
        (42, "exercises.not_sql"),
    ],
)
def test_a_query_that_can_not_be_run_says_why(sql, code, monkeypatch):
    monkeypatch.setattr("crmlab.exercises.tables.SQL_SECONDS", 0.3)
    with pytest.raises(UserError) as said:
        kinds.plain(SQL, ORDERS, sql)
    assert said.value.code == code


FIGURE = {"kind": "figure", "must": ["title", "axis_titles", "from_zero", "linear"], "decimals": 0}


def bars(y=(3, 5), *, line=False, **layout):
    trace = go.Scatter(x=["a", "b"], y=list(y), mode="lines") if line else go.Bar(x=["a", "b"], y=np.array(y))
    told = {"title": "Orders", "xaxis_title": "Channel", "yaxis_title": "Orders"} | layout
    return go.Figure(trace, layout=told)


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        (bars(), "right"),
        (bars().to_plotly_json(), "right"),
        (bars(title=None), ("nearly", "no_title")),
        (bars(yaxis_title=None), ("nearly", "no_axis_titles")),
        (bars(yaxis_range=[2, 6]), ("nearly", "no_from_zero")),
        (bars(yaxis_type="log"), ("nearly", "no_linear")),
        (bars((3, 6)), ("wrong", "values")),
        (bars((1, 2)), ("misconception", "halved")),
        (bars(line=True), ("misconception", "line")),
    ],
)
def test_a_figure(figure, told):
    assert asker(FIGURE, bars(), {"halved": bars((1, 2)), "line": bars(line=True)})(figure) == told


def test_a_recorded_figure_is_read_again_and_a_forged_one_refused():
    plain = kinds.plain(FIGURE, NONE, bars())
    assert kinds.plain(FIGURE, NONE, plain) == plain
    with pytest.raises(UserError):
        kinds.plain(FIGURE, NONE, {"traces": [{"type": "bar"}]})


CHOICE = {"kind": "choice", "options": {"p": {}, "q": {}, "r": {}}}
SHOWN = Draw("*", {}, ("r", "p", "q"))


def test_letters_are_the_student_s_own():
    ask = asker(CHOICE, "p", {"other": "q"}, SHOWN)
    assert ask("b") == ask("B)") == ask(["b"]) == "right"
    assert ask("c") == ("misconception", "other")
    assert ask("a") == ("wrong", None)
    for answer, code in (
        ("d", "not_letters"),
        (["a", "b"], "one_option"),
        (3, "not_letters"),
        ({"a": 1}, "not_letters"),
    ):
        with pytest.raises(UserError) as said:
            kinds.plain(CHOICE, SHOWN, answer)
        assert said.value.code == f"exercises.{code}"


def test_several_options():
    ask = asker({**CHOICE, "several": True}, ["p", "r"], draw=SHOWN)
    assert ask("ab") == ask({"b", "a"}) == ask("a, b") == "right"
    assert ask("a") == ("nearly", "one_missing")
    assert ask("abc") == ("nearly", "one_too_many")


ORDER = {"kind": "order", "lines": {k: k for k in "wxyz"}, "length": 3}
LINES = Draw("*", {}, tuple("zyxw"))


def test_an_order_with_a_line_that_does_not_belong():
    ask = asker(ORDER, ["w", "x", "y"], {"late": ["x", "y", "w"]}, LINES)
    assert ask("dcb") == "right"
    assert ask(["c", "d", "b"]) == ("nearly", "one_swap")
    assert ask("dcba") == ("nearly", "line_too_many")
    assert ask("bcd") == ("nearly", "reversed")
    assert ask("cbd") == ("misconception", "late")
    assert ask("ad") == ("wrong", "length")
    with pytest.raises(UserError):
        kinds.plain(ORDER, LINES, "ddc")


MATCHING = {
    "kind": "matching",
    "items": {i: i for i in ("i1", "i2", "i3", "i4")},
    "classes": {"strategic": {}, "analytical": {}},
}
ITEMS = Draw("*", {}, ("i2", "i1", "i4", "i3"))
PAIRS = {"i1": "strategic", "i2": "strategic", "i3": "analytical", "i4": "analytical"}


def test_a_matching_counts_its_pairs():
    swapped = {"i1": "analytical", "i2": "analytical"}
    ask = asker(MATCHING, PAIRS, {"swapped": swapped}, ITEMS)
    assert ask({1: "A", 2: "a", 3: "B", 4: "b"}) == "right"
    assert ask(["A", "A", "B", "B"]) == "right"
    assert ask({1: "A", 2: "A", 3: "B", 4: "A"}) == ("nearly", "pairs")
    assert ask({1: "B", 2: "A", 3: "B"}) == ("misconception", "swapped")
    for answer in ({9: "A"}, {1: "C"}, "AABB", 7):
        with pytest.raises(UserError):
            kinds.plain(MATCHING, ITEMS, answer)


TEXT = {
    "kind": "text",
    "criteria": ["numerator", "denominator"],
    "needed": 2,
    "words": (4, 12),
}


def test_a_text_is_marked_by_its_rubric():
    known = {("stem", "jumlah"): "+numerator", ("stem", "pembagi"): "+denominator", ("stem", "ratarata"): "averaged"}

    def ask(answer):
        verdict = kinds.judge(TEXT, kinds.plain(TEXT, NONE, answer), lambda s, t: known.get((s, t)))
        return verdict.code, verdict.name, verdict.facts.get("right")

    assert ask("Jumlahkan dahulu, lalu cari pembaginya.") == ("right", None, 2)
    assert ask("Jumlahkan dahulu semua nilai itu.") == ("wrong", "criteria", 1)
    assert ask("Ambil ratarata jumlah dan pembagi.") == ("misconception", "averaged", 2)
    assert ask("Jumlah pembagi") == ("wrong", "words", None)


BLANKS = {
    "kind": "blanks",
    "parts": {
        "rate": {"kind": "number", "unit": "share", "says": {}},
        "verdict": {"kind": "choice", "options": {"real": {}, "noise": {}}, "says": {}},
    },
}


def test_blanks_are_judged_part_by_part():
    ask = asker(BLANKS, {"rate": 0.2468, "verdict": "real"}, {"base": {"rate": 0.1357, "verdict": "real"}})
    assert ask({"rate": 0.24681, "verdict": "a"}) == "right"
    assert ask({"rate": 24.68, "verdict": "a"}) == ("nearly", "hundred_large")
    assert ask({"rate": 0.1357, "verdict": "b"}) == ("misconception", "base")
    assert ask({"rate": 0.2468, "verdict": ...}) == ("wrong", "parts")
    assert ask({"rate": ..., "verdict": ...}) == "open"
    with pytest.raises(UserError):
        kinds.plain(BLANKS, NONE, {"rat": 1})


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=30) | st.binary(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("spec", "draw"),
    [
        (SHARE, NONE),
        ({"kind": "date"}, NONE),
        (TABLE, NONE),
        (FIGURE, NONE),
        (CHOICE, SHOWN),
        (ORDER, LINES),
        (MATCHING, ITEMS),
        (TEXT, NONE),
        (BLANKS, NONE),
    ],
    ids=lambda x: x["kind"] if isinstance(x, dict) else "",
)
@given(answer=ANYTHING)
def test_whatever_is_given_is_read_or_refused_by_name(spec, draw, answer):
    try:
        told = kinds.plain(spec, draw, answer)
    except UserError as error:
        assert error.render("id")
        assert error.render("en")
    else:
        assert kinds.judge(spec, told, lambda s, t: None).code in ("open", "wrong", "nearly")
