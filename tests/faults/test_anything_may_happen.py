"""STOP and erasure are final: whatever happens, in whatever order, the promises hold after every step."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.faults.anything import Phone, Town

STEPS = int(os.environ.get("ANYTHING_STEPS", "250"))
"""Steps in all, in stories of 50; the suite's bounded form. ``make faults`` asks for 10,000."""

IN_A_STORY = 50

WHICH = st.integers(min_value=0, max_value=29)
FIRST_TEXTS = (
    "hello",
    "my gp said to text, I'd like to come on the harbour walk but I'm scared to walk in on my own",
    "can I come to the lunch on wednesday please, I'd need a lift",
    "I'd like to join the gentle stroll",
    "is there something for people who have lost somebody",
    "STOP",
)
TEXTS = (
    *("STOP", "START", "please stop texting me", "yes", "no", "HELP", "back", "skip", "hello"),
    *("can't come", "I can't come on Thursday", "I'll come after all", "CANCEL", "not this week"),
    *("who is meeting me?", "what am I booked on?", "I'm running ten minutes late", "remind me tomorrow"),
    *(
        "take me off the walks",
        "I'm away for two weeks",
        "I'm back",
        "can I get a lift",
        "no lift needed",
    ),
    *("can I talk to a person", "can my friend come too", "I want to end it all", "wrong number"),
    *(
        "I'd like to come to the lunch",
        "yes she came",
        "he never came",
        "I'd like to help as a volunteer",
    ),
)
SPANS = st.sampled_from(
    [timedelta(minutes=20), timedelta(hours=2), timedelta(hours=9), timedelta(days=1), timedelta(days=4)]
)


class AnythingMayHappen(RuleBasedStateMachine):
    """Each rule is something that somebody, or time, may do."""

    @initialize()
    def a_town(self) -> None:
        self.town = Town()
        self.town.says(self.town.newcomer(), "hello, I'd like to come on the harbour walk")

    def teardown(self) -> None:
        if hasattr(self, "town"):
            self.town.close()

    def _phone(self, which: int) -> Phone:
        return self.town.phones[which % len(self.town.phones)]

    @rule(text=st.sampled_from(FIRST_TEXTS))
    def somebody_new_texts(self, text: str) -> None:
        self.town.says(self.town.newcomer(), text)

    @rule(which=WHICH, variants=st.lists(WHICH, min_size=1, max_size=5))
    def answers(self, which: int, variants: list[int]) -> None:
        for variant in variants:
            self.town.answers(self._phone(which), variant)

    @rule(which=WHICH, text=st.sampled_from(TEXTS))
    def texts(self, which: int, text: str) -> None:
        self.town.says(self._phone(which), text)

    @rule(which=WHICH, text=st.sampled_from(["STOP", "START"]))
    def stops_or_starts(self, which: int, text: str) -> None:
        self.town.says(self._phone(which), text)

    @rule(which=WHICH)
    def is_forgotten(self, which: int) -> None:
        self.town.erases(self._phone(which))

    @rule(which=WHICH, session=WHICH)
    def staff_book(self, which: int, session: int) -> None:
        person, on = self.town.person(self._phone(which)), self.town.session(session)
        if person is not None and on is not None:
            self.town.staff("book", person=person, session=on)

    @rule(which=WHICH, joins=st.booleans())
    def staff_change_a_weekly_place(self, which: int, joins: bool) -> None:
        person = self.town.person(self._phone(which))
        if person is not None:
            action = "join_group" if joins else "leave_group"
            self.town.staff(action, person=person, group=self.town.group(which))

    @rule(which=WHICH)
    def staff_withdraw(self, which: int) -> None:
        place = self.town.place(which)
        if place is not None:
            self.town.staff("withdraw", place=place)

    @rule(which=WHICH, came=st.booleans())
    def the_register_says(self, which: int, came: bool) -> None:
        place = self.town.place(which)
        if place is not None:
            self.town.staff("attendance", place=place, came=came)

    @rule(which=WHICH)
    def a_session_is_off(self, which: int) -> None:
        self.town.calls_off(which)

    @rule(which=WHICH, hours=st.sampled_from([-20, -1, 1, 26]))
    def a_session_moves(self, which: int, hours: int) -> None:
        session = self.town.session(which)
        if session is not None:
            moment = self.town.story.now + timedelta(days=2, hours=hours)
            self.town.staff("move_session", session=session, to=moment.isoformat())

    @rule(
        which=WHICH,
        action=st.sampled_from(["reply", "ask", "hold", "hand_back", "pause", "discharge", "open_again"]),
    )
    def staff_see_to_somebody(self, which: int, action: str) -> None:
        phone = self._phone(which)
        person = self.town.person(phone)
        if person is None:
            return
        args: dict[str, Any] = {"person": person}
        if action in {"reply", "ask"}:
            args["text"] = f"How are you, {phone.name}? {phone.word}"
        if action == "pause":
            args["until"] = (self.town.today + timedelta(days=9)).isoformat()
        self.town.staff(action, **args)

    @rule(which=WHICH)
    def staff_enter_somebody(self, which: int) -> None:
        phone = self._phone(which)
        if not phone.erased:
            self.town.staff("enter_person", first_name=phone.name, mobile=phone.written, about=phone.word)

    @rule()
    def staff_clear_their_list(self) -> None:
        for task in self.town.open_tasks():
            self.town.staff("done", task=task, note="seen to")

    @rule(span=SPANS)
    def time_passes(self, span: timedelta) -> None:
        self.town.later(span)

    @rule(hours=st.sampled_from([-2, 25]))
    def the_clock_is_put_right(self, hours: int) -> None:
        self.town.clock_steps(timedelta(hours=hours))

    @rule()
    def the_process_dies(self) -> None:
        self.town.story.restart()

    @invariant()
    def the_promises_hold(self) -> None:
        if hasattr(self, "town"):
            self.town.promises_hold()


@pytest.mark.slow
class TestAnythingMayHappen(AnythingMayHappen.TestCase):  # type: ignore[valid-type,misc]
    settings = settings(
        max_examples=max(1, STEPS // IN_A_STORY),
        stateful_step_count=IN_A_STORY,
        deadline=None,
        database=None,
        derandomize="ANYTHING_STEPS" not in os.environ,
        phases=(Phase.generate, Phase.shrink) if "ANYTHING_SHRINK" in os.environ else (Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
