""" "Actually, can we come after all?" The place that was given up is taken again, or is theirs still."""

from __future__ import annotations

from sqlalchemy import select

from wellbeing_bot.service import meetings
from wellbeing_bot.service.activities.finding import is_named, neutral_name
from wellbeing_bot.service.changing.targets import targets
from wellbeing_bot.service.places import signing_up
from wellbeing_bot.service.places.booking import theirs
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Person, Place, Ride, Session_
from wellbeing_bot.store.states import PlaceState, RideState, SessionState
from wellbeing_bot.understanding.details import read_details
from wellbeing_bot.understanding.meaning import Details
from wellbeing_bot.understanding.second_thoughts import comes_after_all, means_to_come


def come(work: Work, said: str, address: AddressRow, person: Person, details: Details) -> bool:
    """Take the text up if it says that they come after all and there is something to come to."""
    return comes_after_all(said) and _comes(work, said, address, person, details)


def says_they_come(work: Work, said: str, address: AddressRow, person: Person, details: Details) -> bool:
    """ "No, I will come": take back what they gave up, or say that they are down for it still."""
    return means_to_come(said) and _comes(work, said, address, person, details)


def changed_back(work: Work, said: str, address: AddressRow, person: Person) -> bool:
    """Take again what they gave up, where a text says that they come; False when they gave nothing up."""
    if not means_to_come(said) and not comes_after_all(said):
        return False
    given_up = _given_up(work, person, said, read_details(said, work.local_now))
    if given_up is None:
        return False
    _take_again(work, address, person, given_up)
    return True


def _comes(work: Work, said: str, address: AddressRow, person: Person, details: Details) -> bool:
    given_up = _given_up(work, person, said, details)
    if given_up is not None:
        _take_again(work, address, person, given_up)
        return True
    still = [target for target in targets(work, person) if target.kind == "place"]
    if still:
        _say(work, address, person, still[0].session, "still_down")
    return bool(still)


def _given_up(work: Work, person: Person, said: str, details: Details) -> Place | None:
    """The soonest place to come that they gave up, of the group or day they name if they name one."""
    found = work.session.scalars(
        theirs(person, PlaceState.WITHDRAWN).where(
            Session_.state == SessionState.PLANNED, Session_.starts_at > work.now
        )
    ).all()
    meant = [place for place in found if _meant(work, place.session, said, details)]
    return next(iter(meant or found), None)


def _meant(work: Work, session: Session_, said: str, details: Details) -> bool:
    if details.day is not None and session.starts_at.astimezone(work.zone).weekday() == details.day:
        return True
    group = session.group
    return bool(set(details.group_words) & {group.kind, *group.tags}) or is_named(group, said)


def _take_again(work: Work, address: AddressRow, person: Person, place: Place) -> None:
    party = place.party
    had_lift = work.session.scalar(
        select(Ride.id).where(Ride.place_id == place.id, Ride.state == RideState.WITHDRAWN).limit(1)
    )
    met = place.wants_meeting
    preference = place.meet_preference
    taken = signing_up.sign_up(work, person, place.session, party=party)
    if taken.state is PlaceState.WAITLISTED:
        _say(work, address, person, place.session, "after_all_waiting")
    elif met and meetings.want(work, taken, preference):
        _say(work, address, person, place.session, "after_all_met")
    else:
        _say(work, address, person, place.session, "after_all_lift" if had_lift else "after_all")


def _say(work: Work, address: AddressRow, person: Person, session: Session_, notice: str) -> None:
    facts = {
        "group": neutral_name(session.group),
        "when": when_words(session.starts_at, work.zone, person.language),
    }
    reply(work, address, notice, facts, person=person, session=session)
