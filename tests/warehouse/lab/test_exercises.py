"""The twenty exercises: every reference answer is right, every classic mistake is wrong and told which it is."""

from __future__ import annotations

import pytest

import crmlab as crm
from crmlab.warehouse.lab import exercises

ALL = exercises()


def test_there_are_twenty_and_they_cover_all_six_verbs():
    assert len({e.name for e in ALL}) == 20
    assert {e.sql.split()[0] for e in ALL} == {"SELECT", "CREATE", "INSERT", "UPDATE", "DELETE", "DROP"}


@pytest.mark.parametrize("exercise", ALL, ids=lambda e: e.name)
def test_the_reference_answer_is_right_and_the_mistakes_are_told_apart(shop_lab, exercise):
    assert shop_lab.check(exercise.number, exercise.sql).passed
    assert exercise.traps
    for trap in exercise.traps:
        found = shop_lab.check(exercise.name, trap["sql"])
        assert not found.passed
        assert found.hint == trap["hint"]
        for lang in crm.labels.LANGUAGES:
            assert crm.labels.text(f"lab.hint.{trap['hint']}", lang) in found.render(lang)


@pytest.mark.parametrize("exercise", ALL, ids=lambda e: e.name)
def test_an_answer_is_not_trivial(shop_lab, exercise):
    rows = shop_lab._referee.rows_of(exercise.sql)[1] if not exercise.check else None
    assert rows is None or rows
    for lang in crm.labels.LANGUAGES:
        assert exercise.title(lang)
        assert exercise.task(lang)
        assert exercise.compared(lang)


def test_customers_without_a_purchase_in_2020_are_as_many_as_the_key_says(shop_lab):
    third = ALL[2]
    assert third.name == "no_purchase_2020"
    assert shop_lab.run(third.sql).facts["n"] == third.rows
    shop = crm.datasets.load_retail("S")
    orders = shop.tables["fact_order"]
    bought = set(orders[orders["date"].dt.year == 2020]["customer_id"])
    assert third.rows == len(set(shop.tables["dim_customer"]["customer_id"]) - bought)


def test_another_way_of_writing_is_right_too(shop_lab):
    other = """
    SELECT c.customer_id FROM dim_customer c
    LEFT JOIN fact_order o ON o.customer_id = c.customer_id AND year(o.date) = 2020
    GROUP BY c.customer_id HAVING count(o.order_id) = 0
    """
    assert shop_lab.check(3, other)
    assert shop_lab.check(20, "DROP TABLE IF EXISTS order_promotion").passed


def test_checking_leaves_the_lab_alone(shop_lab):
    assert not shop_lab.check(19, "DELETE FROM fact_return").passed
    assert shop_lab.run("SELECT count(*) FROM fact_return").table.iloc[0, 0] > 0
    assert shop_lab.check(19, ALL[18].sql).passed, "nor does one check change the next"


def test_what_is_no_answer_at_all(shop_lab):
    with pytest.raises(crm.UserError) as caught:
        shop_lab.check(1, "DELETE FROM dim_product")
    assert caught.value.code == "lab.select_wanted"
    with pytest.raises(crm.UserError) as caught:
        shop_lab.check(21, "SELECT 1")
    assert caught.value.code == "lab.unknown_exercise"
    with pytest.raises(crm.UserError):
        shop_lab.check("premium_kitchen", "SELECT nothing FROM nowhere")


def test_a_wrong_answer_that_is_no_classic_has_no_hint(shop_lab):
    found = shop_lab.check(1, "SELECT product, brand FROM dim_product LIMIT 1")
    assert found.hint is None
    assert "24" in found.render("en")
