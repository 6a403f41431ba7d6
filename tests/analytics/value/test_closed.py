"""The three closed forms."""

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


@pytest.mark.parametrize(
    ("periods", "code"),
    [
        ({"per": "month", "discount_per": "year"}, "periods_differ"),
        ({"per": "month"}, "discount_unsaid"),
        ({"discount_per": "month"}, "periods_differ"),
    ],
)
def test_a_monthly_retention_never_meets_a_yearly_discount(periods, code):
    """U01: refused, with the discount that would fit."""
    with pytest.raises(crm.UserError) as caught:
        value.compare_formulas(100, 0.98, 0.12, **periods)
    assert caught.value.code == f"value.{code}"
    if periods.get("per"):
        assert "0.9489" in caught.value.render("en")
        assert "0,9489" in caught.value.render("id")


def test_the_discount_that_fits():
    monthly = value.discount_of(0.12, per="year", into="month")
    assert (1 + monthly) ** 12 == pytest.approx(1.12)
    assert value.discount_of(monthly, per="month", into="year") == pytest.approx(0.12)
    told = value.compare_formulas(100, 0.98, monthly, per="month", discount_per="month")
    assert told.facts["residual"] == pytest.approx(98 / (1 + monthly - 0.98))


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
