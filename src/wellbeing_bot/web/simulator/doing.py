"""Desk actions by name: whatever staff can do at the desk can be done from outside, as anybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from wellbeing_bot.messages import DeliveryState
from wellbeing_bot.service.desk.base import DeskAction, DeskError
from wellbeing_bot.service.desk.registry import DESK, known
from wellbeing_bot.service.showing import threads
from wellbeing_bot.service.showing.values import Record
from wellbeing_bot.store import Network, OutboundRow
from wellbeing_bot.web.simulator import finding, naming
from wellbeing_bot.web.simulator.bodies import Body
from wellbeing_bot.web.simulator.problems import Refused
from wellbeing_bot.web.simulator.world import Simulator

OWN_FIELDS = ("actor", "network")
NOT_THERE = (DeliveryState.FAILED, DeliveryState.DROPPED, DeliveryState.UNDELIVERED)
WHY = {
    "opted_out": "They asked for no more texts.",
    "21610": "The phone company says they asked for no more texts.",
    "30006": "It is a landline.",
    "403": "They blocked the bot.",
    "unreachable": "Their phone cannot be reached.",
}


def listed() -> list[Record]:
    """Every action with what it takes."""
    return [{"action": name, **_described(found)} for name, found in sorted(DESK.items())]


def _described(found: DeskAction) -> Record:
    return {
        "about": found.about,
        "takes": {
            name: {"type": argument.type, "about": argument.about, "needed": argument.needed}
            for name, argument in found.takes.items()
        },
    }


async def do(simulator: Simulator, action: str, body: Body) -> Record:
    """One desk action. Answers when all it leads to has been handed over.

    Raises:
        Refused: no such action, a wrong argument, or it cannot be done as things stand.
    """
    if action not in DESK:
        raise Refused(404, f"there is no action {action!r}", f"there are {', '.join(sorted(DESK))}")
    actor = body.text("actor", needed=True, about='the name of who does it, for example "Sam Okafor"') or ""
    slug = body.text("network")
    given = {name: value for name, value in body.fields.items() if name not in OWN_FIELDS}
    strange = sorted(set(given) - set(DESK[action].takes))
    if strange:
        takes = ", ".join([*OWN_FIELDS, *DESK[action].takes])
        raise Refused(422, f"unknown field {strange[0]!r}", f"{action} takes {takes}")
    network_id, args = await simulator.look(
        lambda session: _resolved(simulator, session, action, given, slug)
    )
    try:
        known(action, args)
    except DeskError as error:
        raise Refused(422, str(error), "GET /actions lists what each action takes") from None
    try:
        result, meanwhile = await simulator.perform(network_id, action, actor, args)
    except DeskError as error:
        raise Refused(
            409, str(error), "look at GET /people, /sessions or /tasks for how things stand"
        ) from None

    def answer(session: Session) -> Record:
        return {
            "result": _with_outcome(session, result),
            "messages": threads.outbound(session, meanwhile.gone),
            "waiting": threads.outbound(session, meanwhile.waiting),
        }

    return await simulator.look(answer)


def _resolved(
    simulator: Simulator, session: Session, action: str, given: Mapping[str, Any], slug: str | None
) -> tuple[int, dict[str, Any]]:
    """The arguments with names turned into numbers, and the network they are of."""
    network, now = finding.network_called(session, slug), simulator.clock.now()
    takes = DESK[action].takes
    args = {
        name: naming.numbered(session, name, value, now) if takes[name].type in {"id", "list"} else value
        for name, value in given.items()
    }
    for name, value in args.items():
        row = naming.row_of(session, name, value) if takes[name].type == "id" else None
        if slug is None and row is not None and row.network_id is not None:
            network = session.get_one(Network, row.network_id)
            break
    return network.id, args


def _with_outcome(session: Session, result: Mapping[str, Any]) -> Record:
    """What the action learned; where it wrote a message, also whether that has got there by now."""
    learned = dict(result)
    row = session.get(OutboundRow, learned["message"]) if isinstance(learned.get("message"), int) else None
    if row is not None:
        learned["message"] = threads.message_out(session, row)
        if row.state in NOT_THERE:
            learned["sent"] = False
            learned["why"] = WHY.get(row.error_code or "", "The message could not be delivered.")
        elif row.state in {DeliveryState.QUEUED, DeliveryState.UNKNOWN}:
            learned["sent"] = False
            learned["why"] = "It has not got there yet; it is tried again."
    return learned
