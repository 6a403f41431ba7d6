"""Every Result of the room: explained in both languages at three depths, drawn, exported, its notes rendered."""

from __future__ import annotations

import json

import pytest

from crmlab import charts, labels
from crmlab.charts.svg import svg
from tests.plain import odd

KINDS = (
    "attribution", "dwell", "engagement", "engagement_groups", "funnel_any", "funnel_grouped", "funnel_through_all",
    "loops", "map", "maps", "moments", "paths", "receipt_gap", "receipt_plain", "referral", "signals", "time_between",
    "time_plain", "touchpoints", "touchpoints_told", "transitions",
)  # fmt: skip
OTHERS = {"map": "wide", "transitions": "map"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_explained_at_three_depths(results, kind, lang):
    result = results[kind]
    said = [str(result.explain(lang, depth)) for depth in ("short", "method", "reference")]
    assert len(set(said)) == 3 and not any("nan" in text.lower().split() for text in said)
    assert result.explain(lang) != result.explain("en" if lang == "id" else "id")
    assert all(note.render(lang) for note in result.notes)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_drawn_on_screen_and_on_paper(results, kind, lang):
    for options in ({}, *([{"of": OTHERS[kind]}] if kind in OTHERS else [])):
        figure = charts.spec(results[kind], lang, **options)
        text = json.dumps(figure, allow_nan=False)
        assert figure["title"] and figure["alt"] and figure["caption"] and figure["data"]
        assert "<b>a <b>" not in text  # a reader's own words are no markup
        assert svg(figure), options
        assert charts.draw(results[kind], lang, **options).data


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_has_a_name_and_a_unit(results, kind):
    result, known = results[kind], labels.catalogue("names")["names"]
    for column in result.table.columns:
        assert column in known, column
        if column != "group":
            assert column in result.params["units"], column


@pytest.mark.parametrize("kind", KINDS)
def test_exported(results, kind, tmp_path):
    assert results[kind].to_xlsx(tmp_path / "a.xlsx").stat().st_size > 1000
    page = results[kind].to_html(tmp_path / "a.html", lang="id").read_text(encoding="utf-8")
    assert "nan" not in page.replace("pelanggan", "").lower().split()
    assert "<svg" in page


@pytest.mark.parametrize("kind", KINDS)
def test_every_estimate_has_its_interval_and_lies_in_it(results, kind):
    table = results[kind].table
    pairs = [c.removesuffix("_low") for c in table.columns if c.endswith("_low")]
    assert kind in ("signals", "touchpoints_told") or pairs  # lists: a list of signals has its share in the facts
    for name in pairs:
        some = table[table[f"{name}_low"].notna() & table[f"{name}_high"].notna()].astype({name: float})
        assert (some[f"{name}_low"].astype(float) <= some[name] + 1e-9).all(), name
        assert (some[name] <= some[f"{name}_high"].astype(float) + 1e-9).all(), name


def test_the_matrix_reads_on_a_telephone(results):
    heat = charts.spec(results["transitions"], "id")["data"][0]
    assert len(heat["y"]) <= 12 and len(heat["x"]) <= 13
    assert all(len(text) <= 3 for row in heat["text"] for text in row)


def test_the_map_marks_what_is_assumed(results):
    for of in ("wide", "tall"):
        figure = charts.spec(results["map"], "id", of=of)
        dots = {t["name"]: t for t in figure["data"] if t.get("mode") == "markers"}
        assert set(dots) == {"dari data", "asumsi"}
        assert (
            set(dots["asumsi"]["marker"]["color"]) == {"@panel"}
            and "@panel" not in dots["dari data"]["marker"]["color"]
        )
        words = " ".join(str(x) for t in figure["data"] if t.get("mode") == "text" for x in t["text"])
        assert "belum ada" in words and "belum diketahui" in words  # no owner; a step that nobody was asked about


def test_the_interaction_map_says_how_much_of_it_is_drawn(results):
    figure = charts.spec(results["transitions"], "en", of="map")
    assert "of" in figure["caption"] and figure["kind"] == "graph"
    arcs = [t for t in figure["data"] if t["mode"] == "lines"]
    assert 5 < len(arcs) <= 18


def test_a_user_can_call_things_as_he_likes():
    for own in ("web", "Toko A", "x1", "landing"):
        assert labels.name(own, "en").lower().replace(" ", "") == own.lower().replace(" ", "")


@pytest.mark.parametrize("kind", KINDS)
def test_sentences_hold_no_dash_and_no_raw_name(results, kind):
    assert odd(results[kind]) == []
