"""What is on record about a person besides places: agreement, referral, memberships, proxies, holds ..."""

from __future__ import annotations

from wellbeing_bot.service.importing.on_record import OnRecord
from wellbeing_bot.service.importing.setup_documents import (
    HoldSetup,
    InterestSetup,
    MembershipSetup,
    PersonSetup,
    ProxySetup,
    ReferralSetup,
    TaskSetup,
)
from wellbeing_bot.service.people import addresses_of
from wellbeing_bot.service.tasks import schedule
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    Agreement,
    Hold,
    Interest,
    Membership,
    Person,
    Proxy,
    Referral,
    Task,
)
from wellbeing_bot.store.states import ReferralState, TaskState

WORDING = "set_up"
"""Version of the words of an agreement that was set up and not given by text."""

_BOOKED = {ReferralState.BOOKED, ReferralState.ACTIVE}
_CLOSED = {ReferralState.DISCHARGED, ReferralState.DECLINED}


def make_record(work: Work, record: OnRecord, person: Person, written: PersonSetup) -> None:
    """Everything about one person that needs no session."""
    person.under_16 = written.under_16
    if written.agreed:
        for address in addresses_of(work, person):
            work.session.add(
                Agreement(person_id=person.id, address_id=address.id, wording=WORDING, at=work.now)
            )
    for referral in (*written.earlier_referrals, *((written.referral,) if written.referral else ())):
        _referral(work, record, person, referral)
    for membership in written.memberships:
        _membership(work, record, person, membership)
    for proxy in written.proxies:
        _proxy(work, record, person, proxy)
    for interest in written.interested_in:
        _interest(work, record, person, interest)
    for task in written.tasks:
        make_task(work, record, task, person)
    if written.hold is not None:
        _hold(work, person, written.hold)
    work.session.flush()


def _referral(work: Work, record: OnRecord, person: Person, written: ReferralSetup) -> None:
    opened = written.opened or work.now
    state = written.state
    work.session.add(
        Referral(
            network_id=work.network.id,
            person_id=person.id,
            state=state,
            source=written.source,
            referrer_id=record.people[written.referred_by].id if written.referred_by else None,
            referrer=written.referrer,
            consent=written.consent,
            concerns=list(written.concerns),
            own_words=written.own_words,
            link_worker_id=record.people[written.link_worker].id if written.link_worker else None,
            opened_at=opened,
            first_contact_at=written.first_contact,
            booked_at=written.booked or (opened if state in _BOOKED else None),
            active_at=written.active or (opened if state is ReferralState.ACTIVE else None),
            closed_at=written.closed or (work.now if state in _CLOSED else None),
            outcome=written.outcome,
        )
    )
    work.session.flush()


def _membership(work: Work, record: OnRecord, person: Person, written: MembershipSetup) -> None:
    work.session.add(
        Membership(
            network_id=work.network.id,
            group_id=record.groups[written.group].id,
            person_id=person.id,
            since=written.since or work.now,
            ended_at=written.ended,
            why_ended=written.why_ended,
        )
    )


def _proxy(work: Work, record: OnRecord, person: Person, written: ProxySetup) -> None:
    work.session.add(
        Proxy(
            person_id=person.id,
            proxy_id=record.people[written.person].id,
            relation=written.relation,
            consent=written.consent,
            gets_messages=written.gets_messages,
            since=written.since or work.now,
            ended_at=written.ended,
        )
    )


def _interest(work: Work, record: OnRecord, person: Person, written: InterestSetup) -> None:
    work.session.add(
        Interest(
            network_id=work.network.id,
            person_id=person.id,
            group_id=record.groups[written.group].id if written.group else None,
            words=written.words,
            at=written.at or work.now,
            told_at=written.told,
        )
    )


def _hold(work: Work, person: Person, written: HoldSetup) -> None:
    """A human has each of their addresses."""
    for address in addresses_of(work, person):
        since = written.since or work.now
        held = Hold(
            network_id=work.network.id,
            address_id=address.id,
            person_id=person.id,
            why=written.why,
            by=written.by,
            since=since,
            until=written.until,
            told_at=since,
        )
        work.session.add(held)
        work.session.flush()
        if written.until is not None:
            reminder = schedule(
                work, "hold_ends", f"hold_ends:{held.id}", written.until, address_id=address.id
            )
            reminder.payload = {"hold": held.id}


def make_task(work: Work, record: OnRecord, written: TaskSetup, person: Person | None = None) -> None:
    """Something on the worklist."""
    if written.person is not None:
        person = record.people[written.person]
    seen = written.state is not TaskState.RAISED
    work.session.add(
        Task(
            network_id=work.network.id,
            kind=written.kind,
            urgency=written.urgency,
            state=written.state,
            summary=written.summary,
            person_id=person.id if person else None,
            assigned_to=written.assigned_to,
            raised_at=written.raised or work.now,
            due_at=written.due,
            acknowledged_at=work.now if seen else None,
            acknowledged_by=written.assigned_to if seen else "",
            done_at=work.now if written.state is TaskState.DONE else None,
            done_by=written.assigned_to if written.state is TaskState.DONE else "",
        )
    )
    work.session.flush()
