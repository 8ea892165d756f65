"""What must hold at every tick, of what was sent since the last; and what must hold at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.store.whole_town.endings import left_open
from wellbeing_bot.messages import DeliveryState, InboundKind
from wellbeing_bot.store import (
    AddressRow,
    Duty,
    Hold,
    InboundRow,
    Line,
    Meeting,
    OutboundRow,
    Person,
    Place,
    Ride,
    Session_,
    Task,
)
from wellbeing_bot.store.states import (
    InboundState,
    MeetingState,
    OutboundKind,
    PlaceState,
    RideState,
    SessionState,
    TaskState,
    Urgency,
)

LONDON = ZoneInfo("Europe/London")
MORNING, EVENING = time(8), time(20)
JUST_NOW = timedelta(minutes=5)

OF_BEING_OFF = ("called_off", "lifts_off", "drive_not_needed", "stood_down", "withdrawn", "ride_off")
"""What may still be said about something that is off: that it is."""

ONCE = (
    "notices.day_before",
    "notices.morning",
    "expect_you.ask",
    "notices.session_called_off",
    "notices.session_moved",
    "notices.champion_day_before",
    "notices_rides.ride_evening",
    "went.ask",
    "went_sensitive.ask",
    "went_and_home.ask",
    "champion_went.ask",
)
"""Told or asked once for each time a session has."""

FOR_THOSE_WHO_COME = ("notices.day_before", "notices.morning", "expect_you.ask")
SAME = {"expect_you.ask": "notices.day_before"}

PLACE_OVER = {
    PlaceState.WITHDRAWN,
    PlaceState.CALLED_OFF,
    PlaceState.ATTENDED,
    PlaceState.MISSED,
    PlaceState.UNKNOWN,
    PlaceState.NO_SEAT,
}
MEETING_OPEN = {MeetingState.ASKED, MeetingState.ACCEPTED}
RIDE_OPEN = {RideState.REQUESTED, RideState.SENT, RideState.CONFIRMED}
WAITING = {DeliveryState.QUEUED, DeliveryState.SENDING}


def thread(phone: AddressRow) -> str:
    """One phone as one network knows it: STOP to one network's number says nothing to another's."""
    return f"{phone} {phone.network_id}"


@dataclass
class Ledger:
    """What the test itself knows of each thread, kept apart from the service."""

    stopped: dict[str, datetime] = field(default_factory=dict)
    confirmed: Counter[str] = field(default_factory=Counter)  # confirmations since the STOP
    ever_stopped: set[str] = field(default_factory=set)
    wrong: set[str] = field(default_factory=set)
    told: Counter[tuple[object, ...]] = field(default_factory=Counter)
    forgotten: set[str] = field(default_factory=set)  # phones of those who were erased, until they write
    asked_again: set[str] = field(default_factory=set)  # phones that asked to be reminded on another day
    prompts: dict[int, set[datetime]] = field(default_factory=dict)  # conversation -> unanswered
    of_phone: dict[int, set[int]] = field(default_factory=dict)  # address -> its conversations
    delivered: set[int] = field(default_factory=set)

    def texted(self, phone: str, text: str, now: datetime) -> None:
        """Somebody has texted."""
        said = text.strip().lower()
        self.forgotten.discard(phone)
        anew = phone in self.wrong or said == "start"
        if anew and phone in self.stopped:
            del self.stopped[phone]
            self.confirmed.pop(phone, None)
            self.wrong.discard(phone)
        if said in {"stop", "wrong number"}:
            self.stopped.setdefault(phone, now)
            self.ever_stopped.add(phone)
        if said == "wrong number":
            self.wrong.add(phone)  # whoever writes from it next is somebody new
        if "remind" in said:
            self.asked_again.add(phone)

    def heard_from(self, address_id: int) -> None:
        """What this phone was asked counts as seen."""
        for conversation in self.of_phone.pop(address_id, ()):
            self.prompts.pop(conversation, None)


def broken(session: Session, ledger: Ledger, sent: Sequence[int], now: datetime) -> Iterator[str]:
    """Every promise that what was sent just now breaks."""
    for row in session.scalars(select(OutboundRow).where(OutboundRow.id.in_(sent)).order_by(OutboundRow.id)):
        phone = session.get_one(AddressRow, row.address_id)
        for wrong in _of_one(session, ledger, row, phone, now):
            yield f"{now:%d %b %H:%M} {phone} {row.key} ({row.kind}): {wrong}: {row.text}"


def _of_one(
    session: Session, ledger: Ledger, row: OutboundRow, phone: AddressRow, now: datetime
) -> Iterator[str]:
    yield from _across(session, row, phone)
    yield from _at_night(session, row, phone, now)
    yield from _after_stop(ledger, row, thread(phone))
    yield from _twice(session, ledger, row, thread(phone))
    if row.by_user or row.kind is not OutboundKind.BEGUN:
        return
    yield from _about_what_is_off(session, row)
    yield from _while_held(session, row)
    yield from _too_many_prompts(ledger, row, now)


def _across(session: Session, row: OutboundRow, phone: AddressRow) -> Iterator[str]:
    """Everything about a text belongs to the network whose number it leaves from."""
    person = session.get(Person, row.person_id) if row.person_id else None
    about = session.get(Session_, row.session_id) if row.session_id else None
    owners = {one.network_id for one in (row, phone, person, about) if one is not None}
    lines = select(Line.network_id).where(Line.channel == phone.channel, Line.value == row.line)
    if owners != set(session.scalars(lines)):
        yield f"crosses from one network to another ({owners}, from {row.line})"


def _at_night(session: Session, row: OutboundRow, phone: AddressRow, now: datetime) -> Iterator[str]:
    if row.kind is OutboundKind.BEGUN:
        if not MORNING <= now.astimezone(LONDON).time() < EVENING:
            yield "goes out at night"
        if row.expires_at is not None and row.expires_at < now:
            yield "has lost its sense"
    elif row.kind is OutboundKind.REPLY and not row.by_user:
        said = session.scalar(
            select(func.max(InboundRow.received_at)).where(
                InboundRow.address_id == phone.id, InboundRow.kind == InboundKind.TEXT
            )
        )
        if said is None or now - said > JUST_NOW:
            yield "answers nobody who has just texted"
    elif row.kind is OutboundKind.ALERT:
        duty = session.scalar(select(Duty.id).where(Duty.person_id == row.person_id))
        if duty is None:
            yield "alerts somebody who is not on the rota"


def _after_stop(ledger: Ledger, row: OutboundRow, phone: str) -> Iterator[str]:
    if phone in ledger.forgotten and row.kind is OutboundKind.BEGUN:
        yield "goes to somebody who was forgotten"
    if phone not in ledger.stopped or row.kind is OutboundKind.URGENT_HELP:
        return
    if row.key.endswith((".stopped.say", ".wrong_number.say")):
        ledger.confirmed[phone] += 1
        if ledger.confirmed[phone] > 1:
            yield "confirms STOP again"
    else:
        yield "goes to somebody who said STOP"


def _twice(session: Session, ledger: Ledger, row: OutboundRow, phone: str) -> Iterator[str]:
    base = row.key.removesuffix(".say").removesuffix(".neutral")
    base = base.removesuffix("_with_lift")
    if base not in ONCE or row.session_id is None or row.kind is not OutboundKind.BEGUN:
        return
    about = session.get_one(Session_, row.session_id)
    subject = row.text.partition(":")[0] if row.text.startswith("About ") else row.person_id
    meeting = row.text if base in {"notices.champion_day_before", "champion_went.ask"} else ""
    key = (phone, subject, meeting, row.session_id, about.moves, SAME.get(base, base))
    ledger.told[key] += 1
    if ledger.told[key] > 1 and phone not in ledger.asked_again:
        yield "is told a second time"


def _about_what_is_off(session: Session, row: OutboundRow) -> Iterator[str]:
    if row.session_id is None or any(words in row.key for words in OF_BEING_OFF):
        return
    about = session.get_one(Session_, row.session_id)
    if about.state is SessionState.CALLED_OFF:
        yield "is about something that is off"
    base = row.key.removesuffix(".say").removesuffix(".neutral")
    if base not in FOR_THOSE_WHO_COME or row.text.startswith("About "):
        return
    states = list(
        session.scalars(
            select(Place.state).where(Place.session_id == about.id, Place.person_id == row.person_id)
        )
    )
    if not any(state.coming for state in states):
        yield f"reminds somebody who is not coming ({states})"


def _while_held(session: Session, row: OutboundRow) -> Iterator[str]:
    """Begun while a human has the conversation. Times to talk and small goals are that human's own doing."""
    if row.conversation_id is None or row.key.startswith(("appointment_offer.", "goal_ask.")):
        return
    held = session.scalar(
        select(Hold.id).where(
            Hold.address_id == row.address_id, Hold.ended_at.is_(None), Hold.since < row.created_at
        )
    )
    if held is not None:
        yield "asks while a human has the conversation"


