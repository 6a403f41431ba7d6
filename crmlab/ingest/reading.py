"""Read a person's table: open, match, type, check, and account for every row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..errors import UserError
from ..results import Note, Source
from ..schema import contract as contract_named
from .amounts import COSTS, DISCOUNTS, settle_amounts, settle_costs
from .columns import Options, Typed, type_columns
from .extras import add_clock, type_extra
from .ingested import Ingested, guesses_of, params_of, personal_of, quarantine_of
from .mapping import Plan, match_columns
from .questions import NO_CUSTOMER, ROW_IS_ORDER, Question, check_choice
from .raw import Limits, RawTable
from .rules import (
    fill_merged,
    fill_orders,
    link_returns,
    mark_returns,
    refuse_gaps,
    refuse_headers,
    refuse_repeated,
    refuse_totals,
)
from .sources import open_source
from .survey import SCORES, scales_of

if TYPE_CHECKING:
    import datetime as dt

    import numpy as np
    import pandas as pd

    from ..schema import Table

__all__ = ["read"]

_WHEN = {"sales": "ordered_at", "survey": "answered_at", "events": "occurred_at", "posts": "posted_at"}
_WHO = {"sales": "customer_id", "survey": "customer_id", "events": "person_id"}  # may be unknown, row by row
_CANCELLED = r"(?i)batal|dibatalkan|cancel|cancell?ed|void"


def read(
    source: Any,
    as_: str = "sales",
    columns: Mapping[str, str | None] | None = None,
    *,
    sheet: str | int | None = None,
    query: str | None = None,
    table: str | None = None,
    decimal: str | Mapping[str, str] | None = None,
    date_order: str | Mapping[str, str] | None = None,
    encoding: str | None = None,
    separator: str | None = None,
    header_row: int | None = None,
    currency: str | None = None,
    timezone: str | None = None,
    discount: str | None = None,
    cost: str | None = None,
    short_units: str | None = None,
    csat_scale: tuple[float, float] | None = None,
    ces_scale: tuple[float, float] | None = None,
    ces_easy: str | None = None,
    score_scale: tuple[float, float] | None = None,
    today: dt.date | None = None,
    limits: Limits | None = None,
) -> Ingested:
    """Read a table of sales, survey answers, customers, events or posts from wherever a person keeps it.

    What can be told from all the values of a column is guessed and said; what would be the toss of a coin is asked,
    by a :class:`~crmlab.errors.UserError` that carries the questions as ``error.values["questions"]``. No row is
    dropped silently.

    Parameters
    ----------
    source : path, frame or connection
        A CSV, XLSX or Parquet file, an SQLite or DuckDB file (or the bytes of one), a pandas frame or Arrow table,
        or an open DuckDB, sqlite3, SQLAlchemy or other DB-API connection.
    as_ : {"sales", "survey", "customers", "events", "posts"}
        The contract to bring it to; see :mod:`crmlab.schema`.
    columns : mapping, optional
        Source column -> canonical column, for what the headers don't tell: ``{"tgl": "ordered_at"}``. ``None`` as
        canonical column keeps a column under its own name. ``{"#row": "order_id"}`` says that every row is one order
        (``{"#row": "customer_id"}`` in a list of customers: one customer), ``{"#none": "customer_id"}`` that nobody
        knows who bought.
    sheet : str or int, optional
        Name of the sheet of a workbook, or its number: 1 for the first tab, hidden ones left out.
    query, table : str, optional
        For a database: one SELECT, or the name of a table.
    decimal : {",", "."} or mapping, optional
        The decimal sign; of all columns, or column by column.
    date_order : {"day", "month"} or mapping, optional
        What comes first in ``03/04/2020``. Where a spreadsheet has swapped day and month in half of a column, saying
        so swaps them back, which is noted.
    encoding, separator : str, optional
        Of a text file.
    header_row : int, optional
        The row of the header, counted from 1 as a spreadsheet does.
    currency : str, optional
        ISO code of the money in the table; taken from the values (``Rp``, ``£``) when they say it, else IDR, which
        is noted.
    timezone : str, optional
        Bring times that name their zone to this one, and say that the others are of it.
    discount : {"amount", "percent", "share"}, optional
        What the discount column holds.
    cost : {"line", "unit"}, optional
        Whether the cost column holds the cost of the whole line or of one unit.
    short_units : {"id", "en"}, optional
        What ``M`` means in amounts: miliar or million.
    csat_scale, ces_scale, score_scale : tuple, optional
        Lowest and highest answer; required where the table has such a column (``score``: in an event log).
    ces_easy : {"high", "low"}, optional
        Which end of the effort scale is easy; required where the table has a ``ces`` column.
    today : datetime.date, optional
        The day after which dates are refused as being in the future.
    limits : Limits, optional

    Returns
    -------
    Ingested

    Raises
    ------
    UserError

    Examples
    --------
    >>> import pandas as pd
    >>> import crmlab as crm
    >>> frame = pd.DataFrame({"Tgl": ["17 Agustus 2020", "31/12/2020"], "Nota": ["A1", "A2"],
    ...     "Pelanggan": ["007", None], "Total": ["Rp 1.234.567,-", "n.n."]})
    >>> mine = crm.ingest.read(frame)
    >>> mine.table[["order_id", "customer_id", "amount"]].values.tolist()
    [['A1', '007', 1234567.0]]
    >>> mine.quarantine[["source_row", "reason", "reason_column"]].values.tolist()
    [[2, 'unreadable_number', 'Total']]
    >>> dict(mine.report().facts)["rows_read"]
    2
    """
    contract = contract_named(as_)
    options = Options(decimal, date_order, short_units, timezone, today)
    check_choice("discount", discount, DISCOUNTS)
    check_choice("cost", cost, COSTS)
    raw = open_source(
        source, contract, sheet=sheet, query=query, table=table, encoding=encoding, separator=separator,
        header_row=header_row, limits=limits or Limits(),
    )  # fmt: skip
    plan = match_columns(raw.frame, contract, columns, raw.name)
    if not len(raw.frame) and not raw.refused:
        raise UserError("ingest.no_rows", table=raw.name, found=tuple(raw.frame.columns[:30]))
    _ask(plan.errors, plan.questions)
    scales = scales_of(plan, as_, csat_scale, ces_scale, score_scale, ces_easy, raw.name)
    options = replace(options, bounds=scales)
    sources = plan.by_canonical
    frame, merged = fill_merged(raw, sources, contract)
    how = {m.canonical: m.how for m in plan.matches}
    typed = type_columns(frame, sources, how, contract, options, raw.name, raw.rows)
    _stand_ins(typed, sources, raw)
    clock = add_clock(typed, frame, set(sources.values()), _WHEN[as_]) if as_ in _WHEN else []
    continued = fill_orders(typed.columns) if as_ == "sales" else 0
    if as_ == "sales":
        settle_amounts(typed, sources, discount, raw.name)
        settle_costs(typed, sources, cost, raw.name)
    _ask(typed.errors, typed.questions)
    money = _currency(currency, typed, raw.name, as_)
    alike = _apply_rules(frame, typed, sources, contract, raw)
    notes = list(typed.notes)
    if continued:
        notes.append(Note("ingest.note.orders_filled", {"n": continued}))
    if merged:
        notes.append(Note("ingest.note.merged", {"n": merged}))
    facts: dict[str, Any] = {}
    kept = ~typed.refusals.mask
    result = _assemble(frame.drop(columns=clock) if clock else frame, typed, sources, contract, options, kept, notes)
    if as_ == "sales":
        result, returns = _with_returns(result, contract, notes)
        facts.update(returns)
    if alike:
        facts["identical_lines"] = alike
        code = "ingest.note.identical_lines" if as_ == "sales" else "ingest.note.identical_rows"
        notes.append(Note(code, {"n": alike}))
    if as_ in _WHO:
        of_events = _WHO[as_] == "person_id"
        unknown = int(result[_WHO[as_]].isna().sum())
        facts["unknown_persons" if of_events else "unknown_customers"] = unknown
        if unknown:
            code = "ingest.note.unknown_persons" if of_events else "ingest.note.unknown_customers"
            notes.append(Note(code, {"n": unknown, "of": len(result)}))
    notes += _more_notes(plan, typed, raw, currency, money)
    quarantine = quarantine_of(typed, raw, kept)
    counts = {
        "rows_read": len(frame) + len(raw.refused),
        "rows_kept": len(result),
        "rows_refused": len(quarantine),
        "blank_rows": raw.blank_rows,
    }
    if counts["rows_refused"]:
        notes.insert(0, Note("ingest.note.refused", {"n": counts["rows_refused"], "read": counts["rows_read"]}))
    result.attrs.update({"currency": money, "contract": as_, **({"scales": dict(scales)} if scales else {})})
    if ces_easy and "ces" in scales:
        result.attrs["ces_easy"] = ces_easy
    return Ingested(
        result, quarantine, raw.rows[kept], plan.by_source, guesses_of(typed),
        {**counts, **facts, "currency": money}, params_of(raw, as_, plan, typed, money, discount, cost, ces_easy,
        scales),
        tuple(notes), Source(raw.name, raw.hash, len(result), len(quarantine)), money,
        personal_of(result, contract, sources.get(_WHO.get(as_, "customer_id"), "")),
    )  # fmt: skip


def _ask(errors: list[UserError], questions: list[Question]) -> None:
    """Raise the first error, with all that must be asked."""
    if errors:
        errors[0].values["questions"] = tuple(questions)
        raise errors[0]


def _stand_ins(typed: Typed, sources: Mapping[str, str], raw: RawTable) -> None:
    """Columns that the person said the source does not have."""
    import pandas as pd

    if sources.get("order_id") == ROW_IS_ORDER:
        typed.columns["order_id"] = pd.Series(raw.rows).astype("str")
    if sources.get("customer_id") == ROW_IS_ORDER:
        typed.columns["customer_id"] = pd.Series(raw.rows).astype("str")
    if sources.get("customer_id") == NO_CUSTOMER:
        typed.columns["customer_id"] = pd.Series([None] * len(raw.frame), dtype="str")


def _currency(said: str | None, typed: Typed, table: str, as_: str) -> str | None:
    if as_ != "sales":
        return None
    if said is not None and not re.fullmatch("[A-Z]{3}", said):
        raise UserError("ingest.unknown_currency", found=said)
    found = typed.currencies
    if len(found) > 1:
        raise UserError("ingest.two_currencies", table=table, found=tuple(sorted(found)))
    written = next(iter(found), None)
    if said and written and said != written:
        raise UserError("ingest.other_currency", table=table, wanted=said, found=written)
    return said or written or "IDR"


def _apply_rules(frame: pd.DataFrame, typed: Typed, sources: Mapping[str, str], contract: Table, raw: RawTable) -> int:
    """Refuse rows; return how many kept lines are exactly alike."""
    import numpy as np

    refusals, columns = typed.refusals, typed.columns
    refuse_headers(frame, list(sources.values()), refusals)
    if contract.name in _WHEN:
        refuse_totals(frame, columns, refusals, _WHEN[contract.name])
    # what nobody is known to have bought or answered is kept; a customer without a key is none
    required = [c for c in contract.required if c != _WHO.get(contract.name)]
    for name in required:
        if name in columns and columns[name].isna().all() and not refusals.mask.all():
            raise UserError("ingest.all_missing", table=raw.name, column=sources.get(name, name), wanted=name)
    refuse_gaps(columns, sources, required, refusals)
    if contract.name == "survey":
        silent = np.ones(len(frame), dtype=bool)
        for score in SCORES:
            if score in columns:
                silent &= columns[score].isna().to_numpy(dtype=bool)
        refusals.add(silent, "no_score")
    return refuse_repeated(frame, columns, refusals, list(contract.key), sources)


def _assemble(
    frame: pd.DataFrame,
    typed: Typed,
    sources: Mapping[str, str],
    contract: Table,
    options: Options,
    kept: np.ndarray,
    notes: list[Note],
) -> pd.DataFrame:
    """The kept rows: the contract's columns in its order, then the person's own."""
    import pandas as pd

    out = {c: typed.columns[c][kept].reset_index(drop=True) for c in contract.names if c in typed.columns}
    used = {source for name, source in sources.items() if name in out}
    names, unclear = [], []
    for name in frame.columns:
        if name in used:
            continue
        values, how = type_extra(name, frame[name], options)
        own = name
        while own in out or own in contract.names or own in ("is_return", "returns_order_id"):
            own = f"source_{own}"
        out[own] = values[kept].reset_index(drop=True)
        names.append(own if own == name else f"{name} → {own}")
        if how == "unclear":
            unclear.append(own)
    if names:
        notes.append(Note("ingest.note.own_columns", {"n": len(names), "columns": names[:8]}))
    if unclear:
        notes.append(Note("ingest.note.own_unclear", {"columns": unclear[:8], "example": unclear[0]}))
    return pd.DataFrame(out)


def _with_returns(table: pd.DataFrame, contract: Table, notes: list[Note]) -> tuple[pd.DataFrame, dict[str, int]]:
    returned, note = mark_returns(table)
    own = [c for c in table.columns if c not in contract.names]
    table.insert(len(table.columns) - len(own), "is_return", returned)
    if note:
        notes.append(note)
    n = int(returned.sum())
    linked = 0
    if n:
        link = link_returns(table)
        linked = int(link.notna().sum())
        table.insert(len(table.columns) - len(own), "returns_order_id", link)
        notes.append(Note("ingest.note.returns", {"n": n, "linked": linked}))
    return table, {"returns": n, "returns_linked": linked}


def _more_notes(
    plan: Plan,
    typed: Typed,
    raw: RawTable,
    said: str | None,
    money: str | None,
) -> list[Note]:
    """What the reader must know besides, the weightiest first."""
    notes = []
    if "status" in typed.columns:
        undone = int(typed.columns["status"].str.fullmatch(_CANCELLED, na=False).sum())
        if undone:
            notes.append(Note("ingest.note.cancelled", {"n": undone, "column": plan.by_canonical["status"]}))
    if money and not said and not typed.currencies:
        notes.append(Note("ingest.note.currency_assumed", {"currency": money}))
    for match in plan.matches:
        if match.how in ("weak", "elimination"):
            notes.append(Note("ingest.note.matched_weakly", {"source": match.source, "canonical": match.canonical}))
    for canonical, others in plan.others.items():
        notes.append(
            Note(
                "ingest.note.also_matched",
                {"canonical": canonical, "source": plan.by_canonical[canonical], "others": others},
            )
        )
    for name, source in plan.by_canonical.items():
        if name in typed.columns and len(raw.frame) and typed.columns[name].isna().all() and source in raw.frame:
            notes.append(Note("ingest.note.all_missing", {"column": source}))
    if raw.guesses:
        separator = {"\t": "tab", " ": "space"}.get(raw.guesses["separator"], raw.guesses["separator"])
        notes.append(Note("ingest.note.text_file", {"separator": separator, "encoding": raw.guesses["encoding"]}))
    if raw.blank_rows:
        notes.append(Note("ingest.note.blank_rows", {"n": raw.blank_rows}))
    if raw.title:
        notes.append(Note("ingest.note.title_rows", {"row": raw.header_row, "title": raw.title[0]}))
    return notes
