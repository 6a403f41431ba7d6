"""Statistics of ranked values, with their standard errors by influence function: of one table or of many at once.

Each comes twice: of rows of a matrix, the smallest first, and of values with weights. The second says what the first
estimates, in a world that was made of those values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    Drawn = tuple[np.ndarray, np.ndarray]

__all__ = [
    "gini_rows",
    "gini_weighted",
    "mean_rows",
    "mean_weighted",
    "peak_rows",
    "peak_weighted",
    "top_rows",
    "top_weighted",
]


def _error(influence: np.ndarray) -> np.ndarray:
    return influence.std(axis=1, ddof=1) / influence.shape[1] ** 0.5


def mean_rows(x: np.ndarray) -> Drawn:
    """The mean."""
    return x.mean(axis=1), _error(x)


def mean_weighted(x: np.ndarray, weights: np.ndarray) -> float:
    return float((weights * x).sum() / weights.sum())


def gini_rows(x: np.ndarray) -> Drawn:
    """The Gini coefficient, corrected by n / (n - 1); the influence function is Davidson's (2009)."""
    import numpy as np

    n = x.shape[1]
    place = (np.arange(1, n + 1) - 0.5) / n
    mean = x.mean(axis=1, keepdims=True)
    below = (np.cumsum(x, axis=1) - x / 2) / n
    gini = 2 * (x * place).mean(axis=1, keepdims=True) / mean - 1
    influence = (2 * place * x - 2 * below - (gini + 1) * x) / mean
    return gini[:, 0] * n / (n - 1), _error(influence)


def gini_weighted(x: np.ndarray, weights: np.ndarray) -> float:
    import numpy as np

    along = np.cumsum(weights)
    place = (along - weights / 2) / along[-1]
    return float(2 * (weights * x * place).sum() / (weights * x).sum() - 1)


def top_rows(x: np.ndarray, share: float) -> Drawn:
    """What the best ``share`` brings (Beach and Davidson 1983)."""
    import numpy as np

    n = x.shape[1]
    k = min(n, max(1, round(share * n)))
    mean = x.mean(axis=1, keepdims=True)
    top = x[:, n - k :].sum(axis=1, keepdims=True) / (n * mean)
    edge = ((x[:, n - k] + x[:, max(0, n - k - 1)]) / 2)[:, None]
    return top[:, 0], _error((np.maximum(x - edge, 0) - top * x) / mean)


def top_weighted(x: np.ndarray, weights: np.ndarray, share: float) -> float:
    import numpy as np

    along = np.cumsum(weights)
    best = np.clip(along - (1 - share) * along[-1], 0, weights)
    return float((best * x).sum() / (weights * x).sum())


def peak_rows(x: np.ndarray) -> Drawn:
    """The peak of the whale curve by its end."""
    import numpy as np

    mean, gains = x.mean(axis=1, keepdims=True), np.maximum(x, 0)
    peak = gains.mean(axis=1, keepdims=True) / mean
    return peak[:, 0], _error((gains - peak * x) / mean)


def peak_weighted(x: np.ndarray, weights: np.ndarray) -> float:
    import numpy as np

    return float((weights * np.maximum(x, 0)).sum() / (weights * x).sum())
