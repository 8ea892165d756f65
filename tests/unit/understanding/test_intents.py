"""What a first text is about."""

from __future__ import annotations

import math
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.understanding import learn as learning
from wellbeing_bot.understanding.cues import find_cues, with_mentions_marked
from wellbeing_bot.understanding.heard import heard
from wellbeing_bot.understanding.intents import known_of, plainly_about, read_intent
from wellbeing_bot.understanding.learned import learned_weights, likelihood, word_kinds
from wellbeing_bot.understanding.meaning import Intent
from wellbeing_bot.understanding.vocabulary import vocabulary

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("the GP thought somebody to talk to might do me good", Intent.SELF_REFERRAL),
        ("I AM 84 AND SEE NO ONE ALL WEEK. NURSE SAID TO TEXT", Intent.SELF_REFERRAL),
        ("need help with a pip form", Intent.SELF_REFERRAL),
        ("id love to come to the art group", Intent.JOIN_GROUP),
        ("choir please", Intent.JOIN_GROUP),
        ("is there a grief group for widowers like me", Intent.JOIN_GROUP),
        ("transprt for the lunch? i use a weelchair", Intent.TRANSPORT),
        ("how do i get there, no buses out here", Intent.TRANSPORT),
        ("wont make it thurs, got the dentist", Intent.CHANGE_OR_CANCEL),
        ("away till 3 dec", Intent.CHANGE_OR_CANCEL),
        ("take me off the walks but keep the lunch", Intent.CHANGE_OR_CANCEL),
        ("happy to give a hand with the teas", Intent.VOLUNTEER),
        ("how do i become a champion", Intent.VOLUNTEER),
        ("whens the next one", Intent.ATTENDANCE_NEXT),
        ("who is meeting me", Intent.ATTENDANCE_NEXT),
        ("what am I booked on?", Intent.ATTENDANCE_NEXT),
        ("what bus stop do i want for the hall", Intent.ATTENDANCE_NEXT),
        ("my mum is 84 and never sees a soul, can you help her", Intent.CARER_REFERRAL),
        ("how do i refer a patient", Intent.CARER_REFERRAL),
        ("please can a person ring me", Intent.TALK_TO_PERSON),
        ("i want a human not a robot", Intent.TALK_TO_PERSON),
        ("STOP", Intent.STOP),
        ("Stop please.", Intent.STOP),
        ("END", Intent.STOP),
        ("who is this", Intent.HELP),
        ("hello", Intent.HELP),
        ("?", Intent.HELP),
        ("nobody met me at the door as promised. not good enough", Intent.COMPLAINT),
        ("the driver was rude to my wife", Intent.COMPLAINT),
        ("I am going to kill myself tonight", Intent.CRISIS),
        ("my husband has collapsed and is not breathing", Intent.MEDICAL_EMERGENCY),
        ("lovely afternoon, thank you all x", Intent.THANKS_SMALLTALK),
        ("❤️", Intent.THANKS_SMALLTALK),
        ("I couldnt stop smiling all day", Intent.THANKS_SMALLTALK),
        ("sorry wrong number", Intent.OTHER),
        ("can i order my repeat prescription", Intent.OTHER),
        ("", Intent.OTHER),
    ],
)
def test_what_a_text_is_about(text: str, intent: Intent) -> None:
    assert read_intent(text, now=NOW).intents[0] is intent


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("can't come thursday. when is the next one?", {Intent.CHANGE_OR_CANCEL, Intent.ATTENDANCE_NEXT}),
        ("lunch please and can I get a lift", {Intent.JOIN_GROUP, Intent.TRANSPORT}),
        ("the driver was rude to me. please can someone ring me", {Intent.COMPLAINT, Intent.TALK_TO_PERSON}),
    ],
)
def test_two_wishes_in_one_text_are_both_kept(text: str, intents: set[Intent]) -> None:
    reading = read_intent(text, now=NOW)

    assert set(reading.intents) == intents
    assert reading.clarify == ()


