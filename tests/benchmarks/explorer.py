"""The cube explorer beside the same small app in Panel: how soon it stands there, how soon it answers, what it costs.

Run as ``python -m tests.benchmarks.explorer --panel PYTHON [--size M] [--rounds 7]``, where PYTHON is an interpreter
with Panel 1.9, plotly and pandas (an environment of its own, or this one with the extra ``bench``). Bytecode must be
compiled on both sides. Rounds alternate, each in a fresh browser context (nothing cached); medians are printed, and the
95th percentile of the explorer's clicks. Wall time, since it is the reader's: run it where nothing else runs.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.browser import find

HERE = Path(__file__).parent
CLICKS = 8
STARTED = 60.0

# every element of the page, those in shadow roots too (Panel draws in them)
DEEP = """
window.deep = (wanted) => {
  const found = [], walk = (root) => { for (const node of root.querySelectorAll("*")) {
    if (node.matches(wanted)) found.push(node); if (node.shadowRoot) walk(node.shadowRoot); } };
  walk(document); return found; };
window.text_of = (wanted) => deep(wanted).map((n) => n.textContent).join("|");
window.settled = (test, limit = 20000) => new Promise((done) => { const start = performance.now();
  const look = () => { if (test()) done(performance.now()); else if (performance.now() - start > limit) done(null);
    else requestAnimationFrame(look); };
  look(); });
"""
# the chart is there when it can be read and clicked; plotly draws the same figure over it when the page is at rest
OURS_DRAWN = (
    "document.querySelector('.cx-pivot') && "
    "document.querySelector('.cx-chart-card .cx-plot :is(.cx-sketch [data-mark], .trace)')"
)
OURS_PLOTLY = "document.querySelector('.cx-chart-card .main-svg .trace')"
THEIRS_DRAWN = "deep('.tabulator-row').length > 3 && deep('.main-svg .scatterlayer .trace').length"


class Server:
    """A server process whose output says its address."""

    def __init__(self, command: list[str], **environment: str) -> None:
        known = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        self.log = tempfile.TemporaryFile("w+")  # noqa: SIM115  open as long as the server runs
        self.process = subprocess.Popen(
            command, stdout=self.log, stderr=subprocess.STDOUT, text=True, env=known | environment
        )
        start = time.monotonic()
        while not (found := re.search(r"http://[\w.]+:\d+", self.said())):
            if self.process.poll() is not None or time.monotonic() - start > STARTED:
                raise RuntimeError(self.said())
            time.sleep(0.1)
        self.url = found[0].replace("localhost", "127.0.0.1")

    def said(self) -> str:
        """What it printed."""
        self.log.seek(0)
        return self.log.read()

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(15)


def kernels(url: str) -> dict[str, int]:
    """Serving and waiting kernels of a gallery."""
    return json.load(urllib.request.urlopen(f"{url}/crmlab/api/status", timeout=30))["kernels"]


def wait_for(test: Any, seconds: float = 60) -> None:
    """Wait until something holds."""
    start = time.monotonic()
    while not test():
        if time.monotonic() - start > seconds:
            raise TimeoutError
        time.sleep(0.1)


def kernel_costs(server: Server) -> list[tuple[float, float]]:
    """CPU seconds and PSS (MB) of every kernel below a server."""
    import psutil

    found = []
    for child in psutil.Process(server.process.pid).children(recursive=True):
        if "crmlab.apps.kernel" in " ".join(child.cmdline()):
            used = child.cpu_times()
            pss = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{child.pid}/smaps_rollup").read_text(), re.MULTILINE)
            found.append((used.user + used.system, int(pss[1]) / 1024))
    return found


def visit(browser: Any, address: str, drawn: str, hosts: set[str]) -> tuple[Any, float]:
    """A page in a fresh context, and the milliseconds from navigation to its first chart."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.on("request", lambda asked: hosts.add(urlsplit(asked.url).hostname or urlsplit(asked.url).scheme))
    page.add_init_script(DEEP)
    page.goto(address, wait_until="commit")
    took = page.evaluate(f"settled(() => {drawn}, 60000)")
    if took is None:
        raise TimeoutError(address)
    return page, took


def clicks_ours(page: Any) -> list[float]:
    """Milliseconds from a click on a row's heading to the next table and chart; back again between."""
    times = []
    for i in range(CLICKS):
        page.wait_for_timeout(400)
        times.append(
            page.evaluate(
                """async (i) => {
                const heads = document.querySelectorAll('.cx-pivot tbody th.cx-drills');
                const view = document.querySelector('.cx-explorer').dataset.ready;
                const drawn = document.querySelector('.cx-chart-card .cx-chart').dataset.drawn;
                const start = performance.now();
                heads[i % heads.length].click();
                const end = await settled(() => document.querySelector('.cx-explorer').dataset.ready !== view
                    && document.querySelector('.cx-chart-card .cx-chart').dataset.drawn !== drawn);
                return end - start; }""",
                i,
            )
        )
        page.wait_for_timeout(300)
        page.evaluate("document.querySelector('[data-key=back]').click()")
        page.evaluate("settled(() => document.querySelectorAll('.cx-trail li').length === 1)")
    return times


