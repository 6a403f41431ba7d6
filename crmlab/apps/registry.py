"""The apps that the gallery shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .. import labels

__all__ = ["App", "bundled"]

_HERE = Path(__file__).parent
_NAMES = (
    "explorer",
    "clinic",
    "studio",
    "experience",
    "journey",
    "workbench",
    "checkup",
    "hospital",
    "executive",
    "marks",
)
_WITHOUT_RETAIL = ("marks",)


@dataclass(frozen=True)
class App:
    """One app: a small notebook that displays widgets, and the words on its card.

    Parameters
    ----------
    name : str
        Its place, ``/app/<name>``.
    notebook : path
        The notebook; its code cells run when the page opens, what they display is the page.
    title, about : mapping of language to text
        The words on the card and in the header.
    picture : str
        SVG markup for the card; it may use the page's colours (``var(--crm-accent)``).
    retail : bool
        Whether the app shows PT XYZ, so that its page offers the full data set when that is ready.


    Examples
    --------
    >>> App("demo", Path("demo.ipynb"), {"id": "Demo", "en": "Demo"}).path
    '/app/demo'
    """

    name: str
    notebook: Path
    title: Mapping[str, str]
    about: Mapping[str, str] = field(default_factory=dict)
    picture: str = ""
    retail: bool = False

    @property
    def path(self) -> str:
        """Where the app answers, below the gallery's address."""
        return f"/app/{self.name}"


def bundled() -> dict[str, App]:
    """The apps that come with crmlab, by name, in the gallery's order.

    Examples
    --------
    >>> list(bundled())[:3], len(bundled())
    (['explorer', 'clinic', 'studio'], 10)
    """
    return {name: _app(name) for name in _NAMES}


def _app(name: str) -> App:
    folder = _HERE / name

    def words(key: str) -> dict[str, str]:
        return {lang: labels.text(f"apps.{name}.{key}", lang) for lang in labels.LANGUAGES}

    return App(
        name=name,
        notebook=folder / f"{name}.ipynb",
        title=words("title"),
        about=words("about"),
        picture=(folder / "picture.svg").read_text(encoding="utf-8"),
        retail=name not in _WITHOUT_RETAIL,
    )
