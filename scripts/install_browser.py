"""Find a Chromium for the browser tests, or install one; where neither works, say what to run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def found() -> bool:
    """Whether a browser is there already, the system's or Playwright's own."""
    if any(shutil.which(name) for name in NAMES):
        return True
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return os.path.exists(playwright.chromium.executable_path)


def install() -> bool:
    """Playwright's own browser first, then the system's package."""
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get") and os.geteuid() == 0:
        attempts += [["apt-get", "-qq", "update"], ["apt-get", "-qq", "install", "-y", "chromium"]]
    for command in attempts:
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if found():
            return True
    return False


if __name__ == "__main__":
    if not found() and not install():
        sys.exit(
            "No Chromium could be installed, so the browser tests will fail. Install one, for example with "
            "`apt-get install chromium` or `python -m playwright install --with-deps chromium`."
        )
