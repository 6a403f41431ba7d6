"""Up- and cross-selling; who buys; mix and rates; the value chain."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import crmlab as crm
from crmlab.analytics import profitability
from crmlab.analytics.profitability.value_chain import CONDITIONS, STAGES


def codes(result):
    return [note.code.partition(".")[2] for note in result.notes]


def line(who, day, product, subcategory, category, department, tier):
    return (who, f"2020-01-{day:02d}", product, subcategory, category, department, tier)


def test_up_and_cross_selling_of_the_book():
    """Ten follow-up buys: three up, five across, two the same again."""
    start = [line(who, 1, "soap", "bar", "soaps", "bath", "budget") for who in range(10)]
    up = [line(who, 2, f"fine{who}", "bar", "soaps", "bath", "premium") for who in range(3)]
    across = [line(who, 2, "towel", "large", "towels", "bath", "budget") for who in range(3, 8)]
    again = [line(who, 2, "soap", "bar", "soaps", "bath", "budget") for who in (8, 9)]
    names = ["customer_id", "ordered_at", "product_id", "subcategory", "category", "department", "price_tier"]
    told = profitability.follow_up_sales(pd.DataFrame([*start, *up, *across, *again], columns=names))
    assert told.facts["n"] == 10
    assert told.facts["first_lines"] == 10
    shares = told.table.set_index("follow_up")["lines_share"]
    assert [shares[k] for k in ("up_sell", "cross_sell", "repeat_sale")] == [0.3, 0.5, 0.2]


def test_cheaper_is_no_up_selling_and_what_nobody_can_place_is_unknown():
    rows = [
        line(1, 1, "a", "bar", "soaps", "bath", "premium"),
        line(1, 2, "b", "bar", "soaps", "bath", "standard"),  # cheaper: switched
        line(1, 3, "c", "bar", "soaps", "bath", "premium"),  # not dearer than ever: switched
        line(1, 4, "d", "pan", "pans", "kitchen", "budget"),  # a department he never bought in
        line(1, 5, "e", "bar", None, "bath", "premium"),
        line(1, 5, "f", "bar", "soaps", "bath", "gold"),
    ]
    names = ["customer_id", "ordered_at", "product_id", "subcategory", "category", "department", "price_tier"]
    told = profitability.follow_up_sales(pd.DataFrame(rows, columns=names))
    assert (told.facts["n"], told.facts["unknown"]) == (3, 2)
    assert told.facts["switch_share"] == pytest.approx(2 / 3)
    assert told.facts["new_department_share"] == pytest.approx(1 / 3)
    assert "unplaced" in codes(told)
    with pytest.raises(crm.UserError) as caught:
        profitability.follow_up_sales(pd.DataFrame(rows[:1], columns=names))
    assert caught.value.code == "profitability.no_follow_up"


def test_follow_up_sales_of_pt_xyz_by_group(lines):
    kept = lines[lines["status"] != "cancelled"]
    told = profitability.follow_up_sales(kept, by="channel")
    total = told.table[told.table["row"] == "total"]
    assert total["lines_share"].sum() == pytest.approx(1)
    assert told.table.loc[told.table["row"] == "member", "lines"].sum() == total["lines"].sum()
    assert told.facts["unknown"] == 0


def test_the_margin_of_pt_xyz_fell_by_mix_alone(lines, truths):
    realised = truths["R-T29"]["realised"]
    kept = lines[lines["status"] != "cancelled"]
    told = profitability.mix_and_rate(kept, before=2016, after=2019).facts
    assert round(told["margin_before"], 6) == realised["margin_2016"]
    assert round(told["margin_after"], 6) == realised["margin_2019"]
    assert round(told["change"], 6) == realised["change"] < 0
    assert round(told["by_mix"], 6) == realised["change_by_mix"]
    assert round(told["by_rate"], 6) == realised["change_by_rate"] == 0


parts = st.lists(st.tuples(st.integers(1, 999), st.integers(0, 999)), min_size=3, max_size=3)


@settings(max_examples=50)
@given(parts, parts)
def test_mix_and_rate_sum_to_the_change(before, after):
    rows = [("2016-01-01", c, a, b) for c, (a, b) in enumerate(before)]
    rows += [("2019-01-01", c + 1, a, b) for c, (a, b) in enumerate(after)]  # one goes, one comes
    told = profitability.mix_and_rate(
        pd.DataFrame(rows, columns=["ordered_at", "channel", "amount", "cost"]), before=2016, after=2019
    ).facts
    assert told["by_mix"] + told["by_rate"] == pytest.approx(told["change"], abs=1e-9)


# the value chain -----------------------------------------------------------------------------------------------------


def scores(*marks):
    return {part: (mark, "seen") for part, mark in zip((*STAGES, *CONDITIONS), marks, strict=True)}


def test_the_value_chain_of_the_book():
    told = profitability.value_chain(scores(3, 2, 4, 1, 2, 2, 4, 3, 1))
    assert (told.facts["stages"], told.facts["conditions"]) == (2.4, 2.5)
    assert told.facts["weakest"] == ("value_proposition", "processes")
    assert told.facts["blocked"] == ("customer_lifecycle",)
    first = profitability.value_chain(scores(1, 4, 4, 4, 4, 4, 4, 4, 4))
    assert first.facts["blocked"] == STAGES[1:]  # the first stage is a must
    assert profitability.value_chain(scores(*[4] * 9)).explain("en", "method").count("—") == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda s: s.pop("people"), "chain_incomplete"),
        (lambda s: s.update(peple=(1, "x")), "chain_unknown"),
        (lambda s: s.update(people=(5, "x")), "chain_score"),
        (lambda s: s.update(people=(1.5, "x")), "chain_score"),
        (lambda s: s.update(people=(1, " ")), "chain_evidence"),
        (lambda s: s.update(people=3), "chain_evidence"),
    ],
)
def test_a_form_that_is_not_filled_in_is_refused(change, code):
    given_scores = scores(3, 2, 4, 1, 2, 2, 4, 3, 1)
    change(given_scores)
    with pytest.raises(crm.UserError) as caught:
        profitability.value_chain(given_scores)
    assert caught.value.code == f"profitability.{code}"
