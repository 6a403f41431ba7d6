"""Assignments and orders with their key: marked at once, with the reason where one is wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ... import labels
from ...errors import UserError, suggest
from ...results import Note, Result

__all__ = ["exercise", "exercises", "grade", "order"]

SLIP = 0.84  # how alike a word must be to a known one to be taken for it
PART = 4  # letters that a part of an item's name needs to stand for it ("Ford")
RUBRIC = {0: 2, 1: 1}  # points by how many levels an answer is off; further away there are none


@cache
def _told() -> Mapping[str, Any]:
    import tomllib

    return tomllib.loads(Path(__file__).with_name("exercises.toml").read_text(encoding="utf-8"))


def exercises() -> list[str]:
    """The assignments that this room has.

    Examples
    --------
    >>> exercises()  # doctest: +NORMALIZE_WHITESPACE
    ['payne_frow', 'crm_types', 'misconceptions', 'crm_history', 'relationship_schools', 'crm_ecosystem',
     'marketable_entities', 'maslow_experience', 'value_ladder']
    """
    return [name for name in _told() if name != "synonyms"]


def exercise(name: str, lang: str | None = None) -> dict[str, Any]:
    """What a page shows of an assignment: ``items`` and ``classes`` with their words, a ``hint``, and the ``source``.

    The items of an order stand by their names, not as they should. The hint says what is asked, and where the book
    can mislead: for ``crm_ecosystem`` that the size it prints is probably a misprint.

    Examples
    --------
    >>> asked = exercise("marketable_entities", "en")
    >>> len(asked["items"]), len(asked["classes"]), asked["items"]["offer_bonds"]
    (20, 10, 'Government retail bonds are offered to savers.')
    >>> "misprint" in exercise("crm_ecosystem", "en")["hint"]
    True
    """
    told = _known(name)
    items = sorted(told["order"]) if "order" in told else list(told["key"])
    said = {i: labels.text(f"frameworks.case.{name}.{i}", lang) for i in items}
    return {
        "items": said,
        "classes": {c: labels.name(c, lang) for c in told.get("classes", ())},
        "hint": labels.text(f"frameworks.hint.{name}", lang),
        "source": told["source"],
    }


def _known(name: str) -> Mapping[str, Any]:
    if name not in exercises():
        raise UserError("frameworks.no_exercise", found=name, wanted=exercises(), near=suggest(name, exercises()))
    return _told()[name]


def _plain(text: Any) -> str:
    """Case, accents, punctuation and doubled spaces do not matter."""
    bare = (c for c in unicodedata.normalize("NFKD", str(text)) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare).casefold().split())


def _item_of(word: Any, name: str, items: Sequence[str]) -> str | None:
    """The item that a person means: by its id, its name or sentence in either language, or a part of one name only."""
    if word in items:
        return str(word)
    asked, parts = _plain(word), set()
    for item in items:
        for lang in labels.LANGUAGES:
            said = _plain(labels.name(item, lang))
            if asked in (_plain(item), said, _plain(labels.text(f"frameworks.case.{name}.{item}", lang))):
                return item
            if len(asked) >= PART and f" {asked} " in f" {said} ":
                parts.add(item)
    return parts.pop() if len(parts) == 1 else None


def _class_of(word: Any, classes: Sequence[str], item: str, table: str) -> str:
    """The class that a person means, by its name in either language, a synonym, or a small slip."""
    from difflib import get_close_matches

    words: dict[str, str] = {}
    for name in classes:
        for said in (name, labels.name(name, "id"), labels.name(name, "en"), *_told()["synonyms"].get(name, ())):
            words[_plain(said)] = name
    asked = _plain("statement_true" if word is True else "statement_false" if word is False else word)
    close = [asked] if asked in words else get_close_matches(asked, words, n=3, cutoff=SLIP)
    if not close or (len(asked) < 5 and asked not in words) or len({words[c] for c in close[:1]}) != 1:
        near = [words[c] for c in get_close_matches(asked, words, n=1, cutoff=0.6)]
        wanted = [labels.name(c) for c in classes]
        raise UserError("frameworks.no_class", table=table, rows=[item], found=word, wanted=wanted, near=near)
    return words[close[0]]


def grade(name: str, given: Any) -> Result:
    """Mark an assignment of items to classes.

    Parameters
    ----------
    name : str
        One of :func:`exercises` that sorts items into classes.
    given : mapping, or sequence of pairs
        Item -> class, as a person writes it. An item by its id, its name or sentence in either language, or a part of
        its name that no other item has (``"Hakansson"``); accents do not matter. A class by either language, a
        synonym, or with a small slip. ``None`` and blanks are not answered.

    Returns
    -------
    Result
        Kind ``frameworks.grading``, or ``frameworks.grading_incomplete`` while items are open (then there is no mark):
        a row an item with ``given_class``, ``right_class``, ``is_right``. Facts: ``right``, ``n``,
        ``answered``, ``share``. A note gives the reason of every wrong one. ``params["confusion"]`` counts key and
        given class. Where the classes are levels of one ladder (``"maslow_experience"``) the kind is
        ``frameworks.grading_levels``: ``levels_off`` says how far an answer lies above (+) or below (-) the key, and a
        rubric of our own gives 2 points for the level, 1 for its neighbour: ``near``, ``points`` of ``most``,
        ``points_share``.

    Raises
    ------
    UserError
        ``frameworks.no_exercise``, ``frameworks.unknown_items``, ``frameworks.assigned_twice``,
        ``frameworks.no_class``.

    Examples
    --------
    >>> told = grade("misconceptions", {"crm_is_an_it_matter": "salah", "any_company_can": True})
    >>> int(told.table["is_right"].sum()), told.facts["answered"]
    (1, 2)
    >>> schools = grade("relationship_schools", {"Hakansson": "IMP", "Grönroos": "nordik"})
    >>> schools.facts["right"], schools.facts["n"]
    (2, 16)
    """
    import pandas as pd

    told = _known(name)
    if "key" not in told:
        raise UserError("frameworks.no_exercise", found=name, wanted=[e for e in exercises() if "key" in _told()[e]])
    key, classes = told["key"], told["classes"]
    pairs = list(given.items()) if isinstance(given, Mapping) else [tuple(p) for p in given]
    meant_items = [_item_of(p[0], name, list(key)) for p in pairs]
    strange = [p[0] for p, item in zip(pairs, meant_items, strict=True) if item is None]
    if strange:
        near = suggest(str(strange[0]), key) or suggest(str(strange[0]), [labels.name(i) for i in key])
        raise UserError("frameworks.unknown_items", table=name, found=strange[:5], wanted=list(key), near=near)
    names = [item for item in meant_items if item is not None]
    twice = sorted({i for i in names if names.count(i) > 1})
    if twice:
        raise UserError("frameworks.assigned_twice", table=name, rows=twice)
    pairs = list(zip(names, (p[1] for p in pairs), strict=True))
    blank = {i for i, word in pairs if word is None or word != word or str(word).strip() == ""}
    meant = {i: _class_of(word, classes, i, name) for i, word in pairs if i not in blank}
    maps_to = told.get("maps_to", {})
    rows, notes = [], []
    for item, right in key.items():
        row = {
            "item": item,
            "given_class": meant.get(item),
            "right_class": right,
            "is_right": None if item not in meant else meant[item] == right,
        }
        if maps_to:
            row["crm_type"] = maps_to.get(right)
        if told.get("levels"):
            row["levels_off"] = classes.index(meant[item]) - classes.index(right) if item in meant else None
        rows.append(row)
        if row["is_right"] is False:
            notes.append(Note(f"frameworks.reason.{name}.{item}"))
    right, n = sum(r["is_right"] is True for r in rows), len(key)
    facts = {"exercise": name, "right": right, "answered": len(meant), "n": n, "wrong": len(meant) - right}
    facts |= {"share": right / n if len(meant) == n else None, "origin": told["source"]}
    facts["open"] = [i for i in key if i not in meant]
    if facts["open"]:
        notes.append(Note("frameworks.note.open_items", {"n": len(facts["open"])}))
    wrong = [(r["right_class"], r["given_class"]) for r in rows if r["is_right"] is False]
    counts = [[sum(r["right_class"] == a and r["given_class"] == b for r in rows) for b in classes] for a in classes]
    often = max(wrong, key=wrong.count) if wrong else None
    facts |= {"mistaken_key": often[0] if often else None, "mistaken_for": often[1] if often else None}
    table = pd.DataFrame(rows)
    table["is_right"] = table["is_right"].astype("boolean")
    units = dict.fromkeys(table.columns, "text")
    kind = "frameworks.grading" if not facts["open"] else "frameworks.grading_incomplete"
    if told.get("levels"):
        table["levels_off"] = table["levels_off"].astype("Int64")
        units["levels_off"] = "count"
        off = [abs(row["levels_off"]) for row in rows if row["levels_off"] is not None]
        points, most = sum(RUBRIC.get(k, 0) for k in off), RUBRIC[0] * n
        share = points / most if not facts["open"] else None
        facts |= {"near": off.count(1), "points": points, "most": most, "points_share": share}
        kind = kind if facts["open"] else "frameworks.grading_levels"
    params = {"exercise": name, "classes": list(classes), "confusion": counts, "units": units}
    return Result(kind, table, params, facts, tuple(notes))


def order(given: Sequence[str], name: str = "crm_history") -> Result:
    """Mark an order by the pairs that stand right: Kendall's distance.

    Parameters
    ----------
    given : sequence of str
        All items, first to last, by id or as :func:`grade` reads them.
    name : str
        ``"crm_history"`` or ``"value_ladder"``, the economies from agrarian to experience.

    Returns
    -------
    Result
        Kind ``frameworks.order``: a row an item with ``right_place``, ``given_place``, ``places_off``. Facts:
        ``right`` of ``pairs`` pairs, ``share``, ``tau`` (Kendall's, 1 all right, -1 upside down), ``distance``
        (neighbours to swap).

    Raises
    ------
    UserError
        ``frameworks.not_an_order``: items are missing, unknown or there twice.

    Examples
    --------
    >>> from crmlab.analytics.frameworks.marking import _told
    >>> right = _told()["crm_history"]["order"]
    >>> order([right[1], right[0], *right[2:]]).facts["right"]
    20
    >>> order(["agraria", "jasa", "industri", "pengalaman"], "value_ladder").facts["share"]  # 5 of 6 pairs
    0.8333333333333334
    """
    import pandas as pd
    from scipy.stats import kendalltau

    told = _known(name)
    if "order" not in told:
        raise UserError("frameworks.no_exercise", found=name, wanted=[e for e in exercises() if "order" in _told()[e]])
    right = told["order"]
    given = [_item_of(i, name, right) or i for i in given]
    if sorted(map(str, given)) != sorted(right):
        found = [i for i in given if i not in right or given.count(i) > 1] or len(given)
        raise UserError("frameworks.not_an_order", table=name, found=found, wanted=sorted(right))
    n = len(right)
    places = [given.index(i) + 1 for i in right]
    tau = float(kendalltau(range(1, n + 1), places).statistic)
    pairs = n * (n - 1) // 2
    hits = round((tau + 1) / 2 * pairs)
    table = pd.DataFrame({"item": right, "right_place": range(1, n + 1), "given_place": places})
    table["places_off"] = table["given_place"] - table["right_place"]
    facts = {"exercise": name, "right": hits, "pairs": pairs, "n": n, "share": hits / pairs, "tau": tau}
    facts |= {"distance": pairs - hits, "misplaced": int((table["places_off"] != 0).sum()), "origin": told["source"]}
    units = {"item": "text", "right_place": "count", "given_place": "count", "places_off": "count"}
    return Result("frameworks.order", table, {"exercise": name, "units": units}, facts)
