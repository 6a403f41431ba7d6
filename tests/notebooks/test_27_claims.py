"""What notebook 27 says and asks, computed."""

from __future__ import annotations

import math

import numpy as np
import pytest

from crmlab import items
from notebooks import build


@pytest.fixture(scope="module")
def names():
    """The names that a reader has after running the code cells."""
    import jupytext

    source = next(p for p in build.sources() if p.stem == "27_item_statistics")
    found: dict = {}
    for cell in jupytext.read(source, fmt="py:percent").cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, source.stem, "exec"), found)
    return found


def question(result, name):
    return result.table.set_index("question").loc[name]


def test_the_easy_question_and_the_unclear_one(names):
    facts = names["hard"].facts
    assert round(facts["mean"], 3) == 0.523 and facts["too_easy"] == 1 and facts["too_hard"] == 0
    easy, hardest = question(names["hard"], "read_the_total"), question(names["hard"], facts["hardest"])
    assert (round(easy["difficulty"], 3), easy["verdict"]) == (0.992, "too_easy")
    assert round(hardest["difficulty"], 3) == 0.317 and hardest["verdict"] == "unclear"
    assert hardest["difficulty_low"] < 0.3 < hardest["difficulty_high"]
    wrong = names["rows"].query("question == 'read_the_total' and verdict != 'right'")
    assert len(wrong) == 1


def test_the_doubtful_key_is_found_and_what_mending_does(names):
    row = question(names["apart"], "rank_the_reasons")
    assert round(row["discrimination"], 2) == -0.51 and row["discrimination_high"] < 0
    assert math.isnan(question(names["apart"], "read_the_total")["discrimination_low"])
    who = names["who"].table.set_index("outcome")
    assert (round(who.loc["right", "upper"], 2), round(who.loc["right", "lower"], 2)) == (0.35, 0.90)
    assert who.loc["oldest_reason_first", "verdict"] == "draws_strong" and names["who"].facts["key"] == "doubtful"
    told = {what: (round(r, 2), round(alpha, 2)) for what, (r, alpha) in names["told"].items()}
    assert told == {"as it is": (-0.51, 0.46), "both": (-0.10, 0.57), "turned": (0.48, 0.64)}


def test_reliability_of_a_set_of_both_and_of_twenty_students(names):
    facts = names["trust"].facts
    assert (round(facts["alpha"], 2), round(facts["error"], 1), facts["most"], facts["questions"]) == (0.46, 2.1, 13, 8)
    assert (facts["best_without"], round(facts["best_alpha"], 2)) == ("rank_the_reasons", 0.59)
    assert round(items.reliability(names["rows"]).facts["alpha"], 2) == 0.74
    small = names["small"].facts
    assert (round(small["alpha_low"], 2), round(small["alpha_high"], 2), small["verdict"]) == (0.18, 0.80, "too_few")


def test_a_third_of_the_class_believes_it_and_half_did_once(names):
    facts = names["believed"].facts
    assert (facts["first"], facts["first_question"]) == ("mean_of_ratios", "average_basket")
    assert (facts["first_n"], facts["first_answered"]) == (42, 120) == (names["made"].truths["believed"], 120)
    assert facts["first_share_low"] < names["made"].truths["share"] < facts["first_share_high"]
    over = names["over"].table.iloc[0]
    assert (over["misconception"], round(over["share"], 3), over["questions"]) == ("mean_of_ratios", 0.492, 3)


def test_three_are_alike_and_three_were_planted(names):
    assert len(names["pairs"]) == 3 and names["pairs"] == set(names["made"].truths["copiers"])


def test_tasks(names):
    rows, first, second = names["rows"], names["first"], names["second"]
    lowest = items.discrimination(rows, second)
    assert lowest.facts["negative"] == 0 and round(lowest.facts["weakest_r"], 2) == 0.34
    wrong = rows.query("question == 'read_the_total' and verdict != 'right'")["student"]
    rest = rows[~rows["student"].isin(wrong)]
    assert question(items.difficulty(rest), "read_the_total")["difficulty"] == 1
    assert question(items.discrimination(rest, first), "read_the_total")["verdict"] == "no_spread"
    wide = rows[rows["set"] == first].pivot(index="student", columns="question", values="points")
    whole = float(np.corrcoef(wide["whale_peak"], wide.sum(axis=1))[0, 1])
    assert round(whole, 2) == 0.62
    assert round(question(names["apart"], "whale_peak")["discrimination"], 2) == 0.37
    assert round(question(names["trust"], "read_the_total")["alpha_without"], 2) == 0.47
    alpha = items.reliability(rows).facts["alpha"]
    assert math.ceil(16 * 0.8 * (1 - alpha) / (alpha * 0.2)) == 23
    error = names["trust"].facts["error"]
    assert round(float(((wide.sum(axis=1) - 6.5).abs() < error).mean()), 3) == 0.542
    assert round(items.misconceptions(rows, second, by="class").facts["first_share"], 3) == 0.292
    copied = names["made"].truths["copiers"][1:]
    assert round(items.reliability(rows[~rows["student"].isin(copied)], first).facts["alpha"], 2) == 0.47
    again = items.make_class(seed=7)
    assert items.outcomes(again.items, "rank_the_reasons").facts["key"] == "doubtful"
