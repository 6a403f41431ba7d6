"""Open deals weighed by how likely their stage says they are, and what such weights were worth before."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

from ...errors import UserError
from ...frames import day_of, days_of, frame_of, label_of, times_of
from ...intervals import verdict_of, wilson
from ...results import Note, Result, Source

__all__ = ["Deals", "pipeline_forecast", "pipeline_test"]

_EXACT = 12  # so many deals have 4,096 ways to end, which are looked at one by one
_DRAWS = 20_000


class Deals:
    """Deals with their stages, as they were known on any day.

    Parameters
    ----------
    deals : DataFrame
        ``amount`` (or ``expected_amount``), ``probability`` or ``stage``; ``opportunity_id``, ``opened_on``,
        ``closed_on``, ``outcome`` (``won`` or ``lost``) where they are known.
    log : DataFrame, optional
        ``opportunity_id``, ``stage``, ``entered_at``: with it a deal has the stage of the day that is asked about.
    stages : DataFrame, optional
        ``stage``, ``probability``, in their order.
    """

    def __init__(self, deals: Any, log: Any = None, stages: Any = None) -> None:
        import numpy as np
        import pandas as pd

        frame = frame_of(deals, (), "deals").reset_index(drop=True)
        money = "amount" if "amount" in frame.columns else "expected_amount"
        frame_of(frame, (money,), "deals")
        amount = pd.to_numeric(frame[money], errors="coerce")
        bad = (amount.isna() & frame[money].notna()) | (amount < 0)
        if bad.any():
            found = sorted({str(v) for v in frame.loc[bad, money]})[:3]
            raise UserError("sales.bad_amount", table="deals", rows=_rows(bad), column=money, found=found)
        self.frame = pd.DataFrame({"amount": amount.fillna(0.0).astype(float)})
        self.frame["id"] = frame["opportunity_id"] if "opportunity_id" in frame.columns else np.arange(len(frame))
        for column in ("opened_on", "closed_on"):
            self.frame[column] = days_of(frame, column, "deals") if column in frame.columns else pd.NaT
        self.frame["outcome"] = frame["outcome"].astype(object) if "outcome" in frame.columns else None
        backwards = self.frame["closed_on"] < self.frame["opened_on"]
        if backwards.any():
            raise UserError("sales.negative_age", table="deals", rows=_rows(backwards))
        self.order: list[Any] = []
        self.said: dict[Any, float] = {}
        if stages is not None:
            table = frame_of(stages, ("stage", "probability"), "stages")
            self.order = [label_of(s) for s in table["stage"].astype(object)]
            self.said = dict(zip(self.order, table["probability"].astype(float), strict=True))
            _shares(table["probability"], "stages")
        self.given = None
        if "probability" in frame.columns:
            _shares(frame["probability"], "deals")
            self.given = frame["probability"].astype(float)
        self.stage = frame["stage"].astype(object) if "stage" in frame.columns else None
        self.log = None
        if log is not None:
            steps = frame_of(log, ("opportunity_id", "stage", "entered_at"), "stage_log")
            self.log = pd.DataFrame({"id": steps["opportunity_id"], "stage": steps["stage"].astype(object)})
            self.log["at"] = times_of(steps, "entered_at", "stage_log")
            self.log = self.log.sort_values(["id", "at"], kind="stable")
            self.order = self.order or list(dict.fromkeys(self.log["stage"]))
        if self.given is None and self.stage is None and self.log is None:
            raise UserError("sales.no_stage", wanted=["probability", "stage"], found=[str(c) for c in frame.columns])
        if not self.order and self.stage is not None:
            self.order = sorted(self.stage.dropna().unique())

    def forgotten(self, day: Any) -> Any:
        """Deals with an outcome and no day, or a day and no outcome, on which nobody closed the record."""
        known = self.frame["outcome"].isin(["won", "lost"])
        return (known & self.frame["closed_on"].isna()) | (~known & (self.frame["closed_on"] <= day))

    def open_on(self, day: Any) -> Any:
        """Which deals were open at the end of a day."""
        began = self.frame["opened_on"].isna() | (self.frame["opened_on"] <= day)
        return began & ~(self.frame["closed_on"] <= day) & ~self.forgotten(day)

    def stage_on(self, day: Any) -> Any:
        """The stage of every deal at the end of a day; the last entry of the log until then."""
        import pandas as pd

        if self.log is None:
            return self.stage if self.stage is not None else pd.Series(None, index=self.frame.index, dtype=object)
        until = self.log[self.log["at"] < day + pd.Timedelta(days=1)]
        return self.frame["id"].map(until.groupby("id")["stage"].last())

    def chance_on(self, day: Any) -> Any:
        """How likely each deal is said to be won."""
        if self.given is not None:
            return self.given
        stage = self.stage_on(day)
        unknown = stage.notna() & ~stage.isin(list(self.said))
        if unknown.any():
            raise UserError(
                "sales.unknown_stage",
                found=sorted({str(s) for s in stage[unknown]}),
                wanted=[str(s) for s in self.said],
            )
        return stage.map(self.said)

    def seen(self, day: Any) -> dict[Any, tuple[int, int]]:
        """Of the deals decided until a day and that had reached a stage: how many were won, and how many there were."""
        done = (self.frame["closed_on"] <= day) & self.frame["outcome"].isin(["won", "lost"])
        if self.log is None:
            stage = self.stage_on(day)
            pairs = [(label_of(s), o) for s, o in zip(stage[done], self.frame.loc[done, "outcome"], strict=True)]
        else:
            outcome = self.frame[done].set_index("id")["outcome"]
            reached = self.log[self.log["id"].isin(outcome.index)].drop_duplicates(["id", "stage"])
            pairs = list(zip(reached["stage"], reached["id"].map(outcome), strict=True))
        return {s: (sum(o == "won" for t, o in pairs if t == s), sum(t == s for t, _ in pairs)) for s in self.order}


def _rows(mask: Any) -> list[int]:
    return [int(i) + 1 for i in mask.to_numpy().nonzero()[0]]


def _shares(values: Any, table: str) -> None:
    import pandas as pd

    chance = pd.to_numeric(values, errors="coerce")
    bad = ~chance.between(0, 1)
    if bad.any():
        found = [str(v) for v in values[bad]][:3]
        raise UserError("sales.bad_probability", table=table, rows=_rows(bad.reset_index(drop=True)), found=found)


def _range(amounts: Any, chances: Any) -> tuple[float, float]:
    """Between what the sum of the deals that are won lies, 95 times of 100, if the chances are right."""
    import numpy as np

    if len(amounts) <= _EXACT:
        ways = np.array(list(product((0, 1), repeat=len(amounts))), dtype=float).reshape(-1, len(amounts))
        weight = np.prod(np.where(ways > 0, chances, 1 - chances), axis=1)
        sums = ways @ amounts
        order = np.argsort(sums)
        along = np.cumsum(weight[order])
        low, high = (sums[order][min(int(np.searchsorted(along, q)), len(order) - 1)] for q in (0.025, 0.975 - 1e-12))
        return float(low), float(high)
    rng = np.random.default_rng(0)
    sums = (rng.random((_DRAWS, len(amounts))) < chances) @ amounts
    low, high = np.quantile(sums, [0.025, 0.975])
    return float(low), float(high)


def pipeline_forecast(
    deals: Any, *, as_of: Any, log: Any = None, stages: Any = None, source: Source | None = None
) -> Result:
    """What the open deals are worth: every amount times its chance, by stage.

    Parameters
    ----------
    deals, log, stages : DataFrame
        As :class:`Deals` takes them: with a ``log`` the stages are those of ``as_of``, not of today.
    as_of : date
    source : Source, optional

    Returns
    -------
    Result
        Kind ``sales.pipeline_forecast``: a row a stage and the total (``row``): ``deals``, ``amount``,
        ``probability`` as said, ``weighted`` amount; ``won_share`` with interval of the decided deals that had
        reached that stage, ``n`` of them, ``weighted_seen`` with those shares, ``verdict`` (``real``: the said
        probability lies outside). ``facts["weighted_low"]`` and ``_high`` hold the sum 95 times of 100 if the said
        chances are right and the deals don't hang together.

    Examples
    --------
    >>> import pandas as pd
    >>> deals = pd.DataFrame({"amount": [100, 200, 50], "probability": [0.2, 0.5, 0.8]})
    >>> pipeline_forecast(deals, as_of="2020-06-30").facts["weighted"]
    160.0
    """
    import numpy as np
    import pandas as pd

    day = day_of(as_of, "as_of")
    book = Deals(deals, log, stages)
    held, chance, stage = book.open_on(day), book.chance_on(day), book.stage_on(day)
    notes = []
    if forgotten := int(book.forgotten(day).sum()):
        notes.append(Note("sales.note.forgotten", {"n": forgotten}))
    if unknown := int((held & chance.isna()).sum()):
        notes.append(Note("sales.note.no_stage", {"n": unknown}))
    held &= chance.notna()
    if not held.any():
        raise UserError("sales.no_open_deals", found=day.date())
    seen = book.seen(day)
    groups = [s for s in book.order if (stage[held] == s).any()] or [None]
    rows = []
    for s in groups:
        some = held & (stage == s if s is not None else True)
        amount, p = book.frame.loc[some, "amount"], chance[some]
        row = {"row": "member", "stage": s, "deals": int(some.sum()), "amount": float(amount.sum())}
        row |= {"probability": float(p.mean()), "weighted": float((amount * p).sum())}
        won, n = seen.get(s, (0, 0))
        low, high = wilson(won, n) if n else (np.nan, np.nan)
        row |= {"won_share": won / n if n else None, "won_share_low": low, "won_share_high": high, "n": n}
        row["weighted_seen"] = float(amount.sum()) * won / n if n else None
        row["verdict"] = verdict_of(low, high, row["probability"], n)
        rows.append(row)
    amount, p = book.frame.loc[held, "amount"].to_numpy(), chance[held].to_numpy(dtype=float)
    low, high = _range(amount, p)
    known = [r["weighted_seen"] for r in rows]
    whole = {"row": "total", "stage": None, "deals": int(held.sum()), "amount": float(amount.sum())}
    whole |= {"probability": float(amount @ p / amount.sum()) if amount.sum() else None, "weighted": float(amount @ p)}
    whole["weighted_seen"] = sum(known) if all(k is not None for k in known) else None
    facts = {k: whole[k] for k in ("deals", "amount", "weighted", "weighted_seen")}
    facts |= {"weighted_low": low, "weighted_high": high, "n": int(held.sum()), "as_of": day}
    facts |= {"off": sum(r["verdict"] == "real" for r in rows), "stages": len(rows)}
    units = {"stage": "text", "deals": "count", "amount": "money", "probability": "share", "weighted": "money"}
    units |= dict.fromkeys(("won_share", "won_share_low", "won_share_high"), "share")
    units |= {"n": "count", "weighted_seen": "money", "verdict": "mark"}
    table = pd.DataFrame([*rows, whole])
    return Result("sales.pipeline_forecast", table, {"as_of": day, "units": units}, facts, tuple(notes), source)


def pipeline_test(
    deals: Any, *, dates: Sequence[Any], log: Any, stages: Any, as_of: Any, source: Source | None = None
) -> Result:
    """What the weighted pipeline said on earlier days, and what came of those very deals.

    Parameters
    ----------
    deals, log, stages : DataFrame
    dates : sequence of date
        Days to look back to, as ends of quarters.
    as_of : date
        Days of ``dates`` on which a deal was open that is not decided by then are left out.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``sales.pipeline_test``, a row a day: ``deals`` open, their ``amount``, ``weighted`` as the stages say,
        ``baseline_amount`` (their amount times the part of all amounts decided until then that was won), ``actual``,
        and the two errors as shares of ``actual``; ``facts["mape"]`` and ``["baseline_mape"]``.
    """
    import pandas as pd

    last = day_of(as_of, "as_of")
    book = Deals(deals, log, stages)
    frame, rows, left = book.frame, [], 0
    won = frame["outcome"] == "won"
    for date in dates:
        day = day_of(date, "dates")
        held = book.open_on(day)
        if not held.any() or (frame.loc[held, "closed_on"].isna() | (frame.loc[held, "closed_on"] > last)).any():
            left += 1
            continue
        before = frame["closed_on"] <= day
        decided = float(frame.loc[before, "amount"].sum())
        part = float(frame.loc[before & won, "amount"].sum()) / decided if decided else None
        amount = float(frame.loc[held, "amount"].sum())
        actual = float(frame.loc[held & won, "amount"].sum())
        said = float((frame.loc[held, "amount"] * book.chance_on(day)[held].fillna(0)).sum())
        row = {"at": day, "deals": int(held.sum()), "amount": amount, "weighted": said}
        row |= {"baseline_amount": part * amount if part is not None else None, "actual": actual}
        row["error_share"] = abs(said - actual) / actual if actual else None
        row["baseline_error_share"] = (
            abs(row["baseline_amount"] - actual) / actual if actual and part is not None else None
        )
        rows.append(row)
    if not rows:
        raise UserError("sales.no_open_deals", found=[day_of(d, "dates").date() for d in dates])
    table = pd.DataFrame(rows)
    both = table.dropna(subset=["error_share", "baseline_error_share"])
    notes = [Note("sales.note.undecided", {"n": left})] if left else []
    if nothing := int((table["actual"] == 0).sum()):
        notes.append(Note("sales.note.nothing_won", {"n": nothing}))
    facts = {"n": len(table), "compared": len(both)}
    facts |= {"mape": float(both["error_share"].mean()) if len(both) else None}
    facts |= {"baseline_mape": float(both["baseline_error_share"].mean()) if len(both) else None}
    facts |= {"weighted": float(table["weighted"].sum()), "actual": float(table["actual"].sum())}
    facts["better"] = "pipeline" if len(both) and facts["mape"] < facts["baseline_mape"] else "baseline"
    money = dict.fromkeys(("amount", "weighted", "baseline_amount", "actual"), "money")
    units = {"at": "date", "deals": "count", **money, "error_share": "share", "baseline_error_share": "share"}
    return Result("sales.pipeline_test", table, {"as_of": last, "units": units}, facts, tuple(notes), source)
