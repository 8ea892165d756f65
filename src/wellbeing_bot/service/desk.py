"""What staff do, by name. The web desk, the simulator and the API all come through here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from wellbeing_bot.conversation import Say
from wellbeing_bot.messages import Address
from wellbeing_bot.service import (
    afterwards,
    calling_off,
    desk_activities,
    desk_champions,
    desk_links,
    desk_people,
    desk_settings,
    desk_tasks,
    goals,
    interests,
    places,
    rewording,
    tasks,
    urgent,
)
from wellbeing_bot.service.calls import outcomes as call_outcomes
from wellbeing_bot.service.clinics import desk as clinics_desk
from wellbeing_bot.service.desk_base import (
    PERSON,
    PLACE,
    SESSION,
    TASK,
    Argument,
    ArgumentType,
    DeskAction,
    DeskError,
    find,
    find_task,
    moment,
)
from wellbeing_bot.service.directory import desk as directory_desk
from wellbeing_bot.service.long_work import steps as long_work
from wellbeing_bot.service.lunches import desk as lunches_desk
from wellbeing_bot.service.monitors import desk as monitors_desk
from wellbeing_bot.service.outbox import put
from wellbeing_bot.service.people import (
    address_row,
    addresses_of,
    link_address,
    may_text,
    open_hold,
    people_at,
    reach,
)
from wellbeing_bot.service.questionnaires import desk as questionnaires_desk
from wellbeing_bot.service.rides import desk as rides_desk
from wellbeing_bot.service.talking import start
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers import desk as workers_desk
from wellbeing_bot.store import AddressRow, Audit, Person, PersonAddress, Place, Session_
from wellbeing_bot.store.states import OutboundKind, SessionState, Urgency

__all__ = ["DESK", "Argument", "DeskAction", "DeskError", "blocked_by_person", "known", "perform"]


def known(action: str, args: Mapping[str, Any]) -> DeskAction:
    """The action of that name, its arguments checked.

    Raises:
        DeskError: no such action, or an argument is missing, unknown or of the wrong type.
    """
    found = DESK.get(action)
    if found is None:
        raise DeskError(f"there is no action {action!r}; there are {', '.join(sorted(DESK))}")
    for name in args:
        if name not in found.takes:
            raise DeskError(f"{action} takes no {name!r}; it takes {', '.join(found.takes) or 'nothing'}")
    for name, argument in found.takes.items():
        if args.get(name) is None:
            if argument.needed:
                raise DeskError(f"{action} needs {name}: {argument.about}")
        elif not _fits(args[name], argument.type):
            raise DeskError(f"{name} of {action} must be {_TYPE_WORDS[argument.type]}")
    return found


_TYPE_WORDS: Mapping[ArgumentType, str] = {
    "id": "a whole number",
    "text": "text",
    "yes_no": "true or false",
    "moment": "a time such as 2026-11-26T10:00",
    "date": "a date such as 2026-11-26",
    "time": "a time of day such as 10:00",
    "list": "a list",
}


def _fits(value: Any, kind: ArgumentType) -> bool:
    try:
        match kind:
            case "id":
                return isinstance(value, int) and not isinstance(value, bool)
            case "yes_no":
                return isinstance(value, bool)
            case "list":
                return isinstance(value, list)
            case "moment":
                return isinstance(value, str) and datetime.fromisoformat(value) is not None
            case "date":
                return isinstance(value, str) and datetime.strptime(value, "%Y-%m-%d") is not None  # noqa: DTZ007 - a date
            case "time":
                return isinstance(value, str) and time.fromisoformat(value) is not None
            case _:
                return isinstance(value, str)
    except ValueError:
        return False


def perform(work: Work, action: str, args: Mapping[str, Any]) -> dict[str, Any]:
    """Do it, and keep who did."""
    found = known(action, args)
    result = found.run(work, args)
    person_id = result.get("person") if isinstance(result.get("person"), int) else args.get("person")
    if work.inbound is not None and isinstance(person_id, int):
        work.inbound.person_id = person_id  # so that what was typed about somebody is found again
    work.session.add(
        Audit(
            network_id=work.network.id,
            by=work.actor,
            what=action,
            person_id=person_id if isinstance(person_id, int) else None,
            details={name: value for name, value in args.items() if isinstance(value, int | bool)},
            at=work.now,
        )
    )
    work.session.flush()
    return result


def reply_to_person(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Write to somebody from the thread. Says whether it went, and why not."""
    person = find(work, Person, args["person"], "person")
    rows = addresses_of(work, person)
    address = reach(work, person)
    if address is None:
        return {"sent": False, "why": _why_not(rows, person)}
    if open_hold(work, address) is None:
        _hold_for_a_time(work, address, person, "staff_reply")
    row = put(
        work,
        address,
        Say("desk.reply", args["text"]),
        kind=OutboundKind.REPLY,
        person=person,
        by_user=work.actor,
    )
    return {"sent": row is not None, "message": row.id if row else None, "person": person.id}


