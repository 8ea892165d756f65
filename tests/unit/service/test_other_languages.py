"""Languages that ship: how far they go, what they cost, and how dates are said in them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from wellbeing_bot.app import load_scripts
from wellbeing_bot.config import read_settings
from wellbeing_bot.conversation import Scripts
from wellbeing_bot.conversation.texts import entries
from wellbeing_bot.service.words import clock_words, day_gone_words, minutes_words, soon_words, when_words
from wellbeing_bot.service.workers.other_times import asks_other_time

LONDON = ZoneInfo("Europe/London")


BEFORE_A_WORD = re.compile(r"\{(\w+)\} [a-z]+")


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


@pytest.mark.parametrize(
    ("language", "said"), [("en", ["today", "on Thursday"]), ("cy", ["heddiw", "ddydd Iau"])]
)
def test_a_day_just_past(language: str, said: list[str]) -> None:
    thursday = date(2026, 11, 26)
    assert [day_gone_words(thursday, thursday + timedelta(days), language) for days in (0, 1)] == said


@pytest.mark.parametrize(("language", "said"), [("en", "Thursday at 2.30pm"), ("cy", "Dydd Iau am 2.30yp")])
def test_a_time_soon_needs_no_date(language: str, said: str) -> None:
    assert soon_words(datetime(2026, 11, 26, 14, 30, tzinfo=UTC), LONDON, language) == said


def test_noon_has_a_name() -> None:
    assert [clock_words(time(12), tag) for tag in ("en", "cy")] == ["12 noon", "12 ganol dydd"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["1 minute", "2 minutes", "15 minutes"]),
        ("en-x-easy", ["1 minute", "2 minutes", "15 minutes"]),
        ("cy", ["1 munud", "2 funud", "15 munud"]),
    ],
)
def test_a_number_of_minutes_has_the_plural_of_its_language(language: str, said: list[str]) -> None:
    assert [minutes_words(minutes, language) for minutes in (1, 2, 15)] == said


def test_no_text_has_a_number_whose_word_would_need_a_plural(scripts: Scripts) -> None:
    """A text says "seats: 2" or takes the number in words, so that no language gets its plurals wrong."""
    counted = [
        f"{entry.key}: {number[0]}"
        for entry in entries(scripts)
        for number in BEFORE_A_WORD.finditer(entry.text)
        if entry.types.get(number[1]) == "number" and not number[1].endswith("_number")
    ]
    assert counted == []


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
