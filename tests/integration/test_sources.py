"""Sources side by side: codes that clash, currencies and zones that differ, files that remember their rows."""

import pandas as pd
import pytest

from crmlab.errors import UserError
from crmlab.integration import Feed, Sources, stack

POS = {"gender": {"L": "male", "P": "female"}}
FINANCE = {"gender": {"P": "male", "W": "female"}}


def coded(name, codes, maps):
    return Feed(name, pd.DataFrame({"id": range(len(codes)), "JK": list(codes)}), "id", {"JK": "gender"}, maps)


def test_the_p_of_the_till_is_not_the_p_of_finance():
    """W02: POS L 6 P 4, finance P 5 W 5 are L 11, P 9; a merge of the bare codes gives L 6, P 9, W 5."""
    both = Sources(coded("pos", "LLLLLLPPPP", POS), coded("finance", "PPPPPWWWWW", FINANCE))
    result = both.codes("gender")
    right = result.table.groupby("meaning")["rows"].sum()
    assert right.to_dict() == {"male": 11, "female": 9}
    naive = result.table.groupby("code")["rows"].sum()
    assert naive.to_dict() == {"L": 6, "P": 9, "W": 5}
    assert result.facts["clash_codes"] == ("P",) and result.facts["clash_rows"] == 9
    assert "P" in result.notes[0].render("id")
    merged = pd.concat([both.clean("pos"), both.clean("finance")])["gender"].value_counts()
    assert merged.to_dict() == {"male": 11, "female": 9}
    for lang in ("id", "en"):
        assert all(result.explain(lang, depth) for depth in ("short", "method", "reference"))


def test_a_code_that_no_map_knows_is_listed_and_not_guessed():
    pos = coded("pos", ["L", "p", "1", "", None], POS)
    assert pos.clean["gender"].tolist()[:2] == ["male", "female"] and pos.clean["gender"].isna().sum() == 3
    assert pos.unmapped.values.tolist() == [["pos", "JK", "1", 1]]
    facts = Sources(pos).codes("gender").facts
    assert (facts["rows"], facts["unmapped_rows"], facts["missing_rows"]) == (5, 1, 2)
    with pytest.raises(UserError, match="JK|gender"):
        Sources(Feed("pos", pos.table, "id", {"JK": "gender"})).codes("gender")


def test_two_currencies_are_not_added():
    pos = Feed("pos", pd.DataFrame({"id": [1], "amount": [150_000]}), "id", currency="IDR")
    web = Feed("web", pd.DataFrame({"id": [1], "amount": [10]}), "id", currency="USD")
    with pytest.raises(UserError) as caught:
        stack(Sources(pos, web), ["amount"])
    assert caught.value.code == "integration.two_currencies" and "USD" in caught.value.render("id")
    said = stack(Sources(pos, web, currency="IDR", rates={"USD": 14_105}), ["amount"])
    assert said.facts["amount"] == 150_000 + 141_050 and said.params["currency"] == "IDR"
    silent = Feed("web", pd.DataFrame({"id": [1], "amount": [10]}), "id")
    with pytest.raises(UserError) as caught:
        stack(Sources(pos, silent), ["amount"])
    assert caught.value.code == "integration.no_currency"


def test_times_of_two_zones_are_brought_to_one_or_refused():
    def at(name, zone):
        return Feed(name, pd.DataFrame({"id": [1], "ordered_at": pd.to_datetime(["2020-05-24 23:30"])}), "id",
                    timezone=zone)  # fmt: skip

    pair = at("jakarta", "WIB"), at("jayapura", "WIT")
    with pytest.raises(UserError) as caught:
        stack(Sources(*pair), ["ordered_at"])
    assert caught.value.code == "integration.two_timezones"
    said = stack(Sources(*pair, timezone="WIB"), ["ordered_at"]).table["ordered_at"]
    assert said.tolist() == [pd.Timestamp("2020-05-24 23:30"), pd.Timestamp("2020-05-24 21:30")]
    with pytest.raises(UserError) as caught:
        stack(Sources(at("a", "WIB"), at("b", None)), ["ordered_at"])
    assert caught.value.code == "integration.no_timezone"


def test_stacked_rows_and_sums_are_those_of_the_sources():
    a = Feed("pos", pd.DataFrame({"no": [1, 2], "amount": [5_000, 7_000]}), "no")
    b = Feed("web", pd.DataFrame({"id": ["W"], "jumlah": ["Rp 9.000,-"]}), "id", {"jumlah": "amount"})
    both = stack(Sources(a, b))
    assert both.facts["rows"] == 3 and both.facts["amount"] == both.facts["amount_pos"] + both.facts["amount_web"]
    assert both.facts["amount"] == 21_000
    assert both.table[["source", "key", "row"]].values.tolist() == [["pos", "1", 1], ["pos", "2", 2], ["web", "W", 1]]
    assert all(both.explain(lang) for lang in ("id", "en"))


def test_a_file_remembers_its_rows_and_a_workbook_its_cells(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    page.title = "Piutang"
    for row in (["PT XYZ"], [], [None, "Akun", "Nama", "Total"], [None, "F1", "Budi", "Rp 1.234.567,-"], [],
                [None, "F2", "Siti", "Rp 5.000,-"]):  # fmt: skip
        page.append(row)
    book.save(tmp_path / "keuangan.xlsx")
    feed = Feed.read("finance", tmp_path / "keuangan.xlsx", "Akun", {"Nama": "name", "Total": "amount"}, header_row=3)
    assert feed.places.tolist() == [4, 6] and feed.sheet == "Piutang" and feed.file == "keuangan.xlsx"
    assert feed.cells["Total"] == "D"
    assert feed.clean["amount"].tolist() == [1_234_567, 5_000]


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda t: Feed("a", t, "kode"), "integration.unknown_column"),
        (lambda t: Feed("a", t, "id", {"hape": "phone"}), "integration.unknown_column"),
        (lambda t: Feed("a", t, "id", kinds={"x": "colour"}), "integration.unknown_kind"),
        (lambda t: Sources(), "integration.no_sources"),
        (lambda t: Sources(Feed("a", t, "id"), Feed("a", t, "id")), "integration.source_twice"),
        (lambda t: Sources(Feed("a", t, "id"))["b"], "integration.unknown_source"),
        (lambda t: stack(Sources(Feed("a", t, "id")), ["y"]), "integration.unknown_field"),
    ],
)
def test_mistakes_are_told_in_words(make, code):
    with pytest.raises(UserError) as caught:
        make(pd.DataFrame({"id": [1], "x": [2]}))
    assert caught.value.code == code
    assert caught.value.render("id") != caught.value.render("en")
