"""Every word and number that a person reads, in Indonesian and English.

Rooms hand over keys and values; the words stand in ``catalogue/<room>.toml``, both languages side by side. A
catalogue has the sections ``[text]`` (sentences), ``[error.<name>]`` (``what`` and ``cure``) and
``[explain.<kind>]``; ``names.toml`` holds the names of columns, measures, levels and members. A placeholder may carry
a unit, ``{revenue:money}``, and is then written as the reader's language writes it.

The language is, in this order: what :func:`using` or :func:`set_language` said, the environment's ``CRMLAB_LANG``,
the edition of the notebook that runs (a path with ``/id/`` or ``/en/``), Indonesian.
"""

from __future__ import annotations

import os
import re
import string
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import resources
from typing import Any

from .. import errors
from ..errors import InternalError, UserError, suggest
from .formats import currency_sign, date, money, number, percent, ticks, value

__all__ = [
    "LANGUAGES",
    "currency_sign",
    "date",
    "describe",
    "is_known",
    "language",
    "listed",
    "money",
    "name",
    "number",
    "percent",
    "set_language",
    "text",
    "ticks",
    "using",
    "value",
]

LANGUAGES = ("id", "en")
_language: ContextVar[str | None] = ContextVar("crmlab_language", default=None)
_MOST_NAMED = 12
_EDITION = re.compile(r"[/\\](id|en)[/\\]")


def language() -> str:
    """The language in which crmlab speaks now, ``"id"`` or ``"en"``.

    Examples
    --------
    >>> with using("en"):
    ...     language()
    'en'
    """
    chosen = _language.get() or os.environ.get("CRMLAB_LANG")
    if chosen in LANGUAGES:
        return chosen
    # jupyter-server tells a kernel the path of its notebook; the editions live in folders named after their language
    edition = _EDITION.findall(os.environ.get("JPY_SESSION_NAME", ""))
    return edition[-1] if edition else "id"


def set_language(lang: str) -> None:
    """Speak ``lang`` from now on (in this thread or task).

    Raises
    ------
    UserError
        ``labels.unknown_language``.
    """
    _language.set(_known(lang))


@contextmanager
def using(lang: str | None) -> Iterator[str]:
    """Speak ``lang`` inside a ``with`` block; ``None`` keeps the language as it is."""
    token = _language.set(_known(lang) if lang else _language.get())
    try:
        yield language()
    finally:
        _language.reset(token)


def _known(lang: str) -> str:
    if lang not in LANGUAGES:
        raise UserError("labels.unknown_language", found=lang, wanted=LANGUAGES, near=suggest(lang, LANGUAGES))
    return lang


@cache
def catalogue(room: str) -> Mapping[str, Any]:
    """The parsed ``catalogue/<room>.toml``."""
    import tomllib

    path = resources.files(__package__).joinpath("catalogue", f"{room}.toml")
    if not path.is_file():
        raise InternalError(f"no catalogue for the room {room!r}")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def text(key: str, lang: str | None = None, **values: Any) -> str:
    """The sentence ``"<room>.<name>"`` with its values written in.

    Raises
    ------
    InternalError
        The catalogue does not hold the key, or a value is missing.

    Examples
    --------
    >>> text("common.source_rows", "id", kept=1234567, refused=3)
    '1.234.567 baris dipakai, 3 baris ditolak'
    >>> text("common.source_rows", "en", kept=1234567, refused=3)
    '1,234,567 rows used, 3 rows refused'
    """
    room, _, rest = key.partition(".")
    entry: Any = catalogue(room).get("text", {})
    for part in rest.split("."):
        entry = entry.get(part) if isinstance(entry, Mapping) else None
    return write(entry, key, lang, values)


