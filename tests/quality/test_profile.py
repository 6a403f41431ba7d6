"""Profiles: the worked numbers, the rows behind every figure, and traps that a reader can add up by hand."""

from __future__ import annotations

import datetime as dt
import pickle

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import crmlab as crm
from crmlab.errors import UserError
from crmlab.quality import DIMENSIONS

quality = crm.quality


@pytest.fixture(scope="module")
def thousand():
    """Row D06 of the mission map: 1000 rows, 80 phones missing, 50 e-mails invalid, 30 ids twice."""
    frame = pd.DataFrame(
        {
            "customer_id": [f"P{i:04}" for i in range(1000)],
            "phone": [f"0812{i:08}" for i in range(1, 1001)],
            "email": [f"a{i}@contoh.id" for i in range(1000)],
        }
    )
    frame.loc[:39, "phone"] = None
    frame.loc[40:79, "phone"] = "0"  # says nothing, so it is missing
    frame.loc[100:149, "email"] = "a@contoh"  # no dot
    frame.loc[970:, "customer_id"] = frame.loc[:29, "customer_id"].to_numpy()
    return frame


RULES = {
    "columns": {
        "customer_id": {"unique": True},
        "phone": {"required": True, "form": "phone"},
        "email": {"form": "email"},
    }
}


def test_a_thousand_rows_with_eighty_phones_missing_fifty_emails_wrong_and_thirty_twice(thousand):
    rules = {"columns": {**RULES["columns"], "phone": {"required": True}}}
    thousand = thousand.assign(phone=thousand["phone"].replace("0", None))
    found = quality.profile(thousand, rules)
    facts = found.facts
    assert (facts["completeness"], facts["validity"], facts["uniqueness"]) == (0.92, 0.95, 0.97)
    assert round(facts["mean_index"], 4) == 0.9467
    assert round(facts["product_index"], 4) == 0.8478
    assert facts["consistency"] is None and facts["timeliness"] is None and facts["dimensions"] == 3
    method = str(found.explain("id", "method"))
    assert "920/1.000 = 92,0%" in method and "950/1.000 = 95,0%" in method and "970/1.000 = 97,0%" in method
    assert "rata-rata = 94,7%; hasil kali = 84,8%" in method


def test_a_phone_of_0_is_a_missing_phone_and_not_an_invalid_one(thousand):
    found = quality.profile(thousand, RULES).table.set_index(["column", "dimension"])
    assert found.loc[("phone", "completeness"), ["checked", "failed"]].tolist() == [1000, 80]
    assert found.loc[("phone", "validity"), ["checked", "failed"]].tolist() == [920, 0]


def test_every_figure_has_its_rows(thousand):
    found = quality.profile(thousand, RULES)
    for line in found.table.to_dict("records"):
        rows = found.rows(line["column"], line["dimension"])
        assert rows["row"].nunique() == line["failed"] == line["checked"] - line["passed"]
    twice = found.rows("customer_id", "uniqueness")
    assert twice["row"].tolist() == list(range(971, 1001)) and twice["reason"].tolist()[0] == "repeats_row_1"
    assert found.rows("email", "validity")["reason"].unique().tolist() == ["no_dot_in_host"]
    assert len(found.rows(limit=7)) == 7
    assert len(found.rows()["row"].unique()) == found.facts["rows_failing"] == 160


def test_rows_hide_people_unless_asked(thousand):
    found = quality.profile(thousand, RULES)
    assert found.rows("customer_id", "uniqueness")["phone"].iloc[0] == "0812•••••971"
    assert found.rows("customer_id", "uniqueness", masked=False)["phone"].iloc[0] == "081200000971"
    page = str(found.column("phone")) + str(found.column("email")) + found.columns.to_string()
    assert "081200000971" not in page and "a5@contoh" not in page


