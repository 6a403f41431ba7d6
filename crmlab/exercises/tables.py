"""Answers that are tables: given as one, asked for in SQL, or drawn as a figure."""

from __future__ import annotations

import base64
import math
import struct
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..errors import UserError, suggest
from .verdict import Draw, Match, Verdict

__all__ = ["figure_kind", "sql_kind", "table_kind"]

DECIMALS = 2
MOST_ROWS = 5000
SQL_SECONDS = 5


def _cell(value: Any) -> Any:
    """One value as JSON holds it."""
    if value is None or value is True or value is False or isinstance(value, str):
        return value
    if type(value).__name__ in ("NaTType", "NAType"):
        return None
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, int) and abs(value) < 1e15:
        return value
    try:
        number = float(value)
    except (TypeError, ValueError):
        return str(value)
    return number if math.isfinite(number) else None


def _table(answer: Any, columns: Sequence[str]) -> dict[str, list]:
    """Columns and rows of a DataFrame, a Series, or records; the wanted columns in their order."""
    if hasattr(answer, "to_frame") and not hasattr(answer, "columns"):
        named = answer.name if answer.name in columns else columns[-1]
        answer = answer.rename(named).to_frame()
    if hasattr(answer, "columns") and hasattr(answer, "reset_index"):
        if any(name in columns for name in answer.index.names if name is not None):
            answer = answer.reset_index()
        names = [str(c) for c in answer.columns]
        rows: Iterable[Sequence[Any]] = answer.itertuples(index=False, name=None)
    elif isinstance(answer, Mapping) and {"columns", "rows"} <= set(answer):
        names, rows = [str(c) for c in answer["columns"]], answer["rows"]
    elif isinstance(answer, Sequence) and answer and all(isinstance(r, Mapping) for r in answer):
        names = [str(c) for c in answer[0]]
        rows = [[r.get(c) for c in names] for r in answer]
    else:
        raise UserError("exercises.not_a_table", found=type(answer).__name__, wanted=list(columns))
    missing = [c for c in columns if c not in names]
    if missing:
        near = suggest(missing[0], names)
        raise UserError("exercises.columns", wanted=list(columns), found=names, near=near)
    at = [names.index(c) for c in columns]
    told = []
    for row in rows:
        if len(told) == MOST_ROWS:
            raise UserError("exercises.too_many_rows", wanted=MOST_ROWS)
        told.append([_cell(row[i]) for i in at])
    return {"columns": list(columns), "rows": told}


def _text(value: Any, decimals: int, nudge: float) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        rounded = round(value * (1 + nudge), decimals) + 0.0
        return f"{rounded:.{decimals}f}"
    return str(value).strip()


def _texts(rows: Sequence[Sequence[Any]], spec: Mapping[str, Any]) -> list[list[str]]:
    """The rows as lines of text; three ways where a value lies on the edge between two roundings."""
    decimals = spec.get("decimals", DECIMALS)
    ways = []
    for nudge in (0.0, 1e-9, -1e-9):
        lines = ["\x1e".join(_text(v, decimals, nudge) for v in row) for row in rows]
        ways.append(lines if spec.get("ordered") else sorted(lines))
    return ways


def _columns(told: Mapping[str, list], spec: Mapping[str, Any]) -> dict[str, list[str]]:
    """Column -> its canonical texts; each beside the first column, which says what the row is about."""
    names, rows = told["columns"], told["rows"]
    spec = {**spec, "ordered": False}
    return {
        name: ["\n".join(lines) for lines in _texts([(row[0], row[i]) for row in rows], spec)]
        for i, name in enumerate(names)
        if i
    }


