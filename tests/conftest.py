"""What every test may use."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Times under load vary; correctness is what tests are for. Speed is measured in benchmarks/.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("here")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """A Chromium to drive; without one the test fails and names the command that installs it."""
    for name in BROWSERS:
        path = shutil.which(name)
        if path:
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if os.path.exists(path):
        return path
    pytest.fail("no Chromium: run `python scripts/install_browser.py`, or `apt-get install chromium`")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for one test's database."""
    return tmp_path
