"""On whom it all hangs: suppliers of suppliers as a directed graph, and who can't be gone round."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...frames import frame_of, label_of
from ...results import Note, Result, Source
from .graph import covers, weights_of

__all__ = ["single_points"]

_ROOT = ("root", None)


def single_points(table: Any, *, links: Any = None, elements: Any = None, source: Source | None = None) -> Result:
    """Partners without whom an element stops, also those who stand behind the partners one knows.

    Parameters
    ----------
    table : DataFrame
        ``partner``, ``element``: who delivers what.
    links : DataFrame, optional
        ``supplier``, ``partner``: who delivers to whom, one row a link. A partner with several suppliers can do with
        any of them.
    elements : sequence or mapping, optional
        As for :func:`coverage`.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``network.single_points``: per partner who is one, ``elements`` that stop without him, ``element_share``,
        ``hidden`` (he delivers to partners, not to us) and their names. ``facts``: ``points``, ``hidden``,
        ``safe_share`` of covered elements that no single partner can stop.

    Raises
    ------
    UserError
        ``network.chain_cycle``: suppliers that only deliver to each other, so that nothing comes in.

    Notes
    -----
    A single point is a dominator: every way from outside to the element goes through it (found by networkx).
    Two distributors of one importer look like two sources and are one.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"partner": ["A", "B"], "element": ["rice", "rice"]})
    >>> links = pd.DataFrame({"supplier": ["Importer", "Importer"], "partner": ["A", "B"]})
    >>> single_points(table, links=links).table[["partner", "elements"]].values.tolist()
    [['Importer', 1]]
    """
    import networkx as nx
    import pandas as pd

    pairs, notes = covers(table)
    weights = weights_of(elements, pairs["element"].tolist())
    graph = nx.DiGraph()
    graph.add_edges_from((("partner", r.partner), ("element", r.element)) for r in pairs.itertuples())
    if links is not None:
        chain = frame_of(links, ["supplier", "partner"], "links")
        for one, other in zip(chain["supplier"].map(label_of), chain["partner"].map(label_of), strict=True):
            if one is not None and other is not None and one != other:
                graph.add_edge(("partner", one), ("partner", other))
    givers = [node for node in graph if node[0] == "partner"]
    graph.add_edges_from((_ROOT, node) for node in givers if graph.in_degree(node) == 0)
    graph.add_node(_ROOT)
    reached = nx.descendants(graph, _ROOT)
    lost = sorted(str(n[1]) for n in givers if n not in reached)
    if lost:
        raise UserError("network.chain_cycle", table="links", found=lost)
    above = dict(nx.immediate_dominators(graph, _ROOT))
    stops: dict[Any, list[Any]] = {}
    covered = [e for e in weights if ("element", e) in reached]
    for element in covered:
        node = above[("element", element)]
        while node != _ROOT:
            stops.setdefault(node[1], []).append(element)
            node = above[node]
    direct = set(pairs["partner"])
    rows = [
        {"partner": name, "elements": len(some), "element_share": len(some) / len(weights)}
        | {"hidden": name not in direct, "stopped": ", ".join(str(e) for e in some)}
        for name, some in stops.items()
    ]
    rows.sort(key=lambda r: (-r["elements"], str(r["partner"])))
    safe = [e for e in covered if not any(e in some for some in stops.values())]
    facts = {"partners": len(givers), "elements": len(weights), "covered": len(covered), "points": len(rows)}
    facts |= {"hidden": sum(r["hidden"] for r in rows), "safe": len(safe)}
    facts |= {"safe_share": len(safe) / len(covered) if covered else None, "links": graph.number_of_edges()}
    facts |= {"first": rows[0]["partner"] if rows else None, "first_elements": rows[0]["elements"] if rows else 0}
    facts["verdict"] = "exposed" if rows else "spread"
    if links is None:
        notes.append(Note("network.note.no_links", {}))
    columns = ["partner", "elements", "element_share", "hidden", "stopped"]
    units = {"partner": "text", "elements": "count", "element_share": "share", "hidden": "text", "stopped": "text"}
    table_out = pd.DataFrame(rows, columns=columns)
    return Result("network.single_points", table_out, {"units": units}, facts, tuple(notes), source)
