"""Taking out what somebody wrote, and what was written about them, row by row.

A column of text in a row about a person holds their words unless it is known to hold a code of ours. So a
table that is added later is emptied too; only what must stay has to be named here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Enum, String, Table, delete, or_, select, update

from wellbeing_bot.conversation import State
from wellbeing_bot.messages import InboundKind
from wellbeing_bot.service.erasing.phones import Phones
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    Account,
    Answer,
    Asking,
    Base,
    Champion,
    ConversationRow,
    InboundRow,
    Interest,
    MeetAgain,
    Misunderstood,
    OutboundRow,
    Person,
    PossibleMatch,
    Proxy,
    Referral,
    RideProvider,
    Task,
    TaskNote,
)

CODES: Mapping[str, frozenset[str]] = {
    "address": frozenset({"channel", "value", "line", "unreachable_why"}),
    "agreement": frozenset({"kind", "wording"}),
    "asking": frozenset({"instrument", "version", "point", "mode", "covers", "how_closed"}),
    "audit": frozenset({"by", "what", "details"}),
    "call_to_make": frozenset({"occurrence", "key", "asks", "outcome", "made_by"}),
    "conversation": frozenset({"script", "state", "outcome", "subject"}),
    "duty": frozenset({"weekdays", "start", "until"}),
    "hold": frozenset({"why", "by"}),
    "inbound": frozenset({"provider_id", "line", "payload", "carrier_opt_out"}),
    "membership": frozenset({"why_ended"}),
    "outbound": frozenset({"channel", "key", "line", "occurrence", "by_user", "provider_id", "error_code"}),
    "person": frozenset({"language"}),
    "place": frozenset(
        {"patient_said", "champion_said", "register_said", "why_off", "source", "meet_preference"}
    ),
    "referral": frozenset({"source"}),
    "reminder": frozenset({"kind", "occurrence", "payload"}),
    "ride": frozenset({"window_from", "window_until"}),
    "task": frozenset({"kind", "occurrence", "assigned_to", "acknowledged_by", "done_by"}),
}
"""Columns of text that hold no words of a person's, by table. Any other is emptied."""

ABOUT = frozenset({"person_id", "wisher_id"})
"""Names of columns that say whom a row is about."""


def words_of(table: Table) -> list[Column[Any]]:
    """The columns of a table that may hold somebody's words."""
    codes = CODES.get(table.name, frozenset())
    return [column for column in table.columns if _is_text(column) and column.name not in codes]


def _is_text(column: Column[Any]) -> bool:
    kind = column.type
    if isinstance(kind, Enum) or column.primary_key or column.unique:
        return False
    return isinstance(kind, String | JSON)


def empty(column: Column[Any]) -> Any:
    """What a column of text holds when there is nothing to say."""
    if column.nullable:
        return None
    if isinstance(column.type, JSON):
        return [] if column.default is not None and getattr(column.default, "arg", None) is list else {}
    return ""


def blank_person(person: Person) -> None:
    """The row itself: a number, roles, and nothing that says who it was."""
    for column in words_of(_table(Person)):
        setattr(person, column.name, empty(column))
    for name in ("access_needs", "interests", "dislikes"):
        setattr(person, name, [])
    person.practice_id = person.preferred_address_id = None
    person.paused_from = person.paused_until = person.bereaved_on = None
    person.under_16 = person.never_leave_word = False


def blank(work: Work, ids: Collection[int], phones: Phones) -> None:
    """Every row about these people, and every text from and to their phones."""
    inbounds = _texts(work, ids, phones)
    _conversations(work, ids, phones)
    _tasks(work, ids, phones)
    for table in Base.metadata.sorted_tables:
        about = [column for column in table.columns if column.name in ABOUT and column.foreign_keys]
        columns = words_of(table)
        if about and columns and table.name not in {"person", "ride_provider"}:
            _set(work, table, or_(*(column.in_(ids) for column in about)), columns)
    _theirs_alone(work, ids, inbounds)
    work.session.expire_all()


