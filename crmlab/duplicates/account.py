"""The account of a search: what was compared, listed, chained, kept apart and left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..results import Note
from .blocking import meets
from .clusters import components
from .scoring import Scored, Scorer

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from .records import Records

__all__ = ["VERDICTS", "Histogram", "Work", "conflicts_of", "facts_of", "notes_of", "pair_table", "with_chains"]

VERDICTS = ("match", "review", "no_match")
BINS = 20
_CHAINED = 60  # rows of a group up to which all its pairs are scored


@dataclass
class Work:
    """What thresholds and decisions do not change."""

    records: Records
    scorer: Scorer
    scored: Scored
    blocks: tuple
    largest: int
    table: pd.DataFrame
    histogram: pd.DataFrame
    compared: int
    unseen: int
    guessed: tuple[str, ...]

    def score(self, left: Sequence[int], right: Sequence[int]) -> Scored:
        """Score any pairs of rows, whether they met in a block or not."""
        import numpy as np

        return self.scorer.pairs(np.asarray(left, dtype=np.int32), np.asarray(right, dtype=np.int32))


class Histogram:
    """Counts the scores of all compared pairs, those that are not listed too."""

    def __init__(self) -> None:
        import numpy as np

        self.counts = np.zeros(BINS, dtype=np.int64)

    def count(self, scores: np.ndarray, sent_away: int) -> None:
        """Add the scores of a lot of pairs, and how many were sent away unscored."""
        import numpy as np

        self.counts += np.bincount(np.minimum((scores * BINS).astype(int), BINS - 1), minlength=BINS)
        self.counts[0] += sent_away

    def frame(self) -> pd.DataFrame:
        """One row a bin."""
        import numpy as np
        import pandas as pd

        edges = np.arange(BINS + 1) / BINS
        return pd.DataFrame({"score_low": edges[:-1], "score_high": edges[1:], "pairs": self.counts})


def with_chains(work: Work, scored: Scored, threshold: float, by_pair: Mapping[tuple[int, int], str]) -> Scored:
    """Add the pairs that no block saw and that matter: those inside a group of matches, and those decided upon."""
    import numpy as np

    n = work.records.n
    links = np.flatnonzero(scored.score >= threshold)
    joined = [pair for pair, verdict in by_pair.items() if verdict == "match"]
    linked = list(zip(scored.left[links].tolist(), scored.right[links].tolist(), strict=True)) + joined
    head = components(n, linked)
    groups: dict[int, set[int]] = {}
    for a, b in linked:
        groups.setdefault(head[a], set()).update((a, b))
    wanted = set(by_pair)
    for rows in groups.values():
        if 2 < len(rows) <= _CHAINED:
            ordered = sorted(rows)
            wanted.update((a, b) for k, a in enumerate(ordered) for b in ordered[k + 1 :])
    if not wanted:
        return scored
    asked = np.array(sorted(a * n + b for a, b in wanted), dtype=np.int64)
    known = scored.left.astype(np.int64) * n + scored.right
    asked = asked[~np.isin(asked, known)]
    if not len(asked):
        return scored
    return Scored.joined([scored, work.score(asked // n, asked % n)])


def pair_table(work: Work, scored: Scored, verdict: np.ndarray, decided: np.ndarray) -> pd.DataFrame:
    """Scored pairs as a table for a reader, the likeliest first."""
    import numpy as np
    import pandas as pd

    order = np.lexsort((scored.right, scored.left, -scored.bits, -scored.score))
    keys, model = work.records.keys, work.scorer.model
    rules = np.array([c.name for c in model.contradictions] + [None], dtype=object)
    left, right = scored.left[order], scored.right[order]
    out: dict[str, Any] = {
        "left": keys[left],
        "right": keys[right],
        "score": scored.score[order],
        "bits": scored.bits[order],
        "verdict": np.array(VERDICTS, dtype=object)[verdict[order]],
        "decided": decided[order],
        "rule": rules[scored.rule[order]],
        "blocks": meets(work.records, work.blocks, left, right, work.largest),
    }
    for name, codes in scored.levels.items():
        names = np.array([*model[name].names, "missing"], dtype=object)
        out[name] = names[codes[order]]
    return pd.DataFrame(out)


def conflicts_of(work: Work, scored: Scored, verdict: np.ndarray, made: Any, head: np.ndarray) -> pd.DataFrame:
    """Where A is B and B is C, but A is not C: links that were refused, and chains whose ends are not alike."""
    import numpy as np
    import pandas as pd

    keys = work.records.keys
    rows = [
        {"left": keys[a], "right": keys[b], "against_left": keys[x], "against_right": keys[y], "outcome": "kept_apart"}
        for a, b, x, y in made.refused
    ]
    inside = np.flatnonzero((verdict == 2) & (head[scored.left] == head[scored.right]))
    rows += [
        {"left": None, "right": None, "against_left": keys[a], "against_right": keys[b], "outcome": "kept_together"}
        for a, b in sorted(zip(scored.left[inside].tolist(), scored.right[inside].tolist(), strict=True))
    ]
    return pd.DataFrame(rows, columns=["left", "right", "against_left", "against_right", "outcome"])


def facts_of(
    work: Work, scored: Scored, verdict: np.ndarray, sizes: np.ndarray, conflicts: pd.DataFrame, decided: np.ndarray
) -> dict[str, Any]:
    """The scalars of a search."""
    n = work.records.n
    entities = int((sizes > 0).sum())
    names = [c.name for c in work.scorer.model.contradictions]
    # the words of the explanation name these two, whatever rules the model has
    kept_apart = dict.fromkeys(("rule_twins", "rule_household"), 0) | {
        f"rule_{name}": int(((scored.rule == k) & (verdict == 2) & ~decided).sum()) for k, name in enumerate(names)
    }
    return {
        "rows": n,
        "pairs_possible": n * (n - 1) // 2,
        "pairs_compared": work.compared,
        "pairs_listed": len(scored),
        "matches": int((verdict == 0).sum()),
        "reviews": int(((verdict == 1) & ~decided).sum()),
        "decided": int(decided.sum()),
        "entities": entities,
        "duplicate_rows": n - entities,
        "duplicate_share": (n - entities) / n if n else 0.0,
        "merged_entities": int((sizes > 1).sum()),
        "largest_entity": int(sizes.max(initial=0)),
        "conflicts": len(conflicts),
        "skipped_groups": int(work.table["skipped_groups"].sum()),
        "skipped_pairs": int(work.table["skipped_pairs"].sum()),
        "unseen_rows": work.unseen,
        **kept_apart,
    }


def notes_of(work: Work, facts: Mapping[str, Any], params: Mapping[str, Any]) -> tuple[Note, ...]:
    """What a reader must know of a search: guesses, gaps, what was left out, conflicts."""
    notes = []
    if work.guessed:
        said = [f"{f} = {params['fields'][f]}" for f in work.guessed]
        notes.append(Note("duplicates.guessed_fields", {"fields": said}))
    if facts["skipped_groups"]:
        told = work.table[work.table["skipped_groups"] > 0]
        notes.append(
            Note(
                "duplicates.skipped_groups",
                {
                    "groups": facts["skipped_groups"],
                    "pairs": facts["skipped_pairs"],
                    "largest": params["largest_group"],
                    "blocks": told["block"].tolist(),
                    "unseen": facts["unseen_rows"],
                },
            )
        )
    for name, lost in work.records.lost.items():
        notes.append(Note("duplicates.unreadable", {"n": lost, "column": params["fields"][name]}))
    if facts["largest_entity"] > _CHAINED:
        notes.append(Note("duplicates.long_chain", {"n": facts["largest_entity"], "most": _CHAINED}))
    if facts["conflicts"]:
        notes.append(Note("duplicates.conflicts", {"n": facts["conflicts"]}))
    return tuple(notes)
