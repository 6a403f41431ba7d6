"""How near two values are that are not the same: slips of the pen, initials, days and months changed about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from .records import Names, Values

__all__ = ["NEAR", "ORDER"]

_TYPO_LONG = 8  # letters from which two mistakes are allowed
_ALIKE = 0.94  # Jaro-Winkler of two mistakes
_RARE = 0.02  # a misspelt word occurs at most this much as often as the right one
_ADDRESS = 85.0

ORDER = ("same", "near", "part", "first", "family", "other")
_SAME, _NEAR_BY, _PART, _FIRST, _FAMILY, _OTHER = range(6)


def _typos(a: np.ndarray, b: np.ndarray, most: int) -> np.ndarray:
    """How many letters are wrong, missing, too many, or changed about with their neighbour."""
    import numpy as np
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    return process.cpdist(a.tolist(), b.tolist(), scorer=OSA.distance, score_cutoff=most, dtype=np.uint8, workers=-1)


def _jaro_winkler(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    import numpy as np
    from rapidfuzz import process
    from rapidfuzz.distance import JaroWinkler

    alike = JaroWinkler.normalized_similarity
    return process.cpdist(a.tolist(), b.tolist(), scorer=alike, dtype=np.float32, workers=-1)


def _misspelt(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """One mistake, or two in long words that are still alike."""
    import numpy as np

    wrong = _typos(a, b, 2)
    lengths = np.array([min(len(x), len(y)) for x, y in zip(a, b, strict=True)])
    near = (wrong <= 1) & (lengths >= 4)
    two = np.flatnonzero((wrong == 2) & (lengths >= _TYPO_LONG))
    if len(two):
        near[two] = _jaro_winkler(a[two], b[two]) >= _ALIKE
    return near


def _names(names: Names, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    import numpy as np

    # many pairs, few names: compare each two names once
    both, back = np.unique(a.astype(np.int64) * len(names) + b, return_inverse=True)
    a, b = (both // len(names)).astype(np.int32), (both % len(names)).astype(np.int32)
    wa, wb = names.words[a], names.words[b]
    la, lb = names.letters[a], names.letters[b]
    ia, ib = names.initial[a], names.initial[b]
    held_a, held_b = wa < 0, wb < 0  # beyond the last word counts as found
    shared = np.zeros(len(a), dtype=bool)
    for i in range(wa.shape[1]):
        for j in range(wb.shape[1]):
            there = (wa[:, i] >= 0) & (wb[:, j] >= 0)
            one = there & (wa[:, i] == wb[:, j])
            shared |= one & ~ia[:, i]
            one |= there & (ia[:, i] | ib[:, j]) & (la[:, i] == lb[:, j])
            held_a[:, i] |= one
            held_b[:, j] |= one
    all_a, all_b = held_a.all(axis=1), held_b.all(axis=1)
    initials = ia.any(axis=1) | ib.any(axis=1)
    out = np.full(len(a), _OTHER, dtype=np.int8)
    out[shared] = _FAMILY
    fa, fb = names.firsts[a], names.firsts[b]
    at = np.arange(len(a)), names.first_at[a], np.arange(len(a)), names.first_at[b]
    first = fa == fb
    first |= (ia[at[0], at[1]] | ib[at[2], at[3]]) & (la[at[0], at[1]] == lb[at[2], at[3]])
    # Muhammad Sulaiman and Ahmad Sulaiman are brothers
    first &= ~((names.first_at[a] > 0) & (names.first_at[b] > 0) & (wa[:, 0] != wb[:, 0]))
    out[shared & first] = _FIRST
    out[(all_a | all_b) & shared & first] = _PART
    out[all_a & all_b & ~initials & (names.lengths[a] == names.lengths[b])] = _SAME
    open_ = np.flatnonzero(out >= _FIRST)
    if not len(open_):
        return out[back]
    one, other = a[open_], b[open_]
    near = open_[_misspelt(names.joined[one], names.joined[other]) | (names.said[one] == names.said[other])]
    usual = _two_names(names, fa[near], fb[near])
    out[near[~usual]] = _NEAR_BY
    out[near[usual]] = _FAMILY
    # a slip in the first name where of the others only initials are written
    held_a[at[0], at[1]] = held_b[at[2], at[3]] = True
    rest = held_a.all(axis=1) & held_b.all(axis=1) & initials & ~first
    rest &= (names.lengths[a] > 1) & (names.lengths[b] > 1) & (out >= _FAMILY)
    slips = np.flatnonzero(rest)
    if len(slips):
        slips = slips[_misspelt(names.word_values[fa[slips]], names.word_values[fb[slips]])]
        out[slips[~_two_names(names, fa[slips], fb[slips])]] = _PART
    return out[back]


def _two_names(names: Names, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Where two first names are both usual (Rina and Rini): two people, and not a slip of the pen.

    Not where they are said the same (Rizki and Rizky).
    """
    import numpy as np

    counts = names.word_counts[one], names.word_counts[other]
    both = np.minimum(*counts) > np.maximum(_RARE * np.maximum(*counts), 2)
    return (names.spoken[one] != names.spoken[other]) & both


