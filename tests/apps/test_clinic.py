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
    expect(page.locator(".cl-body")).to_contain_text("22 pasangan cocok")
    page.locator(".cl-more summary").click()
    page.locator(".cl-more button").first.click()
    expect(page.locator(".cl-body")).to_contain_text("21 pasangan cocok", timeout=15_000)
    page.keyboard.press("u")
    expect(page.locator(".cl-body")).to_contain_text("22 pasangan cocok", timeout=15_000)
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
    page.locator("[data-key=source-own]").click()
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


@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (1280, "light")])
def test_every_part_fits_and_is_accessible(clinic, width, theme):
    here, page = clinic("en", width=width, theme=theme)
    for name in ("profile", "refused", "duplicates", "gaps", "save"):
        tab(page, name)
        assert here.overflow() <= 0, name
        assert here.faults() == [], name
    page.locator("[data-key=source-own]").click()
    page.wait_for_selector(".cx-drop")
    assert here.faults() == []


def test_tabs_are_walked_with_the_arrow_keys(clinic):
    _, page = clinic("en")
    page.locator("[data-key=tab-profile]").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-key=tab-refused]")).to_have_attribute("aria-selected", "true", timeout=15_000)
    expect(page.locator("[data-key=tab-refused]")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[data-key=tab-profile]")).to_have_attribute("aria-selected", "true", timeout=15_000)
