"""The benefit dependency network: what technology enables, what must change, what comes of it, and for which end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...results import Note, Result
from .tables import known, rows_of, single, table_of

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["LAYERS", "benefits", "dependents"]

LAYERS = ("enabler", "enabling_change", "business_change", "benefit", "objective")


def _network(nodes: Any, edges: Any) -> nx.DiGraph:
    """The graph, its nodes in the order of the layers."""
    import networkx as nx

    there = rows_of(nodes, ("node", "layer"), "nodes")
    single(there, "node", "nodes")
    for k, r in enumerate(there, 1):
        known(r["layer"], LAYERS, "layer", "nodes", k)
    graph: nx.DiGraph = nx.DiGraph()
    for r in sorted(there, key=lambda r: LAYERS.index(r["layer"])):
        graph.add_node(
            r["node"], layer=r["layer"], owner=r.get("owner"), measure=r.get("measure"), title=r.get("title")
        )
    for k, r in enumerate(rows_of(edges, ("from", "to"), "edges"), 1):
        for end in (r["from"], r["to"]):
            if end not in graph:
                near = suggest(str(end), [str(n) for n in graph])
                raise UserError("programme.unknown_node", table="edges", rows=[k], found=end, near=near)
        graph.add_edge(r["from"], r["to"])
    if not nx.is_directed_acyclic_graph(graph):
        ring = [a for a, _ in nx.find_cycle(graph)]
        raise UserError("programme.cycle", table="edges", path=" → ".join(map(str, [*ring, ring[0]])))
    at = {n: LAYERS.index(d["layer"]) for n, d in graph.nodes(data=True)}
    backwards = [f"{a} → {b}" for a, b in graph.edges if at[a] > at[b]]
    if backwards:
        raise UserError("programme.backwards", table="edges", found=backwards, wanted=list(LAYERS))
    return graph


def _reached(graph: nx.DiGraph, layer: str, *, back: bool = False) -> set[Any]:
    """Every node that leads to a layer, or that a layer leads to; the layer's own nodes too."""
    import networkx as nx

    start = [n for n, d in graph.nodes(data=True) if d["layer"] == layer]
    step = nx.ancestors if back else nx.descendants
    return set(start).union(*(step(graph, n) for n in start))


def benefits(nodes: Any, edges: Any) -> Result:
    """Check a benefit dependency network: acyclic, nothing that leads nowhere, an owner and a measure for each benefit.

    Parameters
    ----------
    nodes : table or list of dict
        ``node`` (a short name), ``layer`` (one of :data:`LAYERS`); where there is one ``title`` (as people say it),
        ``owner``, ``measure``.
    edges : table or list of dict
        ``from``, ``to``: the first makes the second possible. It runs from an earlier layer to a later one, or within
        one; a layer may be left out.

    Returns
    -------
    Result
        Kind ``programme.benefits``: a row a node, with ``standing``: ``fits``, ``orphan`` (no edge at all),
        ``leads_nowhere`` (reaches no objective), ``unsupported`` (no enabler leads to it), and ``lacks`` (``owner``,
        ``measure`` of a benefit). ``params["edges"]`` holds the edges. Facts: how many of each layer, ``orphans``,
        ``leads_nowhere``, ``unsupported``, ``without_owner``, ``without_measure``, ``verdict`` (``sound`` or
        ``gaps``).

    Raises
    ------
    UserError
        ``programme.cycle`` (with the circle by name), ``programme.unknown_node``, ``programme.backwards``,
        ``programme.twice``.

    Notes
    -----
    A benefit that hangs on a change only, and on no technology, is no fault of the network: CRM is not a matter of
    technology alone. It stands as ``unsupported`` so that somebody looks.

    Examples
    --------
    >>> nodes = [{"node": "E1", "layer": "enabler"}, {"node": "B1", "layer": "benefit", "owner": "Ani", "measure": "x"}]
    >>> nodes += [{"node": "O1", "layer": "objective"}, {"node": "E3", "layer": "enabler"}]
    >>> benefits(nodes, [{"from": "E1", "to": "B1"}, {"from": "B1", "to": "O1"}]).facts["orphans"]
    ('E3',)
    """
    graph = _network(nodes, edges)
    useful, enabled = _reached(graph, "objective", back=True), _reached(graph, "enabler")
    rows = []
    for n, d in graph.nodes(data=True):
        standing = "fits"
        if graph.degree(n) == 0:
            standing = "orphan"
        elif n not in useful:
            standing = "leads_nowhere"
        elif n not in enabled:
            standing = "unsupported"
        lacks = [w for w in ("owner", "measure") if d["layer"] == "benefit" and d[w] is None]
        row = {"layer": d["layer"], "node": n, "title": d["title"], "owner": d["owner"], "measure": d["measure"]}
        rows.append({**row, "standing": standing, "lacks": ", ".join(lacks) or None})

    def those(key: str, value: str) -> tuple[Any, ...]:
        return tuple(r["node"] for r in rows if value in (r[key] or ""))

    facts: dict[str, Any] = {f"{layer}s": sum(r["layer"] == layer for r in rows) for layer in LAYERS}
    facts |= {
        "nodes": len(rows),
        "edges_n": graph.number_of_edges(),
        "orphans": those("standing", "orphan"),
        "leads_nowhere": those("standing", "leads_nowhere"),
        "unsupported": those("standing", "unsupported"),
        "without_owner": those("lacks", "owner"),
        "without_measure": those("lacks", "measure"),
    }
    gaps = [k for k in ("orphans", "leads_nowhere", "unsupported", "without_owner", "without_measure") if facts[k]]
    facts["verdict"] = "gaps" if gaps else "sound"
    notes = [Note("programme.note.orphans", {"nodes": facts["orphans"]})] if facts["orphans"] else []
    if facts["leads_nowhere"]:
        notes.append(Note("programme.note.leads_nowhere", {"nodes": facts["leads_nowhere"]}))
    if facts["unsupported"]:
        notes.append(Note("programme.note.unsupported", {"nodes": facts["unsupported"]}))
    units = dict.fromkeys(("layer", "node", "title", "owner", "measure", "standing", "lacks"), "text")
    params = {"edges": tuple(tuple(e) for e in graph.edges), "units": units}
    return Result("programme.benefits", table_of(rows), params, facts, tuple(notes))


