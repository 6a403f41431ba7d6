"""The course in the gallery: its table of contents, and each notebook as a page that is read, not run.

A page shows what the stored notebook holds: text, code, and what the code displayed. To run it, open JupyterLab
(``crmlab lab``).
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from .. import course

__all__ = ["Page", "contents", "neighbours", "page", "slugs"]

Cell = Mapping[str, Any]


class Page:
    """A notebook as HTML.

    Parameters
    ----------
    path : pathlib.Path
        A notebook with stored outputs.

    Attributes
    ----------
    title : str
    body : str
        The cells as HTML.
    sections : list of (str, str)
        Anchor and words of every heading of the second level.
    """

    def __init__(self, path: Path) -> None:
        self.sections: list[tuple[str, str]] = []
        self.title = course.title(path)
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        self.body = "\n".join(part for cell in cells for part in self._cell(cell))

    def _cell(self, cell: Cell) -> Iterator[str]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            yield f'<div class="crm-prose">{self._prose(source)}</div>'
        elif cell["cell_type"] == "code" and source.strip():
            yield f'<div class="crm-code">{_highlighted(source)}</div>'
            for output in cell["outputs"]:
                if shown := _output(output):
                    yield f'<div class="crm-shown">{shown}</div>'

    def _prose(self, source: str) -> str:
        written = _markdown(source)

        def numbered(found: re.Match[str]) -> str:
            anchor = f"s{len(self.sections) + 1}"
            self.sections.append((anchor, html.unescape(re.sub(r"<[^>]+>", "", found[1]))))
            return f'<h2 id="{anchor}">{found[1]}</h2>'

        return re.sub(r"<h2[^>]*>(.*?)</h2>", numbered, written, flags=re.S)


def _markdown(source: str) -> str:
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    class Renderer(IPythonRenderer):
        """Formulas as MathML, which browsers draw by themselves."""

        def block_math(self, body: str) -> str:
            return _formula(body, "block")

        def inline_math(self, body: str) -> str:
            return _formula(body, "inline")

    return MarkdownWithMath(renderer=Renderer(escape=False, exclude_anchor_links=True)).render(source)


def _formula(body: str, display: str) -> str:
    from latex2mathml.converter import convert

    return convert(body.strip(), display=display)


def _highlighted(source: str) -> str:
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    return highlight(source, PythonLexer(), HtmlFormatter(cssclass="crm-source"))


def _output(output: Mapping[str, Any]) -> str:
    """What a cell displayed: a figure before a table before text."""
    if output["output_type"] == "stream":
        return f"<pre>{html.escape(''.join(output['text']))}</pre>"
    data = output.get("data", {})
    if figure := data.get("application/vnd.plotly.v1+json"):
        # a closing tag within the figure's words would end the script element
        drawn = json.dumps({"data": figure["data"], "layout": figure["layout"]}, ensure_ascii=False).replace(
            "</", "<\\/"
        )
        height = int(figure["layout"].get("height") or 400)
        holder = f'<div class="crm-plot" style="min-height:{height}px"></div>'
        return f'<figure>{holder}<script type="application/json">{drawn}</script></figure>'
    for kind, write in (("text/html", str), ("text/markdown", _markdown), ("text/plain", _plain)):
        if kind in data:
            return write("".join(data[kind]))
    return ""


def _plain(text: str) -> str:
    return f"<pre>{html.escape(text)}</pre>"


@lru_cache(maxsize=64)
def _page(path: Path, _changed: int) -> Page:
    return Page(path)


def slugs() -> list[str]:
    """The course's notebooks in reading order.

    Examples
    --------
    >>> "01-star-schema" in slugs()
    True
    """
    return [name for part in course.PARTS for name in part.notebooks]


def page(slug: str, lang: str) -> Page | None:
    """A notebook's page, or None when the course has no notebook of that name.

    Examples
    --------
    >>> page("01-star-schema", "id").title
    '01 · Skema bintang dan kosakatanya'
    >>> page("../../README", "id") is None
    True
    """
    if slug not in slugs():
        return None
    path = course.originals() / lang / f"{slug}.ipynb"
    return _page(path, path.stat().st_mtime_ns) if path.is_file() else None


def neighbours(slug: str, lang: str) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    """Name and title of the notebooks that are read before and after one.

    Examples
    --------
    >>> neighbours("01-star-schema", "en")[1]
    ('02-customer-strategy-cube', '02 · The customer strategy cube of PT XYZ')
    """
    order = slugs()
    place = order.index(slug)
    folder = course.originals() / lang

    def named(at: int) -> tuple[str, str] | None:
        return (order[at], course.title(folder / f"{order[at]}.ipynb")) if 0 <= at < len(order) else None

    return named(place - 1), named(place + 1)


def contents(lang: str) -> list[tuple[course.Part, list[tuple[str, str]]]]:
    """The parts, each with the names and titles of its notebooks.

    Examples
    --------
    >>> {part.name: notebooks[0] for part, notebooks in contents("en")}["cube"]
    ('01-star-schema', '01 · The star schema and its words')
    """
    folder = course.originals() / lang
    return [
        (part, [(name, course.title(folder / f"{name}.ipynb")) for name in part.notebooks]) for part in course.PARTS
    ]
