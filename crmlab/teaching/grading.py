"""A class graded: a folder of notebooks in, marks for Moodle, feedback, a log and item data out.

The notebooks run in the sandbox; what they recorded is marked here (:mod:`.marking`). One bad file never stops the
class, the same file gets the same mark, and the log says of every file what happened to it.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from .. import labels
from ..errors import UserError
from ..exercises.pack import Pack, bare_number, packs
from ..sheets import escape
from .copies import Evidence, copies
from .feedback import page
from .marking import AFTER_SOLUTION, Mark, mark
from .sandbox import Job, Limits, Run, execute_all
from .source import SetSource, read, sources
from .submissions import Member, Submission, class_list, folder_of, submissions

__all__ = ["Graded", "Grading", "grade", "write_csv"]

# seconds for a whole set: a laptop's ten, with room for a machine that does other things
SECONDS = 60.0


@dataclass(frozen=True)
class Graded:
    """One student in one set.

    Parameters
    ----------
    student, name, set : str
    status : str
        ``"marked"``; ``"stopped"`` (marked by what was there when a limit was met); ``"no_answers"``; ``"unreadable"``;
        ``"unknown_set"``; ``"unknown_student"``; ``"not_handed_in"``; ``"superseded"`` (a later file of the same
        folder counts); ``"same_number"`` (two folders hold files of one number: both rows stay).
    marks : tuple of Mark
    submission : Submission or None
    run : Run or None
    """

    student: str
    name: str
    set: str
    status: str
    marks: tuple[Mark, ...] = ()
    submission: Submission | None = None
    run: Run | None = None

    @property
    def points(self) -> float:
        return sum(m.points for m in self.marks)

    @property
    def most(self) -> float:
        return sum(m.most for m in self.marks)


@dataclass
class Grading:
    """A graded class; :meth:`write` makes the files."""

    rows: list[Graded]
    evidence: dict[str, list[Evidence]]
    members: list[Member] = field(default_factory=list)
    sources: dict[str, SetSource] = field(default_factory=dict)

    @property
    def most(self) -> dict[str, float]:
        """Set -> the points that it can earn."""
        return {n: float(sum(q.spec["points"] for q in s.questions.values())) for n, s in self.sources.items()}

    def marks(self) -> list[dict[str, Any]]:
        """One row a student: what Moodle imports."""
        sets = sorted(self.most)
        of: dict[str, list[Graded]] = defaultdict(list)
        for row in self.rows:
            if row.status != "superseded":
                of[row.student].append(row)
        told = []
        emails = {bare_number(m.number): m.email for m in self.members}
        looks = {e.student for found in self.evidence.values() for e in found}
        for student, rows in sorted(of.items()):
            best = {r.set: r for r in rows}
            line: dict[str, Any] = {"ID number": student, "Full name": rows[0].name}
            line["Email address"] = emails.get(bare_number(student), "")
            for name in sets:
                line[f"{name} ({self.most[name]:g})"] = round(best[name].points, 2) if name in best else 0.0
            total, most = sum(r.points for r in best.values()), sum(self.most.values())
            line["Percent"] = round(100 * total / most, 1) if most else 0.0
            line["Status"] = " ".join(sorted({r.status for r in rows}))
            line["Solutions opened"] = sum(m.solution for r in rows for m in r.marks)
            line["Look at"] = "yes" if student in looks else ""
            told.append(line)
        return told

    def items(self) -> list[dict[str, Any]]:
        """One row a student and question: what item statistics count."""
        told = []
        for row in self.rows:
            if row.status == "superseded":
                continue
            handed = row.submission
            for m in row.marks:
                told.append(
                    {
                        "student": row.student,
                        "set": row.set,
                        "question": m.question,
                        "points": round(m.points, 4),
                        "max_points": m.most,
                        "verdict": m.verdict.code,
                        "name": m.verdict.name or "",
                        "attempts": handed.attempts.get(m.question, "") if handed else "",
                        "hints": handed.hints.get(m.question, "") if handed else "",
                        "solution": m.solution,
                    }
                )
        return told

    def log(self) -> list[dict[str, Any]]:
        """What happened to each file, in words."""
        told = []
        for row in self.rows:
            handed, run = row.submission, row.run
            base = {
                "student": row.student,
                "set": row.set,
                "file": handed.where if handed else "",
                "status": row.status,
            }
            events = [e.text() for e in run.log] if run else []
            claims_other = handed and handed.claimed and bare_number(handed.claimed) != bare_number(row.student)
            if claims_other:
                events.insert(0, labels.text("teaching.grading.claims", claimed=handed.claimed))
            base |= {"seconds": round(run.seconds, 2) if run else "", "memory_mb": round(run.peak_mb) if run else ""}
            told.append(base | {"events": " | ".join(events)})
        return told

    def copies(self) -> list[dict[str, Any]]:
        """The evidence of copying, in words."""
        return [
            {
                "set": name,
                "student": e.student,
                "other": e.other,
                "questions": " ".join(e.questions),
                "n": len(e.questions),
                "evidence": labels.text(f"teaching.copies.{e.code}"),
            }
            for name, found in self.evidence.items()
            for e in found
        ]

    def write(self, out: Path) -> dict[str, Path]:
        """Write the marks to ``out`` and the rest beside it; return name -> path."""
        out = Path(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        files = {"marks": out}
        for name in ("items", "log", "copies"):
            files[name] = out.with_name(f"{out.stem}-{name}.csv")
        for name, path in files.items():
            write_csv(path, getattr(self, name)())
        folder = out.with_name(f"{out.stem}-feedback")
        folder.mkdir(exist_ok=True)
        for row in self.rows:
            if row.marks and row.status != "superseded":
                safe = "".join(c for c in row.student if c.isalnum() or c in "-_") or "student"
                text = page(row, self.sources[row.set])
                (folder / f"{row.set}_{safe}.html").write_text(text, encoding="utf-8", newline="\n")
        return files | {"feedback": folder}


def write_csv(path: Path, rows: list[dict[str, Any]]) -> None:
    heads = list(rows[0]) if rows else ["empty"]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        writer.writerows([escape(row[h]) for h in heads] for row in rows)


def grade(
    folder: Path,
    *,
    members: Path | Iterable[Member] | None = None,
    handed_out: Path | None = None,
    written: Path | None = None,
    limits: Limits | None = None,
    after_solution: float = AFTER_SOLUTION,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Grading:
    """Grade what a class handed in.

    Parameters
    ----------
    folder : pathlib.Path
        Notebooks, in folders as Moodle gives them or not; or the zip file.
    members : pathlib.Path or iterable of Member, optional
        The class list (CSV with the number; name and e-mail where known). With it, each member gets a row, and a file
        counts for the member whom its path names, whatever the notebook says.
    handed_out : pathlib.Path, optional
        The folder with the packs that the class got; the practice packs by default.
    written : pathlib.Path, optional
        The folder with the sources; ``exercises/src`` by default.
    limits : Limits, optional
    after_solution : float
        What share of the points a question can still earn after its solution was opened.
    workers : int, optional
    progress : callable, optional
        Called with files done and files in all.

    Raises
    ------
    UserError
        ``teaching.no_folder``, ``teaching.nothing_handed_in``, ``teaching.no_class_column``,
        ``teaching.double_number``, ``teaching.no_source``.
    """
    listed = class_list(members) if isinstance(members, str | Path) else list(members or ())
    with folder_of(folder) as root:
        found = submissions(root, listed)
        if not found:
            raise UserError("teaching.nothing_handed_in", found=str(folder))
        return _graded(found, listed, _Shelf(handed_out, written), limits, after_solution, workers, progress)


class _Shelf:
    """Packs and sources by name, each read once."""

    def __init__(self, handed_out: Path | None, written: Path | None) -> None:
        self.packs = packs(Path(handed_out)) if handed_out else packs()
        self.paths = {p.stem.replace("_", "-"): p for p in sources(written)}
        self.read: dict[str, tuple[Pack, SetSource]] = {}

    def get(self, name: str | None) -> tuple[Pack, SetSource] | None:
        if name not in self.packs:
            return None
        if name not in self.paths:
            raise UserError("teaching.no_source", found=name, wanted=sorted(self.paths))
        if name not in self.read:
            pack = Pack(self.packs[name])
            self.read[name] = pack, read(self.paths[name], term=pack.term)
        return self.read[name]


def _graded(found, listed, shelf, limits, after_solution, workers, progress) -> Grading:
    jobs = []
    for handed in found:
        shelved = shelf.get(handed.set)
        jobs.append(Job(handed.path, shelved[0].folder if shelved else None, handed.owner or handed.claimed))
    names = {bare_number(m.number): m for m in listed}
    rows: list[Graded] = []
    runs = execute_all(jobs, limits=limits or Limits(seconds=SECONDS), workers=workers)
    for done, (handed, run) in enumerate(zip(found, runs, strict=True), start=1):
        rows.append(_row(handed, run, names, shelf, after_solution))
        if progress:
            progress(done, len(found))
    rows = _one_each(rows)
    there = {bare_number(r.student) for r in rows}
    sets = sorted({r.set for r in rows if shelf.get(r.set)})
    for member in listed:
        if bare_number(member.number) not in there:
            rows += [Graded(member.number, member.name, name, "not_handed_in") for name in sets]
    evidence, written = {}, {}
    for name in sets:
        _, source = shelf.get(name)
        counted = [r for r in rows if r.set == name and r.marks and r.status != "superseded"]
        claims = _claims(counted, {bare_number(r.student): r.student for r in rows})
        evidence[name] = copies(source, {r.student: r.marks for r in counted}, claims)
        written[name] = source
    return Grading(rows, evidence, listed, written)


def _claims(rows: Iterable[Graded], students: Mapping[str, str]) -> dict[str, str]:
    """Student -> the other student whose number the notebook says."""
    told = {}
    for row in rows:
        claimed = bare_number(row.submission.claimed or "") if row.submission else ""
        if claimed in students and claimed != bare_number(row.student):
            told[row.student] = students[claimed]
    return told


def _row(handed: Submission, run: Run, names, shelf: _Shelf, after_solution: float) -> Graded:
    shelved = shelf.get(handed.set)
    student = handed.owner or handed.claimed or handed.where
    member = names.get(bare_number(student))
    label, name = handed.set or "", member.name if member else ""
    if run.status in ("unreadable", "huge") and not run.answers:
        return Graded(student, name, label, "unreadable", (), handed, run)
    if shelved is None:
        return Graded(student, name, label, "unknown_set", (), handed, run)
    pack, source = shelved
    recorded = run.answers.get(pack.name)
    answers = recorded.get("answers") if isinstance(recorded, Mapping) else None
    answers = answers if isinstance(answers, Mapping) else {}
    options = {"opened": handed.opened, "after_solution": after_solution}
    try:
        marks = mark(source, pack, student, answers, **options)
    except UserError:
        return Graded(student, name, label, "unknown_student", (), handed, run)
    status = "stopped" if run.status != "finished" else "marked" if answers else "no_answers"
    return Graded(student, name, label, status, tuple(marks), handed, run)


def _one_each(rows: list[Graded]) -> list[Graded]:
    """One row a student and set.

    Of several files in one folder the last in the order of their names counts. Files of one number in different
    folders may be two people: both rows stay, and both say so.
    """
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        groups[bare_number(row.student), row.set].append(i)
    told = list(rows)
    for group in groups.values():
        homes = {rows[i].submission.where.rpartition("/")[0]: i for i in group}
        for i in group:
            if i not in homes.values():
                told[i] = replace(rows[i], status="superseded")
        if len(homes) > 1:
            for i in homes.values():
                told[i] = replace(
                    rows[i], status="same_number", student=f"{rows[i].student} ({rows[i].submission.where})"
                )
    return told
