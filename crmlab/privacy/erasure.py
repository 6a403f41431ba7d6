"""Erasure: the person goes, the sums stay.

Whoever is erased becomes a pseudonym whose key was thrown away; what a company must keep by law (an invoice that is
still open) holds it up.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..errors import UserError
from ..results import Note, Result
from .masking import mask, missing
from .pseudonyms import Pseudonyms, canonical
from .requests import kinds_of, rows_of
from .traces import Traces

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Erasure", "erase"]

Tables = Mapping[str, "pd.DataFrame"]


@dataclass(frozen=True, eq=False, repr=False)
class Erasure(Result):
    """What was done to erase a person, as a certificate, and the tables without him."""

    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict, repr=False)


def active_invoices(sections: Tables, at: Any) -> pd.DataFrame:
    """The invoices of a person that are not paid at a day: what the law makes a company keep."""
    import pandas as pd

    day, found = pd.Timestamp(at), []
    for table in sections.values():
        if {"due_on", "paid_on"} <= set(table.columns):
            paid = pd.to_datetime(table["paid_on"])
            found.append(table[~(paid <= day)])
    return pd.concat(found) if found else pd.DataFrame()


def erase(
    tables: Tables,
    customer: Any,
    *,
    at: Any,
    by: str,
    key: str = "customer_id",
    links: Mapping[str, tuple[str, str]] | None = None,
    personal: Sequence[str] = (),
    refers: Sequence[str] = (),
    hold: Callable[[Tables, Any], pd.DataFrame] = active_invoices,
) -> Erasure:
    """Take a person out of the tables and leave what he bought, under a pseudonym that nobody can turn back.

    Parameters
    ----------
    tables : mapping of name to pandas.DataFrame
    customer : id
    at : date
    by : str
        Who does it.
    key, links
        As for :func:`person`.
    personal : sequence of str
        Columns to empty beside those that are recognised as personal.
    refers : sequence of str
        Other columns that name persons by the same id (``referred_by``): they get the pseudonym too, in the rows of
        others as well.
    hold : callable
        Gets the person's sections and the day, gives the rows that must be kept as they are; unpaid invoices by
        default. Where there are any, nothing is erased.

    Returns
    -------
    Erasure
        ``facts["erased"]``; ``tables`` holds new tables, the old ones are not changed. What was emptied is also looked
        for in the person's other columns, where it is covered (a note of an order, a page that was asked for), and in
        the rows of everybody else, which stay as they are: ``facts["traces"]`` counts those, a note says where, and a
        person must look at them. Two may share a telephone.

    Examples
    --------
    >>> import pandas as pd
    >>> shop = {"customers": pd.DataFrame({"customer_id": [1, 2], "phone": ["081234567890", "081234567891"]}),
    ...         "orders": pd.DataFrame({"customer_id": [1, 2], "amount": [100, 50]})}
    >>> done = erase(shop, 1, at="2020-12-31", by="data officer")
    >>> left = done.tables["orders"]
    >>> done.facts["erased"], 1 in set(left["customer_id"]), int(left["amount"].sum())
    (True, False, 150)
    """
    import pandas as pd

    rows, _ = rows_of(tables, customer, key, links)
    if not any(len(found) for found in rows.values()):
        raise UserError("privacy.unknown_person", found=str(customer))
    sections = {name: tables[name].loc[found] for name, found in rows.items() if len(found)}
    held = hold(sections, at)
    params = {"customer": mask(str(customer), "name"), "at": str(at), "by": by}
    columns = ["section", "rows", "emptied", "action"]
    if len(held):
        table = pd.DataFrame([(n, len(t), "", "held") for n, t in sections.items()], columns=columns)
        facts = {"erased": False, "held": len(held), "rows": 0, "columns": 0, "totals_unchanged": True, "traces": 0}
        return Erasure(
            "privacy.erasure", table, params, facts, (Note("privacy.held", {"n": len(held)}),), None, dict(tables)
        )
    # a key that nobody has kept: not even the company can find the person again
    once = Pseudonyms(secrets.token_bytes(32))
    kinds = {name: kinds_of(tables[name], key, personal) for name in sections}
    numbered = all(pd.api.types.is_numeric_dtype(t[key]) for t in sections.values() if key in t.columns)
    alias = str((once.number if numbered else once.of)(customer))
    traces = Traces(customer, sections, kinds, key, alias)
    made, lines = dict(tables), []
    for name, mine in sections.items():
        whole = tables[name].copy()
        emptied = [c for c in kinds[name] if c != key and c not in refers]
        for column in emptied:
            if pd.api.types.is_integer_dtype(whole[column]):  # a telephone number whose zero a spreadsheet took
                whole[column] = whole[column].astype("Int64")
            whole.loc[mine.index, column] = None
        covered = traces.cover(whole, mine.index, [c for c in whole.columns if c not in (*emptied, key, *refers)])
        if key in whole.columns:
            _rename(whole, key, mine.index, customer, once)
        made[name] = whole
        done = "pseudonymised" if key in whole.columns else "emptied" if emptied or covered else "kept"
        lines.append((name, len(mine), ", ".join([*emptied, *covered]), done))
    for name, whole in made.items():
        for column in (c for c in refers if c in whole.columns):
            at = whole.index[whole[column].map(lambda v: not missing(v) and canonical(v) == canonical(customer))]
            if len(at):
                made[name] = whole = whole.copy() if whole is tables[name] else whole
                _rename(whole, column, at, customer, once)
    table = pd.DataFrame(lines, columns=columns)
    named = {n: {key, *kinds[n], *refers} for n in sections}
    same = all(_totals(tables[n], key, named[n]).equals(_totals(made[n], key, named[n])) for n in sections)
    left = traces.left(made)
    facts = {
        "erased": True,
        "held": 0,
        "rows": int(table["rows"].sum()),
        "columns": sum(len(line[2].split(", ")) for line in lines if line[2]),
        "totals_unchanged": same,
        "traces": sum(left.values()),
    }
    notes = [Note("privacy.backups")]
    if left:
        where = [f"{name}.{column} ({n})" for (name, column), n in left.items()]
        notes.append(Note("privacy.traces_left", {"n": facts["traces"], "where": where}))
    return Erasure("privacy.erasure", table, params, facts, tuple(notes), None, made)


def _rename(table: pd.DataFrame, column: str, at: Any, customer: Any, once: Pseudonyms) -> None:
    """Put the pseudonym in place of an id, in a table that is a copy already."""
    import pandas as pd

    if pd.api.types.is_float_dtype(table[column]):  # ids beside missing ones: a float can't hold a pseudonym
        table[column] = table[column].astype("Int64")
    number = pd.api.types.is_integer_dtype(table[column])
    if number and not table[column].isna().any():
        table[column] = table[column].astype("int64")
    table.loc[at, column] = (once.number if number else once.of)(customer)


def _totals(table: pd.DataFrame, key: str, named: Iterable[str]) -> pd.Series:
    """Rows, persons and the sum of every number of a table that counts or measures something."""
    numbers = table.select_dtypes("number").drop(columns=list(named), errors="ignore").sum()
    numbers["\x00rows"] = len(table)
    numbers["\x00persons"] = table[key].nunique() if key in table.columns else 0
    return numbers
