"""A finding in words, once for every kind of file: its sentence, figure, facts, table, and the small print."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ... import labels
from ...results import Result
from ...sheets import printable
from ..columns import VERDICTS, Shown, parameters, shown, title_of
from ..files import figure_of, named, notes_of
from .parts import Finding, words

if TYPE_CHECKING:
    import pandas as pd

    from .paper import Paper

__all__ = ["Told", "by_line", "methods", "own_table", "tell"]

MOST_FACTS = 3
_WRITTEN = re.compile(r"\{(\w+):([\w.]+)\}")
_MONEY = ("cost", "benefit", "benefit_low", "benefit_high", "net")


@dataclass(frozen=True)
class Told:
    """What a reader is told of a finding.

    Attributes
    ----------
    title, part, sentence : str
    verdict : tuple of str or None
        Its key and its word.
    figure : mapping or None
        As plain data; drawn here where the kind can be drawn.
    caption, alt : str
    legend : tuple of (str, str)
        Entries and their colour tokens.
    facts : tuple of (str, str, str)
        What, how much, and between what and what (empty where there is no interval).
    n : int or None
    table : Shown or None
        The columns and rows that were asked for.
    cut : str
        How many rows there are in truth, where some are left out.
    asked, notes : tuple of str
    source : str
    method : str
        How it was computed.
    """

    title: str
    part: str
    sentence: str
    verdict: tuple[str, str] | None
    figure: Mapping[str, Any] | None
    caption: str
    alt: str
    legend: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str, str], ...]
    n: int | None
    table: Shown | None
    cut: str
    asked: tuple[str, ...]
    notes: tuple[str, ...]
    source: str
    method: str

    def foot(self, lang: str, short: bool = False) -> str:
        """The small print in one line."""
        lines = [*self.asked]
        if self.n:
            lines.append(f"n = {labels.number(self.n, lang)}")
        lines += [] if short else self.notes
        if self.source:
            lines.append(f"{labels.text('export.source', lang)}: {self.source}")
        return " · ".join(lines)


def tell(one: Finding, lang: str, masked: bool = True) -> Told:
    """A finding in the reader's language."""
    result = one.result
    figure = figure_of(result, lang, one.of)
    title = printable(title_of(result, lang, figure))
    whole = _printable(shown(result, lang, masked))
    table, cut = _cut(one, whole, lang)
    verdict = result.facts.get("verdict")
    said = figure or {}
    return Told(
        title=title,
        part=words(one.part, lang) if one.part else "",
        sentence=one.said(lang),
        verdict=(verdict, labels.text(f"common.verdict_{verdict}", lang)) if verdict in VERDICTS else None,
        figure=figure if one.figure else None,
        caption=printable(" · ".join(str(t) for t in (said.get("title"), said.get("caption")) if t) or title),
        alt=printable(str(said.get("alt") or said.get("caption") or title)),
        legend=tuple((printable(str(e["label"])), str(e["colour"])) for e in named(figure)) if figure else (),
        facts=tuple(_facts(one, lang)),
        n=_count(result),
        table=table,
        cut=cut,
        asked=tuple(printable(": ".join(p for p in pair if p)) for pair in parameters(result, lang)),
        notes=tuple(map(printable, notes_of(result, whole, lang))),
        source=printable(result.source.render(lang)) if result.source else "",
        method=printable(str(result.explain(lang, "method"))),
    )


def methods(paper: Paper, lang: str) -> list[tuple[str, str]]:
    """How each Result was computed, once: its title and its method."""
    seen = {id(one.result): one for one in paper.findings}
    return [
        (title_of(one.result, lang, figure_of(one.result, lang, one.of)), str(one.result.explain(lang, "method")))
        for one in seen.values()
    ]


def by_line(paper: Paper, lang: str) -> str:
    """For whom, by whom, when."""
    told = [words(said, lang) for said in (paper.client, paper.author) if said]
    if paper.date:
        told.append(labels.date(paper.date, lang))
    return " · ".join(told)


