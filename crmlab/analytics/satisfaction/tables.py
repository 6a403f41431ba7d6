"""What this room reads: a table of answers, one row an answer, counted by DuckDB without being copied."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...results import Note
from .measures import Measure

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

__all__ = ["Answers", "dates_of", "day_of", "frame_of", "number", "plain", "quoted", "several"]

OFF_SCALE = 0.2  # more answers off the scale than this: it is another scale
_ADDITIVE = (
    *("given_rows", "known", "n", "promoters", "detractors", "total", "squares", "answers_total", "easy"),
    *("weight", "weight_squares", "weighted", "weighted_squares"),
)
_CODES = 10  # fewer answers than these can't show that a scale was mistaken for another


class Answers:
    """A table of answers inside DuckDB.

    Parameters
    ----------
    answers : DataFrame, pyarrow.Table, path to Parquet, or a list of scores
    score : str
        The column with the answers; of a list it is the only one.
    columns : sequence of str
        What else must be there.
    """

    def __init__(self, answers: Any, score: str, columns: Sequence[str] = ()) -> None:
        import duckdb

        self.score = score
        self.con: duckdb.DuckDBPyConnection = duckdb.connect()
        self.con.execute("SET python_enable_replacements=false")
        self.con.execute("SET threads=2")
        given = getattr(answers, "table", answers) if not hasattr(answers, "columns") else answers
        if isinstance(given, str | os.PathLike):
            if not os.path.exists(given):
                raise UserError("satisfaction.no_file", found=str(given))
            self.con.read_parquet(os.fspath(given)).create_view("given")
        elif hasattr(given, "schema") and hasattr(given, "column_names"):
            self.con.register("given", given)
        else:
            self.con.register("given", self._frame(given, columns))
        self.types = dict(self.con.execute("SELECT column_name, column_type FROM (DESCRIBE given)").fetchall())
        missing = [c for c in dict.fromkeys((score, *columns)) if c not in self.types]
        if missing:
            near = [n for m in missing for n in suggest(m, self.types, 1)]
            raise UserError(
                "satisfaction.missing_column", table="answers", wanted=missing, found=sorted(self.types), near=near
            )
        kind = self.types[score]
        self.whole = "INT" in kind and "INTERVAL" not in kind
        plain = self.whole or any(k in kind for k in ("DOUBLE", "FLOAT", "DECIMAL"))
        if kind == "BOOLEAN" or not (plain or kind.startswith(("VARCHAR", "ENUM"))):
            raise UserError("satisfaction.not_scores", table="answers", column=score, found=kind.lower())
        self.plain = plain
        self.answer = quoted(score) if plain else f"TRY_CAST(trim(CAST({quoted(score)} AS VARCHAR)) AS DOUBLE)"

    def _frame(self, given: Any, columns: Sequence[str]) -> pd.DataFrame:
        import pandas as pd

        if isinstance(given, pd.Series) or (not hasattr(given, "columns") and hasattr(given, "__len__")):
            if isinstance(given, str | bytes | dict):
                raise UserError("satisfaction.no_table", found=type(given).__name__)
            return pd.DataFrame({self.score: pd.Series(list(given))}).pipe(_one_kind, self.score)
        if not hasattr(given, "columns"):
            raise UserError("satisfaction.no_table", found=type(given).__name__)
        wanted = [c for c in dict.fromkeys((self.score, *columns)) if c in given.columns]
        version = f"{self.score}_version"
        if version in given.columns and version not in wanted:
            wanted.append(version)
        # without the wanted columns the check that follows names what there is
        kept = given[wanted] if len(wanted) >= len({self.score, *columns}) else given
        return kept.pipe(_one_kind, self.score) if self.score in kept.columns else kept

    def sql(self, query: str, values: Sequence[Any] = ()) -> pd.DataFrame:
        return self.con.execute(query, list(values)).df()

    def fits(self, measure: Measure) -> str:
        """SQL: whether an answer lies on the scale."""
        whole = "" if self.whole else f" AND {self.answer} = floor({self.answer})"
        return f"{self.answer} BETWEEN {measure.low} AND {measure.high}{whole}"

    def counted(
        self,
        measure: Measure,
        by: Sequence[str] = (),
        *,
        weights: str | None = None,
        person: str | None = None,
        where: str = "true",
    ) -> tuple[pd.DataFrame, list[Note]]:
        """Moments by group: ``rows``, ``n``, ``mean``, ``square``, ``n_effective``, and what each score is made of.

        Nothing is dropped silently: what is blank, no number or off the scale is counted and said. A group that is
        missing is a group.
        """
        fits, x = self.fits(measure), self.answer
        value, square = measure.squares(x)
        keys = [quoted(c) for c in by]
        chosen = "".join(f"{k}, " for k in keys)
        grouped = f" GROUP BY {', '.join(str(i + 1) for i in range(len(keys)))}" if keys else ""
        given = quoted(self.score)
        parts = {"given_rows": "count(*)", "known": f"count({given})", "n": f"count(*) FILTER ({fits})"}
        if measure.name == "nps":
            parts |= {
                "promoters": f"count(*) FILTER ({_both(fits, f'{x} >= 9', self.whole, f'{x} BETWEEN 9 AND 10')})",
                "detractors": f"count(*) FILTER ({_both(fits, f'{x} <= 6', self.whole, f'{x} BETWEEN 0 AND 6')})",
            }
        else:
            parts |= {"total": f"sum({value}) FILTER ({fits})", "squares": f"sum({square}) FILTER ({fits})"}
            if measure.name == "csat":
                parts["answers_total"] = f"sum({x}) FILTER ({fits})"
            if measure.easy:
                low, high = measure.easy_answers
                parts["easy"] = f"count(*) FILTER ({fits} AND {x} BETWEEN {low} AND {high})"
        if weights:
            w = f"CAST({quoted(weights)} AS DOUBLE)"
            ok = f"{fits} AND {w} > 0"
            parts |= {
                "weight": f"sum({w}) FILTER ({ok})",
                "weight_squares": f"sum({w} * {w}) FILTER ({ok})",
                "weighted": f"sum({w} * {value}) FILTER ({ok})",
                "weighted_squares": f"sum({w} * {square}) FILTER ({ok})",
            }
            bad = self.con.execute(
                f"SELECT count(*) FILTER ({quoted(weights)} IS NULL), count(*) FILTER (NOT ({w} >= 0)) FROM given"
            ).fetchall()[0]
            if any(bad):
                rows = self.rows(f"{quoted(weights)} IS NULL OR NOT ({w} >= 0)")
                raise UserError("satisfaction.bad_weights", table="answers", rows=rows, column=weights)
        select = ", ".join(f"{v} AS {k}" for k, v in parts.items())
        found = self.sql(f"SELECT {chosen}{select} FROM given WHERE {where}{grouped}")
        notes = self.said(found, measure, where)
        if keys:
            found = found.sort_values(list(by), kind="stable", ignore_index=True, na_position="last")
        self._moments(found, measure, weights)
        if person:
            found = self._of_people(found, measure, list(by), person, weights, where)
            again = int((found["n"] - found["people"]).clip(lower=0).sum())
            if again:
                same = self.con.execute(
                    f"SELECT count(*) - count(DISTINCT ({quoted(person)}, {x})) FROM given "
                    f"WHERE {fits} AND {where} AND {quoted(person)} IS NOT NULL"
                ).fetchall()[0][0]
                values = {"n": again, "same": same, "people": int(found["people"].sum())}
                notes.append(Note("satisfaction.note.many_answers", values))
        return found, notes

    def together(self, found: pd.DataFrame, measure: Measure, weights: str | None = None) -> pd.DataFrame:
        """The groups' counts as those of one group, without going through the table again."""
        import pandas as pd

        sums = [c for c in _ADDITIVE if c in found]
        whole = pd.DataFrame([{c: found[c].sum() for c in sums}])
        self._moments(whole, measure, weights)
        return whole

    def _moments(self, found: pd.DataFrame, measure: Measure, weights: str | None) -> None:
        import numpy as np

        n = found["n"].to_numpy(dtype=np.float64)
        if measure.name == "nps":
            up, down = (found[c].to_numpy(dtype=np.float64) for c in ("promoters", "detractors"))
            total, squares = up - down, up + down
        else:
            total, squares = (found[c].to_numpy(dtype=np.float64) for c in ("total", "squares"))
        with np.errstate(invalid="ignore", divide="ignore"):
            found["raw_mean"] = total / n
            if weights:
                weight = found["weight"].to_numpy(dtype=np.float64)
                found["mean"], found["square"] = found["weighted"] / weight, found["weighted_squares"] / weight
                found["n_effective"] = weight**2 / found["weight_squares"]
            else:
                found["mean"], found["square"], found["n_effective"] = total / n, squares / n, n

    def _of_people(
        self, found: pd.DataFrame, measure: Measure, by: list[str], person: str, weights: str | None, where: str
    ) -> pd.DataFrame:
        """Widen what answers of one person say twice: the design effect of people as clusters."""
        import numpy as np

        value, _ = measure.squares(self.answer)
        w = f"CAST({quoted(weights)} AS DOUBLE)" if weights else "1.0"
        keys = [quoted(c) for c in by]
        chosen = "".join(f"{k}, " for k in keys)
        # an answer without a name is a person of its own
        name = f"coalesce(CAST({quoted(person)} AS VARCHAR), '#' || CAST(row_number() OVER () AS VARCHAR))"
        inner = (
            f"SELECT {chosen}{name} AS person, {w} AS w, {value} AS x FROM given WHERE ({self.fits(measure)}) "
            f"AND ({where})"
        )
        each = f"SELECT {chosen}person, sum(w) AS w, sum(w * x) AS wx FROM ({inner}) GROUP BY ALL"
        group = f" GROUP BY {', '.join(str(i + 1) for i in range(len(keys)))}" if keys else ""
        sums = "count(*) AS people, sum(wx * wx) AS a, sum(w * wx) AS b, sum(w * w) AS c, sum(w) AS d"
        people = self.sql(f"SELECT {chosen}{sums} FROM ({each}){group}")
        both = found.merge(people, on=by, how="left") if by else found.join(people)
        m, mean = both["people"].to_numpy(np.float64), both["mean"].to_numpy(np.float64)
        with np.errstate(invalid="ignore", divide="ignore"):
            rest = both["a"] - 2 * mean * both["b"] + mean**2 * both["c"]
            clustered = rest.clip(lower=0) / both["d"] ** 2 * m / (m - 1)
            plain = (both["square"] - mean**2) / both["n_effective"]
            effect = np.where((plain > 0) & (m > 1), clustered / plain, 1.0)
        effect = np.clip(np.nan_to_num(effect, nan=1.0), 1.0, None)
        both["design_effect"] = effect
        both["n_effective"] = both["n_effective"] / effect
        both["people"] = both["people"].fillna(0).astype("int64")
        return both.drop(columns=["a", "b", "c", "d"])

    def said(self, found: pd.DataFrame, measure: Measure, where: str = "true") -> list[Note]:
        """What could not be counted, or an error where little is left or the scale is another one."""
        rows, known, n = (int(found[c].sum()) for c in ("given_rows", "known", "n"))
        scale = f"{measure.low}–{measure.high}"
        if not rows:
            raise UserError("satisfaction.empty", table="answers")
        x, given = self.answer, quoted(self.score)
        worded = 0
        if not self.plain:
            words = f"{given} IS NOT NULL AND {x} IS NULL AND trim(CAST({given} AS VARCHAR)) <> ''"
            worded = self.con.execute(f"SELECT count(*) FROM given WHERE ({words}) AND ({where})").fetchall()[0][0]
            if worded > OFF_SCALE * max(known, 1):
                seen = self.con.execute(f"SELECT DISTINCT CAST({given} AS VARCHAR) FROM given WHERE {words} LIMIT 3")
                found_words = [r[0] for r in seen.fetchall()]
                raise UserError(
                    "satisfaction.words", table="answers", rows=self.rows(words), column=self.score, found=found_words
                )
        blank = rows - known
        if not self.plain:
            numbers = self.con.execute(f"SELECT count({x}) FROM given WHERE {where}").fetchall()[0][0]
            blank = rows - numbers - worded
        off = rows - blank - worded - n
        if blank == rows:
            raise UserError("satisfaction.all_blank", table="answers", column=self.score, n=rows)
        if off > OFF_SCALE * (off + n):
            low, high = self.con.execute(f"SELECT min({x}), max({x}) FROM given WHERE {where}").fetchall()[0]
            wrong = f"{x} IS NOT NULL AND NOT ({self.fits(measure)})"
            raise UserError(
                "satisfaction.off_scale",
                table="answers",
                rows=self.rows(wrong),
                column=self.score,
                scale=scale,
                found=f"{low:g} … {high:g}",
            )
        if measure.name == "nps" and n >= _CODES and not int(found["promoters"].sum()):
            low, high = self.con.execute(f"SELECT min({x}), max({x}) FROM given WHERE {where}").fetchall()[0]
            if high <= 5 and low >= 1:
                raise UserError(
                    "satisfaction.other_scale", table="answers", column=self.score, found=f"{low:g}–{high:g}", n=n
                )
        notes = []
        for count, code in ((blank, "blank"), (worded, "words"), (off, "off_scale")):
            if count:
                notes.append(Note(f"satisfaction.note.{code}", {"n": count, "scale": scale, "share": count / rows}))
        return notes

    def rows(self, wrong: str) -> list[int]:
        """Where in the table something is wrong, counted from one."""
        numbered = "SELECT row_number() OVER () AS row_of_table, * FROM given"
        found = self.con.execute(f"SELECT row_of_table FROM ({numbered}) WHERE {wrong} ORDER BY 1 LIMIT 100000")
        return [r[0] for r in found.fetchall()]


