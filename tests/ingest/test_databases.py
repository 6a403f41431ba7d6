"""Frames, Parquet and databases."""

import decimal
import sqlite3

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import crmlab as crm
from crmlab.errors import UserError

ROWS = [("A1", "2020-12-31", "P1", 5.5), ("A2", "2020-12-30", None, 7.0)]
COLUMNS = "order_id TEXT, order_date TEXT, customer_id TEXT, amount REAL"


@pytest.fixture
def lite():
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE TABLE sales ({COLUMNS})")
    connection.executemany("INSERT INTO sales VALUES (?, ?, ?, ?)", ROWS)
    yield connection
    connection.close()


@pytest.fixture
def duck():
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE sales (order_id TEXT, ordered_at TIMESTAMP, customer_id INTEGER, amount DECIMAL(18, 2))"
    )
    connection.execute(
        "INSERT INTO sales VALUES ('A1', '2020-12-31 09:30', 17850, 5.50), ('A2', '2020-12-30', NULL, 7)"
    )
    yield connection
    connection.close()


def test_sqlite_by_its_only_table_by_name_and_by_query(lite):
    for options in ({}, {"table": "sales"}, {"query": "SELECT * FROM sales WHERE amount > 1;"}):
        mine = crm.ingest.read(lite, **options)
        assert mine.table["amount"].tolist() == [5.5, 7]
        assert mine.table["customer_id"].isna().tolist() == [False, True]


def test_duckdb_types_survive(duck):
    mine = crm.ingest.read(duck, query="FROM sales ORDER BY order_id")
    assert mine.table["amount"].tolist() == [5.5, 7]
    assert mine.table["customer_id"].fillna("?").tolist() == ["17850", "?"]
    assert mine.table["ordered_at"].tolist()[0] == pd.Timestamp("2020-12-31 09:30")


def test_several_tables_are_asked(lite):
    lite.execute("CREATE TABLE other (a)")
    with pytest.raises(UserError) as caught:
        crm.ingest.read(lite)
    assert (caught.value.code, caught.value.values["questions"][0].choices) == (
        "ingest.which_table",
        ("other", "sales"),
    )
    with pytest.raises(UserError) as caught:
        crm.ingest.read(lite, table="sale")
    assert (caught.value.code, caught.value.near) == ("ingest.unknown_table", ("sales",))


@pytest.mark.parametrize(
    "query",
    [
        "DROP TABLE sales",
        "SELECT 1; DROP TABLE sales",
        "DELETE FROM sales",
        "INSERT INTO sales VALUES (1, 2, 3, 4)",
        "WITH gone AS (DELETE FROM sales RETURNING *) SELECT * FROM gone",
        "ATTACH 'x.db' AS x",
        "PRAGMA table_info(sales)",
        "COPY sales TO 'x.csv'",
    ],
)
def test_only_reading_is_allowed(lite, duck, query):
    for connection in (lite, duck):
        with pytest.raises(UserError) as caught:
            crm.ingest.read(connection, query=query)
        assert caught.value.code in ("ingest.not_a_select", "ingest.unreadable_query")
        assert len(connection.execute("SELECT * FROM sales").fetchall()) == 2


def test_a_table_name_is_never_sql(lite):
    lite.execute('CREATE TABLE "a""; DROP TABLE sales; --" (order_id, tgl, customer_id, amount)')
    lite.execute("""INSERT INTO "a""; DROP TABLE sales; --" VALUES ('A1', '2020-12-31', 'P1', 5)""")
    assert len(crm.ingest.read(lite, table='a"; DROP TABLE sales; --').table) == 1
    assert len(crm.ingest.read(lite, table="sales").table) == 2


def test_a_failing_query_says_why(lite, duck):
    for connection in (lite, duck):
        with pytest.raises(UserError, match="nothing_here"):
            crm.ingest.read(connection, query="SELECT * FROM nothing_here")


def test_database_files_are_opened_for_reading_only(tmp_path):
    path = tmp_path / "shop.db"
    with sqlite3.connect(path) as connection:
        connection.execute(f"CREATE TABLE sales ({COLUMNS})")
        connection.executemany("INSERT INTO sales VALUES (?, ?, ?, ?)", ROWS)
    connection.close()
    assert crm.ingest.read(path).facts["rows_kept"] == 2
    path = tmp_path / "shop.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "CREATE TABLE sales AS SELECT 'A1' order_id, DATE '2020-12-31' ordered_at, 'P1' customer_id, 5 amount"
        )
    assert crm.ingest.read(path).table["amount"].tolist() == [5]


