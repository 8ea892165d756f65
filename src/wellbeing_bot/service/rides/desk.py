"""What staff do about lifts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wellbeing_bot.service.desk.base import (
    PLACE,
    RIDE,
    SESSION,
    Argument,
    DeskAction,
    DeskError,
    find,
    optional,
)
from wellbeing_bot.service.rides import answering, asking, changing, drivers
from wellbeing_bot.service.rides.answer_file import Answer, read_time
from wellbeing_bot.service.rides.rows import UNDER_WAY
from wellbeing_bot.service.rides.sending import send_list
from wellbeing_bot.service.rides.uploading import take_answers
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Place, Ride, RideProvider, Session_
from wellbeing_bot.store.states import RideState, SessionState


def confirm_ride(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """The lift is on, with a pick-up window; the patient is told and its tasks are done."""
    ride = _answerable(work, args["ride"])
    start, until = args.get("from"), args.get("until")
    if ride.there and not start:
        raise DeskError("a lift there needs a pick-up time; give from, and until if it is a window")
    if start and until and until < start:
        raise DeskError("the pick-up ends before it begins; change from or until")
    starts = ride.place.session.starts_at.astimezone(work.zone).strftime("%H:%M")
    if ride.there and start and max(start, until or start)[:5] >= starts:
        raise DeskError(f"that is too late: it starts at {starts}")
    if args.get("provider"):
        ride.provider = find(work, RideProvider, args["provider"], "ride provider")
    answering.confirm(work, ride, start[:5] if start else None, until[:5] if until else None, work.actor)
    return _result(ride)


def refuse_ride(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """The provider cannot take them; the patient is told, and a task asks for another way."""
    ride = _answerable(work, args["ride"])
    answering.refuse(work, ride, args.get("why") or "")
    return _result(ride)


def _answerable(work: Work, key: int) -> Ride:
    ride = find(work, Ride, key, "ride")
    if ride.state not in answering.ANSWERABLE or not ride.place.state.coming:
        raise DeskError("that lift is not needed any more, or it is over")
    return ride


def request_ride(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for a lift for somebody, as if they had by text."""
    place = find(work, Place, args["place"], "place")
    if not place.state.coming:
        raise DeskError("they have no place there; book it first")
    if place.session.state is not SessionState.PLANNED or place.session.starts_at <= work.now:
        raise DeskError("that session is off or has begun; choose one that is to come")
    there, back = args.get("there", True), args.get("back", True)
    if not there and not back:
        raise DeskError("a lift goes there, home, or both")
    known = set(place.person.access_needs)
    wanted = asking.Wanted(
        there=there,
        back=back,
        pick_up=args["pick_up"],
        needs=tuple(sorted(known | {str(need) for need in args.get("needs") or []})),
        party=args.get("people") or place.party,
        phone=args.get("phone") or "",
    )
    ride, outcome = asking.request(work, place, wanted)
    return {**_result(ride), "outcome": outcome}


def withdraw_ride(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """The lift is not needed; the place stays."""
    ride = find(work, Ride, args["ride"], "ride")
    if ride.state in UNDER_WAY:
        changing.withdraw(work, ride)
    return _result(ride)


def ask_drivers(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Ask the volunteer drivers, one at a time: the list has gone, or the provider cannot."""
    ride = find(work, Ride, args["ride"], "ride")
    if ride.state not in {RideState.REQUESTED, RideState.REFUSED} or not ride.place.state.coming:
        raise DeskError("that lift is with a driver already, not needed any more, or over")
    ride.state = RideState.REQUESTED
    ride.provider = None
    ride.sent_at = None
    ride.ask_round += 1
    work.session.flush()
    asking.plan_for_ride(work, ride)
    asked = drivers.ask_next(work, ride, tell_patient=False)
    return {**_result(ride), "asked": asked}


def send_lift_list(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Send a provider its list now, before the cut-off."""
    session = find(work, Session_, args["session"], "session")
    provider = find(work, RideProvider, args["provider"], "ride provider")
    return {"session": session.id, "sent": send_list(work, provider, session)}


def lift_answers(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Take a provider's answers, as ``read_upload`` makes them of the file it sent back."""
    session = find(work, Session_, args["session"], "session")
    provider = find(work, RideProvider, args["provider"], "ride provider")
    answers = [_given(one) for one in args["answers"]]
    return {"session": session.id, **take_answers(work, provider, session, answers)}


def _given(written: Any) -> Answer:
    if not isinstance(written, dict) or not isinstance(written.get("ride"), int):
        raise DeskError("each answer is a ride with from and until, or with refused")
    try:
        start, until = read_time(str(written.get("from") or "")), read_time(str(written.get("until") or ""))
    except ValueError as error:
        raise DeskError(f"the time {error}") from None
    return Answer(written["ride"], start, until or start, str(written.get("refused") or ""))


def _result(ride: Ride) -> dict[str, Any]:
    return {"ride": ride.id, "state": ride.state.value, "person": ride.person_id}


_PROVIDER = Argument("id", "the ride provider's number")

ACTIONS: Mapping[str, DeskAction] = {
    "confirm_ride": DeskAction(
        "Confirm a lift with its pick-up window; the patient is told.",
        {
            "ride": RIDE,
            "from": optional("time", "when the pick-up window begins; may be left out for a lift home only"),
            "until": optional("time", "when it ends; left out, the pick-up is at one time"),
            "provider": optional("id", "the ride provider's number, when somebody else drives"),
        },
        confirm_ride,
    ),
    "refuse_ride": DeskAction(
        "The provider cannot take them; the patient is told.",
        {"ride": RIDE, "why": optional("text", "why, shown to staff only")},
        refuse_ride,
    ),
    "request_ride": DeskAction(
        "Ask for a lift for somebody.",
        {
            "place": PLACE,
            "pick_up": Argument("text", "the address the driver comes to"),
            "there": optional("yes_no", "a lift there; yes if left out"),
            "back": optional("yes_no", "a lift home; yes if left out"),
            "needs": optional("list", "wheelchair, walking_frame, guide_dog, oxygen ..."),
            "people": optional("id", "how many ride, the person included"),
            "phone": optional("text", "the phone to ring on the day"),
        },
        request_ride,
    ),
    "withdraw_ride": DeskAction("A lift is not needed; the place stays.", {"ride": RIDE}, withdraw_ride),
    "ask_drivers": DeskAction("Ask the volunteer drivers about a lift.", {"ride": RIDE}, ask_drivers),
    "send_lift_list": DeskAction(
        "Send a provider its list before the cut-off.",
        {"session": SESSION, "provider": _PROVIDER},
        send_lift_list,
    ),
    "lift_answers": DeskAction(
        "Take a provider's answers: pick-up windows and refusals.",
        {
            "session": SESSION,
            "provider": _PROVIDER,
            "answers": Argument("list", "each {ride, from, until} or {ride, refused}"),
        },
        lift_answers,
    ),
}
