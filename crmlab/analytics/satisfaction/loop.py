"""The closed loop: a detractor becomes a case, somebody calls back within a deadline, and nobody is asked too often."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...intervals import wilson, z_of
from ...results import Note, Result, Source
from .tables import dates_of, day_of, frame_of, number, plain
from .waiting import median_wait, waiting_curve

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["cadence", "cases", "may_ask", "nonresponse", "recontact"]


def cases(
    answers: Any,
    *,
    as_of: Any,
    score: str = "nps",
    at_most: float = 6,
    answered: str = "answered_on",
    customer: str = "customer_id",
    contacted: str | None = None,
    within_days: float = 2,
    source: Source | None = None,
) -> Result:
    """Every unhappy answer as a case with its deadline, the most urgent first.

    Parameters
    ----------
    answers : DataFrame
        One row an answer.
    as_of : date
    score : str
    at_most : float
        Answers up to this one open a case: 6 makes detractors of NPS.
    answered, customer : str
        When it was answered and by whom. An anonymous answer can't be called back: it is counted, and is no case.
    contacted : str, optional
        When somebody called back; missing where not yet.
    within_days : float
        The deadline.

    Returns
    -------
    Result
        Kind ``satisfaction.cases``: by case the answer, ``due_at``, ``contacted_at``, ``state``: ``in_time``,
        ``late``, ``not_yet_due`` (deadline still to come) or ``overdue``. Facts: ``in_time_share`` with interval, among
        the cases whose deadline has passed, so that open ones count for neither side.

    Examples
    --------
    >>> import pandas as pd
    >>> asked = pd.DataFrame({"customer_id": [1, 2], "nps": [3, 8], "answered_on": ["2024-05-01", "2024-05-01"]})
    >>> found = cases(asked, as_of="2024-05-02")
    >>> found.table["customer_id"].tolist(), found.table["state"].tolist()
    ([1], ['not_yet_due'])
    """
    import numpy as np
    import pandas as pd

    frame = frame_of(answers, [score, answered, customer, *([contacted] if contacted else [])], "answers")
    last, days = day_of(as_of), number(within_days, "within_days", least=0)
    when = dates_of(frame, answered, "answers")
    reached = dates_of(frame, contacted, "answers") if contacted else pd.Series(pd.NaT, index=frame.index)
    wrong = reached < when
    if wrong.any():
        rows = [int(i) + 1 for i in np.flatnonzero(wrong)]
        raise UserError("satisfaction.contact_before", table="answers", rows=rows)
    notes = []
    future = when > last
    undated = when.isna()
    unhappy = (frame[score] <= at_most) & ~future & ~undated
    for n, code in ((int(future.sum()), "later_answers"), (int(undated.sum()), "undated")):
        if n:
            notes.append(Note(f"satisfaction.note.{code}", {"n": n, "as_of": last, "column": answered}))
    anonymous = unhappy & frame[customer].isna()
    if anonymous.any():
        notes.append(Note("satisfaction.note.anonymous", {"n": int(anonymous.sum())}))
    some = unhappy & ~anonymous
    due = when + pd.Timedelta(days=days)
    known = reached.where(reached <= last)
    state = np.select(
        [known.notna() & (known <= due), known.notna(), due >= last], ["in_time", "late", "not_yet_due"], "overdue"
    )
    table = pd.DataFrame(
        {
            customer: frame[customer],
            "score": frame[score],
            "answered_at": when,
            "due_at": due,
            "contacted_at": known,
            "state": state,
        }
    )[some]
    urgent = {"overdue": 0, "not_yet_due": 1, "late": 2, "in_time": 3}
    table = table.assign(urgent=table["state"].map(urgent)).sort_values(["urgent", "due_at"], kind="stable")
    table = table.drop(columns="urgent").reset_index(drop=True)
    # a case called back before its deadline is settled early, but is judged only once the deadline has passed
    judged = table["due_at"] < last
    n, hits = int(judged.sum()), int((judged & (table["state"] == "in_time")).sum())
    low, high = wilson(hits, n)
    facts: dict[str, Any] = {"n": len(table), "judged": n, "in_time": hits, "in_time_share": hits / n if n else None}
    facts |= {"in_time_share_low": low, "in_time_share_high": high, "within_days": days}
    facts |= {s: int((table["state"] == s).sum()) for s in ("not_yet_due", "overdue", "late")}
    facts |= {"anonymous": int(anonymous.sum()), "verdict": "too_few" if n < 5 else "real"}
    units = {customer: "text", "score": "number", "answered_at": "date", "due_at": "date", "contacted_at": "date"}
    units["state"] = "mark"
    params = {"as_of": last, "at_most": at_most, "score": score, "within_days": days, "units": units}
    return Result("satisfaction.cases", table, params, plain(facts), tuple(notes), source)


def recontact(found: Result, *, source: Source | None = None) -> Result:
    """How soon the unhappy are called back: the share called back by the day, cases still open counted as waiting.

    Parameters
    ----------
    found : Result
        What :func:`cases` gave.

    Returns
    -------
    Result
        Kind ``satisfaction.recontact``: Kaplan and Meier's curve in days; facts: the median, the share by the deadline.
    """
    if not isinstance(found, Result) or found.kind != "satisfaction.cases":
        raise UserError("satisfaction.no_cases", found=getattr(found, "kind", type(found).__name__))
    table, last = found.table, found.params["as_of"]
    if not len(table):
        raise UserError("satisfaction.empty", table="cases")
    end = table["contacted_at"].fillna(last)
    days = (end - table["answered_at"]).dt.total_seconds() / 86_400
    curve = waiting_curve(days, table["contacted_at"].notna())
    middle, low, high = median_wait(curve)
    by = curve[curve["days_waited"] <= found.params["within_days"]]
    at = by.iloc[-1] if len(by) else None
    facts: dict[str, Any] = {"n": len(table), "contacted": int(table["contacted_at"].notna().sum())}
    facts |= {"median_days": middle, "median_days_low": low, "median_days_high": high}
    facts |= {"within_days": found.params["within_days"]}
    for column in ("done_share", "done_share_low", "done_share_high"):
        facts[column] = float(at[column]) if at is not None else 0.0 if column == "done_share" else None
    facts["waiting"] = facts["n"] - facts["contacted"]
    facts["verdict"] = "too_few" if facts["contacted"] < 5 else "real"
    shares = ("done_share", "done_share_low", "done_share_high")
    units = {"days_waited": "number", "still_waiting": "count", "called_back": "count"} | dict.fromkeys(shares, "share")
    params = {"as_of": last, "within_days": found.params["within_days"], "units": units}
    return Result("satisfaction.recontact", curve, params, plain(facts), (), source or found.source)


def cadence(
    invitations: Any,
    *,
    asked: str = "asked_on",
    customer: str = "customer_id",
    answered: str = "answered",
    min_days: int = 90,
    source: Source | None = None,
) -> Result:
    """How many answer, by month, and who was asked again too soon.

    Parameters
    ----------
    invitations : DataFrame
        One row an invitation: whom, when, and whether it was answered.
    min_days : int
        Nobody should be asked twice within so many days.

    Returns
    -------
    Result
        Kind ``satisfaction.cadence``: by month ``invited``, ``answers``, ``response_share`` with interval, and
        ``too_soon``, the invitations that the rule would have blocked. The rule goes by the last invitation that it let
        through: a blocked one was not sent.

    Examples
    --------
    >>> import pandas as pd
    >>> sent = pd.DataFrame({"customer_id": [1, 1], "asked_on": ["2024-01-01", "2024-02-10"], "answered": [1, 0]})
    >>> cadence(sent).facts["too_soon"]
    1
    """
    import pandas as pd

    frame = frame_of(invitations, [asked, customer, answered], "invitations")
    least = number(min_days, "min_days", least=1, whole=True)
    told = pd.DataFrame({"customer": frame[customer].to_numpy(), "answered": frame[answered].to_numpy()})
    told["day"] = dates_of(frame, asked, "invitations").dt.normalize().to_numpy()
    notes = []
    undated = int(told["day"].isna().sum())
    if undated:
        notes.append(Note("satisfaction.note.undated", {"n": undated, "column": asked}))
    told = told[told["day"].notna()]
    told["blocked"] = _blocked(told, least)
    told["month"] = told["day"].dt.strftime("%Y-%m")
    groups = told.groupby("month")
    table = pd.DataFrame({"invited": groups.size(), "answers": groups["answered"].sum().astype("int64")})
    table["response_share"] = table["answers"] / table["invited"]
    table["response_share_low"], table["response_share_high"] = wilson(table["answers"], table["invited"])
    table["too_soon"] = groups["blocked"].sum().astype("int64")
    table = table.reset_index()
    n, hits, blocked = len(told), int(told["answered"].sum()), int(told["blocked"].sum())
    low, high = wilson(hits, n)
    facts = {"n": n, "answers": hits, "response_share": hits / n, "response_share_low": low}
    facts |= {"response_share_high": high, "too_soon": blocked, "too_soon_share": blocked / n, "min_days": least}
    facts |= {"people": int(told["customer"].nunique()), "verdict": "real" if n >= 5 else "too_few"}
    shares = ("response_share", "response_share_low", "response_share_high")
    units = {"month": "month", "invited": "count", "answers": "count", "too_soon": "count"}
    units = {c: units.get(c, "share") for c in table.columns} | dict.fromkeys(shares, "share")
    params = {"min_days": least, "asked": asked, "units": {c: units[c] for c in table.columns}}
    return Result("satisfaction.cadence", table, params, plain(facts), tuple(notes), source)


def _blocked(told: pd.DataFrame, least: int) -> Any:
    """Which invitations come too soon after the last one that the rule let through."""
    import numpy as np

    order = told.sort_values(["customer", "day"], kind="stable")
    blocked = np.zeros(len(told), dtype=bool)
    place = {label: k for k, label in enumerate(told.index)}
    # only who was asked more than once can have been asked too soon
    several = order["customer"].duplicated(keep=False) & order["customer"].notna()
    person, allowed = None, None
    for label, who, day in zip(order.index[several], order["customer"][several], order["day"][several], strict=True):
        if who != person:
            person, allowed = who, day
        elif (day - allowed).days < least:
            blocked[place[label]] = True
        else:
            allowed = day
    return blocked


def may_ask(
    invitations: Any,
    people: Sequence[Any],
    *,
    on: Any,
    asked: str = "asked_on",
    customer: str = "customer_id",
    min_days: int = 90,
    source: Source | None = None,
) -> Result:
    """Who may be asked on a day, and who only from when.

    Parameters
    ----------
    invitations : DataFrame
        What was sent before.
    people : sequence
        Whom one would like to ask.
    on : date
    min_days : int

    Returns
    -------
    Result
        Kind ``satisfaction.may_ask``: by person ``last_asked``, ``days_since``, ``state`` (``allowed`` or ``blocked``)
        and ``allowed_from``.

    Examples
    --------
    >>> import pandas as pd
    >>> sent = pd.DataFrame({"customer_id": [1], "asked_on": ["2024-01-01"]})
    >>> table = may_ask(sent, [1, 2], on="2024-02-10").table
    >>> table["days_since"].iloc[0], table["state"].tolist()
    (np.float64(40.0), ['blocked', 'allowed'])
    """
    import numpy as np
    import pandas as pd

    frame = frame_of(invitations, [asked, customer], "invitations")
    day, least = day_of(on, "on").normalize(), number(min_days, "min_days", least=1, whole=True)
    when = dates_of(frame, asked, "invitations").dt.normalize()
    latest = when[when <= day].groupby(frame[customer]).max()
    table = pd.DataFrame({customer: list(dict.fromkeys(people))})
    if not len(table):
        raise UserError("satisfaction.empty", table="people")
    table["last_asked"] = table[customer].map(latest)
    table["days_since"] = (day - table["last_asked"]).dt.days
    blocked = table["days_since"] < least
    table["state"] = np.where(blocked, "blocked", "allowed").astype(object)
    table["allowed_from"] = (table["last_asked"] + pd.Timedelta(days=least)).where(blocked, day)
    facts = {"n": len(table), "blocked": int(blocked.sum()), "allowed": int((~blocked).sum()), "min_days": least}
    facts["blocked_share"] = facts["blocked"] / facts["n"]
    units = {customer: "text", "last_asked": "date", "days_since": "count", "state": "mark", "allowed_from": "date"}
    params = {"on": day, "min_days": least, "units": units}
    return Result("satisfaction.may_ask", table, params, plain(facts), (), source)


def nonresponse(invited: Any, *, answered: str = "answered", on: Sequence[str], source: Source | None = None) -> Result:
    """Are those who answer like those who were asked? Means of traits of both, and how far they lie apart.

    Parameters
    ----------
    invited : DataFrame
        One row a person asked, with traits known of all: recency, frequency, spending ...
    answered : str
        Column that says who answered.
    on : sequence of str
        Columns with numbers, or yes and no.

    Returns
    -------
    Result
        Kind ``satisfaction.nonresponse``: by trait the means of those who answered and of those who did not,
        ``distance`` in standard deviations with interval, and a verdict, all traits together (Holm).
    """
    import numpy as np
    import pandas as pd
    from scipy import stats

    from .intervals import holm

    frame = frame_of(invited, [answered, *on], "invitations")
    yes = frame[answered].astype(bool).to_numpy()
    if min(yes.sum(), (~yes).sum()) < 10:
        raise UserError("satisfaction.few_outcomes", found=int(min(yes.sum(), (~yes).sum())), wanted=10)
    rows = []
    for column in on:
        if not pd.api.types.is_numeric_dtype(frame[column]):
            raise UserError(
                "satisfaction.not_scores", table="invitations", column=column, found=str(frame[column].dtype)
            )
        values = frame[column].to_numpy(float)
        a, b = (values[side & ~np.isnan(values)] for side in (yes, ~yes))
        spread = float(np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / 2))
        gap = (a.mean() - b.mean()) / spread if spread else 0.0
        error = float(np.sqrt(1 / len(a) + 1 / len(b) + gap**2 / (2 * (len(a) + len(b)))))
        p = float(stats.ttest_ind(a, b, equal_var=False).pvalue) if spread else float("nan")
        half = z_of() * error
        rows.append((column, len(a), float(a.mean()), float(b.mean()), gap, gap - half, gap + half, p))
    names = ["trait", "n", "mean_answered", "mean_silent", "distance", "distance_low", "distance_high", "p_value"]
    table = pd.DataFrame(rows, columns=names)
    table["p_holm"] = holm(table["p_value"])
    table["verdict"] = np.where(table["p_holm"] < 0.05, "real", "noise")
    widest = table.loc[table["distance"].abs().idxmax()]
    low, high = wilson(int(yes.sum()), len(yes))
    facts = {"n": len(yes), "answers": int(yes.sum()), "response_share": float(yes.mean())}
    facts |= {"response_share_low": low, "response_share_high": high}
    facts |= {c: widest[c] for c in ("trait", "distance", "distance_low", "distance_high", "verdict")}
    facts["real"] = int((table["verdict"] == "real").sum())
    units = {"trait": "text", "n": "count", "verdict": "mark"}
    params = {"on": list(on), "units": {c: units.get(c, "number") for c in table.columns}}
    return Result("satisfaction.nonresponse", table, params, plain(facts), (), source)
