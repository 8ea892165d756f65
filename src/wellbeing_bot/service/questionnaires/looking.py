"""Whom to ask today: a look at each person when something about them may have fallen due.

Each person has one reminder, moved along from look to look. Once a day the network finds those who are new.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.sql.elements import ColumnElement

from wellbeing_bot.questionnaires.due import Ask, Why, due
from wellbeing_bot.questionnaires.plans import Begins, Mode, Plans
from wellbeing_bot.service.people import OPEN_REFERRAL, WHILE_HELD_AGAIN, person_is_held
from wellbeing_bot.service.questionnaires.network import (
    asking_hour,
    library,
    plans_of,
    wrong_settings,
)
from wellbeing_bot.service.questionnaires.opening import (
    Wanted,
    make_asking,
    open_by_text,
    open_read_out,
)
from wellbeing_bot.service.questionnaires.rounds import SCRIPT
from wellbeing_bot.service.questionnaires.starts import SESSIONS_AHEAD, reach_alone, state_of
from wellbeing_bot.service.questionnaires.waking import wake_at
from wellbeing_bot.service.tasks import raise_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    AddressRow,
    ConversationRow,
    Group,
    Membership,
    Person,
    PersonRole,
    Place,
    Referral,
    Reminder,
    Session_,
)
from wellbeing_bot.store.states import ConversationState, PlaceState, Role, Urgency

WHILE_SILENT_AGAIN = timedelta(days=7)
"""Somebody who texted STOP may text START; nothing tells us to look, so we look now and then."""

NEW = timedelta(days=2)
"""What began so recently may not have been looked at."""

A_DAY = 500
"""People first looked at on one day. After an import of thousands the rest have their turn on the days after:
so many questions in one morning would use up the day's texts, and nobody could read the answers."""


def plan(work: Work) -> None:
    """Once a day: look at everybody about whom something is new. Doing it twice changes nothing."""
    if wrong := wrong_settings(work):
        raise_task(
            work,
            "questionnaires_wrong",
            urgency=Urgency.SOON,
            occurrence=f"questionnaires_wrong:{work.network.id}:{work.local_now.date()}",
            summary=f"Nobody new is asked any questions until the settings are right. {wrong}",
        )
    plans = plans_of(work)
    if not plans.plans:
        return
    # At the hour of asking, not at the end of the night among the day's reminders; sessions have their own.
    usual = max(asking_hour(work, 0), work.now)
    kinds = {kind for one in plans.plans if one.begins is Begins.SESSION for kind in one.group_kinds}
    for number, person_id in enumerate(list(work.session.scalars(_with_news(work, plans)))):
        look_at(work, person_id, usual + timedelta(days=number // A_DAY))
    for person_id in list(work.session.scalars(_coming_soon(work, kinds))):
        look_at(work, person_id, work.now)


def look_at(work: Work, person_id: int, moment: datetime) -> None:
    """Look at a person at this moment."""
    wake_at(work, "questionnaire_look", f"questionnaire_look:{person_id}", moment, person_id=person_id)


def _with_news(work: Work, plans: Plans) -> Select[int]:
    """Ids of people who joined something lately, or were never looked at."""
    reach = timedelta(days=max((p.after_days for plan in plans.plans for p in plan.points), default=0))
    reach += max((p.good_for for plan in plans.plans for p in plan.points), default=timedelta())
    never = ~exists().where(Reminder.person_id == Person.id, Reminder.kind == "questionnaire_look")
    recent, within = work.now - NEW, work.now - reach
    return _patients(work).where(
        _referred_since(recent)
        | _joined_since(recent)
        | (never & (_referred_since(within) | _joined_since(within)))
    )


def _coming_soon(work: Work, kinds: set[str]) -> Select[int]:
    """Ids of people who are expected at a session of these kinds."""
    return _patients(work).where(_comes_soon(work, kinds))


def _patients(work: Work) -> Select[int]:
    patient = exists().where(PersonRole.person_id == Person.id, PersonRole.role == Role.PATIENT)
    return (
        select(Person.id)
        .where(
            Person.network_id == work.network.id,
            Person.erased_at.is_(None),
            Person.merged_into_id.is_(None),
            patient,
        )
        .order_by(Person.id)
    )


def _referred_since(moment: datetime) -> ColumnElement[bool]:
    return exists().where(
        Referral.person_id == Person.id,
        Referral.state.in_(OPEN_REFERRAL),
        or_(Referral.booked_at >= moment, Referral.active_at >= moment, Referral.first_contact_at >= moment),
    )


def _joined_since(moment: datetime) -> ColumnElement[bool]:
    return exists().where(
        Membership.person_id == Person.id, Membership.ended_at.is_(None), Membership.since >= moment
    )


def _comes_soon(work: Work, kinds: set[str]) -> ColumnElement[bool]:
    return exists().where(
        Place.person_id == Person.id,
        Place.state.in_([PlaceState.BOOKED, PlaceState.CONFIRMED]),
        Place.session_id == Session_.id,
        Session_.group_id == Group.id,
        Group.kind.in_(kinds),
        Session_.starts_at > work.now,
        Session_.starts_at < work.now + SESSIONS_AHEAD,
    )


def look(work: Work, reminder: Reminder) -> datetime | None:
    """Ask this person what is due, unless they are to be left in peace. When to look again, if at all."""
    person = work.session.get_one(Person, reminder.person_id)
    if person.erased_at is not None or person.merged_into_id is not None or person.under_16:
        return None
    agenda = due(plans_of(work), library(work).instruments.on, state_of(work, person), work.now)
    if agenda.held is Why.OPTED_OUT:
        return work.now + WHILE_SILENT_AGAIN
    if agenda.ask is None:
        return agenda.look_again.astimezone(UTC) if agenda.look_again else None
    if person_is_held(work, person):
        return work.now + WHILE_HELD_AGAIN
    return _ask(work, person, agenda.ask)


def _ask(work: Work, person: Person, ask: Ask) -> datetime | None:
    address = reach_alone(work, person)
    read_out = ask.mode is Mode.READ_OUT or address is None
    if address is not None and not read_out and somebody_is_asked(work, address):
        return asking_hour(work, 1)
    askings = [make_asking(work, person, one, ask.mode) for one in _wanted(ask)]
    if address is None or read_out:
        open_read_out(work, person, askings)
    else:
        sessions = [one.until for one in ask.covers if one.start.begins is Begins.SESSION]
        open_by_text(work, person, address, askings, min(sessions, default=None))
    return None  # looked at again when it is over


def _wanted(ask: Ask) -> list[Wanted]:
    """One row an instrument, with all the points that it stands for."""
    wanted = []
    for name in ask.instruments:
        covers = [one for one in ask.covers if one.instrument == name]
        keys = tuple(one.key for one in covers)
        wanted.append(Wanted(name, covers[0].point, covers[0].start.id, keys))
    return wanted


def somebody_is_asked(work: Work, address: AddressRow) -> bool:
    """Two people on one phone are asked one after the other: an answer must be plainly one's own."""
    return (
        work.session.scalar(
            select(ConversationRow.id)
            .where(
                ConversationRow.address_id == address.id,
                ConversationRow.script == SCRIPT,
                ConversationRow.status == ConversationState.OPEN,
            )
            .limit(1)
        )
        is not None
    )
