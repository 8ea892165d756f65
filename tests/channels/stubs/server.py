"""A provider in a thread: a real HTTP server on a free port, with faults on demand."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import parse_qsl

import uvicorn
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from tests.channels.stubs.faults import Fault, FaultPlan

STEP_SECONDS = 0.005
LONG_STEP_SECONDS = 0.05
"""A hundred requests that hang together must not keep a processor busy."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it came in."""

    method: str
    path: str
    query: dict[str, str]
    fields: dict[str, Any]  # of the form or JSON body
    headers: dict[str, str] = field(repr=False)
    operation: str = ""  # what it asked for: "create", "list", "sendMessage" …
    at: float = field(default_factory=time.monotonic, compare=False)


class StubServer(ABC):
    """What the Twilio and Telegram stubs share. Use as a context manager.

    Attributes:
        calls: every request, in order.
        connections: the client ports they came from: one for each connection.
        latency: seconds that every answer takes.
    """

    default_operation = ""  # what ``fail_next`` strikes unless told otherwise: sending

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.connections: set[int] = set()
        self.latency = 0.0
        self.url = ""
        self._faults = FaultPlan()
        self._stopping = threading.Event()
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def fail_next(self, fault: Fault, times: int = 1, *, after: int = 0, on: str | None = None) -> None:
        """Let the next requests of this operation go wrong, after so many that go well.

        Several calls queue up.
        """
        self._faults.next(on or self.default_operation, [*[None] * after, *[fault] * times])

    def fail_always(self, fault: Fault, *, on: str | None = None) -> None:
        """Let every request of this operation go wrong until ``recover``."""
        self._faults.always(on or self.default_operation, fault)

    def behave(self, address: str | int, fault: Fault | None) -> None:
        """Let every message to this address go wrong; None makes it well again."""
        self._faults.address(str(address), fault)

    def recover(self) -> None:
        """Nothing goes wrong any more."""
        self._faults.clear()

    def calls_of(self, operation: str) -> list[Call]:
        """The requests of one operation, in order."""
        return [call for call in self.calls if call.operation == operation]

    @abstractmethod
    def operation_of(self, call: Call) -> tuple[str, str | None]:
        """What a request asks for, and the address it is for."""

    @abstractmethod
    async def answer(self, call: Call) -> Response:
        """Do what a request asks for."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        call = await _read(Request(scope, receive))
        operation, address = self.operation_of(call)
        call = Call(call.method, call.path, call.query, call.fields, call.headers, operation)
        self.calls.append(call)
        self.connections.add(scope["client"][1])
        fault = self._faults.take(operation, address)
        response: Response | None = None
        if fault is None or fault.accepted:
            response = await self.answer(call)
        if self.latency:
            await self.wait(self.latency, lambda: False)
        if fault:
            response = await self._misbehave(fault, send)
        if response:
            await response(scope, receive, send)

    async def _misbehave(self, fault: Fault, send: Send) -> Response | None:
        if fault.kind == "reset":
            _reset(send)
            return None
        if fault.kind == "hang":
            await self.wait(fault.seconds, lambda: False, step=LONG_STEP_SECONDS)
        if isinstance(fault.body, str):
            return Response(fault.body, fault.status, dict(fault.headers))
        return JSONResponse(fault.body, fault.status, dict(fault.headers))

    async def wait(self, seconds: float, until: Callable[[], bool], *, step: float = STEP_SECONDS) -> None:
        """Let time pass inside a request, no longer than the server lives."""
        deadline = time.monotonic() + seconds
        while not until() and time.monotonic() < deadline and not self._stopping.is_set():
            await asyncio.sleep(step)

    def __enter__(self) -> Self:
        listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        config = uvicorn.Config(
            self,
            loop="auto",
            http="auto",
            ws="none",
            lifespan="off",
            proxy_headers=False,
            log_level="critical",
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([listener],), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stopping.set()
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join(timeout=10)


def wait_until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    """Let real time pass until something has happened in another thread.

    Raises:
        TimeoutError: it did not.
    """
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError(f"nothing happened within {seconds} s")
        time.sleep(STEP_SECONDS)


async def _read(request: Request) -> Call:
    body = await request.body()
    if request.headers.get("content-type", "").startswith("application/json"):
        fields = json.loads(body)
    else:
        fields = dict(parse_qsl(body.decode(), keep_blank_values=True))
    query = dict(request.query_params)
    return Call(request.method, request.url.path, query, fields, dict(request.headers))


def _reset(send: Send) -> None:
    """Close the connection so that the other side sees a reset, not an end.

    No ASGI message says so; ``send`` is a method of uvicorn's request, which holds the transport.
    """
    transport = cast(Any, send).__self__.transport
    linger = struct.pack("ii", 1, 0)
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    transport.abort()
