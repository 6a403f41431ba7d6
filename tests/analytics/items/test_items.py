"""What others publish comes out, what was planted is found, what n can't bear is refused."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from crmlab import UserError, items
from crmlab.analytics.items.answers import answers_of
from crmlab.analytics.items.marks import share_interval
from crmlab.analytics.items.telling import correlation_interval, ends_of_class
from crmlab.analytics.items.working import mean_interval
from crmlab.intervals import wilson

#: Law School Admission Test, section 6, 1,000 people, by pattern 00000 ... 11111: Bock and Lieberman (1970),
#: Psychometrika 35; the data set LSAT of R's ltm. The frequencies were typed from memory: their sum and the five
#: shares below, which are published with them, are what speaks for them.
PATTERNS = (3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15, 10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61,
            28, 298)  # fmt: skip


DIGESTS = {"items": "e53404dcc0e8e9be", "copies": "c6d0ae95c93b0590"}  # of the files of the bundled class


def rows_of(points, most=None, names=None):
    points = np.asarray(points, dtype=float)
    n, k = points.shape
    names = names or [f"q{j + 1}" for j in range(k)]
    frame = pd.DataFrame({"student": np.repeat([f"s{i:04d}" for i in range(n)], k), "question": np.tile(names, n)})
    return frame.assign(points=points.ravel(), max_points=np.tile(np.ones(k) if most is None else most, n))


@pytest.fixture(scope="module")
def lsat():
    answers = [[int(c) for c in f"{i:05b}"] for i, many in enumerate(PATTERNS) for _ in range(many)]
    return rows_of(answers)


@pytest.fixture(scope="module")
def made():
    return items.make_class()


def question(result, name):
    return result.table.set_index("question").loc[name]


def code_of(call):
    with pytest.raises(UserError) as caught:
        call()
    return caught.value.code


# -- authorities ------------------------------------------------------------------------------------------------------


def test_the_law_school_test_as_ltm_publishes_it(lsat):
    """R package ltm, descript(LSAT): Rizopoulos (2006), Journal of Statistical Software 17(5); values from memory."""
    assert items.difficulty(lsat).table["difficulty"].round(3).tolist() == [0.924, 0.709, 0.553, 0.763, 0.870]
    found = items.reliability(lsat)
    assert round(found.facts["alpha"], 4) == 0.2950 and found.facts["method"] == "kr20"
    assert found.table["alpha_without"].round(4).tolist() == [0.2754, 0.2376, 0.2168, 0.2459, 0.2663]
    assert found.table["item_rest"].round(3).tolist() == [0.113, 0.153, 0.173, 0.144, 0.122]
    told = items.discrimination(lsat)
    assert told.table["discrimination"].tolist() == pytest.approx(found.table["item_rest"].tolist())


def test_kr20_is_its_own_formula(lsat):
    """Kuder and Richardson (1937): k/(k-1) (1 - sum of pq / variance), with the variance that divides by n."""
    wide = lsat.pivot(index="student", columns="question", values="points").to_numpy()
    p, k = wide.mean(axis=0), wide.shape[1]
    kr20 = k / (k - 1) * (1 - (p * (1 - p)).sum() / wide.sum(axis=1).var())
    assert items.reliability(lsat).facts["alpha"] == pytest.approx(kr20)


def test_the_correlation_is_scipys_point_biserial(lsat):
    wide = lsat.pivot(index="student", columns="question", values="points")
    mine, rest = wide["q3"], wide.drop(columns="q3").sum(axis=1)
    expected = stats.pointbiserialr(mine, rest).statistic
    assert question(items.discrimination(lsat), "q3")["discrimination"] == pytest.approx(expected)


def test_the_jackknife_is_the_one_that_leaves_each_student_out():
    rng = np.random.default_rng(1)
    x, y = rng.integers(0, 2, 25), rng.normal(size=25)
    without = [np.arctanh(np.corrcoef(np.delete(x, i), np.delete(y, i))[0, 1]) for i in range(25)]
    spread = np.sqrt(24 / 25 * ((without - np.mean(without)) ** 2).sum())
    middle, half = np.arctanh(np.corrcoef(x, y)[0, 1]), stats.t.ppf(0.975, 24) * spread
    assert correlation_interval(x, y) == pytest.approx((np.tanh(middle - half), np.tanh(middle + half)))


def test_shares_have_wilsons_interval_where_all_or_nothing_is_earned():
    """Statsmodels' proportion_confint, method wilson, and the same through difficulty."""
    from statsmodels.stats.proportion import proportion_confint

    assert share_interval([1] * 32 + [0] * 8) == pytest.approx(proportion_confint(32, 40, method="wilson"))
    assert share_interval([1] * 32 + [0] * 8) == wilson(32, 40)


