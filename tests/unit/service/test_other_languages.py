"""Languages that ship: how far they go, what they cost, and how dates are said in them."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from wellbeing_bot.app import load_scripts
from wellbeing_bot.config import read_settings
from wellbeing_bot.conversation import Scripts
from wellbeing_bot.service.words import clock_words, when_words
from wellbeing_bot.service.workers.other_times import asks_other_time

LONDON = ZoneInfo("Europe/London")


@pytest.fixture(scope="module")
def scripts() -> Scripts:
    return load_scripts(read_settings(_env_file=None))


@pytest.mark.parametrize("language", ["en-x-easy", "cy"])
@pytest.mark.parametrize(
    "key",
    [
        "notices.stopped.say",
        "notices.urgent_help.say",
        "notices.under_16.say",
        "notices.person_will_come.say",
        "notices_people.language_set.say",
    ],
)
def test_what_protects_people_is_there_in_every_language(scripts: Scripts, language: str, key: str) -> None:
    assert key in scripts.languages[language].words


def test_the_draft_is_off_and_says_what_it_is(scripts: Scripts) -> None:
    welsh = scripts.languages["cy"]
    assert (welsh.on, welsh.reviewed) == (False, False)
    assert scripts.localised("cy").language == "en"
    assert scripts.localised("cy", even_off=True).language == "cy"


def test_a_networks_own_words_are_for_one_language(scripts: Scripts) -> None:
    own = {"notices.stopped.say": "Bye for now.", "cy/notices.stopped.say": "Hwyl am y tro."}
    assert scripts.reworded(own).text("notices.stopped.say", "") == "Bye for now."
    welsh = scripts.localised("cy", even_off=True)
    assert welsh.reworded(own).text("notices.stopped.say", "") == "Hwyl am y tro."
    easy = scripts.localised("en-x-easy")
    assert easy.reworded(own).text("notices.stopped.say", "").startswith("We will not text you")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Thursday 26 November at 2.30pm"),
        ("en-x-easy", "Thursday 26 November at 2.30pm"),
        ("cy", "Dydd Iau 26 Tachwedd am 2.30yp"),
    ],
)
def test_a_time_is_said_as_the_language_says_it(language: str, said: str) -> None:
    moment = datetime(2026, 11, 26, 14, 30, tzinfo=UTC)
    assert when_words(moment, LONDON, language) == said


def test_noon_has_a_name() -> None:
    assert [clock_words(time(12), tag) for tag in ("en", "cy")] == ["12 noon", "12 ganol dydd"]


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("neither, can you do mornings", True),
        ("can we make it later", True),
        ("could you do friday instead?", True),
        ("I'm at work then", True),
        ("none of them suit, next week maybe", True),
        ("neither", False),
        ("None of these thanks", False),
        ("the tuesday one", False),
        ("yes please", False),
        ("2", False),
        ("thursday at 2 is lovely", False),
    ],
)
def test_another_time_is_asked_for(said: str, asks: bool) -> None:
    assert asks_other_time(said) is asks
