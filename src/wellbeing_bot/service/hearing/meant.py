"""What a text means, among the questions that are open with its address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wellbeing_bot.service.hearing import sharing, speaking, teaching
from wellbeing_bot.service.hearing.open_questions import waiting_question
from wellbeing_bot.service.people import is_shared
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, ConversationRow, InboundRow, Person
from wellbeing_bot.understanding.meaning import Meaning, Question
from wellbeing_bot.understanding.understand import understand


def understood(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    questions: Sequence[Question],
    people: Sequence[Person],
) -> Meaning:
    """What a text means at the moment it was written: "tomorrow" is the day after that.

    Where nothing is made of it, what the network's staff taught is heeded.
    """
    now = inbound.received_at.astimezone(work.zone)
    said = speaking.in_english(work, inbound.text, people, address)
    meaning = understand(said, questions, now=now, sender=number(address))
    return teaching.heed(work, meaning, questions, now)


def questions_of(work: Work, address: AddressRow, rows: Sequence[ConversationRow]) -> list[Question]:
    """The questions these conversations wait with, each naming its person where several share the phone."""
    found = []
    for row in rows:
        asked = waiting_question(work, row, number(address))
        if asked is not None and is_shared(work, address):
            asked = sharing.with_name(
                asked, work.session.get(Person, row.person_id) if row.person_id else None
            )
        if asked is not None:
            found.append(replace(asked, staff=True) if row.script == "staff_question" else asked)
    return found


def number(address: AddressRow) -> str | None:
    """The telephone number somebody texts from, where they mean it by "this one"."""
    return address.value if address.channel == "sms" else None
