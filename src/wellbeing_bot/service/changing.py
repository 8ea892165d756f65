"""Changing one's mind: not coming, leaving a group, pausing, moving. Everything that hangs on it follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service import meetings, places
from wellbeing_bot.service.finding import is_named, neutral_name
from wellbeing_bot.service.outbox import reply
from wellbeing_bot.service.talking import start
from wellbeing_bot.service.tasks import due_in, join, raise_task
from wellbeing_bot.service.words import day_words, when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    AddressRow,
    Group,
    InboundRow,
    Meeting,
    Membership,
    OutboundRow,
    Person,
    Place,
    Session_,
)
from wellbeing_bot.store.states import MeetingState, Urgency
from wellbeing_bot.understanding.meaning import Details

LATELY = timedelta(hours=48)
"""A text that says only "can't come" is about the session we wrote of this lately."""


@dataclass(frozen=True)
class Target:
    """Something that can be called off: a place of one's own, or a meeting one has promised as a champion."""

    value: str  # "place:12", "meeting:7"
    label: str
    session: Session_


def change(work: Work, inbound: InboundRow, address: AddressRow, person: Person, details: Details) -> None:
    """Understand what is to change, do it, and say it back. With several it could be, ask which."""
    if details.scope == "pause":
        _pause(work, address, person, details)
        return
    if details.scope == "running_late":
        _running_late(work, inbound, address, person)
        return
    if details.scope == "all" and _leave(work, inbound, address, person, details):
        return
    found = narrowed(work, inbound, address, targets(work, person), details)
    if not found:
        _nothing_to_change(work, inbound, address, person)
    elif len(found) == 1:
        call_off(work, address, person, found[0])
        if details.scope == "move" and found[0].value.startswith("place:"):
            start(work, "join_group", address, person, _move_facts(details, inbound))
    else:
        offered: list[Fact] = [{"value": target.value, "label": target.label} for target in found]
        lines = "\n".join(f"{n}. {target.label}" for n, target in enumerate(found, start=1))
        start(work, "which_to_change", address, person, {"offered": offered, "lines": lines})


def _move_facts(details: Details, inbound: InboundRow) -> dict[str, Fact]:
    facts: dict[str, Fact] = {"wish": "join_group"}
    if details.day is not None:
        facts["day"] = details.day
    if details.group_words:
        facts["group_words"] = list(details.group_words)
    return facts


def targets(work: Work, person: Person) -> list[Target]:
    """All that a person could call off, soonest first."""
    found = [
        Target(
            f"place:{place.id}",
            f"{neutral_name(place.session.group)}, {when_words(place.session.starts_at, work.zone, person.language)}",
            place.session,
        )
        for place in places.coming_places(work, person)
    ]
    for meeting in promised(work, person):
        session = meeting.place.session
        patient = meeting.place.person.first_name or "somebody new"
        label = (
            f"meeting {patient} at {neutral_name(session.group)}, {when_words(session.starts_at, work.zone)}"
        )
        found.append(Target(f"meeting:{meeting.id}", label, session))
    return sorted(found, key=lambda target: (target.session.starts_at, target.value))


def promised(work: Work, person: Person) -> list[Meeting]:
    """The people a champion has said they will meet, soonest first."""
    return list(
        work.session.scalars(
            select(Meeting)
            .join(Session_, Session_.id == Meeting.session_id)
            .where(
                Meeting.champion_id == person.id,
                Meeting.state == MeetingState.ACCEPTED,
                Session_.ends_at > work.now,
            )
            .order_by(Session_.starts_at)
        )
    )


def narrowed(
    work: Work, inbound: InboundRow, address: AddressRow, found: list[Target], details: Details
) -> list[Target]:
    """Those that the text fits: by group, by day, else the one we wrote about lately, else the only one."""
    by_group = [t for t in found if _speaks_of(t.session.group, inbound.text, details)]
    if by_group:
        found = by_group
    local_days = {t.value: t.session.starts_at.astimezone(work.zone).date() for t in found}
    if details.when is not None:
        on_date = [t for t in found if local_days[t.value] == details.when]
        found = on_date or found
    elif details.day is not None:
        on_day = [t for t in found if local_days[t.value].weekday() == details.day]
        found = on_day or found
    if len(found) < 2:
        return found
    if by_group or details.day is not None:
        sessions = {t.session.id for t in found}
        first = [t for t in found if t.session.group_id == found[0].session.group_id]
        if len(first) == len(found) and len(sessions) == len(found):
            return found[:1]  # the soonest of one group
    lately = _written_about_lately(work, address)
    about = [t for t in found if t.session.id == lately]
    return about or found


