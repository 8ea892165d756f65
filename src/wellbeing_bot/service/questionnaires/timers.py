"""What happens when something about a questionnaire falls due."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from wellbeing_bot.questionnaires.asking import Closed
from wellbeing_bot.service.questionnaires.adopting import begin_planned
from wellbeing_bot.service.questionnaires.ending import close_asking, look_again
from wellbeing_bot.service.questionnaires.looking import look
from wellbeing_bot.service.questionnaires.prompts import go_on
from wellbeing_bot.service.questionnaires.reporting import report
from wellbeing_bot.service.questionnaires.rounds import run_of
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Asking, ConversationRow, Person, Reminder
from wellbeing_bot.store.states import AskingState, ConversationState


def step(work: Work, reminder: Reminder) -> datetime | None:
    """The next word of a round: its first question after the night, a nudge, the end."""
    row = work.session.get_one(ConversationRow, reminder.conversation_id)
    if row.status is not ConversationState.OPEN:
        return None
    return go_on(run_of(work, row))


def read_out_ends(work: Work, reminder: Reminder) -> datetime | None:
    """Nobody read the questions out in time."""
    asking = work.session.get_one(Asking, int(reminder.payload["asking"]))
    if asking.state is AskingState.OPEN:
        close_asking(work, asking, Closed.INCOMPLETE)
        person = work.session.get_one(Person, asking.person_id)
        report(work, person, [asking], Closed.INCOMPLETE)
        look_again(work, person)
    return None


KINDS: Mapping[str, Callable[[Work, Reminder], datetime | None]] = {
    "questionnaire_look": look,
    "questionnaire_planned": begin_planned,
    "questionnaire_step": step,
    "read_out_ends": read_out_ends,
}
"""Looked up by ``service.timers`` beside its own."""
