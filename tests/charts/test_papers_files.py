"""Papers as office files: they open again, hold what the pages hold, name nobody, and come out the same twice."""

from __future__ import annotations

import datetime as dt
import importlib.util
import io
import zipfile
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest

import crmlab as crm
from crmlab.analytics import appointments
from crmlab.charts.papers.native import simple
from crmlab.charts.papers.pictures import picture
from crmlab.results import Note, Result, Source

docx = pytest.importorskip("docx")
pptx = pytest.importorskip("pptx")
Chapter, Finding, Paper = crm.papers.Chapter, crm.papers.Finding, crm.papers.Paper
BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"


@pytest.fixture(scope="module")
def trial():
    rows = [("sent", 1)] * 18 + [("sent", 0)] * 132 + [("none", 1)] * 30 + [("none", 0)] * 120
    frame = pd.DataFrame(rows, columns=["arm", "missed"])
    return appointments.trial(frame, treated="sent", control="none", source=Source("A clinic", "abc", 300))


@pytest.fixture(scope="module")
def bars():
    """Plain bars: a cube's view."""
    sales = crm.Fact("sales", {"how": ["store", "store", "web"], "amount": [100, 50, 30]}, keys={"way": "how"})
    way = crm.Dimension("way", {"way": ["store", "web"]}, key="way")
    cube = crm.Cube(crm.Star([sales], [way]), [crm.Measure.sum("revenue", "sales", "amount", unit="money")])
    return cube.view(by=["way"]).result()


@pytest.fixture(scope="module")
def people():
    table = pd.DataFrame(
        {"name": ["Budi Santoso", "=1+1"], "phone": ["081234567890", "081234567891"], "visits": [3, 5]}
    )
    return Result("lab.tables", table, {}, {"n": 2}, (Note("export.no_figure"),))


@pytest.fixture(scope="module")
def paper(trial, bars, people):
    said = {"id": "Rasio {risk_ratio:number.2}; \x0b dan", "en": "A ratio of {risk_ratio:number.2}; \x0b and"}
    return Paper(
        {"id": "Pengingat & <janji>", "en": "Reminders & <more>"},
        [
            Chapter("Situation", ["Many stay away.", ["One.", "Two."], ["Three."]]),
            Chapter(
                "Evidence", [Finding(trial, said, part="Module 1"), Finding(bars, "Sales."), Finding(people, "P.")]
            ),
            Chapter("Costs", pd.DataFrame({"item": ["=SUM(A1)", "b\x0b"], "cost": [1_500_000, None]}), name="costs"),
        ],
        author="The class",
        date=dt.date(2025, 1, 6),
    )


@pytest.fixture(scope="module")
def made(paper, tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    return {
        (kind, lang): getattr(paper, kind)(folder / f"{lang}.{kind}", lang)
        for kind in ("docx", "pptx", "xlsx")
        for lang in crm.labels.LANGUAGES
    }


def all_text(path):
    """Everything that is written in a file, wherever it stands."""
    with zipfile.ZipFile(path) as parts:
        trees = [ElementTree.fromstring(parts.read(n)) for n in parts.namelist() if n.endswith((".xml", ".rels"))]
    return " ".join(" ".join(t.itertext()) for t in trees)


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx"])
def test_the_same_paper_gives_the_same_bytes(paper, made, tmp_path, kind, monkeypatch):
    import time

    monkeypatch.setattr(time, "time", lambda: 2e9)
    monkeypatch.setattr(time, "localtime", lambda *a: time.gmtime(2e9))
    again = getattr(paper, kind)(tmp_path / f"other.{kind}", "id")
    assert again.read_bytes() == made[kind, "id"].read_bytes()
    with zipfile.ZipFile(again) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in parts.namelist() if "thumbnail" in name]  # the template's, not this file's
        about = parts.read("docProps/core.xml").decode()
        assert about.count("2025-01-06T00:00:00Z") == 2 and "The class" in about
        for name in parts.namelist():
            if name.endswith(".xlsx"):  # the data of a chart
                with zipfile.ZipFile(io.BytesIO(parts.read(name))) as inside:
                    assert b"2025-01-06T" in inside.read("docProps/core.xml")


