"""E-mail addresses and NIK: brought to one spelling, and checked for what their form can tell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from ...results import Note
from .standardised import Standardised, data, each_distinct, finish, texts

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["email", "nik"]

_ADDRESS = re.compile(r"^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$")
_HOST = re.compile(r"^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}$")


def email(values: Any) -> Standardised:
    """E-mail addresses in lower case, checked for their form; probable typing errors are named, not mended.

    Parameters
    ----------
    values : pandas.Series, pyarrow.Array or sequence of str

    Returns
    -------
    Standardised
        ``detail``: ``suggestion``, an address that was probably meant (``gmial.com``): ask the customer.

    Examples
    --------
    >>> got = email([" Siti.Rahma@Contoh.ID", "budi@gmial.com", "budi@contoh", "siti.contoh.id"])
    >>> got.values.tolist(), got.reasons.tolist()[2:]
    (['siti.rahma@contoh.id', 'budi@gmial.com', nan, nan], ['no_dot_in_host', 'no_at_sign'])
    >>> got.detail["suggestion"].tolist()[1]
    'budi@gmail.com'
    """
    typos = data("contacts.toml")["typos"]
    fake = frozenset(data("contacts.toml")["placeholders"]["whole"])

    def read(text: str) -> tuple[str | None, str | None, str | None]:
        low = re.sub(r"^(?:mailto:|e-?mail\s*:)\s*|^<|>$", "", text.strip().lower()).strip(" .,;<>\"'")
        if "@" not in low:
            return None, "no_at_sign", None
        local, _, host = low.rpartition("@")
        if re.search(r"[;,\s/]", low) and low.count("@") > 1:
            return None, "several_addresses", None
        if "@" in local or re.search(r"\s", low):
            return None, "not_an_address", None
        if "." not in host:
            return None, "no_dot_in_host", None
        if low in fake:
            return None, "placeholder", None
        if not _ADDRESS.match(local) or not _HOST.match(host):
            return None, "not_an_address", None
        return low, None, f"{local}@{typos[host]}" if host in typos else None

    column = texts(values)
    parts = _careful_where_needed(column, read, (*typos, *fake))
    n = int(parts["suggestion"].notna().sum())
    notes = [Note("standardise.note.likely_typos", {"n": n})] if n else []
    return finish(
        "email",
        values,
        parts["value"],
        parts["reason"],
        detail={"suggestion": parts["suggestion"].astype("str").to_numpy()},
        facts={"likely_typos": n},
        notes=notes,
    )


def _careful_where_needed(
    column: pd.Series, read: Callable[[str], tuple[Any, ...]], special: tuple[str, ...]
) -> dict[str, pd.Series]:
    """Most addresses are plain and right: Arrow knows them in one sweep, and only the others are read one by one."""
    import numpy as np
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    array = pa.array(column.reset_index(drop=True), type=pa.large_string(), from_pandas=True)
    plain = pc.match_substring_regex(array, r"^[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9]+\.)+[a-z]{2,24}$")
    odd = pc.match_substring_regex(array, "(?:^|@)(?:" + "|".join(map(re.escape, special)) + ")$")
    easy = pc.fill_null(pc.and_(plain, pc.invert(odd)), False).to_numpy(zero_copy_only=False)
    names = ("value", "reason", "suggestion")
    parts = {name: np.full(len(column), None, dtype=object) for name in names}
    parts["value"][easy] = array.filter(pa.array(easy)).to_numpy(zero_copy_only=False)
    hard = np.flatnonzero(~easy)
    for name, part in each_distinct(column.iloc[hard].reset_index(drop=True), read, names).items():
        parts[name][hard] = part.to_numpy()
    return {name: pd.Series(part, index=column.index, dtype="object") for name, part in parts.items()}


@cache
def _regions() -> frozenset[str]:
    from .places import provinces

    # Papua's codes have changed, and a card keeps the one it was given
    return frozenset(provinces(38)["kemendagri"]) | frozenset(provinces(38)["bps"])


def nik(values: Any) -> Standardised:
    """NIK: sixteen digits that hold the region, the birthday and the sex of their owner.

    Digits 1 to 2 are the province, 7 to 12 the birthday as ddmmyy, with 40 added to the day of a woman. That tells of
    typing errors and of fields that contradict the card, not whether the card exists. Spreadsheets keep fifteen
    digits: a NIK that was a number there has lost its last one.

    Parameters
    ----------
    values : pandas.Series, pyarrow.Array or sequence

    Returns
    -------
    Standardised
        ``detail``: ``gender``, ``born_on`` (the century is the latest that is not in the future), ``made_up`` (the
        province is 00, as crmlab's people have it).

    Examples
    --------
    >>> got = nik(["3174 0152 0890 0003", "3174015208900003", "317401520890000", 3.174015208900003e15])
    >>> got.values.tolist()
    ['3174015208900003', '3174015208900003', nan, nan]
    >>> got.reasons.tolist()[2:], got.detail["gender"].tolist()[0], str(got.detail["born_on"].tolist()[0])[:10]
    (['not_16_digits', 'digits_lost'], 'female', '1990-08-12')
    """
    import pandas as pd

    series = values if isinstance(values, pd.Series) else pd.Series(list(values), dtype="object")
    floats = series.map(lambda v: isinstance(v, float) and v == v and abs(v) >= 1e15).to_numpy(dtype=bool)
    column = texts(series)
    today = dt.date.today()

    def read(text: str) -> tuple[Any, ...]:
        if re.fullmatch(r"\d([.,]\d+)?e\+?\d+", text.lower()):
            return None, "digits_lost", None, None, False
        digits = re.sub(r"[\s.\-']", "", text)
        if not re.fullmatch(r"[0-9]+", digits):
            return None, "not_a_number", None, None, False
        if len(set(digits)) == 1:
            return None, "placeholder", None, None, False
        if len(digits) != 16:
            return None, "not_16_digits", None, None, False
        made_up = digits[:2] == "00"
        if not made_up and digits[:2] not in _regions():
            return None, "unknown_region", None, None, False
        day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
        woman = day > 40
        full = 2000 + year if 2000 + year <= today.year else 1900 + year
        try:
            born = dt.date(full, month, day - 40 if woman else day)
        except ValueError:
            return None, "bad_birthday", None, None, made_up
        if digits[12:] == "0000":
            return None, "placeholder", None, None, made_up
        return digits, None, "female" if woman else "male", born, made_up

    parts = each_distinct(column, read, ("value", "reason", "gender", "born_on", "made_up"))
    value, reason = parts["value"].copy(), parts["reason"].copy()
    value[floats], reason[floats] = None, "digits_lost"
    lost = int((reason == "digits_lost").sum())
    notes = [Note("standardise.note.digits_lost", {"n": lost})] if lost else []
    made_up = parts["made_up"].map(lambda v: v is True) & value.notna()
    return finish(
        "nik",
        values,
        value,
        reason,
        detail={
            "gender": parts["gender"].where(value.notna()).astype("str").to_numpy(),
            "born_on": pd.to_datetime(parts["born_on"].where(value.notna())).to_numpy(dtype="datetime64[us]"),
            "made_up": made_up.to_numpy(dtype=bool),
        },
        facts={"made_up": int(made_up.sum())},
        notes=notes,
    )
