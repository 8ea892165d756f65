"""Every route, for every role and for nobody, with rows of one's own network and of another.

The table is made from the routes themselves, so that a page that is added is in it.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.desk.office import Office
from wellbeing_bot.service.accounts import DeskRole
from wellbeing_bot.store import Duty
from wellbeing_bot.web.desk import pages
from wellbeing_bot.web.desk.page import Page
from wellbeing_bot.web.desk.rows import KINDS

PAGES = [page for page in pages(demo=True) if page.roles is not None]
OPEN = [page for page in pages(demo=True) if page.roles is None]
NAMED = re.compile(r"\{(\w+)(?::int)?\}")
OTHER_NAMES = {
    "number": "0",
    "list": "people",
    "name": "hello",
    "token": "x",
    "key": "notices.day_before.say",
}
ANSWERED = {200, 303, 400, 409}
FOUND = {200, 303}


def path_of(page: Page, rows: dict[str, int]) -> str:
    def filled(found: re.Match[str]) -> str:
        is_row = page.roles is not None and found[1] in rows and ":int" in found[0]
        return str(rows[found[1]]) if is_row else OTHER_NAMES[found[1]]

    return NAMED.sub(filled, page.path)


def names_a_row(page: Page) -> bool:
    return any(f"{{{name}:int}}" in page.path for name in KINDS)


def ask(office: Office, page: Page, role: DeskRole | None, whose: str, *, csrf: bool = True) -> Any:
    client = office.browser(role)
    path = path_of(page, office.rows[whose])
    if page.method == "GET":
        return client.get(path)
    return client.post(path, data={"csrf": office.csrf(client)} if csrf and role else {})


@pytest.fixture(autouse=True)
def a_line_on_the_rota(shared_office: Office) -> None:
    """One page takes a row away; each question finds it there again."""
    for rows in shared_office.rows.values():
        row = Duty(id=rows["duty"], network_id=rows["network"], person_id=rows["person"])
        shared_office.app.database.run(partial(_keep, row))


def _keep(row: Duty, session: Session) -> None:
    session.merge(row)


@pytest.mark.parametrize("role", list(DeskRole))
@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.method} {page.path}")
def test_a_role_opens_what_it_may_and_nothing_else(shared_office: Office, page: Page, role: DeskRole) -> None:
    assert page.roles is not None
    answer = ask(shared_office, page, role, "own")
    if role not in page.roles:
        assert answer.status_code == 403
    elif page.path.endswith("/{number:int}/csv"):
        assert answer.status_code == 404  # no report has anything in it yet
    else:
        assert answer.status_code in (FOUND if page.method == "GET" else ANSWERED)


@pytest.mark.parametrize("role", list(DeskRole))
@pytest.mark.parametrize(
    "page", [page for page in PAGES if names_a_row(page)], ids=lambda page: f"{page.method} {page.path}"
)
def test_what_is_of_another_network_does_not_exist(shared_office: Office, page: Page, role: DeskRole) -> None:
    assert page.roles is not None
    answer = ask(shared_office, page, role, "other")
    assert answer.status_code == (404 if role in page.roles else 403)
    assert "Petra" not in answer.text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.method} {page.path}")
def test_nobody_gets_in_without_signing_in(shared_office: Office, page: Page) -> None:
    answer = ask(shared_office, page, None, "own")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/sign-in")


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.method == "POST"], ids=lambda page: page.path
)
def test_a_form_that_is_not_ours_changes_nothing(shared_office: Office, page: Page) -> None:
    assert page.roles is not None
    role = sorted(page.roles)[0]
    assert ask(shared_office, page, role, "own", csrf=False).status_code == 400


@pytest.mark.parametrize("page", OPEN, ids=lambda page: f"{page.method} {page.path}")
def test_pages_before_signing_in_say_nothing_about_anybody(shared_office: Office, page: Page) -> None:
    answer = ask(shared_office, page, None, "own")
    assert answer.status_code < 500
    assert "Petra" not in answer.text


def test_somebody_who_is_signed_in_elsewhere_too_sees_their_own_network_alone(shared_office: Office) -> None:
    client = shared_office.browser(DeskRole.COORDINATOR, "other")
    assert client.get(f"/desk/people/{shared_office.rows['own']['person']}").status_code == 404
    assert client.get(f"/desk/people/{shared_office.rows['other']['person']}").status_code == 200


@pytest.mark.parametrize(
    ("path", "field", "kind"),
    [
        ("/desk/people/{person}/book", "session", "session"),
        ("/desk/people/{person}/join", "group", "group"),
        ("/desk/people/{person}/leave", "group", "group"),
        ("/desk/people/{person}/merge", "into", "person"),
        ("/desk/people/{person}/link-worker", "link_worker", "person"),
        ("/desk/duties", "duty_person", "person"),
    ],
)
def test_a_number_in_a_form_cannot_reach_another_network(
    shared_office: Office, path: str, field: str, kind: str
) -> None:
    client = shared_office.browser(DeskRole.ADMINISTRATOR)
    own, other = shared_office.rows["own"], shared_office.rows["other"]
    answer = shared_office.post(client, path.format(**own), **{field: str(other[kind])})
    shown = client.get(
        answer.headers["location"] if answer.headers["location"] != "/desk" else "/desk/worklist"
    )
    assert "There is no" in shown.text
