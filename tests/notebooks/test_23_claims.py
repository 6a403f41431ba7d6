"""What notebook 23 says and asks, computed; the worked numbers are those of the book, 4.1, 4.2 and 9.2."""

from __future__ import annotations

import dataclasses

import pytest

from crmlab import UserError, ledger, projects
from notebooks import build


@pytest.fixture(scope="module")
def names():
    """The names that a reader has after running the code cells."""
    import jupytext

    source = next(p for p in build.sources() if p.stem == "23_business_case_and_ledger")
    found: dict = {}
    for cell in jupytext.read(source, fmt="py:percent").cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, source.stem, "exec"), found)
    return found


def millions(value):
    return round(value / 1e6, 1)


def test_the_mean_is_of_those_who_still_buy(names):
    table = names["margins"].table.set_index("segment")
    assert (
        round(names["mean_profit"], -3) == 324_000 and round(table.loc["loyal", "profit_per_customer"], -3) == 891_000
    )
    assert round(table.loc["seasonal", "profit_per_customer"], -3) == 170_000
    assert table.loc["corporate", ["n", "verdict"]].tolist() == [28, "too_few"]
    silent = names["by_segment"]
    assert (silent.sum(), silent["dormant"], silent["corporate"]) == (316, 145, 5)
    assert "dormant" not in table.index  # nobody of them bought in 2020


def test_letters_are_not_people(names):
    gaps = names["effects"].iloc[:, 2:].astype(float).round(3).values.tolist()
    assert gaps == [[0.173, 0.092, 0.252], [0.082, 0.022, 0.122], [0.083, -0.023, 0.149]]
    assert len(names["letters"]) == 500 and names["letters"]["customer_id"].nunique() == 254
    assert len(names["asleep"]) == 220 and names["asleep"]["converted"].sum() == 0
    assert round(names["adjusted"], 3) == 0.074
    # every interval holds what is planted, but for those who opened: these are no group of the lot
    planted = names["retail"].truths["R-T25"]["found"][2]["planted"]
    assert planted == 0.05
    assert [low <= planted <= high for _, low, high in gaps] == [False, True, True]


def test_the_ledger_does_not_know(names):
    book, facts = names["book"], names["ledger"].facts
    parts = [millions(book[k]) for k in ("gain", "voucher_money", "letter_money", "yearly", "npv")]
    assert [millions(names["claim"]), *parts] == [101.4, 13.7, 6.9, 4.8, 2.1, -5.1]
    assert [millions(facts[k]) for k in ("value_low", "value_high")] == [-39.1, 27.0]
    assert round(facts["risk_share"], 3) == 0.682 and facts["verdict"] == "noise" and facts["unowned"] == 0


def test_what_it_hangs_on_and_what_moves(names):
    table = names["hangs_on"].table
    assert table["entry"].tolist()[:2] == ["effect", "spend_part"] and table["turns"].tolist()[:2] == [True, True]
    minor = table[table["entry"].isin(["voucher_cost", "letter_cost"])]
    assert minor["swing"].max() < table["swing"].iloc[0] / 5
    facts = names["moved"].facts
    assert (facts["moved"], millions(facts["outcome_after"])) == (4, 14.7)
    paths = names["moved"].table.set_index("entry")["path"]
    assert paths["npv"] == "spend_part → gain → yearly → npv" and "voucher_money" not in paths
    assert names["again"].to_json() == names["book"].to_json()


def test_the_book_s_examples(names):
    facts = names["ways"].facts
    assert (millions(facts["best_value"]), millions(facts["next_value"]), round(facts["break_even_users"], 1)) == (
        454.9,
        1032.3,
        90.8,
    )
    more = projects.total_cost(projects.yearly(names["offers"]), rate=0.10, years=5, users=100)
    assert more.facts["best"] == "on_premise"
    facts = names["example"].facts
    told = [
        round(facts[k], 4) for k in ("npv", "irr", "roi_share", "payback", "discounted_payback", "break_even_factor")
    ]
    assert told == [274.8331, 0.2132, 0.6667, 2.6667, 3.2792, 0.8137]
    assert round(facts["npv"] / 1.12, 2) == 245.39
    assert round(names["fewer"].facts["npv"], 1) == -20.1 and names["fewer"].facts["decision"] == "no_go"
    assert [round(r, 6) for r in names["twice"].facts["irrs"]] == [0.1, 0.2]
    with pytest.raises(UserError) as caught:
        projects.business_case([-1200, 300], rate=12)
    assert caught.value.code == "projects.rate_in_percent"