class table_kind:
    """A table with named columns; the order of the rows counts only where ``ordered`` is set."""

    @staticmethod
    def plain(spec: Mapping[str, Any], draw: Draw, answer: Any) -> dict[str, list]:
        return _table(answer, spec["columns"])

    @staticmethod
    def entries(spec: Mapping[str, Any], plain: Mapping[str, list]) -> list[tuple[str, str]]:
        whole = "\n".join(_texts(plain["rows"], spec)[0])
        keys = "\n".join(sorted(_text(r[0], spec.get("decimals", DECIMALS), 0.0) for r in plain["rows"]))
        columns = [(f"column {name}", texts[0]) for name, texts in _columns(plain, spec).items()]
        return [("whole", whole), ("rows", str(len(plain["rows"]))), ("keys", keys), *columns]

    @staticmethod
    def judge(spec: Mapping[str, Any], plain: Mapping[str, list], match: Match) -> Verdict:
        found = {label for way in _texts(plain["rows"], spec) if (label := match("whole", "\n".join(way)))}
        if "right" in found:
            return Verdict("right", 1.0)
        columns = _columns(plain, spec)
        good = [c for c, texts in columns.items() if any(match(f"column {c}", t) == "right" for t in texts)]
        bad = [c for c in columns if c not in good]
        share = len(good) / max(len(columns), 1)
        facts = {"right": good, "wrong": bad, "n": len(plain["rows"])}
        if found:
            return Verdict("misconception", 0.0, min(found), facts)
        if not bad:
            return Verdict("nearly", 0.5, "row_order", facts)
        if match("rows", str(len(plain["rows"]))) != "right":
            return Verdict("wrong", 0.0, "row_count", facts)
        keys = "\n".join(sorted(_text(r[0], spec.get("decimals", DECIMALS), 0.0) for r in plain["rows"]))
        if match("keys", keys) != "right":
            return Verdict("wrong", 0.0, "keys", {**facts, "key": plain["columns"][0]})
        if good:
            return Verdict("wrong", share / 2, "columns", facts)
        return Verdict("wrong", 0.0, "values", facts)


class sql_kind:
    """A query on the student's own tables; what it returns is compared as a table.

    The plain answer is the query; it runs in DuckDB without files, network or extensions, for at most five seconds.
    """

    @staticmethod
    def plain(spec: Mapping[str, Any], draw: Draw, answer: Any) -> dict[str, Any]:
        if isinstance(answer, Mapping) and "sql" in answer:
            answer = answer["sql"]
        if not isinstance(answer, str) or not answer.strip():
            raise UserError("exercises.not_sql", found=type(answer).__name__)
        return {"sql": answer[:20000], **_table(_queried(answer[:20000], draw.data), spec["columns"])}

    entries = table_kind.entries
    judge = table_kind.judge


def _queried(sql: str, data: Mapping[str, Any]) -> Any:
    import threading

    import duckdb

    settings = {"python_enable_replacements": "false", "memory_limit": "256MB", "threads": "1"}
    con = duckdb.connect(":memory:", config=settings)
    try:
        for name, table in data.items():
            if hasattr(table, "columns"):
                con.register(f"{name}__", table)
                con.execute(f'CREATE TABLE "{name}" AS SELECT * FROM "{name}__"')
                con.unregister(f"{name}__")
        con.execute("SET enable_external_access=false; SET lock_configuration=true")
        try:
            statements = con.extract_statements(sql)
        except duckdb.Error as gap:
            raise UserError("exercises.sql_failed", found=_first_line(gap)) from gap
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise UserError("exercises.sql_one_select", found=len(statements))
        timer = threading.Timer(SQL_SECONDS, con.interrupt)
        timer.start()
        try:
            return con.execute(sql).fetchdf()
        except duckdb.InterruptException as gap:
            raise UserError("exercises.sql_too_long", found=SQL_SECONDS) from gap
        except duckdb.Error as gap:
            raise UserError("exercises.sql_failed", found=_first_line(gap)) from gap
        finally:
            timer.cancel()
    finally:
        con.close()


def _first_line(gap: Exception) -> str:
    return str(gap).strip().splitlines()[0][:200]


def _numbers(values: Any) -> list[Any]:
    """An axis' values; plotly writes arrays of numbers as base64."""
    if isinstance(values, Mapping) and "bdata" in values:
        codes = {"f8": "d", "f4": "f", "i8": "q", "i4": "i", "i2": "h", "i1": "b", "u1": "B", "u2": "H", "u4": "I"}
        raw = base64.b64decode(values["bdata"])
        code = codes[values["dtype"]]
        return list(struct.unpack(f"<{len(raw) // struct.calcsize(code)}{code}", raw))
    return [_cell(v) for v in (values if values is not None else ())]


def _said(part: Any) -> bool:
    return bool(isinstance(part, Mapping) and str(part.get("text") or "").strip())


