"""What must hold for any table: its order is nothing, a merge can be undone, entities are classes, blocks only show."""

from __future__ import annotations

import string

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from crmlab.duplicates import curve, find, merge, unmerge
from crmlab.duplicates.clusters import cluster

FIRST = st.sampled_from(["Budi", "Siti", "Rina", "Rini", "Muhammad Rizki", "M. Rizki", "Ahmad", "Hj. Dewi", "B."])
LAST = st.sampled_from(["Santoso", "Santosa", "SANTOSO", "Lubis", "Hidayat", "Hidayta", "", "Wijaya, S.E."])
PHONE = st.sampled_from(["0812-3456-7890", "+62 812 3456 7890", "6281234567891", "081399998888", "0", None])
EMAIL = st.sampled_from(["budi@contoh.id", "Budi@Contoh.id", "rina.1@contoh.id", "rina.2@contoh.id", "salah", None])
BORN = st.sampled_from(["1990-05-04", "04/05/1990", "1990-04-05", "1961-12-31", "1900-01-01", None])
WHERE = st.sampled_from(["Jl. Melati No. 12", "Jalan Melati 12", "Jl. Mawar No. 3", None])
NIK = st.sampled_from(["0000001505900001", "0000001505900002", None, None])

ROW = st.fixed_dictionaries(
    {
        "nama": st.builds(lambda a, b: f"{a} {b}".strip(), FIRST, LAST) | st.none(),
        "telepon": PHONE,
        "email": EMAIL,
        "tgl_lahir": BORN,
        "alamat": WHERE,
        "nik": NIK,
        "poin": st.integers(0, 3),
        "tgl_ubah": st.sampled_from(["2020-01-01", "2020-06-30", None]),
    }
)
ROWS = st.lists(ROW, min_size=2, max_size=9)
COLUMNS = ["nama", "telepon", "email", "tgl_lahir", "alamat", "nik", "poin", "tgl_ubah"]


def table_of(rows: list[dict]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=COLUMNS)
    for column in COLUMNS[:6] + COLUMNS[7:]:
        table[column] = table[column].astype("str")
    table.insert(0, "kode", list(string.ascii_uppercase[: len(rows)]))
    table.index = range(100, 100 + len(rows))
    return table


few = settings(max_examples=15)  # each example searches and merges several times


@few
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_makes_no_difference(rows, random):
    table = table_of(rows)
    shuffled = table.iloc[random.sample(range(len(rows)), len(rows))]
    one, other = find(table, key="kode"), find(shuffled, key="kode")
    pd.testing.assert_frame_equal(one.table, other.table)
    pd.testing.assert_frame_equal(one.entities, other.entities)
    pd.testing.assert_frame_equal(one.conflicts, other.conflicts)
    assert one.facts == other.facts
    merged = merge(table, one).table.set_index("kode")
    again = merge(shuffled, other).table.set_index("kode").loc[merged.index]
    pd.testing.assert_frame_equal(merged, again)


@few
@given(ROWS, st.booleans())
def test_what_was_merged_can_be_taken_apart(rows, standardise):
    table = table_of(rows)
    before = table.copy()
    found = find(table, key="kode")
    merged = merge(table, found, standardise=standardise)
    pd.testing.assert_frame_equal(table, before)
    pd.testing.assert_frame_equal(merged.undo(), table)
    for entity, members in merged.log.members.groupby("entity"):
        pd.testing.assert_frame_equal(unmerge(merged.log, entity), table[table["kode"].isin(members["kode"])])
        apart = merged.undo(entity)
        mine = apart["kode"].isin(members["kode"])
        pd.testing.assert_frame_equal(apart[mine], table[table["kode"].isin(members["kode"])])
        assert len(apart) == len(merged.table) + len(members) - 1
    # every value of a merged row is a value of one of its sources, or its standard form
    assert set(merged.table["poin"]) <= set(table["poin"])


@few
@given(ROWS)
def test_merging_again_changes_nothing(rows):
    table = table_of(rows)
    found = find(table, key="kode")
    once = merge(table, found)
    twice = merge(once.table, found)
    pd.testing.assert_frame_equal(once.table, twice.table)
    assert twice.facts["merged_entities"] == 0


@few
@given(ROWS)
def test_entities_are_classes_and_keep_apart_what_contradicts(rows):
    found = find(table_of(rows), key="kode")
    entities = found.entities
    assert sorted(entities["kode"]) == list(string.ascii_uppercase[: len(rows)])
    for entity, members in entities.groupby("entity"):
        assert entity == members["kode"].min()
        assert (members["rows"] == len(members)).all()
    contradicted = found.table[found.table["rule"].notna() & (found.table["score"] == 0)]
    for left, right in zip(contradicted["left"], contradicted["right"], strict=True):
        assert found.entity_of[left] != found.entity_of[right]


@few
@given(ROWS)
def test_blocks_never_change_a_score(rows):
    table = table_of(rows)
    whole = find(table, key="kode")
    wide = whole.table.set_index(["left", "right"])["score"].to_dict()
    narrow = find(table, key="kode", blocks=["phone"]).table.set_index(["left", "right"])["score"].to_dict()
    for left, right in set(wide) & set(narrow):
        assert wide[left, right] == narrow[left, right]
        assert wide[left, right] == whole.why(right, left).facts["score"]


@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=15),
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda p: p[0] != p[1]), max_size=6),
)
def test_links_join_and_never_what_is_apart(links, apart):
    made = cluster(8, links, apart)
    assert all(made.head[h] == h for h in made.head)
    assert all(made.head[a] != made.head[b] for a, b in apart)
    refused = {(a, b) for a, b, *_ in made.refused}
    for a, b in links:
        assert made.head[a] == made.head[b] or (a, b) in refused


@few
@given(ROWS, st.floats(0.05, 0.95))
def test_a_higher_threshold_finds_no_more(rows, threshold):
    found = find(table_of(rows), key="kode", threshold=0.99, review=0.02)
    truth = {key: key in "AB" for key in found.entities["kode"]}
    table = curve(found, {k: "one" if v else k for k, v in truth.items()}, thresholds=(threshold, 0.5)).table
    assert (np.diff(table["found"]) <= 0).all()
    assert (np.diff(table["right"]) <= 0).all()
    known = table.dropna(subset=["precision"])
    assert ((known["precision_low"] <= known["precision"]) & (known["precision"] <= known["precision_high"])).all()
    assert (table["recall"] <= table["recall_high"]).all()
