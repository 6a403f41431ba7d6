"""Worlds of known truth for every interval that the room shows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlab.analytics import reports


def telephone(rng):
    """Days with a readiness of their own: the calls of a day hang together."""
    for days, (a, b) in ((5, (16, 4)), (5, (38, 2)), (12, (8, 2)), (40, (5, 5))):
        n = 1 + rng.poisson(rng.gamma(8, 60 / 8, days))
        soon = np.concatenate([np.arange(k) < h for k, h in zip(n, rng.binomial(n, rng.beta(a, b, days)), strict=True)])
        day = pd.Timestamp("2024-01-01 09:00") + pd.to_timedelta(np.repeat(np.arange(days), n), unit="D")
        log = pd.DataFrame({"called_at": day, "wait_seconds": np.where(soon, 5, 60), "agents_on_duty": 8})
        row = reports.staffing(100, 180, agents=[8], log=log).table.iloc[0]
        name = f"reports.staffing seen share, {days} days, {a / (a + b):.0%}"
        yield name, a / (a + b), row["seen_share_low"], row["seen_share_high"]


CASES = {"telephone": telephone}
