"""A small invented town for tests: one network, a few groups, champions, patients."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from wellbeing_bot.app import App, build_demo
from wellbeing_bot.config import read_settings
from wellbeing_bot.messages import Address
from wellbeing_bot.service.activities.planning import plan_network
from wellbeing_bot.service.people import address_row, give_role, link_address, new_person
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    Agreement,
    Champion,
    ChampionGroup,
    Duty,
    Group,
    Line,
    Network,
    Person,
    Practice,
    Venue,
)
from wellbeing_bot.store.database import Database
from wellbeing_bot.store.migrate import migrate
from wellbeing_bot.store.states import ChampionState, Role

LINE = "+447700900000"
BOT = "770090"
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday

NUMBERS = {
    "Jean": "sms:+447700900101",
    "Tom": "sms:+447700900102",
    "Asha": "telegram:7700103",
    "Sam": "sms:+447700900201",
    "Bea": "sms:+447700900202",
    "Carl": "sms:+447700900203",
    "Dot": "sms:+447700900204",
    "Lena": "sms:+447700900301",
    "Olu": "sms:+447700900302",
    "Coral": "sms:+447700900303",
    "Mary": "sms:+447700900104",
    "Ned": "sms:+447700900105",
    "Ruth": "sms:+447700900106",
    "Vi": "sms:+447700900107",
    "Wilf": "sms:+447700900108",
    "Mobile": "sms:+447700900109",
    "Dave": "sms:+447700900401",
    "Gill": "sms:+447700900402",
    "Kath": "sms:+447700900403",
}
"""Whose phone is whose. The first are strangers at first; then champions, staff and the others."""


_TEMPLATE: list[Path] = []


def fresh_sqlite(folder: Path) -> Path:
    """A migrated, empty SQLite file: migrated once a test process, then copied."""
    if not _TEMPLATE:
        template = Path(tempfile.mkdtemp(prefix="town")) / "template.db"
        database = Database(f"sqlite:///{template}")
        migrate(database.writer)
        with database.writer.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
        database.close()
        _TEMPLATE.append(template)
    path = folder / "town.db"
    shutil.copyfile(_TEMPLATE[0], path)
    return path


def build_town(folder: Path, *, start: datetime = START, url: str = "") -> App:
    """The whole service on a database of its own, with simulated phones and the town in it."""
    settings = read_settings(
        database_url=url or f"sqlite:///{fresh_sqlite(folder)}",
        secret_key="for tests only " * 4,
        _env_file=None,
    )
    app = build_demo(settings, start)
    app.database.run(lambda session: _fill(app, session))
    return app


def _fill(app: App, session: Session) -> None:
    network = Network(
        slug="seabank",
        name="Seabank PCN",
        # Nobody is asked any questions unless a transcript says so: each has its own subject.
        settings={"service_name": "Seabank Wellbeing", "questionnaires": {"plans": []}},
    )
    session.add(network)
    session.flush()
    session.add_all(
        [
            Line(network_id=network.id, channel="sms", value=LINE),
            Line(network_id=network.id, channel="telegram", value=BOT),
            Practice(network_id=network.id, name="Seabank Surgery", also=["Dr Mensah"]),
            Practice(network_id=network.id, name="Harbour Medical Centre", also=[]),
        ]
    )
    work = Work(session, app.clock.now(), app.deployment, network)
    _groups(work)
    _staff(work)
    _champions(work)
    session.flush()
    plan_network(work)


def _groups(work: Work) -> None:
    hall = Venue(
        network_id=work.network.id, name="the Oyster Hall", address="Harbour Street", postcode="CT5 1AB"
    )
    church = Venue(network_id=work.network.id, name="St Anne's", address="Mill Lane", postcode="CT6 5AB")
    work.session.add_all([hall, church])
    work.session.flush()
    common = {"network_id": work.network.id, "first_date": date(2026, 1, 1)}
    work.session.add_all(
        [
            Group(
                key="harbour-walk",
                name="Harbour Walk",
                about="An hour along the harbour, then tea.",
                good_to_know="A level mile. Nothing to bring. Toilets in the hall. Friends and dogs welcome.",
                kind="walk",
                venue_id=hall.id,
                meeting_point="the blue bench by the Oyster Hall",
                rrule="FREQ=WEEKLY;BYDAY=TH",
                start_time="10:00",
                **common,
            ),
            Group(
                key="gentle-walk",
                name="Gentle Stroll",
                kind="walk",
                venue_id=church.id,
                rrule="FREQ=WEEKLY;BYDAY=TU",
                start_time="11:00",
                asks_expect=True,
                **common,
            ),
            Group(
                key="bereavement",
                name="Bereavement Group",
                kind="bereavement",
                venue_id=church.id,
                rrule="FREQ=WEEKLY;BYDAY=FR",
                start_time="14:00",
                sensitive=True,
                **common,
            ),
            Group(
                key="lunch",
                name="Wellbeing Lunch",
                kind="lunch",
                venue_id=hall.id,
                rrule="FREQ=WEEKLY;BYDAY=WE",
                start_time="12:30",
                capacity=2,
                offers_transport=True,
                **common,
            ),
            Group(key="singing", name="Singing for Pleasure", kind="singing", running=False, **common),
        ]
    )
    work.session.flush()


def _add(work: Work, name: str, *roles: Role) -> Person:
    person = new_person(work, *roles, first_name=name)
    address = address_row(work, Address.parse(NUMBERS[name]), line=LINE)
    link_address(work, person, address)
    work.session.add(
        Agreement(person_id=person.id, address_id=address.id, wording="entered_by_staff", at=work.now)
    )
    return person


def _staff(work: Work) -> None:
    _add(work, "Lena", Role.LINK_WORKER)
    _add(work, "Coral", Role.COORDINATOR)
    for position, name in enumerate(("Olu", "Lena"), start=1):
        person = work.session.query(Person).filter_by(first_name=name).one_or_none()
        person = person or _add(work, name, Role.LINK_WORKER)
        work.session.add(Duty(network_id=work.network.id, person_id=person.id, position=position))


def _champions(work: Work) -> None:
    groups = {group.key: group for group in work.session.query(Group)}
    for name, gender, keys, dbs in (
        ("Sam", "man", ("harbour-walk", "gentle-walk"), date(2029, 6, 1)),
        ("Bea", "woman", ("harbour-walk", "bereavement"), date(2029, 6, 1)),
        ("Carl", "man", ("harbour-walk",), date(2026, 11, 24)),
        ("Dot", "woman", ("lunch",), date(2029, 6, 1)),
    ):
        person = _add(work, name, Role.CHAMPION)
        work.session.add(
            Champion(
                person_id=person.id,
                network_id=work.network.id,
                state=ChampionState.ACTIVE,
                gender=gender,
                how_to_know="a green lanyard" if name == "Sam" else "",
                dbs_until=dbs,
                entered_at=work.now,
            )
        )
        work.session.flush()
        for key in keys:
            work.session.add(ChampionGroup(person_id=person.id, group_id=groups[key].id))


def also(work: Work, person: Person, role: Role) -> None:
    """Give somebody one more role."""
    give_role(work, person, role)
