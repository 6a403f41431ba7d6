"""What notebook 05 says of PT XYZ's duplicates, and the checks of its tasks."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from crmlab.duplicates import DEFAULT, ReviewQueue, curve, find, merge, sample, unmerge
from notebooks import build


@pytest.fixture(scope="module")
def notebook() -> dict:
    """The names that a reader has after running its code cells."""
    import jupytext

    source = next(p for p in build.sources() if p.stem.startswith("05"))
    names: dict = {}
    for cell in jupytext.read(source, fmt="py:percent").cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, source.stem, "exec"), names)
    return names


def test_the_file_and_its_people(notebook):
    found, merged = notebook["found"], notebook["merged"]
    assert (notebook["n"], found.facts["entities"], len(notebook["truth"])) == (922, 900, 22)
    assert round(found.facts["duplicate_share"], 3) == 0.024
    assert (notebook["n"] - len(merged.table)) * 50_000 == 1_100_000
    assert found.facts["pairs_compared"] < 100
    assert found.facts["rule_household"] == len(notebook["shared"]) >= 1
    assert 0.024 * 1_000_000 > 20_000
    assert notebook["receipts"]["NO_STRUK"].nunique() == notebook["before"].sum() == notebook["after"].sum()


def test_the_easy_curve_is_perfect_and_its_interval_wide(notebook):
    facts = notebook["curve"].facts
    assert facts["precision"] == facts["recall"] == facts["entity_precision"] == 1.0
    assert round(facts["precision_low"], 2) == 0.85


def test_the_harder_curves(notebook):
    facts = notebook["hard_curve"].facts
    assert (facts["right"], facts["n"]) == (21, 22)
    at_half = notebook["known"].table.set_index("threshold").loc[0.5]
    assert (at_half["found"], at_half["found"] - at_half["right"], at_half["missed"]) == (17, 4, 9)
    assert (notebook["known"].table["precision"].dropna() < 0.85).all(), "no threshold is good"


def test_the_review_asks_about_four_pairs_of_one_name_and_city_in_two_homes(notebook):
    waiting = ReviewQueue(notebook["hard"]).open
    assert len(waiting) == 4
    assert set(waiting["name"]) == set(waiting["city"]) == {"same"}
    assert set(waiting["address"]) == {"other"}
    true = {frozenset(p) for p in notebook["truth"].itertuples(index=False)}
    assert not any(frozenset(p) in true for p in zip(waiting["left"], waiting["right"], strict=True))
    born = notebook["customers"].set_index("KODE_PLG")["TGL_LAHIR"]
    assert all(born[a] != born[b] for a, b in zip(waiting["left"], waiting["right"], strict=True))


def test_twins_are_two_and_careless_models_make_them_one(notebook):
    assert notebook["careful"].facts["entities"] == 10
    assert notebook["careless"].facts["entities"] == 9


def test_two_rules_two_cities(notebook):
    assert notebook["by_date"].table["kota"].tolist() == ["Bogor"]
    assert notebook["by_source"].table["kota"].tolist() == ["Depok"]
    assert len(unmerge(notebook["merged"].log, notebook["misspelt"]["left"])) == 2


# tasks ----------------------------------------------------------------------------------------------------------------


def test_sums_by_hand():
    n = 1_000_000
    assert n * (n - 1) // 2 == 499_999_500_000
    assert (round(math.log2(0.9 / 0.1), 2), round(math.log2(0.1 / 0.9), 2)) == (3.17, -3.17)
    assert math.isclose(1 / (1 + 2**-3), 8 / 9)


def test_budi_without_a_phone_is_three(notebook):
    assert find(notebook["budi"].drop(columns="telepon"), key="kode").facts["entities"] == 3


def test_phones_alone(notebook):
    found = find(notebook["customers"], key="KODE_PLG", blocks=["phone"])
    assert found.facts["pairs_compared"] == 24
    assert curve(found, notebook["truth"]).facts["recall"] == 1.0


def test_large_groups_are_counted(notebook):
    found = find(notebook["customers"], key="KODE_PLG", blocks=["city"], largest_group=100)
    assert found.facts["skipped_groups"] > 0 and found.facts["unseen_rows"] > 0


def test_households_stay_apart_by_their_weights_alone(notebook):
    bare = DEFAULT.without(*(c.name for c in DEFAULT.contradictions))
    found = find(notebook["customers"], key="KODE_PLG", model=bare)
    homes = notebook["shared"]
    assert all(found.entity_of[a] != found.entity_of[b] for a, b in zip(homes["left"], homes["right"], strict=True))


def test_a_strict_threshold(notebook):
    row = notebook["hard_curve"].table.set_index("threshold").loc[0.995]
    assert (row["found"], round(row["recall"], 2)) == (16, 0.73)


def test_twins_with_near_numbers_stay_two(notebook):
    clinic = notebook["clinic"].assign(nik=None).astype({"nik": "object"})
    clinic.loc[clinic["kode"].isin(["T1", "T2"]), "nik"] = ["0000005505900001", "0000005505900002"]
    found = find(clinic, key="kode")
    assert found.why("T1", "T2").facts["rule"] == "twins"
    assert found.facts["entities"] == 10


def test_the_first_rows_names_are_the_usual_ones(notebook):
    found = notebook["found"]
    first = merge(notebook["customers"], found, rules={"NAMA": "first"}).table["NAMA"].str.lower()
    usual = merge(notebook["customers"], found).table["NAMA"].str.lower()
    assert (first == usual).all()


def test_a_mother_and_her_daughter():
    rows = {"nama": ["Siti Aminah"] * 2, "hp": ["081234567890"] * 2, "tgl_lahir": ["1968-02-03", "1990-04-05"]}
    found = find(pd.DataFrame({"kode": [1, 2], **rows}), key="kode")
    assert found.why(1, 2).facts["rule"] == "other_birth_date"
    assert found.facts["entities"] == 2


def test_a_sample_of_all_pairs_knows_precision_but_not_what_was_never_seen(notebook):
    hard, truth = notebook["hard"], notebook["truth"]
    drawn = sample(hard, n=26)
    assert len(drawn) == len(hard.table)
    true = {frozenset(p) for p in truth.itertuples(index=False)}
    pairs = zip(drawn["left"], drawn["right"], strict=True)
    drawn["verdict"] = ["match" if frozenset(p) in true else "no_match" for p in pairs]
    estimate, known = curve(hard, labels=drawn).facts, curve(hard, truth).facts
    assert estimate["precision"] == known["precision"]
    assert estimate["recall"] > known["recall"]
    assert known["seen"] == 21


def test_decisions_that_contradict(notebook):
    queue = ReviewQueue(notebook["small"])
    for pair, verdict in (("AB", "match"), ("BC", "match"), ("AC", "no_match")):
        queue.decide(*pair, verdict)
    made = queue.apply()
    assert (made.facts["entities"], len(made.conflicts)) == (2, 1)


def test_the_cheapest_threshold_merges_nothing(notebook):
    table = notebook["known"].table
    cost = (table["found"] - table["right"]) * 500_000 + table["missed"] * 50_000
    assert table.loc[cost.idxmin(), "found"] == 0
