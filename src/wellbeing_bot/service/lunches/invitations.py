"""Inviting a list of people to a session: each is told once, and can say whom they bring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.activities.sessions import meeting_point
from wellbeing_bot.service.people import WHILE_HELD_AGAIN, person_is_held, reach
from wellbeing_bot.service.tasks import raise_task, schedule
from wellbeing_bot.service.words import list_words, when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Invitation, Person, Place, Reminder, Session_
from wellbeing_bot.store.states import InvitationState, SessionState, Urgency

WAITING = (InvitationState.PLANNED, InvitationState.INVITED)


def invite(work: Work, session: Session_, people: Sequence[Person]) -> dict[str, int]:
    """Invite everybody on a list. Asking for the same person again changes nothing.

    Returns how many are ``invited``, have a place ``already``, were invited ``before``, and must be rung
    (``to_ring``: a task each).
    """
    counted = {"invited": 0, "already": 0, "before": 0, "to_ring": 0}
    schedule(
        work,
        "settle_invitations",
        f"settle_invitations:{session.id}:{session.moves}",
        session.ends_at,
        session_id=session.id,
    )
    for person in people:
        counted[_invite(work, session, person)] += 1
    return counted


def _invite(work: Work, session: Session_, person: Person) -> str:
    if invitation_of(work, session, person) is not None:
        return "before"
    place = work.session.scalar(
        select(Place).where(Place.session_id == session.id, Place.person_id == person.id)
    )
    if place is not None and place.state.open:
        return "already"
    invitation = Invitation(
        network_id=work.network.id,
        session_id=session.id,
        person_id=person.id,
        state=InvitationState.PLANNED,
        planned_at=work.now,
    )
    work.session.add(invitation)
    work.session.flush()
    if reach(work, person) is None:
        _ring(work, invitation, person)
        return "to_ring"
    schedule(
        work,
        "invite",
        f"invite:{session.id}:{person.id}",
        work.allowed(work.now),
        expires_at=session.starts_at,
        session_id=session.id,
        person_id=person.id,
    )
    return "invited"


def _ring(work: Work, invitation: Invitation, person: Person) -> None:
    invitation.state = InvitationState.NOT_REACHED
    raise_task(
        work,
        "invite_by_phone",
        urgency=Urgency.ROUTINE,
        person=person,
        session_id=invitation.session_id,
        occurrence=f"invite_by_phone:{invitation.id}",
        summary="Invited, and cannot be texted. Please ring them.",
    )


def invitation_of(work: Work, session: Session_, person: Person) -> Invitation | None:
    """The invitation of one person to one session."""
    return work.session.scalar(
        select(Invitation).where(Invitation.session_id == session.id, Invitation.person_id == person.id)
    )


def fire_invite(work: Work, reminder: Reminder) -> datetime | None:
    """The invitation itself: a question that stays open until the day."""
    from wellbeing_bot.service.talking import start  # an answer to it books places, and those unwind

    person = work.session.get_one(Person, reminder.person_id)
    session = work.session.get_one(Session_, reminder.session_id)
    invitation = invitation_of(work, session, person)
    if invitation is None or invitation.state is not InvitationState.PLANNED:
        return None
    if session.state is not SessionState.PLANNED:
        return None
    if person_is_held(work, person):
        return work.now + WHILE_HELD_AGAIN
    address = reach(work, person)
    if address is None:
        _ring(work, invitation, person)
        return None
    invitation.state = InvitationState.INVITED
    invitation.invited_at = work.now
    start(
        work,
        "lunch_invited",
        address,
        person,
        {
            "invitation": invitation.id,
            "first_name": person.first_name or "there",
            "group": neutral_name(session.group),
            "when": when_words(session.starts_at, work.zone, person.language),
            "meeting_point": meeting_point(work, session),
            "who_comes": who_comes(session),
        },
        session_id=session.id,
        subject=f"invitation:{invitation.id}",
    )
    return None


def who_comes(session: Session_) -> str:
    """The agencies in a sentence, or nothing. A sensitive group's would say what it is about."""
    agencies = [str(agency) for agency in session.group.agencies]
    if not agencies or session.group.sensitive:
        return ""
    return f" {list_words(agencies[:3])} will be there."


def answer(work: Work, invitation: Invitation, state: InvitationState) -> None:
    """Keep what they said."""
    invitation.state = state
    invitation.answered_at = work.now
    work.session.flush()


def session_off(work: Work, session: Session_) -> list[Person]:
    """The session is off: nobody more is invited, and those who were asked and may still answer are told."""
    waiting = list(
        work.session.scalars(
            select(Invitation)
            .where(Invitation.session_id == session.id, Invitation.state.in_(WAITING))
            .order_by(Invitation.id)
        )
    )
    told = [one.person for one in waiting if one.state is InvitationState.INVITED]
    for one in waiting:
        one.state = InvitationState.CALLED_OFF
        _close_question(work, one)
    work.session.flush()
    return told


def _close_question(work: Work, invitation: Invitation) -> None:
    from wellbeing_bot.service.talking import close_questions  # an answer books a place, and those unwind

    close_questions(work, subject=f"invitation:{invitation.id}", outcome="called_off")


def settle(work: Work, session: Session_) -> None:
    """The session is over: silence stays silence."""
    work.session.execute(
        update(Invitation)
        .where(Invitation.session_id == session.id, Invitation.state.in_(WAITING))
        .values(state=InvitationState.NO_ANSWER)
    )
