"""A reported percentage: the article's own numbers, what is refused, and whether its interval keeps its word."""

from __future__ import annotations

import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

import crmlab as crm
from crmlab import personalisation

GARTNER = pd.DataFrame(
    {"claim": ["poor_differentiation", "scepticism", "low_efficacy"], "share": [0.46, 0.58, 0.14], "n": 3013}
)


@pytest.mark.parametrize(("share", "people", "margin"), [(0.46, 1386, 1.78), (0.58, 1748, 1.76), (0.14, 422, 1.24)])
def test_the_survey_of_3013(share, people, margin):
    told = personalisation.reported_share(share, 3013).facts
    assert (told["people"], round(told["margin_points"], 2)) == (people, margin)
    low, high = proportion_confint(share * 3013, 3013, method="wilson")
    assert (told["share_low"], told["share_high"]) == pytest.approx((low, high))
    assert told["verdict"] == "real"


def test_several_percentages_at_once():
    told = personalisation.reported_share(GARTNER)
    assert told.table["people"].tolist() == [1386, 1748, 422]
    assert told.facts["claims"] == 3
    assert [n.code for n in told.notes] == ["personalisation.only_chance", "personalisation.rounded"]


def test_a_percentage_without_n_is_refused():
    for ask in (
        lambda: personalisation.reported_share(0.46),
        lambda: personalisation.reported_share(GARTNER.drop(columns="n")),
        lambda: personalisation.reported_share(GARTNER.assign(n=[3013, None, 3013])),
    ):
        with pytest.raises(crm.UserError) as caught:
            ask()
        assert caught.value.code == "personalisation.share_without_n"
    assert "n" in caught.value.render("id")


@pytest.mark.parametrize(
    ("share", "n", "code"),
    [(46, 3013, "bad_share"), (-0.1, 10, "bad_share"), ("46%", 10, "bad_share"), (True, 10, "bad_share")]
    + [(0.5, 0, "bad_n"), (0.5, 10.5, "bad_n"), (0.5, True, "bad_n"), (float("nan"), 10, "bad_share")],
)
def test_what_is_no_share_of_people_is_refused(share, n, code):
    with pytest.raises(crm.UserError) as caught:
        personalisation.reported_share(share, n)
    assert caught.value.code == f"personalisation.{code}"


def test_the_plus_or_minus_of_the_textbook_is_not_shown_where_it_lies():
    assert personalisation.reported_share(0.02, 100).facts["margin_points"] is None
    assert personalisation.reported_share(0.0, 40).facts["share_high"] == pytest.approx(0.0876, abs=1e-4)
    assert personalisation.reported_share(0.5, 12).facts["verdict"] == "too_few"
