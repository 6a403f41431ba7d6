"""What notebook 17 says and asks, computed."""

from __future__ import annotations

import pandas as pd
import pytest

from crmlab.analytics import frameworks, journeys
from crmlab.errors import UserError
from notebooks import build


@pytest.fixture(scope="module")
def names():
    """The names that a reader has after running the code cells."""
    import jupytext

    source = next(p for p in build.sources() if p.stem == "17_touchpoints")
    found: dict = {}
    for cell in jupytext.read(source, fmt="py:percent").cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, source.stem, "exec"), found)
    return found


def test_channels_that_pose_as_touchpoints_are_refused(names):
    with pytest.raises(UserError) as refused:
        journeys.event_log(
            names["talks"].assign(channel=names["talks"]["touchpoint"]),
            as_of="2020-12-31",
            columns={"person_id": "customer_id"},
        )
    assert refused.value.code == "journeys.touchpoint_is_channel"
    assert names["talks"].query("topic == 'product_question'")["touchpoint"].nunique() == 4
    by = names["events"].query("touchpoint == 'product_question'")["channel"].nunique()
    assert by == 4
    assert names["talks"].query("touchpoint == 'whatsapp'")["topic"].nunique() == 2


def test_the_log_and_its_notes(names):
    assert len({part["table"] for part in names["recipe"]}) == 8
    facts, notes = names["life"].facts, {n.code: n.values["n"] for n in names["life"].notes}
    assert facts["rows"] == 34_162
    assert (notes["journeys.note.without"], notes["journeys.note.stageless"]) == (7_510, 1_173)
    assert "journeys.note.stageless" not in [n.code for n in names["mine"].notes]
    nameless = names["events"][names["events"]["person_id"].isna()]
    assert (nameless["source_table"] == "web_events").mean() > 0.5


def test_a_log_of_ones_own(names):
    own = names["own"]
    assert [own.facts[k] for k in ("rows_read", "rows_kept", "rows_refused", "unknown_persons")] == [7, 4, 3, 1]
    assert own.quarantine["reason"].tolist() == ["unreadable_date", "out_of_range", "missing_value"]


def test_signals(names):
    assert names["one"].table["signalled_at"].astype(str).tolist() == ["2020-12-01 10:45:00"]
    assert names["one"].facts["silenced"] == 1
    facts = names["alarms"].facts
    assert [facts[k] for k in ("reached", "persons", "anonymous_triggers", "bots")] == [274, 423, 504, 0]
    told = names["alarms_by_rule"]
    assert [round(told[k].facts["reached_share"], 2) for k in ("3 in 60 min", "5 in 60min")] == [0.65, 0.14]
    at = [f"2020-12-01 {t}" for t in ("09:00", "09:40", "10:05", "10:35")]
    asked = journeys.signals(
        {"person_id": ["P"] * 4, "touchpoint": ["price"] * 4, "occurred_at": at},
        "touchpoint == 'price'",
        as_of="2020-12-31",
    )
    assert asked.table["signalled_at"].astype(str).tolist() == ["2020-12-01 10:35:00"]


def test_posts_of_ones_own(names):
    assert names["mini"].quarantine["reason"].tolist() == ["out_of_range"]
    table = names["few"].table.set_index(["group", "measure"])
    first, second = table.loc[("Instagram", "conversation")], table.loc[("TikTok", "conversation")]
    assert (first["per_post"], second["per_post"], second["ratio"]) == (15, 30, 2)
    assert (round(first["per_1000"], 1), round(second["per_1000"], 1), second["verdict"]) == (0.9, 3.0, "too_few")


def test_the_gap_does_no_harm_here(names):
    cuts, sessions = names["cuts"], names["known"]["session_id"].nunique()
    assert cuts["30min"] == sessions and max(abs(n - sessions) for n in cuts.values()) < 0.02 * sessions
    assert journeys.event_log(names["night"], as_of="2020-12-31", gap="30min").facts["cases"] == 2


def test_the_inventory(names):
    assert journeys.touchpoints(None, names["twelve"]).facts["owned_share"] == 0.75
    table = names["inventory"].table.set_index("touchpoint")
    assert table.loc["parcel_received", "events"] == 3_629 and pd.isna(table.loc["parcel_received", "owner"])
    assert pd.isna(table.loc["word_of_mouth", "events"])
    fifteen = {"touchpoint": [f"t{k}" for k in range(15)], "owner": ["a"] * 11 + [None] * 4}
    assert round(journeys.touchpoints(None, fifteen).facts["owned_share"], 3) == 0.733


def arcs(log):
    table = journeys.transitions(log).table
    inner = table[(table["origin"] != "journey_start") & (table["destination"] != "journey_end")]
    return {(r.origin, r.destination): r.n for r in inner.itertuples()}


