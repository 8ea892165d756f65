"""What staff do on somebody's thread: write, ask, take over, hand back, and mend how they are reached."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from wellbeing_bot.conversation import Say
from wellbeing_bot.messages import Address
from wellbeing_bot.service import tasks
from wellbeing_bot.service.desk.base import (
    PERSON,
    Argument,
    DeskAction,
    DeskError,
    find,
)
from wellbeing_bot.service.hearing import urgent
from wellbeing_bot.service.people import (
    address_row,
    addresses_of,
    link_address,
    open_hold,
    reach,
)
from wellbeing_bot.service.sending.outbox import put
from wellbeing_bot.service.talking import start
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Person, PersonAddress
from wellbeing_bot.store.states import OutboundKind


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


ACTIONS: Mapping[str, DeskAction] = {
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
    "hand_back": DeskAction("Let the bot speak with a person again.", {"person": PERSON}, hand_back),
    "hold": DeskAction("Take over a person's conversation.", {"person": PERSON}, hold_person),
    "correct_address": DeskAction(
        "Change how a person is reached.",
        {
            "person": PERSON,
            "to": Argument("text", "sms:+447700900123 or telegram:123456"),
            "line": Argument("text", "the number or bot they are texted from", needed=False),
        },
        correct_address,
    ),
}
