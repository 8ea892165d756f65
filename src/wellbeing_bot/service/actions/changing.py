"""Changing one's mind, when a question was needed first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wellbeing_bot.conversation import FactType, Outcome, say_notice
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service import changing
from wellbeing_bot.service.actions.base import action, number, person_of, place_of, text
from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.activities.sessions import meeting_point
from wellbeing_bot.service.changing import leaving, moving, reminding
from wellbeing_bot.service.people import give_role
from wellbeing_bot.service.places import signing_up
from wellbeing_bot.service.talking import Talk
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.words import day_words, when_words
from wellbeing_bot.store import Champion, Group, Session_
from wellbeing_bot.store.states import Role, Urgency


def call_off(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Call off what they chose, or all of it, if it is still theirs to call off."""
    person = person_of(talk)
    chosen = text(args, "target")
    offered = args.get("offered")
    values = (
        {str(one.get("value")) for one in offered if isinstance(one, dict)}
        if isinstance(offered, list)
        else set()
    )
    found = [
        target
        for target in changing.targets(talk.work, person)
        if target.value == chosen or (chosen == "all" and target.value in values)
    ]
    changing.call_off_all(talk.work, talk.address, person, found)
    return Outcome("done")


def pause_until(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Leave them in peace until a date."""
    until = date.fromisoformat(text(args, "until"))
    if until <= talk.work.local_now.date():
        return Outcome("past")
    person = person_of(talk)
    changing.pause_until(talk.work, person, until)
    return Outcome("done", {"until_words": day_words(until, person.language)})


def move_place(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Move to the date they chose, or to the only one there was."""
    work, person = talk.work, person_of(talk)
    choices = args.get("move_choices")
    offered = moving.sessions_offered(work, choices if isinstance(choices, list) else [])
    chosen = text(args, "move_to")
    session = next((one for one in offered if str(one.id) == chosen), offered[0])
    old = place_of(talk, args)
    moved = moving.do_move(work, person, old, session, always=text(args, "how_long") == "always")
    was = when_words(old.session.starts_at, work.zone, person.language)
    facts: dict[str, Fact] = {
        "was": f"{neutral_name(old.session.group)}, {was}",
        "now_group": neutral_name(session.group),
        "now_when": when_words(session.starts_at, work.zone, person.language),
        "now_point": meeting_point(work, session),
    }
    if moved.outcome == "gone":
        return Outcome("gone")
    if moved.place is None:
        return Outcome(moved.outcome, {**facts, "to_session": session.id})
    talk.row.session_id = session.id
    asking = say_notice(work.scripts_for(person), "also_asking", {}, work.local_now.date()).text
    met = f" {asking}" if moved.met else ""
    return Outcome(moved.outcome, {**facts, "place": moved.place.id, "met": met})


def wait_for_move(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Put them on the waiting list of the date they would rather have."""
    session = talk.work.session.get_one(Session_, number(args, "to_session"))
    signing_up.sign_up(talk.work, person_of(talk), session)
    return Outcome("done")


def move_reminder(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Remind them on the day they named."""
    day = date.fromisoformat(text(args, "day"))
    reminding.move_reminder(talk.work, talk.address, person_of(talk), place_of(talk, args), day)
    return Outcome("done")


def leave_as(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Leave groups for oneself, as a champion, or both."""
    work, person = talk.work, person_of(talk)
    ids = args.get("group_ids")
    groups = (
        [work.session.get_one(Group, key) for key in ids or [] if isinstance(key, int)]
        if isinstance(ids, list)
        else []
    )
    whom = text(args, "as_whom")
    if whom not in {"self", "champion", "both"}:
        return Outcome("unclear")
    leaving.leave_groups(work, talk.address, person, groups, own=whom != "champion", helping=whom != "self")
    return Outcome("done")


def volunteer(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Somebody would like to help: note it and tell the coordinator."""
    work, person = talk.work, person_of(talk)
    person.first_name = person.first_name or text(args, "first_name")[:60]
    give_role(work, person, Role.CHAMPION)
    if work.session.get(Champion, person.id) is None:
        work.session.add(Champion(person_id=person.id, network_id=work.network.id, entered_at=work.now))
    raise_task(
        work,
        "new_champion",
        urgency=Urgency.SOON,
        person=person,
        address=talk.address,
        occurrence=f"new_champion:{person.id}",
        due_at=due_in(work, 120),
        summary="Would like to become a champion. Please invite them to a workshop.",
        inbound=work.inbound,
    )
    return Outcome("done")


_MOVED: Mapping[str, FactType] = {"was": "text", "now_group": "text", "now_when": "text", "now_point": "text"}

ACTIONS = (
    action(
        "call_off",
        "Calls off what they chose, or all of it.",
        call_off,
        takes={"target": "text", "offered": "choices"},
    ),
    action(
        "move_place",
        "Moves them to another date; what hung on the old one follows.",
        move_place,
        takes={"place": "number", "move_to": "text", "move_choices": "choices", "how_long": "text"},
        gives={
            "moved": {**_MOVED, "place": "number", "met": "text"},
            "moved_with_lift": {**_MOVED, "place": "number", "met": "text"},
            "full": {**_MOVED, "to_session": "number"},
            "gone": {},
        },
    ),
    action(
        "wait_for_move",
        "Puts them on the waiting list of another date.",
        wait_for_move,
        takes={"to_session": "number"},
    ),
    action(
        "move_reminder",
        "Reminds them on the day they named.",
        move_reminder,
        takes={"place": "number", "day": "date"},
    ),
    action(
        "leave_as",
        "Leaves groups for oneself, as a champion, or both.",
        leave_as,
        takes={"group_ids": "list", "as_whom": "text"},
        gives={"done": {}, "unclear": {}},
    ),
    action(
        "pause_until",
        "Leaves them in peace until a date.",
        pause_until,
        takes={"until": "date"},
        gives={"done": {"until_words": "text"}, "past": {}},
    ),
    action("volunteer", "Notes that they would like to help.", volunteer, takes={"first_name": "text"}),
)
