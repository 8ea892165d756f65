"""What the simulator needs of a channel beyond sending. The demo's channels have it; real ones do not."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from wellbeing_bot.messages import Address


@runtime_checkable
class Behaving(Protocol):
    """A channel whose phones can be told to misbehave."""

    def behave(self, address: Address, behaviour: Any) -> None:
        """From now on this address is a landline, switched off …, or "ok" again."""

    def behaviour(self, address: Address) -> str:
        """How an address behaves now."""

    def reset(self) -> None:
        """Every phone behaves again."""
