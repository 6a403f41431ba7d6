"""What makes your tables; reading it gives no answer away. Kode yang membuat tabel Anda."""

import numpy as np
import pandas as pd


def shop(rng, variant):
    """Orders of one month: who, when, what, how much; some were returned."""
    n = 60
    day = rng.integers(1, 29, n)
    amount = rng.integers(20_000, 400_000, n) + rng.integers(0, 999, n)
    orders = pd.DataFrame(
        {
            "order_id": np.arange(1, n + 1),
            "ordered_at": pd.to_datetime("2020-03-01") + pd.to_timedelta(day - 1, unit="D"),
            "customer": [f"C{i:02d}" for i in rng.integers(1, 25, n)],
            "channel": rng.choice(["store", "website", "whatsapp"], n, p=[0.5, 0.3, 0.2]),
            "amount": amount.astype(float),
            "returned": rng.random(n) < 0.15,
        }
    )
    orders.loc[0, "returned"], orders.loc[1, "returned"] = True, False
    words = {
        "id": {"what": {"shop": "toko buku", "cafe": "kedai kopi", "pharmacy": "apotek"}[variant]},
        "en": {"what": {"shop": "bookshop", "cafe": "coffee bar", "pharmacy": "pharmacy"}[variant]},
    }
    return {"orders": orders, "target": 5_000_000 + 1000 * int(rng.integers(0, 3000)), "words": words}
