"""What somebody tells us of themselves where a postcode was asked for: it is heard, and kept for the team.

"My Stan died in March, he was a lovely man" is no failed postcode. It becomes part of their own words in the
referral, and the question is put again without a "sorry, I could not read that".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from wellbeing_bot.conversation import Heard, Resumed, State
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.hearing.open_questions import open_step
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.talking import carry_on
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, ConversationRow, Person
from wellbeing_bot.understanding.corrections import corrects
from wellbeing_bot.understanding.details import read_details
from wellbeing_bot.understanding.meaning import Meaning, Skipped, Unclear
from wellbeing_bot.understanding.second_thoughts import does_not_know

SCRIPTS = frozenset({"self_referral", "carer_referral"})
"""Conversations in which people tell about themselves, or whom they write for."""

LEAST_WORDS = {"name": 6, "practice": 6, "their_name": 6}
"""Words that make a story where fewer are more likely a name that was not recognised; elsewhere three."""

LEAST_WITH_NUMBERS = 8
"""Words that make a story although there are figures in it, which may be a postcode or a telephone number."""

NOTHING_KEPT_YET = "consent"
"""The step before which nothing is kept about somebody else, whatever is written of them."""

MOST_STORIES = 3
"""Kept in one conversation. After that the question is asked as plainly as any other."""


def take_up(
    work: Work, address: AddressRow, person: Person | None, asked: ConversationRow, meaning: Meaning
) -> bool:
    """Keep a text that tells something and answers nothing. False: it is none."""
    if asked.script not in SCRIPTS or meaning.about is not None or meaning.command is not None:
        return False
    if not isinstance(dict(meaning.readings).get(str(asked.id)), Unclear):
        return False
    state = State.from_json(asked.state)
    told = state.facts.get("told")
    stories = told if isinstance(told, list) else []
    if state.step == NOTHING_KEPT_YET:
        return False
    if does_not_know(meaning.text):
        return _go_on_without(work, asked)
    if corrects(meaning.text):  # "sorry, I meant CT6" puts the answer before right
        return False
    if not _is_story(meaning.text, state.step) or len(stories) >= MOST_STORIES:
        return False
    found = read_details(meaning.text, work.local_now).concerns
    asked.state = replace(state, facts=_with(state.facts, stories, meaning.text.strip(), found)).to_json()
    reply(work, address, "sorry_for_loss" if "bereavement" in found else "kept_for_team", person=person)
    carry_on(work, asked, Resumed())
    return True


def _go_on_without(work: Work, asked: ConversationRow) -> bool:
    """ "No idea, love" to a question that can be left out leaves it out."""
    step = open_step(work, asked)
    if step is None or step.skip is None:
        return False
    carry_on(work, asked, Heard(Skipped()))
    return True


def _is_story(said: str, step: str) -> bool:
    words = said.split()
    numbers = any(sign.isdigit() for sign in said) and len(words) < LEAST_WITH_NUMBERS
    return "?" not in said and not numbers and len(words) >= LEAST_WORDS.get(step, 3)


def _with(
    facts: Mapping[str, Fact], stories: list[Fact], said: str, found: tuple[str, ...]
) -> dict[str, Fact]:
    concerns = facts.get("concerns")
    known = concerns if isinstance(concerns, list) else []
    every = [*known, *(one for one in found if one not in known)]
    return {**facts, "told": [*stories, said], **({"concerns": every} if every else {})}
