"""What must hold in every row of PT XYZ, at sizes S and M."""

import re

import numpy as np
import pandas as pd
import pytest

from crmlab.datasets.retail import planted


def _columns(table, *names):
    return table[list(names)]


REFERENCES = (  # table, column, table it points to, key there
    ("stores", "city_id", "regions", "city_id"),
    ("suppliers", "city_id", "regions", "city_id"),
    ("products", "supplier_id", "suppliers", "supplier_id"),
    ("prices", "product_id", "products", "product_id"),
    ("customers", "city_id", "regions", "city_id"),
    ("sales", "customer_id", "customers", "customer_id"),
    ("sales", "channel_id", "channels", "channel_id"),
    ("sales", "store_id", "stores", "store_id"),
    ("sales_lines", "order_id", "sales", "order_id"),
    ("sales_lines", "product_id", "products", "product_id"),
    ("order_promotions", "order_id", "sales", "order_id"),
    ("order_promotions", "promotion_id", "promotions", "promotion_id"),
    ("returns", "order_id", "sales", "order_id"),
    ("payments", "order_id", "sales", "order_id"),
    ("deliveries", "order_id", "sales", "order_id"),
    ("survey_invitations", "order_id", "sales", "order_id"),
    ("survey_invitations", "customer_id", "customers", "customer_id"),
    ("survey_invitations", "channel_id", "channels", "channel_id"),
    ("survey_answers", "survey_id", "survey_invitations", "survey_id"),
    ("province_map_2022", "province_code", "regions", "province_code"),
    ("employees", "store_id", "stores", "store_id"),
    ("sales_reps", "employee_id", "employees", "employee_id"),
    ("account_reps", "customer_id", "customers", "customer_id"),
    ("account_reps", "sales_rep_id", "sales_reps", "sales_rep_id"),
    ("consents", "customer_id", "customers", "customer_id"),
    ("campaign_sends", "campaign_id", "campaigns", "campaign_id"),
    ("campaign_sends", "customer_id", "customers", "customer_id"),
    ("campaign_sends", "order_id", "sales", "order_id"),
    ("interactions", "customer_id", "customers", "customer_id"),
    ("interactions", "employee_id", "employees", "employee_id"),
    ("complaints", "customer_id", "customers", "customer_id"),
    ("complaints", "order_id", "sales", "order_id"),
    ("complaints", "employee_id", "employees", "employee_id"),
    ("relationship_surveys", "customer_id", "customers", "customer_id"),
    ("points", "customer_id", "customers", "customer_id"),
    ("points", "order_id", "sales", "order_id"),
    ("web_events", "customer_id", "customers", "customer_id"),
    ("web_events", "order_id", "sales", "order_id"),
    ("anonymous_visits", "store_id", "stores", "store_id"),
    ("anonymous_visits", "date", "dates", "date"),
    ("leads", "sales_rep_id", "sales_reps", "sales_rep_id"),
    ("leads", "customer_id", "customers", "customer_id"),
    ("opportunities", "lead_id", "leads", "lead_id"),
    ("opportunities", "last_stage", "stages", "stage"),
    ("stage_log", "opportunity_id", "opportunities", "opportunity_id"),
    ("stage_log", "stage", "stages", "stage"),
    ("sales_targets", "sales_rep_id", "sales_reps", "sales_rep_id"),
    ("sales_targets", "month_starts_on", "dates", "date"),
    ("activity_costs", "month_starts_on", "dates", "date"),
    ("crm_log", "employee_id", "employees", "employee_id"),
    ("crm_log", "feature_id", "crm_features", "feature_id"),
    ("lab_next_category", "category", "products", "category"),
)

