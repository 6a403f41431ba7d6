"""The workbench's desk: one ledger through all, tables checked by their rooms, undone, saved, opened. Its browser:
tests/apps."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmlab import labels
from crmlab.analytics.ledger import Ledger, assumed, computed, measured
from crmlab.apps.workbench.board import board, decision
from crmlab.apps.workbench.example import SEGMENTS, Example
from crmlab.apps.workbench.paper import paper
from crmlab.errors import UserError
from crmlab.widgets.board_cards import Case
from crmlab.widgets.workbench_desk import WorkbenchDesk
from crmlab.widgets.workbench_project import Project


@pytest.fixture(scope="module")
def example() -> Example:
    return Example("S")


@pytest.fixture
def desk(example):
    return WorkbenchDesk(board(), Case("retail", lambda: example), paper, "en")


def place(at: WorkbenchDesk, table: str, column: str, value: str) -> int:
    return [r[column] for r in at.project.listed(table)].index(value)


def put(at: WorkbenchDesk, table: str, where: int | None, **values):
    return at.answer({"do": "row", "table": table, "at": where, "values": values or None})


def line(at: WorkbenchDesk, entry: str) -> dict:
    return next(r for r in at.page["wb"]["ledger"]["rows"] if r["id"] == entry)


def small() -> Project:
    """A programme that can be reckoned by hand: 100 people bring 10 more each, for two years at 0 %, for 500 today."""
    book = Ledger(
        [
            measured("customers", {"all": 100.0}, unit="count"),
            measured("margin", {"all": 50.0}, unit="money"),
            assumed("effect", 0.2, low=0.1, high=0.3, unit="share", owner="Ani"),
            assumed("investment", 500, unit="money", owner="Budi"),
            assumed("rate", 0.0, unit="share", owner="Budi"),
            assumed("years", 2, owner="Budi"),
            assumed("expected_loss", 0, unit="money", owner="Board"),
            computed("gain", "total(customers * margin * effect)", unit="money"),
            computed("npv", "gain * annuity(rate, years) - investment - expected_loss", unit="money"),
        ],
        outcome="npv",
    )
    rows = [("investment", "cost", 0, 0), ("expected_loss", "cost", 0, 0), ("gain", "benefit", 1, None)]
    flows = tuple(dict(zip(("entry", "kind", "first", "last"), r, strict=True)) for r in rows)
    return Project(book, {"flows": flows}, lang="en")


# -- the ledger runs through all ---------------------------------------------------------------------------------------


def test_the_business_case_and_the_decision_read_the_ledger(example):
    one = small()
    assert one.ledger["npv"] == 100 * 50 * 0.2 * 2 - 500 == one.case().facts["npv"]
    assert decision(one).table["found"].tolist() == [1500]
    for lang in labels.LANGUAGES:
        project = example(lang)
        assert project.case().facts["npv"] == pytest.approx(project.ledger["npv"], rel=1e-12)


@settings(max_examples=15)
@given(st.floats(0.1, 0.3), st.floats(0, 0.9), st.integers(1, 20), st.floats(0, 2_000))
def test_whatever_is_assumed_the_case_has_the_ledgers_npv(effect, rate, years, spent):
    one = small()
    book = one.ledger.change(effect=effect, rate=rate, years=years, investment=spent + 1)
    again = Project(book, one.tables, one.fields, "en")
    assert again.case().facts["npv"] == pytest.approx(book["npv"], rel=1e-9, abs=1e-6)


def test_a_change_moves_what_depends_on_it_and_says_on_which_path(desk):
    before = dict(desk.project.ledger.values)
    assert put(desk, "entries", place(desk, "entries", "entry", "reach"), value=0.75) is None
    after = desk.project.ledger.values
    follows = {"reach", "reached", "kept_more", "gain", "contact_money", "yearly", "npv"}
    assert {n for n in after if after[n] != before[n]} == follows
    told = desk.page["wb"]["ledger"]
    assert {r["id"] for r in told["rows"] if r["was"]} == follows
    assert told["way"][0] == "Reach" and told["way"][-1] == "NPV"
    assert "7 figures moved, 13 stayed" in told["moved"]
    assert desk.choices["start"] == "reach"  # the graph follows it
    assert [c["id"] for c in desk.page["cards"]][0] == "moved"
    shown = desk.answer({"do": "card", "card": "moved"})["drawn"]
    assert shown["figure"] and "Reach" in shown["said"]
    tile = next(t for t in desk.page["tiles"] if t["label"] == "NPV")
    assert tile["value"] == told["value"]
    desk.answer({"do": "undo"})
    assert desk.project.ledger.values == before
    assert desk.page["wb"]["ledger"]["moved"] == ""
    assert not desk.page["wb"]["undo"]
    with pytest.raises(UserError, match="no change"):
        desk.answer({"do": "undo"})


def test_a_new_risk_lowers_the_npv_by_its_expected_loss(desk):
    desk.answer({"do": "part", "name": "risks"})
    was, reserve = desk.project.ledger["npv"], desk.project.ledger["expected_loss"]
    assert reserve == pytest.approx(sum(r["probability"] * r["impact"] for r in desk.project.tables["risks"]))
    put(desk, "risks", None, risk="Flood", probability=0.5, impact=1_000_000)
    assert desk.project.ledger["expected_loss"] == reserve + 500_000
    assert desk.project.ledger["npv"] == pytest.approx(was - 500_000)
    desk.answer({"do": "part", "name": "ledger"})
    assert line(desk, "npv")["way"] == ["Reserve for risks", "NPV"]
    assert line(desk, "expected_loss")["fixed"]


def test_a_segment_and_a_figure_are_added_and_refused_by_name(desk):
    put(desk, "segments", None, segment="corporate", customers=28, margin=1_500_000)
    assert desk.project.ledger.segments == (*SEGMENTS, "corporate")
    refused = put(desk, "entries", None, entry="extra", how="computed", unit="money", formula="gian * 2")
    assert refused["table"] == "entries" and "gian" in refused["refused"] and "gain" in refused["refused"]
    assert put(desk, "entries", None, entry="extra", how="computed", unit="money", formula="gain * 2") is None
    assert desk.project.ledger["extra"] == 2 * desk.project.ledger["gain"]
    at = place(desk, "entries", "entry", "gain")
    assert "yearly" in put(desk, "entries", at)["refused"]  # which needs it
    refused = put(desk, "entries", at, formula="npv * 2")
    assert "→" in refused["refused"]
    refused = put(desk, "entries", place(desk, "entries", "entry", "rate"), value=12)
    assert "0.12" in refused["refused"]


# -- tables and their rooms --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "column", "value", "change", "said"),
    [
        ("tasks", "task", "Vision and objectives", {"after": "Launch"}, "Launch → Vision and objectives"),
        ("tasks", "task", "Launch", {"after": "Lanch"}, "Lanch"),
        ("tasks", "task", "Launch", {"likely": 9}, "Launch"),
        ("risks", "owner", "IT manager", {"probability": 40}, "0.4"),
        ("scores", "vendor", "Vendor A", {"vendor": "Vendor B"}, "Vendor B"),
        ("nodes", "node", "C1", {"layer": "objective"}, "C1"),
        ("stakeholders", "stakeholder", "Cashiers", {"rational": 7}, "7"),
        ("flows", "entry", "gain", {"first": 5}, "5"),
        ("objectives", "objective", "O1", {"sentence": ""}, "sentence"),
    ],
)
def test_what_a_room_refuses_is_said_at_its_table_and_the_last_good_state_stays(
    desk, table, column, value, change, said
):
    before = desk.project.to_json()
    for lang in labels.LANGUAGES[::-1]:
        reply = put(desk, table, place(desk, table, column, value), **change)
        assert reply["table"] == table
        if lang == "en":
            assert said in reply["refused"]
        assert desk.project.to_json() == before
        assert not desk.page["wb"]["undo"]


def test_an_error_speaks_the_readers_language(desk):
    desk.answer({"do": "lang", "lang": "id"})
    reply = put(desk, "tasks", place(desk, "tasks", "task", "Peluncuran"), after="Peluncuran")
    assert "saling menunggu" in reply["refused"]


def test_a_new_name_is_followed_by_what_hangs_on_it(desk):
    put(desk, "nodes", place(desk, "nodes", "node", "C1"), node="K1")
    assert {"from": "E1", "to": "K1"} in desk.project.tables["edges"]
    put(desk, "tasks", place(desk, "tasks", "task", "Clean the data"), task="Scrub")
    assert "Set up the system, Scrub" in [r["after"] for r in desk.project.tables["tasks"]]
    at = place(desk, "weights", "criterion", "WhatsApp")
    put(desk, "weights", at, criterion="Telegram")
    assert [r["Telegram"] for r in desk.project.tables["scores"]] == [True, True, False, True]
    put(desk, "weights", None, criterion="Support", weight=0.1)
    assert desk.project.tables["scores"][0]["Support"] is None
    desk.answer({"do": "part", "name": "vendors"})
    assert "Vendor A" in desk.answer({"do": "card", "card": "vendors"})["drawn"]["refused"]
    for k in range(4):
        put(desk, "scores", k, Support=3)
    assert desk.project.vendors().facts["knocked_out"] == ("Vendor C",)


def test_a_broken_table_of_a_file_can_be_mended_step_by_step(desk):
    told = json.loads(desk.project.to_json())
    told["tables"]["tasks"][0]["after"] = "Launch"
    told["tables"]["tasks"][1]["likely"] = 99
    content = json.dumps(told).encode()
    desk.answer({"do": "upload", "name": "broken.json"}, [content])
    desk.answer({"do": "part", "name": "plan"})
    assert "→" in desk.answer({"do": "card", "card": "plan"})["drawn"]["refused"]
    assert put(desk, "tasks", 0, after="") is None  # the other mistake is still there
    assert put(desk, "tasks", 1, likely=12) is None
    assert desk.project.plan().facts["duration"] == 69


def test_rows_that_are_not_there_and_cells_of_another_kind(desk):
    for event in ({"at": 99, "values": {"risk": "x"}}, {"at": -1, "values": None}):
        reply = desk.answer({"do": "row", "table": "risks", **event})
        assert "no longer there" in reply["refused"]
    with pytest.raises(UserError):
        desk.answer({"do": "row", "table": "nothing", "at": 0, "values": {}})
    with pytest.raises(UserError):
        desk.answer({"do": "row", "table": "risks", "at": None, "values": None})
    assert "empty" in put(desk, "risks", None, risk=" ")["refused"]
    assert "no number" in put(desk, "risks", 0, impact="much")["refused"]
    assert "choices" in put(desk, "edges", 0, to="nowhere")["refused"]
    with pytest.raises(UserError, match="has changed"):
        desk.answer({"do": "row", "table": "risks", "at": 0, "values": None, "edition": "of another page"})


# -- the file ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_a_saved_project_opens_and_is_saved_byte_equal(example, desk, lang):
    desk.answer({"do": "lang", "lang": lang})
    first = desk.answer({"do": "export", "what": "project"})
    assert first["file"].endswith(".json")
    reply = desk.answer({"do": "upload", "name": first["file"]}, [first.content])
    assert first["file"] in reply["said"]
    assert desk.answer({"do": "export", "what": "project"}).content == first.content
    assert not desk.page["wb"]["unsaved"]
    put(desk, "risks", 0, owner="Somebody else")
    assert desk.page["wb"]["unsaved"]
    assert desk.answer({"do": "export", "what": "project"}).content != first.content
    assert not desk.page["wb"]["unsaved"]
    desk.answer({"do": "undo"})
    assert desk.answer({"do": "export", "what": "project"}).content == first.content


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda t: t.update(format="other"), "foreign_file"),
        (lambda t: t.update(version=2), "other_version"),
        (lambda t: t.pop("tables"), "bad_file"),
        (lambda t: t.update(lang="fr"), "bad_file"),
        (lambda t: t["tables"].update(strange=[]), "bad_file"),
        (lambda t: t["tables"].update(risks=[1]), "bad_file"),
        (lambda t: t["tables"]["risks"][0].update(colour="red"), "unknown_column"),
        (lambda t: t["tables"]["risks"][0].update(impact="much"), "no_number"),
        (lambda t: t["tables"]["edges"][0].update(to="X9"), "unknown_choice"),
        (lambda t: t["ledger"].pop("outcome"), "bad_file"),
        (lambda t: t["fields"].update(shoe="42"), "bad_file"),
    ],
)
def test_a_foreign_or_broken_file_is_refused_and_changes_nothing(desk, spoil, code):
    told = json.loads(desk.project.to_json())
    spoil(told)
    with pytest.raises(UserError) as caught:
        Project.from_json(json.dumps(told))
    assert caught.value.code.partition(".")[2] == code
    before = desk.page
    reply = desk.answer({"do": "upload", "name": "x.json"}, [json.dumps(told).encode()])
    assert reply["refused"] == caught.value.render("en")
    assert desk.page["wb"] == before["wb"]


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe\x00", b"[]", b"x" * 2_000_001])
def test_what_is_no_project_at_all(desk, content):
    assert desk.answer({"do": "upload", "name": "x.json"}, [content])["refused"]
    assert desk.page["wb"]["example"]


# -- example, paper, new -----------------------------------------------------------------------------------------------


def test_the_example_is_measured_from_the_shop(example):
    from crmlab import datasets

    sends = datasets.load_retail("S", layer="clean").tables["campaign_sends"]
    back = sends[sends["arm"].isin(["test", "control"])].groupby("arm")["converted"].mean()
    book = example("en").ledger
    assert book["pilot_effect"] == pytest.approx(back["test"] - back["control"])
    pilot = book.entries["pilot_effect"]
    assert pilot.how == "measured" and pilot.low < 0.05 < pilot.high  # R-T25: the voucher brings back 5 points more
    assert book.entries["carries_over"].how == "assumed" and book.entries["carries_over"].says
    lines = datasets.load_retail("S").tables["fact_sales_line"]
    people = datasets.load_retail("S").tables["dim_customer"].set_index("customer_key")["segment"]
    year = lines[lines["date"].dt.year == 2020]
    loyal = year[year["customer_key"].map(people) == "loyal"]
    assert book["customers"]["loyal"] == loyal["customer_key"].nunique()
    assert book["margin"]["loyal"] == pytest.approx(loyal["margin"].sum() / loyal["customer_key"].nunique())
    assert all(e.says for e in book.entries.values() if e.how != "computed")


def test_the_interval_of_a_mean_margin_covers_at_the_size_of_a_segment():
    """Seventy margins of a skewed kind, as the loyal segment has them: t's interval holds the mean 93 times of 100."""
    import numpy as np
    from scipy.stats import t

    stream, n = np.random.default_rng(7), 70
    drawn = stream.gamma(2.5, 1.0, (4_000, n))  # a spread of 0.63 of the mean, as measured
    half = t.ppf(0.975, n - 1) * drawn.std(axis=1, ddof=1) / n**0.5
    assert 0.93 < (np.abs(drawn.mean(axis=1) - 2.5) < half).mean() < 0.96


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_part_is_drawn_without_a_refusal(example, lang):
    at = WorkbenchDesk(board(), Case("retail", lambda: example), paper, lang)
    for part in board().parts:
        at.answer({"do": "part", "name": part.name})
        for card in at.page["cards"]:
            shown = at.answer({"do": "card", "card": card["id"]})["drawn"]
            assert "refused" not in shown, (card["id"], shown)
        words = json.dumps(at.page["wb"], ensure_ascii=False)
        assert "Unknown" not in words
    assert at.page["wb"]["paper"]["missing"] == []


