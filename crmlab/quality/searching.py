"""Search that forgives: ``sntoso`` finds Santoso."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..errors import UserError, suggest
from ..privacy import find_personal, mask
from ..results import Note, Result, Source
from .cells import Cells, frame_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["search", "similarity"]

_LEAST = 0.6


def similarity(one: str, other: str) -> float:
    """How alike two words are, 0 to 1: one minus the typing errors between them over the longer word's letters.

    A typing error is a letter too many, too few, a wrong one, or two that changed places (Damerau 1964).

    Examples
    --------
    >>> [round(similarity("santoso", word), 3) for word in ("sntoso", "santsoo", "santoso", "budi")]
    [0.857, 0.857, 1.0, 0.0]
    """
    if one == other:
        return 1.0
    n, m = len(one), len(other)
    if not n or not m:
        return 0.0
    before, last = [0] * (m + 1), list(range(m + 1))
    for i in range(1, n + 1):
        now = [i] + [0] * m
        for j in range(1, m + 1):
            cost = one[i - 1] != other[j - 1]
            now[j] = min(last[j] + 1, now[j - 1] + 1, last[j - 1] + cost)
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                now[j] = min(now[j], before[j - 2] + 1)
        before, last = last, now
    return 1 - last[m] / max(n, m)


def _words(text: str) -> list[str]:
    low = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[^\W_]+", "".join(c for c in low if not unicodedata.combining(c)))


def _fit(word: str, known: str) -> float:
    """How well a word that was asked for fits one that is there; the beginning of a word is nearly the word."""
    if known == word:
        return 1.0
    if len(word) >= 2 and known.startswith(word):
        return 0.9 + 0.1 * len(word) / len(known)
    return similarity(word, known)


def search(
    table: Any,
    query: str,
    *,
    columns: Sequence[str] | None = None,
    n: int = 10,
    least: float = _LEAST,
    masked: bool = True,
) -> Result:
    """Rows whose words are like the words of a query, the most alike first.

    Every word of the query takes its best word in the row; the score is their mean, so that all words should be there.
    Rows with equal scores share a rank.

    Parameters
    ----------
    table : pandas.DataFrame, pyarrow.Table, or what ``ingest.read`` gave
    query : str
    columns : sequence of str, optional
        Where to look; all columns of text by default.
    n : int
        How many rows at most; the notes say how many more there are.
    least : float
        The lowest score that counts as found, 0 to 1.
    masked : bool
        Hide personal columns in which was not searched by name.

    Returns
    -------
    Result
        Kind ``quality.search``: ``rank``, ``score``, ``row`` (1 is the first), ``found_in``, ``found``, and the record.

    Raises
    ------
    UserError
        ``quality.empty_query``, ``quality.unknown_column``, ``quality.bad_share``, ``quality.nothing_to_search``,
        ``quality.bad_limit``.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"name": ["Siti Rahma", "Budi Santoso", "Susanto"], "city": ["Solo", "Medan", "Solo"]})
    >>> search(people, "sntoso").table[["rank", "score", "row", "found"]].round(3).values.tolist()
    [[1, 0.857, 2, 'Budi Santoso']]
    """
    import numpy as np
    import pandas as pd

    frame = frame_of(table)
    asked = _words(str(query))
    if not asked:
        raise UserError("quality.empty_query", found=query)
    if isinstance(least, bool) or not 0 < least <= 1:
        raise UserError("quality.bad_share", found=least)
    if isinstance(n, bool) or not isinstance(n, int) or n < 1:
        raise UserError("quality.bad_limit", found=n)
    chosen = _columns(frame, columns)
    best = np.zeros(len(frame))
    where = np.full(len(frame), -1)
    for k, column in enumerate(chosen):
        score = _scores(Cells(frame[column]), asked, len(frame))
        where[score > best + 1e-12] = k
        best = np.maximum(best, score)
    # a word in one column and a word in another: the row as a whole
    if len(asked) > 1 and len(chosen) > 1:
        single = [np.max([_scores(Cells(frame[c]), [w], len(frame)) for c in chosen], axis=0) for w in asked]
        best = np.maximum(best, np.mean(single, axis=0))
    hits = np.flatnonzero(best >= least)
    length = Cells(frame[chosen[0]]).texts.str.len().fillna(0).to_numpy()
    order = hits[np.lexsort((hits, length[hits], -np.round(best[hits], 9)))]
    shown = order[:n]
    scores = np.round(best[order], 9)
    ranks = np.searchsorted(-np.unique(scores)[::-1], -scores[: len(shown)]) + 1
    record = frame.iloc[shown].reset_index(drop=True)
    where = np.maximum(where[shown], 0)
    found = [record[chosen[w]].iloc[k] for k, w in enumerate(where)]
    if masked:
        hidden = find_personal(frame.columns, frame.head(200).to_dict("records"))
        for column, kind in hidden.items():
            if column not in (columns or ()) and column not in {chosen[w] for w in where}:
                record[column] = record[column].map(lambda v, kind=kind: mask(v, kind), na_action="ignore")
    head = pd.DataFrame(
        {
            "rank": ranks.astype("int64"),
            "score": best[shown],
            "row": shown + 1,
            "found_in": [chosen[w] for w in where],
            "found": found,
        }
    )
    record.columns = [f"{c} (2)" if c in head.columns else c for c in record.columns]
    notes = [Note("quality.note.more_found", {"n": len(order) - len(shown)})] if len(order) > len(shown) else []
    facts = {
        "found": len(order),
        "shown": len(shown),
        "rows": len(frame),
        "best": float(best[order[0]]) if len(order) else None,
    }
    params = {"query": str(query), "columns": tuple(chosen), "least": least}
    return Result(
        "quality.search",
        pd.concat([head, record], axis=1),
        params,
        facts,
        tuple(notes),
        Source("—", "", len(frame), 0),
    )


def _columns(frame: pd.DataFrame, columns: Sequence[str] | None) -> list[str]:
    import pandas as pd

    if columns is None:
        chosen = [c for c in frame.columns if not pd.api.types.is_numeric_dtype(frame[c].dtype)]
        chosen = [c for c in chosen if not pd.api.types.is_datetime64_any_dtype(frame[c].dtype)]
        if not chosen:
            raise UserError("quality.nothing_to_search", found=list(frame.columns))
        return chosen
    chosen = [columns] if isinstance(columns, str) else list(columns)
    for column in chosen:
        if column not in frame:
            near = suggest(str(column), frame.columns)
            raise UserError("quality.unknown_column", found=column, wanted=list(frame.columns), near=near or None)
    if not chosen:
        raise UserError("quality.nothing_to_search", found=list(frame.columns))
    return chosen


def _scores(cells: Cells, asked: list[str], n: int) -> np.ndarray:
    """The score of every row in one column."""
    import numpy as np

    found, at = cells.coded
    words = [_words(t or "") for t in found.to_pylist()]
    vocabulary = {w for ws in words for w in ws}
    # every distinct word is compared once with every word of the query
    fits = [{known: _fit(word, known) for known in vocabulary if _near(word, known)} for word in asked]
    scores = np.zeros(len(found) + 1)
    for k, ws in enumerate(words):
        if ws:
            scores[k] = sum(max(fit.get(w, 0.0) for w in ws) for fit in fits) / len(asked)
    return scores[at] if n else np.zeros(0)


def _near(word: str, known: str) -> bool:
    """Whether a closer look can be worth it: of like length, or the one begins the other, and a letter in common."""
    if known.startswith(word):
        return True
    longer = max(len(word), len(known))
    return abs(len(word) - len(known)) <= longer * (1 - _LEAST / 2) and bool(set(word) & set(known))
