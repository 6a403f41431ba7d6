"""The look before the reading: an app asks its questions without catching errors."""

import json

import pytest

import crmlab as crm
from crmlab.errors import UserError
from crmlab.ingest import Question


def test_what_is_clear_is_suggested(write):
    look = crm.ingest.inspect(write("Tanggal;Nota;Pelanggan;Qty;Harga;Cuaca\n31/12/2020;A1;P1;2;1.500,5;cerah\n"))
    assert look.mapping == {
        "Tanggal": "ordered_at",
        "Nota": "order_id",
        "Pelanggan": "customer_id",
        "Qty": "quantity",
        "Harga": "unit_price",
    }
    assert look.questions == ()
    assert [(c.source, c.samples, c.style, c.confidence) for c in look.columns][4:] == [
        ("Harga", ("1.500,5",), "decimal_comma", 0.95),
        ("Cuaca", ("cerah",), None, 0.0),
    ]
    assert (look.rows, look.header_row, look.guesses["separator"]) == (1, 1, ";")
    assert look.read().table["amount"].tolist() == [3001]


def test_questions_are_answered_one_after_the_other_without_an_error(write):
    look = crm.ingest.inspect(write("Tanggal;Nota;Pelanggan;Jumlah\n03/04/2020;A1;P1;1.234\n"))
    answers = {"meaning_of": "amount", "date_order": "day", "decimal": ","}
    seen = []
    while look.questions:
        seen.append(look.questions[0].kind)
        look = look.again({look.questions[0]: answers[look.questions[0].kind]})
    assert seen == ["meaning_of", "date_order", "decimal"]
    mine = look.read()
    assert mine.table["amount"].tolist() == [1234]
    assert str(mine.table["ordered_at"][0].date()) == "2020-04-03"


def test_sheets_are_a_question_too(workbook):
    rows = [["Tanggal", "Nota", "Pelanggan", "Total"], ["31/12/2020", "A1", "P1", 5]]
    look = crm.ingest.inspect(workbook({"Jan": rows, "Feb": rows}))
    assert [(q.kind, q.choices) for q in look.questions] == [("sheet", ("Jan", "Feb"))]
    assert look.columns == ()
    look = look.again({look.questions[0]: "Feb"})
    assert look.sheet == "Feb"
    assert look.read().params["sheet"] == "Feb"


def test_scales_are_questions_of_a_survey(write):
    look = crm.ingest.inspect(write("tgl;pelanggan;nps;ces\n31/12/2020;P1;9;7\n"), as_="survey")
    assert [q.kind for q in look.questions] == ["ces_scale", "ces_easy"]
    mine = look.read({look.questions[0]: "1-7", look.questions[1]: "high"})
    assert mine.params["scales"]["ces"] == (1, 7)


def test_a_column_without_a_match_is_asked_with_its_candidates(write):
    look = crm.ingest.inspect(write("Kapan;Nota;Pelanggan;Total\n31/12/2020;A1;P1;5\n"))
    assert [(q.kind, q.column, q.choices) for q in look.questions] == [("source_of", "ordered_at", ("Kapan",))]
    assert look.read({look.questions[0]: "Kapan"}).facts["rows_kept"] == 1


def test_a_problem_that_no_answer_settles(write):
    assert crm.ingest.inspect(write("Tanggal;Nota;Pelanggan;Total\n")).problem.code == "ingest.no_rows"
    assert crm.ingest.inspect(write("tgl;nota;pelanggan;total\nA;B;C;5\n")).problem.code == "ingest.not_dates"
    with pytest.raises(UserError):
        crm.ingest.inspect(write(""))


def test_the_file_is_opened_once(write):
    path = write("Tanggal;Nota;Pelanggan;Total\n31/12/2020;A1;P1;5\n")
    look = crm.ingest.inspect(path)
    path.unlink()
    assert look.read(currency="GBP").currency == "GBP"


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_question_and_choice_has_words(lang):
    questions = [
        Question("source_of", "order_id", ("a", "#row")),
        Question("source_of", "customer_id", ("#none",)),
        Question("meaning_of", "jumlah", ("quantity", "amount", None), ("5",)),
        Question("decimal", "Harga", (",", "."), ("1.234",)),
        Question("date_order", "tgl", ("day", "month"), ("03/04/2020",)),
        Question("discount", "disk", ("amount", "percent", "share"), ("10",)),
        Question("cost", "hpp", ("line", "unit"), ("700",)),
        Question("short_units", "nilai", ("id", "en"), ("1.2 M",)),
        Question("sheet", None, ("Jan",)),
        Question("table", None, ("t",)),
        Question("separator", None, (";", "\t")),
        Question("csat_scale", "csat", ("1-5",)),
        Question("ces_scale", "ces", ("1-7",)),
        Question("ces_easy", "ces", ("high", "low")),
    ]
    for question in questions:
        assert question.render(lang).endswith("?")
        assert all(question.choice_label(c, lang) for c in question.choices)
        json.dumps(question.answer(question.choices[0]))
