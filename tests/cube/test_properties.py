"""Every cell of every view of random cubes equals what pandas makes of the joined table."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmlab import calendar
from crmlab.cube import OTHERS, Cube, Measure
from crmlab.star import Dimension, Fact, Star

CUSTOMERS = pd.DataFrame(
    {
        "customer_id": [1, 2, 3, 4, 5],
        "segment": ["loyal", "loyal", "new", None, "'; DROP TABLE"],
        "member": [True, False, True, None, False],
    }
)
PRODUCTS = pd.DataFrame(
    {
        "product_id": ["a", "b", "c", "d"],
        "category": ["kitchen", "kitchen", "cleaning", None],
        "product": ["pan", "pot", "soap", "rag"],
    }
)
DAYS = [dt.date(2019, 12, 31), dt.date(2020, 1, 1), dt.date(2020, 1, 31), dt.date(2020, 2, 29), dt.date(2021, 2, 28)]
CALENDAR = calendar.days(dt.date(2019, 1, 1), dt.date(2021, 12, 31))
CHANNELS = ["store", "web", None]
LEVELS = ["segment", "member", "category", "product", "channel", "year", "month"]
MEASURES = ["revenue", "cost", "margin", "margin_share", "lines", "customers", "products", "low", "high", "mean_cost"]

# a star is built for every example: few of them, each with several views
RANDOM = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))

row = st.fixed_dictionaries(
    {
        "day": st.sampled_from([*DAYS, None]),
        "customer_id": st.sampled_from([1, 2, 3, 4, 5, None]),
        "product_id": st.sampled_from(["a", "b", "c", "d", None]),
        "channel": st.sampled_from(CHANNELS),
        "amount": st.one_of(st.none(), st.integers(-60, 60)),
        "cost": st.one_of(st.none(), st.integers(-500, 500).map(lambda c: c / 100)),
    }
)


@st.composite
def questions(draw):
    levels = draw(st.lists(st.sampled_from(LEVELS), unique=True, max_size=3))
    split = draw(st.integers(0, len(levels)))
    filters = draw(
        st.lists(st.sampled_from(["segment", "channel", "year", "product", "month"]), unique=True, max_size=2)
    )
    return {
        "by": levels[:split],
        "columns": levels[split:],
        "filters": {name: draw(_filter(name)) for name in filters},
        "subtotals": draw(st.sampled_from(["axes", "all", "none"])),
        "top": draw(st.one_of(st.none(), st.integers(1, 3))),
        "measure": draw(st.sampled_from(MEASURES)),
    }


def _filter(name):
    choices = {
        "segment": ["loyal", "new", "'; DROP TABLE", None],
        "channel": ["store", "web", None],
        "year": [2019, 2020, 2021],
        "product": ["pan", "pot", "soap", None],
        "month": ["2019-12", "2020-01", "2020-02", "2021-02"],
    }[name]
    sets = st.lists(st.sampled_from(choices), unique=True, min_size=1)
    if name not in ("year", "month"):
        return sets
    ends = st.tuples(st.sampled_from(choices), st.sampled_from(choices)).map(lambda p: (min(p), max(p)))
    return st.one_of(sets, ends)


def cube_of(rows: list[dict]) -> tuple[Cube, pd.DataFrame]:
    names = ["day", "customer_id", "product_id", "channel", "amount", "cost"]
    table = {n: [r[n] for r in rows] for n in names}
    typed = {
        "day": pd.Series(pd.to_datetime(table["day"])),
        "customer_id": pd.array(table["customer_id"], dtype="Int64"),
        "product_id": pd.array(table["product_id"], dtype="string"),
        "channel": pd.array(table["channel"], dtype="string"),
        "amount": pd.array(table["amount"], dtype="Int64"),
        "cost": pd.Series(table["cost"], dtype="float64"),
    }
    facts = pd.DataFrame(typed)
    star = Star(
        [
            Fact(
                "sales",
                facts,
                keys={"date": "day", "customer": "customer_id", "product": "product_id", "channel": "channel"},
            )
        ],
        [
            Dimension("date", CALENDAR, "date", {"calendar": ["year", "month", "date"]}),
            Dimension("channel", {"channel": ["store", "web"]}, "channel"),
            Dimension("customer", CUSTOMERS, "customer_id", {"segment": ["segment", "customer_id"]}, ["member"]),
            Dimension("product", PRODUCTS, "product_id", {"product": ["category", "product"]}),
        ],
    )
    cube = Cube(
        star,
        [
            Measure.sum("revenue", "sales", "amount"),
            Measure.sum("cost", "sales", "cost"),
            Measure.sum("margin", "sales", "amount - cost"),
            Measure.ratio("margin_share", "margin", "revenue"),
            Measure.count("lines", "sales"),
            Measure.count_distinct("customers", "sales", "customer_id"),
            Measure.count_distinct("products", "sales", "product_id"),
            Measure.min("low", "sales", "cost"),
            Measure.max("high", "sales", "amount"),
            Measure.mean("mean_cost", "sales", "cost"),
        ],
    )
    joined = facts.merge(CUSTOMERS, how="left", on="customer_id").merge(PRODUCTS, how="left", on="product_id")
    joined["year"] = joined["day"].dt.year.astype("Int64")
    joined["month"] = joined["day"].dt.strftime("%Y-%m")
    assert len(joined) == len(facts)
    for level in LEVELS:
        joined[level] = [_none(v) for v in joined[level]]
        joined[level] = joined[level].astype(object).where(joined[level].notna(), None)
    return cube, joined


def _none(value):
    return None if pd.isna(value) else value.item() if hasattr(value, "item") else value


def kept(joined: pd.DataFrame, filters: dict) -> pd.DataFrame:
    for name, wanted in filters.items():
        if isinstance(wanted, tuple):
            inside = [v is not None and wanted[0] <= v <= wanted[1] for v in joined[name]]
        else:
            inside = [v in wanted for v in joined[name]]
        joined = joined[pd.array(inside, dtype=bool)]
    return joined


def figures(group: pd.DataFrame) -> dict:
    amount, cost = group["amount"], group["cost"]
    revenue = _none(amount.sum(min_count=1))
    margin = _none((amount.astype("float64") - cost).sum(min_count=1))
    return {
        "revenue": revenue,
        "cost": _none(cost.sum(min_count=1)),
        "margin": margin,
        "margin_share": margin / revenue if margin is not None and revenue else None,
        "lines": len(group),
        "customers": group["customer_id"].nunique(),
        "products": group["product_id"].nunique(),
        "low": _none(cost.min()),
        "high": _none(amount.max()),
        "mean_cost": _none(cost.mean()),
    }


def expected(joined: pd.DataFrame, sets: list[tuple[str, ...]]) -> dict:
    found = {}
    for levels in sets:
        if not levels:
            found[()] = figures(joined)
        else:
            for key, group in joined.groupby(list(levels), dropna=False, sort=False):
                key = tuple(None if not isinstance(k, str) and pd.isna(k) else k for k in key)
                found[tuple(zip(levels, key, strict=True))] = figures(group)
    return found


def sets_of(question: dict) -> list[tuple[str, ...]]:
    rows, columns = question["by"], question["columns"]
    if question["subtotals"] == "none":
        return [(*rows, *columns)]
    if question["subtotals"] == "all":
        levels = [*rows, *columns]
        masks = range(2 ** len(levels))
        return [tuple(lv for i, lv in enumerate(levels) if mask >> i & 1) for mask in masks]
    return [(*rows[:i], *columns[:j]) for i in range(len(rows) + 1) for j in range(len(columns) + 1)]


def chosen(joined: pd.DataFrame, level: str, measure: str, n: int) -> set:
    """The n members with most of a measure, equal ones in the members' order, the unknown one last."""
    values = {dict(k)[level]: v[measure] for k, v in expected(joined, [(level,)]).items()}
    known = sorted((m for m in values if m is not None), key=lambda m: m)
    places = {m: i for i, m in enumerate([*known, None])}
    ranked = sorted((m for m in values if values[m] is not None), key=lambda m: (-round(values[m], 9), places[m]))
    return set(ranked[:n])


