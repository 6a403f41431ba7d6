"""Every Result of the room: explained in both languages at three depths, drawn, exported, pickled."""

from __future__ import annotations

import json
import pickle

import pandas as pd
import pytest

import crmlab as crm
from crmlab import charts, labels
from crmlab.analytics import forecasting
from crmlab.charts.svg import svg

KINDS = ("ahead", "ahead_months", "audit", "effects", "effects_one", "moved", "moved_bare", "payday")


@pytest.fixture(scope="module")
def results(orders, effects, moved, ahead, ahead_months):
    some = {"as_of": "2020-12-31"}
    return {
        "ahead": ahead,
        "ahead_months": ahead_months,
        "audit": forecasting.audit(orders, **some),
        "effects": effects,
        "effects_one": forecasting.decompose(orders, by=None, value="amount", **some),
        "moved": moved,
        "moved_bare": forecasting.shock(orders, recovers=None, **some),
        "payday": forecasting.payday(orders, value="amount", **some),
    }


def test_all_kinds_are_here(results):
    assert sorted(results) == sorted(KINDS)
    drawn = {r.kind.partition(".")[2] for r in results.values()}
    assert drawn == set(labels.catalogue("forecasting")["explain"])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_explained_at_three_depths(results, kind, lang):
    result = results[kind]
    said = [str(result.explain(lang, depth)) for depth in ("short", "method", "reference")]
    assert len(set(said)) == 3 and not any("nan" in text.lower().split() for text in said)
    assert "np." not in " ".join(said) and "None" not in " ".join(said)
    if kind != "moved_bare":  # without customers nothing is known of those who left
        assert "— " not in " ".join(said[:2])
    assert all(note.render(lang) for note in result.notes)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_drawn_on_screen_and_on_paper(results, kind, lang):
    figure = charts.spec(results[kind], lang)
    json.dumps(figure, allow_nan=False)
    assert figure["title"] and figure["alt"] and figure["caption"] and figure["data"]
    assert svg(figure)
    charts.draw(results[kind], lang)


def test_one_channel_may_be_drawn(effects):
    figure = charts.spec(effects, "en", channel="store")
    assert figure["title"].endswith("Store") and len(figure["data"][0]["x"]) == 13
    with pytest.raises(crm.UserError):
        charts.spec(effects, "en", channel="shop")


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_has_a_name_and_a_unit(results, kind):
    result = results[kind]
    known = labels.catalogue("names")["names"]
    for column in result.table.columns:
        if column != "row":
            assert column in known or column == "n", column
            assert column in result.params["units"], column


@pytest.mark.parametrize("kind", KINDS)
def test_exported_and_pickled(results, kind, tmp_path):
    assert results[kind].to_xlsx(tmp_path / "a.xlsx").stat().st_size > 1000
    page = results[kind].to_html(tmp_path / "a.html", lang="id").read_text(encoding="utf-8")
    assert "nan" not in page.replace("pelanggan", "").lower().split()
    again = pickle.loads(pickle.dumps(results[kind]))
    pd.testing.assert_frame_equal(again.table, results[kind].table)
    assert again.explain("en", "short") == results[kind].explain("en", "short")


def test_the_facade_knows_the_room():
    assert crm.forecasting is forecasting
