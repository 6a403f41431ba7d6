"""What notebook 21 says and asks, computed."""

from __future__ import annotations

import pytest

from crmlab import UserError, forms, frameworks
from notebooks import build


@pytest.fixture(scope="module")
def names():
    """The names that a reader has after running the code cells."""
    import jupytext

    source = next(p for p in build.sources() if p.stem == "21_foundations_and_models")
    found: dict = {}
    for cell in jupytext.read(source, fmt="py:percent").cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, source.stem, "exec"), found)
    return found


def test_true_to_everything_earns_half_and_one_type_is_wrong(names):
    assert (names["graded"].facts["right"], names["graded"].facts["n"]) == (5, 10)
    types = names["types"]
    assert types.table.loc[~types.table["is_right"], "item"].tolist() == ["basket_patterns"]
    mended = frameworks.grade("crm_types", names["given"] | {"basket_patterns": "analitis"})
    assert mended.facts["right"] == 12
    assert names["history"].facts["right"] == 20


def test_the_chain_is_a_product_and_grows_as_the_task_says(names):
    table = names["idic"].table.set_index("step")
    assert table["share"].drop("chain", errors="ignore").min() >= 0.5
    assert round(table["share"].iloc[-1], 3) == 0.281
    assert names["idic"].facts["weakest"] == "interact"
    contacts = (
        names["pd"]
        .DataFrame(
            [(c, "outgoing") for c in range(1, 121)] + [(c, "incoming") for c in range(1, 81)],
            columns=["customer_id", "direction"],
        )
        .assign(occurred_at="2024-06-01")
    )
    offers = names["people"].head(80).rename(columns={"tier": "offer_tier"}).assign(offered_at="2024-07-01")
    offers.loc[offers.index >= 60, "offer_tier"] = None
    more = frameworks.idic(names["bought"], names["people"], contacts, offers, as_of="2024-12-31")
    assert round(more.table["share"].iloc[-1], 3) == 0.375


def test_data_answer_eight_of_nine_and_the_portfolio_holds_four_stages_up(names):
    found = names["found"][names["DAY"]]
    assert found.facts["left"] == ["leadership_and_culture"]
    scores = found.facts["scores"]
    assert (scores["customer_portfolio"], scores["customer_lifecycle"], scores["data_and_it"]) == (1, 4, 4)
    assert found.facts["weakest"] == ["customer_intimacy"] and scores["crm_people"] == 1
    measured = found.table.set_index("measure")
    assert measured["measured"].round(2)[["profit_known", "segments_hold", "crm_used"]].tolist() == [0.87, 0.39, 0.42]
    assert measured.loc["segments_hold", "verdict"] == "noise"  # the interval crosses the threshold
    whole = names["whole"].facts
    assert len(whole["blocked"]) == 4 and whole["mend_first"] == "customer_portfolio"
    mended = {"customer_intimacy": 2}
    for freed in (0, 4):
        better = forms.overrule(names["complete"], mended, evidence=dict.fromkeys(mended, "seen"), as_of=names["DAY"])
        assert len(frameworks.value_chain(better).facts["blocked"]) == 4 - freed
        mended["customer_portfolio"] = 2


def test_the_notebook_and_the_check_up_say_the_same(names):
    from crmlab.apps.checkup.companies import Shop

    for day in ("2018-12-31", names["DAY"]):
        theirs = frameworks.value_chain_evidence(Shop("S").tables(day), as_of=day).facts["scores"]
        assert names["found"][day].facts["scores"] == theirs


def test_an_answer_without_evidence_is_refused(names):
    with pytest.raises(UserError) as refused:
        forms.overrule(names["proposed"][names["DAY"]], {"leadership_and_culture": 3}, evidence={}, as_of=names["DAY"])
    assert refused.value.code == "forms.no_evidence"


def test_gartner_rises_and_incomplete_is_no_zero(names):
    assert names["told"].facts["share"] == 0.525
    form = names["gartner"]
    assert forms.summary(forms.answer(form, [3, 2, 4, 3, 2, 3, 4, 2], as_of="2020-12-31")).facts["share"] == 0.575
    told = frameworks.data_sufficiency(names["sales"].drop(columns="customer_id"), as_of=names["DAY"])
    assert not told.facts["runs"] and told.facts["missing"] == ["customer_id"]


def test_the_printed_limit_puts_two_suites_in_the_wrong_class():
    table = frameworks.grade("crm_ecosystem", {}).table
    key = dict(zip(table["item"], table["right_class"], strict=True))
    asked = frameworks.exercise("crm_ecosystem", "en")["items"]
    suites = [item for item, kind in key.items() if kind == "ecosystem_midmarket"]
    assert len(suites) == 2 and all("USD" in asked[item] and "million" in asked[item] for item in suites)
    told = frameworks.grade(
        "crm_ecosystem", key | dict.fromkeys(suites, "enterprise") | {"vendor_servers": "technical"}
    )
    assert told.facts["share"] == 0.8
