"""Words at the desk: a network's own, checked and priced, with who changed what; texts not understood."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy.orm import Session

from tests.desk.office import Office
from wellbeing_bot.config import read_settings
from wellbeing_bot.misunderstood_command import examples
from wellbeing_bot.service.accounts import DeskRole
from wellbeing_bot.service.desk.rewording import every_text, problems
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Network

MORNING = "notices.morning.say"


@pytest.fixture
def browser(office: Office) -> Any:
    return office.browser(DeskRole.COORDINATOR)


def work_of(office: Office, session: Session) -> Work:
    network = session.get_one(Network, office.rows["own"]["network"])
    return Work(session, office.app.clock.now(), office.app.deployment, network)


def said(office: Office, key: str) -> str:
    with office.app.database.reading() as session:
        work = work_of(office, session)
        return work.scripts_for(None).text(key, every_text(work)[key].text)


def test_a_network_says_it_its_own_way_and_goes_back_again(office: Office, browser: Any) -> None:
    ours = said(office, MORNING)
    own = ours.replace("today", "this very day") if "today" in ours else f"{ours} See you soon."
    at = f"/desk/words/texts/{MORNING}"
    office.post(browser, at, words=own)
    assert said(office, MORNING) == own
    assert "Coordinator own" in browser.get("/desk/words").text
    newer = f"{own} Bye."
    office.post(browser, at, words=newer)
    shown = browser.get(at).text
    assert "Say it as it was before this" in shown
    office.post(browser, at, words=own)
    assert said(office, MORNING) == own
    office.post(browser, at, ours="yes")
    assert said(office, MORNING) == ours
    assert "back to the words that came with the service" in browser.get(at).text


@pytest.mark.parametrize(
    ("key", "words", "why"),
    [
        (MORNING, "Hello {nobody}.", "{nobody} is not known here"),
        (MORNING, "Hello {group.", "is left over"),
        (MORNING, "x " * 200, "SMS parts"),
        (MORNING, "See you there \U0001f600", "makes the whole text cost more than double"),
        (MORNING, "Reply CANCEL to cancel.", "which the carrier takes as STOP"),
        ("notices.urgent_help.say", "Please ring somebody.", "{numbers} must stay"),
        (
            MORNING,
            "Now organisational representatives communicate further opportunities to all of you.",
            "needs a reading age",
        ),
    ],
)
def test_words_that_would_do_harm_are_not_kept(
    office: Office, browser: Any, key: str, words: str, why: str
) -> None:
    before = said(office, key)
    answer = office.post(browser, f"/desk/words/texts/{key}", words=words)
    assert answer.status_code == 400
    assert why in answer.text
    assert said(office, key) == before


def test_the_words_that_came_with_the_service_pass_their_own_checks(office: Office) -> None:
    with office.app.database.reading() as session:
        wrong = {
            key: problems(entry, entry.text) for key, entry in every_text(work_of(office, session)).items()
        }
    assert {key: found for key, found in wrong.items() if found} == {}


def test_a_draft_is_priced_while_somebody_types(office: Office, browser: Any) -> None:
    answer = office.post(browser, f"/desk/words/texts/{MORNING}/price", words="x" * 200)
    assert answer.text.startswith("2 SMS parts, about 8p each time")


def test_texts_are_found_by_a_word_in_them(office: Office, browser: Any) -> None:
    found = browser.get("/desk/words/texts?with=samaritans").text
    assert "0 texts." in found or "Samaritans" in found
    assert "No text is like that." in browser.get("/desk/words/texts?with=zzzz").text


def test_a_text_not_understood_becomes_a_line_of_vocabulary(
    office: Office, browser: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = f"/desk/words/misunderstood/{office.rows['own']['misunderstood']}"
    office.post(browser, at, meant="transport", example="i  cannot get there by myself")
    assert "wibble" not in browser.get("/desk/words/misunderstood").text
    settings = read_settings(database_url=str(office.app.settings.database_url), _env_file=None)
    assert examples(settings, None) == 0
    assert yaml.safe_load(capsys.readouterr().out) == {"transport": ["i cannot get there by myself"]}


def test_an_example_without_a_meaning_is_not_taken(office: Office, browser: Any) -> None:
    at = f"/desk/words/misunderstood/{office.rows['own']['misunderstood']}"
    office.post(browser, at, example="like so")
    assert "wibble" in browser.get("/desk/words/misunderstood").text
