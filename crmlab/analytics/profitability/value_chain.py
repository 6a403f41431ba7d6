"""Buttle's CRM value chain as a form: five stages and four conditions, each scored 0 to 4 on evidence."""

from __future__ import annotations

from collections.abc import Mapping

from ...errors import UserError, suggest
from ...results import Note, Result

__all__ = ["CONDITIONS", "STAGES", "value_chain"]

STAGES = ("portfolio_analysis", "customer_intimacy", "network_development", "value_proposition", "customer_lifecycle")
CONDITIONS = ("leadership_and_culture", "data_and_it", "people", "processes")
READY = 2
"""A stage below this blocks every later one."""


def value_chain(scores: Mapping[str, tuple[int, str]]) -> Result:
    """Where a company stands on the value chain, and which stage is built on sand.

    Parameters
    ----------
    scores : mapping
        All of :data:`STAGES` and :data:`CONDITIONS`: a score from 0 to 4 and the evidence for it.

    Returns
    -------
    Result
        Kind ``profitability.value_chain``. A stage is ``blocked`` when any stage before it scores below 2: who does
        not know whom to serve need not refine how.

    Examples
    --------
    >>> marks = dict(zip((*STAGES, *CONDITIONS), [3, 2, 4, 1, 2, 2, 4, 3, 1]))
    >>> chain = value_chain({part: (mark, "seen") for part, mark in marks.items()})
    >>> chain.facts["stages"], chain.facts["conditions"], chain.facts["weakest"], chain.facts["blocked"]
    (2.4, 2.5, ('value_proposition', 'processes'), ('customer_lifecycle',))
    """
    import pandas as pd

    wanted = (*STAGES, *CONDITIONS)
    missing = [part for part in wanted if part not in scores]
    if missing:
        raise UserError("profitability.chain_incomplete", wanted=missing, found=sorted(scores))
    strange = [part for part in scores if part not in wanted]
    if strange:
        raise UserError("profitability.chain_unknown", found=strange, near=suggest(strange[0], wanted))
    rows, weak_before = [], False
    for part in wanted:
        given = scores[part]
        if not isinstance(given, tuple | list) or len(given) != 2 or not str(given[1] or "").strip():
            raise UserError("profitability.chain_evidence", found=part)
        score, evidence = given
        if isinstance(score, bool) or not isinstance(score, int) or not 0 <= score <= 4:
            raise UserError("profitability.chain_score", part=part, found=score)
        stage = part in STAGES
        rows.append({"chain_part": part, "kind": "stage" if stage else "condition", "score": score})
        rows[-1] |= {"evidence": str(evidence), "is_blocked": stage and weak_before}
        weak_before = weak_before or (stage and score < READY)
    table = pd.DataFrame(rows)
    means = table.groupby("kind")["score"].mean()
    low = table["score"].min()
    facts = {"stages": float(means["stage"]), "conditions": float(means["condition"]), "n": len(rows)}
    facts |= {"lowest": int(low), "weakest": tuple(table.loc[table["score"] == low, "chain_part"])}
    facts["blocked"] = tuple(table.loc[table["is_blocked"], "chain_part"])
    notes = (Note("profitability.chain_blocked", {"parts": list(facts["blocked"])}),) if facts["blocked"] else ()
    units = {"chain_part": "text", "kind": "text", "score": "count", "evidence": "text", "is_blocked": "text"}
    return Result("profitability.value_chain", table, {"units": units}, facts, notes)
