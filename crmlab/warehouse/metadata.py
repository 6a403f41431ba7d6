"""What a warehouse knows about itself: its loads, the origin of every row, what was changed, and what columns mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .. import labels, schema
from ..errors import UserError
from ..results import Note, Result, Source
from ..star.store import quote
from .design import type1_columns
from .loading import complete_marks, files_of
from .state import columns_of

if TYPE_CHECKING:
    from .warehouse import Snapshot

__all__ = [
    "catalogue_result",
    "changes_result",
    "components_result",
    "lineage_result",
    "load_result",
    "loads_result",
    "meaning",
]

COMPONENTS = ("source", "staging", "storage", "metadata", "delivery", "management")
_TOTALS = ("rows", "new", "replaced", "late", "deleted", "unknown", "versions_opened", "versions_split")
_KINDS = {"BIGINT": "integer", "INTEGER": "integer", "HUGEINT": "integer", "DOUBLE": "quantity", "DATE": "date"}
_KINDS |= {"TIMESTAMP": "datetime", "BOOLEAN": "boolean"}
_UNITS = {"amount": "money", "share": "share", "score": "score", "quantity": "count", "integer": "number"}
_UNITS |= {"date": "date", "datetime": "date"}
_CONTRACT = {c.name: c.kind for c in schema.SALES.columns}


def load_result(manifest: Mapping[str, Any]) -> Result:
    """What a load brought and did, of kind ``warehouse.load``."""
    import pandas as pd

    again = bool(manifest.get("repeated"))
    table = pd.DataFrame(manifest["counts"]).drop(columns="latest", errors="ignore")
    if again:  # what it did, it did then
        numbers = [c for c in table.columns if c not in ("table", "rows")]
        table[numbers] = 0
        table["unchanged"] = table["rows"]
    if len(table):
        table = table[["table", *(c for c in table.columns if c != "table")]]
    facts = {c: int(table[c].sum()) if len(table) else 0 for c in _TOTALS}
    facts |= {"load": manifest["load"], "changed": not again, "batch": manifest["batch"][:12]}
    params = {"loaded_at": manifest["loaded_at"], "extracted_at": manifest["extracted_at"]}
    notes = [Note("warehouse.repeated", {"load": manifest["load"]})] if again else []
    for row in table.to_dict("records"):
        for what in ("superseded", "unknown", "late"):
            if row[what]:
                notes.append(Note(f"warehouse.{what}", {"of": row["table"], "n": int(row[what])}))
    return Result("warehouse.load", table, params, facts, notes, Source(manifest["source"] or "—", manifest["batch"]))


def loads_result(manifests: Sequence[Mapping[str, Any]], source: Source) -> Result:
    """Every load, of kind ``warehouse.loads``."""
    import pandas as pd

    rows = []
    for m in manifests:
        totals = {c: sum(t[c] for t in m["counts"]) for c in _TOTALS}
        size = sum(p["bytes"] for p in m["parts"])
        rows.append({"load_id": m["load"], "loaded_at": pd.Timestamp(m["loaded_at"]), **totals, "bytes": size})
    columns = ["load_id", "loaded_at", *_TOTALS, "bytes"]
    table = pd.DataFrame(rows, columns=columns)
    facts = {"loads": len(rows), **{c: int(table[c].sum()) for c in _TOTALS}, "bytes": int(table["bytes"].sum())}
    return Result("warehouse.loads", table, {}, facts, (), source)


# -- where a row comes from


def _key_of(snapshot: Snapshot, table: str, key: Any) -> dict[str, Any]:
    names = snapshot.design[snapshot._known(table)]["keys"]
    values = list(key.values()) if isinstance(key, Mapping) else list(key) if isinstance(key, tuple | list) else [key]
    if len(values) != len(names):
        raise UserError("warehouse.key_parts", table=table, wanted=names, found=key)
    return dict(zip(names, values, strict=True))


def lineage_result(snapshot: Snapshot, table: str, key: Any) -> Result:
    """Every delivery of one key, of kind ``warehouse.lineage``."""
    names = _key_of(snapshot, table, key)
    where = " AND ".join(f"{quote(k)} = ${i + 1}" for i, k in enumerate(names))
    frame = snapshot.frame(
        f'SELECT "$load" AS load_id, "$row" AS source_row, "$deleted" AS is_deleted, "$hash" AS hash '
        f"FROM {quote('$log.' + table)} WHERE {where} ORDER BY 1, 2",
        list(names.values()),
    )
    if frame.empty:
        raise UserError("warehouse.no_such_row", table=table, found=key)
    loads = {m["load"]: m for m in snapshot.manifests}
    parts = {(m["load"], p["table"]): p for m in snapshot.manifests for p in m["parts"]}
    frame["loaded_at"] = [loads[n]["loaded_at"][:10] for n in frame["load_id"]]
    frame["source"] = [loads[n]["source"] or None for n in frame["load_id"]]
    frame["file"] = [f"parts/{table}/{parts[n, table]['file']}" for n in frame["load_id"]]
    standing = snapshot.frame(f"SELECT load_id, source_row FROM {quote(table)} WHERE {where}", list(names.values()))
    now = set(zip(standing["load_id"], standing["source_row"], strict=True))
    pairs = zip(frame["load_id"], frame["source_row"], frame["is_deleted"], strict=True)
    frame["counts"] = [(load, row) in now and not gone for load, row, gone in pairs]
    shown = ["load_id", "loaded_at", "source", "source_row", "file", "is_deleted", "counts", "hash"]
    counted = frame[frame["counts"]]
    facts = {"deliveries": len(frame), "standing": len(counted), "table": table}
    facts |= (
        {"load": int(counted["load_id"].iloc[-1]), "row": int(counted["source_row"].iloc[-1])}
        if len(counted)
        else {"load": 0, "row": 0}
    )
    return Result("warehouse.lineage", frame[shown], {"key": names}, facts, (), snapshot.source)


# -- what was changed


def changes_result(snapshot: Snapshot, table: str | None = None) -> Result:
    """What later loads said differently, value by value, of kind ``warehouse.changes``."""
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for name in [snapshot._known(table)] if table else snapshot.tables:
        rows += _changes_of(snapshot, name)
    columns = ["table", "key", "kind", "column", "before", "after", "load_before", "load_id", "source_row"]
    frame = pd.DataFrame(rows, columns=columns)
    kinds = frame["kind"].value_counts()
    known = ("replaced", "corrected", "changed", "changed_late", "deleted", "outdated")
    facts = {"changes": len(frame), **{k: int(kinds.get(k, 0)) for k in known}}
    return Result("warehouse.changes", frame, {"table": table}, facts, (), snapshot.source)


def _changes_of(snapshot: Snapshot, name: str) -> Iterator[dict[str, Any]]:
    rule = snapshot.design[name]
    keys = ", ".join(quote(k) for k in rule["keys"])
    log = quote("$log." + name)
    told = snapshot.frame(
        f'SELECT * FROM {log} QUALIFY count(DISTINCT "$hash") OVER (PARTITION BY {keys}) > 1 '
        f'OR bool_or("$deleted") OVER (PARTITION BY {keys}) ORDER BY {keys}, "$load", "$row"'
    )
    told = told.astype(object).where(told.notna(), None)
    for key, deliveries in told.groupby(rule["keys"], sort=True, dropna=False):
        shown = "|".join(str(k) for k in key)
        yield from _told(name, rule, shown, deliveries.to_dict("records"))
    if name in complete_marks(snapshot.manifests):
        last = max(m["load"] for m in snapshot.manifests if name in m["complete"])
        shown = " || '|' || ".join(f"CAST({quote(k)} AS VARCHAR)" for k in rule["keys"])
        gone = snapshot.query(
            f"SELECT DISTINCT {shown} FROM {quote(name)} t WHERE is_deleted AND NOT EXISTS (SELECT 1 FROM {log} d "
            f'WHERE d."$deleted" AND {" AND ".join(f"d.{quote(k)} = t.{quote(k)}" for k in rule["keys"])}) ORDER BY 1'
        )
        for (key,) in gone:
            yield _change(name, key, "deleted", None, None, None, None, last, None)


def _told(name: str, rule: Mapping[str, Any], key: str, deliveries: Sequence[Mapping[str, Any]]) -> Iterator[dict]:
    """Go through the deliveries of one key as they came, and say what each did to what stood."""
    history, revision = rule["history"], rule["revisions"]
    begins = history["valid_from"] if history else None
    own = [c for c in rule["columns"] if c not in rule["keys"] and c != begins and c != revision]
    if history and history["valid_to"]:
        own.remove(history["valid_to"])
    lasting = set(type1_columns(rule)) if history else set()
    standing: dict[Any, Mapping[str, Any]] = {}
    newest: Mapping[str, Any] | None = None

    def order(row: Mapping[str, Any]) -> tuple:
        return (row[revision] if revision else 0, row["$at"], row["$hash"])

    for row in deliveries:
        start = 0 if not history else row[begins] if begins else row["$at"]
        if row["$deleted"]:
            last = newest or row
            yield _change(name, key, "deleted", None, None, None, last["$load"], row["$load"], row["$row"])
            continue
        before = standing.get(start)
        if before is not None and order(before) > order(row):
            if before["$hash"] != row["$hash"]:
                yield _change(name, key, "outdated", None, None, None, before["$load"], row["$load"], row["$row"])
            continue
        earlier = [s for s in standing if s < start] if before is None else []
        held = before or (standing[max(earlier)] if earlier else None)
        late = before is None and any(s > start for s in standing)
        for column in own:
            against = newest if column in lasting else held
            if against is None or against[column] == row[column]:
                continue
            if column in lasting and newest is not None and order(newest) > order(row):
                continue
            kind = "replaced" if not history else "corrected" if column in lasting or before else "changed"
            kind = "changed_late" if kind == "changed" and late else kind
            yield _change(
                name, key, kind, column, against[column], row[column], against["$load"], row["$load"], row["$row"]
            )
        standing[start] = row
        if newest is None or order(newest) < order(row):
            newest = row


def _change(table, key, kind, column, before, after, load_before, load_id, source_row) -> dict[str, Any]:
    said = {"table": table, "key": key, "kind": kind, "column": column, "before": before, "after": after}
    return {**said, "load_before": load_before, "load_id": load_id, "source_row": source_row}


# -- what columns mean


def meaning(column: str, db_type: str, about: Mapping[str, Any] | None = None, unit: str | None = None) -> dict:
    """Label in both languages, type and unit of a column, from its own words or from crmlab's."""
    about = about or {}
    known = labels.catalogue("names").get("names", {}).get(column, {})
    kind = about.get("kind") or ("id" if column.endswith(("_id", "_key")) else None) or _CONTRACT.get(column)
    kind = kind or ("amount" if unit == "money" else None) or _KINDS.get(db_type)
    kind = kind or ("quantity" if db_type.startswith("DECIMAL") else "text")
    return {
        "label_id": known.get("id") or about.get("id"),
        "label_en": known.get("en") or about.get("en"),
        "meaning_id": about.get("id") or known.get("id"),
        "meaning_en": about.get("en") or known.get("en"),
        "type": kind,
        "unit": unit or about.get("unit") or _UNITS.get(kind, "text"),
        "personal": bool(about.get("personal")),
    }


