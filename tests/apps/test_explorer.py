"""The cube explorer in a browser, on PT XYZ's small size: what a person clicks, types, reads and takes away."""

from __future__ import annotations

import csv
import io
import random
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from crmlab import labels

CSV = """No Faktur;Tanggal;Pelanggan;Barang;Kategori;Jumlah;Harga;Total
F001;03/04/2020;PT Maju;Sabun cuci;Kebersihan;3;12.000;36.000
F001;03/04/2020;PT Maju;Pelembut;Kebersihan;1;25.500;25.500
F002;05/04/2020;Ani;Wajan;Dapur;1;150.000;150.000
F003;06/05/2020;Budi;Popok;Bayi;2;85.000;n.n.
F004;;Ani;Camilan;Harian;4;9.500;38.000
"""


@pytest.fixture
def explorer(visit):
    """Opens the explorer and waits for its chart."""

    def open_it(lang: str = "id", **how) -> tuple:
        here = visit(**how)
        page = here.open(f"/app/explorer?lang={lang}")
        page.wait_for_selector(".cx-plot .main-svg", timeout=40_000)
        return here, page

    return open_it


def view_of(page: Page) -> str:
    return page.get_attribute(".cx-explorer", "data-ready")


def after(page: Page, act) -> None:
    """Do something and wait until the page shows another view."""
    before = view_of(page)
    act()
    page.wait_for_function(
        "v => document.querySelector('.cx-explorer').dataset.ready !== v", arg=before, timeout=15_000
    )


def crumbs(page: Page) -> list[str]:
    return page.locator(".cx-trail li").all_inner_texts()


def body_rows(page: Page) -> list[str]:
    return page.locator(".cx-pivot tbody th .cx-head").all_inner_texts()


def test_a_cell_a_heading_and_a_mark_drill_and_back_returns(explorer):
    here, page = explorer()
    first = body_rows(page)
    after(page, lambda: page.locator(".cx-pivot tbody td").nth(1).click())
    assert len(crumbs(page)) == 3
    assert crumbs(page)[1].startswith("Segmen: ")
    assert crumbs(page)[2] == "Tahun: 2017"
    expect(page.locator(".cx-scope")).to_contain_text(" dari ")
    after(page, lambda: page.get_by_role("button", name="Kembali").click())
    assert crumbs(page) == ["Semua"]
    assert body_rows(page) == first
    after(page, lambda: page.locator(".cx-pivot thead th", has_text="2020").click())
    assert crumbs(page) == ["Semua", "Tahun: 2020"]
    after(page, lambda: page.locator(".cx-trail button", has_text="Semua").click())
    box = page.locator(".cx-plot .scatterlayer .point").first.bounding_box()
    after(page, lambda: page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2))
    assert len(crumbs(page)) == 3
    assert here.complaints == []
    assert here.hosts <= {"127.0.0.1", "blob", "data"}


def test_clicks_in_the_first_moment_are_not_lost(visit):
    """A first update within 0.4 s of the first paint was lost under load in an earlier prototype."""
    here = visit()
    here.page.goto(f"{here.url}/app/explorer?lang=id", wait_until="commit")
    page = here.page
    page.wait_for_selector(".cx-pivot tbody td", timeout=45_000)
    page.locator(".cx-pivot tbody td").first.click()
    page.wait_for_function("document.querySelectorAll('.cx-trail li').length === 3", timeout=20_000)
    assert page.get_attribute(".cx-explorer", "aria-busy") is None


def test_the_keyboard_reaches_and_does_everything_in_the_table(explorer):
    _, page = explorer()
    page.locator("[data-key=digits], .cx-table-head").first.click()
    assert page.locator(".cx-pivot [tabindex='0']").count() == 1
    page.locator(".cx-pivot [tabindex='0']").focus()
    where = "[document.activeElement.dataset.r, document.activeElement.dataset.c].join()"
    assert page.evaluate(where) == "1,0"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(where) == "2,1"
    page.keyboard.press("End")
    page.keyboard.press("Home")
    assert page.evaluate(where) == "2,0"
    page.keyboard.press("Space")
    page.wait_for_selector(".cx-panel .cx-plain")
    assert crumbs(page) == ["Semua"]
    page.locator(".cx-pivot [tabindex='0']").focus()
    after(page, lambda: page.keyboard.press("Enter"))
    assert len(crumbs(page)) == 2
    assert page.evaluate("document.querySelector('.cx-pivot').contains(document.activeElement)")
    after(page, lambda: page.keyboard.press("Backspace"))
    assert crumbs(page) == ["Semua"]


