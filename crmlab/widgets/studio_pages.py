"""The studio's first page as plain data: how segments are made, how large they are, what sets them apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .. import charts, labels
from ..errors import UserError
from .notes import said as in_words
from .studio_case import CLUSTERED, METHODS

if TYPE_CHECKING:
    from ..results import Result
    from .studio_desk import StudioDesk

__all__ = ["about", "axes_of", "controls", "figure", "money", "say", "segments", "short_money", "tiles", "verdict"]

_STRONG, _PLAIN = 0.8, 0.35
_TOLD = 3


def say(key: str, lang: str, **values: Any) -> str:
    """Words of the studio."""
    return labels.text(f"studio.{key}", lang, **values)


def verdict(of: str, told: str, lang: str) -> str:
    """A verdict in the words of its part, or in everybody's."""
    own = labels.catalogue("studio")["text"]
    return say(f"{of}_{told}", lang) if f"{of}_{told}" in own else labels.name(told, lang)


def money(value: Any, desk: StudioDesk, lang: str) -> str:
    """An amount in the currency of the data."""
    return labels.money(value, lang, currency=desk.case.shop.currency)


def short_money(value: Any, desk: StudioDesk, lang: str) -> str:
    """The same, in thousands, millions and so on."""
    return labels.money(value, lang, currency=desk.case.shop.currency, short=True)


def about(desk: StudioDesk, lang: str) -> str:
    """Which data these are, and what is not known of them."""
    shop = desk.case.shop
    first, last = shop.span()
    if desk.at == "own":
        told = say("about_own", lang, name=desk.file.name, rows=len(shop.sales), first=first, last=last)
    else:
        told = say(f"about_{desk.at}", lang, rows=len(shop.sales), first=first, last=last)
    return told


def _choices(names: Any, lang: str, room: str | None = None) -> list[dict[str, Any]]:
    def word(name: Any) -> str:
        return labels.text(f"studio.{room}_{name}", lang) if room else labels.name(str(name), lang)

    return [{"id": name, "label": word(name)} for name in names]


def controls(desk: StudioDesk, lang: str) -> dict[str, Any]:
    """Every choice that decides the segments."""
    from .studio_data import EVERYONE
    from .studio_desk import KS, SCALES, TRANSFORMS

    settings, shop = desk.settings, desk.case.shop
    clustered = settings.method in CLUSTERED
    groups = [*shop.groups, EVERYONE] if shop.groups else []
    first, last = shop.span()
    held: dict[str, Any] = {
        "method": settings.method,
        "methods": _choices(METHODS, lang, "method"),
        "method_said": say(f"method_said_{settings.method}", lang),
        "group": settings.group,
        "groups": _choices(groups, lang, "group"),
        "as_of": settings.as_of.isoformat(),
        "first": first.isoformat(),
        "last": max(last, shop.as_of or last).isoformat(),
        "lacks": [say(f"lacks_{name}", lang) for name in shop.lacks()],
    }
    if clustered:
        held |= {"k": settings.k, "ks": list(KS)}
        held["columns"] = [
            {"id": c, "label": labels.name(c, lang), "on": c in settings.columns} for c in desk.case.available()
        ]
        held |= {"transform": settings.transform, "transforms": _choices(TRANSFORMS, lang, "transform")}
        held |= {"scale": settings.scale, "scales": _choices(SCALES, lang, "scale")}
        held["made_of"] = say("made_of", lang, n=len(settings.columns))
        return held
    rules, names = _rules_in_force(desk)
    if settings.method == "rfm":
        held |= {"bins": settings.bins, "all_bins": list(range(2, 11)), "bins_said": say("bins_said", lang)}
    changed = settings.rfm_rules is not None if settings.method == "rfm" else settings.own_rules != _first_rules()
    held["rules"] = {
        "rows": [{"id": name, "label": labels.name(name, lang), "sentence": sentence} for name, sentence in rules],
        "said": say("rules_said_rfm" if settings.method == "rfm" else "rules_said_own", lang, names=", ".join(names)),
        "changed": changed,
        "title": say("rules_title", lang, n=len(rules)),
    }
    return held


def _first_rules() -> tuple[tuple[str, str], ...]:
    from .studio_case import Settings

    return Settings().own_rules


def _rules_in_force(desk: StudioDesk) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    from ..analytics import segmentation

    settings = desk.settings
    if settings.method == "rfm":
        told = settings.rfm_rules if settings.rfm_rules is not None else segmentation.rfm_rules().items()
        return list(told), ("r", "f", "m", "orders", "amount", "recency_days")
    names = tuple(c for c in desk.case.figures(settings).table.columns if c != "customer_id")
    return list(settings.own_rules), names


# -- tiles ------------------------------------------------------------------------------------------------------------


