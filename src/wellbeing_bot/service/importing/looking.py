"""What a human should look at after an import: nothing here is wrong, but somebody will be sorry later."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import select

from wellbeing_bot.service.directory.entries import is_stale
from wellbeing_bot.service.importing.parsed import Everything
from wellbeing_bot.service.importing.people_documents import out_of_date
from wellbeing_bot.service.importing.writing import Writing
from wellbeing_bot.service.nearness import is_known
from wellbeing_bot.store import Duty
from wellbeing_bot.store.states import ChampionState
from wellbeing_bot.understanding.vocabulary import vocabulary

_SHOWN = 5


def look_at(writing: Writing, everything: Everything) -> None:
    """Add the notes about what was imported."""
    _rota(writing)
    _lines(writing)
    _checks(writing, everything)
    _groups(writing, everything)
    _postcodes(writing, everything)
    _services(writing, everything)


def _rota(writing: Writing) -> None:
    if writing.session.scalar(select(Duty.id).where(Duty.network_id == writing.network.id).limit(1)) is None:
        writing.notes.append(
            "Nobody is on the duty rota, so nobody is told of something urgent. "
            "Add duty: to a file, or people under Settings."
        )


def _lines(writing: Writing) -> None:
    if not writing.record.lines:
        writing.notes.append("The network has no number and no bot yet, so nobody can text it. Add lines:.")


def _checks(writing: Writing, everything: Everything) -> None:
    today = writing.now.astimezone(ZoneInfo(writing.network.zone)).date()
    late = [
        person.first_name
        for person in everything.people()
        if person.champion
        and person.champion.state is ChampionState.ACTIVE
        and out_of_date(person.champion, today)
    ]
    if late:
        writing.notes.append(f"No DBS check in date, so not asked to meet anybody: {_some(late)}.")


def _groups(writing: Writing, everything: Everything) -> None:
    met = {key for person in everything.people() if person.champion for key in person.champion.groups}
    alone = [group.name for group in everything.groups() if group.running and group.key not in met]
    if met and alone:
        writing.notes.append(f"No champion in these files for: {_some(alone)}.")
    known = vocabulary("groups")
    strange = sorted({group.kind for group in everything.groups() if group.kind and group.kind not in known})
    if strange:
        writing.notes.append(
            f"The bot knows no word for this kind of group, so only its name finds it: {_some(strange)}."
        )
    idle = [group.name for group in everything.groups() if group.running and not group.schedule]
    if idle:
        writing.notes.append(f"No schedule, so each session is entered on the desk: {_some(idle)}.")


def _postcodes(writing: Writing, everything: Everything) -> None:
    places = {venue.postcode for venue in everything.venues()}
    places |= {service.postcode for service in everything.services()}
    homes = {person.postcode for person in everything.people() if person.postcode}
    unknown = sorted(one for one in places | homes if one and not is_known(one))
    if unknown:
        writing.notes.append(f"Not on the map, so no distance is known: {_some(unknown)}.")


def _services(writing: Writing, everything: Everything) -> None:
    today = writing.now.astimezone(ZoneInfo(writing.network.zone)).date()
    stale = [one.name for one in everything.services() if is_stale(one.checked_on, today)]
    if stale:
        writing.notes.append(f"Not checked for a year, so given after the others: {_some(stale)}.")


def _some(names: list[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
