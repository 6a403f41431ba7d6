"""From a query to SQL on the wide table, as a sqlglot syntax tree.

Numbers enter as literals and names as quoted identifiers; no text of a person becomes SQL. What can be added is
aggregated once at the finest grain and the totals from those cells; what is counted distinctly is reduced to (cell,
value) pairs first and counted at every total anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlglot import exp

from ..star import Level
from .formulas import Formula
from .measures import Part
from .query import Condition, Limit, Query

__all__ = ["Plan", "columns_needed", "conjunction", "count_plan", "facts_plan", "is_other", "plans"]

_BIGINT = 9 * 10**18
_BIT_MAPS = 32 * 2**20  # bytes of all cells' bit maps; beyond it a hash table of pairs is smaller


@dataclass(frozen=True)
class Plan:
    """One statement and how to read its rows: group keys, then grouping marks, then the parts."""

    statement: exp.Select
    fact: str
    positions: tuple[int, ...]  # of the query's levels, in the order of the keys
    parts: tuple[Part, ...]
    scales: tuple[int, ...]
    marked: bool  # whether grouping marks stand between keys and parts


def identifier(name: str) -> exp.Identifier:
    """A quoted name."""
    return exp.Identifier(this=name, quoted=True)


def column(name: str) -> exp.Column:
    """A quoted column."""
    return exp.Column(this=identifier(name))


def number(value: float) -> exp.Expression:
    """A number as a literal."""
    if value < 0:
        return exp.Neg(this=number(-value))
    return exp.Literal(this=repr(value), is_string=False)


def table(name: str, catalogue: str = "star") -> exp.From:
    """``FROM`` a table of the store."""
    return exp.From(this=exp.Table(this=identifier(name), db=identifier(catalogue)))


def alias(expression: exp.Expression, name: str) -> exp.Alias:
    """``expression AS "name"``."""
    return exp.Alias(this=expression, alias=identifier(name))


def plans(query: Query, meta: Mapping[str, Any], sources: Mapping[str, str] | None = None) -> list[Plan]:
    """One plan per fact for what can be added, one per distinct count.

    Parameters
    ----------
    query : Query
    meta : mapping
        The star's own description.
    sources : mapping of str to str, optional
        Fact to a pre-aggregated table that answers in its place.
    """
    found = []
    for fact in dict.fromkeys(p.fact for p in query.parts):
        roles = meta["facts"][fact]["roles"]
        if any(c.level.role not in roles for c in query.conditions):
            continue  # the filter can't be applied to this fact: nothing of it may be shown
        sets = [s for s in query.sets if all(query.levels[i].role in roles for i in s)]
        if not sets:
            continue
        own = [p for p in query.parts if p.fact == fact]
        plain = tuple(p for p in own if p.op != "distinct" or bit_map(p, query, meta) is not None)
        if plain:
            found.append(_additive(query, fact, sets, plain, meta, (sources or {}).get(fact)))
        found += [_distinct(query, fact, sets, p, meta) for p in own if p not in plain]
    return found


def _positions(sets: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sorted({i for s in sets for i in s}))


def _keys(query: Query, positions: Sequence[int]) -> list[exp.Alias]:
    return [alias(_level(query, query.levels[i]), f"k{i}") for i in positions]


def _level(query: Query, level: Level) -> exp.Expression:
    for limit in query.limits:
        if limit.level == level:
            return _limited(limit)
    return column(f"d.{level.code}")


def _limited(limit: Limit) -> exp.Expression:
    own = column(f"d.{limit.level.code}")
    ifs = []
    for parents, chosen in limit.chosen:
        tests = [_among(column(f"d.{limit.level.code}"), chosen)]
        pairs = zip(limit.within, parents, strict=True)
        tests += [_among(column(f"d.{level.code}"), frozenset([code])) for level, code in pairs]
        ifs.append(exp.If(this=conjunction(tests), true=own.copy()))
    if not ifs:
        return exp.Cast(this=number(-1), to=exp.DataType(this=exp.DataType.Type.INT))
    return exp.Case(ifs=ifs, default=number(-1))


def is_other(limit: Limit) -> exp.Expression:
    """The test that a fact belongs to the members not shown."""
    return exp.EQ(this=_limited(limit), expression=number(-1))


def _among(what: exp.Expression, codes: frozenset[int | None]) -> exp.Expression:
    known = sorted(c for c in codes if c is not None)
    tests: list[exp.Expression] = []
    if len(known) == 1:
        tests.append(exp.EQ(this=what, expression=number(known[0])))
    elif known:
        tests.append(exp.In(this=what, expressions=[number(c) for c in known]))
    if None in codes:
        tests.append(exp.Is(this=what.copy(), expression=exp.Null()))
    if not tests:
        return exp.Boolean(this=False)
    return tests[0] if len(tests) == 1 else exp.Paren(this=exp.Or(this=tests[0], expression=tests[1]))


def conjunction(tests: Sequence[exp.Expression]) -> exp.Expression:
    """All of the tests."""
    whole = tests[0]
    for test in tests[1:]:
        whole = exp.And(this=whole, expression=test)
    return whole


def condition(wanted: Condition) -> exp.Expression:
    """One condition on codes."""
    what = column(f"d.{wanted.level.code}")
    if wanted.span is not None:
        low, high = wanted.span
        if low > high:
            return exp.Boolean(this=False)
        return exp.Between(this=what, low=number(low), high=number(high))
    return _among(what, wanted.codes or frozenset())


def _where(tests: Sequence[exp.Expression]) -> exp.Where | None:
    return exp.Where(this=conjunction(tests)) if tests else None


def _group(positions: Sequence[int]) -> exp.Group | None:
    return exp.Group(expressions=[number(i + 1) for i in range(len(positions))]) if positions else None


def _grouping_sets(sets: Sequence[tuple[int, ...]]) -> exp.Group:
    tuples = [exp.Tuple(expressions=[column(f"k{i}") for i in s]) for s in sets]
    return exp.Group(grouping_sets=[exp.GroupingSets(expressions=tuples)])


def _outer(inner: exp.Select, positions: Sequence[int], sets: Sequence[tuple[int, ...]], parts: list) -> exp.Select:
    keys = [column(f"k{i}") for i in positions]
    marks = [alias(exp.Grouping(expressions=[column(f"k{i}")]), f"g{i}") for i in positions]
    cte = exp.CTE(this=inner, alias=exp.TableAlias(this=identifier("cells")))
    return exp.Select(
        expressions=[*keys, *marks, *parts],
        from_=exp.From(this=exp.Table(this=identifier("cells"))),
        group=_grouping_sets(sets),
        with_=exp.With(expressions=[cte]),
    )


def _additive(
    query: Query,
    fact: str,
    sets: Sequence[tuple[int, ...]],
    parts: tuple[Part, ...],
    meta: Mapping[str, Any],
    source: str | None,
) -> Plan:
    positions = _positions(sets)
    where = _where([condition(c) for c in query.conditions])
    scaled = [scale_of(p, meta["facts"][fact]) for p in parts]
    if source is None:
        origin = table(f"wide.{fact}")
        values = [part_expression(p, meta) for p in parts]
    else:
        origin = table(source, "cuboids")
        values = [_again(p, part_column(p)) for p in parts]
    single = len(sets) == 1
    named = [
        alias(_counted(p, v) if single else v, f"v{i}") for i, (p, v) in enumerate(zip(parts, values, strict=True))
    ]
    inner = exp.Select(
        expressions=[*_keys(query, positions), *named], from_=origin, where=where, group=_group(positions)
    )
    if single:
        return Plan(inner, fact, positions, parts, tuple(scaled), False)
    again = [alias(_counted(p, _again(p, f"v{i}")), f"s{i}") for i, p in enumerate(parts)]
    return Plan(_outer(inner, positions, sets, again), fact, positions, parts, tuple(scaled), True)


def part_column(part: Part) -> str:
    """How a pre-aggregated table calls a part."""
    return f"p.{part.op}.{part.expression!r}"


def _again(part: Part, name: str) -> exp.Expression:
    if part.op in ("min", "max"):
        return (exp.Min if part.op == "min" else exp.Max)(this=column(name))
    if part.op == "distinct":
        return exp.Anonymous(this="bit_or", expressions=[column(name)])
    return exp.Sum(this=column(name))


def _counted(part: Part, value: exp.Expression) -> exp.Expression:
    return exp.Anonymous(this="bit_count", expressions=[value]) if part.op == "distinct" else value


def bit_map(part: Part, query: Query, meta: Mapping[str, Any]) -> tuple[str, int, int] | None:
    """Column, smallest and largest value for counting different values in bit maps, one per cell; ``None``: too large.

    Bit maps are exact, and joined by ``or`` they give exact totals.
    """
    info = meta["facts"][part.fact]
    name = distinct_column(part.expression[1], info)
    if name.startswith("d."):
        role = name[2:].removesuffix(".$key")
        low, high = 0, max(meta["dimensions"][info["roles"][role]["dimension"]]["rows"] - 1, 0)
    elif name.startswith("c."):
        low, high = 0, info["coded"][name[2:]]
    elif name[2:] in info["ranges"] and name[2:] not in info["scales"]:
        low, high = info["ranges"][name[2:]]
    else:
        return None
    cells = 1
    for level in query.levels:
        cells *= level.count + 1
    return (name, low, high) if min(cells, info["rows"]) * (high - low + 8) / 8 <= _BIT_MAPS else None


def _distinct(query: Query, fact: str, sets: Sequence[tuple[int, ...]], part: Part, meta: Mapping[str, Any]) -> Plan:
    positions = _positions(sets)
    name = distinct_column(part.expression[1], meta["facts"][fact])
    tests = [condition(c) for c in query.conditions]
    tests.append(exp.Not(this=exp.Is(this=column(name), expression=exp.Null())))
    pairs = exp.Select(
        expressions=[*_keys(query, positions), alias(column(name), "v")],
        from_=table(f"wide.{fact}"),
        where=_where(tests),
        group=_group(range(len(positions) + 1)),
    )
    if len(sets) > 1:
        count = alias(exp.Count(this=exp.Distinct(expressions=[column("v")])), "n")
        return Plan(_outer(pairs, positions, sets, [count]), fact, positions, (part,), (0,), True)
    cte = exp.CTE(this=pairs, alias=exp.TableAlias(this=identifier("cells")))
    select = exp.Select(
        expressions=[*(column(f"k{i}") for i in positions), alias(exp.Count(this=exp.Star()), "n")],
        from_=exp.From(this=exp.Table(this=identifier("cells"))),
        group=_group(positions),
        with_=exp.With(expressions=[cte]),
    )
    return Plan(select, fact, positions, (part,), (0,), False)


def distinct_column(name: str, info: Mapping[str, Any]) -> str:
    """The cheapest column of the wide table with as many different values as the fact's column ``name``."""
    if name in info["coded"]:
        return f"c.{name}"
    for role, key in info["roles"].items():
        # a code stands for one key only where every key was found, and a date of a timestamp only where it is a date
        if key["column"] == name and not key["orphans"] and not info["columns"][name].startswith("TIMESTAMP"):
            return f"d.{role}.$key"
    return f"f.{name}"


