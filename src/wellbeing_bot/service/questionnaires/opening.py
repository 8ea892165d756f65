"""Beginning a round: the rows it is made of, and its first words; or, read out by staff, a task instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from wellbeing_bot.conversation import Started
from wellbeing_bot.questionnaires.asking import AskingState as Life
from wellbeing_bot.questionnaires.instrument import Instrument
from wellbeing_bot.questionnaires.plans import Begins, Mode
from wellbeing_bot.service.people import is_shared, open_referral
from wellbeing_bot.service.questionnaires import turns
from wellbeing_bot.service.questionnaires.network import library
from wellbeing_bot.service.questionnaires.reporting import link_worker_of
from wellbeing_bot.service.questionnaires.rounds import SCRIPT, Asked, Round, written
from wellbeing_bot.service.questionnaires.starts import MODE_WORDS
from wellbeing_bot.service.questionnaires.waking import wake_at
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Asking, ConversationRow, Person, Session_
from wellbeing_bot.store.states import AskingState, ConversationState, Urgency

READ_OUT_DUE_HOURS = 168
READ_OUT_ENDS = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One instrument to be asked at one point."""

    instrument: str
    point: str
    start: str  # what its days are counted from: "referral:12", "session:7", "group:3", "person:5"
    covers: tuple[str, ...] = ()


def open_by_text(
    work: Work, person: Person, address: AddressRow, askings: Sequence[Asking], until: datetime | None = None
) -> ConversationRow:
    """Ask these in one go. The first words go out now, or at the end of the quiet hours.

    ``until`` is when they lose their sense, where that is before their time is up: a session's.
    """
    questions = questions_of(work, askings)
    life = Life(
        opened_at=work.now,
        questions=len(questions),
        closes_at=until.astimezone(UTC) if until else None,
    )
    row = begin_round(work, person, address, askings, Round(life, questions, not is_shared(work, address)))
    turns.take(work, row, Started())
    return row


def begin_round(
    work: Work, person: Person, address: AddressRow, askings: Sequence[Asking], round: Round
) -> ConversationRow:
    """The conversation row of a round, and its askings marked as open. Nothing is said yet."""
    row = ConversationRow(
        network_id=work.network.id,
        address_id=address.id,
        person_id=person.id,
        script=SCRIPT,
        state=written(round),
        status=ConversationState.OPEN,
        subject=f"asking:{askings[0].id}",
        session_id=askings[0].session_id,
        asked_at=round.life.last_prompt_at,
        opened_at=round.life.opened_at,
    )
    work.session.add(row)
    work.session.flush()
    for asking in askings:
        asking.conversation_id = row.id
        asking.state = AskingState.OPEN
        asking.opened_at = asking.opened_at or work.now
    work.session.flush()
    return row


def questions_of(work: Work, askings: Sequence[Asking]) -> tuple[Asked, ...]:
    """Every question of these instruments, in the order they are asked."""
    return tuple(
        Asked(asking.id, asking.instrument, item.id)
        for asking in askings
        for item in _instrument(work, asking.instrument).items
    )


def open_read_out(work: Work, person: Person, askings: Sequence[Asking]) -> None:
    """Ask a member of staff to read these out and type the answers in."""
    worker = link_worker_of(work, askings)
    titles = ", ".join(_instrument(work, row.instrument).title for row in askings)
    raise_task(
        work,
        "read_out_questions",
        urgency=Urgency.ROUTINE,
        person=person,
        asking_id=askings[0].id,
        occurrence=f"read_out:{askings[0].id}",
        due_at=due_in(work, READ_OUT_DUE_HOURS),
        assigned_to=worker.full_name if worker else "",
        summary=f"Please read out and type in: {titles}. Nobody else may answer for them.",
    )
    for row in askings:
        row.mode = MODE_WORDS[Mode.READ_OUT]
        row.state = AskingState.OPEN
        row.opened_at = row.opened_at or work.now
        reminder = wake_at(
            work,
            "read_out_ends",
            f"read_out_ends:{row.id}",
            work.now + READ_OUT_ENDS,
            person_id=person.id,
        )
        reminder.payload = {"asking": row.id}
    work.session.flush()


def make_asking(work: Work, person: Person, wanted: Wanted, mode: Mode = Mode.TEXT) -> Asking:
    """The row of one instrument at one point, about to be asked."""
    kind, _, number = wanted.start.partition(":")
    session = work.session.get(Session_, int(number)) if kind == Begins.SESSION else None
    referral = open_referral(work, person)
    row = Asking(
        network_id=work.network.id,
        person_id=person.id,
        instrument=wanted.instrument,
        version=_instrument(work, wanted.instrument).version,
        point=wanted.point,
        covers=list(wanted.covers),
        group_id=session.group_id if session else int(number) if kind == Begins.GROUP else None,
        session_id=session.id if session else None,
        referral_id=int(number) if kind == Begins.REFERRAL else referral.id if referral else None,
        mode=MODE_WORDS[mode],
        state=AskingState.PLANNED,
        due_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return row


def _instrument(work: Work, id: str) -> Instrument:
    found = library(work).instrument(id)
    if found is None:
        raise LookupError(f"the instrument {id} is off")
    return found
