"""The lifecycle as a chain: the worked example, small chains by hand, counts from a table, what a change is worth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crmlab.analytics import retention
from crmlab.errors import UserError

NAMES = ["suspect", "prospect", "first_purchase", "repeat_customer", "advocate", "lost_customer"]
WORKED = [
    [0.70, 0.20, 0.00, 0.00, 0.00, 0.10],
    [0.00, 0.60, 0.25, 0.00, 0.00, 0.15],
    [0.00, 0.00, 0.50, 0.30, 0.00, 0.20],
    [0.00, 0.00, 0.00, 0.75, 0.15, 0.10],
    [0.00, 0.00, 0.00, 0.00, 0.95, 0.05],
    [0.00, 0.00, 0.00, 0.00, 0.00, 1.00],
]
START = [1000, 300, 200, 150, 40, 0]


def test_the_worked_example():
    found = retention.chain(WORKED, states=NAMES, start=START)
    rows = found.table.set_index("state")
    assert [*rows["customers_next"].round(6), found.facts["lost_next"]] == [
        700,
        380,
        175,
        172.5,
        60.5,
        pytest.approx(202),
    ]
    assert found.facts["total_next"] == pytest.approx(1690)
    assert rows.loc["repeat_customer", "expected_months"] == pytest.approx(16)
    assert rows.loc["advocate", "expected_months"] == pytest.approx(20)


def test_two_states_by_hand():
    """N = 1/det [[1-d, b], [c, 1-a]] with Q = [[a, b], [c, d]] = [[.5, .3], [.2, .6]]: det = .2 - .06 = .14."""
    P = [[0.5, 0.3, 0.1, 0.1], [0.2, 0.6, 0.0, 0.2], [0, 0, 1, 0], [0, 0, 0, 1]]
    found = retention.chain(P, states=["a", "b", "sold", "closed"])
    N = retention.fundamental(found)
    assert N.to_numpy() == pytest.approx(np.array([[0.4, 0.3], [0.2, 0.5]]) / 0.14)
    assert found.table["expected_months"].tolist() == pytest.approx([5, 5])
    # absorbed: B = N R = [[.4 * .1, .4 * .1 + .3 * .2], ...] / .14
    assert found.table["ends_in_sold"].tolist() == pytest.approx([0.04 / 0.14, 0.02 / 0.14])
    assert (found.table["ends_in_sold"] + found.table["ends_in_closed"]).tolist() == pytest.approx([1, 1])


@given(st.integers(2, 6), st.integers(0, 10_000))
def test_as_numpy_sums_it(k, seed):
    rng = np.random.default_rng(seed)
    P = np.vstack([rng.dirichlet(np.ones(k + 1), k), np.eye(k + 1)[-1]])
    found = retention.chain(P, states=[f"s{i}" for i in range(k)] + ["gone"])
    # the months to loss are the months that one is still there, summed over all months to come
    alive, total = np.eye(k), np.zeros(k)
    for _ in range(4000):
        total += alive.sum(axis=1)
        alive = alive @ P[:k, :k]
    assert found.table["expected_months"].to_numpy() == pytest.approx(total, rel=1e-6)
    at_12 = np.linalg.matrix_power(P, 12)[:k, -1]
    assert found.table["lost_in_12_share"].to_numpy() == pytest.approx(at_12)


def test_what_a_change_is_worth():
    found = retention.chain(WORKED, states=NAMES, start=START, worth={"repeat_customer": 100, "advocate": 200})
    change = retention.change_transition(found, origin="repeat_customer", to="advocate", by=0.05)
    rows = change.table.set_index("state")
    # by hand: repeat stays 1 / .25 = 4 months, then .20 / .25 of them are advocates for 20 months: 4 + 16 = 20
    assert rows.loc["repeat_customer", ["months_before", "months_after"]].tolist() == pytest.approx([16, 20])
    assert rows.loc["advocate", "months_change"] == pytest.approx(0)
    gain = (rows["months_change"] * START[:5]).sum()
    assert change.facts["months_gained"] == pytest.approx(gain)
    # worth: 4 more months as an advocate for everyone who becomes a repeat customer
    reach = retention.fundamental(found)["repeat_customer"] / 4
    assert change.facts["worth_gained"] == pytest.approx((reach * START[:5]).sum() * 4 * 200)
    assert retention.change_transition(found, origin="advocate", to="advocate", by=0.0).facts["months_gained"] == 0


def test_the_best_lever_is_the_largest_change():
    found = retention.chain(WORKED, states=NAMES, start=START)
    best = retention.levers(found)
    each = {(r.from_state, r.to_state): r.months_gained for r in best.table.itertuples()}
    assert list(each.values()) == sorted(each.values(), reverse=True)
    for (origin, to), gained in each.items():
        alone = retention.change_transition(found, origin=origin, to=to, by=0.01)
        assert alone.facts["months_gained"] == pytest.approx(gained)


def states(*rows):
    return pd.DataFrame(rows, columns=["customer_id", "month", "state"])


def test_transitions_pair_only_months_that_follow():
    table = states(
        (1, "2020-01", "first_purchase"), (1, "2020-02", "repeat_customer"), (1, "2020-03", "repeat_customer"),
        (2, "2020-01", "first_purchase"), (2, "2020-03", "lost_customer"),
        (3, "2020-02", "first_purchase"), (3, "2020-03", "lost_customer"),
    )  # fmt: skip
    found = retention.transitions(table)
    counts = found.table.set_index(["from_state", "to_state"])["n"]
    assert counts.sum() == 3
    assert counts["first_purchase", "repeat_customer"] == 1 and counts["first_purchase", "lost_customer"] == 1
    assert [n.code for n in found.notes] == ["retention.note.month_gaps"]
    assert found.params["now"] == {"first_purchase": 0, "repeat_customer": 1, "lost_customer": 2}


def test_who_came_back_from_the_end_is_told():
    table = states((1, "2020-01", "lost_customer"), (1, "2020-02", "repeat_customer"), (1, "2020-03", "lost_customer"))
    found = retention.transitions(table)
    assert found.facts["came_back"] == 1
    assert "retention.note.came_back" in [n.code for n in found.notes]
    assert retention.chain(found).table["expected_months"].tolist() == [1.0]


@pytest.fixture(scope="module")
def monthly(clean, sales):
    return retention.lifecycle_states(
        sales, as_of="2020-12-31", customers=clean["customers"], answers=clean["relationship_surveys"]
    )


def test_states_of_pt_xyz_by_pandas(monthly, clean, sales):
    """One month, state by state, in plain pandas."""
    until = pd.Timestamp("2018-06-30")
    done = sales[
        (sales["status"] != "cancelled") & (sales["ordered_at"].dt.normalize() <= until) & (sales["amount"] > 0)
    ]
    bought = done.groupby("customer_id").agg(orders=("order_id", "nunique"), latest=("ordered_at", "max"))
    people = clean["customers"].drop_duplicates("customer_id").set_index("customer_id")
    people = people[people["registered_on"] <= until].join(bought)
    answers = clean["relationship_surveys"]
    latest = answers[answers["asked_on"] <= until].sort_values("asked_on").groupby("customer_id")["nps"].last()
    quiet = (until - people["latest"].fillna(people["registered_on"]).dt.normalize()).dt.days
    wanted = pd.Series("prospect", index=people.index)
    wanted[people["orders"] >= 1] = "first_purchase"
    wanted[people["orders"] >= 2] = "repeat_customer"
    wanted[(people["orders"] >= 2) & (latest.reindex(people.index) >= 9)] = "advocate"
    wanted[(quiet >= 365) | (people["closed_on"] <= until)] = "lost_customer"
    found = monthly[monthly["month"] == "2018-06"].set_index("customer_id")["state"].astype(str)
    assert found.sort_index().to_dict() == wanted.sort_index().to_dict()


DAY = pd.Timestamp("2019-01-01")
customer, day = st.integers(1, 5), st.integers(0, 800)
ordered = st.lists(st.tuples(customer, day, st.integers(-4, 9)), min_size=1, max_size=30)
joined = st.lists(st.tuples(customer, day, st.one_of(st.none(), st.integers(0, 300))), max_size=6)
answered = st.lists(st.tuples(customer, day, st.integers(0, 10)), max_size=8)


@settings(max_examples=12)
@given(ordered, joined, answered, st.booleans())
@example([(1, 0, 1)], [(1, 0, 0)], [], False)  # closed on the first day: nobody is left who could be lost
def test_states_and_counts_equal_a_loop_over_every_customer_and_month(orders, people, answers, late):
    """By hand: for every month's end, what had been bought, closed and answered by then."""
    sold = pd.DataFrame(orders, columns=["customer_id", "ordered_at", "amount"]).assign(order_id=range(len(orders)))
    told = pd.DataFrame(answers, columns=["customer_id", "asked_on", "nps"])
    known = pd.DataFrame(people, columns=["customer_id", "registered_on", "stayed"])
    for frame, column in ((sold, "ordered_at"), (told, "asked_on"), (known, "registered_on")):
        frame[column] = DAY + pd.to_timedelta(frame[column], unit="D")
    known["closed_on"] = known["registered_on"] + pd.to_timedelta(known["stayed"].astype("Float64"), unit="D")
    told = told.drop_duplicates(["customer_id", "asked_on"], keep="last")
    asked = {"as_of": "2021-02-10", "since": "2019-08-01" if late else None}
    asked |= {"customers": known if people else None, "answers": told if answers else None}
    try:
        found = retention.lifecycle_states(sold, **asked)
    except UserError as none:
        assert none.code == "retention.empty"  # nothing but returns
        return
    paid = sold.groupby(["customer_id", "ordered_at"])["amount"].sum()
    bought = paid[paid > 0].reset_index()[["customer_id", "ordered_at"]].merge(sold)
    first = pd.Timestamp("2019-08-01") if late else paid.reset_index()["ordered_at"].min()
    wanted = []
    for who in sorted({*bought["customer_id"], *known["customer_id"]}):
        own, contracts = bought[bought["customer_id"] == who], known[known["customer_id"] == who]
        since = min([*own["ordered_at"], *contracts["registered_on"]])
        for month in pd.period_range(first, "2021-01", freq="M"):
            end = month.end_time.normalize()
            if end < since:
                continue
            before = own[own["ordered_at"] <= end]
            latest = before["ordered_at"].max() if len(before) else since
            closed = len(contracts) and contracts["closed_on"].notna().all() and contracts["closed_on"].max() <= end
            nps = told[(told["customer_id"] == who) & (told["asked_on"] <= end)].sort_values("asked_on")["nps"]
            if closed or (end - latest).days >= 365:
                state = "lost_customer"
            elif before["order_id"].nunique() >= 2:
                state = "advocate" if len(nps) and nps.iloc[-1] >= 9 else "repeat_customer"
            else:
                state = "first_purchase" if len(before) else "prospect"
            wanted.append((who, str(month), state))
    assert list(found.astype({"month": str, "state": str}).itertuples(index=False, name=None)) == wanted
    try:
        counted = retention.lifecycle_transitions(sold, **asked)
    except UserError as none:
        assert none.code == "retention.no_pairs"
        return
    paired = retention.transitions(found)
    pd.testing.assert_frame_equal(counted.table, paired.table)
    assert counted.params == paired.params and counted.facts == paired.facts and counted.notes == paired.notes


