"""Carrying a conversation forward: the engine says what should happen, here it happens.

The engine is pure. Each effect it returns has one small function here; an action it asks for is a
function of ``service.actions``, and its outcome goes back in as the next event of the same turn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import select

from wellbeing_bot.conversation import (
    AskedPerson,
    ClearTimer,
    Do,
    Effect,
    Event,
    Finish,
    NotUnderstood,
    Outcome,
    Resumed,
    Say,
    SetTimer,
    Started,
    State,
    begin,
    take_turn,
)
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.sending.outbox import put, reply_or_begun
from wellbeing_bot.service.tasks import due_in, raise_task, schedule
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, ConversationRow, Misunderstood, Person, Reminder
from wellbeing_bot.store.quick import Query, given
from wellbeing_bot.store.states import ConversationState, OutboundKind, ReminderState, Urgency
from wellbeing_bot.understanding.meaning import Question

MOST_ROUNDS = 40
"""Actions one turn may ask for. More means two scripts hand over to each other for ever."""

_TIMERS = Query(
    Reminder,
    lambda query: query.where(
        Reminder.conversation_id == given("conversation"), Reminder.state == ReminderState.DUE
    ),
    of=("conversation", ConversationRow),
)
_OPEN = Query(
    ConversationRow,
    lambda query: query.where(
        ConversationRow.address_id == given("address"),
        ConversationRow.status == ConversationState.OPEN,
        ConversationRow.network_id == given("network"),
    ),
    of=("address", AddressRow),
)


@dataclass
class Talk:
    """One conversation in the middle of a turn."""

    work: Work
    row: ConversationRow
    address: AddressRow
    person: Person | None


class OwnTurns(Protocol):
    """A conversation that the service runs itself, because its questions are data and not steps of a script.

    Everything else about it is as usual: its row, its open question among the others, its time-outs.
    """

    def question(self, work: Work, row: ConversationRow) -> Question | None:
        """The question that waits, or None."""

    def question_before(self, work: Work, row: ConversationRow) -> Question | None:
        """The question answered last, with its answer, for corrections."""

    def take(self, work: Work, row: ConversationRow, event: Event) -> None:
        """One event and all that follows from it."""


class Action(Protocol):
    """What a script's ``do:`` runs. It returns the outcome that the script routes on."""

    def __call__(self, talk: Talk, args: Mapping[str, Fact]) -> Outcome: ...


ONE_AT_A_TIME = frozenset(
    {"join_group", "signposts", "clinic_book", "slot_wish", "party_change", "pick_up_change", "remind_when"}
)
"""Conversations of which one person has one: what they ask now takes the place of what they asked before."""


def start(
    work: Work,
    script: str,
    address: AddressRow,
    person: Person | None,
    facts: Mapping[str, Fact],
    *,
    session_id: int | None = None,
    meeting_id: int | None = None,
    subject: str = "",
) -> ConversationRow:
    """Begin a conversation and say its first words.

    Somebody who looks for a group or for help once more has done with the time before: nothing of it is asked
    again, and no "yes" has to be asked back.
    """
    if script in ONE_AT_A_TIME:
        for row in open_conversations(work, address):
            if row.script == script and row.person_id == (person.id if person else None):
                close(work, row, "begun_again")
    scripts = work.scripts_for(person, address)
    row = ConversationRow(
        network_id=work.network.id,
        address_id=address.id,
        person_id=person.id if person else None,
        script=script,
        state="",
        status=ConversationState.OPEN,
        session_id=session_id,
        meeting_id=meeting_id,
        subject=subject,
        opened_at=work.now,
    )
    state = begin(scripts, script, dict(facts))
    row.state = state.to_json()
    work.session.add(row)
    work.session.flush()
    carry_on(work, row, Started())
    return row


def carry_on(work: Work, row: ConversationRow, event: Event) -> None:
    """Give a conversation one event and do all that follows from it."""
    if own := own_turns(row):
        own.take(work, row, event)
        return
    address = work.session.get_one(AddressRow, row.address_id)
    person = work.session.get(Person, row.person_id) if row.person_id else None
    talk = Talk(work, row, address, person)
    pending: Event | None = event
    for _ in range(MOST_ROUNDS):
        if pending is None:
            return
        scripts = work.scripts_for(talk.person, talk.address)
        turn = take_turn(scripts, State.from_json(row.state), pending, work.now.astimezone(work.zone))
        row.state = turn.state.to_json()
        row.script = turn.state.script
        pending = None
        for effect in turn.effects:
            pending = _apply(talk, effect) or pending
        work.session.flush()
    raise RuntimeError(f"the conversation {row.script} asked for more than {MOST_ROUNDS} actions in one turn")


def own_turns(row: ConversationRow) -> OwnTurns | None:
    """Who takes the turns of this conversation; None: the engine does, by its script."""
    from wellbeing_bot.service.questionnaires import rounds, turns  # they start conversations: a circle

    return turns if row.script == rounds.SCRIPT else None


def close(work: Work, row: ConversationRow, outcome: str) -> None:
    """End a conversation from outside: what it was about is off, or somebody else took it."""
    row.status = ConversationState.CLOSED
    row.outcome = outcome
    row.closed_at = work.now
    clear_timers(work, row)