def catalogue_result(snapshot: Snapshot, marts: Sequence[Any] = ()) -> Result:
    """The catalogue of columns, of kind ``warehouse.catalogue``."""
    import pandas as pd

    rows = []
    for name, rule in snapshot.design.items():
        origin = {"load_id": "operational", "source_row": "operational", "is_deleted": "operational"}
        for column, kind in columns_of(rule, snapshot.design).items():
            of = origin.get(column) or ("user" if column in rule["columns"] else "transform")
            about = rule["about"].get(column) if of == "user" else None
            rows.append({"table": name, "column": column, "metadata": of, **meaning(column, kind or "VARCHAR", about)})
            rows[-1]["formula"] = _formula(name, column, rule)
    for mart in marts:
        for row in mart.columns():
            rows.append({"table": mart.mart.name, "metadata": "transform", **row})
    order = ["table", "column", "metadata", "label_id", "label_en", "meaning_id", "meaning_en", "type", "unit"]
    table = pd.DataFrame(rows, columns=[*order, "formula", "personal"])
    complete = table[["label_id", "label_en", "type", "unit"]].notna().all(axis=1)
    facts = {"columns": len(table), "complete": int(complete.sum()), "tables": int(table["table"].nunique())}
    facts["complete_share"] = facts["complete"] / len(table) if len(table) else None
    facts |= {k: int((table["metadata"] == k).sum()) for k in ("operational", "transform", "user")}
    gaps = [f"{t}.{c}" for t, c in table.loc[~complete, ["table", "column"]].itertuples(index=False)]
    notes = [Note("warehouse.no_label", {"n": len(gaps), "columns": gaps[:12]})] if gaps else []
    return Result("warehouse.catalogue", table, {}, facts, notes, snapshot.source)