def _speaks_of(group: Group, said: str, details: Details) -> bool:
    return bool(set(details.group_words) & {group.kind, *group.tags}) or is_named(group, said)


def _written_about_lately(work: Work, address: AddressRow) -> int | None:
    return work.session.scalar(
        select(OutboundRow.session_id)
        .where(
            OutboundRow.address_id == address.id,
            OutboundRow.session_id.is_not(None),
            OutboundRow.created_at > work.now - LATELY,
        )
        .order_by(OutboundRow.id.desc())
        .limit(1)
    )


def call_off(work: Work, address: AddressRow, person: Person, target: Target) -> None:
    """Call one thing off and say so."""
    kind, _, key = target.value.partition(":")
    when = when_words(target.session.starts_at, work.zone, person.language)
    if kind == "meeting":
        meeting = work.session.get_one(Meeting, int(key))
        meetings.drop_out(work, meeting, by="champion")
        reply(
            work,
            address,
            "champion_stood_down",
            {"patient": meeting.place.person.first_name or "them", "when": when},
            person=person,
            session=target.session,
        )
        return
    places.withdraw(work, work.session.get_one(Place, int(key)))
    reply(
        work,
        address,
        "not_coming_noted",
        {"group": neutral_name(target.session.group), "when": when},
        person=person,
        session=target.session,
    )


def _leave(work: Work, inbound: InboundRow, address: AddressRow, person: Person, details: Details) -> bool:
    """Take somebody off a group for good. False when no group of theirs is meant."""
    groups = list(
        work.session.scalars(
            select(Group)
            .join(Membership, Membership.group_id == Group.id)
            .where(Membership.person_id == person.id, Membership.ended_at.is_(None))
        )
    )
    for place in places.coming_places(work, person):
        if place.session.group not in groups:
            groups.append(place.session.group)
    meant = [group for group in groups if _speaks_of(group, inbound.text, details)]
    if not meant and len(groups) == 1:
        meant = groups
    if not meant:
        return False
    for group in meant:
        places.leave_group(work, person, group)
        reply(work, address, "left_group", {"group": neutral_name(group)}, person=person)
    return True


def _pause(work: Work, address: AddressRow, person: Person, details: Details) -> None:
    until = details.until or details.when
    if until is None:
        start(work, "pause", address, person, {})
        return
    pause_until(work, person, until)
    reply(work, address, "paused", {"until": day_words(until, person.language)}, person=person)


def pause_until(work: Work, person: Person, until: date) -> None:
    """Away until a date: places before it are given up, nothing is nudged, then all goes on."""
    person.paused_until = until
    work.session.flush()
    for place in places.coming_places(work, person):
        if place.session.starts_at.astimezone(work.zone).date() < until:
            places.withdraw(work, place, why="paused")


def _running_late(work: Work, inbound: InboundRow, address: AddressRow, person: Person) -> None:
    today = [t for t in targets(work, person) if t.session.starts_at - work.now < timedelta(hours=6)]
    task = raise_task(
        work,
        "running_late",
        urgency=Urgency.SOON,
        person=person,
        address=address,
        session_id=today[0].session.id if today else None,
        occurrence=f"running_late:{inbound.id}",
        due_at=due_in(work, 0.5),
        summary="Running late. Please let the group know.",
    )
    join(work, task, inbound)
    reply(work, address, "running_late_noted", person=person)


def _nothing_to_change(work: Work, inbound: InboundRow, address: AddressRow, person: Person) -> None:
    task = raise_task(
        work,
        "change_unclear",
        urgency=Urgency.SOON,
        person=person,
        address=address,
        occurrence=f"change_unclear:{person.id}:{work.local_now.date()}",
        due_at=due_in(work, 24),
        summary="Wants to change or call something off, and nothing is booked. Please read their text.",
    )
    join(work, task, inbound)
    reply(work, address, "nothing_to_change", person=person)
