"""What every test shares: the language it runs in, a cache of its own, a browser, and how hard hypothesis tries."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

# the machines that run these tests are shared: a deadline would measure their neighbours
settings.register_profile("crmlab", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", parent=settings.get_profile("crmlab"), max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "crmlab"))

EDITIONS = ("id", "en")


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    """Tests and doctests read English unless they say otherwise, whatever the machine's settings are."""
    monkeypatch.setenv("CRMLAB_LANG", "en")
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory):
    """Data sets that a test makes stay out of the user's cache; CRMLAB_TEST_CACHE keeps them between runs."""
    before = os.environ.get("CRMLAB_CACHE")
    shared = os.environ.get("CRMLAB_TEST_CACHE")
    # xdist's workers share one folder, so that a big data set is made once
    root = tmp_path_factory.getbasetemp()
    root = root.parent if os.environ.get("PYTEST_XDIST_WORKER") else root
    os.environ["CRMLAB_CACHE"] = shared or str(root / "crmlab-cache")
    yield
    if before is None:
        del os.environ["CRMLAB_CACHE"]
    else:
        os.environ["CRMLAB_CACHE"] = before


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; a test that wants one fails when there is none, it is not skipped."""
    from tests import browser

    path = browser.find()
    if path is None:
        pytest.fail(browser.MISSING, pytrace=False)
    return path


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """A notebook's kernel starts in its edition's language and draws figures as the build did."""
    if item.path.suffix == ".ipynb":
        from notebooks import build

        os.environ.update(build.environment(item.path.parent.name))


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item, nextitem):
    """The language of a notebook ends with its last cell."""
    if item.path.suffix == ".ipynb" and (nextitem is None or nextitem.path != item.path):
        os.environ.pop("CRMLAB_LANG", None)
