"""What a form is made of, and what an answer is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import labels
from ..errors import UserError

if TYPE_CHECKING:
    import os

    import pandas as pd

__all__ = ["Answer", "Answers", "Form", "Item", "questions", "read_forms"]


@dataclass(frozen=True)
class Item:
    """One question of a form.

    Parameters
    ----------
    id : str
        Its name stands in ``names.toml``, its question in the catalogue of the form's room.
    dimension : str
        What it belongs to; empty where the form has one dimension.
    evidence : bool
        Whether a score must come with what it rests on.
    reverse : bool
        A high score is bad: turned round before it is added up.
    help : str
        The notebook that helps where the score is low.
    """

    id: str
    dimension: str = ""
    evidence: bool = False
    reverse: bool = False
    help: str = ""


@dataclass(frozen=True)
class Form:
    """A model as questions.

    Parameters
    ----------
    id : str
    items : tuple of Item
        In the order in which they are asked.
    scale : (int, int)
        The lowest and the highest score; whole scores only.
    source : str
        Who made the model, and where the course has it from.
    room : str
        Whose catalogue holds the words: ``[text.question.<form>]``, an entry an item.
    """

    id: str
    items: tuple[Item, ...]
    scale: tuple[int, int]
    source: str
    room: str = "forms"

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", tuple(self.items))
        object.__setattr__(self, "scale", tuple(self.scale))
        ids = [item.id for item in self.items]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice or not ids:
            raise UserError("forms.items_twice", table=self.id, found=twice)
        if not self.scale[0] < self.scale[1]:
            raise UserError("forms.bad_scale", table=self.id, found=list(self.scale))

    def __getitem__(self, item: str) -> Item:
        return self.items[self.ids.index(item)]

    @property
    def ids(self) -> list[str]:
        """The items' names in order."""
        return [item.id for item in self.items]

    @property
    def dimensions(self) -> list[str]:
        """The dimensions in order."""
        return list(dict.fromkeys(item.dimension for item in self.items))


@dataclass(frozen=True)
class Answer:
    """One item's answer.

    Parameters
    ----------
    item : str
    score : int or None
        ``None``: not answered.
    evidence : str
        What a person says that the score rests on.
    answered_by : {"person", "data"}
    as_of : datetime.date
    proposed : int or None
        What the data proposed, where they could; it stays beside the score of a person who overruled it.
    measured : mapping or None
        What was measured, plain values that JSON knows, with ``code``, the words of it.
    """

    item: str
    score: int | None
    evidence: str = ""
    answered_by: str = "person"
    as_of: dt.date | None = None
    proposed: int | None = None
    measured: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Answers:
    """A form that was filled in: every item once, in order, those not answered with ``score`` ``None``."""

    form: Form
    answers: tuple[Answer, ...]
    as_of: dt.date

    def __getitem__(self, item: str) -> Answer:
        return self.answers[self.form.ids.index(item)]

    @property
    def scores(self) -> dict[str, int | None]:
        """Item -> score."""
        return {a.item: a.score for a in self.answers}

    @property
    def missing(self) -> list[str]:
        """The items without a score."""
        return [a.item for a in self.answers if a.score is None]

    @property
    def table(self) -> pd.DataFrame:
        """Tidy: ``item``, ``dimension``, ``score``, ``proposed``, ``evidence``, ``answered_by``, ``as_of``."""
        import pandas as pd

        rows = [
            {
                "item": a.item,
                "dimension": self.form[a.item].dimension or None,
                "score": a.score,
                "proposed": a.proposed,
                "evidence": a.evidence or None,
                "answered_by": a.answered_by if a.score is not None else None,
                "as_of": pd.Timestamp(a.as_of) if a.score is not None else pd.NaT,
            }
            for a in self.answers
        ]
        frame = pd.DataFrame(rows)
        return frame.astype({"score": "Int64", "proposed": "Int64", "as_of": "datetime64[us]"})


def read_forms(path: str | os.PathLike, room: str) -> dict[str, Form]:
    """The forms of a TOML file: a section a form with ``scale``, ``source`` and ``items``.

    An item is ``{id, dimension, evidence, reverse, help}``; all but ``id`` may be left out, and what the section itself
    says (``evidence = true``) holds for all of its items.
    """
    import tomllib

    told = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    common = ("dimension", "evidence", "reverse", "help")
    out = {}
    for name, its in told.items():
        shared = {k: its[k] for k in common if k in its}
        items = tuple(Item(**{**shared, **item}) for item in its["items"])
        out[name] = Form(name, items, tuple(its["scale"]), its["source"], room)
    return out


def questions(form: Form, lang: str | None = None) -> list[dict[str, Any]]:
    """What a page asks: per item ``item``, ``name``, ``dimension``, ``question``, ``evidence``, in words."""
    return [
        {
            "item": item.id,
            "name": labels.name(item.id, lang),
            "dimension": labels.name(item.dimension, lang) if item.dimension else "",
            "question": labels.text(f"{form.room}.question.{form.id}.{item.id}", lang),
            "evidence": item.evidence,
        }
        for item in form.items
    ]
