"""Forms with a list of items: the phases and their gates, what success depends on, the life cycle, and two dates."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...frames import number
from ...results import Note, Result
from .tables import answers_of, table_of

__all__ = [
    "LIFE_CYCLE",
    "PHASES",
    "PLANS",
    "SUCCESS_FACTORS",
    "blank",
    "compared",
    "life_cycle",
    "phases",
    "success_factors",
]

PHASES: dict[str, tuple[str, ...]] = {
    "strategy_phase": (
        "situation_analysis", "crm_education", "crm_vision", "priorities", "goals_and_objectives", "changes_needed",
        "business_case",
    ),
    "foundations_phase": (
        "governance_structure", "change_needs", "project_needs", "critical_factors", "risk_plan",
    ),
    "specification_phase": (
        "process_engineering", "data_gap_analysis", "first_technology_needs", "request_for_proposals",
        "call_for_proposals", "revised_technology_needs", "partner_selection",
    ),
    "implementation_phase": ("refined_plan", "customisation_needs", "prototype_and_launch"),
    "evaluation_phase": ("project_outcomes", "business_outcomes"),
}  # fmt: skip
"""The five phases of a CRM programme and their 24 steps (Akbar 2021, section 4.1)."""

SUCCESS_FACTORS: dict[str, str] = {
    "clear_customer_strategy": "strategic",
    "sharing_culture": "strategic",
    "agreed_success": "strategic",
    "executive_sponsor": "strategic",
    "customer_information": "tactical",
    "people_and_process": "tactical",
    "quick_wins": "tactical",
    "automate_what_matters": "tactical",
    "everyone_involved": "tactical",
}
"""What success depends on, as consultancies and vendors name it (section 4.1, phase 2); that the first four are needed
at the beginning and the others later is how crmlab sorts them by Da Silva and Rahimi's two kinds."""

PLANS = (
    "project_plan", "resource_plan", "financial_plan", "risk_plan", "acceptance_plan", "communication_plan",
    "procurement_plan", "supplier_contract", "phase_review",
)  # fmt: skip
LIFE_CYCLE: dict[str, tuple[str, ...]] = {
    "initiation": ("problem_defined", "solutions_defined", "feasibility_study", "project_manager", "project_team"),
    "planning": PLANS,
    "execution": ("deliverables_built",),
    "control_stage": ("scope_watched", "time_watched", "budget_watched", "safety_watched"),
    "closing": ("handed_over", "contracts_ended", "team_released", "stakeholders_told", "reviewed_afterwards"),
}
"""The five stages of a project's life (section 4.3), with what each leaves behind; nine plans in the second, and the
three constraints with safety as a fourth in the stage of control."""

_STEPS = {step: phase for phase, steps in PHASES.items() for step in steps}
_LEFT = {item: stage for stage, items in LIFE_CYCLE.items() for item in items}
_STATES = {
    "phases": ("done", "open"),
    "success_factors": ("green", "amber", "red"),
    "life_cycle": ("in_place", "lacking"),
}
_ITEMS = {"phases": _STEPS, "success_factors": SUCCESS_FACTORS, "life_cycle": _LEFT}
_RANK = {"done": 2, "open": 0, "green": 2, "amber": 1, "red": 0, "in_place": 2, "lacking": 0}
_UNITS = {"status": "text", "evidence": "text", "answered_by": "text", "as_of": "text"}


def blank(form: str) -> list[dict[str, Any]]:
    """An empty form as plain rows, to be filled in and given back.

    Parameters
    ----------
    form : {"phases", "success_factors", "life_cycle"}

    Examples
    --------
    >>> len(blank("phases")), blank("success_factors")[0]["item"]
    (24, 'clear_customer_strategy')
    """
    if form not in _ITEMS:
        raise UserError("programme.unknown_form", found=form, wanted=list(_ITEMS))
    empty = dict.fromkeys(("status", "evidence", "answered_by", "as_of"))
    return [{"item": item, **empty} for item in _ITEMS[form]]


