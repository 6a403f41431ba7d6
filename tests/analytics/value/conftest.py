"""The CDNOW counts that the literature's figures are computed from."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import crmlab as crm

HERE = Path(__file__).parent / "cdnow"


@pytest.fixture(scope="session")
def cdnow():
    """One row a history, counted."""
    return pd.read_csv(HERE / "histories.csv")


@pytest.fixture(scope="session")
def cdnow_spend():
    """One row a customer who came back."""
    counts = pd.read_csv(HERE / "spend.csv")
    rows = counts.loc[counts.index.repeat(counts["customers"])].reset_index(drop=True)
    return rows.assign(monetary=rows["spend"] / rows["frequency"])[["frequency", "monetary"]]


@pytest.fixture(scope="session")
def bg(cdnow):
    return crm.value.fit_bg_nbd(cdnow)


@pytest.fixture(scope="session")
def pareto(cdnow):
    return crm.value.fit_pareto_nbd(cdnow)


@pytest.fixture(scope="session")
def spend(cdnow_spend):
    return crm.value.fit_gamma_gamma(cdnow_spend)


@pytest.fixture(scope="session")
def log():
    """A sales table of buyers who leave: order lines with several orders a day, a return, and rows that say nothing."""
    import numpy as np

    random = np.random.default_rng(20)
    rows = []
    for who in range(900):
        day = pd.Timestamp("2019-01-01") + pd.Timedelta(days=int(random.integers(0, 180)))
        rate, leave, own = random.gamma(1.2, 0.02), random.beta(1.0, 4.0), 60_000 / random.gamma(4.0)
        while day < pd.Timestamp("2021-01-01"):
            amount = float(np.round(random.gamma(6, own)))
            rows.append((f"c{who:03}", day, amount))
            if random.random() < leave:
                break
            day = day + pd.Timedelta(days=1 + int(random.exponential(1 / rate)))
    table = pd.DataFrame(rows, columns=["customer_id", "ordered_at", "amount"])
    table["order_id"] = range(len(table))
    return table
