"""The worked numbers of the rows on networks and propositions, what is refused, and what must not happen quietly."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlab import UserError, network

PARTNERS = pd.DataFrame({"partner": ["A", "A", "B", "B"], "element": [1, 2, 2, 4]})
FIVE = [1, 2, 3, 4, 5]


def refused(call, code):
    with pytest.raises(UserError) as caught:
        call()
    assert caught.value.code == f"network.{code}"
    assert all(caught.value.render(lang) for lang in ("id", "en"))
    return caught.value


def test_three_of_five_elements_are_covered():  # Akbar (2021), section 4.1, stage 3: network development
    found = network.coverage(PARTNERS, elements=FIVE)
    assert found.facts["covered_share"] == 0.6 and found.facts["uncovered"] == [3, 5]
    states = found.table.set_index("element")["state"].to_dict()
    assert states == {1: "one_partner", 2: "several_partners", 3: "uncovered", 4: "one_partner", 5: "uncovered"}


def test_a_partner_written_twice_counts_once():
    doubled = pd.concat([PARTNERS, PARTNERS.assign(partner=[" a ", "A", "B", "b"])])
    found = network.coverage(doubled, elements=FIVE)
    assert found.facts["partners"] == 2 and found.facts["links"] == 4
    assert {n.code for n in found.notes} == {"network.note.alike", "network.note.counted_once"}
    pd.testing.assert_frame_equal(found.table, network.coverage(PARTNERS, elements=FIVE).table)
    unsure = PARTNERS.assign(capability=1.0)
    error = refused(lambda: network.coverage(pd.concat([unsure, unsure.assign(capability=0.5)])), "two_capabilities")
    assert error.rows


def test_weights_must_sum_to_one():
    refused(lambda: network.coverage(PARTNERS, elements=dict.fromkeys(FIVE, 0.25)), "bad_weights")
    refused(lambda: network.coverage(PARTNERS, elements={1: 1.5, 2: -0.5, 4: 0}), "bad_weights")
    weighted = network.coverage(
        PARTNERS.assign(capability=[1, 0.5, 0.8, 0.5]), elements={1: 0.4, 2: 0.3, 3: 0.1, 4: 0.1, 5: 0.1}
    )
    assert weighted.facts["weighted_share"] == pytest.approx(0.4 * 1 + 0.3 * 0.8 + 0.1 * 0.5)
    refused(lambda: network.coverage(PARTNERS, elements=[1, 2]), "unknown_elements")
    refused(lambda: network.coverage(PARTNERS.assign(capability=7)), "bad_capability")


def test_coverage_without_a_list_of_needs_says_that_it_proves_nothing():
    found = network.coverage(PARTNERS)
    assert found.facts["covered_share"] == 1 and found.facts["verdict"] == "incomplete"
    assert [n.code for n in found.notes] == ["network.note.no_elements"]


@given(st.lists(st.tuples(st.sampled_from("ABCDE"), st.integers(1, 6)), min_size=1, max_size=15))
def test_a_further_partner_never_uncovers_anything(pairs):
    table = pd.DataFrame(pairs, columns=["partner", "element"])
    more = pd.concat([table, pd.DataFrame({"partner": ["Z"], "element": [3]})])
    before, after = (network.coverage(t, elements=range(1, 7)).facts for t in (table, more))
    assert after["covered_share"] >= before["covered_share"]
    # who alone covers something is a single point, and the other way round, as long as there are no chains
    alone = {r["partner"] for r in network.partners(table, elements=range(1, 7)).table.to_dict("records")
             if r["only_source"]}  # fmt: skip
    assert alone == set(network.single_points(table, elements=range(1, 7)).table["partner"])


def test_what_each_partner_brings():
    found = network.partners(PARTNERS, elements=FIVE)
    rows = found.table.set_index("partner")
    assert rows.loc["A", ["elements", "only_source", "coverage_lost"]].tolist() == [2, 1, 0.2]
    assert rows.loc["A", "score"] == pytest.approx(0.4) and found.facts["critical"] == 2


def test_two_distributors_of_one_importer_are_one_source():
    table = pd.DataFrame({"partner": ["A", "B", "C"], "element": ["rice", "rice", "oil"]})
    assert network.single_points(table).table["partner"].tolist() == ["C"]
    links = pd.DataFrame({"supplier": ["Importer", "Importer", "Mill"], "partner": ["A", "B", "Importer"]})
    found = network.single_points(table, links=links)
    assert found.table.set_index("partner")["hidden"].to_dict() == {"C": False, "Importer": True, "Mill": True}
    assert found.facts["safe"] == 0
    other = pd.concat([links, pd.DataFrame({"supplier": ["Farm"], "partner": ["B"]})])
    assert network.single_points(table, links=other).facts["safe"] == 1
    ring = pd.DataFrame({"supplier": ["A", "B"], "partner": ["B", "A"]})
    refused(lambda: network.single_points(table, links=ring), "chain_cycle")


def markets(gaps=(1, 0, 2, 3, 1, 1)):
    return pd.DataFrame({"market": network.MARKETS, "now": 1, "target": [1 + g for g in gaps]})


def test_the_largest_gap_of_six_markets_is_referral():  # Akbar (2021), section 3.3.1, Figure 3.1
    found = network.six_markets(markets())
    assert found.table["gap"].tolist() == [1, 0, 2, 3, 1, 1]
    assert found.facts["largest"] == "referral_market" and found.facts["largest_gap"] == 3
    assert found.facts["total"] == 8


def test_a_market_that_is_not_scored_is_no_gap_of_zero():
    found = network.six_markets(markets().head(5))
    assert found.facts["total"] is None and found.facts["missing"] == ["customers_market"]
    assert found.facts["verdict"] == "incomplete" and np.isnan(found.table["gap"].iloc[5])
    beyond = network.six_markets(markets((1, -1, 2, 3, 1, 1)))
    assert beyond.facts["total"] == 8  # beyond the aim in one market does not fill another's gap
    refused(lambda: network.six_markets(markets((9, 0, 0, 0, 0, 0))), "off_scale")
    refused(lambda: network.six_markets(pd.concat([markets(), markets()])), "market_twice")
    refused(lambda: network.six_markets(markets().replace("referral", "friends")), "unknown_markets")


@pytest.fixture(scope="module")
def clean():
    import crmlab as crm

    return crm.datasets.load_retail("S", layer="clean").tables


def test_what_pt_xyz_can_say_of_its_markets(clean):
    found = network.market_evidence(clean, as_of="2020-12-31")
    rows = found.table.set_index("measure")
    assert found.facts["research"] == ["influence_market"]
    people = clean["customers"].drop_duplicates("customer_id")
    new = people[people["registered_on"] > "2019-12-31"].dropna(subset=["acquisition_source"])
    assert rows.loc["referred_share", "n"] == len(new)
    assert rows.loc["referred_share", "value"] == pytest.approx((new["acquisition_source"] == "referral").mean())
    assert 0 < rows.loc["largest_supplier_share", "value"] < 0.3
    assert np.isnan(rows.loc["largest_supplier_share", "value_low"])  # counted in full
    less = network.market_evidence({"employees": clean["employees"]}, as_of="2020-12-31")
    assert less.facts["answered"] == 2 and len(less.facts["research"]) == 4


WANTS = pd.DataFrame({"item": list("abc"), "kind": ["job", "pain", "gain"], "importance": [5, 3, 2]})
OFFERS = pd.DataFrame(
    {"offer": ["x", "y", "y", "spare"], "kind": ["product", "pain_reliever", "pain_reliever", "pain_reliever"],
     "item": ["a", "b", "c", None], "coverage": [1, 0.5, 0, None]}
)  # fmt: skip


def test_fit_is_0_65():  # article on personalisation: value map and customer profile
    found = network.value_map(WANTS, OFFERS)
    assert found.facts["fit"] == pytest.approx(0.65)
    assert found.facts["unlinked"] == ["spare"] and found.facts["unanswered"] == 1
    assert found.table["item"].tolist() == ["c", "b", "a"]  # by what is not answered, 2 and 1.5


def test_two_half_answers_are_no_whole_one():
    twice = pd.concat([OFFERS, OFFERS.assign(offer="z")])
    assert network.value_map(WANTS, twice).facts["fit"] == pytest.approx(0.65)


def test_a_third_of_the_creators_is_ours_alone():  # Akbar (2021), section 4.1, stage 4: value proposition
    ours = pd.DataFrame({"offer": [f"c{k}" for k in range(6)], "kind": "gain_creator", "item": "c", "coverage": 0.5})
    theirs = pd.DataFrame({"competitor": ["T", "T", "U", "U"], "offer": ["C0", "c1", "c2", " c3 "]})
    facts = network.value_map(WANTS, ours, competitors=theirs).facts
    assert facts["uniqueness"] == pytest.approx(1 / 3) and facts["ours_alone"] == ["c4", "c5"]
    for nothing in (None, theirs.head(0)):
        found = network.value_map(WANTS, ours, competitors=nothing)
        assert found.facts["uniqueness"] is None  # not having looked is not being alone
        assert "network.note.no_competitors" in {n.code for n in found.notes}


def test_a_map_that_can_not_be_read_is_refused():
    refused(lambda: network.value_map(WANTS.assign(importance=0), OFFERS), "no_importance")
    refused(lambda: network.value_map(WANTS.assign(importance=[1, None, 1]), OFFERS), "bad_importance")
    refused(lambda: network.value_map(WANTS.assign(item="a"), OFFERS), "item_twice")
    refused(lambda: network.value_map(WANTS, OFFERS.assign(item="z")), "unknown_items")
    refused(lambda: network.value_map(WANTS, OFFERS.assign(coverage=2)), "bad_coverage")
    refused(lambda: network.value_map(WANTS.assign(kind="wish"), OFFERS), "unknown_kinds")
    some = network.value_map(WANTS.assign(importance=[5, 0, 2]), OFFERS)
    assert some.facts["fit"] == pytest.approx(5 / 7)
    assert next(n for n in some.notes if n.code == "network.note.no_weight").values["items"] == ["b"]


def test_forty_seven_of_fifty_prices_agree():  # articles on journeys and experience: consistency over channels
    store = [{"product_id": k, "channel": "store", "unit_price": 10} for k in range(50)]
    site = [{"product_id": k, "channel": "website", "unit_price": 10 if k < 47 else 12} for k in range(50)]
    found = network.consistency(pd.DataFrame(store + site))
    assert found.facts["same_share"] == 0.94
    assert found.facts["same_share_low"] == pytest.approx(0.8378, abs=1e-4)  # Wilson (1927)
    assert found.facts["same_share_high"] == pytest.approx(0.9794, abs=1e-4)
    near = network.consistency(pd.DataFrame(store + site), tolerance=0.25)
    assert near.facts["same_share"] == 1
    refused(lambda: network.consistency(pd.DataFrame(store)), "no_comparison")
    refused(lambda: network.consistency(pd.DataFrame([*store, *site, store[0] | {"unit_price": 11}])), "two_prices")
    refused(lambda: network.consistency(pd.DataFrame(store + site).assign(unit_price=0)), "bad_price")
    refused(lambda: network.consistency(pd.DataFrame(store + site), reference="radio"), "unknown_channel")


@pytest.fixture(scope="module")
def prices(clean):
    orders = clean["sales"].merge(clean["channels"][["channel_id", "channel"]], on="channel_id")
    lines = clean["sales_lines"].merge(orders[["order_id", "channel", "ordered_at"]], on="order_id")
    return lines.assign(month=lines["ordered_at"].dt.strftime("%Y-%m"))


def test_pt_xyz_lists_one_price_and_discounts_make_several(prices):
    keys = ["product_id", "channel", "month"]
    listed = network.consistency(prices[[*keys, "unit_price"]].drop_duplicates(), period="month")
    assert listed.facts["same_share"] == 1 and listed.facts["items"] > 300
    sums = prices.groupby(keys, as_index=False, observed=True)[["amount", "quantity"]].sum()
    paid = network.consistency(sums.assign(unit_price=sums["amount"] / sums["quantity"]), period="month")
    assert paid.facts["same_share_high"] < 0.7 and paid.facts["n"] == listed.facts["n"]


LIBRARY = {
    "events": pd.DataFrame({"at": ["2024-05-20 09:00", "2024-05-20 09:05"], "card": ["K7", "??"]}),
    "members": pd.DataFrame({"card": ["K7"], "name": ["Dina"], "agreed": [True]}),
    "books": pd.DataFrame(
        {
            "book_id": range(1, 8),
            "title": ["Read", "New 1", "New 2", "New, but out", "Other author", "Late 1", "Late 2"],
            "author": ["Sari", "Sari", "Sari", "Sari", "Budi", "Tono", "Tono"],
            "shelf": ["A1", "A2", "A3", "A4", "B1", "C1", "C2"],
            "arrived_on": ["2020-01-01", "2024-05-15", "2024-05-18", "2024-05-19", "2024-05-19", "2020-01-01",
                           "2020-01-01"],
        }
    ),
    "loans": pd.DataFrame(
        {
            "card": ["K7", "K9", "K7", "K7", "K7"],
            "book_id": [1, 4, 6, 7, 2],
            "borrowed_at": ["2024-05-06", "2024-05-19", "2024-04-01", "2024-04-02", "2024-05-21"],
            "due_on": ["2024-05-20", "2024-06-02", "2024-04-15", "2024-04-16", "2024-06-04"],
            "returned_at": ["2024-05-13", None, None, None, None],
        }
    ),
}  # fmt: skip


def test_the_library_greets_dina_as_in_the_story():  # article on personalisation: the library
    """Her name, two new books of the author she read two weeks ago with their shelves, two that are overdue."""
    found = network.greet(**LIBRARY)
    dina = found.table[found.table["card"] == "K7"]
    assert dina["step"].tolist() == ["greet", "recommend", "recommend", "renew", "renew"]
    assert dina["name"].iloc[0] == "Dina"
    assert dina[["title", "shelf"]].iloc[1:3].values.tolist() == [["New 2", "A3"], ["New 1", "A2"]]
    assert dina["title"].iloc[3:].tolist() == ["Late 1", "Late 2"]
    stranger = found.table[found.table["card"] == "??"]
    assert stranger["step"].tolist() == ["identify"] and stranger["name"].isna().all()
    assert found.facts["unknown"] == 1


def test_nobody_is_told_what_she_reads_without_having_agreed():
    for agreed in (False, None, float("nan")):
        members = LIBRARY["members"].assign(agreed=agreed)
        found = network.greet(**LIBRARY | {"members": members})
        assert found.facts["recommend"] == 0 and found.facts["renew"] == 2


def test_rules_are_data():
    rules = json.loads(json.dumps([r for r in network.LIBRARY_RULES if r["step"] != "recommend"]))
    assert network.greet(**LIBRARY, rules=rules).facts["recommend"] == 0
    refused(lambda: network.greet(**LIBRARY, rules=[{"rule": "sing", "step": "greet", "when": {}}]), "unknown_rule")
    twice = pd.concat([LIBRARY["members"]] * 2)
    refused(lambda: network.greet(**LIBRARY | {"members": twice}), "card_twice")


def test_answers_kept_as_json_say_the_same_later():
    for ask, tables in (
        (network.six_markets, [markets()]), (network.value_map, [WANTS, OFFERS]), (network.coverage, [PARTNERS]),
    ):  # fmt: skip
        again = [pd.DataFrame(json.loads(t.to_json(orient="records"))) for t in tables]
        one, other = ask(*tables), ask(*again)
        pd.testing.assert_frame_equal(one.table, other.table)
        assert json.dumps(dict(one.facts)) == json.dumps(dict(other.facts))
