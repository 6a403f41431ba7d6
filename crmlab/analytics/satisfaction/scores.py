"""NPS, CSAT and CES: what was asked, of whom, how many answered, and how sure the number is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...intervals import wilson, z_of
from ...results import Note, Result, Source
from .intervals import LEAST_N, verdict_of
from .measures import Measure, measure_of
from .tables import Answers, number, plain, quoted, several

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SHOWN_N", "ces", "csat", "nps", "one_version", "scored"]

SHOWN_N = 10  # groups of fewer are named with their number only


def nps(
    answers: Any,
    *,
    score: str = "nps",
    by: str | Sequence[str] | None = None,
    weights: str | None = None,
    customer: str | None = None,
    invited: Any = None,
    against: float = 0.0,
    least_n: int = SHOWN_N,
    source: Source | None = None,
) -> Result:
    """The Net Promoter Score: % of 9 and 10 minus % of 0 to 6, with its interval.

    Parameters
    ----------
    answers : DataFrame, pyarrow.Table, path to Parquet, or list of scores
        One row an answer; ``score`` holds 0 to 10.
    score : str
    by : str or sequence of str, optional
        Columns of the groups. A group that is missing is a group.
    weights : str, optional
        Column of weights; the interval then goes by the effective number of answers, ``(Σw)² / Σw²`` (Kish).
    customer : str, optional
        Column that says whose answer it is. Several answers of one person are alike: the interval is widened by their
        design effect, and how many there are is said.
    invited : int or table, optional
        How many were asked, or the invitations themselves with the columns of ``by``: gives the response rate.
    against : float
        The score that the verdict is about: is this score surely above or below it?
    least_n : int
        Groups with fewer answers are shown without a score (``suppressed``): few answers are noise, and may betray
        who gave them.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``satisfaction.nps``: by group and in total ``n``, ``nps`` with ``nps_low`` and ``nps_high`` (adjusted
        Wald), the shares, ``verdict``. The facts also hold ``wald_low`` and ``wald_high``, the textbook's interval.

    Examples
    --------
    >>> found = nps([10, 9, 9, 8, 7, 7, 6, 3, 10, 0])
    >>> [round(found.facts[k], 1) for k in ("nps", "nps_low", "nps_high", "wald_low", "wald_high")]
    [10.0, -37.9, 53.2, -41.5, 61.5]
    >>> found.facts["verdict"]
    'noise'
    """
    measure = measure_of("nps")
    asked = {"by": several(by), "weights": weights, "customer": customer, "least_n": least_n, "against": against}
    return scored(answers, measure, score, asked, invited, source)


def csat(
    answers: Any,
    *,
    score: str = "csat",
    scale: tuple[int, int] = (1, 5),
    by: str | Sequence[str] | None = None,
    weights: str | None = None,
    customer: str | None = None,
    invited: Any = None,
    against: float = 0.5,
    least_n: int = SHOWN_N,
    source: Source | None = None,
) -> Result:
    """Customer satisfaction: the share of the two highest answers of the scale, with Wilson's interval.

    Parameters
    ----------
    answers, score, by, weights, customer, invited, against, least_n, source
        As for :func:`nps`.
    scale : (int, int)
        The question's scale: of ``(1, 5)`` the answers 4 and 5 count, of ``(1, 7)`` 6 and 7, of ``(1, 4)`` 3 and 4.

    Returns
    -------
    Result
        Kind ``satisfaction.csat``: ``csat``, its interval, and ``mean_score``, the mean answer, beside it.

    Examples
    --------
    >>> found = csat([5, 4, 4, 3, 2, 5, 1, 4])
    >>> [round(found.facts[k], 3) for k in ("csat", "csat_low", "csat_high", "mean_score")]
    [0.625, 0.306, 0.863, 3.5]
    """
    measure = measure_of("csat", scale=scale)
    asked = {"by": several(by), "weights": weights, "customer": customer, "least_n": least_n, "against": against}
    return scored(answers, measure, score, asked, invited, source)


def ces(
    answers: Any,
    *,
    scale: tuple[int, int],
    easy: str | Mapping[Any, str],
    score: str = "ces",
    version: str | None = None,
    by: str | Sequence[str] | None = None,
    weights: str | None = None,
    customer: str | None = None,
    invited: Any = None,
    against: float | None = None,
    least_n: int = SHOWN_N,
    source: Source | None = None,
) -> Result:
    """The Customer Effort Score, whose direction must be said: CES 1.0 and 2.0 run opposite ways and are never pooled.

    Parameters
    ----------
    answers, score, by, weights, customer, invited, against, least_n, source
        As for :func:`nps`; ``against`` is the scale's middle by default.
    scale : (int, int)
    easy : {"low", "high"} or mapping
        Which end of the scale means easy; with ``version``, for each version its own.
    version : str, optional
        Column with the version of the question. Where the table has ``<score>_version`` with several versions, it must
        be named, and the versions are shown apart.

    Returns
    -------
    Result
        Kind ``satisfaction.ces``: ``ces``, the mean as it was asked, with its interval; ``ces_reversed``, the same on
        the scale turned around; ``easy_share`` with Wilson's interval, the share on the easy side of the middle.

    Examples
    --------
    >>> found = ces([1, 2, 2, 3, 5, 7, 2], scale=(1, 7), easy="low")
    >>> [round(found.facts[k], 3) for k in ("ces", "ces_reversed", "easy_share")]
    [3.143, 4.857, 0.714]
    """
    if version is None:
        if isinstance(easy, Mapping):
            raise UserError("satisfaction.no_version", wanted=sorted(map(str, easy)))
        measure = measure_of("ces", scale=scale, easy=easy)
        asked = {"by": several(by), "weights": weights, "customer": customer, "least_n": least_n, "against": against}
        return scored(answers, measure, score, asked, invited, source)
    import pandas as pd

    opened = Answers(answers, score, [version])
    versions = [r[0] for r in opened.con.execute(f"SELECT DISTINCT {quoted(version)} FROM given ORDER BY 1").fetchall()]
    ways = easy if isinstance(easy, Mapping) else dict.fromkeys(versions, easy)
    unsaid = [v for v in versions if v not in ways]
    if unsaid:
        raise UserError("satisfaction.version_unsaid", found=unsaid, wanted=sorted(map(str, ways)))
    parts, notes, results = [], [], []
    for one in versions:
        measure = measure_of("ces", scale=scale, easy=ways[one])
        asked = {"by": several(by), "weights": weights, "customer": customer, "least_n": least_n, "against": against}
        same = f"{quoted(version)} IS NOT DISTINCT FROM {_literal(one)}"
        found = scored(answers, measure, score, asked, None, source, where=same, also=[version])
        parts.append(found.table.assign(**{version: one, "easy": ways[one]}))
        results.append(found)
        notes += [n for n in found.notes if n not in notes]
    table = pd.concat(parts, ignore_index=True)
    table = table[["row", version, "easy", *[c for c in table if c not in ("row", version, "easy")]]]
    if len(versions) > 1:
        notes.append(Note("satisfaction.note.versions", {"versions": len(versions), "column": version}))
    last = results[-1]
    facts = {**last.facts, "versions": len(versions), "version": versions[-1]}
    pooled = sum(r.facts["n"] * r.facts["ces"] for r in results if r.facts["n"]) / sum(r.facts["n"] for r in results)
    facts["pooled_mean_without_meaning"] = pooled
    params = {**last.params, "version": version, "easy": {str(k): v for k, v in ways.items()}}
    params["units"] = {**last.params["units"], version: "text", "easy": "mark"}
    return Result("satisfaction.ces", table, params, facts, tuple(notes), source)


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)


def scored(
    answers: Any,
    measure: Measure,
    score: str,
    asked: Mapping[str, Any],
    invited: Any,
    source: Source | None,
    *,
    where: str = "true",
    also: Sequence[str] = (),
) -> Result:
    """Count the answers, and say each group's score with its interval, number and verdict."""
    import numpy as np
    import pandas as pd

    by, weights, person = list(asked["by"]), asked["weights"], asked["customer"]
    least = number(asked["least_n"], "least_n", least=1, whole=True)
    against = measure.neutral if asked["against"] is None else float(asked["against"])
    columns = [*by, *also, *([weights] if weights else []), *([person] if person else [])]
    opened = Answers(answers, score, columns)
    one_version(opened, measure, (*by, *also))
    found, notes = opened.counted(measure, by, weights=weights, person=person, where=where)
    if by:
        if person:  # a person may have answered in several groups: the total is clustered anew
            whole, notes = opened.counted(measure, weights=weights, person=person, where=where)
        else:
            whole = opened.together(found, measure, weights)
        # years stay whole numbers beside the total, which has none
        found = pd.concat([found.astype(dict.fromkeys(by, object)), whole], ignore_index=True)
    found.insert(0, "row", ["member"] * (len(found) - bool(by)) + ["total"] * bool(by) if by else ["total"])
    name, factor = measure.name, measure.factor
    low, high = measure.limits(found["mean"], found["square"], found["n_effective"])
    table = found[["row", *by, "n"]].copy()
    table[name] = factor * found["mean"]
    table[f"{name}_low"], table[f"{name}_high"] = low, high
    if weights:
        table[f"{name}_raw"] = factor * found["raw_mean"]
    if name == "nps":
        for kind, share in (("promoters", "promoter_share"), ("detractors", "detractor_share")):
            table[kind] = found[kind].astype("int64")
            table[share] = found[kind] / found["n"]
        table["passives"] = table["n"] - table["promoters"] - table["detractors"]
        table["passive_share"] = table["passives"] / table["n"]
    elif name == "csat":
        table["satisfied"] = found["total"].fillna(0).astype("int64")
        table["mean_score"] = found["answers_total"] / found["n"]
    else:
        table["ces_reversed"] = measure.low + measure.high - table[name]
        table["easy_answers"] = found["easy"].astype("int64")
        table["easy_share"] = found["easy"] / found["n"]
        # of weighted or clustered answers the share's interval goes by the same effective number
        table["easy_share_low"], table["easy_share_high"] = wilson(
            table["easy_share"] * found["n_effective"], found["n_effective"]
        )
    table["n_effective"] = found["n_effective"]
    if person:
        table["people"] = found["people"]
    table["verdict"] = verdict_of(low, high, against)
    if invited is not None:
        _responses(table, invited, by)
    hidden = (table["n"] < least) & (table["row"] == "member")
    if by:
        table["suppressed"] = hidden
        kept = {"row", *by, "n", "verdict", "suppressed", "invited", "response_share"}
        kept |= {"response_share_low", "response_share_high"}
        gone = [c for c in table if c not in kept]
        table[gone] = table[gone].astype("float64").mask(hidden)
        table.loc[hidden, "verdict"] = "too_few"
        if hidden.any():
            values = {"groups": int(hidden.sum()), "n": int(table.loc[hidden, "n"].sum()), "least_n": least}
            notes.append(Note("satisfaction.note.suppressed", values))
    total = table.iloc[-1]
    facts = plain({k: total[k] for k in table.columns if k not in ("row", "suppressed", *by)})
    if name == "nps":
        n, mean, square = total["n"], found["mean"].iloc[-1], found["square"].iloc[-1]
        error = 100 * float(np.sqrt(max(square - mean**2, 0) / found["n_effective"].iloc[-1])) if n else float("nan")
        facts |= {"nps_error": error, "wald_low": facts["nps"] - z_of() * error}
        facts["wald_high"] = facts["nps"] + z_of() * error
    if facts["n"] < LEAST_N:
        notes.append(Note("satisfaction.note.too_few", {"n": facts["n"], "least": LEAST_N}))
    if weights:
        notes.append(Note("satisfaction.note.weighted", {"n": facts["n"], "n_effective": facts["n_effective"]}))
    facts |= {"groups": int((table["row"] == "member").sum())}
    top, easy = measure.top, measure.easy_answers if measure.easy else (None, None)
    params = {
        "measure": name,
        "score": score,
        "by": by[0] if len(by) == 1 else by or None,
        "scale_low": measure.low,
        "scale_high": measure.high,
        "top": top[0],
        "easy": measure.easy,
        "easy_from": easy[0],
        "easy_to": easy[1],
        "against": against,
        "least_n": least,
        "weights": weights,
        "customer": person,
        "units": _units(table, measure, by),
    }
    return Result(f"satisfaction.{name}", table, params, plain(facts), tuple(notes), source)