def same(a, b) -> bool:
    if a is None or b is None:
        return a is None and b is None
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)


@RANDOM
@given(st.lists(row, max_size=20), st.lists(questions(), min_size=4, max_size=8))
def test_every_cell_equals_pandas(rows, asked):
    compare_with_pandas(rows, asked)


@RANDOM
@given(st.lists(row, max_size=20), st.lists(questions(), min_size=4, max_size=8))
def test_every_cell_equals_pandas_when_bit_maps_and_folding_would_be_too_large(rows, asked):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("crmlab.cube.compile._BIT_MAPS", 0)
        patch.setattr("crmlab.cube.folding._CELLS", 0)
        compare_with_pandas(rows, asked)


def compare_with_pandas(rows, asked):
    cube, joined = cube_of(rows)
    for question in asked:
        view = cube.view(by=question["by"], columns=question["columns"], measures=MEASURES)
        view = view.dice(question["filters"]).with_subtotals(question["subtotals"])
        mine = kept(joined, question["filters"])
        levels = [*question["by"], *question["columns"]]
        if question["top"] and levels:
            level = (question["by"] or question["columns"])[-1]
            view = view.top(question["top"], question["measure"], level=level)
            best = chosen(mine, level, question["measure"], question["top"])
            mine = mine.assign(**{level: [v if v in best else OTHERS for v in mine[level]]})
            mine[level] = mine[level].astype(object)
        wanted = expected(mine, sets_of(question))
        found = {tuple(r["keys"].items()): r["values"] for r in view.rows()}
        assert found.keys() == wanted.keys()
        for key, values in wanted.items():
            for measure, value in values.items():
                assert same(found[key][measure], value), (question, key, measure, found[key][measure], value)
        again = cube.view_from(view.to_dict())
        assert again == view
        assert hash(again) == hash(view)