def _too_many_prompts(ledger: Ledger, row: OutboundRow, now: datetime) -> Iterator[str]:
    if row.conversation_id is None:
        return
    prompts = ledger.prompts.setdefault(row.conversation_id, set())
    ledger.of_phone.setdefault(row.address_id, set()).add(row.conversation_id)
    prompts.add(now)
    if len(prompts) > 2:
        yield "is the third prompt without an answer"


def broken_today(session: Session, now: datetime) -> Iterator[str]:
    """What must hold at the end of every day: rooms that are not overfull, one companion at the door."""
    taken = (
        select(Place.session_id, func.sum(Place.party).label("seats"))
        .where(Place.state.in_([PlaceState.BOOKED, PlaceState.CONFIRMED]))
        .group_by(Place.session_id)
        .subquery()
    )
    for found, seats in session.execute(
        select(Session_, taken.c.seats)
        .join(taken, taken.c.session_id == Session_.id)
        .where(Session_.starts_at > now)
    ):
        capacity = found.capacity if found.capacity is not None else found.group.capacity
        if capacity is not None and seats > capacity:
            yield f"{now:%d %b}: {found.group.name} on {found.occurs_on}: {seats} seats of {capacity}"
    met = (
        select(Meeting.place_id, func.count())
        .where(Meeting.state == MeetingState.ACCEPTED)
        .group_by(Meeting.place_id)
        .having(func.count() > 1)
    )
    for place_id, count in session.execute(met):
        yield f"{now:%d %b}: place {place_id} has {count} champions"