def part_expression(part: Part, meta: Mapping[str, Any]) -> exp.Expression:
    """A part as an aggregate over the wide table; a distinct count as the bit map of what was met."""
    info = meta["facts"][part.fact]
    if part.op == "distinct":
        name, low, high = bit_map(part, Query((), (), ()), meta)
        ends = [exp.Cast(this=number(end), to=exp.DataType(this=exp.DataType.Type.BIGINT)) for end in (low, high)]
        return exp.Anonymous(this="bitstring_agg", expressions=[_big(column(name)), *ends])
    if part.op == "count":
        return exp.Count(this=exp.Star())
    what, _, _ = arithmetic(part.expression, info)
    if part.op == "count_value":
        return exp.Count(this=what)
    return {"sum": exp.Sum, "min": exp.Min, "max": exp.Max}[part.op](this=what)


def scale_of(part: Part, info: Mapping[str, Any]) -> int:
    """By how many decimal places a part's number is shifted to the left."""
    return arithmetic(part.expression, info)[1] if part.op in ("sum", "min", "max") else 0


def arithmetic(formula: Formula, info: Mapping[str, Any]) -> tuple[exp.Expression, int, int | None]:
    """A row's arithmetic in whole numbers where that is possible.

    Returns
    -------
    expression, scale, bound
        ``bound`` is the largest absolute value, ``None`` where the arithmetic is in floating point (then ``scale`` is
        0).
    """
    kind, *rest = formula
    if kind == "name":
        return _fact_column(rest[0], info)
    if kind == "number":
        whole = isinstance(rest[0], int)
        return number(rest[0]), 0, abs(rest[0]) if whole else None
    if len(rest) == 1:
        what, scale, bound = arithmetic(rest[0], info)
        return exp.Neg(this=exp.Paren(this=what)), scale, bound
    (a, ka, ba), (b, kb, bb) = (arithmetic(part, info) for part in rest)
    if kind in "+-" and ba is not None and bb is not None:
        k = max(ka, kb)
        bound = ba * 10 ** (k - ka) + bb * 10 ** (k - kb)
        if bound < _BIGINT:
            node = exp.Add if kind == "+" else exp.Sub
            return exp.Paren(this=node(this=_shift(a, k - ka), expression=_shift(b, k - kb))), k, bound
    if kind == "*" and ba is not None and bb is not None and ba * bb < _BIGINT:
        return exp.Paren(this=exp.Mul(this=_big(a), expression=_big(b))), ka + kb, ba * bb
    a, b = _float(a, ka), _float(b, kb)
    if kind == "/":
        b = exp.Nullif(this=b, expression=number(0))
    node = {"+": exp.Add, "-": exp.Sub, "*": exp.Mul, "/": exp.Div}[kind]
    return exp.Paren(this=node(this=a, expression=b)), 0, None


