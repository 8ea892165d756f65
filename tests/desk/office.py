"""A town with a desk: two networks, an account of every role in each, and one row of every kind."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.applications import Starlette

from tests.town import build_town
from wellbeing_bot.app import App
from wellbeing_bot.messages import InboundKind
from wellbeing_bot.service.accounts import DeskRole, Keys, managing, signing_in, tokens
from wellbeing_bot.service.accounts.tokens import Scope
from wellbeing_bot.store import (
    Account,
    ApiToken,
    Appointment,
    Asking,
    CallToMake,
    Champion,
    DirectoryService,
    Duty,
    Goal,
    Group,
    InboundRow,
    LongWork,
    MeetAgain,
    Misunderstood,
    Network,
    Person,
    Place,
    Referral,
    Ride,
    RideProvider,
    Session_,
    Slot,
    SlotBooking,
    Task,
)
from wellbeing_bot.store.states import LongWorkState, PlaceState, Urgency
from wellbeing_bot.web import api, desk

REAL_START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass
class StoppedClock:
    """The real clock of the tests: it moves when it is told to."""

    at: datetime = REAL_START

    def now(self) -> datetime:
        return self.at

    def later(self, **by: float) -> None:
        self.at += timedelta(**by)


class Browser:
    """Asks the service as a browser would, without a network in between. Keeps its cookies."""

    def __init__(self, asgi: Starlette) -> None:
        self._asgi = asgi
        self.cookies: dict[str, str] = {}

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.ask("GET", path, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self.ask("POST", path, **more)

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """One request. Redirects are answers, and faults are 500 as for anybody."""

        async def asking() -> httpx.Response:
            transport = httpx.ASGITransport(self._asgi, raise_app_exceptions=False)
            headers = {**more.pop("headers", {}), "Cookie": "; ".join(map("=".join, self.cookies.items()))}
            async with httpx.AsyncClient(transport=transport, base_url="http://desk.test") as client:
                answer = await client.request(method, path, headers=headers, **more)
            for written in answer.headers.get_list("set-cookie"):
                self._keep(SimpleCookie(written))
            return answer

        return asyncio.run(asking())

    def _keep(self, written: SimpleCookie) -> None:
        for name, morsel in written.items():
            self.cookies.pop(name, None)
            if morsel["max-age"] != "0":
                self.cookies[name] = morsel.value


@dataclass
class Office:
    """The service with its desk, and browsers that are signed in."""

    app: App
    clock: StoppedClock
    asgi: Starlette
    keys: Keys
    rows: dict[str, dict[str, int]] = field(default_factory=dict)  # "own" and "other": kind -> id

    def browser(self, role: DeskRole | None = None, network: str = "own") -> Browser:
        """A browser, signed in as a role of a network, or as nobody."""
        client = Browser(self.asgi)
        if role is not None:
            cookie = self.app.database.run(lambda session: self._sign_in(session, role, network))
            client.cookies["desk"] = cookie
        return client

    def _sign_in(self, session: Session, role: DeskRole, network: str) -> str:
        account = signing_in.find_account(session, f"{role.value}@{network}.example")
        assert account is not None
        return signing_in.enter(session, account.id, self.clock.now(), "a test")

    def csrf(self, client: Browser) -> str:
        """The token a form of this browser carries."""
        with self.app.database.reading() as session:
            found = signing_in.current(session, client.cookies["desk"], self.clock.now())
            assert found is not None
            return self.keys.sign("csrf", found.sign_in.digest)

    def post(self, client: Browser, path: str, **fields: Any) -> Any:
        """Send a form as the desk's own pages do."""
        return client.post(path, data={"csrf": self.csrf(client), **fields})

    def token(self, *scopes: Scope) -> str:
        """A token of our network with these scopes."""
        network_id = self.rows["own"]["network"]
        return self.app.database.run(
            lambda session: tokens.make(session, network_id, "case system", list(scopes), self.clock.now())
        )


