"""Every Result of the room is explained in both languages and drawn with its table's numbers."""

from __future__ import annotations

import json

import pytest

import crmlab as crm
from crmlab import charts
from crmlab.duplicates import ReviewQueue, curve, learn, merge


@pytest.fixture(scope="module")
def results(pos, found, truth):
    pairs, _ = truth
    first = found.table.iloc[0]
    loose = found.at(0.99999999999, 0.01)
    return {
        "found": found,
        "curve": curve(found, pairs),
        "why": found.why(first["left"], first["right"]),
        "review": ReviewQueue(loose).report(),
        "merge": merge(pos, found).report(),
        "learned": learn(crm.datasets.load_hospital("S", layer="raw").tables["pasien"], key="NO_RM", pairs=5000),
    }


KINDS = ("found", "curve", "why", "review", "merge", "learned")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_explained_at_three_depths(results, kind, lang):
    said = [str(results[kind].explain(lang, depth)) for depth in ("short", "method", "reference")]
    assert len(set(said)) == 3
    assert results[kind].explain("id") != results[kind].explain("en")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_drawn(results, kind, lang):
    figure = charts.spec(results[kind], lang)
    json.dumps(figure)
    assert figure["title"] and figure["alt"] and figure["data"]
    charts.draw(results[kind], lang)


def test_the_bars_of_the_scores_are_all_pairs_that_were_compared(found):
    trace = charts.spec(found, "en")["data"][0]
    held = [(b or 0) + (n or 0) for b, n in zip(trace["base"], trace["y"], strict=True)]
    assert sum(held) == found.facts["pairs_compared"] == found.histogram["pairs"].sum()
    sizes = charts.spec(found, "en", of="sizes")["data"][0]
    rows = sum(int(x) * (b + n) for x, b, n in zip(sizes["x"], sizes["base"], sizes["y"], strict=True))
    assert rows == found.facts["rows"]


def test_the_bits_add_up(results):
    why = results["why"]
    assert why.table["bits"].sum() == pytest.approx(why.facts["bits"])
    assert charts.spec(why, "en")["data"][0]["x"][-1] == why.facts["bits"]


def test_the_figure_shows_every_weight_as_written_and_as_learned(results):
    table = results["learned"].table
    move, written, learned = charts.spec(results["learned"], "en")["data"]
    assert written["x"] == table["weight"].tolist()
    assert learned["x"] == table["weight_learned"].tolist()
    assert sum(x is None for x in move["x"]) == len(table)
