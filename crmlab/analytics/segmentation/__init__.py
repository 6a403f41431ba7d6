"""Segmentation: who the customers are, in groups that a person can name, change, doubt and act upon.

By scores (:func:`rfm`), by sentences (:func:`by_rules`) or by likeness (:func:`fit_segments`). How many segments
(:func:`choose_k`), whether they would come out again (:func:`stability`), what sets them apart
(:func:`profile_segments`), who moved between two dates (:func:`migration`) or bought again (:func:`repeat_buyers`),
what may be said about the people in them (:func:`personas`, :func:`knowledge`), and who buys (:func:`buyer_index`,
:func:`buyer_odds`).
"""

from __future__ import annotations

from ...lazy import attach as _attach

__all__ = [
    "Segments",
    "attach",
    "buyer_index",
    "buyer_odds",
    "by_rules",
    "choose_k",
    "compare_segments",
    "customer_map",
    "features",
    "fit_segments",
    "knowledge",
    "migration",
    "personas",
    "profile_segments",
    "repeat_buyers",
    "rfm",
    "rfm_rules",
    "segment_sizes",
    "stability",
    "stability_over_time",
]

# the modules are named otherwise than what they hold: a submodule would stand in a function's place
_PARTS = {
    "Segments": "clustering",
    "attach": "rules",
    "buyer_index": "buying",
    "buyer_odds": "buying",
    "by_rules": "rules",
    "choose_k": "choosing",
    "compare_segments": "comparing",
    "customer_map": "mapping",
    "features": "figures",
    "fit_segments": "clustering",
    "knowledge": "freshness",
    "migration": "moving",
    "personas": "traits",
    "profile_segments": "contrasts",
    "repeat_buyers": "returning",
    "rfm": "scoring",
    "rfm_rules": "rules",
    "segment_sizes": "sizes",
    "stability": "repeating",
    "stability_over_time": "repeating",
}


__getattr__, __dir__ = _attach(__name__, _PARTS)
