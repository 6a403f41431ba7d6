"""The journey map's second half: the way people go, each question with the Result that answers it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ... import labels
from ...errors import UserError
from ...widgets.board_cards import Board, Card, Control, Part
from ...widgets.journey_desk import MAP
from .companies import Company, Shop
from .own import Own

if TYPE_CHECKING:
    from ...results import Result

__all__ = ["board"]

Choices = Mapping[str, str]
ATTRIBUTED = "30d"


def _transitions(company: Company, _choices: Choices) -> Result:
    from ...analytics import journeys

    return journeys.transitions(company.log)


def _touchpoints(company: Company, _choices: Choices) -> Result:
    from ...analytics import journeys

    return journeys.touchpoints(company.log, score_scale=company.scale)


def _loops(company: Company, _choices: Choices) -> Result:
    from ...analytics import journeys

    return journeys.loops(company.log)


def _paths(company: Company, _choices: Choices) -> Result:
    from ...analytics import journeys

    return journeys.paths(company.sessions)


def _in_order(company: Company, _choices: Choices) -> Result:
    from ...analytics import journeys

    return journeys.funnel_through_all(company.sessions, company.booked)


def _any_order(company: Company, _choices: Choices) -> Result:
    from ...analytics import journeys

    return journeys.funnel_any(company.sessions, company.booked)


def _spans(company: Company, lang: str) -> list[tuple[str, str]]:
    return [(s, company.span_label(s, lang)) for s in company.spans]


def _goals(company: Company, lang: str) -> list[tuple[str, str]]:
    return [(t, labels.name(t, lang)) for t in company.goals]


def _watched(company: Company, lang: str) -> list[tuple[str, str]]:
    return [(t, labels.name(t, lang)) for t in company.watched] or [("", "")]


def _time(company: Company, choices: Choices) -> Result:
    from ...analytics import journeys

    start, end, told = company.spans[choices["span"]]
    return journeys.time_between(company.log, start, end, by=company.group or None, **told)


def _moments(company: Company, _choices: Choices) -> Result:
    from ...analytics import journeys

    if isinstance(company, Own):
        raise UserError("journey_map.no_moments")
    return journeys.moments(company.log, journeys.moment_rules(company.name))


def _receipts(company: Company, _choices: Choices) -> Result:
    from ...analytics import journeys

    if not isinstance(company, Shop):
        raise UserError("journey_map.no_receipts" if isinstance(company, Own) else "journey_map.no_parcels")
    return journeys.receipt_gap(company.log, "order_placed", "parcel_received", again_days=70)


def _signals(company: Company, choices: Choices) -> Result:
    return company.signals(choices["watched"])


def _attribution(company: Company, choices: Choices) -> Result:
    from ...analytics import journeys

    return journeys.attribution(company.log, choices["goal"], of=company.credited, within=ATTRIBUTED)


def _engagement(_company: Company, _choices: Choices) -> Result:
    raise UserError("journey_map.no_posts")  # neither company keeps its posts: the card says what to keep


def board() -> Board:
    """What the app is made of: the map, which the desk draws itself, and the parts of cards behind it.

    Examples
    --------
    >>> [part.name for part in board().parts]
    ['map', 'ways', 'funnels', 'moments', 'engagement']
    """
    ways = (
        Card("interactions", _transitions, wide=True, of="map"),
        Card("transitions", _transitions, wide=True),
        Card("paths", _paths),
        Card("loops", _loops),
        Card("touchpoints", _touchpoints, wide=True),
    )
    funnels = (
        Card("in_order", _in_order),
        Card("any_order", _any_order),
        Card("time", _time, wide=True),
    )
    moments = (
        Card("moments", _moments, wide=True),
        Card("receipts", _receipts, wide=True),
        Card("signals", _signals, wide=True),
    )
    engagement = (Card("attribution", _attribution, wide=True), Card("engagement", _engagement, wide=True))
    parts = (
        Part(MAP, (), None, ("persona", "kind", "beside")),
        Part("ways", ways),
        Part("funnels", funnels, None, ("span",)),
        Part("moments", moments, None, ("watched",)),
        Part("engagement", engagement, None, ("goal",)),
    )
    controls = (Control("span", _spans), Control("goal", _goals), Control("watched", _watched))
    return Board("journey_map", parts, controls, contract="events", own=Own)
