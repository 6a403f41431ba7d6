"""What every source is brought to before anything is understood: columns as they stood, and where each row stood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..errors import UserError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["Limits", "RawTable", "Refused", "column_names"]


_TOO_BIG = {
    "bytes": "ingest.too_many_bytes",
    "rows": "ingest.too_many_rows",
    "columns": "ingest.too_many_columns",
    "cell": "ingest.too_long_cell",
}


@dataclass(frozen=True)
class Limits:
    """How much is read before crmlab says no.

    Parameters
    ----------
    bytes : int
        Size of a file, and of what a compressed file unpacks to.
    rows, columns : int
        Size of the table.
    cell : int
        Characters in one cell.
    seconds : float
        How long a database may take to answer.

    Examples
    --------
    >>> Limits(rows=1000).rows
    1000
    """

    bytes: int = 1 << 30
    rows: int = 20_000_000
    columns: int = 5_000
    cell: int = 100_000
    seconds: float = 120.0

    def check(self, what: str, found: int, table: str | None) -> None:
        """Raise a UserError when ``found`` is past the limit on ``what``."""
        wanted = getattr(self, what)
        if found > wanted:
            raise UserError(_TOO_BIG[what], table=table, wanted=wanted, found=found)


@dataclass(frozen=True)
class Refused:
    """A row that could not even be laid under the header."""

    row: int
    reason: str
    text: str
    cells: tuple[str, ...] = ()


@dataclass
class RawTable:
    """A source as it stood.

    Parameters
    ----------
    name : str
        File or table, as the person knows it.
    kind : {"csv", "xlsx", "parquet", "frame", "sql"}
    frame : pandas.DataFrame
        Columns under their own headers, values untouched; texts where the source holds texts.
    rows : numpy.ndarray
        Where each row stands in the source, as the source counts (a spreadsheet's row number; 1 for the first row of
        a table).
    sheet : str, optional
    refused : list of Refused
    blank_rows : int
        Rows without any value: not rows of the table, but counted.
    header_row : int, optional
        Where the header stood; what stood above it is ``title``.
    guesses : dict
        What was guessed about the file: ``separator``, ``encoding``.
    merges : list of tuple
        Cells merged downwards below the header: first and last position in ``frame``, and the column.
    hash : str
        SHA-256 of the bytes of a file.
    origin : optional
        What it was opened from.
    """

    name: str
    kind: str
    frame: pd.DataFrame
    rows: np.ndarray
    sheet: str | None = None
    refused: list[Refused] = field(default_factory=list)
    blank_rows: int = 0
    header_row: int | None = None
    title: tuple[str, ...] = ()
    guesses: dict[str, Any] = field(default_factory=dict)
    merges: list[tuple[int, int, str]] = field(default_factory=list)
    hash: str = ""
    origin: Any = None


def column_names(cells: Sequence[Any]) -> list[str]:
    """Headers as unique texts: repeated ones are numbered, empty ones named by their place.

    Examples
    --------
    >>> column_names(["Harga", " Harga", None, 2020])
    ['Harga', 'Harga (2)', 'column_3', '2020']
    """
    names: list[str] = []
    taken: set[str] = set()
    for place, cell in enumerate(cells, 1):
        name = " ".join(str(cell).split()) if cell is not None else ""
        name = name.lstrip("\ufeff") or f"column_{place}"
        unique, n = name, 1
        while unique in taken:
            n += 1
            unique = f"{name} ({n})"
        taken.add(unique)
        names.append(unique)
    return names
