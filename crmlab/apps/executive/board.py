"""The executive dashboard: what a board asks, each question a card with the Result that answers it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ... import labels
from ...widgets.board import Board, Card, Control, Part
from . import figures
from .house import ALL, FILTERS, YEARS, House, some_answers

if TYPE_CHECKING:
    import pandas as pd

    from ...results import Result

__all__ = ["board"]

AS_OF = "2020-12-31"  # the last day of PT XYZ's records
Choices = Mapping[str, str]
PLACES = ("segment", "channel", "region")  # the filters but for the year
WHO = ("year", "segment", "region")  # the filters that are traits of a customer, and the year


def _year(choices: Choices) -> int:
    return int(choices.get("year", YEARS[0]))


# -- the year at a glance: counted by the cube -------------------------------------------------------------------------


def _months(house: House, choices: Choices) -> Result:
    return figures.months(house.cube, _year(choices), house.where(choices))


def _why(house: House, choices: Choices) -> Result:
    return figures.why(house.cube, _year(choices), house.where(choices))


def _by(level: str) -> Any:
    def make(house: House, choices: Choices) -> Result:
        return figures.members(house.cube, level, _year(choices), house.where(choices))

    return make


def _nps_years(house: House, choices: Choices) -> Result:
    return house.nps_years(choices)


# -- season, pandemic, competitor, what comes next ---------------------------------------------------------------------


def _forecast(every: str, value: str) -> Any:
    def make(house: House, choices: Choices) -> Result:
        from ...analytics import forecasting

        told = house.orders_of(choices)
        return forecasting.forecast(told, as_of=AS_OF, every=every, value=value, by=None, source=house.source)

    return make


def _effects(house: House, choices: Choices) -> Result:
    from ...analytics import forecasting

    return forecasting.decompose(house.orders_of(choices), as_of=AS_OF, by=None, source=house.source)


def _shock(house: House, _choices: Choices) -> Result:
    from ...analytics import forecasting

    # channels are held against each other, and companies against consumers: a filter would leave nothing to hold
    people = house.clean.tables["customers"]
    return forecasting.shock(house.orders, people, as_of=AS_OF, source=house.source)


# -- who earns it ------------------------------------------------------------------------------------------------------


def _profits(house: House, choices: Choices) -> pd.DataFrame:
    """A year's profit of every customer whom the filters leave."""
    table = house.profit(_year(choices)).table
    kept = house.narrowed(house.people, choices, "channel")["customer_id"]
    return table[table["customer_id"].isin(kept)]


def _profit(house: House, choices: Choices) -> Result:
    return house.profit(_year(choices))


def _whale(house: House, choices: Choices) -> Result:
    from ...analytics import profitability

    return profitability.whale_curve(_profits(house, choices))


def _pareto(house: House, choices: Choices) -> Result:
    from ...analytics import profitability

    return profitability.pareto(_profits(house, choices), column="gross_revenue")


def _profit_by(house: House, choices: Choices) -> Result:
    from ...analytics import profitability

    people = house.people[["customer_id", "segment"]]
    return profitability.profit_by(house.profit(_year(choices)), people, by="segment")


# -- who stays, and what they are still worth --------------------------------------------------------------------------


def _movements(house: House, choices: Choices) -> Result:
    from ...analytics import retention

    return retention.movements(house.orders_of(choices), as_of=AS_OF, source=house.source)


def _cohorts(house: House, choices: Choices) -> Result:
    from ...analytics import retention

    told = house.orders_of(choices)
    return retention.cohorts(told, as_of=AS_OF, by="quarter", source=house.source)


def _rfm(house: House, choices: Choices) -> Result:
    from ...analytics import segmentation

    told = house.orders_of(choices)
    told = told[told["ordered_at"] < f"{_year(choices) + 1}-01-01"]
    return segmentation.rfm(told, as_of=f"{_year(choices)}-12-31", source=house.source)


