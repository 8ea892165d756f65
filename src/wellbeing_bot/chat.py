"""A phone in the terminal, talking to a running demo: ``wellbeing-bot chat``."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

import httpx
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

LOOK_EVERY = 1.0  # seconds
ARRIVED = {"sent", "delivered", "read"}
HELP = (
    "Write a text and press Enter. Also: /1 presses the first button, /clock 1 hour lets time pass, "
    "/as +447700900101 takes up another phone, /tasks lists the open tasks, /quit."
)


class ApiError(Exception):
    """The demo refused, or does not answer. The message says what to do."""


class Chat:
    """One phone. Lines go in by ``take``; what arrives is printed by ``show_new``."""

    def __init__(self, client: httpx.Client, console: Console, address: str) -> None:
        self.client = client
        self.console = console
        self.address = address
        self.buttons: list[dict[str, str]] = []
        self._shown: set[str] = set()
        self._printing = threading.RLock()
        self._commands: dict[str, Callable[[str], None]] = {
            "/clock": self._move,
            "/as": self._as,
            "/tasks": self._tasks,
            "/help": lambda _: self.console.print(HELP, style="dim"),
        }

    def take(self, line: str) -> bool:
        """Do what a typed line says. False when it says to stop.

        Raises:
            ApiError: the demo refused it.
        """
        word, _, rest = line.strip().partition(" ")
        if word in {"/quit", "/q", "/exit"}:
            return False
        if word in self._commands:
            self._commands[word](rest.strip())
        elif word.startswith("/") and word[1:].isdigit() and 0 < int(word[1:]) <= len(self.buttons):
            self._say(self.buttons[int(word[1:]) - 1]["value"], button=True)
        elif word.startswith("/"):
            self.console.print(HELP, style="dim")
        elif line.strip():
            self._say(line.strip())
        return True

    def show_new(self) -> int:
        """Print what has come since the last look. Returns how many messages that were."""
        with self._printing:
            found = self._ask("GET", "/messages", params={"address": self.address})
            new = [message for message in found if self._is_new(message)]
            for message in new:
                self._shown.add(message["id"])
                self._print(message)
            return len(new)

    def _is_new(self, message: dict[str, Any]) -> bool:
        there = message["direction"] == "in" or message["state"] in ARRIVED
        return there and message["id"] not in self._shown

    def _print(self, message: dict[str, Any]) -> None:
        at = datetime.fromisoformat(message["at_local"])
        when = f"{at:%a} {at.day} {at:%b %H.%M}"
        if message["direction"] == "in":
            self.console.print(Text(message["text"] or "[a picture]", style="cyan"), justify="right")
            return
        body = Text(message["text"])
        self.buttons = message["buttons"] if message["channel"] == "telegram" else []
        if self.buttons:
            keys = "  ".join(f"[/{number} {b['label']}]" for number, b in enumerate(self.buttons, start=1))
            body.append(f"\n{keys}", style="bold")
        style = "red" if message["kind"] in {"urgent_help", "alert"} else "green"
        self.console.print(Panel(body, title=when, title_align="left", border_style=style, width=60))

    def _say(self, text: str, *, button: bool = False) -> None:
        with self._printing:  # what was typed stands on the screen already
            answer = self._ask("POST", "/text", json={"from": self.address, "text": text, "button": button})
            if answer["message"] is not None:
                self._shown.add(answer["message"]["id"])
            self.show_new()

    def _move(self, forward: str) -> None:
        moved = self._ask("POST", "/clock", json={"forward": forward or "1 hour"})
        at = datetime.fromisoformat(moved["now_local"])
        count = len(moved["messages"])
        told = "One text" if count == 1 else f"{count or 'No'} texts"
        self.console.print(f"It is {at:%A} {at.day} {at:%B, %H.%M}. {told} went out.", style="dim")
        self.show_new()

    def _as(self, address: str) -> None:
        if not address:
            self.console.print(HELP, style="dim")
            return
        self._ask("GET", "/messages", params={"address": address})
        with self._printing:
            self.address, self.buttons = address, []
            self._shown.clear()
        self.console.rule(address)
        self.show_new()

    def _tasks(self, _: str) -> None:
        table = Table("", "Task", "Who", "Due", "What")
        for task in self._ask("GET", "/tasks"):
            who = task["person"]["name"] if task["person"] else ""
            due = (task["due_at"] or "")[:16].replace("T", " ")
            style = "red" if task["urgency"] == "urgent" else None
            table.add_row(
                str(task["id"]), task["kind"].replace("_", " "), who, due, task["summary"], style=style
            )
        self.console.print(table)

    def _ask(self, method: str, path: str, **kwargs: Any) -> Any:
        try:
            answer = self.client.request(method, path, **kwargs)
        except httpx.HTTPError:
            raise ApiError(
                f"no demo answers at {self.client.base_url.host}:{self.client.base_url.port}; "
                "start one with `wellbeing-bot demo`, or say where it is with --url"
            ) from None
        try:
            found = answer.json()
        except ValueError:
            raise ApiError("what answers there is not a demo; say where one is with --url") from None
        if answer.is_error:
            raise ApiError(f"{found['error']}: {found['cure']}")
        return found


def run(url: str, address: str) -> int:
    """Talk until /quit or the end of input. Returns the exit code."""
    console = Console()
    with httpx.Client(base_url=f"{url.rstrip('/')}/simulator/api", timeout=600) as client:
        chat = Chat(client, console, address)
        try:
            chat.show_new()
        except ApiError as error:
            console.print(Text(str(error), style="red"))
            return 1
        console.print(HELP, style="dim")
        stop = threading.Event()
        threading.Thread(target=_watch, args=(chat, stop), daemon=True).start()
        try:
            return _talk(chat)
        finally:
            stop.set()


def _talk(chat: Chat) -> int:
    while True:
        try:
            line = chat.console.input("[bold]> [/bold]")
        except (EOFError, KeyboardInterrupt):
            return 0
        try:
            if not chat.take(line):
                return 0
        except ApiError as error:
            chat.console.print(Text(str(error), style="red"))


def _watch(chat: Chat, stop: threading.Event) -> None:
    """Texts also arrive when nothing is typed."""
    while not stop.wait(LOOK_EVERY):
        try:
            arrived = chat.show_new()
        except ApiError:
            continue  # said as soon as something is typed
        if arrived:
            chat.console.print("[bold]> [/bold]", end="")
