"""Signing in with the organisation's own account, where the deployment has set that up."""

from __future__ import annotations

import logging
import secrets

from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from wellbeing_bot.service.accounts import signing_in
from wellbeing_bot.service.accounts.oidc import Attempt, Oidc, OidcError
from wellbeing_bot.web.desk.page import Page, Refusal, View
from wellbeing_bot.web.desk.signing import browser

log = logging.getLogger(__name__)

NOT_KNOWN = (
    "That account opens nothing here. Ask your network's administrator to add it with its email address."
)
DID_NOT_WORK = "That did not work. Please try again, or sign in with your password."


def _set_up(view: View) -> Oidc:
    if view.desk.oidc is None:
        raise Refusal(404)
    return view.desk.oidc


def _back(view: View) -> str:
    base = view.desk.app.settings.public_base_url or str(view.request.base_url).rstrip("/")
    return f"{base}/desk/organisation/back"


def leave(view: View) -> Response:
    """Off to the issuer, with an attempt kept in a signed cookie."""
    oidc, attempt = _set_up(view), Attempt.new()
    try:
        where = oidc.way_out(attempt, _back(view))
    except OidcError as error:
        log.warning("signing in with the organisation failed", extra={"why": str(error)})
        return view.go("/desk/sign-in", DID_NOT_WORK, wrong=True)
    view.attempt = view.desk.keys.encrypt(f"{attempt.state} {attempt.nonce} {attempt.verifier}")
    return RedirectResponse(where, status_code=303)


def come_back(view: View) -> Response:
    """Back from the issuer: let them in if the attempt is ours and the account is here."""
    oidc = _set_up(view)
    attempt = _attempt(view)
    state, code = view.request.query_params.get("state", ""), view.request.query_params.get("code", "")
    if attempt is None or not code or not secrets.compare_digest(state.encode(), attempt.state.encode()):
        return view.go("/desk/sign-in", DID_NOT_WORK, wrong=True)
    view.attempt = ""
    now, label = view.security_now, browser(view.request.headers.get("user-agent", ""))
    try:
        email = oidc.email(attempt, code, _back(view), now)
    except OidcError as error:
        log.warning("signing in with the organisation failed", extra={"why": str(error)})
        return view.go("/desk/sign-in", DID_NOT_WORK, wrong=True)

    def job(session: Session) -> str | None:
        account = signing_in.find_account(session, email)
        if account is None or not signing_in.may_enter(session, account.id, now):
            return None
        return signing_in.enter(session, account.id, now, label)

    cookie = view.change(job)
    if cookie is None:
        return view.go("/desk/sign-in", NOT_KNOWN, wrong=True)
    view.cookie = cookie
    return view.go("/desk")


def _attempt(view: View) -> Attempt | None:
    kept = view.request.cookies.get(view.desk.cookie("desk_attempt"), "")
    try:
        state, nonce, verifier = view.desk.keys.decrypt(kept).split(" ")
    except ValueError:
        return None
    return Attempt(state, nonce, verifier)


PAGES = (
    Page("GET", "/desk/organisation", leave, None),
    Page("GET", "/desk/organisation/back", come_back, None),
)
