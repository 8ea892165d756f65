"""Leaving out the names of groups that no message may give away.

A sensitive group is not named to anybody; on a phone that somebody else reads, none is. Words are written
with that in mind; this is the last look at each text before it is queued, whoever wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import select

from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Group

UNNAMED = "your group"
ONE_OF_OURS = "One of our groups"

_AT_START = re.compile(rf"(^|[.!?:]\s+|\n){UNNAMED}\b")


def without_names(text: str, names: Sequence[str]) -> str:
    """The text with each of these names of groups as "your group".

    >>> without_names("Bereavement Group is on Friday.", ["Bereavement Group"])
    'Your group is on Friday.'
    """
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"\b(?:the )?{re.escape(name)}\b", UNNAMED, text, flags=re.IGNORECASE)
    return _AT_START.sub(lambda found: f"{found[1]}{UNNAMED.capitalize()}", text)


def names_to_leave_out(work: Work, address: AddressRow) -> Sequence[str]:
    """The names that must not be written to an address."""
    key = "every_group" if address.unsafe else "sensitive_groups"
    if key not in work.known:
        query = select(Group.name).where(Group.network_id == work.network.id, Group.name != "")
        work.known[key] = tuple(
            work.session.scalars(query if address.unsafe else query.where(Group.sensitive))
        )
    names: tuple[str, ...] = work.known[key]
    return names