def test_the_paper_is_written_and_a_paper_with_holes_is_not(desk):
    page = desk.answer({"do": "export", "what": "paper", "format": "html"})
    text = page.content.decode("utf-8")
    assert "keep more loyal customers" in text and page["file"].startswith("board-paper-")
    book = desk.answer({"do": "export", "what": "paper", "format": "xlsx"})
    assert zipfile.is_zipfile(io.BytesIO(book.content))
    put(desk, "entries", place(desk, "entries", "entry", "reach"), value=0.75)
    desk.answer({"do": "part", "name": "paper"})
    told = labels.money(desk.project.ledger["npv"], "en", short=True)
    assert told in desk.page["wb"]["paper"]["outline"][0]
    desk.answer({"do": "new"})
    assert desk.page["wb"]["paper"]["missing"][0] == "the decision asked for"
    with pytest.raises(UserError):
        desk.answer({"do": "export", "what": "paper", "format": "html"})
    with pytest.raises(UserError):
        desk.answer({"do": "export", "what": "paper", "format": "exe"})
    assert all(not desk.project.tables[t] for t in ("tasks", "risks", "scores"))
    assert desk.project.ledger["expected_loss"] == 0
    put(desk, "tasks", None, task="A", optimistic=1, likely=2, pessimistic=3)
    assert desk.project.plan().facts["duration"] == 2


def test_what_is_asked_once_is_checked(desk):
    reply = desk.answer({"do": "fields", "values": {"start": "tomorrow"}})
    assert reply["table"] == "fields" and "tomorrow" in reply["refused"]
    assert desk.answer({"do": "fields", "values": {"deadline": 70, "title": "Mine"}}) is None
    assert desk.page["wb"]["title"] == "Mine" and not desk.page["wb"]["example"]
