"""Finding a group by words, day and nearness, and booking a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wellbeing_bot.conversation import Outcome
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.actions.base import action, number, person_of, session_of, text, words
from wellbeing_bot.service.activities.finding import (
    find,
    is_named,
    meant_for,
    neutral_name,
    next_sessions,
    offer_text,
    offered_name,
    schedule_of,
)
from wellbeing_bot.service.activities.sessions import meeting_point, taken
from wellbeing_bot.service.places.signing_up import join_group, sign_up
from wellbeing_bot.service.talking import Talk
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Group, Interest, Session_
from wellbeing_bot.store.states import PlaceState
from wellbeing_bot.understanding.details import read_details

LATER = "next"
"""What a script passes as chosen when the first date did not suit."""

NONE_OF_THESE: list[Fact] = [
    *(
        "none",
        "neither",
        "no thanks",
        "no thank you",
        "nothing",
        "none of them",
        "not for me",
        "not really me",
    ),
]

AT_ONCE = 3
"""Groups offered in one text; MORE brings the next."""


def find_groups(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Groups that fit, best first, three at a time."""
    work, person = talk.work, person_of(talk)
    day = args.get("day")
    found = find(
        work,
        person,
        said=words(args, "group_words"),
        day=day if isinstance(day, int) else None,
        own_words=text(args, "own_words"),
    )
    shown = args.get("shown")
    skip = shown if isinstance(shown, int) else 0
    if not found:
        return Outcome("none")
    if len(found) == 1 and not skip:
        return Outcome("one", {"group": found[0].id})
    page = found[skip : skip + AT_ONCE]
    if not page:
        return Outcome("none")
    for_them = meant_for(work, person)
    offered: list[Fact] = [
        {
            "value": str(group.id),
            "label": offered_name(group, for_them=group in for_them),
            "also": [group.name, *group.also, schedule_of(group)],
        }
        for group in page
    ]
    more = len(found) > skip + AT_ONCE
    if more:
        offered.append({"value": "more", "label": "MORE", "also": ["others", "something else", "next"]})
    offered.append({"value": "none", "label": "None of these", "also": NONE_OF_THESE})
    return Outcome(
        "some",
        {
            "offered": offered,
            "offered_text": offer_text(page, more=more, for_them=for_them),
            "shown": skip + len(page),
        },
    )


def next_session(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """The next date of a group, or the one after the date that did not suit."""
    work = talk.work
    chosen = text(args, "chosen")
    group = work.session.get_one(Group, int(chosen) if chosen.isdigit() else number(args, "group"))
    facts: dict[str, Fact] = {
        "group": group.id,
        "group_name": neutral_name(group),
        "group_line": _line(group, named=chosen == LATER or is_named(group, text(args, "own_words"))),
    }
    if not group.running:
        return Outcome("not_running", facts)
    after = args.get("session")
    sessions = next_sessions(work, group, after=after if isinstance(after, int) else None)
    if not sessions:
        return Outcome("no_dates", facts)
    session = _on_the_date_said(work, sessions, text(args, "own_words")) or sessions[0]
    facts |= {
        "session": session.id,
        "when": when_words(session.starts_at, work.zone, work.language_of(talk.person, talk.address)),
        "meeting_point": meeting_point(work, session),
    }
    full = session.capacity is not None and taken(work, session) >= session.capacity
    return Outcome("full" if full else "open", facts)


def _on_the_date_said(work: Work, sessions: Sequence[Session_], said: str) -> Session_ | None:
    """ "The lunch on the 11th": the session on that date, if there is one among those to come."""
    wanted = read_details(said, work.local_now).when if said else None
    return next((one for one in sessions if one.starts_at.astimezone(work.zone).date() == wanted), None)


def _line(group: Group, *, named: bool) -> str:
    """The group's name, and what it is for somebody who did not name it. A sensitive one is not described."""
    name = neutral_name(group)
    line = f"{name[:1].upper()}{name[1:]}"
    return f"{line}." if named or group.sensitive or not group.about else f"{line}: {group.about}"


def book(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Book the place, or the end of the waiting list."""
    session = session_of(talk, args)
    talk.row.session_id = session.id
    if session.starts_at <= talk.work.now:
        return Outcome("gone")
    party = args.get("party")
    place = sign_up(talk.work, person_of(talk), session, party=party if isinstance(party, int) else 1)
    facts: dict[str, Fact] = {"place": place.id}
    if place.state is PlaceState.WAITLISTED:
        return Outcome("waitlisted", facts)
    return Outcome("booked_first" if place.first_time else "booked_again", facts)


def note_interest(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Remember what they would come to, and tell a person."""
    work, person = talk.work, person_of(talk)
    group = args.get("group")
    said = text(args, "own_words") or ", ".join(words(args, "group_words"))
    interest = Interest(
        network_id=work.network.id,
        person_id=person.id,
        group_id=group if isinstance(group, int) else None,
        words=said,
        at=work.now,
    )
    work.session.add(interest)
    work.session.flush()
    raise_task(
        work,
        "interest",
        person=person,
        address=talk.address,
        occurrence=f"interest:{interest.id}",
        due_at=due_in(work, 120),
        summary="Put on the interest list: nothing that fits runs just now.",
        inbound=work.inbound,
    )
    return Outcome("done")


def keep_place(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Keep a place every time from now on."""
    session = session_of(talk, args)
    join_group(talk.work, person_of(talk), session.group)
    return Outcome("done")


ACTIONS = (
    action(
        "find_groups",
        "Groups that fit by words, day, nearness and whom they are for.",
        find_groups,
        takes={"group_words": "list", "day": "number", "own_words": "text", "shown": "number"},
        gives={
            "one": {"group": "number"},
            "some": {"offered": "choices", "offered_text": "text", "shown": "number"},
            "none": {},
        },
    ),
    action(
        "next_session",
        "The next date of a group, or the one after the date that did not suit.",
        next_session,
        takes={"group": "number", "chosen": "text", "session": "number", "own_words": "text"},
        gives={
            "open": {
                "group": "number",
                "group_name": "text",
                "group_line": "text",
                "session": "number",
                "when": "text",
                "meeting_point": "text",
            },
            "full": {
                "group": "number",
                "group_name": "text",
                "group_line": "text",
                "session": "number",
                "when": "text",
                "meeting_point": "text",
            },
            "no_dates": {"group": "number", "group_name": "text", "group_line": "text"},
            "not_running": {"group": "number", "group_name": "text", "group_line": "text"},
        },
    ),
    action(
        "book",
        "Books a place, or the end of the waiting list.",
        book,
        takes={"session": "number", "party": "number"},
        gives={
            "booked_first": {"place": "number"},
            "booked_again": {"place": "number"},
            "waitlisted": {"place": "number"},
            "gone": {},
        },
    ),
    action(
        "note_interest",
        "Puts them on an interest list and tells a person.",
        note_interest,
        takes={"group": "number", "group_words": "list", "own_words": "text"},
    ),
    action("keep_place", "Keeps a place every time from now on.", keep_place, takes={"session": "number"}),
)
