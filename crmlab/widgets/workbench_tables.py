"""The tables of a programme: which columns a reader fills in, and which room checks what he wrote."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import UserError, suggest

if TYPE_CHECKING:
    from .workbench_project import Project

__all__ = ["CHECKED", "COLUMNS", "FIELDS", "PARTS", "Column", "cell", "columns_of", "read_row"]

TEXT, NUMBERS = "text", ("number", "money", "share", "count")
LONGEST = 1_000


@dataclass(frozen=True)
class Column:
    """One column that a reader fills in.

    Parameters
    ----------
    name : str
        Its words are ``labels.name(name)``, or ``workbench.column_<name>`` where the catalogue has them.
    kind : {"text", "number", "money", "share", "count", "choice", "flag"}
    options : sequence of str or callable, optional
        Of a choice; a callable is asked with the project.
    wide : bool
        A long text.
    named : bool
        Whether what is chosen is one of our names, said in the reader's language; what a reader wrote stays as it is.
    """

    name: str
    kind: str = TEXT
    options: Sequence[str] | Callable[[Project], Sequence[str]] = ()
    wide: bool = False
    named: bool = False

    def choices(self, project: Project) -> list[str]:
        """What can be chosen."""
        return list(self.options(project) if callable(self.options) else self.options)


def _entries(project: Project) -> list[str]:
    """Entries that are one amount of all, of which cash flows can be made."""
    values = project.ledger.values
    return [n for n in project.ledger.order if not isinstance(values[n], dict)]


def _nodes(project: Project) -> list[str]:
    return [str(r["node"]) for r in project.tables["nodes"] if r["node"]]


def _criteria(project: Project) -> list[str]:
    return [str(r["criterion"]) for r in project.tables["weights"] if r["criterion"]]


LAYERS = ("enabler", "enabling_change", "business_change", "benefit", "objective")
MEASURES = ("npv", "npv_with_latent", "irr", "roi_share", "payback", "discounted_payback", "risk_share")
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "entries": (
        Column("entry", named=True),
        Column("how", "choice", ("assumed", "measured", "computed"), named=True),
        Column("unit", "choice", ("money", "share", "count", "number"), named=True),
        Column("low", "number"),
        Column("value", "number"),
        Column("high", "number"),
        Column("formula", wide=True),
        Column("says", wide=True),
    ),
    "segments": (
        Column("segment", named=True),
        Column("customers", "count"),
        Column("margin", "money"),
        Column("margin_low", "money"),
        Column("margin_high", "money"),
    ),
    "flows": (
        Column("entry", "choice", _entries, named=True),
        Column("kind", "choice", ("cost", "benefit", "latent"), named=True),
        Column("first", "count"),
        Column("last", "count"),
    ),
    "criteria": (
        Column("measure", "choice", MEASURES, named=True),
        Column("least", "number"),
        Column("most", "number"),
    ),
    "objectives": (
        Column("objective"),
        Column("sentence", wide=True),
        Column("owner"),
        Column("baseline", "number"),
        Column("actual", "number"),
    ),
    "nodes": (
        Column("node"),
        Column("layer", "choice", LAYERS, named=True),
        Column("title", wide=True),
        Column("owner"),
        Column("measure", wide=True),
    ),
    "edges": (Column("from", "choice", _nodes), Column("to", "choice", _nodes)),
    "tasks": (
        Column("task"),
        Column("after"),
        Column("optimistic", "number"),
        Column("likely", "number"),
        Column("pessimistic", "number"),
    ),
    "risks": (
        Column("risk", wide=True),
        Column("probability", "share"),
        Column("impact", "money"),
        Column("mitigation", wide=True),
        Column("contingency", wide=True),
        Column("owner"),
    ),
    "weights": (Column("criterion"), Column("weight", "number"), Column("must_have", "flag")),
    "costs": (
        Column("option"),
        Column("item"),
        Column("amount", "money"),
        Column("every", "choice", ("once", "month", "year"), named=True),
        Column("per_user", "flag"),
    ),
    "raci": (
        Column("task", wide=True),
        Column("role"),
        Column("letter", "choice", ("R", "A", "C", "I", "A/R")),
    ),
    "members": (
        Column("member"),
        Column("role", "choice", ("executive_sponsor", "programme_director", "team_member"), named=True),
        Column("body", "choice", ("steering_committee", "programme_team", "advisers"), named=True),
        Column("side", "choice", ("business", "it"), named=True),
    ),
    "stakeholders": (Column("stakeholder"), Column("rational", "number"), Column("emotional", "number")),
}
"""The columns of each table; those of ``scores`` follow from ``weights``."""

PARTS: Mapping[str, tuple[str, ...]] = {
    "ledger": ("entries", "segments", "flows", "criteria"),
    "objectives": ("objectives", "nodes", "edges"),
    "plan": ("tasks",),
    "risks": ("risks",),
    "vendors": ("weights", "scores", "costs"),
    "governance": ("raci", "members", "stakeholders"),
    "paper": (),
}
"""Which tables stand in which part."""

FIELDS: Mapping[str, tuple[Column, ...]] = {
    "plan": (Column("start"), Column("deadline", "number")),
    "vendors": (Column("users", "count"), Column("use_years", "count")),
    "paper": (
        Column("title"),
        Column("client"),
        Column("author"),
        Column("day"),
        Column("decision", wide=True),
        Column("background", wide=True),
        Column("do_nothing", wide=True),
        Column("do_this", wide=True),
    ),
}
"""What a part asks once, and not row by row."""


def columns_of(project: Project, table: str) -> tuple[Column, ...]:
    """The columns of a table; a score for every criterion, and yes or no for what a vendor must have."""
    if table != "scores":
        return COLUMNS[table]
    kinds = [(str(r["criterion"]), "flag" if r["must_have"] else "number") for r in project.tables["weights"]]
    return (Column("vendor"), *(Column(name, kind) for name, kind in kinds if name not in ("None", "vendor")))


def cell(column: Column, value: Any, project: Project, table: str) -> Any:
    """A cell as it is kept: text without blanks around it, a number, yes or no, or nothing.

    Raises
    ------
    UserError
        ``workbench.no_number``, ``workbench.unknown_choice``, ``workbench.no_text``.
    """
    said = value.strip() if isinstance(value, str) else value
    if said is None or said == "":
        return None
    told = {"table": table, "column": column.name, "found": str(said)[:60]}
    if column.kind == "flag":
        if not isinstance(said, bool):
            raise UserError("workbench.unknown_choice", wanted=[True, False], **told)
        return said
    if column.kind in NUMBERS:
        if isinstance(said, bool) or not isinstance(said, int | float) or not math.isfinite(said):
            raise UserError("workbench.no_number", **told)
        return int(said) if float(said).is_integer() and abs(said) < 1e15 else float(said)
    if not isinstance(said, str):
        raise UserError("workbench.no_text", **told)
    if column.kind == "choice":
        known = column.choices(project)
        if said not in known:
            raise UserError("workbench.unknown_choice", wanted=known, near=suggest(said, known), **told)
    return said[:LONGEST]


def read_row(project: Project, table: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a table, every column of it, each cell as it is kept."""
    return {c.name: cell(c, values.get(c.name), project, table) for c in columns_of(project, table)}


