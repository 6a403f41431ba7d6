"""What a class handed in: whose file it is, which set, and what the notebook itself remembers.

A folder as Moodle gives it (one folder a student, or a zip), or any folder of notebooks. Whose a file is, its name or
folder says where a class list is given; what the notebook says of itself is a claim, and a wrong one is evidence.
"""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import UserError, suggest
from ..exercises.feedback import LOG
from ..exercises.pack import bare_number
from ..labels import LANGUAGES

__all__ = ["Member", "Submission", "class_list", "folder_of", "submissions"]

MOST_BYTES = 20_000_000
_OPEN = re.compile(r"""\bopen\(\s*["']([\w-]+)["']""")
_STUDENT = re.compile(r"""^\s*student\s*=\s*["']([^"'\n]*)["']""", re.M)
_LANG = re.compile(r"""\blanguage\s*=\s*["'](id|en)["']""")
_COLUMNS = {
    "number": ("number", "nim", "id number", "idnumber", "nomor", "npm", "student number", "student"),
    "name": ("name", "full name", "nama", "nama lengkap", "fullname"),
    "email": ("email", "email address", "e-mail", "alamat email", "surel"),
}


@dataclass(frozen=True)
class Member:
    """A line of the class list."""

    number: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Submission:
    """A file that was handed in.

    Parameters
    ----------
    path : pathlib.Path
    where : str
        The path inside the folder, as the log shows it.
    set : str or None
        The set that the notebook opens; None where that can't be read.
    owner : str or None
        The student's number that the file counts for.
    claimed : str or None
        The number that the notebook says.
    lang : str
    opened : frozenset of str
        Questions whose solution the notebook remembers as opened.
    attempts, hints : mapping
        Question -> how many, as far as the notebook remembers.
    """

    path: Path
    where: str
    set: str | None
    owner: str | None
    claimed: str | None
    lang: str
    opened: frozenset[str]
    attempts: Mapping[str, int]
    hints: Mapping[str, int]


def class_list(path: Path) -> list[Member]:
    """The class list: a CSV with a column for the number, and name and e-mail where they are known.

    Raises
    ------
    UserError
        ``teaching.no_class_column``, ``teaching.double_number``.
    """
    text = Path(path).read_text(encoding="utf-8-sig")
    delimiter = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    rows = list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
    heads = {str(h).strip().casefold(): h for h in (rows[0] if rows else ())}
    found = {c: next((heads[w] for w in words if w in heads), None) for c, words in _COLUMNS.items()}
    if found["number"] is None:
        near = suggest("number", heads)
        raise UserError("teaching.no_class_column", table=Path(path).name, found=list(heads.values()), near=near)
    members: dict[str, Member] = {}
    doubles = []
    for number, row in enumerate(rows, start=2):
        told = {c: str(row.get(h) or "").strip() if h else "" for c, h in found.items()}
        if not told["number"]:
            continue
        if bare_number(told["number"]) in members:
            doubles.append(number)
        members.setdefault(bare_number(told["number"]), Member(**told))
    if doubles:
        raise UserError("teaching.double_number", table=Path(path).name, rows=doubles)
    return list(members.values())


@contextmanager
def folder_of(path: Path) -> Iterator[Path]:
    """The folder itself, or what a zip file holds, unpacked for as long as it is needed.

    Names that lead out of the folder, links, and what would unpack to more than the class can have written are left.
    """
    path = Path(path)
    if path.is_dir():
        yield path
        return
    if not zipfile.is_zipfile(path):
        raise UserError("teaching.no_folder", found=str(path))
    with tempfile.TemporaryDirectory() as desk, zipfile.ZipFile(path) as packed:
        root = Path(desk).resolve()
        for entry in packed.infolist():
            target = (root / entry.filename).resolve()
            is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
            if entry.is_dir() or is_link or root not in target.parents or not entry.filename.endswith(".ipynb"):
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            with packed.open(entry) as source:
                target.write_bytes(source.read(MOST_BYTES + 1))
        yield root


