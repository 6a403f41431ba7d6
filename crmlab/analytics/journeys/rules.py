"""Sentences about events, as data: which stage, which moment of truth, which step of a funnel an event is."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...quality.sentences import columns_of, truth

if TYPE_CHECKING:
    from .events import Log

__all__ = ["STAGELESS", "Rules", "mark", "moment_rules", "read_rules", "stage_rules"]

STAGELESS = "no_stage"
_COLUMNS = {"touchpoint": "t", "channel": "ch", "stage": "s", "value": "value", "score": "score"}


@dataclass(frozen=True)
class Rules:
    """Names and sentences in their order; the first sentence that holds decides."""

    names: tuple[str, ...]
    sentences: tuple[str, ...]

    def told(self) -> dict[str, str]:
        """Name to sentence."""
        return dict(zip(self.names, self.sentences, strict=True))


def read_rules(told: Any, section: str) -> Rules:
    """Rules from a mapping, a TOML file or TOML text (there under ``[section]``)."""
    if isinstance(told, Rules):
        return told
    if isinstance(told, os.PathLike) or (isinstance(told, str) and "\n" not in told):
        if not Path(told).is_file():
            raise UserError("journeys.no_file", found=str(told))
        told = Path(told).read_text(encoding="utf-8")
    if isinstance(told, str):
        try:
            told = tomllib.loads(told)
        except tomllib.TOMLDecodeError as bad:
            raise UserError("journeys.bad_rules", found=str(bad)) from bad
    said = told.get(section, told) if isinstance(told, Mapping) else None
    if not isinstance(said, Mapping) or not said:
        raise UserError("journeys.bad_rules", found=type(told).__name__)
    for sentence in said.values():
        columns_of(sentence)  # refuses what is no sentence
    return Rules(tuple(str(n) for n in said), tuple(said.values()))


def _shipped(world: str, section: str) -> dict[str, str]:
    folder = resources.files(__package__)
    worlds = sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml"))
    if world not in worlds:
        raise UserError("journeys.unknown_world", found=world, wanted=worlds, near=suggest(world, worlds))
    return tomllib.loads(folder.joinpath(f"{world}.toml").read_text(encoding="utf-8"))[section]


def stage_rules(world: str) -> dict[str, str]:
    """The stages of PT XYZ (``"retail"``) or the hospital (``"hospital"``) as sentences, to be read and changed.

    Examples
    --------
    >>> list(stage_rules("hospital"))
    ['booking', 'preparation', 'visit', 'aftercare']
    """
    return _shipped(world, "stages")


def moment_rules(world: str) -> dict[str, str]:
    """The moments of truth of a world as sentences: ``zmot``, ``fmot``, ``smot``, ``tmot``.

    Examples
    --------
    >>> list(moment_rules("retail"))
    ['zmot', 'fmot', 'smot', 'tmot']
    """
    return _shipped(world, "moments")


def mark(log: Log, rules: Rules) -> list[str]:
    """The table ``marks``: for every combination of the columns that rules speak of, the first rule that holds.

    Rules are judged once for each combination that there is, not once an event: ten million events have few of them.
    """
    import pandas as pd

    used = list(dict.fromkeys(c for s in rules.sentences for c in columns_of(s)))
    known = [c for c in _COLUMNS if c in log.has]
    for name in used:
        if name not in (*known, *log.kept):
            wanted = [*known, *log.kept]
            raise UserError("journeys.unknown_name", found=name, wanted=wanted, near=suggest(name, wanted))
    joins = [_COLUMNS.get(name, f'"x_{name}"') for name in used]
    found = log.frame(f"SELECT DISTINCT {', '.join(joins)} FROM events")
    columns = {}
    for name, column in zip(used, found.columns, strict=True):
        names = {"touchpoint": log.touchpoints, "channel": log.channels, "stage": log.stages}.get(name)
        series = found[column]
        columns[name] = series.map(dict(enumerate(names)), na_action="ignore") if names else series
    place = pd.Series(pd.NA, index=found.index, dtype="Int16")
    for m, sentence in enumerate(rules.sentences):
        holds, _ = truth(sentence, {c: columns[c] for c in columns_of(sentence)})
        place[place.isna() & holds] = m
    with log.store.guarded() as cursor:
        cursor.register("judged", found.assign(m=place.astype("Int16")))
        cursor.execute("CREATE OR REPLACE TEMP TABLE marks AS SELECT * REPLACE (CAST(m AS SMALLINT) AS m) FROM judged")
        cursor.unregister("judged")
    return joins
