"""What a student has done so far, in a small file beside the notebook, so that a restart loses nothing."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

__all__ = ["State"]

FOLDER = ".crmlab"


class State:
    """Attempts, hints and solutions of one student in one set.

    Parameters
    ----------
    path : pathlib.Path or None
        The file; None keeps everything in memory.

    Attributes
    ----------
    writable : bool
        False once the file could not be written: the page says so and goes on.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.writable = True
        self.told: dict[str, dict[str, Any]] = {}
        if path is not None and path.is_file():
            try:
                told = json.loads(path.read_text(encoding="utf-8"))
                self.told = {str(k): dict(v) for k, v in told.items()}
            except (ValueError, TypeError, AttributeError, OSError):
                # a file that a person wrote into, or half of one: it is kept, and a new one begun
                path.replace(path.with_suffix(".damaged.json"))

    def of(self, question: str) -> dict[str, Any]:
        """What is known of a question; changes are kept by :meth:`keep`."""
        empty = {"attempts": [], "hints": 0, "solution": False, "solved": False}
        return self.told.setdefault(question, empty)

    def keep(self) -> None:
        """Write the file, whole or not at all."""
        if self.path is None:
            return
        try:
            self.path.parent.mkdir(exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.path.parent, suffix=".tmp")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(self.told, file, ensure_ascii=False)
            os.replace(name, self.path)
        except OSError:
            self.writable = False
