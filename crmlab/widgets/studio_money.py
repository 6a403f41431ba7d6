"""The studio's parts on money: what segments earn, what they are still worth, and whom that leaves to serve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import charts, labels
from ..errors import UserError
from .notes import said as in_words
from .studio_answers import explained
from .studio_case import replace_table
from .studio_pages import money, say, short_money, verdict

if TYPE_CHECKING:
    from ..results import Result
    from .studio_desk import StudioDesk

__all__ = ["portfolio", "profit_by_segment", "value_by_segment", "worth"]

CELLS = ("to_protect", "to_grow", "to_milk", "to_let_go")


def _profit(desk: StudioDesk) -> Result | None:
    """Every customer's profit; ``None`` while it is worked out, or where no cost is known."""
    settings, case = desk.settings, desk.case
    if case.shop.lines is None:
        return None
    return desk.result("profit", (settings.group, settings.as_of), lambda: case.profit(settings))


def profit_by_segment(desk: StudioDesk) -> Result | None:
    """Profit by segment; ``None`` while it is worked out."""
    found, case, settings = _profit(desk), desk.case, desk.settings
    if found is None:
        return None
    return desk.result("profit_by", settings.key, lambda: case.profit_by(settings, found))


def worth(desk: StudioDesk, lang: str) -> dict[str, Any]:
    """Profit, how unevenly it is spread, and what customers are still worth."""
    if desk.held_back:
        return {"kind": "part", "sections": [{"refused": say("none_title", lang)}]}
    return {"kind": "part", "sections": [*_profits(desk, lang), *_values(desk, lang)]}


def _profits(desk: StudioDesk, lang: str) -> list[dict[str, Any]]:
    from ..analytics import profitability

    section: dict[str, Any] = {"title": say("profit_title", lang)}
    if desk.case.shop.lines is None:
        return [{**section, "said": say("lacks_cost", lang), "lacks": True}]
    try:
        found = profit_by_segment(desk)
        if found is None:
            return [{**section, "said": say("profit_said", lang), "waits": say("waits", lang)}]
        whole = _profit(desk)
        whale = profitability.whale_curve(whole, currency=desk.case.shop.currency)
    except UserError as error:
        return [{**section, "refused": error.render(lang)}]
    facts, rows = found.facts, found.table.to_dict("records")
    best = found.facts["best"]
    told = {"best": best if best is not None else "no_segment", "n": facts["n"]}
    told |= {"best_profit": short_money(facts["best_profit"], desk, lang)}
    told["profit"] = short_money(facts["profit"], desk, lang)
    section["said"] = say("profit_found", lang, **told)
    section["table"] = {
        "title": say("profit_table", lang),
        "head": [say(f"head_{h}", lang) for h in _PROFIT_HEADS],
        "rows": [{"cells": _profit_row(r, desk, lang), "total": r["row"] == "total"} for r in rows],
        "numeric": [False] + [True] * (len(_PROFIT_HEADS) - 1),
    }
    section["notes"] = in_words(whole.notes, lang)
    losses = {"title": say("whale_title", lang), "said": str(whale.explain(lang, "short"))}
    losses |= {"figure": charts.spec(whale, lang), "notes": in_words(whale.notes, lang)}
    return [
        section,
        {"how": explained(whole, lang, say("how_profit", lang))},
        losses,
        {"how": explained(whale, lang, say("how_whale", lang))},
    ]


_PROFIT_HEADS = ("segment", "n", "revenue", "profit", "profit_share", "losing", "each", "each_range", "verdict")


