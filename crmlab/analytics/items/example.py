"""A class that never was, in which it is known what is to be found: 120 students, two sets, what a lecturer meets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from .answers import LIKENESS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Class", "make_class"]

SEED = 20162020
STUDENTS = 120
SETS = ("segmentation-and-value", "retention-and-lifecycle")
DOUBTFUL = "rank_the_reasons"  # the strong see that two answers can be defended, and give the other one
EASY = "read_the_total"
SHARED = "average_basket"
BELIEVED = 42  # of 120: 35 percent
COPIERS = (17, 58, 93)
COPIED_IN = ("whale_peak", "value_at_risk", "margin_by_segment")

#: per question: points, how hard it is (in standard deviations of ability), and the wrong answers that were foreseen
QUESTIONS: dict[str, dict[str, tuple[int, float, tuple[str, ...]]]] = {
    SETS[0]: {
        EASY: (1, -4.0, ("nulls_included",)),
        SHARED: (2, -0.1, ("mean_of_ratios", "returns_counted")),
        "whale_peak": (2, 0.3, ("sorted_wrong_way", "share_of_rows")),
        "margin_by_segment": (2, 0.0, ("mean_of_ratios", "wrong_denominator")),
        "rfm_score": (1, -0.6, ("recent_is_high", "ties_split")),
        "which_segment": (1, -0.9, ("largest_is_best", "survivors_only")),
        "value_at_risk": (3, 0.7, ("survivors_only", "percent_and_points")),
        DOUBTFUL: (1, 0.2, ("oldest_reason_first", "loudest_reason_first")),
    },
    SETS[1]: {
        "retention_rate": (1, -0.8, ("wrong_denominator", "survivors_only")),
        "churn_by_month": (2, -0.2, ("wrong_denominator", "new_customers_counted")),
        "median_life": (2, 0.6, ("censored_as_left", "mean_for_median")),
        "cohort_table": (2, 0.2, ("fan_out", "new_customers_counted")),
        "can_you_say_this": (1, -0.4, ("cause_from_correlation", "percent_and_points")),
        "buying_again": (1, -1.1, ("orders_for_customers", "returns_counted")),
        "value_over_life": (3, 0.9, ("no_discounting", "mean_of_ratios")),
        "which_action": (1, -0.3, ("cause_from_correlation", "loudest_reason_first")),
    },
}


@dataclass(frozen=True)
class Class:
    """A made-up class.

    Parameters
    ----------
    items : DataFrame
        The rows of ``marks-items.csv``.
    likenesses : DataFrame
        The rows of ``marks-copies.csv``; ``evidence`` is the code of its sentence.
    truths : dict
        What was planted.
    """

    items: pd.DataFrame
    likenesses: pd.DataFrame
    truths: dict[str, Any]

    @property
    def sets(self) -> list[str]:
        """The sets by name."""
        return list(SETS)

    def write(self, folder: Path) -> dict[str, Path]:
        """Write both files as ``crmlab grade`` does, the same bytes every time; name -> path."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        out = {"items": folder / "marks-items.csv", "copies": folder / "marks-copies.csv"}
        for path, frame in zip(out.values(), (self.items, self.likenesses), strict=True):
            text = frame.to_csv(index=False, lineterminator="\r\n", float_format="%g")
            path.write_bytes(b"\xef\xbb\xbf" + text.encode("utf-8"))
        return out


def make_class(seed: int = SEED) -> Class:
    """Make up a graded class: no real student, no real answer.

    Parameters
    ----------
    seed : int

    Returns
    -------
    Class
        ``items`` (120 students, two sets of 8 questions), ``likenesses`` and ``truths``.

    Notes
    -----
    Planted: ``rank_the_reasons`` has a **doubtful key** (the abler a student, the likelier the answer
    ``oldest_reason_first``, so that its discrimination is negative); ``read_the_total`` is **too easy** (97 % or more
    are right); in ``average_basket`` exactly 42 of 120 (**35 %**) have the misconception ``mean_of_ratios``, the same
    that is foreseen elsewhere; **three students copied** three answers from one another. All else follows from one
    ability a student by a logistic curve (Rasch's model, half marks for what is nearly right).

    Examples
    --------
    >>> made = make_class()
    >>> len(made.items), made.items["student"].nunique(), made.truths["believed"]
    (1920, 120, 42)
    """
    import numpy as np
    import pandas as pd

    rng = np.random.default_rng(seed)
    normal = NormalDist()
    # only uniform numbers are drawn: they are the same bits in every version of numpy
    able = [normal.inv_cdf(float(u)) for u in rng.uniform(0.001, 0.999, STUDENTS)]
    numbers = [f"2110511{k:03d}" for k in sorted(_drawn(rng, 900, STUDENTS))]
    rows = []
    believers = _believers(rng, able)
    for name, questions in QUESTIONS.items():
        for question, about in questions.items():
            for i in range(STUDENTS):
                drawn = [float(u) for u in rng.random(6)]
                row = _answer(question, about, able[i], drawn, i in believers)
                rows.append({"student": numbers[i], "set": name, "question": question} | row)
    table = pd.DataFrame(rows)
    looks = _copied(table, numbers)
    # as the grading writes them: one student after the other
    table = table.sort_values(["set", "student"], key=_in_order, kind="stable").reset_index(drop=True)
    truths = {"doubtful": DOUBTFUL, "doubtful_answer": "oldest_reason_first", "easy": EASY, "shared": SHARED}
    truths |= {"misconception": "mean_of_ratios", "believed": BELIEVED, "share": BELIEVED / STUDENTS}
    truths |= {"copiers": [numbers[i] for i in COPIERS], "copied_in": list(COPIED_IN)}
    return Class(table, looks, truths)


