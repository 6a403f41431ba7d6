"""Which questions the data can answer, what is missing or poor, what it would take."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import crmlab as crm
from crmlab.errors import UserError

quality = crm.quality


def twenty(poor=3, missing=5):
    """A table that holds 15 of 20 fields, three of them poorly filled."""
    fields = [f"field_{k:02}" for k in range(20)]
    frame = pd.DataFrame({f: ["x"] * 10 for f in fields[: 20 - missing]})
    for f in fields[:poor]:
        frame.loc[:3, f] = None  # 6 of 10 filled
    return frame, {"all": fields}


def test_twenty_needed_fifteen_there_three_poor():
    """Row P18 of the mission map: ready 60.0 %, gap 5."""
    frame, needs = twenty()
    review = quality.required_data(frame, needs=needs, costs=2_000_000)
    facts = review.facts
    assert (facts["required"], facts["present"], facts["poor"], facts["ready"], facts["gap"]) == (20, 15, 3, 12, 5)
    assert facts["ready_share"] == 0.6
    assert facts["cost_total"] == 8 * 2_000_000
    assert "20 − 15 = 5" in str(review.explain("id", "method")) and "60,0%" in str(review.explain("id", "method"))
    assert review.table["status"].value_counts().to_dict() == {"ready": 12, "missing": 5, "poor": 3}


def test_hp_and_no_telp_are_phones():
    for header in ("hp", "no_telp", "No. HP", "phone", "Nomor Telepon", "WhatsApp"):
        frame = pd.DataFrame({"KODE_PLG": ["P1"], header: ["0812 3456 7890"]})
        review = quality.required_data(frame, needs={"call": ["customer_id", "phone"]})
        assert review.facts["ready_share"] == 1.0 and review.facts["answerable"] == 1


def test_a_field_that_two_questions_need_is_counted_once():
    frame = pd.DataFrame({"customer_id": ["P1"], "phone": ["0812 3456 7890"]})
    review = quality.required_data(frame, needs={"call": ["customer_id", "phone"], "mail": ["customer_id", "email"]})
    assert (review.facts["required"], review.facts["gap"], len(review.table)) == (3, 1, 4)
    assert review.params["answerable"] == ("call",)


def test_filled_is_not_enough_the_form_counts_too():
    frame = pd.DataFrame({"phone": ["0812 3456 7890", "abc", "12"], "email": ["a@b.id", "", None]})
    review = quality.required_data(frame, needs={"call": ["phone", "email"]}, min_share=0.5)
    table = review.table.set_index("field")
    assert table["status"].to_dict() == {"phone": "poor", "email": "poor"}
    assert table["problem"].to_dict() == {"phone": "invalid", "email": "incomplete"}
    assert table["share"].round(3).to_dict() == {"phone": 0.333, "email": 0.333}


def test_a_date_in_the_complaints_is_not_the_date_of_a_sale():
    sales = pd.DataFrame({"tanggal": ["31/12/2020"], "id_pelanggan": ["P1"], "total": [5000]})
    complaints = pd.DataFrame({"tanggal": ["31/12/2020"]})
    needs = {"rfm": ["customer_id", "ordered_at", "amount"]}
    assert quality.required_data({"penjualan": sales}, needs=needs).facts["ready"] == 3
    found = quality.required_data({"keluhan": complaints}, needs=needs).table.set_index("field")
    assert found.loc["ordered_at", "status"] == "missing"


def test_a_history_that_is_too_short_blocks_the_question():
    days = pd.date_range("2020-01-01", periods=100)
    sales = pd.DataFrame({"customer_id": ["P"] * 100, "ordered_at": days, "amount": 1.0})
    review = quality.required_data({"sales": sales}, ask="best_customers")
    assert review.facts["ready_share"] == 1.0 and review.facts["answerable"] == 0
    assert review.params["short"] == ("best_customers",) and review.facts["history_days"] == 99
    assert [n.code for n in review.notes] == ["quality.note.short_history"]


def test_a_person_names_the_column_himself():
    frame = pd.DataFrame({"Kontak": ["0812 3456 7890"]})
    assert quality.required_data(frame, needs={"q": ["phone"]}).facts["gap"] == 1
    told = quality.required_data({"people": frame}, needs={"q": ["phone"]}, columns={"phone": "people.Kontak"})
    assert told.facts["ready"] == 1 and told.table["column"].tolist() == ["Kontak"]
    with pytest.raises(UserError) as caught:
        quality.required_data(frame, needs={"q": ["phone"]}, columns={"phone": "Kontack"})
    assert caught.value.near == ("Kontak",)


def test_costs_by_field():
    frame, needs = twenty()
    review = quality.required_data(frame, needs=needs, costs={"field_19": 500, "field_00": 100, "field_10": 9})
    assert review.facts["cost_total"] == 600  # field_10 is ready and costs nothing
    note = next(n for n in review.notes if n.code == "quality.note.unpriced")
    assert note.values["n"] == 6
    assert quality.required_data(frame, needs=needs).facts["cost_total"] is None
    for costs in ({"field_99": 1}, -5, np.inf, True, {"field_00": "1 jt"}):
        with pytest.raises(UserError) as caught:
            quality.required_data(frame, needs=needs, costs=costs)
        assert caught.value.code in ("quality.unknown_field", "quality.bad_cost")


def test_questions_by_perspective_and_by_file(tmp_path):
    every = quality.questions()
    assert set(every["type"]) == {"strategic", "operational", "analytical", "collaborative"}
    assert len(quality.questions("analytical")) == (every["type"] == "analytical").sum()
    path = tmp_path / "needs.toml"
    path.write_text('[questions.mine]\ntype = "operational"\nneeds = ["customer_id", "ktp"]\n', encoding="utf-8")
    assert quality.questions(needs=path)["question"].tolist() == ["mine"]
    frame = pd.DataFrame({"customer_id": ["P1"], "ktp": ["x"]})
    assert quality.required_data(frame, needs=path).facts["ready"] == 2
    with pytest.raises(UserError) as caught:
        quality.required_data(frame, ask="best_customer")
    assert caught.value.code == "quality.unknown_question" and "best_customers" in caught.value.near
    for bad in ({}, 5, {"q": []}, tmp_path / "none.toml"):
        with pytest.raises(UserError) as caught:
            quality.required_data(frame, needs=bad)
        assert caught.value.code == "quality.bad_needs"
    with pytest.raises(UserError) as caught:
        quality.required_data(frame, min_share=90)
    assert caught.value.code == "quality.bad_share"


def test_every_field_of_the_matrix_is_told():
    from crmlab.quality.required import _shipped

    told = _shipped()
    needed = {f for q in told["questions"].values() for f in q["needs"]}
    assert needed <= set(told["fields"])
    assert all(f["table"] in told["tables"] for f in told["fields"].values())
    for name in (*told["questions"], *needed):
        assert crm.labels.name(name, "id") and crm.labels.name(name, "en")


def test_pt_xyz_can_answer_what_its_tables_hold():
    shop = crm.datasets.load_retail(layer="clean").tables
    review = quality.required_data(dict(shop))
    assert {"best_customers", "lifetime_value", "who_are_they"} <= set(review.params["answerable"])
    for lang in ("id", "en"):
        for depth in ("short", "method", "reference"):
            assert review.explain(lang, depth)
        figure = review.figure(lang)
        assert sum(sum(bar.x) for bar in figure.data) == len(review.table)
        assert [n.render(lang) for n in review.notes]


# search --------------------------------------------------------------------------------------------------------------


def test_sntoso_finds_santoso():
    """Row D14 of the mission map."""
    people = pd.DataFrame({"name": ["Susanto", "Budi Santoso", "Sentosa Jaya", "Siti Rahma", "Santoso"]})
    found = quality.search(people, "sntoso")
    assert found.table["rank"].tolist()[:2] == [1, 1]
    assert found.table["found"].tolist()[:2] == ["Santoso", "Budi Santoso"]
    assert found.table["score"].tolist()[0] == pytest.approx(6 / 7)
    assert found.table["score"].is_monotonic_decreasing


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("budi santoso", "Budi Santoso"),
        ("BUDI", "Budi Santoso"),
        ("bdui", "Budi Santoso"),
        ("rahm", "Siti Rahmawati"),
        ("josé", "Jose Wijaya"),
        ("wijya jose", "Jose Wijaya"),
    ],
)
def test_searching(query, first):
    people = pd.DataFrame({"name": ["Siti Rahmawati", "Budi Santoso", "Jose Wijaya", None, ""]})
    assert quality.search(people, query).table["found"].iloc[0] == first


def test_searching_over_columns_masks_what_was_not_searched():
    people = pd.DataFrame(
        {"name": ["Budi Santoso", "Budi Wijaya"], "city": ["Solo", "Medan"], "phone": ["081234567890", "081355551234"]}
    )
    found = quality.search(people, "budi medan", columns=["name", "city"])
    assert found.table["row"].tolist()[0] == 2 and found.table["phone"].iloc[0] == "0813•••••234"
    assert quality.search(people, "budi santoso", masked=False).table["phone"].iloc[0] == "081234567890"
    some = quality.search(people, "budi", n=1)
    assert some.facts["found"] == 2 and some.notes[0].values["n"] == 1
    none = quality.search(people, "zzzzzz")
    assert len(none.table) == 0 and none.facts["best"] is None
    for lang in ("id", "en"):
        for depth in ("short", "method", "reference"):
            assert found.explain(lang, depth) and none.explain(lang, depth)
        found.figure(lang)


def test_searching_wrongly():
    people = pd.DataFrame({"name": ["Budi"], "n": [1]})
    for options, code in (
        ({"query": " . "}, "quality.empty_query"),
        ({"query": "a", "columns": ["nam"]}, "quality.unknown_column"),
        ({"query": "a", "least": 0}, "quality.bad_share"),
        ({"query": "a", "n": 0}, "quality.bad_limit"),
    ):
        with pytest.raises(UserError) as caught:
            quality.search(people, **options)
        assert caught.value.code == code
    with pytest.raises(UserError) as caught:
        quality.search(people[["n"]], "1")
    assert caught.value.code == "quality.nothing_to_search"


def test_a_complaint_that_is_open_has_no_end_and_that_is_no_fault():
    days = pd.to_datetime(["2020-01-01"] * 10)
    complaints = pd.DataFrame({"complained_at": days, "resolved_at": [*days[:5], *[None] * 5]})
    review = quality.required_data({"keluhan": complaints}, needs={"q": ["complained_at", "resolved_at"]})
    assert review.facts["ready"] == 2


def test_a_real_shop_can_answer_nearly_everything():
    tables = dict(crm.datasets.load_retail(layer="clean").tables)
    review = quality.required_data(tables)
    assert review.facts["gap"] == 0 and review.facts["answerable"] >= 14
    without = quality.required_data({k: v for k, v in tables.items() if k != "consents"})
    assert "whom_may_we_contact" in set(review.params["answerable"]) - set(without.params["answerable"])