def test_a_census_has_no_interval_and_a_sample_has(thousand):
    census = quality.profile(thousand, RULES)
    assert "share_low" not in census.table and census.facts["basis"] == "census"
    assert [n.code for n in census.notes] == ["quality.note.census"]
    sample = quality.profile(thousand, RULES, population=100_000)
    line = sample.table[(sample.table["column"] == "phone") & (sample.table["dimension"] == "completeness")].iloc[0]
    assert line["share_low"] < 0.92 < line["share_high"] and sample.facts["basis"] == "sample"
    # Wilson by hand for 920 of 1000: 0.9015 to 0.9353, a little narrower for the finite population
    assert 0.9015 < line["share_low"] < 0.9020 and 0.9345 < line["share_high"] < 0.9353
    assert sample.facts["completeness_low"] < 0.92 < sample.facts["completeness_high"]
    whole = quality.profile(thousand, RULES, population=1000)
    assert (whole.table["share_low"] == whole.table["share"]).all()
    for wrong in (999, 1000.0, True):
        with pytest.raises(UserError) as caught:
            quality.profile(thousand, RULES, population=wrong)
        assert caught.value.code == "quality.bad_population"


def test_without_rules_the_forms_are_assumed_and_said_to_be(thousand):
    found = quality.profile(thousand)
    assert found.params["assumed"] and found.params["rules"]["columns"]["phone"] == {"form": "phone"}
    note = next(n for n in found.notes if n.code == "quality.note.assumed")
    assert note.values["rules"] == ["customer_id: unique", "phone: form", "email: form"]
    # every column's completeness counts then
    assert found.facts["completeness_checked"] == 3000 and found.facts["completeness_passed"] == 2920


def test_a_bad_value_that_breaks_two_rules_is_one_bad_value():
    frame = pd.DataFrame({"nps": ["11", "x", "5", None]})
    found = quality.profile(frame, {"columns": {"nps": {"form": "integer", "range": [0, 10]}}})
    line = found.table.set_index("dimension").loc["validity"]
    assert (line["checked"], line["failed"]) == (3, 2)
    assert len(found.rows("nps", "validity")) == 3  # x breaks both, and both are told


def test_freshness_needs_a_day_to_judge_by():
    frame = pd.DataFrame({"updated_at": pd.to_datetime(["2020-12-31", "2018-01-01", "2021-06-01", None])})
    rules = {"columns": {"updated_at": {"fresh_days": 730}}}
    with pytest.raises(UserError) as caught:
        quality.profile(frame, rules, table_name="pelanggan")
    assert caught.value.render("id") == (
        "Tabel pelanggan: Aturan kemutakhiran untuk Diperbarui pada membutuhkan tanggal acuan. Caranya: beri "
        'parameter as_of, misalnya as_of="2020-12-31".'
    )
    for day in ("2020-12-31", dt.date(2020, 12, 31), pd.Timestamp("2020-12-31 10:00")):
        found = quality.profile(frame, rules, as_of=day)
        assert found.facts["timeliness"] == pytest.approx(1 / 3)
        assert found.rows("updated_at", "timeliness")["reason"].tolist() == ["too_old", "in_the_future"]


def test_five_dimensions_of_one_table():
    people = pd.DataFrame(
        {
            "id": [1, 2, 2, 4],
            "city": ["A", "B", "X", None],
            "starts_on": ["01/02/2020", "05/02/2020", "13/02/2020", None],
            "ends_on": ["03/02/2020", "01/02/2020", "14/02/2020", "14/02/2020"],
            "seen": pd.to_datetime(["2020-12-01", "2019-01-01", "2020-11-01", "2020-10-01"]),
        }
    )
    rules = {
        "columns": {
            "id": {"unique": True},
            "city": {"required": True, "references": "cities.city"},
            "starts_on": {"form": "date"},
            "seen": {"fresh_days": 365},
        },
        "rows": [{"name": "in order", "then": "ends_on >= starts_on"}],
    }
    cities = pd.DataFrame({"city": ["A", "B"]})
    found = quality.profile(people, rules, tables={"cities": cities}, as_of="2020-12-31")
    assert [found.facts[d] for d in DIMENSIONS] == [0.75, 1.0, 0.75, pytest.approx(4 / 6), 0.75]
    assert found.facts["mean_index"] == pytest.approx((0.75 * 3 + 1 + 4 / 6) / 5)
    assert found.rows("in order")["row"].tolist() == [2]
    assert found.rows("city", "consistency")["row"].tolist() == [3]
    without = quality.profile(people, rules, as_of="2020-12-31")
    note = next(n for n in without.notes if n.code == "quality.note.left_out")
    assert note.values["rules"] == ["city: references"]


