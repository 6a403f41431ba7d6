"""PT XYZ as its warehouse gets it: one batch a month, knowing at each moment only what was known then.

A customer who moves comes again with the city of that day; an account that closes, and an order of which something
comes back in a later month, are delivered again as corrected rows. So sixty loads show all that a warehouse has to
cope with, and end where loading everything at once ends.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..errors import UserError

if TYPE_CHECKING:
    from ..results import Result
    from .warehouse import Warehouse

__all__ = ["DESCRIPTION", "MEASURES", "RULES", "VIEWS", "batches", "load_months", "whole"]

FIRST, LAST = "2016-01", "2020-12"

RULES: dict[str, Any] = {
    "keys": {
        "dates": "date",
        "regions": "city_id",
        "channels": "channel_id",
        "stores": "store_id",
        "products": "product_id",
        "customers": "customer_id",
        "sales": "order_id",
        "sales_lines": ["order_id", "line"],
        "returns": "return_id",
    },
    "history": {"customers": {"valid_from": "valid_from", "type2": ["city_id"]}},
    "links": {
        "customers": {"city_id": "regions"},
        "stores": {"city_id": "regions"},
        "sales": {
            "customer_id": {"to": "customers", "on": "ordered_at"},
            "channel_id": "channels",
        },
        "sales_lines": {"order_id": "sales", "product_id": "products"},
        "returns": {"order_id": "sales"},
    },
}

_FROM_SALES = """
  CAST(s.ordered_at AS DATE) AS date, s.customer_id, s.customer_key, c.city_id, s.channel_id"""
VIEWS: dict[str, str] = {
    "dim_customer": """
SELECT version_key AS customer_key, customer_id, name AS customer, customer_type, gender, occupation,
  acquisition_source, loyalty_member, industry, company_size, valid_from, valid_to, is_current
FROM customers""",
    "fact_sales_line": f"""
SELECT l.order_id, l.line,{_FROM_SALES},
  l.product_id, l.quantity, l.gross_amount, l.discount, l.amount, l.cost, l.amount - l.cost AS margin
FROM sales_lines l JOIN sales s USING (order_id) LEFT JOIN customers c ON c.version_key = s.customer_key
WHERE s.status <> 'cancelled' AND NOT s.is_deleted AND NOT l.is_deleted""",
    "fact_return": f"""
SELECT r.return_id, r.order_id, r.line,{_FROM_SALES.replace("s.ordered_at", "r.returned_on")},
  r.reason, r.quantity, r.amount
FROM returns r JOIN sales s USING (order_id) LEFT JOIN customers c ON c.version_key = s.customer_key
WHERE NOT r.is_deleted""",
}
"""What the star's tables are made of; those that are not here are tables of the warehouse as they are."""

_KEYS = {"date": "date", "customer": "customer_key", "region": "city_id", "channel": "channel_id"}
DESCRIPTION: dict[str, Any] = {
    "name": "PT XYZ",
    "currency": "IDR",
    "dimensions": [
        {
            "name": "date",
            "table": "dates",
            "key": "date",
            "hierarchies": {"calendar": ["year", "quarter", "month", "date"]},
            "attributes": ["weekday", "payday", "ramadan"],
        },
        {
            "name": "customer",
            "table": "dim_customer",
            "key": "customer_key",
            "hierarchies": {"customer_type": ["customer_type"]},
            "attributes": ["customer_id", "customer", "gender", "occupation", "acquisition_source", "loyalty_member"],
            "personal": ["customer_id", "customer", "gender"],
        },
        {
            "name": "region",
            "table": "regions",
            "key": "city_id",
            "hierarchies": {"geography": ["island", "province", "city"]},
        },
        {
            "name": "channel",
            "table": "channels",
            "key": "channel_id",
            "hierarchies": {"channel": ["route", "channel"]},
        },
        {
            "name": "product",
            "table": "products",
            "key": "product_id",
            "hierarchies": {"assortment": ["department", "category", "subcategory", "product"]},
            "attributes": ["brand", "price_tier"],
        },
    ],
    "facts": [
        {
            "name": "sales_line",
            "table": "fact_sales_line",
            "grain": ["order_id", "line"],
            "keys": {**_KEYS, "product": "product_id"},
            "personal": ["customer_id", "customer_key"],
        },
        {
            "name": "return",
            "table": "fact_return",
            "grain": ["return_id"],
            "keys": dict(_KEYS),
            "attributes": ["reason"],
            "personal": ["customer_id", "customer_key"],
        },
    ],
}
MEASURES: list[dict[str, Any]] = [
    {"name": "revenue", "kind": "sum", "fact": "sales_line", "column": "amount", "unit": "money"},
    {"name": "cost", "kind": "sum", "fact": "sales_line", "column": "cost", "unit": "money"},
    {"name": "margin", "kind": "sum", "fact": "sales_line", "column": "margin", "unit": "money"},
    {"name": "margin_share", "kind": "ratio", "numerator": "margin", "denominator": "revenue", "unit": "share"},
    {"name": "quantity", "kind": "sum", "fact": "sales_line", "column": "quantity", "unit": "count"},
    {"name": "customers", "kind": "count_distinct", "fact": "sales_line", "column": "customer_id", "unit": "count"},
    {"name": "returned_amount", "kind": "sum", "fact": "return", "column": "amount", "unit": "money"},
]


