"""In doubt it is a no: the ledger, the audit of what was sent, and the gate before every list."""

from __future__ import annotations

import csv
import pickle
import random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlab.errors import UserError
from crmlab.privacy import ConsentLedger, Suppression, audit, campaign_list

PURPOSE, CHANNEL = "marketing", "email"


def event(customer, action, at, **more):
    return {"customer_id": customer, "purpose": PURPOSE, "channel": CHANNEL, "action": action, "at": at, **more}


def ledger(*events, timezone="WIB"):
    return ConsentLedger(list(events), timezone=timezone)


def state(book, customer, at):
    return book.state([customer], PURPOSE, CHANNEL, at).iloc[0]


def test_granted_in_january_withdrawn_in_february():
    book = ledger(event(1, "give", "2020-01-01"), event(1, "withdraw", "2020-02-05"))
    assert book.allowed([1], PURPOSE, CHANNEL, "2020-02-04").tolist() == [True]
    assert book.allowed([1], PURPOSE, CHANNEL, "2020-02-06").tolist() == [False]
    assert state(book, 1, "2020-02-06") == "withdrawn"
    assert state(book, 1, "2019-12-31") == "no_record", "nobody consents before he does"


def test_no_record_is_a_no_and_so_is_another_purpose_or_channel():
    book = ledger(event(1, "give", "2020-01-01"))
    assert state(book, 2, "2020-02-01") == "no_record"
    assert not book.allowed([1], "research", CHANNEL, "2020-02-01").any()
    assert not book.allowed([1], PURPOSE, "whatsapp", "2020-02-01").any()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_tie_is_a_no(order):
    both = [event(1, "give", "2020-01-01 10:00:00.2"), event(1, "withdraw", "2020-01-01 10:00:00.1")]
    assert state(ledger(*(both[i] for i in order)), 1, "2020-02-01") == "tie"


def test_consent_expires_at_its_moment():
    book = ledger(event(1, "give", "2020-01-01", expires_at="2020-07-01"))
    assert state(book, 1, "2020-06-30 23:59:59") == "allowed"
    assert state(book, 1, "2020-07-01") == "expired"
    renewed = book.add([event(1, "give", "2020-06-01", expires_at="2021-01-01")])
    assert state(renewed, 1, "2020-07-01") == "allowed"
    assert state(book, 1, "2020-07-01") == "expired", "the old ledger stays as it was"


def test_all_stands_for_every_channel():
    book = ledger(event(1, "give", "2020-01-01"), {**event(1, "withdraw", "2020-02-01"), "channel": "all"})
    assert state(book, 1, "2020-02-02") == "withdrawn"


def test_time_zones_decide_what_was_first():
    late_in_jayapura = event(1, "withdraw", "2020-02-05T23:30:00+09:00")  # 21:30 in Jakarta
    book = ledger(event(1, "give", "2020-02-05T22:00:00+07:00"), late_in_jayapura, timezone=None)
    assert book.allowed([1], PURPOSE, CHANNEL, "2020-02-06T00:00:00+07:00").tolist() == [True]
    with pytest.raises(UserError, match="time zone"):
        ledger(event(1, "give", "2020-02-05"), timezone=None)
    with pytest.raises(UserError, match="time zone"):
        book.allowed([1], PURPOSE, CHANNEL, "2020-02-06")
    with pytest.raises(UserError, match="WIB"):
        ledger(event(1, "give", "2020-02-05"), timezone="WIBB")


def test_what_cannot_be_read_blocks_its_customer_and_is_counted():
    book = ledger(
        event(1, "give", "2020-01-01"),
        event(1, "withdraw", "soon"),
        event(2, "give", "2020-01-01"),
        event(3, "allow", "2020-01-01"),
        event(2, "give", None),
    )
    assert book.state([1, 2, 3], PURPOSE, CHANNEL, "2020-02-01").tolist() == ["unreadable"] * 3
    assert len(book) == 2
    assert len(book.unreadable) == 3
    summary = book.summary([1, 2, 3, 4], PURPOSE, CHANNEL, "2020-02-01")
    assert summary.facts["unreadable"] == 3
    assert summary.source.rows_refused == 3
    assert "3 consent events" in summary.notes[0].render("en")
    more = book.add([event(4, "give", "2020-01-01")])
    assert len(more.unreadable) == 3, "they are not forgotten"


