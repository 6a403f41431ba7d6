"""One's own event log and one's own posts, from nasty files to what the journeys room takes."""

from __future__ import annotations

import pandas as pd
import pytest

import crmlab as crm
from crmlab.errors import UserError

from .conftest import TODAY

LOG = """\
ID Pelanggan;Waktu Kejadian;Aktivitas;Kanal;Tahap;ID Sesi;Skor
007;31/12/2020 10:00;Lihat harga;web;mencari;s1;
007;31/12/2020 10.20;Masukkan keranjang;web;membeli;s1;
007;31/12/2020 10:45:30;Bayar;web;membeli;s1;4,5
;31/12/2020 11:00;Lihat harga;web;mencari;s2;
008;32/12/2020 11:00;Lihat harga;web;mencari;s3;
008;31/12/2020 12:00;;web;mencari;s3;
008;01/01/2031 12:00;Bayar;web;membeli;s3;
008;30/12/2020 12:00;Keluhan;telepon;;s3;buruk
ID Pelanggan;Waktu Kejadian;Aktivitas;Kanal;Tahap;ID Sesi;Skor
009;30/12/2020 08:00;Bayar;web;membeli;s4;2
009;30/12/2020 08:00;Bayar;web;membeli;s4;2
"""


def read(path, as_="events", **options):
    return crm.ingest.read(path, as_=as_, today=TODAY, **options)


def test_an_own_log_feeds_the_journeys(write):
    mine = read(write(LOG, "log.csv"), score_scale=(1, 5))
    assert mine.params["scales"] == {"score": (1, 5)}
    assert list(mine.table.columns) == [
        "person_id", "occurred_at", "touchpoint", "case_id", "channel", "stage", "score"
    ]  # fmt: skip
    assert mine.quarantine[["source_row", "reason"]].values.tolist() == [
        [6, "unreadable_date"],
        [7, "missing_value"],
        [8, "future_date"],
        [9, "unreadable_number"],
        [10, "repeated_header"],
    ]
    assert mine.facts["rows_read"] == mine.facts["rows_kept"] + mine.facts["rows_refused"] == 11
    assert mine.table["person_id"].dropna().tolist() == ["007", "007", "007", "009", "009"]
    assert mine.facts["unknown_persons"] == 1 and mine.facts["identical_lines"] == 1
    codes = {note.code for note in mine.notes}
    assert {"ingest.note.unknown_persons", "ingest.note.identical_rows"} <= codes
    for lang in ("id", "en"):
        assert all(note.render(lang) for note in mine.notes)
    log = crm.journeys.event_log(mine, as_of="2020-12-31")
    assert (log.facts["events"], log.facts["cases"], log.facts["rows_left_out"]) == (5, 2, 1)
    assert log.touchpoints == ("Bayar", "Lihat harga", "Masukkan keranjang")
    assert log.source.name == "log.csv" and log.source.rows_refused == 5


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("user_id,event_timestamp,event_name,platform", "u1,2020-12-31T10:00:00,view,app"),
        ("case:concept:name,concept:name,time:timestamp,user", "c1,Register,2020-12-30 08:00,u1"),
        ("visitor_id\ttimestamp\tpage", "v1\t2020-12-31 10:00\tprice"),
        ("no_rm;tanggal;jam;langkah", "R1;31/12/2020;08:15;Daftar"),
    ],
)
def test_headers_as_other_tools_write_them(write, header, row):
    table = read(write(f"{header}\n{row}\n", "log.csv")).table
    assert table["person_id"].notna().all() and table["touchpoint"].notna().all()
    assert (table["occurred_at"].dt.hour >= 8).all()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "ingest.empty_file"),
        ("user_id;waktu_kejadian;aktivitas\n", "ingest.no_rows"),
        ("user_id;aktivitas\nu1;Bayar\n", "ingest.missing_column"),
        ("waktu_kejadian;aktivitas\n31/12/2020;Bayar\n", "ingest.missing_column"),
        ("user_id;waktu_kejadian;aktivitas\nu1;entah;Bayar\nu2;kapan;Bayar\n", "ingest.not_dates"),
        ("user_id;waktu_kejadian;aktivitas\nu1;03/04/2020;Bayar\n", "ingest.ambiguous_date"),
        ("user_id;waktu_kejadian;aktivitas\nu1;31/12/2020;\nu2;31/12/2020;\n", "ingest.all_missing"),
        ("user_id;id_pelanggan;waktu_kejadian;aktivitas\nu1;p1;31/12/2020;Bayar\n", "ingest.which_column"),
    ],
)
def test_what_is_no_log_is_refused_in_both_languages(write, text, code):
    with pytest.raises(UserError) as caught:
        read(write(text, "log.csv"))
    assert caught.value.code == code
    assert caught.value.render("id") != caught.value.render("en")


