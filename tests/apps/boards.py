"""What the tests of every board wait for."""

from __future__ import annotations

from playwright.sync_api import Page


def complete(page: Page, part: str = "") -> None:
    """Wait until the cards of a part are drawn."""
    page.wait_for_function(
        "part => { const b = document.querySelector('.bd-board'); "
        "return b && b.dataset.complete === b.dataset.ready && b.dataset.ready.includes(part); }",
        arg=part,
        timeout=60_000,
    )
