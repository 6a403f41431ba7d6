"""The segmentation studio in a browser: from a picture to a list, with PT XYZ and with a bare list of transactions."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

PARTS = (
    "worth",
    "portfolio",
    "moves",
    "other",
    "how",
    "save",
)  # the others are looked at without a browser: they take long


def bare(customers: int = 80) -> bytes:
    """A list of transactions and nothing else."""
    draw = random.Random(4)
    lines = ["order_id,ordered_at,customer_id,amount"]
    for i in range(customers):
        usual = draw.choice((40_000, 400_000))
        for j in range(draw.randint(2, 6)):
            day = f"2020-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"
            lines.append(f"T{i}-{j},{day},P{i:03d},{usual + draw.randint(0, 9999)}")
    return "\n".join(lines).encode()


@pytest.fixture
def studio(visit):
    """Opens the studio and waits for its picture."""

    def open_it(lang: str = "id", **how) -> tuple:
        here = visit(**how)
        here.page.set_default_navigation_timeout(90_000)  # the first page of a run: all apps' kernels start at once
        page = here.open(f"/app/studio?lang={lang}")
        page.wait_for_selector(".st-map .st-dots", timeout=60_000)
        return here, page

    return open_it


def settle(page: Page) -> None:
    page.wait_for_function(
        "(() => { const r = document.querySelector('.st-studio');"
        " return !r.hasAttribute('aria-busy') && r.dataset.waits === '0'; })()",
        timeout=90_000,
    )


def part(page: Page, name: str) -> None:
    page.locator(f"[data-key=tab-{name}]").click()
    expect(page.locator(f"[data-key=tab-{name}]")).to_have_attribute("aria-selected", "true", timeout=20_000)
    settle(page)


def test_from_the_picture_to_the_list(studio):
    here, page = studio()
    page.locator("[data-key=k-3]").click()
    expect(page.locator(".st-map .st-dots")).to_have_count(3, timeout=20_000)
    expect(page.locator("[data-key=k-3]")).to_be_focused()
    settle(page)
    expect(page.locator(".cx-tile-value").nth(2)).to_have_text("Ya")
    page.locator("[data-key=segment-segment_1]").click()
    expect(page.locator(".st-portrait h3")).to_have_text("Potret: Segmen 1", timeout=20_000)
    settle(page)
    expect(page.locator(".st-away[data-segment=segment_2]").first).to_be_visible()
    page.locator("[data-key=axis-y]").select_option("average_order")
    expect(page.locator(".st-map-card h3")).to_contain_text("Rata-rata pesanan", timeout=20_000)
    page.locator("[data-key=method]").select_option("rfm")
    expect(page.locator("[data-key=segment-champions]")).to_be_visible(timeout=20_000)
    page.locator("[data-key=rules]").click()
    page.locator("[data-key=rule-name-0]").fill("Sahabat")
    page.locator("[data-key=rule-0]").fill("orders >= 20")
    page.locator("[data-key=rules-apply]").click()
    expect(page.locator("[data-key=segment-Sahabat]")).to_be_visible(timeout=20_000)
    page.locator("[data-key=rule-0]").fill("orders >=")
    page.locator("[data-key=rules-apply]").click()
    expect(page.locator(".cx-error")).to_be_visible(timeout=20_000)
    part(page, "save")
    page.locator("[data-key=save-segment]").select_option("Sahabat")
    settle(page)
    with page.expect_download() as caught:
        page.locator("[data-key=save-csv]").click()
    text = Path(caught.value.path()).read_text(encoding="utf-8-sig")
    assert text.splitlines()[1].endswith(";Sahabat")
    assert "•••" in text
    assert here.complaints == []
    assert here.hosts <= {"127.0.0.1", "blob", "data"}


def test_a_bare_list_of_transactions(studio):
    here, page = studio("en")
    page.locator("[data-key=source]").select_option("own")
    page.locator("[data-key=file]").set_input_files({"name": "sales.csv", "mimeType": "text/csv", "buffer": bare()})
    page.locator("[data-key=load]").click(timeout=20_000)
    page.locator("[data-key=explore-own]").click(timeout=20_000)
    page.wait_for_selector(".st-map .st-dots, .st-none", timeout=30_000)
    settle(page)
    page.locator("[data-key=lacks]").click()
    expect(page.locator(".st-more li")).to_have_count(5)
    part(page, "worth")
    expect(page.locator(".st-body")).to_contain_text("Profit is unknown")
    part(page, "save")
    expect(page.locator(".st-body")).to_contain_text("no record of consent")
    page.locator("[data-key=again]").click()
    expect(page.locator("[data-key=map-cost]")).to_be_attached(timeout=20_000)
    assert here.complaints == []


@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (1280, "light")])
def test_every_part_fits_and_is_accessible(studio, width, theme):
    here, page = studio("en", width=width, theme=theme)
    page.locator("[data-key=more]").click()
    page.locator("[data-key=segment-segment_2]").click()
    page.wait_for_selector(".st-portrait")
    settle(page)
    assert here.overflow() <= 0
    assert here.faults() == []
    page.locator("[data-key=method]").select_option("rfm")
    page.wait_for_selector("[data-key=rules]")
    page.locator("[data-key=rules]").click()
    settle(page)
    assert here.overflow() <= 0
    assert here.faults() == []
    page.locator("[data-key=method]").select_option("kmeans")
    page.wait_for_selector("[data-key=more]")
    for name in PARTS if width < 400 else ("worth", "portfolio", "how"):
        part(page, name)
        assert here.overflow() <= 0, name
        if name in ("moves", "portfolio", "save", "how"):
            assert here.faults() == [], name
    assert here.complaints == []


def test_the_address_keeps_part_method_and_k(studio):
    _, page = studio("en")
    assert "#" not in page.url
    page.locator("[data-key=k-4]").click()
    expect(page.locator(".st-map .st-dots")).to_have_count(4, timeout=20_000)
    part(page, "how")
    page.wait_for_function("location.hash === '#d=retail/how/kmeans/4'")
    page.reload()
    expect(page.locator("[data-key=tab-how]")).to_have_attribute("aria-selected", "true", timeout=60_000)
    expect(page.locator("[data-key=k-4]")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="ID", exact=True).click()
    expect(page.locator("[data-key=tab-how]")).to_have_text("Cara hitung", timeout=20_000)
