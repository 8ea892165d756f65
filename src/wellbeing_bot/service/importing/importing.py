"""Importing files: everything is checked first, then all of it is written in the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wellbeing_bot.service.importing.checking import check
from wellbeing_bot.service.importing.looking import look_at
from wellbeing_bot.service.importing.on_record import find_network, line_owner, on_record
from wellbeing_bot.service.importing.parsed import Everything, Parsed, read
from wellbeing_bot.service.importing.people_documents import Document
from wellbeing_bot.service.importing.problems import ImportErrors, ImportProblem
from wellbeing_bot.service.importing.sources import Source
from wellbeing_bot.service.importing.summary import Summary
from wellbeing_bot.service.importing.write_people import write_duty, write_people, write_ride_provider
from wellbeing_bot.service.importing.write_places import (
    write_group,
    write_line,
    write_practice,
    write_service,
    write_venue,
)
from wellbeing_bot.service.importing.writing import Writing
from wellbeing_bot.service.settings import read_network_settings
from wellbeing_bot.store import Network, Reminder

Progress = Callable[[int, int, str], None]
"""Called with how many things are written, how many there are, and the kind of the last one."""


def import_documents(
    session: Session,
    files: Iterable[Source],
    now: datetime,
    progress: Progress | None = None,
    *,
    network: str | None = None,
) -> Summary:
    """Put the files of one network on record, making what is new and changing what differs.

    Nothing is written before everything is found right, and the caller's transaction holds all of it, so
    nothing is ever half imported. Importing the same files again changes nothing.

    Args:
        session: an open transaction.
        files: YAML and CSV files, see docs/import.md.
        now: the moment, aware.
        progress: told of each thing written.
        network: short name of the network that CSV files are for, where no YAML file names one.

    Raises:
        ImportErrors: everything that is wrong, each with its file and line.
    """
    everything = read(files)
    return import_portion(
        session, everything, range(len(everything.people())), now, progress, network=network
    )


def import_portion(
    session: Session,
    everything: Everything,
    portion: range,
    now: datetime,
    progress: Progress | None = None,
    *,
    network: str | None = None,
) -> Summary:
    """Some of the people of the files; with the first of them the places, with the last the rest.

    Portion after portion in transactions of their own, a long list keeps nobody waiting. What is
    on record already stays as it is, so one that broke off is done with by importing the files again.

    Raises:
        ImportErrors: everything that is wrong, each with its file and line.
    """
    named = _named(everything, network)
    row = find_network(session, named) if named else _only_network(session, everything)
    whole = portion == range(len(everything.people()))
    wanted = everything.names_people() and (whole or everything.named(portion))
    record = on_record(session, row, people=wanted)
    problems = [*check(everything, record), *lines_of_others(session, everything, row)]
    if row is None and not any(file.document.network for file in everything):
        problems.append(_nameless(everything, named))
    if problems:
        raise ImportErrors(problems)
    total, done = len(everything), 0

    def step(kind: str) -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, total, kind)

    writing = Writing(session, _network(session, everything, row), record, now, step)
    write(writing, everything, portion)
    schedules: tuple[tuple[str, str], ...] = ()
    if portion.stop >= len(everything.people()):
        look_at(writing, everything)
        schedules = tuple((group.name, group.schedule_in_words) for group in everything.groups())
    _plan_soon(writing)
    return Summary(writing.network.name, writing.counts, schedules, tuple(writing.notes))


def problems_of(session: Session, everything: Everything, network: str) -> list[ImportProblem]:
    """All that is wrong with files for a network that is on record, without writing anything."""
    named = _named(everything, network)
    row = find_network(session, named) if named else None
    record = on_record(session, row, people=everything.named(range(0)))
    return [*check(everything, record), *lines_of_others(session, everything, row)]


def write(writing: Writing, everything: Everything, portion: range | None = None) -> None:
    """Every section in the order in which they name each other; of the people, a portion."""
    people = everything.people()
    portion = range(len(people)) if portion is None else portion
    if portion.start == 0:
        _write_places(writing, everything)
    write_people(writing, people[portion.start : portion.stop])
    if portion.stop >= len(people):
        _write_rest(writing, everything)


def _write_places(writing: Writing, everything: Everything) -> None:
    for line in everything.lines():
        write_line(writing, line)
    for practice in everything.practices():
        write_practice(writing, practice)
    for venue in everything.venues():
        write_venue(writing, venue)
    for group in everything.groups():
        write_group(writing, group)


def _write_rest(writing: Writing, everything: Everything) -> None:
    """What names people."""
    for file in everything:
        if "duty" in file.document.model_fields_set:
            write_duty(writing, file.document.duty)
    for provider in everything.ride_providers():
        write_ride_provider(writing, provider)
    for service in everything.services():
        write_service(writing, service)


def _plan_soon(writing: Writing) -> None:
    """Have a service that is running plan the sessions of what is new, without waiting for the night."""
    mine, session = writing.network.id, writing.session
    occurrence = f"plan:{mine}:import:{writing.now.isoformat()}"
    if not any(counts.new or counts.changed for counts in writing.counts.values()):
        return
    if session.scalar(select(Reminder.id).where(Reminder.occurrence == occurrence)) is None:
        session.add(
            Reminder(network_id=mine, kind="plan", occurrence=occurrence, payload={}, due_at=writing.now)
        )
        session.flush()


def _named(everything: Everything, network: str | None) -> str | None:
    """The network the files are for. Files of two networks are imported one after the other."""
    slugs: dict[str, Parsed] = {}
    for file in everything:
        if file.document.network is not None:
            slugs.setdefault(file.document.network.slug, file)
    if network is not None and any(slug != network for slug in slugs):
        slugs.setdefault(network, next(iter(slugs.values())))
    if len(slugs) > 1:
        file = list(slugs.values())[-1]
        wrong = f"the files are for several networks: {', '.join(slugs)}"
        raise ImportErrors([file.loaded.problem(("network", "slug"), wrong, "Import one network at a time")])
    return next(iter(slugs), network)


def _only_network(session: Session, everything: Everything) -> Network | None:
    count = session.scalar(select(func.count()).select_from(Network)) or 0
    if count > 1:
        file = next(iter(everything))
        known = ", ".join(session.scalars(select(Network.slug).order_by(Network.slug)))
        wrong = f"there are several networks, and this does not say which it is for: {known}"
        raise ImportErrors([file.loaded.problem((), wrong, "Add --network and its short name")])
    return session.scalar(select(Network))


def _nameless(everything: Everything, named: str | None) -> ImportProblem:
    file = next(iter(everything))
    wrong = f"there is no network {named!r} yet" if named else "there is no network yet"
    return file.loaded.problem((), wrong, "Import a YAML file with network: first, or together with this one")


def lines_of_others(session: Session, everything: Everything, row: Network | None) -> list[ImportProblem]:
    """Numbers and bots that are another network's already."""
    problems: list[ImportProblem] = []
    for file in everything:
        for number, line in enumerate(file.document.lines):
            owner = line_owner(session, (line.channel, line.value))
            if owner is not None and (row is None or owner != row.id):
                wrong = f"{line.value} belongs to another network"
                problems.append(file.loaded.problem(("lines", number), wrong, "Give each network its own"))
    return problems


def _network(session: Session, everything: Everything, row: Network | None) -> Network:
    for file in everything:
        row = write_network(session, file.document, row)
    assert row is not None  # otherwise _nameless has raised
    return row


def write_network(session: Session, document: Document, row: Network | None) -> Network | None:
    """The network of a document and what it sets; what it does not set stays."""
    if document.network is not None:
        if row is None:
            row = Network(slug=document.network.slug, settings={})
            session.add(row)
        row.name = document.network.name
        if row.id is None or "zone" in document.network.model_fields_set:
            row.zone = document.network.zone
    if row is not None and document.settings is not None:
        row.settings = {**row.settings, **document.settings.model_dump(mode="json", exclude_unset=True)}
        read_network_settings(row.settings)
    session.flush()
    return row
