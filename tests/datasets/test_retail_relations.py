"""What must hold in every row beside the sales, at sizes S and M."""

import numpy as np
import pandas as pd
import pytest

from crmlab.datasets.retail import campaigns, consents, contacts, management, pipeline, planted, points

EVENTS = (  # table, column of time
    ("consents", "recorded_at"),
    ("campaign_sends", "sent_at"),
    ("interactions", "occurred_at"),
    ("complaints", "complained_at"),
    ("relationship_surveys", "asked_on"),
    ("points", "entered_at"),
    ("web_events", "occurred_at"),
)


@pytest.fixture(scope="module")
def scale(shop):
    return len(shop.truth["customer_segment"]) / planted.CONSUMERS


@pytest.mark.parametrize(("table", "column"), EVENTS)
def test_nobody_is_in_touch_before_registering_or_after_leaving(shop, table, column):
    people = shop.clean["customers"].drop_duplicates("customer_id")[["customer_id", "registered_on", "closed_on"]]
    events = shop.clean[table].dropna(subset=["customer_id", column]).merge(people, on="customer_id")
    day = events[column].dt.normalize()
    assert (day >= events["registered_on"]).all()
    assert ~(day >= events["closed_on"]).any()
    assert day.max() <= pd.Timestamp(planted.LAST_DAY)
    if table != "consents":  # members gave consent when they registered, half a year before the first sale
        assert day.min() >= pd.Timestamp(planted.FIRST_DAY)


@pytest.mark.parametrize("table", ["consents", "interactions", "complaints", "points", "web_events", "leads"])
def test_events_stand_in_the_order_of_time(shop, table):
    column = {"consents": "recorded_at", "complaints": "complained_at", "points": "entered_at", "leads": "created_at"}
    assert shop.clean[table][column.get(table, "occurred_at")].is_monotonic_increasing


def test_so_many_opted_in_and_withdrew(shop, scale):
    ledger = shop.clean["consents"]
    assert set(ledger["purpose"]) == set(consents.PURPOSES)
    assert set(ledger["channel"]) == set(consents.CHANNELS)
    marketing = ledger[ledger["purpose"] == "marketing"]
    given = marketing.loc[marketing["action"] == "given", "customer_id"].unique()
    gone = marketing.loc[marketing["action"] == "withdrawn", "customer_id"].unique()
    assert len(given) == round(planted.OPT_IN * planted.CONSUMERS * scale)
    assert len(gone) == round(planted.WITHDRAWN * len(given))
    assert set(gone) <= set(given)


def test_sends_without_consent_are_the_planted_ones(shop, scale):
    """Entry by entry, as somebody would who reads the ledger of one customer."""
    sends = shop.clean["campaign_sends"].merge(shop.clean["campaigns"][["campaign_id", "channel"]], on="campaign_id")
    sends = sends[sends["sent_at"].notna()]
    marketing = shop.clean["consents"].query("purpose == 'marketing'")
    ledger = {}
    columns = ["customer_id", "channel", "recorded_at", "action"]
    for who, channel, when, action in marketing[columns].itertuples(index=False):
        ledger.setdefault((who, channel), []).append((when, action == "given"))

    def allowed(who, channel, when):
        entries = [entry for entry in ledger.get((who, channel), ()) if entry[0] <= when]
        latest = max((moment for moment, _ in entries), default=None)
        return latest is not None and all(yes for moment, yes in entries if moment == latest)

    columns = ["send_id", "customer_id", "channel", "sent_at"]
    breaches = {send for send, *rest in sends[columns].itertuples(index=False) if not allowed(*rest)}
    assert breaches == set(shop.truth["consent_breach"]["send_id"])
    assert len(breaches) == round(planted.BREACHES * scale)
    assert set(shop.truth["consent_breach"]["kind"]) == set(campaigns.BREACHES)


