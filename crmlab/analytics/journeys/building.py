"""From several tables to one event log, by a recipe: data that says which column of which table means what."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...quality.sentences import columns_of, truth
from .events import CONTRACT

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["build_events", "recipe"]

_ALSO = ("table", "where", "look_up", "clock", "earlier_hours", "keep")


def recipe(world: str) -> list[dict[str, Any]]:
    """The recipe of PT XYZ (``"retail"``) or the hospital (``"hospital"``), to be read, copied and changed.

    Each entry makes events of one table. A text is a column's name, ``{is = "order_placed"}`` the same value for all,
    ``{first_of = ["customer_id", "session_id"]}`` the first column that is not empty, ``{appointment =
    "appointment_id",
    visit = "visit_id"}`` the same with the kind of thing before the id, so that appointment 17 is not visit 17.
    ``where`` is a sentence that rows
    must fulfil; ``look_up`` brings columns of other tables (``{sales = "order_id"}``); ``clock`` is the time of day for
    columns that hold only a date; ``earlier_hours`` a column of hours to be taken off the time.

    Examples
    --------
    >>> [part["touchpoint"] for part in recipe("hospital") if part["table"] == "referrals"]
    [{'is': 'referral_received'}, {'is': 'referral_sent'}, {'is': 'referral_answered'}]
    """
    folder = resources.files(__package__)
    worlds = sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml"))
    if world not in worlds:
        raise UserError("journeys.unknown_world", found=world, wanted=worlds, near=suggest(world, worlds))
    return tomllib.loads(folder.joinpath(f"{world}.toml").read_text(encoding="utf-8"))["events"]


def build_events(tables: Mapping[str, Any], parts: Any) -> pd.DataFrame:
    """One table of events from several, as :func:`~crmlab.journeys.event_log` takes it.

    Parameters
    ----------
    tables : mapping
        Name to DataFrame; ``crm.datasets.load_retail(layer="clean").tables``.
    parts : str, path, or sequence of mappings
        ``"retail"``, ``"hospital"``, a TOML file with ``[[events]]``, or the entries themselves: see :func:`recipe`.

    Returns
    -------
    DataFrame
        The columns of the contract that any part fills, those of ``keep``, and ``source_table``. Rows without a
        person or
        a time stay in it: the log counts and leaves them out.

    Examples
    --------
    >>> import pandas as pd
    >>> tables = {"orders": pd.DataFrame({"who": [1], "on": [pd.Timestamp("2020-01-01")], "way": ["shop"]})}
    >>> part = {"table": "orders", "person_id": "who", "occurred_at": "on", "touchpoint": {"is": "order_placed"},
    ...         "channel": "way"}
    >>> build_events(tables, [part])[["person_id", "touchpoint", "channel"]].values.tolist()
    [[1, 'order_placed', 'shop']]
    """
    import pandas as pd

    entries = _entries(parts)
    frames = [_part(tables, entry, k + 1) for k, entry in enumerate(entries)]
    out = pd.concat([f for f in frames if len(f)] or frames[:1], ignore_index=True)
    order = [c for c in CONTRACT if c in out]
    return out[[*order, *(c for c in out if c not in order)]]


def _entries(parts: Any) -> list[Mapping[str, Any]]:
    if isinstance(parts, str) and not Path(parts).suffix:
        return list(recipe(parts))
    if isinstance(parts, str | os.PathLike):
        if not Path(parts).is_file():
            raise UserError("journeys.no_file", found=str(parts))
        try:
            parts = tomllib.loads(Path(parts).read_text(encoding="utf-8")).get("events")
        except tomllib.TOMLDecodeError as bad:
            raise UserError("journeys.bad_recipe", part="", reason=str(bad)) from bad
    if not isinstance(parts, Sequence) or not parts or not all(isinstance(p, Mapping) for p in parts):
        raise UserError("journeys.bad_recipe", part="", reason=type(parts).__name__)
    return list(parts)


def _part(tables: Mapping[str, Any], entry: Mapping[str, Any], number: int) -> pd.DataFrame:
    import pandas as pd

    if strange := [k for k in entry if k not in CONTRACT and k not in _ALSO]:
        raise UserError(
            "journeys.bad_recipe", part=number, reason=strange[0], near=suggest(strange[0], [*CONTRACT, *_ALSO])
        )
    if lacking := [k for k in ("table", "person_id", "occurred_at", "touchpoint") if k not in entry]:
        raise UserError("journeys.bad_recipe", part=number, reason=lacking[0])
    frame = _table(tables, entry["table"]).reset_index(drop=True)
    for other, key in entry.get("look_up", {}).items():
        known = _table(tables, other)
        for where, columns in ((entry["table"], frame.columns), (other, known.columns)):
            if key not in columns:
                raise UserError("journeys.missing_column", table=where, wanted=[key], found=[str(c) for c in columns])
        fresh = [key, *(c for c in known if c not in frame)]
        frame = frame.merge(known[fresh].drop_duplicates(key), on=key, how="left")
    if "where" in entry:
        used = columns_of(entry["where"])
        _need(frame, used, entry["table"])
        holds, _ = truth(entry["where"], {c: frame[c] for c in used})
        frame = frame[holds].reset_index(drop=True)
    out = {}
    for name in CONTRACT:
        if name in entry:
            out[name] = _values(frame, entry[name], entry["table"], number)
    clock = entry.get("clock")
    for name in ("occurred_at", "due_at"):
        if name in out:
            times = _times(out[name])
            if clock is not None:
                try:
                    times = times.dt.normalize() + pd.Timedelta(f"{clock}:00")
                except ValueError as bad:
                    raise UserError("journeys.bad_recipe", part=number, reason=f"clock = {clock}") from bad
            out[name] = times
    if "earlier_hours" in entry:
        _need(frame, (entry["earlier_hours"],), entry["table"])
        out["occurred_at"] = out["occurred_at"] - pd.to_timedelta(frame[entry["earlier_hours"]], unit="h")
    _need(frame, entry.get("keep", ()), entry["table"])
    out |= {c: frame[c] for c in entry.get("keep", ())}
    return pd.DataFrame(out).assign(source_table=entry["table"])


def _times(values: Any) -> Any:
    """Moments, each read by itself where the first way of writing does not fit all (10:00 beside 10:00:05)."""
    import pandas as pd

    times = pd.to_datetime(values, errors="coerce")
    lost = times.isna() & values.notna()
    if lost.any():
        times = times.where(~lost, pd.to_datetime(values.where(lost), errors="coerce", format="ISO8601"))
    return times


def _table(tables: Mapping[str, Any], name: str) -> pd.DataFrame:
    import pandas as pd

    if name not in tables:
        names = [str(n) for n in tables]
        raise UserError("journeys.no_such_table", found=name, wanted=names, near=suggest(name, names))
    found = tables[name]
    found = getattr(found, "table", found)
    return found if isinstance(found, pd.DataFrame) else pd.DataFrame(found)


def _need(frame: pd.DataFrame, columns: Sequence[str], table: str) -> None:
    lacking = [c for c in columns if c not in frame]
    if lacking:
        there = [str(c) for c in frame.columns]
        near = [n for c in lacking for n in suggest(c, there, 1)]
        raise UserError("journeys.missing_column", table=table, wanted=lacking, found=there, near=near)


def _values(frame: pd.DataFrame, told: Any, table: str, number: int) -> Any:
    import pandas as pd

    if isinstance(told, str):
        _need(frame, (told,), table)
        return frame[told]
    if isinstance(told, Mapping) and set(told) == {"is"}:
        return pd.Series([told["is"]] * len(frame), index=frame.index)
    if isinstance(told, Mapping) and set(told) == {"first_of"}:
        _need(frame, told["first_of"], table)
        return frame[list(told["first_of"])].bfill(axis=1).iloc[:, 0]
    if isinstance(told, Mapping) and told and all(isinstance(c, str) for c in told.values()):
        _need(frame, list(told.values()), table)
        out = pd.Series(pd.NA, index=frame.index, dtype="object")
        for kind, column in told.items():  # appointment 17 and visit 17 are two things
            ids = frame[column].convert_dtypes().astype("string")
            out = out.where(out.notna(), kind + " " + ids)
        return out
    raise UserError("journeys.bad_recipe", part=number, reason=str(told))
