"""Sentences of objectives, in both languages: what they promise, what they leave out, what is no target."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlab.analytics import programme

DAY = dt.date(2025, 11, 22)


def test_the_book_s_goal_and_objective():
    """Row P07, section 4.1 phase 1 and 4.2(3): the objective has n = 200, is due in Q4 and lacks a baseline, which is
    told; of 200 wanted 170 came, 85.0 %. "Meningkatkan loyalitas" is a goal."""
    book = "menghasilkan 200 tambahan prospek memenuhi syarat pada Q4"
    found = programme.objectives([{"sentence": book, "actual": 170}])
    row = found.table.iloc[0]
    assert (row["kind"], row["target_value"], row["deadline"], row["lacks"]) == ("objective", 200, "Q4", "baseline")
    assert found.facts["achieved_share"] == 0.85
    assert "programme.note.no_baseline" in [n.code for n in found.notes]
    assert programme.read_objective("meningkatkan loyalitas")["kind"] == "goal"
    # the same in the book's own words, and in English
    full = "menghasilkan 200 tambahan prospek yang memenuhi syarat pada Q4 tahun anggaran berikutnya"
    said = programme.read_objective(full, as_of=DAY)
    assert (said["target"], said["due_on"], said["addition"]) == (200, "2026-12-31", True)
    assert (
        programme.read_objective("generate 200 additional qualified leads in Q4")["unit"]
        == "additional qualified leads"
    )


SENTENCES = [
    # sentence, kind, target, unit, due on, baseline, direction
    ("Menaikkan NPS dari 32 menjadi 40 sebelum Juni 2026", "objective", 40, "NPS", "2026-06-30", 32, "up"),
    ("reduce churn from 12% to 9% by 31 December 2026", "objective", 9, "%", "2026-12-31", 12, "down"),
    ("menurunkan waktu tunggu dari 90 menit menjadi 60 menit dalam 6 bulan", "objective", 60, "menit", "2026-05-22", 90,
     "down"),
    ("increase revenue by Rp1,5 miliar in Q2 2026", "objective", 1.5e9, "IDR", "2026-06-30", None, "up"),
    ("menambah 1.200 anggota baru hingga 31 Desember 2026", "objective", 1200, "anggota baru", "2026-12-31", None,
     "up"),
    ("win 1,200 new members by March 2026", "objective", 1200, "new members", "2026-03-31", None, "up"),
    ("menekan keluhan menjadi 20 per bulan pada triwulan III 2026, saat ini 35", "objective", 20, "keluhan",
     "2026-09-30",
     35, "down"),
    ("grow to 50 corporate customers", "draft", 50, "corporate customers", None, None, "up"),
    ("menjadi toko pilihan keluarga sebelum akhir 2026", "goal", None, None, "2026-12-31", None, None),
    ("respond within 30 days", "goal", None, None, "2025-12-22", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "kind", "target", "unit", "due", "base", "way"), SENTENCES)
def test_sentences(sentence, kind, target, unit, due, base, way):
    said = programme.read_objective(sentence, as_of=DAY)
    assert (said["kind"], said["target"], said["due_on"], said["baseline"]) == (kind, target, due, base)
    assert said["direction"] == way and said["unit"] == unit


@pytest.mark.parametrize(
    ("sentence", "warned"),
    [
        ("menaikkan retensi sebesar 5% pada akhir 2026", "percent_without_base"),
        ("raise revenue by 10% compared to 2019 by Q4 2026", "percent_without_base"),
        ("NPS 1.234", "ambiguous_number"),
    ],
)
def test_warnings(sentence, warned):
    assert warned in programme.read_objective(sentence)["warnings"]


def test_what_is_no_target():
    assert programme.read_objective("menaikkan laba pada 2026")["target"] is None  # a year
    assert programme.read_objective("grow from 2019 to 2020")["baseline"] is None  # years again
    assert programme.read_objective("raise NPS to 40 by 31 February 2026")["due_on"] is None  # no such day
    assert programme.read_objective("NPS 40 pada Q4")["due_on"] is None  # the year is not known


def test_progress_from_the_baseline():
    rows = [
        {"objective": "NPS", "sentence": "menaikkan NPS dari 32 menjadi 40 pada 2026", "actual": 38},
        {"objective": "churn", "sentence": "reduce churn from 12% to 9% by 2026", "actual": 10.5},
        {"objective": "members", "sentence": "win 200 more members by 2026", "baseline": 1000, "actual": 1100},
        {"objective": "share", "sentence": "raise revenue by 10% by 2026", "baseline": 500, "actual": 525},
        {"objective": "wait", "sentence": "menurunkan waktu tunggu menjadi 60 menit pada 2026", "actual": 70},
    ]
    table = programme.objectives(rows).table.set_index("objective")
    assert table["progress_share"].tolist()[:4] == pytest.approx([0.75, 0.5, 0.5, 0.5])
    assert table.loc["NPS", "achieved_share"] == pytest.approx(38 / 40)
    assert table.loc[["churn", "share", "wait"], "achieved_share"].isna().all()  # less is better; or a change


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from([("id", "menjadi", "dari"), ("en", "to", "from")]))
def test_two_numbers_are_never_mixed_up(base, target, words):
    lang, to, start = words
    verb = "ubah skor" if lang == "id" else "move score"
    said = programme.read_objective(f"{verb} {start} {base} {to} {target} poin pada Q1 2026", lang=lang)
    assert (said["baseline"], said["target"], said["due_on"]) == (base, target, "2026-03-31")
    assert said["direction"] == ("down" if target < base else "up")


@given(st.text(max_size=60))
def test_any_text_is_read_or_called_a_goal(text):
    said = programme.read_objective(text)
    assert said["kind"] in ("goal", "draft", "objective")
    assert (said["kind"] == "goal") == (said["target"] is None)
    assert set(said["missing"]) <= {"number", "unit", "deadline", "baseline"}