def test_campaigns_have_the_planned_size_and_nobody_twice(shop, scale):
    sends = shop.clean["campaign_sends"].merge(shop.clean["campaigns"][["campaign_id", "campaign_kind", "sent_on"]])
    assert len(sends) == round(planted.SENDS * scale)
    assert not sends.duplicated(["campaign_id", "customer_id"]).any()
    arms = sends.groupby("campaign_kind")["arm"].value_counts()
    assert arms["win_back", "test"] == round(planted.WIN_BACK_TREATED * scale)
    assert arms["win_back", "control"] == round(planted.WIN_BACK_HOLDOUT * scale)
    assert set(sends.loc[sends["campaign_kind"] != "win_back", "arm"]) == {"none"}
    assert (sends["sent_at"].isna() == (sends["arm"] == "control")).all()
    assert (sends["sent_at"].dropna().dt.normalize() == sends.loc[sends["sent_at"].notna(), "sent_on"]).all()
    assert not (sends["clicked"] & ~sends["opened"]).any()
    assert not (sends["opened"] & sends["sent_at"].isna()).any()


def test_conversions_are_orders_that_followed(shop):
    sends = shop.clean["campaign_sends"].merge(shop.clean["campaigns"][["campaign_id", "campaign_kind", "sent_on"]])
    assert (sends["order_id"].notna() == sends["converted"]).all()
    orders = shop.clean["sales"].set_index("order_id")
    yes = sends[sends["converted"]]
    made = orders.loc[yes["order_id"].astype(int)]
    assert (made["customer_id"].to_numpy() == yes["customer_id"].to_numpy()).all()
    assert (made["status"] != "cancelled").all()
    start = yes["sent_at"].fillna(yes["sent_on"])
    days = (made["ordered_at"].reset_index(drop=True) - start.reset_index(drop=True)).dt.total_seconds() / 86_400
    most = np.where(yes["campaign_kind"] == "win_back", planted.WIN_BACK_DAYS, 7)
    assert (days > -0.6).all() and (days <= most + 0.6).all()
    fact = shop.star["fact_campaign_send"].set_index("send_id").loc[yes["send_id"]]
    assert (fact["amount"].to_numpy() == made["total"].to_numpy()).all()


def test_who_is_wooed_back_had_stayed_away(shop):
    sends = shop.clean["campaign_sends"].merge(shop.clean["campaigns"][["campaign_id", "campaign_kind", "sent_on"]])
    lapsed = sends[sends["campaign_kind"] == "win_back"]
    orders = shop.sales[["customer_id", "ordered_at"]].sort_values("ordered_at")
    last = pd.merge_asof(
        lapsed.sort_values("sent_on")[["customer_id", "sent_on", "send_id"]].astype(
            {"sent_on": orders["ordered_at"].dtype}
        ),
        orders,
        left_on="sent_on",
        right_on="ordered_at",
        by="customer_id",
    )
    assert (last["sent_on"] - last["ordered_at"] >= pd.Timedelta(days=planted.LAPSED_DAYS)).all()
    # the outcome is what the sales say, in both arms
    following = orders.merge(lapsed[["customer_id", "sent_on", "send_id", "converted"]], on="customer_id")
    gap = following["ordered_at"] - following["sent_on"]
    back = following.loc[(gap > pd.Timedelta(0)) & (gap <= pd.Timedelta(days=planted.WIN_BACK_DAYS)), "send_id"]
    assert set(back) == set(lapsed.loc[lapsed["converted"], "send_id"])


def test_complaints_follow_what_happened(shop, scale):
    complaints = shop.clean["complaints"]
    assert len(complaints) == round(planted.COMPLAINTS * scale)
    known = complaints.dropna(subset=["order_id"]).astype({"order_id": int})
    orders = shop.clean["sales"].set_index("order_id").loc[known["order_id"]]
    assert (orders["customer_id"].to_numpy() == known["customer_id"].to_numpy()).all()
    assert (known["complained_at"].to_numpy() >= orders["ordered_at"].to_numpy()).all()
    late = shop.clean["deliveries"].query("late_days > 0 and not refused")["order_id"]
    assert set(known.loc[known["category"] == "late_delivery", "order_id"]) <= set(late)
    reasons = shop.clean["returns"].groupby("order_id")["reason"].agg(set)
    for category, reason in (("damaged_goods", "damaged"), ("wrong_item", "wrong_item")):
        about = known.loc[known["category"] == category, "order_id"]
        assert all(reason in reasons[order] for order in about)
    done = complaints.dropna(subset=["resolved_at"])
    assert (done["resolved_at"] > done["complained_at"]).all()
    assert done["resolved_at"].max() < pd.Timestamp("2021-01-01")
    assert not complaints.loc[complaints["resolved_at"].isna(), "reopened"].any()
    jobs = shop.clean["employees"].set_index("employee_id")["job"]
    assert set(jobs[complaints["employee_id"]]) == {"service_agent"}
    # the desk gets quicker
    hours = (done["resolved_at"] - done["complained_at"]).dt.total_seconds() / 3_600
    by_year = hours.groupby(done["complained_at"].dt.year).median()
    assert by_year[2020] < by_year[2016]


