"""Checks that run out (DBS, ID badge, training), told in time; and a welcome when all are there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.tasks import finish_occurrence, raise_task
from wellbeing_bot.service.words import day_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Champion, Person
from wellbeing_bot.store.states import ChampionState, Urgency

AHEAD = timedelta(days=42)
"""A new DBS check takes weeks; so long before one runs out the coordinator is told."""

CHECKS = {"dbs_until": "DBS check", "badge_until": "ID badge", "training_until": "training"}


def look(work: Work) -> None:
    """Tell the coordinator of each check that runs out soon, once. Run every day."""
    today = work.local_now.date()
    champions = work.session.execute(
        select(Champion, Person)
        .join(Person, Person.id == Champion.person_id)
        .where(
            Champion.network_id == work.network.id,
            Champion.state.in_([ChampionState.ACTIVE, ChampionState.CHECKING]),
            Person.erased_at.is_(None),
        )
        .order_by(Champion.person_id)
    )
    for champion, person in champions:
        for name, until in dates(champion):
            if until - today <= AHEAD:
                _raise(work, person, name, until, gone=until < today)


def dates(champion: Champion) -> Iterator[tuple[str, date]]:
    """The checks of a champion that have a last day."""
    for name in CHECKS:
        until = getattr(champion, name)
        if until is not None:
            yield name, until


def _raise(work: Work, person: Person, name: str, until: date, *, gone: bool) -> None:
    runs_out = datetime.combine(until, time(9), tzinfo=work.zone).astimezone(UTC)
    what = CHECKS[name]
    raise_task(
        work,
        "checks_expiring",
        urgency=Urgency.SOON if gone else Urgency.ROUTINE,
        person=person,
        occurrence=occurrence(person, name, until),
        due_at=max(runs_out - timedelta(days=7), work.now + timedelta(days=1)),
        summary=f"Their {what} ran out on {day_words(until)}. Nobody asks them until it is renewed."
        if gone
        else f"Their {what} runs out on {day_words(until)}. After that nobody asks them.",
    )


def occurrence(person: Person, name: str, until: date) -> str:
    """What makes a check that runs out one thing to be told of."""
    return f"checks_expiring:{person.id}:{name}:{until}"


def renewed(work: Work, person: Person, before: dict[str, date], champion: Champion) -> None:
    """Dates were typed in: what was renewed is no task any more."""
    now = dict(dates(champion))
    for name, until in before.items():
        if now.get(name) != until:
            finish_occurrence(work, occurrence(person, name, until), work.actor)


def welcome(work: Work, person: Person, champion: Champion) -> None:
    """The first time they are active they are told what they can text."""
    if champion.state is not ChampionState.ACTIVE or champion.active_since is not None:
        return
    champion.active_since = work.now
    finish_occurrence(work, f"champion_checks:{person.id}", work.actor)
    tell(
        work,
        person,
        "champion_welcome",
        {"champion": person.first_name or "there"},
        occurrence=f"champion_welcome:{person.id}",
    )
