"""Making, switching off and resetting accounts, and the link by which somebody chooses their own password."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from wellbeing_bot.service.accounts import signing_in
from wellbeing_bot.service.accounts.keys import Keys
from wellbeing_bot.service.accounts.roles import DeskRole
from wellbeing_bot.store import Account, Network, Person

LINK_GOOD_FOR = timedelta(days=3)


class AccountError(ValueError):
    """It cannot be done. The message says why and what to do."""


def network_called(session: Session, slug: str) -> Network:
    """The network of that short name; the only one there is when none is named.

    Raises:
        AccountError: there is none, or several and none named.
    """
    networks = list(session.scalars(select(Network).order_by(Network.id)))
    if not networks:
        raise AccountError("there is no network yet; bring one in with `wellbeing-bot import`")
    if not slug and len(networks) == 1:
        return networks[0]
    for network in networks:
        if network.slug == slug:
            return network
    raise AccountError(f"say which network with --network: {', '.join(row.slug for row in networks)}")


def add(
    session: Session,
    network: Network,
    *,
    email: str,
    name: str,
    role: str,
    now: datetime,
    person_id: int | None = None,
) -> Account:
    """A new account, without a password until its owner has chosen one.

    Raises:
        AccountError: the address or the role is wrong, or the address has an account already.
    """
    address = email.strip().lower()
    if "@" not in address or len(address) > 160:
        raise AccountError("write a whole email address, for example sam.okafor@example.nhs.uk")
    if not name.strip():
        raise AccountError("write their name as colleagues know it")
    if role not in set(DeskRole):
        raise AccountError(f"choose a role: {', '.join(DeskRole)}")
    if signing_in.find_account(session, address) is not None:
        raise AccountError("that email address has an account already; reset it or use another")
    if person_id is not None:
        person = session.get(Person, person_id)
        if person is None or person.network_id != network.id:
            raise AccountError("there is no such person in this network")
    account = Account(
        network_id=network.id,
        email=address,
        name=name.strip()[:120],
        role=role,
        person_id=person_id,
        created_at=now,
    )
    session.add(account)
    session.flush()
    return account


def disable(session: Session, account: Account, now: datetime) -> None:
    """They cannot sign in any more, and are signed out everywhere."""
    account.disabled_at = account.disabled_at or now
    signing_in.revoke_all(session, account.id, now)
    session.flush()


def enable(session: Session, account: Account) -> None:
    """They can sign in again, with the password and codes they had."""
    account.disabled_at = None
    account.locked_until = None
    account.failed = 0
    session.flush()


def reset(session: Session, account: Account, now: datetime) -> None:
    """Forget password and codes, and sign out everywhere: a new link is needed."""
    account.password = None
    account.totp_secret = None
    account.locked_until = None
    account.failed = 0
    signing_in.revoke_all(session, account.id, now)
    session.flush()


def welcome_token(keys: Keys, account: Account, now: datetime) -> str:
    """What is in the link by which they choose a password. It is worth nothing once they have."""
    until = int((now + LINK_GOOD_FOR).timestamp())
    return f"{account.id}.{until}.{keys.sign('welcome', _signed(account, until))}"


def welcomed(session: Session, keys: Keys, token: str, now: datetime) -> Account | None:
    """Whose link it is; None when it is wrong, used or too old."""
    try:
        written_id, written_until, signature = token.split(".")
        account_id, until = int(written_id), int(written_until)
    except ValueError:
        return None
    account = session.get(Account, account_id) if 0 < account_id < 2**62 else None
    if account is None or account.disabled_at is not None or now.timestamp() > until:
        return None
    return account if keys.fits("welcome", _signed(account, until), signature) else None


def _signed(account: Account, until: int) -> str:
    made = account.created_at.astimezone(UTC).isoformat()
    return f"{account.id}:{until}:{made}:{account.password}:{account.totp_secret}"


def choose_password(session: Session, account: Account, hashed: str) -> None:
    """Keep a password hashed by ``passwords.hash_password``."""
    account.password = hashed
    account.failed = 0
    account.locked_until = None
    session.flush()
