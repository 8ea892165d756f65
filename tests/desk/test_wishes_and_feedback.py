"""Invitations, meeting again and one's own notices; how people found the help, on the results page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.desk.office import Browser, Office
from wellbeing_bot.service.accounts import DeskRole
from wellbeing_bot.store import (
    Account,
    Invitation,
    Person,
    PersonRole,
    Referral,
    Satisfaction,
    Signposted,
    WorkerNotices,
)
from wellbeing_bot.store.states import Role


@pytest.fixture
def browser(office: Office) -> Browser:
    return office.browser(DeskRole.COORDINATOR)


def test_people_are_invited_by_name_and_a_name_nobody_has_invites_none(
    office: Office, browser: Browser
) -> None:
    own = office.rows["own"]

    def enter(session: Session) -> None:
        entered = {"created_at": office.app.clock.now(), "network_id": own["network"]}
        session.add(Person(first_name="Orla", last_name="Quince", **entered))

    office.app.database.run(enter)
    at = f"/desk/sessions/{own['session']}/invite"
    wrong = office.post(browser, at, people="Orla Quince\nZebedee")
    assert "Nobody is found by" in wrong.text
    with office.app.database.reading() as session:
        assert session.scalars(select(Invitation)).all() == []
    done = office.post(browser, at, people="Orla Quince\n")
    assert done.headers["location"] == f"/desk/sessions/{own['session']}"


def test_a_wish_to_meet_again_stands_with_its_date_and_names_only_who_was_there(
    office: Office, browser: Browser
) -> None:
    own = office.rows["own"]
    assert "red scarf" in browser.get(f"/desk/sessions/{own['session']}").text
    at = f"/desk/wishes/{own['wish']}/match"
    assert browser.get(at).status_code == 200
    refused = office.post(browser, at, person=str(own["person"]))
    assert "That person was not there" in refused.text


def test_a_link_worker_chooses_her_own_notices(office: Office) -> None:
    own = office.rows["own"]

    def hers(session: Session) -> None:
        session.add(PersonRole(person_id=own["person"], role=Role.LINK_WORKER))
        email = "link_worker@own.example"
        account = session.scalars(select(Account).where(Account.email == email)).one()
        account.person_id = own["person"]

    office.app.database.run(hers)
    browser = office.browser(DeskRole.LINK_WORKER)
    assert "/desk/me/notices" in browser.get("/desk/me").text
    office.post(browser, "/desk/me/notices", urgent="yes")
    with office.app.database.reading() as session:
        row = session.get_one(WorkerNotices, own["person"])
    assert (row.urgent, row.new_referral, row.result) == (True, False, False)


@pytest.mark.parametrize(("people", "shown"), [(4, False), (6, True)])
def test_what_few_people_said_is_hidden_and_what_more_said_is_shown(
    office: Office, people: int, shown: bool
) -> None:
    own, now = office.rows["own"], office.app.clock.now() - timedelta(days=1)
    common = {"network_id": own["network"], "person_id": own["person"]}

    def answer(session: Session) -> None:
        for _ in range(people):
            referral = Referral(opened_at=now, concerns=[], **common)
            session.add(referral)
            session.flush()
            session.add(
                Satisfaction(referral_id=referral.id, asked_at=now, answered_at=now, score=9, **common)
            )
            session.add(Signposted(service_id=own["service"], need="food", at=now, **common))

    office.app.database.run(answer)
    page = office.browser(DeskRole.COMMISSIONER).get("/desk/results").text
    assert ("the mean is 9.0" in page) is shown
    assert ("<li>9: 6</li>" in page) is shown
    assert ("fewer than five</li>" in page) is not shown