def test_what_columns_look_like():
    frame = pd.DataFrame(
        {
            "plat": ["B 1234 XY", "D 99 ZZ", "B 5678 AA", "AB 1 CD"] * 5,
            "harga": ["Rp 1.234.567", "Rp 500.000", "12.000", None] * 5,
            "tgl": ["31/12/2020", "01/02/2020", "17 Agustus 2020", "1900-01-01"] * 5,
            "kota": ["Solo", "Medan"] * 10,
            "kode": [f"0{i:03}" for i in range(20)],
            "ok": [True, False] * 10,
            "kosong": [None, "-"] * 10,
        }
    )
    found = quality.profile(frame)
    assert {c: found.column(c)["kind"] for c in frame} == {
        "plat": "category",
        "harga": "number",
        "tgl": "date",
        "kota": "category",
        "kode": "id",
        "ok": "boolean",
        "kosong": "empty",
    }
    assert dict(found.column("plat")["patterns"])["A 9999 AA"] == 0.5
    price = found.column("harga")
    assert (price["low"], price["high"], price["missing"]) == (12000.0, 1234567.0, 5)
    assert sum(c for *_, c in price["bins"]) == 15
    # 1900-01-01 is how systems write that there is no date
    assert found.column("tgl")["missing"] == 5 and found.column("tgl")["low"] == "2020-02-01"
    assert found.column("kota")["top"] == [("Solo", 10), ("Medan", 10)]
    with pytest.raises(UserError) as caught:
        found.column("kotta")
    assert caught.value.near == ("kota",)


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"a": []}),
        pd.DataFrame({"a": pd.Series([], dtype="str"), "b": pd.Series([], dtype="float64")}),
        pd.DataFrame({"a": [None]}),
        pd.DataFrame({"a": [1]}),
        pd.DataFrame({"a": [float("inf"), float("-inf"), float("nan")]}),
        pd.DataFrame({"a": pd.Categorical(["x", None, "x"])}),
        pd.DataFrame({"a": pd.array([1, None], dtype="Int64"), "b": pd.array([True, None], dtype="boolean")}),
        pd.DataFrame({"a": [1, "x", None, 2.5, dt.date(2020, 1, 1)]}, dtype="object"),
        pd.DataFrame({"tgl_lahir": ["13/13/2020", "31/02/2020"]}),
        pd.DataFrame({"é ü": ["Ünïcödé", "日本"], 5: [1, 2]}),
    ],
    ids=[
        "no rows",
        "no rows typed",
        "one missing",
        "one",
        "infinite",
        "category",
        "nullable",
        "mixed",
        "no date",
        "odd",
    ],
)
def test_odd_tables_have_a_profile(frame):
    found = quality.profile(frame)
    assert set(found.table["column"]) >= {str(c) for c in frame}
    assert ((found.table["passed"] + found.table["failed"]) == found.table["checked"]).all()
    for lang in ("id", "en"):
        for depth in ("short", "method", "reference"):
            assert found.explain(lang, depth)
        found.figure(lang)


def test_what_is_no_table_says_so():
    for wrong, code in (
        (5, "quality.not_a_table"),
        (pd.DataFrame(index=[1, 2]), "quality.no_columns"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "quality.column_twice"),
    ):
        with pytest.raises(UserError) as caught:
            quality.profile(wrong)
        assert caught.value.code == code


CELLS = st.one_of(st.none(), st.sampled_from(["0812 3456 7890", "0", "-", "x", "a@b.id", "31/12/2020", "12"]))


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=15), st.randoms())
def test_counts_add_up_and_the_order_of_rows_makes_no_difference(rows, random):
    frame = pd.DataFrame(rows, columns=["phone", "email"], dtype="object")
    rules = {"columns": {"phone": {"required": True, "form": "phone", "unique": True}, "email": {"form": "email"}}}
    found = quality.profile(frame, rules)
    assert ((found.table["passed"] + found.table["failed"]) == found.table["checked"]).all()
    assert (found.table["checked"] <= len(frame)).all()
    order = list(frame.index)
    random.shuffle(order)
    shuffled = quality.profile(frame.loc[order], rules)
    assert shuffled.table.equals(found.table)
    facts = dict(found.facts)
    assert {k: v for k, v in shuffled.facts.items() if k != "rows_failing"} == {
        k: v for k, v in facts.items() if k != "rows_failing"
    }


