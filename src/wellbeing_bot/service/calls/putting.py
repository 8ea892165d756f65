"""Putting a call on the list: for somebody who cannot be texted and may be rung."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from wellbeing_bot.conversation import Say
from wellbeing_bot.service.calls.office import is_office_day, tell_staff
from wellbeing_bot.service.calls.spoken import spoken
from wellbeing_bot.service.people import addresses_of
from wellbeing_bot.service.tasks import schedule
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, CallToMake, Person, Place, Session_
from wellbeing_bot.store.states import CallState

TAKES_NO_TEXTS = frozenset({"landline", "code 21614", "code 30006"})
"""Why an address could not be reached, where it can still be rung. Codes: Twilio, not a mobile, landline."""

COMING, GOT_THERE, WANTS_PLACE = "coming", "got_there", "wants_place"
"""What a call may ask."""

ASKED_WITH = {"day_before": COMING, "morning": COMING, "remind_again": COMING}
"""Reminders in which staff can hear at once whether somebody is coming."""

NEWS = frozenset(
    {"session_called_off", "session_called_off_with_lift", "session_moved", "session_moved_with_lift"}
)


def number_to_ring(work: Work, person: Person) -> str | None:
    """The number a person can be rung at when no text reaches them; none when they can be texted.

    Somebody who asked for no more texts is not rung instead: that is for a link worker to judge.
    """
    rows = addresses_of(work, person)
    if person.erased_at is not None or person.under_16 or any(not _failed(row) for row in rows):
        return None
    if person.landline:
        return person.landline
    return next((row.value for row in rows if row.unreachable_why in TAKES_NO_TEXTS), None)


def _failed(row: AddressRow) -> bool:
    """Whether an address is of no use although nobody there asked for silence."""
    return row.unreachable_at is not None and row.opted_out_at is None and row.carrier_blocked_at is None


def put_on_list(
    work: Work,
    person: Person,
    say: Say,
    *,
    occurrence: str | None,
    session: Session_ | None = None,
    place: Place | None = None,
    asks: str = "",
    expires_at: datetime | None = None,
) -> CallToMake | None:
    """Have staff say or ask it by telephone. None when they cannot be rung, or it is on the list already.

    News that a session is off or has moved takes the place of all that was to be said of it before.
    """
    if number_to_ring(work, person) is None or _comes_too_late(work, say):
        return None
    if session is not None and _name(say) in NEWS:
        withdraw(work, person.id, session.id)
    occurrence = f"call:{occurrence or f'{say.key}:{person.id}:{work.now.isoformat()}'}"
    if work.session.scalar(select(CallToMake.id).where(CallToMake.occurrence == occurrence)) is not None:
        return None
    if expires_at is None and session is not None:
        expires_at = session.ends_at
    call = CallToMake(
        network_id=work.network.id,
        person_id=person.id,
        session_id=session.id if session else None,
        place_id=place.id if place else None,
        occurrence=occurrence,
        key=say.key,
        say=spoken(say.text),
        asks=asks or ASKED_WITH.get(_name(say), ""),
        created_at=work.now,
        due_at=work.now,
        expires_at=expires_at,
    )
    work.session.add(call)
    work.session.flush()
    if expires_at is not None:
        reminder = schedule(
            work, "call_too_late", f"call_too_late:{call.id}", expires_at, person_id=person.id
        )
        reminder.payload = {"call": call.id}
    tell_staff(work)
    return call


def _name(say: Say) -> str:
    """Which notice it is, of "notices.day_before.say"."""
    return say.key.split(".")[1] if say.key.count(".") > 1 else ""


def _comes_too_late(work: Work, say: Say) -> bool:
    """On a day without office hours nobody would make the call of that very morning."""
    return _name(say) == "morning" and not is_office_day(work, work.local_now.date())


def waiting(work: Work, person: Person, session_id: int | None = None) -> Sequence[CallToMake]:
    """The calls to a person that are still to be made, the oldest first."""
    query = select(CallToMake).where(CallToMake.person_id == person.id, CallToMake.state == CallState.TO_MAKE)
    if session_id is not None:
        query = query.where(CallToMake.session_id == session_id)
    return work.session.scalars(query.order_by(CallToMake.id)).all()


def withdraw(work: Work, person_id: int, session_id: int) -> None:
    """What was to be said to somebody about a session is not needed any more."""
    work.session.execute(
        update(CallToMake)
        .where(
            CallToMake.person_id == person_id,
            CallToMake.session_id == session_id,
            CallToMake.state == CallState.TO_MAKE,
        )
        .values(state=CallState.WITHDRAWN)
    )