@pytest.mark.parametrize("text", ["thanks for the lunch. can i have a lift next week?", "hello. lift please"])
def test_courtesy_around_a_wish_is_not_a_second_one(text: str) -> None:
    assert read_intent(text, now=NOW).intents == (Intent.TRANSPORT,)


def test_what_cannot_be_told_is_asked_about() -> None:
    reading = read_intent("the green one or else something for the knees", now=NOW)

    assert 1 < len(reading.clarify) <= 3
    assert not {Intent.STOP, Intent.CRISIS, Intent.OTHER} & set(reading.clarify)


def test_details_come_with_the_intent() -> None:
    reading = read_intent("my mum is lonely, could you ring her. CT5 1AA", now=NOW)

    assert reading.intents[0] is Intent.CARER_REFERRAL
    assert reading.details.for_whom == "mother"
    assert reading.details.postcode == "CT5 1AA"


@pytest.mark.parametrize("text", ["yes", "7", "Jean", "CT5 1AA", "not sure", "thanks", "hello"])
def test_an_answer_is_not_taken_for_a_plain_wish(text: str) -> None:
    assert plainly_about(text, now=NOW) is None


def test_the_weights_were_learned_from_the_vocabulary_as_it_is() -> None:
    assert learned_weights().made_from == learning.digest(), "run `make learn` and commit the weights"


def test_no_example_stands_under_two_intents() -> None:
    places: dict[str, set[Intent]] = {}
    for text, intent in learning.examples():
        places.setdefault(heard(text), set()).add(intent)

    assert {text: found for text, found in places.items() if len(found) > 1 and text.strip(" .")} == {}


def test_learning_tells_examples_apart_and_is_repeatable() -> None:
    taught = [
        (f"{word} {number}", intent)
        for word, intent in (("zebra", Intent.VOLUNTEER), ("yacht", Intent.COMPLAINT))
        for number in range(6)
    ]

    weights = learning.learn(taught)
    odds = likelihood(known_of("zebra 9"), weights)

    assert max(odds, key=lambda intent: odds[intent]) is Intent.VOLUNTEER
    assert weights == learning.learn(taught)


def test_weights_are_written_as_they_are_read(tmp_path: Path) -> None:
    file = tmp_path / "weights.json"
    learning.write(learned_weights(), file)

    shipped = Path(learning.__file__).parent / "vocabulary" / "en" / "intent_weights.json"
    assert file.read_text(encoding="utf-8") == shipped.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Voluntear at the\nlunch", " . volunteer at the . lunch . "),
        ("a lfit in a wheelchiar", " . a lfit in a wheelchair . "),  # four letters are too few to be sure
        ("❤️", " . loveheart . "),
    ],
)
def test_slips_are_put_right_and_pictures_are_words(text: str, line: str) -> None:
    assert heard(text) == line


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("is the walk on", " . is the xgroup on . "),
        ("art class please", " . xclub please . "),
        ("walking football", " . xgroup . "),
    ],
)
def test_every_group_reads_alike_in_phrases(text: str, marked: str) -> None:
    assert with_mentions_marked(heard(text)) == marked


def test_a_phrase_for_a_whole_text_forgives_courtesies_and_nothing_else() -> None:
    def wholes(text: str) -> set[Intent]:
        line = heard(text)
        return {cue.intent for cue in find_cues(line, with_mentions_marked(line)) if cue.level == "whole"}

    assert Intent.TRANSPORT in wholes("Hello. Lift please, thank you x")
    assert Intent.TRANSPORT not in wholes("Lift my spirits")


def test_every_kind_of_word_lists_words_as_they_are_heard() -> None:
    listed = " ".join(vocabulary("word_kinds", "en").values()).split()

    assert {word for word in listed if not word.isalnum() or word != word.lower()} == set()
    assert "ride" in word_kinds()["minibus"]


@given(st.text(max_size=400))
def test_any_text_is_about_something(text: str) -> None:
    reading = read_intent(text, now=NOW)

    assert reading.intents
    assert len(set(reading.intents)) == len(reading.intents)
    assert len(reading.clarify) <= 3
    assert math.isclose(sum(likelihood(known_of(text), learned_weights()).values()), 1.0)
