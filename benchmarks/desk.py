"""The desk with 170,000 people on record: how long a whole page takes, from the request to its last byte."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import insert
from sqlalchemy.orm import Session
from starlette.applications import Starlette

from benchmarks.report import Row, milliseconds
from wellbeing_bot.app import App, build_demo
from wellbeing_bot.config import read_settings
from wellbeing_bot.service.accounts import DeskRole, Keys, managing, signing_in
from wellbeing_bot.store import AddressRow, Network, Person, PersonAddress, PersonRole, Referral, Task
from wellbeing_bot.store.states import ReferralState, Role, TaskState, Urgency
from wellbeing_bot.web import desk

PEOPLE = 170_000
WORKERS = 60
TASKS_OPEN = 600
TASKS_DONE = 40_000
TIMES = 25
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
FIRST = ("Jean", "Walter", "Ada", "Omar", "Grace", "Tom", "Petra", "Iqbal", "Nia", "Sid", "Wanda", "Hugh")
LAST = ("Aldous", "Nye", "Okoro", "Quayle", "Tarrant", "Bell", "Mbeki", "Fisk", "Pryce", "Rao", "Tully")
STATES = (ReferralState.DISCHARGED,) * 6 + (ReferralState.ACTIVE, ReferralState.BOOKED, ReferralState.WAITING)


def measure() -> list[Row]:
    """The rows of this part."""
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(
            database_url=f"sqlite:///{Path(folder) / 'desk.db'}",
            secret_key="for measuring " * 4,
            _env_file=None,
        )
        app = build_demo(settings, NOW)
        person = app.database.run(_fill)
        cookie = app.database.run(_sign_in)
        rows = [
            Row(f"desk, {PEOPLE:,} people: {name}", _figure(taken), f"{milliseconds(cpu):.0f} ms of one core")
            for name, taken, cpu in asyncio.run(_all_pages(app, cookie, person))
        ]
        asyncio.run(app.close())
    return rows


def _figure(taken: list[float]) -> str:
    return f"median {milliseconds(taken):.0f} ms, p90 {milliseconds(taken, 0.9):.0f} ms"


def _fill(session: Session) -> int:
    """People, each with a phone and a referral; tasks, most of them done. Returns somebody's number."""
    network = Network(slug="large", name="Large PCN", settings={})
    session.add(network)
    session.flush()
    common = {"network_id": network.id}
    for keys in _chunks(range(1, PEOPLE + 1)):
        session.execute(insert(Person), [_person(key) | common for key in keys])
        session.execute(insert(PersonRole), [_role(key) for key in keys])
        session.execute(insert(AddressRow), [_address(key) | common for key in keys])
        session.execute(insert(PersonAddress), [_linked(key) for key in keys])
        session.execute(insert(Referral), [_referral(key) | common for key in keys if key > WORKERS])
    for keys in _chunks(range(1, TASKS_OPEN + TASKS_DONE + 1)):
        session.execute(insert(Task), [_task(key) | common for key in keys])
    return PEOPLE // 2


def _chunks(keys: Iterable[int], size: int = 10_000) -> Iterator[list[int]]:
    left = iter(keys)
    while chunk := list(islice(left, size)):
        yield chunk


def _person(key: int) -> dict[str, Any]:
    return {
        "id": key,
        "first_name": FIRST[key % len(FIRST)],
        "last_name": f"{LAST[key * 7 % len(LAST)]}{chr(97 + key % 26)}{chr(97 + key // 26 % 26)}",
        "created_at": NOW,
    }


def _role(key: int) -> dict[str, Any]:
    return {"person_id": key, "role": Role.LINK_WORKER if key <= WORKERS else Role.PATIENT}


def _address(key: int) -> dict[str, Any]:
    return {"id": key, "channel": "sms", "value": f"+447{key:09}", "line": "+447700900000"}


def _linked(key: int) -> dict[str, Any]:
    return {"person_id": key, "address_id": key, "verified": True}


def _referral(key: int) -> dict[str, Any]:
    return {
        "person_id": key,
        "state": STATES[key % len(STATES)],
        "link_worker_id": key % WORKERS + 1,
        "opened_at": NOW - timedelta(days=key % 700),
        "concerns": ["loneliness"],
    }


def _task(key: int) -> dict[str, Any]:
    done = key > TASKS_OPEN
    return {
        "kind": "result_in" if key % 3 else "asks_for_person",
        "urgency": Urgency.URGENT if key % 100 == 0 and not done else Urgency.ROUTINE,
        "state": TaskState.DONE if done else TaskState.RAISED,
        "person_id": key * 4 % PEOPLE + 1,
        "raised_at": NOW - timedelta(hours=key % 100),
        "due_at": NOW + timedelta(hours=key % 50 - 10),
        "done_at": NOW - timedelta(hours=key % 1000) if done else None,
    }


def _sign_in(session: Session) -> str:
    """A link worker with a caseload of her own."""
    network = session.get_one(Network, 1)
    account = managing.add(
        session,
        network,
        email="ines@large.example",
        name="Ines Moor",
        role=DeskRole.LINK_WORKER,
        now=NOW,
        person_id=7,
    )
    return signing_in.enter(session, account.id, NOW, "measuring")


class _Stopped:
    def now(self) -> datetime:
        return NOW


async def _all_pages(app: App, cookie: str, person: int) -> list[tuple[str, list[float], list[float]]]:
    asgi = Starlette(routes=desk.routes(app, _Stopped()))
    transport = httpx.ASGITransport(asgi)
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.test", timeout=120) as client:
        client.cookies.set("desk", cookie)
        csrf = await _csrf(app, cookie)
        asked: list[tuple[str, str, dict[str, str] | None]] = [
            ("worklist", "/desk/worklist", None),
            ("worklist, a link worker's own people", "/desk/worklist?whose=caseload", None),
            ("caseload, her own", "/desk/people", None),
            ("caseload, everybody", "/desk/people?worker=", None),
            ("caseload, everybody waiting", "/desk/people?worker=&state=waiting", None),
            ("caseload, a hundred pages on", "/desk/people?worker=&before=4000", None),
            ("search by name", "/desk/search/found", {"q": "petra q", "csrf": csrf}),
            ("search by the start of a name", "/desk/search/found", {"q": "wa", "csrf": csrf}),
            ("search by last figures", "/desk/search/found", {"q": "4321", "csrf": csrf}),
            ("search by whole number", "/desk/search/found", {"q": "07000084321", "csrf": csrf}),
            ("one person", f"/desk/people/{person}", None),
        ]
        return [(name, *await _times(client, path, form)) for name, path, form in asked]


async def _csrf(app: App, cookie: str) -> str:
    with app.database.reading() as session:
        found = signing_in.current(session, cookie, NOW)
        assert found is not None
        return Keys(app.settings.secret_key.get_secret_value()).sign("csrf", found.sign_in.digest)


async def _times(
    client: httpx.AsyncClient, path: str, form: dict[str, str] | None
) -> tuple[list[float], list[float]]:
    """Seconds by the clock, and of this process alone: other work on the machine lengthens the first."""
    taken, cpu = [], []
    for _ in range(TIMES + 1):
        began, busy = time.perf_counter(), time.process_time()
        answer = await (client.get(path) if form is None else client.post(path, data=form))
        taken.append(time.perf_counter() - began)
        cpu.append(time.process_time() - busy)
        assert answer.status_code == 200, (path, answer.status_code)
    return taken[1:], cpu[1:]
