"""Required data: which questions of CRM the data can answer, what is missing or poor, and what it would take."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import UserError, suggest
from ..ingest.headers import key_of, synonyms
from ..results import Note, Result, Source
from ..schema import CUSTOMERS, SALES, SURVEY
from .cells import Cells, frame_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["questions", "required_data"]

READY, POOR, MISSING = "ready", "poor", "missing"


@cache
def _shipped() -> Mapping[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("required.toml").read_text(encoding="utf-8"))


def _told(needs: Any) -> Mapping[str, Any]:
    """The matrix of required fields: crmlab's, or a person's own on top of it."""
    if needs is None:
        return _shipped()
    where = None
    if isinstance(needs, str | Path):
        where = Path(needs).name
        try:
            needs = tomllib.loads(Path(needs).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise UserError("quality.bad_needs", table=where, reason=str(error)) from None
    if not isinstance(needs, Mapping) or not needs:
        raise UserError("quality.bad_needs", table=where, reason=type(needs).__name__)
    if "questions" not in needs:
        needs = {"questions": needs}
    asked = {}
    for name, said in needs["questions"].items():
        said = {"needs": list(said)} if isinstance(said, list | tuple | set | frozenset) else said
        if not isinstance(said, Mapping) or not isinstance(said.get("needs"), list | tuple) or not said["needs"]:
            raise UserError("quality.bad_needs", table=where, reason=str(name))
        asked[str(name)] = {"type": "own", **said, "needs": [str(f) for f in said["needs"]]}
    fields = {**_shipped()["fields"], **needs.get("fields", {})}
    return {"tables": {**_shipped()["tables"], **needs.get("tables", {})}, "fields": fields, "questions": asked}


def questions(kind: str | None = None, *, needs: Any = None) -> pd.DataFrame:
    """The questions and the fields that each needs.

    Parameters
    ----------
    kind : {"strategic", "operational", "analytical", "collaborative"}, optional
        One perspective of CRM only.
    needs : mapping or path of a TOML file, optional
        A person's own matrix; see ``crmlab/quality/required.toml``.

    Examples
    --------
    >>> questions("collaborative")["question"].tolist()
    ['one_customer_many_channels', 'forecast_with_suppliers']
    """
    import pandas as pd

    rows = [
        {
            "question": name,
            "type": said["type"],
            "needs": tuple(said["needs"]),
            "history_days": said.get("history_days"),
        }
        for name, said in _told(needs)["questions"].items()
        if kind in (None, said["type"])
    ]
    return pd.DataFrame(rows, columns=["question", "type", "needs", "history_days"]).astype({"history_days": "Int64"})


def required_data(
    tables: Any,
    *,
    ask: Iterable[str] | str | None = None,
    needs: Any = None,
    columns: Mapping[str, str] | None = None,
    min_share: float = 0.9,
    costs: Mapping[str, float] | float | None = None,
) -> Result:
    """Hold the data there is against the data that questions need.

    A field is *ready* when a column holds it and at least ``min_share`` of its rows are filled with values of the right
    form, *poor* when fewer are, *missing* when no column holds it. A field that several questions need is counted once.

    Parameters
    ----------
    tables : DataFrame, or mapping of name to table
        Names as people call them (``penjualan``, ``customers``). Columns may stand under any header that crmlab knows
        for the field (``hp``, ``no_telp``, ``phone``).
    ask : str or iterable of str, optional
        Questions, or perspectives of CRM (``"analytical"``); all by default.
    needs : mapping or path of a TOML file, optional
        A person's own matrix: ``{"my question": ["customer_id", "amount"]}``, or a file like
        ``crmlab/quality/required.toml``.
    columns : mapping, optional
        Field to column where the headers say nothing: ``{"phone": "Kontak"}``, or ``"customers.Kontak"``.
    min_share : float
        How much of a field must be filled and well formed, 0 to 1.
    costs : mapping or float, optional
        What it costs to get a missing or mend a poor field, one number or one for each field, in rupiah. Without it no
        cost is named.

    Returns
    -------
    Result
        Kind ``quality.required_data``: one row for each question and field. Facts: ``required``, ``present``, ``poor``,
        ``ready``, ``ready_share``, ``gap``, ``questions``, ``answerable``, ``cost_total``.

    Raises
    ------
    UserError
        ``quality.unknown_question``, ``quality.unknown_field``, ``quality.unknown_column``, ``quality.bad_needs``,
        ``quality.bad_share``, ``quality.bad_cost``.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"kode_plg": ["P1", "P2"], "no_telp": ["0812 3456 7890", None]})
    >>> review = required_data(people, needs={"may we call": ["customer_id", "phone", "email"]})
    >>> review.table[["field", "column", "status"]].values.tolist()
    [['customer_id', 'kode_plg', 'ready'], ['phone', 'no_telp', 'poor'], ['email', None, 'missing']]
    """
    import pandas as pd

    if isinstance(min_share, bool) or not 0 <= min_share <= 1:
        raise UserError("quality.bad_share", found=min_share)
    told = _told(needs)
    asked = _asked(told, ask)
    frames = _frames(tables)
    wanted = list(dict.fromkeys(f for q in asked.values() for f in q["needs"]))
    prices = _prices(costs, wanted)
    places = _placed(columns, frames, wanted)
    known = {field: _find(field, told, frames, places, min_share) for field in wanted}
    span = _history(frames, known)
    rows = []
    for name, said in asked.items():
        for field in said["needs"]:
            found = known[field]
            cost = None if found["status"] == READY else prices.get(field)
            rows.append({"question": name, "type": said["type"], "field": field, **found, "cost": cost})
    table = pd.DataFrame(rows)
    for column in ("table", "column", "problem"):
        table[column] = table[column].astype("object").where(table[column].notna(), None)
    short = [q for q, said in asked.items() if span is not None and span < said.get("history_days", 0)]
    blocked = {q for q, part in table.groupby("question", sort=False) if (part["status"] != READY).any()} | set(short)
    count = {s: sum(1 for f in wanted if known[f]["status"] == s) for s in (READY, POOR, MISSING)}
    required = len(wanted)
    facts = {
        "required": required,
        "present": required - count[MISSING],
        "poor": count[POOR],
        "ready": count[READY],
        "ready_share": count[READY] / required if required else None,
        "gap": count[MISSING],
        "questions": len(asked),
        "answerable": len(asked) - len(blocked),
        "min_share": min_share,
        "history_days": span,
        "cost_total": sum(prices.get(f, 0) for f in wanted if known[f]["status"] != READY) if prices else None,
    }
    answerable = [q for q in asked if q not in blocked]
    notes = [Note("quality.note.answerable", {"questions": answerable})] if answerable else []
    if short:
        notes.append(Note("quality.note.short_history", {"n": len(short), "questions": short, "days": span}))
    unpriced = [f for f in wanted if known[f]["status"] != READY and prices and f not in prices]
    if unpriced:
        notes.append(Note("quality.note.unpriced", {"n": len(unpriced), "fields": unpriced}))
    params = {"ask": tuple(asked), "min_share": min_share, "answerable": tuple(answerable), "short": tuple(short)}
    n = sum(len(f) for f in frames.values())
    return Result("quality.required_data", table, params, facts, tuple(notes), Source(", ".join(frames), "", n, 0))


def _asked(told: Mapping[str, Any], ask: Iterable[str] | str | None) -> dict[str, Any]:
    every = told["questions"]
    if ask is None:
        return dict(every)
    out = {}
    kinds = {said["type"] for said in every.values()}
    for one in [ask] if isinstance(ask, str) else list(ask):
        if one in every:
            out[one] = every[one]
        elif one in kinds:
            out |= {q: said for q, said in every.items() if said["type"] == one}
        else:
            near = suggest(str(one), [*every, *kinds])
            raise UserError("quality.unknown_question", found=one, wanted=[*sorted(kinds), *every], near=near or None)
    if not out:
        raise UserError("quality.unknown_question", found="—", wanted=list(every))
    return out


def _frames(tables: Any) -> dict[str, pd.DataFrame]:
    if isinstance(tables, Mapping) and all(hasattr(t, "columns") or hasattr(t, "table") for t in tables.values()):
        return {str(name): frame_of(t) for name, t in tables.items()}
    return {"": frame_of(tables)}


def _prices(costs: Any, wanted: list[str]) -> dict[str, float]:
    if costs is None:
        return {}
    if isinstance(costs, Mapping):
        strange = [f for f in costs if f not in wanted]
        if strange:
            near = suggest(str(strange[0]), wanted)
            raise UserError("quality.unknown_field", found=strange[0], wanted=wanted, near=near or None)
        given = dict(costs)
    else:
        given = dict.fromkeys(wanted, costs)
    for field, cost in given.items():
        if isinstance(cost, bool) or not isinstance(cost, int | float) or not 0 <= cost < float("inf"):
            raise UserError("quality.bad_cost", field=field, found=cost)
    return given


def _placed(columns: Mapping[str, str] | None, frames: Mapping[str, pd.DataFrame], wanted: list[str]) -> dict[str, Any]:
    """The columns that a person named himself, as (table, column)."""
    out = {}
    for field, said in (columns or {}).items():
        if field not in wanted:
            near = suggest(str(field), wanted)
            raise UserError("quality.unknown_field", found=field, wanted=wanted, near=near or None)
        table, _, column = str(said).rpartition(".")
        spots = [(t, c) for t, f in frames.items() for c in (said, column) if c in f and table in ("", t) or said in f]
        spots = [(t, c) for t, c in spots if c in frames[t]]
        if not spots:
            names = [c for f in frames.values() for c in f.columns]
            near = suggest(str(said), names)
            raise UserError("quality.unknown_column", found=said, wanted=names, near=near or None)
        out[field] = spots[0]
    return out


@cache
def _headers(field: str) -> dict[str, int]:
    """Headers under which crmlab's reading knows a field, strong ones first."""
    out: dict[str, int] = {}
    for contract in (SALES, CUSTOMERS, SURVEY):
        if field not in contract.names:
            continue
        known = synonyms(contract.name)
        for header in known.headers:
            strength, meant = known.meaning(header)
            if meant == (field,):
                out.setdefault(header, {"strong": 1, "weak": 2}.get(strength, 3))
    return out