def clicks_theirs(page: Any) -> list[float]:
    """The same in Panel: a click on a row until the table's rows and the chart's title have changed."""
    times = []
    for i in range(CLICKS):
        page.wait_for_timeout(400)
        times.append(
            page.evaluate(
                """async (i) => {
                const rows = deep('.tabulator-row');
                const cell = rows[i % (rows.length - 1)].querySelectorAll('.tabulator-cell')[2];
                const table = text_of('.tabulator-row'), title = text_of('.gtitle');
                const start = performance.now();
                for (const kind of ['mousedown', 'mouseup', 'click'])
                    cell.dispatchEvent(new MouseEvent(kind, { bubbles: true, composed: true }));
                const end = await settled(() => text_of('.tabulator-row') !== table && text_of('.gtitle') !== title
                    && deep('.tabulator-row').length);
                return end === null ? null : end - start; }""",
                i,
            )
        )
        page.wait_for_timeout(300)
        page.evaluate("deep('.bk-btn')[0].click()")
        page.evaluate("settled(() => text_of('.gtitle').endsWith('Semua') && deep('.tabulator-row').length > 3)")
    return times


def percentile(values: list[float], share: float) -> float:
    """The smallest value that at least a share of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--panel", default=sys.executable)
    parser.add_argument("--size", default="M")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--chromium", default=find())
    options = parser.parse_args()
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    from crmlab import datasets

    folder = Path(datasets.load_retail(options.size).path("fact_sales_line")).parent
    ours = Server([sys.executable, "-m", "crmlab", "gallery", "--no-browser", "--port", "0", "--size", options.size])
    theirs = Server(
        [options.panel, "-m", "panel", "serve", str(HERE / "panel_explorer.py"), "--port", "5187", "--warm"],
        PTXYZ=str(folder),
    )
    first: dict[str, list[float]] = {"ours": [], "plotly": [], "theirs": []}
    click: dict[str, list[float]] = {"ours": [], "theirs": []}
    hosts: set[str] = set()
    costs, faults = [], []
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=options.chromium, args=["--no-sandbox", "--disable-gpu"]
            )
            for turn in range(options.rounds + 1):  # the first round warms both servers up and is not counted
                wait_for(lambda: kernels(ours.url)["waiting"] >= 1)
                waiting = kernel_costs(ours)
                page, took = visit(browser, f"{ours.url}/app/explorer", OURS_DRAWN, hosts)
                plotly = page.evaluate(f"settled(() => {OURS_PLOTLY}, 60000)")
                clicked = clicks_ours(page)
                if turn:
                    first["ours"].append(took)
                    first["plotly"].append(plotly)
                    click["ours"] += clicked
                    costs.append((waiting[0][0], max(pss for _, pss in kernel_costs(ours))))
                if turn == 1:
                    page.wait_for_timeout(500)
                    faults = [
                        v["id"]
                        for v in Axe().run(page).response["violations"]
                        if v["impact"] in ("serious", "critical")
                    ]
                page.context.close()
                page, took = visit(browser, f"{theirs.url}/panel_explorer", THEIRS_DRAWN, set())
                clicked = clicks_theirs(page)
                if turn:
                    first["theirs"].append(took)
                    click["theirs"] += [c for c in clicked if c is not None]
                page.context.close()
                time.sleep(1)
            time.sleep(5)
            left = kernels(ours.url)["serving"]
            browser.close()
    finally:
        ours.stop()
        theirs.stop()
    middle = {name: statistics.median(times) for name, times in first.items()}
    answer = {name: statistics.median(times) for name, times in click.items()}
    rival = middle["theirs"]
    for what, took in (("first chart", middle["ours"]), ("the chart as plotly draws it", middle["plotly"])):
        print(f"navigation to {what} | {took:.0f} ms | Panel {rival:.0f} ms | {took / rival:.2f}")
    mine, rival = answer["ours"], answer["theirs"]
    print(f"click to table and chart | {mine:.0f} ms | Panel {rival:.0f} ms | {mine / rival:.2f}")
    print(f"click, 95th percentile of {len(click['ours'])} | {percentile(click['ours'], 0.95):.0f} ms")
    print(f"kernel CPU to ready | {statistics.median(c for c, _ in costs):.2f} s")
    print(f"PSS of one session after its clicks | {statistics.median(p for _, p in costs):.0f} MB")
    print(f"foreign hosts | {sorted(hosts - {'127.0.0.1', 'localhost', 'blob', 'data', 'about'})}")
    print(f"serious axe findings | {faults}")
    print(f"kernels left 5 s after the page closed | {left}")


if __name__ == "__main__":
    main()
