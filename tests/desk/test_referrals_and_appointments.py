"""Referring somebody who agreed to be texted, and times to talk, at the desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.desk.office import Browser, Office
from wellbeing_bot.service.accounts import DeskRole
from wellbeing_bot.store import Appointment, Audit, Person, PersonRole, Referral
from wellbeing_bot.store.states import AppointmentState, Role

REFERRED = {
    "name": "Wilf Tansley",
    "mobile": "07700 900431",
    "why": "On his own since March",
    "source": "gp",
    "referrer": "Dr Mensah",
    "over_16": "yes",
}


@pytest.fixture
def browser(office: Office) -> Browser:
    return office.browser(DeskRole.LINK_WORKER)


@pytest.fixture
def worker(office: Office) -> int:
    def enter(session: Session) -> int:
        row = Person(
            network_id=office.rows["own"]["network"], first_name="Priya", created_at=office.app.clock.now()
        )
        session.add(row)
        session.flush()
        session.add(PersonRole(person_id=row.id, role=Role.LINK_WORKER))
        return row.id

    return office.app.database.run(enter)


def soon(office: Office, days: int) -> str:
    return f"{office.app.clock.now() + timedelta(days=days):%Y-%m-%d}T10:00"


def latest(office: Office) -> Appointment:
    with office.app.database.reading() as session:
        return session.scalars(
            select(Appointment)
            .where(Appointment.person_id == office.rows["own"]["person"])
            .order_by(Appointment.id.desc())
        ).first() or pytest.fail("there is no appointment")


def test_nobody_is_referred_who_has_not_agreed_and_what_was_typed_is_still_there(
    office: Office, browser: Browser, worker: int
) -> None:
    refused = office.post(browser, "/desk/people/refer", **REFERRED)
    assert refused.status_code == 400
    assert "not agreed to be texted" in refused.text
    assert "On his own since March" in refused.text


def test_a_referral_leads_to_the_person_and_is_the_link_workers(
    office: Office, browser: Browser, worker: int
) -> None:
    done = office.post(
        browser,
        "/desk/people/refer",
        **REFERRED,
        agreed="yes",
        link_worker=str(worker),
        times=soon(office, 4),
    )
    with office.app.database.reading() as session:
        row = session.scalars(select(Referral).where(Referral.referrer == "Dr Mensah")).one()
        assert done.headers["location"] == f"/desk/people/{row.person_id}"
        assert row.link_worker_id == worker
        offered = session.scalars(select(Appointment).where(Appointment.person_id == row.person_id)).one()
    assert len(offered.times) == 1
    assert "Wilf" not in done.headers["location"]


def test_an_appointment_is_entered_moved_and_called_off_on_the_persons_page(
    office: Office, browser: Browser, worker: int
) -> None:
    at = f"/desk/people/{office.rows['own']['person']}"
    office.post(
        browser, f"{at}/appointment", at=soon(office, 2), place="Oyster Hall", link_worker=str(worker)
    )
    made = latest(office)
    assert (made.state, made.place) == (AppointmentState.BOOKED, "Oyster Hall")
    past = office.post(browser, f"/desk/appointments/{made.id}/move", to=soon(office, -2))
    assert "That time is past" in past.text
    office.post(browser, f"/desk/appointments/{made.id}/move", to=soon(office, 5))
    assert latest(office).moves == made.moves + 1
    shown = browser.get(at).text.split('id="appointments"')[1]
    assert "Oyster Hall" in shown
    office.post(browser, f"/desk/appointments/{made.id}/call-off")
    assert latest(office).state is AppointmentState.CALLED_OFF
    assert f"/desk/appointments/{made.id}/move" not in browser.get(at).text


def test_how_an_appointment_went_is_asked_once_its_time_has_come(
    office: Office, browser: Browser, worker: int
) -> None:
    key, at = office.rows["own"]["appointment"], f"/desk/people/{office.rows['own']['person']}"
    early = office.post(browser, f"/desk/appointments/{key}/outcome", came="yes")
    assert "It has not been yet" in early.text

    def over(session: Session) -> None:
        row = session.get_one(Appointment, key)
        row.starts_at = office.app.clock.now() - timedelta(hours=2)
        row.state = AppointmentState.BOOKED

    office.app.database.run(over)
    assert "It took place" in browser.get(at).text
    office.post(browser, f"/desk/appointments/{key}/outcome", came="yes")
    assert latest(office).state is AppointmentState.KEPT


def test_times_are_not_offered_to_somebody_who_cannot_be_texted(
    office: Office, browser: Browser, worker: int
) -> None:
    at = f"/desk/people/{office.rows['own']['person']}/offer-appointment"
    none = office.post(browser, at)
    assert "Please fill in: times" in none.text
    refused = office.post(browser, at, times=[soon(office, 3), soon(office, 4)], link_worker=str(worker))
    assert "ring them" in refused.text.replace("&#39;", "'")
    assert refused.text.count(f'value="{soon(office, 3)}"') == 1


def test_opening_a_form_about_an_appointment_is_kept_as_a_look(office: Office, browser: Any) -> None:
    browser.get(f"/desk/appointments/{office.rows['own']['appointment']}/move")
    with office.app.database.reading() as session:
        row = session.scalars(select(Audit).order_by(Audit.id.desc())).first()
    assert row is not None
    assert (row.what, row.person_id) == ("looked", office.rows["own"]["person"])
