"""Worked numbers of NPS, CSAT and CES, what is done with bad input, differences, weights, and the benchmark's sums."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from crmlab import labels
from crmlab.analytics import satisfaction as S
from crmlab.errors import UserError

TEN = [10, 9, 9, 8, 7, 7, 6, 3, 10, 0]


def near(found, **wanted):
    for name, value in wanted.items():
        assert found[name] == pytest.approx(value, abs=0.006), (name, found[name])


# -- Y02


def test_ten_answers_are_noise():
    f = S.nps(TEN).facts
    near(f, nps=10.0, promoters=4, detractors=3, passives=3)
    assert (round(f["wald_low"], 1), round(f["wald_high"], 1)) == (-41.5, 61.5)  # the textbook's
    # by hand: (4.75 - 3.75) / 13 and its error, 1.96 of them
    middle, spread = 1 / 13, np.sqrt((8.5 / 13 - (1 / 13) ** 2) / 12)
    near(f, nps_low=100 * (middle - 1.959964 * spread), nps_high=100 * (middle + 1.959964 * spread))
    assert f["verdict"] == "noise"


def test_the_published_1162_answers():
    f = S.nps([10] * 291 + [8] * 476 + [2] * 395).facts
    assert round(f["nps"], 2) == -8.95 and round((f["wald_high"] - f["wald_low"]) / 2, 2) == 4.39
    assert f["verdict"] == "real"


def test_two_waves_of_400():
    waves = pd.DataFrame({"wave": [1] * 400 + [2] * 400})
    waves["nps"] = [10] * 200 + [8] * 120 + [3] * 80 + [10] * 176 + [8] * 128 + [3] * 96
    row = S.difference(waves, by="wave", pairs=[(1, 2)]).table.iloc[0]
    wanted = {"difference": 10.0, "standard_error": 5.59, "z_value": 1.79, "p_value": 0.074}
    assert {k: round(row[k], 3 if k == "p_value" else 2) for k in wanted} == wanted
    assert row["verdict"] == "noise" and row["difference_low"] < 0 < row["difference_high"]


# -- Y01, Y03, X06


def test_csat_of_eight():
    f = S.csat([5, 4, 4, 3, 2, 5, 1, 4]).facts
    assert (f["csat"], f["mean_score"], f["satisfied"]) == (0.625, 3.5, 5)
    assert (round(100 * f["csat_low"], 1), round(100 * f["csat_high"], 1)) == (30.6, 86.3)
    assert S.csat([4, 3, 2, 1, 4], scale=(1, 4)).facts["satisfied"] == 3
    assert S.csat([7, 6, 5, 4, 1], scale=(1, 7)).facts["satisfied"] == 2


def test_effort_of_seven():
    f = S.ces([1, 2, 2, 3, 5, 7, 2], scale=(1, 7), easy="low").facts
    assert [round(f[k], 3) for k in ("ces", "ces_reversed", "easy_share")] == [3.143, 4.857, 0.714]
    turned = S.ces([7, 6, 6, 5, 3, 1, 6], scale=(1, 7), easy="high").facts
    assert (round(turned["ces"], 3), turned["easy_share"]) == (4.857, f["easy_share"])
    assert S.ces([1, 2, 3, 4, 5, 2], scale=(1, 5), easy="low").facts["easy_answers"] == 3


def test_versions_of_effort_are_never_pooled():
    both = pd.DataFrame({"ces": [2, 3, 2, 2, 3, 2, 6, 5, 6, 6, 5, 6], "ces_version": [1] * 6 + [2] * 6})
    with pytest.raises(UserError) as refused:
        S.ces(both, scale=(1, 7), easy="low")
    assert refused.value.code == "satisfaction.mixed_versions"
    assert refused.value.render("en") == (
        "Table answers: The column ces_version holds several versions of the question; their answers can't be pooled. "
        'Found: 1, 2. To mend it: Write version="ces_version" and easy={1: "low", 2: "high"}.'
    )
    for ask in (
        lambda: S.difference(both, by="ces", measure="ces", scale=(1, 7), easy="low"),
        lambda: S.league(both, by="ces", measure="ces", scale=(1, 7), easy="low"),
    ):
        with pytest.raises(UserError, match="versi"):
            ask()
    found = S.ces(both, scale=(1, 7), easy={1: "low", 2: "high"}, version="ces_version")
    assert found.table["easy_share"].tolist() == [1.0, 1.0]
    assert found.table["ces"].round(2).tolist() == [2.33, 5.67]
    assert [n.code for n in found.notes] == ["satisfaction.note.versions"]


def test_a_form_with_a_blank_item():
    filled = S.form({"product": [3, 2, 4, 3], "service": [3, 2, 2, 4, None]})
    assert filled.table["mean_score"].tolist() == [3.0, 2.75] and filled.table["n"].tolist() == [4, 4]
    assert (filled.facts["top_two_share"], filled.facts["blank_items"]) == (0.625, 1)


# -- bad input


@pytest.mark.parametrize(
    ("ask", "code", "said"),
    [
        (lambda: S.nps([1, 2, 3, 4, 5] * 4), "other_scale",
         "Table answers: All 20 answers in the column nps lie between 1 and 5: this does not look like the scale of 0 "
         "to 10. Found: 1–5. To mend it: NPS needs the question of 0 to 10; for a scale of 1 to 5 use csat."),
        (lambda: S.nps([11, 12, 10]), "off_scale",
         "Table answers, rows 1, 2: More than a fifth of the answers in the column nps lie off the scale 0–10: it is "
         "probably another scale. Found: 10 … 12. To mend it: Look up the question's scale and give it as scale=."),
        (lambda: S.csat(["puas", "tidak puas", "4"]), "words",
         "Table answers, rows 1, 2: The column csat holds words, not numbers. Found: puas, tidak puas. To mend it: "
         "Turn words into the scale's numbers, as “satisfied” into 4."),
        (lambda: S.ces([1, 2], scale=(1, 7), easy=None), "no_direction",
         "The scale's direction must be said: in CES 1.0 low numbers mean easy, in CES 2.0 high ones. To mend it: "
         'Write easy="low" or easy="high", by the wording of the question.'),
        (lambda: S.nps([None, None]), "all_blank",
         "Table answers: All 2 answers in the column nps are blank. To mend it: Choose the column that holds the "
         "answers."),
        (lambda: S.nps(pd.DataFrame({"NPS_score": [1]})), "missing_column",
         "Table answers: This analysis needs the columns nps. Found: NPS_score. To mend it: Say the right name, or "
         "rename the table's columns."),
        (lambda: S.nps(pd.DataFrame({"nps": [9, 8], "w": [1.0, -1]}), weights="w"), "bad_weights",
         "Table answers, rows 2: The column of weights w holds missing or negative values. To mend it: Give every "
         "answer a weight of zero or more."),
        (lambda: S.nps(TEN, invited=5), "more_answers",
         "There are 10 answers, but only 5 invitations. To mend it: Give all invitations, also those that were not "
         "answered."),
        (lambda: S.nps("nowhere.parquet"), "no_file",
         "There is no such file. Found: nowhere.parquet. To mend it: Check the path."),
        (lambda: S.csat([1], scale=(5, 1)), "bad_scale",
         "5–1 is no scale. To mend it: Write its lowest and highest point, as scale=(1, 7)."),
    ],
)  # fmt: skip
def test_refused_with_one_cure(ask, code, said):
    with pytest.raises(UserError) as refused:
        ask()
    assert refused.value.code == f"satisfaction.{code}"
    assert refused.value.render("en") == said
    assert refused.value.render("id") != said


def test_what_can_not_be_counted_is_said():
    found = S.nps(["10", "9", "N/A", "", None, "11", "7", "3", "8", "9", "10", "6", "7", "8.5"])
    assert {n.code.rpartition(".")[2]: n.values["n"] for n in found.notes} == {"blank": 2, "words": 1, "off_scale": 2}
    assert found.facts["n"] == 9
    with labels.using("en"):
        assert "2 answers (14.3%) lie off the scale 0–10" in found.notes[2].render()


def test_few_answers_have_no_interval():
    f = S.nps([10, 9, 3]).facts
    assert (f["n"], f["nps_low"], f["nps_high"], f["verdict"]) == (3, None, None, "too_few")
    assert S.csat([5, 5, 5, 5]).facts["verdict"] == "too_few"


def test_all_alike_is_not_all_sure():
    f = S.nps([10] * 20).facts
    assert f["wald_low"] == f["wald_high"] == 100 and f["nps_high"] == 100 and f["nps_low"] < 80
    f = S.ces([1] * 20, scale=(1, 7), easy="low").facts
    assert f["ces_low"] == 1 and 1.3 < f["ces_high"] < 2


# -- groups


@pytest.fixture
def branches():
    rng = np.random.default_rng(3)
    frame = pd.DataFrame({"branch": rng.choice(["a", "b", None], 300, p=[0.5, 0.48, 0.02])})
    frame["nps"] = rng.choice([10, 8, 2], 300, p=[0.5, 0.3, 0.2])
    return frame


def test_small_groups_are_named_without_a_score(branches):
    found = S.nps(branches, by="branch")
    few = found.table[found.table["branch"].isna() & (found.table["row"] == "member")].iloc[0]
    assert few["n"] < 10 and few["suppressed"] and np.isnan(few["nps"]) and few["verdict"] == "too_few"
    assert found.table["n"].iloc[:-1].sum() == found.facts["n"] == 300  # the total holds them
    assert found.notes[-1].code == "satisfaction.note.suppressed"
    alone = S.nps(branches).facts
    assert [alone[k] for k in ("nps", "nps_low", "nps_high")] == [
        found.facts[k] for k in ("nps", "nps_low", "nps_high")
    ]


def test_tables_of_every_kind_give_the_same(branches, tmp_path):
    path = tmp_path / "a.parquet"
    branches.to_parquet(path)
    arrow = pa.Table.from_pandas(branches)
    one, two, three = (S.nps(t, by="branch").table for t in (branches, path, arrow))
    pd.testing.assert_frame_equal(one, two, check_dtype=False)
    pd.testing.assert_frame_equal(one, three, check_dtype=False)


def test_weights_and_the_effective_number():
    frame = pd.DataFrame({"nps": [10] * 6 + [2] * 6, "w": [3.0] * 6 + [1.0] * 6})
    f = S.nps(frame, weights="w").facts
    near(f, nps=50.0, nps_raw=0.0, n_effective=24**2 / 60)
    even = S.nps(frame.assign(w=2.0), weights="w").facts
    plain = S.nps(frame).facts
    assert [even[k] for k in ("nps", "nps_low", "n_effective")] == [plain[k] for k in ("nps", "nps_low", "n_effective")]


def test_several_answers_of_one_person():
    frame = pd.DataFrame({"nps": np.repeat(TEN, 4), "customer_id": np.repeat(range(10), 4)})
    found = S.nps(frame, customer="customer_id")
    assert found.facts["people"] == 10 and 8.5 < found.facts["n_effective"] < 10
    note = next(n for n in found.notes if n.code.endswith("many_answers"))
    assert (note.values["n"], note.values["same"]) == (30, 30)
    assert S.nps(frame).facts["nps_high"] < found.facts["nps_high"]
    # by group and in total the same people
    grouped = S.nps(frame.assign(g=frame["customer_id"] % 2), by="g", customer="customer_id")
    assert grouped.facts["people"] == 10 and grouped.table["people"].iloc[:2].tolist() == [5, 5]


def test_response_rate():
    f = S.csat([5] * 900, invited=4000).facts
    assert f["response_share"] == 0.225
    frame = pd.DataFrame({"g": ["a"] * 20 + ["b"] * 30, "csat": 4})
    sent = pd.DataFrame({"g": ["a"] * 40 + ["b"] * 120})
    table = S.csat(frame, by="g", invited=sent).table
    assert table["response_share"].tolist() == [0.5, 0.25, 50 / 160]


def test_many_comparisons_are_not_each_taken_alone():
    rng = np.random.default_rng(12)
    alone, together = 0, 0
    for _ in range(60):
        frame = pd.DataFrame({"g": np.repeat(np.arange(6), 60), "nps": rng.choice([10, 8, 2], 360)})
        facts = S.difference(frame, by="g").facts
        alone += facts["real_without_holm"] > 0
        together += facts["real"] > 0
    assert alone >= 12 and together <= 8  # 5 % of 60 is 3


def test_a_group_with_all_the_rest():
    frame = pd.DataFrame({"g": ["a"] * 50 + ["b"] * 50 + ["c"] * 50, "csat": [5] * 45 + [1] * 5 + [5] * 25 + [1] * 75})
    table = S.difference(frame, by="g", measure="csat", pairs="rest").table
    assert table["group_other"].unique().tolist() == ["all_others"]
    assert table["difference"].round(6).tolist() == [65.0, 5.0, -70.0]
    with pytest.raises(UserError) as refused:
        S.difference(frame, by="g", measure="csat", pairs=[("a", "z")])
    assert refused.value.code == "satisfaction.unknown_group"


# -- Simpson


def test_a_total_moves_though_nobody_has_changed():
    counts = {(1, "a"): (60, 20), (1, "b"): (5, 15), (2, "a"): (15, 5), (2, "b"): (20, 60)}
    rows = [(w, g, s) for (w, g), (up, down) in counts.items() for s in [10] * up + [2] * down]
    waves = pd.DataFrame(rows, columns=["wave", "payer", "nps"])
    f = S.standardised(waves, by="wave", on="payer", to=1).facts
    assert (round(f["change_raw"], 6), round(f["change"], 6), f["simpson"]) == (-60.0, 0.0, True)
    assert (f["verdict_raw"], f["verdict"]) == ("real", "noise")
    half = S.standardised(waves, by="wave", on="payer", to={"a": 1, "b": 1}).table
    assert half.loc[half["row"] == "member", "standardised"].round(6).tolist() == [0.0, 0.0]
    with pytest.raises(UserError) as refused:
        S.standardised(waves, by="wave", on="payer", to={"a": 1})
    assert refused.value.code == "satisfaction.bad_mix"


# -- planning


def test_sample_sizes_of_the_textbook():
    assert S.sample_size("csat", difference=1.8, share=0.06).facts["answers_needed"] == 3112
    planned = S.sample_size("nps", margin=[5, 2.5], promoters=0.5, detractors=0.2, response_share=0.25)
    # 1.96² · (0.7 − 0.09) / 0.05²
    assert planned.table["answers_needed"].tolist() == [938, 3750]
    assert planned.table["invitations_needed"].tolist() == [3752, 15000]
    few = S.sample_size("csat", margin=5, population=400).facts["answers_needed"]
    assert few == 197  # 384.1 / (1 + 383.1 / 400)
    with pytest.raises(UserError) as refused:
        S.sample_size("nps")
    assert refused.value.code == "satisfaction.plan_one"


def test_a_planned_difference_is_found_as_often_as_planned():
    n = S.sample_size("nps", difference=15, promoters=0.45, detractors=0.25).facts["answers_needed"]
    rng, found = np.random.default_rng(1), 0
    one = rng.multinomial(n, [0.45, 0.3, 0.25], 2000)
    two = rng.multinomial(n, [0.525, 0.3, 0.175], 2000)
    gap = [(c[:, 0] - c[:, 2]) / n for c in (one, two)]
    spread = [((c[:, 0] + c[:, 2]) / n - g**2) / n for c, g in zip((one, two), gap, strict=True)]
    found = np.mean(np.abs(gap[1] - gap[0]) / np.sqrt(spread[0] + spread[1]) > 1.96)
    assert 0.77 < found < 0.84
