"""A figure as plain SVG text, for a page that must show it without a script.

The same plain data as for plotly, and the marks that crmlab's figures use: horizontal and upright bars, lines, heat
maps. What else a figure may hold is not drawn at all, for half a figure would mislead: the caller says so instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

__all__ = ["svg"]

_LETTER = 6.7  # about the width of a character at 12 px
_WIDTH = 900
_KNOWN = ("bar", "scatter", "heatmap")


def svg(figure: Mapping[str, Any], width: int = _WIDTH) -> str | None:
    """The figure as an ``<svg>`` element, or ``None`` where it holds what can't be drawn here.

    Examples
    --------
    >>> bar = {"type": "bar", "orientation": "h", "x": [3], "y": [0], "marker": {"color": "@accent"}}
    >>> axis = {"tickvals": [0], "ticktext": ["A"], "range": [0.5, -0.5]}
    >>> layout = {"xaxis": {"tickvals": [0, 3], "ticktext": ["0", "3"], "range": [0, 4]}, "yaxis": axis}
    >>> drawn = svg({"data": [bar], "layout": layout, "alt": "One bar"})
    >>> drawn.count("<rect"), "One bar" in drawn
    (1, True)
    """
    traces, layout = figure.get("data") or [], figure["layout"]
    if not _drawable(traces, layout):
        return None
    axes, heat = (layout["xaxis"], layout["yaxis"]), traces[0]["type"] == "heatmap"
    height = 44 + (max(220, 30 * figure["bars"]) if figure.get("bars") else 320) + (18 if _named(axes[0]) else 0)
    return _Drawing(figure, traces, axes, heat, width, height).whole()


def _drawable(traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> bool:
    """Whether all that a figure holds can be drawn here."""
    axes = layout.get("xaxis", {}), layout.get("yaxis", {})
    if not traces or layout.get("annotations") or {"xaxis2", "yaxis2"} & set(layout):
        return False
    if any(axis.get("type") == "log" or not axis.get("tickvals") for axis in axes):
        return False
    if any(s.get("type") != "line" or s.get("xref", "x") != "x" for s in layout.get("shapes", ())):
        return False
    kinds = {trace.get("type") for trace in traces}
    if len(kinds) > 1 or not kinds <= set(_KNOWN):
        return False
    for trace in traces:
        if {"error_x", "error_y", "fill", "stackgroup"} & set(trace):
            return False
        if trace["type"] == "bar" and (trace.get("orientation") != "h") != _upright(traces):
            return False
    if _upright(traces) and (layout.get("barmode", "relative") != "relative" or any("base" in t for t in traces)):
        return False
    return "heatmap" in kinds or all(axis.get("range") for axis in axes)


def _named(axis: Mapping[str, Any]) -> str:
    """What an axis is called, where it is."""
    title = axis.get("title") or ""
    return _plain(title.get("text") or "" if isinstance(title, Mapping) else title)


def _upright(traces: Sequence[Mapping[str, Any]]) -> bool:
    return traces[0]["type"] == "bar" and traces[0].get("orientation") != "h"


class _Drawing:
    """One figure being drawn."""

    def __init__(
        self, figure: Mapping[str, Any], traces: Sequence[Any], axes: tuple, heat: bool, width: int, height: int
    ) -> None:
        self.figure, self.traces, self.heat, self.width, self.height = figure, traces, heat, width, height
        self.xaxis, self.yaxis = axes
        longest = max([len(_plain(t)) for t in self.yaxis.get("ticktext", ())] or [1])
        self.left = min(width * 0.45, 14 + _LETTER * longest)
        self.named = _named(self.xaxis)
        self.top, self.right, self.bottom = 8.0, width - 14.0, height - (48.0 if self.named else 30.0)
        first = traces[0]
        self.range_x = [-0.5, len(first["x"]) - 0.5] if heat else self.xaxis["range"]
        self.range_y = self.yaxis.get("range") or [len(first["y"]) - 0.5, -0.5]
        self.out: list[str] = []
        self.sums: dict[Any, float] = {}  # where the next bar of a stack begins

    def px(self, x: float) -> float:
        low, high = self.range_x
        return self.left + (x - low) / ((high - low) or 1) * (self.right - self.left)

    def py(self, y: float) -> float:
        low, high = self.range_y
        return self.bottom - (y - low) / ((high - low) or 1) * (self.bottom - self.top)

    def whole(self) -> str:
        self._grid()
        for number, trace in enumerate(self.traces):
            if _upright(self.traces):
                self._columns(trace)
            elif trace["type"] == "bar":
                self._bars(number, trace)
            elif trace["type"] == "scatter":
                self._lines(trace)
            else:
                self._heat(trace)
        for shape in self.figure["layout"].get("shapes", ()):
            whole = shape.get("yref") == "paper"  # from the bottom (0) to the top (1) of the plot
            y0, y1 = (
                self.bottom + y * (self.top - self.bottom) if whole else self.py(y) for y in (shape["y0"], shape["y1"])
            )
            colour = shape.get("line", {}).get("color", "@line-strong")
            dashed = shape.get("line", {}).get("dash", "solid") != "solid"
            self._line(self.px(shape["x0"]), y0, self.px(shape["x1"]), y1, colour, dashed=dashed)
        alt = escape(_plain(self.figure.get("alt", "")))
        size = f'viewBox="0 0 {self.width} {self.height}" role="img" aria-label="{alt}"'
        return f"<svg {size}>{''.join(self.out)}</svg>"

    def _grid(self) -> None:
        for value, text in zip(self.yaxis.get("tickvals", ()), self.yaxis.get("ticktext", ()), strict=False):
            if self.yaxis.get("showgrid") is not False:
                self._line(self.left, self.py(value), self.right, self.py(value), "@line")
            self._text(self.left - 7, self.py(value) + 4, text, "end", "@text")
        ticks = list(zip(self.xaxis.get("tickvals", ()), self.xaxis.get("ticktext", ()), strict=False))
        longest = max([len(_plain(t)) for _, t in ticks] or [1])
        room = max(2, int((self.right - self.left) / (_LETTER * longest + 14)))
        step = max(1, -(-len(ticks) // room))
        for i, (value, text) in enumerate(ticks):
            if self.xaxis.get("showgrid") is not False:
                self._line(self.px(value), self.top, self.px(value), self.bottom, "@line")
            if i % step == 0:
                self._text(self.px(value), self.bottom + 19, text, "middle", "@muted")
        if self.named:
            self._text((self.left + self.right) / 2, self.height - 8, self.named, "middle", "@muted")
        if _upright(self.traces):
            self._line(self.left, self.py(0), self.right, self.py(0), "@line-strong")
        elif not self.heat and self.traces[0]["type"] == "bar":
            self._line(self.px(0), self.top, self.px(0), self.bottom, "@line-strong")

    def _bars(self, number: int, trace: Mapping[str, Any]) -> None:
        layout = self.figure["layout"]
        stacked = layout.get("barmode") == "stack"
        side_by_side = len(self.traces) if layout.get("barmode") == "group" else 1
        whole = abs(self.py(1) - self.py(0)) * (1 - layout.get("bargap", 0.28))
        thick = whole / side_by_side
        for i, x in enumerate(trace["x"]):
            if _unknown(x):
                continue
            base = trace["base"][i] if trace.get("base") else self.sums.get(i, 0.0) if stacked else 0.0
            self.sums[i] = base + x
            start, end = sorted((self.px(base), self.px(base + x)))
            y = self.py(trace["y"][i]) - whole / 2 + (number * thick if side_by_side > 1 else 0)
            colour = trace.get("marker", {}).get("color", "@accent")
            colour = colour[i] if isinstance(colour, list | tuple) else colour
            size = f'x="{start:.1f}" y="{y:.1f}" width="{max(0.5, end - start):.1f}" height="{thick:.1f}" rx="2"'
            self._mark(f'<rect {size} fill="{_tint(colour)}"/>', _of(trace.get("hovertext"), i))
            if text := _of(trace.get("text"), i):
                at, anchor = (start - 4, "end") if x < 0 else (end + 4, "start")
                self._text(at, y + thick / 2 + 4, text, anchor, "@text")

    def _columns(self, trace: Mapping[str, Any]) -> None:
        """Upright bars: those above the line are put on each other, and so are those below it."""
        thick = abs(self.px(1) - self.px(0)) * (1 - self.figure["layout"].get("bargap", 0.28))
        for i, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
            if _unknown(y):
                continue
            base = self.sums.get((x, y < 0), 0.0)
            self.sums[x, y < 0] = base + y
            top, bottom = sorted((self.py(base), self.py(base + y)))
            colour = trace.get("marker", {}).get("color", "@accent")
            colour = colour[i] if isinstance(colour, list | tuple) else colour
            place = f'x="{self.px(x) - thick / 2:.1f}" y="{top:.1f}"'
            size = f'{place} width="{thick:.1f}" height="{max(0.5, bottom - top):.1f}"'
            self._mark(f'<rect {size} fill="{_tint(colour)}"/>', _of(trace.get("hovertext"), i))

    def _lines(self, trace: Mapping[str, Any]) -> None:
        pen, path = "M", []
        line, marker = trace.get("line", {}), trace.get("marker", {})
        for x, y in zip(trace["x"], trace["y"], strict=True):
            if _unknown(x) or _unknown(y):
                pen = "M"
                continue
            path.append(f"{pen}{self.px(x):.1f} {self.py(y):.1f}")
            pen = "L"
        if "lines" in trace.get("mode", "lines"):
            dash = ' stroke-dasharray="3 3"' if line.get("dash") == "dot" else ""
            stroke = f'stroke="{_tint(line.get("color", "@accent"))}" stroke-width="{line.get("width", 2)}"{dash}'
            self.out.append(f'<path d="{"".join(path)}" fill="none" {stroke}/>')
        if "text" in trace.get("mode", ""):
            font = trace.get("textfont", {})
            anchor = {"right": "start", "left": "end"}.get(trace.get("textposition", "").rpartition(" ")[2], "middle")
            for i, (x, y, words) in enumerate(zip(trace["x"], trace["y"], trace["text"], strict=True)):
                if _unknown(x) or _unknown(y):
                    continue
                colour = font.get("color", "@text")
                colour = colour[i] if isinstance(colour, list | tuple) else colour  # one for each text, or for all
                # several lines stand about the middle, as plotly sets them
                parts = str(words).split("<br>")
                for k, part in enumerate(parts):
                    at = self.py(y) + 4 + (k - (len(parts) - 1) / 2) * 13
                    self._text(self.px(x), at, part, anchor, colour)
        if "markers" in trace.get("mode", ""):
            for i, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
                if not (_unknown(x) or _unknown(y)):
                    colour = marker.get("color", "@accent")
                    colour = _tint(colour[i] if isinstance(colour, list | tuple) else colour)
                    dot = f'<circle cx="{self.px(x):.1f}" cy="{self.py(y):.1f}" r="3" fill="{colour}"/>'
                    self._mark(dot, _of(trace.get("text"), i))

    def _heat(self, trace: Mapping[str, Any]) -> None:
        low, spread = trace["zmin"], (trace["zmax"] - trace["zmin"]) or 1
        w, h = abs(self.px(1) - self.px(0)), abs(self.py(1) - self.py(0))
        for r, cells in enumerate(trace["z"]):
            for c, z in enumerate(cells):
                if _unknown(z):
                    continue
                share = round(100 * (z - low) / spread)
                fill = f"color-mix(in srgb,var(--crm-accent) {share}%,var(--crm-accent-soft))"
                place = f'x="{self.px(c) - w / 2 + 1:.1f}" y="{self.py(r) - h / 2 + 1:.1f}"'
                size = f'{place} width="{w - 2:.1f}" height="{h - 2:.1f}"'
                said = trace["hovertext"][r][c] if trace.get("hovertext") else ""
                self._mark(f'<rect {size} style="fill:{fill}"/>', said)
                if trace.get("text"):
                    colour = "@accent-text" if share > 62 else "@text"
                    self._text(self.px(c), self.py(r) + 4, trace["text"][r][c], "middle", colour)

    def _line(self, x1: float, y1: float, x2: float, y2: float, colour: str, *, dashed: bool = False) -> None:
        ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
        dash = ' stroke-dasharray="4 3"' if dashed else ""
        self.out.append(f'<line {ends} stroke="{_tint(colour)}"{dash}/>')

    def _text(self, x: float, y: float, words: Any, anchor: str, colour: str) -> None:
        place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="12"'
        self.out.append(f'<text {place} fill="{_tint(colour)}">{escape(_plain(words))}</text>')

    def _mark(self, html: str, said: Any) -> None:
        title = f"<title>{escape(_plain(said))}</title>" if said else ""
        self.out.append(f"<g>{html}{title}</g>" if title else html)


def _unknown(value: Any) -> bool:
    return value is None or value != value


def _of(texts: Any, i: int) -> Any:
    return texts[i] if isinstance(texts, list | tuple) and i < len(texts) else None


def _tint(colour: str) -> str:
    return f"var(--crm-{colour[1:]})" if colour.startswith("@") else escape(colour)


def _plain(text: Any) -> str:
    """Our texts carry plotly's markup: bold, line breaks, and escaped signs."""
    said = str(text).replace("<br>", "\n").replace("<b>", "").replace("</b>", "")
    return said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
