"""Names of people and companies: one way to show them, one way to compare them, and what was taken off."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from .standardised import Standardised, data, each_distinct, finish, texts

__all__ = ["name"]

# letters that no accent can be taken off, as people write them where a keyboard lacks them
_UNMARKED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)

_PARTS = ("value", "reason", "compare", "titles", "form")
_PLAIN = r"^(?:[A-Z][a-z]+(?: [A-Z][a-z]+)*|[A-Z]{2,}(?: [A-Z]{2,})*|[a-z]+(?: [a-z]+)*)$"
_WORD = re.compile(r"[a-zà-öø-ÿ]", re.IGNORECASE)


@cache
def _known() -> dict[str, Any]:
    told = data("names.toml")
    variants = {spelling: name for name, spellings in told["variants"].items() for spelling in spellings}
    return {
        "before": frozenset(told["titles_before"]),
        "after": frozenset(told["titles_after"]),
        "bare": frozenset(told["bare_after"]),
        "company_before": told["company_before"],
        "company_after": told["company_after"],
        "variants": variants,
        "initials": told["initials"],
        "lower": frozenset(told["display"]["lower"]),
    }


@cache
def _special() -> str:
    """Words that make a name need a closer look, as one pattern over lower-case texts."""
    k = _known()
    changed = {s for s, n in k["variants"].items() if s != n}
    words = k["before"] | k["bare"] | set(k["company_before"]) | set(k["company_after"]) | changed
    return rf"\b(?:{'|'.join(sorted(words | set(k['initials']) | k['lower']))})\b"


def name(values: Any) -> Standardised:
    """Names of people and companies in one spelling, without titles.

    ``values`` are for showing: single spaces, capitals where names have them (a name in mixed case keeps its own),
    the form of a company in front. ``detail`` holds

    * ``compare``: for finding the same person: lower case, no accents, no titles, no company form, and the spellings
      that ``names.toml`` joins (``Moh.``, ``Mohd`` and ``M.`` before another name are ``muhammad``). Never for showing;
    * ``titles``: what was taken off, as it was written;
    * ``form``: ``PT``, ``CV``, ``PT Tbk`` ...; missing for a person.

    Parameters
    ----------
    values : pandas.Series, pyarrow.Array or sequence of str

    Returns
    -------
    Standardised

    Examples
    --------
    >>> got = name(["Hj. SITI  RAHMA, S.E., M.M.", "moh. rizki", "PT. MAJU JAYA Tbk"])
    >>> got.values.tolist()
    ['Siti Rahma', 'Moh Rizki', 'PT Maju Jaya Tbk']
    >>> got.detail["compare"].tolist(), got.detail["form"].tolist()
    (['siti rahma', 'muhammad rizki', 'maju jaya'], [nan, nan, 'PT Tbk'])
    >>> got.detail["titles"].tolist()
    ['Hj., S.E., M.M.', nan, nan]
    """
    import numpy as np
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    column = texts(values)
    array = pa.array(column.reset_index(drop=True), type=pa.large_string(), from_pandas=True)
    spaced = pc.utf8_trim_whitespace(pc.replace_substring_regex(array, r"\s+", " "))
    low = pc.utf8_lower(spaced)
    # plain words of plain letters, none of them special, all in one case or each with one capital: most names
    plain = pc.and_(pc.match_substring_regex(spaced, _PLAIN), pc.invert(pc.match_substring_regex(low, _special())))
    easy = pc.fill_null(plain, False).to_numpy(zero_copy_only=False)
    n = len(column)
    found = {part: np.full(n, None, dtype=object) for part in _PARTS}
    if easy.any():
        mask = pa.array(easy)
        found["value"][easy] = pc.utf8_title(low.filter(mask)).to_numpy(zero_copy_only=False)
        found["compare"][easy] = low.filter(mask).to_numpy(zero_copy_only=False)
    hard = np.flatnonzero(~easy & column.notna().to_numpy())
    if len(hard):
        parts = each_distinct(column.iloc[hard].reset_index(drop=True), _read, _PARTS)
        for part in _PARTS:
            found[part][hard] = parts[part].to_numpy()
    detail = {part: pd.Series(found[part]).astype("str").to_numpy() for part in ("compare", "titles", "form")}
    facts = {
        "titled": int(np.not_equal(found["titles"], None).sum()),
        "companies": int(np.not_equal(found["form"], None).sum()),
    }
    return finish("name", values, pd.Series(found["value"]), pd.Series(found["reason"]), detail=detail, facts=facts)


def _bare(word: str) -> str:
    """A word as the lists in ``names.toml`` write it."""
    return re.sub(r"[^0-9a-z]", "", word.lower())


def _read(text: str) -> tuple[str | None, ...]:
    known = _known()
    text = " ".join(text.replace("\u00a0", " ").split()).strip(" ,;")
    if not _WORD.search(text) and not any(unicodedata.category(c).startswith("L") for c in text):
        return None, "not_a_name", None, None, None
    head, *tail = [p.strip() for p in text.split(",")]
    words = re.sub(r"\.(?=[^\W\d_]{2})", ". ", head).split()
    words, form = _company(words, tail, known)
    if form:
        titles: list[str] = []
        words += [w for p in tail for w in p.split() if _bare(w) not in known["company_after"]]
    else:
        words, titles = _titles(words, tail, known)
    # an initial keeps its dot, R.A. its two
    words = [w if "." in w[:-1] or len(w.strip("().\"'")) == 1 else w.strip("()\"'.") for w in words]
    words = [w for w in words if w]
    if not words:
        return None, "only_titles", None, ", ".join(titles) or None, form
    shown = _show(words, known)
    if form:
        front, _, back = form.partition(" ")
        shown = f"{front} {shown}" + (f" {back}" if back else "")
        if front in known["company_after"].values() and front not in known["company_before"].values():
            shown = f"{shown.removeprefix(front).strip()} {front}"
    return shown, None, _compare(words, known, bool(form)), ", ".join(titles) or None, form


def _company(words: list[str], tail: list[str], known: dict[str, Any]) -> tuple[list[str], str | None]:
    """Take the company's form off the front and the back."""
    forms = []
    if len(words) > 1 and _bare(words[0]) in known["company_before"]:
        forms.append(known["company_before"][_bare(words[0])])
        words = words[1:]
    ends = []
    while len(words) > 1 and _bare(words[-1]) in known["company_after"]:
        ends.insert(0, known["company_after"][_bare(words[-1])])
        words = words[:-1]
    ends += [known["company_after"][_bare(w)] for p in tail for w in p.split() if _bare(w) in known["company_after"]]
    if not (forms or ends):
        return words, None
    order = {f: k for k, f in enumerate((*known["company_before"].values(), *known["company_after"].values()))}
    forms = sorted(dict.fromkeys(forms + ends), key=order.__getitem__)
    return words, " ".join(forms)


