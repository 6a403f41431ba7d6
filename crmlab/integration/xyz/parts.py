"""What a step hands on: tables, the rows it refused with the reason, counts that add up; and the SQL it works in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import pyarrow as pa

__all__ = ["Part", "case", "codes", "desk", "laid", "refusals"]


@dataclass(frozen=True, eq=False)
class Part:
    """One table of one source, typed and checked.

    Parameters
    ----------
    name : str
    file, sheet : str
    rows_in, rows_kept : int
        ``rows_in == rows_kept + len(refused)``.
    refused : pandas.DataFrame
        ``file``, ``sheet``, ``row``, ``reason``, ``value``.
    tables : mapping of str to pyarrow.Table
        Each with ``source`` and ``source_row``: where its rows stand.
    """

    name: str
    file: str
    sheet: str | None
    rows_in: int
    rows_kept: int
    refused: pd.DataFrame
    tables: Mapping[str, pa.Table]

    def __getitem__(self, table: str) -> pd.DataFrame:
        """One of the tables as a data frame."""
        return self.tables[table].to_pandas(date_as_object=False)

    def __repr__(self) -> str:
        made = ", ".join(f"{n}: {t.num_rows}" for n, t in self.tables.items())
        return f"<{self.file} {self.sheet or ''} {self.rows_kept} kept, {len(self.refused)} refused; {made}>"


@cache
def codes() -> Mapping[str, Any]:
    """The code maps: source, column, code, meaning."""
    return tomllib.loads(resources.files(__package__).joinpath("codes.toml").read_text(encoding="utf-8"))


def case(column: str, source: str, of: str) -> str:
    """An SQL expression that translates a column with the map of its source; unknown codes become NULL."""
    whens = " ".join(f"WHEN '{code}' THEN '{meaning}'" for code, meaning in codes()[source][of].items())
    return f"CASE {column} {whens} END"


@contextmanager
def desk(**tables: Any) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB of one's own with some tables on it, closed to the world outside."""
    import duckdb

    config = {"enable_external_access": "false", "python_enable_replacements": "false"}
    with duckdb.connect(config=config) as con:
        for name, table in tables.items():
            con.register(name, table)
        yield con


def laid(raw: Any) -> pa.Table:
    """A source as it stood, its row numbers in ``source_row``, for SQL."""
    import pyarrow as pa

    columns = {c: pa.array(raw.frame[c], from_pandas=True) for c in raw.frame}
    return pa.table({**columns, "source_row": pa.array(raw.rows, pa.int32())})


def refusals(con: duckdb.DuckDBPyConnection, raw: Any, sql: str) -> pd.DataFrame:
    """What a query refuses (``row``, ``reason``, ``value``), and what could not even be laid under the header."""
    import pandas as pd

    frame = con.sql(sql).df()[["row", "reason", "value"]]
    ragged = pd.DataFrame([(r.row, r.reason, r.text) for r in raw.refused], columns=["row", "reason", "value"])
    out = pd.concat([frame, ragged], ignore_index=True) if len(ragged) else frame
    out.insert(0, "file", raw.name)
    out.insert(1, "sheet", raw.sheet)
    return out.sort_values("row", kind="stable", ignore_index=True)
