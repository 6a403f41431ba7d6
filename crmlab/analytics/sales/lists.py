"""The three questions of analytical CRM as ranked lists: who is worth most, who may leave, who may answer.

A list is learned from one stretch of time, judged on the next, and written for the one that has not come yet: what is
known only afterwards can't slip in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import UserError, suggest
from ...frames import day_of, days_of, frame_of, number
from ...intervals import rate_interval, verdict_of, wilson
from ...regression import fit_logit
from ...results import Note, Result, Source

__all__ = ["QUESTIONS", "customer_questions", "lift"]

QUESTIONS = ("most_valuable", "most_likely_to_leave", "most_likely_to_respond")
_FEATURES = ("recency_days", "log_orders", "log_amount", "tenure_days")
_TOP = 0.10
_TAIL = 0.02


def lift(
    table: Any,
    *,
    score: str = "score",
    outcome: str = "outcome",
    at: float = _TOP,
    bins: int = 10,
    known_on: str | None = None,
    outcome_on: str | None = None,
    source: Source | None = None,
) -> Result:
    """How well a ranking finds those it looks for: by tenths, with calibration.

    Parameters
    ----------
    table : DataFrame
        A row a customer: his ``score`` (a probability where calibration is wanted) and his ``outcome``, yes or no.
    score, outcome : str
    at : float
        The part at the top of the list that would be served.
    bins : int
    known_on, outcome_on : str, optional
        Columns of days: when the score was known, and when the outcome came. Refused where the second is not later.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``sales.lift``: a row a bin from the top: ``n``, ``hits``, ``hit_share`` with interval, ``said_share``
        (mean score), ``captured_share`` up to there, ``lift`` up to there. ``facts["lift"]`` at ``at`` with interval,
        ``["captured"]``, and ``["calibration"]``: hits by the sum of scores, 1 where scores are probabilities.

    Notes
    -----
    ``lift = captured share of the hits / share of the list``. Equal scores share their hits equally, so that the order
    of rows makes no difference. Interval: Wilson's of the captured share, of
    as many independent hits as would be as unsure as the two parts of the list are.

    Examples
    --------
    >>> import pandas as pd
    >>> hits = [1] * 30 + [0] * 70 + [1] * 70 + [0] * 830
    >>> found = lift(pd.DataFrame({"score": [0.9] * 100 + [0.1] * 900, "outcome": hits}))
    >>> round(found.facts["captured"], 9), round(found.facts["lift"], 9)
    (0.3, 3.0)
    """
    import numpy as np
    import pandas as pd

    frame = frame_of(table, (score, outcome), "scores").reset_index(drop=True)
    at, bins = number(at, "at", 0.001, 1), number(bins, "bins", 2, 100, whole=True)
    if known_on and outcome_on:
        frame_of(frame, (known_on, outcome_on), "scores")
        leaked = days_of(frame, known_on, "scores") >= days_of(frame, outcome_on, "scores")
        if leaked.any():
            raise UserError("sales.leak", table="scores", rows=[int(i) + 1 for i in np.flatnonzero(leaked)])
    said = pd.to_numeric(frame[score], errors="coerce")
    came = pd.to_numeric(frame[outcome], errors="coerce")
    known = said.notna() & came.notna()
    notes = [Note("sales.note.left_out", {"n": int((~known).sum())})] if (~known).any() else []
    said, came = said[known].to_numpy(float), came[known].to_numpy(float)
    if len(said) < bins or not set(np.unique(came)) <= {0.0, 1.0}:
        raise UserError("sales.bad_outcome", found=sorted({str(v) for v in came})[:3], n=len(said))
    hits = float(came.sum())
    if hits in (0.0, float(len(came))):
        raise UserError("sales.one_outcome", column=outcome, found=len(came))
    order = np.argsort(-said, kind="stable")
    said, came = said[order], came[order]
    _, start = np.unique(-said, return_inverse=True)
    share = np.bincount(start, weights=came) / np.bincount(start)
    even = share[start]  # of equal scores nobody comes first
    along = np.r_[0.0, np.cumsum(even)]
    n = len(said)

    def found(k: float) -> float:
        return float(np.interp(k, np.arange(n + 1), along))

    edges = np.linspace(0, n, bins + 1).round().astype(int)
    rows = []
    for k, (a, b) in enumerate(zip(edges[:-1], edges[1:], strict=True), 1):
        own = found(b) - found(a)
        low, high = wilson(own, b - a)
        row = {"bin": k, "n": int(b - a), "hits": own, "hit_share": own / (b - a), "hit_share_low": low}
        row |= {"hit_share_high": high, "said_share": float(said[a:b].mean())}
        rows.append(row | {"captured_share": found(b) / hits, "lift": found(b) / hits / (b / n)})
    captured = found(at * n) / hits
    low, high = _captured(found(at * n), hits, at * n, n)
    facts = {"n": n, "hits": int(hits), "base_share": hits / n, "at": at, "captured": captured}
    facts |= {
        "captured_low": low,
        "captured_high": high,
        "lift": captured / at,
        "lift_low": low / at,
        "lift_high": high / at,
    }
    probable = said.min() >= 0 and said.max() <= 1 and said.sum() > 0
    events = [float(v) for v in rate_interval(hits, said.sum())] if probable else [None, None]
    facts |= {"calibration": hits / float(said.sum()) if probable else None}
    facts |= {"calibration_low": events[0], "calibration_high": events[1]}
    facts["verdict"] = verdict_of(facts["lift_low"], facts["lift_high"], 1.0, hits)
    shares = ("hit_share", "hit_share_low", "hit_share_high", "said_share", "captured_share")
    units = {"bin": "count", "n": "count", "hits": "number", **dict.fromkeys(shares, "share"), "lift": "number"}
    params = {"at": at, "score": score, "outcome": outcome, "units": units}
    return Result("sales.lift", pd.DataFrame(rows), params, facts, tuple(notes), source)


def _captured(top: float, hits: float, listed: float, n: int) -> tuple[float, float]:
    """The interval of the captured share: both parts of the list have hits by chance, and neither without end."""
    share, rest = top / hits, hits - top
    cases = hits
    if top > 0 and rest > 0 and listed < n:
        spread = (1 - top / listed) / top + (1 - rest / (n - listed)) / rest  # of its log odds
        if spread > 0:
            cases = 1 / (share * (1 - share) * spread)  # so many independent ones would be as unsure
    low, high = wilson(share * cases, cases)
    return float(low), float(high)


def customer_questions(
    sales: Any,
    sends: Any = None,
    *,
    as_of: Any,
    horizon_days: int = 180,
    top: int = 20,
    questions: Sequence[str] = QUESTIONS,
    source: Source | None = None,
) -> Result:
    """Rank all customers for each question, with the proof of how good such a list was last time.

    Parameters
    ----------
    sales : DataFrame
        One row an order: ``customer_id``, ``ordered_at``, ``amount``.
    sends : DataFrame, optional
        ``customer_id``, ``sent_at``, ``converted``: needed for ``most_likely_to_respond``.
    as_of : date
        What came later is not looked at.
    horizon_days : int
        How far the questions look ahead. Learned on the stretch that ended so long before ``as_of``, judged on the
        last one, written for the next.
    top : int
        How many of each list are in the table.
    questions : sequence of str
        ``most_valuable`` (will be among the tenth that spends most), ``most_likely_to_leave`` (of those who bought
        within the stretch before, will not buy), ``most_likely_to_respond`` (will answer a send).
    source : Source, optional

    Returns
    -------
    Result
        Kind ``sales.questions``: per question the first ``top``: ``question``, ``rank``, ``customer_id``, ``score``
        (the chance). ``params["lifts"]`` holds a ``sales.lift`` of each question on the stretch it had not seen;
        ``facts`` their lift at 10 % with interval.

    Raises
    ------
    UserError
        ``sales.short_history``, ``sales.bad_question``.
    """
    import pandas as pd

    for name in questions:
        if name not in QUESTIONS:
            raise UserError("sales.bad_question", found=name, wanted=list(QUESTIONS), near=suggest(name, QUESTIONS))
    frame = frame_of(sales, ("customer_id", "ordered_at", "amount"), "sales")
    last, span = day_of(as_of, "as_of"), pd.Timedelta(days=number(horizon_days, "horizon_days", 7, 3_650, whole=True))
    orders = pd.DataFrame({"customer": frame["customer_id"], "day": days_of(frame, "ordered_at", "sales")})
    orders["amount"] = pd.to_numeric(frame["amount"], errors="coerce").fillna(0.0)
    later = int((orders["day"] > last).sum())
    orders = orders[(orders["day"] <= last) & orders["customer"].notna()]
    if orders.empty or orders["day"].min() > last - 3 * span:
        found = None if orders.empty else orders["day"].min().date()
        raise UserError("sales.short_history", found=found, wanted=(last - 3 * span).date())
    answers = None
    notes = [Note("sales.note.later", {"n": later, "as_of": last})] if later else []
    if sends is not None:
        mail = frame_of(sends, ("customer_id", "sent_at", "converted"), "sends")
        answers = pd.DataFrame({"customer": mail["customer_id"], "day": days_of(mail, "sent_at", "sends")})
        answers["yes"] = mail["converted"].fillna(False).astype(bool)
        answers = answers[answers["day"] <= last]
    elif "most_likely_to_respond" in questions:
        questions = [q for q in questions if q != "most_likely_to_respond"]
        notes.append(Note("sales.note.no_sends", {}))
    learned, judged = last - 2 * span, last - span
    rows, lifts = [], {}
    for question in questions:
        past = _world(question, orders, answers, learned, judged)
        fresh = _world(question, orders, answers, judged, last)
        on = [c for c in _FEATURES if past[c].nunique() > 1]
        model = fit_logit(past, "outcome", on)
        fresh = fresh.assign(score=model.shares(fresh), known_on=judged, outcome_on=last)
        lifts[question] = lift(fresh, known_on="known_on", outcome_on="outcome_on", source=source)
        again = fit_logit(fresh, "outcome", on)  # what the judged stretch taught is used for the list to come
        now = _features(orders, last, since=last - span if question == "most_likely_to_leave" else None)
        now = now.assign(score=again.shares(now)).sort_values(["score", "customer"], ascending=[False, True])
        for k, (who, chance) in enumerate(zip(now["customer"].head(top), now["score"].head(top), strict=True), 1):
            rows.append({"question": question, "rank": k, "customer_id": who, "score": float(chance)})
    facts: dict[str, Any] = {"n": int(orders["customer"].nunique()), "horizon_days": int(span.days), "as_of": last}
    facts |= {"questions": len(lifts), "learned": learned, "judged": judged}
    for question, found in lifts.items():
        facts |= {
            f"{question}_{k}": found.facts[k] for k in ("lift", "lift_low", "lift_high", "calibration", "verdict")
        }
    best = max(lifts, key=lambda q: lifts[q].facts["lift"])
    facts |= {"best": best, **{k: lifts[best].facts[k] for k in ("lift", "lift_low", "lift_high", "captured")}}
    units = {"question": "text", "rank": "count", "customer_id": "text", "score": "share"}
    params = {"as_of": last, "lifts": lifts, "top": top, "units": units, "personal": ("customer_id",)}
    return Result("sales.questions", pd.DataFrame(rows), params, facts, tuple(notes), source)


def _features(orders: Any, day: Any, since: Any = None) -> Any:
    """What is known of every customer at the end of a day, and nothing that came later."""
    import numpy as np
    import pandas as pd

    before = orders[orders["day"] <= day]
    found = before.groupby("customer").agg(
        first=("day", "min"), last=("day", "max"), orders=("day", "size"), amount=("amount", "sum")
    )
    if since is not None:
        found = found[found["last"] > since]
    amount = np.log1p(found["amount"].clip(lower=0).to_numpy(float))
    if len(amount):  # one giant and one gift must not set the slope for all others
        amount = np.clip(amount, *np.quantile(amount, [_TAIL, 1 - _TAIL]))
    return pd.DataFrame(
        {
            "customer": found.index,
            "recency_days": (day - found["last"]).dt.days.to_numpy(float),
            "log_orders": np.log(found["orders"].to_numpy(float)),
            "log_amount": amount,
            "tenure_days": (day - found["first"]).dt.days.to_numpy(float),
        }
    )


def _world(question: str, orders: Any, answers: Any, known: Any, until: Any) -> Any:
    """Customers as they were known on a day, with what they did from then until another."""
    import numpy as np
    import pandas as pd

    span = until - known
    if question == "most_likely_to_respond":
        sent = answers[(answers["day"] > known) & (answers["day"] <= until)]
        replied = sent.groupby("customer")["yes"].max()
        people = _features(orders, known)
        people = people[people["customer"].isin(replied.index)]
        return people.assign(outcome=people["customer"].map(replied).to_numpy(dtype=float))
    people = _features(orders, known, since=known - span if question == "most_likely_to_leave" else None)
    then = orders[(orders["day"] > known) & (orders["day"] <= until)]
    spent = people["customer"].map(then.groupby("customer")["amount"].sum()).fillna(0.0).to_numpy()
    if question == "most_likely_to_leave":
        came = people["customer"].isin(pd.unique(then["customer"])).to_numpy()
        return people.assign(outcome=(~came).astype(float))
    least = max(float(np.quantile(spent, 1 - _TOP)), np.nextafter(0, 1))
    return people.assign(outcome=(spent >= least).astype(float))
