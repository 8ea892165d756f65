"""Groups and sessions, with counts and no names."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy import select

from wellbeing_bot.service.accounts.tokens import Scope
from wellbeing_bot.service.showing.activity_pages import with_counts
from wellbeing_bot.service.words import schedule_words
from wellbeing_bot.store import Group, Session_
from wellbeing_bot.web.api import models
from wellbeing_bot.web.api.guard import After, Caller, Page, caller

ROUTER = APIRouter(tags=["activities"])

Reader = Annotated[Caller, Depends(caller(Scope.ACTIVITIES))]


@ROUTER.get("/groups")
def list_groups(who: Reader, limit: Page = 50, after: After = 0) -> models.Groups:
    """Groups by number, their schedule in words and as an RRULE."""
    found = list(
        who.session.scalars(
            select(Group)
            .where(Group.network_id == who.network.id, Group.id > after)
            .order_by(Group.id)
            .limit(limit + 1)
        )
    )
    shown = found[:limit]
    return models.Groups(
        rows=[_group(row) for row in shown], next=shown[-1].id if len(found) > limit else None
    )


@ROUTER.get("/sessions")
def list_sessions(who: Reader, limit: Page = 50, after: After = 0) -> models.Sessions:
    """Sessions by number, with how many are coming and waiting."""
    found = list(
        who.session.scalars(
            select(Session_)
            .where(Session_.network_id == who.network.id, Session_.id > after)
            .order_by(Session_.id)
            .limit(limit + 1)
        )
    )
    shown = with_counts(who.session, found[:limit])
    rows = [
        models.Session(
            id=one.session.id,
            group_id=one.session.group_id,
            starts_at=one.session.starts_at,
            ends_at=one.session.ends_at,
            state=one.session.state.value,
            capacity=one.session.capacity,
            coming=one.coming,
            waiting=one.waiting,
        )
        for one in shown
    ]
    return models.Sessions(rows=rows, next=rows[-1].id if len(found) > limit else None)


def _group(row: Group) -> models.Group:
    return models.Group(
        id=row.id,
        key=row.key,
        name=row.name,
        about=row.about,
        kind=row.kind,
        schedule=schedule_words(row.rrule, time.fromisoformat(row.start_time)),
        rrule=row.rrule,
        start_time=row.start_time,
        minutes=row.minutes,
        venue=row.venue.name if row.venue else "",
        meeting_point=row.meeting_point,
        capacity=row.capacity,
        running=row.running,
        ended_on=row.ended_on,
    )
