"""Signing in: failures counted, accounts locked for a while, browsers known by a hash of their cookie."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from wellbeing_bot.service.accounts.keys import digest
from wellbeing_bot.store import Account, Audit, SignIn

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
LONGEST = timedelta(hours=12)
"""After this somebody signs in again, however busy they are."""

IDLE = timedelta(minutes=60)
"""After this without opening a page. A page that refreshes itself does not count as opening one."""

TOUCH_EVERY = timedelta(minutes=2)


@dataclass(frozen=True)
class SignedIn:
    """Who is at this browser."""

    account: Account
    sign_in: SignIn


def find_account(session: Session, email: str) -> Account | None:
    """The account of an email address, whatever its case."""
    return session.scalar(select(Account).where(Account.email == email.strip().lower()))


def is_locked(account: Account, now: datetime) -> bool:
    return account.locked_until is not None and now < account.locked_until


def failed(session: Session, account_id: int, now: datetime) -> None:
    """Count a wrong password or code; too many lock the account for a while."""
    account = session.get_one(Account, account_id)
    if account.locked_until is not None and now >= account.locked_until:
        account.locked_until = None
        account.failed = 0
    account.failed += 1
    if account.failed >= MOST_FAILURES and account.locked_until is None:
        account.locked_until = now + LOCKED_FOR
        _audit(session, account, "account_locked", now)
    session.flush()


def may_enter(session: Session, account_id: int, now: datetime) -> bool:
    """Looked at again in the transaction that lets them in: not locked, not switched off meanwhile."""
    account = session.get_one(Account, account_id)
    return account.disabled_at is None and not is_locked(account, now)


def enter(session: Session, account_id: int, now: datetime, label: str = "") -> str:
    """Sign a browser in. Returns the cookie's value, of which only a hash is kept."""
    account = session.get_one(Account, account_id)
    account.failed = 0
    account.locked_until = None
    cookie = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            account_id=account.id,
            digest=digest(cookie),
            created_at=now,
            last_seen_at=now,
            expires_at=now + LONGEST,
            label=label[:120],
        )
    )
    _audit(session, account, "signed_in", now)
    session.flush()
    return cookie


def current(session: Session, cookie: str, now: datetime) -> SignedIn | None:
    """Who a cookie belongs to; None when it is unknown, revoked, too old or its account is switched off."""
    row = session.execute(
        select(SignIn, Account)
        .join(Account, Account.id == SignIn.account_id)
        .where(
            SignIn.digest == digest(cookie),
            SignIn.revoked_at.is_(None),
            SignIn.expires_at > now,
            SignIn.last_seen_at > now - IDLE,
            Account.disabled_at.is_(None),
        )
    ).one_or_none()
    return None if row is None else SignedIn(row[1], row[0])


def seen(session: Session, sign_in_id: int, now: datetime) -> None:
    """They opened a page."""
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(last_seen_at=now))


def open_sign_ins(session: Session, account_id: int, now: datetime) -> list[SignIn]:
    """The browsers an account is signed in at, the newest first."""
    return list(
        session.scalars(
            select(SignIn)
            .where(
                SignIn.account_id == account_id,
                SignIn.revoked_at.is_(None),
                SignIn.expires_at > now,
                SignIn.last_seen_at > now - IDLE,
            )
            .order_by(SignIn.id.desc())
        )
    )


def revoke(session: Session, sign_in_id: int, now: datetime) -> None:
    """Sign one browser out."""
    session.execute(
        update(SignIn).where(SignIn.id == sign_in_id, SignIn.revoked_at.is_(None)).values(revoked_at=now)
    )


def revoke_all(session: Session, account_id: int, now: datetime) -> int:
    """Sign an account out everywhere. Returns from how many browsers."""
    found = session.scalar(
        select(func.count())
        .select_from(SignIn)
        .where(SignIn.account_id == account_id, SignIn.revoked_at.is_(None), SignIn.expires_at > now)
    )
    session.execute(
        update(SignIn)
        .where(SignIn.account_id == account_id, SignIn.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    return int(found or 0)


def _audit(session: Session, account: Account, what: str, now: datetime) -> None:
    session.add(Audit(network_id=account.network_id, by=account.name, what=what, details={}, at=now))
