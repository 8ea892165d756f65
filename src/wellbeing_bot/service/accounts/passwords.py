"""Passwords: argon2id, and a few rules that keep the worst ones out."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST = 12
"""Characters. Length is what matters (NCSC: three random words); no rules on kinds of character."""

MOST = 200

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash("nobody has this password")

_COMMON = ("password", "123456789", "qwerty", "letmein", "wellbeing", "welcome")


class PasswordError(ValueError):
    """The password is not good enough. The message says what to do and is safe to show."""


def hash_password(password: str, email: str = "") -> str:
    """The hash to keep.

    Raises:
        PasswordError: too short, too long, or one that is tried first.
    """
    if len(password) < LEAST:
        raise PasswordError(f"Use at least {LEAST} characters. Three random words work well.")
    if len(password) > MOST:
        raise PasswordError(f"Use at most {MOST} characters.")
    plain = password.lower()
    name = email.partition("@")[0].lower()
    rest = plain
    for word in (*_COMMON, name):
        rest = rest.replace(word, "") if word else rest
    if len(rest) < 6 or len(set(plain)) < 5:
        raise PasswordError("That password is easy to guess. Three random words work well.")
    return _HASHER.hash(password)


def is_right(stored: str | None, password: str) -> bool:
    """Whether it is the password. Takes as long when there is no account at all."""
    try:
        _HASHER.verify(stored or _NOBODY, password[: MOST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None
