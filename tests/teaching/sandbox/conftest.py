"""Notebooks made on the spot, a stand-in that collects, and a place outside that must stay as it was."""

from __future__ import annotations

import json
import socket
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from crmlab.teaching import sandbox
from crmlab.teaching.sandbox.launching import Launcher
from crmlab.teaching.sandbox.supervising import FORKS

SECRET = "the-lecturers-own-answer"
STANDIN = """
answers = {}
def record(key, value): answers[key] = value
def recorded(): return answers
"""


def notebook(*sources: str, **cell) -> bytes:
    """A notebook of these code cells."""
    cells = [
        {
            "cell_type": "code",
            "id": f"c{i}",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": s,
            **cell,
        }
        for i, s in enumerate(sources)
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}).encode()


@dataclass
class World:
    """What is outside the sandbox, and who knocked there."""

    folder: Path
    tcp: socket.socket
    udp: socket.socket
    knocks: list[str] = field(default_factory=list)

    @property
    def port(self) -> int:
        return self.tcp.getsockname()[1]

    @property
    def source(self) -> Path:
        return self.folder / "exercises" / "src" / "07_key.py"

    def contents(self) -> dict[str, tuple[bytes | str, int, int]]:
        """Every file outside with its bytes, mode and date."""
        found = {}
        for path in sorted(self.folder.rglob("*")):
            told = path.lstat()
            data = path.read_bytes() if path.is_file() else "folder"
            found[str(path)] = (data, told.st_mode, told.st_mtime_ns if path.is_file() else 0)
        return found

    def hear(self) -> None:
        while True:
            try:
                self.tcp.accept()[0].close()
            except OSError:
                return
            self.knocks.append("tcp")

    def listen(self) -> None:
        while True:
            try:
                self.udp.recv(100)
            except OSError:
                return
            self.knocks.append("udp")


@pytest.fixture(scope="session")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("outside")
    tcp = socket.create_server(("127.0.0.1", 0))
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", tcp.getsockname()[1]))
    made = World(folder, tcp, udp)
    made.source.parent.mkdir(parents=True)
    made.source.write_text(f"answer = {SECRET!r}\n")
    (folder / "theirs.txt").write_text("of another student")
    threading.Thread(target=made.hear, daemon=True).start()
    threading.Thread(target=made.listen, daemon=True).start()
    yield made
    for one in (tcp, udp):
        one.shutdown(socket.SHUT_RDWR) if one is tcp else None
        one.close()


@pytest.fixture(scope="session")
def standin(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("standin")
    (folder / "standin.py").write_text(STANDIN)
    return folder


@pytest.fixture(scope="session")
def stem(standin):
    """One stem for all tests, as for a class."""
    with Launcher("standin:recorded", [str(standin)], FORKS) as launcher:
        yield launcher


@pytest.fixture(scope="session")
def run_all(standin, stem):
    """Run jobs with the stand-in; notebooks given as bytes, a path or a job."""

    def run(jobs, limits=None, **options):
        options.setdefault("_launcher", stem)
        jobs = [one if isinstance(one, sandbox.Job) else sandbox.Job(one) for one in jobs]
        limits = limits or sandbox.Limits(seconds=10)
        return list(
            sandbox.execute_all(jobs, limits=limits, collect="standin:recorded", _readable=[standin], **options)
        )

    return run
