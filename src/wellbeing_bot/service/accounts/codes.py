"""The six figures of an authenticator app. Each code is taken once."""

from __future__ import annotations

import base64
import hmac
from datetime import datetime

import pyotp
from sqlalchemy.orm import Session

from wellbeing_bot.service.accounts.keys import Keys
from wellbeing_bot.store import Account

STEP = 30
"""Seconds a code is shown."""

EITHER_SIDE = 1
"""Codes taken before and after the present one, for clocks that are a little off."""


def new_secret(keys: Keys, account: Account, binding: str) -> str:
    """The secret offered at set-up. It is worked out, not kept, until a code shows that the app has it."""
    made = keys.sign("totp", f"{account.id}:{account.password}:{binding}")
    return base64.b32encode(made.encode()[:20]).decode()


def address_of(secret: str, email: str, service: str) -> str:
    """The ``otpauth:`` address that is drawn as a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=service)


def fitting_step(secret: str, code: str, now: datetime) -> int | None:
    """Which 30-second step a code is of, counted from 1970; None when it is wrong or old."""
    given = "".join(code.split())
    if len(given) != 6 or not given.isascii() or not given.isdigit():
        return None
    present = int(now.timestamp()) // STEP
    totp = pyotp.TOTP(secret)
    for step in range(present - EITHER_SIDE, present + EITHER_SIDE + 1):
        if hmac.compare_digest(totp.at(step * STEP), given):
            return step
    return None


def confirm(session: Session, keys: Keys, account: Account, secret: str, code: str, now: datetime) -> bool:
    """Keep the secret once a code proves that the app has it."""
    step = fitting_step(secret, code, now)
    if step is None:
        return False
    account.totp_secret = keys.encrypt(f"{secret}:{step}")
    session.flush()
    return True


def take(session: Session, keys: Keys, account: Account, code: str, now: datetime) -> bool:
    """Whether the code is right and was not used before. Using it up is part of the transaction."""
    if account.totp_secret is None:
        return False
    try:
        secret, _, last = keys.decrypt(account.totp_secret).partition(":")
    except ValueError:
        return False
    step = fitting_step(secret, code, now)
    if step is None or step <= int(last):
        return False
    account.totp_secret = keys.encrypt(f"{secret}:{step}")
    session.flush()
    return True
