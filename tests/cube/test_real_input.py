"""A year of a real wholesaler: returns, missing customers, odd codes. The figures are published beside the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmlab import labels
from crmlab.cube import OTHERS, Cube, Measure
from crmlab.star import Star

FILE = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "online_retail.parquet"
pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="the real data are not part of the product")

MEASURES = [
    Measure.sum("revenue", "sales", "amount", unit="money"),
    Measure.sum("quantity", "sales", "quantity", unit="count"),
    Measure.count("lines", "sales"),
    Measure.count_distinct("customers", "sales", "customer_id"),
    Measure.count_distinct("orders", "sales", "order_id"),
]


@pytest.fixture(scope="module")
def table():
    from crmlab import ingest

    return ingest.read(FILE, as_="sales", currency="GBP")


@pytest.fixture(scope="module")
def everything(table):
    return Cube(Star.from_table(table), MEASURES)


@pytest.fixture(scope="module")
def paid(table):
    sales = table.table
    kept = sales[sales["customer_id"].notna() & (sales["quantity"] > 0) & (sales["unit_price"] > 0)]
    return Cube(Star.from_table(kept, currency="GBP"), MEASURES)


def test_no_line_is_lost(everything):
    assert everything.star.currency == "GBP"
    assert everything.view(measures=["lines"]).totals() == {"lines": 541_909}
    rows = everything.view(by=["country"], measures=["lines", "revenue"]).rows()
    assert sum(r["values"]["lines"] for r in rows if not r["total"]) == 541_909
    assert (
        everything.view(by=["customer_id"], measures=["lines"]).facts(limit=5, cell={"customer_id": None}).total
        == 135_080
    )
    for note in everything.star.notes:
        assert all(note.render(lang) for lang in labels.LANGUAGES)


def test_the_published_figures(paid):
    totals = paid.view(measures=["lines", "customers", "revenue"]).totals()
    assert totals["lines"] == 397_884
    assert totals["customers"] == 4_338
    assert round(totals["revenue"], 2) == 8_911_407.90


def test_a_fifth_of_the_customers_bring_three_quarters(paid):
    view = paid.view(by=["customer_id"], measures=["revenue"]).top(round(4_338 * 0.2))
    others = next(r for r in view.rows() if r["keys"].get("customer_id") == OTHERS)
    share = 1 - others["values"]["revenue"] / view.totals()["revenue"]
    assert round(share, 3) == 0.746


def test_cells_equal_those_of_pandas(table, everything):
    sales = table.table
    wanted = sales.groupby([sales["country"], sales["ordered_at"].dt.strftime("%Y-%m")]).agg(
        amount=("amount", "sum"),
        customers=("customer_id", "nunique"),
        orders=("order_id", "nunique"),
        lines=("amount", "size"),
    )
    view = everything.view(by=["country", "month"], measures=["revenue", "customers", "orders", "lines"])
    found = view.to_pandas().set_index(["country", "month"])
    assert len(found) == len(wanted)
    wanted = wanted.loc[found.index]
    assert (found["revenue"] - wanted["amount"]).abs().max() < 1e-6
    for mine, theirs in (("customers", "customers"), ("orders", "orders"), ("lines", "lines")):
        assert (found[mine] == wanted[theirs]).all()


def test_the_last_month_is_said_to_be_incomplete(everything):
    view = everything.view(by=["month"], measures=["revenue"]).compare("period")
    notes = {n.values["period"]: n.values for n in view.notes() if n.code == "cube.incomplete_period"}
    assert notes["2011-12"]["last"].isoformat() == "2011-12-09"


def test_why_november_was_better_than_october(paid):
    result = paid.view(by=["country"], measures=["revenue"]).slice(month="2011-11").why(against={"month": "2011-10"})
    facts = result.facts
    parts = sum(facts[name] for name in ("volume", "mix", "price", "new", "discontinued", "unpriced"))
    assert parts == pytest.approx(facts["change"], abs=1e-6)
    members = result.table[result.table["kind"] == "member"]
    assert members["change"].sum() == pytest.approx(facts["change"], abs=1e-6)
