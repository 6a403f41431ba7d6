"""What notebook 18 says and asks, computed."""

from __future__ import annotations

import pytest

from crmlab.analytics import journeys
from crmlab.analytics.journeys.drawing import emotion_of
from crmlab.errors import UserError
from notebooks import build


@pytest.fixture(scope="module")
def names():
    """The names that a reader has after running the code cells."""
    import jupytext

    source = next(p for p in build.sources() if p.stem == "18_journey_mapping")
    found: dict = {}
    for cell in jupytext.read(source, fmt="py:percent").cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, source.stem, "exec"), found)
    return found


def test_rinas_worst_stage_and_its_priority(names):
    facts = names["rina"].result().facts
    assert (facts["worst_stage"], facts["priority"]) == ("conversion", pytest.approx(440))
    assert (facts["cited"], facts["assumed"], facts["without_owner"]) == (1, 5, ("conversion step",))
    with pytest.raises(UserError) as refused:
        names["rina"].feel("retention step", 3)
    assert refused.value.code == "journeys.map_off_scale"
    with pytest.raises(UserError) as refused:
        journeys.JourneyMap(names["broken"])
    assert refused.value.code == "journeys.map_uncited"
    proven = names["rina"]
    for stage, emotion in list(names["feelings"].items())[:-1]:
        proven = proven.feel(f"{stage} step", emotion, cites={"source": "survey", "n": 50})
    facts = proven.result().facts
    assert (facts["cited"], facts["assumed"]) == (5, 1)


def test_priorities_and_feelings_that_are_asked_for():
    way = journeys.JourneyMap.blank("x", {"s": ["a", "b", "c"]})
    for step, reach, emotion in (("a", 900, -0.2), ("b", 300, -1.5), ("c", 1200, 0.4)):
        way = way.feel(step, emotion).set(step, "volume", reach, cites={"source": "events"})
    assert way.result().table["priority"].tolist() == pytest.approx([180, 450, 0])
    assert round(emotion_of(3.5, (1, 7)), 2) == -0.33 and emotion_of(10, (0, 10)) == 2
    half = (0.2**2 + 0.2**2) ** 0.5
    assert (round(0.3 - half, 2), round(0.3 + half, 2)) == (0.02, 0.58)


def test_the_draft_cites_everything_and_registration_is_not_the_worst(names):
    facts = names["draft"].facts
    assert (facts["cited"], facts["assumed"], facts["n"], len(facts["unfelt"])) == (30, 0, 9, 3)
    table = names["draft"].table.set_index("step")
    assert round(table.loc["check_in", "emotion"], 1) == 0.5
    worst = table.loc["visit_finished"]
    assert facts["worst_step"] == "visit_finished"
    assert [round(worst[f"emotion{e}"], 2) for e in ("", "_low", "_high")] == [-0.11, -0.24, 0.03]
    assert round(worst["drop_off"], 2) == 0.91
    complaint = table.loc["complaint"]
    assert complaint["answers"] == 5 and round(complaint["emotion"], 1) == 0.6 and complaint.isna()["emotion_low"]
    assert set(facts["unfelt"]) == {"reminder_sent", "appointment_missed", "complaint_resolved"}


def test_reach_hangs_on_what_a_journey_is(names):
    one, other = (names[k].result().facts for k in ("sari", "whole"))
    assert (round(one["priority"]), round(other["priority"])) == (350, 105)
    assert names["by_patient"].facts["cases"] < names["log"].facts["cases"]


def test_an_assumption_is_the_worst_step_and_gets_no_priority(names):
    facts = names["edited"].result().facts
    assert (facts["worst_step"], facts["worst_basis"]) == ("waiting_room", "assumption")
    assert facts["priority_step"] == "visit_finished" and facts["without_owner"] == ("complaint_resolved",)
    assert (facts["cited"], facts["assumed"]) == (30, 2)
    assert len(names["sari"].steps) == 9 and len(names["edited"].steps) == 10
    owned = names["edited"].improve("complaint_resolved", "Ask once more", owner="Quality").result()
    assert "journeys.note.orphans" not in [n.code for n in owned.notes]


