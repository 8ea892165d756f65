"""Tokens for case-management systems: what they may read or do, and until when. Only a hash is kept."""

from __future__ import annotations

import secrets
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from wellbeing_bot.service.accounts.keys import digest
from wellbeing_bot.store import ApiToken


class Scope(StrEnum):
    """What a token opens."""

    PEOPLE = "people:read"
    REFER = "people:refer"
    TASKS = "tasks:read"
    TASKS_WRITE = "tasks:write"
    ACTIVITIES = "activities:read"
    RESULTS = "results:read"

    @property
    def words(self) -> str:
        return {
            Scope.PEOPLE: "Read people, their referrals and bookings",
            Scope.REFER: "Refer people who agreed to be texted",
            Scope.TASKS: "Read the worklist",
            Scope.TASKS_WRITE: "Acknowledge and finish tasks",
            Scope.ACTIVITIES: "Read groups, sessions and rides, without names",
            Scope.RESULTS: "Read results, small numbers hidden",
        }[self]


PREFIX = "wb_"


def make(
    session: Session,
    network_id: int,
    label: str,
    scopes: list[Scope],
    now: datetime,
    expires_at: datetime | None = None,
) -> str:
    """A new token, shown this once.

    Raises:
        ValueError: no label or no scope.
    """
    if not label.strip() or not scopes:
        raise ValueError("say which system it is for and what it may read")
    token = PREFIX + secrets.token_urlsafe(32)
    session.add(
        ApiToken(
            network_id=network_id,
            label=label.strip()[:120],
            digest=digest(token),
            scopes=" ".join(sorted(set(scopes))),
            created_at=now,
            expires_at=expires_at,
        )
    )
    session.flush()
    return token


def find(session: Session, token: str, now: datetime) -> ApiToken | None:
    """The row of a token that is good now."""
    row = session.scalar(
        select(ApiToken).where(ApiToken.digest == digest(token), ApiToken.revoked_at.is_(None))
    )
    if row is None or (row.expires_at is not None and now >= row.expires_at):
        return None
    return row


def scopes_of(row: ApiToken) -> frozenset[Scope]:
    """What it opens; a scope this release does not know opens nothing."""
    return frozenset(scope for scope in Scope if scope.value in row.scopes.split())


def of_network(session: Session, network_id: int) -> list[ApiToken]:
    """A network's tokens, the newest first."""
    return list(
        session.scalars(
            select(ApiToken).where(ApiToken.network_id == network_id).order_by(ApiToken.id.desc())
        )
    )
