"""The ledger: figures that a reader can work out by hand, what moves and what stays, what is refused and how."""

from __future__ import annotations

import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from crmlab import labels
from crmlab.analytics import ledger
from crmlab.analytics.ledger import Ledger, assumed, computed, measured
from crmlab.errors import UserError

TABLE = pd.DataFrame(
    {"segment": ["loyal", "new"], "customers": [1000, 500], "margin": [200.0, 50.0], "margin_low": [180.0, 40.0],
     "margin_high": [220.0, 60.0]}
)  # fmt: skip
ASKED = {"effect": (0.02, 0.05, 0.08), "effect_source": "pilot", "reach": (0.5, 0.6, 0.7), "contacts": 4,
         "contact_cost": 1.0, "investment": (4_000.0, 5_000.0, 7_000.0), "rate": 0.10, "years": 3,
         "owner": "Marketing", "source": "PT XYZ"}  # fmt: skip


@pytest.fixture(scope="module")
def book() -> Ledger:
    return ledger.retention_programme(TABLE, **ASKED)


def code_of(what, *given, **named) -> str:
    with pytest.raises(UserError) as caught:
        what(*given, **named)
    for lang in labels.LANGUAGES:
        assert caught.value.render(lang)
    return caught.value.code


def test_the_programme_is_worked_out_as_by_hand(book):
    # 1000 x .6 x .05 = 30 and 500 x .6 x .05 = 15 kept; 30 x 200 + 15 x 50 = 6750; 900 x 4 x 1 = 3600;
    # 3150 a year; annuity at 10 % for 3 years = (1 - 1.1^-3) / .1 = 2.486852; 3150 x 2.486852 - 5000 = 2833.58
    assert book["kept_more"] == {"loyal": pytest.approx(30), "new": pytest.approx(15)}
    assert book["gain"] == pytest.approx(6_750)
    assert book["contact_money"] == pytest.approx(3_600)
    assert book["npv"] == pytest.approx(3_150 * (1 - 1.1**-3) / 0.1 - 5_000)


def test_a_change_moves_what_depends_on_it_and_nothing_else(book):
    told = ledger.moved(book, book.change(reach=0.5))
    assert set(told.table["entry"]) == {"reach", "reached", "kept_more", "gain", "contact_money", "yearly", "npv"}
    assert told.facts["stayed"] == len(book.entries) - 7
    npv = told.table.set_index("entry").loc["npv"]
    assert npv["path"] == "reach → reached → contact_money → yearly → npv"
    # half as much reach as .6 x 5/6: every yearly figure shrinks by a sixth
    assert npv["becomes"] == pytest.approx(3_150 * 5 / 6 * (1 - 1.1**-3) / 0.1 - 5_000)


def test_one_segment_is_changed_alone(book):
    after = book.change(margin={"new": 100.0})
    assert after["gain"] - book["gain"] == pytest.approx(15 * 50)
    assert after.entries["margin"].low == {"loyal": 180.0, "new": 90.0}  # the interval came along


def test_the_widest_bar_is_the_effect_and_turns_the_sign(book):
    told = ledger.swings(book)
    first = told.table.iloc[0]
    assert first["entry"] == "effect"
    low = (30 * 0.4 * 200 + 15 * 0.4 * 50 - 3_600) * (1 - 1.1**-3) / 0.1 - 5_000  # an effect of .02 instead of .05
    assert first["at_low"] == pytest.approx(low)
    assert first["turns"]
    assert list(told.table["swing"]) == sorted(told.table["swing"], reverse=True)


def test_draws_follow_the_laws_that_the_docstring_names():
    given_entries = [
        measured("a", 10.0, low=8.0, high=12.0),
        measured("s", 0.8, low=0.7, high=0.87, unit="share"),
        assumed("t", 2.0, low=1.0, high=5.0),
        computed("b", "a + s + t"),
    ]
    drawn = Ledger(given_entries, outcome="b").draws(40_000, 1)
    sd = 2 / 1.959964
    assert stats.kstest(drawn["a"][0], "norm", args=(10, sd)).pvalue > 0.001
    assert stats.kstest(drawn["t"][0], "triang", args=(0.25, 1, 4)).pvalue > 0.001
    assert np.quantile(drawn["s"][0], [0.025, 0.5, 0.975]) == pytest.approx([0.7, 0.8, 0.87], abs=0.003)
    assert ((drawn["s"] > 0) & (drawn["s"] < 1)).all()


