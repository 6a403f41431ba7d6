"""Every Result of the room: explained in both languages at three depths, drawn, exported, pickled."""

from __future__ import annotations

import json
import pickle

import numpy as np
import pandas as pd
import pytest

import crmlab as crm
from crmlab import charts, labels
from crmlab.analytics import sales
from crmlab.charts.svg import svg

KINDS = (
    "content_calendar", "content_measured", "crm_use", "levers", "lift", "market_potential", "market_bare", "pipeline",
    "pipeline_forecast", "pipeline_plain", "pipeline_test", "price_few", "price_response",
    "questions", "revenue_tree", "team_growth", "team_short",
)  # fmt: skip


def sold_of(products):
    stream = np.random.default_rng(1)
    rows = pd.DataFrame([(p, m) for p in range(products) for m in range(6)], columns=["product_id", "month_starts_on"])
    rows["unit_price"] = np.exp(stream.normal(9, 0.2, len(rows)))
    return rows.assign(sold=stream.poisson(9, len(rows)), department=np.where(rows["product_id"] < 3, "few", "many"))


@pytest.fixture(scope="module")
def results(shop, orders, accounts, use):
    some = {"as_of": "2020-06-30"}
    book = {"log": shop["stage_log"], "stages": shop["stages"]}
    deals = shop["opportunities"]
    areas = pd.DataFrame({"province": ["Jabar", "Papua"], "households": [500_000, 9_000], "penetration_share": 0.04,
                          "annual_spend": 1_200_000})  # fmt: skip
    sold = pd.DataFrame({"province": ["32", "Bali"], "amount": [3.6e9, 1e6]})
    effects = pd.DataFrame({"channel": ["whatsapp"], "factor": ["payday"], "ratio": [1.3], "ratio_low": [1.2],
                            "ratio_high": [1.4], "verdict": ["real"]})  # fmt: skip
    questions = sales.customer_questions(orders, shop["campaign_sends"], **some)
    return {
        "content_calendar": sales.content_calendar("2020-01-01"),
        "content_measured": sales.content_calendar("2020-07-01", months=6, segments=["loyal"], effects=effects),
        "crm_use": sales.crm_use(use, as_of="2020-12-31"),
        "levers": sales.levers(1000, 4, 200_000, 0.2),
        "lift": questions.params["lifts"]["most_valuable"],
        "market_potential": sales.market_potential(areas, sold),
        "market_bare": sales.market_potential(areas),
        "pipeline": sales.pipeline(deals, shop["stage_log"], stages=shop["stages"], **some),
        "pipeline_forecast": sales.pipeline_forecast(deals, **book, **some),
        "pipeline_plain": sales.pipeline_forecast(pd.DataFrame({"amount": [5, 6], "probability": [0.5, 0.1]}), **some),
        "pipeline_test": sales.pipeline_test(deals, dates=["2018-12-31", "2019-03-31"], as_of="2020-12-31", **book),
        "price_few": sales.price_response(sold_of(6)),
        "price_response": sales.price_response(sold_of(26), by="department"),
        "questions": questions,
        "revenue_tree": sales.revenue_tree(orders, year=2020, **some),
        "team_growth": sales.team_growth(accounts, since="2016-01-01", **some),
        "team_short": sales.team_growth(accounts, since="2020-01-01", **some),
    }


def test_all_kinds_are_here(results):
    assert sorted(results) == sorted(KINDS)
    drawn = {r.kind.partition(".")[2] for r in results.values()}
    assert drawn == set(labels.catalogue("sales")["explain"])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_explained_at_three_depths(results, kind, lang):
    result = results[kind]
    said = [str(result.explain(lang, depth)) for depth in ("short", "method", "reference")]
    assert len(set(said)) == 3 and not any("nan" in text.lower().split() for text in said)
    assert "np." not in " ".join(said) and "None" not in " ".join(said)
    assert all(note.render(lang) for note in result.notes)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_drawn_on_screen_and_on_paper(results, kind, lang):
    figure = charts.spec(results[kind], lang)
    json.dumps(figure, allow_nan=False)
    assert figure["title"] and figure["alt"] and figure["caption"] and figure["data"]
    assert svg(figure)
    charts.draw(results[kind], lang)


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
    assert crm.sales is sales