@pytest.mark.parametrize("lang", crm.labels.LANGUAGES)
def test_the_document_is_a_real_one(made, lang):
    doc = docx.Document(made["docx", lang])
    styles = [(p.style.name, p.text) for p in doc.paragraphs]
    heads = [text for name, text in styles if name == "Heading 1"]
    glance, methods = (crm.labels.text(f"papers.{k}", lang) for k in ("at_a_glance", "methods"))
    assert heads == [glance, "1. Situation", "2. Evidence", "3. Costs", f"4. {methods}"]
    assert ("Heading 2", "Module 1") in styles
    ratio = {"id": "Rasio 0,60;", "en": "A ratio of 0.60;"}[lang]
    verdict = crm.labels.text("common.verdict_noise", lang)
    assert any(
        name == "Heading 3" and text.startswith(ratio) and text.endswith(f"({verdict})") for name, text in styles
    )
    # captions are counted by the programme, in the reader's language
    fields = [f for f in doc.element.body.iter() if f.tag.endswith("}fldSimple")]
    counts = [next(v for k, v in f.attrib.items() if k.endswith("instr")).strip() for f in fields]
    word = crm.labels.text("papers.table_caption", lang)
    assert counts.count(f"SEQ {word} \\* ARABIC") == len(doc.tables) == 4
    assert "PAGE" in doc.sections[0].footer._element.xml
    spoken = [v for e in doc.styles.element.iter() if e.tag.endswith("}lang") for k, v in e.attrib.items()
              if k.endswith("}val")]  # fmt: skip
    assert spoken and set(spoken) == {{"id": "id-ID", "en": "en-GB"}[lang]}
    assert all("tblHeader" in table.rows[0]._tr.xml for table in doc.tables)
    assert doc.tables[0].rows[0].cells[0].text and len(doc.tables[0].rows) == 3
    # each list begins at one
    lists = [p._p.pPr.numPr.numId.val for p in doc.paragraphs if p.style.name == "List Number"]
    assert len(set(lists)) == 3


@pytest.mark.parametrize("lang", crm.labels.LANGUAGES)
def test_pictures_have_an_alternative_text_and_both_kinds(made, lang):
    doc = docx.Document(made["docx", lang])
    assert len(doc.inline_shapes) == 2
    for shape in doc.inline_shapes:
        assert len(shape._inline.docPr.get("descr")) > 10
    blips = list(doc.element.body.iter(BLIP))
    for blip in blips:
        png = doc.part.related_parts[blip.get(EMBED)]
        drawn = doc.part.related_parts[next(blip.iter(SVG)).get(EMBED)]
        assert png.blob.startswith(b"\x89PNG") and drawn.content_type == "image/svg+xml"
        tree = ElementTree.fromstring(drawn.blob)
        assert tree.tag.endswith("}svg") and b"var(" not in drawn.blob and b"color-mix" not in drawn.blob


@pytest.mark.parametrize("lang", crm.labels.LANGUAGES)
def test_the_slides_are_real_ones(made, lang):
    deck = pptx.Presentation(made["pptx", lang])
    assert round(deck.slide_width / deck.slide_height, 3) == round(16 / 9, 3)
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert len(titles) == 6 and titles[1] == "Situation" and titles[5] == "Costs"
    kinds = [[str(p.placeholder_format.type) for p in slide.placeholders] for slide in deck.slides]
    assert sum(any("SLIDE_NUMBER" in kind for kind in one) for one in kinds) == 5
    finding = deck.slides[2]
    pictures = [s for s in finding.shapes if s.shape_type == 13]
    assert len(pictures) == 1 and pictures[0]._element.xpath(".//p:cNvPr")[0].get("descr")
    assert {"id": "(0,35 sampai 1,03)", "en": "(0.35 to 1.03)"}[lang] in all_text(made["pptx", lang])
    assert "z = " in finding.notes_slide.notes_text_frame.text  # how it was computed
    # nothing stands beyond the slide, and every shape has a number of its own
    for slide in deck.slides:
        numbers = slide.shapes._spTree.xpath(".//p:cNvPr/@id")
        assert len(numbers) == len(set(numbers))
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height
    table = next(s.table for s in deck.slides[5].shapes if s.has_table)
    assert table.cell(1, 1).text == {"id": "1.500.000", "en": "1,500,000"}[lang]


