"""Whether staff may start a questionnaire with somebody now, and which point of the plan it stands for."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from wellbeing_bot.questionnaires.due import Why, held
from wellbeing_bot.questionnaires.instrument import Instrument
from wellbeing_bot.questionnaires.plans import Begins, PersonState, Point
from wellbeing_bot.service.desk.base import DeskError
from wellbeing_bot.service.people import open_referral, person_is_held, reach
from wellbeing_bot.service.questionnaires.looking import somebody_is_asked
from wellbeing_bot.service.questionnaires.network import plans_of
from wellbeing_bot.service.questionnaires.opening import Wanted
from wellbeing_bot.service.questionnaires.starts import reach_alone, state_of
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Asking, Person
from wellbeing_bot.store.states import AskingState

ENTRY = "entry"
EXTRA = "extra"
"""The point of an asking that no plan has."""

REASONS = {
    Why.OPTED_OUT: "They asked for no more texts. Only they can change that, by texting START.",
    Why.NO_MORE: "They said NO MORE to questions. Ask them first, and then say that they agreed.",
    Why.PAUSED: "They are paused. Wait until they are back, or end the pause.",
    Why.BEREAVED: "They are bereaved. Leave them in peace for now.",
    Why.ONE_AT_A_TIME: "They are being asked already. Let them finish, or end it first.",
}


def why_not(work: Work, person: Person, *, agreed: bool = False) -> str:
    """Why somebody may not be asked now, in words for staff; empty when they may."""
    if person.under_16:
        return "They are under 16. Nothing is asked of them."
    rest = held(plans_of(work), state_of(work, person), work.local_now)
    if rest is None or (agreed and rest[0] is Why.NO_MORE):
        return ""
    return REASONS[rest[0]]


def where_to_ask(work: Work, person: Person) -> AddressRow:
    """The phone to ask them on.

    Raises:
        DeskError: there is none, somebody else is being asked there, or a human has the conversation.
    """
    address = reach_alone(work, person)
    if address is None and reach(work, person) is not None:
        raise DeskError("their texts are read by their carer, and nobody answers for them: read it out")
    if address is None:
        raise DeskError("there is no way to text them: read it out")
    if person_is_held(work, person):
        raise DeskError("a colleague has the conversation: hand it back first, or read it out")
    if somebody_is_asked(work, address):
        raise DeskError("somebody else is being asked on the same phone: wait until that is over")
    return address


def open_of(work: Work, person: Person) -> list[Asking]:
    """What somebody is being asked."""
    return list(
        work.session.scalars(
            select(Asking)
            .where(Asking.person_id == person.id, Asking.state == AskingState.OPEN)
            .order_by(Asking.id)
        )
    )


def point_of(work: Work, person: Person, instrument: Instrument, point: str) -> Wanted:
    """The point of the plan that an asking by hand stands for, so that the plan does not ask again.

    Raises:
        DeskError: this point has been asked already.
    """
    referral = open_referral(work, person)
    start = f"referral:{referral.id}" if referral else f"person:{person.id}"
    state = state_of(work, person)
    asked = {key for past in state.past for key in past.covers}
    chosen = point or _next_point(work, instrument, start, state, asked)
    key = f"{instrument.id}/{start}/{chosen}"
    if chosen != EXTRA and key in asked:
        raise DeskError(f"{instrument.title} has been asked at {chosen} already; leave the point out")
    return Wanted(instrument.id, chosen, start, () if chosen == EXTRA else (key,))


def _next_point(work: Work, instrument: Instrument, start: str, state: PersonState, asked: set[str]) -> str:
    """The first point of the plans that is not asked yet, if its time has come or is near; else an extra."""
    plans, kind = plans_of(work), start.partition(":")[0]
    for plan in plans.plans:
        if plan.instrument != instrument.id or plan.begins != kind:
            continue
        for point in plan.points:
            if f"{instrument.id}/{start}/{point.name}" not in asked:
                return point.name if _near(work, point, start, state) else EXTRA
    entry = f"{instrument.id}/{start}/{ENTRY}"
    return ENTRY if kind == Begins.REFERRAL and entry not in asked else EXTRA


def _near(work: Work, point: Point, start: str, state: PersonState) -> bool:
    began = next((one.on for one in state.starts if one.id == start), work.local_now.date())
    soon = work.local_now.date() + timedelta(days=plans_of(work).merge_days)
    return began + timedelta(days=point.after_days) <= soon
