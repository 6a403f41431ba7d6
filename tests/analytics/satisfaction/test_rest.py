"""Worked numbers of drivers, delight, the closed loop and complaints; leagues, trends, comments; false alarms."""

from __future__ import annotations

import tomllib

import numpy as np
import pandas as pd
import pytest

from crmlab.analytics import satisfaction as S
from crmlab.analytics.satisfaction.driving import relative_weights, shapley_shares
from crmlab.analytics.satisfaction.leagues import shrink
from crmlab.analytics.satisfaction.reading import Reader
from crmlab.analytics.satisfaction.trends import change_points
from crmlab.errors import UserError


def refused(ask, code):
    with pytest.raises(UserError) as error:
        ask()
    assert error.value.code == f"satisfaction.{code}"
    assert error.value.render("id") and error.value.render("en")
    return error.value


# -- X01, X04


def test_eight_factors():
    rated = dict(zip(S.FACTORS, [4, 5, 3, 4, 2, 4, 5, 3], strict=True))
    wanted = dict(zip(S.FACTORS, [5, 4, 4, 4, 5, 5, 5, 3], strict=True))
    f = S.factors(rated, wanted).facts
    assert (f["mean_performance"], f["factor"], f["gap"]) == (3.75, "personalization", 3.0)
    assert round(f["weighted"], 3) == 3.771
    del rated["competence"]
    error = refused(lambda: S.factors(rated, wanted), "missing_factor")
    assert "competence" in error.render("en")
    refused(lambda: S.factors({**wanted, "competence": 6}, wanted), "factor_scale")


def test_delight_is_more_than_the_top_box():
    people = pd.DataFrame({"csat": [5] * 40 + [4] * 60, "expected": [4.0] * 30 + [5.0] * 10 + [3.0] * 60})
    f = S.delight(people, score="csat", expected="expected").facts
    assert (f["delight_share"], f["top_share"], f["n"]) == (0.3, 0.4, 100)
    people.loc[[0, 50], "expected"] = np.nan
    found = S.delight(people, score="csat", expected="expected")
    assert found.facts["n"] == 98 and found.notes[0].values["n"] == 2


# -- drivers


def test_importance_adds_up_and_agrees():
    rng = np.random.default_rng(4)
    x = rng.normal(size=(400, 4)) @ np.linalg.cholesky(0.5 + 0.5 * np.eye(4)).T
    y = x @ [0.5, 0.3, 0.1, 0.0] + rng.normal(size=400)
    R = np.corrcoef(np.column_stack([y, x]), rowvar=False)
    r2 = R[0, 1:] @ np.linalg.solve(R[1:, 1:], R[0, 1:])
    for share in (relative_weights, shapley_shares):
        assert share(R).sum() == pytest.approx(r2)
    assert np.abs(relative_weights(R) - shapley_shares(R)).max() < 0.02
    # two drivers by hand: each gains r² alone, and what the other left
    two = np.array([[1, 0.6, 0.3], [0.6, 1, 0.5], [0.3, 0.5, 1]])
    both = (0.36 + 0.09 - 2 * 0.6 * 0.3 * 0.5) / (1 - 0.25)
    assert shapley_shares(two) == pytest.approx([(0.36 + both - 0.09) / 2, (0.09 + both - 0.36) / 2])


def test_collinearity_is_said_aloud():
    rng = np.random.default_rng(6)
    base = rng.normal(size=300)
    frame = pd.DataFrame({"a": base, "b": base + 0.15 * rng.normal(size=300), "c": rng.normal(size=300)})
    frame["y"] = base + rng.normal(size=300)
    found = S.drivers(frame, of="y", on=["a", "b", "c"], scale=None, times=100)
    note = next(n for n in found.notes if n.code.endswith("collinear"))
    assert note.values["drivers"] == ["a", "b"] and found.facts["vif"] > 10
    table = found.table.set_index("driver")
    assert abs(table.loc["a", "importance_share"] - table.loc["b", "importance_share"]) < 0.1
    assert table.loc["c", "verdict"] == "noise" and table.loc["a", "verdict"] == "real"
    error = refused(lambda: S.drivers(frame.assign(d=frame["a"]), of="y", on=["a", "c", "d"]), "same_drivers")
    assert error.found == ["a", "d"]
    refused(lambda: S.drivers(frame.head(20), of="y", on=["a", "b", "c"]), "few_for_drivers")


