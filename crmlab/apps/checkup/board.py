"""What the check-up is made of: the forms, the evidence of the data, and where to go on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from ... import course, labels
from ...errors import UserError
from ...widgets.board_cards import Board, Card, Part
from ...widgets.checkup_desk import EVIDENCE
from .companies import Company, Own

if TYPE_CHECKING:
    from ...results import Result

__all__ = ["board", "links"]

Choices = Mapping[str, str]


def _answers(_company: Company, _choices: Choices) -> Result:
    raise UserError("checkup.no_form")  # the desk reads the answers itself: they are a reader's, not the data's


def _evidence(company: Company, choices: Choices) -> Result:
    return company.evidence(choices["day"])


def board() -> Board:
    """The app's parts: the value chain, what the data say of it, and the other models.

    Examples
    --------
    >>> [part.name for part in board().parts]
    ['value_chain', 'evidence', 'gartner', 'customer_centricity', 'forrester', 'gentile', 'kotler']
    """
    from ...analytics import frameworks

    first, *others = frameworks.models()
    forms = [Part(name, (Card(name, _answers),), None, ("day", "beside")) for name in (first, *others)]
    evidence = Part(EVIDENCE, (Card(EVIDENCE, _evidence, wide=True),), None, ("day",))
    return Board("checkup", (forms[0], evidence, *forms[1:]), contract="sales", own=Own)


@cache
def _titles(lang: str) -> dict[str, str]:
    folder = course.originals() / lang
    return {path.stem: course.title(path).partition("·")[2].strip() for path in folder.glob("*.ipynb")}


def links(notebook: str, lang: str) -> list[dict[str, str]]:
    """Where a notebook of the course is, and the apps that belong to its part.

    Examples
    --------
    >>> [link["href"] for link in links("13-retention-and-lifecycle", "en")]
    ['/course/13-retention-and-lifecycle?lang=en', '/app/studio?lang=en']
    """
    part = next((p for p in course.PARTS if notebook in p.notebooks), None)
    title = _titles(lang).get(notebook)
    if part is None or title is None:
        return []
    apps = [{"label": labels.text(f"apps.{a}.title", lang), "href": f"/app/{a}?lang={lang}"} for a in part.apps]
    read = labels.text("checkup.notebook", lang, number=notebook[:2], title=title)
    return [{"label": read, "href": f"/course/{notebook}?lang={lang}"}, *apps]
