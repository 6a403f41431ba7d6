"""A student's desk: what is said, what is kept, what is opened when; and that a pack tells nobody an answer."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmlab import exercises, labels
from crmlab.errors import UserError
from crmlab.exercises import digests
from crmlab.exercises.pack import place_of

NAME = "00-how-exercises-work"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda **options: exercises.open(NAME, **{"student": "2110511023", "language": "en", **options})


def right(work):
    orders = work["average_order"].data["orders"]
    return orders.loc[~orders["returned"], "amount"].mean()


def test_a_right_answer_a_slip_a_misconception_and_silence(desk):
    q = desk()["average_order"]
    assert (q.check().code, q.check().heading) == ("open", "Not answered")
    q.answer = right(q.work)
    assert q.check().right
    q.answer = right(q.work) / 1000
    assert q.check().name == "thousand_small"
    q.answer = q.data["orders"]["amount"].mean()
    said = q.check()
    assert said.name == "returns_counted"
    assert "Returned orders are still counted" in said.text
    q.answer = "12,5"
    assert "Write a number without quotation marks" in q.check().text


def test_no_feedback_holds_the_answer(desk):
    q = desk()["average_order"]
    value = right(q.work)
    shown = {f"{value:.0f}", f"{value:,.0f}", labels.number(value, "id"), labels.money(value, "id"), str(value)}
    for answer in (None, 1, value / 1000, value * 1.01, q.data["orders"]["amount"].mean(), "x"):
        q.answer = answer
        said = repr(q.check())
        assert not [s for s in shown if s in said]
    assert not [s for s in shown if s in q.task()]


def test_hints_go_step_by_step_and_are_counted(desk):
    q = desk()["average_order"]
    assert q.hint().heading == "Hint 1 of 2"
    assert q.hint().heading == q.hint().heading == "Hint 2 of 2"
    assert q.check().log["hints"] == 2


def test_the_solution_opens_after_three_different_real_attempts_and_that_is_kept(desk):
    q = desk()["average_order"]
    assert q.solution().code == "not_yet"
    for answer in (1, 1, 1, "x", None, 2):
        q.answer = answer
        q.check()
    assert q.solution().code == "not_yet"
    q.answer = 3
    q.check()
    said = q.solution()
    assert said.code == "solution"
    assert 'q1.answer = kept["amount"].mean()' in said.text
    assert said.log["solution"] is True


def test_the_solution_of_a_solved_question_costs_nothing(desk):
    work = desk()
    work["average_order"].answer = right(work)
    work["average_order"].check()
    assert work["average_order"].solution().log["solution"] is False


def test_letters_in_a_solution_are_the_student_s_own(desk):
    told = set()
    for student in ("1", "2"):
        q = desk(student=student, state=False)["say_this"]
        for letter in "abcd":
            q.answer = letter
            if q.check().right:
                assert f"['{letter}']" in q.solution().text
                told.add(letter)
    assert told


def test_what_was_done_outlives_a_restart(desk):
    work = desk()
    work["average_order"].answer = right(work)
    work["average_order"].check()
    work["say_this"].answer = "a"
    work["say_this"].check()
    again = desk()
    assert [r["status"] for r in again.progress().rows][0] == "solved"
    assert again.progress().solved == work.progress().solved
    assert desk(student="2110511024").progress().solved == 0


def test_a_damaged_file_of_progress_is_put_aside(desk, tmp_path):
    desk()["average_order"].hint()
    (file,) = (tmp_path / ".crmlab").glob("*.json")
    file.write_text("{half", encoding="utf-8")
    assert desk().progress().solved == 0
    assert list((tmp_path / ".crmlab").glob("*.damaged.json"))


def test_where_nothing_can_be_written_the_page_says_so_and_goes_on(desk, tmp_path):
    (tmp_path / ".crmlab").write_text("a file where the folder should be", encoding="utf-8")
    work = desk()
    work["average_order"].answer = right(work)
    assert work["average_order"].check().right
    assert "Progress can't be kept" in work.progress()._repr_html_()


def test_every_student_has_tables_of_their_own(desk):
    values = {round(right(desk(student=f"21105110{i:02d}", state=False)), 2) for i in range(30)}
    assert len(values) == 30
    first, again = (desk(student="2110511023", state=False)["average_order"].data["orders"] for _ in range(2))
    assert first.equals(again)


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_card_can_be_shown_in_both_languages(desk, lang):
    work = desk(language=lang)
    for q in work:
        page = q._repr_html_()
        assert html.escape(q.title) in page
        assert not re.search(r"\{\w+(:\w+)?\}", q.task())  # every placeholder was filled
        for said in (q.check(), q.hint(), q.solution()):
            bundle = said._repr_mimebundle_()
            assert bundle["text/plain"].startswith(said.heading)
            assert 'role="status"' in bundle["text/html"]
            assert bundle["application/vnd.crmlab.log+json"]["question"] == q.name
    assert work._repr_html_() == work.progress()._repr_html_()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.recursive(st.none() | st.floats() | st.text(max_size=20) | st.binary(max_size=5), st.lists, max_leaves=5))
def test_a_check_never_raises(desk, answer):
    for q in desk(state=False):
        q.answer = answer
        assert q.check().code in ("open", "unreadable", "wrong", "nearly", "misconception", "right")


def test_an_object_that_fights_back_meets_a_card_not_a_traceback(desk):
    class Hostile:
        def __getattr__(self, name):
            raise RuntimeError("no")

        __repr__ = __float__ = __iter__ = __len__ = lambda self: 1 / 0

    for q in desk(state=False):
        q.answer = Hostile()
        assert q.check().code == "unreadable"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"student": ""}, "exercises.no_number"),
        ({"student": " - "}, "exercises.no_number"),
    ],
)
def test_a_number_is_needed(desk, options, code):
    with pytest.raises(UserError) as said:
        desk(**options)
    assert said.value.code == code


def test_an_unknown_set_and_question_are_suggested(desk):
    with pytest.raises(UserError) as said:
        exercises.open("00-how-exercise-work", student="1")
    assert NAME in said.value.near
    with pytest.raises(UserError) as said:
        desk()["average_ordr"]
    assert said.value.near == ("average_order",)
    assert desk()[1].name == "average_order"


def test_a_class_s_pack_knows_only_its_list():
    salt = "t|s"
    places = {"rule": "list", "salt": salt, "of": {digests.digest(salt, "student", "211"): 0}}
    assert place_of("2-1.1", places) == 0
    with pytest.raises(KeyError):
        place_of("212", places)


def test_recorded_answers_are_plain_data(desk):
    work = desk(state=False)
    work["average_order"].answer = right(work)
    work["channel_sql"].answer = "SELECT 1"
    work["channel_table"].answer = "no table"
    told = json.loads(json.dumps(exercises.recorded()[NAME]))
    assert told["student"] == "2110511023"
    assert told["answers"]["channel_sql"] == {"sql": "SELECT 1"}
    assert told["answers"]["channel_table"] == {"unreadable": "exercises.not_a_table"}
    assert told["answers"]["average_order"] == right(work)


def test_the_digest_of_an_answer_stays_the_same():
    """A pack that was handed out must go on knowing its answers."""
    assert digests.digest("salt", "whole", "1.234e+01") == "408e76ee"
    assert digests.seed("2026-1", "07", 12) == 2899040094894771428


def test_opening_exercises_loads_nothing_heavy():
    code = "import sys; from crmlab import exercises; exercises.open; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert not {"pandas", "numpy", "duckdb", "plotly", "mistune", "IPython"} & set(done.stdout.split())