def test_the_interaction_map_by_hand(names):
    ways = names["ways"]
    assert arcs(ways(["ABC", "AC", "AB"])) == {("A", "B"): 2, ("B", "C"): 1, ("A", "C"): 1}
    assert arcs(ways(["ABAB", "ABC", "CA"])) == {("A", "B"): 3, ("B", "A"): 1, ("B", "C"): 1, ("C", "A"): 1}
    facts = names["steps"].facts
    assert facts["top_origin"] == facts["top_destination"] == "price"
    paths = names["habits"].facts
    assert (paths["n"], paths["variants"], paths["top_cases"]) == (3_000, 644, 218)
    assert (names["again"].facts["worst"], round(names["again"].facts["worst_share"], 2)) == ("price", 0.65)


def test_a_loop_of_keen_buyers(names):
    rows = names["keen"].table.set_index(["group", "step"])
    row = rows.loc[("three_or_more", "order_placed")]
    assert row["verdict"] == "real" and row["difference"] > 0.05
    assert (rows.loc[("three_or_more", "any_page"), "cases"], row["cases"]) == (900, 81)


def test_two_funnels(names):
    strict, free = (names[k].table["cases"].tolist() for k in ("strict", "free"))
    assert (strict[-1], free[-1], strict[0]) == (10, 122, 3_000)
    assert (round(10 / 3_000, 3), round(122 / 3_000, 3)) == (0.003, 0.041)
    for name in ("strict", "free"):
        assert (names[name].facts["worst_step"], names[name].facts["verdict"]) == ("cart", "real")
    order = ["home", "cart", "order_placed"]
    for of in (journeys.funnel_through_all, journeys.funnel_any):
        assert of(names["site"], order).table["cases"].tolist()[-1] == 122
    both = names["ways"](["AB"] * 20 + ["BA"] * 10)
    assert journeys.funnel_through_all(both, ["A", "B"]).table["cases"].tolist()[-1] == 20
    assert journeys.funnel_any(both, ["A", "B"]).table["cases"].tolist() == [30, 30]


def waited(parcels):
    """``[(days, arrived)]`` as a log that ends at noon."""
    noon = pd.Timestamp("2020-12-10 12:00")
    rows = [(k, "bought", noon - pd.Timedelta(days=d)) for k, (d, _) in enumerate(parcels)]
    rows += [(k, "arrived", noon) for k, (_, came) in enumerate(parcels) if came]
    return journeys.event_log(pd.DataFrame(rows, columns=["person_id", "touchpoint", "occurred_at"]), as_of=noon)


def test_those_on_their_way_count(names):
    facts = journeys.time_between(names["parcels"], "bought", "arrived", unit="days", within=["2d"]).facts
    assert facts["within_share"] == pytest.approx(1 - 5 / 6 * 2 / 4)
    five = waited([(1, True), (3, True), (2, False), (2, False), (5, False)])
    facts = journeys.time_between(five, "bought", "arrived", unit="days", within=["3d"]).facts
    assert facts["within_share"] == pytest.approx(0.6)


def test_the_report_of_december_flatters(names):
    now, later, days = names["told"]["2020-12-15"].facts, names["told"]["2021-02-28"].facts, names["days"]
    assert (now["n"], now["waiting"], later["waiting"], len(days)) == (57, 19, 0, 38)
    shares = [round((days <= 5).mean(), 2), round(now["within_share"], 2), round(later["within_share"], 2)]
    assert shares == [0.76, 0.67, 0.58]
    assert now["within_share_low"] < later["within_share"] < now["within_share_high"] < 0.82
    assert round(now["within_share_low"], 2) == 0.52 and round(now["within_share_high"], 2) == 0.81


def test_moments_of_truth(names):
    shares = names["hospital"].table["share_of_previous"].tolist()[1:]
    assert shares == pytest.approx([0.4, 0.4, 0.25]) and names["hospital"].facts["last_share"] == pytest.approx(0.04)
    table = names["truths"].table.set_index("moment")
    assert (table.loc["smot", "cases"], table.loc["smot", "cases_any"]) == (300, 820)
    assert round(520 / 820, 2) == 0.63
    way = names["way"]
    more = names["ways"]([way[: 1 + (k < 500) + (k < 300) + (k < 30)] for k in range(2000)])
    rules = {w: f"touchpoint == '{w}'" for w in way}
    found = journeys.moments(more, rules)
    assert found.table["share_of_previous"].tolist()[1:] == pytest.approx([0.25, 0.6, 0.1])
    assert found.facts["last_share"] == pytest.approx(0.015)
    lured = journeys.funnel_through_all(names["lured"], ["evp", "erp", "etp"]).table
    assert lured["share_of_previous"].tolist()[1:] == pytest.approx([0.75, 0.8])


