"""One-way digests: a pack can tell an answer that it knows, and nobody can read the answer out of the pack.

A digest is slow on purpose (PBKDF2), salted by term, set, question and place, and short: 32 bits are enough to tell the
few dozen readings of one attempt from the few answers of one question (one false alarm in ten million checks). It does
not stop somebody who tries out all numbers of four digits; no check that answers offline can. Marks are given
elsewhere.
"""

from __future__ import annotations

import hashlib

__all__ = ["WIDTH", "digest", "seal", "seed", "unseal"]

ROUNDS = 200
WIDTH = 8  # hexadecimal digits
PUZZLE_BITS = 20


def seed(*parts: object) -> int:
    """A number that is the same for the same words on every machine.

    Examples
    --------
    >>> seed("2026-1", "07", 12) == seed("2026-1", "07", 12), seed("2026-1", "07", 12) == seed("2026-1", "07", 13)
    (True, False)
    """
    told = "\x1f".join(map(str, parts)).encode()
    return int.from_bytes(hashlib.sha256(told).digest()[:8], "big")


def digest(salt: str, slot: str, text: str) -> str:
    """The digest of an answer's canonical text in one slot of a question.

    Examples
    --------
    >>> digest("a salt", "whole", "1.234e+01")
    'd31de965'
    """
    told = f"{slot}\x1f{text}".encode()
    return hashlib.pbkdf2_hmac("sha256", told, salt.encode(), ROUNDS, dklen=WIDTH // 2).hex()


def _stream(key: bytes, length: int) -> bytes:
    blocks = (hashlib.sha256(key + i.to_bytes(4, "big")).digest() for i in range(length // 32 + 1))
    return b"".join(blocks)[:length]


def seal(salt: str, words: str) -> dict[str, str]:
    """Close a text so that opening it takes about a second of work, and reading the file shows nothing.

    The key is a number of 20 bits that nobody keeps. A seal slows a curious reader; it does not stop a patient one: who
    wants a solution to stay closed hands the pack out without it.

    Examples
    --------
    >>> closed = seal("a salt", "divide the sums")
    >>> "divide" in str(closed), unseal("a salt", closed)
    (False, 'divide the sums')
    """
    number = seed("seal", salt, words) % (1 << PUZZLE_BITS)
    plain = words.encode()
    key = hashlib.sha256(f"{salt}\x1f{number}".encode()).digest()
    box = bytes(a ^ b for a, b in zip(plain, _stream(key, len(plain)), strict=True))
    return {"lock": hashlib.sha256(b"lock" + key).hexdigest()[:32], "box": box.hex()}


def unseal(salt: str, closed: dict[str, str]) -> str:
    """Open what :func:`seal` closed, by trying the keys one after the other."""
    wanted, box = closed["lock"], bytes.fromhex(closed["box"])
    for number in range(1 << PUZZLE_BITS):
        key = hashlib.sha256(f"{salt}\x1f{number}".encode()).digest()
        if hashlib.sha256(b"lock" + key).hexdigest()[:32] == wanted:
            return bytes(a ^ b for a, b in zip(box, _stream(key, len(box)), strict=True)).decode()
    raise ValueError("the seal was not made for this salt")
