"""The journey map's desk: what is drawn, changed by hand, undone, saved, opened, compared. Its browser: tests/apps."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pandas as pd
import pytest

from crmlab.analytics.journeys import JourneyMap
from crmlab.errors import UserError
from crmlab.widgets.board_cards import Board, Case, Part
from crmlab.widgets.journey_desk import JourneyDesk

PERSONAS = {"hospital": ("everybody", "bpjs"), "retail": ("everybody",)}


def known(value, n=435, low=None, high=None):
    ends = {} if low is None else {"low": low, "high": high}
    return {"value": value, **ends, "cites": {"source": "survey S", "as_of": "2024-12-31", "counted": "score", "n": n}}


def drafted(_data, persona):
    """A map small enough to be reckoned by hand: the wait is felt at -0.5 by 200 of 300."""
    worse = -0.5 if persona == "everybody" else -1.5
    steps = [
        {"name": "appointment_booked", "channels": ["phone"], "emotion": known(0.5), "volume": known(300)},
        {
            "name": "check_in",
            "emotion": known(worse, 200, worse - 0.1, worse + 0.1),
            "volume": known(200),
            "score": known(2.5),
            "drop_off": known(0.25),
        },
        {"name": "complaint", "volume": known(20)},
    ]
    stages = [{"name": "booking", "steps": steps[:1]}, {"name": "visit", "steps": steps[1:]}]
    return JourneyMap({"persona": persona, "stages": stages}).to_dict()


BOARD = Board("journey_map", (Part("map", (), None, ("persona", "kind", "beside")), Part("ways", ())))


def desk(lang="en", fingerprint="", open=dict):
    cases = [Case("hospital", open, fingerprint), Case("retail", open, fingerprint)]
    return JourneyDesk(BOARD, cases, PERSONAS, drafted, lang)


def step(at, name="check_in"):
    return next(s for s in at.page["map"]["steps"] if s["id"] == name)


def edit(at, **event):
    return at.answer({"do": "edit", "step": "check_in", **event})


def opened(at, content):
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    return at.answer({"do": "upload", "name": "own map.json"}, [content])


def test_every_lane_is_there_and_every_figure_cites():
    at = desk("id")
    assert [s["span"] for s in at.page["map"]["stages"]] == [1, 2]
    one = step(at)
    assert one["emotion"]["said"] == "−0,50" and one["emotion"]["basis"] == "from_data"
    assert one["emotion"]["at"] == 61.25 and one["emotion"]["ends"] == [63.5, 59.0]
    assert [e["said"] for e in one["evidence"]] == ["200 kasus", "skor 2,5, n = 435", "berakhir 25%"]
    assert one["sources"][0]["basis"] == "survey S · jawaban survei · n = 200 · sampai 31 Desember 2024"
    assert step(at, "complaint")["emotion"] is None
    assert [t["value"] for t in at.page["tiles"]] == ["−0,50", "Lapor di loket", "0", "2 dari 3"]


def test_an_edited_point_becomes_an_assumption_and_its_evidence_stays():
    at = desk()
    edit(at, emotion=-1.2, note="heard in the waiting room", opportunity="show the queue", owner="Head of front desk")
    one = step(at)
    assert (one["emotion"]["said"], one["emotion"]["basis"]) == ("−1.20", "assumption")
    assert one["emotion"]["ends"] is None and one["emotion"]["note"] == "heard in the waiting room"
    assert one["evidence"][1]["said"] == "score 2.5, n = 435" and not one["evidence"][1]["assumed"]
    assert (one["opportunity"], one["owner"], one["owned"]) == ("show the queue", "Head of front desk", True)
    assert one["edit"]["data"] == "The data say: −0.50 (−0.60 to −0.40)"
    at.answer({"do": "data", "step": "check_in"})
    assert step(at)["emotion"]["basis"] == "from_data" and step(at)["opportunity"] == "show the queue"


def test_a_note_beside_a_figure_keeps_its_data():
    at = desk()
    edit(at, note="the desk was being rebuilt")
    one = step(at)["emotion"]
    assert one["basis"] == "from_data" and one["words"] == "−0.50 (−0.60 to −0.40)" and one["note"]


def test_an_opportunity_without_an_owner_is_said():
    at = desk()
    edit(at, opportunity="show the queue")
    assert step(at)["owner"] == "no owner yet" and not step(at)["owned"]
    assert at.page["tiles"][2]["foot"] == "1 without an owner"
    edit(at, opportunity="")
    assert step(at)["opportunity"] == ""


def test_undo_goes_back_step_by_step_to_the_map_that_was_changed():
    at = desk()
    first = at.page["map"]["steps"]
    edit(at, emotion=1)
    at.answer({"do": "choose", "control": "kind", "value": "to_be"})
    edit(at, emotion=2)
    at.answer({"do": "choose", "control": "persona", "value": "bpjs"})
    at.answer({"do": "undo"})
    assert at.page["map"]["key"] == "hospital/everybody/to_be" and step(at)["emotion"]["said"] == "+1.00"
    at.answer({"do": "undo"})
    assert at.page["map"]["key"] == "hospital/everybody/as_is" and at.page["map"]["steps"] == first
    with pytest.raises(UserError) as refused:
        at.answer({"do": "undo"})
    assert refused.value.code == "journey_map.nothing_to_undo"


def test_an_edit_that_changes_nothing_leaves_nothing_to_undo():
    at = desk()
    edit(at, emotion=-0.5, note="", opportunity=" ", owner="")
    assert not at.page["map"]["undo"] and not at.page["map"]["unsaved"]


def test_as_is_beside_to_be_and_persona_beside_persona():
    at = desk()
    at.answer({"do": "choose", "control": "beside", "value": "other_kind"})
    assert at.page["map"]["beside"] == "To be" and step(at)["beside"]["said"] == "−0.50"
    at.answer({"do": "choose", "control": "kind", "value": "to_be"})
    edit(at, emotion=1)
    assert at.page["map"]["beside"] == "As is" and step(at)["emotion"]["basis"] == "assumption"
    assert step(at)["evidence"][0]["said"] == "200 cases"  # today's evidence stands below a plan
    drawn = at.answer({"do": "card", "card": "compare"})["drawn"]
    assert "1.5" in drawn["said"]
    at.answer({"do": "choose", "control": "kind", "value": "as_is"})
    at.answer({"do": "choose", "control": "beside", "value": "bpjs"})
    told = at.answer({"do": "card", "card": "compare"})["drawn"]
    assert "BPJS" in str(told["rows"]) and "real" in str(told["rows"])


def test_saved_and_opened_again_is_the_same_map():
    at = desk()
    edit(at, emotion=-1.2, opportunity="show the queue", owner="Desk")
    saved = at.answer({"do": "export", "what": "map", "format": "json"})
    assert saved["file"] == "journey-map-everybody-as-is.json" and saved["mime"] == "application/json"
    other = desk("id")
    reply = opened(other, saved.content)
    assert reply["said"] == "own map.json dibuka: perjalanan Semua orang."
    assert [s["emotion"] and s["emotion"]["at"] for s in other.page["map"]["steps"]] == [
        s["emotion"] and s["emotion"]["at"] for s in at.page["map"]["steps"]
    ]
    assert not other.page["map"]["unsaved"]
    other.answer({"do": "undo"})
    assert step(other)["emotion"]["basis"] == "from_data"


def test_a_map_of_somebody_else_comes_beside_the_others():
    at = desk()
    plan = JourneyMap.blank("Ibu Sari", {"visit": ["check_in"]}, kind="to_be").feel("check_in", 1)
    opened(at, plan.to_dict())
    assert [o["label"] for o in at.page["controls"][0]["options"]][-1] == "Ibu Sari"
    assert at.page["map"]["key"] == "hospital/Ibu Sari/to_be"
    at.answer({"do": "choose", "control": "beside", "value": "everybody"})
    assert step(at)["beside"]["said"] == "−0.50"
    at.answer({"do": "source", "name": "retail"})
    assert at.page["map"]["key"] == "retail/everybody/to_be"


BROKEN = {
    "no json": b"\x89PNG",
    "half": b'{"persona": "x", "stages": [',
    "deep": b"[" * 100_000,
    "list": [],
    "nameless": {"persona": "", "stages": [{"name": "a", "steps": [{"name": "b"}]}]},
    "off_scale": {
        "persona": "x",
        "stages": [{"name": "a", "steps": [{"name": "b", "emotion": {"value": 3, "assumption": True}}]}],
    },
    "uncited": {"persona": "x", "stages": [{"name": "a", "steps": [{"name": "b", "emotion": {"value": 1}}]}]},
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_in_the_readers_language_and_changes_nothing(content):
    at, other = desk("id"), desk("en")
    before = at.page
    told = opened(at, content)["error"]
    assert told and told != opened(other, content)["error"] and at.page == before
    assert not at.page["map"]["undo"]


def test_a_file_with_a_byte_order_mark_is_read():
    at = desk()
    assert opened(at, b"\xef\xbb\xbf" + json.dumps(drafted(None, "bpjs")).encode())["said"]


def test_for_a_board_as_workbook_and_page():
    at = desk("id")
    edit(at, emotion=-1.2, opportunity="<b>Tampilkan</b> antrean", owner="=SUM(1)")
    book = at.answer({"do": "export", "what": "map", "format": "xlsx"})
    assert pd.read_excel(io.BytesIO(book.content), header=None).astype(str).stack().str.contains("Tampilkan").any()
    page = at.answer({"do": "export", "what": "map", "format": "html"})
    assert page["file"] == "peta-perjalanan-semua-orang-keadaan-sekarang.html"
    text = page.content.decode()
    assert "<svg" in text and "<b>Tampilkan" not in text and "Semua orang" in text
    assert "Telepon" in text and "survey S" in text and "0 baris" not in text
    with pytest.raises(UserError):
        at.answer({"do": "export", "what": "map", "format": "exe"})


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ({"do": "edit", "step": "nowhere", "emotion": 1}, "journeys.map_no_step"),
        ({"do": "edit", "step": "check_in", "emotion": 5}, "journeys.map_off_scale"),
        ({"do": "edit", "step": "check_in", "emotion": "sad"}, "widgets.unknown_event"),
        ({"do": "edit", "step": "check_in", "map": "retail/everybody/as_is"}, "journey_map.other_map"),
        ({"do": "edit", "step": "check_in", "opportunity": "x" * 301}, "journeys.map_broken"),
        ({"do": "data", "step": "complaint"}, "journey_map.no_data"),
        ({"do": "dance"}, "widgets.unknown_event"),
    ],
)
def test_what_cannot_be_done_is_refused_and_leaves_the_map_as_it_was(event, code):
    at = desk()
    before = at.page
    with pytest.raises(UserError) as refused:
        at.answer(event)
    assert refused.value.code == code and at.page == before


def test_what_a_reader_writes_is_not_kept_on_the_disk(tmp_path, monkeypatch):
    monkeypatch.setenv("CRMLAB_CACHE", str(tmp_path))
    at = desk(fingerprint="abc")
    edit(at, emotion=1, note="confidential", opportunity="confidential")
    at.answer({"do": "choose", "control": "beside", "value": "bpjs"})
    assert at.answer({"do": "card", "card": "compare"})["drawn"]["rows"]
    assert list(tmp_path.rglob("*.json"))
    assert not any("confidential" in f.read_text(encoding="utf-8") for f in tmp_path.rglob("*.json"))
    before = len(list(tmp_path.rglob("*.json")))
    edit(at, emotion=0.4)
    at.answer({"do": "card", "card": "compare"})
    assert len(list(tmp_path.rglob("*.json"))) == before


def test_the_next_reader_needs_neither_data_nor_tables(tmp_path, monkeypatch):
    monkeypatch.setenv("CRMLAB_CACHE", str(tmp_path))
    desk(fingerprint="abc").prepare()
    code = (
        "import sys; sys.path.insert(0, 'tests/widgets')\n"
        "from crmlab.widgets.journey_desk import JourneyDesk\n"
        "from crmlab.widgets.board_cards import Board, Case, Part\n"
        "def never(*_): raise AssertionError('opened')\n"
        "cases = [Case('hospital', never, 'abc')]\n"
        "part = Part('map', (), None, ('persona', 'kind', 'beside'))\n"
        "at = JourneyDesk(Board('journey_map', (part,)), cases, {'hospital': ('everybody',)}, never, 'en')\n"
        "at.answer({'do': 'edit', 'step': 'check_in', 'emotion': 1})\n"
        "assert at.page['map']['steps'][1]['emotion']['said'] == '+1.00'\n"
        "print([m for m in ('pandas', 'numpy', 'duckdb', 'plotly', 'scipy', 'pyarrow') if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stderr


def named(at):
    return [s["id"] for s in at.page["map"]["steps"]]


def reshape(at, what, step="check_in", **more):
    return at.answer({"do": "reshape", "what": what, "step": step, **more})


def test_a_step_added_by_hand_stands_behind_and_is_marked_until_it_is_undone():
    at = desk("id")
    reshape(at, "add", name="Ruang tunggu")
    assert named(at) == ["appointment_booked", "check_in", "Ruang tunggu", "complaint"]
    one = step(at, "Ruang tunggu")
    assert (one["by_hand"], one["emotion"], one["evidence"], one["stage"]) == (True, None, [], step(at)["stage"])
    assert not step(at)["by_hand"] and at.page["map"]["unsaved"]
    at.answer({"do": "choose", "control": "kind", "value": "to_be"})
    assert step(at, "Ruang tunggu")["by_hand"]  # the plan follows what is
    at.answer({"do": "undo"})
    assert named(at) == ["appointment_booked", "check_in", "complaint"]


def test_a_step_is_moved_place_by_place_and_over_the_edge_of_its_stage():
    at = desk()

    def stages() -> list[int]:
        return [s["span"] for s in at.page["map"]["stages"]]

    reshape(at, "earlier", "complaint")
    assert named(at) == ["appointment_booked", "complaint", "check_in"] and stages() == [1, 2]
    reshape(at, "earlier", "complaint")
    assert named(at) == ["appointment_booked", "complaint", "check_in"] and stages() == [2, 1]
    reshape(at, "earlier", "complaint")
    assert named(at)[0] == "complaint"
    before = at.page
    reshape(at, "earlier", "complaint")  # it is the first already: nothing to undo
    assert at.page == before
    reshape(at, "later", "complaint")
    reshape(at, "later", "complaint")
    assert named(at) == ["appointment_booked", "complaint", "check_in"] and stages() == [1, 2]
    for _ in range(5):
        at.answer({"do": "undo"})
    assert named(at) == ["appointment_booked", "check_in", "complaint"] and not at.page["map"]["undo"]


def test_renamed_a_step_keeps_its_data_its_today_and_its_neighbour():
    at = desk("id")
    edit(at, name="Loket", emotion=-1.0)
    one = step(at, "Loket")
    assert one["was"] == "sebelumnya: Lapor di loket" and one["emotion"]["basis"] == "assumption"
    assert one["edit"]["data"] == "Kata data: −0,50 (−0,60 sampai −0,40)"
    at.answer({"do": "data", "step": "Loket"})
    assert step(at, "Loket")["emotion"]["basis"] == "from_data"
    at.answer({"do": "choose", "control": "beside", "value": "bpjs"})
    assert step(at, "Loket")["beside"]["said"] == "−1,50"
    at.answer({"do": "choose", "control": "kind", "value": "to_be"})
    edit(at, step="Loket", name="Loket mandiri")
    assert [e["said"] for e in step(at, "Loket mandiri")["evidence"]][0] == "200 kasus"
    assert at.page["tiles"][1]["value"] == "Loket mandiri"


def test_a_step_goes_to_another_stage_or_to_one_of_its_own_and_stages_are_renamed():
    at = desk()
    edit(at, stage="booking", stage_name="Booking")
    assert [s["span"] for s in at.page["map"]["stages"]] == [2, 1] and named(at)[1] == "check_in"
    edit(at, stage="#new", stage_name="At the desk")
    assert [s["label"] for s in at.page["map"]["stages"]][1] == "At the desk"
    edit(at, stage="At the desk", stage_name="Arrival")
    assert [s["id"] for s in at.page["map"]["stages"]] == ["booking", "Arrival", "visit"]
    before = at.page
    edit(at, stage="Arrival", stage_name="Arrival", name=step(at)["label"])
    assert at.page == before  # what is left as it is shown changes nothing


def test_a_removed_step_is_said_in_the_comparison_with_the_plan():
    at = desk()
    at.answer({"do": "choose", "control": "kind", "value": "to_be"})
    reshape(at, "remove")
    reshape(at, "add", "appointment_booked", name="Estimate by WhatsApp")
    at.answer({"do": "choose", "control": "beside", "value": "other_kind"})
    rows = at.answer({"do": "card", "card": "compare"})["drawn"]["rows"]
    assert "Estimate by WhatsApp" in str(rows)
    saved = at.answer({"do": "export", "what": "map", "format": "json"})
    other = desk()
    opened(other, saved.content)
    assert step(other, "Estimate by WhatsApp")["by_hand"]


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ({"do": "reshape", "what": "add", "step": "check_in", "name": " "}, "journey_map.no_name"),
        ({"do": "reshape", "what": "add", "step": "check_in", "name": "complaint"}, "journeys.map_twice"),
        ({"do": "reshape", "what": "remove", "step": "nowhere"}, "journeys.map_no_step"),
        ({"do": "reshape", "what": "dance", "step": "check_in"}, "widgets.unknown_event"),
        ({"do": "reshape", "what": "remove", "step": "check_in", "map": "x/y/z"}, "journey_map.other_map"),
        ({"do": "edit", "step": "check_in", "name": ""}, "journey_map.no_name"),
        ({"do": "edit", "step": "check_in", "stage": "#new", "stage_name": ""}, "journey_map.no_name"),
        ({"do": "edit", "step": "check_in", "stage": "nowhere"}, "journeys.map_no_step"),
    ],
)
def test_a_shape_that_cannot_be_is_refused_and_leaves_the_map_as_it_was(event, code):
    at = desk()
    before = at.page
    with pytest.raises(UserError) as refused:
        at.answer(event)
    assert refused.value.code == code and at.page == before


def test_the_last_step_stays():
    at = desk()
    for name in ("complaint", "check_in"):
        reshape(at, "remove", name)
    with pytest.raises(UserError) as refused:
        reshape(at, "remove", "appointment_booked")
    assert refused.value.code == "journey_map.last_step"
