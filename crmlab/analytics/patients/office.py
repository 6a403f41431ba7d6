"""The office: tasks that are late, and who writes to whom and how soon an answer comes."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...frames import day_of, days_of, frame_of, label_of
from ...intervals import holm, wilson
from ...results import Note, Result, Source
from .tables import FEWEST

__all__ = ["contacts", "tasks_due"]


def tasks_due(tasks: Any, *, as_of: Any, by: str = "owner", source: Source | None = None) -> Result:
    """Tasks on one day: done in time, done late, not yet due, overdue.

    Parameters
    ----------
    tasks : DataFrame
        As :data:`TASKS`.
    as_of : date
        The day; what was made or done after it has not been yet.
    by : str
        A column: ``owner``, ``priority`` ...
    source : Source, optional

    Returns
    -------
    Result
        Kind ``patients.tasks``: per group ``n``, ``done_in_time``, ``done_late``, ``not_due``, ``overdue``,
        ``overdue_share`` of all, ``late_share`` of those whose day has passed with Wilson's interval, and a verdict
        against all others (p-values by Holm).

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"owner": "nurse", "created_on": ["2024-01-01"] * 20, "due_on": ["2024-01-05"] * 5
    ...                       + ["2024-02-05"] * 15, "done_on": [None] * 20})
    >>> tasks_due(table, as_of="2024-01-10").facts["overdue_share"]
    0.25
    """
    import pandas as pd
    from scipy.stats import fisher_exact

    frame = frame_of(tasks, (by, "created_on", "due_on"), "tasks")
    last = day_of(as_of, "as_of")
    made, due = (days_of(frame, c, "tasks") for c in ("created_on", "due_on"))
    wrong = due < made
    if wrong.any():
        raise UserError("patients.due_before", table="tasks", rows=[i + 1 for i, odd in enumerate(wrong) if odd])
    done = days_of(frame, "done_on", "tasks") if "done_on" in frame else pd.Series(pd.NaT, index=frame.index)
    done = done.mask(done > last)
    here = made.notna() & due.notna() & (made <= last)
    if not here.any():
        raise UserError("frames.empty", table="tasks")
    notes = []
    if (~here).any():
        notes.append(Note("patients.note.left_out", {"n": int((~here).sum())}))
    marks = pd.DataFrame({"group": frame[by], "in_time": done.notna() & (done <= due)})
    marks["late"] = done.notna() & (done > due)
    marks["overdue"] = done.isna() & (due < last)
    marks["open"] = done.isna() & ~marks["overdue"]
    marks["days"] = (last - due).dt.days.where(marks["overdue"])
    marks = marks[here]
    whole = _tasks("total", by, None, marks)
    rows = [_tasks("member", by, label_of(name), some) for name, some in marks.groupby("group", observed=True)]
    rows.sort(key=lambda r: (-r["overdue"], str(r[by])))
    ps = []
    for row in rows:
        late, passed = row["done_late"] + row["overdue"], row["n"] - row["not_due"]
        all_late, all_passed = whole["done_late"] + whole["overdue"], whole["n"] - whole["not_due"]
        rest = [all_late - late, all_passed - passed - all_late + late]
        ps.append(float(fisher_exact([[late, passed - late], rest]).pvalue))
    for row, p in zip(rows, holm(ps), strict=True):
        few = row["n"] - row["not_due"] < FEWEST
        row["verdict"] = "too_few" if few else "real" if p < 0.05 else "noise"
    facts = {k: v for k, v in whole.items() if k not in ("row", by)} | {"as_of": last}
    facts |= {"worst_group": rows[0][by], "worst_overdue": rows[0]["overdue"], "worst_n": rows[0]["n"]}
    counts = ("n", "done_in_time", "done_late", "not_due", "overdue")
    shares = ("overdue_share", "late_share", "late_share_low", "late_share_high")
    units = {by: "text", **dict.fromkeys(counts, "count"), **dict.fromkeys(shares, "share")}
    units |= {"longest_overdue_days": "days", "verdict": "mark"}
    table = pd.DataFrame([*rows, whole])
    params = {"by": by, "as_of": last, "units": units}
    return Result("patients.tasks", table, params, facts, tuple(notes), source)


def _tasks(kind: str, by: str, name: Any, some: Any) -> dict[str, Any]:
    n, late, overdue = len(some), int(some["late"].sum()), int(some["overdue"].sum())
    open_ = int(some["open"].sum())
    passed = n - open_
    low, high = wilson(late + overdue, passed) if passed else (float("nan"),) * 2
    row = {"row": kind, by: name, "n": n, "done_in_time": int(some["in_time"].sum()), "done_late": late}
    row |= {"not_due": open_, "overdue": overdue, "overdue_share": overdue / n}
    row |= {"late_share": (late + overdue) / passed if passed else float("nan"), "late_share_low": low}
    longest = some["days"].max()
    return row | {"late_share_high": high, "longest_overdue_days": None if longest != longest else int(longest)}


def contacts(
    messages: Any, *, sender: str = "sender", receiver: str = "receiver", source: Source | None = None
) -> Result:
    """Who writes to whom, how soon an answer comes, and how often none does.

    Parameters
    ----------
    messages : DataFrame
        As :data:`MESSAGES`.
    sender, receiver : str
        Columns; patient, doctor, hospital, partner ...
    source : Source, optional

    Returns
    -------
    Result
        Kind ``patients.contacts``: per pair ``n``, ``median_reply_minutes`` among all messages, unanswered ones
        counted as slower than any (missing where half or more got none), with its interval from ranks;
        ``unanswered_share`` with Wilson's interval.
    """
    import numpy as np
    import pandas as pd
    from scipy.stats import binom

    frame = frame_of(messages, (sender, receiver, "reply_minutes"), "messages")
    minutes = frame["reply_minutes"].astype(float)
    notes = []
    if (minutes < 0).any():
        notes.append(Note("patients.note.negative_replies", {"n": int((minutes < 0).sum())}))
    kept = frame[~(minutes < 0) & frame[sender].notna() & frame[receiver].notna()]
    rows = []
    for (one, other), some in kept.groupby([sender, receiver], observed=True):
        waits = np.sort(some["reply_minutes"].fillna(np.inf).to_numpy(float))
        n, none = len(waits), int(np.isinf(waits).sum())
        low, high = wilson(none, n)
        row = {"sender": label_of(one), "receiver": label_of(other), "n": n}
        a, b = int(binom.ppf(0.025, n, 0.5)), int(binom.ppf(0.975, n, 0.5))
        ends = (waits[a - 1], waits[b]) if a >= 1 and b < n else (np.nan, np.nan)
        middle = (waits[(n - 1) // 2] + waits[n // 2]) / 2
        for word, value in (("", middle), ("_low", ends[0]), ("_high", ends[1])):
            row[f"median_reply_minutes{word}"] = float(value) if np.isfinite(value) else float("nan")
        row |= {"unanswered": none, "unanswered_share": none / n, "unanswered_share_low": low}
        rows.append(row | {"unanswered_share_high": high, "verdict": "too_few" if n < FEWEST else ""})
    if not rows:
        raise UserError("frames.empty", table="messages")
    slow = max(rows, key=lambda r: r["median_reply_minutes"] if r["n"] >= FEWEST else -1)
    busy = max(rows, key=lambda r: r["n"])
    facts = {"n": len(kept), "pairs": len(rows), "slow_sender": slow["sender"], "slow_receiver": slow["receiver"]}
    facts |= {f"slow_median{e}": slow[f"median_reply_minutes{e}"] for e in ("", "_low", "_high")}
    facts |= {
        "slow_n": slow["n"],
        "busy_sender": busy["sender"],
        "busy_receiver": busy["receiver"],
        "busy_n": busy["n"],
    }
    facts["unanswered_share"] = sum(r["unanswered"] for r in rows) / len(kept)
    numbers = dict.fromkeys([f"median_reply_minutes{e}" for e in ("", "_low", "_high")], "number")
    shares = dict.fromkeys([f"unanswered_share{e}" for e in ("", "_low", "_high")], "share")
    units = {"sender": "text", "receiver": "text", "n": "count", **numbers, "unanswered": "count", **shares}
    table = pd.DataFrame(rows).sort_values("n", ascending=False, ignore_index=True)
    return Result("patients.contacts", table, {"units": units | {"verdict": "mark"}}, facts, tuple(notes), source)
