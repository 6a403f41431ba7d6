"""A gallery on a free port, and a browser that writes down whom its pages ask and what they complain about."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, TimeoutError, sync_playwright

from tests.apps.boards import complete

HERE = Path(__file__).parent
collect_ignore_glob = ["notebooks/*.ipynb"]  # pages to be served, one of them meant to fail
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Gallery:
    """A running gallery with the test apps."""

    def __init__(self, lang: str = "id", pool: int = 1) -> None:
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        command = [sys.executable, str(HERE / "served.py"), lang, str(pool)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=HERE.parents[1]
        )
        line = self.process.stdout.readline()
        found = re.search(r"http://\S+", line)
        if not found:
            self.stop()
            pytest.fail(f"the gallery did not start: {line}{self.process.stderr.read()}")
        self.url = found[0].rstrip("/")
        self.said = line

    def get(self, path: str, headers: dict[str, str] | None = None, method: str = "GET"):
        """An answer of the server."""
        request = urllib.request.Request(self.url + path, headers=headers or {}, method=method)
        return urllib.request.urlopen(request, timeout=30)

    def kernels(self) -> dict[str, int]:
        """How many kernels serve a page, and how many wait for one."""
        return json.load(self.get("/crmlab/api/status"))["kernels"]

    def apps(self) -> int:
        """How many apps are served: one kernel of each waits for its reader."""
        return len(set(re.findall(r'href="/app/(\w+)', self.get("/").read().decode())))

    def wait_for_kernels(self, seconds: float = 20, **wanted: int) -> float:
        """Wait for numbers of kernels; how long that took."""
        start = time.monotonic()
        while time.monotonic() - start < seconds:
            now = self.kernels()
            if all(now[key] == number for key, number in wanted.items()):
                return time.monotonic() - start
            time.sleep(0.1)
        raise AssertionError(f"after {seconds} s there are {self.kernels()} kernels, wanted {wanted}")

    def stop(self) -> None:
        """End the server as Ctrl+C does."""
        self.process.terminate()
        try:
            self.process.communicate(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
            raise


@pytest.fixture(scope="session")
def gallery():
    served = Gallery()
    yield served
    served.stop()


@pytest.fixture(scope="session")
def browser(chromium):
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


@dataclass
class Visit:
    """A page with its diary."""

    page: Page
    url: str
    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, path: str, drawn: bool = True) -> Page:
        """Go to a path of the gallery; for an app wait until its widgets stand there."""
        # the first page shares two cores with the kernels of all other apps, which start at the same time
        self.page.goto(self.url + path, wait_until="domcontentloaded" if drawn else "commit", timeout=90_000)
        if drawn and path.startswith("/app/"):
            self.drawn()
        return self.page

    def drawn(self) -> None:
        """Wait until the app's first widget is there; when it does not come, say what the page knows."""
        try:
            self.page.wait_for_selector("body.crm-drawn", timeout=30_000)
        except TimeoutError as error:
            state = self.page.evaluate(
                "[document.readyState, !!window.jupyterapp, !!document.querySelector('.crm-cell')]"
            )
            state.append(self.page.inner_text("body"))
            raise AssertionError(f"{self.page.url} was not drawn: {state} {self.complaints}") from error

    def faults(self) -> list[str]:
        """Serious and critical findings of axe-core."""
        found = Axe().run(self.page).response["violations"]
        return [
            f"{one['id']}: {node['html'][:160]}"
            for one in found
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]

    def overflow(self) -> int:
        """By how many pixels the page is wider than its window."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def notice(self, kind: str, seconds: float = 10) -> str:
        """The words of a notice, as soon as it is shown."""
        return self.page.wait_for_selector(f"[data-notice={kind}] p", timeout=seconds * 1000).inner_text()


@pytest.fixture
def visit(browser, gallery, request, tmp_path):
    """Opens pages: ``visit(width=390, theme="dark").open("/app/counter")``. A picture is kept when the test fails."""
    contexts = []

    def new(width: int = 1280, theme: str = "light", url: str | None = None) -> Visit:
        url = url or gallery.url
        context = browser.new_context(viewport={"width": width, "height": 820})
        context.add_cookies([{"name": "crmlab_theme", "value": theme, "url": url}])
        contexts.append(context)
        one = Visit(context.new_page(), url)

        def asked(asking) -> None:
            one.hosts.add(urlsplit(asking.url).hostname or urlsplit(asking.url).scheme)
            one.requests.append(asking.url)

        one.page.on("request", asked)
        one.page.on("websocket", lambda line: one.hosts.add(urlsplit(line.url).hostname))
        one.page.on("pageerror", lambda error: one.complaints.append(str(error)))
        one.page.on("console", lambda said: one.complaints.append(said.text) if said.type == "error" else None)
        return one

    yield new
    for context in contexts:
        if request.session.testsfailed and context.pages:
            context.pages[0].screenshot(path=tmp_path / f"{request.node.name[:60]}.png")
        context.close()


@pytest.fixture
def board(visit):
    """Opens a board and waits until every card of its first part is drawn: ``board("hospital", "en", width=390)``."""

    def open_it(app: str, lang: str = "id", path: str = "", **how) -> tuple[Visit, Page]:
        here = visit(**how)
        page = here.open(f"/app/{app}?lang={lang}{path}")
        complete(page)
        return here, page

    return open_it