def tiles(desk: StudioDesk, lang: str) -> list[dict[str, Any]]:
    """What the segments come to, and whether they are any."""
    found, sizes = desk.case.segments(desk.settings), desk.case.sizes(desk.settings)
    facts = sizes.facts
    set_aside = found.facts.get("set_aside", 0) + (
        desk.case.features(desk.settings).facts["set_aside"] if desk.settings.method in CLUSTERED else 0
    )
    out = [
        {
            "label": say("tile_customers", lang),
            "value": labels.number(facts["n"], lang),
            "foot": say("tile_set_aside", lang, n=set_aside) if set_aside else say("tile_all_in", lang),
        },
        _verdict_tile(desk, lang),
    ]
    if not desk.held_back:
        out.insert(
            1,
            {
                "label": say("tile_segments", lang),
                "value": labels.number(facts["segments"], lang),
                "foot": say("tile_largest", lang, segment=facts["largest"], share=facts["largest_n"] / facts["n"]),
            },
        )
        if facts["richest_share"] is not None:
            out.append(
                {
                    "label": say("tile_richest", lang),
                    "value": labels.percent(facts["richest_share"], lang),
                    "foot": say(
                        "tile_richest_foot", lang, segment=facts["richest"], share=facts["richest_customer_share"]
                    ),
                }
            )
    return out


def _verdict_tile(desk: StudioDesk, lang: str) -> dict[str, Any]:
    label = say("tile_verdict", lang)
    if desk.settings.method not in CLUSTERED:
        return {"label": label, "value": say("verdict_by_rule", lang), "foot": say("verdict_by_rule_foot", lang)}
    found = desk.verdict
    if found is None:
        return {"label": label, "value": "…", "foot": say("verdict_waits", lang)}
    facts = found.facts
    told = {"p": facts["p_value"], "explained": facts["explained"], "null": facts["explained_null_high"]}
    return {
        "label": label,
        "value": say(f"verdict_{facts['verdict']}", lang),
        "foot": say(f"verdict_{facts['verdict']}_foot", lang, **told),
        "mood": "good" if facts["verdict"] == "real" else "bad",
    }


# -- segments ---------------------------------------------------------------------------------------------------------


def axes_of(desk: StudioDesk) -> list[str]:
    """The figures that the map can be drawn on."""
    from .studio_case import MORE_FIGURES

    there = desk.case.available()
    return [*there, *(c for c in MORE_FIGURES if c not in there)]


def _axes(desk: StudioDesk) -> tuple[str, str]:
    there = axes_of(desk)
    if desk.axes and set(desk.axes) <= set(there):
        return desk.axes
    made = desk.settings.columns if desk.settings.method in CLUSTERED else ("recency_days", "orders_a_month")
    first = [c for c in made if c in there] or there
    rest = [c for c in there if c not in first]
    return (first[0], (first[1:] + rest)[0])


def segments(desk: StudioDesk, lang: str) -> dict[str, Any]:
    """The picture: a map, bars, a table, and the portrait of one segment."""
    x, y = _axes(desk)
    case, settings = desk.case, desk.settings
    axes = {"x": x, "y": y, "choices": _choices(axes_of(desk), lang)}
    if desk.held_back:
        facts = desk.verdict.facts
        told = {"k": settings.k, "p": facts["p_value"], "explained": facts["explained"]}
        told |= {"null": facts["explained_null_high"], "n": facts["sample"]}
        return {
            "kind": "none",
            "title": say("none_title", lang),
            "said": say("none_said", lang, **told),
            "why": say("none_why", lang, **told),
            "button": say("none_insist", lang),
            "map": _map(case.cloud(settings, x, y), lang),
            "axes": axes,
        }
    sizes, found = case.sizes(settings), case.segments(settings)
    apart = apart_in_words(case.contrasts(settings), lang)
    profit = _profit_of(desk)
    rows = []
    from ..charts.segmentation_map import colour_of
    from .studio_portrait import portrait

    drawn = case.map(settings, x, y)
    at = {name: j for j, name in enumerate(drawn.params["segments"])}
    for row in sizes.table.to_dict("records"):
        name = row["segment"]
        colour, hollow = colour_of(at[name]) if name in at else ("@other", True)
        rows.append(
            {
                "id": name,
                "label": labels.name(name, lang),
                "colour": colour,
                "hollow": hollow,
                "n": labels.number(row["n"], lang),
                "share": row["customer_share"],
                "share_said": labels.percent(row["customer_share"], lang),
                "money_share": row["amount_share"],
                "money_said": labels.percent(row["amount_share"], lang) if row["amount_share"] is not None else "—",
                "apart": apart.get(name, []),
                "open": name == desk.chosen,
                "small": row["n"] < 30,
            }
        )
    return {
        "kind": "segments",
        "map": _map(drawn, lang),
        "axes": axes,
        "rows": rows,
        "bars": [say("bar_customers", lang), say("bar_money", lang)],
        "table": _table(sizes, profit, desk, lang),
        "insisted": say("insisted", lang) if _insisted(desk) else None,
        "portrait": portrait(desk, lang) if desk.chosen else None,
        "notes": [*in_words(found.notes, lang, without=("segmentation.unchecked", "segmentation.insisted"))],
    }