def test_an_area_under_the_curve_by_hand():
    yes = [True] * 12 + [False] * 12
    frame = pd.DataFrame({"back": yes, "a": list(range(12, 24)) + list(range(12)), "b": [1, 2] * 12})
    table = S.predicts(frame, of="back", on=["a", "b"]).table.set_index("driver")
    assert table["auc"].tolist() == [1.0, 0.5] and table.loc["b", "verdict"] == "noise"
    turned = S.predicts(frame, of="back", on={"a": "low"}).table
    assert turned["auc"].tolist() == [0.0]
    refused(lambda: S.predicts(frame.head(14), of="back", on=["a"]), "few_outcomes")


# -- leagues and trends


def test_units_that_are_alike_are_not_ranked_apart():
    rng = np.random.default_rng(8)
    frame = pd.DataFrame({"unit": np.repeat([f"u{i}" for i in range(12)], 40), "nps": rng.choice([10, 8, 2], 480)})
    found = S.league(pd.concat([frame, pd.DataFrame({"unit": ["tiny"] * 4, "nps": 10})]), by="unit")
    assert found.facts["real"] == 0 and "tiny" not in set(found.table["unit"])
    assert found.facts["best_rank_high"] >= 8  # the first may as well be one of the last
    spread = found.table["score"].max() - found.table["score"].min()
    assert found.table["shrunk"].max() - found.table["shrunk"].min() < spread / 2
    better = frame.assign(nps=np.where(frame["unit"] == "u3", 10, frame["nps"]))
    sure = S.league(better, by="unit")
    assert sure.table["unit"].iloc[0] == "u3" and sure.table["verdict"].iloc[0] == "real"
    assert sure.table["score"].iloc[0] > sure.table["outer_high"].iloc[0]


def test_shrinking_follows_how_sure_a_unit_is():
    found = shrink(np.array([0.0, 0.6, 0.6, 0.1, 0.2]), np.array([0.05, 0.3, 0.05, 0.05, 0.05]))
    assert found["middle"][2] > 0.55 and found["middle"][1] < 0.5
    assert found["high"][1] - found["low"][1] > found["high"][2] - found["low"][2]


def test_false_alarms_of_change_points():
    rng = np.random.default_rng(9)
    alarms = 0
    for _ in range(300):
        n = rng.integers(20, 80, 24).astype(float)
        alarms += bool(change_points(0.3 + 0.8 * rng.normal(size=24) / np.sqrt(n), n, 0.64, 0.05))
    assert alarms <= 27, alarms  # 15 expected; 27 is three standard errors more


def test_two_changes_are_both_found():
    mean = np.r_[np.full(10, 0.1), np.full(8, 0.5), np.full(10, 0.2)]
    found = change_points(mean + 0.02 * np.cos(np.arange(28)), np.full(28, 120.0), 0.6)
    assert [one["at"] for one in found] == [10, 18]


def test_a_period_that_is_no_day():
    frame = pd.DataFrame({"nps": [9, 8], "when": ["soon", "2024-01-02"]})
    error = refused(lambda: S.trend(frame, when="when"), "bad_dates")
    assert error.rows == (1,)
    refused(lambda: S.trend(frame, when="when", period="fortnight"), "bad_period")


# -- Y10


def test_slang_and_negation_are_read():
    read = Reader().read("antri lama bgt")
    assert read["topics"] == ("waiting",) and read["tone"] == "negative" and read["matched"] == "antri lama(−)"
    for said, tone in (
        ("ga ramah", "negative"), ("perawat tdk sabar", "negative"), ("antri tidak terlalu lama", "positive"),
        ("tidak mahal", "positive"), ("lamaaaa bangettt", "negative"), ("dokternya jelas", "positive"),
        ("tidak, ramah kok", "positive"), ("👍", "positive"), ("biasa", "neutral"),
    ):  # fmt: skip
        assert Reader().read(said)["tone"] == tone, said
    two = Reader().read("parkir luas tapi obat kosong")
    assert two["tones"] == {"parking": "positive", "pharmacy": "negative"} and two["tone"] == "neutral"


