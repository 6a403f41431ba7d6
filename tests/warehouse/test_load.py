"""A load is whole or nothing, twice is once, and what was said stays said."""

from __future__ import annotations

import datetime as dt
import threading

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crmlab.errors import UserError
from crmlab.warehouse import Warehouse

RULES = {
    "keys": {"customers": "customer_id", "sales": "order_id"},
    "history": {"customers": {"valid_from": "since", "type2": ["city"]}},
    "links": {"sales": {"customer_id": {"to": "customers", "on": "day"}}},
}


def people(*rows):
    """(customer, city, since[, phone]) as a table."""
    return pd.DataFrame(
        [(*r, *("-",) * (4 - len(r))) for r in rows], columns=["customer_id", "city", "since", "phone"]
    ).astype({"since": "datetime64[us]"})


def sales(*rows):
    """(order, customer, day, amount) as a table."""
    frame = pd.DataFrame(rows, columns=["order_id", "customer_id", "day", "amount"])
    return frame.astype({"day": "datetime64[us]", "customer_id": "Int64"})


@pytest.fixture
def house(tmp_path):
    return Warehouse(tmp_path / "house")


@pytest.fixture
def january(house):
    house.load(
        {
            "customers": people((1, "Jakarta", "2020-01-01", "0811"), (2, "Bandung", "2020-01-01", "0812")),
            "sales": sales((1, 1, "2020-01-05", 10_000_000), (2, 2, "2020-01-06", 4)),
        },
        loaded_at="2020-02-01",
        source="pos",
        **RULES,
    )
    return house


def by_city(house, now=False, **of):
    on = "s.customer_id = c.customer_id AND c.is_current" if now else "s.customer_key = c.version_key"
    sql = f"SELECT city, sum(amount) FROM sales s JOIN customers c ON {on} WHERE NOT s.is_deleted GROUP BY 1"
    return dict(house.snapshot(**of).query(sql))


def files(house):
    """Every file with its content; not the lock."""
    return {p: p.read_bytes() for p in house.folder.path.rglob("*") if p.is_file() and p.name != "LOCK"}


# -- the four characteristics (mission map W01)


def test_subject_oriented_one_table_a_subject_whatever_the_source(january):
    january.load({"customers": people((3, "Depok", "2020-02-02"))}, loaded_at="2020-02-02", source="web")
    assert january.tables == ("customers", "sales")
    assert january.query("SELECT count(DISTINCT customer_id) FROM customers") == [(3,)]


def test_integrated_every_value_is_of_the_one_type_that_the_warehouse_has(january):
    text = pa.table({"order_id": ["3"], "customer_id": [1], "day": [dt.date(2020, 1, 7)], "amount": [7.0]})
    january.load({"sales": text}, loaded_at="2020-02-02")
    assert january.query("SELECT order_id, amount FROM sales WHERE order_id = 3") == [(3, 7)]
    with pytest.raises(UserError) as caught:
        january.load({"sales": text.set_column(0, "order_id", [["A-7"]])}, loaded_at="2020-02-03")
    assert caught.value.code == "warehouse.type_changed" and caught.value.rows == (1,)


def test_time_variant_what_was_said_in_january_is_unchanged_by_february(january):
    before = january.snapshot().fingerprint()
    january.load(
        {"customers": people((1, "Depok", "2020-01-03")), "sales": sales((1, 1, "2020-01-05", 9_000_000))},
        loaded_at="2020-03-01",
        deleted={"sales": [2]},
    )
    assert january.snapshot(as_of="2020-02-28").fingerprint() == before == january.snapshot(load=1).fingerprint()
    assert by_city(january, as_of="2020-02-28") == {"Jakarta": 10_000_000, "Bandung": 4}
    assert by_city(january) == {"Depok": 9_000_000}


def test_non_volatile_no_load_changes_a_file_of_an_earlier_one(january):
    before = files(january)
    january.load({"sales": sales((1, 1, "2020-01-05", 1))}, loaded_at="2020-03-01", deleted={"customers": [2]})
    after = files(january)
    changed = {p.name for p in before if after.get(p) != before[p]}
    assert changed == {"CURRENT"}


# -- once is enough


