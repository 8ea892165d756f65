"""The worklist: in parts, somebody's own people, tasks of the service itself, coming back."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy.orm import Session

from tests.desk.office import Office
from wellbeing_bot.service.accounts import DeskRole
from wellbeing_bot.store import Account, Person, PersonRole, Referral, Task
from wellbeing_bot.store.states import Role, TaskState, Urgency


def raise_one(office: Office, kind: str, hours: float = 1, **more: object) -> int:
    now = office.app.clock.now()

    def job(session: Session) -> int:
        given = {"network_id": office.rows["own"]["network"], "urgency": Urgency.ROUTINE, **more}
        task = Task(kind=kind, raised_at=now, due_at=now + timedelta(hours=hours), summary=kind, **given)
        session.add(task)
        session.flush()
        return task.id

    return office.app.database.run(job)


def test_what_is_urgent_stands_above_what_is_late_and_that_above_the_rest(office: Office) -> None:
    raise_one(office, "result_in", hours=80)
    raise_one(office, "reply_to_read", hours=-2)
    raise_one(office, "urgent_words", urgency=Urgency.URGENT)
    shown = office.browser(DeskRole.LINK_WORKER).get("/desk/worklist").text
    places = [shown.index(f"{heading} <span") for heading in ("Urgent", "Late", "Later")]
    assert places == sorted(places)
    urgent, late, later = (shown.split(f"{heading} <span")[1] for heading in ("Urgent", "Late", "Later"))
    assert "Urgent words" in urgent.split("</ul>")[0]
    assert "Reply to read" in late.split("</ul>")[0]
    assert "Questionnaire result in" in later.split("</ul>")[0]


def test_a_link_worker_can_see_what_is_about_her_own_people_alone(office: Office) -> None:
    own = office.rows["own"]

    def job(session: Session) -> None:
        account = session.query(Account).filter_by(email="link_worker@own.example").one()
        worker = Person(network_id=own["network"], first_name="Ines", created_at=office.app.clock.now())
        session.add(worker)
        session.flush()
        session.add(PersonRole(person_id=worker.id, role=Role.LINK_WORKER))
        account.person_id = worker.id
        session.get_one(Referral, own["referral"]).link_worker_id = worker.id

    office.app.database.run(job)
    raise_one(office, "ride_refused")
    raise_one(office, "result_in", person_id=own["person"])
    shown = office.browser(DeskRole.LINK_WORKER).get("/desk/worklist?whose=caseload").text
    assert "Questionnaire result in" in shown
    assert "Ride refused</a>" not in shown


def test_a_task_of_no_network_is_seen_and_finished_by_an_administrator_alone(office: Office) -> None:
    key = raise_one(
        office,
        "unknown_line",
        network_id=None,
        urgency=Urgency.URGENT,
        occurrence="unknown_line:+447700900999",
    )
    worker = office.browser(DeskRole.COORDINATOR)
    assert "Text to a number nobody owns" not in worker.get("/desk/worklist").text
    assert worker.get(f"/desk/tasks/{key}").status_code == 404
    assert "urgent task" not in worker.get("/desk/groups").text
    administrator = office.browser(DeskRole.ADMINISTRATOR)
    assert "Text to a number nobody owns" in administrator.get("/desk/worklist").text
    assert "One urgent task is open" in administrator.get("/desk/groups").text
    assert "07700 900999" in administrator.get(f"/desk/tasks/{key}").text
    office.post(administrator, f"/desk/tasks/{key}/done")
    with office.app.database.reading() as session:
        assert session.get_one(Task, key).state is TaskState.DONE


@pytest.mark.parametrize("action", ["acknowledge", "done"])
def test_whoever_filtered_the_list_comes_back_to_it_as_it_was(office: Office, action: str) -> None:
    key = raise_one(office, "result_in")
    browser = office.browser(DeskRole.LINK_WORKER)
    here = "/desk/worklist?kind=result_in"
    assert f'value="{here}"' in browser.get(here).text
    answer = office.post(browser, f"/desk/tasks/{key}/{action}", then=here)
    assert answer.headers["location"] == here


def test_a_long_list_has_a_second_page(office: Office) -> None:
    list(map(partial(raise_one, office), ["result_in"] * 101))
    browser = office.browser(DeskRole.LINK_WORKER)
    assert "Next page" in browser.get("/desk/worklist?kind=result_in").text
    assert "1 task:" in browser.get("/desk/worklist?kind=result_in&page=2").text
