"""Every customer's purchases up to a day, added up in DuckDB: returns netted, and what was left out counted."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...results import Note
from ...star.store import Store, quote
from .tables import day_of, need, plain

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Purchases", "purchases"]

_REQUIRED = ("ordered_at", "customer_id", "amount")
_RETURNED_AT = ("returned_on", "returned_at", "date", "ordered_at")
_SECONDS = 600.0


@dataclass(frozen=True)
class Purchases:
    """What :func:`purchases` finds.

    Attributes
    ----------
    table : DataFrame
        One row a customer: ``customer_id``, ``first_on``, ``last_on``, ``orders``, ``amount`` (net of returns),
        ``gross_amount`` (of the orders that count, before returns), and ``promo_orders`` where asked for.
    as_of : Timestamp
    facts : mapping
        How many rows, and how many of them were left out and why.
    notes : tuple of Note
    """

    table: pd.DataFrame
    as_of: Any
    facts: Mapping[str, Any]
    notes: tuple[Note, ...]


def purchases(
    sales: Any,
    as_of: Any,
    *,
    returns: Any = None,
    cancelled: Sequence[str] = ("cancelled",),
    promo: str | None = None,
    memory: str = "600MB",
) -> Purchases:
    """Add up every customer's purchases up to and including a day.

    Parameters
    ----------
    sales : DataFrame, Arrow table, or path of a Parquet file
        ``customer_id``, ``ordered_at``, ``amount``, and where known ``order_id``, ``quantity``, ``status``. Without
        order ids a customer's rows of one day are one order.
    as_of : date
    returns : DataFrame, Arrow table or path, optional
        ``order_id``, ``amount`` (of either sign) and the day: ``returned_on``, ``returned_at`` or ``date``.
    cancelled : sequence of str
        Values of ``status`` whose rows are no sales.
    promo : str, optional
        A column that says whether a promotion was used: a truth, a number above zero, or a text that is not empty.
    memory : str
        DuckDB's limit; beyond it, it writes to disk.

    Notes
    -----
    A row whose amount or quantity is negative is a return. It lowers the order that it names; an order of which
    nothing is left is no purchase. A return that names no order lowers its customer's amount only.
    """
    day = day_of(as_of)
    store = Store(_folders(sales, returns), memory=memory, timeout=_SECONDS)
    try:
        with store.guarded() as cursor:
            return _added(cursor, sales, returns, day, tuple(cancelled), promo)
    finally:
        store.close()


def _folders(*tables: Any) -> list[Path]:
    return [Path(t).resolve().parent for t in tables if isinstance(t, str | os.PathLike)]


def _scan(cursor: Any, table: Any, name: str) -> tuple[str, dict[str, str]]:
    """What to write behind FROM, and the types of the columns."""
    import duckdb

    if isinstance(table, str | os.PathLike):
        if not Path(table).is_file():
            raise UserError("segmentation.no_file", found=str(table))
        scan = "read_parquet('" + str(Path(table).resolve()).replace("'", "''") + "')"
    else:
        given = _as_given(table)
        cursor.register(name, given)
        scan = name
    try:
        return scan, {r[0]: r[1] for r in cursor.execute(f"DESCRIBE SELECT * FROM {scan}").fetchall()}
    except duckdb.Error as bad:
        raise UserError("segmentation.unreadable", table=name, reason=str(bad).splitlines()[0]) from bad


def _as_given(table: Any) -> Any:
    import pandas as pd
    import pyarrow as pa

    given = getattr(table, "table", table)
    if isinstance(given, Mapping):
        given = pd.DataFrame(given)
    if isinstance(given, pd.DataFrame):
        zoned = [c for c in given.columns if isinstance(given[c].dtype, pd.DatetimeTZDtype)]
        # the clock on the wall where it was sold decides which day it was
        return given.assign(**{c: given[c].dt.tz_localize(None) for c in zoned}) if zoned else given
    if not isinstance(given, pa.Table):
        raise UserError("segmentation.not_a_table", found=type(table).__name__)
    return given


def _date(column: str, types: Mapping[str, str]) -> str:
    kind = types[column]
    name = quote(column)
    if kind == "DATE" or kind.startswith("TIMESTAMP"):
        return f"CAST({name} AS DATE)"
    if kind in ("VARCHAR", "BLOB") or kind.startswith("ENUM"):
        return f"TRY_CAST(TRY_CAST({name} AS TIMESTAMP) AS DATE)"
    raise UserError("segmentation.no_dates", found=column)


def _number(column: str, types: Mapping[str, str]) -> str:
    """A number, NULL where it is none or endless."""
    kind, name = types[column], quote(column)
    if kind in ("DOUBLE", "FLOAT"):
        return f"CASE WHEN isfinite({name}) THEN {name} END"
    if kind == "BOOLEAN" or not any(word in kind for word in ("INT", "DECIMAL")):
        raise UserError("segmentation.no_numbers", found=column, kind=kind)
    return name


def _added(cursor: Any, sales: Any, returns: Any, day: Any, cancelled: tuple[str, ...], promo: str | None) -> Purchases:
    scan, types = _scan(cursor, sales, "sales")
    need([*_REQUIRED, *([promo] if promo else [])], types, "sales")
    when, amount = _date("ordered_at", types), _number("amount", types)
    if "quantity" in types:  # some tills write what came back with a negative quantity and a positive amount
        amount = f"CASE WHEN {_number('quantity', types)} < 0 THEN -abs({amount}) ELSE {amount} END"
    sold = "TRUE"
    if "status" in types and cancelled:
        words = ", ".join("'" + str(c).replace("'", "''") + "'" for c in cancelled)
        sold = f"coalesce(CAST(status AS VARCHAR) NOT IN ({words}), TRUE)"
    columns = f"customer_id AS c, {when} AS d, {amount} AS a, {sold} AS sold"
    keyed = "order_id" in types
    columns += ", order_id AS o" if keyed else ""
    if promo:
        columns += f", {_truth(promo, types)} AS p"
    limit = f"DATE '{day:%Y-%m-%d}'"
    dated = "d BETWEEN DATE '1900-01-01' AND DATE '9999-12-31'"  # what lies outside is no date that anybody meant
    columns = f"SELECT *, sold AND a IS NOT NULL AND coalesce({dated}, FALSE) AS ok FROM (SELECT {columns} FROM {scan})"
    rows, off, unread, later, first, last, back, unkeyed = cursor.execute(
        f"""SELECT count(*), count(*) FILTER (NOT sold), count(*) FILTER (sold AND NOT ok),
            count(*) FILTER (ok AND d > {limit}), min(d) FILTER (ok), max(d) FILTER (ok),
            count(*) FILTER (ok AND a < 0 AND d <= {limit}), {"count(*) FILTER (ok AND o IS NULL)" if keyed else "0"}
            FROM ({columns})"""
    ).fetchall()[0]
    if first is None:
        raise UserError("segmentation.empty", table="sales")
    if day.date() < first:
        raise UserError("segmentation.before_first", wanted=first, found=day.date())
    inside = f"({columns}) WHERE ok AND d <= {limit}"
    linked, returned, given = "", "", "0"
    if returns is not None:
        source, kinds = _scan(cursor, returns, "returns")
        need(("order_id", "amount"), kinds, "returns")
        if not keyed:
            raise UserError("segmentation.missing_column", table="sales", wanted=["order_id"], found=[*types])
        column = next((c for c in _RETURNED_AT if c in kinds), None)
        if column is None:
            raise UserError("segmentation.missing_column", table="returns", wanted=[_RETURNED_AT[0]], found=[*kinds])
        returned = f"""back AS (SELECT order_id AS o, sum(abs({_number("amount", kinds)})) AS b, count(*) AS n
            FROM {source} WHERE {_date(column, kinds)} <= {limit} GROUP BY ALL), """
        linked, given = " LEFT JOIN back USING (o)", "coalesce(b, 0)"
    key = "o" if keyed and not unkeyed else "coalesce(CAST(o AS VARCHAR), 'on ' || d)" if keyed else "d"
    if unkeyed and returns is not None:
        linked = " LEFT JOIN (SELECT CAST(o AS VARCHAR) AS o, b FROM back) USING (o)"
    promised = ", bool_or(p) FILTER (a >= 0) AS p" if promo else ""
    plus = ", count(*) FILTER (bought AND p) AS promo_orders" if promo else ""
    if back or returns is not None:
        orders = f"""SELECT c, {key} AS o, coalesce(min(d) FILTER (a >= 0), min(d)) AS d, sum(a) AS a,
            coalesce(sum(a) FILTER (a >= 0), 0) AS g, bool_or(a >= 0) AS sale, bool_or(a < 0) AS less, count(*) AS
            k{promised}
            FROM {inside} GROUP BY ALL"""
        netted = f"""SELECT c, d, a - {given} AS a, g{", p" if promo else ""},
            sale AND (a - {given} > 0 OR NOT (less OR {given} > 0)) AS bought, a < 0 AND NOT sale AS alone, k
            FROM orders{linked}"""
        query = f"""WITH orders AS ({orders}), {returned}netted AS ({netted})
            SELECT c AS customer_id, min(d) FILTER (bought) AS first_on, max(d) FILTER (bought) AS last_on,
            count(*) FILTER (bought) AS orders, sum(a) AS amount, coalesce(sum(g) FILTER (bought), 0) AS gross_amount,
            count(*) FILTER (alone) AS alone, sum(k)::BIGINT AS many{plus} FROM netted GROUP BY c"""
    else:  # nothing came back: an order need not be put together from its rows
        many, truth = f"count(DISTINCT {key})", f"count(DISTINCT CASE WHEN p THEN {key} END)"
        if keyed and not unkeyed and _one_row_an_order(cursor, inside):
            many, truth = "count(*)", "count(*) FILTER (p)"
        plus = f", {truth} AS promo_orders" if promo else ""
        query = f"""SELECT c AS customer_id, min(d) AS first_on, max(d) AS last_on, {many} AS orders,
            sum(a) AS amount, sum(a) AS gross_amount, 0 AS alone, count(*) AS many{plus}
            FROM {inside} GROUP BY c"""
    table = _frame(cursor.sql(query).to_arrow_table())
    unlinked = given_back = 0
    if returns is not None:
        given_back = cursor.execute(f"WITH {returned[:-2]} SELECT coalesce(sum(n), 0) FROM back").fetchall()[0][0]
        unlinked = cursor.execute(
            f"""WITH {returned}known AS (SELECT DISTINCT CAST(o AS VARCHAR) AS o FROM {inside})
            SELECT coalesce(sum(n), 0) FROM back
            WHERE CAST(o AS VARCHAR) NOT IN (SELECT o FROM known WHERE o IS NOT NULL)"""
        ).fetchall()[0][0]
    alone, many = int(table.pop("alone").sum()), table.pop("many")
    stray = table["customer_id"].isna()  # rows that name no customer were added up too, and stand in one row
    nobody, nobodys = int(many[stray].sum()), plain(table.loc[stray, "amount"].sum())
    table = table[~stray].reset_index(drop=True) if nobody else table
    if table.empty:
        raise UserError("segmentation.empty", table="sales")
    notes = _notes(
        cancelled_rows=off,
        unread_rows=unread,
        nobody_rows=(nobody, nobodys),
        later_rows=(later, last),
        unlinked=alone + int(unlinked),
        unkeyed=unkeyed if keyed else None,
        day=day,
    )
    nothing = int((table["orders"] == 0).sum())
    if nothing:
        notes.append(Note("segmentation.no_purchase_left", {"n": nothing}))
    facts = {
        "rows": rows,
        "rows_left_out": off + unread + nobody + later,
        "returns": back + int(given_back),
        "first_on": first,
        "last_on": min(last, day.date()),
    }
    return Purchases(table, day, facts, tuple(notes))


def _one_row_an_order(cursor: Any, inside: str) -> bool:
    """Whether no order id stands in two rows; ids that grow from row to row show it without being collected."""
    grown = f"SELECT count(*) FILTER (o <= earlier) FROM (SELECT o, lag(o) OVER () AS earlier FROM {inside})"
    if cursor.execute(grown).fetchall()[0][0] == 0:
        return True
    rows, several = cursor.execute(f"SELECT count(*), count(DISTINCT o) FROM {inside}").fetchall()[0]
    return rows == several


def _truth(column: str, types: Mapping[str, str]) -> str:
    kind, name = types[column], quote(column)
    if kind == "BOOLEAN":
        return f"coalesce({name}, FALSE)"
    if any(word in kind for word in ("INT", "DECIMAL", "DOUBLE", "FLOAT")):
        return f"coalesce({name} > 0, FALSE)"
    return f"coalesce(trim(CAST({name} AS VARCHAR)) <> '', FALSE)"


def _frame(arrow: Any) -> pd.DataFrame:
    """The customers as pandas, in the order of their ids: DuckDB promises none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = {}
    for name in arrow.column_names:
        column = arrow[name]
        if pa.types.is_decimal(column.type):  # whole numbers that DuckDB added up without loss
            column = pc.cast(column, pa.float64())
        elif pa.types.is_floating(column.type):  # equal purchases, added up in another order, stay equal
            column = pc.round(column, 6)
        elif pa.types.is_date(column.type):
            column = pc.cast(column, pa.timestamp("s"))
        columns[name] = column
    table = pa.table(columns)
    table = table.take(pc.sort_indices(table["customer_id"]))
    return table.to_pandas(self_destruct=True)


def _notes(
    *,
    cancelled_rows: int,
    unread_rows: int,
    nobody_rows: tuple[int, Any],
    later_rows: tuple[int, Any],
    unlinked: int,
    unkeyed: int | None,
    day: Any,
) -> list[Note]:
    notes = []
    if later_rows[0]:
        notes.append(Note("segmentation.later_rows", {"n": later_rows[0], "as_of": day, "last": later_rows[1]}))
    if nobody_rows[0]:
        notes.append(Note("segmentation.nobody_rows", {"n": nobody_rows[0], "amount": nobody_rows[1]}))
    if cancelled_rows:
        notes.append(Note("segmentation.cancelled_rows", {"n": cancelled_rows}))
    if unread_rows:
        notes.append(Note("segmentation.unread_rows", {"n": unread_rows}))
    if unlinked:
        notes.append(Note("segmentation.unlinked_returns", {"n": unlinked}))
    if unkeyed is None:
        notes.append(Note("segmentation.no_order_ids"))
    elif unkeyed:
        notes.append(Note("segmentation.some_order_ids", {"n": unkeyed}))
    return notes
