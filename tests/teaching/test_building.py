"""A set is built only when it holds; what students get is what its source gives, and tells no answer."""

from __future__ import annotations

import json
import re

import pytest

from crmlab.errors import UserError
from crmlab.teaching import building, keys
from crmlab.teaching.source import read

HEAD = """
# %% [markdown] lang="id" part="title"
# # Coba
# %% [markdown] lang="en" part="title"
# # Try
# %% part="data"
def made(rng, variant):
    sold = rng.integers(1000, 99999, 40).astype(float)
    return {"reps": pd.DataFrame({"sold": sold, "quota": rng.integers(2000, 99999, 40).astype(float)})}
"""
QUESTION = """
# %% part="question"
question("rate", kind="number", unit="percent", digits=5, data="made", variants=("a", "b", "c"), title={"id": "Capaian",
         "en": "Rate"}, book="6.3", notebook="01-star-schema", app="explorer", function="crm.reports.sales_report")
# %% [markdown] lang="id" part="task"
# Berapa persen?
# %% [markdown] lang="en" part="task"
# How many percent?
# %% [markdown] lang="id" part="hint"
# Satu
# %% [markdown] lang="en" part="hint"
# One
# %% [markdown] lang="id" part="hint"
# Dua
# %% [markdown] lang="en" part="hint"
# Two
# %% part="solution"
reps = q.data["reps"]
q.answer = 100 * reps["sold"].sum() / reps["quota"].sum()
# %% [markdown] lang="id" part="why"
# Jumlah dibagi jumlah.
# %% [markdown] lang="en" part="why"
# Sum over sum.
"""
WRONG = """
# %% part="wrong" name="{name}"
reps = q.data["reps"]
q.answer = {code}
# %% [markdown] lang="id" part="wrong" name="{name}"
# Salah {name}
# %% [markdown] lang="en" part="wrong" name="{name}"
# Wrong {name}
"""
WRONGS = {
    "averaged": '100 * (reps["sold"] / reps["quota"]).mean()',
    "inverted": '100 * reps["quota"].sum() / (reps["sold"].sum() + reps["quota"].sum())',
    "median": '100 * (reps["sold"] / reps["quota"]).median()',
}


@pytest.fixture
def source(tmp_path):
    def write(*, question=QUESTION, wrongs=WRONGS):
        path = tmp_path / "77_try.py"
        path.write_text(HEAD.lstrip() + question + "".join(WRONG.format(name=n, code=c) for n, c in wrongs.items()))
        return read(path)

    return write


def codes(source, places=range(12)):
    return {(f.code, f.question) for f in building.verify(source, places)}


def test_a_set_that_holds(source):
    assert codes(source()) == set()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"wrongs": {**WRONGS, "median": '100 * reps["sold"].sum() / reps["quota"].sum()'}}, "wrong_hint"),
        ({"wrongs": {**WRONGS, "median": WRONGS["averaged"]}}, "wrong_hint"),
        ({"wrongs": {**WRONGS, "median": '"text"'}}, "raises"),
        ({"question": QUESTION.replace('reps["quota"].sum()\n', 'reps["quotas"].sum()\n')}, "raises"),
        ({"question": QUESTION.replace("q.answer = 100 * reps", "q.answer = 100 + 0 * reps")}, "too_few_distinct"),
        ({"question": QUESTION + '# %% part="package"\nq.answer = 1.0\n'}, "package_differs"),
    ],
)
def test_what_does_not_hold_is_named(source, change, code):
    assert (code, "rate") in codes(source(**change))
    with pytest.raises(UserError) as said:
        building.pack_of(source(**change), students=[f"{i}" for i in range(12)])
    assert said.value.code == "teaching.faults"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('part="hint"\n# Dua', 'part="hnt"\n# Dua', "teaching.unknown_part"),
        ('lang="en" part="why"', 'part="why"', "teaching.no_language"),
        ('# %% [markdown] lang="en" part="why"\n# Sum over sum.\n', "", "teaching.missing_part"),
        ('kind="number"', 'kind="numbers"', "teaching.bad_question"),
        ('variants=("a", "b", "c")', 'variants=("a", "b")', "teaching.missing_part"),
        ('book="6.3", ', "", "teaching.bad_question"),
        ("question(", "qestion(", "teaching.bad_question"),
    ],
)
def test_a_source_with_a_gap_is_refused_by_name(source, old, new, code):
    assert old in QUESTION
    with pytest.raises(UserError) as said:
        source(question=QUESTION.replace(old, new))
    assert said.value.code == code
    assert said.value.render("id")


def test_three_misconceptions_at_least(source):
    with pytest.raises(UserError, match="wrong 3"):
        source(wrongs=dict(list(WRONGS.items())[:2]))


