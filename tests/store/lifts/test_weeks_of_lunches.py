"""Three weeks of lunches, with people who change their minds: what must hold whatever they do."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.story import Story
from tests.story_lifts import ACTS
from wellbeing_bot.messages import DeliveryState
from wellbeing_bot.service.desk.base import DeskError
from wellbeing_bot.service.rides.carrying import can_carry
from wellbeing_bot.store import DriverAsk, Group, MeetAgain, OutboundRow, Person, Place, Ride, Session_, Task
from wellbeing_bot.store.states import MeetAgainState, OutboundKind, RideState, TaskState

LONDON = ZoneInfo("Europe/London")
RIDERS = ("Jean", "Tom", "Mary", "Ned")
DRIVERS = ("Dave", "Gill")
STEPS = 160

SAID = (
    "can I get a lift to the lunch",
    "both ways please",
    "4 Mill Lane, Seabank",
    "yes",
    "yes please",
    "no",
    "none",
    "1",
    "2",
    "this one",
    "wheelchair",
    "dont need the lift there but still need one home",
    "dont need the lift",
    "cant come",
    "not this week",
    "moving to next wednesday",
    "remind me tuesday",
    "nobody came",
    "still waiting",
    "running late",
    "what am I booked on",
    "what time is my lift",
    "away till 3 dec",
    "im back",
    "Jean",
    "skip",
)
ANSWERS = {
    "ride_request.want": "yes",
    "ride_request.ways": "both",
    "ride_request.address": "4 Mill Lane, Seabank",
    "ride_request.address_more": "4 Mill Lane, Seabank",
    "ride_request.address_back": "yes",
    "ride_request.same_address": "yes",
    "ride_request.needs": "none",
    "ride_request.more_needs": "none",
    "ride_request.party": "1",
    "ride_request.phone": "this one",
    "lunch_invited.invite": "yes",
    "lunch_invited.meet": "no",
    "lunch_details.party": "2",
    "lunch_details.diet": "none",
    "went_and_home.ask": "yes",
    "went_and_home.keep": "no",
    "went_and_home.meet_again": "yes",
    "went_and_home.who": "Jean or Tom",
    "meet_again_ask.ask": "yes",
    "drive_request.ask": "yes",
    "drive_request.when_there": "11.15",
    "which_to_change.which": "1",
    "move_place.how_long": "once",
}
"""What somebody who reads the text answers, most of the time."""

DRIVERS_SAY = ("yes", "no sorry", "11.15", "half 11", "cant come", "cant drive sorry", "running late")
OVER = {
    RideState.REFUSED,
    RideState.TAKEN,
    RideState.NOBODY_CAME,
    RideState.WITHDRAWN,
    RideState.CALLED_OFF,
    RideState.UNKNOWN,
}


@pytest.mark.slow
@pytest.mark.parametrize("seed", [7, 15])
def test_what_must_hold_whatever_people_do(tmp_path: Path, seed: int) -> None:
    story = Story(tmp_path)
    chance = random.Random(seed)
    try:
        for act in (
            f"known {' '.join(RIDERS)}",
            "council Kath",
            "capacity lunch 8",
            "driver Dave seats=3",
            "driver Gill seats=4 wheelchair carries=oxygen",
        ):
            verb, *args = act.split()
            ACTS[verb](story, *args)
        for _ in range(STEPS):
            _something_happens(story, chance)
        story.until(story.now + timedelta(days=30))
        with story.app.database.reading() as session:
            assert list(_broken(session, story.now)) == []
            assert set(session.scalars(select(Ride.state))) & OVER, "nobody was driven at all"
    finally:
        story.close()


def _something_happens(story: Story, chance: random.Random) -> None:
    what = chance.random()
    if what < 0.45:
        _somebody_texts(story, chance, chance.choice(RIDERS), SAID)
    elif what < 0.6:
        _somebody_texts(story, chance, chance.choice(DRIVERS), DRIVERS_SAY)
    elif what < 0.85:
        _at_the_desk(story, chance)
    else:
        story.until(story.now + timedelta(hours=chance.choice([1, 3, 9, 20])))


def _somebody_texts(story: Story, chance: random.Random, name: str, else_says: tuple[str, ...]) -> None:
    with story.app.database.reading() as session:
        rows = session.scalars(select(OutboundRow).order_by(OutboundRow.id.desc()).limit(30))
        last = next((row.key for row in rows if story.phone(row.address_id) == name), "")
    answer = ANSWERS.get(".".join(last.split(".")[:2]))
    story.text(name, answer if answer and chance.random() < 0.75 else chance.choice(else_says))


def _at_the_desk(story: Story, chance: random.Random) -> None:
    with story.app.database.reading() as session:
        sessions = list(
            session.scalars(
                select(Session_.id)
                .join(Group, Group.id == Session_.group_id)
                .where(Group.key == "lunch", Session_.starts_at > story.now)
                .order_by(Session_.starts_at)
                .limit(3)
            )
        )
        people = list(session.scalars(select(Person.id).where(Person.first_name.in_(RIDERS))))
        places = list(session.scalars(select(Place.id)))
        rides = list(session.scalars(select(Ride.id)))
    choices: list[tuple[str, dict[str, Any]]] = [
        *[("book", {"person": chance.choice(people), "session": chance.choice(sessions)})] * 4,
        ("invite", {"session": chance.choice(sessions), "people": people}),
        ("call_off_session", {"session": sessions[-1]}),
        ("move_session", {"session": sessions[0], "to": _soon(story)}),
    ]
    if places:
        asks = {
            "place": chance.choice(places),
            "pick_up": "4 Mill Lane",
            "needs": chance.choice([[], ["oxygen"]]),
        }
        choices += [("request_ride", asks)] * 6
    if rides:
        ride = chance.choice(rides)
        choices += [("confirm_ride", {"ride": ride, "from": "10:15", "until": "10:45"})] * 2
        choices += [("refuse_ride", {"ride": ride}), ("ask_drivers", {"ride": ride})]
    action, args = chance.choice(choices)
    try:
        story.desk(action, **args)
    except DeskError:
        return  # said why; nothing changed


def _soon(story: Story) -> str:
    day = story.now.astimezone(LONDON).date() + timedelta(days=4)
    return f"{day.isoformat()}T13:00"


def _broken(session: Session, now: datetime) -> Iterator[str]:
    """Everything that does not hold."""
    for task in session.scalars(select(Task).where(Task.kind == "not_handled")):
        yield f"a turn failed: {task.summary}"
    yield from _rides(session, now)
    yield from _drivers(session)
    yield from _texts(session)
    yield from _names(session)


def _rides(session: Session, now: datetime) -> Iterator[str]:
    open_tasks = {
        task.ride_id
        for task in session.scalars(
            select(Task).where(Task.state != TaskState.DONE, Task.ride_id.is_not(None))
        )
    }
    under_way: Counter[int] = Counter()
    for ride in session.scalars(select(Ride)):
        if ride.state not in OVER and ride.place.session.ends_at < now:
            yield f"ride {ride.id} is still {ride.state} after all is over"
        if ride.state not in OVER and ride.id not in open_tasks and ride.place.session.why_off:
            yield f"ride {ride.id} goes to something that is off"
        if ride.state not in OVER:
            under_way[ride.place_id] += 1
        if ride.state is RideState.CONFIRMED and ride.there and ride.window_from is None:
            yield f"ride {ride.id} is confirmed with no time"
        if ride.state not in OVER and not ride.place.state.coming and ride.place.checked_in_at is None:
            yield f"ride {ride.id} is for somebody who is not coming"
    for place in session.scalars(select(Place)):
        if place.state.coming and place.session.ends_at < now:
            yield f"place {place.id} is still {place.state} after all is over"
    for place_id, count in under_way.items():
        if count > 1:
            yield f"place {place_id} has {count} rides"


def _drivers(session: Session) -> Iterator[str]:
    for ask in session.scalars(select(DriverAsk).where(DriverAsk.state.in_(["asked", "accepted"]))):
        if not can_carry(ask.provider, ask.ride.needs, ask.ride.party):
            yield f"driver {ask.provider.name} was asked to carry {ask.ride.needs}"
    accepted = Counter(
        ask.ride_id for ask in session.scalars(select(DriverAsk).where(DriverAsk.state == "accepted"))
    )
    for ride, count in accepted.items():
        if count > 1:
            yield f"ride {ride} has {count} drivers"


def _texts(session: Session) -> Iterator[str]:
    told: Counter[tuple[int | None, int | None]] = Counter()
    for row in session.scalars(select(OutboundRow).where(OutboundRow.state != DeliveryState.DROPPED)):
        if row.kind is OutboundKind.BEGUN and row.sent_at is not None:
            wall = row.sent_at.astimezone(LONDON).time()
            if wall >= time(20) or wall < time(8):
                yield f"{row.key} went out at {wall}"
        if "called_off" in row.key:
            told[(row.session_id, row.person_id)] += 1
    for (where, who), count in told.items():
        if count > 1:
            yield f"person {who} was told {count} times that session {where} is off"


def _names(session: Session) -> Iterator[str]:
    for row in session.scalars(select(OutboundRow).where(OutboundRow.key.contains("meet_again_both"))):
        agreed = session.scalars(
            select(MeetAgain).where(
                MeetAgain.state == MeetAgainState.AGREED,
                (MeetAgain.wisher_id == row.person_id) | (MeetAgain.other_id == row.person_id),
            )
        ).first()
        if agreed is None:
            yield f"person {row.person_id} learned a name without both having said yes"
