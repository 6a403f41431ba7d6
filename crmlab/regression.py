"""Logistic regression as several subjects need it: columns made numbers, refused where there is no answer, predicted.

``log odds = base + sum of coefficients``. A column of text becomes one column for each value but the first; what a
person reads are odds ratios, ``exp`` of the coefficients, with Wald's intervals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .errors import UserError
from .intervals import verdict_of, z_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["PER_COLUMN", "Logit", "fit_logit", "known_rows"]

PER_COLUMN = 10  # events for every column, as a rule: fewer and the estimate leans away from 1


@dataclass(frozen=True, eq=False)
class Logit:
    """A fitted regression.

    Attributes
    ----------
    names : tuple of str
        The columns of the design, without the constant; ``"column: value"`` for a value of a column of text.
    levels : mapping
        Column of text to its values, the first being what the others are compared with.
    params, covariance : numpy.ndarray
        The constant first.
    n, events : int
    """

    on: tuple[str, ...]
    names: tuple[str, ...]
    levels: Mapping[str, tuple[Any, ...]]
    params: np.ndarray
    covariance: np.ndarray
    n: int
    events: int

    def design(self, table: pd.DataFrame) -> np.ndarray:
        """A table as the regression sees it, the constant first.

        Raises
        ------
        UserError
            ``regression.unknown_value``: a value that was not there when the regression was fitted.
        """
        import numpy as np

        parts = [np.ones(len(table))]
        for column in self.on:
            values = table[column]
            if column not in self.levels:
                parts.append(values.to_numpy(dtype=float))
                continue
            known = self.levels[column]
            strange = ~values.isin(known).to_numpy()
            if strange.any():
                rows = [int(i) + 1 for i in np.flatnonzero(strange)]
                found = sorted({str(v) for v in values[strange]})
                raise UserError(
                    "regression.unknown_value", rows=rows, column=column, found=found, wanted=[str(v) for v in known]
                )
            parts += [(values == value).to_numpy(dtype=float) for value in known[1:]]
        return np.column_stack(parts)

    def shares(self, table: pd.DataFrame) -> np.ndarray:
        """The chance of each row."""
        import numpy as np

        return 1 / (1 + np.exp(-(self.design(table) @ self.params)))

    def odds(self, wanted: Sequence[str] | None = None) -> list[dict[str, Any]]:
        """A row for each column (or those wanted): its odds ratio with interval, p-value and verdict."""
        from math import exp
        from statistics import NormalDist

        out = []
        for k, name in enumerate(self.names, 1):
            if wanted is not None and name not in wanted:
                continue
            log_ratio, error = float(self.params[k]), float(self.covariance[k, k]) ** 0.5
            low, high = exp(log_ratio - z_of() * error), exp(log_ratio + z_of() * error)
            out.append(
                {
                    "column": name,
                    "odds_ratio": exp(log_ratio),
                    "odds_ratio_low": low,
                    "odds_ratio_high": high,
                    "log_ratio": log_ratio,
                    "standard_error": error,
                    "p_value": 2 * (1 - NormalDist().cdf(abs(log_ratio) / error)),
                    "verdict": verdict_of(low, high, 1.0, min(self.events, self.n - self.events)),
                }
            )
        return out


def known_rows(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The rows that know all of these columns."""
    kept = table.dropna(subset=list(columns))
    if kept.empty:
        raise UserError("regression.empty", wanted=list(columns))
    return kept


