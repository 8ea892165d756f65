"""A long list at the desk: looked through, imported a portion at a time, and how far it is."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.desk.office import Office
from wellbeing_bot.messages import Address
from wellbeing_bot.service import road
from wellbeing_bot.service.accounts import DeskRole
from wellbeing_bot.service.erasing.suppressing import digest
from wellbeing_bot.service.long_work.imports import AT_ONCE
from wellbeing_bot.store import AddressRow, LongWork, Person, Suppression

MANY = 2 * AT_ONCE + 30


def people(count: int, *, wrong: tuple[int, ...] = ()) -> str:
    """A list of so many people; those at ``wrong`` have a number that is none."""
    rows = (f"Ann{n},Bell,{'12' if n in wrong else f'07700 900{n:03}'}" for n in range(count))
    return "\n".join(["first_name,last_name,phone", *rows])


def choose(office: Office, browser: Any, content: str, name: str = "people.csv") -> Any:
    return browser.post(
        "/desk/files/import",
        data={"csrf": office.csrf(browser)},
        files={"files": (name, content.encode(), "text/csv")},
    )


def key_of(answer: Any) -> str:
    found = re.search(r"/desk/long-work/(\d+)/go", answer.text)
    assert found is not None, answer.text
    return found[1]


def on_record(office: Office) -> int:
    with office.app.database.reading() as session:
        return session.scalar(select(func.count(Person.id)).where(Person.last_name == "Bell")) or 0


def go(office: Office, browser: Any, key: str) -> None:
    """Begin it, without the steps that would follow by themselves."""
    network = office.rows["own"]["network"]
    office.app.road.perform(
        network, "begin_long_work", "Sunita Rao", {"long_work": int(key)}, office.app.clock.now()
    )


@pytest.fixture
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tick takes one step: otherwise short lists are done before anybody can look."""
    monkeypatch.setattr(road, "MOST_LOOKS", 1)


@pytest.mark.usefixtures("one_at_a_time")
def test_how_far_a_long_import_is_shows_as_it_goes_on(office: Office) -> None:
    browser = office.browser(DeskRole.ADMINISTRATOR)
    shown = choose(office, browser, people(MANY))
    assert f"{MANY} people: {MANY} new" in shown.text
    assert on_record(office) == 0
    key = key_of(shown)
    go(office, browser, key)
    seen = []
    for _ in range(8):
        text = browser.get(f"/desk/long-work/{key}/now").text
        seen += re.findall(r"(\d+) of \d+ rows, (\d+)%", text)
        office.app.road.tick(office.app.clock.now())
        with office.app.database.reading() as session:
            row = session.get_one(LongWork, int(key))
        assert row.done == on_record(office)  # what is said is what is on record
    assert [int(done) for done, _ in dict.fromkeys(seen)] == [0, AT_ONCE, 2 * AT_ONCE]
    assert f"{MANY} people: {MANY} new" in browser.get(f"/desk/long-work/{key}").text


@pytest.mark.usefixtures("one_at_a_time")
def test_an_import_that_was_stopped_is_finished_by_importing_the_file_again(office: Office) -> None:
    browser = office.browser(DeskRole.ADMINISTRATOR)
    key = key_of(choose(office, browser, people(MANY)))
    go(office, browser, key)
    office.app.road.tick(office.app.clock.now())
    office.post(browser, f"/desk/long-work/{key}/give-up")
    assert f"{AT_ONCE} of {MANY} rows had been done by then" in browser.get(f"/desk/long-work/{key}").text
    shown = choose(office, browser, people(MANY))
    assert f"{MANY - AT_ONCE} new, {AT_ONCE} as they were" in shown.text
    go(office, browser, key_of(shown))
    for _ in range(8):
        office.app.road.tick(office.app.clock.now())
    assert on_record(office) == MANY


def test_every_wrong_line_says_where_it_is_and_what_to_do(office: Office) -> None:
    browser = office.browser(DeskRole.ADMINISTRATOR)
    shown = choose(office, browser, people(MANY, wrong=(3, 150)))
    assert shown.status_code == 400
    assert "Nothing was imported: 2 things to put right" in shown.text
    assert "people.csv, line 5" in shown.text
    assert "people.csv, line 152" in shown.text
    assert on_record(office) == 0


def test_a_phone_that_was_forgotten_stays_silent_when_it_comes_back_in_a_list(office: Office) -> None:
    network, now = office.rows["own"]["network"], office.app.clock.now()
    secret = office.app.deployment.secret_key
    made = digest(secret, network, str(Address("sms", "+447700900007")))
    office.app.database.run(lambda session: session.add(Suppression(network_id=network, digest=made, at=now)))
    browser = office.browser(DeskRole.ADMINISTRATOR)
    go(office, browser, key_of(choose(office, browser, people(10))))
    office.app.road.tick(now)
    with office.app.database.reading() as session:
        silent = session.scalars(select(AddressRow.value).where(AddressRow.opted_out_at.is_not(None)))
        assert "+447700900007" in set(silent)


def test_an_empty_list_to_fill_in_is_one_that_is_taken(office: Office) -> None:
    browser = office.browser(DeskRole.ADMINISTRATOR)
    for kind in ("people", "champions", "groups", "venues", "practices", "services"):
        answer = browser.get(f"/desk/files/empty/{kind}/csv")
        columns = next(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))))
        assert {"name", "first_name"} & set(columns)
        assert choose(office, browser, answer.text, f"{kind}.csv").status_code == 200
    assert browser.get("/desk/files/empty/secrets/csv").status_code == 404


def test_who_came_in_a_list_is_found_under_not_referred_until_a_referral_is_opened(office: Office) -> None:
    browser = office.browser(DeskRole.ADMINISTRATOR)
    go(office, browser, key_of(choose(office, browser, people(3))))
    office.app.road.tick(office.app.clock.now())
    page = browser.get("/desk/people/unreferred").text
    assert all(f"Ann{n} Bell" in page for n in range(3))
    at = page.split(">Ann1 Bell<")[0].rsplit('href="', 1)[1].split('"')[0]
    office.post(browser, f"{at}/open-again")
    assert "Ann1 Bell" not in browser.get("/desk/people/unreferred").text
    assert "Ann1 Bell" in browser.get("/desk/people?worker=").text
