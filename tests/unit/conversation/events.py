"""Everything that could ever happen to a conversation, for Hypothesis to throw at it."""

from __future__ import annotations

from datetime import date, time

from hypothesis import strategies as st

from tests.unit.conversation.world import OFFERED
from wellbeing_bot.conversation import Corrected, Event, Heard, Outcome, Resumed, Scripts, Started, TimedOut
from wellbeing_bot.understanding.meaning import (
    Answered,
    Interrupted,
    InterruptKind,
    Reading,
    Skipped,
    Unclear,
)

WORDS = ("Getting out", "Help with money", "money", "Often", "Harbour Walk, Thursday", "More", "Jean", "")

values = st.one_of(
    st.booleans(),
    st.sampled_from(WORDS),
    st.text(max_size=8),
    st.integers(-2, 12),
    st.dates(date(2025, 1, 1), date(2028, 1, 1)),
    st.times(),
    st.just(time(10, 30)),
    st.lists(st.sampled_from(("wheelchair", "hearing_loop")), max_size=2).map(tuple),
)

readings: st.SearchStrategy[Reading] = st.one_of(
    st.builds(Answered, values, read_back=st.booleans()),
    st.just(Answered(True)),
    st.just(Skipped()),
    st.builds(Unclear, st.just("two_values"), st.lists(values, max_size=3).map(tuple)),
    st.sampled_from(InterruptKind).map(Interrupted),
)

outcomes = st.one_of(
    st.sampled_from([Outcome("done"), Outcome("too_young"), Outcome("none"), Outcome("exploded")]),
    st.just(Outcome("found", {"offered": OFFERED})),
)


def events(scripts: Scripts) -> st.SearchStrategy[Event]:
    """Any event at all, whether or not it makes sense just then."""
    steps = sorted(
        {name for script in scripts.scripts.values() for name in script.steps} | {"never heard of"}
    )
    return st.one_of(
        st.builds(Heard, readings),
        st.builds(Corrected, readings),
        outcomes,
        st.sampled_from(steps).map(TimedOut),
        st.sampled_from([Started(), Resumed()]),
    )
