"""Tasks as a network: who waits for whom, and the passes forward and backward through it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from .tables import blank, names_of, table_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Network", "read_network", "shown_names", "three_durations"]


@dataclass(frozen=True)
class Network:
    """Tasks in an order in which each comes after all that it waits for."""

    frame: pd.DataFrame
    tasks: tuple[str, ...]
    before: tuple[tuple[int, ...], ...]
    after: tuple[tuple[int, ...], ...]
    order: tuple[int, ...]

    def forward(self, durations: Any) -> tuple[Any, Any]:
        """Earliest starts and the project's end; durations are one number a task, or one row of runs a task."""
        import numpy as np

        starts = np.zeros_like(durations)
        ends = np.empty_like(durations)
        for k in self.order:
            for j in self.before[k]:
                starts[k] = np.maximum(starts[k], ends[j])
            ends[k] = starts[k] + durations[k]
        return starts, ends.max(axis=0)

    def backward(self, durations: Any, end: Any) -> Any:
        """Latest starts that keep the end."""
        import numpy as np

        latest = np.empty_like(durations)
        for k in reversed(self.order):
            last = end
            for j in self.after[k]:
                last = np.minimum(last, latest[j])
            latest[k] = last - durations[k]
        return latest


def read_network(given: Any) -> Network:
    """The network of a table as :data:`~.tables.TASKS`.

    Raises
    ------
    UserError
        ``projects.twice``, ``projects.unknown_task``, ``projects.cycle``, ``projects.orphan``: each by the tasks'
        names.

    Examples
    --------
    >>> read_network([{"task": "B", "after": "A"}, {"task": "A", "after": ""}]).order
    (1, 0)
    """
    import networkx

    frame = table_of(given, ("task", "after"), "tasks")
    tasks = names_of(frame, "task", "tasks")
    place = {t: i for i, t in enumerate(tasks)}
    waits = [_listed(cell) for cell in frame["after"]]
    unknown = [(t, p) for t, before in zip(tasks, waits, strict=True) for p in before if p not in place]
    if unknown:
        near = list(dict.fromkeys(n for _, p in unknown for n in suggest(p, tasks, 1)))
        rows, found = [t for t, _ in unknown], [p for _, p in unknown]
        raise UserError("projects.unknown_task", table="tasks", rows=rows, found=found, near=near)
    graph = networkx.DiGraph()
    graph.add_nodes_from(range(len(tasks)))
    graph.add_edges_from((place[p], k) for k, before in enumerate(waits) for p in before)
    if not networkx.is_directed_acyclic_graph(graph):
        circle = [edge[0] for edge in networkx.find_cycle(graph)]
        first = circle.index(min(circle))
        names = [tasks[k] for k in circle[first:] + circle[: first + 1]]
        raise UserError("projects.cycle", table="tasks", rows=list(dict.fromkeys(names)), circle=" → ".join(names))
    alone = [tasks[k] for k in networkx.isolates(graph)]
    if alone and len(tasks) > 1:
        raise UserError("projects.orphan", table="tasks", rows=alone, found=alone)
    order = tuple(networkx.lexicographical_topological_sort(graph))
    before = tuple(tuple(sorted(graph.predecessors(k))) for k in range(len(tasks)))
    after = tuple(tuple(sorted(graph.successors(k))) for k in range(len(tasks)))
    return Network(frame, tuple(tasks), before, after, order)


def shown_names(names: Sequence[str]) -> tuple[str, ...]:
    """The first of many names, as a sentence can hold them.

    Examples
    --------
    >>> shown_names(["A", "B"]), shown_names(list("ABCDEFGHIJ"))[-2:]
    (('A', 'B'), ('H', '…'))
    """
    return tuple(names) if len(names) <= 8 else (*names[:8], "…")


def _listed(cell: Any) -> list[str]:
    if not isinstance(cell, str) and hasattr(cell, "__iter__"):
        return list(dict.fromkeys(str(p).strip() for p in cell if not blank(p)))
    if blank(cell):
        return []
    return list(dict.fromkeys(p.strip() for p in str(cell).replace(";", ",").split(",") if p.strip()))


def three_durations(network: Network) -> tuple[Any, Any, Any]:
    """Optimistic, likely and pessimistic durations, in the order of the table.

    Raises
    ------
    UserError
        ``projects.wrong_order``: o > m or m > p, by the tasks' names.
    """
    import numpy as np

    from .tables import column_of

    columns = ("optimistic", "likely", "pessimistic")
    table_of(network.frame, columns, "tasks")
    o, m, p = (np.array(column_of(network.frame, c, "tasks", network.tasks)) for c in columns)
    odd: Sequence[int] = np.flatnonzero((o > m) | (m > p)).tolist()
    if odd:
        found = [f"{o[k]:g} / {m[k]:g} / {p[k]:g}" for k in odd]
        raise UserError("projects.wrong_order", table="tasks", rows=[network.tasks[k] for k in odd], found=found)
    return o, m, p
