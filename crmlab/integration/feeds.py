"""One source: what it calls its columns, what its codes mean, and where each of its rows stands."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..duplicates.fields import guess
from ..errors import UserError, suggest

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["KINDS", "Feed", "field_of", "letters", "trimmed"]

KINDS = ("id", "text", "code", "name", "phone", "email", "date", "time", "money", "number")
"""What a column holds, which decides how it is standardised and when two of its values are the same."""

_FIRST_BIRTHDAY = 1901  # 1 January 1900 is what spreadsheets and forms write where there is none
_USUAL = {
    "phone": "phone",
    "email": "email",
    "name": "name",
    "born_on": "date",
    "registered_on": "date",
    "updated_at": "time",
    "ordered_at": "time",
    "amount": "money",
}
_KIND_OF_FIELD = {"name": "name", "phone": "phone", "email": "email", "born_on": "date"}


@dataclass(frozen=True, eq=False)
class Feed:
    """One source, and what must be known to lay it beside the others.

    Parameters
    ----------
    name : str
    table : pandas.DataFrame, or what :mod:`crmlab.ingest` reads
        From the latter, file, sheet and row numbers are taken over.
    key : str
        The source's own column that names a record.
    columns : mapping of str to str
        The source's column -> the common one. Columns that are not named keep their own name.
    codes : mapping
        Common column -> the source's code -> what it means: ``{"gender": {"P": "female", "L": "male"}}``. A code that
        is not in the map becomes missing and is listed in :attr:`unmapped`: it is never guessed.
    kinds : mapping of str to str
        Common column -> one of :data:`KINDS`, where the name does not tell.
    updated : str, optional
        The common column that says when a record was last touched.
    same : mapping or Found, optional
        Where the source holds people twice: what :func:`crmlab.duplicates.find` found in it, or a mapping of a further
        record's key to the key of the person's first one.
    currency, timezone : str, optional
        Of the source's money (ISO code) and times of day (``WIB``, ``WITA``, ``WIT`` or a name of the tz database).
    date_order : {"day", "month"}, optional
        What comes first in ``03/04/2020``.
    file, sheet, rows : optional
        Where the table came from, and the number of each row there; by default rows count from 1.
    cells : mapping, optional
        The source's column -> its letter in a spreadsheet.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"KODE": ["P1", "P2"], "JK": ["L", "P"], "HP": ["0812-3456-7890", None]})
    >>> maps = {"gender": {"L": "male", "P": "female"}}
    >>> pos = Feed("pos", table, "KODE", {"JK": "gender", "HP": "phone"}, codes=maps)
    >>> pos.clean[["gender", "phone"]].values.tolist()
    [['male', '+6281234567890'], ['female', nan]]
    """

    name: str
    table: Any
    key: str
    columns: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[Any, str | None]] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    updated: str | None = None
    same: Any = None
    currency: str | None = None
    timezone: str | None = None
    date_order: str | None = None
    file: str = ""
    sheet: str | None = None
    rows: Sequence[int] | None = None
    cells: Mapping[str, str] = field(default_factory=dict)
    hash: str = ""

    def __post_init__(self) -> None:
        said = self.table
        if hasattr(said, "places"):  # an Ingested
            self._set(table=said.table, rows=said.places, file=said.source.name, hash=said.source.hash)
            self._set(sheet=said.params.get("sheet"), currency=self.currency or said.currency)
        elif hasattr(said, "frame") and hasattr(said, "rows"):  # a RawTable
            self._set(table=said.frame, rows=said.rows, file=said.name, sheet=said.sheet, hash=said.hash)
        if hasattr(self.same, "entities"):  # what crmlab.duplicates found
            self._set(same=_first_of(self.same.entities))
        names = list(self.table.columns)
        common = [self.columns.get(name, name) for name in names]
        if twice := sorted({str(c) for c in common if common.count(c) > 1}):
            raise UserError("integration.column_twice", table=self.file or self.name, found=twice)
        for wanted in (self.key, *self.columns):
            if wanted not in names:
                raise UserError(
                    "integration.unknown_column",
                    table=self.file or self.name,
                    found=wanted,
                    wanted=names[:30],
                    near=suggest(wanted, names),
                )
        for column, kind in self.kinds.items():
            if kind not in KINDS:
                raise UserError("integration.unknown_kind", found=kind, wanted=KINDS, column=column)

    def _set(self, **values: Any) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @classmethod
    def read(
        cls,
        name: str,
        path: str | os.PathLike,
        key: str,
        columns: Mapping[str, str] | None = None,
        *,
        header_row: int | None = None,
        read_sheet: str | int | None = None,
        separator: str | None = None,
        encoding: str | None = None,
        **about: Any,
    ) -> Feed:
        """Open a file as it stands, its rows (and a spreadsheet's cells) remembered.

        Parameters
        ----------
        name, path, key, columns
        header_row : int, optional
            Counted from 1; found where it is not said.
        read_sheet : str or int, optional
        separator, encoding : str, optional
            Of a text file.
        **about
            As for :class:`Feed`.
        """
        from ..ingest.raw import Limits
        from ..ingest.sources import open_source
        from ..schema import SALES

        raw = open_source(
            path, SALES, sheet=read_sheet, separator=separator, encoding=encoding, header_row=header_row,
            limits=Limits(),
        )  # fmt: skip
        cells = letters(Path(path), raw.sheet, raw.header_row) if raw.kind == "xlsx" else {}
        return cls(name, raw, key, columns or {}, cells=cells, **about)

    def kind(self, column: str) -> str:
        """The kind of a common column: said, or told by its name (``phone``, but ``no_hp`` and ``Telepon`` as well)."""
        if column in self.kinds:
            return self.kinds[column]
        if column in self.codes:
            return "code"
        return _USUAL.get(column) or _KIND_OF_FIELD.get(field_of(column) or "", "text")

    def column_of(self, common: str) -> str:
        """What the source itself calls a common column."""
        return next((own for own, c in self.columns.items() if c == common), common)

    @cached_property
    def held(self) -> tuple[str, ...]:
        """The common columns that this source holds."""
        return tuple(self.columns.get(c, c) for c in self.table.columns)

    @cached_property
    def keys(self) -> pd.Series:
        """The key of every row as text; missing where the source gives none."""
        return trimmed(self.table[self.key])

    @cached_property
    def units(self) -> pd.Series:
        """For every row, the key of the person's first record in this source."""
        if self.same is None:
            return self.keys
        known = dict(self.same)
        return self.keys.map(lambda k: str(known.get(k, k)), na_action="ignore").astype("str")

    @cached_property
    def places(self) -> np.ndarray:
        """The number of each row in its file."""
        import numpy as np

        return np.asarray(self.rows) if self.rows is not None else np.arange(1, len(self.table) + 1)

    @cached_property
    def _cleaned(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        import pandas as pd

        out, lost = {}, []
        for own in self.table.columns:
            common = self.columns.get(own, own)
            out[common], bad = self._standard(common, self.table[own].reset_index(drop=True))
            lost += [{"source": self.name, "column": own, "value": v, "rows": n} for v, n in bad.items()]
        return pd.DataFrame(out), pd.DataFrame(lost, columns=["source", "column", "value", "rows"])

    @property
    def clean(self) -> pd.DataFrame:
        """The rows under common names in their standard form."""
        return self._cleaned[0]

    @property
    def unmapped(self) -> pd.DataFrame:
        """Values that have no standard form: source, column, value, rows."""
        return self._cleaned[1]

    def _standard(self, column: str, values: pd.Series) -> tuple[pd.Series, Mapping[Any, int]]:
        """A column in its standard form, and what could not be brought to it."""
        import pandas as pd

        kind = self.kind(column)
        if kind == "code":
            return _mapped(values, self.codes.get(column, {}))
        if kind in ("phone", "email", "name"):
            from ..ingest import standardise

            done = getattr(standardise, kind)(values)
            return done.values, done.unmapped["given"].value_counts().to_dict()
        if kind in ("date", "time") and values.dtype.kind != "M":
            return self._dates(column, values)
        if kind in ("money", "number") and values.dtype.kind not in "iuf":
            if kind == "number":
                numbers = pd.to_numeric(values, errors="coerce")
                return numbers, values[numbers.isna() & trimmed(values).notna()].value_counts().to_dict()
            from ..ingest import standardise

            done = standardise.rupiah(values)
            return done.values, done.unmapped["given"].value_counts().to_dict()
        if kind == "time" and values.dtype.kind == "M":
            return values.astype("datetime64[us]"), {}
        return (trimmed(values) if values.dtype.kind not in "iufbM" else values), {}

    def _dates(self, column: str, values: pd.Series) -> tuple[pd.Series, Mapping[Any, int]]:
        import numpy as np
        import pandas as pd

        from ..ingest.dates import FIRST_YEAR, read_dates

        first = _FIRST_BIRTHDAY if self.kind(column) == "date" else FIRST_YEAR
        got = read_dates(values, order=self.date_order, timezone=self.timezone, first_year=first)
        if got.style.ask and self.date_order is None:
            raise UserError(
                "ingest.ambiguous_date", table=self.file or self.name, column=column, found=got.style.examples
            )
        bad = np.array([r is not None for r in got.reasons], dtype=bool)
        return pd.Series(got.values), values[bad].value_counts().to_dict()


def field_of(column: str) -> str | None:
    """What a column says about a person, by its name; a ``customer`` may be a name or a key and is left as it is.

    Examples
    --------
    >>> field_of("No. HP"), field_of("tgl_lahir"), field_of("saldo")
    ('phone', 'born_on', None)
    """
    return None if column == "customer" else next(iter(guess([column])), None)


def _first_of(entities: pd.DataFrame) -> dict[Any, Any]:
    """Key -> key of the entity's first record, of a table of keys and entities."""
    keys = entities[next(c for c in entities.columns if c != "entity")]
    first = keys.groupby(entities["entity"]).transform("first")
    more = (first != keys).to_numpy()
    return dict(zip(keys[more], first[more], strict=True))


def letters(path: Path, sheet: str | None, header_row: int | None) -> dict[str, str]:
    """The letter under which each column of a workbook's sheet stands."""
    from openpyxl import load_workbook
    from openpyxl.utils import get_column_letter

    from ..ingest.raw import column_names

    workbook = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        page = workbook[sheet]
        page.reset_dimensions()
        head = next(page.iter_rows(min_row=header_row, max_row=header_row, values_only=True))
    finally:
        workbook.close()
    return {name: get_column_letter(k) for k, name in enumerate(column_names(head), 1)}


def trimmed(values: pd.Series) -> pd.Series:
    """Texts without the blanks around them; empty ones are missing; ids that a spreadsheet made numbers stay whole."""
    from ..ingest.columns import read_ids

    out = read_ids(values.reset_index(drop=True))
    return out.where(out.notna() & (out != ""))


def _mapped(values: pd.Series, meaning: Mapping[Any, str | None]) -> tuple[pd.Series, Mapping[Any, int]]:
    written = trimmed(values)
    known = {str(code).strip().upper(): means for code, means in meaning.items()}
    out = written.str.upper().map(known)
    stray = written[written.notna() & ~written.str.upper().isin(list(known))]
    return out.astype("str").where(out.notna()), stray.value_counts().to_dict()
