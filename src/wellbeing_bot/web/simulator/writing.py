"""What the simulator does: one small function a request that changes something."""

from __future__ import annotations

import re
import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.orm import Session

from wellbeing_bot.messages import Address, Inbound, InboundKind
from wellbeing_bot.service.importing.problems import ImportErrors
from wellbeing_bot.service.importing.setup import SetupSource
from wellbeing_bot.service.showing import activities, phones, threads, values
from wellbeing_bot.service.showing.meanwhile import Meanwhile
from wellbeing_bot.service.showing.values import Record
from wellbeing_bot.store import InboundRow
from wellbeing_bot.web.simulator import finding
from wellbeing_bot.web.simulator.behaving import Behaving
from wellbeing_bot.web.simulator.bodies import Body, one_of
from wellbeing_bot.web.simulator.moves import CURE, NotAMove, read_moment, read_move
from wellbeing_bot.web.simulator.problems import Refused
from wellbeing_bot.web.simulator.reading import clock, home_zone
from wellbeing_bot.web.simulator.world import Simulator

BEHAVIOURS = ("ok", "landline", "unreachable", "opted_out", "blocked", "busy", "unknown")
MOST_CHARACTERS = 10_000
_NEXT_SESSION = re.compile(r"\s*(?:to\s+)?next\s+session(?:\s+of\s+(.+?))?\s*", re.IGNORECASE)
TEXT_FIELDS = ("from", "text", "to", "media", "button", "message_id", "carrier_opt_out")


async def reset(simulator: Simulator, body: Body) -> Record:
    """Empty the demo and begin a new story."""
    document = body.document("setup")
    start = body.text("start")
    usual = await simulator.look(lambda session: home_zone(simulator, session))
    at = None if start is None else _moment(start, _zone_of(document, usual))
    try:
        began = await simulator.reset(document, at)
    except ImportErrors as errors:
        raise Refused(
            422,
            f"the setup document cannot be used: {errors.problems[0].wrong}",
            "see problems, and docs/simulator-setup.md for what each field takes",
            problems=[
                {"where": problem.where, "path": problem.path, "wrong": problem.wrong, "write": problem.write}
                for problem in errors.problems
            ],
        ) from None
    made = began.made
    now = await simulator.look(lambda session: clock(simulator, session, {}))
    return {**now, "networks": made.networks, "people": made.people, "sessions": made.sessions}


def _zone_of(document: SetupSource | None, usual: ZoneInfo) -> ZoneInfo:
    """The zone that a start without an offset is meant in: the new network's, if it says."""
    network = document.get("network") if isinstance(document, Mapping) else None
    named = network.get("zone") if isinstance(network, Mapping) else None
    try:
        return ZoneInfo(named) if isinstance(named, str) else usual
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return usual  # the document itself says what is wrong with it


def _moment(written: str, zone: ZoneInfo) -> datetime:
    try:
        return read_moment(written, zone)
    except NotAMove as error:
        raise Refused(422, str(error), "write for example 2026-11-02T09:00, local wall time") from None


async def text(simulator: Simulator, body: Body) -> Record:
    """A text, picture or pressed button from a phone. Answers when all it leads to has been handed over."""
    sender = body.text("from", needed=True, about='whose phone it is, for example "+447700900123"') or ""
    line = body.text("to")
    address = await simulator.look(lambda session: finding.read_address(session, sender))
    if line is None:
        line = await simulator.look(lambda session: finding.usual_line(session, address))
    inbound = _inbound(simulator, body, address, line)
    received, meanwhile = await simulator.receive(inbound)
    looked_at = received.inbound_id

    def answer(session: Session) -> Record:
        row = session.get(InboundRow, looked_at) if looked_at is not None else None
        return {
            "inbound": looked_at,
            "message": threads.message_in(session, row) if row is not None else None,
            "new": received.new,
            **_went_out(session, meanwhile, str(address)),
        }

    return await simulator.look(answer)


def _inbound(simulator: Simulator, body: Body, address: Address, line: str) -> Inbound:
    said = body.text("text") or ""
    media = body.texts("media")
    if len(said) > MOST_CHARACTERS:
        raise Refused(422, "the text is too long", f"send at most {MOST_CHARACTERS:,} characters")
    message_id = body.text("message_id") or uuid.uuid4().hex
    if len(message_id) > 100:
        raise Refused(422, "message_id is too long", "use at most 100 characters")
    opt_out = body.text("carrier_opt_out")
    if opt_out is not None:
        one_of(opt_out, ("STOP", "START", "HELP"), "carrier_opt_out")
    kind = InboundKind.MEDIA if media and not said.strip() else InboundKind.TEXT
    if body.yes_no("button"):
        kind = InboundKind.BUTTON
    elif opt_out == "STOP":
        kind = InboundKind.OPT_OUT
    return Inbound(
        provider_id=f"simulator:{message_id}",
        kind=kind,
        sender=address,
        line=line,
        text=said.replace("\x00", ""),
        received_at=simulator.clock.now(),
        media=media,
        carrier_opt_out=opt_out,
    )


