"""A load generator in a process of its own, so that it takes nothing of the core it measures.

Run as ``python -m benchmarks.load PORT AT_ONCE``: requests come pickled on standard input, what they took
goes out as JSON. Plain sockets: a client library would cost more than what is measured.
"""

from __future__ import annotations

import asyncio
import json
import pickle
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class Load:
    """What a load took: seconds for all of it, and for each request."""

    seconds: float
    each: list[float]

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.each) / self.seconds


def request(path: str, fields: dict[str, str], headers: dict[str, str]) -> bytes:
    """One POST of a form as it goes over the wire."""
    body = urlencode(fields).encode()
    lines = [
        f"POST {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def post_all(ports: Sequence[int], requests: Sequence[bytes], at_once: int) -> Load:
    """Post everything from another process, shared out over the ports.

    Raises:
        RuntimeError: a request was not answered with 200.
    """
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load", ",".join(map(str, ports)), str(at_once)],
        input=pickle.dumps(list(requests)),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode()[-500:])
    found = json.loads(done.stdout)
    return Load(found["seconds"], found["each"])


async def _post(ports: list[int], requests: list[bytes], at_once: int) -> Load:
    waiting = list(reversed(requests))
    taken: list[float] = []

    async def worker(port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while waiting:
            one = waiting.pop()
            began = time.perf_counter()
            writer.write(one)
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 20"):
                raise RuntimeError(head.decode())
            length = next(
                (line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), b":0"
            )
            await reader.readexactly(int(length.partition(b":")[2]))
            taken.append(time.perf_counter() - began)
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(worker(ports[number % len(ports)]) for number in range(at_once)))
    return Load(time.perf_counter() - began, taken)


def main() -> None:
    """What the process does."""
    ports = [int(port) for port in sys.argv[1].split(",")]
    load = asyncio.run(_post(ports, pickle.load(sys.stdin.buffer), int(sys.argv[2])))
    json.dump({"seconds": load.seconds, "each": load.each}, sys.stdout)


if __name__ == "__main__":
    main()
