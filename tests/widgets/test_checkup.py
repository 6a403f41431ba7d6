"""The check-up's desk: what data propose, what a person overrules, undone, saved, opened, compared; own files."""

from __future__ import annotations

import json
import time

import pandas as pd
import pytest

from crmlab import forms
from crmlab.analytics import frameworks
from crmlab.apps.checkup.board import board, links
from crmlab.apps.checkup.companies import Own, Shop
from crmlab.errors import UserError
from crmlab.results import Source
from crmlab.widgets.board_cards import Case
from crmlab.widgets.checkup_desk import CheckupDesk


class Made:
    """A company whose data know of profit and of complaints only: 36 of 40 and 20 of 40."""

    days = ["2024-12-31", "2023-12-31"]
    source = Source("made up", "", 40, 0)

    def __init__(self):
        self.asked = []

    def evidence(self, day):
        self.asked.append(day)
        known = 36 if day.startswith("2024") else 12
        portfolio = pd.DataFrame({"customer_id": range(40), "profit": [5.0] * known + [None] * (40 - known)})
        began = pd.Timestamp(day) - pd.Timedelta(days=60)
        complaints = pd.DataFrame({"complained_at": [began] * 40, "resolved_at": [began] * 20 + [pd.NaT] * 20})
        tables = {"portfolio": portfolio, "complaints": complaints.assign(reopened=False)}
        return frameworks.value_chain_evidence(tables, as_of=day, source=self.source)


def desk(lang="en", company=None):
    made = company or Made()
    return CheckupDesk(board(), [Case("retail", lambda: made)], links, lang)


def item(at, name):
    return next(i for g in at.page["check"]["groups"] for i in g["items"] if i["id"] == name)


def score(at, name, value, evidence="seen on the floor"):
    return at.answer({"do": "score", "item": name, "score": value, "evidence": evidence})


def scores(at):
    return {i["id"]: i["score"] for g in at.page["check"]["groups"] for i in g["items"] if i["score"] is not None}


def opened(at, content, name="ours.json"):
    return at.answer({"do": "upload", "name": name}, [content])


def test_data_propose_with_n_interval_and_rule_and_leave_the_rest():
    at = desk()
    assert scores(at) == {"customer_portfolio": 4, "crm_processes": 1}
    one = item(at, "customer_portfolio")
    assert one["by_said"] == "from the data" and not one["overruled"]
    said = one["measured"][0]
    assert said["said"].startswith("Customers' profit known: 90.0% (95% interval: 76.9% to 96.0%; n = 40 cases")
    assert "Thresholds 0.25, 0.50, 0.75, 0.90: score 4." in said["said"]
    assert said["sure"] == "The interval crosses a threshold: the score may be 3 to 4."
    assert item(at, "crm_people")["measured"] == [] and item(at, "crm_people")["score"] is None
    assert [t["value"] for t in at.page["tiles"]] == ["Processes", "—", "—", "2 of 9"]
    assert at.page["cards"][0]["drawn"]["figure"]["alt"].count("?") == 7


def test_a_person_overrules_with_evidence_and_the_chain_changes_at_once():
    at = desk()
    with pytest.raises(UserError) as bare:
        score(at, "customer_portfolio", 1, " ")
    assert bare.value.code == "forms.no_evidence" and scores(at)["customer_portfolio"] == 4
    before = at.page["cards"][0]["drawn"]["figure"]["alt"]
    score(at, "customer_portfolio", 1, "half of the profits are guesses")
    one = item(at, "customer_portfolio")
    assert one["score"] == 1 and one["overruled"] and one["by_said"] == "from a person; the data proposed 4"
    assert one["measured"] and one["evidence"] == "half of the profits are guesses"
    after = at.page["cards"][0]["drawn"]["figure"]["alt"]
    assert "blocked" in after and "blocked" not in before
    assert [i["id"] for i in at.page["check"]["groups"][0]["items"] if i["blocked"]][0] == "customer_intimacy"
    told = at.page["check"]["next"]
    assert told["said"].startswith("Customer portfolio stands at 1.")
    assert told["links"][0]["href"] == "/course/10-portfolio-analysis?lang=en"
    assert at.page["check"]["unsaved"]


def test_undo_and_clearing_put_back_what_stood_before():
    at = desk()
    first = scores(at)
    score(at, "customer_portfolio", 1)
    score(at, "crm_people", 2)
    at.answer({"do": "clear", "item": "customer_portfolio"})
    assert scores(at) == {**first, "crm_people": 2} and item(at, "customer_portfolio")["by"] == "data"
    at.answer({"do": "clear", "item": "crm_people"})
    assert scores(at) == first
    for wanted in ({**first, "crm_people": 2}, {**first, "crm_people": 2, "customer_portfolio": 1}):
        at.answer({"do": "undo"})
        assert scores(at) == wanted
    at.answer({"do": "part", "name": "gartner"})
    at.answer({"do": "undo"})
    at.answer({"do": "undo"})
    assert at.page["part"] == "value_chain" and scores(at) == first and not at.page["check"]["undo"]
    with pytest.raises(UserError) as none:
        at.answer({"do": "undo"})
    assert none.value.code == "checkup.nothing_to_undo"


