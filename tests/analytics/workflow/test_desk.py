"""Escalation, assignment, values reached, contacts, records, the checklist: worked numbers, traps, what is refused."""

from __future__ import annotations

import random

import pandas as pd
import pytest

from crmlab import UserError, forms
from crmlab.analytics import workflow

NOW = "2020-12-31 00:00"


def tickets(ages, now=NOW, **more):
    opened = [pd.Timestamp(now) - pd.Timedelta(a, "h") for a in ages]
    return pd.DataFrame({"ticket_id": range(1, len(ages) + 1), "opened_at": opened, **more})


# -- escalation --------------------------------------------------------------------------------------------------------


def test_escalation_as_worked():  # mission map C04: SLA 24/48 h, ages 3, 26, 50
    found = workflow.escalate(tickets([3, 26, 50]), as_of=NOW)
    assert found.table["send_to"].tolist() == [None, "supervisor", "manager"]
    assert found.table["next_in_hours"].tolist()[:2] == [21, 22]


def test_exactly_at_the_limit_is_in_time():
    assert workflow.escalate(tickets([24, 48]), as_of=NOW).table["send_to"].tolist() == [None, "supervisor"]


def test_working_hours_leave_out_nights_weekends_and_holidays():
    # Christmas 2020 is a Friday: from Thursday 16:00 to Monday 10:00 there are 1 + 2 hours of 8 to 17
    opened = pd.DataFrame({"ticket_id": [1], "opened_at": pd.to_datetime(["2020-12-24 16:00"])})
    asked = {"as_of": "2020-12-28 10:00", "working": (8, 17)}
    assert workflow.escalate(opened, **asked).table["hours_open"].tolist() == [3]
    assert workflow.escalate(opened, **asked, weekend=("sunday",)).table["hours_open"].tolist() == [12]
    assert workflow.escalate(opened, as_of=asked["as_of"]).table["hours_open"].tolist() == [90]
    # whole working days: what is left of Thursday, and Monday until 10
    assert workflow.escalate(opened, as_of=asked["as_of"], working=(0, 24)).table["hours_open"].tolist() == [18]


def test_working_hours_against_a_count_by_the_minute():
    from crmlab import calendar

    draw = random.Random(5)
    start = pd.Timestamp("2020-05-18")  # Ascension Day, Idul Fitri
    for _ in range(12):
        a, b = sorted(start + pd.Timedelta(draw.randrange(14 * 1440), "min") for _ in range(2))
        table = pd.DataFrame({"ticket_id": [1], "opened_at": [a]})
        got = workflow.escalate(table, as_of=b, working=(8, 17)).table["hours_open"].iloc[0]
        minutes = pd.date_range(a, b, freq="min", inclusive="left")
        works = sum(8 <= m.hour < 17 and m.weekday() < 5 and not calendar.holiday(m.date()) for m in minutes)
        assert got == pytest.approx(works / 60)


def test_young_tickets_do_not_flatter():
    """Of ten a day old or more half were in time; twenty of this morning are done, as only quick ones can be."""
    old = tickets([100] * 10)
    old["resolved_at"] = [o + pd.Timedelta(h, "h") for o, h in zip(old["opened_at"], [5, 40] * 5, strict=True)]
    young = tickets([6] * 20)
    young["resolved_at"] = young["opened_at"] + pd.Timedelta(1, "h")
    young["ticket_id"] += 100
    facts = workflow.escalate(pd.concat([old, young]), as_of=NOW).facts
    assert (facts["kept"], facts["judged"], facts["too_young"], facts["kept_share"]) == (5, 10, 20, 0.5)


def test_what_was_resolved_later_was_open_then():
    table = tickets([30, -5])
    table["resolved_at"] = pd.Timestamp(NOW) + pd.Timedelta(9, "h")
    found = workflow.escalate(table, as_of=NOW)
    assert found.table["state"].tolist() == ["still_open"]
    assert [n.code for n in found.notes] == ["workflow.note.not_yet"]


# -- assignment --------------------------------------------------------------------------------------------------------


def test_assignment_as_worked():  # mission map C04: free capacity 1, 6, 4 -> B
    found = workflow.assign(pd.DataFrame({"lead_id": [1]}), {"A": 1, "B": 6, "C": 4})
    assert found.table.loc[0, ["sales_rep", "free_before", "assigned_because"]].tolist() == ["B", 6, "most_free"]


