"""Pseudonyms: the same person always under the same made-up name, which nobody can turn back without the key.

A hash of a phone number is no pseudonym: there are few enough phone numbers to hash them all and look the answer up,
and a salt that is known changes nothing. With a key that is kept elsewhere (HMAC-SHA-256) the one who has the data
alone cannot try.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import InternalError, UserError
from .masking import missing

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Pseudonyms", "canonical"]

KEY_BYTES = 32
LENGTH = 16  # base 32: 80 bits; among ten million people two share one with a chance of about 1 in 24 thousand million
_OTHERS = 0o077


class Pseudonyms:
    """Makes pseudonyms with one project's key.

    Parameters
    ----------
    key : bytes
        At least 32 random bytes; :meth:`create` makes them and keeps them in a file that only its owner may read.

    Examples
    --------
    >>> project = Pseudonyms(bytes(range(32)))
    >>> project.of("C-001") == project.of("C-001"), project.of("C-001") == project.of("C-002")
    (True, False)
    >>> len(project.of(17)), project
    (16, <Pseudonyms: key hidden>)
    """

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        if not isinstance(key, bytes) or len(key) < KEY_BYTES:
            raise UserError("privacy.weak_key", wanted=KEY_BYTES)
        self._key = key

    @classmethod
    def create(cls, path: str | os.PathLike) -> Pseudonyms:
        """Make a project's key and keep it at ``path``, readable by its owner alone.

        Raises
        ------
        UserError
            ``privacy.key_exists``: a new key would cut every old pseudonym off.
        """
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise UserError("privacy.key_exists", found=path.name) from None
        key = secrets.token_bytes(KEY_BYTES)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key.hex() + "\n")
        return cls(key)

    @classmethod
    def open(cls, path: str | os.PathLike) -> Pseudonyms:
        """The pseudonyms of a project whose key is kept at ``path``."""
        path = Path(path)
        if not path.is_file():
            raise UserError("privacy.no_key", found=path.name)
        if os.name == "posix" and path.stat().st_mode & _OTHERS:
            raise UserError("privacy.open_key", found=path.name)
        try:
            key = bytes.fromhex(path.read_text(encoding="ascii").strip())
        except (ValueError, UnicodeDecodeError):
            raise UserError("privacy.broken_key", found=path.name) from None
        return cls(key)

    def of(self, value: Any, namespace: str = "person") -> str | None:
        """The pseudonym of one value; missing stays missing.

        Parameters
        ----------
        value : text or number
            ``17``, ``17.0`` and ``"17"`` are one person: a column that lost its type in a spreadsheet still joins.
        namespace : str
            Values of different namespaces have different pseudonyms.
        """
        if missing(value):
            return None
        return base64.b32encode(self._digest(value, namespace))[:LENGTH].decode("ascii").lower()

    def number(self, value: Any, namespace: str = "person") -> int | None:
        """The pseudonym as a negative whole number, for columns of numbers; no real id is negative."""
        if missing(value):
            return None
        return -1 - (int.from_bytes(self._digest(value, namespace)[:8], "big") >> 2)

    def _digest(self, value: Any, namespace: str) -> bytes:
        message = f"{len(namespace)}:{namespace}{canonical(value)}"
        return hmac.new(self._key, message.encode("utf-8"), hashlib.sha256).digest()

    def column(self, values: Iterable[Any], namespace: str = "person") -> list[str | None]:
        """The pseudonyms of a column.

        Raises
        ------
        InternalError
            Two different values got one pseudonym.
        """
        known: dict[Any, str | None] = {}
        taken: dict[str, str] = {}
        found = []
        for value in values:
            key = None if missing(value) else canonical(value)
            if key not in known:
                made = known[key] = self.of(value, namespace)
                if made is not None and taken.setdefault(made, key) != key:
                    raise InternalError("two values share a pseudonym")
            found.append(known[key])
        return found

    def tables(
        self, tables: Mapping[str, pd.DataFrame], columns: Sequence[str] | Mapping[str, str]
    ) -> dict[str, pd.DataFrame]:
        """Copies of tables in which key columns hold pseudonyms and still join.

        Parameters
        ----------
        tables : mapping of name to pandas.DataFrame
        columns : sequence of str, or mapping of column to namespace
            Columns of one namespace join with each other: ``{"customer_id": "person", "referred_by": "person"}``.
            A sequence gives each column the namespace of its own name.
        """
        spaces = dict(columns) if isinstance(columns, Mapping) else {c: c for c in columns}
        unknown = sorted(c for c in spaces if not any(c in t.columns for t in tables.values()))
        if unknown:
            raise UserError("privacy.unknown_column", found=", ".join(unknown))
        return {
            name: table.assign(**{c: self.column(table[c], s) for c, s in spaces.items() if c in table.columns})
            for name, table in tables.items()
        }

    def __repr__(self) -> str:
        return "<Pseudonyms: key hidden>"

    def __reduce__(self):  # a key in a pickle is a key beside the data
        raise UserError("privacy.key_not_kept")


def canonical(value: Any) -> str:
    """An id as text, the same however a spreadsheet left it.

    Examples
    --------
    >>> canonical(17), canonical(17.0), canonical(" 17.0"), canonical("0017"), canonical("C-17")
    ('17', '17', '17', '0017', 'C-17')
    """
    if isinstance(value, bool):
        return str(value)
    if hasattr(value, "item"):  # a numpy scalar
        value = value.item()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return re.sub(r"^([+-]?\d+)\.0+$", r"\1", str(value).strip())
