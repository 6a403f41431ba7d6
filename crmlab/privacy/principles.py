"""The privacy principles as a checklist: what is met, with which evidence, and what is missing.

The book lists nine. The OECD's guidelines of 1980 have eight: "limited application" has no counterpart of its own there
and is part of use limitation and purpose specification.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ..errors import UserError, suggest
from ..results import Note, Result

__all__ = ["PRINCIPLES", "Checklist", "compare_checklists"]

# the book's principle -> the OECD's
PRINCIPLES: dict[str, str] = {
    "purpose_specification": "purpose_specification",
    "data_collection": "collection_limitation",
    "limited_application": "use_limitation",
    "data_quality": "data_quality",
    "use_limitation": "use_limitation",
    "openness": "openness",
    "access": "individual_participation",
    "security": "security_safeguards",
    "accountability": "accountability",
}
"""The book's nine principles and the one of the OECD's eight that each belongs to."""

ANSWERS = ("met", "unmet", "open")


class Checklist:
    """One data set's answers to the nine principles on one day.

    Parameters
    ----------
    name : str
        What was audited.
    on : date or text
    answers : mapping
        Principle to ``True``, ``False``, or to ``{"met": bool, "evidence": str}``. What is left out is open; *met*
        without evidence does not count.

    Examples
    --------
    >>> met = {p: {"met": True, "evidence": "policy 3.1"} for p in list(PRINCIPLES)[:6]}
    >>> round(Checklist("PT XYZ", "2020-12-31", met).result().facts["score"], 3)
    0.667
    """

    def __init__(self, name: str, on: Any, answers: Mapping[str, Any]) -> None:
        self.name, self.on = name, str(on)
        self.answers: dict[str, dict[str, Any]] = {}
        for principle, said in answers.items():
            if principle not in PRINCIPLES:
                near = suggest(principle, PRINCIPLES)
                raise UserError("privacy.unknown_principle", found=principle, wanted=list(PRINCIPLES), near=near)
            if said is None:
                continue
            told = dict(said) if isinstance(said, Mapping) else {"met": said}
            if told.get("met") not in (True, False):
                raise UserError("privacy.bad_answer", found=str(told.get("met")), principle=principle)
            self.answers[principle] = {"met": told["met"], "evidence": str(told.get("evidence") or "").strip()}

    def state(self, principle: str) -> str:
        """``met``, ``unproven`` (met, they say, without evidence), ``unmet`` or ``open``."""
        said = self.answers.get(principle)
        if said is None:
            return "open"
        if not said["met"]:
            return "unmet"
        return "met" if said["evidence"] else "unproven"

    def result(self) -> Result:
        """Score and gaps."""
        import pandas as pd

        rows = [(p, PRINCIPLES[p], self.state(p), self.answers.get(p, {}).get("evidence", "")) for p in PRINCIPLES]
        table = pd.DataFrame(rows, columns=["principle", "oecd", "state", "evidence"])
        met = int((table["state"] == "met").sum())
        whole = table.groupby("oecd")["state"].apply(lambda states: bool((states == "met").all()))
        facts = {
            "items": len(table),
            "met": met,
            "score": met / len(table),
            "gaps": len(table) - met,
            "open": int((table["state"] == "open").sum()),
            "unproven": int((table["state"] == "unproven").sum()),
            "oecd_items": len(whole),
            "oecd_met": int(whole.sum()),
        }
        facts["oecd_score"] = facts["oecd_met"] / facts["oecd_items"]
        return Result(
            "privacy.principles", table, {"name": self.name, "on": self.on}, facts, (Note("privacy.nine_or_eight"),)
        )

    def save(self, path: str | os.PathLike) -> Path:
        """Keep the answers as JSON."""
        path = Path(path)
        said = {"name": self.name, "on": self.on, "answers": self.answers}
        path.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
        return path

    @classmethod
    def load(cls, path: str | os.PathLike) -> Checklist:
        """The answers that :meth:`save` kept."""
        try:
            said = json.loads(Path(path).read_text(encoding="utf-8"))
            return cls(said["name"], said["on"], said["answers"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise UserError("privacy.broken_checklist", found=Path(path).name) from None


def compare_checklists(checklists: Iterable[Checklist]) -> Result:
    """How the answers changed from one audit to the next.

    Examples
    --------
    >>> one = Checklist("PT XYZ", "2019-12-31", {"access": {"met": True, "evidence": "form"}})
    >>> two = Checklist("PT XYZ", "2020-12-31", {"access": False, "security": {"met": True, "evidence": "keys"}})
    >>> compare_checklists([two, one]).facts["lost"]
    ('access',)
    """
    import pandas as pd

    ordered = sorted(checklists, key=lambda c: c.on)
    if len(ordered) < 2:
        raise UserError("privacy.nothing_to_compare", found=len(ordered))
    table = pd.DataFrame({"principle": list(PRINCIPLES), **{c.on: [c.state(p) for p in PRINCIPLES] for c in ordered}})
    first, last = ordered[0], ordered[-1]
    gained = tuple(p for p in PRINCIPLES if first.state(p) != "met" == last.state(p))
    lost = tuple(p for p in PRINCIPLES if first.state(p) == "met" != last.state(p))
    scores = {c.on: c.result().facts["score"] for c in ordered}
    facts = {
        "first": scores[first.on],
        "last": scores[last.on],
        "change_points": 100 * (scores[last.on] - scores[first.on]),
        "gained": gained,
        "lost": lost,
        "audits": len(ordered),
    }
    params = {"from": first.on, "to": last.on, "scores": scores}
    return Result("privacy.principles_over_time", table, params, facts)
