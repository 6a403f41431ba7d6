"""Sets in nbgrader's format, for courses that hand out and collect with nbgrader already.

``crmlab exercises nbgrader`` writes an assignment for each set: ``source/<set>/<set>.<lang>.ipynb`` with the pack
beside it. From there on the work is nbgrader's: ``nbgrader generate_assignment`` strips the reference solutions,
``nbgrader autograde`` runs what came back. The hidden test of a question needs no key: it compares the answer with the
digests of the pack that the student has anyway, and gives the share of the points that :mod:`.marking` gives.

What to know before marks depend on it: **nbgrader runs a student's code in the very kernel that grades it**. A notebook
can give itself marks there (by putting another function in the place of the one that tests), and read and write what
the lecturer's account may. ``crmlab grade`` does neither: there the notebook runs in a closed room, only answers leave
it, as data, and they are marked outside. The two go together: hand out and collect with nbgrader, then run
``crmlab grade submitted/`` over the folder that nbgrader collected, and keep nbgrader's own marks for practice.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .. import exercises, labels
from ..errors import UserError
from ..exercises import kinds
from ..exercises.pack import CODE, FILE, Pack, bare_number
from ..exercises.verdict import Verdict
from . import building
from .marking import earned
from .notebooks import METADATA, cells
from .source import QuestionSource, SetSource, renamed

__all__ = ["named", "notebook", "open", "points", "write"]

SCHEMA = 3
CONFIG = "nbgrader_config.py"
NUMBER = re.compile(r"\d{5,}")  # an id that can only be a student's number


def open(name: str, *, student: str, language: str | None = None) -> exercises.work.Work:
    """Open a set in an assignment: as :func:`crmlab.exercises.open`, for the number that nbgrader knows.

    While nbgrader grades, the submission's folder is named after the student's id. Where that id is a number of the
    class's list (in the practice pack: any number of five digits or more) it decides, not what the notebook says: an
    answer that was found with a friend's data does not fit.
    """
    work = exercises.open(name, student=student, language=language)
    if os.environ.get("NBGRADER_EXECUTION") != "autograde":
        return work
    known = Path.cwd().parent.name  # submitted/<student>/<assignment>
    if work.pack.places["rule"] == "list":
        with contextlib.suppress(UserError):
            work.pack.place(known)
            return exercises.open(name, student=known, language=language)
    elif NUMBER.fullmatch(bare_number(known)):
        return exercises.open(name, student=known, language=language)
    return work


def points(question: exercises.work.Question) -> float:
    """What a question's answer earns, by the digests of the pack.

    nbgrader takes a test cell's last value for its points: so this is a plain number, nothing is printed, and nothing
    is raised.

    Examples
    --------
    >>> work = open("00-how-exercises-work", student="2110511023")
    >>> points(work["average_order"])
    0.0
    """
    told = Verdict("open")
    # a line on stderr would be a failed test to nbgrader
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()), contextlib.suppress(Exception):
        warnings.simplefilter("ignore")
        answer = kinds.plain(question.spec, question.draw, question.answer)
        told = kinds.judge(question.spec, answer, question.work.pack.match(question.name, question.work.place))
    seen = question.work.state.of(question.name)["solution"]
    return round(float(earned(told, question.spec["points"], opened=seen)), 4)


def named(question: exercises.work.Question, names: Mapping[str, str]) -> None:
    """Say a reference's answer in the pack's names: in a pack options, lines and items have names that say nothing."""
    question.answer = renamed(question.spec, names, question.draw, question.answer)


def notebook(source: SetSource, lang: str) -> str:
    """The source version of an assignment's notebook in one language."""
    import nbformat
    from nbformat import v4

    numbers = {name: number for number, name in enumerate(source.questions, start=1)}
    made = []
    for name, kind, text in _cells(source, lang):
        part, _, question = name.partition("-")
        q = source.questions.get(question)
        meta: dict[str, Any] | None = {"grade": False, "solution": False, "locked": True}
        if q and part == "answer":
            meta = {"grade": False, "solution": True, "locked": False}
            text = f"{text}\n### BEGIN SOLUTION\n{_solution(q, numbers[question])}\n### END SOLUTION"
        elif q and part == "check":
            meta = {"grade": True, "solution": False, "locked": True, "points": float(q.spec["points"])}
            test = f"from crmlab.teaching import nbgrader\n\nnbgrader.points(q{numbers[question]})"
            text = f"{text}\n### BEGIN HIDDEN TESTS\n{test}\n### END HIDDEN TESTS"
        elif part in ("number", "help") or (part == "example" and kind == "code"):
            meta = None  # the student's own
        cell = v4.new_markdown_cell(text) if kind == "markdown" else v4.new_code_cell(text)
        cell.id = name.replace("_", "-")[:64]
        if meta:
            own = {"grade_id": name, "cell_type": kind, "task": False, "schema_version": SCHEMA}
            cell.metadata["nbgrader"] = {**meta, **own}
        made.append(cell)
    return nbformat.writes(v4.new_notebook(cells=made, metadata=METADATA)) + "\n"


def _cells(source: SetSource, lang: str) -> list[tuple[str, str, str]]:
    """A student's cells; the number stands in one of its own, for the cell that opens the set is nbgrader's."""
    told = []
    for name, kind, text in cells(source, lang):
        if name == "how":
            text = f"{text}\n\n{labels.text('teaching.nbgrader.how', lang)}"
        if name == "open":
            told.append(("number", "code", labels.text("teaching.nbgrader.number", lang)))
            text = labels.text("teaching.nbgrader.open", lang, name=source.name, edition=lang)
        told.append((name, kind, text))
    return told


def _solution(q: QuestionSource, number: int) -> str:
    code = re.sub(r"\bq\.(?=answer|data|variant|draw)", f"q{number}.", q.solution)
    used = {old: new for old, new in q.ids.items() if f'"{old}"' in code}
    return f"{code}\nnbgrader.named(q{number}, {json.dumps(used)})" if used else code


def write(
    source: SetSource,
    folder: Path,
    lang: str,
    *,
    built: Path | None = None,
    students: Sequence[str] | None = None,
    solutions: bool = True,
) -> Path:
    """Write a set as an assignment of the course in ``folder``; return the assignment's folder.

    nbgrader grades all notebooks of an assignment, so that there is one edition in it: another language that was
    written before goes.

    Parameters
    ----------
    source : SetSource
    folder : pathlib.Path
        nbgrader's course folder. A ``nbgrader_config.py`` is written where there is none; one that is there stays.
    lang : {"id", "en"}
    built : pathlib.Path, optional
        A practice pack that was built already; without it the pack is built now.
    students, solutions
        For a class's own pack, as in :func:`.building.pack_of`.
    """
    if built is not None and students is None and (built / FILE).is_file():
        files: Mapping[str, str] = {n: (built / n).read_text(encoding="utf-8") for n in (FILE, CODE)}
    else:
        files = building.build(source, students=students, solutions=solutions)
    target = folder / "source" / source.name
    target.mkdir(parents=True, exist_ok=True)
    for other in labels.LANGUAGES:
        (target / f"{source.name}.{other}.ipynb").unlink(missing_ok=True)
    told = {name: files[name] for name in (FILE, CODE)} | {f"{source.name}.{lang}.ipynb": notebook(source, lang)}
    for name, text in told.items():
        (target / name).write_text(text, encoding="utf-8", newline="\n")
    if not (folder / CONFIG).exists():
        words = labels.text("teaching.nbgrader.config", lang)
        (folder / CONFIG).write_text(words + "\n", encoding="utf-8", newline="\n")
    Pack(target)  # what was written can be opened
    return target
