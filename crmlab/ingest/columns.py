"""Each column of a source as its canonical kind; what can't be read is refused, not bent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..errors import UserError
from ..results import Note
from .cells import MISSING
from .clock import zone_offset
from .dates import FIRST_YEAR, read_dates
from .numerals import guess_style, read_numbers
from .questions import Question, check_choice
from .units import header_currency, header_scale

if TYPE_CHECKING:
    import datetime as dt

    import numpy as np
    import pandas as pd

    from ..schema import Column, Table

__all__ = ["Options", "Refusals", "Typed", "read_ids", "read_texts", "type_columns"]

_MONEY = ("amount", "unit_price", "discount", "cost")
_TEXT_MISSING = MISSING - {"na", "none", "nil", "kosong"}  # these may be names


@dataclass(frozen=True)
class Options:
    """What the person said about how values are written; a scalar for all columns or a mapping for some."""

    decimal: str | Mapping[str, str] | None = None
    date_order: str | Mapping[str, str] | None = None
    short_units: str | None = None
    timezone: str | None = None
    today: dt.date | None = None
    bounds: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_choice("decimal", self.decimal, (",", "."))
        check_choice("date_order", self.date_order, ("day", "month"))
        check_choice("short_units", self.short_units, ("id", "en"))
        if self.timezone is not None:
            zone_offset(self.timezone)

    def of(self, option: str, source: str, canonical: str) -> str | None:
        """The option for one column."""
        said = getattr(self, option)
        if isinstance(said, Mapping):
            return said.get(source, said.get(canonical))
        return said


class Refusals:
    """Why each row is refused: the first reason that was found, its column and the value there."""

    def __init__(self, n: int) -> None:
        import numpy as np

        self.reason = np.full(n, None, dtype=object)
        self.column = np.full(n, None, dtype=object)
        self.value = np.full(n, None, dtype=object)

    @property
    def mask(self) -> np.ndarray:
        """Which rows are refused."""
        import numpy as np

        return np.not_equal(self.reason, None).astype(bool)

    def add(self, mask: np.ndarray, reason: Any, column: str | None = None, values: pd.Series | None = None) -> int:
        """Refuse the rows of ``mask`` that are not refused yet; ``reason`` is one name, or one per row."""
        import numpy as np

        at = np.flatnonzero(mask)
        at = at[[self.reason[i] is None for i in at]] if len(at) else at
        if len(at):
            self.reason[at] = reason if isinstance(reason, str) else reason[at]
            self.column[at] = column
            if values is not None:
                self.value[at] = [None if v is None or v != v else str(v) for v in values.iloc[at].tolist()]
        return len(at)


@dataclass
class Typed:
    """Columns with their types, what was refused, what was guessed, and what must be asked."""

    columns: dict[str, pd.Series]
    refusals: Refusals
    guesses: list[dict[str, Any]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    errors: list[UserError] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    currencies: set[str] = field(default_factory=set)
    percents: set[str] = field(default_factory=set)
    zone: str | None = None


def read_ids(series: pd.Series) -> pd.Series:
    """Identifiers as texts: leading zeros stay, ``17850.0`` is ``17850``, missing stays missing.

    Examples
    --------
    >>> import pandas as pd
    >>> read_ids(pd.Series([17850.0, None])).tolist(), read_ids(pd.Series(["0812", " A1 ", "-"])).tolist()
    (['17850', nan], ['0812', 'A1', nan])
    >>> read_ids(pd.Series(["17850.0", "12346.0"])).tolist(), read_ids(pd.Series(["1.0", "1.1"])).tolist()
    (['17850', '12346'], ['1.0', '1.1'])
    """
    import numpy as np
    import pandas as pd

    if series.dtype.kind == "f":
        values = series.to_numpy(dtype="float64")
        whole = np.isfinite(values) & (values == np.floor(values)) & (np.abs(values) < 1e16)
        if whole[~np.isnan(values)].all():
            return pd.Series(pd.array(np.where(whole, values, 0).astype("int64")).astype("str"), dtype="str").where(
                whole
            )
        return series.map(lambda v: None if v != v else f"{v:.15g}").astype("str")
    if series.dtype == object:
        series = series.map(_id_of).astype("str")
    texts = read_texts(series.astype("str"))
    pointed = texts.str.contains(".", regex=False, na=False)
    if pointed.any():
        # only where every point in the column is followed by a lone 0: a spreadsheet or pandas has put it there
        zero = texts.str.fullmatch(r"\d+\.0", na=False)
        if (zero == pointed).all():
            texts = texts.where(~zero, texts.str.slice(0, -2))
    return texts


def _id_of(value: Any) -> str | None:
    if value is None or value != value:
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, str) else value.isoformat() if hasattr(value, "isoformat") else str(value)


def read_texts(series: pd.Series) -> pd.Series:
    """Texts without spaces around them; what only says that there is no value is missing."""
    import pandas as pd

    if series.dtype.kind in "iufbM" or series.dtype == object:
        series = read_ids(series) if series.dtype.kind in "f" else series.map(_id_of).astype("str")
    texts = series.astype("str").str.strip()
    found = pd.Series(texts.unique(), dtype="str")
    gone = found[found.str.lower().isin(_TEXT_MISSING)]
    return texts.where(~texts.isin(gone)) if len(gone) else texts


def type_columns(
    frame: pd.DataFrame,
    plan: Mapping[str, str],
    how: Mapping[str, str],
    contract: Table,
    options: Options,
    table: str,
    rows: np.ndarray,
) -> Typed:
    """Read the columns of ``frame`` that ``plan`` matches (canonical -> source), in the contract's order."""
    typed = Typed({}, Refusals(len(frame)))
    for column in contract.columns:
        source = plan.get(column.name)
        if source is None or source not in frame:
            continue
        raw = frame[source]
        if column.kind in ("date", "datetime"):
            _date(typed, column, source, raw, options, table, rows)
        elif column.kind in ("id", "text", "category"):
            _text(typed, column, source, raw, rows)
        else:
            _number(typed, column, source, raw, options, table, rows, frame, plan)
    for guess in typed.guesses:
        guess["matched"] = how.get(guess["column"], "")
    return typed


