"""Rules as data: what a table should be, in a form that a person can read, change and keep."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from .. import labels
from ..errors import UserError, suggest

__all__ = ["DIMENSIONS", "FORMS", "Rule", "RuleSet", "as_rules", "default_rules", "shipped"]

DIMENSIONS = ("completeness", "validity", "uniqueness", "consistency", "timeliness")
"""What quality is measured by."""

FORMS = ("phone", "email", "nik", "postal_code", "date", "number", "integer", "name")
"""Forms that ``form = "..."`` knows."""

# what a column's section may say, and the dimension it belongs to
_KINDS = {
    "required": "completeness",
    "required_when": "completeness",
    "form": "validity",
    "pattern": "validity",
    "range": "validity",
    "among": "validity",
    "unique": "uniqueness",
    "references": "consistency",
    "fresh_days": "timeliness",
}
_ROW_KEYS = {"name", "when", "then", "tolerance"}


@dataclass(frozen=True)
class Rule:
    """One rule.

    Parameters
    ----------
    kind : str
        ``required``, ``form``, ``pattern``, ``range``, ``among``, ``unique``, ``references``, ``fresh_days``, ``key``
        or ``row``.
    columns : tuple of str
        The columns it is about; a rule about rows names those of its sentence.
    said : object
        What the rule says: the pattern, the bounds, the set.
    title : str
        The name of a rule about rows.

    Examples
    --------
    >>> rule = Rule("range", ("nps",), (0, 10))
    >>> rule.name, rule.dimension, rule.describe("en")
    ('nps: range', 'validity', 'NPS lies between 0 and 10')
    """

    kind: str
    columns: tuple[str, ...]
    said: Any = True
    title: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the rule is called in tables and in :meth:`Checked.rows`."""
        if self.kind == "row":
            return self.title or self.said
        if self.kind == "key":
            return f"{' + '.join(self.columns)}: unique"
        return f"{self.columns[0]}: {self.kind}"

    @property
    def dimension(self) -> str:
        """Which of :data:`DIMENSIONS` it measures."""
        return {"key": "uniqueness", "row": "consistency"}.get(self.kind) or _KINDS[self.kind]

    def describe(self, lang: str | None = None) -> str:
        """The rule in words."""
        about = self.columns if self.kind in ("key", "row") else self.columns[:1]
        columns = ", ".join(labels.name(c, lang) for c in about)
        values: dict[str, Any] = {"columns": columns[:1].upper() + columns[1:], "said": self.said}
        kind = self.kind
        if kind == "range":
            low, high = self.said
            kind = "range" if None not in (low, high) else "at_least" if high is None else "at_most"
            days = [_day(v) for v in (low, high)]
            if any(days):
                low, high = (labels.date(day, lang) if day else v for day, v in zip(days, (low, high), strict=True))
                kind = {"at_least": "since", "at_most": "until"}.get(kind, kind)
            values |= {"low": low, "high": high}
        elif kind == "row":
            when = self.more.get("when")
            kind = "row_when" if when else "row"
            values |= {"when": when}
        elif kind == "form":
            values["said"] = labels.text(f"quality.kind.{self.said}", lang)
        elif kind == "among":
            values["said"] = [labels.name(value, lang) for value in self.said]
        return labels.text(f"quality.rule.{kind}", lang, **values)


@dataclass(frozen=True)
class RuleSet:
    """Rules about one kind of table.

    Examples
    --------
    >>> told = {"columns": {"nps": {"range": [0, 10]}}, "rows": [{"then": "ends_on >= starts_on"}]}
    >>> mine = RuleSet.read(told)
    >>> [r.name for r in mine.rules]
    ['nps: range', 'ends_on >= starts_on']
    >>> RuleSet.read(mine.to_dict()) == mine
    True
    """

    name: str
    rules: tuple[Rule, ...]

    @classmethod
    def read(cls, told: Any, name: str = "") -> RuleSet:
        """Rules from a mapping, or from a TOML file with one set or with several of which ``name`` is one.

        Raises
        ------
        UserError
            ``quality.bad_rules_file``, ``quality.unknown_rules``, ``quality.bad_rule``.
        """
        if isinstance(told, RuleSet):
            return told
        where = None
        if isinstance(told, str | Path):
            where = Path(told).name
            try:
                told = tomllib.loads(Path(told).read_text(encoding="utf-8"))
            except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
                raise UserError("quality.bad_rules_file", table=where, reason=str(error)) from None
        if not isinstance(told, Mapping):
            raise UserError("quality.bad_rules_file", reason=type(told).__name__)
        if not set(told) & {"columns", "keys", "rows"} and told:
            if not name and len(told) == 1:
                name = next(iter(told))
            if name not in told:
                near = suggest(name, told) if name else None
                raise UserError("quality.unknown_rules", table=where, found=name or "—", wanted=sorted(told), near=near)
            told = told[name]
        return cls(name, tuple(_rules(told)))

    def to_dict(self) -> dict[str, Any]:
        """The rules as plain data, good for :meth:`read`."""
        out: dict[str, Any] = {}
        for rule in self.rules:
            if rule.kind == "key":
                out.setdefault("keys", []).append({"columns": list(rule.columns)})
            elif rule.kind == "row":
                row = {"name": rule.title, **rule.more, "then": rule.said}
                out.setdefault("rows", []).append({k: v for k, v in row.items() if v not in ("", None)})
            else:
                said = rule.said
                if rule.kind == "range":
                    said = ["-" if v is None else v for v in said]
                elif isinstance(said, tuple):
                    said = list(said)
                out.setdefault("columns", {}).setdefault(rule.columns[0], {})[rule.kind] = said
        return out

    def to_toml(self) -> str:
        """The rules as the text of a TOML file."""
        told, name, lines = self.to_dict(), self.name or "rules", []
        for column, said in told.get("columns", {}).items():
            lines += ["", f"[{_bare(name)}.columns.{_bare(column)}]"]
            lines += [f"{kind} = {json.dumps(value, ensure_ascii=False)}" for kind, value in said.items()]
        for part in ("keys", "rows"):
            for one in told.get(part, []):
                lines += ["", f"[[{_bare(name)}.{part}]]"]
                lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in one.items()]
        return "\n".join(lines).lstrip("\n") + "\n"

    def only(self, columns: Iterable[str]) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
        """The rules that a table with these columns can be held against, and those it can't."""
        there = set(columns)
        fits = tuple(r for r in self.rules if set(r.columns) <= there)
        return fits, tuple(r for r in self.rules if r not in fits)


