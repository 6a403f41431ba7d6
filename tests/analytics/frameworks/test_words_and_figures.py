"""Every Result explains itself at three depths in both languages, draws itself, and goes into files."""

from __future__ import annotations

import pandas as pd
import pytest

import crmlab as crm
from crmlab import forms
from crmlab.analytics import frameworks

from .test_worked_numbers import KEY, SCHOOLS, TYPES, chain, idic_tables, the_key

DAY = "2024-12-31"
NO_FIGURE = {"frameworks.sufficient", "frameworks.insufficient"}


@pytest.fixture(scope="module")
def found(shop):
    told = frameworks.value_chain_evidence(shop, as_of="2020-12-31")
    gartner = frameworks.model("gartner")
    first = forms.answer(gartner, [3, 2, 4, 1, 2, 3, 4, 2], as_of="2023-12-31")
    second = forms.answer(gartner, [3, 3, 4, 2, 2, 2, 4, None], as_of=DAY)
    kotler = frameworks.model("kotler")
    sales, customers, interactions, offers = idic_tables()
    lonely = interactions[interactions["direction"] == "outgoing"]
    items = list(frameworks.exercise("crm_history")["items"])
    results = [told, frameworks.value_chain(frameworks.proposed(told))]
    results += [frameworks.value_chain(chain([3, 2, 4, 1, 2], [2, 4, 3, 1]))]
    results += [frameworks.value_chain(forms.answer(frameworks.model("value_chain"), {}, as_of=DAY))]
    results += [frameworks.idic(sales, customers, ways, offers, as_of=DAY) for ways in (interactions, lonely)]
    results += [forms.summary(first), forms.summary(second), forms.compare(first, second)]
    results += [forms.summary(forms.answer(frameworks.model("customer_centricity"), [2] * 20, as_of=DAY))]
    results += [frameworks.orientation(forms.answer(kotler, s, as_of=DAY)) for s in ([3] * 12, [5, 5, 5, *[2] * 9])]
    results += [frameworks.grade("payne_frow", KEY), frameworks.grade("crm_types", TYPES | {"calls_routed": None})]
    results += [frameworks.grade("relationship_schools", SCHOOLS | {"Dwyer": "IMP"})]
    results += [frameworks.grade(name, the_key(name)) for name in ("crm_ecosystem", "marketable_entities")]
    maslow = the_key("maslow_experience") | {"moment_staples": "esteem"}
    results += [frameworks.grade("maslow_experience", m) for m in (maslow, maslow | {"moment_warm_meal": None})]
    results += [
        frameworks.order(items),
        frameworks.order(["jasa", "agraria", "industri", "pengalaman"], "value_ladder"),
    ]
    many = pd.DataFrame({"customer_id": range(40), "date": "2024-05-01", "amount": 5})
    results += [frameworks.data_sufficiency(t, as_of=DAY) for t in (many, many.drop(columns="date"), many.head(0))]
    kinds = {f"{room}.{kind}" for room in ("forms", "frameworks") for kind in crm.labels.catalogue(room)["explain"]}
    assert {r.kind for r in results} == kinds
    return results


@pytest.mark.parametrize("lang", crm.labels.LANGUAGES)
def test_every_result_explains_itself(found, lang):
    for result in found:
        for depth in ("short", "method", "reference"):
            said = result.explain(lang, depth)
            assert len(said) > 20
            assert not {"None", "nan", "Unknown"} & set(said.replace(",", " ").replace(".", " ").split())
            assert "—" not in said or depth == "reference"  # where no source was given
        for note in result.notes:
            assert note.render(lang)
        with crm.labels.using(lang):
            page = result._repr_html_()
        assert "<table" in page and ">nan<" not in page


@pytest.mark.parametrize("lang", crm.labels.LANGUAGES)
def test_every_result_draws_itself(found, lang):
    for result in found:
        if result.kind in NO_FIGURE:
            with pytest.raises(crm.UserError):
                crm.charts.spec(result, lang)
            continue
        drawn = crm.charts.spec(result, lang, "light")
        assert drawn["title"] and drawn["caption"] and drawn["alt"] and drawn["data"]
        assert result.figure(lang).data
        if result.kind in ("forms.summary", "forms.incomplete"):
            assert result.figure(lang, radar=True).data[0].type == "scatterpolar"


