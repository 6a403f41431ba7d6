"""The journey map in a browser: read, changed, undone, saved and opened by a person."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def journey(visit):
    """Opens the app and waits until its map is drawn."""

    def open_it(lang: str = "id", path: str = "", **how) -> tuple:
        here = visit(**how)
        page = here.open(f"/app/journey?lang={lang}{path}")
        complete(page)
        return here, page

    return open_it


def complete(page: Page, part: str = "") -> None:
    page.wait_for_function(
        "part => { const b = document.querySelector('.bd-board'); "
        "return b && b.dataset.complete === b.dataset.ready && b.dataset.ready.includes(part); }",
        arg=part,
        timeout=60_000,
    )


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
