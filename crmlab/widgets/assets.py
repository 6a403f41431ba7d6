"""The browser's part of the widgets: files in ``static/``, joined into one module and one style sheet per widget.

No build step: each file holds plain functions, and a module is the files that it needs, one after the other.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

from .. import style

__all__ = ["module", "plotly", "sheet"]

_FILES = {
    "pivot_widget": ("base.js", "pivot.js", "single.js"),
    "chart_widget": ("base.js", "sketch.js", "chart.js", "single.js"),
    "board_widget": (
        "base.js",
        "sketch.js",
        "chart.js",
        "controls.js",
        "panels.js",
        "upload.js",
        "line.js",
        "board.js",
    ),
    "journey_widget": (
        "base.js",
        "sketch.js",
        "chart.js",
        "controls.js",
        "panels.js",
        "upload.js",
        "line.js",
        "board.js",
        "journey.js",
    ),
    "checkup_widget": (
        "base.js",
        "sketch.js",
        "chart.js",
        "controls.js",
        "panels.js",
        "upload.js",
        "line.js",
        "board.js",
        "checkup.js",
    ),
    "marks_widget": (
        "base.js",
        "sketch.js",
        "chart.js",
        "controls.js",
        "panels.js",
        "upload.js",
        "line.js",
        "board.js",
        "marks.js",
    ),
    "workbench_widget": (
        "base.js",
        "sketch.js",
        "chart.js",
        "controls.js",
        "panels.js",
        "upload.js",
        "line.js",
        "board.js",
        "workbench.js",
    ),
    "clinic_widget": ("base.js", "controls.js", "panels.js", "upload.js", "line.js", "clinic.js"),
    "studio_widget": (
        "base.js",
        "sketch.js",
        "chart.js",
        "controls.js",
        "panels.js",
        "upload.js",
        "line.js",
        "studio_parts.js",
        "studio.js",
    ),
    "explorer_widget": (
        "base.js",
        "pivot.js",
        "sketch.js",
        "chart.js",
        "controls.js",
        "panels.js",
        "upload.js",
        "line.js",
        "explorer.js",
    ),
}


def _read(name: str) -> str:
    return resources.files(__package__).joinpath("static", name).read_text(encoding="utf-8")


@cache
def module(render: str) -> str:
    """The ES module whose ``render`` is the function of that name.

    Examples
    --------
    >>> module("pivot_widget").splitlines()[-1]
    'export default { render: pivot_widget };'
    """
    return "\n".join([*(_read(name) for name in _FILES[render]), f"export default {{ render: {render} }};"])


@cache
def sheet() -> str:
    """The style of every widget, with the look's tokens in front: a notebook has no page of ours around it."""
    rooms = ("clinic", "studio", "board", "journey", "checkup", "workbench", "marks")
    sheets = ("widgets.css", *(f"{room}.css" for room in rooms))
    return style.css() + "".join(_read(name) for name in sheets)


def plotly() -> bytes:
    """plotly.js as the Python package ships it, found without importing plotly: for a page that no gallery serves."""
    package = find_spec("plotly")
    return (Path(package.submodule_search_locations[0]) / "package_data" / "plotly.min.js").read_bytes()
