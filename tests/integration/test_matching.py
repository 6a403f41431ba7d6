"""Who is who in several sources: the worked numbers, and what must never be settled silently."""

import itertools
import math

import pandas as pd
import pytest

import crmlab as crm
from crmlab.errors import UserError
from crmlab.integration import Feed, Sources, match
from crmlab.integration.matching import CONFLICTS

MEN, LAST = ("Budi", "Agus", "Siti", "Rina", "Dewi"), ("Santoso", "Wijaya", "Lubis", "Ginting", "Halim")


def person(i):
    first, last = MEN[i % 5], LAST[i // 5 % 5]
    return {
        "phone": f"0812-{i // 10000:04}-{i % 10000:04}",
        "email": f"{first}.{last}.{i}@contoh.id".lower(),
        "name": f"{first} {last} {chr(65 + i // 25 % 26)}{chr(65 + i // 650)}",
        "city": f"Kota {i % 7}",
    }


def feed(name, people, prefix, **about):
    rows = [{"id": f"{prefix}{k}", **p} for k, p in enumerate(people)]
    return Feed(name, pd.DataFrame(rows), "id", **about)


@pytest.fixture(scope="module")
def worked():
    """500 customers at the till, 300 in finance, of whom 240 are the same."""
    pos = [person(i) for i in range(500)]
    finance = [{**person(i), "phone": f"+62 {person(i)['phone'][1:]}"} for i in range(260, 560)]
    return Sources(feed("pos", pos, "P"), feed("finance", finance, "F"))


def test_500_and_300_of_which_240_are_the_same_are_560(worked):
    report = match(worked)
    facts = report.facts
    assert (facts["records"], facts["matched"], facts["entities"]) == (800, 240, 560)
    assert facts["share"] == 0.8 and facts["n"] == 300, "80.0 % of finance"
    pair = report.table.iloc[0]
    assert (pair["matched"], pair["share"], pair["other_share"]) == (240, 0.48, 0.8)
    assert facts["rows_read"] == facts["rows_kept"] + facts["rows_refused"] == 800
    assert facts["conflicts"] == 0 and "share_low" not in facts
    assert crm.labels.percent(facts["share"], "id") == "80,0%"


def test_a_sample_has_an_interval(worked):
    facts = match(worked, sampled=True).facts
    # Wilson by hand for 240 of 300
    z, p, n = 1.959963985, 0.8, 300
    middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    assert facts["share_low"] == pytest.approx((middle - half) / (1 + z * z / n))
    assert facts["share_high"] == pytest.approx((middle + half) / (1 + z * z / n))
    assert 0.74 < facts["share_low"] < 0.8 < facts["share_high"] < 0.85


def test_links_lead_to_source_rows(worked):
    report = match(worked)
    assert len(report.links) == 800 and report.links["entity_id"].nunique() == 560
    assert report.entity("pos", "P260") == report.entity("finance", "F0")
    assert report.records(report.entity("finance", "F0"))[["source", "key", "row"]].values.tolist() == [
        ["pos", "P260", 261],
        ["finance", "F0", 1],
    ]
    assert report.entity("finance", "nobody") is None
    # an entity never holds two records of one source
    assert not report.links.duplicated(["source", "entity_id"]).any()


def test_the_order_of_rows_does_not_matter(worked):
    shuffled = Sources(
        *(Feed(f.name, f.table.sample(frac=1, random_state=3).reset_index(drop=True), f.key) for f in worked.values())
    )

    def groups(report):
        return {frozenset(zip(g["source"], g["key"], strict=True)) for _, g in report.links.groupby("entity_id")}

    assert groups(match(worked)) == groups(match(shuffled))


def two(left, right, **how):
    return match(Sources(Feed("pos", pd.DataFrame(left), "id"), Feed("finance", pd.DataFrame(right), "id")), **how)


def test_one_to_many_is_listed_and_not_settled():
    left = {"id": ["A", "B"], "phone": ["08123456789", "08123456789"]}
    report = two(left, {"id": ["F"], "phone": ["08123456789"]}, on=["phone"])
    assert report.facts["entities"] == 3 and report.facts["matched"] == 0
    assert report.open[["kind", "source", "key", "others"]].values.tolist() == [
        ["one_to_many", "finance", "F", "pos A, pos B"]
    ]


def test_many_to_one_is_listed_and_not_settled():
    right = {"id": ["F", "G"], "phone": ["08123456789", "0812 345 6789"]}
    report = two({"id": ["A"], "phone": ["08123456789"]}, right, on=["phone"])
    assert report.facts["matched"] == 0 and report.facts["entities"] == 3
    assert sorted(report.open["key"]) == ["F", "G"] and set(report.open["kind"]) == {"many_to_one"}


def test_a_household_is_told_apart_by_the_next_rule_and_stays_listed():
    left = {"id": ["A", "B"], "phone": ["08123456789"] * 2, "name": ["Budi Santoso", "Siti Rahma"], "city": ["X", "X"]}
    right = {"id": ["F"], "phone": ["08123456789"], "name": ["SITI RAHMA"], "city": ["X"]}
    report = two(left, right, on=["phone", "name+city"])
    assert report.entity("finance", "F") == report.entity("pos", "B")
    assert report.conflicts[["kind", "settled_by"]].values.tolist() == [["one_to_many", "name + city"]]
    assert report.facts["open_conflicts"] == 0 and report.facts["conflicts"] == 1


def test_the_same_number_with_another_name_is_another_person():
    left = {"id": ["A"], "phone": ["08123456789"], "name": ["Budi Santoso"]}
    report = two(left, {"id": ["F"], "phone": ["08123456789"], "name": ["Putri Sari"]}, on=["phone"])
    assert report.facts["matched"] == 0 and report.open["kind"].tolist() == ["different_person"]
    typo = two(left, {"id": ["F"], "phone": ["08123456789"], "name": ["H. BUDI SANTOSA"]}, on=["phone"])
    assert typo.facts["matched"] == 1 and not len(typo.conflicts)
    blind = two(left, {"id": ["F"], "phone": ["08123456789"], "name": ["Putri Sari"]}, on=["phone"], check=[])
    assert blind.facts["matched"] == 1, "nothing is checked where nobody asks for it"


def test_another_birthday_is_another_person_whatever_the_name():
    left = {"id": ["A"], "phone": ["08123456789"], "name": ["Budi"], "born_on": pd.to_datetime(["1980-01-31"])}
    right = {**left, "id": ["F"], "born_on": pd.to_datetime(["2008-01-31"])}
    assert two(left, right, on=["phone"]).open["kind"].tolist() == ["different_person"]


def test_a_weaker_rule_that_points_elsewhere_is_listed():
    left = {"id": ["A", "B"], "phone": ["08123456789", None], "email": [None, "budi@contoh.id"]}
    right = {"id": ["F"], "phone": ["08123456789"], "email": ["Budi@Contoh.id"]}
    report = two(left, right, on=["phone", "email"])
    assert report.entity("finance", "F") == report.entity("pos", "A")
    assert report.conflicts[["kind", "rule", "others", "settled_by"]].values.tolist() == [
        ["rules_disagree", "email", "pos B", "phone"]
    ]


def test_a_chain_of_weak_links_draws_nobody_together():
    left = pd.DataFrame({"id": ["A", "B"], "phone": ["08123456789", None], "email": [None, "b@contoh.id"]})
    right = pd.DataFrame({"id": ["W"], "phone": ["08123456789"], "email": ["b@contoh.id"]})
    pos, web = Feed("pos", left, "id"), Feed("web", right, "id")
    report = match(Sources(pos, web), on=["phone", "email"])
    assert report.entity("pos", "A") != report.entity("pos", "B")
    assert set(report.conflicts["kind"]) == {"rules_disagree"}


def test_one_key_for_two_people_and_rows_without_a_key():
    left = {
        "id": ["A", "A", None],
        "phone": ["08123456789", "08129999999", None],
        "name": ["Budi Santoso", "Putri", "X"],
    }
    report = two(left, {"id": ["F"], "phone": ["08123456789"], "name": ["Budi Santoso"]}, on=["phone"])
    assert sorted(report.conflicts["kind"]) == ["no_key", "same_key"]
    assert report.facts["rows_read"] == 4 and report.facts["rows_refused"] == 1 and report.facts["rows_kept"] == 3


def test_duplicates_within_a_source_are_one_record():
    table = pd.DataFrame({"id": ["A", "A2"], "phone": ["08123456789", "08123456789"]})
    pos = Feed("pos", table, "id", same={"A2": "A"})
    finance = Feed("finance", pd.DataFrame({"id": ["F"], "phone": ["08123456789"]}), "id")
    report = match(Sources(pos, finance), on=["phone"])
    assert report.facts["records"] == 2 and report.facts["entities"] == 1 and not len(report.conflicts)
    assert len(report.links) == 3, "every row keeps its place"


def test_three_sources_meet_through_each_other():
    pos = Feed("pos", pd.DataFrame({"id": ["A"], "phone": ["08123456789"]}), "id")
    finance = Feed("finance", pd.DataFrame({"id": ["F"], "phone": ["08123456789"], "email": ["b@contoh.id"]}), "id")
    web = Feed("web", pd.DataFrame({"id": ["W"], "email": ["b@contoh.id"]}), "id")
    report = match(Sources(pos, finance, web), on=["phone", "email"])
    assert report.facts["entities"] == 1 and report.facts["shared_entities"] == 1
    assert len(report.table) == 3 and report.table["matched"].tolist() == [1, 1, 1]


def test_every_row_is_accounted_for_whatever_the_tables_hold():
    values = [None, "08123456789", "salah"]
    for left, right in itertools.product(itertools.product(values, repeat=2), repeat=2):
        a = pd.DataFrame({"id": ["A", "B"], "phone": pd.Series(left, dtype="str")})
        b = pd.DataFrame({"id": ["F", "G"], "phone": pd.Series(right, dtype="str")})
        report = match(Sources(Feed("pos", a, "id"), Feed("finance", b, "id")), on=["phone"])
        assert len(report.links) == 4 and not report.links.duplicated(["source", "entity_id"]).any()
        assert set(report.conflicts["kind"]) <= set(CONFLICTS)


@pytest.mark.parametrize("how", [{"on": ["telepon"]}, {"on": []}, {"check": ["nama"]}])
def test_wrong_questions_are_refused_in_words(worked, how):
    with pytest.raises(UserError) as caught:
        match(worked, **how)
    assert caught.value.code in ("integration.unknown_field", "integration.no_rules")
    assert caught.value.render("id") and caught.value.render("en")


@pytest.mark.parametrize("lang", ["id", "en"])
def test_it_explains_itself_with_its_own_numbers(worked, lang):
    report = match(worked)
    said = report.explain(lang)
    assert "560" in said and "240" in said and crm.labels.percent(0.8, lang) in said
    assert report.explain(lang, "short") and report.explain(lang, "reference")


def test_the_number_of_the_shop_links_nobody_and_makes_no_million_pairs(monkeypatch):
    """A value that very many share: everybody's conflict is told, pair by pair it is not."""
    people = [{**person(i), "phone": "0812-0000-0001"} for i in range(400)]
    sources = Sources(feed("pos", people[:200], "P"), feed("finance", people[150:], "F"))
    some = match(sources, ["phone", "email"])
    with monkeypatch.context() as patch:
        patch.setattr("crmlab.integration.matching._CROWD", 10**9)
        every = match(sources, ["phone", "email"])
    assert some.facts == every.facts and some.facts["by_email"] == 50
    told = ["kind", "rule", "source", "key", "settled_by"]
    assert some.conflicts[told].equals(every.conflicts[told])
    assert some.conflicts["others"].str.count("pos ").tolist() == every.conflicts["others"].str.count("pos ").tolist()
    n = 10_000  # 100 million pairs, were they all made
    many = pd.DataFrame({"id": range(n), "phone": "0812-0000-0001"})
    report = match(Sources(Feed("pos", many, "id"), Feed("finance", many, "id")), ["phone"])
    assert report.facts["matched"] == 0 and report.facts["conflicts"] == n


def test_columns_are_known_by_the_names_that_sources_give_them():
    """``hp`` is a phone and ``nama`` a name: they are compared as such, and two of a household stay two."""
    till = pd.DataFrame(
        {"no": [1, 2], "hp": ["0812-3456-7890", "0813 5555 0001"], "nama": ["H. Budi Santoso", "Rina Halim"]}
    )
    office = pd.DataFrame(
        {"no": ["F1", "F2"], "hp": ["+62 812 3456 7890", "6281355550001"], "nama": ["BUDI SANTOSO", "Agus Halim"]}
    )
    report = match(Sources(Feed("pos", till, "no"), Feed("finance", office, "no")))
    assert report.params["on"] == ("hp",) and report.params["check"] == ("nama",)
    assert report.facts["matched"] == 1
    assert report.open["kind"].tolist() == ["different_person"]


def test_two_columns_of_one_name_are_refused():
    table = pd.DataFrame([[1, "0812", "0813"]], columns=["id", "hp", "hp"])
    with pytest.raises(UserError, match="hp"):
        Feed("pos", table, "id")
    with pytest.raises(UserError, match="phone"):
        Feed("pos", table.set_axis(["id", "hp", "telp"], axis=1), "id", {"hp": "phone", "telp": "phone"})
