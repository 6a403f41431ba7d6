"""What is hidden stays hidden: an attacker with a solver can't work small cells out from what is published."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from crmlab.errors import UserError
from crmlab.privacy import attack, suppress
from crmlab.privacy.suppression import ALL, pattern


def bounds(counts, hidden, total=ALL):
    """The least and most that each hidden cell can be: an own attacker, who works on the finest cells."""
    width = len(next(iter(counts)))
    fine = [k for k in counts if total not in k and counts[k]]
    rows, right = [], []
    for key, value in counts.items():
        if key not in hidden:
            inside = [1.0 if all(k in (total, f) for k, f in zip(key, cell, strict=True)) else 0.0 for cell in fine]
            rows.append(inside)
            right.append(float(value))
    found = {}
    for key in hidden:
        cost = np.array([1.0 if all(k in (total, f) for k, f in zip(key, cell, strict=True)) else 0.0 for cell in fine])
        ends = []
        for sign in (1, -1):
            equal = {"A_eq": np.array(rows), "b_eq": np.array(right)} if rows else {}
            solved = linprog(sign * cost, **equal, bounds=(0, None), method="highs")
            ends.append(sign * solved.fun if solved.status == 0 else float("inf"))
        found[key] = tuple(ends)
    assert width
    return found


def lattice(cells):
    """Finest cells with every margin."""
    width = len(next(iter(cells)))
    counts: dict = {}
    for key, n in cells.items():
        for gone in itertools.chain.from_iterable(itertools.combinations(range(width), r) for r in range(width + 1)):
            up = tuple(ALL if i in gone else k for i, k in enumerate(key))
            counts[up] = counts.get(up, 0) + n
    return counts


def test_hiding_the_small_cell_alone_is_undone_by_one_subtraction():
    counts = lattice({("a", "x"): 2, ("a", "y"): 20, ("b", "x"): 30, ("b", "y"): 25})
    assert bounds(counts, {("a", "x")}) == {("a", "x"): (2.0, 2.0)}
    primary, secondary = pattern(counts, 5)
    assert primary == {("a", "x")}
    assert len(secondary) == 3, "a rectangle"
    low, high = bounds(counts, primary | secondary)["a", "x"]
    assert high - low >= 5


def test_two_small_cells_in_a_row_do_not_protect_each_other():
    """They hide behind each other, but 2 + 1 people behind two cells are still three people."""
    counts = lattice({("a",): 2, ("b",): 1, ("c",): 40, ("d",): 50})
    primary, secondary = pattern(counts, 5)
    assert primary == {("a",), ("b",)}
    assert secondary == {("c",)}


def test_a_small_margin_and_a_small_whole_are_hidden_too():
    counts = lattice({("a", "x"): 1, ("a", "y"): 1, ("b", "x"): 30, ("b", "y"): 25})
    primary, secondary = pattern(counts, 5)
    assert ("a", ALL) in primary
    for low, high in bounds(counts, primary | secondary).values():
        assert high - low >= 5 or low == high == 0
    tiny = lattice({("a", "x"): 1, ("b", "y"): 1})
    primary, secondary = pattern(tiny, 5)
    assert primary | secondary == set(tiny)


def test_nobody_is_not_hidden_and_large_tables_stay_whole():
    assert pattern(lattice({("a", "x"): 0, ("a", "y"): 9, ("b", "x"): 8}), 5) == (frozenset(), frozenset())


CELLS = {
    1: st.dictionaries(st.tuples(st.sampled_from("abcdef")), st.integers(0, 30), min_size=1),
    2: st.dictionaries(
        st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz")),
        st.one_of(st.integers(0, 6), st.integers(0, 60)),
        min_size=1,
    ),
    3: st.dictionaries(
        st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.sampled_from("12")), st.integers(0, 25), min_size=1
    ),
}


@pytest.mark.parametrize("width", [1, 2, 3])
@settings(max_examples=40)
@given(data=st.data())
def test_no_small_cell_survives_the_attacker(width, data):
    cells = data.draw(CELLS[width])
    minimum = data.draw(st.integers(2, 8))
    counts = {k: n for k, n in lattice(cells).items() if n}
    if not counts:
        return
    primary, secondary = pattern(counts, minimum)
    assert primary == {k for k, n in counts.items() if n < minimum}
    found = bounds(counts, primary | secondary)
    for key in primary:
        low, high = found[key]
        assert high - low >= minimum - 1e-6, (key, low, high)
        assert low - 1e-6 <= counts[key] <= high + 1e-6


@pytest.mark.parametrize("seed", range(3))
def test_many_small_cells_at_once(seed):
    """So many that they are protected in groups, which is another way through the programme."""
    rng = np.random.default_rng(seed)
    counts = {
        k: n for k, n in lattice({(i, j): int(n) for (i, j), n in np.ndenumerate(rng.poisson(4, (9, 8)))}).items() if n
    }
    primary, secondary = pattern(counts, 5)
    assert len(primary) > 2 * 9
    found = bounds(counts, primary | secondary)
    assert all(high - low >= 5 - 1e-6 for low, high in (found[key] for key in primary))


@settings(max_examples=25)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from("pq"), st.sampled_from("abcdef")), st.integers(0, 20), min_size=2, max_size=10
    ),
    st.integers(2, 6),
)
def test_a_hierarchy_is_protected_along_its_levels(cells, minimum):
    """Cities inside provinces: the city, the province and the whole; a city is never summed over provinces."""
    home = {}
    cells = {(home.setdefault(city, province), city): n for (province, city), n in cells.items() if n}
    if not cells:
        return
    every = lattice(cells)
    counts = {k: n for k, n in every.items() if k[0] != ALL or k[1] == ALL}
    primary, secondary = pattern(counts, minimum)
    found = bounds(counts, primary | secondary)
    for key in primary:
        low, high = found[key]
        assert high - low >= minimum - 1e-6


def test_suppress_makes_a_table_and_attack_attacks_it():
    rng = np.random.default_rng(3)
    people = pd.DataFrame(
        {
            "city": rng.choice(["Bogor", "Depok", "Bekasi", "Solo"], 160, p=[0.5, 0.3, 0.15, 0.05]),
            "age": rng.choice(["18–29", "30–39", "40+"], 160, p=[0.5, 0.4, 0.1]),
            "diagnosis": rng.choice(["A", "B"], 160, p=[0.8, 0.2]),
        }
    )
    found = suppress(people, by=["city", "age", "diagnosis"], minimum=5)
    table = found.table
    assert found.facts["primary"] > 3
    assert found.facts["secondary"] > 0
    assert table["n"].isna().sum() == found.facts["primary"] + found.facts["secondary"]
    assert found.facts["published"] == table["n"].notna().sum()
    assert table.loc[table["hidden"] == "", "n"].min() >= 5
    worked_out = attack(found)
    assert len(worked_out) == found.facts["primary"]
    assert (worked_out["high"] - worked_out["low"] >= 5 - 1e-6).all()
    assert not worked_out["known"].any()
    naive = table.assign(n=table["n"].where(table["hidden"] != "secondary", other=_true(people, table)))
    from crmlab.results import Result

    assert attack(Result(found.kind, naive, found.params))["known"].any(), "without the others it would be known"
    assert "small cells" in str(found.explain("en", "short"))


def _true(people, table):
    counts = []
    for row in table.itertuples():
        kept = people
        for name in ("city", "age", "diagnosis"):
            if name not in row.summed.split(", "):
                kept = kept[kept[name] == getattr(row, name)]
        counts.append(len(kept))
    return pd.Series(counts, index=table.index, dtype="Int64")


def test_cells_without_a_member_are_cells_and_not_totals():
    cells = pd.DataFrame({"job": ["a", None, "b"], "n": [9, 2, 30]})
    found = suppress(cells, by=["job"], n="n", minimum=5)
    assert found.facts["primary"] == 1
    assert found.table["hidden"].tolist().count("secondary") == 1
    assert (attack(found)["high"] >= 5).all()


def test_only_some_grouping_sets_are_published():
    cells = pd.DataFrame({"a": list("xxyy"), "b": list("uvuv"), "n": [2, 9, 9, 9]})
    found = suppress(cells, by=["a", "b"], n="n", minimum=5, also=[["a", "b"], []])
    assert found.facts["cells"] == 5
    assert found.facts["secondary"] == 1, "without the margins one other cell is enough"


def test_what_is_no_count_is_refused():
    cells = pd.DataFrame({"a": ["x", "y"], "n": [1.5, 2]})
    for wrong in (
        lambda: suppress(cells, by=["a"], n="n"),
        lambda: suppress(cells, by=["b"]),
        lambda: suppress(cells, by=["a"], minimum=1),
    ):
        with pytest.raises(UserError):
            wrong()
