"""The worked numbers of the rows on relationships, what is refused, and what must not happen quietly."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlab import UserError, relationships
from crmlab.analytics.relationships.accounts import ITEMS

FIVE = pd.DataFrame({"a": [4, 3, 5, 2, 4], "b": [5, 3, 5, 3, 4], "c": [4, 4, 5, 2, 3]})
ABC = ["a", "b", "c"]

#: Chatterjee and Price (1977), Regression Analysis by Example: 30 departments; the example of R's psych::alpha
ATTITUDE = pd.DataFrame(
    {
        "rating": [43, 63, 71, 61, 81, 43, 58, 71, 72, 67, 64, 67, 69, 68, 77, 81, 74, 65, 65, 50, 50, 64, 53, 40, 63,
                   66, 78, 48, 85, 82],
        "complaints": [51, 64, 70, 63, 78, 55, 67, 75, 82, 61, 53, 60, 62, 83, 77, 90, 85, 60, 70, 58, 40, 61, 66, 37,
                       54, 77, 75, 57, 85, 82],
        "privileges": [30, 51, 68, 45, 56, 49, 42, 50, 72, 45, 53, 47, 57, 83, 54, 50, 64, 65, 46, 68, 33, 52, 52, 42,
                       42, 66, 58, 44, 71, 39],
        "learning": [39, 54, 69, 47, 66, 44, 56, 55, 67, 47, 58, 39, 42, 45, 72, 72, 69, 75, 57, 54, 34, 62, 50, 58,
                     48, 63, 74, 45, 71, 59],
        "raises": [61, 63, 76, 54, 71, 54, 66, 70, 71, 62, 58, 59, 55, 59, 79, 60, 79, 55, 75, 64, 43, 66, 63, 50, 66,
                   88, 80, 51, 77, 64],
        "critical": [92, 73, 86, 84, 83, 49, 68, 66, 83, 80, 67, 74, 63, 77, 77, 54, 79, 80, 85, 78, 64, 80, 80, 57,
                     75, 76, 78, 83, 74, 78],
        "advance": [45, 47, 48, 35, 47, 34, 35, 41, 31, 41, 34, 41, 25, 35, 46, 36, 63, 60, 46, 52, 33, 41, 37, 49, 33,
                    72, 49, 38, 55, 39],
    }
)  # fmt: skip


def code_of(caught):
    return caught.value.code


def test_alpha_of_five_by_three():  # Akbar (2021), section 3.2 and 3.3.1: commitment and trust
    found = relationships.reliability(FIVE, ABC)
    assert found.facts["alpha"] == pytest.approx(0.913, abs=5e-4)
    means = relationships.scores(FIVE, {"trust": ABC})["trust"]
    assert means.round(2).tolist() == [4.33, 3.33, 5.00, 2.33, 3.67]
    assert found.facts["verdict"] == "too_few"  # five respondents
    assert [n.code for n in found.notes] == ["relationships.note.few_answers"]


def test_alpha_as_others_publish_it():  # R package psych, alpha(attitude): raw alpha 0.84, without critical 0.86
    found = relationships.reliability(ATTITUDE, list(ATTITUDE))
    assert round(found.facts["alpha"], 2) == 0.84
    table = found.table.set_index("item")
    assert table["alpha_without"].round(2).to_dict() == {
        "rating": 0.81, "complaints": 0.80, "privileges": 0.83, "learning": 0.80, "raises": 0.80, "critical": 0.86,
        "advance": 0.84,
    }  # fmt: skip
    assert found.facts["worst_item"] == "critical" and found.facts["verdict"] == "real"


def test_the_interval_as_others_publish_it():  # R package statpsych, ci.cronbach(.05, .85, 7, 89): 0.7971, 0.8932
    assert [round(x, 4) for x in relationships.alpha_interval(0.85, 7, 89)] == [0.7971, 0.8932]


def test_an_item_worded_the_other_way_round_is_found_and_mended():
    answers = relationships.make_answers(150)
    items = ["trust_1", "trust_2", "trust_3"]
    wrong = relationships.reliability(answers, items)
    assert wrong.facts["alpha"] < 0.3
    against = next(n for n in wrong.notes if n.code.endswith("against"))
    assert "trust_3" in against.values["items"]
    right = relationships.reliability(answers, items, reverse=["trust_3"], scale=(1, 5))
    assert right.facts["alpha"] > 0.75 and not right.facts["negative"]
    with pytest.raises(UserError) as caught:
        relationships.reliability(answers, items, reverse=["trust_3"])
    assert code_of(caught) == "relationships.no_scale"


def test_what_is_off_the_scale_is_missing_and_counted():
    table = pd.concat([FIVE] * 4, ignore_index=True)
    table.loc[0, "a"] = 44
    found = relationships.reliability(table, ABC, scale=(1, 5))
    assert {n.code: n.values["n"] for n in found.notes if "n" in n.values} == {
        "relationships.note.off_scale": 1, "relationships.note.few_answers": 19, "relationships.note.gaps": 1,
    }  # fmt: skip
    assert found.facts["n"] == 19


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: relationships.reliability(FIVE, ["a"]), "one_item"),
        (lambda: relationships.reliability(FIVE, ["a", "a"]), "one_item"),
        (lambda: relationships.reliability(FIVE.head(2), ABC), "few_rows"),
        (lambda: relationships.reliability(FIVE * 0, ABC), "no_variance"),
        (lambda: relationships.reliability(FIVE, ABC, reverse=["z"], scale=(1, 5)), "unknown_items"),
        (lambda: relationships.reliability(FIVE, ABC, scale=(5, 1)), "bad_scale"),
        (lambda: relationships.reliability(FIVE.astype(object).replace(4, "four"), ABC), "not_numbers"),
        (lambda: relationships.scales(FIVE, {}), "no_scales"),
        (lambda: relationships.switching_cost({"travel": 1}), "unknown_parts"),
        (lambda: relationships.worth_keeping(FIVE.assign(customer_id=1), fit={}), "no_fit"),
    ],
)
def test_refused_by_name(call, code):
    with pytest.raises(UserError) as caught:
        call()
    assert code_of(caught) == f"relationships.{code}"
    assert all(caught.value.render(lang) for lang in ("id", "en"))


@given(st.integers(1, 3), st.floats(0.5, 4), st.floats(-3, 3))
def test_alpha_does_not_depend_on_where_the_scale_begins_or_how_it_is_cut(order, stretch, shift):
    """Another origin and unit for all items changes nothing, nor does another order of items."""
    moved = FIVE[np.roll(ABC, order)] * stretch + shift
    assert relationships.reliability(moved, ABC).facts["alpha"] == pytest.approx(0.9130434782608696)


NAMES = ("shared_values", "communication", "opportunism", "trust", "commitment")
SCALES = {name: [f"{name}_{k}" for k in (1, 2, 3)] for name in NAMES}


@pytest.fixture(scope="module")
def scored():
    return relationships.scores(relationships.make_answers(200), SCALES, reverse=["trust_3"], scale=(1, 5))


def test_paths_find_what_is_planted(scored):  # Morgan and Hunt (1994); Akbar (2021), section 3.3.1
    found = relationships.paths(scored, draws=500)
    direct = found.table[found.table["effect"] == "direct"].set_index(["path_from", "path_to"])
    assert set(direct.loc[[(s, "trust") for s in NAMES[:3]], "finding"]) == {"as_expected"}
    assert direct.loc[("trust", "commitment"), "finding"] == "as_expected"
    assert found.facts["past_trust"] == 0 and found.facts["as_expected"] == 4
    # items measure with noise, so that what is found lies below what is planted
    assert direct.loc[("trust", "commitment"), "beta"] < 0.60


def test_paths_are_those_of_statsmodels_on_standardised_scales(scored):
    import statsmodels.api as sm

    unit = (scored[list(NAMES)] - scored[list(NAMES)].mean()) / scored[list(NAMES)].std()
    first = sm.OLS(unit["trust"], unit[list(NAMES[:3])]).fit().params
    second = sm.OLS(unit["commitment"], unit[list(NAMES[:4])]).fit().params
    table = relationships.paths(scored, draws=100).table.set_index(["effect", "path_from", "path_to"])["beta"]
    for name in NAMES[:3]:
        assert table["direct", name, "trust"] == pytest.approx(first[name])
        assert table["indirect", name, "commitment"] == pytest.approx(first[name] * second["trust"])
    assert table["direct", "trust", "commitment"] == pytest.approx(second["trust"])


def test_paths_of_few_have_no_interval_and_doubled_scales_no_paths(scored):
    few = relationships.paths(scored.head(40), draws=100)
    assert few.facts["verdict"] == "too_few" and few.table["beta_low"].isna().all()
    with pytest.raises(UserError) as caught:
        relationships.paths(scored.assign(communication=scored["shared_values"]))
    assert code_of(caught) == "relationships.same_scales"
    with pytest.raises(UserError) as caught:
        relationships.paths(scored.assign(trust=3.0))
    assert code_of(caught) == "relationships.constant_scale"


def attached(n=300, seed=3):
    """Nine items; who does more (behavioural) comes back, whatever he thinks."""
    rng = np.random.default_rng(seed)
    behind = {k: rng.standard_normal(n) for k in ("cognitive", "attitudinal", "behavioural")}
    out = {f"{k}_{i}": np.clip(np.rint(3 + v + 0.6 * rng.standard_normal(n)), 1, 5) for k, v in behind.items()
           for i in (1, 2, 3)}  # fmt: skip
    again = rng.random(n) < 1 / (1 + np.exp(-(-0.2 + 1.2 * behind["behavioural"])))
    return pd.DataFrame(out).assign(again=again)


def test_attachment_has_three_alphas_and_its_tie_to_buying_again():  # Akbar (2021), section 7.4(3)
    table = attached()
    found = relationships.attachment(table, repeat="again")
    assert found.table["scale"].tolist() == ["cognitive", "attitudinal", "behavioural"]
    for kind in found.table["scale"]:
        alone = relationships.reliability(table, [f"{kind}_{i}" for i in (1, 2, 3)], scale=(1, 5))
        row = found.table.set_index("scale").loc[kind]
        assert row["alpha"] == pytest.approx(alone.facts["alpha"])
    assert found.facts["strongest"] == "behavioural" and found.facts["verdict"] == "real"
    assert found.table.set_index("scale").loc["cognitive", "odds_ratio_low"] < 1
    few = relationships.attachment(table.head(35), repeat="again")
    assert few.facts["verdict"] == "too_few" and few.table["odds_ratio_low"].isna().all()
    assert relationships.attachment(table).facts["verdict"] == "not_asked"


def test_switching_costs_a_hundred_and_pays_after_three_years():  # Akbar (2021), section 3.2: termination costs
    parts = {"search": 20, "learning": 15, "psychological": 5, "sunk": 60}
    facts = relationships.switching_cost(parts, saving=30).facts
    assert facts["total"] == 100 and round(facts["payback_years"], 2) == 3.33
    assert facts["ahead"] == 40 and round(facts["ahead_years"], 2) == 1.33  # what is gone is gone either way
    for saving in (0, -5):
        facts = relationships.switching_cost(parts, saving=saving).facts
        assert facts["pays"] == "never" and facts["payback_years"] is None
    facts = relationships.switching_cost(parts | {"learning": None}, saving=30).facts
    assert facts["total"] is None and facts["known"] == 85 and facts["verdict"] == "incomplete"


def row_of(name, values):
    return {"customer_id": name, **dict(zip(ITEMS, values, strict=True))}


def test_quality_of_an_account_is_the_mean_of_five():  # Akbar (2021), section 3.3
    found = relationships.quality(pd.DataFrame([row_of("PT Satu", (4, 3, 5, 4, 4))]))
    assert found.table["quality_index"].tolist() == [4.0]
    table = pd.DataFrame(
        [row_of("two gaps", (4, None, 5, None, 3)), row_of("three gaps", (4, None, None, None, 3)),
         row_of("low", (1, 2, 2, 2, 1))]
    )  # fmt: skip
    found = relationships.quality(table)
    index = found.table.set_index("customer_id")["quality_index"]
    assert index["two gaps"] == 4.0 and np.isnan(index["three gaps"])
    assert found.facts["without"] == 1 and found.facts["n"] == 2
    assert found.facts["weakest_account"] == "low" and found.facts["weak"] == 1


def test_several_people_of_one_account_count_as_one():
    table = pd.DataFrame([row_of("A", (5, 5, 5, 5, 5)), row_of("A", (3, 3, 3, 3, 3)), row_of("B", (2, 2, 2, 2, 2))])
    found = relationships.quality(table)
    assert found.facts["n"] == 2 and found.facts["index"] == 3.0


def ledger(*entries):
    return pd.DataFrame(entries, columns=["customer_id", "entered_at", "kind", "points"])


def test_a_million_points_owe_35_million():  # Akbar (2021), section 3.1.7
    table = ledger((1, "2020-05-01", "earned", 1_000_000))
    facts = relationships.points(table, as_of="2020-12-31", value=50, redemption=0.7).facts
    assert facts["liability"] == pytest.approx(35_000_000)


def test_the_oldest_points_go_first_and_a_debt_is_not_taken_off_others():
    table = ledger(
        (1, "2018-05-01", "earned", 100), (1, "2019-05-01", "earned", 200), (1, "2019-06-01", "redeemed", -150),
        (2, "2019-05-01", "earned", 50), (2, "2019-07-01", "redeemed", -80), (3, "2020-01-05", "earned", 999),
    )  # fmt: skip
    found = relationships.points(table, as_of="2019-12-31", value=10, redemption=1.0, life_years=1)
    assert found.table.set_index("year")["outstanding"].to_dict() == {2018: 0.0, 2019: 150.0}
    assert found.facts["liability"] == 1500 and found.facts["negative"] == 1 and found.facts["overdrawn"] == 30
    assert str(found.facts["next_on"]) == "2020-12-31" and found.facts["overdue"] == 0
    assert {n.code.rpartition(".")[2] for n in found.notes} == {"later", "overdrawn"}


def test_points_that_should_have_expired_are_told():
    table = ledger((1, "2017-05-01", "earned", 100), (1, "2018-05-01", "earned", 40))
    found = relationships.points(table, as_of="2018-12-31", value=10, redemption=1.0, life_years=1)
    assert found.facts["overdue"] == 100 and found.facts["next_points"] == 40


def test_a_ledger_that_can_not_be_read_is_refused():
    for entries, code in (
        ([(1, "2020-01-01", "earned", -5)], "wrong_sign"),
        ([(1, "2020-01-01", "given", 5)], "unknown_kinds"),
        ([(1, "2020-01-01", "earned", 5)], "no_outcomes"),
    ):
        with pytest.raises(UserError) as caught:
            relationships.points(ledger(*entries), as_of="2020-12-31", value=50)
        assert code_of(caught) == f"relationships.{code}"


@given(st.lists(st.tuples(st.integers(2016, 2020), st.integers(1, 50), st.booleans()), min_size=1, max_size=30))
def test_points_earned_are_taken_expired_or_outstanding(entries):
    """Nothing gets lost: earned = gone + outstanding - overdrawn, whatever the order."""
    table = ledger(*((k % 3, f"{y}-03-01", "earned" if e else "redeemed", p if e else -p)
                     for k, (y, p, e) in enumerate(entries)))  # fmt: skip
    facts = relationships.points(table, as_of="2020-12-31", value=1, redemption=0.5).facts
    assert facts["earned"] - facts["redeemed"] == pytest.approx(facts["outstanding"] - facts["overdrawn"])


def test_of_ten_loyal_seven_fit_and_six_are_kept():  # Akbar (2021), section 3.1.5
    table = pd.DataFrame(
        {
            "customer_id": range(12),
            "loyal": [True] * 10 + [False, None],
            "city": ["Bogor"] * 7 + ["Ende"] * 3 + ["Bogor"] * 2,
            "profit": [5, 9, 3, 4, 8, 2, -1, 7, 7, 7, 50, 50],
        }
    )
    found = relationships.worth_keeping(table, fit={"city": ["Bogor"]})
    facts = found.facts
    assert (facts["loyal"], facts["fitting"], facts["keep"]) == (10, 7, 6)
    assert facts["fits_without_profit"] == 1 and facts["does_not_fit"] == 3 and facts["profit_kept"] == 31
    unsure = relationships.worth_keeping(table.assign(city=[None, *table["city"][1:]]), fit={"city": ["Bogor"]})
    assert unsure.facts["undecided"] == 1 and unsure.facts["keep"] == 5
    ranged = relationships.worth_keeping(table.assign(age=range(20, 32)), fit={"age": (None, 25), "loyal": True})
    assert ranged.facts["fitting"] == 6


def test_a_wallet_of_30_in_120_is_a_quarter():  # article on personalisation: key accounts
    table = pd.DataFrame({"customer_id": list("abcd"), "sales": [30, 10, 80, 9], "total_spend": [120, None, 100, 5]})
    found = relationships.wallet(table.head(1))
    assert found.facts["wallet_share"] == 0.25 and found.facts["to_win"] == 30
    found = relationships.wallet(table)
    steps = found.table.set_index("customer_id")["step"].to_dict()
    assert steps == {"a": "grow_account", "b": "ask_total", "c": "defend_account", "d": "check_total"}
    assert found.facts["wallet_share"] == pytest.approx(110 / 220)  # of summed parts; unknown stays unknown
    assert np.isnan(found.table.set_index("customer_id").loc["b", "wallet_share"])
    with pytest.raises(UserError) as caught:
        relationships.wallet(pd.concat([table, table]))
    assert code_of(caught) == "relationships.account_twice"


def test_answers_kept_as_json_say_the_same_later():
    answers = relationships.make_answers(60)
    again = pd.DataFrame(json.loads(json.dumps(answers.to_dict("records"))))
    one, other = (relationships.scales(t, SCALES, reverse=["trust_3"], scale=(1, 5)) for t in (answers, again))
    pd.testing.assert_frame_equal(one.table, other.table)
    assert dict(one.facts) == dict(other.facts)


@pytest.fixture(scope="module")
def clean():
    import crmlab as crm

    return crm.datasets.load_retail("S", layer="clean").tables


def test_what_pt_xyz_owes_in_points(clean):
    ledger = clean["points"]
    found = relationships.points(ledger, as_of="2020-12-31", value=50, life_years=1)
    assert found.facts["outstanding"] == ledger["points"].sum() and found.facts["negative"] == 0
    assert found.facts["redemption_low"] < found.facts["redemption"] < found.facts["redemption_high"]
    # accounts that were closed keep points that the rule would have let expire
    closed = set(clean["customers"].dropna(subset=["closed_on"])["customer_id"])
    open_ones = ledger[~ledger["customer_id"].isin(closed)]
    assert found.facts["overdue"] > 0
    assert relationships.points(open_ones, as_of="2020-12-31", value=50, life_years=1).facts["overdue"] == 0
