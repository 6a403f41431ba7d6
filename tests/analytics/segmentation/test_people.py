"""What sets segments apart, personas, who buys, how well customers are known; sentences, and the cube."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

import crmlab as crm
from crmlab.errors import UserError

from .conftest import AS_OF

seg = crm.segmentation


def test_differences_are_hedges_g():
    """The estimate is Hedges'; where groups are normal and alike the interval is nearly Hedges and Olkin's."""
    rng = np.random.default_rng(2)
    a, b = rng.normal(0.5, 1, 200), rng.normal(0, 1, 300)
    row = seg.profile_segments(pd.DataFrame({"segment": ["a"] * 200 + ["b"] * 300, "x": np.r_[a, b]})).table.iloc[0]
    spread = np.sqrt((a.var(ddof=1) * 199 + b.var(ddof=1) * 299) / 498)
    g = (a.mean() - b.mean()) / spread * (1 - 3 / (4 * 500 - 9))
    assert row["difference"] == pytest.approx(g)
    error = np.sqrt(500 / (200 * 300) + g**2 / 1000)
    assert [row["difference_low"], row["difference_high"]] == pytest.approx(
        [g - 1.96 * error, g + 1.96 * error], abs=0.02
    )


def test_skewed_figures_of_few_have_no_interval():
    """Cochran's rule: 25 x skewness^2 customers, or a few large ones decide."""
    rng = np.random.default_rng(5)
    table = pd.DataFrame({"segment": ["a"] * 60 + ["b"] * 600, "spent": rng.lognormal(12, 1, 660)})
    found = seg.profile_segments(table.assign(log=np.log(table["spent"])))
    rows = found.table.set_index(["segment", "figure"])
    assert rows.loc[("a", "spent"), "verdict"] == "too_few" and np.isnan(rows.loc[("a", "spent"), "difference_low"])
    assert np.isfinite(rows.loc[("a", "spent"), "difference"]) and rows.loc[("a", "log"), "verdict"] == "noise"
    assert {n.code: n.values for n in found.notes}["segmentation.too_skewed"] == {"columns": ["spent"]}
    with pytest.raises(UserError) as refused:
        crm.charts.spec(seg.profile_segments(table), "en")
    assert refused.value.code == "charts.no_chart"


def test_sizes_come_before_significance():
    """Among 20,000 customers a difference of 0.05 is significant, and small all the same."""
    rng = np.random.default_rng(3)
    x = np.r_[rng.normal(0.06, 1, 10000), rng.normal(0, 1, 10000)]
    table = pd.DataFrame({"segment": ["a"] * 10000 + ["b"] * 10000, "x": x, "same": rng.normal(0, 1, 20000)})
    found = seg.profile_segments(table).table.set_index(["segment", "figure"])["verdict"]
    assert found["a", "x"] == "small" and found["a", "same"] == "noise"
    few = seg.profile_segments(table.iloc[[*range(9990, 10050)]]).table
    assert set(few["verdict"]) == {"too_few"}


def test_what_segments_were_made_of_is_marked(figures):
    fitted = seg.fit_segments(figures, k=5)
    rng = np.random.default_rng(0)
    fitted.table["luck"] = rng.normal(0, 1, len(fitted.table))
    found = seg.profile_segments(fitted)
    marked = found.table.groupby("figure")["made_of"].all()
    assert marked["promo_share"] and not marked["luck"]
    assert (found.table.loc[found.table["figure"] == "luck", "verdict"] != "real").all()
    assert "segmentation.made_of" in {n.code for n in found.notes}


@pytest.fixture
def people():
    """Z06 and S03: three groups of 50, 30 and 20 %."""
    return pd.DataFrame(
        {
            "customer_id": range(200),
            "segment": ["a"] * 100 + ["b"] * 60 + ["c"] * 40,
            "channel": ["store"] * 90
            + ["website"] * 10
            + ["store"] * 20
            + ["website"] * 40
            + ["store"] * 25
            + [None] * 15,
            "age": list(range(20, 120)) + [30] * 60 + [45] * 40,
            "gender": ["female", "male"] * 100,
        }
    )


