"""Every Result says itself at three depths in both languages, and is drawn, whatever the class is like."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import crmlab as crm
from crmlab import charts, items, labels
from crmlab.charts.svg import svg


@pytest.fixture(scope="module")
def results():
    made = items.make_class()
    first = made.sets[0]
    few = made.items[made.items["student"].isin(made.items["student"].unique()[:12])]
    bare = made.items[["student", "question", "points", "max_points"]]  # marks that come from elsewhere
    two = made.items[made.items["question"].isin(["whale_peak", "rfm_score"])]
    out = []
    for rows in (made.items, few, bare):
        out += [items.difficulty(rows), items.discrimination(rows), items.reliability(rows), items.effort(rows)]
        out += [items.outcomes(rows, "rank_the_reasons")]
    out += [items.misconceptions(made.items), items.misconceptions(few, by="class"), items.reliability(two)]
    out += [items.difficulty(made.items, first), items.discrimination(made.items, first)]
    out += [items.misconceptions(made.items, slips=True)]
    kinds = {f"items.{k}" for k in labels.catalogue("items")["explain"]}
    assert {x.kind for x in out} == kinds
    return out


@pytest.mark.parametrize("lang", ["id", "en"])
def test_explained_at_three_depths(results, lang):
    for result in results:
        said = [str(result.explain(lang, depth)) for depth in ("short", "method", "reference")]
        assert len(set(said)) == 3
        words = " ".join([*said, *(note.render(lang) for note in result.notes)])
        assert "nan" not in words.lower().split() and "np." not in words and "None" not in words, result.kind
        assert "['" not in words and "{" not in words, words
        assert result.explain("id") != result.explain("en")


@pytest.mark.parametrize("lang", ["id", "en"])
def test_drawn_on_screen_and_on_paper(results, lang):
    for result in results:
        figure = charts.spec(result, lang)
        json.dumps(figure, allow_nan=False)
        assert figure["title"] and figure["alt"] and figure["caption"] and figure["data"]
        assert svg(figure), result.kind
        charts.draw(result, lang)


def test_nothing_to_tell_is_told_and_not_drawn():
    rows = pd.DataFrame({"student": [f"s{i}" for i in range(40)], "question": "q", "points": 1.0, "max_points": 1.0})
    empty = items.misconceptions(rows)
    for lang in ("id", "en"):
        assert "nan" not in str(empty.explain(lang, "short")).lower() and "None" not in empty.explain(lang, "short")
    with pytest.raises(crm.UserError, match=r"items\.misconceptions"):
        charts.spec(empty, "en")


def test_every_column_has_a_name_and_a_unit(results):
    known = labels.catalogue("names")["names"]
    for result in results:
        for column in result.table.columns:
            assert column in known and column in result.params["units"], (result.kind, column)


def test_what_the_class_calls_its_questions_and_beliefs_has_words_in_both_languages():
    made = items.make_class()
    known = labels.catalogue("names")["names"]
    said = set(made.items["question"]) | set(made.items["name"]) - {""}
    assert said <= set(known)
    verdicts = {v for r in (items.difficulty(made.items), items.discrimination(made.items)) for v in r.table["verdict"]}
    assert verdicts - {"too_few"} <= set(known)