def test_the_same_batch_again_changes_nothing(january):
    before = files(january)
    again = january.load(
        {
            "sales": sales((2, 2, "2020-01-06", 4), (1, 1, "2020-01-05", 10_000_000)),
            "customers": people((1, "Jakarta", "2020-01-01", "0811"), (2, "Bandung", "2020-01-01", "0812")),
        },
        loaded_at="2020-02-09",
    )
    assert again.facts["changed"] is False and again.facts["load"] == 1 and again.facts["new"] == 0
    assert [n.code for n in again.notes] == ["warehouse.repeated"]
    assert files(january) == before


def test_moving_once_type_1_gives_16_type_2_gives_10_and_6(january):
    """Mission map W09: 10 million before the move, 6 million after it."""
    january.load(
        {"customers": people((1, "Depok", "2020-02-10", "0811")), "sales": sales((3, 1, "2020-02-15", 6_000_000))},
        loaded_at="2020-03-01",
    )
    then, now = by_city(january), by_city(january, now=True)
    assert (then["Jakarta"], then["Depok"]) == (10_000_000, 6_000_000)
    assert now["Depok"] == 16_000_000 and "Jakarta" not in now


def test_a_late_change_splits_the_version_and_sales_follow(january):
    january.load(
        {"customers": people((1, "Depok", "2020-03-01")), "sales": sales((3, 1, "2020-03-05", 5))},
        loaded_at="2020-04-01",
    )
    late = january.load({"customers": people((1, "Bogor", "2020-01-03"))}, loaded_at="2020-05-01")
    assert late.facts["versions_split"] == 1
    table = january.table("customers")
    mine = table[table["customer_id"] == 1]
    assert mine["city"].tolist() == ["Jakarta", "Bogor", "Depok"]
    assert mine["valid_to"].dt.strftime("%Y-%m-%d").tolist()[:2] == ["2020-01-02", "2020-02-29"]
    assert mine["is_current"].tolist() == [False, False, True]
    assert by_city(january) == {"Bogor": 10_000_000, "Depok": 5, "Bandung": 4}
    assert january.changes("customers").facts["changed_late"] == 1


def test_type_1_corrects_all_versions_and_opens_none(january):
    january.load({"customers": people((1, "Depok", "2020-02-10", "0811"))}, loaded_at="2020-03-01")
    loaded = january.load({"customers": people((1, "Depok", "2020-02-10", "0899"))}, loaded_at="2020-04-01")
    assert loaded.facts["versions_opened"] == 0
    mine = january.table("customers").query("customer_id == 1")
    assert mine["phone"].tolist() == ["0899", "0899"] and len(mine) == 2
    kinds = january.changes("customers").table
    assert kinds[["kind", "column", "before", "after"]].to_numpy().tolist() == [
        ["changed", "city", "Jakarta", "Depok"],
        ["corrected", "phone", "0811", "0899"],
    ]


def test_a_new_word_on_the_same_day_is_a_correction_of_that_version(january):
    loaded = january.load({"customers": people((1, "Bekasi", "2020-01-01", "0811"))}, loaded_at="2020-03-01")
    assert loaded.facts["versions_opened"] == 0 and loaded.facts["replaced"] == 1
    assert by_city(january)["Bekasi"] == 10_000_000
    assert january.changes().table["kind"].tolist() == ["corrected"]


def test_a_change_that_changes_nothing_is_no_version(january):
    january.load({"customers": people((1, "Jakarta", "2020-05-01", "0811"))}, loaded_at="2020-06-01")
    assert len(january.table("customers")) == 2


def test_without_a_day_in_the_source_a_change_holds_from_the_extract(house):
    rules = {**RULES, "history": {"customers": {"type1": ["phone"]}}}
    first = {"customers": people((1, "Jakarta", "2020-01-01")).drop(columns="since")}
    house.load({**first, "sales": sales((1, 1, "2020-01-05", 10))}, loaded_at="2020-02-01", **rules)
    house.load({"customers": people((1, "Depok", "2020-01-01")).drop(columns="since")}, loaded_at="2020-03-01")
    table = house.table("customers")
    assert table["valid_from"].dt.strftime("%Y-%m-%d").tolist() == ["1900-01-01", "2020-03-01"]
    assert by_city(house) == {"Jakarta": 10}


# -- late, corrected, deleted, unknown


