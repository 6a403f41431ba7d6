"""The workbench's cards: each question with the Result that answers it, all read from one project."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ... import labels
from ...errors import UserError
from ...widgets.board_cards import Board, Card, Control, Part
from ...widgets.workbench_project import YEARS, Project

if TYPE_CHECKING:
    from ...results import Result

__all__ = ["board", "cost", "decision", "simulated", "weights"]

Choices = Mapping[str, str]
ROOM = "workbench"
NOTHING = "nothing"


def _figures(project: Project, _choices: Choices) -> Result:
    from ...analytics.ledger import figures

    return figures(project.ledger)


def _paths(project: Project, choices: Choices) -> Result:
    from ...analytics.ledger import paths

    start = choices.get("start")
    return paths(project.ledger, start=start if start in project.ledger.entries else None)


def _spread(project: Project, _choices: Choices) -> Result:
    from ...analytics.ledger import distribution

    return distribution(project.ledger)


def _swings(project: Project, _choices: Choices) -> Result:
    from ...analytics.ledger import swings

    return swings(project.ledger)


def _case(project: Project, _choices: Choices) -> Result:
    return project.case()


def _curve(project: Project, _choices: Choices) -> Result:
    from ...analytics.projects import npv_curve

    return npv_curve(project.flows(), rate=project.rate)


def decision(project: Project, _choices: Choices | None = None) -> Result:
    """Go or no go by the project's own criteria, on the ledger's figures."""
    from ...analytics.ledger import figures
    from ...analytics.projects import CRITERIA, decide

    criteria = [{k: v for k, v in row.items() if v is not None} for row in project.tables["criteria"]]
    return decide(project.case(), figures(project.ledger), criteria=criteria or CRITERIA)


def _objectives(project: Project, _choices: Choices) -> Result:
    from ...analytics.programme import objectives

    return objectives(project.objectives())


def _benefits(project: Project, _choices: Choices) -> Result:
    from ...analytics.programme import benefits

    return benefits(project.rows("nodes"), project.rows("edges"))


def _dependents(project: Project, choices: Choices) -> Result:
    from ...analytics.programme import dependents

    return dependents(project.rows("nodes"), project.rows("edges"), node=choices.get("node", ""))


def _plan(project: Project, _choices: Choices) -> Result:
    return project.plan()


def _pert(project: Project, _choices: Choices) -> Result:
    from ...analytics.projects import pert

    return pert(project.rows("tasks"), deadline=project.fields["deadline"])


def simulated(project: Project, _choices: Choices | None = None) -> Result:
    """The plan drawn ten thousand times."""
    from ...analytics.projects import simulate

    return simulate(project.rows("tasks"), deadline=project.fields["deadline"])


def _risks(project: Project, _choices: Choices) -> Result:
    return project.risks()


def _vendors(project: Project, _choices: Choices) -> Result:
    return project.vendors()


def weights(project: Project, _choices: Choices | None = None) -> Result:
    """Who wins at which weight."""
    from ...analytics.projects import weight_switches

    return weight_switches(**project.choosing())


def cost(project: Project, _choices: Choices | None = None) -> Result:
    """Build, buy or rent: the total cost at the ledger's rate."""
    from ...analytics.projects import total_cost, yearly

    users, years = project.fields["users"], project.fields["use_years"]
    if users is None or years is None:
        raise UserError("workbench.no_users")
    return total_cost(yearly(project.rows("costs")), rate=project.rate, years=years, users=users)


def _governance(project: Project, _choices: Choices) -> Result:
    return project.governance()


def _buy_in(project: Project, _choices: Choices) -> Result:
    from ...analytics.programme import buy_in

    return buy_in(project.rows("stakeholders"))


# -- tiles and controls -----------------------------------------------------------------------------------------------


def _say(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"{ROOM}.{key}", lang, **values)


def _tile(key: str, value: str, foot: str, lang: str) -> dict[str, str]:
    return {"label": _say(f"tile_{key}", lang), "value": value, "foot": foot}


def _money(x: float | None, lang: str) -> str:
    return labels.money(x, lang, short=True)


