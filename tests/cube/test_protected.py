"""A cube of health data keeps its small cells to itself; a cube of sales shows all; no address names a person."""

from __future__ import annotations

import itertools
import json

import numpy as np
import pytest
from scipy.optimize import linprog

from crmlab.charts.grid import Grid
from crmlab.cube import Cube, Measure
from crmlab.errors import UserError
from crmlab.privacy import Policy
from crmlab.star import Dimension, Fact, Star

UNITS = ["heart", "eye", "skin", "teeth"]


def clinic(seed=1, n=220, **options) -> Cube:
    rng = np.random.default_rng(seed)
    people = 90
    visits = {
        "visit_id": list(range(n)),
        "patient_id": rng.integers(0, people, n).tolist(),
        "unit": rng.choice(UNITS, n, p=[0.55, 0.3, 0.11, 0.04]).tolist(),
        "diagnosis": rng.choice(["A", "B", "C"], n, p=[0.75, 0.2, 0.05]).tolist(),
        "year": rng.choice([2023, 2024], n).tolist(),
        "bill": rng.integers(1, 50, n).tolist(),
    }
    homes = {"Bogor": "Jawa Barat", "Depok": "Jawa Barat", "Solo": "Jawa Tengah", "Kudus": "Jawa Tengah"}
    city = rng.choice(list(homes), people, p=[0.6, 0.25, 0.1, 0.05]).tolist()
    patients = {
        "patient_id": list(range(people)),
        "name": [f"Pasien {i}" for i in range(people)],
        "city": city,
        "province": [homes[c] for c in city],
    }
    star = Star(
        [
            Fact(
                "visit",
                visits,
                {"patient": "patient_id"},
                personal=["patient_id"],
                attributes=["unit", "diagnosis", "year"],
            )
        ],
        [
            Dimension(
                "patient",
                patients,
                "patient_id",
                {"home": ["province", "city"]},
                attributes=["name"],
                personal=["name"],
            )
        ],
        name="clinic",
    )
    measures = [
        Measure.count("visits", "visit"),
        Measure.sum("bills", "visit", "bill", unit="money"),
        Measure.mean("bill_mean", "visit", "bill"),
        Measure.max("bill_most", "visit", "bill"),
    ]
    return Cube(star, measures, **options)


@pytest.fixture(scope="module")
def cube():
    return clinic()


@pytest.fixture(scope="module")
def open_cube():
    return clinic(privacy=Policy.none())


def cells(view):
    return {tuple(row["keys"].get(lv) for lv in (*view.by, *view.columns)): row for row in view.rows("en")}


def test_health_is_protected_by_default_and_sales_are_not(cube, toy, shop):
    assert cube.policy.facts == {"visit"}
    assert "diagnosis" in cube.policy.levels
    assert not toy.policy
    assert not shop.policy


def test_no_cell_of_few_people_is_shown(cube, open_cube):
    view, bare = (c.view(by=["unit"], columns=["diagnosis"], measures=["visits", "bills"]) for c in (cube, open_cube))
    shown, true = cells(view), cells(bare)
    hidden = [k for k, row in shown.items() if row["values"]["visits"] is None]
    assert hidden
    assert all(shown[k]["n"] is None and shown[k]["values"]["bills"] is None for k in hidden)
    assert any(true[k]["values"]["visits"] >= 20 for k in hidden), "a large cell went with the small ones"
    for key, row in shown.items():
        if key not in hidden:
            assert row["values"] == true[key]["values"]
            assert row["values"]["visits"] >= 5
    assert "fewer than 5 people" in view.notes()[-1].render("en")