def test_late_facts_join_the_version_that_held_then(january):
    january.load({"customers": people((1, "Depok", "2020-02-10"))}, loaded_at="2020-03-01")
    loaded = january.load({"sales": sales((9, 1, "2020-01-02", 70))}, loaded_at="2020-04-01")
    assert loaded.facts["late"] == 1
    assert january.query("SELECT customer_key FROM sales WHERE order_id = 9") == [("1@2020-01-01",)]


def test_a_corrected_row_replaces_and_is_logged_with_where_it_came_from(january):
    loaded = january.load({"sales": sales((2, 2, "2020-01-06", 5))}, loaded_at="2020-03-01", source="finance")
    assert loaded.facts["replaced"] == 1 and loaded.facts["new"] == 0
    change = january.changes("sales").table.iloc[0]
    assert change[["key", "kind", "column", "before", "after", "load_before", "load_id"]].tolist() == [
        *("2", "replaced", "amount", 4, 5, 1, 2),
    ]
    lineage = january.lineage("sales", 2)
    assert lineage.table["counts"].tolist() == [False, True]
    assert lineage.table["source"].tolist() == ["pos", "finance"]
    assert (lineage.facts["load"], lineage.facts["row"]) == (2, 1)


def test_an_older_revision_that_comes_late_is_kept_on_record_and_replaces_nothing(house):
    rows = pd.DataFrame({"order_id": [1], "amount": [7], "revision": [2]})
    house.load({"sales": rows}, loaded_at="2020-02-01", keys={"sales": "order_id"}, revisions={"sales": "revision"})
    loaded = house.load({"sales": rows.assign(amount=3, revision=1)}, loaded_at="2020-03-01")
    assert [n.code for n in loaded.notes] == ["warehouse.superseded"]
    assert house.query("SELECT amount FROM sales") == [(7,)]
    assert house.changes().table["kind"].tolist() == ["outdated"]


def test_deleted_in_the_source_is_marked_and_stays_and_can_come_back(january):
    loaded = january.load({}, loaded_at="2020-03-01", deleted={"sales": [2]})
    assert loaded.facts["deleted"] == 1
    assert january.table("sales")["is_deleted"].tolist() == [False, True]
    assert january.table("sales", deleted=False)["order_id"].tolist() == [1]
    back = january.load({"sales": sales((2, 2, "2020-01-06", 4))}, loaded_at="2020-04-01")
    assert back.table.set_index("table").loc["sales", "restored"] == 1
    assert not january.table("sales")["is_deleted"].any()


def test_a_complete_delivery_deletes_what_it_does_not_name(january):
    both = people((1, "Jakarta", "2020-01-01", "0811"))
    loaded = january.load({"customers": both}, loaded_at="2020-03-01", complete=["customers"])
    assert loaded.facts["deleted"] == 1
    assert january.table("customers").set_index("customer_id")["is_deleted"].to_dict() == {1: False, 2: True}
    assert january.changes("customers").table["kind"].tolist() == ["deleted"]


def test_unknown_members_count_and_join_by_themselves_when_they_come(january):
    loaded = january.load({"sales": sales((7, 9, "2020-01-09", 1), (8, None, "2020-01-09", 2))}, loaded_at="2020-03-01")
    assert loaded.facts["unknown"] == 2
    assert january.query("SELECT count(*), count(customer_key) FROM sales") == [(4, 2)]
    january.load({"customers": people((9, "Solo", "2020-01-01"))}, loaded_at="2020-04-01")
    assert january.query("SELECT customer_key FROM sales WHERE order_id = 7") == [("9@2020-01-01",)]


def test_every_row_carries_load_and_source_row(january):
    given = sales((5, 1, "2020-01-09", 1), (6, 1, "2020-01-09", 2)).assign(source_row=[14, 17])
    january.load({"sales": given}, loaded_at="2020-03-01")
    found = january.query("SELECT order_id, load_id, source_row FROM sales ORDER BY 1")
    assert found == [(1, 1, 1), (2, 1, 2), (5, 2, 14), (6, 2, 17)]


# -- refused, and then nothing has happened