def _went_out(session: Session, meanwhile: Meanwhile, address: str) -> Record:
    gone = threads.outbound(session, meanwhile.gone)
    return {
        "replies": [message for message in gone if message["address"] == address],
        "others": [message for message in gone if message["address"] != address],
        "waiting": threads.outbound(session, meanwhile.waiting),
    }


async def move_clock(simulator: Simulator, body: Body) -> Record:
    """Let time go on. All that falls due on the way happens in order, each at its own time."""
    to, forward = body.text("to"), _forward(body)
    if (to is None) == (forward is None):
        raise Refused(422, "say where to move the clock", 'give either "to", a time, or "forward", how far')
    zone, sessions = await simulator.look(lambda session: _times(simulator, session, forward))

    def target(now: datetime) -> datetime:
        try:
            if to is not None:
                return read_moment(to, zone)
            if sessions is not None:
                return _next_session(sessions, now)
            return read_move(forward or "", now, zone)
        except NotAMove as error:
            raise Refused(422, str(error), CURE) from None
        except OverflowError:
            raise Refused(422, "that is too far ahead", CURE) from None

    began = simulator.clock.now()
    moved = await simulator.move(target)

    def answer(session: Session) -> Record:
        return {
            "from": values.utc(began),
            **clock(simulator, session, {}),
            "turns": moved.turns,
            "messages": threads.outbound(session, moved.meanwhile.gone),
            "waiting": threads.outbound(session, moved.meanwhile.waiting),
        }

    return await simulator.look(answer)


def _forward(body: Body) -> str | None:
    value = body.fields.get("forward")
    if isinstance(value, int) and not isinstance(value, bool):
        if value < 0:
            raise Refused(
                409, "the clock only goes on", "POST /reset with an earlier start tells a new story"
            )
        return str(value)
    return body.text("forward")


def _times(
    simulator: Simulator, session: Session, forward: str | None
) -> tuple[ZoneInfo, list[datetime] | None]:
    """The clock's zone; and when sessions begin, where it is to go to the next one, of somebody or of all."""
    zone = home_zone(simulator, session)
    found = _NEXT_SESSION.fullmatch(forward or "")
    if found is None:
        return zone, None
    person = finding.one_person(session, found[1]) if found[1] else None
    return zone, activities.starts_expecting(session, person.id if person else None)


def _next_session(sessions: Sequence[datetime], now: datetime) -> datetime:
    ahead = [moment for moment in sessions if moment > now]
    if not ahead:
        raise Refused(
            409, "nobody has a place on a session to come", "book one first, or move the clock by hours"
        )
    return ahead[0]


async def behave(simulator: Simulator, body: Body) -> Record:
    """From now on a phone is a landline, switched off, opted out at the carrier … or well again."""
    written = body.text("address", needed=True, about="whose phone it is") or ""
    how = one_of(body.text("how", needed=True, about=" or ".join(BEHAVIOURS)) or "", BEHAVIOURS, "how")
    address = await simulator.look(lambda session: finding.read_address(session, written))
    channel = simulator.app.channels[address.channel]
    assert isinstance(channel, Behaving), "the demo's channels are simulated"
    channel.behave(address, how)
    return {"address": str(address), "behaves": channel.behaviour(address)}


async def seen(simulator: Simulator, body: Body) -> Record:
    """Somebody looked at a phone: nothing on it is unread any more."""
    written = body.text("address", needed=True, about="whose phone it is") or ""

    def newest(session: Session) -> tuple[str, int]:
        address = finding.read_address(session, written)
        return str(address), newest_arrived_at(session, address)

    address, last = await simulator.look(newest)
    simulator.seen[address] = last
    return {"address": address, "seen": f"out-{last}" if last else None}


def newest_arrived_at(session: Session, address: Address) -> int:
    """The newest message out that got to an address; 0 for none."""
    newest = phones.newest_arrived(session)
    rows = phones.find_addresses(session, address.channel, address.value)
    return max((newest.get(row.id, 0) for row in rows), default=0)


CHANGES: Mapping[str, tuple[Callable[[Simulator, Body], Awaitable[Record]], tuple[str, ...]]] = {
    "/reset": (reset, ("start", "setup")),
    "/text": (text, TEXT_FIELDS),
    "/clock": (move_clock, ("to", "forward")),
    "/behave": (behave, ("address", "how")),
    "/seen": (seen, ("address",)),
}
"""Each path with what it does and the fields it takes."""
