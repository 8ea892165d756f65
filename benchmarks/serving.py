"""Servers in processes of their own: the service's webhooks, and the peers they are compared with."""

from __future__ import annotations

import multiprocessing
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from wellbeing_bot.config import Settings

PROCESSES = multiprocessing.get_context("spawn")


def serve_ours(port: int, settings: Settings) -> None:
    """Our webhooks; nothing is sent, for the peers send nothing either."""
    from starlette.applications import Starlette

    from wellbeing_bot.app import build_live
    from wellbeing_bot.web.webhooks import routes

    app = build_live(settings)
    app.warm()
    app.warm_through()
    listen(port, Starlette(routes=routes(app)))


def listen(port: int, app: Any) -> None:
    """Serve on a port until killed."""
    import uvicorn

    uvicorn.run(app, host="127.0.0.1", port=port, log_config=None, access_log=False)


@contextmanager
def running(serve: Callable[..., None], *args: Any, processes: int = 1) -> Iterator[list[int]]:
    """Processes that serve, for as long as the block runs; their ports."""
    ports = [_free_port() for _ in range(processes)]
    children = [PROCESSES.Process(target=serve, args=(port, *args), daemon=True) for port in ports]
    for child in children:
        child.start()
    try:
        for port in ports:
            _wait_for(port)
        yield ports
    finally:
        for child in children:
            child.kill()
            child.join()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, seconds: float = 180.0) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server did not start")
