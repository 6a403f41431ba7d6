"""Post-stratification and direct standardisation: the score at a mix of people that is known or held fixed.

A total moves when the mix moves, though no group has changed (Simpson). The standardised score answers what the total
would be at one and the same mix; the raw one stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...errors import UserError
from ...results import Note, Result, Source
from .intervals import LEAST_N, added, verdict_of
from .measures import measure_of
from .scores import one_version
from .tables import Answers, plain, several

__all__ = ["standardised"]


def standardised(
    answers: Any,
    *,
    on: str,
    to: Any,
    by: str | None = None,
    measure: str = "nps",
    score: str | None = None,
    scale: tuple[int, int] | None = None,
    easy: str | None = None,
    customer: str | None = None,
    source: Source | None = None,
) -> Result:
    """The score at a fixed mix of a characteristic, beside the score as it is.

    Parameters
    ----------
    answers, score, customer, source
        As for :func:`~crmlab.analytics.satisfaction.nps`.
    on : str
        The characteristic whose mix is held fixed, as the payer or the customer's segment.
    to : mapping, "all", or a member of ``by``
        The shares of the mix, which may be counts (a register: that is post-stratification of the answers); the mix
        of all answers; or that of one wave, as ``2021`` (direct standardisation).
    by : str, optional
        The waves or groups to compare at the same mix.
    measure, scale, easy
        As for :func:`~crmlab.analytics.satisfaction.difference`.

    Returns
    -------
    Result
        Kind ``satisfaction.standardised``: per wave the raw score and the standardised one, each with its interval;
        ``part`` rows give each stratum's own score, number, share of the answers and share of the fixed mix. Facts
        say the change from the first wave to the last, raw and standardised, and whether they disagree
        (``simpson``).

    Examples
    --------
    >>> import pandas as pd
    >>> counts = {(1, "a"): (60, 20), (1, "b"): (5, 15), (2, "a"): (15, 5), (2, "b"): (20, 60)}
    >>> rows = [(w, g, s) for (w, g), (up, down) in counts.items() for s in [10] * up + [2] * down]
    >>> waves = pd.DataFrame(rows, columns=["wave", "payer", "nps"])
    >>> found = standardised(waves, by="wave", on="payer", to=1)
    >>> round(found.facts["change_raw"], 1), round(found.facts["change"], 1), found.facts["simpson"]
    (-60.0, 0.0, True)
    """
    import numpy as np
    import pandas as pd

    kind = measure_of(measure, scale=scale, easy=easy)
    keys = [*several(by), on]
    opened = Answers(answers, score or measure, [*keys, *([customer] if customer else [])])
    one_version(opened, kind, keys)
    found, notes = opened.counted(kind, keys, person=customer)
    waves = [None] if by is None else list(pd.unique(found[by]))
    mix = _mix(found, by, on, to, notes)
    factor, rows, raw, lacking = kind.factor, [], [], []
    for wave in waves:
        some = found if by is None else found[found[by].isna() if wave is None or wave != wave else found[by] == wave]
        some = some[some["n"] > 0]
        n, total = int(some["n"].sum()), some["n_effective"].sum()
        share = some["n"] / some["n"].sum()
        mean, square = float((share * some["mean"]).sum()), float((share * some["square"]).sum())
        low, high = kind.limits(mean, square, total)
        raw.append((factor * mean, float(low), float(high)))
        strata = some.set_index(on).reindex(list(mix))
        value, bounds = factor * strata["mean"], kind.limits(strata["mean"], strata["square"], strata["n_effective"])
        enough = (strata["n"].fillna(0) >= LEAST_N).to_numpy()
        if enough[np.array(list(mix.values())) > 0].all():
            answer = added(value, *bounds, list(mix.values()))
        else:
            answer = (float("nan"),) * 3
            lacking.append(wave)
        low, high = answer[1], answer[2]
        top, bottom = kind.ends[1], kind.ends[0]
        rows.append(
            {
                "row": "member", **({by: wave} if by else {}), on: None, "n": n,
                "raw_score": raw[-1][0], "raw_score_low": raw[-1][1], "raw_score_high": raw[-1][2],
                "standardised": answer[0], "standardised_low": max(low, bottom) if low == low else low,
                "standardised_high": min(high, top) if high == high else high,
                "share": float("nan"), "mix_share": float("nan"),
            }
        )  # fmt: skip
        for k, (name, wanted) in enumerate(mix.items()):
            count = strata["n"].iloc[k]
            rows.append(
                {
                    "row": "part", **({by: wave} if by else {}), on: name,
                    "n": 0 if count != count else int(count),
                    "raw_score": float(value.iloc[k]),
                    "raw_score_low": float(bounds[0][k]), "raw_score_high": float(bounds[1][k]),
                    **dict.fromkeys(("standardised", "standardised_low", "standardised_high"), float("nan")),
                    "share": 0.0 if count != count else float(count / n), "mix_share": wanted,
                }
            )  # fmt: skip
    table = pd.DataFrame(rows)
    if lacking:
        values = {"waves": [str(w) for w in lacking], "on": on, "least": LEAST_N}
        notes.append(Note("satisfaction.note.empty_strata", values))
    whole = table[table["row"] == "member"].reset_index(drop=True)
    first, last = whole.iloc[0], whole.iloc[-1]
    facts: dict[str, Any] = {"n": int(whole["n"].sum()), "strata": len(mix), "waves": len(waves)}
    for c in ("raw_score", "raw_score_low", "raw_score_high", "standardised", "standardised_low", "standardised_high"):
        facts[c] = None if last[c] != last[c] else float(last[c])
    changes = [f"change{s}{e}" for s in ("", "_raw") for e in ("", "_low", "_high")]
    facts |= dict.fromkeys((*changes, "simpson", "verdict", "verdict_raw"))
    if len(waves) > 1:
        from .intervals import apart

        for name, suffix in (("raw_score", "_raw"), ("standardised", "")):
            pair = [(w[name], w[f"{name}_low"], w[f"{name}_high"]) for w in (last, first)]
            low, high = (float(x) for x in apart(*pair))
            gap = float(last[name] - first[name])
            facts |= {f"change{suffix}": gap, f"change{suffix}_low": low, f"change{suffix}_high": high}
            facts[f"verdict{suffix}"] = str(verdict_of(low, high, 0.0))
        if facts["change"] == facts["change"]:
            opposite = facts["change"] * facts["change_raw"] <= 0 or abs(facts["change"]) < abs(facts["change_raw"]) / 3
            facts["simpson"] = bool(opposite and abs(facts["change_raw"]) > 1e-12)
            if facts["simpson"]:
                said = {k: facts[k] for k in ("change_raw", "change")}
                unit = "points" if kind.unit != "score" else "score"
                scaled = 100 if kind.name == "csat" else 1
                values = {k: round(scaled * v, 2) for k, v in said.items()} | {"on": on, "unit": unit}
                notes.append(Note("satisfaction.note.simpson", values))
        else:
            facts |= dict.fromkeys(("change", "change_low", "change_high"))
    facts |= {"first": None if by is None else first[by], "last": None if by is None else last[by]}
    parts = table[(table["row"] == "part") & (table["n"] > 0)]
    if kind.name == "csat":
        for k in ("change_raw", "change"):
            for e in ("", "_low", "_high"):
                if facts.get(f"{k}{e}") is not None:
                    facts[f"{k}{e}"] *= 100
    units = {"row": "mark", **({by: "text"} if by else {}), on: "text", "n": "count"}
    for name in ("raw_score", "standardised"):
        units |= dict.fromkeys((name, f"{name}_low", f"{name}_high"), kind.unit)
    units |= {"share": "share", "mix_share": "share"}
    shown = "chosen" if isinstance(to, Mapping) else str(to)
    params = {"measure": kind.name, "by": by, "on": on, "to": shown, "cells": len(parts), "units": units}
    return Result("satisfaction.standardised", table[list(units)], params, plain(facts), tuple(notes), source)


def _mix(found: Any, by: str | None, on: str, to: Any, notes: list[Note]) -> dict[Any, float]:
    """The fixed mix as shares that add up to one."""
    members = [m for m in dict.fromkeys(found.loc[found["n"] > 0, on]) if m is not None and m == m]
    unknown = int(found.loc[found[on].isna(), "n"].sum())
    if unknown:
        notes.append(Note("satisfaction.note.unknown_stratum", {"n": unknown, "on": on}))
    if isinstance(to, Mapping):
        strange = [str(k) for k in to if k not in members]
        absent = [str(m) for m in members if m not in to]
        if strange or absent:
            raise UserError("satisfaction.bad_mix", wanted=[str(m) for m in members], found=[str(k) for k in to])
        values = {m: to[m] for m in members}
    elif isinstance(to, str) and to == "all":
        values = found.groupby(on)["n"].sum().to_dict()
        values = {m: values[m] for m in members}
    else:
        some = found[found[by] == to] if by else found.iloc[:0]
        if not len(some):
            raise UserError(
                "satisfaction.unknown_mix", found=to, wanted=[str(w) for w in found[by].unique()] if by else []
            )
        values = some.groupby(on)["n"].sum().reindex(members).fillna(0).to_dict()
    numbers = [v for v in values.values() if isinstance(v, int | float) or hasattr(v, "item")]
    total = float(sum(numbers))
    if len(numbers) < len(values) or min(numbers) < 0 or not total > 0:
        raise UserError("satisfaction.bad_mix_shares", found=[str(v) for v in values.values()])
    return {k: float(v) / total for k, v in values.items()}
