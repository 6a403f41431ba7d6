"""The SQL of a mart: its rows under common names, the rows that count under some rules, and their sums."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..errors import UserError, suggest
from ..star.store import Store, quote
from .state import literal

if TYPE_CHECKING:
    from .marts import Mart
    from .warehouse import Snapshot

__all__ = ["PERIODS", "aggregate", "check_rates", "feed_rows", "open_tables", "prepared"]

PERIODS = ("year", "quarter", "month", "date")


def open_tables(store: Store, mart: Mart, snapshot: Snapshot | None, sources: Mapping[str, Any]) -> None:
    """Give the store every table that the mart's feeds name."""
    store.run("USE star")
    for feed in mart.feeds.values():
        for name in (feed["table"], *feed.get("join", {}), *([feed["customers"]] if feed.get("customers") else [])):
            if store.rows("SELECT 1 FROM duckdb_tables() WHERE table_name = $1", [name]) or store.rows(
                "SELECT 1 FROM duckdb_views() WHERE view_name = $1 AND database_name = 'star'", [name]
            ):
                continue
            if name in sources:
                store.load(f"star.{quote(name)}", getattr(sources[name], "table", sources[name]), label=name)
            elif snapshot is not None and name in snapshot.tables:
                listed = literal(str(snapshot.path(name)))
                store.run(f"CREATE VIEW star.{quote(name)} AS SELECT * FROM read_parquet({listed})")
            else:
                wanted = [*sources, *(snapshot.tables if snapshot else ())]
                raise UserError("warehouse.unknown_table", found=name, wanted=wanted, near=suggest(name, wanted))
        _check_feed(store, mart.name, feed)


def _check_feed(store: Store, mart: str, feed: Mapping[str, Any]) -> None:
    found = {name: store.describe(f"star.{quote(name)}") for name in (feed["table"], *feed.get("join", {}))}
    said = [*feed["key"], feed["at"], *feed["values"].values(), *feed.get("by", {}).values()]
    said += [feed[k] for k in ("customer", "currency", "status") if feed.get(k)]
    for column in said:
        table, _, name = column.rpartition(".")
        types = found.get(table or feed["table"], {})
        if name not in types:
            near = suggest(name, types)
            raise UserError("warehouse.unknown_column", table=mart, found=column, wanted=list(types), near=near)
    for table, shared in feed.get("join", {}).items():
        listed = ", ".join(quote(c) for c in shared)
        twice = store.rows(f"SELECT {listed} FROM {quote(table)} GROUP BY ALL HAVING count(*) > 1 LIMIT 1000")
        if twice:  # a join that multiplies rows multiplies totals
            raise UserError("warehouse.fan_out", table=table, rows=[" | ".join(map(str, t)) for t in twice])


def feed_rows(mart: Mart, name: str, lineage: bool) -> str:
    """The rows of one feed under the names that all feeds share; with lineage where they come from the warehouse."""
    feed = mart.feeds[name]

    def at(column: str) -> str:
        table, _, own = column.rpartition(".")
        return f"{quote(table)}.{quote(own)}" if table else f"f.{quote(own)}"

    sign = "-" if feed.get("returns") else ""
    key = " || '|' || ".join(f"CAST({at(k)} AS VARCHAR)" for k in feed["key"])
    values = [f"{sign}CAST({at(c)} AS DECIMAL(18,4)) AS {quote(v)}" for v, c in feed["values"].items()]
    by = [f"CAST({at(c)} AS VARCHAR) AS {quote(level)}" for level, c in feed.get("by", {}).items()]
    customer = at(feed["customer"]) if feed.get("customer") else "NULL"
    known = f"{customer} IS NOT NULL" if feed.get("customer") else "true"
    if feed.get("customers") and feed.get("customer"):
        own = quote(feed["customer"].rpartition(".")[2])
        known = f"coalesce({customer} IN (SELECT {own} FROM {quote(feed['customers'])} WHERE {own} IS NOT NULL), false)"
    cancelled = "false"
    if feed.get("status"):
        listed = ", ".join(literal(s) for s in feed.get("cancelled", ("cancelled",)))
        cancelled = f"coalesce({at(feed['status'])} IN ({listed}), false)"
    joins = "".join(
        f"\nLEFT JOIN {quote(table)} ON " + " AND ".join(f"f.{quote(c)} = {quote(table)}.{quote(c)}" for c in shared)
        for table, shared in feed.get("join", {}).items()
    )
    shown = ",\n  ".join(
        [
            f"{literal(name)} AS feed",
            f"{'true' if feed.get('returns') else 'false'} AS is_return",
            f"{key} AS row_key",
            f"row_number() OVER (PARTITION BY {key} ORDER BY {at(feed['at'])}) AS copy",
            f"CAST({at(feed['at'])} AS TIMESTAMP) - INTERVAL {int(feed.get('utc_offset', 7))} HOUR AS at_utc",
            f"CAST({customer} AS VARCHAR) AS customer",
            f"{known} AS known",
            f"{cancelled} AS cancelled",
            f"{at(feed['currency']) if feed.get('currency') else literal('IDR')} AS currency",
            *by,
            *values,
            f"{'f.is_deleted' if lineage else 'false'} AS gone",
            f"{'f.load_id' if lineage else 'CAST(NULL AS INTEGER)'} AS load_id",
        ]
    )
    return f"SELECT\n  {shown}\nFROM {quote(feed['table'])} f{joins}"


