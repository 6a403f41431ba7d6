"""The customer-experience table: for each kind of customer in each situation, what is expected, given, and measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import UserError, suggest
from ...results import Note, Result, Source
from .scores import SHOWN_N, csat
from .tables import frame_of, plain

__all__ = ["FIELDS", "experience_table"]

FIELDS = ("expected_experience", "given_experience", "trained_staff", "measured_by")
"""What a row must say: what the customer expects, what we give, who is trained to give it, how we know."""


def experience_table(
    personas: Sequence[str],
    situations: Sequence[str],
    plan: Any = None,
    *,
    answers: Any = None,
    persona: str = "persona",
    situation: str = "situation",
    score: str = "csat",
    scale: tuple[int, int] = (1, 5),
    least_n: int = SHOWN_N,
    source: Source | None = None,
) -> Result:
    """A row for every persona in every situation: a form to fill, and beside it what customers said.

    Parameters
    ----------
    personas, situations : sequence of str
        As ``["adult", "child"]`` and ``["drive_thru", "counter"]``.
    plan : DataFrame or mapping, optional
        What is filled already: a table with ``persona``, ``situation`` and any of :data:`FIELDS`, or
        ``{("adult", "counter"): {"measured_by": ...}}``. An empty cell stays empty, and the row incomplete.
    answers : DataFrame or Result, optional
        Customers' answers with the columns ``persona``, ``situation`` and ``score``: the satisfaction of each row.
    score, scale, least_n
        As for :func:`csat`.

    Returns
    -------
    Result
        Kind ``satisfaction.experience_table``: ``persona``, ``situation``, the fields, ``filled`` (how many of them),
        ``complete``; with answers ``n``, ``csat``, ``csat_low``, ``csat_high``, ``verdict``.

    Examples
    --------
    >>> found = experience_table(["adult", "child"], ["drive_thru", "counter"])
    >>> len(found.table), found.facts["incomplete"]
    (4, 4)
    """
    import pandas as pd

    for name, given in (("personas", personas), ("situations", situations)):
        if isinstance(given, str) or not given or len(set(given)) != len(given):
            raise UserError("satisfaction.not_a_list", name=name, found=given)
    told = _told(plan, list(personas), list(situations))
    rows = []
    for who in personas:
        for where in situations:
            cells = {field: told.get((who, where), {}).get(field) for field in FIELDS}
            filled = sum(value is not None for value in cells.values())
            rows.append(
                {"persona": who, "situation": where, **cells, "filled": filled, "complete": filled == len(FIELDS)}
            )
    table = pd.DataFrame(rows)
    units = dict.fromkeys(("persona", "situation", *FIELDS), "text") | {"filled": "count", "complete": "text"}
    complete = int(table["complete"].sum())
    facts: dict[str, Any] = {
        "rows": len(table), "complete": complete, "incomplete": len(table) - complete,
        "cells": len(table) * len(FIELDS), "filled": int(table["filled"].sum()),
    }  # fmt: skip
    notes: list[Note] = []
    if answers is not None:
        said = csat(answers, score=score, scale=scale, by=[persona, situation], least_n=least_n)
        found = said.table[said.table["row"] == "member"].rename(columns={persona: "persona", situation: "situation"})
        wanted = ["n", "csat", "csat_low", "csat_high", "verdict"]
        table = table.merge(found[["persona", "situation", *wanted]], how="left", on=["persona", "situation"])
        table["n"] = table["n"].fillna(0).astype(int)
        table["verdict"] = table["verdict"].fillna("too_few")
        units |= {"n": "count", "csat": "share", "csat_low": "share", "csat_high": "share", "verdict": "mark"}
        unknown = int(said.facts["n"]) - int(table["n"].sum())
        notes = list(said.notes)
        if unknown:
            notes.append(Note("satisfaction.note.outside_table", {"n": unknown}))
        facts["n"] = int(table["n"].sum())
        known = table[table["csat"].notna()]
        if len(known):
            worst = known.loc[known["csat"].idxmin()]
            facts |= {f"worst_{c}": worst[c] for c in ("persona", "situation", "csat", "csat_low", "csat_high")}
    params = {"personas": list(personas), "situations": list(situations), "units": units}
    return Result("satisfaction.experience_table", table, params, plain(facts), tuple(notes), source)


def _told(plan: Any, personas: list[str], situations: list[str]) -> dict[tuple[str, str], dict[str, str]]:
    if plan is None:
        return {}
    if isinstance(plan, Mapping):
        given = {tuple(key): dict(cells) for key, cells in plan.items()}
    else:
        frame = frame_of(plan, ["persona", "situation"], "plan")
        given = {(r["persona"], r["situation"]): r for r in frame.to_dict("records")}
    out = {}
    for (who, where), cells in given.items():
        for name, value, known in (("persona", who, personas), ("situation", where, situations)):
            if value not in known:
                raise UserError(
                    "satisfaction.not_in_table", name=name, found=value, wanted=known, near=suggest(str(value), known)
                )
        strange = [c for c in cells if c not in (*FIELDS, "persona", "situation", "filled", "complete")]
        if strange and isinstance(plan, Mapping):
            raise UserError(
                "satisfaction.unknown_field", found=strange[0], wanted=FIELDS, near=suggest(strange[0], FIELDS)
            )
        kept = {f: str(cells[f]).strip() for f in FIELDS if cells.get(f) is not None and cells[f] == cells[f]}
        out[who, where] = {f: text for f, text in kept.items() if text}
    return out
