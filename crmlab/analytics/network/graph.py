"""Partners and the elements of the value proposition that they cover: a graph of two sides, and its gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import UserError
from ...frames import frame_of, label_of
from ...results import Note, Result, Source

__all__ = ["coverage", "covers", "partners"]


def covers(table: Any) -> tuple[Any, list[Note]]:
    """Who covers what, once: ``partner``, ``element``, ``capability`` from 0 to 1.

    The same partner and element twice is one fact written twice and counted once; with two different capabilities it is
    a question that only a person can answer. "PT Maju" and " pt maju " are one partner.
    """
    import pandas as pd

    frame = frame_of(table, ["partner", "element"], "partners")
    out = pd.DataFrame({"partner": frame["partner"].map(label_of), "element": frame["element"].map(label_of)})
    out["row"] = range(1, len(out) + 1)
    given = pd.to_numeric(frame["capability"], errors="coerce") if "capability" in frame else 1.0
    out["capability"] = given
    out = out.dropna(subset=["partner", "element"])
    notes = []
    if len(out) < len(frame):
        notes.append(Note("network.note.nameless", {"n": len(frame) - len(out)}))
    if out.empty:
        raise UserError("frames.empty", table="partners")
    out["capability"] = out["capability"].astype(float)
    bad = ~out["capability"].between(0, 1)
    if bad.any():
        raise UserError("network.bad_capability", table="partners", rows=out.loc[bad, "row"].tolist())
    plain = out["partner"].astype(str).str.casefold().str.split().str.join(" ")
    first = out.groupby(plain)["partner"].transform("first")
    alike = sorted({str(p) for p, f in zip(out["partner"], first, strict=True) if p != f})
    if alike:
        notes.append(Note("network.note.alike", {"partners": alike}))
    out["partner"] = first
    pairs = out.groupby(["partner", "element"], sort=False)["capability"]
    unsure = pairs.transform("nunique") > 1
    if unsure.any():
        raise UserError("network.two_capabilities", table="partners", rows=out.loc[unsure, "row"].tolist())
    again = out.duplicated(["partner", "element"])
    if again.any():
        notes.append(Note("network.note.counted_once", {"n": int(again.sum())}))
    return out[~again].drop(columns="row").reset_index(drop=True), notes


def weights_of(elements: Any, found: Sequence[Any]) -> dict[Any, float]:
    """The weight of every element; equal where none are given.

    Raises
    ------
    UserError
        ``network.bad_weights`` where they do not sum to 1, ``network.unknown_elements``.
    """
    if elements is None:
        names = list(dict.fromkeys(found))
    elif isinstance(elements, Mapping):
        names = list(elements)
        weights = {k: float(v) for k, v in elements.items()}
        if any(not w >= 0 for w in weights.values()) or abs(sum(weights.values()) - 1) > 1e-6:
            raise UserError("network.bad_weights", found=round(sum(weights.values()), 6), wanted=1)
        _known(found, names)
        return weights
    else:
        names = list(dict.fromkeys(elements))
    if not names:
        raise UserError("network.no_elements")
    _known(found, names)
    return {name: 1 / len(names) for name in names}


def _known(found: Sequence[Any], names: Sequence[Any]) -> None:
    strangers = [e for e in dict.fromkeys(found) if e not in names]
    if strangers:
        raise UserError("network.unknown_elements", table="partners", found=strangers, wanted=list(names))


def graph_of(table: Any, elements: Sequence[Any]) -> Any:
    """Partners on one side, elements on the other: nodes ``("partner", name)`` and ``("element", name)``."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(("element", e) for e in elements)
    graph.add_weighted_edges_from(
        (("partner", r.partner), ("element", r.element), r.capability) for r in table.itertuples()
    )
    return graph


