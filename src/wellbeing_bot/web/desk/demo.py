"""In the demo alone: sign in as any role with one click. Everybody in it is invented."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from wellbeing_bot.service.accounts import DeskRole, managing, signing_in
from wellbeing_bot.store import Account, Network, Person, PersonRole
from wellbeing_bot.store.states import Role
from wellbeing_bot.web.desk.page import Page, Refusal, View
from wellbeing_bot.web.desk.signing import browser
from wellbeing_bot.web.simulator.busy import WORKER, busy_network
from wellbeing_bot.web.simulator.filling import begin, settle_in

PEOPLE = {DeskRole.LINK_WORKER: Role.LINK_WORKER, DeskRole.COORDINATOR: Role.COORDINATOR}
"""Roles of the desk that somebody of the story has."""


def sign_in_as(view: View) -> Response:
    """Sign in as a role, as somebody of the story where there is one."""
    written = view.text("role", 20)
    if written not in set(DeskRole):
        raise Refusal(400)
    role, now, label = (
        DeskRole(written),
        view.security_now,
        browser(view.request.headers.get("user-agent", "")),
    )

    def job(session: Session) -> str | None:
        network = session.scalar(select(Network).order_by(Network.id).limit(1))
        if network is None:
            return None
        return signing_in.enter(session, _account(session, network, role, view).id, now, label)

    cookie = view.change(job)
    if cookie is None:
        return view.go("/desk/sign-in", "There is no network yet. Start the demo afresh.", wrong=True)
    view.cookie = cookie
    return view.go("/desk")


def busy(view: View) -> Response:
    """Begin a busy morning: the demo is set up again, with 29 people of one link worker."""
    app = view.desk.app
    began = app.database.run(lambda session: begin(session, app.deployment, busy_network(), None))
    settle_in(app, began)
    return sign_in_as(view)


def _account(session: Session, network: Network, role: DeskRole, view: View) -> Account:
    email = f"{role.value.replace('_', '-')}@demo.example"
    account = signing_in.find_account(session, email)
    if account is not None:
        return account
    person = None
    if role in PEOPLE:
        person = session.scalar(
            select(Person)
            .join(PersonRole, PersonRole.person_id == Person.id)
            .where(Person.network_id == network.id, PersonRole.role == PEOPLE[role])
            .order_by(Person.key != WORKER, Person.id)
            .limit(1)
        )
    return managing.add(
        session,
        network,
        email=email,
        name=person.full_name if person else f"Demo {role.words.lower()}",
        role=role,
        now=view.security_now,
        person_id=person.id if person else None,
    )


PAGES = (
    Page("POST", "/desk/demo-sign-in", sign_in_as, None),
    Page("POST", "/desk/demo-busy", busy, None),
)
