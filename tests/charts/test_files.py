"""A Result as a file: real numbers, the reader's formats, nothing that runs, nobody's name."""

from __future__ import annotations

import datetime as dt
import html.parser
import re

import openpyxl
import pandas as pd
import pytest

import crmlab as crm
from crmlab.analytics import reports
from crmlab.charts import files
from crmlab.charts.columns import plain, shown
from crmlab.charts.svg import svg
from crmlab.results import Note, Result, Source

NASTY = ['=HYPERLINK("http://x","y")', "+1", "-2+3", "@SUM(A1)", "\t=1", " =1", "a\x0bb", "<script>alert(1)</script>"]


@pytest.fixture
def quota():
    sales = pd.DataFrame(
        {"ordered_at": "2020-03-31", "sales_rep": ["Ani", "Budi", "Citra"], "amount": [450_000, 280_000, 1_390_000]}
    )
    goals = pd.DataFrame(
        {"sales_rep": ["Ani", "Budi", "Citra"], "month": "2020-03", "target": [400_000, 500_000, 300_000]}
    )
    return reports.sales_against_quota(sales, goals, source=Source("PT XYZ", "a1b2c3", 3))


@pytest.fixture
def people():
    table = pd.DataFrame(
        {
            "phone": ["081234567890", "081234567891"],
            "comment": NASTY[:2],
            "sent": [dt.date(2020, 5, 24), None],
            "growth_share": [0.25, None],
            "customers": [1234, 5],
        }
    )
    return Result("lab.tables", table, {}, {"n": 2}, (Note("export.no_figure"),))


def sheet_of(path):
    sheet = openpyxl.load_workbook(path).worksheets[0]
    at = next(i for i, row in enumerate(sheet.iter_rows(min_col=2, max_col=2), 1) if row[0].value is not None)
    return sheet, at


@pytest.mark.parametrize("lang", crm.labels.LANGUAGES)
def test_a_workbook_holds_numbers_with_formats(quota, tmp_path, lang):
    path = quota.to_xlsx(tmp_path / "quota.xlsx", lang=lang)
    sheet, top = sheet_of(path)
    heads = [c.value for c in sheet[top]]
    assert (
        heads[:4]
        == {
            "id": ["Tenaga penjual", "Pesanan", "Omzet (Rp)", "Target (Rp)"],
            "en": ["Sales rep", "Orders", "Revenue (Rp)", "Quota (Rp)"],
        }[lang]
    )
    first = sheet[top + 1]
    assert [c.value for c in first[:4]] == ["Ani", 1, 450_000, 400_000]
    assert first[2].number_format.startswith('"Rp"#,##0')
    share = heads.index({"id": "Pencapaian", "en": "Attainment"}[lang])
    assert (first[share].value, first[share].number_format) == (1.125, "0.0%")
    total = sheet[top + 4]
    assert total[0].value == "Total"
    assert total[share].value == pytest.approx(2_120_000 / 1_200_000)
    assert total[0].font.bold and not first[0].font.bold
    assert sheet.freeze_panes == f"B{top + 1}"
    assert sheet.print_title_rows == f"${top}:${top}"
    assert all(d.width >= 9 for d in sheet.column_dimensions.values())


def test_a_workbook_says_what_was_asked_and_how_it_was_computed(quota, tmp_path):
    book = openpyxl.load_workbook(quota.to_xlsx(tmp_path / "q.xlsx", lang="id"))
    table, about = book.worksheets
    words = "\n".join(str(c.value) for row in table.iter_rows() for c in row if c.value is not None)
    assert words.startswith("Pencapaian target")
    assert "Mar 2020" in words
    assert "Sumber: PT XYZ" in words
    said = "\n".join(str(c.value) for row in about.iter_rows() for c in row)
    assert str(quota.explain("id", "method")) in said


def test_nothing_in_a_workbook_runs(tmp_path):
    table = pd.DataFrame({"=1+1": NASTY, "amount": range(len(NASTY))})
    path = Result("lab.tables", table, {"x": "=2"}, {"n": 1}).to_xlsx(tmp_path / "n.xlsx", lang="en", title="=3")
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for at in row:
                assert at.data_type != "f"
                assert not str(at.value or "").lstrip().startswith(("=", "@"))


def test_dates_and_months_are_dates(people, tmp_path):
    sheet, top = sheet_of(people.to_xlsx(tmp_path / "p.xlsx", lang="id"))
    sent = sheet[top + 1][2]
    assert sent.value == dt.datetime(2020, 5, 24)
    assert sent.number_format == "[$-421]d mmmm yyyy"
    visits = pd.DataFrame({"patient_id": ["a", "b"], "visited_at": ["2023-01-03", "2023-02-28"]})
    sheet, top = sheet_of(reports.patients_a_month(visits).to_xlsx(tmp_path / "v.xlsx", lang="en"))
    assert sheet[top + 1][0].value == dt.datetime(2023, 1, 1)
    assert sheet[top + 1][0].number_format == "[$-409]mmm yyyy"
    assert sheet[top + 3][0].value == "Total"


