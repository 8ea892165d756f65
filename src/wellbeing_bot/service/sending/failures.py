"""When a message cannot be delivered: another channel, a call, or a person. Never silence."""

from __future__ import annotations

from wellbeing_bot.channels.base import Blocked, SendError
from wellbeing_bot.conversation import Say
from wellbeing_bot.messages import Button
from wellbeing_bot.service.calls.putting import COMING, GOT_THERE, WANTS_PLACE, put_on_list
from wellbeing_bot.service.late import NOT_AT_NIGHT
from wellbeing_bot.service.people import addresses_of, may_text, people_at
from wellbeing_bot.service.sending.outbox import put
from wellbeing_bot.service.tasks import due_in, finish, open_task, raise_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, ConversationRow, OutboundRow, Person, Session_
from wellbeing_bot.store.states import ConversationState, OutboundKind, Urgency

GONE_CODES = frozenset({"21211", "21614", "30005", "30006"})
"""Twilio: not a number, not a mobile, unknown handset, landline. Nothing will ever arrive there."""

OUT_OF_REACH = {"sms": "texts_out_of_reach", "telegram": "telegram_out_of_reach"}
"""Kinds of task: a provider that has been failing for a while."""

ASKED_IN = {
    "expect_you": COMING,
    "went": GOT_THERE,
    "went_sensitive": GOT_THERE,
    "went_and_home": GOT_THERE,
    "place_offered": WANTS_PLACE,
}
"""What a conversation asks, where its question did not arrive and is put by telephone."""


def could_not_deliver(work: Work, row: OutboundRow, error: SendError) -> None:
    """Try the person's other channel; a person is told in any case."""
    address = work.session.get_one(AddressRow, row.address_id)
    if isinstance(error, Blocked) or (error.code or "") in GONE_CODES:
        address.unreachable_at = work.now
        address.unreachable_why = "blocked" if isinstance(error, Blocked) else f"code {error.code}"
        work.session.flush()
    person = work.session.get(Person, row.person_id) if row.person_id else None
    resent = person is not None and _another_way(work, row, person, address)
    raise_task(
        work,
        "message_failed",
        urgency=Urgency.SOON,
        person=person or _only_person(work, address),
        address=address,
        session_id=row.session_id,
        occurrence=f"message_failed:{row.id}",
        due_at=due_in(work, 24),
        summary="A message could not be delivered."
        + (" They are told another way." if resent else " Please reach them another way."),
    )


def _another_way(work: Work, row: OutboundRow, person: Person, failed: AddressRow) -> bool:
    """Their other channel, else the call list. Never because somebody asked for silence."""
    if failed.opted_out_at is not None or failed.carrier_blocked_at is not None:
        return False
    other = other_address(work, person, failed)
    if other is not None:
        return _resend(work, row, person, other)
    return _by_call(work, row, person)


def other_address(work: Work, person: Person, failed: AddressRow) -> AddressRow | None:
    """Where else to write to somebody whose address failed; none where they asked for silence there."""
    others = [row for row in addresses_of(work, person) if row.id != failed.id]
    return next((row for row in others if may_text(row)), None)


def _resend(work: Work, row: OutboundRow, person: Person, other: AddressRow) -> bool:
    buttons = tuple(Button(button["label"], button["value"]) for button in row.buttons)
    old = work.now - row.created_at > NOT_AT_NIGHT
    sent = put(
        work,
        other,
        Say(row.key, without_address(row.text, person.first_name), buttons),
        kind=OutboundKind.BEGUN if old and row.kind is OutboundKind.REPLY else row.kind,
        person=person,
        session_id=row.session_id,
        conversation_id=row.conversation_id,
        occurrence=f"other_channel:{row.id}",
        expires_at=row.expires_at,
    )
    _move_conversation(work, row, other)
    return sent is not None


def without_address(text: str, first_name: str) -> str:
    """The text without "For Jean: ", which the other phone may not need and gets again if it does."""
    return text.removeprefix(f"For {first_name}: ") if first_name else text


