"""The document as DOCX: real headings, lists, captions, tables and page numbers, so that a person can go on writing."""

from __future__ import annotations

import datetime as dt
import io
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from ... import labels, style
from ...errors import UserError
from ..columns import Shown
from ..files import WORDS, written
from ..package import settled
from .parts import Finding, words
from .pictures import colour_of, embed, picture
from .told import Told, by_line, methods, own_table, tell

if TYPE_CHECKING:
    from .paper import Paper

__all__ = ["document"]

_FONT = "Calibri"
_WIDE_CM = 17.0  # between the margins of a sheet of A4
_LANGUAGES = {"id": "id-ID", "en": "en-GB"}
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(paper: Paper, lang: str, masked: bool = True) -> bytes:
    """The file's bytes."""
    if find_spec("docx") is None or find_spec("PIL") is None:
        raise UserError("papers.no_office", found="python-docx", ending=".docx")
    return _Document(paper, lang, masked).whole()


class _Document:
    """One document being written."""

    def __init__(self, paper: Paper, lang: str, masked: bool) -> None:
        from docx import Document

        self.paper, self.lang, self.masked = paper, lang, masked
        self.doc = Document()
        self.pictures = 0
        self.counted: dict[str, int] = {}
        known = self.doc.part.package.rels
        for one in [k for k, rel in known.items() if rel.reltype.endswith("/thumbnail")]:
            del known[one]  # a small picture of the empty template, which is no picture of this file
        self._sheet()
        self._styles()

    def whole(self) -> bytes:
        paper, lang = self.paper, self.lang
        self.doc.add_paragraph(words(paper.title, lang), style="Title")
        if told := by_line(paper, lang):
            self.doc.add_paragraph(told, style="Subtitle")
        if len(paper.findings) > 1:
            self.doc.add_heading(labels.text("papers.at_a_glance", lang), 1)
            self._numbered([tell(one, lang, self.masked) for one in paper.findings])
        for number, chapter in enumerate(paper.chapters, start=1):
            self.doc.add_heading(f"{number}. {words(chapter.title, lang)}", 1)
            part = ""
            for block in chapter.blocks:
                if isinstance(block, Finding):
                    told = tell(block, lang, self.masked)
                    if told.part and told.part != part:
                        self.doc.add_heading(told.part, 2)
                    part = told.part
                    self._finding(told)
                else:
                    self._block(block, words(chapter.title, lang))
        if paper.findings:
            self.doc.add_heading(f"{len(paper.chapters) + 1}. {labels.text('papers.methods', lang)}", 1)
            for title, text in methods(paper, lang):
                line = self.doc.add_paragraph()
                line.add_run(f"{title}. ").bold = True
                line.add_run(text)
        out = io.BytesIO()
        self.doc.save(out)
        return settled(out.getvalue(), paper.date)

    # -- the sheet and its styles -------------------------------------------------------------------------------------

    def _sheet(self) -> None:
        from docx.shared import Cm

        page = self.doc.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm((21 - _WIDE_CM) / 2)
        page.top_margin = page.bottom_margin = Cm(2)
        title = words(self.paper.title, self.lang)
        page.header.paragraphs[0].text = title
        foot = page.footer.paragraphs[0]
        foot.alignment = 1
        foot.add_run(f"{labels.text('papers.page', self.lang)} ")
        _field(foot, "PAGE")
        foot.add_run(f" {labels.text('papers.page_of', self.lang)} ")
        _field(foot, "NUMPAGES")
        about = self.doc.core_properties
        about.title, about.author = title, words(self.paper.author, self.lang) or "crmlab"
        about.last_modified_by, about.comments, about.language = "crmlab", "", _LANGUAGES[self.lang]
        about.revision = 1
        about.created = about.modified = dt.datetime(2000, 1, 1)  # set to the paper's date when it is packed

    def _styles(self) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Pt

        tokens = style.LIGHT
        looks = {
            "Normal": (10.5, False, "text"), "Title": (24, True, "text"), "Subtitle": (11, False, "muted"),
            "Heading 1": (16, True, "accent"), "Heading 2": (13, True, "muted"), "Heading 3": (12, True, "text"),
            "Caption": (9, False, "muted"), "Header": (9, False, "muted"), "Footer": (9, False, "muted"),
        }  # fmt: skip
        for name, (size, bold, colour) in looks.items():
            one = self.doc.styles[name]
            one.font.size, one.font.bold, one.font.italic = Pt(size), bold, False
            one.font.color.rgb = _rgb(str(tokens[colour]))
            fonts = one.element.get_or_add_rPr().get_or_add_rFonts()
            for old in [key for key in fonts.attrib if key.endswith("Theme")]:
                del fonts.attrib[old]
            for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
                fonts.set(qn(f"w:{kind}"), _FONT)
        self.doc.styles["Normal"].paragraph_format.space_after = Pt(6)
        for spoken in self.doc.styles.element.iter(qn("w:lang")):
            spoken.set(qn("w:val"), _LANGUAGES[self.lang])

    # -- blocks --------------------------------------------------------------------------------------------------------

    def _block(self, block: Any, heading: str) -> None:
        if isinstance(block, tuple):
            self._numbered([words(one, self.lang) for one in block])
        elif hasattr(block, "columns"):
            table, hidden = own_table(block, self.paper, self.lang, self.masked)
            self._table(table, heading)
            self._small(hidden)
        else:
            self.doc.add_paragraph(words(block, self.lang))

    def _numbered(self, items: list[Any]) -> None:
        """A numbered list that begins at one."""
        numbering = self.doc.part.numbering_part.numbering_definitions._numbering
        of_style = self.doc.styles["List Number"].element.pPr.numPr.numId.val
        abstract = numbering.num_having_numId(of_style).abstractNumId.val
        num = numbering.add_num(abstract)
        num.add_lvlOverride(ilvl=0).add_startOverride(1)
        for item in items:
            line = self.doc.add_paragraph(style="List Number")
            line.paragraph_format.left_indent = None
            pr = line._p.get_or_add_pPr().get_or_add_numPr()
            pr.get_or_add_ilvl().val, pr.get_or_add_numId().val = 0, num.numId
            if isinstance(item, Told):
                self._sentence(line, item)
            else:
                line.add_run(item)

    def _sentence(self, line: Any, told: Told) -> None:
        line.add_run(told.sentence)
        if told.verdict:
            key, word = told.verdict
            run = line.add_run(f" ({word})")
            run.bold, run.font.color.rgb = True, _rgb(str(style.LIGHT["good" if key == "real" else "warn"]))

    def _finding(self, told: Told) -> None:
        self._sentence(self.doc.add_heading("", 3 if told.part else 2), told)
        self._figure(told)
        for name, value, between in told.facts:
            line = self.doc.add_paragraph(style="List Bullet")
            line.add_run(f"{name}: ")
            line.add_run(value).bold = True
            line.add_run(f" {between}" if between else "")
        if told.table:
            self._table(told.table, told.title)
        for said in (told.cut, told.foot(self.lang)):
            self._small(said)

    def _figure(self, told: Told) -> None:
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from docx.shared import Cm, Pt

        drawn = picture(told.figure, 640)
        if drawn is None:
            return
        if told.legend:
            line = self.doc.add_paragraph()
            line.paragraph_format.keep_with_next = True
            for name, colour in told.legend:
                mark = line.add_run("■ ")
                mark.font.color.rgb = _rgb(colour_of(colour))
                line.add_run(f"{name}    ").font.size = Pt(9)
        line = self.doc.add_paragraph()
        line.paragraph_format.keep_with_next = True
        shape = line.add_run().add_picture(io.BytesIO(drawn.png), width=Cm(_WIDE_CM))
        self.pictures += 1
        inline = shape._inline
        inline.docPr.set("descr", told.alt)
        inline.docPr.set("name", told.title[:60])
        package = self.doc.part.package

        def make(name: str, content: bytes) -> Any:
            return Part(PackURI(name), "image/svg+xml", content, package)

        blip = inline.graphic.graphicData.pic.blipFill.blip
        embed(blip, self.doc.part, make, drawn, self.pictures, "/word/media")
        self._caption("figure_caption", told.caption)

    def _caption(self, kind: str, said: str) -> None:
        word = labels.text(f"papers.{kind}", self.lang)
        line = self.doc.add_paragraph(style="Caption")
        line.paragraph_format.keep_with_next = kind == "table_caption"
        line.add_run(f"{word} ")
        self.counted[kind] = self.counted.get(kind, 0) + 1
        _field(line, f"SEQ {word} \\* ARABIC", str(self.counted[kind]))
        line.add_run(f". {said}")

    def _table(self, table: Shown, title: str) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        self._caption("table_caption", title)
        made = self.doc.add_table(rows=len(table.rows) + 1, cols=len(table.heads))
        made.autofit = True
        _table_look(made._tbl, title)
        size = Pt(9 if len(table.heads) <= 6 else 8 if len(table.heads) <= 9 else 7)
        right = [unit not in WORDS for unit in table.units]
        lines = [list(table.heads)] + [
            [written(v, unit, self.lang, table.currency) for v, unit in zip(row, table.units, strict=True)]
            for row in table.rows
        ]
        for i, (row, said) in enumerate(zip(made.rows, lines, strict=True)):
            _row_look(row._tr, head=i == 0)
            for cell, text, to_right in zip(row.cells, said, right, strict=True):
                line = cell.paragraphs[0]
                line.paragraph_format.space_after = Pt(1)
                line.alignment = WD_ALIGN_PARAGRAPH.RIGHT if to_right else WD_ALIGN_PARAGRAPH.LEFT
                run = line.add_run(text)
                run.font.size, run.bold = size, i == 0 or i - 1 in table.totals
                if i == 0:
                    _shade(cell._tc, colour_of("@panel-2"))
        self.doc.add_paragraph().paragraph_format.space_after = Pt(0)

    def _small(self, said: str) -> None:
        if said:
            self.doc.add_paragraph(said, style="Caption")


