"""What came out exactly: counts and sums that a correct analysis reproduces to the last digit."""

import numpy as np

from crmlab.datasets.retail import planted, relations

_MOST_REFUSALS = 3
_BADLY_LATE_DAYS, _BADLY_LATE_TIMES = 30, 3


def exact(shop):
    """Compute the exact truths from the tables, as an analyst would.

    Returns
    -------
    dict of str to dict
    """
    return {
        "R-T09": _segments(shop) | relations.lab_clusters(shop),
        "R-T10": _concentration(shop),
        "R-T11": _whale(shop),
        "R-T16": _double_promotions(shop),
        "R-T17": _duplicates(shop),
        "R-T18": _gender(shop),
        "R-T19": _blacklist(shop),
        "R-T24": relations.hits_at_three(shop),
        "R-T27": _overstatement(shop),
        "R-T29": _margins(shop),
        "R-T30": _consent(shop),
        "R-T31": _obsolete(shop),
    }


def _segments(shop):
    counts = shop.truth["customer_segment"]["segment_true"].value_counts()
    return {f"customers_{name}": int(counts[name]) for name in planted.SEGMENTS}


def _concentration(shop):
    lines = shop.star["fact_sales_line"]
    by_customer = lines.groupby("customer_id")["amount"].sum()
    people = shop.clean["customers"].drop_duplicates("customer_id").set_index("customer_id")["customer_type"]
    consumers = by_customer[people.reindex(by_customer.index) == "consumer"]

    def top(values):
        ordered = np.sort(values.to_numpy())[::-1]
        return round(float(ordered[: round(0.2 * len(ordered))].sum() / ordered.sum()), 6)

    return {
        "top_20_percent_share_of_buyers": top(by_customer),
        "top_20_percent_share_of_consumers": top(consumers),
        "corporate_share": round(1 - float(consumers.sum() / by_customer.sum()), 6),
    }


def _double_promotions(shop):
    pairs = shop.clean["order_promotions"]
    counts = pairs.groupby("order_id").size()
    totals = shop.clean["sales"].set_index("order_id")["total"]
    joined = int(totals.loc[pairs["order_id"]].sum())
    once = int(totals.loc[counts.index].sum())
    return {
        "orders_with_promotion": len(counts),
        "orders_with_two_rows": int((counts == 2).sum()),
        "overcounted_total": joined - once,
    }


def _duplicates(shop):
    kinds = shop.truth["pos_duplicate"]["kind"].value_counts()
    return {
        "duplicate_rows": len(shop.truth["pos_duplicate"]),
        **{name: int(kinds.get(name, 0)) for name in planted.DUPLICATE_KINDS},
        "households_sharing_a_phone": len(shop.truth["household_phone"]),
        "rows_in_pos": len(shop.truth["customer_segment"]) + len(shop.truth["pos_duplicate"]),
    }


def _gender(shop):
    people = shop.clean["customers"].drop_duplicates("customer_id")
    consumers = people[people["customer_type"] == "consumer"]
    return {
        "consumers_without_gender": int(consumers["gender"].isna().sum()),
        "consumers_female": int((consumers["gender"] == "female").sum()),
        "consumers_male": int((consumers["gender"] == "male").sum()),
    }


def _blacklist(shop):
    refused = shop.clean["deliveries"].query("refused").merge(shop.clean["sales"][["order_id", "customer_id"]])
    fakes = refused.groupby("customer_id").size() >= _MOST_REFUSALS
    paid = shop.clean["payments"].query("method == 'invoice'").merge(shop.clean["sales"][["order_id", "customer_id"]])
    badly = (paid["paid_on"] - paid["due_on"]).dt.days > _BADLY_LATE_DAYS
    payers = paid[badly].groupby("customer_id").size() >= _BADLY_LATE_TIMES
    return {"fake_consumers": int(fakes.sum()), "late_paying_accounts": int(payers.sum())}