def test_an_empty_ledger_allows_nobody():
    book = ConsentLedger([], timezone="WIB")
    assert book.allowed([1, 2], PURPOSE, CHANNEL, "2020-01-01").tolist() == [False, False]
    assert book.allowed([], PURPOSE, CHANNEL, "2020-01-01").tolist() == []


EVENTS = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from(["give", "withdraw"]), st.integers(0, 10**6), st.integers(-1, 50)),
    max_size=25,
    unique_by=lambda e: e[2],
)


@given(EVENTS, st.randoms(use_true_random=False), st.integers(0, 10**6))
def test_the_order_in_which_events_arrive_does_not_matter(drawn, rng, asked):
    start = pd.Timestamp("2020-01-01")

    def made(rows):
        return [
            event(c, a, start + pd.Timedelta(seconds=s), expires_at=start + pd.Timedelta(days=d) if d >= 0 else None)
            for c, a, s, d in rows
        ]

    shuffled = list(drawn)
    rng.shuffle(shuffled)
    at = start + pd.Timedelta(seconds=asked)
    people = [1, 2, 3, 4]
    one, two = ledger(*made(drawn)), ledger(*made(shuffled))
    assert one.state(people, PURPOSE, CHANNEL, at).tolist() == two.state(people, PURPOSE, CHANNEL, at).tolist()
    # the plain rule, by hand
    for person in people:
        mine = [e for e in drawn if e[0] == person and e[2] <= asked]
        last = max(mine, key=lambda e: e[2], default=None)
        fine = bool(last) and last[1] == "give" and (last[3] < 0 or start + pd.Timedelta(days=last[3]) > at)
        assert one.allowed([person], PURPOSE, CHANNEL, at).iloc[0] == fine


def test_the_audit_finds_what_the_ledger_forbids_at_that_moment():
    book = ledger(
        event(1, "give", "2020-01-01"),
        event(1, "withdraw", "2020-02-05"),
        event(2, "give", "2020-01-01", expires_at="2020-02-01"),
    )
    sends = pd.DataFrame(
        {
            "customer_id": [1, 1, 2, 2, 3, 1],
            "channel": ["email", "email", "email", "email", "email", "whatsapp"],
            "purpose": PURPOSE,
            "sent_at": ["2020-02-04", "2020-02-06", "2020-01-15", "2020-02-15", "2020-01-15", "2020-01-15"],
        },
        index=[10, 11, 12, 13, 14, 15],
    )
    found = audit(sends, book)
    assert found.table[["customer_id", "reason"]].values.tolist() == [
        [1, "withdrawn"],
        [2, "expired"],
        [3, "no_record"],
        [1, "no_record"],
    ]
    assert found.facts["sends"] == 6
    assert found.facts["breaches"] == 4
    again = audit(sends.drop(columns="purpose"), book, purpose=PURPOSE)
    assert again.table["reason"].tolist() == found.table["reason"].tolist()
    with pytest.raises(UserError, match="sent_at"):
        audit(sends.rename(columns={"sent_at": "when"}), book)


def test_a_table_as_companies_keep_it():
    kept = pd.DataFrame(
        {
            "customer_id": [1, 2, 2],
            "purpose": PURPOSE,
            "channel": pd.Categorical([CHANNEL] * 3),
            "action": pd.Categorical(["given", "given", "withdrawn"]),
            "recorded_at": pd.to_datetime(["2020-01-01", "2020-01-01", "2020-01-02"]),
        }
    )
    book = ConsentLedger(kept, at="recorded_at", timezone="WIB")
    assert book.allowed([1, 2], PURPOSE, CHANNEL, "2020-02-01").tolist() == [True, False]
    times = pd.to_datetime(["2020-02-01", None, "2020-02-01"])
    sends = pd.DataFrame({"customer_id": [1, 2, 2], "channel": CHANNEL, "sent_at": times})
    found = audit(sends, book, purpose=PURPOSE)
    assert (found.facts["sends"], found.facts["not_sent"], found.facts["breaches"]) == (2, 1, 1)