# -- what python-docx has no words for ---------------------------------------------------------------------------------


def _rgb(colour: str) -> Any:
    from docx.shared import RGBColor

    return RGBColor.from_string(colour.lstrip("#").upper())


def _made(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    one = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        one.set(qn(f"w:{name}"), value)
    return one


def _field(line: Any, code: str, shown: str = "1") -> None:
    """A field that the programme counts: a page, a figure."""
    field = _made("fldSimple", instr=f" {code} ")
    run = _made("r")
    text = _made("t")
    text.text = shown
    run.append(text)
    field.append(run)
    line._p.append(field)


def _table_look(table: Any, title: str) -> None:
    """Fine lines between rows, the width of the page, and a title for those who can't see it."""
    properties = table.tblPr
    width = properties.find(f"{{{_W}}}tblW")
    width.set(f"{{{_W}}}type", "pct")
    width.set(f"{{{_W}}}w", "5000")
    borders = _made("tblBorders")
    for edge in ("top", "bottom", "insideH"):
        borders.append(_made(edge, val="single", sz="4", space="0", color=colour_of("@line")))
    look = properties.find(f"{{{_W}}}tblLook")
    before = properties.find(f"{{{_W}}}tblLayout")
    (look if before is None else before).addprevious(borders)
    look.addnext(_made("tblCaption", val=title))


def _row_look(row: Any, head: bool) -> None:
    properties = row.get_or_add_trPr()
    properties.append(_made("cantSplit"))
    if head:
        properties.append(_made("tblHeader"))


def _shade(cell: Any, colour: str) -> None:
    cell.get_or_add_tcPr().append(_made("shd", val="clear", color="auto", fill=colour))
