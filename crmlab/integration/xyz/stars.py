"""From clean tables to the star: one table of sales from three sources, and the description that crm.Star takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...datasets.retail.description import DESCRIPTION, NOT_APPLICABLE
from .parts import Part, desk
from .people import spoken
from .reading import Raw

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["clean_tables", "described", "star"]

_MASTERS = ("dim_date", "dim_region", "dim_store", "dim_product", "dim_supplier", "dim_channel")
_KEPT = {
    "sales_line": ("date", "customer", "region", "channel", "store", "product", "supplier"),
    "order": ("date", "customer", "region", "channel", "store"),
    "payment": ("date", "customer", "region", "channel"),
}
_MEASURES = (
    *("revenue", "gross_revenue", "discount", "discount_share", "quantity", "customers", "orders", "shipping"),
    *("payments", "late_payments", "defaults"),
)
_CUSTOMER = ("customer_id", "customer", "gender", "age_band", "loyalty_member", "industry", "known_in")
_DAY_AFTER = "DATE '2021-01-01'"


def clean_tables(raw: Raw, parts: Mapping[str, Part], people: pa.Table, links: Any) -> dict[str, Any]:
    """Put the sales of till, shops and finance book under each other, with one number per customer.

    Parameters
    ----------
    raw : Raw
    parts : mapping of str to Part
        What each step made.
    people : pyarrow.Table
        ``customers``.
    links : pandas.DataFrame
        Which customer each source's number means.

    Returns
    -------
    dict of str to pyarrow.Table
        ``customers``, ``sales``, ``sales_lines``, ``payments``, ``messages``, ``employees``; every row with ``source``
        and ``source_row``.
    """
    three = ("pos_sales", "web_sales", "finance_sales")
    tables: dict[str, Any] = {f"{name}_orders": parts[name].tables["orders"] for name in three}
    tables |= {f"{name}_lines": parts[name].tables["lines"] for name in three}
    tables |= {f"who_{s}": spoken(links, s) for s in ("pos", "finance", "web", "whatsapp", "hr")}
    tables |= {"bills": parts["finance_sales"].tables["payments"], "chat": parts["chat"].tables["messages"]}
    tables |= {"transfers": parts["finance_receipts"].tables["payments"], "staff": parts["staff"].tables["employees"]}
    tables |= {"people": people, "regions": raw.master("dim_region"), "channels": raw.master("dim_channel")}
    with desk(**tables) as con:
        orders = " UNION ALL ".join(
            f"SELECT o.* EXCLUDE (customer_key), w.customer_id FROM {name}_orders o "
            f"LEFT JOIN who_{name.split('_')[0]} w USING (customer_key)"
            for name in three
        )
        sales = con.sql(f"""
            SELECT o.order_id, o.ordered_at, o.customer_id, c.channel_id, o.store_id,
                coalesce(r.city_id, p.city_id)::INTEGER AS city_id, o.payment_method, o.gross_amount, o.discount,
                o.shipping, o.total, o.status, o.lines, o.quantity, o.source, o.source_row
            FROM ({orders}) o JOIN channels c USING (channel) LEFT JOIN regions r ON r.city = o.ship_city
            LEFT JOIN people p ON p.customer_id = o.customer_id""").to_arrow_table()
        lines = con.sql(" UNION ALL ".join(f"FROM {name}_lines" for name in three)).to_arrow_table()
        payments = con.sql("FROM bills UNION ALL FROM transfers").to_arrow_table()
        messages = con.sql("""
            SELECT m.* EXCLUDE (customer_key), w.customer_id FROM chat m LEFT JOIN who_whatsapp w USING (customer_key)
            """).to_arrow_table()
        employees = con.sql("""
            SELECT s.*, w.customer_id FROM staff s LEFT JOIN who_hr w ON w.customer_key = s.employee_number
            """).to_arrow_table()
    return {"customers": people, "sales": sales, "sales_lines": lines, "payments": payments, "messages": messages,
            "employees": employees}  # fmt: skip


def star(raw: Raw, tables: Mapping[str, Any]) -> dict[str, Any]:
    """Make facts and dimensions of the clean tables. Cancelled orders are no sales.

    Parameters
    ----------
    raw : Raw
    tables : mapping of str to pyarrow.Table
        The clean tables.

    Returns
    -------
    dict of str to pyarrow.Table
        What :func:`described` describes. Master tables are those of PT XYZ.
    """
    import pyarrow as pa

    masters = {name: pa.Table.from_pandas(raw.master(name), preserve_index=False) for name in _MASTERS}
    with desk(**tables, products=raw.master("dim_product"), supply=_supply(raw)) as con:
        out = {
            "dim_customer": con.sql(f"""
                SELECT p.customer_id, p.name AS customer, p.customer_type,
                    CASE WHEN p.industry IS NOT NULL THEN '{NOT_APPLICABLE}' ELSE p.gender END AS gender,
                    CASE WHEN p.industry IS NOT NULL THEN '{NOT_APPLICABLE}'
                        WHEN age < 25 THEN 'age_18_24' WHEN age < 35 THEN 'age_25_34' WHEN age < 45 THEN 'age_35_44'
                        WHEN age < 55 THEN 'age_45_54' WHEN age >= 55 THEN 'age_55_plus' END AS age_band,
                    p.loyalty_member, coalesce(p.industry, '{NOT_APPLICABLE}') AS industry,
                    CASE WHEN p.industry IS NULL THEN '{NOT_APPLICABLE}' WHEN p.employees < 20 THEN 'small'
                        WHEN p.employees < 100 THEN 'medium' WHEN p.employees >= 100 THEN 'large' END AS company_size,
                    p.city_id, p.registered_on, p.sources AS known_in
                FROM (SELECT *, ({_DAY_AFTER} - born_on) / 365.25 AS age FROM customers) p
                ORDER BY p.customer_id""").to_arrow_table(),
            "fact_sales_line": con.sql("""
                SELECT l.order_id, l.line, s.ordered_at::DATE AS date, s.customer_id, s.city_id, s.channel_id,
                    coalesce(s.store_id, 0) AS store_id, l.product_id, y.supplier_id, l.quantity,
                    l.gross_amount::BIGINT AS gross_amount, l.discount, l.amount, l.source, l.source_row
                FROM sales_lines l JOIN sales s USING (order_id) JOIN supply y USING (product_id)
                WHERE s.status <> 'cancelled'""").to_arrow_table(),
            "fact_order": con.sql("""
                SELECT order_id, ordered_at::DATE AS date, customer_id, city_id, channel_id,
                    coalesce(store_id, 0) AS store_id, lines, quantity, gross_amount, discount, shipping, total, source,
                    source_row
                FROM sales WHERE status <> 'cancelled'""").to_arrow_table(),
            "fact_payment": con.sql("""
                SELECT p.order_id, s.ordered_at::DATE AS date, s.customer_id, s.city_id, s.channel_id,
                    p.method AS payment_method, p.amount, (p.paid_on - p.due_on)::INTEGER AS late_days,
                    (coalesce(p.paid_on > p.due_on, false))::INTEGER AS late, p.defaulted::INTEGER AS defaulted,
                    p.source, p.source_row
                FROM payments p JOIN sales s USING (order_id)""").to_arrow_table(),
        }
    return {**masters, **out}


def _supply(raw: Raw) -> Any:
    """Which supplier delivers which product, from the master table of products."""
    from ...datasets import load_retail

    return load_retail(raw.reference.size, layer="clean").tables["products"][["product_id", "supplier_id"]]


def described() -> dict[str, Any]:
    """The description of the star that the five sources can give, as :meth:`crmlab.Star.from_description` takes it.

    It is PT XYZ's own without what no source holds: promotions, cost and margin, returns, deliveries, surveys and the
    segments. Customers are not historised, and a sale of the till stands in the city where the customer registered.

    Examples
    --------
    >>> [fact["name"] for fact in described()["facts"]]
    ['sales_line', 'order', 'payment']
    """
    facts = []
    for fact in DESCRIPTION["facts"]:
        if fact["name"] in _KEPT:
            keys = {role: "customer_id" if role == "customer" else key for role, key in fact["keys"].items()}
            keys = {role: key for role, key in keys.items() if role in _KEPT[fact["name"]]}
            kept = [a for a in fact["attributes"] if a == "payment_method"]
            facts.append({**fact, "keys": keys, "attributes": [*kept, "source"], "personal": ["customer_id"]})
    dimensions = []
    for dimension in DESCRIPTION["dimensions"]:
        if dimension["name"] == "customer":
            order = {k: v for k, v in dimension["order"].items() if k != "segment"}
            dimension = {
                **dimension,
                "key": "customer_id",
                "hierarchies": {"customer_type": ["customer_type", "company_size"]},
                "attributes": list(_CUSTOMER),
                "order": order,
            }
        if dimension["name"] in _KEPT["sales_line"]:
            dimensions.append(dimension)
    measures = [m for m in DESCRIPTION["measures"] if m["name"] in _MEASURES]
    return {**DESCRIPTION, "dimensions": dimensions, "facts": facts, "measures": measures}
