"""The slides as PPTX, 16:9: one finding a slide, its sentence as the title, its doubt beside the figure."""

from __future__ import annotations

import copy
import datetime as dt
import io
import re
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from ... import labels, style
from ...errors import UserError
from ..columns import Shown
from ..files import WORDS, written
from ..package import settled
from .native import put_chart, simple
from .parts import Finding, words
from .pictures import colour_of, embed, picture
from .told import Told, by_line, own_table, tell

if TYPE_CHECKING:
    from .paper import Paper

__all__ = ["deck"]

_FONT = "Calibri"
_WIDE, _HIGH, _EDGE = 13.333, 7.5, 0.6  # inches
_TOP, _FOOT = 1.75, 6.78
_LANGUAGES = {"id": "id-ID", "en": "en-GB"}
_ROWS = 8  # of a table on a slide
_COLUMNS = 7
_LETTERS = 850  # of text on a slide


def deck(paper: Paper, lang: str, masked: bool = True) -> bytes:
    """The file's bytes."""
    if find_spec("pptx") is None:
        raise UserError("papers.no_office", found="python-pptx", ending=".pptx")
    return _Deck(paper, lang, masked).whole()


class _Deck:
    """One set of slides being written."""

    def __init__(self, paper: Paper, lang: str, masked: bool) -> None:
        from pptx import Presentation

        self.paper, self.lang, self.masked = paper, lang, masked
        self.made = Presentation()
        self.pictures = 0
        known = self.made.part.package._rels
        for one in [k for k, rel in known.items() if rel.reltype.endswith("/thumbnail")]:
            known.pop(one)  # a small picture of the empty template, which is no picture of this file
        _widen(self.made)
        _dress(self.made)

    def whole(self) -> bytes:
        from pptx.util import Inches

        paper, lang = self.paper, self.lang
        title = words(paper.title, lang)
        first = self.made.slides.add_slide(self.made.slide_layouts[0])
        self._write(first.shapes.title.text_frame, title, 36, bold=True)
        under = first.placeholders[1]
        bar = first.shapes.add_shape(1, 0, 0, Inches(0.25), self.made.slide_height)
        bar.fill.solid()
        bar.fill.fore_color.rgb = _rgb(colour_of("@accent"))
        bar.line.fill.background()
        if told := by_line(paper, lang):
            self._write(under.text_frame, told, 18, "muted")
            under.text_frame.paragraphs[0].alignment = 1
        else:
            under._element.getparent().remove(under._element)
        for chapter in paper.chapters:
            self._chapter(chapter)
        about = self.made.core_properties
        about.title, about.author = title, words(paper.author, lang) or "crmlab"
        about.last_modified_by, about.language, about.revision = "crmlab", _LANGUAGES[lang], 1
        about.created = about.modified = dt.datetime(2000, 1, 1)  # set to the paper's date when it is packed
        out = io.BytesIO()
        self.made.save(out)
        return settled(out.getvalue(), paper.date)

    def _chapter(self, chapter: Any) -> None:
        heading, lang = words(chapter.title, self.lang), self.lang
        gathered: list[Any] = []
        for block in chapter.blocks:
            if isinstance(block, str) or not (isinstance(block, Finding | tuple) or hasattr(block, "columns")):
                gathered.append((words(block, lang), None))
            elif isinstance(block, tuple):
                gathered += [(words(one, lang), k) for k, one in enumerate(block, start=1)]
            else:
                self._texts(heading, gathered)
                gathered = []
                if isinstance(block, Finding):
                    self._finding(tell(block, lang, self.masked))
                else:
                    self._own(heading, *own_table(block, self.paper, lang, self.masked))
        self._texts(heading, gathered)

    # -- slides -------------------------------------------------------------------------------------------------------

    def _slide(self, title: str, part: str = "", verdict: tuple[str, str] | None = None) -> Any:
        slide = self.made.slides.add_slide(self.made.slide_layouts[5])
        size = 26 if len(title) < 80 else 22 if len(title) < 150 else 18
        frame = slide.shapes.title.text_frame
        self._write(frame, title, size, bold=True)
        if verdict:
            key, word = verdict
            self._run(frame.paragraphs[0], f"  ({word})", size - 6, "good" if key == "real" else "warn", bold=True)
        if part:
            self._text(slide, part.upper(), _EDGE, 0.22, 11, 0.35, 12, "muted")
        _number(slide)
        return slide

    def _texts(self, heading: str, items: list[tuple[str, int | None]]) -> None:
        """Paragraphs and numbered lines, on as many slides as they need."""
        pages: list[list[tuple[str, int | None]]] = []
        for item in items:
            if not pages or sum(len(text) for text, _ in pages[-1]) + len(item[0]) > _LETTERS:
                pages.append([])
            pages[-1].append(item)
        for k, page in enumerate(pages):
            slide = self._slide(self._title(heading, k))
            frame = self._box(slide, _EDGE, _TOP, _WIDE - 2 * _EDGE, _FOOT - _TOP)
            size = 22 if sum(len(text) for text, _ in page) < 450 else 18
            for j, (text, number) in enumerate(page):
                line = frame.paragraphs[0] if j == 0 else frame.add_paragraph()
                line.space_after = _points(10)
                if number is not None:
                    _numbered(line, number)
                self._run(line, text, size)

    def _finding(self, told: Told) -> None:
        slide = self._slide(told.sentence, told.part, told.verdict)
        beside = bool(told.facts or told.n)
        width = 8.5 if beside else _WIDE - 2 * _EDGE
        high = _FOOT - _TOP - 0.1
        if not self._figure(slide, told, width, high) and told.table:
            shown = _narrow(told.table)
            self._table(slide, shown, told.title, _EDGE, _TOP, width)
            cut = told.cut or ""
            if shown is not told.table:
                rows = len(told.table.rows)
                cut = cut or labels.text("common.rows_shown", self.lang, shown=len(shown.rows), total=rows)
            self._text(slide, cut, _EDGE, _FOOT - 0.35, width, 0.3, 10, "muted")
        if beside:
            self._facts(slide, told)
        self._text(slide, told.foot(self.lang, short=True), _EDGE, _FOOT, 11.2, 0.5, 10, "muted")
        method = f"{labels.text('papers.methods', self.lang)}: {told.method}"
        slide.notes_slide.notes_text_frame.text = "\n".join([told.sentence, method, *told.notes])

    def _facts(self, slide: Any, told: Told) -> None:
        frame = self._box(slide, 9.4, _TOP, _WIDE - 9.4 - _EDGE, 4.6)
        line = frame.paragraphs[0]
        if told.n:
            self._run(line, f"n = {labels.number(told.n, self.lang)}", 14, "muted")
            line.space_after = _points(12)
        for k, (name, value, between) in enumerate(told.facts):
            line = frame.add_paragraph() if told.n or k else line
            self._run(line, name, 13, "muted")
            line = frame.add_paragraph()
            self._run(line, value, 26, bold=True)
            if between:
                line = frame.add_paragraph()
                self._run(line, between, 13, "muted")
            line.space_after = _points(12)

    def _figure(self, slide: Any, told: Told, width: float, high: float) -> bool:
        from pptx.opc.package import Part
        from pptx.opc.packuri import PackURI
        from pptx.util import Inches

        top = _TOP
        if told.figure and (chart := simple(told.figure)):
            put_chart(slide, chart, told, (_EDGE, top, width, high - 0.4))
            tall = high - 0.4
        elif drawn := picture(told.figure, 640 if width < 9 else 900):
            if told.legend:
                frame = self._box(slide, _EDGE, top, width, 0.35)
                for name, colour in told.legend:
                    mark = frame.paragraphs[0].add_run()
                    mark.text, mark.font.size, mark.font.color.rgb = "■ ", _points(12), _rgb(colour_of(colour))
                    self._run(frame.paragraphs[0], f"{name}    ", 12)
                top += 0.38
                high -= 0.38
            scale = min(width / drawn.width, (high - 0.4) / drawn.height)
            wide, tall = drawn.width * scale, drawn.height * scale
            shape = slide.shapes.add_picture(
                io.BytesIO(drawn.png), Inches(_EDGE), Inches(top), Inches(wide), Inches(tall)
            )
            self.pictures += 1
            _describe(shape, told.title, told.alt)
            package = slide.part.package

            def make(name: str, content: bytes) -> Any:
                return Part(PackURI(name), "image/svg+xml", package, content)

            embed(shape._element.blipFill.blip, slide.part, make, drawn, self.pictures, "/ppt/media")
        else:
            return False
        self._text(slide, told.caption, _EDGE, top + tall + 0.02, width, 0.3, 11, "muted")
        return True

    def _own(self, heading: str, table: Shown, hidden: str) -> None:
        """A table of one's own, on as many slides as it needs."""
        from dataclasses import replace

        for k, start in enumerate(range(0, len(table.rows), _ROWS)):
            rows = table.rows[start : start + _ROWS]
            totals = frozenset(i - start for i in table.totals if start <= i < start + _ROWS)
            slide = self._slide(self._title(heading, k))
            some = replace(table, rows=rows, totals=totals)
            self._table(slide, some, heading, _EDGE, _TOP, _WIDE - 2 * _EDGE)
            self._text(slide, hidden, _EDGE, _FOOT, 11.2, 0.5, 10, "muted")

    def _title(self, heading: str, k: int) -> str:
        return labels.text("papers.continued", self.lang, title=heading) if k else heading

    def _table(self, slide: Any, table: Shown, title: str, left: float, top: float, width: float) -> None:
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Inches

        place = (Inches(left), Inches(top), Inches(width), Inches(0.36 * (len(table.rows) + 1)))
        shape = slide.shapes.add_table(len(table.rows) + 1, len(table.heads), *place)
        _describe(shape, title, title)
        made = shape.table
        texts = [list(table.heads)] + [
            [written(v, unit, self.lang, table.currency) for v, unit in zip(row, table.units, strict=True)]
            for row in table.rows
        ]
        # as wide as what stands in it, so that numbers don't break
        needs = [max(6, min(40, max(len(row[j]) for row in texts))) for j in range(len(table.heads))]
        for column, need in zip(made.columns, needs, strict=True):
            column.width = Inches(width * need / sum(needs))
        size = 13 if len(table.heads) <= 4 else 12 if len(table.heads) <= 5 else 10.5
        for i, row in enumerate(texts):
            for j, text in enumerate(row):
                cell = made.cell(i, j)
                cell.fill.solid()
                cell.fill.fore_color.rgb = _rgb(colour_of("@panel-2" if i == 0 else "@panel"))
                cell.margin_top = cell.margin_bottom = Inches(0.04)
                line = cell.text_frame.paragraphs[0]
                line.alignment = PP_ALIGN.LEFT if table.units[j] in WORDS else PP_ALIGN.RIGHT
                self._run(line, text, size, bold=i == 0 or i - 1 in table.totals)

    # -- text ---------------------------------------------------------------------------------------------------------

    def _box(self, slide: Any, left: float, top: float, width: float, height: float) -> Any:
        from pptx.util import Inches

        frame = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height)).text_frame
        frame.word_wrap = True
        return frame

    def _text(
        self, slide: Any, said: str, left: float, top: float, width: float, height: float, size: float, colour: str
    ) -> None:
        if said:
            self._write(self._box(slide, left, top, width, height), said, size, colour)

    def _write(self, frame: Any, said: str, size: float, colour: str = "text", bold: bool = False) -> None:
        frame.word_wrap = True
        self._run(frame.paragraphs[0], said, size, colour, bold=bold)

    def _run(self, line: Any, said: str, size: float, colour: str = "text", bold: bool = False) -> None:
        run = line.add_run()
        run.text = said
        run.font.size, run.font.bold, run.font.name = _points(size), bold, _FONT
        run.font.color.rgb = _rgb(str(style.LIGHT[colour]))
        run._r.get_or_add_rPr().set("lang", _LANGUAGES[self.lang])


