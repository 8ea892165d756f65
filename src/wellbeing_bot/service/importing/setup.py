"""Setting up the simulator from one document: a network, everybody in it, and how things stand at the start.

The format is described for those outside in docs/simulator-setup.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from wellbeing_bot.messages import Address
from wellbeing_bot.questionnaires import loader
from wellbeing_bot.questionnaires.loader import Instruments
from wellbeing_bot.service.activities.planning import plan_network
from wellbeing_bot.service.importing.checking import check
from wellbeing_bot.service.importing.friendly import validate
from wellbeing_bot.service.importing.importing import lines_of_others, write, write_network
from wellbeing_bot.service.importing.loaded import Loaded
from wellbeing_bot.service.importing.moments import Reckoning
from wellbeing_bot.service.importing.on_record import find_network, on_record
from wellbeing_bot.service.importing.parsed import Everything, Parsed
from wellbeing_bot.service.importing.problems import ImportErrors, ImportProblem
from wellbeing_bot.service.importing.setup_answers import make_asking
from wellbeing_bot.service.importing.setup_checking import check_setup
from wellbeing_bot.service.importing.setup_documents import SetupDocument
from wellbeing_bot.service.importing.setup_people import make_record, make_task
from wellbeing_bot.service.importing.setup_placing import make_place, make_what_hangs_on_it
from wellbeing_bot.service.importing.setup_sessions import NoSession, Sessions
from wellbeing_bot.service.importing.writing import Writing
from wellbeing_bot.service.importing.yaml_file import read_yaml
from wellbeing_bot.service.work import Deployment, Work
from wellbeing_bot.store import Place, Session_

SetupSource = Mapping[str, Any] | str
"""The document as values (from JSON), or as YAML text, whose errors then name lines."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """What a set-up made, by the keys of the document."""

    people: dict[str, int] = field(default_factory=dict)  # key -> person id
    sessions: dict[str, int] = field(default_factory=dict)  # key -> session id
    networks: dict[str, int] = field(default_factory=dict)  # short name -> network id
    behaviours: dict[Address, str] = field(default_factory=dict)  # how simulated phones behave


def setup_start(document: SetupSource, now: datetime) -> datetime:
    """When the document wants the clock to stand: its ``start``, or ``now`` where it has none.

    Raises:
        ImportErrors: the start is not a moment.
    """
    loaded = _load(document)
    first = _networks(loaded)[0]
    written = loaded.data.get("start", first.data.get("start"))
    if written is None:
        return now
    found = Reckoning(now, _zone(first)).moment(str(written))
    if found is None:
        write = 'Write it like "2026-11-23T09:00", on the network\'s clocks'
        raise ImportErrors([loaded.problem(("start",), f"{written!r} is not a moment", write)])
    return found


def apply_setup(
    session: Session,
    document: SetupSource,
    now: datetime,
    deployment: Deployment,
    instruments: Instruments | None = None,
) -> SetUp:
    """Make everything the document says, as if it had come about by ``now``, and plan what is due.

    Args:
        session: an open transaction; nothing is left of a set-up that fails.
        document: one network, or ``networks:`` with a list of them.
        now: the start, aware; see ``setup_start``.
        deployment: scripts and the like, for questions that are open at the start.
        instruments: the questionnaires that may be asked; those that ship here where none are given.

    Raises:
        ImportErrors: everything that is wrong, each with the path of the value ("people[2].places[0].state").
    """
    made = SetUp()
    known = instruments or _shipped()
    for loaded in _networks(_load(document)):
        _apply(session, loaded, now, deployment, known, made)
    return made


def _apply(
    session: Session,
    loaded: Loaded,
    now: datetime,
    deployment: Deployment,
    instruments: Instruments,
    made: SetUp,
) -> None:
    written = validate(SetupDocument, loaded, Reckoning(now, _zone(loaded)))
    everything = Everything([Parsed(loaded, written)])
    problems = check(everything, on_record(session, None))
    problems += check_setup(loaded, written, instruments)
    problems += lines_of_others(session, everything, None)
    problems += _there_already(session, loaded, written, made)
    if problems:
        raise ImportErrors(problems)
    network = write_network(session, written, None)
    assert network is not None
    writing = Writing(session, network, on_record(session, None), now)
    write(writing, everything)
    work = Work(session, now, deployment, network)
    sessions = Sessions(work, writing.record.groups, writing.record.venues)
    for one in written.sessions:
        sessions.add(one)
    for person in written.people:
        make_record(work, writing.record, writing.record.people[person.key], person)
    _places(work, loaded, written, writing, sessions)
    for person in written.people:
        for asking in person.questionnaires:
            row = writing.record.people[person.key]
            make_asking(work, writing.record, sessions.by_key, row, asking, instruments)
    for task in written.tasks:
        make_task(work, writing.record, task)
    plan_network(work)
    made.networks[network.slug] = network.id
    made.people.update({person.key: writing.record.people[person.key].id for person in written.people})
    made.sessions.update({key: row.id for key, row in sessions.by_key.items()})
    for person in written.people:
        for address in person.addresses:
            if address.simulate != "ok":
                made.behaviours[Address(address.channel, address.value)] = address.simulate


def _places(work: Work, loaded: Loaded, written: SetupDocument, writing: Writing, sessions: Sessions) -> None:
    """Everybody's places, the earlier sessions first, so that a first visit is known from a second."""
    found: list[tuple[Session_, int, int]] = []
    problems: list[ImportProblem] = []
    taken: set[tuple[int, int]] = set()
    for number, person in enumerate(written.people):
        for position, place in enumerate(person.places):
            path = ("people", number, "places", position)
            try:
                session = sessions.find(place)
            except NoSession as error:
                problems.append(loaded.problem((*path, "on"), error.wrong, error.write))
                continue
            if (session.id, number) in taken:
                wrong = f"{person.key} has two places on one session"
                problems.append(loaded.problem(path, wrong, "Keep one of the two"))
            taken.add((session.id, number))
            found.append((session, number, position))
    if problems:
        raise ImportErrors(problems)
    made: list[tuple[Place, int, int]] = []
    for session, number, position in sorted(found, key=lambda one: (one[0].starts_at, one[1], one[2])):
        person = written.people[number]
        row = writing.record.people[person.key]
        made.append((make_place(work, row, session, person.places[position]), number, position))
    for made_place, number, position in made:
        make_what_hangs_on_it(work, writing.record, made_place, written.people[number].places[position])


