"""A class made up: notebooks as students would hand them in, filled in from a set's source."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crmlab.teaching.source import SetSource

SETUP = re.compile(r'student = "[^"]*"')


def blank(folder: Path, name: str, lang: str = "id") -> dict[str, Any]:
    """The notebook as students get it."""
    return json.loads((folder / name / f"{name}.{lang}.ipynb").read_text(encoding="utf-8"))


def with_number(notebook: dict[str, Any], student: str) -> dict[str, Any]:
    for cell in notebook["cells"]:
        if cell["id"] == "open":
            cell["source"] = SETUP.sub(f'student = "{student}"', "".join(cell["source"]))
    return notebook


def fill(notebook: dict[str, Any], answers: Mapping[str, str]) -> dict[str, Any]:
    """Write code into the answer cells: question -> code that sets ``q.answer``."""
    ids = [c["id"][len("task-") :] for c in notebook["cells"] if c["id"].startswith("task-")]
    of_cell = {f"answer-{q}".replace("_", "-")[:64]: (n, q) for n, q in enumerate(ids, start=1)}
    for cell in notebook["cells"]:
        if cell["id"] in of_cell:
            number, own = of_cell[cell["id"]]
            for name, code in answers.items():
                if name.replace("_", "-")[: len(own)] == own:
                    cell["source"] = re.sub(r"\bq\.", f"q{number}.", code)
    return notebook


def solved(
    source: SetSource, folder: Path, student: str, *, wrong: Mapping[str, str] = {}, lang: str = "id"
) -> dict[str, Any]:
    """A student's notebook: every question by its solution, those in ``wrong`` by the misconception named there."""
    codes = {n: q.wrongs[wrong[n]] if n in wrong else q.solution for n, q in source.questions.items()}
    codes = {n: "import numpy as np, pandas as pd\nq.variant = q.draw.variant\n" + c for n, c in codes.items()}
    return fill(with_number(blank(folder, source.name, lang), student), codes)


def hand_in(notebook: Any, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = notebook if isinstance(notebook, str) else json.dumps(notebook)
    path.write_text(text, encoding="utf-8")
    return path
