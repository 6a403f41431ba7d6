"""From whatever a person hands over to a RawTable: a file by its content, a frame, or a database connection."""

from __future__ import annotations

import codecs
import hashlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import UserError, suggest
from .delimited import read_delimited
from .frames import from_arrow, read_frame
from .raw import Limits, RawTable
from .workbook import read_workbook

if TYPE_CHECKING:
    from ..schema import Table

__all__ = ["open_source"]

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def open_source(
    source: Any,
    contract: Table,
    *,
    sheet: str | int | None = None,
    query: str | None = None,
    table: str | None = None,
    encoding: str | None = None,
    separator: str | None = None,
    header_row: int | None = None,
    limits: Limits,
) -> RawTable:
    """Read ``source`` as it stands, bounded by ``limits``."""
    if isinstance(source, RawTable):  # opened before, by a preview
        return source
    if isinstance(source, str | os.PathLike):
        path = Path(source).expanduser()
        if not _is_file(path):
            near = (
                suggest(path.name, [p.name for p in path.parent.iterdir() if p.is_file()])
                if len(path.name) < 300 and path.parent.is_dir()
                else ()
            )
            raise UserError("ingest.no_file", found=str(source)[:300], near=near)
        kind = _kind(path)
        if kind == "xlsx":
            return read_workbook(path, contract, sheet=sheet, header_row=header_row, limits=limits)
        if kind == "parquet":
            return _read_parquet(path, limits)
        if kind in ("sqlite", "duckdb"):
            return _read_database_file(path, kind, query, table, limits)
        return read_delimited(
            path, contract, separator=separator, encoding=encoding, header_row=header_row, limits=limits
        )
    if isinstance(source, bytes | bytearray | memoryview) or hasattr(source, "read"):
        return _read_upload(source, contract, limits, sheet=sheet, query=query, table=table, encoding=encoding,
                            separator=separator, header_row=header_row)  # fmt: skip
    if hasattr(source, "columns") and hasattr(source, "iloc"):
        return read_frame(source, limits)
    if hasattr(source, "column_names") and hasattr(source, "to_pandas"):
        return from_arrow(source, "table", "frame", limits)
    if any(hasattr(source, m) for m in ("cursor", "exec_driver_sql", "connect")):
        from .database import read_database

        return read_database(source, query=query, table=table, limits=limits)
    for method in ("to_arrow_table", "to_arrow"):  # a DuckDB relation, a polars frame
        if hasattr(source, method):
            return from_arrow(getattr(source, method)(), type(source).__name__, "frame", limits)
    raise UserError("ingest.unknown_source", found=type(source).__name__)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # longer than a path may be, or with a NUL in it
        return False


def _read_upload(source: Any, contract: Table, limits: Limits, **options: Any) -> RawTable:
    """Bytes, or an open file: laid in a temporary folder for as long as the reading takes."""
    import tempfile

    name = Path(str(getattr(source, "name", "upload"))).name or "upload"
    data = source.read(limits.bytes + 1) if hasattr(source, "read") else bytes(source)
    limits.check("bytes", len(data), name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return open_source(path, contract, limits=limits, **options)


def _kind(path: Path) -> str:
    """What a file is, by its first bytes: a name can lie."""
    with path.open("rb") as file:
        start = file.read(64)
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(b"PK\x03\x04"):
        if path.suffix.lower() in (".xlsx", ".xlsm"):
            return "xlsx"
        import zipfile

        try:
            with zipfile.ZipFile(path) as archive:
                if "xl/workbook.xml" in archive.namelist():
                    return "xlsx"
        except zipfile.BadZipFile:
            pass  # not a workbook: refused below by name
        raise UserError("ingest.unknown_format", table=path.name, found=path.suffix or "zip")
    if start.startswith(_OLD_OFFICE):  # .xls, or an .xlsx behind a password
        raise UserError("ingest.old_workbook", table=path.name)
    if start.startswith(b"SQLite format 3\0"):
        return "sqlite"
    if start[8:12] == b"DUCK":
        return "duckdb"
    if start.startswith((b"%PDF", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf")):
        raise UserError("ingest.unknown_format", table=path.name, found=path.suffix or "?")
    text = start.removeprefix(codecs.BOM_UTF8).lstrip()
    if re.match(rb"<[!?a-zA-Z]", text):  # many a system's "Excel" is a web page
        raise UserError("ingest.unknown_format", table=path.name, found="HTML")
    if text.startswith((b'{"', b"[{")):
        raise UserError("ingest.unknown_format", table=path.name, found="JSON")
    return "csv"


def _read_database_file(path: Path, kind: str, query: str | None, table: str | None, limits: Limits) -> RawTable:
    from .database import read_database

    if kind == "sqlite":
        import sqlite3

        connection: Any = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    else:
        import duckdb

        try:
            connection = duckdb.connect(str(path), read_only=True, config=_hardened(limits))
        except duckdb.Error:
            raise UserError("ingest.unreadable_database", table=path.name) from None
    try:
        raw = read_database(connection, query=query, table=table, limits=limits)
    finally:
        connection.close()
    raw.name = path.name if table is None else f"{path.name}: {table}"
    return raw


def _hardened(limits: Limits) -> dict[str, str]:
    """How to open somebody else's DuckDB file: a view in it may ask for files, Python's variables, all memory."""
    return {
        "enable_external_access": "false",
        "python_enable_replacements": "false",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "memory_limit": f"{2 * limits.bytes}B",
        "temp_directory": "",
        "lock_configuration": "true",
    }


def _read_parquet(path: Path, limits: Limits) -> RawTable:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            meta = file.metadata
            limits.check("rows", meta.num_rows, path.name)
            limits.check("columns", meta.num_columns, path.name)
            unpacked = sum(meta.row_group(i).total_byte_size for i in range(meta.num_row_groups))
            limits.check("bytes", unpacked, path.name)
            data = file.read()
    except (pa.ArrowInvalid, OSError):
        raise UserError("ingest.unreadable_parquet", table=path.name) from None
    raw = from_arrow(data, path.name, "parquet", limits)
    with path.open("rb") as file:
        raw.hash = hashlib.file_digest(file, "sha256").hexdigest()
    return raw
