"""Answers of a questionnaire: read with its scale and its reversed items, or made up with a truth that is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...frames import frame_of
from ...results import Note

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FEW_ANSWERS", "answers_of", "make_answers"]

FEW_ANSWERS = 30  # respondents: with fewer, a reliability is a guess


def answers_of(
    table: Any, items: Sequence[str], reverse: Sequence[str], scale: tuple[float, float] | None
) -> tuple[pd.DataFrame, list[Note]]:
    """The items as numbers that all point one way; answers off the scale are missing, and counted.

    Raises
    ------
    UserError
        ``relationships.bad_scale``, ``.no_scale`` (items are reversed, but the scale's ends are not told),
        ``.unknown_items``, ``.not_numbers``.
    """
    import pandas as pd

    frame = frame_of(table, items, "answers")
    strangers = [item for item in reverse if item not in items]
    if strangers:
        raise UserError("relationships.unknown_items", found=strangers, wanted=list(items))
    if scale is not None and not (len(scale) == 2 and scale[0] < scale[1]):
        raise UserError("relationships.bad_scale", found=list(scale))
    if reverse and scale is None:
        raise UserError("relationships.no_scale", found=list(reverse))
    told = frame[list(items)]
    values = told.apply(pd.to_numeric, errors="coerce").astype(float)
    words = told.notna() & values.isna()
    if words.to_numpy().any():
        column = next(c for c in items if words[c].any())
        rows = [int(k) + 1 for k in words[column].to_numpy().nonzero()[0]]
        raise UserError("relationships.not_numbers", table="answers", rows=rows, column=column)
    notes = []
    if scale is not None:
        off = (values < scale[0]) | (values > scale[1])
        if off.to_numpy().any():
            notes.append(Note("relationships.note.off_scale", {"n": int(off.to_numpy().sum())}))
            values = values.mask(off)
        for item in reverse:
            values[item] = scale[0] + scale[1] - values[item]
    return values, notes


#: standardised paths between the scales that stand behind the answers of :func:`make_answers`
PLANTED = {
    ("shared_values", "trust"): 0.35,
    ("communication", "trust"): 0.30,
    ("opportunism", "trust"): -0.30,
    ("trust", "commitment"): 0.60,
}


def make_answers(n: int = 200, *, seed: int = 20162020) -> pd.DataFrame:
    """Made-up answers of business customers on trust and commitment: no real company, no real people.

    Parameters
    ----------
    n : int
        Respondents.
    seed : int

    Returns
    -------
    DataFrame
        ``respondent`` and three items for each of shared_values, communication, opportunism, trust and commitment, all
        from 1 to 5. ``trust_3`` is worded the other way round ("they keep things from us"): it must be reversed.

    Notes
    -----
    What stands behind is known: trust = 0.35 shared values + 0.30 communication - 0.30 opportunism, commitment = 0.60
    trust, all standardised; nothing goes past trust. Items are that plus noise, so that every path found from the
    answers comes out weaker than it is: scales that measure badly hide what is there.

    Examples
    --------
    >>> make_answers(3).columns.tolist()[:4]
    ['respondent', 'shared_values_1', 'shared_values_2', 'shared_values_3']
    """
    import numpy as np
    import pandas as pd

    rng = np.random.default_rng(seed)
    behind = {name: rng.standard_normal(n) for name in ("shared_values", "communication", "opportunism")}
    for outcome in ("trust", "commitment"):
        to = {source: b for (source, goal), b in PLANTED.items() if goal == outcome}
        rest = (1 - sum(b**2 for b in to.values())) ** 0.5
        behind[outcome] = sum(b * behind[s] for s, b in to.items()) + rest * rng.standard_normal(n)
    out = {"respondent": np.arange(1, n + 1)}
    for name, values in behind.items():
        for k in (1, 2, 3):
            turned = -1 if (name, k) == ("trust", 3) else 1
            noisy = 3.2 + 0.8 * turned * values + 0.5 * rng.standard_normal(n)
            out[f"{name}_{k}"] = np.clip(np.rint(noisy), 1, 5).astype(int)
    return pd.DataFrame(out)
