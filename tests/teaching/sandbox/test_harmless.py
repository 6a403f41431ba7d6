"""A student who means well gets every answer out, whatever habits the notebook has."""

from __future__ import annotations

import json
import os
import sys

import pytest

from crmlab.errors import UserError
from crmlab.teaching import sandbox
from crmlab.teaching.sandbox import supervising

from .conftest import notebook

LINUX = sys.platform == "linux"
HABITS = {
    "plain": "from standin import record; record('plain', 1)",
    "raises": "record('raises', 1); 1 / 0",
    "after": "record('after', 1)",
    "matplotlib": "%matplotlib inline\nrecord('matplotlib', 1)",
    "pip": "!pip install pandas\nrecord('pip', 1)",
    "lines": "lines = !ls\nrecord('lines', list(lines))",
    "unknown_magic": "%load_ext google.colab.data_table\nrecord('unknown_magic', 1)",
    "shell_cell": "%%bash\nls",
    "timed": "%%time\nrecord('timed', 1)",
    "display": "import pandas as pd\nt = pd.DataFrame({'a': [1, 2]})\ndisplay(t)\nprint(t)\nrecord('display', 1)\nt",
    "last": "_\nrecord('last', len(_))",
    "await": "import asyncio\nawait asyncio.sleep(0)\nrecord('await', 1)",
    "input": "try:\n    input()\nexcept EOFError:\n    record('input', 'at once')",
    "exit": "record('exit', 1)\nexit()",
    "helper": "%%writefile helper.py\nx = 3",
    "import": "import helper\nrecord('import', helper.x)",
    "duckdb": "import duckdb\nrecord('duckdb', duckdb.sql('SELECT sum(a) FROM t').fetchall()[0][0])",
    "parquet": "t.to_parquet('t.parquet')\nrecord('parquet', len(pd.read_parquet('t.parquet')))",
    "duckdb_file": "record('duckdb_file', duckdb.sql(\"FROM 't.parquet'\").fetchall()[1][0])",
    "thread": "import threading\nw = threading.Thread(target=record, args=('thread', 1)); w.start(); w.join()",
    "plotly": "import plotly.express as px\nf = px.bar(x=[1], y=[2])\nf.show()\nrecord('plotly', len(f.data))\nf",
    "syntax": "record('never', 1) ((",
    "tempfile": "import tempfile\nwith tempfile.TemporaryFile() as f: f.write(b'x')\nrecord('tempfile', 1)",
    "sqlite": "import sqlite3\nsqlite3.connect('own.db').execute('CREATE TABLE a (b)')\nrecord('sqlite', 1)",
    "copy": "import shutil\nshutil.copy2('helper.py', 'h2.py')\nrecord('copy', 1)",
    "sklearn": (
        "from sklearn.cluster import KMeans\n"
        "k = KMeans(2, random_state=0, n_init=1).fit([[0.0], [0.1], [9.0]])\n"
        "record('sklearn', bool(k.labels_[0] == k.labels_[1]))"
    ),
    "crmlab": (
        "import crmlab as crm\n"
        "view = crm.datasets.load_retail().cube().view(by=['segment'], measures=['revenue'])\n"
        "record('crmlab', len(view.to_pandas()) > 1)"
    ),
}
UNANSWERED = {"shell_cell", "helper", "syntax"}
NOT_A_PROBLEM = {"cell_error", "refused_process", "magic_ignored"}


@pytest.mark.parametrize("os_layers", [True, False], ids=["all-fences", "python-only"])
def test_every_habit_leaves_its_answer(run_all, os_layers):
    (run,) = run_all([notebook(*HABITS.values())], sandbox.Limits(seconds=60), _os_layers=os_layers)
    assert run.status == "finished", run
    without = set() if os_layers and "landlock" in run.layers else {"duckdb_file"}  # DuckDB has no files then
    assert set(HABITS) - UNANSWERED - set(run.answers) == without, run.log
    assert run.answers["duckdb"] == 3 and run.answers["parquet"] == 2 and run.answers["lines"] == []
    assert run.answers["last"] == 2 and run.answers["input"] == "at once" and run.answers["sklearn"] is True
    failed = [(event.cell, event.values) for event in run.log if event.code == "cell_error"]
    names = list(HABITS)
    expected = {"raises": "ZeroDivisionError", "syntax": "SyntaxError"} | dict.fromkeys(without, "PermissionException")
    assert {names[cell - 1]: told["name"] for cell, told in failed} == expected
    refused = {names[event.cell - 1] for event in run.log if event.code == "refused_process"}
    assert refused == {"pip", "lines", "shell_cell"}
    assert {event.code for event in run.log} <= NOT_A_PROBLEM, "nothing harmless is said to be an attack"


def test_the_layers_that_stood_are_told(run_all):
    everywhere = {"audit", "parent"} | ({"rlimits"} if os.name == "posix" else set())
    (bare,) = run_all([notebook("1")], _os_layers=False)
    assert set(bare.layers) == everywhere
    (full,) = run_all([notebook("1")])
    assert everywhere <= set(full.layers)
    if LINUX and os.uname().machine in ("x86_64", "aarch64"):
        assert "seccomp" in full.layers
    assert set(full.layers) <= everywhere | {"landlock", "namespaces", "seccomp"}


def test_the_same_file_gives_the_same_answers(run_all):
    cell = (
        "import random, time, os, numpy as np\n"
        "from standin import record\n"
        "record('draw', [random.random(), float(np.random.rand()), list({'a', 'b', 'c', 'd', 'e'})])\n"
        "record('place', [time.tzname[0], os.environ.get('LANG'), sorted(os.environ)])"
    )
    first = run_all([notebook(cell)] * 2)
    again = run_all([notebook(cell)], _launcher=None)  # from another stem
    assert first[0].status == "finished" and first[0].answers["draw"]
    assert first[0].answers == first[1].answers == again[0].answers