def _profit_row(row: dict[str, Any], desk: StudioDesk, lang: str) -> list[str]:
    name = (
        say("total", lang)
        if row["row"] == "total"
        else labels.name(row["segment"] if _known(row["segment"]) else "no_segment", lang)
    )
    few = row["n"] < 2
    unknown = say("unknown_customers", lang, n=row["unknown_customers"]) if row["unknown_customers"] else ""
    return [
        name,
        labels.number(row["n"], lang) + unknown,
        short_money(row["revenue"], desk, lang),
        short_money(row["profit"], desk, lang),
        labels.percent(row["profit_share"], lang) if _known(row["profit_share"]) else "—",
        labels.percent(row["loss_making_share"], lang) if _known(row["loss_making_share"]) else "—",
        "—" if few else short_money(row["profit_per_customer"], desk, lang),
        "—" if few else _range(row, "profit_per_customer", desk, lang),
        verdict("earns", row["verdict"], lang),
    ]


def _known(x: Any) -> bool:
    return x is not None and x == x


def _range(row: dict[str, Any], name: str, desk: StudioDesk, lang: str) -> str:
    low, high = (row[f"{name}_{end}"] for end in ("low", "high"))
    if not (_known(low) and _known(high)):
        return "—"
    return f"{short_money(low, desk, lang)} – {short_money(high, desk, lang)}"


def _margin(profit: Result | None) -> float | None:
    """The part of revenue that is earned, where it is known and there is any."""
    if profit is None:
        return None
    known = profit.table[profit.table["profit"].notna()]
    revenue, earned = float(known["revenue"].sum()), float(known["profit"].sum())
    return earned / revenue if revenue > 0 and 0 < earned <= revenue else None


def _values(desk: StudioDesk, lang: str) -> list[dict[str, Any]]:
    from ..analytics import value

    settings, case = desk.settings, desk.case
    section: dict[str, Any] = {"title": say("value_title", lang), "said": say("value_said", lang)}
    try:
        profit = _profit(desk)
    except UserError:
        profit = None  # told above; value can still be had in revenue
    if case.shop.lines is not None and profit is None:
        return [{**section, "waits": say("waits", lang)}]
    share = _margin(profit)
    about = (settings.group, settings.as_of, share)
    try:
        found = desk.result("value", about, lambda: case.values(settings, share))
        if found is None:
            return [{**section, "waits": say("waits", lang)}]
        by = value.value_by(found, case.segments(settings).table[["customer_id", "segment"]], by="segment")
    except UserError as error:
        return [{**section, "refused": error.render(lang)}]
    rows = by.table.to_dict("records")
    section["said"] = say("value_found", lang, total=short_money(by.facts["total"], desk, lang), n=by.facts["n"])
    basis = say("value_margin", lang, share=share) if share else say("value_revenue", lang)
    section["table"] = {
        "title": say("value_table", lang),
        "head": [say(f"head_{h}", lang) for h in ("segment", "n", "value", "range", "value_share", "each", "alive")],
        "rows": [
            [
                labels.name(r["segment"], lang),
                labels.number(r["n"], lang),
                short_money(r["value"], desk, lang),
                _range(r, "value", desk, lang),
                labels.percent(r["value_share"], lang) if _known(r["value_share"]) else "—",
                short_money(r["value_per_customer"], desk, lang),
                labels.number(r["expected_alive"], lang) if _known(r["expected_alive"]) else "—",
            ]
            for r in rows
        ],
        "numeric": [False] + [True] * 6,
    }
    section["notes"] = [basis, *in_words(by.notes, lang)]
    return [
        section,
        {"how": explained(by, lang, say("how_value", lang))},
        {"how": explained(found, lang, say("how_values", lang))},
    ]


def value_by_segment(desk: StudioDesk) -> Result | None:
    """Value by segment, where the models have been fitted already: nothing is begun for it."""
    from ..analytics import value

    settings, case = desk.settings, desk.case
    profit = desk.known("profit", (settings.group, settings.as_of))
    found = desk.known("value", (settings.group, settings.as_of, _margin(profit)))
    if found is None:
        return None
    return value.value_by(found, case.segments(settings).table[["customer_id", "segment"]], by="segment")