def test_a_profile_travels(thousand):
    found = pickle.loads(pickle.dumps(quality.profile(thousand, RULES)))
    assert found.facts["completeness"] == 0.92 and len(found.rows("email", "validity")) == 50


def test_before_and_after(thousand):
    before = quality.profile(thousand, RULES, table_name="customers")
    mended = thousand.drop_duplicates("customer_id").assign(
        email=lambda t: t["email"].replace("a@contoh", "a@contoh.id")
    )
    after = quality.profile(mended, RULES, table_name="customers")
    change = quality.compare(before, after)
    facts = change.facts
    assert (facts["uniqueness_before"], facts["uniqueness_after"]) == (0.97, 1.0)
    assert (facts["rows_before"], facts["rows_after"], facts["rows_lost"]) == (1000, 970, 30)
    # 80 of 970 phones are missing now: the share fell, though nothing was lost from a phone
    assert (facts["improved"], facts["worsened"]) == (2, 1)
    assert [n.code for n in change.notes] == ["quality.note.rows_lost"]
    for lang in ("id", "en"):
        assert change.explain(lang, "method") and change.notes[0].render(lang)
        assert len(change.figure(lang).data) == 2
    other = quality.profile(thousand[["phone"]], {"columns": {"phone": {"required": True}}})
    assert "quality.note.other_rules" in [n.code for n in quality.compare(before, other).notes]
    with pytest.raises(UserError) as caught:
        quality.compare(before, quality.profile(pd.DataFrame({"z": [1]})))
    assert caught.value.code == "quality.nothing_in_common"
    with pytest.raises(UserError) as caught:
        quality.compare(before, thousand)
    assert caught.value.code == "quality.not_a_profile"


def test_the_heat_map_shows_the_tables_numbers(thousand):
    found = quality.profile(thousand, RULES, table_name="customers")
    drawn = crm.charts.spec(found, "id")
    z = drawn["data"][0]["z"]
    names = drawn["layout"]["yaxis"]["ticktext"]
    dimensions = drawn["layout"]["xaxis"]["ticktext"]
    assert dimensions == ["Kelengkapan", "Kesahihan", "Keunikan"] and len(names) == 3
    assert z[1][0] == 0.92 and z[0][2] == 0.97 and z[0][1] is None
    assert "97,0%" in [a["text"] for a in drawn["layout"]["annotations"]]
    assert "@" not in str(crm.charts.spec(found, "en", theme="dark")["data"])


def test_shares_that_are_almost_all_are_not_drawn_as_all():
    frame = pd.DataFrame({"a": [1.0] * 99_999 + [None]})
    drawn = crm.charts.spec(quality.profile(frame, {"columns": {"a": {"required": True}}}), "en")
    assert [a["text"] for a in drawn["layout"]["annotations"]] == ["<100.0%"]


def test_pt_xyz_keeps_its_rules():
    shop = crm.datasets.load_retail(layer="clean").tables
    people = quality.profile(shop["customers"], "pt_xyz.customers", tables={"regions": shop["regions"]})
    assert people.facts["validity"] == people.facts["consistency"] == people.facts["uniqueness"] == 1.0
    # truth R-T18: some consumers did not state their gender
    gender = people.table.set_index(["column", "dimension"]).loc[("gender", "completeness")]
    consumers = (shop["customers"]["customer_type"] == "consumer").sum()
    assert gender["checked"] == consumers and 0 < gender["failed"] < 0.03 * consumers
    tables = {"customers": shop["customers"], "channels": shop["channels"]}
    sales = quality.check(shop["sales"], "pt_xyz.sales", tables=tables)
    assert sales.facts["failed"] == 0 and sales.facts["rules_left_out"] == 0
