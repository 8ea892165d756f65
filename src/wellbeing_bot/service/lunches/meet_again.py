"""Meeting up again: two people both say yes before either learns the other's first name.

Whoever wishes it says whom they mean, in any words. Where exactly one other person of that day has the
first name they gave, that one is meant; otherwise a link worker finds out. The other is asked without
being told who wishes it, and hears nothing but the question; a no is never passed on.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select

from wellbeing_bot.service.lunches.kinds import is_lunch
from wellbeing_bot.service.people import person_is_held, reach
from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.tasks import due_in, finish_occurrence, raise_task, schedule
from wellbeing_bot.service.words import day_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import MeetAgain, Person, Place, Session_
from wellbeing_bot.store.states import MeetAgainState, OutboundKind, PlaceState, Urgency
from wellbeing_bot.understanding.text import words

ASK_AT = time(11, 0)
"""When the other is asked, the day after."""

ASK_WITHIN = timedelta(days=7)
"""A wish that could not be put to the other within this is a link worker's to carry on."""

THERE = (PlaceState.BOOKED, PlaceState.CONFIRMED, PlaceState.ATTENDED, PlaceState.UNKNOWN)
"""States in which somebody may have been there."""


def may_ask(work: Work, place: Place) -> bool:
    """Whether the question fits: a lunch, of a group that may be named, with others there, not asked yet."""
    if not is_lunch(place.session.group) or place.session.group.sensitive:
        return False
    return wish_of(work, place.session, place.person) is None and bool(others_at(work, place))


def others_at(work: Work, place: Place) -> list[Person]:
    """Everybody else who may have been there."""
    return list(
        work.session.scalars(
            select(Person)
            .join(Place, Place.person_id == Person.id)
            .where(
                Place.session_id == place.session_id,
                Place.person_id != place.person_id,
                Place.state.in_(THERE),
                Person.erased_at.is_(None),
            )
            .order_by(Person.id)
        )
    )


def wish_of(work: Work, session: Session_, person: Person) -> MeetAgain | None:
    """What somebody wished after a session."""
    return work.session.scalar(
        select(MeetAgain).where(MeetAgain.session_id == session.id, MeetAgain.wisher_id == person.id)
    )


def wish(work: Work, place: Place, said: str) -> MeetAgain:
    """Somebody would like to meet up again with the person they describe."""
    place.meet_again = True
    row = wish_of(work, place.session, place.person)
    if row is None:
        row = MeetAgain(
            network_id=work.network.id,
            session_id=place.session_id,
            wisher_id=place.person_id,
            state=MeetAgainState.WISHED,
            at=work.now,
        )
        work.session.add(row)
    row.words = said[:200]
    work.session.flush()
    meant = [other for other in others_at(work, place) if _named(other, said)]
    if len(meant) == 1:
        match(work, row, meant[0])
    else:
        raise_task(
            work,
            "meet_again_who",
            urgency=Urgency.SOON,
            person=place.person,
            session_id=place.session_id,
            place_id=place.id,
            occurrence=f"meet_again_who:{row.id}",
            due_at=due_in(work, 72),
            summary="Would like to meet up again with somebody of that day. Please find out whom they mean.",
        )
    return row


def _named(person: Person, said: str) -> bool:
    return bool(person.first_name) and person.first_name.lower() in words(said)


def match(work: Work, row: MeetAgain, other: Person) -> None:
    """It is known who is meant. Where both wish it, both are told; else the other is asked."""
    row.other = other
    work.session.flush()
    finish_occurrence(work, f"meet_again_who:{row.id}", "it is known who is meant")
    theirs = wish_of(work, row.session, other)
    if theirs is not None and theirs.other_id == row.wisher_id:
        _close_question(work, theirs)
        agree(work, row, answering=row.wisher)
        theirs.state = MeetAgainState.AGREED
        work.session.flush()
        return
    if row.state is MeetAgainState.WISHED:
        _ask(work, row, other)


def _ask(work: Work, row: MeetAgain, other: Person) -> None:
    """Ask the other tomorrow: today they are asked how they got home, and may wish it of their own accord."""
    row.state = MeetAgainState.ASKED
    work.session.flush()
    tomorrow = work.local_now.date() + timedelta(days=1)
    due = work.allowed(datetime.combine(tomorrow, ASK_AT, tzinfo=work.zone).astimezone(UTC))
    reminder = schedule(
        work,
        "meet_again_ask",
        f"meet_again_ask:{row.id}:{other.id}",
        due,
        person_id=other.id,
    )
    reminder.payload = {"wish": row.id}


def ask_other(work: Work, row: MeetAgain) -> datetime | None:
    """Put the question to the other. A moment back means: not while another question is open."""
    from wellbeing_bot.service.talking import open_conversations, start  # those run actions of ours

    other = row.other
    if other is None or row.state is not MeetAgainState.ASKED:
        return None
    address = reach(work, other)
    if address is None or work.now - row.at > ASK_WITHIN:
        raise_task(
            work,
            "meet_again_ask",
            person=other,
            session_id=row.session_id,
            occurrence=f"meet_again_ask:{row.id}",
            due_at=due_in(work, 120),
            summary="Somebody would like to meet them again, and they could not be asked by text. Please do.",
        )
        return None
    if person_is_held(work, other) or open_conversations(work, address):
        return work.allowed(work.now + timedelta(hours=6))
    day = day_words(row.session.starts_at.astimezone(work.zone).date(), other.language)
    start(
        work,
        "meet_again_ask",
        address,
        other,
        {"wish": row.id, "first_name": other.first_name or "there", "day": day},
        session_id=row.session_id,
        subject=f"meet_again:{row.id}",
    )
    return None


def agree(work: Work, row: MeetAgain, answering: Person | None = None) -> None:
    """Both have said yes: each learns the other's first name, and a link worker helps them to meet.

    ``answering`` has just texted, so that their word goes out at any hour.
    """
    wisher, other = row.wisher, row.other
    if other is None or row.state is MeetAgainState.AGREED:
        return
    row.state = MeetAgainState.AGREED
    work.session.flush()
    pair = f"meet_again:{row.session_id}:{min(wisher.id, other.id)}:{max(wisher.id, other.id)}"
    for person, friend in ((wisher, other), (other, wisher)):
        tell(
            work,
            person,
            "meet_again_both",
            {"friend": friend.first_name or "the other person"},
            kind=OutboundKind.REPLY if person is answering else OutboundKind.BEGUN,
            occurrence=f"{pair}:{person.id}",
        )
    names = f"{wisher.full_name} and {other.full_name}"
    raise_task(
        work,
        "meet_again",
        urgency=Urgency.SOON,
        person=wisher,
        session_id=row.session_id,
        occurrence=pair,
        due_at=due_in(work, 120),
        summary=f"{names} would both like to meet up again. Please help them to.",
    )


def decline(work: Work, row: MeetAgain) -> None:
    """The other would rather not. Nobody is told."""
    if row.state is MeetAgainState.ASKED:
        row.state = MeetAgainState.DECLINED
        work.session.flush()


def _close_question(work: Work, row: MeetAgain) -> None:
    from wellbeing_bot.service.talking import close_questions  # those run actions of ours

    close_questions(work, subject=f"meet_again:{row.id}", outcome="both_wish_it")
