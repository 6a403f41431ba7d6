"""The score of a pair: the level of every field, its weight in bits, and what contradicts.

Fields that are equal are told apart by their codes alone. Texts are compared (Jaro-Winkler, edit distance with
neighbours changed about) only where the best that they could bring would still let the pair be listed: most pairs of a
block are sent away before any text is read, and none of them for another reason than its score.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .likeness import NEAR, ORDER
from .model import MISSING

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from .model import Comparison, Level, Model
    from .records import Records

__all__ = ["Scored", "Scorer", "chance"]

_CHUNK = 1_000_000
_FEW = 10
_OWN = ("phone", "email", "national_id")


def chance(bits: Any) -> Any:
    """The probability that odds of ``2 ** bits`` to 1 mean.

    Examples
    --------
    >>> float(chance(0.0)), round(float(chance(3.0)), 4)
    (0.5, 0.8889)
    """
    import numpy as np

    return 1.0 / (1.0 + np.exp2(-np.clip(np.asarray(bits, dtype=np.float64), -1000, 1000)))


class Scored:
    """Pairs with their scores.

    Attributes
    ----------
    left, right : numpy.ndarray
    levels : dict
        Field -> position of the level in its comparison; one past the last is "missing".
    weights : dict
        Field -> bits.
    bits : numpy.ndarray
        The prior and all weights.
    rule : numpy.ndarray
        Position of the contradiction that holds, -1 for none.
    score : numpy.ndarray
        Probability of being one person, after contradictions.
    """

    def __init__(self, left, right, levels, weights, bits, rule, score) -> None:
        self.left, self.right, self.levels, self.weights = left, right, levels, weights
        self.bits, self.rule, self.score = bits, rule, score

    def __len__(self) -> int:
        return len(self.left)

    def take(self, chosen: Any) -> Scored:
        """Some of the pairs."""
        return Scored(
            self.left[chosen],
            self.right[chosen],
            {f: v[chosen] for f, v in self.levels.items()},
            {f: v[chosen] for f, v in self.weights.items()},
            self.bits[chosen],
            self.rule[chosen],
            self.score[chosen],
        )

    @classmethod
    def joined(cls, parts: list[Scored]) -> Scored:
        """Several lots of pairs as one."""
        import numpy as np

        first = parts[0]
        if len(parts) == 1:
            return first
        return cls(
            np.concatenate([p.left for p in parts]),
            np.concatenate([p.right for p in parts]),
            {f: np.concatenate([p.levels[f] for p in parts]) for f in first.levels},
            {f: np.concatenate([p.weights[f] for p in parts]) for f in first.weights},
            np.concatenate([p.bits for p in parts]),
            np.concatenate([p.rule for p in parts]),
            np.concatenate([p.score for p in parts]),
        )


class Scorer:
    """Scores pairs of a table's rows by a model.

    Parameters
    ----------
    records : Records
    model : Model
    """

    def __init__(self, records: Records, model: Model) -> None:
        self.records, self.model = records, model
        self.comparisons = [c for c in model.comparisons if c.field in records.values]
        self.prior = model.prior(records.n)
        self._same_weight = {c.field: self._same(c) for c in self.comparisons}

    def pairs(
        self, left: np.ndarray, right: np.ndarray, least: float | None = None, tally: Callable | None = None
    ) -> Scored:
        """Score pairs.

        Parameters
        ----------
        left, right : numpy.ndarray
            Rows.
        least : float, optional
            Leave out pairs whose probability, before contradictions, is lower, but those that share a key.
        tally : callable, optional
            Called with the scores of every lot, those left out as NaN.
        """
        parts = []
        for start in range(0, max(len(left), 1), _CHUNK):
            a, b = left[start : start + _CHUNK], right[start : start + _CHUNK]
            parts.append(self._lot(a, b, least, tally))
        return Scored.joined(parts)

    def _lot(self, left: np.ndarray, right: np.ndarray, least: float | None, tally: Callable | None) -> Scored:
        import numpy as np

        n = len(left)
        if least is not None:
            floor = np.log2(least / (1 - least))
            best = np.full(n, self.prior)
            for comparison in self.comparisons:
                best += self._at_best(comparison, left, right)
            hopeful = np.flatnonzero((best >= floor) | self._share_a_key(left, right))
            left, right = left[hopeful], right[hopeful]
        levels, weights = {}, {}
        bits = np.full(len(left), self.prior)
        for comparison in self.comparisons:
            f = comparison.field
            levels[f], weights[f] = self._field(comparison, left, right)
            bits += weights[f]
        rule = self._contradictions(levels, len(left))
        limits = np.array([c.at_most for c in self.model.contradictions] + [1.0])
        out = Scored(left, right, levels, weights, bits, rule, np.minimum(chance(bits), limits[rule]))
        if least is not None:
            if tally is not None:
                tally(out.score, n - len(left))
            out = out.take(np.flatnonzero((bits >= floor) | self._share_a_key(left, right)))
        return out

    def _share_a_key(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """Pairs with one phone number, e-mail address or identity number: a reader asks why they were kept apart.

        Not where many share it: that is a stand-in for "not known".
        """
        import numpy as np

        out = np.zeros(len(left), dtype=bool)
        for field in ("phone", "email", "national_id"):
            values = self.records.values.get(field)
            if values is not None and len(values):
                a = values.codes[left]
                out |= (a >= 0) & (a == values.codes[right]) & (values.counts[a] <= _FEW)
        return out

    # weights of what is the same -----------------------------------------------------------------------------------

    def _same(self, comparison: Comparison) -> np.ndarray:
        """The weight of agreeing on each distinct value of a field."""
        import numpy as np

        level = comparison["same"]
        values = self.records.values[comparison.field]
        if not level.common:
            return np.full(len(values), level.weight)
        return np.log2(level.m / self._how_common(self._others(comparison.field), level))

    def _others(self, field: str) -> np.ndarray:
        """For each value of a field, how many others have it beside the pair that shares it.

        What belongs to a person is counted by the first names that go with it: a customer who is in the table three
        times makes his number no commoner.
        """
        import numpy as np

        values, names = self.records.values[field], self.records.values.get("name")
        if field not in _OWN or names is None:
            return np.maximum(values.counts - 2, 0)
        first = np.append(names.firsts, -1)[names.codes].astype(np.int64)
        held = (values.codes >= 0) & (first >= 0)
        words = len(names.word_values) + 1
        persons = np.unique(values.codes[held].astype(np.int64) * words + first[held])
        return np.maximum(np.bincount(persons // words, minlength=len(values)) - 1, 0)

    def _how_common(self, others: Any, level: Level) -> Any:
        """How often a value is met by chance: as counted, with what is assumed before counting."""
        import numpy as np

        assumed = self.model.weight_of_assumed
        return np.minimum((others + assumed * level.u) / (self.records.n + assumed), 1.0)

    def _at_best(self, comparison: Comparison, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """The most that a field can weigh, told from codes alone."""
        import numpy as np

        values = self.records.values[comparison.field]
        a, b = values.codes[left], values.codes[right]
        out = np.full(len(left), max(self._most(x) for x in comparison.levels if x.name != "same"))
        same = a == b
        out[same] = self._same_weight[comparison.field][a[same]] if len(values) else 0.0
        if comparison.field == "name":  # the same words in another order are the same name
            most = self._same_weight["name"].max(initial=0.0)
            out[~same] = np.maximum(out[~same], most)
        out[(a < 0) | (b < 0)] = 0.0
        return out

    def _most(self, level: Level) -> float:
        import math

        if not level.common:
            return level.weight
        return math.log2(level.m / min(float(self._how_common(0, level)) * level.times, 1.0))

    # levels --------------------------------------------------------------------------------------------------------

    def _field(self, comparison: Comparison, left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The level and the weight of a field."""
        import numpy as np

        values = self.records.values[comparison.field]
        a, b = values.codes[left], values.codes[right]
        names = comparison.names
        last = len(names) - 1
        level = np.full(len(left), last, dtype=np.int8)
        known = (a >= 0) & (b >= 0)
        level[~known] = last + 1
        same = known & (a == b)
        level[same] = 0
        differ = np.flatnonzero(known & (a != b))
        if len(differ) and last > 1:
            found = NEAR[comparison.field](values, a[differ], b[differ])
            at = {name: k for k, name in enumerate(names)}
            level[differ] = np.array([at.get(name, last) for name in ORDER], dtype=np.int8)[found]
        plain = np.array([x.weight for x in comparison.levels] + [0.0])
        weight = plain[level]
        of_same = self._same_weight[comparison.field]
        if len(of_same):
            held = np.flatnonzero(level == 0)
            # two orders of one name: the commoner decides
            weight[held] = np.minimum(of_same[a[held]], of_same[b[held]])
        for k, x in enumerate(comparison.levels[1:], start=1):
            if x.common:
                held = np.flatnonzero(level == k)
                counts = values.counts
                others = np.maximum(counts[a[held]], counts[b[held]]) - 1
                weight[held] = np.log2(x.m / np.minimum(self._how_common(others, x) * x.times, 1.0))
        return level, weight

    def _contradictions(self, levels: dict[str, np.ndarray], n: int) -> np.ndarray:
        """The first contradiction of each pair, -1 where there is none."""
        import numpy as np

        out = np.full(n, -1, dtype=np.int8)

        def shows(field: str, names: tuple[str, ...]) -> np.ndarray:
            if field not in levels:
                return np.zeros(n, dtype=bool)
            known = self.model[field].names
            return np.isin(levels[field], [known.index(x) for x in names if x in known])

        for k, rule in enumerate(self.model.contradictions):
            holds = out < 0
            for field, names in rule.when.items():
                holds &= shows(field, names)
            if rule.any_of:
                holds &= np.logical_or.reduce([shows(f, names) for f, names in rule.any_of.items()])
            for field, names in rule.unless.items():
                holds &= ~shows(field, names)
            out[holds] = k
        return out

    def levels(self, field: str, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """The level of one field for pairs of rows, by position; one past the last is "missing"."""
        return self._field(self.model[field], left, right)[0]

    def level_name(self, field: str, code: int) -> str:
        """A level's name by its position."""
        names = self.model[field].names
        return names[code] if code < len(names) else MISSING
