"""docs/simulator.md shows whole stories; they run as they stand, against a demo over real HTTP."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.live import served
from wellbeing_bot.app import build_demo
from wellbeing_bot.config import read_settings
from wellbeing_bot.web.simulator import fill
from wellbeing_bot.web.simulator.describe import page
from wellbeing_bot.web.simulator.reading import LOOKS
from wellbeing_bot.web.simulator.writing import CHANGES

PAGE = Path(__file__).parents[3] / "docs" / "simulator.md"
DOCUMENTED_AT = "http://127.0.0.1:8000"


def blocks(language: str) -> list[str]:
    """The examples in one language."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.fixture(scope="module")
def demo_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demo that has just been started."""
    folder = tmp_path_factory.mktemp("docs")
    app = build_demo(read_settings(_env_file=None, database_url=f"sqlite:///{folder / 'demo.db'}"))
    fill(app)
    with served(app) as url:
        yield url


def test_the_story_in_python_runs(demo_url: str) -> None:
    [story] = blocks("python")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(story.replace(DOCUMENTED_AT, demo_url), str(PAGE), "exec"), {})
    assert out.getvalue() == "Pat was met at the door.\n"


def test_every_curl_command_is_answered(demo_url: str) -> None:
    commands = [line for block in blocks("sh") for line in block.splitlines() if line.startswith("curl")]
    assert len(commands) > 8
    for command in commands:
        method, url, body = curl(command.replace("$API", f"{demo_url}/simulator/api"))
        answer = httpx.request(method, url, content=body, timeout=60)
        assert answer.status_code == 200, (command, answer.text)


def curl(command: str) -> tuple[str, str, str | None]:
    """Method, address and body of a curl command as the page writes them."""
    words = shlex.split(command)
    assert words[:2] == ["curl", "-s"]
    method = words[words.index("-X") + 1] if "-X" in words else "GET"
    body = words[words.index("-d") + 1] if "-d" in words else None
    [url] = [word for word in words if word.startswith("http")]
    return method, url, body


def test_the_page_of_actions_is_current() -> None:
    written = (PAGE.parent / "simulator-actions.md").read_text(encoding="utf-8")
    assert written == page(), "run `python -m wellbeing_bot.web.simulator.describe`"


@pytest.mark.parametrize("path", sorted({*LOOKS, *CHANGES, "/actions"}))
def test_every_request_is_on_the_page(path: str) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert f"GET {path}" in text or f"POST {path}" in text