def prepared(mart: Mart, rows: str, rules: Mapping[str, Any]) -> str:
    """The rows that count under some rules, with the group that each falls into and its values in rupiah."""
    local = f"at_utc + INTERVAL {int(rules['utc_offset'])} HOUR"
    start = int(rules["month_starts_on"])
    # a month that starts on the 26th is called after the month in which it ends
    day = f"CAST({local} AS DATE)"
    month = day if start == 1 else f"({day} - INTERVAL {start - 1} DAY + INTERVAL 1 MONTH)"
    periods = {
        "year": f"strftime({month}, '%Y')",
        "quarter": f"strftime({month}, '%Y') || '-Q' || quarter({month})",
        "month": f"strftime({month}, '%Y-%m')",
        "date": f"strftime({day}, '%Y-%m-%d')",
    }
    by = ", ".join(f"{periods.get(level, quote(level))} AS {quote('by.' + level)}" for level in mart.by)
    cases = "".join(f" WHEN {literal(c)} THEN {rate}" for c, rate in rules["rates"].items())
    rate = f"CAST(CASE currency WHEN 'IDR' THEN 1{cases} END AS DECIMAL(18,4))"
    values = []
    for name, measure in mart.measures.items():
        if "sum" in measure:
            value = quote(measure["sum"]) + (f" * {rate}" if measure.get("unit") == "money" else "")
        elif "count" in measure:
            value = f"CASE WHEN feed = {literal(measure['count'])} THEN 1 ELSE 0 END"
        else:
            value = "CASE WHEN NOT is_return THEN customer END"
        values.append(f"{value} AS {quote('of.' + name)}")
    kept = ["NOT gone"]
    kept += ["copy = 1"] if rules["duplicates"] == "drop" else []
    kept += ["NOT cancelled"] if rules["cancelled"] == "drop" else []
    kept += ["known"] if rules["unknown_customers"] == "drop" else []
    kept += ["NOT is_return"] if rules["returns"] == "gross" else []
    for level, members in mart.filter.items():
        if level == "months":
            kept.append(f"{periods['month']} BETWEEN {literal(members[0])} AND {literal(members[1])}")
        else:
            kept.append(f"{quote(level)} IN ({', '.join(literal(m) for m in members)})")
    return (
        f"SELECT feed, row_key, copy, load_id, {by + ', ' if by else ''}{', '.join(values)}\n"
        f"FROM {rows}\nWHERE {' AND '.join(kept)}"
    )


def aggregate(mart: Mart, rows: str, rules: Mapping[str, Any], *, total: bool = False) -> str:
    """The sums of a mart by its grain, or over all of it."""
    by = [] if total else [f"{quote('by.' + level)} AS {quote(level)}" for level in mart.by]
    measures = []
    for name, measure in mart.measures.items():
        of = quote(f"of.{name}")
        distinct = f"count(DISTINCT {of})" if "distinct" in measure else f"coalesce(sum({of}), 0)"
        measures.append(f"CAST({distinct} AS {'DECIMAL(38,4)' if 'sum' in measure else 'BIGINT'}) AS {quote(name)}")
    grouped = f"\nGROUP BY {', '.join(quote('by.' + level) for level in mart.by)}" if by else ""
    return f"SELECT {', '.join([*by, *measures])}\nFROM (\n{prepared(mart, rows, rules)}\n){grouped}"


def check_rates(store: Store, mart: Mart, feeds: str) -> None:
    """Refuse rows in a currency that has no rate, where money is added."""
    if not any(m.get("unit") == "money" for m in mart.measures.values()):
        return
    known = {"IDR", *mart.rules["rates"]}
    found = {r[0] for r in store.rows(f"SELECT DISTINCT currency FROM ({feeds})")}
    if lost := sorted(str(c) for c in found - known):
        raise UserError("warehouse.no_rate", table=mart.name, found=lost)