# -- what python-pptx has no words for ---------------------------------------------------------------------------------


def _points(size: float) -> Any:
    from pptx.util import Pt

    return Pt(size)


def _rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(colour.lstrip("#").upper())


def _describe(shape: Any, name: str, alt: str) -> None:
    about = shape._element.xpath(".//p:cNvPr")[0]
    about.set("name", name[:60])
    about.set("descr", alt)


def _narrow(table: Shown) -> Shown:
    """What fits on a slide beside its facts."""
    from dataclasses import replace

    if len(table.heads) <= _COLUMNS and len(table.rows) <= _ROWS:
        return table
    return replace(
        table,
        names=table.names[:_COLUMNS],
        heads=table.heads[:_COLUMNS],
        units=table.units[:_COLUMNS],
        rows=tuple(row[:_COLUMNS] for row in table.rows[:_ROWS]),
        totals=frozenset(i for i in table.totals if i < _ROWS),
    )


def _numbered(line: Any, number: int) -> None:
    """A line of a numbered list."""
    from lxml import etree

    pr = line._p.get_or_add_pPr()
    pr.set("marL", "457200")
    pr.set("indent", "-457200")
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    etree.SubElement(pr, f"{{{a}}}buFont", typeface="+mj-lt")
    etree.SubElement(pr, f"{{{a}}}buAutoNum", type="arabicPeriod", startAt=str(number))


