"""The worked numbers of the mission map, and examples that a reader can add by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from crmlab.analytics import journeys
from crmlab.analytics.journeys.drawing import emotion_of
from crmlab.analytics.journeys.shares import clustered, curve, median_of
from crmlab.intervals import wilson


def log_of(paths, **options):
    """A log of one person a path, a day an event: ``["AB", "A"]``."""
    rows = [(k, t, d) for k, path in enumerate(paths) for d, t in enumerate(path)]
    frame = pd.DataFrame(rows, columns=["person_id", "touchpoint", "day"])
    frame["occurred_at"] = pd.Timestamp("2020-01-01") + pd.to_timedelta(frame.pop("day"), unit="D")
    return journeys.event_log(frame, as_of="2020-12-31", **options)


def by_name(counts):
    """``{"zmot": 1000, "fmot": 400}`` as paths: so many get so far."""
    names, many = list(counts), list(counts.values())
    return [names[:k] for k, n in enumerate(many, 1) for _ in range(n - (many[k] if k < len(many) else 0))]


def test_p05_the_interaction_map():
    table = journeys.transitions(log_of(["ABC", "AC", "AB"])).table
    inner = table[(table["origin"] != "journey_start") & (table["destination"] != "journey_end")]
    pairs = {(r.origin, r.destination): r.n for r in inner.itertuples()}
    assert pairs == {("A", "B"): 2, ("B", "C"): 1, ("A", "C"): 1}
    starts = table[table["origin"] == "journey_start"]
    assert starts[["destination", "n"]].values.tolist() == [["A", 3]]
    assert table.groupby("origin")["share"].sum().round(12).eq(1).all()


def test_p05_loops_are_counted_at_once_and_after_something_else():
    table = journeys.loops(log_of(["AABA", "AB", "B"])).table.set_index("touchpoint")
    a = table.loc["A"]
    assert (a["cases"], a["looped_cases"], a["extra_events"], a["at_once"], a["after_other"]) == (2, 1, 2, 1, 1)
    assert table.loc["B", "extra_events"] == 0


def test_p05_sessions_cross_midnight():
    times = ["2020-01-01 23:50", "2020-01-02 00:05", "2020-01-02 09:00"]
    frame = {"person_id": [1] * 3, "occurred_at": times, "touchpoint": list("ABC")}
    log = journeys.event_log(frame, as_of="2020-12-31", gap="30min")
    assert log.facts["cases"] == 2
    table = journeys.paths(log).table
    assert sorted(table["path"]) == ["A > B", "C"]


def test_f18_two_readings_of_a_funnel():
    log = log_of([["lead", "customer"], ["lead", "opportunity", "customer"]])
    steps = ["lead", "opportunity", "customer"]
    assert journeys.funnel_through_all(log, steps).table["cases"].tolist() == [2, 1, 1]
    assert journeys.funnel_any(log, steps).table["cases"].tolist() == [2, 1, 2]
    alone = log_of([["lead", "customer"]])
    rules = {s: f"touchpoint == '{s}'" for s in steps}
    assert journeys.funnel_through_all(alone, rules).table["cases"].tolist() == [1, 0, 0]
    assert journeys.funnel_any(alone, rules).table["cases"].tolist() == [1, 0, 1]


def test_a_funnel_goes_only_forward():
    log = log_of(["BA", "AB", "ABAB"])
    assert journeys.funnel_through_all(log, ["A", "B"]).table["cases"].tolist() == [3, 2]
    within = journeys.funnel_through_all(log_of(["AxxB", "AB"]), ["A", "B"], within="1d")
    assert within.table["cases"].tolist() == [2, 1]


def test_m01_from_moment_to_moment():
    counts = {"search": 1000, "registration": 400, "consultation": 160, "review": 40}
    rules = dict(zip(("zmot", "fmot", "smot", "tmot"), (f"touchpoint == '{t}'" for t in counts), strict=True))
    found = journeys.moments(log_of(by_name(counts)), rules)
    assert found.table["cases"].tolist() == [1000, 400, 160, 40]
    assert found.table["share_of_previous"].round(4).tolist()[1:] == [0.40, 0.40, 0.25]
    assert found.facts["last_share"] == pytest.approx(0.04)
    low, high = wilson(400, 1000)
    row = found.table.iloc[1]
    assert (row["share_of_previous_low"], row["share_of_previous_high"]) == pytest.approx((low, high))
    assert (row["drop_off_share"], row["lost_cases"]) == (pytest.approx(0.6), 600)


def test_m01_who_meets_a_later_moment_without_the_first_is_told():
    found = journeys.moments(log_of(["ab", "b", "b"]), {"zmot": "touchpoint == 'a'", "fmot": "touchpoint == 'b'"})
    assert found.table["cases"].tolist() == [1, 1] and found.table["cases_any"].tolist() == [1, 3]
    assert found.facts["began_without"] == 2
    assert "journeys.note.without_first" in [n.code for n in found.notes]


def test_x03_lured_seated_served():
    found = journeys.funnel_through_all(log_of(by_name({"evp": 200, "erp": 150, "etp": 120})), ["evp", "erp", "etp"])
    assert found.table["share_of_previous"].round(4).tolist()[1:] == [0.75, 0.80]


def test_m02_late_parcels_and_who_comes_back():
    rows = []
    for late, n, again in ((0, 100, 45), (5, 100, 30)):
        for k in range(n):
            who, day = (late, k), pd.Timestamp("2020-01-01")
            rows.append((who, "buy", day, 1, pd.NaT))
            rows.append((who, "get", day + pd.Timedelta(days=2 + late), 1, day + pd.Timedelta(days=2)))
            if k < again:
                rows.append((who, "buy", day + pd.Timedelta(days=30), 2, pd.NaT))
    frame = pd.DataFrame(rows, columns=["who", "touchpoint", "occurred_at", "order", "due_at"])
    frame["person_id"] = frame["who"].astype(str)
    frame["about_id"] = frame["person_id"] + frame["order"].astype(str)
    found = journeys.receipt_gap(journeys.event_log(frame, as_of="2020-12-31"), "buy", "get", again_days=60)
    assert found.table["again_share"].tolist() == [0.45, 0.30]
    assert found.facts["ratio"] == pytest.approx(0.667, abs=0.0005)
    assert found.table["band"].tolist() == ["on_time", "over_3_days"] and found.facts["not_received"] == 75


def test_m02_a_parcel_received_before_it_was_bought_is_told():
    frame = {"person_id": [1, 1, 2, 2], "about_id": [1, 1, 2, 2], "touchpoint": ["buy", "get"] * 2}
    frame |= {"occurred_at": ["2020-01-05", "2020-01-03", "2020-01-01", "2020-01-02"], "due_at": ["2020-01-04"] * 4}
    found = journeys.receipt_gap(journeys.event_log(frame, as_of="2020-12-31"), "buy", "get")
    assert found.facts["n"] == 1
    assert [n.values["n"] for n in found.notes if n.code == "journeys.note.before_purchase"] == [1]


def test_m03_seconds_at_a_page():
    seconds = [5] * 640 + [30] * 360
    frame = pd.DataFrame({"person_id": [*range(1000)] * 2, "touchpoint": ["page"] * 1000 + ["next"] * 1000})
    frame["occurred_at"] = pd.Timestamp("2020-01-01") + pd.to_timedelta([0] * 1000 + seconds, unit="s")
    log = journeys.event_log(frame, as_of="2020-12-31")
    found = journeys.dwell(log, "page", within_seconds=7)
    assert found.facts["share"] == pytest.approx(0.64) and found.facts["unknown"] == 0
    assert (found.facts["share_low"], found.facts["share_high"]) == pytest.approx(wilson(640, 1000))


def test_e01_conversation_amplification_applause():
    posts = {"comments": [15] * 20, "shares": [6] * 20, "likes": [120] * 20}
    table = journeys.engagement(posts, followers=50_000).table.set_index("measure")
    assert table["total"].tolist() == [300, 120, 2400]
    assert table["per_post"].tolist() == [15, 6, 120]
    assert table["per_1000"].round(6).tolist() == [6.0, 2.4, 48.0]


def test_e03_invitations_and_k():
    asked = {
        "inviter_id": [k % 100 for k in range(200)],
        "invited_id": range(1000, 1200),
        "joined": [k < 30 for k in range(200)],
    }
    facts = journeys.referral(asked, customers=100).facts
    assert (facts["invites_each"], facts["joined_share"], facts["k_factor"]) == (2.0, 0.15, pytest.approx(0.30))


def test_e03_nobody_refers_himself():
    asked = {"inviter_id": [1, 1, 2], "invited_id": [1, 5, 5], "joined": [True, True, True]}
    found = journeys.referral(asked, customers=10)
    assert found.facts["joined"] == 1
    assert [n.code for n in found.notes] == ["journeys.note.invited_himself", "journeys.note.invited_before"]


def test_t01_nine_of_twelve_touchpoints_have_an_owner():
    inventory = {"touchpoint": [f"t{k}" for k in range(12)], "owner": ["a"] * 9 + [None, "", " "]}
    found = journeys.touchpoints(None, inventory)
    assert found.facts["owned_share"] == 0.75 and len(found.facts["without_owner"]) == 3


def test_t01_the_inventory_beside_the_log():
    inventory = {"touchpoint": ["A", "word_of_mouth"], "controlled": [True, False], "contact_cost": [1000, 0]}
    found = journeys.touchpoints(log_of(["AAB", "A"]), inventory)
    table = found.table.set_index("touchpoint")
    assert table.loc["A", "total_cost"] == 3000 and pd.isna(table.loc["word_of_mouth", "events"])
    assert {n.code: n.values["n"] for n in found.notes} == {"journeys.note.unmapped": 1, "journeys.note.unseen": 1}


def touched(paths, value=90.0):
    """A person a path; a path that ends with ``!`` converts."""
    rows = [
        (k, "order" if c == "!" else "touch", None if c == "!" else c, d, value if c == "!" else 0.0)
        for k, path in enumerate(paths)
        for d, c in enumerate(path)
    ]
    frame = pd.DataFrame(rows, columns=["person_id", "touchpoint", "channel", "day", "value"])
    frame["occurred_at"] = pd.Timestamp("2020-01-01") + pd.to_timedelta(frame.pop("day"), unit="D")
    return journeys.event_log(frame, as_of="2020-12-31")


def test_t03_ninety_shared_out():
    table = journeys.attribution(touched(["abc!"]), "order").table.set_index("channel")
    worth = (table[[f"{r}_share" for r in ("first", "last", "linear", "position", "time_decay")]] * 90).round(4)
    assert worth["linear_share"].tolist() == [30, 30, 30]
    assert worth["position_share"].to_dict() == {"a": 36, "b": 18, "c": 36}
    assert worth["first_share"].to_dict() == {"a": 90, "b": 0, "c": 0}
    assert worth["last_share"].to_dict() == {"a": 0, "b": 0, "c": 90}
    weights = [2 ** (-d / 7) for d in (3, 2, 1)]
    assert worth["time_decay_share"].to_dict() == {
        c: round(90 * w / sum(weights), 4) for c, w in zip("abc", weights, strict=True)
    }


def test_t03_one_touch_two_touches_none():
    found = journeys.attribution(touched(["a!", "ab!", "!"]), "order", rules=["position", "first"])
    table = found.table.set_index("channel")
    assert (table["position_share"] * 3).round(6).to_dict() == {"a": 1.5, "b": 0.5, "no_touch": 1.0}
    assert found.facts["without_touch"] == 1
    assert found.facts["disagreement"] == pytest.approx(0.5 / 3)


def test_t03_only_what_the_sentence_names_is_a_touch():
    log = touched(["abc!"])
    for sentence in ("channel != 'c'", "touchpoint == 'touch' and channel != 'c'"):
        table = journeys.attribution(log, "order", rules=["linear"], touches=sentence).table
        assert table.set_index("channel")["linear_share"].to_dict() == {"a": 0.5, "b": 0.5}


def test_t03_the_markov_chain_by_hand():
    # a! , ab! , b (lost): P(convert) = 1/3 + 1/3 · ... ; without a only b's own ways are left
    log = touched(["a!", "ab!", "b"])
    found = journeys.attribution(log, "order", rules=["removal"])
    # from a: half convert, half go to b; from b: half convert, half are lost; start: a 2/3, b 1/3
    whole = 2 / 3 * (1 / 2 + 1 / 2 * 1 / 2) + 1 / 3 * 1 / 2
    without_a, without_b = 1 / 3 * 1 / 2, 2 / 3 * 1 / 2
    effects = {"a": 1 - without_a / whole, "b": 1 - without_b / whole}
    table = found.table.set_index("channel")["removal_share"]
    assert found.facts["rate"] == pytest.approx(whole)
    assert table.to_dict() == pytest.approx({k: v / sum(effects.values()) for k, v in effects.items()})


def test_j01_the_worst_step_and_its_priority():
    feelings = {"awareness": 0.5, "consideration": 0.2, "conversion": -1.1, "retention": 0.4, "advocacy": 0.9}
    way = journeys.JourneyMap.blank("Ibu Rina", {stage: [f"step {stage}"] for stage in feelings})
    for stage, emotion in feelings.items():
        way = way.feel(f"step {stage}", emotion).set(
            f"step {stage}", "volume", 400, cites={"source": "events", "n": 400}
        )
    way = way.improve("step conversion", "Fewer fields").improve("step retention", "Say thanks", owner="CRM")
    facts = way.result().facts
    assert facts["worst_stage"] == "conversion" and facts["worst_step"] == "step conversion"
    assert facts["priority"] == pytest.approx(440) and facts["priority_step"] == "step conversion"
    assert facts["without_owner"] == ("step conversion",)
    assert (facts["cited"], facts["assumed"]) == (5, 5)


def test_scores_on_the_scale_of_feelings():
    assert [emotion_of(x, (1, 5)) for x in (1, 3, 5)] == [-2, 0, 2]
    assert emotion_of(7.5, (0, 10)) == 1


def test_the_curve_and_its_median_are_those_of_statsmodels():
    times = [1, 1, 2, 3, 3, 3, 5, 6, 8, 8, 9, 12, 15, 15, 20, 22]
    seen = [1, 0, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0]
    frame = pd.DataFrame({"t": times, "seen": seen}).groupby("t")["seen"].agg(["sum", "count"]).reset_index()
    found = curve(frame["t"], frame["sum"], frame["count"] - frame["sum"])
    fit = SurvfuncRight(times, seen)
    assert found["still"] == pytest.approx(fit.surv_prob) and found["at_risk"].tolist() == fit.n_risk.tolist()
    low, high = fit.quantile_ci(0.5, method="cloglog")
    assert median_of(found) == pytest.approx((fit.quantile(0.5), low, high))


def test_who_has_not_arrived_counts_as_waiting():
    log = log_of(["AB", "AxB", "Axx"])
    facts = journeys.time_between(log, "A", "B", unit="days", within=["1d"]).facts
    assert (facts["n"], facts["events"], facts["waiting"]) == (3, 2, 1)
    assert facts["within_share"] == pytest.approx(1 / 3) and facts["median"] == 2


def test_one_persons_cases_count_less():
    low, high, effect = (float(x) for x in clustered(40, 100, 400, 400, 1000, 10))
    assert effect > 10 and (low, high) != pytest.approx(wilson(40, 100)) and high - low > 0.5
    assert clustered(3, 10, 5, 7, 30, 4)[0] != clustered(3, 10, 5, 7, 30, 4)[0]  # too few persons: no interval


def test_one_persons_times_count_less():
    """Forty persons wait once, or each four times the same: four times as many times say no more."""
    wait = np.random.default_rng(3).exponential(10, 40)
    once, four, few = (
        journeys.time_between(
            waits_of(np.repeat(wait[:people], each), each), "A", "B", unit="hours", within=["2h"]
        ).facts
        for people, each in ((40, 1), (40, 4), (7, 6))
    )
    assert four["within_share"] == pytest.approx(once["within_share"])
    reach, of_four = (f["within_share_high"] - f["within_share_low"] for f in (once, four))
    assert of_four == pytest.approx(reach, rel=0.06) and of_four > reach
    assert few["median"] is not None and few["median_low"] is few["median_high"] is few["within_share_low"] is None


def waits_of(wait, each):
    case = np.arange(len(wait))
    parts = [pd.DataFrame({"touchpoint": t, "day": case * 400 + w}) for t, w in (("A", 0.0), ("B", wait))]
    frame = pd.concat([p.assign(person_id=case // each, case_id=case) for p in parts])
    frame["occurred_at"] = pd.Timestamp("2020-01-01") + pd.to_timedelta(frame.pop("day") / 100, unit="D")
    return journeys.event_log(frame, as_of="2029-12-31")


def test_open_cases_have_no_last_step_yet():
    frame = {
        "person_id": [1, 1, 2],
        "touchpoint": list("ABA"),
        "occurred_at": ["2020-01-01", "2020-01-02", "2020-12-30"],
    }
    log = journeys.event_log(frame, as_of="2020-12-31", quiet="7d")
    table = journeys.transitions(log).table
    assert log.facts["open"] == 1
    assert table[table["destination"] == "journey_end"][["origin", "n"]].values.tolist() == [["B", 1]]
    assert journeys.paths(log).facts["n"] == 1


def views(*times, person="P1", day="2020-12-01", **more):
    whens = [f"{day} {t}" for t in times]
    return pd.DataFrame({"person_id": person, "touchpoint": "price", "occurred_at": whens, **more})


def signalled(events, **options):
    return journeys.signals(events, "touchpoint == 'price'", as_of="2020-12-31", **options)


def test_j04_four_views_give_one_signal_at_a_quarter_to_eleven():
    told = signalled(views("10:00", "10:20", "10:45", "10:50"))
    assert told.table["signalled_at"].astype(str).tolist() == ["2020-12-01 10:45:00"]
    assert told.table[["since", "times"]].astype(str).values.tolist() == [["2020-12-01 10:00:00", "3"]]
    assert (told.facts["triggers"], told.facts["silenced"], told.facts["reached_share"]) == (1, 1, 1.0)
    assert (told.facts["reached_share_low"], told.facts["reached_share_high"]) == pytest.approx(wilson(1, 1))


def test_j04_the_window_slides_over_the_hour_and_over_midnight():
    assert signalled(views("10:00", "10:30", "11:00")).facts["triggers"] == 1  # sixty minutes apart still count
    assert signalled(views("10:00", "10:30", "11:01")).facts["triggers"] == 0
    assert signalled(views("10:59", "11:01", "11:58")).facts["triggers"] == 1  # no hour of the clock holds three
    night = pd.concat([views("23:40", "23:50"), views("00:10", day="2020-12-02")])
    assert signalled(night).facts["triggers"] == 1


def test_j04_a_week_of_silence_and_a_signal_again_on_its_last_second():
    first = views("10:00", "10:20", "10:45")
    for day, at, triggers in (("2020-12-07", "10:46", 1), ("2020-12-08", "10:44", 1), ("2020-12-08", "10:45", 2)):
        again = pd.concat([first, views("10:30", "10:40", at, day=day)])
        assert signalled(again).facts["triggers"] == triggers, (day, at)


def test_j04_another_persons_views_do_not_count_and_order_does_not_matter():
    two = pd.concat([views("10:00", "10:20"), views("10:30", person="P2")])
    assert signalled(two).facts["triggers"] == 0
    assert signalled(views("10:50", "10:00", "10:45", "10:20")).table["signalled_at"].astype(str).tolist() == [
        "2020-12-01 10:45:00"
    ]


def test_j04_bots_and_anonymous_visitors_are_counted_apart():
    fast = [f"12:00:{k:02d}" for k in range(40)]
    events = pd.concat(
        [
            views("10:00", "10:20", "10:45", case_id="s1"),
            views("10:00", "10:20", "10:45", person=None, case_id="s2"),
            views("10:00", "10:20", person=None, case_id="s3"),
            views("10:30", person=None, case_id=None),
            views(*fast, person="crawler", case_id="s4"),
        ]
    )
    told = signalled(events)
    facts = told.facts
    assert (facts["triggers"], facts["anonymous_triggers"], facts["bot_triggers"]) == (1, 1, 1)
    assert (facts["persons"], facts["reached"], facts["bots"]) == (1, 1, 1)
    assert (facts["anonymous_events"], facts["bot_events"], facts["n"]) == (6, 40, 49)
    assert told.table["visitor_kind"].tolist() == ["known_visitor", "anonymous_visitor"]
    assert {n.code: n.values["n"] for n in told.notes} == {"journeys.note.anonymous": 6, "journeys.note.bots": 40}
    assert signalled(events, bots=None).facts["triggers"] == 2


def test_j04_only_what_the_sentence_names_and_only_until_as_of():
    events = views("10:00", "10:20", "10:45", segment=["loyal", "loyal", "new"])
    rule = "touchpoint == 'price' and segment == 'loyal'"
    assert journeys.signals(events, rule, as_of="2020-12-31").facts["hits"] == 2
    late = journeys.signals(events, "touchpoint == 'price'", as_of="2020-12-01 10:30")
    assert late.facts["n"] == 2 and [n.code for n in late.notes] == ["journeys.note.later"]


def test_t02_the_channel_is_a_property_of_the_event_not_the_touchpoint():
    rows = {
        "person_id": [1, 1],
        "touchpoint": ["direct_message", "direct_message"],
        "channel": ["instagram", "whatsapp"],
    }
    log = journeys.event_log({**rows, "occurred_at": ["2020-01-01", "2020-01-02"]}, as_of="2020-12-31")
    assert (log.touchpoints, log.channels) == (("direct_message",), ("instagram", "whatsapp"))
    assert journeys.touchpoints(log).table["channels"].tolist() == ["instagram, whatsapp"]


def test_times_with_and_without_seconds_stand_together():
    written = ["2024-01-01 10:00", "2024-01-01 10:00:05", "2024-01-02", "2024-01-02T08:00:00.5", "soon", None]
    table = pd.DataFrame({"who": range(6), "on": written})
    part = {"table": "t", "person_id": "who", "occurred_at": "on", "touchpoint": {"is": "seen"}}
    times = journeys.build_events({"t": table}, [part])["occurred_at"]
    assert times[:4].tolist() == [pd.Timestamp(text) for text in written[:4]] and times[4:].isna().all()
