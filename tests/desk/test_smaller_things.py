"""The forms that are one desk action each."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.desk.office import Office
from wellbeing_bot.service.accounts import DeskRole
from wellbeing_bot.service.desk.registry import DESK
from wellbeing_bot.store import Answer, Asking, Group, Person, PersonAddress, Place, Proxy
from wellbeing_bot.web.desk.forms_groups import FORMS as GROUPS
from wellbeing_bot.web.desk.forms_people import FORMS as PEOPLE
from wellbeing_bot.web.desk.forms_places import FORMS as PLACES
from wellbeing_bot.web.desk.forms_sessions import FORMS as SESSIONS
from wellbeing_bot.web.desk.forms_wishes import FORMS as WISHES
from wellbeing_bot.web.desk.forms_workers import FORMS as WORKERS

FORMS = (*PEOPLE, *GROUPS, *SESSIONS, *WORKERS, *PLACES, *WISHES)


@pytest.fixture
def browser(office: Office) -> Any:
    return office.browser(DeskRole.COORDINATOR)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.path)
def test_a_form_fills_arguments_that_its_action_takes(form: Any) -> None:
    takes = DESK[form.action].takes
    filled = {one.name for one in form.fields} | ({form.subject[0]} if form.subject else set())
    assert filled <= set(takes)
    assert {name for name, argument in takes.items() if argument.needed} <= filled


def test_a_new_mobile_takes_the_place_of_the_old(office: Office, browser: Any) -> None:
    at = f"/desk/people/{office.rows['own']['person']}"
    wrong = office.post(browser, f"{at}/mobile", to="12")
    assert wrong.status_code == 400
    assert "That is not a UK mobile number" in wrong.text
    for number in ("07700 900551", "07700 900552"):
        assert office.post(browser, f"{at}/mobile", to=number).headers["location"] == at
    with office.app.database.reading() as session:
        rows = list(
            session.scalars(
                select(PersonAddress).where(PersonAddress.person_id == office.rows["own"]["person"])
            )
        )
    assert [row.ended_at is None for row in rows] == [False, True]


def test_a_carer_is_found_by_name_and_their_consent_is_kept(office: Office, browser: Any) -> None:
    own = office.rows["own"]
    office.app.database.run(lambda session: _enter(session, own["network"], office))
    at = f"/desk/people/{own['person']}"
    unknown = office.post(browser, f"{at}/carer", proxy="Zebedee", consent="told me")
    assert "Nobody is found by that" in unknown.text
    office.post(
        browser, f"{at}/carer", proxy="Orla Quince", consent="told me on 2 March", relation="daughter"
    )
    with office.app.database.reading() as session:
        row = session.scalars(select(Proxy).where(Proxy.person_id == own["person"])).one()
    assert (row.consent, row.relation) == ("told me on 2 March", "daughter")


def _enter(session: Session, network: int, office: Office) -> None:
    session.add(
        Person(network_id=network, first_name="Orla", last_name="Quince", created_at=office.app.clock.now())
    )


def test_how_many_come_is_changed_at_the_desk(office: Office, browser: Any) -> None:
    place = office.rows["own"]["place"]
    office.post(browser, f"/desk/places/{place}/party", people="3")
    with office.app.database.reading() as session:
        assert session.get_one(Place, place).party == 3


def test_an_agency_has_times_and_somebody_is_booked_on_one(office: Office, browser: Any) -> None:
    own = office.rows["own"]
    shown = browser.get(f"/desk/sessions/{own['session']}/slots").text
    at = shown.split('id="at"')[1].split('value="')[1][:16]
    office.post(browser, f"/desk/sessions/{own['session']}/slots", what="Blood pressure", at=at)
    form = browser.get(f"/desk/places/{own['place']}/slot").text
    slot = form.split('<option value="')[1].split('"')[0]
    office.post(browser, f"/desk/places/{own['place']}/slot", slot=slot)
    register = browser.get(f"/desk/sessions/{own['session']}").text
    assert "Petra Quayle" in register.split("Times with agencies")[1].split("Waiting list")[0]


def test_answers_read_out_are_filed_and_none_may_be_left_open(office: Office, browser: Any) -> None:
    person = office.rows["own"]["person"]
    at = f"/desk/people/{person}/read-out"
    assert (
        "Overall, how satisfied are you with your life nowadays?" in browser.get(f"{at}?instrument=ons4").text
    )
    typed = {"answer-satisfied": "6", "answer-worthwhile": "7", "answer-happy": "skip"}
    short = office.post(browser, at, instrument="ons4", **typed)
    assert "for question 4" in short.text
    whole = office.post(browser, at, instrument="ons4", **typed, **{"answer-anxious": "2"})
    assert whole.headers["location"] == f"/desk/people/{person}#results"
    with office.app.database.reading() as session:
        asking = session.scalars(
            select(Asking).where(Asking.person_id == person, Asking.id != office.rows["own"]["asking"])
        ).one_or_none()
        key = asking.id if asking is not None else office.rows["own"]["asking"]
        filed = dict(session.execute(select(Answer.item, Answer.number).where(Answer.asking_id == key)).all())
    assert filed == {"satisfied": 6, "worthwhile": 7, "happy": None, "anxious": 2}


def test_a_goal_shows_with_the_person_and_can_be_let_go(office: Office, browser: Any) -> None:
    own = office.rows["own"]
    at = f"/desk/people/{own['person']}"
    assert "Walk to the corner" in browser.get(at).text
    office.post(browser, f"/desk/goals/{own['goal']}/drop")
    assert f"/desk/goals/{own['goal']}/drop" not in browser.get(at).text


def test_somebody_is_put_on_the_list_of_a_group(office: Office, browser: Any) -> None:
    own = office.rows["own"]
    office.app.database.run(lambda session: setattr(session.get_one(Group, own["group"]), "running", False))
    office.post(browser, f"/desk/groups/{own['group']}/interest", person="Petra Quayle")
    shown = browser.get(f"/desk/groups/{own['group']}").text
    assert "Petra Quayle" in shown.split("Who would come")[1]
