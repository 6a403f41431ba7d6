"""What no reader should meet in a sentence: dashes for what is not known, raw identifiers, values of Python."""

from __future__ import annotations

import re

from crmlab.results import Result

_ODD = re.compile(r"—|\bnan\b|\bNone\b|\b(?:True|False)\b|np\.|Timestamp|\b[a-z]+(?:_[a-z0-9]+)+\b(?!\()|\(\)|\(, ")
_GAP = {"id": re.compile(r": Tidak diketahui|terburuk Tidak diketahui"), "en": re.compile(r"(?: is|:) Unknown")}


def odd(result: Result) -> list[str]:
    """Every such place in the explanations (short and method) and the notes of a Result, in both languages."""
    found = []
    for lang in ("id", "en"):
        told = [str(result.explain(lang, depth)) for depth in ("short", "method")]
        for text in (*told, *(note.render(lang) for note in result.notes)):
            spots = [*_ODD.finditer(text), *_GAP[lang].finditer(text)]
            found += [f"{result.kind} {lang}: ...{text[max(0, s.start() - 40) : s.end() + 30]}..." for s in spots]
    return found
