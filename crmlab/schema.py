"""Table contracts: which columns a table has, of what kind and unit, and what one row is.

A contract says what an analysis may rely on. ``crmlab.ingest`` brings a person's file to a contract; everything after
it uses the canonical names only.
"""

from __future__ import annotations

from dataclasses import dataclass

from .errors import UserError, suggest

__all__ = ["CUSTOMERS", "EVENTS", "KINDS", "POSTS", "SALES", "SURVEY", "Column", "Table", "contract"]

KINDS = (
    "id",
    "text",
    "category",
    "integer",
    "quantity",
    "amount",
    "share",
    "score",
    "date",
    "datetime",
    "boolean",
)


@dataclass(frozen=True)
class Column:
    """One column of a contract.

    Parameters
    ----------
    name : str
        Canonical name; a unit in the name where it has one (``late_days``, ``promo_share``).
    kind : str
        One of :data:`KINDS`. ``id`` is text that is never calculated with (leading zeros stay); ``amount`` is money
        in the table's currency; ``share`` runs from 0 to 1.
    required : bool
    personal : bool
        Says something about an identifiable person: masked in what is shown or exported.
    low, high : float, optional
        Bounds, both included, that a value must keep.
    """

    name: str
    kind: str
    required: bool = False
    personal: bool = False
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Table:
    """A table contract: its columns, its key, and what one row is (the grain).

    ``key`` may name optional columns: it binds where they are present.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    grain: str

    @property
    def names(self) -> tuple[str, ...]:
        """Canonical column names, in order."""
        return tuple(c.name for c in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns without which the table is of no use."""
        return tuple(c.name for c in self.columns if c.required)

    def __getitem__(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise UserError("schema.unknown_column", table=self.name, found=name, near=suggest(name, self.names))


SALES = Table(
    "sales",
    (
        Column("order_id", "id", required=True),
        Column("ordered_at", "datetime", required=True),
        Column("customer_id", "id", required=True),
        Column("amount", "amount", required=True),
        Column("line", "integer", low=1),
        Column("product_id", "id"),
        Column("product", "text"),
        Column("department", "category"),
        Column("category", "category"),
        Column("subcategory", "category"),
        Column("brand", "category"),
        Column("quantity", "quantity"),
        Column("unit_price", "amount"),
        Column("discount", "amount"),
        Column("cost", "amount"),
        Column("channel", "category"),
        Column("store", "category"),
        Column("country", "category"),
        Column("province", "category"),
        Column("city", "category"),
        Column("segment", "category"),
        Column("customer", "text", personal=True),
        Column("phone", "id", personal=True),
        Column("email", "id", personal=True),
        Column("sales_rep", "text"),
        Column("promo_id", "id"),
        Column("status", "category"),
    ),
    key=("order_id", "line"),
    grain="one line of an order (one order, where the file has no lines)",
)

SURVEY = Table(
    "survey",
    (
        Column("customer_id", "id", required=True),
        Column("answered_at", "datetime", required=True),
        Column("survey_id", "id"),
        Column("touchpoint", "category"),
        Column("channel", "category"),
        Column("nps", "score", low=0, high=10),
        Column("csat", "score"),
        Column("ces", "score"),
        Column("comment", "text", personal=True),
    ),
    key=("survey_id",),
    grain="one answered survey",
)

CUSTOMERS = Table(
    "customers",
    (
        Column("customer_id", "id", required=True),
        Column("name", "text", personal=True),
        Column("customer_type", "category"),
        Column("gender", "category"),
        Column("born_on", "date", personal=True),
        Column("national_id", "id", personal=True),
        Column("phone", "id", personal=True),
        Column("email", "id", personal=True),
        Column("address", "text", personal=True),
        Column("city", "category"),
        Column("province", "category"),
        Column("postal_code", "id"),
        Column("occupation", "category"),
        Column("company", "text"),
        Column("segment", "category"),
        Column("acquisition_source", "category"),
        Column("registered_on", "date"),
        Column("updated_at", "datetime"),
        Column("status", "category"),
    ),
    key=("customer_id",),
    grain="one customer as the source knows him; the same person may stand under several ids",
)

EVENTS = Table(
    "events",
    (
        Column("person_id", "id", required=True),
        Column("occurred_at", "datetime", required=True),
        Column("touchpoint", "category", required=True),
        Column("event_id", "id"),
        Column("case_id", "id"),
        Column("channel", "category"),
        Column("stage", "category"),
        Column("about_id", "id"),
        Column("due_at", "datetime"),
        Column("value", "quantity"),
        Column("score", "score"),
    ),
    key=("event_id",),
    grain="one event: who met which touchpoint, when",
)

POSTS = Table(
    "posts",
    (
        Column("posted_at", "datetime", required=True),
        Column("comments", "integer", required=True, low=0),
        Column("shares", "integer", required=True, low=0),
        Column("likes", "integer", required=True, low=0),
        Column("post_id", "id"),
        Column("followers", "integer", low=1),
        Column("reach", "integer", low=0),
        Column("channel", "category"),
        Column("campaign", "category"),
        Column("post_kind", "category"),
        Column("caption", "text"),
    ),
    key=("post_id",),
    grain="one post on social media",
)

_CONTRACTS = {t.name: t for t in (SALES, SURVEY, CUSTOMERS, EVENTS, POSTS)}


def contract(name: str) -> Table:
    """The contract called ``name``.

    Raises
    ------
    UserError
        ``schema.unknown_table`` with the names there are.

    Examples
    --------
    >>> contract("sales").required
    ('order_id', 'ordered_at', 'customer_id', 'amount')
    """
    if name not in _CONTRACTS:
        raise UserError("schema.unknown_table", found=name, wanted=sorted(_CONTRACTS), near=suggest(name, _CONTRACTS))
    return _CONTRACTS[name]
