"""Scores: their scales, and which end of the effort scale is easy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..errors import UserError
from .questions import Question, check_choice

if TYPE_CHECKING:
    from .mapping import Plan

__all__ = ["SCORES", "scale_questions", "scales_of"]

SCORES = ("nps", "csat", "ces")
"""The columns of which an answer must hold at least one."""


def scales_of(
    plan: Plan,
    as_: str,
    csat: tuple[float, float] | None,
    ces: tuple[float, float] | None,
    score: tuple[float, float] | None,
    easy: str | None,
    table: str,
) -> dict[str, tuple[float, float]]:
    """The bounds of the scores of a survey, or of an event log; scale and direction are never guessed.

    Raises
    ------
    UserError
        ``ingest.scale_needed``, ``ingest.direction_needed``, ``ingest.wrong_scale``, ``ingest.no_scores``.
    """
    if as_ not in ("survey", "events"):
        return {}
    check_choice("ces_easy", easy, ("high", "low"))
    there = plan.by_canonical
    if as_ == "survey" and not any(s in there for s in SCORES):
        raise UserError("ingest.no_scores", table=table, wanted=SCORES)
    open_ = tuple(scale_questions(plan, as_, _said(csat, ces, score, easy)))
    for question in open_:
        if question.kind == "ces_easy":
            raise UserError("ingest.direction_needed", table=table, column=question.column, questions=open_)
        example = f"{question.kind}=(1, {7 if question.kind == 'ces_scale' else 5})"
        raise UserError("ingest.scale_needed", table=table, column=question.column, parameter=example, questions=open_)
    given = {"nps": (0.0, 10.0), "csat": csat, "ces": ces, "score": score}
    for name, scale in given.items():
        if scale is not None and not scale[0] < scale[1]:
            raise UserError("ingest.wrong_scale", found=scale, column=name)
    return {name: scale for name, scale in given.items() if name in there and scale is not None}


def scale_questions(plan: Plan, as_: str, said: Mapping[str, Any]) -> list[Question]:
    """What must be asked about scores: scales and the direction of effort, where not said."""
    if as_ not in ("survey", "events"):
        return []
    there = plan.by_canonical
    asked = [
        ("score", "score_scale", ("1-5", "1-7", "0-10", "1-10")),
        ("csat", "csat_scale", ("1-5", "1-7", "1-10")),
        ("ces", "ces_scale", ("1-7", "1-5")),
        ("ces", "ces_easy", ("high", "low")),
    ]
    return [Question(kind, there[s], choices) for s, kind, choices in asked if s in there and said.get(kind) is None]


def _said(csat: Any, ces: Any, score: Any, easy: str | None) -> dict[str, Any]:
    return {"csat_scale": csat, "ces_scale": ces, "score_scale": score, "ces_easy": easy}
