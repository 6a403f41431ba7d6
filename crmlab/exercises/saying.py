"""What is said about an answer: the words of a question with a student's own numbers, and the sentence of a verdict."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from .. import labels
from .verdict import Draw, Verdict

__all__ = ["numbered", "sentence", "words"]


def numbered(code: str, number: int) -> str:
    """Code or words that speak of ``q``, speaking of the variable that the question has in a notebook.

    Examples
    --------
    >>> numbered('t = q.data["t"]; q.answer = "SELECT q.month FROM quota q"', 3)
    't = q3.data["t"]; q3.answer = "SELECT q.month FROM quota q"'
    """
    return re.sub(r"\bq\.(?=(?:answer|data|variant|check|hint|solution)\b)", f"q{number}.", code)


def words(texts: Mapping[str, Any], part: str, draw: Draw, lang: str) -> str:
    """A text of a question with the student's numbers written in; ``part`` as ``"task"`` or ``"wrong.<name>"``."""
    entry: Any = texts
    for step in part.split("."):
        entry = entry[int(step)] if isinstance(entry, list) else entry[step]
    if "id" not in entry:  # a text for each variant
        entry = entry[draw.variant] if draw.variant in entry else entry["*"]
    own = dict(draw.data.get("words", {}).get(lang, {}))
    scalars = {k: v for k, v in draw.data.items() if not hasattr(v, "columns") and k != "words"}
    return labels.write(entry, part, lang, {**scalars, **own}, optional=False)


def sentence(verdict: Verdict, texts: Mapping[str, Any], draw: Draw, lang: str) -> str:
    """What a verdict says to the student, in Markdown; never the answer."""
    code, facts = verdict.code, {k: v for k, v in verdict.facts.items() if k != "error"}
    if code == "misconception":
        said = words(texts, f"wrong.{verdict.name}", draw, lang)
    elif code == "unreadable":
        said = html.escape(verdict.facts["error"], quote=False)
    elif verdict.name:
        said = labels.text(f"exercises.{'slip' if code == 'nearly' else 'fault'}.{verdict.name}", lang, **facts)
    else:
        said = labels.text(f"exercises.next.{code}", lang)
    if verdict.facts.get("part"):
        said = labels.text("exercises.in_part", lang, part=verdict.facts["part"], text=said)
    if code in ("wrong", "misconception", "nearly") and isinstance(verdict.facts.get("right"), int):
        said += "\n\n" + labels.text("exercises.so_many", lang, **facts)
    return said
