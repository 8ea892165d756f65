"""Practices, venues, lines and groups into rows."""

from __future__ import annotations

from wellbeing_bot.service.importing.documents import GroupIn, LineIn, PracticeIn, ServiceIn, VenueIn
from wellbeing_bot.service.importing.on_record import plain
from wellbeing_bot.service.importing.sessions_follow import follow_schedule
from wellbeing_bot.service.importing.writing import Writing, add, fill, values
from wellbeing_bot.store import DirectoryService, Group, Line, Practice, Venue

_GROUP = {
    "key": "key",
    "name": "name",
    "about": "about",
    "good_to_know": "good_to_know",
    "kind": "kind",
    "tags": "tags",
    "also": "also",
    "for_whom": "for_whom",
    "meeting_point": "meeting_point",
    "schedule": "rrule",
    "first_date": "first_date",
    "start": "start_time",
    "minutes": "minutes",
    "capacity": "capacity",
    "slot_minutes": "slot_minutes",
    "sensitive": "sensitive",
    "running": "running",
    "nudge_days_before": "nudge_days_before",
    "nudge_time": "nudge_time",
    "asks_expect": "asks_expect",
    "transport": "offers_transport",
    "agencies": "agencies",
    "risk_assessed_until": "risk_assessed_until",
    "insured_until": "insured_until",
    "ended_on": "ended_on",
}
"""Names in files, and the columns they go into."""


def write_line(writing: Writing, line: LineIn) -> None:
    """A number or bot of the network."""
    key = (line.channel, line.value)
    new = key not in writing.record.lines
    if new:
        row = Line(network_id=writing.network.id, channel=line.channel, value=line.value)
        writing.record.lines[key] = add(writing, row, {})
    writing.wrote("line", new=new, changed=False)


def write_practice(writing: Writing, practice: PracticeIn) -> None:
    """A practice, found by its name."""
    row = writing.record.practices.get(plain(practice.name))
    new = row is None
    columns = values(practice, ("name", "ods_code", "also"), new=new)
    if row is None:
        row = add(writing, Practice(network_id=writing.network.id), columns)
        writing.record.practices[plain(practice.name)] = row
        writing.wrote("practice", new=True, changed=False)
    else:
        writing.wrote("practice", new=False, changed=fill(row, columns))


def write_venue(writing: Writing, venue: VenueIn) -> None:
    """A venue, found by its name."""
    row = writing.record.venues.get(plain(venue.name))
    columns = values(venue, ("name", "address", "postcode", "directions", "step_free"), new=row is None)
    if row is None:
        row = add(writing, Venue(network_id=writing.network.id), columns)
        writing.record.venues[plain(venue.name)] = row
        writing.wrote("venue", new=True, changed=False)
    else:
        writing.wrote("venue", new=False, changed=fill(row, columns))


_SERVICE = (
    "name",
    "needs",
    "line",
    "opens",
    "postcode",
    "area",
    "for_whom",
    "checked_on",
    "sensitive",
    "ended_on",
)


def write_service(writing: Writing, service: ServiceIn) -> None:
    """A service of the directory, found by its name."""
    row = writing.record.services.get(plain(service.name))
    columns = values(service, _SERVICE, new=row is None)
    if row is None or "phone" in service.model_fields_set:
        columns["phone"] = service.phone or ""
    if row is None:
        row = add(writing, DirectoryService(network_id=writing.network.id), columns)
        writing.record.services[plain(service.name)] = row
        writing.wrote("service", new=True, changed=False)
    else:
        writing.wrote("service", new=False, changed=fill(row, columns))


def write_group(writing: Writing, group: GroupIn) -> None:
    """A group, found by its key. Sessions that are planned already follow a change where they can."""
    row = writing.record.groups.get(group.key)
    columns = {_GROUP[name]: value for name, value in values(group, _GROUP, new=row is None).items()}
    if row is None or "venue" in group.model_fields_set:
        columns["venue_id"] = writing.record.venues[plain(group.venue)].id if group.venue else None
    if row is None:
        columns["launched_at"] = writing.now if group.running else None
        row = add(writing, Group(network_id=writing.network.id), columns)
        writing.record.groups[group.key] = row
        writing.wrote("group", new=True, changed=False)
        return
    changed = fill(row, columns)
    if changed:
        follow_schedule(writing, row)
    writing.wrote("group", new=False, changed=changed)
