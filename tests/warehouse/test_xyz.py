"""PT XYZ loaded batch after batch: where it ends, what it knows of itself, and what it shows."""

from __future__ import annotations

import pandas as pd
import pytest

import crmlab as crm
from crmlab import labels
from crmlab.errors import UserError
from crmlab.warehouse import Mart, Warehouse, compare, example, reconcile, replay

SALES = {
    "table": "sales",
    "key": "order_id",
    "at": "ordered_at",
    "customer": "customer_id",
    "values": {"amount": "total"},
    "status": "status",
    "by": {"channel": "channels.channel"},
    "join": {"channels": ["channel_id"]},
}
REVENUE = {"revenue": {"sum": "amount", "unit": "money"}, "orders": {"count": "sales"}}


@pytest.fixture(scope="module")
def shop():
    return crm.datasets.load_retail("S", layer="clean")


@pytest.fixture(scope="module")
def loads():
    return []


@pytest.fixture(scope="module")
def house(shop, loads, tmp_path_factory):
    made = Warehouse(tmp_path_factory.mktemp("xyz") / "pt_xyz")
    loads += example.load_months(made, shop, months=6)
    return made


@pytest.fixture(scope="module")
def mart(house):
    return Mart("penjualan", "dependent", {"sales": SALES}, ["month", "channel"], REVENUE).build(house)


def test_ten_loads_end_where_one_load_ends(house, shop, tmp_path):
    once = Warehouse(tmp_path)
    once.load(example.whole(shop), loaded_at="2021-01-01", **example.RULES)
    assert house.last == 10
    assert house.snapshot().fingerprint() == once.snapshot().fingerprint()


def test_the_versions_of_customers_are_those_that_were_planted(house, shop):
    ours, theirs = house.table("customers"), shop.tables["customers"]
    assert len(ours) == len(theirs) > theirs["customer_id"].nunique()
    for column in ("customer_id", "city_id", "valid_from", "valid_to", "closed_on", "phone"):
        far = pd.Timestamp("1900-01-01") if column.endswith(("_to", "_on")) else None
        mine, other = (t[column].fillna(far) if far else t[column] for t in (ours, theirs))
        assert (mine.to_numpy() == other.to_numpy()).all(), column


def test_statuses_were_corrected_as_goods_came_back(house, shop, loads):
    changes = house.changes("sales").table
    assert len(changes) > 0 and sum(r.facts["replaced"] for r in loads) > len(changes)
    assert set(zip(changes["column"], changes["before"], changes["after"], strict=True)) == {
        ("status", "completed", "returned")
    }
    assert (changes["load_before"] < changes["load_id"]).all()
    assert house.query("SELECT status, count(*) FROM sales GROUP BY 1 ORDER BY 1") == sorted(
        shop.tables["sales"]["status"].value_counts().items()
    )


def test_the_cube_of_the_warehouse_is_the_cube_of_the_data_set(house):
    cube = crm.Cube(
        house.star(example.DESCRIPTION, example.VIEWS), [crm.Measure.from_dict(m) for m in example.MEASURES]
    )
    star = crm.datasets.load_retail("S").tables
    lines = star["fact_sales_line"].merge(star["dim_region"], on="city_id").merge(star["dim_channel"], on="channel_id")
    lines["year"] = lines["date"].dt.year
    for by in (["year", "city"], ["channel"]):
        ours = cube.view(by=by, measures=["revenue", "customers"]).to_pandas().set_index(by).sort_index()
        theirs = lines.groupby(by).agg(revenue=("amount", "sum"), customers=("customer_id", "nunique"))
        pd.testing.assert_frame_equal(ours, theirs, check_dtype=False, check_index_type=False)
    assert cube.view(measures=["returned_amount"]).totals()["returned_amount"] == star["fact_return"]["amount"].sum()


def test_every_column_has_label_type_and_unit_in_both_languages(house, mart):
    """Mission map W10: 100 %."""
    catalogue = house.catalogue([mart])
    assert catalogue.facts["complete_share"] == 1.0 and not catalogue.notes
    assert {"operational", "transform", "user"} == set(catalogue.table["metadata"])
    assert set(mart.table.columns) <= set(catalogue.table.query("table == 'penjualan'")["column"])
    shown = {(t, c) for t in house.tables for c in house.table(t).columns}
    assert shown <= set(zip(catalogue.table["table"], catalogue.table["column"], strict=True))
    units = catalogue.table.set_index(["table", "column"])["unit"]
    assert units["sales_lines", "amount"] == "money" and units["penjualan", "revenue"] == "money"


def test_an_unlabelled_column_is_a_gap_that_is_named(tmp_path):
    house = Warehouse(tmp_path)
    house.load({"t": {"order_id": [1], "warna_kesukaan": ["biru"]}}, loaded_at="2020-01-01", keys={"t": "order_id"})
    catalogue = house.catalogue()
    assert catalogue.facts["complete_share"] < 1
    assert catalogue.notes[0].values["columns"] == ["t.warna_kesukaan"]


def test_six_components_hold_something(house, mart):
    """Mission map W03: six components, each with at least one object, counted from what took place."""
    found = house.components([mart])
    assert found.facts["components"] == 6
    assert set(found.table["component"]) == {"source", "staging", "storage", "metadata", "delivery", "management"}
    rows = found.table.set_index(["component", "object"])["n"]
    assert rows["storage", "sales"] == len(house.table("sales")) <= rows["staging", "sales"]
    assert rows["management", "loads"] == 10 and rows["delivery", "penjualan"] == len(mart.table)


def test_every_figure_is_drawn_and_every_kind_explained_in_both_languages(house, loads, mart):
    events = {"happened_at": ["2020-03-02 08:05", "2020-03-02 12:40"]}
    results = [loads[-1], house.loads(), house.changes(), house.catalogue([mart]), house.components([mart])]
    results += [reconcile(mart, house), replay(events), replay(events, "stream"), compare(events)]
    tables = [mart.mart.ddl(), house.lineage("sales", 1)]
    for result in (*results, *tables):
        for depth in ("short", "method", "reference"):
            assert result.explain("id", depth) != result.explain("en", depth)
        assert all(n.render("id") != n.render("en") for n in result.notes)
    for result in results:
        for lang in labels.LANGUAGES:
            figure = crm.charts.spec(result, lang, theme="light")
            assert figure["title"] and figure["data"] and figure["alt"]
    for result in tables:
        with pytest.raises(UserError, match="chart|grafik"):
            crm.charts.spec(result, "en")


def test_the_flow_of_components_shows_their_counts(house, mart):
    figure = crm.charts.spec(house.components([mart]), "en")
    heads = [a["text"] for a in figure["layout"]["annotations"] if a["text"]]
    assert len(heads) == 6 and heads[0].startswith("<b>Source</b> · 9 objects")
    assert len(figure["layout"]["shapes"]) == 6


def test_the_waterfall_ends_at_the_difference(house, mart):
    more = Mart("gross", "dependent", {"sales": SALES}, ["month"], REVENUE, {"cancelled": "keep"}).build(house)
    result = reconcile(more, house)
    bars = crm.charts.spec(result, "en")["data"][0]
    assert bars["x"][-1] == result.facts["difference"] == sum(bars["x"][:-1])
    assert result.facts["causes"] == ["cancelled_orders"]
