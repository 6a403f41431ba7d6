"""Quality: how good a table is, by rules that a person can read and change, with the rows behind every figure.

:func:`profile` looks at a whole table, :func:`check` holds it against rules, :func:`compare` sets two profiles side by
side, :func:`required_data` says which questions of CRM the data can answer, and :func:`search` finds a misspelt name.
"""

from __future__ import annotations

from typing import Any

from ..lazy import attach

__all__ = [
    "DIMENSIONS",
    "Checked",
    "Profile",
    "Rule",
    "RuleSet",
    "check",
    "compare",
    "profile",
    "questions",
    "required_data",
    "rules",
    "search",
]

_PARTS = {
    "DIMENSIONS": "rulebook",
    "Checked": "checking",
    "Profile": "profiling",
    "Rule": "rulebook",
    "RuleSet": "rulebook",
    "check": "checking",
    "compare": "comparing",
    "profile": "profiling",
    "questions": "required",
    "required_data": "required",
    "search": "searching",
}


def rules(name: str | None = None) -> Any:
    """A rule set that comes with crmlab; without a name, the names there are.

    Parameters
    ----------
    name : str, optional
        As ``"customers"``, ``"sales"``, ``"survey"`` or ``"pt_xyz.customers"``.

    Returns
    -------
    RuleSet or tuple of str

    Raises
    ------
    UserError
        ``quality.unknown_rules``.

    Examples
    --------
    >>> rules("survey").rules[0].name
    'customer_id: required'
    """
    from .rulebook import default_rules, shipped

    return shipped() if name is None else default_rules(name)


__getattr__, __dir__ = attach(__name__, _PARTS)