def test_a_saved_map_comes_back_the_same(names, tmp_path):
    file = names["edited"].save(tmp_path / "map.json")
    assert journeys.JourneyMap.load(file) == names["edited"]
    file.write_text(file.read_text(encoding="utf-8").replace('"assumption": true', '"assumption": false'), "utf-8")
    with pytest.raises(UserError) as refused:
        journeys.JourneyMap.load(file)
    assert refused.value.code == "journeys.map_uncited"


def test_minutes_differ_and_feelings_hardly(names):
    groups = {g["group"]: g for g in names["waits"].facts["groups"]}
    assert (round(groups["bpjs"]["median"]), round(groups["self_pay"]["median"])) == (68, 35)
    gaps = names["gaps"]
    assert len(gaps) == 10 and round(1 - 0.95**10, 2) == 0.40
    real = gaps[gaps["p_holm"] < 0.05]
    assert set(real["step"]) == {"survey_answered"} and (gaps[gaps["verdict"] == "real"].index == real.index).all()
    assert (gaps.query("step == 'visit_finished'")["verdict"] == "noise").all()
    complaints = [one.result().table.set_index("step").loc["complaint", "answers"] for one in names["people"]]
    assert complaints == [5, 1, 3]
    largest = names["beside"].facts
    assert largest["largest_step"] == "complaint" and largest["largest_verdict"] == "too_few"
    assert len(names["plans"]) == 4


def test_a_step_moved_and_renamed_is_still_known(names):
    table = journeys.compare_maps(names["edited"], names["shaped"].to_be()).table
    changed = table[(table["map_name"] == "to_be") & (table["step_change"] != "step_kept")]
    assert changed["step_change"].tolist() == ["step_moved", "step_renamed"]
    assert (
        changed["step"].tolist()[0] == "waiting_room"
        and names["shaped"].origin(changed["step"].tolist()[1]) == "visit_finished"
    )
    assert names["shaped"].result().facts["steps_by_hand"] == ("waiting_room",)
    counted = names["edited"].set("waiting_room", "volume", 100, cites={"source": "sensor", "n": 100})
    facts = counted.result().facts
    assert facts["steps_by_hand"] == () and facts["worst_basis"] == "assumption"


def test_the_plans_new_step_is_drawn_behind_the_reminder(names):
    places = names["aims"].params["places"]
    assert places["expected_wait_sent"] == places["reminder_sent"] + 1
    assert (names["aims"].facts["renamed"], names["aims"].facts["added"]) == (1, 1)


def test_what_people_write_on_the_map_is_in_the_editions_language(names):
    from crmlab import labels

    for lang, word in (("id", "Pengingat"), ("en", "reminder")):
        with labels.using(lang):
            assert word in names["say"]("Pengingat WhatsApp", "WhatsApp reminder")


def test_an_aim_has_no_verdict(names):
    aims = names["aims"].table.query("map_name == 'to_be'")
    assert aims["verdict"].isna().all() and names["aims"].facts["added"] == 1
    assert names["plan"].result().facts["cited"] == 0


def test_twelve_busy_steps_without_a_feeling(names):
    twelve, every = (names[k].result().facts for k in ("twelve", "every"))
    assert (twelve["n"], len(twelve["unfelt"])) == (12, 12)
    assert (every["n"], len(every["unfelt"]), names["cited"]) == (14, 13, 1)


def test_there_is_no_one_way_and_few_answer(names):
    facts = names["tracks"].facts
    assert facts["variants"] == 25 and round(facts["top_share"], 3) == 0.445
    assert (names["asked"], names["answered"]) == (1_800, 435)
    assert round(435 / 1_800, 3) == 0.242 and round(435 / len(names["clinic"]["visits"]), 3) == 0.066
    assert len(names["clinic"]["complaints"]) == 130


def test_how_many_it_takes(names):
    volume = names["volume"]
    assert (volume["appointment_missed"], volume["appointment_booked"]) == (683, 4_037)
    assert round(names["missed"], 3) == 0.169 and round(names["by_hand"]) == 770
    assert names["no_show"]["answers_needed"] == 774
    # 130 complaints, of which a quarter answer, are fewer than it takes
    assert names["settled"]["invitations_needed"] > 130
    years = 2 * names["no_show"]["answers_needed"] / (volume["appointment_booked"] / 4)
    assert 1.4 < years < 1.7
    assert round(2.8**2 * (0.2 * 0.8 + 0.15 * 0.85) / 0.05**2) == 902