def dependents(nodes: Any, edges: Any, *, node: str) -> Result:
    """What depends on one node: everything after it, and what no enabler reaches without it.

    Parameters
    ----------
    nodes, edges : table or list of dict
        As for :func:`benefits`.
    node : str

    Returns
    -------
    Result
        Kind ``programme.dependents``: a row for each node that lies after it, ``steps`` away; ``falls`` is
        ``falls_too`` where it falls with the node, ``another_way`` where another way leads to it. Facts: ``node``,
        ``after``, ``fall`` (nodes), ``fallen_objectives``.

    Examples
    --------
    >>> nodes = [{"node": n, "layer": layer} for n, layer in
    ...          (("E1", "enabler"), ("E2", "enabler"), ("B1", "benefit"), ("O1", "objective"), ("O2", "objective"))]
    >>> edges = [{"from": a, "to": b} for a, b in (("E1", "B1"), ("B1", "O1"), ("E2", "O1"), ("B1", "O2"))]
    >>> found = dependents(nodes, edges, node="E1").facts
    >>> found["after"], found["fall"], found["fallen_objectives"]
    (3, ('B1', 'O2'), ('O2',))
    """
    import networkx as nx

    graph = _network(nodes, edges)
    if node not in graph:
        near = suggest(str(node), [str(n) for n in graph])
        raise UserError("programme.unknown_node", table="nodes", found=node, near=near)
    away = nx.single_source_shortest_path_length(graph, node)
    left = graph.copy()
    left.remove_node(node)
    # a node without an enabler before it never stood on one: it falls only if all that led to it is gone
    ways = _reached(graph, "enabler"), _reached(left, "enabler") if left else set()
    rows = []
    for n, d in graph.nodes(data=True):
        if n == node or n not in away:
            continue
        # where no enabler ever led, what counts is whether anything else still leads there
        falls = n not in ways[1] if n in ways[0] else not _still(left, n, away)
        rows.append({"layer": d["layer"], "node": n, "title": d["title"], "steps": away[n], "falls": falls})
    for r in rows:
        r["falls"] = "falls_too" if r["falls"] else "another_way"
    fall = tuple(r["node"] for r in rows if r["falls"] == "falls_too")
    facts = {
        "node": node,
        "after": len(rows),
        "fall": fall,
        "fallen_objectives": tuple(r["node"] for r in rows if r["falls"] == "falls_too" and r["layer"] == "objective"),
    }
    columns = ("layer", "node", "title", "steps", "falls")
    units = {**dict.fromkeys(columns, "text"), "steps": "count"}
    return Result("programme.dependents", table_of(rows, columns=columns), {"node": node, "units": units}, facts)


def _still(left: nx.DiGraph, node: Any, away: dict[Any, int]) -> bool:
    """Whether something that the node gone did not carry leads to this one."""
    import networkx as nx

    return any(n not in away for n in nx.ancestors(left, node))
