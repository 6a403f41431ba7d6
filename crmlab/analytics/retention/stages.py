"""The stages of the lifecycle, and the rules that name them: a table that a person can read and change.

The book's stages (Buttle; Akbar 2021, 4.1): suspect, prospect, first purchase, repeat, advocate. A suspect is nobody in
particular yet and stands in no table of customers; an advocate speaks well of the shop, which only a survey shows.
"""

from __future__ import annotations

from typing import Any

from ...errors import UserError, suggest

__all__ = ["STAGES", "compiled", "stage_rules"]

_MEASURES = ("orders", "quiet_days", "tenure_days", "closed", "nps")
STAGES = ("suspect", "prospect", "first_purchase", "repeat_customer", "advocate", "lost_customer")
_RULES = (
    {"state": "lost_customer", "closed_from": 1},
    {"state": "lost_customer", "quiet_days_from": 365},
    {"state": "advocate", "orders_from": 2, "nps_from": 9},
    {"state": "repeat_customer", "orders_from": 2},
    {"state": "first_purchase", "orders_from": 1},
    {"state": "prospect"},
)


def stage_rules() -> Any:
    """The rules of the book's stages as a table to be read and changed: the first row that holds names the state.

    Each measure has a lower (``_from``) and an upper bound (``_to``), both included; an empty one does not bind.
    ``orders``: orders so far; ``quiet_days``: days since the last order, or since registering where there was none;
    ``tenure_days``: days since registering or first buying; ``closed``: 1 where the account was closed; ``nps``: the
    latest answer. Two rows may name the same state.

    Examples
    --------
    >>> stage_rules()["state"].tolist()
    ['lost_customer', 'lost_customer', 'advocate', 'repeat_customer', 'first_purchase', 'prospect']
    """
    import pandas as pd

    columns = ["state", *(f"{m}_{end}" for m in _MEASURES for end in ("from", "to"))]
    return pd.DataFrame(list(_RULES), columns=columns)


def compiled(rules: Any) -> tuple[str, list[str]]:
    """The rules as one SQL expression of a state's place, and the states."""
    import pandas as pd

    table = stage_rules() if rules is None else pd.DataFrame(rules)
    if "state" not in table or table.empty or table["state"].isna().any():
        raise UserError("retention.rule_without_state", found=[str(c) for c in table.columns])
    known = [f"{m}_{end}" for m in _MEASURES for end in ("from", "to")]
    for column in table.columns:
        if column != "state" and column not in known:
            raise UserError("retention.unknown_rule", found=str(column), wanted=known, near=suggest(str(column), known))
    states = list(dict.fromkeys(str(s) for s in table["state"]))
    cases = []
    for row in table.to_dict("records"):
        tests = []
        for column in known:
            bound = row.get(column)
            if bound is None or bound != bound:
                continue
            if isinstance(bound, bool) or not isinstance(bound, int | float):
                raise UserError("retention.bad_rule", state=str(row["state"]), column=column, found=bound)
            measure, _, end = column.rpartition("_")
            tests.append(f"{measure} {'>=' if end == 'from' else '<='} {float(bound)!r}")
        cases.append(f"WHEN {' AND '.join(tests) or 'TRUE'} THEN {states.index(str(row['state']))}")
    return f"CASE {' '.join(cases)} END", states
