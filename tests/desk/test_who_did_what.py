"""For whoever answers for people's data: who looked at what, a copy for the person, and that it is gone."""

from __future__ import annotations

import json
from datetime import timedelta

from sqlalchemy.orm import Session

from tests.desk.office import Office
from wellbeing_bot.service.accounts import DeskRole
from wellbeing_bot.store import Audit, Person, PersonAddress
from wellbeing_bot.store.people import AddressRow


def open_their_page(office: Office, role: DeskRole) -> str:
    person = office.rows["own"]["person"]
    browser = office.browser(role)
    browser.get("/desk/people?worker=")
    assert browser.get(f"/desk/people/{person}").status_code == 200
    return str(person)


def test_who_looked_at_one_person_is_found_by_the_number_of_their_record(office: Office) -> None:
    person = open_their_page(office, DeskRole.LINK_WORKER)
    browser = office.browser(DeskRole.ADMINISTRATOR)
    shown = browser.get(f"/desk/audit?person={person}").text
    assert "Who did what with the record of Petra Quayle" in shown
    assert "Link worker own" in shown
    assert "opened the caseload" in shown  # it showed them among others
    assert "opened the worklist" not in shown


FOUND = (
    ("kind=looked", "opened the caseload", "signed in"),
    ("kind=changed", "pause a person until a date", "opened the caseload"),
    ("by=Link+worker+own", "Link worker own", "Coordinator own</td>"),
    ("first=2031-01-01", "Nothing like that is on record", "opened the caseload"),
    ("last=2019-01-01", "Nothing like that is on record", "opened the caseload"),
    ("first=nonsense", "opened the caseload", "Nothing like that"),
)


def test_what_was_done_is_found_by_kind_colleague_and_day(office: Office) -> None:
    person = open_their_page(office, DeskRole.LINK_WORKER)
    until = (office.app.clock.now() + timedelta(days=9)).date().isoformat()
    office.post(office.browser(DeskRole.COORDINATOR), f"/desk/people/{person}/pause", until=until)
    browser = office.browser(DeskRole.ADMINISTRATOR)
    for query, there, not_there in FOUND:
        shown = browser.get(f"/desk/audit?{query}").text
        table = shown[shown.index("<h1>") :].replace("</option>", "")
        assert there in table, query
        assert not_there not in table, query


def test_older_entries_follow_and_the_file_holds_all_of_them(office: Office) -> None:
    network, now = office.rows["own"]["network"], office.app.clock.now()

    def job(session: Session) -> None:
        session.add_all(
            Audit(network_id=network, by="Sam", what="searched", details={"people": [n]}, at=now)
            for n in range(230)
        )

    office.app.database.run(job)
    browser = office.browser(DeskRole.ADMINISTRATOR)
    first = browser.get("/desk/audit?by=Sam").text
    before = first.split("before=")[1].split('"')[0]
    assert first.count('<td data-label="Who">Sam') == 100
    assert browser.get(f"/desk/audit?by=Sam&before={before}").text.count('<td data-label="Who">Sam') == 100
    file = browser.get("/desk/audit/csv?by=Sam").text
    assert file.count("searched") == 230
    assert "downloaded who did what" in browser.get("/desk/audit?kind=files").text


def test_everything_on_record_of_one_person_is_theirs_and_no_secret(office: Office) -> None:
    person, network = office.rows["own"]["person"], office.rows["own"]["network"]
    now = office.app.clock.now()

    def job(session: Session) -> None:
        row = session.get_one(Person, person)
        row.contact_note = "Ring in the mornings"
        phone = AddressRow(network_id=network, channel="sms", value="+447700900555", line="+447700900000")
        other = Person(network_id=network, first_name="Gordon", last_name="Else", created_at=now)
        session.add_all([phone, other])
        session.flush()
        session.add(PersonAddress(person_id=person, address_id=phone.id))

    office.app.database.run(job)
    browser = office.browser(DeskRole.ADMINISTRATOR)
    page = browser.get(f"/desk/people/{person}/everything").text
    for words in ("Petra", "Ring in the mornings", "+447700900555", "Walk to the corner", "Referrals"):
        assert words in page
    file = json.loads(browser.get(f"/desk/people/{person}/everything/file").text)
    assert {row["person_id"] for row in file["referral"]} == {person}
    assert "Gordon" not in json.dumps(file)
    assert not {"sign_in", "api_token", "suppression", "account"} & set(file)
    assert office.browser(DeskRole.LINK_WORKER).get(f"/desk/people/{person}/everything").status_code == 403
    assert "opened everything on record" in browser.get(f"/desk/audit?person={person}").text


def test_somebody_who_was_erased_leaves_a_page_that_says_so_and_who_did_it(office: Office) -> None:
    person = office.rows["own"]["person"]
    with office.app.database.reading() as session:
        assert session.get_one(Person, person).erased_at is None
    coordinator = office.browser(DeskRole.COORDINATOR)
    answer = office.post(coordinator, f"/desk/people/{person}/erase", sure="yes")
    assert answer.headers["location"] == f"/desk/erased/{person}"
    page = coordinator.get(f"/desk/erased/{person}").text
    assert f"Record {person} was erased" in page
    assert "Coordinator own" in page
    assert "Petra" not in page
    administrator = office.browser(DeskRole.ADMINISTRATOR)
    assert f"Record {person}</a>" in administrator.get("/desk/erased").text
    assert f"Record {person}, erased" in administrator.get(f"/desk/audit?person={person}").text


def test_nobody_who_is_still_here_has_such_a_page(office: Office) -> None:
    person = office.rows["own"]["person"]
    assert office.browser(DeskRole.COORDINATOR).get(f"/desk/erased/{person}").status_code == 404
