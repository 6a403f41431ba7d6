"""A programme as one file: the ledger, the tables around it, and what is asked once; replaced, never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .. import labels
from ..errors import UserError
from .workbench_tables import CHECKED, FIELDS, PARTS, cell, columns_of, read_row

if TYPE_CHECKING:
    from ..analytics.ledger import Ledger
    from ..results import Result

__all__ = ["FORMAT", "VERSION", "Project"]

FORMAT, VERSION = "crmlab-programme", 1
OF_LEDGER = ("entries", "segments")
STORED = tuple(t for part in PARTS.values() for t in part if t not in OF_LEDGER)
RATE, YEARS, RESERVE = "rate", "years", "expected_loss"
LATEST = 60  # periods: a case that runs longer was mistyped
Row = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Project:
    """Everything that a programme's file holds.

    Parameters
    ----------
    ledger : Ledger
    tables : mapping of table to rows
        See :data:`~crmlab.widgets.workbench_tables.COLUMNS`; what is not given is empty.
    fields : mapping
        See :data:`~crmlab.widgets.workbench_tables.FIELDS`.
    lang : {"id", "en"}
        In which its sentences are written.
    """

    ledger: Ledger
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    lang: str = "id"

    def __post_init__(self) -> None:
        held = {name: tuple(self.tables.get(name, ())) for name in STORED}
        object.__setattr__(self, "tables", held)
        asked = [c for columns in FIELDS.values() for c in columns]
        object.__setattr__(self, "fields", {c.name: self.fields.get(c.name) for c in asked})

    # -- the file -----------------------------------------------------------------------------------------------------

    def to_json(self) -> str:
        """The project as text; the same project gives the same text."""
        told = {
            "format": FORMAT,
            "version": VERSION,
            "lang": self.lang,
            "fields": dict(self.fields),
            "ledger": json.loads(self.ledger.to_json()),
            "tables": {name: list(rows) for name, rows in self.tables.items()},
        }
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Project:
        """Read a project, and check it as if it were typed.

        Raises
        ------
        UserError
            ``workbench.no_json``, ``workbench.foreign_file``, ``workbench.other_version``, ``workbench.bad_file``,
            and whatever is wrong with a cell or an entry of the ledger.
        """
        from ..analytics.ledger import Ledger

        try:
            told = json.loads(text)
        except ValueError:
            raise UserError("workbench.no_json") from None
        if not isinstance(told, Mapping) or told.get("format") != FORMAT:
            raise UserError("workbench.foreign_file")
        if told.get("version") != VERSION:
            raise UserError("workbench.other_version", found=told.get("version"), wanted=VERSION)
        for part, kind in (("tables", Mapping), ("fields", Mapping), ("ledger", Mapping), ("lang", str)):
            if not isinstance(told.get(part), kind):
                raise UserError("workbench.bad_file", found=part)
        if told["lang"] not in labels.LANGUAGES:
            raise UserError("workbench.bad_file", found="lang")
        if strange := sorted(set(told["tables"]) - set(STORED)):
            raise UserError("workbench.bad_file", found=strange[0])
        project = cls(Ledger.from_json(json.dumps(told["ledger"])), lang=told["lang"])
        for name in STORED:
            rows = told["tables"].get(name, [])
            if not isinstance(rows, list) or not all(isinstance(r, Mapping) for r in rows):
                raise UserError("workbench.bad_file", found=name)
            known = {c.name for c in columns_of(project, name)}
            if strange := sorted({str(k) for r in rows for k in r} - known):
                raise UserError("workbench.unknown_column", table=name, found=strange, wanted=sorted(known))
            project = project.put(name, tuple(read_row(project, name, r) for r in rows))
        return project.ask(told["fields"])

    # -- other projects made of this one ------------------------------------------------------------------------------

    def put(self, table: str, rows: tuple[Row, ...]) -> Project:
        """With other rows in one table."""
        return replace(self, tables={**self.tables, table: rows})

    def ask(self, values: Mapping[str, Any]) -> Project:
        """With other answers to what is asked once."""
        columns = {c.name: c for part in FIELDS.values() for c in part}
        if strange := sorted(set(values) - set(columns)):
            raise UserError("workbench.bad_file", found=strange[0])
        read = {k: cell(columns[k], v, self, "fields") for k, v in values.items()}
        return replace(self, fields={**self.fields, **read})

    def change(self, table: str, at: int | None, values: Mapping[str, Any] | None) -> Project:
        """With one row changed, added (``at`` is none) or taken out (``values`` is none), checked by its room.

        A table that its room refuses already may be mended step by step; one that is in order stays so.

        Raises
        ------
        UserError
            What :func:`~crmlab.widgets.workbench_tables.read_row` or the table's room raises;
            ``workbench.other_row``: there is no such row.
        """
        rows = list(self.listed(table))
        if at is not None and not 0 <= at < len(rows):
            raise UserError("workbench.other_row")
        if values is None:
            rows.pop(at)
        else:
            read = read_row(self, table, {**(rows[at] if at is not None else {}), **values})
            if not any(v is not None for v in read.values()):
                raise UserError("workbench.empty_row")
            rows[at if at is not None else len(rows) : (at + 1 if at is not None else len(rows))] = [read]
        after = self._with(table, rows, at, None if values is None else rows[at if at is not None else -1])
        if table not in OF_LEDGER and rows and self._refused(table) is None and (wrong := after._refused(table)):
            raise wrong
        return after.linked()

    def _with(self, table: str, rows: list[Row], at: int | None, row: Row | None) -> Project:
        if table == "segments":
            return replace(self, ledger=self._of_segments(rows))
        if table == "entries":
            return replace(self, ledger=self._of_entries(rows))
        after = self.put(table, tuple(rows))
        if table == "nodes" and at is not None and row is not None and (old := self.tables["nodes"][at]["node"]):
            renamed = {old: row["node"]}  # what hangs on a node follows its new name
            edges = [{k: renamed.get(v, v) for k, v in e.items()} for e in self.tables["edges"]]
            after = after.put("edges", tuple(edges))
        if table == "tasks" and at is not None and row is not None:
            after = after.put("tasks", tuple(_renamed(r, self.tables["tasks"][at]["task"], row["task"]) for r in rows))
        if table == "weights":
            was = [c.name for c in columns_of(self, "scores")]
            now = columns_of(after, "scores")
            named = dict(zip([c.name for c in now], was, strict=True)) if len(was) == len(now) else {}
            scores = []
            for held in self.tables["scores"]:
                kept = {c.name: held.get(c.name, held.get(named.get(c.name, ""))) for c in now}
                # a criterion that became a must-have is another question: it is asked again
                scores.append({c.name: kept[c.name] if _fits(c.kind, kept[c.name]) else None for c in now})
            after = after.put("scores", tuple(scores))
        return after

    def linked(self) -> Project:
        """With the ledger's reserve for risks as the register has it now."""
        entry = self.ledger.entries.get(RESERVE)
        if entry is None or entry.how != "assumed" or entry.segments:
            return self
        try:
            total = float(self.risks().facts["total"]) if self.tables["risks"] else 0.0
        except UserError:  # the register says so itself, at its own table
            return self
        return self if total == entry.value else replace(self, ledger=self.ledger.change(**{RESERVE: total}))

    def _refused(self, table: str) -> UserError | None:
        if not self.tables[table] and table not in ("nodes", "edges"):
            return None
        try:
            CHECKED[table](self)
        except UserError as error:
            return error
        return None

    # -- the ledger as tables -----------------------------------------------------------------------------------------

    def listed(self, table: str) -> tuple[Row, ...]:
        """The rows of a table; those of the ledger as it stands."""
        if table == "entries":
            return tuple(_entry_row(self.ledger.entries[name]) for name in self.ledger.order)
        if table == "segments":
            return tuple(self._segment_row(s) for s in self.ledger.segments)
        if table not in self.tables:
            raise UserError("workbench.unknown_table", found=str(table)[:60])
        return self.tables[table]

    def rows(self, table: str) -> list[Row]:
        """The rows as a room takes them."""
        return [dict(r) for r in self.listed(table)]

    def _segment_row(self, segment: str) -> Row:
        of = {n: e for n, e in self.ledger.entries.items() if e.segments}
        customers, margin = of.get("customers"), of.get("margin")
        return {
            "segment": segment,
            "customers": customers and customers.value[segment],
            "margin": margin and margin.value[segment],
            "margin_low": margin.low[segment] if margin and margin.low else None,
            "margin_high": margin.high[segment] if margin and margin.high else None,
        }

    def _of_segments(self, rows: list[Row]) -> Ledger:
        """The ledger with other segments: every segment needs a number of customers and a margin."""
        from ..analytics.ledger import Ledger, measured

        names = [r["segment"] for r in rows]
        if not rows:
            raise UserError("workbench.last_segment")
        if bad := [k for k, n in enumerate(names, 1) if n is None]:
            raise UserError("ledger.segment_missing", table="segments", rows=bad)
        if twice := [k for k, n in enumerate(names, 1) if names.count(n) > 1]:
            raise UserError("ledger.segment_twice", table="segments", rows=twice)
        entries, ends = dict(self.ledger.entries), {}
        if all(r["margin_low"] is not None and r["margin_high"] is not None for r in rows):
            ends = {e: {r["segment"]: r[f"margin_{e}"] for r in rows} for e in ("low", "high")}
        for name, more, unit in (("customers", {}, "count"), ("margin", ends, "money")):
            says = entries[name].says if name in entries else ""
            entries[name] = measured(name, {r["segment"]: r[name] for r in rows}, **more, unit=unit, source=says)
        return Ledger(entries.values(), outcome=self.ledger.outcome)

    def _of_entries(self, rows: list[Row]) -> Ledger:
        from ..analytics.ledger import Ledger, assumed, computed, measured

        made = []
        for r in rows:
            old = self.ledger.entries.get(r["entry"] or "")
            if old is not None and old.segments:  # its figures stand in the table of segments
                made.append(replace(old, says=r["says"] or ""))
                continue
            if r["how"] is None or r["entry"] is None:
                raise UserError("workbench.no_entry", table="entries", rows=[r["entry"] or len(made) + 1])
            unit = r["unit"] or "number"
            if r["how"] == "computed":
                made.append(computed(r["entry"], r["formula"] or "", unit=unit))
                continue
            ends = {"low": r["low"], "high": r["high"], "unit": unit}
            if r["how"] == "assumed":
                made.append(assumed(r["entry"], r["value"], **ends, owner=r["says"] or ""))
            else:
                made.append(measured(r["entry"], r["value"], **ends, source=r["says"] or ""))
        place = {name: k for k, name in enumerate(self.ledger.entries)}
        made.sort(key=lambda e: place.get(e.name, len(place)))  # the file keeps the order in which it was written
        return Ledger(made, outcome=self.ledger.outcome)

    # -- what the rooms say -------------------------------------------------------------------------------------------

    @cached_property
    def rate(self) -> float:
        """The discount rate of the ledger."""
        return float(self._figure(RATE))

    def _figure(self, name: str) -> float:
        value = self.ledger.values.get(name)
        if value is None or isinstance(value, dict):
            raise UserError("workbench.no_figure", found=name)
        return value

    def flows(self) -> list[Row]:
        """The ledger's figures as cash flows: which entry, from which period to which."""
        out = []
        for k, r in enumerate(self.tables["flows"], 1):
            if r["entry"] is None or r["kind"] is None or r["first"] is None:
                raise UserError("workbench.half_flow", table="flows", rows=[k])
            amount, last = self._figure(r["entry"]), r["last"] if r["last"] is not None else self._figure(YEARS)
            if last != int(last) or r["first"] != int(r["first"]) or not 0 <= r["first"] <= last <= LATEST:
                raise UserError("workbench.bad_periods", table="flows", rows=[k], found=[r["first"], last])
            kind = r["kind"]
            if amount < 0:  # what brings less than nothing costs, and the other way round
                kind, amount = ("cost" if kind != "cost" else "benefit"), -amount
            out += [
                {"item": r["entry"], "kind": kind, "period": p, "amount": amount}
                for p in range(int(r["first"]), int(last) + 1)
            ]
        return out

    def case(self) -> Result:
        """The business case, from the ledger's figures."""
        from ..analytics.projects import business_case

        return business_case(self.flows(), rate=self.rate)

    def objectives(self) -> list[Row]:
        """The objectives, each with the language of its sentence."""
        return [{**r, "lang": self.lang} for r in self.tables["objectives"]]

    def tasks(self) -> list[Row]:
        """The tasks; the plan counts with the likely duration."""
        return [{**r, "duration": r["likely"]} for r in self.tables["tasks"]]

    def plan(self) -> Result:
        """The critical path; with dates where the first day is known."""
        from ..analytics.projects import plan

        return plan(self.tasks(), start=self.fields["start"])

    def risks(self) -> Result:
        """The register, with what still lacks an answer marked and not refused."""
        from ..analytics.projects import risks

        return risks(self.rows("risks"), draft=True)

    def choosing(self) -> dict[str, Any]:
        """Scores, weights and must-haves as :func:`crmlab.analytics.projects.vendors` takes them."""
        weights = self.tables["weights"]
        if bad := [k for k, r in enumerate(weights, 1) if not r["criterion"]]:
            raise UserError("workbench.no_criterion", table="weights", rows=bad)
        return {
            "scores": self.rows("scores"),
            "weights": {r["criterion"]: r["weight"] or 0.0 for r in weights if not r["must_have"]},
            "must_have": [r["criterion"] for r in weights if r["must_have"]],
        }

    def vendors(self) -> Result:
        """Who is out, and both rankings of the others."""
        from ..analytics.projects import vendors

        return vendors(**self.choosing())

    def governance(self) -> Result:
        """Who is accountable, and whether the bodies are whole."""
        from ..analytics.programme import governance

        return governance(self.rows("raci"), self.rows("members") or None)


def _renamed(task: Row, old: str | None, new: str | None) -> Row:
    """A task whose predecessors go by their present names."""
    before = [n.strip() for n in str(task["after"] or "").split(",")]
    if old is None or new is None or old not in before:
        return task
    return {**task, "after": ", ".join(new if n == old else n for n in before)}


def _fits(kind: str, value: Any) -> bool:
    return value is None or kind == "text" or isinstance(value, bool) == (kind == "flag")


def _entry_row(entry: Any) -> Row:
    one = not entry.segments
    return {
        "entry": entry.name,
        "how": entry.how,
        "unit": entry.unit,
        "low": entry.low if one else None,
        "value": entry.value if one else None,
        "high": entry.high if one else None,
        "formula": entry.formula or None,
        "says": entry.says or None,
    }
