"""What notebook 25 says and asks, computed."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from crmlab import UserError, workflow
from notebooks import build


@pytest.fixture(scope="module")
def names():
    """The names that a reader has after running the code cells."""
    import jupytext

    source = next(p for p in build.sources() if p.stem == "25_crm_technology")
    found: dict = {}
    for cell in jupytext.read(source, fmt="py:percent").cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, source.stem, "exec"), found)
    return found


def records(names):
    return {"ticket": names["tickets"], "lead": names["t"]["leads"]}


def changed(names, **by_name):
    return [dataclasses.replace(r, **by_name.get(r.name.replace(" ", "_"), {})) for r in names["rules"]]


def test_what_the_old_system_is_used_for(names):
    shares = names["shares"].loc["reporting"]
    assert shares[2018] == pytest.approx(0.8, abs=0.02) and 0.5 < shares[2020] < 0.6
    assert {"card_scanner", "route_map"} <= set(names["seldom"][names["seldom"] < 12].index)


def test_the_rules_of_the_vendor(names):
    rows = names["run"].rules.table.set_index("rule")
    facts = names["run"].decisions.facts
    assert rows.loc["replace", "matched"] == 0 and "damaged_goods" in set(names["tickets"]["category"])
    assert rows.loc["late", "matched"] == rows.loc["late", "outranked"] > 0
    assert (facts["clashing_records"], facts["again"], facts["rules"]) == (81, 0, 7)
    with pytest.raises(UserError) as refused:
        workflow.dry_run([*names["rules"], names["tidy"], names["care"]], records(names), as_of="2020-12-31")
    assert refused.value.code == "workflow.loop"


def test_the_tasks_on_rules(names):
    run = {"records": records(names), "as_of": "2020-12-31"}
    mended = workflow.dry_run(
        changed(names, replace={"when": "category == 'damaged_goods' and state == 'open'"}), **run
    ).rules.table.set_index("rule")
    assert mended.loc["replace", "matched"] > 0  # task 1
    turned = workflow.dry_run(changed(names, late={"priority": 5}), **run).rules.table.set_index("rule")
    assert turned.loc["very late", "carried_out"] == turned.loc["logistics", "carried_out"] == 0  # task 2
    apart = workflow.dry_run(
        changed(
            names,
            late={"when": "state == 'open' and opened_at_hours_ago > 24 and opened_at_hours_ago <= 48"},
        ),
        **run,
    ).decisions.table  # task 3
    assert apart[(apart["rule"] == "late") & (apart["decision"] == "outranked")].empty
    old = dataclasses.replace(names["tidy"], sets={"state": "closed", "closed_for_age": "yes"})
    care = dataclasses.replace(names["care"], when="state == 'closed' and closed_for_age == 'no'")
    assert workflow.loops([old, care]) == []  # task 4


def test_whose_hours(names):
    clock, office = names["clock"].facts, names["office"].facts
    assert clock["kept_share"] == pytest.approx(1 / 3, abs=0.02) and 0.6 < office["kept_share"] < 0.65
    assert clock["top_open"] == clock["open"] == office["open"]
    still = names["tickets"][names["tickets"]["state"] == "open"]
    assert still["opened_at"].min().year == 2016
    assert still["opened_at"].max() < pd.Timestamp("2020-12-31") - pd.Timedelta(48, "h")
    assert workflow.escalate(names["tickets"], as_of="2020-06-30").facts["open"] > 60  # task 8


def test_leads(names):
    facts = names["summer"].facts
    assert facts["queued"] == 0 and facts["ties"] > 0 and facts["evenness"] > 0.8
    two = workflow.assign(
        names["leads"][names["leads"]["created_at"] >= "2020-06-01"], names["reps"].assign(capacity=2)
    )
    assert two.facts["queued"] == 0 or set(two.table["assigned_because"]) >= {"nobody_free"}  # task 9


def test_values_reached(names):
    assert names["once"].table["running_total"].tolist() == [10.7e6]
    assert names["gross"].facts["reached_lowest"] - names["net"].facts["reached_lowest"] == 2
    assert names["again"].facts["new"] == 0
    reached = {r["threshold"]: r["people"] for r in workflow.watch(names["sales"], [5e6, 10e6]).params["reached"]}
    assert reached[5e6] == 219 and reached[10e6] == 109  # task 10


def test_channels(names):
    rows = names["seen"].table.set_index("channel")
    assert names["typed"].table["contact_value"].tolist() == [4300, 1150]
    assert rows.loc["whatsapp", "contact_value"] < 4300 and rows.loc["email", "contact_value"] < 1150
    assert [round(100 * x, 1) for x in rows["converted_share"]] == [0.8, 2.1] and names["margin"] > 60_000
    assert rows["answered"].tolist() == [12, 5] and rows.loc["whatsapp", "satisfied_share_low"] < 0.2
    added = names["added"].table.set_index("channel")
    assert (added["contact_value_low"] < 0).all() and added.loc["whatsapp", "verdict"] == "noise"
    assert added["held_back"].tolist() == [13, 14] and len(names["offered"]) == 254
    equal = [names["brochure"][0], names["brochure"][1] | {"response_share": 0.0725}]
    assert workflow.contact_value(equal, margin=60_000).table["contact_value"].tolist() == pytest.approx([4300] * 2)
    dear = [names["brochure"][0] | {"cost": 3650}, names["brochure"][1]]
    assert len(set(workflow.contact_value(dear, margin=60_000).table["contact_value"])) == 1  # task 12


def test_the_win_back_is_counted_by_person(names):
    """Wilson's and Newcombe's intervals take every message for one person, and some got several."""
    assert names["offered"]["customer_id"].is_unique
    messages = names["sends"][names["sends"]["campaign_kind"] == "win_back"]
    assert len(messages) == 500
    by_arm = messages[messages["channel"] == "whatsapp"].groupby("arm")["converted"].agg(["size", "sum"])
    told = {"channel": "whatsapp", "cost": 500}
    told |= {"contacts": int(by_arm.loc["test", "size"]), "responses": int(by_arm.loc["test", "sum"])}
    told |= {"held_back": int(by_arm.loc["control", "size"]), "held_back_responses": int(by_arm.loc["control", "sum"])}
    wrong = workflow.contact_value([told], margin=names["margin"]).table.iloc[0]
    assert wrong["contact_value_low"] > 0  # what counting messages would have said


def test_records_and_integration(names):
    facts = names["worth"].facts
    assert facts["decision"] == "worth_it" and facts["record_value_low"] > 0
    assert facts["repeat_share"] == pytest.approx(0.8, abs=0.05)
    assert workflow.worth_recording(0.3, 40_000, 11_999).facts["decision"] == "worth_it"  # task 14
    assert names["checklist"].scores["web_integration"] == 0
    assert names["checked"].facts["total"] == 3
    silent = names["t"]["interactions"].query("touchpoint == 'social_media'")
    assert silent["customer_id"].isna().mean() > 0.5  # why the web is not tied in
