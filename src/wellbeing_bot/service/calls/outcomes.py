"""What came of a call, typed in. An answer given by telephone takes the same road as one by text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wellbeing_bot.service.calls.call_list import finish_if_all_made
from wellbeing_bot.service.calls.office import TASK
from wellbeing_bot.service.calls.putting import GOT_THERE, WANTS_PLACE, waiting
from wellbeing_bot.service.desk.base import Argument, DeskAction, DeskError, find, optional
from wellbeing_bot.service.places import afterwards, booking, offering, signing_up
from wellbeing_bot.service.tasks import due_in, note, open_task, raise_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import CallToMake, Place, Session_
from wellbeing_bot.store.states import CallState, Urgency

Answer = Callable[[Work, Place], str]


def call_outcome(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what came of a call, and do what follows from it."""
    call = find(work, CallToMake, args["call"], "call")
    outcome = args["outcome"]
    if outcome not in OUTCOMES:
        raise DeskError(f"choose an outcome: {', '.join(OUTCOMES)}")
    if call.state is not CallState.TO_MAKE:
        raise DeskError("that call is no longer to be made")
    if outcome == "left_word" and call.person.never_leave_word:
        raise DeskError("they asked that no word is left with anybody; please try again later")
    result: dict[str, Any] = {"call": call.id, "person": call.person_id}
    answer = ANSWERS.get(outcome)
    if answer is not None:
        result |= _answered(work, call, answer)
    elif outcome == "wrong_number":
        _wrong_number(work, call)
    call.tries += 1
    call.outcome = outcome
    if outcome != "no_answer":
        call.state = CallState.MADE
        call.made_at, call.made_by = work.now, work.actor
    work.session.flush()
    if args.get("note"):
        task = open_task(work, TASK)
        if task is not None:
            note(work, task, work.actor, args["note"])
    finish_if_all_made(work)
    return {**result, "state": call.state.value}


def _answered(work: Work, call: CallToMake, answer: Answer) -> dict[str, Any]:
    place = _place(work, call)
    if place is None:
        raise DeskError("that call is about no place of theirs; choose reached, left_word or no_answer")
    said = answer(work, place)
    return {"place": place.id, "place_state": place.state.value, "answer": said}


def _place(work: Work, call: CallToMake) -> Place | None:
    if call.place_id is not None:
        return work.session.get_one(Place, call.place_id)
    if call.session_id is None:
        return None
    return booking.place_of(work, call.person, work.session.get_one(Session_, call.session_id))


def _coming(work: Work, place: Place) -> str:
    if not place.state.open:
        raise DeskError("they have no place there any more; book one for them if there is room")
    booking.confirm(work, place)
    return "coming"


def _not_coming(work: Work, place: Place) -> str:
    signing_up.withdraw(work, place)
    return "not_coming"


def _came(work: Work, place: Place) -> str:
    return afterwards.patient_says(work, place, came=True)


def _did_not_come(work: Work, place: Place) -> str:
    afterwards.patient_says(work, place, came=False)
    return "did_not_come"


def _yes(work: Work, place: Place) -> str:
    return "booked" if offering.accept_offer(work, place) else "gone"


def _no(work: Work, place: Place) -> str:
    signing_up.withdraw(work, place)
    return "left"


def _wrong_number(work: Work, call: CallToMake) -> None:
    """Nobody is rung there again; somebody finds the right number."""
    person = call.person
    for other in waiting(work, person):
        other.state = CallState.WITHDRAWN
    person.landline = None
    raise_task(
        work,
        "wrong_number",
        urgency=Urgency.SOON,
        person=person,
        occurrence=f"wrong_landline:{call.id}",
        due_at=due_in(work, 24),
        summary="Whoever answered says it is not their number. Please find out how to reach them.",
    )


ANSWERS: Mapping[str, Answer] = {
    "coming": _coming,
    "not_coming": _not_coming,
    "came": _came,
    "did_not_come": _did_not_come,
    "yes": _yes,
    "no": _no,
}

OUTCOMES = ("reached", "left_word", "no_answer", *ANSWERS, "wrong_number")
"""What may be typed in. ``no_answer`` leaves the call on the list, to be tried again."""

FITTING: Mapping[str, tuple[str, ...]] = {
    GOT_THERE: ("came", "did_not_come", "left_word", "no_answer", "wrong_number"),
    WANTS_PLACE: ("yes", "no", "left_word", "no_answer", "wrong_number"),
}
"""The outcomes that fit what a call asks; of any other call it is whether they are coming."""

USUAL = ("reached", "coming", "not_coming", "left_word", "no_answer", "wrong_number")

ACTIONS: Mapping[str, DeskAction] = {
    "call_outcome": DeskAction(
        "Type in what came of a call.",
        {
            "call": Argument("id", "the call's number"),
            "outcome": Argument("text", ", ".join(OUTCOMES)),
            "note": optional("text", "for colleagues"),
        },
        call_outcome,
    ),
}