def _both(fits: str, more: str, whole: bool, plain: str) -> str:
    """Whole numbers need one test where others need two."""
    return plain if whole else f"{fits} AND {more}"


def _one_kind(frame: pd.DataFrame, score: str) -> pd.DataFrame:
    """Answers of mixed kinds (7, "7", "puas") become texts, which are then read one by one."""
    if frame[score].dtype == object:
        values = frame[score]
        known = values[values.notna()]
        if any(isinstance(v, str) for v in known):
            texts = [None if v is None or v != v else str(v) for v in values]
            return frame.assign(**{score: texts})
        return frame.assign(**{score: values.astype("float64")})
    return frame


def quoted(name: str) -> str:
    """A column's name inside SQL."""
    return '"' + str(name).replace('"', '""') + '"'


def several(by: str | Sequence[str] | None) -> list[str]:
    """One name, several or none, as a list."""
    return [] if by is None else [by] if isinstance(by, str) else list(by)


def frame_of(table: Any, columns: Sequence[str], name: str) -> pd.DataFrame:
    """The frame, with every column that the analysis can't do without."""
    frame = getattr(table, "table", table) if not hasattr(table, "columns") else table
    if hasattr(frame, "to_pandas"):
        frame = frame.to_pandas()
    if isinstance(frame, str | os.PathLike):
        import pandas as pd

        if not os.path.exists(frame):
            raise UserError("satisfaction.no_file", found=str(frame))
        frame = pd.read_parquet(frame)
    if not hasattr(frame, "columns"):
        raise UserError("satisfaction.no_table", found=type(frame).__name__)
    missing = [c for c in columns if c not in frame.columns]
    if missing:
        found = [str(c) for c in frame.columns]
        near = [n for m in missing for n in suggest(m, found, 1)]
        raise UserError("satisfaction.missing_column", table=name, wanted=missing, found=found, near=near)
    if not len(frame):
        raise UserError("satisfaction.empty", table=name)
    return frame


