"""The space in which customers are alike or not: which columns, transformed and scaled how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from .tables import frame_of, need, once

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["SCALES", "TRANSFORMS", "Space", "features_of", "learn", "moved", "suited"]

TRANSFORMS = ("none", "log", "log1p", "log_quarters")
SCALES = ("standard", "robust", "unit", "none")
_QUARTER = 91


@dataclass(frozen=True)
class Space:
    """What was learned from the fitted customers and is done to everybody.

    Attributes
    ----------
    columns : tuple of str
    transforms : mapping
        By column, one of :data:`TRANSFORMS`; ``log_quarters`` is log(1 + days / 91), so that a day more or less counts
        for a customer of yesterday as for one of last year only as much as it is of a quarter.
    scale : str
    centre, spread : tuple of float
        By column, after the transformation.
    """

    columns: tuple[str, ...]
    transforms: Mapping[str, str]
    scale: str
    centre: tuple[float, ...]
    spread: tuple[float, ...]

    def place(self, table: Any) -> np.ndarray:
        """Where customers are: rows of coordinates."""
        import numpy as np

        frame = table[list(self.columns)]
        placed = np.column_stack([moved(frame[c], self.transforms[c]) for c in self.columns])
        return (placed - np.array(self.centre)) / np.array(self.spread)

    def told(self) -> list[str]:
        """The space as short texts: ``average_order: log, standard``."""
        return [f"{c}: {self.transforms[c]}, {self.scale}" for c in self.columns]


def features_of(table: Any, columns: Sequence[str] | None, key: str) -> tuple[pd.DataFrame, tuple[str, ...], int]:
    """The rows that can be placed, their columns, and how many rows have a value missing."""
    import numpy as np
    import pandas as pd

    frame = frame_of(table, tuple(columns or ()), "features")
    once(frame, "features", key)
    chosen = (
        tuple(columns)
        if columns
        else tuple(str(c) for c in frame.columns if c != key and pd.api.types.is_numeric_dtype(frame[c].dtype))
    )
    if not chosen:
        raise UserError("segmentation.no_features", found=[str(c) for c in frame.columns])
    words = [c for c in chosen if not pd.api.types.is_numeric_dtype(frame[c].dtype)]
    if words:
        raise UserError("segmentation.no_numbers", found=words[0], kind=str(frame[words[0]].dtype))
    numbers = frame[list(chosen)].astype("float64")
    there = np.isfinite(numbers.to_numpy()).all(axis=1)
    kept = frame[there].reset_index(drop=True)
    kept[list(chosen)] = numbers[there].reset_index(drop=True)
    return kept, chosen, int((~there).sum())


def learn(frame: pd.DataFrame, columns: Sequence[str], transform: Any, scale: str) -> Space:
    """The space of these customers: transformations checked or chosen, scales measured."""
    import numpy as np

    if scale not in SCALES:
        raise UserError("segmentation.unknown_choice", found=scale, wanted=SCALES, near=suggest(str(scale), SCALES))
    chosen = _transforms(frame, columns, transform)
    centre, spread = [], []
    for c in columns:
        placed = moved(frame[c], chosen[c])
        if not np.isfinite(placed).all():
            raise UserError("segmentation.no_logarithm", column=c, found=float(frame[c].min()))
        if np.ptp(placed) == 0:
            raise UserError("segmentation.constant", column=c)
        if scale == "standard":
            a, b = placed.mean(), placed.std()
        elif scale == "robust":
            a, b = np.median(placed), np.subtract(*np.quantile(placed, (0.75, 0.25))) / 1.349
            b = b or placed.std()
        elif scale == "unit":
            a, b = placed.min(), np.ptp(placed)
        else:
            a, b = 0.0, 1.0
        centre.append(float(a))
        spread.append(float(b))
    return Space(tuple(columns), chosen, scale, tuple(centre), tuple(spread))


def _transforms(frame: pd.DataFrame, columns: Sequence[str], transform: Any) -> dict[str, str]:
    if isinstance(transform, Mapping):
        need(transform, columns, "transform")
        chosen = {c: transform.get(c, "none") for c in columns}
    elif transform == "auto":
        chosen = {c: suited(c, frame[c]) for c in columns}
    else:
        chosen = dict.fromkeys(columns, transform or "none")
    for one in chosen.values():
        if one not in TRANSFORMS:
            wanted = ("auto", *TRANSFORMS)
            raise UserError("segmentation.unknown_choice", found=one, wanted=wanted, near=suggest(str(one), wanted))
    return chosen


def suited(name: str, values: pd.Series) -> str:
    """Days in quarters, shares as they are, the rest on a logarithm where that takes out skewness."""
    import numpy as np

    if name.endswith("_days") and values.min() >= 0:
        return "log_quarters"
    skew = values.skew()
    if name.endswith("_share") or values.min() < 0 or not skew > 0:
        return "none"
    logarithm = "log" if values.min() > 0 else "log1p"
    return logarithm if abs(getattr(np, logarithm)(values).skew()) < skew else "none"


def moved(values: Any, transform: str) -> np.ndarray:
    import numpy as np

    x = np.asarray(values, dtype="float64")
    with np.errstate(divide="ignore", invalid="ignore"):
        if transform == "log":
            return np.log(x)
        if transform == "log1p":
            return np.log1p(x)
        if transform == "log_quarters":
            return np.log1p(x / _QUARTER)
    return x
