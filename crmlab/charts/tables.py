"""A cube view as a static table: what a notebook shows, and what a printed page keeps.

The words and numbers of the explorer's pivot, as plain HTML without a script: subtotals in their own rows, units in the
heads, and underneath how many facts stand behind it and which filters hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any

from .. import labels
from .grid import level_name

if TYPE_CHECKING:
    from ..cube import View

__all__ = ["CELL", "HEAD", "ROWS", "html"]

ROWS = 60
LONG = 1e10  # numbers beyond this are shortened: nobody compares eleven digits
CELL = "padding:0.2em 0.75em;border:0;text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap"
HEAD = "padding:0.2em 0.75em;border:0;text-align:{align};font-weight:600;vertical-align:bottom"
_RULE = ";border-top:1px solid currentColor"


def html(view: View, lang: str | None = None) -> str:
    """A view as an HTML table.

    Parameters
    ----------
    view : crmlab.cube.View
    lang : {"id", "en"}, optional

    Examples
    --------
    >>> import crmlab as crm
    >>> sales = crm.Fact("sales", {"how": ["store", "store", "web"], "amount": [100, 50, 30]}, keys={"way": "how"})
    >>> way = crm.Dimension("way", {"way": ["store", "web"]}, key="way")
    >>> cube = crm.Cube(crm.Star([sales], [way]), [crm.Measure.sum("revenue", "sales", "amount", unit="money")])
    >>> page = html(cube.view(by=["way"]), "id")
    >>> "Omzet (Rp)" in page, ">150<" in page, ">180<" in page
    (True, True, True)
    """
    from ..cube.export import describe_filter

    lang = lang or labels.language()
    grid = view.grid(lang)
    writers = _writers(view, grid, lang)
    shown = _parents_first(grid["rows"])
    body = "".join(_row(view, row, before, grid["columns"], writers) for row, before in _with_before(shown[:ROWS]))
    table = (
        '<table class="crm-table" style="border-collapse:collapse;margin:0.5em 0">'
        f"<thead>{_heads(view, grid, lang)}</thead><tbody>{body}</tbody></table>"
    )
    foot = [labels.text("tables.n", lang, n=view.n), *(describe_filter(view, f, lang, most=5) for f in view.filters)]
    if len(shown) > ROWS:
        foot.append(labels.text("common.rows_shown", lang, shown=ROWS, total=len(shown)))
    lines = [" · ".join(foot), *(note.render(lang) for note in view.notes())]
    return table + "".join(f'<p style="margin:0.2em 0;font-size:smaller">{escape(line)}</p>' for line in lines)


def figure_name(view: View, figure: str, lang: str) -> str:
    """A measure, or a figure derived from one, in words."""
    for derived in view.derived:
        if derived.name == figure:
            return labels.text(f"tables.figure.{derived.kind}", lang, measure=labels.name(derived.measure, lang))
    return labels.name(figure, lang)


def _writers(view: View, grid: dict[str, Any], lang: str) -> dict[str, Any]:
    """How the numbers of each figure are written, the same down its columns."""
    writers = {}
    for figure, unit in view.units.items():
        places = [i for i, head in enumerate(grid["columns"]) if head["figure"] == figure]
        values = [row["cells"][i] for row in grid["rows"] for i in places]
        short = unit == "money" and any(v is not None and abs(v) >= LONG for v in values)
        currency = view.cube.star.currency

        def write(x: Any, unit: str = unit, short: bool = short, currency: str = currency) -> str:
            if unit == "money" and not short:
                return labels.number(x, lang, 0 if currency == "IDR" else 2)
            if unit == "money":
                return labels.money(x, lang, "", short=True)
            return labels.value(x, unit, lang)

        writers[figure] = write
    return writers


def _heads(view: View, grid: dict[str, Any], lang: str) -> str:
    """One row of heads per column level, and one of figures."""
    lines = []
    depth = len(view.columns)
    head = f'<th rowspan="{depth + 1}" style="{HEAD.format(align="left")}">'
    levels = "".join(f"{head}{escape(level_name(view.cube, level, lang))}</th>" for level in view.by)
    for i, level in enumerate(view.columns):
        words = [(tuple(head["labels"].get(x) for x in view.columns[: i + 1]), head) for head in grid["columns"]]
        cells = []
        for _, group in groupby(words, key=lambda pair: pair[0]):
            members = list(group)
            head = members[0][1]
            above = i > 0 and view.columns[i - 1] not in head["labels"]
            word = head["labels"].get(level) or ("" if above else labels.text("common.total", lang))
            cells.append(f'<th colspan="{len(members)}" style="{HEAD.format(align="center")}">{escape(word)}</th>')
        lines.append("".join(cells))
    sign = labels.currency_sign(view.cube.star.currency)
    figures = []
    for head in grid["columns"]:
        word = figure_name(view, head["figure"], lang)
        word += f" ({sign})" if view.units[head["figure"]] == "money" else ""
        figures.append(f'<th style="{HEAD.format(align="right")}">{escape(word)}</th>')
    lines.append("".join(figures))
    return "".join(f"<tr>{levels if i == 0 else ''}{line}</tr>" for i, line in enumerate(lines))


def _row(view: View, row: dict[str, Any], before: Sequence[str], heads: Sequence[dict], writers: dict[str, Any]) -> str:
    words = list(row["labels"].values())
    names = []
    for i in range(len(view.by)):
        word = words[i] if i < len(words) else ""
        if i < len(words) - 1 and words[: i + 1] == list(before[: i + 1]):
            word = ""  # the parent stands above already
        names.append(word)
    strong = row["depth"] < len(view.by)
    if view.by and not words:
        names[0] = labels.text("common.total")
    rule = _RULE if not words and view.by else ""
    weight = ";font-weight:600" if strong and view.by else ""
    cells = "".join(f'<th style="{HEAD.format(align="left")}{rule}{_plain(strong)}">{escape(n)}</th>' for n in names)
    for value, head in zip(row["cells"], heads, strict=True):
        cells += f'<td style="{CELL}{rule}{weight}">{escape(writers[head["figure"]](value))}</td>'
    return f"<tr>{cells}</tr>"


def _plain(strong: bool) -> str:
    return "" if strong else ";font-weight:400"


def _parents_first(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """A subtotal above its members, as a reader goes from the whole to the parts; the grand total stays last."""
    deepest = max((row["depth"] for row in rows), default=0)
    below: dict[int, list[dict[str, Any]]] = {depth: [] for depth in range(deepest + 2)}
    for row in rows:
        depth = row["depth"]
        if depth:
            below[depth] += [row, *below[depth + 1]]
            below[depth + 1] = []
        else:
            below[0].append(row)
    return [*below[1], *below[0]]


def _with_before(rows: Sequence[dict[str, Any]]):
    before: list[str] = []
    for row in rows:
        yield row, before
        before = list(row["labels"].values())
