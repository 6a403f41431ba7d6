"""What the app on a graded class is made of: its parts, its tiles, and the class that comes with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ... import labels
from ...errors import UserError
from ...results import Result, Source
from ...widgets.board_cards import Board, Card, Case, Control, Part
from ...widgets.marks_desk import ALL, LIKENESSES, QUESTIONS, Marks

__all__ = ["board", "bundled_class"]

Choices = Mapping[str, str]
MADE = "made-up class"
FINGERPRINT = "class 20162020"


def bundled_class() -> Case:
    """The made-up class: 120 students, two sets, and in it what a lecturer meets.

    Examples
    --------
    >>> bundled_class().data.items["student"].nunique()
    120
    """

    def made() -> Marks:
        from ...analytics import items

        told = items.make_class()
        return Marks(told.items, told.likenesses, MADE)

    return Case("made", made, FINGERPRINT)


def _card(name: str, analysis: str, *, wide: bool = False, **options: Any) -> Card:
    def make(marks: Marks, choices: Choices) -> Result:
        from ...analytics import items

        source = Source(marks.name, "", len(marks.items), 0)
        return getattr(items, analysis)(marks.items, marks.of(choices["set"]), source=source, **options)

    return Card(name, make, wide)


def _sets(marks: Marks, lang: str) -> list[tuple[str, str]]:
    one_by_one = [(name, name) for name in marks.sets]
    return one_by_one if len(one_by_one) == 1 else [(ALL, labels.text("marks.all_sets", lang)), *one_by_one]


def tiles(marks: Marks, choices: Choices, lang: str) -> list[dict[str, str]]:
    """The mean mark, alpha, how many students, and which question to look at first."""
    from ...analytics import items

    def say(key: str, **values: Any) -> str:
        return labels.text(f"marks.{key}", lang, **values)

    at = marks.of(choices["set"])
    told = items.difficulty(marks.items, at).facts
    ends = {"low": told["mean_low"], "high": told["mean_high"]}
    mean = {"label": say("tile_mean"), "value": labels.percent(told["mean"], lang), "foot": say("tile_ends", **ends)}
    n, questions = labels.number(told["n"], lang), told["questions"]
    students = {"label": say("tile_students"), "value": n, "foot": say("tile_questions", n=questions)}
    return [mean, _alpha(lambda: items.reliability(marks.items, at), say, lang), students, _first(marks, at, say, lang)]


def _alpha(compute: Callable[[], Result], say: Callable[..., str], lang: str) -> dict[str, str]:
    try:
        facts = compute().facts
    except UserError as error:
        return {"label": say("tile_alpha"), "value": "—", "foot": error.render(lang).splitlines()[0]}
    foot = say("tile_alpha_foot", low=facts["alpha_low"], high=facts["alpha_high"], error=facts["error"])
    return {"label": say("tile_alpha"), "value": labels.number(facts["alpha"], lang, 2), "foot": foot}


def _first(marks: Marks, at: str | None, say: Callable[..., str], lang: str) -> dict[str, str]:
    """A negative discrimination comes before all else: somebody's marks are wrong."""
    from ...analytics import items

    try:
        table = items.discrimination(marks.items, at).table
    except UserError:  # too few for it: the table says so
        return {"label": say("tile_first"), "value": "—", "foot": say("tile_first_few")}
    against = table[table["verdict"] == "negative"].to_dict("records")
    if against:
        worst = min(against, key=lambda r: r["discrimination"])
        foot = say("tile_first_foot", r=worst["discrimination"], n=len(against))
        return {"label": say("tile_first"), "value": labels.name(worst["question"], lang), "foot": foot}
    return {"label": say("tile_first"), "value": "—", "foot": say("tile_first_none")}


def board() -> Board:
    """The app's parts.

    Examples
    --------
    >>> [part.name for part in board().parts]
    ['questions', 'trust', 'beliefs', 'likenesses']
    """
    easy, apart = _card("difficulty", "difficulty"), _card("discrimination", "discrimination")
    trust = (_card("reliability", "reliability"), _card("effort", "effort"))
    beliefs = (_card("misconceptions", "misconceptions"), _card("believed", "misconceptions", by="class"))
    parts = (
        Part(QUESTIONS, (easy, apart), tiles, ("set",)),
        Part("trust", trust, tiles, ("set",)),
        Part("beliefs", beliefs, None, ("set",)),
        Part(LIKENESSES, ()),
    )
    return Board("marks", parts, (Control("set", _sets),), contract="marks-items")
