""" "Please meet me", and by whom, said after the place was booked."""

from __future__ import annotations

from wellbeing_bot.service import meetings
from wellbeing_bot.service.places import booking
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.tasks import join, raise_task
from wellbeing_bot.service.wishes import on_record
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, InboundRow, Person, Place
from wellbeing_bot.store.states import Urgency
from wellbeing_bot.understanding.second_thoughts import asks_to_be_met, asks_who_it_will_be, met_by


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


def hear_preference(work: Work, inbound: InboundRow, address: AddressRow, person: Person) -> bool:
    """ "A woman please", "is it a lady?", while somebody is being asked to meet them or has said yes.

    Whoever was asked and is not as wished is let off, and the next is asked. Where one who is not as wished
    has said yes already, a person puts it right: two people would have to be told.
    """
    said = inbound.text
    gender, asks = met_by(said), asks_who_it_will_be(said)
    if gender is None and not asks:
        return False
    place = next((one for one in booking.coming_places(work, person) if _to_be_met(work, one)), None)
    if place is None:
        return False
    met = meetings.accepted_meeting(work, place)
    if met is not None and (gender is None or asks or meetings.champion_of(work, met).gender == gender):
        on_record.tell_who(work, address, person, place)
    elif gender is None or asks:
        reply(work, address, "not_known_who", person=person, session=place.session)
    elif met is not None:
        _put_right(work, inbound, address, person, place, gender)
    else:
        _ask_another(work, address, person, place, gender)
    return True


def _to_be_met(work: Work, place: Place) -> bool:
    return place.wants_meeting and place.state.coming and place.session.starts_at > work.now


def _ask_another(work: Work, address: AddressRow, person: Person, place: Place, gender: str) -> None:
    if meetings.prefer(work, place, gender):
        facts = {"whom": f"a {gender}"}
        reply(work, address, "asking_as_wished", facts, person=person, session=place.session)


def _put_right(
    work: Work, inbound: InboundRow, address: AddressRow, person: Person, place: Place, gender: str
) -> None:
    place.meet_preference = gender
    task = raise_task(
        work,
        "meet_preference",
        urgency=Urgency.SOON,
        person=person,
        address=address,
        session_id=place.session_id,
        place_id=place.id,
        occurrence=f"meet_preference:{place.id}",
        due_at=work.now + (place.session.starts_at - work.now) / 2,
        summary=f"Would rather be met by a {gender}, and the volunteer who said yes is not. Please sort it.",
    )
    join(work, task, inbound)
    reply(work, address, "passed_on", person=person)
