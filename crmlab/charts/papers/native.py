"""Plain bars and lines as charts of the slide programme's own, which a person can edit; nothing else is plain enough.

A figure with intervals, reference lines or a scale of its own stays a picture: a chart that loses them would say more
than is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .pictures import colour_of

if TYPE_CHECKING:
    from .told import Told

__all__ = ["Chart", "put_chart", "simple"]

_MOST = 24  # categories that can be read on a slide
_PERCENT = re.compile(r"[−-]?\d+([.,]\d+)?\s?%")
_COUNT = re.compile(r"[−-]?\d{1,3}([.,]\d{3})*")


@dataclass(frozen=True)
class Chart:
    """A chart as plain data.

    Attributes
    ----------
    kind : {"bar", "line"}
    stacked : bool
    categories : tuple of str
    series : tuple of (name, values, texts, colours)
        Missing values are ``None``; texts and colours one a category.
    form : str
        A number format for the axis.
    """

    kind: str
    stacked: bool
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple, tuple, tuple], ...]
    form: str


def simple(figure: Mapping[str, Any]) -> Chart | None:
    """The figure as a chart, or ``None`` where something would be lost.

    Examples
    --------
    >>> bar = {"type": "bar", "orientation": "h", "x": [3, 1], "y": [0, 1], "marker": {"color": "@accent"}}
    >>> layout = {"xaxis": {"ticktext": ["0", "3"]}, "yaxis": {"tickvals": [0, 1], "ticktext": ["A", "B"]}}
    >>> simple({"data": [bar], "layout": layout}).series[0][1]
    (3.0, 1.0)
    >>> simple({"data": [bar], "layout": {**layout, "shapes": [{"type": "line"}]}}) is None
    True
    """
    traces, layout = figure.get("data") or [], figure["layout"]
    if not traces or any(layout.get(k) for k in ("shapes", "annotations", "xaxis2", "yaxis2")):
        return None
    kinds = {t["type"] for t in traces}
    if kinds == {"bar"} and all(t.get("orientation") == "h" and not t.get("base") for t in traces):
        kind, names, values = "bar", "y", "x"
    elif kinds == {"scatter"} and all("lines" in t.get("mode", "") and "text" not in t["mode"] for t in traces):
        kind, names, values = "line", "x", "y"
    else:
        return None
    if len(traces) > 1 and not all(t.get("name") for t in traces):
        return None  # lines without a name are the bounds of an interval
    if {"error_x", "error_y", "fill", "stackgroup"} & {key for t in traces for key in t}:
        return None
    axis = layout.get(f"{names}axis", {})
    places, categories = list(axis.get("tickvals") or ()), [_plain(t) for t in axis.get("ticktext") or ()]
    form = _form([_plain(t) for t in layout.get(f"{values}axis", {}).get("ticktext") or ()])
    if not categories or len(categories) > _MOST or form is None:
        return None
    if any(place not in places for t in traces for place in t[names]):
        return None
    return Chart(
        kind,
        layout.get("barmode") == "stack",
        tuple(categories),
        tuple(_series(t, places, names, values) for t in traces),
        form,
    )


def _series(trace: Mapping[str, Any], places: list, names: str, values: str) -> tuple[str, tuple, tuple, tuple]:
    colour = (trace.get("marker") or trace.get("line") or {}).get("color", "@accent")
    text = trace.get("text")
    found: dict[Any, tuple[Any, str, str]] = {}
    for i, (place, value) in enumerate(zip(trace[names], trace[values], strict=True)):
        said = _plain(text[i]) if isinstance(text, list | tuple) and i < len(text) else ""
        one = colour[i] if isinstance(colour, list | tuple) else colour
        found[place] = (None if value is None or value != value else float(value), said, one)
    cells = [found.get(place, (None, "", "@accent")) for place in places]
    return (str(trace.get("name") or ""), *(tuple(column) for column in zip(*cells, strict=True)))


def _form(texts: list[str]) -> str | None:
    """The format of an axis whose marks are plain numbers or percentages."""
    if texts and all(_PERCENT.fullmatch(t) for t in texts):
        return "0%"
    return "#,##0" if texts and all(_COUNT.fullmatch(t) for t in texts) else None


def _plain(text: Any) -> str:
    said = re.sub(r"<[^>]+>", " ", str(text))
    return said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def put_chart(slide: Any, chart: Chart, told: Told, place: tuple[float, float, float, float]) -> None:
    """Put a chart on a slide; its data stand in a small workbook inside the file."""
    from pptx.chart.data import CategoryChartData
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
    from pptx.util import Inches, Pt

    data = CategoryChartData(number_format=chart.form)
    data.categories = chart.categories
    for name, values, _, _ in chart.series:
        data.add_series(name or told.title, values)
    kinds = {("bar", False): "BAR_CLUSTERED", ("bar", True): "BAR_STACKED"}
    kind = XL_CHART_TYPE[kinds.get((chart.kind, chart.stacked), "LINE_MARKERS")]
    shape = slide.shapes.add_chart(kind, *(Inches(x) for x in place), data)
    about = shape._element.xpath(".//p:cNvPr")[0]
    about.set("name", told.title[:60])
    about.set("descr", told.alt)
    drawn = shape.chart
    drawn.has_title, drawn.font.size = False, Pt(12)
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    drawn.value_axis.tick_labels.number_format, drawn.value_axis.tick_labels.number_format_is_linked = chart.form, False
    drawn.value_axis.major_gridlines.format.line.color.rgb = RGBColor.from_string(colour_of("@line"))
    drawn.value_axis.format.line.fill.background()
    if chart.kind == "bar":
        drawn.category_axis.reverse_order = True  # the first on top, as in a table
        drawn.plots[0].gap_width = 40
        if chart.stacked:
            drawn.plots[0].overlap = 100
    for series, (_, values, texts, colours) in zip(drawn.plots[0].series, chart.series, strict=True):
        _paint(series, chart.kind, values, texts, colours)


def _paint(series: Any, kind: str, values: tuple, texts: tuple, colours: tuple) -> None:
    from pptx.dml.color import RGBColor
    from pptx.util import Pt

    def rgb(colour: str) -> Any:
        return RGBColor.from_string(colour_of(colour))

    if kind == "line":
        series.smooth = False
        series.format.line.color.rgb, series.format.line.width = rgb(colours[0]), Pt(2.25)
        return
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = rgb(colours[0])
    series.invert_if_negative = False
    for i, (value, text, colour) in enumerate(zip(values, texts, colours, strict=True)):
        if colour != colours[0]:
            fill = series.points[i].format.fill
            fill.solid()
            fill.fore_color.rgb = rgb(colour)
        if text and value is not None:
            frame = series.points[i].data_label.text_frame
            frame.text = text
            frame.paragraphs[0].runs[0].font.size = Pt(11)
