"""Moving to another day: the old place is kept until the new one is booked; what hung on it follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service import meetings
from wellbeing_bot.service.activities.finding import neutral_name, running_groups
from wellbeing_bot.service.activities.sessions import is_member, room_for, upcoming, weekly_groups
from wellbeing_bot.service.changing.targets import speaks_of
from wellbeing_bot.service.clinics.times import is_clinic
from wellbeing_bot.service.clinics.wishes import offer_times
from wellbeing_bot.service.places import booking, signing_up
from wellbeing_bot.service.rides.rows import rides_of
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.talking import start
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Group, Person, Place, Session_
from wellbeing_bot.store.states import SessionState
from wellbeing_bot.understanding.meaning import Details
from wellbeing_bot.understanding.second_thoughts import for_good

MOST_OFFERED = 4
"""Dates offered in one text."""


@dataclass(frozen=True)
class Moved:
    """What became of a move."""

    outcome: str  # moved, moved_with_lift, full, gone
    place: Place | None = None
    met: bool = False


def move(work: Work, said: str, address: AddressRow, person: Person, details: Details) -> bool:
    """Move somebody to another date. False when they have nothing that could be moved."""
    mine = what_could_move(work, person, said, details)
    if not mine:
        return False
    if is_clinic(mine[0].session.group):
        offer_times(work, address, person, mine[0].session.group, details, instead_of=mine[0])
        return True
    place, found = next(
        ((one, dates) for one in mine if (dates := destinations(work, person, one, said, details))),
        (mine[0], []),
    )
    if not found:
        facts = {"group": neutral_name(place.session.group), "when": _when(work, person, place.session)}
        reply(work, address, "no_such_day", facts, person=person, session=place.session)
        return True
    labels = [f"{neutral_name(s.group)}, {_when(work, person, s)}" for s in found]
    choices: list[Fact] = [
        {"value": str(session.id), "label": label} for session, label in zip(found, labels, strict=True)
    ]
    if len(found) > 1:
        choices.append(
            {"value": "none", "label": "None", "also": ["no", "neither", "none of these", "leave it"]}
        )
    always = for_good(said)
    member = is_member(work, person.id, place.session.group_id)
    facts_: dict[str, Fact] = {
        "place": place.id,
        "move_choices": choices,
        "move_lines": "\n".join(f"{n}. {label}" for n, label in enumerate(labels, start=1)),
        "only_one": len(found) == 1,
        "is_member": member,
    }
    if not member or always is not None:
        facts_["how_long"] = "always" if member and always else "once"
    start(work, "move_place", address, person, facts_, session_id=place.session_id)
    return True


def what_could_move(work: Work, person: Person, said: str, details: Details) -> list[Place]:
    """Their places on other days than they want to move to: those the text names first, then the soonest."""
    coming = booking.coming_places(work, person)
    coming += _next_of_regular(work, person, {place.session.group_id for place in coming})
    elsewhere = [place for place in coming if not _is_wanted(work, place.session, details)]
    named = [place for place in elsewhere if speaks_of(place.session.group, said, details)]
    return [*named, *(place for place in elsewhere if place not in named)]


def _next_of_regular(work: Work, person: Person, but: set[int]) -> list[Place]:
    """A regular's next place at other groups, made now: it would be made a week before."""
    made: list[Place] = []
    for group in weekly_groups(work, person):
        for session in upcoming(work, group, limit=8) if group.id not in but else []:
            day = session.starts_at.astimezone(work.zone).date()
            if booking.place_of(work, person, session) is None and not person.away_on(day):
                made.append(signing_up.sign_up(work, person, session, source="member"))
                break
    return made


def _is_wanted(work: Work, session: Session_, details: Details) -> bool:
    day = session.starts_at.astimezone(work.zone).date()
    if details.when is not None and day == details.when:
        return True
    return details.day is not None and day.weekday() == details.day


def destinations(work: Work, person: Person, place: Place, said: str, details: Details) -> list[Session_]:
    """Dates like the one they have, on the day they named: of the same group or one of its kind.

    A date they named is offered alone. A weekday means the next of each group on it; no day, the next few.
    """
    found: list[Session_] = []
    for group in like(work, place.session.group, said, details):
        dates = [session for session in upcoming(work, group, limit=8) if _free(work, person, place, session)]
        wanted = [session for session in dates if _is_wanted(work, session, details)]
        if details.day is None and details.when is None:
            found += dates[:2]
        else:
            exact = [s for s in wanted if s.starts_at.astimezone(work.zone).date() == details.when]
            found += exact or wanted[:1]
    return sorted(found, key=lambda session: session.starts_at)[:MOST_OFFERED]


def _free(work: Work, person: Person, place: Place, session: Session_) -> bool:
    theirs = booking.place_of(work, person, session)
    return session.id != place.session_id and (theirs is None or not theirs.state.open)


def like(work: Work, group: Group, said: str, details: Details) -> list[Group]:
    """The groups a text names, else the same group and the running ones of its kind."""
    running = running_groups(work)
    named = [other for other in running if other is not group and speaks_of(other, said, details)]
    kin = [other for other in running if other is group or (group.kind and other.kind == group.kind)]
    if named and not set(details.group_words) & {group.kind, *group.tags}:
        return named
    return list(dict.fromkeys([*kin, *named]))


def do_move(work: Work, person: Person, old: Place, session: Session_, *, always: bool) -> Moved:
    """Book the new date, then give up the old one with all that hangs on it.

    For good, the weekly place moves as well. Somebody who was to be met is met at the new one if it is
    their first time there.
    """
    if session.state is not SessionState.PLANNED or session.starts_at <= work.now:
        return Moved("gone")
    if not room_for(work, session, old.party):
        return Moved("full")
    had_lift = bool(rides_of(work, old))
    new = signing_up.sign_up(work, person, session, party=old.party)
    if always:
        if old.session.group_id != session.group_id:
            signing_up.leave_group(work, person, old.session.group, why="moved")
        signing_up.join_group(work, person, session.group)
    if old.state.open:
        signing_up.withdraw(work, old, why="moved")
    met = old.wants_meeting and new.first_time and meetings.want(work, new, old.meet_preference)
    return Moved("moved_with_lift" if had_lift else "moved", new, met)


def sessions_offered(work: Work, choices: Sequence[Fact]) -> list[Session_]:
    """The sessions behind the choices of a conversation."""
    keys = [str(choice["value"]) for choice in choices if isinstance(choice, dict)]
    return [work.session.get_one(Session_, int(key)) for key in keys if key.isdigit()]


def _when(work: Work, person: Person, session: Session_) -> str:
    return when_words(session.starts_at, work.zone, person.language)