def test_the_dictionary_can_be_changed(tmp_path):
    mine = S.words()
    mine["topics"]["food"] = ["makan*", "kantin"]
    mine["slang"]["mntp"] = "mantap"
    table = pd.DataFrame({"comment": ["makanannya mntp", "kantin kotor", None, " "]})
    read = S.read_comments(table, dictionary=mine)
    assert read["main_topic"].tolist()[:2] == ["food", "food"] and read["tone"].tolist()[:2] == ["positive", "negative"]
    assert S.read_comments(table)["topics"].tolist()[0] == ()
    path = tmp_path / "mine.toml"
    path.write_text('[topics]\nfood = ["kantin"]\n[tone]\npositive = ["enak"]\nnegative = ["enak"]\n', encoding="utf-8")
    assert refused(lambda: S.comments(table, dictionary=path), "words_twice").found == ["enak"]
    path.write_text("[topics\n", encoding="utf-8")
    refused(lambda: S.comments(table, dictionary=path), "bad_words_file")
    refused(lambda: S.comments(table, dictionary={"topic": {}}), "bad_words")
    refused(lambda: S.comments(table.assign(comment=None)), "no_comments")


def test_the_words_file_lists_no_word_twice():
    own = S.words()
    for part in ("positive", "negative"):
        assert len(own["tone"][part]) == len(set(own["tone"][part]))
    assert set(own["topics"]) and tomllib  # parsed by the standard library alone


def test_how_right_the_reading_is_stands_beside_it():
    table = pd.DataFrame({"comment": ["antri lama"] * 6 + ["obat kosong"] * 3 + ["bagus"], "topic": None})
    table.loc[[0, 1, 2, 6], "topic"] = ["waiting", "waiting", "staff", "pharmacy"]
    found = S.comments(table, label="topic")
    assert (found.facts["labelled"], found.facts["accuracy_share"]) == (4, 0.75)
    row = found.table.set_index("topic").loc["waiting"]
    assert (row["comments"], row["precision_share"], row["recall_share"]) == (6, 2 / 3, 1.0)
    assert 0 < row["precision_share_low"] < 2 / 3 < row["precision_share_high"] < 1
    assert S.comments(table).notes[-1].code == "satisfaction.note.unchecked"
    refused(lambda: S.comments(table.assign(topic="queue"), label="topic"), "strange_labels")


# -- Y05, B06, B07


def test_a_detractor_is_a_case_and_an_eight_is_none():
    asked = pd.DataFrame({"customer_id": [1, 2, None, 4, 5], "nps": [3, 8, 2, 6, 0]})
    asked["answered_on"] = pd.to_datetime(["2024-05-01", "2024-05-01", "2024-05-01", "2024-04-01", "2024-04-02"])
    asked["contacted_at"] = pd.to_datetime([None, None, None, "2024-04-02", "2024-04-09"])
    found = S.cases(asked, as_of="2024-05-02", contacted="contacted_at")
    assert dict(zip(found.table["customer_id"], found.table["state"], strict=True)) == {
        1: "not_yet_due", 5: "late", 4: "in_time",
    }  # fmt: skip
    assert (found.facts["in_time"], found.facts["judged"], found.facts["anonymous"]) == (1, 2, 1)
    later = S.cases(asked, as_of="2024-06-01", contacted="contacted_at")
    assert later.table["state"].iloc[0] == "overdue" and later.facts["in_time_share"] == pytest.approx(1 / 3)
    # what happened after the day asked about is not known on it
    early = S.cases(asked, as_of="2024-04-05", contacted="contacted_at")
    assert early.table.set_index("customer_id").loc[5, "state"] == "overdue"
    wrong = asked.assign(contacted_at=pd.Timestamp("2024-03-01"))
    assert refused(lambda: S.cases(wrong, as_of="2024-06-01", contacted="contacted_at"), "contact_before").rows
    refused(lambda: S.recontact(S.nps([10])), "no_cases")
    assert S.recontact(later).facts["waiting"] == 1


def test_a_second_invitation_at_day_40_is_blocked():
    sent = pd.DataFrame({"customer_id": [1], "asked_on": ["2024-01-01"]})
    row = S.may_ask(sent, [1], on="2024-02-10").table.iloc[0]
    assert (row["days_since"], row["state"], str(row["allowed_from"].date())) == (40, "blocked", "2024-03-31")
    assert S.may_ask(sent, [1], on="2024-03-31").facts["allowed"] == 1
    many = pd.DataFrame(
        {"customer_id": range(4000), "asked_on": "2024-01-01", "answered": [True] * 900 + [False] * 3100}
    )
    f = S.cadence(many).facts
    assert f["response_share"] == 0.225 and f["too_soon"] == 0
    # a blocked invitation starts no new pause: day 0 and 100 go, day 40 does not
    thrice = pd.DataFrame({"customer_id": 1, "asked_on": ["2024-01-01", "2024-02-10", "2024-04-10"], "answered": True})
    assert S.cadence(thrice).facts["too_soon"] == 1


