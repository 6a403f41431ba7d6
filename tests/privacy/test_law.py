"""Clock, cap, classes and checklists: the worked numbers."""

import json

import pandas as pd
import pytest

from crmlab.errors import UserError
from crmlab.privacy import (
    PRINCIPLES,
    Checklist,
    Role,
    breach_deadline,
    compare_checklists,
    cookie_funnel,
    data_classes,
    fine_cap,
    role_view,
    sign,
    verify,
)


def test_three_times_24_hours_from_knowing():
    found = breach_deadline("2024-03-02 09:00", timezone="WIB", now="2024-03-04 21:00")
    assert found.facts["due_at"].isoformat() == "2024-03-05T09:00:00+07:00"
    assert found.facts["hours_left"] == 12
    zones = found.table.set_index("time_zone")["due_at"].astype(str).to_dict()
    assert zones == {"WIB": "2024-03-05 09:00:00", "WITA": "2024-03-05 10:00:00", "WIT": "2024-03-05 11:00:00"}
    assert "5 March 2024" in str(found.explain("en", "short"))
    assert "not legal advice" in found.notes[0].render("en")
    assert "bukan nasihat hukum" in found.notes[0].render("id")


@pytest.mark.parametrize(
    ("known", "zone", "due"),
    [
        ("2024-05-06 21:40", "WIB", "2024-05-09T21:40:00+07:00"),  # the hospital's drill
        ("2024-02-28 23:59", "WIT", "2024-03-02T23:59:00+09:00"),  # a leap year
        ("2024-05-06T21:40:00+07:00", "WITA", "2024-05-09T22:40:00+08:00"),
    ],
)
def test_deadlines(known, zone, due):
    assert breach_deadline(known, timezone=zone).facts["due_at"].isoformat() == due


def test_too_late_is_said():
    assert breach_deadline("2024-03-02 09:00", timezone="WIB", now="2024-03-05 09:01").facts["late"]
    with pytest.raises(UserError):
        breach_deadline("yesterday", timezone="WIB")
    with pytest.raises(UserError):
        breach_deadline("2024-03-02", timezone="CEST?")


def test_two_per_cent_of_100_miliar():
    found = fine_cap(100_000_000_000)
    assert found.facts["cap"] == 2_000_000_000
    assert "Rp2.000.000.000" in str(found.explain("id", "method"))
    for wrong in (-1, float("nan"), float("inf"), True):
        with pytest.raises(UserError):
            fine_cap(wrong)


def test_specific_and_general_data():
    table = pd.DataFrame(
        {
            "no_rm": ["1"],
            "Golongan Darah": ["O"],
            "sidik_jari": ["x"],
            "gaji": [1],
            "nama_anak": ["A"],
            "SKCK": ["-"],
            "jenis_kelamin": ["L"],
            "agama": ["x"],
            "No. HP": ["x"],
            "kontak": ["siti@contoh.id"],
            "product": ["pan"],
            "amount": [1],
        }
    )
    found = data_classes(table).table.set_index("column")
    assert found["data_class"].tolist() == ["specific"] * 6 + ["general"] * 4 + ["none"] * 2
    assert found["kind"].tolist()[:6] == ["health", "health", "biometric", "finance", "child", "crime"]
    assert found.loc["kontak", "found_by"] == "content"


def met(n):
    return {p: {"met": True, "evidence": f"document {i}"} for i, p in enumerate(list(PRINCIPLES)[:n])}


def test_six_of_nine_are_two_thirds():
    found = Checklist("PT XYZ", "2020-12-31", met(6)).result()
    assert (found.facts["items"], found.facts["met"], found.facts["gaps"]) == (9, 6, 3)
    assert round(100 * found.facts["score"], 1) == 66.7
    assert found.facts["oecd_items"] == 8
    assert "66,7%" in str(found.explain("id", "short"))
    assert "delapan" in found.notes[0].render("id")


def test_met_without_evidence_and_blanks_do_not_count():
    found = Checklist(
        "x", "2020", {"access": True, "security": {"met": True, "evidence": " "}, "openness": None}
    ).result()
    assert (found.facts["met"], found.facts["unproven"], found.facts["open"]) == (0, 2, 7)
    for wrong in ({"acces": True}, {"access": "yes"}):
        with pytest.raises(UserError):
            Checklist("x", "2020", wrong)


def test_answers_are_kept_and_compared(tmp_path):
    first = Checklist.load(Checklist("PT XYZ", "2019-12-31", met(4)).save(tmp_path / "2019.json"))
    changed = {**met(6), "purpose_specification": False}
    second = Checklist.load(Checklist("PT XYZ", "2020-12-31", changed).save(tmp_path / "2020.json"))
    found = compare_checklists([second, first])
    assert found.facts["gained"] == ("use_limitation", "openness")
    assert found.facts["lost"] == ("purpose_specification",)
    assert round(found.facts["change_points"], 1) == 11.1
    (tmp_path / "broken.json").write_text(json.dumps({"name": "x"}))
    with pytest.raises(UserError):
        Checklist.load(tmp_path / "broken.json")
    with pytest.raises(UserError):
        compare_checklists([first])


def test_380_of_1000_visits_may_be_analysed():
    found = cookie_funnel(visits=1000, consented=380)
    assert found.facts["consent_share"] == 0.38
    assert found.facts["consent_share_low"] < 0.38 < found.facts["consent_share_high"]
    assert "38.0%" in str(found.explain("en", "short"))
    events = pd.DataFrame(
        {"session_id": [1, 1, 2, 2, 3, None], "cookie_consent": [True, True, True, False, None, True]}
    )
    assert cookie_funnel(events).facts["consented"] == 1
    with pytest.raises(UserError):
        cookie_funnel(visits=10, consented=11)


def test_a_role_sees_its_region_and_masked_phones():
    table = pd.DataFrame({"region": ["west"] * 120 + ["east"] * 280, "phone": ["081234567890"] * 400, "salary": 1})
    roles = [
        Role("sales_west", {"region": ["west"]}, columns=["region", "phone"]),
        Role("data_officer", unmasked=["phone"]),
    ]
    seen = role_view(table, roles, "sales_west")
    assert (seen.facts["rows"], seen.facts["seen"]) == (400, 120)
    assert seen.table["phone"].unique().tolist() == ["0812•••••890"]
    assert "salary" not in seen.table
    assert role_view(table, roles, "data_officer").table["phone"].iloc[0] == "081234567890"
    with pytest.raises(UserError, match="sees nothing"):
        role_view(table, roles, "intern")


def test_one_altered_byte_breaks_the_seal(tmp_path):
    report, key = tmp_path / "report.html", bytes(32)
    report.write_bytes(b"NPS 32")
    sign(report, key)
    assert verify(report, key)
    assert not verify(report, bytes(31) + b"\x01")
    report.write_bytes(b"NPS 33")
    assert not verify(report, key)
    (tmp_path / "report.html.seal").unlink()
    with pytest.raises(UserError):
        verify(report, key)