def test_late_parcels_are_complained_about_more(shop):
    about = set(shop.clean["complaints"]["order_id"].dropna().astype(int))
    parcels = shop.clean["deliveries"].query("not refused")
    complained = parcels["order_id"].isin(about)
    assert complained[parcels["late_days"] > 0].mean() > 2 * complained[parcels["late_days"] == 0].mean()


def test_points_are_kept_by_the_rule(shop):
    ledger = shop.clean["points"].sort_values(["customer_id", "entered_at", "point_entry_id"])
    assert (ledger["points"].where(ledger["kind"] == "earned", -ledger["points"]) > 0).all()
    assert (ledger.groupby("customer_id")["points"].cumsum() >= 0).all()
    members = shop.clean["customers"].drop_duplicates("customer_id").set_index("customer_id")["loyalty_member"]
    assert members[ledger["customer_id"]].all()
    earned = ledger[ledger["kind"] == "earned"].astype({"order_id": int})
    assert not earned["order_id"].duplicated().any()
    orders = shop.clean["sales"].set_index("order_id")
    used = shop.clean["order_promotions"].merge(shop.clean["promotions"])
    double = used.loc[used["promotion_kind"] == "points", "order_id"]
    factor = np.where(earned["order_id"].isin(double), 2, 1)
    totals = orders["total"].loc[earned["order_id"]].to_numpy()
    assert (earned["points"].to_numpy() == totals // points.RUPIAH_A_POINT * factor).all()
    due = orders[(orders["status"] != "cancelled") & (orders["total"] >= points.RUPIAH_A_POINT)]
    due = due[due["customer_id"].map(members).fillna(False).astype(bool)]
    consumers = shop.clean["customers"].drop_duplicates("customer_id").query("customer_type == 'consumer'")
    assert set(earned["order_id"]) == set(due.index[due["customer_id"].isin(consumers["customer_id"])])
    # on 31 December nothing is left of what was earned before the year
    gone = ledger[ledger["kind"] == "expired"]
    assert set(gone["entered_at"].dt.strftime("%m-%d")) == {"12-31"}
    balance = ledger.assign(balance=ledger.groupby("customer_id")["points"].cumsum())
    year = balance["entered_at"].dt.year
    fresh = balance[balance["kind"] == "earned"].groupby(["customer_id", year])["points"].sum()
    after = balance[balance["kind"] == "expired"].set_index(["customer_id", year[balance["kind"] == "expired"]])[
        "balance"
    ]
    assert (after <= fresh.reindex(after.index, fill_value=0)).all()


def test_sessions_are_short_and_end_in_real_orders(shop, scale):
    events = shop.clean["web_events"]
    sessions = events.groupby("session_id")
    assert len(sessions) == round(planted.SESSIONS * scale)
    assert (sessions["occurred_at"].agg(np.ptp) < pd.Timedelta(hours=1)).all()
    assert (sessions["customer_id"].nunique() <= 1).all()
    assert (sessions["cookie_consent"].nunique() == 1).all()
    assert events.loc[events["customer_id"].notna(), "cookie_consent"].all()
    first = events.sort_values(["session_id", "occurred_at", "web_event_id"]).drop_duplicates("session_id")
    assert set(first["page"]) == {"home"}
    placed = events[events["page"] == "order_placed"]
    assert (events["order_id"].notna() == (events["page"] == "order_placed")).all()
    assert not placed["order_id"].duplicated().any()
    orders = shop.clean["sales"].merge(shop.clean["channels"]).set_index("order_id").loc[placed["order_id"].astype(int)]
    assert set(orders["channel"]) == {"website"}
    assert (orders["ordered_at"].to_numpy() == placed["occurred_at"].to_numpy()).all()
    known = placed["customer_id"].notna().to_numpy()
    assert (orders["customer_id"].to_numpy()[known] == placed["customer_id"].to_numpy()[known]).all()


def test_walk_ins_follow_the_stores(shop):
    visits = shop.clean["anonymous_visits"]
    assert len(visits) == planted.N_DAYS * 4
    assert (visits["visitors"] >= visits["receipts"]).all()
    assert ((visits["amount"] > 0) == (visits["receipts"] > 0)).all()
    by_store = visits.groupby("store_id")["receipts"].sum()
    assert by_store.is_monotonic_decreasing
    year = visits.groupby(visits["date"].dt.year)["receipts"].sum()
    assert year[2020] < 0.9 * year[2019]


def test_leads_became_the_accounts_they_say(shop):
    leads = shop.clean["leads"]
    won = leads[leads["outcome"] == "won"].astype({"customer_id": int})
    people = shop.clean["customers"].drop_duplicates("customer_id").set_index("customer_id")
    accounts = people.loc[won["customer_id"]]
    assert (accounts["customer_type"] == "corporate").all()
    assert (accounts["name"].to_numpy() == won["company"].to_numpy()).all()
    assert (accounts["registered_on"].to_numpy() > won["created_at"].to_numpy()).all()
    assert leads.loc[leads["outcome"] == "lost", "customer_id"].isna().all()
    assert (leads["lost_reason"].isna() == (leads["outcome"] == "won")).all()
    reps = shop.clean["account_reps"].set_index("customer_id")["sales_rep_id"]
    assert (reps[won["customer_id"]].to_numpy() == won["sales_rep_id"].to_numpy()).all()
    assert leads["created_at"].min() >= pd.Timestamp(planted.FIRST_DAY)
    assert leads["fit_score"].between(0, 100).all()


def test_stages_are_skipped_and_go_back_but_end_where_they_should(shop):
    log = shop.clean["stage_log"].merge(shop.clean["stages"])
    log = log.sort_values(["opportunity_id", "step"])
    assert (log.groupby("opportunity_id")["entered_at"].diff().dropna() >= pd.Timedelta(0)).all()
    moves = log.groupby("opportunity_id")["position"].diff().dropna()
    assert set(moves) == {1.0, 2.0, -1.0}
    last = log.groupby("opportunity_id").tail(1).set_index("opportunity_id")
    opportunities = shop.clean["opportunities"].set_index("opportunity_id")
    assert (last["stage"].astype(str) == opportunities["last_stage"].astype(str)).all()
    assert ((opportunities["outcome"] == "won") == (opportunities["last_stage"] == pipeline.STAGES[-1])).all()
    assert (opportunities["closed_on"] > opportunities["opened_on"]).all()
    assert (last["entered_at"].dt.normalize() == opportunities["closed_on"]).all()
    leads = shop.clean["leads"].set_index("lead_id").loc[opportunities["lead_id"]]
    assert (leads["outcome"].to_numpy() == opportunities["outcome"].to_numpy()).all()
    assert (opportunities["opened_on"].to_numpy() > leads["created_at"].to_numpy()).all()


def test_interactions_touch_all_points_by_people_who_work_there(shop):
    table = shop.clean["interactions"]
    assert set(table["touchpoint"]) == set(contacts.TOUCHPOINTS)
    assert set(table["topic"]) == set(contacts.TOPICS)
    assert (table["customer_id"].isna() == (table["touchpoint"] == "social_media")).all()
    jobs = shop.clean["employees"].set_index("employee_id")["job"]
    known = table.dropna(subset=["employee_id"]).astype({"employee_id": int})
    by_touchpoint = jobs[known["employee_id"]].astype(str).groupby(known["touchpoint"].astype(str).to_numpy()).agg(set)
    assert by_touchpoint["field_visit"] == {"sales_rep"}
    assert by_touchpoint["payment_reminder"] == {"finance_officer"}
    assert by_touchpoint["call_centre"] == {"service_agent"}
    visits = known[known["touchpoint"] == "field_visit"].astype({"customer_id": int})
    reps = shop.clean["account_reps"].merge(shop.clean["sales_reps"]).set_index("customer_id")["employee_id"]
    assert (reps[visits["customer_id"]].to_numpy() == visits["employee_id"].to_numpy()).all()
    assert (table["duration_seconds"].dropna() > 0).all()
    star = shop.star["fact_interaction"]
    assert len(star) == len(table)
    assert abs(star["minutes"].sum() - table["duration_seconds"].sum() / 60) < 0.02 * star["minutes"].sum()


def test_targets_come_from_the_year_before(shop):
    targets = shop.clean["sales_targets"]
    assert len(targets) == 8 * 60
    assert (targets["target"] % 500_000 == 0).all() and (targets["target"] > 0).all()
    star = shop.star["fact_field_sale"]
    channels = shop.clean["channels"].set_index("channel")["channel_id"]
    orders = shop.star["fact_order"].query(f"channel_id == {channels['field_sales']}")
    assert star["order_id"].tolist() == orders["order_id"].tolist()
    assert (star["amount"].to_numpy() == (orders["gross_amount"] - orders["discount"]).to_numpy()).all()
    lines = shop.star["fact_sales_line"].query(f"channel_id == {channels['field_sales']}")
    assert star["amount"].sum() == lines["amount"].sum()
    assert star["margin"].sum() == lines["margin"].sum()
    sold = star.groupby(star["date"].dt.year)["amount"].sum()
    wanted = shop.star["fact_sales_target"]
    wanted = wanted.groupby(wanted["date"].dt.year)["target"].sum()
    # nobody foresaw 2020
    assert (sold / wanted)[2020] < 0.8


def test_costs_are_what_activities_used(shop):
    costs = shop.clean["activity_costs"]
    volume = costs.groupby("pool")["volume"].sum()
    assert volume["order_handling"] == (shop.clean["sales"]["status"] != "cancelled").sum()
    assert volume["delivery"] == len(shop.clean["deliveries"])
    assert volume["returns"] == len(shop.clean["returns"])
    assert volume["field_visits"] == (shop.clean["interactions"]["touchpoint"] == "field_visit").sum()
    assert volume["collection"] == (shop.clean["interactions"]["touchpoint"] == "payment_reminder").sum()
    incoming = shop.clean["interactions"].query("direction == 'incoming' and customer_id == customer_id")
    assert volume["service"] == len(incoming)
    used = costs[costs["volume"] > 0]
    rates = dict(zip(management.POOLS, management.POOL_RATES, strict=True))
    start = used["month_starts_on"].dt.year == 2016
    assert np.allclose(
        used.loc[start, "cost"] / used.loc[start, "volume"], used.loc[start, "pool"].map(rates).astype(int)
    )


def test_the_log_of_the_crm_is_of_working_days_and_users(shop, scale):
    log = shop.clean["crm_log"]
    assert len(log) == round(planted.CRM_USES * scale)
    assert log["date"].dt.day_of_week.max() < 5
    assert log["date"].min() >= pd.Timestamp("2018-01-01")
    jobs = shop.clean["employees"].set_index("employee_id")["job"]
    assert set(jobs[log["employee_id"]]) == {"sales_rep", "service_agent", "marketing_officer", "store_head"}
    features = shop.clean["crm_features"].set_index("feature_id")["feature"]
    assert not set(features[log.loc[log["date"].dt.year == 2020, "feature_id"]]) & set(management.OBSOLETE)


def test_the_lab_is_the_same_at_every_size(small, standard):
    for name in ("lab_btyd", "lab_cluster"):
        pd.testing.assert_frame_equal(small.clean[name], standard.clean[name])