def test_the_whole_programme_does_not_pay(names):
    facts = names["case"].facts
    assert [millions(facts[k]) for k in ("npv", "npv_with_latent")] == [-143.3, -35.6]
    assert round(facts["break_even_factor"], 2) == 1.42
    assert round(names["chances"].facts["loss_share"], 3) == 0.980
    assert names["decision"].facts["failed"] == 3 and names["decision"].facts["decision"] == "no_go"
    table = names["what_moves"].table.set_index("item")
    assert table.index[0] == names["names"]["stay"]
    assert round(2 * table.loc[names["names"]["stay"], "break_even_factor"], 1) == 3.6
    assert table.loc[names["names"]["letters"], "swing"] < table["swing"].iloc[0] / 10


def test_vendors_and_earned_value(names):
    facts = names["choice"].facts
    assert (facts["winner"], facts["plain_winner"], facts["knocked_out"]) == ("B", "A", ("C",))
    table = names["choice"].table.set_index("vendor")
    assert table["weighted_score"].round(2).to_dict() == {"B": 3.65, "A": 3.60, "C": 4.50}
    assert table.loc["A", "plain_score"] == 15 and table.loc["B", "plain_score"] == 14
    assert (facts["nearest_criterion"], round(facts["nearest_weight"], 3)) == ("suitable_features", 0.288)
    facts = names["value"].facts
    assert (millions(facts["schedule_variance"]), millions(facts["cost_variance"]), facts["schedule_index"]) == (
        -60,
        -120,
        0.9,
    )
    assert (round(facts["cost_index"], 3), millions(facts["eac_typical"]), round(facts["to_complete_index"], 3)) == (
        0.818,
        1222.2,
        1.353,
    )


def test_the_pilot_is_just_large_enough(names):
    assert round(names["each_arm"]) == 4906 and names["buyers"] / 2 == 5340
    assert -40e6 < names["pilot"].facts["npv"] < -20e6


def test_the_board_paper_holds_what_it_needs(names, tmp_path):
    paper = names["paper"]
    assert paper.missing == () and "68.2%" in paper.outline("en")[1] and "68,2%" in paper.outline("id")[1]
    people = names["t"]["dim_customer"]
    known = {str(v) for v in people["customer"].dropna() if " " in str(v)}
    for lang in build.EDITIONS:
        for text in (paper.html(lang=lang), paper.slides(lang=lang)):
            assert "<script" not in text and not [v for v in known if v in text]
    with pytest.raises(UserError) as caught:
        dataclasses.replace(paper, chapters=[c for c in paper.chapters if c.name != "risks"]).html(
            tmp_path / "no.html", "en"
        )
    assert caught.value.code == "papers.missing_section"


def test_the_tasks(names):
    entries = list(names["book"].entries.values())
    with pytest.raises(UserError) as caught:
        ledger.Ledger(
            [e if e.name != "npv" else ledger.computed("npv", "npv * 2", unit="money") for e in entries], outcome="npv"
        )
    assert caught.value.code == "ledger.cycle"
    bare = [dataclasses.replace(e, says="") if e.name == "spend_part" else e for e in entries]
    assert ledger.figures(ledger.Ledger(bare, outcome="npv")).facts["unowned"] == 1
    every = names["effects"].iloc[1, 2:].tolist()
    surer = names["book"].change(effect=(every[1], every[0], every[2]))
    assert round(ledger.figures(surer).facts["risk_share"], 2) == 0.73
