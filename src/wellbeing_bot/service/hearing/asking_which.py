"""A bare yes that fits two open questions: both are said again, shortly, and a number is answer enough."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import select

from wellbeing_bot.conversation import Heard
from wellbeing_bot.service.hearing import sharing
from wellbeing_bot.service.hearing.open_questions import waiting_question
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.talking import carry_on
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, ConversationRow, InboundRow, OutboundRow, Person
from wellbeing_bot.understanding.answers import read_answer
from wellbeing_bot.understanding.meaning import Answered

ASKED = "notices.which_question.say"
_NUMBER = re.compile(
    r"(?:number |no\.? |the )?(?P<number>[1-9]|first|second|third)(?: one)?"
    r"(?:[.):,! ]+(?P<rest>[a-z' ]{1,20})?)?[.!]?"
)
_WORDS = {"first": 1, "second": 2, "third": 3}


def ask(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    people: Sequence[Person],
    rows: list[ConversationRow],
) -> None:
    """Ask which of these open questions was meant, or, where they are two people's, whose it is."""
    theirs = [person for person in people if person.id in {row.person_id for row in rows}]
    if len(theirs) > 1:
        sharing.ask(work, inbound, address, theirs, rows)
        return
    lines = [f"{number}. {headline(work, row)}" for number, row in enumerate(rows, start=1)]
    reply(work, address, "which_question", {"questions": "\n".join(lines)})
    for row in rows:
        row.interrupted_at = work.now


def told_by_number(
    work: Work, inbound: InboundRow, address: AddressRow, rows: Sequence[ConversationRow]
) -> bool:
    """ "2" or "2 yes", to that question. A number alone: what they had said before answers the second.

    False when the text is nothing of the kind.
    """
    found = _NUMBER.fullmatch(inbound.text.strip().lower())
    if found is None:
        return False
    last = work.session.scalar(
        select(OutboundRow)
        .where(OutboundRow.address_id == address.id)
        .order_by(OutboundRow.id.desc())
        .limit(1)
    )
    if last is None or last.key != ASKED or last.inbound_id is None:
        return False
    asked = [row for row in rows if row.interrupted_at == last.created_at]
    number = _WORDS.get(found["number"]) or int(found["number"])
    if number > len(asked):
        return False
    row = asked[number - 1]
    question = waiting_question(work, row, None)
    said = found["rest"] or work.session.get_one(InboundRow, last.inbound_id).text
    reading = read_answer(question, said) if question is not None else None
    if not isinstance(reading, Answered):
        return False
    row.interrupted_at = None
    carry_on(work, row, Heard(reading))
    return True


def headline(work: Work, row: ConversationRow) -> str:
    """The question of a conversation in few words: the last one it asked, cut at its question mark."""
    said = list(
        work.session.scalars(
            select(OutboundRow.text)
            .where(OutboundRow.conversation_id == row.id)
            .order_by(OutboundRow.id.desc())
            .limit(6)
        )
    )
    usual = said[0] if said else row.script.replace("_", " ")
    text = next((text for text in said if "?" in text), usual)
    question = text.replace("\n", " ").partition("?")[0].split(". ")[-1]
    return f"{question.strip()}?"
