"""What reading numbers and reading dates share: the distinct texts of a column, and what counts as missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa

__all__ = ["DISSENT", "MISSING", "distinct", "integers", "is_missing", "some", "texts_of"]

DISSENT = 0.05
"""So small a share of values may contradict the style of their column: these rows are refused, the column is read."""

MISSING = frozenset(
    {"", "-", "--", "—", "na", "n/a", "n.a.", "#n/a", "nan", "null", "none", "nil", "(blank)", "(kosong)", "kosong"}
)
"""How sources write that there is no value, in lower case."""


def is_missing(values: pa.Array) -> pa.Array:
    """Which texts only say that there is no value (already trimmed)."""
    import pyarrow as pa
    import pyarrow.compute as pc

    low = pc.utf8_lower(values)
    return pc.fill_null(pc.is_in(low, value_set=pa.array(sorted(MISSING), type=low.type)), True)


def distinct(series: pd.Series) -> tuple[pa.Array, np.ndarray]:
    """The distinct texts of a column and, per row, which one it is (-1: none)."""
    import pyarrow as pa
    import pyarrow.compute as pc

    array = pa.array(series, type=pa.large_string(), from_pandas=True)
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    coded = array.dictionary_encode()
    return coded.dictionary, pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False)


def texts_of(series: pd.Series) -> pd.Series:
    """The texts of a column that may also hold numbers."""
    if series.dtype == object:
        return series.where(series.map(lambda v: isinstance(v, str)), None).astype("str")
    return series.astype("str") if series.dtype.kind not in "iufb" else series.iloc[:0].astype("str")


def some(texts: pa.Array, mask: np.ndarray, n: int) -> list[str]:
    """The first ``n`` of the texts that ``mask`` picks."""
    return [str(texts[int(i)].as_py()).strip() for i in mask.nonzero()[0][:n]]


def integers(texts: pa.Array) -> np.ndarray:
    """Texts of digits as whole numbers; -1 for an empty one."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = pc.replace_substring(texts, "'", "")
    filled = pc.if_else(pc.equal(pc.fill_null(texts, ""), ""), "-1", texts)
    return pc.cast(filled, pa.int64()).to_numpy(zero_copy_only=False).copy()