def test_plain_bars_are_a_chart_that_can_be_edited(made, bars):
    deck = pptx.Presentation(made["pptx", "id"])
    charts = [s.chart for slide in deck.slides for s in slide.shapes if s.has_chart]
    assert len(charts) == 1
    plot = charts[0].plots[0]
    assert list(plot.categories) == ["Toko", "Web"] and list(plot.series[0].values) == [150.0, 30.0]


def test_what_has_intervals_stays_a_picture(trial):
    figure = crm.charts.spec(trial, "id")
    assert simple(figure) is None
    drawn = picture(figure)
    from PIL import Image

    image = Image.open(io.BytesIO(drawn.png)).convert("RGB")
    assert image.size == (drawn.width * 2, drawn.height * 2)
    assert len(image.getcolors(100_000)) > 20  # lines and letters, smoothed


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx"])
def test_persons_are_masked_unless_asked(paper, made, tmp_path, kind):
    hidden = all_text(made[kind, "en"])
    assert "Santoso" not in hidden and "081234567890" not in hidden and "masked" in hidden
    bare = all_text(getattr(paper, kind)(tmp_path / f"a.{kind}", "en", masked=False))
    assert "Budi Santoso" in bare and "081234567890" in bare


def test_the_workbook_has_a_sheet_a_result_and_runs_nothing(made, trial):
    book = openpyxl.load_workbook(made["xlsx", "id"])
    assert len(book.sheetnames) == 5 and book.sheetnames[0] == "Isi" and all(len(n) <= 31 for n in book.sheetnames)
    first = book["Isi"]
    links = [row[0].hyperlink.location or row[0].hyperlink.target for row in first.iter_rows(min_row=3)]
    assert [link.strip("#").split("!")[0].strip("'") for link in links] == book.sheetnames[1:]
    sheet = book.worksheets[1]
    cells = {str(c.value) for row in sheet.iter_rows() for c in row}
    assert any("0,60" in c for c in cells) and "n = 300" in cells and any("A clinic" in c for c in cells)
    assert any("(0,35 sampai 1,03)" in c for c in cells)
    assert not [c for one in book for row in one.iter_rows() for c in row if c.data_type == "f"]
    assert "'=SUM(A1)" in {c.value for row in book.worksheets[-1].iter_rows() for c in row}


def test_a_workbook_shows_the_columns_asked_for_and_all_rows(tmp_path, trial):
    one = Finding(trial, "x", columns=["arm", "n"], rows=1)
    sheet = openpyxl.load_workbook(Paper("t", [Chapter("c", one)]).xlsx(tmp_path / "a.xlsx", "en")).worksheets[1]
    rows = [[c.value for c in row if c.value is not None] for row in sheet.iter_rows()]
    assert sum(1 for row in rows if len(row) == 2) == 3  # the head and both arms


@pytest.mark.parametrize("kind", ["docx", "pptx"])
def test_a_single_result_becomes_a_file_too(trial, tmp_path, kind):
    from crmlab.charts import files

    path = files.export(trial, tmp_path / f"one.{kind}", "en")
    text = all_text(path)
    assert "A clinic" in text and "(0.35 to 1.03)" in text


@pytest.mark.parametrize("kind", ["docx", "pptx"])
def test_without_the_extra_the_cure_is_named(paper, tmp_path, kind, monkeypatch):
    there = importlib.util.find_spec
    gone = {"docx": "docx", "pptx": "pptx"}[kind]
    for room in ("word", "deck"):
        module = __import__(f"crmlab.charts.papers.{room}", fromlist=["find_spec"])
        monkeypatch.setattr(module, "find_spec", lambda name: None if name == gone else there(name))
    with pytest.raises(crm.UserError) as caught:
        getattr(paper, kind)(tmp_path / "a", "en")
    assert caught.value.code == "papers.no_office" and "crmlab[office]" in caught.value.render("id")
    assert not list(tmp_path.iterdir())


def test_nothing_of_the_office_libraries_is_loaded_before_a_file_is_asked_for():
    import subprocess
    import sys

    code = (
        "import crmlab as crm, sys; crm.papers.Paper('a', [crm.papers.Chapter('b', 'c')]).html(lang='en'); "
        "print([m for m in ('docx', 'pptx', 'PIL', 'openpyxl') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
