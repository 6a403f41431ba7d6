"""The three closed forms, and the claim that five percent of retention bring up to 95 percent of profit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import crmlab as crm
from crmlab import value

JT = 1_000_000


def test_the_worked_example_gives_three_answers_each_with_its_name():
    """Fader & Hardie (2012), note 024, formulas (1) to (3): m 1 jt, r 0.8, d 0.1."""
    result = value.compare_formulas(JT, 0.8, 0.1)
    found = dict(zip(result.table["formula"], result.table["value"].round().astype(int), strict=True))
    assert found == {"residual": 2_666_667, "in_arrears": 3_333_333, "in_advance": 3_666_667}
    for lang in crm.labels.LANGUAGES:
        said = result.explain(lang, "short")
        assert all(labels in said for labels in (crm.labels.money(v, lang) for v in found.values()))


@given(st.floats(0, 0.999), st.floats(0.001, 1), st.floats(1, 1e9))
def test_formulas_are_the_sums_that_they_stand_for(r, d, m):
    ratio, n = r / (1 + d), 40
    sums = {
        "residual": sum(m * ratio**k for k in range(1, n + 1)),
        "in_arrears": sum(m * ratio**k / (1 + d) for k in range(n)),
        "in_advance": sum(m * ratio**k for k in range(n)),
    }
    table = value.compare_formulas(m, r, d, periods=n).table.set_index("formula")
    for name, total in sums.items():
        assert table.loc[name, "value_over_horizon"] == pytest.approx(total, rel=1e-9)
        # what is cut off is the same formula again, begun later
        assert table.loc[name, "value"] == pytest.approx(total / (1 - ratio**n), rel=1e-6)
    assert table.loc["in_advance", "value"] == pytest.approx(m + table.loc["residual", "value"])
    assert table.loc["in_arrears", "value"] * (1 + d) == pytest.approx(table.loc["in_advance", "value"])


def test_a_yearly_discount_beside_a_monthly_retention_is_converted_and_said():
    result = value.compare_formulas(100, 0.98, 0.12, per="month", discount_per="year")
    assert result.facts["discount"] == pytest.approx(1.12 ** (1 / 12) - 1)
    assert [n.code for n in result.notes] == ["value.discount_converted"]
    assert "12" in result.notes[0].render("id")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ((JT, 1.0, 0.0), "diverges"),
        ((JT, 1.2, 0.1), "bad_share"),
        ((JT, -0.1, 0.1), "bad_share"),
        ((JT, 0.8, -0.1), "bad_discount"),
        ((float("nan"), 0.8, 0.1), "no_number"),
        (("1 jt", 0.8, 0.1), "no_number"),
    ],
)
def test_what_has_no_value_is_refused(given, code):
    with pytest.raises(crm.UserError) as caught:
        value.compare_formulas(*given)
    assert caught.value.code == f"value.{code}"
    assert caught.value.render("id") != caught.value.render("en")


@pytest.mark.parametrize(
    ("before", "cost", "uplift"),
    [(0.80, 0.0, 0.275), (0.60, 0.0, 0.204), (0.90, 0.0, 0.407), (0.80, 1.5, 0.629)],
)
def test_the_claims_worked_cases(before, cost, uplift):
    """J13: .80 to .85 +27.5 %, .60 to .65 +20.4 %, .90 to .95 +40.7 %, net of an acquisition cost of 1.5: +62.9 %."""
    facts = value.retention_profit(retention=before, gain_is="points", acquisition_cost=cost).facts
    assert round(facts["uplift_share"], 3) == uplift


def test_the_claim_needs_an_acquisition_cost_and_its_top_a_large_one():
    """95 % from 0.80 needs a cost of 1.895 margins; relative instead of points it is another claim."""
    facts = value.retention_profit(retention=0.8, gain_is="points").facts
    assert round(facts["cost_for_95"], 3) == 1.895
    at_it = value.retention_profit(retention=0.8, gain_is="points", acquisition_cost=facts["cost_for_95"]).facts
    assert at_it["uplift_share"] == pytest.approx(0.95)
    assert at_it["claim_holds"]
    assert round(value.retention_profit(retention=0.8, gain_is="relative").facts["uplift_share"], 3) == 0.212
    with pytest.raises(TypeError, match="gain_is"):
        value.retention_profit(retention=0.8)


def test_the_claim_where_it_fails():
    table = value.retention_profit(gain_is="points").table
    free = table[(table["acquisition_cost"] == 0) & (table["retention_share"] < 0.75)]
    assert len(free) == 5
    assert not free["claim_holds"].any()
    dear = table[(table["acquisition_cost"] == 1.5) & (table["retention_share"] == 0.5)].iloc[0]
    assert dear["profit_before"] < 0
    assert dear["uplift_share"] != dear["uplift_share"]  # no percentage leads out of a loss
    loss = value.retention_profit(retention=0.5, gain_is="points", acquisition_cost=2.0)
    assert loss.facts["uplift_share"] is None
    assert [n.code for n in loss.notes] == ["value.loss_before"]
    short = value.retention_profit(gain_is="points", periods=3).facts
    assert short["uplift_share"] < 0.25  # over three payments


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"formula": "clv"}, "unknown_formula"),
        ({"gain_is": "percent"}, "unknown_gain"),
        ({"retention": 0.97}, "bad_share"),
        ({"margin": 0}, "no_margin"),
        ({"acquisition_cost": -1}, "bad_cost"),
    ],
)
def test_what_the_claim_cant_be_asked(change, code):
    with pytest.raises(crm.UserError) as caught:
        value.retention_profit(**{"gain_is": "points", **change})
    assert caught.value.code == f"value.{code}"
