"""Several columns of one table at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...results import Result
from .coding import codes
from .contacts import email, nik
from .measures import units
from .people import name
from .phones import phone
from .places import postal_code, province
from .standardised import STATUSES, Standardised
from .written import date, rupiah

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["StandardisedTable", "table"]

_WAYS = {
    "phone": phone,
    "name": name,
    "codes": codes,
    "province": province,
    "units": units,
    "postal_code": postal_code,
    "email": email,
    "nik": nik,
    "rupiah": rupiah,
    "date": date,
}


@dataclass(frozen=True, eq=False)
class StandardisedTable:
    """A table whose columns were standardised; ``columns`` holds the account of each."""

    table: pd.DataFrame
    columns: Mapping[str, Standardised]
    report: Result

    def __getitem__(self, column: str) -> Standardised:
        return self.columns[column]


def table(frame: pd.DataFrame, plan: Mapping[str, str | Mapping[str, Any]]) -> StandardisedTable:
    """A table with some of its columns in their standard form; the others, and all rows, stay as they are.

    Parameters
    ----------
    frame : pandas.DataFrame
    plan : mapping
        Column to the name of a function of this room, or to its arguments:
        ``{"NO_HP": "phone", "JK": {"as": "codes", "field": "gender", "source": "pos"}}``. A plan can stand in a TOML
        file and be read again next month.

    Returns
    -------
    StandardisedTable
        ``report``: kind ``standardise.table``, one row a column.

    Raises
    ------
    UserError
        ``standardise.unknown_column``, ``standardise.unknown_way``, and what the functions raise.

    Examples
    --------
    >>> import pandas as pd
    >>> raw = pd.DataFrame({"NO_HP": ["0812 3456 7890", "0"], "JK": ["L", "P"]})
    >>> done = table(raw, {"NO_HP": "phone", "JK": {"as": "codes", "field": "gender", "source": "pos"}})
    >>> done.table.iloc[0].tolist(), done["NO_HP"].unmapped["reason"].tolist()
    (['+6281234567890', 'male'], ['placeholder'])
    """
    import pandas as pd

    out, done, rows = frame.copy(), {}, []
    for column, how in plan.items():
        if column not in frame:
            near = suggest(str(column), [str(c) for c in frame.columns])
            raise UserError("standardise.unknown_column", found=column, near=near)
        said = {"as": how} if isinstance(how, str) else dict(how)
        way = said.pop("as", None)
        if way not in _WAYS:
            near = suggest(str(way), _WAYS)
            raise UserError("standardise.unknown_way", column=column, found=way, wanted=sorted(_WAYS), near=near)
        one = _WAYS[way](frame[column], **said)
        out[column], done[column] = one.values, one
        facts = one.report.facts
        rows.append({"column": column, "as": way, **{s: facts[s] for s in STATUSES}})
    summary = pd.DataFrame(rows, columns=["column", "as", *STATUSES])
    facts = {"rows": len(frame), "columns": len(done), **{s: int(summary[s].sum()) for s in STATUSES}}
    notes = tuple(note for one in done.values() for note in one.report.notes)
    return StandardisedTable(out, done, Result("standardise.table", summary, {"plan": dict(plan)}, facts, notes))
