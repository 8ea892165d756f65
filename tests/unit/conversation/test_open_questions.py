"""The question that is open, as it is handed to understanding, and the one before it for corrections."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.conversation.world import NOW, OFFERED
from wellbeing_bot.conversation import (
    Ask,
    Event,
    Heard,
    Outcome,
    Resumed,
    Scripts,
    Started,
    State,
    begin,
    previous_question,
    question,
    take_turn,
)
from wellbeing_bot.messages import Button
from wellbeing_bot.understanding.meaning import Answered, AnswerKind, Question, Skipped, Value

YES, GIVEN = Heard(Answered(True)), Outcome("done")
TO_NAME = (YES, GIVEN, Heard(Skipped()))
TO_DAY = (*TO_NAME, Heard(Answered("Jean")))
BEFORE = {
    "hello": {"service": "Harbour Link"},
    "find_group": {"first_name": "Jean", "heard": "the walk"},
}


def after(scripts: Scripts, conversation: str, *happened: Event) -> State:
    """The state after the beginning and some events."""
    state = begin(scripts, conversation, BEFORE[conversation])
    for event in (Started(), *happened):
        state = take_turn(scripts, state, event, NOW).state
    return state


def open_with(scripts: Scripts, state: State) -> Question:
    """The question that must be open."""
    found = question(scripts, state, id="7", reference=NOW, sender="+447700900123", person="p1", asked_at=NOW)
    assert found is not None
    return found


def before(scripts: Scripts, state: State) -> Question | None:
    """The question answered last."""
    return previous_question(scripts, state, id="6", reference=NOW, sender=None, person="p1", asked_at=NOW)


def test_a_question_says_all_that_understanding_needs(scripts: Scripts) -> None:
    found = open_with(scripts, after(scripts, "hello", *TO_DAY))
    assert found == Question(
        id="7",
        kind=AnswerKind.DATE,
        prompt="Which day suits you, Jean?",
        reference=NOW,
        sender="+447700900123",
        person="p1",
        names=("day",),
        asked_at=NOW,
    )


def test_options_come_with_their_other_words(scripts: Scripts) -> None:
    found = open_with(scripts, after(scripts, "hello", YES, GIVEN))
    assert found.options == ("Help with money", "Getting out")
    assert found.aliases == {"Getting out": ("transport", "lift")}


def test_offered_options_come_from_the_fact(scripts: Scripts) -> None:
    found = open_with(scripts, after(scripts, "find_group", Outcome("found", {"offered": OFFERED})))
    assert found.options == ("Harbour Walk, Thursday", "Art Club, Friday", "More")
    assert found.aliases == {"Harbour Walk, Thursday": ("walk",)}
    assert found.prompt.endswith("1 Harbour Walk, Thursday\n2 Art Club, Friday\n3 More")


def test_a_likert_question_names_its_scale(scripts: Scripts) -> None:
    chosen = (Outcome("found", {"offered": OFFERED}), Heard(Answered("More")))
    again = (Outcome("found", {"offered": OFFERED}), Heard(Answered("Art Club, Friday")))
    state = after(scripts, "find_group", *chosen, *again, Heard(Answered(("wheelchair",))))
    assert open_with(scripts, state).scale == "UCLA-3"


@pytest.mark.parametrize(
    ("happened", "kind", "answer"),
    [
        (TO_DAY, AnswerKind.NAME, "Jean"),
        ((*TO_DAY, Heard(Answered(date(2026, 3, 5)))), AnswerKind.DATE, date(2026, 3, 5)),
        ((YES, GIVEN, Heard(Answered("Getting out"))), AnswerKind.CHOICE, "Getting out"),
    ],
)
def test_the_answer_before_can_be_corrected(
    scripts: Scripts, happened: tuple[Event, ...], kind: AnswerKind, answer: Value
) -> None:
    found = before(scripts, after(scripts, "hello", *happened))
    assert found is not None
    assert (found.kind, found.previous_answer) == (kind, answer)


@pytest.mark.parametrize(
    "happened",
    [
        pytest.param((), id="nothing was answered yet"),
        pytest.param((YES, GIVEN), id="there is no going back from here"),
        pytest.param(TO_NAME, id="it was skipped"),
        pytest.param((Heard(Answered(False)),), id="it is over"),
    ],
)
def test_nothing_can_be_corrected_where(scripts: Scripts, happened: tuple[Event, ...]) -> None:
    assert before(scripts, after(scripts, "hello", *happened)) is None


@pytest.mark.parametrize(
    ("happened", "buttons"),
    [
        pytest.param((), (Button("Yes", "yes"), Button("No", "no")), id="yes or no"),
        pytest.param(
            (YES, GIVEN),
            (Button("Help with money", "Help with money"), Button("Getting out", "Getting out")),
            id="a choice",
        ),
        pytest.param(TO_NAME, (), id="an open question"),
    ],
)
def test_answers_are_offered_as_buttons(
    scripts: Scripts, happened: tuple[Event, ...], buttons: tuple[Button, ...]
) -> None:
    state = after(scripts, "hello", *happened)
    asked = take_turn(scripts, state, Resumed(), NOW).effects[0]
    assert isinstance(asked, Ask)
    assert asked.buttons == buttons


def test_a_label_too_long_for_a_button_is_sent_back_as_its_number(scripts: Scripts) -> None:
    label = "The Tuesday afternoon reading and remembering group at the library"
    found = Outcome("found", {"offered": [{"value": "g1", "label": label}]})
    state = after(scripts, "find_group")
    asked = take_turn(scripts, state, found, NOW).effects[-1]
    assert isinstance(asked, Ask)
    assert asked.buttons == (Button(label, "1"),)


@pytest.mark.parametrize(
    ("name", "facts", "missing"),
    [("hello", {}, "service"), ("find_group", {"heard": None, "first_name": "Jean"}, "heard")],
)
def test_a_conversation_is_not_begun_without_what_it_must_know(
    scripts: Scripts, name: str, facts: dict[str, str | None], missing: str
) -> None:
    with pytest.raises(ValueError, match=f"started without {missing}"):
        begin(scripts, name, dict(facts))


def test_facts_that_were_not_declared_are_left_out(scripts: Scripts) -> None:
    state = begin(scripts, "hello", {"service": "Harbour Link", "heard": None, "secret": "no"})
    assert state.facts == {"service": "Harbour Link"}
