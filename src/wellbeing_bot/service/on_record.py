"""Questions that the record answers: when, where, who meets me, what am I booked on, is it on."""

from __future__ import annotations

from sqlalchemy import select

from wellbeing_bot.service import changing, meetings, places
from wellbeing_bot.service.finding import is_named, neutral_name
from wellbeing_bot.service.outbox import reply
from wellbeing_bot.service.sessions import meeting_point, upcoming, venue_of
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Group, Person, Place, Session_
from wellbeing_bot.store.states import SessionState
from wellbeing_bot.understanding.meaning import Details


def answer(work: Work, address: AddressRow, person: Person, details: Details) -> None:
    """Answer from the record; nothing booked is an answer too."""
    said = work.inbound.text if work.inbound else ""
    booked = places.coming_places(work, person)
    mine = [place for place in booked if _meant(place.session.group, said, details)] or booked
    if details.about == "what_booked":
        _all_booked(work, address, person, booked)
        return
    group = _group_meant(work, said, details)
    if group is not None and not any(place.session.group_id == group.id for place in mine):
        _of_group(work, address, person, group)
        return
    if not mine:
        promised = changing.promised(work, person)
        if promised:
            _next(work, address, person, promised[0].place.session, details, None)
            return
        reply(work, address, "nothing_booked", person=person)
        return
    place = mine[0]
    _next(work, address, person, place.session, details, place)


def _meant(group: Group, said: str, details: Details) -> bool:
    return bool(set(details.group_words) & {group.kind, *group.tags}) or is_named(group, said)


def _group_meant(work: Work, said: str, details: Details) -> Group | None:
    found = [
        group
        for group in work.session.scalars(
            select(Group)
            .where(Group.network_id == work.network.id, Group.running, Group.ended_on.is_(None))
            .order_by(Group.id)
        )
        if _meant(group, said, details)
    ]
    return found[0] if len(found) == 1 else None


def _next(
    work: Work, address: AddressRow, person: Person, session: Session_, details: Details, place: Place | None
) -> None:
    facts = {
        "group": neutral_name(session.group),
        "when": when_words(session.starts_at, work.zone, person.language),
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
    elif details.about == "is_it_on":
        off = session.state is SessionState.CALLED_OFF
        reply(work, address, "it_is_off" if off else "it_is_on", facts, person=person, session=session)
    else:
        reply(work, address, "next_is", facts, person=person, session=session)


def _who(work: Work, address: AddressRow, person: Person, place: Place, facts: dict[str, str]) -> None:
    met = meetings.accepted_meeting(work, place)
    if met is not None:
        know = meetings.profile(work, met).how_to_know
        reply(
            work,
            address,
            "who_meets",
            {
                "champion": met.champion.first_name,
                "when": facts["when"],
                "meeting_point": facts["meeting_point"],
                "how_to_know": f" Look for {know}." if know else "",
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


def _all_booked(work: Work, address: AddressRow, person: Person, booked: list[Place]) -> None:
    if not booked:
        reply(work, address, "nothing_booked", person=person)
        return
    lines = [
        f"{neutral_name(place.session.group)}, {when_words(place.session.starts_at, work.zone, person.language)}"
        f"{_waiting(place)}"
        for place in booked[:4]
    ]
    reply(work, address, "booked_on", {"lines": "\n".join(lines)}, person=person)


def _waiting(place: Place) -> str:
    return " (waiting list)" if place.state.value in {"waitlisted", "offered"} else ""
