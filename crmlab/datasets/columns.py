"""Columns of generated tables, and how they are written so that the same data are the same bytes.

A generated table is a dict of columns: numpy arrays, or the Arrow arrays that the helpers here make where a column is
text, a date, or has gaps. Files carry neither pandas' nor Arrow's own schema notes, which differ between versions.
"""

import datetime as dt
import hashlib

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

_EPOCH = dt.date(1970, 1, 1)
_RETAIL_EPOCH = dt.date(2016, 1, 1)  # where day numbers of PT XYZ start

_WORTH_A_DICTIONARY = 1_024


def text(values):
    """Make a text column of a list of strings; ``None`` is a gap."""
    return pa.array(list(values), pa.string()).dictionary_encode()


def category(codes, names, missing=None):
    """Make a text column of positions in a list of names."""
    codes = np.asarray(codes)
    indices = pa.array(codes.astype(np.int32), mask=missing)
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(names), pa.string()))


def masked(values, missing):
    """Make a column of numbers with gaps where `missing` is true."""
    return pa.array(values, mask=missing)


def dates(days, missing=None, *, epoch=_RETAIL_EPOCH):
    """Make a date column of day numbers, of which 0 is the epoch."""
    return pa.array(np.asarray(days, dtype=np.int32) + np.int32((epoch - _EPOCH).days), mask=missing).view(pa.date32())


def as_dates(days):
    """Make a date column of `datetime.date`."""
    return pa.array(days, pa.date32())


def moments(days, seconds, missing=None, *, epoch=_RETAIL_EPOCH):
    """Make a date and time column of day numbers, of which 0 is the epoch, and seconds of the day."""
    since_1970 = (np.asarray(days, dtype=np.int64) + (epoch - _EPOCH).days) * 86_400 + seconds
    return pa.array(since_1970 * 1_000_000, mask=missing).view(pa.timestamp("us"))


def as_arrow(columns):
    """Make an Arrow table of a dict of columns."""
    return pa.table(
        {name: pa.array(values) if isinstance(values, np.ndarray) else values for name, values in columns.items()}
    )


def write_parquet(columns, path):
    """Write a dict of columns as a Parquet file whose bytes depend on the data and the version of pyarrow only.

    Returns
    -------
    pyarrow.Table
        What was written.
    """
    table = as_arrow(columns)
    rising = [name for name, values in zip(table.column_names, table.columns, strict=True) if _rising(values)]
    # many different numbers are not worth a dictionary, which would only make the file larger
    varied = [name for name in table.column_names if name not in rising and _varied(table[name])]
    pq.write_table(
        table,
        path,
        compression="zstd",
        compression_level=12,
        version="2.6",
        row_group_size=122_880,  # what DuckDB reads as one unit
        store_schema=False,
        use_dictionary=[name for name in table.column_names if name not in rising and name not in varied],
        column_encoding=dict.fromkeys(rising, "DELTA_BINARY_PACKED"),
    )
    return table


def _whole(values):
    return pa.types.is_integer(values.type) or pa.types.is_date32(values.type)


def _rising(values):
    """Tell whether whole numbers come in order, as ids and days of facts do."""
    if not _whole(values) or values.null_count:
        return False
    numbers = _as_numbers(values).to_numpy()
    return bool((numbers[1:] >= numbers[:-1]).all())


def _varied(values):
    if pa.types.is_timestamp(values.type):
        return True
    return _whole(values) and len(pc.unique(values)) > _WORTH_A_DICTIONARY


def content_hash(table):
    """Hash what a table says, column by column, whatever wrote it.

    Parameters
    ----------
    table : pyarrow.Table

    Returns
    -------
    str
        SHA-256 of the names, the types and the values.
    """
    digest = hashlib.sha256()
    for name, column in zip(table.column_names, table.columns, strict=True):
        values = column.combine_chunks()
        if pa.types.is_dictionary(values.type):
            values = values.cast(pa.string())
        digest.update(f"{name}:{values.type}:{len(values)}\n".encode())
        gaps = values.is_null().to_numpy(zero_copy_only=False)
        digest.update(np.packbits(gaps).tobytes())
        if pa.types.is_string(values.type):
            filled = values.fill_null("")
            lengths = pc.binary_length(filled).to_numpy().astype("<i4")
            digest.update(lengths.tobytes())
            digest.update("".join(filled.to_pylist()).encode())
        else:
            plain = _as_numbers(values).fill_null(0).to_numpy(zero_copy_only=False)
            digest.update(np.ascontiguousarray(plain.astype(plain.dtype.newbyteorder("<"))).tobytes())
    return digest.hexdigest()


def _as_numbers(values):
    """Give dates, times and answers as the numbers they are kept as."""
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if pa.types.is_date32(values.type):
        return values.view(pa.int32())
    if pa.types.is_timestamp(values.type):
        return values.view(pa.int64())
    return values.cast(pa.int8()) if pa.types.is_boolean(values.type) else values
