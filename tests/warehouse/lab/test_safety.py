"""Nothing that is typed into the lab reaches a file, the network, the settings or the shared data."""

from __future__ import annotations

import hashlib
import time

import duckdb
import pytest

import crmlab as crm
from crmlab.warehouse.lab import sql_lab
from crmlab.warehouse.lab.statements import statements

REFUSED = [
    "COPY people TO '{folder}/out.csv'",
    "COPY people FROM '{secret}'",
    "EXPORT DATABASE '{folder}/db'",
    "IMPORT DATABASE '{folder}'",
    "ATTACH '{folder}/other.db'",
    "ATTACH ':memory:' AS mine",
    "DETACH lab_0",
    "USE system",
    "INSTALL httpfs",
    "LOAD httpfs",
    "FORCE INSTALL httpfs",
    "UPDATE EXTENSIONS",
    "SET memory_limit = '64GB'",
    "SET VARIABLE x = 1",
    "RESET threads",
    "PRAGMA threads = 64",
    "PRAGMA database_list",
    "CALL duckdb_tables()",
    "CHECKPOINT",
    "VACUUM",
    "BEGIN",
    "COMMIT",
    "PREPARE p AS DELETE FROM people",
    "EXECUTE p",
    "DEALLOCATE p",
    "CREATE SECRET s (TYPE S3)",
    "CREATE MACRO f(x) AS x + 1",
    "CREATE TYPE mood AS ENUM ('sad')",
    "CREATE SEQUENCE s",
    "CREATE SCHEMA s",
    "CREATE TEMP TABLE t AS SELECT 1",
    "CREATE OR REPLACE TEMPORARY VIEW t AS SELECT 1",
    "DROP SCHEMA main CASCADE",
    "DROP MACRO f",
    "ALTER SEQUENCE s OWNED BY people",
    "EXPLAIN ANALYZE DELETE FROM people",
    "EXPLAIN DELETE FROM people",
    "EXPLAIN COPY people TO '{folder}/out.csv'",
    "MERGE INTO people USING orders ON people.id = orders.id WHEN MATCHED THEN DELETE",
    "COMMENT ON TABLE people IS 'x'",
]
CLOSED = [
    "SELECT * FROM read_csv('{secret}')",
    "SELECT * FROM read_csv_auto('{secret}')",
    "SELECT * FROM read_text('{secret}')",
    "SELECT * FROM read_blob('{secret}')",
    "SELECT * FROM read_parquet('{folder}/*.parquet')",
    "SELECT * FROM read_json('{secret}')",
    "SELECT * FROM sniff_csv('{secret}')",
    "SELECT * FROM glob('{folder}/*')",
    "SELECT * FROM '{secret}'",
    "SELECT * FROM '{folder}/t.parquet'",
    "SELECT * FROM 'http://localhost/x.parquet'",
    "SELECT * FROM read_parquet('s3://bucket/x.parquet')",
    "SELECT * FROM parquet_scan('{folder}/t.parquet')",
    "SELECT * FROM parquet_metadata('{folder}/t.parquet')",
    "CREATE TABLE stolen AS SELECT * FROM read_text('{secret}')",
    "INSERT INTO people SELECT 9, content, NULL FROM read_text('{secret}')",
    "CREATE VIEW stolen AS SELECT * FROM read_text('{secret}')",
    "SELECT * FROM query('COPY people TO ''{folder}/out.csv''')",
    "SELECT getenv('HOME')",
    "SELECT * FROM sqlite_scan('{secret}', 't')",
    "SELECT * FROM secret_frame",
]


