"""Questions that a flyer would answer: what to bring, how far, what is it, how do I get there.

What a network wrote about its group is said back; where it wrote nothing, a person is asked, and the one who
asked is told so rather than given the date once more.
"""

from __future__ import annotations

from dataclasses import replace

from wellbeing_bot.service import changing
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.wishes import on_record
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Group, InboundRow, Person
from wellbeing_bot.understanding.details import read_details
from wellbeing_bot.understanding.meaning import Details
from wellbeing_bot.understanding.practical import (
    asks_how_hard,
    asks_the_way,
    asks_to_know,
    asks_what_it_is,
)

ANSWER_WITHIN = 24
"""Hours in which a person should answer: most who ask are going within days."""

MOST_SIGNS = 230
"""As much about a group as goes into two SMS parts with the words around it."""


def take_up(work: Work, inbound: InboundRow, address: AddressRow, person: Person) -> bool:
    """Answer a question about a group they go to or name. False: it is no such question."""
    said = inbound.text
    details = read_details(said, work.local_now)
    if asks_the_way(said) and _goes_somewhere(work, person):
        on_record.answer(work, address, person, replace(details, about="where"))
        return True
    if not asks_of_a_group(said):
        return False
    group = _group(work, person, said, details)
    if group is None:
        return False
    tell(work, inbound, address, person, group)
    return True


def asks_of_a_group(said: str) -> bool:
    """Whether a text asks what a flyer of a group would say, the way there left out."""
    return asks_what_it_is(said) or asks_to_know(said)


def tell(work: Work, inbound: InboundRow, address: AddressRow, person: Person, group: Group) -> None:
    """Say what the network wrote about a group, or ask a person who knows."""
    words = "" if group.sensitive else _words(group, inbound.text)
    if words:
        reply(work, address, "good_to_know", {"group": group.name, "words": words}, person=person)
    else:
        ask_the_team(work, inbound, address, person)


def _words(group: Group, said: str) -> str:
    """What it is, what to know of it; both to somebody who asks whether they could manage it."""
    if asks_what_it_is(said):
        return group.about
    both = f"{group.about} {group.good_to_know}".strip()
    managing = asks_how_hard(said) and group.good_to_know and len(both) <= MOST_SIGNS
    return both if managing else group.good_to_know


def _goes_somewhere(work: Work, person: Person) -> bool:
    return bool(on_record.coming_up(work, person) or changing.promised(work, person))


def _group(work: Work, person: Person, said: str, details: Details) -> Group | None:
    """The group that is named, else the one they go to or meet somebody at next."""
    named = on_record.group_meant(work, said, details)
    if named is not None:
        return named
    coming = [one.session for one in on_record.coming_up(work, person)]
    coming += [one.place.session for one in changing.promised(work, person)]
    return min(coming, key=lambda session: session.starts_at).group if coming else None


def ask_the_team(work: Work, inbound: InboundRow, address: AddressRow, person: Person) -> None:
    """A question that no record answers: a person does, and they are told so."""
    raise_task(
        work,
        "question",
        person=person,
        address=address,
        occurrence=f"question:{person.id}:{work.local_now.date()}",
        due_at=due_in(work, ANSWER_WITHIN),
        summary="Asked something about a group that its record does not say. Please read and answer.",
        inbound=inbound,
    )
    reply(work, address, "asked_the_team", person=person)
