"""Look-ups in patients' records that no treatment explains: what is usual for each role, and what is not.

A rule finds; a person judges. A nurse who looked after a neighbour's record may have been asked to by the neighbour.
What is found here is a list of questions to ask, with the reasons for asking, and how often such a rule is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...intervals import bunched
from ...results import Note, Result, Source
from ...schema import Column, Table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LOOKUPS", "baseline", "suspicious"]

LOOKUPS = Table(
    "lookups",
    (
        Column("access_id", "id", required=True),
        Column("at", "datetime", required=True),
        Column("user_id", "id", required=True, personal=True),
        Column("role", "category", required=True),
        Column("patient_id", "id", required=True, personal=True),
        Column("action", "category"),
    ),
    key=("access_id",),
    grain="one look into one patient's record, or an export of many (without patient_id)",
)
RARE = 0.05  # a role that looks without a visit less often than this is asked when it does
_HOURS = 0.005  # of a role's explained look-ups lie before, and after, its usual hours
_LEAST = 30
_FEWEST_USERS = 5  # habits of fewer people say nothing of others'


def _frame(table: Any, columns: Sequence[str], name: str) -> pd.DataFrame:
    frame = getattr(table, "table", table)
    if not hasattr(frame, "columns"):
        raise UserError("access.no_table", found=type(table).__name__)
    missing = [c for c in columns if c not in frame.columns]
    if missing:
        found = [str(c) for c in frame.columns]
        near = [n for m in missing for n in suggest(m, found, 1)]
        raise UserError("access.missing_column", table=name, wanted=missing, found=found, near=near)
    if not len(frame):
        raise UserError("access.empty", table=name)
    return frame if frame.index.is_unique else frame.reset_index(drop=True)


def _times(frame: pd.DataFrame, column: str, table: str) -> pd.Series:
    import pandas as pd

    values = frame[column]
    if not pd.api.types.is_datetime64_any_dtype(values):
        try:
            values = pd.to_datetime(values, format="ISO8601")
        except (ValueError, TypeError) as bad:
            raise UserError("access.bad_times", table=table, column=column, found=str(bad)[:80]) from bad
    return values.dt.tz_localize(None) if values.dt.tz is not None else values


def _marked(lookups: Any, visits: Any, before: int, after: int) -> pd.DataFrame:
    """Look-ups of one patient with ``explained``: a visit on the day, up to ``after`` days ago, or ``before`` ahead."""
    import pandas as pd

    log = _frame(lookups, ("access_id", "at", "user_id", "role", "patient_id"), "lookups")
    seen = _frame(visits, ("patient_id", "checked_in_at"), "visits")
    for name, value in (("days_before", before), ("days_after", after)):
        if not (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
            raise UserError("access.bad_days", name=name, found=value)
    log = log.assign(at=_times(log, "at", "lookups"))
    one = log[log["patient_id"].notna()].copy()
    day = pd.Timedelta(days=1)
    epoch = pd.Timestamp("1970-01-01")
    there = pd.DataFrame({"patient_id": seen["patient_id"].astype(float)})
    there["day"] = (_times(seen, "checked_in_at", "visits").dt.normalize() - epoch) // day
    there = there.dropna().astype({"day": "int64"}).drop_duplicates().sort_values("day")
    asked = pd.DataFrame({"patient_id": one["patient_id"].astype(float), "row": range(len(one))})
    asked["day"] = ((one["at"].dt.normalize() - epoch) // day).astype("int64").to_numpy() + before
    found = pd.merge_asof(
        asked.sort_values("day"), there.assign(visit=there["day"]), on="day", by="patient_id", direction="backward"
    ).sort_values("row")
    # the last visit up to so many days ahead must not lie more than so many days back
    one["explained"] = ((found["day"] - found["visit"]) <= before + after).to_numpy()
    one["hour"] = one["at"].dt.hour + one["at"].dt.minute / 60
    return one


def baseline(
    lookups: Any, visits: Any, *, days_before: int = 0, days_after: int = 3, source: Source | None = None
) -> Result:
    """What is usual for each role: how many look-ups have a visit behind them, and at which hours.

    Parameters
    ----------
    lookups : DataFrame
        As :data:`LOOKUPS`.
    visits : DataFrame
        ``patient_id`` and ``checked_in_at``.
    days_before, days_after : int
        A look-up is explained by a visit from so many days after it (preparing) to so many before it (billing).
    source : Source, optional

    Returns
    -------
    Result
        Kind ``access.baseline``: per role ``users``, ``n``, ``unexplained``, ``unexplained_share`` with its interval
        over users (the look-ups of one are one habit; missing for fewer than five users), ``first_hour`` and
        ``last_hour`` between which 99 % of its explained look-ups lie.
    """
    import pandas as pd

    one = _marked(lookups, visits, days_before, days_after)
    if one.empty:
        raise UserError("access.empty", table="lookups")
    rows = []
    for role, some in one.groupby("role", sort=True, observed=True):
        n, odd = len(some), int((~some["explained"]).sum())
        low, high = _over_users(~some["explained"], some["user_id"])
        row = {"role": str(role), "users": int(some["user_id"].nunique()), "n": n, "unexplained": odd}
        row |= {"unexplained_share": odd / n, "unexplained_share_low": low, "unexplained_share_high": high}
        rows.append(row | dict(zip(("first_hour", "last_hour"), _hours(some), strict=True)))
    rows.sort(key=lambda r: -r["unexplained_share"])
    odd = sum(r["unexplained"] for r in rows)
    low, high = _over_users(~one["explained"], one["user_id"])
    facts = {"n": len(one), "users": int(one["user_id"].nunique()), "unexplained": odd}
    facts |= {"unexplained_share": odd / len(one), "unexplained_share_low": low, "unexplained_share_high": high}
    facts |= {"most_role": rows[0]["role"], "most_share": rows[0]["unexplained_share"], "roles": len(rows)}
    facts |= {"days_before": days_before, "days_after": days_after}
    shares = dict.fromkeys([f"unexplained_share{e}" for e in ("", "_low", "_high")], "share")
    units = {"role": "text", "users": "count", "n": "count", "unexplained": "count", **shares}
    units |= {"first_hour": "number", "last_hour": "number"}
    return Result("access.baseline", pd.DataFrame(rows), {"units": units}, facts, (), source)


def _over_users(marks: pd.Series, users: pd.Series, least: int = _FEWEST_USERS) -> tuple[float | None, float | None]:
    """The interval of a share of look-ups; of fewer users than ``least`` there is none."""
    each = marks.groupby(users.to_numpy()).agg(["sum", "size"])
    return bunched(each["sum"], each["size"]) if len(each) >= least else (None, None)


def _hours(some: Any) -> tuple[float, float]:
    known = some.loc[some["explained"], "hour"]
    known = known if len(known) >= _LEAST else some["hour"]
    return float(known.quantile(_HOURS)), float(known.quantile(1 - _HOURS))


def suspicious(
    lookups: Any,
    visits: Any,
    *,
    sensitive: Iterable[Any] = (),
    days_before: int = 0,
    days_after: int = 3,
    truth: Iterable[Any] | None = None,
    source: Source | None = None,
) -> Result:
    """Look-ups to ask about, with the reasons, the most reasons first.

    Parameters
    ----------
    lookups : DataFrame
        As :data:`LOOKUPS`.
    visits : DataFrame
        ``patient_id`` and ``checked_in_at``.
    sensitive : iterable of patient ids
        Well-known people, and staff who are patients.
    days_before, days_after : int
        As for :func:`baseline`.
    truth : iterable of access ids, optional
        Look-ups known to be wrong, to measure the rule by.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``access.suspicious``: a row a look-up that has no visit behind it and is of a sensitive patient, or by a
        role that hardly ever looks without one. Reasons: ``no_visit``, ``sensitive``, ``rare_for_role`` (below 5 % of
        its look-ups), ``odd_hour`` (outside the role's own 99 %). ``finding``: ``ask_first`` where the patient is
        sensitive, ``ask_also`` otherwise. With ``truth``: ``precision`` and ``recall`` of both together, and of
        ``ask_first`` alone, with intervals over users; with fewer than ten of them these hold at least 95 %.
    """
    import pandas as pd

    one = _marked(lookups, visits, days_before, days_after)
    usual = baseline(lookups, visits, days_before=days_before, days_after=days_after).table.set_index("role")
    whole = _frame(lookups, ("patient_id",), "lookups")
    exports = int(whole["patient_id"].isna().sum())
    guarded = {float(p) for p in sensitive}
    role = one["role"].astype(str)
    marks = pd.DataFrame(
        {
            "no_visit": ~one["explained"],
            "sensitive": one["patient_id"].astype(float).isin(guarded),
            "rare_for_role": role.map(usual["unexplained_share"]) < RARE,
            "odd_hour": (one["hour"] < role.map(usual["first_hour"])) | (one["hour"] > role.map(usual["last_hour"])),
        }
    )
    chosen = marks["no_visit"] & (marks["sensitive"] | marks["rare_for_role"])
    table = one.loc[chosen, ["access_id", "at", "user_id", "role", "patient_id"]].copy()
    mine = marks[chosen]
    table["reasons"] = [tuple(c for c in mine if row[c]) for row in mine.to_dict("records")]
    table["finding"] = mine["sensitive"].map({True: "ask_first", False: "ask_also"})
    table["score"] = mine.sum(axis=1)
    table = table.sort_values(["finding", "score", "at"], ascending=[False, False, True], ignore_index=True)
    first = table["finding"] == "ask_first"
    low, high = _over_users(chosen, one["user_id"])
    facts: dict[str, Any] = {"n": len(one), "unexplained": int(marks["no_visit"].sum()), "flagged": len(table)}
    facts |= {"ask_first": int(first.sum()), "flagged_share": len(table) / len(one), "flagged_share_low": low}
    facts |= {"flagged_share_high": high, "users": int(table["user_id"].nunique()), "exports": exports}
    facts |= {"sensitive": len(guarded), "days_before": days_before, "days_after": days_after}
    words = ("precision", "recall", "first_precision", "first_recall")
    facts |= dict.fromkeys([f"{w}{e}" for w in words for e in ("", "_low", "_high")])
    facts["known"] = None
    if truth is not None:
        # who did what is known to be wrong; what is not in the log has nobody
        wrong = pd.DataFrame({"access_id": sorted(set(truth))}).merge(whole[["access_id", "user_id"]], how="left")
        wrong["user_id"] = wrong["user_id"].astype(object).where(wrong["user_id"].notna(), wrong.index.map(str))
        facts["known"] = len(wrong)
        for word, some in (("", table), ("first_", table[first])):
            right, found = some["access_id"].isin(wrong["access_id"]), wrong["access_id"].isin(some["access_id"])
            hits = int(right.sum())
            for what, marks, users in (("precision", right, some["user_id"]), ("recall", found, wrong["user_id"])):
                n = len(marks)
                ends = _over_users(marks, users, 1)
                facts |= {f"{word}{what}": hits / n if n else None}
                facts |= {f"{word}{what}_low": ends[0], f"{word}{what}_high": ends[1]}
    notes = [Note("access.note.person_judges", {"n": len(table)})]
    if exports:
        notes.append(Note("access.note.exports", {"n": exports}))
    table["patient_id"] = table["patient_id"].astype("Int64") if len(table) else table["patient_id"]
    units = {"access_id": "key", "at": "date", "user_id": "key", "role": "text", "patient_id": "key"}
    units |= {"reasons": "text", "finding": "text", "score": "count"}
    params = {"units": units, "personal": ["patient_id"], "days_before": days_before, "days_after": days_after}
    return Result("access.suspicious", table, params, facts, tuple(notes), source)
