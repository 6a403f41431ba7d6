"""The segmentation studio: PT XYZ's customers, or those of a reader's own sales file."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ...widgets.studio import Shop

__all__ = ["retail", "run"]

AS_OF = dt.date(2020, 12, 31)  # the last day of PT XYZ's five years
TRAITS = ("gender", "age_group", "city", "occupation", "acquisition_source", "loyalty_member")
CONTACTS = ("name", "email", "phone")
_AGES = {0: "age_under_25", 25: "age_25_to_34", 35: "age_35_to_44", 45: "age_45_to_54", 55: "age_55_and_more"}


def retail(size: str = "S") -> Shop:
    """PT XYZ as a company of the studio.

    Parameters
    ----------
    size : {"S", "M", "L"}

    Examples
    --------
    >>> shop = retail("S")
    >>> shop.lacks(), list(shop.groups)
    ([], ['consumers', 'companies'])
    """
    from ... import datasets
    from ...results import Source
    from ...widgets.studio import Shop

    told = datasets.load_retail(size, layer="clean")
    tables = told.tables
    used = tables["order_promotions"].drop_duplicates("order_id")[["order_id", "promotion_id"]]
    sales = tables["sales"].merge(tables["channels"][["channel_id", "channel"]], on="channel_id", how="left")
    sales = sales.merge(used.rename(columns={"promotion_id": "promo_id"}), on="order_id", how="left")
    sales = sales.assign(amount=sales["gross_amount"] - sales["discount"])  # what was paid for goods, without shipping
    keys = ["order_id", "ordered_at", "customer_id", "channel", "status"]
    lines = tables["sales_lines"].merge(sales[keys], on="order_id")
    people = _people(tables)
    kinds = people.set_index("customer_id")["customer_type"]
    return Shop(
        sales=sales[[*keys, "amount", "promo_id"]],
        lines=lines,
        returns=tables["returns"],
        costs=tables["activity_costs"],
        activities=_use(tables),
        commission=tables["channels"],
        people=people,
        traits=TRAITS,
        contacts=CONTACTS,
        groups={
            "consumers": frozenset(kinds.index[kinds == "consumer"]),
            "companies": frozenset(kinds.index[kinds != "consumer"]),
        },
        ledger=_ledger(tables),
        suppress=lambda at: _suppress(tables, at),
        as_of=AS_OF,
        source=Source(f"PT XYZ {told.size}", told.hash, len(sales), 0),
    )


def _people(tables: Any) -> Any:
    import pandas as pd

    people = tables["customers"].drop_duplicates("customer_id", keep="last")
    people = people.merge(tables["regions"][["city_id", "city"]], on="city_id", how="left")
    age = (pd.Timestamp(AS_OF) - people["born_on"]).dt.days / 365.25
    edges = [*_AGES, 200]
    group = pd.cut(age, edges, right=False, labels=list(_AGES.values())).astype("object")
    member = people["loyalty_member"].map({True: "in_loyalty_programme", False: "not_in_loyalty_programme"})
    return people.assign(age_group=group.where(age.notna(), None), loyalty_member=member)


def _use(tables: Any) -> Any:
    from ...analytics.profitability import usage

    return usage(tables)


def _ledger(tables: Any) -> Any:
    from ...privacy import ConsentLedger

    return ConsentLedger(tables["consents"], at="recorded_at", timezone="WIB")


def _suppress(tables: Any, at: Any) -> list[Any]:
    from ...privacy import Suppression

    sends = tables["campaign_sends"].dropna(subset=["sent_at"])
    return [
        Suppression.open_complaint(tables["complaints"], at, opened="complained_at"),
        Suppression.recently_contacted(sends, at, days=30),
    ]


def run() -> None:
    """Show the studio; called by the app's notebook.

    Everything slow happens before or while the reader is waited for: opening the data, the first segments, their
    verdict.
    """
    from IPython.display import display

    from ... import labels
    from ...widgets.studio import Given, Studio
    from ..session import reader

    size = os.environ.get("CRMLAB_SIZE", "S")
    studio = Studio([Given("retail", lambda: retail(size))], labels.language())
    studio.speak(reader().lang)  # the verdict and profit are worked out beside, while a reader is waited for
    display(studio)