def _fact_column(name: str, info: Mapping[str, Any]) -> tuple[exp.Expression, int, int | None]:
    scale = info["scales"].get(name)
    ends = info["ranges"].get(name)
    bound = max(map(abs, ends)) if ends else None
    if scale is not None:
        return column(f"x.{name}"), scale, bound
    return column(f"f.{name}"), 0, bound


def _big(what: exp.Expression) -> exp.Expression:
    return exp.Cast(this=what, to=exp.DataType(this=exp.DataType.Type.BIGINT))


def _shift(what: exp.Expression, places: int) -> exp.Expression:
    return exp.Mul(this=_big(what), expression=number(10**places)) if places else _big(what)


def _float(what: exp.Expression, scale: int) -> exp.Expression:
    double = exp.Cast(this=what, to=exp.DataType(this=exp.DataType.Type.DOUBLE))
    return exp.Paren(this=exp.Div(this=double, expression=number(10**scale))) if scale else double


def columns_needed(query: Query) -> set[str]:
    """The codes that a source must have to answer a query."""
    used = {level.code for level in query.levels} | {c.level.code for c in query.conditions}
    return used | {level.code for limit in query.limits for level in (limit.level, *limit.within)}


def facts_plan(
    fact: str, columns: Sequence[str], conditions: Sequence[exp.Expression], limit: int | None
) -> exp.Select:
    """Fact rows behind a cell. DuckDB keeps them in the source's order, which lets a limit end the search early."""
    return exp.Select(
        expressions=[column(c) for c in columns],
        from_=table(f"wide.{fact}"),
        where=_where([c.copy() for c in conditions]),
        limit=exp.Limit(expression=number(limit)) if limit is not None else None,
    )


def count_plan(fact: str, conditions: Sequence[exp.Expression]) -> exp.Select:
    """How many fact rows stand behind a cell."""
    return exp.Select(
        expressions=[exp.Count(this=exp.Star())],
        from_=table(f"wide.{fact}"),
        where=_where([c.copy() for c in conditions]),
    )
