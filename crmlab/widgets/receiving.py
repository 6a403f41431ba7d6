"""What every desk does with a reader's own file: take it in pieces, ask how to read it, read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import UserError
from .own_file import OwnFile

__all__ = ["Receives"]


class Receives:
    """The part of a desk that receives a file.

    A desk calls :meth:`receive` for the event ``upload``; ``file``, ``mapping`` and ``load`` are the replies of
    :data:`Receives.REPLIES`.
    """

    lang: str
    file: OwnFile | None = None
    contract_of_file = "sales"
    _pieces: tuple[bytes, ...] = ()

    def dropped(self) -> None:
        """Called when another file takes the place of the one that was read."""

    def receive(self, event: Mapping[str, Any], piece: bytes) -> dict[str, Any]:
        """Take one piece of a file; with the last one, look at the whole."""
        name, part, parts = str(event.get("name", "")), int(event.get("part", 0)), int(event.get("parts", 1))
        self._pieces = (*self._pieces[:part], piece) if part else (piece,)
        if part + 1 < parts:
            return {"kind": "part", "name": name}
        content, self._pieces = b"".join(self._pieces), ()
        return self.taken(name, content)

    def taken(self, name: str, content: bytes) -> dict[str, Any]:
        """Look at a whole file."""
        try:
            self.file = OwnFile(name, content, self.contract_of_file)
        except UserError as error:
            self.file = None
            return {"kind": "upload", "name": name, "error": error.render(self.lang)}
        self.dropped()
        return self.form()

    def form(self, _event: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The form of the file: what its columns stand for, and what must be asked."""
        return self.file.page(self.lang) if self.file else {"kind": "upload", "name": ""}

    def map(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """What the reader decided about columns, questions and currency."""
        if self.file is None:
            return self.form()
        try:
            self.file.decide(event.get("mapping") or {}, event.get("answers") or {}, str(event.get("currency") or ""))
        except UserError as error:
            return {**self.form(), "error": error.render(self.lang)}
        return self.form()

    def load(self, _event: Mapping[str, Any]) -> dict[str, Any]:
        """Read the file, and say what was kept and refused."""
        if self.file is None:
            return self.form()
        try:
            self.file.read()
        except UserError as error:
            return {**self.form(), "error": error.render(self.lang)}
        return self.form()

    REPLIES = {"file": form, "load": load, "mapping": map}
