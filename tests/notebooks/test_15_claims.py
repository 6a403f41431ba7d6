"""What notebook 15 says and asks, computed."""

from __future__ import annotations

import pandas as pd
import pytest

import crmlab as crm
from notebooks import build

S = crm.satisfaction


@pytest.fixture(scope="module")
def names():
    """The names that a reader has after running the code cells."""
    import jupytext

    source = next(p for p in build.sources() if p.stem == "15_scores")
    found: dict = {}
    for cell in jupytext.read(source, fmt="py:percent").cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, source.stem, "exec"), found)
    return found


def test_ten_answers(names):
    f = names["ten"].facts
    assert (f["nps"], f["promoters"], f["detractors"], round(f["nps_error"], 1)) == (10, 4, 3, 26.3)
    assert [round(f[k]) for k in ("nps_low", "nps_high")] == [-38, 53]
    assert [round(f[k], 1) for k in ("wald_low", "wald_high")] == [-41.5, 61.5] and round(1.96 * f["nps_error"]) == 51


def test_two_people_make_the_fall(names):
    told = names["told"].set_index("quarter")
    assert told["nps"].round().tolist() == [31, 24] and told["n"].tolist() == [29, 29]
    assert (told["promoters"].diff().iloc[1], told["detractors"].diff().iloc[1]) == (-2, 0)
    f = names["fell"].facts
    assert (round(f["difference"], 1), round(f["difference_low"]), round(f["difference_high"])) == (-6.9, -45, 32)
    assert f["verdict"] == "noise"


def test_ten_points_of_800_answers_are_noise(names):
    f = names["waves"].facts
    assert [round(f[k], 2) for k in ("difference", "standard_error", "z_value")] == [10.0, 5.59, 1.79]
    assert round(f["p_value"], 3) == 0.074 and f["verdict"] == "noise"


def test_what_the_intervals_keep(names):
    kept = pd.DataFrame(names["promise"]).T
    nps, csat = kept.iloc[:3], kept.iloc[3:]
    assert nps["Wald"].between(0.855, 0.895).all() and nps["crmlab"].between(0.94, 0.97).all()
    assert 0.6 < csat["Wald"].iloc[1] < 0.68 and csat["crmlab"].between(0.92, 0.96).all()
    assert round(csat["crmlab"].iloc[1], 2) == 0.93
    eight = S.csat([5, 4, 4, 3, 2, 5, 1, 4]).facts
    assert [round(100 * eight[k], 1) for k in ("csat", "csat_low", "csat_high")] == [62.5, 30.6, 86.3]
    assert [n.code.rpartition(".")[2] for n in names["messy"].notes] == ["blank", "words", "off_scale"]


def test_who_was_asked_and_answered(names):
    f = names["overall"].facts
    assert (f["n"], f["people"]) == (435, 370) and 0.24 < f["response_share"] < 0.26
    assert (names["overall"].table["verdict"] == "real").all()
    assert 1 / 8.7 < names["rhythm"].facts["too_soon_share"] < 1 / 7.5
    assert names["silent"].facts["real"] == 0
    assert names["visits"]["year"].isin(range(2021, 2025)).all()
    assert names["asked"].groupby("year").size().max() < 500


def test_the_loyal_answer_more(names):
    table = names["loyal"].table.set_index("loyalty")
    assert table.loc["30+", "response_share"] > 2.9 * table.loc["0-14", "response_share"]
    assert table["nps"].iloc[:3].is_monotonic_increasing
    f = names["weighted"].facts
    assert f["nps"] < f["nps_raw"] - 2 and f["n_effective"] < 0.85 * f["n"]
    assert f["nps"] == pytest.approx(names["stratified"].facts["standardised"])


def test_effort_never_pooled(names):
    f = names["seven"].facts
    assert [round(f[k], 3) for k in ("ces", "ces_reversed", "easy_share")] == [3.143, 4.857, 0.714]
    with pytest.raises(crm.UserError) as refused:
        S.ces(names["answers"], scale=(1, 7), easy="low")
    assert refused.value.code == "satisfaction.mixed_versions"
    assert (names["naive"].facts["changes"], names["turned"].facts["changes"]) == (1, 0)
    assert names["naive"].facts["change_at"] == pd.Timestamp("2023-07-01")
    assert names["versions"].table["easy_share"].between(0.78, 0.84).all()
    assert round(names["versions"].facts["pooled_mean_without_meaning"], 2) == 3.66
    turned = S.ces([8 - x for x in (1, 2, 2, 3, 5, 7, 2)], scale=(1, 7), easy="high").facts
    assert (round(turned["ces"], 3), round(turned["easy_share"], 3)) == (4.857, 0.714)


