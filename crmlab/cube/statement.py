"""The SQL of a view as a person would write it: against the star's own tables, one statement, any of three dialects.

Shares and comparisons with an earlier period are computed from its rows and do not stand in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from .. import labels
from ..errors import UserError, suggest
from ..star import Level
from . import formulas
from .answer import grouping_sets, parts_needed, rank
from .compile import alias, conjunction, identifier, number
from .measures import Measure, Part, parts_of
from .query import Limit

if TYPE_CHECKING:
    from .view import Filter, View

__all__ = ["DIALECTS", "statement"]

DIALECTS = ("duckdb", "postgres", "spark")


def statement(view: View, dialect: str = "duckdb") -> str:
    """The view as SQL.

    Parameters
    ----------
    view : View
    dialect : {"duckdb", "postgres", "spark"}
        A level that is rolled up is NULL in its column and 1 in the column with its name and ``_total``.
    """
    if dialect not in DIALECTS:
        raise UserError("cube.unknown_dialect", found=dialect, wanted=DIALECTS, near=suggest(dialect, DIALECTS))
    return _Writer(view).tree().sql(dialect, pretty=True)


def _column(table: str, name: str) -> exp.Column:
    return exp.Column(this=identifier(name), table=identifier(table))


def _type(name: str) -> exp.DataType:
    return exp.DataType.build(name, dialect="duckdb")


def _double(what: exp.Expression) -> exp.Cast:
    return exp.Cast(this=what, to=_type("DOUBLE"))


class _Writer:
    def __init__(self, view: View) -> None:
        self.view, self.cube = view, view.cube
        self.meta = view.cube.star.meta
        self.levels: tuple[Level, ...] = tuple(self.cube.levels[n] for n in (*view.by, *view.columns))
        self.sets = grouping_sets(view, view.subtotals)
        self.parts = parts_needed(view, view.measures)
        self.limit: Limit | None = rank(view)[0]
        self.facts = list(dict.fromkeys(p.fact for p in self.parts))

    def tree(self) -> exp.Expression:
        if len(self.facts) == 1 and not self._lacking(self.facts[0]):
            return self._single(self.facts[0])
        return self._several()

    def _lacking(self, fact: str) -> bool:
        spoken = {lv.role for lv in self.levels} | self.view.filter_roles
        return not spoken <= self.meta["facts"][fact]["roles"].keys()

    # -- one fact -----------------------------------------------------------------------------------------------------

    def _single(self, fact: str) -> exp.Select:
        keys = [self._level(lv) for lv in self.levels]
        named = [alias(k, lv.id) for k, lv in zip(keys, self.levels, strict=True)]
        several = len(self.sets) > 1
        if several:
            named += [
                alias(exp.Grouping(expressions=[k.copy()]), f"{lv.id}_total")
                for k, lv in zip(keys, self.levels, strict=True)
            ]
        own = {p: self._aggregate(p) for p in self.parts}
        named += [alias(self._measure(self.cube.measures[m], own), m) for m in self.view.measures]
        named.append(alias(exp.Count(this=exp.Star()), "n"))
        return exp.Select(
            expressions=named,
            from_=self._from(fact),
            joins=self._joins(fact),
            where=self._where(),
            group=self._group(keys, self.sets),
            order=self._order([lv.id for lv in self.levels], several),
        )

    def _group(self, keys: Sequence[exp.Expression], sets: Sequence[tuple[int, ...]]) -> exp.Group | None:
        if not keys:
            return None
        if len(sets) == 1:
            return exp.Group(expressions=[keys[i].copy() for i in sets[0]])
        tuples = [exp.Tuple(expressions=[keys[i].copy() for i in s]) for s in sets]
        return exp.Group(grouping_sets=[exp.GroupingSets(expressions=tuples)])

    def _order(self, names: Sequence[str], several: bool) -> exp.Order | None:
        marks = [[f"{n}_total"] if several else [] for n in names]
        columns = [c for mark, name in zip(marks, names, strict=True) for c in (*mark, name)]
        by = [exp.Ordered(this=exp.Column(this=identifier(c)), nulls_first=False) for c in columns]
        return exp.Order(expressions=by) if by else None

    def _from(self, fact: str) -> exp.From:
        name = self.meta["facts"][fact]["table"]
        return exp.From(this=exp.Table(this=identifier(name), alias=exp.TableAlias(this=identifier("f"))))

    def _joins(self, fact: str) -> list[exp.Join]:
        """Left joins, so that facts with an unknown member stay; only the dimensions that are spoken of."""
        spoken = {lv.role for lv in self.levels} | self.view.filter_roles
        if self.limit:
            spoken |= {lv.role for lv in self.limit.within}
        joins = []
        for role, info in self.meta["facts"][fact]["roles"].items():
            if role not in spoken or self.cube.star.dimensions[info["dimension"]].made == "facts":
                continue
            dimension = self.meta["dimensions"][info["dimension"]]
            key = self.cube.star.dimensions[info["dimension"]].key
            own: exp.Expression = _column("f", info["column"])
            kind = self.meta["facts"][fact]["columns"][info["column"]]
            if dimension["columns"][key] == "DATE" and kind.startswith("TIMESTAMP"):
                own = exp.Cast(this=own, to=_type("DATE"))
            joins.append(
                exp.Join(
                    this=exp.Table(this=identifier(dimension["table"]), alias=exp.TableAlias(this=identifier(role))),
                    side="LEFT",
                    on=exp.EQ(this=own, expression=_column(role, key)),
                )
            )
        return joins

    def _column(self, level: Level) -> exp.Column:
        if self.cube.star.dimensions[level.dimension].made == "facts":
            return _column("f", level.column)
        return _column(level.role, level.column)

    def _level(self, level: Level) -> exp.Expression:
        column = self._column(level)
        if self.limit is None or self.limit.level != level:
            return column
        ifs = []
        for parents, chosen in self.limit.chosen:
            tests = [self._among(level, chosen)]
            tests += [self._among(lv, [c]) for lv, c in zip(self.limit.within, parents, strict=True)]
            ifs.append(exp.If(this=conjunction(tests), true=exp.Cast(this=column.copy(), to=_type("VARCHAR"))))
        others = exp.Literal.string(labels.text("cube.others"))
        return exp.Case(ifs=ifs, default=others) if ifs else others

    # -- filters ------------------------------------------------------------------------------------------------------

    def _where(self) -> exp.Where | None:
        tests = [self._filter(f) for f in self.view.filters]
        return exp.Where(this=conjunction(tests)) if tests else None

    def _filter(self, wanted: Filter) -> exp.Expression:
        level = self.cube.levels[wanted.level]
        condition = self.cube.condition(wanted)
        if condition.span is None:
            return self._among(level, condition.codes)
        low, high = condition.span
        values = self.cube.member_table(level.id).values
        inside = values[low : high + 1]
        plain = level.unit in (
            "date",
            "month",
            "quarter",
            "year",
            "week",
            "month_of_year",
            "number",
        ) and values == sorted(values)
        if not inside or not plain:
            return self._among(level, range(low, high + 1))
        column = self._column(level)
        return exp.Between(this=column, low=_literal(inside[0]), high=_literal(inside[-1]))

    def _among(self, level: Level, codes: Any) -> exp.Expression:
        column = self._column(level)
        table = self.cube.member_table(level.id)
        known = [table.value(c) for c in sorted(c for c in codes if c is not None)]
        tests: list[exp.Expression] = []
        if len(known) == 1:
            tests.append(exp.EQ(this=column, expression=_literal(known[0])))
        elif known:
            tests.append(exp.In(this=column, expressions=[_literal(v) for v in known]))
        if None in codes:
            tests.append(exp.Is(this=column.copy(), expression=exp.Null()))
        if not tests:
            return exp.Boolean(this=False)
        return tests[0] if len(tests) == 1 else exp.Paren(this=exp.Or(this=tests[0], expression=tests[1]))

    # -- measures -----------------------------------------------------------------------------------------------------

    def _aggregate(self, part: Part) -> exp.Expression:
        if part.op == "count":
            return exp.Count(this=exp.Star())
        what = _arithmetic(part.expression)
        if part.op == "count_value":
            return exp.Count(this=what)
        if part.op == "distinct":
            return exp.Count(this=exp.Distinct(expressions=[what]))
        return {"sum": exp.Sum, "min": exp.Min, "max": exp.Max}[part.op](this=what)

    def _measure(self, measure: Measure, own: dict[Part, exp.Expression]) -> exp.Expression:
        known = self.cube.measures
        if measure.kind == "ratio":
            top, bottom = (self._measure(known[n], own) for n in measure.uses)
            return exp.Div(this=_double(top), expression=exp.Nullif(this=bottom, expression=number(0)))
        if measure.kind == "calc":
            return _arithmetic(formulas.parse(measure.column), lambda n: self._measure(known[n], own))
        found = [own[p].copy() for p in parts_of(measure, known)]
        if measure.kind == "mean":
            return exp.Div(this=_double(found[0]), expression=exp.Nullif(this=found[1], expression=number(0)))
        return found[0]

    # -- several facts ------------------------------------------------------------------------------------------------

    def _several(self) -> exp.Select:
        """Each fact on its own, one below the other, and then put side by side: no fact multiplies another."""
        names = {p: f"p{i}" for i, p in enumerate(self.parts)}
        legs = [leg for fact in self.facts if (leg := self._leg(fact, names)) is not None]
        if not legs:
            return exp.Select(expressions=[exp.Null()], where=exp.Where(this=exp.Boolean(this=False)))
        union: Any = legs[0]
        for leg in legs[1:]:
            union = exp.Union(this=union, expression=leg, distinct=False)
        ids = [lv.id for lv in self.levels]
        keys = [exp.Column(this=identifier(n)) for i in ids for n in (i, f"{i}_total")]
        own: dict[Part, exp.Expression] = {}
        for part, name in names.items():
            most: exp.Expression = exp.Max(this=exp.Column(this=identifier(name)))
            if part.op in ("count", "distinct"):
                most = self._zero_where_it_applies(part.fact, most)
            own[part] = most
        chosen = [k.copy() for k in keys]
        chosen += [alias(self._measure(self.cube.measures[m], own), m) for m in self.view.measures]
        chosen.append(alias(own[Part(self.view.main_fact, "count")].copy(), "n"))
        side = exp.CTE(this=union, alias=exp.TableAlias(this=identifier("facts")))
        return exp.Select(
            expressions=chosen,
            from_=exp.From(this=exp.Table(this=identifier("facts"))),
            group=exp.Group(expressions=[k.copy() for k in keys]) if keys else None,
            order=self._order(ids, True),
            with_=exp.With(expressions=[side]),
        )

    def _zero_where_it_applies(self, fact: str, count: exp.Expression) -> exp.Expression:
        """No row is a count of zero; where the fact lacks a level of the row or of the filters there is no count."""
        roles = self.meta["facts"][fact]["roles"]
        if not self.view.filter_roles <= roles.keys():
            return count
        zero = exp.Coalesce(this=count, expressions=[number(0)])
        lacking = [f"{lv.id}_total" for lv in self.levels if lv.role not in roles]
        if not lacking:
            return zero
        tests = [exp.EQ(this=exp.Column(this=identifier(mark)), expression=number(1)) for mark in lacking]
        return exp.Case(ifs=[exp.If(this=conjunction(tests), true=zero)])

    def _leg(self, fact: str, names: dict[Part, str]) -> exp.Select | None:
        roles = self.meta["facts"][fact]["roles"]
        if not self.view.filter_roles <= roles.keys():
            return None
        sets = [s for s in self.sets if all(self.levels[i].role in roles for i in s)]
        if not sets:
            return None
        keys = [self._level(lv) if lv.role in roles else None for lv in self.levels]
        # a level that every set of this fact rolls up is no key of it
        keys = [k if k is not None and any(i in s for s in sets) else None for i, k in enumerate(keys)]
        named = []
        for key, level in zip(keys, self.levels, strict=True):
            kind = "VARCHAR" if self.limit and self.limit.level == level else self._kind(level)
            missing = exp.Cast(this=exp.Null(), to=_type(kind))
            mark = exp.Grouping(expressions=[key.copy()]) if key is not None else number(1)
            if key is not None and len(sets) == 1:
                mark = number(0)
            named += [alias(key if key is not None else missing, level.id), alias(mark, f"{level.id}_total")]
        for part, name in names.items():
            own = part.fact == fact
            named.append(alias(self._aggregate(part) if own else exp.Cast(this=exp.Null(), to=_type("DOUBLE")), name))
        used = [k if k is not None else exp.Null() for k in keys]
        group = self._group(used, sets) if any(sets) else None
        return exp.Select(
            expressions=named, from_=self._from(fact), joins=self._joins(fact), where=self._where(), group=group
        )

    def _kind(self, level: Level) -> str:
        return self.meta["dimensions"][level.dimension]["columns"][level.column]


def _literal(value: Any) -> exp.Expression:
    if isinstance(value, bool):
        return exp.Boolean(this=value)
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, dt.datetime):
        return exp.Cast(this=exp.Literal.string(value.isoformat(sep=" ")), to=_type("TIMESTAMP"))
    if isinstance(value, dt.date):
        return exp.Cast(this=exp.Literal.string(value.isoformat()), to=_type("DATE"))
    return exp.Literal.string(str(value))


def _arithmetic(formula: formulas.Formula, look_up: Any = None) -> exp.Expression:
    kind, *rest = formula
    if kind == "name":
        return look_up(rest[0]) if look_up else _column("f", rest[0])
    if kind == "number":
        return number(rest[0])
    parts = [_arithmetic(part, look_up) for part in rest]
    if len(parts) == 1:
        return exp.Neg(this=exp.Paren(this=parts[0]))
    left, right = parts
    if kind == "/":
        left, right = _double(left), exp.Nullif(this=right, expression=number(0))
    node = {"+": exp.Add, "-": exp.Sub, "*": exp.Mul, "/": exp.Div}[kind]
    return exp.Paren(this=node(this=left, expression=right))
