"""What a desk action is made of. The actions themselves are in ``registry`` and in the modules it lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar

from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Task

Row = TypeVar("Row")


class DeskError(Exception):
    """It cannot be done. The message says why and what to do, and quotes nobody."""


ArgumentType = Literal["id", "text", "yes_no", "moment", "date", "time", "list"]
DeskFunction = Callable[[Work, Mapping[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class Argument:
    """One argument of a desk action. Moments are ISO 8601; without an offset they are local wall time."""

    type: ArgumentType
    about: str
    needed: bool = True


@dataclass(frozen=True)
class DeskAction:
    about: str
    takes: Mapping[str, Argument]
    run: DeskFunction


def find(work: Work, kind: type[Row], key: int, name: str) -> Row:
    """A row of this network. Other networks' rows do not exist.

    Raises:
        DeskError: there is none of that number here, or whoever it was has been erased.
    """
    row = work.session.get(kind, key)
    if row is None or getattr(row, "network_id", None) != work.network.id:
        raise DeskError(f"there is no {name} {key}")
    if getattr(row, "erased_at", None) is not None:
        raise DeskError("that record has been erased; nothing can be done with it")
    return row


def find_task(work: Work, key: int) -> Task:
    """A task of this network, or one of the service itself, which belongs to no network.

    Raises:
        DeskError: there is none of that number here.
    """
    row = work.session.get(Task, key)
    if row is None or row.network_id not in {work.network.id, None}:
        raise DeskError(f"there is no task {key}")
    return row


def moment(work: Work, written: str) -> datetime:
    """An ISO time; without an offset it is local wall time."""
    parsed = datetime.fromisoformat(written)
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=work.zone)).astimezone(UTC)


def optional(kind: ArgumentType, about: str) -> Argument:
    """An argument that may be left out."""
    return Argument(kind, about, needed=False)


PERSON = Argument("id", "the person's number")
TASK = Argument("id", "the task's number")
SESSION = Argument("id", "the session's number")
PLACE = Argument("id", "the place's number")
GROUP = Argument("id", "the group's number")
RIDE = Argument("id", "the ride's number")
