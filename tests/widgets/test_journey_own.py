"""The journey map drawn from a reader's own event log: read, asked about, drawn, compared, dropped."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from crmlab import ingest
from crmlab.apps.journey.board import board
from crmlab.apps.journey.companies import draft
from crmlab.apps.journey.own import Own
from crmlab.errors import UserError
from crmlab.widgets.journey_desk import JourneyDesk

WAY = (
    ("Lihat iklan", "Instagram", "mencari"),
    ("Lihat harga", "Situs", "mencari"),
    ("Bayar", "Situs", "membeli"),
    ("Barang tiba", "Kurir", "memakai"),
)


def log_of(people=60, *, stage=True, group=True, score=True):
    """A log as a shop keeps it: 30 see an advertisement only, everybody else goes on; three events name nobody."""
    luck = random.Random(7)
    head = ["ID Pengguna", "Waktu Kejadian", "Aktivitas", "Kanal"]
    head += ["Tahap"] * stage + ["Skor"] * score + ["Segmen"] * group
    lines = [head]
    for k in range(people):
        at = dt.datetime(2024, 1, 1, 9) + dt.timedelta(days=k)
        for touchpoint, channel, of in WAY[: 1 if k < 30 else len(WAY)]:
            row = [f"U{k}", f"{at:%d/%m/%Y %H:%M}", touchpoint, channel]
            row += [of] * stage + [str(luck.randint(1, 3)) if touchpoint == "Barang tiba" else ""] * score
            lines.append(row + ["Lama" if k % 3 else "Baru"] * group)
            at += dt.timedelta(minutes=20)
    lines += [
        ["", "01/02/2024 10:00", "Lihat harga", "Situs", *["mencari"] * stage, *[""] * score, *["Baru"] * group]
    ] * 3
    return "\n".join(";".join(line) for line in lines).encode()


def own(**how):
    said = {"score_scale": (1, 5)} if how.get("score", True) else {}
    return Own(ingest.read(log_of(**how), as_="events", **said))


def shown(content, lang="id"):
    at = JourneyDesk(board(), [], {}, draft, lang)
    assert not at.page["loaded"]
    reply = at.answer({"do": "upload", "name": "log.csv", "part": 0, "parts": 1}, [content])
    answers = {q["id"]: "1-5" for q in reply["questions"]}
    reply = at.answer({"do": "mapping", "mapping": reply["mapping"], "answers": answers})
    assert reply["ready"], reply
    at.answer({"do": "load"})
    at.answer({"do": "show"})
    return at


def test_the_map_of_an_own_log_with_its_stages_personas_and_scores():
    at = shown(log_of())
    told = at.page["map"]
    assert [s["label"] for s in told["steps"]] == [w[0] for w in WAY]
    assert [(s["label"], s["span"]) for s in told["stages"]] == [("mencari", 2), ("membeli", 1), ("memakai", 1)]
    first, last = told["steps"][0], told["steps"][-1]
    assert [e["said"] for e in first["evidence"]] == ["60 kasus", "berakhir 50%"]
    assert last["emotion"]["basis"] == "from_data" and "log.csv" in last["sources"][0]["basis"]
    assert [o["id"] for o in at.page["controls"][0]["options"]] == ["everybody", "Lama", "Baru"]
    at.answer({"do": "choose", "control": "persona", "value": "Baru"})
    assert [e["said"] for e in at.page["map"]["steps"][0]["evidence"]][0] == "20 kasus"


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_card_of_an_own_log_answers_or_says_what_is_lacking(lang):
    at = shown(log_of(), lang)
    refused = {}
    for part in ("ways", "funnels", "moments", "engagement"):
        at.answer({"do": "part", "name": part})
        for card in at.page["cards"]:
            drawn = at.answer({"do": "card", "card": card["id"]})["drawn"]
            refused |= {card["id"]: drawn["refused"]} if "refused" in drawn else {}
            assert "refused" in drawn or drawn["said"]
    assert set(refused) == {"moments", "receipts", "engagement"}


def test_without_stages_and_groups_there_is_one_stage_and_everybody():
    at = shown(log_of(stage=False, group=False, score=False), "en")
    assert [(s["label"], s["span"]) for s in at.page["map"]["stages"]] == [("Journey", 4)]
    assert [c["id"] for c in at.page["controls"]] == ["kind", "beside"]
    at.answer({"do": "part", "name": "funnels"})
    said = at.answer({"do": "card", "card": "time"})["drawn"]["said"]
    assert "20.0" in said and "Minutes" in said and "nknown" not in said


def test_a_column_that_changes_from_event_to_event_is_no_persona():
    content = log_of(group=False, score=False).decode().split("\n")
    lines = [line + (";Perangkat" if k == 0 else f";{'web' if k % 2 else 'app'}") for k, line in enumerate(content)]
    assert Own(ingest.read("\n".join(lines).encode(), as_="events")).personas == ("everybody",)


def test_an_open_case_is_not_taken_for_a_loss():
    company = own()
    # twenty minutes between events, days between people: only of the last it is too early to say
    assert company.log.facts["open"] == 1
    assert company.log.facts["cases"] == 60 and company.log.facts["rows_left_out"] == 3
    assert company._unit == "minutes" and list(company.spans) == ["step_1", "step_2", "step_3"]


def test_another_log_takes_its_maps_along():
    at = shown(log_of())
    at.answer({"do": "reshape", "what": "add", "step": "Bayar", "name": "Menunggu"})
    assert at.page["map"]["undo"]
    at.answer({"do": "again"})
    assert not at.page["loaded"]
    with pytest.raises(UserError) as refused:
        at.answer({"do": "undo"})
    assert refused.value.code == "journey_map.nothing_to_undo"
    reply = at.answer({"do": "upload", "name": "log.csv", "part": 0, "parts": 1}, [b"nothing"])
    assert reply["kind"] == "upload" and not reply["ready"] and reply["missing"]


def test_a_log_that_touches_one_thing_only_says_so():
    lines = ["user_id;waktu_kejadian;aktivitas", *(f"u{k};{k + 1}/12/2024;Bayar" for k in range(20))]
    at = shown("\n".join(lines).encode(), "en")
    assert len(at.page["map"]["steps"]) == 1
    with pytest.raises(UserError) as refused:
        at.answer({"do": "part", "name": "funnels"})
    assert refused.value.code == "journey_map.one_touchpoint"


def test_a_map_of_the_reader_is_not_kept_on_the_disk(tmp_path, monkeypatch):
    monkeypatch.setenv("CRMLAB_CACHE", str(tmp_path))
    at = shown(log_of())
    at.answer({"do": "part", "name": "ways"})
    at.answer({"do": "card", "card": "paths"})
    assert not list(tmp_path.rglob("*.json"))
