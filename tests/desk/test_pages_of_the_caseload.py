"""Paging through the caseload goes by the last person shown, so nobody is shown twice or passed over."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session

from tests.desk.office import Office
from wellbeing_bot.service.accounts import DeskRole
from wellbeing_bot.service.showing.caseloads import ON_A_PAGE
from wellbeing_bot.store import Person, Referral
from wellbeing_bot.store.states import ReferralState

MANY = 2 * ON_A_PAGE + 5


def refer(office: Office, name: str, count: int) -> None:
    def job(session: Session) -> None:
        network, now = office.rows["own"]["network"], office.app.clock.now()
        for number in range(count):
            person = Person(network_id=network, first_name=name, last_name=f"{number:03}", created_at=now)
            session.add(person)
            session.flush()
            session.add(
                Referral(
                    network_id=network,
                    person_id=person.id,
                    opened_at=now,
                    concerns=[],
                    state=ReferralState.ACTIVE,
                )
            )

    office.app.database.run(job)


def names(page: str) -> list[str]:
    return re.findall(r">(\w+ \d{3})</a>", page)


def follow(browser: Any, page: str, words: str) -> str:
    found = re.search(rf'href="([^"]+)"[^>]*>{words}</a>', page)
    assert found is not None, words
    return str(browser.get(found[1].replace("&amp;", "&")).text)


def test_everybody_is_shown_once_even_if_somebody_comes_in_meanwhile(office: Office) -> None:
    refer(office, "Ann", MANY)
    browser = office.browser(DeskRole.COORDINATOR)
    first = browser.get("/desk/people?worker=&state=active").text
    refer(office, "Late", 3)
    second = follow(browser, first, "Older")
    third = follow(browser, second, "Older")
    assert [*names(first), *names(second), *names(third)] == [f"Ann {n:03}" for n in reversed(range(MANY))]
    assert ">Older</a>" not in third
    assert names(follow(browser, third, "Newer")) == names(second)
    assert names(follow(browser, third, "The newest"))[:3] == ["Late 002", "Late 001", "Late 000"]


def test_a_page_beyond_the_last_leads_back(office: Office) -> None:
    page = office.browser(DeskRole.COORDINATOR).get("/desk/people?worker=&before=1").text
    assert "Back to the newest" in page
