"""A consultant's proposal, assembled from Results: every number in it comes from an analysis, with its doubt.

A finding is a Result and one sentence. The sentence names the Result's facts in braces, as ``{risk_ratio:number}``, so
that no number is typed by hand; the verdict, the parameters and the source stand below it whether one likes them or
not. Out come one HTML document and a set of slides: nothing is fetched, no script runs, both print.
"""

from __future__ import annotations

import datetime as dt
import os
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import labels
from ..errors import UserError, suggest
from ..results import Result

if TYPE_CHECKING:
    import pandas as pd

    Words = str | Mapping[str, str]
    Block = pd.DataFrame | Sequence[Words]

__all__ = ["Finding", "Proposal", "words"]

SECTIONS = ("situation", "findings", "recommendation", "costs", "risks", "plan")
# what a proposal is marked by in class: a quarter for each (case 9.1 of the book)
PARTS = {"reasons": "situation", "examples": "findings", "modules": "recommendation", "benefits": "costs"}
POINTS = 25


def words(said: Words, lang: str, values: Mapping[str, Any] | None = None) -> str:
    """What a person wrote, in one language, with the facts it names.

    Parameters
    ----------
    said : str or mapping
        Text, or text by language (``{"id": ..., "en": ...}``).
    lang : {"id", "en"}
    values : mapping, optional
        What the text may name in braces; without it braces are just braces.

    Examples
    --------
    >>> words({"id": "n = {n}", "en": "n is {n}"}, "en", {"n": 737})
    'n is 737'
    """
    if isinstance(said, Mapping):
        if lang not in said:
            raise UserError("proposal.no_words", wanted=lang, found=list(said))
        said = said[lang]
    if values is None:
        return str(said)
    try:
        named = [name for _, name, _, _ in string.Formatter().parse(str(said)) if name is not None]
    except ValueError as broken:
        raise UserError("proposal.bad_sentence", found=str(said)) from broken
    for name in named:
        if name not in values:
            raise UserError("proposal.unknown_fact", found=name, near=suggest(name, map(str, values)))
    try:
        return labels.write({lang: str(said)}, "proposal", lang, values)
    except (TypeError, ValueError) as mismatch:  # a word written as a share, for example
        raise UserError("proposal.bad_unit", found=str(said)) from mismatch


@dataclass(frozen=True, eq=False)
class Finding:
    """A Result and what it means in one sentence.

    Parameters
    ----------
    result : Result
    sentence : str or mapping
        May name the Result's facts in braces with a unit: ``"{risk_ratio:number}"``, ``"{missed_share:share}"``.
    part : str or mapping, optional
        The heading under which it stands, as a module of the system.
    columns : sequence of str, optional
        Which columns of the table are shown; all by default.
    rows : int
        How many rows are shown; 0 leaves the table out.
    figure : bool
    """

    result: Result
    sentence: Words
    part: Words | None = None
    columns: Sequence[str] = ()
    rows: int = 6
    figure: bool = True

    def __post_init__(self) -> None:
        if not isinstance(self.result, Result):
            raise UserError("proposal.no_result", found=type(self.result).__name__)
        there = [str(c) for c in self.result.table.columns]
        for column in self.columns:
            if column not in there:
                raise UserError(
                    "proposal.unknown_column",
                    table=self.result.kind,
                    wanted=column,
                    found=there,
                    near=suggest(column, there),
                )
        if isinstance(self.rows, bool) or not isinstance(self.rows, int) or self.rows < 0:
            raise UserError("proposal.bad_rows", found=self.rows)

    def said(self, lang: str) -> str:
        """The sentence with the Result's numbers."""
        return words(self.sentence, lang, {**self.result.params, **self.result.facts})


