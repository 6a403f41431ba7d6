"""What rules would do to records: nothing is changed but a copy, and all of it is written down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...frames import frame_of, label_of, moment_of
from ...quality.sentences import columns_of, truth
from ...results import Note, Result, Source
from .rules import AGO, Rule, checked, loops

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["DryRun", "dry_run"]


@dataclass(frozen=True)
class DryRun:
    """What :func:`dry_run` hands back.

    Parameters
    ----------
    decisions : Result
        Kind ``workflow.decisions``: a row a record and rule that matches it: ``record_kind``, ``record_id``,
        ``pass_number`` (rules of the second pass were triggered by the first), ``rule``, ``action``, ``send_to``,
        ``decision`` (``carried_out``, ``already_so``, ``outranked``), ``outranked_by``, ``rule_condition``: why.
    log : Result
        Kind ``workflow.log``: a row a field that changes: ``logged_at``, ``record_kind``, ``record_id``, ``rule``,
        ``field``, ``value_before``, ``value_after``.
    rules : Result
        Kind ``workflow.rules``: how often each rule matched, was carried out, was already so, was outranked, and on how
        many records its sentence can't be answered as a field is empty.
    records : mapping of str to DataFrame
        The records as they would stand afterwards.
    """

    decisions: Result
    log: Result
    rules: Result
    records: Mapping[str, pd.DataFrame]


def dry_run(
    rules: Iterable[Rule | Mapping[str, Any]],
    records: Any,
    *,
    as_of: Any,
    keys: Mapping[str, str] | None = None,
    source: Source | None = None,
) -> DryRun:
    """Try rules on records.

    Parameters
    ----------
    rules : sequence of Rule or mapping
    records : mapping of str to DataFrame, or DataFrame
        Kind of record -> its table; one table will do where all rules are about one kind.
    as_of : date or moment
    keys : mapping, optional
        Kind of record -> the column that names it; ``<kind>_id`` by default.
    source : Source, optional

    Notes
    -----
    All rules are asked at once, then again on what they changed, until nothing more is to be done; a rule is carried
    out on a record once at most. Of two rules that clash on a record (one action for two targets, one field with two
    values) the one of higher priority is carried out, at equal priority the one given first; the other is listed as
    outranked. Two rules that don't clash are both carried out. A sentence about an empty field is not answered: the
    rule is not carried out, and the record is counted.

    Raises
    ------
    UserError
        ``workflow.loop`` with the rules' names, ``workflow.no_records``, ``workflow.record_twice``, and what
        :func:`loops` refuses.

    Examples
    --------
    >>> import pandas as pd
    >>> late = Rule("late", "ticket", "hours > 24", "escalate", "supervisor", 1, {"level": 1})
    >>> very = Rule("very late", "ticket", "hours > 48", "escalate", "manager", 2, {"level": 2})
    >>> run = dry_run([late, very], pd.DataFrame({"ticket_id": [1, 2, 3], "hours": [3, 26, 50]}), as_of="2020-12-31")
    >>> run.decisions.table[["record_id", "rule", "decision"]].values.tolist()
    [[2, 'late', 'carried_out'], [3, 'very late', 'carried_out'], [3, 'late', 'outranked']]
    """
    import pandas as pd

    ordered = checked(rules)
    circles = loops(ordered)
    if circles:
        raise UserError("workflow.loop", rules=" → ".join([*circles[0], circles[0][0]]))
    now = moment_of(as_of, "as_of")
    tables = _tables(ordered, records, keys or {})
    decisions, log, unknown, after = [], [], dict.fromkeys((r.name for r in ordered), 0), {}
    for kind, (frame, key) in tables.items():
        some = [r for r in ordered if r.record == kind]
        after[kind] = _run(some, frame, key, now, decisions, log, unknown)
    again: list[dict[str, Any]] = []
    for kind, (_, key) in tables.items():
        some = [r for r in ordered if r.record == kind]
        _run(some, after[kind], key, now, [], again, dict.fromkeys(unknown, 0))
    wide = [
        "record_kind",
        "record_id",
        "pass_number",
        "rule",
        "action",
        "send_to",
        "decision",
        "outranked_by",
        "rule_condition",
    ]
    made = pd.DataFrame(decisions, columns=wide, dtype=object).astype({"pass_number": "int64"})
    narrow = ["logged_at", "record_kind", "record_id", "rule", "field", "value_before", "value_after"]
    changes = pd.DataFrame(log, columns=narrow, dtype=object)
    touched = made[made["decision"] == "carried_out"]
    n = sum(len(f) for f, _ in tables.values())
    facts: dict[str, Any] = {"n": n, "rules": len(ordered), "as_of": now, "changes": len(changes), "again": len(again)}
    facts |= {"carried_out": len(touched), "records": len(touched[["record_kind", "record_id"]].drop_duplicates())}
    facts |= {d: int((made["decision"] == d).sum()) for d in ("already_so", "outranked")}
    clash = made.loc[made["decision"] == "outranked", ["record_kind", "record_id"]].drop_duplicates()
    facts |= {"clashing_records": len(clash), "passes": int(made["pass_number"].max()) if len(made) else 0}
    counts = _counts(ordered, made, unknown)
    never = [r["rule"] for r in counts if not r["matched"]]
    beaten = [r["rule"] for r in counts if r["matched"] and r["outranked"] == r["matched"]]
    facts |= {"never": len(never)}
    notes = [Note("workflow.note.never", {"rules": ", ".join(never)})] if never else []
    notes += [Note("workflow.note.always_outranked", {"rules": ", ".join(beaten)})] if beaten else []
    if again:
        names = list(dict.fromkeys(a["rule"] for a in again))
        notes.append(Note("workflow.note.restless", {"n": len(again), "rules": ", ".join(names)}))
    blind = sum(unknown.values())
    facts["not_answered"] = blind
    notes += [Note("workflow.note.not_answered", {"n": blind})] if blind else []
    params = {"as_of": now}
    units = dict.fromkeys(wide, "text") | {"pass_number": "count"}
    words = dict.fromkeys(changes.columns, "text") | {"logged_at": "date"}
    per_rule = pd.DataFrame(counts)
    numbers = dict.fromkeys(per_rule.columns, "count") | {"rule": "text", "record_kind": "text"}
    return DryRun(
        Result("workflow.decisions", made, {**params, "units": units}, facts, tuple(notes), source),
        Result("workflow.log", changes, {**params, "units": words}, facts, (), source),
        Result("workflow.rules", per_rule, {**params, "units": numbers}, facts, tuple(notes), source),
        after,
    )


def _tables(rules: list[Rule], records: Any, keys: Mapping[str, str]) -> dict[str, tuple[Any, str]]:
    kinds = list(dict.fromkeys(r.record for r in rules))
    given = records if isinstance(records, Mapping) else dict.fromkeys(kinds[:1], records)
    out = {}
    for kind in kinds:
        if kind not in given:
            raise UserError("workflow.no_records", found=kind, wanted=list(given))
        key = keys.get(kind, f"{kind}_id")
        frame = frame_of(given[kind], (key,), kind).reset_index(drop=True)
        twice = frame[key].duplicated(keep=False) | frame[key].isna()
        if twice.any():
            raise UserError(
                "workflow.record_twice", table=kind, rows=[i + 1 for i, t in enumerate(twice) if t], key=key
            )
        made = {f for r in rules if r.record == kind for f in r.sets}
        new = [f for f in made if f not in frame]
        # a field that holds numbers may get a word
        frame = frame.assign(**dict.fromkeys(new)).astype(dict.fromkeys(made, object))
        out[kind] = frame, key
    return out


def _columns(frame: Any, rule: Rule, now: Any) -> dict[str, Any]:
    """What a rule's sentence names: fields, and moments as hours ago."""
    import pandas as pd

    found = {}
    for name in columns_of(rule.when):
        moment = name.removesuffix(AGO)
        if name not in frame and moment != name and moment in frame:
            since = now - pd.to_datetime(frame[moment])
            found[name] = since.dt.total_seconds() / 3600
        elif name == "as_of":
            found[name] = pd.Series(now, index=frame.index)
        else:
            values = frame_of(frame, (name,), rule.record)[name]
            found[name] = values.infer_objects() if values.dtype == object else values
    return found


