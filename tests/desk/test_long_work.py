"""Long work at the desk: a message to many, an import, an export. Looked at first, then done once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.desk.office import Office
from wellbeing_bot.service.accounts import DeskRole
from wellbeing_bot.service.long_work.messages import AT_ONCE
from wellbeing_bot.service.people import link_address
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Agreement, LongWork, Network, OutboundRow, Person, Referral
from wellbeing_bot.store.states import LongWorkState, ReferralState

SAID = "This is Seabank Wellbeing. The hall is shut on Friday."
PEOPLE = AT_ONCE + 7


def enter(office: Office, count: int) -> None:
    """Active people with phones; the last of them has asked for no more texts."""

    def job(session: Session) -> None:
        app = office.app
        network = session.get_one(Network, office.rows["own"]["network"])
        work = Work(session, app.clock.now(), app.deployment, network)
        for number in range(count):
            person = Person(network_id=network.id, first_name=f"Ann{number}", created_at=work.now)
            address = AddressRow(
                network_id=network.id, channel="sms", value=f"+447700901{number:03}", line="+447700900000"
            )
            session.add_all([person, address])
            session.flush()
            link_address(work, person, address)
            session.add(Agreement(person_id=person.id, address_id=address.id, wording="x", at=work.now))
            session.add(
                Referral(
                    network_id=network.id,
                    person_id=person.id,
                    opened_at=work.now,
                    concerns=[],
                    state=ReferralState.ACTIVE,
                )
            )
            address.opted_out_at = work.now if number == count - 1 else None

    office.app.database.run(job)


def look(office: Office, browser: Any, text: str = SAID, to: str = "state:active") -> Any:
    return office.post(browser, "/desk/messages/preview", to=to, text=text)


def key_of(answer: Any) -> str:
    found = re.search(r"/desk/long-work/(\d+)/go", answer.text)
    assert found is not None
    return found[1]


def run_out(office: Office) -> None:
    for _ in range(20):
        if not office.app.road.tick(office.app.clock.now()):
            return


def test_a_message_to_many_shows_its_cost_first_and_reaches_each_once(office: Office) -> None:
    enter(office, PEOPLE)
    browser = office.browser(DeskRole.COORDINATOR)
    shown = look(office, browser)
    assert f"1 SMS part each, {PEOPLE - 1} in all, about £{(PEOPLE - 1) * 4 / 100:.2f}" in shown.text
    assert "1 whom no text reaches" in shown.text
    key = key_of(shown)
    with office.app.database.reading() as session:
        assert session.scalar(select(func.count(OutboundRow.id))) == 0
    for _ in range(2):  # pressed twice
        office.post(browser, f"/desk/long-work/{key}/go")
    run_out(office)
    with office.app.database.reading() as session:
        texts = session.scalars(select(OutboundRow).where(OutboundRow.key == "desk.message")).all()
        row = session.get_one(LongWork, int(key))
    assert len(texts) == len({text.address_id for text in texts}) == PEOPLE - 1
    assert {text.text for text in texts} == {SAID}
    assert (row.state, row.content) == (LongWorkState.DONE, "")
    assert f"Told: {PEOPLE - 1} of {PEOPLE - 1}." in browser.get(f"/desk/long-work/{key}").text


def test_a_message_to_many_that_is_stopped_reaches_nobody_more(office: Office) -> None:
    enter(office, 3)
    browser = office.browser(DeskRole.COORDINATOR)
    key = key_of(look(office, browser))
    office.post(browser, f"/desk/long-work/{key}/give-up")
    answer = office.post(browser, f"/desk/long-work/{key}/go")
    assert answer.headers["location"] == "/desk"
    run_out(office)
    with office.app.database.reading() as session:
        assert session.scalar(select(func.count(OutboundRow.id))) == 0


@pytest.mark.parametrize(
    ("to", "text", "why"),
    [
        ("state:active", "", "Write what to say."),
        ("state:active", "x" * 700, "612 at most can be sent to many"),
        ("group:99999", "Hello", "Choose whom to write to."),
        ("everybody", "Hello", "Choose whom to write to."),
    ],
)
def test_a_message_that_cannot_go_says_why(office: Office, to: str, text: str, why: str) -> None:
    answer = look(office, office.browser(DeskRole.COORDINATOR), text, to)
    assert answer.status_code == 400
    assert why in answer.text


def send_file(office: Office, browser: Any, content: str) -> Any:
    return browser.post(
        "/desk/files/import",
        data={"csrf": office.csrf(browser)},
        files={"files": ("people.csv", content.encode(), "text/csv")},
    )


def test_a_file_is_looked_through_before_any_of_it_is_on_record(office: Office) -> None:
    browser = office.browser(DeskRole.ADMINISTRATOR)
    shown = send_file(office, browser, "key,first_name,last_name\nivy,Ivy,Pell\nomar,Omar,Dean\n")
    assert shown.status_code == 200, shown.text
    assert "2 people: 2 new" in shown.text
    assert not named(office, "Ivy")
    office.post(browser, f"/desk/long-work/{key_of(shown)}/go")
    run_out(office)
    assert named(office, "Ivy")
    assert "2 people: 2 new" in browser.get(f"/desk/long-work/{key_of(shown)}").text


def named(office: Office, first_name: str) -> bool:
    with office.app.database.reading() as session:
        return session.scalar(select(Person.id).where(Person.first_name == first_name)) is not None


def test_a_file_with_an_error_says_where_and_nothing_of_it_is_kept(office: Office) -> None:
    browser = office.browser(DeskRole.ADMINISTRATOR)
    shown = send_file(office, browser, "key,first_name,roles\nivy,Ivy,wizard\n")
    assert shown.status_code == 400
    assert "people.csv, line 2" in shown.text
    with office.app.database.reading() as session:
        assert session.scalar(select(LongWork.id).where(LongWork.kind == "import")) is None


@pytest.mark.parametrize(
    ("what", "holds"), [("caseload", "Petra,Quayle"), ("answers", "instrument"), ("fhir", '"Bundle"')]
)
def test_an_export_is_made_and_downloaded_by_an_administrator_alone(
    office: Office, what: str, holds: str
) -> None:
    browser = office.browser(DeskRole.ADMINISTRATOR)
    at = office.post(browser, "/desk/files/export", what=what).headers["location"]
    run_out(office)
    assert holds in browser.get(f"{at}/file").text
    assert office.browser(DeskRole.COORDINATOR).get(f"{at}/file").status_code == 403
    assert "downloaded a file" in browser.get("/desk/audit").text


def test_files_that_were_made_are_forgotten_after_a_day(office: Office) -> None:
    browser = office.browser(DeskRole.ADMINISTRATOR)
    at = office.post(browser, "/desk/files/export", what="caseload").headers["location"]
    run_out(office)
    for hours in (25, 26):
        office.app.road.tick(office.app.clock.now() + timedelta(hours=hours))
    assert browser.get(f"{at}/file").status_code == 404
    assert "The file was removed after a day" in browser.get(at).text
