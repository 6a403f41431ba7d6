"""Every Result of the room: explained in both languages at three depths, drawn, exported, pickled."""

from __future__ import annotations

import json
import pickle

import pandas as pd
import pytest

import crmlab as crm
from crmlab import charts, forms, labels
from crmlab.analytics import workflow
from crmlab.analytics.workflow import Rule
from crmlab.charts.svg import svg

KINDS = (
    "assignment", "channels", "contact_value", "contact_value_counts", "decisions", "escalation", "escalation_hours",
    "events", "events_of_one", "log", "log_of_nothing", "rules", "rules_of_nothing", "worth", "worth_counts",
)  # fmt: skip


@pytest.fixture(scope="module")
def results():
    t = crm.datasets.load_retail("S", layer="clean").tables
    rules = [
        Rule("late", "complaint", "hours > 24", "escalate", "supervisor", 1, {"level": 1}),
        Rule("very late", "complaint", "hours > 48", "escalate", "manager", 2, {"level": 2}),
    ]
    complaints = t["complaints"]
    complaints = complaints.assign(
        hours=(complaints["resolved_at"] - complaints["complained_at"]).dt.total_seconds() / 3600
    )
    run = workflow.dry_run(rules, complaints, as_of="2020-12-31")
    none = workflow.dry_run([Rule("never", "complaint", "hours < 0", "a")], complaints, as_of="2020-12-31")
    asked = {"as_of": "2020-12-31", "key": "complaint_id", "opened": "complained_at"}
    sends = t["campaign_sends"].merge(t["campaigns"], on="campaign_id")
    scores = t["survey_answers"].merge(t["survey_invitations"][["survey_id", "customer_id"]])
    typed = [
        {"channel": "whatsapp", "response_share": 0.08, "cost": 500},
        {"channel": "email", "response_share": 0.02, "cost": 50},
    ]
    counted = [
        {"channel": "whatsapp", "cost": 500, "contacts": 167, "responses": 24},
        {"channel": "email", "cost": 50, "contacts": 233, "responses": 21, "held_back": 44, "held_back_responses": 1},
    ]
    sales = t["sales"]
    costs = {"email": 50, "whatsapp": 500}
    return {
        "assignment": workflow.assign(t["leads"].tail(20), {"A": 3, "B": 9, "C": 2}, first="fit_score"),
        "channels": workflow.channels(sends, costs=costs, margin=60_000, scores=scores),
        "contact_value": workflow.contact_value(typed, margin=60_000),
        "contact_value_counts": workflow.contact_value(counted, margin=60_000),
        "decisions": run.decisions,
        "escalation": workflow.escalate(complaints, **asked),
        "escalation_hours": workflow.escalate(complaints, **asked, working=(8, 17)),
        "events": workflow.watch(sales, [10e6, 20e6], amount="total"),
        "events_of_one": workflow.watch(sales[sales["customer_id"] == 913], [10e6, 50e6], amount="total"),
        "log": run.log,
        "log_of_nothing": none.log,
        "rules": run.rules,
        "rules_of_nothing": none.rules,
        "worth": workflow.worth_recording(0.3, 40_000, 15_000),
        "worth_counts": workflow.worth_recording((60, 200), 60_000, 13_000),
    }


def test_all_kinds_are_here(results):
    assert sorted(results) == sorted(KINDS)
    said = {f"workflow.{k}" for k in labels.catalogue("workflow")["explain"]}
    assert {r.kind for r in results.values()} == said


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_explained_at_three_depths(results, kind, lang):
    result = results[kind]
    said = [str(result.explain(lang, depth)) for depth in ("short", "method", "reference")]
    assert len(set(said)) == 3 and not any("nan" in text.lower().split() for text in said)
    assert "np." not in " ".join(said) and "None" not in " ".join(said)
    assert result.explain(lang) != result.explain("en" if lang == "id" else "id")
    assert all(note.render(lang) for note in result.notes)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_drawn_on_screen_and_on_paper(results, kind, lang):
    figure = charts.spec(results[kind], lang)
    json.dumps(figure, allow_nan=False)
    assert figure["title"] and figure["alt"] and figure["caption"] and figure["data"]
    assert svg(figure)


def test_a_share_of_the_channels_can_be_drawn(results):
    drawn = charts.spec(results["channels"], "en", measure="opened_share")
    assert drawn["data"][0]["x"] == results["channels"].table["opened_share"].tolist()


def test_bars_show_what_the_tables_say(results):
    rules = charts.spec(results["rules"], "en")
    assert sum(sum(trace["x"]) for trace in rules["data"]) == results["rules"].table["matched"].sum()
    tickets = charts.spec(results["escalation"], "en")
    assert sum(sum(trace["x"]) for trace in tickets["data"]) == results["escalation"].facts["n"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_has_a_name_and_a_unit(results, kind):
    known = labels.catalogue("names")["names"]
    for column in results[kind].table.columns:
        assert column in known, column
        assert column in results[kind].params["units"], column


@pytest.mark.parametrize("kind", ["channels", "contact_value", "decisions", "events", "log", "worth"])
def test_exported(results, kind, tmp_path):
    assert results[kind].to_xlsx(tmp_path / "a.xlsx").stat().st_size > 1000
    page = results[kind].to_html(tmp_path / "a.html", lang="id").read_text(encoding="utf-8")
    assert "nan" not in page.replace("pelanggan", "").lower().split()


def test_pickled(results):
    for result in results.values():
        again = pickle.loads(pickle.dumps(result))
        pd.testing.assert_frame_equal(again.table, result.table)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_checklist_in_words(lang):
    told = forms.questions(workflow.integration_form(), lang)
    assert len({q["question"] for q in told}) == len({q["name"] for q in told}) == 5
    log = pd.DataFrame({"touchpoint": ["email"], "customer_id": [1], "occurred_at": ["2020-06-01"]})
    measured = dict(workflow.integration(log, as_of="2020-12-31")["email_integration"].measured)
    assert "100" in labels.text(measured.pop("code"), lang, **measured)


def test_the_facade_knows_the_room():
    assert crm.workflow is workflow
