"""Classes of personal data as UU 27/2022 names them, recognised by what a column is called.

Article 4 tells *specific* data (health, biometrics, genetics, criminal record, children, personal finance) from
*general* data. A name is a hint and no proof: a person must confirm what is found here, and look for what is not.
"""

from __future__ import annotations

from functools import lru_cache

from .masking import _key, personal_kind

__all__ = ["GENERAL", "SPECIFIC", "data_class", "specific"]

SPECIFIC: dict[str, tuple[str, ...]] = {
    "health": (
        *("diagnosis", "diagnoses", "diagnosa", "icd", "icd10", "allergy", "allergies", "alergi", "chronic"),
        *("chronic_condition", "kondisi_kronis", "medical", "medical_record", "medical_record_number", "rekam_medis"),
        *("no_rm", "disease", "penyakit", "symptom", "gejala", "keluhan_medis", "prescription", "resep", "obat"),
        *("medication", "blood_type", "golongan_darah", "disability", "disabilitas", "pregnant", "hamil", "lab_result"),
        *("hasil_lab", "treatment", "health_condition", "kesehatan", "vaccine", "vaksin"),
    ),
    "biometric": ("fingerprint", "sidik_jari", "iris", "retina", "face_image", "foto_wajah", "biometric", "biometrik"),
    "genetic": ("dna", "genome", "genetic", "genetik", "genetika"),
    "crime": ("criminal_record", "catatan_kejahatan", "catatan_kriminal", "skck", "conviction"),
    "child": ("child_name", "nama_anak", "child_birth_date", "anak_ke", "guardian", "wali", "child_age", "umur_anak"),
    "finance": (
        *("salary", "gaji", "income", "penghasilan", "bank_account", "no_rekening", "nomor_rekening", "rekening"),
        *("credit_card_number", "nomor_kartu", "card_number", "credit_score", "savings", "tabungan", "deposito"),
        *("pinjaman", "loan_balance", "net_worth"),
    ),
}
GENERAL: dict[str, tuple[str, ...]] = {
    "identity": ("name", "nama", "national_id", "nik", "ktp", "npwp", "passport", "paspor"),
    "gender": ("gender", "sex", "jk", "jenis_kelamin"),
    "nationality": ("nationality", "kewarganegaraan", "citizenship"),
    "religion": ("religion", "agama"),
    "marital_status": ("marital_status", "status_perkawinan", "status_nikah"),
    "combined": (
        *("birth_date", "born_on", "tgl_lahir", "tanggal_lahir", "address", "alamat", "postcode", "kode_pos"),
        *("phone", "telepon", "no_hp", "hp", "email", "surel", "occupation", "pekerjaan", "ip_address", "latitude"),
        *("longitude", "customer_id", "pelanggan_id", "patient_id", "comment", "komentar"),
    ),
}
_NUMBERS = ("nik", "ktp", "npwp", "national_id")
_KINDS = {"nik": "identity", "name": "identity"}


@lru_cache(maxsize=4096)
def data_class(column: str) -> tuple[str, str] | None:
    """Class and kind of the personal data that a column of this name probably holds; ``None`` where none.

    Examples
    --------
    >>> data_class("Golongan Darah"), data_class("jenis_kelamin"), data_class("quantity")
    (('specific', 'health'), ('general', 'gender'), None)
    """
    key = _key(column)
    for group, kinds in (("specific", SPECIFIC), ("general", GENERAL)):
        for kind, words in kinds.items():
            if group == "general" and kind == "identity":
                hit = key in words or any(f"_{word}_" in f"_{key}_" for word in _NUMBERS)
            else:
                hit = any(f"_{word}_" in f"_{key}_" for word in words)
            if hit:
                return group, kind
    kind = personal_kind(column)
    return ("general", _KINDS.get(kind, "combined")) if kind else None


def specific(column: str) -> str | None:
    """The kind of specific data that a column of this name probably holds.

    Examples
    --------
    >>> specific("diagnosis_group"), specific("revenue")
    ('health', None)
    """
    found = data_class(column)
    return found[1] if found and found[0] == "specific" else None
