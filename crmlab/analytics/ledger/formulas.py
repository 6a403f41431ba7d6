"""Formulas of a ledger: arithmetic on names, nothing else that Python could do."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

from ...errors import UserError

__all__ = ["FUNCTIONS", "names_in", "parsed", "worked_out"]

FUNCTIONS = {"total": 1, "annuity": 2, "min": 2, "max": 2}
_OPERATIONS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)
_LONGEST = 500


def parsed(entry: str, formula: str) -> ast.expr:
    """The formula as a tree of what is allowed.

    Raises
    ------
    UserError
        ``ledger.bad_formula``.
    """
    try:
        if len(formula) > _LONGEST:
            raise ValueError
        tree = ast.parse(formula, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise UserError("ledger.bad_formula", entry=entry, found=formula[:80]) from None
    for node in ast.walk(tree):
        allowed = (
            (isinstance(node, ast.BinOp) and isinstance(node.op, _OPERATIONS))
            or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd))
            or (isinstance(node, ast.Constant) and type(node.value) in (int, float))
            or isinstance(node, ast.Name | ast.Load | ast.operator | ast.unaryop)
            or (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and not node.keywords
                and FUNCTIONS.get(node.func.id) == len(node.args)
            )
        )
        if not allowed:
            raise UserError("ledger.bad_formula", entry=entry, found=ast.unparse(node)[:80])
    return tree


def names_in(tree: ast.expr) -> tuple[str, ...]:
    """The entries that a formula calls, in the order in which it names them."""
    called = {id(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}
    found = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and id(n) not in called]
    return tuple(dict.fromkeys(n.id for n in sorted(found, key=lambda n: (n.lineno, n.col_offset))))


def worked_out(tree: ast.expr, values: Mapping[str, Any]) -> Any:
    """The formula's value on arrays of (segments, draws)."""
    import numpy as np

    def annuity(rate: Any, years: Any) -> Any:
        """(1 - (1 + r)^-n) / r, which tends to n as r tends to 0."""
        with np.errstate(all="ignore"):
            return np.where(np.abs(rate) < 1e-12, years, (1 - (1 + rate) ** -years) / np.where(rate == 0, 1, rate))

    functions: dict[str, Callable[..., Any]] = {
        "total": lambda x: x.sum(axis=0, keepdims=True),
        "annuity": annuity,
        "min": np.minimum,
        "max": np.maximum,
    }
    operations: dict[type, Callable[..., Any]] = {
        ast.Add: np.add,
        ast.Sub: np.subtract,
        ast.Mult: np.multiply,
        ast.Div: np.divide,
        ast.Pow: np.power,
        ast.USub: np.negative,
        ast.UAdd: np.positive,
    }

    def walk(node: ast.expr) -> Any:
        if isinstance(node, ast.Constant):
            return np.full((1, 1), float(node.value))
        if isinstance(node, ast.Name):
            return values[node.id]
        if isinstance(node, ast.UnaryOp):
            return operations[type(node.op)](walk(node.operand))
        if isinstance(node, ast.BinOp):
            return operations[type(node.op)](walk(node.left), walk(node.right))
        return functions[node.func.id](*(walk(a) for a in node.args))

    with np.errstate(all="ignore"):  # what is not finite is told by the entry's name
        return walk(tree)