def coverage(table: Any, *, elements: Any = None, source: Source | None = None) -> Result:
    """Which elements of the value proposition partners cover, by how many, and which nobody does.

    Parameters
    ----------
    table : DataFrame
        ``partner``, ``element`` and, if known, ``capability`` from 0 to 1 (1 without it).
    elements : sequence or mapping, optional
        All elements that the proposition needs; a mapping gives their weights, which sum to 1. Without it only those
        are known that somebody covers, and the coverage is 100 % by construction: a note says so.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``network.coverage``: per element ``weight``, ``partners``, ``best_capability``, ``only_partner`` and
        ``state``: ``uncovered``, ``one_partner``, ``several_partners``. ``facts``: ``covered_share`` of the elements,
        ``weighted_share`` by weight and best capability.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"partner": ["A", "A", "B", "B"], "element": [1, 2, 2, 4]})
    >>> found = coverage(table, elements=[1, 2, 3, 4, 5])
    >>> found.facts["covered_share"], found.facts["uncovered"]
    (0.6, [3, 5])
    """
    import pandas as pd

    pairs, notes = covers(table)
    weights = weights_of(elements, pairs["element"].tolist())
    if elements is None:
        notes.append(Note("network.note.no_elements", {}))
    graph = graph_of(pairs, weights)
    rows = []
    for element, weight in weights.items():
        node = ("element", element)
        mine = [name for _, name in graph.neighbors(node)]
        best = max((graph.edges[node, ("partner", p)]["weight"] for p in mine), default=0.0)
        state = "uncovered" if not mine else "one_partner" if len(mine) == 1 else "several_partners"
        row = {"element": element, "weight": weight, "partners": len(mine), "best_capability": best}
        rows.append(row | {"only_partner": mine[0] if len(mine) == 1 else None, "state": state})
    open_ones = [r["element"] for r in rows if r["state"] == "uncovered"]
    facts = {"elements": len(rows), "covered": len(rows) - len(open_ones), "uncovered": open_ones}
    facts |= {"covered_share": facts["covered"] / len(rows), "partners": int(pairs["partner"].nunique())}
    facts |= {"weighted_share": float(sum(r["weight"] * r["best_capability"] for r in rows))}
    facts |= {"one_partner": sum(r["state"] == "one_partner" for r in rows), "links": len(pairs)}
    facts["verdict"] = "incomplete" if elements is None else "gaps" if open_ones else "covered"
    units = {"element": "text", "weight": "share", "partners": "count", "best_capability": "share"}
    params = {"units": units | {"only_partner": "text", "state": "text"}, "pairs": pairs.to_dict("records")}
    return Result("network.coverage", pd.DataFrame(rows), params, facts, tuple(notes), source)


def partners(table: Any, *, elements: Any = None, source: Source | None = None) -> Result:
    """What every partner brings, and what nobody would cover without him.

    Parameters
    ----------
    table, elements, source
        As for :func:`coverage`.

    Returns
    -------
    Result
        Kind ``network.partners``: per partner ``elements``, ``score`` (sum of weight x capability), ``only_source``
        (elements that he alone covers) and ``coverage_lost`` (share of elements); those who are missed most first.
    """
    import pandas as pd

    pairs, notes = covers(table)
    weights = weights_of(elements, pairs["element"].tolist())
    graph = graph_of(pairs, weights)
    rows = []
    for name in dict.fromkeys(pairs["partner"]):
        node = ("partner", name)
        mine = [e for _, e in graph.neighbors(node)]
        alone = [e for e in mine if graph.degree(("element", e)) == 1]
        score = sum(weights[e] * graph.edges[node, ("element", e)]["weight"] for e in mine)
        row = {"partner": name, "elements": len(mine), "score": float(score), "only_source": len(alone)}
        rows.append(row | {"coverage_lost": len(alone) / len(weights)})
    rows.sort(key=lambda r: (-r["coverage_lost"], -r["score"], str(r["partner"])))
    first = rows[0]
    facts = {"partners": len(rows), "elements": len(weights), "first": first["partner"], "first_score": first["score"]}
    facts |= {"first_lost": first["coverage_lost"], "critical": sum(r["only_source"] > 0 for r in rows)}
    spare = [r["partner"] for r in rows if not r["only_source"]]
    facts |= {"spare": len(spare), "verdict": "critical" if facts["critical"] else "spread"}
    units = {"partner": "text", "elements": "count", "score": "number", "only_source": "count"}
    params = {"units": units | {"coverage_lost": "share"}}
    return Result("network.partners", pd.DataFrame(rows), params, facts, tuple(notes), source)