def test_no_unit_differs(names):
    units = names["units"].table.set_index("care_unit")
    assert units.loc["checkup", "suppressed"] and units.loc["checkup", "n"] == 9
    assert units["nps"].idxmax() == "ent" and round(units.loc["ent", "nps"]) == 65
    f = names["pairs"].facts
    assert (f["groups"], f["pairs"], f["real_without_holm"], f["real"]) == (12, 66, 6, 0)
    six = names["pairs"].table.nsmallest(6, "p_value")
    assert ((six["group_one"] == "ent") | (six["group_other"] == "ent")).all() and (six["p_value"] < 0.05).all()
    league = names["table"].table.set_index("care_unit")
    assert (league["verdict"] == "noise").all() and league["rank_low"].iloc[-1] == 2
    top = league.loc["ent"]
    assert (round(top["shrunk"]), top["rank"], top["rank_low"], top["rank_high"]) == (33, 1, 1, 11)
    assert round(names["table"].facts["between"]) == 6 and names["table"].facts["between_low"] == 0
    assert top["n"] == 23


def test_payers_do_differ(names):
    table = S.difference(names["answers"], by="payer_group", customer="patient_id").table
    real = table[table["verdict"] == "real"]
    pairs = {frozenset(p) for p in zip(real["group_one"], real["group_other"], strict=True)}
    assert pairs == {frozenset(("bpjs", "insurance")), frozenset(("bpjs", "self_pay"))}
    assert names["payers"].table.set_index("payer_group")["nps"].idxmin() == "bpjs"


def test_simpson(names):
    f = names["small"].facts
    assert (round(f["change_raw"]), round(f["change"]), f["simpson"]) == (-60, 0, True)
    assert 0.8 * 50 - 0.2 * 50 == 30
    f = names["fixed"].facts
    assert -7 < f["change_raw"] < -6.5 and 3 <= f["change"] < 3.5 and f["simpson"]
    assert (f["verdict"], f["verdict_raw"]) == ("noise", "noise")
    assert names["mix"]["bpjs"].is_monotonic_increasing
    whole = names["fixed"].table
    assert whole[whole["row"] == "member"]["n"].between(90, 120).all()


def test_no_change_point(names):
    trend = names["trend"]
    assert trend.facts["changes"] == 0
    by = trend.table.set_index(pd.to_datetime(trend.table["period_start"]))["nps"]
    assert round(by["2021-01-01"]) == 64 and round(by["2023-04-01"]) == -13


def test_how_many_answers(names):
    plan = names["plan"].table.set_index("difference")
    assert plan.loc[7, "answers_needed"] == 1955 and plan.loc[7, "invitations_needed"] > 8000
    margins = names["margins"].table.set_index("half_width")["answers_needed"]
    assert (margins[5], margins[10], margins[2.5]) == (938, 235, 3750)


def test_tasks(names):
    f = S.nps([10] * 291 + [8] * 476 + [2] * 395).facts
    assert (round(f["nps"], 2), round((f["wald_high"] - f["wald_low"]) / 2, 2)) == (-8.95, 4.39)
    p = {}
    for k in (34, 35):
        many = pd.concat([names["slide"]] * k, ignore_index=True)
        p[k] = S.difference(many, by="quarter", pairs=[("Q2", "Q1")]).facts["p_value"]
    assert p[34] > 0.05 > p[35] and 35 * 29 == 1015
    f = S.nps([10] * 20).facts
    assert (f["wald_low"], f["wald_high"], f["nps_high"]) == (100, 100, 100) and f["nps_low"] < 80
    assert S.csat([4, 3, 2, 1, 4], scale=(1, 4)).facts["csat"] == 0.6
    assert 900 / 4000 == 0.225
    held = S.may_ask(names["sent"], [1], on="2024-02-10").table.iloc[0]
    assert held["days_since"] == 40 and (held["allowed_from"] - pd.Timestamp("2024-01-01")).days == 90
    assert S.sample_size("csat", margin=5, population=400).facts["answers_needed"] == 197
    assert len(S.difference(names["answers"], by="care_unit", pairs="rest").table) == 12
