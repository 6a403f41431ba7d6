"""PT XYZ's raw customers and what is planted in them; small tables by hand."""

from __future__ import annotations

import pandas as pd
import pytest

import crmlab as crm


@pytest.fixture(scope="session")
def pos():
    return crm.datasets.load_retail("S", layer="raw").tables["pos_pelanggan"]


@pytest.fixture(scope="session")
def found(pos):
    return crm.duplicates.find(pos, key="KODE_PLG")


def planted(size: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The pairs that are one person, and the pairs that only share a phone."""
    truth = crm.datasets.load_retail(size, layer="truth").tables
    double, homes = truth["pos_duplicate"], truth["household_phone"]
    pairs = pd.DataFrame(
        {"left": [f"PLG{c:06}" for c in double["customer_id"]], "right": double["pos_code"].astype(str)}
    )
    shared = pd.DataFrame({c: [f"PLG{k:06}" for k in homes[c]] for c in homes})
    return pairs, shared


@pytest.fixture(scope="session")
def truth():
    return planted("S")


@pytest.fixture
def budi():
    """The three rows of the book's example (D07)."""
    return pd.DataFrame(
        {
            "id": ["A", "B", "C"],
            "nama": ["Budi Santoso", "BUDI SANTOSO", "Budi Santosa"],
            "telepon": ["0812-3456-7890", "+62 812 3456 7890", "6281234567890"],
        }
    )
