"""Every Result of relationships and networks: explained, drawn, exported, pickled, in both languages."""

from __future__ import annotations

import json
import pickle

import pandas as pd
import pytest

import crmlab as crm
from crmlab import charts, labels, network, relationships
from crmlab.charts.svg import svg

NAMES = ("shared_values", "communication", "opportunism", "trust", "commitment")
SCALES = {name: [f"{name}_{k}" for k in (1, 2, 3)] for name in NAMES}
NO_FIGURE = {"network.greetings"}


def attached(rows):
    kinds = ("cognitive", "attitudinal", "behavioural")
    given = {f"{a}_{k}": rows[f"{b}_{k}"] for a, b in zip(kinds, NAMES, strict=False) for k in (1, 2, 3)}
    return pd.DataFrame(given).assign(again=rows["commitment_1"] + rows["opportunism_1"] > 6)


@pytest.fixture(scope="module")
def results():
    clean = crm.datasets.load_retail("S", layer="clean").tables
    answers = relationships.make_answers(200)
    few = relationships.make_answers(20, seed=2)
    told = {"reverse": ["trust_3"], "scale": (1, 5)}
    scored = relationships.scores(answers, SCALES, **told)
    firms = pd.DataFrame(
        {"customer_id": ["PT Satu Jaya Abadi", "CV Dua", "UD Tiga"], "trust": [4, 2, 3], "commitment": [3, 2, None],
         "satisfaction": [5, 3, None], "shared_goals": [4, 1, None], "cooperative_norms": [4, 2, 4]}
    )  # fmt: skip
    loyal = pd.DataFrame({"customer_id": range(6), "loyal": True, "city": ["Bogor", "Ende"] * 3, "profit": [5, 1] * 3})
    spent = pd.DataFrame({"customer_id": ["a", "b", "c"], "sales": [30, 10, 9], "total_spend": [120, None, 5]})
    cost = {"search": 20e6, "learning": 15e6, "psychological": 5e6, "sunk": 60e6}
    gave = pd.DataFrame({"partner": ["A", "A", "B", "B"], "element": ["price", "range", "range", "advice"]})
    needs = ["price", "range", "delivery", "advice", "credit"]
    links = pd.DataFrame({"supplier": ["Importer"] * 2, "partner": ["A", "B"]})
    scores = pd.DataFrame({"market": network.MARKETS, "now": [3, 3, 2, 1, 2, 3], "target": [4, 3, 4, 4, 3, 4]})
    wants = pd.DataFrame({"item": ["cook", "wait", "save"], "kind": ["job", "pain", "gain"], "importance": [5, 3, 2]})
    offers = pd.DataFrame({"offer": ["pan", "app", "card"], "kind": ["product", "pain_reliever", "gain_creator"],
                           "item": ["cook", "wait", None], "coverage": [1, 0.5, None]})  # fmt: skip
    rivals = pd.DataFrame({"competitor": ["T"], "offer": ["card"]})
    price = pd.DataFrame({"product_id": list(range(12)) * 2, "channel": ["store"] * 12 + ["website"] * 12,
                          "unit_price": [10] * 20 + [11] * 4})  # fmt: skip
    door = pd.DataFrame({"at": ["2024-05-20"], "card": ["?"]})
    members = pd.DataFrame({"card": ["K7"], "name": ["Dina"], "agreed": [True]})
    loans = pd.DataFrame({"card": ["K7"], "book_id": [1], "borrowed_at": ["2024-05-06"], "due_on": ["2024-05-08"],
                          "returned_at": [None]})  # fmt: skip
    books = pd.DataFrame({"book_id": [1], "title": ["A"], "author": ["S"], "shelf": ["A1"], "arrived_on": "2024-01-01"})
    r, n = relationships, network
    out = [
        r.reliability(answers, SCALES["trust"], **told), r.reliability(few, SCALES["trust"][:2]),
        r.scales(answers, SCALES, **told), r.paths(scored, draws=200), r.paths(scored.head(40), draws=100),
        r.attachment(attached(answers)), r.attachment(attached(answers), repeat="again"),
        r.attachment(attached(few), repeat="again"), r.switching_cost(cost, saving=30e6), r.switching_cost(cost),
        r.switching_cost({"search": 1}, saving=0), r.quality(firms), r.quality(firms.tail(1)),
        r.points(clean["points"], as_of="2020-12-31", value=50, life_years=1),
        r.points(clean["points"].head(40), as_of="2020-12-31", value=50, redemption=0.7),
        r.worth_keeping(loyal, fit={"city": ["Bogor"]}), r.wallet(spent), r.wallet(spent.tail(2)),
        n.coverage(gave, elements=needs), n.coverage(gave), n.partners(gave, elements=needs),
        n.single_points(gave, links=links), n.single_points(pd.concat([gave, gave.assign(partner="C")])),
        n.six_markets(scores), n.six_markets(scores.head(4)), n.market_evidence(clean, as_of="2020-12-31"),
        n.market_evidence({}, as_of="2020-12-31"), n.value_map(wants, offers),
        n.value_map(wants, offers, competitors=rivals), n.consistency(price),
        n.greet(door, members=members, loans=loans, books=books),
        n.greet(door.assign(card="K7"), members=members, loans=loans, books=books),
    ]  # fmt: skip
    for room in ("relationships", "network"):
        kinds = {f"{room}.{k}" for k in labels.catalogue(room)["explain"]}
        assert {x.kind for x in out if x.kind.startswith(room)} == kinds
    return out