@dataclass(frozen=True, eq=False)
class Proposal:
    """What a consultant hands in.

    Parameters
    ----------
    title : str or mapping
        Every text may be given by language: ``{"id": ..., "en": ...}``.
    situation : sequence of texts
        Paragraphs: why the client asks.
    findings : sequence of Finding
    recommendation : sequence of texts
    costs, risks, plan : DataFrame or sequence of texts
        A table's cells may be texts by language; ``cost`` and ``benefit`` columns hold money.
    client, author : str or mapping, optional
    date : date, optional
    currency : str

    Examples
    --------
    >>> import pandas as pd
    >>> from crmlab.results import Result, Source
    >>> found = Result("appointments.trial", pd.DataFrame({"arm": ["sent"], "n": [150]}), {}, {"n": 150, "verdict":
    ...     "noise"}, source=Source("a clinic"))
    >>> paper = Proposal("Reminders", situation=["Many stay away."], findings=[Finding(found, "Of {n} asked.")])
    >>> paper.missing
    ('recommendation', 'costs', 'risks', 'plan')
    >>> paper.outline("en")
    ['Of 150 asked. (noise)']
    """

    title: Words
    situation: Sequence[Words] = ()
    findings: Sequence[Finding] = ()
    recommendation: Sequence[Words] = ()
    costs: Block = ()
    risks: Block = ()
    plan: Block = ()
    client: Words = ""
    author: Words = ""
    date: dt.date | None = None
    currency: str = "IDR"

    def __post_init__(self) -> None:
        for name in ("situation", "recommendation"):
            given = getattr(self, name)
            if isinstance(given, str | Mapping):  # a single text is a list of one
                object.__setattr__(self, name, (given,))
        for one in self.findings:
            if not isinstance(one, Finding):
                raise UserError("proposal.no_finding", found=type(one).__name__)

    @property
    def missing(self) -> tuple[str, ...]:
        """Sections that hold nothing yet."""
        return tuple(name for name in SECTIONS if not len(getattr(self, name)))

    def outline(self, lang: str | None = None) -> list[str]:
        """The findings' sentences with their verdicts."""
        from .columns import VERDICTS

        lang = lang or labels.language()
        said = []
        for one in self.findings:
            verdict = one.result.facts.get("verdict")
            mark = f" ({labels.text(f'common.verdict_{verdict}', lang)})" if verdict in VERDICTS else ""
            said.append(one.said(lang) + mark)
        return said

    def rubric(self) -> Result:
        """Points for what is there: a quarter each for reasons, examples, modules and benefits.

        Returns
        -------
        Result
            Of kind ``proposal.rubric``: ``proposal_part``, ``points``. It says what is there, not how good it is.
        """
        import pandas as pd

        rows = [(f"proposal_{part}", 0 if name in self.missing else POINTS) for part, name in PARTS.items()]
        table = pd.DataFrame(rows, columns=["proposal_part", "points"])
        there = int((table["points"] > 0).sum())
        facts = {"points": int(table["points"].sum()), "parts": there, "most": POINTS * len(table), "of": len(table)}
        params = {"units": {"proposal_part": "text", "points": "count"}}
        return Result("proposal.rubric", table, params, facts)

    def to_html(self, path: str | os.PathLike, lang: str | None = None, *, masked: bool = True) -> Path:
        """Write the document: one HTML page that needs no network and prints.

        Parameters
        ----------
        path : path
            Ends with ``.html``.
        lang : {"id", "en"}, optional
        masked : bool
            Mask personal columns.

        Raises
        ------
        UserError
            ``proposal.missing_section``: a section is empty. A proposal without its risks is an advertisement.
        """
        from .proposal_pages import document

        return self._write(path, document, lang, masked)

    def to_slides(self, path: str | os.PathLike, lang: str | None = None, *, masked: bool = True) -> Path:
        """Write the slides, one finding each: an HTML page that prints one slide a sheet.

        Parameters
        ----------
        path : path
            Ends with ``.html``.
        lang : {"id", "en"}, optional
        masked : bool
            As for :meth:`to_html`.
        """
        from .proposal_pages import slides

        return self._write(path, slides, lang, masked)

    def _write(self, path: str | os.PathLike, make: Any, lang: str | None, masked: bool) -> Path:
        lang = lang or labels.language()
        if self.missing:
            names = [labels.text(f"proposal.{name}", lang) for name in self.missing]
            raise UserError("proposal.missing_section", found=names)
        path = Path(path).with_suffix(".html")
        path.write_text(make(self, lang, masked), encoding="utf-8", newline="\n")
        return path
