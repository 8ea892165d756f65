"""A wish that had to be asked about first, and answers that belong to a human."""

from __future__ import annotations

from collections.abc import Mapping

from wellbeing_bot.conversation import Outcome
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.actions.base import action, person_of, text
from wellbeing_bot.service.talking import Talk
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.store.states import Urgency
from wellbeing_bot.understanding.intents import read_intent
from wellbeing_bot.understanding.meaning import Intent


def fulfil_wish(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Do what they chose, with the details their first words already held."""
    from wellbeing_bot.service.wishes.fulfilling import (
        fulfil_one,  # wishes start conversations, and this is one
    )

    work = talk.work
    details = read_intent(text(args, "said"), now=work.local_now).details
    if work.inbound is not None:
        fulfil_one(
            work,
            work.inbound,
            talk.address,
            person_of(talk),
            Intent(text(args, "wish")),
            details,
            answered=False,
        )
    return Outcome("done")


def tell_asker(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """The answer to a question that a colleague asked: on their worklist, with the text."""
    work = talk.work
    raise_task(
        work,
        "reply_to_read",
        urgency=Urgency.SOON,
        person=talk.person,
        address=talk.address,
        occurrence=f"answer:{talk.row.id}",
        due_at=due_in(work, 24),
        assigned_to=text(args, "asked_by"),
        summary="An answer to your question has come in.",
        inbound=work.inbound,
    )
    return Outcome("done")


ACTIONS = (
    action(
        "fulfil_wish",
        "Does what they chose when asked what they meant.",
        fulfil_wish,
        takes={"wish": "text", "said": "text"},
    ),
    action(
        "tell_asker",
        "Puts the answer on the worklist of the colleague who asked.",
        tell_asker,
        takes={"asked_by": "text"},
    ),
)
