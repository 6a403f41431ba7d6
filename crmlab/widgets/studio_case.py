"""The segmentation studio's questions, put to the rooms that answer them; nothing is computed here, little twice."""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from .studio_data import EVERYONE, Shop

if TYPE_CHECKING:
    import pandas as pd

    from ..results import Result

__all__ = ["CLUSTERED", "METHODS", "Case", "Settings"]

CLUSTERED = ("kmeans", "mixture", "hierarchical")
METHODS = (*CLUSTERED, "rfm", "rules")
FIGURES = ("recency_days", "orders_a_month", "average_order", "promo_share")
MORE_FIGURES = ("orders", "revenue")
_KEPT = 60
_DISCOUNT = 0.10
FIRST_RULES = {
    "faithful_now": "orders >= 5 and recency_days <= 180",
    "faithful_once": "orders >= 5",
    "came_back": "orders > 1 and recency_days <= 365",
    "long_ago": "orders > 1",
    "one_purchase": "orders == 1",
}


@dataclass(frozen=True)
class Settings:
    """How customers are put into segments."""

    group: str = EVERYONE
    as_of: dt.date | None = None
    method: str = "kmeans"
    k: int = 5
    columns: tuple[str, ...] = ()
    transform: str = "auto"
    scale: str = "standard"
    bins: int = 5
    rfm_rules: tuple[tuple[str, str], ...] | None = None
    own_rules: tuple[tuple[str, str], ...] = tuple(FIRST_RULES.items())

    @property
    def key(self) -> tuple[Any, ...]:
        """What the segments depend on."""
        base = (self.group, self.as_of, self.method)
        if self.method == "rfm":
            return (*base, self.bins, self.rfm_rules)
        if self.method == "rules":
            return (*base, self.own_rules)
        return (*base, self.k, self.columns, self.transform, self.scale)

    @property
    def space(self) -> tuple[Any, ...]:
        """What the question whether there are segments depends on: the figures and k, not the method."""
        return (self.group, self.as_of, self.k, self.columns, self.transform, self.scale)


