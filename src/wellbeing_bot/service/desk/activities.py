"""What staff do to groups and their sessions, and to the duty rota."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import select

from wellbeing_bot.conversation import Say
from wellbeing_bot.service.activities.sessions import ScheduleError, add_session, occurrences, plan_sessions
from wellbeing_bot.service.desk.base import (
    GROUP,
    PERSON,
    SESSION,
    Argument,
    DeskAction,
    DeskError,
    find,
    moment,
    optional,
)
from wellbeing_bot.service.people import reach
from wellbeing_bot.service.sending.outbox import put
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Duty, Group, Person, Place, Session_, Venue
from wellbeing_bot.store.states import OutboundKind, SessionState

TEXTS = ("about", "good_to_know", "meeting_point", "kind")
FLAGS = ("sensitive", "asks_expect", "offers_transport", "running")
DAYS = ("first_date", "ended_on", "risk_assessed_until", "insured_until")

FIELDS: Mapping[str, Argument] = {
    "name": Argument("text", "the group's name"),
    "about": optional("text", "what it is, in a sentence"),
    "good_to_know": optional("text", "what to bring, how far, toilets, cost: the answer to such questions"),
    "kind": optional("text", "walk, lunch, singing ..."),
    "venue": optional("id", "the venue's number"),
    "meeting_point": optional("text", "where to meet, exactly"),
    "rrule": optional("text", "the schedule as an RRULE; empty for single sessions"),
    "first_date": optional("date", "the first day"),
    "ended_on": optional("date", "the last day"),
    "start_time": optional("time", "when it starts"),
    "minutes": optional("id", "how long it takes"),
    "capacity": optional("id", "how many fit; left out for any number"),
    "slot_minutes": optional("id", "a clinic: people are seen one by one, each for so many minutes"),
    "sensitive": optional("yes_no", "messages do not name it"),
    "asks_expect": optional("yes_no", "the nudge asks whether they can be expected"),
    "offers_transport": optional("yes_no", "rides can be asked for"),
    "running": optional("yes_no", "it runs; if not, interest is collected"),
    "risk_assessed_until": optional("date", "the risk assessment runs out"),
    "insured_until": optional("date", "the insurance runs out"),
    "for_whom": optional("list", "men, women, carers, bereaved; empty is everyone"),
}


def add_group(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """A new group, with its sessions for the weeks ahead."""
    group = Group(network_id=work.network.id, key=_key(work, args["name"]), name=args["name"])
    _apply(work, group, args)
    work.session.add(group)
    work.session.flush()
    plan_sessions(work, group)
    return {"group": group.id}


def change_group(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Change a group. Sessions to come that nobody is booked on follow a new schedule.

    A session that somebody is booked on stays as it is: moving it or calling it off tells them.
    """
    group = find(work, Group, args["group"], "group")
    before = (group.rrule, group.start_time, group.minutes, group.first_date, group.ended_on, group.running)
    _apply(work, group, args)
    work.session.flush()
    after = (group.rrule, group.start_time, group.minutes, group.first_date, group.ended_on, group.running)
    kept = _plan_afresh(work, group) if before != after else 0
    return {"group": group.id, "kept": kept}


def _key(work: Work, name: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:50] or "group"
    taken = set(work.session.scalars(select(Group.key).where(Group.network_id == work.network.id)))
    return next(
        key for key in (plain, *(f"{plain}-{number}" for number in range(2, 1000))) if key not in taken
    )


def _apply(work: Work, group: Group, args: Mapping[str, Any]) -> None:
    if not args["name"].strip():
        raise DeskError("write the group's name")
    group.name = args["name"].strip()[:80]
    for name in TEXTS:
        setattr(group, name, (args.get(name) or "").strip())
    for name in FLAGS:
        setattr(group, name, bool(args.get(name)))
    for name in DAYS:
        setattr(group, name, date.fromisoformat(args[name]) if args.get(name) else None)
    group.rrule = _schedule(work, args)
    group.start_time = time.fromisoformat(args.get("start_time") or "10:00").strftime("%H:%M")
    group.minutes = min(max(args.get("minutes") or 60, 5), 24 * 60)
    group.capacity = args.get("capacity") or None
    if "slot_minutes" in args:
        group.slot_minutes = args["slot_minutes"] or None
    group.for_whom = [str(word) for word in args.get("for_whom") or []]
    venue = args.get("venue")
    group.venue_id = find(work, Venue, venue, "venue").id if venue is not None else None


def _schedule(work: Work, args: Mapping[str, Any]) -> str:
    rrule = (args.get("rrule") or "").strip().removeprefix("RRULE:")
    if rrule:
        today = work.local_now.date()
        try:
            next(occurrences(rrule, today, today, today.replace(year=today.year + 1, day=1)), None)
        except ScheduleError as error:
            raise DeskError(str(error)) from None
    return rrule


