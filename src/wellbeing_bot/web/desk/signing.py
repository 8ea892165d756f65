"""Signing in: email and password, then six figures; setting both up; signing out."""

from __future__ import annotations

import re
import secrets
import threading
from datetime import timedelta

import segno
from sqlalchemy.orm import Session
from starlette.responses import Response

from wellbeing_bot.service.accounts import codes, managing, passwords, signing_in
from wellbeing_bot.service.accounts.passwords import PasswordError
from wellbeing_bot.service.accounts.roles import EVERYBODY
from wellbeing_bot.store import Account
from wellbeing_bot.web.desk.page import Page, Refusal, View

HALF_GOOD_FOR = timedelta(minutes=10)
WRONG = "That email address and password do not fit, or the account is locked for a quarter of an hour."
WRONG_CODE = "That code is not right. Codes change every 30 seconds and each is taken once."

_AT_ONCE = threading.BoundedSemaphore(2)
"""Argon2 is meant to be slow: more at once would starve everything else."""


def show_sign_in(view: View) -> Response:
    """The form; somebody who is signed in goes on."""
    if view.signed_in is not None:
        return view.go("/desk")
    return view.show("desk/sign_in.html", error="", email="")


def sign_in(view: View) -> Response:
    """Email and password. What was wrong is not said, and takes as long whatever it was."""
    email, now = view.text("email", 160), view.security_now
    account = signing_in.find_account(view.session, email)
    written = view.form.get("password", "")
    with _AT_ONCE:
        right = passwords.is_right(
            account.password if account else None, written if isinstance(written, str) else ""
        )
    if account is not None and not right:
        key = account.id
        view.change(lambda session: signing_in.failed(session, key, now))
    if account is None or not right or not _may_enter(view, account):
        return view.show("desk/sign_in.html", status=401, error=WRONG, email=email)
    view.half = _half(view, account)
    return view.go("/desk/code" if account.totp_secret else "/desk/set-up-code")


def _may_enter(view: View, account: Account) -> bool:
    return account.disabled_at is None and not signing_in.is_locked(account, view.security_now)


def _half(view: View, account: Account) -> str:
    """A cookie for somebody who has shown their password and not yet a code."""
    until = int((view.security_now + HALF_GOOD_FOR).timestamp())
    body = f"{account.id}.{until}.{secrets.token_urlsafe(8)}"
    return f"{body}.{view.desk.keys.sign('half', body + str(account.password))}"


def _half_way(view: View) -> tuple[Account, str]:
    """Who is between password and code, with something that is theirs alone.

    Raises:
        Refusal: nobody, or they took too long.
    """
    cookie = view.request.cookies.get(view.desk.cookie("desk_half"), "")
    match = re.fullmatch(r"(\d{1,15})\.(\d{1,12})\.([\w-]+)\.([\w-]+)", cookie, re.ASCII)
    account = view.session.get(Account, int(match[1])) if match else None
    if match is None or account is None or view.security_now.timestamp() > int(match[2]):
        raise Refusal(401)
    body = cookie.rpartition(".")[0]
    if not view.desk.keys.fits("half", body + str(account.password), match[4]):
        raise Refusal(401)
    if not _may_enter(view, account):
        raise Refusal(401)
    return account, match[3]


def show_code(view: View) -> Response:
    """Ask for the six figures."""
    account, _ = _half_way(view)
    if account.totp_secret is None:
        return view.go("/desk/set-up-code")
    return view.show("desk/code.html", error="")


def take_code(view: View) -> Response:
    """The six figures; each code is taken once, and wrong ones count towards locking."""
    account, _ = _half_way(view)
    key, code, now = account.id, view.text("code", 20), view.security_now

    def job(session: Session) -> bool:
        row = session.get_one(Account, key)
        if not signing_in.may_enter(session, key, now):
            return False
        if codes.take(session, view.desk.keys, row, code, now):
            return True
        signing_in.failed(session, key, now)
        return False

    if not view.change(job):
        return view.show("desk/code.html", status=401, error=WRONG_CODE)
    return _in(view, account)


def show_set_up_code(view: View) -> Response:
    """The QR code for an authenticator app, drawn here; no other server sees it."""
    account, binding = _half_way(view)
    if account.totp_secret is not None:
        return view.go("/desk/code")
    return _set_up_page(view, account, binding)


def _set_up_page(view: View, account: Account, binding: str, error: str = "") -> Response:
    secret = codes.new_secret(view.desk.keys, account, binding)
    drawn = segno.make(codes.address_of(secret, account.email, "Wellbeing Bot"), error="m")
    spaced = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
    return view.show(
        "desk/set_up_code.html",
        status=401 if error else 200,
        error=error,
        picture=drawn.png_data_uri(scale=5, border=4),
        secret=spaced,
    )


