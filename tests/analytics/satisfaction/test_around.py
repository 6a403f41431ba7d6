"""Around the scores: staff and customers, self-service, a higher price, the experience table."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlab.analytics import satisfaction as S
from crmlab.errors import UserError


def refused(code, call):
    with pytest.raises(UserError) as caught:
        call()
    assert caught.value.code == f"satisfaction.{code}"
    assert all(caught.value.render(lang) for lang in ("id", "en"))
    return caught.value


# -- employees' experience against customers' satisfaction ------------------------------------------------------------


def units(staff, happy, n=20):
    said = [{"unit": u, "csat": 5 if k < h else 2} for u, h in happy.items() for k in range(n)]
    return pd.DataFrame({"unit": list(staff), "score": list(staff.values())}), pd.DataFrame(said)


STAFF = dict(zip("abcdefgh", [3.0, 3.2, 3.5, 3.6, 3.8, 4.0, 4.1, 4.4], strict=True))
HAPPY = dict(zip("abcdefgh", [9, 12, 11, 13, 15, 13, 17, 18], strict=True))


def test_the_correlation_is_pearsons_with_fishers_interval():
    """Row Y06: r with its interval and n."""
    staff, answers = units(STAFF, HAPPY)
    facts = S.staff_link(staff, answers, by="unit").facts
    r = np.corrcoef(list(STAFF.values()), [h / 20 for h in HAPPY.values()])[0, 1]
    half = 1.959964 / np.sqrt(8 - 3)
    assert facts["correlation"] == pytest.approx(r)
    assert facts["correlation_low"] == pytest.approx(np.tanh(np.arctanh(r) - half), abs=1e-6)
    assert facts["correlation_high"] == pytest.approx(np.tanh(np.arctanh(r) + half), abs=1e-6)
    assert (facts["units"], facts["n"], facts["verdict"]) == (8, 160, "real")
    assert facts["units_needed"] == 30  # (1.96 + 0.84)² / atanh(0.5)² + 3 = 29.01


def test_waves_are_weighed_by_how_many_answered():
    staff, answers = units(STAFF, HAPPY)
    waves = pd.concat([staff.assign(score=5.0, answers=1), staff.assign(answers=9)])
    found = S.staff_link(waves, answers, by="unit", staff_answers="answers").table.set_index("unit")
    assert found.loc["a", "staff_score"] == pytest.approx((5 + 9 * 3.0) / 10) and found.loc["a", "staff_n"] == 10


def test_small_units_are_left_out_and_told():
    staff, answers = units(STAFF, HAPPY)
    answers = pd.concat([answers[answers["unit"] != "h"], answers[answers["unit"] == "h"].head(9)])
    found = S.staff_link(staff, answers, by="unit")
    assert found.facts["units"] == 7 and "h" not in set(found.table["unit"])
    note = next(note for note in found.notes if note.code == "satisfaction.note.units_left_out")
    assert note.values["n"] == 1 and note.render("id") and note.render("en")


def test_few_units_are_refused():
    staff, answers = units(dict(list(STAFF.items())[:5]), HAPPY)
    assert "5" in refused("few_paired_units", lambda: S.staff_link(staff, answers, by="unit")).render("en")
    flat = units(dict.fromkeys(STAFF, 3.0), HAPPY)
    refused("all_units_alike", lambda: S.staff_link(*flat, by="unit"))
    odd, answers = units({**STAFF, "b": "many"}, HAPPY)
    assert refused("not_numbers", lambda: S.staff_link(odd, answers, by="unit")).rows == (2,)


def test_the_hospitals_units_show_nothing_sure(clinic, answers):
    """Nothing is planted between the two: the interval must not leave out none."""
    found = S.staff_link(clinic["staff_survey"], answers, by="unit_id", staff_answers="answers")
    assert found.facts["units"] == 12 and found.facts["verdict"] == "noise"
    assert found.facts["correlation_low"] < 0 < found.facts["correlation_high"]


# -- self-service -----------------------------------------------------------------------------------------------------


def test_three_of_five_serve_themselves():
    """Row Y07: 300 / (300 + 200) = 60.0 %."""
    facts = S.deflection({"self_served": 300, "assisted": 200}).facts
    assert round(100 * facts["deflection_share"], 1) == 60.0
    assert facts["deflection_share_low"] < 0.6 < facts["deflection_share_high"]
    table = pd.DataFrame({"channel": ["faq"] * 300 + ["desk"] * 120 + ["phone"] * 80})
    same = S.deflection(table, self_service=["faq"]).facts
    assert {k: same[k] for k in facts if k != "n"} == {k: facts[k] for k in facts if k != "n"} and same["n"] == 500


def matters():
    return pd.DataFrame(
        [
            ("a", "faq", "2024-01-01"), ("a", "phone", "2024-01-04"),  # did not help
            ("b", "faq", "2024-01-01"), ("b", "phone", "2024-02-01"),  # another matter
            ("c", "phone", "2024-01-01"), ("c", "faq", "2024-01-02"),  # the other way round
            (None, "faq", "2024-01-01"), ("d", "faq", "2024-01-01"),
        ],
        columns=["who", "channel", "at"],
    )  # fmt: skip


def test_what_comes_back_soon_was_not_settled():
    plain = S.deflection(matters(), self_service=["faq"], customer="who").facts
    checked = S.deflection(matters(), self_service=["faq"], customer="who", at="at").facts
    assert (plain["self_served"], plain["assisted"], plain["came_back"]) == (5, 3, 0)
    assert (checked["self_served"], checked["assisted"], checked["came_back"]) == (4, 4, 1)
    patient = S.deflection(matters(), self_service=["faq"], customer="who", at="at", within_days=40).facts
    assert patient["came_back"] == 2


def test_groups_and_total_add_up(clinic):
    booked = clinic["appointments"].assign(year=lambda t: pd.to_datetime(t["booked_on"]).dt.year)
    found = S.deflection(booked, self_service=["web"], by="year", customer="patient_id")
    members, total = found.table[found.table["row"] == "member"], found.table.iloc[-1]
    for column in ("n", "self_served", "assisted"):
        assert members[column].sum() == total[column]
    assert total["n"] == len(booked) and total["deflection_share"] == total["self_served"] / total["n"]
    # several bookings of a person are not independent
    alone = S.deflection(booked, self_service=["web"]).facts
    width = found.facts["deflection_share_high"] - found.facts["deflection_share_low"]
    assert width > alone["deflection_share_high"] - alone["deflection_share_low"]


def test_channels_must_be_told():
    refused("no_self_service", lambda: S.deflection(matters()))
    refused("no_self_service", lambda: S.deflection(matters(), self_service=["faq", "phone"]))
    assert "faq" in refused("unknown_channel", lambda: S.deflection(matters(), self_service=["fag"])).near
    refused("missing_column", lambda: S.deflection({"self_served": 3}))
    refused("empty", lambda: S.deflection({"self_served": 0, "assisted": 0}))
    refused("bad_number", lambda: S.deflection({"self_served": -1, "assisted": 2}))
    few = S.deflection({"self_served": 2, "assisted": 1}).facts
    assert few["verdict"] == "too_few" and few["n"] == 3


# -- a higher price ---------------------------------------------------------------------------------------------------


def test_sixteen_percent_on_fifty_thousand():
    """Row Y08: 50,000 becomes 58,000 at 16 %."""
    found = S.willing_to_pay(50_000)
    assert found.facts["new_price"] == 58_000
    assert found.facts["break_even_loss_share"] == pytest.approx(8 / 58)
    assert S.willing_to_pay(50_000, cost=40_000).facts["break_even_loss_share"] == pytest.approx(8 / 18)
    assert found.table["new_price"].tolist() == [50_000, 52_000, 54_000, 56_000, 58_000]


def test_what_people_say_they_would_pay():
    said = pd.DataFrame({"premium_share": [0.0] * 40 + [0.08] * 35 + [0.16] * 25 + [None]})
    found = S.willing_to_pay(50_000, answers=said, cost=25_000)
    assert found.facts["n"] == 100
    by = found.table.set_index(found.table["premium_share"].round(2))
    assert by.loc[0.08, "willing_share"] == 0.60 and by.loc[0.16, "willing_share"] == 0.25
    assert by.loc[0.16, "willing_share_low"] < 0.25 < by.loc[0.16, "willing_share_high"]
    assert by.loc[0.16, "profit_index"] == pytest.approx(100 * 0.25 * 33_000 / 25_000)
    assert found.facts["best_premium_share"] == 0 and found.facts["verdict"] == "real"
    few = S.willing_to_pay(50_000, answers=said.tail(4))
    assert few.facts["verdict"] == "too_few" and few.facts["willing_share"] is None


@given(st.floats(1, 1e9), st.floats(0.001, 1), st.floats(0, 0.999))
def test_at_the_break_even_the_profit_is_the_same(price, premium, part):
    cost = price * part
    facts = S.willing_to_pay(price, premium, cost=cost).facts
    stay = 1 - facts["break_even_loss_share"]
    assert 0 < stay < 1 and stay * (facts["new_price"] - cost) == pytest.approx(price - cost, rel=1e-6, abs=1e-5)


def test_a_premium_is_a_share():
    assert "0.16" in refused("premium_percent", lambda: S.willing_to_pay(50_000, 16)).render("en")
    refused("premium_percent", lambda: S.willing_to_pay(5, answers=pd.DataFrame({"premium_share": [16, 0]})))
    refused("cost_above_price", lambda: S.willing_to_pay(50, cost=50))
    refused("bad_number", lambda: S.willing_to_pay(-5))
    wrong = pd.DataFrame({"premium_share": [0.1, "a lot", -0.1]})
    assert refused("not_numbers", lambda: S.willing_to_pay(5, answers=wrong)).rows == (2, 3)


# -- the experience table ---------------------------------------------------------------------------------------------

WHO, WHERE = ["adult", "child"], ["drive_thru", "counter"]


def test_two_by_two_is_four_rows():
    """Row X02: 2 × 2 personas and situations give 4 rows; nothing that is empty is a zero."""
    found = S.experience_table(WHO, WHERE)
    assert len(found.table) == 4 and found.facts["rows"] == 4 and found.facts["incomplete"] == 4
    assert found.table[list(S.FIELDS)].isna().all(axis=None)
    assert list(zip(found.table["persona"], found.table["situation"], strict=True)) == [
        (who, where) for who in WHO for where in WHERE
    ]


def test_a_row_is_complete_when_all_is_said():
    whole = dict.fromkeys(S.FIELDS, "said")
    plan = {("adult", "counter"): whole, ("child", "counter"): {**whole, "measured_by": "  "}}
    found = S.experience_table(WHO, WHERE, plan)
    assert (found.facts["complete"], found.facts["filled"]) == (1, 7)
    again = S.experience_table(WHO, WHERE, found.table)  # what it gave can be filled on
    pd.testing.assert_frame_equal(again.table, found.table)


def test_what_customers_said_stands_beside():
    rows = [("adult", "counter", 5)] * 12 + [("adult", "counter", 2)] * 8 + [("child", "counter", 5)] * 15
    answers = pd.DataFrame([*rows, ("adult", "web", 1)], columns=["persona", "situation", "csat"])
    found = S.experience_table(WHO, WHERE, answers=answers)
    by = found.table.set_index(["persona", "situation"])
    assert by.loc[("adult", "counter"), "csat"] == 0.6 and by.loc[("adult", "drive_thru"), "n"] == 0
    assert np.isnan(by.loc[("adult", "drive_thru"), "csat"]) and by.loc[("adult", "drive_thru"), "verdict"] == "too_few"
    assert (found.facts["worst_persona"], found.facts["worst_csat"], found.facts["n"]) == ("adult", 0.6, 35)
    assert [n.values["n"] for n in found.notes if n.code.endswith("outside_table")] == [1]


def test_names_that_do_not_fit_are_refused():
    assert "adult" in refused("not_in_table", lambda: S.experience_table(WHO, WHERE, {("adlt", "counter"): {}})).near
    refused("unknown_field", lambda: S.experience_table(WHO, WHERE, {("adult", "counter"): {"measured": "x"}}))
    refused("not_a_list", lambda: S.experience_table("adult", WHERE))
    refused("not_a_list", lambda: S.experience_table(["a", "a"], WHERE))
