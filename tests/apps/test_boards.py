"""The dashboards in a browser: what a lecturer clicks in class, and what a reader does with a survey of his own."""

from __future__ import annotations

import random
import re

from playwright.sync_api import Page, expect

from tests.apps.boards import complete


def part(page: Page, name: str) -> None:
    page.locator(f"[data-key=part-{name}]").click()
    complete(page, f"-{name}")


def test_the_hospital_in_class(board):
    here, page = board("hospital")
    expect(page.locator(".cx-tile")).to_have_count(4)
    expect(page.locator("[data-card=months] .bd-said")).to_contain_text("6.625")
    for name, card in (("communication", "pilot"), ("waiting", "repeated"), ("referrals", "loop"), ("access", "usual")):
        part(page, name)
        expect(page.locator(f"[data-card={card}] .bd-said")).to_contain_text("selang 95%")
    assert page.locator(".bd-refused").count() == 0
    page.locator("[data-card=usual] .bd-foot summary").click()
    expect(page.locator("[data-card=usual] .bd-foot p").first).to_be_visible()
    assert here.faults() == []
    assert here.hosts - {"blob"} == {"127.0.0.1"}  # a blob is the page's own
    assert here.complaints == []


def test_being_ill_is_no_consent(board):
    _, page = board("hospital", "en")
    part(page, "patients")
    page.locator("[data-key=control-group]").select_option("diabetes")
    complete(page, "-diabetes")
    expect(page.locator("[data-card=target] .bd-refused")).to_contain_text("being ill is no consent")
    page.locator("[data-key=control-group]").select_option("diabetes_agreed")
    complete(page, "-diabetes_agreed")
    expect(page.locator("[data-card=target] .bd-said")).to_contain_text("may be written to")


def test_a_choice_stays_in_the_address_and_a_card_goes_home(board):
    here, page = board("experience")
    page.locator("[data-key=control-by]").select_option("payer_group")
    complete(page, "payer_group")
    part(page, "groups")
    expect(page).to_have_url(re.compile(r"#d=hospital/groups\?.*by=payer_group"))
    page.reload()
    here.drawn()
    complete(page, "payer_group")
    assert page.locator("[data-key=part-groups]").get_attribute("aria-selected") == "true"
    with page.expect_download() as caught:
        page.locator("[data-key=save-league-xlsx]").click()
    assert caught.value.suggested_filename == "league.xlsx"


def test_the_other_company_and_the_other_language(board):
    here, page = board("experience")
    page.locator("[data-key=source]").select_option("retail")
    complete(page, "retail-")
    part(page, "comments")
    expect(page.locator(".bd-refused")).to_contain_text("tidak memuat komentar")
    page.get_by_role("link", name="EN", exact=True).click()
    expect(page.locator(".bd-refused")).to_contain_text("hold no comments", timeout=15_000)
    assert here.complaints == []


def test_on_a_telephone_nothing_sticks_out(board):
    here, page = board("experience", width=390)
    for name in ("change", "groups", "drivers", "comments", "loop"):
        part(page, name)
        assert here.overflow() <= 0, name
    assert here.faults() == []


def test_a_survey_of_ones_own(board):
    rng = random.Random(3)
    lines = ["id;tanggal;unit;nps;csat;ces"]
    for i in range(240):
        unit = rng.choice(["Loket", "Apotek", "Poli"])
        answers = f"{rng.randint(4, 10)};{rng.randint(2, 5)};{rng.randint(1, 7)}"
        lines.append(f"P{i};2024-{1 + i % 12:02d}-{1 + i % 28:02d};{unit};{answers}")
    _, page = board("experience")
    page.locator("[data-key=source]").select_option("own")
    content = "\n".join(lines).encode()
    page.locator("input[type=file]").set_input_files({"name": "survei.csv", "mimeType": "text/csv", "buffer": content})
    expect(page.locator("[data-key=map-customer_id]")).to_be_visible(timeout=20_000)
    page.locator("[data-key=map-customer_id]").select_option("id")
    # which scale, and which end of the effort question is easy: it is asked, not guessed
    for question in ("csat_scale:csat-0", "ces_scale:ces-0", "ces_easy:ces-0"):
        page.locator(f"[data-key='ask-{question}']").check(timeout=20_000)
    page.locator("[data-key=load]").click()
    page.locator("[data-key=explore-own]").click(timeout=20_000)
    complete(page, "own-")
    expect(page.locator("[data-card=nps] .bd-said")).to_contain_text("n = 240")
    expect(page.locator("[data-card=ces] .bd-said")).to_contain_text("CES")
    expect(page.locator("[data-card=nps] table")).to_contain_text("Loket")


def test_the_board_of_directors_narrows_every_card_at_once(board):
    here, page = board("executive")
    expect(page.locator(".cx-tile")).to_have_count(5)
    expect(page.locator("[data-card=months] .bd-said")).to_contain_text("dibanding 2019")
    page.locator("[data-key=control-segment]").select_option("corporate")
    page.locator("[data-key=control-year]").select_option("2019")
    complete(page, "2019-corporate")
    expect(page.locator("[data-card=channels] .bd-said")).to_contain_text("Tenaga penjualan membawa")
    expect(page.locator(".cx-tile").first).to_contain_text("Omzet 2019")
    # the years of NPS follow the segment; of the year, which they all show, the card says that it does not
    expect(page.locator("[data-card=nps_years] .bd-unmoved")).to_contain_text("Tahun (2019)")
    expect(page.locator("[data-card=segments] .bd-unmoved")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"#d=shop/overview\?year=2019&segment=corporate"))
    assert here.faults() == []
    assert here.complaints == []


def test_a_board_that_asks_on_in_english_and_on_a_telephone(board):
    here, page = board("executive", "en", width=390)
    assert here.overflow() <= 0
    for name, card, said in (
        ("sales", "targets", "was reached"),
        ("experience", "nps_channels", "95% interval"),
        ("levers", "chain", "8 of 9"),
    ):
        part(page, name)
        expect(page.locator(f"[data-card={card}] .bd-said")).to_contain_text(said)
        assert here.overflow() <= 0, name
    page.locator("[data-key=control-year]").select_option("2016")
    complete(page, "2016")
    expect(page.locator("[data-card=tree] .bd-refused")).to_contain_text("no year before")
    assert here.complaints == []
