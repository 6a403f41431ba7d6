"""The data clinic: the raw files of PT XYZ and of the hospital, or the reader's own, in the clinic of the widgets."""

from __future__ import annotations

import datetime as dt
import os
from typing import Any

__all__ = ["run"]

AS_OF = dt.date(2020, 12, 31)  # the last day of PT XYZ's five years
PATIENTS_AS_OF = dt.date(2024, 12, 31)
ACCOUNT = {
    "id_akun": "customer_id",
    "nama": "name",
    "email": "email",
    "telepon": "phone",
    "jenis_kelamin": "gender",
    "tgl_lahir": "born_on",
    "kota_kirim": "city",
}


def _accounts(path: Any) -> tuple[Any, Any]:
    """Web orders as a list of accounts: what the last line of each says, and where that stands."""
    import pandas as pd

    lines = pd.read_csv(path, dtype=str, usecols=list(ACCOUNT), keep_default_na=False)
    last = lines.drop_duplicates("id_akun", keep="last")
    return last.reset_index(drop=True), last.index.to_numpy() + 2


def _sources() -> list[Any]:
    from ... import datasets
    from ...widgets.clinic import Given

    retail = datasets.load_retail(os.environ.get("CRMLAB_SIZE", "S"), layer="raw")

    def patients() -> Any:
        return datasets.load_hospital("S", layer="raw").path("pasien")

    return [
        Given("pos_customers", lambda: retail.path("pos_pelanggan"), "customers", as_of=AS_OF),
        Given("pos_sales", lambda: retail.path("pos"), "sales", as_of=AS_OF),
        Given(
            "finance_customers",
            lambda: retail.path("finance_pelanggan"),
            "customers",
            as_of=AS_OF,
            sheet="Pelanggan",
            columns={"P/W": "gender"},
        ),
        Given("web_customers", lambda: _accounts(retail.path("web")), "customers", as_of=AS_OF, columns=dict(ACCOUNT)),
        Given(
            "hr_people",
            lambda: retail.path("hr"),
            "customers",
            as_of=AS_OF,
            columns={"NIP": "customer_id", "TGL_MASUK": "registered_on"},
        ),
        Given(
            "hospital_patients",
            patients,
            "customers",
            group="hospital",
            as_of=PATIENTS_AS_OF,
            private=("ALERGI", "KONDISI", "TGL_WAFAT", "VIP"),
        ),
    ]


def run() -> None:
    """Show the clinic; called by the app's notebook.

    Everything slow happens before the reader is waited for: reading the first file and its profile.
    """
    from IPython.display import display

    from ... import labels
    from ...widgets.clinic import Clinic
    from ..session import reader

    clinic = Clinic(_sources(), labels.language())
    lang = reader().lang
    if lang != clinic.page["lang"]:
        clinic.speak(lang)
    display(clinic)
