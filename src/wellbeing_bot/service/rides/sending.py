"""The cut-off: the list goes to the provider, and the coordinator is told that it did."""

from __future__ import annotations

from datetime import timedelta

from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.rides.answering import list_occurrence
from wellbeing_bot.service.rides.rows import rides_to
from wellbeing_bot.service.rides.telling import tell_coordinators
from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.tasks import raise_task
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import RideProvider, Session_
from wellbeing_bot.store.states import RideState, SessionState, Urgency


def send_list(work: Work, provider: RideProvider, session: Session_) -> int:
    """Send what was asked for so far. Returns how many rides are new on the list.

    The list itself is read on the desk (``manifest``): texts to the contact and the coordinator say that it
    is there, and hold no addresses. A task stays until every ride on it has an answer.
    """
    if session.state is not SessionState.PLANNED:
        return 0
    sent = [
        ride
        for ride in rides_to(work, session, [RideState.REQUESTED])
        if ride.provider_id == provider.id and ride.place.state.coming
    ]
    for ride in sent:
        ride.state = RideState.SENT
        ride.sent_at = work.now
    work.session.flush()
    if not sent:
        return 0
    task = raise_task(
        work,
        "ride_list",
        urgency=Urgency.SOON,
        session_id=session.id,
        occurrence=list_occurrence(provider, session),
        due_at=work.now + max(session.starts_at - work.now, timedelta()) / 2,
        summary=f"The lift list is ready for {provider.name}. Please pass it on, and enter their answer.",
    )
    facts: dict[str, Fact] = {
        "provider": provider.name,
        "when": when_words(session.starts_at, work.zone),
        "people": sum(ride.party for ride in sent),
        "lifts": len(sent),
        "task_number": task.id,
    }
    key = f"ride_list:{provider.id}:{session.id}:{session.moves}:{work.now.isoformat()}"
    tell_coordinators(work, "ride_list_coordinator", facts, key)
    if provider.person is not None:
        tell(work, provider.person, "ride_list_provider", facts, occurrence=f"{key}:provider")
    return len(sent)