def _texts(work: Work, ids: Collection[int], phones: Phones) -> list[int]:
    """What they wrote and were sent. On a shared phone, also what nobody can say whose it was."""
    alone, shared = [row.id for row in phones.alone], [row.id for row in phones.shared]
    theirs = or_(
        InboundRow.person_id.in_(ids),
        InboundRow.address_id.in_(alone),
        InboundRow.address_id.in_(shared) & InboundRow.person_id.is_(None),
        _typed_about(ids, alone),
    )
    inbounds = list(work.session.scalars(select(InboundRow.id).where(theirs)))
    _set(work, _table(InboundRow), InboundRow.id.in_(inbounds), words_of(_table(InboundRow)))
    for row in work.session.scalars(
        select(InboundRow).where(InboundRow.id.in_(inbounds), InboundRow.kind == InboundKind.DESK)
    ):
        row.payload = without_words(row.payload)
    outbounds = or_(
        OutboundRow.person_id.in_(ids),
        OutboundRow.address_id.in_(alone),
        OutboundRow.address_id.in_(shared) & OutboundRow.inbound_id.in_(inbounds),
    )
    _set(work, _table(OutboundRow), outbounds, words_of(_table(OutboundRow)))
    telegram = OutboundRow.address_id.in_([row.id for row in phones.alone if row.channel == "telegram"])
    work.session.execute(update(OutboundRow).where(telegram).values(provider_id=None))  # it names the chat
    return inbounds


def _typed_about(ids: Collection[int], alone: Collection[int]) -> ColumnElement[bool]:
    """Desk actions about them, or about a task of theirs, done or refused."""
    of_task = select(Task.id).where(or_(Task.person_id.in_(ids), Task.address_id.in_(alone)))
    args = InboundRow.payload["args"]
    return (InboundRow.kind == InboundKind.DESK) & or_(
        args["person"].as_integer().in_(ids), args["task"].as_integer().in_(of_task)
    )


def without_words(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A desk action as it was recorded: which, by whom, about which rows, and nothing that was typed."""
    args = payload.get("args")
    kept = args.items() if isinstance(args, dict) else ()
    return {**payload, "args": {name: value for name, value in kept if isinstance(value, int | bool)}}


def _conversations(work: Work, ids: Collection[int], phones: Phones) -> None:
    for row in work.session.scalars(
        select(ConversationRow).where(
            or_(
                ConversationRow.person_id.in_(ids),
                ConversationRow.address_id.in_([row.id for row in phones.alone]),
            )
        )
    ):
        row.state = State(row.script, "").to_json()


def _tasks(work: Work, ids: Collection[int], phones: Phones) -> None:
    tasks = select(Task.id).where(
        or_(Task.person_id.in_(ids), Task.address_id.in_([row.id for row in phones.alone]))
    )
    work.session.execute(update(Task).where(Task.id.in_(tasks)).values(summary=""))
    work.session.execute(update(TaskNote).where(TaskNote.task_id.in_(tasks)).values(text=""))


def _theirs_alone(work: Work, ids: Collection[int], inbounds: Collection[int]) -> None:
    """Rows that are nothing but their words go, and so does what others wrote down about them."""
    askings = select(Asking.id).where(Asking.person_id.in_(ids))
    for gone in (
        delete(Answer).where(Answer.asking_id.in_(askings)),
        delete(Interest).where(Interest.person_id.in_(ids)),
        delete(Misunderstood).where(Misunderstood.inbound_id.in_(inbounds)),
        delete(PossibleMatch).where(or_(PossibleMatch.person_id.in_(ids), PossibleMatch.other_id.in_(ids))),
        delete(Proxy).where(or_(Proxy.person_id.in_(ids), Proxy.proxy_id.in_(ids))),
        update(Referral).where(Referral.referrer_id.in_(ids)).values(referrer=""),
        update(MeetAgain).where(MeetAgain.other_id.in_(ids)).values(words=""),
        update(Champion).where(Champion.person_id.in_(ids)).values(workshop_at=None),
    ):
        work.session.execute(gone)
    own = words_of(_table(RideProvider))
    _set(work, _table(RideProvider), RideProvider.person_id.in_(ids) & RideProvider.volunteer, own)
    for account in work.session.scalars(select(Account).where(Account.person_id.in_(ids))):
        account.email, account.name = f"erased-{account.id}", ""
        account.password = account.totp_secret = None


def _set(work: Work, table: Table, where: Any, columns: Collection[Column[Any]]) -> None:
    if columns:
        work.session.execute(
            table.update().where(where).values({column.name: empty(column) for column in columns})
        )


def _table(row: type[Base]) -> Table:
    table = row.__table__
    assert isinstance(table, Table)
    return table
