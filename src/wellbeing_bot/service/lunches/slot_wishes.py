""" "Could I have the blood pressure check": a text about a slot, from somebody who has a place there."""

from __future__ import annotations

from rapidfuzz import fuzz

from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.clinics.times import is_clinic
from wellbeing_bot.service.lunches import slots
from wellbeing_bot.service.places.booking import coming_places
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.talking import start
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Person, Place, Slot, SlotBooking
from wellbeing_bot.understanding.second_thoughts import gives_up
from wellbeing_bot.understanding.text import plain

NAME_FITS = 88
"""rapidfuzz partial ratio from which the name of a slot counts as said."""

MOST_OFFERED = 6
"""Times offered in one text."""


def is_named(slot: Slot, said: str) -> bool:
    """Whether a text speaks of this slot, by what it is or whose it is."""
    text = plain(said)
    return any(
        len(name) >= 4 and (name in text or fuzz.partial_ratio(name, text) >= NAME_FITS)
        for name in (plain(slot.what), plain(slot.agency))
    )


def _places(work: Work, person: Person) -> list[Place]:
    """Where they may have slots. A clinic's time is the place itself, and called off as such."""
    return [one for one in coming_places(work, person) if not is_clinic(one.session.group)]


def booking_named(work: Work, person: Person, said: str) -> SlotBooking | None:
    """A slot of theirs that a text speaks of."""
    for place in _places(work, person):
        for booking in slots.bookings_of(work, place):
            if is_named(booking.slot, said):
                return booking
    return None


def take_up(work: Work, address: AddressRow, person: Person, said: str) -> bool:
    """A text about a slot: give it up, say that they have it, or offer what is free. False: about none."""
    return give_up(work, address, person, said) or _wish(work, address, person, said)


def give_up(work: Work, address: AddressRow, person: Person, said: str) -> bool:
    """ "Can't do the blood pressure check": the slot goes, the place stays."""
    booking = booking_named(work, person, said)
    if booking is None or not gives_up(said):
        return False
    slots.withdraw(work, booking)
    _about(
        work, address, person, booking.slot, "slot_withdrawn", {"slot": slots.in_words(work, booking.slot)}
    )
    return True


def _wish(work: Work, address: AddressRow, person: Person, said: str) -> bool:
    for place in _places(work, person):
        named = [slot for slot in slots.slots_of(work, place.session) if is_named(slot, said)]
        if not named or not place.state.coming:
            continue
        booked = booking_named(work, person, said)
        free = slots.free_slots(work, place)
        offered = [slot for slot in named if slot in free]
        if booked is not None:
            _about(
                work, address, person, booked.slot, "slot_yours", {"slot": slots.in_words(work, booked.slot)}
            )
        elif offered:
            facts = slot_facts(work, place, offered)
            about = f"place:{place.id}"
            start(work, "slot_wish", address, person, facts, session_id=place.session_id, subject=about)
        else:
            _cannot_have(work, address, person, place, named)
        return True
    return False


def _cannot_have(work: Work, address: AddressRow, person: Person, place: Place, named: list[Slot]) -> None:
    """It is full, or at the same time as something else of theirs."""
    for slot in named:
        for booking in slots.bookings_of(work, place):
            if booking.slot.starts_at == slot.starts_at and slots.taken(work, slot) < slot.capacity:
                facts: dict[str, Fact] = {
                    "slot": slots.in_words(work, booking.slot),
                    "what": booking.slot.what,
                }
                _about(work, address, person, slot, "slot_clash", facts)
                return
    _about(work, address, person, named[0], "slots_all_taken", {"what": named[0].what})


def _about(
    work: Work, address: AddressRow, person: Person, slot: Slot, notice: str, facts: dict[str, Fact]
) -> None:
    reply(work, address, notice, facts, person=person, session=slot.session)


def slot_facts(work: Work, place: Place, offered: list[Slot]) -> dict[str, Fact]:
    """Slots as choices and as numbered lines."""
    some = offered[:MOST_OFFERED]
    choices: list[Fact] = [
        {"value": str(slot.id), "label": slots.in_words(work, slot), "also": [slot.what, slot.agency]}
        for slot in some
    ]
    lines = [f"{number}. {slots.in_words(work, slot)}" for number, slot in enumerate(some, start=1)]
    choices.append({"value": "none", "label": "None", "also": ["no", "no thanks", "not for me", "neither"]})
    return {"place": place.id, "slot_choices": choices, "slot_lines": "\n".join(lines)}
