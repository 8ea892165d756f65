"""A pressed button says which question it belongs to, so that an old one is not taken for the next answer."""

from __future__ import annotations

import re

from wellbeing_bot.conversation import Heard
from wellbeing_bot.service.people import may_text, open_hold
from wellbeing_bot.service.questionnaires import turns
from wellbeing_bot.service.questionnaires.rounds import SCRIPT, read
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, ConversationRow, InboundRow
from wellbeing_bot.store.states import ConversationState
from wellbeing_bot.understanding.answers import read_answer

_MARKED = re.compile(r"q(\d{1,18})\.(\d{1,3}):(.{1,60})")


def press(work: Work, inbound: InboundRow, address: AddressRow) -> bool:
    """Take a button of a questionnaire. False: it is not one, or not ours to answer just now.

    The thread keeps the answer as the person saw it on the button.
    """
    marked = _MARKED.fullmatch(inbound.text)
    if marked is None:
        return False
    inbound.text = marked[3]
    row = work.session.get(ConversationRow, int(marked[1]))
    if row is None or row.script != SCRIPT or row.address_id != address.id:
        return False
    if not may_text(address) or open_hold(work, address) is not None:
        return False
    open_question = turns.question(work, row) if row.status is ConversationState.OPEN else None
    inbound.understood = True
    if open_question is None or read(row).life.position != int(marked[2]):
        reply(work, address, "questions_button_past")
        return True
    turns.take(work, row, Heard(read_answer(open_question, marked[3])))
    return True
