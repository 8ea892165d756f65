"""Carers: somebody else is referred, with their consent or not at all."""

from __future__ import annotations

from collections.abc import Mapping

from wellbeing_bot.conversation import Outcome
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service import carers
from wellbeing_bot.service.actions.base import action, person_of, text, words
from wellbeing_bot.service.talking import Talk


def note_carer(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """They write for somebody else; whom, in words fit for a sentence."""
    carers.note_carer(talk.work, person_of(talk))
    return Outcome("done", {"whom": carers.IN_WORDS.get(text(args, "for_whom"), "them")})


def refer_other(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Make the person and their referral."""
    carer = person_of(talk)
    carer.first_name = carer.first_name or text(args, "first_name")[:60]
    told = words(args, "told")
    needs = [part for part in (text(args, "own_words"), *told, text(args, "needs")) if part]
    carers.refer(
        talk.work,
        carer,
        talk.address,
        carers.Other(
            first_name=text(args, "their_name"),
            relation=text(args, "relation") or text(args, "for_whom"),
            phone=text(args, "their_phone"),
            needs="\n".join(needs),
            concerns=words(args, "concerns"),
            wants_texts=args.get("wants_texts") is True,
        ),
    )
    # What was said of the other one is not the carer's own story, if they go on to ask for support.
    return Outcome("done", dict.fromkeys(("own_words", "told", "concerns")))


def carer_without_consent(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Nothing about somebody who has not agreed is kept."""
    carers.without_consent(talk.work, talk.address, talk.person, text(args, "own_words"))
    return Outcome("done", dict.fromkeys(("own_words", "for_whom", "told", "concerns")))


ACTIONS = (
    action(
        "note_carer",
        "Notes that they write for somebody else.",
        note_carer,
        takes={"for_whom": "text"},
        gives={"done": {"whom": "text"}},
    ),
    action(
        "refer_other",
        "Makes the person a carer refers, with their referral and consent.",
        refer_other,
        takes={
            "their_name": "text",
            "relation": "text",
            "for_whom": "text",
            "their_phone": "text",
            "needs": "text",
            "own_words": "text",
            "told": "list",
            "concerns": "list",
            "first_name": "text",
            "wants_texts": "yes_no",
        },
    ),
    action(
        "carer_without_consent",
        "Keeps nothing about somebody who has not agreed, and tells the team that a carer wrote.",
        carer_without_consent,
        takes={"own_words": "text"},
    ),
)
