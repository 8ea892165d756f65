""" "Dont need the lift there but still need one home": understood at any time, done, and said back."""

from __future__ import annotations

from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.activities.finding import is_named, neutral_name
from wellbeing_bot.service.places import booking
from wellbeing_bot.service.rides.answering import counts_on_it
from wellbeing_bot.service.rides.changing import change_ways, withdraw
from wellbeing_bot.service.rides.rows import UNDER_WAY, coming_rides
from wellbeing_bot.service.rides.saying import ways_words
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.talking import close, open_conversations, start
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, ConversationRow, Person, Ride
from wellbeing_bot.understanding.details import read_details
from wellbeing_bot.understanding.meaning import Details
from wellbeing_bot.understanding.ride_words import Legs, is_not_coming, read_legs
from wellbeing_bot.understanding.second_thoughts import gives_up


def hear(work: Work, said: str, address: AddressRow, person: Person) -> bool:
    """Take up a change to a lift. False when there is none, or the text is about more than the lift."""
    legs = read_legs(said)
    if legs is None or is_not_coming(said):
        return False
    details = read_details(said, work.local_now)
    ride = _meant(work, person, said, details)
    if ride is None and legs.drops_all:
        return drop_all(work, said, address, person)
    if ride is None:
        return legs.there is False and legs.back is True and _only_home(work, said, address, person, details)
    there = ride.there if legs.there is None else legs.there
    back = ride.back if legs.back is None else legs.back
    if (there, back) == (ride.there, ride.back):
        return False
    _do(work, address, person, ride, Legs(there, back))
    return True


def drop_all(work: Work, said: str, address: AddressRow, person: Person) -> bool:
    """ "Cancel the lift", among questions about a lift: the one under way, and the questions."""
    legs = read_legs(said)
    if legs is None or not legs.drops_all or is_not_coming(said):
        return False
    details = read_details(said, work.local_now)
    asked = _asked(work, address, person)
    for row in asked:
        close(work, row, "not_needed")
    ride = _meant(work, person, said, details)
    if ride is not None:
        _do(work, address, person, ride, legs)
        return True
    place = next((one for one in booking.coming_places(work, person) if one.state.coming), None)
    if place is None:
        return bool(asked)
    reply(work, address, "no_lift_wanted", person=person)
    return True


def _asked(work: Work, address: AddressRow, person: Person) -> list[ConversationRow]:
    """The questions about a lift that are open."""
    return [
        row
        for row in open_conversations(work, address)
        if row.script == "ride_request" and row.person_id == person.id
    ]


def _meant(work: Work, person: Person, said: str, details: Details) -> Ride | None:
    """The lift a text is about: by group and day where it names them, else the soonest."""
    found = [ride for ride in coming_rides(work, person) if ride.state in UNDER_WAY]
    named = [ride for ride in found if is_named(ride.place.session.group, said)]
    kinds = set(details.group_words)
    named = named or [
        ride for ride in found if kinds & {ride.place.session.group.kind, *ride.place.session.group.tags}
    ]
    found = named or found
    on_day = [
        ride
        for ride in found
        if details.when is not None
        and ride.place.session.starts_at.astimezone(work.zone).date() == details.when
    ]
    return next(iter(on_day or found), None)


def _do(work: Work, address: AddressRow, person: Person, ride: Ride, legs: Legs) -> None:
    session = ride.place.session
    told = counts_on_it(ride)
    facts = {
        "group": neutral_name(session.group),
        "when": when_words(session.starts_at, work.zone, person.language),
    }
    if legs.drops_all:
        withdraw(work, ride)
        reply(work, address, "ride_off", facts, person=person, session=session)
        return
    change_ways(work, ride, there=bool(legs.there), back=bool(legs.back))
    reply(
        work,
        address,
        "ride_ways_changed_told" if told else "ride_ways_changed",
        {**facts, "ways": ways_words(ride.there, ride.back)},
        person=person,
        session=session,
    )


def _only_home(work: Work, said: str, address: AddressRow, person: Person, details: Details) -> bool:
    """No lift is on record, and one home is wanted: ask for it."""
    if not any(place.state.coming for place in booking.coming_places(work, person)):
        return False
    start(work, "ride_request", address, person, {**_wish(said, details), "ways": "home"})
    return True


def wants_one(work: Work, said: str, address: AddressRow, person: Person, details: Details) -> bool:
    """ "Sorry, I do need the lift after all": one is wanted, and nobody says that they are not coming."""
    legs = read_legs(said)
    if legs is None or legs.drops or is_not_coming(said) or gives_up(said):
        return False
    if not _asked(work, address, person):
        start(work, "ride_request", address, person, _wish(said, details))
    return True


def _wish(said: str, details: Details) -> dict[str, Fact]:
    facts: dict[str, Fact] = {
        "wish": "transport",
        "needs_lift": True,
        "own_words": said,
        "group_words": list(details.group_words),
        "access_needs": list(details.access_needs),
    }
    return facts if details.day is None else {**facts, "day": details.day}
