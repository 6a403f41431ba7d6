"""Attachment in three kinds: what people think, feel and do; and whether those who have it come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import UserError
from ...frames import frame_of
from ...regression import PER_COLUMN, fit_logit
from ...results import Note, Result, Source
from .measuring import scales as scales_of
from .measuring import scores

__all__ = ["attachment"]

SUBSCALES = {kind: tuple(f"{kind}_{k}" for k in (1, 2, 3)) for kind in ("cognitive", "attitudinal", "behavioural")}


def attachment(
    answers: Any,
    *,
    subscales: Mapping[str, Sequence[str]] = SUBSCALES,
    repeat: str | None = None,
    reverse: Sequence[str] = (),
    scale: tuple[float, float] | None = (1, 5),
    level: float = 0.95,
    source: Source | None = None,
) -> Result:
    """Cognitive, attitudinal and behavioural attachment: three scales, and the odds of buying again by each.

    Parameters
    ----------
    answers : DataFrame
        One row a respondent; by default nine items ``cognitive_1`` to ``behavioural_3``.
    subscales : mapping
        Name to its items.
    repeat : str, optional
        Column of yes and no: whether the respondent bought again *after* he answered.
    reverse, scale, level, source
        As for :func:`reliability`.

    Returns
    -------
    Result
        Kind ``relationships.attachment``: per subscale ``alpha`` and ``mean`` with intervals, and, where ``repeat`` is
        given, ``odds_ratio`` of buying again for one point more of this scale at equal others, with interval.

    Notes
    -----
    Asked of buying *before* the answers, the last would be turned round: people like what they have bought.
    """
    found = scales_of(answers, subscales, reverse=reverse, scale=scale, level=level)
    table = found.table.copy()
    notes = list(found.notes)
    facts = {"n": found.facts["n"], "weak": found.facts["weak"], "scales": len(table)}
    highest = table.loc[table["mean"].idxmax()]
    facts |= {"highest": highest["scale"], "highest_mean": float(highest["mean"])}
    facts |= {f"highest_mean_{e}": float(highest[f"mean_{e}"]) for e in ("low", "high")}
    facts |= {"repeat_n": None, "repeats": None, "strongest": None, "strongest_odds": None}
    facts |= {"strongest_odds_low": None, "strongest_odds_high": None, "verdict": "not_asked"}
    units = {**found.params["units"]}
    if repeat is not None:
        frame = frame_of(answers, [repeat], "answers")
        marks = frame[repeat]
        known = marks.dropna()
        if not known.isin([0, 1]).all():
            raise UserError("relationships.not_yes_no", table="answers", column=repeat)
        values = scores(frame, subscales, reverse=reverse, scale=scale)
        # a behaviour is asked at equal others: the three go together, and each alone would be given all of it
        fit_on = values.assign(again=marks).dropna().astype(float)
        fit = fit_logit(fit_on, "again", list(subscales))
        odds = {r["column"]: r for r in fit.odds()}
        few = min(fit.events, fit.n - fit.events) < PER_COLUMN * len(subscales)
        if few:
            notes.append(Note("relationships.note.few_repeats", {"n": fit.events, "of": fit.n}))
        for name in subscales:
            at = table.index[table["scale"] == name][0]
            for end in ("", "_low", "_high"):
                hidden = few and end
                table.loc[at, f"odds_ratio{end}"] = float("nan") if hidden else odds[name][f"odds_ratio{end}"]
        units |= dict.fromkeys(("odds_ratio", "odds_ratio_low", "odds_ratio_high"), "number")
        best = max(subscales, key=lambda s: odds[s]["odds_ratio"])
        row = table[table["scale"] == best].iloc[0]
        facts |= {"repeat_n": fit.n, "repeats": fit.events, "strongest": best}
        facts |= {f"strongest_odds{e}": float(row[f"odds_ratio{e}"]) for e in ("", "_low", "_high")}
        facts["verdict"] = "too_few" if few else "real" if row["odds_ratio_low"] > 1 else "noise"
    params = {"repeat": repeat, "reverse": list(reverse), "level": level, "units": units}
    return Result("relationships.attachment", table, params, facts, tuple(notes), source)
