"""Kernels end with their pages, and a page knows when its kernel or the server has ended."""

import json
import os
import signal
import time

import psutil
import pytest

from .conftest import FLAGS, Gallery

KERNELS_LEFT = 5.0  # seconds after the page was closed


def kernel_process(page):
    """The process of the page's kernel."""
    kernel = json.loads(page.locator("#jupyter-config-data").text_content())["kernelId"]
    for process in psutil.process_iter(["cmdline"]):
        if any(kernel in part for part in process.info["cmdline"] or []):
            return process
    raise AssertionError(f"no process for the kernel {kernel}")


@pytest.fixture
def quiet(gallery):
    gallery.wait_for_kernels(seconds=40, serving=0)
    return gallery


def test_a_closed_page_leaves_no_kernel(visit, quiet):
    page = visit().open("/app/counter")
    process = kernel_process(page)
    page.close()
    _, alive = psutil.wait_procs([process], timeout=KERNELS_LEFT)
    assert alive == []
    quiet.wait_for_kernels(seconds=1, serving=0)


def test_a_page_closed_while_it_waits_leaves_no_kernel(visit, quiet):
    here = visit()
    page = here.open("/app/counter", drawn=False)
    page.wait_for_selector("#crm-waiting")
    page.close()
    quiet.wait_for_kernels(seconds=KERNELS_LEFT, serving=0)


def test_a_page_that_is_left_or_reloaded_leaves_no_kernel(visit, quiet):
    here = visit()
    page = here.open("/app/counter")
    page.reload()
    here.drawn()
    quiet.wait_for_kernels(seconds=KERNELS_LEFT, serving=1)
    page.get_by_role("link", name="crmlab").click()
    page.wait_for_selector(".crm-cards")
    quiet.wait_for_kernels(seconds=KERNELS_LEFT, serving=0)
    page.go_back()
    here.drawn()
    quiet.wait_for_kernels(seconds=KERNELS_LEFT, serving=1)


def test_a_crashed_browser_leaves_no_kernel(browser, chromium, quiet):
    crashing = browser.browser_type.launch(executable_path=chromium, args=FLAGS)
    context = crashing.new_context()
    page = context.new_page()
    page.goto(f"{quiet.url}/app/counter")
    page.wait_for_selector("body.crm-drawn", timeout=45_000)
    session = crashing.new_browser_cdp_session()
    pids = [one["id"] for one in session.send("SystemInfo.getProcessInfo")["processInfo"] if one["type"] == "browser"]
    os.kill(pids[0], signal.SIGKILL)
    quiet.wait_for_kernels(seconds=KERNELS_LEFT, serving=0)


def test_a_page_says_that_its_kernel_died_and_offers_to_reload(visit, quiet):
    here = visit()
    page = here.open("/app/counter?lang=en")
    kernel_process(page).kill()
    start = time.monotonic()
    assert "Reload the page" in here.notice("kernel_gone", 6)
    assert time.monotonic() - start < 5
    page.get_by_role("link", name="ID", exact=True)
    page.get_by_role("button", name="Reload").click()
    page.wait_for_selector("body:not(.crm-drawn)", state="attached")
    here.drawn()
    page.get_by_text("Count 0").wait_for()


def test_a_page_says_that_the_server_stopped(visit):
    own = Gallery("id")
    try:
        here = visit(url=own.url)
        here.open("/app/counter")
    finally:
        own.stop()
    assert "Server crmlab tidak menjawab" in here.notice("server_gone", 5)


def test_a_stopped_server_leaves_no_process():
    own = Gallery("en", pool=2)
    own.wait_for_kernels(waiting=2 * own.apps())
    children = psutil.Process(own.process.pid).children(recursive=True)
    assert len(children) >= 6
    own.stop()
    _, alive = psutil.wait_procs(children, timeout=5)
    assert alive == []


def test_a_step_that_fails_is_said_and_the_page_goes_on(visit, quiet):
    here = visit()
    page = here.open("/app/counter?lang=en")
    page.get_by_role("button", name="break").click()
    assert "last step failed" in here.notice("step_failed")
    assert "ZeroDivisionError" not in page.content()
    page.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="+1").click()
    page.get_by_text("Count 1").wait_for()


# Clicks as soon as the button stands on the page, long before a person could.
EAGER = """
new MutationObserver((_, observer) => {
  const button = [...document.querySelectorAll("button")].find((one) => one.textContent === "+1");
  if (button) { observer.disconnect(); setTimeout(() => button.click(), %d); }
}).observe(document, { childList: true, subtree: true });
"""


@pytest.mark.parametrize("delay", [0, 100, 300])
@pytest.mark.parametrize("slow", [1, 4])
def test_the_first_click_is_not_lost(visit, quiet, delay, slow):
    """Updates within 0.4 s of the first paint were lost three times in trials under load."""
    here = visit()
    here.page.add_init_script(EAGER % delay)
    here.page.context.new_cdp_session(here.page).send("Emulation.setCPUThrottlingRate", {"rate": slow})
    page = here.open("/app/counter?lang=en")
    page.get_by_text("Count 1").wait_for(timeout=15_000)


def test_kernels_wait_for_readers_of_apps_only(quiet):
    quiet.wait_for_kernels(waiting=quiet.apps())