def test_ties_and_the_queue():
    found = workflow.assign(pd.DataFrame({"lead_id": range(6)}), {"A": 1, "B": 3, "C": 1})
    assert found.table["sales_rep"].tolist() == ["B", "B", "A", "C", "B", None]
    assert found.table["assigned_because"].tolist() == [
        "most_free", "most_free", "first_named", "fewest_given", "most_free", "nobody_free",
    ]  # fmt: skip
    assert found.facts["queued"] == 1 and found.facts["evenness"] == 1  # everybody's room is full
    uneven = workflow.assign(pd.DataFrame({"lead_id": range(3)}), {"A": 9, "B": 3, "C": 3}).facts
    assert uneven["evenness"] == pytest.approx(1 / 3)


def test_the_best_lead_goes_first_and_to_its_own_territory():
    leads = pd.DataFrame({"lead_id": [1, 2, 3, 4], "fit_score": [50, None, 90, 60]})
    leads["territory"] = ["west", "west", "west", "north"]
    reps = pd.DataFrame({"sales_rep": ["A", "B"], "capacity": [3, 9], "in_hand": [2, 0], "territory": ["west", "east"]})
    found = workflow.assign(leads, reps, first="fit_score", match="territory").table
    assert found["lead_id"].tolist() == [3, 4, 1, 2]
    assert found["sales_rep"].tolist() == ["A", None, None, None]
    assert found["assigned_because"].tolist()[1:3] == ["nobody_there", "nobody_free"]


def test_nobody_gets_more_than_his_room():
    rng = random.Random(3)
    for _ in range(30):
        room = {f"r{k}": rng.randrange(5) for k in range(rng.randrange(1, 6))}
        n = rng.randrange(1, 20)
        found = workflow.assign(pd.DataFrame({"lead_id": range(n)}), room)
        given = found.table["sales_rep"].value_counts()
        assert all(given.get(r, 0) <= free for r, free in room.items())
        assert found.facts["queued"] == max(0, n - sum(room.values()))


# -- values reached ----------------------------------------------------------------------------------------------------

JT = 1_000_000
SALES = pd.DataFrame(
    {"customer_id": 7, "order_id": [1, 2, 3, 4], "ordered_at": pd.date_range("2020-01-01", periods=4),
     "amount": [3.2 * JT, 4.1 * JT, 1.9 * JT, 1.5 * JT]}
)  # fmt: skip


def more(*rows):
    return pd.concat([SALES, pd.DataFrame(rows, columns=list(SALES.columns))], ignore_index=True)


def test_watching_as_worked():  # mission map N04: 3.2 / 4.1 / 1.9 / 1.5 against 10 million: the 4th, at 10.7, once
    found = workflow.watch(SALES, [10 * JT])
    assert found.table[["sale_number", "running_total"]].values.tolist() == [[4, 10.7 * JT]]


def test_once_though_a_return_takes_it_below_and_a_sale_above_again():
    sales = more((7, 5, pd.Timestamp("2020-02-01"), -2 * JT), (7, 6, pd.Timestamp("2020-02-02"), 3 * JT))
    assert len(workflow.watch(sales, [10 * JT]).table) == 1
    below = workflow.watch(sales[:5], [10 * JT])
    assert below.table["below_now"].tolist() == [True] and below.facts["below"] == 1


def test_dates_out_of_order_and_rows_loaded_twice():
    shuffled = SALES.iloc[[3, 1, 0, 2]]
    found = workflow.watch(pd.concat([shuffled, shuffled]), [10 * JT])
    assert found.table[["sale_number", "running_total"]].values.tolist() == [[4, 10.7 * JT]]
    assert {n.code for n in found.notes} == {"workflow.note.loaded_twice", "workflow.note.out_of_order"}


def test_loaded_again_nothing_is_new():
    first = workflow.watch(SALES, [5 * JT, 10 * JT])
    again = workflow.watch(more((7, 5, pd.Timestamp("2020-03-01"), 9 * JT)), [5 * JT, 10 * JT, 15 * JT], fired=first)
    assert first.facts["new"] == 2
    assert again.table.loc[again.table["is_new"], "threshold"].tolist() == [15 * JT]
    # a late return undoes what was told; the message is out
    gone = workflow.watch(more((7, 5, pd.Timestamp("2019-01-01"), -9 * JT)), [5 * JT, 10 * JT], fired=first)
    assert [n.values["n"] for n in gone.notes if n.code == "workflow.note.gone"] == [2]


def test_two_levels_in_one_sale():
    assert workflow.watch(SALES[:1], [1 * JT, 3 * JT]).table["sale_number"].tolist() == [1, 1]


# -- contacts and records ----------------------------------------------------------------------------------------------

