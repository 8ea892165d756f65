""" "Could I have the blood pressure check": a text about a slot, from somebody who has a place there."""

from __future__ import annotations

from rapidfuzz import fuzz

from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service import places
from wellbeing_bot.service.lunches import slots
from wellbeing_bot.service.outbox import reply
from wellbeing_bot.service.talking import start
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Person, Place, Slot, SlotBooking
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


def booking_named(work: Work, person: Person, said: str) -> SlotBooking | None:
    """A slot of theirs that a text speaks of."""
    for place in places.coming_places(work, person):
        for booking in slots.bookings_of(work, place):
            if is_named(booking.slot, said):
                return booking
    return None


def offer_named(work: Work, address: AddressRow, person: Person, said: str) -> bool:
    """Offer the times of the slot a text speaks of. False when it speaks of none they could have."""
    for place in places.coming_places(work, person):
        named = [slot for slot in slots.slots_of(work, place.session) if is_named(slot, said)]
        if not named or not place.state.coming:
            continue
        booked = booking_named(work, person, said)
        free = {slot.id for slot in slots.free_slots(work, place)}
        offered = [slot for slot in named if slot.id in free]
        if booked is not None:
            _have_it(work, address, person, booked)
        elif offered:
            start(
                work,
                "slot_wish",
                address,
                person,
                slot_facts(work, place, offered),
                session_id=place.session_id,
                subject=f"place:{place.id}",
            )
        else:
            reply(
                work,
                address,
                "slots_all_taken",
                {"what": named[0].what},
                person=person,
                session=place.session,
            )
        return True
    return False


def _have_it(work: Work, address: AddressRow, person: Person, booking: SlotBooking) -> None:
    reply(
        work,
        address,
        "slot_yours",
        {"slot": slots.in_words(work, booking.slot)},
        person=person,
        session=booking.slot.session,
    )


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