def test_nothing_of_the_parents_is_passed_on(run_all, monkeypatch, tmp_path):
    monkeypatch.setenv("CRMLAB_TOKEN_OF_THE_LECTURER", "secret")
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere.py")
    cell = (
        "import os\nfrom standin import record\nrecord('env', dict(os.environ))\n"
        "kinds = {}\n"
        "for n in range(3, 200):\n"
        "    try: kinds[str(n)] = os.fstat(n).st_ino\n"
        "    except OSError: pass\n"
        "record('open', list(kinds.values()))"
    )
    with open(tmp_path / "marks.csv", "w") as marks:
        os.set_inheritable(marks.fileno(), True)
        (run,) = run_all([notebook(cell)], _launcher=None)
        assert os.fstat(marks.fileno()).st_ino not in run.answers["open"]
    assert "CRMLAB_TOKEN_OF_THE_LECTURER" not in run.answers["env"] and "PYTHONSTARTUP" not in run.answers["env"]
    assert len(run.answers["open"]) <= 3, "two slots for answers, one list of events"


def test_a_pack_and_a_number_are_at_hand(run_all, tmp_path):
    (tmp_path / "pack.json").write_text('{"name": "x"}')
    (tmp_path / "data.py").write_text("y = 1")
    (tmp_path / "key.py").write_text("z = 1")
    cell = (
        "import os\nfrom standin import record\nrecord('files', sorted(n for n in os.listdir() if n[0] != '.'))\n"
        "record('student', os.environ['CRMLAB_STUDENT'])\nrecord('pack', open('pack.json').read())"
    )
    (run,) = run_all([sandbox.Job(notebook(cell), tmp_path, "2110511023")])
    assert run.answers["files"] == ["data.py", "pack.json"]
    assert run.answers["student"] == "2110511023" and json.loads(run.answers["pack"]) == {"name": "x"}


def test_an_answer_that_is_no_data_does_not_take_the_others_with_it(run_all):
    cell = (
        "from standin import record\n"
        "deep = []\nfor _ in range(5000): deep = [deep]\n"
        "loop = []; loop.append(loop)\n"
        "class D(dict): pass\n"
        "for i, bad in enumerate([float('nan'), float('inf'), 10**400, 10**5000, '\\ud800', deep, loop, {1: 2},\n"
        "                         object(), (1, 2), b'x', {'\\udfff': 1}, D(a=1), 'x' * 3_000_000]):\n"
        "    record(f'bad{i}', bad)\n"
        "record('good', {'n': 1, 'rows': [[1, 'a', None, True, 2.5]], 'text': 'é😀'})\n"
        "record('set', {'answers': {'one': float('nan'), 'two': 2}})"
    )
    (run,) = run_all([notebook(cell)])
    answers = {key: value for key, value in run.answers.items() if value != {}}  # an empty dict is what is left of one
    good = {"n": 1, "rows": [[1, "a", None, True, 2.5]], "text": "é😀"}
    assert answers == {"good": good, "set": {"answers": {"two": 2}}}
    dropped = [event.values["name"] for event in run.log if event.code == "unusable_answer"]
    assert len(dropped) >= 13 and "one" in dropped and "good" not in dropped


def test_runs_come_in_order_and_progress_counts_each(run_all):
    told = []
    cells = [notebook(f"from standin import record\nrecord('i', {i})") for i in range(7)]
    runs = run_all(cells, workers=2, progress=lambda done, total, run: told.append((done, total, run.status)))
    assert [run.answers["i"] for run in runs] == list(range(7))
    assert told == [(i, 7, "finished") for i in range(1, 8)]
    assert run_all([]) == []


def test_a_class_that_nobody_waits_for_ends(standin):
    jobs = [sandbox.Job(notebook("while True: pass"))] * 20
    runs = sandbox.execute_all(jobs, limits=sandbox.Limits(seconds=1), collect="standin:recorded", _readable=[standin])
    assert next(runs).status == "timeout"
    runs.close()


def test_a_collector_that_is_not_there_is_said(standin):
    runs = list(sandbox.execute_all([sandbox.Job(notebook("1"))] * 2, collect="no_such_module:recorded"))
    assert [(run.status, run.log[0].code) for run in runs] == [("killed", "sandbox_failed")] * 2


def test_processes_of_their_own_where_forking_is_not_to_be_had(run_all, monkeypatch):
    """How Windows and macOS start every notebook."""
    monkeypatch.setattr(supervising, "FORKS", False)
    cells = [notebook("from standin import record\nrecord('a', 1)"), notebook("while True: pass"), notebook("1/0")]
    runs = run_all(cells, sandbox.Limits(seconds=1), workers=2, _os_layers=False, _launcher=None)
    assert [run.status for run in runs] == ["finished", "timeout", "finished"]
    assert runs[0].answers == {"a": 1} and runs[2].log[0].code == "cell_error"


def test_without_psutil_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "psutil", None)
    with pytest.raises(UserError, match=r"crmlab\[teaching\]"):
        sandbox.execute(notebook("1"))


@pytest.mark.parametrize("code", sorted(sandbox.CODES))
def test_every_code_of_the_log_has_words(code):
    for lang in ("id", "en"):
        words = sandbox.Event(code, 3, {"name": "X"}).text(lang)
        assert words and "{" not in words and code not in words
