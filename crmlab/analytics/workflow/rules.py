"""Rules as data, and whether they can trigger each other for ever."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...quality.sentences import columns_of, truth

if TYPE_CHECKING:
    import os

__all__ = ["Rule", "checked", "loops", "read_rules", "write_rules"]

AGO = "_hours_ago"


@dataclass(frozen=True)
class Rule:
    """What a CRM system is to do by itself.

    Parameters
    ----------
    name : str
    record : str
        On which kind of record: ``"ticket"``, ``"lead"``.
    when : str
        A sentence about the record's fields, ``status == 'open' and opened_at_hours_ago > 24``. Each moment of a
        record, ``opened_at``, is also there as hours before ``as_of``: ``opened_at_hours_ago``.
    action : str
        What is done: ``"escalate"``, ``"assign"``, ``"reply"``.
    target : str
        Who or what it goes to.
    priority : int
        Of two rules that can't both be done, the one with the higher number is.
    sets : mapping
        Field -> the value it gets.
    """

    name: str
    record: str
    when: str
    action: str
    target: str = ""
    priority: int = 0
    sets: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sets", dict(self.sets))

    def clashes(self, other: Rule) -> bool:
        """Whether both can't be done to one record: one action for two targets, or one field with two values."""
        if self.action == other.action and self.target != other.target:
            return True
        return any(f in other.sets and other.sets[f] != value for f, value in self.sets.items())


def checked(rules: Iterable[Rule | Mapping[str, Any]]) -> list[Rule]:
    """Rules that can be used, the highest priority first and else in the order given.

    Raises
    ------
    UserError
        ``workflow.no_rules``, ``workflow.bad_rule``, ``workflow.rule_twice``, ``workflow.bad_value``,
        ``quality.bad_sentence``.
    """
    known = [f.name for f in fields(Rule)]
    out = []
    for given in rules:
        if isinstance(given, Mapping):
            strange = [k for k in given if k not in known]
            missing = [k for k in known[:4] if not given.get(k)]
            if strange or missing:
                near = suggest(strange[0], known) if strange else ()
                found = strange or [k for k in given if given[k]]
                raise UserError("workflow.bad_rule", found=found, wanted=missing or known, near=near)
            given = Rule(**given)
        if not isinstance(given, Rule):
            raise UserError("workflow.bad_rule", found=type(given).__name__, wanted=known)
        if isinstance(given.priority, bool) or not isinstance(given.priority, int):
            raise UserError("workflow.bad_value", table=given.name, found=given.priority, wanted="priority")
        odd = [v for v in given.sets.values() if not isinstance(v, str | int | float | bool | None)]
        if odd:
            raise UserError("workflow.bad_value", table=given.name, found=str(odd[0])[:40], wanted="sets")
        columns_of(given.when)  # refuses what is no sentence
        out.append(given)
    if not out:
        raise UserError("workflow.no_rules")
    names = [r.name for r in out]
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice:
        raise UserError("workflow.rule_twice", found=twice)
    return sorted(out, key=lambda r: -r.priority)


def _may_follow(first: Rule, then: Rule) -> bool:
    """Whether what ``first`` sets can be what ``then`` waits for."""
    import pandas as pd

    read = columns_of(then.when)
    if first.record != then.record or not set(first.sets) & set(read):
        return False
    # all other fields are not known: only what the set values alone make false is surely false
    row = {
        c: pd.Series([first.sets.get(c)], dtype=object if isinstance(first.sets.get(c), str) else None) for c in read
    }
    try:
        holds, known = truth(then.when, row)
    except UserError:  # words beside numbers: the data may say more
        return True
    return bool(holds[0] or not known[0])


def loops(rules: Iterable[Rule | Mapping[str, Any]]) -> list[list[str]]:
    """Rules that may trigger each other round and round, by their names.

    A rule triggers another where it sets a field that the other's sentence names, to a value with which the sentence
    can hold. Rules that trigger each other in a circle go round for ever only if they give some field two values in
    turn. The sentences alone are read, no record: where other fields keep two rules from ever meeting on one record,
    they may still be named.

    Examples
    --------
    >>> loops([
    ...     Rule("send back", "ticket", "status == 'checked'", "return", sets={"status": "new"}),
    ...     Rule("check", "ticket", "status == 'new'", "check", sets={"status": "checked"}),
    ... ])
    [['send back', 'check']]
    """
    import networkx

    rules = checked(rules)
    graph = networkx.DiGraph()
    graph.add_nodes_from(range(len(rules)))
    graph.add_edges_from(
        (i, j) for i, a in enumerate(rules) for j, b in enumerate(rules) if i != j and _may_follow(a, b)
    )
    found = []
    for group in networkx.strongly_connected_components(graph):
        values: dict[str, list[Any]] = {}
        for i in group:
            for name, value in rules[i].sets.items():
                values.setdefault(name, []).append(value)
        if len(group) > 1 and any(v != values[name][0] for name in values for v in values[name]):
            circle = networkx.find_cycle(graph.subgraph(group), min(group))
            found.append([rules[edge[0]].name for edge in circle])
    return sorted(found)


def write_rules(rules: Sequence[Rule | Mapping[str, Any]], path: str | os.PathLike) -> Path:
    """Write rules as JSON; what :func:`read_rules` reads from it is written again byte for byte."""
    checked(rules)
    told = [asdict(r) if isinstance(r, Rule) else asdict(Rule(**r)) for r in rules]
    path = Path(path)
    path.write_bytes((json.dumps(told, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode())
    return path


def read_rules(path: str | os.PathLike) -> list[Rule]:
    """Read what :func:`write_rules` wrote, in its order.

    Raises
    ------
    UserError
        ``workflow.no_file_of_rules``, and what rules are refused for.
    """
    try:
        told = json.loads(Path(path).read_text(encoding="utf-8"))
        rules = [dict(r) for r in told]
    except (OSError, ValueError, TypeError) as bad:
        raise UserError("workflow.no_file_of_rules", found=str(path)) from bad
    checked(rules)
    return [Rule(**r) for r in rules]
