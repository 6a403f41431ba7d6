"""Phone numbers to E.164: ``0812-3456-7890``, ``62812...`` and ``(021) 555 0123`` all begin with ``+62``."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from ...errors import UserError
from ...results import Note
from .standardised import Standardised, data, each_distinct, finish, texts

__all__ = ["phone"]

_ONE_DIGIT = "|".join(f"{d}+" for d in "0123456789")
# all digits the same, an 8 and one digit ever after, or an operator's prefix and nothing but noughts
_PLACEHOLDER = re.compile(rf"^(?:{_ONE_DIGIT}|8(?:{_ONE_DIGIT})|8\d\d0+|123456(?:7(?:89?0?)?)?)$")
_SCIENTIFIC = re.compile(r"^\+?(\d)(?:[.,](\d+))?e\+?(\d{1,2})$", re.IGNORECASE)
_INVISIBLE = ("Cf", "Co", "So", "Mn")
# words that people write around a number
_LABEL = r"(?:no(?:mor)?|telp?|telepon|tlp|phone|hp|wa|whatsapp|mobile|fax|kantor|rumah)"
_MEANS_PHONE = re.compile(rf"^(?:{_LABEL}\b[\s.:]*)+|[\s(]*\b{_LABEL}[\s.)]*$", re.IGNORECASE)


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    told = data("phones.toml")
    short = f"(?:{'|'.join(told['short_areas'])}){told['short_rest']}"
    long = f"(?:{'|'.join(told['long_areas'])}){told['long_rest']}"
    return {
        "mobile": re.compile(f"^{told['mobile']}$"),
        "toll_free": re.compile(f"^{told['toll_free']}$"),
        "landline": re.compile(f"^(?:{short}|{long})$"),
        "several": re.compile(told["several"], re.IGNORECASE),
        "extension": re.compile(rf"\s*(?:{told['extension']})\s*[.:]?\s*(\d{{1,6}})\s*$", re.IGNORECASE),
    }


def phone(values: Any, *, area_code: str | None = None) -> Standardised:
    """Phone numbers in E.164, ``+6281234567890``.

    A number of another country is kept when it says so with ``+`` or ``00``. Digits that a spreadsheet has thrown away
    (``8.12E+11``) can't be found again: such a number is missing with the reason ``digits_lost``, never ``812`` and
    nine noughts, under which thousands of customers would meet.

    Parameters
    ----------
    values : pandas.Series, pyarrow.Array or sequence
        Texts or numbers.
    area_code : str, optional
        Where landline numbers without an area code are, as ``"021"``. Without it they are missing with the reason
        ``no_area_code``.

    Returns
    -------
    Standardised
        ``detail``: ``kind`` (``mobile``, ``landline``, ``toll_free``, ``foreign``), ``others`` (further numbers of the
        cell, in E.164, joined by a space), ``extension``.

    Raises
    ------
    UserError
        ``standardise.bad_area_code``.

    Examples
    --------
    >>> phone(["0812 3456 7890", 81234567890, "(021) 555-01234", "+65 9123 4567", "8.12E+11"]).values.tolist()
    ['+6281234567890', '+6281234567890', '+622155501234', '+6591234567', nan]
    >>> phone(["0812-1111-2222 / 0813-1111-2222"]).detail["others"].tolist()
    ['+6281311112222']
    """
    import numpy as np
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    area = None
    if area_code is not None:
        area = re.sub(r"\D", "", str(area_code)).removeprefix("62").removeprefix("0")
        if not _forms()["landline"].match(f"{area}1234567"):
            raise UserError("standardise.bad_area_code", found=area_code)
    column = texts(values)
    n = len(column)
    # most numbers are mobile and written with digits, spaces, dots and dashes: these go through Arrow in one sweep
    array = pa.array(column.reset_index(drop=True), type=pa.large_string(), from_pandas=True)
    digits = pc.replace_substring_regex(array, r"[\s().\-]+", "")
    digits = pc.replace_substring_regex(digits, r"^(?:\+?620?|0)?(8)", r"\1")
    told = data("phones.toml")
    free = pc.fill_null(pc.match_substring_regex(digits, f"^(?:{told['toll_free']})$"), False)
    easy = pc.or_(free, pc.match_substring_regex(digits, f"^(?:{told['mobile']})$"))
    fake = pc.match_substring_regex(digits, _PLACEHOLDER.pattern.replace("\\d", "[0-9]"))
    easy = pc.fill_null(pc.and_(easy, pc.invert(fake)), False).to_numpy(zero_copy_only=False)
    out = np.full(n, None, dtype=object)
    kind, reason = out.copy(), out.copy()
    others, extension = out.copy(), out.copy()
    if easy.any():
        mask = pa.array(easy)
        out[easy] = pc.replace_substring_regex(digits.filter(mask), "^8", "+628").to_numpy(zero_copy_only=False)
        kind[easy] = np.where(free.to_numpy(zero_copy_only=False)[easy], "toll_free", "mobile")
    hard = np.flatnonzero(~easy & column.notna().to_numpy())
    if len(hard):
        parts = each_distinct(
            column.iloc[hard].reset_index(drop=True),
            lambda text: _read(text, area),
            ("value", "reason", "kind", "others", "extension"),
        )
        for whole, part in zip((out, reason, kind, others, extension), parts.values(), strict=True):
            whole[hard] = part.to_numpy()
    detail = {"kind": pd.Series(kind), "others": pd.Series(others), "extension": pd.Series(extension)}
    kinds = {k: int((kind == k).sum()) for k in ("mobile", "landline", "toll_free", "foreign")}
    notes = []
    several = int(np.not_equal(others, None).sum())
    if several:
        notes.append(Note("standardise.note.several_phones", {"n": several}))
    lost = int((reason == "digits_lost").sum())
    if lost:
        notes.append(Note("standardise.note.digits_lost", {"n": lost}))
    return finish(
        "phone",
        values,
        pd.Series(out),
        pd.Series(reason),
        detail={k: v.astype("str").to_numpy() for k, v in detail.items()},
        params={"area_code": area_code},
        facts={**kinds, "distinct": len({v for v in out.tolist() if v is not None})},
        notes=notes,
    )


def _read(text: str, area: str | None) -> tuple[str | None, ...]:
    """One cell: its number, the reason why it has none, the number's kind, further numbers, the extension."""
    forms = _forms()
    if not text.isascii():  # full-width digits, marks of direction, emoji
        text = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c)[:2] not in _INVISIBLE)
    text = re.sub(r"\([^()\d]*\)", " ", text)  # (WA), (Ibu Budi)
    whole = _MEANS_PHONE.sub("", text.strip().strip("'\"`"))
    found, extension, first = [], None, None
    pieces = [whole]
    if not _SCIENTIFIC.match(whole):  # its comma marks decimals
        pieces = [p for p in forms["several"].split(whole) if re.search(r"\d", p)] or pieces
    for piece in pieces:
        number = _MEANS_PHONE.sub("", piece.strip())
        tail = forms["extension"].search(number)
        if tail and re.search(r"\d{5}", re.sub(r"\D", "", number[: tail.start()])):
            number = number[: tail.start()]
            extension = extension or tail[1]
        value, why, kind = _one(number, area)
        if value and value not in [f[0] for f in found]:
            found.append((value, kind))
        first = first or why
    if not found and len(pieces) > 1:  # 0812/3456/7890 is one number
        value, _, kind = _one(re.sub(r"[/,;|]", " ", whole), area)
        found = [(value, kind)] if value else []
    if not found:
        return None, first, None, None, None
    value, kind = found[0]
    return value, None, kind, " ".join(v for v, _ in found[1:]) or None, extension


