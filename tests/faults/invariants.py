"""What must hold after whatever has happened, whoever did it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wellbeing_bot.messages import DeliveryState, InboundKind
from wellbeing_bot.service.sending.quiet import is_quiet
from wellbeing_bot.store import (
    AddressRow,
    ConversationRow,
    InboundRow,
    Meeting,
    OutboundRow,
    Person,
    Place,
    Reminder,
    Ride,
    Session_,
)
from wellbeing_bot.store.states import (
    ConversationState,
    InboundState,
    MeetingState,
    OutboundKind,
    PlaceState,
    ReminderState,
    RideState,
    SessionState,
)

LONDON = ZoneInfo("Europe/London")
SENT = (DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.READ)
LEAVING = (DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.UNKNOWN)
AFTER_STOP = ("notices.stopped.", "urgent")
OPEN_RIDES = (RideState.REQUESTED, RideState.SENT, RideState.CONFIRMED)
OPEN_MEETINGS = (MeetingState.ASKED, MeetingState.ACCEPTED)
TOLD_OF_OFF = ("called_off", "lifts_off", "not_running", "session_off")
REMINDERS = ("notices.day_before.say", "notices.morning.say")
ANSWERED_WITHIN = timedelta(minutes=10)


def every_turn_was_taken(session: Session) -> None:
    """Nothing that came in was too much for the service, and nothing waits."""
    left = session.execute(
        select(InboundRow.kind, InboundRow.text, InboundRow.payload, InboundRow.state).where(
            InboundRow.state != InboundState.HANDLED
        )
    ).all()
    assert not left, f"turns that failed: {left}"
    handed = session.scalars(select(Reminder.kind).where(Reminder.state == ReminderState.HANDED_OVER)).all()
    assert not handed, f"handed over and never fired: {handed}"


def nobody_is_texted_at_night(session: Session, rows: list[OutboundRow], quiet: tuple[time, time]) -> None:
    """The service begins nothing in quiet hours; it only answers whoever texts, and alerts who is on duty."""
    for row in rows:
        assert row.sent_at is not None
        if not is_quiet(row.sent_at, *quiet, LONDON) or row.by_user:
            continue
        assert row.kind is not OutboundKind.BEGUN, f"{row.key} went out at {row.sent_at}"
        if row.kind is OutboundKind.REPLY:
            inbound = session.get(InboundRow, row.inbound_id) if row.inbound_id else None
            assert inbound is not None, f"{row.key} at night answers nothing"
            assert inbound.kind in {InboundKind.TEXT, InboundKind.BUTTON}, f"{row.key} answers {inbound.kind}"
            assert abs(row.sent_at - inbound.received_at) < ANSWERED_WITHIN


def stop_is_final(session: Session, rows: list[OutboundRow]) -> None:
    """Nothing is queued for or went to an address that asked for silence, but its confirmation."""
    stopped = set(session.scalars(select(AddressRow.id).where(AddressRow.opted_out_at.is_not(None))))
    queued = session.scalars(select(OutboundRow).where(OutboundRow.state.in_(LEAVING)))
    for row in [*queued, *rows]:
        if row.address_id in stopped and row.kind is not OutboundKind.URGENT_HELP:
            assert row.key.startswith(AFTER_STOP), f"{row.key} ({row.state}) after STOP: {row.text}"


def one_thing_is_told_once(session: Session) -> None:
    """No two messages of one occurrence, and no reminder of one session twice to one person."""
    occurrences = session.scalars(select(OutboundRow.occurrence).where(OutboundRow.occurrence.is_not(None)))
    doubled = [key for key, count in Counter(occurrences).items() if count > 1]
    assert not doubled, f"told twice: {doubled}"
    told = session.execute(
        select(OutboundRow.key, OutboundRow.person_id, OutboundRow.session_id, func.count(), Session_.moves)
        .join(Session_, Session_.id == OutboundRow.session_id)
        .where(
            OutboundRow.state.in_(SENT),
            OutboundRow.key.in_(REMINDERS),
        )
        .group_by(OutboundRow.key, OutboundRow.person_id, OutboundRow.session_id, Session_.moves)
    )
    for key, person, where, count, moves in told:
        assert count <= 1 + moves, f"{key} went out {count} times to {person} about {where}"


def nothing_about_what_is_off(session: Session, off: dict[int, int]) -> None:
    """``off``: session -> the newest message when it was called off. After that only that is told."""
    for where, newest in off.items():
        later = session.scalars(
            select(OutboundRow).where(
                OutboundRow.session_id == where,
                OutboundRow.id > newest,
                OutboundRow.kind == OutboundKind.BEGUN,
                OutboundRow.state.in_([*SENT, *LEAVING]),
            )
        )
        for row in later:
            assert any(word in row.key for word in TOLD_OF_OFF), f"{row.key} about a session that is off"


def everything_is_legal(session: Session, now: datetime) -> None:
    """Places, meetings and lifts fit their sessions and each other."""
    taken: Counter[int] = Counter()
    for place in session.scalars(select(Place)):
        on = place.session
        if place.state in {PlaceState.BOOKED, PlaceState.CONFIRMED, PlaceState.OFFERED}:
            assert on.state is not SessionState.CALLED_OFF, f"place {place.id} on a session that is off"
            taken[on.id] += place.party
        if place.state is PlaceState.OFFERED:
            assert place.offered_until is not None
    for key, people in taken.items():
        on = session.get_one(Session_, key)
        most = on.capacity if on.capacity is not None else on.group.capacity
        assert most is None or people <= most, f"{people} people on {most} places of session {key}"
    _meetings(session, now)
    for ride in session.scalars(select(Ride).where(Ride.state.in_(OPEN_RIDES))):
        if ride.place.session.starts_at > now:
            assert ride.place.state.open, f"ride {ride.id} is {ride.state}, its place {ride.place.state}"


def _meetings(session: Session, now: datetime) -> None:
    open_ones: Counter[int] = Counter()
    for meeting in session.scalars(select(Meeting).where(Meeting.state.in_(OPEN_MEETINGS))):
        place = meeting.place
        if place.session.starts_at > now:
            assert place.state.open, f"meeting {meeting.id} is {meeting.state}, its place {place.state}"
            open_ones[place.id] += 1
    assert all(count == 1 for count in open_ones.values()), f"several champions for one: {open_ones}"


def nothing_is_under_way_for_the_erased(session: Session) -> None:
    """No place, question, reminder or text for anybody who was erased."""
    gone = select(Person.id).where(Person.erased_at.is_not(None))
    places = session.scalars(select(Place.state).where(Place.person_id.in_(gone)))
    assert not [state for state in places if state.open]
    for row, condition in (
        (Reminder, Reminder.state.in_([ReminderState.DUE, ReminderState.HANDED_OVER])),
        (ConversationRow, ConversationRow.status == ConversationState.OPEN),
        (OutboundRow, OutboundRow.state.in_(LEAVING)),
    ):
        left = session.scalars(select(row).where(row.person_id.in_(gone), condition)).all()
        assert not left, f"{row.__tablename__} for somebody erased"


def moment(text: str) -> datetime:
    """A local time as the moment it is."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)
