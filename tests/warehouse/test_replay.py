"""Batch against stream: the worked numbers, late events, clocks that are wrong, events that come twice."""

from __future__ import annotations

import pandas as pd
import pytest

from crmlab.errors import UserError
from crmlab.warehouse import compare, replay

DAY = {"happened_at": ["2020-03-02 08:05", "2020-03-02 12:40", "2020-03-02 23:50"]}


def test_worked_numbers_of_the_nightly_batch_and_the_stream():
    """Mission map W08: 16h25, 11h50, 0h40; mean 578.3 min; stream 5 s."""
    nightly = replay(DAY, "batch", at="00:30")
    assert nightly.table["delay_minutes"].tolist() == [16 * 60 + 25, 11 * 60 + 50, 40]
    assert round(nightly.facts["mean_delay_minutes"], 1) == 578.3
    assert nightly.table["available_at"].dt.strftime("%d %H:%M").tolist() == ["03 00:30"] * 3
    stream = replay(DAY, "stream", stream_seconds=5)
    assert stream.facts["mean_delay_seconds"] == pytest.approx(5)


def test_what_comes_at_the_very_moment_of_the_run_waits_for_the_next():
    at_the_run = replay({"happened_at": ["2020-03-02 00:30"]}, at="00:30")
    assert at_the_run.facts["mean_delay_minutes"] == 24 * 60
    assert replay({"happened_at": ["2020-03-02 00:29"]}, at="00:30").facts["mean_delay_minutes"] == 1


def test_a_late_event_waits_for_the_run_after_it_was_received():
    events = {"happened_at": ["2020-03-02 08:00"], "received_at": ["2020-03-03 09:00"]}
    result = replay(events)
    assert result.table["available_at"].tolist() == [pd.Timestamp("2020-03-04 00:30")]
    assert result.facts["late"] == 1 and [n.code for n in result.notes] == ["warehouse.late_events"]


def test_an_event_that_comes_twice_counts_once_by_its_key():
    events = pd.DataFrame(
        {"event_id": ["a", "b", "a"], "happened_at": ["2020-03-02 08:00"] * 3, "amount": [100.0, 50.0, 100.0]}
    )
    once, twice = replay(events), replay(events, idempotent=False)
    assert (once.facts["n"], once.facts["duplicates"], once.facts["amount"]) == (2, 1, 150)
    assert (twice.facts["n"], twice.facts["amount"], twice.facts["amount_counted_twice"]) == (3, 250, 100)
    assert once.notes[0].code == "warehouse.counted_once" and twice.notes[0].code == "warehouse.counted_twice"


def test_a_fast_clock_makes_events_available_before_they_happened():
    events = {"happened_at": ["2020-03-02 08:10"], "clock_skew_seconds": [600], "received_at": ["2020-03-02 08:00"]}
    result = replay(events, "stream", stream_seconds=5)
    assert result.table["delay_as_stamped_minutes"].tolist() == [pytest.approx(-10 + 5 / 60)]
    assert result.facts["mean_delay_seconds"] == pytest.approx(5)
    assert result.facts["before_it_happened"] == 1


def test_cost_is_made_of_the_prices_that_were_given():
    nightly = replay(DAY, "batch", costs={"run": 10})
    assert nightly.facts["runs"] == 1 and nightly.facts["cost"] == 10
    stream = replay(DAY, "stream", costs={"event": 2, "hour": 3})
    assert stream.facts["cost"] == 3 * 2 + 24 * 3
    table = compare(DAY, every_minutes=(1440, 60), costs={"run": 10, "event": 2, "hour": 3}).table
    assert table["cost"].tolist() == [10, 240, 78]
    assert table["mean_delay_minutes"].is_monotonic_decreasing


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: replay(DAY, "nightly"), "unknown_mode"),
        (lambda: replay(DAY, at="half past"), "not_a_time"),
        (lambda: replay(DAY, every_minutes=0), "negative"),
        (lambda: replay(DAY, costs={"rn": 1}), "unknown_part"),
        (lambda: replay(DAY, costs={"run": -1}), "negative"),
        (lambda: replay({"at": ["2020-03-02"]}), "unknown_column"),
        (lambda: replay({"happened_at": ["yesterday"]}), "not_a_moment"),
        (lambda: replay({"happened_at": []}), "no_events"),
    ],
)
def test_slips_are_told(call, code):
    with pytest.raises(UserError) as caught:
        call()
    assert caught.value.code == f"warehouse.{code}"
    assert caught.value.render("id") != caught.value.render("en")