TYPED = [
    {"channel": "whatsapp", "response_share": 0.08, "cost": 500},
    {"channel": "email", "response_share": 0.02, "cost": 50},
]


def test_a_contact_as_worked():  # mission map C02 and J03: 4,300 against 1,150
    found = workflow.contact_value(TYPED, margin=60_000)
    assert found.table["contact_value"].tolist() == [4300, 1150]
    assert found.table["contact_value_low"].isna().all() and found.facts["best"] == "whatsapp"


def test_counts_bring_an_interval_and_those_held_back_are_taken_off():
    told = [{"channel": "a", "cost": 500, "contacts": 1000, "responses": 80,
             "held_back": 500, "held_back_responses": 20},
            {"channel": "b", "cost": 50, "contacts": 1000, "responses": 20}]  # fmt: skip
    a, b = workflow.contact_value(told, margin=60_000).table.to_dict("records")
    assert a["contact_value"] == pytest.approx(0.04 * 60_000 - 500) and b["contact_value"] == 1150
    assert a["contact_value_low"] < 1900 < a["contact_value_high"]
    assert b["verdict"] == "noise" and b["value_difference_low"] < -750 < b["value_difference_high"]
    plain = workflow.contact_value([{k: t[k] for k in ("channel", "cost", "contacts", "responses")} for t in told],
                                   margin=60_000).table  # fmt: skip
    assert plain["verdict"].tolist()[1] == "real" and plain["value_difference"].tolist()[1] == -3150


def test_channels_count_people():
    """Each of three gets two messages; the one who was held back is no contact."""
    rows = [(c, p, f"2020-01-0{d}", c == "email" and p == 1, "none") for c in ("email", "whatsapp")
            for p in (1, 2, 3) for d in (1, 2)]  # fmt: skip
    sends = pd.DataFrame(rows, columns=["channel", "customer_id", "sent_at", "converted", "arm"])
    sends.loc[len(sends)] = ["email", 4, "2020-01-01", True, "control"]
    scores = pd.DataFrame(
        {"customer_id": [1, 1, 9], "answered_on": ["2020-01-05", "2020-06-01", "2020-01-05"], "csat": 5}
    )
    found = workflow.channels(sends, costs={"email": 50, "whatsapp": 500}, margin=60_000, scores=scores)
    email, whatsapp = found.table.to_dict("records")
    assert (email["people"], email["contacts"], email["converted_share"]) == (3, 6, 2 / 6)
    assert email["contact_value"] == pytest.approx(20_000 - 50) and whatsapp["contact_value"] == -500
    assert email["answered"] + whatsapp["answered"] == 1  # one in time; nobody wrote to 9
    assert found.facts["held_back"] == 1 and found.facts["in_several"] == 3
    assert "workflow.note.chosen" in [n.code for n in found.notes] and "verdict" not in found.table


def test_a_record_as_worked():  # mission map D04: 0.3 x 40,000 = 12,000 < 15,000
    facts = workflow.worth_recording(0.3, 40_000, 15_000).facts
    assert (facts["expected_margin"], facts["record_value"], facts["decision"]) == (12_000, -3_000, "not_worth_it")
    assert workflow.worth_recording(0.4, 40_000, 15_000).facts["decision"] == "worth_it"
    assert workflow.worth_recording((60, 200), 60_000, 13_000).facts["decision"] == "worth_it"
    assert workflow.worth_recording((60, 200), 40_000, 12_500).facts["decision"] == "undecided"
    once = workflow.worth_recording(0.9, 40_000, 15_000, once_in_a_lifetime=True)
    assert once.facts["decision"] == "not_worth_it" and once.facts["expected_margin"] == 0


# -- the checklist -----------------------------------------------------------------------------------------------------


def test_the_checklist(tmp_path):  # mission map C03: five ways, 5 of 5
    log = pd.DataFrame({"touchpoint": ["email"] * 100 + ["call_centre"] * 100 + ["whatsapp"] * 3})
    log["customer_id"] = [1] * 200 + [None] * 3
    log.loc[log.index[100:110], "customer_id"] = None
    log["occurred_at"] = "2020-06-01"
    found = workflow.integration(log, as_of="2020-12-31")
    assert found.scores == {
        "application_integration": None, "telephony_integration": 0, "email_integration": 1, "web_integration": 0,
        "browser_integration": None,
    }  # fmt: skip
    assert forms.summary(found).kind == "forms.incomplete"  # what nobody answered is no zero
    evidence = dict.fromkeys(found.form.ids, "seen on site")
    whole = forms.overrule(found, dict.fromkeys(found.form.ids, 1), evidence=evidence, as_of="2021-01-15")
    facts = forms.summary(whole).facts
    assert (facts["total"], facts["most"]) == (5, 5)
    path = forms.save(whole, tmp_path / "a.json")
    first = path.read_bytes()
    assert forms.save(forms.open(path, found.form), path).read_bytes() == first
    # 20 known of 20 do not prove 95 %; contacts of years ago are not asked
    assert workflow.integration(log[:20], as_of="2020-12-31")["email_integration"].score == 0
    assert set(workflow.integration(log, as_of="2023-12-31").scores.values()) == {None}