@pytest.mark.parametrize("ending", files.FORMATS)
def test_persons_are_masked_unless_asked(people, tmp_path, ending):
    def text(path):
        if ending == ".html":
            return path.read_text(encoding="utf-8")
        return str([[c.value for c in row] for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows()])

    write = people.to_html if ending == ".html" else people.to_xlsx
    hidden, open_ = text(write(tmp_path / f"a{ending}")), text(write(tmp_path / f"b{ending}", masked=False))
    assert "081234567890" not in hidden
    assert "0812•••••890" in hidden
    assert "masked" in hidden
    assert "081234567890" in open_


def test_customers_on_the_way_to_a_gap_are_masked(tmp_path):
    sales = pd.DataFrame(
        {"ordered_at": ["2020-03-31"], "region": "West", "sales_rep": "Budi", "customer": "Siti Rahma"}
    )
    quota = sales.drop(columns="ordered_at").assign(month="2020-03", target=9)
    path = reports.gap_path(sales.assign(amount=1), quota).to_html(tmp_path / "g.html", lang="en")
    page = path.read_text(encoding="utf-8")
    assert "Budi" in page
    assert "Rahma" not in page
    assert "S••• R•••" in page


class _Reader(html.parser.HTMLParser):
    """Whether tags are closed, and which there are."""

    EMPTY = ("meta",)

    def __init__(self):
        super().__init__()
        self.open, self.seen = [], []

    def handle_startendtag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("lang", crm.labels.LANGUAGES)
def test_a_page_stands_alone(quota, tmp_path, lang):
    page = quota.to_html(tmp_path / "q.html", lang=lang).read_text(encoding="utf-8")
    reader = _Reader()
    reader.feed(page)
    tags = [tag for tag, _ in reader.seen]
    assert reader.open == []
    assert tags.count("svg") == tags.count("h1") == tags.count("table") == 1
    assert ("html", {"lang": lang}) in reader.seen
    assert not {"script", "link", "img", "iframe"} & set(tags)
    assert not re.search(r"(?:https?:)?//[a-z]", page)
    assert not any(k.startswith("on") or k in ("src", "href") for _, attrs in reader.seen for k in attrs)
    assert {"id": "112,5%", "en": "112.5%"}[lang] in page
    assert {"id": "1.390.000", "en": "1,390,000"}[lang] in page
    assert "@media print" in page


def test_what_a_person_wrote_is_text_on_a_page(tmp_path):
    table = pd.DataFrame({"<b>head</b>": NASTY})
    made = Result("lab.tables", table, {"x": "<i>"}, {"n": 1}, source=Source("<u>file</u>"))
    page = made.to_html(tmp_path / "x.html", lang="en", title="<s>").read_text(encoding="utf-8")
    for tag in ("<script", "<b>", "<i>", "<u>", "<s>"):
        assert tag not in page


def test_every_report_and_the_cube_make_both_files(tmp_path):
    shop = crm.datasets.load_retail("S")
    cube = shop.cube()
    view = cube.view(by=["segment", "year"], measures=["revenue", "margin_share", "customers"])
    calls = pd.DataFrame(
        {"called_at": ["2023-05-02 08:05"], "outcome": ["answered"], "wait_seconds": [5], "handling_seconds": [9]}
    )
    found = [
        view.result(),
        cube.view(by=["year"], measures=["revenue"]).result(),
        cube.view(measures=["revenue"]).slice(year=2020).why(against={"year": 2019}, over="channel"),
        reports.call_centre(calls),
        reports.time_lost(20, 3, [10, 20]),
        crm.sql_lab({"t": {"a": [1], "channel": ["store"]}}).run("SELECT * FROM t"),
    ]
    for i, result in enumerate(found):
        for lang in crm.labels.LANGUAGES:
            page = result.to_html(tmp_path / f"{i}.html", lang=lang).read_text(encoding="utf-8")
            assert ("<svg" in page) == (not result.kind.startswith("lab."))
            assert openpyxl.load_workbook(result.to_xlsx(tmp_path / f"{i}.xlsx", lang=lang)).worksheets
    assert "store" in (tmp_path / "5.html").read_text(encoding="utf-8"), "what SQL gives is not translated"


def test_a_figure_of_another_kind_is_left_out_whole():
    axis = {"tickvals": [0, 1], "ticktext": ["0", "1"], "range": [0, 1]}
    bar, layout = {"type": "bar", "orientation": "h", "x": [1], "y": [0]}, {"xaxis": axis, "yaxis": axis}
    assert svg({"data": [bar], "layout": layout})
    for more in (
        {"shapes": [{"type": "rect"}]}, {"annotations": [{}]}, {"xaxis": {**axis, "type": "log"}}, {"yaxis2": {}},
        {"xaxis": {"range": [0, 1]}},
    ):  # fmt: skip
        assert svg({"data": [bar], "layout": {**layout, **more}}) is None
    assert svg({"data": [{**bar, "error_x": {}}], "layout": layout}) is None
    assert svg({"data": [bar, {"type": "scatter", "x": [1], "y": [0]}], "layout": layout}) is None
    assert svg({"data": [{"type": "sankey"}], "layout": {}}) is None
    assert svg({"data": [], "layout": {}}) is None
    upright = {"type": "bar", "x": [1], "y": [2]}
    assert svg({"data": [upright], "layout": {"xaxis": {"range": [0, 1]}, "yaxis": {"range": [0, 1]}}}) is None


