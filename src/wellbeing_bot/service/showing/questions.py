"""What somebody is being asked: conversations under way, questionnaires and their answers."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from wellbeing_bot.conversation import State
from wellbeing_bot.service.showing.threads import session_of
from wellbeing_bot.service.showing.values import Record, local
from wellbeing_bot.store import AddressRow, Answer, Asking, ConversationRow, Group, Person
from wellbeing_bot.store.states import ConversationState


def asking(session: Session, row: Asking, zone: ZoneInfo) -> Record:
    """One time an instrument was put to one person, with what they answered."""
    answers = session.scalars(select(Answer).where(Answer.asking_id == row.id).order_by(Answer.id))
    group = session.get(Group, row.group_id) if row.group_id else None
    return {
        "id": row.id,
        "instrument": row.instrument,
        "version": row.version,
        "point": row.point,
        "mode": row.mode,
        "state": row.state.value,
        "group": group.key if group else None,
        "session": session_of(session, row.session_id),
        "due_at": local(row.due_at, zone),
        "opened_at": local(row.opened_at, zone),
        "begun_at": local(row.begun_at, zone),
        "closed_at": local(row.closed_at, zone),
        "nudged": row.nudged,
        "unanswered_prompts": row.unanswered_prompts,
        "quotation": row.quotation or None,
        "quotation_consent": row.quotation_consent,
        "answers": [
            {
                "item": answer.item,
                "value": answer.value,
                "number": answer.number,
                "skipped": answer.skipped,
                "at": local(answer.at, zone),
            }
            for answer in answers
        ],
    }


def askings_of(session: Session, person: Person, zone: ZoneInfo) -> list[Record]:
    """Every questionnaire a person was, is or is to be asked."""
    rows = session.scalars(select(Asking).where(Asking.person_id == person.id).order_by(Asking.id))
    return [asking(session, row, zone) for row in rows]


def open_conversations_of(session: Session, person: Person, zone: ZoneInfo) -> list[Record]:
    """The questions that wait for this person, with the step each stands at."""
    rows = session.execute(
        select(ConversationRow, AddressRow)
        .join(AddressRow, AddressRow.id == ConversationRow.address_id)
        .where(
            ConversationRow.person_id == person.id,
            ConversationRow.status == ConversationState.OPEN,
        )
        .order_by(ConversationRow.id)
    )
    return [
        {
            "id": row.id,
            "conversation": row.script,
            "step": State.from_json(row.state).step,
            "address": str(address),
            "session": session_of(session, row.session_id),
            "subject": row.subject or None,
            "asked_at": local(row.asked_at, zone),
            "opened_at": local(row.opened_at, zone),
        }
        for row, address in rows
    ]
