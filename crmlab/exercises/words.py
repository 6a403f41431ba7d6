"""Answers in letters and words: choices, orders, matchings, and short texts marked by a rubric."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..errors import UserError
from .verdict import Draw, Match, Verdict

__all__ = ["LETTERS", "choice_kind", "matching_kind", "order_kind", "text_kind"]

LETTERS = "abcdefghijklmnopqrstuvwxyz"
STEM = 4  # the shortest beginning of a word that counts


def _ids(answer: Any, draw: Draw) -> list[str]:
    """The options that a student names, by letter ("b", "B)", ["a", "c"], "cab") or by id."""
    known = set(draw.shown)
    if isinstance(answer, str):
        bare = answer.strip().rstrip(".)").casefold()
        if answer in known:
            given: Iterable[Any] = [answer]
        else:
            given = re.split(r"[\s,;>\-]+", bare) if re.search(r"[\s,;>\-]", bare) else list(bare)
    elif isinstance(answer, Mapping) or not isinstance(answer, Iterable):
        raise UserError("exercises.not_letters", found=repr(answer)[:60], wanted=_first_last(draw))
    else:
        given = sorted(answer, key=str) if isinstance(answer, set | frozenset) else answer
    letters = dict(zip(LETTERS, draw.shown, strict=False))
    told = []
    for one in given:
        word = str(one).strip()
        key = word if word in known else letters.get(word.rstrip(".)").casefold())
        if key is None:
            raise UserError("exercises.not_letters", found=word[:30], wanted=_first_last(draw))
        told.append(key)
    return told


def _first_last(draw: Draw) -> str:
    return f"{LETTERS[0]}–{LETTERS[len(draw.shown) - 1]}"


class choice_kind:
    """One option, or several where ``several`` is set."""

    @staticmethod
    def plain(spec: Mapping[str, Any], draw: Draw, answer: Any) -> list[str]:
        ids = sorted(set(_ids(answer, draw)))
        if not spec.get("several") and len(ids) != 1:
            raise UserError("exercises.one_option", found=len(ids))
        return ids

    @staticmethod
    def entries(spec: Mapping[str, Any], plain: list[str]) -> list[tuple[str, str]]:
        return [("whole", ",".join(sorted(plain)))]

    @staticmethod
    def judge(spec: Mapping[str, Any], plain: list[str], match: Match) -> Verdict:
        label = match("whole", ",".join(plain))
        if label:
            return Verdict("right", 1.0) if label == "right" else Verdict("misconception", name=label)
        if spec.get("several"):
            for option in spec["options"]:
                toggled = sorted(set(plain) ^ {option})
                if toggled and match("whole", ",".join(toggled)) == "right":
                    return Verdict("nearly", 0.5, "one_too_many" if option in plain else "one_missing")
        return Verdict("wrong")


class order_kind:
    """A sequence; lines of a program that do not belong (``distractors``) stay out."""

    @staticmethod
    def plain(spec: Mapping[str, Any], draw: Draw, answer: Any) -> list[str]:
        ids = _ids(answer, draw)
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            letters = [LETTERS[draw.shown.index(i)] for i in twice]
            raise UserError("exercises.named_twice", found=", ".join(letters))
        return ids

    @staticmethod
    def entries(spec: Mapping[str, Any], plain: list[str]) -> list[tuple[str, str]]:
        pairs = [("next", f"{a}>{b}") for a, b in zip(plain, plain[1:], strict=False)]
        return [("whole", ">".join(plain)), *pairs]

    @staticmethod
    def judge(spec: Mapping[str, Any], plain: list[str], match: Match) -> Verdict:
        def is_right(ids: Sequence[str]) -> bool:
            return match("whole", ">".join(ids)) == "right"

        label = match("whole", ">".join(plain))
        if label == "right":
            return Verdict("right", 1.0)
        good = sum(match("next", f"{a}>{b}") == "right" for a, b in zip(plain, plain[1:], strict=False))
        # a line too many breaks one place and adds none
        share = good / max(len(plain) - 1, spec["length"] - 1, 1)
        if label:
            return Verdict("misconception", share, label)
        for i in range(len(plain) - 1):
            if is_right([*plain[:i], plain[i + 1], plain[i], *plain[i + 2 :]]):
                return Verdict("nearly", share, "one_swap")
        for i in range(len(plain)):
            if is_right(plain[:i] + plain[i + 1 :]):
                return Verdict("nearly", share, "line_too_many")
        if is_right(plain[::-1]):
            return Verdict("nearly", 0.0, "reversed")
        if len(plain) != spec["length"]:
            return Verdict("wrong", share, "length", {"wanted": spec["length"], "found": len(plain)})
        return Verdict("wrong", share)


class matching_kind:
    """Every item to a class; several items may share one."""

    @staticmethod
    def plain(spec: Mapping[str, Any], draw: Draw, answer: Any) -> dict[str, str]:
        if not isinstance(answer, Mapping):
            if isinstance(answer, str) or not isinstance(answer, Iterable):
                raise UserError("exercises.not_a_matching", found=repr(answer)[:60])
            answer = dict(enumerate(answer, start=1))
        classes = dict(zip(LETTERS, spec["classes"], strict=False)) | {c: c for c in spec["classes"]}
        told = {}
        for key, given in answer.items():
            if given is None or str(given).strip() in ("", "..."):
                continue
            word = str(key).strip().rstrip(".)")
            item = word if word in draw.shown else None
            if word.isdigit() and 1 <= int(word) <= len(draw.shown):
                item = draw.shown[int(word) - 1]
            if item is None:
                raise UserError("exercises.unknown_item", found=word[:30], wanted=f"1–{len(draw.shown)}")
            kind = classes.get(str(given).strip()) or classes.get(str(given).strip().rstrip(".)").casefold())
            if kind is None:
                last = LETTERS[len(spec["classes"]) - 1].upper()
                raise UserError("exercises.unknown_class", found=str(given)[:30], wanted=f"A–{last}")
            told[item] = kind
        return told

    @staticmethod
    def entries(spec: Mapping[str, Any], plain: dict[str, str]) -> list[tuple[str, str]]:
        return [("pair", f"{item}={kind}") for item, kind in sorted(plain.items())]

    @staticmethod
    def judge(spec: Mapping[str, Any], plain: dict[str, str], match: Match) -> Verdict:
        labels = [match("pair", f"{item}={kind}") for item, kind in sorted(plain.items())]
        right, n = labels.count("right"), spec.get("draw") or len(spec["items"])
        facts = {"right": right, "n": n, "open": n - len(plain)}
        if right == n:
            return Verdict("right", 1.0)
        wrong = [label for label in labels if label not in (None, "right")]
        if wrong:  # the misconception that explains most of the wrong pairs
            name = min(set(wrong), key=lambda w: (-wrong.count(w), w))
            return Verdict("misconception", right / n, name, facts)
        return Verdict("nearly" if right >= n - 1 else "wrong", right / n, "pairs", facts)


def tokens(text: str) -> list[str]:
    """The words of a text without case and accents.

    Examples
    --------
    >>> tokens("Jumlah, bukan rata-rata!")
    ['jumlah', 'bukan', 'rata', 'rata']
    """
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return re.findall(r"[a-z0-9]+", bare)


class text_kind:
    """A short text; a criterion is met when one of its stems begins a word of the text.

    ``spec["criteria"]`` names the criteria, ``spec["needed"]`` how many make the answer right, ``spec["words"]`` the
    least and the most words. Stems that point to a misconception are listed under its name.
    """

    @staticmethod
    def plain(spec: Mapping[str, Any], draw: Draw, answer: Any) -> str:
        if not isinstance(answer, str):
            raise UserError("exercises.not_a_text", found=type(answer).__name__)
        return " ".join(answer.split())[:4000]

    @staticmethod
    def judge(spec: Mapping[str, Any], plain: str, match: Match) -> Verdict:
        words = tokens(plain)
        least, most = spec["words"]
        if not least <= len(words) <= most:
            return Verdict("wrong", 0.0, "words", {"found": len(words), "least": least, "most": most})
        starts = {w[:end] for w in words for end in range(min(STEM, len(w)), len(w) + 1)}
        met = {label for s in starts if (label := match("stem", s)) is not None}
        misread = sorted(label for label in met if not label.startswith("+"))
        share = sum(f"+{c}" in met for c in spec["criteria"]) / len(spec["criteria"])
        facts = {"right": round(share * len(spec["criteria"])), "n": len(spec["criteria"])}
        if misread:
            return Verdict("misconception", share, misread[0], facts)
        if facts["right"] >= spec["needed"]:
            return Verdict("right", 1.0, facts=facts)
        facts["missing"] = [c for c in spec["criteria"] if f"+{c}" not in met]
        return Verdict("wrong", share, "criteria", facts)
