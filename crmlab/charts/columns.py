"""A Result's table as a file shows it: which columns, what each is called, and in which unit.

A Result may say its columns' units itself (``params["units"]``); otherwise the names do, by the conventions of the
house (``_share``, ``_days``), and then the type.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .. import labels
from ..privacy.masking import find_personal, mask, mask_name, missing, personal_kind

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["Shown", "parameters", "shown", "title_of"]

MARK = "row"  # says of a row whether it is a member or the total: shown by its style
SILENT = (MARK, "depth")
VERDICTS = ("too_few", "noise", "real")  # what every estimate says of itself; too common words for names.toml
PATIENTS = ("patient_id", "medical_record_number")  # whoever is a patient is ill: the number alone is data of health
_TELLING = ("text", "date", "month", "key")  # units of what can tell who somebody is
_LIKE_BEFORE = ("before", "after", "change")


@dataclass(frozen=True)
class Shown:
    """What a file shows of a Result.

    Attributes
    ----------
    names, heads, units : tuple
        Per column: its name, its head in words, its unit.
    rows : tuple of tuple
        Python values; personal ones masked; words of the catalogue in the reader's language.
    totals : frozenset of int
        Which rows are totals.
    masked : tuple of str
        Which columns were masked.
    currency : str
    """

    names: tuple[str, ...]
    heads: tuple[str, ...]
    units: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    totals: frozenset[int]
    masked: tuple[str, ...]
    currency: str


def shown(result: Result, lang: str, masked: bool = True) -> Shown:
    """The table of a Result, ready to be written."""
    table = result.table
    records = [{str(k): plain(v) for k, v in r.items()} for r in table.to_dict("records")]
    names = [str(c) for c in table.columns if c not in SILENT]
    currency = result.facts.get("currency") or "IDR"
    units = {name: _unit(name, result, [r[name] for r in records]) for name in names}
    declared = (*result.params.get("personal", ()), *(n for n in names if n in PATIENTS))
    personal = find_personal(names, records, declared) if masked else {}
    # a number that is counted or added up names nobody, unless it looks like a telephone number
    looks = {c: personal_kind("", (r[c] for r in records[:200])) for c in personal if units[c] in ("count", "number")}
    personal = {c: kind for c, kind in personal.items() if units[c] in _TELLING or looks.get(c)}
    units |= dict.fromkeys((c for c in personal if c in looks or units[c] == "key"), "text")
    hidden_levels = result.params.get("personal_levels", ()) if masked else ()
    raw = result.kind.startswith("lab.")  # what SQL gives is shown as it stands in the tables
    known = labels.catalogue("names").get("names", {})
    levels = _levels(result)
    rows = []
    for record in records:
        total = record.get(MARK) == "total"
        values = []
        for i, name in enumerate(names):
            value = record[name]
            if total and i == 0 and value is None:
                value = labels.text("common.total", lang)
            elif name in personal:
                value = mask(value, personal[name])
            elif name == "member" and record.get("level") in hidden_levels and value is not None:
                value = mask_name(str(value))
            elif name in levels:
                value = _member(value, levels[name], lang)
            elif name == "verdict" and value in VERDICTS:
                value = labels.text(f"common.verdict_{value}", lang)
            elif isinstance(value, tuple):
                value = labels.listed(_word(v, known, lang) for v in value) or None
            elif isinstance(value, str) and not raw and value in known:
                value = labels.name(value, lang)
            values.append(value)
        rows.append(tuple(values))
    units |= dict.fromkeys(levels, "text")
    heads = tuple(_head(name, result, units[name], lang, currency) for name in names)
    totals = frozenset(i for i, r in enumerate(records) if r.get(MARK) == "total")
    told = (*personal, *(["member"] if hidden_levels else []))
    return Shown(tuple(names), heads, tuple(units[n] for n in names), tuple(rows), totals, told, currency)


def _word(value: Any, known: Mapping[str, Any], lang: str) -> str:
    """One of several values in a cell."""
    if isinstance(value, float):
        return labels.value(value, "number", lang)
    return labels.name(value, lang) if value in known else str(value)


def plain(value: Any) -> Any:
    """A value of numpy or pandas as Python's own; missing is ``None``."""
    if isinstance(value, list | tuple):
        return tuple(value)
    if isinstance(value, dict | set):
        return str(value)
    if missing(value):
        return None
    if hasattr(value, "to_pydatetime"):
        return value.to_pydatetime()
    return value.item() if hasattr(value, "item") else value


def _unit(name: str, result: Result, values: list[Any]) -> str:
    about = result.params.get("about", {})
    told = {**(about.get("units", {}) if isinstance(about, Mapping) else {}), **result.params.get("units", {})}
    if told.get(name):
        return told[name]
    if name in _LIKE_BEFORE and result.facts.get("unit"):
        return result.facts["unit"]
    known = [v for v in values if v is not None]
    if not known:
        return "text"
    if all(hasattr(v, "isoformat") for v in known):
        return "date"
    if any(isinstance(v, bool) or not isinstance(v, int | float) for v in known) and not all(
        type(v).__name__ == "Decimal" or (isinstance(v, int | float) and not isinstance(v, bool)) for v in known
    ):
        return "text"
    if name.endswith("_share") or name.startswith("share_of"):
        return "share"
    if name.endswith("_id") or name in ("year", "customer_key", "line"):
        return "key"  # a number that nobody groups by thousands
    return "count" if all(isinstance(v, int) for v in known) else "number"


def _levels(result: Result) -> Mapping[str, str]:
    """The levels of a cube's Result, which knows how their members are written."""
    about = result.params.get("about", {})
    return about.get("levels", {}) if isinstance(about, Mapping) else {}


def _member(value: Any, unit: str, lang: str) -> str:
    from ..cube.members import word

    return word(value, unit, lang)


def _head(name: str, result: Result, unit: str, lang: str, currency: str) -> str:
    if name in _levels(result):
        return result.params["about"]["names"][lang][name]
    head = name if result.kind.startswith("lab.") else labels.name(name, lang)
    return f"{head} ({labels.currency_sign(currency)})" if unit == "money" else head


def parameters(result: Result, lang: str) -> list[tuple[str, str]]:
    """What was asked, in words: a name (empty where the words say it themselves) and a value."""
    about = result.params.get("about", {})
    if isinstance(about, Mapping) and "filters" in about:  # a cube's view: its rows and columns stand in the table
        return [("", text) for text in about["filters"][lang]]
    known = labels.catalogue("export")["text"]["param"]
    found = []
    for key, value in result.params.items():
        if key not in known or value in (None, (), []):
            continue
        each = value if isinstance(value, list | tuple) else [value]
        words = [labels.name(v, lang) if isinstance(v, str) else labels.spell(v, lang) for v in each]
        if key == "months":
            words = list(dict.fromkeys(_month(v, lang) for v in value))
        if key == "path" and result.params.get("personal_levels") and len(each) == len(result.params["levels"]):
            words[-1] = mask_name(words[-1])
        found.append((labels.text(f"export.param.{key}", lang), ", ".join(words)))
    return found


def _month(text: str, lang: str) -> str:
    import datetime as dt

    return labels.date(dt.date.fromisoformat(f"{text}-01"), lang, "month")


def title_of(result: Result, lang: str, figure: Mapping[str, Any] | None) -> str:
    """What the Result is called: as its figure is, or by its kind."""
    if figure and figure.get("title"):
        return str(figure["title"])
    return labels.name(result.kind.partition(".")[2], lang)