def _guess(typed: Typed, column: Column, source: str, style: str, proof: Any, refused: int, missing: int) -> None:
    typed.guesses.append(
        {
            "source": source,
            "column": column.name,
            "kind": column.kind,
            "matched": "",
            "style": style,
            "proof": proof,
            "missing": missing,
            "refused": refused,
        }
    )


def _date(
    typed: Typed, column: Column, source: str, raw: pd.Series, options: Options, table: str, rows: np.ndarray
) -> None:
    import numpy as np
    import pandas as pd

    order = options.of("date_order", source, column.name)
    first_year = 1900 if column.name == "born_on" else FIRST_YEAR  # people are older than sales in computers
    got = read_dates(raw, order=order, timezone=options.timezone, today=options.today, first_year=first_year)
    if got.style.ask and order is None:
        typed.questions.append(Question("date_order", source, ("day", "month"), got.style.examples))
        typed.errors.append(UserError("ingest.ambiguous_date", table=table, column=source, found=got.style.examples))
    if got.style.half and order is None:
        shown = (got.style.proof, *_first_dates(raw))
        typed.questions.append(Question("date_order", source, ("day", "month"), shown))
        typed.errors.append(UserError("ingest.half_made_dates", table=table, column=source, found=shown))
    elif got.style.half and order == got.style.order:
        typed.notes.append(Note("ingest.note.dates_swapped_back", {"column": source}))
    present = ~np.isnat(got.values)
    bad = np.array([r is not None for r in got.reasons], dtype=bool)
    if not got.style.ask:
        _not_that_kind(
            "ingest.not_dates", bad & (got.reasons == "unreadable_date"), present | bad, source, raw, table, rows
        )
    typed.zone = typed.zone or got.zone
    typed.columns[column.name] = pd.Series(got.values)
    refused = typed.refusals.add(bad, got.reasons, source, raw)
    forms = dict(got.style.forms)
    if "numeric" in forms and (order or got.style.order):
        forms = {
            ("month_first" if (order or got.style.order) == "month" else "day_first") if k == "numeric" else k: v
            for k, v in forms.items()
        }
    _guess(typed, column, source, "+".join(forms), got.style.proof, refused, int((~present & ~bad).sum()))
    if got.style.short_years:
        typed.notes.append(Note("ingest.note.short_years", {"column": source}))
    if len(got.style.zones) > 1:
        typed.notes.append(
            Note("ingest.note.zones_joined", {"column": source, "zones": got.style.zones, "zone": got.zone})
        )
    elif got.style.zones and options.timezone is None:
        typed.notes.append(Note("ingest.note.zone_kept", {"column": source, "zone": got.zone}))


def _first_dates(raw: pd.Series) -> tuple[str, ...]:
    """The first two cells of a mixed column that a spreadsheet holds as dates."""
    return tuple(v.date().isoformat() for v in raw if hasattr(v, "date"))[:2]


def _not_that_kind(
    code: str, bad: np.ndarray, filled: np.ndarray, source: str, raw: pd.Series, table: str, rows: np.ndarray
) -> None:
    """More than half of a column's values unreadable: it is not that column."""
    import numpy as np

    if bad.sum() > 0.5 * max(1, filled.sum()):
        at = np.flatnonzero(bad)
        examples = tuple(dict.fromkeys(str(v) for v in raw.iloc[at[:20]]))[:3]
        raise UserError(code, table=table, rows=[int(r) for r in rows[at]], found=examples, column=source)


