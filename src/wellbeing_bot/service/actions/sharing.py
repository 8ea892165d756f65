"""A phone that several people share: whom a text was about, and somebody new on it."""

from __future__ import annotations

from collections.abc import Mapping

from wellbeing_bot.conversation import Outcome
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.actions.base import action, number, text
from wellbeing_bot.service.hearing import sharing
from wellbeing_bot.service.people import link_address, new_person, people_at
from wellbeing_bot.service.talking import Talk
from wellbeing_bot.store import Agreement, InboundRow
from wellbeing_bot.store.states import Role


def carry_on_for(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Take up what was texted before, now that it is known whom it is about."""
    from wellbeing_bot.service.hearing import hearing  # hearing starts conversations, and this is one

    work = talk.work
    before = work.session.get_one(InboundRow, number(args, "inbound"))
    people = sharing.chosen(text(args, "whom"), people_at(work, talk.address))
    questions = args.get("questions")
    ids = {key for key in questions if isinstance(key, int)} if isinstance(questions, list) else set()
    hearing.take_up(work, before, talk.address, people, ids)
    return Outcome("done")


def record_newcomer(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Somebody else on a phone we know agrees to be texted there, and is a person of their own."""
    work = talk.work
    talk.person = new_person(work, Role.PATIENT, first_name=text(args, "first_name")[:60])
    link_address(work, talk.person, talk.address)
    work.session.add(
        Agreement(
            person_id=talk.person.id, address_id=talk.address.id, wording=text(args, "wording"), at=work.now
        )
    )
    work.session.flush()
    return Outcome("done")


ACTIONS = (
    action(
        "carry_on_for",
        "Takes up an earlier text, now that it is known whom it is about.",
        carry_on_for,
        takes={"whom": "text", "inbound": "number", "questions": "list"},
    ),
    action(
        "record_newcomer",
        "Makes somebody else on the phone a person, with their own agreement.",
        record_newcomer,
        takes={"wording": "text", "first_name": "text"},
    ),
)