def test_the_standard_error_of_measurement_by_hand():
    found = items.reliability(rows_of([[1, 1, 1], [0, 0, 0], [1, 1, 0], [0, 1, 0], [1, 1, 1]]))
    sums = np.array([3, 0, 2, 1, 3])
    assert found.facts["sd"] == pytest.approx(sums.std(ddof=1))
    assert found.facts["error"] == pytest.approx(sums.std(ddof=1) * (1 - found.facts["alpha"]) ** 0.5)


def test_the_27_percent_index_by_hand():
    """100 students, 27 in a group: the upper 27 have 20 right, the lower 5: D = 15 / 27 (Kelley's layout)."""
    other = np.repeat([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]], [27, 23, 23, 27], axis=0)
    mine = np.zeros(100)
    mine[:20], mine[95:] = 1, 1
    upper, lower, size = ends_of_class(other.sum(axis=1))
    assert size == 27 and (mine @ upper - mine @ lower) / size == pytest.approx(15 / 27)
    assert upper.sum() == lower.sum() == pytest.approx(27)


# -- what was planted -------------------------------------------------------------------------------------------------


def test_the_class_is_the_same_bytes_on_every_run(made, tmp_path):
    written = made.write(tmp_path)
    told = {name: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for name, path in written.items()}
    assert told == DIGESTS
    again = items.read(written["items"])
    pd.testing.assert_frame_equal(again, answers_of(made.items)[0])
    assert items.read_likenesses(written["copies"])["n"].tolist() == [3, 3, 2]


def test_what_was_planted_is_found(made):
    easy = items.difficulty(made.items)
    assert easy.table.loc[easy.table["verdict"] == "too_easy", "question"].tolist() == [made.truths["easy"]]
    apart = items.discrimination(made.items)
    against = apart.table.loc[apart.table["verdict"] == "negative", "question"].tolist()
    assert against == [made.truths["doubtful"]] and apart.facts["negative"] == 1
    keys = {q: items.outcomes(made.items, q) for q in made.items["question"].unique()}
    assert [q for q, found in keys.items() if found.facts["key"] == "doubtful"] == [made.truths["doubtful"]]
    drawn = keys[made.truths["doubtful"]].table.set_index("outcome")["verdict"]
    assert drawn[made.truths["doubtful_answer"]] == "draws_strong" and drawn["right"] == "draws_weak"
    facts = items.misconceptions(made.items).facts
    assert (facts["first"], facts["first_question"]) == (made.truths["misconception"], made.truths["shared"])
    assert facts["first_share"] == made.truths["share"] == 0.35
    assert set(made.likenesses[["student", "other"]].to_numpy().ravel()) == set(made.truths["copiers"])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_doubtful_key_is_found_in_other_classes_too(seed):
    other = items.make_class(seed)
    assert items.outcomes(other.items, other.truths["doubtful"]).facts["key"] == "doubtful"
    assert items.misconceptions(other.items).table.query("question == 'average_basket'")["n"].iloc[0] == 42


# -- what n can't bear, and wrong rows --------------------------------------------------------------------------------


def test_few_students_get_no_verdict(made):
    some = made.items[made.items["student"].isin(made.items["student"].unique()[:20])]
    apart = items.discrimination(some)
    assert set(apart.table["verdict"]) == {"too_few"} and apart.table["discrimination_low"].isna().all()
    assert apart.table["upper_lower"].isna().all() and "items.note.few" in {n.code for n in apart.notes}
    assert set(items.difficulty(some).table["verdict"]) == {"too_few"}
    assert items.reliability(some, made.sets[0]).facts["verdict"] == "too_few"
    told = items.outcomes(some, "average_basket")
    assert set(told.table["verdict"]) == {"too_few"} and told.facts["key"] == "no_doubt"
    assert items.effort(some).table["attempts_low"].isna().all()


def test_nine_who_differ_make_no_correlation_and_ten_do():
    rest = np.arange(60)[:, None] % [2, 3, 5] == 0
    for few, shown in ((9, False), (10, True)):
        mine = np.arange(60) < few
        row = question(items.discrimination(rows_of(np.column_stack([mine, rest]))), "q1")
        assert (row["discrimination_low"] == row["discrimination_low"]) == shown
        assert (row["verdict"] != "too_few") == shown


def test_a_set_that_is_too_small_is_named_and_the_others_are_judged(made):
    more = pd.concat([made.items, made.items.tail(120).assign(set="tiny", question="only")], ignore_index=True)
    more = more.drop_duplicates(["student", "set", "question"])
    apart = items.discrimination(more)
    assert len(apart.table) == 16
    assert [n.values["sets"] for n in apart.notes if n.code == "items.note.refused"] == [["tiny"]]
    assert code_of(lambda: items.discrimination(more, "tiny")) == "items.few_questions"


def test_who_did_not_hand_in_every_set_is_left_out_of_the_whole_and_counted(made):
    gone = made.items["student"].unique()[:3]
    part = made.items[~(made.items["student"].isin(gone) & (made.items["set"] == made.sets[1]))]
    found = items.reliability(part)
    assert (found.facts["n"], found.facts["dropped"]) == (117, 3)
    assert items.difficulty(part).facts["n"] == 120


