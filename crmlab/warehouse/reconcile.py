"""Why a mart and the warehouse say different things: every difference, divided among its causes without remainder.

The mart is computed again from its own rows, one rule of the house after the other taking the place of its own; what
each switch changes is what that rule is the cause of. What is left when all rules are the same lies in the rows
themselves: late, missing, corrected, deleted or unheard of. The parts of a difference add up to it exactly.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..errors import InternalError, UserError
from ..results import Note, Result
from ..star.store import Store, quote
from .mart_sql import aggregate, feed_rows, open_tables, prepared
from .marts import STANDARD, BuiltMart, Mart, number
from .state import literal

if TYPE_CHECKING:
    from .warehouse import Snapshot, Warehouse

__all__ = ["CAUSES", "reconcile"]

_OF_RULE = {
    "duplicates": "duplicates",
    "cancelled": "cancelled_orders",
    "unknown_customers": "unknown_customers",
    "returns": "returns",
    "rates": "currency",
    "month_starts_on": "calendar",
    "utc_offset": "time_zone",
}
_OF_ROWS = ("late_rows", "missing_rows", "corrected_rows", "deleted_rows", "extra_rows")
CAUSES = (*_OF_RULE.values(), *_OF_ROWS, "rows")

Sums = dict[tuple, tuple[Decimal, ...]]


def reconcile(
    mart: BuiltMart, warehouse: Warehouse | Snapshot, *, tolerance: float = 0.001, standard: Mart | None = None
) -> Result:
    """Compare a mart with the warehouse and name the cause of every difference.

    Parameters
    ----------
    mart : BuiltMart
    warehouse : Warehouse or Snapshot
    tolerance : float
        How large a share of the warehouse's total a difference may be; 0.001 is 0.10 %.
    standard : Mart, optional
        How the same is computed from the warehouse: its feeds and rules. Needed for an independent mart, whose feeds
        name tables of a source; a mart from the warehouse is compared with its own feeds under the standard rules.

    Returns
    -------
    Result
        Of kind ``warehouse.reconcile``: per measure one row for the total and one for each group, with the
        ``difference`` (mart minus warehouse) and a column for every cause, which add up to it. ``facts`` are those of
        the first measure.

    Notes
    -----
    Rules that work on the same rows overlap: a cancelled order may be written down twice. The order of switching
    (as the columns stand) decides which of the two is named.
    """
    import pandas as pd

    snapshot = warehouse.snapshot() if hasattr(warehouse, "snapshot") else warehouse
    house = _house(mart.mart, standard)
    store = Store({mart.place, snapshot.folder.path}, timeout=600)
    try:
        open_tables(store, house, snapshot, {})
        feeds = "\nUNION ALL BY NAME\n".join(feed_rows(house, feed, True) for feed in house.feeds)
        store.run(f"CREATE TABLE star.w AS {feeds}")
        store.run(f"CREATE TABLE star.m AS SELECT * FROM read_parquet({literal(str(mart.rows_path))})")
        blocks = [_block(store, mart, house, _cut(mart, snapshot), total) for total in (True, False)]
    finally:
        store.close()
    by, measures = list(mart.mart.by), list(mart.mart.measures)
    parted = [parts for block in blocks for parts in block[2].values()]
    found = [c for c in CAUSES if any(any(parts.get(c, ())) for parts in parted)]
    rows = []
    for total, (of_mart, of_house, causes) in zip((True, False), blocks, strict=True):
        for i, measure in enumerate(measures):
            for group in sorted({*of_mart, *of_house}, key=lambda g: tuple(str(v) for v in g)):
                ours, theirs = (s[group][i] if group in s else Decimal(0) for s in (of_mart, of_house))
                parts = {c: causes[group][c][i] if c in causes.get(group, {}) else Decimal(0) for c in found}
                if sum(parts.values()) != ours - theirs:
                    raise InternalError(f"{measure} {group}: {parts} do not add up to {ours - theirs}")
                named = dict.fromkeys(by) if total else dict(zip(by, group, strict=True))
                share = float((ours - theirs) / theirs) if theirs else None
                row = {"measure": measure, "level": "total" if total else "group", **named, "mart": number(ours)}
                row |= {"warehouse": number(theirs), "difference": number(ours - theirs), "difference_share": share}
                row["within"] = ours == theirs if share is None else abs(share) <= tolerance
                rows.append({**row, **{c: number(p) for c, p in parts.items()}})
    table = pd.DataFrame(rows)
    head = next(r for r in rows if r["level"] == "total")
    named = sorted((c for c in found if head[c]), key=lambda c: -abs(head[c]))
    every = [c for c in found if any(r[c] for r in rows)]
    facts = {k: head[k] for k in ("measure", "mart", "warehouse", "difference", "difference_share")}
    apart = [r["measure"] for r in rows if r["level"] == "total" and not r["within"]]
    facts |= {"passed": head["within"], "measures_apart": apart, "tolerance": tolerance}
    facts |= {"causes": named, "every_cause": every, "name": mart.mart.name, "kind": mart.mart.kind}
    facts |= {"groups": sum(r["level"] == "group" for r in rows) // len(measures)}
    facts |= {
        "groups_apart": sum(r["level"] == "group" and r["measure"] == head["measure"] and not r["within"] for r in rows)
    }
    facts |= {f"cause_{c}": head[c] for c in found}
    facts["unit"] = mart.mart.measures[measures[0]].get("unit", "number")
    params = {"tolerance": tolerance, "rules": dict(mart.mart.rules), "standard": dict(house.rules), "by": by}
    notes = [Note("warehouse.reconciled" if facts["passed"] else "warehouse.not_reconciled", _said(facts))]
    if others := [m for m in apart if m != head["measure"]]:
        notes.append(Note("warehouse.measures_apart", {"measures": others}))
    hidden = [c for c in every if c not in named]
    if hidden:
        notes.append(Note("warehouse.causes_in_groups", {"causes": hidden}))
    return Result("warehouse.reconcile", table, params, facts, notes, snapshot.source)


def _said(facts: Mapping[str, Any]) -> dict[str, Any]:
    share = abs(facts["difference_share"]) if facts["difference_share"] is not None else None
    return {"mart": facts["name"], "share": share, "tolerance": facts["tolerance"], "causes": facts["causes"]}


def _house(mart: Mart, standard: Mart | None) -> Mart:
    """How the warehouse computes what the mart shows."""
    if standard is None:
        if mart.kind != "dependent":
            raise UserError("warehouse.no_standard", table=mart.name, kind=mart.kind)
        return Mart(mart.name, "dependent", mart.feeds, mart.by, mart.measures, {}, mart.filter)
    feeds, rules = standard.feeds, {**standard.rules, "rates": {**mart.rules["rates"], **standard.rules["rates"]}}
    rates = standard.rules["rates"] if standard.rules["rates"] else rules["rates"]
    return Mart(mart.name, "dependent", feeds, mart.by, mart.measures, {**rules, "rates": rates}, mart.filter)


def _cut(mart: BuiltMart, snapshot: Snapshot) -> int:
    """The last load that the mart can know of."""
    if mart.extracted_at is None:
        return mart.load or 0
    until = dt.datetime.fromisoformat(mart.extracted_at)
    return sum(dt.datetime.fromisoformat(m["extracted_at"]) <= until for m in snapshot.manifests)


def _block(store: Store, mart: BuiltMart, house: Mart, cut: int, total: bool) -> tuple[Sums, Sums, dict]:
    """Both sides, and per group what each cause adds to the mart, by measure."""
    measures = len(mart.mart.measures)

    def sums(rows: str, rules: Mapping[str, Any]) -> Sums:
        width = 0 if total else len(house.by)
        found = store.rows(aggregate(house, rows, rules, total=total))
        return {r[:width]: tuple(Decimal(v) for v in r[width:]) for r in found}

    none = (Decimal(0),) * measures
    causes: dict[tuple, dict[str, list[Decimal]]] = {}

    def add(group: tuple, cause: str, parts: tuple[Decimal, ...]) -> None:
        if any(parts):
            into = causes.setdefault(group, {}).setdefault(cause, [Decimal(0)] * measures)
            into[:] = [a + b for a, b in zip(into, parts, strict=True)]

    rules = dict(mart.mart.rules)
    first = before = sums("m", rules)
    for rule in STANDARD:
        if rules[rule] != house.rules[rule]:
            rules[rule] = house.rules[rule]
            after = sums("m", rules)
            for group in {*before, *after}:
                change = zip(before.get(group, none), after.get(group, none), strict=True)
                add(group, _OF_RULE[rule], tuple(a - b for a, b in change))
            before = after
    theirs = sums("w", rules)
    additive = ["distinct" not in m for m in mart.mart.measures.values()]
    if before != theirs:
        # who has no returns at all counts gross, whatever the rule says
        unheard = [] if any(f.get("returns") for f in mart.mart.feeds.values()) else _return_feeds(house)
        for group, cause, parts in _row_causes(store, house, rules, cut, total, additive, unheard):
            add(group, cause, parts)
        for group in {*before, *theirs}:  # a count of different people can't be divided among rows
            pairs = zip(before.get(group, none), theirs.get(group, none), additive, strict=True)
            add(group, "rows", tuple(Decimal(0) if whole else a - b for a, b, whole in pairs))
    return first, theirs, causes


def _return_feeds(house: Mart) -> list[str]:
    return [name for name, feed in house.feeds.items() if feed.get("returns")]


def _row_causes(
    store: Store,
    house: Mart,
    rules: Mapping[str, Any],
    cut: int,
    total: bool,
    additive: list[bool],
    unheard: list[str],
):
    """What single rows add to the difference, by group and cause."""
    for side in ("m", "w"):
        store.run(f"CREATE OR REPLACE TABLE star.{side}p AS {prepared(house, side, rules)}")
    by = [] if total else [quote(f"by.{level}") for level in house.by]
    values = [
        f"coalesce(sum({quote('of.' + name)}), 0)" if adds else "0"
        for name, adds in zip(house.measures, additive, strict=True)
    ]
    grouped = ", ".join(f"p.{level}" for level in by) + (", " if by else "")
    same = "feed = p.feed AND {o}.row_key = p.row_key"

    def exists(table: str, more: str = "") -> str:
        return f"EXISTS (SELECT 1 FROM {table} o WHERE o.{same.format(o='o')}{more})"

    of_mart = (
        f"CASE WHEN {exists('wp')} THEN 'corrected_rows' WHEN {exists('w', ' AND o.gone')} THEN 'deleted_rows' "
        f"WHEN {exists('w')} THEN 'corrected_rows' ELSE 'extra_rows' END"
    )
    returned = f"WHEN p.feed IN ({', '.join(literal(f) for f in unheard)}) THEN 'returns' " if unheard else ""
    of_house = (
        f"CASE {returned}WHEN {exists('mp')} OR {exists('m')} THEN 'corrected_rows' "
        f"WHEN p.load_id > {cut} THEN 'late_rows' ELSE 'missing_rows' END"
    )
    for side, sign, cause in (("mp", 1, of_mart), ("wp", -1, of_house)):
        for row in store.rows(f"SELECT {grouped}{cause} AS cause, {', '.join(values)} FROM {side} p GROUP BY ALL"):
            yield row[: len(by)], row[len(by)], tuple(sign * Decimal(v) for v in row[len(by) + 1 :])
