"""Which link worker an action is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wellbeing_bot.service.desk.base import DeskError, find
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Person
from wellbeing_bot.store.states import Role


def link_worker(work: Work, args: Mapping[str, Any]) -> Person | None:
    """The link worker an action names, or nobody.

    Raises:
        DeskError: that person is no link worker here.
    """
    if args.get("link_worker") is None:
        return None
    worker = find(work, Person, args["link_worker"], "link worker")
    if not worker.has(Role.LINK_WORKER):
        raise DeskError("that person is no link worker")
    return worker
