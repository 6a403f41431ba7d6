"""The companies of the check-up: their tables as they stood on a day, for the evidence of the value chain."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ...errors import UserError

if TYPE_CHECKING:
    import pandas as pd

    from ...ingest import Ingested
    from ...results import Result, Source

__all__ = ["Company", "Own", "Shop"]

YEAR = 365
MOST_DAYS = 5
PROFILE = ("phone", "email", "occupation", "interests", "address", "city")
RECORD = ("phone", "email", "gender", "born_on")
CSAT = (1, 5)  # the scale that the rule "satisfied from 4" is meant for


class Company(ABC):
    """A company whose data answer what they can."""

    def evidence(self, day: str) -> Result:
        """What its data said on a day."""
        from ...analytics import frameworks

        return frameworks.value_chain_evidence(self.tables(day), as_of=day, source=self.source)

    @property
    @abstractmethod
    def days(self) -> list[str]:
        """As of which days it can be looked at, the last of them first."""

    @property
    @abstractmethod
    def source(self) -> Source:
        """Where the numbers come from."""

    @abstractmethod
    def tables(self, day: str) -> dict[str, pd.DataFrame]:
        """The tables of the evidence, with nothing in them that came later."""


class Shop(Company):
    """PT XYZ at the end of a year.

    Parameters
    ----------
    size : {"S", "M", "L"}
    """

    days = [f"{year}-12-31" for year in (2020, 2019, 2018, 2017)]

    def __init__(self, size: str = "S") -> None:
        self.size = size

    @cached_property
    def _opened(self) -> Any:
        from ... import datasets

        return datasets.load_retail(self.size, layer="clean")

    @property
    def source(self) -> Source:
        """PT XYZ and its size."""
        from ...results import Source

        return Source(f"PT XYZ {self._opened.size}", self._opened.hash, len(self._opened.tables["sales"]), 0)

    def tables(self, day: str) -> dict[str, pd.DataFrame]:
        """Everything that the evidence of the value chain can use, as it stood on a day."""
        import pandas as pd

        told, end = self._opened.tables, pd.Timestamp(day) + pd.Timedelta(days=1)
        sales = told["sales"]
        done = sales[(sales["status"] == "completed") & (sales["ordered_at"] < end)]
        lines = told["sales_lines"].merge(done[["order_id", "customer_id"]], on="order_id")
        versions = told["customers"]
        known = versions[(versions["registered_on"] < end) & (versions["valid_from"] < end)]
        # a customer's data as they were on that day, not as they were put right later
        people = known.sort_values("valid_from", kind="stable").drop_duplicates("customer_id", keep="last")
        consumers = people[people["customer_type"] == "consumer"]
        asked = told["survey_invitations"][["survey_id", "customer_id"]]
        offered = told["products"]
        offered = offered[(offered["introduced_on"] < end) & ~(offered["discontinued_on"] < end)]
        partners = told["suppliers"][told["suppliers"]["contract_started_on"] < end]
        staff = told["employees"]
        staff = staff[(staff["hired_on"] < end) & ~(staff["left_on"] < end)]
        used = told["crm_log"][told["crm_log"]["date"] < end].groupby("employee_id")["date"].max()
        out = {
            "portfolio": _portfolio(people["customer_id"], lines["amount"] - lines["cost"], lines["customer_id"]),
            "segments": _halves(done, "total", end),
            "profiles": consumers[["customer_id", "phone", "occupation", "interests"]].assign(
                updated_at=consumers["valid_from"]
            ),
            "supplies": offered.merge(partners, on="supplier_id")[["product_id", "supplier_id", "quality_score"]],
            "answers": told["survey_answers"].merge(asked, on="survey_id"),
            "sales": done,
            "records": consumers[["customer_id", *RECORD]],
            "complaints": told["complaints"],
        }
        if len(used):  # before there was a CRM nobody could use it: that is no score
            out["staff"] = staff[["employee_id"]].assign(last_used_on=staff["employee_id"].map(used))
        return out


class Own(Company):
    """A reader's own files, as :func:`crmlab.ingest.read` read them.

    Parameters
    ----------
    reads : mapping of str to Ingested
        By contract: ``sales``, ``customers``, ``survey``; each of them may be missing.
    """

    def __init__(self, reads: Mapping[str, Ingested]) -> None:
        self.reads = dict(reads)

    def _has(self, contract: str, *columns: str) -> bool:
        table = self.reads[contract].table if contract in self.reads else None
        return table is not None and all(c in table and table[c].notna().any() for c in columns)

    @cached_property
    def days(self) -> list[str]:
        """The last day of the data and the ends of the years before it that have a year behind them."""
        import pandas as pd

        times = {"sales": "ordered_at", "survey": "answered_at", "customers": "updated_at"}
        seen = [self.reads[c].table[column] for c, column in times.items() if self._has(c, column)]
        if not seen:
            raise UserError("checkup.no_dates", found=sorted(self.reads))
        first, last = min(s.min() for s in seen).normalize(), max(s.max() for s in seen).normalize()
        ends = [pd.Timestamp(year, 12, 31) for year in range(last.year, first.year - 1, -1)]
        ends = [end for end in ends if end < last and end - pd.Timedelta(days=YEAR) >= first]
        return [str(day.date()) for day in (last, *ends)][:MOST_DAYS]

    @property
    def source(self) -> Source:
        """The files by name."""
        from ...results import Source

        told = [read.source for read in self.reads.values()]
        kept, refused = sum(s.rows_kept for s in told), sum(s.rows_refused for s in told)
        return Source(", ".join(s.name for s in told), "", kept, refused)

    def tables(self, day: str) -> dict[str, pd.DataFrame]:
        """What these files hold of what the evidence can use."""
        import pandas as pd

        end = pd.Timestamp(day) + pd.Timedelta(days=1)
        out: dict[str, pd.DataFrame] = {}
        if "sales" in self.reads:
            out |= self._of_sales(end)
        if "customers" in self.reads:
            out |= self._of_customers(end)
        scale = (self.reads["survey"].params.get("scales") or {}).get("csat") if "survey" in self.reads else None
        if self._has("survey", "csat") and (scale is None or tuple(scale) == CSAT):
            table = self.reads["survey"].table
            out["answers"] = table[["customer_id", "csat"]].assign(answered_on=table["answered_at"])
        return out

    def _of_sales(self, end: pd.Timestamp) -> dict[str, pd.DataFrame]:
        table = self.reads["sales"].table
        lines = table[table["ordered_at"] < end]
        sums = {"customer_id": "first", "ordered_at": "min", "amount": "sum"}
        if self._has("sales", "discount"):
            sums["discount"] = "sum"
        orders = lines.groupby("order_id", sort=False).agg(sums).reset_index()
        out = {"sales": orders, "segments": _halves(orders, "amount", end)}
        if self._has("sales", "cost"):  # a file without costs does not say that nobody knows them
            known = lines.dropna(subset=["customer_id"])
            people = known["customer_id"].drop_duplicates()
            out["portfolio"] = _portfolio(people, known["amount"] - known["cost"], known["customer_id"])
        return out

    def _of_customers(self, end: pd.Timestamp) -> dict[str, pd.DataFrame]:
        table = self.reads["customers"].table
        if self._has("customers", "registered_on"):
            table = table[~(table["registered_on"] >= end)]
        table = table.drop_duplicates("customer_id", keep="last")
        out = {}
        if fields := [c for c in RECORD if self._has("customers", c)]:
            out["records"] = table[["customer_id", *fields]]
        fields = [c for c in PROFILE if self._has("customers", c)]
        if fields and self._has("customers", "updated_at"):
            out["profiles"] = table[["customer_id", "updated_at", *fields]]
        return out


def _portfolio(people: pd.Series, profit: pd.Series, whose: pd.Series) -> pd.DataFrame:
    """What each customer brought; missing where nothing is known, or a part of it is not."""
    sums = profit.groupby(whose).sum()
    unknown = set(whose[profit.isna()])
    brought = people.map(sums).mask(people.isin(unknown)).astype("float64")
    return people.to_frame("customer_id").assign(profit=brought)


def _halves(orders: pd.DataFrame, amount: str, end: pd.Timestamp) -> pd.DataFrame:
    """The upper and the lower half of customers by what they spent, in the last year and in the one before it."""
    import pandas as pd

    last = orders["ordered_at"] >= end - pd.Timedelta(days=YEAR)
    before = ~last & (orders["ordered_at"] >= end - pd.Timedelta(days=2 * YEAR))
    spent = {
        name: orders[which].groupby("customer_id")[amount].sum() for name, which in (("before", before), ("now", last))
    }
    both = pd.DataFrame(spent).dropna()
    halves = both.apply(lambda column: (column >= column.median()).map({True: "upper", False: "lower"}))
    return halves.rename_axis("customer_id").reset_index()
