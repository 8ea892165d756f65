"""What somebody tells us after something was booked: who comes along, what they cannot eat, where the driver
finds them, what the driver must know. None of it is a wish to come, to leave or to be helped anew.
"""

from __future__ import annotations

from wellbeing_bot.conversation import State
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.changing.targets import speaks_of
from wellbeing_bot.service.lunches import companions
from wellbeing_bot.service.lunches.kinds import is_lunch
from wellbeing_bot.service.places import booking
from wellbeing_bot.service.rides import asking
from wellbeing_bot.service.rides.carrying import for_the_driver, needs_words
from wellbeing_bot.service.rides.rows import UNDER_WAY, coming_rides
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.talking import start
from wellbeing_bot.service.wishes.good_to_know import ask_the_team
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, ConversationRow, Person, Place, Ride
from wellbeing_bot.understanding.answers import read_answer
from wellbeing_bot.understanding.details import read_details
from wellbeing_bot.understanding.meaning import Answered, AnswerKind, Question
from wellbeing_bot.understanding.ride_words import is_not_coming
from wellbeing_bot.understanding.told_later import (
    address_in,
    asks_food,
    comes_alone,
    tells_diet,
    tells_party,
    tells_pick_up,
)

ASKS_ABOUT_IT = frozenset({"party", "diet", "diet_what", "needs", "more_needs", "address", "address_more"})
"""Questions to which such words are the answer, of whatever conversation."""

_NEEDS = Question("", AnswerKind.ACCESS_NEEDS, "Is there anything the driver should know?")
_PARTY = Question("", AnswerKind.PARTY_SIZE, "How many of you will come?")


def hear(
    work: Work, said: str, address: AddressRow, person: Person, asked: ConversationRow | None = None
) -> bool:
    """Take up what a text tells of something booked. False: it tells none of this, or nothing is booked."""
    if asked is not None and State.from_json(asked.state).step in ASKS_ABOUT_IT:
        return False
    lunch = _lunch(work, person, said)
    if lunch is not None and tells_diet(said):
        _keep_diet(work, said, address, person, lunch)
        return True
    if lunch is not None and asks_food(said) and work.inbound is not None:
        ask_the_team(work, work.inbound, address, person)
        return True
    if is_not_coming(said) and not tells_party(said):
        return False
    ride = _ride(work, person, said)
    if ride is not None and tells_pick_up(said):
        _other_pick_up(work, said, address, person, ride)
        return True
    place = lunch or (ride.place if ride is not None else None)
    if place is not None and tells_party(said):
        _party(work, said, address, person, place)
        return True
    return ride is not None and _needs(work, said, address, person, ride)


def _lunch(work: Work, person: Person, said: str) -> Place | None:
    """The lunch somebody comes to, the soonest unless they name another."""
    found = [
        place
        for place in booking.coming_places(work, person)
        if place.state.coming and is_lunch(place.session.group)
    ]
    return _named(work, found, said)


def _ride(work: Work, person: Person, said: str) -> Ride | None:
    found = [ride for ride in coming_rides(work, person) if ride.state in UNDER_WAY]
    place = _named(work, [ride.place for ride in found], said)
    return next((ride for ride in found if ride.place is place), None)


def _named(work: Work, found: list[Place], said: str) -> Place | None:
    details = read_details(said, work.local_now)
    on_day = [
        place
        for place in found
        if details.when is not None and place.session.starts_at.astimezone(work.zone).date() == details.when
    ]
    named = [place for place in found if speaks_of(place.session.group, said, details)]
    return next(iter(on_day or named or found), None)


def _about(work: Work, person: Person, place: Place) -> dict[str, str]:
    return {
        "group": neutral_name(place.session.group),
        "when": when_words(place.session.starts_at, work.zone, person.language),
    }


def _keep_diet(work: Work, said: str, address: AddressRow, person: Person, place: Place) -> None:
    companions.add_diet(person, said)
    reply(work, address, "diet_noted", _about(work, person, place), person=person, session=place.session)


def _other_pick_up(work: Work, said: str, address: AddressRow, person: Person, ride: Ride) -> None:
    facts: dict[str, Fact] = {"ride": ride.id, "when": _about(work, person, ride.place)["when"]}
    written = address_in(said)
    if written:
        facts["pick_up"] = written
    start(work, "pick_up_change", address, person, facts, session_id=ride.session_id)


def _party(work: Work, said: str, address: AddressRow, person: Person, place: Place) -> None:
    facts: dict[str, Fact] = {"place": place.id, **_about(work, person, place)}
    reading = read_answer(_PARTY, said)
    if isinstance(reading, Answered) and isinstance(reading.value, int) and reading.value > 0:
        facts["party"] = reading.value
    elif comes_alone(said):
        facts["party"] = 1
    start(work, "party_change", address, person, facts, session_id=place.session_id)


def _needs(work: Work, said: str, address: AddressRow, person: Person, ride: Ride) -> bool:
    """ "I'm bringing my guide dog": told to whoever drives. False: nothing in it is new to a driver."""
    if not read_details(said, work.local_now).access_needs:
        return False
    reading = read_answer(_NEEDS, said)
    told = reading.value if isinstance(reading, Answered) and isinstance(reading.value, tuple) else ()
    new = [need for need in for_the_driver(str(one) for one in told) if need not in ride.needs]
    if not new:
        return False
    person.access_needs = sorted({*person.access_needs, *new})
    asking.ask_for(work, ride, needs=(*ride.needs, *new))
    facts = {**_about(work, person, ride.place), "needs": needs_words(new)}
    reply(work, address, "ride_needs_added", facts, person=person, session=ride.place.session)
    return True