def test_the_interval_of_a_sum_is_the_one_known_from_theory():
    # the sum of two independent normal estimates: standard errors add as squares
    book = Ledger(
        [measured("a", 100.0, low=90.0, high=110.0), measured("c", 50.0, low=40.0, high=60.0), computed("b", "a + c")],
        outcome="b",
    )
    facts = ledger.figures(book, times=100_000).facts
    half = math.hypot(10, 10)
    assert facts["value_low"] == pytest.approx(150 - half, abs=0.2)
    assert facts["value_high"] == pytest.approx(150 + half, abs=0.2)
    assert facts["verdict"] == "real"


def test_figures_speak_of_every_entry_and_of_what_nobody_answers_for(book):
    told = ledger.figures(book)
    assert set(told.table["entry"]) == set(book.entries)
    assert told.table.set_index("entry").loc["rate", "value_low"] is None or math.isnan(
        told.table.set_index("entry").loc["rate", "value_low"]
    )
    assert told.facts["measured"] == 3
    assert told.facts["unowned"] == 0
    orphan = Ledger([assumed("a", 1), computed("b", "a")], outcome="b")
    assert ledger.figures(orphan).facts["unowned"] == 1
    assert 0 < told.facts["risk_share"] < 1
    assert told.facts["verdict"] == "noise"  # the effect's interval lets the programme lose


def test_the_same_seed_gives_the_same_figures(book):
    pd.testing.assert_frame_equal(ledger.figures(book).table, ledger.figures(book).table)


def test_a_saved_ledger_opens_equal(book):
    text = book.to_json()
    again = Ledger.from_json(text)
    assert again.to_json() == text
    assert again.values == book.values


def test_paths_go_in_layers_and_mark_what_depends(book):
    told = ledger.paths(book, start="margin")
    table = told.table.set_index("entry")
    assert set(table.index[table["marked"]]) == {"margin", "gain", "yearly", "npv"}
    assert table.loc["customers", "layer"] == 0
    for start, end in told.params["edges"]:
        assert table.loc[start, "layer"] < table.loc[end, "layer"]
    assert not table["unused"].any()


@given(st.floats(-0.5, 2.0).filter(lambda r: abs(r) > 1e-6), st.integers(1, 30))
def test_an_annuity_is_the_sum_of_its_years(rate, years):
    book = Ledger([assumed("r", rate), assumed("years", years), computed("b", "annuity(r, years)")], outcome="b")
    assert book["b"] == pytest.approx(sum((1 + rate) ** -k for k in range(1, years + 1)), rel=1e-6)


def test_an_annuity_at_no_rate_is_the_number_of_years():
    book = Ledger([assumed("r", 0), computed("b", "annuity(r, 7)")], outcome="b")
    assert book["b"] == 7


@given(st.dictionaries(st.sampled_from("xyz"), st.floats(-1e6, 1e6), min_size=1))
def test_a_total_is_the_sum_of_the_segments(values):
    book = Ledger([measured("a", values), computed("b", "total(a)")], outcome="b")
    assert book["b"] == pytest.approx(sum(values.values()), abs=1e-6)


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("__import__('os')", "bad_formula"),
        ("a.real", "bad_formula"),
        ("[a]", "bad_formula"),
        ("a if a else a", "bad_formula"),
        ("total(a, a)", "bad_formula"),
        ("a +", "bad_formula"),
        ("True", "bad_formula"),
        ("'x'", "bad_formula"),
        ("a and a", "bad_formula"),
        ("(" * 300 + "a" + ")" * 300, "bad_formula"),
        ("c", "unknown"),
        ("a / 0", "not_finite"),
        ("9 ** 9 ** 9", "not_finite"),
    ],
)
def test_a_formula_can_do_arithmetic_and_nothing_else(formula, code):
    assert code_of(Ledger, [measured("a", 1), computed("b", formula)], outcome="b") == f"ledger.{code}"


def test_a_cycle_is_refused_by_its_names():
    with pytest.raises(UserError) as caught:
        Ledger([computed("x", "y"), computed("y", "z"), computed("z", "x")], outcome="x")
    assert caught.value.code == "ledger.cycle"
    for name in "xyz":
        assert name in caught.value.render("en")


