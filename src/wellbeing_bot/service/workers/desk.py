"""What staff do about link workers' own conversations with people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wellbeing_bot.service.desk_base import Argument, DeskAction, DeskError, find, optional
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers import referring
from wellbeing_bot.store import Person, Practice
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
        ),
    )
    return {"person": referral.person_id, "referral": referral.id}


def link_worker(work: Work, args: Mapping[str, Any]) -> Person | None:
    """The link worker an action names, or nobody.

    Raises:
        DeskError: that person is no link worker here.
    """
    if args.get("link_worker") is None:
        return None
    worker = find(work, Person, args["link_worker"], "link worker")
    if not worker.has(Role.LINK_WORKER):
        raise DeskError("that person is no link worker")
    return worker


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
        },
        refer,
    ),
}
