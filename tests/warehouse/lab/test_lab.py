"""What the lab runs, says, and takes back."""

from __future__ import annotations

import pytest

import crmlab as crm
from crmlab.warehouse.lab import sql_lab


def codes(result):
    return [note.code for note in result.notes]


def count(lab, table="people"):
    return lab.run(f"SELECT count(*) FROM {table}").table.iloc[0, 0]


def test_a_select_gives_its_rows_and_counts_them(lab):
    answer = lab.run("SELECT id, amount FROM orders ORDER BY order_id")
    assert answer.kind == "lab.answer"
    assert answer.table["id"].isna().tolist() == [False, False, True]
    assert answer.table["id"].tolist()[:2] == [1, 1]
    assert answer.facts["n"] == 3


def test_a_long_answer_is_cut_and_still_counted(lab):
    answer = lab.run("SELECT range AS i FROM range(250001)")
    assert (len(answer.table), answer.facts["n"]) == (100_000, 250_001)
    assert codes(answer) == ["lab.cut"]
    assert "250,001" in answer.notes[0].render("en")


def test_two_columns_of_one_name_stay_two(lab):
    assert list(lab.run("SELECT 1 AS a, 2 AS a").table.columns) == ["a", "a_2"]


def test_delete_without_where_says_how_many_rows(lab):
    change = lab.run("DELETE FROM people")
    assert change.kind == "lab.change"
    assert change.facts["n"] == 4
    assert codes(change) == ["lab.no_where"]
    assert "4" in change.notes[0].render("id")
    assert (change.facts["rows_before"], change.facts["rows_after"]) == (4, 0)
    assert codes(lab.run("DELETE FROM orders WHERE id = 99")) == ["lab.nothing_changed"]
    assert codes(lab.run("UPDATE orders SET amount = 1 WHERE order_id = 10")) == []


def test_every_change_can_be_taken_back_one_by_one(lab):
    lab.run("INSERT INTO people VALUES (5, '0800', 'Solo')")
    lab.run("UPDATE people SET city = 'x'")
    assert lab.run("DROP TABLE orders").facts["n"] == 3
    lab.run("CREATE VIEW few AS SELECT * FROM people WHERE id < 3")
    assert count(lab, "few") == 2
    lab.undo()
    with pytest.raises(crm.UserError):
        count(lab, "few")
    lab.undo()
    assert count(lab, "orders") == 3
    lab.undo()
    assert lab.run("SELECT DISTINCT city FROM people WHERE city = 'x'").facts["n"] == 0
    lab.undo()
    assert count(lab) == 4
    with pytest.raises(crm.UserError) as caught:
        lab.undo()
    assert caught.value.code == "lab.nothing_to_undo"


def test_undo_and_change_again_many_times(lab):
    for i in range(12):
        lab.run(f"INSERT INTO orders VALUES ({i}, 1, {i})")
    assert count(lab, "orders") == 15
    for _ in range(5):
        lab.undo()
    assert count(lab, "orders") == 10
    lab.run("DELETE FROM orders WHERE amount > 100")
    assert count(lab, "orders") == 10
    lab.undo()
    lab.reset()
    assert count(lab, "orders") == 3


def test_where_memory_is_short_there_are_fewer_steps_back_and_work_goes_on():
    lab = sql_lab({"t": {"a": list(range(400_000)), "b": [f"text {i}" for i in range(400_000)]}}, memory="60MB")
    for i in range(6):
        lab.run(f"UPDATE t SET a = {i} WHERE a = {i + 1}")
    steps = len(lab._past)
    assert 1 <= steps < 5
    for _ in range(steps):
        lab.undo()
    assert count(lab, "t") == 400_000


def test_a_view_follows_its_table_through_later_changes(lab):
    lab.run("CREATE VIEW bogor AS SELECT * FROM people WHERE city = 'Bogor'")
    lab.run("UPDATE people SET city = 'Bogor'")
    assert count(lab, "bogor") == 4
    lab.undo()
    assert count(lab, "bogor") == 2


def test_what_fails_changes_nothing_and_leaves_no_step(lab):
    with pytest.raises(crm.UserError):
        lab.run("INSERT INTO people VALUES (1)")
    with pytest.raises(crm.UserError):
        lab.run("UPDATE people SET id = 'many'")
    with pytest.raises(crm.UserError) as caught:
        lab.undo()
    assert caught.value.code == "lab.nothing_to_undo"
    assert count(lab) == 4


