"""Putting messages into the outbox. Nothing here talks to a provider."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from wellbeing_bot.conversation import Say, say_notice
from wellbeing_bot.conversation.facts import Facts
from wellbeing_bot.messages import Button, DeliveryState, InboundKind
from wellbeing_bot.service import late
from wellbeing_bot.service.calls.putting import put_on_list
from wellbeing_bot.service.people import (
    addresses_of,
    is_shared,
    may_text,
    own_line,
    people_at,
    proxies_of,
    reach,
)
from wellbeing_bot.service.sending.peace import may_begin
from wellbeing_bot.service.sending.unnamed import UNNAMED, names_to_leave_out, without_names
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
    about: Person | None = None,
) -> OutboundRow | None:
    """Queue one message. None when nothing may be sent there, or this occurrence has been told already.

    What the service begins waits for the end of quiet hours, and never goes to somebody who said they are
    under 16. On a phone that several people share the text says whom it is for; with ``about``, that it
    concerns somebody whose proxy reads it.
    """
    if not even_opted_out and not may_text(address):
        return None
    if kind is OutboundKind.BEGUN and person is not None and person.under_16 and not by_user:
        return None
    if occurrence is not None:
        told = work.session.scalar(select(OutboundRow.id).where(OutboundRow.occurrence == occurrence))
        if told is not None:
            return None
    person, about = _reader(work, address, person, about)
    text = say.text
    if kind is not OutboundKind.URGENT_HELP:
        text = _addressed(work, address, person, about) + text
    left_out = () if by_user else names_to_leave_out(work, address)
    text = without_names(text, left_out)
    text = work.deployment.simplify(text)
    row = OutboundRow(
        network_id=work.network.id,
        address_id=address.id,
        channel=address.channel,
        person_id=person.id if person else None,
        session_id=session_id,
        conversation_id=conversation_id,
        inbound_id=work.inbound.id if work.inbound else None,
        kind=kind,
        key=say.key,
        text=text,
        buttons=[
            {"label": without_names(button.label, left_out), "value": button.value} for button in say.buttons
        ],
        line=address.line or own_line(work, address.channel),
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


def _reader(
    work: Work, address: AddressRow, person: Person | None, about: Person | None
) -> tuple[Person | None, Person | None]:
    """Who reads a text there, and whom it is about where that is somebody else."""
    if person is None or about is not None:
        return person, about
    here = people_at(work, address)
    if not here or person.id in {one.id for one in here}:
        return person, None
    return here[0], person


def _addressed(work: Work, address: AddressRow, person: Person | None, about: Person | None) -> str:
    """Whom a text is for on a shared phone, or whom it is about on somebody else's."""
    if about is not None:
        return f"About {about.first_name}: " if about.first_name else ""
    if person is None or not person.first_name or not is_shared(work, address):
        return ""
    return f"For {person.first_name}: "


def _due(work: Work, person: Person | None, kind: OutboundKind) -> datetime:
    answers_late = work.inbound is not None and late.is_late(work.inbound, work.now, late.NOT_AT_NIGHT)
    if kind is not OutboundKind.BEGUN and not (kind is OutboundKind.REPLY and answers_late):
        return work.now
    return may_begin(work.now, work.settings, work.zone, person)


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

    A group marked sensitive is not named. A recorded proxy gets the person's messages as well. Somebody
    whom no text reaches is rung instead, if they may be. None when they were not texted.
    """
    group = group or (session.group if session else None)
    about = _About(notice, facts, kind, session, occurrence, expires_at, bool(group and group.sensitive))
    target = address or reach(work, person)
    proxy_told = _tell_proxies(work, person, about)
    if target is None:
        if not proxy_told and kind is OutboundKind.BEGUN:
            put_on_list(
                work,
                person,
                _worded(work, person, about),
                session=session,
                occurrence=occurrence,
                expires_at=expires_at,
            )
        return None
    return put(
        work,
        target,
        _worded(work, person, about, target),
        kind=kind,
        person=person,
        session_id=session.id if session else None,
        occurrence=occurrence,
        expires_at=expires_at,
    )


@dataclass(frozen=True)
class _About:
    """One notice and when it makes sense, as ``tell`` was given it."""

    notice: str
    facts: Facts
    kind: OutboundKind
    session: Session_ | None
    occurrence: str | None
    expires_at: datetime | None
    neutral: bool


def _worded(work: Work, reader: Person, about: _About, address: AddressRow | None = None) -> Say:
    neutral = about.neutral or (address is not None and address.unsafe)
    facts = {**about.facts, "group": UNNAMED} if neutral and "group" in about.facts else about.facts
    scripts = work.scripts_for(reader)
    return say_notice(scripts, about.notice, facts, work.local_now.date(), neutral=neutral)


def tell_proxies(
    work: Work,
    person: Person,
    notice: str,
    facts: Facts,
    *,
    session: Session_,
    occurrence: str,
    expires_at: datetime | None = None,
) -> bool:
    """Send a person's recorded proxies what the person is asked in a conversation. True if one got it."""
    neutral = session.group.sensitive
    about = _About(notice, facts, OutboundKind.BEGUN, session, occurrence, expires_at, neutral)
    return _tell_proxies(work, person, about)


def _tell_proxies(work: Work, person: Person, about: _About) -> bool:
    """Each proxy gets it once, on a phone that is not the person's own, in the proxy's own language."""
    own = {row.id for row in addresses_of(work, person)}
    told = False
    for proxy in proxies_of(work, person):
        target = reach(work, proxy)
        if target is None or target.id in own:
            continue
        row = put(
            work,
            target,
            _worded(work, proxy, about, target),
            kind=about.kind,
            person=proxy,
            about=person,
            session_id=about.session.id if about.session else None,
            occurrence=f"{about.occurrence}:proxy:{proxy.id}" if about.occurrence else None,
            expires_at=about.expires_at,
        )
        told = told or row is not None
    return told


def reply(
    work: Work,
    address: AddressRow,
    notice: str,
    facts: Facts | None = None,
    *,
    person: Person | None = None,
    reader: Person | None = None,
    kind: OutboundKind = OutboundKind.REPLY,
    buttons: tuple[Button, ...] = (),
    session: Session_ | None = None,
    neutral: bool = False,
    even_opted_out: bool = False,
    occurrence: str | None = None,
) -> OutboundRow | None:
    """Answer somebody who has just texted, at the address they texted from.

    ``reader`` is whose language it is said in where the answer is not kept as being to a person.
    """
    neutral = neutral or address.unsafe
    say = say_notice(
        work.scripts_for(person or reader, address),
        notice,
        facts or {},
        work.local_now.date(),
        neutral=neutral,
    )
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
