"""The course: its parts in reading order, and its notebooks and exercises as a person may write on them.

A person writes on a copy that follows the course until it is changed. The originals stay as they are, in the repository
or in the installed package, so that an update never meets a student's answers. A copy that was not touched is renewed
with the course; one that was changed is left alone.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from . import labels

__all__ = ["PARTS", "Part", "originals", "practice", "title", "working_copy"]

RECORD = ".course.json"


@dataclass(frozen=True)
class Part:
    """A part of the course.

    Parameters
    ----------
    name : str
        Its words are in the catalogue: ``course.<name>``.
    notebooks : tuple of str
        The notebooks' file names without their ending, in reading order. The number in a name says when it was written,
        not its place.
    apps : tuple of str
        The gallery's apps that belong to it.
    sets : tuple of str
        The sets of exercises that practise it.
    """

    name: str
    notebooks: tuple[str, ...]
    apps: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()


PARTS = (
    Part(
        "foundations",
        ("21-foundations-and-models",),
        ("checkup",),
        ("00-how-exercises-work", "01-foundations-and-models"),
    ),
    Part("cube", ("01-star-schema", "02-customer-strategy-cube", "03-your-own-sales"), ("explorer",)),
    Part(
        "database",
        ("04-customer-database", "05-data-quality-and-duplicates", "06-integration"),
        ("clinic",),
        ("04-customer-database",),
    ),
    Part(
        "warehouse",
        ("07-warehouse-and-marts", "08-access-to-data", "09-privacy"),
        sets=("05-warehouse-and-access", "06-privacy"),
    ),
    Part(
        "chain",
        (
            "10-portfolio-analysis",
            "11-customer-intimacy",
            "20-relationships-and-network",
            "12-customer-value",
            "13-retention-and-lifecycle",
            "14-personalisation-failures",
        ),
        ("studio",),
        ("02-relationship-and-commitment", "07-segmentation-and-value", "10-offers-and-retention"),
    ),
    Part(
        "experience",
        ("15-scores", "16-drivers", "17-touchpoints", "18-journey-mapping"),
        ("experience", "journey"),
        ("08-experience-scores", "09-journeys"),
    ),
    Part(
        "programme",
        ("22-programme-planning", "23-business-case-and-ledger", "25-crm-technology"),
        ("workbench",),
        ("03-project-planning-and-the-cube",),
    ),
    Part(
        "cases",
        ("19-hospital-case", "24-five-years-of-sales", "26-retail-case"),
        ("hospital", "executive"),
        ("11-hospital-capstone", "12-retail-capstone"),
    ),
    Part("teaching", ("27-item-statistics",), ("marks",)),
)
"""The parts of the course in reading order; every notebook stands in one of them."""


def title(notebook: Path) -> str:
    """A notebook's title, as its first heading says it.

    Examples
    --------
    >>> title(originals() / "en" / "01-star-schema.ipynb")
    '01 · The star schema and its words'
    """
    first = "".join(json.loads(notebook.read_text(encoding="utf-8"))["cells"][0]["source"])
    return first.splitlines()[0].lstrip("# ")


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


def practice() -> Path:
    """The folder with the packs of exercises and the course map: in a clone of the repository, or in the package.

    Examples
    --------
    >>> (practice() / "00-how-exercises-work" / "pack.json").is_file()
    True
    """
    package = Path(__file__).resolve().parent
    repository = package.parent / "exercises"
    return repository if (repository / "src").is_dir() else package / "exercises" / "packs"


def working_copy(folder: Path, source: Path | None = None) -> Path:
    """Bring the notebooks, and the packs of exercises, to ``folder`` and return it.

    Parameters
    ----------
    folder : pathlib.Path
    source : pathlib.Path, optional
        Where the editions are; :func:`originals` by default. Then the packs of exercises come too.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as desk:
    ...     (working_copy(Path(desk) / "notebooks") / "en" / "01-star-schema.ipynb").is_file()
    True
    """
    files = {} if source else {f"exercises/{p.parent.name}/{p.name}": p for p in practice().glob("*/*") if _given(p)}
    source = source or originals()
    record = folder / RECORD
    given = json.loads(record.read_text(encoding="utf-8")) if record.is_file() else {}
    for lang in labels.LANGUAGES:
        files |= {f"{lang}/{p.name}": p for p in (source / lang).glob("*.ipynb")}
    for name, original in sorted(files.items()):
        copy = folder / name
        if copy.exists() and _hash(copy) != given.get(name):
            continue  # written on
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(original.read_bytes())
        given[name] = _hash(original)
    if given:
        record.write_text(json.dumps(given, indent=1) + "\n", encoding="utf-8")
    return folder


def _given(path: Path) -> bool:
    """Whether a file beside the sources is part of a pack."""
    return path.parent.name != "src" and path.suffix in (".ipynb", ".json", ".py")


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