def _hold_for_a_time(work: Work, address: AddressRow, person: Person, why: str) -> None:
    """A human has it; after the time the network sets the bot takes back by itself, and says so."""
    until = work.now + timedelta(hours=work.settings.hold_hours)
    held = urgent.hold(work, address, person, why=why, by=work.actor, until=until)
    reminder = tasks.schedule(work, "hold_ends", f"hold_ends:{held.id}", until, address_id=address.id)
    reminder.payload = {"hold": held.id}


def ask_person(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Ask somebody a question in one's own words; the answer comes back to the worklist."""
    person = find(work, Person, args["person"], "person")
    address = reach(work, person)
    if address is None:
        return {"sent": False, "why": _why_not(addresses_of(work, person), person), "person": person.id}
    row = start(work, "staff_question", address, person, {"question": args["text"], "asked_by": work.actor})
    return {"sent": True, "conversation": row.id, "person": person.id}


def _why_not(rows: list[AddressRow], person: Person) -> str:
    if not rows:
        return (
            "They have no mobile or Telegram. Ring them."
            if person.landline
            else "There is no way to text them."
        )
    if any(row.opted_out_at for row in rows):
        return "They asked for no more texts. Only they can change that, by texting START."
    if any(row.carrier_blocked_at for row in rows):
        return "The phone company blocks our texts to them until they text START."
    return "Their phone cannot be reached."


def acknowledge(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Say that one has a task; an urgent one stops escalating."""
    task = find_task(work, args["task"])
    tasks.acknowledge(work, task, work.actor)
    return {"task": task.id, "state": task.state.value}


def finish_task(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """A task is done."""
    task = find_task(work, args["task"])
    if args.get("note"):
        tasks.note(work, task, work.actor, args["note"])
    tasks.finish(work, task, work.actor)
    return {"task": task.id, "state": task.state.value}


def note_task(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Add a note for colleagues."""
    task = find_task(work, args["task"])
    tasks.note(work, task, work.actor, args["text"])
    return {"task": task.id}


def assign_task(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Give a task to somebody."""
    task = find_task(work, args["task"])
    task.assigned_to = args["to"]
    return {"task": task.id}


def hand_back(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Let the bot speak with this person again."""
    person = find(work, Person, args["person"], "person")
    for address in addresses_of(work, person):
        urgent.hand_back(work, address)
    return {"person": person.id}


def hold_person(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Take over the conversation for a set time: the bot asks and nudges nothing."""
    person = find(work, Person, args["person"], "person")
    for address in addresses_of(work, person):
        if open_hold(work, address) is None:
            _hold_for_a_time(work, address, person, "staff")
    return {"person": person.id}


def call_off_session(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Call a session off; everybody concerned is told once."""
    session = find(work, Session_, args["session"], "session")
    told = calling_off.call_off(work, session, args.get("why") or "")
    return {"session": session.id, "told": told}


def move_session(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Move a session in time or place; everybody concerned is told once."""
    session = find(work, Session_, args["session"], "session")
    starts = moment(work, args["to"]) if args.get("to") else None
    if starts is not None and starts <= work.now:
        raise DeskError("that time is past; choose one that is to come")
    told = calling_off.move(work, session, starts, args.get("meeting_point") or "")
    return {"session": session.id, "told": told}


def book(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Book a place for somebody."""
    person = find(work, Person, args["person"], "person")
    session = find(work, Session_, args["session"], "session")
    if session.state is not SessionState.PLANNED or session.starts_at <= work.now:
        raise DeskError("that session is off or has begun; choose one that is to come")
    place = places.sign_up(work, person, session, source="staff")
    return {"place": place.id, "state": place.state.value, "person": person.id}


def withdraw(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Give up somebody's place; all that hangs on it follows."""
    place = find(work, Place, args["place"], "place")
    places.withdraw(work, place, why="staff")
    return {"place": place.id, "state": place.state.value, "person": place.person_id}


def attendance(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """The register: came or did not."""
    place = find(work, Place, args["place"], "place")
    afterwards.register_says(work, place, came=args["came"])
    return {"place": place.id, "state": place.state.value, "person": place.person_id}


def correct_address(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Change the number or Telegram id somebody is reached at; the old one is let go."""
    person = find(work, Person, args["person"], "person")
    try:
        address = Address.parse(args["to"])
    except ValueError as error:
        raise DeskError(str(error)) from None
    for row in addresses_of(work, person):
        if row.channel == address.channel and str(row) != str(address):
            link = work.session.scalar(
                select(PersonAddress).where(
                    PersonAddress.person_id == person.id, PersonAddress.address_id == row.id
                )
            )
            if link is not None:
                link.ended_at = work.now
    new = address_row(work, address, line=args.get("line") or "")
    link_address(work, person, new)
    return {"person": person.id, "address": str(new)}


def blocked_by_person(work: Work, address: AddressRow) -> None:
    """They blocked the bot. Nothing more is sent there; a person is told which ways remain."""
    address.unreachable_at = work.now
    address.unreachable_why = "blocked"
    people = people_at(work, address)
    for person in people:
        other = [row for row in addresses_of(work, person) if row.id != address.id and may_text(row)]
        tasks.raise_task(
            work,
            "blocked",
            urgency=Urgency.SOON,
            person=person,
            address=address,
            occurrence=f"blocked:{address.id}:{work.now.isoformat()}",
            summary="They blocked the bot on Telegram. "
            + ("Texts go to their phone instead." if other else "There is no other way to text them."),
        )


DESK: Mapping[str, DeskAction] = {
    "reply": DeskAction(
        "Write to a person from the thread.",
        {"person": PERSON, "text": Argument("text", "what to say")},
        reply_to_person,
    ),
    "ask": DeskAction(
        "Ask a person something in one's own words; the answer comes back as a task.",
        {"person": PERSON, "text": Argument("text", "the question")},
        ask_person,
    ),
    "acknowledge": DeskAction("Say that one has a task.", {"task": TASK}, acknowledge),
    "done": DeskAction(
        "A task is done.", {"task": TASK, "note": Argument("text", "a note", needed=False)}, finish_task
    ),
    "note": DeskAction(
        "Add a note to a task.", {"task": TASK, "text": Argument("text", "the note")}, note_task
    ),
    "assign": DeskAction(
        "Give a task to somebody.", {"task": TASK, "to": Argument("text", "a colleague's name")}, assign_task
    ),
    "hand_back": DeskAction("Let the bot speak with a person again.", {"person": PERSON}, hand_back),
    "hold": DeskAction("Take over a person's conversation.", {"person": PERSON}, hold_person),
    "call_off_session": DeskAction(
        "Call a session off; everybody is told once.",
        {"session": SESSION, "why": Argument("text", "why, shown to nobody outside", needed=False)},
        call_off_session,
    ),
    "move_session": DeskAction(
        "Move a session in time or place; everybody is told once.",
        {
            "session": SESSION,
            "to": Argument("moment", "the new start", needed=False),
            "meeting_point": Argument("text", "the new meeting point", needed=False),
        },
        move_session,
    ),
    "book": DeskAction("Book a place for a person.", {"person": PERSON, "session": SESSION}, book),
    "withdraw": DeskAction("Give up a person's place.", {"place": PLACE}, withdraw),
    "attendance": DeskAction(
        "The register: came or did not.",
        {"place": PLACE, "came": Argument("yes_no", "whether they came")},
        attendance,
    ),
    "correct_address": DeskAction(
        "Change how a person is reached.",
        {
            "person": PERSON,
            "to": Argument("text", "sms:+447700900123 or telegram:123456"),
            "line": Argument("text", "the number or bot they are texted from", needed=False),
        },
        correct_address,
    ),
    **desk_tasks.ACTIONS,
    **desk_people.ACTIONS,
    **long_work.ACTIONS,
    **rewording.ACTIONS,
    **desk_activities.ACTIONS,
    **desk_champions.ACTIONS,
    **desk_settings.ACTIONS,
    **rides_desk.ACTIONS,
    **lunches_desk.ACTIONS,
    **questionnaires_desk.ACTIONS,
    **call_outcomes.ACTIONS,
    **desk_links.ACTIONS,
    **workers_desk.ACTIONS,
    **directory_desk.ACTIONS,
    **clinics_desk.ACTIONS,
    **interests.ACTIONS,
    **goals.ACTIONS,
    **monitors_desk.ACTIONS,
}
