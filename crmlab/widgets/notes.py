"""Notes as an app says them: in the columns' own words, and without the parameters that only a program can give."""

from __future__ import annotations

from collections.abc import Iterable

from .. import labels
from ..results import Note

__all__ = ["said"]


def said(notes: Iterable[Note], lang: str, without: Iterable[str] = ()) -> list[str]:
    """Notes in words.

    Examples
    --------
    >>> said([Note("ingest.note.currency_assumed", {"currency": "IDR"})], "en")
    ['The source names no currency, so IDR is assumed.']
    """
    own, left_out = labels.catalogue("clinic")["text"]["note"], set(without)
    out = []
    for note in notes:
        if note.code in left_out:
            continue
        room, _, name = note.code.partition(".")
        values = dict(note.values)
        if room == "duplicates" and "column" in values:
            values["column"] = labels.name(str(values["column"]), lang)
        name = name.rpartition(".")[2]
        out.append(
            labels.text(f"clinic.note.{name}", lang, **values) if name in own else Note(note.code, values).render(lang)
        )
    return out