def test_a_customer_with_a_contract_that_goes_on_is_not_lost():
    sold = pd.DataFrame({"customer_id": [1], "ordered_at": pd.to_datetime(["2020-01-05"]), "amount": [5]})
    people = pd.DataFrame({"customer_id": [1, 1], "registered_on": ["2019-12-01", "2020-02-01"]})
    people["closed_on"] = ["2020-02-01", None]
    found = retention.lifecycle_states(sold, as_of="2020-03-31", customers=people)
    assert found["state"].tolist() == ["first_purchase"] * 3


def test_rules_can_be_changed(sales):
    rules = retention.stage_rules()
    rules.loc[rules["quiet_days_from"].notna(), "quiet_days_from"] = 90
    short = retention.lifecycle_states(sales, as_of="2020-12-31", rules=rules)
    long = retention.lifecycle_states(sales, as_of="2020-12-31")
    lost = [(table["state"] == "lost_customer").mean() for table in (short, long)]
    assert lost[0] > lost[1] + 0.1


def test_the_chain_of_pt_xyz_has_intervals(monthly):
    found = retention.chain(retention.transitions(monthly))
    rows = found.table
    assert (rows["expected_months_low"] < rows["expected_months"]).all()
    assert (rows["expected_months"] < rows["expected_months_high"]).all()
    assert found.facts["kept_next"] < found.facts["total_start"]


