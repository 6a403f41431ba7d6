"""A journey map written for the browser: plain data, nothing to compute, no table library loaded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .. import labels

if TYPE_CHECKING:
    from ..analytics.journeys import JourneyMap

__all__ = ["cited_sources", "map_page", "persona_name", "same_point", "tiles"]

ROOM = "journey_map"
BEST = 2.0  # the end of the scale of feelings


def _say(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"{ROOM}.{key}", lang, **values)


def persona_name(persona: str, lang: str) -> str:
    """A persona as a person reads it."""
    return labels.name(persona, lang)


def cited_sources(one: JourneyMap) -> list[str]:
    """The data that a map's figures rest on."""
    steps = [s for stage in one.to_dict()["stages"] for s in stage["steps"]]
    return list(dict.fromkeys(p["cites"]["source"] for s in steps for p in _points(s) if "cites" in p)) or ["—"]


def signed(x: float, lang: str) -> str:
    """A feeling with its sign: ``+0,66``.

    Examples
    --------
    >>> signed(0.661, "id"), signed(-0.1, "en"), signed(0.001, "en")
    ('+0,66', '−0.10', '0.00')
    """
    written = labels.number(abs(x), lang, 2)
    return written if not any(c in written for c in "123456789") else ("+" if x > 0 else "−") + written


def map_page(
    shown: JourneyMap, today: JourneyMap | None, beside: JourneyMap | None, drafted: JourneyMap | None, lang: str
) -> dict[str, Any]:
    """The lanes of a map.

    Parameters
    ----------
    shown : JourneyMap
    today : JourneyMap, optional
        The persona's map as it is: its evidence stands below a plan too.
    beside : JourneyMap, optional
        The map whose feelings are drawn beside.
    drafted : JourneyMap, optional
        What the data said before anybody changed it.
    lang : {"id", "en"}

    Returns
    -------
    dict
        ``stages`` (``id``, ``label``, ``span``), ``steps`` (``id``, ``label``, ``stage``, ``by_hand``, ``was``,
        ``channels``, ``emotion``, ``beside``, ``evidence``, ``opportunity``, ``owner``, ``sources``, ``edit``),
        ``title``, and how many figures are ``cited`` and ``assumed``.
    """
    told = shown.to_dict()
    steps = []
    for stage in told["stages"]:
        for step in stage["steps"]:
            name = step["name"]
            known = _step(today, shown.origin(name)) if today is not None else None
            other = same_point(beside, shown, name)
            drafted_one = same_point(drafted, shown, name) if shown.kind == "as_is" else None
            steps.append(
                {
                    "id": name,
                    "label": labels.name(name, lang),
                    "stage": labels.name(stage["name"], lang),
                    "stage_id": stage["name"],
                    "by_hand": step.get("assumption", False),
                    "was": labels.text("journey_map.was", lang, name=labels.name(step["was"], lang))
                    if "was" in step
                    else "",
                    "channels": ", ".join(labels.name(c, lang) for c in step["channels"]),
                    "emotion": _feeling(step.get("emotion"), lang),
                    "beside": other and {"at": _place(other["value"]), "said": signed(other["value"], lang)},
                    "evidence": _evidence(known or step, lang),
                    **_chance(step.get("opportunity"), lang),
                    "sources": _sources(step, known if known is not None and shown.kind != "as_is" else None, lang),
                    "edit": _edit(step, drafted_one, lang),
                }
            )
    points = [p for stage in told["stages"] for s in stage["steps"] for p in _points(s)]
    cited = sum("cites" in p for p in points)
    return {
        "title": labels.text(
            "journeys.figure_map",
            lang,
            persona=persona_name(shown.persona, lang),
            kind=labels.text(f"journeys.{shown.kind}", lang),
        ),
        "cited": labels.number(cited, lang),
        "assumed": labels.number(len(points) - cited, lang),
        "stages": [
            {"id": s["name"], "label": labels.name(s["name"], lang), "span": len(s["steps"])} for s in told["stages"]
        ],
        "steps": steps,
    }


def tiles(shown: JourneyMap, today: JourneyMap | None, lang: str) -> list[dict[str, str]]:
    """What a map comes to: where it hurts, where most are hurt, whose job that is, how much of it is known."""
    steps = [s for stage in shown.to_dict()["stages"] for s in stage["steps"]]
    felt = [s for s in steps if "emotion" in s]
    out = []
    if felt:
        worst = min(felt, key=lambda s: s["emotion"]["value"])
        basis = labels.text(f"journeys.{_basis(worst['emotion'])}", lang)
        foot = f"{labels.name(worst['name'], lang)} · {basis}"
        out.append({"label": _say("tile_worst", lang), "value": signed(worst["emotion"]["value"], lang), "foot": foot})
    reached = (
        [(s, _step(today, s.get("was", s["name"])) or s) for s in felt] if today is not None else [(s, s) for s in felt]
    )
    heavy = [(k["volume"]["value"] * max(0.0, -s["emotion"]["value"]), s, k) for s, k in reached if "volume" in k]
    if heavy and max(h for h, *_ in heavy) > 0:
        _, step, known = max(heavy, key=lambda x: x[0])
        out.append(
            {
                "label": _say("tile_touched", lang),
                "value": labels.name(step["name"], lang),
                "foot": _say("tile_touched_foot", lang, n=known["volume"]["value"]),
            }
        )
    chances = [s["opportunity"] for s in steps if "opportunity" in s]
    without = sum(not c["owner"] for c in chances)
    owned = "tile_owners_lack" if without else "tile_owners" if chances else "tile_no_opportunity"
    out.append(
        {
            "label": _say("tile_opportunities", lang),
            "value": labels.number(len(chances), lang),
            "foot": _say(owned, lang, n=without),
        }
    )
    out.append(
        {
            "label": _say("tile_felt", lang),
            "value": _say("tile_felt_value", lang, n=len(felt), all=len(steps)),
            "foot": _say("tile_felt_foot", lang, n=sum("cites" in s["emotion"] for s in felt)),
        }
    )
    return out


