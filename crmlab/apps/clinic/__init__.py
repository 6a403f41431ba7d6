"""The data clinic: PT XYZ's raw files, or the reader's own, in the clinic of :mod:`crmlab.widgets`."""

from __future__ import annotations

import datetime as dt
import os

__all__ = ["run"]

AS_OF = dt.date(2020, 12, 31)  # the last day of PT XYZ's five years


def run() -> None:
    """Show the clinic; called by the app's notebook.

    Everything slow happens before the reader is waited for: reading the first file and its profile.
    """
    from IPython.display import display

    from ... import datasets, labels
    from ...widgets.clinic import Clinic, Given
    from ..session import reader

    raw = datasets.load_retail(os.environ.get("CRMLAB_SIZE", "S"), layer="raw")
    given = [
        Given("pos_customers", raw.path("pos_pelanggan"), "customers", AS_OF),
        Given("pos_sales", raw.path("pos"), "sales", AS_OF),
    ]
    clinic = Clinic(given, labels.language())
    lang = reader().lang
    if lang != clinic.page["lang"]:
        clinic.speak(lang)
    display(clinic)
