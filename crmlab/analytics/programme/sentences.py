"""Reading a sentence of an objective, in Indonesian or English: number, unit, deadline, baseline.

Patterns, not understanding: a sentence is read as people who write objectives write them, and what was not found is
said to be missing, so that its writer adds it or gives it beside the sentence.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Any

__all__ = ["NEEDS", "language_of", "read_objective"]

NEEDS = ("number", "unit", "deadline", "baseline")

_ID_WORDS = (
    "yang dan pada dari menjadi ke untuk dengan dalam tahun bulan hingga sampai sebelum meningkatkan menaikkan "
    "menurunkan mengurangi menghasilkan menambah mencapai pelanggan persen kuartal triwulan akhir tambahan baru "
    "dibandingkan per juta miliar ribu mempertahankan memperoleh kepuasan loyalitas jadi paling lambat"
)
_EN_WORDS = (
    "the and in from to for with by of end year month quarter increase raise grow reduce cut lower achieve reach "
    "customers customer percent before until next additional new within generate win keep million thousand"
)
_ID, _EN = set(_ID_WORDS.split()), set(_EN_WORDS.split())
_MONTHS = {
    name: k
    for k, names in enumerate(
        (
            "januari january jan", "februari february feb", "maret march mar", "april apr", "mei may", "juni june jun",
            "juli july jul", "agustus august agt agu aug", "september sept sep", "oktober october okt oct",
            "november nov", "desember december des dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_SCALES = {
    "ribu": 1e3, "rb": 1e3, "thousand": 1e3, "k": 1e3, "juta": 1e6, "jt": 1e6, "million": 1e6, "mn": 1e6,
    "miliar": 1e9, "milyar": 1e9, "billion": 1e9, "bn": 1e9, "triliun": 1e12, "trillion": 1e12,
}  # fmt: skip
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NEXT = r"(?P<next>tahun (?:anggaran )?(?:depan|berikutnya)|(?:the )?(?:next|following) (?:fiscal |financial )?year)"
_OF_YEAR = rf"(?:\s*(?:,|of|in|tahun)?\s*(?:{_YEAR}|(?:of |in )?{_NEXT}))?"
_LEAD = (
    r"(?:(?:pada|di|dalam|per|selambat-lambatnya|paling lambat|sebelum|hingga|sampai(?: dengan)?|menjelang|untuk|by|in|"
    r"before|until|during|on|at|for) )?(?:(?:the )?(?P<end>akhir|end of|end) )?(?:the )?"
)
_DEADLINES = [
    rf"{_LEAD}(?P<iso>\d{{4}}-\d\d-\d\d)",
    rf"{_LEAD}(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTH})\b(?:,?\s*{_YEAR})?",
    rf"{_LEAD}(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,\s*{_YEAR}",
    rf"{_LEAD}(?:q|kuartal (?:ke-?)?|triwulan (?:ke-?)?|quarter )(?P<quarter>[1-4]|iv|i{{1,3}})\b{_OF_YEAR}",
    rf"{_LEAD}(?P<nth>first|second|third|fourth) quarter{_OF_YEAR}",
    rf"{_LEAD}semester (?:ke-?)?(?P<half>[12]|ii?)\b{_OF_YEAR}",
    rf"{_LEAD}(?:bulan )?(?P<month>{_MONTH})\b\s*{_YEAR}",
    r"(?:pada|sebelum|hingga|sampai|akhir|by|in|before|until|end of) (?:akhir |the end of )?(?:bulan )?"
    rf"(?P<month>{_MONTH})\b",
    r"(?:dalam(?: waktu)?|selama|within|in) (?P<span>\d{1,3}) "
    r"(?P<what>hari|minggu|bulan|tahun|days?|weeks?|months?|years?)",
    rf"{_LEAD}(?:tahun |year )?{_YEAR}\b",
    rf"{_LEAD}{_NEXT}",
    r"(?:pada |by |by the |at )?(?:akhir tahun(?: ini)?|end of (?:the |this )?year|year[- ]end|tahun ini|this year)",
]
_FOUND = [re.compile(rf"(?<!\w){p}(?!\w)", re.IGNORECASE) for p in _DEADLINES]
_COMPARED = re.compile(
    rf"(?:dibanding(?:kan)?(?: dengan)?|ketimbang|terhadap|compared (?:with|to)|versus|vs\.?|against|than)\s+(?:in "
    rf"|the |tahun |year )*{_YEAR}",
    re.IGNORECASE,
)
_NUMBER = rf"(?P<rp>rp\.?\s*|idr\s*|usd\s*|\$\s*)?(?P<n>\d+(?:[.,]\d+)*)(?:\s*(?P<scale>{_SCALE})\b)?"
_AMOUNT = re.compile(rf"(?<![\w.,-]){_NUMBER}\s*(?P<pct>%|persen\b|percent\b|per cent\b)?", re.IGNORECASE)
_BASE = [
    re.compile(
        rf"(?:dari|from)\s+(?:rp\.?\s*)?(?P<n>\d+(?:[.,]\d+)*)\s*(?:(?P<scale>{_SCALE})\b)?\s*(?:%|persen|percent)?"
        r"(?=[^.;]{0,40}?\b(?:menjadi|jadi|ke|to)\b)", re.IGNORECASE),
    re.compile(
        r"(?:baseline|dasar(?:nya)?|basis|base|saat ini|sekarang|kini|semula|currently|current(?: level)?|now|today)\s*"
        rf"(?:(?:is|adalah|of|=|:)\s*)?(?:rp\.?\s*)?(?P<n>\d+(?:[.,]\d+)*)\s*(?:(?P<scale>{_SCALE})\b)?\s*(?:%|persen|percent)?",
        re.IGNORECASE),
]  # fmt: skip
_YEARS = re.compile(r"(?:19|20)\d\d\D{1,14}(?:19|20)\d\d\b")
_UP = r"menaik|meningkat|menambah|tambah|menghasilkan|memperoleh|mendapat|mencapai|naik|increas|"
_UP += r"rais|grow|gain|generat|win\b|add\b|boost|reach|achiev|lift|acquir"
_DOWN = r"menurun|mengurang|menekan|memangkas|mempersingkat|mempercepat|memperpendek|turun|"
_DOWN += r"reduc|cut\b|lower|decreas|shorten|halv"
_MORE = r"tambahan|\bmore\b|additional|lebih banyak|\bextra\b|\bmenambah\b|\badd\b"
_STOP_WORDS = (
    "pada di dalam hingga sampai sebelum untuk dengan dari menjadi ke per akhir selama dan atau yang paling by in on "
    "at for from to until before within during and or of end the than compared dibandingkan dibanding setiap each"
)
_STOP = set(_STOP_WORDS.split())
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}


def language_of(sentence: str) -> str | None:
    """The language that more of a sentence's small words belong to; ``None`` where neither wins.

    Examples
    --------
    >>> language_of("menaikkan laba pada 2021"), language_of("raise profit by the end of 2021"), language_of("NPS 40")
    ('id', 'en', None)
    """
    words = re.findall(r"[a-z]+", sentence.lower())
    mine, theirs = sum(w in _ID for w in words), sum(w in _EN for w in words)
    return None if mine == theirs else "id" if mine > theirs else "en"


def read_objective(sentence: str, *, lang: str | None = None, as_of: Any = None) -> dict[str, Any]:
    """What a sentence promises.

    Parameters
    ----------
    sentence : str
    lang : {"id", "en"}, optional
        How its numbers are written; found from its words by default.
    as_of : date, optional
        Deadlines without a year are those that come next after it.

    Returns
    -------
    dict
        ``kind``, ``direction``, ``target``, ``unit``, ``relative`` (a percentage of change), ``addition`` (so many
        more), ``deadline`` (as written), ``due_on`` (a day, where the year is known), ``baseline``, ``missing``,
        ``warnings``.

    Examples
    --------
    >>> said = read_objective("raise NPS from 32 to 40 by the end of June 2026")
    >>> said["kind"], said["target"], said["baseline"], said["due_on"], said["missing"]
    ('objective', 40.0, 32.0, '2026-06-30', ())
    >>> read_objective("meningkatkan loyalitas")["kind"]
    'goal'
    """
    text = re.sub(r"\s+", " ", sentence).strip()
    lang = lang or language_of(text)
    warnings: list[str] = []
    rest = _COMPARED.sub(lambda m: " " * len(m.group()), text)
    base, rest = _baseline(rest, lang)
    deadline, due, rest = _deadline(rest, as_of)
    target, unit, relative, several = _amount(rest, lang, warnings)
    low = text.lower()
    direction = "down" if re.search(_DOWN, low) else "up" if re.search(_UP, low) else None
    if re.search(r"\b(?:menjadi|jadi|to|ke)\b", low) and base is not None:
        relative = False  # from 10 % to 12 % is a level
        direction = "down" if target is not None and target < base else "up"
    # a share as the level to reach: "retention of 80 %", "mencapai 80 % retensi"
    if relative and re.search(r"\b(?:mencapai|menjadi|mempertahankan|reach|achieve|keep|of at least)\b", low):
        relative = False
    found = {"number": target, "unit": unit, "deadline": deadline, "baseline": base}
    missing = tuple(k for k in NEEDS if found[k] is None)
    if relative and base is None:
        warnings.append("percent_without_base")
    if several:
        warnings.append("several_numbers")
    kind = "goal" if target is None else "draft" if unit is None or deadline is None else "objective"
    return {
        "kind": kind,
        "direction": direction,
        "target": target,
        "unit": unit,
        "relative": bool(relative),
        "addition": bool(re.search(_MORE, low)) and not relative,
        "deadline": deadline,
        "due_on": due,
        "baseline": base,
        "missing": missing,
        "warnings": tuple(warnings),
    }


def _value(written: str, scale: str | None, lang: str | None, warnings: list[str] | None = None) -> float:
    """A number as its language writes it; ``1.234`` is a thousand and more in Indonesian, one and a bit in English."""
    thousands, point = (".", ",") if lang != "en" else (",", ".")
    if lang is None and re.fullmatch(r"\d{1,3}[.,]\d{3}", written) and warnings is not None:
        warnings.append("ambiguous_number")
    grouped = re.fullmatch(rf"\d{{1,3}}(?:\{thousands}\d{{3}})+(?:\{point}\d+)?", written)
    if grouped:
        plain = written.replace(thousands, "").replace(point, ".")
    elif written.count(".") + written.count(",") == 1:
        plain = written.replace(",", ".")  # 1,5 and 1.5 can only be one and a half
    else:
        plain = re.sub(r"[.,]", "", written)
    return float(plain) * _SCALES.get((scale or "").lower(), 1.0)


def _baseline(text: str, lang: str | None) -> tuple[float | None, str]:
    for pattern in _BASE:
        found = pattern.search(text)
        # "from 2019 to 2020" names years
        if found and not _YEARS.match(text[found.start("n") :]):
            gone = text[: found.start()] + " " * len(found.group()) + text[found.end() :]
            return _value(found["n"], found["scale"], lang), gone
    return None, text


def _deadline(text: str, as_of: Any) -> tuple[str | None, str | None, str]:
    for pattern in _FOUND:
        found = pattern.search(text)
        if found:
            gone = text[: found.start()] + " | " + text[found.end() :]
            got = {k: v for k, v in found.groupdict().items() if v is not None}
            return _bare(found.group()), _due(got, found.group().lower(), as_of), gone
    return None, None, text


def _bare(written: str) -> str:
    """A deadline without the small word before it."""
    small = r"(?i)^(?:pada|di|dalam|by|in|on|at|for|untuk|the)\s+(?=\S)"
    while re.match(small, written) and not re.match(r"(?i)^(?:dalam|in)\s+\d{1,3}\s", written):
        written = re.sub(small, "", written)
    return written.strip()


def _due(got: dict[str, str], written: str, as_of: Any) -> str | None:
    """The last day of a deadline; ``None`` where the year is not known."""
    today = as_of.date() if hasattr(as_of, "date") and callable(as_of.date) else as_of
    if "iso" in got:
        return _real(*map(int, got["iso"].split("-")))
    if "span" in got:
        return _after(today, int(got["span"]), got["what"]) if today else None
    month, day = 12, None
    if "month" in got:
        month, day = _MONTHS[got["month"].lower()], int(got["day"]) if "day" in got else None
    for key, months in (("quarter", 3), ("nth", 3), ("half", 6)):
        if key in got:
            month = months * int(_ROMAN.get(got[key].lower(), got[key] if got[key].isdigit() else 1))
    if "year" in got:
        year = int(got["year"])
    elif today is None:
        return None
    else:
        year = today.year + 1 if "next" in got else today.year
        # the next one that comes: Q4 asked for in December is this December's
        if "next" not in got and (year, month, day or 31) < (today.year, today.month, today.day):
            year += 1
    # "before 2026" ends with 2025
    if re.match(r"(?:sebelum|before)\b", written) and set(got) <= {"year", "end"} and "end" not in got:
        year -= 1
    return _real(year, month, day or monthrange(year, month)[1])


def _real(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _after(today: date, n: int, what: str) -> str | None:
    what = what.lower()
    if what.startswith(("hari", "day")):
        return (today + timedelta(days=n)).isoformat()
    if what.startswith(("minggu", "week")):
        return (today + timedelta(weeks=n)).isoformat()
    months = today.year * 12 + today.month - 1 + (n if what.startswith(("bulan", "month")) else 12 * n)
    year, month = divmod(months, 12)
    return _real(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _amount(text: str, lang: str | None, warnings: list[str]) -> tuple[float | None, str | None, bool, bool]:
    """Target, unit, whether it is a percentage, and whether other numbers stand beside it."""
    found = list(_AMOUNT.finditer(text))
    # of "raise margin to 12 from ..." the number that follows "to" is the target
    aim = re.compile(r"\b(?:menjadi|jadi|to|ke|sebesar|by|of|minimal|least)\s*$", re.IGNORECASE)
    aimed = [m for m in found if aim.search(text[: m.start()])]
    if not found:
        return None, None, False, False
    m = (aimed or found)[0]
    value = _value(m["n"], m["scale"], lang, warnings)
    if m["pct"]:
        after = text[m.end() :].lower()
        return value, "points" if re.match(r"\s*(?:poin|points?)\b", after) else "%", True, len(found) > 1
    if m["rp"]:
        return value, "IDR" if m["rp"].lower().startswith(("rp", "idr")) else "USD", False, len(found) > 1
    words = []
    for w in re.findall(r"[^\s,;.]+", text[m.end() :]):
        if w.lower() in _STOP or w == "|" or re.search(r"\d", w):
            break
        words.append(w)
        if len(words) == 5:
            break
    unit = " ".join(words) or _before(text[: m.start()])
    return value, unit, False, len(found) > 1


def _before(text: str) -> str | None:
    """What a number without a unit counts: "NPS from 32 to 40" counts NPS."""
    verbs = re.compile(rf"^(?:{_UP}|{_DOWN})", re.IGNORECASE)
    words = [w for w in re.findall(r"[^\s,;.|]+", text) if w.lower() not in _STOP and not verbs.match(w)]
    return " ".join(words[-3:]) or None
