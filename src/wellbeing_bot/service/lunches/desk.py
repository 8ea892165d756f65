"""What staff do about lunches: slots, invitations, checking in, and bringing two people together again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from wellbeing_bot.service.desk.base import (
    PLACE,
    SESSION,
    Argument,
    DeskAction,
    DeskError,
    find,
    moment,
    optional,
)
from wellbeing_bot.service.lunches import companions, invitations, meet_again, slots
from wellbeing_bot.service.places import afterwards
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import MeetAgain, Person, Place, Session_, Slot, SlotBooking
from wellbeing_bot.store.states import PlaceState, SessionState, SlotState


def add_slot(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """An agency offers a time at a session."""
    session = find(work, Session_, args["session"], "session")
    starts_at = moment(work, args["at"])
    if not session.starts_at <= starts_at < session.ends_at:
        raise DeskError("that time is outside the session; choose one within it")
    what = args["what"].strip()[:60]
    same = [
        slot for slot in slots.slots_of(work, session) if slot.what == what and slot.starts_at == starts_at
    ]
    slot = (
        same[0]
        if same
        else Slot(network_id=work.network.id, session_id=session.id, what=what, starts_at=starts_at)
    )
    slot.agency = (args.get("agency") or "").strip()[:80]
    slot.capacity = args.get("people") or 1
    work.session.add(slot)
    work.session.flush()
    return {"slot": slot.id, "at": _local(work, slot.starts_at)}


def book_slot(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Sign somebody up to a slot."""
    place = find(work, Place, args["place"], "place")
    slot = find(work, Slot, args["slot"], "slot")
    if slot.session_id != place.session_id:
        raise DeskError("that slot is at another session than the place")
    if not slots.book(work, place, slot):
        raise DeskError("that slot is taken, past, or at the same time as another of theirs")
    return {"slot": slot.id, "place": place.id, "person": place.person_id}


def withdraw_slot(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Give up somebody's slot; the place stays."""
    booking = find(work, SlotBooking, args["booking"], "slot booking")
    if booking.state is SlotState.BOOKED:
        slots.withdraw(work, booking)
    return {"slot": booking.slot_id, "place": booking.place_id}


def invite(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Invite a list of people; each is told once."""
    session = find(work, Session_, args["session"], "session")
    if session.state is not SessionState.PLANNED or session.starts_at <= work.now:
        raise DeskError("that session is off or has begun; choose one that is to come")
    if not all(isinstance(key, int) and not isinstance(key, bool) for key in args["people"]):
        raise DeskError("people must be a list of the people's numbers")
    people = [find(work, Person, key, "person") for key in dict.fromkeys(args["people"])]
    return {"session": session.id, **invitations.invite(work, session, people)}


def check_in(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """They have come in at the door: on the register, and what they are booked on today."""
    place = find(work, Place, args["place"], "place")
    day = place.session.starts_at.astimezone(work.zone).date()
    if day != work.local_now.date():
        raise DeskError(f"that place is for {day.isoformat()}, which is not today")
    if place.state in {PlaceState.WITHDRAWN, PlaceState.WAITLISTED, PlaceState.OFFERED, PlaceState.NO_SEAT}:
        place.state = PlaceState.BOOKED  # they are standing at the door
    afterwards.register_says(work, place, came=True)
    booked = [
        {"slot": booking.slot_id, "what": booking.slot.what, "at": _local(work, booking.slot.starts_at)}
        for booking in slots.bookings_of(work, place)
    ]
    return {"place": place.id, "state": place.state.value, "person": place.person_id, "slots": booked}


def set_party(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """How many a place stands for."""
    place = find(work, Place, args["place"], "place")
    if args["people"] < 1:
        raise DeskError("a place is for one person or more")
    fits = companions.set_party(work, place, args["people"])
    return {"place": place.id, "people": place.party, "fits": fits}


def match_meet_again(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Say whom somebody would like to meet again. That person is asked; nobody is named before both agree."""
    row = find(work, MeetAgain, args["wish"], "wish")
    other = find(work, Person, args["person"], "person")
    place = work.session.scalars(
        select(Place).where(Place.session_id == row.session_id, Place.person_id == row.wisher_id)
    ).one()
    if other.id not in {person.id for person in meet_again.others_at(work, place)}:
        raise DeskError("that person was not there; choose somebody who was")
    meet_again.match(work, row, other)
    return {"wish": row.id, "state": row.state.value}


def _local(work: Work, at: datetime) -> str:
    return at.astimezone(work.zone).strftime("%H:%M")


ACTIONS: Mapping[str, DeskAction] = {
    "add_slot": DeskAction(
        "An agency offers a time at a session.",
        {
            "session": SESSION,
            "what": Argument("text", "what it is: blood pressure check"),
            "at": Argument("moment", "when"),
            "agency": optional("text", "who offers it"),
            "people": optional("id", "how many it is for; one if left out"),
        },
        add_slot,
    ),
    "book_slot": DeskAction(
        "Sign somebody up to a slot.",
        {"place": PLACE, "slot": Argument("id", "the slot's number")},
        book_slot,
    ),
    "withdraw_slot": DeskAction(
        "Give up a slot; the place stays.",
        {"booking": Argument("id", "the slot booking's number")},
        withdraw_slot,
    ),
    "invite": DeskAction(
        "Invite people to a session; each is told once.",
        {"session": SESSION, "people": Argument("list", "the people's numbers")},
        invite,
    ),
    "check_in": DeskAction("Somebody has come in at the door.", {"place": PLACE}, check_in),
    "set_party": DeskAction(
        "How many a place stands for.",
        {"place": PLACE, "people": Argument("id", "how many, the person included")},
        set_party,
    ),
    "match_meet_again": DeskAction(
        "Say whom somebody would like to meet again.",
        {"wish": Argument("id", "the wish's number"), "person": Argument("id", "whom they mean")},
        match_meet_again,
    ),
}
