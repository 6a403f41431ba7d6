"""A Result as a page shows it: a figure, a table, what it says, how it was computed. Plain data, nothing to compute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from ..errors import UserError

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["drawn"]

ROWS = 60


def drawn(result: Result, lang: str, width: int = 900, *, of: str | None = None) -> dict[str, Any]:
    """A Result for the browser.

    Parameters
    ----------
    result : Result
    lang : {"id", "en"}
    width : int
        About how many pixels the figure will have: of the sketch, whose letters grow with it.
    of : str, optional
        Which of the Result's figures, where there are several.

    Returns
    -------
    dict
        ``title``, ``said`` (one sentence), ``method`` and ``reference``, ``figure`` and ``sketch`` (SVG, both ``None``
        where there is no figure), ``head``, ``numeric``, ``rows``, ``more`` (how many rows are not shown), ``notes``,
        ``source``.
    """
    from ..charts import spec
    from ..charts.columns import shown, title_of
    from ..charts.files import WORDS, written
    from ..charts.svg import svg

    try:
        figure = spec(result, lang, **({"of": of} if of else {}))
    except UserError as none:
        if none.code != "charts.no_chart":
            raise
        figure = None
    table = shown(result, lang)
    rows = [
        [written(value, unit, lang, table.currency) for value, unit in zip(row, table.units, strict=True)]
        for row in table.rows[:ROWS]
    ]
    notes = [note.render(lang) for note in result.notes]
    if table.masked:
        notes.append(labels.text("export.masked", lang, columns=list(table.masked)))
    if len(table.rows) > ROWS:
        notes.append(labels.text("common.rows_shown", lang, shown=ROWS, total=len(table.rows)))
    return {
        "title": title_of(result, lang, figure),
        "said": str(result.explain(lang, "short")),
        "method": str(result.explain(lang, "method")),
        "reference": str(result.explain(lang, "reference")),
        "figure": figure,
        "sketch": svg(figure, width) if figure else None,
        "head": list(table.heads),
        "numeric": [unit not in WORDS for unit in table.units],
        "rows": rows,
        "totals": sorted(i for i in table.totals if i < ROWS),
        "notes": notes,
        "source": result.source.render(lang) if result.source else "",
    }