def own_table(frame: pd.DataFrame, paper: Paper, lang: str, masked: bool = True) -> tuple[Shown, str]:
    """A table that a person wrote, cells in the reader's language, money as money; and what was masked in it."""
    spoken = frame.copy().astype(object)
    for column in spoken:
        spoken[column] = [words(v, lang) if isinstance(v, Mapping) else v for v in spoken[column]]
    units = {name: "money" for name in _MONEY if name in frame}
    table = shown(Result("papers.table", spoken, {"units": units}, {"currency": paper.currency}), lang, masked)
    known = labels.catalogue("papers")["text"]["column"]
    sign = labels.currency_sign(paper.currency)
    heads = tuple(
        f"{labels.text(f'papers.column.{name}', lang)}{f' ({sign})' if unit == 'money' else ''}"
        if name in known
        else head
        for name, head, unit in zip(table.names, table.heads, table.units, strict=True)
    )
    hidden = labels.text("export.masked", lang, columns=list(table.masked)) if table.masked else ""
    return _printable(replace(table, heads=heads)), hidden


def _printable(table: Shown) -> Shown:
    rows = tuple(tuple(printable(v) if isinstance(v, str) else v for v in row) for row in table.rows)
    return replace(table, heads=tuple(map(printable, table.heads)), rows=rows)


def narrowed(one: Finding, table: Shown, rows: int | None = None) -> Shown:
    """The columns that were asked for, and so many rows."""
    keep = [table.names.index(c) for c in (one.columns or table.names) if c in table.names]
    kept = table.rows if rows is None else table.rows[:rows]
    return replace(
        table,
        names=tuple(table.names[i] for i in keep),
        heads=tuple(table.heads[i] for i in keep),
        units=tuple(table.units[i] for i in keep),
        rows=tuple(tuple(row[i] for i in keep) for row in kept),
        totals=frozenset(i for i in table.totals if i < len(kept)),
    )


def _cut(one: Finding, table: Shown, lang: str) -> tuple[Shown | None, str]:
    if not one.rows or not table.rows:
        return None, ""
    some = narrowed(one, table, one.rows)
    left = len(table.rows) - len(some.rows)
    return some, labels.text("common.rows_shown", lang, shown=len(some.rows), total=len(table.rows)) if left else ""


def _count(result: Result) -> int | None:
    n = result.facts.get("n")
    return int(n) if isinstance(n, int | float) and n == n and n > 0 else None


def _facts(one: Finding, lang: str) -> list[tuple[str, str, str]]:
    """Estimates with their intervals: those asked for, or the first of which the sentence or the explanation speaks."""
    facts = one.result.facts
    said = _spoken(one, lang)
    units = {**said, **one.result.params.get("units", {})}
    names = one.facts
    if names is None:
        known = labels.catalogue("names").get("names", {})
        names = [k for k in said if {k, f"{k}_low", f"{k}_high"} <= set(facts) and k in known][:MOST_FACTS]
    currency = facts.get("currency") or "IDR"
    told = []
    for name in names:
        unit = units.get(name) or ("share" if name.endswith("_share") else "number")
        value, low, high = (_said(facts.get(f"{name}{end}"), unit, lang, currency) for end in ("", "_low", "_high"))
        between = labels.text("papers.between", lang, low=low, high=high) if low and high else ""
        told.append((str(labels.name(name, lang)), value or "—", between))
    return told


def _spoken(one: Finding, lang: str) -> dict[str, str]:
    """The facts that the sentence and the explanation write, each with the unit in which they do, in that order."""
    room, _, rest = one.result.kind.partition(".")
    entry = labels.catalogue(room).get("explain", {}).get(rest, {})
    texts = [entry.get(depth, {}).get(lang, "") for depth in ("short", "method")]
    if one.sentence is not None:
        texts.insert(0, words(one.sentence, lang))
    found: dict[str, str] = {}
    for name, unit in (pair for text in texts for pair in _WRITTEN.findall(text)):
        found.setdefault(name, unit)
    return found


def _said(value: Any, unit: str, lang: str, currency: str) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, str):
        return str(labels.name(value, lang))
    if unit == "money":
        return labels.value(value, unit, lang, currency=currency)
    return labels.write({lang: f"{{value:{unit}}}"}, "papers", lang, {"value": value})