def _there_already(
    session: Session, loaded: Loaded, written: SetupDocument, made: SetUp
) -> list[ImportProblem]:
    problems: list[ImportProblem] = []
    if find_network(session, written.network.slug) is not None:
        wrong = f"there is a network {written.network.slug!r} already"
        problems.append(loaded.problem(("network", "slug"), wrong, "Give this one another short name"))
    for number, person in enumerate(written.people):
        if person.key in made.people:
            wrong = f"another network has a person with the key {person.key!r}"
            problems.append(loaded.problem(("people", number, "key"), wrong, "Give each a key of their own"))
    return problems


@cache
def _shipped() -> Instruments:
    """Reading the instruments takes longer than setting up a small network; those that ship never change."""
    return loader.load()


def _load(document: SetupSource) -> Loaded:
    return read_yaml("setup.yaml", document) if isinstance(document, str) else Loaded("", document)


def _networks(loaded: Loaded) -> list[Loaded]:
    """The document itself, or each of its ``networks``."""
    several = loaded.data.get("networks")
    if several is None:
        return [loaded]
    if not isinstance(several, list) or not all(isinstance(one, Mapping) for one in several) or not several:
        raise ImportErrors(
            [loaded.problem(("networks",), "a list of networks is wanted here", "Write one each")]
        )
    if extra := sorted(set(loaded.data) - {"networks", "start"}):
        wrong = f"{extra[0]} stands beside networks"
        raise ImportErrors([loaded.problem((extra[0],), wrong, "Put it inside one of the networks")])
    return [_one_of(loaded, number, one) for number, one in enumerate(several)]


def _one_of(loaded: Loaded, number: int, data: Mapping[str, Any]) -> Loaded:
    at = ("networks", number)
    lines = {path[2:]: line for path, line in loaded.lines.items() if path[:2] == at}
    return Loaded(loaded.file, data, lines, at)


def _zone(loaded: Loaded) -> ZoneInfo:
    """The zone a document is read in; a wrong one is found when the document is checked."""
    network = loaded.data.get("network")
    name = network.get("zone", "Europe/London") if isinstance(network, Mapping) else "Europe/London"
    try:
        return ZoneInfo(str(name))
    except (KeyError, ValueError, OSError):
        return ZoneInfo("Europe/London")