def fit_logit(table: pd.DataFrame, outcome: str, on: Sequence[str]) -> Logit:
    """Fit by maximum likelihood.

    Parameters
    ----------
    table : DataFrame
        Without missing values in these columns (:func:`known_rows`).
    outcome : str
        Yes or no.
    on : sequence of str
        Columns of numbers, of yes and no, or of text.

    Raises
    ------
    UserError
        ``regression.no_columns``, ``.constant`` (a column of one value), ``.same_columns`` (one column follows from
        others), ``.one_outcome``, ``.separated`` (a column tells the outcome without fail: no finite ratio).

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"late": [0, 0, 0, 0, 1, 1, 1, 1], "lost": [0, 0, 0, 1, 0, 1, 1, 1]})
    >>> [round(r["odds_ratio"], 2) for r in fit_logit(table, "lost", ["late"]).odds()]
    [9.0]
    """
    import numpy as np
    import pandas as pd

    if not on:
        raise UserError("regression.no_columns")
    y = table[outcome].to_numpy(dtype=float)
    events = int(y.sum())
    if events in (0, len(y)):
        raise UserError("regression.one_outcome", column=outcome, found=len(y))
    names: list[str] = []
    levels: dict[str, tuple[Any, ...]] = {}
    for column in on:
        values = table[column]
        if values.nunique() < 2:
            raise UserError("regression.constant", found=column)
        if pd.api.types.is_bool_dtype(values) or pd.api.types.is_numeric_dtype(values):
            names.append(column)
            continue
        ordered = isinstance(values.dtype, pd.CategoricalDtype)
        known = [v for v in values.cat.categories if (values == v).any()] if ordered else sorted(values.unique())
        levels[column] = tuple(known)
        names += [f"{column}: {value}" for value in known[1:]]
    blank = Logit(tuple(on), tuple(names), levels, np.zeros(0), np.zeros((0, 0)), len(y), events)
    design = blank.design(table)
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise UserError("regression.same_columns", found=names)
    params, covariance = _climbed(design, y, names)
    return Logit(tuple(on), tuple(names), levels, params, covariance, len(y), events)


def _climbed(design: Any, y: Any, names: Sequence[str]) -> tuple[Any, Any]:
    """The top of the likelihood by Newton's steps, halved while they lead down."""
    import numpy as np

    # equal rows are one row with a weight: a million rows of yes and no are a few dozen different ones
    rows, which, n = np.unique(design, axis=0, return_inverse=True, return_counts=True)
    hits = np.bincount(which.ravel(), weights=y, minlength=len(rows))
    at = np.zeros(rows.shape[1])
    at[0] = np.log(y.mean() / (1 - y.mean()))
    # what a column makes from its least to its largest value: days and yes-or-no are then of one size
    spread = np.ptp(rows, axis=0)
    spread[0] = 1.0

    def height(x: Any) -> float:
        line = rows @ x
        return float(hits @ line - n @ np.logaddexp(0, line))

    def information_at(x: Any) -> tuple[Any, Any]:
        chance = 1 / (1 + np.exp(-np.clip(rows @ x, -700, 700)))
        return chance, (rows * (n * chance * (1 - chance))[:, None]).T @ rows

    def endless(x: Any, information: Any) -> Any:
        """Which columns run away: far out, and unsure. A steep slope over a long range is far, but sure."""
        far = np.abs(x * spread) > 15
        if not far[1:].any():
            return far
        try:
            error = np.sqrt(np.abs(np.diag(np.linalg.inv(information))))
        except np.linalg.LinAlgError:
            return far
        return far & ~(error <= np.abs(x))

    level = height(at)
    for _ in range(60):
        chance, information = information_at(at)
        try:
            step = np.linalg.solve(information, rows.T @ (hits - n * chance))
        except np.linalg.LinAlgError as bad:
            far = [name for name, x, s in zip(names, at[1:], spread[1:], strict=True) if abs(x * s) > 15]
            raise UserError("regression.separated", found=far or list(names)) from bad
        size = 1.0
        while size > 1e-6 and height(at + size * step) < level - 1e-10:
            size /= 2
        at, level = at + size * step, height(at + size * step)
        if np.abs(size * step * spread).max() < 1e-9:
            break
        if np.abs(at[1:] * spread[1:]).max() > 40 and endless(at, information_at(at)[1])[1:].any():
            break
    _, information = information_at(at)
    gone = [name for name, lost in zip(names, endless(at, information)[1:], strict=True) if lost]
    if gone:
        raise UserError("regression.separated", found=gone)
    return at, np.linalg.inv(information)