# -- refused -----------------------------------------------------------------------------------------------------------

LEADS = pd.DataFrame({"lead_id": [1, 2]})
SENDS = pd.DataFrame({"channel": ["sms"], "customer_id": [1], "sent_at": ["2020-01-01"], "converted": [True]})


@pytest.mark.parametrize(
    ("code", "ask"),
    [
        ("workflow.bad_levels", lambda: workflow.escalate(tickets([1]), as_of=NOW, levels=(48, 24))),
        ("workflow.bad_levels", lambda: workflow.escalate(tickets([1]), as_of=NOW, levels=(24,))),
        ("workflow.bad_hours", lambda: workflow.escalate(tickets([1]), as_of=NOW, working=(17, 8))),
        ("workflow.bad_hours", lambda: workflow.escalate(tickets([1]), as_of=NOW, working=(8, 17), weekend=("sat",))),
        ("workflow.no_calendar", lambda: workflow.escalate(tickets([1]), as_of="2031-01-01", working=(8, 17))),
        ("workflow.no_opening", lambda: workflow.escalate(tickets([1]).assign(opened_at=pd.NaT), as_of=NOW)),
        ("workflow.no_tickets", lambda: workflow.escalate(tickets([1]), as_of="2019-01-01")),
        ("workflow.record_twice", lambda: workflow.escalate(tickets([1, 2]).assign(ticket_id=1), as_of=NOW)),
        (
            "workflow.resolved_before",
            lambda: workflow.escalate(tickets([1]).assign(resolved_at=pd.Timestamp("2019-01-01")), as_of=NOW),
        ),
        ("workflow.bad_capacity", lambda: workflow.assign(LEADS, {"A": -1})),
        ("workflow.bad_capacity", lambda: workflow.assign(LEADS, {"A": 1.5})),
        ("workflow.bad_capacity", lambda: workflow.assign(LEADS.assign(area=1), {"A": 1}, match="area")),
        ("workflow.rep_twice", lambda: workflow.assign(LEADS, {})),
        ("workflow.record_twice", lambda: workflow.assign(LEADS.assign(lead_id=1), {"A": 1})),
        ("workflow.bad_thresholds", lambda: workflow.watch(SALES, [10, 5])),
        ("workflow.bad_thresholds", lambda: workflow.watch(SALES, [])),
        ("workflow.sale_twice", lambda: workflow.watch(more((7, 4, pd.Timestamp("2020-01-09"), 5.0)), [5])),
        ("workflow.no_amounts", lambda: workflow.watch(SALES.assign(amount=None), [5])),
        ("workflow.channel_twice", lambda: workflow.contact_value([TYPED[0], TYPED[0]], margin=1)),
        ("workflow.no_reference", lambda: workflow.contact_value(TYPED, margin=1, reference="sms")),
        ("workflow.no_margin", lambda: workflow.contact_value(TYPED)),
        ("workflow.no_chance", lambda: workflow.contact_value([TYPED[0] | {"response_share": 8}], margin=1)),
        (
            "workflow.more_than_all",
            lambda: workflow.contact_value([{"channel": "a", "cost": 1, "contacts": 5, "responses": 6}], margin=1),
        ),
        ("workflow.no_cost", lambda: workflow.channels(SENDS, costs={"email": 1}, margin=1)),
        ("workflow.no_channels", lambda: workflow.channels(SENDS.assign(arm="control"), costs={}, margin=1)),
        (
            "workflow.not_yes_or_no",
            lambda: workflow.channels(SENDS.assign(converted="often"), costs={"sms": 1}, margin=1),
        ),
        ("workflow.no_chance", lambda: workflow.worth_recording(30, 40_000, 15_000)),
        ("frames.bad_number", lambda: workflow.worth_recording((5, 4), 40_000, 15_000)),
    ],
)
def test_refused(code, ask):
    with pytest.raises(UserError) as refused:
        ask()
    assert refused.value.code == code
    assert refused.value.render("id") != refused.value.render("en")
