"""The reference way from the raw registration export to clean tables, with which students compare their own.

The habits of the old system are described in `crmlab.datasets.hospital.raw`.
"""

import re

from crmlab.datasets.hospital import patients, raw, visits

_GENDERS = {"L": "male", "P": "female"}
_OCCUPATIONS = dict(zip(raw.OCCUPATIONS, patients.OCCUPATIONS, strict=True))
_SOURCES = dict(zip(raw.SOURCES, patients.SOURCES, strict=True))
_ALLERGIES = dict(zip(raw.ALLERGIES, patients.ALLERGIES, strict=True))
_CONDITIONS = dict(zip(raw.CONDITIONS, patients.CONDITIONS, strict=True))
_UNITS = {code: k + 1 for k, code in enumerate(raw.UNITS)}
_DIAGNOSES = dict(zip(raw.DIAGNOSIS_CODES, visits.DIAGNOSES, strict=True))
_DAY = "TANGGAL"


def canonical_phone(text):
    """Write an Indonesian phone number the canonical way.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> canonical_phone("0800-0123-4567"), canonical_phone("62 800 0123 4567")
    ('+6280001234567', '+6280001234567')
    """
    digits = re.sub(r"\D", "", text)
    return "+62" + digits.removeprefix("62").removeprefix("0")


def canonical_name(text):
    """Write a name without its title and without capitals.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> canonical_name("Ny. SITI RAHAYU"), canonical_name("Budi Santoso")
    ('Siti Rahayu', 'Budi Santoso')
    """
    return re.sub(r"^(?:Tn|Ny|An)\. ", "", text).title()


def merge_map(register):
    """Tell which records of the register are one patient.

    One phone number, one birthday and one name make one patient. A name is the same when its letters are, in
    whatever order a hurried clerk typed them. Twins share the phone and the birthday, a mother and her child the phone.

    Parameters
    ----------
    register : pandas.DataFrame
        ``pasien`` as it was read.

    Returns
    -------
    pandas.Series
        By record number, the number of the patient's first record.
    """
    letters = register["NAMA"].map(canonical_name).map(lambda name: "".join(sorted(name.lower())))
    keys = [register["NO_HP"].map(canonical_phone), register["TGL_LAHIR"], letters]
    return register["NO_RM"].groupby(keys).transform("min").set_axis(register["NO_RM"])


def clean_patients(register, regions, payers):
    """Clean the register.

    Parameters
    ----------
    register : pandas.DataFrame
        ``pasien`` as it was read.
    regions, payers : pandas.DataFrame

    Returns
    -------
    pandas.DataFrame
        One row a patient, by id.
    """
    import pandas as pd

    kept = register[register["NO_RM"].isin(merge_map(register))]

    def day(texts):
        return pd.to_datetime(texts.where(texts != ""), format="%d/%m/%Y").astype("datetime64[ms]")

    return pd.DataFrame(
        {
            "patient_id": _number(kept["NO_RM"]),
            "name": kept["NAMA"].map(canonical_name),
            "national_id": kept["NIK"],
            "gender": kept["JK"].map(_GENDERS),
            "born_on": day(kept["TGL_LAHIR"]),
            "phone": kept["NO_HP"].map(canonical_phone),
            "whatsapp_active": kept["WA"] == "Y",
            "address": kept["ALAMAT"],
            "city_id": kept["KOTA"].map(regions.set_index("city")["city_id"]),
            "occupation": kept["PEKERJAAN"].map(_OCCUPATIONS),
            "payer_id": kept["PENJAMIN"].map(_payers(payers)),
            "source": kept["ASAL"].map(_SOURCES),
            "registered_on": day(kept["TGL_DAFTAR"]),
            "deceased_on": day(kept["TGL_WAFAT"]),
            "vip": kept["VIP"] == "Y",
            "allergy": kept["ALERGI"].map(_ALLERGIES),
            "chronic_condition": kept["KONDISI"].map(_CONDITIONS),
        }
    ).sort_values("patient_id", ignore_index=True)


def clean_visits(book, register, payers):
    """Clean the book of visits.

    Parameters
    ----------
    book, register : pandas.DataFrame
        ``kunjungan`` and ``pasien`` as they were read.
    payers : pandas.DataFrame

    Returns
    -------
    pandas.DataFrame
        One row a visit, by id.
    """
    import pandas as pd

    # the date of a day stands on its first line only
    date = book[_DAY].where(book[_DAY] != "").ffill()

    def moment(column):
        return pd.to_datetime(date + " " + book[column].where(book[column] != ""), format="%d/%m/%Y %H:%M:%S")

    def after(start, end):
        return end + pd.to_timedelta((end < start).astype(int), unit="D")

    arrived = moment("MASUK")
    examined = after(arrived, moment("PERIKSA"))
    return pd.DataFrame(
        {
            "visit_id": _number(book["NO_KUNJUNGAN"]),
            "patient_id": _number(book["NO_RM"].map(merge_map(register))),
            "unit_id": book["POLI"].map(_UNITS),
            "doctor_id": _number(book["DOKTER"]),
            "payer_id": book["PENJAMIN"].map(_payers(payers)),
            "checked_in_at": arrived,
            "examined_at": examined,
            "finished_at": after(examined.fillna(arrived), moment("SELESAI")),
            "wait_minutes": ((examined - arrived).dt.total_seconds() + 3) // 6 / 10,
            "diagnosis_group": book["DIAGNOSIS"].map(_DIAGNOSES),
            "amount": book["TAGIHAN"].str.replace(".", "", regex=False).astype("int64"),
            "times_repeated": book["ULANG"].astype("int32"),
            "registration_error": book["GALAT"] == "Y",
        }
    )


def _payers(payers):
    codes = raw.payer_codes(payers["payer"].tolist())
    return dict(zip(codes, payers["payer_id"].tolist(), strict=True))


def _number(codes):
    return codes.str.extract(r"(\d+)", expand=False).astype("int32")
