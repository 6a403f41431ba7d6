"""The star of PT XYZ as plain data: facts, dimensions, keys, hierarchies, measures.

Nothing heavy is needed to read it.
"""

from crmlab.datasets.retail import planted

# members that say "this does not apply", which is not the same as "unknown"
NO_STORE = "no_store"
NO_PROMOTION = "no_promotion"
NOT_APPLICABLE = "not_applicable"

_AWAY_FROM_SALES = ("region", "channel", "store", "promotion")

_SHARED = {
    "date": "date",
    "customer": "customer_key",
    "region": "city_id",
    "channel": "channel_id",
    "store": "store_id",
    "promotion": "promotion_id",
}


def _fact(name, grain, dimensions=(), attributes=(), without=(), personal=("customer_id", "customer_key")):
    shared = {dimension: key for dimension, key in _SHARED.items() if dimension not in without}
    keys = shared | {dimension: f"{dimension}_id" for dimension in dimensions}
    return {
        "name": name,
        "table": f"fact_{name}",
        "grain": list(grain),
        "keys": keys,
        "attributes": list(attributes),
        "personal": list(personal),
    }


def _dimension(name, key, hierarchies, attributes=(), personal=(), order=None):
    return {
        "name": name,
        "table": f"dim_{name}",
        "key": key,
        "hierarchies": hierarchies,
        "attributes": list(attributes),
        "personal": list(personal),
        "order": order or {},
    }


