"""Who hides among how many."""

import pandas as pd
import pytest

import crmlab as crm
from crmlab.errors import UserError
from crmlab.privacy import age_bands, enough, generalise, hide_small_groups, k_anonymity

FOUR_GROUPS = pd.DataFrame({"job": list("aaaabbbccd"), "illness": list("wwwwxyzxyz")})


def test_groups_of_four_three_two_and_one():
    found = k_anonymity(FOUR_GROUPS, quasi=["job"], minimum=3)
    assert found.table["n"].tolist() == [1, 2, 3, 4]
    assert (found.facts["k"], found.facts["groups"], found.facts["unique"]) == (1, 4, 1)
    kept = hide_small_groups(FOUR_GROUPS, quasi=["job"], minimum=3)
    assert (kept.facts["k"], kept.facts["hidden"], kept.facts["rows"]) == (3, 3, 10)
    assert len(kept.table) == 7


def test_a_large_group_of_one_illness_tells_it_of_everybody():
    found = k_anonymity(FOUR_GROUPS, quasi=["job"], sensitive=["illness"], minimum=3)
    assert found.facts["illness_l"] == found.facts["l"] == 1
    assert found.table.set_index("job")["illness_values"].to_dict() == {"a": 1, "b": 3, "c": 2, "d": 1}
    assert "4 people" in found.notes[0].render("en"), "the group of one is at risk anyway"


def test_a_gap_is_a_value_of_its_own():
    found = k_anonymity(pd.DataFrame({"job": ["a", "a", None]}), quasi=["job"])
    assert found.facts["k"] == 1
    assert found.facts["groups"] == 2
    assert "gap" in found.notes[0].render("en")


def test_saying_less_raises_k():
    shop = crm.datasets.load_retail("S", layer="clean")
    people = shop.tables["customers"].query("customer_type == 'consumer'").merge(shop.tables["regions"], on="city_id")
    fine = k_anonymity(people, quasi=["born_on", "city", "occupation"])
    provinces = people.drop_duplicates("city").set_index("city")["province"].to_dict()
    coarse = generalise(people, born_on=age_bands("2020-12-31"), city=provinces)
    rough = k_anonymity(coarse, quasi=["born_on", "city", "gender"])
    assert fine.facts["unique"] > 0.9 * len(people)
    assert rough.facts["at_risk_share"] < 0.5 * fine.facts["at_risk_share"]
    assert people["city"].nunique() > coarse["city"].nunique()


def test_what_a_hierarchy_lacks_is_said():
    with pytest.raises(UserError, match="Solo"):
        generalise(pd.DataFrame({"city": ["Bogor", "Solo"]}), city={"Bogor": "Jawa Barat"})
    with pytest.raises(UserError):
        generalise(pd.DataFrame({"city": ["Bogor"]}), city=3)
    with pytest.raises(UserError, match="lowest"):
        age_bands("2020-01-01")("2021-01-01")
    assert list(generalise(pd.DataFrame({"a": [1], "b": [2]}), a=None).columns) == ["b"]


def test_comments_need_enough_people_not_enough_writers():
    answers = pd.DataFrame({"unit": ["a"] * 10 + ["b"] * 9, "comment": ["x"] + [None] * 9 + ["y"] * 9})
    found = enough(answers, by=["unit"])
    assert found.table["comment"].tolist() == ["x"]
    assert (found.facts["hidden_comments"], found.facts["hidden_groups"]) == (9, 1)
