"""What every answer carries, and what a form of the desk does."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from tests.desk.office import Office
from wellbeing_bot.service.accounts import DeskRole
from wellbeing_bot.store import Audit, OutboundRow, Place, Referral, Session_, Task
from wellbeing_bot.store.states import PlaceState, ReferralState, TaskState

PATHS = ("/desk/sign-in", "/desk/worklist", "/desk/people/0", "/desk/settings")


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_kept_framed_or_fetched_from_elsewhere(shared_office: Office, path: str) -> None:
    answer = shared_office.browser(DeskRole.LINK_WORKER).get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/desk/worklist", "/desk/people", "/desk/groups", "/desk/settings"])
def test_no_page_has_script_or_style_of_its_own(shared_office: Office, path: str) -> None:
    html = shared_office.browser(DeskRole.ADMINISTRATOR).get(path).text
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", html)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', html)


def test_a_form_sent_from_another_site_is_refused_even_with_its_token(office: Office) -> None:
    client = office.browser(DeskRole.LINK_WORKER)
    answer = client.post(
        f"/desk/tasks/{office.rows['own']['task']}/done",
        data={"csrf": office.csrf(client)},
        headers={"sec-fetch-site": "cross-site"},
    )
    assert answer.status_code == 400


def test_a_token_of_another_browser_is_refused(office: Office) -> None:
    one, two = office.browser(DeskRole.LINK_WORKER), office.browser(DeskRole.LINK_WORKER)
    task = office.rows["own"]["task"]
    answer = one.post(f"/desk/tasks/{task}/done", data={"csrf": office.csrf(two)})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "there", ["https://elsewhere.example/", "//elsewhere.example", "/desk//x", "/desk\\x"]
)
def test_a_form_leads_nowhere_outside(office: Office, there: str) -> None:
    client = office.browser(DeskRole.LINK_WORKER)
    answer = office.post(client, f"/desk/tasks/{office.rows['own']['task']}/acknowledge", then=there)
    assert answer.headers["location"].startswith("/desk/tasks/")


def test_a_task_is_taken_noted_done_and_opened_again(office: Office) -> None:
    client, task = office.browser(DeskRole.LINK_WORKER), office.rows["own"]["task"]
    for what, fields in (("acknowledge", {}), ("note", {"text": "Rang, no answer."}), ("done", {})):
        assert office.post(client, f"/desk/tasks/{task}/{what}", **fields).status_code == 303
    with office.app.database.reading() as session:
        row = session.get_one(Task, task)
        assert (row.state, row.done_by) == (TaskState.DONE, "Link worker own")
    assert "Rang, no answer." in client.get(f"/desk/tasks/{task}").text
    office.post(client, f"/desk/tasks/{task}/reopen")
    with office.app.database.reading() as session:
        assert session.get_one(Task, task).state is TaskState.ACKNOWLEDGED


def test_done_offers_to_undo(office: Office) -> None:
    client, task = office.browser(DeskRole.LINK_WORKER), office.rows["own"]["task"]
    office.post(client, f"/desk/tasks/{task}/done", then="/desk/worklist")
    assert f"/desk/tasks/{task}/reopen" in client.get("/desk/worklist").text


def test_a_reply_that_cannot_go_says_why_and_keeps_the_words(office: Office) -> None:
    client, person = office.browser(DeskRole.LINK_WORKER), office.rows["own"]["person"]
    answer = office.post(client, f"/desk/people/{person}/reply", text="Shall we say ten?")
    assert answer.status_code == 409
    assert "Shall we say ten?" in answer.text
    assert "It did not go" in answer.text


def test_every_look_at_a_person_is_kept(office: Office) -> None:
    client, person = office.browser(DeskRole.COORDINATOR), office.rows["own"]["person"]
    client.get(f"/desk/people/{person}")
    with office.app.database.reading() as session:
        found = session.scalars(select(Audit).where(Audit.person_id == person, Audit.what == "looked")).all()
    assert [row.by for row in found] == ["Coordinator own"]
    assert "Coordinator own" in client.get(f"/desk/people/{person}").text


def test_a_discharge_can_be_undone(office: Office) -> None:
    client, own = office.browser(DeskRole.LINK_WORKER), office.rows["own"]
    office.post(client, f"/desk/people/{own['person']}/discharge", outcome="Walks every week.")
    with office.app.database.reading() as session:
        assert session.get_one(Referral, own["referral"]).state is ReferralState.DISCHARGED
    office.post(client, f"/desk/people/{own['person']}/open-again")
    with office.app.database.reading() as session:
        assert session.get_one(Referral, own["referral"]).state is ReferralState.WAITING


def test_the_preview_of_calling_off_changes_nothing(office: Office) -> None:
    client, own = office.browser(DeskRole.COORDINATOR), office.rows["own"]
    page = client.get(f"/desk/sessions/{own['session']}/call-off")
    assert "Please ring" in page.text, "Petra has no phone we could text"
    with office.app.database.reading() as session:
        assert session.get_one(Session_, own["session"]).state.value == "planned"
        assert session.get_one(Place, own["place"]).state is PlaceState.BOOKED
        assert session.scalars(select(OutboundRow)).all() == []


def test_a_commissioner_sees_no_person_anywhere(office: Office) -> None:
    client = office.browser(DeskRole.COMMISSIONER)
    for path in ("/desk/results", "/desk/me"):
        page = client.get(path)
        assert page.status_code == 200
        assert "Petra" not in page.text
        assert 'action="/desk/search"' not in page.text


def test_two_records_of_one_person_become_one(office: Office) -> None:
    client, own = office.browser(DeskRole.COORDINATOR), office.rows["own"]
    entered = office.post(client, "/desk/people/new", first_name="Petra", last_name="Quayle", source="gp",
                          mobile="07700 900555", agreed="yes")  # fmt: skip
    stays = int(entered.headers["location"].rpartition("/")[2])
    office.post(client, f"/desk/people/{own['person']}/merge", into=str(stays))
    assert client.get(f"/desk/people/{own['person']}").headers["location"] == f"/desk/people/{stays}"
    with office.app.database.reading() as session:
        assert session.get_one(Place, own["place"]).person_id == stays
        assert session.get_one(Referral, own["referral"]).person_id == stays


@pytest.mark.parametrize(
    ("typed", "found"),
    [("pet", True), ("QUAY", True), ("petra q", True), ("quayle pe", True), ("PQ", True), ("x%", False),
     ("zz", False), ("p", False)],
)  # fmt: skip
def test_people_are_found_by_the_beginning_of_a_name_and_by_initials(
    shared_office: Office, typed: str, found: bool
) -> None:
    client = shared_office.browser(DeskRole.LINK_WORKER)
    page = shared_office.post(client, "/desk/search/found", q=typed).text
    assert (f"/desk/people/{shared_office.rows['own']['person']}" in page) is found
    assert f"/desk/people/{shared_office.rows['other']['person']}" not in page


@pytest.mark.parametrize("typed", ["07700 900201", "900201", "+447700900201", "0201"])
def test_people_are_found_by_their_number(shared_office: Office, typed: str) -> None:
    client = shared_office.browser(DeskRole.LINK_WORKER)
    assert "Sam" in shared_office.post(client, "/desk/search/found", q=typed).text
