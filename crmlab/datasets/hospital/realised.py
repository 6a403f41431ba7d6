"""What came out exactly: counts and shares that a correct analysis reproduces to the last digit."""

import datetime as dt
import math

import numpy as np

from crmlab.datasets.hospital import planted, records
from crmlab.datasets.hospital.reference import LEAST_CONTRACTS, LEAST_DAYS, inbound_of, pilot_of, routine_of

#: look-ups within so many days after a visit belong to it
DAYS_AFTER_A_VISIT = 3


def exact(shop):
    """Compute the exact truths from the tables, as an analyst would.

    Returns
    -------
    dict of str to dict
    """
    return {
        "H-T01": {"appointments": len(shop.kept), "no_shows": int(shop.kept["missed"].sum())},
        "H-T02": _table(pilot_of(shop)),
        "H-T03": _table(routine_of(shop)),
        "H-T04": _before(shop),
        "H-T06": _satisfied(shop),
        "H-T08": _mix(shop),
        "H-T09": _pooled_effort(shop),
        "H-T12": _concentration(shop),
        "H-T15": _profit(shop),
        "H-T18": _duplicates(shop),
        "H-T19": {"suspicious": len(suspicious_accesses(shop))},
        "H-T20": factors(shop),
        "H-T21": _overbooking(),
        "H-T22": _contracts(shop),
        "H-T23": _breach(shop),
        "H-T24": _calls(shop),
        "H-T25": _comments(shop),
    }


def _rounded(value):
    return round(float(value), 6)


def _table(kept):
    groups = kept.groupby("reminded")["missed"].agg(["size", "sum", "mean"])
    return {
        **{f"{how}_{name}": int(groups.loc[k, how]) for k, name in enumerate(("control", "reminded")) for how in
           ("size", "sum")},
        **{f"no_show_share_{name}": _rounded(groups.loc[k, "mean"]) for k, name in enumerate(("control", "reminded"))},
    }  # fmt: skip


def _before(shop):
    before = shop.kept[shop.kept["scheduled_at"] < np.datetime64(planted.PILOT[0])]
    return {"reminders": int(before["reminded"].sum()), "no_show_share": _rounded(before["missed"].mean())}


def _satisfied(shop):
    happy = shop.answers["csat"] >= 4
    soon = shop.answers["wait_minutes"] <= planted.WAIT_STANDARD_MINUTES
    late = (shop.answers["wait_minutes"] - planted.CSAT_FREE_MINUTES).clip(lower=0)
    slope = np.cov(late, shop.answers["csat"])[0, 1] / late.var()
    return {
        "csat": _rounded(happy.mean()),
        "csat_within_60_minutes": _rounded(happy[soon].mean()),
        "csat_over_60_minutes": _rounded(happy[~soon].mean()),
        "score_for_each_30_minutes": _rounded(30 * slope),
    }


def _mix(shop):
    answers = shop.answers
    score = 100.0 * ((answers["nps"] >= 9).astype(int) - (answers["nps"] <= 6).astype(int))
    facts = {}
    for year, mine in score.groupby(answers["year"]):
        groups = answers.loc[mine.index, "payer_group"]
        facts |= {f"nps_{year}": _rounded(mine.mean()), f"bpjs_share_{year}": _rounded((groups == "bpjs").mean())}
    return facts


def _pooled_effort(shop):
    answers = shop.clean["survey_answers"]
    return {"naive_mean": _rounded(answers["ces"].mean()), "answers": len(answers)}


def _concentration(shop):
    inbound = inbound_of(shop)["clinic_id"].value_counts()
    return {
        "referrals_in": int(inbound.sum()),
        "top_12_share": _rounded(inbound.iloc[: planted.TOP_CLINICS].sum() / inbound.sum()),
    }


def _profit(shop):
    seen = shop.clean["visits"]
    sums = seen.groupby(seen["payer_id"].map(shop.payer_group))[["amount", "cost"]].sum()
    return {f"margin_{name}": int(sums.loc[name, "amount"] - sums.loc[name, "cost"]) for name in planted.PAYER_GROUPS}