def _lifetime(house: House, _choices: Choices) -> Result:
    from ...analytics import value

    return value.value_by(house.lifetime, house.people[["customer_id", "segment"]], by="segment")


def _churn(house: House, _choices: Choices) -> Result:
    from ...analytics import retention

    accounts = house.clean.tables["customers"]
    asked = {"period": "year", "since": "2016-01-01", "by": "customer_type"}
    return retention.churn_rate(accounts, as_of=AS_OF, **asked, source=house.source)


# -- how customers feel ------------------------------------------------------------------------------------------------


def _asked(house: House, choices: Choices, *but: str) -> pd.DataFrame:
    told = house.answers[house.answers["year"] == _year(choices)]
    return some_answers(house.narrowed(told, choices, *but))


def _nps(by: str) -> Any:
    def make(house: House, choices: Choices) -> Result:
        from ...analytics import satisfaction

        told = _asked(house, choices, by)
        return satisfaction.nps(told, by=by, customer="customer_id", source=house.source)

    return make


def _nps_quarters(house: House, choices: Choices) -> Result:
    from ...analytics import satisfaction

    told = some_answers(house.narrowed(house.answers, choices))
    return satisfaction.trend(told, when="answered_on", period="quarter", measure="nps", source=house.source)


def _csat(house: House, choices: Choices) -> Result:
    from ...analytics import satisfaction

    told = _asked(house, choices, "channel")
    return satisfaction.csat(told, scale=(1, 5), by="channel", customer="customer_id", source=house.source)


# -- pipeline and targets ----------------------------------------------------------------------------------------------


def _deals(house: House, choices: Choices) -> tuple[pd.DataFrame, dict[str, Any]]:
    t = house.clean.tables
    about = {"log": t["stage_log"], "stages": t["stages"], "as_of": f"{_year(choices)}-06-30", "source": house.source}
    return t["opportunities"], about


def _pipeline(house: House, choices: Choices) -> Result:
    from ...analytics import sales

    deals, about = _deals(house, choices)
    return sales.pipeline(deals, **about)


def _open_deals(house: House, choices: Choices) -> Result:
    from ...analytics import sales

    deals, about = _deals(house, choices)
    return sales.pipeline_forecast(deals, **about)


def _deals_test(house: House, choices: Choices) -> Result:
    import pandas as pd

    from ...analytics import sales

    deals, about = _deals(house, choices)
    quarters = pd.date_range("2017-03-31", AS_OF, freq="QE")
    return sales.pipeline_test(deals, dates=quarters, **{**about, "as_of": AS_OF})


def _targets(house: House, choices: Choices) -> Result:
    import pandas as pd

    from ...analytics import reports

    t, year = house.shop.tables, _year(choices)
    names = t["dim_sales_rep"].set_index("sales_rep_id")["sales_rep"]
    sold, asked = (
        t[n].assign(sales_rep=t[n]["sales_rep_id"].map(names)) for n in ("fact_field_sale", "fact_sales_target")
    )
    sold = sold.assign(ordered_at=pd.to_datetime(sold["date"]))
    asked = asked.assign(month=pd.to_datetime(asked["date"]).dt.strftime("%Y-%m"))
    whole = {"month": (f"{year}-01", f"{year}-12"), "through": f"{year}-12-31"}
    return reports.sales_against_quota(sold, asked, **whole, source=house.source)


# -- levers, and the weakest link --------------------------------------------------------------------------------------


def _tree(house: House, choices: Choices) -> Result:
    from ...analytics import sales

    year = _year(choices)
    _before(year)
    told = house.orders_of(choices)[["customer_id", "ordered_at", "amount"]]
    return sales.revenue_tree(told, year=year, as_of=f"{year}-12-31", source=house.source)


def _before(year: int) -> None:
    from ...errors import UserError

    if year - 1 not in YEARS:
        raise UserError("executive.no_year_before", found=str(year))


