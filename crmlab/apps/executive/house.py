"""PT XYZ's data as the executive dashboard reads them: one cube for what is counted, tables for what is estimated."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ...errors import UserError

if TYPE_CHECKING:
    import pandas as pd

    from ...cube import Cube
    from ...results import Result, Source

__all__ = ["ALL", "FILTERS", "YEARS", "House", "some_answers"]

ALL = "all"
YEARS = (2020, 2019, 2018, 2017, 2016)  # the last one first: it is what a board asks about
FILTERS = {"segment": "segment", "channel": "channel", "region": "island"}  # a control, and the cube's level
_HELD = 32
Choices = Mapping[str, str]


def some_answers(told: pd.DataFrame) -> pd.DataFrame:
    """The answers, unless the filters leave none."""
    if not len(told):
        raise UserError("executive.no_answers")
    return told


class House:
    """PT XYZ's cube and tables, and what is made of them once.

    Parameters
    ----------
    size : {"S", "M", "L"}

    Examples
    --------
    >>> house = House("S")
    >>> house.where({"segment": "loyal", "channel": "all", "region": "java"})
    {'segment': 'loyal', 'island': 'java'}
    """

    def __init__(self, size: str = "S") -> None:
        from ... import datasets
        from ...results import Source

        self.shop = datasets.load_retail(size)
        self.clean = datasets.load_retail(size, layer="clean")
        self.source: Source = Source(f"PT XYZ {size}", self.shop.hash, self.shop.rows("fact_sales_line"), 0)
        self._profits: dict[int, Result] = {}
        self._scores: dict[Any, Result] = {}

    @cached_property
    def cube(self) -> Cube:
        """The cube, aggregated ahead to what the filters choose."""
        cube = self.shop.cube()
        cube.preaggregate("month", "segment", "channel", "island")
        cube.preaggregate("year", "segment", "channel", "island", "product")
        return cube

    def where(self, choices: Choices, *but: str) -> dict[str, str]:
        """The cube's filters for what is chosen, but for the year."""
        chosen = {level: choices.get(control, ALL) for control, level in FILTERS.items() if control not in but}
        return {level: value for level, value in chosen.items() if value != ALL}

    @cached_property
    def people(self) -> pd.DataFrame:
        """Customers as they were last: segment, type, and the islands that they live on."""
        table = self.shop.tables["dim_customer"].drop_duplicates("customer_id", keep="last")
        islands = self.shop.tables["dim_region"].set_index("city")["island"]
        return table.assign(island=table["city"].map(islands))

    @cached_property
    def orders(self) -> pd.DataFrame:
        """Orders that were not cancelled, with what the filters choose by."""
        import pandas as pd

        tables = self.shop.tables
        sums = tables["fact_sales_line"].groupby("order_id")[["amount", "margin"]].sum()
        kept = tables["fact_order"][["order_id", "date", "customer_id", "customer_key", "channel_id", "city_id"]]
        orders = self._placed(kept).merge(sums, left_on="order_id", right_index=True)
        return orders.assign(ordered_at=pd.to_datetime(orders["date"])).drop(columns="date")

    @cached_property
    def answers(self) -> pd.DataFrame:
        """Answers to the survey after an order, with what the filters choose by."""
        import pandas as pd

        told = self._placed(self.shop.tables["fact_survey"])
        at = pd.to_datetime(told["date"])
        return told.rename(columns={"nps_score": "nps", "csat_score": "csat"}).assign(answered_on=at, year=at.dt.year)

    def _placed(self, facts: pd.DataFrame) -> pd.DataFrame:
        tables = self.shop.tables
        people = tables["dim_customer"].set_index("customer_key")
        return facts.assign(
            segment=facts["customer_key"].map(people["segment"]),
            customer_type=facts["customer_key"].map(people["customer_type"]),
            channel=facts["channel_id"].map(tables["dim_channel"].set_index("channel_id")["channel"]),
            island=facts["city_id"].map(tables["dim_region"].set_index("city_id")["island"]),
        )

    def narrowed(self, table: pd.DataFrame, choices: Choices, *but: str) -> pd.DataFrame:
        """The rows of a table that the filters leave."""
        for level, value in self.where(choices, *but).items():
            table = table[table[level] == value]
        return table

    def orders_of(self, choices: Choices) -> pd.DataFrame:
        """The orders of all years that the filters leave, unless there are none."""
        told = self.narrowed(self.orders, choices)
        if not len(told):
            raise UserError("executive.no_orders")
        return told

    def nps_years(self, choices: Choices) -> Result:
        """NPS of every year under the filters; the last few are held, as a tile and a card tell of the same."""
        from ...analytics import satisfaction

        where = tuple(self.where(choices).items())
        if where not in self._scores:
            while len(self._scores) >= _HELD:
                del self._scores[next(iter(self._scores))]
            told = some_answers(self.narrowed(self.answers, choices))
            self._scores[where] = satisfaction.nps(told, by="year", customer="customer_id", source=self.source)
        return self._scores[where]

    def profit(self, year: int) -> Result:
        """What every customer left in a year, once goods, commission, returns and service are paid."""
        if year not in self._profits:
            self._profits[year] = self._profit(year)
        return self._profits[year]

    def _profit(self, year: int) -> Result:
        from ...analytics import profitability

        t = self.clean.tables
        sold = t["sales"].merge(t["channels"][["channel_id", "channel"]], on="channel_id")
        known = sold[["order_id", "ordered_at", "customer_id", "channel", "status"]]
        return profitability.customer_profit(
            t["sales_lines"].merge(known, on="order_id"),
            returns=t["returns"],
            costs=t["activity_costs"],
            activities=self.used,
            commission=t["channels"],
            period=(str(year), str(year)),
            source=self.source,
        )

    @cached_property
    def used(self) -> Any:
        """What customers used of what serves them."""
        from ...analytics import profitability

        return profitability.usage(self.clean.tables)

    @cached_property
    def lifetime(self) -> Result:
        """What consumers are still worth: purchases and spending as they went until the end of 2020."""
        from ...analytics import value

        own = self.orders[self.orders["customer_type"] == "consumer"]
        summary = value.summary(own, as_of="2020-12-31")
        share = float(own["margin"].sum() / own["amount"].sum())
        model, spending = value.fit_pareto_nbd(summary), value.fit_gamma_gamma(summary)
        return value.lifetime_value(model, spending, summary, discount=0.12, margin_share=share, horizon=156.0)

    @cached_property
    def evidence(self) -> dict[str, Any]:
        """What the value chain's stages and conditions can be measured by."""
        import pandas as pd

        t = self.clean.tables
        done = t["sales"][t["sales"]["status"] == "completed"]
        lines = t["sales_lines"].merge(done[["order_id", "customer_id"]], on="order_id")
        margin = (lines["amount"] - lines["cost"]).groupby(lines["customer_id"]).sum()
        people = t["customers"].drop_duplicates("customer_id", keep="last")
        own = people[people["customer_type"] == "consumer"]
        spent = [done[done["ordered_at"].dt.year == y].groupby("customer_id")["total"].sum() for y in (2019, 2020)]
        both = pd.DataFrame(dict(zip(("before", "now"), spent, strict=True))).dropna()
        halves = both.apply(lambda column: (column >= column.median()).map({True: "upper", False: "lower"}))
        staff = t["employees"][t["employees"]["left_on"].isna()]
        seen = staff["employee_id"].map(t["crm_log"].groupby("employee_id")["date"].max())
        return {
            "portfolio": people[["customer_id"]].assign(profit=people["customer_id"].map(margin)),
            "segments": halves.reset_index(),
            "profiles": own[["customer_id", "phone", "occupation", "interests"]].assign(updated_at=own["valid_from"]),
            "supplies": t["products"].merge(t["suppliers"], on="supplier_id")[
                ["product_id", "supplier_id", "quality_score"]
            ],
            "answers": t["survey_answers"].merge(t["survey_invitations"][["survey_id", "customer_id"]], on="survey_id"),
            "sales": done,
            "records": own[["customer_id", "phone", "email", "gender", "born_on"]],
            "staff": pd.DataFrame({"employee_id": staff["employee_id"], "last_used_on": seen.astype("datetime64[us]")}),
            "complaints": t["complaints"],
        }

    def warm(self) -> None:
        """Open what a change of a filter needs, so that the first one is answered as fast as the next."""
        from . import figures

        where = {"segment": "loyal", "channel": "store", "island": "java"}
        figures.tiles(self, {"year": "2019"}, "en")
        figures.months(self.cube, 2019, where)
        for level in ("segment", "department"):
            figures.members(self.cube, level, 2019, where)
        figures.why(self.cube, 2019, where)
