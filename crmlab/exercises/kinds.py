"""The kinds of answer: what a student may give, what of it is compared, and how it is judged.

A kind has three functions. ``plain(spec, draw, answer)`` turns what the student gave into data that JSON holds, or says
why it can't (:class:`crmlab.errors.UserError`). ``entries(spec, plain)`` lists the canonical texts, each in a slot, by
which an answer is known. ``judge(spec, plain, match)`` asks ``match`` which of them are known, and says what follows.
The student's side matches digests, the lecturer's side the texts themselves: one judge, two keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import UserError
from .numbers import date_kind, number_kind
from .tables import figure_kind, sql_kind, table_kind
from .verdict import Draw, Match, Verdict
from .words import choice_kind, matching_kind, order_kind, text_kind

__all__ = ["KINDS", "entries", "judge", "marks", "plain"]


class blanks_kind:
    """Several named parts, each a number, a date or a choice: the gaps of a faded worked example."""

    @staticmethod
    def plain(spec: Mapping[str, Any], draw: Draw, answer: Any) -> dict[str, Any]:
        if not isinstance(answer, Mapping):
            raise UserError("exercises.not_blanks", found=type(answer).__name__, wanted=list(spec["parts"]))
        strange = [k for k in answer if k not in spec["parts"]]
        if strange:
            raise UserError("exercises.unknown_part", found=strange[:3], wanted=list(spec["parts"]))
        told = {}
        for name, part in spec["parts"].items():
            given = answer.get(name)
            if given is None or given is ... or given == "":
                continue
            own = Draw(draw.variant, draw.data, tuple(part.get("options", ())))
            told[name] = KINDS[part["kind"]].plain(part, own, given)
        return told

    @staticmethod
    def entries(spec: Mapping[str, Any], plain: Mapping[str, Any]) -> list[tuple[str, str]]:
        return [
            (f"{name} {slot}", text)
            for name, value in plain.items()
            for slot, text in KINDS[spec["parts"][name]["kind"]].entries(spec["parts"][name], value)
        ]

    @staticmethod
    def judge(spec: Mapping[str, Any], plain: Mapping[str, Any], match: Match) -> Verdict:
        verdicts = {}
        for name, part in spec["parts"].items():
            if name in plain:

                def own(slot: str, text: str, name: str = name) -> str | None:
                    return match(f"{name} {slot}", text)

                verdicts[name] = KINDS[part["kind"]].judge(part, plain[name], own)
        right = [n for n, v in verdicts.items() if v.code == "right"]
        n = len(spec["parts"])
        if len(right) == n:
            return Verdict("right", 1.0)
        open_parts = [p for p in spec["parts"] if p not in verdicts]
        share = sum(v.share for v in verdicts.values()) / n
        facts = {"right": len(right), "n": n, "open": open_parts}
        for code in ("misconception", "nearly"):
            for name, verdict in verdicts.items():
                if verdict.code == code:
                    return Verdict(code, share, verdict.name, {**facts, **verdict.facts, "part": name})
        wrong = [p for p, v in verdicts.items() if v.code == "wrong"]
        return Verdict("wrong", share, "parts", {**facts, "wrong": wrong or open_parts})


KINDS: Mapping[str, Any] = {
    "number": number_kind,
    "date": date_kind,
    "table": table_kind,
    "sql": sql_kind,
    "figure": figure_kind,
    "choice": choice_kind,
    "order": order_kind,
    "matching": matching_kind,
    "text": text_kind,
    "blanks": blanks_kind,
}


def plain(spec: Mapping[str, Any], draw: Draw, answer: Any) -> Any:
    """An answer as plain data; None where there is none."""
    if answer is None or answer is ... or (isinstance(answer, str) and not answer.strip()):
        return None
    told = KINDS[spec["kind"]].plain(spec, draw, answer)
    return None if told in ({}, []) and spec["kind"] in ("matching", "blanks", "order") else told


def entries(spec: Mapping[str, Any], told: Any) -> list[tuple[str, str]]:
    """Slot and text of everything by which a right answer is known."""
    if spec["kind"] == "text":
        return [("stem", stem) for stems in spec["stems"].values() for stem in stems]
    return KINDS[spec["kind"]].entries(spec, told)


# the slots by which a wrong answer is known: the whole of it, not what it shares with others
_OWN = {"whole", "pair", "values", "form"}


def marks(spec: Mapping[str, Any], wrong: Any, right: Any) -> list[tuple[str, str]]:
    """Slot and text of what makes a wrong answer this wrong answer: not what is right in it."""
    known = set(entries(spec, right))
    return [e for e in entries(spec, wrong) if e not in known and e[0].split(" ")[-1] in _OWN]


def judge(spec: Mapping[str, Any], told: Any, match: Match) -> Verdict:
    """What a plain answer is."""
    return Verdict("open") if told is None else KINDS[spec["kind"]].judge(spec, told, match)
