"""Small cells hidden so that they stay hidden: subtracting the totals must not bring them back.

Hiding the small cells alone (*primary* suppression) is not enough, for a row total minus the other cells of its row is
the hidden one. So other cells are hidden with it (*secondary* suppression), chosen by a linear programme: for each
small cell it looks for the cheapest way in which the hidden cells could be different without any published number
changing. Whoever attacks the table knows that counts are not negative and that they add up; the cell may then be
anything in an interval that is at least ``minimum`` wide, and one can prove it: the programme's solution is a second
table, in whole people, that fits all that was published.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import InternalError, UserError, suggest
from ..results import Note, Result, Source

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["ALL", "MOST_CELLS", "attack", "pattern", "suppress"]


class _All(str):
    """What stands in a key where a dimension is summed over."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "ALL"


ALL = _All("\x00all")
MOST_CELLS = 20_000
MOST_PROGRAMMES = 25
_UNKNOWN = "\x00unknown"
Key = tuple[Hashable, ...]


def pattern(
    counts: Mapping[Key, int], minimum: int, *, total: Any = ALL, small: Iterable[Key] | None = None
) -> tuple[frozenset[Key], frozenset[Key]]:
    """Which cells to hide: those that are small, and those that must go with them.

    Parameters
    ----------
    counts : mapping
        Key (one member per dimension, ``total`` where it is summed over) to the number of people. Totals are cells too;
        every total that somebody could have must be here. A cell of nobody is published as nobody.
    minimum : int
    total : optional
        What stands in a key for a sum.
    small : iterable of keys, optional
        The cells to hide, where these are not those with a count below ``minimum``: many rows may be about few people.
        Such a cell could then be twice as large, for all that a reader can tell.

    Returns
    -------
    primary, secondary : frozenset of keys

    Examples
    --------
    >>> cells = {("a", "x"): 2, ("a", "y"): 20, ("b", "x"): 30, ("b", "y"): 25,
    ...          ("a", ALL): 22, ("b", ALL): 55, (ALL, "x"): 32, (ALL, "y"): 45, (ALL, ALL): 77}
    >>> primary, secondary = pattern(cells, 5)
    >>> sorted(primary), sorted(secondary)
    ([('a', 'x')], [('a', 'y'), ('b', 'x'), ('b', 'y')])
    """
    import numpy as np

    keys = [k for k, n in counts.items() if n]
    chosen = None if small is None else set(small)
    primary = [i for i, k in enumerate(keys) if (counts[k] < minimum if chosen is None else k in chosen)]
    if not primary:
        return frozenset(), frozenset()
    if len(keys) > MOST_CELLS:
        raise UserError("privacy.too_many_cells", found=len(keys), wanted=MOST_CELLS)
    x = np.array([counts[k] for k in keys], dtype=float)
    equations = _equations(keys, x, total)
    hidden = np.zeros(len(keys), dtype=bool)
    hidden[primary] = True
    safe = np.zeros(len(keys), dtype=bool)
    wide = np.full(len(keys), minimum) if chosen is None else np.maximum(x, minimum)
    # coarse cells first: what is hidden for them often protects the finer ones too
    order = sorted(primary, key=lambda i: (-sum(p == total for p in keys[i]), x[i], str(keys[i])))
    # one by one hides least; of many small cells some are done together, which costs some more cells and far less time
    together = -(-len(order) // MOST_PROGRAMMES)
    while waiting := [at for at in order if not safe[at]][:together]:
        move = _cheapest_move(equations, x, hidden, waiting, wide)
        hidden |= move != 0
        safe |= np.abs(move) >= wide
    first = set(primary)
    return (
        frozenset(keys[i] for i in first),
        frozenset(keys[i] for i in np.flatnonzero(hidden) if i not in first),
    )


def _equations(keys: Sequence[Key], x: np.ndarray, total: Any) -> Any:
    """One row per sum that holds in the table: a cell is the sum of the cells below it along one dimension."""
    from scipy.sparse import csr_array

    place = {k: i for i, k in enumerate(keys)}
    width = len(keys[0])
    rows: list[tuple[int, list[int]]] = []
    for d in range(width):
        below: dict[Key, list[int]] = {}
        for k, i in place.items():
            if k[d] != total:
                below.setdefault((*k[:d], total, *k[d + 1 :]), []).append(i)
        rows += [(place[up], parts) for up, parts in below.items() if up in place]
    # a table without some of its totals has sums over several dimensions at once
    grouped: dict[tuple[bool, ...], list[int]] = {}
    for k, i in place.items():
        grouped.setdefault(tuple(p == total for p in k), []).append(i)
    for coarse, fine in itertools.permutations(grouped, 2):
        gone = [d for d in range(width) if coarse[d] and not fine[d]]
        nested = all(c or not f for c, f in zip(coarse, fine, strict=True))
        between = any(
            other not in (coarse, fine)
            and all(c or not o for c, o in zip(coarse, other, strict=True))
            and all(o or not f for o, f in zip(other, fine, strict=True))
            for other in grouped
        )
        if nested and len(gone) > 1 and not between:
            parts: dict[Key, list[int]] = {}
            for i in grouped[fine]:
                up = tuple(total if c else p for p, c in zip(keys[i], coarse, strict=True))
                parts.setdefault(up, []).append(i)
            rows += [(place[up], found) for up, found in parts.items() if up in place]
    data, at, columns = [], [], []
    for number, (up, parts) in enumerate(rows):
        if abs(x[up] - x[parts].sum()) > 1e-6:
            raise InternalError(f"the cells below {keys[up]!r} do not add up to it")
        data += [-1.0, *([1.0] * len(parts))]
        at += [number] * (1 + len(parts))
        columns += [up, *parts]
    return csr_array((data, (at, columns)), shape=(len(rows), len(keys)))


def _cheapest_move(equations: Any, x: np.ndarray, hidden: np.ndarray, at: list[int], wide: np.ndarray) -> np.ndarray:
    """How else the table could be: ``x + move`` fits all sums, is larger in the cells ``at`` and differs little."""
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import hstack

    n = len(x)
    # what is hidden already costs (nearly) nothing; a large cell and a total cost what they tell
    price = np.where(hidden, 1e-3, 1.0 + np.log1p(x))
    low, high = np.zeros(2 * n), np.concatenate([np.full(n, np.inf), x])
    low[at] = wide[at]
    high[n + np.array(at)] = 0
    fits = equations.shape[0] > 0
    asked = {
        "c": np.concatenate([price, price]),
        "A_eq": hstack([equations, -equations]) if fits else None,
        "b_eq": np.zeros(equations.shape[0]) if fits else None,
        "bounds": np.stack([low, high], axis=1),
        "method": "highs",
    }
    solved = linprog(**asked)
    if solved.success and np.abs(solved.x - np.round(solved.x)).max() > 1e-6:
        if len(at) > 1:
            return _cheapest_move(equations, x, hidden, at[: len(at) // 2], wide)
        solved = linprog(**asked, integrality=np.ones(2 * n))  # half a person would protect nobody
    if not solved.success:
        raise InternalError(f"no way to hide a cell: {solved.message}")
    return np.round(solved.x[:n] - solved.x[n:])


def suppress(
    table: pd.DataFrame,
    *,
    by: Sequence[str],
    n: str | None = None,
    minimum: int = 5,
    also: Sequence[Sequence[str]] | None = None,
    source: Source | None = None,
) -> Result:
    """A table of counts with its totals in which small cells can't be found out by subtraction.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a person; or cells with their count in ``n``.
    by : sequence of str
        The dimensions of the table.
    n : str, optional
        The column with the counts.
    minimum : int
        Cells of fewer people are hidden, but for those of nobody.
    also : sequence of sequence of str, optional
        The grouping sets to publish; all subsets of ``by`` (cells, all margins, the grand total) by default.

    Returns
    -------
    Result
        One row a cell: the dimensions (missing where summed over, which ``summed`` names), ``n`` (missing where
        hidden) and ``hidden`` (``primary``, ``secondary`` or ``""``).

    Examples
    --------
    >>> import pandas as pd
    >>> cells = pd.DataFrame({"unit": ["a", "a", "b", "b"], "age": ["x", "y"] * 2, "n": [2, 20, 30, 25]})
    >>> found = suppress(cells, by=["unit", "age"], n="n", minimum=5)
    >>> found.facts["primary"], found.facts["secondary"], found.facts["cells"]
    (1, 3, 9)
    """
    import pandas as pd

    for name in (*by, *([n] if n else [])):
        if name not in table.columns:
            near = suggest(name, map(str, table.columns))
            raise UserError("privacy.unknown_column", found=name, wanted=[str(c) for c in table.columns], near=near)
    if minimum < 2:
        raise UserError("privacy.bad_minimum", found=minimum)
    by = list(by)
    told = table[by].astype(object).where(table[by].notna(), _UNKNOWN)
    weights = table[n] if n else pd.Series(1, index=table.index)
    if (weights < 0).any() or weights.isna().any() or (weights % 1 != 0).any():
        rows = [i + 1 for i, bad in enumerate((weights < 0) | weights.isna() | (weights % 1 != 0)) if bad]
        raise UserError("privacy.bad_count", rows=rows, column=n or "")
    sets = [tuple(s) for s in also] if also is not None else _subsets(by)
    counts: dict[Key, int] = {}
    for chosen in sets:
        if chosen:
            for key, value in weights.groupby([told[c] for c in chosen], sort=True).sum().items():
                members = dict(zip(chosen, key if isinstance(key, tuple) else (key,), strict=True))
                counts[tuple(members.get(c, ALL) for c in by)] = int(value)
        else:
            counts[(ALL,) * len(by)] = int(weights.sum())
    primary, secondary = pattern(counts, minimum)
    rows = []
    for key, value in counts.items():
        state = "primary" if key in primary else "secondary" if key in secondary else ""
        shown = [None if m in (ALL, _UNKNOWN) else m for m in key]
        over = ", ".join(c for c, m in zip(by, key, strict=True) if m == ALL)
        rows.append((*shown, None if state else value, state, over))
    made = pd.DataFrame(rows, columns=[*by, "n", "hidden", "summed"]).astype({"n": "Int64"})
    facts = {
        "cells": len(counts),
        "primary": len(primary),
        "secondary": len(secondary),
        "published": len(counts) - len(primary) - len(secondary),
        "minimum": minimum,
        "total": int(weights.sum()),
    }
    facts["hidden_share"] = (facts["primary"] + facts["secondary"]) / len(counts)
    params = {"by": by, "sets": [list(s) for s in sets]}
    notes = (Note("privacy.cells_hidden", {"n": facts["primary"] + facts["secondary"], "cells": len(counts)}),)
    return Result("privacy.suppressed", made, params, facts, notes if primary else (), source)


def _subsets(names: Sequence[str]) -> list[tuple[str, ...]]:
    return [s for r in range(len(names), -1, -1) for s in itertools.combinations(names, r)]


def attack(result: Result, *, primary_only: bool = True) -> pd.DataFrame:
    """What somebody can work out about the hidden cells of a published table: the least and the most each can be.

    Parameters
    ----------
    result : Result
        Of :func:`suppress`, or any Result whose table has the dimensions named in ``params["by"]``, ``n`` and
        ``summed``.
    primary_only : bool
        Attack the small cells only. (The attacker does not know which of the hidden cells these are.)

    Returns
    -------
    pandas.DataFrame
        The hidden cells with ``low``, ``high`` and ``known`` (both are the same: the cell is found out).

    Examples
    --------
    >>> import pandas as pd
    >>> from crmlab.results import Result
    >>> naive = pd.DataFrame({"unit": ["a", "b", None], "n": [None, 20, 22], "hidden": ["primary", "", ""],
    ...                       "summed": ["", "", "unit"]})
    >>> attack(Result("privacy.suppressed", naive, {"by": ["unit"]}))[["low", "high", "known"]].values.tolist()
    [[2.0, 2.0, True]]
    """
    import numpy as np
    import pandas as pd
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    by = list(result.params["by"])
    table = result.table
    keys = []
    for row, over in zip(table[by].itertuples(index=False, name=None), table["summed"], strict=True):
        gone = over.split(", ")
        members = [ALL if c in gone else _UNKNOWN if m is None or m != m else m for c, m in zip(by, row, strict=True)]
        keys.append(tuple(members))
    place = {k: i for i, k in enumerate(keys)}
    known = table["n"].notna().to_numpy()
    n = table["n"].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    rows = _lines(keys, place)
    entries = [(r, c, v) for r, (up, parts) in enumerate(rows) for c, v in [(up, -1.0), *((p, 1.0) for p in parts)]]
    matrix = csr_array(
        ([e[2] for e in entries], ([e[0] for e in entries], [e[1] for e in entries])), shape=(len(rows), len(keys))
    )
    bounds = [(v, v) if k else (0, None) for k, v in zip(known, n, strict=True)]
    wanted = table["hidden"] == "primary" if primary_only else ~known
    found = []
    for at in np.flatnonzero(np.asarray(wanted)):
        cost = np.zeros(len(keys))
        cost[at] = 1
        ends = []
        for sign in (1, -1):
            solved = linprog(sign * cost, A_eq=matrix, b_eq=np.zeros(len(rows)), bounds=bounds, method="highs")
            ends.append(sign * solved.fun if solved.success else sign * -np.inf)
        found.append((at, *ends))
    made = table.iloc[[f[0] for f in found]].drop(columns=["n", "summed"], errors="ignore").reset_index(drop=True)
    low, high = np.array([f[1] for f in found]), np.array([f[2] for f in found])
    return made.assign(low=low, high=high, known=np.isclose(low, high) if len(found) else pd.Series(dtype=bool))


def _lines(keys: Sequence[Key], place: Mapping[Key, int]) -> list[tuple[int, list[int]]]:
    """Every sum over every choice of dimensions that a reader can check: more of them than needed, on purpose."""
    width = len(keys[0])
    found: dict[tuple[Key, tuple[bool, ...]], list[int]] = {}
    for key, i in place.items():
        free = [d for d in range(width) if key[d] != ALL]
        fine = tuple(p == ALL for p in key)
        for r in range(1, len(free) + 1):
            for gone in itertools.combinations(free, r):
                up = tuple(ALL if d in gone else p for d, p in enumerate(key))
                if up in place:
                    found.setdefault((up, fine), []).append(i)
    return [(place[up], parts) for (up, _), parts in found.items()]
