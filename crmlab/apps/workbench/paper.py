"""The board paper of a programme: the decision first, then the ledger, the money, the risks, the plan."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from ... import labels
from ...charts.papers import Finding, board_paper
from ...errors import UserError
from ...widgets.workbench_project import Project
from .board import cost, decision, simulated

if TYPE_CHECKING:
    from ...charts.papers import Paper

__all__ = ["paper"]


def paper(project: Project) -> Paper:
    """The paper as it stands: what nobody wrote yet is missing, and a paper that lacks a chapter is not written."""
    from ...analytics import ledger, programme

    f = project.fields
    book, tables = project.ledger, project.tables
    findings: list[Any] = [
        Finding(ledger.figures(book), _said("figures")),
        Finding(ledger.distribution(book), _said("spread"), rows=0),
    ]
    findings.append(Finding(ledger.paths(book), rows=0))
    if tables["objectives"]:
        findings.append(Finding(programme.objectives(project.objectives()),
                                columns=("objective", "sentence", "kind", "lacks", "owner")))  # fmt: skip
    if tables["nodes"] and tables["edges"]:
        network = programme.benefits(project.rows("nodes"), project.rows("edges"))
        findings.append(Finding(network, columns=("node", "layer", "title", "owner", "standing"), rows=12))
    if tables["raci"]:
        findings.append(Finding(project.governance(), rows=8))
    if tables["stakeholders"]:
        findings.append(Finding(programme.buy_in(project.rows("stakeholders"))))
    options = [text for text in (f["do_nothing"], f["do_this"]) if text]
    choices: list[Any] = [options] if options else []
    if tables["scores"] and tables["weights"]:
        choices.append(Finding(project.vendors()))
    if tables["costs"]:
        choices.append(Finding(cost(project)))
    money: list[Any] = [
        Finding(decision(project)),
        Finding(project.case()),
        Finding(ledger.swings(book), _said("swings"), rows=0),
    ]
    plan: list[Any] = []
    if tables["tasks"]:
        plan = [Finding(project.plan(), columns=("task", "duration", "early_start", "early_finish", "slack"), rows=20),
                Finding(simulated(project), rows=0)]  # fmt: skip
    return board_paper(
        f["title"] or "CRM",
        decision=f["decision"] or (),
        background=f["background"] or (),
        findings=findings,
        options=choices,
        costs=money,
        risks=[Finding(project.risks(), columns=("risk", "emv", "mitigation", "owner"))] if tables["risks"] else (),
        plan=plan,
        client=f["client"] or "",
        author=f["author"] or "",
        date=_day(f["day"]),
    )


def _said(name: str) -> dict[str, str]:
    """The sentence of a finding about money, which the ledger itself says in plain numbers."""
    text = labels.catalogue("workbench")["text"][f"paper_{name}"]
    return {lang: text[lang] for lang in labels.LANGUAGES}


def _day(said: str | None) -> dt.date | None:
    if said is None:
        return None
    try:
        return dt.date.fromisoformat(said)
    except ValueError:
        raise UserError("workbench.no_date", found=said) from None
