"""The programme workbench in a browser: opened on the example, changed, refused, saved and opened by a person."""

from __future__ import annotations

import json
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.apps.boards import complete


@pytest.fixture
def workbench(board):
    return partial(board, "workbench")


def tile(page: Page, name: str) -> str:
    return page.locator(".cx-tile", has_text=name).locator(".cx-tile-value").inner_text()


def go(page: Page, part: str) -> None:
    page.locator(f"[data-key=part-{part}]").click()
    complete(page, f"-{part}")


def test_an_assumption_moves_the_npv_on_a_path_that_is_shown(workbench):
    here, page = workbench("en")
    expect(page.locator(".wb-tag")).to_have_text("example")
    expect(page.locator(".wb-ledger tbody tr")).to_have_count(20)
    before = tile(page, "NPV")
    assert here.faults() == []
    # by keyboard alone: the assumption, its slider, its number
    row = page.locator("[data-entry=reach]")
    row.locator("button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".wb-form h4")).to_be_focused()
    assert here.faults() == []
    page.locator("[data-key=slide-reach]").focus()
    page.keyboard.press("End")
    expect(row).to_contain_text("was 60.0%")
    expect(page.locator("[data-entry=npv]")).to_contain_text("was " + before)
    expect(page.locator(".wb-banner .wb-way li").first).to_have_text("Reach")
    expect(page.locator(".wb-banner .wb-way li").last).to_have_text("NPV")
    expect(page.locator(".wb-moved")).to_have_count(7)
    assert tile(page, "NPV") != before
    complete(page, "ledger")
    expect(page.locator("[data-card=moved] .bd-said")).to_contain_text("Reach")
    expect(page.locator("[data-key=control-start]")).to_have_value("reach")
    value = page.locator(".wb-form input[type=number]").nth(1)
    value.fill("12")
    page.keyboard.press("Enter")
    expect(page.locator("[data-refused=entries] .cx-error")).to_contain_text("do not enclose its value")
    expect(value).to_have_value("12")  # what was typed is not lost
    page.keyboard.press("Escape")
    assert here.faults() == []
    page.locator("[data-key=wb-undo]").click()
    expect(page.locator(".wb-moved")).to_have_count(0)
    assert tile(page, "NPV") == before
    assert here.complaints == []


def test_a_risk_a_circle_a_file_and_the_paper(workbench, tmp_path):
    here, page = workbench("id")
    before = tile(page, "NPV")
    go(page, "risks")
    reserve = tile(page, "Cadangan di buku besar")
    page.locator("[data-key=edit-risks-new]").click()
    for column, said in (("risk", "Banjir"), ("probability", "0.5"), ("impact", "1000000"), ("mitigation", "Tanggul"),
                         ("contingency", "Gudang lain"), ("owner", "Ani")):  # fmt: skip
        page.locator(f"[data-key=risks-new-{column}]").fill(said)
    page.locator("[data-key=risks-new-apply]").click()
    expect(page.locator("[data-table=risks] tbody tr")).to_have_count(6)
    assert tile(page, "Cadangan di buku besar") != reserve
    expect(page.locator(".wb-tag")).to_have_text("belum disimpan")
    go(page, "plan")
    page.locator("[data-key=edit-tasks-0]").click()
    page.locator("[data-key=tasks-0-after]").fill("Peluncuran")
    page.locator("[data-key=tasks-0-apply]").click()
    expect(page.locator("[data-refused=tasks] .cx-error")).to_contain_text("saling menunggu dalam lingkaran")
    expect(page.locator("[data-key=tasks-0-after]")).to_have_value("Peluncuran")
    expect(page.locator("[data-card=plan] .bd-said")).to_contain_text("69")  # the last good plan
    assert here.faults() == []
    page.locator("[data-key=tasks-0-cancel]").click()
    go(page, "ledger")
    assert tile(page, "NPV") != before
    expect(page.locator("[data-entry=npv] .wb-way li").first).to_have_text("Cadangan risiko")
    with page.expect_download() as caught:
        page.locator("[data-key=wb-save]").click()
    saved = tmp_path / caught.value.suggested_filename
    caught.value.save_as(saved)
    first = saved.read_bytes()
    assert json.loads(first)["tables"]["risks"][-1]["risk"] == "Banjir"
    expect(page.locator(".wb-tag")).to_have_count(0)
    page.locator("[data-key=wb-new]").click()
    go(page, "risks")
    expect(page.locator("[data-table=risks] tbody tr")).to_have_count(0)
    page.locator("[data-key=wb-file]").set_input_files({"name": "x.json", "mimeType": "text/plain", "buffer": b"{}"})
    expect(page.locator(".cx-error")).to_contain_text("bukan berkas program")
    page.locator("[data-key=wb-file]").set_input_files(saved)
    expect(page.locator("[data-table=risks] tbody tr")).to_have_count(6)
    with page.expect_download() as caught:
        page.locator("[data-key=wb-save]").click()
    caught.value.save_as(tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == first
    go(page, "paper")
    with page.expect_download() as caught:
        page.locator("[data-key=paper-html]").click()
    caught.value.save_as(tmp_path / "paper.html")
    written = (tmp_path / "paper.html").read_text(encoding="utf-8")
    assert "Banjir" in written and "http://" not in written.replace("http://www.w3.org", "")
    assert here.complaints == [] and here.hosts - {"blob"} == {"127.0.0.1"}


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("width", [1280, 390])
def test_every_part_fits_and_has_no_fault(workbench, width, lang):
    here, page = workbench(lang, width=width)
    for part in ("ledger", "objectives", "plan", "risks", "vendors", "governance", "paper"):
        go(page, part)
        assert here.overflow() <= 0, part
        assert here.faults() == [], part
    page.locator("[data-key=part-vendors]").click()
    complete(page, "-vendors")
    page.locator("[data-key=edit-scores-0]").click()
    assert here.overflow() <= 0 and here.faults() == []
    assert here.complaints == []
