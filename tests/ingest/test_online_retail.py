"""A real year of invoices, where it is present: 541,909 lines with returns, missing customers and odd codes."""

from pathlib import Path

import pytest

import crmlab as crm

FILE = Path(__file__).parents[3] / "shared" / "data" / "online_retail.parquet"
pytestmark = pytest.mark.skipif(
    not FILE.is_file(), reason="the Online Retail data lie outside the repository and are not here"
)


@pytest.fixture(scope="module")
def retail():
    return crm.ingest.read(FILE, currency="GBP")


def test_it_is_taken_as_it_is_and_no_row_is_dropped(retail):
    assert retail.columns == {
        "InvoiceNo": "order_id",
        "StockCode": "product_id",
        "Description": "product",
        "Quantity": "quantity",
        "InvoiceDate": "ordered_at",
        "UnitPrice": "unit_price",
        "CustomerID": "customer_id",
        "Country": "country",
    }
    assert (retail.facts["rows_read"], retail.facts["rows_kept"], retail.facts["rows_refused"]) == (541_909, 541_909, 0)
    assert retail.facts["unknown_customers"] == 135_080
    assert retail.facts["returns"] == 10_624


def test_its_known_figures_come_out(retail):
    table = retail.table
    sold = table[table["customer_id"].notna() & (table["quantity"] > 0) & (table["unit_price"] > 0)]
    by_customer = sold.groupby("customer_id")["amount"].sum().sort_values(ascending=False)
    assert (len(sold), len(by_customer)) == (397_884, 4_338)
    assert round(by_customer.sum(), 2) == 8_911_407.90
    assert round(by_customer.head(round(0.2 * len(by_customer))).sum() / by_customer.sum(), 3) == 0.746


def test_returns_are_linked_to_an_earlier_order_of_the_same_customer_and_product(retail):
    table = retail.table
    linked = table[table["returns_order_id"].notna()]
    assert retail.facts["returns_linked"] == len(linked) > 7_000
    some = linked.sample(50, random_state=1)
    for back in some.itertuples():
        order = table[(table["order_id"] == back.returns_order_id) & (table["product_id"] == back.product_id)]
        assert (order["customer_id"] == back.customer_id).all()
        assert order["ordered_at"].min() <= back.ordered_at


@pytest.mark.parametrize("separator", [",", ";"])
def test_through_csv(retail, tmp_path, separator):
    import pandas as pd

    sample = pd.read_parquet(FILE).iloc[::25]  # the whole year: its first days alone would be ambiguous
    if separator == ";":  # as an Indonesian spreadsheet writes it
        sample["UnitPrice"] = sample["UnitPrice"].map(lambda v: f"{v:.2f}".replace(".", ","))
        sample["InvoiceDate"] = sample["InvoiceDate"].dt.strftime("%d/%m/%Y %H.%M")
    sample.to_csv(tmp_path / "retail.csv", sep=separator, index=False)
    mine = crm.ingest.read(tmp_path / "retail.csv", currency="GBP")
    columns = ["order_id", "ordered_at", "customer_id", "amount", "product_id", "quantity", "is_return"]
    pd.testing.assert_frame_equal(mine.table[columns], retail.table[columns].iloc[::25].reset_index(drop=True))


def test_through_xlsx(retail, tmp_path):
    import pandas as pd

    pd.read_parquet(FILE).head(1_500).to_excel(tmp_path / "retail.xlsx", index=False)
    mine = crm.ingest.read(tmp_path / "retail.xlsx", currency="GBP")
    columns = ["order_id", "ordered_at", "customer_id", "amount", "product_id", "quantity"]
    pd.testing.assert_frame_equal(mine.table[columns], retail.table[columns].head(1_500))
