"""What notebook 09 says in words, and what its tasks tell the reader to expect."""

from __future__ import annotations

import pytest

import crmlab as crm
from notebooks import build


@pytest.fixture(scope="module")
def played():
    import jupytext

    names: dict = {}
    source = next(p for p in build.sources() if p.stem == "09_privacy")
    for cell in jupytext.read(source, fmt="py:percent").cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, source.stem, "exec"), names)
    return names


def answer(events, at, **more):
    ledger = crm.privacy.ConsentLedger(events, timezone="WIB", **more)
    return ledger.state(["C-17"], "marketing", "whatsapp", at).iloc[0]


def test_the_story(played):
    facts = played["found"].facts
    assert 0 < facts["breaches"] < 0.01 * facts["sends"], "few, against all that was sent"
    assert facts["no_record"] and facts["withdrawn"], "two causes that call for different repairs"
    assert played["classes"].facts["specific"] == 0, "no column about health"
    assert played["chosen"].log[0]["people"] <= len(played["chosen"])
    assert played["fine"].facts["unique"] > 0.9 * played["fine"].facts["rows"], "nearly everybody is alone"
    assert played["rough"].facts["at_risk_share"] < 0.1
    assert played["hit"] == played["phone"]
    assert played["erased"].facts["erased"]
    assert played["old"] == played["new"]
    assert played["proven"].facts["identity_proven"]
    assert "products" not in set(played["her_file"].table["section"])


def test_620_less_40_less_10(played):
    table = crm.privacy.campaign_list(
        played["small"],
        at="2020-03-01",
        ledger=played["small_ledger"],
        suppress=[played["flagged"]],
        **played["campaign"],
    ).table
    assert table["left_out"].tolist() == [0, 40, 10]
    assert table["remaining"].iloc[-1] == 570
    assert len(played["flagged"].customers) == 20


def test_the_subtraction_attack(played):
    safe = played["safe"]
    assert 31 - 20 - 9 == 2
    assert safe.facts["primary"] == 1
    assert safe.facts["primary"] + safe.facts["secondary"] == 4, "with all totals, at least four cells"
    worked_out = crm.privacy.attack(safe)
    assert worked_out["high"].iloc[0] - worked_out["low"].iloc[0] >= 5
    with pytest.raises(crm.UserError):
        played["clinic"].view(by=["unit"]).facts()


def test_tasks_on_consent(played):
    her = played["her"]
    give = {**her, "action": "give", "at": "2020-01-01"}
    withdraw = {**her, "action": "withdraw", "at": "2020-02-05"}
    assert answer([give, withdraw, {**her, "action": "give", "at": "2020-02-05"}], "2020-02-06") == "tie"
    until = {**give, "expires_at": "2020-07-01"}
    assert answer([until], "2020-06-30") == "allowed"
    assert answer([until], "2020-07-01") == "expired"
    assert answer([give, {**withdraw, "channel": "all"}], "2020-02-06") == "withdrawn"


def test_tasks_on_lists_and_flags(played):
    rules = [crm.privacy.Suppression("blacklisted", range(31, 51)), crm.privacy.Suppression("own", range(45, 60))]
    asked = {"at": "2020-03-01", "ledger": played["small_ledger"], **played["campaign"]}
    one, two = (crm.privacy.campaign_list(played["small"], suppress=order, **asked) for order in (rules, rules[::-1]))
    assert one.facts["remaining"] == two.facts["remaining"]
    assert one.table["left_out"].tolist() != two.table["left_out"].tolist()
    listed = played["blacklist"]
    someone = listed.table["customer_id"].iloc[0]
    granted = listed.appeal(someone, at="2020-12-02", reason="x").decide(
        someone, "granted", at="2020-12-03", reason="x"
    )
    assert len(granted) == len(listed)


def test_tasks_on_anonymity_and_cells(played):
    coarser = crm.privacy.k_anonymity(played["coarse"], quasi=["born_on"])
    assert coarser.facts["at_risk_share"] < 0.02, "it can be done"
    ten = crm.privacy.suppress(played["visits"], by=["unit", "diagnosis"], n="n", minimum=10)
    assert ten.facts["published"] < played["safe"].facts["published"]


def test_the_hospitals_drill_in_makassar():
    clock = crm.privacy.breach_deadline("2024-05-06 21:40", timezone="WIB")
    due = clock.table.set_index("time_zone")["due_at"]
    assert str(due["WITA"]) == "2024-05-09 22:40:00"


def test_a_protected_cube_of_sales_has_empty_cells():
    shop = crm.datasets.load_retail("S")
    cube = shop.cube()
    guarded = crm.Cube(cube.star, list(cube.measures.values()), privacy=crm.privacy.Policy(minimum=5, everything=True))
    rows = guarded.view(by=["province"], columns=["segment"], measures=["revenue"]).rows()
    assert any(row["n"] is None for row in rows)
    assert all(row["n"] is not None for row in cube.view(by=["province"], columns=["segment"]).rows())


def test_the_checklist(played):
    assert played["audit"].result().facts["met"] == 6
    assert played["audit"].result().facts["unproven"] == 1
