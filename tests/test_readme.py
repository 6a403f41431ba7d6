"""What the README promises: its commands exist, its example runs, its links lead somewhere."""

from __future__ import annotations

import ast
import datetime
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from crmlab import cli, labels

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "README.id.md"]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)


def blocks(page: Path, kind: str) -> list[str]:
    return [body for name, body in FENCE.findall(page.read_text(encoding="utf-8")) if name == kind]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_the_examples_run_and_are_short(page, tmp_path, monkeypatch):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["no_faktur", "tanggal", "pelanggan", "total"])
    book.active.append(["F1", datetime.date(2024, 1, 13), "P01", 15000])
    book.active.append(["F2", datetime.date(2024, 1, 14), "P02", 20000])
    examples = blocks(page, "python")
    (file,) = re.findall(r'read\("([^"]+)"', examples[1])
    book.save(tmp_path / file)
    (customers,) = re.findall(r'read\("([^"]+)"', examples[2])
    people = "id_pelanggan;nama;no_hp\nP1;Budi Santoso;0812-3456-7890\nP2;BUDI SANTOSO;+62 812 3456 7890\nP3;Ani;\n"
    (tmp_path / customers).write_text(people, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict = {}
    values = [run(example, page.name, names) for example in examples]
    assert all(len([line for line in example.splitlines() if line.strip()]) <= 10 for example in examples)
    lang = "id" if page.name.endswith(".id.md") else "en"
    assert labels.number(names["why"].facts["after"], lang) in str(values[0])
    assert names["cube"].view().totals()["revenue"] == 35000
    assert type(values[1]).__name__ == "Explorer"
    assert names["clean"].table["customer_id"].tolist() == ["P1", "P3"]
    assert names["run"].facts["rows_in"] > 10_000


def run(example: str, name: str, names: dict):
    """What a notebook would show: the value of the last line."""
    tree = ast.parse(example)
    last = ast.Expression(tree.body.pop().value)
    exec(compile(tree, name, "exec"), names)
    return eval(compile(last, name, "eval"), names)


def targets() -> set[str]:
    return set(re.findall(r"^([a-z ]+):", (ROOT / "Makefile").read_text(), re.M))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_command_exists(page):
    text = page.read_text(encoding="utf-8")
    known = {target for line in targets() for target in line.split()}
    made = set(re.findall(r"\bmake ([a-z]+)\b", "\n".join(re.findall(r"`[^`\n]+`", text) + blocks(page, "sh"))))
    assert {"gallery", "test"} <= made <= known
    started = set(re.findall(r"install\.py ([a-z]+)", text))
    listed = re.search(r"COMMANDS = (\(.*\))", (ROOT / ".ci/install.py").read_text()).group(1)
    assert {"gallery", "test"} <= started <= set(ast.literal_eval(listed))
    with labels.using("en"):
        _, commands = cli._parser()
    said = set(re.findall(r"^crmlab ([a-z]+)", "\n".join(blocks(page, "sh")), re.M))
    assert {"gallery"} <= said <= set(commands)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_link_and_folder_is_there(page):
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)\)", text)
    folders = re.findall(r"^\| `([a-z]+/)` \|", text, re.M)
    assert links
    missing = [place for place in links + folders if not (ROOT / place).exists()]
    assert missing == []


def test_both_readmes_give_the_same_commands():
    first, second = (
        [[line.partition("#")[0].strip() for line in body.splitlines()] for body in blocks(p, "sh")] for p in PAGES
    )
    assert first == second


def test_the_installer_is_understood_by_old_pythons_and_says_its_usage():
    ast.parse((ROOT / ".ci/install.py").read_text(), feature_version=(3, 7))
    done = subprocess.run([sys.executable, ROOT / ".ci/install.py"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "usage: python3 .ci/install.py {install,gallery" in done.stderr


def test_constraints_are_exact_and_name_no_registry():
    text = (ROOT / "constraints.txt").read_text()
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[a-z0-9.-]+==[\w.!+]+( ; .+)?", line) for line in lines)
    assert "://" not in text
    pinned = {line.partition("==")[0] for line in lines}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    wanted = {re.match(r"[\w-]+", r).group().lower() for r in sum(extras, project["dependencies"])} - {"crmlab"}
    assert wanted <= pinned, "run: make constraints"


def test_constraints_hold_on_every_platform():
    """Packages that exist on one platform only carry a marker, so that pip leaves them out elsewhere."""
    lines = dict(line.split("==", 1) for line in (ROOT / "constraints.txt").read_text().splitlines() if "==" in line)
    assert "os_name == 'nt'" in lines["pywinpty"]
    assert "sys_platform == 'darwin'" in lines["appnope"]
    assert "win32" in lines["colorama"]
    assert "win32" in lines["pexpect"]


def test_conda_installs_under_the_same_constraints():
    text = (ROOT / "environment.yml").read_text()
    assert "--constraint constraints.txt" in text
    assert "python=3.11" in text
    others = re.findall(r"^  - (?!python=3\.11$|pip$|pip:$|conda-forge$)(.+)$", text, re.M)
    assert others == [], "what conda installed itself would drift from the constraints"
