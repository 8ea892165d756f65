"""What a text asks for when no question explains it, and what is done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import func, select

from wellbeing_bot.conversation import Heard, State, say_notice
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service import changing, on_record
from wellbeing_bot.service.finding import is_named, schedule_of
from wellbeing_bot.service.outbox import reply
from wellbeing_bot.service.people import open_referral
from wellbeing_bot.service.talking import carry_on, open_conversations, start
from wellbeing_bot.service.tasks import due_in, join, raise_task
from wellbeing_bot.service.urgent import read_when
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers import wishes as appointments
from wellbeing_bot.store import (
    AddressRow,
    ConversationRow,
    Group,
    InboundRow,
    Misunderstood,
    OutboundRow,
    Person,
)
from wellbeing_bot.store.quick import Query, given
from wellbeing_bot.store.states import Urgency
from wellbeing_bot.understanding.meaning import (
    Details,
    Intent,
    IntentReading,
    Interrupted,
    InterruptKind,
    Meaning,
)

_GROUPS = Query(
    Group,
    lambda query: query.where(Group.network_id == given("network"), Group.ended_on.is_(None)).order_by(
        Group.id
    ),
)

OF_NOBODY = frozenset({Intent.THANKS_SMALLTALK, Intent.HELP, Intent.COMPLAINT, Intent.TALK_TO_PERSON})
"""Wishes that are dealt with in the same way whoever of a shared phone has them."""

MOST_WORDS_OF_THANKS = 5
"""Words up to which thanks are only thanks."""

MOST_WISHES = 2
"""Two wishes in one text are both kept; more than that is a letter, and a person reads it."""


def fulfil(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    people: list[Person],
    rows: list[ConversationRow],
    meaning: Meaning,
    *,
    answered: bool,
) -> None:
    """Do what a text asks for. Somebody we do not know is greeted first, and nothing they said is lost."""
    about = meaning.about
    assert about is not None
    intents = [intent for intent in about.intents if intent is not Intent.OTHER][:MOST_WISHES]
    if not people:
        _from_stranger(work, inbound, address, rows, about, intents)
        return
    person = people[0]
    if not intents or (about.clarify and not answered):
        if not answered:
            not_understood(work, inbound, address, people, rows, clarify=about.clarify)
        return
    for intent in intents:
        if len(people) > 1 and intent in OF_NOBODY:
            _of_nobody(work, inbound, address, intent, answered=answered)
        else:
            one(work, inbound, address, person, intent, about.details, answered=answered)


def _of_nobody(
    work: Work, inbound: InboundRow, address: AddressRow, intent: Intent, *, answered: bool
) -> None:
    """From a shared phone, where it makes no difference which of them wrote."""
    match intent:
        case Intent.TALK_TO_PERSON:
            ask_for_person(work, inbound, address, None)
        case Intent.COMPLAINT:
            _complaint(work, inbound, address, None)
        case Intent.HELP:
            menu(work, address, None)
        case _:
            if not answered:
                _thanks(work, inbound, address, None)


def _from_stranger(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    rows: list[ConversationRow],
    about: IntentReading,
    intents: Sequence[Intent],
) -> None:
    if Intent.TALK_TO_PERSON in intents:
        ask_for_person(work, inbound, address, None)
    elif Intent.COMPLAINT in intents:
        _complaint(work, inbound, address, None)
    elif rows:
        if rows[0].script == "hello":
            _hear_more(work, rows[0], about)
        else:
            not_understood(work, inbound, address, [], rows)
    else:
        greet(work, address, about, intents)


def greet(work: Work, address: AddressRow, about: IntentReading, intents: Sequence[Intent]) -> None:
    """Say hello, show what was heard, and ask whether texting is all right."""
    facts: dict[str, Fact] = {"service": work.settings.service_name}
    heard = heard_words(work, about, intents)
    if heard:
        facts["heard"] = heard
    facts |= facts_of(about, intents, work.inbound.text if work.inbound else "")
    start(work, "hello", address, None, facts)


def _hear_more(work: Work, row: ConversationRow, about: IntentReading) -> None:
    """They said more before saying yes: it is kept, and the question is asked again."""
    state = State.from_json(row.state)
    learnt = facts_of(about, [i for i in about.intents if i is not Intent.OTHER], "")
    kept = {**state.facts, **{name: value for name, value in learnt.items() if value not in (None, "", [])}}
    row.state = replace(state, facts=kept).to_json()
    carry_on(work, row, Heard(_unclear()))


def _unclear() -> Interrupted:
    return Interrupted(InterruptKind.HELP)


def facts_of(about: IntentReading, intents: Sequence[Intent], said: str) -> dict[str, Fact]:
    """What a first text already tells, as facts a script may know. What was not said is left out."""
    details: Details = about.details
    facts: dict[str, Fact] = {
        "wish": intents[0].value if intents else None,
        "wish_2": intents[1].value if len(intents) > 1 else None,
        "group_words": list(details.group_words),
        "day": details.day,
        "alone": details.alone or None,
        "needs_lift": details.needs_lift or None,
        "first_name": details.name,
        "postcode": details.postcode,
        "concerns": list(details.concerns),
        "access_needs": list(details.access_needs),
        "source": details.source,
        "for_whom": details.for_whom,
        "own_words": said or None,
    }
    return {name: value for name, value in facts.items() if value not in (None, "", [])}


def heard_words(work: Work, about: IntentReading, intents: Sequence[Intent]) -> str:
    """ "You asked about the Harbour Walk, Thursdays at 10am." Empty where there is nothing to show."""
    said = work.inbound.text if work.inbound else ""
    facts: dict[str, Fact] = {}
    notice = {
        Intent.SELF_REFERRAL: "heard_self_referral",
        Intent.TRANSPORT: "heard_transport",
        Intent.VOLUNTEER: "heard_volunteer",
        Intent.CARER_REFERRAL: "heard_carer",
    }.get(intents[0] if intents else Intent.OTHER, "")
    group = _group_said(work, said, about.details)
    if group is not None and not group.sensitive and notice in {"", "heard_self_referral"}:
        notice = "heard_group"
        schedule = schedule_of(group)
        facts = {"group": group.name, "schedule": f", {schedule}" if schedule else ""}
    if not notice:
        return ""
    return say_notice(work.scripts_for(None), notice, facts, work.local_now.date()).text


def _group_said(work: Work, said: str, details: Details) -> Group | None:
    groups = _GROUPS.all(work.session, network=work.network.id)
    named = [group for group in groups if is_named(group, said)]
    if len(named) == 1:
        return named[0]
    tagged = [group for group in groups if set(details.group_words) & {group.kind, *group.tags}]
    return tagged[0] if len(tagged) == 1 else None


def one(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    person: Person,
    intent: Intent,
    details: Details,
    *,
    answered: bool,
) -> None:
    facts = facts_of(IntentReading((intent,), (), details), [intent], inbound.text)
    match intent:
        case Intent.JOIN_GROUP:
            start(work, "join_group", address, person, facts)
        case Intent.SELF_REFERRAL:
            _self_referral(work, inbound, address, person, facts)
        case Intent.TRANSPORT:
            start(work, "ride_request", address, person, facts)
        case Intent.CHANGE_OR_CANCEL:
            if not appointments.change(work, inbound.text, address, person, details):
                changing.change(work, inbound, address, person, details)
        case Intent.ATTENDANCE_NEXT if appointments.tell_when(work, inbound.text, address, person, details):
            pass
        case Intent.ATTENDANCE_NEXT:
            on_record.answer(work, address, person, details)
        case Intent.VOLUNTEER:
            start(work, "volunteer", address, person, facts)
        case Intent.CARER_REFERRAL:
            start(work, "carer_referral", address, person, facts)
        case Intent.TALK_TO_PERSON:
            ask_for_person(work, inbound, address, person)
        case Intent.COMPLAINT:
            _complaint(work, inbound, address, person)
        case Intent.HELP:
            menu(work, address, person)
        case Intent.THANKS_SMALLTALK:
            if not answered:
                _thanks(work, inbound, address, person)
        case _:
            not_understood(work, inbound, address, [person], open_conversations(work, address))


def _self_referral(
    work: Work, inbound: InboundRow, address: AddressRow, person: Person, facts: dict[str, Fact]
) -> None:
    referral = open_referral(work, person)
    if referral is None:
        known: dict[str, Fact] = {"first_name": person.first_name, "postcode": person.postcode}
        facts = {**{name: value for name, value in known.items() if value}, **facts}
        start(work, "self_referral", address, person, facts)
        return
    task = raise_task(
        work,
        "more_from_patient",
        person=person,
        address=address,
        occurrence=f"more:{person.id}:{work.local_now.date()}",
        due_at=due_in(work, 48),
        summary="Wrote again about what they need. Please read the thread.",
    )
    join(work, task, inbound)
    reply(work, address, "passed_on", person=person)


def command(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    people: list[Person],
    kind: InterruptKind,
    rows: list[ConversationRow],
) -> None:
    """HELP, PERSON, BACK and the like, said outside a question or to the one that is open."""
    person = people[0] if len(people) == 1 else None
    match kind:
        case InterruptKind.TALK_TO_PERSON:
            ask_for_person(work, inbound, address, person)
        case InterruptKind.CANCEL if people:
            changing.change(work, inbound, address, people[0], Details())
        case InterruptKind.BACK | InterruptKind.HELP if rows:
            carry_on(work, rows[0], Heard(Interrupted(kind)))
        case InterruptKind.HELP if not people:
            greet(work, address, IntentReading((Intent.HELP,)), [Intent.HELP])
        case _:
            menu(work, address, person)


def ask_for_person(work: Work, inbound: InboundRow, address: AddressRow, person: Person | None) -> None:
    """They would rather talk to somebody: a task, and word that somebody will."""
    task = raise_task(
        work,
        "asks_for_person",
        urgency=Urgency.SOON,
        person=person,
        address=address,
        occurrence=f"asks_for_person:{address.id}:{work.local_now.date()}",
        due_at=due_in(work, 24),
        summary="Would like to talk to a person.",
    )
    join(work, task, inbound)
    reply(work, address, "person_will_come", {"read_when": read_when(work)}, person=person)


def _complaint(work: Work, inbound: InboundRow, address: AddressRow, person: Person | None) -> None:
    task = raise_task(
        work,
        "complaint",
        urgency=Urgency.SOON,
        person=person,
        address=address,
        occurrence=f"complaint:{inbound.id}",
        due_at=due_in(work, 48),
        summary="Something was not right. Please read their text and answer it.",
    )
    join(work, task, inbound)
    reply(work, address, "complaint_heard", person=person)


def menu(work: Work, address: AddressRow, person: Person | None) -> None:
    """Who we are and what one can text."""
    reply(work, address, "menu", {"service": work.settings.service_name}, person=person)


def _thanks(work: Work, inbound: InboundRow, address: AddressRow, person: Person | None) -> None:
    """One kind word back, at most once a day: two machines could thank each other for ever.

    A longer text that gets no word back is read by a person, for it may have been more than thanks.
    """
    occurrence = f"welcome:{address.id}:{work.local_now.date()}"
    said_before = work.session.scalar(select(OutboundRow.id).where(OutboundRow.occurrence == occurrence))
    if said_before is None:
        reply(work, address, "welcome", person=person, occurrence=occurrence)
    elif len(inbound.text.split()) > MOST_WORDS_OF_THANKS:
        for_staff(work, inbound, address, [person] if person else [])


def for_staff(work: Work, inbound: InboundRow, address: AddressRow, people: list[Person]) -> None:
    """Words meant for a human always reach the human."""
    task = raise_task(
        work,
        "reply_to_read",
        urgency=Urgency.SOON,
        person=people[0] if len(people) == 1 else None,
        address=address,
        occurrence=f"reply_to_read:{address.id}:{work.local_now.date()}",
        due_at=due_in(work, 48),
        summary="There is a text for a person to read.",
    )
    join(work, task, inbound)


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


def is_call_off(meaning: Meaning) -> bool:
    """Whether a text says they are not coming."""
    if meaning.command is InterruptKind.CANCEL:
        return True
    return meaning.about is not None and Intent.CHANGE_OR_CANCEL in meaning.about.intents


def call_off(
    work: Work, inbound: InboundRow, address: AddressRow, people: list[Person], meaning: Meaning
) -> None:
    """They are not coming; what it is about is found in the record."""
    details = meaning.about.details if meaning.about else Details()
    for person in people:
        changing.change(work, inbound, address, person, details)
