"""Verbs of a transcript about lifts, weekly places and changes of mind. The harness: ``story_runner``.

known Jean                               (on record, with her phone, and asked about her needs before)
council                                  (Seabank Council drives: its list goes two working days before)
council Kath                             (... and Kath there can be texted)
driver Dave seats=3 wheelchair carries=oxygen
member Jean harbour-walk                 (a place every week)
answers council lunch@2026-11-25 Jean=11:15-11:45 Tom=refused
ride Jean 2026-11-25 confirmed there     (state, and which way: there, home, both)
late Jean 2026-11-25
on_list council lunch@2026-11-25 Jean Tom
asked_driver Dave Jean accepted
reminders Jean 1                         (texts to come that remind of something)
is_done ride_refused                     (every task of this kind is done, and there is one)
member_of Jean harbour-walk yes
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.story import Story
from tests.town import BOT, LINE, NUMBERS
from wellbeing_bot.messages import Address
from wellbeing_bot.service.people import address_row, link_address, new_person
from wellbeing_bot.service.places.signing_up import join_group
from wellbeing_bot.service.rides.manifest import manifest, to_csv
from wellbeing_bot.service.rides.uploading import read_upload
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    Agreement,
    DriverAsk,
    Group,
    Membership,
    Network,
    Person,
    Reminder,
    Ride,
    RideProvider,
    Session_,
    Task,
)
from wellbeing_bot.store.states import ReminderState, Role, TaskState

COUNCIL = "Seabank Council"


def _person(work: Work, name: str, *roles: Role) -> Person:
    found = work.session.scalar(select(Person).where(Person.first_name == name))
    if found is not None:
        return found
    person = new_person(work, *roles, first_name=name, last_name="Marsh")
    address = Address.parse(NUMBERS[name])
    row = address_row(work, address, line=LINE if address.channel == "sms" else BOT)
    link_address(work, person, row)
    agreed = Agreement(person_id=person.id, address_id=row.id, wording="entered_by_staff", at=work.now)
    work.session.add(agreed)
    work.session.flush()
    return person


def _known(story: Story, *names: str) -> None:
    def enter(work: Work) -> None:
        for name in names:
            _person(work, name, Role.PATIENT).access_needs = ["stick"]

    story.write(enter)


def _council(story: Story, contact: str = "", *more: str) -> None:
    def enter(work: Work) -> None:
        person = _person(work, contact, Role.PROVIDER) if contact else None
        provider = RideProvider(
            network_id=work.network.id, name=COUNCIL, takes_wheelchair=True, phone="01632 960555", carries=[]
        )
        provider.person = person
        work.session.add(provider)

    story.write(enter)


def _driver(story: Story, name: str, *more: str) -> None:
    said = dict(pair.partition("=")[::2] for pair in more)

    def enter(work: Work) -> None:
        provider = RideProvider(
            network_id=work.network.id,
            name=f"{name}'s car",
            volunteer=True,
            vehicle="a blue hatchback",
            takes_wheelchair="wheelchair" in said,
            carries=said.get("carries", "").split(",") if said.get("carries") else [],
            seats=int(said["seats"]) if "seats" in said else None,
            cutoff_working_days=int(said.get("cutoff", "0")),
            cutoff_time="12:00",
        )
        provider.person = _person(work, name, Role.PROVIDER)
        work.session.add(provider)

    story.write(enter)


def _member(story: Story, name: str, key: str) -> None:
    def enter(work: Work) -> None:
        group = work.session.scalars(select(Group).where(Group.key == key)).one()
        join_group(work, _person(work, name, Role.PATIENT), group)

    story.write(enter)


def _capacity(story: Story, key: str, seats: str) -> None:
    def enter(work: Work) -> None:
        group = work.session.scalars(select(Group).where(Group.key == key)).one()
        group.capacity = int(seats)
        for session in work.session.scalars(select(Session_).where(Session_.group_id == group.id)):
            session.capacity = int(seats)

    story.write(enter)


def _answers(story: Story, who: str, when: str, *given: str) -> None:
    """The provider fills in the list it was sent, and the coordinator uploads it."""
    said = dict(pair.split("=", 1) for pair in given)
    with story.app.database.reading() as session:
        work = Work(session, story.now, story.app.deployment, session.scalars(select(Network)).one())
        provider, lunch = _provider(session, who), _session(session, when)
        rows = list(csv.DictReader(io.StringIO(to_csv(manifest(work, provider, lunch)))))
        for row in rows:
            answer = said.get(row["name"].split()[0], "")
            if answer == "refused":
                row["refused"] = "no seat left"
            elif answer:
                row["pick_up_from"], _, row["pick_up_until"] = answer.partition("-")
        out = io.StringIO()
        writer = csv.DictWriter(out, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
        answers = read_upload(work, provider, lunch, out.getvalue())
        args: dict[str, Any] = {
            "session": lunch.id,
            "provider": provider.id,
            "answers": [
                {"ride": one.ride, "from": one.window_from, "until": one.window_until, "refused": one.refused}
                for one in answers
            ],
        }
    story.desk("lift_answers", **args)


def _provider(session: Session, who: str) -> RideProvider:
    name = COUNCIL if who == "council" else f"{who}'s car"
    return session.scalars(select(RideProvider).where(RideProvider.name == name)).one()


def _session(session: Session, written: str) -> Session_:
    key, _, day = written.partition("@")
    return session.scalars(
        select(Session_)
        .join(Group, Group.id == Session_.group_id)
        .where(Group.key == key, Session_.occurs_on == date.fromisoformat(day))
    ).one()


def ride_of(session: Session, name: str, day: str) -> Ride | None:
    """The newest ride of a person on a day."""
    return session.scalar(
        select(Ride)
        .join(Person, Person.id == Ride.person_id)
        .join(Session_, Session_.id == Ride.session_id)
        .where(Person.first_name == name, Session_.occurs_on == date.fromisoformat(day))
        .order_by(Ride.id.desc())
    )


def _expect_ride(story: Story, name: str, day: str, state: str, ways: str = "") -> None:
    with story.app.database.reading() as session:
        ride = ride_of(session, name, day)
        have = ride.state.value if ride else "none"
        goes = {(True, True): "both", (True, False): "there", (False, True): "home"}
        way = goes[(ride.there, ride.back)] if ride else ""
    assert have == state, f"the ride is {have}"
    assert not ways or way == ways, f"the ride is {way}"


def _expect_late(story: Story, name: str, day: str) -> None:
    with story.app.database.reading() as session:
        ride = ride_of(session, name, day)
        assert ride is not None
        assert ride.late, "the ride is not late"


def _expect_on_list(story: Story, who: str, when: str, *names: str) -> None:
    with story.app.database.reading() as session:
        work = Work(session, story.now, story.app.deployment, session.scalars(select(Network)).one())
        listed = manifest(work, _provider(session, who), _session(session, when))
    have = sorted(line.name.split()[0] for line in listed.lines)
    assert have == sorted(names), f"the list holds {have}"


def _expect_asked_driver(story: Story, driver: str, patient: str, state: str) -> None:
    with story.app.database.reading() as session:
        asks = session.scalars(select(DriverAsk).order_by(DriverAsk.id.desc()))
        have = [
            ask.state.value
            for ask in asks
            if ask.provider.name == f"{driver}'s car" and ask.ride.place.person.first_name == patient
        ]
    assert have[:1] == ([] if state == "never" else [state]), f"the asks are {have}"


def _expect_reminders(story: Story, name: str, count: str) -> None:
    with story.app.database.reading() as session:
        rows = session.scalars(
            select(Reminder)
            .join(Person, Person.id == Reminder.person_id)
            .where(
                Person.first_name == name,
                Reminder.kind.in_(["day_before", "remind_again"]),
                Reminder.state == ReminderState.DUE,
            )
        )
        have = [row.occurrence for row in rows]
    assert len(have) == int(count), f"to come are {have}"


def _expect_done(story: Story, kind: str) -> None:
    with story.app.database.reading() as session:
        states = list(session.scalars(select(Task.state).where(Task.kind == kind)))
    assert states, f"there is no task {kind}"
    assert set(states) == {TaskState.DONE}, f"the tasks are {states}"


def _expect_member(story: Story, name: str, key: str, yes: str) -> None:
    with story.app.database.reading() as session:
        found = session.scalar(
            select(Membership.id)
            .join(Person, Person.id == Membership.person_id)
            .join(Group, Group.id == Membership.group_id)
            .where(Person.first_name == name, Group.key == key, Membership.ended_at.is_(None))
        )
    assert (found is not None) is (yes == "yes"), "it is the other way round"


def value(session: Session, name: str, written: str) -> object | None:
    """What an argument of a desk action stands for; None when it is not one of ours."""
    if name == "ride" and "@" in written:
        who, _, day = written.partition("@")
        ride = ride_of(session, who, day)
        return ride.id if ride else None
    if name == "provider":
        return _provider(session, written).id
    if name == "people" and not written.isdigit():
        return [
            session.scalars(select(Person.id).where(Person.first_name == who)).one()
            for who in written.split(",")
        ]
    if name in {"from", "until", "at", "phone", "pick_up"}:
        return written
    return None


ACTS: Mapping[str, Callable[..., Any]] = {
    "known": _known,
    "council": _council,
    "driver": _driver,
    "member": _member,
    "capacity": _capacity,
    "answers": _answers,
}
"""Something happens; what goes out because of it is written in the lines that follow."""


CHECKS: Mapping[str, Callable[..., Any]] = {
    "ride": _expect_ride,
    "late": _expect_late,
    "on_list": _expect_on_list,
    "asked_driver": _expect_asked_driver,
    "reminders": _expect_reminders,
    "is_done": _expect_done,
    "member_of": _expect_member,
}
"""What must be on record."""
