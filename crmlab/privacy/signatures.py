"""Reports with a seal: one changed byte, and the seal no longer fits."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from pathlib import Path

from ..errors import UserError

__all__ = ["sign", "verify"]

_ENDING = ".seal"


def sign(path: str | os.PathLike, key: bytes) -> Path:
    """Seal a file with a key; the seal stands beside it in ``<file>.seal``.

    An HMAC proves to whoever has the key that the file is as it was sealed. It does not prove to others who sealed it:
    that takes a signature with a private key.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> report = folder / "report.html"
    >>> _ = report.write_text("NPS 32")
    >>> _ = sign(report, bytes(32))
    >>> verify(report, bytes(32))
    True
    >>> _ = report.write_text("NPS 33")
    >>> verify(report, bytes(32))
    False
    """
    path = Path(path)
    if len(key) < 32:
        raise UserError("privacy.weak_key", wanted=32)
    content = path.read_bytes()
    seal = {"file": path.name, "bytes": len(content), "algorithm": "HMAC-SHA-256", "seal": _seal(content, key)}
    beside = path.with_name(path.name + _ENDING)
    beside.write_text(json.dumps(seal, indent=1), encoding="utf-8")
    return beside


def verify(path: str | os.PathLike, key: bytes) -> bool:
    """Whether a file is as it was when it was sealed with this key."""
    path = Path(path)
    beside = path.with_name(path.name + _ENDING)
    try:
        told = str(json.loads(beside.read_text(encoding="utf-8"))["seal"])
    except (OSError, ValueError, KeyError, TypeError):
        raise UserError("privacy.no_seal", found=beside.name) from None
    return hmac.compare_digest(told.encode("utf-8"), _seal(path.read_bytes(), key).encode("utf-8"))


def _seal(content: bytes, key: bytes) -> str:
    return hmac.new(key, content, hashlib.sha256).hexdigest()
