"""Where patients come from and go to: the network, how few it hangs on, and the steps of the national scheme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import UserError
from ...frames import day_of, label_of
from ...intervals import wilson
from ...results import Note, Result, Source
from .tables import received

__all__ = ["concentration", "levels", "network"]

TIERS = ("primary_care", "type_d", "type_c", "type_b", "type_a")


def network(
    referrals: Any, *, as_of: Any, since: Any = None, clinics: Any = None, source: Source | None = None
) -> Result:
    """Every clinic with what it sends and what it is sent: a directed network with the house in the middle.

    Parameters
    ----------
    referrals : DataFrame
        As :data:`REFERRALS`.
    as_of : date
    since : date, optional
    clinics : DataFrame, optional
        As :data:`CLINICS`: their names.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``referrals.network``: per clinic ``inbound``, ``outbound``, ``inbound_share`` with Wilson's interval, and
        ``first_on``, ``last_on`` of what it sent. Referrals of an unknown clinic are a row, the last. ``facts``:
        ``both_ways`` clinics that send and take over; ``circular`` patients who were sent back to where they had come
        from.
    """
    import pandas as pd

    table, notes, last = received(referrals, as_of, None, (), clinics)
    if since is not None:
        table = table[table["day"] >= day_of(since, "since")]
        if table.empty:
            raise UserError("referrals.empty", table="referrals")
    inbound, outbound = (table[table["direction"] == d] for d in ("inbound", "outbound"))
    rows = []
    for (key, name), some in table.groupby(["clinic_id", "clinic"], dropna=False, sort=False):
        came = some[some["direction"] == "inbound"]
        n = len(came)
        low, high = wilson(n, len(inbound)) if len(inbound) else (float("nan"),) * 2
        row = {"clinic_id": label_of(key), "clinic": label_of(name), "inbound": n, "outbound": len(some) - n}
        row |= {"inbound_share": n / len(inbound) if len(inbound) else float("nan"), "inbound_share_low": low}
        row |= {"inbound_share_high": high, "first_on": came["day"].min(), "last_on": came["day"].max()}
        rows.append(row)
    rows.sort(key=lambda r: (r["clinic_id"] is None, -r["inbound"], -r["outbound"], str(r["clinic"])))
    circular = 0
    if "patient_id" in table:
        pairs = inbound.dropna(subset=["patient_id", "clinic_id"])[["patient_id", "clinic_id", "day"]]
        back = outbound.dropna(subset=["patient_id", "clinic_id"])[["patient_id", "clinic_id", "day"]]
        both = back.merge(pairs, on=["patient_id", "clinic_id"], suffixes=("", "_in"))
        circular = int(both.loc[both["day"] >= both["day_in"], "patient_id"].nunique())
    named = [r for r in rows if r["clinic_id"] is not None]
    first = max(named, key=lambda r: r["inbound"], default=rows[0])
    facts = {"n": len(table), "inbound": len(inbound), "outbound": len(outbound), "clinics": len(named)}
    facts |= {"senders": sum(r["inbound"] > 0 for r in named), "takers": sum(r["outbound"] > 0 for r in named)}
    facts |= {"both_ways": sum(r["inbound"] > 0 and r["outbound"] > 0 for r in named), "circular": circular}
    facts |= {"first_clinic": first["clinic"], "first_share": first["inbound_share"]}
    facts |= {"first_share_low": first["inbound_share_low"], "first_share_high": first["inbound_share_high"]}
    facts |= {"last": last, "unknown": sum(r["inbound"] + r["outbound"] for r in rows if r["clinic_id"] is None)}
    shares = dict.fromkeys(("inbound_share", "inbound_share_low", "inbound_share_high"), "share")
    units = {"clinic_id": "key", "clinic": "text", "inbound": "count", "outbound": "count", **shares}
    units |= {"first_on": "date", "last_on": "date"}
    return Result("referrals.network", pd.DataFrame(rows), {"as_of": last, "units": units}, facts, tuple(notes), source)


def concentration(
    referrals: Any,
    *,
    as_of: Any,
    since: Any = None,
    top: int = 12,
    clinics: Any = None,
    draws: int = 400,
    seed: int = 1,
    source: Source | None = None,
) -> Result:
    """How few clinics send how many of the patients.

    Parameters
    ----------
    referrals : DataFrame
        As :data:`REFERRALS`.
    as_of, since : date
    top : int
        How many of the largest.
    clinics : DataFrame, optional
    draws, seed : int
        Of the interval, see below.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``referrals.concentration``: clinics by rank with ``n``, ``share``, ``cumulative_share``. ``facts``:
        ``top_share`` with interval, ``hhi`` (sum of squared shares) and ``effective`` (1 by it: as many equal clinics
        would be as concentrated).

    Notes
    -----
    The largest of a sample are so by luck too: their share in it is above that of the truly largest. By how much is
    found by drawing the sample anew from itself and ranking again; that luck is taken off before Wilson's interval.
    """
    import numpy as np
    import pandas as pd

    table, notes, last = received(referrals, as_of, "inbound", (), clinics)
    if since is not None:
        table = table[table["day"] >= day_of(since, "since")]
    known = table.dropna(subset=["clinic_id"])
    if known.empty:
        raise UserError("referrals.empty", table="referrals")
    counts = known.groupby(["clinic_id", "clinic"]).size().sort_values(ascending=False, kind="stable")
    n, k = int(counts.sum()), len(counts)
    if not (isinstance(top, int) and not isinstance(top, bool) and top >= 1):
        raise UserError("referrals.bad_top", found=top)
    top = min(top, k)
    values = counts.to_numpy(float)
    share = values / n
    cumulative = share.cumsum()
    found = float(cumulative[top - 1])
    luck = _luck(values, top, draws, np.random.default_rng(seed))
    low = high = float("nan")
    if n >= 100 and top < k:
        low, high = wilson(max(found - luck, 0.0) * n, n)
    rows = [
        {"rank": i + 1, "clinic_id": label_of(key), "clinic": label_of(name), "n": int(v), "share": float(s)}
        | {"cumulative_share": float(c)}
        for i, ((key, name), v, s, c) in enumerate(zip(counts.index, values, share, cumulative, strict=True))
    ]
    hhi = float((share**2).sum())
    facts = {"n": n, "clinics": k, "top": top, "top_share": found, "top_share_low": low, "top_share_high": high}
    facts |= {"luck": luck, "hhi": hhi, "effective": 1 / hhi, "first_clinic": rows[0]["clinic"]}
    facts |= {"first_share": rows[0]["share"], "last": last}
    facts["verdict"] = "too_few" if low != low else "real" if low > top / k else "noise"
    units = {"rank": "count", "clinic_id": "key", "clinic": "text", "n": "count", "share": "share"}
    units |= {"cumulative_share": "share"}
    params = {"top": top, "as_of": last, "draws": draws, "seed": seed, "units": units}
    return Result("referrals.concentration", pd.DataFrame(rows), params, facts, tuple(notes), source)


def _luck(values: Any, top: int, draws: int, rng: Any) -> float:
    """By how much the share of the largest of a sample is above the share of those that truly are."""
    import numpy as np

    n = int(values.sum())
    p = values / n
    best = np.sort(rng.multinomial(n, p, size=draws), axis=1)[:, -top:].sum(axis=1) / n
    return float(best.mean() - np.sort(p)[-top:].sum())


def levels(
    referrals: Any,
    *,
    as_of: Any,
    own: str,
    tiers: Sequence[str] = TIERS,
    clinics: Any = None,
    source: Source | None = None,
) -> Result:
    """Whether referrals climbed the steps of the national scheme: from primary care up, and not past a step.

    Parameters
    ----------
    referrals : DataFrame
        As :data:`REFERRALS`, with ``facility_type`` of the clinic; leave out those whom the scheme does not pay for.
    as_of : date
    own : str
        The house's own tier.
    tiers : sequence of str
        From the lowest up.
    clinics : DataFrame, optional
    source : Source, optional

    Returns
    -------
    Result
        Kind ``referrals.levels``: per direction and tier ``n``, ``share`` of that direction with Wilson's interval, and
        ``step``: ``in_order``, ``same_level`` or ``backwards`` (from above, or sent down; a patient sent back home is
        one), for a person to look at.
    """
    import pandas as pd

    table, notes, last = received(referrals, as_of, None, ("facility_type",), clinics)
    order = {tier: k for k, tier in enumerate(tiers)}
    if own not in order:
        raise UserError("referrals.bad_tier", found=own, wanted=list(tiers))
    known = table["facility_type"].isin(order)
    if (~known).any():
        notes.append(Note("referrals.note.no_tier", {"n": int((~known).sum())}))
    rows = []
    for direction in ("inbound", "outbound"):
        mine = table[known & (table["direction"] == direction)]
        for tier in tiers:
            n = int((mine["facility_type"] == tier).sum())
            if not n:
                continue
            gap = order[own] - order[tier] if direction == "inbound" else order[tier] - order[own]
            low, high = wilson(n, len(mine))
            row = {"direction": direction, "facility_type": tier, "n": n, "share": n / len(mine)}
            step = "in_order" if gap > 0 else "same_level" if gap == 0 else "backwards"
            rows.append(row | {"share_low": low, "share_high": high, "step": step})
    if not rows:
        raise UserError("referrals.no_tiers", wanted=list(tiers))
    total = sum(r["n"] for r in rows)
    odd = sum(r["n"] for r in rows if r["step"] != "in_order")
    low, high = wilson(odd, total)
    facts = {"n": total, "out_of_order": odd, "out_share": odd / total, "out_share_low": low, "out_share_high": high}
    facts |= {"own": own, "last": last, "untold": int((~known).sum())}
    units = {"direction": "text", "facility_type": "text", "n": "count", "share": "share", "share_low": "share"}
    units |= {"share_high": "share", "step": "text"}
    params = {"own": own, "as_of": last, "units": units}
    return Result("referrals.levels", pd.DataFrame(rows), params, facts, tuple(notes), source)
