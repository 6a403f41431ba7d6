"""Rules: worked examples, clashes, circles, the audit log; what must hold for any rules and records."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmlab import UserError
from crmlab.analytics import workflow
from crmlab.analytics.workflow import Rule, dry_run, loops

DAY = "2020-12-31"
LATE = Rule("late", "ticket", "hours > 24", "escalate", "supervisor", 1, {"level": 1})
VERY = Rule("very late", "ticket", "hours > 48", "escalate", "manager", 2, {"level": 2})
TICKETS = pd.DataFrame({"ticket_id": [1, 2, 3], "hours": [3, 26, 50]})


def listed(run, *columns):
    return run.decisions.table[list(columns)].astype(object).where(lambda t: t.notna(), None).values.tolist()


def test_the_higher_priority_wins_and_the_other_is_listed():  # mission map C04: two rules, one record
    run = dry_run([LATE, VERY], TICKETS, as_of=DAY)
    assert listed(run, "record_id", "rule", "decision", "outranked_by") == [
        [2, "late", "carried_out", None],
        [3, "very late", "carried_out", None],
        [3, "late", "outranked", "very late"],
    ]
    assert run.records["ticket"]["level"].tolist() == [None, 1, 2]
    log = run.log.table[["record_id", "rule", "field", "value_before", "value_after"]].values.tolist()
    assert log == [[2, "late", "level", None, 1], [3, "very late", "level", None, 2]]


def test_a_second_run_changes_nothing_more():
    run = dry_run([LATE, VERY], TICKETS, as_of=DAY)
    again = dry_run([LATE, VERY], run.records, as_of=DAY)
    assert run.decisions.facts["again"] == 0 and again.log.table.empty
    assert set(again.decisions.table["decision"]) == {"already_so", "outranked"}


def test_what_was_given_is_not_changed():
    before = TICKETS.copy()
    dry_run([LATE, VERY], TICKETS, as_of=DAY)
    pd.testing.assert_frame_equal(TICKETS, before)


def test_at_equal_priority_the_first_given_wins():
    first, second = (Rule(n, "ticket", "hours > 1", "mark", sets={"colour": n}) for n in ("red", "blue"))
    run = dry_run([first, second], TICKETS, as_of=DAY)
    assert set(run.records["ticket"]["colour"]) == {"red"}
    assert [n.code for n in run.rules.notes] == ["workflow.note.always_outranked"]


def test_rules_that_do_not_clash_are_both_carried_out():
    reply = Rule("reply", "ticket", "hours > 0", "reply", "customer", sets={"replied": True})
    run = dry_run([VERY, reply], TICKETS, as_of=DAY)
    assert run.decisions.facts["outranked"] == 0
    assert run.records["ticket"].iloc[2][["level", "replied"]].tolist() == [2, True]


def test_one_rule_may_trigger_another():
    sort = Rule("sort", "ticket", "hours > 24", "sort", sets={"stage": "late"})
    call = Rule("call", "ticket", "stage == 'late'", "call", sets={"called": "yes"})
    run = dry_run([call, sort], TICKETS, as_of=DAY)
    assert listed(run, "record_id", "pass_number", "rule") == [
        [2, 1, "sort"],
        [3, 1, "sort"],
        [2, 2, "call"],
        [3, 2, "call"],
    ]


CHECK = Rule("check", "ticket", "status == 'new'", "check", sets={"status": "checked"})
BACK = Rule("send back", "ticket", "status == 'checked'", "return", sets={"status": "new"})


def test_rules_that_go_round_are_refused_by_name():  # mission map C04: circular rule
    assert loops([CHECK, BACK]) == [["check", "send back"]]
    with pytest.raises(UserError) as refused:
        dry_run([LATE, CHECK, BACK], TICKETS.assign(status="new"), as_of=DAY)
    assert refused.value.code == "workflow.loop"
    assert "check → send back → check" in refused.value.render("en")


def test_three_rules_in_a_circle():
    names = ["a", "b", "c"]
    ring = [Rule(n, "t", f"x == '{n}'", n, sets={"x": then}) for n, then in zip(names, ["b", "c", "a"], strict=True)]
    assert sorted(loops(ring)[0]) == names
    assert loops(ring[:2]) == []  # a chain is no circle


@pytest.mark.parametrize(
    "rules",
    [
        [CHECK, Rule("other", "lead", "status == 'checked'", "return", sets={"status": "new"})],  # other records
        [CHECK, Rule("archive", "ticket", "status == 'old'", "return", sets={"status": "new"})],  # never follows
        [  # they trigger each other, but nothing ever gets a second value
            Rule("a", "t", "x == 1 or y == 1", "a", sets={"z": 1}),
            Rule("b", "t", "z == 1", "b", sets={"y": 1}),
        ],
        [Rule("own", "t", "x > 0", "a", sets={"x": 5})],
    ],
)
def test_what_is_no_circle(rules):
    assert loops(rules) == []


def test_what_is_outranked_now_and_would_overwrite_later_is_said():
    senior = Rule("senior", "lead", "owner == 'none'", "own", "senior", 2, {"owner": "senior"})
    junior = Rule("junior", "lead", "amount > 0", "own", "junior", 1, {"owner": "junior"})
    run = dry_run([senior, junior], pd.DataFrame({"lead_id": [1], "owner": ["none"], "amount": [5]}), as_of=DAY)
    assert run.records["lead"]["owner"].tolist() == ["senior"]
    assert run.decisions.facts["again"] == 1
    restless = next(n for n in run.decisions.notes if n.code == "workflow.note.restless")
    assert "junior" in restless.render("en")


def test_empty_fields_are_not_answered_and_rules_that_never_match_are_named():
    never = Rule("never", "ticket", "hours > 1000", "close")
    run = dry_run([LATE, never], pd.DataFrame({"ticket_id": [1, 2], "hours": [30, None]}), as_of=DAY)
    rows = run.rules.table.set_index("rule")
    assert rows["not_answered"].tolist() == [1, 1] and rows.loc["never", "matched"] == 0
    assert {n.code: dict(n.values) for n in run.rules.notes}["workflow.note.never"] == {"rules": "never"}


def test_moments_are_there_as_hours_ago():
    tickets = pd.DataFrame({"ticket_id": [1, 2], "opened_at": pd.to_datetime(["2020-12-30", "2020-12-28"])})
    rule = Rule("old", "ticket", "opened_at_hours_ago > 48 and opened_at < as_of", "escalate")
    assert dry_run([rule], tickets, as_of=DAY).decisions.table["record_id"].tolist() == [2]


def test_rules_are_kept_byte_for_byte(tmp_path):
    path = workflow.write_rules([LATE, VERY, CHECK], tmp_path / "rules.json")
    first = path.read_bytes()
    assert workflow.read_rules(path) == [LATE, VERY, CHECK]
    assert workflow.write_rules(workflow.read_rules(path), path).read_bytes() == first


RULES = st.lists(
    st.builds(
        lambda field, sign, at, to, value, priority: ("x" * (priority + 1), field, sign, at, to, value, priority),
        st.sampled_from("ab"), st.sampled_from([">", "<", "=="]), st.integers(0, 3),
        st.sampled_from("bcd"), st.integers(0, 3), st.integers(0, 4),
    ),
    min_size=1, max_size=5,
)  # fmt: skip
ROWS = st.lists(st.tuples(*[st.one_of(st.none(), st.integers(0, 3))] * 2), min_size=1, max_size=6)


@settings(max_examples=30)
@given(RULES, ROWS)
def test_what_holds_for_any_rules(told, rows):
    rules = [
        Rule(f"r{k}", "t", f"{field} {sign} {at}", name, priority=priority, sets={to: value})
        for k, (name, field, sign, at, to, value, priority) in enumerate(told)
    ]
    table = pd.DataFrame(rows, columns=["a", "b"], dtype="float64").assign(t_id=range(len(rows)))
    if loops(rules):
        with pytest.raises(UserError):
            dry_run(rules, table, as_of=DAY)
        return
    run = dry_run(rules, table, as_of=DAY)
    made, counts = run.decisions.table, run.rules.table
    assert not made.duplicated(["record_id", "rule"]).any()  # once a record at most
    assert (counts["matched"] == counts[["carried_out", "already_so", "outranked"]].sum(axis=1)).all()
    named = {r.name: r for r in rules}
    for row in made[made["decision"] == "outranked"].to_dict("records"):
        winner, loser = named[row["outranked_by"]], named[row["rule"]]
        assert winner.priority >= loser.priority and winner.clashes(loser)
    # the log alone leads from the records before to the records after
    after = table.reindex(columns=list(run.records["t"].columns)).astype(object)
    for line in run.log.table.to_dict("records"):
        old = after.at[line["record_id"], line["field"]]
        before = line["value_before"]
        assert old == before or (old != old or old is None) and (before is None or before != before)
        after.at[line["record_id"], line["field"]] = line["value_after"]
    left, right = (f.astype("float64") for f in (after, run.records["t"]))
    pd.testing.assert_frame_equal(left, right)
    if not run.decisions.facts["again"]:
        assert dry_run(rules, run.records["t"], as_of=DAY).log.table.empty


@pytest.mark.parametrize(
    ("code", "rules", "records"),
    [
        ("workflow.no_rules", [], TICKETS),
        ("workflow.bad_rule", [{"name": "a", "record": "t", "when": "x > 1"}], TICKETS),
        ("workflow.bad_rule", [{"name": "a", "record": "t", "when": "x > 1", "action": "b", "wen": 1}], TICKETS),
        ("workflow.bad_rule", ["late"], TICKETS),
        ("workflow.rule_twice", [LATE, LATE], TICKETS),
        ("workflow.bad_value", [Rule("a", "ticket", "hours > 1", "b", priority=1.5)], TICKETS),
        ("workflow.bad_value", [Rule("a", "ticket", "hours > 1", "b", sets={"c": [1]})], TICKETS),
        ("quality.bad_sentence", [Rule("a", "ticket", "__import__('os')", "b")], TICKETS),
        ("workflow.no_records", [LATE], {"lead": TICKETS}),
        ("workflow.record_twice", [LATE], TICKETS.assign(ticket_id=1)),
        ("frames.missing_column", [LATE], TICKETS[["ticket_id"]]),
        ("frames.missing_column", [LATE], TICKETS.rename(columns={"ticket_id": "id"})),
    ],
)
def test_refused(code, rules, records):
    with pytest.raises(UserError) as refused:
        dry_run(rules, records, as_of=DAY)
    assert refused.value.code == code
    assert refused.value.render("id") != refused.value.render("en")


def test_a_file_without_rules(tmp_path):
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    with pytest.raises(UserError) as refused:
        workflow.read_rules(tmp_path / "a.json")
    assert refused.value.code == "workflow.no_file_of_rules"
