"""Measures: what is added up, counted or divided, and whether cells of it may be added."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..errors import UserError, suggest
from . import formulas

__all__ = ["Measure", "Part", "additive", "check", "parts_of", "reader", "sales_measures"]


@dataclass(frozen=True)
class Part:
    """One aggregate over one fact, from which measures are computed."""

    fact: str
    op: str  # sum, count, count_value, distinct, min, max
    expression: formulas.Formula | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.fact, self.op, self.expression)))

    def __hash__(self) -> int:  # looked up once per cell: too often to walk the formula every time
        return self._hash


@dataclass(frozen=True)
class Measure:
    """A number that a view shows. Use the constructors; ``kind`` says which one.

    Examples
    --------
    >>> Measure.ratio("margin_share", "margin", "revenue").uses
    ('margin', 'revenue')
    """

    name: str
    kind: str
    fact: str | None = None
    column: str | None = None
    unit: str = "number"
    numerator: str | None = None
    denominator: str | None = None

    @classmethod
    def sum(cls, name: str, fact: str | None = None, column: str | None = None, unit: str = "number") -> Measure:
        """A total: of a column, or of a row's arithmetic (``"quantity * unit_price"``).

        Examples
        --------
        >>> Measure.sum("revenue", "sales", "amount", unit="money").additive
        True
        """
        return cls(name, "sum", fact, column or name, unit)

    @classmethod
    def count(cls, name: str, fact: str | None = None, unit: str = "count") -> Measure:
        """The number of fact rows."""
        return cls(name, "count", fact, None, unit)

    @classmethod
    def count_distinct(
        cls, name: str, fact: str | None = None, column: str | None = None, unit: str = "count"
    ) -> Measure:
        """How many different values: exact, and never the sum of cells."""
        return cls(name, "count_distinct", fact, column or name, unit)

    @classmethod
    def min(cls, name: str, fact: str | None = None, column: str | None = None, unit: str = "number") -> Measure:
        """The smallest value."""
        return cls(name, "min", fact, column or name, unit)

    @classmethod
    def max(cls, name: str, fact: str | None = None, column: str | None = None, unit: str = "number") -> Measure:
        """The largest value."""
        return cls(name, "max", fact, column or name, unit)

    @classmethod
    def mean(cls, name: str, fact: str | None = None, column: str | None = None, unit: str = "number") -> Measure:
        """The mean of the rows that have a value: sum by count, at every total anew."""
        return cls(name, "mean", fact, column or name, unit)

    @classmethod
    def ratio(cls, name: str, numerator: str, denominator: str, unit: str = "share") -> Measure:
        """One measure by another: a ratio of sums, never a mean of ratios."""
        return cls(name, "ratio", None, None, unit, numerator, denominator)

    @classmethod
    def calc(cls, name: str, expression: str, unit: str = "number") -> Measure:
        """Arithmetic with measures: ``"revenue - cost"``."""
        return cls(name, "calc", None, expression, unit)

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> Measure:
        """A measure from plain data, as a data set describes its own.

        Examples
        --------
        >>> Measure.from_dict({"name": "margin", "kind": "calc", "formula": "revenue - cost", "unit": "money"}).uses
        ('revenue', 'cost')
        """
        kept = {k: v for k, v in said.items() if k != "formula"}
        if "formula" in said:
            kept["column"] = said["formula"]
        return cls(**kept)

    @property
    def additive(self) -> bool:
        """Whether cells may be added to get their total."""
        return self.kind in ("sum", "count")

    @property
    def uses(self) -> tuple[str, ...]:
        """The measures that this one is computed from."""
        if self.kind == "ratio":
            return (self.numerator, self.denominator)
        return formulas.names(formulas.parse(self.column)) if self.kind == "calc" else ()


def sales_measures(fact: str, columns: Iterable[str]) -> list[Measure]:
    """The measures that a table of sales allows, from the columns that it has.

    Parameters
    ----------
    fact : str
    columns : iterable of str
        Canonical names; nothing can be measured without ``amount``.

    Examples
    --------
    >>> [m.name for m in sales_measures("sales", ["order_id", "customer_id", "amount"])]
    ['revenue', 'orders', 'customers', 'order_value', 'lines']
    """
    there = set(columns)
    if "amount" not in there:
        return []
    found = [Measure.sum("revenue", fact, "amount", unit="money")]
    if "order_id" in there:
        found += [Measure.count_distinct("orders", fact, "order_id")]
    if "customer_id" in there:
        found += [Measure.count_distinct("customers", fact, "customer_id")]
    if "quantity" in there:
        found += [Measure.sum("quantity", fact, "quantity", unit="count")]
    if "cost" in there:
        found += [
            Measure.sum("cost", fact, "cost", unit="money"),
            Measure.calc("margin", "revenue - cost", unit="money"),
            Measure.ratio("margin_share", "margin", "revenue"),
        ]
    if "order_id" in there:
        found += [Measure.ratio("order_value", "revenue", "orders", unit="money")]
    return [*found, Measure.count("lines", fact)]


def parts_of(measure: Measure, known: Mapping[str, Measure]) -> tuple[Part, ...]:
    """The aggregates that a measure needs, its own parts first."""
    if measure.uses:
        return tuple(dict.fromkeys(p for name in measure.uses for p in parts_of(known[name], known)))
    return _own_parts(measure)


@cache  # the same objects for queries and readers: a cell is then looked up by identity
def _own_parts(measure: Measure) -> tuple[Part, ...]:
    if measure.kind in ("ratio", "calc"):
        return ()
    if measure.kind == "count":
        return (Part(measure.fact, "count"),)
    if measure.kind == "count_distinct":
        return (Part(measure.fact, "distinct", ("name", measure.column)),)
    formula = formulas.parse(measure.column) if _is_formula(measure.column) else ("name", measure.column)
    if measure.kind == "mean":
        return (Part(measure.fact, "sum", formula), Part(measure.fact, "count_value", formula))
    return (Part(measure.fact, measure.kind, formula),)


def _is_formula(column: str) -> bool:
    return any(sign in column for sign in "+-*/`(")


def additive(measure: Measure, known: Mapping[str, Measure]) -> bool:
    """Whether cells of a measure may be added: sums, counts, and what is linear in them."""
    if measure.kind == "calc":
        return _linear(formulas.parse(measure.column), known)
    return measure.additive


def _linear(formula: formulas.Formula, known: Mapping[str, Measure]) -> bool:
    kind, *parts = formula
    if kind == "name":
        return additive(known[parts[0]], known)
    if kind == "number":
        return False  # a constant would be added once per cell
    if kind in "+-":
        return all(_linear(p, known) for p in parts)
    left, right = parts
    if kind == "*" and left[0] == "number":
        return _linear(right, known)
    return right[0] == "number" and _linear(left, known)


def reader(
    measure: Measure, known: Mapping[str, Measure], *, exact: bool = False
) -> Callable[[Mapping[Part, Any]], Any]:
    """What computes a measure from a cell's aggregates. Made once per measure: a view has many cells.

    Examples
    --------
    >>> known = {"revenue": Measure.sum("revenue", "sales"), "lines": Measure.count("lines", "sales")}
    >>> read = reader(Measure.ratio("mean", "revenue", "lines"), known)
    >>> read({Part("sales", "sum", ("name", "revenue")): 12, Part("sales", "count"): 4})
    3.0
    """
    if measure.kind == "ratio":
        top, bottom = (reader(known[name], known, exact=exact) for name in measure.uses)
        return lambda cell: _quotient(top(cell), bottom(cell))
    if measure.kind == "calc":
        formula = formulas.parse(measure.column)
        parts = {name: reader(known[name], known, exact=exact) for name in measure.uses}
        return formulas.reader(formula, parts, exact=exact)
    own = _own_parts(measure)
    if measure.kind == "mean":
        total, count = own
        return lambda cell: _quotient(cell.get(total), cell.get(count))
    (part,) = own
    if measure.kind in ("count", "count_distinct"):
        # no fact row is a count of zero, but not a sum of zero: nothing was measured
        return lambda cell: cell.get(part) or 0
    return lambda cell: cell.get(part)


def _quotient(top: Any, bottom: Any) -> Any:
    return top / bottom if top is not None and bottom else None


def check(measures: Iterable[Measure], columns: Mapping[str, Mapping[str, str]]) -> dict[str, Measure]:
    """Complete the measures' facts and refuse names that do not exist.

    Parameters
    ----------
    measures : iterable of Measure
    columns : mapping
        Fact to its columns and their types.
    """
    from dataclasses import replace

    known: dict[str, Measure] = {}
    for measure in measures:
        if measure.name in known:
            raise UserError("cube.measure_twice", found=measure.name)
        if measure.kind not in ("ratio", "calc"):
            fact = measure.fact or next(iter(columns))
            if fact not in columns:
                raise UserError("cube.unknown_fact", found=fact, wanted=list(columns), near=suggest(fact, columns))
            measure = replace(measure, fact=fact)
            if measure.kind != "count":
                measure = _with_columns(measure, columns[fact])
        known[measure.name] = measure
    for measure in known.values():
        _resolve(measure, known, ())
    return known


def _with_columns(measure: Measure, types: Mapping[str, str]) -> Measure:
    from dataclasses import replace

    if measure.column in types and _is_formula(measure.column):
        measure = replace(measure, column=f"`{measure.column}`")  # a column that happens to look like arithmetic
    wanted = [measure.column]
    if measure.kind != "count_distinct" and _is_formula(measure.column):
        wanted = list(formulas.names(formulas.parse(measure.column)))
    elif measure.kind == "count_distinct":
        wanted = [measure.column.strip("`")]
        measure = replace(measure, column=wanted[0])
    for column in wanted:
        if column not in types:
            raise UserError(
                "cube.unknown_column",
                table=measure.fact,
                found=column,
                wanted=list(types),
                near=suggest(column, types),
                measure=measure.name,
            )
        kind = types[column]
        if measure.kind != "count_distinct" and not _is_number(kind):
            raise UserError("cube.not_a_number", table=measure.fact, found=kind, column=column, measure=measure.name)
    return measure


def _is_number(kind: str) -> bool:
    return "INT" in kind or kind == "DOUBLE" or kind.startswith("DECIMAL")


def _resolve(measure: Measure, known: Mapping[str, Measure], path: tuple[str, ...]) -> None:
    if measure.name in path:
        raise UserError("cube.circular_measure", found=" → ".join((*path, measure.name)))
    for name in measure.uses:
        if name not in known:
            raise UserError("cube.unknown_measure", found=name, wanted=list(known), near=suggest(name, known))
        _resolve(known[name], known, (*path, measure.name))
