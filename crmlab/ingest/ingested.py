"""What a reading hands back: the table, the quarantine, and the account of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..privacy import personal_kind
from ..results import Note, Result, Source

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from ..schema import Table
    from .columns import Typed
    from .mapping import Plan
    from .raw import RawTable

__all__ = ["Ingested", "guesses_of", "params_of", "personal_of", "quarantine_of"]


@dataclass(frozen=True, eq=False)
class Ingested:
    """A table that was read, and the account of it.

    Parameters
    ----------
    table : pandas.DataFrame
        The rows that were kept, under canonical names, typed; columns that the contract does not know follow under
        their own names.
    quarantine : pandas.DataFrame
        The rows that were refused as they stood, behind ``source_row``, ``source_sheet``, ``reason``,
        ``reason_column``, ``reason_value``.
    places : numpy.ndarray
        Where each row of ``table`` stands in the source.
    columns : dict
        Source column -> canonical column, as used; good as ``columns=`` of the next reading.
    guesses : pandas.DataFrame
        One row per matched column: how it was matched, its style, and a value that proves it.
    facts, params : dict
    notes : tuple of Note
    source : Source
    currency : str, optional
    personal : tuple of str
        Columns of ``table`` that tell who somebody is: those of the contract, a person's own columns that
        :mod:`crmlab.privacy` recognises, and the customer's key where it is made of names, phone numbers or e-mail
        addresses.
    """

    table: pd.DataFrame
    quarantine: pd.DataFrame
    places: np.ndarray
    columns: dict[str, str]
    guesses: pd.DataFrame
    facts: dict[str, Any]
    params: dict[str, Any]
    notes: tuple[Note, ...]
    source: Source
    currency: str | None = None
    personal: tuple[str, ...] = ()

    @property
    def refusals(self) -> pd.DataFrame:
        """Refused rows by reason and column: how many, the first five places, and one value."""
        import pandas as pd

        rows = []
        for (reason, column), group in self.quarantine.groupby(["reason", "reason_column"], dropna=False, sort=False):
            values = group["reason_value"].dropna()
            rows.append(
                {
                    "reason": reason,
                    "column": None if pd.isna(column) else column,
                    "rows": len(group),
                    "first_rows": ", ".join(str(r) for r in group["source_row"].head(5)),
                    "example": values.iloc[0] if len(values) else None,
                }
            )
        frame = pd.DataFrame(rows, columns=["reason", "column", "rows", "first_rows", "example"])
        for name in ("column", "example"):  # None, not NaN: these are shown
            frame[name] = frame[name].astype("object").where(frame[name].notna(), None)
        return frame.sort_values("rows", ascending=False, kind="stable", ignore_index=True)

    def report(self) -> Result:
        """What was read, kept, refused and guessed; ``rows_read == rows_kept + rows_refused``."""
        return Result("ingest.report", self.guesses, self.params, self.facts, self.notes, self.source)

    def __repr__(self) -> str:
        return f"<Ingested {self.source.name}: {len(self.table)} kept, {len(self.quarantine)} refused>"

    def _repr_html_(self) -> str:
        return self.report()._repr_html_()


def quarantine_of(typed: Typed, raw: RawTable, kept: np.ndarray) -> pd.DataFrame:
    """The refused rows as they stood, in the order of the source."""
    import pandas as pd

    refused = ~kept
    head = pd.DataFrame(
        {
            "source_row": raw.rows[refused],
            "source_sheet": raw.sheet,
            "reason": typed.refusals.reason[refused],
            "reason_column": typed.refusals.column[refused],
            "reason_value": typed.refusals.value[refused],
        }
    )
    body = raw.frame[refused].reset_index(drop=True)
    body.columns = pd.Index([f"{c} (2)" if c in head.columns else c for c in body.columns])
    out = pd.concat([head, body], axis=1)
    if raw.refused:
        ragged = pd.DataFrame(
            [
                {
                    "source_row": r.row,
                    "source_sheet": raw.sheet,
                    "reason": r.reason,
                    "reason_column": None,
                    "reason_value": r.text,
                }
                | dict(zip(body.columns, r.cells, strict=False))
                for r in raw.refused
            ],
            columns=out.columns,
        )
        out = pd.concat([out.astype("object"), ragged.astype("object")], ignore_index=True).sort_values(
            "source_row", kind="stable"
        )
        out = out.astype({"source_row": "int64"}).reset_index(drop=True)
    return out


def params_of(
    raw: RawTable,
    as_: str,
    plan: Plan,
    typed: Typed,
    money: str | None,
    discount: str | None,
    cost: str | None,
    easy: str | None,
    scales: Mapping[str, Any],
) -> dict[str, Any]:
    """Enough to read the same source again without a guess."""
    signs = {"decimal_comma": ",", "decimal_dot": "."}
    orders = {"day_first": "day", "month_first": "month"}
    said = {
        "as_": as_,
        "kind": raw.kind,
        "columns": plan.by_source,
        "sheet": raw.sheet,
        "header_row": raw.header_row,
        **raw.guesses,
        "decimal": {g["source"]: signs[g["style"]] for g in typed.guesses if g["style"] in signs},
        "date_order": {
            g["source"]: orders[s] for g in typed.guesses for s in str(g["style"]).split("+") if s in orders
        },
        "currency": money,
        "timezone": typed.zone,
        "discount": discount,
        "cost": cost,
        "scales": dict(scales) or None,
        "ces_easy": easy,
    }  # fmt: skip
    return {k: v for k, v in said.items() if v not in (None, {})}


def guesses_of(typed: Typed) -> pd.DataFrame:
    """One row per matched column: how it was matched, how its values are written, and a value that proves it."""
    import pandas as pd

    names = ["source", "column", "kind", "matched", "style", "proof", "missing", "refused"]
    frame = pd.DataFrame(typed.guesses, columns=names)
    frame["proof"] = frame["proof"].astype("object").where(frame["proof"].notna(), None)
    return frame


def personal_of(table: pd.DataFrame, contract: Table, key: str = "") -> tuple[str, ...]:
    """The personal columns of a table that was read; ``key`` is the header under which the customer's key stood.

    Examples
    --------
    >>> import pandas as pd
    >>> from crmlab.schema import SALES
    >>> personal_of(pd.DataFrame({"customer_id": ["Siti Rahma", "Budi"], "phone": ["0812", None]}), SALES)
    ('customer_id', 'phone')
    >>> personal_of(pd.DataFrame({"customer_id": ["PLG001", "17850"]}), SALES)
    ()
    >>> own = {"customer_id": ["P1"], "Alamat": ["Jl. Dahlia 5"], "Kontak": ["0812-3456-7890"]}
    >>> personal_of(pd.DataFrame(own), SALES)
    ('Alamat', 'Kontak')
    """
    found = [c.name for c in contract.columns if c.personal and c.name in table]
    own = [c for c in table.columns if c not in contract.names]
    found += [c for c in own if personal_kind(c, table[c].dropna().head(200).tolist())]
    who = next((c for c in ("customer_id", "person_id") if c in table), None)
    if who is None:
        return tuple(found)
    keys = table[who].dropna().head(1000).astype("str")
    # codes have digits; phone numbers begin with 08 or 62, or with 8 where a spreadsheet took the zero, and are long
    telling = keys.str.contains("@", regex=False) | keys.str.fullmatch(r"(\+?(0|62)[\s.-]?)?8[1-9][\d\s.-]{7,13}")
    telling |= keys.str.fullmatch(r"[^\d]*[a-z][^\d]*|[^\d]+ [^\d]+")
    if len(keys) and (telling.mean() > 0.5 or personal_kind(key) in ("phone", "email", "nik")):
        found.insert(0, who)
    return tuple(found)
