"""A referral that a GP or a colleague enters, with leave to text: the link worker writes first.

What is refused here is refused for good reason and says so: nobody is texted who has not agreed to it, is
under 16, or has asked this network for silence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from wellbeing_bot.conversation import say_notice
from wellbeing_bot.messages import Address
from wellbeing_bot.service.desk.base import DeskError
from wellbeing_bot.service.hearing.behind import WRONG_NUMBER
from wellbeing_bot.service.linking.matching import look_for
from wellbeing_bot.service.names import split_name
from wellbeing_bot.service.people import (
    OPEN_REFERRAL,
    address_row,
    find_address,
    give_role,
    link_address,
    new_person,
    open_referral,
    own_line,
    people_at,
)
from wellbeing_bot.service.phones import PhoneError, read_phone
from wellbeing_bot.service.talking import start
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers import appointments, notices
from wellbeing_bot.store import AddressRow, Agreement, Person, PersonRole, Practice, Referral, Task
from wellbeing_bot.store.states import Role

SCRIPT = "first_contact"

SOURCES: Mapping[str, str] = {
    "gp": "from_gp",
    "nurse": "from_nurse",
    "practice": "from_practice",
    "hospital": "from_hospital",
    "social_services": "from_social_services",
    "staff": "from_team",
}
"""Who asked for it, and the notice that holds the words the person reads for them."""


UNDER_16 = "they have told us that they are under 16; this service is for people of 16 and over"


@dataclass(frozen=True)
class Entered:
    """A referral as it was typed in. ``mobile`` is as written; ``why`` is shown to staff alone."""

    name: str
    mobile: str
    why: str
    source: str
    referrer: str
    agreed: bool
    over_16: bool
    consent: str = ""
    practice: Practice | None = None
    link_worker: Person | None = None
    times: Sequence[datetime] = ()
    place: str = ""


def refer(work: Work, entered: Entered) -> Referral:
    """Keep the referral with its consent, and have the link worker write first.

    Raises:
        DeskError: there is no leave to text them, or no way to; it says which, and nothing is kept.
    """
    _may_be_referred(entered)
    number = _mobile(entered.mobile)
    known = find_address(work, number)
    if known is not None:
        _may_be_texted(work, known)
    worker = entered.link_worker or least_busy(work)
    first_name, last_name = split_name(entered.name.strip())
    person = _same(work, known, first_name)
    if person is not None and person.under_16:
        raise DeskError(UNDER_16)
    if person is not None and open_referral(work, person) is not None:
        raise DeskError(f"person {person.id} of that name and number has a referral open already")
    if person is None:
        person = new_person(work, Role.PATIENT, first_name=first_name, last_name=last_name)
    give_role(work, person, Role.PATIENT)
    if entered.practice is not None:
        person.practice_id = entered.practice.id
    address = address_row(work, number, line=own_line(work, number.channel))
    link_address(work, person, address)
    referral = _keep(work, entered, person, address, worker)
    if entered.times:
        appointments.make(work, person, worker, entered.times, place=entered.place)
    look_for(work, person)
    notices.tell_worker(work, worker, "new_referral", person, occurrence=str(referral.id))
    _write_first(work, person, address, referral, worker, entered.source)
    return referral


def _may_be_referred(entered: Entered) -> None:
    if not split_name(entered.name.strip())[0]:
        raise DeskError("write at least a first name")
    if entered.source not in SOURCES:
        raise DeskError(f"there is no source {entered.source!r}; there are {', '.join(SOURCES)}")
    if not entered.agreed:
        raise DeskError("they have not agreed to be texted; ask them, or enter them and ring instead")
    if not entered.over_16:
        raise DeskError("this service is for people of 16 and over; nothing was kept")


def _mobile(written: str) -> Address:
    try:
        phone = read_phone(written)
    except PhoneError as error:
        raise DeskError(str(error)) from None
    if not phone.mobile:
        raise DeskError("that is a landline; enter them with it and ring instead")
    return Address("sms", phone.value)


def _may_be_texted(work: Work, address: AddressRow) -> None:
    if address.opted_out_at is not None or address.carrier_blocked_at is not None:
        raise DeskError("this phone asked for no more texts; only they can change that, by texting START")
    if _told(work, address, "under_16"):
        raise DeskError(UNDER_16)
    if _told(work, address, WRONG_NUMBER) and not people_at(work, address):
        raise DeskError("whoever has this number told us it is somebody else's; check it and ring them")
    if address.unreachable_at is not None:
        raise DeskError("texts to this number do not arrive; check it and ring them")
    if address.unsafe:
        raise DeskError("somebody else reads this phone; find a safe way to reach them first")


def _told(work: Work, address: AddressRow, kind: str) -> bool:
    """Whether a task of that kind was ever raised about an address: what they told us outlives the task."""
    query = select(Task.id).where(
        Task.network_id == work.network.id, Task.kind == kind, Task.address_id == address.id
    )
    return work.session.scalar(query.limit(1)) is not None


def _same(work: Work, address: AddressRow | None, first_name: str) -> Person | None:
    """The one of that name behind the number, if we know them."""
    here = people_at(work, address) if address is not None else []
    return next((one for one in here if one.first_name.lower() == first_name.lower()), None)


def least_busy(work: Work) -> Person:
    """The link worker with the fewest people.

    Raises:
        DeskError: the network has no link worker.
    """
    open_ones = (
        select(func.count())
        .select_from(Referral)
        .where(Referral.link_worker_id == Person.id, Referral.state.in_(OPEN_REFERRAL))
        .scalar_subquery()
    )
    found = work.session.scalar(
        select(Person)
        .join(PersonRole, PersonRole.person_id == Person.id)
        .where(
            Person.network_id == work.network.id,
            Person.erased_at.is_(None),
            Person.merged_into_id.is_(None),
            PersonRole.role == Role.LINK_WORKER,
        )
        .order_by(open_ones, Person.id)
        .limit(1)
    )
    if found is None:
        raise DeskError("there is no link worker yet; enter one first")
    return found


def _keep(work: Work, entered: Entered, person: Person, address: AddressRow, worker: Person) -> Referral:
    consent = entered.consent.strip() or f"Told {entered.referrer.strip() or 'the practice'}"
    referral = Referral(
        network_id=work.network.id,
        person_id=person.id,
        source=entered.source,
        referrer=entered.referrer.strip()[:120],
        consent=consent[:200],
        own_words=entered.why.strip(),
        link_worker_id=worker.id,
        opened_at=work.now,
        concerns=[],
    )
    work.session.add(referral)
    work.session.add(
        Agreement(person_id=person.id, address_id=address.id, wording="entered_by_staff", at=work.now)
    )
    work.session.flush()
    return referral


def _write_first(
    work: Work, person: Person, address: AddressRow, referral: Referral, worker: Person, source: str
) -> None:
    said = say_notice(work.scripts_for(person), SOURCES[source], {}, work.local_now.date()).text
    start(
        work,
        SCRIPT,
        address,
        person,
        {
            "referral": referral.id,
            "first_name": person.first_name,
            "link_worker": worker.first_name,
            "service": work.settings.service_name,
            "from_whom": said,
        },
        subject=f"referral:{referral.id}",
    )
