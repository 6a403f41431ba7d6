"""The vocabulary of a star: dimension, hierarchy, level, attribute, fact. Plain descriptions; nothing is read here."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ..errors import UserError

__all__ = ["CALENDAR_ATTRIBUTES", "CALENDAR_HIERARCHIES", "Dimension", "Fact", "Level"]

CALENDAR_HIERARCHIES = {"calendar": ("year", "quarter", "month", "date"), "weeks": ("iso_year", "week", "date")}
CALENDAR_ATTRIBUTES = (
    "month_of_year",
    "weekday",
    "weekend",
    "national_holiday",
    "holiday",
    "payday",
    "ramadan",
    "idul_fitri_phase",
    "harbolnas",
    "pandemic_phase",
)


@dataclass(frozen=True, eq=False)
class Dimension:
    """One way of looking at the facts: who, what, where, when.

    Parameters
    ----------
    name : str
    table : pandas.DataFrame, pyarrow.Table, path to a Parquet file, or mapping of columns
        One row per member of the finest level.
    key : str
        The column that facts point to; no value twice.
    hierarchies : mapping of str to sequence of str
        Levels from coarse to fine. Strict: every member has one parent.
    attributes : sequence of str
        Columns that describe a member and can be used like a level, outside any hierarchy.
    personal : sequence of str
        Columns about an identifiable person: masked in what is shown or exported.
    labels : mapping of str to str
        Per level, the column that names its members.
    order : mapping of str to str or sequence
        Per level, the column that orders its members, or the members in their order.
    made : {"", "calendar", "facts"}
        How a dimension without a table comes about; see :meth:`calendar` and :meth:`of_facts`.

    Examples
    --------
    >>> channel = Dimension("channel", {"id": [1, 2], "channel": ["store", "website"]}, key="id",
    ...                     hierarchies={"channel": ["channel"]})
    >>> channel.levels
    ('channel',)
    """

    name: str
    table: Any
    key: str
    hierarchies: Mapping[str, Sequence[str]] = field(default_factory=dict)
    attributes: Sequence[str] = ()
    personal: Sequence[str] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    order: Mapping[str, str | Sequence[Any]] = field(default_factory=dict)
    made: str = ""

    def __post_init__(self) -> None:
        hierarchies = self.hierarchies or {self.name: (self.key,)}
        fixed = {str(n): tuple(levels) for n, levels in hierarchies.items()}
        object.__setattr__(self, "hierarchies", MappingProxyType(fixed))
        for name in ("attributes", "personal"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        for name in ("labels", "order"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))
        for hierarchy, levels in fixed.items():
            if len(set(levels)) != len(levels) or not levels:
                raise UserError("star.bad_hierarchy", table=self.name, hierarchy=hierarchy, found=list(levels))

    @classmethod
    def calendar(cls, name: str = "date") -> Dimension:
        """The dates that the facts span, with Indonesian calendar facts: payday, Ramadan, Idul Fitri, holidays.

        Examples
        --------
        >>> Dimension.calendar().hierarchies["calendar"]
        ('year', 'quarter', 'month', 'date')
        """
        return cls(
            name,
            None,
            key="date",
            hierarchies=CALENDAR_HIERARCHIES,
            attributes=CALENDAR_ATTRIBUTES,
            order={"weekday": "weekday_number"},
            made="calendar",
        )

    @classmethod
    def of_facts(cls, column: str) -> Dimension:
        """A dimension that is no more than a column of the facts (a degenerate one): a reason, a payment method."""
        return cls(column, None, key=column, made="facts")

    @property
    def levels(self) -> tuple[str, ...]:
        """Every level once, in the order of the hierarchies."""
        return tuple(dict.fromkeys(level for levels in self.hierarchies.values() for level in levels))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that can be used to group or filter: levels, then attributes."""
        return tuple(dict.fromkeys((*self.levels, *self.attributes)))

    @property
    def table_name(self) -> str:
        """How SQL calls the table."""
        return _stem(self.table) or f"dim_{self.name}"


@dataclass(frozen=True, eq=False)
class Fact:
    """What happened: one row per event, with numbers to add up and keys to the dimensions.

    Parameters
    ----------
    name : str
    table : pandas.DataFrame, pyarrow.Table, path to a Parquet file, or mapping of columns
    keys : mapping
        Role to column: ``{"date": "ordered_at", "customer": "customer_id"}``. A role is a dimension's name; a dimension
        that plays a second role says which one it is: ``{"delivery_date": ("date", "delivered_at")}``.
    grain : sequence of str
        The columns that name one row; no combination twice.
    attributes : sequence of str
        Columns that are dimensions by themselves, without a table.
    personal : sequence of str
        Columns about an identifiable person.

    Examples
    --------
    >>> sales = Fact("sales", {"day": [], "amount": []}, keys={"date": "day", "paid": ("date", "day")})
    >>> sales.roles
    {'date': ('date', 'day'), 'paid': ('date', 'day')}
    """

    name: str
    table: Any
    keys: Mapping[str, str | tuple[str, str]]
    grain: Sequence[str] = ()
    personal: Sequence[str] = ()
    attributes: Sequence[str] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", MappingProxyType(dict(self.keys)))
        object.__setattr__(self, "grain", tuple(self.grain))
        object.__setattr__(self, "personal", tuple(self.personal))
        object.__setattr__(self, "attributes", tuple(self.attributes))

    @property
    def roles(self) -> dict[str, tuple[str, str]]:
        """Role to (dimension, column)."""
        keys = {r: (r, k) if isinstance(k, str) else (k[0], k[1]) for r, k in self.keys.items()}
        return {**keys, **{a: (a, a) for a in self.attributes if a not in keys}}

    @property
    def table_name(self) -> str:
        """How SQL calls the table."""
        return _stem(self.table) or self.name


def _stem(table: Any) -> str | None:
    return os.path.splitext(os.path.basename(table))[0] if isinstance(table, str | os.PathLike) else None


@dataclass(frozen=True)
class Level:
    """One column of a dimension in one role, as it can be used in a view.

    ``id`` is the column's name where no other dimension has it, else ``dimension.column``.
    """

    id: str
    role: str
    dimension: str
    column: str
    kind: str  # "level" or "attribute"
    count: int  # members, the unknown one not counted
    unit: str  # text, id, number, boolean, date, week, month, quarter, year, month_of_year
    personal: bool
    parents: tuple[str, ...] = ()  # ids of the next coarser level, one per hierarchy that has one
    children: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The column of the wide table that holds this level's codes."""
        return f"{self.role}.{self.column}"
