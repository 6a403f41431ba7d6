"""A class made up: notebooks as students would hand them in, filled in from a set's source."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crmlab.exercises.pack import Pack
from crmlab.exercises.saying import numbered
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
                    cell["source"] = numbered(code, number)
    return notebook


def solved(
    source: SetSource,
    folder: Path,
    student: str,
    *,
    wrong: Mapping[str, str] | None = None,
    lang: str = "id",
) -> dict[str, Any]:
    """A student's notebook: every question by its solution, those in ``wrong`` by the misconception named there."""
    pack, codes = Pack(folder / source.name), {}
    for name, q in source.questions.items():
        mistake = (wrong or {}).get(name, "")
        codes[name] = q.wrongs[mistake] if mistake else q.solution
        if q.ids:  # a student names letters, not the author's options
            codes[name] = f"q.answer = {source.answer(name, pack.draw(name, pack.place(student)), mistake)!r}"
    codes = {n: "import numpy as np, pandas as pd\n" + c for n, c in codes.items()}
    return fill(with_number(blank(folder, source.name, lang), student), codes)


def hand_in(notebook: Any, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = notebook if isinstance(notebook, str) else json.dumps(notebook)
    path.write_text(text, encoding="utf-8")
    return path


def with_cell(notebook: dict[str, Any], code: str, at: int = 3) -> dict[str, Any]:
    """Another code cell among a student's own; the first three open the set."""
    cell = {
        "cell_type": "code",
        "id": f"own-{at}",
        "metadata": {},
        "source": code,
        "outputs": [],
        "execution_count": None,
    }
    notebook["cells"].insert(at, cell)
    return notebook


def hostile(kind: str, notebook: dict[str, Any], outside: Path, port: int) -> Any:
    """One of the twelve kinds of file that means harm, made of a notebook without answers.

    ``outside`` is a folder that must stay empty, ``port`` one on which somebody counts knocks. None of them may earn
    a mark.
    """
    cells = {
        "endless loop": "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "exit": "import os\nos._exit(0)",
        "memory": "hoard = []\nwhile True: hoard.append(b'x' * 10**7)",
        "fork": "import os, subprocess\nfor start in (os.fork, lambda: subprocess.Popen(['sleep', '60'])):\n"
        "    try: start()\n    except BaseException as e: print(e)",
        "edited checks": "import crmlab.exercises as e\nfrom crmlab.exercises.work import Question\n"
        "from crmlab.exercises.verdict import Verdict\nfrom crmlab.exercises import kinds\n"
        "Question.check = lambda self: 'right'\nkinds.judge = lambda *a: Verdict('right', 1.0)\n"
        "e.recorded = lambda: {'00-how-exercises-work': {'answers': {'average_order': True}, 'points': 99}}",
        "input hijack": "get_ipython().input_transformers_post.append(lambda lines: ['raise SystemExit\\n'])",
        "file write": f"open({str(outside)!r} + '/new.txt', 'w').write('x')\n"
        f"import duckdb\nduckdb.sql('SELECT 1').write_csv({str(outside)!r} + '/new.csv')",
        "network": f"import socket, urllib.request\ntry: socket.create_connection(('127.0.0.1', {port}))\n"
        f"except BaseException as e: print(e)\nurllib.request.urlopen('http://127.0.0.1:{port}/')",
        "huge output": "print('x' * 10**8)\nfor i in range(10**5): display('y' * 1000)",
    }
    if kind in cells:
        return with_cell(notebook, cells[kind])
    if kind == "deleted cells":
        notebook["cells"] = [c for c in notebook["cells"] if not c["id"].startswith(("task-", "open"))]
        return notebook
    if kind == "doubled cells":
        notebook["cells"] = [c for cell in notebook["cells"] for c in (cell, json.loads(json.dumps(cell)))]
        return notebook
    if kind == "broken JSON":
        return json.dumps(notebook)[: len(json.dumps(notebook)) // 2]
    raise KeyError(kind)


HOSTILE = (
    "endless loop",
    "exit",
    "memory",
    "fork",
    "deleted cells",
    "doubled cells",
    "edited checks",
    "input hijack",
    "file write",
    "network",
    "huge output",
    "broken JSON",
)
