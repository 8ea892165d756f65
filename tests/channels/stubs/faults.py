"""What can go wrong at a provider, and the order in which it shall."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to answer badly.

    ``accepted`` means that the provider did take the message, and that only its answer goes wrong: the case
    in which sending again would text a person twice.
    """

    kind: Literal["answer", "hang", "reset"]
    status: int = 500
    body: object = None  # JSON; a str is sent as it is
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 3600.0  # how long to hang
    accepted: bool = False


def answer(
    status: int,
    body: object = None,
    *,
    headers: Mapping[str, str] | None = None,
    accepted: bool = False,
) -> Fault:
    """Answer with this status, JSON body and headers."""
    return Fault("answer", status=status, body=body, headers=headers or {}, accepted=accepted)


def server_error(status: int = 500, *, accepted: bool = False) -> Fault:
    """A failure with nothing of the provider's own in it, as from a gateway."""
    return Fault("answer", status=status, body="<h1>Oops</h1>", accepted=accepted)


def hang(seconds: float = 3600.0, *, accepted: bool = False) -> Fault:
    """Take the request and say nothing for a while, then answer 500."""
    return Fault("hang", seconds=seconds, accepted=accepted)


def reset(*, accepted: bool = False) -> Fault:
    """Take the request and reset the connection."""
    return Fault("reset", accepted=accepted)


class FaultPlan:
    """Which request meets which fault: an address's own first, then the next in line, then the lasting."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next: list[tuple[str, Fault | None]] = []
        self._always: dict[str, Fault] = {}
        self._of_address: dict[str, Fault] = {}

    def next(self, operation: str, faults: Iterable[Fault | None]) -> None:
        with self._lock:
            self._next.extend((operation, fault) for fault in faults)

    def always(self, operation: str, fault: Fault) -> None:
        with self._lock:
            self._always[operation] = fault

    def address(self, address: str, fault: Fault | None) -> None:
        with self._lock:
            self._of_address.pop(address, None)
            if fault:
                self._of_address[address] = fault

    def clear(self) -> None:
        with self._lock:
            self._next.clear()
            self._always.clear()
            self._of_address.clear()

    def take(self, operation: str, address: str | None) -> Fault | None:
        """The fault that this request meets, if any."""
        with self._lock:
            if address in self._of_address:
                return self._of_address[address]
            for i, (wanted, fault) in enumerate(self._next):
                if wanted == operation:
                    del self._next[i]
                    return fault
            return self._always.get(operation)