def test_every_trait_carries_its_n_or_is_an_assumption(people):
    cards = seg.personas(
        people,
        traits=["channel", "age", "gender"],
        as_of=AS_OF,
        assumptions={"a": {"pain": "queues"}, "c": {"job": "gifts"}},
    )
    assert cards.params["shares"] == {"a": 0.5, "b": 0.3, "c": 0.2} and sum(cards.params["shares"].values()) == 1
    table = cards.table
    assert ((table["evidence"] == "assumption") == table["n"].isna()).all()
    row = table[(table["segment"] == "a") & (table["trait"] == "channel")].iloc[0]
    assert (row["value"], row["n"], row["share"], row["tells"]) == ("store", 100, 0.9, "more")
    assert (row["share_low"], row["share_high"]) == pytest.approx(proportion_confint(90, 100, method="wilson"))
    few = table[(table["segment"] == "c") & (table["trait"] == "channel")].iloc[0]
    assert (few["n"], few["verdict"]) == (25, "too_few")
    gender = table[table["trait"] == "gender"]
    assert (gender["tells"] == "same").all() and (gender["verdict"] == "noise").all()
    assert "segmentation.delicate" in {n.code for n in cards.notes}
    assert cards.facts["assumption"] == 2


def test_knowledge_expires(people):
    dated = seg.personas(
        people,
        traits=["channel", "gender"],
        as_of=AS_OF,
        researched_on={"channel": "2018-01-01", "gender": "2020-06-01"},
    )
    assert set(dated.table.loc[dated.table["trait"] == "channel", "evidence"]) == {"stale"}
    assert dated.table.loc[dated.table["trait"] == "channel", "value"].isna().all()
    seen = people.assign(updated_at=["2020-01-01"] * 60 + ["2017-01-01"] * 139 + ["2021-01-01"])
    each = seg.personas(seen, traits=["channel"], as_of=AS_OF, researched_on="updated_at").table.set_index("segment")
    assert each.loc["a", "n"] == 60 and each.loc["b", "evidence"] == "stale"
    with pytest.raises(UserError) as refused:
        seg.personas(people, traits=["channel"], as_of=AS_OF, assumptions={"z": {"pain": "queues"}})
    assert refused.value.code == "segmentation.unknown_segment"


def test_the_most_frequent_of_many_is_no_finding():
    """Ten values drawn alike: the largest share is lifted by being picked, and its low end allows for that."""
    values = np.repeat(np.arange(10), [16, 13, 12, 11, 10, 9, 9, 8, 7, 5])
    rows = pd.DataFrame({"segment": ["a"] * 100 + ["b"] * 100, "city": [f"city {v}" for v in [*values, *values]]})
    row = seg.personas(rows, traits=["city"], as_of=AS_OF).table.iloc[0]
    plain = proportion_confint(16, 100, method="wilson")
    assert row["share_low"] < plain[0] and row["share_high"] == pytest.approx(plain[1]) and row["share_low"] < 0.1


def test_a_median_stands_between_ranks():
    """Hettmansperger and Sheather: between the two pairs of ranks that hold a little more and less than 95 %."""
    rows = pd.DataFrame({"segment": ["a"] * 40 + ["b"] * 40, "age": [*range(40), *range(40)]})
    value = seg.personas(rows, traits=["age"], as_of=AS_OF).table.iloc[0]["value"]
    low, high = (float(x) for x in value.partition("(")[2].rstrip(")").split("–"))
    assert value.startswith("19.5") and 13 < low < 14 and 25 < high < 26 and low + high == pytest.approx(39, abs=0.02)


def test_repeat_share_is_the_mission_maps():
    """N01: 420 of 500 order again: 84.0 %. Who bought on the day of the segments did not yet."""
    people = pd.DataFrame({"customer_id": range(540), "segment": ["loyal"] * 500 + ["new"] * 40})
    sales = pd.DataFrame({"customer_id": [*range(540), *range(420), *range(500, 510)], "amount": 10})
    sales["ordered_at"] = ["2019-12-31"] * 540 + ["2020-12-31 20:00"] * 430
    found = seg.repeat_buyers(people, sales, as_of="2019-12-31", until=AS_OF)
    row = found.table.set_index("segment").loc["loyal"]
    assert (row["n_again"], row["n"], row["repeat_share"], row["verdict"]) == (420, 500, 0.84, "real")
    assert [row["repeat_share_low"], row["repeat_share_high"]] == pytest.approx(
        proportion_confint(420, 500, method="wilson")
    )
    assert "84.0%" in found.explain("en") and "84,0%" in found.explain("id")
    back = sales.tail(1).assign(amount=-10)
    again = seg.repeat_buyers(people, pd.concat([sales.iloc[:-1], back]), as_of="2019-12-31", until=AS_OF)
    assert again.table["n_again"].tolist() == [420, 9]
    made = seg.rfm(sales, as_of=AS_OF)
    for wrong, code in (((AS_OF, "2019-12-31"), "dates_backwards"), (("2019-12-31", AS_OF), "made_later")):
        with pytest.raises(UserError) as refused:
            seg.repeat_buyers(made, sales, as_of=wrong[0], until=wrong[1])
        assert refused.value.code == f"segmentation.{code}"


