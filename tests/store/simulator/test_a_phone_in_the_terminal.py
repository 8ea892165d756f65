"""``wellbeing-bot chat``: a phone in the terminal, talking to a running demo."""

from __future__ import annotations

import io
from collections.abc import Iterator

import httpx
import pytest
from rich.console import Console

from tests.live import served
from tests.store.simulator.small_bay import SMALL_BAY
from wellbeing_bot.app import build_demo
from wellbeing_bot.chat import ApiError, Chat, run
from wellbeing_bot.config import read_settings


@pytest.fixture(scope="module")
def demo_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("chat")
    app = build_demo(read_settings(_env_file=None, database_url=f"sqlite:///{folder / 'demo.db'}"))
    with served(app) as url:
        yield url


@pytest.fixture
def chat(demo_url: str) -> Iterator[Chat]:
    console = Console(file=io.StringIO(), width=100)
    with httpx.Client(base_url=f"{demo_url}/simulator/api", timeout=60) as client:
        client.post("/reset", json={"setup": SMALL_BAY}).raise_for_status()
        yield Chat(client, console, "+447700900123")


def printed(chat: Chat) -> str:
    assert isinstance(chat.console.file, io.StringIO)
    return " ".join(chat.console.file.getvalue().split())


def test_a_typed_line_is_a_text_and_its_answer_is_printed_once(chat: Chat) -> None:
    assert chat.take("hello there")
    assert chat.show_new() == 0
    assert printed(chat).count("Small Bay Wellbeing") == 1
    assert "hello there" not in printed(chat)


def test_a_button_is_pressed_by_its_number(chat: Chat) -> None:
    chat.take("/as telegram:7700900777")
    chat.take("hello there")
    assert [button["label"] for button in chat.buttons] == ["Yes", "No"]
    chat.take("/1")
    thread = chat.client.get("/messages", params={"address": "telegram:7700900777"}).json()
    assert [message["kind"] for message in thread if message["direction"] == "in"] == ["text", "button"]


def test_time_passes_and_reminders_arrive(chat: Chat) -> None:
    chat.take("/as jean")
    chat.take("/clock to wednesday 9am")
    assert "It is Wednesday 25 November" in printed(chat)
    assert "Bay Walk" in printed(chat)


def test_the_open_tasks_are_listed(chat: Chat) -> None:
    chat.take("/tasks")
    assert "asks for person" in printed(chat)


def test_quit_ends_it_and_an_unknown_command_is_explained(chat: Chat) -> None:
    assert chat.take("/dance")
    assert "/quit" in printed(chat)
    assert not chat.take("/quit")


def test_what_the_demo_refuses_is_said_in_its_words(chat: Chat) -> None:
    with pytest.raises(ApiError, match="'bananas' is not a time of day"):
        chat.take("/clock bananas")


def test_without_a_demo_it_says_how_to_start_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("http://127.0.0.1:9", "+447700900123") == 1
    assert "wellbeing-bot demo" in " ".join(capsys.readouterr().out.split())
