"""Relationships: whether a scale can be trusted, what trust and commitment come from, what it costs to leave.

Answers of people stand in a plain table, one row a respondent and one column an item. :func:`reliability` says whether
the items of a scale measure one thing, :func:`scales` does so for several scales and :func:`scores` gives every
respondent's; :func:`paths` puts Morgan and Hunt's commitment and trust to them; :func:`attachment` its three kinds and
whether those come back who have it. :func:`quality` is the index of every account, :func:`switching_cost` what leaving
costs, :func:`points` what a programme of points owes, :func:`worth_keeping` which of the loyal, :func:`wallet` how much
of what an account spends comes here.
"""

from __future__ import annotations

from ...lazy import attach as _attach

__all__ = [
    "alpha_interval",
    "attachment",
    "make_answers",
    "paths",
    "points",
    "quality",
    "reliability",
    "scales",
    "scores",
    "switching_cost",
    "wallet",
    "worth_keeping",
]

_PARTS = {
    "alpha_interval": "measuring",
    "attachment": "bonds",
    "make_answers": "survey",
    "paths": "regressions",
    "points": "loyalty",
    "quality": "accounts",
    "reliability": "measuring",
    "scales": "measuring",
    "scores": "measuring",
    "switching_cost": "switching",
    "wallet": "accounts",
    "worth_keeping": "loyalty",
}


__getattr__, __dir__ = _attach(__name__, _PARTS)
