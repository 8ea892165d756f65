"""Which groups fit what somebody said, where they live and who they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time

from rapidfuzz import fuzz
from sqlalchemy import or_

from wellbeing_bot.service.activities.sessions import upcoming
from wellbeing_bot.service.nearness import distance_miles
from wellbeing_bot.service.people import open_referral
from wellbeing_bot.service.sending.unnamed import FOR_WHAT_THEY_SAID, ONE_OF_OURS, UNNAMED
from wellbeing_bot.service.words import schedule_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Group, Person, Session_
from wellbeing_bot.store.quick import Query, given
from wellbeing_bot.understanding.text import plain

NAME_FITS = 85
"""rapidfuzz partial ratio from which a group's own name counts as said."""

_GOING_ON = Query(
    Group,
    lambda query: query.where(
        Group.network_id == given("network"),
        or_(Group.ended_on.is_(None), Group.ended_on >= given("today")),
    ).order_by(Group.id),
)

GROUPS_FOR: Mapping[str, Sequence[str]] = {
    "bereavement": ("bereavement", "bereaved"),
    "carers": ("carers",),
}
"""What weighs on people, and the kinds of groups that are for just that."""

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def find(
    work: Work, person: Person, *, said: Sequence[str] = (), day: int | None = None, own_words: str = ""
) -> list[Group]:
    """Groups that fit, best first.

    A group named outright comes alone. Otherwise: those that share a word with what was said (all, when
    nothing was said), on the day if one was named, never one that is for others, the nearest first. What is
    for just what weighs on them leads.
    """
    for_them = meant_for(work, person)
    groups = [
        group
        for group in going_on(work)
        if group.ended_on is None and not _disliked(person, group) and group.slot_minutes is None
    ]
    named = [group for group in groups if own_words and is_named(group, own_words)]
    if len(named) == 1:
        return named
    fitting = named or [group for group in groups if not said or set(said) & _tags(group)]
    on_day = [group for group in fitting if day is None or _DAYS[day] in _days(group)]
    fitting = on_day or fitting
    if not said and not named:
        fitting = [
            group for group in fitting if group in for_them or (not group.sensitive and not group.for_whom)
        ]
    return sorted(
        fitting,
        key=lambda group: (not group.running, group not in for_them, _miles(person, group), group.id),
    )


def meant_for(work: Work, person: Person) -> list[Group]:
    """The groups that are for what this person has told us weighs on them."""
    referral = open_referral(work, person)
    kinds = {
        kind for concern in (referral.concerns if referral else ()) for kind in GROUPS_FOR.get(concern, ())
    }
    if not kinds:
        return []
    groups = (group for group in going_on(work) if group.ended_on is None)
    return [group for group in groups if kinds & {group.kind, *group.for_whom}]


def going_on(work: Work) -> list[Group]:
    """The network's groups that meet today or later, or will once they are launched."""
    return _GOING_ON.all(work.session, network=work.network.id, today=work.local_now.date())


def running_groups(work: Work) -> list[Group]:
    """The groups of the network that meet at present."""
    return [group for group in going_on(work) if group.running and group.ended_on is None]


def is_named(group: Group, own_words: str) -> bool:
    """Whether a text says a group's name, or another name people use for it."""
    said = plain(own_words)
    for name in (group.name, *group.also):
        wanted = plain(name)
        if len(wanted) >= 5 and (wanted in said or fuzz.partial_ratio(wanted, said) >= NAME_FITS):
            return True
    return False


def _tags(group: Group) -> set[str]:
    return {group.kind, *group.tags, *group.for_whom} - {""}


def _days(group: Group) -> str:
    return group.rrule.upper()


def _disliked(person: Person, group: Group) -> bool:
    return bool(set(person.dislikes) & (_tags(group) | {group.key}))


def _miles(person: Person, group: Group) -> float:
    if not person.postcode or group.venue is None or not group.venue.postcode:
        return 999.0
    miles = distance_miles(person.postcode, group.venue.postcode)
    return 999.0 if miles is None else round(miles)


def schedule_of(group: Group) -> str:
    """``Thursdays at 10am``."""
    return schedule_words(group.rrule, time.fromisoformat(group.start_time))


def neutral_name(group: Group) -> str:
    """What a message calls a group: a sensitive one is not named."""
    return UNNAMED if group.sensitive else group.name


def offered_name(group: Group, *, for_them: bool = False) -> str:
    """What a group is called when it is offered. A sensitive one goes by its day and by what they told us."""
    if not group.sensitive:
        return group.name
    name = FOR_WHAT_THEY_SAID if for_them else ONE_OF_OURS
    schedule = schedule_of(group)
    return f"{name}, {schedule}" if schedule else name


def offer_text(groups: Sequence[Group], *, more: bool, for_them: Sequence[Group] = ()) -> str:
    """Groups as numbered lines, with MORE where there are more."""
    lines = [
        f"{number}. {offered_name(group, for_them=group in for_them)}"
        + ("" if group.sensitive else _when(group))
        for number, group in enumerate(groups, start=1)
    ]
    if more:
        lines.append("Or text MORE.")
    return "\n".join(lines)


def _when(group: Group) -> str:
    schedule = schedule_of(group)
    if not group.running:
        return " (starting soon)"
    return f", {schedule}" if schedule else ""


def next_sessions(work: Work, group: Group, *, after: int | None = None) -> list[Session_]:
    """The next dates that go ahead; with ``after``, those later than that session."""
    sessions = upcoming(work, group, limit=8)
    if after is None:
        return sessions
    before = work.session.get_one(Session_, after)
    return [session for session in sessions if session.starts_at > before.starts_at]