class figure_kind:
    """A plotly figure: the form, the words at its axes, where its bars begin, and the values that it shows."""

    @staticmethod
    def plain(spec: Mapping[str, Any], draw: Draw, answer: Any) -> dict[str, Any]:
        figure = answer.to_plotly_json() if hasattr(answer, "to_plotly_json") else answer
        if isinstance(figure, Mapping) and "traces" in figure:
            return _recorded(figure)
        if not isinstance(figure, Mapping) or "data" not in figure:
            raise UserError("exercises.not_a_figure", found=type(answer).__name__)
        layout = figure.get("layout") or {}
        traces = [
            {
                "type": str(t.get("type", "scatter")),
                "lines": "lines" in str(t.get("mode", "lines")),
                "across": t.get("orientation") == "h",
                "x": _numbers(t.get("x")),
                "y": _numbers(t.get("y")),
            }
            for t in figure["data"]
        ]
        axes = {a: layout.get(a) or {} for a in ("xaxis", "yaxis")}
        ranges = {a: [_cell(v) for v in axes[a].get("range") or ()] for a in axes}
        return {
            "traces": traces,
            "title": _said(layout.get("title")),
            "titles": {a: _said(axes[a].get("title")) for a in axes},
            "ranges": ranges,
            "log": {a: axes[a].get("type") == "log" for a in axes},
        }

    @staticmethod
    def _values(spec: Mapping[str, Any], plain: Mapping[str, Any]) -> list[list[str]]:
        pairs = [
            (i if len(plain["traces"]) > 1 else 0, *((y, x) if t["across"] else (x, y)))
            for i, t in enumerate(plain["traces"])
            for x, y in zip(t["x"], t["y"], strict=False)
        ]
        return _texts(pairs, spec)

    @staticmethod
    def entries(spec: Mapping[str, Any], plain: Mapping[str, Any]) -> list[tuple[str, str]]:
        return [("values", "\n".join(figure_kind._values(spec, plain)[0])), ("form", _form(plain))]

    @staticmethod
    def judge(spec: Mapping[str, Any], plain: Mapping[str, Any], match: Match) -> Verdict:
        ways = figure_kind._values(spec, plain)
        found = {label for way in ways if (label := match("values", "\n".join(way)))}
        form = match("form", _form(plain))
        faults = _faults(spec, plain)
        checks = 2 + len(spec.get("must", ()))
        share = (("right" in found) + (form == "right") + checks - 2 - len(faults)) / checks
        facts = {"faults": faults, "n": checks}
        if "right" in found and form == "right" and not faults:
            return Verdict("right", 1.0)
        wrong = sorted(label for label in found if label != "right")
        if "right" not in found:
            return Verdict("misconception" if wrong else "wrong", 0.0, wrong[0] if wrong else "values", facts)
        if form != "right":
            return Verdict("misconception" if form else "wrong", share, form or "form", facts)
        return Verdict("nearly", share, faults[0], facts)


def _recorded(told: Mapping[str, Any]) -> dict[str, Any]:
    """A figure that was recorded as plain data, each part made anew: a grader believes no form that it is handed."""
    axes = ("xaxis", "yaxis")
    try:
        return {
            "traces": [
                {
                    "type": str(t["type"]),
                    "lines": bool(t["lines"]),
                    "across": bool(t["across"]),
                    "x": [_cell(v) for v in list(t["x"])[:MOST_ROWS]],
                    "y": [_cell(v) for v in list(t["y"])[:MOST_ROWS]],
                }
                for t in list(told["traces"])[:100]
            ],
            "title": bool(told["title"]),
            "titles": {a: bool(told["titles"][a]) for a in axes},
            "ranges": {a: [_cell(v) for v in list(told["ranges"][a])[:2]] for a in axes},
            "log": {a: bool(told["log"][a]) for a in axes},
        }
    except (KeyError, TypeError, AttributeError) as gap:
        raise UserError("exercises.not_a_figure", found=str(gap)[:60]) from gap


def _form(plain: Mapping[str, Any]) -> str:
    """The kinds of mark; a scatter with lines is a line chart."""
    return ",".join(sorted({"line" if t["type"] == "scatter" and t["lines"] else t["type"] for t in plain["traces"]}))


def _faults(spec: Mapping[str, Any], plain: Mapping[str, Any]) -> list[str]:
    """What the figure's craft lacks of what ``must`` asks: title, axis_titles, from_zero, linear."""
    value_axis = "xaxis" if any(t["across"] for t in plain["traces"]) else "yaxis"
    low = plain["ranges"][value_axis][:1]
    lacks = {
        "title": not plain["title"],
        "axis_titles": not all(plain["titles"].values()),
        "from_zero": bool(low and isinstance(low[0], int | float) and low[0] > 0),
        "linear": any(plain["log"].values()),
    }
    return [f"no_{name}" for name in spec.get("must", ()) if lacks[name]]
