"""The full data set is made beside the server, and the pages say so."""

import asyncio
import json
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from crmlab.apps import full_data


def finished(work):
    """What a coroutine gives, run in a thread of its own: the browser's loop runs in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


MAKES = "import time\nfor i in range(5): print(f'[{i}, 4]', flush=True)"
FAILS = "import sys\nprint('[1, 4]', flush=True)\nsys.exit('no room on the disk')"


@pytest.fixture
def fresh(monkeypatch):
    """A FullData on a machine that has only the bundled size, whose child runs ``program``."""
    monkeypatch.setattr(full_data, "_is_ready", lambda size: size == "S")

    def new(program: str, size: str | None = None):
        monkeypatch.setattr(full_data.FullData, "command", (sys.executable, "-c", program))
        seen, said = [], []
        data = full_data.FullData(lambda: seen.append(dict(data.status())), size, said.append)
        return data, seen, said

    return new


def test_the_bundled_size_serves_until_the_full_one_is_made(fresh):
    data, seen, _ = fresh(MAKES)
    assert data.status() == {"size": "S", "full": "absent", "share": 0.0}
    assert finished(data.make())
    assert data.status() == {"size": "M", "full": "ready", "share": 1.0}
    shares = [one["share"] for one in seen]
    assert shares == sorted(shares)
    assert {0.25, 0.5, 0.75} <= set(shares)
    assert {one["size"] for one in seen if one["full"] == "making"} == {"S"}
    assert not finished(data.make())


def test_a_child_that_fails_leaves_the_bundled_size_and_a_line_in_the_log(fresh):
    data, _, said = fresh(FAILS)
    assert not finished(data.make())
    assert data.status() == {"size": "S", "full": "failed", "share": 0.25}
    assert "no room on the disk" in said[0]


def test_the_bundled_size_can_be_asked_for(fresh):
    data, seen, _ = fresh(MAKES, size="S")
    assert not finished(data.make())
    assert seen == []


@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_says_how_far_the_full_data_is_and_offers_it(visit, width):
    here = visit(width=width)
    lines = []
    here.page.route_web_socket(
        "**/crmlab/live/*", lambda line: (lines.append(line), line.connect_to_server().on_message(lambda _: None))
    )
    page = here.open("/app/explorer?lang=en")

    def say(**data):
        lines[-1].send(json.dumps({"data": data}))

    say(size="S", full="making", share=0.42)
    page.get_by_text("Preparing the full data: 42%").wait_for()
    assert here.faults() == []
    assert here.overflow() <= 0
    say(size="M", full="ready", share=1.0)
    page.get_by_role("button", name="Load the full data").wait_for()
    assert here.faults() == []
    assert here.overflow() <= 0
    say(size="S", full="failed", share=0.42)
    page.get_by_text("could not be prepared").wait_for()
    assert here.overflow() <= 0
