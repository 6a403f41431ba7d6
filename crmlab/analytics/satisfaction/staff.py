"""Do units whose staff are happier have happier customers? A correlation over units, with how little it can show."""

from __future__ import annotations

import math
from typing import Any

from ...errors import UserError
from ...intervals import z_of
from ...results import Note, Result, Source
from .scores import SHOWN_N, csat
from .tables import frame_of, number, plain

__all__ = ["staff_link"]

LEAST_UNITS = 6  # with fewer an interval of a correlation holds next to nothing and everything
_NOTICED, _POWER = 0.5, 0.8


def staff_link(
    staff: Any,
    answers: Any,
    *,
    by: str,
    staff_score: str = "score",
    staff_answers: str | None = None,
    score: str = "csat",
    scale: tuple[int, int] = (1, 5),
    least_n: int = SHOWN_N,
    source: Source | None = None,
) -> Result:
    """Employees' experience against customers' satisfaction, unit by unit: the correlation, its interval and n.

    Parameters
    ----------
    staff : DataFrame or Result
        A row a unit and wave, or an answer of an employee: ``by`` and ``staff_score`` (any scale, higher is better).
    answers : DataFrame or Result
        A row an answer of a customer: ``by`` and ``score``.
    by : str
        The unit, by the same names in both.
    staff_answers : str, optional
        How many employees stand behind a row of ``staff``: rows are weighted by it.
    score, scale
        As for :func:`csat`: the share of the two highest answers is the unit's satisfaction.
    least_n : int
        Units with fewer customers' answers are left out, and named in a note.

    Returns
    -------
    Result
        Kind ``satisfaction.staff_link``: by unit ``staff_score``, ``staff_n``, ``n`` and ``csat`` with its interval;
        facts ``correlation`` with Fisher's interval over ``units``, and ``units_needed`` to notice a correlation of
        0.5 four times of five.

    Raises
    ------
    UserError
        ``satisfaction.few_paired_units``: fewer than six units have both.

    Notes
    -----
    It is about units, not about people: happy units may still have unhappy employees with happy customers. Answers
    that are few make each unit's score unsure, which draws the correlation towards none. And it has no direction:
    happy customers please the staff, too.

    Examples
    --------
    >>> import pandas as pd
    >>> staff = pd.DataFrame({"unit": list("abcdef"), "score": [3.0, 3.2, 3.5, 3.7, 4.0, 4.1]})
    >>> happy = {"a": 11, "b": 12, "c": 12, "d": 15, "e": 14, "f": 17}
    >>> said = [{"unit": u, "csat": 5 if k < h else 2} for u, h in happy.items() for k in range(20)]
    >>> found = staff_link(staff, pd.DataFrame(said), by="unit")
    >>> [round(found.facts[k], 2) for k in ("correlation", "correlation_low", "correlation_high")]
    [0.88, 0.26, 0.99]
    """
    import numpy as np
    import pandas as pd
    from scipy import stats

    wanted = [by, staff_score, *([staff_answers] if staff_answers else [])]
    frame = frame_of(staff, wanted, "staff")
    values = pd.to_numeric(frame[staff_score], errors="coerce")
    behind = pd.to_numeric(frame[staff_answers], errors="coerce") if staff_answers else pd.Series(1.0, frame.index)
    bad = frame.index[(values.isna() & frame[staff_score].notna()) | ~(behind >= 0)]
    if len(bad):
        rows = [int(frame.index.get_loc(i)) + 1 for i in bad]
        raise UserError("satisfaction.not_numbers", table="staff", rows=rows, wanted=wanted[1:])
    used = frame.assign(_sum=values * behind, _n=behind.where(values.notna()))[frame[by].notna()]
    happy = used.groupby(by, sort=True)[["_sum", "_n"]].sum()
    happy = happy[happy["_n"] > 0]
    least = number(least_n, "least_n", least=1, whole=True)
    said = csat(answers, score=score, scale=scale, by=by, least_n=1)
    asked = said.table[said.table["row"] == "member"].set_index(by)
    enough = asked[asked["n"] >= least]
    both = happy.join(enough[["n", "csat", "csat_low", "csat_high"]], how="inner")
    if len(both) < LEAST_UNITS:
        raise UserError("satisfaction.few_paired_units", found=len(both), least=LEAST_UNITS, answers=least)
    x, y = (both["_sum"] / both["_n"]).to_numpy(float), both["csat"].to_numpy(float)
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        raise UserError("satisfaction.all_units_alike", wanted=[by])
    k = len(both)
    r = float(np.clip(np.corrcoef(x, y)[0, 1], -1, 1))
    low, high = fisher(r, k)
    table = pd.DataFrame(
        {
            by: both.index,
            "staff_n": both["_n"].to_numpy(),
            "staff_score": x,
            "n": both["n"].to_numpy(int),
            **{c: both[c].to_numpy(float) for c in ("csat", "csat_low", "csat_high")},
        }
    ).sort_values("staff_score", ignore_index=True)
    left_out = sorted(set(happy.index) ^ set(both.index) | (set(asked.index) - set(both.index)), key=str)
    notes = list(said.notes)
    if left_out:
        notes.append(Note("satisfaction.note.units_left_out", {"n": len(left_out), "least": least}))
    facts = {
        "n": int(table["n"].sum()),
        "units": k,
        "correlation": r,
        "correlation_low": low,
        "correlation_high": high,
        "p_value": float(2 * stats.t.sf(abs(r) * math.sqrt((k - 2) / max(1 - r * r, 1e-12)), k - 2)),
        "noticed": _NOTICED,
        "units_needed": math.ceil(((z_of() + stats.norm.ppf(_POWER)) / math.atanh(_NOTICED)) ** 2 + 3),
        "verdict": "real" if low > 0 or high < 0 else "noise",
    }
    units = {by: "text", "staff_n": "count", "staff_score": "score", "n": "count"}
    units |= dict.fromkeys(("csat", "csat_low", "csat_high"), "share")
    params = {"by": by, "score": score, "least_n": least, "units": units}
    return Result("satisfaction.staff_link", table, params, plain(facts), tuple(notes), source)


def fisher(r: float, n: int) -> tuple[float, float]:
    """Fisher's interval of a correlation of ``n`` pairs: on the scale of atanh its error is about 1 / √(n - 3).

    Examples
    --------
    >>> [round(x, 2) for x in fisher(0.5, 30)]
    [0.17, 0.73]
    """
    middle, half = math.atanh(max(-1 + 1e-12, min(1 - 1e-12, r))), z_of() / math.sqrt(n - 3)
    return math.tanh(middle - half), math.tanh(middle + half)