def _insisted(desk: StudioDesk) -> bool:
    if desk.settings.method not in CLUSTERED or desk.verdict is None:
        return False
    return desk.verdict.facts["verdict"] == "noise"


def _map(result: Result, lang: str) -> dict[str, Any]:
    drawn = charts.spec(result, lang)
    for trace, name in zip(drawn["data"], result.params["segments"], strict=False):
        trace["segment"] = name
    return drawn


def apart_in_words(found: Result, lang: str) -> dict[str, list[str]]:
    """By segment, its strongest differences from all others: small ones are not told."""
    told: dict[str, list[tuple[float, str]]] = {}
    units = found.params["figure_units"]
    for row in found.table.to_dict("records"):
        g = row["difference"]
        if g is None or g != g or abs(g) < _PLAIN or row["verdict"] in ("noise", "too_few"):
            continue
        how = ("much_" if abs(g) >= _STRONG else "") + ("more" if g > 0 else "less")
        unit = units.get(row["figure"], "number")
        mean, others = (figure(row[k], unit, lang) for k in ("mean", "mean_others"))
        words = say(f"apart_{how}", lang, figure=row["figure"], mean=mean, others=others)
        told.setdefault(row["segment"], []).append((abs(g), words))
    return {name: [w for _, w in sorted(some, reverse=True)[:_TOLD]] for name, some in told.items()}


def figure(value: float, unit: str, lang: str) -> str:
    if unit == "money":
        return labels.money(value, lang, short=True)
    if unit in ("days", "count"):
        return labels.number(value, lang, 0 if abs(value) >= 10 else 1)
    return labels.value(value, unit, lang)


def _profit_of(desk: StudioDesk) -> Result | None:
    """Profit by segment where costs are known and it has been worked out."""
    from .studio_money import profit_by_segment

    if desk.case.shop.lines is None:
        return None
    try:
        return profit_by_segment(desk)
    except UserError:
        return None  # the part on profit says why


def _table(sizes: Result, profit: Result | None, desk: StudioDesk, lang: str) -> dict[str, Any]:
    from .studio_money import value_by_segment

    heads = ["segment", "n", "customer_share", "amount", "amount_share", "amount_per_customer"]
    by: Mapping[str, Any] = {}
    if profit is not None:
        by = {r["segment"]: r for r in profit.table.to_dict("records") if r["row"] == "member"}
        heads += ["profit", "profit_share"]
    worth = value_by_segment(desk)
    still = {} if worth is None else {r["segment"]: r for r in worth.table.to_dict("records")}
    if worth is not None:
        heads += ["value", "value_range"]
    rows = []
    for row in sizes.table.to_dict("records"):
        cells = [
            labels.name(row["segment"], lang),
            labels.number(row["n"], lang),
            labels.percent(row["customer_share"], lang),
            short_money(row["amount"], desk, lang),
            labels.percent(row["amount_share"], lang) if row["amount_share"] is not None else "—",
            short_money(row["amount_per_customer"], desk, lang),
        ]
        if profit is not None:
            its = by.get(row["segment"])
            cells.append(short_money(its["profit"], desk, lang) if its else "—")
            known = its is not None and its["profit_share"] is not None
            cells.append(labels.percent(its["profit_share"], lang) if known else "—")
        if worth is not None:
            its = still.get(row["segment"])
            ends = "—"
            if its is not None and its["value_low"] == its["value_low"]:
                ends = f"{short_money(its['value_low'], desk, lang)} – {short_money(its['value_high'], desk, lang)}"
            cells += [short_money(its["value"], desk, lang) if its else "—", ends]
        rows.append(cells)
    words = {"profit_share": "head_profit_share", "amount": "head_amount", "amount_share": "head_amount_share"}
    words |= {"value": "head_value", "value_range": "head_range"}
    words |= {"customer_share": "head_customer_share", "amount_per_customer": "head_per_customer", "n": "head_n"}
    head = [say(words[h], lang) if h in words else labels.name(h, lang) for h in heads]
    foot = []
    if desk.case.shop.lines is None:
        foot.append(say("lacks_cost", lang))
    elif profit is None:
        foot.append(say("profit_waits", lang))
    if worth is None:
        foot.append(say("value_elsewhere", lang))
    return {
        "title": say("table_title", lang),
        "head": head,
        "rows": rows,
        "numeric": [i > 0 for i in range(len(heads))],
        "foot": " ".join(foot) or None,
    }
