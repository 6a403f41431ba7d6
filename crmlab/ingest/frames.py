"""Frames and Arrow tables, already typed by whoever made them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import UserError
from .delimited import drop_blank
from .raw import Limits, RawTable, column_names
from .workbook import tidy_column

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["from_arrow", "plain_value", "read_frame"]


def from_arrow(data: pa.Table, name: str, kind: str, limits: Limits) -> RawTable:
    """An Arrow table as it stands; whole numbers with gaps stay whole."""
    import pandas as pd
    import pyarrow as pa

    columns = []
    for column in data.columns:
        if pa.types.is_decimal(column.type):  # pandas would make objects of them
            column = column.cast(pa.float64())
        elif pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        elif pa.types.is_nested(column.type):
            column = pa.chunked_array(
                [pa.array([None if v is None else str(v) for v in column.to_pylist()], pa.string())]
            )
        columns.append(column)
    flat = pa.Table.from_arrays(columns, names=column_names(data.column_names))
    frame = pd.DataFrame({n: _column(c) for n, c in zip(flat.column_names, flat.columns, strict=True)})
    return read_frame(frame, limits, name, kind)


def _column(values: pa.ChunkedArray) -> pd.Series:
    """An Arrow column as pandas has it; whole numbers with gaps would come as floats, and 17850 as 17850.0."""
    import pandas as pd
    import pyarrow as pa

    if pa.types.is_integer(values.type) and values.null_count:
        return pd.Series(pd.array(values.to_pylist(), dtype="Int64"))
    return values.to_pandas()


def read_frame(frame: pd.DataFrame, limits: Limits, name: str = "DataFrame", kind: str = "frame") -> RawTable:
    """A pandas frame as it stands, without touching the caller's."""
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    limits.check("rows", len(frame), name)
    limits.check("columns", frame.shape[1], name)
    if frame.shape[1] == 0:
        raise UserError("ingest.empty_file", table=name)
    if any(n is not None for n in frame.index.names):  # a named index is a column that moved
        frame = frame.reset_index()
    headers = ["_".join(str(p) for p in c if str(p)) if isinstance(c, tuple) else c for c in frame.columns]
    out = frame.reset_index(drop=True)
    out.columns = pd.Index(column_names(headers))
    for column in out:
        if isinstance(out[column].dtype, pd.ArrowDtype):
            out[column] = _column(pa.chunked_array(pa.array(out[column])))
        if isinstance(out[column].dtype, pd.CategoricalDtype):
            out[column] = out[column].astype(out[column].cat.categories.dtype)
        elif out[column].dtype == object:
            out[column] = tidy_column([plain_value(v) for v in out[column]])
        elif out[column].dtype.kind in "mc":
            out[column] = out[column].astype("str")
    places = np.arange(1, len(out) + 1)
    out, places, blank = drop_blank(out, places)
    return RawTable(name, kind, out, places, blank_rows=blank)


def plain_value(value: Any) -> Any:
    """A cell of an object column as a plain Python value; missing in any dress becomes None."""
    import numpy as np
    import pandas as pd

    if isinstance(value, str | bool):
        return value
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):
        return None
    if type(value).__name__ == "Decimal":
        return float(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime() if value.tz is None else value
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, int | float) or hasattr(value, "isoformat"):
        return value
    try:
        return str(value)
    except Exception:  # an object of somebody's own class may do anything when it is asked for its text
        return f"<{type(value).__name__}>"
