"""What the simulator shows: one small function a thing to look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from wellbeing_bot.messages import Address
from wellbeing_bot.service.showing import (
    activities,
    meanwhile,
    people,
    phones,
    staffroom,
    threads,
    values,
    worklist,
)
from wellbeing_bot.service.showing.values import Record
from wellbeing_bot.store import AddressRow, Line, Network
from wellbeing_bot.store.states import ReminderState, TaskState
from wellbeing_bot.web.simulator import finding
from wellbeing_bot.web.simulator.behaving import Behaving
from wellbeing_bot.web.simulator.bodies import one_of
from wellbeing_bot.web.simulator.moves import NotAMove, read_moment
from wellbeing_bot.web.simulator.problems import Refused
from wellbeing_bot.web.simulator.world import Simulator

Query = Mapping[str, str]
Look = Callable[[Simulator, Session, Query], object]


def home_zone(simulator: Simulator, session: Session) -> ZoneInfo:
    """The zone the clock is read in: the first network's, else the deployment's."""
    zone = session.scalar(select(Network.zone).order_by(Network.id).limit(1))
    return ZoneInfo(zone or simulator.app.settings.tz)


def clock(simulator: Simulator, session: Session, query: Query) -> Record:
    """What time it is in the demo, and when something happens next by itself."""
    zone = home_zone(simulator, session)
    now, due = simulator.clock.now(), simulator.next_due()
    return {
        "now": values.utc(now),
        "now_local": values.local(now, zone),
        "zone": zone.key,
        "next_due": values.local(due, zone),
        "moving_to": values.local(simulator.moving_to, zone),
    }


def changes(simulator: Simulator, session: Session, query: Query) -> Record:
    """A word that changes whenever there is something new to see, for pages that look again and again."""
    now = values.utc(simulator.clock.now())
    return {"version": meanwhile.version(session, str(now)), "now": now}


def networks(simulator: Simulator, session: Session, query: Query) -> list[Record]:
    """The networks with the numbers and bots they text from, and who is on duty."""
    return [
        {
            "id": row.id,
            "slug": row.slug,
            "name": row.name,
            "zone": row.zone,
            "settings": row.settings,
            "lines": [
                {"channel": line.channel, "value": line.value}
                for line in session.scalars(select(Line).where(Line.network_id == row.id).order_by(Line.id))
            ],
            "duty": staffroom.duty(session, row.id),
        }
        for row in session.scalars(select(Network).order_by(Network.id))
    ]


def all_phones(simulator: Simulator, session: Session, query: Query) -> list[Record]:
    """Every address, who is behind it, how it behaves, and how many messages it has not looked at."""
    return [_phone(simulator, session, row) for row in phones.phones(session)]


def _phone(simulator: Simulator, session: Session, phone: Record) -> Record:
    address = Address.parse(phone["address"])
    channel = simulator.app.channels.get(address.channel)
    ids = [row.id for row in phones.find_addresses(session, address.channel, address.value)]
    seen = simulator.seen.get(phone["address"], 0)
    return {
        **phone,
        "behaves": channel.behaviour(address) if isinstance(channel, Behaving) else "ok",
        "unread": sum(phones.arrived_since(session, key, seen) for key in ids),
    }


def messages(simulator: Simulator, session: Session, query: Query) -> list[Record]:
    """The thread of one address, or of all; of one person; after ``since``, a message's id or a time."""
    if "address" in query:
        address = finding.read_address(session, query["address"])
        rows = phones.find_addresses(session, address.channel, address.value)
    else:
        rows = list(session.scalars(select(AddressRow).order_by(AddressRow.id)))
    found = threads.messages(session, rows)
    if "person" in query:
        person = finding.one_person(session, query["person"])
        found = [message for message in found if (message["person"] or {}).get("id") == person.id]
    return _after(found, query["since"], home_zone(simulator, session)) if "since" in query else found


