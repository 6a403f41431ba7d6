"""The companies of the journey map: their event logs, opened once, and a draft of every persona's map."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ... import labels
from ...errors import UserError

if TYPE_CHECKING:
    from ...analytics.journeys import Log
    from ...results import Result, Source

__all__ = ["PERSONAS", "Company", "Hospital", "Shop", "draft"]

EVERYBODY = "everybody"
PERSONAS = {
    "hospital": (EVERYBODY, "bpjs", "self_pay", "insurance", "corporate"),
    "retail": (EVERYBODY, "homemaker", "employee", "entrepreneur", "civil_servant", "student", "corporate"),
}
"""Whose way a company's maps show, the first of them first."""
SCALE = (1, 5)  # of the surveys' questions in both companies
SENT = {"order_placed": "touchpoint == 'order_placed' and channel != 'store'"}  # a shop hands its goods over at once
STEPS = 14  # a board can't read more beside one another


class Company(ABC):
    """A company's events, and what the cards ask of them.

    Parameters
    ----------
    size : {"S", "M", "L"}
    """

    name: str
    group: str
    """The column that says whose way a case is."""
    booked: tuple[str, ...]
    """The steps of the funnel, in order."""
    spans: Mapping[str, tuple[Any, str, dict[str, Any]]]
    """From where to where time is measured."""
    goals: tuple[str, ...]
    """What attribution may explain, the first of them first."""
    credited = "channel"
    """By what it is explained."""
    watched: tuple[str, ...] = ()
    """At which touchpoints a signal may be given, the first of them first."""
    scale: tuple[float, float] | None = SCALE
    """From what to what its scores go."""

    def __init__(self, size: str = "S") -> None:
        self.size = size

    def span_label(self, span: str, lang: str) -> str:
        """From where to where, in words."""
        return labels.text(f"journey_map.span_{span}", lang)

    def signals(self, _touchpoint: str) -> Result:
        """Who has just met a touchpoint again and again."""
        raise UserError("journey_map.no_visits")

    @property
    @abstractmethod
    def log(self) -> Log:
        """Every event of everybody; a case is a person."""

    @property
    def sessions(self) -> Log:
        """The log whose cases the funnel follows."""
        return self.log

    def _source(self, name: str, opened: Any, events: Any) -> Source:
        from ...results import Source

        return Source(f"{name} {opened.size}", opened.hash, len(events), 0)


class Hospital(Company):
    """RS Sehat Nusantara; personas by who pays."""

    name, group = "hospital", "payer_group"
    booked = ("appointment_booked", "check_in", "examination", "survey_answered")
    spans = {
        "check_in_examination": ("check_in", "examination", {"of": "about", "unit": "minutes", "within": ["60min"]}),
        "booked_check_in": ("appointment_booked", "check_in", {"of": "about", "unit": "days", "within": ["7d"]}),
        "complaint_resolved": ("complaint", "complaint_resolved", {"of": "about", "unit": "days", "within": ["7d"]}),
    }
    goals, credited = ("check_in",), "touchpoint"

    @cached_property
    def log(self) -> Log:
        """Every event of every patient."""
        from ... import datasets
        from ...analytics import journeys

        opened = datasets.load_hospital(self.size, layer="clean")
        events = journeys.build_events(opened.tables, "hospital")
        return journeys.event_log(
            events,
            as_of="2024-12-31",
            stages=journeys.stage_rules("hospital"),
            keep=[self.group],
            source=self._source("RS Sehat Nusantara", opened, events),
        )


class Shop(Company):
    """PT XYZ; personas by what its customers do for a living."""

    name, group = "retail", "occupation"
    booked = ("home", "category", "product", "cart", "order_placed")
    spans = {
        "order_parcel": (SENT, "parcel_received", {"of": "about", "unit": "days", "within": ["3d"]}),
        "complaint_resolved": ("complaint", "complaint_resolved", {"of": "about", "unit": "days", "within": ["7d"]}),
    }
    goals, watched = ("order_placed",), ("price",)

    @cached_property
    def _opened(self) -> Any:
        from ... import datasets

        return datasets.load_retail(self.size, layer="clean")

    @cached_property
    def log(self) -> Log:
        """Every event of every customer who is known."""
        from ...analytics import journeys

        tables = self._opened.tables
        events = journeys.build_events(tables, "retail")
        known = tables["customers"].drop_duplicates("customer_id", keep="last").set_index("customer_id")
        works = known["occupation"].mask(known["customer_type"] == "corporate", "corporate")
        events[self.group] = events["person_id"].map(works)
        return journeys.event_log(
            events,
            as_of="2020-12-31",
            stages=journeys.stage_rules("retail"),
            keep=[self.group],
            source=self._source("PT XYZ", self._opened, events),
        )

    @cached_property
    def sessions(self) -> Log:
        """The web shop's visits, those of strangers too: a case is a session."""
        from ...analytics import journeys

        events = self._opened.tables["web_events"]
        names = {"person_id": "session_id", "touchpoint": "page"}
        source = self._source("PT XYZ", self._opened, events)
        return journeys.event_log(events, as_of="2020-12-31", columns=names, source=source)

    def signals(self, touchpoint: str) -> Result:
        """Customers, and strangers, who look at a page of the web shop again and again."""
        from ...analytics import journeys

        names = {"person_id": "customer_id", "case_id": "session_id", "touchpoint": "page"}
        visits = self._opened.tables["web_events"]
        return journeys.signals(visits, f"touchpoint == {touchpoint!r}", as_of="2020-12-31", columns=names)


def draft(company: Company, persona: str) -> dict[str, Any]:
    """A persona's map as the events tell it, as plain data.

    Parameters
    ----------
    company : Company
    persona : str
        One of :data:`PERSONAS`.
    """
    from ...analytics import journeys

    only = None if persona == EVERYBODY else {company.group: persona}
    drafted = journeys.draft_map(company.log, persona=persona, score_scale=company.scale, only=only, most=STEPS)
    return drafted.to_dict()
