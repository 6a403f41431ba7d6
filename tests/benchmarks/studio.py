"""The segmentation studio: how long a change of k takes, from the click to the picture, at PT XYZ's full size.

Run as ``python -m tests.benchmarks.studio [rounds] [--size M] [--pause 1.0]``. A round is a page of its own in headless
Chromium, with a kernel of its own that has seen k = 5 only. Every other k from 2 to 8 is clicked, first those not seen
before in this kernel and then all of them again, so that five rounds give 30 changes of either kind. Timed in the page:
from the click to the frame after the new map stands there. Nothing is worked out ahead; the verdict on the k before,
which the studio looks at beside the page, may be under way. ``--pause`` is how long the reader looks before the next
click; ``0`` clicks as soon as the picture is there. Goal: <= 1 s at the 95th percentile. It is the reader's time: run
it where nothing else runs.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import time
from typing import Any

from tests.benchmarks.explorer import Server, kernels, wait_for
from tests.browser import find

KS = (2, 3, 4, 6, 7, 8)
CHANGE = """
(k) => new Promise((done, failed) => {
  const map = document.querySelector('.st-map'), was = map.dataset.drawn, start = performance.now();
  const there = () => map.isConnected && map.dataset.drawn !== was && map.dataset.drawn.startsWith(`kmeans-${k}-`)
    && map.querySelector('.st-dots');
  const look = () => {
    if (there()) requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
    else if (performance.now() - start > 30000) failed(new Error('no picture'));
    else setTimeout(look, 4);
  };
  document.querySelector(`[data-key=k-${k}]`).click();
  look();
})
"""


def percentile(times: list[float], share: float) -> float:
    """The smallest time that ``share`` of all times do not exceed."""
    return sorted(times)[max(0, -(-int(len(times) * share * 1000) // 1000) - 1)]


def a_round(browser: Any, address: str, pause: float, seed: int) -> tuple[list[float], list[float]]:
    """Milliseconds of every change of k: of those not seen before in this kernel, and of those seen."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address, timeout=120_000)
    page.wait_for_selector(".st-map .st-dots", timeout=120_000)
    page.wait_for_timeout(1500)
    fresh, known = [], []
    order = random.Random(seed)
    for times in (fresh, known):
        for k in order.sample(KS, len(KS)):
            times.append(page.evaluate(CHANGE, k))
            page.wait_for_timeout(pause * 1000)
    context.close()
    return fresh, known


def without_browser(size: str, rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds of the processor that the page of a change of k takes, in the thread that the reader waits for."""
    from crmlab.apps.studio import retail
    from crmlab.widgets.studio_data import Given
    from crmlab.widgets.studio_desk import StudioDesk

    shop = retail(size)
    fresh, known = [], []
    for turn in range(rounds):
        desk = StudioDesk([Given("retail", lambda: shop)], "en")
        desk.jobs.wait(120)
        order = random.Random(turn)
        for times in (fresh, known):
            for k in order.sample(KS, len(KS)):
                start = time.thread_time()
                desk.answer({"do": "set", "k": k})
                times.append(1000 * (time.thread_time() - start))
                desk.jobs.wait(120)
    return fresh, known


def main() -> None:
    """Measure, and say."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rounds", nargs="?", type=int, default=5)
    parser.add_argument("--size", default="M")
    parser.add_argument("--pause", type=float, default=1.0)
    parser.add_argument("--chromium", default=find())
    options = parser.parse_args()
    told = without_browser(options.size, options.rounds)
    command = [sys.executable, "-m", "crmlab", "gallery", "--port", "0", "--no-browser", "--size", options.size]
    server = Server(command)
    fresh: list[float] = []
    known: list[float] = []
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=options.chromium, args=["--no-sandbox", "--disable-gpu"]
            )
            for turn in range(options.rounds):
                wait_for(lambda: kernels(server.url)["waiting"] >= 1, 180)
                some = a_round(browser, f"{server.url}/app/studio?lang=en", options.pause, turn)
                fresh += some[0]
                known += some[1]
            browser.close()
    finally:
        server.stop()
    print(f"PT XYZ {options.size}, {options.rounds} pages, {options.pause:g} s between clicks; k from 2 to 8")
    for name, times in (("k not seen before", fresh), ("k seen before", known), ("all", fresh + known)):
        most = [statistics.median(times), percentile(times, 0.95), max(times)]
        print(f"{name} | n = {len(times)} | p50 {most[0]:.0f} ms | p95 {most[1]:.0f} ms | most {most[2]:.0f} ms")
    for name, times in zip(("k not seen before", "k seen before"), told, strict=True):
        cpu = statistics.median(times), percentile(times, 0.95)
        print(f"processor for the page alone, {name} | n = {len(times)} | p50 {cpu[0]:.0f} ms | p95 {cpu[1]:.0f} ms")
    print(f"load while measuring: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
