"""A clinic's times: the next ones, taking one, and waiting for one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from wellbeing_bot.conversation import Outcome
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.actions.base import action, number, person_of, place_of, text
from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.clinics import booking, times, waiting
from wellbeing_bot.service.talking import Talk
from wellbeing_bot.service.words import when_words
from wellbeing_bot.store import Group

AT_ONCE = 3
"""Times offered in one text; LATER brings the next."""


def find_clinic_times(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """The next few free times of a clinic, or that somebody has one, or that it is full."""
    work, group, person = talk.work, _clinic(talk, args), person_of(talk)
    name = text(args, "first_name")
    if name and not person.first_name:
        person.first_name = name[:60]
    facts: dict[str, Fact] = {"group_name": neutral_name(group)}
    have = booking.booked(work, person, group)
    if have is not None and not isinstance(args.get("place"), int):
        when = when_words(times.place_time(work, have), work.zone, person.language)
        return Outcome("has_one", {**facts, "place": have.id, "when": when})
    day, on, shown = args.get("day"), args.get("on"), args.get("shown")
    free = times.next_free(
        work,
        group,
        day=day if isinstance(day, int) else None,
        on=date.fromisoformat(on) if isinstance(on, str) else None,
    )
    skip = shown if isinstance(shown, int) else 0
    page = sorted(free[skip : skip + AT_ONCE])
    if not page:
        return Outcome("no_more" if free else "full", facts)
    labels = [when_words(at, work.zone, person.language) for at in page]
    choices: list[Fact] = [
        {"value": at.isoformat(), "label": label} for at, label in zip(page, labels, strict=True)
    ]
    choices.append({"value": "later", "label": "LATER", "also": ["others", "other times", "another day"]})
    choices.append(
        {"value": "none", "label": "None", "also": ["no", "no thanks", "none of these", "neither"]}
    )
    lines = "\n".join(f"{at}. {label}" for at, label in enumerate(labels, start=1))
    return Outcome("some", {**facts, "time_choices": choices, "time_lines": lines, "shown": skip + len(page)})


def book_clinic_time(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Take a time, in place of the one they have. Says it back."""
    work, person = talk.work, person_of(talk)
    old = place_of(talk, args) if isinstance(args.get("place"), int) else None
    at = datetime.fromisoformat(text(args, "time"))
    place = booking.book(work, person, _clinic(talk, args), at, instead_of=old)
    if place is None:
        return Outcome("gone", {"shown": 0})
    talk.row.session_id = place.session_id
    return Outcome("done", booking.facts(work, place))


def wait_for_clinic(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Put them on the clinic's waiting list."""
    waiting.wait(talk.work, person_of(talk), _clinic(talk, args))
    return Outcome("done")


def leave_clinic_list(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """They need no time any more."""
    waiting.end(talk.work, person_of(talk), place_of(talk, args).session.group, "left")
    return Outcome("done")


def clinic_time_words(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """What is said back of a time that was taken from the waiting list."""
    return Outcome("done", booking.facts(talk.work, place_of(talk, args)))


def _clinic(talk: Talk, args: Mapping[str, Fact]) -> Group:
    return talk.work.session.get_one(Group, number(args, "clinic"))


ACTIONS = (
    action(
        "find_clinic_times",
        "The next few free times of a clinic.",
        find_clinic_times,
        takes={
            "clinic": "number",
            "day": "number",
            "on": "date",
            "shown": "number",
            "place": "number",
            "first_name": "text",
        },
        gives={
            "some": {
                "group_name": "text",
                "time_choices": "choices",
                "time_lines": "text",
                "shown": "number",
            },
            "has_one": {"group_name": "text", "place": "number", "when": "text"},
            "no_more": {"group_name": "text"},
            "full": {"group_name": "text"},
        },
    ),
    action(
        "book_clinic_time",
        "Takes a time of a clinic, in place of the one they have.",
        book_clinic_time,
        takes={"clinic": "number", "time": "text", "place": "number"},
        gives={
            "done": {"group_name": "text", "when": "text", "meeting_point": "text"},
            "gone": {"shown": "number"},
        },
    ),
    action(
        "wait_for_clinic",
        "Puts them on a clinic's waiting list.",
        wait_for_clinic,
        takes={"clinic": "number"},
    ),
    action(
        "leave_clinic_list",
        "Takes them off a clinic's waiting list.",
        leave_clinic_list,
        takes={"place": "number"},
    ),
    action(
        "clinic_time_words",
        "What is said back of the time they have at a clinic.",
        clinic_time_words,
        takes={"place": "number"},
        gives={"done": {"group_name": "text", "when": "text", "meeting_point": "text"}},
    ),
)
