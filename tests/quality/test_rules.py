"""Rules as data: read, written, held against tables; and what a person is told who wrote them wrong."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import crmlab as crm
from crmlab import labels
from crmlab.errors import UserError
from crmlab.quality import RuleSet
from crmlab.quality.sentences import columns_of, truth

quality = crm.quality


@pytest.mark.parametrize("name", quality.rules())
def test_the_rules_that_come_with_crmlab_can_be_read_written_and_said(name, tmp_path):
    rules = quality.rules(name)
    assert RuleSet.read(rules.to_dict(), rules.name) == rules
    path = tmp_path / "mine.toml"
    path.write_text(rules.to_toml(), encoding="utf-8")
    assert RuleSet.read(path) == rules
    for rule in rules.rules:
        assert rule.describe("id") and rule.describe("en") and rule.dimension in quality.DIMENSIONS


def test_canonical_rule_sets_name_canonical_columns():
    for name in ("sales", "survey", "customers"):
        columns = {c for r in quality.rules(name).rules if r.kind != "row" for c in r.columns}
        assert columns <= set(crm.schema.contract(name).names)


def test_rules_in_words():
    said = {r.name: (r.describe("id"), r.describe("en")) for r in quality.rules("survey").rules}
    assert said["nps: range"] == ("NPS antara 0 dan 10", "NPS lies between 0 and 10")
    row = quality.rules("sales").rules[-1]
    assert row.describe("en") == "where quantity < 0: amount <= 0"


def test_a_campaign_that_ends_before_it_starts():
    # as texts "02/01/2021" stands before "31/12/2020", and "19/02/2020" after "01/03/2020"
    starts, ends = ["31/12/2020", "01/03/2020", "5/1/2020", None], ["02/01/2021", "19/02/2020", "10/1/2020", "1/1/2020"]
    table = pd.DataFrame({"starts_on": starts, "ends_on": ends})
    found = quality.check(table, {"rows": [{"name": "in order", "then": "ends_on >= starts_on"}]})
    assert found.rows("in order")["row"].tolist() == [2]
    assert found.table["checked"].tolist() == [3]


def test_numbers_written_as_texts_are_compared_as_numbers():
    table = pd.DataFrame(
        {"paid": ["1.000.000", "900.000", "20.000.000"], "owed": ["900.000", "1.000.000", "3.000.000"]}
    )
    assert quality.check(table, {"rows": [{"name": "r", "then": "paid >= owed"}]}).rows("r")["row"].tolist() == [2]
    codes = pd.DataFrame({"code": ["1", "2", "1"], "n": [1, 2, 3]})
    found = quality.check(codes, {"rows": [{"name": "r", "when": "code == '1'", "then": "n < 3"}]})
    assert found.table["checked"].tolist() == [2] and found.rows("r")["row"].tolist() == [3]


def test_each_kind_of_rule():
    table = pd.DataFrame(
        {
            "sku": ["AB1", "ab1", None, "AB12", "AB1x"],
            "line": [1, 1, 1, 1, 2],
            "qty": [1, 0, -3, 7, 12],
            "kind": ["a", "b", "c", "", "a"],
            "when": pd.to_datetime(["2020-01-01", "2019-12-31", "2020-06-01", None, "2021-01-01"]),
        }
    )
    rules = {
        "columns": {
            "sku": {"pattern": "[A-Z]{2}[0-9]+"},
            "qty": {"range": [0, 10]},
            "kind": {"among": ["a", "b"], "required": True},
            "when": {"range": ["2020-01-01", "2020-12-31"]},
        },
        "keys": [{"columns": ["kind", "line"]}],
    }
    found = quality.check(table, rules)
    rows = {r: found.rows(r)["row"].tolist() for r in found.table["rule"]}
    assert rows == {
        "sku: pattern": [2, 5],
        "qty: range": [3, 5],
        "kind: among": [3],
        "kind: required": [4],
        "when: range": [2, 5],
        "kind + line: unique": [],
    }
    assert found.facts["rows_failing"] == 4 and found.facts["rules_broken"] == 5
    assert found.rows()["row"].tolist() == [2, 2, 3, 3, 4, 5, 5, 5]


def test_duplicates_are_found_however_the_phone_is_written():
    table = pd.DataFrame({"hp": ["0812-3456-7890", "+62 812 3456 7890", "0813 5555 1234", None, None]})
    found = quality.check(table, {"columns": {"hp": {"form": "phone", "unique": True}}})
    assert found.rows("hp: unique")["reason"].tolist() == ["repeats_row_1"]
    plain = quality.check(table, {"columns": {"hp": {"unique": True}}})
    assert plain.facts["failed"] == 0


def test_a_total_that_is_not_the_sum_of_its_parts():
    table = pd.DataFrame({"amount": [900, 1000, None], "quantity": [2, 2, 2], "unit_price": [500, 500, 500]})
    table["discount"] = [100, 100, 100]
    row = {"name": "total", "then": "amount == quantity * unit_price - discount", "tolerance": 1}
    found = quality.check(table, {"rows": [row]})
    assert found.table[["checked", "failed"]].values.tolist() == [[2, 1]]


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [
        ("a < b", [True, False, False]),
        ("a < b and b < 5", [True, False, False]),
        ("a > b or b == 4", [False, True, False]),
        ("not a == 1", [False, True, False]),
        ("`c d` == 'x'", [True, False, True]),
        ("1 < a < 9", [False, True, False]),
        ("a / 0 == 1", [False, False, False]),
        ("-a + 2 * b >= 3", [True, True, False]),
    ],
)
def test_sentences(sentence, holds):
    columns = {"a": pd.Series([1, 5, None]), "b": pd.Series([2, 4, 3]), "c d": pd.Series(["x", "y", "x"])}
    assert truth(sentence, columns)[0].tolist() == holds


def test_an_unknown_side_leaves_a_sentence_open_as_sql_does():
    columns = {"a": pd.Series([1.0, None, None]), "b": pd.Series([1, 1, 2])}
    holds, known = truth("a == 1 or b == 1", columns)
    assert holds.tolist() == [True, True, False] and known.tolist() == [True, True, False]
    holds, known = truth("a == 1 and b == 1", columns)
    assert holds.tolist() == [True, False, False] and known.tolist() == [True, False, True]


@pytest.mark.parametrize(
    "sentence",
    [
        "__import__('os').system('id')",
        "a.b == 1",
        "a[0] == 1",
        "(lambda: 1)() == 1",
        "[x for x in a] == 1",
        "a ** 9 == 1",
        "a == f'{b}'",
        "a",
        "1",
        "a +",
        "a == None",
        "",
        "a == 1 " + "and a == 1 " * 100,
        5,
    ],
)
def test_sentences_are_read_and_never_executed(sentence):
    with pytest.raises(UserError) as caught:
        columns_of(sentence)
    assert caught.value.code == "quality.bad_sentence"


@given(st.text(max_size=30))
def test_any_text_is_a_sentence_or_a_clear_error(text):
    try:
        columns_of(text)
    except UserError as error:
        assert error.render("id") and error.render("en")


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"columns": {"a": {"requird": True}}}, "quality.bad_rule"),
        ({"columns": {"a": {"form": "fone"}}}, "quality.bad_rule"),
        ({"columns": {"a": {"pattern": "["}}}, "quality.bad_rule"),
        ({"columns": {"a": {"range": [10, 0]}}}, "quality.bad_rule"),
        ({"columns": {"a": {"range": ["-", "-"]}}}, "quality.bad_rule"),
        ({"columns": {"a": {"among": []}}}, "quality.bad_rule"),
        ({"columns": {"a": {"fresh_days": -1}}}, "quality.bad_rule"),
        ({"columns": {"a": {"references": "customers"}}}, "quality.bad_rule"),
        ({"columns": {"a": {"required": "yes"}}}, "quality.bad_rule"),
        ({"columns": {"a": 5}}, "quality.bad_rule"),
        ({"keys": [5]}, "quality.bad_rule"),
        ({"rows": [{"name": "x"}]}, "quality.bad_rule"),
        ({"columns": {"b": {"required": True}}}, "quality.no_rule_fits"),
        ("nothing", "quality.unknown_rules"),
        ("missing.toml", "quality.bad_rules_file"),
        (5, "quality.bad_rules_file"),
    ],
)
def test_rules_written_wrong(told, code):
    with pytest.raises(UserError) as caught:
        quality.check(pd.DataFrame({"a": [1]}), told)
    assert caught.value.code == code
    assert caught.value.render("id") and caught.value.render("en")


def test_messages_to_the_letter():
    with pytest.raises(UserError) as caught:
        quality.check(pd.DataFrame({"a": [1]}), {"columns": {"a": {"requird": True}}})
    assert caught.value.render("en") == (
        "The rule “a.requird” can't be used (required, required_when, form, pattern, range, among, unique, references, "
        "fresh_days). Did you mean “required” or “required_when”? To mend it: mend the rule; "
        "crmlab/quality/rules.toml has an example of every one."
    )
    with pytest.raises(UserError) as caught:
        quality.check(pd.DataFrame({"a": [1]}), {"rows": [{"then": "a = 5"}]})
    assert caught.value.render("id") == (
        "Kalimat aturan “a = 5” tidak dapat dibaca. Caranya: tulis perbandingan nama kolom, misalnya "
        "ends_on >= starts_on; teks diapit ', kolom yang mengandung spasi diapit `."
    )
    found = quality.check(pd.DataFrame({"a": [1]}), {"columns": {"a": {"required": True}}})
    with pytest.raises(UserError) as caught:
        found.rows("a: requird")
    assert caught.value.near == ("a: required",)


def test_a_check_explains_itself_and_draws():
    table = pd.DataFrame({"a": [1, None], "b": ["x", "y"]})
    found = quality.check(table, {"columns": {"a": {"required": True}, "c": {"required": True}}}, table_name="toko")
    assert found.facts["rules_left_out"] == 1 and found.notes[0].values["rules"] == ["c: required"]
    for lang in ("id", "en"):
        for depth in ("short", "method", "reference"):
            assert found.explain(lang, depth)
        assert found.figure(lang).data[0].x == (0.5,)
        assert found.notes[0].render(lang)


def test_reasons_have_words():
    from crmlab.quality.checking import reason_text

    for lang in ("id", "en"):
        for reason in (*labels.catalogue("quality")["text"]["reason"], "digits_lost", "repeats_row_3"):
            if reason != "repeats":
                assert reason_text(reason, lang)