def _duplicates(shop):
    pairs = shop.truth["patient_duplicate"]
    return {
        "duplicate_rows": len(pairs),
        **{name: int((pairs["kind"] == name).sum()) for name in planted.DUPLICATE_KINDS},
        "twins": 2 * len(shop.truth["twins"]),
        "children_on_a_parents_phone": len(shop.truth["household_phone"]),
        "rows_in_register": len(shop.clean["patients"]) + len(pairs),
    }


def suspicious_accesses(shop):
    """Find the look-ups of well-known patients' records without a visit on the day or shortly before.

    Returns
    -------
    pandas.Series
        Ids of the accesses.
    """
    import pandas as pd

    people, log = shop.clean["patients"], shop.clean["access_log"]
    known = people.loc[people["vip"], "patient_id"]
    theirs = log[log["patient_id"].isin(known)]
    theirs = theirs.assign(patient_id=theirs["patient_id"].astype("int32"), day=theirs["at"].dt.normalize())
    seen = shop.clean["visits"]
    seen = seen.loc[seen["patient_id"].isin(known), ["patient_id", "checked_in_at"]]
    seen = seen.assign(visited=seen["checked_in_at"].dt.normalize())
    both = theirs[["access_id", "patient_id", "day"]].merge(seen[["patient_id", "visited"]], on="patient_id")
    gap = both["day"] - both["visited"]
    close = (gap >= pd.Timedelta(0)) & (gap <= pd.Timedelta(days=DAYS_AFTER_A_VISIT))
    return theirs.loc[~theirs["access_id"].isin(both.loc[close, "access_id"]), "access_id"]


def factors(shop):
    """Give performance and importance of the factors of experience: mean, and correlation with satisfaction."""
    answers = shop.clean["survey_answers"]
    names = [name for name, _, _ in planted.FACTORS]
    means = answers[names].mean()
    importance = answers[names].corrwith(answers["csat"])
    return {
        **{f"performance_{name}": _rounded(means[name]) for name in names},
        **{f"importance_{name}": _rounded(importance[name]) for name in names},
        "lowest_performance": means.idxmin(),
        "most_important": ", ".join(sorted(importance.nlargest(2).index)),
    }


def _overbooking():
    slots, booked, p = (planted.OVERBOOKING[name] for name in ("slots", "booked", "no_show"))
    more = sum(
        math.comb(booked, k) * (1 - p) ** k * p ** (booked - k) for k in range(slots + 1, booked + 1)
    )  # more come than there are slots
    return {"expected": round(booked * (1 - p), 6), "too_many": round(more, 6)}


def _contracts(shop):
    table = shop.clean["corporate_contracts"]
    ended = table[table["status"] != "running"]
    return {
        "contracts": len(table),
        "ended": len(ended),
        "renewed": int((ended["status"] == "renewed").sum()),
        "enough_for_an_interval": bool((ended["employee_nps"] < 0).sum() >= LEAST_CONTRACTS),
    }


def _breach(shop):
    log = shop.clean["access_log"]
    at = log.loc[log["action"] == "export", "at"].iloc[0].to_pydatetime()
    due = at + dt.timedelta(hours=planted.NOTICE_HOURS)
    return {"exported_at": at.isoformat(sep=" "), "notice_due_at": due.isoformat(sep=" ")}


def _calls(shop):
    table = shop.clean["calls"]
    days = table["called_at"].dt.date.nunique()
    return {
        "calls": len(table),
        "days": int(days),
        "handling_seconds": _rounded(table["handling_seconds"].mean()),
        "enough_for_an_interval": bool(days >= LEAST_DAYS * len(planted.AGENTS)),
    }


def _comments(shop):
    answers = shop.clean["survey_answers"]
    return {"comments": int(answers["comment"].notna().sum()), "labelled": int(answers["topic"].notna().sum())}


def merged_pairs(register):
    """Give what the reference way merges: the second record's number and the first one's."""
    first = records.merge_map(register)
    return first[first != first.index]