def submissions(folder: Path, members: Iterable[Member] = ()) -> list[Submission]:
    """Every notebook of a folder, in the order of their paths."""
    known = {bare_number(m.number): m for m in members}
    found = []
    for path in sorted(folder.rglob("*.ipynb")):
        where = path.relative_to(folder).as_posix()
        if ".ipynb_checkpoints" not in where:
            found.append(_submission(path, where, known))
    return found


def _submission(path: Path, where: str, known: Mapping[str, Member]) -> Submission:
    cells = _cells(path)
    code = "\n".join(source for source, _ in cells)
    named, said, lang = _OPEN.search(code), _STUDENT.search(code), _LANG.search(code)
    claimed = said[1].strip() if said and said[1].strip() else None
    owner = _owner(where, known) if known else _number_in(where) or claimed
    if owner is None and claimed and bare_number(claimed) in known:
        owner = known[bare_number(claimed)].number
    of_name = re.match(r"(\d\d-[a-z0-9-]+)", path.name)
    logs = _logs(output for _, outputs in cells for output in outputs)
    return Submission(
        path,
        where,
        named[1] if named else of_name[1].rstrip("-") if of_name else None,
        owner,
        claimed,
        lang[1] if lang else next((e for e in LANGUAGES if f".{e}." in path.name), LANGUAGES[0]),
        frozenset(q for q, log in logs.items() if log.get("solution") is True),
        {q: int(log["attempts"]) for q, log in logs.items() if isinstance(log.get("attempts"), int)},
        {q: int(log["hints"]) for q, log in logs.items() if isinstance(log.get("hints"), int)},
    )


def _owner(where: str, known: Mapping[str, Member]) -> str | None:
    """The member whose number or name the file's path holds; none where it could be two."""
    numbers = {bare_number(n) for n in re.findall(r"[\w.\-]*\d[\w.\-]*", where)}
    numbers |= set(re.findall(r"\d{4,}", where))
    held = {m.number for bare, m in known.items() if bare in numbers}
    if not held:
        folder = where.split("/")[0].casefold()
        held = {m.number for m in known.values() if m.name and folder.startswith(m.name.casefold() + "_")}
    return held.pop() if len(held) == 1 else None


def _number_in(where: str) -> str | None:
    """What looks like a student's number in a path: the longest run of six digits or more that Moodle did not add."""
    runs = re.findall(r"\d{6,}", re.sub(r"_\d+_assignsubmission", "_", where))
    return max(runs, key=len) if runs else None


def _cells(path: Path) -> list[tuple[str, list[Any]]]:
    """Code and outputs of the code cells; nothing where the file is no notebook."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > MOST_BYTES:
            return []
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        told = []
        for cell in cells:
            if cell.get("cell_type") == "code":
                source = cell.get("source", "")
                outputs = cell.get("outputs")
                text = source if isinstance(source, str) else "".join(map(str, source))
                told.append((text, outputs if isinstance(outputs, list) else []))
        return told
    except (ValueError, KeyError, TypeError, AttributeError, OSError, RecursionError):
        return []


def _logs(outputs: Iterable[Any]) -> dict[str, dict[str, Any]]:
    """Question -> the largest counts that any stored card of it holds."""
    told: dict[str, dict[str, Any]] = {}
    for output in outputs:
        log = (
            output.get("data", {}).get(LOG)
            if isinstance(output, dict) and isinstance(output.get("data"), dict)
            else None
        )
        if not isinstance(log, dict) or not isinstance(log.get("question"), str):
            continue
        own = told.setdefault(log["question"], {})
        for name in ("attempts", "hints"):
            if isinstance(log.get(name), int):
                own[name] = max(own.get(name, 0), log[name])
        own["solution"] = own.get("solution", False) or log.get("solution") is True
    return told
