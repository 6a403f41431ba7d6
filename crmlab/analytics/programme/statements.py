"""What a programme says of itself: its vision, its mission, and whether its objectives, measures and features fit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ...errors import UserError, suggest
from ...results import Note, Result
from .tables import rows_of, single, table_of

__all__ = ["MISSION", "VISION", "alignment", "mission", "vision"]

VISION = ("who_served", "change_wanted", "value_promised", "measurable_direction")
MISSION = ("for_customers", "for_employees", "for_owners")
LONGEST = 60

# words that give an element away; a person who reads better says so with marks=
_SIGNS = {
    "who_served": (
        r"\w*pelanggan\w*|anggota|pasien|konsumen|nasabah|keluarga|"
        r"customers?|members?|patients?|clients?|guests?"
    ),
    "change_wanted": (
        r"akan|meng?ubah|menjadi|membangun|mengembangkan|memelihara|beralih|"
        r"will|build\w*|becom\w*|chang\w*|develop\w*|maintain\w*|transform\w*|move from"
    ),
    "value_promised": (
        r"\w*nilai\w*|manfaat|aman|keamanan|tenang|ketenangan|mudah|cepat|dipersonalisasi|disesuaikan|kepercayaan|"
        r"value\w*|benefits?|secur\w*|peace of mind|easy|easily|fast|personali[sz]ed|tailored|trust\w*|care"
    ),
    "measurable_direction": (
        r"\d+\s*(?:%|persen|percent)|terbaik|nomor satu|paling \w+|lebih \w+|jangka panjang|semua titik kontak|"
        r"di semua|setiap|best|first|most|more|better|long[- ]term|every|all touch ?points?|leading"
    ),
}


def vision(text: str, *, marks: Mapping[str, str | bool] | None = None) -> Result:
    """Whether a CRM vision says who, what changes, what value it brings and in which direction.

    Parameters
    ----------
    text : str
        One statement.
    marks : mapping, optional
        A reader's own judgement: element to the words of the text that hold it, or ``False`` where none do. It takes
        the place of what the word lists find.

    Returns
    -------
    Result
        Kind ``programme.vision``: a row an element with ``status`` (``is_there``, ``not_there``), ``evidence`` (words
        of the text) and ``answered_by``. Facts: ``elements``, ``there``, ``there_share``, ``words``.

    Raises
    ------
    UserError
        ``programme.no_text``, ``programme.not_in_text`` (a mark that the text does not hold),
        ``programme.unknown_value``.

    Notes
    -----
    Words are signs, not proof: "value" in a sentence is not yet a value for somebody. A peer's marks are the better
    judge, and say where they found it.

    Examples
    --------
    >>> vision("Kita akan melayani pelanggan dengan penawaran yang disesuaikan").facts["there_share"]
    0.75
    """
    said = re.sub(r"\s+", " ", text or "").strip()
    if not said:
        raise UserError("programme.no_text", found="vision")
    for element in marks or {}:
        if element not in VISION:
            near = suggest(str(element), VISION)
            raise UserError("programme.unknown_value", table="vision", column="item", found=element,
                            wanted=list(VISION), near=near)  # fmt: skip
    rows = []
    for element in VISION:
        mark = (marks or {}).get(element)
        if mark is None:
            found = re.search(rf"(?<!\w)(?:{_SIGNS[element]})(?!\w)", said, re.IGNORECASE)
            quote, by = found.group() if found else None, "data"
        else:
            quote, by = (str(mark) if mark else None), "person"
            if quote is not None and quote.lower() not in said.lower():
                raise UserError("programme.not_in_text", item=element, found=quote)
        rows.append(
            {"item": element, "status": "is_there" if quote else "not_there", "evidence": quote, "answered_by": by}
        )
    there, words = sum(r["status"] == "is_there" for r in rows), len(said.split())
    facts = {
        "elements": len(VISION),
        "there": there,
        "there_share": there / len(VISION),
        "missing": tuple(r["item"] for r in rows if r["status"] == "not_there"),
        "words": words,
    }
    notes = [Note("programme.note.long_vision", {"n": words, "most": LONGEST})] if words > LONGEST else []
    units = dict.fromkeys(("item", "status", "evidence", "answered_by"), "text")
    return Result("programme.vision", table_of(rows), {"text": said, "units": units}, facts, tuple(notes))


def mission(parts: Mapping[str, str | None]) -> Result:
    """Whether vision and mission speak to customers, employees and owners: all three, or it is not complete.

    Parameters
    ----------
    parts : mapping
        ``for_customers``, ``for_employees``, ``for_owners`` to what is said to them.

    Returns
    -------
    Result
        Kind ``programme.mission``. Facts: ``parts``, ``there``, ``missing``, ``verdict`` (``complete`` or
        ``incomplete``).

    Examples
    --------
    >>> found = mission({"for_customers": "Rumah yang rapi tanpa repot", "for_employees": "Tempat untuk tumbuh"}).facts
    >>> found["there"], found["parts"], found["verdict"], found["missing"]
    (2, 3, 'incomplete', ('for_owners',))
    """
    strange = [p for p in parts if p not in MISSION]
    if strange:
        near = suggest(str(strange[0]), MISSION)
        raise UserError("programme.unknown_value", table="mission", column="item", found=strange[0],
                        wanted=list(MISSION), near=near)  # fmt: skip
    said = {p: (parts.get(p) or "").strip() or None for p in MISSION}
    rows = [{"item": p, "status": "is_there" if t else "not_there", "evidence": t} for p, t in said.items()]
    missing = tuple(p for p, t in said.items() if t is None)
    facts = {
        "parts": len(MISSION),
        "there": len(MISSION) - len(missing),
        "missing": missing,
        "verdict": "incomplete" if missing else "complete",
    }
    notes = [Note("programme.note.incomplete", {"n": len(missing), "items": missing})] if missing else []
    units = dict.fromkeys(("item", "status", "evidence"), "text")
    return Result("programme.mission", table_of(rows), {"units": units}, facts, tuple(notes))


def alignment(objectives: Any, kpis: Any, features: Any) -> Result:
    """Objective, measure (KPI) and feature held together, with what hangs loose on either side.

    Parameters
    ----------
    objectives : table or list of dict
        ``objective``.
    kpis : table or list of dict
        ``kpi``, ``objective`` (empty: it serves none). A KPI of two objectives has two rows.
    features : table or list of dict
        ``feature``, ``kpi`` (empty: it moves none).

    Returns
    -------
    Result
        Kind ``programme.alignment``: a row a chain of ``objective``, ``kpi``, ``feature``, ``standing`` (``aligned``,
        ``no_kpi``, ``no_feature``, ``no_objective``, ``kpi_missing``). Facts: ``objectives``, ``with_kpi``,
        ``aligned_share`` (objectives with a KPI), ``supported_share`` (with a KPI and a feature),
        ``without_kpi``, ``without_feature``, ``kpis_without_objective``, ``features_without_kpi``.

    Raises
    ------
    UserError
        ``programme.unknown_value``: a name that the other table does not hold.

    Examples
    --------
    >>> found = alignment([{"objective": f"O{k}"} for k in range(1, 6)],
    ...                   [{"kpi": f"K{k}", "objective": f"O{k}"} for k in range(1, 5)],
    ...                   [{"feature": "F1", "kpi": "K1"}, {"feature": "F2", "kpi": None}])
    >>> found.facts["aligned_share"], found.facts["without_kpi"], found.facts["features_without_kpi"]
    (0.8, ('O5',), ('F2',))
    """
    wanted = rows_of(objectives, ("objective",), "objectives")
    single(wanted, "objective", "objectives")
    names = [r["objective"] for r in wanted]
    measures = _links(kpis, "kpi", "objective", names, "kpis")
    tools = _links(features, "feature", "kpi", list(dict.fromkeys(m for m, _ in measures)), "features")
    rows = []
    for objective in [*names, None]:
        own = [m for m, o in measures if o == objective]
        for m in own:
            helped = [f for f, k in tools if k == m] or [None]
            standing = "no_objective" if objective is None else "no_feature" if helped == [None] else "aligned"
            rows += [{"objective": objective, "kpi": m, "feature": f, "standing": standing} for f in helped]
        if not own and objective is not None:
            rows.append({"objective": objective, "kpi": None, "feature": None, "standing": "no_kpi"})
    loose = [f for f, k in tools if k is None]
    rows += [{"objective": None, "kpi": None, "feature": f, "standing": "kpi_missing"} for f in loose]
    bare = tuple(r["objective"] for r in rows if r["standing"] == "no_kpi")
    supported = {r["objective"] for r in rows if r["standing"] == "aligned"}
    facts = {
        "objectives": len(names),
        "with_kpi": len(names) - len(bare),
        "aligned_share": (len(names) - len(bare)) / len(names),
        "supported_share": len(supported) / len(names),
        "without_kpi": bare,
        "without_feature": tuple(dict.fromkeys(r["kpi"] for r in rows if r["kpi"] and r["feature"] is None)),
        "kpis_without_objective": tuple(dict.fromkeys(r["kpi"] for r in rows if r["standing"] == "no_objective")),
        "features_without_kpi": tuple(dict.fromkeys(loose)),
    }
    loose_ends = ("without_kpi", "without_feature", "kpis_without_objective", "features_without_kpi")
    notes = [Note(f"programme.note.{k}", {"names": facts[k]}) for k in loose_ends if facts[k]]
    units = dict.fromkeys(("objective", "kpi", "feature", "standing"), "text")
    return Result("programme.alignment", table_of(rows), {"units": units}, facts, tuple(notes))


def _links(table: Any, what: str, to: str, names: list[Any], called: str) -> list[tuple[Any, Any]]:
    """Pairs of a name and what it serves, each once."""
    rows = rows_of(table, (what, to), called)
    for k, r in enumerate(rows, 1):
        if r[what] is None:
            raise UserError("programme.no_name", table=called, rows=[k], column=what)
        if r[to] is not None and r[to] not in names:
            near = suggest(str(r[to]), [str(n) for n in names])
            raise UserError("programme.unknown_value", table=called, rows=[k], column=to, found=r[to], wanted=names,
                            near=near)  # fmt: skip
    pairs = list(dict.fromkeys((r[what], r[to]) for r in rows))
    # one row says that it serves something: another that says nothing adds nothing
    served = {w for w, t in pairs if t is not None}
    return [(w, t) for w, t in pairs if t is not None or w not in served]