@pytest.mark.parametrize("lang", ["id", "en"])
def test_explained_at_three_depths(results, lang):
    for result in results:
        said = [str(result.explain(lang, depth)) for depth in ("short", "method", "reference")]
        assert len(set(said)) == 3
        words = " ".join(said)
        assert "nan" not in words.lower().split() and "np." not in words and "None" not in words, result.kind
        assert all(note.render(lang) for note in result.notes)
        assert result.explain("id") != result.explain("en")


@pytest.mark.parametrize("lang", ["id", "en"])
def test_drawn_on_screen_and_on_paper(results, lang):
    for result in results:
        if result.kind in NO_FIGURE:
            with pytest.raises(crm.UserError):
                charts.spec(result, lang)
            continue
        figure = charts.spec(result, lang)
        json.dumps(figure, allow_nan=False)
        assert figure["title"] and figure["alt"] and figure["caption"] and figure["data"]
        assert svg(figure), result.kind
        charts.draw(result, lang)


def test_every_column_has_a_name_and_a_unit(results):
    known = labels.catalogue("names")["names"]
    for result in results:
        for column in result.table.columns:
            assert column in ("n",) or (column in known and column in result.params["units"]), (result.kind, column)


def test_findings_and_states_are_written_in_words(results):
    from crmlab.charts.columns import shown

    raw = {"as_expected", "not_shown", "keep_customer", "does_not_fit", "ask_total", "one_partner", "to_close",
           "needs_research", "referral_market", "sunk_cost", "customer_pain", "greet_by_name", "too_few"}  # fmt: skip
    for result in results:
        words = {v for row in shown(result, "id").rows for v in row if isinstance(v, str)}
        assert not words & raw, result.kind


def test_exported_and_pickled(results, tmp_path):
    for i, result in enumerate(results):
        page = result.to_html(tmp_path / f"{i}.html", lang="id").read_text(encoding="utf-8")
        assert ">nan<" not in page
        assert result.to_xlsx(tmp_path / f"{i}.xlsx", lang="en").stat().st_size > 1000
        again = pickle.loads(pickle.dumps(result))
        pd.testing.assert_frame_equal(again.table, result.table)


def test_facts_survive_json(results):
    for result in results:
        told = json.loads(json.dumps(dict(result.facts), default=str))
        assert set(told) == set(result.facts)
        bare = [k for k, v in result.facts.items() if type(v).__module__ == "numpy"]
        assert not bare, (result.kind, bare)
