"""Texts about rides to those who drive and to the coordinator; where no text can go, a task goes instead."""

from __future__ import annotations

from wellbeing_bot.conversation.facts import Fact, Facts
from wellbeing_bot.service.duty import raise_urgent
from wellbeing_bot.service.people import reach
from wellbeing_bot.service.rides.rows import coordinators
from wellbeing_bot.service.rides.saying import ways_words
from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Ride, RideProvider, Session_, Task
from wellbeing_bot.store.states import OutboundKind, Urgency

SUMMARIES = {
    "ride_withdrawn_provider": "A lift is not needed now. Please tell {provider}: they cannot be texted.",
    "ride_changed_provider": "A lift has changed. Please tell {provider}: they cannot be texted.",
    "lifts_off": "A session is off. Please tell {provider} that no lifts are needed: they cannot be texted.",
    "lifts_moved": "A session has moved. Please tell {provider}: they cannot be texted.",
}
"""What a person is asked to do when a provider cannot be texted."""


def tell_provider(work: Work, ride: Ride, notice: str, occurrence: str) -> bool:
    """Tell whoever drives of a change to one ride. False when a person must do it: there is a task then."""
    if ride.provider is None:
        return False
    facts: dict[str, Fact] = {
        "patient": ride.place.person.first_name or "Somebody",
        "when": when_words(ride.place.session.starts_at, work.zone),
        "ways": ways_words(ride.there, ride.back),
        "number": ride.id,
    }
    return tell_about_lifts(work, ride.provider, ride.place.session, notice, facts, occurrence)


def tell_about_lifts(
    work: Work, provider: RideProvider, session: Session_, notice: str, facts: Facts, occurrence: str
) -> bool:
    """Text a provider's contact; False when there is nobody to text, and a person is asked to do it."""
    contact = provider.person
    if contact is not None and reach(work, contact) is not None:
        tell(work, contact, notice, facts, occurrence=occurrence, expires_at=session.ends_at)
        return True
    raise_task(
        work,
        "tell_provider",
        urgency=Urgency.SOON,
        session_id=session.id,
        occurrence=f"tell_provider:{occurrence}",
        due_at=due_in(work, 1),
        summary=SUMMARIES[notice].format(provider=provider.name),
    )
    return False


def tell_coordinators(
    work: Work, notice: str, facts: Facts, occurrence: str, *, at_once: bool = False
) -> bool:
    """Text every coordinator; ``at_once`` at any hour, for the day itself. False when none can be texted."""
    people = coordinators(work)
    for person in people:
        tell(
            work,
            person,
            notice,
            facts,
            kind=OutboundKind.ALERT if at_once else OutboundKind.BEGUN,
            occurrence=f"{occurrence}:{person.id}",
        )
    return bool(people)


def urgent_on_the_day(work: Work, ride: Ride, kind: str, summary: str) -> Task:
    """Something that cannot wait. Without a coordinator who can be texted the duty rota is told."""
    session = ride.place.session
    about = {
        "person": ride.place.person,
        "session_id": session.id,
        "place_id": ride.place_id,
        "ride_id": ride.id,
        "occurrence": f"{kind}:{ride.id}:{work.local_now.date()}",
        "due_at": due_in(work, 0.25),
    }
    if coordinators(work):
        return raise_task(work, kind, urgency=Urgency.URGENT, summary=summary, **about)  # type: ignore[arg-type]
    return raise_urgent(work, kind, summary=summary, **about)
