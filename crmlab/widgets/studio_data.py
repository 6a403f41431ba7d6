"""What the segmentation studio knows of a company: its transactions, and whatever else there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..results import Source

if TYPE_CHECKING:
    import pandas as pd

    from ..privacy import ConsentLedger

__all__ = ["EVERYONE", "Given", "Shop", "of_file"]

EVERYONE = "everyone"
_USUAL = ("channel", "store", "city", "province", "country", "segment", "category", "brand", "sales_rep")
_MOST_VALUES = 60


@dataclass(frozen=True, eq=False)
class Shop:
    """A company's transactions, and whatever else is known; a bare list of transactions will do.

    Parameters
    ----------
    sales : DataFrame
        One row an order or a line of one: ``order_id, ordered_at, customer_id, amount``, and where known ``status``,
        ``promo_id``.
    lines : DataFrame, optional
        The same with ``cost``: without it profit is unknown.
    returns, costs, activities, commission : DataFrame, optional
        As for :func:`crmlab.profitability.customer_profit`.
    people : DataFrame, optional
        One row a customer: ``customer_id``, traits, ``registered_on``, personal columns.
    traits : sequence of str
        Columns of ``people`` that a portrait may use.
    contacts : sequence of str
        Personal columns of ``people`` that an export shows masked.
    groups : mapping of str to set
        Which customers may be looked at alone; the first is looked at first.
    ledger : ConsentLedger, optional
    suppress : callable, optional
        By day the :class:`~crmlab.privacy.Suppression` of that day.
    as_of : datetime.date, optional
        The day on which the studio opens; the last day of the data by default.
    currency : str
    source : Source, optional
    """

    sales: pd.DataFrame
    lines: pd.DataFrame | None = None
    returns: pd.DataFrame | None = None
    costs: pd.DataFrame | None = None
    activities: pd.DataFrame | None = None
    commission: pd.DataFrame | None = None
    people: pd.DataFrame | None = None
    traits: Sequence[str] = ()
    contacts: Sequence[str] = ()
    groups: Mapping[str, Any] = field(default_factory=dict)
    ledger: ConsentLedger | None = None
    suppress: Callable[[Any], Sequence[Any]] | None = None
    as_of: dt.date | None = None
    currency: str = "IDR"
    source: Source | None = None

    @property
    def promo(self) -> str | None:
        """The column that says whether a promotion was used."""
        return "promo_id" if "promo_id" in self.sales else None

    def span(self) -> tuple[dt.date, dt.date]:
        """The first and the last day of the transactions."""
        when = self.sales["ordered_at"].dropna()
        return when.min().date(), when.max().date()

    def lacks(self) -> list[str]:
        """What is not known, and what therefore can't be said."""
        there = {
            "cost": self.lines is not None,
            "customers": self.people is not None and "registered_on" in self.people,
            "traits": bool(self.traits),
            "promo": self.promo is not None,
            "consent": self.ledger is not None,
        }
        return [name for name, known in there.items() if not known]


@dataclass(frozen=True)
class Given:
    """A company that the studio offers, read when it is first chosen: ``studio.data_<name>``."""

    name: str
    open: Callable[[], Shop]


def of_file(ingested: Any) -> Shop:
    """A reader's own sales file as a company.

    Parameters
    ----------
    ingested
        What :func:`crmlab.ingest.read` gave as ``sales``.

    Examples
    --------
    >>> import pandas as pd
    >>> from types import SimpleNamespace
    >>> table = pd.DataFrame({"order_id": ["1"], "ordered_at": [pd.Timestamp("2020-01-01")], "customer_id": ["a"],
    ...                       "amount": [5.0]})
    >>> of_file(SimpleNamespace(table=table, source=None, currency="IDR")).lacks()
    ['cost', 'customers', 'traits', 'promo', 'consent']
    """
    import pandas as pd

    table = ingested.table
    named = table["customer_id"].notna()
    sales = table[[c for c in table.columns if c not in ("customer", "phone", "email")]]
    with_cost = "cost" in table and table["cost"].notna().any()
    usual = {}
    for column in _USUAL:
        if column in table and 2 <= table[column].nunique() <= _MOST_VALUES:
            words = table.loc[named & table[column].notna(), ["customer_id", column]].astype({column: "str"})
            counts = words.value_counts().reset_index().sort_values(["count", column], ascending=[False, True])
            usual[column] = counts.drop_duplicates("customer_id").set_index("customer_id")[column]
    people = pd.DataFrame(usual).rename_axis("customer_id").reset_index() if usual else None
    return Shop(
        sales,
        lines=sales if with_cost else None,
        people=people,
        traits=tuple(usual),
        currency=getattr(ingested, "currency", None) or "IDR",
        source=getattr(ingested, "source", None),
    )
