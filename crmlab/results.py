"""The Result: what every analysis hands back, for three readers.

A student reads :meth:`Result.explain`, a lecturer ``facts``, a consultant ``table`` with ``params`` and ``source`` as
footnotes. A Result holds no display text and knows no chart: ``crmlab.charts`` fills the slot :data:`drawer`, and the
words come from ``crmlab.labels`` by the Result's ``kind``.
"""

from __future__ import annotations

import html
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from . import labels
from .errors import InternalError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Explanation", "Note", "Result", "Source"]

drawer: Callable[..., Any] | None = None
"""Draws a Result: ``drawer(result, lang=..., **options)``; filled by the façade with ``crmlab.charts.draw``."""

tabler: Callable[..., str] | None = None
"""Writes a cube's view as an HTML table: ``tabler(view)``; filled by the façade with ``crmlab.charts.tables.html``."""

exporter: Callable[..., Any] | None = None
"""Writes a Result to a file: ``exporter(result, path, lang=..., **options)``; filled by the façade with
``crmlab.charts.files.export``."""

shower: Callable[[Any], str] | None = None
"""Writes a Result that says its columns' units as HTML for a notebook; filled by the façade with
``crmlab.charts.files.in_notebook``."""

DEPTHS = ("short", "method", "reference")


@dataclass(frozen=True)
class Note:
    """Something the reader must know: a message key (``"<room>.<name>"``) and its values."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def render(self, lang: str | None = None) -> str:
        """The note in words."""
        return labels.text(self.code, lang, **self.values)


@dataclass(frozen=True)
class Source:
    """Where a Result came from: the data set, its hash, and how many rows were used and refused."""

    name: str
    hash: str = ""
    rows_kept: int = 0
    rows_refused: int = 0

    def render(self, lang: str | None = None) -> str:
        """The source as a footnote."""
        counts = ""
        if self.rows_kept or self.rows_refused:  # a source that is only named has no rows to tell of
            counts = labels.text("common.source_rows", lang, kept=self.rows_kept, refused=self.rows_refused)
        return " · ".join(p for p in (self.name, counts, self.hash[:12]) if p)


class Explanation(str):
    """Text that a notebook shows as Markdown and a terminal as it is."""

    def _repr_markdown_(self) -> str:
        return str(self)

    def __repr__(self) -> str:
        return str(self)


@dataclass(frozen=True, eq=False)
class Result:
    """One answer: a table, its scalar facts, what was asked, what to mind, and where it came from.

    Parameters
    ----------
    kind : str
        ``"<room>.<name>"``, as ``"cube.view"``: picks the words and the chart.
    table : pandas.DataFrame
        Tidy, canonical column names with units.
    params : mapping
        What was asked, enough to ask it again.
    facts : mapping
        Scalars. An estimate ``x`` stands beside ``x_low``, ``x_high`` and ``n`` where it has them.
    notes : sequence of Note
    source : Source, optional

    Notes
    -----
    Results compare by identity: two tables can be equal without meaning the same.
    """

    kind: str
    table: pd.DataFrame
    params: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    source: Source | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "params", MappingProxyType(dict(self.params)))
        object.__setattr__(self, "facts", MappingProxyType(dict(self.facts)))
        object.__setattr__(self, "notes", tuple(self.notes))

    def __reduce__(self):  # a mappingproxy can't be pickled
        return Result, (self.kind, self.table, dict(self.params), dict(self.facts), self.notes, self.source)

    def figure(self, lang: str | None = None, **options: Any) -> Any:
        """The chart that suits this Result, as a plotly Figure."""
        if drawer is None:
            raise InternalError("no charts: import crmlab, not a part of it")
        return drawer(self, lang=lang or labels.language(), **options)

    def to_xlsx(self, path: str | os.PathLike, lang: str | None = None, **options: Any) -> Path:
        """Write a workbook: real numbers with number formats, notes and source below, the explanation beside.

        Parameters
        ----------
        path : path
            Ends with ``.xlsx``.
        lang : {"id", "en"}, optional
        **options
            ``masked=False`` shows personal columns; ``title`` names the table.
        """
        return self._export(Path(path).with_suffix(".xlsx"), lang, options)

    def to_html(self, path: str | os.PathLike, lang: str | None = None, **options: Any) -> Path:
        """Write one HTML page with its figure: it needs no network and prints as it looks.

        Parameters
        ----------
        path : path
            Ends with ``.html``.
        lang : {"id", "en"}, optional
        **options
            As for :meth:`to_xlsx`.
        """
        return self._export(Path(path).with_suffix(".html"), lang, options)

    def _export(self, path: Path, lang: str | None, options: Mapping[str, Any]) -> Path:
        if exporter is None:
            raise InternalError("no files: import crmlab, not a part of it")
        return exporter(self, path, lang=lang or labels.language(), **options)

    def explain(self, lang: str | None = None, depth: str = "method") -> Explanation:
        """How to read this Result, with its own numbers.

        Parameters
        ----------
        lang : {"id", "en"}, optional
        depth : {"short", "method", "reference"}
            One sentence; the formula with this Result's numbers; where the method comes from.

        Raises
        ------
        InternalError
            There are no words for this kind or depth.
        """
        if depth not in DEPTHS:
            raise InternalError(f"depth is one of {DEPTHS}, not {depth!r}")
        room, _, rest = self.kind.partition(".")
        entry = labels.catalogue(room).get("explain", {}).get(rest, {}).get(depth)
        values = {**self.params, **self.facts, "source": self.source.render(lang) if self.source else "—"}
        return Explanation(labels.write(entry, f"{self.kind} explain {depth}", lang, values))

    def __repr__(self) -> str:
        facts = ", ".join(f"{k}={labels.spell(v, labels.language())}" for k, v in list(self.facts.items())[:6])
        return f"<Result {self.kind}: {len(self.table)} rows; {facts}>"

    def _repr_html_(self) -> str:
        lang = labels.language()
        if shower is not None and "units" in self.params:
            return shower(self)
        shown = self.table.head(20)
        parts = [shown.to_html(border=0, na_rep="—", float_format=lambda x: labels.number(x, lang, 2, trim=True))]
        if len(self.table) > len(shown):
            parts.append(f"<p>{labels.text('common.rows_shown', lang, shown=len(shown), total=len(self.table))}</p>")
        parts += [f"<p>{html.escape(note.render(lang))}</p>" for note in self.notes]
        if self.source:
            parts.append(f"<p><small>{html.escape(self.source.render(lang))}</small></p>")
        return "\n".join(parts)
