"""The segmentation studio without a browser: what each click shows, and that page, rooms and files agree."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

import crmlab as crm
from crmlab.apps.studio import retail
from crmlab.errors import UserError
from crmlab.widgets.studio_data import Given, Shop
from crmlab.widgets.studio_desk import TABS, StudioDesk
from crmlab.widgets.studio_jobs import Jobs


@pytest.fixture(scope="module")
def shop():
    return retail("S")


@pytest.fixture(scope="module")
def shared(shop):
    return StudioDesk([Given("retail", lambda: shop)], "en")


@pytest.fixture
def studio(shared, shop):
    """The desk as it opens; what it worked out before is kept, for it is the same."""
    shared.insist.clear()
    shared.answer({"do": "lang", "lang": "en"})
    shared.answer({"do": "source", "name": "retail"})
    return shared


def settled(desk: StudioDesk) -> dict:
    """The page when all that it waits for has come."""
    for _ in range(6):
        desk.jobs.wait(120)
        desk.answer({"do": "refresh"})
        if not desk.page["waits"]:
            return desk.page
    raise AssertionError(desk.page["doing"])


def tab(desk: StudioDesk, name: str) -> dict:
    desk.answer({"do": "tab", "name": name})
    return settled(desk)["body"]


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def whole(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def test_the_first_page_shows_the_segments_before_the_verdict(shop):
    desk = StudioDesk([Given("retail", lambda: shop)], "en")
    assert [t["id"] for t in desk.page["tabs"]] == list(TABS)
    assert len(desk.page["body"]["rows"]) == 5
    assert desk.page["tiles"][2]["value"] == "…"
    json.dumps(desk.page)  # what goes to the browser is plain
    page = settled(desk)
    assert (page["tiles"][2]["value"], page["waits"]) == ("Yes", 0)
    assert sum(whole(r["n"]) for r in page["body"]["rows"]) == whole(page["tiles"][0]["value"])


def test_five_segments_are_the_planted_ones(studio):
    truth = crm.datasets.load_retail("S", layer="truth").tables["customer_segment"]
    truth = truth.set_index("customer_id")["segment_true"]
    found = studio.case.segments(studio.settings).table
    found = found[found["customer_id"].isin(truth.index)]
    assert adjusted_rand_score(truth.loc[found["customer_id"]], found["segment"]) >= 0.70


def test_a_change_of_k_draws_another_picture(studio):
    for k in (2, 8):
        studio.answer({"do": "set", "k": k})
        body = studio.page["body"]
        assert len(body["rows"]) == k
        assert [t["segment"] for t in body["map"]["data"][:-1]] == [f"segment_{j + 1}" for j in range(k)]
    studio.answer({"do": "set", "k": 99})
    assert studio.settings.k == 8


def test_table_and_bars_say_what_the_rooms_say(studio):
    settled(studio)
    body = studio.page["body"]
    sizes = studio.case.sizes(studio.settings)
    assert [r["money_share"] for r in body["rows"]] == sizes.table["amount_share"].tolist()
    assert sizes.table["amount_share"].sum() == pytest.approx(1)
    assert body["table"]["head"][6:8] == ["Profit", "Profit / revenue"]
    tab(studio, "worth")
    table = tab(studio, "segments")["table"]
    assert table["head"][-2:] == ["Value", "95% range"]  # once the models were fitted they are not fitted again
    assert (table["foot"], len(table["rows"][0])) == (None, 10)


def test_a_portrait_has_its_n_in_every_line(studio):
    studio.answer({"do": "portrait", "segment": "segment_2"})
    body = settled(studio)["body"]
    assert [r["open"] for r in body["rows"]] == [False, True, False, False, False]
    traits = body["portrait"]["traits"]
    assert {r[0] for r in traits["rows"]} >= {"Gender", "City", "Age group"}
    assert all(whole(r[4]) > 0 for r in traits["rows"])
    studio.answer({"do": "set", "k": 2, "columns": ["average_order", "promo_share"]})
    assert studio.chosen is None


def test_criteria_stand_side_by_side(studio):
    body = tab(studio, "number")
    first = body["sections"][0]
    assert [r["cells"][0] for r in first["table"]["rows"]] == [str(k) for k in range(2, 9)]
    assert [r["total"] for r in first["table"]["rows"]].index(True) == 3
    studio.answer({"do": "set", "k": first["choose"][0]["k"]})
    assert not studio.page["waits"] or studio.page["doing"].startswith("Checking")  # the criteria are kept


def test_stability_by_draws_and_over_years(studio):
    body = tab(studio, "stable")
    told = [s for s in body["sections"] if "table" in s]
    assert [len(s["table"]["rows"]) for s in told] == [5, 2]
    assert "31 December 2019" in told[1]["said"]


def test_profit_and_value_add_up(studio):
    body = tab(studio, "worth")
    profit, whale, value = (s for s in body["sections"] if "title" in s)
    cells = [r["cells"] for r in profit["table"]["rows"]]
    assert profit["table"]["rows"][-1]["total"]
    assert sum(whole(c[1].split(" (")[0]) for c in cells[:-1]) == whole(cells[-1][1].split(" (")[0])
    assert not any("nan" in str(c).lower() for row in cells for c in row)
    whole_profit = studio.case.profit(studio.settings)
    assert whole_profit.table["profit"].sum() == pytest.approx(whole_profit.facts["profit"], rel=0.5)
    assert "figure" in whale
    assert len(value["table"]["rows"]) == 5
    assert "counts as profit" in value["notes"][0]


def test_the_portfolio_crosses_segments_with_cells(studio):
    body = tab(studio, "portfolio")
    assert [c["id"] for c in body["cells"]] == ["to_protect", "to_grow", "to_milk", "to_let_go"]
    everyone = sum(whole(c["n"].split(" ")[0]) for c in body["cells"])
    crossed = [[whole(c.split(" ")[0]) for c in row[1:]] for row in body["table"]["rows"]]
    assert all(line[0] == sum(line[1:]) for line in crossed)
    assert sum(line[0] for line in crossed) <= everyone
    studio.answer({"do": "cuts", "cuts": "mean"})
    assert [c["n"] for c in settled(studio)["body"]["cells"]] != [c["n"] for c in body["cells"]]


def test_who_moved_since_a_day(studio):
    body = tab(studio, "moves")
    section = body["sections"][0]
    stayed, before, moved, came, left = map(int, re.findall(r"(\d+) (?:of|customers|moved|came|left)", section["said"]))
    assert stayed + moved + left == before
    assert section["day"]["value"] == "2019-12-31"
    studio.answer({"do": "before", "day": "2020-06-30"})
    assert "30 June 2020" in settled(studio)["body"]["sections"][0]["said"]
    with pytest.raises(UserError, match="not before"):
        studio.answer({"do": "before", "day": "2020-12-31"})
    assert studio.earlier == dt.date(2020, 6, 30)
    assert came >= 0


@pytest.mark.parametrize("method", ["rfm", "hierarchical"])
def test_what_another_method_would_say(studio, method):
    studio.answer({"do": "tab", "name": "other"})
    studio.answer({"do": "other", "method": method})
    section = settled(studio)["body"]["sections"][0]
    one, other = (
        studio.case.segments(s).table.set_index("customer_id")["segment"].astype("str")
        for s in (studio.settings, crm_settings(studio, method))
    )
    both = one.index.intersection(other.index)
    told = float(re.search(r"index (-?\d\.\d+)", section["said"])[1])
    assert told == pytest.approx(adjusted_rand_score(one.loc[both], other.loc[both]), abs=0.006)
    studio.answer({"do": "other", "method": "kmeans", "k": 5})
    assert "method in use" in studio.page["body"]["sections"][0]["said"]


def crm_settings(desk: StudioDesk, method: str):
    from dataclasses import replace

    return replace(desk.settings, method=method)


def test_rules_can_be_read_and_changed_and_a_bad_one_changes_nothing(studio):
    studio.answer({"do": "set", "method": "rfm"})
    told = [[r["id"], r["sentence"]] for r in studio.page["controls"]["rules"]["rows"]]
    assert dict(told) == crm.segmentation.rfm_rules()
    before = studio.page["body"]["rows"][0]["n"]
    with pytest.raises(UserError):
        studio.answer({"do": "rules", "rules": [["x", "import os"]]})
    with pytest.raises(UserError, match="Two rules"):
        studio.answer({"do": "rules", "rules": [["x", "r == 5"], ["x", "r == 4"]]})
    assert studio.page["body"]["rows"][0]["n"] == before
    studio.answer({"do": "rules", "rules": [["Jumat", "r == 5 and orders >= 3"], ["others", "r <= 4"]]})
    assert [r["label"] for r in studio.page["body"]["rows"]][:2] == ["Jumat", "others"]
    assert studio.page["controls"]["rules"]["changed"]
    studio.answer({"do": "rules", "rules": None})
    assert studio.page["body"]["rows"][0]["n"] == before


@pytest.mark.parametrize("method", ["rfm", "rules", "mixture"])
def test_every_part_has_an_answer_in_both_languages(studio, method):
    studio.answer({"do": "set", "method": method})
    for name in ("segments", "moves", "portfolio", "how", "save"):
        for lang in ("id", "en"):
            studio.answer({"do": "lang", "lang": lang})
            body = tab(studio, name)
            assert body["kind"] != "refused", (name, body)
    assert [p["title"] for p in tab(studio, "how")["parts"]]


def test_only_who_consented_leaves_and_nobody_unmasked(studio, shop):
    studio.answer({"do": "tab", "name": "save"})
    studio.answer({"do": "wish", "segment": "segment_5", "channel": "phone"})
    body = studio.page["body"]
    left = {r[0]: whole(r[1]) for r in body["table"]["rows"]}
    remaining = whole(body["table"]["rows"][-1][2])
    members = studio.case.segments(studio.settings).table
    members = members.loc[members["segment"] == "segment_5", "customer_id"]
    assert sum(left.values()) + remaining == len(members)
    assert left["Never gave consent"] > 0
    file = studio.answer({"do": "export", "format": "csv"})
    head, *lines = rows(file.content)
    assert len(lines) == remaining
    at = dt.datetime(2020, 12, 31, 23, 59, 59)
    ids = [int(line[0]) for line in lines]
    assert shop.ledger.allowed(ids, "marketing", "phone", at).all()
    phones = set(shop.people["phone"].dropna())
    assert not phones & {cell for line in lines for cell in line}
    assert any("•" in line[head.index("Phone")] for line in lines)
    assert studio.answer({"do": "export", "format": "xlsx"}).content[:2] == b"PK"


def test_a_name_that_looks_like_a_formula_is_disarmed(studio):
    studio.answer({"do": "set", "method": "rfm"})
    studio.answer({"do": "rules", "rules": [["=1+1", "r >= 1"]]})
    studio.answer({"do": "tab", "name": "save"})
    content = rows(studio.answer({"do": "export", "format": "csv"}).content)
    assert {line[-1] for line in content[1:]} == {"'=1+1"}
    assert tab(studio, "how")["kind"] == "how"  # of one segment alone there is nothing to set apart, and that is told
    studio.answer({"do": "rules", "rules": None})


def test_a_day_outside_the_data_is_refused_and_nothing_changes(studio):
    was = studio.settings
    for day in ("2031-01-01", "yesterday"):
        with pytest.raises(UserError):
            studio.answer({"do": "set", "as_of": day, "k": 3})
    assert studio.settings == was
    studio.answer({"do": "set", "as_of": "2019-12-31"})
    assert studio.page["controls"]["as_of"] == "2019-12-31"


# -- data without segments, and a reader's own ------------------------------------------------------------------------


def one_cloud(n: int = 160) -> pd.DataFrame:
    """Customers of one kind: their orders differ as people of one kind do."""
    rng = np.random.default_rng(7)
    spend = np.exp(rng.normal(12, 0.5, n))
    sales = [
        (f"o{i}-{j}", pd.Timestamp("2020-01-01") + pd.Timedelta(days=int(d)), f"c{i:03d}", float(spend[i]))
        for i in range(n)
        for j, d in enumerate(sorted(rng.integers(0, 365, 3)))
    ]
    return pd.DataFrame(sales, columns=["order_id", "ordered_at", "customer_id", "amount"])


def test_where_there_are_no_segments_none_are_shown_unless_one_insists():
    desk = StudioDesk([Given("retail", lambda: Shop(one_cloud()))], "en")
    desk.answer({"do": "set", "k": 3, "columns": ["average_order"]})
    body = settled(desk)["body"]
    assert body["kind"] == "none"
    assert "one cloud" in body["said"]
    assert re.search(r"p = 0\.\d", body["why"])
    assert len(desk.page["tiles"]) == 2
    with pytest.raises(UserError, match="no segments"):
        desk.answer({"do": "export", "format": "csv"})
    for name in ("moves", "other", "save", "worth"):
        assert "rows" not in tab(desk, name), name
    desk.answer({"do": "insist"})
    body = tab(desk, "segments")
    assert (body["kind"], len(body["rows"])) == ("segments", 3)
    assert "no finding" in body["insisted"]


def own(content: bytes, lang: str = "en", name: str = "sales.csv") -> StudioDesk:
    desk = StudioDesk([], lang)
    reply = desk.answer({"do": "upload", "name": name}, [content])
    assert reply["ready"], reply
    desk.answer({"do": "load"})
    desk.answer({"do": "examine"})
    return desk


def test_a_bare_list_of_transactions_will_do():
    sales = one_cloud(90)
    sales["ordered_at"] = sales["ordered_at"].dt.strftime("%Y-%m-%d")
    desk = own(sales.to_csv(index=False).encode())
    assert len(desk.page["controls"]["lacks"]) == 5
    assert desk.page["body"]["table"]["foot"].startswith("Profit is unknown")
    assert "Profit" not in desk.page["body"]["table"]["head"]
    desk.answer({"do": "set", "method": "rfm"})
    body = tab(desk, "worth")
    assert body["sections"][0]["lacks"]
    assert "no cost" in body["sections"][0]["said"]
    body = tab(desk, "save")
    assert "no record of consent" in body["why"]
    lines = rows(desk.answer({"do": "export", "format": "csv"}).content)
    assert lines[0][0] == "Customer ID"
    assert "Phone" not in lines[0]
    body = tab(desk, "portfolio")
    assert "two" in body["refused"] or "period" in body["refused"] or "days" in body["refused"]


def test_columns_that_a_file_has_are_used():
    sales = one_cloud(90)
    sales["cost"] = sales["amount"] * 0.7
    sales["city"] = np.where(sales["customer_id"] < "c045", "Medan", "Solo")
    desk = own(sales.to_csv(index=False).encode())
    desk.answer({"do": "set", "method": "rules"})
    assert not [t for t in desk.page["controls"]["lacks"] if t.startswith(("Profit", "Portraits"))]
    desk.answer({"do": "portrait", "segment": "came_back"})
    portrait = settled(desk)["body"]["portrait"]
    assert portrait["traits"]["rows"][0][0] == "City"
    assert "Profit" in desk.page["body"]["table"]["head"]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_too_few_customers_are_refused_in_words(lang):
    desk = own(one_cloud(12).to_csv(index=False).encode(), lang)
    body = desk.page["body"]
    assert body["kind"] == "refused"
    assert "12" in body["said"]
    desk.answer({"do": "set", "method": "rfm"})
    assert desk.page["body"]["kind"] == "segments"


def test_the_form_comes_back_and_strange_events_are_refused(studio):
    assert studio.answer({"do": "file"}) == {"kind": "upload", "name": ""}
    studio.answer({"do": "source", "name": "own"})
    assert not studio.page["loaded"]
    with pytest.raises(UserError):
        studio.answer({"do": "examine"})
    with pytest.raises(UserError):
        studio.answer({"do": "set", "k": 3})
    with pytest.raises(UserError):
        studio.answer({"do": "source", "name": "nowhere"})
    with pytest.raises(UserError):
        studio.answer({"do": "fly"})


def test_an_address_brings_part_method_and_k_back(studio):
    studio.answer({"do": "go", "source": "retail", "tab": "how", "method": "mixture", "k": 4})
    assert (studio.tab, studio.settings.method, studio.settings.k) == ("how", "mixture", 4)


# -- work beside the page ---------------------------------------------------------------------------------------------


def test_what_was_asked_last_comes_first_and_what_nobody_wants_is_left():
    import threading

    jobs, order, gate = Jobs(pause=0), [], threading.Event()
    jobs.ask("first", gate.wait)
    left = jobs.ask("left", lambda: order.append("left"))
    for name in ("b", "c"):
        jobs.ask(name, lambda name=name: order.append(name))
    jobs.forget(lambda key: key in ("b", "c"))
    gate.set()
    jobs.wait()
    assert (order, left.done.is_set()) == (["c", "b"], False)


def test_what_goes_wrong_beside_the_page_is_told_on_it():
    jobs = Jobs(pause=0)

    def refuse():
        raise UserError("studio.no_segments")

    refused, failed = jobs.ask("refused", refuse), jobs.ask("failed", lambda: 1 / 0)
    jobs.wait()
    assert refused.refused.code == "studio.no_segments"
    assert isinstance(failed.fault, ZeroDivisionError)
