"""A real browser at the running demo."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy import select
from sqlalchemy.orm import Session

from wellbeing_bot.app import App, build_demo
from wellbeing_bot.config import read_settings
from wellbeing_bot.store import LongWork, Network
from wellbeing_bot.web.app import create_app
from wellbeing_bot.web.simulator import fill

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


@dataclass
class Running:
    """The demo, listening."""

    app: App
    url: str


@contextmanager
def running_demo(folder: Path) -> Iterator[Running]:
    """The demo with its story, on a free port of this machine."""
    settings = read_settings(
        database_url=f"sqlite:///{folder / 'demo.db'}", secret_key="for tests only " * 4, _env_file=None
    )
    app = build_demo(settings)
    fill(app)
    app.database.run(_long_work)
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(create_app(app), host="127.0.0.1", port=port, log_config=None, access_log=False)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(400):
        if server.started:
            break
        time.sleep(0.05)
    assert server.started, "the demo did not start"
    try:
        yield Running(app, f"http://127.0.0.1:{port}")
    finally:
        server.should_exit = True
        thread.join(timeout=20)


def _long_work(session: Session) -> None:
    """A message to many that waits, so that its page has something to show."""
    network_id = session.scalars(select(Network.id)).one()
    now = datetime(2026, 11, 2, 9, tzinfo=UTC)
    session.add(
        LongWork(network_id=network_id, kind="message", about="Everybody", by="Sunita Rao", made_at=now)
    )


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def sign_in(context: BrowserContext, url: str, role: str) -> Page:
    """One click, as the demo offers it."""
    page = context.new_page()
    page.goto(f"{url}/desk/sign-in")
    page.get_by_role("button", name=f"{role} of the demo").click()
    page.wait_for_url("**/desk/**")
    return page


def violations(page: Page) -> list[str]:
    """What axe has against a page: rule and where."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']}: {node['target']} {node['html'][:120]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def sideways(page: Page) -> int:
    """By how many pixels a page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def text(url: str, sender: str, words: str) -> None:
    """Somebody of the story texts; everything that follows at once has happened when this returns."""
    answer = httpx.post(f"{url}/simulator/api/text", json={"from": sender, "text": words}, timeout=60)
    assert answer.status_code == 200, answer.text


def forward(url: str, by: str) -> None:
    """Time goes on in the story."""
    answer = httpx.post(f"{url}/simulator/api/clock", json={"forward": by}, timeout=120)
    assert answer.status_code == 200, answer.text
