"""Pipeline, levers, potential, lists, team, content: the worked numbers, traps by hand, and what is refused."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlab import UserError
from crmlab.analytics import sales

DAY = "2020-12-31"
OPEN = pd.DataFrame({"amount": [100, 200, 50], "probability": [0.2, 0.5, 0.8]})
STAGES = pd.DataFrame({"stage": ["lead", "proposal", "close"], "probability": [0.2, 0.5, 1.0]})


# -- the pipeline ------------------------------------------------------------------------------------------------------


def test_weighted_pipeline():  # F17: 100 at 20 %, 200 at 50 %, 50 at 80 % make 160
    facts = sales.pipeline_forecast(OPEN, as_of="2020-06-30").facts
    assert facts["weighted"] == 160.0 and (facts["weighted_low"], facts["weighted_high"]) == (0.0, 350.0)


def test_closed_deals_left_open_are_not_counted():  # F17's bad input
    deals = OPEN.assign(closed_on=[None, "2020-05-01", None], opened_on="2020-01-01", outcome=[None, None, "won"])
    found = sales.pipeline_forecast(deals, as_of="2020-06-30")
    assert found.facts["weighted"] == 20.0
    assert [(n.code, n.values["n"]) for n in found.notes] == [("sales.note.forgotten", 2)]


def test_the_stage_of_that_day_counts_and_not_todays():
    deals = pd.DataFrame({"opportunity_id": [1], "amount": [100], "opened_on": ["2020-01-01"],
                          "closed_on": ["2020-09-01"], "outcome": ["won"]})  # fmt: skip
    log = pd.DataFrame({"opportunity_id": 1, "stage": ["lead", "proposal", "close"],
                        "entered_at": ["2020-01-01", "2020-05-01", "2020-09-01"]})  # fmt: skip
    asked = {"log": log, "stages": STAGES}
    for day, weighted in (("2020-04-30", 20.0), ("2020-05-01", 50.0), ("2020-08-31", 50.0)):
        assert sales.pipeline_forecast(deals, as_of=day, **asked).facts["weighted"] == weighted
    with pytest.raises(UserError, match=r"2020|2020-09-01"):
        sales.pipeline_forecast(deals, as_of="2020-09-01", **asked)


def test_velocity():  # J07: 40 x 0.25 x 30 m / 60 = 5 m a day
    assert sales.velocity(40, 0.25, 30, 60) == 5.0


def test_velocity_and_bottleneck_of_a_table():  # J07
    n = 40  # decided: ten won in 60 days; lost ones stop at the proposal
    won = np.arange(n) < 10
    deals = pd.DataFrame({"opportunity_id": range(2 * n), "amount": 30.0, "opened_on": "2020-01-01",
                          "closed_on": ["2020-03-01"] * n + [None] * n,
                          "outcome": ["won"] * 10 + ["lost"] * 30 + [None] * n})  # fmt: skip
    log = [(k, "lead", "2020-01-01") for k in range(2 * n)] + [(k, "proposal", "2020-01-31") for k in range(n)]
    log += [(k, "close", "2020-03-01") for k in range(n) if won[k]]
    log = pd.DataFrame(log, columns=["opportunity_id", "stage", "entered_at"])
    found = sales.pipeline(deals, log, as_of="2020-03-31", stages=STAGES)
    facts, rows = found.facts, found.table.set_index("stage")
    assert facts["velocity"] == 5.0 and facts["velocity_low"] < 5.0 < facts["velocity_high"]
    assert facts["bottleneck"] == "proposal" and facts["verdict"] == "real"
    assert rows.loc["proposal", "ahead_share"] == 0.25 and rows.loc["lead", "ahead_share"] == 1.0
    assert rows.loc["lead", ["open_deals", "stuck", "oldest_days"]].tolist() == [40, 40, 91.0]
    assert rows.loc["lead", "stay_days"] == 30.0


def test_what_the_pipeline_said_and_what_came(shop):  # F17: compared with actual
    asked = {"log": shop["stage_log"], "stages": shop["stages"], "as_of": DAY}
    found = sales.pipeline_test(shop["opportunities"], dates=pd.date_range("2017-03-31", DAY, freq="QE"), **asked)
    row = found.table[found.table["at"] == "2018-12-31"].iloc[0]
    won = shop["opportunities"]
    mine = won[(won["opened_on"] <= "2018-12-31") & (won["closed_on"] > "2018-12-31")]
    assert row["deals"] == len(mine) and row["actual"] == mine.loc[mine["outcome"] == "won", "expected_amount"].sum()
    assert found.facts["mape"] > 0 and found.facts["compared"] == 6 and found.facts["baseline_mape"] > 0


def test_stages_of_the_shop(shop):
    found = sales.pipeline(shop["opportunities"], shop["stage_log"], as_of="2020-06-30", stages=shop["stages"])
    assert found.table["reached"].is_monotonic_decreasing and found.facts["open"] == 6
    assert found.facts["verdict"] == "noise"  # at this size no stage is proven the bottleneck
    assert [n.code for n in found.notes] == ["sales.note.back"]


# -- revenue -----------------------------------------------------------------------------------------------------------


def test_levers():  # Z02: 1,000 x 4 x 200,000 = 800 m; 5 % more of each make x 1.157625 = 926.1 m
    found = sales.levers(1000, 4, 200_000, 0.2)
    assert found.facts["revenue"] == 800e6 and found.facts["factor"] == pytest.approx(1.157625)
    assert found.facts["revenue_after"] == pytest.approx(926.1e6)
    assert found.facts["alone"] == pytest.approx(120e6) and found.facts["interaction"] == pytest.approx(6.1e6)
    assert found.facts["margin_after"] == pytest.approx(0.2 * 926.1e6)
    only = sales.levers(1000, 4, 200_000, change={"customers": 0.1})
    assert only.facts["gain"] == pytest.approx(80e6) and only.facts["interaction"] == pytest.approx(0)


@given(*[st.floats(0.5, 2) for _ in range(3)], st.integers(2, 6))
def test_effects_add_up_whatever_moves(people, often, worth, n):
    old = pd.DataFrame({"customer_id": np.repeat(range(n), 2), "ordered_at": "2019-05-05", "amount": 100.0})
    now = max(1, round(n * people))
    new = pd.DataFrame({"customer_id": np.repeat(range(now), max(1, round(2 * often))), "ordered_at": "2020-05-05"})
    found = sales.revenue_tree(pd.concat([old, new.assign(amount=100.0 * worth)]), year=2020, as_of=DAY)
    assert found.table["effect"].sum() == pytest.approx(found.facts["change"], abs=1e-6)
    product = found.table["ratio"].prod()
    assert product == pytest.approx(found.facts["revenue"] / found.facts["revenue_was"])


def test_a_year_that_is_not_over_meets_the_same_days(orders):
    found = sales.revenue_tree(orders, year=2020, as_of="2020-06-30")
    half = orders[(orders["ordered_at"] >= "2019-01-01") & (orders["ordered_at"] < "2019-07-01")]
    assert found.facts["revenue_was"] == pytest.approx(half["amount"].sum())
    assert [n.code for n in found.notes] == ["sales.note.part_year"]


# -- market, team, use -------------------------------------------------------------------------------------------------

AREAS = pd.DataFrame(
    {"province": ["Jabar"], "households": [500_000], "penetration_share": [0.04], "annual_spend": [1_200_000]}
)


def test_market_potential():  # D12: 500,000 x 4 % x 1.2 m = 24 billion; 3.6 billion are 15.0 %
    sold = pd.DataFrame({"province": ["Jawa Barat"], "amount": [3_600_000_000]})
    facts = sales.market_potential(AREAS, sold).facts
    assert facts["potential"] == pytest.approx(24e9) and facts["share"] == pytest.approx(0.15)


def test_old_and_new_papua_meet():  # D12: crosswalk 34 and 38
    areas = pd.concat([AREAS, AREAS.assign(province="Papua Selatan"), AREAS.assign(province="Papua")])
    sold = pd.DataFrame({"province": ["Papua"], "amount": [1e9]})
    old = sales.market_potential(areas, sold).table.set_index("province")
    assert old.loc["Papua", "households"] == 1e6 and old.loc["Papua", "actual"] == 1e9
    new = sales.market_potential(areas, sold, division=38)
    rows = new.table.set_index("province")
    assert rows.loc["Papua Selatan", "estimated"] and 0 < rows.loc["Papua Selatan", "actual"] < 1e9
    assert new.facts["actual"] == pytest.approx(1e9)
    assert {n.code for n in new.notes} == {"sales.note.split", "sales.note.no_potential"}


def test_an_unknown_province_is_refused_by_name():
    with pytest.raises(UserError) as caught:
        sales.market_potential(pd.concat([AREAS, AREAS.assign(province="Jawa Tengh")]))
    assert caught.value.code == "sales.unknown_province"
    said = caught.value.render("en")
    assert "Jawa Tengh" in said and "Jawa Tengah" in said


def test_areas_of_ones_own():
    areas = AREAS.drop(columns="province").assign(age_band="young")
    sold = pd.DataFrame({"age_band": ["young", "old"], "amount": [1e9, 2e9]})
    found = sales.market_potential(areas, sold, by="age_band")
    assert found.table["actual"].tolist() == [1e9, 2e9, 3e9]  # what has no potential is listed, not dropped


def test_team_growth():  # D11: 40 new less 12 lost are 28
    new = pd.DataFrame({"sales_rep": "Ani", "registered_on": ["2020-01-10"] * 40, "closed_on": None})
    gone = new.head(12).assign(registered_on="2018-05-01", closed_on="2020-01-20")
    facts = sales.team_growth(pd.concat([new, gone]), since="2020-01-01", as_of="2020-01-31").facts
    assert (facts["new_customers"], facts["lost_customers"], facts["net"]) == (40, 12, 28)


def test_one_month_out_of_control():
    counts = [5, 6, 5, 6, 5, 6, 5, 30, 5, 6, 5, 6]
    days = [d for k, n in enumerate(counts, 1) for d in [f"2019-{k:02}-15"] * n]
    people = pd.DataFrame({"sales_rep": "Ani", "registered_on": days, "closed_on": None})
    found = sales.team_growth(people, since="2019-01-01", as_of="2019-12-31")
    moves = np.abs(np.diff(counts)).mean()
    assert found.facts["limit_high"] == pytest.approx(np.mean(counts) + 2.66 * moves)
    assert found.table.loc[found.table["signal"], "month"].tolist() == ["2019-08"]


def test_inspection_against_selling():  # Z11: 300 of 400 minutes are 75.0 %
    log = pd.DataFrame({"date": "2020-03-02", "activity": ["reporting", "selling"], "minutes": [300, 100]})
    assert sales.crm_use(log, as_of=DAY).facts["share"] == 0.75


def test_use_of_the_crm_over_the_years(use):  # R-T31: 75 % in 2019, 50 % in 2020
    found = sales.crm_use(use, as_of=DAY)
    rows = found.table[found.table["activity"] == "reporting"].set_index("group")
    for year, truth in ((2019, 0.75), (2020, 0.50)):
        assert rows.loc[year, "share_low"] <= truth <= rows.loc[year, "share_high"]
    assert found.facts["verdict"] == "real" and found.facts["change"] < -0.15
    assert found.table.groupby("group")["share"].sum().round(9).eq(1).all()


# -- lists -------------------------------------------------------------------------------------------------------------


def test_lift_of_the_top_tenth():  # A12: 30 % of the responders in the top tenth: lift 3.0
    hits = [1] * 30 + [0] * 70 + [1] * 70 + [0] * 830
    facts = sales.lift(pd.DataFrame({"score": [0.9] * 100 + [0.1] * 900, "outcome": hits})).facts
    assert facts["captured"] == pytest.approx(0.30) and facts["lift"] == pytest.approx(3.0)
    assert facts["lift_low"] < 3 < facts["lift_high"] and facts["verdict"] == "real"


@given(st.lists(st.booleans(), min_size=20, max_size=60).filter(lambda h: 0 < sum(h) < len(h)), st.randoms())
def test_equal_scores_are_worth_a_draw_in_any_order(hits, rnd):
    shuffled = hits[:]
    rnd.shuffle(shuffled)
    for rows in (hits, shuffled):
        assert sales.lift(pd.DataFrame({"score": 0.5, "outcome": rows})).facts["lift"] == pytest.approx(1.0)


def test_a_score_that_knew_the_future_is_refused():
    table = pd.DataFrame({"score": np.linspace(0, 1, 20), "outcome": [0, 1] * 10, "known": "2020-01-01",
                          "came": ["2020-02-01"] * 19 + ["2020-01-01"]})  # fmt: skip
    with pytest.raises(UserError) as caught:
        sales.lift(table, known_on="known", outcome_on="came")
    assert caught.value.code == "sales.leak" and list(caught.value.rows) == [20]


def test_three_questions(orders, shop):  # A12
    found = sales.customer_questions(orders, shop["campaign_sends"], as_of="2020-06-30")
    lifts = found.params["lifts"]
    assert set(lifts) == {"most_valuable", "most_likely_to_leave", "most_likely_to_respond"}
    assert lifts["most_valuable"].facts["verdict"] == "real" and lifts["most_valuable"].facts["lift_low"] > 2
    held = lifts["most_valuable"].facts
    assert held["calibration_low"] <= 1 <= held["calibration_high"]
    first = found.table[found.table["question"] == "most_valuable"]
    assert first["rank"].tolist() == list(range(1, 21)) and first["score"].is_monotonic_decreasing
    # what comes later changes no list
    later = orders[orders["ordered_at"] < "2020-07-01"]
    again = sales.customer_questions(later, shop["campaign_sends"], as_of="2020-06-30")
    pd.testing.assert_frame_equal(found.table, again.table)
    assert [n.code for n in found.notes] == ["sales.note.later"] and not again.notes


# -- content -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", range(2016, 2026))
def test_a_year_of_content(year):  # Z07: 12 months with an item each; items of Lebaran 21 to 8 days before
    from crmlab.calendar import idul_fitri

    found = sales.content_calendar(f"{year}-01-01", segments=["loyal", "regular"], channels=["whatsapp"])
    assert found.facts["filled"] == 12 and found.facts["n"] == len(found.table)
    offer = found.table[found.table["occasion"] == "three_weeks_before"].iloc[0]
    to_go = [(pd.Timestamp(idul_fitri(year)) - offer[c]).days for c in ("from_on", "to_on")]
    assert to_go == [21, 8] and offer["before_fitri"] == "21..8"
    assert set(found.table["segment"]) == {"loyal", "regular"}


def test_own_items_and_measured_effects():
    effects = pd.DataFrame({"channel": ["web"], "factor": ["payday"], "ratio": [1.3], "ratio_low": [1.2],
                            "ratio_high": [1.4], "verdict": ["real"]})  # fmt: skip
    own = pd.DataFrame({"from_on": ["2021-03-01"], "to_on": ["2021-03-05"], "occasion": ["anniversary"]})
    found = sales.content_calendar("2021-01-01", channels=["web"], effects=effects, more=own)
    assert found.facts["measured"] == 12 and "anniversary" in set(found.table["occasion"])
    assert found.facts["offer_from"].date() == dt.date(2021, 4, 22)


# -- refused -----------------------------------------------------------------------------------------------------------

LOG = pd.DataFrame({"opportunity_id": [1], "stage": ["lead"], "entered_at": ["2020-01-05"]})
DEAL = pd.DataFrame({"opportunity_id": [1], "amount": [10], "opened_on": ["2020-01-05"], "closed_on": [None],
                     "outcome": [None]})  # fmt: skip
USE = pd.DataFrame({"date": ["2020-01-01"], "activity": ["selling"], "minutes": [5]})
BOUGHT = pd.DataFrame({"customer_id": [1], "ordered_at": ["2020-01-01"], "amount": [5.0]})


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("bad_probability", lambda: sales.pipeline_forecast(OPEN.assign(probability=20), as_of=DAY)),
        ("bad_amount", lambda: sales.pipeline_forecast(OPEN.assign(amount="Rp 100.000,-"), as_of=DAY)),
        ("no_stage", lambda: sales.pipeline_forecast(OPEN[["amount"]], as_of=DAY)),
        ("no_open_deals", lambda: sales.pipeline_forecast(DEAL, log=LOG, stages=STAGES, as_of="2019-01-01")),
        ("unknown_stage", lambda: sales.pipeline(DEAL, LOG.assign(stage="talk"), stages=STAGES, as_of=DAY)),
        ("negative_age", lambda: sales.pipeline(DEAL, LOG.assign(entered_at="2019-01-05"), stages=STAGES, as_of=DAY)),
        ("negative_age", lambda: sales.pipeline(DEAL.assign(closed_on="2019-01-05"), LOG, stages=STAGES, as_of=DAY)),
        ("bad_lever", lambda: sales.levers(1, 1, 1, change={"customer": 0.1})),
        ("frames.bad_number", lambda: sales.velocity(40, 25, 30, 60)),
        ("no_year", lambda: sales.revenue_tree(BOUGHT, year=2020, as_of=DAY)),
        ("bad_share", lambda: sales.market_potential(AREAS.assign(penetration_share=4))),
        ("bad_count", lambda: sales.market_potential(AREAS.assign(households=-1))),
        ("no_month", lambda: sales.team_growth(BOUGHT.assign(sales_rep="A", registered_on="2020-01-01", closed_on=None),
                                               since="2020-01-02", as_of="2020-01-20")),
        ("no_activity", lambda: sales.crm_use(USE, as_of=DAY)),
        ("bad_count", lambda: sales.crm_use(USE.assign(minutes=-5), as_of=DAY)),
        ("bad_outcome", lambda: sales.lift(pd.DataFrame({"score": [0.1] * 20, "outcome": [3] * 20}))),
        ("one_outcome", lambda: sales.lift(pd.DataFrame({"score": [0.1] * 20, "outcome": [1] * 20}))),
        ("bad_question", lambda: sales.customer_questions(BOUGHT, as_of=DAY, questions=["richest"])),
        ("short_history", lambda: sales.customer_questions(BOUGHT, as_of=DAY)),
        ("no_calendar", lambda: sales.content_calendar("2040-01-01")),
        ("no_audience", lambda: sales.content_calendar("2020-01-01", segments=[])),
        ("ends_before", lambda: sales.content_calendar("2020-01-01", more=pd.DataFrame(
            {"from_on": ["2020-02-02"], "to_on": ["2020-02-01"], "occasion": ["x"]}))),
    ],
)  # fmt: skip
def test_refused(code, call):
    with pytest.raises(UserError) as caught:
        call()
    assert caught.value.code == (code if "." in code else f"sales.{code}")
    assert all(caught.value.render(lang) for lang in ("id", "en"))