def _levers(house: House, choices: Choices) -> Result:
    from ...analytics import sales
    from ...errors import UserError

    told = house.orders_of(choices)
    told = told[told["ordered_at"].dt.year == _year(choices)]
    if not len(told):
        raise UserError("executive.nothing_sold", found=str(_year(choices)))
    people, revenue = told["customer_id"].nunique(), float(told["amount"].sum())
    margin = float(told["margin"].sum()) / revenue
    return sales.levers(people, len(told) / people, revenue / len(told), margin, source=house.source)


def _chain(house: House, _choices: Choices) -> Result:
    from ...analytics import frameworks

    found = frameworks.value_chain_evidence(house.evidence, as_of=AS_OF, source=house.source)
    return frameworks.value_chain(frameworks.proposed(found))


def _evidence(house: House, _choices: Choices) -> Result:
    from ...analytics import frameworks

    return frameworks.value_chain_evidence(house.evidence, as_of=AS_OF, source=house.source)


# -- filters, and the whole --------------------------------------------------------------------------------------------


def _years(_house: House, _lang: str) -> list[tuple[str, str]]:
    return [(str(y), str(y)) for y in YEARS]


def _members(control: str) -> Any:
    def options(house: House, lang: str) -> list[tuple[str, str]]:
        found = house.cube.members(FILTERS[control])
        named = [(m["value"], labels.name(m["value"], lang)) for m in found]
        return [(ALL, labels.text(f"executive.all_{control}", lang)), *named]

    return options


def board() -> Board:
    """What the dashboard is made of.

    Examples
    --------
    >>> [part.name for part in board().parts]
    ['overview', 'season', 'earners', 'customers', 'experience', 'sales', 'levers']
    """
    every = ("year", *PLACES)
    overview = (
        Card("months", _months, wide=True),
        Card("why", _why),
        Card("departments", _by("department")),
        Card("segments", _by("segment")),
        Card("channels", _by("channel")),
        Card("regions", _by("island")),
        Card("nps_years", _nps_years, follows=PLACES),
    )
    season = (
        Card("forecast_months", _forecast("month", "amount"), wide=True, follows=PLACES),
        Card("effects", _effects, wide=True, follows=PLACES),
        Card("shock", _shock, follows=()),
        Card("forecast_days", _forecast("day", "orders"), follows=PLACES),
    )
    earners = (
        Card("whale", _whale, wide=True, follows=WHO),
        Card("profit", _profit, follows=("year",)),
        Card("profit_by", _profit_by, follows=("year",)),
        Card("pareto", _pareto, wide=True, follows=WHO),
    )
    customers = (
        Card("movements", _movements, wide=True, follows=PLACES),
        Card("cohorts", _cohorts, wide=True, follows=PLACES),
        Card("rfm", _rfm),
        Card("lifetime", _lifetime, follows=()),
        Card("churn", _churn, wide=True, follows=()),
    )
    experience = (
        Card("nps_quarters", _nps_quarters, wide=True, follows=PLACES),
        Card("nps_channels", _nps("channel"), follows=WHO),
        Card("nps_segments", _nps("segment"), follows=("year", "channel", "region")),
        Card("csat", _csat, wide=True, follows=WHO),
    )
    selling = (
        Card("pipeline", _pipeline, follows=("year",)),
        Card("open_deals", _open_deals, follows=("year",)),
        Card("targets", _targets, wide=True, follows=("year",)),
        Card("deals_test", _deals_test, wide=True, follows=()),
    )
    levers = (
        Card("tree", _tree),
        Card("levers", _levers),
        Card("chain", _chain, wide=True, follows=()),
        Card("evidence", _evidence, wide=True, follows=()),
    )
    parts = (
        Part("overview", overview, figures.tiles, every, eager=True),
        Part("season", season, None, every),
        Part("earners", earners, None, every),
        Part("customers", customers, None, every),
        Part("experience", experience, None, every),
        Part("sales", selling, None, every),
        Part("levers", levers, None, every),
    )
    return Board("executive", parts, (Control("year", _years), *(Control(c, _members(c)) for c in PLACES)))
