"""Learning: weights that splink estimates from a table itself, beside the ones that are written down.

The levels stay those of the model; splink only estimates how often each is met. ``u`` comes from pairs drawn at random.
``m`` comes from expectation maximisation (EM) in several sessions, one a block, for a field that makes the block can't
be learned in it. Two things keep EM from running away. A hundred made-up pairs of one person, which show the levels as
often as the written weights say, take part in every session: without them a level that no pair of one person shows
falls to 1e-60 and to nothing within a few rounds. And pairs that a contradiction keeps apart (twins, households) take
no part: EM would take those who share a phone and an address for one person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..errors import UserError
from ..results import Note, Result, Source
from .blocking import usable
from .fields import settle
from .model import DEFAULT, Comparison, Model
from .records import Records
from .scoring import Scorer
from .teaching import FEW, Teacher

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Learned", "learn"]

WORTH = 100
PAIRS = 300_000
LARGEST_GROUP = 50
_LEAST_WORTH, _LEAST_PAIRS = 20, 1000
_RARE = 3  # what was never seen in n pairs is rarer than 3 / n (95 %)
_APART = 0.15  # sessions whose m differ by more do not tell the same


@dataclass(frozen=True, eq=False, repr=False)
class Learned(Result):
    """What :func:`learn` learned: a :class:`~crmlab.results.Result` with the model to search with.

    Attributes
    ----------
    table : pandas.DataFrame
        One row a level: ``m``, ``u`` and ``weight`` as written down, ``m_learned``, ``u_learned`` and
        ``weight_learned``; ``m_low`` and ``m_high``, the least and the most that a session found; ``u_drawn``, as met
        in the pairs drawn at random; ``sessions``, how many taught the field.
    sessions : pandas.DataFrame
        One row a block: its pairs, how many of them EM takes for one person (``matches``), and whether it was
        ``used``: not where these are fewer than 30, or where EM takes the made-up pairs for two persons.
    model : Model
        For ``find(..., model=...)``.
    """

    sessions: Any = None
    model: Model = DEFAULT


def learn(
    table: pd.DataFrame,
    *,
    key: str,
    fields: Mapping[str, str | None] | None = None,
    blocks: Sequence[Any] | None = None,
    model: Model = DEFAULT,
    worth: int = WORTH,
    pairs: int = PAIRS,
    seed: int = 0,
    largest_group: int = LARGEST_GROUP,
    source: Source | None = None,
) -> Learned:
    """Estimate the weights of a model from the table that is to be searched. Needs the extra ``matching`` (splink).

    Nobody says which pairs are one person, so what is learned is how *the pairs that look like one person* look: an
    error that hides a pair from every block, or that a contradiction forbids, is never learned. Compare the weights
    with the written ones, and the two searches by :func:`curve`, before you trust it; the default is as good where
    entries are alike, and is the only one for tables with few duplicates.

    Parameters
    ----------
    table : pandas.DataFrame
    key : str
    fields, blocks : optional
        As of :func:`find`. Every block is a session of its own.
    model : Model
        Levels, contradictions, and the weights to start from.
    worth : int
        How many pairs of one person the written weights are worth beside those of the table.
    pairs : int
        How many pairs are drawn at random for ``u``.
    seed : int
        Of the draw; the same seed learns the same weights.
    largest_group : int
        A group of a block that has more rows is left out; it is halved for a block of more than 100,000 pairs.
    source : Source, optional

    Returns
    -------
    Learned
        Of kind ``duplicates.learned``. ``u`` of a level whose values are counted (``common``) is left as written, for
        :func:`find` counts it anew in the table, value by value.

    Raises
    ------
    UserError
        splink is not installed, or no block holds 30 pairs that are likely one person.
    """
    for value, least in ((worth, _LEAST_WORTH), (pairs, _LEAST_PAIRS)):
        if value < least:
            raise UserError("duplicates.not_enough_to_learn_by", wanted=least, found=value)
    used, guessed = settle(table.columns, key, fields)
    chosen = usable(blocks, list(used))
    unknown = [f for f in used if f not in model.fields]
    if unknown:
        raise UserError("duplicates.unknown_field", wanted=model.fields, found=unknown[0], near=())
    _require()
    records = Records(table, key, used)
    with Teacher(Scorer(records, model), worth) as teacher:
        met = [teacher.session(block, largest_group) for block in chosen]
        sessions = [s for s in met if s["used"]]
        if not sessions:
            most = max(round(s["matches"]) or s["pairs"] for s in met)
            if any(s["matches"] >= FEW for s in met):
                raise UserError("duplicates.learning_ran_away", found=most)
            raise UserError("duplicates.too_few_to_learn", wanted=FEW, found=most)
        drawn = teacher.chances(pairs, seed) if records.n > 1 else {}
    possible = min(pairs, records.n * (records.n - 1) // 2)
    learned, rows, notes = _settle(model, list(records.values), sessions, drawn, possible)
    import pandas as pd

    held = pd.DataFrame(met)[["block", "pairs", "matches", "used"]]
    params = {
        "key": key,
        "fields": used,
        "blocks": [s["block"] for s in sessions],
        "worth": worth,
        "pairs": pairs,
        "seed": seed,
        "largest_group": largest_group,
    }
    facts = {
        "rows": records.n,
        "sessions": len(sessions),
        "matches": round(max(s["matches"] for s in sessions)),
        "drawn": possible,
        "worth": worth,
        "largest_change": max((abs(r["weight_learned"] - r["weight"]) for r in rows), default=0.0),
    }
    if guessed:
        notes.insert(0, Note("duplicates.guessed_fields", {"fields": [f"{f} = {used[f]}" for f in guessed]}))
    source = source or Source(str(table.attrs.get("name", "")), "", records.n, 0)
    return Learned("duplicates.learned", pd.DataFrame(rows), params, facts, tuple(notes), source, held, learned)


def _require() -> None:
    from importlib.util import find_spec

    if find_spec("splink") is None:
        raise UserError("duplicates.needs_splink")


def _settle(
    model: Model, fields: list[str], sessions: list[dict[str, Any]], drawn: Mapping[str, list], n: int
) -> tuple[Model, list[dict[str, Any]], list[Note]]:
    """The learned model, its table beside the written one, and what a reader must know."""
    from statistics import median

    rows: list[dict[str, Any]] = []
    untaught, turned, rare, capped, apart = [], [], [], [], []
    comparisons: list[Comparison] = []
    for comparison in model.comparisons:
        field = comparison.field
        if field not in fields:
            comparisons.append(comparison)
            continue
        taught = [s["m"][field] for s in sessions if field in s["m"]]
        u_drawn = drawn.get(field, [None] * len(comparison.levels))
        said = [[m[k] for m in taught] for k in range(len(comparison.levels))]
        middle = [median(ms) if ms else x.m for ms, x in zip(said, comparison.levels, strict=True)]
        whole = sum(middle) if taught else 1.0
        levels = []
        for x, m, u in zip(comparison.levels, middle, u_drawn, strict=True):
            if not x.common:
                if u is None or u < _RARE / n:
                    rare.append(f"{field}.{x.name}")
                u = max(u or 0.0, _RARE / n)
                # the less alike never weighs more than the more alike: both are rare, and one was seen less
                if levels and m > 0 and levels[-1].u / levels[-1].m > u / (m / whole):
                    u = levels[-1].u / levels[-1].m * m / whole
                    capped.append(f"{field}.{x.name}")
            levels.append(replace(x, m=m / whole, u=x.u if x.common else min(u, 1.0)))
        if not taught:
            untaught.append(field)
            levels = list(comparison.levels)
        elif levels[0].weight <= levels[-1].weight:  # agreeing would speak against
            turned.append(field)
            levels = list(comparison.levels)
        if any(max(ms) - min(ms) > _APART for ms in said if ms):
            apart.append(field)
        comparisons.append(replace(comparison, levels=tuple(levels)))
        for x, new, ms, u in zip(comparison.levels, levels, said, u_drawn, strict=True):
            rows.append(
                {
                    "field": field,
                    "level": x.name,
                    "m": x.m,
                    "m_learned": new.m,
                    "m_low": min(ms, default=None),
                    "m_high": max(ms, default=None),
                    "u": x.u,
                    "u_learned": new.u,
                    "u_drawn": u,
                    "weight": x.weight,
                    "weight_learned": new.weight,
                    "common": x.common,
                    "sessions": len(ms),
                }
            )
    notes = [
        Note(f"duplicates.{code}", {"fields": found, "floor": _RARE / n, "n": n})
        for code, found in (
            ("learned_untaught", untaught),
            ("learned_turned", turned),
            ("learned_rare", [r for r in rare if r.partition(".")[0] not in (*untaught, *turned)]),
            ("learned_capped", [c for c in capped if c.partition(".")[0] not in (*untaught, *turned)]),
            ("learned_apart", apart),
        )
        if found
    ]
    return replace(model, comparisons=tuple(comparisons)), rows, notes
