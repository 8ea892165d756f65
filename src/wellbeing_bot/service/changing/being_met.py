""" "Please meet me", said after the place was booked."""

from __future__ import annotations

from wellbeing_bot.service import meetings
from wellbeing_bot.service.places import booking
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Person
from wellbeing_bot.understanding.second_thoughts import asks_to_be_met


def ask_to_be_met(work: Work, said: str, address: AddressRow, person: Person) -> bool:
    """Ask a champion for the soonest place at which nobody is asked yet. False when there is none."""
    if not asks_to_be_met(said):
        return False
    for place in booking.coming_places(work, person):
        known = meetings.accepted_meeting(work, place) or meetings.asked_meeting(work, place)
        if not place.state.coming or known is not None or place.session.starts_at <= work.now:
            continue
        if meetings.want(work, place, place.meet_preference):
            when = when_words(place.session.starts_at, work.zone, person.language)
            reply(work, address, "asking_to_meet", {"when": when}, person=person, session=place.session)
        return True
    return False
