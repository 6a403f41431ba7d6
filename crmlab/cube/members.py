"""The members of the levels: codes that the engine counts, values that a person gives, words that a person reads."""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from functools import cached_property
from typing import Any

from .. import labels
from ..errors import UserError, suggest
from ..star import Level, Star
from ..star.store import quote

__all__ = ["ALL", "OTHERS", "Members", "Other", "level_name", "word"]

ALL = -2
"""Code of a level that is rolled up."""


class Other(str):
    """The member that stands for all members not shown; no real member can be called so."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "OTHERS"


OTHERS = Other("\x00others")
OTHERS_CODE = -1
TOKEN = "person-"


class Members:
    """The members of one level, read when first needed.

    Codes count from zero in the order in which members are shown; ``None`` is the unknown member.
    """

    def __init__(self, star: Star, level: Level) -> None:
        self.level = level
        self._star = star
        self._lock = threading.Lock()
        self._values: list[Any] | None = None

    def __len__(self) -> int:
        return self.level.count

    def _load(self) -> list[Any]:
        with self._lock:
            if self._values is None:
                table = f"star.{quote(f'members.{self.level.dimension}.{self.level.column}')}"
                dated = self._star.meta["dimensions"][self.level.dimension]["dated"]
                span = ", first, last" if dated else ""
                dim = self._star.dimensions[self.level.dimension]
                named = dim.labels.get(self.level.column) not in dim.personal  # a person's name names nobody here
                rows = self._star.store.rows(f"SELECT value, label{span} FROM {table} ORDER BY code")
                self._labels = [r[1] if named else None for r in rows]
                self._spans = [(r[2], r[3]) for r in rows] if dated else None
                values = [r[0] for r in rows]
                self._codes = {v: i for i, v in enumerate(values)}
                self._texts: dict[str, int] | None = None
                self._shared: dict[str, list[str]] = {}
                self._values = values
        return self._values

    @property
    def values(self) -> list[Any]:
        """All values, by code."""
        return self._load()

    @property
    def spans(self) -> list[tuple[dt.date, dt.date]] | None:
        """First and last day of every member, where the dimension's key is a date."""
        self._load()
        return self._spans

    def value(self, code: int | None) -> Any:
        """The value of a code."""
        if code is None:
            return None
        return OTHERS if code == OTHERS_CODE else self._load()[code]

    def key(self, code: int | None) -> Any:
        """A member as links, paths and states hold it: its value, but of a person a token that names nobody."""
        if not self.level.personal or code is None or code == OTHERS_CODE:
            return self.value(code)
        return f"{TOKEN}{code}-{self._fingerprint}"

    @cached_property
    def _fingerprint(self) -> str:
        """Changes when the members do: the seventh person of other data is somebody else."""
        told = "\x00".join(str(v) for v in self.values)
        return hashlib.sha256(told.encode("utf-8")).hexdigest()[:8]

    def _of_token(self, text: str) -> int:
        number, _, fingerprint = text.removeprefix(TOKEN).partition("-")
        if fingerprint != self._fingerprint or not number.isdigit() or int(number) >= len(self.values):
            raise UserError("privacy.stale_link")
        return int(number)

    def code(self, value: Any) -> int | None:
        """The code of a member that a person names by value, by its text or by its label.

        Raises
        ------
        UserError
            ``cube.unknown_member`` with the members that were probably meant.
        """
        found = self.find(value)
        if found is not False:
            return found
        named = self._shared.get(str(value).strip().casefold())
        if named:
            raise UserError("cube.ambiguous_member", found=str(value), level=self.level.id, near=named)
        # names of persons are not offered to whoever mistypes one
        alike = () if self.level.personal else suggest(str(value), (str(v) for v in self.values[:20_000]))
        raise UserError("cube.unknown_member", found=str(value), level=self.level.id, near=alike)

    def find(self, value: Any) -> int | None | bool:
        """The code of a member, ``None`` for the unknown one, ``False`` when there is no such member."""
        if value is None or value != value:
            return None
        self._load()
        if isinstance(value, dt.datetime) and value.time() == dt.time():
            value = value.date()
        try:
            # a bool equals 0 or 1: only let it be found among booleans
            if value in self._codes and (isinstance(value, bool) == (self.level.unit == "boolean")):
                return self._codes[value]
        except TypeError:
            raise UserError("cube.not_a_member", found=repr(value), level=self.level.id) from None
        if self.level.personal and isinstance(value, str) and value.startswith(TOKEN):
            return self._of_token(value)
        alike = self._like(value)
        if alike is not value and alike in self._codes:
            return self._codes[alike]
        return self._by_text().get(str(value).strip().casefold(), False)

    def _by_text(self) -> dict[str, int]:
        if self._texts is None:
            named: dict[str, set[int]] = {}
            for lang in labels.LANGUAGES:
                for code in range(len(self._values)):
                    named.setdefault(self.label(code, lang).casefold(), set()).add(code)
            own: dict[str, set[int]] = {}
            for value, code in self._codes.items():
                own.setdefault(str(value).casefold(), set()).add(code)
            named |= own  # the value itself wins over another member's label
            # two products may have one name: which of them is meant must be said by its key
            self._shared = {t: [str(self._values[c]) for c in sorted(cs)] for t, cs in named.items() if len(cs) > 1}
            self._texts = {text: min(codes) for text, codes in named.items() if len(codes) == 1}
        return self._texts

    def between(self, low: Any, high: Any) -> tuple[int, int]:
        """First and last code of a range, both ends included; ends need not be members where values can be compared."""
        return self._end(low, 0, 0), self._end(high, len(self.values) - 1, 1)

    def _end(self, bound: Any, default: int, side: int) -> int:
        if bound is None:
            return default
        found = self.find(bound)
        if found is not False and found is not None:
            return found
        from bisect import bisect_left, bisect_right

        bound = self._like(bound)
        values = self.values
        if values and (type(bound) is not type(values[0]) or values != sorted(values)):
            return self.code(bound)  # raises: the range can't be placed
        return bisect_left(values, bound) if side == 0 else bisect_right(values, bound) - 1

    def _like(self, bound: Any) -> Any:
        sample = self.values[0] if self.values else None
        if isinstance(bound, dt.datetime) and type(sample) is dt.date:
            return bound.date()
        if isinstance(sample, dt.date) and isinstance(bound, str):
            try:
                return dt.date.fromisoformat(bound)
            except ValueError:
                return bound
        if isinstance(sample, int | float) and isinstance(bound, int | float):
            return type(sample)(bound) if float(bound).is_integer() else bound
        return bound

    def label(self, code: int | None, lang: str | None = None) -> str:
        """A member in words."""
        if code is None:
            return labels.text("common.unknown", lang)
        if code == OTHERS_CODE:
            return labels.text("cube.others", lang)
        value = self._load()[code]
        if self._labels[code] is not None:
            return self._labels[code]
        return word(value, self.unit, lang)

    @cached_property
    def unit(self) -> str:
        """How members are written: the level's unit, ``own`` where crmlab doesn't know all of a text's members.

        One ``general`` among a person's own members is his word, not the name of our clinic.
        """
        if self.level.unit not in ("text", "id"):
            return self.level.unit
        known = all(labels.is_known(v) for v in self.values if isinstance(v, str) and v.strip())
        return self.level.unit if known else "own"


