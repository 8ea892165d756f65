"""What staff do about link workers' own conversations with people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wellbeing_bot.service.desk.base import Argument, DeskAction, DeskError, find, optional
from wellbeing_bot.service.people import addresses_of
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers import desk_appointments, notices, referring
from wellbeing_bot.service.workers.deciding import link_worker
from wellbeing_bot.store import Person, Practice, WorkerNotices
from wellbeing_bot.store.states import Role


def refer(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Enter a referral and have the link worker write first."""
    practice = find(work, Practice, args["practice"], "practice") if args.get("practice") else None
    referral = referring.refer(
        work,
        referring.Entered(
            name=args["name"],
            mobile=args["mobile"],
            why=args["why"],
            source=args["source"],
            referrer=args["referrer"],
            agreed=args["agreed"],
            over_16=args["over_16"],
            consent=args.get("consent") or "",
            practice=practice,
            link_worker=link_worker(work, args),
            times=desk_appointments.offered_times(work, args["times"]) if args.get("times") else (),
            place=(args.get("place") or "").strip()[:120],
        ),
    )
    return {"person": referral.person_id, "referral": referral.id}


def choose_notices(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Which notices a link worker gets herself. What is left out stays as it is."""
    worker = find(work, Person, args["person"], "person")
    if not worker.has(Role.LINK_WORKER):
        raise DeskError("that person is no link worker")
    row = work.session.get(WorkerNotices, worker.id)
    if row is None:
        row = WorkerNotices(person_id=worker.id, network_id=work.network.id)
        for what in KINDS:
            setattr(row, what, notices.wants(work, worker, what))
        work.session.add(row)
    for what in KINDS:
        if args.get(what) is not None:
            setattr(row, what, args[what])
    if args.get("channel"):
        _prefer(work, worker, args["channel"])
    work.session.flush()
    return {"person": worker.id}


def _prefer(work: Work, worker: Person, channel: str) -> None:
    found = [row for row in addresses_of(work, worker) if row.channel == channel]
    if not found:
        raise DeskError(f"we have no {channel} of theirs; telegram is there once they wrote to the bot")
    worker.preferred_address_id = found[0].id


KINDS: tuple[notices.What, ...] = ("new_referral", "urgent", "result", "appointment")
LINK_WORKER = optional(
    "id", "the link worker's number as a person; whoever has the fewest people, if left out"
)

ACTIONS: Mapping[str, DeskAction] = {
    "refer": DeskAction(
        "Enter somebody who agreed to be texted; the link worker writes first.",
        {
            "name": Argument("text", "their name, as they like to be called"),
            "mobile": Argument("text", "their own mobile, for example 07700 900123"),
            "why": Argument("text", "why; shown to staff alone"),
            "source": Argument("text", f"who asked for it: {', '.join(referring.SOURCES)}"),
            "referrer": Argument("text", "the referrer's name, for example Dr Mensah"),
            "agreed": Argument("yes_no", "whether they agreed to be texted"),
            "over_16": Argument("yes_no", "whether they are 16 or over"),
            "consent": optional("text", "how they agreed, for example: told Dr Mensah on 20 November"),
            "practice": optional("id", "the practice's number"),
            "link_worker": LINK_WORKER,
            "times": optional("list", "one to three times to talk, offered once they say yes"),
            "place": desk_appointments.PLACE,
        },
        refer,
    ),
    "choose_notices": DeskAction(
        "Which notices a link worker gets herself: initials and a link.",
        {
            "person": Argument("id", "the link worker's number as a person"),
            "new_referral": optional("yes_no", "when somebody is referred to her"),
            "urgent": optional("yes_no", "when one of hers wrote something urgent"),
            "result": optional("yes_no", "when a questionnaire came back"),
            "appointment": optional("yes_no", "when somebody took or gave up an appointment"),
            "channel": optional("text", "sms or telegram"),
        },
        choose_notices,
    ),
    **desk_appointments.ACTIONS,
}