@pytest.mark.parametrize("lang", crm.labels.LANGUAGES)
def test_every_column_and_word_is_written_in_words(found, lang):
    from crmlab.charts.columns import shown

    known = set(crm.labels.catalogue("names")["names"])
    for result in found:
        assert not set(result.table.columns) - known, (result.kind, set(result.table.columns) - known)
        words = {v for row in shown(result, lang).rows for v in row if isinstance(v, str)}
        ours = {w for w in words if "_" in w and w not in ("customer_id",)}
        assert not ours, (result.kind, ours)


def test_results_go_into_files(found, tmp_path):
    for i, result in enumerate(found):
        assert result.to_html(tmp_path / f"{i}.html", lang="id").stat().st_size > 500
        assert result.to_xlsx(tmp_path / f"{i}.xlsx", lang="en").stat().st_size > 500


@pytest.mark.parametrize("lang", crm.labels.LANGUAGES)
def test_every_form_and_assignment_asks_in_words(lang):
    known = set(crm.labels.catalogue("names")["names"])
    for name in frameworks.models():
        form = frameworks.model(name)
        asked = forms.questions(form, lang)
        assert all(len(q["question"]) > 15 for q in asked)
        assert {*form.ids, *form.dimensions, name} - {""} <= known
        assert len({q["question"] for q in asked}) == len(asked)
    for name in frameworks.exercises():
        told = frameworks.exercise(name, lang)
        assert all(len(said) > 15 for said in told["items"].values()) and set(told["items"]) <= known
        assert len(told["hint"]) > 10 and set(told["classes"]) <= known
        for item in told["items"] if told["classes"] else ():
            assert len(crm.labels.text(f"frameworks.reason.{name}.{item}", lang)) > 15


def test_the_chain_says_aloud_what_it_shows():
    told = frameworks.value_chain(chain([3, 2, 4, 1, 2], [2, 4, 3, 1]))
    alt = crm.charts.spec(told, "en")["alt"]
    assert "Value proposition 1" in alt and "lifecycle 2 (blocked)" in alt


def test_what_was_not_answered_stands_off_the_scale():
    answers = forms.answer(frameworks.model("gartner"), [3, 2, 4, 1, 2, 3, 4, None], as_of=DAY)
    drawn = crm.charts.spec(forms.summary(answers), "en")
    hollow = next(t for t in drawn["data"] if t["marker"]["symbol"] == "circle-open")
    assert hollow["x"] == pytest.approx([-0.8]) and "?" in drawn["layout"]["xaxis"]["ticktext"]


@pytest.mark.parametrize("lang", crm.labels.LANGUAGES)
@pytest.mark.parametrize("name", ["relationship_schools", "crm_ecosystem", "marketable_entities", "maslow_experience"])
def test_many_classes_stand_below_each_other_with_their_whole_names(name, lang):
    told = frameworks.grade(name, the_key(name))
    drawn = crm.charts.spec(told, lang)
    rows = drawn["layout"]["yaxis"]["ticktext"]
    assert len(rows) == len(told.params["classes"]) and not any("…" in row for row in rows)
    assert drawn["layout"]["xaxis"]["ticktext"] == [str(k + 1) for k in range(len(rows))]
    counts = drawn["data"][0]["z"]
    assert all(counts[k][k] == sum(counts[k]) > 0 for k in range(len(rows)))


def test_what_was_mixed_up_has_the_colour_of_a_warning():
    told = frameworks.grade("relationship_schools", SCHOOLS | {"Dwyer": "IMP"})
    trace = crm.charts.spec(told, "en", "light")["data"][0]
    assert trace["z"][3] == [-1, 0, 0, 3, 0] and trace["text"][3] == ["1", "", "", "3", ""]
    below, none = (next(c for at, c in trace["colorscale"] if at >= share) for share in (0.3, 0.5))
    assert below == crm.style.LIGHT["warn"] != none
