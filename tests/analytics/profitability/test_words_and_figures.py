"""Every Result explains itself at three depths in both languages, draws itself, and goes into files."""

from __future__ import annotations

import pandas as pd
import pytest

import crmlab as crm
from crmlab.analytics import profitability
from crmlab.analytics.profitability.value_chain import CONDITIONS, STAGES

NO_FIGURE = {"profitability.reconcile", "profitability.rules", "profitability.abc_classes", "profitability.disqualify"}


@pytest.fixture(scope="module")
def found(profit, lines, clean):
    kept = lines[lines["status"] != "cancelled"]
    kept = kept.assign(margin=kept["amount"] - kept["cost"])
    people = clean["customers"].drop_duplicates("customer_id")
    people = people.assign(bought=people["customer_id"].isin(kept["customer_id"]))
    expected = profitability.expected_profit(kept, as_of="2020-12-31")
    customers = profit.table.merge(expected.table, on="customer_id")
    matrix = profitability.portfolio_matrix(customers, cuts={"profit": "median", "potential": "median"})
    classes = profitability.abc_classes(profit)
    buyers = profit.table[profit.table["orders"] > 0].merge(people[["customer_id", "customer_type"]], on="customer_id")
    complaints = clean["complaints"][["customer_id"]].drop_duplicates().assign(has_complained=True)
    results = [
        profit,
        profitability.reconcile(profit, sales=lines, costs=clean["activity_costs"]),
        profitability.profit_by(profit, people, by="customer_type"),
        profitability.rules_table(),
        profitability.whale_curve(profit),
        profitability.whale_curve([5, 4, -3, -4, -9]),
        profitability.lorenz(buyers),
        profitability.gini(buyers, by="customer_type"),
        profitability.gini([400, 250, 90, 70, 60]),
        profitability.pareto(buyers),
        profitability.pareto([100, 5, 2, 1, -20]),
        expected,
        matrix,
        classes,
        profitability.compare_methods(matrix, classes),
        profitability.disqualify(profit),
        profitability.disqualify(profit, avoidable=0.4, reputation=complaints),
        profitability.follow_up_sales(kept),
        profitability.follow_up_sales(kept, by="channel"),
        profitability.mix_and_rate(kept, before=2016, after=2019),
        profitability.value_chain(dict.fromkeys((*STAGES, *CONDITIONS), (2, "seen"))),
    ]
    assert {r.kind for r in results} == {
        f"profitability.{kind}" for kind in crm.labels.catalogue("profitability")["explain"]
    }
    return results


@pytest.mark.parametrize("lang", crm.labels.LANGUAGES)
def test_every_result_explains_itself(found, lang):
    for result in found:
        for depth in ("short", "method", "reference"):
            said = result.explain(lang, depth)
            assert len(said) > 30
            assert "nan" not in said.lower().split() and "None" not in said
        for note in result.notes:
            assert note.render(lang)
        with crm.labels.using(lang):
            page = result._repr_html_()
        assert "<table" in page and ">nan<" not in page


@pytest.mark.parametrize("lang", crm.labels.LANGUAGES)
def test_every_result_draws_itself(found, lang):
    for result in found:
        if result.kind in NO_FIGURE:
            with pytest.raises(crm.UserError, match="charts|grafik|chart|gambar"):
                crm.charts.spec(result, lang)
            continue
        drawn = crm.charts.spec(result, lang, "light")
        assert drawn["title"] and drawn["caption"] and drawn["alt"] and drawn["data"]
        assert "@" not in str(drawn["layout"].get("shapes", ""))
        figure = result.figure(lang)
        assert figure.data and figure.layout.title.text


@pytest.mark.parametrize("lang", crm.labels.LANGUAGES)
def test_every_column_and_verdict_is_written_in_words(found, lang):
    from crmlab.charts.columns import shown

    known, missing = set(crm.labels.catalogue("names")["names"]), set()
    for result in found:
        own = {result.params.get("by"), "A", "B", "C", "all"} | set(result.params.get("pools", ()))
        if result.kind == "profitability.compare_methods":
            own |= set(result.table)
        unnamed = {c for c in result.table if c not in known and c not in own and c != "row"}
        missing |= unnamed
        table = shown(result, lang)
        words = {v for row in table.rows for v in row if isinstance(v, str)}
        raw = {"too_few", "to_milk", "up_sell", "keep_and_reward", "cost_of_goods"}
        assert not words & (raw | {"noise", "real"} if lang == "id" else raw)
    assert not missing


def test_results_go_into_files(found, tmp_path):
    for i, result in enumerate(found):
        assert result.to_html(tmp_path / f"{i}.html", lang="id").stat().st_size > 500
        assert result.to_xlsx(tmp_path / f"{i}.xlsx", lang="en").stat().st_size > 500


def test_nobody_is_named(profit):
    assert not {"name", "phone", "email"} & set(profit.table)


def test_the_whale_is_drawn_to_its_end():
    drawn = crm.charts.spec(profitability.whale_curve([50, 30, 20, 5, -15]), "id", "light")
    line = drawn["data"][0]
    assert line["y"] == [0, 50, 80, 100, 105, 90]
    assert "116,7%" in drawn["title"]


def test_the_matrix_has_four_corners():
    customers = pd.DataFrame({"customer_id": [1, 2, 3, 4], "profit": [9, 9, 1, 1], "potential": [9, 1, 9, 1]})
    told = profitability.portfolio_matrix(customers, cuts={"profit": 5, "potential": 5})
    texts = crm.charts.spec(told, "en", "light")["data"][0]["text"]
    corners = [[cell.split("</b>")[0].removeprefix("<b>") for cell in row] for row in texts]
    assert corners == [["Let go", "Grow"], ["Milk", "Protect"]]  # from the bottom; potential to the right
