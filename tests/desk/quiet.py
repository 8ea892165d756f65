"""A page in a real Chromium that must not complain: no error, nothing refused, no call to another server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, ConsoleMessage, Page

REFUSAL = "Failed to load resource: the server responded with a status of 409"
"""What a browser says when the API says no, which it may."""


@contextmanager
def quiet_page(browser: Browser, url: str, *, width: int = 1280, height: int = 900) -> Iterator[Page]:
    """A page at ``url``. On leaving, anything it complained of or asked elsewhere fails the test."""
    complaints: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(REFUSAL):
            complaints.append(message.text)

    page = browser.new_page(viewport={"width": width, "height": height})
    page.on("console", said)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda sent: None if sent.url.startswith(url) else complaints.append(sent.url))
    try:
        page.goto(url)
        yield page
        assert complaints == []
    finally:
        page.close()
