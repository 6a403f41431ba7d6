"""The lifecycle as an absorbing Markov chain: time to loss, and what a change of one transition is worth.

With Q the shares that pass between states in which a customer is still one, N = (I − Q)⁻¹ holds the expected months in
each state; its row sums are the months to loss, N times the months' worth the worth of a customer in each state.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import UserError, suggest
from ...intervals import z_of
from ...results import Note, Result, Source

__all__ = ["chain", "change_transition", "fundamental", "levers"]


def chain(
    matrix: Any,
    *,
    states: Sequence[str] | None = None,
    absorbing: Sequence[str] | None = None,
    start: Any = None,
    worth: Mapping[str, float] | None = None,
    currency: str = "IDR",
    source: Source | None = None,
) -> Result:
    """What the transitions say about the future, if they stay as they are.

    Parameters
    ----------
    matrix : Result, DataFrame or nested sequence
        Of :func:`transitions`, or shares with one row and column a state; rows sum to 1.
    states : sequence of str, optional
        Names of the states, where the matrix has none.
    absorbing : sequence of str, optional
        The ends: by default what the transitions said, or the states that nobody leaves.
    start : mapping or sequence, optional
        How many customers are in each state now; from transitions: those of the last month.
    worth : mapping, optional
        What a customer in a state brings in a month; states that are not named bring nothing.
    currency : str
    source : Source, optional

    Returns
    -------
    Result
        Kind ``retention.chain``: per state ``expected_months`` to loss with interval (where the transitions were
        counted: by the delta method on the logarithm), ``lost_in_12_share``, ``customers_now``, ``customers_next``, and
        ``expected_worth``; with several ends the probability of each (``ends_in_<state>``).

    Examples
    --------
    >>> P = [[0.75, 0.15, 0.10], [0, 0.95, 0.05], [0, 0, 1]]
    >>> chain(P, states=["repeat", "advocate", "lost"]).table["expected_months"].round(6).tolist()
    [16.0, 20.0]
    """
    import numpy as np
    import pandas as pd

    P, names, counts, told = _matrix(matrix, states)
    ends = tuple(absorbing if absorbing is not None else told.get("absorbing") or _stays(P, names))
    if strange := [a for a in ends if a not in names]:
        raise UserError("retention.unknown_state", found=strange, wanted=names, near=suggest(strange[0], names))
    last = [names.index(a) for a in ends]
    live = [i for i in range(len(names)) if i not in last]
    notes = []
    if counts is not None:  # who came back from an end is counted there; here an end is one
        empty = [i for i in live if counts[i].sum() == 0]
        if empty:
            notes.append(Note("retention.note.never_seen", {"states": [names[i] for i in empty]}))
            live = [i for i in live if i not in empty]
            kept = live + last
            P, counts = P[np.ix_(kept, kept)], counts[np.ix_(kept, kept)]
            names = [names[i] for i in kept]
            live, last = list(range(len(live))), list(range(len(live), len(kept)))
    P = P.copy()
    P[last] = np.eye(len(names))[last]
    _reachable(P, live, last, names)
    N = np.linalg.inv(np.eye(len(live)) - P[np.ix_(live, live)])
    months = N.sum(axis=1)
    ending = N @ P[np.ix_(live, last)]
    now = _start(start if start is not None else told.get("now"), names)
    nxt = now @ P if now is not None else None
    year = np.linalg.matrix_power(P, 12)[np.ix_(live, last)].sum(axis=1)
    pay = _worth(worth, names)
    out = pd.DataFrame({"state": [names[i] for i in live]})
    out["at_risk"] = [int(counts[i].sum()) if counts is not None else None for i in live]
    out["expected_months"] = months
    low, high = _bounds(N, P, live, counts, months)
    out["expected_months_low"], out["expected_months_high"] = low, high
    out["lost_in_12_share"] = year
    units = {
        "state": "text",
        "at_risk": "count",
        "lost_in_12_share": "share",
        "customers_now": "number",
        "customers_next": "number",
    }
    units |= dict.fromkeys(("expected_months", "expected_months_low", "expected_months_high"), "number")
    if len(last) > 1:
        for j, end in enumerate(last):
            out[f"ends_in_{names[end]}"] = ending[:, j]
            units[f"ends_in_{names[end]}"] = "share"
    if now is not None:
        out["customers_now"], out["customers_next"] = now[live], nxt[live]
    if pay is not None:
        out["expected_worth"] = N @ pay[live]
        units["expected_worth"] = "money"
    if counts is None:
        out = out.drop(columns=["at_risk", "expected_months_low", "expected_months_high"])
    facts: dict[str, Any] = {"n": int(counts[live].sum()) if counts is not None else None, "states": len(live)}
    shortest, longest = int(months.argmin()), int(months.argmax())
    for side, i in (("shortest", shortest), ("longest", longest)):
        facts |= {f"{side}_state": names[live[i]], f"{side}_months": float(months[i])}
        facts |= {f"{side}_months_low": _or_none(low[i]), f"{side}_months_high": _or_none(high[i])}
    facts |= {"ends": ends, "currency": currency}
    if now is not None:
        facts |= {
            "total_start": float(now[live].sum()),
            "total_next": float(nxt.sum()),
            "kept_next": float(nxt[live].sum()),
        }
        facts |= {"lost_next": float(nxt[last].sum() - now[last].sum()), "months_ahead": float(now[live] @ months)}
        facts |= {"worth_ahead": float(now[live] @ N @ pay[live]) if pay is not None else None}
    params = {"matrix": tuple(map(tuple, P.tolist())), "names": tuple(names), "absorbing": ends, "units": units}
    params |= {"counts": None if counts is None else tuple(map(tuple, counts.tolist()))}
    params |= {"start_given": None if now is None else tuple(now.tolist()), "worth": dict(worth) if worth else None}
    return Result("retention.chain", out, params, facts, tuple(notes), source)


def fundamental(result: Result) -> Any:
    """N = (I − Q)⁻¹ of a chain: the expected months in each state (columns) by the state of today (rows).

    Parameters
    ----------
    result : Result
        Of :func:`chain`.
    """
    import numpy as np
    import pandas as pd

    P, names, live, _ = _parts(result)
    N = np.linalg.inv(np.eye(len(live)) - P[np.ix_(live, live)])
    index = [names[i] for i in live]
    return pd.DataFrame(N, index=pd.Index(index, name="state"), columns=index)


def change_transition(
    result: Result, *, origin: str, to: str, by: float, taken_from: str | None = None, source: Source | None = None
) -> Result:
    """What it is worth if more customers pass from one state to another.

    Parameters
    ----------
    result : Result
        Of :func:`chain`.
    origin, to : str
        The transition that changes.
    by : float
        By how much its share rises, in points: 0.05 makes 15 % into 20 %.
    taken_from : str, optional
        The state that those customers would have gone to otherwise; the first end by default.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``retention.chain_change``: per state the expected ``months_before`` and ``months_after``; facts
        ``months_gained`` over all customers of the start, and ``worth_gained`` where months have a worth.
    """
    import pandas as pd

    P, names, live, last = _parts(result)
    other = taken_from or names[last[0]]
    for name in (origin, to, other):
        if name not in names:
            raise UserError("retention.unknown_state", found=[name], wanted=names, near=suggest(name, names))
    i, j, k = (names.index(x) for x in (origin, to, other))
    if i in last or j == k:
        raise UserError("retention.no_change", origin=origin, to=to, other=other)
    if isinstance(by, bool) or not isinstance(by, int | float) or not (-P[i, j] <= by <= P[i, k] + 1e-12):
        raise UserError("retention.too_much", found=by, share=float(P[i, k]), least=-float(P[i, j]), other=other)
    before, after, gain, worth = _changed(result, i, j, k, by)
    table = pd.DataFrame({"state": [names[x] for x in live], "months_before": before, "months_after": after})
    table["months_change"] = after - before
    facts: dict[str, Any] = {"origin": origin, "to": to, "taken_from": other, "points": float(by) * 100}
    facts |= {"share_before": float(P[i, j]), "share_after": float(P[i, j] + by)}
    place = live.index(i)
    facts |= {"months_before": float(before[place]), "months_after": float(after[place])}
    facts |= {"months_gained": gain, "worth_gained": worth, "currency": result.facts["currency"]}
    units = {"state": "text", **dict.fromkeys(("months_before", "months_after", "months_change"), "number")}
    params = {"origin": origin, "to": to, "by_points": by, "taken_from": other, "units": units}
    return Result("retention.chain_change", table, params, facts, (), source or result.source)


def levers(result: Result, *, points: float = 1.0, source: Source | None = None) -> Result:
    """Which transition it pays most to change: each raised by as many points, taken from the loss of its own state.

    Parameters
    ----------
    result : Result
        Of :func:`chain`, with a start.
    points : float
        By how many percentage points each share rises, or by all that is lost from that state if that is less.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``retention.levers``: per transition ``months_gained`` (and ``worth_gained``), largest first.
    """
    import pandas as pd

    P, names, live, last = _parts(result)
    if result.params["start_given"] is None:
        raise UserError("retention.no_start")
    if isinstance(points, bool) or not isinstance(points, int | float) or not 0 < points <= 100:
        raise UserError("retention.bad_number", name="points", found=points, least=0)
    rows = []
    for i in live:
        room = float(P[i, last].sum())
        k = max(last, key=lambda end: P[i, end])
        by = min(points / 100, float(P[i, k]))
        if not room or by <= 0:
            continue
        for j in live:
            if j != i and P[i, j] == 0:
                continue  # a way that nobody goes is no lever, but another chain
            _, _, gain, worth = _changed(result, i, j, k, by)
            row = {"from_state": names[i], "to_state": names[j], "points": by * 100, "share": float(P[i, j])}
            row |= {"months_gained": gain} | ({} if worth is None else {"worth_gained": worth})
            rows.append(row)
    if not rows:
        raise UserError("retention.nothing_lost")
    key = "worth_gained" if "worth_gained" in rows[0] else "months_gained"
    rows.sort(key=lambda r: -r[key])
    best = rows[0]
    facts = {k: best.get(k) for k in ("from_state", "to_state", "points", "share", "months_gained", "worth_gained")}
    facts |= {"levers": len(rows), "currency": result.facts["currency"], "by": key}
    units = {"from_state": "text", "to_state": "text", "points": "points", "share": "share"}
    units |= {"months_gained": "number", "worth_gained": "money"}
    return Result(
        "retention.levers", pd.DataFrame(rows), {"points": points, "units": units}, facts, (), source or result.source
    )


def _changed(result: Result, i: int, j: int, k: int, by: float) -> tuple[Any, Any, float | None, float | None]:
    """Months to loss before and after, and what the whole start gains in months and in worth."""
    import numpy as np

    P, names, live, _ = _parts(result)
    new = P.copy()
    new[i, j] += by
    new[i, k] -= by
    eye = np.eye(len(live))
    N, M = (np.linalg.inv(eye - m[np.ix_(live, live)]) for m in (P, new))
    now, pay = result.params["start_given"], _worth(result.params["worth"], names)
    if now is None:
        return N.sum(axis=1), M.sum(axis=1), None, None
    start = np.asarray(now)[live]
    gain = float(start @ (M - N).sum(axis=1))
    return N.sum(axis=1), M.sum(axis=1), gain, None if pay is None else float(start @ (M - N) @ pay[live])


def _parts(result: Result) -> tuple[Any, list[str], list[int], list[int]]:
    import numpy as np

    if result.kind != "retention.chain":
        raise UserError("retention.not_chain", found=result.kind)
    names = list(result.params["names"])
    last = [names.index(a) for a in result.params["absorbing"]]
    return np.array(result.params["matrix"]), names, [i for i in range(len(names)) if i not in last], last


def _matrix(matrix: Any, states: Sequence[str] | None) -> tuple[Any, list[str], Any, dict[str, Any]]:
    """Shares, states, counts where there are some, and what the transitions told."""
    import numpy as np

    if isinstance(matrix, Result):
        if matrix.kind != "retention.transitions":
            raise UserError("retention.not_transitions", found=matrix.kind)
        names = list(matrix.params["order"])
        counts = matrix.table["n"].to_numpy(float).reshape(len(names), -1)
        sums = counts.sum(axis=1, keepdims=True)
        return np.divide(counts, sums, out=np.zeros_like(counts), where=sums > 0), names, counts, dict(matrix.params)
    if hasattr(matrix, "columns"):
        names = [str(c) for c in matrix.columns]
        if [str(i) for i in matrix.index] != names:
            raise UserError("retention.not_square", found=list(matrix.shape))
        values = matrix.to_numpy()
    else:
        values, names = matrix, [str(s) for s in states or ()]
    try:
        P = np.array(values, dtype=float)
    except (ValueError, TypeError) as bad:
        raise UserError("retention.not_square", found=str(bad)[:80]) from bad
    if P.ndim != 2 or P.shape[0] != P.shape[1] or P.shape[0] != len(names) or len(set(names)) != len(names):
        raise UserError("retention.not_square", found=[*P.shape, len(names)])
    if not np.isfinite(P).all() or (P < 0).any() or (P > 1 + 1e-9).any():
        raise UserError(
            "retention.bad_share", name="matrix", found=float(np.nanmin(P)) if (P < 0).any() else str(P.max())
        )
    wrong = [f"{n} ({s:.4f})" for n, s in zip(names, P.sum(axis=1), strict=True) if abs(s - 1) > 1e-6]
    if wrong:
        raise UserError("retention.rows_not_one", found=wrong)
    return P, names, None, {}


def _stays(P: Any, names: list[str]) -> tuple[str, ...]:
    """The states that nobody leaves."""
    ends = tuple(n for i, n in enumerate(names) if abs(P[i, i] - 1) < 1e-9)
    if not ends:
        raise UserError("retention.never_lost", found=names)
    return ends


def _reachable(P: Any, live: list[int], last: list[int], names: list[str]) -> None:
    """From every state there must be a way to an end, otherwise nobody is ever lost and time to loss has no end."""
    known = set(last)
    while True:
        more = {i for i in live if i not in known and any(P[i, j] > 0 for j in known)}
        if not more:
            break
        known |= more
    if stuck := [names[i] for i in live if i not in known]:
        raise UserError("retention.never_lost", found=stuck)


def _start(start: Any, names: list[str]) -> Any:
    import numpy as np

    if start is None:
        return None
    if isinstance(start, Mapping):
        values = [start.get(n, 0) for n in names]
        if strange := [s for s in start if s not in names and start[s]]:
            raise UserError(
                "retention.unknown_state", found=strange, wanted=names, near=suggest(str(strange[0]), names)
            )
    else:
        values = list(start)
        if len(values) != len(names):
            raise UserError("retention.unequal", found=[len(values), len(names)])
    return np.array(values, dtype=float)


def _worth(worth: Mapping[str, float] | None, names: list[str]) -> Any:
    import numpy as np

    if worth is None:
        return None
    if strange := [s for s in worth if s not in names]:
        raise UserError("retention.unknown_state", found=strange, wanted=names, near=suggest(str(strange[0]), names))
    return np.array([float(worth.get(n, 0)) for n in names])


def _bounds(N: Any, P: Any, live: list[int], counts: Any, months: Any) -> tuple[Any, Any]:
    """The interval of the months to loss: rows of the matrix are multinomial shares, each with its own n."""
    import numpy as np

    if counts is None:
        return np.full(len(live), np.nan), np.full(len(live), np.nan)
    Q = P[np.ix_(live, live)]
    n = counts[live].sum(axis=1)
    spread = (Q @ months**2 - (Q @ months) ** 2) / n  # of each row's own mean
    error = np.sqrt(N**2 @ spread)
    width = np.exp(z_of() * error / months)
    return months / width, months * width


def _or_none(x: float) -> float | None:
    return None if x != x else float(x)
