"""The course's notebooks as a person may write on them: a copy that follows the course until it is changed.

The originals stay as they are, in the repository or in the installed package, so that an update never meets a student's
answers. A copy that was not touched is renewed with the course; one that was changed is left alone.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from . import labels

__all__ = ["originals", "working_copy"]

RECORD = ".course.json"


def originals() -> Path:
    """The folder with the editions ``id`` and ``en``: in a clone of the repository, or inside the installed package.

    Examples
    --------
    >>> sorted(path.name for path in originals().glob("*") if path.name in ("en", "id"))
    ['en', 'id']
    """
    package = Path(__file__).resolve().parent
    repository = package.parent / "notebooks"
    return repository if repository.is_dir() else package / "notebooks"


def working_copy(folder: Path, source: Path | None = None) -> Path:
    """Bring the notebooks to ``folder`` and return it.

    Parameters
    ----------
    folder : pathlib.Path
    source : pathlib.Path, optional
        Where the editions are; :func:`originals` by default.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as desk:
    ...     (working_copy(Path(desk) / "notebooks") / "en" / "01-star-schema.ipynb").is_file()
    True
    """
    source = source or originals()
    record = folder / RECORD
    given = json.loads(record.read_text(encoding="utf-8")) if record.is_file() else {}
    for lang in labels.LANGUAGES:
        for original in sorted((source / lang).glob("*.ipynb")):
            name = f"{lang}/{original.name}"
            copy = folder / lang / original.name
            if copy.exists() and _hash(copy) != given.get(name):
                continue  # written on
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(original.read_bytes())
            given[name] = _hash(original)
    if given:
        record.write_text(json.dumps(given, indent=1) + "\n", encoding="utf-8")
    return folder


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
