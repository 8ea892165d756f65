"""The weekly review, the directory, monitors and a clinic's times, at the desk."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.desk.office import Browser, Office
from wellbeing_bot.service.accounts import DeskRole
from wellbeing_bot.store import Audit, DirectoryService, Group, Loan, Person, Session_, SlotBooking
from wellbeing_bot.store.states import LoanState, SlotState


@pytest.fixture
def browser(office: Office) -> Browser:
    return office.browser(DeskRole.COORDINATOR)


def changed(office: Office, kind: type[Any], key: int, **values: Any) -> None:
    def job(session: Session) -> None:
        for name, value in values.items():
            setattr(session.get_one(kind, key), name, value)

    office.app.database.run(job)


def add(office: Office, row: Any) -> None:
    office.app.database.run(partial(_add, row))


def _add(row: Any, session: Session) -> None:
    session.add(row)


def named(office: Office, name: str) -> DirectoryService:
    with office.app.database.reading() as session:
        return session.scalars(select(DirectoryService).where(DirectoryService.name == name)).one()


def test_the_weekly_review_lists_by_name_and_every_look_at_it_is_kept(
    office: Office, browser: Browser
) -> None:
    person = office.rows["own"]["person"]
    assert "Petra Quayle" in browser.get("/desk/review").text.split("New this week")[1]
    written = browser.get("/desk/review/csv")
    assert "Petra Quayle" in written.text
    assert written.headers["content-type"].startswith("text/csv")
    with office.app.database.reading() as session:
        looks = list(session.scalars(select(Audit).order_by(Audit.id.desc()).limit(2)))
    assert [row.what for row in looks] == ["export", "review"]
    assert all(person in row.details["people"] for row in looks)
    assert office.rows["other"]["person"] not in looks[0].details["people"]


def test_a_service_is_put_in_changed_checked_and_taken_out(office: Office, browser: Browser) -> None:
    office.post(
        browser,
        "/desk/services/new",
        name="Tool shed",
        needs=["food", "benefits"],
        area="SB1, SB2",
        line="Bring and mend",
    )
    made = named(office, "Tool shed")
    assert (made.needs, made.area, made.line) == (["food", "benefits"], ["SB1", "SB2"], "Bring and mend")
    form = browser.get(f"/desk/services/{made.id}/change").text
    assert "Tool shed" in form
    assert 'value="SB1, SB2"' in form
    office.post(browser, f"/desk/services/{made.id}/change", needs=["food"], area="", line="")
    kept = named(office, "Tool shed")
    assert (kept.id, kept.needs, kept.area, kept.line) == (made.id, ["food"], [], "")
    changed(office, DirectoryService, made.id, checked_on=None)
    assert "please check" in browser.get("/desk/services").text.split("Tool shed")[1][:900]
    office.post(browser, f"/desk/services/{made.id}/checked")
    assert named(office, "Tool shed").checked_on is not None
    assert "Tool shed" in browser.get(f"/desk/services/{made.id}/end").text
    office.post(browser, f"/desk/services/{made.id}/end")
    assert "Tool shed" in browser.get("/desk/services").text.split("Not there any more")[1]


def test_a_service_for_no_need_is_not_kept(office: Office, browser: Browser) -> None:
    refused = office.post(browser, "/desk/services/new", name="Nothing in particular")
    assert refused.status_code == 400
    assert "one need or more" in refused.text
    with office.app.database.reading() as session:
        assert "Nothing in particular" not in list(session.scalars(select(DirectoryService.name)))


def test_a_monitor_is_brought_and_comes_back(office: Office, browser: Browser) -> None:
    own = office.rows["own"]
    office.post(browser, "/desk/monitors/count", count="3")
    loan = Loan(
        network_id=own["network"],
        person_id=own["person"],
        state=LoanState.ASKED,
        asked_at=office.app.clock.now(),
    )
    add(office, loan)
    shown = browser.get("/desk/monitors").text
    assert "3 in all, 2 left" in shown
    assert "Petra Quayle" in shown
    at = f"/desk/people/{own['person']}"
    early = office.post(browser, f"{at}/monitor-returned")
    assert "That person has no monitor just now" in early.text
    office.post(browser, f"{at}/monitor-brought")
    assert "Due back" in browser.get("/desk/monitors").text
    office.post(browser, f"{at}/monitor-returned")
    shown = browser.get("/desk/monitors").text
    assert "3 in all, 3 left" in shown
    assert "Petra Quayle" not in shown


def test_somebody_is_given_a_time_at_a_clinic_and_it_is_given_up(office: Office, browser: Browser) -> None:
    own = office.rows["own"]
    group, session = own["group"], own["session"]
    assert f"/desk/groups/{group}/time" not in browser.get(f"/desk/sessions/{session}").text
    changed(office, Group, group, slot_minutes=20)
    starts = office.app.clock.now() + timedelta(days=3)
    changed(office, Session_, session, starts_at=starts, ends_at=starts + timedelta(hours=1))
    assert f"/desk/groups/{group}/time" in browser.get(f"/desk/sessions/{session}").text
    add(
        office,
        Person(
            network_id=own["network"],
            first_name="Orla",
            last_name="Quince",
            created_at=office.app.clock.now(),
        ),
    )
    form = browser.get(f"/desk/groups/{group}/time").text
    at = form.split('id="at"')[1].split('<option value="')[1].split('"')[0]
    office.post(browser, f"/desk/groups/{group}/time", person="Orla Quince", at=at)
    with office.app.database.reading() as looking:
        booking = looking.scalars(select(SlotBooking).order_by(SlotBooking.id.desc())).first()
        assert booking is not None
        assert booking.place.person.first_name == "Orla"
    office.post(browser, f"/desk/booked-times/{booking.id}/give-up")
    with office.app.database.reading() as looking:
        assert looking.get_one(SlotBooking, booking.id).state is SlotState.WITHDRAWN


def test_a_group_becomes_a_clinic_by_its_form_and_stays_one(office: Office, browser: Browser) -> None:
    group = office.rows["own"]["group"]
    given = {"name": "Knitting", "often": "weekly", "days": "TH", "start_time": "10:00", "minutes": "60"}
    office.post(browser, f"/desk/groups/{group}/change", **given, slot_minutes="15")
    with office.app.database.reading() as session:
        assert session.get_one(Group, group).slot_minutes == 15
    assert 'name="slot_minutes" type="text" value="15"' in browser.get(f"/desk/groups/{group}/change").text