def _in_order(column: pd.Series) -> pd.Series:
    return column.map({name: k for k, name in enumerate(SETS)}) if column.name == "set" else column


def _drawn(rng: Any, of: int, many: int) -> list[int]:
    """``many`` different whole numbers below ``of``, from uniform draws."""
    keys = rng.random(of)
    return sorted(range(of), key=lambda k: (keys[k], k))[:many]


def _believers(rng: Any, able: list[float]) -> set[int]:
    """Exactly 42, mostly of those who know less: what they believe comes from not knowing."""
    lean = [
        a + 1.1 * NormalDist().inv_cdf(float(u)) for a, u in zip(able, rng.uniform(0.001, 0.999, STUDENTS), strict=True)
    ]
    lean = [x + 9 * (k in COPIERS) for k, x in enumerate(lean)]
    return set(sorted(range(STUDENTS), key=lambda k: (lean[k], k))[:BELIEVED])


def _answer(
    question: str, about: tuple[int, float, tuple[str, ...]], able: float, drawn: list[float], believes: bool
) -> dict[str, Any]:
    import math

    most, hard, wrongs = about
    chance = 1 / (1 + math.exp(-1.7 * (able - hard)))
    verdict, name, share = "wrong", "", 0.0
    if question == DOUBTFUL:
        # the abler see the other answer that can be defended
        chance = 1 / (1 + math.exp(1.5 * (able - 0.6)))
        right = drawn[0] < chance
        verdict, name = ("right", "") if right else ("misconception", wrongs[0 if drawn[1] < 0.75 + 0.2 * able else 1])
        share = float(right)
    elif question == SHARED:
        right = drawn[0] < 0.5 + 0.5 * chance
        verdict, name = (
            ("misconception", wrongs[0]) if believes else ("right", "") if right else ("misconception", wrongs[1])
        )
        share = float(verdict == "right")
    elif drawn[0] < chance:
        verdict, share = "right", 1.0
    elif drawn[1] < 0.07:
        verdict = "open"
    elif drawn[1] < 0.19 and most > 1:
        verdict, name, share = "nearly", "percent_for_share", 0.5
    elif drawn[1] < 0.75:
        verdict, name = "misconception", wrongs[0 if drawn[2] < 0.65 else 1]
    tries = 0 if verdict == "open" else 1 + int(drawn[3] ** 2 * (1.2 + 3.2 * (1 - chance)) * 1.4)
    hints = min(3, int(drawn[4] * (tries + 2) * (1 - 0.6 * chance)))
    opened = tries >= 3 and drawn[5] < 0.35
    if opened and verdict != "right" and drawn[5] < 0.2 and question not in (DOUBTFUL, SHARED):
        verdict, name, share = "right", "", 1.0
    points = share * most * (0.5 if opened else 1.0)
    return {"points": points, "max_points": float(most), "verdict": verdict, "name": name, "attempts": tries,
            "hints": hints, "solution": opened}  # fmt: skip


def _copied(table: pd.DataFrame, numbers: list[str]) -> pd.DataFrame:
    """Two who took over a third one's answers, which are right for *his* tables and wrong for theirs."""
    import pandas as pd

    giver, *takers = (numbers[i] for i in COPIERS)
    asked = table["question"].isin(COPIED_IN)
    own = asked & (table["student"] == giver)
    table.loc[own, ["points", "verdict", "name", "solution"]] = [0.0, "right", "", False]
    table.loc[own, "points"] = table.loc[own, "max_points"]
    table.loc[asked & table["student"].isin(takers), ["points", "verdict", "name", "solution"]] = [
        0.0,
        "wrong",
        "",
        False,
    ]
    found = [(SETS[0], taker, giver, " ".join(COPIED_IN), len(COPIED_IN), "fits_other") for taker in takers]
    found.append((SETS[0], *sorted(takers), " ".join(COPIED_IN[:2]), 2, "same_wrong"))
    return pd.DataFrame(found, columns=list(LIKENESS))
