"""Worlds of known truth for every interval that the room shows: classes of Rasch's model, drawn again and again."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from crmlab.analytics import items
from crmlab.analytics.items.telling import ends_of_class

#: how hard each question is, and how many points it can earn; those of 2 and 3 points give part marks
HARD = np.array([-3.0, -1.2, -0.6, 0.0, 0.3, 0.8, 1.4, 0.2])
MOST = np.array([1.0, 1.0, 2.0, 1.0, 2.0, 3.0, 1.0, 2.0])
NAMES = [f"q{j}" for j in range(len(HARD))]
SIZES = (30, 60, 120, 300)
HUGE = 1_000_000


def _points(rng, n, *, part):
    """Points of n students; in the last question the key is wrong, and the able get it wrong."""
    able = rng.standard_normal((n, 1))
    slope = np.where(np.arange(len(HARD)) == len(HARD) - 1, -1.2, 1.4)
    right = rng.random((n, len(HARD))) < 1 / (1 + np.exp(-slope * (able - HARD)))
    if not part:
        return right.astype(float)
    half = (rng.random(right.shape) < 0.25) & (MOST > 1)
    return np.where(right, MOST, np.where(half, MOST / 2, 0.0))


def _rows(points, part):
    n, k = points.shape
    most = MOST if part else np.ones(k)
    frame = pd.DataFrame({"student": np.repeat([f"s{i}" for i in range(n)], k), "question": np.tile(NAMES, n)})
    return frame.assign(points=points.ravel(), max_points=np.tile(most, n))


@cache
def _truths(part):
    """By a sample so large that its error does not matter."""
    points = _points(np.random.default_rng(9), HUGE, part=part)
    most = MOST if part else np.ones(len(HARD))
    total = points.sum(axis=1)
    apart = [np.corrcoef(points[:, j], total - points[:, j])[0, 1] for j in range(len(HARD))]
    k = len(HARD)
    alpha = k / (k - 1) * (1 - points.var(axis=0).sum() / total.var())
    return points.mean(axis=0) / most, np.array(apart), alpha, total.mean() / most.sum()


def _ends(row, what):
    return row[f"{what}_low"], row[f"{what}_high"]


def _class(part):
    kind = "part marks" if part else "0 or 1"

    def world(rng):
        easy, apart, alpha, mean = _truths(part)
        for n in SIZES:
            rows = _rows(_points(rng, n, part=part), part)
            told = items.difficulty(rows)
            for j in (0, 2, 5):
                row = told.table.iloc[j]
                yield f"items.difficulty {kind}, n={n}, p={easy[j]:.2f}", easy[j], *_ends(row, "difficulty")
            yield f"items.difficulty mean of {kind}, n={n}", mean, *_ends(told.facts, "mean")
            table = items.discrimination(rows).table
            for j in (0, 2, 5, 7):
                yield (f"items.discrimination {kind}, n={n}, p={easy[j]:.2f}, r={apart[j]:.2f}", apart[j],
                       *_ends(table.iloc[j], "discrimination"))  # fmt: skip
            yield f"items.reliability {kind}, n={n}", alpha, *_ends(items.reliability(rows).facts, "alpha")

    return world


KINDS = ("right", "mean_of_ratios", "oldest_first", "open")


def _kinds(rng, n):
    """Kinds of answers to one question, and what the students score in the others."""
    able = rng.standard_normal(n)
    rest = rng.random((n, 7)) < 1 / (1 + np.exp(-1.4 * (able[:, None] - HARD[:7])))
    lean = np.stack([0.9 * able, -0.8 * able - 0.4, 0.3 * able - 1.0, -0.5 * able - 2.2], axis=1)
    told = (lean + rng.gumbel(size=lean.shape)).argmax(axis=1)
    return told, rest.astype(float)


@cache
def _kinds_truth():
    told, rest = _kinds(np.random.default_rng(9), HUGE)
    upper, lower, size = ends_of_class(rest.sum(axis=1))
    hits = [told == k for k in range(len(KINDS))]
    # those who had it, of those who answered
    return [(h.mean(), float(h @ upper - h @ lower) / size, h.sum() / (told != 3).sum()) for h in hits]


def answers(rng):
    truth = _kinds_truth()
    for n in SIZES[1:]:
        told, rest = _kinds(rng, n)
        rows = _rows(np.column_stack([rest, told == 0]), False).assign(verdict="right", name="")
        rows.loc[rows["points"] == 0, "verdict"] = "wrong"
        asked = rows["question"] == NAMES[7]
        rows.loc[asked, "verdict"] = np.array(["right", "misconception", "misconception", "open"])[told]
        rows.loc[asked, "name"] = np.array(["", *KINDS[1:3], ""])[told]
        table = items.outcomes(rows, NAMES[7]).table.set_index("outcome")
        for k, kind in enumerate(KINDS):
            if kind in table.index:
                row = table.loc[kind]
                yield f"items.outcomes share, n={n}, {truth[k][0]:.2f}", truth[k][0], *_ends(row, "share")
                apart = truth[k][1]
                yield f"items.outcomes best minus weakest, n={n}, {apart:.2f}", apart, *_ends(row, "upper_lower")
        had = items.misconceptions(rows).table.set_index("misconception")
        for k in (1, 2):
            if KINDS[k] in had.index:
                yield f"items.misconceptions, n={n}, {truth[k][2]:.2f}", truth[k][2], *_ends(had.loc[KINDS[k]], "share")


def effort(rng):
    for n in SIZES:
        for mean, shape in ((1.6, 1.5), (2.4, 0.8)):
            tries = 1 + rng.negative_binomial(shape, shape / (shape + mean - 1), n)
            hints = rng.negative_binomial(shape, shape / (shape + 0.4), n)
            rows = pd.DataFrame({"student": [f"s{i}" for i in range(n)], "question": "q", "points": 1.0})
            rows = rows.assign(max_points=1.0, attempts=tries, hints=hints, solution=rng.random(n) < 0.08)
            row = items.effort(rows).table.iloc[0]
            yield f"items.effort tries, n={n}, mean {mean}", mean, *_ends(row, "attempts")
            yield f"items.effort hints, n={n}, spread {shape}", 0.4, *_ends(row, "hints")
            yield f"items.effort solution opened, n={n}", 0.08, *_ends(row, "solution")


CASES = {"right or wrong": _class(False), "part marks": _class(True), "answers": answers, "effort": effort}
