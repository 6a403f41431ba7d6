"""Class marks in a browser: a lecturer sorts, opens a question, looks at likenesses, and brings a class of his own."""

from __future__ import annotations

from functools import partial

import pytest
from playwright.sync_api import expect

from crmlab import items
from tests.apps.boards import complete


@pytest.fixture
def marks(board):
    return partial(board, "marks")


def first(page):
    return page.locator(".mk-table tbody tr").first


def part(page, name):
    page.locator(f"[data-key=part-{name}]").click()
    complete(page, f"-{name}")


def test_a_lecturer_finds_the_doubtful_key_by_keyboard(marks):
    here, page = marks("en")
    expect(page.locator(".cx-tile")).to_have_count(4)
    expect(page.locator(".cx-tile").nth(3)).to_contain_text("Rank the reasons")
    expect(first(page)).to_contain_text("Rank the reasons")  # the weakest discrimination stands first
    expect(first(page)).to_contain_text("negative")
    page.locator("[data-key=sort-difficulty]").focus()
    page.keyboard.press("Enter")
    expect(first(page)).to_contain_text("Value at risk")
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Difficulty")
    expect(page.locator("[data-key=sort-difficulty]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(first(page)).to_contain_text("Read the total")
    page.locator("[data-key='question-segmentation-and-value|rank_the_reasons']").focus()
    page.keyboard.press("Enter")
    detail = page.locator(".mk-detail")
    expect(detail).to_contain_text("the key: doubtful")
    expect(detail.locator("li").nth(1)).to_contain_text("The oldest reason first")
    expect(detail.locator("li").nth(1)).to_contain_text("draws the strong")
    expect(detail.locator("h3")).to_be_focused()
    assert here.faults() == []
    page.locator("[data-key=close-question]").click()
    expect(detail).to_be_hidden()
    expect(page.locator("[data-key='question-segmentation-and-value|rank_the_reasons']")).to_be_focused()
    page.locator("[data-key='question-segmentation-and-value|average_basket']").click()
    expect(detail).to_contain_text("35.0% (27.1% to 43.9%) · 42 students")
    page.get_by_role("link", name="ID", exact=True).click()  # what is open stays open, in the other language
    expect(detail).to_contain_text("Rata-rata dari rasio", timeout=15_000)
    with page.expect_download() as caught:
        page.locator("[data-key=save-discrimination-xlsx]").click()
    assert caught.value.suggested_filename == "discrimination.xlsx"
    assert here.complaints == [] and here.hosts - {"blob"} == {"127.0.0.1"}


def test_students_numbers_are_shown_on_demand_only(marks):
    here, page = marks("id")
    assert "2110511" not in page.content()
    part(page, "likenesses")
    looks = page.locator(".mk-looks > li")
    expect(looks).to_have_count(3)
    expect(looks.first).to_contain_text("•••509")
    assert "2110511" not in page.content()
    assert here.faults() == []
    page.locator("[data-key=numbers]").click()
    expect(looks.first).to_contain_text("2110511509")
    expect(page.locator("[data-key=numbers]")).to_be_focused()
    page.locator("[data-key=numbers]").click()
    expect(looks.first).not_to_contain_text("2110511509")
    assert here.complaints == []


@pytest.mark.parametrize(("lang", "theme"), [("id", "light"), ("en", "dark")])
def test_every_part_on_a_telephone(marks, lang, theme):
    here, page = marks(lang, width=390, theme=theme)
    page.locator("[data-key='question-retention-and-lifecycle|median_life']").click()
    expect(page.locator(".mk-answers li").first).to_be_visible()
    assert here.overflow() <= 0 and here.faults() == []
    for name in ("trust", "beliefs", "likenesses"):
        part(page, name)
        assert here.overflow() <= 0, name
        assert here.faults() == [], name
    assert here.complaints == []


def test_a_class_of_ones_own(marks, tmp_path):
    here, page = marks("en")
    written = items.make_class(seed=5).write(tmp_path)
    page.locator("[data-key=source]").select_option("own")
    pick = page.locator("[data-key=file]")
    pick.set_input_files({"name": "x.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"})
    expect(page.locator(".cx-error")).to_contain_text("max_points", timeout=15_000)
    pick.set_input_files(written["items"])
    expect(page.locator(".cx-report")).to_contain_text("1,920 answers, 120 students", timeout=15_000)
    pick.set_input_files(written["copies"])
    expect(page.locator(".cx-report")).to_contain_text("3 likenesses", timeout=15_000)
    assert here.faults() == []
    page.locator("[data-key=explore-own]").click()
    complete(page, "own-questions")
    expect(page.locator(".mk-table tbody tr")).to_have_count(16)
    part(page, "likenesses")
    expect(page.locator(".mk-looks > li")).to_have_count(3)
    assert here.overflow() <= 0 and here.complaints == []
