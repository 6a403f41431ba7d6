"""Reading events: types checked, ids and names as codes, rows in order, cases cut; what was left out is noted."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...errors import UserError, suggest
from ...results import Note
from ...star.store import Store, quote
from .events import CONTRACT, END, LIMIT, OPEN, Log
from .rules import STAGELESS, Rules, read_rules

__all__ = ["Reading"]

_MOST = 2000  # touchpoints: more are addresses or texts, not names


class Reading:
    """One table being read."""

    def __init__(
        self, store: Store, last: Any, gap: float | None, quiet: float | None, keep: Sequence[str], source: Any
    ) -> None:
        self.store, self.last, self.gap, self.quiet, self.source = store, last, gap, quiet, source
        self.keep = tuple(dict.fromkeys(keep))
        self.notes: list[Note] = []
        self.facts: dict[str, Any] = {}

    def read(self, events: Any, names: dict[str, str], stages: Any) -> Log:
        with self.store.guarded(LIMIT) as cursor:
            scan, types = _scan(cursor, events)
            columns = self._columns(names, types)
            sql = self._sql(columns, types)
            codes = self._names(cursor, scan, sql)
            given = self._given(cursor, scan, sql)
            cursor.register("ordered", self._ordered(given, columns, types))
            # the stays of a case stand together: what groups by case reads along
            cursor.execute("CREATE TABLE events AS SELECT * FROM ordered")
            cursor.unregister("ordered")
        rules = None if stages is None else read_rules(stages, "stages")
        params = {"as_of": self.last, "gap_seconds": self.gap, "quiet_seconds": self.quiet}
        params |= {"stages": None if rules is None else rules.told()}
        log = Log(
            self.store,
            codes["touchpoint"],
            codes.get("channel", ()),
            (),
            frozenset(columns),
            self.keep,
            self.last,
            self.facts,
            tuple(self.notes),
            self.source or getattr(events, "source", None),
            params,
        )
        return log if rules is None else _staged(log, rules)

    def _columns(self, names: dict[str, str], types: Mapping[str, str]) -> dict[str, str]:
        """Contract's name -> the table's."""
        if strange := [n for n in names if n not in CONTRACT]:
            near = suggest(strange[0], CONTRACT)
            raise UserError("journeys.not_in_contract", found=strange, wanted=list(CONTRACT), near=near)
        found = {name: names.get(name, name) for name in CONTRACT}
        wanted = [found[n] for n, (required, _) in CONTRACT.items() if required]
        lacking = [c for c in [*wanted, *names.values(), *self.keep] if c not in types]
        if lacking:
            near = [n for c in lacking for n in suggest(c, types, 1)]
            raise UserError(
                "journeys.missing_column",
                table="events",
                wanted=list(dict.fromkeys(lacking)),
                found=[*types],
                near=near,
            )
        return {name: column for name, column in found.items() if column in types}

    def _sql(self, columns: Mapping[str, str], types: Mapping[str, str]) -> dict[str, str]:
        out = {}
        for name, column in columns.items():
            kind, text = types[column], quote(column)
            if name in ("occurred_at", "due_at"):
                out[name] = _time(column, kind)
            elif name in ("value", "score"):
                out[name] = _number(column, kind)
            elif kind in ("DOUBLE", "FLOAT") and name.endswith("_id"):
                # ids that lost their type to a missing value: 488.0
                out[name] = f"CASE WHEN isfinite({text}) THEN CAST({text} AS BIGINT) END"
            elif name in ("touchpoint", "channel"):
                out[name] = f"nullif(trim(CAST({text} AS VARCHAR)), '')"
            else:
                out[name] = text
        return out

    def _names(self, cursor: Any, scan: str, sql: dict[str, str]) -> dict[str, tuple[str, ...]]:
        """The names of touchpoints and channels; ``sql`` then gives their codes."""
        codes = {}
        same = f"{sql['touchpoint']} = {sql['channel']}" if "channel" in sql else "FALSE"
        rows, alike = cursor.execute(f"SELECT count(*), count(*) FILTER ({same}) FROM {scan}").fetchone()
        if rows and alike == rows:
            raise UserError("journeys.touchpoint_is_channel", found=rows)
        if alike:
            self.notes.append(Note("journeys.note.touchpoint_is_channel", {"n": alike}))
        for name in ("touchpoint", "channel"):
            if name in sql:
                found = cursor.execute(f"SELECT DISTINCT {sql[name]} FROM {scan}").fetchall()
                codes[name] = tuple(sorted(r[0] for r in found if r[0] is not None))
                if len(codes[name]) > _MOST:
                    raise UserError("journeys.too_many", found=len(codes[name]), name=name, most=_MOST)
                cursor.execute(f"CREATE TYPE {name}_name AS ENUM ({', '.join(map(_text, codes[name])) or _text('-')})")
                sql[name] = f"CAST(enum_code(CAST({sql[name]} AS {name}_name)) AS SMALLINT)"
        return codes

    def _given(self, cursor: Any, scan: str, sql: Mapping[str, str]) -> Any:
        """What is needed of the table, in its order, as Arrow."""
        chosen = [f"{text} AS {quote(name)}" for name, text in sql.items()]
        chosen += [f"{quote(k)} AS {quote('x_' + k)}" for k in self.keep]
        return cursor.sql(f"SELECT {', '.join(chosen)} FROM {scan}").to_arrow_table()

    def _ordered(self, given: Any, columns: Mapping[str, str], types: Mapping[str, str]) -> Any:
        """The table ``events``: in order of case and time, with the place in the case, the next touchpoint, its time.

        Sorting in NumPy: ids become codes, and what is sorted by time need only be dealt out to the cases.
        """
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc
        from scipy.sparse import coo_matrix

        keys = ["person_id", "touchpoint", "occurred_at", *(["case_id"] if "case_id" in columns else [])]
        rows = given.num_rows
        if rows and given["occurred_at"].null_count == rows:
            raise UserError("journeys.no_times", found=columns["occurred_at"], kind=types[columns["occurred_at"]])
        for key in keys:
            if n := given[key].null_count:
                self.notes.append(Note("journeys.note.without", {"n": n, "column": columns[key]}))
        if any(given[key].null_count for key in keys):
            known = given[keys[0]].is_valid()
            for key in keys[1:]:
                known = pc.and_(known, given[key].is_valid())
            given = given.filter(known)
        late = pc.greater(given["occurred_at"], pa.scalar(self.last.to_pydatetime(), given["occurred_at"].type))
        if later := pc.sum(late).as_py():
            self.notes.append(Note("journeys.note.later", {"n": later, "as_of": self.last}))
            given = given.filter(pc.invert(late))
        used = given.num_rows
        if not used:
            raise UserError("journeys.empty", table="events", found=rows)
        ts = _plain(given["occurred_at"].cast(pa.int64()))
        person, people = _codes(given["person_id"])
        case = _codes(given["case_id"])[0] if "case_id" in columns else person
        order = None if (ts[1:] >= ts[:-1]).all() else np.argsort(ts, kind="stable")
        dealt = case if order is None else case[order]
        place = np.arange(used, dtype=np.int32)
        grouped = coo_matrix((np.ones(used, np.int8), (dealt, place)), shape=(int(case.max()) + 1, used)).tocsr()
        order = grouped.indices if order is None else order[grouped.indices]
        ts, case, person = ts[order], case[order], person[order]
        t = _plain(given["touchpoint"])[order]
        begins = np.ones(used, bool)
        begins[1:] = case[1:] != case[:-1]
        if self.gap is not None:
            begins[1:] |= ts[1:] - ts[:-1] > self.gap * 1e6
        ends = np.append(begins[1:], True)
        first = np.flatnonzero(begins)
        case = (np.cumsum(begins) - 1).astype(np.int32)
        last = np.datetime64(self.last).astype("datetime64[us]").astype(np.int64)
        still = ends & (last - ts <= (-1 if self.quiet is None else self.quiet * 1e6))
        following = np.append(t[1:], np.int16(END))
        following[ends] = END
        following[still] = OPEN
        later_ts = np.append(ts[1:], 0)
        out = {
            "c": case,
            "p": person,
            "t": t,
            "ts": pa.array(ts).cast(pa.timestamp("us")),
            "i": np.arange(1, used + 1, dtype=np.int32) - first.astype(np.int32)[case],
            "n": following,
            "later": pa.array(later_ts, mask=ends).cast(pa.timestamp("us")),
        }
        taken = pa.array(order)
        if "channel" in columns:
            out["ch"] = given["channel"].take(taken)
        if "about_id" in columns:
            out["o"] = given["about_id"].take(taken)
        for name, short in (("due_at", "due"), ("value", "value"), ("score", "score")):
            if name in columns:
                out[short] = given[name].take(taken)
        for name in self.keep:
            out[f"x_{name}"] = given[f"x_{name}"].take(taken)
        tied = ~ends & (later_ts == ts) & (following != t)
        if ties := int(tied.sum()):
            self.notes.append(Note("journeys.note.ties", {"n": ties, "share": ties / used}))
        if mixed := len(np.unique(case[1:][(case[1:] == case[:-1]) & (person[1:] != person[:-1])])):
            self.notes.append(Note("journeys.note.several_persons", {"n": mixed}))
        self.facts = {"rows": rows, "rows_left_out": rows - used, "events": used, "cases": len(first)}
        self.facts |= {"persons": people, "open": int(still.sum())}
        self.facts |= {n: _moment(x) for n, x in (("first", ts.min()), ("last", ts.max()))}
        return pa.table(out)


def _moment(microseconds: Any) -> Any:
    import pandas as pd

    return pd.Timestamp(int(microseconds), unit="us")


def _plain(column: Any) -> Any:
    """A column without gaps as a NumPy array."""
    return column.combine_chunks().to_numpy() if column.num_chunks != 1 else column.chunk(0).to_numpy()


def _codes(column: Any) -> tuple[Any, int]:
    """Ids as 0, 1, 2 ..., and how many there are."""
    import numpy as np
    import pyarrow as pa

    whole = column.combine_chunks()
    whole = whole.chunk(0) if isinstance(whole, pa.ChunkedArray) else whole
    coded = whole if isinstance(whole, pa.DictionaryArray) else whole.dictionary_encode()
    return coded.indices.to_numpy().astype(np.int32, copy=False), len(coded.dictionary)


def _staged(log: Log, rules: Rules) -> Log:
    """The log with a stage for every event."""
    joins = log.marks(rules)
    log.store.run(
        "CREATE OR REPLACE TABLE events AS SELECT events.*, marks.m AS s FROM events LEFT JOIN marks ON "
        + " AND ".join(f"events.{j} IS NOT DISTINCT FROM marks.{j}" for j in joins)
    )
    outside = log.rows("SELECT count(*) FROM events WHERE s IS NULL")[0][0]
    notes = log.notes
    if outside:
        notes += (Note("journeys.note.stageless", {"n": outside, "share": outside / log.facts["events"]}),)
    return replace(log, stages=(*rules.names, STAGELESS), has=log.has | {"stage"}, notes=notes)


def _scan(cursor: Any, table: Any) -> tuple[str, dict[str, str]]:
    """What to write behind FROM, and the types of the columns."""
    import duckdb

    if isinstance(table, str | os.PathLike):
        if not Path(table).is_file():
            raise UserError("journeys.no_file", found=str(table))
        scan = "read_parquet('" + str(Path(table).resolve()).replace("'", "''") + "')"
    else:
        cursor.register("source", _as_given(table))
        scan = "source"
    try:
        return scan, {r[0]: r[1] for r in cursor.execute(f"DESCRIBE SELECT * FROM {scan}").fetchall()}
    except duckdb.Error as bad:
        raise UserError("journeys.unreadable", reason=str(bad).splitlines()[0]) from bad


def _as_given(table: Any) -> Any:
    import pandas as pd
    import pyarrow as pa

    given = getattr(table, "table", table)
    if isinstance(given, Mapping):
        if len({len(v) for v in given.values()}) > 1:
            raise UserError("journeys.not_a_table", found=type(table).__name__)
        given = pd.DataFrame(given)
    if isinstance(given, pd.DataFrame):
        zoned = [c for c in given.columns if isinstance(given[c].dtype, pd.DatetimeTZDtype)]
        return given.assign(**{c: given[c].dt.tz_localize(None) for c in zoned}) if zoned else given
    if not isinstance(given, pa.Table):
        raise UserError("journeys.not_a_table", found=type(table).__name__)
    return given


def _time(column: str, kind: str) -> str:
    name = quote(column)
    if kind == "DATE" or kind.startswith("TIMESTAMP"):
        return f"CAST({name} AS TIMESTAMP)"
    if kind == "VARCHAR" or kind.startswith("ENUM"):
        return f"TRY_CAST({name} AS TIMESTAMP)"
    raise UserError("journeys.no_times", found=column, kind=kind)


def _number(column: str, kind: str) -> str:
    name = quote(column)
    if kind in ("DOUBLE", "FLOAT"):
        return f"CASE WHEN isfinite({name}) THEN {name} END"
    if kind == "BOOLEAN" or not any(word in kind for word in ("INT", "DECIMAL")):
        raise UserError("journeys.no_numbers", found=column, kind=kind)
    return f"CAST({name} AS DOUBLE)"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