def write(entry: Any, key: str, lang: str | None, values: Mapping[str, Any], *, optional: bool = True) -> str:
    """A catalogue entry ``{id, en}`` with its placeholders filled.

    What stands in ``[[...]]`` is left out where one of its values is missing; ``[[...||...]]`` says the second instead.
    Not so with ``optional=False``: there double brackets are what they are in Python.

    Examples
    --------
    >>> entry = {"en": "Half are lost after {median} days[[ ({low} to {high})]]."}
    >>> write(entry, "an entry", "en", {"median": 5, "low": 2, "high": None})
    'Half are lost after 5 days.'
    """
    lang = lang or language()
    if not isinstance(entry, Mapping) or lang not in entry:
        raise InternalError(f"no words for {key!r} in {lang!r}")
    try:
        sentence = _told(entry[lang], values) if optional else entry[lang]
        return _Writer(lang, values).vformat(sentence, (), values)
    except (KeyError, IndexError) as gap:
        raise InternalError(f"the words for {key!r} need the value {gap}") from gap


_OPTIONAL = re.compile(r"\[\[(.*?)(?:\|\|(.*?))?\]\]", re.DOTALL)


def _told(sentence: str, values: Mapping[str, Any]) -> str:
    """The sentence without the parts of which a value is missing."""

    def one(part: re.Match[str]) -> str:
        fields = [field for _, field, _, _ in string.Formatter().parse(part[1]) if field]
        return part[2] or "" if any(_gap(values[field]) for field in fields) else part[1]

    return _OPTIONAL.sub(one, sentence)


def _gap(value: Any) -> bool:
    """Whether there is nothing to write: none, no number, an empty list."""
    if isinstance(value, str | list | tuple | set | frozenset | Mapping):
        return not value
    # NA answers a comparison with NA, which is neither true nor false
    return value is None or type(value).__name__ == "NAType" or bool(value != value) or value in (_INF, -_INF)


_INF = float("inf")


class _Writer(string.Formatter):
    """``str.format`` whose format specs are units: ``{revenue:money}``, ``{share:share.1}``, ``{when:date.short}``.

    ``{before:unit}`` takes the unit that the values themselves name as ``unit`` (and their ``currency``), and
    ``{change:unit.change}`` writes a difference of shares in points. ``{n:row is|rows are}`` is the word that goes with
    the number: the first for one, the second for any other.
    """

    def __init__(self, lang: str, values: Mapping[str, Any]) -> None:
        self.lang, self.values = lang, values

    def format_field(self, value: Any, format_spec: str) -> str:
        if "|" in format_spec:
            one, many = format_spec.split("|")
            return one if value == 1 else many
        unit, _, detail = format_spec.partition(".")
        if unit in ("", "text"):
            return spell(value, self.lang)
        if unit == "name":
            several = isinstance(value, list | tuple)
            return (", ".join(name(v, self.lang) for v in value) or "—") if several else name(value, self.lang)
        if unit == "date":
            return date(value, self.lang, style=detail or "long")
        if unit == "unit":
            unit = self.values["unit"]
            if detail == "change" and unit == "share" and not _gap(value):
                unit, value = "points", 100 * value
            return _value(value, unit, self.lang, currency=self.values.get("currency", "IDR"))
        if unit.endswith("_short"):
            return _value(value, unit.removesuffix("_short"), self.lang, short=True)
        if unit in ("number", "score", "days", "points", "share") and detail:
            return _value(value, unit, self.lang, decimals=int(detail))
        return _value(value, unit, self.lang)


_value = value  # format_field's own argument is called value


