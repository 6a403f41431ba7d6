"""The explorer without a browser: what each event makes of the page."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from crmlab import labels
from crmlab.cube import Cube, Measure
from crmlab.errors import UserError
from crmlab.star import Dimension, Fact, Star
from crmlab.widgets.desk import Desk
from crmlab.widgets.page import texts
from crmlab.widgets.state import State


def rows_of(desk, column=-1):
    """Label to value in one column."""
    return {row["label"]: row["values"][column] for row in desk.page["pivot"]["rows"]}


def ask(desk, do, **event):
    return desk.answer({"do": do, **event})


def test_the_first_view_is_by_segment_and_year_with_totals(desk):
    page = desk.page
    assert [level["id"] for level in page["rows"]] == ["segment"]
    assert [level["id"] for level in page["columns"]] == ["year"]
    assert rows_of(desk) == {"Setia": 510, "Tidur": 140, "Total": 650}
    assert page["scope"] == "7 baris penjualan"
    json.dumps(page)


def test_a_drill_pins_the_cell_and_states_the_filter_with_its_count(desk):
    assert ask(desk, "drill", path=[["segment", "loyal"], ["year", 2020]], measure="revenue") is None
    page = desk.page
    assert page["crumbs"] == ["Semua", "Segmen: Setia", "Tahun: 2020"]
    assert page["scope"] == "2 dari 7 baris penjualan"
    assert [f["text"] for f in page["filters"]] == ["Segmen: Setia", "Tahun: 2020"]
    assert [level["id"] for level in page["rows"]] == ["id"]
    assert [level["id"] for level in page["columns"]] == ["quarter"]
    assert rows_of(desk)["Total"] == 260


def test_members_of_a_personal_level_are_masked_everywhere(desk):
    ask(desk, "drill", path=[["segment", "loyal"]])
    shown = [desk.page, ask(desk, "facts"), ask(desk, "members", level="id", search="")]
    said = json.dumps(shown, ensure_ascii=False)
    assert "Ani" not in said
    assert "Budi" not in said
    assert "•••" in said


def test_back_and_crumbs(desk):
    first = desk.page
    ask(desk, "drill", path=[["segment", "loyal"]])
    ask(desk, "drill", path=[["year", 2020]])
    ask(desk, "crumb", index=1)
    assert desk.page["crumbs"] == ["Semua", "Segmen: Setia"]
    ask(desk, "crumb", index=0)
    assert desk.page["pivot"] == first["pivot"]
    ask(desk, "back")
    assert desk.page["crumbs"] == ["Semua", "Segmen: Setia"]


def test_the_second_of_a_double_click_does_nothing(desk):
    shown = desk.page["view"]
    ask(desk, "drill", path=[["segment", "loyal"]], shown=shown)
    there = desk.page
    assert ask(desk, "drill", path=[["segment", "loyal"], ["year", 2019]], shown=shown) is None
    assert desk.page is there


def test_an_answer_that_fails_leaves_the_reader_where_they_were(desk):
    there = desk.page
    with pytest.raises(UserError):
        ask(desk, "set", rows=["segmen"])
    with pytest.raises(UserError):
        ask(desk, "slice", level="channel", members=["shop"])
    assert desk.page is there
    assert not desk.page["back"]


def test_where_nothing_finer_is_left_the_rows_of_the_facts_come():
    from crmlab.cube import Cube, Measure
    from crmlab.star import Dimension, Fact, Star

    sales = Fact("sales_line", {"how": ["store", "web"], "amount": [1, 2]}, keys={"channel": "how"})
    star = Star([sales], [Dimension("channel", {"channel": ["store", "web"]}, key="channel")])
    desk = Desk(Cube(star, [Measure.sum("revenue", "sales_line", "amount", unit="money")]), "en")
    reply = ask(desk, "drill", path=[["channel", "store"]])
    assert reply["kind"] == "facts"
    assert len(reply["rows"]) == 1
    assert "no finer level" in reply["note"]


def test_a_row_opens_in_its_place(desk):
    ask(desk, "set", rows=["department"])
    ask(desk, "expand", path=[["department", "cleaning"]])
    rows = [(row["label"], row["depth"], row["kind"], row["values"][-1]) for row in desk.page["pivot"]["rows"]]
    assert ("Kebersihan rumah", 0, "subtotal", 120) in rows
    assert ("soap", 1, "member", 90) in rows
    assert ("broom", 1, "member", 30) in rows
    ask(desk, "expand", path=[["department", "cleaning"]])
    assert all(row["depth"] == 0 for row in desk.page["pivot"]["rows"])


def test_opened_rows_add_up_to_their_parent(retail):
    desk = Desk(retail, "id")
    ask(desk, "set", rows=["department"], measures=["revenue", "quantity", "margin_share"])
    parent = desk.page["pivot"]["rows"][0]
    ask(desk, "expand", path=parent["path"])
    rows = desk.page["pivot"]["rows"]
    children = [row for row in rows if row["depth"] == 1]
    columns = desk.page["pivot"]["columns"]
    for i, column in enumerate(columns):
        parts = [row["values"][i] or 0 for row in children]
        if column["additive"]:
            assert sum(parts) == pytest.approx(rows[0]["values"][i])
        else:
            assert min(parts) <= rows[0]["values"][i] <= max(parts)


def test_the_unknown_member_is_a_row_of_its_own_and_can_be_drilled(desk):
    ask(desk, "set", rows=["channel"])
    unknown = next(row for row in desk.page["pivot"]["rows"] if row["label"] == "Tidak diketahui")
    assert unknown["quiet"]
    assert unknown["values"][-1] == 110
    ask(desk, "drill", path=unknown["path"])
    assert desk.page["scope"] == "1 dari 7 baris penjualan"


def test_few_rows_are_said(desk):
    pivot = desk.page["pivot"]
    assert all(n < pivot["small"] for n in pivot["rows"][0]["n"])
    assert all(tile["few"] for tile in desk.page["tiles"])
    assert [tile["n"] for tile in desk.page["tiles"]][0] == "n = 7 baris penjualan"


def test_an_empty_view_says_so_and_breaks_nothing(desk):
    ask(desk, "slice", level="channel", members=["store"])
    ask(desk, "slice", level="product", members=["broom"])
    assert desk.page["pivot"]["rows"] == []
    assert desk.page["figure"]["data"] == []
    assert desk.page["scope"] == "0 dari 7 baris penjualan"
    assert desk.page["tiles"][0]["value"] == "—"
    assert ask(desk, "facts")["rows"] == []
    assert ask(desk, "why")["kind"] == "why"


def test_tiles_compare_whole_years_and_show_every_chosen_measure(desk):
    tile = desk.page["tiles"][0]
    assert (tile["raw"], tile["change"]["text"], tile["change"]["against"]) == (650, "+60,0%", "2020 dibanding 2019")
    ask(desk, "slice", level="year", members=[2020])
    tile = desk.page["tiles"][0]
    assert (tile["raw"], tile["change"]["text"], tile["change"]["against"]) == (400, "+60,0%", "dibanding 2019")
    ask(desk, "slice", level="year", members=[2019])
    assert desk.page["tiles"][0]["change"] is None
    ask(desk, "set", measures=["revenue", "cost", "margin", "margin_share", "customers"])
    assert len(desk.page["tiles"]) == 5


def test_a_cost_that_falls_is_good_news(desk):
    ask(desk, "slice", level="channel", members=["web"])
    ask(desk, "set", measures=["cost"])
    change = desk.page["tiles"][0]["change"]
    assert (change["sign"], change["mood"]) == ("▲", "bad")


def test_how_a_ratio_is_computed_stands_with_its_own_numbers(desk):
    how = ask(desk, "how", measure="margin_share")
    assert how["formula"] == "Marjin = Laba kotor ÷ Omzet"
    assert how["numbers"] == "Rp213 ÷ Rp650 = 32,8%"
    assert ["Dihitung dari", "7 baris penjualan"] in how["facts"]
    assert how["notes"]
    assert ask(desk, "how", measure="revenue")["notes"] == []


def test_drill_through_counts_what_it_cuts(retail):
    desk = Desk(retail, "id")
    facts = ask(desk, "facts")
    assert len(facts["rows"]) == 100
    n = retail.star.meta["facts"]["sales_line"]["rows"]
    assert facts["shown"].startswith(f"100 dari {labels.number(n, 'id')} baris")
    assert len(facts["head"]) == len(facts["rows"][0]) == len(facts["numeric"])


def test_the_sql_that_is_shown_gives_the_table(desk):
    ask(desk, "slice", level="channel", members=["store"])
    found = desk.given.cube.star.query(ask(desk, "sql")["sql"])
    assert 420 in {value for row in found for value in row}
    assert rows_of(desk)["Total"] == 420


def test_why_sums_to_the_change_and_says_so(desk):
    why = ask(desk, "why", way="channel")
    assert why["sentence"].startswith("Omzet naik dari Rp250 (2019) menjadi Rp400 (2020): +Rp150 (+60,0%).")
    trace = why["figure"]["data"][0]
    assert sum(trace["x"][:-1]) == trace["x"][-1] == 150
    assert [row for row in why["rows"] if isinstance(row, dict)] == [
        {"cells": ["Total", "250", "400", "+150", "100,0%"], "total": True}
    ]
    effects = ask(desk, "why", way="effects")["figure"]["data"][0]["x"]
    assert sum(effects[:-1]) == effects[-1] == 150


def test_why_of_one_period_is_a_sentence_not_a_fault(desk):
    assert "dua periode" in ask(desk, "why", **{"from": "2020", "to": "2020"})["error"]


def test_members_are_searched_and_counted(desk):
    found = ask(desk, "members", level="product", search="so")
    assert [(m["label"], m["n"]) for m in found["members"]] == [("soap", "2")]
    channels = ask(desk, "members", level="channel", search="")["members"]
    assert {m["label"]: m["n"] for m in channels}["Tidak diketahui"] == "1"


@pytest.mark.parametrize("what", ["view", "rows"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_downloads_hold_what_is_shown(desk, what, form, tmp_path):
    import pandas as pd

    ask(desk, "slice", level="channel", members=["store"])
    file = ask(desk, "export", what=what, format=form)
    path = tmp_path / file["file"]
    path.write_bytes(file.content)
    table = pd.read_csv(path, sep=";", encoding="utf-8-sig") if form == "csv" else pd.read_excel(path)
    if what == "rows":
        assert sorted(table["amount"]) == [100, 100, 220]
    else:
        assert 420 in set(table["Omzet"])


def test_the_language_changes_every_word_and_no_number(desk):
    before = rows_of(desk)
    ask(desk, "lang", lang="en")
    assert desk.page["lang"] == "en"
    assert desk.page["scope"] == "7 sales lines"
    assert list(rows_of(desk).values()) == list(before.values())
    assert desk.choices["measures"][0]["label"] == "Revenue"
    ask(desk, "lang", lang="xx")
    assert desk.page["lang"] == "en"


def test_the_browser_has_the_same_words_in_both_languages():
    known = texts()
    assert known.keys() == set(labels.LANGUAGES)
    assert known["id"].keys() == known["en"].keys()
    for key, said in known["id"].items():
        import re

        assert set(re.findall(r"{\w+}", said)) == set(re.findall(r"{\w+}", known["en"][key])), key


def test_an_unknown_event_is_refused(desk):
    with pytest.raises(UserError):
        ask(desk, "__init__")


def test_wide_columns_are_refused_unless_a_filter_narrows_them(retail):
    desk = Desk(retail, "id")
    with pytest.raises(UserError) as refused:
        ask(desk, "set", columns=["date"])
    assert "1.827 terlalu lebar" in refused.value.render("id")
    ask(desk, "slice", level="month", members=["2020-05"])
    ask(desk, "set", columns=["date"])
    assert 20 < desk.page["pivot"]["columns_of"] <= 32  # the days of May that sold something, and their total


def test_rows_beyond_the_limit_are_gathered_and_counted(retail):
    desk = Desk(retail, "id")
    ask(desk, "set", rows=["product"], columns=[])
    pivot = desk.page["pivot"]
    assert (pivot["shown"], len(pivot["rows"])) == (100, 102)
    others = pivot["rows"][100]
    assert others["others"]
    assert others["label"].startswith("Lainnya (")
    assert f"100 dari {labels.number(pivot['of'], 'id')} baris" in pivot["said"]
    total = sum(row["values"][0] for row in pivot["rows"][:101])
    assert total == pytest.approx(pivot["rows"][-1]["values"][0])
    ask(desk, "more")
    assert desk.page["pivot"]["shown"] == pivot["of"]


@pytest.mark.parametrize("seed", range(2))
def test_no_walk_through_the_explorer_ends_in_a_fault(retail, seed):
    """Random clicks: each is answered, or refused with a sentence; the page stays JSON."""
    import random

    chance = random.Random(seed)
    desk = Desk(retail, "id")
    levels, measures = list(retail.levels), list(retail.measures)
    done = 0
    for _ in range(40):
        rows, columns = desk.page["pivot"]["rows"], desk.page["pivot"]["columns"]
        event = {
            "do": chance.choice(
                ("drill", "drill", "expand", "back", "crumb", "set", "measures", "slice", "how", "lang")
            )
        }
        if event["do"] in ("drill", "expand"):
            if not rows:
                continue
            path = chance.choice(rows)["path"] + (chance.choice(columns)["path"] if event["do"] == "drill" else [])
            if not path:
                continue
            event["path"] = path
        elif event["do"] == "crumb":
            event["index"] = chance.randrange(len(desk.page["crumbs"]))
        elif event["do"] == "set":
            event |= {"rows": chance.sample(levels, 1), "columns": chance.sample(levels, chance.choice((0, 1)))}
        elif event["do"] == "measures":
            event = {"do": "set", "measures": chance.sample(measures, 2)}
        elif event["do"] == "slice":
            level = chance.choice(levels)
            there = desk.answer({"do": "members", "level": level, "search": ""})["members"]
            event |= {"level": level, "members": [m["key"] for m in chance.sample(there, min(2, len(there)))]}
        elif event["do"] == "how":
            event["measure"] = chance.choice(measures)
        elif event["do"] == "lang":
            event["lang"] = chance.choice(labels.LANGUAGES)
        try:
            json.dumps(desk.answer(event))
        except UserError as refused:
            assert refused.render("en")
        json.dumps(desk.page)
        done += 1
    assert done > 20


def test_a_kept_view_is_opened_again_and_a_broken_link_is_refused(desk, cube):
    ask(desk, "drill", path=[["segment", "loyal"], ["year", 2020]])
    kept = json.loads(json.dumps(desk.page["state"]))
    other = Desk(cube, "en")
    ask(other, "restore", state=kept)
    assert other.page["view"] == desk.page["view"]
    assert other.page["back"]
    there = other.page
    for broken in (
        None,
        {},
        {"rows": 3},
        {**kept, "rows": ["nonsense"]},
        {**kept, "rows": []},
        {**kept, "measures": ["x"]},
    ):
        with pytest.raises(UserError):
            ask(other, "restore", state=broken)
    assert other.page is there


def test_rows_that_do_not_fit_a_file_are_refused_not_cut(desk, monkeypatch):
    from crmlab.widgets import desk as room

    monkeypatch.setitem(room.EXPORTED_FACTS, "csv", 6)
    with pytest.raises(UserError) as refused:
        ask(desk, "export", what="rows", format="csv")
    assert "7 baris" in refused.value.render("id")
    ask(desk, "slice", level="channel", members=["store"])
    assert ask(desk, "export", what="rows", format="csv").content


def test_rows_behind_a_cell_are_those_of_its_own_measure(retail):
    desk = Desk(retail, "en")
    ask(desk, "set", rows=["segment"], columns=[], measures=["revenue", "answers"])
    row = desk.page["pivot"]["rows"][0]
    sales, answers = (ask(desk, "facts", path=row["path"], measure=m) for m in ("revenue", "answers"))
    assert (sales["fact"], answers["fact"]) == ("sales_line", "survey")
    assert answers["shown"].split(" of ")[1].startswith(labels.number(row["n"][1], "en"))


def test_a_download_of_rows_says_of_which_cell(desk):
    import io

    import openpyxl

    content = ask(desk, "export", what="rows", format="xlsx", path=[["channel", "web"]]).content
    about = dict(openpyxl.load_workbook(io.BytesIO(content)).worksheets[1].iter_rows(values_only=True))
    assert about["Saringan"] == "Saluran: Web" and about["n"] == "3"


def test_a_title_may_hold_signs_that_no_file_name_may(cube):
    made = Desk(cube, "en", title="Sales 2020/2021: A\\B").answer({"do": "export", "what": "view", "format": "csv"})
    assert made["file"] == "sales-2020-2021-a-b-table.csv"


def test_unknown_is_offered_only_where_rows_are_unknown(desk):
    assert None in [m["key"] for m in ask(desk, "members", level="channel")["members"]]
    assert None not in [m["key"] for m in ask(desk, "members", level="department")["members"]]


def test_margin_may_be_added_and_its_share_may_not(desk):
    assert ask(desk, "how", measure="margin")["notes"] == []
    assert ask(desk, "how", measure="margin_share")["notes"]


def test_scores_change_by_points(retail):
    desk = Desk(retail, "en")
    ask(desk, "set", measures=["nps"])
    tile = next(t for t in desk.page["tiles"] if t["id"] == "nps")
    assert "points" in tile["change"]["text"] and "%" not in tile["change"]["text"]


def test_a_period_that_the_data_only_begin_is_no_whole_one():
    days = [dt.date(2019, 1, 1) + dt.timedelta(days=i) for i in range(485)]  # to the end of April
    sales = {"day": days, "shop": ["a", "b"] * 242 + ["a"], "amount": [1] * 485}
    star = Star([Fact("s", sales, keys={"date": "day"}, attributes=("shop",))])
    desk = Desk(Cube(star, [Measure.sum("revenue", "s", "amount")]), "en")
    assert "The period 2020 is incomplete" in ask(desk, "why", level="year")["note"]


def test_the_others_below_an_opened_row_are_shown():
    n = 150
    products = Dimension("product", {"id": list(range(n)), "kind": ["k"] * n}, "id", {"product": ["kind", "id"]})
    fact = Fact("s", {"p": list(range(n)), "amount": [1] * n}, keys={"product": "p"})
    cube = Cube(Star([fact], [products]), [Measure.sum("revenue", "s", "amount")])
    desk = Desk(cube, "en", state=State(("kind",), (), ("revenue",)))
    ask(desk, "expand", path=[["kind", "k"]])
    table = desk.page["pivot"]
    below = {row["label"]: row["values"][0] for row in table["rows"] if row["depth"] == 1}
    assert below["Others"] == 50 and sum(below.values()) == n
    assert table["said"] == "101 of 151 rows"


def test_a_pivot_in_a_notebook_says_what_it_leaves_out(cube):
    from crmlab.widgets import Pivot

    n = 150
    star = Star([Fact("s", {"g": [f"g{i}" for i in range(n)], "amount": [1] * n}, keys={}, attributes=("g",))])
    view = Cube(star, [Measure.sum("revenue", "s", "amount")]).view(by=["g"])
    assert Pivot(view, "en").data["said"] == "n = 150 · 100 of 150 rows"
    assert "Channel: Web" in Pivot(cube.view(by=["product"]).slice(channel="web"), "en").data["said"]


def test_a_table_that_is_too_long_is_not_called_too_wide():
    n = 2000
    columns = {name: [f"{name}{i}" for i in range(n)] for name in "abc"}
    star = Star([Fact("s", {**columns, "amount": [1] * n}, keys={}, attributes=("a", "b", "c"))])
    desk = Desk(Cube(star, [Measure.sum("revenue", "s", "amount")]), "en")
    with pytest.raises(UserError) as said:
        ask(desk, "set", rows=["a", "b", "c"])
    assert said.value.code == "widgets.too_long"
