"""The data clinic in a browser: what a person clicks, judges and takes home."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

CSV = """Nama;No HP;Surel;Kota
Budi Santoso;0812-3456-7890;budi@contoh.id;Bandung
BUDI SANTOSO;+62 812 3456 7890;budi@contoh.id;Bandung
Siti Rahma;0813-1111-2222;;Depok
"""
DOUBTFUL = CSV + "Siti Rahmah;0813-9999-2222;;Depok\n"


@pytest.fixture
def clinic(visit):
    """Opens the clinic and waits for its first page."""

    def open_it(lang: str = "id", **how) -> tuple:
        here = visit(**how)
        page = here.open(f"/app/clinic?lang={lang}")
        page.wait_for_selector(".cl-tab", timeout=40_000)
        return here, page

    return open_it


def tab(page: Page, name: str) -> None:
    page.locator(f"[data-key=tab-{name}]").click()
    expect(page.locator(f"[data-key=tab-{name}]")).to_have_attribute("aria-selected", "true", timeout=15_000)


def test_a_morning_in_the_clinic(clinic, tmp_path):
    here, page = clinic()
    page.locator("[data-key=codes-pos]").click()
    expect(page.locator("[data-key=cell-gender-validity]")).to_have_text("100,0%", timeout=15_000)
    page.locator("[data-key=cell-gender-completeness]").click()
    expect(page.locator(".cl-detail tbody tr")).to_have_count(11)
    page.locator("[data-key=look-city]").click()
    expect(page.locator(".cl-detail h3")).to_have_text("Isi kolom Kota")
    tab(page, "refused")
    tab(page, "duplicates")
    expect(page.locator(".cl-body")).to_contain_text("Cocok: 22")
    page.locator(".cl-more summary").click()
    page.locator(".cl-more button").first.click()
    expect(page.locator(".cl-body")).to_contain_text("Cocok: 21", timeout=15_000)
    page.keyboard.press("u")
    expect(page.locator(".cl-body")).to_contain_text("Cocok: 22", timeout=15_000)
    tab(page, "gaps")
    expect(page.locator(".cl-group")).to_have_count(4)
    tab(page, "save")
    with page.expect_download() as caught:
        page.locator("[data-key=save-all]").click()
    with zipfile.ZipFile(io.BytesIO(Path(caught.value.path()).read_bytes())) as archive:
        assert "bersih.csv" in archive.namelist()
    assert here.complaints == []
    assert here.hosts <= {"127.0.0.1", "blob", "data"}


def test_a_list_of_one_s_own(clinic):
    here, page = clinic("en")
    page.locator("[data-key=source]").select_option("own")
    page.locator("[data-key=file]").set_input_files(
        {"name": "contacts.csv", "mimeType": "text/csv", "buffer": CSV.encode()}
    )
    page.locator("[data-key=map-customer_id]").select_option("#row", timeout=15_000)
    page.locator("[data-key=load]").click()
    page.locator("[data-key=explore-own]").click(timeout=15_000)
    expect(page.locator(".cx-tile-value").first).to_have_text("3", timeout=15_000)
    tab(page, "duplicates")
    expect(page.locator(".cl-body")).to_contain_text("So 3 rows are 2 people")
    assert "Santoso" not in page.inner_text(".cl-clinic")
    assert here.complaints == []


@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (390, "light"), (1280, "light"), (1280, "dark")])
def test_every_part_fits_and_is_accessible(clinic, width, theme):
    here, page = clinic("en", width=width, theme=theme)
    page.locator("[data-key=cell-gender-validity]").click()
    page.wait_for_selector(".cl-detail")
    page.locator("[data-key=rules]").click()
    for name in ("profile", "refused", "duplicates", "gaps", "save"):
        if name != "profile":
            tab(page, name)
        assert here.overflow() <= 0, name
        assert here.faults() == [], name
    page.locator("[data-key=source]").select_option("own")
    page.wait_for_selector(".cx-drop")
    assert here.faults() == []
    page.locator("[data-key=file]").set_input_files(
        {"name": "contacts.csv", "mimeType": "text/csv", "buffer": DOUBTFUL.encode()}
    )
    page.locator("[data-key=map-customer_id]").select_option("#row", timeout=15_000)
    expect(page.locator("[data-key=load]")).to_be_enabled(timeout=15_000)
    assert here.overflow() <= 0
    assert here.faults() == []
    page.locator("[data-key=load]").click()
    page.locator("[data-key=explore-own]").click(timeout=15_000)
    tab(page, "duplicates")
    page.locator("[data-key=line-review]").evaluate(
        "f => { f.value = 0.01; f.dispatchEvent(new Event('change', {bubbles: true})); }"
    )
    page.wait_for_selector(".cl-pair", timeout=15_000)
    assert here.overflow() <= 0
    assert here.faults() == []
    if width < 400:  # both rows of a pair are seen at once
        box = page.locator(".cl-beside .cx-scroll")
        assert box.evaluate("b => b.scrollWidth - b.clientWidth") <= 0


def test_tabs_are_walked_with_the_arrow_keys(clinic):
    _, page = clinic("en")
    page.locator("[data-key=tab-profile]").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-key=tab-refused]")).to_have_attribute("aria-selected", "true", timeout=15_000)
    expect(page.locator("[data-key=tab-refused]")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[data-key=tab-profile]")).to_have_attribute("aria-selected", "true", timeout=15_000)


def test_an_address_keeps_source_and_part_and_nothing_else(clinic):
    _, page = clinic("en")
    assert "#" not in page.url
    page.locator("[data-key=source]").select_option("hospital_patients")
    expect(page.locator(".cx-title")).to_contain_text("Hospital", timeout=20_000)
    tab(page, "duplicates")
    page.wait_for_function("location.hash === '#d=hospital_patients/duplicates'")
    page.reload()
    expect(page.locator("[data-key=tab-duplicates]")).to_have_attribute("aria-selected", "true", timeout=40_000)
    expect(page.locator("[data-key=source]")).to_have_value("hospital_patients")
    assert page.url.endswith("#d=hospital_patients/duplicates")
    page.locator("[data-key=source]").select_option("own")
    page.wait_for_selector(".cx-drop", timeout=15_000)
    page.wait_for_function("location.hash === ''")


def test_rules_of_one_s_own_in_the_browser(clinic):
    here, page = clinic("en")
    page.locator("[data-key=rules]").click()
    with page.expect_download() as caught:
        page.locator("[data-key=rules-save]").click()
    told = Path(caught.value.path()).read_text(encoding="utf-8") + '\n[customers.columns.MEMBER]\namong = ["T"]\n'
    page.locator("[data-key=rules-file]").set_input_files(
        {"name": "mine.toml", "mimeType": "text/plain", "buffer": told.encode()}
    )
    expect(page.locator("[data-key=cell-MEMBER-validity]")).to_be_visible(timeout=15_000)
    page.locator("[data-key=rules-file]").set_input_files(
        {"name": "wrong.toml", "mimeType": "text/plain", "buffer": b"[customers"}
    )
    expect(page.locator(".cx-error")).to_contain_text("wrong.toml", timeout=15_000)
    page.locator("[data-key=rules-back]").click()
    expect(page.locator("[data-key=cell-MEMBER-validity]")).to_have_count(0, timeout=15_000)
    assert here.complaints == []


def test_nobody_is_shown_in_the_page_s_own_text_and_attributes(clinic):
    import crmlab as crm

    _, page = clinic("id")
    table = crm.ingest.read(crm.datasets.load_retail("S", layer="raw").path("pos_pelanggan"), as_="customers").table
    secrets = [v for c in ("name", "phone", "email", "address") for v in table[c].dropna().head(60).astype(str)]
    page.locator("[data-key=cell-gender-validity]").click()
    page.wait_for_selector(".cl-detail tbody tr")
    for name in ("profile", "refused", "duplicates", "gaps", "save"):
        if name != "profile":
            tab(page, name)
        html = page.content()
        assert [s for s in secrets if len(s) > 5 and s in html] == [], name
