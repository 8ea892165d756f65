"""What conversations wait to be told: the question that is open, the one answered last, those read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wellbeing_bot.conversation import (
    State,
    earlier_questions,
    previous_question,
    question,
)
from wellbeing_bot.conversation.script import CANCEL, Step
from wellbeing_bot.service.talking import own_turns
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, ConversationRow, Person
from wellbeing_bot.understanding.meaning import Question


def waiting_question(work: Work, row: ConversationRow, sender: str | None) -> Question | None:
    """The question of a conversation that waits for an answer. ``sender`` is the number texting, E.164."""
    if own := own_turns(row):
        return own.question(work, row)
    person = work.session.get(Person, row.person_id) if row.person_id else None
    state = State.from_json(row.state)
    asked = question(
        work.scripts_for(person, _address(work, row)),
        state,
        id=str(row.id),
        reference=work.local_now,
        sender=sender,
        person=str(row.person_id or ""),
        asked_at=row.asked_at,
    )
    if asked is None:
        return None
    # Two questions of one kind are told apart by whom and what they are about: "yes, Pat came".
    about = (state.facts.get(name) for name in ("patient", "group"))
    return replace(asked, names=(*asked.names, *(str(word).lower() for word in about if word)))


def would_only_stop(work: Work, row: ConversationRow) -> bool:
    """Whether calling off in this conversation would end its questions and nothing else.

    False where its step says what calling off leads to, and for questionnaires, which have their own way.
    """
    step = open_step(work, row)
    return step is not None and CANCEL not in step.then


def explains(work: Work, row: ConversationRow) -> bool:
    """Whether the question that waits has words that explain it, shorter than asking it again."""
    step = open_step(work, row)
    return step is not None and step.explain is not None


def open_step(work: Work, row: ConversationRow) -> Step | None:
    """The step a conversation waits at; None for questionnaires, which have their own turns."""
    if own_turns(row):
        return None
    script = work.deployment.scripts.scripts[row.script]
    return script.steps.get(State.from_json(row.state).step)


def answered_question(work: Work, row: ConversationRow) -> Question | None:
    """The question of a conversation that was answered last, with its answer; None: nothing to put right."""
    if own := own_turns(row):
        return own.question_before(work, row)
    person = work.session.get(Person, row.person_id) if row.person_id else None
    return previous_question(
        work.scripts_for(person, _address(work, row)),
        State.from_json(row.state),
        id=str(row.id),
        reference=work.local_now,
        sender=None,
        person=str(row.person_id or ""),
        asked_at=row.asked_at,
    )


def read_back_questions(work: Work, row: ConversationRow) -> Sequence[tuple[str, Question]]:
    """The questions whose answers stand read back just now, with their steps: any may be put right."""
    if own_turns(row):
        return ()
    person = work.session.get(Person, row.person_id) if row.person_id else None
    state = State.from_json(row.state)
    return earlier_questions(
        work.scripts_for(person, _address(work, row)),
        state,
        reference=work.local_now,
        person=str(row.person_id or ""),
    )


def _address(work: Work, row: ConversationRow) -> AddressRow:
    return work.session.get_one(AddressRow, row.address_id)