def broken_at_the_end(session: Session, now: datetime) -> Iterator[str]:
    """Everything came to an end, or is on the worklist."""
    tasks = list(session.scalars(select(Task).where(Task.state != TaskState.DONE)))
    yield from _left_open(session, tasks, now)
    yield from left_open(session, now)
    for inbound in session.scalars(select(InboundRow).where(InboundRow.state != InboundState.HANDLED)):
        yield f"inbound {inbound.id} ({inbound.kind}) is {inbound.state}"
    for row in session.scalars(
        select(OutboundRow).where(OutboundRow.state.in_(WAITING), OutboundRow.due_at <= now)
    ):
        yield f"{row.key} has waited in the outbox since {row.due_at:%d %b %H:%M}"
    rota = session.scalar(select(func.count()).select_from(Duty))
    for task in tasks:
        if task.network_id is None:
            yield f"task {task.id} ({task.kind}) is on nobody's worklist"
        told = task.escalation > 0 or task.acknowledged_by or _texted_to_staff(session, task)
        if task.urgency is Urgency.URGENT and not told and rota:
            yield f"nobody was told of the urgent task {task.id} ({task.kind})"


def _texted_to_staff(session: Session, task: Task) -> bool:
    """The coordinator is told of what happens to lifts in a text of its own."""
    words = OutboundRow.text.contains(f"ask {task.id}.")
    return session.scalar(select(OutboundRow.id).where(words).limit(1)) is not None


def _left_open(session: Session, tasks: Sequence[Task], now: datetime) -> Iterator[str]:
    places = {task.place_id for task in tasks}
    meetings = {task.meeting_id for task in tasks}
    rides = {task.ride_id for task in tasks}
    over = select(Session_.id).where(Session_.ends_at < now - timedelta(days=3))
    for place in session.scalars(select(Place).where(Place.session_id.in_(over))):
        if place.state not in PLACE_OVER and place.id not in places:
            yield f"place {place.id} at {place.session.group.name}, {place.session.occurs_on}: {place.state}"
    for meeting in session.scalars(select(Meeting).where(Meeting.session_id.in_(over))):
        if meeting.state in MEETING_OPEN and meeting.id not in meetings and meeting.place_id not in places:
            yield f"meeting {meeting.id} at {meeting.place.session.occurs_on}: {meeting.state}"
    for ride in session.scalars(select(Ride).where(Ride.session_id.in_(over))):
        if ride.state in RIDE_OPEN and ride.id not in rides:
            yield f"ride {ride.id} on {ride.place.session.occurs_on}: {ride.state}"
