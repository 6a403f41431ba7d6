"""What standardising and profiling cost, in CPU seconds: ``python tests/benchmarks/quality.py [rows]``."""

from __future__ import annotations

import sys
import time

import numpy as np
import pandas as pd

import crmlab as crm

standardise, quality = crm.ingest.standardise, crm.quality


def people(n: int) -> pd.DataFrame:
    """A table of 15 columns as a large company's export has them; phones are written in four ways, all distinct."""
    dice = np.random.default_rng(1)
    digits = dice.integers(10**8, 10**9, n)
    ways = ("0812{0}", "+62 812 {1} {2}", "62812{0}", "0812-{1}-{2}")
    phones = [ways[i % 4].format(x, str(x)[:4], str(x)[4:]) for i, x in enumerate(digits)]
    names = crm.datasets.load_retail(layer="raw").tables["pos_pelanggan"]["NAMA"].to_numpy()
    days = pd.Timestamp("2016-01-01") + pd.to_timedelta(dice.integers(0, 1800, n), unit="D")
    return pd.DataFrame(
        {
            "customer_id": [f"P{i:07}" for i in range(n)],
            "phone": phones,
            "email": pd.Series(digits).astype("str").radd("a") + "@contoh.id",
            "name": dice.choice(names, n),
            "gender": dice.choice(["L", "P"], n),
            "province": dice.choice(["Jabar", "DKI", "Jogja"], n),
            "registered_on": days.strftime("%d/%m/%Y"),
            "born_on": pd.Timestamp("1980-01-01") + pd.to_timedelta(dice.integers(0, 8000, n), unit="D"),
            "amount": dice.integers(1000, 10**7, n),
            "quantity": dice.integers(1, 10, n),
            "price": dice.random(n) * 1e5,
            "share": dice.random(n),
            "tier": dice.integers(0, 5, n),
            "member": dice.random(n) > 0.5,
            "postal_code": dice.integers(10_000, 99_999, n),
        }
    )


def main(n: int) -> None:
    table = people(n)
    rules = {
        "columns": {
            "customer_id": {"required": True, "unique": True},
            "phone": {"form": "phone"},
            "email": {"form": "email"},
            "registered_on": {"form": "date"},
            "quantity": {"range": [1, 9]},
        },
        "rows": [{"then": "registered_on > born_on"}],
    }
    for what, how in {
        "phone": lambda: standardise.phone(table["phone"]),
        "name": lambda: standardise.name(table["name"]),
        "email": lambda: standardise.email(table["email"]),
        "codes": lambda: standardise.codes(table["gender"], field="gender", source="pos"),
        "province": lambda: standardise.province(table["province"]),
        "profile without rules": lambda: quality.profile(table),
        "profile with 7 rules": lambda: quality.profile(table, rules),
        "search": lambda: quality.search(table, "bdi harahp", columns=["name"]),
    }.items():
        start = time.process_time()
        how()
        print(f"{what}, {n:,} rows: {time.process_time() - start:.1f} CPU-s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
