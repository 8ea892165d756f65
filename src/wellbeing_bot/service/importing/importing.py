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
    named = _named(everything, network)
    row = find_network(session, named) if named else _only_network(session, everything)
    record = on_record(session, row, people=everything.names_people())
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
    write(writing, everything)
    look_at(writing, everything)
    _plan_soon(writing)
    schedules = tuple((group.name, group.schedule_in_words) for group in everything.groups())
    return Summary(writing.network.name, writing.counts, schedules, tuple(writing.notes))


def write(writing: Writing, everything: Everything) -> None:
    """Every section in the order in which they name each other."""
    for line in everything.lines():
        write_line(writing, line)
    for practice in everything.practices():
        write_practice(writing, practice)
    for venue in everything.venues():
        write_venue(writing, venue)
    for group in everything.groups():
        write_group(writing, group)
    write_people(writing, everything.people())
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
