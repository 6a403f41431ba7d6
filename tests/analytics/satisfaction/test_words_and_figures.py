"""Every Result of the room: explained in both languages at three depths, drawn, exported, its notes rendered."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from crmlab import charts, labels
from crmlab.analytics import satisfaction as S
from crmlab.charts.svg import svg
from tests.plain import odd

AS_OF = "2024-12-31"
KINDS = (
    "cadence", "cases", "ces", "ces_versions", "comments", "comments_unchecked", "complaints", "csat", "delight",
    "deflection", "deflection_counts", "difference", "difference_csat", "drivers", "experience_csat",
    "experience_table", "factors", "factors_numbers", "form", "league", "may_ask", "nonresponse", "nps", "nps_of_few",
    "predicts", "recontact", "recovery", "recovery_alone", "sample_size", "sample_size_difference", "staff_link",
    "standardised", "standardised_alone", "trend", "trend_change", "willing_answers", "willing_to_pay",
)  # fmt: skip


@pytest.fixture(scope="module")
def results(clinic, answers, called):
    first = answers[answers["ces_version"] == 1]
    found = S.cases(called, as_of="2024-12-20", customer="patient_id", contacted="contacted_at")
    asked = clinic["survey_invitations"]
    people = clinic["patients"][["patient_id", "born_on", "vip"]]
    traits = asked.merge(people).assign(age=lambda t: 2024 - pd.to_datetime(t["born_on"]).dt.year)
    visits = clinic["visits"].rename(columns={"checked_in_at": "visited_at"})
    compared = clinic["compared_visits"][["visit_id"]].merge(visits)
    complaints = clinic["complaints"].merge(visits[["visit_id", "visited_at"]])
    stars = {f: 3 + (k % 3) for k, f in enumerate(S.FACTORS)}
    seen = answers.sort_values("checked_in_at")
    later = seen["patient_id"].duplicated(keep="last")
    kept = {"as_of": AS_OF, "customer": "patient_id", "visit_at": "visited_at", "began": "visited_at"}
    importance = answers[list(S.FACTORS)].iloc[:, ::-1].set_axis(list(S.FACTORS), axis=1)
    delighted = answers.assign(expected=np.where(answers.index % 3 == 0, 5, 4))
    return {
        "cadence": S.cadence(asked, customer="patient_id", min_days=180),
        "cases": found,
        "ces": S.ces(first, scale=(1, 7), easy="low", by="payer_group", weights="wait_minutes"),
        "ces_versions": S.ces(answers, scale=(1, 7), easy={1: "low", 2: "high"}, version="ces_version"),
        "comments": S.comments(answers, label="topic", unhappy="unhappy"),
        "comments_unchecked": S.comments(answers),
        "complaints": S.complaints(clinic["complaints"], as_of=AS_OF, reopened="escalated"),
        "csat": S.csat(answers, by="payer_group", invited=1800),
        "deflection": S.deflection(clinic["appointments"], self_service=["web"], by="channel", customer="patient_id"),
        "deflection_counts": S.deflection({"self_served": 300, "assisted": 200}),
        "delight": S.delight(delighted, score="csat", expected="expected", by="year"),
        "difference": S.difference(answers, by="payer_group"),
        "difference_csat": S.difference(answers, by="year", measure="csat", pairs="successive"),
        "experience_csat": S.experience_table(
            sorted(answers["payer_group"].unique()), [2021, 2022, 2023, 2024], answers=answers, persona="payer_group",
            situation="year"),
        "experience_table": S.experience_table(["adult", "child"], ["drive_thru", "counter"]),
        "staff_link": S.staff_link(clinic["staff_survey"], answers, by="unit_id", staff_answers="answers"),
        "willing_answers": S.willing_to_pay(5e4, answers=pd.DataFrame({"premium_share": [0, 0.05, 0.1, 0.16] * 9})),
        "willing_to_pay": S.willing_to_pay(50_000, 0.16, cost=20_000),
        "drivers": S.drivers(answers, of="csat", on=S.FACTORS, times=100),
        "factors": S.factors(answers, importance),
        "factors_numbers": S.factors(stars, dict(reversed(stars.items()))),
        "form": S.form({"a <b>": [3, 2, None], "service": [4, 4]}),
        "league": S.league(answers.assign(unit="u" + answers["unit_id"].astype(str)), by="unit"),
        "may_ask": S.may_ask(asked, asked["patient_id"].head(50), on="2021-06-01", customer="patient_id"),
        "nonresponse": S.nonresponse(traits, on=["age", "vip"]),
        "nps": S.nps(answers, by=["payer_group", "year"], customer="patient_id"),
        "nps_of_few": S.nps([10, 9, 3]),
        "predicts": S.predicts(seen.assign(returned=later), of="returned", on={"nps": "high", "csat": "high"}),
        "recontact": S.recontact(found),
        "recovery": S.recovery(complaints, visits, compared=compared, worth=400_000, **kept),
        "recovery_alone": S.recovery(complaints, visits, **kept),
        "sample_size": S.sample_size("nps", margin=[2, 5, 10], response_share=0.225, population=4000),
        "sample_size_difference": S.sample_size("mean", difference=[0.2, 0.5], spread=1.1),
        "standardised": S.standardised(answers, by="year", on="payer_group", to=2021),
        "standardised_alone": S.standardised(
            answers, on="payer_group", to={"bpjs": 62, "insurance": 18, "self_pay": 13, "corporate": 7}, measure="csat"
        ),
        "trend": S.trend(answers, when="answered_on", period="quarter"),
        "trend_change": S.trend(answers, when="answered_on", measure="mean", score="ces", scale=(1, 7)),
    }  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_explained_at_three_depths(results, kind, lang):
    result = results[kind]
    told = [str(result.explain(lang, depth)) for depth in ("short", "method", "reference")]
    assert len(set(told)) == 3 and not any("nan" in text.lower().split() for text in told)
    assert result.explain(lang) != result.explain("en" if lang == "id" else "id")
    assert all(note.render(lang) for note in result.notes)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_drawn_on_screen_and_on_paper(results, kind, lang):
    figure = charts.spec(results[kind], lang)
    text = json.dumps(figure, allow_nan=False)
    assert figure["title"] and figure["alt"] and figure["caption"] and figure["data"]
    assert "<b>a <b>" not in text  # a reader's own words are no markup
    assert svg(figure)
    charts.draw(results[kind], lang)


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_has_a_name_and_a_unit(results, kind):
    result = results[kind]
    known = labels.catalogue("names")["names"]
    own = result.params.get("by")
    for column in result.table.columns:
        assert column in result.params["units"], column
        assert column in known or column in ("row", own, "unit", "patient_id"), column
        if result.params["units"][column] == "mark":
            assert all(v in known or isinstance(v, bool | np.bool_) or column == "row" for v in result.table[column])


@pytest.mark.parametrize("kind", KINDS)
def test_exported(results, kind, tmp_path):
    assert results[kind].to_xlsx(tmp_path / "a.xlsx").stat().st_size > 1000
    page = results[kind].to_html(tmp_path / "a.html", lang="id").read_text(encoding="utf-8")
    assert "nan" not in page.replace("pelanggan", "").lower().split()


@pytest.mark.parametrize(("kind", "of"), [("league", "units"), ("drivers", "priorities")])
def test_drawn_another_way(results, kind, of):
    figure = charts.spec(results[kind], "en", of=of)
    assert figure["title"] != charts.spec(results[kind], "en")["title"] and svg(figure)


def test_no_fact_is_of_numpy(results):
    """Facts travel as plain data: into a workbook, a page, a key of answers."""
    for kind, result in results.items():
        for name, value in result.facts.items():
            assert not isinstance(value, np.generic), (kind, name)
            assert value is None or value == value, (kind, name)


@pytest.mark.parametrize("kind", KINDS)
def test_sentences_hold_no_dash_and_no_raw_name(results, kind):
    assert odd(results[kind]) == []
