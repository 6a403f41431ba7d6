"""The two papers that the course asks for, and what each must hold: a proposal and a board paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ... import labels
from ...errors import UserError
from ...results import Result
from .paper import Paper
from .parts import Chapter, Finding

if TYPE_CHECKING:
    from .parts import Block, Words

__all__ = ["board_paper", "proposal", "rubric"]

_PROSE = ("situation", "decision", "background")  # a list of texts is paragraphs here, elsewhere it is numbered
# what a proposal is marked by in class: a quarter for each (case 9.1 of the book)
PARTS = {"reasons": "situation", "examples": "findings", "modules": "recommendation", "benefits": "costs"}
POINTS = 25


def proposal(
    title: Words,
    *,
    situation: Block | Sequence[Block] = (),
    findings: Sequence[Finding | Result] = (),
    recommendation: Block | Sequence[Block] = (),
    costs: Block | Sequence[Block] = (),
    risks: Block | Sequence[Block] = (),
    plan: Block | Sequence[Block] = (),
    client: Words = "",
    author: Words = "",
    date: dt.date | None = None,
    currency: str = "IDR",
) -> Paper:
    """What a consultant hands in; without its risks or costs it is an advertisement and is not written.

    Parameters
    ----------
    title : str or mapping
        Every text may be given by language: ``{"id": ..., "en": ...}``.
    situation : texts
        Paragraphs: why the client asks.
    findings : sequence of Finding or Result
    recommendation, costs, risks, plan : texts, a DataFrame, findings, or a sequence of these
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
    >>> paper = proposal("Reminders", situation="Many stay away.", findings=[Finding(found, "Of {n} asked.")])
    >>> paper.missing
    ('recommendation', 'costs', 'risks', 'plan')
    >>> paper.outline("en")
    ['Of 150 asked. (noise)']
    """
    given = {"situation": situation, "findings": _findings(findings), "recommendation": recommendation,
             "costs": costs, "risks": risks, "plan": plan}  # fmt: skip
    return _paper(title, given, client, author, date, currency)


def board_paper(
    title: Words,
    *,
    decision: Block | Sequence[Block] = (),
    background: Block | Sequence[Block] = (),
    findings: Sequence[Finding | Result] = (),
    options: Block | Sequence[Block] = (),
    costs: Block | Sequence[Block] = (),
    risks: Block | Sequence[Block] = (),
    plan: Block | Sequence[Block] = (),
    client: Words = "",
    author: Words = "",
    date: dt.date | None = None,
    currency: str = "IDR",
) -> Paper:
    """What a board decides on: the decision first, then the evidence, the options, the money, the risks, the plan.

    Parameters
    ----------
    title : str or mapping
    decision : texts
        What the board is asked to decide, in one or two sentences.
    background : texts
        Paragraphs: why now.
    findings : sequence of Finding or Result
    options, costs, risks, plan : texts, a DataFrame, findings, or a sequence of these
        ``options`` holds at least what happens if nothing is done.
    client, author, date, currency
        As for :func:`proposal`.

    Examples
    --------
    >>> board_paper("CRM for PT XYZ", decision="Approve the first year.").missing
    ('background', 'findings', 'options', 'costs', 'risks', 'plan')
    """
    given = {"decision": decision, "background": background, "findings": _findings(findings), "options": options,
             "costs": costs, "risks": risks, "plan": plan}  # fmt: skip
    return _paper(title, given, client, author, date, currency)


def _paper(title: Words, given: Mapping[str, Any], client: Words, author: Words, date: Any, currency: str) -> Paper:
    chapters = [Chapter(_heading(name), _blocks(name, block), name) for name, block in given.items()]
    return Paper(title, chapters, client=client, author=author, date=date, currency=currency, needs=tuple(given))


def _findings(given: Sequence[Any]) -> list[Any]:
    found = list(given) if isinstance(given, Sequence) and not isinstance(given, str) else [given]
    for one in found:
        if not isinstance(one, Finding | Result):
            raise UserError("papers.no_finding", found=type(one).__name__)
    return found


def _heading(name: str) -> dict[str, str]:
    return {lang: labels.text(f"papers.{name}", lang) for lang in labels.LANGUAGES}


def _blocks(name: str, given: Any) -> Any:
    """A bare list of texts is paragraphs where one reads, and numbered where one acts."""
    several = isinstance(given, list | tuple)
    if several and given and name not in _PROSE and all(isinstance(one, str | Mapping) for one in given):
        return [list(given)]
    return given


def rubric(paper: Paper) -> Result:
    """Points for what is there in a proposal: a quarter each for reasons, examples, modules and benefits.

    Returns
    -------
    Result
        Of kind ``papers.rubric``: ``proposal_part``, ``points``. It says what is there, not how good it is.
    """
    import pandas as pd

    there = {chapter.name for chapter in paper.chapters if chapter.blocks}
    rows = [(f"proposal_{part}", POINTS if name in there else 0) for part, name in PARTS.items()]
    table = pd.DataFrame(rows, columns=["proposal_part", "points"])
    filled = int((table["points"] > 0).sum())
    facts = {"points": int(table["points"].sum()), "parts": filled, "most": POINTS * len(table), "of": len(table)}
    return Result("papers.rubric", table, {"units": {"proposal_part": "text", "points": "count"}}, facts)
