"""Result sets are compared without regard to order; the first difference helps."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import crmlab as crm
from crmlab.warehouse.lab import Comparison, compare

CELLS = st.one_of(
    st.none(),
    st.integers(-5, 5),
    st.floats(-100, 100, allow_nan=False).map(lambda x: round(x, 3)),
    st.sampled_from(["a", "b", ""]),
    st.booleans(),
    st.dates(dt.date(2020, 1, 1), dt.date(2020, 1, 5)),
)
NAMES = ["a", "b", "c"]


@st.composite
def tables(draw):
    width = draw(st.integers(1, 3))
    rows = draw(st.lists(st.tuples(*(CELLS,) * width), max_size=12))
    return NAMES[:width], rows


@given(tables(), st.randoms())
def test_the_order_of_rows_and_named_columns_does_not_matter(table, random):
    names, rows = table
    order = list(range(len(names)))
    random.shuffle(order)
    shuffled = [tuple(row[i] for i in order) for row in random.sample(rows, len(rows))]
    assert compare((names, rows), ([names[i] for i in order], shuffled)).same


@given(tables(), st.randoms())
def test_noise_in_the_last_digits_does_not_matter(table, random):
    names, rows = table
    noisy = [
        tuple(v * (1 + random.uniform(-1, 1) * 1e-11) if isinstance(v, float) else v for v in row)
        for row in random.sample(rows, len(rows))
    ]
    assert compare((names, rows), (names, noisy)).same
    assert compare((names, noisy), (names, rows)).same


@given(tables(), st.data())
def test_one_row_more_less_or_twice_is_found(table, data):
    names, rows = table
    if not rows:
        return
    i = data.draw(st.integers(0, len(rows) - 1))
    for other in (rows[:i] + rows[i + 1 :], [*rows, rows[i]]):
        found = compare((names, other), (names, rows))
        assert not found.same
        for lang in crm.labels.LANGUAGES:
            assert found.render(lang)


@given(tables(), st.data())
def test_one_changed_cell_is_found(table, data):
    names, rows = table
    if not rows:
        return
    i, j = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(0, len(names) - 1))
    changed = list(rows)
    changed[i] = (*rows[i][:j], "something else", *rows[i][j + 1 :])
    found = compare((names, changed), (names, rows))
    assert not found.same
    assert str(found)


@given(tables(), tables())
def test_a_comparison_says_the_same_both_ways(one, other):
    if len(one[0]) == len(other[0]):
        assert compare(one, other).same == compare(other, one).same


@given(st.lists(st.floats(0, 2e-6, allow_nan=False), max_size=8), st.randoms())
def test_nearly_equal_numbers_are_paired_as_well_as_can_be(values, random):
    """A chain of numbers, each within the tolerance of the next: pairing the first that fits would leave some over."""
    import itertools
    import math

    rows = [(v,) for v in values]
    moved = [(v + random.uniform(-1e-6, 1e-6),) for v in values]
    possible = any(
        all(math.isclose(a[0], b[0], rel_tol=1e-9, abs_tol=1e-6) for a, b in zip(rows, order, strict=True))
        for order in itertools.permutations(moved)
    ) if len(rows) <= 5 else None  # fmt: skip
    found = compare((["a"], rows), (["a"], moved)).same
    assert possible is None or found == possible


def test_many_sums_of_floats_are_compared_quickly():
    rows = [(i, 0.1 * i) for i in range(5000)]
    noisy = [(i, v + 1e-12 * (i % 7)) for i, v in rows][::-1]
    assert compare((["a", "b"], rows), (["a", "b"], noisy)).same


@pytest.mark.parametrize(
    ("given_rows", "wanted_rows", "code"),
    [
        ([(1,), (1,)], [(1,)], "duplicates"),
        ([(1,)], [(1,), (1,)], "duplicates"),
        ([(1,), (2,)], [(1,)], "rows_extra"),
        ([], [(1,)], "rows_missing"),
        ([(None,)], [(0,)], "nulls"),
        ([(1,)], [(2,)], "values"),
        ([(True,)], [("x",)], "values"),
        ([("1",)], [(1,)], "values"),
    ],
)
def test_what_is_said_first(given_rows, wanted_rows, code):
    assert compare((["a"], given_rows), (["a"], wanted_rows)).code == code


def test_numbers_of_every_type_are_numbers():
    one = [(1, Decimal("2.50"), 3.0, 10**20)]
    other = [(1.0, 2.5, 3, 1e20)]
    assert compare((list("abcd"), one), (list("efgh"), other)).same
    midnight = compare((["a"], [(dt.date(2020, 1, 1),)]), (["a"], [(dt.datetime(2020, 1, 1),)]))
    assert midnight.same
    assert not compare((["a"], [(float("inf"),)]), (["a"], [(1.0,)]))


def test_names_decide_where_they_agree_and_places_where_they_do_not():
    assert compare((["b", "a"], [(2, 1)]), (["a", "b"], [(1, 2)])).same
    assert compare((["x", "y"], [(1, 2)]), (["a", "b"], [(1, 2)])).same
    assert compare((["x", "y"], [(2, 1)]), (["a", "b"], [(1, 2)])).code == "values"
    assert compare((["x"], [(2,)]), (["a", "b"], [(1, 2)])).code == "columns"


def test_the_order_counts_where_it_is_asked_for(lab):
    up, down = "SELECT id FROM people ORDER BY id", "SELECT id FROM people ORDER BY id DESC"
    assert lab.compare(up, down).same
    found = lab.compare(up, down, ordered=True)
    assert (found.code, found.values["place"]) == ("order", 1)


def test_data_frames_compare_too(lab):
    table = lab.run("SELECT id, city FROM people").table
    assert compare(table, table.sample(frac=1, random_state=1)).same
    with pytest.raises(crm.UserError):
        compare(3, table)
    with pytest.raises(crm.UserError):
        lab.compare("DELETE FROM people", "SELECT 1")


def test_the_rules_are_said():
    for lang in crm.labels.LANGUAGES:
        assert "NULL" in Comparison.rules(lang)
