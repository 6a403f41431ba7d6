"""One column under examination: what is missing, what its values look like, which have the form they should."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..ingest import standardise
from ..ingest.cells import distinct, is_missing
from ..ingest.columns import read_ids
from ..ingest.dates import read_dates
from ..ingest.numerals import read_numbers

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa

__all__ = ["NO_DATE", "Cells", "frame_of"]

NO_DATE = ("1900-01-01", "1899-12-30", "1899-12-31")
"""Dates that systems write where there is none."""
_NO_DATE_TEXT = r"^(?:1900-0?1-0?1|0?1[/.-]0?1[/.-]1900|0000-00-00|00[/.-]00[/.-]0000|1899-12-3[01])(?:[ T].*)?$"


def frame_of(table: Any) -> pd.DataFrame:
    """A table as pandas: a frame, an Arrow table, what was ingested, or columns of values."""
    import pandas as pd

    from ..errors import UserError

    if isinstance(table, pd.DataFrame):
        frame = table
    elif isinstance(getattr(table, "table", None), pd.DataFrame):
        frame = table.table
    elif hasattr(table, "to_pandas"):
        frame = table.to_pandas()
    elif isinstance(table, dict):
        frame = pd.DataFrame(table)
    else:
        raise UserError("quality.not_a_table", found=type(table).__name__)
    if any(name is not None for name in frame.index.names):
        frame = frame.reset_index()
    columns = [str(c) for c in frame.columns]
    twice = sorted({c for c in columns if columns.count(c) > 1})
    if twice:
        raise UserError("quality.column_twice", found=twice)
    return frame.reset_index(drop=True).set_axis(columns, axis=1)


class Cells:
    """A column, looked at once for everything that is asked of it.

    Parameters
    ----------
    series : pandas.Series
    form : str, optional
        The form that the values should have; a phone number of ``0`` is then a missing one.
    """

    def __init__(self, series: pd.Series, form: str | None = None) -> None:
        self.series, self.form = series, form
        self._forms: dict[str, tuple[np.ndarray, np.ndarray]] = {}

    def __len__(self) -> int:
        return len(self.series)

    def of_form(self, form: str) -> Cells:
        """The same column under a form that it should have; what was found out stays known."""
        other = Cells(self.series, form)
        other._forms = self._forms
        kept = ("texts", "coded", "numbers", "dates", "_standard")
        other.__dict__ |= {k: v for k, v in self.__dict__.items() if k in kept}
        return other

    @property
    def is_number(self) -> bool:
        """Whether pandas holds numbers."""
        import pandas as pd

        return pd.api.types.is_numeric_dtype(self.series.dtype) and not self.is_bool

    @property
    def is_bool(self) -> bool:
        """Whether pandas holds truths."""
        import pandas as pd

        return pd.api.types.is_bool_dtype(self.series.dtype)

    @property
    def is_date(self) -> bool:
        """Whether pandas holds dates."""
        import pandas as pd

        return pd.api.types.is_datetime64_any_dtype(self.series.dtype)

    @cached_property
    def texts(self) -> pd.Series:
        """The values as texts."""
        import pandas as pd

        series = self.series
        if isinstance(series.dtype, pd.CategoricalDtype):
            series = series.astype("object")
        if self.is_number or self.is_bool:
            return read_ids(series) if series.dtype.kind == "f" else series.astype("str").where(series.notna())
        if self.is_date:
            texts = series.astype("str")
            return texts.str.replace(" 00:00:00", "", regex=False).where(series.notna())
        if series.dtype == object:
            return series.map(_text, na_action="ignore").astype("str")
        return series.astype("str")

    @cached_property
    def coded(self) -> tuple[pa.Array, np.ndarray]:
        """The distinct texts, trimmed, and which one each row holds (-1: none)."""
        import pyarrow.compute as pc

        found, at = distinct(self.texts)
        return pc.utf8_trim_whitespace(found), at

    @property
    def counted(self) -> tuple[pa.Array, np.ndarray]:
        """The distinct values as texts, and in how many rows each stands where it counts as a value."""
        import numpy as np
        import pandas as pd
        import pyarrow as pa

        if (self.is_number or self.is_date) and "coded" not in self.__dict__:
            at, found = pd.factorize(self.series[self.present])  # a million numbers need not all become texts
            counts = np.bincount(at, minlength=len(found))
            shown = min(len(found), 1000)
            order = np.argsort(-counts, kind="stable")
            some = Cells(pd.Series(found[order[:shown]])).texts
            words = pa.array([*some.tolist(), *[""] * (len(found) - shown)], pa.large_string())
            return words, counts[order]
        found, at = self.coded
        return found, np.bincount(at[self.present & (at >= 0)], minlength=len(found))

    @cached_property
    def missing(self) -> np.ndarray:
        """Which rows hold no value, or only say that there is none: empty, ``-``, ``n/a``, 1900-01-01."""
        import numpy as np
        import pandas as pd
        import pyarrow.compute as pc

        gone = self.series.isna().to_numpy(dtype=bool)
        if self.is_number or self.is_bool:
            pass
        elif self.is_date:
            gone = gone | self.series.isin(pd.to_datetime(list(NO_DATE))).to_numpy(dtype=bool)
        else:
            found, at = self.coded
            empty = is_missing(found).to_numpy(zero_copy_only=False)
            no_date = pc.fill_null(pc.match_substring_regex(found, _NO_DATE_TEXT), False)
            empty = empty | no_date.to_numpy(zero_copy_only=False)
            gone = gone | np.append(empty, True)[at]
        if self.form in ("phone", "email", "nik"):
            gone = gone | (self._read(self.form)[1] == "placeholder")
        return gone

    @cached_property
    def present(self) -> np.ndarray:
        """Which rows hold a value."""
        return ~self.missing

    def misfits(self, form: str) -> tuple[np.ndarray, np.ndarray]:
        """The rows whose value has not the form, and why, for those rows."""
        import numpy as np

        bad, reasons = self._read(form)
        at = np.flatnonzero(bad & self.present)
        return at, reasons[at]

    def _read(self, form: str) -> tuple[np.ndarray, np.ndarray]:
        if form not in self._forms:
            self._forms[form] = self._judge(form)
        return self._forms[form]

    def _judge(self, form: str) -> tuple[np.ndarray, np.ndarray]:
        import numpy as np

        if form == "date":
            if self.is_date:
                return np.zeros(len(self), dtype=bool), np.full(len(self), None, dtype=object)
            return _why(self.dates[1])
        if form in ("number", "integer"):
            values, reasons = self.numbers
            reasons = reasons.copy()
            if form == "integer":
                with np.errstate(invalid="ignore"):
                    broken = ~np.isnan(values) & (values != np.floor(values))
                reasons[broken] = "not_whole"
            return _why(reasons)
        column = getattr(standardise, form)(self.series)
        self._standard[form] = column.values
        return _why(column.reasons.astype("object").where(column.reasons.notna(), None).to_numpy(dtype=object))

    @cached_property
    def _standard(self) -> dict[str, pd.Series]:
        return {}

    @property
    def comparable(self) -> pd.Series:
        """The values for finding equal ones: phones, e-mails and NIK in their standard form, texts trimmed."""
        if self.form in ("phone", "email", "nik"):
            self._read(self.form)
            standard = self._standard[self.form]
            return standard.where(standard.notna(), self.texts)
        return self.series if self.is_number or self.is_bool or self.is_date else self.texts.str.strip()

    @cached_property
    def numbers(self) -> tuple[np.ndarray, np.ndarray]:
        """The values as numbers (NaN where they are none), and why a value is none.

        A column of ``1.234`` alone could be read in two ways; for its form both will do, and the point is then taken
        for what it is in Indonesia.
        """
        got = read_numbers(self.series if not self.is_bool else self.series.astype("float64"))
        if got.style.ask:
            comma = any("," in e for e in got.style.examples)
            got = read_numbers(self.series, decimal="." if comma else ",")
        return got.values, got.reasons

    @cached_property
    def dates(self) -> tuple[np.ndarray, np.ndarray]:
        """The values as dates (NaT where they are none), and why a value is none; day before month where unclear."""
        import datetime as dt

        far = dt.date(2999, 12, 31)  # whether a date lies in the future is a question of timeliness
        got = read_dates(self.series, today=far)
        if got.style.ask or got.style.half:
            got = read_dates(self.series, order="day", today=far)
        values, reasons = got.values, got.reasons.copy()
        early = reasons == "date_too_early"  # before sales were kept in computers; birthdays may be
        if early.any():
            import pandas as pd

            texts = self.texts[early]
            again = pd.to_datetime(texts, errors="coerce", dayfirst=True, format="mixed")
            values = values.copy()
            values[early] = again.to_numpy(dtype="datetime64[us]")
            reasons[early] = [None if ok else "date_too_early" for ok in again.notna()]
        return values, reasons


def _why(reasons: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    import numpy as np

    return np.array([r is not None for r in reasons], dtype=bool), reasons


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
