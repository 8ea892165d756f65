"""Accounts, tokens, the duty rota and settings: for an administrator."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from wellbeing_bot.service.accounts import DeskRole, managing, signing_in, tokens
from wellbeing_bot.service.accounts.managing import AccountError
from wellbeing_bot.service.accounts.roles import ADMINISTRATION
from wellbeing_bot.service.accounts.tokens import Scope
from wellbeing_bot.service.desk.settings import NUMBERS, TIMES
from wellbeing_bot.service.showing import person_pages
from wellbeing_bot.store import Account, ApiToken, Audit, Duty, Person
from wellbeing_bot.web.desk.page import Page, Refusal, View


def settings(view: View) -> Response:
    """All that is set for this network, in one place."""
    return _settings(view)


def _settings(view: View, *, link: str = "", token: str = "", error: str = "") -> Response:
    now = view.security_now
    accounts = view.session.scalars(
        select(Account).where(Account.network_id == view.ours.id).order_by(Account.name)
    )
    duties = view.session.execute(
        select(Duty, Person)
        .join(Person, Person.id == Duty.person_id)
        .where(Duty.network_id == view.ours.id)
        .order_by(Duty.position, Duty.id)
    )
    return view.show(
        "desk/settings.html",
        status=400 if error else 200,
        accounts=list(accounts),
        locked=lambda account: signing_in.is_locked(account, now),
        duties=list(duties),
        staff=person_pages.link_workers(view.session, view.ours.id),
        roles=[(role.value, role.words) for role in DeskRole],
        tokens=tokens.of_network(view.session, view.ours.id),
        scopes=[(scope.value, scope.words) for scope in Scope],
        times=TIMES,
        numbers=NUMBERS,
        link=link,
        token=token,
        error=error,
    )


def change_settings(view: View) -> Response:
    """Keep the network's settings."""
    view.perform(
        "change_settings",
        service_name=view.text("service_name", 60),
        privacy_url=view.text("privacy_url", 200),
        show_nhs_logo=view.text("show_nhs_logo") == "yes",
        **{name: view.text(name, 8)[:5] or None for name in TIMES},
        **{name: view.number(name) for name in NUMBERS},
    )
    return view.go("/desk/settings", "Saved.")


def _link(view: View, account: Account) -> str:
    base = view.desk.app.settings.public_base_url or str(view.request.base_url).rstrip("/")
    token = managing.welcome_token(view.desk.keys, account, view.security_now)
    return f"{base}/desk/welcome/{token}"


def _audited(view: View, session: Session, what: str) -> None:
    session.add(Audit(network_id=view.ours.id, by=view.account.name, what=what, details={}, at=view.now))


def add_account(view: View) -> Response:
    """Make an account; its link shows once."""
    network_id, now = view.ours.id, view.security_now

    def job(session: Session) -> str:
        row = session.get_one(type(view.ours), network_id)
        account = managing.add(
            session,
            row,
            email=view.text("email", 160),
            name=view.text("name", 120),
            role=view.text("role", 20),
            now=now,
            person_id=view.number("person"),
        )
        _audited(view, session, "account_added")
        return _link(view, account)

    try:
        link = view.change(job)
    except AccountError as error:
        return _settings(view, error=str(error))
    return _settings(view, link=link)


def _account_changed(view: View, what: str) -> Response:
    """Switch off, on, or reset. Nobody locks themselves out."""
    key, now = view.one(Account).id, view.security_now
    if key == view.account.id:
        return view.go("/desk/settings", "Ask another administrator to change your own account.", wrong=True)

    def job(session: Session) -> str:
        account = session.get_one(Account, key)
        _audited(view, session, f"account_{what}")
        if what == "disabled":
            managing.disable(session, account, now)
        elif what == "enabled":
            managing.enable(session, account)
        elif what == "reset":
            managing.reset(session, account, now)
            return _link(view, account)
        return ""

    link = view.change(job)
    if link:
        return _settings(view, link=link)
    return view.go("/desk/settings", f"The account is {what}.")


def disable(view: View) -> Response:
    """They cannot sign in any more."""
    return _account_changed(view, "disabled")


def enable(view: View) -> Response:
    """They can again."""
    return _account_changed(view, "enabled")


def reset(view: View) -> Response:
    """A new link; password and codes are forgotten."""
    return _account_changed(view, "reset")


def add_token(view: View) -> Response:
    """Make a token for a case-management system; it shows once."""
    chosen = [scope for scope in Scope if scope.value in view.ticked("scopes")]
    network_id, now, label = view.ours.id, view.security_now, view.text("label", 120)

    def job(session: Session) -> str:
        _audited(view, session, "token_added")
        return tokens.make(session, network_id, label, chosen, now)

    try:
        made = view.change(job)
    except ValueError as error:
        return _settings(view, error=f"{str(error).capitalize()}.")
    return _settings(view, token=made)


def revoke_token(view: View) -> Response:
    """It opens nothing any more."""
    key, now = view.one(ApiToken).id, view.security_now

    def job(session: Session) -> None:
        row = session.get_one(ApiToken, key)
        row.revoked_at = row.revoked_at or now
        _audited(view, session, "token_revoked")

    view.change(job)
    return view.go("/desk/settings", "The token opens nothing any more.")


def add_duty(view: View) -> Response:
    """Put somebody on the duty rota."""
    person = view.number("duty_person")
    if person is None:
        raise Refusal(400)
    view.perform(
        "add_duty",
        person=person,
        position=view.number("position"),
        weekdays=[int(day) for day in view.ticked("weekdays") if day in set("0123456")],
        start=view.text("start", 5) or None,
        until=view.text("until", 5) or None,
    )
    return view.go("/desk/settings", "They are on the rota.")


def end_duty(view: View) -> Response:
    """Take a line off the rota."""
    view.perform("end_duty", duty=view.one(Duty).id)
    return view.go("/desk/settings", "Taken off the rota.")


PAGES = (
    Page("GET", "/desk/settings", settings, ADMINISTRATION),
    Page("POST", "/desk/settings", change_settings, ADMINISTRATION),
    Page("POST", "/desk/accounts", add_account, ADMINISTRATION),
    Page("POST", "/desk/accounts/{account:int}/disable", disable, ADMINISTRATION),
    Page("POST", "/desk/accounts/{account:int}/enable", enable, ADMINISTRATION),
    Page("POST", "/desk/accounts/{account:int}/reset", reset, ADMINISTRATION),
    Page("POST", "/desk/tokens", add_token, ADMINISTRATION),
    Page("POST", "/desk/tokens/{token:int}/revoke", revoke_token, ADMINISTRATION),
    Page("POST", "/desk/duties", add_duty, ADMINISTRATION),
    Page("POST", "/desk/duties/{duty:int}/end", end_duty, ADMINISTRATION),
)
