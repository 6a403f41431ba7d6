"""What a project file keeps: forms that survive JSON, Results that explain themselves, networks that hold together."""

from __future__ import annotations

import json

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmlab import UserError
from crmlab.analytics import programme
from tests.analytics.programme.examples import EDGES, EXAMPLES, MEMBERS, NODES, raci


@pytest.fixture(scope="module")
def results():
    return {name: make() for name, make in EXAMPLES.items()}


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_every_result_explains_itself_in_both_languages(results, name):
    result = results[name]
    for lang in ("id", "en"):
        said = [str(result.explain(lang, depth)) for depth in ("short", "method", "reference")]
        said += [note.render(lang) for note in result.notes]
        for text in said:
            assert text.strip() and "None" not in text and ": ." not in text and ": ;" not in text, text
            assert "nan" not in text.split() and "Unknown" not in text and "Tidak diketahui" not in text, text


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_facts_are_plain_data(results, name):
    facts = dict(results[name].facts)
    assert json.loads(json.dumps(facts)) == {k: list(v) if isinstance(v, tuple) else v for k, v in facts.items()}
    rows = results[name].table.astype(object).where(results[name].table.notna(), None).to_dict("records")
    json.dumps(rows)


@pytest.mark.parametrize("form", ["phases", "success_factors", "life_cycle"])
def test_a_form_saved_and_opened_again_is_the_same(form):
    rows = programme.blank(form)
    rows[0].update(
        status={"phases": "done", "success_factors": "red", "life_cycle": "in_place"}[form], evidence="é → ok"
    )
    rows[0].update(as_of="2020-12-31", answered_by="data")
    saved = json.dumps(rows, ensure_ascii=False)
    opened = json.loads(saved)
    assert json.dumps(opened, ensure_ascii=False) == saved
    one, other = getattr(programme, form)(rows), getattr(programme, form)(opened)
    assert one.table.equals(other.table) and dict(one.facts) == dict(other.facts)
    again = getattr(programme, form)(one.table)  # a Result's own table is a form too
    assert dict(again.facts) == dict(one.facts)
    moved = programme.compared(one, other).facts
    assert moved["same"] == len(rows)


def test_tables_of_pandas_and_of_json_say_the_same():
    import pandas as pd

    people = [{"stakeholder": "a", "rational": 3, "emotional": 2}]
    people.append({"stakeholder": "b", "rational": None, "emotional": 1})
    for make, given_rows in ((programme.governance, raci()), (programme.buy_in, people)):
        assert dict(make(given_rows).facts) == dict(make(pd.DataFrame(given_rows)).facts)
    assert programme.governance(pd.DataFrame(raci()), pd.DataFrame(MEMBERS)).facts["director_in_both"]


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: programme.blank("phase"), "unknown_form"),
        (lambda: programme.phases([{"item": "risk_plann", "status": "done"}]), "unknown_value"),
        (lambda: programme.phases([{"item": "risk_plan", "status": "half"}]), "unknown_value"),
        (lambda: programme.life_cycle([{"item": "risk_plan", "status": "lacking"}] * 2), "twice"),
        (lambda: programme.compared(EXAMPLES["phases"](), EXAMPLES["success_factors"]()), "not_alike"),
        (lambda: programme.governance([{"task": "a", "role": "b", "letter": "X"}]), "unknown_letter"),
        (lambda: programme.governance([{"task": None, "role": "b", "letter": "A"}]), "no_name"),
        (lambda: programme.dependents(NODES, EDGES, node="E9"), "unknown_node"),
        (lambda: programme.benefits([*NODES, NODES[0]], EDGES), "twice"),
        (lambda: programme.vignettes({"case_x": "discontinuous"}), "unknown_value"),
        (lambda: programme.mission({"customers": "x"}), "unknown_value"),
        (lambda: programme.situation({}, as_of="2020-12-31"), "no_sales"),
        (lambda: programme.situation({}, as_of="2020-12-31", ask=["q_x"]), "unknown_question"),
    ],
)
def test_what_is_refused_is_said_in_both_languages(call, code):
    with pytest.raises(UserError) as refused:
        call()
    assert refused.value.code == f"programme.{code}"
    assert refused.value.render("id") != refused.value.render("en")


names = st.integers(0, 9)
edge_lists = st.lists(st.tuples(names, names), min_size=1, max_size=25)


@settings(deadline=None)
@given(edge_lists, st.lists(st.sampled_from(programme.LAYERS), min_size=10, max_size=10))
def test_a_network_is_sound_or_refused_by_name(pairs, layers):
    nodes = [{"node": f"N{k}", "layer": layer, "owner": "x", "measure": "y"} for k, layer in enumerate(layers)]
    edges = [{"from": f"N{a}", "to": f"N{b}"} for a, b in pairs]
    graph = nx.DiGraph([(e["from"], e["to"]) for e in edges])
    at = {n["node"]: programme.LAYERS.index(n["layer"]) for n in nodes}
    try:
        found = programme.benefits(nodes, edges)
    except UserError as refused:
        if refused.code == "programme.cycle":
            ring = refused.values["path"].split(" → ")
            assert ring[0] == ring[-1] and all(graph.has_edge(a, b) for a, b in zip(ring, ring[1:], strict=False))
        else:
            assert refused.code == "programme.backwards" and any(at[a] > at[b] for a, b in graph.edges)
        return
    assert nx.is_directed_acyclic_graph(graph)
    touched = {n for pair in graph.edges for n in pair}
    assert set(found.facts["orphans"]) == set(at) - touched
    for row in found.table.itertuples():
        if row.standing == "fits":
            ends = {row.node, *nx.descendants(graph, row.node)} if row.node in graph else {row.node}
            assert any(found.table.set_index("node").loc[e, "layer"] == "objective" for e in ends)
    # without a node nothing falls that did not come after it
    node = next(iter(touched))
    after = nx.descendants(graph, node)
    assert set(programme.dependents(nodes, edges, node=node).facts["fall"]) <= after


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50), st.integers(-50, 50)), min_size=1, max_size=8))
def test_realised_is_a_share_of_the_way(rows):
    table = [{"objective": str(k), "baseline": b, "target": t, "actual": a} for k, (b, t, a) in enumerate(rows)]
    found = programme.outcomes(table)
    for (b, t, a), share in zip(rows, found.table["realised_share"], strict=True):
        assert (share != share) == (t == b)
        if t != b:
            assert b + share * (t - b) == pytest.approx(a)
