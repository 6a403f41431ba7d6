"""The journey map as data: what a persona meets step by step, what it feels there, how that is known, whose job it
is."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ...errors import UserError, suggest
from ...results import Note, Result, Source

__all__ = ["FORMAT", "LANES", "JourneyMap"]

FORMAT, VERSION = "crmlab.journey_map", 1
LANES = {"emotion": "score", "volume": "count", "score": "score", "drop_off": "share"}
"""The lanes that hold figures, and their units."""
_KINDS = ("as_is", "to_be")
_RANGES = {"emotion": (-2.0, 2.0), "drop_off": (0.0, 1.0), "volume": (0.0, float("inf"))}
_STEP = ("name", "touchpoint", "channels", *LANES, "opportunity")
_LONGEST = 300


class JourneyMap:
    """One persona's way, as it is or as it is to be.

    A map is never changed: every edit hands back a new one. Each figure in it either *cites* the data behind it or is
    marked as an *assumption*; there is no third way.

    Parameters
    ----------
    told : mapping
        As :meth:`to_dict` gives it; checked.

    Examples
    --------
    >>> way = JourneyMap.blank("Ibu Rumah Tangga", {"consider": ["search", "visit"], "buy": ["pay"]})
    >>> way = way.feel("pay", -1.1, note="they say so").improve("pay", "one cash desk more", owner="head of store")
    >>> way.point("pay", "emotion")["assumption"], way.result().facts["worst_step"]
    (True, 'pay')
    """

    def __init__(self, told: Mapping[str, Any]) -> None:
        self._told = _checked(told)

    @classmethod
    def blank(
        cls, persona: str, stages: Mapping[str, Sequence[str]], *, title: str = "", kind: str = "as_is"
    ) -> JourneyMap:
        """A map with stages and steps and nothing known of them."""
        steps = [{"name": name, "steps": [{"name": s} for s in inner]} for name, inner in stages.items()]
        return cls({"persona": persona, "title": title, "kind": kind, "stages": steps})

    @classmethod
    def load(cls, path: str | os.PathLike) -> JourneyMap:
        """Read a map from a JSON file."""
        if not Path(path).is_file():
            raise UserError("journeys.no_file", found=str(path))
        try:
            told = json.loads(Path(path).read_text(encoding="utf-8-sig"))
        except (ValueError, RecursionError) as bad:  # no text, no JSON, or one nested without end
            raise UserError("journeys.map_unreadable", table=Path(path).name, reason=str(bad)) from bad
        return cls(told)

    def save(self, path: str | os.PathLike) -> Path:
        """Write the map as JSON; :meth:`load` gives it back."""
        target = Path(path)
        part = target.with_name(target.name + ".part")
        part.write_text(json.dumps(self._told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        os.replace(part, target)
        return target

    def to_dict(self) -> dict[str, Any]:
        """The whole map as plain data."""
        return copy.deepcopy(self._told)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, JourneyMap) and self._told == other._told

    __hash__ = None

    def __repr__(self) -> str:
        return f"<JourneyMap {self.kind} of {self.persona}: {len(self.steps)} steps>"

    @property
    def persona(self) -> str:
        """Whose way it is."""
        return self._told["persona"]

    @property
    def kind(self) -> str:
        """``as_is`` or ``to_be``."""
        return self._told["kind"]

    @property
    def title(self) -> str:
        """What the map is called."""
        return self._told["title"] or self.persona

    @property
    def steps(self) -> tuple[str, ...]:
        """The names of all steps, in order."""
        return tuple(step["name"] for _, step in _walk(self._told))

    def point(self, step: str, lane: str) -> dict[str, Any] | None:
        """A figure of a step with what it rests on, or ``None``."""
        _lane(lane)
        return copy.deepcopy(self._step(self._told, step).get(lane))

    # -- edits

    def feel(
        self, step: str, emotion: float | None, *, note: str = "", cites: Mapping[str, Any] | None = None
    ) -> JourneyMap:
        """Set a step's emotion, -2 to +2: an assumption, unless ``cites`` says where it comes from."""
        return self.set(step, "emotion", emotion, note=note, cites=cites)

    def set(
        self, step: str, lane: str, value: float | None, *, note: str = "", cites: Mapping[str, Any] | None = None
    ) -> JourneyMap:
        """Set a figure of a step by hand; ``None`` takes it out.

        Parameters
        ----------
        step : str
        lane : {"emotion", "volume", "score", "drop_off"}
        value : float or None
        note : str
            Why one thinks so.
        cites : mapping, optional
            ``source`` (and ``n``, ``low``, ``high`` where known). Without it the figure is an assumption.
        """
        _lane(lane)
        told = self.to_dict()
        place = self._step(told, step)
        if value is None:
            place.pop(lane, None)
        else:
            basis = {"cites": dict(cites)} if cites else {"assumption": True}
            ends = {k: basis["cites"].pop(k) for k in ("low", "high") if cites and k in basis["cites"]}
            place[lane] = {"value": value, **ends, **basis, **({"note": note} if note else {})}
        return JourneyMap(told)

    def improve(self, step: str, text: str, *, owner: str = "") -> JourneyMap:
        """Write what could be better at a step, and whose task that is; an empty text takes it out."""
        told = self.to_dict()
        place = self._step(told, step)
        place.pop("opportunity", None)
        if text:
            place["opportunity"] = {"text": text, "owner": owner}
        return JourneyMap(told)

    def add(
        self, stage: str, step: str, *, after: str | None = None, touchpoint: str = "", channels: Sequence[str] = ()
    ) -> JourneyMap:
        """Add a step to a stage (a new one comes last), behind another step or at its end."""
        told = self.to_dict()
        stages = {s["name"]: s for s in told["stages"]}
        if stage not in stages:
            told["stages"].append({"name": stage, "steps": []})
            stages[stage] = told["stages"][-1]
        inner = stages[stage]["steps"]
        names = [s["name"] for s in inner]
        if after is not None and after not in names:
            raise UserError("journeys.map_no_step", found=after, wanted=names, near=suggest(after, names))
        fresh = {"name": step, **({"touchpoint": touchpoint} if touchpoint else {}), "channels": list(channels)}
        inner.insert(len(inner) if after is None else names.index(after) + 1, fresh)
        return JourneyMap(told)

    def remove(self, step: str) -> JourneyMap:
        """Take a step out; a stage without steps goes with it."""
        told = self.to_dict()
        self._step(told, step)
        for stage in told["stages"]:
            stage["steps"] = [s for s in stage["steps"] if s["name"] != step]
        told["stages"] = [s for s in told["stages"] if s["steps"]]
        return JourneyMap(told)

    def to_be(self, *, title: str = "") -> JourneyMap:
        """The same way as a plan: emotions become aims (assumptions), what was counted stays with today's map."""
        told = self.to_dict()
        told |= {"kind": "to_be", "title": title or told["title"]}
        for _, step in _walk(told):
            for lane in ("volume", "score", "drop_off"):
                step.pop(lane, None)
            if "emotion" in step:
                step["emotion"] = {"value": step["emotion"]["value"], "assumption": True}
        return JourneyMap(told)

    def _step(self, told: Mapping[str, Any], name: str) -> dict[str, Any]:
        for _, step in _walk(told):
            if step["name"] == name:
                return step
        raise UserError("journeys.map_no_step", found=name, wanted=list(self.steps), near=suggest(name, self.steps))

    # -- as a Result

    def result(self, *, source: Source | None = None) -> Result:
        """The map as a table, to be drawn, explained and exported.

        Returns
        -------
        Result
            Kind ``journeys.map``: one row a step. Facts: how many figures cite data and how many are assumed, the worst
            step, opportunities without an owner, and the one with the highest ``priority`` (reach times how far below
            neutral the feeling is).
        """
        import pandas as pd

        rows = [_row(stage, step) for stage, step in _walk(self._told)]
        table = pd.DataFrame(rows)
        points = [(s["name"], lane, s[lane]) for _, s in _walk(self._told) for lane in LANES if lane in s]
        cited = sum("cites" in p for *_, p in points)
        felt = table[table["emotion"].notna()]
        worst = felt.loc[felt["emotion"].astype(float).idxmin()] if len(felt) else None
        best = felt.loc[felt["emotion"].astype(float).idxmax()] if len(felt) else None
        orphans = tuple(table.loc[table["opportunity"].notna() & table["owner"].isna(), "step"])
        first = table["priority"].astype(float).idxmax() if table["priority"].notna().any() else None
        notes = []
        if orphans:
            notes.append(Note("journeys.note.orphans", {"n": len(orphans), "steps": orphans}))
        if unknown := tuple(table.loc[table["emotion"].isna(), "step"]):
            notes.append(Note("journeys.note.unfelt", {"n": len(unknown), "steps": unknown}))
        facts = {"n": len(table), "stages": len(self._told["stages"]), "figures": len(points), "cited": cited}
        facts |= {"assumed": len(points) - cited, "opportunities": int(table["opportunity"].notna().sum())}
        facts |= {"without_owner": orphans, "unfelt": unknown}
        for side, row in (("worst", worst), ("best", best)):
            facts |= {f"{side}_step": None if row is None else row["step"]}
            facts |= {
                f"{side}_emotion{e}": None if row is None else _or_none(row[f"emotion{e}"])
                for e in ("", "_low", "_high")
            }
            facts |= {f"{side}_basis": None if row is None else row["emotion_basis"]}
        facts |= {"priority_step": None if first is None else table.loc[first, "step"]}
        facts |= {"priority": None if first is None else float(table.loc[first, "priority"])}
        by_stage = felt.groupby("stage", sort=False)["emotion"].mean() if len(felt) else None
        facts |= {"worst_stage": None if by_stage is None else by_stage.idxmin()}
        facts |= {"worst_stage_emotion": None if by_stage is None else float(by_stage.min())}
        units = dict.fromkeys(
            ("stage", "step", "touchpoint", "channels", "emotion_basis", "opportunity", "owner"), "text"
        )
        units |= {"answers": "count", "volume": "count", "priority": "number"}
        units |= {f"{lane}{e}": unit for lane, unit in LANES.items() if lane != "volume" for e in ("", "_low", "_high")}
        params = {k: self._told[k] for k in ("persona", "title", "kind")} | {"map": self.to_dict(), "units": units}
        return Result("journeys.map", table, params, facts, tuple(notes), source)


