"""The value-chain check-up in a browser: read, overruled, undone, saved, opened, compared, with a person's own file."""

from __future__ import annotations

import json
from functools import partial

import pytest
from playwright.sync_api import expect

from tests.apps.boards import complete


@pytest.fixture
def checkup(board):
    return partial(board, "checkup")


def test_a_proposal_is_read_overruled_undone_saved_and_opened(checkup, tmp_path):
    here, page = checkup("en")
    expect(page.locator(".ck-item")).to_have_count(9)
    expect(page.locator(".ck-first")).to_have_count(1)
    assert here.faults() == []
    # by keyboard alone: an item, its score, its evidence
    page.locator("[data-key=ck-customer_portfolio]").focus()
    page.keyboard.press("Enter")
    row = page.locator("[data-item=customer_portfolio]")
    expect(row.locator(".ck-measured")).to_contain_text("Thresholds 0.20, 0.40, 0.60, 0.80: score 1.")
    expect(row.locator(".ck-measured")).to_contain_text("n = 423 cases")
    page.locator("[data-key=ck-customer_portfolio-1]").focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # without evidence nothing is taken
    expect(row.locator(".ck-warn")).to_contain_text("without evidence")
    page.keyboard.type("profit per customer is in the monthly report")
    assert here.faults() == []
    page.locator("[data-key=ck-take-customer_portfolio]").focus()
    page.keyboard.press("Enter")
    expect(row).to_contain_text("the data proposed 1")
    expect(page.locator(".cx-tile").first).to_contain_text("Customer intimacy")
    expect(page.locator(".ck-next")).to_contain_text("Customer intimacy stands at 0")
    expect(page.locator(".ck-next a").first).to_have_attribute("href", "/course/11-customer-intimacy?lang=en")
    expect(page.locator(".ck-unsaved")).to_be_visible()
    with page.expect_download() as caught:
        page.locator("[data-key=ck-save]").click()
    saved = tmp_path / caught.value.suggested_filename
    caught.value.save_as(saved)
    told = json.loads(saved.read_text(encoding="utf-8"))
    assert told["form"] == "value_chain" and told["answers"][0]["proposed"] == 1 and told["answers"][0]["score"] == 3
    expect(page.locator(".ck-unsaved")).to_have_count(0)
    page.locator("[data-key=ck-undo]").click()
    expect(row).to_contain_text("from the data")
    page.locator("[data-key=ck-file]").set_input_files(saved)
    expect(page.locator("[data-key=control-day]")).to_have_value(f"file:{saved.name}")
    expect(page.locator("[data-item=customer_portfolio]")).to_contain_text("the data proposed 1")
    page.locator("[data-key=control-beside]").select_option("2018-12-31")
    expect(page.locator("[data-card=compare] .bd-said")).to_contain_text("From 31 December 2018 to 31 December 2020")
    assert here.faults() == []
    page.locator("[data-key=ck-file]").set_input_files({"name": "x.json", "mimeType": "text/plain", "buffer": b"{"})
    expect(page.locator(".cx-error")).to_contain_text("does not hold a form's answers")
    for form in ("xlsx", "docx", "html"):
        with page.expect_download() as caught:
            page.locator(f"[data-key=save-value_chain-{form}]").click()
        assert caught.value.suggested_filename.endswith(f".{form}")
    assert here.complaints == [] and here.hosts - {"blob"} == {"127.0.0.1"}


def test_a_click_is_answered_within_three_tenths_of_a_second(checkup):
    here, page = checkup("id")
    page.locator("[data-key=part-gartner]").click()
    complete(page, "-gartner-")
    took = []
    for k, name in enumerate(["crm_vision", "crm_strategy", "crm_metrics", "crm_technology", "crm_processes"]):
        took.append(
            page.evaluate(
                """([name, k]) => new Promise((done) => {
                  const start = performance.now(), badge = `${k + 1} dari 8`;
                  const tiles = () => [...document.querySelectorAll('.cx-tile-value')];
                  const look = () => (tiles().some((n) => n.textContent === badge)
                    ? done(performance.now() - start) : requestAnimationFrame(look));
                  document.querySelector(`[data-key=ck-${name}-3]`).click();
                  look();
                })""",
                [name, k],
            )
        )
    assert sorted(took)[len(took) // 2] < 300, took
    # who answers by keyboard stays where he was
    page.locator("[data-key=ck-crm_metrics-3]").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-key=ck-crm_metrics-4]")).to_be_checked()
    expect(page.locator("[data-key=ck-crm_metrics-4]")).to_be_focused()
    assert here.complaints == []


@pytest.mark.parametrize(("lang", "theme"), [("id", "light"), ("en", "dark")])
def test_every_part_on_a_telephone(checkup, lang, theme):
    here, page = checkup(lang, width=390, theme=theme)
    for name in ("value_chain", "evidence", "gartner", "customer_centricity", "forrester", "gentile", "kotler"):
        page.locator(f"[data-key=part-{name}]").click()
        complete(page, f"-{name}-")
        assert here.overflow() <= 0, name
    assert here.faults() == []
    page.locator("[data-key=part-value_chain]").click()
    complete(page, "-value_chain-")
    page.locator("[data-key=ck-leadership_and_culture]").click()
    expect(page.locator("[data-item=leadership_and_culture] textarea")).to_be_visible()
    assert here.overflow() <= 0 and here.faults() == [] and here.complaints == []


def own_sales() -> bytes:
    lines = ["ID Pesanan;Tanggal;ID Pelanggan;Total;Biaya"]
    for year in (2023, 2024):
        for k in range(50):
            lines.append(f"P{year}{k};{13 + k % 15}/03/{year};C{k};{100000 + 1000 * k};60000")
    return "\n".join(lines).encode()


def test_a_company_is_checked_with_its_own_files(checkup):
    here, page = checkup("id")
    page.locator("[data-key=source]").select_option("own")
    page.locator("[data-key=file]").set_input_files({"name": "kami.csv", "mimeType": "text/csv", "buffer": own_sales()})
    expect(page.locator("[data-key=load]")).to_be_enabled(timeout=15_000)
    page.locator("[data-key=load]").click()
    page.locator("[data-key=explore-own]").click()
    complete(page, "own-value_chain")
    expect(page.locator("[data-item=customer_lifecycle]")).to_contain_text("dari data")
    expect(page.locator("[data-item=data_and_it]")).to_contain_text("belum dijawab")
    expect(page.locator(".ck-files")).to_contain_text("Sudah dibaca: Penjualan.")
    assert here.faults() == []
    page.locator("[data-key=add-customers]").click()
    expect(page.locator(".cx-drop")).to_be_visible()
    expect(page.locator(".cx-drop")).not_to_contain_text("kami.csv")
    people = "id pelanggan;telepon;email\n" + "\n".join(f"C{k};0812{10000000 + k};c{k}@example.com" for k in range(50))
    page.locator("[data-key=file]").set_input_files(
        {"name": "orang.csv", "mimeType": "text/csv", "buffer": people.encode()}
    )
    expect(page.locator("[data-key=load]")).to_be_enabled(timeout=15_000)
    page.locator("[data-key=load]").click()
    page.locator("[data-key=explore-own]").click()
    complete(page, "own-value_chain")
    expect(page.locator("[data-item=data_and_it]")).to_contain_text("dari data")
    assert here.complaints == []
