"""A graded class as rows of one student and one question: read from its file, and held to what such rows must be."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...frames import frame_of
from ...results import Note

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ENOUGH", "answers_of", "read", "read_likenesses", "whole_test"]

NEEDED = ("student", "question", "points", "max_points")
LIKENESS = ("set", "student", "other", "questions", "n", "evidence")
VERDICTS = ("right", "nearly", "misconception", "wrong", "open", "unreadable")
SILENT = ("open", "unreadable")  # nothing was answered
ENOUGH = 30  # students: with fewer no verdict on a question is given


def _csv(source: Any, table: str) -> pd.DataFrame:
    import pandas as pd

    try:
        given = io.BytesIO(source) if isinstance(source, bytes) else Path(source)
        # numbers of students keep their zeros, and "NA" is a name like another
        return pd.read_csv(given, dtype=str, keep_default_na=False, encoding="utf-8-sig", skipinitialspace=True)
    except FileNotFoundError:
        raise UserError("items.no_file", found=str(source)) from None
    except (ValueError, pd.errors.ParserError) as bad:  # a decoding error is a ValueError
        raise UserError("items.not_csv", table=table, found=str(bad)[:80]) from bad


def read(source: Any) -> pd.DataFrame:
    """The rows that ``crmlab grade`` writes beside the marks.

    Parameters
    ----------
    source : path or bytes
        ``marks-items.csv``: one row a student and question.

    Returns
    -------
    DataFrame
        ``student``, ``set``, ``question``, ``points``, ``max_points``, ``verdict``, ``name`` (of the misconception or
        slip), ``attempts``, ``hints``, ``solution``. Students' numbers are text.

    Raises
    ------
    UserError
        ``items.no_file``, ``items.not_csv``, and those of every analysis of this room.

    Examples
    --------
    >>> read(b"student,set,question,points,max_points\\r\\n0211,a,q1,1,2\\r\\n")["student"].tolist()
    ['0211']
    """
    return answers_of(_csv(source, "marks-items"))[0]


def read_likenesses(source: Any) -> pd.DataFrame:
    """The likenesses to look at that ``crmlab grade`` writes beside the marks (``marks-copies.csv``).

    Raises
    ------
    UserError
        ``items.no_file``, ``items.not_csv``, ``frames.missing_column``, ``items.not_numbers``.

    Examples
    --------
    >>> read_likenesses(b"empty\\r\\n").shape  # nobody's answers were alike
    (0, 6)
    """
    import pandas as pd

    frame = _csv(source, "marks-copies")
    if list(frame.columns) == ["empty"]:
        return pd.DataFrame(columns=list(LIKENESS))
    if not len(frame) and set(LIKENESS) <= set(frame.columns):
        return frame[list(LIKENESS)]
    frame = frame_of(frame, LIKENESS, "marks-copies")[list(LIKENESS)].copy()
    frame["n"] = _numbers(frame, "n", "marks-copies").astype(int)
    return frame


def _rows(mask: Any) -> list[int]:
    return [int(k) + 1 for k in mask.to_numpy().nonzero()[0]]


def _numbers(frame: pd.DataFrame, column: str, table: str, *, gaps: bool = False) -> pd.Series:
    import pandas as pd

    given = frame[column]
    blank = given.isna() | (given.astype(str).str.strip() == "")
    values = pd.to_numeric(given.where(~blank), errors="coerce").astype(float)
    bad = values.isna() & ~(blank if gaps else False)
    if bad.any():
        raise UserError("items.not_numbers", table=table, rows=_rows(bad), column=column)
    return values


def answers_of(items: Any, set: str | None = None) -> tuple[pd.DataFrame, list[Note]]:
    """The rows as every analysis takes them, and what is to be said of them.

    Parameters
    ----------
    items : DataFrame, or list of dict
        As :meth:`crmlab.teaching.grading.Grading.items` gives them or :func:`read`.
    set : str, optional
        Only this set.

    Raises
    ------
    UserError
        ``items.unknown_set``, ``.not_numbers``, ``.beyond``, ``.twice``, ``.unknown_verdicts``, and those of
        :func:`crmlab.frames.frame_of`.
    """
    import pandas as pd

    if isinstance(items, list):
        items = pd.DataFrame(items, columns=None if items else list(NEEDED))
    frame = frame_of(items, NEEDED, "marks-items").copy()
    if "set" not in frame:
        frame["set"] = ""
    for column in ("student", "set", "question"):
        frame[column] = frame[column].astype(str).str.strip()
    for column in ("points", "max_points"):
        frame[column] = _numbers(frame, column, "marks-items")
    beyond = (frame["max_points"] <= 0) | (frame["points"] < 0) | (frame["points"] > frame["max_points"] + 1e-9)
    if beyond.any():
        raise UserError("items.beyond", table="marks-items", rows=_rows(beyond))
    twice = frame.duplicated(["student", "set", "question"], keep=False)
    if twice.any():
        raise UserError("items.twice", table="marks-items", rows=_rows(twice))
    for column in ("attempts", "hints"):
        known = column in frame
        frame[column] = _numbers(frame, column, "marks-items", gaps=True) if known else float("nan")
    told = frame["solution"] if "solution" in frame else pd.Series(False, frame.index)
    frame["solution"] = told.astype(str).str.strip().str.casefold().isin(("true", "1", "1.0", "yes", "ya"))
    frame["verdict"] = _verdicts(frame)
    frame["name"] = frame["name"].fillna("").astype(str).str.strip() if "name" in frame else ""
    if set is not None:
        known = sorted(frame["set"].unique())
        if set not in known:
            raise UserError("items.unknown_set", found=set, wanted=known)
        frame = frame[frame["set"] == set].reset_index(drop=True)
    columns = ("student", "set", "question", "points", "max_points", "verdict", "name", "attempts", "hints", "solution")
    return frame[list(columns)], []


def _verdicts(frame: pd.DataFrame) -> pd.Series:
    if "verdict" not in frame:  # marks that come from elsewhere say points only
        right = frame["points"] >= frame["max_points"] - 1e-9
        return right.map({True: "right", False: "wrong"})
    told = frame["verdict"].astype(str).str.strip()
    strange = ~told.isin(VERDICTS)
    if strange.any():
        raise UserError("items.unknown_verdicts", table="marks-items", rows=_rows(strange),
                        found=sorted(told[strange].unique())[:5], wanted=list(VERDICTS))  # fmt: skip
    return told


def whole_test(frame: pd.DataFrame, least: int) -> tuple[pd.DataFrame, list[Note], int]:
    """Points of those who handed in every set, one row a student, one column a (set, question).

    Raises
    ------
    UserError
        ``items.few_questions``, ``items.few_students``.
    """
    wide = frame.pivot(index="student", columns=["set", "question"], values="points")
    order = list(dict.fromkeys(zip(frame["set"], frame["question"], strict=True)))
    wide = wide[order]
    if len(order) < least:
        raise UserError("items.few_questions", found=len(order), wanted=least)
    full = wide.dropna()
    dropped = len(wide) - len(full)
    if len(full) < 5:
        raise UserError("items.few_students", found=len(full), wanted=5)
    notes = [Note("items.note.incomplete", {"n": dropped})] if dropped else []
    if len(full) < ENOUGH:
        notes.append(Note("items.note.few", {"n": len(full), "least": ENOUGH}))
    return full, notes, dropped
