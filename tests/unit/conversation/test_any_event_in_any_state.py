"""Whatever happens, in whatever order: a turn comes of it, and the person is never left without a way on."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.conversation.events import events
from tests.unit.conversation.world import NOW
from wellbeing_bot.conversation import (
    Ask,
    Event,
    Finish,
    Scripts,
    Started,
    State,
    Turn,
    begin,
    previous_question,
    question,
    take_turn,
)
from wellbeing_bot.conversation.walk import MOST_HISTORY

BEGUN_WITH = {
    "hello": {"service": "Harbour Link", "heard": "the walk"},
    "find_group": {"first_name": "Jean", "heard": "the walk"},
}


def stored_and_read(turn: Turn) -> State:
    """The state as the next turn will find it."""
    again = State.from_json(turn.state.to_json())
    assert again == turn.state
    assert again.to_json() == turn.state.to_json()
    return again


def holds_together(scripts: Scripts, turn: Turn) -> None:
    """What is true after every turn."""
    state, effects = turn.state, turn.effects
    assert len(effects) < 20
    assert sum(isinstance(effect, Ask) for effect in effects) <= 1
    assert state.ended == any(isinstance(effect, Finish) for effect in effects)
    assert len(state.history) <= MOST_HISTORY
    asked = question(scripts, state, id="1", reference=NOW, sender=None, person="7", asked_at=NOW)
    step = scripts.scripts[state.script].steps.get(state.step)
    doing = step is not None and step.do is not None
    assert (asked is None) == (state.ended or doing)
    before = previous_question(scripts, state, id="0", reference=NOW, sender=None, person="7", asked_at=NOW)
    assert before is None or before.previous_answer is not None


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_random_events_never_raise_never_loop_and_never_strand_anybody(
    scripts: Scripts, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(BEGUN_WITH)))
    happened: list[Event] = [Started(), *data.draw(st.lists(events(scripts), max_size=25))]
    state = begin(scripts, name, BEGUN_WITH[name])
    for event in happened:
        turn = take_turn(scripts, state, event, NOW)
        if turn.effects:
            holds_together(scripts, turn)
        state = stored_and_read(turn)
        if state.ended:
            assert take_turn(scripts, state, event, NOW) == Turn(state, ())
            return
