"""The planted look-ups are found, and nothing else; what is usual for a role is no reason; what is refused."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from crmlab import UserError
from crmlab.analytics import access, reports

TRUTH = Path(__file__).parents[3] / "datasets" / "hospital" / "S" / "truth" / "suspicious_access.parquet"


def test_the_planted_look_ups(clinic):  # H-T19
    people = clinic["patients"]
    vip = people.loc[people["vip"], "patient_id"]
    known = pd.read_parquet(TRUTH)["access_id"]
    found = access.suspicious(clinic["access_log"], clinic["visits"], sensitive=vip, truth=known)
    assert set(found.table["access_id"]) == set(known) and len(known) == 2
    facts = found.facts
    assert facts["precision"] == facts["recall"] == facts["first_precision"] == facts["first_recall"] == 1.0
    assert facts["precision_low"] < 0.35  # two of two prove little
    assert facts["exports"] == 1 and "access.note.person_judges" in [n.code for n in found.notes]
    assert set(found.table["finding"]) == {"ask_first"}


def test_the_call_centre_looks_without_a_visit(clinic):
    rows = access.baseline(clinic["access_log"], clinic["visits"]).table.set_index("role")
    assert rows.loc["call_centre", "unexplained_share"] > 0.9 and rows.loc["nurse", "unexplained_share"] < 0.01


def log(rows):
    table = pd.DataFrame(rows, columns=["at", "user_id", "role", "patient_id"])
    return table.assign(access_id=range(1, len(table) + 1), at=pd.to_datetime(table["at"]))


SEEN = pd.DataFrame({"patient_id": [1], "checked_in_at": ["2024-03-04 09:00"]})


def test_a_visit_explains_some_days_after_it_and_some_before():
    rows = log([(f"2024-03-{d:02d} 10:00", 5, "nurse", 1) for d in (3, 4, 7, 8)])
    odd = access.suspicious(rows, SEEN, sensitive=[1])
    assert odd.table["at"].dt.day.tolist() == [3, 8]
    assert access.suspicious(rows, SEEN, sensitive=[1], days_before=1).table["at"].dt.day.tolist() == [8]


def test_nothing_odd_is_an_empty_list():
    found = access.suspicious(log([("2024-03-04 10:00", 5, "nurse", 1)]), SEEN)
    assert found.facts["flagged"] == 0 and found.facts["precision"] is None
    assert found.explain("en") and found.figure("en")


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("no_table", lambda: access.baseline(3, SEEN)),
        ("missing_column", lambda: access.baseline(SEEN, SEEN)),
        ("empty", lambda: access.baseline(log([]), SEEN)),
        ("bad_times", lambda: access.baseline(log([("2024-03-04", 5, "nurse", 1)]).assign(at="soon"), SEEN)),
        ("bad_days", lambda: access.baseline(log([("2024-03-04", 5, "nurse", 1)]), SEEN, days_after=-1)),
    ],
)
def test_refused(code, call):
    with pytest.raises(UserError) as caught:
        call()
    assert caught.value.code == f"access.{code}"
    assert all(caught.value.render(lang) for lang in ("id", "en"))


# -- the telephone -----------------------------------------------------------------------------------------------------


def test_the_worked_telephone():  # F19 and H-T24
    rows = reports.staffing(100, 180, agents=[6, 7, 8]).table.set_index("agents")
    assert (100 * rows["service_level_share"]).round(2).tolist() == [47.43, 74.04, 88.01]
    assert round(100 * rows.loc[7, "waiting_share"], 2) == 32.41 and round(rows.loc[7, "mean_wait_seconds"], 1) == 29.2
    assert reports.staffing(100, 180).facts["needed"] == 8


def test_a_log_of_few_days_has_no_interval(clinic):
    found = reports.staffing(100, 180, agents=[6, 7, 8], log=clinic["calls"])
    assert found.table["seen_share_low"].isna().all() and found.facts["days"] == 4
    many = clinic["calls"].assign(
        called_at=pd.date_range("2024-01-01 08:00", periods=len(clinic["calls"]), freq="15min")
    )
    row = reports.staffing(100, 180, agents=[8], log=many).table.iloc[0]
    assert row["seen_share_low"] < row["seen_share"] < row["seen_share_high"]


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("too_few_agents", lambda: reports.staffing(100, 180, agents=[5])),
        ("bad_amount", lambda: reports.staffing(0, 180)),
        ("bad_target", lambda: reports.staffing(100, 180, target=80)),
    ],
)
def test_staffing_refused(code, call):
    with pytest.raises(UserError) as caught:
        call()
    assert caught.value.code == f"reports.{code}"
    assert "8" not in caught.value.code and all(caught.value.render(lang) for lang in ("id", "en"))