def test_members_are_searched_and_sliced_with_their_counts(explorer):
    _, page = explorer()
    page.get_by_role("button", name="Tambah ke Saring").click()
    page.get_by_role("dialog").get_by_role("searchbox").fill("saluran")
    page.get_by_role("dialog").get_by_role("button", name=re.compile(r"^Saluran \d")).click()
    dialog = page.get_by_role("dialog", name="Saluran")
    dialog.get_by_role("searchbox").fill("what")
    expect(dialog.locator("label")).to_have_count(1)
    dialog.get_by_text("WhatsApp").click()
    after(page, lambda: dialog.get_by_role("button", name="Terapkan").click())
    expect(page.locator(".cx-filter")).to_contain_text("Saluran: WhatsApp")
    expect(page.locator(".cx-scope")).to_contain_text(" dari ")
    expect(page.locator(".cx-chart-card .cx-caption")).to_contain_text("Saluran: WhatsApp")
    after(page, lambda: page.get_by_role("button", name="Hapus Saluran: WhatsApp").click())
    assert page.locator(".cx-filter").count() == 0


def test_rows_columns_and_measures_are_chosen(explorer):
    _, page = explorer()
    page.get_by_role("button", name="Baris: Segmen. Ganti").click()
    after(page, lambda: page.get_by_role("dialog").get_by_role("button", name=re.compile("^Departemen")).click())
    assert page.locator(".cx-corner").inner_text() == "Departemen"
    page.get_by_role("button", name="Tambah ke Ukuran").click()
    after(page, lambda: page.get_by_role("dialog").get_by_role("button", name="Marjin", exact=True).click())
    assert "Marjin" in page.locator(".cx-pivot thead").inner_text()
    after(page, lambda: page.get_by_role("button", name="Tukar baris dan kolom").click())
    assert page.locator(".cx-corner").inner_text() == "Tahun"
    twist = page.locator(".cx-twist").first
    before = len(body_rows(page))
    after(page, lambda: twist.click())
    assert len(body_rows(page)) > before


def test_the_browser_writes_numbers_as_python_does(explorer):
    _, page = explorer()
    chance = random.Random(7)
    numbers = [0, 1, -1, 0.5, 2.675, 1.005, -0.004, 0.0049, 0.005, 0.00003, -1e-6, 0.001, None]
    numbers += [999_950, 1_234_567.891, 1e12, -3.5e9, 0.285, 12345.5]
    numbers += [chance.uniform(-1, 1) * 10 ** chance.randint(-4, 13) for _ in range(200)]
    numbers += [chance.randint(-(10**6), 10**6) / 8 for _ in range(100)]
    units = ["money", "share", "count", "number", "days", "points"]
    script = Path(labels.__file__).parents[1].joinpath("widgets", "static", "base.js").read_text(encoding="utf-8")
    said = page.evaluate(
        f"([numbers, units]) => {{ {script}; const out = {{}};"
        "for (const lang of ['id', 'en']) for (const unit of units) for (const short of [false, true])"
        " out[[lang, unit, short]] = numbers.map((x) => value(x, unit, lang, { short }));"
        "return out; }",
        [numbers, units],
    )
    for lang in labels.LANGUAGES:
        for unit in units:
            for short in (False, True):
                wanted = [labels.value(x, unit, lang, short=short) for x in numbers]
                assert said[f"{lang},{unit},{str(short).lower()}"] == wanted


def test_the_language_switches_in_place(explorer):
    _, page = explorer()
    after_drill = page.locator(".cx-pivot tbody th").first
    after(page, lambda: after_drill.click())
    page.get_by_role("link", name="EN", exact=True).click()
    page.get_by_role("button", name="Back").wait_for()
    assert page.locator(".cx-explorer").get_attribute("lang") == "en"
    assert crumbs(page)[0] == "All"
    words = page.locator(".cx-explorer").inner_text()
    assert not re.search(r"\b(Baris|Kolom|Ukuran|Saring|menurut|dibanding)\b", words)
    assert re.search(r"Rp[\d,]+\.\d [BM]", words)


def test_rows_sql_formula_and_why_open_and_follow_the_table(explorer):
    here, page = explorer()
    page.get_by_role("button", name="Baris data", exact=True).click()
    expect(page.locator(".cx-panel")).to_contain_text("100 dari")
    page.get_by_role("button", name="SQL", exact=True).click()
    expect(page.locator(".cx-sql")).to_contain_text("GROUP")
    page.get_by_role("button", name="Mengapa berubah?").click()
    expect(page.locator(".cx-panel .cx-lead")).to_contain_text("2020")
    page.wait_for_selector(".cx-panel .main-svg")
    sentence = page.locator(".cx-panel .cx-lead").inner_text()
    page.locator(".cx-pivot tbody th").first.click()
    expect(page.locator(".cx-panel .cx-lead")).not_to_have_text(sentence)
    page.get_by_role("button", name="Cara perhitungan Marjin").click()
    expect(page.locator(".cx-how")).to_contain_text("Laba kotor ÷ Omzet")
    assert here.faults() == []
    assert here.complaints == []