def _titles(words: list[str], tail: list[str], known: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Take titles off the front, the back, and from behind the commas."""
    titles = []
    letters = "".join(words)
    mixed = not (letters.isupper() or letters.islower())
    while len(words) > 1 and _bare(words[0]) in known["before"]:
        titles.append(words[0])
        words = words[1:]
    after: list[str] = []
    while len(words) > 1:
        # "S. Kom" and "S.Kom" were taken apart at the dot: look at two words before one
        two = words[-2] + words[-1]
        if len(words) > 2 and _bare(two) in known["after"] and "." in words[-2]:
            after.insert(0, two)
            words = words[:-2]
        elif _ends(words[-1], mixed, known):
            after.insert(0, words[-1])
            words = words[:-1]
        else:
            break
    for part in tail:
        if not part:
            continue
        bits = part.split()
        # "S. Kom" is one title in two words
        if _bare(part) in known["after"] or all(_bare(b) in known["after"] | known["before"] | {"s"} for b in bits):
            after.append(part)
        else:  # "Santoso, Budi" and "Jakarta": not a title, so it stays a part of the name
            words = words + bits
    return words, titles + after


def _ends(word: str, mixed: bool, known: dict[str, Any]) -> bool:
    """Whether the last word is a title: dotted (S.E.), or in capitals that the name lacks (SE, SKom, not St)."""
    bare = _bare(word)
    if "." in word[:-1] or word.startswith("("):
        return bare in known["after"] or bare in known["bare"]
    return bare in known["bare"] and (not mixed or word[1:2].isupper())


def _show(words: list[str], known: dict[str, Any]) -> str:
    letters = "".join(words)
    one_case = letters.isupper() or letters.islower()
    return " ".join(_capital(w, known) if one_case else w.lower() if w.lower() in known["lower"] else w for w in words)


def _capital(word: str, known: dict[str, Any]) -> str:
    low = word.lower()
    if low in known["lower"]:
        return low
    # after a hyphen a new name begins, after an apostrophe only where one letter stands before it (Ma'ruf, O'Neil)
    low = re.sub(r"(^|-)(\w)", lambda m: m[1] + m[2].upper(), low)
    return re.sub(r"^(\w['’])(\w)", lambda m: m[1] + m[2].upper(), low)


def _compare(words: list[str], known: dict[str, Any], company: bool) -> str:
    out = []
    for k, word in enumerate(words):
        low = word.lower()
        if not low.isascii():
            low = "".join(
                c for c in unicodedata.normalize("NFKD", low.translate(_UNMARKED)) if not unicodedata.combining(c)
            )
        bits = (low,) if low.isalnum() else re.split(r"[^\w&]+", re.sub(r"['’`´.]", "", low))
        for bit in bits:
            if not bit:
                continue
            if not company:
                bit = known["variants"].get(bit, bit)
                if k == 0 and len(words) > 1:
                    bit = known["initials"].get(bit, bit)
            out.append(bit)
    return " ".join(out) or " ".join(words).lower()
