"""What notebook 08 says and asks, computed."""

from __future__ import annotations

import pandas as pd
import pytest

import crmlab as crm
from notebooks import build

MILLION = 1_000_000


@pytest.fixture(scope="module")
def names():
    """The names that a reader has after running the code cells; a ``%%sql`` cell runs in the lab."""
    import jupytext

    source = next(p for p in build.sources() if p.stem == "08_access_to_data")
    found: dict = {}
    for cell in jupytext.read(source, fmt="py:percent").cells:
        if cell.cell_type != "code":
            continue
        if cell.source.startswith("%%sql"):
            try:
                found["answer"] = found["lab"].run(cell.source.removeprefix("%%sql"))
            except crm.UserError as mistake:
                found["mistake"] = mistake
        else:
            exec(compile(cell.source.replace("lab.magic()", ""), source.stem, "exec"), found)
    return found


def test_the_report_and_its_untidy_sister(names):
    assert round(names["report"].facts["attainment_share"], 4) == 0.9333
    assert names["report"].notes == ()
    untidy = names["untidy"]
    assert round(untidy.facts["attainment_share"], 4) == 0.8615
    assert [n.code.partition(".")[2] for n in untidy.notes] == ["incomplete_month", "no_rep", "no_quota", "no_sales"]


def test_a_higher_quota(names):
    quota = names["quota"].assign(target=[400 * MILLION, 500 * MILLION, 600 * MILLION])
    share = crm.reports.sales_against_quota(names["sales"], quota, month="2020-03").facts["attainment_share"]
    assert round(share, 4) == 0.7467


def test_patients_and_one_more_visit(names):
    assert (names["patients"].facts["patients_of_months"], names["patients"].facts["patients"]) == (4, 3)
    more = pd.concat([names["visits"], pd.DataFrame({"patient_id": ["P2"], "visited_at": ["2023-02-10"]})])
    facts = crm.reports.patients_a_month(more).facts
    assert (facts["patients"], facts["patients_of_months"]) == (3, 5)


def test_the_call_centre(names):
    hours = names["morning"].table.set_index("hour")["service_level_share"]
    assert (hours[8], hours[10]) == (3 / 8, 1)
    assert (hours[8] + hours[10]) / 2 == 0.6875
    assert names["morning"].facts["service_level_share"] == 0.5
    slower = crm.reports.call_centre(names["calls"], within=30).facts
    assert (slower["service_level_share"], slower["answered_calls"]) == (0.6, 8)


def test_the_way_to_the_gap(names):
    assert names["path"].facts["way"] == ("West", "Budi", "CV Maju")
    table = names["path"].table.set_index("member")
    assert table["gap"][["West", "Budi", "Ani", "CV Maju"]].tolist() == [x * MILLION for x in (-100, -120, 20, -110)]
    assert round(table["share_of_gap"]["Budi"], 2) == 1.2
    levels = ["region", "sales_rep", "account"]
    east = crm.reports.gap_path(names["sold"], names["asked"], levels=levels, path=["East"])
    assert east.table.set_index("member")["gap"]["East"] == 10 * MILLION
    assert east.facts["way"][:2] == ("East", "Citra")
    by_rep = names["asked"].groupby(["region", "sales_rep", "month"], as_index=False)["target"].sum()
    without = crm.reports.gap_path(names["sold"], by_rep, levels=levels)
    assert "reports.no_basis" in [n.code for n in without.notes]


def test_the_quotas_of_pt_xyz(names):
    assert names["xyz"].facts["attainment_share"] < 0.8
    path = names["xyz_path"]
    assert "reports.handed_out" in [n.code for n in path.notes]
    end = path.table[path.table["chosen"]].iloc[-1]
    assert (end["level"], end["revenue"]) == ("account", 0)
    for _, level in path.table.groupby("depth"):
        assert level["chosen"].sum() == 1
    assert path.table[path.table["depth"] == 0]["gap"].sum() == path.facts["gap"]


def test_the_lab(names):
    lab = names["lab"]
    assert names["silent"].facts["n"] == 411
    assert names["mistake"].code == "lab.unknown_column"
    assert set(names["answer"].table["anything"].str.contains("•")) == {True}
    change = lab.run("UPDATE dim_customer SET city = 'Bandung'")
    assert change.facts["n"] == 999
    lab.undo()
    assert lab.check(3, names["silent"].params["sql"]).passed


def test_what_is_bought_together(names):
    top = names["together"].table.iloc[0]
    assert {top["bought"], top["also"]} == {"fabric_softener", "laundry_detergent"}
    assert top["lift"] > 3


def test_the_doors_are_logged(names):
    assert names["house"].log().table["outcome"].tolist() == ["shown", "refused", "refused"]
    assert not names["seen"].table["phone"].str.fullmatch(r"[+\d ]+").any()


def test_the_hours_lost(names):
    assert names["lost"].table["hours"].tolist() == [220, 440, 660]


def test_the_twenty_exercises_are_all_there(names):
    assert len(names["exercises"]()) == 20
