"""What else must have come to an end, or be somebody's to do: appointments, loans, goals, calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wellbeing_bot.store import (
    Appointment,
    Asking,
    CallToMake,
    ClinicWait,
    ConversationRow,
    DriverAsk,
    Goal,
    Interest,
    Invitation,
    Loan,
    LoanAsk,
    MeetAgain,
    Meeting,
    Person,
    Place,
    Referral,
    Reminder,
    Ride,
    Satisfaction,
    Session_,
    SlotBooking,
    Task,
)
from wellbeing_bot.store.states import (
    AppointmentState,
    AskingState,
    CallState,
    ConversationState,
    GoalState,
    InvitationState,
    LoanState,
    MeetAgainState,
    MeetingState,
    PlaceState,
    ReminderState,
    SlotState,
)

DAYS = timedelta(days=1)
LOAN_UNDER_WAY = {LoanState.WAITING, LoanState.ASKED, LoanState.PROMISED, LoanState.LENT, LoanState.SAID_BACK}


def left_open(session: Session, now: datetime) -> Iterator[str]:
    """Everything that stays open longer than it makes sense, and is nobody's to look at."""
    for look in (_appointments, _loans, _goals, _lunches, _askings, _calls, _timers, _clinics):
        yield from look(session, now)


def _on_somebodys_list(session: Session, person_id: int, since: datetime) -> bool:
    task = select(Task.id).where(Task.person_id == person_id, Task.raised_at >= since)
    return session.scalar(task.limit(1)) is not None


def _appointments(session: Session, now: datetime) -> Iterator[str]:
    waiting = (AppointmentState.OFFERED, AppointmentState.BOOKED)
    for one in session.scalars(select(Appointment).where(Appointment.state.in_(waiting))):
        last = one.starts_at or max(datetime.fromisoformat(at).astimezone(UTC) for at in one.times)
        if last < now - 7 * DAYS and not _on_somebodys_list(session, one.person_id, one.offered_at):
            yield f"appointment {one.id} is {one.state}, and its time was {last:%d %b}"


def _loans(session: Session, now: datetime) -> Iterator[str]:
    for loan in session.scalars(select(Loan).where(Loan.state.in_(LOAN_UNDER_WAY))):
        if loan.state is LoanState.WAITING or _on_somebodys_list(session, loan.person_id, loan.asked_at):
            continue  # whoever waits, waits for another to come back
        back = loan.due_back is not None and loan.due_back > (now - 14 * DAYS).date()
        if not back and loan.asked_at < now - 30 * DAYS:
            yield f"loan {loan.id} is {loan.state} since {loan.asked_at:%d %b}"
    for ask in session.scalars(
        select(LoanAsk).where(LoanAsk.state == MeetingState.ASKED, LoanAsk.deadline < now - 3 * DAYS)
    ):
        yield f"a champion is still asked about loan {ask.loan_id}"


def _goals(session: Session, now: datetime) -> Iterator[str]:
    for goal in session.scalars(select(Goal).where(Goal.state.in_([GoalState.SET, GoalState.ASKED]))):
        if goal.review_at < now - 30 * DAYS:
            yield f"goal {goal.id} is {goal.state}, to be looked at on {goal.review_at:%d %b}"


def _lunches(session: Session, now: datetime) -> Iterator[str]:
    over = select(Session_.id).where(Session_.ends_at < now - 3 * DAYS)
    for invitation in session.scalars(
        select(Invitation).where(
            Invitation.session_id.in_(over),
            Invitation.state.in_([InvitationState.PLANNED, InvitationState.INVITED]),
        )
    ):
        yield f"invitation {invitation.id} is {invitation.state}"
    for ask in session.scalars(
        select(DriverAsk)
        .join(Ride, Ride.id == DriverAsk.ride_id)
        .where(DriverAsk.state == MeetingState.ASKED, Ride.session_id.in_(over))
    ):
        yield f"a driver is still asked about ride {ask.ride_id}"
    long_over = select(Session_.id).where(Session_.ends_at < now - 30 * DAYS)
    for wish in session.scalars(
        select(MeetAgain).where(
            MeetAgain.session_id.in_(long_over),
            MeetAgain.state.in_([MeetAgainState.WISHED, MeetAgainState.ASKED]),
        )
    ):
        if not _on_somebodys_list(session, wish.wisher_id, now - 200 * DAYS):
            yield f"the wish to meet again {wish.id} is {wish.state}"


