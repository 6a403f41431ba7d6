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
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..errors import UserError
from ..results import Note, Result, Source
from .blocking import keys_of, usable
from .fields import settle
from .model import DEFAULT, MISSING, Comparison, Model
from .records import Records
from .scoring import Scorer

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    import pandas as pd

    from .blocking import Block

__all__ = ["Learned", "learn"]

WORTH = 100
PAIRS = 300_000
LARGEST_GROUP = 50
_LEAST_WORTH, _LEAST_PAIRS = 20, 1000
_FEW = 30  # pairs of one person that a session must rest on
_MOST = 100_000  # pairs of a session; more teach nothing new
_RARE = 3  # what was never seen in n pairs is rarer than 3 / n (95 %)
_BELIEVED = 0.5  # of the made-up pairs at a level, which are one person by their making
_APART = 0.15  # sessions whose m differ by more do not tell the same


@dataclass(frozen=True, eq=False)
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
    with _Teacher(Scorer(records, model), worth) as teacher:
        met = [teacher.session(block, largest_group) for block in chosen]
        sessions = [s for s in met if s["used"]]
        if not sessions:
            most = max(round(s["matches"]) or s["pairs"] for s in met)
            if any(s["matches"] >= _FEW for s in met):
                raise UserError("duplicates.learning_ran_away", found=most)
            raise UserError("duplicates.too_few_to_learn", wanted=_FEW, found=most)
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


class _Teacher:
    """The rows as splink sees them, in a DuckDB of their own; the levels of a pair are told by our scorer.

    A field's column holds the row's number where the value is known, so that splink's SQL can ask
    ``likeness_phone(phone_l, phone_r) = 0`` and knows by the column's name which field a block uses up.
    """

    def __init__(self, scorer: Scorer, worth: int) -> None:
        import duckdb
        import numpy as np
        import pandas as pd

        self.scorer, self.worth, self.n = scorer, worth, scorer.records.n
        self.fields = [c.field for c in scorer.comparisons]
        self.con = duckdb.connect(config={"threads": 1})  # a draw by seed repeats on one thread only
        rows = np.arange(self.n)
        frame = {"row": rows}
        for field in self.fields:
            known = scorer.records.values[field].codes >= 0
            frame[field] = pd.array(np.where(known, rows, 0), dtype="Int64")
            frame[field][~known] = pd.NA
        self.frame = pd.DataFrame(frame)
        self.planted = {c.field: levels for c, levels in zip(scorer.comparisons, self._plant(), strict=True)}
        for comparison in scorer.comparisons:
            likeness = _Likeness(self, comparison)
            self.con.create_function(f"likeness_{comparison.field}", likeness, ["BIGINT"] * 2, "BIGINT", type="arrow")
        self.con.create_function("kept_apart", self._kept_apart, ["BIGINT"] * 2, "BOOLEAN", type="arrow")

    def __enter__(self) -> _Teacher:
        return self

    def __exit__(self, *_: object) -> None:
        self.con.close()

    def _plant(self) -> Iterator[np.ndarray]:
        """The levels that the made-up pairs show, field by field; what differs is spread over the pairs."""
        import numpy as np

        start = 0
        for comparison in self.scorer.comparisons:
            m = np.array([x.m for x in comparison.levels])
            counts = np.maximum(np.round(m / m.sum() * self.worth).astype(int), 1)
            counts[counts.argmax()] += self.worth - counts.sum()
            yield np.roll(np.repeat(np.arange(len(m)), counts), start - counts[0])
            start += self.worth - int(counts[0])

    def _kept_apart(self, left: Any, right: Any) -> Any:
        """Whether a contradiction that leaves no probability holds; never of made-up pairs."""
        import numpy as np
        import pyarrow as pa

        a, b = _ascending(left, right)
        out = np.zeros(len(a), dtype=bool)
        real = np.flatnonzero(b < self.n)
        final = np.array([c.at_most == 0.0 for c in self.scorer.model.contradictions] + [False])
        out[real] = final[self.scorer.pairs(a[real], b[real]).rule]
        return pa.array(out)

    def _linker(self, table: pd.DataFrame, start: bool = True) -> Any:
        """A linker of its own for every session: one that fails leaves fields out of the model of those after it."""
        from splink import DuckDBAPI, Linker, SettingsCreator

        self.con.register("given", table)
        self.con.execute("CREATE OR REPLACE TABLE entries AS SELECT * FROM given ORDER BY row")
        self.con.unregister("given")
        settings = SettingsCreator(
            link_type="dedupe_only",
            unique_id_column_name="row",
            probability_two_random_records_match=2.0**self.scorer.prior,
            comparisons=[_told(c, start) for c in self.scorer.comparisons],
        )
        api = DuckDBAPI(connection=self.con)
        return Linker(api.register("entries"), settings, log_level=None)

    def chances(self, pairs: int, seed: int) -> dict[str, list[float | None]]:
        """How often every level is met in pairs drawn at random."""
        with _quiet():
            linker = self._linker(self.frame, start=False)
            linker.training.estimate_u_using_random_sampling(
                max_pairs=pairs, seed=seed, min_count_per_level=None, num_chunks=1
            )
        return _read(linker, "u_probability")

    def session(self, block: Block, largest: int) -> dict[str, Any]:
        """What the pairs of one block teach about the fields that do not make it."""
        import numpy as np
        import pandas as pd

        keys = keys_of(self.scorer.records, block)
        sizes = np.bincount(keys[keys >= 0], minlength=1)
        while largest > 2 and _pairs_in(sizes[sizes <= largest]) > _MOST:
            largest //= 2
        held = (keys >= 0) & (sizes[keys] > 1) & (sizes[keys] <= largest)
        group = pd.array(np.where(held, keys, 0), dtype="Int64")
        group[~held] = pd.NA
        table = self.frame.assign(group_=group)
        out: dict[str, Any] = {"block": block.name, "pairs": 0, "matches": 0.0, "used": False, "m": {}}
        self.con.register("given", table[held])
        same = "l.group_ = r.group_ AND NOT kept_apart(l.row, r.row)"
        counted = self.con.execute(f"SELECT count(*) FROM given l JOIN given r ON {same} AND l.row < r.row").fetchall()
        self.con.unregister("given")
        out["pairs"] = counted[0][0]
        if out["pairs"] < _FEW:
            return out
        known = " AND ".join(f"l.{f} IS NOT NULL" for f in sorted(block.fields))
        with _quiet():
            linker = self._linker(pd.concat([table, self._made_up()], ignore_index=True))
            try:
                em = linker.training.estimate_parameters_using_expectation_maximisation(
                    f"{same} AND {known}", estimate_without_term_frequencies=True
                )
            except ValueError:  # a chance fell to nothing: EM ran away from the made-up pairs too
                return {**out, "matches": float(out["pairs"])}
        share = em.core_model_settings.probability_two_random_records_match
        believed = share * (out["pairs"] + self.worth)
        out["matches"] = max(believed - self.worth, 0.0)
        out["m"] = {f: m for f, m in _read(linker, "m_probability").items() if f not in block.fields}
        out["used"] = out["matches"] >= _FEW and all(
            (m or 0.0) * believed >= _BELIEVED * np.count_nonzero(self.planted[field] == k)
            for field, ms in out["m"].items()
            for k, m in enumerate(ms)
        )
        return out

    def _made_up(self) -> pd.DataFrame:
        """Rows beyond those of the table, two a made-up pair, which meet in a group of their own."""
        import numpy as np
        import pandas as pd

        rows = self.n + np.arange(2 * self.worth)
        frame = pd.DataFrame({"row": rows, **dict.fromkeys(self.fields, rows)})
        return frame.assign(group_=-1 - (np.arange(2 * self.worth) % self.worth)).astype("Int64")


