"""The data clinic as a widget: a table's quality, quarantine, duplicates and gaps, and the way home."""

from __future__ import annotations

from collections.abc import Sequence

from .. import labels
from . import assets
from .clinic_desk import ClinicDesk, Given
from .line import DeskWidget

__all__ = ["Clinic", "Given"]


class Clinic(DeskWidget):
    """Examine a table: profile, quarantine, duplicates to review, gaps, and the clean tables to take home.

    Parameters
    ----------
    given : sequence of Given
        What it offers beside the reader's own file.
    lang : {"id", "en"}, optional
    """

    _esm = assets.module("clinic_widget")
    _css = assets.sheet()
    rooms = ("clinic",)

    def __init__(self, given: Sequence[Given] = (), lang: str | None = None) -> None:
        super().__init__(ClinicDesk(given, lang or labels.language()))