def _formula(table: str, column: str, rule: Mapping[str, Any]) -> str:
    """How a column that the warehouse made came about, as a formula."""
    keys = " | ".join(rule["keys"])
    history = rule["history"] or {}
    made = {
        "version_key": f"{keys} @ valid_from",
        "valid_from": f"{table}.{history.get('valid_from') or 'extracted_at'}",
        "valid_to": "next valid_from - 1 day",
        "is_current": "valid_from = max(valid_from) of the key",
        "load_id": "CURRENT + 1",
        "source_row": "row of the source",
        "is_deleted": "last deletion >= last delivery",
    }
    if column in made and (column not in rule["columns"] or column in (history.get("valid_from"),)):
        return made[column]
    for own, link in rule["links"].items():
        if column == f"{own.removesuffix('_id')}_key" and column not in rule["columns"]:
            return f"{link['to']}.version_key, {link['on']} between valid_from and valid_to"
    return f"{table}.{column}"


# -- the six parts


def components_result(snapshot: Snapshot, marts: Sequence[Any] = ()) -> Result:
    """Source, staging, storage, metadata, delivery, management: what each holds here, ``warehouse.components``."""
    import pandas as pd

    rows: list[tuple[str, str, int]] = []
    delivered: dict[str, int] = {}
    for m in snapshot.manifests:
        for count in m["counts"]:
            name = f"{m['source'] or '—'}: {count['table']}"
            delivered[name] = delivered.get(name, 0) + count["rows"]
    rows += [("source", name, n) for name, n in delivered.items()]
    for table in snapshot.tables:
        parts = [p for m in snapshot.manifests for p in m["parts"] if p["table"] == table]
        rows.append(("staging", table, sum(p["rows"] for p in parts)))
        rows.append(("storage", table, snapshot.query(f"SELECT count(*) FROM {quote(table)}")[0][0]))
    catalogue = catalogue_result(snapshot, marts)
    rows += [("metadata", kind, catalogue.facts[kind]) for kind in ("operational", "transform", "user")]
    rows += [("delivery", mart.mart.name, len(mart.table)) for mart in marts]
    derived = sorted(p.stem for p in snapshot.folder.derived.glob("*/*.parquet"))
    rows += [("delivery", name, derived.count(name)) for name in dict.fromkeys(derived)]
    checked = sum(len(files_of(snapshot.folder, snapshot.manifests, t)) for t in snapshot.tables)
    rows += [("management", "loads", len(snapshot.manifests)), ("management", "hashed_files", checked)]
    table = pd.DataFrame(rows, columns=["component", "object", "n"])
    facts = {c: int((table["component"] == c).sum()) for c in COMPONENTS}
    facts["components"] = sum(facts[c] > 0 for c in COMPONENTS)
    facts["rows"] = sum(delivered.values())
    return Result("warehouse.components", table, {}, facts, (), snapshot.source)
