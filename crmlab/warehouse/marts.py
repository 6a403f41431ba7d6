"""Marts: what one department looks at, defined as data and built to files.

A *dependent* mart is filled from the warehouse, an *independent* one straight from a source, a *hybrid* one from both.
Each keeps the rows that it was made of beside its sums, so that :func:`crmlab.warehouse.reconcile` can recompute it
with any other rule.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import UserError, suggest
from ..results import Result, Source
from ..star.store import Store, quote
from .batch import folders_of, moment
from .folder import published, text_digest
from .mart_sql import PERIODS, aggregate, check_rates, feed_rows, open_tables
from .metadata import meaning
from .state import literal

if TYPE_CHECKING:
    import pandas as pd

    from .warehouse import Snapshot, Warehouse

__all__ = ["KINDS", "STANDARD", "BuiltMart", "Mart", "number"]

KINDS = ("dependent", "independent", "hybrid")
STEPS = ("design", "construct", "populate", "access", "manage")
STANDARD: Mapping[str, Any] = {
    "duplicates": "drop",
    "cancelled": "drop",
    "unknown_customers": "keep",
    "returns": "net",
    "rates": {},
    "month_starts_on": 1,
    "utc_offset": 7,
}
"""The rules of the house, in the order in which :func:`reconcile` switches to them."""
_CHOICES = {"duplicates": ("drop", "keep"), "cancelled": ("drop", "keep"), "unknown_customers": ("drop", "keep")}
_CHOICES |= {"returns": ("net", "gross")}


@dataclass(frozen=True)
class Mart:
    """A mart as plain data.

    Parameters
    ----------
    name : str
    kind : {"dependent", "independent", "hybrid"}
    feeds : mapping
        Name to where rows come from: ``table``; ``key``, the columns that name a row; ``at``, when it happened, and
        ``utc_offset``, the hours that its clock is ahead of UTC (7); ``values``, name to column; and optionally
        ``customer``, ``customers`` (a table that holds all that are known), ``currency``, ``status`` with
        ``cancelled`` (its values that mean so), ``by`` (name to column), ``join`` (table to the columns that it shares:
        its own are then called ``table.column``), and ``returns`` where the rows take away instead of adding.
    by : sequence of str
        The grain: ``year``, ``quarter``, ``month``, ``date``, and names of the feeds' ``by``.
    measures : mapping
        Name to ``{"sum": value}``, ``{"count": feed}`` or ``{"distinct": "customer"}``, with ``unit`` and, for a name
        that crmlab doesn't know, its words as ``id`` and ``en``.
    rules : mapping
        Where it departs from :data:`STANDARD`: ``duplicates``, ``cancelled`` and ``unknown_customers`` are ``"drop"``
        or ``"keep"``, ``returns`` ``"net"`` or ``"gross"``, ``rates`` maps a currency to rupiah, ``month_starts_on`` is
        the first day of the month, ``utc_offset`` the clock by which a day begins.
    filter : mapping
        ``{"months": [first, last]}`` and names of ``by`` to the members that are kept.
    refresh : str
        How often, for people to read.

    Examples
    --------
    >>> feed = {"table": "sales", "key": "order_id", "at": "ordered_at", "values": {"amount": "total"}}
    >>> mart = Mart("revenue_by_month", "dependent", {"sales": feed}, by=["month"],
    ...             measures={"revenue": {"sum": "amount", "unit": "money"}})
    >>> mart.rules["returns"]
    'net'
    """

    name: str
    kind: str
    feeds: Mapping[str, Mapping[str, Any]]
    by: Sequence[str]
    measures: Mapping[str, Mapping[str, Any]]
    rules: Mapping[str, Any] = field(default_factory=dict)
    filter: Mapping[str, Any] = field(default_factory=dict)
    refresh: str = "monthly"

    def __post_init__(self) -> None:
        _known("kind", self.kind, KINDS)
        for rule, value in self.rules.items():
            _known("rules", rule, STANDARD)
            if rule in _CHOICES:
                _known(rule, value, _CHOICES[rule])
        object.__setattr__(self, "rules", {**STANDARD, **self.rules})
        object.__setattr__(self, "by", tuple(self.by))
        feeds = {}
        for name, feed in self.feeds.items():
            keys = feed["key"]
            feeds[name] = {**feed, "key": [keys] if isinstance(keys, str) else list(keys)}
        object.__setattr__(self, "feeds", feeds)
        for level in self.by:
            choices = [*PERIODS, *next(iter(feeds.values())).get("by", {})]
            for feed in feeds.values():
                _known("by", level, [*PERIODS, *feed.get("by", {})] if level not in PERIODS else choices)
        for measure in self.measures.values():
            if "sum" in measure:
                for feed in feeds.values():
                    _known("sum", measure["sum"], feed["values"])
            elif "count" in measure:
                _known("count", measure["count"], feeds)

    def to_dict(self) -> dict[str, Any]:
        """The definition as plain data; ``Mart(**mart.to_dict())`` gives it back."""
        return asdict(self)

    def build(
        self,
        warehouse: Warehouse | Snapshot | None = None,
        *,
        sources: Mapping[str, Any] | None = None,
        extracted_at: Any = None,
        folder: str | os.PathLike | None = None,
    ) -> BuiltMart:
        """Build the mart to files, all of it or nothing.

        Parameters
        ----------
        warehouse : Warehouse or Snapshot, optional
            For a dependent or hybrid mart.
        sources : mapping, optional
            Name to table, for an independent or hybrid mart.
        extracted_at : date, datetime or str, optional
            When the sources were read; needed with ``sources``.
        folder : path-like, optional
            Default: ``marts`` in the warehouse's folder.
        """
        sources = dict(sources or {})
        if (self.kind != "independent") != (warehouse is not None) or (self.kind != "dependent") != bool(sources):
            raise UserError("warehouse.wrong_ground", table=self.name, kind=self.kind)
        if sources and extracted_at is None:
            raise UserError("warehouse.no_extract", table=self.name)
        snapshot = _snapshot(warehouse)
        if folder is None and snapshot is None:
            raise UserError("warehouse.no_place", table=self.name)
        home = Path(folder) if folder is not None else snapshot.folder.path / "marts"
        meta = {
            "definition": self.to_dict(),
            "load": snapshot.load if snapshot else None,
            "warehouse": snapshot.hash if snapshot else None,
            "extracted_at": moment(extracted_at, "extracted_at").isoformat() if sources else None,
        }
        place = home.absolute() / self.name
        place.mkdir(parents=True, exist_ok=True)
        store = Store({place, *folders_of(sources), *([snapshot.folder.path] if snapshot else [])}, timeout=600)
        try:
            open_tables(store, self, snapshot, sources)
            for step in self._statements(store, outside=set(sources)):
                for sql in step:
                    store.run(sql)
            made = {}
            for table in ("mart", "rows"):
                name = self.name if table == "mart" else f"{self.name}_rows"
                file = f"{table}-{_content(store, name)}.parquet"
                if not (place / file).is_file():
                    with published(place / file) as aside:
                        store.run(f"COPY (SELECT * FROM {quote(name)}) TO {literal(str(aside))} (FORMAT parquet)")
                made[table] = file
        finally:
            store.close()
        before = _meta(place)
        with published(place / "mart.json") as aside:
            aside.write_text(json.dumps({**meta, **made}, indent=1, default=str), encoding="utf-8")
        _prune(place, {*made.values(), before.get("mart"), before.get("rows")})
        return BuiltMart.open(place)

    def _statements(self, store: Store | None = None, outside: set[str] | None = None) -> list[list[str]]:
        """The SQL of the five steps; ``outside`` are the tables that do not come from the warehouse."""
        name, rows = quote(self.name), quote(f"{self.name}_rows")
        columns = self.columns()
        design, log = quote(f"{self.name}_design"), quote(f"{self.name}_log")
        listed = ",\n  ".join(f"{quote(c['column'])} {c['db_type']}" for c in columns)
        said = ", ".join(
            f"({literal(c['column'])}, {literal(c['type'])}, {literal(c['unit'])}, {literal(c['formula'])})"
            for c in columns
        )
        if outside is None:
            outside = {f["table"] for f in self.feeds.values()} if self.kind == "independent" else set()
        ours = {name: f["table"] not in outside for name, f in self.feeds.items()}
        feeds = "\nUNION ALL BY NAME\n".join(feed_rows(self, name, ours[name]) for name in self.feeds)
        if store is not None:
            check_rates(store, self, feeds)
        order = ", ".join(quote(level) for level in self.by) or "1"
        return [
            [
                f"CREATE TABLE {design} (\n  column_name VARCHAR, kind VARCHAR, unit VARCHAR, formula VARCHAR\n)",
                f"INSERT INTO {design} VALUES {said}",
            ],
            [f"CREATE TABLE {name} (\n  {listed}\n)"],
            [
                f"CREATE TABLE {rows} AS\n{feeds}",
                f"INSERT INTO {name}\n{aggregate(self, rows, self.rules)}",
            ],
            [f"CREATE VIEW {quote(f'{self.name}_report')} AS\nSELECT * FROM {name} ORDER BY {order}"],
            [
                f"CREATE TABLE {log} (step VARCHAR, n_rows BIGINT)",
                f"INSERT INTO {log}\nSELECT 'populate', count(*) FROM {name}",
            ],
        ]

    def ddl(self) -> Result:
        """The five steps of a mart as the SQL that :meth:`build` runs (``warehouse.steps``)."""
        import pandas as pd

        steps = self._statements()
        rows = [(i + 1, STEPS[i], sql) for i, step in enumerate(steps) for sql in step]
        table = pd.DataFrame(rows, columns=["n", "step", "sql"])
        done = int(table["step"].nunique())
        facts = {"steps": len(STEPS), "done": done, "statements": len(rows), "mart": self.name, "refresh": self.refresh}
        return Result("warehouse.steps", table, {"definition": self.to_dict()}, facts)

    def columns(self) -> list[dict[str, Any]]:
        """What the catalogue says of every column."""
        found = []
        for level in self.by:
            of = next(iter(self.feeds.values()))
            formula = of["at"] if level in PERIODS else of["by"][level]
            said = {**meaning(level, "VARCHAR"), "type": "category" if level != "date" else "date"}
            unit = {"unit": "date" if level in PERIODS else "text"}
            found.append({"column": level, "db_type": "VARCHAR", **said, **unit, "formula": f"{of['table']}.{formula}"})
        for name, measure in self.measures.items():
            unit = measure.get("unit", "number" if "sum" in measure else "count")
            said = meaning(name, "DECIMAL" if "sum" in measure else "BIGINT", measure, unit)
            if "sum" in measure:
                formula = f"sum({measure['sum']})"
            else:
                formula = f"count({measure.get('count') or 'distinct ' + measure['distinct']})"
            kind = "DECIMAL(38,4)" if "sum" in measure else "BIGINT"
            found.append({"column": name, "db_type": kind, **said, "formula": formula})
        return found


def _known(what: str, found: Any, wanted: Any) -> None:
    if found not in wanted:
        near = suggest(str(found), [str(w) for w in wanted])
        raise UserError("warehouse.unknown_part", found=found, wanted=list(wanted), near=near, part=what)


def _snapshot(warehouse: Any) -> Snapshot | None:
    return warehouse.snapshot() if hasattr(warehouse, "snapshot") else warehouse


def _content(store: Store, table: str) -> str:
    said = store.rows(f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM {quote(table)} ORDER BY ALL")
    return text_digest(json.dumps(said))[:20]


def _meta(place: Path) -> dict[str, Any]:
    file = place / "mart.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def _prune(place: Path, keep: set[str | None]) -> None:
    for path in place.glob("*.parquet"):
        if path.name not in keep:
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


@dataclass(frozen=True, eq=False)
class BuiltMart:
    """A mart that was built: its sums, and the rows behind them."""

    mart: Mart
    place: Path
    load: int | None
    extracted_at: str | None
    files: Mapping[str, str]

    @classmethod
    def open(cls, place: str | os.PathLike) -> BuiltMart:
        """Open what :meth:`Mart.build` wrote in a folder."""
        meta = _meta(Path(place))
        if not meta:
            raise UserError("warehouse.no_mart", found=str(place))
        files = {"mart": meta["mart"], "rows": meta["rows"]}
        return cls(Mart(**meta["definition"]), Path(place), meta["load"], meta["extracted_at"], files)

    @property
    def path(self) -> Path:
        """The Parquet file of its sums."""
        return self.place / self.files["mart"]

    @property
    def rows_path(self) -> Path:
        """The Parquet file of the rows behind them, before any rule."""
        return self.place / self.files["rows"]

    @cached_property
    def table(self) -> pd.DataFrame:
        """Its sums, whole numbers where they are whole."""
        import pyarrow.parquet as pq

        frame = pq.read_table(self.path).to_pandas()
        for name in self.mart.measures:
            frame[name] = [number(v) for v in frame[name]]
        return frame.sort_values(list(self.mart.by), ignore_index=True) if self.mart.by else frame

    def columns(self) -> list[dict[str, Any]]:
        """What the catalogue says of every column."""
        return self.mart.columns()

    @property
    def source(self) -> Source:
        """What a Result says about it."""
        return Source(
            self.mart.name, self.files["mart"].removeprefix("mart-").removesuffix(".parquet"), len(self.table)
        )

    def __repr__(self) -> str:
        ground = f"load {self.load}" if self.load else self.extracted_at
        return f"<Mart {self.mart.name}, {self.mart.kind}, from {ground}: {len(self.table)} rows>"


def number(value: Any) -> Any:
    """A decimal as a whole number where it is one, else as a float."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