@pytest.mark.parametrize(
    ("sql", "code", "near"),
    [
        ("SELECT * FROM peple", "unknown_table", "people"),
        ("SELECT ctiy FROM people", "unknown_column", "city"),
        ("SELECT amount FROM people", "unknown_column", "amount"),
        ("SELECT p.id FROM people", "unknown_alias", "people"),
        ("SELECT id FROM people JOIN orders ON people.id = orders.id", "ambiguous_column", "people.id"),
        ("SELECT * FROM people JOIN orders USING (order)", "syntax", None),
        ("SELECT * FROM people JOIN orders USING (citi)", "unknown_column", "city"),
        ("SELECT city, count(*) FROM people", "not_grouped", None),
        ("SELECT city FROM people WHERE count(*) > 1", "aggregate_in_where", None),
        ("SELEC * FROM people", "syntax", "SELECT"),
        ("SELECT 'abc", "unfinished", None),
        ("SELECT contains_it(1)", "unknown_function", None),
        ("SELECT sum(city) FROM people", "wrong_arguments", None),
        ("INSERT INTO people VALUES (1)", "wrong_count", None),
        ("SELECT CAST(city AS INTEGER) FROM people", "not_convertible", None),
        ("CREATE TABLE people (a INTEGER)", "already_there", None),
        ("", "empty", None),
        ("-- nothing", "empty", None),
    ],
)
def test_a_mistake_is_said_in_both_languages_with_its_place(lab, sql, code, near):
    with pytest.raises(crm.UserError) as caught:
        lab.run(sql)
    error = caught.value
    assert error.code == f"lab.{code}"
    assert error.render("id") != error.render("en")
    if near:
        assert near in error.render("id")
    if code in ("unknown_table", "unknown_column", "syntax", "not_grouped"):
        assert "^" in error.render("en") or code == "unknown_column"


def test_a_lost_column_is_told_where_it_stands(lab):
    with pytest.raises(crm.UserError, match=r"orders\.amount"):
        lab.run("SELECT amount FROM people")


def test_every_result_explains_itself(lab):
    for result in (lab.run("SELECT 1"), lab.run("DELETE FROM people WHERE id = 1"), lab.tables()):
        for lang in crm.labels.LANGUAGES:
            for depth in ("short", "method", "reference"):
                assert len(result.explain(lang, depth)) > 5


def test_curly_brackets_in_sql_are_no_placeholders(lab):
    answer = lab.run("SELECT {'a': 1} AS s")
    assert "{'a': 1}" in answer.explain("en", "method")


def test_tables_are_listed_as_they_are_now(lab):
    lab.run("CREATE TABLE extra AS SELECT 1 AS one")
    assert lab.tables().table.set_index("table")["rows"].to_dict() == {"extra": 1, "orders": 3, "people": 4}


def test_own_tables_and_files(tmp_path):
    import pandas as pd

    path = tmp_path / "t.parquet"
    pd.DataFrame({"a": [1, 2]}).to_parquet(path)
    lab = sql_lab({"t": path, "u": pd.DataFrame({"b": [3]})})
    assert lab.run("SELECT sum(a) + max(b) AS s FROM t, u").table["s"].tolist() == [1 + 2 + 3]
    with pytest.raises(crm.UserError) as caught:
        sql_lab({"t": tmp_path / "none.parquet"})
    assert caught.value.code == "lab.no_file"


def test_cells_of_a_notebook_run_in_the_lab(lab, capsys):
    from IPython.testing.globalipapp import start_ipython

    with pytest.raises(crm.UserError) as caught:
        lab.magic()
    assert caught.value.code == "lab.no_notebook"
    shell = start_ipython()
    from unittest import mock

    with mock.patch("IPython.get_ipython", return_value=shell):
        lab.magic()
    answer = shell.run_cell_magic("sql", "", "SELECT count(*) AS n\nFROM people")
    assert answer.table["n"].tolist() == [4]
    assert shell.run_cell_magic("sql", "", "SELECT * FROM peple") is None
    assert "people" in capsys.readouterr().out
