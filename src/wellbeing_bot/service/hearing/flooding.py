"""A phone that texts faster than anybody types, or says the same again and again: listened to, not answered.

Every text still has its turn, and urgent words and STOP are heard in it. What is left out are answers, for
which the network pays, and which another machine at the far end would answer again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, InboundRow
from wellbeing_bot.store.states import Urgency
from wellbeing_bot.understanding.meaning import Answered, AnswerKind, Meaning, Question

WITHIN = timedelta(minutes=10)
MOST_WITHIN = 60
"""Texts in ten minutes. Somebody who answers everything at once sends fifteen or so."""

SAME_IN_A_ROW = 3
LONG = 20
"""Letters from which a text is hardly typed three times running by a person."""

HELP_AGAIN = timedelta(minutes=10)
"""In a flood the numbers for help are given once in this time: the same words often help nobody more."""


def count(work: Work, inbound: InboundRow, address: AddressRow) -> None:
    """Count one text of an address."""
    if address.burst_since is None or not _recent(work.now, address.burst_since):
        address.burst_since, address.burst = work.now, 0
    address.burst += 1
    digest = _digest(inbound.text)
    address.same_count = address.same_count + 1 if digest is not None and digest == address.same_text else 1
    address.same_text = digest


def only_listen(
    work: Work, address: AddressRow, meaning: Meaning | None = None, questions: Sequence[Question] = ()
) -> bool:
    """Whether the text that was just counted gets no answer. A person is told, once a day.

    A text that answers a question by one of its choices may well be the same each time.
    """
    if address.burst > MOST_WITHIN:
        _tell(
            work,
            address,
            "flood",
            f"More than {MOST_WITHIN} texts came from this phone within ten minutes. The bot answers it no "
            "more until that ends; urgent words and STOP are still heard. Please look at the thread.",
        )
        return True
    if address.same_count >= SAME_IN_A_ROW and not (meaning and _chooses(meaning, questions)):
        _tell(
            work,
            address,
            "answers_itself",
            "The same text keeps coming from this phone, as from a machine that answers by itself. The bot "
            "does not answer it; urgent words and STOP are still heard. Please look at the thread.",
        )
        return True
    return False


def help_occurrence(work: Work, address: AddressRow) -> str | None:
    """In a flood, what makes the numbers for help go out only now and then; None at all other times."""
    if address.burst <= MOST_WITHIN and address.same_count < SAME_IN_A_ROW:
        return None
    return f"urgent_help:{address.id}:{int(work.now.timestamp() // HELP_AGAIN.total_seconds())}"


def _chooses(meaning: Meaning, questions: Sequence[Question]) -> bool:
    """Whether it answers an open question that is not put for the person's own words."""
    own_words = {question.id for question in questions if question.kind is AnswerKind.FREE_TEXT}
    return any(isinstance(reading, Answered) and key not in own_words for key, reading in meaning.readings)


def _recent(now: datetime, since: datetime) -> bool:
    return timedelta(0) <= now - since < WITHIN


def _digest(text: str) -> str | None:
    """The text without what a machine changes each time: figures, spaces, signs. None for a short one."""
    letters = "".join(sign for sign in text.casefold() if sign.isalpha())
    if len(letters) < LONG:
        return None
    return hashlib.blake2b(letters.encode(), digest_size=16).hexdigest()


def _tell(work: Work, address: AddressRow, kind: str, summary: str) -> None:
    raise_task(
        work,
        kind,
        urgency=Urgency.SOON,
        address=address,
        occurrence=f"{kind}:{address.id}:{work.local_now.date()}",
        due_at=due_in(work, 4),
        summary=summary,
    )
