"""People in the middle of a conversation when its script is changed are carried on or asked afresh."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.conversation.chat import line_of
from tests.unit.conversation.edits import Edit, edited, without_conversation
from tests.unit.conversation.events import events, readings
from tests.unit.conversation.test_any_event_in_any_state import BEGUN_WITH, holds_together
from tests.unit.conversation.world import NOW, OFFERED
from wellbeing_bot.conversation import (
    Ask,
    AskedPerson,
    Event,
    Heard,
    Outcome,
    Scripts,
    Started,
    State,
    TimedOut,
    begin,
    question,
    take_turn,
)
from wellbeing_bot.understanding.meaning import Answered, Interrupted, InterruptKind, Reading, Skipped

YES, GIVEN = Heard(Answered(True)), Outcome("done")
QUESTIONS = {
    "hello": ("welcome", "matters", "name", "day", "how_many"),
    "find_group": ("offer", "access", "lonely"),
}
EDITS = [(name, step, edit) for name, steps in QUESTIONS.items() for step in steps for edit in Edit]

Edited = Callable[[str, str, Edit], Scripts]


@pytest.fixture(scope="session")
def after(tmp_path_factory: pytest.TempPathFactory) -> Edited:
    """Each edited world, made once."""
    made: dict[tuple[str, str, Edit], Scripts] = {}

    def make(name: str, step: str, edit: Edit) -> Scripts:
        if (name, step, edit) not in made:
            made[name, step, edit] = edited(tmp_path_factory.mktemp("edited"), name, step, edit)
        return made[name, step, edit]

    return make


def at(scripts: Scripts, *happened: Event, conversation: str = "hello") -> State:
    """The state after some events."""
    state = begin(scripts, conversation, BEGUN_WITH[conversation])
    for event in (Started(), *happened):
        state = take_turn(scripts, state, event, NOW).state
    return state


@pytest.mark.parametrize("edit", [Edit.REWORDED, Edit.OTHER_KIND])
def test_an_answer_to_the_old_question_is_not_filed_under_the_new_one(
    scripts: Scripts, after: Edited, edit: Edit
) -> None:
    before = at(scripts)
    turn = take_turn(after("hello", "welcome", edit), before, YES, NOW)
    assert turn.state.facts == before.facts
    assert isinstance(turn.effects[0], Ask)
    assert turn.effects[0].text.startswith(scripts.own_word("question_changed"))


def test_the_new_question_is_answered_once_it_was_asked(scripts: Scripts, after: Edited) -> None:
    reworded = after("hello", "welcome", Edit.REWORDED)
    asked = take_turn(reworded, at(scripts), YES, NOW).state
    assert take_turn(reworded, asked, YES, NOW).state.facts["agreed"] is True


@pytest.mark.parametrize(
    ("gone", "happened", "asked_next"),
    [
        ("welcome", (), "does record_agreement"),
        ("matters", (YES, GIVEN), "asks hello.name.say"),
        ("name", (YES, GIVEN, Heard(Answered("money"))), "asks hello.day.say"),
    ],
)
def test_where_the_question_is_gone_the_first_thing_not_known_for_certain_comes_next(
    scripts: Scripts, after: Edited, gone: str, happened: tuple[Event, ...], asked_next: str
) -> None:
    turn = take_turn(after("hello", gone, Edit.GONE), at(scripts, *happened), YES, NOW)
    lines = [line_of(effect) for effect in turn.effects]
    assert lines[:3] == ["waits no more", "says engine.question_changed.say", asked_next]


def test_answers_already_given_are_not_asked_for_again(scripts: Scripts, after: Edited) -> None:
    found = Outcome("found", {"offered": OFFERED})
    chosen = at(scripts, found, Heard(Answered("Art Club, Friday")), conversation="find_group")
    turn = take_turn(after("find_group", "access", Edit.GONE), chosen, Heard(Skipped()), NOW)
    assert line_of(turn.effects[-1]) == "asks find_group.lonely.say"
    assert turn.state.facts["group"] == "g2"


def test_where_it_only_says_something_now_the_conversation_goes_on(scripts: Scripts, after: Edited) -> None:
    before = at(scripts, YES, GIVEN)
    turn = take_turn(after("hello", "matters", Edit.SAYS_ONLY), before, Heard(Answered("money")), NOW)
    assert [line_of(effect) for effect in turn.effects] == ["says hello.matters.say", "asks hello.name.say"]


def test_silence_at_a_question_that_is_gone_leads_on(scripts: Scripts, after: Edited) -> None:
    before = at(scripts, YES, GIVEN)
    turn = take_turn(after("hello", "matters", Edit.GONE), before, TimedOut("matters"), NOW)
    assert line_of(turn.effects[-1]) == "asks hello.name.say"


def test_a_person_is_told_where_the_whole_conversation_is_gone(scripts: Scripts, tmp_path: Path) -> None:
    left = without_conversation(tmp_path, "find_group")
    before = at(scripts, Outcome("found", {"offered": OFFERED}), conversation="find_group")
    assert question(left, before, id="1", reference=NOW, sender=None, person="7", asked_at=NOW) is not None
    turn = take_turn(left, before, Heard(Answered("More")), NOW)
    assert AskedPerson("script_broken") in turn.effects
    assert line_of(turn.effects[0]) == "says engine.went_wrong.say"
    assert turn.state.ended


def test_asking_for_a_person_works_whatever_became_of_the_question(scripts: Scripts, after: Edited) -> None:
    wish = Heard(Interrupted(InterruptKind.TALK_TO_PERSON))
    turn = take_turn(after("hello", "welcome", Edit.GONE), at(scripts), wish, NOW)
    assert AskedPerson("asked") in turn.effects


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_nobody_is_stranded_and_no_old_answer_is_filed_by_any_edit(
    scripts: Scripts, after: Edited, data: st.DataObject
) -> None:
    name, step, edit = data.draw(st.sampled_from(EDITS))
    state = begin(scripts, name, BEGUN_WITH[name])
    for event in (Started(), *data.draw(st.lists(events(scripts), max_size=8))):
        state = take_turn(scripts, state, event, NOW).state
    changed, stood_at = after(name, step, edit), state.step
    for number, event in enumerate(data.draw(st.lists(events(changed), min_size=1, max_size=8))):
        turn = take_turn(changed, State.from_json(state.to_json()), event, NOW)
        if number == 0 and stood_at == step and state.fingerprint and isinstance(event, Heard):
            assert turn.state.facts == state.facts
        if turn.effects:
            holds_together(changed, turn)
        state = turn.state


@settings(max_examples=60, deadline=None)
@given(reading=readings, place=st.sampled_from(EDITS))
def test_a_question_that_was_taken_away_still_takes_the_next_text(
    scripts: Scripts, after: Edited, reading: Reading, place: tuple[str, str, Edit]
) -> None:
    name, step, edit = place
    waiting = State(name, step, dict(BEGUN_WITH[name]), fingerprint="as it was")
    changed = after(name, step, edit)
    asked = question(changed, waiting, id="1", reference=NOW, sender=None, person="", asked_at=None)
    assert asked is not None
    assert take_turn(changed, waiting, Heard(reading), NOW).effects or not_for_the_engine(reading)


def not_for_the_engine(reading: Reading) -> bool:
    """Handled by the service before the engine hears of it."""
    before = (InterruptKind.STOP, InterruptKind.START, InterruptKind.CRISIS)
    return isinstance(reading, Interrupted) and reading.kind in before
