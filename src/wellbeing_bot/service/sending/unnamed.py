"""Leaving out the names of groups that no message may give away.

A sensitive group is not named to anybody; on a phone that somebody else reads, none is. Words are written
with that in mind; this is the last look at each text before it is queued, whoever wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Group
from wellbeing_bot.store.quick import Query, given

_NAMED = Query(Group, lambda query: query.where(Group.network_id == given("network"), Group.name != ""))
_SENSITIVE = Query(
    Group,
    lambda query: query.where(Group.network_id == given("network"), Group.name != "", Group.sensitive),
)

UNNAMED = "your group"
ONE_OF_OURS = "One of our groups"
FOR_WHAT_THEY_SAID = "A group for what you told us about"

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
        query = _NAMED if address.unsafe else _SENSITIVE
        groups = query.all(work.session, network=work.network.id)
        work.known[key] = tuple(group.name for group in groups)
    names: tuple[str, ...] = work.known[key]
    return names
