"""Files become rows: all of them or none, and a second time they change nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.store.importing.conftest import MONDAY
from wellbeing_bot.service.importing import ImportErrors, Source, Summary, import_documents, read_sources
from wellbeing_bot.store import (
    AddressRow,
    Base,
    Champion,
    ChampionGroup,
    Duty,
    Group,
    Network,
    Person,
    PersonAddress,
    Reminder,
    RideProvider,
)
from wellbeing_bot.store.database import Database
from wellbeing_bot.store.states import Role

TEMPLATES = Path(__file__).parents[3] / "docs" / "import"
BASE = """
network: {slug: example-bay, name: Example Bay}
lines: [{sms: 07700 900500}]
practices: [{name: Quayside Practice, also: [the quay]}]
venues: [{name: Quay Hall, postcode: CT5}]
groups:
  - {key: walk, name: Bay Walk, schedule: FREQ=WEEKLY;BYDAY=TH, venue: quay hall}
people:
  - {key: pat, first_name: Pat, roles: [coordinator], phone: 07700 900510}
duty: [{person: pat}]
"""


def load(session: Session, *texts: str, **more: Any) -> Summary:
    """Import YAML given as text."""
    files = [Source(f"{number}.yaml", dedent(text).encode()) for number, text in enumerate(texts)]
    return import_documents(session, files, MONDAY, **more)


def count(session: Session, table: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_the_templates_of_the_documentation_are_a_network(session: Session) -> None:
    summary = import_documents(session, read_sources([TEMPLATES]), MONDAY)

    walk = session.scalars(select(Group).where(Group.key == "bay-walk")).one()
    assert walk.venue is not None
    assert (walk.rrule, walk.start_time, walk.venue.name) == ("FREQ=WEEKLY;BYDAY=TH", "10:00", "Quay Hall")
    ada = session.scalars(select(Person).where(Person.first_name == "Ada")).one()
    assert ada.has(Role.CHAMPION)
    assert session.get_one(Champion, ada.id).dbs_until == date(2030, 3, 31)
    assert ("Bay Lunch", "the second Wednesday of the month at 12.30pm") in summary.schedules
    assert all(counts.new == counts.all for kind, counts in summary.counts.items() if kind != "duty")
    assert not summary.notes


def test_a_second_time_nothing_changes(session: Session) -> None:
    import_documents(session, read_sources([TEMPLATES]), MONDAY)
    before = {table: count(session, table) for table in (Person, AddressRow, PersonAddress, Group, Duty)}

    summary = import_documents(session, read_sources([TEMPLATES]), MONDAY)

    assert all(counts.same == counts.all for counts in summary.counts.values())
    assert {table: count(session, table) for table in before} == before


def test_a_running_service_plans_what_is_new_at_once(session: Session) -> None:
    load(session, BASE)
    load(session, BASE)

    (plan,) = session.scalars(select(Reminder))
    assert (plan.kind, plan.due_at) == ("plan", MONDAY)


def test_what_a_file_does_not_say_stays(session: Session) -> None:
    load(session, BASE, "people: [{key: jean, first_name: Jean, postcode: CT5, phone: 07700 900520}]")

    load(session, "people: [{key: jean, first_name: Jeanne, telegram: 5}]", network="example-bay")

    jean = session.scalars(select(Person).where(Person.key == "jean")).one()
    assert (jean.first_name, jean.postcode) == ("Jeanne", "CT5")
    assert count(session, PersonAddress) == 3


def test_null_empties_a_value_and_nothing_leaves_it(session: Session) -> None:
    load(session, BASE, "people: [{key: jean, first_name: Jean, postcode: CT5, practice: the quay}]")

    load(session, "people: [{key: jean, first_name: Jean, postcode: null, practice: }]")

    jean = session.scalars(select(Person).where(Person.key == "jean")).one()
    assert jean.postcode is None
    assert jean.practice_id is not None


@pytest.mark.parametrize(
    ("second", "people"),
    [
        ("{first_name: JEAN, phone: 07700 900520}", 2),
        ("{first_name: Jean, last_name: Aldous, phone: 07700 900520}", 2),
        ("{key: jean, first_name: Jean, phone: 07700 900520}", 2),
        ("{first_name: Harry, phone: 07700 900520}", 3),
    ],
    ids=["the same", "with a last name", "with a key", "somebody else on the same phone"],
)
def test_somebody_is_found_by_number_and_first_name(session: Session, second: str, people: int) -> None:
    load(session, BASE, "people: [{first_name: Jean, phone: 07700 900520}]")

    load(session, f"people: [{second}]")

    assert count(session, Person) == people
    assert count(session, AddressRow) == 2


def test_somebody_who_texted_before_anybody_knew_their_name_is_found(session: Session) -> None:
    load(session, BASE)
    network = session.scalars(select(Network)).one()
    stranger = Person(network_id=network.id, created_at=MONDAY)
    address = AddressRow(network_id=network.id, channel="sms", value="+447700900520")
    session.add_all([stranger, address])
    session.flush()
    session.add(PersonAddress(person_id=stranger.id, address_id=address.id))

    load(session, "people: [{first_name: Jean, phone: 07700 900520}, {first_name: Al, phone: 07700 900520}]")

    assert stranger.first_name == "Jean"
    assert count(session, Person) == 3


def test_a_file_can_stop_texts_and_never_start_them_again(session: Session) -> None:
    load(session, BASE, "people: [{first_name: Tom, addresses: [{sms: 07700 900530, opted_out: yes}]}]")
    load(session, "people: [{first_name: Tom, addresses: [{sms: 07700 900530, opted_out: no}]}]")

    address = session.scalars(select(AddressRow).where(AddressRow.value == "+447700900530")).one()
    assert address.opted_out_at == MONDAY
    assert address.line == "+447700900500"


def test_a_champions_groups_are_replaced_and_their_roles_added_to(session: Session) -> None:
    more = (
        "groups: [{key: lunch, name: Lunch}]\npeople: [{key: pat, first_name: Pat, champion: {groups: [%s]}}]"
    )
    load(session, BASE)
    load(session, more % "walk")
    load(session, more % "lunch")

    pat = session.scalars(select(Person).where(Person.key == "pat")).one()
    lunch = session.scalars(select(Group).where(Group.key == "lunch")).one()
    assert {role.role for role in pat.roles} == {Role.COORDINATOR, Role.CHAMPION}
    assert session.scalars(select(ChampionGroup.group_id)).all() == [lunch.id]


def test_the_rota_is_replaced_as_a_whole(session: Session) -> None:
    load(session, BASE, "people: [{key: kit, first_name: Kit}]")
    load(session, 'duty: [{person: kit, weekdays: [Sat, Sun], start: "8:00", until: "20:00"}, {person: pat}]')

    turns = session.scalars(select(Duty).order_by(Duty.position)).all()
    assert [(turn.position, turn.weekdays, turn.start) for turn in turns] == [
        (1, [5, 6], "08:00"),
        (2, [], None),
    ]


def test_settings_are_added_to_those_on_record(session: Session) -> None:
    load(session, BASE + "settings: {service_name: Bay, offer_hours: 12}\n")
    load(session, 'settings: {quiet_from: "21:00", offer_hours: 6}')

    stored = session.scalars(select(Network)).one().settings
    assert stored == {"service_name": "Bay", "offer_hours": 6, "quiet_from": "21:00:00"}


def test_a_ride_provider_is_its_contact_and_what_it_carries(session: Session) -> None:
    load(session, BASE + "ride_providers: [{name: Bus, person: pat, carries: wheelchair; oxygen, seats: 8}]")

    bus = session.scalars(select(RideProvider)).one()
    pat = session.scalars(select(Person).where(Person.key == "pat")).one()
    assert (bus.person_id, bus.carries, bus.volunteer) == (pat.id, ["wheelchair", "oxygen"], False)


@pytest.mark.parametrize(
    ("text", "line", "wrong", "write"),
    [
        ("groups: [{key: lunch, name: Lunch, venue: Kay Hall}]", 1, "no venue 'Kay Hall'", "Quay Hall"),
        ("people:\n  - {key: a, first_name: A, practice: Elsewhere}", 2, "no practice", "practices:"),
        ("people:\n  - {key: a, first_name: A, champion: {groups: [wlak]}}", 2, "no group 'wlak'", "walk"),
        ("duty:\n  - {person: nobody}", 2, "no person with the key", "people:"),
        ("ride_providers:\n  - {name: Bus, person: nobody}", 2, "no person with the key", "people:"),
        ("practices:\n  - {name: A}\n  - {name: ' a '}", 3, "written twice", "1.yaml:2"),
        ("people:\n  - {key: pat, first_name: P}", 2, "written twice, first in 0.yaml:9", "one of the two"),
        (
            "people:\n  - {first_name: A, phone: 07700900520}\n  - {first_name: a, phone: +447700900520}",
            3,
            "written twice",
            "one of the two",
        ),
        ("network: {slug: other, name: Other}", 1, "several networks", "one network"),
    ],
)
def test_names_that_do_not_fit_together_are_found(
    session: Session, text: str, line: int, wrong: str, write: str
) -> None:
    with pytest.raises(ImportErrors) as refused:
        load(session, BASE, text)

    (problem,) = refused.value.problems
    assert str(problem).startswith(f"1.yaml:{line}: ")
    assert wrong in str(problem)
    assert write in str(problem)
    assert count(session, Network) == 0


def test_a_number_belongs_to_one_network(session: Session) -> None:
    load(session, BASE)

    with pytest.raises(ImportErrors, match="another network"):
        load(session, "network: {slug: two, name: Two}\nlines: [{sms: 07700 900500}]")


def test_a_list_alone_goes_to_the_only_network_or_asks_which(session: Session) -> None:
    with pytest.raises(ImportErrors, match="no network yet"):
        load(session, "venues: [{name: Loft}]")
    load(session, BASE)
    load(session, "venues: [{name: Loft}]")
    load(session, "network: {slug: two, name: Two}")

    with pytest.raises(ImportErrors, match="several networks, and this does not say"):
        load(session, "venues: [{name: Loft}]")
    assert load(session, "venues: [{name: Loft}]", network="example-bay").counts["venue"].same == 1
    with pytest.raises(ImportErrors, match="no network 'three'"):
        load(session, "venues: [{name: Loft}]", network="three")


def test_the_bar_moves_once_for_each_thing(session: Session) -> None:
    seen: list[tuple[int, int]] = []

    load(session, BASE, progress=lambda done, total, _: seen.append((done, total)))

    assert seen == [(number, 6) for number in range(1, 7)]


def test_nothing_is_half_imported_when_the_database_refuses(database: Database) -> None:
    """A failure after many rows are written leaves none of them."""

    def job(session: Session) -> None:
        def stumble(done: int, total: int, kind: str) -> None:
            if done == total:
                raise RuntimeError("the light went out")

        load(session, BASE, progress=stumble)

    with pytest.raises(RuntimeError, match="light"):
        database.run(job)
    with database.reading() as session:
        assert count(session, Network) == count(session, Person) == 0


def test_what_somebody_should_look_at_is_said(session: Session) -> None:
    summary = load(
        session,
        """
        network: {slug: a, name: A}
        venues: [{name: Hall, postcode: ZZ99}]
        groups:
          - {key: walk, name: Walk, kind: wallk}
          - {key: lunch, name: Lunch, schedule: FREQ=WEEKLY;BYDAY=WE}
        people:
          - {key: amir, first_name: Amir, champion: {dbs_until: 2026-11-22, groups: [walk]}}
        """,
    )

    said = "\n".join(summary.lines())
    for word in ("duty rota", "number", "Amir", "No champion", "Lunch", "No schedule", "ZZ99", "wallk"):
        assert word in said


def test_times_stay_local_wall_time(session: Session) -> None:
    load(session, BASE)
    now = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)

    import_documents(session, [Source("groups.csv", b"key,name,start\nwalk,Bay Walk,9.30\n")], now)

    assert session.scalars(select(Group)).one().start_time == "09:30"