def test_all_alike_and_nothing_answered():
    same = rows_of(np.ones((40, 4)))
    assert code_of(lambda: items.reliability(same)) == "items.no_spread"
    assert set(items.discrimination(same).table["verdict"]) == {"no_spread"}
    empty = items.misconceptions(same)
    assert len(empty.table) == 0 and empty.facts["first"] is None and empty.facts["any_share"] == 0
    silent = same.assign(points=0.0, verdict="open")
    nobody = items.misconceptions(silent)
    assert nobody.facts["n"] == 0 and np.isnan(nobody.facts["any_share"])
    assert items.difficulty(silent).table["answered"].tolist() == [0.0] * 4


def test_who_left_a_question_out_is_no_witness(made):
    frame = made.items.copy()
    silent = frame[frame["question"] == "average_basket"].index[:20]
    had = (frame.loc[silent, "verdict"] == "misconception") & (frame.loc[silent, "name"] == "mean_of_ratios")
    frame.loc[silent, ["points", "verdict", "name"]] = [0.0, "open", ""]
    table = items.misconceptions(frame).table
    row = table[(table["question"] == "average_basket") & (table["misconception"] == "mean_of_ratios")].iloc[0]
    assert (row["n"], row["answered"]) == (42 - had.sum(), 100)


def test_slips_are_told_when_asked_for(made):
    assert "percent_for_share" not in set(items.misconceptions(made.items).table["misconception"])
    assert "percent_for_share" in set(items.misconceptions(made.items, slips=True).table["misconception"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"points": -1.0}, "items.beyond"),
        ({"points": 9.0}, "items.beyond"),
        ({"max_points": 0.0}, "items.beyond"),
        ({"points": "much"}, "items.not_numbers"),
        ({"verdict": "splendid"}, "items.unknown_verdicts"),
        ({"attempts": "often"}, "items.not_numbers"),
    ],
)
def test_wrong_rows_are_named(made, change, code):
    frame = made.items.astype(object).copy()
    for column, value in change.items():
        frame.loc[5, column] = value
    with pytest.raises(UserError) as caught:
        items.difficulty(frame)
    assert caught.value.code == code and "6" in caught.value.render("en")


def test_other_refusals(made, tmp_path):
    assert code_of(lambda: items.difficulty(pd.concat([made.items, made.items.tail(1)]))) == "items.twice"
    assert code_of(lambda: items.difficulty(made.items, "none")) == "items.unknown_set"
    assert code_of(lambda: items.outcomes(made.items, "none")) == "items.unknown_question"
    both = made.items.assign(question=made.items["question"].replace("whale_peak", "which_action"))
    assert code_of(lambda: items.outcomes(both, "which_action")) == "items.which_set"
    assert code_of(lambda: items.misconceptions(made.items, by="moon")) == "items.bad_by"
    assert code_of(lambda: items.read(tmp_path / "gone.csv")) == "items.no_file"
    assert code_of(lambda: items.difficulty([])) == "frames.empty"


def test_rows_as_the_grading_gives_them_are_taken(made):
    plain = made.items.to_dict("records")
    assert items.difficulty(plain).table.equals(items.difficulty(made.items).table)


# -- what must hold always --------------------------------------------------------------------------------------------

POINTS = st.lists(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=3, max_size=3), min_size=6, max_size=40)


@given(POINTS, st.randoms())
def test_order_of_students_does_not_matter_and_shares_stay_shares(points, chance):
    rows = rows_of(points)
    shuffled = rows.sample(frac=1, random_state=chance.randint(0, 999)).reset_index(drop=True)
    one = items.difficulty(rows).table.set_index("question")
    other = items.difficulty(shuffled).table.set_index("question").loc[one.index]
    for column in ("difficulty", "difficulty_low", "difficulty_high"):
        assert one[column].to_numpy() == pytest.approx(other[column].to_numpy())
    assert ((one["difficulty_low"] <= one["difficulty"]) & (one["difficulty"] <= one["difficulty_high"])).all()
    assert one["difficulty_low"].min() >= 0 and one["difficulty_high"].max() <= 1


@given(st.lists(st.integers(0, 9), min_size=4, max_size=60))
def test_groups_of_the_class_are_as_large_as_they_should_be(scores):
    upper, lower, size = ends_of_class(scores)
    assert upper.sum() == pytest.approx(size) and lower.sum() == pytest.approx(size)
    assert np.all((upper >= 0) & (upper <= 1)) and np.all(upper + lower <= 1 + 1e-9) | (max(scores) == min(scores))


@given(st.lists(st.integers(0, 30), min_size=2, max_size=50))
def test_an_interval_of_counts_holds_their_mean_and_nothing_below_nought(counts):
    low, high = mean_interval(counts)
    assert 0 <= low <= np.mean(counts) <= high