def _check_flows(project: Project) -> None:
    project.case()


def _check_objectives(project: Project) -> None:
    from ..analytics.programme import objectives

    objectives(project.objectives())


def _check_benefits(project: Project) -> None:
    if project.tables["nodes"] and project.tables["edges"]:
        from ..analytics.programme import benefits

        benefits(project.rows("nodes"), project.rows("edges"))


def _check_tasks(project: Project) -> None:
    from ..analytics.projects import pert

    project.plan()
    pert(project.rows("tasks"))


def _check_risks(project: Project) -> None:
    project.risks()


def _check_vendors(project: Project) -> None:
    if project.tables["scores"] and project.tables["weights"]:
        try:
            project.vendors()
        except UserError as error:
            if error.code != "projects.all_knocked_out":  # a new criterion that nobody has scored yet: the card says so
                raise


def _check_costs(project: Project) -> None:
    from ..analytics.projects import yearly

    yearly(project.rows("costs"))


def _check_raci(project: Project) -> None:
    project.governance()


def _check_stakeholders(project: Project) -> None:
    from ..analytics.programme import buy_in

    buy_in(project.rows("stakeholders"))


CHECKED: Mapping[str, Callable[[Project], None]] = {
    "flows": _check_flows,
    "criteria": _check_flows,
    "objectives": _check_objectives,
    "nodes": _check_benefits,
    "edges": _check_benefits,
    "tasks": _check_tasks,
    "risks": _check_risks,
    "weights": _check_vendors,
    "scores": _check_vendors,
    "costs": _check_costs,
    "raci": _check_raci,
    "members": _check_raci,
    "stakeholders": _check_stakeholders,
}
"""The room that reads a table, asked before a change is kept; a table without rows is not asked."""
