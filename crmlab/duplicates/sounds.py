"""How an Indonesian name sounds, so that its spellings meet in one block."""

from __future__ import annotations

import re

__all__ = ["sound", "spoken"]

# old and foreign spellings first, then letters that are heard as one
_SPELLINGS = (
    ("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "s"), ("sy", "s"), ("sh", "s"), ("ch", "k"), ("kh", "k"),
    ("ph", "p"), ("th", "t"), ("dh", "d"), ("bh", "b"), ("gh", "g"), ("nj", "n"), ("ny", "n"), ("ck", "k"),
)  # fmt: skip
_LETTERS = str.maketrans({"f": "p", "v": "p", "q": "k", "c": "k", "z": "s", "x": "s", "j": "y"})


def sound(word: str) -> str:
    """The consonants of a word as they are heard; vowels, ``h`` and doubled letters make no difference.

    Examples
    --------
    >>> sound("Muhammad") == sound("Mohamad"), sound("Soeharto") == sound("Suharto"), sound("Novi") == sound("Nopi")
    (True, True, True)
    >>> sound("Budiman"), sound("Bduiman"), sound("Eva"), sound("Ia")
    ('bdmn', 'bdmn', 'p', 'i')
    """
    text = re.sub(r"[^a-z]", "", word.lower())
    for spelling, letter in _SPELLINGS:
        text = text.replace(spelling, letter)
    heard = re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouhyw]", "", text.translate(_LETTERS).replace("y", "j")))
    return heard or text[:1]


def spoken(word: str) -> str:
    """A word as it is said, vowels too: the same for spellings that differ on paper only.

    Examples
    --------
    >>> spoken("Rizki") == spoken("Rizky"), spoken("Joesoef") == spoken("Yusuf"), spoken("Rina") == spoken("Rini")
    (True, True, False)
    """
    text = re.sub(r"[^a-z]", "", word.lower())
    for spelling, letter in _SPELLINGS:
        text = text.replace(spelling, letter)
    text = text.translate(_LETTERS).replace("y", "i").replace("h", "").replace("w", "u")
    return re.sub(r"(.)\1+", r"\1", text.replace("ie", "i")) or text
