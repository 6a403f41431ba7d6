"""The statement for PostgreSQL gives the view's cells on PostgreSQL. Runs where a server's programs are found."""

from __future__ import annotations

import csv
import io
import os
import pwd
import shutil
import subprocess
from pathlib import Path

import pytest

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) if os.name == "posix" else []
FOUND = str(BINARIES[-1]) if BINARIES else shutil.which("initdb")
pytestmark = pytest.mark.skipif(FOUND is None, reason="no PostgreSQL server is installed")

_TYPES = {
    "VARCHAR": "text",
    "DOUBLE": "double precision",
    "BIGINT": "bigint",
    "INTEGER": "integer",
    "BOOLEAN": "boolean",
}


class Server:
    """A server of its own in a folder, reached through a socket only."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.programs = folder, Path(FOUND).resolve().parent
        self.user = None
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            try:
                self.user = pwd.getpwnam("postgres").pw_name
            except KeyError:
                pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
            for place in (folder, *list(folder.parents)[:3]):
                place.chmod(0o755)
            shutil.chown(folder, self.user)
        self._run("initdb", "-D", folder / "data", "-A", "trust", "-U", "crm", "-E", "UTF8", "--locale=C.UTF-8")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        self._run("pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start")

    def _run(self, program: str, *arguments, text: str | None = None) -> str:
        command = [str(self.programs / program), *map(str, arguments)]
        done = subprocess.run(command, input=text, capture_output=True, text=True, user=self.user, cwd="/", check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(self, sql: str) -> list[dict[str, str | None]]:
        options = [
            "-h",
            self.folder,
            "-U",
            "crm",
            "-d",
            "postgres",
            "-v",
            "ON_ERROR_STOP=1",
            "--csv",
            "-P",
            "null=∅",
            "-q",
        ]
        read = csv.DictReader(io.StringIO(self._run("psql", *options, "-f", "-", text=sql)))
        return [{k: None if v == "∅" else v for k, v in row.items()} for row in read]

    def take(self, star) -> None:
        """Copy the star's tables."""
        names = [info["table"] for info in star.meta["facts"].values()]
        names += [i["table"] for n, i in star.meta["dimensions"].items() if star.dimensions[n].made != "facts"]
        for name in names:
            kinds = star.store.describe(f'star."{name}"')
            columns = ", ".join(f'"{c}" {_TYPES.get(t, t.lower())}' for c, t in kinds.items())
            rows = star.query(f'SELECT * FROM "{name}"')
            values = ", ".join("(" + ", ".join(map(literal, row)) + ")" for row in rows)
            made = f'DROP TABLE IF EXISTS "{name}"; CREATE TABLE "{name}" ({columns})'
            self.ask(f'{made}; INSERT INTO "{name}" VALUES {values}')

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")


def literal(value) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, bool | int | float) else "'" + str(value).replace("'", "''") + "'"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    made = Server(tmp_path_factory.mktemp("postgres"))
    yield made
    made.stop()


def check(server: Server, view) -> None:
    levels = [*view.by, *view.columns]
    found = {}
    for row in server.ask(view.sql("postgres")):
        total = {level for level in levels if row.get(f"{level}_total") == "1"}
        key = tuple((level, row[level]) for level in levels if level not in total)
        found[key] = {m: row[m] for m in (*view.measures, "n")}
    wanted = {}
    for row in view.rows("en"):
        key = tuple((k, v) for k, v in row["keys"].items())
        key = tuple(
            (k, row["labels"][k] if str(v).startswith("\x00") else None if v is None else str(v)) for k, v in key
        )
        wanted[key] = {**row["values"], "n": row["n"]}
    assert found.keys() == wanted.keys()
    for key, values in wanted.items():
        for name, value in values.items():
            theirs = found[key][name]
            assert theirs is None if value is None else float(theirs) == pytest.approx(value), (key, name)


def test_the_toy_cube(server, toy):
    server.take(toy.star)
    view = toy.view(by=["segment", "offer", "channel"], measures=list(toy.measures))
    check(server, view)
    check(server, view.with_subtotals("all").pivot("channel").slice(offer="kitchen"))
    check(server, view.with_subtotals("none"))
    check(server, view.top(1, within=True))


def test_one_and_several_facts(server, shop):
    server.take(shop.star)
    sales = ["revenue", "quantity", "customers", "orders"]
    view = shop.view(by=["year", "segment"], measures=sales)
    check(server, view)
    check(server, view.dice(month=("2020-01", "2020-02")).drill_down("date"))
    check(server, view.slice(segment=None))
    check(server, shop.view(by=["category", "segment"], measures=sales).top(1, level="segment"))
    check(server, shop.view(by=["segment"], measures=list(shop.measures)))
    check(server, shop.view(by=["segment", "category"], measures=["revenue", "answers", "nps_mean"]))
    check(server, shop.view(by=["category"], measures=["revenue", "answers"]).with_subtotals("none"))
    check(server, shop.view(measures=list(shop.measures)))
