"""What notebook 04 says of PT XYZ's customers, and what its tasks must come to."""

from __future__ import annotations

import copy

import pandas as pd
import pytest

import crmlab as crm
from tests.notebooks.test_tasks import played

standardise, quality = crm.ingest.standardise, crm.quality


@pytest.fixture(scope="module")
def database():
    return played("04_customer_database")


def test_the_prose_on_women(database):
    """Counting P is wrong by the men of finance and by every woman whom another letter names."""
    gender, right = database["gender"], database["right"]
    naive = database["compared"]["women"]
    men_of_finance = ((gender["source"] == "finance") & (gender["code"] == "P")).sum()
    assert naive["P, W, F, Female"] - naive["maps"] == men_of_finance > 0
    assert naive["P"] != naive["maps"] != naive["P, W, F, Female"]
    assert right.report.facts["unmapped"] == 0
    for source in (None, "pos"):
        with pytest.raises(crm.UserError):
            standardise.codes(gender["code"], field="gender", source=source)


def test_the_prose_on_the_tills_list(database):
    found = database["found"]
    bad = found.table[found.table["failed"] > 0]
    assert set(zip(bad["column"], bad["dimension"], strict=True)) == {("JK", "completeness"), ("NO_HP", "uniqueness")}
    change = database["change"].facts
    assert change["uniqueness_after"] == 1.0 and change["rows_lost"] == found.rows("NO_HP", "uniqueness").shape[0]
    assert database["phones"].notna().all()
    filled = database["filled"]
    assert filled[["name", "phone", "email", "born_on", "interests"]].min() > 0.95  # nearly complete


def test_the_prose_on_required_data(database):
    review = database["review"]
    assert "whom_may_we_contact" not in review.params["answerable"]
    asked = review.table[review.table["question"] == "whom_may_we_contact"].set_index("field")["status"]
    assert (asked[["name", "phone", "email"]] == "ready").all()
    assert (asked[["consent_purpose", "consent_action", "consented_at"]] == "missing").all()
    assert database["exact"] == 0 < database["near"].facts["found"]


def test_task_1_ten_and_ten():
    tills, finance = ["L"] * 6 + ["P"] * 4, ["P"] * 5 + ["W"] * 5
    right = standardise.codes(tills + finance, field="gender", source=["pos"] * 10 + ["finance"] * 10)
    assert right.values.value_counts().to_dict() == {"male": 11, "female": 9}
    assert pd.Series(tills + finance).value_counts().to_dict() == {"L": 6, "P": 9, "W": 5}


def test_tasks_2_and_3_phones():
    same = standardise.phone(["0811-222-333", "+62 811 222 333", "62811222333", "811222333"])
    assert same.report.facts["distinct"] == 1
    assert standardise.phone(["021-555"]).reasons.tolist() == ["too_short"]
    assert standardise.phone(["5550123"], area_code="021").values.tolist() == ["+62215550123"]


def test_tasks_4_and_5_rules(database):
    told = copy.deepcopy(database["told"].to_dict())
    told["rows"] = [{"name": "born first", "then": "TGL_DAFTAR > TGL_LAHIR"}]
    found = quality.check(database["pos"], told)
    row = found.table.set_index("rule").loc["born first"]
    assert row["checked"] == len(database["pos"]) and row["failed"] == 0
    told["columns"]["JK"]["among"] = ["L"]
    before, after = (quality.profile(database["pos"], r) for r in (database["told"], told))
    assert after.facts["validity"] < before.facts["validity"]
    assert after.facts["completeness"] == before.facts["completeness"]


def test_tasks_6_to_9_shares():
    phones = ["0812-3456-7890"] * 700 + ["x"] * 100 + [None] * 200
    facts = quality.profile(
        pd.DataFrame({"phone": phones}), {"columns": {"phone": {"required": True, "form": "phone"}}}
    ).facts
    assert (facts["completeness"], facts["validity"]) == (0.8, 0.875)
    assert round(0.9**3, 3) == 0.729 and 0.9**6 > 0.5 > 0.9**7
    sample = quality.profile(
        pd.DataFrame({"a": [1.0] * 95 + [None] * 5}), {"columns": {"a": {"required": True}}}, population=10_000
    )
    assert sample.facts["completeness_low"] < 0.9 < 0.95 < sample.facts["completeness_high"]
    fields = [f"f{k}" for k in range(20)]
    frame = pd.DataFrame({f: ["x", None if k < 3 else "x"] for k, f in enumerate(fields[:15])})
    facts = quality.required_data(frame, needs={"q": fields}).facts
    assert (facts["ready_share"], facts["gap"]) == (0.6, 5)


def test_tasks_11_to_13():
    found = quality.search(pd.DataFrame({"name": ["Susanto", "Santoso", "Sentosa Jaya"]}), "sntoso").table
    assert found["found"].iloc[0] == "Santoso" and found["score"].iloc[0] == pytest.approx(1 - 1 / 7)
    zero_one = standardise.codes(["1", "0"], field="gender", source="pos")
    assert zero_one.report.facts["unmapped"] == 2
    old = pd.DataFrame({"province": ["Papua"], "customers": [100]})
    new = standardise.crosswalk(old, given=34, to=38, measures=["customers"])
    back = standardise.crosswalk(new.table.drop(columns="estimated"), given=38, to=34, measures=["customers"])
    assert back.table["customers"].tolist() == [pytest.approx(100)] and new.table["estimated"].all()
