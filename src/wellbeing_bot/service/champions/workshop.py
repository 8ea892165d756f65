"""The workshop: somebody who would like to help is asked to come, reminded, and then checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta

from wellbeing_bot.service.people import reach
from wellbeing_bot.service.sending.outbox import reply, tell
from wellbeing_bot.service.talking import start
from wellbeing_bot.service.tasks import due_in, finish_occurrence, raise_task, schedule
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Champion, Person, Reminder
from wellbeing_bot.store.states import ChampionState, Urgency

LASTS = timedelta(hours=3)
REMINDED_AT = time(9)


def invite(work: Work, person: Person, champion: Champion, at: datetime, where: str) -> bool:
    """Ask them to a workshop. False when they cannot be texted, and must be asked another way."""
    champion.workshop_at, champion.workshop_place, champion.workshop_answer = at, where, ""
    if champion.state is ChampionState.INTERESTED:
        champion.state = ChampionState.INVITED
    finish_occurrence(work, f"new_champion:{person.id}", work.actor)
    work.session.flush()
    address = reach(work, person)
    if address is None:
        return False
    start(
        work,
        "workshop_invitation",
        address,
        person,
        {
            "champion": person.first_name or "there",
            "when": when_words(at, work.zone, person.language),
            "where": where,
        },
        subject=f"workshop:{person.id}",
    )
    return True


def tell_when(work: Work, address: AddressRow, person: Person) -> bool:
    """ "When is the workshop?", from somebody who was asked to one. False: there is none to come."""
    champion = work.session.get_one(Champion, person.id)
    if champion.workshop_at is None or champion.workshop_at < work.now:
        return False
    facts = {
        "when": when_words(champion.workshop_at, work.zone, person.language),
        "where": champion.workshop_place,
    }
    reply(work, address, "workshop_when", facts, person=person)
    return True


def answer(work: Work, person: Person, *, coming: bool) -> None:
    """Keep whether they come. Those who do are reminded and checked afterwards; others get another date."""
    champion = work.session.get_one(Champion, person.id)
    champion.workshop_answer = "yes" if coming else "no"
    work.session.flush()
    if not coming:
        raise_task(
            work,
            "workshop_declined",
            person=person,
            occurrence=f"workshop_declined:{person.id}:{work.now.isoformat()}",
            due_at=due_in(work, 120),
            summary="Can't come to the workshop, and still would like to help. Please offer another date.",
        )
        return
    at = champion.workshop_at
    if at is None or at <= work.now:
        return
    day_before = (at.astimezone(work.zone) - timedelta(days=1)).date()
    reminder = datetime.combine(day_before, REMINDED_AT, tzinfo=work.zone).astimezone(UTC)
    key = f"{person.id}:{at.isoformat()}"
    if reminder > work.now:
        schedule(
            work,
            "workshop_reminder",
            f"workshop_reminder:{key}",
            reminder,
            expires_at=at,
            person_id=person.id,
        )
    schedule(work, "workshop_over", f"workshop_over:{key}", at + LASTS, person_id=person.id)


def _still(work: Work, reminder: Reminder) -> tuple[Person, Champion] | None:
    """The champion of a reminder, if the workshop is still the one it was planned for."""
    person = work.session.get_one(Person, reminder.person_id)
    champion = work.session.get(Champion, person.id)
    if champion is None or champion.workshop_at is None or champion.workshop_answer != "yes":
        return None
    planned = champion.workshop_at.isoformat() in reminder.occurrence
    return (person, champion) if planned else None


def remind(work: Work, reminder: Reminder) -> datetime | None:
    """The day before."""
    found = _still(work, reminder)
    if found is not None and found[1].workshop_at is not None:
        person, champion = found
        tell(
            work,
            person,
            "workshop_reminder",
            {
                "when": when_words(found[1].workshop_at, work.zone, person.language),
                "where": champion.workshop_place,
            },
            occurrence=f"workshop:{reminder.id}",
            expires_at=champion.workshop_at,
        )
    return None


def over(work: Work, reminder: Reminder) -> datetime | None:
    """Afterwards somebody starts the checks."""
    found = _still(work, reminder)
    if found is not None and found[1].state is ChampionState.INVITED:
        raise_task(
            work,
            "champion_checks",
            urgency=Urgency.ROUTINE,
            person=found[0],
            occurrence=f"champion_checks:{found[0].id}",
            due_at=due_in(work, 72),
            summary="Was to come to the workshop. If they came, start the DBS check, the badge and the "
            "training, and type in the dates.",
        )
    return None


KINDS: Mapping[str, Callable[[Work, Reminder], datetime | None]] = {
    "workshop_reminder": remind,
    "workshop_over": over,
}