def test_seconds_and_parcels(names):
    facts = names["stay"].facts
    assert (facts["hits"], facts["unknown"], facts["median"]) == (0, 872, 123.0)
    frame = pd.DataFrame({"person_id": [*range(1000)] * 2, "touchpoint": ["page"] * 1000 + ["next"] * 1000})
    seconds = [0] * 1000 + [5] * 640 + [30] * 360
    frame["occurred_at"] = pd.Timestamp("2020-01-01") + pd.to_timedelta(seconds, unit="s")
    log = journeys.event_log(frame, as_of="2020-12-31")
    assert journeys.dwell(log, "page", within_seconds=7).facts["share"] == pytest.approx(0.64)
    gap = names["gap"].facts
    assert [round(gap[f"ratio{e}"], 2) for e in ("", "_low", "_high")] == [0.68, 0.48, 0.95]
    assert gap["verdict"] == "real"


def test_engagement_is_one_post(names):
    table = journeys.engagement(names["twenty"], followers=50_000).table
    assert table["per_post"].tolist() == [15, 6, 120] and table["per_1000"].tolist() == pytest.approx([6.0, 2.4, 48.0])
    likes = [
        names[k].table.query("group == '2020-11' and measure == 'applause'").iloc[0] for k in ("engaged", "without")
    ]
    assert likes[0]["ratio"] > 2 and likes[1]["ratio"] == pytest.approx(1, abs=0.05)
    assert {row["verdict"] for row in likes} == {"noise"}
    assert [n.values["rows"] for n in names["engaged"].notes if n.code == "journeys.note.odd_posts"] == [[41]]
    sixteen = journeys.engagement({"comments": [15] * 16, "shares": [1] * 16, "likes": [1] * 16}, followers=20_000)
    assert sixteen.table.loc[0, ["per_post", "per_1000"]].tolist() == pytest.approx([15, 12])
    assert names["invited"].facts["k_factor"] == pytest.approx(0.30)
    four = {
        "inviter_id": [k % 25 for k in range(100)],
        "invited_id": list(range(500, 600)),
        "joined": [k < 20 for k in range(100)],
    }
    assert journeys.referral(four, customers=25).facts["k_factor"] == pytest.approx(0.8)


def test_ninety_and_a_hundred_and_twenty(names):
    table = names["shares"].set_index("touchpoint")
    assert (table["linear_share"] * 90).round(6).eq(30).all()
    assert (table["position_share"] * 90).round(6).to_dict() == {"ad": 36, "mail": 18, "chat": 36}
    rows = {"person_id": [1] * 5, "touchpoint": [*"abcd", "order"], "value": [0, 0, 0, 0, 120]}
    rows["occurred_at"] = [f"2020-01-0{d}" for d in range(1, 6)]
    log = journeys.event_log(rows, as_of="2020-12-31")
    four = journeys.attribution(log, "order", of="touchpoint", rules=["linear", "position"]).table
    four = four.set_index("touchpoint").sort_index()
    assert (four["linear_share"] * 120).round(6).tolist() == [30] * 4
    assert (four["position_share"] * 120).round(6).tolist() == [48, 12, 12, 48]


def test_what_is_a_touch_matters_more_than_the_rule(names):
    credit, fair = names["credit"], names["fair"]
    first = credit.table.iloc[0]
    assert (first["channel"], round(first["last_share"], 2)) == ("courier", 0.14)
    email = credit.table.set_index("channel").loc["email"]
    assert email["last_share"] < first["last_share"]
    assert round(credit.facts["disagreement"], 3) == 0.126 and round(fair.facts["disagreement"], 3) == 0.026
    table = fair.table.set_index("channel")
    assert round(table.loc["no_touch", "first_share"], 2) == 0.74 and (table["verdict"].dropna() == "noise").all()
    assert table.index[:2].tolist() == ["store_counter", "marketplace_chat"]
    every = table.loc["email", [f"{r}_share" for r in ("first", "last", "linear", "time_decay", "position", "removal")]]
    assert every.min() > 0.025 and every.max() < 0.05


def test_the_drawn_campaign_works(names):
    arms = names["arms"]
    assert arms.loc["test", "share"] - arms.loc["control", "share"] == pytest.approx(0.0825)
    assert arms.loc[["test", "control"], "share"].tolist() == [0.1125, 0.03]
    assert float(names["low"]) > 0 and arms.loc["none", "count"] == 5_500


def test_two_of_ten_moments_answer_another_need_and_three_of_twenty_offers(names):
    facts = names["needs"].facts
    assert [facts[k] for k in ("right", "n", "near", "points", "most")] == [8, 10, 1, 17, 20]
    assert [n.code.rpartition(".")[2] for n in names["needs"].notes] == ["moment_warm_meal", "moment_premium_phone"]
    table = frameworks.grade("marketable_entities", {}).table
    key = dict(zip(table["item"], table["right_class"], strict=True))
    wrong = dict.fromkeys(list(key)[:3], "gagasan")
    assert frameworks.grade("marketable_entities", key | wrong).facts["share"] == 0.85