def test_the_audit_agrees_with_asking_one_by_one():
    rng = random.Random(7)
    events = [
        event(
            rng.randrange(30),
            rng.choice(["give", "withdraw"]),
            f"2020-01-{rng.randrange(1, 29):02d} 0{rng.randrange(9)}:00",
        )
        for _ in range(150)
    ]
    book = ledger(*events)
    sends = pd.DataFrame(
        {
            "customer_id": [rng.randrange(35) for _ in range(200)],
            "channel": CHANNEL,
            "sent_at": [f"2020-01-{rng.randrange(1, 29):02d} 05:00" for _ in range(200)],
        }
    )
    found = audit(sends, book, purpose=PURPOSE)
    slow = [
        not book.allowed([c], PURPOSE, CHANNEL, at).iloc[0]
        for c, at in zip(sends["customer_id"], sends["sent_at"], strict=True)
    ]
    assert found.facts["breaches"] == sum(slow)


# the gate ------------------------------------------------------------------------------------------------------------


def people(n):
    return pd.DataFrame(
        {
            "customer_id": range(1, n + 1),
            "name": [f"Orang {i}" for i in range(n)],
            "phone": [f"0812{i:08d}" for i in range(n)],
        }
    )


@pytest.fixture
def book():
    """620 of 1,000 consented; 40 of them withdrew."""
    gave = [event(i, "give", "2020-01-01") for i in range(1, 621)]
    return ledger(*gave, *(event(i, "withdraw", "2020-02-01") for i in range(1, 41)))


def chosen_of(book, **more):
    blacklisted = Suppression("blacklisted", range(31, 51))  # ten of them withdrew as well
    asked = {"purpose": PURPOSE, "channel": CHANNEL, "at": "2020-03-01", "ledger": book, "suppress": [blacklisted]}
    return campaign_list(people(1000), **{**asked, **more})


def test_620_less_40_less_10_is_570(book):
    chosen = chosen_of(book, include=lambda t: t["customer_id"] <= 620)
    assert chosen.table[["step", "left_out", "remaining"]].values.tolist() == [
        ["customers", 0, 1000],
        ["not_targeted", 380, 620],
        ["withdrawn", 40, 580],
        ["blacklisted", 10, 570],
    ]
    assert len(chosen) == chosen.facts["remaining"] == 570
    assert chosen.facts["overlaps"] == 10, "counted once, under the reason that comes first"
    assert len(chosen.people) == 570


def test_the_steps_always_add_up(book):
    rules = [Suppression("blacklisted", range(0, 300, 3)), Suppression("recently_contacted", range(0, 300, 2))]
    chosen = chosen_of(book, suppress=rules)
    table = chosen.table
    assert table["left_out"].sum() + chosen.facts["remaining"] == 1000
    assert (table["remaining"].shift(fill_value=1000) - table["left_out"] == table["remaining"]).all()
    swapped = chosen_of(book, suppress=rules[::-1])
    assert swapped.facts["remaining"] == chosen.facts["remaining"]


def test_the_list_is_masked_and_leaves_through_the_gate_only(book, tmp_path):
    chosen = chosen_of(book)
    assert chosen.people["phone"].iloc[0].startswith("0812•••••")
    assert chosen.people["name"].iloc[0] == "O••• 5•••"
    assert "081200" not in chosen._repr_html_() + repr(chosen)
    path = chosen.export(tmp_path / "list.csv", columns=["phone"], by="campaign team")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["customer_id", "phone"]
    assert len(rows) == 571
    assert chosen.log[0]["people"] == 570
    assert chosen.log[0]["by"] == "campaign team"
    for wrong in ({"by": ""}, {"columns": ["fone"]}):
        with pytest.raises(UserError):
            chosen.export(tmp_path / "no.csv", **{"columns": ["phone"], "by": "x", **wrong})
    with pytest.raises(UserError, match="csv"):
        chosen.export(tmp_path / "no.xlsx", columns=["phone"], by="x")
    copied = pickle.loads(pickle.dumps(chosen))
    assert copied.facts == chosen.facts
    assert not hasattr(copied, "people"), "the people do not travel with a copy"