def open_office(folder: Path) -> Office:
    """Build the town, a second network, accounts and rows."""
    app = build_town(folder)
    clock = StoppedClock()
    keys = Keys(app.settings.secret_key.get_secret_value())
    asgi = Starlette(routes=[*desk.routes(app, clock), *api.routes(app, clock)])
    office = Office(app, clock, asgi, keys)
    office.rows["own"] = app.database.run(lambda session: _furnish(app, session, "seabank", "own"))
    office.rows["other"] = app.database.run(lambda session: _furnish(app, session, "elsewhere", "other"))
    return office


def _furnish(app: App, session: Session, slug: str, name: str) -> dict[str, int]:
    network = session.scalar(select(Network).where(Network.slug == slug))
    if network is None:
        network = Network(slug=slug, name="Elsewhere PCN", settings={})
        session.add(network)
        session.flush()
    now = app.clock.now()
    for role in DeskRole:
        managing.add(
            session,
            network,
            email=f"{role.value}@{name}.example",
            name=f"{role.words} {name}",
            role=role,
            now=now,
        )
    common = {"network_id": network.id}
    person = Person(first_name="Petra", last_name="Quayle", created_at=now, **common)
    group = Group(key=f"{name}-knitting", name="Knitting", first_date=date(2026, 1, 1), **common)
    provider = RideProvider(name="Minibus", **common)
    session.add_all([person, group, provider])
    session.flush()
    starts = now + timedelta(days=3)
    dated = Session_(
        group_id=group.id,
        occurs_on=starts.date(),
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        **common,
    )
    heard = InboundRow(
        provider_id=f"test:{name}", kind=InboundKind.TEXT, text="wibble", received_at=now, **common
    )
    session.add_all([dated, heard])
    session.flush()
    place = Place(session_id=dated.id, person_id=person.id, state=PlaceState.BOOKED, queued_at=now, **common)
    session.add(place)
    session.flush()
    slot = Slot(session_id=dated.id, what="Blood pressure", starts_at=starts, **common)
    session.add(slot)
    session.flush()
    about = {"person_id": person.id, **common}
    made: dict[str, Any] = {
        "person": person,
        "group": group,
        "session": dated,
        "place": place,
        "provider": provider,
        "task": Task(kind="asks_for_person", urgency=Urgency.SOON, raised_at=now, due_at=now, **about),
        "champion": Champion(entered_at=now, **about),
        "ride": Ride(
            place_id=place.id, session_id=dated.id, provider_id=provider.id, requested_at=now, **about
        ),
        "asking": Asking(instrument="ons4", point="entry", due_at=now, **about),
        "misunderstood": Misunderstood(inbound_id=heard.id, at=now, **common),
        "duty": Duty(**about),
        "account": Account(
            email=f"spare@{name}.example", name="Spare", role="link_worker", created_at=now, **common
        ),
        "token": ApiToken(
            label="spare", digest=f"none-{name}", scopes="tasks:read", created_at=now, **common
        ),
        "referral": Referral(opened_at=now, concerns=[], **about),
        "goal": Goal(words="Walk to the corner", set_at=now, review_at=now + timedelta(days=7), **about),
        "long_work": LongWork(
            kind="message", by="Spare", made_at=now, state=LongWorkState.DONE, result="x", **common
        ),
        "appointment": Appointment(link_worker_id=person.id, offered_at=now, times=[], **about),
        "service": DirectoryService(name="Warm lunches", needs=["food"], **common),
        "booking": SlotBooking(slot_id=slot.id, place_id=place.id, booked_at=now, **common),
        "wish": MeetAgain(session_id=dated.id, wisher_id=person.id, words="red scarf", at=now, **common),
        "erased": Person(created_at=now, erased_at=now, **common),
        "call": CallToMake(
            occurrence=f"test:{name}",
            key="notices.day_before.say",
            say="x",
            created_at=now,
            due_at=now,
            **about,
        ),
    }
    session.add_all(made.values())
    session.flush()
    ids = {kind: row.person_id if kind == "champion" else row.id for kind, row in made.items()}
    return {**ids, "network": network.id}
