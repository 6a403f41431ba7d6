"""Which value wins, why, and where it stands in its file."""

import pickle

import pandas as pd
import pytest

from crmlab.errors import UserError
from crmlab.integration import Feed, Sources, combine, match


@pytest.fixture(scope="module")
def pair():
    pos = pd.DataFrame(
        {
            "id": ["A", "B", "C"],
            "phone": ["08123456789", "08125555555", "08126666666"],
            "name": ["BUDI SANTOSO", "Siti Rahma", "Agus"],
            "city": ["Bandung", "Bogor", None],
            "touched": pd.to_datetime(["2020-03-01", "2020-03-01", "2020-03-01"]),
            "points": [10, 20, 30],
        }
    )
    finance = pd.DataFrame(
        {
            "no": ["F1", "F2", "F3"],
            "phone": ["+62 812-345-6789", "0812 5555 555", "08127777777"],
            "name": ["Budi Santoso", "Siti Rahma", "Dewi"],
            "city": ["Cimahi", "Bogor", "Depok"],
            "touched": pd.to_datetime(["2020-06-01", "2020-01-01", "2020-01-01"]),
            "limit": [5_000_000, None, 1_000_000],
        }
    )
    about = {"updated": "touched", "kinds": {"touched": "time", "limit": "money"}}
    return Sources(
        Feed("pos", pos, "id", file="pos.csv", rows=[2, 3, 4], **about),
        Feed("finance", finance, "no", file="keuangan.xlsx", sheet="Piutang", rows=[5, 6, 7],
             cells={"city": "D", "limit": "F"}, **about),
    )  # fmt: skip


def who(pair, rules=None, **how):
    return combine(pair, match(pair, on=["phone"]), rules, **how)


def test_the_earlier_source_wins_where_no_rule_says_otherwise(pair):
    one = who(pair)
    assert one.table["city"].tolist()[:2] == ["Bandung", "Bogor"]
    assert one.table["sources"].tolist() == ["pos+finance", "pos+finance", "pos", "finance"]
    assert one.table["limit"].tolist()[0] == 5_000_000 and one.table["points"].isna().tolist() == [False] * 3 + [True]
    assert one.facts["entities"] == 4 and one.facts["shared_entities"] == 2


def test_the_latest_wins_where_the_rule_says_so(pair):
    one = who(pair, {"city": "latest"})
    assert one.table["city"].tolist()[:2] == ["Cimahi", "Bogor"]
    told = one.lineage(1, "city")
    assert told[["value", "won", "reason", "source", "row"]].fillna("").values.tolist() == [
        ["Bandung", False, "", "pos", 2],
        ["Cimahi", True, "latest", "finance", 5],
    ]


def test_an_order_of_its_own_and_a_source_without_a_say(pair):
    own = who(pair, {"city": ["finance", "pos"]})
    assert own.table["city"].fillna("-").tolist() == ["Cimahi", "Bogor", "-", "Depok"]
    assert who(pair, {"city": ["pos"]}).table["city"].isna().tolist() == [False, False, True, True]


def test_where_all_must_agree_a_difference_is_left_open_and_said(pair):
    one = who(pair, {"city": "agree"})
    assert one.table["city"].isna().tolist() == [True, False, True, False]
    assert one.facts["open"] == 1 and "1" in one.notes[0].render("id")
    lost = one.conflicts[one.conflicts["field"] == "city"].iloc[0]
    assert lost["reason"] == "open" and lost["others"] == "pos: Bandung; finance: Cimahi"


def test_capitals_and_titles_are_no_disagreement(pair):
    one = who(pair)
    assert set(one.conflicts["field"]) == {"city", "touched"}
    assert one.facts["disagreed"] == len(one.conflicts) == 3
    account = one.account.set_index("field")
    assert account.loc["name", "disagreed"] == 0 and account.loc["city", "disagreed"] == 1
    assert (account[["pos", "finance"]].sum(axis=1) == account["values"]).all()


def test_lineage_leads_to_a_cell_of_the_workbook(pair):
    told = who(pair).lineage(1)
    limit = told[told["field"] == "limit"].iloc[0]
    assert (limit["file"], limit["sheet"], limit["row"], limit["cell"]) == ("keuangan.xlsx", "Piutang", 5, "F5")
    assert limit["reason"] == "only" and limit["key"] == "F1"
    assert told[told["won"]].groupby("field").size().eq(1).all()
    with pytest.raises(UserError) as caught:
        who(pair).lineage(99)
    assert caught.value.code == "integration.unknown_entity"


def test_every_value_of_the_table_is_the_one_its_lineage_names(pair):
    for rules in (None, {"city": "latest"}, {"city": "agree", "name": ["finance"]}):
        one = who(pair, rules)
        for entity, row in one.table.set_index("entity_id").iterrows():
            told = one.lineage(entity, masked=False)
            won = told[told["won"]].set_index("field")["value"]
            for name in one.account["field"]:
                assert (name in won.index) == pd.notna(row[name])
                assert name not in won.index or won[name] == row[name]


def test_several_rows_of_one_source_and_one_person(pair):
    table = pd.DataFrame({"id": ["A", "A2"], "phone": ["08123456789"] * 2, "city": ["Bandung", "Garut"]})
    alone = Sources(Feed("pos", table, "id", same={"A2": "A"}))
    one = combine(alone, match(alone, on=["phone"]))
    assert len(one.table) == 1 and one.table["city"].tolist() == ["Bandung"]
    assert one.conflicts["reason"].tolist() == ["first_entry"] and one.conflicts["others"].tolist() == ["pos: Garut"]


def test_shown_masked_and_kept_whole(pair):
    one = who(pair)
    assert "08123456789" not in one._repr_html_() and "Santoso" not in one._repr_html_()
    assert one.masked()["name"].tolist()[1] == "S••• R•••"
    again = pickle.loads(pickle.dumps(one))
    assert again.table.equals(one.table) and again.lineage(1).equals(one.lineage(1))


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ({"city": "newest"}, "integration.unknown_rule"),
        ({"kota": "latest"}, "integration.unknown_field"),
        ({"city": ["bank"]}, "integration.unknown_source"),
    ],
)
def test_wrong_rules_are_refused_in_words(pair, rules, code):
    with pytest.raises(UserError) as caught:
        who(pair, rules)
    assert caught.value.code == code and caught.value.render("id")


def test_the_latest_needs_dates():
    alone = Sources(Feed("pos", pd.DataFrame({"id": [1], "city": ["x"]}), "id"))
    with pytest.raises(UserError) as caught:
        combine(alone, match(alone, on=["city"]), {"city": "latest"})
    assert caught.value.code == "integration.no_dates"


@pytest.mark.parametrize("lang", ["id", "en"])
def test_it_explains_itself(pair, lang):
    assert all(who(pair).explain(lang, depth) for depth in ("short", "method", "reference"))
