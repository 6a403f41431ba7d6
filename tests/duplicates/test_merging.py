"""Merging: which value survives by which rule, where it came from, and the exact way back."""

from __future__ import annotations

import pandas as pd
import pytest

import crmlab as crm
from crmlab.duplicates import Survivor, find, merge, unmerge


@pytest.fixture
def three():
    """Three rows of one customer from three systems; each knows something else."""
    return pd.DataFrame(
        {
            "id": [10, 11, 12],
            "nama": ["Rina Lubsi", "Rina Lubis", "RINA LUBIS, S.E."],
            "hp": ["0812-3456-7890", "081234567890", "0812 9999 0000"],
            "email": ["rina@contoh.id", None, "rina@contoh.id"],
            "kota": [None, "Depok", "Bogor"],
            "tgl_ubah": pd.to_datetime(["2020-05-01", "2021-03-01", None]),
            "sumber": pd.Categorical(["web", "pos", "pos"]),
            "poin": pd.array([5, None, 9], dtype="Int64"),
            "saldo": [1.5, 2.5, 3.5],
        },
        index=["r", "s", "t"],
    )


@pytest.fixture
def found(three):
    """Found by decision: what survives is what is asked here."""
    told = pd.DataFrame({"left": [10, 11], "right": [11, 12], "verdict": "match"})
    return find(three, key="id", decisions=told)


@pytest.mark.parametrize(
    ("column", "rule", "value", "from_key"),
    [
        ("nama", "longest", "RINA LUBIS, S.E.", 12),
        ("nama", "first", "Rina Lubsi", 10),
        ("nama", ("most_recent", "tgl_ubah"), "Rina Lubis", 11),
        ("nama", Survivor("oldest", by="tgl_ubah"), "Rina Lubsi", 10),
        ("nama", ("source_priority", "sumber", ("pos", "web")), "RINA LUBIS, S.E.", 12),
        ("hp", "most_frequent", "+6281234567890", 10),
        ("email", ("most_recent", "tgl_ubah"), "rina@contoh.id", 10),  # the most recent row has none
        ("kota", "first", "Depok", 11),  # a gap never wins
        ("poin", "most_complete", 5, 10),
        ("saldo", ("source_priority", "sumber", ("web",)), 1.5, 10),
    ],
)
def test_the_rule_picks_the_value_and_says_where_it_is_from(three, found, column, rule, value, from_key):
    merged = merge(three, found, rules={column: rule})
    assert merged.table[column].tolist() == [value]
    line = merged.log.lineage.set_index("column").loc[column]
    assert line["from_key"] == from_key
    assert line["rule"] == (rule if isinstance(rule, str) else rule.rule if isinstance(rule, Survivor) else rule[0])


def test_the_usual_spelling_wins_over_a_slip_of_the_pen(pos, truth):
    """The misspelt names of PT XYZ's second entries are mended by what the whole table says."""
    pairs, _ = truth
    found = find(pos, key="KODE_PLG")
    merged = merge(pos, found)
    first = pos.set_index("KODE_PLG")["NAMA"].str.casefold()
    kept = merged.table.set_index("KODE_PLG")["NAMA"].str.casefold()
    spoilt = [(a, b) for a, b in pairs.itertuples(index=False) if first[a] != first[b] and a in kept.index]
    assert len(spoilt) >= 5
    right = sum(kept[a] == first[a] for a, _ in spoilt)
    assert right == len(spoilt)


def test_rows_add_up_and_types_stay(three, found):
    merged = merge(three, found)
    assert list(merged.table.columns) == list(three.columns)
    assert merged.table.index.tolist() == ["r"]
    pd.testing.assert_series_equal(merged.table.dtypes.drop("hp"), three.dtypes.drop("hp"))
    facts = merged.facts
    assert facts["rows_in"] - facts["merged_rows"] + facts["merged_entities"] == facts["rows_out"] == 1
    assert merged.report().table["values"].sum() == len(three.columns) - 1


def test_the_way_back_is_exact(three, found, pos):
    merged = merge(three, found)
    pd.testing.assert_frame_equal(unmerge(merged.log, 10), three)
    pd.testing.assert_frame_equal(merged.undo(), three)
    with pytest.raises(crm.UserError, match="no merged entity"):
        unmerge(merged.log, 11)
    whole = merge(pos, find(pos, key="KODE_PLG"))
    assert len(whole.table) < len(pos)
    pd.testing.assert_frame_equal(whole.undo(), pos)


def test_merging_the_merged_changes_nothing_and_says_why(pos):
    found = find(pos, key="KODE_PLG")
    once = merge(pos, found)
    twice = merge(once.table, found)
    pd.testing.assert_frame_equal(once.table, twice.table)
    assert twice.facts["merged_entities"] == 0
    assert any("merged before" in note.render("en") for note in twice.notes)


def test_numbers_are_written_in_one_form_only_if_wished(pos):
    found = find(pos, key="KODE_PLG")
    assert merge(pos, found).table["NO_HP"].str.startswith("+62").all()
    as_it_was = merge(pos, found, standardise=False).table
    assert not as_it_was["NO_HP"].str.startswith("+62").all()
    assert set(as_it_was["NO_HP"]) <= set(pos["NO_HP"])


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ({"nma": "first"}, "duplicates.no_column"),
        ({"id": "first"}, "duplicates.no_column"),
        ({"nama": "newest"}, "duplicates.unknown_rule"),
        ({"nama": "most_recent"}, "duplicates.rule_needs"),
        ({"nama": ("most_recent", "tanggal")}, "duplicates.no_column"),
        ({"nama": ("source_priority", "sumber")}, "duplicates.rule_needs"),
    ],
)
def test_rules_that_can_not_be_used_are_said(three, found, rules, code):
    with pytest.raises(crm.UserError) as caught:
        merge(three, found, rules=rules)
    assert caught.value.code == code


def test_another_table_is_refused(three, found):
    with pytest.raises(crm.UserError, match="does not have"):
        merge(three.rename(columns={"id": "nomor"}), found)
    with pytest.raises(crm.UserError, match="not searched"):
        merge(three.assign(id=[10, 11, 99]), found)


def test_tables_of_pandas_with_arrow_behind_them_are_merged_too():
    table = pd.DataFrame(
        {"id": [1, 2, 3], "nama": ["Budi Santoso", "BUDI SANTOSO", None], "hp": ["0812-3456-7890"] * 3}
    )
    table.loc[2, "hp"] = None
    plain = merge(table, find(table, key="id"))
    table = table.convert_dtypes(dtype_backend="pyarrow")
    merged = merge(table, find(table, key="id"))
    assert merged.facts == plain.facts and merged.facts["rows_out"] == 2
    assert unmerge(merged.log, 1).equals(table.iloc[:2])