REFUSED = {
    "same key, two contents": ({"sales": sales((5, 1, "2020-01-09", 1), (5, 1, "2020-01-09", 2))}, "key_twice", (1, 2)),
    "no key": ({"sales": sales((5, 1, "2020-01-09", 1)).assign(order_id=None)}, "empty_key", (1,)),
    "another type": ({"sales": sales((5, 1, "2020-01-09", 1)).assign(amount="gratis")}, "type_changed", (1,)),
    "key column gone": ({"sales": sales((5, 1, "2020-01-09", 1)).drop(columns="order_id")}, "unknown_column", ()),
    "a reserved name": ({"sales": sales((5, 1, "2020-01-09", 1)).assign(load_id=7)}, "reserved_column", ()),
    "a table without key": ({"visits": pd.DataFrame({"n": [1]})}, "no_key", ()),
    "a path as a name": ({"../sales": pd.DataFrame({"n": [1]})}, "bad_name", ()),
    "no tables": (7, "no_tables", ()),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_batch_that_contradicts_itself_is_refused_whole(january, what):
    batch, code, rows = REFUSED[what]
    before = files(january)
    if isinstance(batch, dict):
        batch = {"customers": people((3, "Solo", "2020-01-01")), **batch}
    with pytest.raises(UserError) as caught:
        january.load(batch, loaded_at="2020-03-01")
    assert caught.value.code == f"warehouse.{code}" and caught.value.rows == rows
    assert caught.value.render("id") and caught.value.render("en")
    assert files(january) == before


def test_overlapping_validity_is_refused_in_a_batch_and_across_loads(house):
    def periods(*rows):
        table = pd.DataFrame(rows, columns=["customer_id", "city", "since", "until"])
        return {"customers": table.astype({"since": "datetime64[us]", "until": "datetime64[us]"})}

    rules = {
        "keys": {"customers": "customer_id"},
        "history": {"customers": {"valid_from": "since", "valid_to": "until"}},
    }
    with pytest.raises(UserError) as caught:
        house.load(
            periods((1, "A", "2020-01-01", "2020-06-30"), (1, "B", "2020-06-30", None)), loaded_at="2020-07-01", **rules
        )
    assert caught.value.code == "warehouse.overlap" and house.last == 0
    house.load(periods((1, "A", "2020-01-01", "2020-06-30")), loaded_at="2020-07-01", **rules)
    with pytest.raises(UserError) as caught:
        house.load(periods((1, "B", "2020-05-01", None)), loaded_at="2020-07-02")
    assert caught.value.code == "warehouse.overlap" and caught.value.rows == ("1",)
    house.load(periods((1, "B", "2020-07-01", None)), loaded_at="2020-07-02")
    assert house.query("SELECT city, CAST(valid_to AS VARCHAR) FROM customers ORDER BY 1") == [
        ("A", "2020-06-30"),
        ("B", None),
    ]
    with pytest.raises(UserError) as caught:
        house.load(periods((2, "C", "2020-05-01", "2020-04-01")), loaded_at="2020-07-03")
    assert caught.value.code == "warehouse.ends_before_it_begins"


def test_rules_stay_and_time_does_not_run_back(january):
    with pytest.raises(UserError) as caught:
        january.load({"sales": sales((5, 1, "2020-01-09", 1))}, loaded_at="2020-03-01", keys={"sales": "customer_id"})
    assert caught.value.code == "warehouse.design_changed"
    with pytest.raises(UserError) as caught:
        january.load({"sales": sales((5, 1, "2020-01-09", 1))}, loaded_at="2020-01-01")
    assert caught.value.code == "warehouse.before_the_last"
    with pytest.raises(UserError) as caught:
        january.snapshot(as_of="2019-01-01")
    assert caught.value.code == "warehouse.no_such_load"


@pytest.mark.parametrize(
    "sql",
    [
        "DROP VIEW sales",
        "SELECT 1; SELECT 2",
        "COPY sales TO 'stolen.csv'",
        "ATTACH 'other.duckdb'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM 'somewhere.parquet'",
    ],
)
def test_a_question_can_neither_write_nor_leave_the_folder(january, sql):
    with pytest.raises(UserError):
        january.query(sql)


def test_new_columns_may_come_later(january):
    january.load({"sales": sales((3, 1, "2020-02-09", 1)).assign(channel="web")}, loaded_at="2020-03-01")
    assert january.query("SELECT order_id, channel FROM sales ORDER BY 1") == [(1, None), (2, None), (3, "web")]
    assert "channel" not in january.snapshot(load=1).columns("sales")


def test_columns_may_be_left_out_of_a_later_batch_but_not_those_that_name_a_row(january):
    january.load({"sales": {"order_id": [3], "amount": [5]}}, loaded_at="2020-03-01")
    assert january.query("SELECT customer_id, day FROM sales WHERE order_id = 3") == [(None, None)]
    with pytest.raises(UserError) as caught:
        january.load({"customers": {"customer_id": [3], "city": ["Solo"]}}, loaded_at="2020-03-02")
    assert caught.value.code == "warehouse.unknown_column" and caught.value.found == "since"


def test_two_writers_one_waits_or_is_told(january):
    with january.folder.writing(1), pytest.raises(UserError) as caught:
        january.load({"sales": sales((3, 1, "2020-02-09", 1))}, loaded_at="2020-03-01", wait_seconds=0.1)
    assert caught.value.code == "warehouse.busy"
    failed = []

    def one(order):
        try:
            Warehouse(january.folder.path).load(
                {"sales": sales((order, 1, "2020-02-09", 1))}, loaded_at="2020-03-01", wait_seconds=60
            )
        except Exception as error:  # a thread's failure would be lost
            failed.append(error)

    threads = [threading.Thread(target=one, args=(n,)) for n in (11, 12, 13)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == [] and january.last == 4 and january.broken() == []
    assert january.query("SELECT count(*) FROM sales WHERE order_id > 10") == [(3,)]


def test_a_reader_keeps_what_it_opened_and_never_waits(january):
    reading = january.snapshot()
    before = reading.query("SELECT count(*) FROM sales")
    with january.folder.writing(1):
        assert january.query("SELECT count(*) FROM sales") == before
    january.load({"sales": sales((3, 1, "2020-02-09", 1))}, loaded_at="2020-03-01")
    assert reading.query("SELECT count(*) FROM sales") == before
    assert january.query("SELECT count(*) FROM sales") == [(3,)]


def test_a_changed_file_is_noticed(january):
    assert january.broken() == []
    part = next(january.folder.path.rglob("parts/sales/*.parquet"))
    part.write_bytes(part.read_bytes()[:-1] + b"x")
    assert january.broken() == [str(part.relative_to(january.folder.path))]
    manifest = next(january.folder.path.rglob("loads/*.json"))
    manifest.write_text(manifest.read_text().replace("pos", "web"))
    with pytest.raises(UserError) as caught:
        january.query("SELECT 1")
    assert caught.value.code == "warehouse.broken"


# -- whatever the order, whatever the repeats

CUSTOMER = st.tuples(st.integers(1, 3), st.sampled_from("ABC"), st.integers(0, 5), st.sampled_from("xyz"))
SALE = st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(0, 6), st.integers(0, 9))
BATCH = st.tuples(
    st.lists(CUSTOMER, max_size=3, unique_by=lambda r: (r[0], r[2])),
    st.lists(SALE, max_size=3, unique_by=lambda r: r[0]),
    st.lists(st.integers(1, 4), max_size=1),
)


def day(n):
    return dt.datetime(2020, 1, 1) + dt.timedelta(days=n)


def deliver(house, number, batch, loaded):
    customers, orders, gone = batch
    gone = [g for g in gone if g not in {o[0] for o in orders}]
    house.load(
        {
            "customers": people(*((c, city, day(d), phone) for c, city, d, phone in customers)),
            "sales": sales(*((o, c, day(d), a) for o, c, d, a in orders)),
        },
        loaded_at=loaded,
        extracted_at=day(30 + number),
        deleted={"sales": {"order_id": gone}},
        **RULES,
    )


# every example is some eight loads: shrinking one would take minutes
@settings(
    max_examples=8, phases=[Phase.explicit, Phase.reuse, Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)
@given(batches=st.lists(BATCH, min_size=1, max_size=3), data=st.data())
def test_any_interleaving_ends_where_loading_in_order_ends(tmp_path_factory, batches, data):
    numbered = list(enumerate(batches))
    shuffled = data.draw(st.permutations(numbered))
    repeated = shuffled + data.draw(st.lists(st.sampled_from(numbered), max_size=2))
    ends = []
    for order in (numbered, repeated):
        house = Warehouse(tmp_path_factory.mktemp("house"))
        for step, (number, batch) in enumerate(order):
            deliver(house, number, batch, day(100 + step))
        ends.append(house.snapshot().fingerprint())
    assert ends[0] == ends[1]
