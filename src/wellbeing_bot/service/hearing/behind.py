"""What a text says about who is behind the phone, before anything else is made of it.

Somebody under 16 is asked nothing more. A wrong number is let go. A phone that somebody else reads gets
neutral words from then on.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from wellbeing_bot.conversation import State
from wellbeing_bot.service.hearing.stopping import drop_waiting
from wellbeing_bot.service.hearing.urgent import hand_back
from wellbeing_bot.service.people import open_hold
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.talking import close, open_conversations
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, ConversationRow, InboundRow, Person, PersonAddress, Task
from wellbeing_bot.store.quick import Query, given
from wellbeing_bot.store.states import TaskState, Urgency
from wellbeing_bot.understanding.meaning import Meaning
from wellbeing_bot.understanding.people_words import phone_is_read, says_under_16, wrong_number

WRONG_NUMBER = "wrong_number"
ASKS_AGE = "under_16"
"""The step of a conversation that asks whether somebody is under 16 deals with the answer itself."""

_SAID_SO = Query(
    Task,
    lambda query: query.where(Task.occurrence == given("occurrence"), Task.address_id == given("address")),
    of=("address", AddressRow),
)


def reachable_again(address: AddressRow) -> None:
    """They have just written from there, so it can be reached, whatever failed before."""
    address.unreachable_at = None
    address.unreachable_why = None


def note_readers(work: Work, inbound: InboundRow, address: AddressRow, people: Sequence[Person]) -> None:
    """Somebody else reads this phone: known before anything is answered, so that no answer can harm."""
    if not phone_is_read(inbound.text):
        return
    address.unsafe = True
    raise_task(
        work,
        "phone_is_read",
        urgency=Urgency.SOON,
        person=people[0] if len(people) == 1 else None,
        address=address,
        occurrence=f"phone_is_read:{address.id}",
        due_at=due_in(work, 24),
        summary="Somebody else reads this phone. Texts there are neutral from now on. Please find a safe way "
        "to reach them.",
        inbound=inbound,
    )


def heard(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    people: list[Person],
    rows: Sequence[ConversationRow],
    meaning: Meaning,
) -> bool:
    """True when the text has been dealt with here."""
    if rows and State.from_json(rows[0].state).step == ASKS_AGE:
        return False
    young = all(person.under_16 for person in people) if people else _said_so_before(work, address)
    if young or says_under_16(inbound.text):
        too_young(work, inbound, address, people)
        return True
    if wrong_number(inbound.text, [person.first_name for person in people]):
        let_go(work, inbound, address, people)
        return True
    if not phone_is_read(inbound.text) or open_hold(work, address) is not None or meaning.understood:
        return False
    reply(work, address, "thank_you_noted")
    return True


def _said_so_before(work: Work, address: AddressRow) -> bool:
    """Whether a stranger has told us that they are under 16, and nobody has found out otherwise."""
    known = _SAID_SO.first(work.session, occurrence=f"under_16:{address.id}", address=address.id)
    return known is not None and known.state is not TaskState.DONE


def too_young(work: Work, inbound: InboundRow, address: AddressRow, people: Sequence[Person]) -> None:
    """Under 16: no more questions, where to turn, and a person told. Said again at most once a day."""
    for row in open_conversations(work, address):
        close(work, row, "under_16")
    drop_waiting(work, address, why="under_16")
    if len(people) == 1:
        people[0].under_16 = True
    raise_task(
        work,
        "under_16",
        urgency=Urgency.SOON,
        person=people[0] if len(people) == 1 else None,
        address=address,
        occurrence=f"under_16:{address.id}",
        due_at=due_in(work, 4),
        summary="The sender says they are under 16. They were given Childline and are asked nothing more.",
        inbound=inbound,
    )
    reply(
        work,
        address,
        "under_16",
        {"numbers": work.settings.numbers.under_16},
        occurrence=f"under_16:{address.id}:{work.local_now.date()}",
    )


def let_go(work: Work, inbound: InboundRow, address: AddressRow, people: Sequence[Person]) -> None:
    """A wrong or recycled number: nothing more goes there, it is nobody's, and nothing is told of anybody."""
    for row in open_conversations(work, address):
        close(work, row, WRONG_NUMBER)
    drop_waiting(work, address, why=WRONG_NUMBER)
    hand_back(work, address)
    for link in work.session.scalars(
        select(PersonAddress).where(PersonAddress.address_id == address.id, PersonAddress.ended_at.is_(None))
    ):
        link.ended_at = work.now
    for person in people:
        if person.preferred_address_id == address.id:
            person.preferred_address_id = None
        raise_task(
            work,
            WRONG_NUMBER,
            urgency=Urgency.SOON,
            person=person,
            address=address,
            occurrence=f"wrong_number:{person.id}:{address.id}:{inbound.id}",
            due_at=due_in(work, 24),
            summary="Whoever has this number says it is not theirs. Nothing more is sent there. "
            "Please find out how to reach them.",
        )
    inbound.person_id = None  # it was not they who wrote this
    address.unsafe = False
    work.session.flush()
    reply(work, address, "wrong_number")
