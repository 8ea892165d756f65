"""What is said beside the answers: no more questions, not now, "I meant 8", an answer that came too late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from wellbeing_bot.conversation import Corrected
from wellbeing_bot.questionnaires.asking import Closed
from wellbeing_bot.service.questionnaires import turns
from wellbeing_bot.service.questionnaires.rounds import SCRIPT, run_of
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.words import day_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, ConversationRow, InboundRow, Person
from wellbeing_bot.store.quick import Query, given
from wellbeing_bot.understanding.answers import read_answer
from wellbeing_bot.understanding.meaning import Answered, Meaning
from wellbeing_bot.understanding.question_wishes import (
    QuestionWish,
    means_the_one_before,
    read_question_wish,
)

REMEMBERED = timedelta(days=28)
"""For so long after a round closed a bare answer is taken as meant for it, and said to be too late."""

_CLOSED_LATELY = Query(
    ConversationRow,
    lambda query: (
        query.where(
            ConversationRow.address_id == given("address"),
            ConversationRow.script == SCRIPT,
            ConversationRow.closed_at >= given("since"),
        )
        .order_by(ConversationRow.closed_at.desc(), ConversationRow.id.desc())
        .limit(1)
    ),
    of=("address", AddressRow),
)

JUST_NOW = timedelta(minutes=15)
"""So soon after an answer "sorry, I meant 8" is about that answer, although 8 would fit the next one too."""


def aside(work: Work, inbound: InboundRow, rows: Sequence[ConversationRow], meaning: Meaning) -> bool:
    """NO MORE, not now, or the answer before put right, said while a round is the question asked last."""
    if not rows or rows[0].script != SCRIPT:
        return False
    if _puts_right(work, inbound, rows[0]):
        return True
    if any(key == str(rows[0].id) and isinstance(found, Answered) for key, found in meaning.readings):
        return False
    wish = read_question_wish(inbound.text)
    if wish is QuestionWish.NO_MORE:
        turns.no_more(work, rows[0])
    elif wish is QuestionWish.LATER:
        turns.later(work, rows[0])
    else:
        return False
    inbound.understood = True
    return True


def _puts_right(work: Work, inbound: InboundRow, row: ConversationRow) -> bool:
    soon = row.asked_at is not None and work.now - row.asked_at <= JUST_NOW
    if not soon or not means_the_one_before(inbound.text):
        return False
    before = turns.question_before(work, row)
    changed = read_answer(before, inbound.text) if before is not None else None
    if not isinstance(changed, Answered):
        return False
    inbound.understood = True
    turns.take(work, row, Corrected(changed))
    return True


def too_late(work: Work, inbound: InboundRow, address: AddressRow) -> bool:
    """A bare answer with nothing open, soon after a round ran out of time: filed nowhere, and said so.

    Whoever reads the answers learns that the person would have answered, and may ask them.
    """
    row = _CLOSED_LATELY.first(work.session, address=address.id, since=work.now - REMEMBERED)
    if row is None or row.outcome != Closed.INCOMPLETE.value or row.closed_at is None:
        return False
    run = run_of(work, row)
    if run.gone or not run.round.known:
        return False
    _, item = run.item(run.asked)
    found = read_answer(item.question(str(row.id)), inbound.text)
    if not isinstance(found, Answered) or found.rest:
        return False
    inbound.understood = True
    day = day_words(row.closed_at.astimezone(work.zone).date(), run.person.language)
    _tell_staff(work, inbound, address, run.person, row)
    reply(work, address, "questions_closed", {"day": day}, person=run.person)
    return True


def _tell_staff(
    work: Work, inbound: InboundRow, address: AddressRow, person: Person, row: ConversationRow
) -> None:
    raise_task(
        work,
        "late_answer",
        person=person,
        address=address,
        occurrence=f"late_answer:{row.id}",
        due_at=due_in(work, 120),
        summary="Answered after the questions had closed, so it was not kept. Please ask whether they would "
        "like to be asked again, or read the questions out.",
        inbound=inbound,
    )
