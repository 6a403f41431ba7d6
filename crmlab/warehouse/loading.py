"""One load: stage, check, count, publish. Nothing counts before the last step, and everything after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import UserError, suggest
from ..star.store import Store, quote
from . import batch as batches
from .design import designed, ordered
from .folder import Folder, in_words, text_digest
from .state import NEVER, current, literal, log, same_key, versions

__all__ = ["complete_marks", "files_of", "load"]

_COUNTS = ("rows", "new", "replaced", "unchanged", "superseded", "repeated", "late", "deleted", "restored")
_COUNTS += ("versions_opened", "versions_split", "unknown")


def files_of(folder: Folder, manifests: Sequence[Mapping[str, Any]], table: str) -> list[Path]:
    """The parts of a table, oldest first."""
    return [folder.part(p) for m in manifests for p in m["parts"] if p["table"] == table]


def complete_marks(manifests: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """When each table was last delivered as a whole."""
    marks: dict[str, str] = {}
    for manifest in manifests:
        for table in manifest["complete"]:
            marks[table] = max(marks.get(table, ""), manifest["extracted_at"])
    return marks


def load(
    folder: Folder,
    tables: Mapping[str, Any],
    *,
    loaded_at: dt.datetime,
    extracted_at: dt.datetime | None,
    source: str,
    deleted: Mapping[str, Any],
    complete: Sequence[str],
    rules: Mapping[str, Any],
    wait_seconds: float,
    memory: str,
) -> dict[str, Any]:
    """Load a batch; return its manifest, or that of the load that brought the same batch before."""
    with in_words(folder), folder.writing(wait_seconds):
        before = folder.manifests()
        last = before[-1] if before else {"load": 0, "tables": {}, "loaded_at": ""}
        if before and loaded_at < dt.datetime.fromisoformat(last["loaded_at"]):
            raise UserError("warehouse.before_the_last", found=loaded_at, wanted=last["loaded_at"])
        for name in (*deleted, *complete):
            known = [*last["tables"], *tables]
            if name not in known:
                raise UserError("warehouse.unknown_table", found=name, wanted=known, near=suggest(name, known))
        for name in complete:
            if name not in tables:
                raise UserError("warehouse.not_delivered", table=name)
        design = designed(last["tables"], list(tables), **rules)
        number, at = last["load"] + 1, extracted_at or loaded_at
        reached = {str(folder.path), *batches.folders_of(tables), *batches.folders_of(deleted)}
        store = Store(reached, memory=memory, timeout=3600)
        try:
            brought = {}
            for name in ordered(design):
                if name in tables or name in deleted:
                    table = tables[name] if name in tables else batches.empty_batch(design[name])
                    brought[name] = batches.staged(store, name, table, deleted.get(name), design[name], number, at)
            sign = _sign(brought, complete, extracted_at)
            for manifest in before:
                if manifest["batch"] == sign:
                    return {**manifest, "repeated": True}
            marks = complete_marks([*before, {"complete": complete, "extracted_at": at.isoformat()}])
            counted = _counted(store, folder, before, design, brought, marks, complete_marks(before))
            staging, staged = folder.staging(), {}
            for name, info in brought.items():
                if info["rows"] or info["deletions"]:
                    staged[name] = staging / f"{name}.parquet"
                    store.run(
                        f"COPY star.{quote('batch.' + name)} TO {literal(str(staged[name]))} "
                        "(FORMAT parquet, COMPRESSION zstd)"
                    )
        finally:
            store.close()
        manifest = {
            "load": number,
            "loaded_at": loaded_at.isoformat(),
            "extracted_at": at.isoformat(),
            "source": source,
            "batch": sign,
            "previous": folder.pointer()["sha256"],
            "complete": list(complete),
            "tables": design,
            "counts": counted,
            "parts": [{"table": n, "rows": brought[n]["rows"] + brought[n]["deletions"]} for n in staged],
        }
        folder.publish(manifest, staged)
        return manifest


def _sign(brought: Mapping[str, Any], complete: Sequence[str], extracted_at: dt.datetime | None) -> str:
    """What a batch is, whatever it is called and whenever it comes."""
    said = [f"{name}:{brought[name]['digest']}" for name in sorted(brought)]
    said += [f"complete:{name}" for name in sorted(complete)]
    return text_digest("\n".join([*said, extracted_at.isoformat() if extracted_at else ""]))


def _counted(
    store: Store,
    folder: Folder,
    before: Sequence[Mapping[str, Any]],
    design: Mapping[str, Any],
    brought: Mapping[str, Any],
    marks: Mapping[str, str],
    marks_before: Mapping[str, str],
) -> list[dict[str, Any]]:
    """What the batch does to every table that it touches; refused here if versions would overlap."""
    found = []
    for name in brought:
        rule = design[name]
        counts = dict.fromkeys(_COUNTS, 0) | {"table": name, "rows": brought[name]["rows"]}
        files = files_of(folder, before, name)
        keys = ", ".join(quote(k) for k in rule["keys"])
        touched = f"SELECT {keys} FROM star.{quote('batch.' + name)}"
        old = log(rule, files) if files else f"SELECT * FROM ({_batch_log(name, rule)}) WHERE false"
        if marks.get(name) == marks_before.get(name):  # a delivery of the whole table tells of other keys as well
            old = f"SELECT * FROM ({old}) WHERE ({keys}) IN ({touched})"
        # read once: the parts are many and small
        store.run(f"CREATE OR REPLACE TABLE star.o AS {old}")
        both = f"SELECT * FROM star.o UNION ALL BY NAME ({_batch_log(name, rule)})"
        write = versions if rule["history"] else current
        store.run(f"CREATE OR REPLACE TABLE star.b AS {write(rule, 'SELECT * FROM star.o', marks_before.get(name))}")
        store.run(f"CREATE OR REPLACE TABLE star.a AS {write(rule, both, marks.get(name))}")
        count = _count_versions if rule["history"] else _count_rows
        counts |= count(store, name, rule)
        counts |= _late(store, rule, [c for m in before for c in m["counts"] if c["table"] == name])
        counts["unknown"] = sum(
            _lost(store, name, column, link, design, brought, files_of(folder, before, link["to"]))
            for column, link in rule["links"].items()
        )
        found.append(counts)
    return found


def _batch_log(name: str, rule: Mapping[str, Any]) -> str:
    """The batch with all columns that the table has, also those that it did not bring."""
    blank = ", ".join(f"CAST(NULL AS {kind or 'VARCHAR'}) AS {quote(c)}" for c, kind in rule["columns"].items())
    return f"SELECT * FROM (SELECT {blank} WHERE false) UNION ALL BY NAME SELECT * FROM star.{quote('batch.' + name)}"


def _count_rows(store: Store, name: str, rule: Mapping[str, Any]) -> dict[str, int]:
    keys = ", ".join(quote(k) for k in rule["keys"])
    batch = f"star.{quote('batch.' + name)}"
    new, replaced, gone, back = store.rows(
        'SELECT count(*) FILTER (b."$hash" IS NULL), count(*) FILTER (b."$hash" <> a."$hash"), '
        "count(*) FILTER (a.is_deleted AND NOT coalesce(b.is_deleted, false)), "
        f"count(*) FILTER (b.is_deleted AND NOT a.is_deleted) FROM star.a a LEFT JOIN star.b b USING ({keys})"
    )[0]
    rows, distinct, standing, known = store.rows(
        f'SELECT sum(n), count(*), count(*) FILTER (t."$hash" = a."$hash"), '
        f'count(*) FILTER (t."$hash" = a."$hash" AND b."$hash" = a."$hash") '
        f'FROM (SELECT {keys}, "$hash", count(*) AS n FROM {batch} WHERE NOT "$deleted" GROUP BY ALL) t '
        f"JOIN star.a a USING ({keys}) LEFT JOIN star.b b USING ({keys})"
    )[0]
    counts = {"new": new, "replaced": replaced, "deleted": gone, "restored": back, "unchanged": known}
    return counts | {"superseded": distinct - standing, "repeated": int(rows or 0) - distinct}


def _late(store: Store, rule: Mapping[str, Any], before: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """New rows of days before the latest day that was known; and which day is the latest now."""
    days = [link["on"] for link in rule["links"].values() if link["on"]]
    if not days or rule["history"]:
        return {}
    day, keys = f"CAST(a.{quote(days[0])} AS DATE)", ", ".join(quote(k) for k in rule["keys"])
    latest = max((c["latest"] for c in before if c.get("latest")), default=None)
    limit = f"DATE {literal(latest)}" if latest else "NULL"
    late, now = store.rows(
        f'SELECT count(*) FILTER (b."$hash" IS NULL AND {day} < {limit}), max({day}) '
        f"FROM star.a a LEFT JOIN star.b b USING ({keys})"
    )[0]
    return {"late": late, "latest": max(filter(None, (latest, str(now) if now else None)), default=None)}


def _count_versions(store: Store, name: str, rule: Mapping[str, Any]) -> dict[str, int]:
    keys, batch = ", ".join(quote(k) for k in rule["keys"]), f"star.{quote('batch.' + name)}"
    shown = " || '|' || ".join(f"CAST({quote(k)} AS VARCHAR)" for k in rule["keys"])
    overlapping = store.rows(f'SELECT DISTINCT {shown} FROM star.a WHERE "$overlaps" ORDER BY 1 LIMIT 1000')
    if overlapping:
        raise UserError("warehouse.overlap", table=name, rows=[r[0] for r in overlapping])
    new, opened, split, replaced, gone, back = store.rows(
        f"""WITH last AS (SELECT {keys}, max(valid_from) AS "$last" FROM star.b GROUP BY ALL)
        SELECT count(DISTINCT ({keys})) FILTER ("$last" IS NULL),
          count(*) FILTER (b."$same" IS NULL AND "$last" IS NOT NULL),
          count(*) FILTER (b."$same" IS NULL AND a.valid_from < "$last"),
          count(*) FILTER (b."$same" <> a."$same" OR b."$lasting" <> a."$lasting"),
          count(*) FILTER (a.is_deleted AND NOT coalesce(b.is_deleted, false)),
          count(*) FILTER (b.is_deleted AND NOT a.is_deleted)
        FROM star.a a LEFT JOIN star.b b USING ({keys}, valid_from) LEFT JOIN last USING ({keys})"""
    )[0]
    rows, distinct = store.rows(
        f'SELECT count(*), count(DISTINCT ({keys}, "$hash")) FROM {batch} WHERE NOT "$deleted"'
    )[0]
    counts = {"new": new, "versions_opened": opened, "versions_split": split, "replaced": replaced}
    return counts | {"deleted": gone, "restored": back, "repeated": rows - distinct}


def _lost(
    store: Store,
    name: str,
    column: str,
    link: Mapping[str, Any],
    design: Mapping[str, Any],
    brought: Mapping[str, Any],
    files: Sequence[Path],
) -> int:
    """How many rows of the batch point nowhere by a link, now; a dimension that comes later mends it by itself."""
    target, to = design[link["to"]], link["to"]
    key, batch = quote(target["keys"][0]), f"({_batch_log(name, design[name])})"
    logs = ([log(target, files)] if files else []) + ([_batch_log(to, target)] if to in brought else [])
    asked = f'SELECT {quote(column)} FROM {batch} WHERE NOT "$deleted"'
    if not logs:
        return store.rows(f"SELECT count(*) FROM ({asked})")[0][0]
    logged = (
        f"SELECT t.* FROM ({' UNION ALL BY NAME '.join(f'({one})' for one in logs)}) t SEMI JOIN ({asked}) f "
        f"ON {same_key(design[name], f'f.{quote(column)}', column, target, f't.{key}')}"
    )
    on = same_key(design[name], f"f.{quote(column)}", column, target, f"d.{key}")
    if target["history"]:
        logged = versions(target, logged)
        on += f" AND CAST(f.{quote(link['on'])} AS DATE) BETWEEN d.valid_from AND coalesce(d.valid_to, {NEVER})"
    else:
        logged = f'SELECT {key} FROM ({logged}) WHERE NOT "$deleted"'
    return store.rows(f'SELECT count(*) FROM {batch} f ANTI JOIN ({logged}) d ON {on} WHERE NOT f."$deleted"')[0][0]