def _text(typed: Typed, column: Column, source: str, raw: pd.Series, rows: np.ndarray) -> None:
    values = read_ids(raw) if column.kind == "id" else read_texts(raw)
    typed.columns[column.name] = values
    missing = int(values.isna().sum())
    _guess(typed, column, source, "text", None, 0, missing)
    if column.kind == "id":
        lost = values[values.str.fullmatch(r"\d([.,]\d+)?[eE]\+?\d{1,2}", na=False)]
        if len(lost):
            first = int(rows[lost.index[0]])
            typed.notes.append(
                Note(
                    "ingest.note.lost_digits", {"column": source, "n": len(lost), "example": lost.iloc[0], "row": first}
                )
            )
    formulas = values.str.match(r"[=@]|[+-][A-Za-z(]", na=False)
    if formulas.any():
        first = int(rows[int(formulas.to_numpy(dtype=bool).nonzero()[0][0])])
        typed.notes.append(Note("ingest.note.formulas", {"column": source, "n": int(formulas.sum()), "row": first}))


def _neighbour_style(
    frame: pd.DataFrame, plan: Mapping[str, str], canonical: str, examples: tuple[str, ...]
) -> tuple[str, str] | None:
    """The decimal sign that the other money columns of the file prove, if they agree, and the value that proves it."""
    source = plan[canonical]
    if header_currency(source) == "IDR" and header_scale(source) == 1:  # rupiah have no decimals, millions of them do
        return ("," if all("." in e for e in examples) else "."), source
    if canonical not in _MONEY:
        return None
    proofs = {}
    for other in _MONEY:
        if other != canonical and other in plan and plan[other] in frame:
            style = guess_style(frame[plan[other]])
            if style.ask and style.comma:
                return None
            if style.decimal:
                proofs[style.decimal] = f"{style.proof} ({plan[other]})"
    return next(iter(proofs.items())) if len(proofs) == 1 else None


def _number(
    typed: Typed,
    column: Column,
    source: str,
    raw: pd.Series,
    options: Options,
    table: str,
    rows: np.ndarray,
    frame: pd.DataFrame,
    plan: Mapping[str, str],
) -> None:
    import numpy as np
    import pandas as pd

    decimal = options.of("decimal", source, column.name)
    got = read_numbers(raw, decimal=decimal, short_units=options.short_units)
    proof = got.style.proof
    asks = got.style.ask and decimal is None
    if asks and not (got.style.comma or got.style.dot):
        followed = _neighbour_style(frame, plan, column.name, got.style.examples)
        if followed:
            decimal, proof = followed
            got = read_numbers(raw, decimal=decimal, short_units=options.short_units)
            asks = False
    if asks:
        typed.questions.append(Question("decimal", source, (",", "."), got.style.examples))
        typed.errors.append(UserError("ingest.ambiguous_number", table=table, column=source, found=got.style.examples))
    if got.facts.get("half_made"):
        shown = got.facts["half_made"]
        raise UserError("ingest.half_made_numbers", table=table, column=source, found=shown)
    if got.facts.get("ask_short_units"):
        typed.questions.append(
            Question(
                "short_units", source, ("id", "en"), tuple(str(v) for v in raw[got.reasons == "short_unit"].head(3))
            )
        )
        typed.errors.append(UserError("ingest.ambiguous_short_unit", table=table, column=source))
    bad = np.array([r is not None for r in got.reasons], dtype=bool)
    present = ~np.isnan(got.values)
    if not asks:
        _not_that_kind(
            "ingest.not_numbers", bad & (got.reasons == "unreadable_number"), present | bad, source, raw, table, rows
        )
    reasons = got.reasons
    low, high = options.bounds.get(column.name, (column.low, column.high))
    with np.errstate(invalid="ignore"):
        if low is not None or high is not None:
            out = present & (
                (got.values < (low if low is not None else -np.inf))
                | (got.values > (high if high is not None else np.inf))
            )
            reasons[out] = "out_of_range"
            bad |= out
        if column.kind == "integer" or column.name == "nps":
            broken = present & ~bad & (got.values != np.floor(got.values))
            reasons[broken] = "not_whole"
            bad |= broken
    values = np.where(bad, np.nan, got.values)
    typed.columns[column.name] = pd.Series(values).astype("Int64") if column.kind == "integer" else pd.Series(values)
    scale = header_scale(source) if column.name in _MONEY and not got.facts.get("scaled") else 1.0
    if scale != 1:
        typed.columns[column.name] = typed.columns[column.name] * scale
        typed.notes.append(Note("ingest.note.header_scale", {"column": source, "scale": scale}))
    typed.currencies.update(got.style.currency)
    if column.name in _MONEY and (named := header_currency(source)):
        typed.currencies.add(named)
    if got.percent:
        typed.percents.add(column.name)
    refused = typed.refusals.add(bad, reasons, source, raw)
    sign = decimal or got.style.decimal
    style = {",": "decimal_comma", ".": "decimal_dot"}.get(
        sign or "", "whole" if raw.dtype.kind not in "f" else "number"
    )
    _guess(typed, column, source, style, proof, refused, int((~present & ~bad).sum()))
