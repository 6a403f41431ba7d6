"""Parts of a change sum to the change, exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmlab import labels
from crmlab.cube import Cube, Measure
from crmlab.errors import UserError
from crmlab.star import Dimension, Fact, Star


def market(rows: list[tuple]) -> Cube:
    """Rows of (year, product, channel, quantity, amount, cost)."""
    names = ["year", "product", "channel", "quantity", "amount", "cost"]
    table = {n: [r[i] for r in rows] for i, n in enumerate(names)}
    star = Star([Fact("sales", table, {}, attributes=["year", "product", "channel"])])
    return Cube(
        star,
        [
            Measure.sum("revenue", "sales", "amount", unit="money"),
            Measure.sum("quantity", "sales", "quantity", unit="count"),
            Measure.sum("margin", "sales", "amount - cost", unit="money"),
            Measure.ratio("margin_share", "margin", "revenue"),
            Measure.mean("mean_amount", "sales", "amount", unit="money"),
            Measure.calc("net", "revenue - 0.5 * margin", unit="money"),
            Measure.count_distinct("products", "sales", "product"),
        ],
    )


def test_price_volume_mix_of_the_book():
    # prices 10 and 20 become 10 and 22, quantities 100 and 50 become 80 and 70
    cube = market(
        [(2019, "a", "x", 100, 1000, 0), (2019, "b", "x", 50, 1000, 0), (2020, "a", "x", 80, 800, 0),
         (2020, "b", "x", 70, 1540, 0)]
    )  # fmt: skip
    result = cube.view(measures=["revenue"]).slice(year=2020).why(against={"year": 2019})
    facts = result.facts
    assert (facts["before"], facts["after"], facts["change"]) == (2000, 2340, 340)
    assert (facts["volume"], facts["mix"], facts["price"]) == (0, 200, 140)
    assert (facts["new"], facts["discontinued"], facts["unpriced"]) == (0, 0, 0)
    for lang in labels.LANGUAGES:
        for depth in ("short", "method", "reference"):
            assert "340" in result.explain(lang, depth) or depth == "reference"


def test_new_and_discontinued_products_stand_apart():
    cube = market(
        [(2019, "old", "x", 10, 100, 0), (2019, "both", "x", 10, 200, 0), (2020, "both", "x", 20, 500, 0),
         (2020, "new", "x", 5, 70, 0), (2020, None, "x", 1, 3, 0)]
    )  # fmt: skip
    facts = cube.view(measures=["revenue"]).slice(year=2020).why(against={"year": 2019}).facts
    assert facts["change"] == 273
    assert (facts["volume"], facts["mix"], facts["price"]) == (200, 0, 100)
    assert (facts["new"], facts["discontinued"], facts["unpriced"]) == (70, -100, 3)


def test_contribution_to_a_gap_at_every_level():
    # West -100 = Budi -120 + Ani +20; Budi's largest is CV Maju with -110
    rows = [
        ("plan", "west", "Budi", "CV Maju", 200),
        ("plan", "west", "Budi", "PT Jaya", 100),
        ("plan", "west", "Ani", "UD Sari", 80),
        ("plan", "east", "Citra", "PT Abadi", 50),
        ("real", "west", "Budi", "CV Maju", 90),
        ("real", "west", "Budi", "PT Jaya", 90),
        ("real", "west", "Ani", "UD Sari", 100),
        ("real", "east", "Citra", "PT Abadi", 50),
    ]
    names = ["kind", "region", "rep", "account", "amount"]
    table = {n: [r[i] for r in rows] for i, n in enumerate(names)}
    accounts = {n: table[n][:4] for n in ("region", "rep", "account")}
    star = Star(
        [Fact("sales", table, {"account": "account"}, attributes=["kind"])],
        [Dimension("account", accounts, "account", {"account": ["region", "rep", "account"]})],
    )
    view = Cube(star, [Measure.sum("revenue", "sales", "amount")]).view(by=["region"]).slice(kind="real")

    def parts(view):
        table = view.why(against={"kind": "plan"}).table
        return dict(zip(table["member"], table["change"], strict=True))

    assert parts(view) == {"west": -100, "east": 0}
    assert parts(view.drill_down("account", "west")) == {"Budi": -120, "Ani": 20}
    assert parts(view.drill_down("account", "west").drill_down("account", "Budi")) == {"CV Maju": -110, "PT Jaya": -10}


def test_a_margin_that_falls_only_by_mix():
    # every channel keeps its margin; the marketplace grows
    cube = market(
        [(2016, "a", "store", 1, 800, 608), (2016, "a", "marketplace", 1, 200, 170), (2019, "a", "store", 1, 500, 380),
         (2019, "a", "marketplace", 1, 500, 425)]
    )  # fmt: skip
    facts = cube.view(by=["channel"], measures=["margin_share"]).slice(year=2019).why(against={"year": 2016}).facts
    assert facts["rate"] == 0
    assert facts["mix"] == facts["change"] == pytest.approx(0.195 - 0.222)


def test_what_is_counted_twice_has_a_row_of_its_own():
    cube = market([(1, "a", "x", 1, 1, 0), (2, "a", "x", 1, 1, 0), (2, "a", "y", 1, 1, 0), (2, "b", "y", 1, 1, 0)])
    result = cube.view(by=["channel"], measures=["products"]).slice(year=2).why(against={"year": 1})
    assert result.facts["change"] == 1
    assert result.table[["kind", "change"]].values.tolist() == [["member", 2], ["member", 0], ["overlap", -1]]
    assert "cube.why_overlap" in [n.code for n in result.notes]


def test_a_formulas_own_decimals_stay_exact():
    # net = 5.00 - 0.5 * 4.99 = 2.505 and then 7.00 - 0.5 * 6.90 = 3.55: two decimals more than the columns' sums need
    cube = market([(2019, "a", "x", 3, 5.0, 0.01), (2020, "a", "x", 7, 7.0, 0.1)])
    result = cube.view(measures=["net"]).slice(year=2020).why(against={"year": 2019}, over=["product"])
    assert (result.facts["before"], result.facts["after"], result.facts["change"]) == (2.505, 3.55, 1.045)
    effects = result.table[result.table["kind"] == "effect"].set_index("member")["change"]
    assert sum(exact(x) for x in effects) == Fraction("1.045")


line = st.tuples(
    st.sampled_from([2019, 2020]),
    st.sampled_from(["a", "b", "c", None]),
    st.sampled_from(["x", "y", None]),
    st.integers(-3, 9),
    st.integers(-200, 900).map(lambda c: c / 100),
    st.integers(0, 500).map(lambda c: c / 100),
)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(line, min_size=1, max_size=16), st.sampled_from(["revenue", "margin", "net", "quantity"]))
def test_members_and_effects_sum_exactly_to_the_change(rows, measure):
    cube = market([*rows, (2019, "a", "x", 1, 1.0, 0.5), (2020, "b", "y", 1, 1.0, 0.5)])
    result = cube.view(measures=[measure]).slice(year=2020).why(against={"year": 2019}, over=["product", "channel"])
    change = exact(result.facts["change"])
    assert exact(result.facts["after"]) - exact(result.facts["before"]) == change
    for level in ("product", "channel"):
        members = result.table[(result.table["level"] == level) & (result.table["kind"] == "member")]
        assert sum(exact(x) for x in members["change"]) == change
    effects = result.table[result.table["kind"] == "effect"]["change"]
    if measure == "quantity":
        assert effects.empty
    else:
        assert sum(exact(x) for x in effects) == change


def exact(x) -> Fraction:
    """A number of at most four decimal places, as it was before floating point."""
    return Fraction(round(float(x) * 10_000), 10_000)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(line, min_size=1, max_size=16), st.sampled_from(["margin_share", "mean_amount"]))
def test_mix_and_rate_sum_to_the_change(rows, measure):
    cube = market([*rows, (2019, "a", "x", 1, 100.0, 0.5), (2020, "b", "y", 1, 100.0, 0.5)])
    result = cube.view(measures=[measure]).slice(year=2020).why(against={"year": 2019}, over=["product", "channel"])
    for level in ("product", "channel"):
        members = result.table[result.table["level"] == level]
        assert sum(members["mix"]) + sum(members["rate"]) == pytest.approx(result.facts["change"], abs=1e-9)
        assert result.facts[f"mix_{level}"] + result.facts[f"rate_{level}"] == pytest.approx(
            result.facts["change"], abs=1e-9
        )


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda c: c.view().slice(year=2019).why({"year": 2019}), "cube.same_scope"),
        (lambda c: c.view().slice(year=2020).why({"year": 2019}, over="yaer"), "cube.unknown_level"),
        (
            lambda c: c.view(measures=["margin_share"]).slice(year=2019, channel="y").why({"year": 2020}),
            "cube.nothing_to_compare",
        ),
    ],
)
def test_what_cannot_be_explained(ask, code):
    cube = market([(2019, "a", "x", 1, 1, 0), (2020, "a", "y", 1, 1, 0)])
    with pytest.raises(UserError) as error:
        ask(cube)
    assert error.value.code == code
    assert error.value.render("id")
    assert error.value.render("en")


def test_a_ratio_to_a_distinct_count_says_what_stands_under_several_members():
    sales = {
        "year": [1, 1, 1, 2, 2],
        "order": ["a", "a", "b", "c", "c"],
        "product": ["x", "y", "x", "x", "y"],
        "amount": [10, 20, 30, 50, 70],
    }
    cube = Cube(
        Star([Fact("s", sales, keys={}, attributes=("year", "product"))]),
        [
            Measure.sum("revenue", "s", "amount"),
            Measure.count_distinct("orders", "s", "order"),
            Measure.ratio("order_value", "revenue", "orders", unit="money"),
        ],
    )
    found = cube.view(measures=["order_value"]).slice(year=2).why({"year": 1}, over="product")
    # before 60 / 2, after 120 / 1; order a and order c hold both products
    assert found.table["change"].sum() == found.facts["change"] == 90
    assert list(found.table["kind"]) == ["member", "member", "overlap"]
    assert [note.code for note in found.notes] == ["cube.why_overlap"]


def test_a_side_without_any_facts_is_told():
    """Product a was not sold before 2020: its whole value must not pass for a rise without a word."""
    cube = market([(2019, "b", "x", 1, 10, 0), (2020, "a", "x", 2, 30, 0), (2020, "b", "x", 1, 12, 0)])
    codes = [n.code for n in cube.view(measures=["revenue"]).slice(year=2020, product="a").why({"year": 2019}).notes]
    assert "cube.why_no_before" in codes
    assert "cube.why_no_after" not in codes
    assert not [n for n in cube.view(measures=["revenue"]).slice(year=2020).why({"year": 2019}).notes
                if n.code.startswith("cube.why_no_")]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "revenue", "share"),
    [
        ("id", "Rp1.000 menjadi Rp3.500: Rp2.500.", "20,0% menjadi 30,0%: 10 poin."),
        ("en", "Rp1,000 to Rp3,500: Rp2,500.", "20.0% to 30.0%: 10 points."),
    ],
)
def test_the_sentence_writes_money_as_money_and_a_share_in_points(lang, revenue, share):
    sales = {"year": [1, 2], "amount": [1000, 3500], "margin": [200, 1050]}
    measures = [
        Measure.sum("revenue", "s", "amount", unit="money"),
        Measure.sum("margin", "s", "margin"),
        Measure.ratio("margin_share", "margin", "revenue"),
    ]
    cube = Cube(Star([Fact("s", sales, keys={}, attributes=("year",))]), measures)
    for measure, said in (("revenue", revenue), ("margin_share", share)):
        told = cube.view(measures=[measure]).slice(year=2).why({"year": 1}, over=[])
        assert told.explain(lang, "short").endswith(said)