@pytest.fixture
def places(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the word is xyzzy\n", encoding="utf-8")
    duckdb.sql("SELECT 'xyzzy' AS word").write_parquet(str(tmp_path / "t.parquet"))
    return {"folder": tmp_path, "secret": secret}


@pytest.mark.parametrize("sql", REFUSED)
def test_a_statement_of_another_kind_is_refused_before_it_runs(lab, places, sql):
    before = sorted(places["folder"].iterdir())
    with pytest.raises(crm.UserError) as caught:
        lab.run(sql.format(**places))
    assert caught.value.code in ("lab.refused", "lab.syntax", "lab.unfinished", "lab.not_one_select")
    assert lab.run("SELECT count(*) FROM people").table.iloc[0, 0] == 4
    assert sorted(places["folder"].iterdir()) == before


@pytest.mark.parametrize("sql", CLOSED)
def test_no_function_reaches_a_file_or_the_network(lab, places, sql):
    secret_frame = __import__("pandas").DataFrame({"word": ["xyzzy"]})  # a variable is no table
    assert len(secret_frame) == 1
    try:
        shown = lab.run(sql.format(**places))
    except crm.UserError as refused:
        assert "xyzzy" not in refused.render("en")
    else:
        assert "xyzzy" not in shown.table.to_string()
        with pytest.raises(crm.UserError):
            lab.run("SELECT * FROM stolen")


def test_a_statement_among_others_is_refused_before_the_first_runs(lab):
    with pytest.raises(crm.UserError):
        lab.run("DELETE FROM people; COPY people TO '/tmp/x'")
    assert lab.run("SELECT count(*) FROM people").table.iloc[0, 0] == 4


def test_a_delete_hidden_in_a_select_does_not_delete(lab):
    with pytest.raises(crm.UserError) as caught:
        lab.run("WITH gone AS (DELETE FROM people RETURNING *) SELECT * FROM gone")
    assert caught.value.code == "lab.change_inside_select"
    assert lab.run("SELECT count(*) FROM people").table.iloc[0, 0] == 4


def test_the_settings_are_locked_even_without_the_list(lab):
    """Two doors: were a statement to pass the list, the locked connection would still stop it."""
    for sql in ("SET enable_external_access = true", "SET memory_limit = '64GB'", "COPY people TO '/tmp/never.csv'"):
        with pytest.raises(duckdb.Error):
            lab._connection.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM range(100000) a, range(100000) b, range(1000) c",
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r",
        "SELECT * FROM range(1000000) a, range(1000000) b",
        "CREATE TABLE big AS SELECT * FROM range(100000) a, range(100000) b",
        "SELECT list(a.range) FROM range(100000) a, range(100000) b",
    ],
)
def test_what_does_not_end_is_ended(sql):
    lab = sql_lab({"t": {"a": [1]}}, seconds=1, memory="100MB")
    start = time.monotonic()
    with pytest.raises(crm.UserError) as caught:
        lab.run(sql)
    assert caught.value.code in ("lab.too_slow", "lab.too_large")
    assert time.monotonic() - start < 60  # its limit is 3 s; a busy machine may take long to hear the bell
    assert lab.run("SELECT * FROM t").facts["n"] == 1, "the lab goes on"


def test_a_view_without_end_is_not_counted():
    lab = sql_lab({"t": {"a": [1]}}, seconds=1)
    lab.run("CREATE VIEW endless AS SELECT * FROM range(100000) a, range(100000) b, range(100000) c")
    start = time.monotonic()
    rows = lab.tables().table.set_index("table")["rows"]
    assert rows["t"] == 1
    assert rows.isna()["endless"]
    with pytest.raises(crm.UserError):
        lab.run("SELECT count(*) FROM endless")
    assert time.monotonic() - start < 10


def test_the_data_set_is_as_it_was():
    shop = crm.datasets.load_retail("S")
    files = [shop.path(name) for name in shop.names]
    before = {f: hashlib.sha256(f.read_bytes()).hexdigest() for f in files}
    lab = sql_lab()
    lab.run("DELETE FROM fact_order")
    lab.run("DROP TABLE dim_customer")
    assert {f: hashlib.sha256(f.read_bytes()).hexdigest() for f in files} == before
    other = sql_lab()
    assert other.run("SELECT count(*) FROM fact_order").table.iloc[0, 0] == shop.rows("fact_order")


