"""What a person may ask for: to see what is kept, and to have it put right; :mod:`.erasure` takes it away.

Each begins with the question whether the one who asks is that person: to hand somebody's data to somebody else is a
breach, not a service.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import labels
from ..errors import UserError, suggest
from ..results import Note, Result
from .masking import find_personal, mask, missing

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["PersonFile", "check_identity", "correct", "kinds_of", "person", "rows_of"]

Tables = Mapping[str, "pd.DataFrame"]


def check_identity(known: Mapping[str, Any], given: Mapping[str, Any], *, needed: int = 2) -> bool:
    """Whether somebody knows enough of what is kept about a person to be that person.

    A name proves nothing, for it stands on every parcel.

    Parameters
    ----------
    known : mapping
        The person's row.
    given : mapping
        Column to what the asking one says.
    needed : int
        How many must be right. A wrong one spoils it: nobody may try values until enough of them fit.

    Examples
    --------
    >>> kept = {"phone": "+6281234567890", "email": "siti@contoh.id", "name": "Siti"}
    >>> check_identity(kept, {"phone": "0812-3456-7890", "email": "Siti@contoh.id"})
    True
    >>> check_identity(kept, {"phone": "0812-3456-7890", "name": "Siti"})
    False
    """
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise UserError("privacy.unknown_column", found=unknown[0], wanted=list(map(str, known)))
    named = set(find_personal(known, [known]).items())
    proofs = [c for c in given if (c, "name") not in named and not missing(known[c])]
    right = [c for c in proofs if _plain(known[c]) == _plain(given[c]) != ""]
    return len(right) == len(proofs) and len(right) >= needed


def _plain(value: Any) -> str:
    if isinstance(value, dt.date):  # a datetime, a pandas Timestamp too
        return value.strftime("%Y-%m-%d")
    text = re.sub(r"\s+", " ", str(value)).strip().casefold()
    digits = re.sub(r"[\s().+-]", "", text)
    if digits.isdigit() and len(digits) >= 9:
        return re.sub(r"^(?:62|0)(?=8)", "", digits)
    return text


@dataclass(frozen=True, eq=False, repr=False)
class PersonFile(Result):
    """All that is kept about one person, a section a table."""

    sections: Mapping[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    def export(self, path: str | os.PathLike, *, lang: str | None = None) -> Path:
        """Write the sections to a ``.json`` or ``.html`` file, for the person; only when the identity was proven.

        The page prints as it is: a browser makes a PDF of it.
        """
        path = Path(path)
        if not self.facts["identity_proven"]:
            raise UserError("privacy.identity_first")
        if path.suffix.lower() == ".json":
            text = json.dumps(self.to_dict(), ensure_ascii=False, indent=1)
        elif path.suffix.lower() in (".html", ".htm"):
            text = self._page(lang or labels.language())
        else:
            raise UserError("privacy.person_format", found=path.suffix or path.name)
        path.write_text(text, encoding="utf-8")
        return path

    def to_dict(self) -> dict[str, Any]:
        """The sections as plain data."""
        return {
            "about": str(self.params["customer"]),
            "sections": {
                name: [{str(c): _json(v) for c, v in row.items()} for row in table.to_dict("records")]
                for name, table in self.sections.items()
            },
        }

    def _page(self, lang: str) -> str:
        title = labels.text("privacy.person_title", lang, customer=str(self.params["customer"]))
        parts = [
            f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{html.escape(title)}</title>',
            "<style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem;max-width:70rem}table{border-collapse:collapse}"
            "td,th{border-bottom:1px solid #bbb;padding:.2rem .6rem;text-align:left;vertical-align:top}</style>",
            f"<h1>{html.escape(title)}</h1>",
        ]
        for name, table in self.sections.items():
            count = labels.text("privacy.person_rows", lang, n=len(table))
            parts.append(f"<h2>{html.escape(labels.name(name, lang))}</h2><p>{html.escape(count)}</p>")
            heads = {c: labels.name(c, lang) for c in table.columns}
            parts.append(table.rename(columns=heads).to_html(index=False, border=0, na_rep="—"))
        return "\n".join(parts)


def _json(value: Any) -> Any:
    if missing(value):
        return None
    if hasattr(value, "item"):
        value = value.item()
    return value if isinstance(value, str | int | float | bool) else str(value)


def person(
    tables: Tables,
    customer: Any,
    *,
    key: str = "customer_id",
    links: Mapping[str, tuple[str, str]] | None = None,
    proof: Mapping[str, Any] | None = None,
    needed: int = 2,
) -> PersonFile:
    """Gather every row about one person.

    Parameters
    ----------
    tables : mapping of name to pandas.DataFrame
    customer : id
    key : str
        The column that names the person.
    links : mapping, optional
        Table without that column to ``(column, table)``: ``{"sales_lines": ("order_id", "sales")}``. By default a table
        is reached by a column that is a key of a table which names the person.
    proof : mapping, optional
        What the asking one knows of himself, as ``{"phone": "0812...", "born_on": "1990-05-17"}``. Without it personal
        columns stay masked and nothing can be exported.
    needed : int
        See :func:`check_identity`.

    Returns
    -------
    PersonFile

    Examples
    --------
    >>> import pandas as pd
    >>> found = person({"customers": pd.DataFrame({"customer_id": [1, 2], "phone": ["081234567890", "081234567891"]}),
    ...                 "orders": pd.DataFrame({"customer_id": [1, 1], "order_id": ["a", "b"]}),
    ...                 "lines": pd.DataFrame({"order_id": ["a", "a", "b"], "amount": [1, 2, 3]})}, 1)
    >>> found.table[["section", "rows"]].values.tolist()
    [['customers', 1], ['orders', 2], ['lines', 3]]
    >>> found.sections["customers"]["phone"].tolist()
    ['0812•••••890']
    """
    import pandas as pd

    rows, ways = rows_of(tables, customer, key, links)
    if not any(len(at) for at in rows.values()):
        raise UserError("privacy.unknown_person", found=str(customer))
    found = {name: tables[name].loc[at].reset_index(drop=True) for name, at in rows.items() if len(at)}
    proven = False
    if proof is not None:
        holder = next((t for t in found.values() if set(proof) <= set(t.columns)), None)
        if holder is None:
            raise UserError("privacy.unknown_column", found=", ".join(sorted(map(str, proof))))
        proven = check_identity(holder.iloc[-1].to_dict(), proof, needed=needed)
        if not proven:
            raise UserError("privacy.identity_not_proven", wanted=needed)
    if not proven:
        found = {name: _masked(table, tables[name], key) for name, table in found.items()}
    table = pd.DataFrame(
        [(name, len(t), ways[name], len(t.columns)) for name, t in found.items()],
        columns=["section", "rows", "found_by", "columns"],
    )
    facts = {"sections": len(found), "rows": int(table["rows"].sum()), "identity_proven": proven}
    facts["tables_searched"] = len(tables)
    unreached = sorted(name for name in tables if name not in ways)
    notes = [] if proven else [Note("privacy.identity_open")]
    if unreached:
        notes.append(Note("privacy.not_about_persons", {"tables": unreached}))
    shown = mask(str(customer), "name") if not proven else customer
    return PersonFile("privacy.person", table, {"customer": shown, "key": key}, facts, tuple(notes), None, found)


def _masked(table: pd.DataFrame, whole: pd.DataFrame, key: str) -> pd.DataFrame:
    kinds = kinds_of(whole, key)
    kinds.pop(key, None)
    return table.assign(**{c: [mask(v, kind) for v in table[c]] for c, kind in kinds.items()})


def kinds_of(whole: pd.DataFrame, key: str, declared: Sequence[str] = ()) -> dict[str, str]:
    """The personal columns of a table; one in which every person stands once is a table of persons."""
    persons = key in whole.columns and bool(whole[key].is_unique)
    return find_personal(whole.columns, whole.head(200).to_dict("records"), declared, persons=persons)


def rows_of(
    tables: Tables, customer: Any, key: str, links: Mapping[str, tuple[str, str]] | None
) -> tuple[dict[str, Any], dict[str, str]]:
    """Per table the index labels of the person's rows, and by which column they were found."""
    rows, ways = {}, {}
    for name, table in tables.items():
        if key in table.columns:
            rows[name] = table.index[(table[key] == customer).fillna(False).astype(bool)]
            ways[name] = key
    if not ways:
        raise UserError("privacy.no_person_column", found=key, wanted=list(tables))
    for name, (column, parent) in (links or {}).items():
        if parent not in rows:
            raise UserError("privacy.unknown_table", found=parent, wanted=list(rows), near=suggest(parent, rows))
        _follow(tables, rows, ways, name, column, parent)
    waiting = [name for name in tables if name not in rows]
    while waiting and links is None:
        reached = False
        for name in list(waiting):
            for parent in list(rows):
                column = _key_between(tables[name], tables[parent], key)
                if column:
                    _follow(tables, rows, ways, name, column, parent)
                    waiting.remove(name)
                    reached = True
                    break
        if not reached:
            break
    return rows, ways


