"""The reading age of short messages."""

from __future__ import annotations

import pytest

from wellbeing_bot.conversation.reading_age import reading_age, syllables_of

EASY = [
    "We are glad that you got in touch. What is your name?",
    "Would you like somebody to meet you there the first time you come?",
    "Your lift is booked. The driver will be with you between 10am and 11am.",
    "We keep your name, postcode and what you tell us, so that a link worker can help you.",
    "Nobody reads this number at night. If a life is at risk, ring 999. For help now, ring NHS 111.",
]
HARD = [
    "Following your self-referral, a social prescribing practitioner will communicate opportunities.",
    "Participation necessitates completion of the accompanying wellbeing questionnaire in full beforehand.",
    "Attendance at multidisciplinary appointments is subject to availability and prior confirmation.",
]


@pytest.mark.parametrize("text", EASY)
def test_plain_words_suit_an_eleven_year_old(text: str) -> None:
    age = reading_age(text)
    assert age is not None
    assert age <= 11


@pytest.mark.parametrize("text", HARD)
def test_the_language_of_letters_does_not(text: str) -> None:
    age = reading_age(text)
    assert age is not None
    assert age > 11


@pytest.mark.parametrize("text", ["", "Good afternoon, everybody.", "{group} {when}", "Yes"])
def test_a_few_words_have_no_reading_age(text: str) -> None:
    assert reading_age(text) is None


@pytest.mark.parametrize(
    "longer",
    [
        pytest.param("We will see you at {group} on {when} and we will look out for you.", id="placeholders"),
        pytest.param("We will see you at Aberystwyth on 5 and we will look out for you.", id="names"),
    ],
)
def test_names_do_not_make_a_text_hard(longer: str) -> None:
    plain, named = (
        reading_age("We will see you at home on and we will look out for you."),
        reading_age(longer),
    )
    assert plain is not None
    assert named is not None
    assert abs(named - plain) < 1.5


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        *[("time", 1), ("whole", 1), ("table", 2), ("the", 1), ("agree", 2), ("someone", 2)],
        *[("asked", 1), ("wanted", 2), ("needed", 2), ("rules", 1), ("tables", 2), ("places", 2)],
        *[("lonely", 2), ("something", 2), ("somebody", 3), ("wheelchair", 2), ("example", 3)],
        *[("surgeries", 3), ("volunteering", 4), ("emergency", 4), ("don't", 1)],
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, syllables: int) -> None:
    assert syllables_of(word, first=True) == syllables


def test_two_sentences_are_easier_than_one() -> None:
    one = reading_age("We will ring you on Monday and then you can tell us what you would like to do.")
    two = reading_age("We will ring you on Monday. Then you can tell us what you would like to do.")
    assert one is not None
    assert two is not None
    assert two < one