def _numbers(values: Values, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Phone numbers and identity numbers: one digit wrong."""
    import numpy as np

    return np.where(_typos(values.values[a], values.values[b], 1) <= 1, _NEAR_BY, _OTHER)


def _emails(values: Values, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """One or two letters wrong; another number makes another address."""
    import numpy as np

    out = np.full(len(a), _OTHER, dtype=np.int8)
    near = np.flatnonzero(_typos(values.values[a], values.values[b], 2) <= 2)
    for k in near.tolist():
        one, other = values.values[a[k]], values.values[b[k]]
        if [c for c in one if c.isdigit()] == [c for c in other if c.isdigit()]:
            out[k] = _NEAR_BY
    return out


def _dates(values: Values, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Day and month changed about, or one digit wrong."""
    import numpy as np

    size = len(values)
    both, at = np.unique(a.astype(np.int64) * size + b, return_inverse=True)
    # of the days that are asked about only: there may be few pairs and many days
    days, place = np.unique(np.concatenate([both // size, both % size]), return_inverse=True)
    digits = np.array([[ord(c) for c in values.values[k]] for k in days.tolist()], dtype=np.uint8)
    one, other = digits.reshape(len(days), -1)[place].reshape(2, len(both), -1)
    wrong = (one != other).sum(axis=1)
    turned = (one[:, :4] == other[:, :4]).all(axis=1)
    turned &= (one[:, 4:6] == other[:, 6:8]).all(axis=1) & (one[:, 6:8] == other[:, 4:6]).all(axis=1)
    return np.where((wrong == 1) | turned, _NEAR_BY, _OTHER)[at]


def _addresses(values: Values, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Nearly the same words, and the same numbers."""
    import numpy as np
    from rapidfuzz import fuzz, process

    alike = process.cpdist(
        values.values[a].tolist(), values.values[b].tolist(), scorer=fuzz.token_sort_ratio, workers=-1, dtype=np.float32
    )
    out = np.full(len(a), _OTHER, dtype=np.int8)
    for k in np.flatnonzero(alike >= _ADDRESS).tolist():
        one, other = values.values[a[k]].split(), values.values[b[k]].split()
        if sorted(w for w in one if w.isdigit()) == sorted(w for w in other if w.isdigit()):
            out[k] = _NEAR_BY
    return out


def _texts(values: Values, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    import numpy as np

    return np.where(_typos(values.values[a], values.values[b], 1) <= 1, _NEAR_BY, _OTHER)


NEAR = {
    "name": _names,
    "phone": _numbers,
    "national_id": _numbers,
    "email": _emails,
    "born_on": _dates,
    "address": _addresses,
    "city": _texts,
    "postcode": _texts,
    "gender": _texts,
}
"""Field -> what tells how near two different values are, as positions in :data:`ORDER`."""
