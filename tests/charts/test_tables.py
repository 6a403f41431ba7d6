"""The static table of a view: its numbers, in the reader's words, totals where a reader looks for them."""

from __future__ import annotations

import re

import pytest

import crmlab as crm
from crmlab.charts import tables

SALES = {
    "segment": ["consumer", "consumer", "consumer", "corporate", "corporate", None],
    "category": ["cookware", "brooms", "brooms", "cookware", "mops", "mops"],
    "channel": ["store", "store", "website", "website", "website", "store"],
    "day": ["2019-05-01", "2020-05-01", "2020-06-01", "2019-07-01", "2020-08-01", "2020-09-01"],
    "amount": [100, 60, 80, 40, 30, 7],
    "cost": [80, 51, 56, 32, 27, 5],
}
PRODUCTS = {"category": ["cookware", "brooms", "mops"], "department": ["kitchen", "cleaning", "cleaning"]}


@pytest.fixture(scope="module")
def cube():
    import pandas as pd

    sales = pd.DataFrame(SALES)
    sales["day"] = pd.to_datetime(sales["day"])
    keys = {"segment": "segment", "product": "category", "channel": "channel", "date": "day"}
    dimensions = [
        crm.Dimension("segment", {"key": ["consumer", "corporate"], "segment": ["consumer", "corporate"]}, "key",
                      {"segment": ["segment"]}),
        crm.Dimension("product", PRODUCTS, "category", {"product": ["department", "category"]}),
        crm.Dimension("channel", {"key": ["store", "website"], "channel": ["store", "website"]}, "key",
                      {"channel": ["channel"]}),
    ]  # fmt: skip
    measures = [
        crm.Measure.sum("revenue", "sales", "amount", unit="money"),
        crm.Measure.sum("margin", "sales", "amount - cost", unit="money"),
        crm.Measure.ratio("margin_share", "margin", "revenue"),
    ]
    return crm.Cube(crm.Star([crm.Fact("sales", sales, keys)], dimensions), measures=measures)


def cells(page: str) -> list[list[str]]:
    """The rows of the first table, as texts."""
    rows = re.findall(r"<tr>(.*?)</tr>", page)
    return [[re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows]


def test_parents_stand_above_their_members_and_the_total_last(cube):
    rows = cells(tables.html(cube.view(by=["department", "category"], measures=["revenue"]), "id"))
    assert rows == [
        ["Departemen", "Kategori", "Omzet (Rp)"],
        ["Kebersihan rumah", "", "177"],
        ["", "Sapu", "140"],
        ["", "Kain pel", "37"],
        ["Dapur", "", "140"],
        ["", "Alat masak", "140"],
        ["Total", "", "317"],
    ]


def test_a_pivot_has_its_members_above_the_figures(cube):
    view = cube.view(by=["segment"], measures=["revenue", "margin_share"]).pivot("channel")
    rows = cells(tables.html(view, "en"))
    assert rows[0] == ["Segment", "Store", "Website", "Total"]
    assert rows[1] == ["Revenue (Rp)", "Margin share"] * 3
    assert rows[2] == ["Consumer", "160", "18.1%", "80", "30.0%", "240", "22.1%"]
    assert rows[3] == ["Corporate", "—", "—", "70", "15.7%", "70", "15.7%"]
    assert rows[4][:2] == ["Unknown", "7"]
    assert rows[5] == ["Total", "167", "18.6%", "150", "23.3%", "317", "20.8%"]


def test_figures_beside_a_measure_are_named_and_written_in_their_units(cube):
    view = cube.view(by=["segment"], measures=["margin_share"]).slice(year=2020).compare("year")
    rows = cells(tables.html(view, "en"))
    assert rows[0] == ["Segment", "Margin share", "Margin share: before", "Margin share: change"]
    assert rows[1] == ["Consumer", "23.6%", "20.0%", "3.57 points"]
    shares = cells(tables.html(cube.view(by=["segment"], measures=["revenue"]).share_of("total"), "id"))
    assert shares[0] == ["Segmen", "Omzet (Rp)", "Omzet: bagian dari total"]
    assert shares[-1] == ["Total", "317", "100,0%"]


def test_n_filters_and_notes_stand_underneath(cube):
    view = cube.view(by=["segment"], measures=["revenue"]).dice(year=(2019, 2020)).slice(channel="store")
    page = tables.html(view, "id")
    assert "n = 3 · Saluran: Toko · Tahun: 2019–2020" in page
    assert all(note.render("id") in page for note in view.notes())
    assert view.notes()


def test_what_a_person_wrote_is_never_read_as_html():
    sales = crm.Fact("sales", {"who": ["<script>x</script>"], "amount": [1]}, keys={"who": "who"})
    star = crm.Star([sales], [crm.Dimension("who", {"who": ["<script>x</script>"]}, "who")])
    page = tables.html(crm.Cube(star, measures=[crm.Measure.sum("a<b", "sales", "amount")]).view(by=["who"]), "en")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "a&lt;b" in page


def test_a_long_table_is_cut_and_says_so(monkeypatch, cube):
    monkeypatch.setattr(tables, "ROWS", 2)
    page = tables.html(cube.view(by=["category"], measures=["revenue"]), "en")
    assert len(cells(page)) == 1 + 2
    assert crm.labels.text("common.rows_shown", "en", shown=2, total=4) in page


def test_a_view_without_levels_is_one_row(cube):
    assert cells(tables.html(cube.view(measures=["revenue"]), "id")) == [["Omzet (Rp)"], ["317"]]


def test_large_amounts_are_shortened_as_the_language_does(cube):
    star = crm.Star([crm.Fact("sales", {"way": ["a"], "amount": [12_345_678_901]}, {"way": "way"})],
                    [crm.Dimension("way", {"way": ["a"]}, "way")])  # fmt: skip
    view = crm.Cube(star, measures=[crm.Measure.sum("revenue", "sales", "amount", unit="money")]).view(by=["way"])
    assert cells(tables.html(view, "id"))[1] == ["a", "12,3 M"]
    assert cells(tables.html(view, "en"))[1] == ["a", "12.3 B"]


def test_a_notebook_shows_a_view_as_this_table(cube):
    view = cube.view(by=["segment"], measures=["revenue"])
    assert view._repr_html_() == tables.html(view, "en")
