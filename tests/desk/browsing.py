"""A page in a real Chromium that must not complain: no error, nothing refused, no call to another server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page

AXE = Path(__file__).parent / "vendor" / "axe.min.js"


@contextmanager
def quiet_page(browser: Browser, url: str, *, width: int = 1280, height: int = 900) -> Iterator[Page]:
    """A page at ``url``. On leaving, anything it complained of or asked elsewhere fails the test."""
    complaints: list[str] = []
    refusal = "Failed to load resource: the server responded with a status of 409"  # a page may be told no
    page = browser.new_page(viewport={"width": width, "height": height})

    def said(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(refusal):
            complaints.append(message.text)

    page.on("console", said)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda sent: None if sent.url.startswith(url) else complaints.append(sent.url))
    try:
        page.goto(url)
        yield page
        assert complaints == []
    finally:
        page.close()


def violations(page: Page) -> list[tuple[str, Any]]:
    """What axe finds wrong on a page: the rule, and where. Evaluated, so that the CSP stays as it is."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found["violations"]]