KEYS = {
    "dates": ["date"],
    "regions": ["city_id"],
    "stores": ["store_id"],
    "suppliers": ["supplier_id"],
    "products": ["product_id"],
    "prices": ["product_id", "month_starts_on"],
    "channels": ["channel_id"],
    "customers": ["customer_key"],
    "promotions": ["promotion_id"],
    "sales": ["order_id"],
    "sales_lines": ["order_id", "line"],
    "order_promotions": ["order_id", "promotion_id"],
    "returns": ["return_id"],
    "payments": ["order_id"],
    "deliveries": ["order_id"],
    "survey_invitations": ["survey_id"],
    "survey_answers": ["survey_id"],
    "province_map_2022": ["province_code", "province_code_2022"],
    "employees": ["employee_id"],
    "sales_reps": ["sales_rep_id"],
    "account_reps": ["customer_id"],
    "consents": ["consent_id"],
    "campaigns": ["campaign_id"],
    "campaign_sends": ["send_id"],
    "interactions": ["interaction_id"],
    "complaints": ["complaint_id"],
    "relationship_surveys": ["relationship_survey_id"],
    "points": ["point_entry_id"],
    "web_events": ["web_event_id"],
    "anonymous_visits": ["date", "store_id"],
    "leads": ["lead_id"],
    "opportunities": ["opportunity_id"],
    "stage_log": ["opportunity_id", "step"],
    "stages": ["stage"],
    "sales_targets": ["sales_rep_id", "month_starts_on"],
    "activity_costs": ["month_starts_on", "pool"],
    "crm_features": ["feature_id"],
    "crm_log": ["use_id"],
    "lab_btyd": ["unit_id"],
    "lab_promo": ["unit_id"],
    "lab_cluster": ["unit_id"],
    "lab_next_category": ["journey_id", "step"],
}


@pytest.mark.parametrize(("table", "column", "target", "key"), REFERENCES)
def test_every_reference_resolves(shop, table, column, target, key):
    values = shop.clean[table][column].dropna()
    assert len(values)
    assert set(values.unique()) <= set(shop.clean[target][key])


def test_every_clean_table_has_a_key(shop):
    assert set(KEYS) == set(shop.clean)
    for table, key in KEYS.items():
        assert not shop.clean[table].duplicated(key).any(), table
        assert shop.clean[table][key].notna().all().all(), table


def test_orders_are_the_sum_of_their_lines(shop):
    sales = shop.clean["sales"].set_index("order_id")
    sums = shop.clean["sales_lines"].groupby("order_id")[["gross_amount", "discount", "amount"]].sum()
    assert sales.index.equals(sums.index)
    assert (sales["gross_amount"] == sums["gross_amount"]).all()
    assert (sales["discount"] == sums["discount"]).all()
    assert (sales["total"] == sums["gross_amount"] - sums["discount"] + sales["shipping"]).all()
    lines = shop.clean["sales_lines"]
    assert (lines["gross_amount"] == lines["quantity"] * lines["unit_price"]).all()
    assert (lines["amount"] == lines["gross_amount"] - lines["discount"]).all()
    assert (lines[["quantity", "unit_price", "amount", "cost"]] > 0).all().all()


def test_prices_on_receipts_are_the_prices_of_the_month(shop):
    sales, lines = shop.clean["sales"], shop.clean["sales_lines"]
    month = lines["order_id"].map(sales.set_index("order_id")["ordered_at"]).dt.to_period("M").dt.to_timestamp()
    seen = _columns(lines, "product_id", "unit_price").assign(month_starts_on=month.astype("datetime64[ms]"))
    known = seen.merge(shop.clean["prices"], on=["product_id", "month_starts_on"], suffixes=("", "_listed"))
    assert len(known) == len(lines)
    assert (known["unit_price"] == known["unit_price_listed"]).all()


def test_products_are_sold_only_while_they_are_on_sale(shop):
    sales, goods = shop.clean["sales"], shop.clean["products"]
    lines = shop.clean["sales_lines"].merge(goods[["product_id", "introduced_on", "discontinued_on"]])
    day = lines["order_id"].map(sales.set_index("order_id")["ordered_at"]).dt.normalize()
    assert (day >= lines["introduced_on"]).all()
    assert ~(day >= lines["discontinued_on"]).any()


def test_nobody_buys_before_registering_or_after_leaving(shop):
    people = shop.clean["customers"].drop_duplicates("customer_id")
    sales = shop.clean["sales"].merge(people[["customer_id", "registered_on", "closed_on"]])
    day = sales["ordered_at"].dt.normalize()
    assert (day >= sales["registered_on"]).all()
    assert ~(day >= sales["closed_on"]).any()


