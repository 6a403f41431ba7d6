"""What the room of appointments refuses, in its exact words."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from crmlab import UserError
from crmlab.analytics import appointments
from crmlab.regression import fit_logit

BOOK = pd.DataFrame(
    {"appointment_id": [1, 2], "patient_id": [1, 2], "scheduled_at": "2024-01-02", "status": ["attended", "no_show"]}
)
OUT = pd.DataFrame(
    {"missed": [0, 1, 0, 1], "reminded": [1, 1, 0, 0], "lead_days": [1, 2, 3, 4], "arm": ["a", "a", "b", "b"]}
)
VISITS = pd.DataFrame({"checked_in_at": ["2024-01-01", "2024-02-01"] * 20, "hit": [0, 1] * 20})


def told(lang, call, *args, **values):
    with pytest.raises(UserError) as caught:
        call(*args, **values)
    return caught.value.code, caught.value.render(lang)


def test_a_column_that_is_missing():
    code, said = told("en", appointments.outcomes, BOOK.rename(columns={"status": "stat"}))
    assert code == "frames.missing_column"
    assert (
        "This analysis needs the columns status." in said and "Rename the table's columns." in said and "stat" in said
    )


def test_a_status_that_is_not_known():
    code, said = told("id", appointments.outcomes, BOOK.assign(status=["hadir", "no_show"]))
    assert code == "appointments.bad_status" and "Status ini tidak dikenal." in said
    assert "hadir" in said and "batal bukan tidak hadir" in said and "1" in said


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("frames.no_table", lambda: appointments.outcomes(3)),
        ("frames.empty", lambda: appointments.outcomes(BOOK.iloc[:0])),
        ("twice", lambda: appointments.outcomes(pd.concat([BOOK, BOOK]))),
        ("none_kept", lambda: appointments.outcomes(BOOK.assign(status="cancelled"))),
        ("frames.bad_times", lambda: appointments.outcomes(BOOK.assign(scheduled_at="soon"))),
        ("no_arm", lambda: appointments.trial(OUT, treated="x", control="b")),
        ("one_group", lambda: appointments.adjusted(OUT.assign(reminded=1), on=["lead_days"])),
        ("own_cause", lambda: appointments.adjusted(OUT, on=["reminded"])),
        ("no_like", lambda: appointments.adjusted(OUT, on=["lead_days"])),
        ("frames.bad_number", lambda: appointments.overbooking(0, 0.2)),
        ("frames.bad_number", lambda: appointments.overbooking(20, 1.2)),
        ("one_cost", lambda: appointments.overbooking(20, 0.2, idle_cost=3)),
        ("no_waits", lambda: appointments.waiting(pd.DataFrame({"wait_minutes": [None, -3.0]}))),
        (
            "bad_interval",
            lambda: appointments.before_after(VISITS, outcome="hit", since="2024-01-15", interval="exact"),
        ),
        ("wald_small", lambda: appointments.before_after(VISITS, outcome="hit", since="2024-01-15", interval="wald")),
        ("no_period", lambda: appointments.before_after(VISITS, outcome="hit", since="2025-01-15")),
        ("frames.bad_day", lambda: appointments.before_after(VISITS, outcome="hit", since="soon")),
        ("not_yes_or_no", lambda: appointments.defects(VISITS.assign(hit="no"), defect="hit")),
        ("few_answers", lambda: appointments.wait_scores(pd.DataFrame({"wait_minutes": [1.0], "csat": [3]}))),
        ("off_scale", lambda: appointments.wait_scores(pd.DataFrame({"wait_minutes": range(40), "csat": [3, 9] * 20}))),
        ("one_answer", lambda: appointments.wait_scores(pd.DataFrame({"wait_minutes": range(40), "csat": 3}))),
        ("no_spread", lambda: appointments.wait_scores(pd.DataFrame({"wait_minutes": 5, "csat": [3, 4] * 20}))),
    ],
)
def test_refused(code, call):
    with pytest.raises(UserError) as caught:
        call()
    assert caught.value.code == (code if "." in code else f"appointments.{code}")
    assert all(caught.value.render(lang) for lang in ("id", "en"))


def test_a_steep_slope_over_a_long_range_is_no_separation():
    rng = np.random.default_rng(5)
    table = pd.DataFrame({"log_amount": rng.normal(12, 2.2, 3000), "vip": rng.random(3000) < 0.1})
    table.loc[:2, "log_amount"] = [0, 25, 30]
    table["y"] = (rng.random(3000) < 1 / (1 + np.exp(14 - 1.2 * table["log_amount"]))).astype(int)
    row = fit_logit(table, "y", ["log_amount"]).odds()[0]
    assert row["log_ratio"] * np.ptp(table["log_amount"]) > 30
    assert row["log_ratio"] - 2 * row["standard_error"] < 1.2 < row["log_ratio"] + 2 * row["standard_error"]
    for told in (table["vip"], table["vip"] & (rng.random(3000) < 0.5)):  # one tells all, one a part
        with pytest.raises(UserError) as caught:
            fit_logit(table.assign(y=told.astype(int), noise=rng.normal(size=3000).round(1)), "y", ["vip", "noise"])
        assert (caught.value.code, caught.value.found) == ("regression.separated", ["vip"])


def test_regressions_without_an_answer():
    table = pd.DataFrame({"x": [0, 0, 1, 1] * 5, "y": [0, 0, 1, 1] * 5, "z": 1})
    for code, on in (("separated", ["x"]), ("constant", ["z"]), ("no_columns", [])):
        with pytest.raises(UserError) as caught:
            appointments.fit_no_shows(table, on=on, outcome="y")
        assert caught.value.code == f"regression.{code}"
    with pytest.raises(UserError) as caught:
        appointments.fit_no_shows(table.assign(y=[0, 1] * 10, w=1 - table["x"]), on=["x", "w"], outcome="y")
    assert caught.value.code == "regression.same_columns"
    model = appointments.fit_no_shows(table.assign(y=[0, 1, 1, 0] * 5, g=list("aabb") * 5), on=["g"], outcome="y")
    with pytest.raises(UserError) as caught:
        model.predict(pd.DataFrame({"g": ["c"]}))
    assert caught.value.code == "regression.unknown_value" and "“" not in caught.value.code
