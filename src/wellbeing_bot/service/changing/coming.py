""" "Y", "yes I'll be there": an answer to a reminder that asked nothing."""

from __future__ import annotations

from wellbeing_bot.service.changing.targets import written_about_lately
from wellbeing_bot.service.places import booking
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Person
from wellbeing_bot.understanding.second_thoughts import says_coming


def hear(work: Work, said: str, address: AddressRow, person: Person) -> bool:
    """Whoever says yes to what we last wrote of is coming. Said back once; more of it needs no answer."""
    if not says_coming(said):
        return False
    lately = written_about_lately(work, address)
    for place in booking.coming_places(work, person):
        session = place.session
        if place.state.coming and session.id == lately and session.starts_at > work.now:
            booking.confirm(work, place)
            facts = {"when": when_words(session.starts_at, work.zone, person.language)}
            occurrence = f"see_you:{place.id}:{session.moves}"
            reply(work, address, "see_you", facts, person=person, session=session, occurrence=occurrence)
            return True
    return False