def _place(emotion: float) -> float:
    """From the top of the lane, in percent: +2 is 5, -2 is 95."""
    return round(50 - emotion / BEST * 45, 2)


def _basis(point: Mapping[str, Any]) -> str:
    return "from_data" if "cites" in point else "assumption"


def _points(step: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [step[lane] for lane in ("emotion", "volume", "score", "drop_off") if lane in step]


def _step(of: JourneyMap | None, origin: str) -> dict[str, Any] | None:
    """The step of another map that is the same, whatever it is called there."""
    name = None if of is None else of.came_as(origin)
    if name is None:
        return None
    return next(s for stage in of.to_dict()["stages"] for s in stage["steps"] if s["name"] == name)


def same_point(of: JourneyMap | None, shown: JourneyMap, name: str) -> dict[str, Any] | None:
    """What another map says of the feeling at a step of this one."""
    step = _step(of, shown.origin(name))
    return None if step is None else step.get("emotion")


def _feeling(point: Mapping[str, Any] | None, lang: str) -> dict[str, Any] | None:
    if point is None:
        return None
    ends = [_place(point[e]) for e in ("low", "high")] if "low" in point and "high" in point else None
    value = point["value"]
    return {
        "at": _place(value),
        "ends": ends,
        "said": signed(value, lang),
        "basis": _basis(point),
        "tone": "bad" if value < -0.5 else "good" if value > 0.5 else "fair",
        "words": _figure("emotion", point, lang),
        "note": point.get("note", ""),
    }


def _figure(lane: str, point: Mapping[str, Any], lang: str) -> str:
    """A figure with its interval."""

    def words(x: float) -> str:
        if lane == "emotion":
            return signed(x, lang)
        if lane == "volume":
            return labels.value(x, "count", lang)
        return labels.percent(x, lang) if lane == "drop_off" else labels.number(x, lang, 2)

    if "low" in point and "high" in point:
        return _say("interval", lang, value=words(point["value"]), low=words(point["low"]), high=words(point["high"]))
    return words(point["value"])


def _evidence(step: Mapping[str, Any], lang: str) -> list[dict[str, Any]]:
    out = []
    if volume := step.get("volume"):
        out.append(("volume", labels.text("journeys.cell_volume", lang, n=volume["value"])))
    if score := step.get("score"):
        n = score.get("cites", {}).get("n")
        said = labels.text("journeys.cell_score", lang, score=score["value"])
        out.append(("score", f"{said}, n = {labels.value(n, 'count', lang)}" if n is not None else said))
    if left := step.get("drop_off"):
        out.append(("drop_off", labels.text("journeys.cell_drop_off", lang, share=left["value"])))
    return [{"said": said, "assumed": "cites" not in step[lane]} for lane, said in out]


def _chance(chance: Mapping[str, Any] | None, lang: str) -> dict[str, Any]:
    if chance is None:
        return {"opportunity": "", "owner": "", "owned": False}
    owner = chance["owner"] or labels.text("journeys.nobody", lang)
    return {"opportunity": chance["text"], "owner": owner, "owned": bool(chance["owner"])}


def _cited(point: Mapping[str, Any], lang: str) -> str:
    """What a figure rests on, in words."""
    if "cites" not in point:
        return labels.text("journeys.assumption", lang)
    cites = dict(point["cites"])
    counted, day = cites.pop("counted", None), cites.pop("as_of", None)
    parts = [str(cites.pop("source"))]
    if counted is not None:
        known = f"counted_{counted}" in labels.catalogue(ROOM)["text"]
        parts.append(_say(f"counted_{counted}", lang) if known else str(counted))
    n = cites.pop("n", None)
    parts += [f"{labels.name(k, lang)}: {labels.name(v, lang)}" for k, v in cites.items() if v not in (None, "")]
    if n is not None:
        parts.append(f"n = {labels.value(n, 'count', lang) if isinstance(n, int | float) else n}")
    if day is not None:
        parts.append(_say("until", lang, day=_day(str(day), lang)))
    return " · ".join(parts)


def _day(day: str, lang: str) -> str:
    import datetime as dt

    try:
        return labels.date(dt.date.fromisoformat(day), lang)
    except ValueError:  # a map written by hand may call its day as it likes
        return day


def _sources(step: Mapping[str, Any], known: Mapping[str, Any] | None, lang: str) -> list[dict[str, str]]:
    """Every figure of a step with what it rests on; below a plan, today's figures."""
    found = [(lane, step.get(lane)) for lane in ("emotion", "volume", "score", "drop_off")]
    if known is not None:
        found = [(lane, p or (None if lane == "emotion" else known.get(lane))) for lane, p in found]
    return [
        {"label": _say(f"lane_{lane}", lang), "value": _figure(lane, point, lang), "basis": _cited(point, lang)}
        for lane, point in found
        if point
    ]


def _edit(step: Mapping[str, Any], drafted: Mapping[str, Any] | None, lang: str) -> dict[str, Any]:
    """What the form begins with."""
    point, chance = step.get("emotion"), step.get("opportunity") or {}
    differs = drafted is not None and (point is None or "cites" not in point)
    return {
        "emotion": None if point is None else point["value"],
        "note": (point or {}).get("note", ""),
        "opportunity": chance.get("text", ""),
        "owner": chance.get("owner", ""),
        "data": _say("data_say", lang, value=_figure("emotion", drafted, lang)) if differs else "",
    }
