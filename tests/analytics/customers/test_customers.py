"""One customer from all sides, amounts unlike the rest, what may leave the house: on tables a reader adds by hand."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import crmlab as crm
from crmlab import customers, labels
from crmlab.errors import UserError

DAY = "2024-03-31"
TABLES = {
    "customers": pd.DataFrame({"customer_id": [7, 8], "name": ["Budi", "Ani"], "city": ["Depok", "Bogor"]}),
    "sales": pd.DataFrame(
        {"customer_id": [7, 7, 8, 7], "order_id": list("abcd"), "amount": [120, 80, 50, 500],
         "ordered_at": ["2024-01-05", "2024-03-01", "2024-03-02", "2024-04-02"]}
    ),
    "returns": pd.DataFrame({"order_id": ["b", "c"], "returned_on": ["2024-03-09", "2024-03-10"], "amount": [20, 5]}),
    "interactions": pd.DataFrame(
        {"customer_id": [7] * 12, "occurred_at": pd.date_range("2024-02-01", periods=12), "touchpoint": "call"}
    ),
    "complaints": pd.DataFrame(
        {"customer_id": [7, 7], "complained_at": ["2024-03-05", "2024-03-20"],
         "resolved_at": ["2024-03-06", "2024-04-20"], "category": ["late", "broken"]}
    ),
    "answers": pd.DataFrame({"customer_id": [7, 7], "answered_on": ["2024-01-09", "2024-03-02"], "nps": [9, 6]}),
    "consents": pd.DataFrame(
        {"customer_id": [7] * 3, "recorded_at": ["2024-01-01", "2024-02-01", "2024-01-01"],
         "action": ["granted", "withdrawn", "granted"], "purpose": "marketing",
         "channel": ["email", "email", "whatsapp"]}
    ),
    "value": pd.DataFrame({"customer_id": [7], "value": [300.0], "value_low": [100.0], "value_high": [500.0]}),
}  # fmt: skip


def code_of(what, *given_args, **named) -> str:
    with pytest.raises(UserError) as caught:
        what(*given_args, **named)
    for lang in labels.LANGUAGES:
        assert caught.value.render(lang)
    return caught.value.code


def test_a_card_equals_the_ledger():
    """Akbar (2021), 2.2, a holistic view: orders of 120 and 80, a return of 20: 180."""
    facts = customers.card(TABLES, 7, as_of=DAY).facts
    assert (facts["bought"], facts["returned"], facts["net"], facts["orders"]) == (200.0, 20.0, 180.0, 2)
    assert facts["recency_days"] == 30
    assert facts["nps"] == 6
    assert facts["open_complaints"] == 1  # settled in April: open on the day
    assert facts["consents"] == ("marketing: whatsapp",)  # the e-mail's was withdrawn
    assert (facts["value"], facts["value_low"]) == (300.0, 100.0)
    assert facts["profile"] == {"city": "Depok"}  # no name


def test_a_card_shows_the_last_ten_and_knows_them_all():
    told = customers.card(TABLES, 7, as_of=DAY)
    assert len(told.table) == 10
    assert told.table["happened_at"].is_monotonic_decreasing
    assert told.facts["events"] == 2 + 1 + 12 + 2 + 2
    assert (told.table["happened_at"] <= pd.Timestamp(DAY)).all()


def test_who_was_merged_is_answered_by_who_survived():
    merged = pd.DataFrame({"customer_id": [9, 6], "survivor_id": [6, 7]})
    told = customers.card(TABLES | {"merged": merged}, 9, as_of=DAY)
    assert (told.facts["customer_id"], told.facts["asked_for"]) == (7, 9)
    assert [n.code for n in told.notes] == ["customers.note.merged"]
    booked = pd.DataFrame(
        {"customer_id": [9, 6], "order_id": ["x", "y"], "amount": [30, 7], "ordered_at": "2024-02-02"}
    )
    sales = pd.concat([TABLES["sales"], booked])
    one = pd.DataFrame({"order_id": ["x"], "returned_on": ["2024-02-09"], "amount": [10]})
    back = pd.concat([TABLES["returns"], one])
    for asked in (7, 9, 6):  # what was booked under the old numbers is this customer's too
        own = customers.card(TABLES | {"merged": merged, "sales": sales, "returns": back}, asked, as_of=DAY).facts
        assert (own["orders"], own["bought"], own["returned"], own["net"]) == (4, 237, 30, 207)
    circle = pd.DataFrame({"customer_id": [9, 6], "survivor_id": [6, 9]})
    assert code_of(customers.card, TABLES | {"merged": circle}, 9, as_of=DAY) == "customers.merge_circle"


def test_what_has_no_table_is_not_known_rather_than_none():
    told = customers.card({"sales": TABLES["sales"]}, 7, as_of=DAY)
    assert (told.facts["open_complaints"], told.facts["returned"], told.facts["consents"]) == (None, None, None)
    assert told.notes[0].values["which"] == ["returns", "interactions", "complaints", "answers", "consents"]


def test_every_card_of_the_shop_adds_up_to_its_sales():
    t = crm.datasets.load_retail("S", layer="clean").tables
    sales = t["sales"].rename(columns={"total": "amount"})
    sales = sales[sales["status"] == "completed"]
    some = sales["customer_id"].drop_duplicates().head(25)
    cards = {c: customers.card({"sales": sales, "returns": t["returns"]}, c, as_of="2020-12-31").facts for c in some}
    assert sum(f["bought"] for f in cards.values()) == sales.loc[sales["customer_id"].isin(some), "amount"].sum()


def test_the_unusual_value_of_the_book():
    """Akbar (2021), 2.2, abnormal transactions; 0.6745 (x - median) / MAD by Iglewicz and Hoaglin."""
    told = customers.unusual(pd.DataFrame({"amount": [10, 11, 9, 10, 12, 95]}))
    assert (told.facts["median"], told.facts["mad"], told.facts["flagged"]) == (10.5, 1.0, 1)
    assert told.table["z"].iloc[0] == pytest.approx(0.6745 * 84.5)
    assert told.table["row"].tolist() == [5]
    rest = customers.unusual(pd.DataFrame({"amount": [10, 11, 9, 10, 12, 95]}), cut=0.1).table
    assert rest.loc[rest["row"] != 5, "z"].abs().max() < 1.1


def test_a_mean_distance_takes_the_place_of_a_mad_of_nought():
    table = pd.DataFrame({"amount": [5, 5, 5, 5, 5, 5, 6, 20]})
    told = customers.unusual(table)
    assert told.facts["mad"] == 0
    assert told.table["z"].iloc[0] == pytest.approx(15 / (1.253314 * 2.0))
    alike = customers.unusual(pd.DataFrame({"amount": [5] * 8}))
    assert (alike.facts["flagged"], alike.facts["not_judged"]) == (0, 8)


def test_a_slip_of_three_noughts_is_called_by_its_name():
    table = pd.DataFrame({"amount": [15_000, 16_000, 14_000, 15_500, 14_500, 15_000_000, 90_000]})
    told = customers.unusual(table).table.set_index("row")["finding"]
    assert told.to_dict() == {5: "thousandfold", 6: "high"}


def test_a_price_is_judged_against_its_own_product():
    table = pd.DataFrame({"product": ["a"] * 6 + ["b"] * 6, "amount": [1, 2, 1, 2, 1, 2, 90, 100, 110, 95, 105, 9]})
    assert 11 not in set(customers.unusual(table).table["row"])  # in one heap a cheap day of the dear one is nothing
    told = customers.unusual(table, by="product")
    assert told.table[["row", "finding"]].values.tolist() == [[11, "low"]]


@given(st.lists(st.integers(-1000, 1000), min_size=5, max_size=30), st.floats(0.1, 50), st.floats(-500, 500))
def test_another_unit_or_a_shift_flags_the_same(values, times, shift):
    first = customers.unusual(pd.DataFrame({"amount": [float(v) for v in values]}))
    again = customers.unusual(pd.DataFrame({"amount": [v * times + shift for v in values]}))
    near = abs(first.table["z"].abs() - 3.5).min() if len(first.table) else 1
    if near > 1e-6:
        assert set(again.table["row"]) >= set(first.table.loc[first.table["z"].abs() > 3.5 + 1e-6, "row"])


def test_small_groups_stay_in_the_house():
    """Akbar (2021), 1.3, collaborative CRM: sizes 4, 3, 2, 1 and k = 3 hide 3 of 10 rows."""
    table = pd.DataFrame(
        {"category": list("aaaabbbccd"), "amount": [1.0] * 10, "customer_id": [1, 1, 1, 1, 2, 3, 4, 5, 6, 7]}
    )
    told = customers.share_pack(table, by=["category"], sums=["amount"])
    assert (told.facts["hidden_rows"], told.facts["hidden_share"]) == (3, 0.3)
    people = customers.share_pack(table, by=["category"], sums=["amount"], person="customer_id")
    assert people.table["category"].tolist() == ["b"]  # four rows of a are one person's
    assert "customer_id" not in people.table


def test_a_lead_who_skips_a_stage_counts_by_two_definitions():
    """Akbar (2021), 1.3, stages of selling: from lead to customer, past the opportunity; strict and any-stage."""
    met = ["lead", "customer", "lead", "opportunity", "customer"]
    days = ["2024-01-01", "2024-01-05", "2024-01-01", "2024-01-02", "2024-01-03"]
    events = pd.DataFrame({"person_id": list("xxyyy"), "touchpoint": met, "occurred_at": pd.to_datetime(days)})
    log = crm.journeys.event_log(events, as_of="2024-02-01")
    steps = ["lead", "opportunity", "customer"]
    strict = crm.journeys.funnel_through_all(log, steps).table["cases"].tolist()
    anywhere = crm.journeys.funnel_any(log, steps).table["cases"].tolist()
    assert (strict, anywhere) == ([2, 1, 1], [2, 1, 2])


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: customers.card(TABLES, 99, as_of=DAY), "customers.not_found"),
        (lambda: customers.card({"sale": TABLES["sales"]}, 7, as_of=DAY), "customers.unknown_table"),
        (lambda: customers.card({}, 7, as_of=DAY), "customers.no_sales"),
        (lambda: customers.card(TABLES, 7, as_of=DAY, last=0), "customers.bad_last"),
        (lambda: customers.card(TABLES, 7, as_of="soon"), "frames.bad_day"),
        (lambda: customers.unusual(pd.DataFrame({"amount": list("abcde")})), "customers.no_numbers"),
        (lambda: customers.unusual(pd.DataFrame({"amount": [1, 2, 3]})), "customers.too_few_values"),
        (lambda: customers.unusual(pd.DataFrame({"amount": range(9)}), cut=0), "customers.bad_cut"),
        (lambda: customers.share_pack(pd.DataFrame({"phone": ["0812-3456-7890"] * 4}), by=["phone"]),
         "customers.personal_group"),
        (lambda: customers.share_pack(pd.DataFrame({"city": ["a"]}), by=["city"], least=1), "customers.bad_least"),
        (lambda: customers.share_pack(pd.DataFrame({"city": ["a"]}), by=["town"]), "frames.missing_column"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused(make, code):
    assert code_of(make) == code


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_answer_explains_itself_and_has_a_figure(lang):
    pack = pd.DataFrame({"category": list("aaaabbbccd"), "amount": [1.0] * 10})
    for told in (
        customers.card(TABLES, 7, as_of=dt.date(2024, 3, 31)),
        customers.unusual(pd.DataFrame({"amount": [10, 11, 9, 10, 12, 95]})),
        customers.share_pack(pack, by=["category"]),
    ):
        for depth in ("short", "method", "reference"):
            assert "{" not in told.explain(lang, depth)
        assert told.figure(lang).data