def test_other_endings_are_refused(quota, tmp_path):
    with pytest.raises(crm.UserError, match="xlsx"):
        files.export(quota, tmp_path / "x.doc")
    assert quota.to_xlsx(tmp_path / "plain").name == "plain.xlsx"


def test_a_notebook_shows_a_report_in_words_and_units(quota, monkeypatch):
    monkeypatch.setenv("CRMLAB_LANG", "id")
    shown = quota._repr_html_()
    assert "Omzet (Rp)" in shown
    assert "112,5%" in shown
    assert "1.390.000" in shown
    assert "PT XYZ" in shown
    assert "<script" not in Result("x.y", pd.DataFrame({"a": NASTY}), {"units": {}})._repr_html_()


def test_other_rooms_make_files_too(tmp_path):
    people = pd.DataFrame({"phone": ["081234567890", "0", None], "city": ["Bogor", "Bogor", "bogor "]})
    result = crm.quality.profile(people)
    for lang in crm.labels.LANGUAGES:
        page = result.to_html(tmp_path / "p.html", lang=lang).read_text(encoding="utf-8")
        assert "081234567890" not in page
        assert openpyxl.load_workbook(result.to_xlsx(tmp_path / "p.xlsx", lang=lang)).worksheets


def test_telephone_numbers_that_are_numbers_are_masked_and_counts_of_calls_are_not(tmp_path):
    table = pd.DataFrame({"phone": [81234567890, 81298765432], "phone_calls": [3, 4]})
    asked = Result("lab.answer", table, {"sql": "x"}, {"n": 2, "columns": 2})
    text = asked.to_html(tmp_path / "a.html", "en").read_text(encoding="utf-8")
    assert "8123••••890" in text
    assert "<td class=n>4</td>" in text


def test_a_no_is_a_no_and_only_what_is_missing_is_missing():
    import numpy as np

    held = [False, np.False_, 0, "", None, float("nan"), pd.NA, pd.NaT]
    assert [plain(v) is None for v in held] == [False] * 4 + [True] * 4


def test_upright_bars_are_put_on_each_other_above_the_line_and_below_it():
    axis = {"tickvals": [0], "ticktext": ["2020"], "range": [-0.5, 0.5]}
    up = {"tickvals": [-4, 0, 4], "ticktext": ["4", "0", "4"], "range": [-4, 4]}
    traces = [{"type": "bar", "x": [0], "y": [y], "marker": {"color": "@accent"}} for y in (1, 2, -3)]
    drawn = svg({"data": traces, "layout": {"xaxis": axis, "yaxis": up, "barmode": "relative"}, "alt": "Bars"})
    bars = [
        tuple(map(float, m))
        for m in re.findall(r'<rect x="[\d.]+" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"', drawn)
    ]
    (one, h), (two, hh), (below, hhh) = bars
    assert (hh, hhh) == pytest.approx((2 * h, 3 * h), abs=0.2)
    assert (two + hh, one + h) == pytest.approx((one, below), abs=0.2)


def test_a_point_that_is_not_known_is_not_drawn():
    axis = {"tickvals": [0, 1], "ticktext": ["0", "1"], "range": [0, 1]}
    x, y = [None, 0.2, float("nan"), 0.4, 0.6], [0.1, 0.2, 0.3, None, 0.5]
    trace = {"type": "scatter", "mode": "lines+markers+text", "x": x, "y": y, "text": list("abcde")}
    drawn = svg({"data": [trace], "layout": {"xaxis": axis, "yaxis": axis}, "alt": "Points"})
    assert drawn.count("<circle") == 2 and re.findall(r">([a-e])</text>", drawn) == ["b", "e"]
    assert re.search(r'<path d="([^"]+)"', drawn)[1].count("M") == 2  # no line across what is not known


@pytest.mark.parametrize("declared", [(), ("member_no_id",)])
def test_the_number_of_a_patient_is_masked_as_a_name_is(declared):
    table = pd.DataFrame({"patient_id": [4711, 4712], "member_no_id": [88, 99], "year": [2023, 2024], "n": [5, 6]})
    found = shown(Result("lab.tables", table, {"personal": declared}, {}), "en")
    assert found.masked == ("patient_id", *declared) and found.rows[0][2:] == (2023, 5)
    assert found.rows[0][0] == "4•••" and found.rows[0][1] == ("8•••" if declared else 88)
    assert shown(Result("lab.tables", table, {}, {}), "en", masked=False).rows[0][0] == 4711


def test_several_numbers_in_a_cell_are_written_as_the_language_does():
    told = Result("frameworks.evidence", pd.DataFrame({"thresholds": [(0.25, 0.5)], "fields": [("phone", "email")]}))
    assert shown(told, "id").rows[0][0] == "0,25; 0,5"
    assert shown(told, "en").rows[0] == ("0.25, 0.5", "Phone, E-mail")