def _number(slide: Any) -> None:
    """The slide's number, which python-pptx leaves out."""
    for shape in slide.slide_layout.placeholders:
        if shape.placeholder_format.type is not None and "SLIDE_NUMBER" in str(shape.placeholder_format.type):
            number = copy.deepcopy(shape._element)
            taken = [int(i) for i in slide.shapes._spTree.xpath("//p:cNvPr/@id")]
            number.xpath(".//p:cNvPr")[0].set("id", str(max(taken) + 1))  # no two shapes of a slide are called alike
            slide.shapes._spTree.append(number)


def _widen(made: Any) -> None:
    """The template that python-pptx brings is 4:3: its places move to 16:9."""
    from pptx.util import Inches

    factor = _WIDE / 10
    made.slide_width, made.slide_height = Inches(_WIDE), Inches(_HIGH)
    for sheet in (made.slide_master, *made.slide_layouts):
        for shape in sheet.shapes:
            if shape._element.spPr.find("{http://schemas.openxmlformats.org/drawingml/2006/main}xfrm") is not None:
                shape.left, shape.width = int(shape.left * factor), int(shape.width * factor)


def _dress(made: Any) -> None:
    """The colours of the house and the title's place, where a person who goes on writing finds them: in the master."""
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.opc.constants import RELATIONSHIP_TYPE as RT
    from pptx.util import Inches

    theme = made.slide_master.part.part_related_by(RT.THEME)
    text = theme.blob.decode("utf-8")
    colours = {"dk2": "@text", "lt2": "@panel-2", **{f"accent{k}": f"@series-{k}" for k in range(1, 7)}}
    for name, token in colours.items():
        text = re.sub(
            rf"(<a:{name}>)<a:srgbClr val=\"[0-9A-Fa-f]{{6}}\"/>", rf'\g<1><a:srgbClr val="{colour_of(token)}"/>', text
        )
    theme._blob = text.encode("utf-8")
    for sheet in (made.slide_master, made.slide_layouts[5]):
        for shape in sheet.placeholders:
            if "TITLE" in str(shape.placeholder_format.type):
                shape.left, shape.top = Inches(_EDGE), Inches(0.5)
                shape.width, shape.height = Inches(_WIDE - 2 * _EDGE), Inches(1.15)
                shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
                for line in shape.text_frame.paragraphs:
                    line.alignment = PP_ALIGN.LEFT
    for shape, top, height in zip(made.slide_layouts[0].placeholders, (2.2, 4.2), (1.8, 1.2), strict=False):
        shape.left, shape.width = Inches(1.0), Inches(_WIDE - 2.0)
        shape.top, shape.height = Inches(top), Inches(height)
        for line in shape.text_frame.paragraphs:
            line.alignment = PP_ALIGN.LEFT
    titles = made.slide_master._element.xpath(".//p:titleStyle/a:lvl1pPr")
    for one in titles:
        one.set("algn", "l")
