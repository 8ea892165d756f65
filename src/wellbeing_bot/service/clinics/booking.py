"""Taking a clinic's time, and changing it for another."""

from __future__ import annotations

from datetime import datetime

from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.activities.sessions import meeting_point
from wellbeing_bot.service.clinics import times
from wellbeing_bot.service.places import booking, signing_up
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Group, Person, Place


def booked(work: Work, person: Person, group: Group) -> Place | None:
    """The place somebody has at a clinic, the soonest."""
    return next((place for place in booking.coming_places(work, person, group) if place.state.coming), None)


def book(
    work: Work, person: Person, group: Group, at: datetime, *, instead_of: Place | None = None
) -> Place | None:
    """Give somebody that time; what they had is given up only then. None when the time has gone."""
    session = next((one for one in times.sessions_ahead(work, group) if at in times.times_of(one)), None)
    if session is None:
        return None
    same = instead_of is not None and instead_of.session_id == session.id and instead_of.state.coming
    if same and instead_of is not None:
        return instead_of if times.give_time(work, instead_of, at) else None
    if at not in times.free_times(work, session):
        return None
    place = signing_up.sign_up(work, person, session)
    if not place.state.coming or not times.give_time(work, place, at):
        return None
    if instead_of is not None and instead_of.state.open:
        signing_up.withdraw(work, instead_of, why="moved")
    return place


def facts(work: Work, place: Place) -> dict[str, Fact]:
    """What is said back."""
    return {
        "group_name": neutral_name(place.session.group),
        "when": when_words(times.place_time(work, place), work.zone, place.person.language),
        "meeting_point": meeting_point(work, place.session),
    }
