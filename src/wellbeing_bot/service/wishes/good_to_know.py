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
from wellbeing_bot.understanding.practical import asks_the_way, asks_to_know, asks_what_it_is

ANSWER_WITHIN = 24
"""Hours in which a person should answer: most who ask are going within days."""


def take_up(work: Work, inbound: InboundRow, address: AddressRow, person: Person) -> bool:
    """Answer a question about a group they go to or name. False: it is no such question."""
    said = inbound.text
    details = read_details(said, work.local_now)
    if asks_the_way(said) and _goes_somewhere(work, person):
        on_record.answer(work, address, person, replace(details, about="where"))
        return True
    what = asks_what_it_is(said)
    if not what and not asks_to_know(said):
        return False
    group = _group(work, person, said, details)
    if group is None:
        return False
    words = "" if group.sensitive else (group.about if what else group.good_to_know)
    if words:
        reply(work, address, "good_to_know", {"group": group.name, "words": words}, person=person)
    else:
        ask_the_team(work, inbound, address, person)
    return True


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
