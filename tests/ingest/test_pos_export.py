"""The raw export of PT XYZ's cash registers, with all the habits of its system."""

import csv

import pytest

import crmlab as crm

FILE = crm.datasets.load_retail("S", "raw").path("pos")


@pytest.fixture(scope="module")
def pos():
    return crm.ingest.read(FILE)


def test_it_reads_cleanly(pos):
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert pos.facts["rows_read"] == pos.facts["rows_kept"] == len(rows) > 5_000
    assert pos.table["amount"].sum() == sum(int(r["JUMLAH"].replace(".", "")) for r in rows)
    assert pos.table["order_id"].nunique() == len({r["NO_STRUK"] for r in rows})
    assert pos.table["customer_id"].notna().all()
    assert pos.table["ordered_at"].dt.hour.nunique() > 5, "the time of day stands in a column of its own"