def close_questions(work: Work, *, subject: str, outcome: str) -> None:
    """Close every open question about something that is no more."""
    for row in work.session.scalars(
        select(ConversationRow).where(
            ConversationRow.subject == subject, ConversationRow.status == ConversationState.OPEN
        )
    ):
        close(work, row, outcome)


def clear_timers(work: Work, row: ConversationRow) -> None:
    """Withdraw every time-out a conversation still has."""
    for reminder in _TIMERS.all(work.session, conversation=row.id):
        reminder.state = ReminderState.WITHDRAWN


def open_conversations(work: Work, address: AddressRow) -> list[ConversationRow]:
    """What is open with an address, the question asked last first."""
    rows = _OPEN.all(work.session, address=address.id, network=work.network.id)
    return sorted(rows, key=lambda row: (row.asked_at or row.opened_at, row.id), reverse=True)


def _apply(talk: Talk, effect: Effect) -> Event | None:
    match effect:
        case Do(action, args):
            return _run(talk, action, args)
        case Say():
            _say(talk, effect)
        case SetTimer(after, step):
            clear_timers(talk.work, talk.row)
            due = talk.work.allowed(talk.work.now + after)
            schedule(
                talk.work,
                "step_timeout",
                f"timeout:{talk.row.id}:{step}:{talk.work.now.isoformat()}",
                due,
                conversation_id=talk.row.id,
                address_id=talk.address.id,
                person_id=talk.row.person_id,
                payload={"step": step},
            )
        case ClearTimer():
            clear_timers(talk.work, talk.row)
        case AskedPerson(reason):
            ask_for_person(talk, reason)
        case NotUnderstood(step):
            keep_misunderstood(talk, step)
        case Finish():
            _finish(talk, effect)
    return None


def _run(talk: Talk, name: str, args: Mapping[str, Fact]) -> Outcome:
    from wellbeing_bot.service.actions import ACTIONS  # actions start conversations: a circle by nature

    outcome = ACTIONS[name].run(talk, args)
    talk.row.person_id = talk.person.id if talk.person else talk.row.person_id
    return outcome


def _say(talk: Talk, effect: Say) -> None:
    talk.row.asked_at = talk.work.now
    put(
        talk.work,
        talk.address,
        effect,
        kind=reply_or_begun(talk.work, talk.address),
        person=talk.person,
        session_id=talk.row.session_id,
        conversation_id=talk.row.id,
    )


def ask_for_person(talk: Talk, reason: str) -> None:
    """A task for a human: they asked for one, or were not understood."""
    raise_task(
        talk.work,
        "asks_for_person" if reason == "asked" else "not_understood",
        urgency=Urgency.SOON,
        person=talk.person,
        address=talk.address,
        occurrence=f"person:{talk.address.id}:{talk.row.id}:{reason}",
        due_at=due_in(talk.work, 24),
        summary="Would like to talk to a person."
        if reason == "asked"
        else "The bot did not understand; please read the thread.",
        inbound=talk.work.inbound,
    )


def keep_misunderstood(talk: Talk, step: str) -> None:
    """Note a text that was not understood, and at which question."""
    if talk.work.inbound is None:
        return
    talk.work.inbound.understood = False
    talk.work.session.add(
        Misunderstood(
            network_id=talk.work.network.id,
            inbound_id=talk.work.inbound.id,
            conversation_id=talk.row.id,
            step=f"{talk.row.script}.{step}",
            at=talk.work.now,
        )
    )


def _finish(talk: Talk, effect: Finish) -> None:
    close(talk.work, talk.row, effect.outcome)
    if effect.continue_with is not None:
        start(
            talk.work,
            effect.continue_with,
            talk.address,
            talk.person,
            effect.facts,
            session_id=talk.row.session_id,
            meeting_id=talk.row.meeting_id,
            subject=talk.row.subject,
        )
    else:
        resume_interrupted(talk.work, talk.address)


BEGUN_BY_THEM = frozenset(
    {"hello", "self_referral", "join_group", "ride_request", "carer_referral", "volunteer"}
)
"""Conversations that people began themselves: after something else came between they are taken up again."""


def interrupt(work: Work, row: ConversationRow) -> None:
    """Something else comes between; the conversation will be taken up again."""
    if row.script in BEGUN_BY_THEM:
        row.interrupted_at = work.now
        work.session.flush()


def resume_interrupted(work: Work, address: AddressRow) -> None:
    """ "Where were we?", once nothing newer is open.

    Only in answer to somebody who has just texted. Where silence ended what came between, the question that
    was left has its own time-out; asking it again out of nothing would be one prompt too many.
    """
    if reply_or_begun(work, address) is not OutboundKind.REPLY:
        return
    rows = open_conversations(work, address)
    waiting = [row for row in rows if row.interrupted_at is not None]
    newer = [row for row in rows if row.interrupted_at is None and row.script in BEGUN_BY_THEM]
    if waiting and not newer:
        waiting[0].interrupted_at = None
        carry_on(work, waiting[0], Resumed())
