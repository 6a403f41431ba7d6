"""The lecturer's desk: what ``crmlab exercises`` does to the sets, one after the other."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from .. import labels
from ..errors import UserError, suggest
from ..exercises.pack import PRACTICE, Pack, packs
from . import building, course_map, keys, nbgrader, notebooks
from .source import read, sources
from .submissions import class_list

__all__ = ["work"]

SOLVED = "2110511001"  # the practice number that the solved notebooks are for

_HOMES = {"hand-out": Path("hand-out"), "key": Path("keys"), "nbgrader": Path("nbgrader")}


def work(
    action: str,
    *,
    names: Sequence[str] = (),
    members: Path | None = None,
    term: str | None = None,
    out: Path | None = None,
    written: Path | None = None,
    solutions: bool = True,
) -> Iterator[tuple[bool, str]]:
    """Build, check, hand out, or write the keys of sets; yields whether it went well, and a line that says so.

    Parameters
    ----------
    action : {"build", "check", "hand-out", "key", "nbgrader", "map"}
    names : sequence of str
        Beginnings of the sets' names; all of them when there is none.
    members : pathlib.Path, optional
        The class list; ``hand-out`` needs it, ``nbgrader`` takes it, ``key`` adds each student's right answers with it.
    term : str, optional
        Goes into every seed of a class's packs.
    out : pathlib.Path, optional
        ``exercises/`` beside the sources for ``build`` and ``check``; ``hand-out/``, ``keys/`` and ``nbgrader/`` here
        for the others.
    written : pathlib.Path, optional
        The folder with the sources.
    solutions : bool
        Whether a class's packs hold the sealed solutions.

    Raises
    ------
    UserError
        ``teaching.no_such_set``, ``teaching.no_term``, and what :func:`.source.read` and :func:`.building.build` raise.
    """
    found = sources(written)
    chosen = [p for p in found if not names or p.stem.replace("_", "-").startswith(tuple(names))]
    if not chosen:
        known = [p.stem.replace("_", "-") for p in found]
        raise UserError(
            "teaching.no_such_set", found=", ".join(names), wanted=known, near=suggest(" ".join(names), known)
        )
    wanted = members and term if action == "hand-out" else bool(members) == bool(term)
    if action in ("hand-out", "nbgrader") and not wanted:
        raise UserError("teaching.no_term")
    students = [m.number for m in class_list(members)] if members else None
    if action == "map":
        home = out or chosen[0].parent.parent
        (home / "course.csv").write_text(course_map.text(read(p) for p in found), encoding="utf-8", newline="\n")
        yield True, labels.text("teaching.desk.mapped", n=len(found), place=home / "course.csv")
        return
    home = out or _HOMES.get(action, chosen[0].parent.parent)
    for path in chosen:
        yield getattr(_Actions, action.replace("-", "_"))(path, home, students, term, solutions)


class _Actions:
    @staticmethod
    def build(path: Path, home: Path, *_: object) -> tuple[bool, str]:
        began = time.perf_counter()
        source = read(path)
        building.write(source, home)
        facts = {"n": len(source.questions), "places": PRACTICE, "seconds": time.perf_counter() - began}
        return True, labels.text("teaching.desk.built", name=source.name, **facts)

    @staticmethod
    def check(path: Path, home: Path, *_: object) -> tuple[bool, str]:
        source = read(path)
        found = building.differences(source, home)
        words = "stale" if found else "current"
        return not found, labels.text(f"teaching.desk.{words}", name=source.name, found=found[:5])

    @staticmethod
    def hand_out(path: Path, home: Path, students, term: str, solutions: bool) -> tuple[bool, str]:
        source = read(path, term=term)
        folder = building.write(source, home, students=students, solutions=solutions)
        shutil.make_archive(str(folder), "zip", root_dir=home, base_dir=source.name)
        return True, labels.text("teaching.desk.handed", name=source.name, n=len(students), place=folder)

    @staticmethod
    def nbgrader(path: Path, home: Path, students, term: str | None, solutions: bool) -> tuple[bool, str]:
        source = read(path, term=term or "practice")
        built = path.parent.parent / source.name
        lang = labels.language()
        folder = nbgrader.write(source, home, lang, built=built, students=students, solutions=solutions)
        return True, labels.text("teaching.desk.nbgrader", name=source.name, n=len(source.questions), place=folder)

    @staticmethod
    def key(path: Path, home: Path, students, term: str | None, _: bool) -> tuple[bool, str]:
        source = read(path, term=term or "practice")
        home.mkdir(parents=True, exist_ok=True)
        for lang in labels.LANGUAGES:
            page = keys.page(source, lang)
            (home / f"{source.name}.{lang}.html").write_text(page, encoding="utf-8", newline="\n")
            text = notebooks.notebook(source, lang, solved=SOLVED)
            (home / f"{source.name}-solved.{lang}.ipynb").write_text(text, encoding="utf-8", newline="\n")
        if students:
            from .grading import write_csv

            pack = Pack(packs(Path("hand-out"))[source.name]) if term else Pack(packs()[source.name])
            write_csv(home / f"{source.name}-answers.csv", keys.answers(source, pack, students))
        return True, labels.text("teaching.desk.key", name=source.name, place=home)
