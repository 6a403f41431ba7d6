"""The four failures put to the data: what accuses, what clears, what can't be told, and what nobody can test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import UserError, suggest
from ...results import Note, Result, Source
from .measures import MEASURES, Asked, Measured
from .ranking import ranked
from .sureness import beyond
from .tables import day_of, frame_of, need, numbers_of
from .thresholds import FAILURES, read_checks

__all__ = ["FINDINGS", "diagnose"]

FINDINGS = ("accused", "cleared", "cannot_tell", "untested")
BASES = {"campaigns": "spend", "it": "it_spend"}
"""Whose column ``spend`` sums to the money of a base."""


def diagnose(
    tables: Mapping[str, Any],
    *,
    as_of: Any,
    checks: Any = None,
    said: Sequence[str] = (),
    currency: str = "IDR",
    source: Source | None = None,
) -> Result:
    """Which of the four failures of personalisation the data accuse, and which they can't see.

    Parameters
    ----------
    tables : mapping
        What there is, of: ``spend`` (``segment, spend, profit``), ``customers`` (``customer_id, profit, contacts``),
        ``profiles`` (``customer_id, updated_at`` and the fields that one must know), ``research`` (``study,
        done_on``), ``matches`` (``customer_id, matched``), ``it_spend`` (``item, spend, process_owner``), ``features``
        (``feature, minutes``), ``contacts`` (``customer_id, allowed``), ``trial`` (``arm, converted``), ``crm_use``
        (``user, activity, minutes``), ``staff`` (``employee, frontline, active``), ``training`` (``employee,
        trained``), ``tasks`` (``task, function``). Small ones may be lists of dicts: a form that somebody filled in.
    as_of : date
        The day that counts as today.
    checks : mapping, TOML text or path, optional
        What differs from crmlab's thresholds, as for :func:`~crmlab.personalisation.read_checks`.
    said : sequence of str
        Tables that somebody answered from memory: their findings are marked as said, not measured.
    currency : str
    source : Source, optional

    Returns
    -------
    Result
        Kind ``personalisation.diagnosis``, one row a check: ``measured`` (a share, or a difference of shares;
        ``measured_days`` of what is counted in days) with its interval and ``n``, the ``threshold``, the ``finding``
        (``accused``, ``cleared``, ``cannot_tell`` or ``untested``), ``certainty_share`` (how likely the true figure
        lies on the bad side) and ``at_stake`` (that share of the money that the check is about, where it is known).
        :func:`~crmlab.personalisation.causes` ranks the failures.

    Examples
    --------
    >>> spend = [{"segment": "loyal", "spend": 62, "profit": 50}, {"segment": "hunters", "spend": 38, "profit": -9}]
    >>> told = diagnose({"spend": spend}, as_of="2020-12-31")
    >>> told.facts["first"], told.facts["accused"], told.facts["untested"]
    ('wrong_people', 1, 14)
    """
    import pandas as pd

    rules, today = read_checks(checks), day_of(as_of)
    known = {its["table"] for its in rules.values()}
    for name in (*tables, *said):
        if name not in known:
            raise UserError(
                "personalisation.unknown_table", found=name, wanted=sorted(known), near=suggest(name, known)
            )
    frames = {name: frame_of(table, name) for name, table in tables.items() if table is not None}
    if not frames:
        raise UserError("personalisation.nothing_given", wanted=sorted(known))
    bases = {base: _money(frames, table) for base, table in BASES.items()}
    rows, shown = [], {}
    for name, its in rules.items():
        row = {"failure": its["failure"], "check": name, "finding": "untested", "check_unit": f"in_{its['unit']}"}
        row |= dict.fromkeys(("measured", "measured_low", "measured_high", "certainty_share", "at_stake"))
        row |= {"n": 0, "threshold": float(its["at"]), "basis": None, "verdict": None, "missing_table": its["table"]}
        if its["table"] in frames:
            frame = frames[its["table"]]
            need(frame, its["columns"], its["table"])
            found = MEASURES[name](Asked(frame, its, today))
            row |= {"missing_table": None, **_judged(found, its)}
            row["basis"] = "as_said" if its["table"] in said else "of_sample" if found.sample else "of_books"
            money = bases.get(its["base"])
            if row["finding"] == "accused" and money is not None and its["unit"] == "share":
                row["at_stake"] = money * found.value
            shown[name] = found.rows.reset_index(drop=True)
        rows.append(row)
    order_of = ranked(rows, rules, bases)
    for row in rows:
        days = rules[row["check"]]["unit"] == "days"
        row |= {
            "measured_days": row["measured"] if days else None,
            "threshold_days": row["threshold"] if days else None,
        }
        row |= dict.fromkeys(("measured", "threshold")) if days else {}
        row["missing_table"] = f'"{row["missing_table"]}"' if row["missing_table"] else None
    order = ["failure", "check", "measured", "measured_low", "measured_high", "threshold", "measured_days"]
    order += ["threshold_days", "n", "finding", "verdict", "certainty_share", "at_stake", "basis", "missing_table"]
    table = pd.DataFrame(rows)[order]
    for column in (*(c for c in order if c.startswith(("measured", "threshold"))), "certainty_share", "at_stake"):
        table[column] = table[column].astype(float)
    counts = {finding: int((table["finding"] == finding).sum()) for finding in FINDINGS}
    facts: dict[str, Any] = {"n": len(table), "tested": len(table) - counts["untested"], **counts}
    params = {"as_of": str(today.date()), "checks": rules, "evidence": shown, "said": tuple(said), "bases": bases}
    first = order_of.iloc[0]
    facts["first"] = first["failure"] if first["accused"] else None
    facts |= {"first_check": first["strongest_check"], "first_sure": first["certainty_share"]}
    facts |= {
        "first_at_stake": first["at_stake"],
        "currency": currency,
        "said": int((table["basis"] == "as_said").sum()),
    }
    params["causes"] = order_of
    units = dict.fromkeys(("failure", "check", "finding", "verdict", "basis", "missing_table"), "text")
    shares = ("measured", "measured_low", "measured_high", "threshold", "certainty_share")
    units |= {**dict.fromkeys(shares, "share"), "measured_days": "days", "threshold_days": "days"}
    units |= {"n": "count", "at_stake": "money"}
    notes = []
    lacking = sorted(set(table["missing_table"].dropna().str.strip('"')))
    if lacking:
        notes.append(Note("personalisation.untestable", {"n": counts["untested"], "tables": ", ".join(lacking)}))
    silent = [f for f in FAILURES if (table.loc[table["failure"] == f, "finding"] == "untested").all()]
    if silent:
        notes.append(Note("personalisation.unseen_failure", {"failures": silent}))
    if facts["said"]:
        notes.append(Note("personalisation.only_said", {"n": facts["said"]}))
    if not counts["accused"]:
        notes.append(Note("personalisation.nobody_accused", {"n": facts["tested"]}))
    return Result("personalisation.diagnosis", table, {**params, "units": units}, facts, tuple(notes), source)


def _money(frames: Mapping[str, Any], table: str) -> float | None:
    if table not in frames:
        return None
    need(frames[table], ("spend",), table)
    total = float(numbers_of(frames[table], "spend", table).sum())
    return total if total > 0 else None


def _judged(found: Measured, its: Mapping[str, Any]) -> dict[str, Any]:
    told = {"measured": found.value, "n": found.n, "finding": "cannot_tell", "verdict": "too_few"}
    if found.value is None or found.n < its["least"]:
        return told  # so few have no interval: it would be a guess of a guess
    told |= {"measured_low": found.low, "measured_high": found.high, "verdict": "real"}
    told["certainty_share"] = beyond(found.value, found.low, found.high, its["at"], its["bad"])
    low, high = (found.value if end is None else end for end in (found.low, found.high))
    past, short = (low > its["at"], high <= its["at"])
    if its["bad"] == "below":
        past, short = high < its["at"], low >= its["at"]
    told["finding"] = "accused" if past else "cleared" if short else "cannot_tell"
    if told["finding"] == "cannot_tell":
        told["verdict"] = "noise"
    return told