def test_a_small_group_makes_no_persona():
    table = {"segment": ["a"] * 100 + ["b"] * 29, "city": ["Solo"] * 129}
    cards = seg.personas(table, traits=["city"], as_of=AS_OF)
    assert cards.table.set_index("segment")["verdict"].to_dict() == {"a": "noise", "b": "too_few"}
    assert {n.code: n.values for n in cards.notes}["segmentation.small_segments"]["segments"] == ["b"]


def test_completeness_and_fresh_completeness_are_the_mission_maps():
    """F04: 8 of 10 required fields filled, 2 of them older than 24 months: 80 % and 60 %."""
    row = {f"f{i}": ["x"] for i in range(7)} | {"phone": ["081234567890"], "email": ["-"], "born_on": ["1900-01-01"]}
    row |= {"customer_id": ["a"], "new": ["2020-01-01"], "old": ["2018-12-01"]}
    fields = [c for c in row if c not in ("customer_id", "new", "old")]
    when = {f: "old" if f in ("f0", "f1") else "new" for f in fields}
    found = seg.knowledge(row, fields=fields, as_of=AS_OF, updated_at=when)
    assert found.facts["completeness_share"] == 0.8 and found.facts["fresh_share"] == 0.6
    assert found.table["refresh"].tolist() == ["f0, f1, email, born_on"]
    zeros = seg.knowledge(row | {"phone": ["0800000"]}, fields=fields, as_of=AS_OF, updated_at=when)
    assert zeros.facts["completeness_share"] == 0.7
    later = seg.knowledge(row | {"new": ["2021-05-01"]}, fields=fields, as_of=AS_OF, updated_at=when)
    assert later.facts["fresh_share"] == 0 and "segmentation.future_research" in {n.code for n in later.notes}


def everything(shop, orders, figures):
    scored = seg.rfm(orders, as_of=AS_OF)
    yield scored
    yield seg.migration(seg.rfm(orders, as_of="2019-12-31"), scored)
    yield seg.features(orders, as_of=AS_OF)
    fitted = seg.fit_segments(figures, k=5)
    yield fitted
    yield seg.fit_segments(figures, k=4, check="later")
    yield seg.choose_k(figures.head(300), ks=range(2, 5))
    yield seg.stability(fitted, draws=40)
    years = {y: seg.features(orders, as_of=f"{y}-12-31") for y in (2018, 2019)}
    yield seg.stability_over_time(years, k=4, draws=40)
    yield seg.profile_segments(fitted)
    people = seg.attach(shop.tables["dim_customer"].drop(columns="segment"), scored).drop_duplicates(
        "customer_id", keep="last"
    )
    yield seg.personas(
        people, traits=["occupation", "age_band"], as_of=AS_OF, assumptions={"champions": {"wish": "to be known"}}
    )
    yield seg.buyer_index(people, scored.table[scored.table["orders"] > 9], by="city")
    yield seg.buyer_odds(people, scored.table[scored.table["orders"] > 9], by=["occupation", "age_band"])
    yield seg.repeat_buyers(seg.rfm(orders, as_of="2019-12-31"), orders, as_of="2019-12-31", until=AS_OF)
    yield seg.by_rules(scored.table.drop(columns="segment"), {"often": "orders >= 12"})
    yield seg.knowledge(people, fields=["occupation", "age_band"], as_of=AS_OF, updated_at="registered_on")


def test_every_result_speaks_and_is_drawn(shop, orders, figures, tmp_path):
    kinds = set()
    for result in everything(shop, orders, figures):
        kinds.add(result.kind)
        for lang in ("id", "en"):
            for depth in ("short", "method", "reference"):
                said = result.explain(lang, depth)
                assert len(said) > 20 and "nan" not in said.lower().split()
            for note in result.notes:
                assert note.render(lang)
            if result.kind != "segmentation.features":
                figure = crm.charts.spec(result, lang, "light")
                assert figure["title"] and figure["caption"] and figure["alt"] and figure["data"]
        assert result._repr_html_()
        result.to_html(tmp_path / f"{result.kind}.html")
        result.to_xlsx(tmp_path / f"{result.kind}.xlsx")
    catalogue = crm.labels.catalogue("segmentation")["explain"]
    side_by_side = {"customer_map", "comparison", "sizes"}  # drawn in a test file of their own
    assert kinds == {f"segmentation.{name}" for name in set(catalogue) - side_by_side}
