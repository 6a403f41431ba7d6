"""Arithmetic that a person writes (``"revenue - cost"``) as a small tree: names, numbers, + - * / and nothing else."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from ..errors import UserError

__all__ = ["Formula", "names", "parse", "reader"]

Formula = tuple[Any, ...]
"""``("name", x)``, ``("number", x)``, ``("-", a)`` or ``(operator, a, b)``."""

_OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


@cache
def parse(text: str) -> Formula:
    """The tree of a formula. A column whose name is no identifier stands in backquotes.

    Examples
    --------
    >>> parse("(revenue - cost) / 2")
    ('/', ('-', ('name', 'revenue'), ('name', 'cost')), ('number', 2))
    """
    quoted: dict[str, str] = {}
    plain = text
    if "`" in text:
        pieces = text.split("`")
        for i, name in enumerate(pieces[1::2]):
            quoted[f"_quoted_{i}"] = name
            pieces[2 * i + 1] = f"_quoted_{i}"
        plain = "".join(pieces)
    try:
        tree = ast.parse(plain.strip(), mode="eval").body
        return _formula(tree, quoted)
    except (SyntaxError, ValueError, RecursionError) as bad:
        raise UserError("cube.bad_formula", found=text) from bad


def _formula(node: ast.AST, quoted: Mapping[str, str]) -> Formula:
    if isinstance(node, ast.Name):
        return ("name", quoted.get(node.id, node.id))
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return ("number", node.value)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return ("-", _formula(node.operand, quoted))
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return (_OPERATORS[type(node.op)], _formula(node.left, quoted), _formula(node.right, quoted))
    raise ValueError(type(node).__name__)


def names(formula: Formula) -> tuple[str, ...]:
    """The names that a formula uses, each once."""
    if formula[0] == "name":
        return (formula[1],)
    if formula[0] == "number":
        return ()
    return tuple(dict.fromkeys(n for part in formula[1:] for n in names(part)))


def reader(
    formula: Formula, parts: Mapping[str, Callable[[Any], float | None]], *, exact: bool = False
) -> Callable[[Any], float | None]:
    """A function from a cell to what a formula comes to: missing where a part is missing or the divisor is zero.

    The formula is taken apart once, not at every cell.

    Parameters
    ----------
    formula : Formula
    parts : mapping
        Name to the function that reads it from a cell.
    exact : bool
        Take the formula's own numbers as fractions, for cells that hold fractions.

    Examples
    --------
    >>> read = reader(parse("a / b"), {name: lambda cell, name=name: cell[name] for name in ("a", "b")})
    >>> read({"a": 3, "b": 2}), read({"a": 3, "b": 0})
    (1.5, None)
    """
    kind, *inner = formula
    if kind == "name":
        return parts[inner[0]]
    if kind == "number":
        literal = Fraction(repr(inner[0])) if exact else inner[0]
        return lambda _cell: literal
    left, *more = (reader(part, parts, exact=exact) for part in inner)
    if not more:
        return lambda cell: None if (value := left(cell)) is None else -value
    (right,) = more
    operate = _OPERATE[kind]

    def both(cell: Any) -> float | None:
        one, other = left(cell), right(cell)
        return None if one is None or other is None else operate(one, other)

    return both


def _divide(top: float, bottom: float) -> float | None:
    return top / bottom if bottom else None


_OPERATE = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": _divide}