def least_and_most(view, true):
    """What a reader of a two-way view can work out of its hidden cells, from the finest cells up."""
    shown = cells(view)
    fine = [k for k in true if None not in k]
    rows, right, asked = [], [], []
    for key, row in shown.items():
        inside = [1.0 if all(k in (None, f) for k, f in zip(key, cell, strict=True)) else 0.0 for cell in fine]
        if row["values"]["visits"] is None:
            asked.append((key, inside))
        else:
            rows.append(inside)
            right.append(row["values"]["visits"])
    found = {}
    for key, cost in asked:
        equal = {"A_eq": rows, "b_eq": right} if rows else {}
        ends = [linprog(sign * np.array(cost), **equal, method="highs") for sign in (1, -1)]
        found[key] = [sign * e.fun if e.status == 0 else float("inf") for sign, e in zip((1, -1), ends, strict=True)]
    return found


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("levels", [("unit", "diagnosis"), ("city", "diagnosis"), ("unit", "year")])
def test_subtraction_brings_no_small_cell_back(seed, levels):
    guarded, bare = clinic(seed), clinic(seed, privacy=Policy.none())
    made = [c.view(by=list(levels), measures=["visits"]).with_subtotals("all") for c in (guarded, bare)]
    true = cells(made[1])
    people = {
        k: row["values"]["people"]
        for k, row in cells(
            Cube(bare.star, [Measure.count_distinct("people", "visit", "patient_id")], privacy=Policy.none())
            .view(by=list(levels), measures=["people"])
            .with_subtotals("all")
        ).items()
    }
    worked_out = least_and_most(made[0], true)
    small = [k for k, n in people.items() if n < 5]
    assert set(small) <= set(worked_out)
    for key in small:
        low, high = worked_out[key]
        assert high - low >= 5 - 1e-6, (key, low, high)


def test_what_a_filter_leaves_out_can_not_be_subtracted(cube, open_cube):
    """All visits less those of all units but one are that unit's visits."""
    units = ["heart", "eye", "skin", "teeth"]
    whole = cube.view(measures=["visits"]).totals()["visits"]
    assert whole == 220
    for left_out in units:
        rest = cube.view(measures=["visits"]).dice(unit=[u for u in units if u != left_out]).totals()["visits"]
        alone = cube.view(measures=["visits"]).slice(unit=left_out).totals()["visits"]
        if alone is None:
            assert rest is None, left_out
    by_unit = cells(cube.view(by=["unit"], measures=["visits"]))
    for unit in units:
        alone = cube.view(measures=["visits"]).slice(unit=unit).totals()["visits"]
        assert alone == by_unit[(unit,)]["values"]["visits"], "a cell is hidden however it is asked for"


def test_a_city_can_not_be_had_from_its_province(cube, open_cube):
    cities = cells(cube.view(by=["city"], measures=["visits"]))
    provinces = cells(cube.view(by=["province"], measures=["visits"]))
    true = cells(open_cube.view(by=["province", "city"], measures=["visits"]))
    for province in ("Jawa Barat", "Jawa Tengah"):
        inside = [k[1] for k in true if k[0] == province and k[1]]
        empty = [c for c in inside if cities[(c,)]["values"]["visits"] is None]
        if provinces[(province,)]["values"]["visits"] is not None:
            assert len(empty) != 1, "one empty city of a shown province could be subtracted"


def test_what_would_tell_by_another_way_is_refused(shop):
    cube = clinic(privacy=Policy(minimum=30, facts=["visit"]))
    dated = Cube(shop.star, [Measure.count("lines", "sales")], privacy=Policy(everything=True))
    view = cube.view(by=["unit"], measures=["visits"])
    for code, ask in {
        "protected_limit": lambda: view.top(2).rows(),
        "protected_measure": lambda: view.measure("bill_most").rows(),
        "protected_rows": lambda: view.facts(cell={"unit": "teeth"}),
        "protected_why": lambda: view.slice(year=2024).why(against={"year": 2023}),
        "protected_compare": lambda: dated.view(by=["segment"]).slice(year=2020).compare("year").rows(),
    }.items():
        with pytest.raises(UserError) as caught:
            ask()
        assert caught.value.code == f"privacy.{code}"
        assert caught.value.render("id")