def _after(found: list[Record], since: str, zone: ZoneInfo) -> list[Record]:
    ids = [message["id"] for message in found]
    if since in ids:
        return found[ids.index(since) + 1 :]
    try:
        moment = read_moment(since, zone)
    except NotAMove:
        raise Refused(
            422, f"since={since!r} is neither a message of this thread nor a time", "use its id"
        ) from None
    return [message for message in found if datetime.fromisoformat(message["at"]) > moment]


def tasks(simulator: Simulator, session: Session, query: Query) -> list[Record]:
    """The worklist, urgent first: open tasks, or those in another state, or all."""
    state = one_of(query.get("state", "open"), ("open", "raised", "acknowledged", "done", "all"), "state")
    if state == "open":
        return worklist.tasks(session)
    return worklist.tasks(session, None if state == "all" else (TaskState(state),))


def everybody(simulator: Simulator, session: Session, query: Query) -> list[Record]:
    """Everybody, shortly."""
    return people.people(session)


def one_person(simulator: Simulator, session: Session, query: Query) -> Record:
    """All that is on record for the person meant by an id, a key, an address or a name."""
    return people.person(session, finding.one_person(session, query["who"]))


def sessions(simulator: Simulator, session: Session, query: Query) -> list[Record]:
    """The sessions, soonest first, of one group or of all."""
    return activities.sessions(session, group=query.get("group"))


def one_session(simulator: Simulator, session: Session, query: Query) -> Record:
    """One session with its register: who has a place, who meets whom, who is driven."""
    key = values.row_id(query["id"])
    found = activities.register(session, key) if key is not None else None
    if found is None:
        raise Refused(404, f"there is no session {query['id']!r}", "GET /sessions lists them")
    return found


def groups(simulator: Simulator, session: Session, query: Query) -> list[Record]:
    """The groups."""
    return activities.groups(session)


def champions(simulator: Simulator, session: Session, query: Query) -> list[Record]:
    """The champions, in order of entry."""
    return activities.champions(session)


def rides(simulator: Simulator, session: Session, query: Query) -> list[Record]:
    """The rides."""
    return activities.rides(session)


def providers(simulator: Simulator, session: Session, query: Query) -> list[Record]:
    """Who drives."""
    return staffroom.providers(session)


def calls(simulator: Simulator, session: Session, query: Query) -> list[Record]:
    """Calls to people who cannot be texted, made and to make."""
    return staffroom.calls(session)


def misunderstood(simulator: Simulator, session: Session, query: Query) -> list[Record]:
    """Texts nothing was made of."""
    return staffroom.misunderstood(session)


def audit(simulator: Simulator, session: Session, query: Query) -> list[Record]:
    """Who did or looked at what, the newest first."""
    return staffroom.audit(session)


def outbox(simulator: Simulator, session: Session, query: Query) -> list[Record]:
    """Messages that have not got there: waiting for their hour, of unknown outcome, failed, dropped."""
    return worklist.outbox(session)


def reminders(simulator: Simulator, session: Session, query: Query) -> list[Record]:
    """What is due and when; with ``state`` also what was done, missed or withdrawn."""
    choices = ("due", "handed_over", "done", "missed", "withdrawn", "all")
    state = one_of(query.get("state", "due"), choices, "state")
    return worklist.reminders(session, None if state == "all" else (ReminderState(state),))


LOOKS: Mapping[str, tuple[Look, tuple[str, ...]]] = {
    "/clock": (clock, ()),
    "/changes": (changes, ()),
    "/networks": (networks, ()),
    "/phones": (all_phones, ()),
    "/messages": (messages, ("address", "person", "since")),
    "/tasks": (tasks, ("state",)),
    "/people": (everybody, ()),
    "/people/{who}": (one_person, ()),
    "/groups": (groups, ()),
    "/sessions": (sessions, ("group",)),
    "/sessions/{id}": (one_session, ()),
    "/champions": (champions, ()),
    "/rides": (rides, ()),
    "/providers": (providers, ()),
    "/calls": (calls, ()),
    "/misunderstood": (misunderstood, ()),
    "/audit": (audit, ()),
    "/outbox": (outbox, ()),
    "/reminders": (reminders, ("state",)),
}
"""Each path with what it shows and the names it takes after the question mark."""
