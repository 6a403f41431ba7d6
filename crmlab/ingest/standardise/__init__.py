"""Standardise: what sources write in many ways brought to one way, with an account of every value.

Each function takes a column and gives a :class:`Standardised`: the values in their standard form, why a value has
none, and a report. A value that can't be read becomes missing and is listed; nothing is guessed and nothing is dropped
silently. What a person may want to change (code maps, titles, synonyms, units) stands in TOML files beside the code.
"""

from __future__ import annotations

from ...lazy import attach

__all__ = [
    "CodeMap",
    "Standardised",
    "code_maps",
    "codes",
    "crosswalk",
    "date",
    "email",
    "name",
    "nik",
    "phone",
    "postal_code",
    "province",
    "provinces",
    "rupiah",
    "table",
    "units",
]

_PARTS = {
    "CodeMap": "coding",
    "Standardised": "standardised",
    "code_maps": "coding",
    "codes": "coding",
    "crosswalk": "places",
    "date": "written",
    "email": "contacts",
    "name": "people",
    "nik": "contacts",
    "phone": "phones",
    "postal_code": "places",
    "province": "places",
    "provinces": "places",
    "rupiah": "written",
    "table": "tables",
    "units": "measures",
}

__getattr__, __dir__ = attach(__name__, _PARTS)
