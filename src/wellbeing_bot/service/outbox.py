"""Putting messages into the outbox. Nothing here talks to a provider."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import select

from wellbeing_bot.conversation import Say, say_notice
from wellbeing_bot.conversation.facts import Facts
from wellbeing_bot.messages import Button, DeliveryState, InboundKind
from wellbeing_bot.service.people import is_shared, may_text, proxies_of, reach
from wellbeing_bot.service.quiet import next_allowed
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Group, OutboundRow, Person, Session_
from wellbeing_bot.store.states import OutboundKind


def put(
    work: Work,
    address: AddressRow,
    say: Say,
    *,
    kind: OutboundKind,
    person: Person | None = None,
    session_id: int | None = None,
    conversation_id: int | None = None,
    occurrence: str | None = None,
    expires_at: datetime | None = None,
    by_user: str = "",
    even_opted_out: bool = False,
) -> OutboundRow | None:
    """Queue one message. None when nothing may be sent there, or this occurrence has been told already.

    What the service begins waits for the end of quiet hours. On a phone that several people share the
    text says whom it is for.
    """
    if not even_opted_out and not may_text(address):
        return None
    if occurrence is not None:
        told = work.session.scalar(select(OutboundRow.id).where(OutboundRow.occurrence == occurrence))
        if told is not None:
            return None
    text = say.text
    if (
        person is not None
        and person.first_name
        and kind is not OutboundKind.URGENT_HELP
        and is_shared(work, address)
    ):
        text = f"For {person.first_name}: {text}"
    text = work.deployment.simplify(text)
    row = OutboundRow(
        network_id=work.network.id,
        address_id=address.id,
        person_id=person.id if person else None,
        session_id=session_id,
        conversation_id=conversation_id,
        inbound_id=work.inbound.id if work.inbound else None,
        kind=kind,
        key=say.key,
        text=text,
        buttons=[{"label": button.label, "value": button.value} for button in say.buttons],
        line=address.line,
        occurrence=occurrence,
        by_user=by_user,
        created_at=work.now,
        due_at=_due(work, person, kind),
        expires_at=expires_at,
        state=DeliveryState.QUEUED,
        parts=work.deployment.parts(text) if address.channel == "sms" else 1,
    )
    work.session.add(row)
    work.session.flush()
    return row


def _due(work: Work, person: Person | None, kind: OutboundKind) -> datetime:
    if kind is not OutboundKind.BEGUN:
        return work.now
    due = work.allowed(work.now)
    if person is not None and person.never_text_from and person.never_text_until:
        start, until = time.fromisoformat(person.never_text_from), time.fromisoformat(person.never_text_until)
        due = work.allowed(next_allowed(due, start, until, work.zone))
    return due


def reply_or_begun(work: Work, address: AddressRow) -> OutboundKind:
    """An answer to what this very address has just sent, or something the service begins."""
    inbound = work.inbound
    if inbound is None or inbound.address_id != address.id:
        return OutboundKind.BEGUN
    spoke = inbound.kind in {InboundKind.TEXT, InboundKind.BUTTON, InboundKind.MEDIA}
    return OutboundKind.REPLY if spoke else OutboundKind.BEGUN


def tell(
    work: Work,
    person: Person,
    notice: str,
    facts: Facts,
    *,
    kind: OutboundKind = OutboundKind.BEGUN,
    session: Session_ | None = None,
    group: Group | None = None,
    occurrence: str | None = None,
    expires_at: datetime | None = None,
    address: AddressRow | None = None,
) -> OutboundRow | None:
    """Send a person one of the notices, in their language, where they can be reached.

    A group marked sensitive is not named. A recorded proxy gets the person's messages as well.
    None when they cannot be texted or were told before.
    """
    group = group or (session.group if session else None)
    neutral = bool(group and group.sensitive)
    say = say_notice(
        work.scripts_for(person),
        notice,
        facts,
        work.local_now.date(),
        neutral=neutral,
    )
    for proxy in proxies_of(work, person):
        _tell_proxy(
            work, proxy, person, say, kind=kind, session=session, occurrence=occurrence, expires_at=expires_at
        )
    target = address or reach(work, person)
    if target is None:
        return None
    return put(
        work,
        target,
        say,
        kind=kind,
        person=person,
        session_id=session.id if session else None,
        occurrence=occurrence,
        expires_at=expires_at,
    )


def _tell_proxy(
    work: Work,
    proxy: Person,
    person: Person,
    say: Say,
    *,
    kind: OutboundKind,
    session: Session_ | None,
    occurrence: str | None,
    expires_at: datetime | None,
) -> None:
    target = reach(work, proxy)
    if target is None or target.id in {row.id for row in [reach(work, person)] if row}:
        return
    put(
        work,
        target,
        Say(say.key, f"For {person.first_name}: {say.text}"),
        kind=kind,
        person=person,
        session_id=session.id if session else None,
        occurrence=f"{occurrence}:proxy:{proxy.id}" if occurrence else None,
        expires_at=expires_at,
    )


def reply(
    work: Work,
    address: AddressRow,
    notice: str,
    facts: Facts | None = None,
    *,
    person: Person | None = None,
    kind: OutboundKind = OutboundKind.REPLY,
    buttons: tuple[Button, ...] = (),
    session: Session_ | None = None,
    neutral: bool = False,
    even_opted_out: bool = False,
    occurrence: str | None = None,
) -> OutboundRow | None:
    """Answer somebody who has just texted, at the address they texted from."""
    say = say_notice(work.scripts_for(person), notice, facts or {}, work.local_now.date(), neutral=neutral)
    return put(
        work,
        address,
        Say(say.key, say.text, buttons or say.buttons),
        kind=kind,
        person=person,
        session_id=session.id if session else None,
        even_opted_out=even_opted_out,
        occurrence=occurrence,
    )
