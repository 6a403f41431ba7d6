"""Discrimination: whether a question tells those who know from those who do not, and who gave which kind of answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...frames import number
from ...intervals import FEW, newcombe, wilson
from ...results import Note, Result, Source
from .answers import ENOUGH, SILENT, answers_of, whole_test

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["correlation_interval", "discrimination", "ends_of_class", "outcomes"]

SHARE = 0.27  # of the class in either group (Kelley 1939)
APART = 10  # students whose points differ from the others': fewer make a correlation that the interval does not hold


def correlation_interval(one: Any, other: Any, level: float = 0.95) -> tuple[float, float]:
    """The interval of a correlation whatever the two are spread like: a jackknife on Fisher's scale.

    Fisher's own ``atanh(r) ± z/√(n-3)`` holds for two normal variables. Points for a question are two or three values,
    and near its ends it misses more often than it says.

    Examples
    --------
    >>> [round(x, 3) for x in correlation_interval([0, 0, 0, 1, 1, 1, 0, 1], [2, 3, 1, 4, 5, 3, 4, 6])]
    [-0.067, 0.932]
    """
    import numpy as np
    from scipy.stats import t

    x, y = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    n = len(x)
    x, y = x - x.mean(), y - y.mean()
    # sums without one student each
    sxx, syy, sxy = (x @ x) - x**2 * n / (n - 1), (y @ y) - y**2 * n / (n - 1), (x @ y) - x * y * n / (n - 1)
    if min(sxx.min(), syy.min()) <= 1e-12:  # one student alone makes all the difference
        return float("nan"), float("nan")
    most = 1 - 1e-9
    without = np.arctanh(np.clip(sxy / np.sqrt(sxx * syy), -most, most))
    whole = float(np.arctanh(np.clip((x @ y) / np.sqrt((x @ x) * (y @ y)), -most, most)))
    spread = float(np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum()))
    half = float(t.ppf(0.5 + level / 2, n - 1)) * spread
    return float(np.tanh(whole - half)), float(np.tanh(whole + half))


def ends_of_class(scores: Any, share: float = SHARE) -> tuple[Any, Any, float]:
    """How much each student belongs to the upper and to the lower group, and how large a group is.

    Those who stand equal at a border share the places that are left there: who comes first in the file must not matter.

    Examples
    --------
    >>> upper, lower, size = ends_of_class([1, 2, 3, 4, 4, 4, 5, 6, 7, 8])
    >>> upper.round(2).tolist(), size
    ([0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0], 3.0)
    """
    import numpy as np

    values = np.asarray(scores, dtype=np.float64)
    size = float(round(share * len(values)))

    def group(of: Any) -> Any:
        cut = np.sort(of)[::-1][int(size) - 1]
        sure, tied = of > cut, of == cut
        return sure + tied * (size - sure.sum()) / tied.sum()

    return group(values), group(-values), size


def _verdict(n: int, fewer: int, low: float, high: float, least: float) -> str:
    if n < ENOUGH or fewer < APART or low != low:
        return "too_few"
    return "negative" if high < 0 else "tells_apart" if low >= least else "weak" if high < least else "unclear"


def discrimination(
    items: Any,
    set: str | None = None,
    *,
    least: float = 0.2,
    level: float = 0.95,
    source: Source | None = None,
) -> Result:
    """Whether those who do well in the rest do well in this question: ``r(points of it, points of all others)``.

    Parameters
    ----------
    items : DataFrame, or list of dict
        One row a student and question; see :func:`crmlab.items.read`.
    set : str, optional
        Only this set. Without it every set, each a test of its own: the rest are the other questions of the same set.
    least : float
        From which correlation on a question tells: 0.2 by custom (Ebel), not by law.
    level : float
    source : Source, optional

    Returns
    -------
    Result
        Kind ``items.discrimination``: per question ``discrimination`` (the correlation with the rest, the question
        itself left out) with its interval; ``upper`` and ``lower``, the mean share of points in the best and the
        weakest 27 % by the whole score, and their difference ``upper_lower``; ``verdict``: ``negative`` where the
        whole interval lies below nought, ``tells_apart`` or ``weak`` where it lies above or below ``least``,
        ``unclear`` where it lies across, ``no_spread`` where all students have the same points, ``too_few`` below
        30 students or where fewer than 10 differ from the others: then neither interval nor groups are shown.

    Raises
    ------
    UserError
        ``items.few_questions`` (three are needed), ``items.few_students`` (five), and those of the rows.

    Notes
    -----
    The item itself must not be in the rest: with five questions it alone would make a correlation of some 0.4. The
    27 % index has the item in its score, as Kelley meant it, and so lies higher. A low figure has many causes (too
    easy, two subjects in one test, guessing); a **negative** one mostly has one: the key, or the wording, is wrong.
    Copied answers are not a student's own and blur every figure.

    Source: Henrysson (1963), Psychometrika 28 (correction for the overlap); Kelley (1939), Journal of Educational
    Psychology 30 (27 %); Efron and Tibshirani (1993), chapter 11 (jackknife); all from memory.

    Examples
    --------
    >>> from crmlab.analytics.items.example import make_class
    >>> made = make_class()
    >>> found = discrimination(made.items, made.sets[0]).table.set_index("question")
    >>> found.loc["rank_the_reasons", "verdict"]
    'negative'
    """
    import pandas as pd

    number(least, "least", 0, 1)
    frame, _ = answers_of(items, set)
    rows, sizes, notes, refused = [], [], {}, []
    for name, part in frame.groupby("set", sort=False):
        try:
            wide, said, dropped = whole_test(part, 3)
        except UserError as error:
            refused.append((name, error))
            continue
        notes |= {note.code: note for note in said}
        sizes.append((len(wide), dropped, round(SHARE * len(wide))))
        rows += _rows(part, wide, least, level)
    if not rows:
        raise refused[0][1]
    if refused:
        notes["refused"] = Note("items.note.refused", {"sets": [name for name, _ in refused]})
    notes = list(notes.values())
    n, dropped, size = max(s[0] for s in sizes), sum(s[1] for s in sizes), max(s[2] for s in sizes)
    table = pd.DataFrame(rows)
    against = table.loc[table["verdict"] == "negative", "question"].tolist()
    if against:
        notes.append(Note("items.note.negative", {"questions": against}))
    lonely = int(((table["verdict"] == "too_few") & (table["n"] >= ENOUGH)).sum())
    if lonely:
        notes.append(Note("items.note.lonely", {"n": lonely, "least": APART}))
    weakest = table.loc[table["discrimination"].idxmin()] if table["discrimination"].notna().any() else table.iloc[0]
    counts = table["verdict"].value_counts()
    facts = {"n": n, "questions": len(table), "dropped": dropped, "group": size, "least": least}
    facts |= {k: int(counts.get(k, 0)) for k in ("negative", "weak", "tells_apart", "unclear")}
    facts |= {"weakest": weakest["question"], "weakest_r": float(weakest["discrimination"])}
    facts |= {f"weakest_r_{e}": float(weakest[f"discrimination_{e}"]) for e in ("low", "high")}
    units = {"set": "text", "question": "text", "n": "count", "verdict": "text"}
    units |= dict.fromkeys(("discrimination", "discrimination_low", "discrimination_high", "upper_lower"), "number")
    units |= {"upper": "share", "lower": "share"}
    params = {"of_set": set, "level": level, "units": units}
    return Result("items.discrimination", table, params, facts, tuple(notes), source)


def _rows(part: pd.DataFrame, wide: pd.DataFrame, least: float, level: float) -> list[dict[str, Any]]:
    """The questions of one set."""
    import numpy as np

    most = part.groupby("question")["max_points"].max()
    values = wide.to_numpy()
    total, n = values.sum(axis=1), len(values)
    upper, lower, size = ends_of_class(total)
    rows = []
    for j, (name, question) in enumerate(wide.columns):
        mine = values[:, j]
        rest = total - mine
        row = {"set": name, "question": question, "n": n}
        fewer = n - int(np.unique(mine, return_counts=True)[1].max())
        shown = n >= ENOUGH and fewer >= APART
        moves = mine.std() > 0 and rest.std() > 0
        low, high = correlation_interval(mine, rest, level) if shown and moves else (np.nan, np.nan)
        row["discrimination"] = float(np.corrcoef(mine, rest)[0, 1]) if moves else np.nan
        row |= {"discrimination_low": low, "discrimination_high": high}
        ends = [float(mine @ g / size / most[question]) if n >= ENOUGH else np.nan for g in (upper, lower)]
        row |= {"upper": ends[0], "lower": ends[1], "upper_lower": ends[0] - ends[1]}
        verdict = _verdict(n, fewer, low, high, least) if moves else "no_spread" if n >= ENOUGH else "too_few"
        rows.append(row | {"verdict": verdict})
    return rows


def outcomes(
    items: Any,
    question: str,
    set: str | None = None,
    *,
    rare: float = 0.05,
    level: float = 0.95,
    source: Source | None = None,
) -> Result:
    """Who gave which kind of answer to one question: the distractor table, for any kind of question.

    Parameters
    ----------
    items : DataFrame, or list of dict
        One row a student and question; see :func:`crmlab.items.read`.
    question : str
    set : str, optional
        The set that it stands in; needed where two sets have a question of this name.
    rare : float
        Up to which share a catalogued misconception counts as hardly used.
    level : float
    source : Source, optional

    Returns
    -------
    Result
        Kind ``items.outcomes``: per ``outcome`` (``right``, a slip or misconception by its name, ``wrong``, ``open``)
        ``n``, ``share`` of the class with interval, ``upper`` and ``lower`` (its share in the best and the weakest
        27 % by the rest of the set), their difference ``upper_lower`` with interval, and ``verdict``:
        ``draws_strong`` (the best give it more often than the weakest), ``draws_weak``, ``rare``, ``unclear``;
        ``too_few`` below 30 students. Where fewer than 5 of both groups gave it, the difference has no interval.
        ``facts["key"]`` is ``doubtful`` where a wrong answer draws the strong or the right one the weak.

    Raises
    ------
    UserError
        ``items.unknown_question``, ``items.which_set``, and those of :func:`discrimination`.

    Notes
    -----
    A wrong answer that the best of the class give is not their misconception; more likely the key, the task or the
    lecture says something else than was meant. Read the question before the students. The groups are drawn by the
    *other* questions. Small groups (27 % of 40 students are 11) have wide intervals. The rows know the kinds of
    wrong answers that the author foresaw; whatever else was answered is ``wrong``.

    Source: Haladyna and Rodriguez (2013), Developing and Validating Test Items, chapter 18 (from memory); interval of
    the difference: Newcombe (1998).

    Examples
    --------
    >>> from crmlab.analytics.items.example import make_class
    >>> made = make_class()
    >>> outcomes(made.items, "rank_the_reasons").facts["key"]
    'doubtful'
    """
    import pandas as pd

    number(rare, "rare", 0, 1)
    frame, _ = answers_of(items, set)
    sets = frame.loc[frame["question"] == question, "set"].unique().tolist()
    if not sets:
        raise UserError("items.unknown_question", found=question, wanted=sorted(frame["question"].unique()))
    if len(sets) > 1:
        raise UserError("items.which_set", found=question, wanted=sets)
    frame = frame[frame["set"] == sets[0]]
    wide, notes, _ = whole_test(frame, 3)
    mine = frame[frame["question"] == question].set_index("student").loc[wide.index]
    upper, lower, size = ends_of_class(wide.drop(columns=[(sets[0], question)]).sum(axis=1))
    n, rows = len(mine), []
    for kind, which in _kinds(mine).items():
        hits = int(which.sum())
        low, high = wilson(hits, n, level=level)
        row = {"outcome": kind, "n": hits, "share": hits / n, "share_low": low, "share_high": high}
        ends = [float(which.to_numpy() @ g) for g in (upper, lower)]
        shown = n >= ENOUGH
        told = shown and sum(ends) >= FEW
        apart = newcombe(ends[0], size, ends[1], size, level=level) if told else (float("nan"),) * 2
        row |= {"upper": ends[0] / size, "lower": ends[1] / size} if shown else dict.fromkeys(("upper", "lower"))
        row |= {"upper_lower": (ends[0] - ends[1]) / size if shown else float("nan")}
        row |= {"upper_lower_low": apart[0], "upper_lower_high": apart[1]}
        verdict = "draws_strong" if apart[0] > 0 else "draws_weak" if apart[1] < 0 else "unclear"
        verdict = "rare" if verdict == "unclear" and hits / n < rare and kind not in ("right", *SILENT) else verdict
        rows.append(row | {"verdict": verdict if shown else "too_few"})
    table = pd.DataFrame(rows).astype({"upper": float, "lower": float})
    strong = table.loc[(table["verdict"] == "draws_strong") & ~table["outcome"].isin(("right", "nearly")), "outcome"]
    turned = bool(((table["outcome"] == "right") & (table["verdict"] == "draws_weak")).any())
    doubtful = turned or len(strong) > 0
    if doubtful:
        notes.append(Note("items.note.doubtful", {"question": question, "answers": strong.tolist() or ["right"]}))
    first = table[~table["outcome"].isin(("right", *SILENT))]
    top = first.loc[first["n"].idxmax()] if len(first) else None
    facts = {"n": n, "group": int(size), "question": question, "key": "doubtful" if doubtful else "no_doubt"}
    facts |= {"right": float(table.loc[table["outcome"] == "right", "share"].sum())}
    facts |= {"first": None if top is None else top["outcome"]}
    facts |= {"first_share": 0.0 if top is None else float(top["share"])}
    units = {"outcome": "text", "n": "count", "verdict": "text"}
    units |= dict.fromkeys(("share", "share_low", "share_high", "upper", "lower"), "share")
    units |= dict.fromkeys(("upper_lower", "upper_lower_low", "upper_lower_high"), "number")
    params = {"of_set": sets[0], "level": level, "units": units}
    return Result("items.outcomes", table, params, facts, tuple(notes), source)


def _kinds(mine: pd.DataFrame) -> dict[str, pd.Series]:
    """Kinds of answers: the right one first, then the wrong ones by how many gave them, then those who gave none."""
    told = mine["verdict"].where(~(mine["verdict"].isin(("nearly", "misconception")) & (mine["name"] != "")),
                                 mine["name"])  # fmt: skip
    counts = told.value_counts()
    order = sorted(counts.index, key=lambda k: (k != "right", k in SILENT, k == "wrong", -counts[k], k))
    return {kind: told == kind for kind in order}