def _day(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _bare(name: str) -> str:
    plain = name.replace("_", "").replace("-", "")
    return name if plain.isalnum() and plain.isascii() else json.dumps(name, ensure_ascii=False)


def _bad(found: Any, why: str) -> UserError:
    return UserError("quality.bad_rule", found=found, reason=why)


def _rules(told: Mapping[str, Any]) -> Iterable[Rule]:
    from .sentences import columns_of

    for part in told:
        if part not in ("columns", "keys", "rows"):
            raise _bad(part, "columns, keys, rows")
    for column, said in dict(told.get("columns", {})).items():
        if not isinstance(said, Mapping):
            raise _bad(column, ", ".join(_KINDS))
        for kind, value in said.items():
            if kind not in _KINDS:
                near = suggest(str(kind), _KINDS)
                raise UserError("quality.bad_rule", found=f"{column}.{kind}", reason=", ".join(_KINDS), near=near)
            if value is False and kind in ("required", "unique"):
                continue
            columns = (str(column), *columns_of(value)) if kind == "required_when" else (str(column),)
            yield Rule(kind, tuple(dict.fromkeys(columns)), _said(str(column), kind, value))
    for key in told.get("keys", ()):
        columns = key.get("columns") if isinstance(key, Mapping) else key
        if not isinstance(columns, list | tuple) or not columns:
            raise _bad(key, 'keys: columns = ["order_id", "line"]')
        yield Rule("key", tuple(map(str, columns)))
    for row in told.get("rows", ()):
        if not isinstance(row, Mapping) or "then" not in row or not set(row) <= _ROW_KEYS:
            raise _bad(row, 'rows: then = "ends_on >= starts_on"')
        more = {k: row[k] for k in ("when", "tolerance") if k in row}
        needs = [*columns_of(row["then"]), *(columns_of(row["when"]) if "when" in row else ())]
        yield Rule("row", tuple(dict.fromkeys(needs)), row["then"], str(row.get("name", "")), more)


def _said(column: str, kind: str, value: Any) -> Any:
    """What a rule says, checked."""
    if kind in ("required", "unique"):
        if value is not True:
            raise _bad(f"{column}.{kind} = {value}", "true, false")
    elif kind == "form":
        if value not in FORMS:
            raise UserError(
                "quality.bad_rule",
                found=f"{column}.form = {value}",
                reason=", ".join(FORMS),
                near=suggest(str(value), FORMS),
            )
    elif kind == "pattern":
        import re

        try:
            re.compile(str(value))
        except re.error as error:
            raise _bad(f"{column}.pattern = {value}", str(error)) from None
        return str(value)
    elif kind == "range":
        if not isinstance(value, list | tuple) or len(value) != 2 or all(v in ("-", None) for v in value):
            raise _bad(f"{column}.range = {value}", "[0, 10]")
        low, high = (None if v in ("-", None) else v for v in value)
        if low is not None and high is not None and str(type(low)) == str(type(high)) and low > high:
            raise _bad(f"{column}.range = {value}", f"{low} > {high}")
        return low, high
    elif kind == "among":
        if not isinstance(value, list | tuple) or not value:
            raise _bad(f"{column}.among = {value}", '["a", "b"]')
        return tuple(str(v) for v in value)
    elif kind == "references":
        if not isinstance(value, str) or value.count(".") != 1:
            raise _bad(f"{column}.references = {value}", '"customers.customer_id"')
    elif kind == "fresh_days" and (isinstance(value, bool) or not isinstance(value, int | float) or value <= 0):
        raise _bad(f"{column}.fresh_days = {value}", "730")
    return value


@cache
def _shipped() -> Mapping[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("rules.toml").read_text(encoding="utf-8"))


def shipped() -> tuple[str, ...]:
    """The names of the rule sets that come with crmlab."""
    return tuple(_shipped())


def default_rules(name: str) -> RuleSet:
    """A rule set that comes with crmlab.

    Raises
    ------
    UserError
        ``quality.unknown_rules``.
    """
    key = name.replace(".", "_")
    if key not in _shipped():
        raise UserError("quality.unknown_rules", found=name, wanted=shipped(), near=suggest(key, shipped()) or None)
    return RuleSet.read(_shipped()[key], key)


def as_rules(told: Any) -> RuleSet:
    """Whatever a person gave as rules: a set, the name of one, a mapping, or a TOML file."""
    if isinstance(told, str) and told.replace(".", "_") in _shipped():
        return default_rules(told)
    if isinstance(told, str) and not told.endswith(".toml"):
        return default_rules(told)
    return RuleSet.read(told)