class Case:
    """One company in the studio.

    Parameters
    ----------
    shop : Shop
    """

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self._kept: OrderedDict[Any, Any] = OrderedDict()
        self._lock = threading.Lock()

    def _once(self, key: Any, make: Callable[[], Any]) -> Any:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = make()  # outside the lock: a long job beside must not hold up the reader
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found

    def first(self) -> Settings:
        """The settings with which the studio opens."""
        group = next(iter(self.shop.groups), EVERYONE)
        settings = Settings(group, self.shop.as_of or self.shop.span()[1])
        return replace(settings, columns=tuple(self.available()))

    def available(self) -> list[str]:
        """The figures that segments can be made of: those that every customer with habits has."""
        return [c for c in FIGURES if c != "promo_share" or self.shop.promo]

    # -- figures ------------------------------------------------------------------------------------------------------

    def sales(self, group: str) -> pd.DataFrame:
        """The transactions of a group of customers."""
        some = self.shop.groups.get(group)
        if some is None:
            return self.shop.sales
        return self._once(("sales", group), lambda: self.shop.sales[self.shop.sales["customer_id"].isin(some)])

    def rfm(self, settings: Settings) -> Result:
        """Scores, and the segments that a rule table names."""
        from ..analytics import segmentation

        rules = dict(settings.rfm_rules) if settings.rfm_rules is not None else None
        key = ("rfm", settings.group, settings.as_of, settings.bins, settings.rfm_rules)
        return self._once(
            key,
            lambda: segmentation.rfm(
                self.sales(settings.group),
                as_of=settings.as_of,
                bins=settings.bins,
                rules=rules,
                returns=self.shop.returns,
                currency=self.shop.currency,
                source=self.shop.source,
            ),
        )

    def spent(self, settings: Settings) -> Result:
        """Recency, orders and money of every customer, whatever the rules."""
        return self.rfm(replace(settings, bins=5, rfm_rules=None))

    def features(self, settings: Settings) -> Result:
        """What customers with habits are compared by."""
        from ..analytics import segmentation

        people = self.shop.people
        known = people if people is not None and "registered_on" in people else None
        return self._once(
            ("features", settings.group, settings.as_of),
            lambda: segmentation.features(
                self.sales(settings.group),
                as_of=settings.as_of,
                customers=known,
                promo=self.shop.promo,
                returns=self.shop.returns,
                currency=self.shop.currency,
                source=self.shop.source,
            ),
        )

    def figures(self, settings: Settings) -> Result:
        """Both, side by side: for rules, maps and portraits."""

        def joined() -> Result:
            spent, habits = self.spent(settings), self.features(settings)
            told = spent.table[["customer_id", "recency_days", "orders", "amount"]].rename(
                columns={"amount": "revenue"}
            )
            table = told.merge(habits.table.drop(columns="recency_days"), on="customer_id", how="left")
            units = {**habits.params["units"], "recency_days": "days", "orders": "count", "revenue": "money"}
            return replace(spent, table=table, params={**spent.params, "units": units})

        return self._once(("figures", settings.group, settings.as_of), joined)

    # -- segments -----------------------------------------------------------------------------------------------------

    def segments(self, settings: Settings) -> Result:
        """Every customer's segment; of likeness whether there are any is left open, see :meth:`checked`."""
        return self._once(("segments", settings.key), lambda: self._segments(settings))

    def _segments(self, settings: Settings) -> Result:
        from ..analytics import segmentation

        if settings.method == "rfm":
            return self.rfm(settings)
        if settings.method == "rules":
            return segmentation.by_rules(self.figures(settings), dict(settings.own_rules))
        return segmentation.fit_segments(
            self.features(settings),
            k=settings.k,
            method=settings.method,
            columns=settings.columns,
            transform=settings.transform,
            scale=settings.scale,
            check="later",
        )

    def checked(self, settings: Settings) -> Result:
        """The same with the verdict whether the data hold segments."""
        return self.segments(settings).check(insist=True)

    def sizes(self, settings: Settings) -> Result:
        """Customers and money by segment."""
        from ..analytics import segmentation

        return self._once(
            ("sizes", settings.key),
            lambda: segmentation.segment_sizes(
                self.segments(settings), self.spent(settings), currency=self.shop.currency
            ),
        )

    def contrasts(self, settings: Settings) -> Result:
        """What sets every segment apart."""
        from ..analytics import segmentation

        def apart() -> Result:
            found = self.segments(settings)
            table = self.figures(settings).table.merge(found.table[["customer_id", "segment"]], on="customer_id")
            columns = [c for c in (*self.available(), *MORE_FIGURES) if table[c].notna().any()]
            params = {"segments": found.params["segments"], "units": self.figures(settings).params["units"]}
            params["columns"] = settings.columns if settings.method in CLUSTERED else ()
            return segmentation.profile_segments(replace(found, table=table, params=params), columns=columns)

        return self._once(("contrasts", settings.key), apart)

    def map(self, settings: Settings, x: str, y: str) -> Result:
        """Customers on two figures."""
        from ..analytics import segmentation

        return self._once(
            ("map", settings.key, x, y),
            lambda: segmentation.customer_map(
                replace_table(self.segments(settings)), x=x, y=y, figures=self.figures(settings)
            ),
        )

    def cloud(self, settings: Settings, x: str, y: str) -> Result:
        """The same customers without segments."""
        from ..analytics import segmentation

        found = self.segments(settings)
        plain = replace_table(found, found.table.assign(segment=EVERYONE), {**found.params, "segments": [EVERYONE]})
        return segmentation.customer_map(plain, x=x, y=y, figures=self.figures(settings))

    # -- what takes its time ------------------------------------------------------------------------------------------

    def criteria(self, settings: Settings) -> Result:
        """How many segments: criteria side by side."""
        from ..analytics import segmentation

        return segmentation.choose_k(
            self.features(settings),
            method=settings.method if settings.method in CLUSTERED else "kmeans",
            columns=settings.columns,
            transform=settings.transform,
            scale=settings.scale,
        )

    def stability(self, settings: Settings) -> Result:
        """Whether the same segments would come out again."""
        from ..analytics import segmentation

        return segmentation.stability(self.checked(settings))

    def years(self, settings: Settings) -> Result:
        """Whether a year's segments still describe the next year's customers."""
        from ..analytics import segmentation

        found = {}
        for back in (2, 1, 0):
            day = years_before(settings.as_of, back)
            if day > self.shop.span()[0] + dt.timedelta(days=365):
                found[day.isoformat()] = self.features(replace(settings, as_of=day))
        return segmentation.stability_over_time(
            found,
            k=settings.k,
            method=settings.method,
            columns=settings.columns,
            transform=settings.transform,
            scale=settings.scale,
            insist=True,
        )

    def migration(self, settings: Settings, before: dt.date) -> Result:
        """Who moved since an earlier date."""
        from ..analytics import segmentation

        now, then = self.segments(settings), replace(settings, as_of=before)
        if settings.method in CLUSTERED:
            earlier = now.predict(self.features(then).table)
            earlier = replace_table(now, earlier, {"segments": now.params["segments"], "as_of": before})
        else:
            earlier = self.segments(then)
        params = {**now.params, "as_of": settings.as_of}
        return segmentation.migration(
            replace_table(earlier, params={**earlier.params, "as_of": before}), replace_table(now, params=params)
        )

    def personas(self, settings: Settings) -> Result:
        """Portraits: every trait with its number."""
        from ..analytics import segmentation

        found = self.segments(settings)
        traits = list(self.shop.traits)
        table = found.table[["customer_id", "segment"]].merge(
            self.shop.people[["customer_id", *traits]], on="customer_id", how="left"
        )
        return segmentation.personas(replace_table(found, table), traits=traits, as_of=settings.as_of)

    def compare(self, settings: Settings, other: Settings) -> Result:
        """Two ways to put the same customers into segments."""
        from ..analytics import segmentation

        return segmentation.compare_segments(self.segments(settings), self.segments(other))

    # -- money --------------------------------------------------------------------------------------------------------

    def profit(self, settings: Settings) -> Result:
        """What every customer of the group earned and cost up to the day."""
        from ..analytics import profitability

        shop = self.shop
        period = (shop.span()[0], settings.as_of)
        whole = profitability.customer_profit(
            shop.lines,
            returns=shop.returns,
            costs=shop.costs,
            activities=shop.activities,
            commission=shop.commission,
            period=period,
            currency=shop.currency,
            source=shop.source,
        )
        some = shop.groups.get(settings.group)
        return whole if some is None else replace(whole, table=whole.table[whole.table["customer_id"].isin(some)])

    def profit_by(self, settings: Settings, profit: Result) -> Result:
        """Profit by segment, with its intervals."""
        from ..analytics import profitability

        groups = self.segments(settings).table[["customer_id", "segment"]]
        return profitability.profit_by(profit, groups[groups["segment"].notna()], by="segment")

    def values(self, settings: Settings, margin_share: float | None) -> Result:
        """What every customer is still worth by BG/NBD and Gamma-Gamma; without known costs, in revenue."""
        from ..analytics import value

        sales = self.sales(settings.group)
        if "status" in sales:
            sales = sales[sales["status"] != "cancelled"]
        rows = value.summary(sales, as_of=settings.as_of)
        buying, spending = value.fit_bg_nbd(rows), value.fit_gamma_gamma(rows)
        share = {} if margin_share is None else {"margin_share": margin_share}
        return value.lifetime_value(buying, spending, rows, discount=_DISCOUNT, **share)

    def portfolio(self, settings: Settings, cuts: str, profit: Result | None) -> Result:
        """Value now against potential: of profit where costs are known, else of revenue."""
        from ..analytics import profitability

        sales, value = (self.sales(settings.group), "amount") if profit is None else (self._margins(settings), "margin")
        expected = profitability.expected_profit(sales, as_of=settings.as_of, value=value, currency=self.shop.currency)
        now = "revenue" if profit is None else "profit"
        known = self.figures(settings).table if profit is None else profit.table
        both = known[["customer_id", now]].merge(
            expected.table[["customer_id", "potential", "potential_low", "potential_high"]], on="customer_id"
        )
        found = profitability.portfolio_matrix(
            replace_table(expected, both), now=now, cuts=cuts, currency=self.shop.currency
        )
        return replace(found, notes=(*found.notes, *expected.notes))

    def _margins(self, settings: Settings) -> pd.DataFrame:
        lines, some = self.shop.lines, self.shop.groups.get(settings.group)
        if some is not None:
            lines = lines[lines["customer_id"].isin(some)]
        if "status" in lines:
            lines = lines[lines["status"] != "cancelled"]
        return lines.assign(margin=lines["amount"] - lines["cost"])


def replace_table(result: Result, table: Any = None, params: Mapping[str, Any] | None = None) -> Result:
    """A plain Result around another table: what subclasses carry beside it would no longer fit."""
    from ..results import Result as Plain

    table = result.table if table is None else table
    return Plain(result.kind, table, result.params if params is None else params, result.facts, (), result.source)


def years_before(day: dt.date, years: int) -> dt.date:
    """The same day some years earlier.

    Examples
    --------
    >>> years_before(dt.date(2020, 2, 29), 1)
    datetime.date(2019, 2, 28)
    """
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