DESCRIPTION = {
    "name": "PT XYZ",
    "currency": "IDR",
    "dimensions": [
        _dimension(
            "date",
            "date",
            {"calendar": ["year", "quarter", "month", "date"], "weeks": ["iso_year", "week", "date"]},
            (
                *("month_of_year", "weekday", "weekend", "holiday", "national_holiday", "payday", "ramadan"),
                *("idul_fitri_phase", "harbolnas", "pandemic_phase"),
            ),
            order={
                "weekday": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
                "idul_fitri_phase": ["ordinary", "three_weeks_before", "last_week", "eve_and_day"],
                "pandemic_phase": ["before", "restrictions", "transition"],
            },
        ),
        _dimension(
            "customer",
            "customer_key",
            {"segment": ["segment"], "customer_type": ["customer_type", "company_size"]},
            (
                *("customer_id", "customer", "gender", "age_band", "occupation", "acquisition_source"),
                *("loyalty_member", "industry"),
            ),
            personal=("customer", "customer_id"),
            order={
                "segment": [*planted.SEGMENTS, "corporate"],
                "age_band": ["age_18_24", "age_25_34", "age_35_44", "age_45_54", "age_55_plus", NOT_APPLICABLE],
                "company_size": ["small", "medium", "large", NOT_APPLICABLE],
            },
        ),
        _dimension(
            "region", "city_id", {"geography": ["island", "province", "city"]}, ("time_zone", "greater_jakarta")
        ),
        _dimension(
            "channel", "channel_id", {"channel": ["route", "channel"]}, order={"channel": list(planted.CHANNELS)}
        ),
        _dimension("store", "store_id", {"store": ["store_city", "store"]}),
        _dimension("promotion", "promotion_id", {"offer": ["promotion_kind", "promotion"]}),
        _dimension(
            "product",
            "product_id",
            {"assortment": ["department", "category", "subcategory", "product"]},
            ("price_tier", "brand"),
            order={"price_tier": ["budget", "standard", "premium"]},
        ),
        _dimension("supplier", "supplier_id", {"supplier": ["supplier_city", "supplier"]}),
        _dimension(
            "campaign",
            "campaign_id",
            {"campaign": ["campaign_kind", "campaign"]},
            ("campaign_channel",),
            order={"campaign_kind": ["newsletter", "offer", "win_back"]},
        ),
        _dimension(
            "sales_rep",
            "sales_rep_id",
            {"sales_force": ["territory", "sales_rep"]},
            order={"territory": ["west", "central", "east"]},
        ),
    ],
    "facts": [
        _fact("sales_line", ("order_id", "line"), ("product", "supplier")),
        _fact("order", ("order_id",), attributes=("hour",)),
        _fact("return", ("return_id",), ("product", "supplier"), ("reason",)),
        _fact("payment", ("order_id",), attributes=("payment_method",)),
        _fact("delivery", ("order_id",), attributes=("lateness",), without=("store",)),
        _fact("survey_invitation", ("survey_id",)),
        _fact("survey", ("survey_id",), attributes=("ces_version",)),
        _fact(
            "interaction",
            ("interaction_id",),
            attributes=("touchpoint", "direction", "topic"),
            without=_AWAY_FROM_SALES,
            personal=("customer_key",),
        ),
        _fact(
            "campaign_send",
            ("send_id",),
            ("campaign",),
            attributes=("arm",),
            without=_AWAY_FROM_SALES,
            personal=("customer_key",),
        ),
        _fact(
            "complaint",
            ("complaint_id",),
            attributes=("complaint_category", "complaint_channel"),
            without=_AWAY_FROM_SALES,
        ),
        _fact(
            "lead",
            ("lead_id",),
            ("sales_rep",),
            attributes=("lead_source", "lost_reason"),
            without=("customer", *_AWAY_FROM_SALES),
            personal=(),
        ),
        _fact("field_sale", ("order_id",), ("sales_rep",), without=("channel", "store", "promotion")),
        _fact(
            "sales_target",
            ("sales_rep_id", "date"),
            ("sales_rep",),
            without=("customer", *_AWAY_FROM_SALES),
            personal=(),
        ),
    ],
    "measures": [
        {"name": "revenue", "kind": "sum", "fact": "sales_line", "column": "amount", "unit": "money"},
        {"name": "gross_revenue", "kind": "sum", "fact": "sales_line", "column": "gross_amount", "unit": "money"},
        {"name": "discount", "kind": "sum", "fact": "sales_line", "column": "discount", "unit": "money"},
        {"name": "cost", "kind": "sum", "fact": "sales_line", "column": "cost", "unit": "money"},
        {"name": "margin", "kind": "sum", "fact": "sales_line", "column": "margin", "unit": "money"},
        {"name": "margin_share", "kind": "ratio", "numerator": "margin", "denominator": "revenue", "unit": "share"},
        {
            "name": "discount_share",
            "kind": "ratio",
            "numerator": "discount",
            "denominator": "gross_revenue",
            "unit": "share",
        },
        {"name": "quantity", "kind": "sum", "fact": "sales_line", "column": "quantity", "unit": "count"},
        {"name": "customers", "kind": "count_distinct", "fact": "sales_line", "column": "customer_id", "unit": "count"},
        {"name": "orders", "kind": "count", "fact": "order", "column": None, "unit": "count"},
        {"name": "shipping", "kind": "sum", "fact": "order", "column": "shipping", "unit": "money"},
        {"name": "returns", "kind": "count", "fact": "return", "column": None, "unit": "count"},
        {"name": "returned_amount", "kind": "sum", "fact": "return", "column": "amount", "unit": "money"},
        {
            "name": "return_share",
            "kind": "ratio",
            "numerator": "returned_amount",
            "denominator": "revenue",
            "unit": "share",
        },
        {"name": "deliveries", "kind": "count", "fact": "delivery", "column": None, "unit": "count"},
        {"name": "late_deliveries", "kind": "sum", "fact": "delivery", "column": "late", "unit": "count"},
        {
            "name": "late_share",
            "kind": "ratio",
            "numerator": "late_deliveries",
            "denominator": "deliveries",
            "unit": "share",
        },
        {"name": "late_days", "kind": "mean", "fact": "delivery", "column": "late_days", "unit": "days"},
        {"name": "payments", "kind": "count", "fact": "payment", "column": None, "unit": "count"},
        {"name": "late_payments", "kind": "sum", "fact": "payment", "column": "late", "unit": "count"},
        {"name": "defaults", "kind": "sum", "fact": "payment", "column": "defaulted", "unit": "count"},
        {"name": "invitations", "kind": "count", "fact": "survey_invitation", "column": None, "unit": "count"},
        {"name": "answers", "kind": "count", "fact": "survey", "column": None, "unit": "count"},
        {
            "name": "response_share",
            "kind": "ratio",
            "numerator": "answers",
            "denominator": "invitations",
            "unit": "share",
        },
        {"name": "promoters", "kind": "sum", "fact": "survey", "column": "promoter", "unit": "count"},
        {"name": "detractors", "kind": "sum", "fact": "survey", "column": "detractor", "unit": "count"},
        {"name": "nps", "kind": "calc", "formula": "100 * (promoters - detractors) / answers", "unit": "points"},
        {"name": "satisfied", "kind": "sum", "fact": "survey", "column": "satisfied", "unit": "count"},
        {"name": "csat", "kind": "ratio", "numerator": "satisfied", "denominator": "answers", "unit": "share"},
        {"name": "easy_answers", "kind": "sum", "fact": "survey", "column": "easy", "unit": "count"},
        {"name": "easy_share", "kind": "ratio", "numerator": "easy_answers", "denominator": "answers", "unit": "share"},
        {"name": "interactions", "kind": "count", "fact": "interaction", "column": None, "unit": "count"},
        {"name": "contact_minutes", "kind": "sum", "fact": "interaction", "column": "minutes", "unit": "count"},
        {"name": "campaign_sends", "kind": "sum", "fact": "campaign_send", "column": "sent", "unit": "count"},
        {"name": "campaign_opens", "kind": "sum", "fact": "campaign_send", "column": "opened", "unit": "count"},
        {"name": "conversions", "kind": "sum", "fact": "campaign_send", "column": "converted", "unit": "count"},
        {
            "name": "open_share",
            "kind": "ratio",
            "numerator": "campaign_opens",
            "denominator": "campaign_sends",
            "unit": "share",
        },
        {"name": "campaign_revenue", "kind": "sum", "fact": "campaign_send", "column": "amount", "unit": "money"},
        {"name": "complaints", "kind": "count", "fact": "complaint", "column": None, "unit": "count"},
        {"name": "unresolved_complaints", "kind": "sum", "fact": "complaint", "column": "unresolved", "unit": "count"},
        {
            "name": "unresolved_share",
            "kind": "ratio",
            "numerator": "unresolved_complaints",
            "denominator": "complaints",
            "unit": "share",
        },
        {
            "name": "hours_to_resolve",
            "kind": "mean",
            "fact": "complaint",
            "column": "hours_to_resolve",
            "unit": "number",
        },
        {"name": "leads", "kind": "count", "fact": "lead", "column": None, "unit": "count"},
        {"name": "won_leads", "kind": "sum", "fact": "lead", "column": "won", "unit": "count"},
        {
            "name": "lead_conversion_share",
            "kind": "ratio",
            "numerator": "won_leads",
            "denominator": "leads",
            "unit": "share",
        },
        {"name": "field_revenue", "kind": "sum", "fact": "field_sale", "column": "amount", "unit": "money"},
        {"name": "sales_target", "kind": "sum", "fact": "sales_target", "column": "target", "unit": "money"},
        {
            "name": "attainment_share",
            "kind": "ratio",
            "numerator": "field_revenue",
            "denominator": "sales_target",
            "unit": "share",
        },
    ],
}
