"""A figure as a picture for an office file: SVG, sharp at any size, and a PNG for what can't read SVG.

Word and PowerPoint have drawn SVG since 2016 and take the PNG from other programmes' hands. Both are made of the same
few marks that :mod:`crmlab.charts.svg` draws; Pillow, which python-pptx brings along, paints the PNG.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from ... import style
from ..svg import svg
from ..theme import resolved

__all__ = ["Picture", "colour_of", "embed", "picture"]

_TOKEN = re.compile(r"var\(--crm-([a-z0-9-]+)\)")
_MIX = re.compile(r"color-mix\(in srgb,(#[0-9a-f]{6}) (\d+)%,(#[0-9a-f]{6})\)")
_STYLE = re.compile(r'style="fill:([^"]+)"')
_SCALE = 2  # pixels of the PNG for one of the drawing
_FINER = 2  # painted finer and reduced, for smooth edges
# what the font that Pillow brings along lacks, as it is typed without it
_TYPED = str.maketrans({"−": "-", "–": "-", "—": "-", "×": "x", "≥": ">=", "≤": "<=", "→": "->", "•": "·", "≈": "~"})
_HAS = frozenset("“”‘’·…")
_DRAWN_IN = "http://www.w3.org/2000/svg"
_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"


@dataclass(frozen=True)
class Picture:
    """A drawn figure.

    Attributes
    ----------
    svg, png : bytes
    width, height : int
        In pixels of the SVG.
    """

    svg: bytes
    png: bytes
    width: int
    height: int


def colour_of(token: str) -> str:
    """A colour of the house as six hexadecimal digits.

    Examples
    --------
    >>> colour_of("@accent"), colour_of("#ff0000")
    ('1D5FBF', 'FF0000')
    """
    return str(resolved(token, "light")).lstrip("#")[:6].upper()


def picture(figure: Mapping[str, Any] | None, width: int = 900) -> Picture | None:
    """The figure drawn, or ``None`` where it holds what can't be drawn here."""
    drawn = svg(figure, width) if figure else None
    if drawn is None:
        return None
    plain = _STYLE.sub(r'fill="\1"', _MIX.sub(_mixed, _TOKEN.sub(_colour, drawn)))
    size = re.search(r'viewBox="0 0 (\d+) (\d+)"', plain)
    wide, high = int(size[1]), int(size[2])
    head = f'<svg xmlns="{_DRAWN_IN}" width="{wide}" height="{high}" font-family="Calibri, Arial, sans-serif" '
    plain = plain.replace("<svg ", head, 1)
    return Picture(plain.encode(), _painted(plain, wide, high), wide, high)


def embed(blip: Any, part_of: Any, make_part: Any, drawn: Picture, number: int, folder: str) -> None:
    """Put the SVG beside the PNG of a picture that stands in a file already.

    Parameters
    ----------
    blip : element
        The picture's ``a:blip``.
    part_of : part
        The part of the package in which the picture stands.
    make_part : callable
        ``make_part(name, content)`` gives a part of the package.
    drawn : Picture
    number : int
        Of the picture, for its name.
    folder : str
        ``"/word/media"`` or ``"/ppt/media"``.
    """
    from lxml import etree

    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    related = part_of.relate_to(make_part(f"{folder}/figure{number}.svg", drawn.svg), kind)
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    asvg = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
    extension = etree.SubElement(etree.SubElement(blip, f"{{{a}}}extLst"), f"{{{a}}}ext", uri=_EXTENSION)
    etree.SubElement(extension, f"{{{asvg}}}svgBlip", {f"{{{r}}}embed": related}, nsmap={"asvg": asvg})


def _colour(found: re.Match[str]) -> str:
    name = found[1]
    number = re.fullmatch(r"series-(\d)", name)
    if number:
        return str(style.LIGHT["series"][int(number[1]) - 1])
    return str(style.LIGHT[name.replace("-", "_")])


def _mixed(found: re.Match[str]) -> str:
    one, share, other = found[1], int(found[2]) / 100, found[3]
    parts = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in parts)


# -- painting ----------------------------------------------------------------------------------------------------------


def _painted(drawn: str, width: int, height: int) -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    scale = _SCALE * _FINER
    paper = Image.new("RGB", (width * scale, height * scale), "#ffffff")
    brush = ImageDraw.Draw(paper)
    font = ImageFont.load_default(12 * scale)
    for mark in ElementTree.fromstring(drawn).iter():
        _paint(mark.tag.rpartition("}")[2], mark, brush, font, scale)
    small = paper.resize((width * _SCALE, height * _SCALE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(out, "PNG", optimize=True)
    return out.getvalue()


def _paint(kind: str, mark: Any, brush: Any, font: Any, scale: int) -> None:
    def at(*names: str) -> list[float]:
        return [float(mark.get(name, 0)) * scale for name in names]

    fill, stroke = mark.get("fill"), mark.get("stroke")
    if kind == "rect":
        x, y, w, h = at("x", "y", "width", "height")
        brush.rounded_rectangle((x, y, x + w, y + h), radius=at("rx")[0], fill=fill)
    elif kind == "circle":
        x, y, r = at("cx", "cy", "r")
        brush.ellipse((x - r, y - r, x + r, y + r), fill=fill)
    elif kind == "line":
        x1, y1, x2, y2 = at("x1", "y1", "x2", "y2")
        _stroke(brush, [(x1, y1), (x2, y2)], stroke, scale, mark.get("stroke-dasharray"), scale)
    elif kind == "path":
        width = float(mark.get("stroke-width", 1)) * scale
        for run in mark.get("d").split("M")[1:]:
            points = [tuple(float(v) * scale for v in point.split()) for point in run.split("L")]
            _stroke(brush, points, stroke, width, mark.get("stroke-dasharray"), scale)
    elif kind == "text":
        x, y = at("x", "y")
        anchor = {"middle": "ms", "end": "rs"}.get(mark.get("text-anchor", ""), "ls")
        brush.text((x, y), _typed(mark.text or ""), fill=fill, font=font, anchor=anchor)


def _stroke(brush: Any, points: list, colour: str, width: float, dash: str | None, scale: int) -> None:
    """A line; a dashed one as its dashes."""
    if not dash:
        if len(points) > 1:
            brush.line(points, fill=colour, width=max(1, round(width)), joint="curve")
        return
    on, off = (float(v) * scale for v in dash.split())
    for (x1, y1), (x2, y2) in zip(points, points[1:], strict=False):
        length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
        done = 0.0
        while done < length:
            a, b = done / length, min(1.0, (done + on) / length)
            ends = [(x1 + (x2 - x1) * k, y1 + (y2 - y1) * k) for k in (a, b)]
            brush.line(ends, fill=colour, width=max(1, round(width)))
            done += on + off


def _typed(said: str) -> str:
    """Text in the letters that the font has.

    Examples
    --------
    >>> _typed("−0,3 ≥ résumé")
    '-0,3 >= resume'
    """
    out = []
    for sign in " ".join(said.split()).translate(_TYPED):
        if sign < "\x7f" or sign in _HAS:
            out.append(sign)
        else:
            out.append(unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode() or "?")
    return "".join(out)