def test_a_class_s_pack_gives_each_number_a_place_and_shows_none(source, tmp_path):
    students = [f"2110511{i:03d}" for i in range(12)]
    folder = building.write(source(), tmp_path / "out", students=students, solutions=False)
    text = (folder / "pack.json").read_text()
    assert not [s for s in students if s in text]
    assert "seal" not in json.loads(text)["questions"][0]
    pack = keys.Pack(folder)
    assert sorted(pack.place(s) for s in students) == list(range(12))
    with pytest.raises(UserError) as said:
        pack.place("999")
    assert said.value.code == "exercises.no_student"
    rows = keys.answers(source(), pack, students)
    assert len({r["rate"] for r in rows}) == 12
    for row in rows:
        text = json.dumps(pack.told)
        assert row["rate"] not in text


def test_another_term_other_numbers(source):
    now = source()
    later = read(now.path, term="2027-1")
    assert now.answer("rate", now.draw("rate", 3)) != later.answer("rate", later.draw("rate", 3))


def test_building_twice_gives_the_same_bytes(source):
    assert building.build(source(), students=["1", "2"]) == building.build(source(), students=["1", "2"])


def test_the_order_of_the_digests_does_not_tell_which_is_right(source):
    pack = building.pack_of(source(), students=[str(i) for i in range(40)])
    (question,) = pack["questions"]
    right = str(question["labels"].index("whole\x1fright")).rjust(2, "0")
    first = [line[:2] == right for line in question["digests"].values()]
    assert 0 < sum(first) < len(first) / 2


def test_the_key_holds_everything_a_lecturer_needs(source):
    page = keys.page(source(), "id")
    assert "Jumlah dibagi jumlah." in page
    assert "Salah median" in page
    assert re.search(r"100 \* reps", page)


CHOICE = """
# %% part="question"
question("steps", kind="order", variants=("a", "b", "c"), length=3, title={"id": "Urutan", "en": "Order"}, book="6.3",
         notebook="01-star-schema", app="explorer", function="crm.Cube.view",
         lines={"first": "x = 1", "second": "x = x + 1", "third": "print(x)", "never": "x = 0"})
# %% [markdown] lang="id" part="task"
# Urutkan
# %% [markdown] lang="en" part="task"
# Order
# %% [markdown] lang="id" part="hint"
# Satu
# %% [markdown] lang="en" part="hint"
# One
# %% [markdown] lang="id" part="hint"
# Dua
# %% [markdown] lang="en" part="hint"
# Two
# %% part="solution"
q.answer = ["first", "second", "third"]
# %% [markdown] lang="id" part="why"
# Karena begitu.
# %% [markdown] lang="en" part="why"
# Because.
"""
ORDERS = {"late": ["second", "first", "never"], "early": ["third", "first", "second"], "none": ["never", "third"]}


def test_a_pack_shows_neither_names_nor_order_of_lines(source, tmp_path):
    body = CHOICE + "".join(
        WRONG.format(name=n, code=c).replace('reps = q.data["reps"]\n', "") for n, c in ORDERS.items()
    )
    path = tmp_path / "78_try.py"
    path.write_text(HEAD.lstrip() + body)
    folder = building.write(read(path), tmp_path / "out", students=["1", "2", "3"])
    text = (folder / "pack.json").read_text()
    assert not [name for name in ("first", "second", "third", "never") if f'"{name}"' in text]
    (question,) = json.loads(text)["questions"]
    assert list(question["lines"]) == sorted(question["lines"])
    right = read(path).answer("steps", read(path).draw("steps", 0))
    assert [question["lines"][i] for i in right] == ["x = 1", "x = x + 1", "print(x)"]


def test_a_place_where_two_answers_coincide_by_chance_is_drawn_again(source):
    """The mistake below meets the right answer where the first number is even: at half of the first draws."""
    often = {**WRONGS, "median": '100 * reps["sold"].sum() / reps["quota"].sum() + (reps["sold"][0] % 2)'}
    assert ("coincides", "rate") in codes(source(wrongs=often))
    seldom = often["median"].replace("% 2)", "% 40 > 0)")
    found = source(wrongs={**WRONGS, "median": seldom})
    pack = building.pack_of(found, students=[str(i) for i in range(120)])
    again = pack["questions"][0]["again"]
    assert 1 <= len(again) <= 8
    place = int(next(iter(again)))
    first, second = found.draw("rate", place), found.draw("rate", place, again[str(place)])
    assert not first.data["reps"].equals(second.data["reps"])


def test_code_at_the_start_that_scores_is_a_fault(source):
    start = '# %% part="start"\nreps = q.data["reps"]\nq.answer = 100 * reps["sold"].sum() / reps["quota"].sum()\n'
    assert ("untouched_scores", "rate") in codes(source(question=QUESTION + start))
    assert codes(source(question=QUESTION + start.replace('reps["quota"].sum()', "..."))) == set()
