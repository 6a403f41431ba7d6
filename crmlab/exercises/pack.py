"""A pack: the folder that a student gets for one set of exercises.

``pack.json`` holds the words, what kind of answer each question wants, and the digests of each place; ``data.py`` the
code that makes a student's tables. A *place* is a seed: the practice pack has 200, taken from the last digits of the
student's number; a class's own pack has one for every number of its list, and a term of its own, so that last year's
answers are worth nothing.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from .. import course
from ..errors import UserError, suggest
from . import digests
from .verdict import Draw, Match

__all__ = ["Pack", "draw", "packs", "place_of"]

FILE, CODE = "pack.json", "data.py"
PRACTICE = 200


def packs(*folders: Path) -> dict[str, Path]:
    """Name -> folder of every pack at hand: beside the notebook, in ``exercises/``, or where ``CRMLAB_PACKS`` says.

    Examples
    --------
    >>> "00-how-exercises-work" in packs()
    True
    """
    here = Path.cwd()
    named = os.environ.get("CRMLAB_PACKS")
    looked = [*folders, here, here / "exercises", here.parent, *([Path(named)] if named else []), course.practice()]
    found: dict[str, Path] = {}
    for folder in looked:
        for path in [folder / FILE, *sorted(folder.glob(f"*/{FILE}"))]:
            if path.is_file():
                name = path.parent.name
                if path.parent == here:  # a folder that the student renamed
                    name = json.loads(path.read_text(encoding="utf-8"))["name"]
                found.setdefault(name, path.parent)
    return dict(sorted(found.items()))


def place_of(student: str, places: Mapping[str, Any]) -> int:
    """The place of a student's number.

    Examples
    --------
    >>> place_of("2110511023", {"rule": "digits", "n": 200}), place_of(" 21.10511-023", {"rule": "digits", "n": 200})
    (23, 23)
    """
    bare = bare_number(student)
    if places["rule"] == "list":
        return places["of"][key_of(bare, places["salt"])]
    digits = re.sub(r"\D", "", bare)
    return int(digits[-9:]) % places["n"] if digits else digests.seed("place", bare) % places["n"]


def bare_number(student: str) -> str:
    """A student's number without what people write between its digits."""
    return re.sub(r"[\s.\-/]", "", str(student)).casefold()


def key_of(student: str, salt: str) -> str:
    """What stands for a student's number in a class's pack: the numbers themselves are nobody's business."""
    return digests.digest(salt, "student", bare_number(student))


def token(place: int, again: int = 0) -> str:
    """What stands for a place in a seed: where its first draw let two answers coincide, the next one counts."""
    return f"{place}~{again}" if again else str(place)


def draw(spec: Mapping[str, Any], code: Mapping[str, Any], *parts: object) -> Draw:
    """What a place gets of a question. ``parts`` are term, set and place.

    The tables depend on the maker's name, not on the question's: questions with one maker and one variant speak of the
    same tables.
    """
    import random

    variants = spec["variants"]
    pick = digests.seed(*parts, spec["id"], "variant") % len(variants)
    variant = variants[pick]
    data: Mapping[str, Any] = {}
    if spec.get("data"):
        import numpy as np

        data = code[spec["data"]](np.random.default_rng(digests.seed(*parts, spec["data"])), variant)
    ids = list(spec.get("items") or spec.get("options") or spec.get("lines") or ())
    of_variant = (spec.get("shown") or {}).get(variant)
    shown = list(of_variant) if of_variant is not None else ids
    dice = random.Random(digests.seed(*parts, spec["id"], "order"))
    if not spec.get("fixed_order"):
        dice.shuffle(shown)
    if spec.get("draw"):
        shown = shown[: spec["draw"]]
    return Draw(variant, data, tuple(shown))


class Pack:
    """One set of exercises as students get it.

    Parameters
    ----------
    folder : pathlib.Path
        Holds ``pack.json`` and ``data.py``.

    Raises
    ------
    UserError
        ``exercises.no_pack``, ``exercises.bad_pack``.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        path = self.folder / FILE
        if not path.is_file():
            raise UserError("exercises.no_pack", found=str(folder), wanted=sorted(packs()))
        try:
            self.told = json.loads(path.read_text(encoding="utf-8"))
            self.name, self.term, self.places = self.told["name"], self.told["term"], self.told["places"]
            self.questions = {q["id"]: q for q in self.told["questions"]}
        except (ValueError, KeyError, TypeError) as gap:
            raise UserError("exercises.bad_pack", found=path.name) from gap

    @cached_property
    def code(self) -> dict[str, Any]:
        """What ``data.py`` defines."""
        import numpy as np
        import pandas as pd

        path = self.folder / CODE
        names: dict[str, Any] = {"np": np, "pd": pd, "__name__": "crmlab_exercise_data"}
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), names)
        return names

    def place(self, student: str) -> int:
        """The place of a student.

        Raises
        ------
        UserError
            ``exercises.no_student`` when the class's list does not have the number.
        """
        if not bare_number(student):
            raise UserError("exercises.no_number")
        try:
            return place_of(student, self.places)
        except KeyError:
            raise UserError("exercises.no_student", found=student) from None

    def question(self, name: str | int) -> Mapping[str, Any]:
        """A question by its name or its number, from 1."""
        if isinstance(name, int) and 1 <= name <= len(self.questions):
            return list(self.questions.values())[name - 1]
        if name not in self.questions:
            near = suggest(str(name), self.questions)
            raise UserError("exercises.no_question", found=name, wanted=list(self.questions), near=near)
        return self.questions[name]

    def draw(self, name: str | int, place: int) -> Draw:
        """What a place gets of a question."""
        spec = self.question(name)
        return draw(spec, self.code, self.term, self.name, token(place, spec.get("again", {}).get(str(place), 0)))

    def salt(self, name: str, place: int | str) -> str:
        """The salt of a question's digests at a place."""
        return f"{self.term}|{self.name}|{name}|{place}"

    def match(self, name: str, place: int) -> Match:
        """What tells known answers from others, by digests alone."""
        spec = self.question(name)
        own: int | str = "*" if spec["kind"] == "text" else place
        line, step = spec["digests"][str(own)], 2 + digests.WIDTH
        known: dict[tuple[str, str], str] = {}
        for one in (line[i : i + step] for i in range(0, len(line), step)):
            slot, _, label = spec["labels"][int(one[:2], 16)].partition("\x1f")
            known[slot, one[2:]] = label
        salt = self.salt(spec["id"], own)
        slots = {slot for slot, _ in known}

        def match(slot: str, text: str) -> str | None:
            return known.get((slot, digests.digest(salt, slot, text))) if slot in slots else None

        return match
