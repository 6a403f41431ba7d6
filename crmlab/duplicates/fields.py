"""Which column says what about a person: told, or guessed from the columns' names and said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ..errors import UserError, suggest

__all__ = ["FIELDS", "guess", "settle"]

FIELDS = ("name", "phone", "email", "national_id", "born_on", "address", "city", "postcode", "gender")
"""What rows are compared by."""

# headers, the likeliest first; words joined by "_"
_HEADERS = {
    "name": "name nama full_name nama_lengkap customer_name nama_pelanggan nama_plg nm_pelanggan nama_pasien "
    "nama_member nama_anggota nama_customer nama_karyawan nama_kontak patient_name contact_name customer",
    "phone": "phone no_hp hp telepon no_telepon telp no_telp telpon nomor_hp nomor_telepon handphone mobile "
    "phone_number no_wa wa whatsapp nomor_wa no_whatsapp",
    "email": "email e_mail surel alamat_email email_address",
    "national_id": "national_id nik no_ktp ktp nomor_ktp nik_palsu no_nik identity_number",
    "born_on": "born_on tgl_lahir tanggal_lahir birth_date date_of_birth dob birthdate lahir",
    "address": "address alamat alamat_rumah street alamat_lengkap",
    "city": "city kota kabupaten kota_kabupaten kab_kota nama_kota city_id",
    "postcode": "postcode kode_pos kodepos postal_code zip zip_code",
    "gender": "gender jk jenis_kelamin kelamin sex l_p jns_kelamin",
}


def _key(header: object) -> str:
    return re.sub(r"[^0-9a-z]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", str(header)).lower()).strip("_")


def guess(columns: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """The columns that look like fields, by their names.

    Examples
    --------
    >>> guess(["KODE_PLG", "NAMA", "NO_HP", "TGL_LAHIR", "MEMBER"])
    {'name': 'NAMA', 'phone': 'NO_HP', 'born_on': 'TGL_LAHIR'}
    """
    taken = set(taken)
    by_key: dict[str, str] = {}
    for column in columns:
        if column not in taken:
            by_key.setdefault(_key(column), column)
    found = {}
    for field in FIELDS:
        header = next((h for h in _HEADERS[field].split() if h in by_key), None)
        if header is not None:
            found[field] = by_key[header]
    return found


def settle(
    columns: Iterable[str], key: str, told: Mapping[str, str | None] | None
) -> tuple[dict[str, str], tuple[str, ...]]:
    """The column of each field, and which of them were guessed.

    What is told stands; ``None`` leaves a field out; the rest is guessed from the names of the other columns.

    Raises
    ------
    UserError
        A column or a field that does not exist, two columns of one name, or nothing to compare.
    """
    columns = [str(c) for c in columns]
    told = dict(told or {})
    if twice := sorted({c for c in columns if columns.count(c) > 1}):
        raise UserError("duplicates.column_twice", found=twice)
    if key not in columns:
        raise UserError("duplicates.no_column", wanted=columns, found=key, near=suggest(key, columns))
    for field, column in told.items():
        if field not in FIELDS:
            raise UserError("duplicates.unknown_field", wanted=FIELDS, found=field, near=suggest(str(field), FIELDS))
        if column is not None and column not in columns:
            raise UserError("duplicates.no_column", wanted=columns, found=column, near=suggest(str(column), columns))
    guessed = guess(columns, {key, *(c for c in told.values() if c)})
    used = {f: c for f, c in {**guessed, **told}.items() if c is not None}
    used = {f: used[f] for f in FIELDS if f in used}
    if not {"name", "phone", "email", "national_id"} & set(used):
        raise UserError("duplicates.nothing_to_compare", found=columns)
    return used, tuple(f for f in used if f not in told)
