"""Text files with separators: encoding, separator, header, and the lines that do not fit under it."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import UserError
from .headers import find_header
from .questions import Question
from .raw import Limits, RawTable, Refused, column_names

if TYPE_CHECKING:
    import pandas as pd

    from ..schema import Table

__all__ = ["SEPARATORS", "decode", "guess_separator", "read_delimited"]

SEPARATORS = (",", ";", "\t", "|")
_SAMPLE_RECORDS = 300
_SAMPLE_CHARACTERS = 400_000


def decode(data: bytes, name: str, encoding: str | None = None) -> tuple[bytes, str]:
    """The bytes of a text file as UTF-8 without a byte order mark, and the encoding they were in.

    Examples
    --------
    >>> decode("é".encode("cp1252"), "a.csv")
    (b'\\xc3\\xa9', 'cp1252')
    >>> decode(b"\\xef\\xbb\\xbfa;b", "a.csv")
    (b'a;b', 'utf-8')
    """
    if encoding:
        try:
            text = data.decode(encoding)
        except LookupError:
            raise UserError("ingest.unknown_encoding", table=name, found=encoding) from None
        except UnicodeDecodeError as error:
            row = data.count(b"\n", 0, error.start) + 1
            raise UserError("ingest.wrong_encoding", table=name, rows=[row], found=encoding) from None
        return text.lstrip("\ufeff").encode(), codecs.lookup(encoding).name.removesuffix("-sig")
    for mark, marked in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            if marked == "utf-8":
                data = data.removeprefix(mark)
                break
            return decode(data, name, marked)[0], marked
    head = data[:4096]
    if b"\0" in head:
        # text in UTF-16 without a mark has a zero in every second byte
        for marked, zeros, others in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
            if zeros.count(0) > 0.4 * len(zeros) and b"\0" not in others:
                return decode(data, name, marked)
        raise UserError("ingest.not_text", table=name)
    try:
        codecs.decode(data, "utf-8")
    except UnicodeDecodeError:
        # five bytes mean nothing in Windows-1252; Latin-1 lets them pass as control characters
        try:
            return data.decode("cp1252").encode(), "cp1252"
        except UnicodeDecodeError:
            return data.decode("latin-1").encode(), "latin-1"
    return data, "utf-8"


def _unwrap(data: bytes) -> bytes:
    """Take off the quotes around whole lines, which a spreadsheet adds to a CSV file that it did not split."""
    filled = [line for line in data[:_SAMPLE_CHARACTERS].splitlines()[:_SAMPLE_RECORDS] if line.strip()]
    if len(filled) < 2 or not all(line[:1] == b'"' == line[-1:] and len(line) > 1 for line in filled):
        return data
    text = b"\n".join(filled).decode("utf-8", "ignore")
    # under every separator each line is one cell, and the cells hold separators
    if any(len(record) != 1 for s in SEPARATORS for record in _records(text, s)):
        return data
    if not all(any(s in record[0] for s in SEPARATORS) for record in _records(text, ",")):
        return data
    lines = data.splitlines()
    return b"\n".join(line[1:-1].replace(b'""', b'"') if line[:1] == b'"' == line[-1:] else line for line in lines)


def _records(text: str, separator: str) -> list[list[str]]:
    return [record for record, _ in _numbered(text, separator)]


def _numbered(text: str, separator: str) -> list[tuple[list[str], int]]:
    """The first records of a text, and on which line each ends."""
    out: list[tuple[list[str], int]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for record in reader:
            out.append((record, reader.line_num))
            if len(out) >= _SAMPLE_RECORDS:
                break
    except csv.Error:
        pass  # the sample may be cut inside a quoted field; what was read so far is enough to guess from
    return out


def guess_separator(text: str, contract: Table) -> str | None:
    """The separator under which most records have the header's width; ``None`` where two do equally well.

    Examples
    --------
    >>> from crmlab.schema import SALES
    >>> guess_separator("tgl;harga\\n1/2/2020;1,5\\n2/2/2020;2,5\\n", SALES)
    ';'
    """
    scores = []
    for separator in SEPARATORS:
        records = [r for r in _records(text, separator) if any(c.strip() for c in r)]
        if not records:
            continue
        width, often = Counter(len(r) for r in records).most_common(1)[0]
        header, known = find_header(records, contract)
        wide = len(records[header]) if header is not None else 0
        fits = often / len(records)
        scores.append(((known, wide == width and width > 1, round(fits, 2), width), separator))
    scores.sort(reverse=True)
    if not scores or scores[0][0][3] < 2 and scores[0][0][0] < 1:
        return ","  # a single column: any separator will do
    if len(scores) > 1 and scores[0][0][:3] == scores[1][0][:3] and scores[1][0][3] > 1:
        return None
    return scores[0][1]


def read_delimited(
    path: Path,
    contract: Table,
    *,
    separator: str | None = None,
    encoding: str | None = None,
    header_row: int | None = None,
    limits: Limits,
) -> RawTable:
    """Read a CSV file as texts; see :func:`crmlab.ingest.read`."""
    import numpy as np

    name = path.name
    size = path.stat().st_size
    if size == 0:
        raise UserError("ingest.empty_file", table=name)
    limits.check("bytes", size, name)
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    data, encoding = decode(data, name, encoding)
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")  # line ends of old Macs
    if not data.strip():
        raise UserError("ingest.empty_file", table=name)
    data = _unwrap(data)
    sample = data[:_SAMPLE_CHARACTERS].decode("utf-8", "ignore")
    skipped = 0
    if sample[:4].lower() == "sep=" and len(sample) > 4:  # Excel's own hint in the first line
        separator = separator or sample[4]
        skipped = 1
        data = data.partition(b"\n")[2]
        sample = data[:_SAMPLE_CHARACTERS].decode("utf-8", "ignore")
    if separator is None:
        separator = guess_separator(sample, contract)
        if separator is None:
            raise UserError(
                "ingest.separator_unclear",
                table=name,
                wanted=tuple(_spoken(s) for s in SEPARATORS),
                questions=(Question("separator", None, SEPARATORS),),
            )
    elif len(separator) != 1:
        raise UserError("ingest.wrong_separator", table=name, found=separator)
    numbered = _numbered(sample, separator)
    records = [record for record, _ in numbered]
    at = find_header(records, contract)[0] if header_row is None else header_row - 1 - skipped
    if at is None:
        raise UserError("ingest.no_header", table=name)
    if not 0 <= at < len(records):
        raise UserError("ingest.no_such_header_row", table=name, found=header_row)
    _one_column(records[at], separator, name)
    names = column_names(_widen(records[at], records[at + 1 :]))
    limits.check("columns", len(names), name)
    _torn_numbers(records[at], records[at + 1 :], len(names), at + 2 + skipped, separator, name)
    body = _after_line(data, numbered[at][1])
    table, bad = _parse(body, names, separator, limits, name)
    first = at + 2 + skipped
    places = np.arange(first, first + table.num_rows + len(bad))
    if bad:
        places = places[~np.isin(places, [r.number + first - 1 for r in bad])]
    refused = [
        Refused(r.number + first - 1, "ragged_row", r.text[: limits.cell], _cells(r.text, separator, len(names)))
        for r in bad
        if r.text.strip()
    ]
    frame, places, blank = drop_blank(table.to_pandas(), places)
    frame = drop_nameless(frame)
    limits.check("rows", len(frame), name)
    return RawTable(
        name,
        "csv",
        frame,
        places,
        refused=refused,
        blank_rows=blank + len(bad) - len(refused),
        header_row=first - 1,
        title=tuple(" ".join(c for c in r if c.strip()) for r in records[:at] if any(c.strip() for c in r)),
        guesses={"separator": separator, "encoding": encoding},
        hash=digest,
    )


def _spoken(separator: str) -> str:
    return {"\t": "\\t"}.get(separator, separator)


def _widen(header: list[str], below: list[list[str]]) -> list[str]:
    """Give nameless columns a place where most records are wider than the header."""
    if not below:
        return header
    width = Counter(len(r) for r in below if any(c.strip() for c in r)).most_common(1)
    return header + [""] * (width[0][0] - len(header)) if width else header


_HEAD = re.compile(r"(?i)[-+(]?\s*(rp\.?|idr|\$)?\s*[-+]?\d{1,3}")
_TAIL = re.compile(r"\d{2,3}(\.\d+)?\)?")


def _torn_numbers(header: list[str], below: list[list[str]], width: int, first: int, separator: str, name: str) -> None:
    """Refuse a file whose numbers hold its separator: ``Rp1,250`` without quotes stands in two cells.

    Its records are wider than the header then, and every column after the number would be read for another one.
    """
    named = max((i for i, c in enumerate(header, 1) if c.strip()), default=0)
    if separator != "," or width <= named:
        return
    wide = [(row, r) for row, r in enumerate(below, first) if len(r) == width and r[-1].strip()]
    torn = {
        row: f"{a.strip()},{b.strip()}"
        for row, r in wide
        for a, b in pairwise(r)
        if _HEAD.fullmatch(a.strip()) and _TAIL.fullmatch(b.strip())
    }
    if len(torn) > 0.8 * len(wide):
        found = tuple(dict.fromkeys(torn.values()))[:3]
        raise UserError("ingest.torn_numbers", table=name, rows=list(torn), found=found)


def _one_column(header: list[str], separator: str, name: str) -> None:
    if len([c for c in header if c.strip()]) > 1:
        return
    text = header[0] if header else ""
    others = [s for s in SEPARATORS if s != separator and s in text]
    if others:
        raise UserError("ingest.one_column", table=name, found=_spoken(separator), near=[_spoken(s) for s in others])


def _after_line(data: bytes, n: int) -> bytes:
    """What follows the ``n`` th line."""
    end = -1
    for _ in range(n):
        end = data.find(b"\n", end + 1)
        if end < 0:
            return b""
    return data[end + 1 :]


def _parse(data: bytes, names: list[str], separator: str, limits: Limits, name: str) -> tuple[Any, list[Any]]:
    """All records below the header as texts, and those that have too few or too many cells."""
    import pyarrow.compute as pc

    bad: list[Any] = []
    table = _arrow_csv(data, names, separator, bad, True, name)
    if data.count(b'"') % 2:
        # an odd number of quotes: if one swallowed the lines after it, read the quotes as plain characters
        swallowed = any(pc.any(pc.match_substring(c, "\n")).as_py() for c in table.columns) or any(
            "\n" in r.text for r in bad
        )
        if swallowed:
            bad.clear()
            table = _arrow_csv(data, names, separator, bad, False, name)
    longest = max((pc.max(pc.binary_length(c)).as_py() or 0 for c in table.columns), default=0)
    limits.check("cell", longest, name)
    return table, bad


def _arrow_csv(data: bytes, names: list[str], separator: str, bad: list[Any], quotes: bool, name: str) -> Any:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    def put_aside(row: Any) -> str:
        bad.append(row)
        return "skip"

    try:
        return arrow_csv.read_csv(
            pa.BufferReader(data),
            # one thread, or the places of refused rows are not known
            read_options=arrow_csv.ReadOptions(use_threads=False, column_names=names, block_size=1 << 24),
            parse_options=arrow_csv.ParseOptions(
                delimiter=separator,
                newlines_in_values=quotes,
                quote_char='"' if quotes else False,
                ignore_empty_lines=False,
                invalid_row_handler=put_aside,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False
            ),
        )
    except pa.ArrowInvalid as error:
        if "Empty CSV" in str(error):
            return pa.table({n: pa.array([], pa.string()) for n in names})
        raise UserError("ingest.unreadable_csv", table=name, found=str(error).splitlines()[0]) from None


def _cells(text: str, separator: str, width: int) -> tuple[str, ...]:
    """What can be laid of a refused line under the header."""
    return tuple(next(iter(_records(text, separator)), [])[:width])


def drop_blank(frame: pd.DataFrame, places: Any) -> tuple[pd.DataFrame, Any, int]:
    """Take out the rows in which no cell holds anything."""
    import numpy as np

    empty = np.ones(len(frame), dtype=bool)
    for column in frame:
        if not empty.any():
            break
        at = np.flatnonzero(empty)
        cells = frame[column].iloc[at]
        blank = cells.isna().to_numpy()
        if cells.dtype.kind not in "iufbM":
            blank = blank | (cells.astype("str").str.strip() == "").to_numpy(dtype=bool, na_value=False)
        empty[at] = blank
    if not empty.any():
        return frame, places, 0
    return frame[~empty].reset_index(drop=True), places[~empty], int(empty.sum())


def drop_nameless(frame: pd.DataFrame) -> pd.DataFrame:
    """Take out the columns that have neither a name nor a value, as a separator at the end of each line makes them."""
    nameless = [
        c
        for c in frame
        if c.startswith("column_") and (frame[c].isna() | (frame[c].astype("str").str.strip() == "")).all()
    ]
    return frame.drop(columns=nameless)
