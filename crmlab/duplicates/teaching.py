"""Teaching: the rows as splink sees them, and what it estimates of them, one session at a time.

Splink asks in SQL and our scorer answers, so that what is learned are the levels of the model and no others.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .blocking import keys_of
from .model import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    import pandas as pd

    from .blocking import Block
    from .model import Comparison
    from .scoring import Scorer

__all__ = ["FEW", "Teacher"]

FEW = 30
"""Pairs of one person that a session must rest on."""
_BELIEVED = 0.5  # of the made-up pairs at a level, which are one person by their making
_MOST = 100_000  # pairs of a session; more teach nothing new


class Teacher:
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

    def __enter__(self) -> Teacher:
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
        if out["pairs"] < FEW:
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
        out["used"] = out["matches"] >= FEW and all(
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

    def __init__(self, teacher: Teacher, comparison: Comparison) -> None:
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
