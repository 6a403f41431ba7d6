"""What the room refuses, in the words that a reader sees: what, where, what was found, one cure."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from crmlab.analytics import journeys
from crmlab.errors import UserError

GOOD = {"person_id": [1, 1], "occurred_at": ["2020-01-01", "2020-01-02"], "touchpoint": ["A", "B"]}


def log_of(**more):
    options = {k: more.pop(k) for k in ("gap", "quiet", "stages", "keep", "columns") if k in more}
    return journeys.event_log({**GOOD, **more}, as_of="2020-12-31", **options)


WAY = journeys.JourneyMap.blank("Sari", {"buy": ["pay"]})

REFUSED = {
    "no times": (
        lambda: log_of(occurred_at=[1, 2]),
        "The column occurred_at (BIGINT) holds no times.",
    ),
    "times that are none": (
        lambda: log_of(occurred_at=["soon", "later"]),
        "The column occurred_at (VARCHAR) holds no times.",
    ),
    "a column that is not there": (
        lambda: journeys.event_log({"person_id": [1], "occured_at": ["2020-01-01"], "touchpoint": ["A"]}, as_of="2020"),
        "Table events: There is no column occurred_at. Found: person_id, occured_at, touchpoint. Did you mean "
        "“occured_at”? To mend it: Rename the column, or name it with columns=...",
    ),
    "a name outside the contract": (
        lambda: log_of(columns={"customer": "person_id"}),
        "An event log knows no column customer.",
    ),
    "touchpoints that are channels": (
        lambda: log_of(channel=["A", "B"]),
        "The touchpoint equals its channel in all 2 rows. To mend it: Give another column for the touchpoint: "
        "Instagram is a channel, a direct message on it a touchpoint.",
    ),
    "nothing before the day": (
        lambda: journeys.event_log(GOOD, as_of="2019-12-31"),
        "Table events: There are no rows that can be used. Found: 2. To mend it: Check the table and as_of.",
    ),
    "a day that is none": (lambda: journeys.event_log(GOOD, as_of="yesterday?"), "as_of = “yesterday?” is no time."),
    "a gap without a unit": (lambda: log_of(gap=30), "gap = “30” is no duration. To mend it: Write it with its unit"),
    "a score in words": (lambda: log_of(score=["good", "bad"]), "The column score holds VARCHAR, no numbers."),
    "a signal at nothing": (
        lambda: journeys.signals(GOOD, "touchpoint == 'A'", as_of="2020-12-31", times=0),
        "times = 0 can't be used; it must be 1 or more.",
    ),
    "a signal about nothing": (
        lambda: journeys.signals(GOOD, "page == 'A'", as_of="2020-12-31"),
        "A rule speaks of “page”, which this log does not know.",
    ),
    "a signal of no table": (lambda: journeys.signals("x.csv", "a == 1", as_of="2020"), "str is no table."),
    "a signal without a person": (
        lambda: journeys.signals({"occurred_at": ["2020-01-01"], "touchpoint": ["A"]}, "a == 1", as_of="2020"),
        "Table events: There is no column person_id.",
    ),
    "a signal within no time": (
        lambda: journeys.signals(GOOD, "touchpoint == 'A'", as_of="2020-12-31", within=60),
        "within = “60” is no duration.",
    ),
    "no table": (lambda: journeys.event_log([1, 2], as_of="2020"), "list is no table."),
    "no file": (lambda: journeys.event_log("none.parquet", as_of="2020"), "There is no file none.parquet."),
    "a rule about nothing": (
        lambda: log_of(stages={"one": "colour == 'red'"}),
        "A rule speaks of “colour”, which this log does not know.",
    ),
    "rules that are none": (lambda: log_of(stages=[]), "These are no rules: list."),
    "a step that nobody meets": (
        lambda: journeys.funnel_through_all(log_of(), ["A", "C"]),
        "This log has no touchpoint “C”. Wanted: A, B. To mend it: Choose one of: A, B.",
    ),
    "one step": (lambda: journeys.funnel_any(log_of(), ["A"]), "These steps can't be used: A."),
    "a group that was not kept": (
        lambda: journeys.funnel_any(log_of(), ["A", "B"], by="segment"),
        'The log did not keep the column “segment”. To mend it: Make the log again with keep=["segment"].',
    ),
    "one end twice": (lambda: journeys.time_between(log_of(), "A", "A"), "Start and end are the same: A."),
    "an unknown unit": (
        lambda: journeys.time_between(log_of(), "A", "B", unit="weeks"),
        "There is no unit = “weeks”.",
    ),
    "nothing after": (lambda: journeys.dwell(log_of(), "B"), "Nothing ever comes after B: how long it lasts can't be"),
    "no steps at all": (
        lambda: journeys.transitions(log_of(person_id=[1, 2])),
        "Each of the 2 cases has one event only: there are no steps.",
    ),
    "no promise": (
        lambda: journeys.receipt_gap(log_of(), "A", "B"),
        "For this question the log needs about_id, due_at.",
    ),
    "bands that fall": (
        lambda: journeys.receipt_gap(log_of(about_id=[1, 1], due_at=["2020-01-01"] * 2), "A", "B", bands=(3, 0)),
        "The days (3, 0) must be whole numbers, none negative, that rise.",
    ),
    "no touches in time": (
        lambda: journeys.attribution(log_of(channel=["x", "y"]), "B", within="1h"),
        "There is no touch within 1h before B.",
    ),
    "an unknown rule": (
        lambda: journeys.attribution(log_of(channel=["x", "y"]), "B", rules=["lastt"]),
        "There is no rules = “lastt”.",
    ),
    "likes below none": (
        lambda: journeys.engagement({"comments": [1, 2], "shares": [0, 0], "likes": [3, -1]}),
        "Table posts, rows 2: There are comments, shares or likes that are empty, negative or no numbers.",
    ),
    "more inviters than customers": (
        lambda: journeys.referral({"inviter_id": [1, 2], "invited_id": [3, 4], "joined": [1, 0]}, customers=1),
        "2 people invited, but there are only 1 customers.",
    ),
    "a touchpoint twice": (
        lambda: journeys.touchpoints(None, {"touchpoint": ["a", "a"]}),
        "Rows a: There are touchpoints that stand in the inventory more than once.",
    ),
    "a score off its scale": (
        lambda: journeys.touchpoints(log_of(score=[4, 9]), score_scale=(1, 5)),
        "1 scores lie outside the scale. Wanted: 1, 5. Found: 9",
    ),
    "a map without stages": (lambda: journeys.draft_map(log_of(), persona="x"), "This log has no stages."),
    "a map of scores without their scale": (
        lambda: journeys.draft_map(log_of(score=[4, 5], stages={"s": "touchpoint == 'A'"}), persona="x"),
        "This log has scores, but their scale is not said.",
    ),
    "a feeling off the scale": (
        lambda: WAY.feel("pay", 3),
        "emotion = 3 at the step “pay” lies outside the scale -2 to 2.",
    ),
    "a figure that cites nothing": (
        lambda: journeys.JourneyMap(
            {"persona": "x", "stages": [{"name": "s", "steps": [{"name": "a", "score": {"value": 4}}]}]}
        ),
        "The figure score at the step “a” cites no data and is not marked as an assumption.",
    ),
    "a step that is not there": (
        lambda: WAY.feel("pya", 1),
        "This map has no step “pya”. Wanted: pay. Did you mean “pay”?",
    ),
    "a step twice": (lambda: WAY.add("buy", "pay"), "“pay” is there twice."),
    "one map alone": (lambda: journeys.compare_maps(WAY), "A comparison needs two maps or more."),
    "an unknown world": (
        lambda: journeys.recipe("retial"),
        "There is no recipe for “retial”. Wanted: hospital, retail.",
    ),
    "a recipe of an unknown table": (
        lambda: journeys.build_events(
            {"sales": {}}, [{"table": "sale", "person_id": "a", "occurred_at": "b", "touchpoint": "c"}]
        ),
        "There is no table “sale”.",
    ),
    "a recipe without a person": (
        lambda: journeys.build_events({"sales": {}}, [{"table": "sales", "occurred_at": "b", "touchpoint": "c"}]),
        "Part 1 of the recipe can't be used: person_id.",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused_with_words(what):
    do, words = REFUSED[what]
    with pytest.raises(UserError) as refused:
        do()
    english, indonesian = refused.value.render("en"), refused.value.render("id")
    assert english.startswith(words), english
    assert indonesian and indonesian != english
    assert "{" not in english.replace('{"buy"', "") and "{" not in indonesian.replace('{"buy"', "")


def test_what_is_left_out_is_counted():
    frame = pd.DataFrame({**GOOD, "person_id": [1, None]})
    frame.loc[2] = [1, "2021-05-01", "C"]
    frame.loc[3] = [1, None, "A"]
    log = journeys.event_log(frame, as_of="2020-12-31")
    assert (log.facts["rows"], log.facts["events"], log.facts["rows_left_out"]) == (4, 1, 3)
    told = [n.render("en") for n in log.notes]
    assert told == [
        "1 event without Person ID was left out.",
        "1 event without Occurred at was left out.",
        "1 event after 31 December 2020 was left out.",
    ]


def test_events_of_one_moment_keep_their_order_and_are_told():
    log = journeys.event_log({**GOOD, "occurred_at": ["2020-01-01"] * 2}, as_of="2020-12-31")
    assert journeys.paths(log).table["path"].tolist() == ["A > B"]
    assert [n.code for n in log.notes] == ["journeys.note.ties"]


def test_a_clock_with_a_zone_is_the_clock_on_the_wall():
    times = pd.to_datetime(["2020-01-01 23:30+07:00", "2020-01-02 00:10+07:00"]).tz_convert("Asia/Jakarta")
    log = journeys.event_log({**GOOD, "occurred_at": times}, as_of="2020-12-31")
    assert log.facts["first"] == pd.Timestamp("2020-01-01 23:30")


def test_names_with_quotes_and_spaces_stay_names():
    log = log_of(touchpoint=["it's", 'say "hi"; DROP TABLE events'])
    assert journeys.funnel_through_all(log, ["it's", 'say "hi"; DROP TABLE events']).table["cases"].tolist() == [1, 1]


def test_a_map_survives_its_file(tmp_path):
    way = WAY.feel("pay", -1.5, note="überlegt").set("pay", "volume", 12, cites={"source": "sales", "n": 12})
    way = way.improve("pay", "Kasir kedua", owner="Kepala toko").add("buy", "queue", channels=["store"])
    assert journeys.JourneyMap.load(way.save(tmp_path / "way.json")) == way
    told = json.loads((tmp_path / "way.json").read_text(encoding="utf-8"))
    assert told["format"] == "crmlab.journey_map" and told["version"] == 1
    told["version"] = 9
    (tmp_path / "new.json").write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(UserError) as refused:
        journeys.JourneyMap.load(tmp_path / "new.json")
    assert refused.value.render("en").startswith(
        "This is no journey map of this version. Wanted: crmlab.journey_map 1."
    )
    (tmp_path / "cut.json").write_text("{", encoding="utf-8")
    with pytest.raises(UserError) as refused:
        journeys.JourneyMap.load(tmp_path / "cut.json")
    assert refused.value.code == "journeys.map_unreadable"


def test_an_edit_leaves_the_map_as_it_was():
    changed = WAY.feel("pay", 1).remove("pay") if len(WAY.steps) > 1 else WAY.feel("pay", 1)
    assert WAY.point("pay", "emotion") is None and changed.point("pay", "emotion")["assumption"] is True
    aims = changed.to_be()
    assert aims.kind == "to_be" and changed.kind == "as_is"


def test_as_is_and_to_be_have_no_verdict(clinic_map):
    found = journeys.compare_maps(clinic_map, clinic_map.to_be().feel("visit_finished", 1.5).add("visit", "pharmacy"))
    moved = found.table[found.table["map_name"] == "to_be"].set_index("step")
    assert moved.loc["visit_finished", "difference"] > 1 and moved["verdict"].isna().all()
    assert found.facts["added"] == 1


def test_persona_beside_persona_has_one(clinic_log):
    maps = [
        journeys.draft_map(clinic_log, persona=p, score_scale=(1, 5), only={"payer_group": p})
        for p in ("bpjs", "self_pay")
    ]
    table = journeys.compare_maps(*maps).table
    row = table[(table["map_name"] == "self_pay") & (table["step"] == "visit_finished")].iloc[0]
    assert row["verdict"] in ("real", "noise")
    cited = maps[0].point("visit_finished", "emotion")["cites"]
    assert cited["payer_group"] == "bpjs" and cited["n"] > 50 and cited["counted"] == "score"
