"""Once a day: sessions for the weeks ahead, and a place and a nudge for every regular member."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select

from wellbeing_bot.service.calls import timers as calls
from wellbeing_bot.service.champions import checks
from wellbeing_bot.service.places import offer_clinic_times, sign_up
from wellbeing_bot.service.questionnaires import looking as questionnaires
from wellbeing_bot.service.sessions import plan_sessions
from wellbeing_bot.service.tasks import schedule
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Group, Membership, Person, Place, Session_
from wellbeing_bot.store.states import SessionState

PLAN_AT = time(3, 0)
MEMBERS_AHEAD = timedelta(days=8)
"""Regular members get their place this long before: a week's nudge and a day for the planner to run."""


def plan_network(work: Work) -> None:
    """Plan what is not planned yet, and come again tomorrow. Running it twice changes nothing."""
    for group in work.session.scalars(
        select(Group).where(Group.network_id == work.network.id).order_by(Group.id)
    ):
        plan_sessions(work, group)
    for session in work.session.scalars(
        select(Session_)
        .where(
            Session_.network_id == work.network.id,
            Session_.state == SessionState.PLANNED,
            Session_.planned_at.is_(None),
            Session_.starts_at > work.now,
            Session_.starts_at <= work.now + MEMBERS_AHEAD,
        )
        .order_by(Session_.starts_at)
    ):
        plan_members(work, session)
    offer_clinic_times(work)
    questionnaires.plan(work)
    calls.plan(work)
    checks.look(work)
    tomorrow = work.local_now.date() + timedelta(days=1)
    schedule(
        work,
        "plan",
        f"plan:{work.network.id}:{tomorrow}",
        datetime.combine(tomorrow, PLAN_AT, tzinfo=work.zone).astimezone(UTC),
    )


def plan_members(work: Work, session: Session_) -> None:
    """A place, with its reminders, for every regular member of a session's group."""
    session.planned_at = work.now
    day = session.starts_at.astimezone(work.zone).date()
    for person in work.session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.group_id == session.group_id,
            Membership.ended_at.is_(None),
            Person.erased_at.is_(None),
            # Whoever has a place there already, or gave it up, has decided about this session.
            Person.id.not_in(select(Place.person_id).where(Place.session_id == session.id)),
        )
        .order_by(Membership.id)
    ):
        if not person.away_on(day):
            sign_up(work, person, session, source="member")