def portfolio(desk: StudioDesk, lang: str) -> dict[str, Any]:
    """Whom to protect, grow, milk or let go; and where the segments stand in that."""
    from .studio_desk import CUTS

    cuts = {"value": desk.cuts, "label": say("cuts", lang)}
    cuts["choices"] = [{"id": c, "label": say(f"cut_{c}", lang)} for c in CUTS]
    out: dict[str, Any] = {"kind": "portfolio", "cuts": cuts, "said": say("portfolio_said", lang)}
    settings, case = desk.settings, desk.case
    try:
        profit = _profit(desk)
        if case.shop.lines is not None and profit is None:
            return {**out, "waits": say("waits", lang)}
        about = (settings.group, settings.as_of, desk.cuts)
        found = desk.result("portfolio", about, lambda: case.portfolio(settings, desk.cuts, profit))
    except UserError as error:
        return {**out, "refused": error.render(lang)}
    if found is None:
        return {**out, "waits": say("waits", lang)}
    facts = found.facts
    told = {"now": money(facts["cut_now"], desk, lang), "potential": money(facts["cut_potential"], desk, lang)}
    basis = "portfolio_profit" if profit is not None else "portfolio_revenue"
    rows = {r["cell"]: r for r in found.table.to_dict("records")}
    out["said"] = say("portfolio_found", lang, basis=say(basis, lang), stays=facts["stays_share"], **told)
    out["cells"] = [_cell(rows[c], desk, lang) for c in CELLS]
    out["axes"] = {"now": say("axis_now", lang), "potential": say("axis_potential", lang)}
    out["notes"] = in_words(found.notes, lang)
    if case.shop.lines is None:
        out["notes"] = [say("lacks_cost", lang), *out["notes"]]
    if not desk.held_back:
        out |= _crossed(found, desk, lang)
    out["how"] = explained(found, lang, say("how_computed", lang))
    return out


def _cell(row: dict[str, Any], desk: StudioDesk, lang: str) -> dict[str, Any]:
    stays = row["stays_share"]
    return {
        "id": row["cell"],
        "name": labels.name(row["cell"], lang),
        "n": say("cell_n", lang, n=row["n"], share=row["customer_share"]),
        "now": say("cell_now", lang, value=short_money(row["value_now"], desk, lang)),
        "potential": say("cell_potential", lang, value=short_money(row["potential"], desk, lang)),
        "do": labels.name(row["what_to_do"], lang),
        "sure": say("cell_sure", lang, share=stays) if _known(stays) else "",
        "few": row["verdict"] == "too_few",
    }


def _crossed(found: Result, desk: StudioDesk, lang: str) -> dict[str, Any]:
    """Segments by cell: who of each is to be protected, grown, milked, let go."""
    from ..analytics import profitability

    segments = desk.case.segments(desk.settings)
    its = segments.table[["customer_id", "segment"]].dropna().rename(columns={"segment": "cell"})
    named = its["cell"].astype("str")
    order = [s for s in segments.params["segments"] if s in set(named)]
    import pandas as pd

    cells = {"cells": its.assign(cell=named)}
    side = replace_table(segments, pd.DataFrame({"cell": order}), cells)
    crossed = profitability.compare_methods(side, found)
    rows = []
    for line in crossed.table.to_dict("records"):
        n = sum(line[c] for c in CELLS)
        shares = [say("cell_share", lang, n=line[c], share=line[c] / n) if n else "—" for c in CELLS]
        rows.append([labels.name(line["cell"], lang), labels.number(n, lang), *shares])
    told = {"association": crossed.facts["association"], "n": crossed.facts["n"]}
    return {
        "table": {
            "title": say("crossed_title", lang),
            "head": [say("head_segment", lang), say("head_n", lang), *(labels.name(c, lang) for c in CELLS)],
            "rows": rows,
            "numeric": [False] + [True] * 5,
        },
        "crossed": say("crossed_said", lang, **told) if told["association"] is not None else None,
    }
