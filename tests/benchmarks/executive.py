"""The executive dashboard beside the same one in Panel: a change of a filter to the last updated tile.

Run as ``python -m tests.benchmarks.executive [--panel PYTHON] [--size M] [--changes 24]``, where PYTHON is an
interpreter with Panel 1.9, plotly and pandas (an environment of its own, or this one with the extra ``bench``). Both
pages stand open in one Chromium; every change is made in the one and at once in the other, so that whatever else the
machine does meets both. First visits are combinations of filters that nobody has asked for; then the same walk again.
Wall time, since it is the reader's: run it where nothing else runs. Medians and 95th percentiles are printed.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.explorer import DEEP, HERE, Server, kernels, percentile, wait_for
from tests.browser import find

TILES, FIGURES = 5, 7
CALM = 700  # what board.js waits before plotly draws
REST = 1500  # milliseconds between two changes, so that plotly has drawn what it draws at rest
OPTIONS = {
    "year": ["2020", "2019", "2018", "2017"],
    "segment": ["all", "loyal", "regular", "seasonal", "promo_hunter", "corporate"],
    "channel": ["all", "store", "marketplace", "website", "whatsapp"],
    "region": ["all", "java", "sumatra", "sulawesi", "kalimantan"],
}
SERVE = (
    "import sys; from crmlab import apps; "
    "apps.serve(port=0, open_browser=False, size=sys.argv[1], apps={'executive': apps.bundled()['executive']})"
)
OURS_READY = (
    "(() => { const b = document.querySelector('.bd-board'); return b && b.dataset.complete "
    f"&& b.dataset.complete === b.dataset.ready && b.querySelectorAll('.bd-card').length === {FIGURES}; }})()"
)
THEIRS_READY = f"deep('.gtitle').length === {FIGURES} && deep('small').length === {TILES}"
OURS = """async ([control, value, view]) => {
    const board = document.querySelector('.bd-board'), field = document.querySelector(`[data-key=control-${control}]`);
    const start = performance.now();
    field.value = value;
    field.dispatchEvent(new Event('change', { bubbles: true }));
    const end = await settled(() => board.dataset.ready === view && board.dataset.complete === view);
    if (end === null) return null;
    const seen = [...board.querySelectorAll('.bd-chart')].filter((b) => b.getBoundingClientRect().top < innerHeight);
    return [end - start, await settled(() => seen.every((b) => b.dataset.drawn)) - start]; }"""
THEIRS = f"""async ([at, value, chosen]) => {{
    const field = deep('select')[at];
    const start = performance.now();
    field.value = value;
    field.dispatchEvent(new Event('change', {{ bubbles: true }}));
    const end = await settled(() => deep('.gtitle').filter((t) => t.textContent.endsWith(chosen)).length === {FIGURES}
        && deep('small').filter((t) => t.textContent === chosen).length === {TILES});
    return end === null ? null : [end - start]; }}"""


def walk(changes: int, seed: int = 7) -> list[tuple[str, dict[str, str]]]:
    """Changes of one filter at a time, each to a combination that was not there before, two places at most."""
    rng = random.Random(seed)
    state = {control: options[0] for control, options in OPTIONS.items()}
    seen, steps = {tuple(state.values())}, []
    while len(steps) < changes:
        control = rng.choice(list(OPTIONS))
        after = {**state, control: rng.choice(OPTIONS[control])}
        places = sum(after[c] != "all" for c in ("segment", "channel", "region"))
        # companies buy from field sales and from the shop's own channels: no combination of the walk is empty
        if tuple(after.values()) in seen or places > 2:
            continue
        seen.add(tuple(after.values()))
        steps.append((control, after))
        state = after
    return steps


def opened(browser: Any, address: str, ready: str) -> Any:
    """A page in a context of its own, when all of it is there."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.add_init_script(DEEP)
    page.goto(address, wait_until="commit")
    if page.evaluate(f"settled(() => {ready}, 90000)") is None:
        raise TimeoutError(address)
    page.wait_for_timeout(3 * REST)
    return page


def changed(page: Any, script: str, told: list[Any]) -> list[float]:
    """Milliseconds of one change; of ours also those until plotly has drawn the figures in view."""
    page.bring_to_front()
    page.wait_for_timeout(REST)
    took = page.evaluate(script, told)
    if took is None:
        raise TimeoutError(str(told))
    return took


def back(page: Any, script: str, tell: Any) -> None:
    """All filters where they stood at first."""
    state = {control: options[0] for control, options in OPTIONS.items()}
    for control in OPTIONS:
        page.evaluate(script.replace("settled(() =>", "settled(() => true ||"), tell(control, state))
        page.wait_for_timeout(REST)


def ours_told(control: str, state: dict[str, str]) -> list[Any]:
    """What the script in our page is told."""
    return [control, state[control], "-".join(["shop", "overview", *state.values()])]


def theirs_told(control: str, state: dict[str, str]) -> list[Any]:
    """What the script in Panel's page is told."""
    named = {c: "Semua" if v == "all" else v for c, v in state.items()}
    return [list(OPTIONS).index(control), named[control], " · ".join(named.values())]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--panel", default=sys.executable)
    parser.add_argument("--size", default="M")
    parser.add_argument("--changes", type=int, default=24)
    parser.add_argument("--chromium", default=find())
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    from crmlab import datasets

    folder = Path(datasets.load_retail(options.size).path("fact_sales_line")).parent
    ours = Server([sys.executable, "-c", SERVE, options.size])
    theirs = Server(
        [options.panel, "-m", "panel", "serve", str(HERE / "panel_executive.py"), "--port", "5188", "--warm"],
        PTXYZ=str(folder),
    )
    times: dict[str, dict[str, list[float]]] = {}
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=options.chromium, args=["--no-sandbox", "--disable-gpu"]
            )
            wait_for(lambda: kernels(ours.url)["waiting"] >= 1, 300)
            time.sleep(5)
            mine = opened(browser, f"{ours.url}/app/executive", OURS_READY)
            other = opened(browser, f"{theirs.url}/panel_executive", THEIRS_READY)
            for visit in ("first visits", "repeated"):
                taken = times[visit] = {"ours": [], "plotly": [], "theirs": []}
                for control, state in walk(options.changes):
                    took = changed(mine, OURS, ours_told(control, state))
                    taken["ours"].append(took[0])
                    taken["plotly"].append(took[1])
                    taken["theirs"] += changed(other, THEIRS, theirs_told(control, state))
                back(mine, OURS, ours_told)
                back(other, THEIRS, theirs_told)
            browser.close()
    finally:
        ours.stop()
        theirs.stop()
    times["all"] = {who: [t for taken in times.values() for t in taken[who]] for who in ("ours", "plotly", "theirs")}
    for visit, taken in times.items():
        for what, of in (("median", statistics.median), ("95th percentile", lambda found: percentile(found, 0.95))):
            mine, other = of(taken["ours"]), of(taken["theirs"])
            changes = f"change of a filter to the last tile, {visit} ({len(taken['ours'])}), {what}"
            print(f"{changes} | {mine:.0f} ms | Panel {other:.0f} ms | {mine / other:.2f}")
    drawn = statistics.median(times["all"]["plotly"])
    print(f"until plotly has drawn what is in view over it, which waits {CALM} ms of rest | {drawn:.0f} ms")


if __name__ == "__main__":
    main()
