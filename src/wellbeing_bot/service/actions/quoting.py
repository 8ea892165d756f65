"""What helped, in somebody's own words: kept as a quotation only with their consent."""

from __future__ import annotations

from collections.abc import Mapping

from wellbeing_bot.conversation import Outcome
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.actions.base import action, number, text
from wellbeing_bot.service.talking import Talk
from wellbeing_bot.store import Asking


def keep_quotation(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Keep their words with the asking they ended; they have just said that others may see them."""
    asking = talk.work.session.get_one(Asking, number(args, "asking"))
    asking.quotation = text(args, "words")
    asking.quotation_consent = True
    return Outcome("done")


ACTIONS = (
    action(
        "keep_quotation",
        "Keeps words about what helped, which others may see.",
        keep_quotation,
        takes={"asking": "number", "words": "text"},
    ),
)