def _overstatement(shop):
    """Compare the NPS of the answers as they are with the one weighted back to who was asked."""
    asked = shop.star["fact_survey_invitation"].merge(shop.star["dim_customer"][["customer_key", "segment"]])
    answers = shop.star["fact_survey"].merge(asked[["survey_id", "segment"]])
    naive = (answers["promoter"] - answers["detractor"]).mean()
    loyal = answers["segment"] == "loyal"
    weighted = 0.0
    for group in (True, False):
        some = answers[loyal == group]
        weighted += ((asked["segment"] == "loyal") == group).mean() * (some["promoter"] - some["detractor"]).mean()
    return {
        "answers": len(answers),
        "invitations": len(asked),
        "nps_of_answers": round(float(naive), 6),
        "nps_weighted": round(float(weighted), 6),
        "overstated_by": round(float(naive - weighted), 6),
    }


def _margins(shop):
    lines = shop.star["fact_sales_line"].merge(shop.star["dim_channel"][["channel_id", "channel"]])
    table = lines.groupby([lines["date"].dt.year, "channel"])[["amount", "margin"]].sum()
    rates = (table["margin"] / table["amount"]).unstack()
    mix = (table["amount"] / table["amount"].groupby(level=0).transform("sum")).unstack()
    overall = (rates * mix).sum(axis=1)
    direct = table.drop("field_sales", level="channel").groupby(level=0).sum()
    consumers = direct["margin"] / direct["amount"]
    return {
        "margin_2016": round(float(overall[2016]), 6),
        "margin_2019": round(float(overall[2019]), 6),
        "change": round(float(overall[2019] - overall[2016]), 6),
        "margin_of_consumers_2016": round(float(consumers[2016]), 6),
        "margin_of_consumers_2019": round(float(consumers[2019]), 6),
        "change_by_mix": round(float(((mix.loc[2019] - mix.loc[2016]) * rates.loc[2016]).sum()), 6),
        "change_by_rate": round(float(((rates.loc[2019] - rates.loc[2016]) * mix.loc[2019]).sum()), 6),
        **{f"margin_{name}": round(float(rates[name].mean()), 4) for name in planted.CHANNELS},
    }


def _whale(shop):
    """Rank customers by profit: who loses money, and how far the best carry the sum past the whole."""
    profit = relations.profits(shop)
    ranked = np.sort(profit.to_numpy())[::-1]
    along = ranked.cumsum()
    return {
        "customers": len(ranked),
        "loss_making": int((ranked < 0).sum()),
        "loss_making_share": round(float((ranked < 0).mean()), 6),
        "profit": round(float(along[-1])),
        "peak_share": round(float(along.max() / along[-1]), 6),
    }


def consent_on(shop):
    """Tell for every send whether there was consent for marketing on its channel at its moment.

    The latest entry counts; a tie is a no; no entry is a no.

    Returns
    -------
    pandas.Series
        By send, for what was sent.
    """
    import pandas as pd

    sends = shop.clean["campaign_sends"].merge(shop.clean["campaigns"][["campaign_id", "channel"]], on="campaign_id")
    sends = sends[sends["sent_at"].notna()].sort_values("sent_at").astype({"channel": "str"})
    entries = shop.clean["consents"].query("purpose == 'marketing'").astype({"channel": "str"})
    # of entries of one moment the withdrawal decides
    entries = entries.assign(yes=entries["action"] == "given")
    entries = entries.groupby(["customer_id", "channel", "recorded_at"], as_index=False)["yes"].min()
    known = pd.merge_asof(
        sends,
        entries.sort_values("recorded_at"),
        left_on="sent_at",
        right_on="recorded_at",
        by=["customer_id", "channel"],
    )
    return known["yes"].eq(True).set_axis(known["send_id"])


def _consent(shop):
    ledger = shop.clean["consents"].query("purpose == 'marketing'")
    given = ledger.loc[ledger["action"] == "given", "customer_id"]
    gone = ledger.loc[ledger["action"] == "withdrawn", "customer_id"]
    moments = ledger.groupby(["customer_id", "channel", "recorded_at"])["action"].nunique()
    return {
        "opted_in": int(given.nunique()),
        "withdrew": int(gone.nunique()),
        "ties": int((moments > 1).sum()),
        "sends_without_consent": int((~consent_on(shop)).sum()),
    }


def _obsolete(shop):
    """Count the features of the CRM that nobody opened in the last year."""
    log, features = shop.clean["crm_log"], shop.clean["crm_features"]
    used = log.loc[log["date"].dt.year == planted.LAST_DAY.year, "feature_id"]
    return {"features": len(features), "features_not_used_in_2020": int((~features["feature_id"].isin(used)).sum())}
