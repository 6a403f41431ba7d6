"""A dashboard's desk: what it draws, keeps, refuses and hands out. The browser's side is in tests/apps."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from crmlab import labels
from crmlab.errors import UserError
from crmlab.results import Result, Source
from crmlab.widgets.board_cards import Board, Card, Case, Control, Part
from crmlab.widgets.board_desk import BoardDesk
from crmlab.widgets.kept_cards import Kept

WORDS = (
    "title",
    "source_shop",
    "part_worth",
    "part_more",
    "card_worth",
    "card_few",
    "card_year",
    "control_year",
    "part_worth_about",
)


@pytest.fixture(autouse=True)
def words(monkeypatch):
    """A board's words are its app's; these are the test's own."""
    known = labels.catalogue("board")["text"]
    for key in WORDS:
        monkeypatch.setitem(known, key, {"id": f"{key} id", "en": f"{key} en"})


def worth(data, choices):
    from crmlab.analytics.value import compare_formulas

    return compare_formulas(margin=1_000_000, retention=0.8, discount=0.1)


def few(_data, _choices):
    raise UserError("board.unknown_source", found="too few")


BOARD = Board(
    "board",
    (
        Part("worth", (Card("worth", worth, wide=True), Card("few", few)), controls=("year",)),
        Part("more", (Card("year", worth, table=True),), lambda data, choices, lang: [{"label": lang}]),
    ),
    (Control("year", lambda data, lang: (("2019", "2019"), ("2020", "2020"))),),
)


def desk(**case):
    case = {"open": dict, **case}
    return BoardDesk(BOARD, [Case("shop", **case)], "en")


def test_a_card_is_drawn_when_it_is_first_asked_for_and_then_stands():
    at = desk()
    assert [c["drawn"] for c in at.page["cards"]] == [None, None]
    assert at.page["said"] == "part_worth_about en"
    reply = at.answer({"do": "card", "card": "worth"})
    assert reply["drawn"]["rows"] and "3,666,667" in str(reply["drawn"]["rows"])
    at.answer({"do": "lang", "lang": "en"})
    assert at.page["cards"][0]["drawn"] == reply["drawn"]


def test_what_data_cannot_bear_is_said_in_the_cards_place():
    at = desk()
    told = at.answer({"do": "card", "card": "few"})["drawn"]
    assert told == {"refused": UserError("board.unknown_source", found="too few").render("en")}


def test_only_the_controls_of_a_part_count_and_unknown_choices_fall_back():
    at = desk()
    assert [c["id"] for c in at.page["controls"]] == ["year"]
    at.answer({"do": "choose", "control": "year", "value": "1999"})
    assert at.page["controls"][0]["value"] == "2019"
    at.answer({"do": "choose", "control": "year", "value": "2020"})
    assert at.page["view"] == "shop-worth-2020"
    at.answer({"do": "part", "name": "more"})
    assert at.page["controls"] == [] and at.page["tiles"] == [{"label": "en"}]


def test_an_address_leads_to_part_and_choice():
    at = desk()
    at.answer({"do": "go", "source": "shop", "part": "worth", "choices": {"year": "2020"}})
    assert at.page["view"] == "shop-worth-2020"
    at.answer({"do": "go", "source": "nowhere", "part": "nothing"})
    assert at.page["view"] == "shop-worth-2020"


def test_a_card_goes_home_in_every_format():
    at = desk()
    book = at.answer({"do": "export", "card": "worth", "format": "xlsx"})
    assert pd.read_excel(io.BytesIO(book.content), header=None).shape[0] > 1
    page = at.answer({"do": "export", "card": "worth", "format": "html"})
    assert page["mime"].startswith("text/html") and b"<html" in page.content
    for form, word in (("docx", "wordprocessingml"), ("pptx", "presentationml")):
        office = at.answer({"do": "export", "card": "worth", "format": form})
        assert word in office["mime"] and office.content.startswith(b"PK")
    with pytest.raises(UserError) as refused:
        at.answer({"do": "export", "card": "worth", "format": "exe"})
    assert refused.value.code == "export.unknown_format"


def test_unknown_sources_and_events_are_refused_and_leave_the_page_as_it_was():
    at = desk()
    before = at.page
    for event in ({"do": "source", "name": "own"}, {"do": "dance"}, {"do": "card", "card": "none"}, {"do": "show"}):
        with pytest.raises(UserError):
            at.answer(event)
    assert at.page == before


def test_cards_of_fingerprinted_data_are_kept_for_the_next_reader(tmp_path, monkeypatch):
    monkeypatch.setenv("CRMLAB_CACHE", str(tmp_path))
    opened = []

    def open_():
        opened.append(1)
        return {}

    desk(open=open_, fingerprint="abc").prepare()
    assert opened == [1]
    again = desk(open=open_, fingerprint="abc")
    assert again.page["cards"][0]["drawn"]["said"] and opened == [1]
    assert desk(open=open_, fingerprint="other").page["cards"][0]["drawn"] is None
    # half a file is no file: the card is made again
    for file in (tmp_path / "cards").iterdir():
        file.write_text(file.read_text(encoding="utf-8")[:20], encoding="utf-8")
    damaged = desk(open=open_, fingerprint="abc")
    damaged.prepare()
    assert damaged.page["cards"][0]["drawn"]["said"]


def test_data_without_a_fingerprint_leave_nothing_on_the_disk(tmp_path, monkeypatch):
    monkeypatch.setenv("CRMLAB_CACHE", str(tmp_path))
    kept = Kept("")
    assert kept.get({"what": 1}, lambda: "made") == "made"
    assert kept.get({"what": 1}, lambda: "made again") == "made"
    assert not list(tmp_path.iterdir())


def test_a_persons_name_is_masked_on_a_card():
    from crmlab.widgets.drawn import drawn

    table = pd.DataFrame({"name": ["Siti Rahayu"], "customers": [3]})
    source = Source("shop", "abc", 3, 0)
    result = Result("nothing.drawn", table, {"units": {"customers": "count"}, "personal": ("name",)}, {}, (), source)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Result, "explain", lambda self, lang, depth: depth)
        told = drawn(result, "en")
    assert "Siti Rahayu" not in str(told) and told["notes"]