def one_version(opened: Answers, measure: Measure, apart: Sequence[str] = ()) -> None:
    """Answers to two versions of a question are no one question."""
    column = f"{opened.score}_version"
    if measure.name != "ces" or column not in opened.types or column in apart:
        return
    versions = [r[0] for r in opened.con.execute(f"SELECT DISTINCT {quoted(column)} FROM given ORDER BY 1").fetchall()]
    if len(versions) > 1:
        raise UserError("satisfaction.mixed_versions", table="answers", column=column, found=versions)


def _responses(table: pd.DataFrame, invited: Any, by: list[str]) -> None:
    """How many of those asked have answered."""
    import pandas as pd

    if isinstance(invited, int) and not isinstance(invited, bool):
        asked = pd.Series([float("nan")] * len(table))
        asked.iloc[-1] = invited
    elif isinstance(invited, bool | float | str) and not hasattr(invited, "columns"):
        raise UserError("satisfaction.bad_invited", found=invited)
    else:
        opened = Answers(invited, by[0] if by else "survey_id", by) if by else None
        if opened is None:
            asked = pd.Series([float(len(getattr(invited, "table", invited)))])
        else:
            keys = ", ".join(quoted(c) for c in by)
            counts = opened.sql(f"SELECT {keys}, count(*) AS invited FROM given GROUP BY ALL")
            asked = table[by].merge(counts, on=by, how="left")["invited"]
            asked.iloc[-1] = counts["invited"].sum()
    table["invited"] = asked.to_numpy(dtype="float64")
    more = table["n"] > table["invited"]
    if more.any():
        row = table[more].iloc[0]
        raise UserError("satisfaction.more_answers", found=int(row["n"]), wanted=int(row["invited"]))
    table["response_share"] = table["n"] / table["invited"]
    table["response_share_low"], table["response_share_high"] = wilson(table["n"], table["invited"])


def _units(table: pd.DataFrame, measure: Measure, by: Sequence[str]) -> dict[str, str]:
    units = dict.fromkeys(by, "text") | {"row": "mark", "verdict": "mark", "suppressed": "mark"}
    for column in table.columns:
        if column in units:
            continue
        if column == measure.name or column.startswith(f"{measure.name}_"):
            units[column] = "points" if measure.name == "nps" else measure.unit
        elif "share" in column:
            units[column] = "share"
        elif column == "mean_score":
            units[column] = "score"
        elif column == "n_effective":
            units[column] = "number"
        else:
            units[column] = "count"
    return {c: units[c] for c in table.columns}
