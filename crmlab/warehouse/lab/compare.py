"""Whether two tables are the same answer.

The rules, which :meth:`Comparison.rules` says to a reader: the order of rows does not matter unless it is asked for; a
row that stands twice must stand twice in both; columns are matched by name where both tables have the same names, and
by position otherwise; numbers are equal within a relative 1e-9 (or 1e-6 absolutely), whatever their types; NULL equals
NULL only; text must be equal to the letter; a date equals the same day at midnight.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ... import labels
from ...errors import UserError
from ...privacy.masking import missing

__all__ = ["Comparison", "compare"]

_RELATIVE, _ABSOLUTE = 1e-9, 1e-6
_MOST_PAIRED = 400


@dataclass(frozen=True)
class Comparison:
    """What a comparison found.

    Attributes
    ----------
    same : bool
    code : str
        ``same``, ``columns``, ``rows``, ``duplicates``, ``nulls``, ``values`` or ``order``.
    values : dict
        Of the first useful difference.
    """

    same: bool
    code: str
    values: dict[str, Any] = field(default_factory=dict)

    def render(self, lang: str | None = None) -> str:
        """The finding in words."""
        shown = {k: _row(v) if isinstance(v, tuple) else v for k, v in self.values.items()}
        return labels.text(f"lab.compare_{self.code}", lang, **shown)

    @staticmethod
    def rules(lang: str | None = None) -> str:
        """What counts as equal, in words."""
        return labels.text("lab.compare_rules", lang)

    def __bool__(self) -> bool:
        return self.same

    def __str__(self) -> str:
        return self.render()

    __repr__ = __str__


def compare(
    given: tuple[Sequence[str], Sequence[tuple]],
    wanted: tuple[Sequence[str], Sequence[tuple]],
    *,
    ordered: bool = False,
) -> Comparison:
    """Compare two tables, each as its column names and its rows.

    Parameters
    ----------
    given, wanted : pair of names and rows, or DataFrame
    ordered : bool
        The order of the rows counts too.

    Returns
    -------
    Comparison

    Examples
    --------
    >>> bool(compare((["a", "b"], [(1, "x"), (2, None)]), (["b", "a"], [(None, 2.0), ("x", 1)])))
    True
    >>> compare((["a"], [(1,), (1,)]), (["a"], [(1,), (2,)])).code
    'values'
    """
    names, rows = _taken(given)
    wanted_names, wanted_rows = _taken(wanted)
    if len(names) != len(wanted_names):
        return Comparison(False, "columns", {"found": len(names), "wanted": len(wanted_names)})
    lower, wanted_lower = ([n.lower() for n in group] for group in (names, wanted_names))
    if sorted(lower) == sorted(wanted_lower) and len(set(lower)) == len(lower):
        order = [lower.index(n) for n in wanted_lower]
        rows = [tuple(row[i] for i in order) for row in rows]
    mine, theirs = ([tuple(_cell(v) for v in row) for row in group] for group in (rows, wanted_rows))
    extra, missing = _unpaired(mine, theirs)
    if not extra and not missing:
        if ordered and not all(_alike(a, b) for a, b in zip(mine, theirs, strict=True)):
            at = next(i for i, (a, b) in enumerate(zip(mine, theirs, strict=True)) if not _alike(a, b))
            return Comparison(False, "order", {"place": at + 1, "found": rows[at], "wanted": wanted_rows[at]})
        return Comparison(True, "same", {"n": len(rows)})
    return _difference(rows, wanted_rows, mine, theirs, extra, missing)


def _difference(
    rows: Sequence[tuple],
    wanted_rows: Sequence[tuple],
    mine: list[tuple],
    theirs: list[tuple],
    extra: list[int],
    missing: list[int],
) -> Comparison:
    """The first difference that helps: doubled rows before missing ones, NULLs before values."""
    counts = {"found_n": len(rows), "wanted_n": len(wanted_rows)}
    if len(rows) != len(wanted_rows):
        few, many = (theirs, mine) if len(rows) > len(wanted_rows) else (mine, theirs)
        if few and not _unpaired(_distinct(many), _distinct(few))[0]:
            at = extra[0] if len(rows) > len(wanted_rows) else missing[0]
            row = rows[at] if len(rows) > len(wanted_rows) else wanted_rows[at]
            times = sum(_alike(_cells(row), other) for other in mine), sum(_alike(_cells(row), o) for o in theirs)
            return Comparison(False, "duplicates", {"row": row, "found": times[0], "wanted": times[1], **counts})
        code = "rows_extra" if len(rows) > len(wanted_rows) or not missing else "rows_missing"
        row = rows[extra[0]] if code == "rows_extra" and extra else wanted_rows[missing[0]]
        return Comparison(False, code, {"row": row, **counts})
    found, wanted = rows[extra[0]], wanted_rows[missing[0]]
    # the pair that differs in the fewest columns says most
    pairs = [(a, b) for a in extra[:50] for b in missing[:50]]
    a, b = min(pairs, key=lambda p: sum(not _same(x, y) for x, y in zip(mine[p[0]], theirs[p[1]], strict=True)))
    found, wanted = rows[a], wanted_rows[b]
    differ = [(x, y) for x, y in zip(found, wanted, strict=True) if not _same(_cell(x), _cell(y))]
    code = "nulls" if differ and all((x is None) != (y is None) for x, y in differ) else "values"
    return Comparison(False, code, {"found": found, "wanted": wanted, "n": len(extra)})


def _taken(table: Any) -> tuple[list[str], list[tuple]]:
    if hasattr(table, "itertuples"):
        return [str(c) for c in table.columns], list(table.itertuples(index=False, name=None))
    if not isinstance(table, tuple) or len(table) != 2:
        raise UserError("lab.not_a_table", found=type(table).__name__)
    names, rows = table
    return [str(n) for n in names], [tuple(r) for r in rows]


def _cells(row: tuple) -> tuple:
    return tuple(_cell(v) for v in row)


def _cell(value: Any) -> tuple[str, Any]:
    """A value as its kind and what it is compared by."""
    value = value.item() if hasattr(value, "item") and not isinstance(value, dt.date) else value
    if missing(value):
        return ("null", None)
    if isinstance(value, bool):
        return ("truth", value)
    if isinstance(value, int | float | Decimal):
        return ("number", int(value) if isinstance(value, int) or value == _whole(value) else float(value))
    if isinstance(value, dt.datetime):
        return ("time", value.replace(tzinfo=None))
    if isinstance(value, dt.date):
        return ("time", dt.datetime(value.year, value.month, value.day))
    if isinstance(value, list | tuple):
        return ("list", tuple(_cell(v) for v in value))
    if isinstance(value, dict):
        return ("list", tuple((k, _cell(v)) for k, v in value.items()))
    return (type(value).__name__, str(value) if not isinstance(value, str) else value)


def _whole(value: Any) -> int | None:
    """The whole number that a value equals up to its last digit; ``None`` for infinity."""
    return None if isinstance(value, float) and math.isinf(value) else int(value)


def _same(a: tuple[str, Any], b: tuple[str, Any]) -> bool:
    if a[0] == b[0] == "number":
        if a[1] == b[1]:
            return True
        x, y = float(a[1]), float(b[1])
        return math.isclose(x, y, rel_tol=_RELATIVE, abs_tol=_ABSOLUTE)
    return a == b


def _alike(a: tuple, b: tuple) -> bool:
    return all(_same(x, y) for x, y in zip(a, b, strict=True))


def _distinct(rows: list[tuple]) -> list[tuple]:
    return list(dict.fromkeys(rows))


def _unpaired(mine: list[tuple], theirs: list[tuple]) -> tuple[list[int], list[int]]:
    """The rows of either side that have no partner on the other.

    Equal rows are paired by counting. What is left differs at most in the last digits of a number: pairs are sought as
    a maximum matching, as "nearly equal" can't be sorted.
    """
    spare = Counter(theirs)
    left = []
    for i, row in enumerate(mine):
        if spare[row] > 0:
            spare[row] -= 1
        else:
            left.append(i)
    right = []
    for j in range(len(theirs) - 1, -1, -1):
        if spare[theirs[j]] > 0:
            spare[theirs[j]] -= 1
            right.append(j)
    right.reverse()
    if not left or not right:
        return left, right
    groups: dict[tuple, tuple[list[int], list[int]]] = {}
    for i in left:
        groups.setdefault(_rest(mine[i]), ([], []))[0].append(i)
    for j in right:
        groups.setdefault(_rest(theirs[j]), ([], []))[1].append(j)
    extra, missing = [], []
    for ours, others in groups.values():
        gone, wanting = _paired_in_order(ours, others, mine, theirs)
        partner: dict[int, int] = {}
        for i in gone[:_MOST_PAIRED]:
            _seek(i, mine, theirs, wanting[:_MOST_PAIRED], partner, set())
        taken = set(partner.values())
        extra += [i for i in gone if i not in taken]
        missing += [j for j in wanting if j not in partner]
    return sorted(extra), sorted(missing)


def _paired_in_order(
    ours: list[int], others: list[int], mine: list[tuple], theirs: list[tuple]
) -> tuple[list[int], list[int]]:
    """What stays without a partner when both sides are read in the order of their numbers."""
    ours = sorted(ours, key=lambda i: _numbers(mine[i]))
    others = sorted(others, key=lambda j: _numbers(theirs[j]))
    gone, wanting, i, j = [], [], 0, 0
    while i < len(ours) and j < len(others):
        if _alike(mine[ours[i]], theirs[others[j]]):
            i, j = i + 1, j + 1
        elif _numbers(mine[ours[i]]) <= _numbers(theirs[others[j]]):
            gone.append(ours[i])
            i += 1
        else:
            wanting.append(others[j])
            j += 1
    return gone + ours[i:], wanting + others[j:]


def _numbers(row: tuple) -> tuple:
    return tuple(cell[1] for cell in row if cell[0] == "number")


def _rest(row: tuple) -> tuple:
    """What must be equal exactly: all but the numbers."""
    return tuple(cell if cell[0] != "number" else ("number", None) for cell in row)


def _seek(
    i: int, mine: list[tuple], theirs: list[tuple], near: Sequence[int], partner: dict[int, int], seen: set[int]
) -> bool:
    for j in near:
        if j in seen or not _alike(mine[i], theirs[j]):
            continue
        seen.add(j)
        other = partner.get(j)
        if other is None or _seek(other, mine, theirs, near, partner, seen):
            partner[j] = i
            return True
    return False


def _row(row: tuple) -> str:
    """A row as a reader sees it."""
    return "(" + ", ".join("NULL" if v is None else str(v) for v in row) + ")"