def _follow(tables: Tables, rows: dict, ways: dict, name: str, column: str, parent: str) -> None:
    mine = tables[parent].loc[rows[parent], column].dropna()
    rows[name] = tables[name].index[tables[name][column].isin(set(mine))]
    ways[name] = f"{column} ({parent})"


def _key_between(child: pd.DataFrame, parent: pd.DataFrame, key: str) -> str | None:
    """A column of both that names one row of the parent: an order's id, and not a product's."""
    for column in child.columns:
        if column in parent.columns and column != key and str(column).endswith("_id"):
            values = parent[column].dropna()
            if len(values) and values.is_unique:
                return column
    return None


def correct(
    tables: Tables,
    customer: Any,
    *,
    table: str,
    column: str,
    value: Any,
    at: Any,
    by: str,
    reason: str,
    key: str = "customer_id",
) -> tuple[dict[str, pd.DataFrame], dict[str, Any]]:
    """Put one value of a person right, in a copy of the tables, and say so for the log.

    Returns
    -------
    tables : dict
    entry : dict
        When, where, by whom and why; old and new value masked, for a log is read by many.

    Examples
    --------
    >>> import pandas as pd
    >>> people = {"customers": pd.DataFrame({"customer_id": [1], "phone": ["081234567890"]})}
    >>> mended, entry = correct(people, 1, table="customers", column="phone", value="081399998888", at="2020-02-04",
    ...                         by="data officer", reason="new number")
    >>> mended["customers"]["phone"].tolist(), entry["before"], people["customers"]["phone"].tolist()
    (['081399998888'], '0812•••••890', ['081234567890'])
    """
    if table not in tables:
        raise UserError("privacy.unknown_table", found=table, wanted=list(tables), near=suggest(table, tables))
    whole = tables[table]
    for name in (key, column):
        if name not in whole.columns:
            raise UserError("privacy.unknown_column", found=name, wanted=[str(c) for c in whole.columns])
    mine = (whole[key] == customer).fillna(False).astype(bool)
    if not mine.any():
        raise UserError("privacy.unknown_person", found=str(customer))
    if column == key:
        raise UserError("privacy.key_stays", found=key)
    kind = find_personal([column], whole.head(200).to_dict("records")).get(column)
    before = whole.loc[mine, column].iloc[-1]
    changed = whole.copy()
    changed.loc[mine, column] = value
    shown = [mask(v, kind) if kind else _json(v) for v in (before, value)]
    entry = {
        "at": str(at),
        "customer": mask(str(customer), "name"),
        "table": table,
        "column": column,
        "rows": int(mine.sum()),
        "before": shown[0],
        "after": shown[1],
        "by": by,
        "reason": reason,
    }
    return {**tables, table: changed}, entry