def _run(
    rules: list[Rule],
    frame: Any,
    key: str,
    now: Any,
    decisions: list[dict[str, Any]],
    log: list[dict[str, Any]],
    unknown: dict[str, int],
) -> Any:
    """One kind of records, until nothing more is to be done; a record keeps the rules that were carried out on it."""
    frame = frame.copy()
    kept: dict[int, list[Rule]] = {}
    listed: set[tuple[int, str]] = set()
    for turn in range(1, len(rules) + 2):
        changed = False
        matches: dict[int, list[Rule]] = {}
        for rule in rules:
            holds, known = truth(rule.when, _columns(frame, rule, now))
            if turn == 1:
                unknown[rule.name] += int((~known).sum())
            for row in holds.nonzero()[0].tolist():
                matches.setdefault(row, []).append(rule)
        for row in sorted(matches):
            for rule in matches[row]:  # the highest priority first
                if (row, rule.name) in listed:
                    continue
                # one that a later pass triggers gives way only to its betters and equals
                above = [k for k in kept.get(row, []) if k.clashes(rule) and k.priority >= rule.priority]
                changes = [
                    (name, old, value)
                    for name, value in rule.sets.items()
                    if (old := label_of(frame.at[row, name])) != value
                ]
                decision = "outranked" if above else "carried_out" if changes or not rule.sets else "already_so"
                name = label_of(frame.at[row, key])
                listed.add((row, rule.name))
                decisions.append(
                    {
                        "record_kind": rule.record,
                        "record_id": name,
                        "pass_number": turn,
                        "rule": rule.name,
                        "action": rule.action,
                        "send_to": rule.target or None,
                        "decision": decision,
                        "outranked_by": above[0].name if above else None,
                        "rule_condition": rule.when,
                    }
                )
                if above:
                    continue
                kept.setdefault(row, []).append(rule)
                for column, old, new in changes:
                    frame.at[row, column] = new
                    changed = True
                    log.append(
                        {
                            "logged_at": now,
                            "record_kind": rule.record,
                            "record_id": name,
                            "rule": rule.name,
                            "field": column,
                            "value_before": old,
                            "value_after": new,
                        }
                    )
        if not changed:
            break
    return frame


def _counts(rules: list[Rule], made: Any, unknown: Mapping[str, int]) -> list[dict[str, Any]]:
    rows = []
    for rule in rules:
        mine = made[made["rule"] == rule.name]["decision"]
        row = {"rule": rule.name, "record_kind": rule.record, "priority": rule.priority, "matched": len(mine)}
        row |= {d: int((mine == d).sum()) for d in ("carried_out", "already_so", "outranked")}
        rows.append(row | {"not_answered": unknown[rule.name]})
    return rows