def day_of(value: Any, name: str = "as_of") -> pd.Timestamp:
    """A moment, however it is written."""
    import pandas as pd

    try:
        day = pd.Timestamp(value)
    except (ValueError, TypeError) as bad:
        raise UserError("satisfaction.bad_day", found=value, name=name) from bad
    if day is pd.NaT or isinstance(value, bool | int | float):
        raise UserError("satisfaction.bad_day", found=value, name=name)
    return day.tz_localize(None)


def dates_of(frame: pd.DataFrame, column: str, table: str) -> pd.Series:
    """A column of moments."""
    import pandas as pd

    values = frame[column]
    if not pd.api.types.is_datetime64_any_dtype(values):
        try:
            values = pd.to_datetime(values, format="ISO8601")
        except (ValueError, TypeError) as bad:
            raise UserError("satisfaction.bad_dates", table=table, column=column, found=str(bad)[:80]) from bad
    return values.dt.tz_localize(None) if values.dt.tz is not None else values


def number(value: Any, name: str, *, least: float, most: float = float("inf"), whole: bool = False) -> Any:
    """A number that a person gave, if it can be used."""
    fits = isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most
    if not fits or (whole and value != int(value)):
        raise UserError("satisfaction.bad_number", name=name, found=value, least=least)
    return int(value) if whole else value


def plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as Python's own scalars, with nothing where nothing is known.

    Examples
    --------
    >>> import numpy as np
    >>> plain({"n": np.int64(3), "nps": float("nan"), "by": "a"})
    {'n': 3, 'nps': None, 'by': 'a'}
    """
    import pandas as pd

    out = {}
    for name, value in facts.items():
        own = value.item() if hasattr(value, "item") and not isinstance(value, pd.Timestamp) else value
        out[name] = None if own is None or own is pd.NaT or own != own else own
    return out