def _askings(session: Session, now: datetime) -> Iterator[str]:
    for asking in session.scalars(select(Asking).where(Asking.state == AskingState.OPEN)):
        if asking.opened_at is not None and asking.opened_at < now - 45 * DAYS:
            yield f"{asking.instrument} {asking.id} is open since {asking.opened_at:%d %b}"
    for asking in session.scalars(select(Asking).where(Asking.state == AskingState.PLANNED)):
        if asking.due_at < now - 60 * DAYS:
            yield f"{asking.instrument} {asking.id} was to be asked on {asking.due_at:%d %b}"


def _calls(session: Session, now: datetime) -> Iterator[str]:
    for call in session.scalars(
        select(CallToMake).where(
            CallToMake.state == CallState.TO_MAKE, CallToMake.expires_at < now - 3 * DAYS
        )
    ):
        yield f"call {call.id} ({call.key}) has lost its sense and is still to be made"


def _timers(session: Session, now: datetime) -> Iterator[str]:
    for reminder in session.scalars(
        select(Reminder).where(
            Reminder.state.in_([ReminderState.DUE, ReminderState.HANDED_OVER]), Reminder.due_at < now - DAYS
        )
    ):
        yield f"{reminder.kind} is {reminder.state}, due on {reminder.due_at:%d %b}"
    for row in session.scalars(
        select(ConversationRow).where(
            ConversationRow.status == ConversationState.OPEN, ConversationRow.opened_at < now - 75 * DAYS
        )
    ):
        yield f"{row.script} is open since {row.opened_at:%d %b}"


def _clinics(session: Session, now: datetime) -> Iterator[str]:
    for place in session.scalars(
        select(Place).where(Place.state == PlaceState.OFFERED, Place.offered_until < now - DAYS)
    ):
        yield f"place {place.id} is offered until {place.offered_until:%d %b}"
    gone = (PlaceState.WITHDRAWN, PlaceState.CALLED_OFF, PlaceState.NO_SEAT)
    for booking in session.scalars(
        select(SlotBooking)
        .join(Place, Place.id == SlotBooking.place_id)
        .where(SlotBooking.state == SlotState.BOOKED, Place.state.in_(gone))
    ):
        yield f"slot booking {booking.id} stands, and its place is gone"
    for wait in session.scalars(
        select(ClinicWait)
        .join(Person, Person.id == ClinicWait.person_id)
        .where(ClinicWait.ended_at.is_(None), Person.erased_at.is_not(None))
    ):
        yield f"somebody who was forgotten waits for clinic {wait.group_id}"


COUNTED: dict[str, Any] = {
    "places": Place.state,
    "meetings": Meeting.state,
    "rides": Ride.state,
    "referrals": Referral.state,
    "appointments": Appointment.state,
    "monitors": Loan.state,
    "goals": Goal.state,
    "questionnaires": Asking.state,
    "invitations": Invitation.state,
    "meeting again": MeetAgain.state,
    "clinic times": SlotBooking.state,
    "calls": CallToMake.state,
}


def how_it_went(session: Session) -> dict[str, Counter[str]]:
    """What came of it all, to see that a good deal happened."""
    found = {what: Counter(str(one) for one in session.scalars(select(of))) for what, of in COUNTED.items()}
    found["people"] = Counter(
        all=_count(session, select(func.count()).select_from(Person)),
        forgotten=_count(session, select(func.count()).where(Person.erased_at.is_not(None))),
    )
    found["interests"] = Counter(
        told=_count(session, select(func.count()).where(Interest.told_at.is_not(None)))
    )
    found["satisfaction"] = Counter(
        asked=_count(session, select(func.count()).select_from(Satisfaction)),
        answered=_count(session, select(func.count()).where(Satisfaction.answered_at.is_not(None))),
    )
    return found


def _count(session: Session, query: Any) -> int:
    return session.scalar(query) or 0
