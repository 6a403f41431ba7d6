"""A star refuses what would make its totals lie, and names the keys."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crmlab import labels
from crmlab.errors import UserError
from crmlab.star import Dimension, Fact, Star

SALES = {"product_id": ["a", "a", "b", "b", "c", "c", "d", "d"], "amount": [100, 60, 80, 40, 30, 20, 120, 50]}
PRODUCTS = {"product_id": list("abcd"), "category": ["x", "x", "y", "y"], "department": ["all"] * 4}
LEVELS = {"product": ["department", "category", "product_id"]}


def star(products=PRODUCTS, sales=SALES, levels=LEVELS, **options):
    grain = options.pop("grain", ())
    return Star(
        [Fact("sales", sales, {"product": "product_id"}, grain)],
        [Dimension("product", products, "product_id", levels)],
        **options,
    )


def test_a_join_keeps_rows_and_sums():
    made = star()
    assert made.meta["facts"]["sales"]["rows"] == 8
    assert made.query("SELECT sum(amount) FROM sales JOIN dim_product USING (product_id)") == [(500,)]


REFUSED = {
    "duplicate": (
        lambda: star({k: [*v, v[1]] for k, v in PRODUCTS.items()}),
        "star.duplicate_key",
        ("b",),
        "Tabel dim_product, baris b: Kunci product_id muncul lebih dari satu kali, sehingga gabungan dengan fakta akan "
        "menggandakan barisnya. Caranya: Sisakan satu baris untuk setiap product_id.",
    ),
    "orphans": (
        lambda: star({k: v[:2] for k, v in PRODUCTS.items()}),
        "star.orphans",
        ("c", "d"),
        "Tabel sales, baris c, d: 4 baris fakta punya product_id yang tidak ada pada dimensi product. "
        "Caranya: Lengkapi "
        'dimensinya, atau tulis orphans="unknown" agar baris itu dihitung sebagai Tidak diketahui.',
    ),
    "two parents": (
        lambda: star({**PRODUCTS, "department": ["all", "all", "all", "none"]}),
        "star.two_parents",
        ("y",),
        None,
    ),
    "a known and a missing parent": (
        lambda: star({**PRODUCTS, "department": ["all", None, "all", "all"]}),
        "star.two_parents",
        ("x",),
        None,
    ),
    "missing key": (lambda: star({**PRODUCTS, "product_id": ["a", "b", None, "d"]}), "star.missing_key", (3,), None),
    "grain": (lambda: star(grain=["product_id"]), "star.bad_grain", ("a", "b", "c", "d"), None),
    "infinite": (lambda: star(sales={**SALES, "amount": [1.0] * 7 + [float("inf")]}), "star.infinite", (8,), None),
    "no such column": (lambda: star(levels={"product": ["departmen", "category"]}), "star.unknown_column", (), None),
    "types": (lambda: star({**PRODUCTS, "product_id": [1, 2, 3, 4]}), "star.key_types", (), None),
    "uneven": (lambda: star({**PRODUCTS, "category": ["x"]}), "star.uneven_columns", (), None),
    "empty hierarchy": (lambda: star(levels={"product": []}), "star.bad_hierarchy", (), None),
    "policy": (lambda: star(orphans="drop"), "star.unknown_policy", (), None),
    "no dimension": (lambda: Star([Fact("sales", SALES, {"goods": "product_id"})]), "star.unknown_dimension", (), None),
    "not a date": (lambda: Star([Fact("sales", SALES, {"date": "product_id"})]), "star.not_a_date", (), None),
    "no file": (lambda: Star([Fact("sales", "nowhere.parquet", {})]), "star.no_file", (), None),
    "twice": (lambda: Star([Fact("sales", SALES, {}), Fact("sales", SALES, {})]), "star.name_twice", (), None),
    "no columns": (lambda: Star([Fact("sales", {}, {})]), "star.no_columns", (), None),
}


@pytest.mark.parametrize(("make", "code", "rows", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_and_what_is_said(make, code, rows, said):
    with pytest.raises(UserError) as error:
        make()
    assert error.value.code == code
    assert error.value.rows == rows
    assert "Caranya: " in error.value.render("id")
    assert "To mend it: " in error.value.render("en")
    if said:
        assert error.value.render("id") == said


def test_orphans_may_be_counted_as_unknown():
    made = star({k: v[:2] for k, v in PRODUCTS.items()}, orphans="unknown")
    (note,) = made.notes
    assert note.code == "star.unknown_members"
    assert note.values == {"fact": "sales", "dimension": "product", "missing": 0, "orphans": 4, "rows": 8}
    for lang in labels.LANGUAGES:
        assert "4" in note.render(lang)


def test_the_vocabulary_of_the_book():
    # three dimensions give 8 cuboids; with levels (3, 3, 2) and ALL there are 4 x 4 x 3 = 48
    def table(key, *levels):
        return {key: ["k"], **{level: ["v"] for level in levels}}

    sales = {"d": ["k"], "p": ["k"], "c": ["k"], "amount": [1]}
    made = Star(
        [Fact("sales", sales, {"place": "p", "product": "d", "channel": "c"})],
        [
            Dimension("place", table("p", "island", "city"), "p", {"place": ["island", "city", "p"]}),
            Dimension(
                "product", table("d", "department", "category"), "d", {"product": ["department", "category", "d"]}
            ),
            Dimension("channel", table("c", "route"), "c", {"channel": ["route", "c"]}),
        ],
    )
    said = made.describe()
    assert said.facts["cuboids"] == 8
    assert said.facts["cuboids_with_levels"] == 48
    assert set(said.table["concept"]) == {"dimension", "hierarchy", "level", "fact", "column"}
    assert "48" in said.explain("id")
    assert "48" in said.explain("en")


@pytest.mark.parametrize("make", [pd.DataFrame, pa.table, dict], ids=["pandas", "arrow", "mapping"])
def test_tables_may_come_in_any_form(make):
    made = star(make(PRODUCTS), make(SALES))
    assert made.levels["category"].count == 2
    assert made.query("SELECT sum(amount) FROM sales") == [(500,)]


def test_categories_and_nan_of_pandas_are_text_and_missing():
    sales = pd.DataFrame({"channel": pd.Categorical(["a", None, "b"]), "amount": [1.0, float("nan"), 2.5]})
    made = Star([Fact("sales", sales, {}, attributes=["channel"])])
    assert made.levels["channel"].count == 2
    assert made.query("SELECT count(amount), count(channel) FROM sales") == [(2, 2)]


def test_a_calendar_spans_whole_years_and_knows_indonesia():
    sales = {"day": [dt.date(2019, 6, 5), dt.date(2020, 2, 25)], "amount": [1, 2]}
    made = Star([Fact("sales", sales, {"date": "day"})])
    assert made.query("SELECT min(date), max(date), count(*) FROM dim_date") == [
        (dt.date(2019, 1, 1), dt.date(2020, 12, 31), 731)
    ]
    assert made.query("SELECT holiday, idul_fitri_phase FROM dim_date WHERE date = '2019-06-05'") == [
        ("idul_fitri", "eve_and_day")
    ]
    assert made.query("SELECT payday FROM dim_date WHERE date = '2020-02-25'") == [(True,)]
    assert made.levels["month"].unit == "month"
    assert made.levels["quarter"].parents == ("year",)
    assert made.levels["date"].parents == ("month", "week")


def test_levels_of_one_name_carry_their_dimension():
    sales = {"s": [1], "c": [1], "amount": [1]}
    made = Star(
        [Fact("sales", sales, {"store": "s", "customer": "c"})],
        [
            Dimension("store", {"s": [1], "city": ["Bogor"]}, "s", {"place": ["city"]}),
            Dimension("customer", {"c": [1], "city": ["Depok"]}, "c", {"place": ["city"]}),
        ],
    )
    assert list(made.levels) == ["store.city", "customer.city"]


def test_a_star_of_files_is_joined_once_and_read_again(tmp_path):
    for name, table in (("dim_product", PRODUCTS), ("fact_sales", SALES)):
        pq.write_table(pa.table(table), tmp_path / f"{name}.parquet")

    def open_it():
        return star(str(tmp_path / "dim_product.parquet"), tmp_path / "fact_sales.parquet", cache=tmp_path / "cache")

    first = open_it()
    (file,) = (tmp_path / "cache").iterdir()
    written = file.stat().st_ino
    second = open_it()  # while the first is still open
    assert file.stat().st_ino == written
    assert first.meta == second.meta
    assert second.query("SELECT sum(amount) FROM fact_sales") == [(500,)]
    pq.write_table(pa.table({**SALES, "amount": [1] * 8}), tmp_path / "fact_sales.parquet")
    assert open_it().query("SELECT sum(amount) FROM fact_sales") == [(8,)]


def files(folder):
    for name, table in (("p", PRODUCTS), ("s", SALES)):
        pq.write_table(pa.table(table), folder / f"{name}.parquet")
    return folder / "p.parquet", folder / "s.parquet"


def test_a_broken_file_is_made_again(tmp_path):
    products, sales = files(tmp_path)
    star(products, sales, cache=tmp_path / "cache").store.close()
    (file,) = (tmp_path / "cache").iterdir()
    file.write_bytes(b"half a star")
    assert star(products, sales, cache=tmp_path / "cache").query("SELECT count(*) FROM s") == [(8,)]


def test_where_nothing_can_be_kept_the_star_is_in_memory(tmp_path):
    products, sales = files(tmp_path)
    (tmp_path / "cache").write_text("a file where the folder would be")
    assert star(products, sales, cache=tmp_path / "cache").query("SELECT count(*) FROM s") == [(8,)]
    assert star(products, sales, cache=False).query("SELECT count(*) FROM s") == [(8,)]


def test_old_stars_go(tmp_path, monkeypatch):
    monkeypatch.setattr("crmlab.star.kept._MOST", 2)
    products, sales = files(tmp_path)
    for amount in range(4):
        pq.write_table(pa.table({**SALES, "amount": [amount] * 8}), sales)
        assert star(products, sales, cache=tmp_path / "cache").query("SELECT max(amount) FROM s") == [(amount,)]
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_a_refused_star_of_files_leaves_nothing_behind(tmp_path):
    pq.write_table(pa.table({"product_id": ["a"], "category": ["x"], "department": ["y"]}), tmp_path / "p.parquet")
    pq.write_table(pa.table(SALES), tmp_path / "s.parquet")
    with pytest.raises(UserError):
        star(tmp_path / "p.parquet", tmp_path / "s.parquet", cache=tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


@pytest.mark.parametrize("kept", [False, True], ids=["memory", "file"])
def test_a_statement_reaches_nothing_outside(tmp_path, kept):
    tables = [PRODUCTS, SALES]
    if kept:
        tables = [tmp_path / "p.parquet", tmp_path / "s.parquet"]
        for path, table in zip(tables, (PRODUCTS, SALES), strict=True):
            pq.write_table(pa.table(table), path)
    made = star(*tables, cache=tmp_path / "cache")
    (tmp_path / "secret.csv").write_text("a\n1\n")
    for folder in (tmp_path, tmp_path / "cache"):
        with pytest.raises(UserError, match="Permission"):
            made.query(f"SELECT * FROM read_csv('{folder / 'secret.csv'}')")
    with pytest.raises(UserError, match="Permission|IO Error"):
        made.query("SELECT * FROM read_csv('/etc/hostname', header=false)")
    for sql in (
        f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'",
        f"ATTACH '{tmp_path / 'other.duckdb'}' AS other",
        "SET enable_external_access = true",
        "INSTALL httpfs",
        "DROP TABLE dim_product",
        "SELECT 1; SELECT 2",
    ):
        with pytest.raises(UserError) as error:
            made.query(sql)
        assert error.value.code == "star.not_a_query"
    assert not (tmp_path / "out.csv").exists()


def test_python_variables_are_out_of_reach():
    secret = pd.DataFrame({"a": [1]})
    with pytest.raises(UserError, match="secret"):
        star().query("SELECT * FROM secret")
    assert len(secret) == 1


def test_small_shares_are_not_rounded_away():
    made = Star([Fact("s", {"g": ["x", "y"], "share": [4e-7, 3e-7]}, keys={}, attributes=("g",))])
    assert made.meta["facts"]["s"]["scales"] == {}
    dusty = Star([Fact("s", {"g": ["x", "y"], "amount": [0.1 + 0.2, 6 * 2.55]}, keys={}, attributes=("g",))])
    assert dusty.meta["facts"]["s"]["scales"] == {"amount": 1}  # 0.3 and 15.3, whatever binary arithmetic made of them


def test_one_file_may_be_two_dimensions(tmp_path):
    pq.write_table(pa.table({"day": [1, 2], "name": ["Mon", "Tue"]}), tmp_path / "dim_day.parquet")
    ordered, paid = (
        Dimension(n, tmp_path / "dim_day.parquet", "day", {"day": ["name"]}) for n in ("ordered_day", "paid_day")
    )
    fact = Fact("sales", {"a": [1, 2], "b": [2, 2], "amount": [5, 7]}, keys={"ordered_day": "a", "paid_day": "b"})
    made = Star([fact], [ordered, paid])
    assert list(made.levels) == ["ordered_day.name", "paid_day.name"]
    assert made.query("SELECT count(*) FROM dim_day") == made.query("SELECT count(*) FROM dim_paid_day") == [(2,)]


def test_a_bad_statement_is_answered_in_words():
    made = Star([Fact("s", {"g": ["x"], "amount": [1]}, keys={}, attributes=("g",))])
    for sql in ("SELEC 1", "SELECT no_such_column FROM s"):
        with pytest.raises(UserError) as said:
            made.query(sql)
        assert said.value.code == "star.bad_query"


def test_decimals_of_38_digits_are_numbers_like_others():
    from decimal import Decimal

    amount = pa.array([Decimal("1.50"), Decimal("2.25")], pa.decimal128(38, 2))
    key = pa.array([Decimal(10**20), Decimal(10**20 + 1)], pa.decimal128(38, 0))
    made = Star([Fact("s", pa.table({"key": key, "amount": amount}), keys={}, attributes=("key",))])
    assert made.query("SELECT sum(amount) FROM s") == [(3.75,)]
    assert made.levels["key"].count == 2


def test_the_months_of_the_year_are_no_years():
    made = Star([Fact("s", {"day": [dt.date(2020, 5, 1)]}, keys={"date": "day"})])
    assert {name: made.levels[name].unit for name in ("year", "month_of_year")} == {
        "year": "year",
        "month_of_year": "month_of_year",
    }
