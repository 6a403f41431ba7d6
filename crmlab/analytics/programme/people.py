"""People in a programme: who decides and who is accountable, who is for it, and how change is led."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...errors import UserError, suggest
from ...frames import number
from ...results import Note, Result
from .tables import known, rows_of, single, table_of

__all__ = ["VIGNETTES", "buy_in", "change", "governance", "vignettes"]

_BODIES = ("steering_committee", "programme_team", "advisers")
_SIDES = ("business", "it")
_HIGH = 3

VIGNETTES: dict[str, str] = {
    "case_facts_and_incentive": "rational_empirical",
    "case_shared_values": "normative_reeducative",
    "case_sanctions": "power_coercive",
    "case_new_situation": "environmental_adaptive",
    "case_steady_pace": "smooth_incremental",
    "case_calm_then_spurts": "bumpy_incremental",
    "case_all_at_once": "discontinuous",
}
"""Seven short cases, and which of the four approaches or three kinds of change each shows (sections 4.3.3, 4.3.4)."""


def governance(raci: Any, members: Any = None) -> Result:
    """Who is responsible, accountable, consulted and informed for each task: exactly one is accountable.

    Parameters
    ----------
    raci : table or list of dict
        ``task``, ``role``, ``letter``: ``R``, ``A``, ``C``, ``I``, or several as ``"A/R"``. A task that nobody was
        given yet has a row with an empty role.
    members : table or list of dict, optional
        ``member``, ``role``, ``body`` (``steering_committee``, ``programme_team``, ``advisers``), ``side``
        (``business`` or ``it``). Who sits in two bodies has two rows. The roles ``programme_director`` and
        ``executive_sponsor`` are looked for.

    Returns
    -------
    Result
        Kind ``programme.governance``: a row a task with ``accountable``, ``responsible``, ``consulted``, ``informed``,
        ``standing`` (``fits``, ``no_accountable``, ``several_accountable``, ``no_responsible``). ``params["letters"]``
        holds the matrix. Facts: ``tasks``, ``fitting``, ``without_accountable``, ``several_accountable``,
        ``without_responsible``, ``director_in_both``, ``sponsor_steers``, ``business``, ``it``, ``business_per_it``,
        ``verdict`` (``pass`` or ``fail``).

    Raises
    ------
    UserError
        ``programme.unknown_letter``, ``programme.unknown_value``.

    Examples
    --------
    >>> raci = [{"task": "Choose", "role": "sponsor", "letter": "A"}, {"task": "Choose", "role": "team", "letter": "R"}]
    >>> raci += [{"task": "Test", "role": "team", "letter": "R"}]
    >>> governance(raci).facts["without_accountable"]
    ('Test',)
    """
    rows = rows_of(raci, ("task", "role", "letter"), "raci")
    tasks: dict[Any, dict[str, list[Any]]] = {}
    letters: list[tuple[Any, Any, str]] = []
    for k, r in enumerate(rows, 1):
        if r["task"] is None:
            raise UserError("programme.no_name", table="raci", rows=[k], column="task")
        held = tasks.setdefault(r["task"], {letter: [] for letter in "RACI"})
        if r["role"] is None or r["letter"] is None:
            continue
        given = [c for c in str(r["letter"]).upper() if c.isalpha()]
        if not given or set(given) - set("RACI"):
            raise UserError("programme.unknown_letter", table="raci", rows=[k], found=r["letter"])
        for letter in dict.fromkeys(given):
            if r["role"] not in held[letter]:
                held[letter].append(r["role"])
                letters.append((r["task"], r["role"], letter))
    out = []
    for task, held in tasks.items():
        standing = "no_accountable" if not held["A"] else "several_accountable" if len(held["A"]) > 1 else "fits"
        if standing == "fits" and not held["R"]:
            standing = "no_responsible"
        words = {w: ", ".join(map(str, held[c])) or None for c, w in zip("ARCI", _WORDS, strict=True)}
        out.append({"task": task, **words, "standing": standing})
    none = tuple(t for t, h in tasks.items() if not h["A"])
    several = tuple(t for t, h in tasks.items() if len(h["A"]) > 1)
    idle = tuple(t for t, h in tasks.items() if not h["R"])
    facts: dict[str, Any] = {
        "tasks": len(tasks),
        "fitting": sum(r["standing"] == "fits" for r in out),
        "without_accountable": none,
        "several_accountable": several,
        "without_responsible": idle,
    }
    notes = [Note(f"programme.note.{k}", {"tasks": facts[k]})
             for k in ("without_accountable", "several_accountable", "without_responsible") if facts[k]]  # fmt: skip
    bodies = _bodies(members, notes) if members is not None else dict.fromkeys(_BODY_FACTS)
    facts |= bodies
    wrong = none or several or bodies["director_in_both"] is False or bodies["sponsor_steers"] is False
    facts["director"] = _SEATS.get(bodies["director_in_both"])
    facts["sponsor"] = _SEATS.get(bodies["sponsor_steers"])
    facts["verdict"] = "fail" if wrong else "pass"
    units = dict.fromkeys(("task", *_WORDS, "standing"), "text")
    params = {"letters": tuple(letters), "units": units}
    return Result("programme.governance", table_of(out), params, facts, tuple(notes))


_WORDS = ("accountable", "responsible", "consulted", "informed")
_SEATS = {True: "seated_there", False: "not_seated_there"}
_BODY_FACTS = ("director_in_both", "sponsor_steers", "business", "it", "business_per_it")


def _bodies(members: Any, notes: list[Note]) -> dict[str, Any]:
    rows = rows_of(members, ("member", "role", "body", "side"), "members")
    sits: dict[str, set[str]] = {"programme_director": set(), "executive_sponsor": set()}
    side: dict[Any, str] = {}
    for k, r in enumerate(rows, 1):
        if r["member"] is None:
            raise UserError("programme.no_name", table="members", rows=[k], column="member")
        known(r["body"], _BODIES, "body", "members", k)
        side[r["member"]] = known(r["side"], _SIDES, "side", "members", k)
        if r["role"] in sits:
            sits[r["role"]].add(r["body"])
    both = {"steering_committee", "programme_team"} <= sits["programme_director"]
    sponsor = "steering_committee" in sits["executive_sponsor"]
    business, it = (sum(s == w for s in side.values()) for w in _SIDES)
    if not both:
        notes.append(Note("programme.note.director", {}))
    if not sponsor:
        notes.append(Note("programme.note.sponsor", {}))
    if it > business:
        notes.append(Note("programme.note.it_heavy", {"business": business, "it": it}))
    ratio = business / it if it else None
    return dict(zip(_BODY_FACTS, (both, sponsor, business, it, ratio), strict=True))


def buy_in(table: Any) -> Result:
    """Who understands the change, and who feels for it: four groups, each with what to do.

    Parameters
    ----------
    table : table or list of dict
        ``stakeholder``, ``rational`` (knows what must change and why) and ``emotional`` (stands behind it), each 1 to
        5; 3 and more is high. An empty score leaves the stakeholder without a group.

    Returns
    -------
    Result
        Kind ``programme.buy_in``: a row a stakeholder with ``group`` (``head_and_heart``, ``head_only``,
        ``heart_only``, ``neither_yet``) and ``action``. Facts count the groups, and those without one (``unknown``).

    Raises
    ------
    UserError
        ``frames.bad_number``: a score outside of 1 to 5.

    Examples
    --------
    >>> rows = [("Ani", 5, 4), ("Budi", 5, 2), ("Citra", 2, 5), ("Dedi", 1, 2)]
    >>> found = buy_in([{"stakeholder": s, "rational": r, "emotional": e} for s, r, e in rows])
    >>> found.table["group"].tolist()
    ['head_and_heart', 'head_only', 'heart_only', 'neither_yet']
    """
    rows = rows_of(table, ("stakeholder", "rational", "emotional"), "stakeholders")
    single(rows, "stakeholder", "stakeholders")
    out = []
    for r in rows:
        scores = [r["rational"], r["emotional"]]
        for axis, s in zip(("rational", "emotional"), scores, strict=True):
            if s is not None:
                number(s, f"{axis} ({r['stakeholder']})", 1, 5)
        group = None
        if None not in scores:
            head, heart = (s >= _HIGH for s in scores)
            group = _GROUPS[head, heart]
        row = {"stakeholder": r["stakeholder"], "rational": scores[0], "emotional": scores[1], "group": group}
        out.append({**row, "action": _ACTIONS.get(group, "ask_first")})
    facts: dict[str, Any] = {"n": len(out), "high": _HIGH}
    facts |= {g: sum(r["group"] == g for r in out) for g in _GROUPS.values()}
    facts["unknown"] = sum(r["group"] is None for r in out)
    facts["convinced_share"] = facts["head_and_heart"] / len(out) if not facts["unknown"] else None
    unscored = tuple(r["stakeholder"] for r in out if r["group"] is None)
    notes = [Note("programme.note.unscored", {"names": unscored})] if unscored else []
    units = {"stakeholder": "text", "rational": "number", "emotional": "number", "group": "text", "action": "text"}
    frame = table_of(out)
    frame[["rational", "emotional"]] = frame[["rational", "emotional"]].astype("float64")
    return Result("programme.buy_in", frame, {"units": units}, facts, tuple(notes))


_GROUPS = {(True, True): "head_and_heart", (True, False): "head_only", (False, True): "heart_only",
           (False, False): "neither_yet"}  # fmt: skip
_ACTIONS = {"head_and_heart": "let_them_lead", "head_only": "win_the_heart", "heart_only": "give_the_facts",
            "neither_yet": "listen_and_involve"}  # fmt: skip


def change(table: Any) -> Result:
    """Change in five phases: A the position wanted, B its measure and target, C now, D what is done, E what is outside.

    Parameters
    ----------
    table : table or list of dict
        ``measure`` and, in the order of the phases, ``position`` (A), ``target`` (B), ``current`` (C), ``action`` (D),
        ``environment`` (E). Where less is better, ``better`` is ``low``.

    Returns
    -------
    Result
        Kind ``programme.change``: a row a measure with ``gap`` (target minus current; the other way round where less is
        better), ``standing`` (``reached``, ``gap_with_action``, ``gap_without_action``, ``incomplete``) and
        ``missing`` (the phases that are empty). Facts: ``measures``, ``gaps``, ``without_action``, ``incomplete``;
        ``largest`` and ``largest_gap`` (by the target).

    Examples
    --------
    >>> row = {"measure": "CSAT", "position": "near", "target": 85, "current": 72, "action": "train", "environment": ""}
    >>> change([row]).table[["gap", "standing"]].values.tolist()
    [[13.0, 'gap_with_action']]
    """
    columns = ("position", "target", "current", "action", "environment")
    rows = rows_of(table, ("measure", *columns), "change")
    single(rows, "measure", "change")
    out = []
    for k, r in enumerate(rows, 1):
        for c in ("target", "current"):
            if r[c] is not None:
                number(r[c], f"{c} ({r['measure']})", -float("inf"))
        better = known(r.get("better") or "high", ("high", "low"), "better", "change", k)
        there = r["target"] is not None and r["current"] is not None
        gap = float(r["target"] - r["current"]) * (1 if better == "high" else -1) if there else None
        if gap is None:
            standing = "incomplete"
        else:
            standing = "reached" if gap <= 0 else "gap_with_action" if r["action"] else "gap_without_action"
        missing = ", ".join(p for p, c in zip("ABCDE", columns, strict=True) if r[c] is None) or None
        row = {"measure": r["measure"], **{c: r[c] for c in columns}, "better": better, "gap": gap}
        out.append({**row, "standing": standing, "missing": missing})
    frame = table_of(out).rename(columns={"target": "target_value", "current": "current_value"})
    numbers = ["target_value", "current_value", "gap"]
    frame[numbers] = frame[numbers].astype("float64")
    open_gaps = [r for r in out if r["gap"] is not None and r["gap"] > 0]
    worst = max(open_gaps, key=lambda r: r["gap"] / (abs(r["target"]) or 1), default=None)
    facts = {
        "measures": len(out),
        "gaps": len(open_gaps),
        "reached": sum(r["standing"] == "reached" for r in out),
        "without_action": tuple(r["measure"] for r in out if r["standing"] == "gap_without_action"),
        "incomplete": tuple(r["measure"] for r in out if r["standing"] == "incomplete"),
        "largest": worst["measure"] if worst else None,
        "largest_gap": worst["gap"] if worst else None,
    }
    notes = [Note("programme.note.no_action", {"names": facts["without_action"]})] if facts["without_action"] else []
    units = dict.fromkeys(frame.columns, "text") | dict.fromkeys(numbers, "number")
    return Result("programme.change", frame, {"units": units}, facts, tuple(notes))


def vignettes(answers: Mapping[str, str]) -> Result:
    """Which approach, or which kind of change, a short case shows: a learner's answers beside the key.

    Parameters
    ----------
    answers : mapping
        Case of :data:`VIGNETTES` to an approach or a kind of change. The words of a case are
        ``labels.name(case)``.

    Returns
    -------
    Result
        Kind ``programme.vignettes``: a row a case: ``answer``, ``right_answer``, ``judged`` (``right``,
        ``wrong``, missing where nothing was answered). Facts: ``n``, ``answered``, ``right``, ``right_share`` (missing
        while a case is open).

    Examples
    --------
    >>> vignettes({case: "discontinuous" for case in VIGNETTES}).facts["right"]
    1
    """
    kinds = tuple(dict.fromkeys(VIGNETTES.values()))
    for case, answer in answers.items():
        if case not in VIGNETTES:
            near = suggest(str(case), VIGNETTES)
            raise UserError("programme.unknown_value", table="vignettes", column="item", found=case,
                            wanted=list(VIGNETTES), near=near)  # fmt: skip
        if answer is not None:
            known(answer, kinds, "answer", "vignettes", list(VIGNETTES).index(case) + 1)
    rows = []
    for case, key in VIGNETTES.items():
        answer = answers.get(case)
        rows.append({"item": case, "answer": answer, "right_answer": key,
                     "judged": None if answer is None else "right" if answer == key else "wrong"})  # fmt: skip
    answered, right = sum(r["answer"] is not None for r in rows), sum(r["judged"] == "right" for r in rows)
    facts = {"n": len(rows), "answered": answered, "right": right,
             "right_share": right / len(rows) if answered == len(rows) else None}  # fmt: skip
    units = dict.fromkeys(("item", "answer", "right_answer", "judged"), "text")
    return Result("programme.vignettes", table_of(rows), {"units": units}, facts)
