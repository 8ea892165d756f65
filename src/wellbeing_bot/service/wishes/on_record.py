"""Questions that the record answers: when, where, who meets me, what am I booked on, is it on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wellbeing_bot.service import changing, meetings
from wellbeing_bot.service.activities.finding import is_named, neutral_name, running_groups
from wellbeing_bot.service.activities.sessions import meeting_point, upcoming, venue_of, weekly_groups
from wellbeing_bot.service.clinics.times import is_clinic, place_time
from wellbeing_bot.service.clinics.waiting import waited_for
from wellbeing_bot.service.lunches import slot_wishes, slots
from wellbeing_bot.service.meetings.recognising import look_for
from wellbeing_bot.service.places import booking
from wellbeing_bot.service.rides import drivers
from wellbeing_bot.service.rides.describing import ride_line
from wellbeing_bot.service.rides.rows import coming_rides, rides_of
from wellbeing_bot.service.rides.saying import lift_words
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Champion, Group, Person, Place, Session_
from wellbeing_bot.store.states import ChampionState, PlaceState, SessionState
from wellbeing_bot.understanding.meaning import Details
from wellbeing_bot.understanding.ride_words import asks_about_lift

MOST_LINES = 4
"""Things listed in one text, the soonest first."""


def answer(work: Work, address: AddressRow, person: Person, details: Details) -> None:
    """Answer from the record; nothing booked is an answer too."""
    said = work.inbound.text if work.inbound else ""
    if details.about == "what_booked":
        _all_booked(work, address, person)
        return
    if _slot(work, address, person, said) or about_lift(work, address, person, said):
        return
    coming = coming_up(work, person)
    mine = [one for one in coming if _meant(one.session.group, said, details)] or coming
    off = _called_off(work, person, said, details) if details.about == "is_it_on" else None
    if off is not None and (not mine or off.starts_at <= mine[0].session.starts_at):
        _next(work, address, person, off, details, None)
        return
    group = group_meant(work, said, details)
    if group is not None and not any(one.session.group_id == group.id for one in mine):
        _of_group(work, address, person, group)
        return
    if mine:
        _next(work, address, person, mine[0].session, details, mine[0].place)
        return
    promised = [one.place.session for one in changing.promised(work, person)]
    promised += [one.ride.place.session for one in drivers.promised(work, person)]
    if promised:
        soonest = min(promised, key=lambda session: session.starts_at)
        _next(work, address, person, soonest, details, None)
        return
    champion = work.session.get(Champion, person.id)
    if champion is not None and champion.state is ChampionState.ACTIVE:
        reply(work, address, "meeting_nobody", person=person)
        return
    reply(work, address, "nothing_booked", person=person)


@dataclass(frozen=True)
class Coming:
    """A session somebody is expected at, or waits for. A regular has no place yet on what is weeks ahead."""

    session: Session_
    place: Place | None


def coming_up(work: Work, person: Person) -> list[Coming]:
    """What somebody goes to next, soonest first, then what they are only on the waiting list of."""
    booked = [Coming(place.session, place) for place in booking.coming_places(work, person)]
    groups = {one.session.group_id for one in booked}
    for group in weekly_groups(work, person):
        if group.id not in groups:
            ahead = next((s for s in upcoming(work, group, limit=8) if _goes(work, person, s)), None)
            booked += [Coming(ahead, None)] if ahead is not None else []
    return sorted(booked, key=lambda one: (_only_waits(one), one.session.starts_at))


def _only_waits(one: Coming) -> bool:
    return one.place is not None and not one.place.state.coming


def _goes(work: Work, person: Person, session: Session_) -> bool:
    if person.away_on(session.starts_at.astimezone(work.zone).date()):
        return False
    return booking.place_of(work, person, session) is None


def _slot(work: Work, address: AddressRow, person: Person, said: str) -> bool:
    """ "When is my blood pressure check?" """
    booking = slot_wishes.booking_named(work, person, said)
    if booking is None:
        return False
    facts = {"slot": slots.in_words(work, booking.slot)}
    reply(work, address, "slot_yours", facts, person=person, session=booking.slot.session)
    return True


def about_lift(work: Work, address: AddressRow, person: Person, said: str) -> bool:
    """ "What time is my lift?" and "who is driving me?" """
    if not asks_about_lift(said):
        return False
    for ride in coming_rides(work, person):
        facts = {"line": ride_line(work, ride)}
        reply(work, address, "your_lift", facts, person=person, session=ride.place.session)
        return True
    return False


def _called_off(work: Work, person: Person, said: str, details: Details) -> Session_ | None:
    """The soonest session of theirs that was called off and would still be to come."""
    lost = booking.theirs(person, PlaceState.CALLED_OFF).where(
        Session_.state == SessionState.CALLED_OFF, Session_.ends_at > work.now
    )
    found = [place.session for place in work.session.scalars(lost)]
    meant = [session for session in found if _meant(session.group, said, details)]
    return next(iter(meant or found), None)


def _meant(group: Group, said: str, details: Details) -> bool:
    return bool(set(details.group_words) & {group.kind, *group.tags}) or is_named(group, said)


def group_meant(work: Work, said: str, details: Details) -> Group | None:
    """The one running group that a text names or describes; None when there is none, or several."""
    found = [group for group in running_groups(work) if _meant(group, said, details)]
    return found[0] if len(found) == 1 else None


def _next(
    work: Work, address: AddressRow, person: Person, session: Session_, details: Details, place: Place | None
) -> None:
    facts = {
        "group": neutral_name(session.group),
        "when": when_words(
            place_time(work, place) if place else session.starts_at, work.zone, person.language
        ),
        "meeting_point": meeting_point(work, session),
    }
    if details.about == "where":
        venue = venue_of(work, session)
        parts = [venue.address, venue.directions] if venue else []
        extra = ". ".join(part.rstrip(".") for part in parts if part)
        reply(
            work,
            address,
            "where_is",
            {**facts, "directions": f" {extra}." if extra else ""},
            person=person,
            session=session,
        )
    elif details.about == "who" and place is not None:
        _who(work, address, person, place, facts)
    elif place is not None and not place.state.coming:
        reply(work, address, "next_is_waiting", facts, person=person, session=session)
    elif details.about == "is_it_on":
        off = session.state is SessionState.CALLED_OFF
        reply(work, address, "it_is_off" if off else "it_is_on", facts, person=person, session=session)
    else:
        reply(work, address, "next_is", facts, person=person, session=session)


def tell_where(work: Work, address: AddressRow, person: Person, session: Session_) -> None:
    """Where a session meets and how to find it, whether or not they have a place on it."""
    _next(work, address, person, session, Details(about="where"), None)


def tell_who(work: Work, address: AddressRow, person: Person, place: Place) -> None:
    """Who meets them there, as far as it is known."""
    _next(work, address, person, place.session, Details(about="who"), place)


def _who(work: Work, address: AddressRow, person: Person, place: Place, facts: dict[str, str]) -> None:
    met = meetings.accepted_meeting(work, place)
    if met is not None:
        reply(
            work,
            address,
            "who_meets",
            {
                "champion": met.champion.first_name,
                "when": facts["when"],
                "meeting_point": facts["meeting_point"],
                "how_to_know": look_for(work, person, meetings.champion_of(work, met)),
            },
            person=person,
            session=place.session,
        )
    elif meetings.asked_meeting(work, place) is not None:
        reply(work, address, "still_asking", {"when": facts["when"]}, person=person, session=place.session)
    else:
        reply(work, address, "nobody_meets", facts, person=person, session=place.session)


def _of_group(work: Work, address: AddressRow, person: Person, group: Group) -> None:
    sessions = upcoming(work, group, limit=1)
    if not sessions:
        reply(work, address, "no_dates_yet", {"group": neutral_name(group)}, person=person)
        return
    session = sessions[0]
    reply(
        work,
        address,
        "next_is_not_booked",
        {
            "group": neutral_name(group),
            "when": when_words(session.starts_at, work.zone, person.language),
            "meeting_point": meeting_point(work, session),
        },
        person=person,
        session=session,
    )


def _all_booked(work: Work, address: AddressRow, person: Person) -> None:
    lines = [_booked_line(work, person, one) for one in coming_up(work, person)]
    lines += [f"{neutral_name(group)} (waiting list)" for group in waited_for(work, person)]
    lines += [
        f"Meeting {one.place.person.first_name or 'somebody new'}: {_line(work, person, one.place.session)}"
        for one in changing.promised(work, person)
    ]
    for ask in drivers.promised(work, person):
        place = ask.ride.place
        lines.append(f"Driving {place.person.first_name or 'somebody'}: {_line(work, person, place.session)}")
    if lines:
        reply(work, address, "booked_on", {"lines": "\n".join(lines[:MOST_LINES])}, person=person)
    else:
        reply(work, address, "nothing_booked", person=person)


def _line(work: Work, person: Person, session: Session_, at: datetime | None = None) -> str:
    when = when_words(at or session.starts_at, work.zone, person.language)
    return f"{neutral_name(session.group)}, {when}"


def _booked_line(work: Work, person: Person, one: Coming) -> str:
    """What they are down for with what hangs on it: the lift, the slots."""
    line = _line(work, person, one.session, place_time(work, one.place) if one.place else None)
    if _only_waits(one):
        return f"{line} (waiting list)"
    more: list[str] = []
    if one.place is not None:
        more += [lift_words(ride) for ride in rides_of(work, one.place)]
        if not is_clinic(one.session.group):
            more += [slots.in_words(work, booking.slot) for booking in slots.bookings_of(work, one.place)]
    return "; ".join([line, *more])