def _row(stage: str, step: Mapping[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {"stage": stage, "step": step["name"], "touchpoint": step.get("touchpoint") or None}
    out["channels"] = ", ".join(step.get("channels", ())) or None
    for lane in ("emotion", "score", "drop_off"):
        point = step.get(lane, {})
        out[lane] = point.get("value")
        out |= {f"{lane}_low": point.get("low"), f"{lane}_high": point.get("high")}
    out["emotion_basis"] = basis_of(step.get("emotion"))
    out["answers"] = (step.get("score") or step.get("emotion") or {}).get("cites", {}).get("n")
    out["volume"] = step.get("volume", {}).get("value")
    chance = step.get("opportunity") or {}
    out |= {"opportunity": chance.get("text"), "owner": chance.get("owner") or None}
    reach, emotion = out["volume"], out["emotion"]
    # how many are touched, times how far below neutral they feel
    out["priority"] = None if reach is None or emotion is None else reach * max(0.0, -emotion)
    return out


def basis_of(point: Mapping[str, Any] | None) -> str | None:
    """``from_data``, ``assumption``, or nothing known."""
    if not point:
        return None
    return "from_data" if "cites" in point else "assumption"


def _or_none(x: Any) -> float | None:
    return None if x is None or x != x else float(x)


def _walk(told: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for stage in told["stages"]:
        for step in stage["steps"]:
            yield stage["name"], step


def _lane(lane: str) -> None:
    if lane not in LANES:
        raise UserError("journeys.bad_choice", name="lane", found=lane, wanted=list(LANES), near=suggest(lane, LANES))


def _checked(told: Any) -> dict[str, Any]:
    """A map from outside, with every rule kept; what is wrong is said with its place."""
    if not isinstance(told, Mapping):
        raise UserError("journeys.map_broken", where="/", reason=type(told).__name__)
    if told.get("format", FORMAT) != FORMAT or told.get("version", VERSION) != VERSION:
        raise UserError(
            "journeys.map_format", found=f"{told.get('format')} {told.get('version')}", wanted=f"{FORMAT} {VERSION}"
        )
    kind = told.get("kind", "as_is")
    if kind not in _KINDS:
        raise UserError("journeys.bad_choice", name="kind", found=kind, wanted=list(_KINDS))
    stages = told.get("stages")
    if not isinstance(stages, Sequence) or isinstance(stages, str) or not stages:
        raise UserError("journeys.map_broken", where="stages", reason=type(stages).__name__)
    seen: set[str] = set()
    kept = []
    for k, stage in enumerate(stages):
        where = f"stages[{k + 1}]"
        if not isinstance(stage, Mapping) or not isinstance(stage.get("steps"), list) or not stage["steps"]:
            raise UserError("journeys.map_broken", where=where, reason="steps")
        steps = [_step(s, f"{where}.steps[{j + 1}]", seen) for j, s in enumerate(stage["steps"])]
        kept.append({"name": _words(stage.get("name"), f"{where}.name"), "steps": steps})
    names = [s["name"] for s in kept]
    if len(set(names)) < len(names):
        raise UserError("journeys.map_twice", found=next(n for n in names if names.count(n) > 1))
    return {
        "format": FORMAT,
        "version": VERSION,
        "persona": _words(told.get("persona"), "persona"),
        "title": _words(told.get("title", ""), "title", empty=True),
        "kind": kind,
        "stages": kept,
    }


def _step(step: Any, where: str, seen: set[str]) -> dict[str, Any]:
    if not isinstance(step, Mapping):
        raise UserError("journeys.map_broken", where=where, reason=type(step).__name__)
    if strange := [k for k in step if k not in _STEP]:
        raise UserError(
            "journeys.map_broken", where=f"{where}.{strange[0]}", reason=strange[0], near=suggest(strange[0], _STEP)
        )
    name = _words(step.get("name"), f"{where}.name")
    if name in seen:
        raise UserError("journeys.map_twice", found=name)
    seen.add(name)
    out: dict[str, Any] = {"name": name}
    if step.get("touchpoint"):
        out["touchpoint"] = _words(step["touchpoint"], f"{where}.touchpoint")
    channels = step.get("channels", [])
    if not isinstance(channels, list | tuple):
        raise UserError("journeys.map_broken", where=f"{where}.channels", reason=type(channels).__name__)
    out["channels"] = [_words(c, f"{where}.channels") for c in channels]
    for lane in LANES:
        if step.get(lane) is not None:
            out[lane] = _point(step[lane], lane, name, f"{where}.{lane}")
    chance = step.get("opportunity")
    if chance is not None:
        if not isinstance(chance, Mapping):
            raise UserError("journeys.map_broken", where=f"{where}.opportunity", reason=type(chance).__name__)
        text = _words(chance.get("text"), f"{where}.opportunity.text")
        out["opportunity"] = {
            "text": text,
            "owner": _words(chance.get("owner") or "", f"{where}.opportunity.owner", empty=True),
        }
    return out


def _point(point: Any, lane: str, step: str, where: str) -> dict[str, Any]:
    if not isinstance(point, Mapping):
        raise UserError("journeys.map_broken", where=where, reason=type(point).__name__)
    low, high = _RANGES.get(lane, (-float("inf"), float("inf")))
    out: dict[str, Any] = {}
    for key in ("value", "low", "high"):
        x = point.get(key)
        if x is None and key != "value":
            continue
        if isinstance(x, bool) or not isinstance(x, int | float) or x != x or abs(x) == float("inf"):
            raise UserError("journeys.map_broken", where=f"{where}.{key}", reason=str(x))
        if not low <= x <= high:
            raise UserError("journeys.map_off_scale", found=x, lane=lane, step=step, least=low, most=high)
        out[key] = x
    cites, assumed = point.get("cites"), point.get("assumption")
    if isinstance(cites, Mapping) and isinstance(cites.get("source"), str) and cites["source"].strip() and not assumed:
        out["cites"] = {k: v for k, v in cites.items() if isinstance(v, str | int | float | bool) or v is None}
    elif assumed is True and not cites:
        out["assumption"] = True
    else:
        raise UserError("journeys.map_uncited", lane=lane, step=step)
    if point.get("note"):
        out["note"] = _words(point["note"], f"{where}.note")
    return out


def _words(text: Any, where: str, *, empty: bool = False) -> str:
    if not isinstance(text, str) or (not text.strip() and not empty) or len(text) > _LONGEST:
        raise UserError("journeys.map_broken", where=where, reason=str(text)[:60])
    return text.strip()
