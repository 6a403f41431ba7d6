"""Where the browser is that the apps' tests drive; as a script it says what is missing."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "{ProgramFiles}/Google/Chrome/Application/chrome.exe",
    "{ProgramFiles(x86)}/Google/Chrome/Application/chrome.exe",
    "{ProgramFiles(x86)}/Microsoft/Edge/Application/msedge.exe",
    "{ProgramFiles}/Microsoft/Edge/Application/msedge.exe",
)
MISSING = """\
The tests of the apps need Chromium, Chrome or Edge, and none was found. Any one of these mends it:
  Debian, Ubuntu   sudo apt-get install chromium
  macOS            brew install --cask google-chrome
  Windows          winget install Google.Chrome
  anywhere         .venv/bin/playwright install chromium
or name one: CRMLAB_BROWSER=/path/to/chrome"""


def find() -> str | None:
    """The path of a Chromium-like browser, or None.

    ``CRMLAB_BROWSER`` wins; then the system's browsers; then one that playwright downloaded.
    """
    chosen = os.environ.get("CRMLAB_BROWSER")
    if chosen:
        return chosen if Path(chosen).is_file() else None
    for name in NAMES:
        if path := shutil.which(name):
            return path
    for place in PLACES:
        for variable in ("ProgramFiles(x86)", "ProgramFiles"):
            place = place.replace("{" + variable + "}", os.environ.get(variable, ""))
        if Path(place).is_file():
            return place
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


if __name__ == "__main__":
    found = find()
    if found is None:
        sys.exit(MISSING)
    print(found)
