"""Somebody stands at the meeting point and finds nobody: the one minute in which a human has to know.

They are told whom to look for, the champion is told that they are there, and the team that they may have to
ring.
"""

from __future__ import annotations

from datetime import timedelta

from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.activities.sessions import meeting_point
from wellbeing_bot.service.meetings.recognising import look_for
from wellbeing_bot.service.meetings.standing import accepted_meeting, champion_of
from wellbeing_bot.service.places.booking import coming_places
from wellbeing_bot.service.sending.outbox import reply, tell
from wellbeing_bot.service.tasks import due_in, join, raise_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, InboundRow, Meeting, Person, Place
from wellbeing_bot.store.states import Urgency
from wellbeing_bot.understanding.practical import finds_nobody

BEFORE = timedelta(hours=1)
"""So long before it begins they may stand there already."""

RING_WITHIN = 0.25
"""Hours in which somebody should have rung them: they are standing there."""


def hear(work: Work, inbound: InboundRow, address: AddressRow, person: Person) -> bool:
    """ "I'm here, where is she?" True when they have a place on what is about to begin or has begun."""
    if not finds_nobody(inbound.text):
        return False
    place = next((one for one in coming_places(work, person) if _now(work, one)), None)
    if place is None:
        return False
    met = accepted_meeting(work, place)
    facts = {"meeting_point": meeting_point(work, place.session), "look_for": ""}
    if met is not None:
        facts["look_for"] = look_for(work, person, champion_of(work, met))
        _tell_champion(work, met, place)
    _tell_team(work, inbound, address, place)
    reply(work, address, "wait_there", facts, person=person, session=place.session)
    return True


def _now(work: Work, place: Place) -> bool:
    return place.state.coming and place.session.starts_at - BEFORE <= work.now <= place.session.ends_at


def _tell_champion(work: Work, met: Meeting, place: Place) -> None:
    tell(
        work,
        met.champion,
        "they_are_there",
        {
            "patient": place.person.first_name or "Somebody new",
            "meeting_point": meeting_point(work, place.session),
        },
        session=place.session,
        occurrence=f"they_are_there:{met.id}",
        expires_at=place.session.ends_at,
    )


def _tell_team(work: Work, inbound: InboundRow, address: AddressRow, place: Place) -> None:
    task = raise_task(
        work,
        "at_the_door",
        urgency=Urgency.URGENT,
        person=place.person,
        address=address,
        session_id=place.session_id,
        place_id=place.id,
        occurrence=f"at_the_door:{place.id}",
        due_at=due_in(work, RING_WITHIN),
        summary=f"Is at {neutral_name(place.session.group)} now and finds nobody. Please ring them.",
    )
    join(work, task, inbound)
