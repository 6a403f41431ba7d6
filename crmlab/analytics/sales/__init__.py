"""Sales: what is in the pipeline and where it stops, which lever moves revenue, where a market is left, whom to call.

:func:`pipeline_forecast` weighs open deals by their stage, :func:`pipeline_test` says what such weights were worth
before; :func:`pipeline` shows stages, ages, velocity and the bottleneck. :func:`revenue_tree` and :func:`levers` take
revenue apart;
:func:`market_potential` compares areas with what could be sold there; :func:`team_growth` counts customers won and
lost; :func:`customer_questions` ranks who is worth most, who may leave and who may answer, and :func:`lift` judges any
ranking. :func:`content_calendar` plans a year by the official dates; :func:`crm_use` tells inspection from selling.
"""

from __future__ import annotations

from ...lazy import attach as _attach

__all__ = [
    "content_calendar",
    "crm_use",
    "customer_questions",
    "levers",
    "lift",
    "market_potential",
    "pipeline",
    "pipeline_forecast",
    "pipeline_test",
    "price_response",
    "revenue_tree",
    "team_growth",
    "velocity",
]

_PARTS = {
    "content_calendar": "content",
    "crm_use": "team",
    "customer_questions": "lists",
    "levers": "tree",
    "lift": "lists",
    "market_potential": "potential",
    "pipeline": "stages",
    "pipeline_forecast": "deals",
    "pipeline_test": "deals",
    "price_response": "prices",
    "revenue_tree": "tree",
    "team_growth": "team",
    "velocity": "stages",
}


__getattr__, __dir__ = _attach(__name__, _PARTS)
