"""The hand tables of the reports' worked examples, and the hospital with what is planted in it."""

from __future__ import annotations

import pandas as pd
import pytest

DAY = "2020-03-31"


@pytest.fixture
def sales():
    """Amounts in millions of rupiah: the quota example of the mission map."""
    rows = [
        ("Ani", "2020-03-01", 200), ("Ani", DAY, 250), ("Budi", "2020-03-15", 280), ("Citra", "2020-03-20", 390),
        ("Ani", "2020-02-28", 999), ("Citra", "2020-04-01", 999),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["sales_rep", "ordered_at", "amount"])
    table["order_id"] = [f"o{i}" for i in range(len(table))]
    return table


@pytest.fixture
def quota():
    return pd.DataFrame({"sales_rep": ["Ani", "Budi", "Citra"], "month": "2020-03", "target": [400, 500, 300]})


@pytest.fixture
def ways():
    """Sales and quotas by region, rep and customer: West is 100 short, Budi 120, Ani 20 over, CV Maju 110 short."""
    rows = [
        ("West", "Ani", "PT Satu", 220, 200), ("West", "Budi", "CV Maju", 90, 200), ("West", "Budi", "UD Dua", 90, 100),
        ("East", "Citra", "PT Tiga", 300, 290),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["region", "sales_rep", "customer", "amount", "target"])
    sales = table.drop(columns="target").assign(ordered_at=[DAY, "2020-03-01", DAY, DAY])
    return sales, table.drop(columns="amount").assign(month="2020-03")


@pytest.fixture(scope="session")
def clinic():
    """The clean tables of RS Sehat Nusantara."""
    import crmlab as crm

    return crm.datasets.load_hospital(layer="clean").tables


@pytest.fixture(scope="session")
def planted_in_hospital():
    """Truths of size S by id and what: the planted value."""
    import json
    from pathlib import Path

    path = Path(__file__).parents[2] / "datasets" / "hospital" / "truths.json"
    found = json.loads(path.read_text(encoding="utf-8"))["sizes"]["S"]
    return {(key, f["what"]): f["planted"] for key, truth in found.items() for f in truth["found"]}