def level_name(level: Level, lang: str | None = None) -> str:
    """A level in words; where another dimension has one of that name, or in a second role, with the role's name."""
    name = labels.name(level.column, lang)
    return name if level.id == level.column else f"{labels.name(level.role, lang)}: {name}"


def word(value: Any, unit: str, lang: str | None = None) -> str:
    """A member in words, by :attr:`Members.unit`.

    Examples
    --------
    >>> word("2020-05", "month", "id"), word(5, "month_of_year", "en"), word(2020, "year", "id")
    ('Mei 2020', 'May', '2020')
    >>> word("general", "text", "en"), word("general", "own", "en")
    ('General practice', 'general')
    """
    if value is None:
        return labels.text("common.unknown", lang)
    if unit == "boolean":
        return labels.text("cube.yes" if value else "cube.no", lang)
    if unit == "date" and isinstance(value, dt.date):
        return labels.date(value, lang, "long" if type(value) is dt.date else "time")
    if unit == "month":
        return labels.date(dt.date(int(value[:4]), int(value[5:]), 1), lang, "month")
    if unit == "quarter":
        return labels.date(dt.date(int(value[:4]), int(value[6]) * 3, 1), lang, "quarter")
    if unit == "month_of_year" and value in range(1, 13):
        return labels.date(dt.date(2000, int(value), 1), lang, "month_name")
    if unit in ("text", "id", "own") and isinstance(value, str):  # a key may be a word too: "cash", "damaged"
        if not value.strip():
            return labels.text("cube.blank", lang)
        # "no_store" beside names of stores is ours all the same
        return value if unit == "own" and "_" not in value else labels.name(value, lang)
    return str(value)
