"""The hospital dashboard: the case's modules, each a question with the Result that answers it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ... import labels
from ...widgets.board import Board, Card, Control, Part

if TYPE_CHECKING:
    import pandas as pd

    from ...results import Result, Source

__all__ = ["House", "board"]

AS_OF = dt.date(2024, 12, 31)  # the last day of the hospital's records
ROLL_OUT = "2023-07-01"  # since then staff choose whom to remind
FORMS = "2023-01-01"  # since then units share what a patient has told
LINE = "2023-01-01"  # since then referrals are answered by a routine
MARKS = ("lead_days", "reminded", "payer_group", "new_patient", "missed_before")
SLOTS = 20  # of one session, for the overbooking card
IDLE, CROWDING = 150_000, 300_000  # rupiah: an empty place, and a patient too many
Choices = Mapping[str, str]


class House:
    """The hospital's tables, and what is made of them once.

    Parameters
    ----------
    size : {"S", "M", "L"}
    """

    def __init__(self, size: str = "S") -> None:
        from ... import datasets
        from ...results import Source

        opened = datasets.load_hospital(size, layer="clean")
        self.tables = opened.tables
        self.source: Source = Source(f"RS Sehat Nusantara {opened.size}", opened.hash, opened.rows("visits"), 0)

    @cached_property
    def visits(self) -> pd.DataFrame:
        """Visits with their unit and who pays."""
        units = self.tables["units"].set_index("unit_id")["unit"]
        payers = self.tables["payers"].set_index("payer_id")["payer_group"]
        seen = self.tables["visits"]
        return seen.assign(care_unit=seen["unit_id"].map(units), payer_group=seen["payer_id"].map(payers))

    @cached_property
    def kept(self) -> Result:
        """Appointments that were kept or missed, with what was known of each beforehand."""
        from ...analytics import appointments

        t = self.tables
        return appointments.outcomes(
            t["appointments"], reminders=t["reminders"], payers=t["payers"], source=self.source
        )

    @cached_property
    def routine(self) -> pd.DataFrame:
        """Appointments since staff choose whom to remind, early enough to remind anybody."""
        table = self.kept.table
        return table[(table["scheduled_at"] >= ROLL_OUT) & (table["lead_days"] >= 1)]


# -- reporting ---------------------------------------------------------------------------------------------------------


def _months(house: House, _choices: Choices) -> Result:
    from ...analytics import patients

    return patients.months(house.visits, as_of=AS_OF, registered=house.tables["patients"], source=house.source)


def _seasons(house: House, _choices: Choices) -> Result:
    from ...analytics import patients

    made = house.tables["appointments"]
    return patients.seasonality(made, since="2021-01-01", as_of=AS_OF, source=house.source)


def _payers(house: House, _choices: Choices) -> Result:
    from ...analytics import patients

    return patients.payer_mix(house.visits, source=house.source)


def _margins(house: House, _choices: Choices) -> Result:
    from ...analytics import patients

    return patients.margins(house.visits, source=house.source)


# -- communication -----------------------------------------------------------------------------------------------------


def _missed(house: House, choices: Choices) -> Result:
    from ...analytics import appointments

    return appointments.attendance(house.kept, by=choices.get("missed_by", "lead_days"), source=house.source)


def _pilot(house: House, _choices: Choices) -> Result:
    from ...analytics import appointments

    asked = {"treated": "pilot_treated", "control": "pilot_control", "balance": ["lead_days", "missed_before"]}
    return appointments.trial(house.kept, source=house.source, **asked)


def _roll_out(house: House, _choices: Choices) -> Result:
    from ...analytics import appointments

    marks = [m for m in MARKS if m != "reminded"]
    return appointments.adjusted(house.routine, on=marks, source=house.source)


def _marks(house: House, _choices: Choices) -> Result:
    from ...analytics import appointments

    return appointments.fit_no_shows(house.kept.table, on=MARKS, source=house.source)


def _overbooking(house: House, _choices: Choices) -> Result:
    from ...analytics import appointments

    facts = appointments.attendance(house.kept).facts
    missed = (facts["missed"], facts["n"])
    return appointments.overbooking(SLOTS, missed, idle_cost=IDLE, crowding_cost=CROWDING, source=house.source)


def _schedule(house: House, _choices: Choices) -> Result:
    from ...analytics import appointments

    t = house.tables
    return appointments.schedule(t["slots"], t["appointments"], as_of=AS_OF, source=house.source)


def _replies(house: House, _choices: Choices) -> Result:
    from ...analytics import patients

    return patients.contacts(house.tables["communications"], source=house.source)


def _staffing(house: House, _choices: Choices) -> Result:
    from ...analytics import reports

    return reports.staffing(100, 180, agents=[6, 7, 8, 9], log=house.tables["calls"])


# -- waiting -----------------------------------------------------------------------------------------------------------


def _waiting(house: House, choices: Choices) -> Result:
    from ...analytics import appointments

    return appointments.waiting(house.visits, by=choices.get("wait_by", "care_unit"), source=house.source)


def _wait_scores(house: House, _choices: Choices) -> Result:
    from ...analytics import appointments

    asked = house.tables["survey_invitations"][["survey_id", "visit_id"]]
    answers = house.tables["survey_answers"].merge(asked, on="survey_id").merge(house.visits, on="visit_id")
    return appointments.wait_scores(answers, source=house.source)


def _repeated(house: House, _choices: Choices) -> Result:
    from ...analytics import appointments

    return appointments.before_after(house.visits, outcome="times_repeated", since=FORMS, source=house.source)


def _errors(house: House, _choices: Choices) -> Result:
    from ...analytics import appointments

    asked = {"defect": "registration_error", "by": "quarter", "baseline": "2022-12-31"}
    return appointments.defects(house.visits, source=house.source, **asked)


# -- patients and tasks ------------------------------------------------------------------------------------------------

GROUPS: dict[str, tuple[dict[str, Any], str | None]] = {
    "women": ({"gender": "female", "born_on": (None, "1984-12-31")}, None),
    "diabetes": ({"chronic_condition": "diabetes"}, None),
    "diabetes_agreed": ({"chronic_condition": "diabetes"}, "health_messages"),
}


def _target(house: House, choices: Choices) -> Result:
    from ...analytics import patients

    where, explicit = GROUPS[choices.get("group", "women")]
    people = house.tables["patients"]
    ledger = patients.ledger_of(people, at="2024-12-01", timezone="WIB")
    asked = {"purpose": "marketing", "channel": "whatsapp", "at": str(AS_OF), "ledger": ledger}
    return patients.target_group(people, where, explicit=explicit, source=house.source, **asked)


def _tasks(house: House, _choices: Choices) -> Result:
    from ...analytics import patients

    return patients.tasks_due(house.tables["tasks"], as_of=AS_OF, source=house.source)


def _checkups(house: House, _choices: Choices) -> Result:
    from ...analytics import patients

    return patients.offers(house.tables["checkup_offers"], on=["bought_before"], margin=700_000, source=house.source)


def _contracts(house: House, _choices: Choices) -> Result:
    from ...analytics import patients

    return patients.renewals(house.tables["corporate_contracts"], as_of=AS_OF, source=house.source)


# -- referrals, access -------------------------------------------------------------------------------------------------


def _referral(name: str, **asked: Any) -> Any:
    def make(house: House, _choices: Choices) -> Result:
        from ...analytics import referrals

        about = {"as_of": AS_OF, "clinics": house.tables["clinics"], "source": house.source, **asked}
        return getattr(referrals, name)(house.tables["referrals"], **about)

    return make


def _worth(house: House, _choices: Choices) -> Result:
    from ...analytics import referrals

    about = {"as_of": AS_OF, "clinics": house.tables["clinics"], "source": house.source}
    return referrals.worth(house.tables["referrals"], house.tables["visits"], **about)


def _suspicious(house: House, _choices: Choices) -> Result:
    from ...analytics import access

    people = house.tables["patients"]
    known = people.loc[people["vip"], "patient_id"]
    return access.suspicious(house.tables["access_log"], house.tables["visits"], sensitive=known, source=house.source)


def _usual(house: House, _choices: Choices) -> Result:
    from ...analytics import access

    return access.baseline(house.tables["access_log"], house.tables["visits"], source=house.source)


# -- tiles and choices -------------------------------------------------------------------------------------------------


def _tiles(house: House, _choices: Choices, lang: str) -> list[dict[str, str]]:
    from ...analytics import appointments, satisfaction

    def say(key: str, **values: Any) -> str:
        return labels.text(f"hospital_board.{key}", lang, **values)

    def share(facts: Mapping[str, Any], name: str) -> dict[str, str]:
        ends = {e: labels.percent(facts[f"{name}_{e}"], lang) for e in ("low", "high")}
        return {"value": labels.percent(facts[name], lang), "foot": say("tile_foot", n=facts["n"], **ends)}

    last = house.visits[house.visits["checked_in_at"] >= f"{AS_OF.year}-01-01"]
    table = house.kept.table
    missed = appointments.attendance(table[table["scheduled_at"] >= f"{AS_OF.year}-01-01"]).facts
    waits = appointments.waiting(last).facts
    nps = satisfaction.nps(house.tables["survey_answers"]).facts
    ends = {e: labels.number(nps[f"nps_{e}"], lang) for e in ("low", "high")}
    return [
        {
            "label": say("tile_visits", year=str(AS_OF.year)),
            "value": labels.number(len(last), lang),
            "foot": say("tile_patients", n=last["patient_id"].nunique()),
        },
        {"label": say("tile_missed", year=str(AS_OF.year)), **share(missed, "no_show_share")},
        {"label": say("tile_waits", year=str(AS_OF.year)), **share(waits, "within_share")},
        {
            "label": say("tile_nps"),
            "value": labels.number(nps["nps"], lang),
            "foot": say("tile_foot", n=nps["n"], **ends),
        },
    ]


def _options(prefix: str, names: tuple[str, ...]) -> Any:
    def options(_house: House, lang: str) -> list[tuple[str, str]]:
        return [(n, labels.text(f"hospital_board.{prefix}_{n}", lang)) for n in names]

    return options


def board() -> Board:
    """What the dashboard is made of.

    Examples
    --------
    >>> [part.name for part in board().parts]
    ['reporting', 'communication', 'waiting', 'patients', 'referrals', 'access']
    """
    parts = (
        Part(
            "reporting",
            (
                Card("months", _months, wide=True),
                Card("payers", _payers),
                Card("margins", _margins),
                Card("seasons", _seasons, wide=True),
            ),
            _tiles,
        ),
        Part(
            "communication",
            (
                Card("missed", _missed, wide=True),
                Card("pilot", _pilot),
                Card("roll_out", _roll_out),
                Card("marks", _marks),
                Card("overbooking", _overbooking),
                Card("schedule", _schedule),
                Card("staffing", _staffing),
                Card("replies", _replies),
            ),
            None,
            ("missed_by",),
        ),
        Part(
            "waiting",
            (
                Card("waiting", _waiting, wide=True),
                Card("wait_scores", _wait_scores),
                Card("repeated", _repeated),
                Card("errors", _errors, wide=True),
            ),
            None,
            ("wait_by",),
        ),
        Part(
            "patients",
            (
                Card("target", _target, wide=True),
                Card("tasks", _tasks),
                Card("checkups", _checkups),
                Card("contracts", _contracts),
            ),
            None,
            ("group",),
        ),
        Part(
            "referrals",
            (
                Card("network", _referral("network"), wide=True),
                Card("concentration", _referral("concentration")),
                Card("lost", _referral("lost")),
                Card("loop", _referral("closed_loop", since=LINE)),
                Card("worth", _worth),
                Card("levels", _referral("levels", own="type_c")),
            ),
        ),
        Part("access", (Card("suspicious", _suspicious, wide=True, table=True), Card("usual", _usual))),
    )
    controls = (
        Control("missed_by", _options("missed", ("lead_days", "quarter", "payer_group"))),
        Control("wait_by", _options("wait", ("care_unit", "payer_group"))),
        Control("group", _options("group", tuple(GROUPS))),
    )
    return Board("hospital_board", parts, controls)