def confirm_set_up(view: View) -> Response:
    """A code shows that the app has the secret; only then is it kept."""
    account, binding = _half_way(view)
    if account.totp_secret is not None:
        raise Refusal(401)
    key, code, now = account.id, view.text("code", 20), view.security_now
    secret = codes.new_secret(view.desk.keys, account, binding)

    def job(session: Session) -> bool:
        row = session.get_one(Account, key)
        if row.totp_secret is not None or not signing_in.may_enter(session, key, now):
            return False
        if codes.confirm(session, view.desk.keys, row, secret, code, now):
            return True
        signing_in.failed(session, key, now)
        return False

    if not view.change(job):
        return _set_up_page(view, account, binding, WRONG_CODE)
    return _in(view, account)


def _in(view: View, account: Account) -> Response:
    key, now, label = account.id, view.security_now, browser(view.request.headers.get("user-agent", ""))
    view.cookie = view.change(lambda session: signing_in.enter(session, key, now, label))
    view.half = ""
    return view.go("/desk")


def browser(agent: str) -> str:
    """``Firefox on Windows``: enough to tell one's own browsers apart."""
    names = ("Edg", "Firefox", "Chrome", "Safari")
    systems = ("Windows", "Android", "iPhone", "iPad", "Mac OS", "Linux")
    name = next((word for word in names if word in agent), "Browser").replace("Edg", "Edge")
    system = next((word for word in systems if word in agent), "")
    return f"{name} on {system}" if system else name


def show_welcome(view: View) -> Response:
    """Choose a password, from the link in an invitation."""
    account = managing.welcomed(
        view.session, view.desk.keys, view.request.path_params["token"], view.security_now
    )
    if account is None:
        return view.show("desk/welcome_over.html", status=404)
    return view.show("desk/welcome.html", error="", email=account.email)


def choose_password(view: View) -> Response:
    """Keep the password; the link is worth nothing afterwards."""
    token, now = view.request.path_params["token"], view.security_now
    account = managing.welcomed(view.session, view.desk.keys, token, now)
    if account is None:
        return view.show("desk/welcome_over.html", status=404)
    first, second = str(view.form.get("password", "")), str(view.form.get("again", ""))
    try:
        if first != second:
            raise PasswordError("The two passwords are not the same. Type both again.")
        with _AT_ONCE:
            hashed = passwords.hash_password(first, account.email)
    except PasswordError as error:
        return view.show("desk/welcome.html", status=400, error=str(error), email=account.email)

    def job(session: Session) -> bool:
        row = managing.welcomed(session, view.desk.keys, token, now)
        if row is not None:
            managing.choose_password(session, row, hashed)
        return row is not None

    view.change(job)
    return view.go("/desk/sign-in", "Your password is kept. Sign in with it now.")


def sign_out(view: View) -> Response:
    """This browser is signed out."""
    assert view.signed_in is not None
    key, now = view.signed_in.sign_in.id, view.security_now
    view.change(lambda session: signing_in.revoke(session, key, now))
    view.cookie = ""
    return view.go("/desk/sign-in", "You are signed out.")


def me(view: View) -> Response:
    """My account: where I am signed in."""
    assert view.signed_in is not None
    found = signing_in.open_sign_ins(view.session, view.account.id, view.security_now)
    return view.show("desk/me.html", sign_ins=found, this=view.signed_in.sign_in.id)


def sign_out_elsewhere(view: View) -> Response:
    """Every other browser of this account is signed out."""
    assert view.signed_in is not None
    this, now = view.signed_in.sign_in.id, view.security_now
    others = [
        row.id for row in signing_in.open_sign_ins(view.session, view.account.id, now) if row.id != this
    ]

    def job(session: Session) -> None:
        for key in others:
            signing_in.revoke(session, key, now)

    view.change(job)
    return view.go("/desk/me", "You are signed out everywhere else.")


PAGES = (
    Page("GET", "/desk/sign-in", show_sign_in, None),
    Page("POST", "/desk/sign-in", sign_in, None),
    Page("GET", "/desk/code", show_code, None),
    Page("POST", "/desk/code", take_code, None),
    Page("GET", "/desk/set-up-code", show_set_up_code, None),
    Page("POST", "/desk/set-up-code", confirm_set_up, None),
    Page("GET", "/desk/welcome/{token}", show_welcome, None),
    Page("POST", "/desk/welcome/{token}", choose_password, None),
    Page("POST", "/desk/sign-out", sign_out, EVERYBODY),
    Page("GET", "/desk/me", me, EVERYBODY),
    Page("POST", "/desk/me/sign-out-elsewhere", sign_out_elsewhere, EVERYBODY),
)