def test_what_tells_nothing_is_allowed():
    """Where everybody has company there is nothing to protect: ranks, comparisons and causes are open."""
    days = [f"{year}-0{1 + i % 9}-01" for year in (2023, 2024) for i in range(60)]
    import datetime as dt

    visits = {
        "day": [dt.date.fromisoformat(d) for d in days],
        "unit": ["heart", "eye"] * 60,
        "diagnosis": ["A"] * 120,
        "who": list(range(120)),
    }
    star = Star([Fact("visit", visits, {"date": "day"}, attributes=["unit", "diagnosis"])])
    cube = Cube(star, [Measure.count("visits", "visit")])
    assert cube.policy.facts == {"visit"}
    view = cube.view(by=["unit"]).slice(year=2024)
    assert view.top(1).rows("en")[0]["n"] == 30
    assert view.compare("year").rows("en")[0]["values"]["visits_previous"] == 30
    assert view.why(against={"year": 2023}).facts["change"] == 0
    with pytest.raises(UserError):
        cube.view(by=["date"]).slice(year=2024).dice(unit=["eye"]).top(1).rows()


def test_order_shares_exports_and_charts_tell_nothing(cube, tmp_path):
    view = cube.view(by=["unit"], columns=["diagnosis"], measures=["visits"]).sort("visits").share_of("total")
    rows = cells(view)
    assert all(r["values"]["visits_share_of_total"] is None for r in rows.values() if r["values"]["visits"] is None)
    path = view.export(tmp_path / "visits.csv")
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert sum(line.endswith(",,") for line in lines) == sum(r["values"]["visits"] is None for r in rows.values())
    assert view.to_pandas(totals=True) is not None
    grid = Grid.of(view, "en")
    assert any(value is None for row in grid.rows for value in row.values)
    figure = view.result().figure("en")
    assert figure.data


def test_levels_alone_protect_and_everything_protects_sales(open_cube):
    by_level = Cube(open_cube.star, [Measure.count("visits", "visit")], privacy=Policy(levels=["diagnosis"]))
    assert by_level.view(by=["unit"]).facts(limit=2).rows
    assert any(r["values"]["visits"] is None for r in by_level.view(by=["unit", "diagnosis"]).rows())
    with pytest.raises(UserError):
        by_level.view(by=["unit"]).slice(diagnosis="C").facts()
    with pytest.raises(UserError):
        by_level.view(by=["unit"]).facts(cell={"diagnosis": "C"})
    everything = Cube(open_cube.star, [Measure.count("visits", "visit")], privacy=Policy(minimum=10, everything=True))
    assert all(r["n"] is None or r["n"] >= 10 for r in everything.view(by=["unit"]).rows())


def test_two_filters_and_ranges(cube, open_cube):
    view = cube.view().dice(unit=UNITS[:2], diagnosis=["A", "B"], city=["Bogor", "Depok"], year=[2023, 2024])
    assert view.totals()["visits"] is None, "few people stand behind some of what was chosen"
    for members in itertools.combinations(UNITS, 2):
        shown = cube.view(by=["diagnosis"], measures=["visits"]).dice(unit=list(members), year=(2023, 2023))
        true = cells(open_cube.view(by=["diagnosis"], measures=["visits"]).dice(unit=list(members), year=(2023, 2023)))
        for key, row in cells(shown).items():
            assert row["values"]["visits"] in (None, true[key]["values"]["visits"])
            assert row["n"] is None or row["n"] >= 5


def towns(n=900, **few):
    """Visits from eighty towns, of which some have few."""
    rng = np.random.default_rng(1)
    names = [f"T{i:03d}" for i in rng.integers(0, 80, n)] + [name for name, k in few.items() for _ in range(k)]
    visits = {"who": list(range(len(names))), "town": names, "unit": [UNITS[i % 4] for i in range(len(names))]}
    star = Star([Fact("visit", visits, {}, attributes=["town", "unit"], personal=["who"])], [], name="towns")
    policy = Policy(facts=["visit"], person={"visit": "who"})
    return Cube(star, [Measure.count("visits", "visit")], privacy=policy), sorted(set(names))


