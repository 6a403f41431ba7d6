"""Forecasting: five years of sales checked, taken apart by the calendar, and carried on, never without a baseline.

:func:`audit` asks whether the data can carry an analysis; :func:`decompose` what the calendar and the pandemic did to a
day's orders, channel by channel; :func:`payday` one of these, raw beside adjusted; :func:`shock` keeps a pandemic
(which came to all customers of a channel on one day) apart from a competitor (with whom accounts left).
:func:`forecast` is judged on days it had not seen, beside the same days of the last season. Sales follow
:data:`crmlab.schema.SALES`; leave out cancelled orders before they come here.
"""

from __future__ import annotations

from ...lazy import attach as _attach

__all__ = [
    "COMPETITOR",
    "FACTORS",
    "accuracy",
    "audit",
    "decompose",
    "forecast",
    "payday",
    "shock",
]

_PARTS = {
    "COMPETITOR": "breaks",
    "FACTORS": "days",
    "accuracy": "measures",
    "audit": "auditing",
    "decompose": "effects",
    "forecast": "ahead",
    "payday": "effects",
    "shock": "breaks",
}


__getattr__, __dir__ = _attach(__name__, _PARTS)