def test_a_rate_typed_as_12_is_refused_with_the_cure():
    with pytest.raises(UserError) as caught:
        assumed("rate", 12, unit="share")
    assert "0.12" in caught.value.render("en")
    assert "0,12" in caught.value.render("id")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: Ledger([], outcome="x"), "empty"),
        (lambda: Ledger([assumed("a", 1), assumed("a", 2)], outcome="a"), "twice"),
        (lambda: Ledger([assumed("total", 1)], outcome="total"), "reserved"),
        (lambda: Ledger([assumed("a", 1)], outcome="b"), "unknown"),
        (lambda: Ledger([measured("a", {"x": 1}), measured("b", {"y": 1})], outcome="a"), "other_segments"),
        (lambda: Ledger([measured("a", {"x": 1, "y": 2})], outcome="a"), "outcome_by_segment"),
        (lambda: assumed("two words", 1), "bad_name"),
        (lambda: assumed("a", 1, unit="rupiah"), "bad_unit"),
        (lambda: assumed("a", "1"), "bad_value"),
        (lambda: assumed("a", True), "bad_value"),
        (lambda: assumed("a", float("nan")), "bad_value"),
        (lambda: measured("a", {}), "bad_value"),
        (lambda: assumed("a", 1, low=2, high=3), "bad_interval"),
        (lambda: assumed("a", 1, low=0), "bad_interval"),
        (lambda: measured("a", {"x": 1}, low={"y": 0}, high={"x": 2}), "other_segments"),
        (lambda: Ledger([assumed("a", 1), computed("b", "a")], outcome="b").change(b=2), "is_computed"),
        (lambda: Ledger([assumed("a", 1)], outcome="a").change(c=2), "unknown"),
        (lambda: ledger.moved(*[Ledger([assumed("a", 1)], outcome="a")] * 2), "nothing_changed"),
        (lambda: ledger.moved(Ledger([assumed("a", 1)], outcome="a"), Ledger([assumed("b", 1)], outcome="b")),
         "other_ledger"),
        (lambda: ledger.swings(Ledger([assumed("a", 1), computed("b", "a")], outcome="b")), "all_fixed"),
        (lambda: ledger.figures(Ledger([assumed("a", 1)], outcome="a"), times=10), "few_draws"),
        (lambda: Ledger.from_json("{}"), "bad_file"),
        (lambda: Ledger.from_json(json.dumps({"outcome": "a", "entries": [{"name": "a"}]})), "bad_file"),
        (lambda: ledger.retention_programme(pd.concat([TABLE, TABLE]), **ASKED), "segment_twice"),
        (lambda: ledger.retention_programme(TABLE.assign(segment=["loyal", None]), **ASKED), "segment_missing"),
        (lambda: ledger.retention_programme(TABLE, **{**ASKED, "rate": 10}), "percent"),
    ],
)  # fmt: skip
def test_what_cannot_be_reckoned_with_is_refused(make, code):
    assert code_of(make) == f"ledger.{code}"


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_answer_explains_itself_and_has_a_figure(book, lang):
    for told in (
        ledger.figures(book),
        ledger.moved(book, book.change(reach=0.5)),
        ledger.swings(book),
        ledger.paths(book),
        ledger.paths(book, start="effect"),
    ):
        for depth in ("short", "method", "reference"):
            text = told.explain(lang, depth)
            assert "—" not in text or depth == "reference"
            assert "{" not in text
        assert told.figure(lang).data


def test_the_spread_holds_all_draws_and_counts_losses_as_the_figures_do():
    book = Ledger(
        [assumed("a", 3, low=0, high=6), assumed("b", 2, low=1, high=3), computed("c", "a - b", unit="money")],
        outcome="c",
    )
    spread, told = ledger.distribution(book), ledger.figures(book)
    assert spread.table["draws"].sum() == spread.facts["n"]
    assert spread.facts["risk_share"] == told.facts["risk_share"]
    assert spread.facts["p5"] < spread.facts["p50"] < spread.facts["p95"]
    assert spread.table["value_to"].iloc[:-1].tolist() == spread.table["value_from"].iloc[1:].tolist()
    for lang in ("id", "en"):
        drawn = spread.figure(lang).to_dict()
        assert len(drawn["data"][0]["x"]) == len(spread.table)
        assert spread.explain(lang, "method")
    with pytest.raises(UserError) as fixed:
        ledger.distribution(Ledger([assumed("a", 3), computed("c", "a - 1")], outcome="c"))
    assert fixed.value.code == "ledger.all_fixed"
