"""Pictures of every page of the desk, wide and on a phone: ``python -m tests.desk.screenshots``.

They go to docs/screenshots, to be looked at.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from tests.desk.browsing import PHONE, WIDE, chromium, forward, running_demo, sign_in, text
from tests.desk.every_path import paths

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
FRAGMENTS = ("/worklist/list", "/urgent", "/thread", "/now", "/file")
TALLEST = 2400
WALTER, JEAN, TOM = "+447700900202", "+447700900201", "+447700900208"


def take() -> None:
    """A morning of the demo, then every page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = shutil.which("chromium") or sys.exit("no Chromium: run `python scripts/install_browser.py`")
    with (
        tempfile.TemporaryDirectory() as folder,
        running_demo(Path(folder)) as demo,
        chromium(path) as browser,
    ):
        text(demo.url, WALTER, "when is the next walk please")
        text(demo.url, WALTER, "can somebody ring me")
        text(demo.url, JEAN, "i cant go on any more, i want to end it all")
        text(demo.url, TOM, "START")
        forward(demo.url, "20 minutes")
        for size, words in ((WIDE, "wide"), (PHONE, "phone")):
            context = browser.new_context(viewport=size, locale="en-GB")  # type: ignore[arg-type]
            page = sign_in(context, demo.url, "Administrator")
            for name, address in paths(demo.app).items():
                if address.endswith(FRAGMENTS) or address == "/desk/sign-in":
                    continue
                page.goto(demo.url + address)
                _picture(page, f"{name}-{words}")
            context.close()
            stranger = browser.new_page(viewport=size, locale="en-GB")  # type: ignore[arg-type]
            stranger.goto(f"{demo.url}/desk/sign-in")
            _picture(stranger, f"sign-in-{words}")
            stranger.close()


def _picture(page: Page, name: str) -> None:
    """The page from its top; a long list goes on beyond what is shown."""
    size = page.viewport_size or {"width": 1280, "height": 900}
    height = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST)
    page.screenshot(
        path=FOLDER / f"{name}.jpg",
        type="jpeg",
        quality=50,
        full_page=True,
        clip={"x": 0, "y": 0, "width": size["width"], "height": height},
    )


if __name__ == "__main__":
    take()
