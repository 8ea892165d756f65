"""People, their referrals and bookings."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from sqlalchemy import select

from wellbeing_bot.service.accounts.tokens import Scope
from wellbeing_bot.store import Person, Place, Referral
from wellbeing_bot.web.api import models
from wellbeing_bot.web.api.guard import LARGEST_ID, After, Caller, Page, caller, missing

ROUTER = APIRouter(tags=["people"])

Reader = Annotated[Caller, Depends(caller(Scope.PEOPLE))]
Referrer = Annotated[Caller, Depends(caller(Scope.REFER))]


@ROUTER.get("/people")
def list_people(who: Reader, limit: Page = 50, after: After = 0) -> models.People:
    """People of the network, by number."""
    found = list(
        who.session.scalars(
            select(Person)
            .where(
                Person.network_id == who.network.id,
                Person.id > after,
                Person.erased_at.is_(None),
                Person.merged_into_id.is_(None),
            )
            .order_by(Person.id)
            .limit(limit + 1)
        )
    )
    shown = found[:limit]
    who.looked("api_people", [row.id for row in shown])
    return models.People(
        rows=[_short(row) for row in shown], next=shown[-1].id if len(found) > limit else None
    )


@ROUTER.get("/people/{person}")
def one_person(who: Reader, person: Annotated[int, Path(ge=1, lt=LARGEST_ID)]) -> models.WholePerson:
    """One person with referrals and bookings."""
    row = who.session.get(Person, person)
    if row is None or row.network_id != who.network.id or row.erased_at is not None:
        raise missing("person")
    who.looked("api_person", [row.id])
    referrals = who.session.scalars(select(Referral).where(Referral.person_id == row.id))
    places = who.session.scalars(select(Place).where(Place.person_id == row.id).order_by(Place.id))
    return models.WholePerson(
        **_short(row).model_dump(),
        referrals=[_referral(one) for one in referrals],
        bookings=[_booking(one) for one in places],
    )


@ROUTER.post("/referrals", status_code=201)
def refer(who: Referrer, given: models.NewReferral) -> models.Referred:
    """Refer somebody; the link worker texts them first. 409 says why somebody cannot be texted."""
    typed = given.model_dump(exclude={"practice_id", "link_worker_id"})
    numbers = {"practice": given.practice_id, "link_worker": given.link_worker_id}
    args = typed | {name: value for name, value in numbers.items() if value is not None}
    app = who.door.app
    learned = app.road.perform(who.network.id, "refer", who.name, args, app.clock.now())
    return models.Referred(person_id=learned["person"], referral_id=learned["referral"])


def _short(row: Person) -> models.Person:
    return models.Person(
        id=row.id,
        first_name=row.first_name,
        last_name=row.last_name,
        roles=sorted(role.role.value for role in row.roles),
        postcode=row.postcode,
        practice_id=row.practice_id,
        language=row.language,
        paused_until=row.paused_until,
    )


def _referral(row: Referral) -> models.Referral:
    return models.Referral(
        id=row.id,
        state=row.state.value,
        source=row.source,
        referrer=row.referrer,
        concerns=[str(word) for word in row.concerns],
        link_worker_id=row.link_worker_id,
        opened_at=row.opened_at,
        first_contact_at=row.first_contact_at,
        booked_at=row.booked_at,
        active_at=row.active_at,
        closed_at=row.closed_at,
        outcome=row.outcome,
    )


def _booking(row: Place) -> models.Booking:
    return models.Booking(
        id=row.id,
        session_id=row.session_id,
        group_id=row.session.group_id,
        group=row.session.group.name,
        starts_at=row.session.starts_at,
        state=row.state.value,
        first_time=row.first_time,
    )
