"""``wellbeing-bot results``, ``outcomes`` and ``export-outcomes``: what the questionnaires came to."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from wellbeing_bot.config import Settings
from wellbeing_bot.questionnaires.instrument import Instrument
from wellbeing_bot.questionnaires.outcomes import MeasureChange, Report
from wellbeing_bot.questionnaires.processes import Days, Processes, balancing, processes
from wellbeing_bot.service.questionnaires.doings import activity
from wellbeing_bot.service.questionnaires.exporting import export_to, reports
from wellbeing_bot.service.questionnaires.figures import balancing_rows, person_times
from wellbeing_bot.service.questionnaires.library import Library
from wellbeing_bot.service.questionnaires.results import Result, results_of
from wellbeing_bot.store import Network, Person
from wellbeing_bot.store.database import Database


@contextmanager
def _record(settings: Settings) -> Iterator[Session]:
    database = Database(settings.database_url)
    try:
        with database.reading() as session:
            yield session
    finally:
        database.close()


def results(settings: Settings, person_id: int) -> int:
    """One person's answers, bands and change since entry. Returns the exit status."""
    instruments = Library.load(settings.questionnaires_dir).instruments
    with _record(settings) as session:
        person = session.get(Person, person_id)
        if person is None or person.erased_at is not None:
            return _refuse(f"there is no person {person_id}; the desk shows everybody's number")
        network = session.get_one(Network, person.network_id)
        found = results_of(session, instruments, person, ZoneInfo(network.zone))
        print(f"{person.initials or 'Person'} {person.id}, {network.name}")
        if not found:
            print("Nothing has been asked yet.")
        for one in found:
            _show_result(instruments.on[one.instrument], one)
    return 0


def _show_result(instrument: Instrument, one: Result) -> None:
    how = one.how_closed.replace("_", " ") or one.state.value
    print(f"\n{one.title}, {one.point.replace('_', ' ')}, {one.on}: {how}, {one.mode.replace('_', ' ')}")
    if one.since and not one.same_mode:
        print("  (asked in another way the first time, which by itself shifts scores)")
    for score in one.measures:
        value = score.words if score.value is not None else "-"
        band = f" ({score.band})" if score.band else ""
        print(f"  {one.short(instrument, score.measure):<45} {value}{band}{_since(one, score.measure)}")
    if one.quotation:
        print(f"  What helped, may be shown: {one.quotation}")


def _since(one: Result, measure: str) -> str:
    found = one.changes.get(measure)
    if found is None or found.difference is None:
        return ""
    word = {True: ", better", False: ", worse", None: ""}[found.better]
    return f"   {found.difference:+g} since {one.since}{word}"


def outcomes(
    settings: Settings,
    now: datetime,
    *,
    network: str = "",
    instrument: str = "",
    since: date | None = None,
    points: tuple[str, str] | None = None,
) -> int:
    """Paired change by group, network and concern, and what was done. Returns the exit status."""
    instruments = Library.load(settings.questionnaires_dir).instruments
    with _record(settings) as session:
        networks = _networks(session, network)
        if not networks:
            return _refuse(f"there is no network {network!r}")
        rows = [row for one in networks for row in person_times(session, instruments, one)]
        wanted = [row for row in rows if instrument in ("", row.instrument)]
        today = now.astimezone(ZoneInfo(networks[0].zone)).date()
        for report in reports(instruments, wanted, today, points):
            _show_report(report)
        for one in networks:
            print(f"\nWhat was done: {one.name}")
            _show_processes(processes(activity(session, one), since or date.min, today))
        for (slug, name), months in balancing(balancing_rows(session, networks)).items():
            figures = ", ".join(f"{month:%Y-%m} {value:g}" for month, value in months)
            print(f"\nTyped in, {slug}, {name}: {figures}")
    return 0


def _show_report(report: Report) -> None:
    print(f"\n{report.instrument}: {report.before} and {report.after}, the same people at both")
    for row in report.rows:
        print(f"  {row.measure:<14} {' '.join(row.slice):<34} {_figures(row)}")


def _figures(row: MeasureChange) -> str:
    if row.suppressed:
        return "fewer than five people, or they could be worked out: not shown"
    parts = [f"pairs {row.pairs} of {row.asked} asked"]
    if row.completion is not None:
        parts.append(f"{row.completion:.0%} complete, {row.missing} missing")
    if row.mean_change is not None:
        parts.append(f"mean {row.mean_before} to {row.mean_after}, change {row.mean_change:+g}")
    if row.better is not None:
        parts.append(f"better {row.better}")
    if row.few_pairs:
        parts.append("FEW PAIRS: read no mean into it")
    return "; ".join(parts)


def _show_processes(found: Processes) -> None:
    print(f"  referrals {found.referrals}, contacts {found.contacts}, connections {found.connections}")
    print(
        f"  first visits booked {found.first_visits_booked}, made {found.first_visits_made}, "
        f"met by a champion {found.first_visits_met}"
    )
    print(f"  rides asked for {found.rides_asked}, taken {found.rides_taken}")
    print(f"  days from referral to first contact: {_days(found.to_first_contact)}")
    print(f"  days from referral to first visit: {_days(found.to_first_visit)}")


def _days(found: Days) -> str:
    if found.median is None:
        return f"{found.n} so far, too few to show a spread"
    return f"median {found.median:g}, longest {found.longest} ({found.n} people; {found.waiting} waiting)"


def export_outcomes(settings: Settings, folder: Path, now: datetime, network: str = "") -> int:
    """Write the CSV files and the FHIR bundle. Returns the exit status."""
    instruments = Library.load(settings.questionnaires_dir).instruments
    with _record(settings) as session:
        networks = _networks(session, network)
        if not networks:
            return _refuse(f"there is no network {network!r}")
        today = now.astimezone(ZoneInfo(networks[0].zone)).date()
        paths = export_to(
            folder, session, instruments, networks, today=today, base_url=settings.public_base_url
        )
    for path in paths:
        print(path)
    print("These hold answers of single people, all but the files named change: keep them safe.")
    return 0


def _networks(session: Session, slug: str) -> list[Network]:
    rows = session.scalars(select(Network).order_by(Network.id))
    return [row for row in rows if slug in ("", row.slug)]


def _refuse(message: str) -> int:
    print(f"wellbeing-bot: {message}", file=sys.stderr)
    return 2
