"""Nothing was made of a text, or two things: other words first, a choice of meanings, then a person."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select

from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.talking import start
from wellbeing_bot.service.tasks import due_in
from wellbeing_bot.service.wishes.first_text import greet
from wellbeing_bot.service.wishes.to_staff import for_staff
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    AddressRow,
    ConversationRow,
    InboundRow,
    Misunderstood,
    Person,
)
from wellbeing_bot.understanding.meaning import (
    Intent,
    IntentReading,
)


def not_understood(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    people: list[Person],
    rows: list[ConversationRow],
    clarify: tuple[Intent, ...] = (),
) -> None:
    """Nothing was made of it: other words and an example first, then a person. Never a third time round."""
    inbound.understood = False
    person = people[0] if len(people) == 1 else None
    earlier = work.session.scalar(
        select(func.count())
        .select_from(Misunderstood)
        .join(InboundRow, InboundRow.id == Misunderstood.inbound_id)
        .where(InboundRow.address_id == address.id, Misunderstood.at > due_in(work, -2))
    )
    work.session.add(
        Misunderstood(network_id=work.network.id, inbound_id=inbound.id, at=work.now, step="first_text")
    )
    work.session.flush()
    if not people and not rows:
        greet(work, address, IntentReading((Intent.OTHER,)), [])
    elif not earlier and not clarify:
        reply(work, address, "say_again", person=person)
    elif clarify and person is not None:
        _clarify(work, inbound, address, person, clarify)
    else:
        for_staff(work, inbound, address, people)
        if earlier == 1:
            reply(work, address, "team_will_read", person=person)


WISH_WORDS: Mapping[Intent, str] = {
    Intent.SELF_REFERRAL: "Get some help or company",
    Intent.JOIN_GROUP: "Find a group",
    Intent.TRANSPORT: "Ask about a lift",
    Intent.CHANGE_OR_CANCEL: "Change or call off something",
    Intent.VOLUNTEER: "Help as a volunteer",
    Intent.ATTENDANCE_NEXT: "Know when or where the next one is",
    Intent.CARER_REFERRAL: "Get help for somebody else",
    Intent.TALK_TO_PERSON: "Talk to a person",
    Intent.COMPLAINT: "Tell us something was not right",
    Intent.HELP: "Know what you can text",
}
"""What each wish is called when it is offered."""


def _clarify(
    work: Work, inbound: InboundRow, address: AddressRow, person: Person, clarify: tuple[Intent, ...]
) -> None:
    wishes = [intent for intent in clarify if intent in WISH_WORDS]
    offered: list[Fact] = [{"value": intent.value, "label": WISH_WORDS[intent]} for intent in wishes]
    lines = "\n".join(f"{number}. {WISH_WORDS[intent]}" for number, intent in enumerate(wishes, start=1))
    start(work, "clarify", address, person, {"offered": offered, "lines": lines, "said": inbound.text})
