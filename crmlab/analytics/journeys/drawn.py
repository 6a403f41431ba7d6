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
from .checking import LANES, checked

__all__ = ["JourneyMap"]


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
        self._told = checked(told)

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

    def origin(self, step: str) -> str:
        """The name under which a step came into the map: by it maps are compared, whatever the step is called now."""
        return self._step(self._told, step).get("was", step)

    def came_as(self, origin: str) -> str | None:
        """The step that came into the map under this name, or ``None``."""
        return next((s["name"] for _, s in _walk(self._told) if s.get("was", s["name"]) == origin), None)

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
            if cites:
                place.pop("assumption", None)
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
        """Add a step to a stage (a new one comes last), behind another step or at its end.

        It is marked as an assumption: nobody has counted it. A figure that cites data takes the mark away.
        """
        told = self.to_dict()
        stages = {s["name"]: s for s in told["stages"]}
        if stage not in stages:
            told["stages"].append({"name": stage, "steps": []})
            stages[stage] = told["stages"][-1]
        fresh = {"name": step, **({"touchpoint": touchpoint} if touchpoint else {}), "channels": list(channels)}
        _insert(stages[stage]["steps"], {**fresh, "assumption": True}, after, last=True)
        return JourneyMap(told)

    def move(self, step: str, *, after: str | None = None, stage: str | None = None) -> JourneyMap:
        """Put a step elsewhere: behind another one, or first in a stage.

        Parameters
        ----------
        step : str
        after : str, optional
            The step that it is to follow, in that step's stage. Without it the step comes first.
        stage : str, optional
            Where it comes first; its own stage by default. A stage that is not there yet follows the step's own. A
            stage without steps goes.

        Examples
        --------
        >>> way = JourneyMap.blank("Ibu Rina", {"buy": ["cart", "pay"], "use": ["open"]})
        >>> way.move("cart", after="pay").steps, way.move("pay", stage="use").steps
        (('pay', 'cart', 'open'), ('cart', 'pay', 'open'))
        """
        told = self.to_dict()
        moved = self._step(told, step)
        home = next(s for s in told["stages"] if moved in s["steps"])
        home["steps"].remove(moved)
        if after is not None:
            target = next((s for s in told["stages"] if any(x["name"] == after for x in s["steps"])), None)
            if target is None:
                wanted = [s for s in self.steps if s != step]
                raise UserError("journeys.map_no_step", found=after, wanted=wanted, near=suggest(after, wanted))
        else:
            name = home["name"] if stage is None else stage
            target = next((s for s in told["stages"] if s["name"] == name), None)
            if target is None:
                target = {"name": name, "steps": []}
                told["stages"].insert(told["stages"].index(home) + 1, target)
        _insert(target["steps"], moved, after)
        told["stages"] = [s for s in told["stages"] if s["steps"]]
        return JourneyMap(told)

    def rename(self, step: str, name: str) -> JourneyMap:
        """Call a step otherwise; its figures, and the touchpoint that they were counted for, stay with it.

        Examples
        --------
        >>> way = JourneyMap.blank("Ibu Rina", {"buy": ["cart"]}).rename("cart", "Keranjang")
        >>> way.steps, way.origin("Keranjang"), way.rename("Keranjang", "cart") == JourneyMap.blank(
        ...     "Ibu Rina", {"buy": ["cart"]})
        (('Keranjang',), 'cart', True)
        """
        told = self.to_dict()
        place = self._step(told, step)
        was = place.pop("was", step)
        place["name"] = name
        if isinstance(name, str) and name.strip() != was:
            place["was"] = was
        return JourneyMap(told)

    def rename_stage(self, stage: str, name: str) -> JourneyMap:
        """Call a stage otherwise."""
        told = self.to_dict()
        found = next((s for s in told["stages"] if s["name"] == stage), None)
        if found is None:
            wanted = [s["name"] for s in told["stages"]]
            raise UserError("journeys.map_no_stage", found=stage, wanted=wanted, near=suggest(stage, wanted))
        found["name"] = name
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
        by_hand = tuple(table.loc[table["step_basis"] == "assumption", "step"])
        if by_hand:
            notes.append(Note("journeys.note.by_hand", {"n": len(by_hand), "steps": by_hand}))
        facts = {"n": len(table), "stages": len(self._told["stages"]), "figures": len(points), "cited": cited}
        facts |= {"steps_by_hand": by_hand}
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
            ("stage", "step", "step_basis", "touchpoint", "channels", "emotion_basis", "opportunity", "owner"), "text"
        )
        units |= {"answers": "count", "volume": "count", "priority": "number"}
        units |= {f"{lane}{e}": unit for lane, unit in LANES.items() if lane != "volume" for e in ("", "_low", "_high")}
        params = {k: self._told[k] for k in ("persona", "title", "kind")} | {"map": self.to_dict(), "units": units}
        return Result("journeys.map", table, params, facts, tuple(notes), source)


def _row(stage: str, step: Mapping[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {"stage": stage, "step": step["name"], "step_basis": _basis_of_step(step)}
    out["touchpoint"] = step.get("touchpoint") or None
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


def _basis_of_step(step: Mapping[str, Any]) -> str | None:
    """Whether that people come by here was counted, is assumed, or is not known."""
    if step.get("assumption"):
        return "assumption"
    return "from_data" if any("cites" in step[lane] for lane in LANES if lane in step) else None


def _insert(steps: list[Any], step: Any, after: str | None, *, last: bool = False) -> None:
    """Put a step behind another one; without one first, or last."""
    names = [s["name"] for s in steps]
    if after is not None and after not in names:
        raise UserError("journeys.map_no_step", found=after, wanted=names, near=suggest(after, names))
    steps.insert(names.index(after) + 1 if after is not None else len(steps) if last else 0, step)


def _lane(lane: str) -> None:
    if lane not in LANES:
        raise UserError("journeys.bad_choice", name="lane", found=lane, wanted=list(LANES), near=suggest(lane, LANES))
