"""The segmentation studio as a widget: whom to serve, how sure that is, and what another method would say."""

from __future__ import annotations

from collections.abc import Sequence

from .. import labels
from . import assets
from .line import DeskWidget
from .studio_data import Given, Shop
from .studio_desk import StudioDesk

__all__ = ["Given", "Shop", "Studio"]


class Studio(DeskWidget):
    """Put customers into segments: picture, stability, profit, value, migration, another method, and a list to take.

    Parameters
    ----------
    given : sequence of Given
        The companies that it offers beside the reader's own file.
    lang : {"id", "en"}, optional
    """

    _esm = assets.module("studio_widget")
    _css = assets.sheet()
    rooms = ("studio",)

    def __init__(self, given: Sequence[Given] = (), lang: str | None = None) -> None:
        super().__init__(StudioDesk(given, lang or labels.language()))
