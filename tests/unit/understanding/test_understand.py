"""One text and the questions that are open: what it means, and for which of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.understanding.meaning import (
    Answered,
    AnswerKind,
    Intent,
    Interrupted,
    InterruptKind,
    Meaning,
    Question,
    Skipped,
    Unclear,
    UrgentKind,
)
from wellbeing_bot.understanding.understand import understand

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/London"))  # a Tuesday


def asked(id: str, kind: str, prompt: str, minutes_ago: int, **more: Any) -> Question:
    return Question(id, AnswerKind(kind), prompt, asked_at=NOW - timedelta(minutes=minutes_ago), **more)


WALK = asked(
    "walk", "yes_no", "The Harbour Walk is on Thursday at 10am. Can we expect you?", 60, names=("walk",)
)
LUNCH = asked("lunch", "yes_no", "The lunch is on Wednesday. Will you come?", 30, names=("lunch",))
JEAN = asked(
    "jean", "yes_no", "Can you meet Jean at the Harbour Walk on Thursday, 10am?", 20, names=("Jean",)
)
HAPPY = asked("happy", "scale_0_10", "Overall, how happy did you feel yesterday, 0 to 10?", 15)
GROUP = asked(
    "group", "choice", "Which? 1 Walk 2 Lunch 3 Art group", 10, options=("Walk", "Lunch", "Art group")
)
POSTCODE = asked("postcode", "postcode", "What is your postcode?", 5)
NAME = asked("name", "name", "What should we call you?", 5)
PARTY = asked("party", "party_size", "How many of you are coming to the lunch?", 5)
ACCESS = asked("access", "access_needs", "Anything that makes it easier to get about? Or reply NONE.", 5)
STAFF = asked("staff", "free_text", "It is Sarah. How did the benefits form go?", 3, staff=True)
STAFF_YES_NO = asked("staff", "free_text", "It is Sarah. Did the form come back?", 3, staff=True)
STAFF_DAY = asked("staff", "date", "It is Sarah. Which day shall I ring?", 3, staff=True)


def read(text: str, *questions: Question) -> Meaning:
    return understand(text, questions, now=NOW, sender="+447700900123")


def values(meaning: Meaning) -> dict[str, Any]:
    return {key: got.value if isinstance(got, Answered) else got for key, got in meaning.readings}


@pytest.mark.parametrize(
    ("text", "questions", "expected"),
    [
        ("yes", [WALK], {"walk": True}),
        ("ct5 1aa", [POSTCODE], {"postcode": "CT5 1AA"}),
        # a value that only one of them can take
        ("CT5 1AA", [POSTCODE, WALK], {"postcode": "CT5 1AA"}),
        ("7", [WALK, HAPPY], {"happy": 7}),
        ("ok", [WALK, HAPPY], {"walk": True}),
        ("👍", [WALK, HAPPY], {"walk": True}),
        ("me and my husband", [PARTY, WALK], {"party": 2}),
        # a number that two can take is for the one asked last
        ("3", [HAPPY, GROUP], {"group": "Art group"}),
        ("3", [GROUP, asked("late", "scale_0_10", "How happy, 0 to 10?", 1)], {"late": 3}),
        # each part to the question it fits
        ("yes and 7", [WALK, HAPPY], {"walk": True, "happy": 7}),
        ("yes 7", [WALK, HAPPY], {"walk": True, "happy": 7}),
        ("8 and yes ill be there", [JEAN, HAPPY], {"happy": 8, "jean": True}),
        ("yes i can meet Jean. 7", [JEAN, HAPPY], {"jean": True, "happy": 7}),
        ("no sorry cant do jean but 6", [JEAN, HAPPY], {"jean": False, "happy": 6}),
        ("wheelchair and 7", [ACCESS, HAPPY], {"access": ("wheelchair",), "happy": 7}),
        ("2 of us\nyes to the walk", [PARTY, WALK], {"party": 2, "walk": True}),
        ("Jean, CT5 1AA", [NAME, POSTCODE], {"name": "Jean", "postcode": "CT5 1AA"}),
        # the name or the day of the thing says which
        ("yes to the walk", [WALK, LUNCH], {"walk": True}),
        ("yes to the walk no to lunch", [WALK, LUNCH], {"walk": True, "lunch": False}),
        ("walk yes lunch no", [WALK, LUNCH], {"walk": True, "lunch": False}),
        ("yes thursday no wednesday", [WALK, LUNCH], {"walk": True, "lunch": False}),
        ("cant come thursday", [WALK, LUNCH], {"walk": False}),
        ("yes to both", [WALK, LUNCH], {"walk": True, "lunch": True}),
        # a thumb after an answer is kindness, not a yes to something else
        ("7 👍", [WALK, HAPPY], {"happy": 7}),
        ("6 or 7", [HAPPY, WALK], {"happy": Unclear("two_values", (6, 7))}),
        ("skip", [HAPPY, WALK], {"happy": Skipped()}),
        ("what do you mean", [HAPPY, WALK], {"happy": Interrupted(InterruptKind.HELP)}),
        ("can someone ring me", [WALK, HAPPY], {"happy": Interrupted(InterruptKind.TALK_TO_PERSON)}),
        ("blah blah", [HAPPY, WALK], {"happy": Unclear()}),
    ],
)
def test_each_part_goes_to_the_question_it_fits(
    text: str, questions: list[Question], expected: dict[str, Any]
) -> None:
    meaning = read(text, *questions)

    assert values(meaning) == expected
    assert meaning.ambiguous == ()
    assert meaning.about is None


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("yes", [WALK, LUNCH]),
        ("no thanks", [WALK, JEAN]),
        ("👍", [WALK, LUNCH, HAPPY]),
        ("no", [WALK, ACCESS]),
        ("yes", [WALK, STAFF_YES_NO]),
    ],
)
def test_a_bare_yes_or_no_that_fits_two_is_asked_about(text: str, questions: list[Question]) -> None:
    meaning = read(text, *questions)

    assert meaning.readings == ()
    assert len(meaning.ambiguous) == 2
    assert set(meaning.ambiguous) <= {question.id for question in questions}


def test_answering_one_question_leaves_the_ambiguous_ones_to_be_asked_about() -> None:
    meaning = read("yes. 7", WALK, LUNCH, HAPPY)

    assert values(meaning) == {"happy": 7}
    assert set(meaning.ambiguous) == {"walk", "lunch"}


@pytest.mark.parametrize(
    ("text", "question", "value", "intent"),
    [
        ("yes. and can I get a lift", WALK, True, Intent.TRANSPORT),
        ("Dot. can I get a lift to the lunch?", NAME, "Dot", Intent.TRANSPORT),
        ("yes and can someone ring me", WALK, True, Intent.TALK_TO_PERSON),
    ],
)
def test_a_wish_beside_an_answer_is_kept(text: str, question: Question, value: Any, intent: Intent) -> None:
    meaning = read(text, question)

    assert values(meaning) == {question.id: value}
    assert meaning.about is not None
    assert meaning.about.intents[0] is intent


def test_words_about_the_thing_that_was_asked_stay_with_the_answer() -> None:
    meaning = read("yes can my friend come too", WALK)

    assert meaning.readings == (("walk", Answered(True, rest="can my friend come too")),)
    assert meaning.about is None


@pytest.mark.parametrize(
    ("text", "question", "intent"),
    [
        ("when is the next walk?", POSTCODE, Intent.ATTENDANCE_NEXT),
        ("when is the next walk", NAME, Intent.ATTENDANCE_NEXT),
        ("can't come thursday", POSTCODE, Intent.CHANGE_OR_CANCEL),
        ("i need a lift", HAPPY, Intent.TRANSPORT),
    ],
)
def test_a_plain_request_while_a_question_waits_is_not_an_answer(
    text: str, question: Question, intent: Intent
) -> None:
    meaning = read(text, question)

    assert meaning.readings == ()
    assert meaning.about is not None
    assert meaning.about.intents[0] is intent


def test_words_for_a_person_reach_the_person() -> None:
    text = "it went fine thanks, they were very kind"

    assert values(read(text, WALK, STAFF)) == {"staff": text}
    assert values(read(text, STAFF)) == {"staff": text}


def test_words_for_a_person_arrive_whole_beside_another_answer() -> None:
    text = "yes to the walk. the form was turned down"

    assert values(read(text, WALK, STAFF)) == {"walk": True, "staff": text}


@pytest.mark.parametrize("text", ["they turned it down", "the form was turned down and i am upset"])
def test_words_that_fit_no_question_of_a_person_are_still_read_by_one(text: str) -> None:
    assert read(text, STAFF_DAY).for_staff
    assert read(text, STAFF_DAY, HAPPY).for_staff


@pytest.mark.parametrize("questions", [[], [WALK], [HAPPY, WALK], [STAFF]])
def test_what_is_urgent_comes_before_every_question(questions: list[Question]) -> None:
    meaning = read("7 but i want to kill myself", *questions)

    assert meaning.urgent is not None
    assert meaning.urgent.kind is UrgentKind.SUICIDE
    assert (meaning.readings, meaning.command, meaning.about) == ((), None, None)


@pytest.mark.parametrize("questions", [[], [WALK], [HAPPY, WALK], [STAFF]])
def test_stop_is_a_command_whatever_waits(questions: list[Question]) -> None:
    meaning = read("STOP", *questions)

    assert meaning.command is InterruptKind.STOP
    assert meaning.readings == ()


def test_a_text_with_no_question_open_is_read_for_what_it_is_about() -> None:
    meaning = read("Hello my name is Jean Tolhurst CT5 1AA. can I come to the art group on weds")

    assert meaning.about is not None
    assert meaning.about.intents == (Intent.JOIN_GROUP,)
    assert meaning.about.details.name == "Jean Tolhurst"
    assert meaning.about.details.postcode == "CT5 1AA"
    assert meaning.about.details.group_words == ("art",)
    assert meaning.about.details.day == 2
    assert meaning.understood


@given(
    st.text(max_size=200),
    st.lists(st.sampled_from([WALK, LUNCH, HAPPY, GROUP, NAME, ACCESS, STAFF]), unique_by=lambda one: one.id),
)
def test_any_text_means_something_or_is_not_understood(text: str, questions: list[Question]) -> None:
    meaning = read(text, *questions)

    open_ids = {question.id for question in questions}
    answered = [key for key, _ in meaning.readings]
    assert len(answered) == len(set(answered))
    assert set(answered) | set(meaning.ambiguous) <= open_ids
    assert not set(answered) & set(meaning.ambiguous)
    assert meaning.text == text
    if questions and meaning.urgent is None and meaning.command is None:
        heard_by = (answered, meaning.ambiguous, meaning.about, meaning.for_staff)
        assert any(heard_by), "no text is lost"