def _form(form: str, answers: Any, group: str, *, evidence_for: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    rows = answers_of(answers, tuple(_ITEMS[form]), _STATES[form], form, evidence_for=evidence_for)
    return [{group: _ITEMS[form][r["item"]], **r} for r in rows]


def phases(answers: Any, *, passed: int = 0) -> Result:
    """The 24 steps of the five phases, and which gate is open.

    A step is done when somebody says so. A gate needs more: every step of its phase done, what it leaves behind
    (``evidence``: a document, a link) not empty, and every gate before it open.

    Parameters
    ----------
    answers : table or list of dict
        ``item`` (a step of :data:`PHASES`), ``status`` (``done`` or ``open``), ``evidence``; :func:`blank` makes one.
    passed : int
        How many gates the programme says it has passed, 0 to 5.

    Returns
    -------
    Result
        Kind ``programme.phases``: a row a step. Facts: ``steps``, ``done``, ``done_share``, ``gates_open``,
        ``next_gate``, ``blocked_by`` (the steps that keep it shut).

    Raises
    ------
    UserError
        ``programme.gate_closed``: a gate was passed that is shut.

    Examples
    --------
    >>> form = blank("phases")
    >>> for row in form[:12]:
    ...     row.update(status="done", evidence=None if row["item"] == "risk_plan" else "minutes.pdf")
    >>> found = phases(form).facts
    >>> found["done_share"], found["gates_open"], found["next_gate"], found["blocked_by"]
    (0.5, 1, 2, ('risk_plan',))
    """
    number(passed, "passed", 0, len(PHASES), whole=True)
    rows = _form("phases", answers, "phase")
    opened, shut = 0, ()
    for gate, phase in enumerate(PHASES, 1):
        missing = tuple(
            r["item"] for r in rows if r["phase"] == phase and (r["status"] != "done" or r["evidence"] is None)
        )
        if missing:
            shut = missing
            break
        opened = gate
    if passed > opened:
        raise UserError("programme.gate_closed", found=passed, gate=opened + 1, steps=shut)
    for r in rows:
        r["gate"] = "gate_shut" if r["item"] in shut else None
    done = sum(r["status"] == "done" for r in rows)
    facts = {
        "steps": len(rows),
        "done": done,
        "done_share": done / len(rows),
        "gates_open": opened,
        "gates": len(PHASES),
        "next_gate": opened + 1 if shut else None,
        "blocked_by": shut,
        "without_evidence": tuple(r["item"] for r in rows if r["status"] == "done" and r["evidence"] is None),
    }
    notes = [Note("programme.note.gate", {"gate": opened + 1, "steps": shut})] if shut else []
    units = {"phase": "text", "item": "text", **_UNITS, "gate": "text"}
    return Result("programme.phases", table_of(rows), {"passed": passed, "units": units}, facts, tuple(notes))


def success_factors(answers: Any, *, phase: int = 1) -> Result:
    """What success depends on, red, amber or green, each with its evidence.

    Strategic factors count at the beginning (phases 1 and 2), tactical ones after it: those are ``watched``. A red
    strategic factor in phase 1 stops the programme.

    Parameters
    ----------
    answers : table or list of dict
        ``item`` (of :data:`SUCCESS_FACTORS`), ``status`` (``green``, ``amber``, ``red``), ``evidence``.
    phase : int
        Where the programme stands, 1 to 5.

    Returns
    -------
    Result
        Kind ``programme.success_factors``. Facts: ``items``, ``answered``, ``green``, ``green_share`` (missing while
        an item has no answer), ``red``, ``verdict``: ``stop``, ``incomplete``, ``attention`` or ``go``.

    Examples
    --------
    >>> form = blank("success_factors")
    >>> for k, row in enumerate(form):
    ...     row.update(status="green" if k < 6 else "amber", evidence="interview")
    >>> found = success_factors(form).facts
    >>> round(found["green_share"], 3), found["verdict"]
    (0.667, 'go')
    """
    number(phase, "phase", 1, len(PHASES), whole=True)
    rows = _form("success_factors", answers, "kind", evidence_for=_STATES["success_factors"])
    now = "strategic" if phase <= 2 else "tactical"
    for r in rows:
        r["watched"] = "watch_now" if r["kind"] == now else "watched_before" if now == "tactical" else "watch_later"
    count = {s: sum(r["status"] == s for r in rows) for s in _STATES["success_factors"]}
    answered = sum(count.values())
    red = tuple(r["item"] for r in rows if r["status"] == "red")
    stops = tuple(r["item"] for r in rows if r["status"] == "red" and r["kind"] == "strategic") if phase == 1 else ()
    watched_red = any(r["status"] == "red" and r["watched"] != "watch_later" for r in rows)
    whole = answered == len(rows)
    facts = {
        "items": len(rows),
        "answered": answered,
        **count,
        "green_share": count["green"] / len(rows) if whole else None,
        "red_items": red,
        "stopped_by": stops,
        "phase": phase,
        "verdict": "stop" if stops else "incomplete" if not whole else "attention" if watched_red else "go",
    }
    notes = [Note("programme.note.stop", {"items": stops})] if stops else []
    if not whole:
        open_items = tuple(r["item"] for r in rows if r["status"] is None)
        notes.append(Note("programme.note.incomplete", {"n": len(open_items), "items": open_items}))
    units = {"kind": "text", "item": "text", **_UNITS, "watched": "text"}
    return Result("programme.success_factors", table_of(rows), {"units": units}, facts, tuple(notes))


def life_cycle(answers: Any) -> Result:
    """What each stage of a project's life leaves behind, and which of the nine plans there are.

    Parameters
    ----------
    answers : table or list of dict
        ``item`` (of :data:`LIFE_CYCLE`), ``status`` (``in_place`` or ``lacking``), ``evidence`` (where it is, for
        what is in place).

    Returns
    -------
    Result
        Kind ``programme.life_cycle``. Facts: ``plans``, ``plans_ready``, ``plans_share`` (missing while a plan has no
        answer), ``missing_plans``, ``items``, ``ready``, ``answered``.

    Examples
    --------
    >>> form = blank("life_cycle")
    >>> for row in form:
    ...     here = row["item"] not in ("procurement_plan", "phase_review")
    ...     row.update(status="in_place" if here else "lacking", evidence="folder" if here else None)
    >>> round(life_cycle(form).facts["plans_share"], 3)
    0.778
    """
    rows = _form("life_cycle", answers, "stage", evidence_for=("in_place",))
    plans = [r for r in rows if r["item"] in PLANS]
    ready = sum(r["status"] == "in_place" for r in plans)
    whole = all(r["status"] for r in plans)
    open_items = tuple(r["item"] for r in rows if r["status"] is None)
    facts = {
        "plans": len(plans),
        "plans_ready": ready,
        "plans_share": ready / len(plans) if whole else None,
        "missing_plans": tuple(r["item"] for r in plans if r["status"] == "lacking"),
        "items": len(rows),
        "ready": sum(r["status"] == "in_place" for r in rows),
        "answered": len(rows) - len(open_items),
    }
    notes = [Note("programme.note.incomplete", {"n": len(open_items), "items": open_items})] if open_items else []
    units = {"stage": "text", "item": "text", **_UNITS}
    return Result("programme.life_cycle", table_of(rows), {"units": units}, facts, tuple(notes))


def compared(before: Result, after: Result) -> Result:
    """The same form on two dates: what got better, what got worse.

    Parameters
    ----------
    before, after : Result
        Of :func:`phases`, :func:`success_factors` or :func:`life_cycle`, both of the same.

    Returns
    -------
    Result
        Kind ``programme.compared``: a row an item with ``earlier_status``, ``later_status`` and ``moved``
        (``got_better``,
        ``got_worse``, ``same``, ``new_answer``, ``lost_answer``). Facts count them.

    Examples
    --------
    >>> first, second = blank("life_cycle"), blank("life_cycle")
    >>> first[0]["status"] = "lacking"
    >>> second[0].update(status="in_place", evidence="minutes")
    >>> compared(life_cycle(first), life_cycle(second)).facts["got_better"]
    1
    """
    if before.kind != after.kind or before.kind.partition(".")[2] not in _ITEMS:
        raise UserError("programme.not_alike", found=[before.kind, after.kind], wanted=list(_ITEMS))
    then = before.table.set_index("item")["status"].to_dict()
    rows = []
    for r in after.table.to_dict("records"):
        old, new = then[r["item"]], r["status"]
        if old is None or new is None:
            change = "same" if old is new else "new_answer" if old is None else "lost_answer"
        else:
            change = "same" if old == new else "got_better" if _RANK[new] > _RANK[old] else "got_worse"
        rows.append({"item": r["item"], "earlier_status": old, "later_status": new, "moved": change})
    kinds = ("got_better", "got_worse", "same", "new_answer", "lost_answer")
    facts = {"form": before.kind.partition(".")[2], "items": len(rows)}
    facts |= {k: sum(r["moved"] == k for r in rows) for k in kinds}
    units = dict.fromkeys(("item", "earlier_status", "later_status", "moved"), "text")
    return Result("programme.compared", table_of(rows), {"units": units}, facts)