def test_an_sqlalchemy_like_engine():
    """SQLAlchemy is no dependency; what crmlab asks of it is spelled out here."""

    class Result:
        def __init__(self):
            self.left = list(ROWS)

        def keys(self):
            return ["order_id", "order_date", "customer_id", "amount"]

        def fetchmany(self, n):
            some, self.left = self.left[:n], self.left[n:]
            return some

    class Connection:
        dialect = type("D", (), {"name": "postgresql"})

        def exec_driver_sql(self, query):
            assert query == "SELECT * FROM sales"
            return Result()

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

    class Engine:
        dialect = Connection.dialect

        def connect(self):
            return Connection()

    assert crm.ingest.read(Engine(), query="SELECT * FROM sales").table["amount"].tolist() == [5.5, 7]
    with pytest.raises(UserError) as caught:
        crm.ingest.read(Engine())
    assert caught.value.code == "ingest.which_query"


def test_parquet_with_decimals_dictionaries_and_gaps(tmp_path):
    path = tmp_path / "sales.parquet"
    table = pa.table(
        {
            "order_id": pa.array([1, None], pa.int32()),
            "ordered_at": pa.array([pd.Timestamp("2020-12-31"), pd.Timestamp("2020-12-30")]),
            "customer_id": pa.array([17850, None]),
            "amount": pa.array([decimal.Decimal("5.50"), decimal.Decimal("7.00")]),
            "channel": pa.array(["store", "web"]).dictionary_encode(),
        }
    )
    pq.write_table(table, path)
    mine = crm.ingest.read(path)
    assert mine.table[["order_id", "customer_id", "amount", "channel"]].values.tolist() == [
        ["1", "17850", 5.5, "store"]
    ]
    assert mine.quarantine["reason"].tolist() == ["missing_value"]


def test_a_frame_is_not_changed_and_its_index_counts(tmp_path):
    frame = pd.DataFrame(
        {"tgl": ["31/12/2020"], "pelanggan": ["P1"], "total": ["5"]}, index=pd.Index(["A1"], name="nota")
    )
    before = frame.copy(deep=True)
    assert crm.ingest.read(frame).table["order_id"].tolist() == ["A1"]
    pd.testing.assert_frame_equal(frame, before)


def test_a_frame_of_objects_and_categories():
    frame = pd.DataFrame(
        {
            "order_id": pd.Categorical(["A1", "A2"]),
            "date": [pd.Timestamp("2020-12-31"), pd.NaT],
            "customer_id": [b"P1", decimal.Decimal(3)],
            "amount": [decimal.Decimal("5.5"), None],
        }
    )
    mine = crm.ingest.read(frame)
    assert mine.table[["order_id", "customer_id", "amount"]].values.tolist() == [["A1", "P1", 5.5]]
    assert mine.facts["rows_refused"] == 1


def test_arrow_tables_relations_and_frames_on_arrow(duck):
    table = pa.table(
        {"order_id": ["A1", "A2"], "date": ["2020-12-31"] * 2, "customer_id": [17850, None], "amount": [5, 6]}
    )
    for source in (table, table.to_pandas(types_mapper=pd.ArrowDtype)):
        mine = crm.ingest.read(source)
        assert mine.table["amount"].tolist() == [5, 6]
        assert mine.table["customer_id"].fillna("?").tolist() == ["17850", "?"]
    typed = table.to_pandas(types_mapper=pd.ArrowDtype).assign(date=pd.Timestamp("2020-12-31"))
    assert len(crm.ingest.read(typed.convert_dtypes(dtype_backend="pyarrow")).table) == 2
    assert crm.ingest.read(duck.table("sales")).table["amount"].tolist() == [5.5, 7]


def test_what_can_not_be_read_says_so():
    with pytest.raises(UserError) as caught:
        crm.ingest.read(42)
    assert caught.value.code == "ingest.unknown_source"
    with pytest.raises(UserError) as caught:
        crm.ingest.read(pd.DataFrame())
    assert caught.value.code == "ingest.empty_file"
