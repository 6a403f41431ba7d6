"""What a person reads, to the letter, in both languages; rule 15: what, where, how to mend it."""

import re
import subprocess
import sys
import tomllib
from importlib import resources

import pandas as pd
import pytest

import crmlab as crm
from crmlab import labels
from crmlab.errors import UserError

from .conftest import TODAY


def message(lang, source, **options):
    with pytest.raises(UserError) as caught:
        crm.ingest.read(source, **options)
    return caught.value.render(lang)


def test_an_ambiguous_number(write):
    path = write("tgl;nota;pelanggan;total\n31/12/2020;A1;P1;1.234\n")
    assert message("id", path) == (
        "Tabel sales.csv: Angka di kolom “total” dapat dibaca dua cara: 1.234. Tanda itu bisa pemisah "
        'ribuan, bisa pula tanda desimal. Caranya: beri parameter decimal="," bila koma tanda desimalnya '
        '(1.234 berarti seribu lebih), atau decimal="." bila titik tanda desimalnya.'
    )
    assert message("en", path) == (
        "Table sales.csv: The numbers in the column “total” can be read in two ways: 1.234. The sign may "
        'group thousands or mark decimals. To mend it: give the parameter decimal="," if the comma marks '
        'decimals (1.234 is more than a thousand), or decimal="." if the point does.'
    )


def test_an_ambiguous_date(write):
    path = write("tgl;nota;pelanggan;total\n03/04/2020;A1;P1;5\n")
    assert message("id", path) == (
        "Tabel sales.csv: Tanggal di kolom “tgl” dapat dibaca dua cara: 03/04/2020. Tidak ada tanggal 13 "
        'atau lebih yang memastikan mana hari dan mana bulan. Caranya: beri parameter date_order="day" bila '
        'hari di depan, atau date_order="month" bila bulan di depan.'
    )
    assert message("en", path) == (
        "Table sales.csv: The dates in the column “tgl” can be read in two ways: 03/04/2020. No day of 13 or "
        'more shows which is the day and which the month. To mend it: give the parameter date_order="day" if '
        'the day comes first, or date_order="month" if the month does.'
    )


def test_an_unclear_jumlah(write):
    path = write("tgl;nota;pelanggan;jumlah\n31/12/2020;A1;P1;5\n")
    assert message("id", path) == (
        "Tabel sales.csv: Kolom “jumlah” bisa berarti dua hal: banyaknya barang (quantity) atau nilai uang "
        '(amount). Diharapkan: quantity, amount. Caranya: pilih salah satu: columns={"jumlah": "quantity"} '
        'atau columns={"jumlah": "amount"}.'
    )


def test_a_misspelt_source_column(write):
    path = write("tanggal;nota;pelanggan;total\n31/12/2020;A1;P1;5\n")
    assert message("en", path, columns={"tangal": "ordered_at"}) == (
        "Table sales.csv: The column “tangal” in the parameter columns is not in the source. Did you mean "
        '“tanggal”? To mend it: write the name as in the source: columns={"source column": "canonical name"}.'
    )


def test_wrong_dates_name_their_rows(write):
    path = write("tgl;nota;pelanggan;total\nbesok;A1;P1;5\nlusa;A2;P2;6\n")
    assert message("id", path) == (
        "Tabel sales.csv, baris 2, 3: Lebih dari separuh isi kolom “tgl” bukan tanggal, misalnya besok, "
        "lusa. Caranya: tunjuk kolom tanggal yang benar lewat parameter columns."
    )


def test_several_sheets(workbook):
    rows = [["Tanggal", "Nota", "Pelanggan", "Total"], ["31/12/2020", "A1", "P1", 5]]
    assert message("id", workbook({"Jan": rows, "Feb": rows})) == (
        "Tabel sales.xlsx: Buku kerja ini punya beberapa lembar berisi data. Diharapkan: Jan, Feb. Caranya: "
        "pilih satu lewat parameter sheet."
    )


def test_the_report_in_words(write):
    lines = "tgl;nota;pelanggan;qty;harga\n31/12/2020;A1;P1;2;500\n30/12/2020;A2;;-1;500\n30/12/2020;A3;P1;x;500\n"
    mine = crm.ingest.read(write(lines), today=TODAY)
    assert [n.render("id") for n in mine.notes] == [
        "1 dari 3 baris ditolak; lihat karantina beserta alasannya.",
        "Nilai dihitung sebagai “qty” × “harga”.",
        "1 baris adalah retur; 0 di antaranya dapat dihubungkan dengan pesanan asalnya.",
        "1 dari 2 baris tidak menyebut pelanggan; tetap dihitung sebagai tidak diketahui.",
        "Mata uang tidak tertulis di sumber; dianggap IDR. Ubah dengan parameter currency.",
        "“pelanggan” dianggap ID pelanggan. Periksa, dan ubah lewat parameter columns bila keliru.",
        "Dibaca sebagai teks dengan pemisah “;” dan penyandian utf-8.",
    ]
    assert str(mine.report().explain("id", "short")) == "3 baris dibaca: 2 dipakai dan 1 ditolak."
    assert str(mine.report().explain("en", "short")) == "3 rows were read: 2 are used and 1 was refused."


def codes(section):
    text = resources.files("crmlab").joinpath("labels", "catalogue", "ingest.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["text"][section]


def sources():
    folder = resources.files("crmlab").joinpath("ingest")
    return "\n".join(p.read_text(encoding="utf-8") for p in folder.iterdir() if p.name.endswith(".py"))


@pytest.mark.parametrize("section", ["reason", "note"])
def test_every_reason_and_note_that_is_used_has_words_and_no_words_are_left_over(section):
    code = sources()
    said = set(codes(section))
    if section == "note":
        assert said == set(re.findall(r'"ingest\.note\.(\w+)"', code))
    else:
        assert all(f'"{reason}"' in code for reason in said)
        given = set(re.findall(r'reasons\[[^\]]*(?:\[[^\]]*\])?[^\]]*\](?:, \w+\[\w+\])? = "(\w+)"', code))
        given |= set(re.findall(r'\.add\(\w+, "(\w+)"', code))
        assert given <= said


def test_names_of_the_contract_are_said_in_both_languages():
    for name in (*crm.schema.SALES.names, *crm.schema.SURVEY.names):
        assert labels.name(name, "id") and labels.name(name, "en")


def test_a_frame_has_a_name_in_messages():
    frame = pd.DataFrame({"tgl": ["03/04/2020"], "nota": ["A"], "pelanggan": ["P"], "total": [1]})
    assert message("en", frame).startswith("Table DataFrame: The dates in the column “tgl”")


def test_importing_the_room_loads_no_pandas():
    code = "import sys, crmlab.ingest; sys.exit(bool({'pandas', 'numpy', 'pyarrow', 'openpyxl'} & {*sys.modules}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