def test_saved_and_opened_again_byte_for_byte_and_compared():
    at = desk()
    score(at, "crm_people", 2, "log of use, März")
    file = at.answer({"do": "export", "what": "answers"})
    assert file["file"] == "crm-value-chain-2024-12-31.json"
    assert not desk_saved(at)
    other = desk("id")
    assert opened(other, file.content)["said"] == "ours.json dibuka: Rantai nilai CRM, 31 Desember 2024."
    assert other.answer({"do": "export", "what": "answers"}).content == file.content
    assert item(other, "customer_portfolio")["measured"][0]["said"].startswith("Laba pelanggan diketahui: 90,0%")
    offered = next(c for c in other.page["controls"] if c["id"] == "day")["options"]
    assert offered[-1] == {"id": "file:ours.json", "label": "ours.json · 31 Desember 2024"}
    other.answer({"do": "choose", "control": "beside", "value": "2023-12-31"})
    card = next(c for c in other.page["cards"] if c["id"] == "compare")["drawn"]
    assert card["said"].startswith("Dari 31 Desember 2023 ke 31 Desember 2024: 1 butir naik, 0 turun, 1 tetap")
    xlsx = other.answer({"do": "export", "card": "compare", "format": "xlsx"})
    assert xlsx.content[:2] == b"PK"
    # a second file stands beside the first
    score(other, "crm_people", 4)
    opened(other, other.answer({"do": "export", "what": "answers"}).content, "theirs.json")
    other.answer({"do": "choose", "control": "beside", "value": "file:ours.json"})
    assert "theirs.json" in other.page["view"] and len(other.page["cards"]) == 2


def desk_saved(at):
    at.answer({"do": "lang", "lang": at.lang})
    return at.page["check"]["unsaved"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "does not hold a form's answers"),
        (b"[]", "does not hold a form's answers"),
        (b"\xff\xfe", "does not hold a form's answers"),
        (b'{"form": "poem"}', "another form"),
        (json.dumps({"format": 1, "form": "gartner", "as_of": "2024-01-01", "answers": []}).encode(), "form's answers"),
        (b" " * 1_000_001, "too large"),
    ],
)
def test_what_is_no_form_is_refused_by_name_and_changes_nothing(content, said):
    at = desk()
    before = at.page
    reply = opened(at, content)
    assert said in reply["error"] and at.page["view"] == before["view"] and not at.page["check"]["undo"]


def test_the_other_models_are_answered_by_people_and_never_added_up_too_early():
    at = desk()
    at.answer({"do": "part", "name": "gartner"})
    assert at.page["tiles"][0]["value"] == "—" and not at.page["check"]["strict"]
    ids = [i["id"] for g in at.page["check"]["groups"] for i in g["items"]]
    for name, value in zip(ids, [3, 2, 4, 1, 2, 3, 4, 2], strict=True):
        score(at, name, value, "")
    assert at.page["tiles"][0]["value"] == "21 of 40"  # Akbar (2021), 2.3
    assert at.page["check"]["next"]["said"].startswith("Lowest: Collaboration, at 1 of 5")
    at.answer({"do": "part", "name": "kotler"})
    assert [g["name"] for g in at.page["check"]["groups"]] == [""]  # no statement says what it speaks for
    for k, name in enumerate(frameworks.model("kotler").ids):
        score(at, name, 5 if k >= 9 else 2, "")
    assert at.page["tiles"][0]["value"] == "Customer orientation"
    with pytest.raises(UserError) as off:
        score(at, "best_features_win", 6)
    assert off.value.code == "forms.off_scale"


def test_an_answer_to_a_form_that_is_no_longer_shown_is_not_taken():
    at = desk()
    with pytest.raises(UserError) as gone:
        at.answer({"do": "score", "key": "retail/value_chain/2023-12-31", "item": "crm_people", "score": 1})
    assert gone.value.code == "checkup.other_form"
    at.answer({"do": "part", "name": "evidence"})
    with pytest.raises(UserError) as none:
        score(at, "crm_people", 1)
    assert none.value.code == "checkup.no_form"