def _find(
    field: str, told: Mapping[str, Any], frames: Mapping[str, pd.DataFrame], places: Mapping[str, Any], min_share: float
) -> dict[str, Any]:
    """Where a field stands, and how good it is there."""
    said = told["fields"].get(field, {})
    if field in places:
        spots = [places[field]]
    else:
        names = {field: 0, key_of(field): 0, **dict.fromkeys(said.get("also", ()), 1)}
        for header, rank in _headers(field).items():
            names.setdefault(header, rank)
        home = {key_of(n) for n in told["tables"].get(said.get("table", ""), ())}
        ranked = []
        for k, (table, frame) in enumerate(frames.items()):
            here = not home or not table or key_of(table) in home
            for column in frame.columns:
                # "WhatsApp" is two words to key_of, and one to whoever heads his column so
                keys = (key_of(column), key_of(column.lower()), column)
                rank = min((names[k] for k in keys if k in names), default=None)
                # elsewhere only its own name and headers of its own tell it: a "tanggal" there is another date
                if rank is not None and (here or rank == 0):
                    ranked.append((not here, rank, k, column, table))
        spots = [(table, column) for _, _, _, column, table in sorted(ranked)]
    if not spots:
        return {"status": MISSING, "table": None, "column": None, "share": None, "problem": "no_column"}
    table, column = spots[0]
    cells = Cells(frames[table][column], said.get("form"))
    n = len(cells)
    bad = len(cells.misfits(said["form"])[0]) if said.get("form") else 0
    filled = int(cells.present.sum())
    share = (filled - bad) / n if n else 0.0
    status = READY if n and share >= said.get("min_share", min_share) else POOR
    problem = None if status == READY else "empty" if not filled else "incomplete" if n - filled >= bad else "invalid"
    return {"status": status, "table": table or None, "column": column, "share": share, "problem": problem}


def _history(frames: Mapping[str, pd.DataFrame], known: Mapping[str, Mapping[str, Any]]) -> int | None:
    """How many days lie between the first and the last sale."""
    import numpy as np

    found = known.get("ordered_at")
    if not found or found["column"] is None:
        return None
    values = Cells(frames[found["table"] or ""][found["column"]], "date").dates[0]
    values = values[~np.isnat(values)]
    return int((values.max() - values.min()) / np.timedelta64(1, "D")) if len(values) else None
