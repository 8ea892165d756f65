"""Two people, one phone: which of them a text concerns, and asking only when it cannot be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.activities.finding import is_named
from wellbeing_bot.service.changing import Target, targets
from wellbeing_bot.service.changing.targets import LATELY, speaks_of
from wellbeing_bot.service.talking import start
from wellbeing_bot.service.wishes import newcomers
from wellbeing_bot.service.wishes.fulfilling import OF_NOBODY
from wellbeing_bot.service.words import list_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, ConversationRow, InboundRow, OutboundRow, Person
from wellbeing_bot.understanding.introductions import name_in
from wellbeing_bot.understanding.meaning import Details, Intent, InterruptKind, Meaning, Question, Unclear
from wellbeing_bot.understanding.people_words import names_said, speaks_for_both
from wellbeing_bot.understanding.second_thoughts import asks_reminder

SCRIPT = "which_person"
EVERYBODY = "everybody"

STILL_TALKING = timedelta(hours=12)
"""So long after a question the one it was put to is taken to be the one who writes."""

ABOUT_WHAT_IS_BOOKED = frozenset({Intent.CHANGE_OR_CANCEL, Intent.ATTENDANCE_NEXT, Intent.TRANSPORT})


def concerned(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    people: list[Person],
    rows: Sequence[ConversationRow],
    meaning: Meaning,
) -> list[Person] | None:
    """Whom a text from a shared phone concerns, one after the other; nobody when they had to be asked.

    None where it makes no difference who of them wrote.
    """
    found = named(inbound.text, people)
    if not _needs_a_person(inbound.text, meaning):
        return None
    if newcomers.introduced(people, meaning):
        return None
    if found:
        return with_something(work, inbound.text, address, found, meaning)
    found = _by_the_matter(work, inbound.text, address, people, rows, meaning)
    if not found:
        ask(work, inbound, address, people)
    return found


def plainly(
    work: Work, text: str, address: AddressRow, people: list[Person], meaning: Meaning
) -> list[Person]:
    """Whom of a shared phone a call-off concerns, where nobody can be asked; none if it cannot be told."""
    if len(people) < 2:
        return people
    details = meaning.about.details if meaning.about else Details()
    found = named(text, people) or _who_has_it(work, text, address, people, details)
    return found if len(found) == 1 or named(text, people) else []


def with_something(
    work: Work, text: str, address: AddressRow, people: list[Person], meaning: Meaning
) -> list[Person]:
    """ "We can't come Thursday": those of them who were coming on Thursday; all, where nobody was."""
    if len(people) < 2 or not _about_bookings(text, meaning):
        return people
    details = meaning.about.details if meaning.about else Details()
    return _who_has_it(work, text, address, people, details, lately=False) or people


def named(text: str, people: Sequence[Person]) -> list[Person]:
    """Those of a phone that the text names, or all of them ("neither of us")."""
    names = [person.first_name for person in people]
    said = names_said(text, names)
    if len(people) == 2 and speaks_for_both(text, names):
        return list(people)
    sender = (name_in(text) or "").split(" ")[0]
    if len(said) > 1 and sender in said:  # "Mavis here, Stan is not well": it is about Stan
        said.remove(sender)
    return [person for person in people if person.first_name in said]


def _about_bookings(text: str, meaning: Meaning) -> bool:
    if meaning.command is InterruptKind.CANCEL or asks_reminder(text):
        return True
    return meaning.about is not None and bool(set(meaning.about.intents) & ABOUT_WHAT_IS_BOOKED)


def _needs_a_person(text: str, meaning: Meaning) -> bool:
    if meaning.command is InterruptKind.CANCEL or asks_reminder(text):
        return True
    if any(not isinstance(reading, Unclear) for _, reading in meaning.readings) and meaning.about is None:
        return False
    about = meaning.about
    return about is not None and bool(about.intents) and about.intents[0] not in {*OF_NOBODY, Intent.OTHER}


def _by_the_matter(
    work: Work,
    text: str,
    address: AddressRow,
    people: list[Person],
    rows: Sequence[ConversationRow],
    meaning: Meaning,
) -> list[Person]:
    details = meaning.about.details if meaning.about else Details()
    if _about_bookings(text, meaning):
        booked = _who_has_it(work, text, address, people, details)
        if booked:
            return booked if len(booked) == 1 else []
    talking = {
        row.person_id
        for row in rows
        if row.person_id is not None and row.asked_at and work.now - row.asked_at < STILL_TALKING
    }
    found = [person for person in people if person.id in talking]
    return found if len(found) == 1 else []


def _who_has_it(
    work: Work,
    text: str,
    address: AddressRow,
    people: Sequence[Person],
    details: Details,
    *,
    lately: bool = True,
) -> list[Person]:
    """Those who have something booked that fits the words; of several, those we wrote to of it lately."""
    have = [(person, target) for person in people for target in targets(work, person)]
    have = (
        [(p, t) for p, t in have if is_named(t.session.group, text)]
        or [(p, t) for p, t in have if speaks_of(t.session.group, text, details)]
        or have
    )
    have = [(p, t) for p, t in have if _on(work, t, details)] or have
    if lately and len({person.id for person, _ in have}) > 1:
        told = _written_of_lately(work, address)
        have = [(p, t) for p, t in have if (p.id, t.session.id) in told] or have
    keys = {person.id for person, _ in have}
    return [person for person in people if person.id in keys]


def _on(work: Work, target: Target, details: Details) -> bool:
    day = target.session.starts_at.astimezone(work.zone).date()
    if details.when is not None:
        return day == details.when
    return details.day is not None and day.weekday() == details.day


def _written_of_lately(work: Work, address: AddressRow) -> set[tuple[int, int]]:
    """Which person was written to of which session here in the last days."""
    rows = work.session.execute(
        select(OutboundRow.person_id, OutboundRow.session_id).where(
            OutboundRow.address_id == address.id,
            OutboundRow.person_id.is_not(None),
            OutboundRow.session_id.is_not(None),
            OutboundRow.created_at > work.now - LATELY,
        )
    )
    return {(person, session) for person, session in rows if person and session}


def ask(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    people: Sequence[Person],
    questions: Sequence[ConversationRow] = (),
) -> None:
    """Ask whom it is about. What they wrote waits, and is taken up as it stands when they answer."""
    names = [person.first_name or "the other one" for person in people]
    offered: list[Fact] = [
        {"value": str(person.id), "label": name} for person, name in zip(people, names, strict=True)
    ]
    both = "Both" if len(people) == 2 else "All of us"
    offered.append(
        {"value": EVERYBODY, "label": both, "also": ["both", "both of us", "us both", "all of us"]}
    )
    start(
        work,
        SCRIPT,
        address,
        None,
        {
            "offered": offered,
            "names": list_words(names, "or"),
            "inbound": inbound.id,
            "questions": [row.id for row in questions],
        },
    )


def chosen(value: str, people: Sequence[Person]) -> list[Person]:
    """Whom an answer to the question means."""
    return [person for person in people if value in {EVERYBODY, str(person.id)}]


def with_name(question: Question, person: Person | None) -> Question:
    """The question, answerable by name as well: "Jean yes, Tom no"."""
    if person is None or not person.first_name:
        return question
    return replace(question, names=(*question.names, person.first_name.lower()))
