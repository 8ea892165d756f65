""" "Take me off the waiting list": what somebody waits for and would have no more."""

from __future__ import annotations

from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.changing.targets import spoken_of
from wellbeing_bot.service.clinics import waiting
from wellbeing_bot.service.places import booking, signing_up
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Group, Person, Place
from wellbeing_bot.store.states import PlaceState
from wellbeing_bot.understanding.details import read_details
from wellbeing_bot.understanding.second_thoughts import leaves_list, not_needed


def leave(work: Work, said: str, address: AddressRow, person: Person) -> bool:
    """Take somebody off the lists a text means. False when it speaks of no list they are on.

    A list is meant where the text says so, and where it names what somebody only waits for and says that
    it is not needed. Without a name all their lists are meant.
    """
    of_a_list = leaves_list(said)
    if not of_a_list and not not_needed(said):
        return False
    waits = waited_for(work, person)
    named = spoken_of(waits, said, read_details(said, work.local_now))
    left = named or (waits if of_a_list else [])
    if not left:
        return False
    for group in left:
        waiting.end(work, person, group, "left")
        for place in _waiting_places(work, person, group):
            signing_up.withdraw(work, place)
    names: list[Fact] = [neutral_name(group) for group in left]
    reply(work, address, "left_waiting_list", {"groups": names}, person=person)
    return True


def waited_for(work: Work, person: Person) -> list[Group]:
    """What somebody waits for and has no place at: clinics, and groups with a list for a day."""
    waits = waiting.waited_for(work, person)
    waits += [place.session.group for place in _waiting_places(work, person)]
    have = {place.session.group_id for place in booking.coming_places(work, person) if place.state.coming}
    return [group for group in dict.fromkeys(waits) if group.id not in have]


def _waiting_places(work: Work, person: Person, group: Group | None = None) -> list[Place]:
    found = booking.coming_places(work, person, group)
    return [place for place in found if place.state is PlaceState.WAITLISTED]