def _plan_afresh(work: Work, group: Group) -> int:
    """Take away sessions to come that nobody is on, and plan anew. Returns how many had somebody and stay."""
    coming = work.session.scalars(
        select(Session_).where(
            Session_.group_id == group.id,
            Session_.starts_at > work.now,
            Session_.state == SessionState.PLANNED,
        )
    )
    kept = 0
    for session in coming:
        if work.session.scalar(select(Place.id).where(Place.session_id == session.id).limit(1)) is None:
            session.state = SessionState.CALLED_OFF
            session.why_off = "the schedule changed"
        else:
            kept += 1
    work.session.flush()
    _revive(work, group)
    plan_sessions(work, group)
    return kept


def _revive(work: Work, group: Group) -> None:
    """Days that the new schedule has as well are on again, at the new time."""
    if not group.rrule or not group.running:
        return
    off = {
        session.occurs_on: session
        for session in work.session.scalars(
            select(Session_).where(
                Session_.group_id == group.id,
                Session_.starts_at > work.now,
                Session_.state == SessionState.CALLED_OFF,
                Session_.why_off == "the schedule changed",
            )
        )
    }
    if not off:
        return
    today = work.local_now.date()
    last = max(off) if group.ended_on is None else min(max(off), group.ended_on)
    for day in occurrences(group.rrule, group.first_date or today, today, last):
        if day in off:
            fresh = off[day]
            fresh.state, fresh.why_off = SessionState.PLANNED, ""
            fresh.starts_at = moment(work, f"{day.isoformat()}T{group.start_time}")
            fresh.ends_at = fresh.starts_at + timedelta(minutes=group.minutes)
            fresh.capacity, fresh.venue_id = group.capacity, group.venue_id
            fresh.meeting_point = group.meeting_point


def add_one_session(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """One more date of a group."""
    group = find(work, Group, args["group"], "group")
    day = date.fromisoformat(args["on"])
    if day < work.local_now.date():
        raise DeskError("that day is past; choose one that is to come")
    known = work.session.scalar(
        select(Session_.id).where(Session_.group_id == group.id, Session_.occurs_on == day)
    )
    if known is not None:
        raise DeskError("the group has a session on that day already")
    start = time.fromisoformat(args["at"]) if args.get("at") else None
    return {"session": add_session(work, group, day, start).id}


def message_session(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Write the same words to everybody who has a place on a session."""
    session = find(work, Session_, args["session"], "session")
    text = args["text"].strip()
    if not text:
        raise DeskError("write something first")
    told = 0
    for place in work.session.scalars(select(Place).where(Place.session_id == session.id).order_by(Place.id)):
        address = reach(work, place.person) if place.state.open else None
        if address is None:
            continue
        sent = put(
            work,
            address,
            Say("desk.message", text),
            kind=OutboundKind.BEGUN,
            person=place.person,
            session_id=session.id,
            by_user=work.actor,
            expires_at=session.ends_at,
        )
        told += sent is not None
    return {"session": session.id, "told": told}


def add_duty(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Put somebody on the duty rota."""
    person = find(work, Person, args["person"], "person")
    start, until = args.get("start"), args.get("until")
    if bool(start) != bool(until):
        raise DeskError("say both from when and until when, or neither")
    days = sorted({key for key in args.get("weekdays") or [] if isinstance(key, int) and 0 <= key <= 6})
    work.session.add(
        Duty(
            network_id=work.network.id,
            person_id=person.id,
            position=args.get("position") or 1,
            weekdays=days,
            start=start or None,
            until=until or None,
        )
    )
    return {"person": person.id}


def end_duty(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Take somebody off the duty rota."""
    duty = find(work, Duty, args["duty"], "duty")
    work.session.delete(duty)
    return {"duty": args["duty"]}


ACTIONS: Mapping[str, DeskAction] = {
    "add_group": DeskAction("Make a group.", FIELDS, add_group),
    "change_group": DeskAction("Change a group.", {"group": GROUP, **FIELDS}, change_group),
    "add_session": DeskAction(
        "One more date of a group.",
        {"group": GROUP, "on": Argument("date", "the day"), "at": optional("time", "when it starts")},
        add_one_session,
    ),
    "message_session": DeskAction(
        "Write the same words to everybody who has a place on a session.",
        {"session": SESSION, "text": Argument("text", "what to say")},
        message_session,
    ),
    "add_duty": DeskAction(
        "Put a person on the duty rota.",
        {
            "person": PERSON,
            "position": optional("id", "1 is told first"),
            "weekdays": optional("list", "0 Monday to 6 Sunday; empty is every day"),
            "start": optional("time", "on duty from"),
            "until": optional("time", "on duty until"),
        },
        add_duty,
    ),
    "end_duty": DeskAction("Take a line off the duty rota.", {"duty": Argument("id", "the line")}, end_duty),
}