def batches(shop: Any, *, first: str = FIRST, last: str = LAST, months: int = 1) -> Iterator[dict[str, Any]]:
    """What is delivered at the end of every month, as arguments of :meth:`Warehouse.load`.

    Parameters
    ----------
    shop : Retail
        PT XYZ seen through its clean layer, ``load_retail(size, layer="clean")``.
    first, last : str
        Months to deliver, as ``"2016-01"``. What happened before the first comes with it.
    months : int
        How many months a batch covers.

    Yields
    ------
    dict
        ``tables``, ``loaded_at`` (half past midnight on the first day of the next month) and ``source``.

    Examples
    --------
    >>> from crmlab.datasets import load_retail
    >>> batch = next(batches(load_retail("S", layer="clean")))
    >>> batch["loaded_at"], sorted(batch["tables"])[:3]
    (datetime.datetime(2016, 2, 1, 0, 30), ['channels', 'customers', 'dates'])
    """
    start, end = _number(first), _number(last)
    clean = _Clean(shop)
    for since in range(start, end + 1, months):
        month = min(since + months - 1, end)
        tables = clean.month(month, since=None if since == start else since)
        year, index = divmod(month + 1, 12)
        yield {"tables": tables, "loaded_at": dt.datetime(year, index + 1, 1, 0, 30), "source": shop.name}


def whole(shop: Any) -> Mapping[str, Any]:
    """Everything at once, as it is known at the end."""
    return _Clean(shop).month(_number(LAST), since=None)


def load_months(warehouse: Warehouse, shop: Any, **options: Any) -> list[Result]:
    """Load PT XYZ month by month.

    Parameters
    ----------
    warehouse : Warehouse
    shop : Retail
        Its clean layer.
    **options
        ``first``, ``last`` and ``months``; see :func:`batches`.

    Returns
    -------
    list of Result
        One of kind ``warehouse.load`` a month.
    """
    made: list[Result] = []
    for batch in batches(shop, **options):
        rules = {} if made else {**RULES, "about": {t: shop.sheet[t] for t in RULES["keys"]}}
        made.append(warehouse.load(**batch, **rules))
    return made


def _number(month: str) -> int:
    try:
        day = dt.date.fromisoformat(f"{month}-01")
    except ValueError as bad:
        raise UserError("warehouse.not_a_moment", found=month, argument="first, last") from bad
    return day.year * 12 + day.month - 1


class _Clean:
    """The clean layer, as it was known at the end of a month."""

    def __init__(self, shop: Any) -> None:
        import pyarrow.parquet as pq

        self.tables = {name: pq.read_table(shop.path(name)) for name in RULES["keys"]}
        customers = self.tables["customers"]
        self.tables["customers"] = customers.drop_columns(["customer_key", "valid_to"])
        self._months: dict[tuple[str, str], Any] = {}

    def months(self, name: str, column: str) -> Any:
        """The number of the month of every row; a month that never comes where there is no date."""
        import numpy as np
        import pyarrow.compute as pc

        if (name, column) not in self._months:
            dates = self.tables[name][column]
            numbers = pc.add(pc.multiply(pc.year(dates), 12), pc.subtract(pc.month(dates), 1))
            self._months[name, column] = np.asarray(pc.fill_null(numbers, 10**6))
        return self._months[name, column]

    def month(self, now: int, since: int | None) -> Mapping[str, Any]:
        """What is delivered for the months from ``since`` on (from the beginning of time where it is None) to now."""
        import numpy as np

        def within(months: Any) -> Any:
            return (months <= now) & (True if since is None else months >= since)

        sales, returns = self.tables["sales"], self.tables["returns"]
        ordered = self.months("sales", "ordered_at")
        came_back = np.full(len(sales), 10**6)
        ids = np.asarray(sales["order_id"])
        at = {int(order): i for i, order in enumerate(ids)}
        for order, month in zip(returns["order_id"].to_pylist(), self.months("returns", "returned_on"), strict=True):
            came_back[at[order]] = min(came_back[at[order]], month)
        came_back = np.minimum(came_back, np.where(came_back < 10**6, _number(LAST), 10**6))
        delivered = within(ordered) | (within(came_back) & (ordered <= now))
        found: dict[str, Any] = {}
        if since is None:
            found = {name: self.tables[name] for name in ("dates", "regions", "channels", "stores")}
        found["products"] = self._known_later("products", "introduced_on", "discontinued_on", now, within)
        found["customers"] = self._known_later("customers", "valid_from", "closed_on", now, within)
        found["sales"] = _status_then(sales, came_back, now).filter(delivered)
        this_order = np.isin(np.asarray(self.tables["sales_lines"]["order_id"]), ids[within(ordered)])
        found["sales_lines"] = self.tables["sales_lines"].filter(this_order)
        returned = np.minimum(self.months("returns", "returned_on"), _number(LAST))
        found["returns"] = returns.filter(within(returned))
        return {name: table for name, table in found.items() if len(table)}

    def _known_later(self, name: str, begins: str, ends: str, now: int, within: Any) -> Any:
        """Rows that begin now, and rows of which the end has become known now."""
        import pyarrow as pa
        import pyarrow.compute as pc

        table, start, end = self.tables[name], self.months(name, begins), self.months(name, ends)
        rows = table.filter((within(start) | within(end)) & (start <= now))
        hidden = end[(within(start) | within(end)) & (start <= now)] > now
        shown = pc.if_else(pa.array(hidden), pa.scalar(None, table[ends].type), rows[ends])
        return rows.set_column(rows.column_names.index(ends), ends, shown)


def _status_then(sales: Any, came_back: Any, now: int) -> Any:
    """Orders with the status that they had: nothing has come back of one before it does."""
    import pyarrow as pa
    import pyarrow.compute as pc

    status = pc.cast(sales["status"], pa.string())
    yet = pc.if_else(pa.array(came_back > now), pa.scalar("completed"), status)
    return sales.set_column(
        sales.column_names.index("status"), "status", pc.if_else(pc.equal(status, "cancelled"), status, yet)
    )
