"""A journey map from the event log: every figure in it cites what was counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from .contacts import scores_by
from .drawn import JourneyMap
from .events import END, OPEN
from .rules import STAGELESS
from .sequences import order_of
from .shares import clustered

if TYPE_CHECKING:
    from .events import Log

__all__ = ["draft_map", "emotion_of"]

_MOST = 16


def emotion_of(score: float, scale: tuple[float, float]) -> float:
    """A score on the scale of feelings, straight: the lowest is -2, the middle 0, the highest +2.

    Examples
    --------
    >>> emotion_of(4, (1, 5)), emotion_of(10, (0, 10)), emotion_of(3.5, (1, 7))
    (1.0, 2.0, -0.33333333333333326)
    """
    low, high = scale
    return 4 * (score - low) / (high - low) - 2


def draft_map(
    log: Log,
    *,
    persona: str,
    title: str = "",
    score_scale: tuple[float, float] | None = None,
    only: Mapping[str, Any] | None = None,
    most: int = 12,
) -> JourneyMap:
    """Draft a persona's map from what was counted.

    Parameters
    ----------
    log : Log
        Made with ``stages``: they are the map's stages; its touchpoints are the steps, in the order in which people
        usually meet them.
    persona : str
    title : str
    score_scale : (low, high), optional
        The scale of the log's scores. It is required where there are any: the feeling of a step is their mean, laid on
        -2 to +2.
    only : mapping, optional
        Which cases are the persona's: ``{"payer_group": "bpjs"}``, columns that the log kept.
    most : int
        How many steps, the busiest first; what is left out is not in the map.

    Returns
    -------
    JourneyMap
        Volume is the cases that met the step; drop-off the share of them for whom it was the last. A step without
        scores has no feeling: set one by hand, as an assumption, or ask.
    """
    if not log.stages:
        raise UserError("journeys.no_stages")
    if isinstance(most, bool) or not isinstance(most, int) or not 1 <= most <= _MOST:
        raise UserError("journeys.bad_number", name="most", found=most, least=1)
    scored = "score" in log.has
    if scored and score_scale is None:
        raise UserError("journeys.no_scale")
    if score_scale is not None and not score_scale[0] < score_scale[1]:
        raise UserError("journeys.bad_scale", found=list(score_scale))
    some, parameters = _some(log, only)
    found = log.frame(
        f"""WITH mine AS (SELECT * FROM events WHERE {some}),
        per AS (SELECT t, p, count(DISTINCT c) AS k, count(*) FILTER (n = {END}) AS h,
            count(DISTINCT c) FILTER (n = {OPEN}) AS o FROM mine GROUP BY t, p)
        SELECT t, any_value(s) AS s, sum(k) AS cases, sum(h) AS h, sum(h * h) AS hh, sum(h * (k - o)) AS hn,
            sum((k - o) * (k - o)) AS nn, sum(k - o) AS over, count(*) AS persons FROM per
        JOIN (SELECT t, mode(s) AS s FROM mine GROUP BY t) USING (t) GROUP BY t""",
        parameters,
    )
    if found.empty:
        raise UserError("journeys.nobody", found=str(dict(only or {})))
    place = {t: k for k, t in enumerate(order_of(log, some, parameters))}
    low, high, _ = clustered(*(found[c] for c in ("h", "over", "hh", "hn", "nn", "persons")))
    found = found.assign(low=low, high=high, place=found["t"].map(place))
    found = found[found["s"].notna()].sort_values(["cases", "t"], ascending=[False, True]).head(most)
    scores = scores_by(log, score_scale, some, parameters).set_index("touchpoint").to_dict("index") if scored else {}
    channels: dict[int, list[str]] = {}
    if "channel" in log.has:
        counted = f"SELECT t, ch, count(*) AS k FROM events WHERE ch IS NOT NULL AND ({some}) GROUP BY ALL"
        for t, ch, _ in log.rows(f"{counted} ORDER BY k DESC, ch", parameters):
            channels.setdefault(t, []).append(log.channels[ch])
    source = log.source.name if log.source else "events"
    base = {"source": source, "as_of": f"{log.as_of:%Y-%m-%d}"}
    base |= {k: str(v) for k, v in (only or {}).items()}
    stages = []
    for s, stage in enumerate(log.stages):
        if stage == STAGELESS:
            continue
        steps = []
        for row in found[found["s"] == s].sort_values("place").to_dict("records"):
            name = log.touchpoints[int(row["t"])]
            cases, over = int(row["cases"]), int(row["over"])
            step: dict[str, Any] = {"name": name, "touchpoint": name, "channels": channels.get(int(row["t"]), [])[:4]}
            step["volume"] = {"value": cases, "cites": {**base, "counted": "cases", "n": cases}}
            if over:
                step["drop_off"] = {"value": row["h"] / over, "cites": {**base, "counted": "last_event", "n": over}}
                if row["low"] == row["low"]:
                    step["drop_off"] |= {"low": row["low"], "high": row["high"]}
            if name in scores:
                one = scores[name]
                cites = {**base, "counted": "score", "n": int(one["answers"])}
                step["score"] = {"value": float(one["score"]), "cites": cites}
                step["emotion"] = {"value": emotion_of(float(one["score"]), score_scale), "cites": cites}
                for end in ("low", "high"):
                    if one[f"score_{end}"] == one[f"score_{end}"]:
                        step["score"][end] = float(one[f"score_{end}"])
                        step["emotion"][end] = emotion_of(float(one[f"score_{end}"]), score_scale)
            steps.append(step)
        if steps:
            stages.append({"name": stage, "steps": steps})
    return JourneyMap({"persona": persona, "title": title, "kind": "as_is", "stages": stages})


def _some(log: Log, only: Mapping[str, Any] | None) -> tuple[str, list[Any]]:
    """The events of a persona's cases: a case has the value of its first event."""
    if not only:
        return "TRUE", []
    parts = [f"{log.group(column)} = ?" for column in only]
    return f"c IN (SELECT c FROM events WHERE i = 1 AND {' AND '.join(parts)})", list(only.values())