def test_personal_data_are_masked_however_they_are_asked_for():
    shop = crm.datasets.load_retail("S", "clean")
    people = shop.tables["customers"]
    lab = sql_lab(layers=("clean",))
    asked = [
        "SELECT name, phone, email, address, national_id FROM customers",
        "SELECT upper(name) AS x, phone AS y, concat('x', national_id) FROM customers",
        "SELECT reverse(address), lower(email) FROM customers",
        "SELECT list(name) FROM customers",
    ]
    shown = " ".join(str(lab.run(sql).table.to_dict("records")) for sql in asked).lower()
    for column in ("name", "phone", "national_id", "email"):
        for value in people[column].dropna().head(200):
            assert str(value).lower() not in shown
            if len(str(value)) > 12:
                assert str(value).lower()[::-1] not in shown
    assert lab.run("SELECT DISTINCT month(born_on) AS m FROM customers WHERE born_on IS NOT NULL").table[
        "m"
    ].tolist() == [1]
    assert "lab.masked" in [n.code for n in lab.run("SELECT phone FROM customers").notes]
    assert (
        lab.run("SELECT count(DISTINCT customer_id) AS n FROM customers").table["n"][0]
        == people["customer_id"].nunique()
    )


def test_a_table_of_ones_own_is_masked_in_every_shape_that_it_has():
    people = {
        "customer_id": [1, 2],
        "name": ["Siti Rahma", "Budi"],
        "phone": [81234567890, 81298765432],
        "nik": [3201014101900001.0, None],
        "emails": [["siti@contoh.id", "rahma@contoh.id"], []],
        "phone_calls": [3, 4],
        "email_opt_in": [True, False],
    }
    lab = sql_lab({"people": people, "products": {"name": ["Panci"], "price": [5]}})
    shown = lab.run("SELECT * FROM people ORDER BY customer_id").table
    said = str(shown.to_dict("records"))
    for secret in ("Rahma", "rahma", "siti", "Budi", "345678", "41019"):
        assert secret not in said
    assert shown["phone_calls"].tolist() == [3, 4]
    assert shown["email_opt_in"].tolist() == [True, False]
    assert lab.masked_columns == {"name", "phone", "nik", "emails"}
    assert lab.run("SELECT name FROM products").table["name"].tolist() == ["Panci"]


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE lab_0.people",
        'DELETE FROM "lab_0".people',
        "DELETE FROM lab_0.main.people",
        "INSERT INTO memory.main.q SELECT 1",
        "CREATE TABLE memory.main.q AS SELECT 1",
        "UPDATE lab_0.people SET city = NULL",
    ],
)
def test_the_steps_back_can_not_be_changed(lab, sql):
    lab.run("DELETE FROM people WHERE id = 1")
    with pytest.raises(crm.UserError) as caught:
        lab.run(sql)
    assert caught.value.code == "lab.refused"
    lab.undo()
    assert lab.run("SELECT count(*) AS n FROM main.people").table["n"].tolist() == [4]


def test_who_may_see_them_says_so():
    lab = sql_lab({"t": {"phone": ["081234567890"]}}, masked=False)
    assert lab.run("SELECT phone FROM t").table["phone"].tolist() == ["081234567890"]


@pytest.mark.parametrize(
    ("sql", "verb", "table", "where"),
    [
        ("delete from people", "DELETE", "people", False),
        ('DELETE FROM "people" WHERE id = 1', "DELETE", "people", True),
        ("DELETE FROM people -- WHERE id = 1", "DELETE", "people", False),
        ("DELETE FROM people /* WHERE */", "DELETE", "people", False),
        ("UPDATE people SET city = 'WHERE'", "UPDATE", "people", False),
        ("UPDATE people SET id = (SELECT max(id) FROM orders WHERE id > 1)", "UPDATE", "people", False),
        ("UPDATE main.people SET id = 1 WHERE id = 2", "UPDATE", "people", True),
        ("WITH x AS (SELECT 1) DELETE FROM people WHERE id = 1", "DELETE", "people", True),
        ("TRUNCATE people", "DELETE", "people", False),
        ("INSERT INTO people VALUES (1, NULL, NULL)", "INSERT", "people", True),
        ("CREATE OR REPLACE TABLE t AS SELECT 1", "CREATE", "t", True),
        ("CREATE TABLE IF NOT EXISTS t (a INTEGER)", "CREATE", "t", True),
        ("DROP TABLE IF EXISTS people", "DROP", "people", True),
        ("FROM people", "SELECT", "", True),
        ("EXPLAIN SELECT 1", "SELECT", "", True),
    ],
)
def test_what_a_statement_changes_is_read_from_its_words(sql, verb, table, where):
    (found,) = statements(sql)
    assert (found.verb, found.table, found.where) == (verb, table, where)
