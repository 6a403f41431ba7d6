"""How many must answer, and so be asked, for an interval or a difference of a size that matters."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ...errors import UserError
from ...intervals import z_of
from ...results import Note, Result, Source
from .measures import measure_of
from .tables import number, plain

__all__ = ["sample_size"]


def sample_size(
    measure: str,
    *,
    margin: float | Sequence[float] | None = None,
    difference: float | Sequence[float] | None = None,
    promoters: float = 0.4,
    detractors: float = 0.2,
    share: float = 0.5,
    spread: float | None = None,
    power: float = 0.8,
    level: float = 0.95,
    comparisons: int = 1,
    response_share: float | None = None,
    population: int | None = None,
    source: Source | None = None,
) -> Result:
    """How many answers an interval of ``± margin``, or a ``difference`` of two groups, needs.

    Parameters
    ----------
    measure : {"nps", "csat", "mean"}
    margin : float or sequence, optional
        Half of the interval's width: in points for NPS and CSAT, in the scale's units for a mean.
    difference : float or sequence, optional
        What is to be found with the chance ``power``, in the same units; the numbers are then for each group.
        Either this or ``margin``.
    promoters, detractors : float
        The shares expected, for NPS; as many of each as there may be (0.5 and 0.5) is the worst case.
    share : float
        The share expected, for CSAT: of the first group, which the second exceeds by the difference.
    spread : float, optional
        Standard deviation of an answer, for a mean.
    comparisons : int
        How many differences will be tested at once (Bonferroni).
    response_share : float, optional
        Share of those asked who answer; tells how many to ask.
    population : int, optional
        How many there are in all; a census of few needs fewer.

    Returns
    -------
    Result
        Kind ``satisfaction.sample_size``: by margin or difference ``answers_needed`` (for each group) and
        ``invitations_needed``.

    Examples
    --------
    >>> found = sample_size("csat", difference=1.8, share=0.06)
    >>> found.facts["answers_needed"]
    3112
    >>> sample_size("nps", margin=5, promoters=0.42, detractors=0.24).facts["answers_needed"]
    965
    """
    import pandas as pd

    if measure == "ces":
        raise UserError("satisfaction.plan_mean", found=measure)
    kind = measure_of(measure, scale=(1, 5) if measure == "mean" else None)
    if (margin is None) == (difference is None):
        raise UserError("satisfaction.plan_one")
    wanted = margin if margin is not None else difference
    wanted = [wanted] if isinstance(wanted, int | float) else list(wanted)
    name = "half_width" if margin is not None else "difference"
    for w in wanted:
        number(w, name, least=1e-9)
    for what, value in (("power", power), ("level", level), ("share", share)):
        number(value, what, least=1e-6, most=1 - 1e-6)
    for what, value in (("promoters", promoters), ("detractors", detractors)):
        number(value, what, least=0.0, most=1.0)
    if kind.name == "nps" and (promoters + detractors > 1 or promoters + detractors == 0):
        raise UserError("satisfaction.plan_shares", found=f"{promoters} + {detractors}")
    if kind.name == "mean" and spread is None:
        raise UserError("satisfaction.plan_spread")
    if response_share is not None:
        number(response_share, "response_share", least=1e-6, most=1.0)
    if population is not None:
        number(population, "population", least=1, whole=True)
    tests = number(comparisons, "comparisons", least=1, whole=True)
    za, zb = z_of(1 - (1 - level) / tests), z_of(2 * power - 1) if power > 0.5 else -z_of(1 - 2 * power)
    rows = []
    for w in wanted:
        d = w / 100 if kind.name in ("nps", "csat") else w
        if kind.name == "nps":
            v = promoters + detractors - (promoters - detractors) ** 2
        elif kind.name == "csat":
            v = share * (1 - share)
        else:
            v = float(number(spread, "spread", least=1e-9)) ** 2
        if margin is not None:
            n = za**2 * v / d**2
        elif kind.name == "csat":
            other = share + d
            if other >= 1:
                raise UserError("satisfaction.plan_beyond", found=round(100 * other, 1))
            middle = (share + other) / 2
            both = za * math.sqrt(2 * middle * (1 - middle)) + zb * math.sqrt(v + other * (1 - other))
            n = both**2 / d**2
        else:
            n = (za + zb) ** 2 * 2 * v / d**2
        if population is not None:
            n = n / (1 + (n - 1) / population)
        answers = math.ceil(n - 1e-9)
        row = {name: float(w), "answers_needed": answers}
        if response_share is not None:
            row["invitations_needed"] = math.ceil(answers / response_share - 1e-9)
        rows.append(row)
    table = pd.DataFrame(rows)
    unit = "score" if kind.name == "mean" else "points"
    first = rows[0]
    facts = {**first, "n": first["answers_needed"], "variance": v, "z": za, "z_power": zb}
    facts["groups"] = 1 if margin is not None else 2
    notes = []
    beyond = response_share is not None and population is not None
    if beyond and max(r["invitations_needed"] for r in rows) > population:
        most = max(r["invitations_needed"] for r in rows)
        notes.append(Note("satisfaction.note.plan_too_many", {"n": most, "population": population}))
    units = {name: unit, "answers_needed": "count", "invitations_needed": "count"}
    params = {"measure": kind.name, "goal": name, "promoters": promoters, "detractors": detractors, "share": share}
    params |= {"spread": spread, "power": power, "level": level, "comparisons": tests}
    params |= {"response_share": response_share, "population": population}
    params["units"] = {c: units[c] for c in table.columns}
    return Result("satisfaction.sample_size", table, params, plain(facts), tuple(notes), source)