def _one(text: str, area: str | None) -> tuple[str | None, str | None, str | None]:
    text = text.strip()
    power = _SCIENTIFIC.match(text)
    if power:
        whole, part, exponent = power[1], power[2] or "", int(power[3])
        if len(part) < exponent:  # the digits after the last one written are gone
            return None, "digits_lost", None
        text = (whole + part)[: exponent + 1]
    if re.search(r"[^\d\s().+\-/]", text):
        return None, "not_a_number", None
    digits = re.sub(r"\D", "", text)
    if not digits:
        return None, "not_a_number", None
    if _PLACEHOLDER.match(digits) or _PLACEHOLDER.match(_national(digits)):
        return None, "placeholder", None
    if text.lstrip(" (").startswith("+") and digits[0] != "0":  # nobody's country is 0: +0812 is 0812
        if not digits.startswith("62"):
            return _foreign(digits)
    elif digits.startswith("00") and not digits.startswith("0062"):
        return _foreign(digits[2:])
    national = _national(digits)
    for kind in ("mobile", "toll_free"):
        if _forms()[kind].match(national):
            return f"+62{national}", None, kind
    told = digits.startswith(("0", "62")) or text.lstrip(" (").startswith("+")
    if told and _forms()["landline"].match(national):
        return f"+62{national}", None, "landline"
    if not told and 5 <= len(digits) <= 8 and digits[0] != "8" or not told and 5 <= len(digits) <= 8 and area:
        if area is None:
            return None, "no_area_code", None
        national = area + digits
        if _forms()["landline"].match(national):
            return f"+62{national}", None, "landline"
    if not told and len(digits) > 8 and digits[0] != "8":
        return None, "no_prefix", None
    if len(national) < 9:
        return None, "too_short", None
    return None, "too_long" if len(national) > 12 else "unknown_prefix", None


def _national(digits: str) -> str:
    """Digits without the country code and the trunk 0."""
    if digits.startswith("0062"):
        digits = digits[2:]
    if digits.startswith("62"):
        rest = digits[2:].removeprefix("0")
        # 0623 is an area of Sumatra, but it would be written with its 0
        return rest if len(rest) >= 7 else digits
    return digits.removeprefix("0")


def _foreign(digits: str) -> tuple[str | None, str | None, str | None]:
    if 8 <= len(digits) <= 15 and digits[0] != "0":
        return f"+{digits}", None, "foreign"
    return None, "too_short" if len(digits) < 8 else "too_long", None
