"""Survivorship: which of several rows gives the value that a merged row keeps, by rules that are data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import UserError, suggest

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["RULES", "Survivor", "ranks", "settled"]

RULES = ("first", "most_recent", "oldest", "most_complete", "most_frequent", "most_usual", "longest", "source_priority")


@dataclass(frozen=True)
class Survivor:
    """The rule of one column.

    Parameters
    ----------
    rule : str
        ``first``: of the row with the first key; ``most_recent`` and ``oldest``: by the column ``by``;
        ``most_complete``: of the row with the fewest gaps; ``most_frequent``: what most of the rows say;
        ``most_usual``: what the whole table says most, word by word, so that a slip of the pen loses; ``longest``;
        ``source_priority``: the column ``by`` in the order ``order``.
    by : str, optional
    order : tuple, optional

    Notes
    -----
    A missing value never wins. Ties go to the more complete row, then to the first key.
    """

    rule: str
    by: str | None = None
    order: tuple = ()


def settled(
    table: pd.DataFrame, key: str, fields: Mapping[str, str], rules: Mapping[str, Any] | None
) -> dict[str, Survivor]:
    """The rule of every column but the key: those given, and for the others those of their field.

    ``rules`` maps a column to a :class:`Survivor`, a rule's name, or a tuple ``(rule, by, order)``; ``"*"`` is for all
    columns that are not named.
    """
    told = dict(rules or {})
    known = [*table.columns, "*"]
    for column in told:
        if column not in known or column == key:
            raise UserError("duplicates.no_column", wanted=known, found=column, near=suggest(str(column), known))
    out = {}
    usual = {fields[f]: "most_usual" for f in ("name", "city") if f in fields}
    usual |= {fields[f]: "most_frequent" for f in ("phone", "email", "national_id", "born_on", "gender") if f in fields}
    for column in table.columns:
        if column == key:
            continue
        given = told.get(column, usual.get(column, told.get("*", "most_complete")) if "*" not in told else told["*"])
        out[column] = _survivor(given, column, table)
    return out


def _survivor(given: Any, column: str, table: pd.DataFrame) -> Survivor:
    if isinstance(given, str):
        given = Survivor(given)
    elif not isinstance(given, Survivor):
        rule, by, *order = given
        given = Survivor(rule, by, tuple(order[0]) if order else ())
    if given.rule not in RULES:
        raise UserError("duplicates.unknown_rule", wanted=RULES, found=given.rule, near=suggest(str(given.rule), RULES))
    if given.rule in ("most_recent", "oldest", "source_priority"):
        if given.by is None:
            raise UserError("duplicates.rule_needs", rule=given.rule, column=column, needs="by")
        if given.by not in table:
            names = list(table.columns)
            raise UserError("duplicates.no_column", wanted=names, found=given.by, near=suggest(str(given.by), names))
        if given.rule == "source_priority" and not given.order:
            raise UserError("duplicates.rule_needs", rule=given.rule, column=column, needs="order")
    return given


def filled(column: pd.Series) -> np.ndarray:
    """Where a value stands: not missing and not blank."""
    import pandas as pd

    there = column.notna().to_numpy(dtype=bool)
    if pd.api.types.is_string_dtype(column.dtype) or column.dtype == object:
        there = there & (column.astype("str").str.strip().fillna("") != "").to_numpy(dtype=bool)
    return there


def ranks(
    table: pd.DataFrame, column: str, how: Survivor, at: np.ndarray, group: np.ndarray, standard: pd.Series | None
) -> np.ndarray:
    """How well the rule likes each of the rows ``at``; the lowest wins.

    Parameters
    ----------
    table : pandas.DataFrame
        The whole table.
    column : str
    how : Survivor
    at, group : numpy.ndarray
        Rows that will be merged, and the group of each.
    standard : pandas.Series, optional
        The column's values in one form, where they have one: two writings of a number are one value.
    """
    import numpy as np
    import pandas as pd

    zero = np.zeros(len(at))
    if how.rule == "most_complete":  # decides where other rules don't
        return zero
    if how.rule in ("most_recent", "oldest"):
        when = _in_time(table[how.by]).iloc[at].rank(method="min", ascending=how.rule == "oldest", na_option="bottom")
        return when.to_numpy()
    if how.rule == "source_priority":
        place = {source: k for k, source in enumerate(how.order)}
        return np.array([place.get(s, len(place)) for s in table[how.by].iloc[at].tolist()], dtype=float)
    values = table[column] if standard is None else standard
    if how.rule == "longest":
        return -values.iloc[at].astype("str").str.len().fillna(0).to_numpy(dtype=float)
    if how.rule == "most_frequent":
        counted = pd.DataFrame({"group": group, "value": values.iloc[at].astype("object").to_numpy()})
        n = counted.groupby(["group", "value"], sort=False, dropna=True)["value"].transform("size")
        return -n.fillna(0).to_numpy(dtype=float)
    # most_usual: as usual as the rarest of its words
    text = table[column].astype("str").str.lower().fillna("")
    words = text.str.split()
    counts = words.explode().value_counts().to_dict()
    return -np.array([min((counts.get(w, 0) for w in row), default=0) for row in words.iloc[at].tolist()], dtype=float)


def _in_time(column: pd.Series) -> pd.Series:
    """A column as moments: dates as they are, texts read as ISO or day first."""
    import pandas as pd

    if not (pd.api.types.is_string_dtype(column.dtype) or column.dtype == object):
        return column
    when = pd.to_datetime(column, format="ISO8601", errors="coerce")
    left = when.isna() & column.notna()
    return (
        when.where(~left, pd.to_datetime(column.where(left), format="%d/%m/%Y", errors="coerce"))
        if left.any()
        else when
    )
