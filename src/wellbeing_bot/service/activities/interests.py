"""Interest lists: who would come to a group that does not run yet, and telling each once at its launch."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any, Literal

from sqlalchemy import select, update

from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.activities.sessions import is_member, meeting_point, plan_sessions, upcoming
from wellbeing_bot.service.calls.putting import number_to_ring
from wellbeing_bot.service.desk.base import GROUP, PERSON, DeskAction, DeskError, find, optional
from wellbeing_bot.service.people import WHILE_HELD_AGAIN, person_is_held, reach
from wellbeing_bot.service.places.booking import coming_places
from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.tasks import finish_occurrence, schedule
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Group, Interest, Person, Reminder, Session_

How = Literal["told", "to_ring", "later", "not_told", "already"]
"""Texted now; rung; paused or with a human just now; not to be reached; has a place there already."""

MORNING = time(9, 0)
"""When somebody who was away is told, on the day they are back."""


def waiting_people(work: Work, group: Group) -> list[Person]:
    """Everybody on a group's list who has not been told yet, whoever asked first coming first."""
    rows = work.session.scalars(
        select(Person)
        .join(Interest, Interest.person_id == Person.id)
        .where(
            Interest.group_id == group.id,
            Interest.told_at.is_(None),
            Person.erased_at.is_(None),
            Person.merged_into_id.is_(None),
        )
        .order_by(Interest.at, Interest.id)
    )
    return list(dict.fromkeys(rows))


def how_told(work: Work, person: Person, group: Group) -> How:
    """What a launch would do for somebody just now."""
    if is_member(work, person.id, group.id) or coming_places(work, person, group):
        return "already"
    if person.away_on(work.local_now.date()) or person_is_held(work, person):
        return "later"
    if reach(work, person) is None:
        return "to_ring" if number_to_ring(work, person) is not None else "not_told"
    return "told"


def launch(work: Work, group: Group) -> dict[str, list[int]]:
    """The group runs from now on, and each on its list is told once. Again: only who has not been told.

    Returns the people by what became of them, see ``How``.

    Raises:
        DeskError: the group has no date to come.
    """
    if not group.running or group.launched_at is None:
        group.running = True
        group.launched_at = work.now
        work.session.flush()
        plan_sessions(work, group)
    if not upcoming(work, group, limit=1):
        raise DeskError("the group has no date to come; give it a schedule or add a date first")
    done: dict[str, list[int]] = {"told": [], "to_ring": [], "later": [], "not_told": [], "already": []}
    for person in waiting_people(work, group):
        done[tell_one(work, person, group)].append(person.id)
    return done


def tell_one(work: Work, person: Person, group: Group) -> How:
    """Tell one person, unless they were told, or must be left in peace just now."""
    how = how_told(work, person, group)
    if how == "later":
        _tell_later(work, person, group)
    elif how in {"told", "to_ring"}:
        _tell(work, person, group, upcoming(work, group, limit=1)[0])
    if how in {"told", "to_ring", "already"}:
        _settle(work, person, group)
    return how


def _tell(work: Work, person: Person, group: Group, session: Session_) -> None:
    from wellbeing_bot.service.talking import start  # a yes books a place

    facts = {
        "first_name": person.first_name or "there",
        "group": neutral_name(group),
        "when": when_words(session.starts_at, work.zone, person.language),
        "meeting_point": meeting_point(work, session),
    }
    address = reach(work, person)
    if address is None:
        tell(
            work, person, "group_starts", facts, session=session, occurrence=f"launch:{group.id}:{person.id}"
        )
        return
    start(
        work,
        "group_launched",
        address,
        person,
        {**facts, "session": session.id},
        session_id=session.id,
        subject=f"launch:{group.id}",
    )


def _settle(work: Work, person: Person, group: Group) -> None:
    mine = select(Interest.id).where(
        Interest.person_id == person.id, Interest.group_id == group.id, Interest.told_at.is_(None)
    )
    for key in work.session.scalars(mine).all():
        finish_occurrence(work, f"interest:{key}", "the group was launched")
    work.session.execute(update(Interest).where(Interest.id.in_(mine)).values(told_at=work.now))


def _tell_later(work: Work, person: Person, group: Group) -> None:
    due = _back(work, person)
    reminder = schedule(
        work, "launch_later", f"launch_later:{group.id}:{person.id}", due, person_id=person.id
    )
    reminder.payload = {"group": group.id}


def _back(work: Work, person: Person) -> datetime:
    until = person.paused_until
    if until is None or not person.away_on(work.local_now.date()):
        return work.now + WHILE_HELD_AGAIN
    return work.allowed(datetime.combine(until, MORNING, tzinfo=work.zone).astimezone(UTC))


def launch_later(work: Work, reminder: Reminder) -> datetime | None:
    """Somebody who was away is back: now they are told, if the group still runs and they still wait."""
    group = work.session.get_one(Group, int(reminder.payload["group"]))
    person = work.session.get_one(Person, reminder.person_id)
    over = group.ended_on is not None and group.ended_on < work.local_now.date()
    if over or not upcoming(work, group, limit=1) or person not in waiting_people(work, group):
        return None
    if how_told(work, person, group) == "later":
        return _back(work, person)
    tell_one(work, person, group)
    return None


def launch_group(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """The desk's launch; with ``look``, only who would be told and how."""
    group = find(work, Group, args["group"], "group")
    if args.get("look"):
        found: dict[str, list[int]] = {}
        for person in waiting_people(work, group):
            found.setdefault(how_told(work, person, group), []).append(person.id)
        return {"group": group.id, **found}
    return {"group": group.id, **launch(work, group)}


def add_interest(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Put somebody on the list of a group."""
    group = find(work, Group, args["group"], "group")
    person = find(work, Person, args["person"], "person")
    if person not in waiting_people(work, group):
        work.session.add(
            Interest(network_id=work.network.id, person_id=person.id, group_id=group.id, at=work.now)
        )
    return {"group": group.id, "person": person.id}


ACTIONS: Mapping[str, DeskAction] = {
    "launch_group": DeskAction(
        "A group begins to run: each on its interest list is told once.",
        {"group": GROUP, "look": optional("yes_no", "only say who would be told; nothing is sent")},
        launch_group,
    ),
    "add_interest": DeskAction(
        "Put somebody on the interest list of a group.", {"person": PERSON, "group": GROUP}, add_interest
    ),
}
KINDS = {"launch_later": launch_later}
