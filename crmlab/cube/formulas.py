"""Arithmetic that a person writes (``"revenue - cost"``) as a small tree: names, numbers, + - * / and nothing else."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from ..errors import UserError

__all__ = ["Formula", "names", "parse", "value"]

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


def value(formula: Formula, look_up: Callable[[str], float | None]) -> float | None:
    """What a formula comes to; missing where a part is missing or something is divided by zero.

    Examples
    --------
    >>> value(parse("a / b"), {"a": 3, "b": 0}.get) is None
    True
    """
    kind, *parts = formula
    if kind == "name":
        return look_up(parts[0])
    if kind == "number":
        return parts[0]
    known = [value(part, look_up) for part in parts]
    if any(v is None for v in known):
        return None
    if len(known) == 1:
        return -known[0]
    left, right = known
    if kind == "+":
        return left + right
    if kind == "-":
        return left - right
    if kind == "*":
        return left * right
    return left / right if right else None
