"""The demo's busy morning, begun with one click: a link worker with 29 people, and what needs her first."""

from __future__ import annotations

from tests.desk.office import Browser, Office


def begin(office: Office) -> Browser:
    browser = office.browser()
    page = browser.get("/desk/sign-in").text
    csrf = page.split('action="/desk/demo-busy"')[1].split('name="csrf" value="')[1].split('"')[0]
    answer = browser.post("/desk/demo-busy", data={"csrf": csrf, "role": "link_worker"})
    assert answer.headers["location"] == "/desk"
    return browser


def test_one_click_begins_a_busy_morning(office: Office) -> None:
    browser = begin(office)
    people = browser.get("/desk/people").text
    assert people.count('data-label="Referred"') >= 29
    worklist = browser.get("/desk/worklist").text
    urgent = worklist.split("Urgent <span")[1].split("</ul>")[0]
    assert "Urgent words" in urgent
    assert worklist.index("Urgent <span") < worklist.index("Late <span") < worklist.index("Later <span")
    assert "<b>39</b>Referrals" in browser.get("/desk/results").text


def test_somebodys_answers_are_drawn_from_one_time_to_the_next(office: Office) -> None:
    browser = begin(office)
    at = browser.get("/desk/people").text.split(">Dilys Penrose<")[0].rsplit('href="', 1)[1].split('"')[0]
    shown = browser.get(at).text
    assert "ONS4 personal well-being over time; the table below says the same" in shown
    assert "12 weeks, by text" in shown