def _ledger_tiles(project: Project, choices: Choices, lang: str) -> list[dict[str, str]]:
    told = _figures(project, choices).facts
    ends = _say("ends", lang, low=_money(told["value_low"], lang), high=_money(told["value_high"], lang))
    out = [_tile("npv", _money(told["value"], lang), ends, lang)]
    count = _say("tile_risk_foot", lang, n=told["n"])
    out.append(_tile("risk", labels.percent(told["risk_share"], lang, 0), count, lang))
    try:
        case, decided = project.case().facts, decision(project).facts
    except UserError:  # the business case says at its own place what is wrong
        return out
    back = case["discounted_payback"]
    years = _say("tile_years", lang, n=project.ledger.values[YEARS])
    out.append(_tile("payback", labels.number(back, lang, 1) if back is not None else "—", years, lang))
    foot = _say("tile_decision_foot", lang, passed=decided["passed"], n=decided["n"])
    out.append(_tile("decision", _say(f"decision_{decided['decision']}", lang), foot, lang))
    return out


def _plan_tiles(project: Project, _choices: Choices, lang: str) -> list[dict[str, str]]:
    try:
        told, drawn = project.plan().facts, simulated(project).facts
    except UserError:
        return []
    days = _say("tile_days", lang)
    out = [_tile("duration", labels.number(told["duration"], lang), days, lang)]
    if told["finish"] is not None:
        out.append(_tile("finish", labels.date(told["finish"], lang, "short"), _say("tile_finish_foot", lang), lang))
    out.append(_tile("p95", labels.number(drawn["p95"], lang, 1), _say("tile_p95_foot", lang), lang))
    if drawn["on_time_share"] is not None:
        foot = _say("tile_on_time_foot", lang, pert=drawn["pert_on_time_share"])
        out.append(_tile("on_time", labels.percent(drawn["on_time_share"], lang, 0), foot, lang))
    return out


def _risk_tiles(project: Project, _choices: Choices, lang: str) -> list[dict[str, str]]:
    try:
        told = project.risks().facts
    except UserError:
        return []
    out = [_tile("emv", _money(told["total"], lang), _say("tile_emv_foot", lang), lang)]
    out.append(_tile("worst", _money(told["worst"], lang), _say("tile_worst_foot", lang), lang))
    out.append(_tile("open", labels.number(told["unanswered"], lang), _say("tile_open_foot", lang), lang))
    return out


def _starts(project: Project, lang: str) -> list[tuple[str, str]]:
    book = project.ledger
    given = [n for n in book.order if book.entries[n].how != "computed" and book.outcome in book.depends(n)]
    return [(NOTHING, _say("start_nothing", lang)), *((n, labels.name(n, lang)) for n in given)]


def _nodes(project: Project, lang: str) -> list[tuple[str, str]]:
    known = [(r["node"], f"{r['node']} · {r['title']}" if r["title"] else r["node"])
             for r in project.tables["nodes"] if r["node"]]  # fmt: skip
    return known or [(NOTHING, _say("start_nothing", lang))]


def board() -> Board:
    """The workbench's parts, cards and controls."""
    ledger = (
        Card("moved", _paths, wide=True),  # the desk knows what was there before
        Card("paths", _paths, wide=True),
        Card("figures", _figures),
        Card("spread", _spread),
        Card("swings", _swings),
        Card("case", _case),
        Card("curve", _curve),
        Card("decision", decision, table=True),
    )
    parts = (
        Part("ledger", ledger, _ledger_tiles, ("start",)),
        Part("objectives", (Card("benefits", _benefits), Card("dependents", _dependents),
                            Card("objectives", _objectives, wide=True)), None, ("node",)),
        Part("plan", (Card("plan", _plan, wide=True), Card("pert", _pert), Card("simulated", simulated)), _plan_tiles),
        Part("risks", (Card("risks", _risks, wide=True),), _risk_tiles),
        Part("vendors", (Card("vendors", _vendors, wide=True), Card("weights", weights, wide=True),
                         Card("cost", cost, wide=True))),
        Part("governance", (Card("governance", _governance, wide=True), Card("buy_in", _buy_in, wide=True))),
        Part("paper", ()),
    )  # fmt: skip
    return Board(ROOM, parts, (Control("start", _starts), Control("node", _nodes)))
