"""Frameworks: the models of the CRM course as forms and measures, whose answers are data.

:func:`model` hands out a form to fill in with :func:`crmlab.forms.answer`: Buttle's value chain, Gartner's
competencies, the ways from product to customer, Forrester's disciplines, Gentile's levels, Kotler's orientations.
:func:`value_chain` and :func:`orientation` read two of them; :func:`crmlab.forms.summary` adds up the others,
and :func:`crmlab.forms.compare` sets two dates of any of them beside each other.

What a company's own data can answer they do: :func:`value_chain_evidence` measures and proposes scores by thresholds
that can be read and changed (:func:`evidence_rules`), :func:`proposed` makes answers of them that a person may overrule
with evidence (:func:`crmlab.forms.overrule`). :func:`idic` measures the four steps of Peppers and Rogers.

:func:`grade` and :func:`order` mark assignments, with the reason where one is wrong; :func:`data_sufficiency` says
whether analytical CRM can run on a table at all.
"""

from __future__ import annotations

from ...lazy import attach as _attach

__all__ = [
    "data_sufficiency",
    "evidence_rules",
    "evidence_said",
    "exercise",
    "exercises",
    "grade",
    "idic",
    "model",
    "models",
    "order",
    "orientation",
    "proposed",
    "value_chain",
    "value_chain_evidence",
]

_PARTS = {
    "data_sufficiency": "sufficiency",
    "evidence_rules": "evidence",
    "evidence_said": "evidence",
    "exercise": "marking",
    "exercises": "marking",
    "grade": "marking",
    "idic": "steps",
    "model": "chain",
    "models": "chain",
    "order": "marking",
    "orientation": "chain",
    "proposed": "evidence",
    "value_chain": "chain",
    "value_chain_evidence": "evidence",
}

__getattr__, __dir__ = _attach(__name__, _PARTS)
