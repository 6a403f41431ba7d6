"""The failures in the order in which to mend them: how sure each is, and how much money stands behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...results import Note, Result
from .thresholds import FAILURES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["causes", "evidence", "ranked"]


def ranked(
    found: Sequence[Mapping[str, Any]], rules: Mapping[str, Any], bases: Mapping[str, float | None]
) -> pd.DataFrame:
    """One row a failure, the first to mend on top.

    The weight of a check is how sure it accuses, times the money at stake. Where the money behind an accusation is not
    known, shares stand for money everywhere, or what has no price would look cheap; a check that no money is behind by
    its nature (base "none") counts only then. A failure weighs as much as its heaviest check: they look at the same
    money from several sides, so that a sum would count it twice. Equal ones keep the order in which they rest on one
    another.
    """
    import pandas as pd

    accusing = [r for r in found if r["finding"] == "accused"]
    asked = [rules[r["check"]]["base"] for r in accusing if r["check_unit"] == "in_share"]
    priced = [bases.get(base) is not None for base in asked if base != "none"]
    in_money = bool(priced) and all(priced)
    rows = []
    for failure in FAILURES:
        its = [r for r in found if r["failure"] == failure]
        row: dict[str, Any] = {"failure": failure, "checks": len(its)}
        row |= {f: sum(r["finding"] == f for r in its) for f in ("accused", "cannot_tell", "cleared", "untested")}
        row |= {"strongest_check": None, "certainty_share": None, "at_stake": None, "weight": 0.0}
        for r in (r for r in accusing if r["failure"] == failure):
            worth = r["at_stake"] if in_money else r["measured"] if r["check_unit"] == "in_share" else 0.0
            weight = r["certainty_share"] * (worth or 0.0)
            if row["strongest_check"] is None or weight > row["weight"]:
                row |= {"strongest_check": r["check"], "certainty_share": r["certainty_share"], "weight": weight}
                row["at_stake"] = r["at_stake"]
        row["verdict"] = "real" if row["accused"] else "noise" if row["cannot_tell"] else None
        rows.append(row)
    # what is accused stands first though it has no price; what could not be tested is not cleared
    rows.sort(key=lambda r: (not r["accused"], -r["weight"], not r["cannot_tell"], -r["untested"]))
    table = pd.DataFrame(rows)
    table.insert(0, "rank", range(1, len(table) + 1))
    table["in_money"] = in_money
    for column in ("certainty_share", "at_stake"):
        table[column] = table[column].astype(float)
    return table


def causes(diagnosis: Result) -> Result:
    """The four failures, ranked by how sure and how costly they are.

    Parameters
    ----------
    diagnosis : Result
        Of :func:`~crmlab.personalisation.diagnose`.

    Returns
    -------
    Result
        Kind ``personalisation.causes``: how many checks accuse each failure, clear it, can't tell, or could not be
        made; the strongest accusation, how sure it is, and what money is at stake.

    Examples
    --------
    >>> from crmlab.analytics.personalisation import diagnose
    >>> spend = [{"segment": "loyal", "spend": 62, "profit": 50}, {"segment": "hunters", "spend": 38, "profit": -9}]
    >>> first = causes(diagnose({"spend": spend}, as_of="2020-12-31")).table.iloc[0]
    >>> first["failure"], float(first["at_stake"])
    ('wrong_people', 38.0)
    """
    _is_diagnosis(diagnosis)
    table = diagnosis.params["causes"]
    in_money = bool(table["in_money"].iloc[0])
    table = table.drop(columns=["weight", "in_money"])
    facts = {k: diagnosis.facts[k] for k in ("first", "first_check", "first_sure", "first_at_stake", "currency", "n")}
    facts |= {k: diagnosis.facts[k] for k in ("tested", "accused", "untested")}
    facts |= {"failures": len(table), "ranked_by": "at_stake" if in_money else "share"}
    notes = [] if in_money or not facts["accused"] else [Note("personalisation.ranked_by_share")]
    units = {
        "failure": "text",
        "strongest_check": "text",
        "certainty_share": "share",
        "at_stake": "money",
        "verdict": "text",
    }
    units |= dict.fromkeys(("rank", "checks", "accused", "cannot_tell", "cleared", "untested"), "count")
    params = {"units": units, "as_of": diagnosis.params["as_of"]}
    return Result("personalisation.causes", table, params, facts, (*notes, *diagnosis.notes), diagnosis.source)


def evidence(diagnosis: Result, check: str, *, limit: int = 20) -> Result:
    """The rows behind a finding, the heaviest first.

    Parameters
    ----------
    diagnosis : Result
        Of :func:`~crmlab.personalisation.diagnose`.
    check : str
    limit : int
        How many rows; how many there are stands in ``facts["n"]``.

    Returns
    -------
    Result
        Kind ``personalisation.evidence``.
    """
    _is_diagnosis(diagnosis)
    rows = diagnosis.table.set_index("check")
    if check not in rows.index:
        raise UserError("personalisation.unknown_check", found=check, near=suggest(str(check), list(rows.index)))
    row = rows.loc[check]
    if row["finding"] == "untested":
        raise UserError("personalisation.no_evidence", check=check, wanted=[row["missing_table"].strip('"')])
    found = diagnosis.params["evidence"][check]
    facts = {"check": check, "failure": row["failure"], "finding": row["finding"], "n": len(found)}
    facts |= {"cases": int(row["n"]), "shown": min(limit, len(found)), "currency": diagnosis.facts["currency"]}
    money = dict.fromkeys([c for c in found if c in ("spend", "profit")], "money")
    params = {"units": {**money, **{c: "count" for c in found if c in ("contacts", "minutes", "activity_minutes")}}}
    return Result("personalisation.evidence", found.head(limit), params, facts, (), diagnosis.source)


def _is_diagnosis(found: Any) -> None:
    if not isinstance(found, Result) or found.kind != "personalisation.diagnosis":
        raise UserError("personalisation.no_diagnosis", found=getattr(found, "kind", type(found).__name__))
