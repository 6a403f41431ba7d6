"""Journeys: what people meet on their way, in which order, how long it takes, where they leave, and what they feel.

Everything begins with an :func:`event_log`, one row an event, made of one table or built from several
(:func:`build_events`). From it follow the steps between touchpoints (:func:`transitions`, :func:`paths`,
:func:`loops`), the funnel in two readings (:func:`funnel_through_all`, :func:`funnel_any`), time (:func:`time_between`,
:func:`dwell`), the inventory of touchpoints (:func:`touchpoints`), moments of truth (:func:`moments`,
:func:`receipt_gap`), signals that somebody is keen (:func:`signals`), engagement
(:func:`engagement`, :func:`referral`), attribution by six rules (:func:`attribution`),
and the journey map as data (:class:`JourneyMap`, :func:`draft_map`, :func:`compare_maps`).
"""

from __future__ import annotations

from ...lazy import attach as _attach

__all__ = [
    "JourneyMap",
    "Log",
    "attribution",
    "build_events",
    "compare_maps",
    "draft_map",
    "dwell",
    "engagement",
    "event_log",
    "funnel_any",
    "funnel_through_all",
    "loops",
    "moment_rules",
    "moments",
    "paths",
    "receipt_gap",
    "recipe",
    "referral",
    "signals",
    "stage_rules",
    "time_between",
    "touchpoints",
    "transitions",
]

# the modules are named otherwise than what they hold: a submodule would stand in a function's place
_PARTS = {
    "JourneyMap": "drawn",
    "Log": "events",
    "attribution": "credit",
    "build_events": "building",
    "compare_maps": "comparing",
    "draft_map": "drawing",
    "dwell": "timing",
    "engagement": "responses",
    "event_log": "events",
    "funnel_any": "steps",
    "funnel_through_all": "steps",
    "loops": "sequences",
    "moment_rules": "rules",
    "moments": "truths",
    "paths": "sequences",
    "receipt_gap": "receipts",
    "recipe": "building",
    "referral": "responses",
    "signals": "signals",
    "stage_rules": "rules",
    "time_between": "timing",
    "touchpoints": "contacts",
    "transitions": "sequences",
}


__getattr__, __dir__ = _attach(__name__, _PARTS)
