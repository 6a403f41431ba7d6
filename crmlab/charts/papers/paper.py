"""A paper: chapters of text and findings, and the files that it becomes."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ... import labels
from ...errors import UserError
from ...frames import day_of
from .parts import Chapter, Finding

if TYPE_CHECKING:
    from .parts import Words

__all__ = ["Paper"]


@dataclass(frozen=True, eq=False)
class Paper:
    """Chapters of text, tables and Results, written as a document, slides or a workbook.

    Every number in it comes from a Result: a finding's sentence names facts in braces, and its verdict, interval, n,
    notes and source stand beside it whether one likes them or not. Persons are masked, formulas in text are escaped,
    and the same paper gives the same bytes.

    Parameters
    ----------
    title : str or mapping
        Every text may be given by language: ``{"id": ..., "en": ...}``.
    chapters : sequence of Chapter
    author, client : str or mapping, optional
    date : date, optional
        Or how a day is written: ``"2021-01-15"``.
    currency : str
        Of money columns in tables of one's own.
    needs : sequence of str
        Names of chapters without which nothing is written.

    Examples
    --------
    >>> import pandas as pd
    >>> from crmlab.results import Result
    >>> asked = Result("satisfaction.csat", pd.DataFrame({"n": [150]}), {}, {"n": 150, "verdict": "real"})
    >>> paper = Paper("What patients say", [Chapter("Answers", [Finding(asked, "{n} answered.")])])
    >>> paper.outline("en"), paper.missing
    (['150 answered. (real)'], ())
    """

    title: Words
    chapters: Sequence[Chapter] = ()
    author: Words = ""
    client: Words = ""
    date: dt.date | str | None = None
    currency: str = "IDR"
    needs: Sequence[str] = ()

    def __post_init__(self) -> None:
        for one in self.chapters:
            if not isinstance(one, Chapter):
                raise UserError("papers.no_chapter", found=type(one).__name__)
        if self.date is not None and not isinstance(self.date, dt.date):
            object.__setattr__(self, "date", day_of(self.date, "date").date())

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, in the order of the chapters."""
        return tuple(one for chapter in self.chapters for one in chapter.findings)

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of needed chapters that hold nothing yet."""
        filled = {chapter.name for chapter in self.chapters if chapter.blocks}
        return tuple(name for name in self.needs if name not in filled)

    def outline(self, lang: str | None = None) -> list[str]:
        """The findings' sentences with their verdicts."""
        from ..columns import VERDICTS

        lang = lang or labels.language()
        said = []
        for one in self.findings:
            verdict = one.result.facts.get("verdict")
            mark = f" ({labels.text(f'common.verdict_{verdict}', lang)})" if verdict in VERDICTS else ""
            said.append(one.said(lang) + mark)
        return said

    def html(self, path: str | os.PathLike | None = None, lang: str | None = None, *, masked: bool = True) -> Any:
        """The document as one HTML page that needs no network and prints.

        Parameters
        ----------
        path : path, optional
            Ends with ``.html``; without it the page comes back as text.
        lang : {"id", "en"}, optional
        masked : bool
            Mask personal columns.

        Returns
        -------
        pathlib.Path or str

        Raises
        ------
        UserError
            ``papers.missing_section``: a chapter that the paper needs is empty.
        """
        from .pages import document

        return self._page(document, path, lang, masked)

    def slides(self, path: str | os.PathLike | None = None, lang: str | None = None, *, masked: bool = True) -> Any:
        """The slides, one finding each, as an HTML page that prints one slide a sheet; otherwise as :meth:`html`."""
        from .pages import slides

        return self._page(slides, path, lang, masked)

    def docx(self, path: str | os.PathLike, lang: str | None = None, *, masked: bool = True) -> Path:
        """The document as a DOCX file: headings, captions, tables, alternative texts and page numbers are real ones.

        Parameters
        ----------
        path : path
            Ends with ``.docx``.
        lang : {"id", "en"}, optional
        masked : bool
            Mask personal columns.

        Raises
        ------
        UserError
            ``papers.no_office``: the extra ``office`` is not installed. ``papers.missing_section``.
        """
        from .word import document

        return self._file(document, path, ".docx", lang, masked)

    def pptx(self, path: str | os.PathLike, lang: str | None = None, *, masked: bool = True) -> Path:
        """The slides as a PPTX file, 16:9: plain bars and lines as charts of the programme's own, others as pictures.

        How each finding was computed stands in the speaker's notes. Otherwise as :meth:`docx`.
        """
        from .deck import deck

        return self._file(deck, path, ".pptx", lang, masked)

    def xlsx(self, path: str | os.PathLike, lang: str | None = None, *, masked: bool = True) -> Path:
        """All tables as one workbook: a sheet a Result, with what was asked above and notes and source below.

        Columns are those that each finding shows, rows are all. Otherwise as :meth:`docx`, but for the extra, which
        it doesn't need.
        """
        from .workbook import workbook

        return self._file(workbook, path, ".xlsx", lang, masked)

    def _page(self, make: Callable[..., str], path: Any, lang: str | None, masked: bool) -> Any:
        lang = lang or labels.language()
        self._whole(lang)
        text = make(self, lang, masked)
        if path is None:
            return text
        path = Path(path).with_suffix(".html")
        path.write_text(text, encoding="utf-8", newline="\n")
        return path

    def _file(self, make: Callable[..., bytes], path: Any, ending: str, lang: str | None, masked: bool) -> Path:
        lang = lang or labels.language()
        self._whole(lang)
        path = Path(path).with_suffix(ending)
        path.write_bytes(make(self, lang, masked))
        return path

    def _whole(self, lang: str) -> None:
        if self.missing:
            raise UserError("papers.missing_section", found=[labels.text(f"papers.{n}", lang) for n in self.missing])
