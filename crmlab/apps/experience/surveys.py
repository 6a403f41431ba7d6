"""The surveys that the experience dashboard shows: the hospital's, PT XYZ's, or a reader's own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from ...ingest import Ingested
    from ...results import Source

__all__ = ["Surveys", "hospital", "own", "retail"]

CLINIC_AS_OF, SHOP_AS_OF = dt.date(2024, 12, 31), dt.date(2020, 12, 31)  # the last days of the two worlds
FACTORS = (
    "accessibility",
    "competence",
    "recognition",
    "helpfulness",
    "personalization",
    "problem_solving",
    "promise_fulfilment",
    "value_for_time",
)
RETURN_DAYS = 365


@dataclass(frozen=True)
class Surveys:
    """Answers, and what is known around them; what is not known is ``None`` and its cards say so.

    Parameters
    ----------
    answers : DataFrame
        One row an answer: ``survey_id``, ``customer_id``, ``answered_on``, ``year``, the scores there are (``nps``,
        ``csat``, ``ces``), the columns of ``groups``, and ``comment``, ``topic``, ``returned`` where they are known.
    groups : tuple of str
        What answers can be compared by.
    as_of : date
    csat, ces : (int, int), optional
        The scales.
    easy : {"low", "high"} or dict, optional
        Which end of the effort question is easy, or by ``ces_version``.
    factors : tuple of str
    mix, mix_by : str, optional
        The group that the mix of people is held fixed in, and what is compared at that mix.
    invited : DataFrame, optional
        ``customer_id``, ``asked_on``, ``answered``, ``year``, the columns of ``groups``, and of ``traits``.
    traits : tuple of str
        What is known of everyone invited, to compare those who answered.
    complaints, visits, compared : DataFrame, optional
        ``customer_id``, ``opened_at``, ``resolved_at``, ``complaint_category``; ``customer_id``, ``visited_at``.
    source : Source, optional
    """

    answers: pd.DataFrame
    groups: tuple[str, ...]
    as_of: dt.date
    csat: tuple[int, int] | None = None
    ces: tuple[int, int] | None = None
    easy: Any = None
    factors: tuple[str, ...] = ()
    mix: str | None = None
    mix_by: str | None = None
    invited: pd.DataFrame | None = None
    traits: tuple[str, ...] = ()
    complaints: pd.DataFrame | None = None
    visits: pd.DataFrame | None = None
    compared: pd.DataFrame | None = None
    source: Source | None = None
    scores: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        there = tuple(s for s in ("nps", "csat", "ces") if s in self.answers and self.answers[s].notna().any())
        object.__setattr__(self, "scores", there)


def _returned(answers: pd.DataFrame, visits: pd.DataFrame, as_of: dt.date) -> pd.Series:
    """Whether the customer came again within a year of his answer; missing where that year is not over."""
    import pandas as pd

    at = answers[["survey_id", "customer_id", "answered_on"]].sort_values("answered_on")
    later = (
        visits[["customer_id", "visited_at"]]
        .dropna()
        .sort_values("visited_at")
        .astype({"visited_at": "datetime64[us]"})
    )
    at["answered_on"] = at["answered_on"].astype("datetime64[us]")
    found = pd.merge_asof(
        at,
        later,
        left_on="answered_on",
        right_on="visited_at",
        by="customer_id",
        direction="forward",
        allow_exact_matches=False,
    )
    came = (found["visited_at"] - found["answered_on"]).dt.days <= RETURN_DAYS
    over = (pd.Timestamp(as_of) - found["answered_on"]).dt.days >= RETURN_DAYS
    told = came.astype("boolean").where(over).set_axis(found["survey_id"])
    return answers["survey_id"].map(told)


def hospital(size: str = "S") -> Surveys:
    """RS Sehat Nusantara's survey after a visit.

    Examples
    --------
    >>> told = hospital("S")
    >>> told.scores, told.groups
    (('nps', 'csat', 'ces'), ('care_unit', 'payer_group', 'year'))
    """
    import pandas as pd

    from ... import datasets
    from ...results import Source

    opened = datasets.load_hospital(size, layer="clean")
    tables = opened.tables
    people = tables["patients"][["patient_id", "born_on"]]
    units = tables["units"].set_index("unit_id")["unit"]
    payers = tables["payers"].set_index("payer_id")["payer_group"]
    seen = tables["visits"].rename(columns={"checked_in_at": "visited_at", "patient_id": "customer_id"})
    seen = seen.assign(
        care_unit=seen["unit_id"].map(units), payer_group=seen["payer_id"].map(payers), year=seen["visited_at"].dt.year
    )
    known = seen[["visit_id", "care_unit", "payer_group", "year", "wait_minutes"]]
    asked = tables["survey_invitations"].rename(columns={"patient_id": "customer_id"}).merge(known, on="visit_id")
    asked = asked.merge(people.rename(columns={"patient_id": "customer_id"}), on="customer_id", how="left")
    asked["age"] = asked["year"] - pd.to_datetime(asked["born_on"]).dt.year
    about = asked.drop(columns=["answered", "asked_on", "born_on"])
    answers = tables["survey_answers"].merge(about, on="survey_id")
    answers["answered_on"] = pd.to_datetime(answers["answered_on"])
    answers["returned"] = _returned(answers, seen, CLINIC_AS_OF)
    complaints = tables["complaints"].rename(columns={"patient_id": "customer_id"})
    complaints = complaints.merge(seen[["visit_id", "visited_at"]], on="visit_id", how="left")
    compared = tables["compared_visits"][["visit_id"]].merge(seen, on="visit_id")
    return Surveys(
        answers,
        ("care_unit", "payer_group", "year"),
        CLINIC_AS_OF,
        csat=(1, 5),
        ces=(1, 7),
        easy={1: "low", 2: "high"},
        factors=FACTORS,
        mix="payer_group",
        mix_by="year",
        invited=asked,
        traits=("age", "wait_minutes"),
        complaints=complaints,
        visits=seen[["customer_id", "visited_at"]],
        compared=compared,
        source=Source(f"RS Sehat Nusantara {opened.size}", opened.hash, len(answers), 0),
    )


def retail(size: str = "S") -> Surveys:
    """PT XYZ's survey after an order.

    Examples
    --------
    >>> told = retail("S")
    >>> told.scores, told.groups
    (('nps', 'csat', 'ces'), ('channel', 'customer_type', 'year'))
    """
    import pandas as pd

    from ... import datasets
    from ...results import Source

    opened = datasets.load_retail(size, layer="clean")
    tables = opened.tables
    channels = tables["channels"].set_index("channel_id")["channel"]
    kinds = tables["customers"].drop_duplicates("customer_id", keep="last").set_index("customer_id")["customer_type"]
    asked = tables["survey_invitations"]
    asked = asked.assign(
        channel=asked["channel_id"].map(channels),
        customer_type=asked["customer_id"].map(kinds),
        asked_on=pd.to_datetime(asked["asked_on"]),
    )
    asked["year"] = asked["asked_on"].dt.year
    sales = tables["sales"][tables["sales"]["status"] != "cancelled"]
    orders = sales.groupby("customer_id")["order_id"].count()
    asked["orders"] = asked["customer_id"].map(orders).fillna(0)
    about = asked[["survey_id", "customer_id", "channel", "customer_type", "year"]]
    answers = tables["survey_answers"].merge(about, on="survey_id")
    answers["answered_on"] = pd.to_datetime(answers["answered_on"])
    visits = sales[["customer_id", "ordered_at"]].rename(columns={"ordered_at": "visited_at"})
    answers["returned"] = _returned(answers, visits, SHOP_AS_OF)
    complaints = tables["complaints"].rename(columns={"category": "complaint_category", "complained_at": "opened_at"})
    return Surveys(
        answers,
        ("channel", "customer_type", "year"),
        SHOP_AS_OF,
        csat=(1, 5),
        ces=(1, 7),
        easy={1: "low", 2: "high"},
        mix="channel",
        mix_by="year",
        invited=asked,
        traits=("orders",),
        complaints=complaints,
        visits=visits,
        source=Source(f"PT XYZ {opened.size}", opened.hash, len(answers), 0),
    )


def own(read: Ingested) -> Surveys:
    """A reader's own survey, as :func:`crmlab.ingest.read` brought it to the contract ``survey``.

    Reading has asked for the scales, and for the end of the effort question that means easy.
    """
    answers = read.table.rename(columns={"answered_at": "answered_on"})
    if "survey_id" not in answers:
        answers = answers.assign(survey_id=range(1, len(answers) + 1))
    answers = answers.assign(year=answers["answered_on"].dt.year)
    taken = {"survey_id", "customer_id", "answered_on", "nps", "csat", "ces", "comment"}
    few = [c for c in answers if c not in taken and 2 <= answers[c].nunique() <= 60]
    last = answers["answered_on"].max()
    scales = {name: tuple(ends) for name, ends in (read.params.get("scales") or {}).items()}
    asked = {"csat": scales.get("csat"), "ces": scales.get("ces"), "easy": read.params.get("ces_easy")}
    return Surveys(answers, tuple(few), last.date(), source=read.source, **asked)