@RANDOM
@given(st.lists(row, min_size=1, max_size=20), st.lists(questions(), min_size=2, max_size=4))
def test_the_shown_statement_gives_the_same_cells(rows, asked):
    cube, _ = cube_of(rows)
    for question in asked:
        view = cube.view(by=question["by"], columns=question["columns"], measures=MEASURES)
        view = view.dice(question["filters"]).with_subtotals(question["subtotals"])
        levels = [*question["by"], *question["columns"]]
        if question["top"] and levels:
            view = view.top(question["top"], question["measure"])
        wanted = sorted(
            (repr([_text(view, r["keys"], lv) for lv in levels]), *r["values"].values(), r["n"]) for r in view.rows()
        )
        marks = len(levels) if len(sets_of(question)) > 1 else 0
        found = sorted(_shown(view, levels, row, marks) for row in cube.star.query(view.sql()))
        assert [r[0] for r in found] == [r[0] for r in wanted]
        for mine, theirs in zip(found, wanted, strict=True):
            assert all(same(a, b) for a, b in zip(mine[1:], theirs[1:], strict=True))


def _text(view, keys, level):
    if level not in keys:
        return "total"
    value = keys[level]
    limited = view.limit is not None and view.limit.level == level
    if not limited or value is None:
        return value
    return "Others" if value == OTHERS else str(value).lower() if isinstance(value, bool) else str(value)


def _shown(view, levels, row, marks):
    keys = list(row[: len(levels)])
    for i in range(marks):
        if row[len(levels) + i]:
            keys[i] = "total"
    return (repr(keys), *row[len(levels) + marks :])


@RANDOM
@given(st.lists(row, min_size=1, max_size=20), st.sampled_from(LEVELS), st.sampled_from(LEVELS))
def test_drill_through_finds_the_rows_behind_every_cell(rows, first, second):
    cube, joined = cube_of(rows)
    view = cube.view(by=dict.fromkeys([first, second]), measures=["lines"]).top(2, "lines")
    for shown in view.rows():
        found = view.facts(limit=None, cell=shown["keys"])
        assert found.total == len(found.rows) == shown["n"] == shown["values"]["lines"]


MONTHS = ["2019-12", "2020-01", "2020-02", "2021-01", "2021-02"]


@RANDOM
@given(
    st.lists(row, min_size=1, max_size=20),
    st.lists(st.sampled_from(["year", "month", "segment"]), unique=True, min_size=1, max_size=3),
    st.one_of(st.none(), st.lists(st.sampled_from(MONTHS), unique=True, min_size=1)),
)
def test_every_previous_year_equals_pandas(rows, by, months):
    cube, joined = cube_of(rows)
    if months is None and "year" not in by and "month" not in by:
        by = [*by, "year"]
    filters = {"month": months} if months else {}
    shown = ["revenue", "lines", "customers"]
    view = cube.view(by=by, measures=shown).dice(filters).compare("year")
    shifted = joined.assign(
        year=[None if y is None else y + 1 for y in joined["year"]],
        month=[None if m is None else f"{int(m[:4]) + 1}{m[4:]}" for m in joined["month"]],
    )
    shifted = shifted.astype({"year": object, "month": object})
    sets = [tuple(by[: i + 1]) for i in range(len(by))]
    wanted = expected(kept(shifted, filters), sets)
    for found in view.rows():
        key = tuple(found["keys"].items())
        period = [v for k, v in key if k in ("year", "month")]
        if not period or None in period:
            continue  # of a total, or of an unknown day, there may be nothing to say
        for name in shown:
            then = wanted[key][name] if key in wanted else None
            assert same(found["values"][f"{name}_previous"], then), (key, name)
