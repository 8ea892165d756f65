"""Who comes along, what they cannot eat, and what makes it easier to come."""

from __future__ import annotations

import re

from sqlalchemy import select

from wellbeing_bot.service.activities.sessions import room_for
from wellbeing_bot.service.tasks import raise_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Person, Place, Referral
from wellbeing_bot.store.states import Urgency

_NOTHING = re.compile(
    r"^\W*(?:none|nothing|no|nope|nah|n/?a|nil|no thanks?|not really|i eat (?:anything|everything)|"
    r"eat anything|anything|all fine|no allergies|no special diet)\W*$",
    re.IGNORECASE,
)

_ONLY_YES = re.compile(
    r"^\W*(?:yes|yep|yeah|yea|aye|y|there is|i do|a few things)(?: (?:please|there is))?\W*$", re.IGNORECASE
)


def set_party(work: Work, place: Place, party: int) -> bool:
    """How many the place stands for, the person included. False when the others do not fit.

    The person's own seat is never put at risk: what does not fit is left to a human.
    """
    more = party - place.party
    if more > 0 and place.state.coming and not room_for(work, place.session, more):
        raise_task(
            work,
            "companion_no_room",
            urgency=Urgency.SOON,
            person=place.person,
            session_id=place.session_id,
            place_id=place.id,
            occurrence=f"companion_no_room:{place.id}",
            due_at=work.now + (place.session.starts_at - work.now) / 2,
            summary=f"Would like to come with {party - 1} more, and it is full. Please see what can be done.",
        )
        return False
    place.party = party
    work.session.flush()
    return True


def set_diet(person: Person, said: str) -> None:
    """Keep what somebody cannot eat, in their own words; "none" is nothing."""
    person.dietary_needs = "" if _NOTHING.match(said) else said[:200]


def says_only_yes(said: str) -> bool:
    """Whether "is there anything you can't eat?" was answered with a yes, and nothing named."""
    return _ONLY_YES.match(said) is not None


def add_diet(person: Person, said: str) -> None:
    """Keep one more thing somebody cannot eat, beside what is on record."""
    known = person.dietary_needs or ""
    person.dietary_needs = (f"{known}; {said}" if known else said)[:200]


def asked_about_needs(work: Work, person: Person) -> bool:
    """Whether something is on record, or they were asked when they referred themselves."""
    if person.access_needs:
        return True
    asked = work.session.scalar(
        select(Referral.id).where(Referral.person_id == person.id, Referral.source == "self").limit(1)
    )
    return asked is not None
