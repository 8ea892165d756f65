"""One demo for all these tests; each begins its own story in it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.store.simulator.small_bay import SMALL_BAY
from wellbeing_bot.app import App, build_demo
from wellbeing_bot.config import read_settings
from wellbeing_bot.web.app import create_app


class Scenario:
    """The simulator's API, as somebody outside would use it."""

    def __init__(self, client: httpx.AsyncClient, app: App) -> None:
        self.client = client
        self.app = app

    async def get(self, path: str, **query: str) -> Any:
        """What a request shows."""
        answer = await self.client.get(path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(self, path: str, **body: Any) -> Any:
        """What a request did."""
        answer = await self.client.post(path, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def refused(self, path: str, **body: Any) -> tuple[int, dict[str, Any]]:
        """The status and the words with which a request was refused."""
        answer = await self.client.post(path, json=body)
        words = answer.json()
        assert words["error"]
        assert words["cure"]
        return answer.status_code, words

    async def say(self, sender: str, text: str, **more: Any) -> Any:
        """A text from a phone."""
        return await self.post("/text", **{"from": sender, "text": text, **more})

    async def words_to(self, address: str) -> list[str]:
        """Which words a phone has been sent, oldest first."""
        found = await self.get("/messages", address=address)
        return [message["words"].removesuffix(".say") for message in found if message["direction"] == "out"]


@pytest.fixture(scope="session")
def demo_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The whole service in demo mode."""
    folder: Path = tmp_path_factory.mktemp("demo")
    app = build_demo(read_settings(_env_file=None, database_url=f"sqlite:///{folder / 'demo.db'}"))
    yield app
    asyncio.run(app.close())


@pytest.fixture
async def bay(demo_app: App) -> AsyncIterator[Scenario]:
    """A story that begins in Small Bay on Monday 23 November 2026 at nine."""
    transport = httpx.ASGITransport(app=create_app(demo_app))
    async with httpx.AsyncClient(transport=transport, base_url="http://demo/simulator/api") as client:
        scenario = Scenario(client, demo_app)
        await scenario.post("/reset", setup=SMALL_BAY)
        yield scenario