def test_evidence_is_computed_once_and_a_click_is_answered_in_time():
    made = Made()
    at = desk(company=made)
    at.prepare()
    asked = len(made.asked)
    score(at, "crm_people", 1)  # what is loaded at the first use is loaded now
    began = time.process_time()
    for k in range(10):
        score(at, "crm_people", k % 4)
        at.answer({"do": "choose", "control": "day", "value": made.days[k % 2]})
    assert len(made.asked) == asked
    assert (time.process_time() - began) / 20 < 0.3


# -- PT XYZ, and a reader's own files --------------------------------------------------------------------------------


def test_pt_xyz_at_the_end_of_two_years():
    shop = Shop("S")
    then, now = (frameworks.proposed(shop.evidence(day)) for day in ("2018-12-31", "2020-12-31"))
    assert now.missing == ["leadership_and_culture"]
    told = frameworks.value_chain(now).facts
    assert told["mend_first"] == "customer_portfolio" and told["n_blocked"] == 4
    assert then.scores["crm_processes"] < now.scores["crm_processes"]
    assert forms.compare(then, now).facts["better"] > forms.compare(then, now).facts["worse"]
    assert "crm_people" in frameworks.proposed(shop.evidence("2017-12-31")).missing  # there was no CRM to be used


def test_nothing_that_came_later_is_used():
    shop, day = Shop("S"), pd.Timestamp("2018-12-31 23:59:59")
    tables = shop.tables("2018-12-31")
    assert tables["sales"]["ordered_at"].max() <= day and tables["profiles"]["updated_at"].max() <= day
    assert tables["staff"]["last_used_on"].max() <= day
    assert not tables["records"]["customer_id"].duplicated().any()


def sales(people=50, cost=True):
    lines = ["order_id,ordered_at,customer_id,amount" + (",cost" if cost else "")]
    for year in (2022, 2023, 2024):
        for k in range(people):
            lines.append(f"O{year}{k},{year}-03-{1 + k % 28:02d},C{k},{100000 + k * 1000}" + (",60000" if cost else ""))
    return "\n".join(lines).encode()


CUSTOMERS = "customer_id,phone,email\n" + "\n".join(
    f"C{k},0812{10000000 + k},{'' if k % 2 else f'c{k}@example.com'}" for k in range(50)
)


def read(at, content, name):
    at.answer({"do": "upload", "name": name}, [content])
    for _ in range(4):
        form = at.form()
        if form["ready"]:
            break
        first = {q["id"]: q["choices"][0]["id"] for q in form["questions"]}
        at.answer({"do": "mapping", "mapping": form["mapping"], "answers": {**form["answers"], **first}})
    assert at.answer({"do": "load"})["report"]["ready"]
    at.answer({"do": "show"})


def test_own_files_answer_what_they_can_one_after_the_other():
    at = desk()
    at.answer({"do": "source", "name": "own"})
    assert not at.page["loaded"] and "Begin with sales" in at.page["about"]
    read(at, sales(), "shop.csv")
    assert scores(at) == {"customer_portfolio": 4, "customer_lifecycle": 4}
    assert [f["id"] for f in at.page["files"] if f["read"]] == ["sales"]
    assert at.page["about"] == "shop.csv; data until 28 March 2024"
    # two good scores of nine: which link is the weakest is not known yet
    assert at.page["tiles"][0]["value"] == "—" and "7 open items" in at.page["check"]["next"]["said"]
    score(at, "crm_people", 3, "staff meeting")
    at.answer({"do": "add", "contract": "customers"})
    assert not at.page["loaded"] and "customers" in at.page["about"]
    at.answer({"do": "source", "name": "retail"})  # and back, without a second file
    at.answer({"do": "source", "name": "own"})
    assert at.page["loaded"] and scores(at)["crm_people"] == 3
    at.answer({"do": "add", "contract": "customers"})
    read(at, CUSTOMERS.encode(), "people.csv")
    told = scores(at)
    assert told["crm_people"] == 3 and told["data_and_it"] == 1  # half of the records lack an address
    assert at.page["about"].startswith("shop.csv, people.csv;")
    at.answer({"do": "again"})
    assert not at.page["loaded"]
    at.answer({"do": "source", "name": "retail"})
    assert "crm_people" not in scores(at)


def test_a_file_without_costs_does_not_say_that_profit_is_unknown(tmp_path):
    from crmlab import ingest

    (tmp_path / "s.csv").write_bytes(sales(cost=False))
    own = Own({"sales": ingest.read(tmp_path / "s.csv", as_="sales")})
    assert "portfolio" not in own.tables(own.days[0])
    assert own.days == ["2024-03-28", "2023-12-31"]
    only = Own({"customers": type("Read", (), {"table": pd.DataFrame({"customer_id": [1]}), "params": {}})()})
    with pytest.raises(UserError) as none:
        _ = only.days
    assert none.value.code == "checkup.no_dates"
