"""What a paper is made of: words in two languages, chapters, and findings that stand on Results."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ... import labels
from ...errors import UserError, suggest
from ...results import Result
from ...sheets import printable

if TYPE_CHECKING:
    import pandas as pd

    Words = str | Mapping[str, str]
    Block = Words | Sequence[Words] | pd.DataFrame | Result | "Finding"

__all__ = ["Chapter", "Finding", "words"]


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
            raise UserError("papers.no_words", wanted=lang, found=list(said))
        said = said[lang]
    if values is None:
        return printable(str(said))
    try:
        named = [name for _, name, _, _ in string.Formatter().parse(str(said)) if name is not None]
    except ValueError as broken:
        raise UserError("papers.bad_sentence", found=str(said)) from broken
    for name in named:
        if name not in values:
            raise UserError("papers.unknown_fact", found=name, near=suggest(name, map(str, values)))
    try:
        return printable(labels.write({lang: str(said)}, "papers", lang, values))
    except (TypeError, ValueError) as mismatch:  # a word written as a share, for example
        raise UserError("papers.bad_unit", found=str(said)) from mismatch


@dataclass(frozen=True, eq=False)
class Finding:
    """A Result and what it means in one sentence.

    Parameters
    ----------
    result : Result
    sentence : str or mapping, optional
        May name the Result's facts in braces with a unit: ``"{risk_ratio:number}"``, ``"{missed_share:share}"``. By
        default what the Result says of itself in short.
    part : str or mapping, optional
        The heading under which it stands, as a module of the system.
    columns : sequence of str, optional
        Which columns of the table are shown, in a workbook too; all by default.
    rows : int
        How many rows are shown; 0 leaves the table out. A workbook holds them all.
    figure : bool
    of : str, optional
        Which of the Result's figures, where it has several.
    facts : sequence of str, optional
        Which facts stand beside the figure with their intervals; by default the first three that have one.
    """

    result: Result
    sentence: Words | None = None
    part: Words | None = None
    columns: Sequence[str] = ()
    rows: int = 6
    figure: bool = True
    of: str | None = None
    facts: Sequence[str] | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.result, Result):
            raise UserError("papers.no_result", found=type(self.result).__name__)
        there = [str(c) for c in self.result.table.columns]
        for column in self.columns:
            if column not in there:
                near = suggest(column, there)
                raise UserError("papers.unknown_column", table=self.result.kind, wanted=column, found=there, near=near)
        for fact in self.facts or ():
            if fact not in self.result.facts:
                raise UserError("papers.unknown_fact", found=fact, near=suggest(fact, map(str, self.result.facts)))
        if isinstance(self.rows, bool) or not isinstance(self.rows, int) or self.rows < 0:
            raise UserError("papers.bad_rows", found=self.rows)

    def said(self, lang: str) -> str:
        """The sentence with the Result's numbers."""
        if self.sentence is None:
            return printable(str(self.result.explain(lang, "short")))
        return words(self.sentence, lang, {**self.result.params, **self.result.facts})


@dataclass(frozen=True, eq=False)
class Chapter:
    """A heading and what stands under it.

    Parameters
    ----------
    title : str or mapping
    content : block or sequence of blocks
        A block is a paragraph (text), a numbered list (a list of texts), a table of one's own (DataFrame), a
        :class:`Finding`, or a Result, which says its own short sentence.
    name : str, optional
        By which a paper asks whether it is there: ``"risks"``.

    Examples
    --------
    >>> one = Chapter("Why now", ["Half of the patients wait.", ["Ask them.", "Count them."]])
    >>> [type(block).__name__ for block in one.blocks], one.findings
    (['str', 'tuple'], ())
    """

    title: Words
    content: Block | Sequence[Block] = ()
    name: str = ""

    def __post_init__(self) -> None:
        for block in self.blocks:
            _check(block)

    @property
    def blocks(self) -> tuple[Any, ...]:
        """What stands under the heading, in order; a bare Result as a finding, a list as a tuple."""
        given = self.content
        several = isinstance(given, Sequence) and not isinstance(given, str)
        found = list(given) if several else [given]
        return tuple(_block(one) for one in found if not _empty(one))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings among the blocks."""
        return tuple(block for block in self.blocks if isinstance(block, Finding))


def _block(given: Any) -> Any:
    if isinstance(given, Result):
        return Finding(given)
    return tuple(given) if isinstance(given, list) else given


def _empty(given: Any) -> bool:
    return hasattr(given, "__len__") and len(given) == 0


def _check(block: Any) -> None:
    if isinstance(block, str | Mapping | Finding) or hasattr(block, "columns"):
        return
    if isinstance(block, tuple) and all(isinstance(one, str | Mapping) for one in block):
        return
    raise UserError("papers.bad_block", found=type(block).__name__)