def spell(value: Any, lang: str) -> str:
    """Anything as words: lists with commas, numbers in the language's style, missing as a dash."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        # whole numbers up to four digits are as likely a year or a key as a count: leave them as they are
        if isinstance(value, int) and abs(value) < 10_000:
            return str(value)
        return number(value, lang, decimals=0 if float(value).is_integer() else 2)
    if isinstance(value, tuple | list | set | frozenset):
        several = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return listed(spell(v, lang) for v in several)
    if hasattr(value, "isoformat"):
        return date(value, lang)
    return str(value)


def listed(words: Iterable[str]) -> str:
    """Words in a row; semicolons part them where a number has a comma of its own.

    Examples
    --------
    >>> listed(["0.25", "0.5"]), listed(["0,25", "0,5"])
    ('0.25, 0.5', '0,25; 0,5')
    """
    words = list(words)
    return ("; " if any(_COMMA.search(word) for word in words) else ", ").join(words)


_COMMA = re.compile(r"\d,\d")


def name(identifier: Any, lang: str | None = None) -> str:
    """The name of a column, measure, level or member as a person reads it.

    What the catalogue does not know (a person's own columns and members) comes back as it is, an identifier with its
    underscores opened.

    Examples
    --------
    >>> name("revenue", "id"), name("my_own_column", "en"), name("Toko A", "en")
    ('Omzet', 'My own column', 'Toko A')
    """
    if identifier is None:
        return text("common.unknown", lang)
    entry = catalogue("names").get("names", {}).get(identifier) if isinstance(identifier, str) else None
    if entry is not None:
        return entry[lang or language()]
    word = str(identifier)
    # a value of a column, as a regression names what it compares
    column, colon, member = word.partition(": ")
    if colon and column in catalogue("names").get("names", {}):
        return f"{name(column, lang)}: {name(member, lang)}"
    if re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)+", word):
        word = word.replace("_", " ")
        return word[0].upper() + word[1:]
    return word


def is_known(identifier: str) -> bool:
    """Whether the catalogue has a name for an identifier.

    Examples
    --------
    >>> is_known("revenue"), is_known("Toko A")
    (True, False)
    """
    return identifier in catalogue("names").get("names", {})


def describe(identifier: str, lang: str | None = None) -> str | None:
    """What a measure or column counts and how, one or two sentences; ``None`` where nothing is known."""
    entry = catalogue("names").get("describe", {}).get(identifier)
    return entry[lang or language()] if entry else None


def _render_error(error: UserError, lang: str | None) -> str:
    lang = lang or language()
    room, _, rest = error.code.partition(".")
    entry = catalogue(room).get("error", {}).get(rest)
    if entry is None:
        raise InternalError(f"no words for the error {error.code!r}")
    own = {
        **error.values,
        "table": error.table,
        "wanted": error.wanted,
        "found": error.found,
        "n_rows": len(error.rows),
    }
    where = _where(error, lang)
    parts = [write(entry["what"], error.code, lang, own)]
    for part in ("wanted", "found"):
        said = getattr(error, part)
        # the sentence may already name it
        if said is not None and f"{{{part}" not in entry["what"][lang]:
            parts.append(text(f"common.{part}", lang, **{part: _few(said, lang)}))
    if error.near:
        parts.append(text("common.near", lang, near=_either(error.near, lang)))
    parts.append(text("common.cure", lang, cure=write(entry["cure"], error.code, lang, own)))
    message = " ".join(parts)
    return (f"{where}: {message}" if where else message).translate(_VISIBLE)


# what a file held may hold anything: control characters are shown as signs, marks that turn the text around as none
_VISIBLE = {
    **{code: 0x2400 + code for code in range(32) if code not in (9, 10)},
    127: 0x2421,
    **dict.fromkeys((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd"),
}


def _few(said: Any, lang: str) -> Any:
    """A long list cut to what a person reads, with the number of the rest."""
    if not isinstance(said, list | tuple) or len(said) <= _MOST_NAMED:
        return said
    return text("common.and_more", lang, shown=list(said[:_MOST_NAMED]), more=len(said) - _MOST_NAMED)


def _where(error: UserError, lang: str) -> str:
    places = [text("common.table", lang, table=error.table)] if error.table else []
    if error.rows:
        shown = ", ".join(str(r) for r in error.rows[:5])
        few = len(error.rows) <= 5
        places.append(
            text("common.rows_few", lang, rows=shown)
            if few
            else text("common.rows_many", lang, rows=shown, more=len(error.rows) - 5)
        )
    where = ", ".join(places)
    return where[:1].upper() + where[1:]


def _either(choices: Iterable[str], lang: str) -> str:
    *most, last = [f"“{c}”" for c in choices]
    return f"{', '.join(most)} {text('common.or', lang)} {last}" if most else last


errors.renderer = _render_error