def test_two_choices_that_differ_by_one_member_do_not_tell_it():
    """Of a level with many members too: each of 80 towns, and every choice with and without it."""
    cube, names = towns(T999=3)
    view = cube.view(measures=["visits"])
    shown = {k[0]: r["values"]["visits"] for k, r in cells(cube.view(by=["town"], measures=["visits"])).items() if k[0]}
    hidden = [t for t in names if shown[t] is None]
    assert "T999" in hidden and len(hidden) > 1
    open_ones = [t for t in names if t not in hidden]
    assert view.dice(town=open_ones[:5]).totals()["visits"] == sum(shown[t] for t in open_ones[:5])
    for town in hidden:
        assert view.slice(town=town).totals()["visits"] is None
        assert view.dice(town=[*open_ones[:5], town]).totals()["visits"] is None
        assert view.dice(town=[t for t in names if t != town]).totals()["visits"] is None
    assert view.dice(town=names).totals()["visits"] == 903, "a choice of all is the whole"


def test_a_choice_of_members_says_what_its_rows_say(cube, open_cube):
    by_unit = cells(cube.view(by=["unit"], measures=["visits"]))
    for r in (2, 3):
        for members in itertools.combinations(UNITS, r):
            rows = [by_unit[(m,)]["values"]["visits"] for m in members]
            told = cube.view(measures=["visits"]).dice(unit=list(members)).totals()["visits"]
            assert told == (None if None in rows else sum(rows)), members


def test_more_choices_among_many_than_can_be_guarded_are_refused():
    rng = np.random.default_rng(2)
    names = [f"place_{i}" for i in range(4)]
    visits = {"who": list(range(900)), **{name: rng.integers(0, 80, 900).tolist() for name in names}}
    star = Star([Fact("visit", visits, {}, attributes=names, personal=["who"])], [], name="places")
    cube = Cube(star, [Measure.count("visits", "visit")], privacy=Policy(facts=["visit"]))
    with pytest.raises(UserError) as caught:
        cube.view(measures=["visits"]).dice(**{name: [1, 2] for name in names}).rows()
    assert caught.value.code == "privacy.too_many_filters"


# addresses name nobody ------------------------------------------------------------------------------------------------


def test_a_link_names_nobody_and_still_leads_there():
    people = {"id": [1, 2], "name": ["Siti Rahma", "Budi Hartono"]}
    sales = {"who": [1, 1, 2], "amount": [10, 20, 40]}
    cube = Cube(
        Star(
            [Fact("sales", sales, {"person": "who"})],
            [Dimension("person", people, "id", attributes=["name"], personal=["name"])],
        ),
        [Measure.sum("revenue", "sales", "amount", unit="money")],
    )
    view = cube.view(by=["name"]).slice(name="Siti Rahma")
    said = json.dumps(view.to_dict())
    assert "Siti" not in said
    assert cube.view_from(json.loads(said)).totals() == {"revenue": 30}
    rows = cube.view(by=["name"]).rows("en")
    assert "Siti" not in str(rows)
    assert cube.view().facts(cell=rows[1]["keys"]).total in (1, 2)
    grid = Grid.of(cube.view(by=["name"]), "en")
    assert "Siti" not in str([row.path for row in grid.rows])
    assert "Siti" not in str(view.result().params)
    assert cube.members("name", search="sit") == []
    found = cube.members("name", search="siti rahma")
    assert [m["label"] for m in found] == ["S••• R•••"]
    assert cube.view().slice(name=found[0]["value"]).totals() == {"revenue": 30}


def test_a_link_into_changed_data_is_refused():
    def made(names):
        people = {"id": list(range(len(names))), "name": names}
        star = Star(
            [Fact("sales", {"who": [0], "amount": [1]}, {"person": "who"})],
            [Dimension("person", people, "id", attributes=["name"], personal=["name"])],
        )
        return Cube(star, [Measure.sum("revenue", "sales", "amount", unit="money")])

    said = made(["Siti", "Budi"]).view().slice(name="Siti").to_dict()
    assert made(["Siti", "Budi"]).view_from(said).totals() == {"revenue": 1}
    with pytest.raises(UserError) as caught:
        made(["Ani", "Budi", "Siti"]).view_from(said)
    assert caught.value.code == "privacy.stale_link"
