"""The figure of a cube view: the chart that suits, the table's numbers, the language's tick texts."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys

import pytest

import crmlab as crm
from crmlab import charts
from crmlab.charts.cube import view_figure
from crmlab.charts.grid import Axis, Column, Grid, Row

LANGS = ("id", "en")


@pytest.fixture(scope="module")
def retail():
    return crm.datasets.load_retail("S").cube()


def made(rows, columns=(), *, unit="money", additive=True, time=False, across_time=False, **more):
    """A grid: ``rows`` is label -> values."""
    heads = tuple(
        Column((str(c),), (("across", c),), "revenue", "Omzet", unit, additive, unknown=c is None) for c in columns
    ) or (Column((), (), "revenue", "Omzet", unit, additive),)
    lines = tuple(
        Row(str(label), (("along", label),), tuple(values), tuple(7 for _ in values), unknown=label is None)
        for label, values in rows.items()
    )
    across = (Axis("across", "Tahun", across_time),) if columns else ()
    return Grid((Axis("along", "Saluran", time),), across, heads, lines, n=70, **more)


def marks(figure):
    """Path to value, over all traces."""
    found = {}
    for trace, paths in zip(figure["data"], figure["paths"], strict=True):
        if trace["type"] == "heatmap":
            values = [v for row in trace["z"] for v in row]
        else:
            values = trace["x"] if trace.get("orientation") == "h" else trace["y"]
        for path, value in zip(paths, values, strict=True):
            if path:
                found[tuple(map(tuple, path))] = value
    return found


@pytest.mark.parametrize(
    ("view", "kind"),
    [
        ({"by": ["segment"]}, "bars"),
        ({"by": ["month"]}, "lines"),
        ({"by": ["segment"], "columns": ["year"]}, "lines"),
        ({"by": ["year"], "columns": ["segment"]}, "lines"),
        ({"by": ["segment"], "columns": ["channel"]}, "bars"),
        ({"by": ["segment", "channel"]}, "bars"),
        ({"by": ["department"], "columns": ["weekday"], "measures": ["margin_share"]}, "heat"),
        ({"by": ["segment"], "columns": ["customer_type"], "measures": ["margin_share"]}, "bars"),
    ],
)
def test_the_chart_suits_the_question_and_shows_the_tables_numbers(retail, view, kind):
    asked = retail.view(view["by"], view.get("measures", ["revenue"]), columns=view.get("columns", ()))
    grid = Grid.of(asked, "id")
    figure = view_figure(grid, "id")
    assert figure["kind"] == kind
    table = {}
    for row in grid.rows:
        for column, value in zip(grid.columns, row.values, strict=True):
            table[row.path + column.path] = value
    drawn = marks(figure)
    assert drawn
    for path, value in drawn.items():
        assert value == table.get(path), path
    json.dumps(figure)


def test_what_is_gathered_is_the_sum_of_what_is_left_out(retail):
    grid = Grid.of(retail.view(["subcategory"], ["revenue"]), "id")
    figure = view_figure(grid, "id")
    values = figure["data"][0]["x"]
    shown = sum(v for v in marks(figure).values() if v)
    total = grid.rows[-1].values[0]
    if len(values) > len(marks(figure)):
        assert values[-1] == pytest.approx(total - shown)
        assert figure["data"][0]["marker"]["color"][len(values) - 1] == "@other"
    assert f"20 dari {len(grid.members())} ditampilkan" in figure["caption"]


def test_a_ratio_is_never_stacked_nor_gathered():
    rows = {f"r{i}": [0.1 + i / 100, 0.2, 0.3, 0.1] for i in range(30)}
    figure = view_figure(made(rows, ["a", "b", "c", "d"], unit="share", additive=False), "id")
    assert figure["kind"] == "heat"
    figure = view_figure(made({k: v[:1] for k, v in rows.items()}, unit="share", additive=False), "id")
    assert len(figure["data"][0]["x"]) == 20
    assert "20 dari 30 ditampilkan" in figure["caption"]
    figure = view_figure(
        made({k: v[:2] for k, v in list(rows.items())[:5]}, ["a", "b"], unit="share", additive=False), "id"
    )
    assert figure["layout"]["barmode"] == "group"


def test_losses_are_not_stacked():
    figure = view_figure(made({"x": [5, -3, 4, 1], "y": [1, 2, 3, 4]}, ["a", "b", "c", "d"]), "id")
    assert figure["kind"] == "heat"


def test_bars_start_at_zero_and_have_room_for_their_numbers():
    for values in ([3, 9], [-4, 9], [-4, -9]):
        figure = view_figure(made({i: [v] for i, v in enumerate(values)}), "id")
        low, high = figure["layout"]["xaxis"]["range"]
        assert low <= 0 <= high
        assert low < min(*values, 0) or min(values) >= 0
        assert high > max(*values, 0) or max(values) <= 0


@pytest.mark.parametrize(("lang", "text"), [("id", "1,5 M"), ("en", "1.5 B")])
def test_tick_texts_are_the_languages_own(lang, text):
    figure = view_figure(made({"a": [1_640_000_000], "b": [900_000_000]}), lang)
    assert text in figure["layout"]["xaxis"]["ticktext"]
    assert figure["data"][0]["text"][0] == ("1,6 M" if lang == "id" else "1.6 B")
    assert figure["layout"]["xaxis"]["tickmode"] == "array"


def test_unknown_and_others_are_grey_and_the_unknown_comes_last():
    figure = view_figure(made({None: [900], "a": [5], "b": [7]}), "id")
    assert figure["layout"]["yaxis"]["ticktext"] == ["b", "a", "None"]
    assert figure["data"][0]["marker"]["color"] == ["@series-1", "@series-1", "@other"]


def test_a_gap_in_time_stays_a_gap():
    figure = view_figure(made({2018: [1], 2019: [None], 2020: [3]}, time=True), "id")
    assert figure["data"][0]["y"] == [1, None, 3]
    assert figure["data"][0]["connectgaps"] is False


def test_an_empty_grid_is_an_empty_figure():
    figure = view_figure(made({}), "id")
    assert figure["data"] == []
    assert figure["alt"]


def test_labels_can_not_become_markup():
    figure = view_figure(made({"<b>x</b>": [1], "y" * 60: [2]}), "id")
    assert "&lt;b&gt;x&lt;/b&gt;" in figure["layout"]["yaxis"]["ticktext"]
    assert max(len(t) for t in figure["layout"]["yaxis"]["ticktext"]) < 40
    assert "<b>x" not in figure["data"][0]["hovertext"][1]


def test_filters_and_n_stand_under_the_figure():
    figure = view_figure(made({"a": [1]}, filters=("Tahun: 2020",)), "id")
    assert figure["caption"] == "n = 70 · Tahun: 2020"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_result_draws_itself_in_a_notebook(retail, lang, theme):
    result = retail.view(["segment"], ["revenue"], columns=["year"]).slice(channel="store").result()
    figure = result.figure(lang, theme=theme)
    assert figure.layout.title.text.startswith("Omzet" if lang == "id" else "Revenue")
    assert figure.layout.template.layout.colorway
    assert "@" not in figure.to_json()
    drawn = {trace.name: list(trace.y) for trace in figure.data}
    table = result.table
    for segment, values in zip(table["segment"].unique(), drawn.values(), strict=True):
        there = table.loc[table["segment"] == segment, "revenue"].dropna()
        assert [v for v in values if v is not None] == pytest.approx(list(there))


@pytest.mark.parametrize("lang", LANGS)
def test_the_waterfall_of_a_change_adds_up(retail, lang):
    why = retail.view(["segment"], ["revenue"]).slice(year=2020).why({"year": 2019})
    figure = charts.spec(why, lang)
    trace = figure["data"][0]
    assert sum(trace["x"][:-1]) == pytest.approx(trace["x"][-1])
    assert trace["x"][-1] == pytest.approx(why.facts["change"])
    for i in range(1, len(trace["x"]) - 1):
        assert trace["base"][i] == pytest.approx(trace["base"][i - 1] + trace["x"][i - 1])
    assert "2019" in figure["title"]
    assert "2020" in figure["title"]


def test_the_spec_of_a_grid_needs_neither_plotly_nor_pandas():
    code = (
        "import sys; from crmlab.charts.cube import view_figure; from crmlab.charts.grid import *\n"
        "columns = (Column((), (), 'revenue', 'Omzet', 'money'),)\n"
        "grid = Grid((Axis('a', 'A'),), (), columns, (Row('x', (('a', 'x'),), (5,)),))\n"
        "view_figure(grid, 'id')\n"
        "print([m for m in ('plotly', 'pandas', 'numpy', 'pyarrow') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"


def test_a_result_without_a_chart_says_so():
    import pandas as pd

    with pytest.raises(crm.UserError, match="no chart|grafik"):
        charts.spec(crm.Result("nothing.known", pd.DataFrame()))


def small(columns, attributes):
    star = crm.Star(
        [
            crm.Fact(
                "s",
                {**columns, "amount": list(range(1, 1 + len(columns[attributes[0]])))},
                keys={},
                attributes=attributes,
            )
        ]
    )
    return crm.Cube(star, [crm.Measure.sum("revenue", "s", "amount")])


def test_a_members_name_may_look_like_a_colour_or_like_markup():
    names = ["@toko", "@series-9", "b-1", "<b>x</b> & y"]
    view = small({"No. & <i>": names}, ("No. & <i>",)).view(by=["No. & <i>"])
    figure = charts.spec(view.result(), "en", "light")
    assert set(figure["layout"]["yaxis"]["ticktext"]) == {*names[:3], "&lt;b&gt;x&lt;/b&gt; &amp; y"}
    assert charts.draw(view.result(), "en").layout.title.text == "Revenue by No. &amp; &lt;i&gt;"


def test_three_row_levels_of_a_result_are_drawn():
    view = small({"a": ["x", "y"], "b": ["p", "q"], "c": ["k", "l"]}, ("a", "b", "c")).view(by=["a", "b", "c"])
    figure = charts.spec(view.result(), "en")
    assert figure["data"][0]["x"] == [2, 1]
    assert figure["layout"]["yaxis"]["ticktext"] == ["y · q · l", "x · p · k"]


def test_others_are_counted_where_they_are_gathered():
    names = [f"p{i:02}" for i in range(60)]
    cube = small({"cat": ["z" if i % 3 == 0 else "k" for i in range(60)], "p": names}, ("cat", "p"))
    first = Grid.of(cube.view(by=["p"]).top(40), "en")
    assert [r.label for r in first.rows if r.others] == ["Others (20)"]
    assert "20 of 60 shown" in view_figure(first, "en")["caption"]
    nested = Grid.of(cube.view(by=["cat", "p"]).top(6), "en")
    # every category has others of its own: the number of all of them would be false for each
    assert [r.label for r in nested.rows if r.others] == ["Others", "Others"]
    assert "shown" not in view_figure(nested, "en")["caption"]


def test_a_year_beside_an_unknown_one_reads_as_a_year():
    star = crm.Star([crm.Fact("s", {"day": [dt.date(2020, 1, 1), None], "amount": [1, 2]}, keys={"date": "day"})])
    view = crm.Cube(star, [crm.Measure.sum("revenue", "s", "amount")]).view(by=["year"])
    assert charts.spec(view.result(), "en")["layout"]["xaxis"]["ticktext"] == ["2020", "Unknown"]