def test_the_gate_asks_again_on_the_day_of_sending(book, tmp_path):
    later = book.add([event(i, "withdraw", "2020-04-01") for i in range(51, 61)])
    chosen = chosen_of(later)
    chosen.export(tmp_path / "list.csv", columns=["phone"], by="team", at="2020-04-02")
    assert (chosen.log[0]["people"], chosen.log[0]["dropped"]) == (560, 10)


def test_who_withdrew_since_the_list_was_made_is_not_on_the_file(book, tmp_path):
    chosen = chosen_of(book)
    now = book.add([event(i, "withdraw", "2020-03-01T12:00") for i in range(51, 61)])
    chosen.export(tmp_path / "list.csv", columns=["phone"], by="team", at="2020-03-02", ledger=now)
    assert (chosen.log[0]["people"], chosen.log[0]["dropped"]) == (560, 10)


@pytest.mark.parametrize(
    "how", [{"channel": "Email "}, {"purpose": "Marketing"}, {"customer_id": "1"}, {"customer_id": 1.0}]
)
def test_a_withdrawal_counts_however_it_was_typed(how):
    first = {"customer_id": 1, "purpose": "marketing", "channel": "email", "action": "give", "at": "2020-01-01"}
    ledger = ConsentLedger([first, {**first, "action": "withdraw", "at": "2020-02-01", **how}], timezone="WIB")
    assert ledger.state([1], "marketing", "email", "2020-03-01").tolist() == ["withdrawn"]
    assert ledger.state(["1"], "marketing", "EMAIL", "2020-01-15").tolist() == ["allowed"]
    barred = ConsentLedger([first, {**first, "action": "?", **how}], timezone="WIB")
    assert barred.state([1], "marketing", "email", "2020-03-01").tolist() == ["unreadable"]
    listed = campaign_list(
        pd.DataFrame({"customer_id": [1]}),
        purpose="marketing",
        channel="email",
        at="2020-01-15",
        ledger=ledger,
        suppress=[Suppression("blacklisted", [how.get("customer_id", 1)])],
    )
    assert len(listed) == 0


def test_a_list_of_people_masks_a_name_that_stands_alone(book):
    table = people(60)[["customer_id", "name"]]
    chosen = campaign_list(table, purpose=PURPOSE, channel=CHANNEL, at="2020-03-01", ledger=book)
    assert chosen.people["name"].str.contains("•••").all()
    assert "Orang" not in repr(chosen)


def test_a_formula_in_a_name_does_not_run(book, tmp_path):
    table = people(60).assign(name="=HYPERLINK(1)", phone="+6281200000001")
    chosen = campaign_list(table, purpose=PURPOSE, channel=CHANNEL, at="2020-03-01", ledger=book)
    text = chosen.export(tmp_path / "x.csv", columns=["name", "phone"], by="me").read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK(1),+6281200000001" in text


def test_recently_contacted_and_open_complaints():
    sends = pd.DataFrame({"customer_id": [1, 2, 3], "sent_at": ["2020-02-25", "2020-01-01", "2020-03-01"]})
    assert Suppression.recently_contacted(sends, "2020-03-01", 7).customers == {1}
    complaints = pd.DataFrame(
        {
            "customer_id": [1, 2, 3, 4],
            "opened_at": ["2020-02-01", "2020-02-01", "2020-02-01", "2020-04-01"],
            "resolved_at": [None, "2020-02-10", "2020-03-10", None],
        }
    )
    assert Suppression.open_complaint(complaints, "2020-03-01").customers == {1, 3}


def test_a_customer_twice_is_refused(book):
    twice = pd.concat([people(2), people(1)])
    with pytest.raises(UserError, match="more than once"):
        campaign_list(twice, purpose=PURPOSE, channel=CHANNEL, at="2020-03-01", ledger=book)
    with pytest.raises(UserError, match="filter"):
        chosen_of(book, include=[True])