def world(shares, n=100):
    day = pd.Timestamp("2022-01-01")
    told = pd.DataFrame({"customer_id": range(3 * n), "opened_at": day})
    told["resolved_at"] = day + pd.to_timedelta(np.repeat([10, 50, 100], n), unit="h")
    back = np.concatenate([np.arange(n) < round(s * n) for s in shares])
    calm = pd.DataFrame({"customer_id": range(3 * n, 4 * n), "ordered_at": day})
    who = np.concatenate([told["customer_id"], calm["customer_id"]])[back]
    return told, pd.DataFrame({"customer_id": who, "ordered_at": day + pd.Timedelta(days=90)}), calm


def test_recovery_and_what_it_is_worth():
    told, visits, calm = world((0.78, 0.66, 0.45, 0.70))
    found = S.recovery(told, visits, as_of="2024-01-01", compared=calm, worth=1_000_000)
    table = found.table.set_index("recovery")
    assert table["return_share"].tolist() == [0.70, 0.78, 0.66, 0.45]
    assert round(table.loc["settled_in_1_day", "ratio"], 3) == 1.114
    assert table.loc["settled_later", "verdict"] == "real" and table.loc["settled_in_1_day", "verdict"] == "noise"
    assert found.facts["extra_returns"] == pytest.approx(33) and found.facts["worth"] == pytest.approx(33_000_000)
    # open for longer than three days is late already; open since yesterday has no class yet
    told.loc[:9, "resolved_at"] = pd.NaT
    again = S.recovery(told, visits, as_of="2024-01-01", compared=calm).table.set_index("recovery")["n"]
    assert again.tolist() == [100, 90, 100, 110]
    young = S.recovery(told.assign(opened_at=told["opened_at"]), visits, as_of="2024-01-01", within_days=365)
    assert young.facts["n"] == 300
    swapped = told.assign(resolved_at=told["opened_at"] - pd.Timedelta(hours=1))
    assert refused(lambda: S.recovery(swapped, visits, as_of="2024-01-01"), "resolved_before").rows[:2] == (1, 2)


def test_open_complaints_wait_and_are_not_dropped():
    day = pd.Timestamp("2024-01-01")
    frame = pd.DataFrame({"complaint_category": ["a"] * 6 + ["b"] * 2, "opened_at": day})
    frame["resolved_at"] = [day + pd.Timedelta(hours=h) for h in (10, 20, 30)] + [pd.NaT] * 5
    found = S.complaints(frame, as_of="2024-01-03")
    whole = found.table.iloc[-1]
    assert (whole["complaints"], whole["unsettled"]) == (8, 5) and np.isnan(whole["median_hours"])
    assert found.table.iloc[0]["median_hours"] == 30 and found.table["running_share"].iloc[1] == 1.0


def test_who_answers_and_who_does_not():
    rng = np.random.default_rng(2)
    frame = pd.DataFrame({"answered": rng.random(600) < 0.3, "spent": rng.normal(size=600)})
    frame["spent"] += frame["answered"]
    frame["noise"] = rng.normal(size=600)
    table = S.nonresponse(frame, on=["spent", "noise"]).table.set_index("trait")
    assert table["verdict"].tolist() == ["real", "noise"] and abs(table.loc["spent", "distance"] - 1) < 0.3


def test_a_driver_next_to_nothing_has_a_narrow_interval():
    rng = np.random.default_rng(3)
    one, other, none = rng.normal(size=(3, 400))
    score = one + 0.5 * other + rng.normal(size=400)
    rest = np.column_stack([np.ones(400), one, other, score])
    none = none - rest @ np.linalg.lstsq(rest, none, rcond=None)[0]  # goes with nothing at all
    table = pd.DataFrame({"score": score, "one": one, "other": other, "none": none})
    row = S.drivers(table, of="score", on=["one", "other", "none"], scale=None, times=200).table
    row = row.set_index("driver").loc["none"]
    assert row["importance_share"] < 1e-9 and row["importance_share_low"] == 0 and row["verdict"] == "noise"
    assert 0 < row["importance_share_high"] < 0.05
