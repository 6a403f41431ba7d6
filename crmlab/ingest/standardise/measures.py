"""Units of quantity: ``lusin`` is twelve, ``kodi`` twenty, and a ``dus`` holds what only its maker knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from ...errors import UserError
from ...results import Note
from .standardised import Standardised, data, each_distinct, finish, texts

__all__ = ["units"]


@cache
def _spellings() -> dict[str, str]:
    return {spelling: unit for unit, told in data("units.toml").items() for spelling in (unit, *told["also"])}


def units(values: Any, *, quantity: Any = None, pack_sizes: Mapping[str, float] | None = None) -> Standardised:
    """Units by their canonical names, and quantities in the base unit.

    Parameters
    ----------
    values : pandas.Series, pyarrow.Array or sequence
        As ``pcs``, ``lusin``, ``Kodi``, ``kg``.
    quantity : column of numbers, optional
        How many of each unit.
    pack_sizes : mapping, optional
        How many pieces a packing holds, as ``{"carton": 24}``. Without it a carton stays a carton.

    Returns
    -------
    Standardised
        ``detail``: ``base`` (the unit that quantities are brought to), ``factor``, and ``quantity`` in the base unit
        where quantities were given.

    Raises
    ------
    UserError
        ``standardise.source_length``, ``standardise.bad_pack_size``.

    Examples
    --------
    >>> got = units(["pcs", "Lusin", "kodi", "gross", "ons", "dus"], quantity=[5, 2, 1, 1, 3, 4])
    >>> got.values.tolist()
    ['piece', 'dozen', 'score', 'gross', 'ounce_id', 'box']
    >>> got.detail["quantity"].round(3).tolist(), got.detail["base"].tolist()[-2:]
    ([5.0, 24.0, 20.0, 144.0, 0.3, 4.0], ['kilogram', 'box'])
    """
    import numpy as np
    import pandas as pd

    told = data("units.toml")
    sizes = dict(pack_sizes or {})
    for unit, size in sizes.items():
        known = _spellings().get(str(unit).lower())
        if known is None or told[known]["base"] != known or not isinstance(size, int | float) or not size > 0:
            raise UserError("standardise.bad_pack_size", found=f"{unit}: {size}")
    sizes = {_spellings()[str(u).lower()]: s for u, s in sizes.items()}

    def read(text: str) -> tuple[Any, ...]:
        unit = _spellings().get(re.sub(r"[.\s]+$", "", text.lower()))
        if unit is None:
            return None, "unknown_unit", None, None
        if unit in sizes:
            return unit, None, "piece", float(sizes[unit])
        return unit, None, told[unit]["base"], float(told[unit]["factor"])

    column = texts(values)
    parts = each_distinct(column, read, ("value", "reason", "base", "factor"))
    detail: dict[str, Any] = {
        "base": parts["base"].astype("str").to_numpy(),
        "factor": pd.to_numeric(parts["factor"]).to_numpy(dtype="float64", na_value=np.nan),
    }
    if quantity is not None:
        amounts = pd.to_numeric(pd.Series(np.asarray(quantity)), errors="coerce").to_numpy(dtype="float64")
        if len(amounts) != len(column):
            raise UserError("standardise.source_length", wanted=len(column), found=len(amounts))
        detail["quantity"] = amounts * detail["factor"]
    bases = sorted({b for b in parts["base"].tolist() if b is not None})
    notes = [Note("standardise.note.several_bases", {"bases": bases})] if len(bases) > 1 else []
    return finish(
        "units", values, parts["value"], parts["reason"], detail=detail, facts={"bases": len(bases)}, notes=notes
    )
