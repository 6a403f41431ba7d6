"""Personal data: recognised by a column's name or by what stands in it, and masked before it is shown or exported.

Light on purpose: plain Python, so that an app can mask the rows of a drill-through without loading pandas.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

__all__ = [
    "KINDS",
    "find_personal",
    "mask",
    "mask_email",
    "mask_name",
    "mask_number",
    "mask_rows",
    "missing",
    "personal_kind",
]

KINDS = ("phone", "email", "nik", "name", "address", "birth_date", "text")
"""What a personal column holds; each kind is masked in its own way."""

DOT = "•"

# a header is a kind when it holds one of these words (words joined by "_" in their order)
_WORDS = {
    "email": ("email", "e_mail", "surel"),
    "phone": ("phone", "telepon", "telpon", "telp", "hp", "handphone", "whatsapp", "no_wa", "nomor_wa", "mobile"),
    "nik": ("nik", "ktp", "npwp", "paspor", "passport", "no_kk", "national_id"),
    "address": ("alamat", "address"),
    "birth_date": ("tgl_lahir", "tanggal_lahir", "birth_date", "birthdate", "date_of_birth", "dob", "born_on"),
    "name": (
        *("customer", "customer_name", "nama_pelanggan", "nama_plg", "nama_pembeli", "nama_customer", "nama_member"),
        *("nama_anggota", "nama_lengkap", "nama_pasien", "nama_kontak", "nama_depan", "nama_belakang", "penerima"),
        *("nama_penerima", "nama_pemesan", "nama_pengirim", "nama_konsumen", "nama_klien", "nama_panggilan"),
        *("full_name", "first_name", "last_name", "contact_name", "recipient", "recipient_name", "username"),
    ),
    "text": ("comment", "comments", "komentar"),
}
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$")
# a spreadsheet takes the zero from 0812...; without it 80 is no operator's prefix, but begins many document numbers
_PHONE = re.compile(r"^(?:(?:\+62|62|0)[\s.-]?8\d|8[1-9]\d)([\s.-]?\d){6,11}$")
_NIK = re.compile(r"^\d{16}$")
_ENOUGH = 0.6
_NAMES = ("name", "nama")
_REMARKS = ("note", "notes", "catatan", "keterangan", "remark", "remarks", "message", "pesan")
_TELLS_A_PERSON = {"phone", "email", "nik", "birth_date"}


def _key(column: str) -> str:
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", str(column))
    return re.sub(r"[^0-9a-z]+", "_", text.lower()).strip("_")


def personal_kind(column: str, values: Iterable[Any] = ()) -> str | None:
    """Which kind of personal data a column holds; ``None`` where nothing points to it.

    Its name tells, else most of its values.

    Names of people are recognised by the column's name only: no pattern tells ``Budi`` from a brand.

    Examples
    --------
    >>> personal_kind("No. HP"), personal_kind("quantity")
    ('phone', None)
    >>> personal_kind("Kontak", ["0812-3456-7890", "+62 813 555 0123"])
    'phone'
    """
    key = f"_{_key(column)}_"
    for kind, words in _WORDS.items():
        if kind in ("name", "text"):
            if key.strip("_") in words:
                return kind
        elif any(f"_{word}_" in key for word in words):
            return kind
    shown = [str(v).strip() for v in values if not missing(v) and str(v).strip()]
    if shown:
        for kind, pattern in (("email", _EMAIL), ("nik", _NIK), ("phone", _PHONE)):
            if sum(bool(pattern.match(v)) for v in shown) >= _ENOUGH * len(shown):
                return kind
    return None


def find_personal(
    columns: Iterable[str],
    rows: Sequence[Mapping[str, Any]] = (),
    declared: Iterable[str] = (),
    *,
    persons: bool = False,
) -> dict[str, str]:
    """The personal columns among ``columns`` and their kinds; ``declared`` ones count whatever they look like.

    A column that is only called ``name`` may name a product; beside a phone number or a birthday, or where it is known
    that a row is a person (``persons``), it names a person.

    Examples
    --------
    >>> find_personal(["order_id", "phone", "nickname"], declared=["nickname"])
    {'phone': 'phone', 'nickname': 'name'}
    >>> find_personal(["name", "email"]), find_personal(["name", "price"])
    ({'name': 'name', 'email': 'email'}, {})
    """
    columns, declared = list(columns), set(declared)
    found: dict[str, str] = {}
    for column in columns:
        kind = personal_kind(column, (row.get(column) for row in rows[:200]))
        if kind or column in declared:
            found[column] = kind or "name"
    if persons or not _TELLS_A_PERSON.isdisjoint(found.values()):
        found |= {c: "name" for c in columns if c not in found and _key(c) in _NAMES}
    if persons:
        found |= {c: "text" for c in columns if c not in found and _key(c) in _REMARKS}
    return {c: found[c] for c in columns if c in found}


def mask_number(value: str, head: int = 4, tail: int = 3) -> str:
    """A phone number or NIK with its middle digits hidden.

    Examples
    --------
    >>> mask_number("081234567890")
    '0812•••••890'
    >>> mask_number("12345")
    '•••••'
    """
    text = str(value)
    digits = [i for i, c in enumerate(text) if c.isdigit()]
    if len(digits) < head + tail + 3:  # too few left to hide anyone
        return "".join(DOT if c.isdigit() else c for c in text)
    hidden = set(digits[head:-tail] if tail else digits[head:])
    return "".join(DOT if i in hidden else c for i, c in enumerate(text))


def mask_email(value: str) -> str:
    """An e-mail address of which the first letter and the host stay.

    Examples
    --------
    >>> mask_email("siti.rahma@contoh.id")
    's••••@contoh.id'
    """
    local, at, host = str(value).partition("@")
    return f"{local[:1]}{DOT * 4}{at}{host}" if at else DOT * 4


def mask_name(value: str) -> str:
    """A name of which the initials stay.

    Examples
    --------
    >>> mask_name("Siti Rahma"), mask_name("Budi"), mask_name(7)
    ('S••• R•••', 'B•••', '•••')
    """
    # a word of one letter, or a number of one digit, would be all told by its first
    return " ".join((word[:1] if len(word) > 1 else "") + DOT * 3 for word in str(value).split())


def missing(value: Any) -> bool:
    """Whether a value is none: ``None``, NaN, pandas' ``NA`` and ``NaT``.

    Examples
    --------
    >>> missing(None), missing(float("nan")), missing(""), missing(0), missing(False)
    (True, True, False, False, False)
    """
    # NA answers a comparison with NA, which is neither true nor false
    return value is None or type(value).__name__ == "NAType" or bool(value != value)


def mask(value: Any, kind: str) -> Any:
    """One value of a personal column, masked; missing stays missing.

    Examples
    --------
    >>> mask("0812 3456 7890", "phone"), mask(None, "email"), mask("1990-05-17", "birth_date")
    ('0812 •••• •890', None, '1990')
    """
    if missing(value):
        return None
    text = str(value)
    if not text:
        return value
    if kind == "phone":
        # +62 and the operator's prefix stay, so that the number is recognised by who has it
        return mask_number(text, head=5 if text.lstrip("+").startswith("62") else 4)
    if kind == "nik":
        return mask_number(text, head=0, tail=4) if len(text) > 8 else DOT * len(text)
    if kind == "email":
        return mask_email(text)
    if kind == "birth_date":
        year = re.search(r"(19|20)\d{2}", text)
        return year[0] if year else DOT * 4
    if kind in ("address", "text"):
        return DOT * 4
    return mask_name(text)


def mask_rows(rows: Iterable[Mapping[str, Any]], personal: Mapping[str, str]) -> list[dict[str, Any]]:
    """Rows as plain dictionaries, masked; ``personal`` is what :func:`find_personal` returns.

    Examples
    --------
    >>> mask_rows([{"phone": "081234567890", "amount": 5}], {"phone": "phone"})
    [{'phone': '0812•••••890', 'amount': 5}]
    """
    kinds = dict(personal)
    return [{c: mask(v, kinds[c]) if c in kinds else v for c, v in row.items()} for row in rows]