def test_refused(sales):
    ok = retention.chain(WORKED, states=NAMES)
    table = states((1, "2020-01", "a"), (1, "2020-01", "b"))
    cases = {
        "retention.rows_not_one": lambda: retention.chain([[0.5, 0.4], [0, 1]], states=["a", "b"]),
        "retention.never_lost": lambda: retention.chain(
            [[1, 0, 0], [0, 0.5, 0.5], [0, 0, 1]], states=list("abc"), absorbing=["c"]
        ),
        "retention.bad_share": lambda: retention.chain([[1.5, -0.5], [0, 1]], states=["a", "b"]),
        "retention.not_square": lambda: retention.chain([[0.5, 0.5]], states=["a"]),
        "retention.unknown_state": lambda: retention.chain(WORKED, states=NAMES, worth={"advocat": 1}),
        "retention.no_start": lambda: retention.levers(ok),
        "retention.too_much": lambda: retention.change_transition(ok, origin="advocate", to="advocate", by=0.2),
        "retention.no_change": lambda: retention.change_transition(ok, origin="lost_customer", to="advocate", by=0.1),
        "retention.two_states": lambda: retention.transitions(table),
        "retention.no_pairs": lambda: retention.transitions(states((1, "2020-01", "a"))),
        "retention.no_rule": lambda: retention.lifecycle_states(
            sales, as_of="2020-12-31", rules=[{"state": "buyer", "orders_from": 3}]
        ),
        "retention.unknown_rule": lambda: retention.lifecycle_states(
            sales, as_of="2020-12-31", rules=[{"state": "buyer", "order_from": 3}]
        ),
        "retention.bad_rule": lambda: retention.lifecycle_states(
            sales, as_of="2020-12-31", rules=[{"state": "buyer", "orders_from": "many); DROP TABLE days"}]
        ),
    }
    for code, call in cases.items():
        with pytest.raises(UserError) as caught:
            call()
        assert caught.value.code == code
        assert caught.value.render("id") != caught.value.render("en")