def _move_conversation(work: Work, row: OutboundRow, other: AddressRow) -> None:
    """The answer will come from where the question arrived."""
    conversation = work.session.get(ConversationRow, row.conversation_id) if row.conversation_id else None
    if conversation is not None and conversation.status is ConversationState.OPEN:
        conversation.address_id = other.id
        work.session.flush()


def _by_call(work: Work, row: OutboundRow, person: Person) -> bool:
    if row.kind is not OutboundKind.BEGUN:
        return False
    conversation = work.session.get(ConversationRow, row.conversation_id) if row.conversation_id else None
    session = work.session.get(Session_, row.session_id) if row.session_id else None
    call = put_on_list(
        work,
        person,
        Say(row.key, without_address(row.text, person.first_name)),
        session=session,
        asks=ASKED_IN.get(conversation.script, "") if conversation else "",
        occurrence=f"failed:{row.id}",
        expires_at=row.expires_at,
    )
    return call is not None


def _only_person(work: Work, address: AddressRow) -> Person | None:
    people = people_at(work, address)
    return people[0] if len(people) == 1 else None


def opted_out_at_carrier(work: Work, row: OutboundRow) -> None:
    """The carrier says they opted out: we believe it, and nothing falls back to another channel."""
    address = work.session.get_one(AddressRow, row.address_id)
    if address.opted_out_at is None:
        address.opted_out_at = work.now
    address.carrier_blocked_at = address.carrier_blocked_at or work.now
    raise_task(
        work,
        "carrier_blocked",
        urgency=Urgency.SOON,
        person=_only_person(work, address),
        address=address,
        occurrence=f"carrier_blocked:{address.id}",
        due_at=due_in(work, 24),
        summary="The phone company says they asked for no more texts. "
        "Nothing reaches this phone until they text START.",
    )


def blocked_by_person(work: Work, address: AddressRow) -> None:
    """They blocked the bot. Nothing more is sent there; a person is told which ways remain."""
    address.unreachable_at = work.now
    address.unreachable_why = "blocked"
    people = people_at(work, address)
    for person in people:
        other = [row for row in addresses_of(work, person) if row.id != address.id and may_text(row)]
        raise_task(
            work,
            "blocked",
            urgency=Urgency.SOON,
            person=person,
            address=address,
            occurrence=f"blocked:{address.id}:{work.now.isoformat()}",
            summary="They blocked the bot on Telegram. "
            + ("Texts go to their phone instead." if other else "There is no other way to text them."),
        )


def outcome_not_known(work: Work, row: OutboundRow) -> None:
    """It may have arrived or not; it is shown, not sent again."""
    raise_task(
        work,
        "message_unknown",
        urgency=Urgency.SOON,
        person=work.session.get(Person, row.person_id) if row.person_id else None,
        session_id=row.session_id,
        occurrence=f"message_unknown:{row.id}",
        due_at=due_in(work, 24),
        summary="Nobody can tell whether a message arrived. Please look at the thread.",
    )


def channel_needs_attention(work: Work) -> None:
    """The provider refuses our account or credentials: messages wait, and a person must put it right."""
    raise_task(
        work,
        "channel_misconfigured",
        urgency=Urgency.SOON,
        occurrence=f"channel_misconfigured:{work.network.id}:{work.local_now.date()}",
        due_at=due_in(work, 1),
        summary="The provider refuses our account. Messages wait until its settings are put right.",
    )


def channel_out_of_reach(work: Work, channel: str) -> None:
    """The provider has been failing for a while: messages wait, and what cannot wait needs a telephone."""
    if open_task(work, OUT_OF_REACH[channel]) is None:
        raise_task(
            work,
            OUT_OF_REACH[channel],
            urgency=Urgency.SOON,
            occurrence=f"out_of_reach:{channel}:{work.network.id}:{work.now.isoformat()}",
            due_at=due_in(work, 1),
            summary="The provider does not take our messages at the moment. They wait and leave by "
            "themselves when it is back; ring whoever must hear something today.",
        )


def channel_is_back(work: Work, channel: str) -> None:
    """Messages leave again."""
    task = open_task(work, OUT_OF_REACH[channel])
    if task is not None:
        finish(work, task, "by itself")