class _Likeness:
    """The level of a field for pairs of rows, as a function of DuckDB.

    A level of several is asked for one after the other, of pairs that the last question left over: the answer to the
    first is kept.
    """

    def __init__(self, teacher: _Teacher, comparison: Comparison) -> None:
        import numpy as np

        self.teacher, self.comparison = teacher, comparison
        self.pairs, self.levels = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)

    def __call__(self, left: Any, right: Any) -> Any:
        import numpy as np
        import pyarrow as pa

        a, b = _ascending(left, right)
        n, field = self.teacher.n, self.comparison.field
        asked = a * (n + 2 * self.teacher.worth) + b
        at = np.minimum(np.searchsorted(self.pairs, asked), max(len(self.pairs) - 1, 0))
        if not len(self.pairs) or (self.pairs[at] != asked).any():
            self.pairs, first = np.unique(asked, return_index=True)
            one, other = a[first], b[first]
            self.levels = np.full(len(first), len(self.comparison.levels) - 1, dtype=np.int64)
            real, made_up = np.flatnonzero(other < n), np.flatnonzero(one >= n)
            self.levels[real] = self.teacher.scorer.levels(field, one[real], other[real])
            self.levels[made_up] = self.teacher.planted[field][one[made_up] - n]
            at = np.searchsorted(self.pairs, asked)
        return pa.array(self.levels[at])


def _pairs_in(sizes: np.ndarray) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def _ascending(left: Any, right: Any) -> tuple[np.ndarray, np.ndarray]:
    import numpy as np

    a, b = (np.asarray(x.to_numpy(zero_copy_only=False), dtype=np.int64) for x in (left, right))
    return np.minimum(a, b), np.maximum(a, b)


def _told(comparison: Comparison, start: bool) -> dict[str, Any]:
    """A comparison as splink wants it, with the written chances to start from or none."""
    field = comparison.field
    levels: list[dict[str, Any]] = [
        {"sql_condition": f"{field}_l IS NULL OR {field}_r IS NULL", "label_for_charts": MISSING, "is_null_level": True}
    ]
    last = len(comparison.levels) - 1
    for k, x in enumerate(comparison.levels):
        condition = f"likeness_{field}({field}_l, {field}_r) = {k}" if k < last else "ELSE"
        chances = {"m_probability": x.m, "u_probability": x.u} if start else {}
        levels.append({"sql_condition": condition, "label_for_charts": x.name, **chances})
    return {"output_column_name": field, "comparison_levels": levels}


def _read(linker: Any, chance: str) -> dict[str, list[float | None]]:
    """Field -> its levels' chances as splink holds them now."""
    told = linker.misc.save_model_to_json()
    return {
        c["output_column_name"]: [x.get(chance) for x in c["comparison_levels"] if not x.get("is_null_level")]
        for c in told["comparisons"]
    }


@contextmanager
def _quiet() -> Iterator[None]:
    """Splink says at length what a reader gets in the notes of the Result."""
    import logging

    log = logging.getLogger("splink")
    before, log.disabled = log.disabled, True
    try:
        yield
    finally:
        log.disabled = before
