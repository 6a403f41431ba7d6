"""The data clinic without a browser: what each click shows, and that figures, rows and files agree."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile

import pytest

import crmlab as crm
from crmlab import labels
from crmlab.errors import UserError
from crmlab.widgets.clinic import Clinic
from crmlab.widgets.clinic_desk import ClinicDesk, Given
from crmlab.widgets.reply import File

PEOPLE = """\
Kode Pelanggan;Nama;JK;Tgl Lahir;No HP;Surel;Kota;Tgl Daftar
P1;Budi Santoso;L;31/12/1990;0812-3456-7890;budi@contoh.id;Bandung;13/01/2020
P2;BUDI SANTOSO;L;31/12/1990;+62 812 3456 7890;budi@contoh.id;Bandung;14/01/2020
P3;Siti Rahma;P;14/02/1985;0813-1111-2222;;Depok;14/01/2020
P4;Siti Rahmah;P;;0813-9999-2222;;Depok;15/01/2020
P5;=Ani;P;01/03/1999;12;salah;;15/01/2020
;Tanpa Kode;P;01/03/1999;0;;;15/01/2020
"""


@pytest.fixture
def clinic(tmp_path):
    path = tmp_path / "pelanggan.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return ClinicDesk([Given("pos_customers", lambda: path, "customers", as_of=dt.date(2020, 12, 31))], "en")


def rows(file: File) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))


def cell(desk, column, dimension):
    body = desk.page["body"]
    at = [d["id"] for d in body["dimensions"]].index(dimension)
    return next(r for r in body["rows"] if r["id"] == column)["cells"][at]


def test_the_first_page_counts_every_row(clinic):
    page = clinic.page
    assert [t["value"] for t in page["tiles"]][0] == "5"
    assert page["tiles"][0]["foot"] == "6 read = 5 used + 1 in quarantine"
    assert [t["id"] for t in page["tabs"]] == ["profile", "refused", "duplicates", "gaps", "save"]
    assert cell(clinic, "phone", "validity")["said"] == "Phone, Validity: 4 of 5 pass, 1 fail"
    assert cell(clinic, "phone", "validity")["value"] == "80.0%"
    json.dumps(page)  # what goes to the browser is plain


def test_a_cell_shows_its_rows_by_their_places_in_the_source(clinic):
    clinic.answer({"do": "focus", "column": "email", "dimension": "validity"})
    detail = clinic.page["body"]["detail"]
    assert detail["said"] == "2 pass ÷ 3 checked = 66.7%"
    assert [row[0] for row in detail["rows"]] == ["6"]
    assert "salah" not in json.dumps(detail)  # masked, as every e-mail address
    saved = rows(clinic.answer({"do": "export", "what": "rows", "column": "email", "dimension": "validity"}))
    assert any("6" in row for row in saved)
    clinic.answer({"do": "focus", "column": "email", "dimension": "validity"})
    assert clinic.page["body"]["detail"] is None
    clinic.answer({"do": "focus", "column": "city"})
    assert clinic.page["body"]["detail"]["tables"][0]["rows"][0][:2] == ["Bandung", "2"]


def test_codes_are_asked_about_and_never_guessed(clinic):
    codes = clinic.page["body"]["codes"]
    assert [c["id"] for c in codes["choices"]] == ["pos"]
    assert cell(clinic, "gender", "validity")["value"] == "0.0%"
    clinic.answer({"do": "codes", "source": "pos"})
    assert cell(clinic, "gender", "validity")["value"] == "100.0%"
    clinic.answer({"do": "codes", "source": "finance"})  # W is not in it: no such choice
    assert clinic.page["body"]["codes"]["chosen"] is None
    assert cell(clinic, "gender", "validity")["value"] == "0.0%"


def test_a_shown_share_is_whole_only_where_it_is(clinic):
    from crmlab.widgets.clinic_words import percent

    assert [percent(x, "en") for x in (1.0, 0.99999, 0.5, 0.00001, 0.0)] == [
        "100.0%",
        "<100%",
        "50.0%",
        "<0.1%",
        "0.0%",
    ]


def test_the_quarantine_keeps_what_was_refused(clinic):
    clinic.answer({"do": "tab", "name": "refused"})
    body = clinic.page["body"]
    assert body["reasons"] == [["A required value is missing: “Kode Pelanggan”", "1", "7"]]
    assert body["rows"][0][0] == "7"
    assert "Tanpa Kode" not in json.dumps(body)
    saved = rows(clinic.answer({"do": "export", "what": "refused", "format": "csv"}))
    assert [row[0] for row in saved if row and row[0].isdigit()] == ["7"]


def test_pairs_are_judged_and_judgements_taken_back(clinic):
    clinic.answer({"do": "tab", "name": "duplicates"})
    body = clinic.page["body"]
    assert [(m["left"], m["right"]) for m in body["matches"]] == [(0, 1)]
    people = next(t for t in clinic.page["tiles"] if t["label"] == "People in it")
    assert people["value"] == "4"
    clinic.answer({"do": "line", "threshold": 0.99, "review": 0.01})
    pair = clinic.page["body"]["pair"]
    assert {pair["left"], pair["right"]} == {2, 3}
    assert "Siti" not in json.dumps(clinic.page)
    clinic.answer({"do": "clear", "on": True})
    assert "siti rahma" in json.dumps(clinic.page["body"]["pair"]).lower()
    clinic.answer({"do": "clear", "on": False})
    clinic.answer({"do": "decide", "left": 2, "right": 3, "verdict": "match"})
    assert next(t for t in clinic.page["tiles"] if t["label"] == "People in it")["value"] == "3"
    assert clinic.page["body"]["decisions"][0]["verdict"] == "the same person"
    clinic.answer({"do": "decide", "left": 2, "right": 3, "verdict": None})
    assert next(t for t in clinic.page["tiles"] if t["label"] == "People in it")["value"] == "4"
    clinic.answer({"do": "decide", "left": 0, "right": 1, "verdict": "no_match"})
    assert next(t for t in clinic.page["tiles"] if t["label"] == "People in it")["value"] == "5"
    with pytest.raises(UserError):
        clinic.answer({"do": "decide", "left": 0, "right": 1, "verdict": "perhaps"})


def test_what_is_taken_home_adds_up_and_is_masked(clinic):
    clinic.answer({"do": "codes", "source": "pos"})
    clinic.answer({"do": "tab", "name": "save"})
    told = {f["name"]: f["about"] for f in clinic.page["body"]["files"]}
    file = clinic.answer({"do": "export", "what": "all", "format": "zip"})
    assert (file["file"], file["mime"]) == ("data-clinic.zip", "application/zip")
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        assert set(archive.namelist()) == set(told)
        texts = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    clean = list(csv.DictReader(io.StringIO(texts["clean.csv"])))
    assert [r["customer_id"] for r in clean] == ["P1", "P3", "P4", "P5"]
    assert told["clean.csv"].startswith("4 rows")
    assert [r["gender"] for r in clean] == ["male", "female", "female", "female"]
    merged = list(csv.DictReader(io.StringIO(texts["merge-log.csv"])))
    assert {r["customer_id"] for r in merged if r["entity"] == "P1"} == {"P1", "P2"}
    assert [r["source_row"] for r in merged if r["entity"] == "P1"] == ["2", "3"]
    everything = "".join(texts.values())
    for secret in ("Santoso", "SANTOSO", "Rahma", "3456-7890", "+6281234567890", "budi@contoh.id", "Tanpa Kode"):
        assert secret not in everything, secret
    file = clinic.answer({"do": "export", "what": "all", "format": "zip", "clear": True})
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        clean = list(csv.DictReader(io.StringIO(archive.read("clean.csv").decode("utf-8-sig"))))
    assert clean[0]["phone"] == "+6281234567890"
    assert clean[3]["name"].startswith("'=")  # no formula runs in a spreadsheet
    assert "Ani" in clean[3]["name"]


def test_the_reader_s_own_file_goes_the_same_way(clinic):
    clinic.answer({"do": "source", "name": "own"})
    assert not clinic.page["loaded"]
    upload = {"do": "upload", "name": "kontak.csv", "part": 0, "parts": 1}
    reply = clinic.answer(upload, [b"Nama;No HP\nSiti;0812 3456 7890\nBudi;0813 3456 7890\n"])
    assert reply["missing"] and not reply["ready"]
    row = next(c for c in reply["columns"] if c.get("only") == "customer_id")
    assert row["label"] == "(every row is one customer)"
    reply = clinic.answer({"do": "mapping", "mapping": {**reply["mapping"], "customer_id": row["id"]}, "answers": {}})
    assert reply["ready"] and not reply["currencies"]
    reply = clinic.answer({"do": "load"})
    assert reply["report"]["ready"]
    clinic.answer({"do": "examine"})
    assert clinic.page["tiles"][0]["value"] == "2"
    clinic.answer({"do": "again"})
    clinic.answer({"do": "kind", "kind": "sales"})
    assert clinic.answer({"do": "file"})["missing"]
    reply = clinic.answer({"do": "upload", "name": "x.csv", "part": 0, "parts": 1}, [b"\0\0\0"])
    assert reply["error"]
    with pytest.raises(UserError):
        clinic.answer({"do": "examine"})


def test_sales_have_no_duplicates_to_judge_and_go_home_as_they_are(tmp_path):
    raw = crm.datasets.load_retail("S", layer="raw")
    desk = ClinicDesk([Given("pos_sales", lambda: raw.path("pos"), "sales")], "id")
    desk.answer({"do": "tab", "name": "duplicates"})
    assert "daftar pelanggan" in desk.page["body"]["none"]
    desk.answer({"do": "tab", "name": "gaps"})
    states = {r["question"]: r["mood"] for g in desk.page["body"]["groups"] for r in g["rows"]}
    assert "good" in states.values() and "flat" in states.values()
    file = desk.answer({"do": "export", "what": "all", "format": "zip"})
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        assert sorted(archive.namelist()) == ["aturan.toml", "bersih.csv", "karantina.csv", "mutu.csv"]


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_tab_speaks_both_languages(clinic, lang):
    clinic.answer({"do": "lang", "lang": lang})
    for tab in ("profile", "refused", "duplicates", "gaps", "save"):
        clinic.answer({"do": "tab", "name": tab})
        said = json.dumps(clinic.page, ensure_ascii=False)
        assert "{" + "n" not in said
    assert clinic.page["lang"] == lang
    other = "en" if lang == "id" else "id"
    assert clinic.page["title"] != labels.text("clinic.title", other)


def test_the_widget_answers_over_its_line(clinic):
    widget = Clinic(list(clinic.given.values()), "en")
    assert widget.page["title"] == "Data clinic"
    assert widget.texts["id"]["clinic_same"] == "Sama"
    sent = []
    widget.send = lambda content, buffers=None: sent.append((content, buffers))
    widget._receive(None, {"do": "tab", "name": "gaps", "view": "v", "seq": 1}, [])
    assert widget.page["tab"] == "gaps"
    assert widget.page["seqs"] == {"v": [1]}
    widget._receive(None, {"do": "tab", "name": "nowhere", "view": "v", "seq": 2}, [])
    assert widget.page["tab"] == "gaps"
    widget._receive(None, {"do": "dance", "view": "v", "seq": 3}, [])
    assert "error" in sent[-1][0]
    widget.speak("id")
    assert widget.page["title"] == "Klinik data"


def test_a_step_that_is_asked_for_again_is_taken_once_even_when_its_answer_is_forgotten(clinic):
    widget = Clinic(list(clinic.given.values()), "en")
    widget.send = lambda content, buffers=None: None
    press = {"do": "focus", "column": "phone", "dimension": "validity", "view": "v", "seq": 1}
    widget._receive(None, press, [])
    for seq in range(2, 30):
        widget._receive(None, {"do": "clear", "on": False, "view": "v", "seq": seq}, [])
    widget._receive(None, press, [])  # the page was slow, and the browser asked again
    assert widget.page["body"]["focus"] == ["phone", "validity"]
    assert widget.page["seqs"] == {"v": [1]}


def test_a_source_is_read_when_it_is_chosen_and_not_before(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    opened = []

    def second():
        opened.append(1)
        return path

    desk = ClinicDesk(
        [Given("pos_customers", lambda: path, "customers"), Given("web_customers", second, "customers")], "en"
    )
    assert not opened
    assert [[s["id"] for s in g["sources"]] for g in desk.page["sources"]] == [
        ["pos_customers", "web_customers"],
        ["own"],
    ]
    desk.answer({"do": "go", "source": "web_customers", "tab": "gaps"})
    desk.answer({"do": "tab", "name": "profile"})
    assert opened == [1]
    assert (desk.page["source"], desk.page["tab"]) == ("web_customers", "profile")
    desk.answer({"do": "go", "source": "nowhere", "tab": "nothing"})  # an address that somebody changed
    assert (desk.page["source"], desk.page["tab"]) == ("web_customers", "profile")
    with pytest.raises(UserError):
        desk.answer({"do": "source", "name": "nowhere"})


def test_every_source_of_the_app_is_examined_and_shows_nobody():
    from crmlab.apps.clinic import _sources

    desk = ClinicDesk(_sources(), "en")
    systems = {
        "pos_customers": ["pos"],
        "finance_customers": ["finance"],
        "web_customers": ["web"],
        "hr_people": ["pos"],
        "hospital_patients": ["pos"],
    }
    for name, wanted in systems.items():
        desk.answer({"do": "go", "source": name, "tab": "profile"})
        codes = desk.page["body"]["codes"]
        assert [c["id"] for c in codes["choices"]] == wanted, name
        assert cell(desk, "gender", "validity")["value"] == "0.0%", name  # asked, never guessed
        shown = []
        for column in [r["id"] for r in desk.page["body"]["rows"] if r["look"]]:
            desk.answer({"do": "focus", "column": column})
            shown.append(json.dumps(desk.page, ensure_ascii=False))
        desk.answer({"do": "focus", "column": "gender", "dimension": "validity"})
        shown.append(json.dumps(desk.page, ensure_ascii=False))
        for tab in ("refused", "duplicates", "gaps", "save"):
            desk.answer({"do": "tab", "name": tab})
            shown.append(json.dumps(desk.page, ensure_ascii=False))
        desk.answer({"do": "line", "threshold": 0.99, "review": 0.01})
        shown.append(json.dumps(desk.page, ensure_ascii=False))
        file = desk.answer({"do": "export", "what": "all"})
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            shown += [archive.read(n).decode("utf-8-sig") for n in archive.namelist()]
        shown = "\n".join(shown)
        table = desk.case.ingested.table.head(40)
        for column in ("name", "phone", "email", "national_id", "address"):
            for value in table[column].dropna().astype("str") if column in table else ():
                if len(value) > 5:
                    assert value not in shown, (name, column)


def test_health_is_masked_person_by_person(tmp_path):
    path = tmp_path / "pasien.csv"
    head = "NO_RM;NAMA;JK;NO_HP;ALERGI;KONDISI"
    lines = [f"RM{i};Orang Ke{i};X;0812345678{i:02d};{'UDANG' if i < 8 else 'TIRAM'};DIABETES" for i in range(10)]
    path.write_text("\n".join([head, *lines]), encoding="utf-8")
    desk = ClinicDesk([Given("hospital_patients", lambda: path, "customers", private=("KONDISI",))], "en")
    desk.answer({"do": "focus", "column": "gender", "dimension": "validity"})
    said = json.dumps(desk.page)
    assert "RM3" in said
    assert "UDANG" not in said
    assert "DIABETES" not in said
    desk.answer({"do": "focus", "column": "ALERGI"})
    top = [row[:2] for row in desk.page["body"]["detail"]["tables"][0]["rows"]]
    assert top == [["UDANG", "8"], ["••••", "2"]]  # how many have it tells of nobody, unless few do
    file = desk.answer({"do": "export", "what": "all"})
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        assert "DIABETES" not in "".join(archive.read(n).decode("utf-8-sig") for n in archive.namelist())
    saved = desk.answer({"do": "export", "what": "rows", "column": "gender", "dimension": "validity"})
    assert b"DIABETES" not in saved.content


def test_a_key_that_is_a_phone_number_is_not_shown_either(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "Telepon;Nama;Surel;Kota\n"
        "081234567890;Budi Santoso;budi.santoso@contoh.id;Bandung\n"
        "081399998888;BUDI SANTOSO;budi.santoso@contoh.id;Bandung\n"
        "081311112222;Siti Rahma;;Depok\n",
        encoding="utf-8",
    )
    source = Given("pos_customers", lambda: path, "customers", columns={"Telepon": "customer_id"})
    desk = ClinicDesk([source], "en")
    desk.answer({"do": "tab", "name": "duplicates"})
    desk.answer({"do": "line", "threshold": 0.99, "review": 0.01})
    pairs = [(m["left"], m["right"]) for m in desk.page["body"]["matches"]]
    pair = pairs[0] if pairs else (desk.page["body"]["pair"]["left"], desk.page["body"]["pair"]["right"])
    desk.answer({"do": "decide", "left": pair[0], "right": pair[1], "verdict": "match"})
    assert desk.page["body"]["decisions"]
    shown = json.dumps(desk.page)
    file = desk.answer({"do": "export", "what": "all"})
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        shown += "".join(archive.read(n).decode("utf-8-sig") for n in archive.namelist())
    assert "081234567890" not in shown
    assert "081399998888" not in shown
    with pytest.raises(UserError):
        desk.answer({"do": "decide", "left": 77, "right": 1, "verdict": "match"})


def test_the_form_of_one_s_own_file_masks_its_samples(clinic):
    clinic.answer({"do": "source", "name": "own"})
    content = b"ID;Nama;No HP;Tgl Lahir;Kota\n1;Siti Rahma;0812 3456 7890;03/04/1990;Depok\n;Budi;1;05/06/1991;Bogor\n"
    reply = clinic.answer({"do": "upload", "name": "k.csv", "part": 0, "parts": 1}, [content])
    assert "Depok" in json.dumps(reply)
    assert "Siti" not in json.dumps(reply)
    assert "7890" not in json.dumps(reply)
    asked = next(q for q in reply["questions"] if q["id"] == "date_order:Tgl Lahir")
    assert "03/04/••••" in asked["question"]
    assert "1990" not in asked["question"]
    answers = {asked["id"]: "day"}
    reply = clinic.answer({"do": "mapping", "mapping": reply["mapping"], "answers": answers})
    clinic.answer({"do": "load"})
    saved = clinic.answer({"do": "export", "what": "refused", "format": "csv"})
    assert "Budi" not in saved.content.decode("utf-8-sig")
    assert "Bogor" in saved.content.decode("utf-8-sig")


def test_rules_are_read_in_words_and_changed(clinic):
    rules = clinic.page["body"]["rules"]
    said = [row[0] for row in rules["rows"]]
    assert "Gender is one of Male, Female" in said
    assert "Born on is 2 January 1900 or later" in said
    saved = clinic.answer({"do": "export", "what": "rules"})
    assert saved["file"] == "rules.toml"
    city = "[customers.columns.city]\n"
    mine = saved.content.decode().replace(city, city + 'among = ["Bandung"]\n')
    clinic.answer({"do": "rules", "name": "mine.toml"}, [mine.encode()])
    assert clinic.page["body"]["rules"]["own"]
    assert cell(clinic, "city", "validity")["value"] == "50.0%"
    with zipfile.ZipFile(io.BytesIO(clinic.answer({"do": "export", "what": "all"}).content)) as archive:
        assert "Bandung" in archive.read("rules.toml").decode()
    for wrong in (b"[customers", b"\xff", b"[customers.columns.city]\nsize = 3", b"[a]\n[b]"):
        with pytest.raises(UserError):
            clinic.answer({"do": "rules", "name": "wrong.toml"}, [wrong])
    with pytest.raises(UserError):  # rules that can be read, but not held against this table
        clinic.answer({"do": "rules", "name": "w.toml"}, [b'[[customers.rows]]\nthen = "born_on > 5"'])
    assert cell(clinic, "city", "validity")["value"] == "50.0%"
    clinic.answer({"do": "rules"})
    assert not clinic.page["body"]["rules"]["own"]
    assert cell(clinic, "city", "validity") is None


def test_a_long_list_shows_its_quality_before_its_people_are_compared(clinic, monkeypatch):
    from crmlab.widgets import examination

    assert not clinic.page["pending"]
    monkeypatch.setattr(examination, "AT_ONCE", 3)
    clinic.answer({"do": "codes", "source": "pos"})
    people = clinic.page["tiles"][3]
    assert clinic.page["pending"]
    assert (people["value"], people["foot"]) == ("…", "5 rows are being compared")
    clinic.answer({"do": "compare"})
    assert not clinic.page["pending"]
    assert clinic.page["tiles"][3]["value"] == "4"
    clinic.answer({"do": "codes", "source": None})
    clinic.answer({"do": "tab", "name": "duplicates"})  # whoever asks first need not wait for anyone
    assert not clinic.page["pending"]


def test_notes_name_columns_and_no_parameters(tmp_path):
    raw = crm.datasets.load_retail("S", layer="raw")
    desk = ClinicDesk([Given("pos_sales", lambda: raw.path("pos"), "sales")], "en")
    desk.answer({"do": "tab", "name": "refused"})
    notes = " ".join(desk.page["body"]["notes"])
    assert "IDR is assumed" in notes
    assert "parameter" not in notes
    assert "decimal=" not in notes


def test_places_of_accounts_are_those_of_their_last_lines():
    from crmlab.apps.clinic import _sources

    source = next(s for s in _sources() if s.name == "web_customers")
    case = source.examine()
    raw = crm.datasets.load_retail("S", layer="raw")
    with open(raw.path("web"), encoding="utf-8-sig") as file:
        lines = file.read().splitlines()
    for row in (1, 5, 50):
        line = lines[case.source_row(row) - 1]
        assert case.ingested.table["customer_id"].iloc[row - 1] in line
        assert line.split(",")[3] not in "".join(lines[case.source_row(row) :])