@pytest.mark.parametrize("form", ["CSV", "XLSX"])
def test_the_table_is_downloaded(explorer, form):
    _, page = explorer()
    page.get_by_role("button", name="Unduh", exact=True).click()
    with page.expect_download() as waiting:
        page.get_by_role("dialog").get_by_role("button", name=form, exact=True).first.click()
    content = Path(waiting.value.path()).read_bytes()
    if form == "XLSX":
        assert content[:2] == b"PK"
        return
    table = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert {"Segmen", "Tahun", "Omzet", "n"} <= table[0].keys()


def test_an_own_file_is_mapped_read_and_explored(explorer, tmp_path):
    here, page = explorer()
    page.get_by_role("button", name="Berkas sendiri").click()
    (tmp_path / "penjualan.csv").write_text(CSV, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(tmp_path / "penjualan.csv")
    page.wait_for_selector(".cx-mapping", timeout=30_000)
    assert page.get_by_label("Nilai", exact=True).input_value() == "Total"
    load = page.get_by_role("button", name="Baca berkas")
    expect(load).to_be_disabled()
    for question in range(3):
        page.locator("fieldset").nth(question).get_by_role("radio").first.check()
        expect(page.locator("fieldset").nth(question).get_by_role("radio").first).to_be_checked()
    expect(load).to_be_enabled()
    assert here.faults() == []
    load.click()
    expect(page.locator(".cx-report")).to_contain_text("5 baris dibaca: 3 dipakai, 2 ditolak.")
    expect(page.locator(".cx-report")).to_contain_text("Tidak terbaca sebagai angka")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Unduh baris yang ditolak (CSV)").click()
    assert "n.n." in Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    page.get_by_role("button", name="Jelajahi data ini").click()
    expect(page.locator(".cx-title")).to_contain_text("penjualan.csv")
    expect(page.locator(".cx-tile-value").first).to_have_text("Rp211,5 rb")
    page.get_by_role("button", name="PT XYZ").click()
    expect(page.locator(".cx-title h2")).to_have_text("PT XYZ")
    assert here.complaints == []
    assert here.hosts <= {"127.0.0.1", "blob", "data"}


def test_a_file_that_can_not_be_read_gets_a_sentence(explorer, tmp_path):
    _, page = explorer("en")
    page.get_by_role("button", name="Your own file").click()
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    page.locator("input[type=file]").set_input_files(tmp_path / "broken.xlsx")
    said = page.get_by_role("alert").filter(has_text="workbook")
    expect(said).to_be_visible(timeout=30_000)
    assert "Traceback" not in page.content()


@pytest.mark.parametrize(("theme", "width"), [("light", 390), ("dark", 1280)])
def test_on_a_phone_and_in_the_dark_all_is_there_and_sound(explorer, theme, width):
    here, page = explorer(theme=theme, width=width)
    assert here.overflow() <= 0
    page.get_by_role("button", name="Mengapa berubah?").click()
    page.wait_for_selector(".cx-panel .main-svg")
    assert here.overflow() <= 0
    assert here.faults() == []
    if width < 400:
        assert page.locator(".cx-has-right").count() >= 1
        first = page.locator(".cx-pivot tbody th").first
        left = first.bounding_box()["x"]
        page.locator(".cx-table-card .cx-scroll").evaluate("box => { box.scrollLeft = 200; }")
        assert abs(first.bounding_box()["x"] - left) < 2
    ground = page.locator(".cx-chart-card").evaluate("box => getComputedStyle(box).backgroundColor")
    assert (ground == "rgb(255, 255, 255)") == (theme == "light")


def test_a_reload_keeps_the_view(explorer):
    here, page = explorer()
    after(page, lambda: page.locator(".cx-pivot tbody th").first.click())
    kept = crumbs(page)
    page.reload()
    here.drawn()
    page.wait_for_function("document.querySelectorAll('.cx-trail li').length === 2", timeout=30_000)
    assert crumbs(page) == kept


def test_wide_rows_say_that_they_go_on_and_follow_the_language(explorer):
    here, page = explorer(width=900)
    page.get_by_role("button", name="Baris data").click()
    expect(page.locator(".cx-panel .cx-frame")).to_have_class(re.compile("cx-has-right"))
    page.locator(".cx-panel .cx-more-right").click()
    page.wait_for_function("document.querySelector('.cx-panel .cx-scroll').scrollLeft > 50")
    said = page.locator(".cx-panel .cx-said")
    expect(said).to_contain_text("100 dari")
    page.evaluate("document.dispatchEvent(new CustomEvent('crmlab:lang', {detail: 'en'}))")
    expect(said).to_contain_text("100 of", timeout=15_000)
    assert here.overflow() <= 0
