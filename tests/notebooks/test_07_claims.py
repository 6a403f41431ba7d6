"""What notebook 07 says and asks, computed."""

from __future__ import annotations

import dataclasses

import pytest

import crmlab as crm
from notebooks import build


@pytest.fixture(scope="module")
def names():
    """The names that a reader has after running the code cells."""
    import jupytext

    source = next(p for p in build.sources() if p.stem == "07_warehouse_and_marts")
    found: dict = {}
    for cell in jupytext.read(source, fmt="py:percent").cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, source.stem, "exec"), found)
    return found


def test_the_move_of_mrs_dewi(names):
    small = names["small"]
    february = small.snapshot(load=2)
    assert dict(february.query(names["then"])) == {"Jakarta": 10_000_000, "Depok": 6_000_000}
    assert dict(february.query(names["now"])) == {"Depok": 16_000_000}
    assert dict(small.snapshot(load=3).query(names["then"]))["Bogor"] == 500_000
    assert small.tables == ("customers", "sales"), "the overlapping branches were refused"


def test_the_report_of_2018_is_another_one_today(names):
    then = names["house"].snapshot(as_of="2018-07-01").query(names["returned"])
    assert then < names["house"].query(names["returned"])
    assert names["house"].snapshot(as_of="2018-07-01").load == 5


def test_the_blackout_left_the_old_warehouse_and_its_rest_was_swept(names):
    assert names["died"].returncode == 9
    assert names["small"].broken() == [] and names["small"].last == 4
    assert names["same"] is True


def test_the_marts_disagree_for_the_reasons_given(names):
    assert names["agreed"].facts["passed"] is True and names["apart"].facts["passed"] is False
    assert set(names["apart"].facts["causes"]) == {"late_rows", "duplicates", "cancelled_orders", "returns"}
    assert names["apart"].facts["every_cause"].count("time_zone") == 1, "the till's clock moves orders between months"
    assert sum(names["causes"].values()) == names["total"]["difference"]
    parts = names["causes"].values()
    assert min(parts) < 0 < max(parts) and max(map(abs, parts)) > abs(names["total"]["difference"])


def test_units_and_the_worked_share():
    assert 2**40 == 1_099_511_627_776
    assert round(12.1 * 1000) == 12_100 and round(12.1 * 1024, 1) == 12_390.4
    assert abs(997.5 - 1000) / 1000 == 0.0025 > 0.0010


def test_batch_and_stream(names):
    delays = names["nightly"].table["delay_minutes"].tolist()
    assert delays == [16 * 60 + 25, 11 * 60 + 50, 40] and 9.5 < sum(delays) / 3 / 60 < 10
    table = names["ways"].table.set_index("every_minutes")
    stream = names["ways"].facts["stream_cost"]
    assert table.loc[15, "cost_per_day"] == pytest.approx(stream, rel=0.01), "as dear, and slower"
    assert table.loc[15, "mean_delay_minutes"] > names["ways"].facts["stream_delay_minutes"]
    assert table.loc[60, "cost_per_day"] == table.loc[15, "cost_per_day"] / 4
    dearer = crm.warehouse.compare(names["events"], costs={"run": 25_000}).table
    assert dearer["cost_per_day"].iloc[-1] < dearer.set_index("every_minutes").loc[60, "cost_per_day"]


def test_tasks_with_a_check(names, tmp_path):
    small, warehouse = names["small"], crm.warehouse
    assert small.load(names["january"], loaded_at="2020-07-01").facts["load"] == 1  # task 1
    moved = {"customers": names["customers"]((1, "Bandung", "2020-06-01"))}
    small.load(moved, loaded_at="2020-07-02")
    assert [city for city, _ in small.query(names["now"])] == ["Bandung"]  # task 2
    people = [
        names["house"].snapshot(load=n).query("SELECT count(DISTINCT customer_id) FROM customers") for n in (1, 5, 10)
    ]
    assert people == sorted(people)  # task 4
    payday = dataclasses.replace(names["finance"], rules={"month_starts_on": 26}).build(names["house"], folder=tmp_path)
    result = warehouse.reconcile(payday, names["house"], standard=names["finance"])
    assert result.facts["every_cause"] == ["calendar"] and result.facts["groups_apart"] == 12  # task 8
    sharp = warehouse.replay({"happened_at": ["2020-03-02 00:30"]}, at="00:30")
    assert sharp.facts["mean_delay_minutes"] == 1440  # task 12
    gone = names["house"].load({}, loaded_at="2021-02-01", deleted={"sales": [1]})
    assert gone.facts["deleted"] == 1 and len(names["house"].lineage("sales", 1).table) == 2  # task 5


def test_mending_rule_by_rule_leaves_what_is_late_and_what_came_back(names, tmp_path):  # task 9
    mended = dataclasses.replace(names["sales_mart"], rules={"utc_offset": 7})
    built = mended.build(sources={"till": names["till"]}, extracted_at="2020-12-20", folder=tmp_path)
    result = crm.warehouse.reconcile(built, names["house"], standard=names["finance"])
    assert set(result.facts["every_cause"]) == {"late_rows", "returns"}


def test_a_mart_by_month_and_channel(names, tmp_path):  # task 10
    order = {**names["order"], "join": {"channels": ["channel_id"]}, "by": {"channel": "channels.channel"}}
    kept = crm.warehouse.Mart(
        "m", "dependent", {"sales": order}, ["month", "channel"], names["measures"], {"cancelled": "keep"}
    )
    result = crm.warehouse.reconcile(kept.build(names["house"], folder=tmp_path), names["house"])
    assert result.facts["every_cause"] == ["cancelled_orders"]