def test_orders_lie_in_the_five_years(shop):
    day = shop.clean["sales"]["ordered_at"].dt.date
    assert day.min() >= planted.FIRST_DAY
    assert day.max() <= planted.LAST_DAY
    assert shop.clean["sales"]["ordered_at"].is_monotonic_increasing


def test_versions_of_a_customer_neither_overlap_nor_leave_gaps(shop):
    versions = shop.clean["customers"].sort_values(["customer_id", "valid_from"])
    counts = versions["customer_id"].value_counts()
    assert set(counts) == {1, 2}
    consumers = (versions.drop_duplicates("customer_id")["customer_type"] == "consumer").sum()
    assert (counts == 2).sum() == round(planted.MOVES_CITY * consumers)
    ends = versions["valid_to"] + pd.Timedelta(days=1)
    following = versions.groupby("customer_id")["valid_from"].shift(-1)
    has_next = following.notna()
    assert (ends[has_next] == following[has_next]).all()
    assert versions.loc[~has_next, "valid_to"].isna().all()
    cities = versions.groupby("customer_id")["city_id"].nunique()
    assert (cities[counts.index[counts == 2]] == 2).all()


def test_facts_point_to_the_version_of_the_day(shop):
    lines = shop.star["fact_sales_line"].merge(shop.star["dim_customer"], on="customer_key", suffixes=("", "_there"))
    assert len(lines) == len(shop.star["fact_sales_line"])
    assert (lines["customer_id"] == lines["customer_id_there"]).all()
    assert (lines["date"] >= lines["valid_from"]).all()
    assert ~(lines["date"] > lines["valid_to"]).any()
    cities = shop.star["dim_region"].set_index("city_id")["city"]
    assert (lines["city_id"].map(cities) == lines["city"]).all()


def test_people_are_synthetic(shop):
    people = shop.clean["customers"]
    assert people["phone"].str.fullmatch(r"\+6280\d{9}").all()
    assert people["phone"].str.startswith("+628000").all()
    assert people["email"].str.endswith("@contoh.id").all()
    ids = people["national_id"].dropna()
    assert ids.str.fullmatch(r"00\d{14}").all()  # there is no area 00


def test_provinces_are_those_before_2022(shop):
    regions, later = shop.clean["regions"], shop.clean["province_map_2022"]
    assert regions["province_code"].nunique() == 34
    assert later["province_code"].nunique() == 34
    assert later["province_code_2022"].nunique() == 38
    assert np.allclose(later.groupby("province_code")["weight"].sum(), 1)
    assert not regions["city"].duplicated().any()
    assert (regions.groupby("province")["island"].nunique() == 1).all()


def test_channel_margins_are_the_planted_ones_in_every_year(shop):
    lines = shop.star["fact_sales_line"].merge(shop.star["dim_channel"])
    sums = lines.groupby([lines["date"].dt.year, "channel"])[["amount", "margin"]].sum()
    wanted = sums.index.get_level_values("channel").map(
        dict(zip(planted.CHANNELS, planted.CHANNEL_MARGIN, strict=True))
    )
    assert len(sums) == 25
    # to the rupiah
    assert (abs(sums["margin"] - sums["amount"] * wanted) <= 1).all()


def test_after_sales_follow_their_orders(shop):
    sales = shop.clean["sales"]
    kept = sales.loc[sales["status"] != "cancelled", "order_id"]
    payments = shop.clean["payments"]
    assert set(payments["order_id"]) == set(kept)
    joined = payments.merge(sales, on="order_id")
    assert (joined["amount"] == joined["total"]).all()
    assert (payments["paid_on"].isna() == payments["defaulted"]).all()
    returns = shop.clean["returns"].merge(shop.clean["sales_lines"], on=["order_id", "line"], suffixes=("", "_sold"))
    assert len(returns) == len(shop.clean["returns"])
    assert (returns["quantity"] <= returns["quantity_sold"]).all()
    assert (returns["amount"] <= returns["amount_sold"]).all()
    came_back = set(sales.loc[sales["status"] == "returned", "order_id"])
    assert came_back == set(returns["order_id"])
    parcels = shop.clean["deliveries"].merge(sales, on="order_id")
    assert (parcels["delivered_on"].isna() == parcels["refused"]).all()
    assert (parcels.loc[parcels["refused"], "status"] == "cancelled").all()
    assert parcels.loc[parcels["refused"], "cash_on_delivery"].all()
    assert parcels["store_id"].isna().all()


