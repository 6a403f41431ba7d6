"""Every Result of the room: explained in both languages at three depths, drawn, exported, its notes rendered."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from crmlab import charts, labels
from crmlab.analytics import retention
from crmlab.charts.svg import svg
from tests.plain import odd

AS_OF = "2020-12-31"
KINDS = (
    "active", "chain", "chain_change", "churn", "churn_ratio", "cohorts", "cohorts_revenue", "cox", "levers",
    "log_rank", "loss_odds", "movements", "plain_chain", "reasons", "repeat", "survival", "survival_one", "transitions",
)  # fmt: skip


@pytest.fixture(scope="module")
def results(clean, sales, parcels, panel):
    accounts = clean["customers"]
    lives = retention.lifetimes(accounts, as_of=AS_OF, by="customer_type", since="2016-01-01")
    days = (lives["duration_days"], lives["observed"], lives["customer_type"])
    moves = retention.transitions(retention.lifecycle_states(sales, as_of=AS_OF, customers=accounts))
    chain = retention.chain(moves, worth={"repeat_customer": 250_000})
    lost_leads = clean["leads"][clean["leads"]["outcome"] == "lost"]
    return {
        "active": retention.active(sales, as_of=AS_OF, window_days=180),
        "chain": chain,
        "chain_change": retention.change_transition(chain, origin="first_purchase", to="repeat_customer", by=0.02),
        "churn": retention.churn_rate(accounts, as_of="2020-12-15", by="customer_type", since="2016-01-01"),
        "churn_ratio": retention.churn_ratio(
            accounts, before=("2019-01-01", "2019-12-31"), after=("2020-01-01", AS_OF), as_of=AS_OF, by="customer_type"
        ),
        "cohorts": retention.cohorts(sales, as_of=AS_OF),
        "cohorts_revenue": retention.cohorts(sales, as_of=AS_OF, by="year", measure="revenue"),
        "cox": retention.cox(lives, on=["customer_type"], entry="entry_days"),
        "levers": retention.levers(chain),
        "log_rank": retention.log_rank(*days, entry=lives["entry_days"]),
        "loss_odds": retention.loss_odds(panel, lost="left", on=["unresolved_complaint", "detractor", "online_user"]),
        "movements": retention.movements(sales, as_of=AS_OF, period="quarter"),
        "plain_chain": retention.chain([[0.9, 0.1], [0, 1]], states=["a <b>", "gone"]),
        "reasons": retention.reasons(lost_leads, reason="lost_reason"),
        "repeat": retention.repeat_share(parcels, by="lateness", within_days=70, as_of=AS_OF, of=sales),
        "survival": retention.kaplan_meier(*days, entry=lives["entry_days"]),
        "survival_one": retention.kaplan_meier([3, 4, 5], [False, False, False], unit="months"),
        "transitions": moves,
    }


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_explained_at_three_depths(results, kind, lang):
    result = results[kind]
    said = [str(result.explain(lang, depth)) for depth in ("short", "method", "reference")]
    assert len(set(said)) == 3 and not any("nan" in text.lower().split() for text in said)
    assert result.explain(lang) != result.explain("en" if lang == "id" else "id")
    assert all(note.render(lang) for note in result.notes)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_drawn_on_screen_and_on_paper(results, kind, lang):
    figure = charts.spec(results[kind], lang)
    text = json.dumps(figure, allow_nan=False)
    assert figure["title"] and figure["alt"] and figure["caption"] and figure["data"]
    assert "<b>a <b>" not in text  # a reader's own words are no markup
    assert svg(figure)
    charts.draw(results[kind], lang)


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_has_a_name_and_a_unit(results, kind):
    result = results[kind]
    known = labels.catalogue("names")["names"]
    for column in result.table.columns:
        if column in ("row", "n") or column.startswith("ends_in_"):
            continue
        assert column in known, column
        if column not in (result.params.get("by"), "group"):
            assert column in result.params["units"], column


@pytest.mark.parametrize("kind", KINDS)
def test_exported(results, kind, tmp_path):
    assert results[kind].to_xlsx(tmp_path / "a.xlsx").stat().st_size > 1000
    page = results[kind].to_html(tmp_path / "a.html", lang="id").read_text(encoding="utf-8")
    assert "nan" not in page.replace("pelanggan", "").lower().split()


def test_the_triangle_reads_on_a_telephone(results):
    figure = charts.spec(results["cohorts"], "id")
    heat = figure["data"][0]
    assert len(heat["x"]) <= 12 and len(heat["y"]) <= 24
    assert all(len(text) <= 3 for row in heat["text"] for text in row)  # no "%" in the cells: the title says percent
    blank = [z is None for row in heat["z"] for z in row]
    assert blank == [text == "" for row in heat["text"] for text in row] and any(blank)
    assert "Persen" in figure["title"]
    for hover, z in zip(heat["hovertext"][-1], heat["z"][-1], strict=True):
        assert ("Belum diketahui" in hover) == (z is None)


def test_the_curve_is_the_total_of_the_triangle(results):
    figure = charts.spec(results["cohorts"], "en", of="curve")
    table = results["cohorts"].table
    assert figure["data"][-1]["y"] == table.loc[table["row"] == "total", "share"].tolist()


def test_the_steps_of_a_curve_hold_until_the_next_loss(results):
    one = charts.spec(results["survival"], "en")["data"][2]
    consumers = results["survival"].table
    consumers = consumers[consumers["group"] == "consumer"]
    assert one["x"][1::2][:-1] == consumers["duration"].tolist()[1:]
    assert one["y"][::2] == consumers["survival_share"].tolist()


def test_a_result_of_its_own_data_is_hashed_nowhere(results):
    """A Result pickles, and its table is a plain frame."""
    import pickle

    again = pickle.loads(pickle.dumps(results["chain"]))
    pd.testing.assert_frame_equal(again.table, results["chain"].table)


@pytest.mark.parametrize("kind", KINDS)
def test_sentences_hold_no_dash_and_no_raw_name(results, kind):
    assert odd(results[kind]) == []