def test_the_scale_of_a_score_is_asked_and_kept(write):
    path = write("user_id;waktu_kejadian;aktivitas;skor\nu1;31/12/2020;Bayar;6\nu2;31/12/2020;Bayar;4\n")
    with pytest.raises(UserError) as caught:
        read(path)
    assert caught.value.code == "ingest.scale_needed"
    (question,) = caught.value.values["questions"]
    assert question.answer("1-5") == {"score_scale": (1, 5)} and question.render("id") != question.render("en")
    mine = crm.ingest.inspect(path, as_="events", today=TODAY).read({question: "1-5"})
    assert mine.table["score"].tolist() == [4] and mine.quarantine["reason"].tolist() == ["out_of_range"]


def test_an_event_that_is_there_twice(write):
    text = "event_id;user_id;waktu_kejadian;aktivitas\n1;u;31/12/2020;A\n1;u;31/12/2020;A\n1;u;31/12/2020;B\n"
    mine = read(write(text, "log.csv"))
    assert mine.quarantine["reason"].tolist() == ["repeated_line", "line_taken"]


def test_names_and_addresses_as_persons_are_masked(write):
    mine = read(write("email;waktu_kejadian;aktivitas\nsiti@contoh.id;31/12/2020;Bayar\n", "log.csv"))
    assert "person_id" in mine.personal


def test_a_workbook_with_merged_days_and_a_total(workbook):
    rows = [
        ["Log kejadian"],
        ["ID Pengguna", "Tanggal", "Jam", "Kejadian"],
        ["u1", pd.Timestamp("2020-12-30").to_pydatetime(), "08:00", "Daftar"],
        ["u1", None, "09:30", "Periksa"],
        ["Total", None, None, None],
    ]
    mine = read(workbook(rows, "log.xlsx", merge=["B3:B4"]))
    assert mine.table["occurred_at"].astype(str).tolist() == ["2020-12-30 08:00:00", "2020-12-30 09:30:00"]
    assert mine.quarantine["reason"].tolist() == ["total_row"]


POSTS = """\
Tanggal Unggah;Platform;Komentar;Dibagikan;Suka;Pengikut;ID Kiriman
01/10/2020;Instagram;15;6;120;50.000;a1
31/10/2020;Instagram;15;6;1.200;50.000;a2
31/10/2020;Instagram;15;6;120;50.000;a2
30/10/2020;Instagram;-3;6;120;50.000;a3
29/10/2020;TikTok;;6;120;50.000;a4
28/10/2020;TikTok;2,5;6;120;50.000;a5
27/10/2020;TikTok;7;1;80;0;a6
"""


def test_own_posts_feed_engagement(write):
    mine = read(write(POSTS, "kiriman.csv"), "posts", decimal=",")
    assert mine.quarantine[["source_row", "reason"]].values.tolist() == [
        [4, "line_taken"],
        [5, "out_of_range"],
        [6, "missing_value"],
        [7, "not_whole"],
        [8, "out_of_range"],
    ]
    assert mine.table[["comments", "shares", "likes", "followers"]].values.tolist() == [
        [15, 6, 120, 50_000],
        [15, 6, 1_200, 50_000],
    ]
    table = crm.journeys.engagement(mine).table.set_index("measure")
    assert table.loc["conversation", "per_1000"] == pytest.approx(30 / 50)
    months = crm.journeys.engagement(mine, by="month").table
    assert months["group"].unique().tolist() == ["2020-10"] and months["posts"].tolist() == [2] * 3
    assert "unknown_customers" not in mine.facts and mine.currency is None


def test_posts_without_their_counts_are_refused(write):
    with pytest.raises(UserError) as caught:
        read(write("tanggal;suka\n31/12/2020;3\n"), "posts")
    assert caught.value.code == "ingest.missing_column" and caught.value.values["column"] == "comments"
