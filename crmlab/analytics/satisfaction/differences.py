"""Differences of two waves or groups, with the number of questions asked at once taken into account."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from ...errors import UserError
from ...results import Note, Result, Source
from .intervals import LEAST_N, apart, holm, verdict_of
from .measures import measure_of
from .scores import SHOWN_N, one_version
from .tables import Answers, number, plain

__all__ = ["difference"]

_MOST_PAIRS = 300


def difference(
    answers: Any,
    *,
    by: str,
    measure: str = "nps",
    score: str | None = None,
    scale: tuple[int, int] | None = None,
    easy: str | None = None,
    pairs: str | Sequence[tuple[Any, Any]] = "all",
    weights: str | None = None,
    customer: str | None = None,
    least_n: int = SHOWN_N,
    source: Source | None = None,
) -> Result:
    """Which groups or waves differ, and by how much.

    Parameters
    ----------
    answers, score, weights, customer, source
        As for :func:`~crmlab.analytics.satisfaction.nps`.
    by : str
        The column of the groups or waves.
    measure : {"nps", "csat", "ces", "mean"}
    scale, easy
        As the measure needs them.
    pairs : {"all", "successive", "rest"} or sequence of pairs
        All pairs, each wave with the one before, each group with all others together, or the pairs given as
        ``(one, other)``; the difference is ``one - other``.
    least_n : int
        Groups with fewer answers are not compared; they are counted and said.

    Returns
    -------
    Result
        Kind ``satisfaction.difference``: per pair the two scores, ``difference`` with its interval (square-and-add of
        the two intervals), ``standard_error`` and ``z_value`` of the plain test, ``p_value``, and ``p_holm``, which
        takes all pairs into account. The verdict is ``real`` only if ``p_holm`` is under 5 % and the interval leaves
        out 0.

    Examples
    --------
    >>> import pandas as pd
    >>> first, second = [10] * 200 + [8] * 120 + [3] * 80, [10] * 176 + [8] * 128 + [3] * 96
    >>> waves = pd.DataFrame({"wave": [1] * 400 + [2] * 400, "nps": first + second})
    >>> row = difference(waves, by="wave", pairs=[(1, 2)]).table.iloc[0]
    >>> [round(float(row[k]), 3) for k in ("difference", "standard_error", "z_value", "p_value")], row["verdict"]
    ([10.0, 5.59, 1.789, 0.074], 'noise')
    """
    import numpy as np
    import pandas as pd
    from scipy import stats

    kind = measure_of(measure, scale=scale, easy=easy)
    least = max(number(least_n, "least_n", least=1, whole=True), LEAST_N)
    columns = [by, *([weights] if weights else []), *([customer] if customer else [])]
    opened = Answers(answers, score or measure, columns)
    one_version(opened, kind, [by])
    found, notes = opened.counted(kind, [by], weights=weights, person=customer)
    known = found[found[by].notna()]
    few = known[known["n"] < least]
    if len(few):
        notes.append(Note("satisfaction.note.not_compared", {"groups": list(few[by].map(str)), "least_n": least}))
    kept = known[known["n"] >= least].reset_index(drop=True)
    names = kept[by].tolist()
    sides = _sides(names, pairs, set(known[by]))
    moments = {name: kept.iloc[i] for i, name in enumerate(names)}
    factor, rows = kind.factor, []
    if pairs == "rest":
        moments |= {("rest", name): _rest(kept, i) for i, name in enumerate(names)}
    for one, other in sides:
        a, b = moments[one], moments[other]
        low, high = kind.limits(*([np.array([a[c], b[c]], dtype=float) for c in ("mean", "square", "n_effective")]))
        one_score, other_score = factor * a["mean"], factor * b["mean"]
        bounds = apart((one_score, low[0], high[0]), (other_score, low[1], high[1]))
        error = factor * float(np.sqrt(sum(max(m["square"] - m["mean"] ** 2, 0) / m["n_effective"] for m in (a, b))))
        gap = one_score - other_score
        # where nobody differs within both groups the plain test has no spread: the interval speaks alone
        z = gap / error if error else float("nan")
        rows.append(
            {
                "group_one": one,
                "group_other": "all_others" if isinstance(other, tuple) and other[:1] == ("rest",) else other,
                "n_one": int(a["n"]),
                "n_other": int(b["n"]),
                "score_one": one_score,
                "score_other": other_score,
                "difference": gap,
                "difference_low": float(bounds[0]),
                "difference_high": float(bounds[1]),
                "standard_error": error,
                "z_value": z,
                "p_value": float(2 * stats.norm.sf(abs(z))) if z == z else float("nan"),
            }
        )
    table = pd.DataFrame(rows)
    table["p_holm"] = holm(table["p_value"])
    alone = verdict_of(table["difference_low"], table["difference_high"], 0.0)
    table["verdict"] = np.where((alone == "real") & ~(table["p_holm"] < 0.05), "noise", alone)
    if len(table) > 1:
        notes.append(Note("satisfaction.note.holm", {"pairs": len(table)}))
    first = table.iloc[table["difference"].abs().argmax()]
    facts = {k: None if first[k] != first[k] else first[k] for k in table.columns}
    facts |= {"n": int(kept["n"].sum()), "groups": len(kept), "pairs": len(table)}
    facts |= {"real": int((table["verdict"] == "real").sum()), "least_p_holm": float(table["p_holm"].min())}
    facts["real_without_holm"] = int((table["p_value"] < 0.05).sum())
    units = dict.fromkeys(("group_one", "group_other"), "text") | dict.fromkeys(("n_one", "n_other"), "count")
    shown = "points" if kind.unit in ("points", "share") else "score"
    if kind.name == "csat":  # a difference of shares is said in points
        scaled = ["difference", "difference_low", "difference_high", "standard_error"]
        table[scaled] = 100 * table[scaled]
        facts |= {k: 100 * facts[k] for k in scaled if facts[k] is not None}
    units |= dict.fromkeys(("score_one", "score_other"), kind.unit)
    units |= dict.fromkeys(("difference", "difference_low", "difference_high", "standard_error"), shown)
    units |= dict.fromkeys(("z_value", "p_value", "p_holm"), "number") | {"verdict": "mark"}
    how = pairs if isinstance(pairs, str) else "chosen"
    params = {"measure": kind.name, "by": by, "pairs": how, "least_n": least, "units": units}
    return Result("satisfaction.difference", table[list(units)], params, plain(facts), tuple(notes), source)


def _sides(names: list[Any], pairs: Any, known: set[Any]) -> list[tuple[Any, Any]]:
    if isinstance(pairs, str):
        if pairs not in ("all", "successive", "rest"):
            raise UserError("satisfaction.bad_pairs", found=pairs, wanted=["all", "successive", "rest"])
        if len(names) < 2:
            raise UserError("satisfaction.one_group", found=len(names))
        if pairs == "rest":
            return [(name, ("rest", name)) for name in names]
        if pairs == "successive":
            return [(later, before) for before, later in zip(names, names[1:], strict=False)]
        if len(names) * (len(names) - 1) // 2 > _MOST_PAIRS:
            raise UserError("satisfaction.many_pairs", found=len(names))
        return [(other, one) for one, other in combinations(names, 2)]
    out = []
    for pair in pairs:
        one, other = pair
        for name in (one, other):
            if name not in names:
                code = "satisfaction.group_too_small" if name in known else "satisfaction.unknown_group"
                raise UserError(code, found=name, wanted=[str(n) for n in names])
        out.append((one, other))
    return out


def _rest(found: Any, at: int) -> Any:
    """The moments of all groups but one."""
    others = found.drop(index=at)
    w = others["n"] / others["n"].sum()
    import pandas as pd

    return pd.Series(
        {
            "n": others["n"].sum(),
            "n_effective": others["n_effective"].sum(),
            "mean": float((w * others["mean"]).sum()),
            "square": float((w * others["square"]).sum()),
        }
    )
