"""The house's rules that a machine can check: floors, lazy rooms, words in both languages, no foreign host."""

from __future__ import annotations

import ast
import re
import statistics
import string
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "crmlab"
CATALOGUE = PACKAGE / "labels" / "catalogue"
HEAVY = {"IPython", "anywidget", "babel", "duckdb", "great_tables", "ipywidgets", "jupyter_server", "numpy", "openpyxl"}
HEAVY |= {
    "docx",
    "latex2mathml",
    "nbconvert",
    "networkx",
    "pandas",
    "platformdirs",
    "pptx",
    "plotly",
    "pyarrow",
    "rapidfuzz",
    "scipy",
    "sklearn",
    "sqlglot",
    "statsmodels",
    "voila",
}


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("crmlab", include_external_packages=True, cache_dir=None)


def test_a_room_imports_only_from_the_floors_below():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as main; main()", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 kept, 0 broken" in done.stdout


def test_every_room_stands_on_a_floor():
    """A module that the layers do not name would be free to import anything."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = settings["tool"]["importlinter"]["contracts"][0]
    named = set(re.findall(r"crmlab\.(\w+)", " ".join(contract["layers"])))
    rooms = {p.stem for p in PACKAGE.glob("*.py")} | {p.parent.name for p in PACKAGE.glob("*/__init__.py")}
    assert rooms - {"__init__", "__main__"} <= named


def test_only_charts_imports_plotly_and_only_the_top_floor_the_facade(graph):
    drawers = graph.find_modules_that_directly_import("plotly")
    assert {m for m in drawers if not m.startswith("crmlab.charts")} == set()
    upwards = graph.find_modules_that_directly_import("crmlab") - {"crmlab.cli", "crmlab.__main__", "crmlab.apps"}
    upwards -= {"crmlab.teaching.source"}  # an author's code says crm, as a student's does
    assert {m for m in upwards if not m.startswith("crmlab.apps.")} == set()


def loaded_by(statement: str) -> set[str]:
    """The names in sys.modules after a statement, in a Python of its own."""
    code = f"{statement}\nimport sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


@pytest.mark.parametrize(
    "statement",
    ["import crmlab", "import crmlab.cli", "from crmlab import labels, schema, errors, results, style, calendar"],
)
def test_nothing_heavy_loads_before_it_is_used(statement):
    # matplotlib's .pth files and the like load things of their own at start
    bare = loaded_by("pass")
    assert (loaded_by(statement) - bare).isdisjoint(HEAVY)


def test_help_loads_nothing_heavy():
    statement = "from crmlab import cli\ntry: cli.main(['--help'])\nexcept SystemExit: pass"
    assert loaded_by(statement).isdisjoint(HEAVY)


def test_import_costs_less_than_a_third_of_a_second_of_cpu():
    """CPU beyond Python's own start, by the clock that counts only this process; the middle of five, taken in turn."""
    resource = pytest.importorskip("resource", reason="CPU of child processes is measured on Linux and macOS")

    def cpu(code: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime

    extra = statistics.median(cpu("import crmlab") - cpu("pass") for _ in range(5))
    assert extra < 0.3


# words ---------------------------------------------------------------------------------------------------------------


def entries(node, path=()):
    """Every ``{id, en}`` pair below a node of a catalogue, and everything that should have been one."""
    if isinstance(node, dict) and not any(isinstance(child, dict) for child in node.values()):
        yield ".".join(path), node
    elif isinstance(node, dict):
        for key, child in node.items():
            yield from entries(child, (*path, key))
    else:
        yield ".".join(path), {"stray": node}


def placeholders(sentence: str) -> set[tuple[str, str]]:
    """What a sentence asks for; the word that goes with a number (``{n:row|rows}``) is a matter of its language."""
    asked = ((name, spec) for _, name, spec, _ in string.Formatter().parse(sentence) if name is not None)
    return {(name, spec) for name, spec in asked if "|" not in spec}


@pytest.mark.parametrize("path", sorted(CATALOGUE.glob("*.toml")), ids=lambda p: p.stem)
def test_every_entry_speaks_both_languages_with_the_same_values(path):
    catalogue = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(catalogue) <= {"text", "error", "explain", "names", "describe"}
    seen = 0
    for key, pair in entries(catalogue):
        assert set(pair) == {"id", "en"}, f"{key} is not a pair of id and en"
        assert all(isinstance(words, str) and words.strip() for words in pair.values()), f"{key} is empty"
        assert placeholders(pair["id"]) == placeholders(pair["en"]), f"{key} names other values in id than in en"
        seen += 1
    assert seen > 0
    for name, error in catalogue.get("error", {}).items():
        assert set(error) == {"what", "cure"}, f"error {name} needs what and cure"


def calls(name: str):
    """Every call of ``name(...)`` in the package whose first argument is a plain text: file, line, text, keywords."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
            first = node.args[0]
            if called == name and isinstance(first, ast.Constant) and isinstance(first.value, str):
                given = {keyword.arg for keyword in node.keywords}
                yield f"{path.relative_to(ROOT)}:{node.lineno}", first.value, given


def entry(section: str, code: str):
    room, _, name = code.partition(".")
    path = CATALOGUE / f"{room}.toml"
    assert path.is_file(), f"no catalogue for {code}"
    node = tomllib.loads(path.read_text(encoding="utf-8")).get(section, {})
    for part in name.split("."):
        node = node.get(part, {}) if isinstance(node, dict) else {}
    return node


def test_every_error_raised_has_words_and_is_given_their_values():
    checked = 0
    for place, code, given in calls("UserError"):
        words = entry("error", code)
        assert set(words) == {"what", "cure"}, f"{place}: no words for {code}"
        if None not in given:  # a ** may bring any value
            wanted = {name for part in words.values() for name, _ in placeholders(part["en"])}
            known = given | {"table", "wanted", "found", "n_rows"}
            assert wanted <= known, f"{place}: {code} is not given {wanted - known}"
        checked += 1
    assert checked >= 4


def test_every_note_and_sentence_asked_for_has_words():
    checked = 0
    for place, code, given in calls("text"):
        if re.fullmatch(r"[a-z_]+(\.[a-z0-9_]+)+", code):
            words = entry("text", code)
            assert set(words) == {"id", "en"}, f"{place}: no words for {code}"
            wanted = {name for name, _ in placeholders(words["en"])}
            assert None in given or wanted <= given, f"{place}: {code} is not given {wanted - given}"
            checked += 1
    for place, code, _ in calls("Note"):
        assert set(entry("text", code)) == {"id", "en"}, f"{place}: no words for the note {code}"
    assert checked >= 10


# hosts and files -----------------------------------------------------------------------------------------------------

# names that are never asked for: XML namespaces, and where a licence or a standard is described
HARMLESS = (
    "http://www.w3.org/",
    "http://schemas.openxmlformats.org/",
    "http://schemas.microsoft.com/office/",
    "http://localhost",
    "http://127.0.0.1",
    "https://localhost",
    "http://[::1]",
)


def test_no_file_that_runs_names_a_foreign_host():
    found, looked = [], 0
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in (".py", ".js", ".css", ".html", ".tpl", ".j2", ".json", ".ipynb", ".svg", ".toml"):
            looked += 1
            for url in re.findall(
                r"(?:https?:)?//[\w\[][\w.:\[\]-]*\.[a-z]{2,}[^\s\"'`)>]*", path.read_text(encoding="utf-8")
            ):
                if not url.startswith(HARMLESS) and not url.startswith("//www.w3.org"):
                    found.append(f"{path.relative_to(ROOT)}: {url}")
    assert looked > 10
    assert found == []


def test_every_kind_of_result_shows_itself_as_a_result_does():
    # a dataclass writes its own repr, which prints every array that it holds
    text = {p: p.read_text(encoding="utf-8") for p in PACKAGE.rglob("*.py")}
    found = {p: re.findall(r"@dataclass\(([^)]*)\)\nclass \w+\(Result\)", t) for p, t in text.items()}
    loud = [f"{p.relative_to(ROOT)}" for p, given in found.items() for one in given if "repr=False" not in one]
    assert sum(map(len, found.values())) >= 10
    assert loud == []
