"""Stars of files, joined once and kept: a later session opens the joined star instead of joining again."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .build import VERSION, build
from .model import Dimension, Fact
from .store import Store, quote

__all__ = ["cache_folder", "open_kept"]

_MOST = 8  # stars kept; the one not used for longest goes
_SMALL = 256 * 2**20


def cache_folder() -> Path:
    """Where crmlab keeps what it can make again."""
    if folder := os.environ.get("CRMLAB_CACHE"):
        return Path(folder)
    import platformdirs

    return Path(platformdirs.user_cache_dir("crmlab"))


def open_kept(
    folder: Path,
    facts: Sequence[Fact],
    dimensions: Sequence[Dimension],
    orphans: str,
    memory: str,
    threads: int | None,
) -> tuple[Store, dict[str, Any]] | None:
    """The joined star of these files from ``folder``, made now if need be; ``None`` where nothing can be kept."""
    file = folder / f"{_fingerprint(facts, dimensions, orphans)}.duckdb"
    if file.is_file() and (found := _open(file, memory, threads)):
        return found
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    if not os.access(folder, os.W_OK):
        return None
    _build(file, facts, dimensions, orphans, memory, threads)
    _prune(folder, file)
    return _open(file, memory, threads)


def _open(file: Path, memory: str, threads: int | None) -> tuple[Store, dict[str, Any]] | None:
    import duckdb

    if threads is None and file.stat().st_size < _SMALL:
        threads = 1  # as fast, and a session takes a fifth less memory
    try:
        store = Store(file=file, memory=memory, threads=threads)
        meta = json.loads(store.rows('SELECT meta FROM star."$meta"')[0][0])
    except duckdb.Error:  # half a file, or another DuckDB's: it can be made again
        return None
    with contextlib.suppress(OSError):
        os.utime(file)  # used now
    return store, meta


def _fingerprint(facts: Sequence[Fact], dimensions: Sequence[Dimension], orphans: str) -> str:
    def table(path: Any) -> Any:
        if path is None:
            return None
        stat = os.stat(path)
        return [os.path.abspath(path), stat.st_size, stat.st_mtime_ns]

    parts: list[Any] = [VERSION, orphans]
    for f in facts:
        parts.append([f.name, table(f.table), f.roles, f.grain, f.personal])
    for d in dimensions:
        order = {c: o if isinstance(o, str) else list(map(str, o)) for c, o in d.order.items()}
        own = [dict(d.hierarchies), d.attributes, d.personal, dict(d.labels), order, d.made]
        parts.append([d.name, table(d.table), d.key, *own])
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:24]


def _build(
    file: Path,
    facts: Sequence[Fact],
    dimensions: Sequence[Dimension],
    orphans: str,
    memory: str,
    threads: int | None,
) -> None:
    """Build aside and move into place, so that a reader never meets half a star and a writer never waits for one."""
    aside = file.with_name(f"{file.stem}.{os.getpid()}.{threading.get_ident()}.building")
    aside.unlink(missing_ok=True)
    paths = [t.table for t in (*facts, *dimensions) if t.table is not None]
    folders = {os.path.dirname(os.path.abspath(p)) for p in paths} | {str(file.parent)}
    store = Store(folders, memory=memory, threads=threads)
    try:
        store.run("DETACH star")
        store.attach(aside, read_only=False)
        meta = build(store, facts, dimensions, orphans)
        store.run(f"CREATE TABLE star.{quote('$meta')} AS SELECT $1 AS meta", [json.dumps(meta)])
        store.run("CHECKPOINT star")
        store.run("DETACH star")
        os.replace(aside, file)
    finally:
        store.close()
        aside.unlink(missing_ok=True)


def _prune(folder: Path, newest: Path) -> None:
    files = sorted(folder.glob("*.duckdb"), key=lambda f: f.stat().st_mtime, reverse=True)
    for file in [f for f in files if f != newest][_MOST - 1 :]:
        with contextlib.suppress(OSError):  # Windows keeps a file that is open
            file.unlink()
