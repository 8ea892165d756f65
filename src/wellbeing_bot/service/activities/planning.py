"""Once a day: sessions for the weeks ahead, and a place and a nudge for every regular member."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select

from wellbeing_bot.service.activities.planning_members import CHUNK, plan_later, plan_members
from wellbeing_bot.service.activities.sessions import plan_sessions
from wellbeing_bot.service.calls import timers as calls
from wellbeing_bot.service.champions import checks
from wellbeing_bot.service.places.offering import offer_clinic_times
from wellbeing_bot.service.places.waiting_lists import plan_closing
from wellbeing_bot.service.questionnaires import looking as questionnaires
from wellbeing_bot.service.tasks import schedule
from wellbeing_bot.service.unanswered import put_away
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Group, Session_
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
    left = CHUNK
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
        # One turn plans a few hundred people; what is more follows in turns of its own.
        if left > 0:
            left -= plan_members(work, session)
        else:
            plan_later(work, session)
    plan_closing(work)
    offer_clinic_times(work)
    questionnaires.plan(work)
    calls.plan(work)
    checks.look(work)
    put_away(work)
    tomorrow = work.local_now.date() + timedelta(days=1)
    schedule(
        work,
        "plan",
        f"plan:{work.network.id}:{tomorrow}",
        datetime.combine(tomorrow, PLAN_AT, tzinfo=work.zone).astimezone(UTC),
    )
