"""The exercises in the gallery: the sets, the questions of each, its pack to take away, and the course map."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from .. import course
from ..exercises.pack import FILE

__all__ = ["course_map", "names", "pack", "packed"]


def names() -> list[str]:
    """The sets in the order of their numbers.

    Examples
    --------
    >>> names()[0]
    '00-how-exercises-work'
    """
    return sorted(path.parent.name for path in course.practice().glob(f"*/{FILE}"))


def pack(name: str) -> Mapping[str, Any] | None:
    """What the pages show of a set: title and questions, without digests; None when there is no such set.

    Examples
    --------
    >>> pack("00-how-exercises-work")["title"]["en"], pack("../src") is None
    ('0 · How exercises work', True)
    """
    if name not in names():
        return None
    path = course.practice() / name / FILE
    return _pack(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _pack(path: Path, _changed: int) -> Mapping[str, Any]:
    told = json.loads(path.read_text(encoding="utf-8"))
    shown = ("id", "title", "kind", "level", "style", "points", "book", "notebook", "app", "function")
    return {
        "name": told["name"],
        "title": told["title"],
        "points": sum(q["points"] for q in told["questions"]),
        "questions": [{k: q[k] for k in shown} for q in told["questions"]],
    }


def packed(name: str) -> bytes | None:
    """A set's pack as a zip file, the same bytes every time; None when there is no such set."""
    if name not in names():
        return None
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted((course.practice() / name).glob("*")):
            if path.suffix in (".json", ".py", ".ipynb"):
                file.writestr(zipfile.ZipInfo(f"{name}/{path.name}"), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def course_map() -> list[dict[str, str]]:
    """The rows of ``exercises/course.csv``."""
    path = course.practice() / "course.csv"
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) if path.is_file() else []
