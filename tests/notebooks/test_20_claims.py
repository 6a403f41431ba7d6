"""What notebook 20 says and asks, computed."""

from __future__ import annotations

import pandas as pd
import pytest

from crmlab import UserError, frameworks, network, relationships
from notebooks import build


@pytest.fixture(scope="module")
def names():
    """The names that a reader has after running the code cells."""
    import jupytext

    source = next(p for p in build.sources() if p.stem == "20_relationships_and_network")
    found: dict = {}
    for cell in jupytext.read(source, fmt="py:percent").cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, source.stem, "exec"), found)
    return found


def test_five_people_make_no_scale_and_a_forgotten_item_ruins_one(names):
    facts = names["small"].facts
    assert (round(facts["alpha"], 3), round(facts["alpha_low"], 2)) == (0.913, 0.56)
    assert names["forgotten"].facts["alpha"] < 0
    right = relationships.scales(names["answers"], names["scales"], **names["told"])
    assert right.facts["weak"] == 0 and round(right.table.set_index("scale").loc["trust", "alpha"], 2) == 0.86
    assert [round(x, 4) for x in relationships.alpha_interval(0.85, 7, 89)] == [0.7971, 0.8932]
    doubled = names["five"].assign(again=names["five"]["open"])
    assert relationships.reliability(doubled, list(doubled)).facts["alpha"] > facts["alpha"]
    with pytest.raises(UserError):
        relationships.reliability(names["five"], ["open"])


def test_paths_come_out_weaker_than_planted_and_the_turned_arrow_looks_as_good(names):
    facts = names["ways"].facts
    assert facts["beta"] < 0.60 and facts["past_trust"] == 0 and facts["as_expected"] == 4
    turned = relationships.paths(names["scored"], trust="commitment", commitment="trust", draws=200)
    assert turned.facts["finding"] == "as_expected"
    few = relationships.paths(names["scored"].head(40), draws=100)
    assert few.table["beta_low"].isna().all()


def test_leaving_pays_after_three_years_or_never(names):
    facts = names["leaving"].facts
    assert (round(facts["payback_years"], 2), round(facts["ahead_years"], 2)) == (3.33, 1.33)
    parts = {"search": 20, "learning": 15, "psychological": 5, "sunk": 60}
    assert relationships.switching_cost(parts, saving=0).facts["pays"] == "never"


def test_one_more_answer_gives_ud_tiga_an_index(names):
    index = names["index"].table.set_index("customer_id")["quality_index"]
    assert index["PT Satu"] == 4.0 and index["UD Tiga"] != index["UD Tiga"]
    more = names["asked"].assign(satisfaction=[5, 3, 3, 4])
    assert relationships.quality(more).table.set_index("customer_id").loc["UD Tiga", "quality_index"] == pytest.approx(
        10 / 3
    )


def test_points_that_did_not_expire_belong_to_closed_accounts(names):
    facts = names["owed"].facts
    assert facts["overdue"] == 3151
    still = relationships.points(names["still_open"], as_of="2020-12-31", value=50, life_years=1).facts
    assert still["overdue"] == 0
    assert round(3e6 / (facts["outstanding"] * facts["redemption"])) == 101


def test_thirty_of_fifty_four_are_kept(names):
    facts = names["kept"].facts
    assert (facts["loyal"], facts["fitting"], facts["keep"], facts["fits_without_profit"]) == (54, 33, 30, 3)
    assert facts["does_not_fit"] == 21
    six = names["people"].assign(loyal=names["people"]["customer_id"].map(names["recent"]).fillna(0) >= 6)
    assert relationships.worth_keeping(six, fit={"greater_jakarta": True}).facts["keep"] == 167


def test_wallets_of_unknown_size_stay_unknown(names):
    assert names["unknown"].facts["wallet_share"] is None
    assert names["unknown"].facts["unknown"] == names["unknown"].facts["accounts"] == 28
    assert names["partly"].facts["wallet_share"] == pytest.approx(0.25)


def test_four_categories_hang_on_one_supplier_of_quality(names):
    partners = names["everyone"].table["partners"]
    assert (partners.min(), partners.max(), names["everyone"].facts["partners"]) == (4, 5, 30)
    alone = names["good"].table.query("state == 'one_partner'")
    assert len(alone) == 4 and set(alone["only_partner"]) == {"PT Ceria Anak"}
    strict = names["links"][names["links"]["quality_score"] >= 90]
    assert len(network.coverage(strict, elements=names["categories"]).facts["uncovered"]) == 8


def test_the_markets_and_what_the_data_whisper(names):
    assert names["markets"].table["gap"].tolist() == [1, 0, 2, 3, 1, 1] and names["markets"].facts["total"] == 8
    facts = names["evidence"].facts
    assert (facts["referred"], facts["n"], round(facts["referred_high"], 3)) == (0, 7, 0.354)
    assert network.six_markets(names["scores"].query("market != 'customers'")).facts["total"] is None


def test_list_prices_agree_and_prices_paid_do_not(names):
    assert names["listed"].facts["same_share"] == 1
    assert round(names["paid"].facts["same_share"], 3) == 0.519
    near = names["sums"].assign(unit_price=names["sums"]["amount"] / names["sums"]["quantity"])
    assert network.consistency(near, period="month", tolerance=0.05).facts["same_share"] > 0.519


def test_the_map_is_weakest_at_prices_and_points_answer_nothing(names):
    assert round(names["on_time"], 3) == 0.809
    facts = names["fit"].facts
    assert facts["worst"] == "one price wherever I look" and facts["unlinked"] == ["points"]
    assert names["map_alone"].facts["uniqueness"] is None and facts["uniqueness"] == 0.5
    # points can go without a loss: they answer nothing
    without = names["offers"].query("offer != 'points'")
    assert network.value_map(names["wants"], without).facts["fit"] == pytest.approx(facts["fit"])


def test_the_library_says_less_without_permission(names):
    heard = names["said"].table["step"].tolist()
    assert heard == ["greet", "recommend", "recommend", "renew", "renew", "identify"]
    assert names["silent"].facts["recommend"] == 0 and names["silent"].facts["renew"] == 2
    assert isinstance(names["heard"], pd.DataFrame)


def test_fourteen_of_sixteen_authors_and_ideas():
    table = frameworks.grade("relationship_schools", {}).table
    key = dict(zip(table["item"], table["right_class"], strict=True))
    assert sum(item.startswith("author_") for item in key) == 14
    del key["author_hakansson"], key["author_dwyer"]
    told = frameworks.grade("relationship_schools", key | {"Hakansson": "nordik", "Dwyer": "IMP"})
    assert told.facts["share"] == 0.875
