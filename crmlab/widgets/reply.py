"""A reply that is a file, for whatever desk makes one."""

from __future__ import annotations

__all__ = ["File"]

MIME = {
    "csv": "text/csv;charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html;charset=utf-8",
    "json": "application/json",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "toml": "application/toml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


class File(dict):
    """A reply that carries a file: ``{"file", "mime"}``, its bytes apart."""

    def __init__(self, name: str, form: str, content: bytes) -> None:
        super().__init__(file=name, mime=MIME[form])
        self.content = content
