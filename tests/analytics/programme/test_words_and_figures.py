"""Every Result of the programme's tools: drawn, written to a page, pickled, in both languages."""

from __future__ import annotations

import json
import pickle
import re

import pytest

from crmlab import charts, labels
from crmlab.charts.columns import shown
from tests.analytics.programme.examples import EDGES, EXAMPLES, NODES, raci

# columns that hold a person's own words or quotes
OWN = {
    "evidence", "answer", "sentence", "objective", "kpi", "feature", "stakeholder", "task", "measure", "position",
    "action", "environment", "process", "activity", "function", "node", "title", "owner", "column", "unit",
    "deadline", "due_on", "as_of", "period", "member", "lacks", "types", "missing", "field", "accountable",
    "responsible", "consulted", "informed", "better",
}  # fmt: skip


@pytest.fixture(scope="module")
def results():
    return {name: make() for name, make in EXAMPLES.items()}


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_figures_are_plain_and_speak_both_languages(results, name):
    spoken = {}
    for lang in ("id", "en"):
        spec = charts.spec(results[name], lang)
        spoken[lang] = spec["title"], spec["caption"]
        assert json.loads(json.dumps(spec)) and spec["data"] and spec["alt"]
        assert len(spec["title"]) <= 46  # one line on a telephone
        for trace in spec["data"]:
            assert not any("None" in str(h) or "nan" in str(h).split() for h in trace.get("hovertext") or ())
    assert spoken["id"] != spoken["en"]
    assert charts.draw(results[name], "en", theme="dark").data


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_tables_hold_no_identifier(results, name, tmp_path):
    """What crmlab itself writes into a table is a word of the reader's language."""
    for lang in ("id", "en"):
        table = shown(results[name], lang)
        for head in table.heads:
            assert "_" not in head, head
        for column, values in zip(table.names, zip(*table.rows, strict=True), strict=True):
            if column in OWN:
                continue
            for value in values:
                assert not re.fullmatch(r"[a-z]+(_[a-z]+)+", str(value)), (column, value)
        if lang == "id":
            known = {str(v) for r in table.rows for v in r}
            assert not known & {"green", "in_place", "lacking", "fits", "orphan", "yes"}
    page = tmp_path / f"{name}.html"
    results[name].to_html(page, lang="id")
    assert "<table" in page.read_text(encoding="utf-8")
    copy = pickle.loads(pickle.dumps(results[name]))
    assert copy.table.equals(results[name].table) and dict(copy.facts) == dict(results[name].facts)


def test_the_network_fits_a_telephone(results):
    """At 390 pixels: names end inside, no two stand on one line, every arc begins and ends at its two nodes."""
    spec = charts.spec(results["benefits"], "id")
    *arcs, dots = spec["data"]
    places = dict(zip((n["node"] for n in results["benefits"].table.to_dict("records")), dots["y"], strict=True))
    assert len(set(dots["y"])) == len(NODES)
    ends = sorted((arc["y"][0], arc["y"][-1]) for arc in arcs)
    wanted = sorted((places[e["from"]], places[e["to"]]) for e in EDGES)
    assert [end for pair in ends for end in pair] == pytest.approx([end for pair in wanted for end in pair])
    assert all(min(arc["x"]) >= 0 for arc in arcs)
    for note in spec["layout"]["annotations"]:
        letters = len(re.sub("<.*?>", "", note["text"]))
        assert note["x"] * 370 + 6.7 * letters <= 390, note["text"]
    # what lacks something is hollow
    names = [r["node"] for r in results["benefits"].table.to_dict("records")]
    hollow = [n for n, c in zip(names, dots["marker"]["color"], strict=True) if c == "@panel"]
    assert hollow == ["E3", "B3"]
    wide = charts.spec(results["benefits"], "id", wide=True)
    assert len(set(wide["data"][-1]["x"])) == 5


def test_the_letters_of_raci_stand_where_they_belong(results):
    spec = charts.spec(results["governance"], "id")
    trace, tasks = spec["data"][0], spec["layout"]["yaxis"]["ticktext"]
    roles = list(dict.fromkeys(r["role"] for r in raci()))
    found = {(x, y): re.sub("<.*?>", "", t) for x, y, t in zip(trace["x"], trace["y"], trace["text"], strict=True)}
    wanted = {(roles.index(r["role"]), int(r["task"].split()[1]) - 1): r["letter"] for r in raci()}
    assert found == wanted
    assert tasks[6].startswith("Tugas 7") and spec["layout"]["shapes"][0]["y0"] == 5.5


def test_every_question_and_item_has_words():
    from crmlab import programme

    items = [q["question"] for q in programme.bank()]
    items += [i for group in (programme.PHASES, programme.LIFE_CYCLE) for part in group.values() for i in part]
    items += [
        *programme.PHASES,
        *programme.LIFE_CYCLE,
        *programme.SUCCESS_FACTORS,
        *programme.VISION,
        *programme.MISSION,
    ]
    items += [*programme.LAYERS, *programme.VIGNETTES, *programme.VIGNETTES.values()]
    assert [i for i in items if not labels.is_known(i)] == []
    assert len({labels.name(q["question"], "id") for q in programme.bank()}) == len(programme.bank())


def test_periods_stand_in_their_own_order():
    """Period 10 comes after period 9, and the line of the beginning stands before the first period with it."""
    import pandas as pd

    from crmlab import programme

    table = pd.DataFrame({"week": [8, 9, 10, 11] * 2, "t": [1] * 4 + [0] * 4, "y": [5, 5, 9, 9, 4, 4, 5, 5]})
    for week in (table["week"], pd.to_datetime("2020-01-01") + pd.to_timedelta(table["week"], "D")):
        since = week.iloc[2]
        asked = {"value": "y", "treated": "t", "period": "week", "since": since}
        found = programme.effect(table.assign(week=week), **asked)
        json.dumps(dict(found.facts))
        spec = charts.spec(found, "en")
        assert spec["layout"]["shapes"][0]["x0"] == 1.5
        assert spec["data"][0]["x"] == [0, 1, 2, 3] and spec["data"][0]["y"] == [5, 5, 9, 9]
        assert spec["data"][1]["y"] == [5, 5, 6, 6]  # as the others went