def test_promotions_run_when_they_are_used(shop):
    used = shop.clean["order_promotions"].merge(shop.clean["promotions"]).merge(shop.clean["sales"], on="order_id")
    day = used["ordered_at"].dt.normalize()
    assert ((used["starts_on"] <= day) & (day <= used["ends_on"])).all()
    money = used[used["promotion_kind"].isin(["discount", "bundle"])].groupby("order_id")["value"].sum()
    discount = shop.clean["sales"].set_index("order_id")["discount"]
    assert (discount[money.index] == money).all()
    free = used[used["promotion_kind"] == "free_shipping"]
    assert (free["shipping"] == 0).all()


def test_star_holds_what_was_sold(shop):
    sales = shop.clean["sales"]
    kept = sales[sales["status"] != "cancelled"]
    lines = shop.clean["sales_lines"]
    lines = lines[lines["order_id"].isin(kept["order_id"])]
    fact = shop.star["fact_sales_line"]
    assert len(fact) == len(lines)
    for column in ("gross_amount", "discount", "amount", "cost"):
        assert fact[column].sum() == lines[column].sum()
    assert shop.star["fact_order"]["total"].sum() == kept["total"].sum()
    assert len(shop.star["fact_survey"]) == len(shop.clean["survey_answers"])


def test_no_column_is_empty_or_says_only_one_thing(shop):
    for layer in (shop.clean, shop.star):
        for name, table in layer.items():
            for column in table.columns:
                assert table[column].nunique(dropna=False) > 1, (name, column)


def test_names_are_snake_case(shop):
    for layer in (shop.clean, shop.star, shop.truth):
        for name, table in layer.items():
            assert re.fullmatch(r"[a-z][a-z0-9_]*", name)
            assert all(re.fullmatch(r"[a-z][a-z0-9_]*", column) for column in table.columns), name


def test_segments_follow_their_rule(shop):
    """The rule of the data sheet, applied anew to the clean tables."""
    sales = shop.sales.assign(promo=shop.sales["order_id"].isin(shop.clean["order_promotions"]["order_id"]))
    phase = shop.dates["idul_fitri_phase"].reindex(sales["date"]).to_numpy()
    festive = np.isin(phase, ["three_weeks_before", "last_week"]) | (sales["date"].dt.month == 12)
    groups = sales.assign(festive=festive).groupby("customer_id")
    people = shop.clean["customers"].drop_duplicates("customer_id").set_index("customer_id")
    n = groups.size().reindex(people.index, fill_value=0)
    last = groups["date"].max().reindex(people.index)
    promo = groups["promo"].sum().reindex(people.index, fill_value=0)
    festive = groups["festive"].sum().reindex(people.index, fill_value=0)
    gross = groups["gross_amount"].sum().reindex(people.index, fill_value=0)
    end = pd.Timestamp("2021-01-01")
    member = (people["closed_on"].fillna(end) - people["registered_on"].clip(lower=pd.Timestamp("2016-01-01"))).dt.days
    asleep = last.isna() | ((end - last).dt.days > 365)
    rule = np.select(
        [
            people["customer_type"] == "corporate",
            (n >= 3) & (promo >= 0.5 * n),
            (n >= 2) & (festive >= 0.5 * n),
            (n <= 3) & asleep,
            (gross >= 420_000 * n) & (n * 120 >= member),
        ],
        ["corporate", "promo_hunter", "seasonal", "dormant", "loyal"],
        "regular",
    )
    given = shop.star["dim_customer"].drop_duplicates("customer_id").set_index("customer_id")["segment"]
    assert (given[people.index] == rule).all()
