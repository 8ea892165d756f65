"""Which row a number in a path means. Rows of other networks do not exist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from wellbeing_bot.store import (
    Account,
    ApiToken,
    Appointment,
    Asking,
    CallToMake,
    Champion,
    DirectoryService,
    Duty,
    Goal,
    Group,
    LongWork,
    MeetAgain,
    Misunderstood,
    Person,
    Place,
    Ride,
    RideProvider,
    Session_,
    SlotBooking,
    Task,
)

ERASED = "erased"
"""Somebody who is no more: only the page that says so opens for them."""

KINDS: Mapping[str, type[Any]] = {
    "person": Person,
    "task": Task,
    "goal": Goal,
    "group": Group,
    "session": Session_,
    "place": Place,
    "champion": Champion,
    "ride": Ride,
    "provider": RideProvider,
    "asking": Asking,
    "call": CallToMake,
    "misunderstood": Misunderstood,
    "duty": Duty,
    "account": Account,
    "token": ApiToken,
    "long_work": LongWork,
    "appointment": Appointment,
    "service": DirectoryService,
    "booking": SlotBooking,
    "wish": MeetAgain,
    ERASED: Person,
}
"""Names in paths. Each of these tables has a ``network_id``."""


def find(
    session: Session, network_id: int, named: Mapping[str, Any], *, service: bool = False
) -> dict[type[Any], Any] | None:
    """The rows a path names, or None when one of them is not of this network.

    With ``service``, a task that belongs to no network may be opened: it is about the service itself.
    """
    found: dict[type[Any], Any] = {}
    for name, kind in KINDS.items():
        if name not in named:
            continue
        key = named[name]
        row = session.get(kind, key) if 0 < key < 2**62 else None
        if row is None:
            return None
        if row.network_id != network_id and not (service and kind is Task and row.network_id is None):
            return None
        if isinstance(row, Person) and (row.erased_at is not None) != (name == ERASED):
            return None
        found[kind] = row
    return found
