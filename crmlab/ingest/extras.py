"""Columns that the contract does not know: a time of day beside the date, and what else a person keeps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..results import Note
from .clock import read_clock
from .columns import read_ids, read_texts
from .dates import read_dates
from .headers import key_of
from .numerals import read_numbers

if TYPE_CHECKING:
    import pandas as pd

    from .columns import Options, Typed

__all__ = ["add_clock", "type_extra"]

_SAMPLE = 300
_ID_WORDS = frozenset(
    [
        *(
            "id",
            "no",
            "nomor",
            "number",
            "kode",
            "kd",
            "code",
            "telp",
            "telepon",
            "telpon",
            "phone",
            "hp",
            "wa",
            "whatsapp",
        ),
        *("mobile", "nik", "ktp", "npwp", "pos", "zip", "postal", "barcode", "sku", "plu", "rekening"),
    ]
)
_CLOCKS = frozenset({"jam", "waktu", "time", "pukul", "jam_transaksi", "jam_order", "order_time", "waktu_transaksi"})


def add_clock(typed: Typed, frame: pd.DataFrame, used: set[str], when: str) -> str | None:
    """Join a time of day in a column of its own (``JAM``) to dates that have none; say which column it was."""
    import pandas as pd

    dates = typed.columns.get(when)
    if dates is None or not (dates.dropna() == dates.dropna().dt.normalize()).all():
        return None
    for name in frame.columns:
        if name not in used and key_of(name) in _CLOCKS:
            micros = read_clock(frame[name])
            if micros is not None:
                typed.columns[when] = dates + pd.Series(micros.astype("timedelta64[us]"))
                typed.notes.append(Note("ingest.note.clock_joined", {"column": name}))
                return name
    return None


def type_extra(name: str, raw: pd.Series, options: Options) -> tuple[pd.Series, str]:
    """A column that the contract does not know, typed only where nothing speaks against it; else as text."""
    import pandas as pd

    if (
        raw.dtype.kind in "iufbM"
        or str(raw.dtype) in ("Int64", "Float64", "boolean")
        or str(raw.dtype).startswith("datetime64")
    ):
        return raw.reset_index(drop=True), "as_is"
    if set(key_of(name).split("_")) & _ID_WORDS:
        return read_ids(raw), "text"
    texts = read_texts(raw)
    sample = texts.dropna().head(_SAMPLE)
    shown = sample.tolist()
    if not shown or not all(any(c.isdigit() for c in v) for v in shown):
        return texts, "text"
    # leading zeros, and digits as long as a phone number's: codes that only look like numbers
    if any(re.fullmatch(r"0\d+", v) for v in shown) or all(re.fullmatch(r"\d{10,}", v) for v in shown):
        return texts, "text"
    decimal, order = options.of("decimal", name, name), options.of("date_order", name, name)
    whole = len(raw) <= _SAMPLE
    if whole or not any(r == "unreadable_number" for r in read_numbers(sample, decimal=decimal).reasons):
        numbers = read_numbers(raw, decimal=decimal)
        if _all_read(numbers, decimal):
            values = pd.Series(numbers.values)
            counted = (values.dropna() % 1 == 0).all()
            return (values.astype("Int64") if counted and not numbers.percent else values), "number"
        if decimal is None and numbers.style.ask and not any(r == "unreadable_number" for r in numbers.reasons):
            return texts, "unclear"
    if whole or not any(r == "unreadable_date" for r in read_dates(sample, order=order).reasons):
        dates = read_dates(raw, order=order, timezone=options.timezone, today=options.today)
        if _all_read(dates, order):
            return pd.Series(dates.values), "date"
        if order is None and dates.style.ask and not any(r == "unreadable_date" for r in dates.reasons):
            return texts, "unclear"
    return texts, "text"


def _all_read(got: Any, said: str | None) -> bool:
    return not any(r is not None for r in got.reasons) and (said is not None or not got.style.ask)
