"""A yes, a no, or neither: by what the question asks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.understanding.questions import ANY_TEXT, ask, in_any_case, reply, table, value_of
from wellbeing_bot.understanding.meaning import Answered, AnswerKind, Question, Unclear

COMING = ask(AnswerKind.YES_NO, "The Harbour Walk is on Thursday at 10am. Can we expect you?")
TAKING = ask(AnswerKind.YES_NO, "Mrs Tolhurst needs a lift at 11.30. Can you take her?")
RINGING = ask(AnswerKind.YES_NO, "Is it OK for a volunteer champion to ring you on this number?")
STOPPING = ask(AnswerKind.YES_NO, "Shall we stop sending you a reminder the day before each group?")
LIFT = ask(AnswerKind.YES_NO, "Do you need a lift to the hall?")
RIGHT = ask(AnswerKind.YES_NO, "We have written down: Friday 27 November. Is that right?")
UNABLE = ask(AnswerKind.YES_NO, "Are you unable to get up steps?")
SHARED = ask(AnswerKind.YES_NO, "Does anyone else see the texts on this phone?")
MEANING = {"yes": True, "no": False, "?": None}


@pytest.mark.parametrize(
    ("text", "meaning"),
    table(
        """
        yes | yes
        Yeah go on then | yes
        aye | yes
        k | yes
        👍🏽 | yes
        I'll be there with bells on | yes
        no problem | yes
        can't wait! | yes
        yes but i might be late | yes
        yes. I don't need a lift | yes
        why not | yes
        wouldn't miss it | yes
        yeees | yes
        no | no
        nah | no
        👎 | no
        cant make it hospital | no
        not this week | no
        I'm poorly | no
        got the dentist that day | no
        I'd love to but I'm away | no
        definitely not | no
        no thanks I'm fine | no
        maybe | ?
        depends on the weather | ?
        yes if my daughter can bring me | ?
        yes but I can't make Thursday | ?
        yes no | ?
        will let you know | ?
        my cat is ginger | ?
        🙂 | ?
        """
    ),
)
def test_whether_somebody_comes(text: str, meaning: str) -> None:
    assert value_of(COMING, text) is MEANING[meaning]


@pytest.mark.parametrize(
    ("text", "meaning"),
    table(
        """
        yes please | yes
        please stop them | yes
        I don't need them any more | yes
        no more please | yes
        no | no
        keep sending | no
        don't stop | no
        I like getting them | no
        leave it as it is | no
        yes keep sending | ?
        """
    ),
)
def test_a_yes_may_mean_that_something_ends(text: str, meaning: str) -> None:
    assert value_of(STOPPING, text) is MEANING[meaning]


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        (TAKING, "already taking two so full", False),
        (TAKING, "no can do", False),
        (TAKING, "could do if it's 11.45", None),
        (RINGING, "I dont mind", True),
        (RINGING, "rather not", False),
        (RINGING, "text me instead", False),
        (RINGING, "yes but not before 10", True),
        (LIFT, "yes i cant drive", True),
        (LIFT, "i can get the bus", False),
        (LIFT, "my son will run me", False),
        (LIFT, "if poss", True),
        (RIGHT, "spot on", True),
        (RIGHT, "no its 3", False),
        (RIGHT, "wrong day", False),
        (UNABLE, "yes i cant", True),
        (UNABLE, "i can manage", False),
        (SHARED, "just me", False),
        (SHARED, "my husband does", True),
    ],
)
def test_what_an_answer_means_hangs_on_the_question(
    question: Question, text: str, value: bool | None
) -> None:
    assert value_of(question, text) is value


def test_a_correction_in_one_text_counts() -> None:
    assert value_of(COMING, "yes. no wait sorry I mean no") is False


def test_words_beside_the_answer_are_handed_back() -> None:
    reading = reply(COMING, "Yes - can my friend Joan come too?")
    assert reading == Answered(True, rest="can my friend Joan come too?")


def test_a_yes_that_hangs_on_something_is_offered_as_a_candidate() -> None:
    assert reply(COMING, "yes if I get a lift") == Unclear("conditional", (True,))


@given(word=st.sampled_from(["yes", "yeah", "no", "nope", "ok"]), seed=st.integers())
def test_a_plain_word_is_read_however_it_is_typed(word: str, seed: int) -> None:
    expected = word not in ("no", "nope")
    assert value_of(COMING, f"  {in_any_case(word, seed)} x!") is expected


@given(ANY_TEXT)
def test_no_text_is_too_much(text: str) -> None:
    for question in (COMING, STOPPING, RINGING, LIFT):
        reply(question, text)
