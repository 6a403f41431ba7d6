"""The journey map in a browser: read, changed, undone, saved and opened by a person."""

from __future__ import annotations

import json
from functools import partial

import pytest
from playwright.sync_api import expect

from tests.apps.boards import complete


@pytest.fixture
def journey(board):
    return partial(board, "journey")


def test_a_map_is_read_changed_undone_saved_and_opened(journey, tmp_path):
    here, page = journey("id")
    expect(page.locator(".jm-map thead .jm-pick")).to_have_count(12)
    assert here.faults() == []
    # by keyboard alone: a step, its feeling, its opportunity
    page.locator("[data-key=step-visit_finished]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".jm-editor h3")).to_be_focused()
    expect(page.locator(".jm-sources")).to_contain_text("RS Sehat Nusantara S · jawaban survei · n = 435")
    page.locator("[data-key=jm-range]").focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    page.locator("[data-key=jm-better]").fill("Tampilkan perkiraan waktu tunggu")
    page.locator("[data-key=jm-owner]").fill("Kepala rawat jalan")
    page.locator("[data-key=jm-owner]").press("Enter")
    expect(page.locator(".jm-map .jm-owner")).to_have_text("Kepala rawat jalan")
    expect(page.locator(".jm-map .jm-assumption")).to_have_count(1)
    expect(page.locator(".jm-editor")).to_contain_text("Kata data: −0,10")
    expect(page.locator(".jm-key")).to_contain_text("belum disimpan")
    assert here.faults() == []
    with page.expect_download() as caught:
        page.locator("[data-key=jm-save]").click()
    saved = tmp_path / caught.value.suggested_filename
    caught.value.save_as(saved)
    assert json.loads(saved.read_text(encoding="utf-8"))["persona"] == "everybody"
    expect(page.locator(".jm-key")).not_to_contain_text("belum disimpan")
    page.keyboard.press("Escape")
    page.locator("[data-key=jm-undo]").click()
    expect(page.locator(".jm-map .jm-assumption")).to_have_count(0)
    page.locator("[data-key=jm-file]").set_input_files(saved)
    expect(page.locator(".jm-map .jm-owner")).to_have_text("Kepala rawat jalan")
    page.locator("[data-key=jm-file]").set_input_files({"name": "x.json", "mimeType": "text/plain", "buffer": b"{"})
    expect(page.locator(".cx-error")).to_contain_text("bukan JSON")
    with page.expect_download() as caught:
        page.locator("[data-key=jm-html]").click()
    assert caught.value.suggested_filename.endswith(".html")
    assert here.complaints == [] and here.hosts - {"blob"} == {"127.0.0.1"}


def test_persona_beside_persona_in_the_other_company_and_language(journey):
    here, page = journey("en", "#d=retail/map?persona=homemaker&kind=as_is&beside=other_kind", theme="dark")
    complete(page, "retail-map-homemaker-as_is-other_kind")
    expect(page.locator(".jm-key")).to_contain_text("beside it: To be")
    page.locator("[data-key=control-beside]").select_option("employee")
    complete(page, "employee")
    expect(page.locator("[data-card=compare] table")).to_contain_text("Employee")
    assert here.faults() == []
    page.get_by_role("link", name="ID", exact=True).click()
    expect(page.locator(".jm-bar h3")).to_contain_text("Ibu/bapak rumah tangga", timeout=15_000)
    assert here.complaints == []


def test_on_a_telephone_step_stands_below_step_and_the_cards_follow(journey):
    here, page = journey("id", width=390)
    expect(page.locator(".jm-down > li")).to_have_count(12)
    page.locator("[data-key=step-check_in]").click()
    expect(page.locator(".jm-editor")).to_be_visible()
    assert here.overflow() <= 0 and here.faults() == []
    for name in ("ways", "funnels", "moments", "engagement"):
        page.locator(f"[data-key=part-{name}]").click()
        complete(page, f"-{name}")
        assert here.overflow() <= 0, name
        expect(page.locator(".jm-down")).not_to_be_visible()
    assert here.faults() == [] and here.complaints == []


def test_steps_are_added_moved_renamed_removed_and_undone(journey):
    here, page = journey("en")
    names = page.locator(".jm-map thead .jm-pick")
    first = names.all_inner_texts()
    page.locator("[data-key=step-check_in]").click()
    page.locator("[data-key=jm-fresh]").fill("Waiting room")
    page.locator("[data-key=jm-fresh]").press("Enter")
    expect(names).to_have_count(len(first) + 1)
    place = [*first].index(page.locator("[data-key=step-check_in]").inner_text()) + 1
    assert names.all_inner_texts()[place] == "Waiting room"
    expect(page.locator(".jm-map thead .jm-hand")).to_have_count(1)
    expect(page.locator(".jm-editor h3")).to_contain_text("Waiting room")
    expect(page.locator(".jm-editor")).to_contain_text("added by hand")
    assert here.faults() == []
    page.locator("[data-key=jm-later]").click()
    expect(names.nth(place + 1)).to_have_text("Waiting room")
    page.locator("[data-key=jm-name]").fill("Plastic chairs")
    page.locator("[data-key=jm-stage]").select_option("#new")
    page.locator("[data-key=jm-stage-name]").fill("Before the doctor")
    page.locator("[data-key=jm-apply]").click()
    expect(page.locator(".jm-map thead .jm-stage", has_text="Before the doctor")).to_have_count(1)
    expect(page.locator(".jm-editor h3")).to_contain_text("Plastic chairs")
    page.locator("[data-key=control-kind]").select_option("to_be")
    complete(page, "to_be")
    page.locator("[data-key=control-beside]").select_option("other_kind")
    complete(page, "other_kind")
    page.locator("[data-key=step-check_in]").click()
    page.locator("[data-key=jm-remove]").click()
    expect(page.locator("[data-key=step-check_in]")).to_have_count(0)
    expect(page.locator("[data-key=jm-undo]")).to_be_focused()
    complete(page, "other_kind")
    expect(page.locator("[data-card=compare] table")).to_contain_text("Removed")
    for _ in range(4):
        page.locator("[data-key=jm-undo]").click()
    expect(page.locator("[data-key=jm-undo]")).to_be_disabled()
    assert names.all_inner_texts() == first
    assert here.complaints == []


LOG = [("Lihat iklan", "Instagram", "mencari"), ("Lihat harga", "Situs", "mencari"), ("Bayar", "Situs", "membeli")]


def own_log(people: int = 60) -> bytes:
    lines = ["ID Pengguna;Waktu Kejadian;Aktivitas;Kanal;Tahap;Skor"]
    for k in range(people):
        for hour, (touchpoint, channel, stage) in enumerate(LOG[: 1 if k % 2 else 3], start=9):
            score = str(1 + k % 5) if touchpoint == "Bayar" else ""
            lines.append(f"U{k};{1 + k % 28:02d}/03/2024 {hour:02d}:00;{touchpoint};{channel};{stage};{score}")
    return "\n".join(lines).encode()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_map_of_ones_own_log(journey, width):
    here, page = journey("id", width=width)
    page.locator("[data-key=source]").select_option("own")
    expect(page.locator(".cx-own")).to_contain_text("log kejadian Anda sendiri")
    page.locator("[data-key=file]").set_input_files({"name": "log.csv", "mimeType": "text/csv", "buffer": own_log()})
    expect(page.locator("[data-key=map-person_id]")).to_be_visible(timeout=20_000)
    page.locator("[data-key='ask-score_scale:Skor-0']").check(timeout=20_000)
    assert here.faults() == [] and here.overflow() <= 0
    page.locator("[data-key=load]").click()
    page.locator("[data-key=explore-own]").click(timeout=20_000)
    complete(page, "own-map")
    expect(page.locator(".jm-pick")).to_have_text([touchpoint for touchpoint, *_ in LOG])
    page.locator("[data-key=step-Bayar]").click()
    expect(page.locator(".jm-editor")).to_contain_text("log.csv")
    assert here.faults() == [] and here.overflow() <= 0
    page.locator("[data-key=part-funnels]").click()
    complete(page, "own-funnels")
    expect(page.locator("[data-card=in_order] .bd-said")).to_contain_text("60 kasus")
    page.locator("[data-key=again]").click()
    expect(page.locator("[data-key=file]")).to_have_count(1)
    assert here.complaints == []
