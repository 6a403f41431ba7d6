"""Sentences about one row, ``ends_on >= starts_on``: read as a tree, computed column by column, never executed."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..errors import UserError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["columns_of", "truth"]

_LONGEST = 500
_QUOTED = re.compile(r"`([^`]+)`")


def _parse(sentence: Any) -> tuple[ast.expr, dict[str, str]]:
    """The tree of a sentence, and the columns that were quoted with ` under the names that stand for them."""
    if not isinstance(sentence, str) or not sentence.strip() or len(sentence) > _LONGEST:
        raise UserError("quality.bad_sentence", found=str(sentence)[:80])
    quoted: dict[str, str] = {}

    def name(match: re.Match[str]) -> str:
        stand_in = f"column_{len(quoted)}_"
        quoted[stand_in] = match[1]
        return stand_in

    try:
        tree = ast.parse(_QUOTED.sub(name, sentence).strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise UserError("quality.bad_sentence", found=sentence) from None
    allowed = (ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.BinOp, ast.Add, ast.Sub, ast.Mult)
    allowed += (ast.Div, ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Name, ast.Load)
    for node in ast.walk(tree):
        plain = isinstance(node, ast.Constant) and isinstance(node.value, int | float | str)
        if not isinstance(node, allowed) and not plain:
            raise UserError("quality.bad_sentence", found=sentence)
    if not _is_truth(tree):
        raise UserError("quality.bad_sentence", found=sentence)
    return tree, quoted


def _is_truth(node: ast.expr) -> bool:
    if isinstance(node, ast.BoolOp):
        return all(_is_truth(v) for v in node.values)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return _is_truth(node.operand)
    return isinstance(node, ast.Compare)


def columns_of(sentence: Any) -> tuple[str, ...]:
    """The columns that a sentence names.

    Examples
    --------
    >>> columns_of("amount == quantity * `Harga Satuan` - discount")
    ('amount', 'quantity', 'Harga Satuan', 'discount')
    """
    tree, quoted = _parse(sentence)
    places = [(n.lineno, n.col_offset, n.id) for n in ast.walk(tree) if isinstance(n, ast.Name)]
    return tuple(dict.fromkeys(quoted.get(name, name) for _, _, name in sorted(places)))


def truth(sentence: str, columns: Mapping[str, pd.Series], tolerance: float = 0) -> tuple[np.ndarray, np.ndarray]:
    """Whether a sentence holds for every row, and for which rows that can be said (no operand is missing).

    Examples
    --------
    >>> import pandas as pd
    >>> holds, known = truth("a <= b", {"a": pd.Series([1, 5, None]), "b": pd.Series([2, 4, 3])})
    >>> holds.tolist(), known.tolist()
    ([True, False, False], [True, True, False])
    """
    tree, quoted = _parse(sentence)
    return _Sentence(sentence, columns, quoted, tolerance).truth(tree)


class _Sentence:
    def __init__(self, text: str, columns: Mapping[str, Any], quoted: Mapping[str, str], tolerance: float) -> None:
        self.text, self.columns, self.quoted, self.tolerance = text, columns, quoted, tolerance
        self.n = len(next(iter(columns.values()))) if columns else 0

    def truth(self, node: ast.expr) -> tuple[np.ndarray, np.ndarray]:
        """Three-valued, as SQL has it: a false part makes an `and` false even beside an unknown one."""
        import numpy as np

        if isinstance(node, ast.BoolOp):
            sides = [self.truth(v) for v in node.values]
            if isinstance(node.op, ast.And):
                known = np.all([k for _, k in sides], axis=0) | np.any([k & ~h for h, k in sides], axis=0)
                return np.all([h & k for h, k in sides], axis=0), known
            holds = np.any([h & k for h, k in sides], axis=0)
            return holds, np.all([k for _, k in sides], axis=0) | holds
        if isinstance(node, ast.UnaryOp):
            holds, known = self.truth(node.operand)
            return ~holds & known, known
        assert isinstance(node, ast.Compare)
        left = self.value(node.left)
        holds = np.ones(self.n, dtype=bool)
        known = np.ones(self.n, dtype=bool)
        for op, right_node in zip(node.ops, node.comparators, strict=True):
            right = self.value(right_node)
            one, there = self.compare(op, left, right)
            holds, known, left = holds & one, known & there, right
        return holds & known, known

    def compare(self, op: ast.cmpop, left: Any, right: Any) -> tuple[np.ndarray, np.ndarray]:
        import numpy as np
        import pandas as pd

        left, right = self.alike(left, right)
        known = np.ones(self.n, dtype=bool)
        for side in (left, right):
            if isinstance(side, pd.Series):
                known &= side.notna().to_numpy(dtype=bool)
        try:
            if isinstance(op, ast.Eq | ast.NotEq) and self.tolerance and not isinstance(right, str):
                near = abs(left - right) <= self.tolerance
                got = near if isinstance(op, ast.Eq) else ~near
            else:
                got = {
                    ast.Eq: lambda: left == right,
                    ast.NotEq: lambda: left != right,
                    ast.Lt: lambda: left < right,
                    ast.LtE: lambda: left <= right,
                    ast.Gt: lambda: left > right,
                    ast.GtE: lambda: left >= right,
                }[type(op)]()
        except TypeError:
            raise UserError("quality.not_comparable", found=self.text) from None
        if not isinstance(got, pd.Series):  # both sides are constants
            return np.full(self.n, bool(got)), known
        return got.fillna(False).to_numpy(dtype=bool), known

    def alike(self, left: Any, right: Any) -> tuple[Any, Any]:
        """Dates beside texts, numbers beside texts of numbers."""
        import pandas as pd

        sides = [left, right]
        for k, other in ((0, 1), (1, 0)):
            one, two = sides[k], sides[other]
            if isinstance(two, pd.Series) and two.dtype.kind == "M" and isinstance(one, str):
                sides[k] = pd.Timestamp(one)
            elif isinstance(two, pd.Series) and two.dtype.kind == "M" and _is_text(one):
                from ..ingest.standardise import date

                sides[k] = date(one).values
            elif (isinstance(two, int | float) or _is_number(two)) and _is_text(one):
                sides[k] = pd.to_numeric(one, errors="coerce")
            elif _is_number(two) and isinstance(one, str):  # a column of codes 1 and 2 beside the text '1'
                sides[k] = pd.to_numeric(pd.Series([one]), errors="coerce").iloc[0]
        return sides[0], sides[1]

    def value(self, node: ast.expr) -> Any:
        import numpy as np
        import pandas as pd

        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name):
            series = self.columns[self.quoted.get(node.id, node.id)].reset_index(drop=True)
            if series.dtype == object or isinstance(series.dtype, pd.CategoricalDtype):
                series = series.astype("str")
            if series.dtype.kind == "u" or series.dtype.kind == "i":
                series = series.astype("float64")
            return series
        if isinstance(node, ast.UnaryOp):
            return -self.number(node.operand)
        if isinstance(node, ast.BinOp):
            left, right = self.number(node.left), self.number(node.right)
            with np.errstate(all="ignore"):
                if isinstance(node.op, ast.Add):
                    return left + right
                if isinstance(node.op, ast.Sub):
                    return left - right
                if isinstance(node.op, ast.Mult):
                    return left * right
                if not isinstance(left, pd.Series) and not isinstance(right, pd.Series) and right == 0:
                    return float("nan")
                out = left / right
                return out.where(np.isfinite(out)) if isinstance(out, pd.Series) else out
        raise UserError("quality.bad_sentence", found=self.text)

    def number(self, node: ast.expr) -> Any:
        import pandas as pd

        value = self.value(node)
        if isinstance(value, str):
            raise UserError("quality.not_comparable", found=self.text)
        if isinstance(value, pd.Series) and _is_text(value):
            return pd.to_numeric(value, errors="coerce")
        if isinstance(value, pd.Series) and value.dtype.kind == "b":
            return value.astype("float64")
        return value


def _is_number(value: Any) -> bool:
    import pandas as pd

    return isinstance(value, pd.Series) and value.dtype.kind in "iuf"


def _is_text(value: Any) -> bool:
    import pandas as pd

    return isinstance(value, pd.Series) and value.dtype.kind not in "iufbMm" and not hasattr(value.dtype, "numpy_dtype")
