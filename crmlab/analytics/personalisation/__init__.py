"""Personalisation: why it fails, accused by the data, not by opinion.

An Indonesian article lists four failures: the wrong people, wrong knowledge of them, a wrong understanding of what
technology does, and a wrong education of one's own house. :func:`diagnose` puts each to the data, check by check,
against thresholds that can be read and changed (:func:`checks`, :func:`read_checks`); :func:`causes` ranks the failures
by how sure and how costly they are; :func:`evidence` shows the rows behind an accusation. :func:`reported_share` gives
a percentage that somebody reported the interval that it was printed without.
"""

from __future__ import annotations

from ...lazy import attach as _attach

__all__ = [
    "causes",
    "checks",
    "checks_table",
    "diagnose",
    "evidence",
    "read_checks",
    "reported_share",
    "write_checks",
]

_PARTS = {
    "causes": "ranking",
    "checks": "thresholds",
    "checks_table": "thresholds",
    "diagnose": "diagnosis",
    "evidence": "ranking",
    "read_checks": "thresholds",
    "reported_share": "reported",
    "write_checks": "thresholds",
}


__getattr__, __dir__ = _attach(__name__, _PARTS)
