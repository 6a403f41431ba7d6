"""What is left of a person outside the columns that name him: in notes, page addresses, keys made of his id.

Emptying the column ``email`` is not enough where ``/account?mail=siti@contoh.id`` stands in another. Looked for is what
is telling on its own: an e-mail address, a telephone number however it is grouped, an identity number, a full name of
two words, an id that is text. A first name or the id ``7`` would be found everywhere and mean nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from .pseudonyms import canonical

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Traces"]

COVER = "••••"
_SHORTEST_ID = 4
_DIGITS = 9


class Traces:
    """The telling values of one person, and where else they stand.

    Parameters
    ----------
    customer : id
    sections : mapping of name to pandas.DataFrame
        The person's own rows.
    kinds : mapping of name to mapping
        The personal columns of every table.
    key : str
    alias : str
        What stands for the person's id from now on.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"id": [1], "phone": ["0812-3456-7890"], "note": ["ring +62 812 3456 7890, not 0811"]})
    >>> traces = Traces(1, {"people": people}, {"people": {"phone": "phone"}}, "id", "-5")
    >>> traces.cover(people, people.index, ["note"]), people["note"].tolist()
    (['note'], ['ring ••••, not 0811'])
    """

    def __init__(
        self,
        customer: Any,
        sections: Mapping[str, pd.DataFrame],
        kinds: Mapping[str, Mapping[str, str]],
        key: str,
        alias: str,
    ) -> None:
        values = {
            (str(v), kind)
            for name, mine in sections.items()
            for column, kind in kinds[name].items()
            if column != key
            for v in mine[column].dropna().unique()
        }
        who = canonical(customer)
        named = {_alone(who)} if len(who) >= _SHORTEST_ID and not who.isdigit() else set()
        # a version's key is an id and a day: 17@1900-01-01
        self._id, self._alias = _joined(named | {rf"^{re.escape(who)}(?=@)"}), alias
        self._own = _joined(p for value, kind in values for p in _patterns(value, kind, own=True))
        self._shared = _joined(named.union(*(_patterns(value, kind, own=False) for value, kind in values)))

    def cover(self, table: pd.DataFrame, rows: Any, columns: Iterable[str]) -> list[str]:
        """Cover what is found in the person's own rows of a table; return in which columns."""
        found = []
        for column in columns:
            told = {at: v for at, v in table.loc[rows, column].items() if isinstance(v, str)}
            mended = {at: self._own.sub(COVER, self._id.sub(self._alias, v)) for at, v in told.items()}
            changed = {at: v for at, v in mended.items() if v != told[at]}
            if changed:
                if str(table[column].dtype) == "category":
                    table[column] = table[column].astype(object)
                table.loc[list(changed), column] = list(changed.values())
                found.append(str(column))
        return found

    def left(self, tables: Mapping[str, pd.DataFrame]) -> dict[tuple[str, str], int]:
        """How many cells of a table and column still tell: in rows that are somebody else's, or nobody's."""
        counts = {}
        for name, table in tables.items():
            for column in table.columns:
                if table[column].dtype == object or str(table[column].dtype) in ("string", "str", "category"):
                    held = Counter(v for v in table[column].dropna() if isinstance(v, str))
                    n = sum(times for v, times in held.items() if self._shared.search(v))
                    if n:
                        counts[name, str(column)] = n
        return counts


def _patterns(value: str, kind: str, own: bool) -> list[str]:
    """What to look for. The names of others may be the same: they are looked for in the person's own rows only."""
    text = value.strip()
    if kind == "email" and "@" in text:
        return [_alone(text)]
    if kind in ("phone", "nik"):
        digits = re.sub(r"\D", "", text)
        if kind == "phone":
            digits = re.sub(r"^(?:62|0)(?=8)", "", digits)
        if len(digits) < _DIGITS:
            return []
        grouped = r"[\s().-]*".join(digits)
        return [rf"(?<!\d)(?:\+?62[\s.-]*|0)?{grouped}(?!\d)" if kind == "phone" else rf"(?<!\d){grouped}(?!\d)"]
    if own and kind == "name" and len(text.split()) > 1:
        return [r"\s+".join(_alone(word) for word in text.split())]
    return []


def _alone(text: str) -> str:
    return rf"(?<!\w){re.escape(text)}(?!\w)"


def _joined(patterns: Iterable[str]) -> re.Pattern[str]:
    listed = sorted(patterns, key=lambda p: (-len(p), p))
    return re.compile("|".join(listed) if listed else r"(?!)", re.IGNORECASE)
