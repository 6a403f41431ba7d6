"""Network: partners as a graph with what they cover and where it hangs on one, the six markets, the value map.

:func:`coverage` says which elements of the value proposition partners cover and which nobody does, :func:`partners`
what each brings and what is lost without him, :func:`single_points` on whom it all hangs through chains of suppliers.
:func:`six_markets` are the scores now and aimed at, :func:`market_evidence` what a company's own tables say of them.
:func:`value_map` puts what customers want beside what is offered, :func:`consistency` the prices of channels beside
each other, :func:`greet` what a counter says to somebody it knows.
"""

from __future__ import annotations

from ...lazy import attach as _attach

__all__ = [
    "LIBRARY_RULES",
    "MARKETS",
    "consistency",
    "coverage",
    "greet",
    "market_evidence",
    "partners",
    "single_points",
    "six_markets",
    "value_map",
]

_PARTS = {
    "LIBRARY_RULES": "greeting",
    "MARKETS": "markets",
    "consistency": "prices",
    "coverage": "graph",
    "greet": "greeting",
    "market_evidence": "markets",
    "partners": "graph",
    "single_points": "chains",
    "six_markets": "markets",
    "value_map": "proposition",
}


__getattr__, __dir__ = _attach(__name__, _PARTS)
